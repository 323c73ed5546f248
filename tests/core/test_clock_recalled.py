"""What others told of the clock's error is a guess: nothing is thrown away for it before AWS was asked."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from app.domain.view import Status
from tests.core.fake_aws import offline
from tests.core.fakes import DEVICE, give_code, machine, mfa_profile, profile, row, supervised
from tests.core.virtual_time import until, virtual

if TYPE_CHECKING:
    from tests.core.fakes import Machine

FAR = timedelta(days=20)
MFA_SESSION = f"mfa:alice:{DEVICE}"


async def left_by_an_earlier_one(*, recalled: timedelta = FAR) -> Machine:
    """Sessions of an earlier process, and what somebody told of the clock."""
    pc = machine(profile("prod"), profile("manual", refresh=False), mfa_profile("coded"))
    earlier = await pc.process()
    await earlier.assume("prod")
    await earlier.assume("manual")
    await asyncio.gather(earlier.assume("coded"), give_code(earlier, machine=pc))
    pc.sts.calls.clear()
    pc.sts.measured, pc.sts.recalled = recalled, True
    return pc


def all_is_there(pc: Machine) -> bool:
    assert set(pc.state.value.sessions) == {"prod", "manual", "coded", MFA_SESSION}
    assert set(pc.file.found) == {"prod", "manual", "coded"}
    return not [name for what, name, _ in pc.file.history if what == "withdraw"]


@pytest.mark.parametrize("recalled", [FAR, -FAR])
@virtual
async def test_a_start_asks_aws_first(recalled: timedelta) -> None:
    pc = await left_by_an_earlier_one(recalled=recalled)
    front = await pc.process()
    async with supervised(front):
        await until(lambda: pc.sts.clock_measured, seconds=5)
        await asyncio.sleep(5)
        assert all_is_there(pc)
        assert {row(front, name).status for name in ("prod", "manual", "coded")} == {Status.ACTIVE}
    assert [call.action for call in pc.sts.calls] == ["GetCallerIdentity"]


@virtual
async def test_a_start_without_a_network_throws_away_nothing_for_what_others_told() -> None:
    pc = await left_by_an_earlier_one()
    pc.sts.fail = lambda _: offline()
    front = await pc.process()
    async with supervised(front):
        await asyncio.sleep(600)
        assert all_is_there(pc)
        asked = pc.sts.count("GetCallerIdentity")
        assert 5 <= asked <= 12, "once a minute"
        pc.sts.fail = lambda _: None
        assert row(front, "manual").status is Status.EXPIRED, "as others told"
        await until(lambda: row(front, "manual").status is Status.ACTIVE, seconds=90)
        assert all_is_there(pc)


@virtual
async def test_what_is_over_by_both_clocks_is_taken_away_without_asking() -> None:
    pc = await left_by_an_earlier_one()
    pc.sts.fail = lambda _: offline()
    pc.clock.suspend(13 * 3600 * 4)
    front = await pc.process()
    async with supervised(front):
        await until(lambda: not pc.file.found and not pc.state.value.sessions, seconds=60)


@virtual
async def test_what_was_told_rightly_counts_once_aws_says_so() -> None:
    """The clock is behind: by it alone the session would live for hours yet."""
    pc = await left_by_an_earlier_one(recalled=timedelta(hours=2))
    pc.clock.suspend(7200)
    pc.clock.set(-7200)
    front = await pc.process()
    async with supervised(front):
        await until(lambda: "manual" not in pc.file.found, seconds=20)
        assert row(front, "manual").status is Status.EXPIRED
        assert front.snapshot().health.skew == 7200


@virtual
async def test_an_mfa_session_signs_and_nobody_is_asked_for_a_code_for_what_others_told() -> None:
    pc = await left_by_an_earlier_one()
    front = await pc.process(person_present=False)
    await front.refresh("coded")
    assert pc.sts.count("GetSessionToken") == 0
    assert pc.sts.count("AssumeRole") == 1
