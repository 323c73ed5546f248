"""What was obtained, recorded in the state and published in the credentials file: what many obtain, with few writes.

The state is written before the file, and names the key that is being replaced: whatever moment a crash picks, the
section in the file bears a key ID that the state knows.
"""

from __future__ import annotations

import asyncio
from collections import defaultdict
from typing import TYPE_CHECKING

from app.core.records import record_of, with_sessions
from app.domain.errors import RolecallError, StorageTrouble
from app.domain.published import Publication, Published, PublishedSection
from app.domain.values import dataclass, field

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from app.core.places import Place
    from app.domain.credentials import Obtained
    from app.domain.published import Outcome
    from app.domain.state import SessionRecord, SharedState
    from app.ports import CredentialsFile, StateStore

GATHERING_SECONDS = 0.25
"""What was renewed in the background waits so long for more, where more is coming: a write costs what ten calls do."""
CLICKED_SECONDS = 0.02
"""The same for what a person waits for."""
ENOUGH = 96
"""So many do not wait for more: each of them holds a lock, which is an open file. Fewer than may settle at a time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """What is to be published where. `obtained` has its secrets.

    `known_key_id` is a key that may be replaced besides those of the state, or empty. With `renewal` a section that is
    gone stays away; with `displace` a foreign one may be set aside. `clicked`: a person waits for it.
    """

    place: Place
    obtained: Obtained
    known_key_id: str
    renewal: bool
    displace: bool
    clicked: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A delivery as it stands in the state.

    `before` are the records that its own took the place of: the one of its name, and `losers`, who had its AWS profile.
    """

    delivery: Delivery
    record: SessionRecord
    before: tuple[SessionRecord, ...]
    losers: tuple[str, ...]


@dataclass(slots=True, kw_only=True, eq=False)
class _Batch:
    """Deliveries that are written together, and what became of each, in their order."""

    deliveries: list[Delivery] = field(default_factory=list)
    ripe: asyncio.Event = field(default_factory=asyncio.Event)
    hurried: bool = False


class Publisher:
    """Writes deliveries.

    `coming` tells whether more may soon be there; `replaced` is told who lost an AWS profile name to whom.
    """

    def __init__(
        self,
        state: StateStore,
        file: CredentialsFile,
        *,
        coming: Callable[[], bool],
        replaced: Callable[[str, str], None],
    ) -> None:
        self._state = state
        self._file = file
        self._coming = coming
        self._replaced = replaced
        self._open: tuple[_Batch, asyncio.Task[list[Outcome]]] | None = None
        self._turn = asyncio.Lock()

    async def publish(self, delivery: Delivery) -> Published:
        """Record and publish. Raises StorageTrouble and BadInput; the state is then as it was."""
        self._open = self._open or self._begun()
        batch, writing = self._open
        number = len(batch.deliveries)
        batch.deliveries.append(delivery)
        if len(batch.deliveries) >= ENOUGH or not self._coming():
            batch.ripe.set()
        elif delivery.clicked and not batch.hurried:
            batch.hurried = True
            asyncio.get_running_loop().call_later(CLICKED_SECONDS, batch.ripe.set)
        outcome = (await asyncio.shield(writing))[number]
        if isinstance(outcome, RolecallError):
            raise outcome
        return outcome

    def _begun(self) -> tuple[_Batch, asyncio.Task[list[Outcome]]]:
        batch = _Batch()
        asyncio.get_running_loop().call_later(GATHERING_SECONDS, batch.ripe.set)
        return batch, asyncio.create_task(self._write(batch), name="publish")

    async def _write(self, batch: _Batch) -> list[Outcome]:
        await batch.ripe.wait()
        entries: list[Entry] = []
        known: frozenset[str] = frozenset()

        def enter(state: SharedState) -> SharedState:
            nonlocal entries, known
            entries, entered = entered_in(state, batch.deliveries)
            known = _known(state, entries)
            return entered

        try:
            async with self._turn:
                self._open = None
                await self._state.update(enter)
            outcomes = await self._file.publish_all([_publication(each.delivery, known) for each in entries])
        except StorageTrouble as error:
            outcomes = [_own(error) for _ in batch.deliveries]
        return await self._settled(entries, outcomes)

    async def _settled(self, entries: list[Entry], outcomes: list[Outcome]) -> list[Outcome]:
        """Let the state say what became of them."""
        ended = list(zip(entries, outcomes, strict=False))  # without entries nothing was recorded
        unwritten = [(entry, outcome is Published.GONE) for entry, outcome in ended if outcome is not Published.WRITTEN]
        if unwritten:
            try:
                await self._state.update(lambda state: taken_back(state, unwritten))
            except StorageTrouble as error:
                return [each if each is Published.WRITTEN else _own(error) for each in outcomes]
        for entry, outcome in ended:
            if outcome is Published.WRITTEN:
                for loser in entry.losers:
                    self._replaced(loser, entry.delivery.place.key)
        return outcomes


