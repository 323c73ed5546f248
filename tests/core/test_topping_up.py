"""Topping up: everything anew in the right order, at most one code of each device and one sign-in at each provider."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from app.domain.configuration import MfaMethod, MfaUse
from app.domain.secret import Secret
from tests.core.fake_aws import denied
from tests.core.fakes import DEVICE, give_code, identity, machine, mfa_profile, profile, session, supervised
from tests.core.sign_in_rig import corp, log_in
from tests.core.virtual_time import until, virtual

if TYPE_CHECKING:
    from datetime import datetime

    from app.core.front import Front
    from app.domain.deadlines import ToppedUp
    from tests.core.fakes import Machine


def issued(front: Front, *names: str) -> list[datetime]:
    return [session(front, name).obtained.issued for name in names]


async def assume_with_codes(front: Front, pc: Machine, *names: str) -> None:
    """Assume one after the other, each with a code of its own step where one is asked for."""
    for name in names:
        click = asyncio.create_task(front.assume(name))
        await until(lambda click=click: click.done() or front.snapshot().needs)  # type: ignore[misc]  # bound now
        if not click.done():
            await give_code(front, machine=pc)
        await click
        await asyncio.sleep(31)


@virtual
async def test_all_that_lives_is_renewed_parents_before_children_with_one_code() -> None:
    pc = machine(
        mfa_profile("hub"), mfa_profile("a"), profile("child", "profile.hub"), profile("plain"), profile("idle"),
        profile("me", role="-", mfa=MfaUse.SESSION),
    )  # fmt: skip
    front = await pc.process()
    names = ("hub", "a", "child", "plain", "me")
    await assume_with_codes(front, pc, *names)
    begun, before = front.now(), len(pc.sts.calls)
    topping = asyncio.create_task(front.top_up())
    await until(lambda: front.snapshot().needs)
    [need] = front.snapshot().needs
    assert need.wanted_now
    assert set(need.profiles) == {"hub", "a", "child", "me"}
    await give_code(front, machine=pc)
    found = await topping
    assert found.left == ()
    assert set(found.renewed) == set(names)
    assert all(each > begun for each in issued(front, *names))
    calls = pc.sts.calls[before:]
    assert [call.action for call in calls].count("GetSessionToken") == 1
    [child] = [call for call in calls if getattr(call.request, "role_arn", "").endswith("child")]
    assert child.signer.access_key_id == session(front, "hub").obtained.access_key_id
    assert pc.file.found["me"].credentials.access_key_id == session(front, "me").obtained.access_key_id  # type: ignore[union-attr]  # it is there
    assert session(front, "idle").obtained is None


@virtual
async def test_a_device_is_asked_once_and_the_rest_is_left_and_told() -> None:
    pc = machine(mfa_profile("shared"), profile("one", mfa=MfaUse.ROLE), profile("two", mfa=MfaUse.ROLE))
    front = await pc.process()
    await assume_with_codes(front, pc, "shared", "one", "two")
    old = issued(front, "one", "two")
    topping = asyncio.create_task(front.top_up())
    await give_code(front, machine=pc)
    found = await topping
    assert found.renewed == ("shared",)
    assert [name for name, _ in found.left] == ["one", "two"]
    assert all(str(DEVICE) in reason for _, reason in found.left)
    assert issued(front, "one", "two") == old
    assert front.snapshot().needs == ()


@virtual
async def test_without_a_shared_session_the_one_that_ends_first_gets_the_code() -> None:
    pc = machine(profile("one", mfa=MfaUse.ROLE, duration=7200), profile("two", mfa=MfaUse.ROLE))
    front = await pc.process()
    await assume_with_codes(front, pc, "one", "two")
    topping = asyncio.create_task(front.top_up())
    assert await give_code(front, machine=pc) == "role two"
    found = await topping
    assert (found.renewed, [name for name, _ in found.left]) == (("two",), ["one"])


@virtual
async def test_two_keys_of_one_user_share_a_device_and_one_code() -> None:
    bob = identity("bob", mfa_device=DEVICE)
    pc = machine(mfa_profile("a"), mfa_profile("b"), profile("c", "identity.bob", mfa=MfaUse.SESSION), identity(), bob)
    front = await pc.process()
    await assume_with_codes(front, pc, "a", "b", "c")
    topping = asyncio.create_task(front.top_up())
    await until(lambda: front.snapshot().needs)
    assert [need.key for need in front.snapshot().needs] == [f"mfa:alice:{DEVICE}"]
    await give_code(front, machine=pc)
    found = await topping
    # bob's MFA session still signs for hours
    assert set(found.renewed) == {"a", "b", "c"}


@virtual
async def test_stored_codes_are_no_trouble_for_anybody() -> None:
    pc = machine(
        profile("one", mfa=MfaUse.ROLE), profile("two", mfa=MfaUse.ROLE), mfa_profile("a"),
        identity(mfa=MfaMethod.STORED),
    )  # fmt: skip
    pc.keyring.items["totp/alice"] = Secret("ABCDEFGHIJKLMNOP")
    front = await pc.process(person_present=False)
    await asyncio.gather(*(front.assume(name) for name in ("one", "two", "a")))
    found = await front.top_up()
    assert (set(found.renewed), found.left) == ({"one", "two", "a"}, ())
    assert len(pc.sts.codes_seen) == len(set(pc.sts.codes_seen)) == 6


@virtual
async def test_one_login_serves_all_of_a_provider_and_who_needs_nobody_asks_nobody() -> None:
    pc = corp("a", "b", "c")
    front = await pc.process()
    for name in ("a", "b", "c"):
        if not pc.window.shown:
            await log_in(front, pc, name)
        else:
            await front.assume(name)
    await asyncio.sleep(600)
    topping = asyncio.create_task(front.top_up())
    await until(lambda: pc.window.open)
    [need] = front.snapshot().needs
    assert need.profiles == ("a", "b", "c")
    pc.window.log_in()
    found = await topping
    assert (found.renewed, found.left) == (("a", "b", "c"), ())
    assert pc.window.shown == 2


@virtual
async def test_who_says_no_is_not_asked_again_by_each_child() -> None:
    pc = corp("a", "b")
    front = await pc.process()
    await log_in(front, pc, "a")
    await front.assume("b")
    await asyncio.sleep(600)
    topping = asyncio.create_task(front.top_up())
    await until(lambda: pc.window.open)
    await front.decline("sign-in corp")
    found = await topping
    assert (found.renewed, found.left) == ((), (("a", "cancelled"), ("b", "cancelled")))
    assert pc.window.shown == 2
    assert session(front, "a").obtained.live(front.now())


@virtual
async def test_a_declined_code_leaves_what_needs_it_and_renews_the_rest() -> None:
    pc = machine(
        mfa_profile("a"), profile("me", role="-", mfa=MfaUse.SESSION), profile("plain"),
    )  # fmt: skip
    front = await pc.process()
    await assume_with_codes(front, pc, "a", "me", "plain")
    topping = asyncio.create_task(front.top_up())
    await until(lambda: front.snapshot().needs)
    await front.decline(front.snapshot().needs[0].key)
    found: ToppedUp = await topping
    # the MFA session that is there still signs; only a new one could be published as “me”
    assert found.renewed == ("a", "plain")
    assert found.left == (("me", "cancelled"),)
    assert front.snapshot().needs == ()


@virtual
async def test_the_failure_of_one_is_told_and_stops_no_other() -> None:
    pc = machine(profile("hub"), profile("bad"), profile("child", "profile.hub"), profile("deep", "profile.child"))
    front = await pc.process()
    for name in ("hub", "bad", "child", "deep"):
        await front.assume(name)
    pc.sts.fail = lambda call: denied() if call.request.role_arn.endswith(("bad", "child")) else None
    found = await front.top_up()
    assert found.renewed == ("hub", "deep")
    assert found.left == (("bad", "AWS denied access"), ("child", "AWS denied access"))


@virtual
async def test_guarded_sessions_that_live_are_renewed_and_lent_ones_are_left() -> None:
    pc = machine(profile("prod", confirm=True), profile("lent", lease=3000))
    front = await pc.process()
    await front.assume("prod", confirmed="prod")
    await front.assume("lent")
    ends = session(front, "lent").obtained.lease_ends
    found = await front.top_up()
    assert (found.renewed, found.left) == (("prod",), (("lent", "leased"),))
    assert session(front, "lent").obtained.lease_ends == ends


@virtual
async def test_a_top_up_that_is_cancelled_leaves_nothing_behind() -> None:
    pc = machine(mfa_profile("a"))
    front = await pc.process()
    async with supervised(front):
        await assume_with_codes(front, pc, "a")
        topping = asyncio.create_task(front.top_up())
        await until(lambda: front.snapshot().needs)
        topping.cancel()
        await asyncio.wait([topping])
        assert front.snapshot().needs == ()
        assert session(front, "a").obtained.live(front.now())
