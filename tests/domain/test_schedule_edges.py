"""The schedule at its edges, to the second."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from app.domain import schedule

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


def again(
    failures: int, *, since: float = 0, left: float = 172_800, chance: float = 0.0, now: datetime = NOW
) -> float | None:
    """Seconds until the next try; `since` is how long it has failed, `left` what the credentials have."""
    at = schedule.retry_at(
        failures=failures,
        failing_since=now - timedelta(seconds=since),
        expires=now + timedelta(seconds=left),
        now=now,
        chance=chance,
    )
    return None if at is None else (at - now).total_seconds()


@pytest.mark.parametrize(("chance", "wanted"), [(0.0, 15), (0.5, 13.125), (0.999_999, pytest.approx(11.25, abs=0.001))])
def test_up_to_a_quarter_of_a_pause_is_left_to_chance(chance: float, wanted: float) -> None:
    assert again(1, chance=chance) == wanted


@pytest.mark.parametrize(("left", "wanted"), [(45, 15), (30, 10), (18, 6), (15, 5), (12, 5), (5.1, 5), (5, None)])
def test_a_pause_is_a_third_of_what_is_left_and_five_seconds_at_least(left: float, wanted: float | None) -> None:
    assert again(1, left=left) == wanted


def test_thousands_of_failures_still_have_a_pause() -> None:
    assert again(100_000, since=7200) == 300


def test_the_eleventh_and_twelfth_failure_of_an_hour() -> None:
    assert again(10, since=600, left=1200) == 300, "an earlier one goes by its pause"
    assert again(11, since=600, left=1200) == 1180, "the last attempt is kept for 20 s before the end"
    assert again(11, since=600, left=3000) == 2980, "also where the end and the hour come together"
    assert again(11, since=600, left=3001) == 300, "but not for an end beyond the hour"
    assert again(11, since=600, left=24) == 8, "nor where less is left than that"
    assert again(12, since=600, left=7200) == 3000, "then not before the hour is over"
    assert again(13, since=600, left=7200) == 3000
    assert again(12, since=600, left=3000) is None, "when they are dead"
    assert again(12, since=600, left=3001) == 3000


def test_after_the_first_hour_pauses_are_the_longest() -> None:
    assert again(12, since=3500) == 300
    assert again(40, since=9000) == 300


@pytest.mark.parametrize(
    ("minutes", "chance", "wanted"),
    [(60, 0.0, 16), (60, 0.5, 16.8), (240, 0.0, 60), (240, 0.5, 63), (20, 0.0, 10), (20, 0.5, 10.5), (64, 0.0, 16)],
)
def test_lead_to_the_second(minutes: float, chance: float, wanted: float) -> None:
    assert schedule.lead(timedelta(minutes=minutes), chance) == timedelta(minutes=wanted)
