"""What a provider says about a person, and how STS refuses what it says."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from app.standin.wire import Refusal

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

LEEWAY = timedelta(minutes=5)
"""How far a provider's clock may be ahead."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Vouched:
    """A verified statement. `about` goes into the answer; `until` ends the session earlier.

    `principal` is what a trust policy names: the provider's ARN, or the domain that ProviderId gave.
    """

    principal: str
    session_name: str
    about: Mapping[str, str]
    source_identity: str = ""
    tags: tuple[tuple[str, str], ...] = ()
    transitive: tuple[str, ...] = ()
    until: datetime | None = None


def bad(message: str) -> Refusal:
    """The token or assertion cannot be validated."""
    return Refusal("InvalidIdentityToken", message)


def expired(message: str) -> Refusal:
    """The token or assertion is too old."""
    return Refusal("ExpiredTokenException", message)
