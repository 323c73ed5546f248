"""What one process has learnt of the clock's error, and when another may go by it."""

from __future__ import annotations

import json
import threading
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from app.adapters.clock import FILE, ClockMemory, SystemClock

if TYPE_CHECKING:
    from pathlib import Path

HOUR = timedelta(hours=1)


class Clocks(SystemClock):
    def __init__(self) -> None:
        self.wall = datetime(2026, 11, 22, 1, 30, tzinfo=UTC)
        self.since_start = 100.0

    def now(self) -> datetime:
        return self.wall

    def steady(self) -> float:
        return self.since_start

    def pass_by(self, seconds: float) -> None:
        self.wall += timedelta(seconds=seconds)
        self.since_start += seconds


@pytest.fixture
def clocks() -> Clocks:
    return Clocks()


def keep(memory: ClockMemory, skew: timedelta) -> None:
    memory.keep(skew)
    for thread in threading.enumerate():
        if thread is not threading.current_thread() and not thread.daemon:
            thread.join()


def test_a_later_process_goes_by_it(tmp_path: Path, clocks: Clocks) -> None:
    assert ClockMemory(tmp_path, clocks).recall() == timedelta()
    keep(ClockMemory(tmp_path, clocks), HOUR)
    clocks.pass_by(7200)
    assert ClockMemory(tmp_path, clocks).recall() == HOUR


def test_a_clock_that_was_right_again_is_forgotten_about(tmp_path: Path, clocks: Clocks) -> None:
    memory = ClockMemory(tmp_path, clocks)
    keep(memory, HOUR)
    keep(memory, timedelta())
    assert memory.recall() == timedelta()
    assert not (tmp_path / FILE).exists()
    keep(memory, timedelta())


@pytest.mark.parametrize("seconds", [-3600, -3, 3, 3600])
def test_a_clock_that_was_set_may_be_right_by_now(tmp_path: Path, clocks: Clocks, seconds: int) -> None:
    memory = ClockMemory(tmp_path, clocks)
    keep(memory, HOUR)
    clocks.wall += timedelta(seconds=seconds)
    assert memory.recall() == timedelta()


@pytest.mark.parametrize("seconds", [-1.5, 1.5])
def test_a_clock_that_is_drawn_on_slowly_is_the_same(tmp_path: Path, clocks: Clocks, seconds: float) -> None:
    memory = ClockMemory(tmp_path, clocks)
    keep(memory, HOUR)
    clocks.wall += timedelta(seconds=seconds)
    assert memory.recall() == HOUR


def test_it_ends_with_the_machine(tmp_path: Path, clocks: Clocks) -> None:
    keep(ClockMemory(tmp_path, clocks, boot="one"), HOUR)
    assert ClockMemory(tmp_path, clocks, boot="one").recall() == HOUR
    assert ClockMemory(tmp_path, clocks, boot="two").recall() == timedelta()


def test_where_starts_cannot_be_told_apart_nothing_is_kept(tmp_path: Path, clocks: Clocks) -> None:
    keep(ClockMemory(tmp_path, clocks, boot=""), HOUR)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        "{}",
        "null",
        '{"boot": "b", "skew": "1", "apart": 1}',
        '{"boot": "b", "skew": 1e400, "apart": 1}',
        '{"boot": "b", "skew": NaN, "apart": 1}',
        '{"boot": "b", "skew": 1e18, "apart": 1}',
        "\udcff",
    ],
)
def test_what_cannot_be_read_is_not_known(tmp_path: Path, clocks: Clocks, text: str) -> None:
    (tmp_path / FILE).write_bytes(text.encode("utf-8", "surrogateescape"))
    assert ClockMemory(tmp_path, clocks, boot="b").recall() == timedelta()


def test_an_absurd_error_is_not_believed(tmp_path: Path, clocks: Clocks) -> None:
    memory = ClockMemory(tmp_path, clocks, boot="b")
    keep(memory, HOUR)
    told = json.loads((tmp_path / FILE).read_bytes())
    (tmp_path / FILE).write_text(json.dumps(told | {"skew": 9e9}))
    assert memory.recall() == timedelta()


def test_no_folder_no_trouble(tmp_path: Path, clocks: Clocks) -> None:
    (tmp_path / "state").write_text("a file")
    memory = ClockMemory(tmp_path / "state", clocks)
    keep(memory, HOUR)
    assert memory.recall() == timedelta()


def test_the_steady_clock_goes_on() -> None:
    clock = SystemClock()
    before = clock.steady()
    assert clock.steady() >= before
    assert abs((clock.steady() - clock.monotonic()) - (before - clock.monotonic())) < 60
