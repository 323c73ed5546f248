"""Temporary credentials: what was given out, to whom, and until when; and the principal behind any access key."""

from __future__ import annotations

import base64
import hmac
import secrets
import string
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING

from app.standin.refusals import expired_token, unknown_key
from app.standin.world import Role, User, unique_id

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from app.standin.world import World

KEPT_MOST = 100_000
TOKEN_BYTES = (420, 690)
_KEY_LETTERS = string.ascii_uppercase + "234567"


class Kind(StrEnum):
    """What kind of session it is, by the action that made it."""

    MFA = "GetSessionToken"
    FEDERATED = "GetFederationToken"
    ROLE = "AssumeRole"
    SAML = "AssumeRoleWithSAML"
    WEB = "AssumeRoleWithWebIdentity"


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """One set of temporary credentials.

    `user` is whose session it is (GetSessionToken, GetFederationToken), `role` which role was assumed. `chained` says
    that a role's session assumed the role. `policies` are the texts of inline and ARNs of managed session policies.
    """

    kind: Kind
    access_key_id: str
    secret: str = field(repr=False)
    token: str = field(repr=False)
    expires: datetime
    name: str = ""
    user: User | None = None
    role: Role | None = None
    mfa: bool = False
    chained: bool = False
    source_identity: str = ""
    tags: Mapping[str, str] = MappingProxyType({})
    transitive: frozenset[str] = frozenset()
    policies: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Principal:
    """Who calls: a user with the long-term key (`session` is None), or a session of one or of a role."""

    account: str
    arn: str
    user_id: str
    access_key_id: str
    secret: str = field(repr=False)
    user: User | None = None
    session: Session | None = None

    @property
    def role(self) -> Role | None:
        """The role whose session this is."""
        return self.session.role if self.session else None

    @property
    def names(self) -> frozenset[str]:
        """Every text in a trust policy that means this principal."""
        partition = self.arn.split(":")[1]
        names = {"*", self.arn, self.account, f"arn:{partition}:iam::{self.account}:root"}
        if self.role is not None:
            names.add(self.role.arn)
        elif self.user is not None:
            names.add(self.user.arn)
        return frozenset(names)


def of_user(user: User) -> Principal:
    """The principal of a long-term key."""
    return Principal(
        account=user.account,
        arn=user.arn,
        user_id=user.account if user.root else unique_id("AIDA", user.arn),
        access_key_id=user.access_key_id,
        secret=user.secret,
        user=user,
    )


def of_session(session: Session) -> Principal:
    """The principal of temporary credentials."""
    role, user = session.role, session.user
    if role is not None:
        account, user_id = role.account, f"{role.id}:{session.name}"
        arn = f"arn:{role.partition}:sts::{account}:assumed-role/{role.name}/{session.name}"
    elif user is None:
        raise ValueError("a session belongs to a user or to a role")
    elif session.kind is Kind.FEDERATED:
        account, user_id = user.account, f"{user.account}:{session.name}"
        arn = f"arn:aws:sts::{account}:federated-user/{session.name}"
    else:
        account, user_id, arn = user.account, of_user(user).user_id, user.arn
    return Principal(
        account=account,
        arn=arn,
        user_id=user_id,
        access_key_id=session.access_key_id,
        secret=session.secret,
        user=user,
        session=session,
    )


class Sessions:
    """Every session given out. Not for several threads at once: the caller holds the lock."""

    def __init__(self) -> None:
        self._by_key: dict[str, Session] = {}

    def add(self, session: Session) -> None:
        """Keep a session; the oldest goes when there are very many."""
        self._by_key[session.access_key_id] = session
        while len(self._by_key) > KEPT_MOST:
            del self._by_key[next(iter(self._by_key))]

    def of_key(self, access_key_id: str) -> Session | None:
        """The session with that key id."""
        return self._by_key.get(access_key_id)

    def drop(self, access_key_id: str) -> None:
        """Forget a session, as if its key had never been given out. Raises KeyError."""
        del self._by_key[access_key_id]

    def principal(self, world: World, access_key_id: str, token: str | None, now: datetime) -> Principal:
        """Who that key and session token belong to. Raises Refused (InvalidClientTokenId, ExpiredToken)."""
        user = world.user_of_key(access_key_id)
        if user is not None:
            if not user.active or token:
                raise unknown_key()
            return of_user(user)
        session = self._by_key.get(access_key_id)
        if session is None or not hmac.compare_digest((token or "").encode(), session.token.encode()):
            raise unknown_key()
        if now >= session.expires:
            raise expired_token()
        return of_session(session)


def new_key_id(prefix: str) -> str:
    """A random access key id: AKIA… for long-term keys, ASIA… for temporary ones."""
    return prefix + "".join(secrets.choice(_KEY_LETTERS) for _ in range(16))


def new_secret() -> str:
    """A random secret access key: 40 characters of base64."""
    return base64.b64encode(secrets.token_bytes(30)).decode()


def new_token(at_least: int = 0) -> str:
    """A random session token of no fixed length, at least `at_least` characters."""
    least, most = TOKEN_BYTES
    size = max(least + secrets.randbelow(most - least), -(-at_least * 3 // 4))
    return base64.b64encode(secrets.token_bytes(size)).decode()
