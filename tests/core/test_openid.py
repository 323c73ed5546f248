"""OpenID providers: browser and device, refresh tokens and their rotation, tokens from files and commands."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta
from types import MappingProxyType
from typing import TYPE_CHECKING

import pytest

from app.core.engine import SETTLE_SECONDS
from app.domain.configuration import Flow
from app.domain.errors import NetworkTrouble, ProviderTrouble, StorageTrouble
from app.domain.secret import Secret
from app.domain.view import SignIn, Status
from tests.core.fakes import machine, oidc, profile, rejected, row, supervised
from tests.core.sign_in_rig import behind, corp, keep, log_in_browser, login, need, provider
from tests.core.virtual_time import until, virtual

if TYPE_CHECKING:
    from tests.core.fake_aws import Loose

REFRESH = "provider/login/refresh-token"


@virtual
async def test_a_click_opens_the_browser_and_the_refresh_token_goes_to_the_keyring() -> None:
    pc = login("a", "b")
    keep(pc, "provider/login/client-secret", "s3cret", oidc())
    front = await pc.process()
    clicks = [asyncio.create_task(front.assume(name)) for name in "ab"]
    await until(lambda: pc.oidc.pending)
    seen = need(front).sign_in
    assert (seen.way, seen.ways, seen.opened, seen.has_link) == ("browser", ("device",), True, True)
    assert pc.desktop.opened == ["https://login.example.com/authorize?state=1"]
    await front.copy_sign_in_link("sign-in login")
    assert pc.desktop.copied == pc.desktop.opened
    await front.answer("sign-in login", "")
    await until(lambda: len(pc.desktop.opened) == 2)
    assert pc.desktop.opened[0] == pc.desktop.opened[1], "the same page again"
    assert pc.locks.taken() == []
    pc.oidc.log_in()
    await asyncio.gather(*clicks)
    assert pc.oidc.opened == 1
    assert pc.oidc.secrets == ["s3cret"]
    assert pc.keyring.items[REFRESH].reveal() == pc.oidc.good_refresh
    assert {call.request.role_session_name for call in pc.sts.calls} == {"rolecall"}
    assert {call.region for call in pc.sts.calls} == {"eu-west-1"}
    view = provider(front, "login")
    assert (view.status, view.remembered, view.subject) == (SignIn.IN, True, "alice@example.com")
    assert view.facts
    assert (await rejected(front.copy_sign_in_link("sign-in login"))).code == "sign-in-link"


@virtual
async def test_refresh_tokens_renew_for_hours_with_one_login_and_rotate() -> None:
    pc = login("a", "b", "c")
    front = await pc.process()
    async with supervised(front):
        await log_in_browser(front, pc, "a")
        await asyncio.gather(front.assume("b"), front.assume("c"))
        for _ in range(8 * 60):
            await asyncio.sleep(60)
            assert all(row(front, name).live(front.now()) for name in "abc")
            assert front.snapshot().needs == ()
        assert front.snapshot().health.next_person_needed is None
    assert pc.oidc.opened == 1
    assert pc.oidc.refreshes >= 5, "an ID token serves as long as it lives"
    assert pc.keyring.items[REFRESH].reveal() == pc.oidc.good_refresh
    assert provider(front, "login").status in (SignIn.IN, SignIn.REMEMBERED)


@virtual
async def test_after_a_restart_the_keyring_signs_in() -> None:
    pc = login("a")
    await log_in_browser(await pc.process(), pc, "a")
    front = await pc.process(person_present=False)
    assert provider(front, "login").status is SignIn.REMEMBERED
    await front.refresh("a")
    assert pc.oidc.opened == 1
    assert provider(front, "login").status is SignIn.IN


@virtual
async def test_two_processes_refreshing_at_once_do_not_log_a_person_out() -> None:
    pc = login("a", "b")
    await log_in_browser(await pc.process(), pc, "a")
    processes = [await pc.process(person_present=False) for _ in range(4)]
    await asyncio.gather(*(each.refresh(name) for each, name in zip(processes, "abab", strict=True)))
    assert pc.oidc.opened == 1
    assert pc.oidc.good_refresh
    assert pc.keyring.items[REFRESH].reveal() == pc.oidc.good_refresh


@virtual
async def test_a_refresh_token_that_somebody_without_our_lock_rotated_is_read_again() -> None:
    pc = login("a")
    await log_in_browser(await pc.process(), pc, "a")
    front = await pc.process(person_present=False)
    used: list[str] = []

    def rotate_elsewhere() -> None:
        """Another home with the same keyring is faster, by a moment."""
        if not used:
            used.append(pc.oidc.good_refresh)
            pc.oidc.good_refresh = "rotated-elsewhere"
            pc.keyring.items[REFRESH] = Secret("rotated-elsewhere")

    pc.oidc.fail = rotate_elsewhere
    await front.refresh("a")
    assert pc.oidc.refreshes == 2
    assert pc.keyring.items[REFRESH].reveal() == pc.oidc.good_refresh != "rotated-elsewhere"


@virtual
async def test_a_revoked_refresh_token_is_forgotten_and_a_person_is_asked() -> None:
    pc = login("a")
    front = await pc.process()
    async with supervised(front):
        await log_in_browser(front, pc, "a")
        pc.oidc.good_refresh = ""
        await until(lambda: front.snapshot().needs, seconds=2 * 3600)
        assert REFRESH not in pc.keyring.items
        assert not need(front).sign_in.opened
        assert pc.oidc.opened == 1
        await front.answer("sign-in login", "")
        await until(lambda: pc.oidc.pending)
        pc.oidc.log_in()
        await until(lambda: row(front, "a").status is Status.ACTIVE)
    assert pc.keyring.items[REFRESH].reveal() == pc.oidc.good_refresh


@virtual
async def test_what_another_process_signed_in_to_ends_the_question_here() -> None:
    pc = login("a", "b")
    window, command_line = await pc.process(), await pc.process()
    async with supervised(window):
        await log_in_browser(window, pc, "a")
        pc.oidc.good_refresh = ""
        await until(lambda: window.snapshot().needs, seconds=2 * 3600)
        await log_in_browser(command_line, pc, "b")
        await until(lambda: row(window, "a").status is Status.ACTIVE, seconds=10)
        assert window.snapshot().needs == ()
    assert pc.oidc.opened == 2


@virtual
async def test_looking_again_in_vain_leaves_the_need() -> None:
    pc = login("a", "b")
    window, command_line = await pc.process(), await pc.process()
    async with supervised(window):
        await log_in_browser(window, pc, "a")
        pc.oidc.good_refresh = ""
        await until(lambda: window.snapshot().needs, seconds=2 * 3600)
        pc.oidc.fail = lambda: NetworkTrouble(code="unreachable", title="The provider was not reached")
        await log_in_browser(command_line, pc, "b")
        await asyncio.sleep(20)
        assert not need(window).sign_in.opened
        pc.oidc.fail = lambda: None
        await window.answer("sign-in login", "")
        await until(lambda: pc.oidc.pending)
        pc.oidc.log_in()
        await until(lambda: row(window, "a").status is Status.ACTIVE)
    assert pc.oidc.opened == 3


@virtual
async def test_a_refresh_that_is_not_waited_for_any_more_still_stores_the_new_token() -> None:
    pc = login("a")
    front = await pc.process()
    await log_in_browser(front, pc, "a")
    await asyncio.sleep(3600)
    old = pc.keyring.items[REFRESH].reveal()
    pc.oidc.delay = 10
    click = asyncio.create_task(front.refresh("a"))
    await until(lambda: pc.oidc.good_refresh != old)
    await front.cancel("a")
    assert (await rejected(click)).code == "declined"
    await front.engine.close()
    assert pc.keyring.items[REFRESH].reveal() == pc.oidc.good_refresh != old
    assert pc.locks.taken() == []


@virtual
async def test_who_keeps_the_providers_lock_keeps_nobody_from_quitting() -> None:
    pc = login("a")
    front = await pc.process()
    await log_in_browser(front, pc, "a")
    await asyncio.sleep(3600)
    async with pc.locks.hold("provider login"):
        click = asyncio.create_task(front.refresh("a"))
        await asyncio.sleep(1)
        assert not click.done()
        begun = asyncio.get_running_loop().time()
        await front.engine.close()
        assert asyncio.get_running_loop().time() - begun < 3 * SETTLE_SECONDS
        click.cancel()
        await asyncio.wait([click])


@virtual
async def test_without_a_network_the_refresh_waits_and_the_token_stays() -> None:
    pc = login("a")
    front = await pc.process()
    async with supervised(front):
        await log_in_browser(front, pc, "a")
        pc.oidc.fail = lambda: NetworkTrouble(code="unreachable", title="The provider was not reached")
        await until(lambda: row(front, "a").retry_at, seconds=2 * 3600)
        assert REFRESH in pc.keyring.items
        assert front.snapshot().needs == ()
        pc.oidc.fail = lambda: None
        await until(lambda: row(front, "a").status is Status.ACTIVE, seconds=600)
    assert pc.oidc.opened == 1


@virtual
async def test_trouble_at_the_provider_is_told_and_asks_nobody() -> None:
    pc = login("a")
    front = await pc.process()
    await log_in_browser(front, pc, "a")
    await asyncio.sleep(3600)
    pc.oidc.fail = lambda: ProviderTrouble(code="oidc-discovery", title="The provider cannot be found out about")
    assert (await rejected(front.assume("a"))).code == "oidc-discovery"
    assert provider(front, "login").status is SignIn.FAILED
    assert front.snapshot().needs == ()
    assert REFRESH in pc.keyring.items


@virtual
async def test_a_person_who_refuses_at_the_provider_has_declined() -> None:
    pc = login("a")
    front = await pc.process()
    click = asyncio.create_task(front.assume("a"))
    await until(lambda: pc.oidc.pending)
    pc.oidc.refuse()
    assert (await rejected(click)).code == "declined"
    assert row(front, "a").status is Status.IDLE
    assert provider(front, "login").problem is None


@virtual
async def test_the_device_grant_shows_its_code() -> None:
    pc = login("a")
    front = await pc.process()
    click = asyncio.create_task(front.assume("a"))
    await until(lambda: pc.oidc.pending)
    await front.choose_way("sign-in login", "device")
    await until(lambda: need(front).sign_in.user_code)
    seen = need(front).sign_in
    assert (seen.way, seen.user_code, seen.url) == ("device", "WDJB-MJHT", "https://login.example.com/d")
    assert seen.code_expires > front.now()
    assert len(pc.oidc.pending) == 1, "the browser's listener was closed"
    await front.copy_sign_in_link("sign-in login")
    assert pc.desktop.copied == ["https://login.example.com/d"]
    pc.oidc.log_in()
    await click
    assert row(front, "a").status is Status.ACTIVE


@virtual
@pytest.mark.parametrize(
    ("pc", "told"),
    [
        (corp("a"), "Leave --device out; --assertion FILE takes a response from a browser."),
        (login("a", web_identity_token_file="/t", flow=Flow.FILE), "Leave the way out: nobody has to sign in there."),
        (login("a", command=("x",), flow=Flow.COMMAND), "Leave the way out: nobody has to sign in there."),
    ],
)
async def test_a_way_that_a_provider_does_not_have_is_refused_with_one_it_has(pc: Loose, told: str) -> None:
    front = await pc.process()
    error = await rejected(_call(lambda: front.prefer_way("a", Flow.DEVICE)))
    assert (error.code, error.remedy) == ("sign-in-way", told)


@virtual
async def test_without_a_person_the_command_is_named_that_would_ask_one() -> None:
    pc = login("a", command=("x",), flow=Flow.COMMAND)
    front = await pc.process(person_present=False)
    assert "Run `rolecall provider sign-in login` in a terminal" in (await rejected(front.sign_in("login"))).remedy
    assert "Run `rolecall assume a` in a terminal" in (await rejected(front.assume("a"))).remedy


@virtual
async def test_a_way_can_be_preferred_beforehand() -> None:
    pc = login("a")
    front = await pc.process()
    front.prefer_way("a", Flow.DEVICE)
    assert (await rejected(_call(lambda: front.prefer_way("a", Flow.WINDOW)))).code == "sign-in-way"
    click = asyncio.create_task(front.assume("a"))
    await until(lambda: pc.oidc.pending)
    assert (pc.oidc.devices, pc.oidc.opened) == (1, 0)
    pc.oidc.log_in()
    await click


async def _call(work: Loose) -> None:
    work()


@virtual
async def test_nobody_there_to_sign_in_is_said() -> None:
    pc = login("a")
    front = await pc.process(person_present=False)
    error = await rejected(front.assume("a"))
    assert error.code == "needs-sign-in"
    assert "rolecall assume a" in error.remedy


@pytest.mark.parametrize(
    ("changes", "claims", "named"),
    [
        ({}, (), "rolecall"),
        ({"session_name_claim": "email"}, (("email", "alice@example.com"),), "alice@example.com"),
        ({"session_name_claim": "name"}, (("name", "Alice Ä. Liddell"),), "Alice-.-Liddell"),
        ({"session_name_claim": "name"}, (), "rolecall"),
    ],
)
@virtual
async def test_sessions_are_named_after_the_chosen_claim(changes: Loose, claims: Loose, named: str) -> None:
    pc = machine(oidc(**changes), *behind("login", "a"), *behind("login", "b", session_name="own"))
    pc.oidc.claims = claims
    front = await pc.process()
    await log_in_browser(front, pc, "a")
    await front.assume("b")
    assert [call.request.role_session_name for call in pc.sts.calls] == [named, "own"]


# --- The keyring ------------------------------------------------------------------------------------------------------


@virtual
async def test_without_a_keyring_the_refresh_token_is_held_in_memory() -> None:
    pc = login("a")
    pc.keyring.trouble = StorageTrouble(code="keyring-absent", title="There is no keyring")
    front = await pc.process()
    async with supervised(front):
        await log_in_browser(front, pc, "a")
        problem = front.snapshot().health.keyring_problem
        assert problem is not None
        assert problem.code == "keyring-absent"
        assert provider(front, "login").remembered
        for _ in range(3 * 60):
            await asyncio.sleep(60)
            assert row(front, "a").live(front.now())
    assert pc.oidc.opened == 1
    assert REFRESH not in pc.keyring.items


@virtual
async def test_a_change_of_settings_while_a_refresh_is_under_way_uses_no_token_twice() -> None:
    pc = login("a", stay_signed_in=False)
    front = await pc.process()
    await log_in_browser(front, pc, "a")
    await asyncio.sleep(3600)
    pc.oidc.delay = 20
    click = asyncio.create_task(front.assume("a"))
    await until(lambda: pc.oidc.refreshes)
    changed = oidc(stay_signed_in=False, session_name_claim="email")
    pc.settings.write(replace(pc.settings.configuration, providers=MappingProxyType({"login": changed})))
    await front.engine.look()
    assert (await rejected(click)).code == "declined"
    await front.assume("a")
    assert pc.sts.calls[-1].request.role_session_name == "alice@example.com"
    assert (pc.oidc.opened, pc.oidc.refreshes) == (1, 2)


@virtual
async def test_a_keyring_that_is_locked_when_the_token_was_rotated_loses_nothing() -> None:
    pc = login("a")
    front = await pc.process()
    async with supervised(front):
        await log_in_browser(front, pc, "a")
        known = pc.keyring.items[REFRESH].reveal()
        locked = StorageTrouble(code="keyring-locked", title="The keyring is locked")
        # It locks itself between reading the old one and writing the new one
        pc.oidc.fail = lambda: setattr(pc.keyring, "trouble", locked)
        await until(lambda: pc.oidc.refreshes == 1, seconds=2 * 3600)
        await until(lambda: front.snapshot().health.keyring_problem)
        assert row(front, "a").live(front.now())
        assert pc.keyring.items[REFRESH].reveal() == known != pc.oidc.good_refresh
        pc.keyring.trouble, pc.oidc.fail = None, lambda: None
        await until(lambda: pc.oidc.refreshes == 2, seconds=2 * 3600)
        await asyncio.sleep(10)
        assert pc.keyring.items[REFRESH].reveal() == pc.oidc.good_refresh
    assert pc.oidc.opened == 1


@virtual
async def test_a_locked_keyring_makes_the_background_wait_not_ask() -> None:
    pc = login("a")
    front = await pc.process()
    async with supervised(front):
        await log_in_browser(front, pc, "a")
        pc.keyring.trouble = StorageTrouble(code="keyring-locked", title="The keyring is locked")
        await until(lambda: row(front, "a").retry_at, seconds=2 * 3600)
        assert front.snapshot().needs == ()
        pc.keyring.trouble = None
        await until(lambda: row(front, "a").status is Status.ACTIVE, seconds=600)
    assert pc.oidc.opened == 1


@virtual
async def test_who_does_not_stay_signed_in_leaves_nothing_in_the_keyring() -> None:
    pc = login("a", stay_signed_in=False)
    front = await pc.process()
    async with supervised(front):
        await log_in_browser(front, pc, "a")
        await asyncio.sleep(3 * 3600)
        assert row(front, "a").live(front.now())
    assert pc.oidc.opened == 1
    assert pc.oidc.refreshes >= 2
    assert REFRESH not in pc.keyring.items


# --- Files and commands -----------------------------------------------------------------------------------------------


@virtual
async def test_a_token_from_a_file_is_read_whenever_one_is_needed() -> None:
    pc = login("a", issuer="", client_id="", web_identity_token_file="/run/token")
    front = await pc.process(person_present=False)
    assert (await rejected(front.assume("a"))).code == "token-file"
    async with supervised(front):
        pc.tokens.files["/run/token"] = pc.oidc.tokens().token.text
        await front.assume("a")
        await asyncio.sleep(3000)
        pc.tokens.files["/run/token"] = pc.oidc.tokens().token.text
        await asyncio.sleep(1200)
        assert row(front, "a").live(front.now())
        assert pc.sts.count("AssumeRoleWithWebIdentity") == 2
        await until(lambda: row(front, "a").retry_at, seconds=3 * 3600)
        assert row(front, "a").problem.code == "token-stale"
        pc.tokens.files["/run/token"] = pc.oidc.tokens().token.text
        await until(lambda: row(front, "a").status is Status.ACTIVE, seconds=600)
    assert provider(front, "login").place == "/run/token"


@virtual
async def test_a_command_runs_once_a_person_has_seen_it() -> None:
    command = ("print-token", "--quiet")
    pc = login("a", "b", issuer="", client_id="", command=command)
    pc.oidc.life = timedelta(minutes=5)
    pc.tokens.printed[command] = lambda: pc.oidc.tokens().token.text
    front = await pc.process()
    click = asyncio.create_task(front.assume("a"))
    await until(lambda: front.snapshot().needs)
    asked = need(front)
    assert (asked.kind, asked.command, asked.profiles) == ("command", command, ("a",))
    assert row(front, "a").waiting_for == "command"
    assert pc.tokens.ran == []
    await front.answer(asked.key, "yes")
    await click
    async with supervised(front):
        await asyncio.sleep(600)
        await front.assume("b")
        await asyncio.sleep(2 * 3600)
        assert row(front, "a").live(front.now())
    assert front.snapshot().needs == ()
    assert len(pc.tokens.ran) >= 3
    other = await pc.process(person_present=False)
    await other.refresh("a")


@virtual
async def test_a_command_that_a_person_does_not_want_never_runs() -> None:
    command = ("print-token",)
    pc = login("a", issuer="", client_id="", command=command)
    front = await pc.process()
    click = asyncio.create_task(front.assume("a"))
    await until(lambda: front.snapshot().needs)
    await front.decline(need(front).key)
    assert (await rejected(click)).code == "declined"
    assert pc.tokens.ran == []
    other = await pc.process(person_present=False)
    assert (await rejected(other.assume("a"))).code == "needs-command"


@virtual
async def test_a_chain_from_a_token_is_renewed_as_one() -> None:
    pc = machine(oidc(), *behind("login", "bottom"), profile("top", "profile.bottom"))
    front = await pc.process()
    async with supervised(front):
        await log_in_browser(front, pc, "top")
        for _ in range(3 * 60):
            await asyncio.sleep(60)
            assert row(front, "top").live(front.now())
    assert pc.oidc.opened == 1
    assert pc.sts.count("AssumeRoleWithWebIdentity") >= 3
