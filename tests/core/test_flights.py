"""Obtaining: chains, single flight, cancelling, second chances."""

from __future__ import annotations

import asyncio

import pytest

from app.domain.configuration import MfaUse, Publish
from app.domain.credentials import Credentials, LongTermKey
from app.domain.errors import Denied, StorageTrouble
from app.domain.published import Origin
from app.domain.secret import Secret
from app.domain.view import Status
from tests.core.fake_aws import Call, denied, expired_session, offline
from tests.core.fake_file import Section
from tests.core.fakes import (
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
from tests.core.virtual_time import until, virtual


@virtual
async def test_one_click_obtains_and_publishes() -> None:
    pc = machine(profile("prod"))
    front = await pc.process()
    assert row(front, "prod").status is Status.IDLE
    click = asyncio.create_task(front.assume("prod"))
    await until(lambda: row(front, "prod").status is Status.ACQUIRING)
    await click
    seen = row(front, "prod")
    assert (seen.status, seen.published, seen.arn) == (
        Status.ACTIVE,
        True,
        "arn:aws:sts::123456789012:assumed-role/prod/rolecall",
    )
    assert pc.file.found["prod"].credentials is not None
    assert pc.state.value.sessions["prod"].access_key_id == pc.file.found["prod"].credentials.access_key_id
    assert pc.locks.taken() == []
    await front.assume("prod")
    assert pc.sts.count("AssumeRole") == 1


@virtual
async def test_a_chain_of_any_depth_is_obtained_parents_first() -> None:
    depth = 6
    links = [profile("p0", duration=7200)]
    links += [profile(f"p{n}", f"profile.p{n - 1}", duration=7200) for n in range(1, depth)]
    pc = machine(*links)
    front = await pc.process()
    await front.assume(f"p{depth - 1}")
    asked = [call.request.role_arn.rpartition("/")[2] for call in pc.sts.calls]
    assert asked == [f"p{n}" for n in range(depth)]
    assert isinstance(pc.sts.calls[0].signer, LongTermKey)
    assert [call.request.duration_seconds for call in pc.sts.calls] == [7200, *[3600] * (depth - 1)]
    assert list(pc.file.found) == [f"p{depth - 1}"]
    assert row(front, "p5").note
    assert not row(front, "p0").note
    # the parents only sign: they are nobody's sessions
    assert row(front, "p3").status is Status.IDLE
    assert [link.kind for link in row(front, "p5").chain] == ["identity", *["role"] * depth]


@virtual
async def test_a_parent_that_signed_is_published_when_wanted_without_asking_again() -> None:
    pc = machine(profile("parent"), profile("child", "profile.parent"))
    front = await pc.process()
    await front.assume("child")
    await front.assume("parent")
    assert pc.sts.count("AssumeRole") == 2
    assert set(pc.file.found) == {"parent", "child"}
    assert row(front, "parent").status is Status.ACTIVE


@virtual
async def test_ten_clicks_are_one_request() -> None:
    pc = machine(profile("prod"), *[profile(f"c{n}", "profile.prod") for n in range(9)])
    front = await pc.process()
    await asyncio.gather(*(front.assume("prod") for _ in range(10)), *(front.assume(f"c{n}") for n in range(9)))
    assert pc.sts.count("AssumeRole") == 1 + 9
    assert set(pc.file.found) == {"prod", *(f"c{n}" for n in range(9))}


@virtual
async def test_a_cancelled_waiter_leaves_the_others() -> None:
    pc = machine(profile("parent"), *[profile(name, "profile.parent") for name in "abc"])
    front = await pc.process()
    clicks = [asyncio.create_task(front.assume(name)) for name in "abc"]
    await until(lambda: pc.sts.calls)
    await front.cancel("a")
    assert (await rejected(clicks[0])).code == "declined"
    await asyncio.gather(*clicks[1:])
    assert row(front, "a").status is Status.IDLE
    assert row(front, "b").status is Status.ACTIVE
    assert pc.sts.count("AssumeRole") == 3


@virtual
async def test_the_last_waiter_takes_the_flight_along() -> None:
    pc = machine(profile("parent"), *[profile(name, "profile.parent") for name in "abc"])
    front = await pc.process()
    clicks = [asyncio.create_task(front.assume(name)) for name in "abc"]
    await until(lambda: pc.sts.calls)
    for click in clicks:
        click.cancel()
    await asyncio.wait(clicks)
    assert all(click.cancelled() for click in clicks)
    assert not any(session(front, name).busy for name in ("parent", "a", "b", "c"))
    assert pc.locks.taken() == []
    await asyncio.sleep(5)
    assert pc.sts.count("AssumeRole") == 1
    assert pc.file.found == {}


@virtual
async def test_one_of_three_waiting_on_the_same_profile_may_leave() -> None:
    pc = machine(profile("prod"))
    front = await pc.process()
    clicks = [asyncio.create_task(front.assume("prod")) for _ in range(3)]
    await until(lambda: pc.sts.calls)
    clicks[0].cancel()
    await asyncio.wait(clicks)
    assert clicks[0].cancelled()
    assert clicks[1].exception() is None
    assert row(front, "prod").status is Status.ACTIVE


@pytest.mark.parametrize("cancels", [1, 3])
@virtual
async def test_cancelling_while_publishing_lets_it_finish(cancels: int) -> None:
    pc = machine(profile("prod"))
    pc.file.delay = 3
    front = await pc.process()
    click = asyncio.create_task(front.assume("prod"))
    await until(lambda: pc.state.value.sessions)
    for _ in range(cancels):
        click.cancel()
        await asyncio.sleep(0.1)
    await asyncio.wait([click])
    assert click.cancelled()
    await until(lambda: not session(front, "prod").busy)
    assert row(front, "prod").status is Status.ACTIVE
    assert row(front, "prod").published
    assert "prod" in pc.file.found


@virtual
async def test_cancelling_while_a_live_parent_is_published_lets_it_finish() -> None:
    pc = machine(profile("parent"), profile("child", "profile.parent"))
    front = await pc.process()
    await front.assume("child")
    pc.file.delay = 3
    click = asyncio.create_task(front.engine.assume("parent"))
    await until(lambda: "parent" in pc.state.value.sessions)
    click.cancel()
    await asyncio.wait([click])
    assert click.cancelled()
    assert row(front, "parent").published


@virtual
async def test_an_expired_signer_is_dropped_and_renewed_once() -> None:
    pc = machine(profile("parent"), profile("child", "profile.parent"))
    front = await pc.process()
    await front.assume("parent")
    first = session(front, "parent").obtained.access_key_id
    pc.sts.revoked.add(first)
    await front.assume("child")
    assert [call.request.role_arn.rpartition("/")[2] for call in pc.sts.calls] == ["parent", "child", "parent", "child"]
    assert session(front, "parent").obtained.access_key_id != first
    assert pc.file.found["parent"].credentials is not None
    assert pc.file.found["parent"].credentials.access_key_id != first


@virtual
async def test_a_signer_that_stays_expired_is_not_renewed_twice() -> None:
    pc = machine(profile("parent"), profile("child", "profile.parent"))
    pc.sts.fail = lambda call: expired_session() if call.request.role_arn.endswith("child") else None
    front = await pc.process()
    error = await rejected(front.assume("child"))
    assert error.code == "expired-session"
    assert pc.sts.count("AssumeRole") == 4
    assert row(front, "child").status is Status.FAILED


@virtual
async def test_an_expired_mfa_session_is_dropped_from_the_keyring_and_asked_for_again() -> None:
    pc = machine(mfa_profile("prod"))
    front = await pc.process()
    click = asyncio.create_task(front.assume("prod"))
    await give_code(front, machine=pc)
    await click
    [key] = [name for name in pc.keyring.items if name.startswith("session/")]
    old = pc.keyring.items[key]
    [mfa] = front.engine.roster.mfa_sessions.values()
    assert mfa.session.obtained is not None
    pc.sts.revoked.add(mfa.session.obtained.access_key_id)
    click = asyncio.create_task(front.refresh("prod"))
    await until(lambda: front.snapshot().needs)
    assert key not in pc.keyring.items
    await asyncio.sleep(31)
    await give_code(front, machine=pc)
    await click
    assert pc.keyring.items[key] != old


@virtual
async def test_a_denial_is_said_and_not_repeated() -> None:
    pc = machine(profile("prod"))
    pc.sts.fail = lambda _: denied()
    front = await pc.process()
    assert isinstance(await rejected(front.assume("prod")), Denied)
    async with supervised(front):
        await asyncio.sleep(600)
    assert pc.sts.count("AssumeRole") == 1
    seen = row(front, "prod")
    assert (seen.status, seen.problem.code, seen.retry_at) == (Status.FAILED, "access-denied", None)
    pc.sts.fail = lambda _: None
    await front.assume("prod")
    assert row(front, "prod").problem is None


@virtual
async def test_a_first_acquisition_without_network_gives_up_at_once() -> None:
    pc = machine(profile("prod"))
    pc.sts.fail = lambda _: offline()
    front = await pc.process()
    assert (await rejected(front.assume("prod"))).code == "unreachable"
    assert front.snapshot().health.online is False
    async with supervised(front):
        await asyncio.sleep(600)
    assert pc.sts.count("AssumeRole") == 1
    pc.sts.fail = lambda _: None
    await front.assume("prod")
    assert front.snapshot().health.online is True


@virtual
async def test_what_stands_against_publishing_is_said_before_anyone_types_a_code() -> None:
    pc = machine(mfa_profile("prod"), mfa_profile("sso"))
    pc.file.change("prod", Section(origin=Origin.FOREIGN))
    pc.aws_config.settings["sso"] = "sso_session"
    front = await pc.process()
    assert (await rejected(front.assume("prod"))).code == "section-foreign"
    error = await rejected(front.assume("sso"))
    assert (error.code, error.field) == ("aws-profile-overridden", "aws_profile")
    assert front.snapshot().needs == ()
    assert pc.sts.calls == []
    click = asyncio.create_task(front.assume("prod", displace=True))
    await give_code(front, machine=pc)
    await click
    assert pc.file.found["prod"].profile == "prod"
    await front.stop("prod")
    assert pc.file.found["prod"].origin is Origin.FOREIGN


@virtual
async def test_a_broken_file_keeps_the_credentials_in_memory_and_the_next_click_publishes_them() -> None:
    pc = machine(profile("prod"))
    pc.file.trouble = StorageTrouble(code="file-read-only", title="The file cannot be written")
    front = await pc.process()
    assert (await rejected(front.assume("prod"))).code == "file-read-only"
    seen = row(front, "prod")
    assert (seen.status, seen.published, seen.problem.code) == (Status.FAILED, False, "file-read-only")
    kept = session(front, "prod").obtained
    assert kept is not None
    assert pc.state.value.sessions == {}
    pc.file.trouble = None
    await front.assume("prod")
    assert pc.sts.count("AssumeRole") == 1
    assert pc.file.found["prod"].credentials == kept.credentials
    assert row(front, "prod").status is Status.ACTIVE


@virtual
async def test_a_file_that_comes_back_is_written_without_a_click() -> None:
    pc = machine(profile("prod"))
    front = await pc.process()
    async with supervised(front):
        await front.assume("prod")
        old = pc.file.found["prod"].credentials
        pc.file.trouble = StorageTrouble(code="file-read-only", title="The file cannot be written")
        await until(lambda: session(front, "prod").unwritten, seconds=3600)
        await asyncio.sleep(60)
        assert pc.file.found["prod"].credentials is old, "the old ones still work, and stay"
        assert session(front, "prod").obtained.credentials is not old, "and do not push the new ones out"
        assert pc.sts.count("AssumeRole") == 2
        pc.file.trouble = None
        await until(lambda: row(front, "prod").published, seconds=300)
        assert pc.sts.count("AssumeRole") == 2
        assert row(front, "prod").status is Status.ACTIVE


@virtual
async def test_a_keyring_that_fails_keeps_the_mfa_session_in_memory() -> None:
    pc = machine(mfa_profile("prod"), mfa_profile("test"))
    pc.keyring.trouble = StorageTrouble(code="keyring-locked", title="The keyring is locked")
    front = await pc.process()
    click = asyncio.create_task(front.assume("prod"))
    await give_code(front, machine=pc)
    await click
    await front.assume("test")
    assert pc.sts.count("GetSessionToken") == 1
    problem = front.snapshot().health.keyring_problem
    assert problem is not None
    assert problem.code == "keyring-locked"
    async with supervised(front):
        await asyncio.sleep(10)
    assert row(front, "test").status is Status.ACTIVE


@virtual
async def test_a_profile_that_is_not_published_is_kept_in_the_keyring_and_read_when_needed() -> None:
    pc = machine(profile("quiet", publish=Publish.NONE))
    front = await pc.process()
    await front.assume("quiet")
    assert pc.file.found == {}
    assert "session/quiet" in pc.keyring.items
    pc.keyring.asked.clear()
    other = await pc.process()
    assert row(other, "quiet").status is Status.ACTIVE
    assert not [each for each in pc.keyring.asked if "session" in each]
    await other.copy_environment("quiet", "json")
    assert "get session/quiet" in pc.keyring.asked
    assert "secret-ASIA" in pc.desktop.copied[0]
    await other.stop("quiet")
    assert "session/quiet" not in pc.keyring.items
    await front.engine.look()
    assert row(front, "quiet").status is Status.IDLE


@virtual
async def test_without_a_keyring_an_unpublished_profile_stays_in_memory_and_is_not_taken_for_stopped() -> None:
    pc = machine(profile("quiet", publish=Publish.NONE))
    pc.keyring.trouble = StorageTrouble(code="keyring-absent", title="There is no keyring")
    front = await pc.process()
    await front.assume("quiet")
    await front.assume("quiet")
    async with supervised(front):
        await asyncio.sleep(10)
    assert row(front, "quiet").status is Status.ACTIVE
    assert pc.sts.count("AssumeRole") == 1


@virtual
async def test_a_lost_keyring_item_is_obtained_again() -> None:
    pc = machine(profile("quiet", publish=Publish.NONE), mfa_profile("prod"))
    front = await pc.process()
    click = asyncio.create_task(front.assume("prod"))
    await give_code(front, machine=pc)
    await click
    await front.assume("quiet")
    for name in [name for name in pc.keyring.items if name.startswith("session/")]:
        del pc.keyring.items[name]
    other = await pc.process()
    assert (await rejected(other.copy_environment("quiet", "bash"))).code == "session-lost"
    await other.copy_environment("quiet", "bash")
    await asyncio.sleep(31)
    click = asyncio.create_task(other.refresh("prod"))
    await give_code(other, machine=pc)
    await click


@virtual
async def test_two_profiles_on_one_name_replace_each_other() -> None:
    pc = machine(profile("one", aws_profile="work"), profile("two", aws_profile="work"))
    front = await pc.process()
    async with supervised(front):
        await front.assume("one")
        await front.assume("two")
        assert pc.file.found["work"].profile == "two"
        seen = row(front, "one")
        assert (seen.status, seen.problem.code) == (Status.FAILED, "replaced")
        await asyncio.sleep(4 * 3600)
        assert pc.file.found["work"].profile == "two"
        assert {entry[1] for entry in pc.file.history[1:]} == {"two"}
        await front.assume("one")
        assert row(front, "two").problem.code == "replaced"


@virtual
async def test_the_missing_secret_of_an_identity_is_said_before_a_code_is_asked() -> None:
    pc = machine(mfa_profile("prod"))
    pc.keyring.items.clear()
    front = await pc.process()
    assert (await rejected(front.assume("prod"))).code == "identity-secret-missing"
    pc.keyring.items["identity/alice"] = Secret(f"secret-{identity().access_key_id}")
    click = asyncio.create_task(front.assume("prod"))
    await give_code(front, machine=pc)
    await click


@virtual
async def test_a_signer_that_dies_while_another_process_holds_the_lock_is_renewed_outside_of_it() -> None:
    pc = machine(mfa_profile("parent", duration=900), profile("child", "profile.parent"))
    front = await pc.process()
    click = asyncio.create_task(front.assume("parent"))
    await give_code(front, machine=pc)
    await click
    async with pc.locks.hold("session child"):
        click = asyncio.create_task(front.assume("child"))
        await asyncio.sleep(1000)
    await click
    signers = [call.signer for call in pc.sts.calls if isinstance(call.signer, Credentials)]
    assert all(signer.expires > call.at for call, signer in zip(_signed(pc.sts.calls), signers, strict=True))


def _signed(calls: list[Call]) -> list[Call]:
    return [call for call in calls if isinstance(call.signer, Credentials)]


@virtual
async def test_ten_profiles_with_their_own_codes_do_not_share_them() -> None:
    pc = machine(profile("a", mfa=MfaUse.ROLE), profile("b", mfa=MfaUse.ROLE))
    front = await pc.process()
    clicks = [asyncio.create_task(front.assume(name)) for name in "ab"]
    await until(lambda: front.snapshot().needs and len(front.snapshot().needs[0].profiles) == 2)
    [first] = front.snapshot().needs
    code = pc.code()
    await front.answer(first.key, code)
    await asyncio.wait(clicks, return_when=asyncio.FIRST_COMPLETED)
    [need] = front.snapshot().needs
    assert (need.profiles, need.problem) == (("b",), None)
    assert need.next_code_at is not None
    await front.answer(need.key, code)
    await until(lambda: front.snapshot().needs[0].problem)
    [need] = front.snapshot().needs
    assert need.problem is not None
    assert need.problem.code == "mfa-code-used"
    assert need.next_code_at is not None
    await asyncio.sleep(30)
    await front.answer(need.key, pc.code())
    await asyncio.gather(*clicks)
    assert len(pc.sts.codes_seen) == len(set(pc.sts.codes_seen)) == 2
