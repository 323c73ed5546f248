from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QLocale

from app.domain.deadlines import Deadline, Deadlines, PersonNeeded, ToppedUp
from app.domain.view import Status
from app.ui import deadlines_words as words
from tests.ui.fake_places import time_line
from tests.ui.fake_providers import NOW

if TYPE_CHECKING:
    from collections.abc import Iterator

PERSON = time_line().person


@pytest.fixture(autouse=True)
def _hours_of_the_picture() -> Iterator[None]:
    before = QLocale()
    QLocale.setDefault(QLocale(QLocale.Language.German))
    yield
    QLocale.setDefault(before)


def at(minutes: float) -> datetime:
    return NOW + timedelta(minutes=minutes)


def hour(minutes: float) -> str:
    return at(minutes).astimezone().strftime("%H:%M")


def row(**facts: object) -> Deadline:
    base = Deadline(key="profile.a", name="a", kind="role", depth=1, words="Admin", status=Status.ACTIVE)
    return replace(base, **facts)  # type: ignore[arg-type]  # a table of keyword arguments


def told(each: Deadline) -> tuple[str, str]:
    found = words.told(each, NOW)
    return found.words, found.tone


def test_the_last_column_of_the_picture() -> None:
    assert [told(each) for each in time_line().rows] == [
        ("Long-term key", "text2"),
        (f"Renews {hour(32.2)}", "text2"),
        (f"Renews {hour(26.2)}", "text2"),
        ("MFA code now", "accent"),
        (f"Sign in {hour(10.2)}", "accent"),
        (f"Needs you {hour(10.2)}", "accent"),
        (f"Ends {hour(8.6)}", "warn"),
        ("Ends in 0:48", "bad"),
        ("Signs in by itself", "text2"),
        ("Refreshing now", "text2"),
        (f"Renews {hour(42.2)}", "text2"),
    ]


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"expires": at(30), "leased": True}, ("Lease ends @30", "warn")),
        ({"expires": at(30), "renews": at(14), "leased": True}, ("Lease ends @30", "warn")),
        ({"expires": at(1), "leased": True}, ("Lease ends in 1:00", "bad")),
        ({"expires": at(-4)}, ("Ended @-4", "text2")),
        ({"status": Status.FAILED}, ("Failed", "bad")),
        ({"status": Status.ACQUIRING}, ("Asking AWS", "text2")),
        ({"status": Status.IDLE}, ("Idle", "text2")),
        ({"expires": at(10), "renews": at(-1)}, ("Renews now", "text2")),
        ({"person_at": at(-1), "person_for": "sign-in"}, ("Sign in now", "accent")),
        ({"person_at": at(0), "person_for": "command"}, ("Confirm now", "accent")),
        ({"kind": "saml", "expires": at(90)}, ("Signed in until @90", "text2")),
        ({"expires": at(60), "renews": at(40), "person_at": at(300)}, ("Renews @40", "text2")),
        ({"expires": at(60), "renews": at(40), "person_at": at(40)}, ("Needs you @40", "accent")),
        ({"kind": "mfa", "expires": at(90), "words": ""}, ("Lasts until @90", "text2")),
        ({"status": None, "expires": at(30)}, ("Lasts until @30", "text2")),
        ({"kind": "oidc"}, ("Nobody needed", "text2")),
        ({"kind": "identity", "person_at": at(5), "person_for": "mfa"}, ("MFA code @5", "accent")),
    ],
)
def test_what_comes_next(facts: dict[str, object], expected: tuple[str, str]) -> None:
    # The hours only now: where this computer is may be set after the cases were made.
    words_, _, minutes = expected[0].partition("@")
    assert told(row(**facts)) == (words_ + (hour(float(minutes)) if minutes else ""), expected[1])


def test_an_mfa_session_has_no_name_of_its_own() -> None:
    each = row(kind="mfa", name="anything", words="", expires=at(90))
    assert words.title(each) == "MFA session"
    assert words.spoken(each, NOW) == f"MFA session: ends {hour(90)}"
    assert words.tone_of(each, NOW) == "good"


def test_only_the_last_two_minutes_count_each_second() -> None:
    assert words.told(row(expires=at(1.9)), NOW).counts
    assert not words.told(row(expires=at(2.1)), NOW).counts


