"""The front door: settings that change, previews, tests, views, and what it all costs."""

from __future__ import annotations

import asyncio
import json
import subprocess
import time
from dataclasses import replace
from datetime import timedelta
from types import MappingProxyType
from typing import TYPE_CHECKING

import pytest

from app.core import environment
from app.domain.arn import RoleArn
from app.domain.configuration import Identity, MfaUse, Profile, Publish, Settings
from app.domain.credentials import Credentials
from app.domain.errors import BadInput, StorageTrouble
from app.domain.secret import Secret
from app.domain.view import Status
from tests.core.fake_aws import denied, offline
from tests.core.fakes import (
    ACCOUNT,
    give_code,
    identity,
    machine,
    mfa_profile,
    profile,
    rejected,
    row,
    session,
    supervised,
)
from tests.core.virtual_time import START, until, virtual

if TYPE_CHECKING:
    from tests.core.fakes import Machine


def edit(pc: Machine, *changed: Profile | Identity, without: str = "") -> None:
    """Somebody edits the settings file."""
    now = pc.settings.configuration
    profiles = {name: each for name, each in now.profiles.items() if name != without}
    profiles |= {each.name: each for each in changed if isinstance(each, Profile)}
    identities = {**now.identities, **{each.name: each for each in changed if isinstance(each, Identity)}}
    pc.settings.write(replace(now, profiles=MappingProxyType(profiles), identities=MappingProxyType(identities)))


# --- Settings that change ---------------------------------------------------------------------------------------------


@virtual
async def test_a_reload_keeps_sessions_and_what_is_under_way() -> None:
    pc = machine(profile("prod"), mfa_profile("mfa"))
    front = await pc.process()
    async with supervised(front):
        await front.assume("prod")
        click = asyncio.create_task(front.assume("mfa"))
        await until(lambda: front.snapshot().needs)
        edit(pc, profile("prod", group="Production", colour="red"), profile("new"))
        await asyncio.sleep(3)
        assert (row(front, "prod").status, row(front, "prod").group) == (Status.ACTIVE, "Production")
        assert row(front, "new").status is Status.IDLE
        await give_code(front, machine=pc)
        await click
    assert pc.sts.count("AssumeRole") == 2


@virtual
async def test_a_changed_role_stops_the_old_session() -> None:
    pc = machine(profile("prod"), profile("child", "profile.prod"))
    front = await pc.process()
    async with supervised(front):
        await front.assume("child")
        await front.assume("prod")
        edit(pc, profile("prod", role="Other"))
        await asyncio.sleep(3)
        assert row(front, "prod").status is Status.IDLE
        assert "prod" not in pc.file.found
        await front.assume("prod")
        assert row(front, "prod").arn.endswith(":assumed-role/Other/rolecall")
        await front.refresh("child")
    [signed] = [c for c in pc.sts.calls if c.request and c.request.role_arn.endswith("child")][-1:]
    assert signed.signer.access_key_id == session(front, "prod").obtained.access_key_id


@virtual
async def test_a_role_changed_while_its_credentials_were_being_published_does_not_come_back() -> None:
    pc = machine(profile("prod"))
    pc.file.delay = 1
    front = await pc.process()
    click = asyncio.create_task(front.assume("prod"))
    await until(lambda: pc.state.value.sessions)
    edit(pc, profile("prod", role="Other"))
    await front.engine.look()
    await asyncio.wait([click])
    await asyncio.sleep(10)
    assert pc.file.found == {}
    assert pc.state.value.sessions == {}
    assert row(front, "prod").status is Status.IDLE


@virtual
async def test_a_changed_duration_keeps_the_session_and_counts_from_the_next_renewal() -> None:
    pc = machine(profile("prod"))
    front = await pc.process()
    async with supervised(front):
        await front.assume("prod")
        edit(pc, profile("prod", duration=7200))
        await asyncio.sleep(3)
        assert row(front, "prod").status is Status.ACTIVE
        await until(lambda: pc.sts.count("AssumeRole") == 2, seconds=3600)
        assert pc.sts.calls[-1].request.duration_seconds == 7200
        await asyncio.sleep(3)
        assert row(front, "prod").published


