"""When what renews, how long that goes on without a person, and when one is needed: from plain values."""

from __future__ import annotations

import math
from collections import defaultdict
from datetime import timedelta
from typing import TYPE_CHECKING

from app.domain.deadlines import Deadline, Deadlines, PersonNeeded
from app.domain.schedule import SIGNING_MARGIN
from app.domain.values import dataclass, replace

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from app.domain.view import NeedView, Status

NOT_LONG = timedelta(seconds=1)
"""The shortest step from one renewal to the next that is reckoned with."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Strand:
    """One source, MFA session or profile as it stands now. Times are UTC.

    `key` and `kind` are those of a `Deadline`. `parent` is the key of what signs for it, empty for a source. `ends` is
    when its credentials, or a provider's proof, cannot be used any more; None without any. `renews` is when it is
    renewed by itself next, None for never. `asks` names what a person has to give (`mfa`, `sign-in`) each time that it
    is obtained; `waits_for` is set while one is waited for, since `since`. `on_demand`: it is obtained whenever
    something signs with it, if nobody is needed. `leased` sessions are not.
    """

    key: str
    name: str
    kind: str
    parent: str = ""
    words: str = ""
    status: Status | None = None
    issued: datetime | None = None
    ends: datetime | None = None
    renews: datetime | None = None
    asks: str = ""
    waits_for: str = ""
    since: datetime | None = None
    on_demand: bool = True
    leased: bool = False
    counts: bool = False
    """Whether it is a session that a person wanted, and not only signs for others."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Limit:
    """From `at` on a person has to give `what` at `source`; `at` None means now already.

    An empty `what`: nothing goes on from then on, and nobody is asked.
    """

    at: datetime | None
    what: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """When a strand needs a person, who gives `what` at the identity or provider `source`.

    With an empty `what` it is not renewed any more then, and nobody is asked.
    """

    at: datetime
    what: str
    source: str


class Foresight:
    """What a set of strands will need; each question is answered once."""

    def __init__(self, strands: Mapping[str, Strand], now: datetime) -> None:
        self._strands = strands
        self._now = now
        self._limits: dict[str, _Limit | None] = {}
        self._moments: dict[str, Moment | None] = {}

    def person(self, key: str) -> Moment | None:
        """When a strand needs a person, or None for never as far as is known."""
        if key not in self._moments:
            self._moments[key] = self._person(self._strands[key])
        return self._moments[key]

    def source(self, strand: Strand) -> Strand:
        """The identity or provider that a strand starts from."""
        while strand.parent:
            strand = self._strands[strand.parent]
        return strand

    def _person(self, strand: Strand) -> Moment | None:
        if strand.waits_for:
            return Moment(at=strand.since or self._now, what=strand.waits_for, source=self.source(strand).name)
        if strand.renews is None or strand.ends is None:
            return None
        if strand.asks:
            return Moment(at=max(strand.renews, self._now), what=strand.asks, source=self.source(strand).name)
        limit = self._limit(strand.parent)
        if limit is None:
            return None
        at = strand.renews if limit.at is None else self._first_renewal(strand, strand.renews, limit.at)
        return Moment(at=max(at, self._now), what=limit.what, source=limit.source)

    def _first_renewal(self, strand: Strand, renews: datetime, limit: datetime) -> datetime:
        """The first of a strand's renewals that comes too late for what signs."""
        late = limit - SIGNING_MARGIN
        if renews >= late or strand.issued is None:
            return renews
        step = max(renews - strand.issued, NOT_LONG)
        return renews + math.ceil((late - renews) / step) * step

    def _limit(self, key: str) -> _Limit | None:
        """From when on a strand does not sign without a person; None for never."""
        if key not in self._limits:
            self._limits[key] = self._limit_of(self._strands[key])
        return self._limits[key]

    def _limit_of(self, strand: Strand) -> _Limit | None:
        if strand.waits_for or strand.asks:
            what = strand.waits_for or strand.asks
            return _Limit(at=strand.ends, what=what, source=self.source(strand).name)
        if not strand.parent:
            return None
        if not strand.on_demand:
            return _Limit(at=strand.ends, what="", source=strand.name)
        beyond = self._limit(strand.parent)
        if beyond is None or beyond.at is None or strand.ends is None:
            return beyond if strand.ends is None or beyond is None else replace(beyond, at=strand.ends)
        moment = self.person(strand.key)
        lives_on = strand.ends
        if moment is not None and strand.renews is not None:
            # renewed until then, and its last credentials live on for their lead
            lives_on = moment.at + (strand.ends - strand.renews)
        return replace(beyond, at=max(beyond.at, lives_on))


