"""What a person does with providers: signing in and out, taking over roles, changing and removing them."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta
from types import MappingProxyType
from typing import TYPE_CHECKING

import pytest

from app.domain.arn import RoleArn
from app.domain.aws_import import AwsFiles
from app.domain.configuration import Flow, Profile, Source, SourceKind
from app.domain.errors import NetworkTrouble, StorageTrouble
from app.domain.published import Origin
from app.domain.secret import Secret
from app.domain.view import SignIn, Status
from tests.core.fake_aws import denied
from tests.core.fake_file import Section
from tests.core.fakes import ACCOUNT, imported, machine, oidc, profile, rejected, row, saml, supervised
from tests.core.sign_in_rig import behind, corp, keep, log_in, log_in_browser, login, need, provider, role
from tests.core.virtual_time import until, virtual

if TYPE_CHECKING:
    from tests.core.fake_aws import Loose

REFRESH = "provider/login/refresh-token"
OTHER_ACCOUNT = "210987654321"


async def sign_in(front: Loose, pc: Loose) -> None:
    click = asyncio.create_task(front.sign_in("corp"))
    await until(lambda: pc.window.open)
    pc.window.log_in()
    await click


# --- In and out -------------------------------------------------------------------------------------------------------


@virtual
async def test_signing_in_shows_what_the_provider_says() -> None:
    pc = corp("a")
    pc.idp.offer(role("a"), role("b"))
    front = await pc.process()
    click = asyncio.create_task(front.sign_in("corp"))
    await until(lambda: pc.window.open)
    assert (need(front).profiles, need(front).wanted_now) == ((), True)
    pc.window.log_in()
    await click
    view = provider(front)
    assert (view.status, view.subject, view.place) == (SignIn.IN, "alice@example.com", "idp.example.com")
    assert [(each.role_name, each.profile) for each in view.roles] == [("a", "a"), ("b", "")]
    assert view.usable_until == view.seen + timedelta(minutes=5)
    assert "Issuer" in {fact.name for fact in view.facts}
    assert view.profiles == ("a",)
    assert pc.sts.calls == []
    await front.assume("a")
    assert pc.window.shown == 1
    async with supervised(front):
        changes: list[int] = []
        front.subscribe(lambda: changes.append(1))
        await asyncio.sleep(400)
        assert changes, "time alone is told"
        assert provider(front).status is SignIn.OUT
        assert provider(front).roles, "what was seen stays to be looked at"
    assert (await rejected(front.sign_in("nobody"))).code == "provider-unknown"


@virtual
async def test_one_who_only_signs_in_and_one_who_assumes_share_a_window() -> None:
    pc = corp("a")
    front = await pc.process()
    signing_in = asyncio.create_task(front.sign_in("corp"))
    await until(lambda: pc.window.open)
    click = asyncio.create_task(front.assume("a"))
    await until(lambda: need(front).profiles == ("a",))
    signing_in.cancel()
    await asyncio.wait([signing_in])
    assert pc.window.open, "the other one still waits"
    pc.window.log_in()
    await click
    assert pc.window.shown == 1


@virtual
async def test_signing_out_forgets_cookies_and_leaves_sessions() -> None:
    pc = corp("a", stay_signed_in=True)
    front = await pc.process()
    await log_in(front, pc, "a")
    await front.stop_all()
    assert pc.window.cookies == {"corp"}, "stopping is not signing out"
    await front.assume("a")
    await front.sign_out("corp")
    assert pc.window.cookies == set()
    view = provider(front)
    assert (view.status, view.roles, view.facts, view.seen) == (SignIn.OUT, (), (), None)
    assert row(front, "a").status is Status.ACTIVE
    assert pc.desktop.opened == []


@virtual
async def test_signing_out_at_an_openid_provider_ends_the_browsers_session_too() -> None:
    pc = login("a")
    front = await pc.process()
    await log_in_browser(front, pc, "a")
    token = pc.keyring.items[REFRESH].reveal()
    await front.sign_out("login")
    assert REFRESH not in pc.keyring.items
    assert pc.oidc.signed_out == [(token, "id-token-0")]
    assert pc.desktop.opened[-1] == "https://login.example.com/end"
    assert row(front, "a").status is Status.ACTIVE
    await front.sign_out("login")
    assert len(pc.oidc.signed_out) == 1, "nobody is there to be signed out"


@virtual
async def test_what_is_forgotten_here_stays_so_when_the_provider_does_not_answer() -> None:
    pc = login("a")
    front = await pc.process()
    await log_in_browser(front, pc, "a")
    pc.oidc.fail = lambda: NetworkTrouble(code="unreachable", title="The provider was not reached")
    assert (await rejected(front.sign_out("login"))).code == "unreachable"
    assert REFRESH not in pc.keyring.items
    assert provider(front, "login").status is SignIn.OUT


@virtual
async def test_signing_out_ends_a_sign_in_under_way() -> None:
    pc = corp("a")
    front = await pc.process()
    click = asyncio.create_task(front.assume("a"))
    await until(lambda: pc.window.open)
    await front.sign_out("corp")
    assert (await rejected(click)).code == "declined"
    assert pc.window.open == []
    assert front.snapshot().needs == ()


# --- Without a window -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("person_present", [True, False])
@virtual
async def test_a_command_line_takes_a_response_instead_of_a_window(person_present: Loose) -> None:
    pc = corp("a")
    front = await pc.process(person_present=person_present, window=False)
    error = await rejected(front.assume("a"))
    assert error.code == "sign-in-window"
    assert "rolecall assume a --assertion FILE" in error.remedy
    assert (await rejected(front.give_response("a", "nonsense"))).code == "saml-response"
    await front.give_response("a", pc.idp.response().text.reveal())
    await front.assume("a")
    assert row(front, "a").status is Status.ACTIVE


@virtual
async def test_a_response_without_the_role_is_told_as_that() -> None:
    pc = corp("a", "b")
    pc.idp.offer(role("b"))
    front = await pc.process(window=False)
    await front.give_response("a", pc.idp.response().text.reveal())
    await asyncio.sleep(1)
    assert (await rejected(front.assume("a"))).code == "role-not-offered"


@virtual
async def test_a_refused_response_is_told_as_refused_where_no_other_can_be_had() -> None:
    pc = corp("a")
    pc.idp.life = timedelta(minutes=4)
    front = await pc.process(window=False)
    await front.give_response("a", pc.idp.response().text.reveal())
    pc.clock.set(-600)
    pc.clock.suspend(600)
    assert (await rejected(front.assume("a"))).code == "expired-identity-token"


@virtual
async def test_responses_and_ways_are_for_profiles_behind_providers() -> None:
    pc = machine(oidc(), profile("plain"), *behind("login", "token"))
    front = await pc.process()
    assert (await rejected(front.give_response("plain", "x"))).code == "no-provider"
    assert (await rejected(front.give_response("token", "x"))).code == "saml-response-unwanted"
    assert (await rejected(front.give_response("nobody", "x"))).code == "profile-unknown"


# --- Roles that are offered -------------------------------------------------------------------------------------------


@virtual
async def test_offered_roles_become_profiles_and_are_assumed_at_once() -> None:
    pc = corp("Known")
    admins = [f"arn:aws:iam::{account}:role/team/Admin" for account in (ACCOUNT, OTHER_ACCOUNT)]
    pc.idp.offer(role("Known"), *admins, role("Reader"), role("default"), role("Denied"))
    pc.file.change("default", Section(origin=Origin.FOREIGN))
    pc.aws_config.files = AwsFiles(sections=frozenset({"default"}))
    front = await pc.process()
    await sign_in(front, pc)
    begun = front.now()
    pc.sts.fail = lambda call: denied() if call.request.role_arn.endswith("Denied") else None
    wanted = [role("Known"), *admins, role("Reader"), role("default"), role("Denied")]
    names = await front.assume_offered("corp", tuple(wanted))
    assert list(names.values()) == [
        "Known",
        f"Admin-{ACCOUNT}",
        f"Admin-{OTHER_ACCOUNT}",
        "Reader",
        "default",
        "Denied",
    ]
    await until(lambda: len(pc.sts.calls) == 6)
    assert front.now() - begun < timedelta(seconds=5), "all of them within the life of one assertion"
    await until(lambda: not any(row(front, name).status is Status.ACQUIRING for name in names.values()))
    assert {name: row(front, name).status for name in names.values()} == {
        "Known": Status.ACTIVE,
        f"Admin-{ACCOUNT}": Status.ACTIVE,
        f"Admin-{OTHER_ACCOUNT}": Status.ACTIVE,
        "Reader": Status.ACTIVE,
        "default": Status.ACTIVE,
        "Denied": Status.FAILED,
    }
    assert row(front, "default").published_as == "rolecall-default"
    assert row(front, "Denied").problem.code == "access-denied"
    made = pc.settings.configuration.profiles["Reader"]
    assert made == Profile(
        name="Reader",
        source=Source(kind=SourceKind.PROVIDER, name="corp"),
        role_arn=RoleArn.parse(role("Reader")),
    )
    assert pc.window.shown == 1
    assert {each.profile for each in provider(front).roles} == set(names.values())
    assert await front.assume_offered("corp", (role("Reader"),)) == {role("Reader"): "Reader"}
    error = await rejected(front.assume_offered("corp", (role("Nobody"),)))
    assert error.code == "role-not-offered"


@virtual
async def test_a_name_that_is_taken_gets_the_account_and_then_a_number() -> None:
    pc = machine(saml(), profile("Reader"), profile(f"Reader-{ACCOUNT}"))
    pc.idp.offer(role("Reader"), role("-odd"))
    front = await pc.process()
    await sign_in(front, pc)
    names = await front.assume_offered("corp", (role("Reader"), role("-odd")))
    assert list(names.values()) == [f"Reader-{ACCOUNT}-2", f"{ACCOUNT}--odd"]


@virtual
async def test_what_stands_against_publishing_an_offered_role_is_told_in_its_row() -> None:
    pc = corp("a")
    pc.aws_config.settings["a"] = "sso_session"
    front = await pc.process()
    await sign_in(front, pc)
    await front.assume_offered("corp", (role("a"),))
    await until(lambda: row(front, "a").problem)
    assert row(front, "a").problem.code == "aws-profile-overridden"
    assert row(front, "a").status is Status.FAILED


# --- Changing ---------------------------------------------------------------------------------------------------------


@virtual
async def test_a_provider_is_added_with_its_secret_and_checked_before() -> None:
    pc = machine()
    front = await pc.process()
    error = await rejected(front.put_provider(replace(oidc(), client_id="")))
    assert error.field == "client_id"
    await front.put_provider(oidc(), client_secret=" s3cret \n")
    assert pc.keyring.items["provider/login/client-secret"].reveal() == "s3cret"
    assert provider(front, "login").status is SignIn.OUT
    pc.settings.trouble = StorageTrouble(code="settings-broken", title="The settings file is broken")
    assert (await rejected(front.put_provider(oidc("other"), client_secret="x"))).code == "settings-broken"
    assert "provider/other/client-secret" not in pc.keyring.items


@virtual
async def test_a_new_name_takes_along_what_keeps_a_person_signed_in() -> None:
    pc = login("a")
    keep(pc, "provider/login/client-secret", "s3cret", oidc())
    front = await pc.process()
    await log_in_browser(front, pc, "a")
    token = pc.keyring.items[REFRESH]
    await front.put_provider(oidc("office"), formerly="login")
    assert pc.keyring.items["provider/office/refresh-token"] == token
    assert pc.keyring.items["provider/office/client-secret"].reveal() == "s3cret"
    assert not [key for key in pc.keyring.items if "login" in key]
    assert provider(front, "office").status is SignIn.REMEMBERED
    await front.refresh("a")
    assert pc.oidc.opened == 1


@pytest.mark.parametrize(
    "change",
    [
        {"issuer": "https://other.example.com"},
        {"client_id": "other"},
        {"scopes": ("openid", "email")},
        {"stay_signed_in": False},
    ],
)
@virtual
async def test_what_kept_a_person_signed_in_elsewhere_is_forgotten(change: Loose) -> None:
    pc = login("a")
    front = await pc.process()
    await log_in_browser(front, pc, "a")
    await front.put_provider(oidc(**change))
    assert REFRESH not in pc.keyring.items
    assert provider(front, "login").status is SignIn.OUT


@virtual
async def test_a_change_that_leaves_the_place_alone_keeps_the_sign_in() -> None:
    pc = login("a")
    front = await pc.process()
    await log_in_browser(front, pc, "a")
    await front.put_provider(oidc(session_name_claim="email", flow=Flow.DEVICE))
    assert provider(front, "login").status is SignIn.IN
    await front.refresh("a")
    assert pc.sts.calls[-1].request.role_session_name == "alice@example.com"
    assert (pc.oidc.opened, pc.oidc.refreshes) == (1, 0)


@virtual
async def test_cookies_go_when_they_are_not_to_be_kept_any_more() -> None:
    pc = corp("a", stay_signed_in=True)
    front = await pc.process()
    await log_in(front, pc, "a")
    await front.put_provider(saml())
    assert pc.window.cookies == set()


@virtual
async def test_a_provider_is_removed_with_its_secrets_once_nothing_starts_from_it() -> None:
    pc = login("a")
    keep(pc, "provider/login/client-secret", "s3cret", oidc())
    front = await pc.process()
    await log_in_browser(front, pc, "a")
    error = await rejected(front.remove_provider("login"))
    assert (error.code, error.detail) == ("still-needed", "a starts from it.")
    assert REFRESH in pc.keyring.items
    await front.remove_profile("a")
    await front.remove_provider("login")
    assert pc.keyring.items.keys() == {"identity/alice"}
    assert front.snapshot().providers == ()


@virtual
async def test_a_broken_provider_can_be_removed_with_its_secrets_and_without_a_keyring() -> None:
    pc = machine(saml())
    pc.window.cookies.add("old")
    pc.keyring.items["provider/old/refresh-token"] = pc.keyring.items["provider/old/client-secret"] = Secret("x")
    front = await pc.process()
    await front.remove_provider("old")
    assert pc.keyring.items.keys() == {"identity/alice"}
    assert pc.window.cookies == set()
    pc.keyring.trouble = StorageTrouble(code="keyring-absent", title="There is no keyring")
    await front.remove_provider("corp")
    assert front.snapshot().providers == ()


@virtual
async def test_a_provider_changed_while_its_window_is_open_closes_it() -> None:
    pc = corp("a")
    front = await pc.process()
    click = asyncio.create_task(front.assume("a"))
    await until(lambda: pc.window.open)
    await front.put_provider(saml(login_url="https://other.example.com/aws"))
    assert (await rejected(click)).code == "declined"
    assert pc.window.open == []
    assert row(front, "a").status is Status.IDLE
    await log_in(front, pc, "a")


@virtual
async def test_a_change_of_something_else_leaves_the_window_open() -> None:
    pc = corp("a")
    front = await pc.process()
    click = asyncio.create_task(front.assume("a"))
    await until(lambda: pc.window.open)
    await front.put_profile(profile("b", "provider.corp"))
    assert pc.window.open
    pc.window.log_in()
    await click
    assert row(front, "a").status is Status.ACTIVE


@virtual
async def test_a_provider_taken_away_by_hand_ends_its_sign_in() -> None:
    pc = corp("a")
    front = await pc.process()
    click = asyncio.create_task(front.assume("a"))
    await until(lambda: pc.window.open)
    left = replace(pc.settings.configuration, providers=MappingProxyType({}), profiles=MappingProxyType({}))
    pc.settings.write(left)
    await front.engine.look()
    assert (await rejected(click)).code == "declined"
    assert (pc.window.open, front.snapshot().needs) == ([], ())


@virtual
async def test_closing_the_program_closes_what_is_open() -> None:
    pc = corp("a")
    front = await pc.process()
    click = asyncio.create_task(front.assume("a"))
    await until(lambda: pc.window.open)
    await front.engine.close()
    assert pc.window.open == []
    assert (await rejected(click)).code == "declined"


@virtual
async def test_secrets_kept_in_memory_begin_with_none() -> None:
    pc = login("a")
    front = await pc.process()
    await log_in_browser(front, pc, "a")
    await front.keep_secrets_in_memory()
    assert not provider(front, "login").remembered


# --- Forms ------------------------------------------------------------------------------------------------------------


@virtual
async def test_the_preview_shows_what_the_assertion_will_tell() -> None:
    pc = corp("a")
    front = await pc.process()
    shown = front.preview(profile("new", "provider.corp", role="a", duration=7200))
    rows = {each.name: each for each in shown.rows}
    assert rows["Action"].value == "AssumeRoleWithSAML"
    assert rows["PrincipalArn"].value == "from the assertion"
    assert rows["SAMLAssertion"].hidden
    assert "Signature" not in rows
    assert shown.signed_by == "nobody: the assertion is the proof"
    assert (shown.faults, shown.host) == ((), "sts.eu-west-1.amazonaws.com")
    pc.idp.acs = "https://eu-central-1.signin.aws.amazon.com/saml"
    await sign_in(front, pc)
    shown = front.preview(profile("new", "provider.corp", role="a"))
    assert {each.name: each.value for each in shown.rows}["PrincipalArn"] == pc.idp.provider_arn
    assert shown.host == "sts.eu-central-1.amazonaws.com"
    other = profile("new", "provider.corp", role="a", provider_arn="arn:aws:iam::123456789012:saml-provider/other")
    assert [each.code for each in front.preview(other).faults] == ["provider-arn-other"]
    impossible = profile("new", "provider.corp", role="a", external_id="x1")
    assert [each.field for each in front.preview(impossible).faults] == ["external_id"]


@virtual
async def test_the_preview_of_a_token_names_the_claim() -> None:
    pc = login("a", session_name_claim="email")
    front = await pc.process()
    shown = front.preview(profile("new", "provider.login"))
    rows = {each.name: each for each in shown.rows}
    assert rows["RoleSessionName"].value == "from the token (email)"
    assert rows["WebIdentityToken"].hidden
    assert shown.signed_by == "nobody: the token is the proof"
    named = front.preview(profile("new", "provider.login", session_name="own"))
    assert {each.name: each.value for each in named.rows}["RoleSessionName"] == "own"


@virtual
async def test_a_profile_in_a_form_is_tried_out() -> None:
    pc = corp("a")
    front = await pc.process()
    trial = asyncio.create_task(front.test(profile("new", "provider.corp", role="a")))
    await until(lambda: pc.window.open)
    assert need(front).profiles == ("new",)
    pc.window.log_in()
    assert (await trial).endswith(":assumed-role/a/alice@example.com")
    assert pc.file.found == {}


@virtual
async def test_the_console_opens_for_as_long_as_a_role_may() -> None:
    pc = corp("a")
    front = await pc.process()
    await log_in(front, pc, "a")
    await front.open_console("a")
    assert pc.console.asked[0][1] == 43200


@virtual
async def test_an_import_brings_the_provider_of_a_token_file() -> None:
    pc = machine()
    settings = {"role_arn": role("Pod"), "web_identity_token_file": "/run/token"}
    pc.aws_config.files = AwsFiles(config_path="~/.aws/config", profiles={"pod": settings})
    front = await pc.process()
    [found] = (await front.plan_import()).rows
    assert (found.name, found.words, found.published_as) == ("pod", "Pod, token file", "rolecall-pod")
    assert await imported(front, ("pod",)) == 1
    pc.tokens.files["/run/token"] = pc.oidc.tokens().token.text
    await front.assume("pod")
    assert row(front, "pod").status is Status.ACTIVE
    assert provider(front, "pod").place == "/run/token"