@virtual
async def test_a_removed_profile_is_withdrawn_also_when_the_file_could_not_be_written_at_first() -> None:
    pc = machine(profile("prod"))
    front = await pc.process()
    async with supervised(front):
        await front.assume("prod")
        pc.file.trouble = StorageTrouble(code="file-locked", title="locked")
        edit(pc, without="prod")
        await asyncio.sleep(5)
        assert "prod" in pc.file.found
        pc.file.trouble = None
        await asyncio.sleep(5)
        assert pc.file.found == {}
        assert pc.state.value.sessions == {}


@virtual
async def test_a_broken_settings_file_leaves_what_was_loaded() -> None:
    pc = machine(profile("prod"))
    front = await pc.process()
    async with supervised(front):
        await front.assume("prod")
        pc.settings.trouble = StorageTrouble(code="settings-broken", title="Line 3")
        pc.settings.write(pc.settings.configuration)
        await asyncio.sleep(3)
        assert front.snapshot().health.settings_problem.code == "settings-broken"  # type: ignore[union-attr]
        assert row(front, "prod").status is Status.ACTIVE


@virtual
async def test_another_default_region_reaches_those_who_sign_for_others() -> None:
    pc = machine(profile("parent"), profile("child", "profile.parent", region="us-east-1"), mfa_profile("m"))
    front = await pc.process()
    await front.assume("child")
    await front.put_settings(Settings(region="eu-central-1"))
    assert front.engine.roster.profiles["child"].signer is front.engine.roster.profiles["parent"]
    assert front.engine.roster.profiles["parent"].region == "eu-central-1"
    assert row(front, "child").status is Status.ACTIVE
    [mfa] = front.engine.roster.mfa_sessions.values()
    assert (mfa.region, front.engine.roster.profiles["m"].signer is mfa) == ("eu-central-1", True)


@virtual
async def test_an_edit_cancels_a_question_that_makes_no_sense_any_more() -> None:
    pc = machine(mfa_profile("mfa"))
    front = await pc.process()
    click = asyncio.create_task(front.assume("mfa"))
    await until(lambda: front.snapshot().needs)
    await front.put_profile(profile("mfa"))
    assert (await rejected(click)).code == "declined"
    assert front.snapshot().needs == ()
    await front.assume("mfa")


@virtual
async def test_rows_stand_as_in_the_settings_file_also_before_what_they_start_from() -> None:
    pc = machine(profile("prod", "profile.hub", group="Production"), profile("hub", group="Shared"), profile("dev"))
    front = await pc.process()
    assert [each.name for each in front.snapshot().sessions] == ["prod", "hub", "dev"]


@virtual
async def test_renaming_and_removing_profiles_and_identities() -> None:
    pc = machine(mfa_profile("old"), profile("child", "profile.old"))
    front = await pc.process()
    click = asyncio.create_task(front.assume("old"))
    await give_code(front, machine=pc)
    await click
    assert (await rejected(front.remove_profile("old"))).code == "still-needed"
    assert (await rejected(front.remove_identity("alice"))).code == "still-needed"
    await front.put_identity(replace(identity(), name="bob"), formerly="alice")
    assert list(pc.keyring.items) == ["identity/bob"], "also the MFA session is gone"
    await front.remove_profile("child")
    error = await rejected(front.put_profile(mfa_profile("new", duration=900), formerly="old"))
    assert error.code == "source-missing"
    assert list(pc.settings.configuration.profiles) == ["old"], "nothing was written, nothing stopped"
    await front.put_profile(mfa_profile("new", source="identity.bob", duration=900), formerly="old")
    assert pc.file.found == {}
    assert list(front.engine.roster.profiles) == ["new"]
    assert (await rejected(front.put_identity(identity(), secret="too short"))).code == "secret-key"


