"""Renewal by itself at its edges: what is renewed and what is left alone, and what is told of trouble."""

from __future__ import annotations

import asyncio
import gc
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from app.core.supervisor import ASK_AGAIN, TICK_SECONDS, wants_renewal
from app.domain.errors import Denied, StorageTrouble
from app.domain.session import Activity
from app.domain.view import Status
from tests.core.fakes import ACCOUNT, configuration, machine, profile, row, session, supervised
from tests.core.virtual_time import until, virtual

if TYPE_CHECKING:
    from datetime import datetime

    from app.core.front import Front
    from app.core.keepers import ProfileKeeper
    from app.domain.credentials import Obtained
    from tests.core.fakes import Machine

Loose = Any

MINUTE = timedelta(minutes=1)
FRESH, DUE, DEAD = -40 * MINUTE, -5 * MINUTE, 2 * MINUTE
"""From the end of credentials that live an hour and are due 16 minutes before."""
BACKING_OFF: dict[str, Loose] = {"activity": Activity.BACKING_OFF, "failures": 1}
UNREACHABLE = StorageTrouble(code="disk-failed", title="The disk failed").problem


async def assumed(**changes: Loose) -> tuple[Machine, Front, ProfileKeeper]:
    pc = machine(profile("prod", duration=3600, **changes))
    front = await pc.process()
    await front.assume("prod", confirmed="prod" if changes.get("confirm") else "")
    return pc, front, front.engine.roster.profiles["prod"]


def held(keeper: ProfileKeeper) -> Obtained:
    assert keeper.session.obtained is not None
    return keeper.session.obtained


async def pass_until(keeper: ProfileKeeper, pc: Machine, at: timedelta) -> datetime:
    """Let time pass until then, from the end of the credentials; nobody renews them meanwhile."""
    then = held(keeper).expires + at
    await asyncio.sleep((then - pc.clock.now()).total_seconds())
    return then


@pytest.mark.parametrize(
    ("of_profile", "of_session", "at", "wanted"),
    [
        ({}, {}, FRESH, False),
        ({}, {}, DUE, True),
        ({}, {}, DEAD, True),
        ({}, {"wanted": False}, DUE, False),
        ({}, {"declined": True}, DUE, False),
        ({}, {"problem": UNREACHABLE}, DUE, False),
        ({}, {"activity": Activity.CONTACTING}, DUE, False),
        ({}, {"activity": Activity.AWAITING_MFA}, DUE, False),
        ({}, {"activity": Activity.CONTACTING, "obtained": None}, DUE, False),
        ({}, {"obtained": None}, DUE, False),
        ({"refresh": False}, {}, DUE, False),
        ({"lease": 3000}, {}, DUE, False),
        # A guarded one is renewed as long as it lives; afterwards a person is asked.
        ({"confirm": True}, {}, DUE, True),
        ({"confirm": True}, {}, DEAD, False),
    ],
)
@virtual
async def test_what_is_renewed(of_profile: Loose, of_session: Loose, at: timedelta, wanted: bool) -> None:
    pc, _, keeper = await assumed(**of_profile)
    now = await pass_until(keeper, pc, at)
    keeper.session = replace(keeper.session, **of_session)
    assert wants_renewal(keeper, now) is wanted
    assert wants_renewal(keeper, now, hurry=True) is wanted, "hurry is for those that failed"


@virtual
async def test_what_lives_is_renewed_though_the_guarded_one_that_signs_for_it_is_over() -> None:
    pc = machine(profile("guarded", confirm=True), profile("child", "profile.guarded", duration=3600))
    front = await pc.process()
    await front.assume("child", confirmed="child")
    keepers = front.engine.roster.profiles
    now = await pass_until(keepers["child"], pc, DUE)
    keepers["guarded"].session = replace(keepers["guarded"].session, obtained=None)
    assert keepers["child"].asks() == "guarded"
    assert wants_renewal(keepers["child"], now)


@pytest.mark.parametrize(
    ("of_profile", "of_session", "pause", "wanted", "in_a_hurry"),
    [
        ({}, {}, 1, False, True),
        ({}, {}, 0, True, True),
        ({}, {}, -1, True, True),
        ({}, {}, None, False, False),
        ({}, {"obtained": None}, -1, True, True),
        ({}, {"wanted": False}, -1, False, False),
        ({}, {"declined": True}, -1, False, False),
        ({"refresh": False}, {}, -1, False, False),
        ({"lease": 3000}, {}, -1, False, False),
        # What could not be put where tools find it is put there later, whatever else holds.
        ({"refresh": False}, {"unwritten": True}, -1, True, True),
        ({"refresh": False}, {"unwritten": True}, 1, False, True),
        ({"refresh": False}, {"unwritten": True}, None, False, False),
        ({"confirm": True}, {}, -1, True, True),
        ({"confirm": True}, {"obtained": None}, -1, False, False),
        ({"confirm": True}, {"obtained": None, "unwritten": True}, -1, True, True),
    ],
)
@virtual
async def test_what_failed_is_tried_again_after_its_pause(
    of_profile: Loose, of_session: Loose, pause: float | None, wanted: bool, in_a_hurry: bool
) -> None:
    pc, _, keeper = await assumed(**of_profile)
    now = await pass_until(keeper, pc, DUE)
    retry_at = None if pause is None else now + timedelta(seconds=pause)
    keeper.session = replace(keeper.session, retry_at=retry_at, **BACKING_OFF, **of_session)
    assert wants_renewal(keeper, now) is wanted
    assert wants_renewal(keeper, now, hurry=True) is in_a_hurry


