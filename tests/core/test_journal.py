from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from app.core.journal import (
    OTHER_PART,
    SECTION_CHANGED,
    SECTION_REMOVED,
    SIGNS_ONLY,
    Step,
    session_name_of,
    told,
)
from app.core.views import UNCONFIRMED
from app.domain import session as sessions
from app.domain.credentials import Obtained
from app.domain.errors import Denied, Problem, StorageTrouble
from app.domain.happening import What
from app.domain.published import Origin
from app.domain.secret import Secret
from app.domain.view import Status
from tests.core.fake_aws import denied, offline
from tests.core.fake_file import Section
from tests.core.fakes import (
    give_code,
    machine,
    mfa_profile,
    profile,
    rejected,
    row,
    saml,
    session,
    supervised,
)
from tests.core.virtual_time import START, until, virtual

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from app.core.front import Front
    from app.domain.happening import Happening
    from tests.core.fakes import Machine

ADMIN = profile("admin")
ARN = "arn:aws:sts::123456789012:assumed-role/admin/alice"


def kinds(rig: Machine) -> list[tuple[str, What]]:
    return [(each.profile, each.what) for each in rig.journal.kept]


async def sign_in(front: Front, rig: Machine) -> None:
    """A person signs in at corp in its window."""
    click = asyncio.create_task(front.sign_in("corp"))
    await until(lambda: rig.window.open)
    rig.window.log_in()
    await click


async def written(front: Front) -> tuple[Happening, ...]:
    return await front.activity()


# --- What is worth a line ---------------------------------------------------------------------------------------------


def obtained(key: str = "ASIAEXAMPLE000000001", **changes: object) -> Obtained:
    values: dict[str, object] = {
        "issued": START,
        "expires": START + timedelta(hours=1),
        "credentials": None,
        "arn": ARN,
    }
    return Obtained(access_key_id=key, request_id="r-1", **(values | changes))  # type: ignore[arg-type]  # a test's shorthand


def step(before: sessions.Session, event: sessions.Event, *, by_person: bool = False) -> Step:
    return Step(before=before, event=event, after=sessions.advance(before, event, START), by_person=by_person)


BEGUN = sessions.advance(sessions.Session(), sessions.Begun(wanted=True), START)
LIVE = sessions.advance(BEGUN, sessions.Succeeded(attempt=1, obtained=obtained()), START)
PROBLEM = Problem(code="offline", title="AWS was not reached", detail="Nobody answered", request_id="")


def test_obtaining_tells_who_what_and_until_when_without_the_whole_key() -> None:
    found = told(ADMIN, step(BEGUN, sessions.Succeeded(attempt=1, obtained=obtained()), by_person=True), START)
    assert found is not None
    assert (found.what, found.profile, found.role, found.account) == (What.OBTAINED, "admin", "admin", "123456789012")
    assert (found.session_name, found.key_id, found.request_id) == ("alice", "ASIA…0001", "r-1")
    assert (found.by_person, found.expires, found.why) == (True, START + timedelta(hours=1), "")


def test_a_second_one_is_a_renewal_and_one_that_only_signs_says_so() -> None:
    again = sessions.advance(LIVE, sessions.Begun(wanted=True), START)
    found = told(ADMIN, step(again, sessions.Succeeded(attempt=2, obtained=obtained("ASIAEXAMPLE000000002"))), START)
    assert found is not None
    assert found.what is What.RENEWED
    signing = sessions.advance(sessions.Session(), sessions.Begun(wanted=False), START)
    found = told(ADMIN, step(signing, sessions.Succeeded(attempt=1, obtained=obtained())), START)
    assert found is not None
    assert (found.what, found.why) == (What.OBTAINED, SIGNS_ONLY)


