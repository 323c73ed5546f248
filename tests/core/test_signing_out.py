"""Signing out takes a moment: what is told meanwhile, and to whom."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING

from app.core.engine import SETTLE_SECONDS
from app.domain.configuration import Flow
from app.domain.errors import StorageTrouble
from app.domain.happening import What
from app.domain.view import SignIn
from tests.core.fakes import rejected
from tests.core.sign_in_rig import corp, log_in, log_in_browser, provider, role
from tests.core.sign_in_rig import login as machine
from tests.core.virtual_time import until, virtual

if TYPE_CHECKING:
    from tests.core.fake_aws import Loose

REFRESH = "provider/login/refresh-token"


async def leaving(pc: Loose, front: Loose) -> asyncio.Task[None]:
    """A sign-out that has begun, of somebody whose cookies are kept."""
    await log_in(front, pc, "a")
    await asyncio.sleep(1)
    going = asyncio.create_task(front.sign_out("corp"))
    await asyncio.sleep(0.1)
    return going


@virtual
async def test_a_sign_out_is_told_when_it_is_done() -> None:
    pc = corp("a", stay_signed_in=True)
    front = await pc.process()
    going = await leaving(pc, front)
    view = provider(front)
    assert (view.status, view.remembered, view.facts) == (SignIn.LEAVING, True, ())
    told: list[tuple[SignIn, bool]] = []
    front.subscribe(lambda: told.append((provider(front).status, "corp" in pc.window.cookies)))
    await going
    assert (provider(front).status, provider(front).remembered) == (SignIn.OUT, False)
    await asyncio.sleep(1)
    assert told
    assert (SignIn.OUT, True) not in told
    assert told[-1] == (SignIn.OUT, False)


@virtual
async def test_a_sign_out_that_failed_is_told_as_that_to_all_who_wait() -> None:
    pc = corp("a", stay_signed_in=True)
    front = await pc.process()
    going = await leaving(pc, front)
    pc.window.fail = lambda: StorageTrouble(code="sign-ins-folder", title="It could not be removed")
    again = asyncio.create_task(front.sign_out("corp"))
    assert [(await rejected(each)).code for each in (going, again)] == ["sign-ins-folder"] * 2
    view = provider(front)
    assert (view.status, view.remembered) == (SignIn.REMEMBERED, True)
    assert not [each for each in await front.engine.journal.read() if each.what is What.SIGNED_OUT]
    pc.window.fail = lambda: None
    await front.sign_out("corp")
    assert (provider(front).status, pc.window.forgotten) == (SignIn.OUT, 2)


@virtual
async def test_a_second_sign_out_waits_for_the_first_and_an_end_of_either_breaks_nothing_off() -> None:
    pc = corp("a", stay_signed_in=True)
    front = await pc.process()
    going = await leaving(pc, front)
    second, third = (asyncio.create_task(front.sign_out("corp")) for _ in range(2))
    await asyncio.sleep(0.1)
    for each in (going, third):
        each.cancel()
    await asyncio.wait([going, third])
    assert (going.cancelled(), third.cancelled(), second.done()) == (True, True, False)
    await second
    assert (pc.window.cookies, pc.window.forgotten) == (set(), 1)


@virtual
async def test_who_quits_waits_until_what_was_to_be_forgotten_is() -> None:
    pc = corp("a", stay_signed_in=True)
    front = await pc.process()
    going = await leaving(pc, front)
    going.cancel()
    await front.engine.close()
    assert pc.window.cookies == set()


@virtual
async def test_what_cannot_be_forgotten_keeps_nobody_from_quitting() -> None:
    pc = corp("a", stay_signed_in=True)
    front = await pc.process()
    await log_in(front, pc, "a")
    pc.window.delay = 3600
    for end in (True, False):
        going = asyncio.create_task(front.sign_out("corp"))
        await asyncio.sleep(0.1)
        if end:
            going.cancel()
    begun = asyncio.get_running_loop().time()
    await front.engine.close()
    assert asyncio.get_running_loop().time() - begun < 2 * SETTLE_SECONDS


@virtual
async def test_who_quits_while_signing_out_has_the_provider_told_all_the_same() -> None:
    pc = machine("a")
    front = await pc.process()
    await log_in_browser(front, pc, "a")
    token = pc.keyring.items[REFRESH].reveal()
    opened = list(pc.desktop.opened)
    going = asyncio.create_task(front.sign_out("login"))
    await asyncio.sleep(0)
    going.cancel()
    await asyncio.wait([going])
    assert going.cancelled()
    await front.engine.close()
    assert REFRESH not in pc.keyring.items
    assert pc.oidc.signed_out == [(token, "id-token-0")]
    assert [each.what for each in await front.engine.journal.read()].count(What.SIGNED_OUT) == 1
    assert pc.desktop.opened == opened, "who has quit wants no browser"


@virtual
async def test_settings_that_change_meanwhile_bring_back_nothing() -> None:
    pc = corp("a", stay_signed_in=True)
    front = await pc.process()
    going = await leaving(pc, front)
    old = front.engine.sign_in("corp")
    await front.put_provider(replace(old.provider, flow=Flow.WINDOW))
    assert front.engine.sign_in("corp") is not old
    await going
    await asyncio.sleep(1)
    assert (provider(front).status, provider(front).remembered) == (SignIn.OUT, False)


@virtual
async def test_who_assumes_meanwhile_is_asked_to_sign_in() -> None:
    pc = corp("a", "b", stay_signed_in=True)
    front = await pc.process()
    pc.idp.offer(role("a"), role("b"))
    going = await leaving(pc, front)
    assert front.engine.sign_in("corp").needs_person
    click = asyncio.create_task(front.assume("b"))
    await going
    await until(lambda: pc.window.open)
    pc.window.log_in()
    await click
    assert provider(front).remembered