@virtual
async def test_a_look_that_fails_is_told_once_and_taken_back_when_it_succeeds_again() -> None:
    pc, front, _ = await assumed()
    told: list[str] = []
    front.subscribe(lambda: told.append(getattr(front.snapshot().health.file_problem, "code", "")))
    fingerprint = pc.file.fingerprint
    trouble = StorageTrouble(code="file-denied", title="Denied")

    async def refuse() -> Loose:
        raise trouble

    async with supervised(front):
        await asyncio.sleep(10)
        pc.file.fingerprint = refuse  # type: ignore[method-assign]
        await until(lambda: "file-denied" in told)
        await asyncio.sleep(10 * TICK_SECONDS)
        assert told.count("file-denied") == 1
        trouble = StorageTrouble(code="disk-failed", title="Failed")
        await until(lambda: "disk-failed" in told)
        pc.file.fingerprint = fingerprint  # type: ignore[method-assign]
        await until(lambda: front.engine.file_problem is None, seconds=10)
        await asyncio.sleep(10)
        assert told[-1] == ""


@virtual
async def test_expired_ones_that_cannot_be_taken_away_are_told_and_tried_again() -> None:
    pc, front, keeper = await assumed(refresh=False)
    pc.file.trouble = StorageTrouble(code="file-read-only", title="Read only")
    async with supervised(front):
        await asyncio.sleep(3600)
        await until(lambda: front.engine.file_problem is not None, seconds=20)
        assert getattr(front.engine.file_problem, "code", "") == "file-read-only"
        assert "prod" in pc.file.found
        pc.file.trouble = None
        await until(lambda: "prod" not in pc.file.found, seconds=20)
        await until(lambda: keeper.session.obtained is None, seconds=20)
    assert row(front, "prod").status is Status.EXPIRED


async def pinned(pin: str = ACCOUNT) -> tuple[Machine, Front]:
    """A section in the file that we wrote, and whose account is to be looked at before it is believed."""
    pc, front, keeper = await assumed(account_pin=pin)
    keeper.session = replace(keeper.session, obtained=replace(held(keeper), confirmed=False, arn=""))
    return pc, front


@virtual
async def test_whose_credentials_they_are_is_asked_again_after_a_minute_and_no_sooner() -> None:
    pc, front = await pinned()
    pc.sts.fail = lambda call: Denied(code="denied", title="Denied") if call.action == "GetCallerIdentity" else None
    before = pc.sts.count("GetCallerIdentity")
    async with supervised(front):
        await asyncio.sleep(50)
        assert pc.sts.count("GetCallerIdentity") == before + 1
        await asyncio.sleep(ASK_AGAIN.total_seconds())
        assert pc.sts.count("GetCallerIdentity") == before + 2
        pc.sts.fail = lambda _: None
        await until(lambda: session(front, "prod").obtained.confirmed, seconds=70)
        assert pc.sts.count("GetCallerIdentity") == before + 3
        await asyncio.sleep(300)
        assert pc.sts.count("GetCallerIdentity") == before + 3


@virtual
async def test_a_minute_is_a_minute() -> None:
    pc, front = await pinned()
    pc.sts.fail = lambda call: Denied(code="denied", title="Denied") if call.action == "GetCallerIdentity" else None
    pc.sts.calls.clear()
    await front.supervisor.tick()
    await asyncio.sleep(ASK_AGAIN.total_seconds() - 1)
    await front.supervisor.tick()
    assert pc.sts.count("GetCallerIdentity") == 1
    await asyncio.sleep(1)
    await front.supervisor.tick()
    await asyncio.sleep(0)
    assert pc.sts.count("GetCallerIdentity") == 2


@virtual
async def test_without_a_pin_nobody_asks_whose_they_are() -> None:
    pc, front = await pinned("")
    async with supervised(front):
        await asyncio.sleep(120)
    assert pc.sts.count("GetCallerIdentity") == 0


@virtual
async def test_one_renewal_at_a_time_however_long_it_takes() -> None:
    pc, front, keeper = await assumed()
    pc.sts.delay = 45
    async with supervised(front):
        await until(lambda: keeper.session.busy, seconds=3600)
        await asyncio.sleep(30)
        assert pc.sts.count("AssumeRole") == 2
        await until(lambda: not keeper.session.busy, seconds=60)
        await asyncio.sleep(60)
    assert pc.sts.count("AssumeRole") == 2
    assert row(front, "prod").status is Status.ACTIVE


