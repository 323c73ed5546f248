"""Why something was denied: what AWS says, taken apart, and what may be behind it."""

from __future__ import annotations

import enum
from typing import TYPE_CHECKING

from app.domain.values import dataclass

if TYPE_CHECKING:
    from app.domain.errors import Problem


class Verdict(enum.Enum):
    """What checking a likely cause came to."""

    LIKELY = "likely"
    RULED_OUT = "ruled out"
    OPEN = "open"
    """It cannot be told from here."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cause:
    """One thing that may be behind a refusal, and what checking it came to."""

    title: str
    verdict: Verdict
    detail: str = ""
    remedy: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """A key of the request's context with its values."""

    key: str
    values: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class MatchedStatement:
    """A statement that decided. `id` may be empty; `conditions` are (operator and key, values)."""

    id: str = ""
    effect: str = ""
    policy: str = ""
    principals: tuple[str, ...] = ()
    actions: tuple[str, ...] = ()
    resources: tuple[str, ...] = ()
    conditions: tuple[Condition, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """One line of what was sent. A secret's value is not shown."""

    name: str
    value: str = ""
    hidden: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Denial:
    """`sentence` tells it all in one sentence, `advice` what helps.

    `explicit` is true for an explicit deny, false for a missing allow. `policy_type` is what AWS's text names
    (`identity-based policy`, `service control policy`…), else empty. `raw` is the decoded message, indented JSON, empty
    when there was none; `decoded_with` the profile whose session asked for it. `sent` and `causes` are filled for
    refusals of our own requests. `problem` is why the encoded part could not be decoded; what the text itself says is
    told all the same.
    """

    sentence: str
    advice: str = ""
    who: str = ""
    action: str = ""
    resource: str = ""
    explicit: bool | None = None
    allowed: bool = False
    policy_type: str = ""
    statements: tuple[MatchedStatement, ...] = ()
    conditions: tuple[Condition, ...] = ()
    failures: tuple[str, ...] = ()
    raw: str = ""
    decoded_with: str = ""
    request_id: str = ""
    profile: str = ""
    sent: tuple[Sent, ...] = ()
    causes: tuple[Cause, ...] = ()
    problem: Problem | None = None
