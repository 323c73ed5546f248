"""Keys that sign, and what is known about how they were obtained."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from app.domain.values import dataclass

if TYPE_CHECKING:
    from datetime import datetime

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
    """A session's credentials, and what STS or the last run said about them. Times are UTC.

    `credentials` is None while the secret half rests in the keyring and was not needed yet. `chained` is true
    when a role's session signed the request (STS then caps the session at 3600 s, and the console refuses a
    SessionDuration). `packed_policy_size` is a percentage, or None when STS gave none. `confirmed` is false for
    a section found in the file whose origin only GetCallerIdentity can tell. `lease_ends` is when they are withdrawn
    whatever AWS still accepts; None for never.
    """

    access_key_id: str
    issued: datetime
    expires: datetime
    credentials: Credentials | None
    arn: str = ""
    chained: bool = False
    packed_policy_size: int | None = None
    request_id: str = ""
    source_identity: str = ""
    confirmed: bool = True
    lease_ends: datetime | None = None

    @property
    def ends(self) -> datetime:
        """When they cannot be used any more: AWS's expiry, or the end of the lease if that is earlier."""
        return self.expires if self.lease_ends is None else min(self.expires, self.lease_ends)

    @property
    def life(self) -> timedelta:
        """From issue to the end."""
        return self.ends - self.issued

    def credentials_or_fail(self) -> Credentials:
        """The credentials; raises ValueError when their secret half was not read yet."""
        if self.credentials is None:
            message = "the secret half was not read yet"
            raise ValueError(message)
        return self.credentials

    def live(self, now: datetime, margin: timedelta = timedelta(0)) -> bool:
        """Whether they can still be used at `now`, and for `margin` longer."""
        return self.ends - now > margin


def key_short(access_key_id: str) -> str:
    """Shorten a key ID for the screen: `ASIA…7Q2F`. The key ID is no secret, but long."""
    return f"{access_key_id[:4]}…{access_key_id[-4:]}" if len(access_key_id) > len("ASIA…7Q2F") else access_key_id
