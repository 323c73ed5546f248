"""What a profile is guarded with: its settings, and what a lease does to a request and to credentials."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from app.domain import session as sessions
from app.domain.chain import Chain, resolve
from app.domain.configuration import Identity
from app.domain.credentials import Obtained
from app.domain.settings_entries import faults
from app.domain.settings_schema import parse, table_of
from app.domain.state import SessionRecord
from app.domain.view import Status

NOW = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)
ROLE = "arn:aws:iam::123456789012:role/Admin"
TABLE: dict[str, Any] = {"role_arn": ROLE, "source": "identity.alice"}
ALICE = Identity(name="alice", access_key_id="AKIAIOSFODNN7EXAMPLE", mfa_device=None, mfa_session_duration=43200)
HOUR = timedelta(hours=1)


def document(**guards: Any) -> dict[str, Any]:  # noqa: ANN401  # any TOML
    return {"identity": {"alice": {"access_key_id": ALICE.access_key_id}}, "profile": {"prod": {**TABLE, **guards}}}


def chain(table: dict[str, Any]) -> Chain:
    """The chain of a profile, which starts from alice or, chained, from a role of hers."""
    document = {
        "identity": {"alice": {"access_key_id": ALICE.access_key_id, "mfa_device": "arn:aws:iam::111122223333:mfa/a"}},
        "profile": {"hub": TABLE, "prod": table},
    }
    configuration = parse(document)
    assert configuration.refusals == ()
    return resolve(configuration, "prod")


def test_guards_are_read_and_written_as_they_were() -> None:
    guards = {"confirm": True, "lease": 1800, "account_pin": "123456789012", "imported_from": "prod"}
    profile = parse(document(**guards)).profiles["prod"]
    assert (profile.confirm, profile.lease, profile.account_pin) == (True, 1800, "123456789012")
    assert table_of(profile) == {**TABLE, **guards}
    plain = parse(document()).profiles["prod"]
    assert (plain.confirm, plain.lease, plain.account_pin, plain.imported_from) == (False, None, "", "")
    assert table_of(plain) == TABLE


@pytest.mark.parametrize(
    ("guards", "key", "words"),
    [
        ({"confirm": "yes"}, "confirm", "true or false"),
        ({"lease": 59}, "lease", "60 to 129,600"),
        ({"lease": 129601}, "lease", "60 to 129,600"),
        ({"lease": True}, "lease", "a whole number"),
        ({"account_pin": "12345678901"}, "account_pin", "12 digits"),
        ({"account_pin": "12345678901²"}, "account_pin", "12 digits"),
        ({"account_pin": 123456789012}, "account_pin", "a text"),
        ({"account_pin": "999999999999"}, "account_pin", "the role is one of 123456789012"),
        ({"imported_from": "a\nb"}, "imported_from", "line break"),
    ],
)
def test_guards_that_break_a_rule_are_refused_with_the_reason(guards: dict[str, Any], key: str, words: str) -> None:
    [fault] = faults("profile", "prod", {**TABLE, **guards})
    assert fault.field == key
    assert words in str(fault)
    configuration = parse(document(**guards))
    assert configuration.profiles == {}
    assert [each.problem for each in configuration.refusals] == [fault.problem]


@pytest.mark.parametrize("lease", [60, 129600])
def test_the_bounds_of_a_lease_are_good(lease: int) -> None:
    assert faults("profile", "prod", {**TABLE, "lease": lease}) == []


def test_an_account_can_be_pinned_where_no_role_tells_one() -> None:
    assert faults("profile", "prod", {"source": "identity.alice", "account_pin": "123456789012"}) == []


@pytest.mark.parametrize(
    ("table", "duration", "asked"),
    [
        ({}, 3600, None),
        ({"lease": 7200}, 3600, None),
        ({"lease": 1800}, 1800, 1800),
        ({"lease": 60}, 900, 900),
        ({"duration": 7200}, 7200, 7200),
        ({"duration": 7200, "lease": 1800}, 1800, 1800),
        ({"duration": 900, "lease": 1800}, 900, 900),
        ({"source": "profile.hub", "duration": 7200}, 3600, 3600),
        ({"source": "profile.hub", "duration": 7200, "lease": 1800}, 1800, 1800),
    ],
)
def test_no_more_is_asked_for_than_the_lease(table: dict[str, Any], duration: int, asked: int | None) -> None:
    found = chain({**TABLE, **table})
    assert (found.duration, found.wished_duration) == (duration, asked)
    assert found.shortened is (table.get("lease", 99999) < 3600 and table.get("duration") != 900)
    assert found.capped is ("source" in table and "lease" not in table)


def test_a_short_lease_takes_a_profile_out_of_the_shared_mfa_session() -> None:
    shared: dict[str, Any] = {"source": "identity.alice", "mfa": True}
    assert chain(shared).shares_mfa_session
    assert chain({**shared, "lease": 43200}).shares_mfa_session
    lent = chain({**shared, "lease": 1800})
    assert not lent.shares_mfa_session
    assert lent.duration == 1800


def obtained(**changes: Any) -> Obtained:  # noqa: ANN401  # any field
    values: dict[str, Any] = {"access_key_id": "ASIA1", "issued": NOW, "expires": NOW + HOUR, "credentials": None}
    return Obtained(**(values | changes))


def test_credentials_end_with_the_lease_or_with_aws_whichever_is_earlier() -> None:
    assert obtained().ends == NOW + HOUR
    lent = obtained(lease_ends=NOW + HOUR / 2)
    assert (lent.ends, lent.life) == (NOW + HOUR / 2, HOUR / 2)
    assert lent.live(NOW + HOUR / 2 - timedelta(seconds=1))
    assert not lent.live(NOW + HOUR / 2)
    assert obtained(lease_ends=NOW + 2 * HOUR).ends == NOW + HOUR


def test_a_record_ends_like_its_credentials() -> None:
    record = SessionRecord(name="a", fingerprint="f", access_key_id="ASIA1", issued=NOW, expires=NOW + HOUR)
    assert record.ends == NOW + HOUR
    assert replace(record, lease_ends=NOW + HOUR / 2).ends == NOW + HOUR / 2
    assert replace(record, lease_ends=NOW + HOUR * 2).ends == NOW + HOUR


def test_a_lease_that_is_over_leaves_an_expired_session_that_nobody_wants() -> None:
    lent = sessions.Session(obtained=obtained(lease_ends=NOW + HOUR / 2), wanted=True, published=True)
    after = sessions.advance(lent, sessions.Lapsed(), NOW + HOUR / 2)
    assert (after.wanted, after.obtained, after.problem) == (False, None, None)
    assert after.expired_at == NOW + HOUR / 2
    assert sessions.status(after, timedelta(0), NOW + HOUR) is Status.EXPIRED
    kept = sessions.advance(replace(lent, obtained=obtained()), sessions.Lapsed(), NOW + HOUR)
    assert kept.wanted


@pytest.mark.parametrize("slip", [{"lease": "long"}, {"source": "identity.nobody"}])
def test_a_refused_profile_still_tells_its_role(slip: dict[str, object]) -> None:
    refusals = parse(document(confirm=True, **slip)).refusals
    assert {(each.entry, each.role_arn) for each in refusals} == {("profile.prod", ROLE)}


def test_guarded_credentials_that_expired_are_not_wanted_any_more() -> None:
    held = sessions.Session(obtained=obtained(), wanted=True, published=True)
    held = replace(held, activity=sessions.Activity.BACKING_OFF, retry_at=NOW + HOUR)
    after = sessions.advance(held, sessions.Lapsed(guarded=True), NOW + HOUR)
    assert (after.wanted, after.retry_at, after.activity) == (False, None, sessions.Activity.RESTING)
    assert after.expired_at == NOW + HOUR
    busy = replace(held, activity=sessions.Activity.CONTACTING)
    assert sessions.advance(busy, sessions.Lapsed(guarded=True), NOW + HOUR).wanted