def test_what_another_process_did_and_late_events_are_not_told() -> None:
    silent = (
        step(BEGUN, sessions.Succeeded(attempt=1, obtained=obtained(), adopted=True)),
        step(sessions.Session(), sessions.Adopted(obtained=obtained(), published=True)),
        step(LIVE, sessions.Stopped(elsewhere=True)),
        step(LIVE, sessions.Lapsed(elsewhere=True)),
        step(LIVE, sessions.Succeeded(attempt=7, obtained=obtained())),
        step(BEGUN, sessions.Cancelled(attempt=1)),
        step(sessions.Session(), sessions.Stopped(problem=PROBLEM)),
        step(BEGUN, sessions.PersonNeeded(attempt=1, waiting_for="mfa")),
    )
    assert [told(ADMIN, each, START) for each in silent] == [None] * len(silent)


def test_of_silent_repetitions_the_first_and_the_last_are_told() -> None:
    before, found = LIVE, []
    retries = [START, START, START, None]
    for number, retry_at in enumerate(retries, start=2):
        begun = sessions.advance(before, sessions.Begun(wanted=True), START)
        event = sessions.Failed(attempt=number, problem=PROBLEM, retry_at=retry_at)
        found.append(told(ADMIN, step(begun, event), START))
        before = sessions.advance(begun, event, START)
    assert [each is not None for each in found] == [True, False, False, True]
    first = found[0]
    assert first is not None
    assert (first.what, first.code, first.why) == (What.REFUSED, "offline", "AWS was not reached. Nobody answered")
    begun = sessions.advance(before, sessions.Begun(wanted=True), START)
    other = sessions.Failed(attempt=6, problem=replace(PROBLEM, code="other"), retry_at=START)
    assert told(ADMIN, step(begun, other), START) is not None, "another reason"
    same = sessions.Failed(attempt=6, problem=PROBLEM, retry_at=START)
    assert told(ADMIN, step(begun, same, by_person=True), START) is not None, "a person's own click"


def test_session_names_come_from_the_arn() -> None:
    assert session_name_of(ARN) == "alice"
    assert session_name_of("arn:aws:sts::123456789012:assumed-role/path/Role/me") == "me"
    assert session_name_of("arn:aws:sts::123456789012:federated-user/guest") == "guest"
    assert session_name_of("arn:aws:iam::123456789012:user/alice") == ""
    assert session_name_of("") == ""


# --- A whole run ------------------------------------------------------------------------------------------------------


@virtual
async def test_a_life_from_assume_to_expiry() -> None:
    rig = machine(ADMIN)
    front = await rig.process()
    async with supervised(front):
        await front.assume("admin")
        await until(lambda: ("admin", What.RENEWED) in kinds(rig), 7200)
        await front.stop("admin")
        await front.engine.journal.settled()
    assert kinds(rig) == [("admin", What.OBTAINED), ("admin", What.RENEWED), ("admin", What.STOPPED)]
    first, renewed, stopped = rig.journal.kept
    assert (first.by_person, renewed.by_person, stopped.by_person) == (True, False, True)
    assert front.snapshot().happened == 3
    assert [each.what for each in await written(front)] == [What.STOPPED, What.RENEWED, What.OBTAINED]


@virtual
async def test_a_long_outage_is_few_lines_and_ends_in_expiry() -> None:
    rig = machine(ADMIN)
    front = await rig.process()
    async with supervised(front):
        await front.assume("admin")
        rig.sts.fail = lambda _: offline()
        await until(lambda: ("admin", What.EXPIRED) in kinds(rig), 7200)
        await front.engine.journal.settled()
    refused = [each for each in rig.journal.kept if each.what is What.REFUSED]
    assert 1 <= len(refused) <= 3
    expired = next(each for each in rig.journal.kept if each.what is What.EXPIRED)
    assert expired.at <= rig.clock.now()
    assert expired.key_id


