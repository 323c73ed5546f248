"""Signing in at a provider: one flight for all who wait, without a person where that is possible."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta

from app.domain.errors import NetworkTrouble, ProviderTrouble
from app.domain.view import SignIn, Status
from tests.core.fakes import rejected, row, supervised
from tests.core.sign_in_rig import corp, log_in, need, provider
from tests.core.virtual_time import until, virtual


@virtual
async def test_a_click_opens_the_window_and_what_it_brings_is_redeemed() -> None:
    pc = corp("prod")
    front = await pc.process()
    assert provider(front).status is SignIn.OUT
    click = asyncio.create_task(front.assume("prod"))
    await until(lambda: pc.window.open)
    seen = row(front, "prod")
    assert (seen.status, seen.waiting_for) == (Status.WAITING, "browser")
    asked = need(front)
    assert (asked.kind, asked.key, asked.profiles, asked.wanted_now) == ("sign-in", "sign-in corp", ("prod",), True)
    assert (asked.sign_in.way, asked.sign_in.ways, asked.sign_in.opened) == ("window", ("paste",), True)
    assert provider(front).status is SignIn.WAITING
    assert pc.locks.taken() == []
    pc.window.log_in()
    await click
    assert front.snapshot().needs == ()
    assert row(front, "prod").status is Status.ACTIVE
    assert row(front, "prod").arn.endswith(":assumed-role/prod/alice@example.com")
    [call] = pc.sts.calls
    assert (call.request.principal_arn, call.region) == (pc.idp.provider_arn, "us-east-1")
    assert provider(front).status is SignIn.IN
    assert pc.keyring.items.keys() == {"identity/alice"}


@virtual
async def test_ten_profiles_open_one_window() -> None:
    names = [f"p{number}" for number in range(10)]
    pc = corp(*names)
    front = await pc.process()
    clicks = [asyncio.create_task(front.assume(name)) for name in names]
    await until(lambda: len(need(front).profiles) == 10 if front.snapshot().needs else False)
    pc.window.log_in()
    await asyncio.gather(*clicks)
    assert pc.window.shown == 1
    assert {call.request.saml_assertion.reveal() for call in pc.sts.calls} == {"assertion-0-from-the-provider"}
    assert {row(front, name).status for name in names} == {Status.ACTIVE}


@virtual
async def test_an_assertion_serves_whoever_comes_within_its_five_minutes_and_nobody_later() -> None:
    pc = corp("a", "b", "c")
    front = await pc.process()
    click = asyncio.create_task(front.assume("a"))
    await until(lambda: pc.window.open)
    pc.window.log_in()
    await click
    await asyncio.sleep(240)
    await front.assume("b")
    assert pc.window.shown == 1
    await asyncio.sleep(60)
    click = asyncio.create_task(front.assume("c"))
    await until(lambda: pc.window.open)
    pc.window.log_in()
    await click
    assert pc.window.shown == 2


@virtual
async def test_a_renewal_in_the_background_lays_a_need_and_a_click_opens_it() -> None:
    pc = corp("a", "b")
    front = await pc.process()
    async with supervised(front):
        for name in "ab":
            click = asyncio.create_task(front.assume(name))
            await until(lambda: pc.window.open or row(front, name).status is Status.ACTIVE)  # noqa: B023  # awaited here
            if pc.window.open:
                pc.window.log_in()
            await click
        await until(lambda: front.snapshot().needs and len(need(front).profiles) == 2, seconds=3600)
        asked = need(front)
        assert (asked.wanted_now, asked.sign_in.opened) == (False, False)
        await asyncio.sleep(120)
        assert pc.window.shown == 1
        assert row(front, "a").live(front.now())
        click = asyncio.create_task(front.refresh("b"))
        await until(lambda: pc.window.open)
        assert need(front).wanted_now
        assert need(front).sign_in.opened
        pc.window.log_in()
        await click
        await until(lambda: row(front, "a").status is Status.ACTIVE)
    assert pc.window.shown == 2
    assert pc.sts.count("AssumeRoleWithSAML") == 4


@virtual
async def test_closing_the_window_is_declined_for_all_and_nobody_is_asked_again() -> None:
    pc = corp("a", "b")
    front = await pc.process()
    async with supervised(front):
        clicks = [asyncio.create_task(front.assume(name)) for name in "ab"]
        await until(lambda: front.snapshot().needs and len(need(front).profiles) == 2)
        pc.window.close()
        assert {(await rejected(click)).code for click in clicks} == {"declined"}
        assert [row(front, name).status for name in "ab"] == [Status.IDLE, Status.IDLE]
        assert provider(front).status is SignIn.OUT
        assert provider(front).problem is None
        await asyncio.sleep(3600)
    assert pc.window.shown == 1
    assert pc.sts.calls == []


@virtual
async def test_declining_a_background_need_closes_it_until_somebody_clicks() -> None:
    pc = corp("a")
    front = await pc.process()
    async with supervised(front):
        await log_in(front, pc, "a")
        await until(lambda: front.snapshot().needs, seconds=3600)
        await front.decline("sign-in corp")
        await until(lambda: not front.snapshot().needs)
        assert row(front, "a").live(front.now())
        await asyncio.sleep(3600)
        assert front.snapshot().needs == ()
        assert row(front, "a").status is Status.EXPIRED
        await log_in(front, pc, "a")
    assert pc.window.shown == 2


@virtual
async def test_the_last_who_leaves_closes_the_window() -> None:
    pc = corp("a", "b")
    front = await pc.process()
    clicks = [asyncio.create_task(front.assume(name)) for name in "ab"]
    await until(lambda: front.snapshot().needs and len(need(front).profiles) == 2)
    await front.cancel("a")
    assert (await rejected(clicks[0])).code == "declined"
    assert pc.window.open
    assert need(front).profiles == ("b",)
    await front.stop("b")
    assert (await rejected(clicks[1])).code == "declined"
    assert pc.window.open == []
    assert front.snapshot().needs == ()
    assert provider(front).status is SignIn.OUT


@virtual
async def test_an_answer_opens_and_brings_to_the_front() -> None:
    pc = corp("a")
    front = await pc.process()
    async with supervised(front):
        await log_in(front, pc, "a")
        await until(lambda: front.snapshot().needs, seconds=3600)
        await front.answer("sign-in corp", "")
        await until(lambda: pc.window.open)
        await front.answer("sign-in corp", "")
        await until(lambda: pc.window.open[0].raised == 1)
        pc.window.log_in()
        await until(lambda: row(front, "a").status is Status.ACTIVE)
    assert pc.window.shown == 2


@virtual
async def test_a_response_can_be_pasted_at_any_time() -> None:
    pc = corp("a", "b")
    front = await pc.process()
    click = asyncio.create_task(front.assume("a"))
    await until(lambda: pc.window.open)
    await front.answer("sign-in corp", "nonsense")
    await until(lambda: need(front).problem)
    assert need(front).problem.code == "saml-response"
    assert pc.window.open
    old = pc.idp.response()
    pc.idp.given[old.text.reveal()] = replace(
        old, assertion=replace(old.assertion, issued=front.now() - timedelta(minutes=6))
    )
    await front.answer("sign-in corp", old.text.reveal())
    await until(lambda: need(front).problem.code == "saml-response-expired")
    await front.answer("sign-in corp", pc.idp.response().text.reveal())
    await click
    assert pc.window.open == []
    assert row(front, "a").status is Status.ACTIVE
    await front.assume("b")
    assert pc.window.shown == 1


@virtual
async def test_another_way_for_once_needs_no_window_nor_what_is_remembered() -> None:
    pc = corp("a", stay_signed_in=True)
    front = await pc.process()
    await log_in(front, pc, "a")
    assert provider(front).ways == ("paste",)
    shown = pc.window.shown
    click = asyncio.create_task(front.sign_in("corp", "paste"))
    await until(lambda: front.snapshot().needs)
    assert (need(front).sign_in.way, pc.window.shown) == ("paste", shown)
    assert (provider(front).way, provider(front).ways) == ("paste", ("window",))
    await front.decline("sign-in corp")
    assert (await rejected(click)).code == "declined"
    assert (provider(front).way, provider(front).ways) == ("window", ("paste",))
    assert (await rejected(front.sign_in("corp", "device"))).code == "sign-in-way"


@virtual
async def test_another_way_ends_the_one_that_is_open() -> None:
    pc = corp("a")
    front = await pc.process()
    click = asyncio.create_task(front.assume("a"))
    await until(lambda: pc.window.open)
    assert (await rejected(front.choose_way("sign-in corp", "device"))).code == "sign-in-way"
    await front.choose_way("sign-in corp", "paste")
    await until(lambda: need(front).sign_in.way == "paste")
    assert pc.window.open == []
    seen = need(front).sign_in
    assert (seen.way, seen.ways, seen.opened) == ("paste", ("window",), True)
    await front.choose_way("sign-in corp", "window")
    await until(lambda: pc.window.open)
    pc.window.log_in()
    await click
    await front.choose_way("sign-in corp", "paste")
    await front.answer("sign-in corp", "too late")


@virtual
async def test_a_provider_that_remembers_renews_for_hours_with_one_login() -> None:
    names = [f"p{number}" for number in range(4)]
    pc = corp(*names, stay_signed_in=True)
    front = await pc.process()
    async with supervised(front):
        clicks = [asyncio.create_task(front.assume(name)) for name in names]
        await until(lambda: pc.window.open)
        pc.window.log_in()
        await asyncio.gather(*clicks)
        assert front.snapshot().health.next_person_needed is None
        for _ in range(6 * 60):
            await asyncio.sleep(60)
            assert all(row(front, name).live(front.now()) for name in names)
            assert front.snapshot().needs == ()
    assert pc.window.shown == 1
    assert pc.window.hidden >= 6
    assert pc.sts.count("AssumeRoleWithSAML") >= 4 * 6
    assert provider(front).remembered


@virtual
async def test_when_the_provider_asks_again_the_hidden_page_becomes_a_need() -> None:
    pc = corp("a", stay_signed_in=True)
    front = await pc.process()
    async with supervised(front):
        await log_in(front, pc, "a")
        pc.window.remembering = False
        await until(lambda: front.snapshot().needs, seconds=3600)
        assert (pc.window.shown, pc.window.hidden) == (1, 1)
        assert not need(front).wanted_now
        await front.answer("sign-in corp", "")
        await until(lambda: pc.window.open)
        pc.window.log_in()
        await until(lambda: row(front, "a").status is Status.ACTIVE)
    assert pc.window.shown == 2


@virtual
async def test_off_the_record_the_next_login_is_foretold() -> None:
    pc = corp("a")
    front = await pc.process()
    await log_in(front, pc, "a")
    seen = row(front, "a")
    assert front.snapshot().health.next_person_needed == seen.renews


@virtual
async def test_trouble_of_the_provider_is_the_flights_error_and_backs_off_in_the_background() -> None:
    pc = corp("a", stay_signed_in=True)
    front = await pc.process()
    click = asyncio.create_task(front.assume("a"))
    await until(lambda: pc.window.open)
    pc.window.break_down(ProviderTrouble(code="login-page-failed", title="The login page cannot be shown"))
    assert (await rejected(click)).code == "login-page-failed"
    assert provider(front).status is SignIn.FAILED
    assert provider(front).problem.code == "login-page-failed"
    async with supervised(front):
        await log_in(front, pc, "a")
        pc.window.fail = lambda: NetworkTrouble(code="unreachable", title="The provider was not reached")
        await until(lambda: row(front, "a").retry_at, seconds=3600)
        assert row(front, "a").problem.code == "unreachable"
        assert front.snapshot().health.online is True, "AWS was not asked, so nothing is known about it"
        pc.window.fail = lambda: None
        await until(lambda: row(front, "a").status is Status.ACTIVE, seconds=600)
    assert front.snapshot().needs == ()
    assert pc.window.shown == 2


@virtual
async def test_a_profile_obtained_by_another_process_closes_the_window_for_it() -> None:
    pc = corp("a", "b")
    window, command_line = await pc.process(), await pc.process(window=False)
    async with supervised(window):
        clicks = [asyncio.create_task(window.assume(name)) for name in "ab"]
        await until(lambda: window.snapshot().needs and len(need(window).profiles) == 2)
        for name in "ab":
            await command_line.give_response(name, pc.idp.response().text.reveal())
            await command_line.assume(name)
        await asyncio.wait_for(asyncio.gather(*clicks), 5)
        assert (pc.window.open, window.snapshot().needs) == ([], ())
    assert pc.sts.count("AssumeRoleWithSAML") == 2
