"""Who waits for something else than AWS keeps nobody else from asking it; and what a click waits for goes first."""

from __future__ import annotations

import asyncio
from contextlib import AsyncExitStack

import pytest

from app.core.turns import ASKING, Entered, Gate, locked
from app.domain.arn import MfaDevice
from app.domain.configuration import MfaMethod, MfaUse
from app.domain.secret import Secret
from tests.core.fakes import FakeLocks, identity, machine, profile, row, session
from tests.core.virtual_time import until, virtual

OTHER = MfaDevice.parse("arn:aws:iam::111122223333:mfa/bob")


@pytest.mark.parametrize("many", [ASKING - 1, ASKING + 1, 3 * ASKING])
@virtual
async def test_those_who_wait_for_codes_of_one_device_do_not_shut_their_region(many: int) -> None:
    coded = [profile(f"coded{number}", mfa=MfaUse.ROLE) for number in range(many)]
    pc = machine(
        identity(mfa=MfaMethod.STORED), identity("bob", mfa_device=OTHER), *coded, profile("prod", "identity.bob")
    )
    pc.keyring.items["totp/alice"] = Secret("ABCDEFGHIJKLMNOP")
    front = await pc.process(person_present=False)
    waiting = [asyncio.create_task(front.assume(each.name)) for each in coded]
    await asyncio.sleep(1)
    assert len([name for name in pc.locks.taken() if name.startswith("session ")]) <= ASKING
    await asyncio.wait_for(front.assume("prod"), 1)
    await asyncio.gather(*waiting)
    assert pc.sts.count("AssumeRole") == many + 1
    assert len(pc.sts.codes_seen) == len(set(pc.sts.codes_seen)) == many


@virtual
async def test_locks_in_the_hands_of_another_process_do_not_shut_their_region() -> None:
    held = [profile(f"held{number}") for number in range(2 * ASKING)]
    pc = machine(*held, profile("prod"))
    front = await pc.process()
    async with AsyncExitStack() as frozen:
        for each in held:
            await frozen.enter_async_context(pc.locks.hold(f"session {each.name}"))
        waiting = [asyncio.create_task(front.assume(each.name)) for each in held]
        await asyncio.sleep(1)
        await asyncio.wait_for(front.assume("prod"), 1)
        assert pc.sts.count("AssumeRole") == 1
    await asyncio.gather(*waiting)
    assert pc.sts.count("AssumeRole") == 1 + len(held)


@virtual
async def test_a_lock_in_the_hands_of_another_process_does_not_keep_its_device_from_others() -> None:
    pc = machine(identity(mfa=MfaMethod.STORED), *(profile(name, mfa=MfaUse.ROLE) for name in ("held", "prod")))
    pc.keyring.items["totp/alice"] = Secret("ABCDEFGHIJKLMNOP")
    front = await pc.process(person_present=False)
    async with pc.locks.hold("session held"):
        waiting = asyncio.create_task(front.assume("held"))
        await asyncio.sleep(1)
        await asyncio.wait_for(front.assume("prod"), 1)
    await waiting
    assert row(front, "held").published


@virtual
async def test_what_a_click_waits_for_moves_up_though_a_renewal_began_it() -> None:
    ahead = [profile(f"renewed{number}", duration=3600 + number) for number in range(4 * ASKING)]
    pc = machine(*ahead, profile("source", duration=43200), profile("prod", "profile.source"))
    front = await pc.process()
    for each in (*ahead, profile("prod")):
        await front.assume(each.name)
    keepers = front.engine.roster.profiles
    pc.clock.suspend(43200 - 10)
    pc.sts.calls.clear()
    pc.sts.delay = 10
    # Credentials that end first are renewed first: the source, which has been alive longest, comes last
    renewals = [asyncio.create_task(front.engine.renew(keepers[each.name])) for each in ahead]
    await until(lambda: len(pc.sts.calls) == ASKING)
    renewals.append(asyncio.create_task(front.engine.renew(keepers["prod"])))
    await asyncio.sleep(1)
    assert session(front, "source").busy
    clicked = asyncio.create_task(front.assume("prod"))
    await asyncio.gather(clicked, *renewals)
    asked = [call.request.role_arn.rpartition("/")[2] for call in pc.sts.calls]
    assert asked.index("source") < 2 * ASKING, "among the next that are let in"
    assert asked.index("prod") < 4 * ASKING


@virtual
async def test_who_is_hastened_is_let_in_once() -> None:
    gate, told = Gate(1), list[str]()

    async def inside(name: str, place: Entered) -> None:
        await place.move(gate)
        told.append(name)
        await asyncio.sleep(1)
        place.leave()

    places = {name: Entered(5) for name in ("first", "second", "third", "hastened")}
    tasks = [asyncio.create_task(inside(name, place)) for name, place in places.items()]
    await asyncio.sleep(0.5)
    places["hastened"].hasten(1)
    places["hastened"].hasten(0)
    places["hastened"].hasten(3)
    await asyncio.gather(*tasks)
    assert told == ["first", "hastened", "second", "third"]
    await asyncio.wait_for(Entered(9).move(gate), 1)


@virtual
async def test_a_place_is_given_back_while_a_lock_is_waited_for_and_whoever_gives_up() -> None:
    gate, locks, place = Gate(1), FakeLocks(), Entered(1)
    held = locks.hold("held")
    await held.__aenter__()

    async def waits() -> None:
        async with locked(place, gate, locks.hold("held")):
            raise AssertionError("nobody gave it back")

    waiting = asyncio.create_task(waits())
    await asyncio.sleep(1)
    other = Entered(2)
    await asyncio.wait_for(other.move(gate), 1)
    waiting.cancel()
    await asyncio.wait([waiting])
    other.leave()
    await asyncio.wait_for(Entered(3).move(gate), 1)