def test_bars_are_green_only_while_they_go_on_by_themselves() -> None:
    assert [words.tone_of(each, NOW) for each in time_line().rows if each.expires is not None] == [
        "good", "good", "good", "warn", "bad", "warn", "good",
    ]  # fmt: skip


def test_an_hour_that_could_be_taken_for_a_nearer_one_has_its_day() -> None:
    assert words.when(at(60), NOW) == hour(60)
    far = at(60 * 25)
    assert words.when(far, NOW).endswith(hour(60 * 25))
    assert len(words.when(far, NOW)) > len(hour(60 * 25))


def test_what_screen_readers_say() -> None:
    rows = {each.name: words.spoken(each, NOW) for each in time_line().rows}
    assert rows["hub"] == f"hub, Hub: renews {hour(32.2)}, ends {hour(48.2)}"
    assert rows["stage-ops"] == "stage-ops, Operations: needs an MFA code now"
    assert rows["corp"] == f"corp, SAML: needs a sign-in {hour(10.2)}"
    assert rows["data-lake"] == f"data-lake, Analyst: needs a sign-in {hour(10.2)}, ends {hour(26.2)}"
    assert rows["alice"] == "alice, IAM user: Long-term key"
    assert rows["stage-dev"] == f"stage-dev, Developer: refreshing now, ends {hour(15.5)}"


def test_the_banner_of_the_picture() -> None:
    assert PERSON is not None
    assert words.headline(PERSON, NOW) == f"Next human needed {hour(10.2)}, in 10 min"
    assert words.pill(PERSON, NOW) == f"Next human needed {hour(10.2)}"
    assert words.reason(PERSON, NOW) == f"Sign in to corp, for data-lake. Its credentials work until {hour(26.2)}."
    assert words.act(PERSON) == "Sign in now"


@pytest.mark.parametrize(
    ("facts", "title", "reason", "act"),
    [
        (
            {"kind": "mfa", "source": "alice", "profiles": ("a", "b", "c"), "works_until": at(5)},
            "Human needed now",
            "Enter an MFA code for alice, for a and 2 more. The first of them works until {hour}.",
            "Enter code",
        ),
        ({"kind": "command", "source": "keys", "profiles": ("a",)}, "Human needed now",
         "Allow the command of keys, for a.", "Confirm…"),
        ({"kind": "sign-in", "source": "corp"}, "Human needed now", "Sign in to corp.", "Sign in now"),
    ],
)  # fmt: skip
def test_banners(facts: dict[str, object], title: str, reason: str, act: str) -> None:
    person = PersonNeeded(at=NOW, **facts)  # type: ignore[arg-type]  # a table of keyword arguments
    assert words.headline(person, NOW) == title
    assert words.reason(person, NOW) == reason.format(hour=hour(5))
    assert words.act(person) == act


def test_where_nobody_is_needed_the_nearest_end_is_told() -> None:
    assert words.nobody(time_line(), NOW) == f"sandbox-alice is not renewed and ends {hour(0.8)}."
    assert words.nobody(Deadlines(), NOW) == "Everything renews by itself."


def test_counts() -> None:
    assert words.counted(time_line()) == "7 sessions, 3 sources"
    assert words.counted(Deadlines(sessions=1, sources=1)) == "1 session, 1 source"


def test_what_topping_up_came_to() -> None:
    assert words.topped(ToppedUp()) == ("There is nothing to renew.", "")
    assert words.topped(ToppedUp(renewed=("a",))) == ("1 session renewed.", "good")
    left = tuple((name, "needs a second code") for name in "abcde")
    assert words.topped(ToppedUp(renewed=("x", "y"), left=left[:1])) == (
        "2 sessions renewed. Left as they are: a (needs a second code).", "bad",
    )  # fmt: skip
    assert words.topped(ToppedUp(left=left))[0].endswith("c (needs a second code) and 2 more.")


def test_tool_tips_tell_times_in_full() -> None:
    tip = words.in_full(time_line().rows[1], NOW)
    assert tip.startswith("hub · Hub\n")
    assert [line.split(" ", 1)[0] for line in tip.splitlines()[1:]] == ["Renews", "Obtained", "Renews", "Ends", "After"]


def test_what_is_renewed_by_itself_before_is_not_said_to_end() -> None:
    person = PersonNeeded(at=at(12), kind="sign-in", source="corp", profiles=("data-lake",), works_until=at(1))
    assert words.reason(person, NOW) == "Sign in to corp, for data-lake."
