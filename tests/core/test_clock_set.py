"""Clocks that are set, machines that sleep: which of both it was, and what that costs."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from app.domain import otp
from app.domain.configuration import MfaMethod
from app.domain.secret import Secret
from app.domain.view import Status
from tests.core.fake_aws import offline
from tests.core.fakes import DEVICE, identity, machine, mfa_profile, profile, row, supervised
from tests.core.virtual_time import until, virtual

if TYPE_CHECKING:
    from tests.core.fakes import Machine


def withdrawn(pc: Machine) -> list[str]:
    return [name for what, name, _ in pc.file.history if what == "withdraw"]


@pytest.mark.parametrize("delay", [0.2, 3, 8])
@pytest.mark.parametrize("jump", [3600, 86400, -86400])
@virtual
async def test_nothing_is_thrown_away_while_aws_takes_its_time_to_tell_it(jump: int, delay: float) -> None:
    pc = machine(profile("prod"), profile("other", refresh=False))
    front = await pc.process()
    await front.assume("prod")
    await front.assume("other")
    async with supervised(front):
        await asyncio.sleep(5)
        pc.sts.delay = delay
        pc.clock.set(jump)
        await asyncio.sleep(60)
        assert withdrawn(pc) == []
        assert row(front, "other").status is Status.ACTIVE
        assert front.snapshot().health.skew == -jump
    assert pc.sts.count("GetCallerIdentity") == 1
    assert pc.sts.count("AssumeRole") == 2, "what lives is not renewed"


@virtual
async def test_a_clock_is_believed_when_aws_does_not_tell_the_time() -> None:
    pc = machine(profile("prod", refresh=False))
    front = await pc.process()
    await front.assume("prod")
    async with supervised(front):
        await asyncio.sleep(5)
        pc.sts.delay, pc.sts.fail = 60, lambda _: offline()
        pc.clock.set(7200)
        await until(lambda: row(front, "prod").status is Status.EXPIRED, seconds=20)


@virtual
async def test_a_machine_that_slept_asks_nobody_for_the_time() -> None:
    pc = machine(profile("prod", refresh=False), profile("long", duration=43200))
    front = await pc.process()
    await front.assume("prod")
    await front.assume("long")
    async with supervised(front):
        await asyncio.sleep(5)
        pc.clock.suspend(2 * 3600)
        await asyncio.sleep(3)
        assert row(front, "prod").status is Status.EXPIRED, "at the first look"
        assert row(front, "long").status is Status.ACTIVE
        await asyncio.sleep(60)
    assert pc.sts.count("GetCallerIdentity") == 0
    assert pc.sts.count("AssumeRole") == 2


@pytest.mark.parametrize("wrong", [240, -240, 86400, -86400, 75])
@virtual
async def test_a_code_of_a_wrong_time_uses_up_no_step(wrong: int) -> None:
    """The step that was really used before stays known, so that its code is not sent again."""
    pc = machine(identity(mfa=MfaMethod.STORED), mfa_profile("prod"))
    pc.keyring.items["totp/alice"] = Secret("ABCDEFGHIJKLMNOP")
    earlier = await pc.process(person_present=False)
    await earlier.assume("prod")
    await earlier.stop_all()
    used = otp.step_of(pc.clock.true())
    assert pc.state.value.totp_steps[str(DEVICE)] == used
    pc.clock.set(wrong)
    pc.sts.measured *= 0
    front = await pc.process(person_present=False)
    await front.assume("prod")
    assert row(front, "prod").status is Status.ACTIVE
    assert used < pc.state.value.totp_steps[str(DEVICE)] <= otp.step_of(pc.clock.true())


@virtual
async def test_a_clock_that_is_set_while_the_files_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    pc = machine(profile("prod", refresh=False))
    front = await pc.process()
    await front.assume("prod")
    look, jumps = front.engine.look, [7200]

    async def look_for_a_while() -> None:
        await look()
        if jumps:
            pc.clock.set(jumps.pop())

    monkeypatch.setattr(front.engine, "look", look_for_a_while)
    async with supervised(front):
        await asyncio.sleep(30)
        assert row(front, "prod").status is Status.ACTIVE
    assert withdrawn(pc) == []


@virtual
async def test_the_clocks_error_is_shown_when_it_is_known() -> None:
    pc = machine(profile("prod"))
    front = await pc.process()
    await front.assume("prod")
    async with supervised(front):
        await asyncio.sleep(5)
        pc.clock.set(3600)
        await until(lambda: front.snapshot().health.skew == -3600, seconds=10)
        pc.clock.set(-3600)
        await until(lambda: front.snapshot().health.skew == 0, seconds=10)


@virtual
async def test_what_was_renewed_in_the_moment_of_its_end_is_not_taken_away() -> None:
    pc = machine(profile("prod"))
    front = await pc.process()
    await front.assume("prod")
    async with supervised(front):
        pc.sts.delay = 20
        pc.clock.suspend(3600 - 5)
        await asyncio.sleep(60)
        assert row(front, "prod").status is Status.ACTIVE
        assert "prod" in pc.file.found
        assert "prod" in pc.state.value.sessions
    assert withdrawn(pc) == []
    assert pc.sts.count("AssumeRole") == 2


@virtual
async def test_an_answer_that_tells_another_time_is_asked_about_once() -> None:
    pc = machine(profile("prod"))
    front = await pc.process()
    await front.assume("prod")
    async with supervised(front):
        await asyncio.sleep(5)
        pc.sts.measured = timedelta(hours=-3)
        await until(lambda: front.snapshot().health.skew == 0, seconds=10)
        await asyncio.sleep(600)
        assert row(front, "prod").status is Status.ACTIVE
    assert withdrawn(pc) == []
    assert pc.sts.count("GetCallerIdentity") == 1
