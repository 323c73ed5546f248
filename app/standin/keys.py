"""Access keys: the users' own, and those of every session that was handed out."""

from __future__ import annotations

import base64
import enum
import secrets
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from app.standin.world import random_id, random_secret

if TYPE_CHECKING:
    from app.standin.world import User, World

_TOKEN_BYTES = (420, 690)
_LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)


class Kind(enum.Enum):
    """How a caller came to be."""

    ROOT = "root"
    USER = "user"
    SESSION_TOKEN = "session token"  # noqa: S105  # names a kind, holds no secret
    ROLE = "role"
    FEDERATED = "federated user"


@dataclass(frozen=True, slots=True, kw_only=True)
class Caller:
    """Who holds an access key.

    `user` is the user behind a key or a GetSessionToken session; `role_arn` the role of a role's session, `chained`
    whether that was assumed with another role's session. `transitive` are tags that chains hand on, `policies` the
    documents and ARNs of its session policies. Long-term keys have no `session_token` and no `expires`.
    """

    kind: Kind
    arn: str
    account_id: str
    user_id: str
    access_key_id: str = field(default_factory=lambda: random_id("ASIA"))
    secret_access_key: str = field(default_factory=random_secret, repr=False)
    session_token: str = field(default="", repr=False)
    expires: datetime | None = None
    user: User | None = None
    role_arn: str = ""
    mfa: bool = False
    chained: bool = False
    transitive: tuple[tuple[str, str], ...] = ()
    source_identity: str = ""
    policies: tuple[str, ...] = ()

    @property
    def long_term(self) -> bool:
        """Whether this is a user's or an owner's own key."""
        return self.kind in (Kind.USER, Kind.ROOT)


class Keys:
    """All access keys by ID. Not for several threads at once."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._sessions: dict[str, Caller] = {}

    def find(self, access_key_id: str) -> Caller | None:
        """The holder of a key, also of an expired one."""
        for user in self._world.users.values():
            if user.access_key_id == access_key_id:
                return Caller(
                    kind=Kind.ROOT if user.root else Kind.USER,
                    arn=user.arn,
                    account_id=user.account_id,
                    user_id=user.account_id if user.root else user.user_id,
                    access_key_id=user.access_key_id,
                    secret_access_key=user.secret_access_key,
                    user=user,
                )
        return self._sessions.get(access_key_id)

    def keep(self, session: Caller, *, token_size: int = 0) -> Caller:
        """Hand out a session: it gets its token, of no fixed size but at least `token_size`."""
        least, most = _TOKEN_BYTES
        size = max(least + secrets.randbelow(most - least), -(-token_size * 3 // 4))
        token = base64.b64encode(secrets.token_bytes(size)).decode()
        kept = replace(session, session_token=token)
        self._sessions[kept.access_key_id] = kept
        return kept

    def expire(self, access_key_id: str) -> None:
        """End a session at once. Raises KeyError when there is none of that key ID."""
        self._sessions[access_key_id] = replace(self._sessions[access_key_id], expires=_LONG_AGO)