def deadlines(strands: Sequence[Strand], needs: Sequence[NeedView], now: datetime) -> Deadlines:
    """All strands, those that sign before what they sign for, as rows below each other; and the next person needed.

    `strands` are in the order of the settings; each parent is among them.
    """
    known = {strand.key: strand for strand in strands}
    foresight = Foresight(known, now)
    below: defaultdict[str, list[Strand]] = defaultdict(list)
    for strand in strands:
        below[strand.parent].append(strand)
    rows: list[Deadline] = []

    def add(strand: Strand, depth: int) -> None:
        rows.append(_row(strand, depth, _moment(strand, below, foresight), now))
        # MFA sessions stand before what starts from the identity itself
        for child in sorted(below[strand.key], key=lambda each: each.kind != "mfa"):
            add(child, depth + 1)

    for source in below[""]:
        add(source, 0)
    return Deadlines(
        rows=tuple(rows),
        person=next_person(strands, needs, now, foresight),
        sessions=sum(each.counts and each.ends is not None and each.ends > now for each in strands),
        sources=len(below[""]),
    )


def next_person(
    strands: Sequence[Strand], needs: Sequence[NeedView], now: datetime, foresight: Foresight | None = None
) -> PersonNeeded | None:
    """The next moment a person is needed for sessions that live; else for one that waits already; or None."""
    seen = foresight or Foresight({strand.key: strand for strand in strands}, now)
    moments = [(moment, each) for each in strands if each.counts and (moment := seen.person(each.key)) is not None]
    moments = [(moment, each) for moment, each in moments if moment.what]
    live = [(moment, each) for moment, each in moments if each.ends is not None and each.ends > now]
    if not (live or moments):
        return None
    first = min((moment for moment, _ in live or moments), key=lambda moment: moment.at)
    same = [(m, each) for m, each in moments if (m.what, m.source) == (first.what, first.source)]
    # one answer serves all that come to need it while the first still works
    ends = [each.ends for m, each in same if m.at == first.at and each.ends is not None and each.ends > now]
    until = min(ends, default=None)
    waiting = [(m, each) for m, each in same if m.at <= max(first.at, until or first.at)]
    works = [each.ends for _, each in waiting if each.ends is not None and each.ends > now]
    return PersonNeeded(
        at=first.at,
        kind=first.what,
        source=first.source,
        profiles=tuple(each.name for _, each in waiting),
        works_until=min(works, default=None),
        need=_need(needs, first, {each.name for _, each in waiting}),
    )


def people(strands: Sequence[Strand], foresight: Foresight, now: datetime) -> dict[str, datetime]:
    """The names of the sessions whose next renewal needs a person, and when (UTC, not before now)."""
    found = {}
    for each in strands:
        if each.counts and each.renews is not None:
            moment = foresight.person(each.key)
            if moment is not None and moment.what and moment.at <= max(each.renews, now):
                found[each.name] = max(moment.at, now)
    return found


def _need(needs: Sequence[NeedView], moment: Moment, profiles: set[str]) -> str:
    """The key of the open need of a moment: of its source, or one that its profiles wait for."""
    for need in needs:
        source = need.sign_in.provider if need.sign_in is not None else need.identity
        if need.kind == moment.what and (source == moment.source or not profiles.isdisjoint(need.profiles)):
            return need.key
    return ""


def _moment(strand: Strand, below: Mapping[str, list[Strand]], foresight: Foresight) -> Moment | None:
    """When a strand needs a person; what only signs needs one as soon as anything below it does, for its sake."""
    if strand.counts or strand.waits_for or not strand.asks:
        return foresight.person(strand.key)
    found: list[Moment] = []
    pending = list(below[strand.key])
    while pending:
        child = pending.pop()
        moment = foresight.person(child.key)
        if moment is not None and moment.what == strand.asks:
            found.append(moment)
        pending += below[child.key]
    return min(found, key=lambda each: each.at, default=None)


def _row(strand: Strand, depth: int, moment: Moment | None, now: datetime) -> Deadline:
    shown = moment if moment is not None and moment.what else None
    renewed_until = None
    if strand.renews is not None and strand.issued is not None and strand.ends is not None:
        begins = max(strand.renews, now)
        if moment is None or moment.at > begins:
            renewed_until = begins + (strand.ends - strand.issued)
    return Deadline(
        key=strand.key,
        name=strand.name,
        kind=strand.kind,
        depth=depth,
        words=strand.words,
        status=strand.status,
        issued=strand.issued,
        expires=strand.ends,
        renews=strand.renews,
        renewed_until=renewed_until,
        person_at=shown.at if shown is not None else None,
        person_for=shown.what if shown is not None else "",
        leased=strand.leased,
        by_itself=strand.kind in ("saml", "oidc") and not strand.asks,
    )
