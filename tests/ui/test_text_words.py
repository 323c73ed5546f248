from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from PySide6.QtCore import QLocale

from app.domain.view import Status
from app.ui import text
from app.ui.text import Tone
from tests.ui.fake_core import NOW, sessions

ROWS = {row.name: row for row in sessions()}


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (-5, "0:00"),
        (0, "0:00"),
        (48.9, "0:48"),
        (60, "1:00"),
        (2530, "42:10"),
        (3599, "59:59"),
        (3600, "1 h 0 min"),
        (4320, "1 h 12 min"),
        (43200, "12 h 0 min"),
    ],
)
def test_countdown_as_people_read_it(seconds: float, words: str) -> None:
    assert text.countdown(timedelta(seconds=seconds)) == words


@pytest.mark.parametrize(
    ("seconds", "words"), [(30, "under 1 min"), (60, "1 min"), (2530, "42 min"), (4320, "1 h 12 min")]
)
def test_menus_say_whole_minutes(seconds: float, words: str) -> None:
    assert text.minutes(timedelta(seconds=seconds)) == words


@pytest.mark.parametrize(
    ("passed", "words"),
    [
        (timedelta(seconds=3), "just now"),
        (timedelta(minutes=12), "12 min ago"),
        (timedelta(hours=3), "3 h ago"),
        (timedelta(days=2), "2 d ago"),
    ],
)
def test_how_long_ago(passed: timedelta, words: str) -> None:
    assert text.ago(passed) == words


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        ("prod-admin", ("42:10", "Active")),
        ("prod-audit", ("Idle", "")),
        ("prod-billing", ("Failed", "Details")),
        ("prod-deploy", ("8:36", "Expiring")),
        ("stage-dev", ("15:31", "Refreshing")),
        ("stage-ops", ("Waiting for you", "MFA code")),
        ("stage-db", ("Acquiring", "asking AWS, 2 s")),
        ("stage-readonly", ("Expired", "12 min ago")),
        ("sandbox-alice", ("0:48", "Expiring")),
        ("sandbox-ml", ("1 h 12 min", "Active")),
    ],
)
def test_each_status_has_its_words(name: str, lines: tuple[str, str]) -> None:
    assert text.status_lines(ROWS[name], NOW) == lines


def test_a_session_is_expired_the_moment_its_time_is_over() -> None:
    view = ROWS["sandbox-alice"]
    assert view.expires is not None
    assert text.shown(view, view.expires - timedelta(seconds=1)) is Status.EXPIRING
    assert text.shown(view, view.expires) is Status.EXPIRED
    assert text.status_lines(view, view.expires + timedelta(minutes=5)) == ("Expired", "5 min ago")


def test_a_waiting_session_tells_how_long_its_credentials_still_work() -> None:
    waiting = replace(ROWS["prod-admin"], status=Status.WAITING, waiting_for="mfa")
    assert text.status_lines(waiting, NOW) == ("Waiting for you", "MFA code · 42:10")


def test_a_renewal_that_fails_is_told_while_the_credentials_still_work() -> None:
    failing = replace(ROWS["prod-admin"], problem=ROWS["prod-billing"].problem)
    assert text.status_lines(failing, NOW) == ("42:10", "Renewal failing")


def test_keys_that_may_be_others_are_not_called_active_without_a_word() -> None:
    doubted = replace(ROWS["prod-admin"], confirmed=False)
    assert text.status_lines(doubted, NOW) == ("42:10", "Unconfirmed")


def test_words_without_end_find_a_place_to_break() -> None:
    assert text.breakable("Plain words stay.") == "Plain words stay."
    arn = "arn:aws:iam::123456789012:role/teams/platform/Deploy"
    assert text.breakable(arn).replace("\u200b", "") == arn
    assert max(map(len, text.breakable(arn).split("\u200b"))) <= 24
    encoded = text.breakable("message: " + "Qo5uDNk5K_" * 90)
    assert encoded.replace("\u200b", "") == "message: Qo5uDNk5K_Qo5uDN…5uDNk5K_"


def test_tone_goes_from_green_over_amber_to_red() -> None:
    assert text.tone(ROWS["prod-admin"], NOW) is Tone.GOOD
    assert text.tone(ROWS["prod-deploy"], NOW) is Tone.WARN
    assert text.tone(ROWS["sandbox-alice"], NOW) is Tone.BAD
    # Being renewed inside the lead is amber, too.
    assert text.tone(ROWS["stage-dev"], NOW) is Tone.WARN


def test_the_ring_is_the_share_of_life_that_is_left() -> None:
    view = ROWS["prod-admin"]
    assert text.share_left(view, NOW) == pytest.approx(42.1667 / 60, abs=1e-3)
    assert text.share_left(replace(view, issued=None), NOW) == 1.0
    assert text.share_left(view, NOW + timedelta(hours=2)) == 0.0
    assert text.share_left(ROWS["prod-audit"], NOW) == 0.0


def test_a_failure_puts_its_reason_in_the_second_line() -> None:
    assert text.second_line(ROWS["prod-admin"]) == "Admin · 123456789012 · eu-west-1 · hub"
    assert text.second_line(ROWS["prod-billing"]).startswith("Denied: the role's trust policy")


def test_screen_readers_hear_a_whole_row() -> None:
    assert text.spoken(ROWS["prod-admin"], NOW) == (
        "prod-admin, Admin · 123456789012 · eu-west-1 · hub, Active, 42:10 left, Production"
    )
    assert "MFA code" in text.spoken(ROWS["stage-ops"], NOW)


@pytest.mark.parametrize(
    ("locale", "days", "said"),
    [
        ("en_GB", 0, "14:10"),
        ("en_GB", 2, "Mon 9 Mar, 14:10"),
        ("en_US", 2, "Mon Mar 9, 2:10\u202fPM"),
        ("de_DE", 2, "Mo. 9 März, 14:10"),
        ("en_GB", 400, "11/04/2027, 14:10"),
    ],
)
def test_another_day_is_said_as_the_locale_writes_days(locale: str, days: int, said: str) -> None:
    noon = datetime(2026, 3, 7, 14, 10).astimezone()
    before = QLocale()
    QLocale.setDefault(QLocale(locale))
    try:
        assert text.day_and_clock(noon + timedelta(days=days), noon) == said
    finally:
        QLocale.setDefault(before)
