from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from app.domain import schedule

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
lives = st.integers(60, 129600).map(lambda seconds: timedelta(seconds=seconds))
chances = st.floats(0, 1, exclude_max=True)


@given(lives, chances)
def test_lead_has_its_bounds(life: timedelta, chance: float) -> None:
    plain = schedule.lead(life)
    spread = schedule.lead(life, chance)
    assert plain <= life / 2
    assert plain >= min(timedelta(minutes=16), life / 2)
    assert plain >= min(life / 4, life / 2)
    assert plain <= spread <= plain * 1.1


def test_lead_of_usual_lives() -> None:
    minutes = {900: 7.5, 1800: 15, 3600: 16, 7200: 30, 43200: 180}
    assert {life: schedule.lead(timedelta(seconds=life)) / timedelta(minutes=1) for life in minutes} == minutes


def attempts(left: timedelta, draw: list[float]) -> list[timedelta]:
    """When each attempt of an endless outage happens, after the first; `left` is what the credentials have then."""
    times, now, failures = [timedelta(0)], NOW, 1
    while True:
        chance = draw[failures % len(draw)]
        again = schedule.retry_at(failures=failures, failing_since=NOW, expires=NOW + left, now=now, chance=chance)
        if again is None:
            return times
        assert again > now
        now, failures = again, failures + 1
        times.append(now - NOW)
        assert failures < 2000


@given(st.integers(1, 48 * 3600), st.lists(chances, min_size=1, max_size=20))
def test_retries_of_an_endless_outage(seconds: int, draw: list[float]) -> None:
    left = timedelta(seconds=seconds)
    times = attempts(left, draw)
    hour = timedelta(hours=1)
    assert sum(each < hour for each in times) <= 12
    assert all(each < left for each in times), "none when the credentials are dead"
    pauses = [later - earlier for earlier, later in pairwise(times)]
    assert all(pause >= schedule.SHORTEST_PAUSE for pause in pauses)
    late = [p for p, at in zip(pauses, times, strict=False) if at >= hour]
    assert all(pause <= schedule.LONGEST_PAUSE for pause in late)
    for pause, at in zip(pauses, times, strict=False):
        if at + pause < hour and left > hour:
            assert pause <= schedule.LONGEST_PAUSE


@given(st.integers(60, 48 * 3600), st.lists(chances, min_size=1, max_size=20))
def test_the_last_attempt_is_close_to_the_end(seconds: int, draw: list[float]) -> None:
    left = timedelta(seconds=seconds)
    # the second hour begins for those who failed twelve times: credentials that die right then may miss up to that gap
    if not timedelta(hours=1) < left <= timedelta(hours=1, minutes=1):
        assert left - attempts(left, draw)[-1] <= timedelta(seconds=21)


def test_first_pauses_double() -> None:
    far = NOW + timedelta(days=2)
    pauses = [schedule.retry_at(failures=n, failing_since=NOW, expires=far, now=NOW, chance=0.0) for n in range(1, 8)]
    assert [(p - NOW).total_seconds() for p in pauses if p] == [15, 30, 60, 120, 240, 300, 300]


def test_nothing_is_tried_again_for_the_dead() -> None:
    for seconds in (-10, 0, 5):
        expires = NOW + timedelta(seconds=seconds)
        assert schedule.retry_at(failures=1, failing_since=NOW, expires=expires, now=NOW, chance=0.5) is None