@virtual
async def test_unknown_names_are_said() -> None:
    front = await machine().process()
    assert (await rejected(front.assume("nobody"))).code == "profile-unknown"
    assert (await rejected(front.stop("nobody"))).code == "profile-unknown"


# --- Refreshing, testing, previews ------------------------------------------------------------------------------------


@virtual
async def test_refresh_all_renews_parents_first_and_says_the_first_failure() -> None:
    pc = machine(profile("a"), profile("b", "profile.a"), profile("c", "profile.b"), profile("idle"))
    front = await pc.process()
    for name in "abc":
        await front.assume(name)
    pc.sts.calls.clear()
    await front.refresh_all()
    assert [call.request.role_arn[-1] for call in pc.sts.calls] == ["a", "b", "c"]
    signers = [call.signer.access_key_id for call in pc.sts.calls[1:]]
    assert signers == [session(front, name).obtained.access_key_id for name in "ab"]
    pc.sts.fail = lambda call: denied() if call.request.role_arn.endswith("b") else None
    assert (await rejected(front.refresh_all())).code == "access-denied"
    assert row(front, "c").problem is None


@virtual
async def test_test_obtains_and_publishes_nothing() -> None:
    pc = machine(profile("parent"), profile("draft", "profile.parent"))
    front = await pc.process()
    arn = await front.test(profile("draft", "profile.parent", role="Tried", publish=Publish.NONE))
    assert arn.endswith(":assumed-role/Tried/rolecall")
    assert (pc.file.found, pc.state.value.sessions) == ({}, {})
    assert not [key for key in pc.keyring.items if key.startswith("session/")]
    assert row(front, "draft").status is Status.IDLE
    pc.sts.fail = lambda _: offline()
    assert (await rejected(front.test(profile("draft", role="Tried")))).code == "unreachable"
    assert row(front, "draft").problem is None


@virtual
async def test_a_test_that_needs_a_code_asks_for_it() -> None:
    pc = machine(profile("plain"))
    front = await pc.process()
    trial = asyncio.create_task(front.test(profile("draft", mfa=MfaUse.ROLE)))
    await until(lambda: front.snapshot().needs)
    assert front.snapshot().needs[0].profiles == ("draft",)
    await give_code(front, machine=pc)
    assert (await trial).endswith("/draft/rolecall")


@pytest.mark.parametrize(
    ("draft", "action", "signed_by"),
    [
        (profile("p"), "AssumeRole", "alice, AKIAALICE00000000000"),
        (mfa_profile("p"), "AssumeRole", "alice (MFA session), AKIAALICE00000000000"),
        (profile("p", mfa=MfaUse.ROLE), "AssumeRole", "alice, AKIAALICE00000000000"),
        (profile("p", "profile.parent"), "AssumeRole", "parent"),
        (profile("p", role="-"), "GetSessionToken", "alice, AKIAALICE00000000000"),
        (profile("p", role="-", federated_user="guest"), "GetFederationToken", "alice, AKIAALICE00000000000"),
    ],
)
@virtual
async def test_previews_of_every_kind(draft: Profile, action: str, signed_by: str) -> None:
    front = await machine(profile("parent")).process()
    seen = front.preview(draft)
    values = {each.name: each for each in seen.rows}
    assert (values["Action"].value, values["Version"].value) == (action, "2011-06-15")
    assert (seen.signed_by, seen.host, seen.faults) == (signed_by, "sts.eu-west-1.amazonaws.com", ())
    if draft.mfa is MfaUse.ROLE:
        assert (values["TokenCode"].value, values["TokenCode"].hidden) == ("", True)
        assert values["SerialNumber"].value == str(identity().mfa_device)


