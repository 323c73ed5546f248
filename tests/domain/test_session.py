from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain import session as s
from app.domain.credentials import Credentials, Obtained
from app.domain.errors import Problem
from app.domain.secret import Secret
from app.domain.session import Activity, Session, advance, status
from app.domain.view import Status

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
LEAD = timedelta(minutes=16)
PROBLEM = Problem(code="x", title="It did not work")


def obtained(minutes: float, key: str = "ASIA1") -> Obtained:
    expires = NOW + timedelta(minutes=minutes)
    credentials = Credentials(
        access_key_id=key, secret_access_key=Secret("s"), session_token=Secret("t"), expires=expires
    )
    return Obtained(access_key_id=key, issued=NOW, expires=expires, credentials=credentials)


LIVE, DUE, DEAD = obtained(60), obtained(10), obtained(-1)
times = st.integers(-7200, 7200).map(lambda seconds: NOW + timedelta(seconds=seconds))
credentials_ = st.sampled_from([LIVE, DUE, DEAD, obtained(600, "ASIA2")])
attempts = st.integers(0, 3)
problems = st.sampled_from([PROBLEM, Problem(code="y", title="Nor did this")])
events = st.one_of(
    st.builds(s.Begun, wanted=st.booleans()),
    st.just(s.Wanted()),
    st.builds(s.PublishedNow, published=st.booleans()),
    st.builds(s.PersonNeeded, attempt=attempts, waiting_for=st.sampled_from(sorted(s.AWAITING))),
    st.builds(s.Resumed, attempt=attempts),
    st.builds(s.Succeeded, attempt=attempts, obtained=credentials_, published=st.booleans()),
    st.builds(s.Failed, attempt=attempts, problem=problems, retry_at=st.none() | times),
    st.builds(s.Cancelled, attempt=attempts, declined=st.booleans()),
    st.builds(s.Unpublished, attempt=attempts, obtained=credentials_, problem=problems, retry_at=st.none() | times),
    st.builds(s.StillUnpublished, problem=problems, retry_at=st.none() | times),
    st.builds(s.Adopted, obtained=credentials_, published=st.booleans()),
    st.builds(s.Loaded, obtained=credentials_),
    st.just(s.Lapsed()),
    st.just(s.Dropped()),
    st.builds(s.Stopped, problem=st.none() | problems),
)
any_session = st.builds(
    Session,
    obtained=st.none() | credentials_,
    activity=st.sampled_from(Activity),
    since=st.none() | times,
    attempt=attempts,
    problem=st.none() | problems,
    retry_at=st.none() | times,
    failures=st.integers(0, 20),
    failing_since=st.none() | times,
    wanted=st.booleans(),
    published=st.booleans(),
    expired_at=st.none() | times,
    declined=st.booleans(),
    unwritten=st.booleans(),
)


def test_every_event_is_drawn() -> None:
    drawn = {name for name in vars(s) if isinstance(getattr(s, name), type) and getattr(s, name) in s.Event.__args__}
    assert len(drawn) == len(s.Event.__args__) == 15


@given(any_session, events, times)
def test_every_event_is_accepted_in_every_state(session: Session, event: s.Event, now: datetime) -> None:
    after = advance(session, event, now)
    assert isinstance(after, Session)
    assert isinstance(status(after, LEAD, now), Status)
    assert after.attempt in (session.attempt, session.attempt + 1)


@given(any_session, events, times)
def test_a_late_attempt_changes_nothing(session: Session, event: s.Event, now: datetime) -> None:
    if getattr(event, "attempt", session.attempt) != session.attempt:
        assert advance(session, event, now) is session


@given(any_session, events, times)
def test_an_answer_to_nothing_changes_nothing(session: Session, event: s.Event, now: datetime) -> None:
    if hasattr(event, "attempt") and not session.busy:
        assert advance(session, event, now) is session


@given(any_session, problems, st.none() | times, times)
def test_a_failure_never_loses_credentials(
    session: Session, problem: Problem, retry_at: datetime | None, now: datetime
) -> None:
    after = advance(session, s.Failed(attempt=session.attempt, problem=problem, retry_at=retry_at), now)
    assert (after.obtained, after.published, after.wanted) == (session.obtained, session.published, session.wanted)


