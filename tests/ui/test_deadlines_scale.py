from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.ui.deadlines_scale import SPANS, Scale, marks, step_of

NOW = datetime(2026, 11, 22, 14, 9, 50, tzinfo=UTC)
BERLIN, CAIRO, KOLKATA = ZoneInfo("Europe/Berlin"), ZoneInfo("Africa/Cairo"), ZoneInfo("Asia/Kolkata")


def scale(hours: float = 2, now: datetime = NOW) -> Scale:
    return Scale(start=now, span=timedelta(hours=hours), left=232, width=512).at_now(now)


def walls(made: Scale, zone: ZoneInfo, least: float = 80) -> list[str]:
    return [mark.at.astimezone(zone).strftime("%d %H:%M") for mark in marks(made, least, zone)]


def test_the_line_of_the_picture() -> None:
    made = scale()
    assert made.x(NOW) == pytest.approx(232 + 512 / 6)
    assert [mark.at.strftime("%H:%M") for mark in marks(made, 80, ZoneInfo("UTC"))] == [
        "14:00", "14:30", "15:00", "15:30",
    ]  # fmt: skip
    assert made.x(NOW.replace(hour=15, minute=0, second=0)) == pytest.approx(232 + 299.4, abs=0.1)


@pytest.mark.parametrize(("hours", "minutes"), [(2, 30), (8, 120), (24, 360), (0.25, 5), (168, 1440)])
def test_steps_leave_room_for_the_words(hours: float, minutes: int) -> None:
    assert step_of(scale(hours), 80) == timedelta(minutes=minutes)


@settings(max_examples=100)
@given(st.floats(min_value=0, max_value=2000), st.sampled_from(SPANS))
def test_pixels_and_moments_are_each_other_s_opposites(x: float, span: timedelta) -> None:
    made = Scale(start=NOW, span=span, left=40, width=700)
    assert made.x(made.moment(x)) == pytest.approx(x, abs=0.01)


@given(st.integers(-20, 20), st.floats(min_value=0, max_value=1))
def test_zooming_keeps_what_lies_under_the_pointer(steps: int, share: float) -> None:
    made = scale()
    around = made.moment(made.left + share * made.width)
    zoomed = made.zoomed(steps, around)
    assert zoomed.span in SPANS
    assert zoomed.x(around) == pytest.approx(made.x(around), abs=0.1)


def test_zooming_goes_through_the_spans_and_stops_at_the_ends() -> None:
    made = scale()
    assert made.zoomed(-1, NOW).span == timedelta(hours=4)
    assert made.zoomed(1, NOW).span == timedelta(hours=1)
    assert made.zoomed(99, NOW).span == SPANS[0]
    assert made.zoomed(-99, NOW).span == SPANS[-1]


def test_panning_ends_where_nothing_is_known() -> None:
    made = scale()
    assert made.panned(0.5, NOW).start - made.start == timedelta(hours=1)
    assert made.panned(-1e6, NOW).start == NOW - timedelta(days=30)
    assert made.panned(0.5, NOW).at_now(NOW) == made


def test_moments_beyond_the_edges_are_held_at_them() -> None:
    made = scale()
    assert made.held(NOW - timedelta(days=1)) == made.left
    assert made.held(NOW + timedelta(days=1)) == made.right
    assert made.shows(NOW)
    assert not made.shows(NOW - timedelta(hours=1))


def test_days_begin_where_the_person_is() -> None:
    late = datetime(2026, 11, 22, 18, 0, tzinfo=UTC)
    made = scale(8, late)
    days = [mark.at for mark in marks(made, 80, KOLKATA) if mark.day]
    assert days == [datetime(2026, 11, 22, 18, 30, tzinfo=UTC)]
    assert walls(made, KOLKATA)[:2] == ["23 00:00", "23 02:00"]


def test_an_hour_that_is_left_out_has_no_mark() -> None:
    # Berlin goes from 02:00 to 03:00 on 29 March 2026.
    made = Scale(start=datetime(2026, 3, 29, 0, 0, tzinfo=UTC), span=timedelta(hours=4), width=1024)
    assert walls(made, BERLIN) == ["29 01:00", "29 01:30", "29 03:00", "29 03:30", "29 04:00", "29 04:30", "29 05:00",
                                   "29 05:30", "29 06:00"]  # fmt: skip


def test_an_hour_that_comes_twice_has_its_marks_twice() -> None:
    # Berlin goes from 03:00 back to 02:00 on 25 October 2026.
    made = Scale(start=datetime(2026, 10, 24, 23, 30, tzinfo=UTC), span=timedelta(hours=4), width=400)
    assert walls(made, BERLIN) == ["25 02:00", "25 02:00", "25 03:00", "25 04:00"]
    ats = [mark.at for mark in marks(made, 80, BERLIN)]
    assert [after - before for before, after in pairwise(ats)] == [timedelta(hours=1)] * 3


def test_marks_that_daylight_saving_brings_together_are_thinned() -> None:
    made = Scale(start=datetime(2026, 10, 24, 20, 0, tzinfo=UTC), span=timedelta(hours=16), width=700)
    xs = [made.x(mark.at) for mark in marks(made, 80, BERLIN)]
    assert all(after - before >= 79 for before, after in pairwise(xs))


def test_a_day_without_a_midnight_begins_when_the_clock_goes_on() -> None:
    # Cairo goes from 00:00 to 01:00 on 24 April 2026.
    made = Scale(start=datetime(2026, 4, 23, 20, 0, tzinfo=UTC), span=timedelta(hours=4), width=1024)
    days = [mark.at for mark in marks(made, 80, CAIRO) if mark.day]
    assert days == [datetime(2026, 4, 23, 22, 0, tzinfo=UTC)]


def test_a_week_is_told_by_its_days() -> None:
    made = scale(168)
    assert all(mark.day for mark in marks(made, 60, BERLIN))
    assert len(marks(made, 60, BERLIN)) == 7
