"""Looking ahead: the drawn picture, and each way in which a person comes to be needed."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from app.domain.foresight import Strand, deadlines
from app.domain.view import NeedView, SignInView, Status

NOW = datetime(2026, 11, 22, 14, 10, tzinfo=UTC)


def at(minutes: float) -> datetime:
    return NOW + timedelta(minutes=minutes)


def strand(name: str, parent: str = "identity.alice", **changes: Any) -> Strand:  # noqa: ANN401  # any field
    """A session of an hour that has 40 min left and is renewed after 24 of them."""
    values: dict[str, Any] = {
        "issued": at(-20), "ends": at(40), "renews": at(24), "counts": True, "status": Status.ACTIVE,
    }  # fmt: skip
    return Strand(key=f"profile.{name}", name=name, kind="role", parent=parent, **(values | changes))


ALICE = Strand(key="identity.alice", name="alice", kind="identity")
CORP = Strand(key="provider.corp", name="corp", kind="saml", asks="sign-in")
LOGIN = Strand(key="provider.login", name="login", kind="oidc")
MFA = Strand(key="mfa:alice:x", name="MFA session", kind="mfa", parent="identity.alice", asks="mfa", ends=at(60))


def person(*strands: Strand, of: str = "a") -> tuple[float | None, str]:
    """In how many minutes a profile needs a person, and for what."""
    row = next(row for row in deadlines(strands, (), NOW).rows if row.name == of)
    return (None if row.person_at is None else (row.person_at - NOW) / timedelta(minutes=1)), row.person_for


def test_the_rows_are_those_of_the_picture() -> None:
    strands = [
        ALICE,
        CORP,
        LOGIN,
        strand("hub", words="Hub", issued=at(-12), ends=at(48), renews=at(32)),
        strand("prod-admin", "profile.hub", words="Admin", issued=at(-18), ends=at(42), renews=at(26)),
        strand("stage-ops", issued=None, ends=None, renews=None, asks="mfa", waits_for="mfa", status=Status.WAITING),
        strand("data-lake", "provider.corp", issued=at(-34), ends=at(26), renews=at(10)),
        strand("prod-deploy", "provider.corp", issued=at(-51), ends=at(8), renews=None, leased=True, on_demand=False),
        strand("sandbox-alice", "provider.corp", issued=at(-59), ends=at(0.8), renews=None),
        strand("stage-dev", "provider.login", issued=at(-44), ends=at(15), renews=at(-1), status=Status.REFRESHING),
        strand("sandbox-ml", "provider.login", issued=at(-48), ends=at(72), renews=at(42)),
    ]
    needs = (NeedView(key="sign-in corp", kind="sign-in", title="", sign_in=SignInView(provider="corp", way="window")),)
    found = deadlines(strands, needs, NOW)
    assert [(row.name, row.depth) for row in found.rows] == [
        ("alice", 0), ("hub", 1), ("prod-admin", 2), ("stage-ops", 1),
        ("corp", 0), ("data-lake", 1), ("prod-deploy", 1), ("sandbox-alice", 1),
        ("login", 0), ("stage-dev", 1), ("sandbox-ml", 1),
    ]  # fmt: skip
    rows = {row.name: row for row in found.rows}
    assert {name: row.renewed_until for name, row in rows.items() if row.renewed_until} == {
        "hub": at(92),
        "prod-admin": at(86),
        "stage-dev": at(59),
        "sandbox-ml": at(162),
    }
    assert {name: (row.person_at, row.person_for) for name, row in rows.items() if row.person_for} == {
        "stage-ops": (NOW, "mfa"),
        "corp": (at(10), "sign-in"),
        "data-lake": (at(10), "sign-in"),
    }
    assert [name for name, row in rows.items() if row.by_itself] == ["login"]
    assert [name for name, row in rows.items() if row.leased] == ["prod-deploy"]
    assert (found.sessions, found.sources) == (7, 3)
    # What never worked shows its own need; the next moment is that of something that would stop working
    assert found.person is not None
    assert (found.person.at, found.person.kind, found.person.source) == (at(10), "sign-in", "corp")
    assert found.person.profiles == ("data-lake",)
    assert (found.person.works_until, found.person.need) == (at(26), "sign-in corp")


def test_nothing_lives_and_nothing_is_shown() -> None:
    found = deadlines([], (), NOW)
    assert (found.rows, found.person, found.sessions, found.sources) == ((), None, 0, 0)


def test_an_mfa_session_stands_above_what_uses_it_and_before_what_does_not() -> None:
    found = deadlines([ALICE, MFA, strand("plain"), strand("a", MFA.key)], (), NOW)
    assert [(row.kind, row.name, row.depth) for row in found.rows] == [
        ("identity", "alice", 0),
        ("mfa", "MFA session", 1),
        ("role", "a", 2),
        ("role", "plain", 1),
    ]


@pytest.mark.parametrize(
    ("ends", "needed"),
    [(None, 24), (5, 24), (24, 24), (25, 24), (25.5, 68), (60, 68), (69, 68), (70, 112), (600, 640)],
)
def test_a_code_is_needed_at_the_first_renewal_that_comes_too_late_for_the_mfa_session(
    ends: float | None, needed: float
) -> None:
    mfa = replace(MFA, ends=None if ends is None else at(ends))
    assert person(ALICE, mfa, strand("a", MFA.key)) == (needed, "mfa")
    assert person(ALICE, mfa, strand("a", MFA.key), of="MFA session") == (needed, "mfa")


def test_a_stored_secret_needs_nobody() -> None:
    mfa = replace(MFA, asks="")
    assert person(ALICE, mfa, strand("a", MFA.key)) == (None, "")


def test_a_profile_that_sends_its_own_code_needs_one_each_time() -> None:
    assert person(ALICE, strand("a", asks="mfa")) == (24, "mfa")
    assert person(ALICE, strand("a", asks="mfa", renews=at(-3))) == (0, "mfa")
    [_, row] = deadlines([ALICE, strand("a", asks="mfa")], (), NOW).rows
    assert row.renewed_until is None


def test_what_is_not_renewed_needs_nobody() -> None:
    assert person(ALICE, strand("a", asks="mfa", renews=None)) == (None, "")
    assert deadlines([ALICE, strand("a", asks="mfa", renews=None)], (), NOW).person is None


def test_a_child_goes_on_while_its_parents_credentials_do() -> None:
    parent = strand("hub", asks="mfa")
    # the parent is asked about after 24 min and works until 40; the child's renewals are after 24, 68 …
    assert person(ALICE, parent, strand("a", "profile.hub")) == (68, "mfa")
    assert person(ALICE, parent, strand("a", "profile.hub"), of="hub") == (24, "mfa")
    dead = strand("hub", asks="mfa", ends=None, renews=None, issued=None, counts=False)
    assert person(ALICE, dead, strand("a", "profile.hub")) == (24, "mfa")
    assert person(ALICE, dead, strand("a", "profile.hub"), of="hub") == (24, "mfa")


def test_a_parent_is_renewed_as_long_as_what_signs_for_it() -> None:
    # MFA until 60: the parent is renewed after 24, and waits after 68 while it works until 84
    strands = [ALICE, MFA, strand("hub", MFA.key), strand("a", "profile.hub")]
    assert person(*strands, of="hub") == (68, "mfa")
    assert person(*strands) == (112, "mfa")


def test_a_child_of_what_is_lent_ends_without_asking_anybody() -> None:
    lent = strand("hub", renews=None, leased=True, on_demand=False, ends=at(10))
    found = deadlines([ALICE, lent, strand("a", "profile.hub")], (), NOW)
    assert found.person is None
    [row] = [row for row in found.rows if row.name == "a"]
    assert (row.person_at, row.renewed_until) == (None, None)


def test_a_proof_that_is_here_serves_until_it_ends() -> None:
    corp = replace(CORP, ends=at(30))
    assert person(corp, strand("a", "provider.corp")) == (68, "sign-in")
    assert person(replace(corp, ends=at(4)), strand("a", "provider.corp")) == (24, "sign-in")


def test_one_answer_serves_all_that_come_to_need_it_while_the_first_still_works() -> None:
    strands = [
        CORP,
        strand("late", "provider.corp", renews=at(41), ends=at(57), issued=at(-3)),
        strand("soon", "provider.corp", renews=at(39), ends=at(55), issued=at(-5)),
        strand("first", "provider.corp"),
    ]
    found = deadlines(strands, (), NOW).person
    assert found is not None
    assert (found.at, found.profiles, found.works_until) == (at(24), ("soon", "first"), at(40))


def test_who_waits_with_something_that_lives_waits_now() -> None:
    waiting = strand("a", "provider.corp", waits_for="sign-in", since=at(-4), status=Status.WAITING)
    found = deadlines([CORP, waiting, strand("b", "provider.corp")], (), NOW).person
    assert found is not None
    assert (found.at, found.profiles, found.works_until) == (at(-4), ("a", "b"), at(40))


def test_who_waits_with_nothing_counts_when_nobody_else_does() -> None:
    waiting = strand("a", waits_for="mfa", since=at(-1), issued=None, ends=None, renews=None)
    need = NeedView(key="mfa:alice:x", kind="mfa", title="", identity="alice")
    found = deadlines([ALICE, waiting, strand("b")], (need,), NOW).person
    assert found is not None
    assert (found.at, found.kind, found.source, found.works_until, found.need) == (
        at(-1), "mfa", "alice", None, "mfa:alice:x",
    )  # fmt: skip


def test_a_session_that_signs_only_is_no_session_of_its_own() -> None:
    found = deadlines([ALICE, strand("hub", counts=False, renews=None), strand("a", "profile.hub")], (), NOW)
    assert found.sessions == 1
    assert [row.depth for row in found.rows] == [0, 1, 2]
