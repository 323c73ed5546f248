"""MFA codes: who is asked, what is sent, and that nothing is sent twice."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from app.domain import otp
from app.domain.configuration import MfaMethod, MfaUse
from app.domain.errors import NeedsPerson
from app.domain.secret import Secret
from app.domain.view import Status
from tests.core.fake_aws import clock_refusal, code_of, denied, offline, wrong_code
from tests.core.fakes import (
    DEVICE,
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

if TYPE_CHECKING:
    from app.core.front import Front
    from tests.core.fakes import Machine

STORED = identity(mfa=MfaMethod.STORED)
COMMAND = identity(mfa=MfaMethod.COMMAND, mfa_command=("totp", "alice"))


def with_stored(*profiles: object) -> Machine:
    pc = machine(STORED, *profiles)  # type: ignore[arg-type]
    pc.keyring.items["totp/alice"] = Secret("ABCDEFGHIJKLMNOP")
    return pc


async def one_need(front: Front) -> object:
    await until(lambda: front.snapshot().needs)
    [need] = front.snapshot().needs
    return need


@virtual
async def test_ten_profiles_behind_one_device_ask_for_one_code() -> None:
    pc = machine(*[mfa_profile(f"p{n}") for n in range(10)])
    front = await pc.process()
    clicks = [asyncio.create_task(front.assume(f"p{n}")) for n in range(10)]
    await until(lambda: any(len(need.profiles) == 10 for need in front.snapshot().needs))
    [need] = front.snapshot().needs
    assert need.profiles == tuple(sorted(f"p{n}" for n in range(10)))
    assert (need.kind, need.device, need.identity, need.wanted_now) == ("mfa", str(DEVICE), "alice", True)
    assert {row(front, f"p{n}").status for n in range(10)} == {Status.WAITING}
    assert pc.locks.taken() == [], "nobody else waits while a person thinks"
    await front.answer(need.key, pc.code())
    await until(lambda: front.snapshot().needs[0].sending)
    await asyncio.gather(*clicks)
    assert front.snapshot().needs == ()
    assert (pc.sts.count("GetSessionToken"), pc.sts.count("AssumeRole")) == (1, 10)


@virtual
async def test_those_who_come_through_others_are_counted_too() -> None:
    pc = machine(mfa_profile("root"), *[profile(name, "profile.root") for name in "ab"])
    front = await pc.process()
    renewal = asyncio.create_task(front.engine.renew(front.engine.roster.profiles["a"]))
    await until(lambda: front.snapshot().needs)
    [need] = front.snapshot().needs
    assert (need.profiles, need.wanted_now) == (("a",), False)
    click = asyncio.create_task(front.assume("b"))
    await asyncio.sleep(0.1)
    [need] = front.snapshot().needs
    assert (need.profiles, need.wanted_now) == (("a", "b"), True)
    assert row(front, "b").status is Status.WAITING
    await front.cancel("a")
    [need] = front.snapshot().needs
    assert need.profiles == ("b",)
    await front.answer(need.key, pc.code())
    await asyncio.gather(renewal, click)
    assert row(front, "b").status is Status.ACTIVE
    assert row(front, "a").status is Status.IDLE


@virtual
async def test_a_wrong_code_is_asked_for_again_in_place() -> None:
    pc = machine(mfa_profile("prod"))
    front = await pc.process()
    click = asyncio.create_task(front.assume("prod"))
    key = await give_code(front, "12")
    await asyncio.sleep(0.1)
    assert pc.sts.calls == [], "no half a code is sent"
    assert front.snapshot().needs[0].problem.code == "limit"  # type: ignore[union-attr]
    await give_code(front, "000001")
    await until(lambda: front.snapshot().needs[0].problem.code == "mfa-code-wrong")  # type: ignore[union-attr]
    [need] = front.snapshot().needs
    assert need.key == key
    assert need.next_code_at is None, "nothing was used up"
    assert row(front, "prod").status is Status.WAITING
    step = otp.step_of(pc.clock.now())
    await give_code(front, machine=pc)
    await click
    assert otp.step_of(pc.clock.now()) == step
    assert row(front, "prod").problem is None
    assert pc.state.value.totp_steps == {str(DEVICE): step}


@virtual
async def test_a_wrong_code_is_not_sent_twice_but_any_other_is() -> None:
    pc = machine(mfa_profile("prod"))
    front = await pc.process()
    before = otp.step_of(pc.clock.now()) - 5
    await pc.state.update(lambda state: replace(state, totp_steps={str(DEVICE): before}))
    click = asyncio.create_task(front.assume("prod"))
    wrong = ["000001", "000002", "000001", "000002"]
    for code, problem in zip(wrong, ["mfa-code-wrong"] * 2 + ["mfa-code-used"] * 2, strict=True):
        await give_code(front, code)
        await asyncio.sleep(1)
        [need] = front.snapshot().needs
        assert need.problem is not None
        assert (need.problem.code, need.next_code_at) == (problem, None)
        assert (need.problem.title == "This code was sent a moment ago") is (problem == "mfa-code-used")
    assert pc.sts.codes_seen == wrong[:2]
    assert pc.state.value.totp_steps == {str(DEVICE): before}
    await give_code(front, machine=pc)
    await click


@virtual
async def test_whoever_else_waits_for_the_device_does_not_wait_for_a_wrong_code() -> None:
    pc = machine(profile("a", mfa=MfaUse.ROLE), profile("b", mfa=MfaUse.ROLE))
    front = await pc.process()
    clicks = [asyncio.create_task(front.assume(name)) for name in "ab"]
    await until(lambda: front.snapshot().needs and front.snapshot().needs[0].codes == 2)
    await give_code(front, "000001")
    await until(lambda: pc.sts.codes_seen and not front.snapshot().needs[0].sending)
    assert [need.next_code_at for need in front.snapshot().needs] == [None]
    await give_code(front, machine=pc)
    await until(lambda: len(pc.sts.codes_seen) == 2)
    await asyncio.sleep(31)
    await give_code(front, machine=pc)
    await asyncio.gather(*clicks)


@virtual
async def test_after_an_unclear_outcome_the_step_stays_used() -> None:
    pc = machine(mfa_profile("prod"))
    front = await pc.process()
    pc.sts.queue = [offline()]
    click = asyncio.create_task(front.assume("prod"))
    await give_code(front, machine=pc)
    assert (await rejected(click)).code == "unreachable"
    step = otp.step_of(pc.clock.now())
    assert pc.state.value.totp_steps == {str(DEVICE): step}
    click = asyncio.create_task(front.assume("prod"))
    await give_code(front, "123456")
    await until(lambda: front.snapshot().needs and front.snapshot().needs[0].problem)
    [need] = front.snapshot().needs
    assert need.problem is not None
    assert need.problem.title == "A code of this device was used a moment ago"
    assert need.next_code_at == otp.step_begins(step + 1)
    await asyncio.sleep(30)
    await give_code(front, machine=pc)
    await click


@virtual
async def test_no_is_no_failure_and_is_not_asked_again() -> None:
    pc = machine(mfa_profile("prod"), mfa_profile("test"))
    front = await pc.process()
    async with supervised(front):
        click = asyncio.create_task(front.assume("prod"))
        await give_code(front, machine=pc)
        await click
        [mfa] = front.engine.roster.mfa_sessions.values()
        assert mfa.session.obtained is not None
        pc.sts.revoked.add(mfa.session.obtained.access_key_id)
        await until(lambda: front.snapshot().needs, seconds=3600)
        [need] = front.snapshot().needs
        assert not need.wanted_now, "nobody clicked"
        await front.decline(need.key)
        await asyncio.sleep(5)
        seen = row(front, "prod")
        assert (seen.status, seen.problem) == (Status.EXPIRING, None)
        asked = pc.sts.count("AssumeRole")
        await asyncio.sleep(1800)
        assert front.snapshot().needs == ()
        assert pc.sts.count("AssumeRole") == asked
        assert row(front, "prod").status is Status.EXPIRED
        click = asyncio.create_task(front.assume("prod"))
        await give_code(front, machine=pc)
        await click


@virtual
async def test_declining_ends_all_who_wait() -> None:
    pc = machine(mfa_profile("a"), mfa_profile("b"), profile("c", "profile.b"))
    front = await pc.process()
    clicks = [asyncio.create_task(front.assume(name)) for name in "abc"]
    need = await one_need(front)
    await front.decline(need.key)  # type: ignore[attr-defined]
    assert [(await rejected(click)).code for click in clicks] == ["declined"] * 3
    assert {row(front, name).status for name in "abc"} == {Status.IDLE}


@virtual
async def test_a_renewal_that_needs_a_person_never_wants_them_now() -> None:
    pc = machine(mfa_profile("prod", mfa_device=None), identity(mfa_session_duration=3600))
    front = await pc.process()
    async with supervised(front):
        click = asyncio.create_task(front.assume("prod"))
        await give_code(front, machine=pc)
        await click
        await until(lambda: front.snapshot().needs, seconds=3 * 3600)
        [need] = front.snapshot().needs
        assert (need.wanted_now, need.profiles) == (False, ("prod",))
        assert row(front, "prod").status is Status.WAITING
        click = asyncio.create_task(front.assume("prod"))
        await until(lambda: front.snapshot().needs[0].wanted_now)
        await give_code(front, machine=pc)
        await click


@virtual
async def test_next_person_needed_is_the_moment_the_list_will_ask() -> None:
    pc = machine(mfa_profile("prod"), profile("plain"))
    front = await pc.process()
    await front.assume("plain")
    assert front.snapshot().health.next_person_needed is None
    click = asyncio.create_task(front.assume("prod"))
    await give_code(front, machine=pc)
    await click
    moment = front.snapshot().health.next_person_needed
    assert moment is not None
    async with supervised(front):
        await until(lambda: front.snapshot().needs, seconds=14 * 3600)
    assert abs((front.now() - moment).total_seconds()) < 3600


@virtual
async def test_a_stored_secret_needs_nobody_and_waits_for_the_next_step() -> None:
    pc = with_stored(profile("a", mfa=MfaUse.ROLE), profile("b", mfa=MfaUse.ROLE), profile("c", mfa=MfaUse.ROLE))
    front = await pc.process(person_present=False)
    await asyncio.gather(*(front.assume(name) for name in "abc"))
    assert len(set(pc.sts.codes_seen)) == 3
    steps = sorted(otp.step_of(call.at) for call in pc.sts.calls)
    assert steps == [steps[0], steps[0] + 1, steps[0] + 2]


@virtual
async def test_two_processes_never_send_the_same_step() -> None:
    pc = with_stored(profile("a", mfa=MfaUse.ROLE), profile("b", mfa=MfaUse.ROLE))
    window, command_line = await pc.process(), await pc.process(person_present=False)
    await asyncio.gather(window.assume("a"), command_line.assume("b"), window.assume("b"))
    assert len(pc.sts.codes_seen) == len(set(pc.sts.codes_seen)) == 2


@virtual
async def test_a_person_is_told_that_another_process_has_used_the_step() -> None:
    pc = machine(profile("a", mfa=MfaUse.ROLE), profile("b", mfa=MfaUse.ROLE))
    window, command_line = await pc.process(), await pc.process()
    click = asyncio.create_task(window.assume("a"))
    await give_code(window, machine=pc)
    await click
    click = asyncio.create_task(command_line.assume("b"))
    need = await one_need(command_line)
    assert need.next_code_at == otp.step_begins(otp.step_of(pc.clock.now()) + 1)  # type: ignore[attr-defined]
    await give_code(command_line, machine=pc)
    await until(lambda: command_line.snapshot().needs[0].problem)
    assert command_line.snapshot().needs[0].problem.code == "mfa-code-used"  # type: ignore[union-attr]
    assert len(pc.sts.codes_seen) == 1
    await asyncio.sleep(30)
    await give_code(command_line, machine=pc)
    await click


@virtual
async def test_a_code_typed_again_in_the_next_step_is_not_sent() -> None:
    pc = machine(mfa_profile("a"), profile("b", mfa=MfaUse.ROLE))
    front = await pc.process()
    click = asyncio.create_task(front.assume("a"))
    code = pc.code()
    await give_code(front, code)
    await click
    await asyncio.sleep(30)
    click = asyncio.create_task(front.assume("b"))
    await give_code(front, code)
    await until(lambda: front.snapshot().needs[0].problem)
    assert pc.sts.codes_seen == [code]
    await give_code(front, machine=pc)
    await click


@pytest.mark.parametrize("off", [-600, -270, 270, 600])
@virtual
async def test_a_clock_refusal_is_answered_with_a_fresh_code(off: int) -> None:
    pc = with_stored(mfa_profile("prod"))
    pc.clock.set(off)
    pc.sts.queue = [clock_refusal()]
    front = await pc.process(person_present=False)
    before = pc.clock.true()
    await front.assume("prod")
    assert pc.sts.count("GetSessionToken") == 2
    first, second = (call.request.token_code.reveal() for call in pc.sts.calls[:2])
    assert first != second
    assert second == code_of(otp.step_of(pc.sts.calls[1].at))
    assert (pc.clock.true() - before).total_seconds() < 100
    assert front.snapshot().health.skew == -off


@virtual
async def test_a_second_clock_refusal_ends_it() -> None:
    pc = with_stored(mfa_profile("prod"))
    pc.sts.fail = lambda _: clock_refusal()
    front = await pc.process(person_present=False)
    assert (await rejected(front.assume("prod"))).code == "signature-expired"
    assert pc.sts.count("GetSessionToken") == 2


@virtual
async def test_a_stored_secret_that_gives_wrong_codes_is_tried_twice() -> None:
    pc = with_stored(mfa_profile("prod"))
    pc.sts.fail = lambda _: wrong_code()
    front = await pc.process(person_present=False)
    assert (await rejected(front.assume("prod"))).code == "mfa-code-wrong"
    assert pc.sts.count("GetSessionToken") == 2


@pytest.mark.parametrize("trouble", [offline, denied])
@virtual
async def test_a_call_with_a_code_is_not_repeated_by_itself(trouble: object) -> None:
    pc = with_stored(mfa_profile("prod"))
    pc.sts.fail = lambda _: trouble()  # type: ignore[operator]
    front = await pc.process(person_present=False)
    await rejected(front.assume("prod"))
    assert pc.sts.count("GetSessionToken") == 1


@virtual
async def test_a_missing_stored_secret_is_said() -> None:
    pc = machine(STORED, mfa_profile("prod"))
    front = await pc.process(person_present=False)
    assert (await rejected(front.assume("prod"))).code == "totp-missing"


@virtual
async def test_a_command_is_confirmed_once_for_all_who_need_it_and_for_ever() -> None:
    pc = machine(COMMAND, profile("a", mfa=MfaUse.ROLE), profile("b", mfa=MfaUse.ROLE), profile("c", mfa=MfaUse.ROLE))
    front = await pc.process()
    clicks = [asyncio.create_task(front.assume(name)) for name in "ab"]
    await until(lambda: len(front.snapshot().needs) == 1 and len(front.snapshot().needs[0].profiles) == 2)
    [need] = front.snapshot().needs
    assert (need.kind, need.command, need.profiles) == ("command", ("totp", "alice"), ("a", "b"))
    assert pc.mfa_command.ran == []
    await front.cancel("a")
    assert front.snapshot().needs[0].profiles == ("b",)
    await give_code(front)
    assert (await rejected(clicks[0])).code == "declined"
    await clicks[1]
    assert front.snapshot().needs == ()
    other = await pc.process(person_present=False)
    await other.assume("c")
    assert len(pc.mfa_command.ran) == 2
    changed = replace(COMMAND, mfa_command=("totp", "--other", "alice"))
    await other.put_identity(changed)
    assert isinstance(await rejected(other.assume("a")), NeedsPerson)
    assert len(pc.mfa_command.ran) == 2


@virtual
async def test_a_slow_command_uses_up_both_steps() -> None:
    pc = machine(COMMAND, profile("a", mfa=MfaUse.ROLE), profile("b", mfa=MfaUse.ROLE))
    pc.mfa_command.seconds = 25
    front = await pc.process()
    clicks = [asyncio.create_task(front.assume("a"))]
    await give_code(front)
    await asyncio.sleep(7)
    clicks.append(asyncio.create_task(front.assume("b")))
    await asyncio.gather(*clicks)
    assert len(pc.sts.codes_seen) == len(set(pc.sts.codes_seen)) == 2


@virtual
async def test_declining_a_command_runs_nothing() -> None:
    pc = machine(COMMAND, mfa_profile("a"))
    front = await pc.process()
    click = asyncio.create_task(front.assume("a"))
    need = await one_need(front)
    await front.decline(need.key)  # type: ignore[attr-defined]
    assert (await rejected(click)).code == "declined"
    assert pc.mfa_command.ran == []
    assert pc.state.value.confirmed_commands == frozenset()


@virtual
async def test_where_nobody_is_there_it_says_so_before_anything_is_sent() -> None:
    pc = machine(mfa_profile("prod"))
    front = await pc.process(person_present=False)
    error = await rejected(front.assume("prod"))
    assert isinstance(error, NeedsPerson)
    assert error.code == "needs-mfa"
    assert "prod" in error.remedy
    assert pc.sts.calls == []


@virtual
async def test_late_and_foreign_answers_change_nothing() -> None:
    pc = machine(mfa_profile("prod"))
    front = await pc.process()
    await front.answer("nothing", "123456")
    await front.decline("nothing")
    click = asyncio.create_task(front.assume("prod"))
    key = await give_code(front, machine=pc)
    await front.answer(key, "999999")
    await front.decline(key)
    await click
    await front.decline(key)
    assert session(front, "prod").published


@virtual
async def test_the_alice_mfa_profile_is_the_shared_mfa_session_published() -> None:
    pc = machine(profile("alice-mfa", role="-", mfa=MfaUse.SESSION), mfa_profile("prod"))
    front = await pc.process()
    click = asyncio.create_task(front.assume("prod"))
    await give_code(front, machine=pc)
    await click
    await front.assume("alice-mfa")
    assert pc.sts.count("GetSessionToken") == 1
    [mfa] = front.engine.roster.mfa_sessions.values()
    assert mfa.session.obtained is not None
    assert pc.file.found["alice-mfa"].credentials == mfa.session.obtained.credentials
    assert row(front, "alice-mfa").role_name == "session token"
    await asyncio.sleep(31)
    click = asyncio.create_task(front.refresh("alice-mfa"))
    await give_code(front, machine=pc)
    await click
    assert pc.sts.count("GetSessionToken") == 2
    assert pc.file.found["alice-mfa"].credentials == mfa.session.obtained.credentials
    async with supervised(front):
        await until(lambda: front.snapshot().needs, seconds=12 * 3600)
        await give_code(front, machine=pc)
        await until(lambda: row(front, "alice-mfa").status is Status.ACTIVE)
    await front.stop("alice-mfa")
    assert mfa.session.obtained is not None