@virtual
async def test_two_processes_write_each_thing_once() -> None:
    rig = machine(ADMIN)
    window, other = await rig.process(), await rig.process()
    async with supervised(window, other):
        await window.assume("admin")
        await until(lambda: row(other, "admin").published)
        before = other.snapshot().happened
        await other.stop("admin")
        await until(lambda: session(window, "admin").obtained is None)
        await asyncio.sleep(10)
        assert kinds(rig) == [("admin", What.OBTAINED), ("admin", What.STOPPED)]
        assert window.snapshot().happened > 1, "what the other wrote is noticed"
        assert other.snapshot().happened > before
        await window.assume("admin")
        rig.sts.fail = lambda _: denied()
        await until(lambda: session(window, "admin").expired_at is not None, 7200)
        await until(lambda: session(other, "admin").obtained is None)
        await asyncio.sleep(10)
    expired = [each for each in rig.journal.kept if each.what is What.EXPIRED]
    assert len(expired) == 1


@virtual
async def test_a_section_that_somebody_else_removed_or_changed_is_told() -> None:
    rig = machine(ADMIN, profile("other"))
    front = await rig.process()
    async with supervised(front):
        await front.assume("admin")
        await front.assume("other")
        await asyncio.sleep(5)
        rig.file.change("admin", None)
        rig.file.change("other", Section(origin=Origin.FOREIGN))
        await until(lambda: session(front, "other").obtained is None and session(front, "admin").obtained is None)
        await front.engine.journal.settled()
    changes = {each.profile: each for each in rig.journal.kept if each.what is What.FILE_CHANGED}
    assert changes.keys() == {"admin", "other"}
    assert {each.why for each in changes.values()} <= {SECTION_REMOVED, SECTION_CHANGED}
    assert What.STOPPED not in {each.what for each in rig.journal.kept}


@virtual
async def test_a_token_of_our_section_that_somebody_else_changed_is_told_and_not_confirmed() -> None:
    rig = machine(ADMIN)
    front = await rig.process()
    wrong_token = Denied(code="invalid-token", title="AWS does not know this token")
    rig.sts.fail = lambda call: wrong_token if call.action == "GetCallerIdentity" else None
    for mend in (front.refresh, front.assume):
        await _changed_and_mended(rig, front, mend)
    changes = [(each.profile, each.why) for each in rig.journal.kept if each.what is What.FILE_CHANGED]
    assert changes == [("admin", SECTION_CHANGED)] * 2


async def _changed_and_mended(rig: Machine, front: Front, mend: Callable[[str], Awaitable[None]]) -> None:
    async with supervised(front):
        await front.assume("admin")
        await asyncio.sleep(5)
        assert (row(front, "admin").confirmed, row(front, "admin").note) == (True, "")
        section = rig.file.found["admin"]
        assert section.credentials is not None
        wrong = replace(section.credentials, session_token=Secret("somebody else's"))
        rig.file.change("admin", replace(section, credentials=wrong))
        await asyncio.sleep(5)
        assert (row(front, "admin").confirmed, row(front, "admin").note) == (False, UNCONFIRMED)
        assert row(front, "admin").status is Status.ACTIVE
        await mend("admin")
        await asyncio.sleep(5)
        assert (row(front, "admin").confirmed, row(front, "admin").note) == (True, "")
        assert rig.file.found["admin"].credentials == session(front, "admin").obtained.credentials
        await front.engine.journal.settled()


@virtual
async def test_a_token_taken_out_of_our_section_is_told_as_a_change_of_ours() -> None:
    rig = machine(ADMIN)
    front = await rig.process()
    async with supervised(front):
        await front.assume("admin")
        await asyncio.sleep(5)
        rig.file.change("admin", replace(rig.file.found["admin"], credentials=None))
        await until(lambda: session(front, "admin").obtained is None)
        await front.engine.journal.settled()
    changes = [(each.profile, each.why) for each in rig.journal.kept if each.what is What.FILE_CHANGED]
    assert changes == [("admin", SECTION_CHANGED)]