@virtual
async def test_a_preview_tells_every_limit_at_its_row() -> None:
    front = await machine(profile("parent")).process()
    draft = profile("p", session_name="é", external_id="x", policy="p" * 3000, tags=(("K", "v"), ("k", "v")))
    seen = front.preview(draft)
    assert {fault.field for fault in seen.faults} == {"RoleSessionName", "ExternalId", "Policy", "Tags"}
    assert {each.name for each in seen.rows if each.fault and "Tags" not in each.name} == {
        "RoleSessionName",
        "ExternalId",
        "Policy",
    }
    assert seen.policy_characters == 3000
    capped = front.preview(profile("p", "profile.parent", duration=7200))
    assert [fault.code for fault in capped.faults] == ["duration-capped"]
    assert capped.note
    assert {each.name: each.value for each in capped.rows}["DurationSeconds"] == "3600"
    assert [f.code for f in front.preview(profile("p", "profile.nobody")).faults] == ["source-missing"]
    assert [f.code for f in front.preview(profile("p", "profile.p")).faults] == ["source-loop"]


@virtual
async def test_notes_of_federated_users_and_session_tokens() -> None:
    pc = machine(
        profile("guest", role="-", federated_user="guest"),
        profile("bound", role="-", federated_user="guest", policy="{}"),
        profile("token", role="-"),
        profile("token-mfa", role="-", mfa=MfaUse.SESSION, duration=900),
    )
    front = await pc.process()
    assert [bool(row(front, name).note) for name in ("guest", "bound", "token", "token-mfa")] == [
        True,
        False,
        True,
        False,
    ]
    await front.assume("guest")
    await front.assume("token")
    assert row(front, "guest").arn.endswith(":federated-user/guest")
    assert pc.sts.calls[-1].request.duration_seconds == 43200
    assert (await rejected(front.open_console("token"))).code == "console-session-token"
    await front.open_console("guest", "s3")
    assert pc.console.asked[-1][1] is None
    assert pc.settings.configuration.profiles["guest"].console_service == "s3"
    click = asyncio.create_task(front.assume("token-mfa"))
    await give_code(front, machine=pc)
    await click
    assert pc.sts.calls[-1].request.duration_seconds == 900


@virtual
async def test_the_console_obtains_the_session_first_and_asks_for_twelve_hours_where_it_may() -> None:
    pc = machine(profile("prod"), profile("child", "profile.prod"))
    front = await pc.process()
    await front.open_console("prod")
    await front.copy_console_url("child", "ec2")
    assert [seconds for _, seconds in pc.console.asked] == [43200, None]
    assert pc.desktop.opened[0].startswith("https://eu-west-1.signin.aws.amazon.com/federation?")
    assert "ec2" in pc.desktop.copied[0]
    assert (await rejected(front.open_console("prod", "nothing"))).code == "console-service"
    assert (await front.tools.who_am_i("profile.prod")).account == ACCOUNT


# --- Environment ------------------------------------------------------------------------------------------------------


def given(secret: str = "a/b+c=", token: str = "t/o+k=") -> Credentials:
    return Credentials(
        access_key_id="ASIA1", secret_access_key=Secret(secret), session_token=Secret(token), expires=START
    )


def test_words_for_bash_are_understood_by_it() -> None:
    text = environment.in_words_of("bash", given(), region="eu-west-1").reveal()
    script = (
        text + 'printf "%s|%s|%s|%s" "$AWS_ACCESS_KEY_ID" "$AWS_SECRET_ACCESS_KEY" "$AWS_SESSION_TOKEN" "$AWS_REGION"'
    )
    said = subprocess.run(["bash", "-c", script], capture_output=True, text=True, check=True).stdout
    assert said == "ASIA1|a/b+c=|t/o+k=|eu-west-1"


