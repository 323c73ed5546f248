"""Guards: a confirmation that nobody gets round, a lease that ends for all processes, and a pinned account."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import pytest

from app.core.keeper import Wish
from app.core.views import LEASED, LEASED_SHORTLY
from app.domain.configuration import MfaUse, Profile, Publish
from app.domain.errors import BadInput
from app.domain.view import Status
from tests.core.fake_aws import Loose, offline
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
from tests.core.sign_in_rig import corp, log_in
from tests.core.virtual_time import until, virtual

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from app.core.front import Front
    from tests.core.fakes import Machine


async def confirm_needed(work: Awaitable[object]) -> None:
    error = await rejected(work)
    assert isinstance(error, BadInput)
    assert (error.code, error.field) == ("confirmation-needed", "confirm")
    assert "prod" in error.title
    assert "--confirm prod" in error.remedy
    assert error.detail


# --- confirm ----------------------------------------------------------------------------------------------------------


@virtual
async def test_a_wish_for_a_guarded_profile_needs_its_name_exactly() -> None:
    pc = machine(profile("prod", confirm=True))
    front = await pc.process()
    for typed in ("", "Prod", "prod ", "yes"):
        await confirm_needed(front.assume("prod", confirmed=typed))
    assert pc.sts.calls == []
    assert row(front, "prod").status is Status.IDLE
    assert row(front, "prod").confirm
    await front.assume("prod", confirmed="prod")
    assert row(front, "prod").status is Status.ACTIVE


@virtual
async def test_nothing_else_is_asked_before_the_confirmation() -> None:
    pc = machine(mfa_profile("prod", confirm=True))
    pc.aws_config.settings["prod"] = "credential_process"
    front = await pc.process()
    await confirm_needed(front.assume("prod"))
    assert front.snapshot().needs == ()


def every_way_round() -> dict[str, Callable[[Front], Awaitable[object]]]:
    async def key_that_signs(front: Front) -> object:
        wish = Wish(profile="prod", since=front.now(), by_person=True)
        return await front.engine.keeper("prod").sign(wish)

    return {
        "refresh": lambda front: front.refresh("prod"),
        "environment": lambda front: front.copy_environment("prod", "bash"),
        "console": lambda front: front.copy_console_url("prod"),
        "open console": lambda front: front.open_console("prod"),
        "tools": key_that_signs,
    }


@pytest.mark.parametrize("way", every_way_round())
@virtual
async def test_no_other_wish_gets_round_the_confirmation(way: str) -> None:
    pc = machine(profile("prod", confirm=True))
    front = await pc.process()
    await confirm_needed(every_way_round()[way](front))
    assert pc.sts.calls == []
    assert pc.desktop.copied == pc.desktop.opened == []


@virtual
async def test_roles_of_an_assertion_are_not_assumed_without_confirmation() -> None:
    pc = corp("prod", "free")
    guarded = replace(pc.settings.configuration.profiles["prod"], confirm=True)
    pc.settings.configuration = replace(
        pc.settings.configuration,
        profiles=MappingProxyType({**pc.settings.configuration.profiles, "prod": guarded}),
    )
    front = await pc.process()
    await log_in(front, pc, "free")
    role = guarded.role_arn
    await front.assume_offered("corp", (str(role),))
    await until(lambda: row(front, "prod").problem)
    assert row(front, "prod").problem.code == "confirmation-needed"
    assert not row(front, "prod").live(front.now())


@virtual
async def test_what_lives_is_used_and_renewed_without_another_confirmation() -> None:
    pc = machine(profile("prod", confirm=True))
    front = await pc.process()
    async with supervised(front):
        await front.assume("prod", confirmed="prod")
        await front.assume("prod")
        await front.copy_environment("prod", "bash")
        await front.refresh("prod")
        first = session(front, "prod").obtained
        await asyncio.sleep(3 * 3600)
        assert session(front, "prod").obtained.issued > first.issued
        await front.stop("prod")
        await confirm_needed(front.assume("prod"))


@virtual
async def test_what_only_signed_for_its_children_is_not_published_without_confirmation() -> None:
    pc = machine(profile("prod", confirm=True), profile("child", "profile.prod"))
    front = await pc.process()
    await front.assume("child", confirmed="child")
    assert session(front, "prod").obtained is not None
    await confirm_needed(front.assume("prod"))
    assert list(pc.file.found) == ["child"]


# --- lease ------------------------------------------------------------------------------------------------------------


@virtual
async def test_a_lease_ends_for_good_within_5_seconds() -> None:
    pc = machine(profile("prod", lease=1800))
    front = await pc.process()
    async with supervised(front):
        await front.assume("prod")
        seen = row(front, "prod")
        assert seen.lease_ends == seen.issued + timedelta(minutes=30)
        assert seen.lease_ends - timedelta(seconds=1) < seen.expires <= seen.lease_ends
        assert seen.renews is None
        assert pc.sts.calls[-1].request.duration_seconds == 1800
        await asyncio.sleep(1795)
        assert "prod" in pc.file.found
        await asyncio.sleep(10)
        assert (pc.file.found, pc.state.value.sessions) == ({}, {})
        seen = row(front, "prod")
        assert (seen.status, seen.problem, seen.expires) == (Status.EXPIRED, None, seen.expires)
        await asyncio.sleep(3600)
        assert row(front, "prod").status is Status.EXPIRED
    assert pc.sts.count("AssumeRole") == 1


@virtual
async def test_a_lease_shorter_than_aws_gives_is_kept_all_the_same() -> None:
    pc = machine(profile("prod", lease=60), profile("short", duration=900, lease=7200))
    front = await pc.process()
    async with supervised(front):
        await front.assume("prod")
        assert pc.sts.calls[-1].request.duration_seconds == 900
        assert "15 min" in row(front, "prod").note
        await front.assume("short")
        seen = row(front, "short")
        assert seen.expires < seen.lease_ends
        await asyncio.sleep(65)
        assert "prod" not in pc.file.found
        await asyncio.sleep(900)
        assert row(front, "short").status is Status.EXPIRED
        await asyncio.sleep(7200)
    assert pc.sts.count("AssumeRole") == 2


@virtual
async def test_the_preview_tells_what_the_lease_does_to_the_request() -> None:
    front = await machine(profile("prod")).process()

    def sent(**guards: Loose) -> tuple[str | None, str]:
        shown = front.preview(profile("prod", **guards))
        rows = {each.name: each.value for each in shown.rows}
        assert shown.faults == ()
        return rows.get("DurationSeconds"), shown.note

    assert sent(lease=1800) == ("1800", LEASED)
    assert sent(lease=60) == ("900", LEASED_SHORTLY)
    assert sent(lease=1800, duration=7200) == ("1800", LEASED)
    assert sent(lease=7200) == (None, "")


@virtual
async def test_refresh_begins_a_new_lease_and_other_clicks_do_not() -> None:
    pc = machine(profile("prod", lease=1800))
    front = await pc.process()
    async with supervised(front):
        await front.assume("prod")
        await asyncio.sleep(1200)
        ends = row(front, "prod").lease_ends
        await front.assume("prod")
        await front.copy_environment("prod", "bash")
        assert row(front, "prod").lease_ends == ends
        await front.refresh("prod")
        assert row(front, "prod").lease_ends == row(front, "prod").issued + timedelta(seconds=1800) > ends
        await asyncio.sleep(1200)
        assert row(front, "prod").live(front.now())
        await asyncio.sleep(700)
        assert row(front, "prod").status is Status.EXPIRED


@virtual
async def test_a_refresh_that_failed_is_not_tried_again_by_itself() -> None:
    pc = machine(profile("prod", lease=1800))
    front = await pc.process()
    async with supervised(front):
        await front.assume("prod")
        pc.sts.fail = lambda _: offline()
        await rejected(front.refresh("prod"))
        pc.sts.fail = lambda _: None
        assert row(front, "prod").retry_at is None
        await asyncio.sleep(1900)
        assert pc.sts.count("AssumeRole") == 2
        assert pc.file.found == {}


@pytest.mark.parametrize("publish", list(Publish))
@virtual
async def test_a_lease_is_shared_and_survives_restarts(publish: Publish) -> None:
    pc = machine(profile("prod", lease=3000, publish=publish))
    first = await pc.process()
    await first.assume("prod")
    ends = row(first, "prod").lease_ends
    other = await pc.process(person_present=False)
    assert row(other, "prod").lease_ends == ends
    # A longer lease is for the next time; none at all does not make a loan a gift
    pc.settings.write(
        replace(pc.settings.configuration, profiles=MappingProxyType({"prod": profile("prod", publish=publish)}))
    )
    async with supervised(other):
        await asyncio.sleep(2990)
        assert row(other, "prod").lease_ends == ends
        assert row(other, "prod").live(other.now())
        await asyncio.sleep(15)
        assert row(other, "prod").status is Status.EXPIRED
    assert pc.state.value.sessions == {}
    assert pc.file.found == {}
    assert pc.sts.count("AssumeRole") == 1


@virtual
async def test_a_lease_that_ended_while_nothing_ran_is_withdrawn_at_start() -> None:
    pc = machine(profile("prod", duration=7200, lease=60), profile("other"))
    first = await pc.process()
    await first.assume("prod")
    await first.assume("other")
    await asyncio.sleep(70)
    second = await pc.process(person_present=False)
    assert list(pc.file.found) == ["other"]
    assert list(pc.state.value.sessions) == ["other"]
    assert not row(second, "prod").live(second.now())


@virtual
async def test_a_lease_that_is_new_counts_for_what_lives_already() -> None:
    pc = machine(profile("prod"))
    front = await pc.process()
    async with supervised(front):
        await front.assume("prod")
        await asyncio.sleep(600)
        pc.settings.write(
            replace(pc.settings.configuration, profiles=MappingProxyType({"prod": profile("prod", lease=1200)}))
        )
        await asyncio.sleep(5)
        assert row(front, "prod").lease_ends == row(front, "prod").issued + timedelta(seconds=1200)
        assert row(await pc.process(), "prod").lease_ends == row(front, "prod").lease_ends
        await asyncio.sleep(600)
        assert pc.file.found == {}


@virtual
async def test_a_lease_ends_in_the_machines_sleep_too() -> None:
    pc = machine(profile("prod", lease=1800))
    front = await pc.process()
    async with supervised(front):
        await front.assume("prod")
        pc.clock.suspend(1790)
        await asyncio.sleep(5)
        assert row(front, "prod").live(front.now())
        pc.clock.suspend(3600)
        await asyncio.sleep(5)
        assert pc.file.found == {}
        assert row(front, "prod").status is Status.EXPIRED
    assert pc.sts.count("AssumeRole") == 1


@virtual
async def test_nothing_in_the_background_signs_with_a_parent_whose_lease_is_over() -> None:
    pc = machine(profile("hub", lease=1200), profile("child", "profile.hub"))
    front = await pc.process()
    async with supervised(front):
        await front.assume("hub")
        await front.assume("child")
        await asyncio.sleep(3600)
        assert row(front, "hub").status is Status.EXPIRED
        assert row(front, "child").problem.code == "lease-over"
        assert pc.sts.count("AssumeRole") == 2
        await front.assume("child")
        assert row(front, "child").live(front.now())
        assert list(pc.file.found) == ["child"]


@virtual
async def test_an_mfa_session_that_is_lent_is_one_of_its_own() -> None:
    lent = profile("lent", role="-", mfa=MfaUse.SESSION, lease=1200)
    pc = machine(lent, profile("shared", role="-", mfa=MfaUse.SESSION), mfa_profile("a"))
    front = await pc.process()
    async with supervised(front):
        click = asyncio.create_task(front.assume("lent"))
        await give_code(front, machine=pc)
        await click
        [call] = pc.sts.calls
        assert (call.action, call.request.duration_seconds) == ("GetSessionToken", 1200)
        await asyncio.sleep(1205)
        assert pc.file.found == {}


# --- account_pin ------------------------------------------------------------------------------------------------------


def pinned(pc: Machine, account: str = "999999999999") -> None:
    """GetCallerIdentity names another account from now on."""
    ask = pc.sts.get_caller_identity

    async def other(**asked: Any) -> Any:  # noqa: ANN401  # the fake's own words
        answer = await ask(**asked)
        return replace(answer, account=account)

    pc.sts.get_caller_identity = other  # type: ignore[method-assign]  # another AWS


@virtual
async def test_the_right_account_is_published_after_it_was_asked() -> None:
    pc = machine(profile("prod", account_pin=ACCOUNT))
    front = await pc.process()
    asked: list[int] = []
    pc.file.on_write = lambda: asked.append(pc.sts.count("GetCallerIdentity"))
    await front.assume("prod")
    assert asked == [1]
    assert pc.sts.calls[-1].signer.access_key_id == pc.file.found["prod"].credentials.access_key_id  # type: ignore[union-attr]  # it is there


@pytest.mark.parametrize("publish", list(Publish))
@virtual
async def test_another_account_is_refused_and_nothing_is_written(publish: Publish) -> None:
    pc = machine(profile("prod", account_pin=ACCOUNT, publish=publish))
    front = await pc.process()
    pinned(pc)
    error = await rejected(front.assume("prod"))
    assert error.code == "account-pin"
    assert "999999999999" in error.title
    assert ACCOUNT in error.detail
    assert (pc.file.found, pc.file.history, pc.state.value.sessions) == ({}, [], {})
    assert not [key for key in pc.keyring.items if key.startswith("session/")]
    assert session(front, "prod").obtained is None
    assert row(front, "prod").status is Status.FAILED


@virtual
async def test_a_renewal_of_another_account_leaves_what_still_works() -> None:
    pc = machine(profile("prod", account_pin=ACCOUNT))
    front = await pc.process()
    await front.assume("prod")
    before = pc.file.found["prod"].credentials
    pinned(pc)
    assert (await rejected(front.refresh("prod"))).code == "account-pin"
    assert pc.file.found["prod"].credentials == before
    assert row(front, "prod").live(front.now())
    assert row(front, "prod").problem.code == "account-pin"


@virtual
async def test_a_signers_session_is_not_dropped_when_only_the_question_failed() -> None:
    pc = machine(profile("hub"), profile("prod", "profile.hub", account_pin=ACCOUNT))
    front = await pc.process()
    await front.assume("hub")
    hub = session(front, "hub").obtained
    ask = pc.sts.get_caller_identity

    async def down(**asked: Any) -> Any:  # noqa: ANN401  # the fake's own words
        await ask(**asked)
        raise offline()

    pc.sts.get_caller_identity = down  # type: ignore[method-assign]  # a network that breaks
    assert (await rejected(front.assume("prod"))).code == "unreachable"
    assert session(front, "hub").obtained is hub
    assert list(pc.file.found) == ["hub"]


@virtual
async def test_a_session_of_unknown_origin_is_held_against_the_pin() -> None:
    pc = machine(profile("me", role="-", account_pin="111122223333"))
    front = await pc.process()
    await front.assume("me")
    await pc.state.update(lambda state: replace(state, sessions={}))
    other = await pc.process()
    pinned(pc)
    assert (await rejected(other.assume("me"))).code == "account-pin"
    assert pc.file.found == {}


@virtual
async def test_a_new_pin_is_held_against_what_lives() -> None:
    def settings(pin: str) -> dict[str, Profile]:
        guest = profile("fed", role="-", federated_user="guest", account_pin=pin)
        return {"me": profile("me", role="-", account_pin=pin), "fed": guest}

    pc = machine(*settings("").values(), identity())
    front = await pc.process()
    await front.assume("me")
    await front.assume("fed")
    pc.settings.write(replace(pc.settings.configuration, profiles=MappingProxyType(settings("999999999999"))))
    await front.engine.look()
    # The federated user's ARN tells its account; a session token's is asked for before it is used again
    assert list(pc.file.found) == ["me"]
    assert row(front, "me").renews is None
    assert (await rejected(front.copy_environment("me", "bash"))).code == "account-pin"
