"""What STS says to a provider's proof, which roles it is good for, and how long."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from app.domain.secret import Secret
from app.domain.view import SignIn, Status
from tests.core.fake_aws import denied
from tests.core.fake_providers import invalid_token, rejected_claim, unreachable_provider
from tests.core.fakes import ACCOUNT, machine, oidc, profile, rejected, row, saml, supervised
from tests.core.sign_in_rig import behind, corp, keep, log_in, need, provider, role
from tests.core.virtual_time import until, virtual

if TYPE_CHECKING:
    from tests.core.fake_aws import Loose


@pytest.mark.parametrize("refusal", [invalid_token, rejected_claim])
@virtual
async def test_a_refused_proof_is_replaced_once(refusal: Loose) -> None:
    pc = corp("a")
    front = await pc.process()
    pc.sts.queue = [refusal(), refusal()]
    click = asyncio.create_task(front.assume("a"))
    for _ in range(2):
        await until(lambda: pc.window.open)
        pc.window.log_in()
        await until(lambda: not pc.window.open)
    error = await rejected(click)
    assert error.code == refusal().code
    assert pc.sts.count("AssumeRoleWithSAML") == 2
    assert row(front, "a").problem == error.problem
    assert provider(front).problem.code == error.code
    assert provider(front).status is SignIn.FAILED
    pc.sts.queue = []
    await log_in(front, pc, "a")
    assert provider(front).problem is None


@virtual
async def test_a_proof_refused_to_ten_is_replaced_for_all_of_them_by_one() -> None:
    names = [f"p{number}" for number in range(10)]
    pc = corp(*names, stay_signed_in=True)
    pc.window.cookies.add("corp")
    front = await pc.process()
    pc.sts.fail = lambda call: (
        invalid_token() if call.request.saml_assertion.reveal() == "assertion-0-from-the-provider" else None
    )
    await asyncio.gather(*(front.assume(name) for name in names))
    assert (pc.window.shown, pc.window.hidden) == (0, 2)
    assert pc.sts.count("AssumeRoleWithSAML") == 20


@virtual
async def test_an_expired_proof_is_fetched_anew_without_a_person() -> None:
    pc = corp("a", stay_signed_in=True)
    pc.window.cookies.add("corp")
    front = await pc.process()
    pc.sts.fail = lambda _: pc.clock.suspend(0 if len(pc.sts.calls) > 1 else 301)
    await front.assume("a")
    assert (pc.window.shown, pc.window.hidden) == (0, 2)


@virtual
async def test_what_the_provider_rejects_is_not_trusted_again_without_a_person() -> None:
    pc = corp("a", "b", stay_signed_in=True)
    front = await pc.process()
    async with supervised(front):
        await log_in(front, pc, "a")
        pc.sts.queue = [rejected_claim()]
        await until(lambda: front.snapshot().needs, seconds=3600)
        assert (pc.window.shown, pc.window.hidden) == (1, 1), "a background renewal asks, and opens nothing"
        assert not need(front).sign_in.opened
        click = asyncio.create_task(front.assume("b"))
        await until(lambda: pc.window.open)
        pc.window.log_in()
        await click
        await until(lambda: row(front, "a").status is Status.ACTIVE)
        assert pc.window.hidden == 1
        await asyncio.sleep(3600)
        assert pc.window.hidden > 1, "after a login it is trusted again"
    assert pc.window.shown == 2


@virtual
async def test_a_provider_that_aws_cannot_reach_is_asked_again_later() -> None:
    pc = corp("a", stay_signed_in=True)
    front = await pc.process()
    async with supervised(front):
        await log_in(front, pc, "a")
        pc.sts.queue = [unreachable_provider()]
        await until(lambda: row(front, "a").retry_at, seconds=3600)
        await until(lambda: row(front, "a").status is Status.ACTIVE, seconds=600)
    assert pc.sts.count("AssumeRoleWithSAML") == 3


@virtual
async def test_a_refusal_is_explained_against_the_assertion() -> None:
    pc = corp("a")
    front = await pc.process()
    pc.sts.fail = lambda _: denied()
    click = asyncio.create_task(front.assume("a"))
    await until(lambda: pc.window.open)
    pc.window.log_in()
    error = await rejected(click)
    assert error.code == "access-denied"
    assert error.detail
    assert error.detail != denied().detail
    assert row(front, "a").problem == error.problem
    assert provider(front).status is SignIn.IN, "the sign-in itself was good"
    assert provider(front).problem is None


# --- Roles ------------------------------------------------------------------------------------------------------------


@virtual
async def test_a_role_that_is_not_offered_is_said_and_the_person_is_not_sent_round_in_circles() -> None:
    pc = corp("a", "b")
    pc.idp.offer(role("a"))
    front = await pc.process()
    click = asyncio.create_task(front.assume("b"))
    await until(lambda: pc.window.open)
    pc.window.log_in()
    error = await rejected(click)
    assert error.code == "role-not-offered"
    assert f"b in {ACCOUNT}" in error.title
    assert f"a in {ACCOUNT}" in error.detail
    assert (pc.window.shown, pc.sts.calls) == (1, [])
    await front.assume("a")
    assert pc.window.shown == 1
    pc.idp.offer(role("a"), role("b"))
    click = asyncio.create_task(front.assume("b"))
    await until(lambda: pc.window.open)
    pc.window.log_in()
    await click
    assert pc.window.shown == 2


@virtual
async def test_the_session_ends_with_the_providers_and_the_detail_says_so() -> None:
    pc = corp("a", "b")
    front = await pc.process()
    pc.idp.session_until = front.now() + timedelta(minutes=30)
    await log_in(front, pc, "a")
    seen = row(front, "a")
    assert seen.expires == pc.idp.session_until
    assert "SessionNotOnOrAfter" in seen.note
    pc.idp.session_until = None
    await asyncio.sleep(300)
    await log_in(front, pc, "b")
    assert row(front, "b").note == ""


@virtual
async def test_the_region_is_that_of_the_address_the_assertion_was_posted_to() -> None:
    pc = corp("a")
    pc.idp.acs = "https://eu-central-1.signin.aws.amazon.com/saml"
    front = await pc.process()
    await log_in(front, pc, "a")
    assert pc.sts.calls[0].region == "eu-central-1"
    assert row(front, "a").region == "eu-west-1"


@virtual
async def test_an_encrypted_assertion_needs_the_providers_arn() -> None:
    arn = "arn:aws:iam::123456789012:saml-provider/corp"
    pc = machine(saml(), *behind("corp", "a"), *behind("corp", "b", provider_arn=arn))
    pc.idp.encrypted = True
    front = await pc.process()
    click = asyncio.create_task(front.assume("a"))
    await until(lambda: pc.window.open)
    pc.window.log_in()
    assert (await rejected(click)).code == "provider-arn-needed"
    await front.assume("b")
    assert pc.sts.calls[0].request.principal_arn == arn


@virtual
async def test_an_arn_that_the_assertion_does_not_name_is_refused_before_aws_does() -> None:
    pc = machine(saml(), *behind("corp", "a", provider_arn="arn:aws:iam::123456789012:saml-provider/other"))
    pc.idp.offer(role("a"))
    front = await pc.process()
    click = asyncio.create_task(front.assume("a"))
    await until(lambda: pc.window.open)
    pc.window.log_in()
    assert (await rejected(click)).code == "provider-arn-other"
    assert pc.sts.calls == []


@virtual
async def test_a_chain_may_begin_at_a_provider() -> None:
    links = [profile("top", "profile.middle", duration=7200), profile("middle", "profile.bottom")]
    pc = machine(saml(stay_signed_in=True), *behind("corp", "bottom", duration=7200), *links)
    pc.idp.offer(role("bottom"))
    front = await pc.process()
    async with supervised(front):
        await log_in(front, pc, "top")
        assert [call.action for call in pc.sts.calls] == ["AssumeRoleWithSAML", "AssumeRole", "AssumeRole"]
        seen = row(front, "top")
        assert [(link.kind, link.name) for link in seen.chain] == [
            ("saml", "corp"),
            ("role", "bottom"),
            ("role", "middle"),
            ("role", "top"),
        ]
        assert seen.chain[0].until == front.now() + timedelta(minutes=5) - (front.now() - provider(front).seen)
        assert seen.chained
        assert pc.sts.calls[0].request.duration_seconds == 7200
        assert set(pc.file.found) == {"top"}
        for _ in range(4 * 60):
            await asyncio.sleep(60)
            assert row(front, "top").live(front.now())
    assert pc.window.shown == 1


@virtual
async def test_a_role_that_is_taken_away_is_told_and_not_asked_for_again_and_again() -> None:
    pc = corp("a", "b", stay_signed_in=True)
    front = await pc.process()
    async with supervised(front):
        await log_in(front, pc, "a")
        pc.idp.offer(role("b"))
        await until(lambda: row(front, "a").problem, seconds=3600)
        assert row(front, "a").problem.code == "role-not-offered"
        assert row(front, "a").live(front.now())
        hidden = pc.window.hidden
        await asyncio.sleep(3600)
        assert pc.window.hidden == hidden
        await front.assume("b")
    assert pc.window.shown == 1


@virtual
async def test_a_program_may_fetch_the_assertion() -> None:
    command = ("saml-login", "--quiet")
    pc = corp("a", login_url="", command=command)
    pc.tokens.printed[command] = lambda: pc.idp.response().text
    front = await pc.process(window=False)
    click = asyncio.create_task(front.assume("a"))
    await until(lambda: front.snapshot().needs)
    await front.answer(need(front).key, "yes")
    await click
    async with supervised(front):
        await asyncio.sleep(2 * 3600)
        assert row(front, "a").live(front.now())
    pc.tokens.printed[command] = lambda: Secret("not what it should print")
    assert (await rejected(front.refresh("a"))).code == "saml-response"


@virtual
async def test_access_tokens_go_with_the_name_of_their_provider() -> None:
    pc = machine(oidc(issuer="", provider_id="www.amazon.com"), *behind("login", "a"))
    given = pc.oidc.tokens()
    token = replace(given.token, provider_id="www.amazon.com")
    pc.oidc.given[token.text.reveal()] = token
    front = await pc.process()
    click = asyncio.create_task(front.assume("a"))
    await until(lambda: pc.oidc.pending)
    assert need(front).sign_in.ways == (), "these have no device grant that AWS would take"
    pc.oidc.pending[0].set_result(replace(given, token=token))
    await click
    assert pc.sts.calls[0].request.provider_id == "www.amazon.com"


@virtual
async def test_what_people_see_holds_nothing_that_is_a_proof() -> None:
    pc = machine(saml(), oidc(), *behind("corp", "a"), *behind("login", "b"))
    keep(pc, "provider/login/client-secret", "s3cret", oidc())
    pc.idp.offer(role("a"))
    front = await pc.process()
    clicks = [asyncio.create_task(front.assume(name)) for name in "ab"]
    await until(lambda: pc.window.open and pc.oidc.pending)
    seen = [repr(front.snapshot())]
    pc.window.log_in()
    pc.oidc.log_in()
    await asyncio.gather(*clicks)
    pc.sts.fail = lambda call: denied() if call.action == "AssumeRoleWithSAML" else invalid_token()
    pc.oidc.fail = invalid_token
    seen += [str(await rejected(front.refresh(name))) for name in "ab"]
    seen += [repr(front.snapshot()), repr(front.engine.roster.sign_ins["login"].__dict__), repr(pc.state.value)]
    secrets = [*pc.idp.given, *pc.oidc.given, pc.oidc.good_refresh, *pc.oidc.old_refresh, "s3cret", "state=1"]
    assert len(secrets) >= 5
    assert not [secret for secret in secrets for text in seen if secret and secret in text]


@virtual
async def test_what_aws_refused_is_told_where_a_person_is_asked_again() -> None:
    pc = corp("a")
    front = await pc.process()
    async with supervised(front):
        await log_in(front, pc, "a")
        await until(lambda: front.snapshot().needs, seconds=3600)
        assert need(front).problem is None
        pc.sts.queue = [invalid_token()]
        await front.answer(need(front).key, "")
        await until(lambda: pc.window.open)
        pc.window.log_in()
        await until(lambda: front.snapshot().needs and need(front).problem)
        asked = need(front)
        assert (asked.sign_in.opened, asked.wanted_now) == (False, False)
        assert asked.problem == provider(front).problem
        await front.answer(asked.key, "")
        await until(lambda: pc.window.open)
        assert need(front).problem is None, "the next sign-in has begun"
        pc.window.log_in()
        await until(lambda: row(front, "a").status is Status.ACTIVE)
    assert provider(front).problem is None