def test_words_for_the_others() -> None:
    def line(shell: str) -> str:
        return environment.in_words_of(shell, given(), region="eu-west-1").reveal().splitlines()[1]

    assert line("fish") == "set -gx AWS_SECRET_ACCESS_KEY 'a/b+c='"
    assert line("powershell") == "$Env:AWS_SECRET_ACCESS_KEY = 'a/b+c='"
    assert line("cmd") == 'set "AWS_SECRET_ACCESS_KEY=a/b+c="'
    assert environment.in_words_of("cmd", given(), region="r").reveal().count("\r\n") == 6
    told = json.loads(environment.in_words_of("json", given(), region="eu-west-1").reveal())
    assert told["AWS_CREDENTIAL_EXPIRATION"] == "2026-11-22T08:00:00Z"
    with pytest.raises(BadInput):
        environment.in_words_of("tcsh", given(), region="r")


@pytest.mark.parametrize("bad", ["'", '"', "%", "!", "\\", "$(id)", "`id`", "\n", "\u2019", " ", "&", "é", "\x00"])
@pytest.mark.parametrize("shell", ["bash", "fish", "powershell", "cmd"])
def test_what_could_end_a_quote_is_refused(shell: str, bad: str) -> None:
    for credentials in (given(secret=f"x{bad}y"), given(token=f"x{bad}y")):
        with pytest.raises(BadInput, match="shell") as refused:
            environment.in_words_of(shell, credentials, region="r")
        assert f"x{bad}y" not in str(refused.value)


# --- Views ------------------------------------------------------------------------------------------------------------


@virtual
async def test_several_changes_are_told_as_one() -> None:
    pc = machine(profile("prod"))
    front = await pc.process()
    told: list[int] = []
    end = front.subscribe(lambda: told.append(1))
    for _ in range(5):
        front.engine.changed()
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    assert told == [1]
    assert front.snapshot() is front.snapshot()
    end()


@virtual
async def test_views_hold_no_secret() -> None:
    pc = machine(mfa_profile("prod"))
    front = await pc.process()
    click = asyncio.create_task(front.assume("prod"))
    await give_code(front, machine=pc)
    await click
    assert "secret-" not in repr(front.snapshot()) + repr(session(front, "prod")) + repr(pc.state.value)
    assert row(front, "prod").key_id.startswith("ASIA…")


@virtual
async def test_what_a_thousand_profiles_cost() -> None:
    """Prints milliseconds for whoever changes something here; a machine under load proves nothing."""
    pc = machine(*[profile(f"r{n}", duration=43200) for n in range(1000)])
    front = await pc.process()
    await asyncio.gather(*(front.assume(f"r{n}") for n in range(200)))
    front.snapshot()
    await front.stop("r5")
    begun = time.perf_counter()
    snapshot = front.snapshot()
    snapped = time.perf_counter()
    await front.supervisor.tick()
    await front.supervisor.tick()
    ticking = time.perf_counter()
    await front.supervisor.tick()
    ended = time.perf_counter()
    print(f"\nsnapshot {(snapped - begun) * 1e3:.1f} ms, tick {(ended - ticking) * 1e3:.1f} ms")  # noqa: T201  # for people
    assert sum(each.status is Status.ACTIVE for each in snapshot.sessions) == 199
    assert (
        sum(each.expires is not None and each.expires - START > timedelta(hours=11) for each in snapshot.sessions)
        == 199
    )
    assert RoleArn.parse(f"arn:aws:iam::{ACCOUNT}:role/r0").name == snapshot.sessions[0].role_name


@virtual
async def test_an_identity_that_breaks_a_rule_leaves_no_secret_behind() -> None:
    front = await machine().process()
    wrong = replace(identity(), name="bob", access_key_id="wJalrXUtnFEMIxK7MDENGxbPxRfiCYEXAMPLEKEY")
    await rejected(front.put_identity(wrong, secret="x" * 40))
    await rejected(front.put_identity(replace(identity(), name="bob"), secret="x" * 40, totp="not base 32!"))
    assert await front.engine.world.secrets.get("identity/bob") is None
