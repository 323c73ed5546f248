"""What many obtain at a time is recorded and published with few writes, and each hears what became of its own."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from app.core.places import Place
from app.core.publishing import ENOUGH, GATHERING_SECONDS, Delivery, Publisher, entered_in, taken_back
from app.domain.credentials import Credentials, Obtained
from app.domain.errors import StorageTrouble
from app.domain.published import Origin, Published
from app.domain.secret import Secret
from app.domain.state import SharedState
from tests.core.fake_file import FakeFile, Section
from tests.core.fake_keeping import FakeJournal
from tests.core.fakes import FakeState, machine, profile, session, supervised
from tests.core.virtual_time import START, until, virtual

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from app.core.publishing import Entry
    from app.domain.happening import Happening
    from app.domain.published import Outcome, Publication
    from tests.core.fakes import Machine

EMPTY = SharedState(installation="7f3a")


def delivery(key: str, key_id: str, *, aws_profile: str = "", renewal: bool = False, clicked: bool = False) -> Delivery:
    credentials = Credentials(
        access_key_id=key_id,
        secret_access_key=Secret("s" * 40),
        session_token=Secret("t" * 400),
        expires=START + timedelta(hours=1),
    )
    return Delivery(
        place=Place(key=key, fingerprint="f", aws_profile=aws_profile or key),
        obtained=Obtained(access_key_id=key_id, issued=START, expires=credentials.expires, credentials=credentials),
        known_key_id="",
        renewal=renewal,
        displace=False,
        clicked=clicked,
    )


def entered(state: SharedState, *deliveries: Delivery) -> tuple[list[Entry], SharedState]:
    return entered_in(state, deliveries)


def keys(state: SharedState) -> dict[str, tuple[str, str]]:
    return {name: (each.access_key_id, each.previous_key_id) for name, each in state.sessions.items()}


def test_the_record_names_the_key_that_it_replaces() -> None:
    _, first = entered(EMPTY, delivery("a", "A1"), delivery("b", "B1"))
    _, second = entered(first, delivery("a", "A2"))
    assert keys(second) == {"a": ("A2", "A1"), "b": ("B1", "")}


def test_of_two_for_one_aws_profile_the_later_one_stays_also_within_one_write() -> None:
    _, before = entered(EMPTY, delivery("a", "A1", aws_profile="default"))
    entries, after = entered(
        before, delivery("b", "B1", aws_profile="default"), delivery("c", "C1", aws_profile="default")
    )
    assert keys(after) == {"c": ("C1", "B1")}
    assert [entry.losers for entry in entries] == [("a",), ("b",)]


def test_who_moves_to_another_aws_profile_leaves_the_former_one_free() -> None:
    _, before = entered(EMPTY, delivery("a", "A1", aws_profile="old"))
    entries, after = entered(before, delivery("a", "A2", aws_profile="new"), delivery("b", "B1", aws_profile="old"))
    assert keys(after) == {"a": ("A2", "A1"), "b": ("B1", "")}
    assert [entry.losers for entry in entries] == [(), ()]


def test_what_could_not_be_published_is_as_before() -> None:
    _, before = entered(EMPTY, delivery("a", "A1", aws_profile="default"), delivery("b", "B1"))
    entries, after = entered(
        before, delivery("b", "B2"), delivery("c", "C1", aws_profile="default"), delivery("d", "D1")
    )
    assert keys(taken_back(after, failed(*entries))) == keys(before)
    assert keys(taken_back(after, [(entries[0], True), (entries[2], False)])) == {"c": ("C1", "A1")}


def test_of_two_for_one_aws_profile_that_both_failed_nothing_is_left() -> None:
    _, before = entered(EMPTY, delivery("a", "A1", aws_profile="default"))
    entries, after = entered(
        before, delivery("a", "A2", aws_profile="default"), delivery("b", "B1", aws_profile="default")
    )
    assert keys(after) == {"b": ("B1", "A2")}
    assert keys(taken_back(after, failed(*entries))) == {"a": ("A1", "")}
    assert keys(taken_back(after, failed(entries[1]))) == {"a": ("A2", "A1")}
    assert keys(taken_back(after, failed(entries[0]))) == {"b": ("B1", "A2")}


def test_who_had_the_aws_profile_of_a_section_that_is_gone_has_it_still() -> None:
    _, before = entered(EMPTY, delivery("a", "A1", aws_profile="default"), delivery("b", "B1", aws_profile="old"))
    entries, after = entered(before, delivery("b", "B2", aws_profile="default"))
    assert keys(after) == {"b": ("B2", "A1")}
    assert keys(taken_back(after, [(entries[0], True)])) == {"a": ("A1", "")}


def failed(*entries: Entry) -> list[tuple[Entry, bool]]:
    return [(each, False) for each in entries]


def test_what_another_one_recorded_meanwhile_stays() -> None:
    _, before = entered(EMPTY, delivery("a", "A1"))
    entries, after = entered(before, delivery("a", "A2"))
    _, newer = entered(after, delivery("a", "A3"))
    assert taken_back(newer, failed(*entries)) == newer
    assert taken_back(newer, [(each, True) for each in entries]) == newer


class CountedState(FakeState):
    def __init__(self) -> None:
        super().__init__()
        self.updates = 0

    async def update(self, change: Callable[[SharedState], SharedState]) -> SharedState:
        self.updates += 1
        return await super().update(change)


class CountedFile(FakeFile):
    def __init__(self) -> None:
        super().__init__()
        self.writes: list[int] = []

    async def publish_all(self, wanted: Sequence[Publication]) -> list[Outcome]:
        self.writes.append(len(wanted))
        return await super().publish_all(wanted)


class CountedJournal(FakeJournal):
    def __init__(self) -> None:
        super().__init__()
        self.writes = 0

    async def add(self, happenings: tuple[Happening, ...]) -> None:
        self.writes += 1
        await super().add(happenings)


def now() -> float:
    return asyncio.get_running_loop().time()


def publisher(state: FakeState, file: FakeFile, *, coming: bool, lost: list[str] | None = None) -> Publisher:
    told = [] if lost is None else lost
    return Publisher(state, file, coming=lambda: coming, replaced=lambda loser, _: told.append(loser))


@virtual
async def test_who_comes_alone_waits_for_nobody() -> None:
    state, file = FakeState(), FakeFile()
    begun = now()
    assert await publisher(state, file, coming=False).publish(delivery("a", "A1")) is Published.WRITTEN
    assert now() - begun <= file.delay


@virtual
async def test_many_are_written_together() -> None:
    state, file = CountedState(), CountedFile()
    some = publisher(state, file, coming=True)
    told = await asyncio.gather(*(some.publish(delivery(f"n{n}", f"K{n}")) for n in range(ENOUGH - 1)))
    assert told == [Published.WRITTEN] * (ENOUGH - 1)
    assert (state.updates, file.writes) == (1, [ENOUGH - 1])
    assert len(state.value.sessions) == ENOUGH - 1


@virtual
async def test_nobody_waits_long_for_more_that_never_comes() -> None:
    state, file = FakeState(), FakeFile()
    begun = now()
    await publisher(state, file, coming=True).publish(delivery("a", "A1"))
    assert now() - begun <= GATHERING_SECONDS + file.delay
    begun = now()
    await publisher(state, file, coming=True).publish(delivery("b", "B1", clicked=True))
    assert now() - begun < GATHERING_SECONDS


@virtual
async def test_each_hears_what_became_of_its_own() -> None:
    state, file, lost = FakeState(), FakeFile(), list[str]()
    file.change("foreign", Section(origin=Origin.FOREIGN))
    some = publisher(state, file, coming=True, lost=lost)
    await some.publish(delivery("old", "O1", aws_profile="default"))
    told = await asyncio.gather(
        some.publish(delivery("a", "A1")),
        some.publish(delivery("b", "B1", aws_profile="foreign")),
        some.publish(delivery("c", "C1", renewal=True)),
        some.publish(delivery("new", "N1", aws_profile="default")),
        return_exceptions=True,
    )
    assert isinstance(told[1], StorageTrouble)
    assert told[1].code == "section-foreign"
    assert [told[0], *told[2:]] == [Published.WRITTEN, Published.GONE, Published.WRITTEN]
    assert keys(state.value) == {"a": ("A1", ""), "new": ("N1", "O1")}
    assert lost == ["old"]


@virtual
async def test_what_befalls_all_is_told_to_each_by_an_error_of_its_own() -> None:
    state, file = FakeState(), FakeFile()
    some = publisher(state, file, coming=True)
    await some.publish(delivery("a", "A1"))
    before = keys(state.value)
    file.trouble = StorageTrouble(code="file-locked", title="Locked")
    told = await asyncio.gather(
        *(some.publish(delivery(name, f"{name}2")) for name in ("a", "b")), return_exceptions=True
    )
    assert [each.code for each in told if isinstance(each, StorageTrouble)] == ["file-locked", "file-locked"]
    assert told[0] is not told[1]
    assert keys(state.value) == before


@virtual
async def test_nothing_is_published_that_was_not_recorded() -> None:
    state, file = FakeState(), CountedFile()
    some = publisher(state, file, coming=False)
    state.trouble = StorageTrouble(code="state-unwritable", title="Full")
    with pytest.raises(StorageTrouble, match="Full"):
        await some.publish(delivery("a", "A1"))
    assert file.writes == []
    state.trouble = None
    assert await some.publish(delivery("a", "A1")) is Published.WRITTEN


@virtual
async def test_who_gives_up_does_not_stop_the_others() -> None:
    state, file = FakeState(), FakeFile()
    some = publisher(state, file, coming=True)
    tasks = [asyncio.create_task(some.publish(delivery(name, name))) for name in "ab"]
    await asyncio.sleep(0)
    tasks[0].cancel()
    assert await tasks[1] is Published.WRITTEN
    assert state.value.sessions.keys() == {"a", "b"}


@virtual
async def test_two_hundred_that_are_due_at_once_take_few_writes() -> None:
    """Each write of the state, the file or the journal costs as much as several calls to AWS."""
    many = 200
    state, file, journal = CountedState(), CountedFile(), CountedJournal()
    pc = machine(*(profile(f"n{n:03}") for n in range(many)), state=state, file=file, journal=journal)
    pc.sts.delay = 0.004
    front = await pc.process(person_present=False)
    await asyncio.gather(*(front.assume(f"n{n:03}") for n in range(many)))
    before = {name: each.access_key_id for name, each in pc.state.value.sessions.items()}
    state.updates, file.writes, journal.writes = 0, [], 0
    pc.keyring.asked.clear()
    for keeper in front.engine.roster.profiles.values():
        keeper.spread = 0.0
    async with supervised(front):
        pc.clock.suspend(50 * 60)
        await until(lambda: not before.items() & keys_now(pc).items())
        await until(lambda: not any(session(front, name).busy for name in before))
    assert sum(file.writes) == many
    assert len(file.writes) <= many / 16
    assert state.updates <= many / 16
    assert journal.writes <= many / 16
    assert len(pc.keyring.asked) <= many / 4


def keys_now(pc: Machine) -> dict[str, str]:
    return {name: each.access_key_id for name, each in pc.state.value.sessions.items()}
