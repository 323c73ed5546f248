"""Keys that sign, and what is known about how they were obtained."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime, timedelta

    from app.domain.secret import Secret


@dataclass(frozen=True, slots=True, kw_only=True)
class LongTermKey:
    """An IAM user's access key: it does not expire and has no session token."""

    access_key_id: str
    secret_access_key: Secret

    @property
    def session_token(self) -> None:
        """None: only temporary credentials have one."""
        return


@dataclass(frozen=True, slots=True, kw_only=True)
class Credentials:
    """Temporary credentials. Replaced as a whole, never edited. `expires` is UTC."""

    access_key_id: str
    secret_access_key: Secret
    session_token: Secret
    expires: datetime


SigningKey = LongTermKey | Credentials


@dataclass(frozen=True, slots=True, kw_only=True)
class Obtained:
    """Credentials, and what STS or the last run said about them.

    `chained` is true when a role's session signed the request (STS then caps the session at 3600 s, and the
    console refuses a SessionDuration). `packed_policy_size` is a percentage, or None when STS gave none.
    `confirmed` is false for a section found in the file whose origin only GetCallerIdentity can tell.
    """

    credentials: Credentials
    issued: datetime
    arn: str = ""
    chained: bool = False
    packed_policy_size: int | None = None
    request_id: str = ""
    source_identity: str = ""
    confirmed: bool = True

    @property
    def expires(self) -> datetime:
        """When AWS stops accepting the credentials (UTC)."""
        return self.credentials.expires

    @property
    def life(self) -> timedelta:
        """From issue to expiry."""
        return self.credentials.expires - self.issued


def key_tail(access_key_id: str) -> str:
    """Shorten a key ID for the screen: `ASIA…7Q2F`. The key ID is no secret, but long."""
    return f"{access_key_id[:4]}…{access_key_id[-4:]}" if len(access_key_id) > len("ASIA…7Q2F") else access_key_id
