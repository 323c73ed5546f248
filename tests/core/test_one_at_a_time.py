"""What a person has to do comes one after the other: a code first, then what opens a window."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from app.domain import session as sessions
from app.domain.configuration import MfaUse
from app.domain.errors import Declined
from tests.core.fakes import give_code, machine, mfa_profile, profile, saml
from tests.core.sign_in_rig import behind, log_in, role
from tests.core.virtual_time import until, virtual

if TYPE_CHECKING:
    from app.core.front import Front
    from tests.core.fakes import Machine


async def code_and_window() -> tuple[Machine, Front, asyncio.Task[None], asyncio.Task[None]]:
    """A code and a sign-in, wanted by clicks at the same time; the sign-in comes first."""
    pc = machine(saml(), *behind("corp", "a"), profile("ops", mfa=MfaUse.ROLE))
    pc.idp.offer(role("a"))
    front = await pc.process()
    ops = asyncio.create_task(front.assume("ops"))
    await until(lambda: front.snapshot().needs)
    click = asyncio.create_task(front.assume("a"))
    await until(lambda: len(front.snapshot().needs) == 2)
    await asyncio.sleep(5)
    return pc, front, ops, click


@virtual
async def test_a_login_window_waits_for_the_code_that_is_asked_for() -> None:
    pc, front, ops, click = await code_and_window()
    assert pc.window.open == []
    assert [need.sign_in.opened for need in front.snapshot().needs if need.sign_in] == [False]
    await give_code(front, machine=pc)
    await ops
    await until(lambda: pc.window.open)
    pc.window.log_in()
    await click


@virtual
async def test_a_code_that_is_refused_to_be_given_lets_the_window_open() -> None:
    pc, front, ops, click = await code_and_window()
    await front.decline("role ops")
    assert isinstance((await asyncio.gather(ops, return_exceptions=True))[0], Declined)
    await until(lambda: pc.window.open)
    pc.window.log_in()
    await click


@virtual
async def test_a_code_that_is_put_off_lets_the_window_open_and_stays_needed() -> None:
    pc, front, ops, click = await code_and_window()
    await front.put_off("role ops")
    await until(lambda: pc.window.open)
    pc.window.log_in()
    await click
    [left] = front.snapshot().needs
    assert (left.key, left.wanted_now) == ("role ops", False)
    await give_code(front, machine=pc)
    await ops


@virtual
async def test_a_person_may_open_the_window_meanwhile() -> None:
    pc, front, ops, click = await code_and_window()
    await front.answer("sign-in corp", "")
    await until(lambda: pc.window.open)
    pc.window.log_in()
    await click
    await give_code(front, machine=pc)
    await ops


@virtual
async def test_two_roles_with_codes_of_their_own_are_one_need_of_two_codes() -> None:
    pc = machine(profile("one", mfa=MfaUse.ROLE), profile("two", mfa=MfaUse.ROLE))
    front = await pc.process()
    clicks = [asyncio.create_task(front.assume(name)) for name in ("one", "two")]
    await until(lambda: front.snapshot().needs and front.snapshot().needs[0].codes == 2)
    [both] = front.snapshot().needs
    assert both.profiles == ("one", "two")
    await give_code(front, machine=pc)
    await until(lambda: front.snapshot().needs[0].codes == 1)
    await asyncio.sleep(31)
    await give_code(front, machine=pc)
    await asyncio.gather(*clicks)


async def test_rows_tell_whether_a_code_may_be_needed() -> None:
    own = profile("own", mfa=MfaUse.ROLE)
    front = await machine(own, profile("child", "profile.own"), mfa_profile("shared"), profile("plain")).process()
    assert {row.name for row in front.snapshot().sessions if row.mfa} == {"own", "child", "shared"}


async def two_providers() -> tuple[Machine, Front]:
    """A role of each, live, and both logins over."""
    pc = machine(saml(), saml("other"), *behind("corp", "a"), *behind("other", "b"))
    pc.idp.offer(role("a"), role("b"))
    pc.window.remembering = False
    front = await pc.process()
    for name in ("a", "b"):
        await log_in(front, pc, name)
    await asyncio.sleep(600)
    return pc, front


@virtual
async def test_refreshing_all_asks_for_one_login_after_the_other() -> None:
    pc, front = await two_providers()
    await _one_after_the_other(pc, asyncio.create_task(front.refresh_all()))


@virtual
async def test_topping_up_asks_for_one_login_after_the_other() -> None:
    pc, front = await two_providers()
    await _one_after_the_other(pc, asyncio.create_task(front.top_up()))


async def _one_after_the_other(pc: Machine, work: asyncio.Task[object]) -> None:
    shown = []
    while not work.done():
        await until(lambda: pc.window.open or work.done())
        await asyncio.sleep(5)
        if not work.done():
            [window] = pc.window.open
            shown.append(window.provider)
            pc.window.log_in()
            await asyncio.sleep(1)
    await work
    assert shown == ["corp", "other"]


@virtual
async def test_refreshing_all_tells_at_once_how_many_codes_it_takes() -> None:
    pc = machine(mfa_profile("hub"), profile("child", "profile.hub"), profile("own", mfa=MfaUse.ROLE))
    front = await pc.process()
    child = asyncio.create_task(front.assume("child"))
    await give_code(front, machine=pc)
    await child
    await asyncio.sleep(31)
    own = asyncio.create_task(front.assume("own"))
    await give_code(front, machine=pc)
    await own
    await front.engine.shelf.forget(front.engine.roster.profiles["hub"].place)
    for keeper in front.engine.roster.all():
        if keeper.place.key not in ("child", "own"):
            keeper.advance(sessions.Dropped())
    await asyncio.sleep(31)
    work = asyncio.create_task(front.refresh_all())
    await until(lambda: front.snapshot().needs and front.snapshot().needs[0].codes == 2)
    assert front.snapshot().needs[0].profiles == ("child", "own")
    await give_code(front, machine=pc)
    await asyncio.sleep(31)
    await give_code(front, machine=pc)
    assert await work == ()