def entered_in(state: SharedState, deliveries: Iterable[Delivery]) -> tuple[list[Entry], SharedState]:
    """The deliveries' entries, in their order, and the state with all of their records."""
    sessions = dict(state.sessions)
    names: defaultdict[str, set[str]] = defaultdict(set)
    for each in sessions.values():
        names[each.aws_profile].add(each.name)
    entries = []
    for delivery in deliveries:
        place = delivery.place
        own = sessions.get(place.key)
        losers = sorted(names[place.aws_profile] - {place.key})
        others = tuple(sessions.pop(name) for name in losers)
        record = record_of(place, delivery.obtained, previous_key_id=_previous(delivery, own, others))
        if own is not None:
            names[own.aws_profile].discard(own.name)
        names[place.aws_profile] = {place.key}
        sessions[place.key] = record
        before = others if own is None else (own, *others)
        entries.append(Entry(delivery=delivery, record=record, before=before, losers=tuple(losers)))
    return entries, with_sessions(state, sessions)


def _previous(delivery: Delivery, own: SessionRecord | None, others: tuple[SessionRecord, ...]) -> str:
    """The key that stands in the file until the new one is written."""
    if others:
        return others[0].access_key_id
    return delivery.known_key_id or (own.access_key_id if own is not None else "")


def taken_back(state: SharedState, unwritten: Sequence[tuple[Entry, bool]]) -> SharedState:
    """The state without what is not in the file, given in the order of the records, and whether its section was gone.

    What was before is back, but for the own record of a section that is gone. What is newer stays.
    """
    sessions = dict(state.sessions)
    # The last one first: what it took the place of may be the record of one before it
    for entry, was_gone in reversed(unwritten):
        own = entry.record
        found = sessions.get(own.name)
        if found is None or found.access_key_id != own.access_key_id:
            continue
        del sessions[own.name]
        for each in entry.before:
            if not (was_gone and each.name == own.name):
                sessions.setdefault(each.name, each)
    return with_sessions(state, sessions)


def _known(state: SharedState, entries: list[Entry]) -> frozenset[str]:
    """The key IDs that may stand in the sections: what was recorded until now, and what is from now on."""
    recorded = {each.record.access_key_id for each in entries} | {each.delivery.known_key_id for each in entries}
    return state.key_ids | recorded


def _publication(delivery: Delivery, known: frozenset[str]) -> Publication:
    place = delivery.place
    section = PublishedSection(
        aws_profile=place.aws_profile,
        profile=place.key,
        credentials=delivery.obtained.credentials_or_fail(),
        region=place.region,
    )
    return Publication(section=section, known_key_ids=known, renewal=delivery.renewal, displace=delivery.displace)


def _own(error: StorageTrouble) -> StorageTrouble:
    """An error for one of several: none of them lengthens another one's traceback."""
    told = error.problem
    own = StorageTrouble(
        code=told.code,
        title=told.title,
        detail=told.detail,
        remedy=told.remedy,
        field=told.field,
        retry=error.retry,
        request_id=told.request_id,
    )
    own.__cause__ = error.__cause__
    return own