@given(any_session, events, times)
def test_only_what_says_so_takes_credentials_away(session: Session, event: s.Event, now: datetime) -> None:
    after = advance(session, event, now)
    if session.obtained is not None and after.obtained is None:
        assert isinstance(event, s.Lapsed | s.Dropped | s.Stopped)


@given(any_session, events, times)
def test_waking_times_belong_to_pauses_alone(session: Session, event: s.Event, now: datetime) -> None:
    consistent = (
        replace(session, retry_at=now) if session.activity is Activity.BACKING_OFF else replace(session, retry_at=None)
    )
    after = advance(consistent, event, now)
    assert (after.retry_at is not None) == (after.activity is Activity.BACKING_OFF)


@given(any_session, events, times)
def test_what_stands_in_the_file_is_not_unwritten(session: Session, event: s.Event, now: datetime) -> None:
    if not (session.published and session.unwritten):
        after = advance(session, event, now)
        assert not (after.published and after.unwritten)


def test_the_way_of_one_click() -> None:
    session = advance(Session(), s.Begun(wanted=True), NOW)
    assert status(session, LEAD, NOW) is Status.ACQUIRING
    session = advance(session, s.PersonNeeded(attempt=1, waiting_for="mfa"), NOW)
    assert status(session, LEAD, NOW) is Status.WAITING
    session = advance(session, s.Resumed(attempt=1), NOW)
    session = advance(session, s.Succeeded(attempt=1, obtained=LIVE, published=True), NOW)
    assert [status(session, LEAD, NOW + timedelta(minutes=m)) for m in (0, 43, 44, 59, 60)] == [
        Status.ACTIVE,
        Status.ACTIVE,
        Status.EXPIRING,
        Status.EXPIRING,
        Status.EXPIRED,
    ]
    session = advance(session, s.Begun(wanted=True), NOW)
    assert status(session, LEAD, NOW) is Status.REFRESHING
    session = advance(session, s.Failed(attempt=2, problem=PROBLEM, retry_at=NOW), NOW)
    assert (status(session, LEAD, NOW), session.failures, session.failing_since) == (Status.ACTIVE, 1, NOW)
    later = NOW + timedelta(minutes=61)
    session = advance(session, s.Lapsed(), later)
    assert (status(session, LEAD, later), session.expired_at) == (Status.FAILED, LIVE.expires)


@pytest.mark.parametrize(
    ("session", "expected"),
    [
        (Session(), Status.IDLE),
        (Session(problem=PROBLEM), Status.FAILED),
        (Session(declined=True), Status.IDLE),
        (Session(activity=Activity.CONTACTING), Status.ACQUIRING),
        (Session(activity=Activity.CONTACTING, obtained=DEAD), Status.ACQUIRING),
        (Session(activity=Activity.CONTACTING, obtained=DUE), Status.REFRESHING),
        (Session(activity=Activity.AWAITING_MFA), Status.WAITING),
        (Session(activity=Activity.AWAITING_BROWSER, obtained=LIVE), Status.WAITING),
        (Session(activity=Activity.AWAITING_CONFIRMATION), Status.WAITING),
        (Session(obtained=LIVE), Status.ACTIVE),
        (Session(obtained=DUE), Status.EXPIRING),
        (Session(obtained=DEAD), Status.EXPIRED),
        (Session(expired_at=NOW), Status.EXPIRED),
        (Session(obtained=DEAD, problem=PROBLEM), Status.FAILED),
        (Session(obtained=LIVE, problem=PROBLEM, published=True), Status.ACTIVE),
        (Session(obtained=LIVE, problem=PROBLEM, unwritten=True), Status.FAILED),
        (Session(obtained=DUE, problem=PROBLEM, activity=Activity.BACKING_OFF), Status.EXPIRING),
        (Session(problem=PROBLEM, activity=Activity.BACKING_OFF), Status.FAILED),
    ],
)
def test_status_follows_from_two_facts_and_the_clock(session: Session, expected: Status) -> None:
    assert status(session, LEAD, NOW) is expected


def test_adopting_while_busy_lets_the_attempt_go_on() -> None:
    session = advance(Session(), s.Begun(wanted=False), NOW)
    session = advance(session, s.Adopted(obtained=LIVE, published=True), NOW)
    assert (session.busy, session.obtained, session.wanted) == (True, LIVE, True)
    assert advance(session, s.Cancelled(attempt=1), NOW).obtained is LIVE