@virtual
async def test_changes_elsewhere_in_the_file_are_told_once_a_minute() -> None:
    rig = machine(ADMIN)
    front = await rig.process()
    async with supervised(front):
        await front.assume("admin")
        await asyncio.sleep(5)
        for _ in range(20):
            rig.file.change("mine", Section(origin=Origin.FOREIGN))
            await asyncio.sleep(5)
        await front.engine.journal.settled()
    changes = [each for each in rig.journal.kept if each.what is What.FILE_CHANGED]
    assert [(each.profile, each.why) for each in changes] == [("", OTHER_PART)] * 2


@virtual
async def test_a_journal_that_cannot_be_written_disturbs_nothing_and_is_told() -> None:
    rig = machine(ADMIN)
    rig.journal.trouble = StorageTrouble(code="journal", title="disk full")
    front = await rig.process()
    await front.assume("admin")
    await front.engine.journal.settled()
    assert row(front, "admin").published
    problem = front.snapshot().health.file_problem
    assert problem is not None
    assert problem.code == "journal"
    assert (await rejected(front.activity())).code == "journal"
    rig.journal.trouble = None
    await front.stop("admin")
    assert [each.what for each in await front.activity()] == [What.STOPPED]
    assert front.snapshot().health.file_problem is None


@virtual
async def test_replacing_refusing_and_trying_out() -> None:
    rig = machine(profile("a", aws_profile="x"), profile("b", aws_profile="x"))
    front = await rig.process()
    await front.assume("a")
    await front.assume("b")
    await front.test(profile("c"))
    rig.sts.fail = lambda _: denied()
    await rejected(front.refresh("b"))
    await front.engine.journal.settled()
    assert sorted(kinds(rig), key=str) == sorted(
        [("a", What.OBTAINED), ("a", What.REPLACED), ("b", What.OBTAINED), ("b", What.REFUSED)], key=str
    ), "a trial is no session"
    refused = rig.journal.kept[-1]
    assert refused.by_person
    assert refused.code


@virtual
async def test_sign_ins_and_sign_outs_of_persons_are_told() -> None:
    rig = machine(saml("corp"), profile("admin", "provider.corp"))
    front = await rig.process()
    await sign_in(front, rig)
    await front.sign_out("corp")
    await front.engine.journal.settled()
    assert kinds(rig) == [("corp", What.SIGNED_IN), ("corp", What.SIGNED_OUT)]


@virtual
async def test_no_secret_of_a_whole_run_is_in_the_journal_or_in_an_exported_file() -> None:
    rig = machine(mfa_profile("admin"), profile("child", "profile.admin"), saml("corp"), profile("s", "provider.corp"))
    front = await rig.process()
    async with supervised(front):
        assuming = asyncio.create_task(front.assume("child"))
        code = rig.code()
        await give_code(front, code)
        await assuming
        await sign_in(front, rig)
        await front.refresh("child")
        await front.sharing.export_profiles(("child", "s"), "out")
        await front.stop_all()
        await front.engine.journal.settled()
    secrets = {each.reveal() for each in rig.keyring.items.values()} | {code}
    for _, _, credentials in rig.file.history:
        if credentials is not None:
            secrets |= {
                credentials.access_key_id,
                credentials.secret_access_key.reveal(),
                credentials.session_token.reveal(),
            }
    assert len(secrets) > 5
    text = repr(rig.journal.kept) + repr(rig.profiles_file.files)
    assert not [secret for secret in secrets if secret in text]


@virtual
async def test_a_token_that_an_error_repeats_is_not_in_the_journal() -> None:
    rig = machine(profile("admin"))
    front = await rig.process()
    token = f"IQoJb3JpZ2luX2VjE{'x' * 300}"
    rig.sts.fail = lambda _: Denied(code="x", title="No", detail=f"AWS signed x-amz-security-token:{token} here.")
    await rejected(front.assume("admin"))
    await front.engine.journal.settled()
    assert rig.journal.kept[-1].why == "No. AWS signed x-amz-security-token:(hidden)"