@virtual
async def test_a_cancelled_supervisor_waits_for_what_it_had_begun() -> None:
    pc, front, keeper = await assumed()
    pc.sts.delay = 45
    running = asyncio.create_task(front.supervisor.run())
    await until(lambda: keeper.session.busy, seconds=3600)
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running
    assert not keeper.session.busy
    assert not [task for task in asyncio.all_tasks() if task.get_name().startswith("renew ")]


@virtual
async def test_two_that_are_due_at_once_are_renewed_at_once() -> None:
    pc = machine(profile("one", duration=3600), profile("two", duration=3600))
    front = await pc.process()
    await asyncio.gather(front.assume("one"), front.assume("two"))
    keepers = [front.engine.roster.profiles[name] for name in ("one", "two")]
    pc.sts.delay = 30
    await pass_until(keepers[0], pc, DUE)
    await front.supervisor.tick()
    await asyncio.sleep(5)
    assert [keeper.session.busy for keeper in keepers] == [True, True]
    names = {task.get_name() for task in asyncio.all_tasks()}
    assert names >= {"renew one", "renew two"}
    await until(lambda: not any(keeper.session.busy for keeper in keepers))
    assert pc.sts.count("AssumeRole") == 4


@virtual
async def test_waking_up_is_a_reason_not_to_wait_for_the_pause() -> None:
    pc, front, keeper = await assumed()
    now = await pass_until(keeper, pc, DUE)
    keeper.session = replace(keeper.session, retry_at=now + MINUTE, **BACKING_OFF)
    await front.supervisor.tick()
    await asyncio.sleep(5)
    assert pc.sts.count("AssumeRole") == 1
    front.supervisor.wake()
    await front.supervisor.tick()
    await asyncio.sleep(5)
    assert pc.sts.count("AssumeRole") == 2
    assert row(front, "prod").status is Status.ACTIVE


@virtual
async def test_a_clock_that_was_set_is_measured_though_aws_refuses_to_say_who_asks() -> None:
    pc, front, _ = await assumed()
    pc.sts.fail = lambda call: Denied(code="denied", title="Denied") if call.action == "GetCallerIdentity" else None
    before = pc.sts.count("GetCallerIdentity")
    async with supervised(front):
        await asyncio.sleep(10)
        pc.clock.set(1800)
        await asyncio.sleep(10)
        assert pc.sts.count("GetCallerIdentity") == before + 1
        assert row(front, "prod").status is Status.ACTIVE
        gc.collect()  # a refusal that nobody had heard would be told now
        await asyncio.sleep(0)


@virtual
async def test_all_that_are_pinned_and_unknown_are_asked_for_at_once() -> None:
    names = ("plain", "known", "one", "two")
    pc = machine(*(profile(name, account_pin="" if name == "plain" else ACCOUNT) for name in names))
    front = await pc.process()
    for name in names:
        await front.assume(name)
    for name in ("plain", "one", "two"):
        keeper = front.engine.roster.profiles[name]
        keeper.session = replace(keeper.session, obtained=replace(held(keeper), confirmed=False, arn=""))
    before = pc.sts.count("GetCallerIdentity")
    await front.supervisor.tick()
    await asyncio.sleep(5)
    assert pc.sts.count("GetCallerIdentity") == before + 2
    assert [session(front, name).obtained.confirmed for name in names] == [False, True, True, True]


@virtual
async def test_what_a_dead_process_left_of_a_removed_profile_is_swept_when_it_is_over() -> None:
    pc = machine(profile("one", duration=3600), profile("two", duration=3600), profile("other"))
    dead = await pc.process()
    await asyncio.gather(dead.assume("one"), dead.assume("two"))
    pc.settings.write(configuration(profile("other")))
    front = await pc.process()
    async with supervised(front):
        await asyncio.sleep(3500)
        assert set(pc.file.found) == {"one", "two"}, "as long as it lives it is somebody's"
        pc.file.trouble = StorageTrouble(code="file-read-only", title="Read only")
        await until(lambda: front.engine.file_problem is not None, seconds=200)
        assert set(pc.file.found) == {"one", "two"}
        pc.file.trouble = None
        await until(lambda: not pc.file.found and not pc.state.value.sessions, seconds=60)
        await until(lambda: front.engine.file_problem is None, seconds=60)


@virtual
async def test_all_that_are_over_are_taken_away_in_one_look() -> None:
    names = ("one", "two", "three")
    pc = machine(*(profile(name, duration=3600, refresh=False) for name in names))
    front = await pc.process()
    for name in names:
        await front.assume(name)
    await asyncio.sleep(3601)
    await front.supervisor.tick()
    await asyncio.sleep(TICK_SECONDS)
    assert not pc.file.found
    assert {row(front, name).status for name in names} == {Status.EXPIRED}


@virtual
async def test_all_that_others_left_is_swept_in_one_look() -> None:
    pc = machine(profile("one", duration=3600), profile("two", duration=3600), profile("other"))
    dead = await pc.process()
    await asyncio.gather(dead.assume("one"), dead.assume("two"))
    pc.settings.write(configuration(profile("other")))
    front = await pc.process()
    await asyncio.sleep(3601)
    await front.supervisor.tick()
    await asyncio.sleep(TICK_SECONDS)
    assert not pc.file.found
    assert not pc.state.value.sessions
