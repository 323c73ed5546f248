"""Renewal by itself: a whole day, sleep, clocks that jump, outages."""

from __future__ import annotations

import asyncio
from random import Random
from typing import TYPE_CHECKING

import pytest

from app.domain.configuration import MfaMethod
from app.domain.errors import ServiceTrouble, StorageTrouble
from app.domain.secret import Secret
from app.domain.view import Status
from tests.core.fake_aws import denied, offline
from tests.core.fakes import give_code, identity, machine, mfa_profile, profile, row, session, supervised
from tests.core.virtual_time import until, virtual

if TYPE_CHECKING:
    from app.core.front import Front
    from app.domain.errors import RolecallError
    from tests.core.fake_aws import Call
    from tests.core.fakes import Machine

HOURS = 8 * 3600
"""A whole day is soaked in tests/faults."""


def dead_moments(pc: Machine) -> list[str]:
    """Names published whose present credentials are dead."""
    now = pc.clock.true()
    return [name for name, each in pc.file.found.items() if each.credentials and each.credentials.expires <= now]


async def watch(pc: Machine, names: set[str], seconds: float) -> None:
    """Look every 2.5 s: whatever ought to be published is there, and alive."""
    end = asyncio.get_running_loop().time() + seconds
    while asyncio.get_running_loop().time() < end:
        await asyncio.sleep(2.5)
        assert dead_moments(pc) == []
        assert names <= pc.file.found.keys()


@pytest.mark.slow
@virtual
async def test_hours_of_sessions_of_every_kind_with_five_percent_failures() -> None:
    chance = Random(1)  # noqa: S311  # the same day in every run
    lives = [900, 1800, 3600, 3600, 7200, 28800, 43200]
    entries = [profile(f"r{n}", duration=lives[n % len(lives)]) for n in range(24)]
    entries += [mfa_profile(f"m{n}", duration=3600) for n in range(8)]
    entries += [profile(f"c{n}", f"profile.{'r' if n % 2 else 'm'}{n}", duration=3600) for n in range(8)]
    pc = machine(identity(mfa=MfaMethod.STORED), *entries)
    pc.keyring.items["totp/alice"] = Secret("ABCDEFGHIJKLMNOP")
    front = await pc.process(person_present=False)
    names = {each.name for each in entries}
    await asyncio.gather(*(front.assume(name) for name in names))
    first_calls = len(pc.sts.calls)

    def five_percent(call: Call) -> RolecallError | None:
        if chance.random() >= 0.05:
            return None
        return chance.choice([offline(), ServiceTrouble(code="throttling", title="Throttled", request_id="r")])

    pc.sts.fail = five_percent
    async with supervised(front):
        await watch(pc, names, HOURS)
    assert [entry for entry in pc.file.history if entry[0] == "withdraw"] == []
    assert {row(front, name).status for name in names} <= {Status.ACTIVE, Status.EXPIRING, Status.REFRESHING}
    failed = (len(pc.sts.calls) - first_calls) * 0.05
    assert failed > 10
    busiest = max(_per_minute([call.at.timestamp() for call in pc.sts.calls[first_calls:]]).values())
    assert busiest < 60, "sessions obtained together are not all renewed together"
    assert len(pc.sts.codes_seen) == len(set(pc.sts.codes_seen))


