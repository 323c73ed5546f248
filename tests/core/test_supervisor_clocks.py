"""What a look at the clocks leads to: after sleep there is hurry; a clock that was set is not believed at once."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from app.core.supervisor import GUESSING_SECONDS, JUMP_SECONDS, TELLING_SECONDS, TICK_SECONDS
from app.domain.session import Activity
from app.domain.view import Status
from tests.core.fake_aws import offline
from tests.core.fakes import machine, profile, row, supervised
from tests.core.virtual_time import until, virtual

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.core.front import Front
    from app.core.keepers import ProfileKeeper
    from tests.core.fakes import Machine

Loose = Any

HOUR = 3600
ENTRIES = (
    profile("prod", duration=12 * HOUR, region="eu-north-1", refresh=False),
    profile("other", duration=12 * HOUR),
)


async def started() -> tuple[Machine, Front]:
    """Two that have an hour left, one of which is due; to obtain it failed, and is tried again much later."""
    pc = machine(*ENTRIES)
    front = await pc.process()
    await front.assume("prod")
    await front.assume("other")
    await asyncio.sleep(11 * HOUR)
    fails(front, pc)
    pc.sts.fail = lambda call: offline() if call.action == "AssumeRole" else None
    await tick(front)
    pc.sts.calls.clear()
    return pc, front


async def tick(front: Front) -> None:
    await front.supervisor.tick()
    await asyncio.sleep(1)


def fails(front: Front, pc: Machine) -> None:
    keeper = keeper_of(front, "other")
    later = pc.clock.now() + timedelta(days=1)
    keeper.session = replace(keeper.session, activity=Activity.BACKING_OFF, failures=1, retry_at=later)


def keeper_of(front: Front, name: str) -> ProfileKeeper:
    return front.engine.roster.profiles[name]


def asked(pc: Machine) -> list[str]:
    return [call.action for call in pc.sts.calls]


# --- Sleep -----------------------------------------------------------------------------------------------------------


@virtual
async def test_after_sleep_nobody_waits_for_a_pause() -> None:
    pc, front = await started()
    pc.clock.suspend(60)
    await tick(front)
    assert asked(pc) == ["AssumeRole"]


@virtual
async def test_what_failed_in_the_look_after_sleep_is_tried_in_the_next_and_then_waits() -> None:
    pc, front = await started()
    for _ in range(3):
        pc.clock.suspend(60)
        await tick(front)
        pc.sts.calls.clear()
        fails(front, pc)
        await tick(front)
        assert asked(pc) == ["AssumeRole"], "networks wake up later than machines"
        fails(front, pc)
        await tick(front)
        await tick(front)
        assert asked(pc) == ["AssumeRole"], "it hurries no more, however long the machine slept before"


@pytest.mark.parametrize(("seconds", "wanted"), [(JUMP_SECONDS - 1, []), (JUMP_SECONDS + 1, ["AssumeRole"])])
@virtual
async def test_a_short_stop_is_no_sleep(seconds: float, wanted: list[str]) -> None:
    pc, front = await started()
    pc.clock.suspend(seconds)
    await tick(front)
    assert asked(pc) == wanted


@pytest.mark.parametrize("fallen_asleep_after", range(8))
@virtual
async def test_a_machine_that_falls_asleep_while_its_clocks_are_read_is_not_one_whose_clock_was_set(
    monkeypatch: pytest.MonkeyPatch, fallen_asleep_after: int
) -> None:
    pc, front = await started()
    looks = 0

    def sleepy(read: Callable[[], object]) -> Callable[[], object]:
        def looked() -> object:
            nonlocal looks
            seen, looks = read(), looks + 1
            if looks == fallen_asleep_after + 1:
                pc.clock.suspend(HOUR / 4)
            return seen

        return looked

    with monkeypatch.context() as patch:
        for name in ("now", "monotonic", "steady"):
            patch.setattr(pc.clock, name, sleepy(getattr(pc.clock, name)))
        for _ in range(3):
            await tick(front)
    assert looks > fallen_asleep_after
    assert set(asked(pc)) == {"AssumeRole"}, "there is hurry, and nobody asks for the time"


@pytest.mark.parametrize("hours", [0.5, 1.1, 13])
@virtual
async def test_what_was_on_its_way_while_the_machine_slept_for_longer_than_it_lives_is_renewed(
    monkeypatch: pytest.MonkeyPatch, hours: float
) -> None:
    pc = machine(profile("prod"), profile("other"))
    front = await pc.process()
    ask, slept = pc.sts.assume_role, False
    await front.assume("prod")
    await front.assume("other")

    async def assume_role(request: Loose, **named: Loose) -> object:
        nonlocal slept
        found = await ask(request, **named)
        if not slept:
            slept = True
            pc.clock.suspend(hours * HOUR)
            await asyncio.sleep(5)  # it is looked at what has ended before the answer is read
        return found

    monkeypatch.setattr(pc.sts, "assume_role", assume_role)
    async with supervised(front):
        await until(lambda: slept, seconds=HOUR)
        await asyncio.sleep(60)
        assert [row(front, name).status for name in ("prod", "other")] == [Status.ACTIVE, Status.ACTIVE]
        assert set(pc.file.found) == {"prod", "other"}
        assert pc.sts.count("AssumeRole") <= 5


# --- A clock that was set --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("seconds", "wanted"), [(4, 0), (-4, 0), (6, 1), (-6, 1)])
@virtual
async def test_aws_is_asked_for_the_time_when_the_clock_was_set_by_more_than_a_little(
    seconds: float, wanted: int
) -> None:
    pc, front = await started()
    pc.clock.set(seconds)
    await tick(front)
    await tick(front)
    assert pc.sts.count("GetCallerIdentity") == wanted


@virtual
async def test_the_region_of_the_profile_that_signs_is_asked() -> None:
    pc, front = await started()
    pc.clock.set(HOUR)
    await tick(front)
    assert [(call.action, call.region) for call in pc.sts.calls] == [("GetCallerIdentity", "eu-north-1")]


@virtual
async def test_nothing_is_taken_away_by_a_clock_that_was_set_until_aws_has_told_the_time() -> None:
    pc, front = await started()
    pc.sts.delay = TELLING_SECONDS - 2
    pc.clock.set(2 * HOUR)
    for _ in range(3):
        await front.supervisor.tick()
        await asyncio.sleep(TICK_SECONDS)
        assert set(pc.file.found) == {"prod", "other"}
    await asyncio.sleep(TELLING_SECONDS)
    pc.sts.delay = 0.2
    await tick(front)
    assert set(pc.file.found) == {"prod", "other"}, "it was told: they live"
    assert [name for what, name, _ in pc.file.history if what == "withdraw"] == []


@virtual
async def test_a_clock_is_believed_when_aws_does_not_tell_in_time() -> None:
    pc, front = await started()
    pc.sts.delay = 10 * TELLING_SECONDS
    pc.clock.set(2 * HOUR)
    await tick(front)
    await asyncio.sleep(TELLING_SECONDS)
    assert set(pc.file.found) == {"prod", "other"}
    await tick(front)
    assert not pc.file.found


@virtual
async def test_time_in_which_the_machine_sleeps_is_not_given_to_aws() -> None:
    pc, front = await started()
    pc.sts.delay = 10 * TELLING_SECONDS
    pc.clock.set(2 * HOUR)
    await tick(front)
    pc.clock.suspend(60)
    await tick(front)
    assert set(pc.file.found) == {"prod", "other"}


@virtual
async def test_an_answer_that_comes_right_after_the_one_about_the_time_is_not_taken_for_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    pc, front = await started()
    ask = pc.sts.get_caller_identity
    others = [timedelta(hours=-3)]

    async def get_caller_identity(**named: Loose) -> object:
        found = await ask(**named)
        pc.sts.measured = timedelta()
        if others:  # it was on its way while the machine was held
            asyncio.get_running_loop().call_soon(setattr, pc.sts, "measured", others.pop())
        return found

    monkeypatch.setattr(pc.sts, "get_caller_identity", get_caller_identity)
    pc.clock.set(HOUR / 2)
    async with supervised(front):
        await asyncio.sleep(10)
    assert (pc.sts.count("GetCallerIdentity"), pc.sts.clock_skew) == (2, timedelta())


@virtual
async def test_what_was_to_hurry_does_so_when_the_doubt_is_over() -> None:
    pc, front = await started()
    pc.sts.delay = 10 * TELLING_SECONDS
    pc.clock.set(-HOUR)
    await tick(front)
    await tick(front)
    assert asked(pc) == ["GetCallerIdentity"]
    await asyncio.sleep(TELLING_SECONDS)
    await tick(front)
    assert asked(pc) == ["GetCallerIdentity", "AssumeRole"]


@virtual
async def test_when_it_was_told_everything_goes_on_at_once() -> None:
    pc, front = await started()
    pc.clock.set(HOUR / 2)
    await front.supervisor.tick()
    assert asked(pc) == []
    async with supervised(front):
        await asyncio.sleep(1)
        assert asked(pc) == ["GetCallerIdentity", "AssumeRole"], "the ten seconds are not over"


@virtual
async def test_only_credentials_that_are_known_to_be_right_ask_for_the_time() -> None:
    pc, front = await started()
    for name, obtained in (("prod", None), ("other", keeper_of(front, "other").session.obtained)):
        keeper = keeper_of(front, name)
        unknown = None if obtained is None else replace(obtained, confirmed=False)
        keeper.session = replace(keeper.session, obtained=unknown)
    pc.clock.set(HOUR / 2)
    await tick(front)
    assert pc.sts.count("GetCallerIdentity") == 0


@virtual
async def test_where_nobody_could_ask_it_is_asked_as_soon_as_somebody_can() -> None:
    pc, front = await started()
    kept = {name: keeper_of(front, name).session for name in ("prod", "other")}
    for name, session in kept.items():
        keeper_of(front, name).session = replace(session, obtained=None, wanted=False)
    pc.sts.measured, pc.sts.recalled = timedelta(seconds=2), True
    await tick(front)
    assert asked(pc) == []
    for name, session in kept.items():
        keeper_of(front, name).session = session
    await tick(front)
    assert asked(pc) == ["GetCallerIdentity"]


@virtual
async def test_who_did_not_answer_is_asked_again_after_a_minute_and_nothing_waits_for_it() -> None:
    pc, front = await started()
    pc.sts.fail = lambda _: offline()
    pc.sts.measured, pc.sts.recalled = timedelta(seconds=2), True
    await tick(front)
    await tick(front)
    assert pc.sts.count("GetCallerIdentity") == 1
    await asyncio.sleep(GUESSING_SECONDS - 2)
    pc.sts.calls.clear()
    pc.sts.delay = 5
    front.supervisor.wake()
    await tick(front)
    assert asked(pc) == ["GetCallerIdentity", "AssumeRole"]


# --- What is told ----------------------------------------------------------------------------------------------------


@virtual
async def test_time_that_changes_nothing_is_not_told_and_the_clocks_error_is() -> None:
    pc = machine(*ENTRIES)
    front = await pc.process()
    told: list[float] = []
    front.subscribe(lambda: told.append(front.snapshot().health.skew))
    await tick(front)
    await tick(front)
    assert told == []
    pc.sts.measured = timedelta(seconds=3)
    await tick(front)
    await tick(front)
    assert told == [3.0], "once"
