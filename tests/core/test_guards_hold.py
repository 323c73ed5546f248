"""Guards hold whatever is edited, restarted, slept through, or wished for in a roundabout way."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta
from types import MappingProxyType
from typing import TYPE_CHECKING

import pytest

from app.core.console import CONSOLE_SECONDS
from app.domain.configuration import Profile, Publish, Refusal
from app.domain.errors import BadInput, Problem
from app.domain.happening import What
from app.domain.view import Status
from tests.core.fake_aws import offline
from tests.core.fakes import ACCOUNT, identity, machine, profile, rejected, row, session, supervised
from tests.core.sign_in_rig import corp, log_in
from tests.core.virtual_time import until, virtual

if TYPE_CHECKING:
    from collections.abc import Awaitable

    from app.core.front import Front
    from tests.core.fakes import Machine

OTHER = "999999999999"


def write(pc: Machine, *profiles: Profile) -> None:
    """Somebody edits the settings file."""
    named = MappingProxyType({each.name: each for each in profiles})
    pc.settings.write(replace(pc.settings.configuration, profiles=named))


async def asks(work: Awaitable[object], name: str, through: str = "") -> None:
    error = await rejected(work)
    assert isinstance(error, BadInput)
    assert error.code == "confirmation-needed"
    assert f"“{name}”" in error.title
    assert through in error.detail


async def withdrawn(pc: Machine) -> None:
    assert (pc.file.found, pc.state.value.sessions) == ({}, {})
    assert not [key for key in pc.keyring.items if key.startswith("session/")]


# --- A lease ends when it was to end ----------------------------------------------------------------------------------


@virtual
async def test_an_edit_in_the_window_does_not_lend_anew() -> None:
    pc = machine(profile("prod", duration=43200))
    front = await pc.process()
    async with supervised(front):
        await front.assume("prod")
        issued = row(front, "prod").issued
        await asyncio.sleep(60)
        await front.put_profile(profile("prod", duration=3600, lease=900), formerly="prod")
        assert row(front, "prod").lease_ends == issued + timedelta(seconds=900)
        await asyncio.sleep(850)
        await withdrawn(pc)
        assert row(front, "prod").status is Status.EXPIRED
        await asyncio.sleep(3600)
        assert [each.what for each in await front.activity()] == [What.LEASE_ENDED, What.OBTAINED]


@pytest.mark.parametrize("edited", ["itself", "parent"])
@virtual
async def test_an_edit_and_restarts_do_not_lend_anew(edited: str) -> None:
    def settings(word: str) -> tuple[Profile, Profile]:
        hub = profile("hub", session_name=word if edited == "parent" else None)
        return hub, profile("prod", "profile.hub", lease=300, session_name=word if edited == "itself" else None)

    pc = machine(*settings("one"))
    first = await pc.process()
    await first.assume("prod")
    ends = row(first, "prod").lease_ends
    await asyncio.sleep(200)
    write(pc, *settings("two"))
    second = await pc.process()
    assert row(second, "prod").lease_ends == ends
    assert not row(second, "prod").confirmed
    await asyncio.sleep(80)
    third = await pc.process()
    assert row(third, "prod").lease_ends == ends
    async with supervised(third):
        await asyncio.sleep(30)
    await withdrawn(pc)


@virtual
async def test_an_edit_does_not_make_a_loan_a_gift() -> None:
    pc = machine(profile("prod", lease=300))
    first = await pc.process()
    await first.assume("prod")
    ends = row(first, "prod").lease_ends
    write(pc, profile("prod", session_name="other"))
    second = await pc.process()
    assert row(second, "prod").lease_ends == ends
    async with supervised(second):
        await asyncio.sleep(310)
    await withdrawn(pc)


@virtual
async def test_what_is_lent_since_nobody_knows_when_is_withdrawn() -> None:
    pc = machine(profile("prod", lease=900), profile("free"))
    first = await pc.process()
    await first.assume("prod")
    await first.assume("free")
    await pc.state.update(lambda state: replace(state, sessions={}))
    second = await pc.process()
    assert list(pc.file.found) == ["free"]
    assert row(second, "prod").status is Status.IDLE


@pytest.mark.parametrize("publish", list(Publish))
@virtual
async def test_a_lease_that_is_over_when_it_is_set_is_over_at_start(publish: Publish) -> None:
    pc = machine(profile("prod", publish=publish))
    first = await pc.process()
    await first.assume("prod")
    await asyncio.sleep(1500)
    write(pc, profile("prod", lease=900, publish=publish))
    second = await pc.process(person_present=False)
    await withdrawn(pc)
    assert row(second, "prod").status is Status.IDLE
    assert (await second.activity())[0].what is What.LEASE_ENDED


@virtual
async def test_a_lease_set_for_a_section_under_another_name_ends_it_too() -> None:
    pc = machine(profile("prod"))
    first = await pc.process()
    await first.assume("prod")
    await asyncio.sleep(600)
    write(pc, profile("prod", lease=900, aws_profile="elsewhere"))
    second = await pc.process()
    async with supervised(second):
        assert list(pc.file.found) == ["prod"]
        await asyncio.sleep(305)
    await withdrawn(pc)


@virtual
async def test_the_console_ends_with_the_loan() -> None:
    pc = machine(profile("prod", lease=3600), profile("short", lease=60), profile("free"))
    front = await pc.process()
    await front.assume("prod")
    await asyncio.sleep(600)
    for name in ("prod", "short", "free"):
        await front.copy_console_url(name)
    seconds = [asked or 0 for _, asked in pc.console.asked]
    assert 2990 < seconds[0] <= 3000
    assert seconds[1:] == [900, CONSOLE_SECONDS]


@virtual
async def test_refreshing_all_leaves_what_is_lent() -> None:
    pc = machine(profile("lent", lease=900), profile("free"))
    front = await pc.process()
    await front.assume("lent")
    await front.assume("free")
    ends = row(front, "lent").lease_ends
    await asyncio.sleep(600)
    pc.sts.calls.clear()
    assert await front.refresh_all() == ("lent",)
    assert pc.sts.count("AssumeRole") == 1
    assert row(front, "lent").lease_ends == ends
    await front.refresh("lent")
    assert row(front, "lent").lease_ends > ends


@virtual
async def test_what_is_lent_and_guarded_is_lent_again_only_after_another_word() -> None:
    pc = machine(profile("prod", lease=900, confirm=True))
    front = await pc.process()
    await front.assume("prod", confirmed="prod")
    await asyncio.sleep(600)
    await front.assume("prod")
    assert pc.sts.count("AssumeRole") == 1
    await asks(front.refresh("prod"), "prod")
    await asks(front.refresh("prod", confirmed="no"), "prod")
    assert await front.refresh_all() == ("prod",)
    assert pc.sts.count("AssumeRole") == 1
    await front.refresh("prod", confirmed="prod")
    assert pc.sts.count("AssumeRole") == 2


# --- Nothing of another account ---------------------------------------------------------------------------------------


@virtual
async def test_what_is_known_to_be_of_another_account_is_withdrawn_at_start() -> None:
    def guest(pin: str) -> Profile:
        return profile("fed", role="-", federated_user="guest", account_pin=pin)

    pc = machine(guest(""), identity())
    await (await pc.process()).assume("fed")
    write(pc, guest("111122223333"))
    kept = await pc.process()
    assert list(pc.file.found) == ["fed"]
    assert row(kept, "fed").live(kept.now())
    write(pc, guest(OTHER))
    second = await pc.process()
    await withdrawn(pc)
    assert row(second, "fed").problem.code == "account-pin"
    assert not row(second, "fed").live(second.now())
    assert (await second.activity())[0].code == "account-pin"


@virtual
async def test_a_new_pin_says_why_it_withdrew() -> None:
    pc = machine(profile("fed", role="-", federated_user="guest"), identity())
    front = await pc.process()
    await front.assume("fed")
    await front.put_profile(profile("fed", role="-", federated_user="guest", account_pin=OTHER), formerly="fed")
    await withdrawn(pc)
    assert row(front, "fed").problem.code == "account-pin"


@virtual
async def test_what_aws_says_is_of_another_account_is_withdrawn() -> None:
    pc = machine(profile("me", role="-"), identity())
    front = await pc.process()
    await front.assume("me")
    write(pc, profile("me", role="-", account_pin=OTHER))
    await front.engine.look()
    assert list(pc.file.found) == ["me"]
    assert (await rejected(front.copy_environment("me", "bash"))).code == "account-pin"
    await withdrawn(pc)
    assert (row(front, "me").status, row(front, "me").problem.code) == (Status.FAILED, "account-pin")
    assert pc.desktop.copied == []
    assert (await front.activity())[0].code == "account-pin"


@pytest.mark.parametrize("running", [True, False])
@virtual
async def test_an_unknown_account_is_asked_for_in_the_background(*, running: bool) -> None:
    pc = machine(profile("me", role="-"), profile("other", role="-"), identity())
    front = await pc.process()
    await front.assume("me")
    await front.assume("other")
    account = (await front.tools.who_am_i("profile.me")).account
    write(pc, profile("me", role="-", account_pin=OTHER), profile("other", role="-", account_pin=account))
    if not running:
        front = await pc.process(person_present=False)
    async with supervised(front):
        await asyncio.sleep(5)
        assert list(pc.file.found) == ["other"]
        assert row(front, "me").problem.code == "account-pin"
        assert row(front, "other").confirmed
        asked = pc.sts.count("GetCallerIdentity")
        await asyncio.sleep(300)
        assert pc.sts.count("GetCallerIdentity") == asked


@virtual
async def test_aws_is_asked_again_when_it_did_not_answer() -> None:
    pc = machine(profile("me", role="-"), identity())
    await (await pc.process()).assume("me")
    write(pc, profile("me", role="-", account_pin=OTHER))
    pc.sts.fail = lambda _: offline()
    front = await pc.process()
    async with supervised(front):
        asked = pc.sts.count("GetCallerIdentity")
        await asyncio.sleep(50)
        assert pc.sts.count("GetCallerIdentity") - asked <= 1
        assert list(pc.file.found) == ["me"]
        pc.sts.fail = lambda _: None
        await asyncio.sleep(70)
    await withdrawn(pc)


# --- Nothing guarded without a word -----------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["prod", "child"])
@virtual
async def test_what_died_in_the_machines_sleep_is_not_obtained_unasked(name: str) -> None:
    pc = machine(profile("prod", confirm=True), profile("child", "profile.prod"))
    front = await pc.process()
    async with supervised(front):
        await front.assume(name, confirmed=name)
        calls = pc.sts.count("AssumeRole")
        pc.clock.suspend(3 * 86400)
        await asyncio.sleep(1200)
        assert row(front, name).status is Status.EXPIRED
        assert pc.sts.count("AssumeRole") == calls
        assert row(front, name).retry_at is None
        await withdrawn(pc)
        await asks(front.assume(name), name)
        await front.assume(name, confirmed=name)
        assert list(pc.file.found) == [name]


@virtual
async def test_what_is_guarded_and_could_not_be_renewed_waits_for_a_word() -> None:
    pc = machine(profile("prod", confirm=True))
    front = await pc.process()
    async with supervised(front):
        await front.assume("prod", confirmed="prod")
        pc.sts.fail = lambda _: offline()
        await asyncio.sleep(3700)
        pc.sts.fail = lambda _: None
        calls = pc.sts.count("AssumeRole")
        await asyncio.sleep(3600)
        assert pc.sts.count("AssumeRole") == calls
        assert not row(front, "prod").live(front.now())
        assert row(front, "prod").retry_at is None


@virtual
async def test_a_wish_for_a_child_asks_for_its_guarded_parent() -> None:
    pc = machine(profile("prod", confirm=True), profile("mid", "profile.prod"), profile("child", "profile.mid"))
    front = await pc.process()
    for typed in ("", "prod", "mid"):
        await asks(front.assume("child", confirmed=typed), "child")
    await asks(front.assume("child"), "child", "“prod”")
    await asks(front.copy_environment("child", "bash"), "child")
    await asks(front.copy_console_url("child"), "child")
    assert pc.sts.calls == []
    assert (row(front, "child").confirm, row(front, "child").guarded_by) == (True, "prod")
    await front.assume("child", confirmed="child")
    assert list(pc.file.found) == ["child"]
    assert (row(front, "child").confirm, row(front, "mid").guarded_by) == (False, "")


@virtual
async def test_a_child_of_a_guarded_parent_that_lives_needs_no_word() -> None:
    pc = machine(profile("prod", confirm=True), profile("child", "profile.prod"))
    front = await pc.process()
    await front.assume("prod", confirmed="prod")
    assert not row(front, "child").confirm
    await front.assume("child")
    await front.refresh("child")
    assert await front.refresh_all() == ()
    await front.stop("prod")
    assert row(front, "child").confirm
    await front.assume("child")
    await asks(front.refresh("child"), "child", "“prod”")
    assert await front.refresh_all() == ("child",)
    await front.refresh("child", confirmed="child")


@virtual
async def test_a_parent_that_aws_refuses_is_not_obtained_anew_without_a_word() -> None:
    pc = machine(profile("prod", confirm=True), profile("child", "profile.prod"))
    front = await pc.process()
    await front.assume("prod", confirmed="prod")
    keeper = front.engine.keeper("prod")
    click = asyncio.create_task(front.assume("child"))
    await keeper._drop()  # as AWS's refusal in the middle of the wish does
    await asks(click, "child", "“prod”")
    assert pc.sts.count("AssumeRole") == 1


@virtual
async def test_a_trial_of_what_is_guarded_asks() -> None:
    pc = machine(profile("prod", confirm=True))
    front = await pc.process()
    await asks(front.test(profile("prod", confirm=True)), "prod")
    await asks(front.test(profile("prod")), "prod")
    await asks(front.test(profile("draft", confirm=True)), "draft")
    await asks(front.test(profile("draft", "profile.prod")), "draft", "“prod”")
    assert pc.sts.calls == []
    assert ACCOUNT in await front.test(profile("prod", confirm=True), confirmed="prod")
    assert ACCOUNT in await front.test(profile("draft", "profile.prod"), confirmed="draft")
    assert pc.file.found == {}


async def nobody(front: Front, name: str) -> bool:
    return (await rejected(front.tools.who_am_i(f"profile.{name}"))).code == "no-session"


@virtual
async def test_what_only_signs_speaks_for_nobody() -> None:
    pc = machine(profile("prod", confirm=True), profile("child", "profile.prod"))
    front = await pc.process()
    await front.assume("child", confirmed="child")
    assert await nobody(front, "prod")
    assert (await front.tools.who_am_i("profile.child")).account == ACCOUNT
    await front.assume("prod", confirmed="prod")
    assert not (await front.tools.who_am_i("profile.prod")).problem


# --- Roles of an assertion --------------------------------------------------------------------------------------------


def without(pc: Machine, name: str, *more: Profile, refusals: tuple[Refusal, ...] = ()) -> None:
    now = pc.settings.configuration
    profiles = {each: found for each, found in now.profiles.items() if each != name}
    profiles |= {each.name: each for each in more}
    pc.settings.configuration = replace(now, profiles=MappingProxyType(profiles), refusals=refusals)


@virtual
async def test_a_role_whose_profile_is_refused_is_not_made_anew() -> None:
    pc = corp("prod", "free")
    role = str(pc.settings.configuration.profiles["prod"].role_arn)
    slip = Refusal(entry="profile.prod", problem=Problem(code="x", title="lease: too long"), role_arn=role)
    without(pc, "prod", refusals=(slip,))
    front = await pc.process()
    await log_in(front, pc, "free")
    error = await rejected(front.assume_offered("corp", (role,)))
    assert (error.code, "“prod”" in error.title) == ("role-refused", True)
    assert list(pc.settings.configuration.profiles) == ["free"]
    assert list(pc.file.found) == ["free"]


@virtual
async def test_a_role_that_another_profile_guards_stays_as_guarded() -> None:
    pc = corp("prod", "free")
    role = pc.settings.configuration.profiles["prod"].role_arn
    others = (
        replace(profile("a", "profile.free"), role_arn=role, confirm=True, lease=3600),
        replace(profile("b", "profile.free"), role_arn=role, lease=900, account_pin=ACCOUNT),
    )
    without(pc, "prod", *others)
    front = await pc.process()
    await log_in(front, pc, "free")
    [name] = (await front.assume_offered("corp", (str(role),))).values()
    made = front.engine.keeper(name).profile
    assert (made.confirm, made.lease, made.account_pin) == (True, 900, ACCOUNT)
    await until(lambda: row(front, name).problem)
    assert row(front, name).problem.code == "confirmation-needed"
    assert session(front, name).obtained is None