def _per_minute(moments: list[float]) -> dict[int, int]:
    found: dict[int, int] = {}
    for moment in moments:
        found[int(moment // 60)] = found.get(int(moment // 60), 0) + 1
    return found


@pytest.mark.parametrize("life", [900, 3600, 43200])
@pytest.mark.parametrize("comes_back", [3600, 1200, 300, 60, 25])
@virtual
async def test_an_outage_that_ends_in_time_costs_no_second(life: int, comes_back: int) -> None:
    pc = machine(profile("prod", duration=life))
    front = await pc.process()
    await front.assume("prod")
    expires = row(front, "prod").expires
    pc.sts.fail = lambda call: offline() if (expires - call.at).total_seconds() > comes_back else None
    async with supervised(front):
        await watch(pc, {"prod"}, life + 60)
    attempts = pc.sts.calls[1:]
    since = attempts[0].at
    assert sum((call.at - since).total_seconds() < 3600 for call in attempts[:-1]) <= 12


@virtual
async def test_an_outage_beyond_the_end_is_a_failure_with_its_reason_until_somebody_clicks() -> None:
    pc = machine(profile("prod"))
    front = await pc.process()
    await front.assume("prod")
    pc.sts.fail = lambda _: offline()
    async with supervised(front):
        await until(lambda: row(front, "prod").retry_at, seconds=3600)
        seen = row(front, "prod")
        assert (seen.status, seen.problem.code) == (Status.EXPIRING, "unreachable")
        await asyncio.sleep(3600)
        assert row(front, "prod").status is Status.FAILED
        assert pc.file.found == {}
        asked = len(pc.sts.calls)
        await asyncio.sleep(3600)
        assert len(pc.sts.calls) == asked
        pc.sts.fail = lambda _: None
        await front.assume("prod")
        assert row(front, "prod").status is Status.ACTIVE


@virtual
async def test_a_denied_renewal_is_not_repeated_and_the_credentials_live_on() -> None:
    pc = machine(profile("prod"))
    front = await pc.process()
    await front.assume("prod")
    pc.sts.fail = lambda _: denied()
    async with supervised(front):
        await until(lambda: row(front, "prod").problem, seconds=3600)
        assert row(front, "prod").status is Status.EXPIRING
        assert "prod" in pc.file.found
        await asyncio.sleep(600)
        assert pc.sts.count("AssumeRole") == 2


@virtual
async def test_waking_up_renews_what_died_meanwhile() -> None:
    pc = machine(profile("prod"), profile("long", duration=43200), profile("manual", refresh=False))
    front = await pc.process()
    for name in ("prod", "long", "manual"):
        await front.assume(name)
    async with supervised(front):
        await asyncio.sleep(100)
        pc.clock.suspend(2 * 3600)
        front.supervisor.wake()
        await asyncio.sleep(8)
        assert row(front, "prod").status is Status.ACTIVE
        assert row(front, "long").status is Status.ACTIVE
        assert row(front, "manual").status is Status.EXPIRED
        assert dead_moments(pc) == []
    assert pc.sts.count("AssumeRole") == 4


@virtual
async def test_a_network_that_wakes_up_later_than_the_machine_is_waited_for() -> None:
    pc = machine(profile("prod"))
    front = await pc.process()
    await front.assume("prod")
    async with supervised(front):
        pc.clock.suspend(2 * 3600)
        pc.sts.fail = lambda _: offline()
        await asyncio.sleep(20)
        assert row(front, "prod").status is Status.FAILED
        assert row(front, "prod").retry_at is not None
        pc.sts.fail = lambda _: None
        await until(lambda: row(front, "prod").status is Status.ACTIVE, seconds=60)


@virtual
async def test_without_a_network_it_gives_up_ten_minutes_after_waking() -> None:
    pc = machine(profile("prod"))
    front = await pc.process()
    await front.assume("prod")
    async with supervised(front):
        pc.clock.suspend(2 * 3600)
        pc.sts.fail = lambda _: offline()
        await asyncio.sleep(1200)
        asked = len(pc.sts.calls)
        await asyncio.sleep(3600)
        assert len(pc.sts.calls) == asked


@virtual
async def test_wake_does_not_wait_for_the_pause_after_a_failure() -> None:
    pc = machine(profile("prod", duration=43200))
    front = await pc.process()
    await front.assume("prod")
    pc.sts.fail = lambda _: offline()
    async with supervised(front):
        await until(lambda: session(front, "prod").failures == 7, seconds=12 * 3600)
        pc.sts.fail = lambda _: None
        front.supervisor.wake()
        await asyncio.sleep(3)
        assert row(front, "prod").status is Status.ACTIVE


@pytest.mark.parametrize("jump", [-5 * 3600, -2 * 3600, -1800, -300, 300, 1800, 2 * 3600, 5 * 3600])
@virtual
async def test_a_wall_clock_that_jumps_costs_nothing(jump: int) -> None:
    pc = machine(profile("prod"), profile("child", "profile.prod"), mfa_profile("mfa", refresh=False))
    front = await pc.process()
    for name in ("prod", "child"):
        await front.assume(name)
    click = asyncio.create_task(front.assume("mfa"))
    await give_code(front, machine=pc)
    await click
    async with supervised(front):
        await watch(pc, {"prod", "child", "mfa"}, 60)
        pc.clock.set(jump)
        await watch(pc, {"prod", "child", "mfa"}, 3000)
        await watch(pc, {"prod", "child"}, 500)
        await asyncio.sleep(300)
        await watch(pc, {"prod", "child"}, 2 * 3600)
    assert front.snapshot().health.skew == -jump
    assert front.snapshot().needs == ()
    assert len([entry for entry in pc.file.history if entry[:2] == ("withdraw", "prod")]) == 0


@virtual
async def test_a_clock_set_back_and_forth_again() -> None:
    pc = machine(profile("prod"))
    front = await pc.process()
    await front.assume("prod")
    async with supervised(front):
        for jump in (-3600, 7200, -7200, 3600):
            await watch(pc, {"prod"}, 1000)
            pc.clock.set(jump)
        await watch(pc, {"prod"}, 4000)


@virtual
async def test_a_keyring_that_was_locked_for_a_while_costs_nothing() -> None:
    pc = machine(profile("prod"))
    front = await pc.process()
    await front.assume("prod")
    get = pc.keyring.get

    async def locked(key: str) -> Secret | None:
        raise StorageTrouble(code="keyring-locked", title="The keyring is locked")

    async with supervised(front):
        pc.keyring.get = locked  # type: ignore[method-assign]
        await until(lambda: row(front, "prod").problem, seconds=3600)
        await asyncio.sleep(200)
        pc.keyring.get = get  # type: ignore[method-assign]
        await watch(pc, {"prod"}, 3600)


@virtual
async def test_cancelling_a_child_does_not_end_its_parents_renewal_for_good() -> None:
    pc = machine(profile("parent"), profile("child", "profile.parent"))
    front = await pc.process()
    await front.assume("parent")
    pc.sts.revoked.add(session(front, "parent").obtained.access_key_id)
    pc.sts.delay = 5
    click = asyncio.create_task(front.assume("child"))
    await until(lambda: pc.sts.count("AssumeRole") == 3)
    await front.cancel("child")
    assert not session(front, "parent").declined
    click.cancel()
    await asyncio.wait([click])


@virtual
async def test_the_supervisor_ends_without_leaving_anything_running() -> None:
    pc = machine(mfa_profile("prod"), profile("plain"))
    front = await pc.process()
    await front.assume("plain")
    running = asyncio.create_task(front.supervisor.run())
    pc.sts.delay = 30
    await until(lambda: pc.sts.count("AssumeRole") == 2, seconds=3600)
    running.cancel()
    await asyncio.wait([running])
    others = asyncio.all_tasks() - {asyncio.current_task()}
    await asyncio.sleep(0)
    assert {task for task in others if not task.done()} == set()
    assert pc.locks.taken() == []


async def statuses_told(front: Front, name: str) -> list[Status]:
    told: list[Status] = []

    def note() -> None:
        status = row(front, name).status
        if not told or told[-1] is not status:
            told.append(status)

    end = front.subscribe(note)
    await asyncio.sleep(3700)
    end()
    end()
    return told


@virtual
async def test_time_alone_is_told_too() -> None:
    pc = machine(profile("prod", refresh=False))
    front = await pc.process()
    await front.assume("prod")
    async with supervised(front):
        assert await statuses_told(front, "prod") == [Status.ACTIVE, Status.EXPIRING, Status.EXPIRED]
