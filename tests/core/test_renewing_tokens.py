"""Renewing with a refresh token: it rotates whatever becomes of the answer, and a person gets in where it fails."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING

import pytest

from app.domain.errors import NetworkTrouble, ProviderTrouble, Retry
from app.domain.view import SignIn, Status
from tests.core.fakes import rejected, row, supervised
from tests.core.sign_in_rig import corp, log_in, log_in_browser, login, need, provider
from tests.core.virtual_time import until, virtual

if TYPE_CHECKING:
    from app.domain.errors import RolecallError
    from tests.core.fake_aws import Loose
    from tests.core.fakes import Machine

REFRESH = "provider/login/refresh-token"
BEFORE, AFTER = "the refresh token is used", "it was replaced"
USELESS = [
    ("oidc-refused", BEFORE),
    ("oidc-answer", BEFORE),
    ("oidc-no-id-token", AFTER),
    ("oidc-token-invalid", AFTER),
    ("oidc-issuer", AFTER),
]


def fails(pc: Machine, code: str, when: str = BEFORE, retry: Retry = Retry.NEVER) -> None:
    """From now on, renewals without a person end like this."""

    def trouble() -> RolecallError:
        return ProviderTrouble(code=code, title="No use", remedy="Sign in again.", retry=retry)

    setattr(pc.oidc, "fail" if when is BEFORE else "reject", trouble)


@virtual
async def test_the_next_refresh_token_is_kept_at_once_whatever_becomes_of_the_answer() -> None:
    pc = login("a")
    front = await pc.process()
    async with supervised(front):
        await log_in_browser(front, pc, "a")
        first = pc.oidc.good_refresh
        pc.oidc.reject = lambda: NetworkTrouble(code="unreachable", title="The keys could not be had")
        pc.oidc.delay = 20
        await until(lambda: pc.oidc.good_refresh != first, seconds=2 * 3600)
        await until(lambda: pc.keyring.items[REFRESH].reveal() == pc.oidc.good_refresh, seconds=1)
        assert pc.locks.taken() == ["provider login"], "the answer is still being checked"
        await until(lambda: row(front, "a").retry_at, seconds=60)
        pc.oidc.reject = lambda: None
        await until(lambda: row(front, "a").status is Status.ACTIVE, seconds=600)
    assert pc.keyring.items[REFRESH].reveal() == pc.oidc.good_refresh
    assert (pc.oidc.opened, front.snapshot().needs) == (1, ())


@virtual
async def test_a_process_that_ends_with_the_answer_unchecked_leaves_the_next_refresh_token() -> None:
    pc = login("a")
    front = await pc.process()
    await log_in_browser(front, pc, "a")
    await asyncio.sleep(3600)
    old, pc.oidc.delay = pc.oidc.good_refresh, 10
    click = asyncio.create_task(front.assume("a"))
    await until(lambda: pc.oidc.good_refresh != old)
    await until(lambda: pc.keyring.items[REFRESH].reveal() != old, seconds=1)
    [exchange] = [each for each in asyncio.all_tasks() if each.get_name() == "refresh login"]
    exchange.cancel()
    assert (await rejected(click)).code == "declined"
    assert pc.locks.taken() == []
    await (await pc.process(person_present=False)).refresh("a")
    assert pc.oidc.opened == 1


@virtual
async def test_a_cancelled_exchange_stores_what_it_was_just_handed(monkeypatch: pytest.MonkeyPatch) -> None:
    pc = login("a")
    front = await pc.process()
    await log_in_browser(front, pc, "a")
    await asyncio.sleep(3600)
    old, ask = pc.oidc.good_refresh, pc.keyring._ask

    async def slowly(what: str) -> None:
        await asyncio.sleep(5)
        await ask(what)

    monkeypatch.setattr(pc.keyring, "_ask", slowly)
    click = asyncio.create_task(front.assume("a"))
    await until(lambda: pc.oidc.good_refresh != old, seconds=60)
    [exchange] = [each for each in asyncio.all_tasks() if each.get_name() == "refresh login"]
    exchange.cancel()
    assert (await rejected(click)).code == "declined"
    assert exchange.cancelled()
    assert pc.keyring.items[REFRESH].reveal() == pc.oidc.good_refresh != old


# --- A renewal that brings nothing ------------------------------------------------------------------------------------


@pytest.mark.parametrize(("code", "when"), USELESS)
@virtual
async def test_a_click_goes_on_with_the_person_where_the_renewal_is_of_no_use(code: str, when: str) -> None:
    pc = login("a")
    front = await pc.process()
    await log_in_browser(front, pc, "a")
    await asyncio.sleep(3600)
    fails(pc, code, when)
    await log_in_browser(front, pc, "a")
    assert (pc.oidc.refreshes, pc.oidc.opened) == (1, 2)
    assert (row(front, "a").status, provider(front, "login").problem) == (Status.ACTIVE, None)
    assert pc.keyring.items[REFRESH].reveal() == pc.oidc.good_refresh


@pytest.mark.parametrize(("code", "when"), USELESS)
@virtual
async def test_a_renewal_in_the_background_that_is_of_no_use_becomes_a_need(code: str, when: str) -> None:
    pc = login("a", "b")
    front = await pc.process()
    async with supervised(front):
        await log_in_browser(front, pc, "a")
        fails(pc, code, when)
        await until(lambda: front.snapshot().needs, seconds=2 * 3600)
        asked = need(front)
        assert (asked.kind, asked.sign_in.opened, asked.problem.code) == ("sign-in", False, code)
        assert provider(front, "login").status is SignIn.WAITING
        assert provider(front, "login").problem.code == code
        assert pc.keyring.items[REFRESH].reveal() == pc.oidc.good_refresh
        assert pc.locks.taken() == []
        await front.answer(asked.key, "")
        await until(lambda: pc.oidc.pending)
        assert need(front).problem is None
        pc.oidc.log_in()
        await until(lambda: row(front, "a").status is Status.ACTIVE)
    assert pc.oidc.opened == 2
    assert provider(front, "login").problem is None


@virtual
async def test_while_the_need_lies_only_another_sign_in_is_a_reason_to_try_again() -> None:
    pc = login("a", "b")
    front = await pc.process()
    async with supervised(front):
        await log_in_browser(front, pc, "a")
        fails(pc, "oidc-no-id-token", AFTER)
        await until(lambda: front.snapshot().needs, seconds=2 * 3600)
        tried = pc.oidc.refreshes
        for name in ("one", "two", "three"):
            await pc.state.update(_confirming(name))
            await asyncio.sleep(10)
        assert (pc.oidc.refreshes, need(front).sign_in.opened) == (tried, False)
        other = await pc.process()
        await log_in_browser(other, pc, "b")
        pc.oidc.reject = lambda: None
        await until(lambda: row(front, "a").status is Status.ACTIVE, seconds=20)
    assert pc.oidc.opened == 2


def _confirming(digest: str) -> Loose:
    return lambda state: replace(state, confirmed_commands=state.confirmed_commands | {digest})


@virtual
async def test_declining_leaves_the_reason_to_be_read_and_the_next_click_asks_again() -> None:
    pc = login("a")
    front = await pc.process()
    await log_in_browser(front, pc, "a")
    await asyncio.sleep(3600)
    fails(pc, "oidc-token-invalid", AFTER)
    click = asyncio.create_task(front.assume("a"))
    await until(lambda: pc.oidc.pending)
    await front.decline("sign-in login")
    assert (await rejected(click)).code == "declined"
    assert provider(front, "login").problem.code == "oidc-token-invalid"
    await log_in_browser(front, pc, "a")
    assert provider(front, "login").problem is None


@virtual
async def test_with_nobody_there_it_is_said_and_the_refresh_token_stays() -> None:
    pc = login("a")
    await log_in_browser(await pc.process(), pc, "a")
    front = await pc.process(person_present=False)
    fails(pc, "oidc-no-id-token", AFTER)
    assert (await rejected(front.refresh("a"))).code == "needs-sign-in"
    assert pc.keyring.items[REFRESH].reveal() == pc.oidc.good_refresh
    pc.oidc.reject = lambda: None
    await front.refresh("a")
    assert pc.oidc.opened == 1


@virtual
async def test_what_passes_opens_no_browser_for_a_click_on_a_profile() -> None:
    pc = login("a")
    front = await pc.process()
    await log_in_browser(front, pc, "a")
    await asyncio.sleep(3600)
    fails(pc, "oidc-unavailable", retry=Retry.BACK_OFF)
    assert (await rejected(front.assume("a"))).code == "oidc-unavailable"
    pc.oidc.fail = lambda: NetworkTrouble(code="unreachable", title="The provider was not reached")
    assert (await rejected(front.assume("a"))).code == "unreachable"
    assert (pc.oidc.opened, front.snapshot().needs) == (1, ())


# --- The provider's own button ----------------------------------------------------------------------------------------


@virtual
async def test_who_wants_to_sign_in_is_not_bothered_while_a_renewal_works() -> None:
    pc = login("a")
    front = await pc.process()
    await log_in_browser(front, pc, "a")
    old = provider(front, "login").seen
    await asyncio.sleep(60)
    await front.sign_in("login")
    assert (pc.oidc.refreshes, pc.oidc.opened) == (1, 1)
    assert provider(front, "login").seen > old


@pytest.mark.parametrize("retry", [Retry.NEVER, Retry.BACK_OFF])
@pytest.mark.parametrize("code", ["oidc-no-id-token", "oidc-unavailable", "oidc-endpoint"])
@virtual
async def test_who_wants_to_sign_in_can_whatever_the_provider_says_to_a_renewal(code: str, retry: Retry) -> None:
    pc = login("a")
    front = await pc.process()
    await log_in_browser(front, pc, "a")
    fails(pc, code, retry=retry)
    click = asyncio.create_task(front.sign_in("login"))
    await until(lambda: pc.oidc.pending)
    assert need(front).sign_in.opened
    pc.oidc.log_in()
    await click
    assert (provider(front, "login").status, provider(front, "login").problem) == (SignIn.IN, None)


@virtual
async def test_who_wants_to_sign_in_gets_on_also_when_a_renewal_was_already_under_way() -> None:
    pc = login("a")
    front = await pc.process()
    await log_in_browser(front, pc, "a")
    await asyncio.sleep(3600)
    pc.oidc.delay = 20
    fails(pc, "oidc-unavailable", retry=Retry.BACK_OFF)
    renewal = asyncio.create_task(front.assume("a"))
    await until(lambda: pc.oidc.refreshes)
    click = asyncio.create_task(front.sign_in("login"))
    await until(lambda: pc.oidc.pending, seconds=30)
    pc.oidc.log_in()
    await asyncio.gather(renewal, click)
    assert (pc.oidc.refreshes, pc.oidc.opened) == (1, 2)


@virtual
async def test_without_a_network_no_browser_is_opened_for_who_wants_to_sign_in() -> None:
    pc = login("a")
    front = await pc.process()
    await log_in_browser(front, pc, "a")
    pc.oidc.fail = lambda: NetworkTrouble(code="unreachable", title="The provider was not reached")
    assert (await rejected(front.sign_in("login"))).code == "unreachable"
    assert (pc.oidc.opened, provider(front, "login").status) == (1, SignIn.IN)


@virtual
async def test_a_login_page_that_fails_unseen_is_shown_to_a_person() -> None:
    pc = corp("a", stay_signed_in=True)
    front = await pc.process()
    await log_in(front, pc, "a")
    pc.window.fail = lambda: ProviderTrouble(code="login-page-failed", title="The provider refused", retry=Retry.NEVER)
    await asyncio.sleep(3600)
    await log_in(front, pc, "a")
    assert (pc.window.hidden, pc.window.shown) == (1, 2)
    await asyncio.sleep(3600)
    pc.window.fail = lambda: ProviderTrouble(code="login-page-failed", title="No answer", retry=Retry.BACK_OFF)
    assert (await rejected(front.assume("a"))).code == "login-page-failed"
    assert pc.window.shown == 2
    click = asyncio.create_task(front.sign_in("corp"))
    await until(lambda: pc.window.open)
    pc.window.log_in()
    await click


@virtual
async def test_what_was_kept_is_not_used_any_more_once_staying_signed_in_is_switched_off_by_hand() -> None:
    pc = login("a")
    front = await pc.process()
    async with supervised(front):
        await log_in_browser(front, pc, "a")
        settings = pc.settings.configuration
        changed = replace(settings.providers["login"], stay_signed_in=False)
        pc.settings.configuration = replace(settings, providers=MappingProxyType({"login": changed}))
    await asyncio.sleep(7200)
    refreshes = pc.oidc.refreshes
    other = await pc.process(person_present=False)
    assert not other.snapshot().providers[0].remembered
    assert (await rejected(other.assume("a"))).code == "needs-sign-in"
    assert pc.oidc.refreshes == refreshes
    assert REFRESH not in pc.keyring.items
