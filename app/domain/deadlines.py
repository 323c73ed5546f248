"""All sessions and what they depend on, on one line of time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.domain.values import dataclass

if TYPE_CHECKING:
    from datetime import datetime

    from app.domain.view import Status


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline:
    """One row: a source, or a session below what it depends on. Times are UTC.

    `kind` is `identity`, `saml`, `oidc`, `mfa` (an MFA session) or `role` (a profile). `key` is unique:
    `identity.NAME`, `provider.NAME`, the MFA session's key, or `profile.NAME`. `depth` counts from the source, which
    has 0. `words` is the role's name. From `renews` on to `expires` is the lead window. `renewed_until` is how long it
    lasts if it is renewed then, None when it is not renewed by itself. `person_at` is when it needs a person, who has
    to give `person_for` (`mfa`, `sign-in` or `command`); None for never, as far as is known. `leased` sessions end for
    good. `by_itself` tells of a provider that it needs nobody.
    """

    key: str
    name: str
    kind: str
    depth: int = 0
    words: str = ""
    status: Status | None = None
    issued: datetime | None = None
    expires: datetime | None = None
    renews: datetime | None = None
    renewed_until: datetime | None = None
    person_at: datetime | None = None
    person_for: str = ""
    leased: bool = False
    by_itself: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonNeeded:
    """The next moment a person is needed. Times are UTC; `at` is not later than now when somebody waits already.

    `kind` is `mfa`, `sign-in` or `command`, `source` the identity or provider. `profiles` are those that wait or will,
    `works_until` when the first of them stops working (None: nothing of them works). `need` is the key of the open
    need, empty while nothing is asked yet.
    """

    at: datetime
    kind: str
    source: str
    profiles: tuple[str, ...] = ()
    works_until: datetime | None = None
    need: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadlines:
    """All rows, each source followed by what depends on it. `sessions` counts live ones, `sources` those shown."""

    rows: tuple[Deadline, ...] = ()
    person: PersonNeeded | None = None
    sessions: int = 0
    sources: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class ToppedUp:
    """What topping up came to. `left` maps a profile that was not renewed to the reason."""

    renewed: tuple[str, ...] = ()
    left: tuple[tuple[str, str], ...] = ()
