"""Who asks: what GetCallerIdentity says of a session, an identity, or the keys that AWS tools would use now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.domain.values import dataclass

if TYPE_CHECKING:
    from app.domain.errors import Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class LookedAt:
    """One place of the chain in which AWS tools look for credentials, in their order.

    `place` names it (`AWS_ACCESS_KEY_ID`, `[prod] in ~/.aws/credentials`…). `used` is true for the one they take;
    places after it are not `reached`. `note` says what is there, or why it does not count; no secret.
    """

    place: str
    found: bool = False
    used: bool = False
    reached: bool = True
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Caller:
    """`kind` is `role`, `user`, `root` or `federated user`; `name` the role's or user's.

    `chain` is filled for what AWS tools would use. `problem` is set, and the rest empty, when AWS did not say.
    `key_id` is shortened.
    """

    subject: str
    account: str = ""
    arn: str = ""
    user_id: str = ""
    kind: str = ""
    name: str = ""
    session_name: str = ""
    key_id: str = ""
    request_id: str = ""
    chain: tuple[LookedAt, ...] = ()
    problem: Problem | None = None
