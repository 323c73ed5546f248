"""Window and command line at once: adopting, stopping elsewhere, crashes, unknown origins."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta
from types import MappingProxyType

import pytest

from app.domain.errors import StorageTrouble
from app.domain.published import Origin
from app.domain.view import Status
from tests.core.fake_aws import denied
from tests.core.fake_file import Section
from tests.core.fakes import give_code, machine, mfa_profile, profile, rejected, row, session, supervised
from tests.core.virtual_time import START, until, virtual

PROD_ARN = "arn:aws:sts::123456789012:assumed-role/prod/rolecall"


@virtual
async def test_what_one_obtains_the_other_shows_within_a_tick_and_renews() -> None:
    pc = machine(profile("prod"))
    window, command_line = await pc.process(), await pc.process(person_present=False)
    async with supervised(window):
        await asyncio.sleep(10)
        await command_line.assume("prod")
        await until(lambda: row(window, "prod").status is Status.ACTIVE, seconds=2.5)
        first = session(window, "prod").obtained.access_key_id
        await until(lambda: session(window, "prod").obtained.access_key_id != first, seconds=3600)
        assert row(window, "prod").published
    assert pc.sts.count("AssumeRole") == 2


@virtual
async def test_what_one_stops_the_other_does_not_write_again() -> None:
    pc = machine(profile("prod"))
    window, command_line = await pc.process(), await pc.process()
    async with supervised(window):
        await window.assume("prod")
        await asyncio.sleep(4)
        await command_line.engine.look()
        await command_line.stop("prod")
        await until(lambda: row(window, "prod").status is Status.IDLE, seconds=2.5)
        await asyncio.sleep(2 * 3600)
    assert pc.file.found == {}
    assert pc.state.value.sessions == {}
    assert pc.sts.count("AssumeRole") == 1


@virtual
async def test_a_section_removed_by_hand_means_stopped() -> None:
    pc = machine(profile("prod"))
    window = await pc.process()
    async with supervised(window):
        await window.assume("prod")
        pc.file.change("prod", None)
        await until(lambda: row(window, "prod").status is Status.IDLE, seconds=2.5)
        assert pc.state.value.sessions == {}


@virtual
async def test_a_section_removed_while_it_is_being_renewed_is_not_written_again() -> None:
    pc = machine(profile("prod"))
    window = await pc.process()
    async with supervised(window):
        await window.assume("prod")
        pc.sts.delay = 30
        await until(lambda: pc.sts.count("AssumeRole") == 2, seconds=3600)
        pc.file.change("prod", None)
        await asyncio.sleep(60)
        assert pc.file.found == {}
        assert row(window, "prod").status is Status.IDLE
        assert pc.state.value.sessions == {}


@virtual
async def test_ten_assumes_in_as_many_processes_are_one_request() -> None:
    pc = machine(profile("prod"))
    processes = [await pc.process() for _ in range(10)]
    await asyncio.gather(*(each.assume("prod") for each in processes))
    assert pc.sts.count("AssumeRole") == 1
    assert {session(each, "prod").obtained.access_key_id for each in processes} == {
        pc.state.value.sessions["prod"].access_key_id
    }
    assert {row(each, "prod").status for each in processes} == {Status.ACTIVE}


@virtual
async def test_the_others_mfa_session_ends_the_question_here() -> None:
    pc = machine(mfa_profile("a"), mfa_profile("b"), mfa_profile("c"))
    window, command_line = await pc.process(), await pc.process()
    async with supervised(window):
        clicks = [asyncio.create_task(window.assume(name)) for name in "ab"]
        await until(lambda: window.snapshot().needs)
        other = asyncio.create_task(command_line.assume("c"))
        await give_code(command_line, machine=pc)
        await other
        await asyncio.wait_for(asyncio.gather(*clicks), 5)
        assert window.snapshot().needs == ()
    assert pc.sts.count("GetSessionToken") == 1
    assert {row(window, name).status for name in "abc"} == {Status.ACTIVE}


@virtual
async def test_a_profile_obtained_elsewhere_ends_the_question_for_it_here() -> None:
    pc = machine(mfa_profile("a"))
    window, command_line = await pc.process(), await pc.process()
    async with supervised(window):
        click = asyncio.create_task(window.assume("a"))
        await until(lambda: window.snapshot().needs)
        other = asyncio.create_task(command_line.assume("a"))
        await give_code(command_line, machine=pc)
        await asyncio.gather(click, other)
    assert (pc.sts.count("GetSessionToken"), pc.sts.count("AssumeRole")) == (1, 1)


@virtual
async def test_starting_up_asks_nobody_anything() -> None:
    pc = machine(mfa_profile("parent"), profile("child", "profile.parent"))
    first = await pc.process()
    click = asyncio.create_task(first.assume("child"))
    await give_code(first, machine=pc)
    await click
    asked = len(pc.sts.calls)
    pc.keyring.asked.clear()
    window = await pc.process()
    assert row(window, "child").status is Status.ACTIVE
    assert row(window, "child").expires == row(first, "child").expires
    assert len(pc.sts.calls) == asked
    assert pc.keyring.asked == []


@virtual
async def test_a_crash_between_state_and_file_leaves_what_can_be_adopted() -> None:
    pc = machine(profile("prod"))
    window = await pc.process()
    await window.assume("prod")
    published = pc.file.found["prod"]
    assert published.credentials is not None
    old = published.credentials.access_key_id

    class Crash(BaseException):
        pass

    def crash() -> None:
        raise Crash

    pc.file.on_write = crash
    with pytest.raises(Crash):
        await window.refresh("prod")
    pc.file.on_write = lambda: None
    record = pc.state.value.sessions["prod"]
    assert record.previous_key_id == old != record.access_key_id
    again = await pc.process()
    assert session(again, "prod").obtained.access_key_id == old
    assert row(again, "prod").confirmed
    async with supervised(again):
        await until(lambda: session(again, "prod").obtained.access_key_id != old, seconds=3600)
    assert row(again, "prod").status is Status.ACTIVE


def _unknown(pc: object, *, arn: str = PROD_ARN) -> Section:
    granted = pc.sts.grant(3600, arn)  # type: ignore[attr-defined]
    section = Section(profile="prod", credentials=granted)
    pc.file.change("prod", section)  # type: ignore[attr-defined]
    return section


@virtual
async def test_a_section_of_unknown_origin_is_shown_and_can_be_stopped() -> None:
    pc = machine(profile("prod"))
    _unknown(pc)
    window = await pc.process()
    seen = row(window, "prod")
    assert (seen.status, seen.confirmed, seen.renews) == (Status.ACTIVE, False, None)
    async with supervised(window):
        await asyncio.sleep(3000)
        assert pc.sts.calls == []
    await window.stop("prod")
    assert pc.file.found == {}


@virtual
async def test_a_section_of_unknown_origin_is_no_source_until_aws_says_whose_it_is() -> None:
    pc = machine(profile("prod"), profile("child", "profile.prod"))
    _unknown(pc)
    window = await pc.process()
    await window.copy_console_url("prod")
    assert pc.sts.calls[0].action == "GetCallerIdentity"
    assert pc.console.asked[0][0] == session(window, "prod").obtained.access_key_id
    assert row(window, "prod").confirmed
    await window.assume("child")
    assert pc.sts.count("GetCallerIdentity") == 1
    await window.stop("prod")
    assert "prod" not in pc.file.found


@virtual
@pytest.mark.parametrize(
    "arn",
    [
        "arn:aws:sts::999999999999:assumed-role/prod/eve",
        "arn:aws-cn:sts::123456789012:assumed-role/prod/eve",
        "arn:aws:sts::123456789012:assumed-role/production/eve",
        "arn:aws:sts::123456789012:federated-user/x:assumed-role/prod/eve",
    ],
)
async def test_credentials_of_another_role_are_neither_parent_nor_console_source(arn: str) -> None:
    pc = machine(profile("prod"), profile("child", "profile.prod"))
    _unknown(pc, arn=arn)
    window = await pc.process()
    assert (await rejected(window.copy_console_url("prod"))).code == "section-other-role"
    assert (await rejected(window.assume("child"))).code == "section-other-role"
    assert pc.console.asked == []
    assert pc.sts.count("AssumeRole") == 0
    await window.stop("prod")
    await window.assume("child")


@virtual
@pytest.mark.parametrize(
    ("federated_user", "arn", "ours"),
    [
        (None, "arn:aws:iam::111122223333:user/team/alice", True),
        (None, "arn:aws:iam::111122223333:root", True),
        (None, "arn:aws:iam::999999999999:user/alice", False),
        (None, "arn:aws-us-gov:iam::111122223333:user/alice", False),
        (None, "arn:aws:sts::111122223333:assumed-role/user/x", False),
        (None, "arn:aws:sts::111122223333:federated-user/alice", False),
        ("guest", "arn:aws:sts::111122223333:federated-user/guest", True),
        ("guest", "arn:aws:sts::999999999999:federated-user/guest", False),
        ("guest", "arn:aws-cn:sts::111122223333:federated-user/guest", False),
        ("guest", "arn:aws:sts::111122223333:federated-user/other", False),
        ("guest", "arn:aws:iam::111122223333:user/guest", False),
    ],
)
async def test_who_is_no_role_is_confirmed_by_name_and_account_too(
    federated_user: str | None, arn: str, ours: bool
) -> None:
    pc = machine(profile("prod", role="-", federated_user=federated_user))
    _unknown(pc, arn=arn)
    window = await pc.process()
    if ours:
        await window.assume("prod")
        assert row(window, "prod").confirmed
    else:
        assert (await rejected(window.assume("prod"))).code == "section-other-role"
    assert pc.sts.count("GetCallerIdentity") == 1
    assert pc.sts.count("GetSessionToken") + pc.sts.count("GetFederationToken") == 0


@virtual
async def test_unconfirmed_credentials_are_renewed_once_confirmed() -> None:
    pc = machine(profile("prod"))
    first = _unknown(pc)
    window = await pc.process()
    await window.assume("prod")
    async with supervised(window):
        await until(lambda: pc.file.found["prod"].credentials != first.credentials, seconds=3600)
    assert row(window, "prod").status is Status.ACTIVE


@virtual
async def test_expired_credentials_are_withdrawn_within_five_seconds() -> None:
    pc = machine(profile("prod", refresh=False))
    window = await pc.process()
    async with supervised(window):
        await window.assume("prod")
        expires = row(window, "prod").expires
        await asyncio.sleep((expires - pc.clock.now()).total_seconds() - 1)
        assert "prod" in pc.file.found
        await asyncio.sleep(6)
        assert pc.file.found == {}
        assert pc.state.value.sessions == {}
        assert (row(window, "prod").status, row(window, "prod").expires) == (Status.EXPIRED, expires)


@virtual
async def test_what_expired_while_no_window_ran_is_taken_away_by_the_next_but_not_by_reading() -> None:
    pc = machine(profile("prod"), mfa_profile("mfa"), profile("gone"))
    first = await pc.process()
    click = asyncio.create_task(first.assume("mfa"))
    await give_code(first, machine=pc)
    await asyncio.gather(click, first.assume("prod"), first.assume("gone"))
    await asyncio.sleep(13 * 3600)
    without = {n: p for n, p in pc.settings.configuration.profiles.items() if n != "gone"}
    pc.settings.write(replace(pc.settings.configuration, profiles=MappingProxyType(without)))
    reader = await pc.process()
    assert row(reader, "prod").status is Status.IDLE
    assert set(pc.file.found) == {"prod", "mfa", "gone"}
    window = await pc.process()
    async with supervised(window):
        await asyncio.sleep(5)
    assert pc.file.found == {}
    assert pc.state.value.sessions == {}
    assert [key for key in pc.keyring.items if key.startswith("session/")] == []


@virtual
async def test_a_keyring_that_does_not_part_with_an_expired_session_is_not_asked_every_tick() -> None:
    pc = machine(mfa_profile("prod", refresh=False))
    window = await pc.process()
    async with supervised(window):
        click = asyncio.create_task(window.assume("prod"))
        await give_code(window, machine=pc)
        await click
        pc.keyring.trouble = StorageTrouble(code="keyring-locked", title="locked")
        await asyncio.sleep(13 * 3600)
        assert sum(each.startswith("delete") for each in pc.keyring.asked) <= 2
        assert pc.state.value.sessions != {}, "so that the next start tries again"


@virtual
async def test_a_fresh_session_of_another_process_is_not_swept_away() -> None:
    pc = machine(profile("prod", refresh=False))
    window, other = await pc.process(), await pc.process()
    await window.assume("prod")
    await asyncio.sleep(3601)
    await other.assume("prod")
    async with supervised(window):
        await asyncio.sleep(10)
        assert row(window, "prod").status is Status.ACTIVE
    assert pc.file.found["prod"].credentials is not None


@virtual
async def test_stop_all_leaves_nothing() -> None:
    pc = machine(mfa_profile("a"), profile("b", "profile.a"), profile("c"))
    pc.file.change("c", Section(origin=Origin.FOREIGN))
    pc.file.change("orphan", Section(profile="nobody", credentials=pc.sts.grant(900, PROD_ARN)))
    pc.file.change("theirs", Section(origin=Origin.OTHER_INSTALLATION))
    window = await pc.process()
    click = asyncio.create_task(window.assume("b"))
    await give_code(window, machine=pc)
    await asyncio.gather(click, window.assume("c", displace=True))
    await window.stop_all()
    assert {name: section.origin for name, section in pc.file.found.items()} == {
        "c": Origin.FOREIGN,
        "theirs": Origin.OTHER_INSTALLATION,
    }
    assert pc.state.value.sessions == {}
    assert list(pc.keyring.items) == ["identity/alice"]
    assert {row(window, name).status for name in "abc"} == {Status.IDLE}
    assert pc.locks.taken() == []


@virtual
async def test_stop_all_ends_what_is_under_way() -> None:
    pc = machine(mfa_profile("a"), profile("c"))
    window = await pc.process()
    clicks = [asyncio.create_task(window.assume(name)) for name in "ac"]
    await until(lambda: window.snapshot().needs)
    pc.file.delay = 2
    await window.stop_all()
    assert [(await rejected(click)).code for click in clicks[:1]] == ["declined"]
    await asyncio.wait(clicks)
    assert clicks[1].exception() is None or clicks[1].exception().code == "declined"  # type: ignore[union-attr]
    assert window.snapshot().needs == ()
    assert pc.file.found == {}
    assert pc.state.value.sessions == {}


@pytest.mark.parametrize("elsewhere", [False, True])
@virtual
async def test_what_is_obtained_while_all_is_stopped_is_in_the_state_if_it_is_in_the_file(elsewhere: bool) -> None:
    for moment in range(100):
        pc = machine(*(profile(name) for name in "abc"))
        window = await pc.process()
        stopper = await pc.process() if elsewhere else window
        await asyncio.gather(*(window.assume(name) for name in "abc"))
        pc.sts.delay, pc.file.delay = 0.02, 0.1
        begun = asyncio.create_task(window.refresh("a"))
        await asyncio.sleep(0.03)
        stopping = asyncio.create_task(stopper.stop_all())
        await asyncio.sleep(moment * 0.004)
        again = [asyncio.create_task(window.refresh(name)) for name in "bc"]
        await asyncio.gather(begun, *again, return_exceptions=True)
        await stopping
        known = pc.state.value.sessions
        assert {name: section.profile in known for name, section in pc.file.found.items()} == dict.fromkeys(
            pc.file.found, True
        ), moment
        assert pc.locks.taken() == []


@virtual
async def test_stop_while_it_is_being_obtained_leaves_nothing() -> None:
    for moment in range(12):
        pc = machine(profile("prod"))
        window = await pc.process()
        click = asyncio.create_task(window.assume("prod"))
        await asyncio.sleep(moment * 0.02)
        await window.stop("prod")
        await asyncio.wait([click])
        assert click.exception() is None or click.exception().code == "declined"  # type: ignore[union-attr]
        await asyncio.sleep(5)
        assert pc.file.found == {}, moment
        assert pc.state.value.sessions == {}
        assert row(window, "prod").status is Status.IDLE


@virtual
async def test_a_file_that_cannot_be_read_is_told_and_changes_nothing() -> None:
    pc = machine(profile("prod"))
    window = await pc.process()
    await window.assume("prod")
    sections = pc.file.sections

    async def broken() -> tuple[()]:
        raise StorageTrouble(code="file-busy", title="Somebody is writing")

    async with supervised(window):
        pc.file.sections = broken  # type: ignore[method-assign]
        pc.file.change("other", Section(origin=Origin.FOREIGN))
        await asyncio.sleep(5)
        problem = window.snapshot().health.file_problem
        assert problem is not None
        assert problem.code == "file-busy"
        assert row(window, "prod").status is Status.ACTIVE
        pc.file.sections = sections  # type: ignore[method-assign]
        await asyncio.sleep(5)
        assert window.snapshot().health.file_problem is None


@virtual
async def test_a_refusal_while_stopped_elsewhere_does_not_come_back() -> None:
    pc = machine(profile("prod"))
    window = await pc.process()
    pc.sts.fail = lambda _: denied()
    await rejected(window.assume("prod"))
    await window.stop("prod")
    assert (row(window, "prod").status, row(window, "prod").problem) == (Status.IDLE, None)


@virtual
async def test_the_issue_of_adopted_credentials_is_kept() -> None:
    pc = machine(profile("prod"))
    first = await pc.process()
    await first.assume("prod")
    second = await pc.process()
    assert row(second, "prod").issued == row(first, "prod").issued
    assert row(second, "prod").issued - START < timedelta(seconds=1)


@virtual
async def test_a_refresh_asks_aws_even_where_the_clock_made_the_session_look_younger() -> None:
    pc = machine(profile("prod"))
    pc.clock.set(-20 * 60)
    first = await pc.process()
    await first.assume("prod")
    assert pc.sts.clock_skew == timedelta(minutes=20)
    pc.sts.measured = timedelta(0)  # as a new process has it
    second = await pc.process()
    await second.refresh("prod")
    assert pc.sts.count("AssumeRole") == 2


@virtual
async def test_refreshes_of_one_moment_are_one_request() -> None:
    pc = machine(profile("prod"))
    fronts = [await pc.process() for _ in range(5)]
    await fronts[0].assume("prod")
    for front in fronts[1:]:
        await front.engine.look()
    await asyncio.gather(*(front.refresh("prod") for front in fronts))
    assert pc.sts.count("AssumeRole") == 2
    assert len({session(front, "prod").obtained.access_key_id for front in fronts}) == 1


@virtual
async def test_what_is_configured_no_more_can_be_stopped_by_name() -> None:
    pc = machine(profile("prod"), profile("dev"))
    window = await pc.process()
    await window.assume("prod")
    pc.settings.write(replace(pc.configuration, profiles=MappingProxyType({})))
    command_line = await pc.process(person_present=False)
    await command_line.stop("prod")
    assert pc.file.found == {}
    assert pc.state.value.sessions == {}
    assert (await rejected(command_line.stop("prod"))).code == "profile-unknown"
