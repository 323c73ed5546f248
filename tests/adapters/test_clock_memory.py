"""What one process has learnt of the clock's error, and when another may go by it."""

from __future__ import annotations

import json
import threading
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from app.adapters.clock import FILE, ClockMemory, SystemClock, whose_time

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


@pytest.mark.parametrize(("seconds", "known"), [(0, HOUR), (43200, HOUR), (43202, timedelta()), (-200, timedelta())])
def test_what_was_measured_long_ago_is_not_known(
    tmp_path: Path, clocks: Clocks, seconds: int, known: timedelta
) -> None:
    memory = ClockMemory(tmp_path, clocks)
    keep(memory, HOUR)
    clocks.pass_by(seconds)
    assert memory.recall() == known


def test_what_is_measured_all_along_stays_known_and_is_written_once_an_hour(tmp_path: Path, clocks: Clocks) -> None:
    memory, written = ClockMemory(tmp_path, clocks), set[bytes]()
    for _ in range(24 * 60):
        keep(memory, HOUR)
        written.add((tmp_path / FILE).read_bytes())
        clocks.pass_by(60)
    assert len(written) == 24
    assert ClockMemory(tmp_path, clocks).recall() == HOUR


@pytest.mark.parametrize("put_right", [-240, 240])
def test_a_clock_that_is_put_right_slowly_is_another(tmp_path: Path, clocks: Clocks, put_right: int) -> None:
    """As time services do it: the clocks of the kernel but one are drawn on together."""
    memory = ClockMemory(tmp_path, clocks)
    keep(memory, HOUR)
    clocks.pass_by(6 * 3600)
    assert memory.recall() == HOUR
    clocks.wall += timedelta(seconds=put_right)
    assert memory.recall() == timedelta()


@pytest.mark.parametrize("off", [1.5, -1.5])
def test_a_clock_that_is_steered_all_along_is_the_same(tmp_path: Path, clocks: Clocks, off: float) -> None:
    memory = ClockMemory(tmp_path, clocks)
    keep(memory, HOUR)
    clocks.pass_by(11 * 3600)
    clocks.wall += timedelta(seconds=2 * off)
    assert memory.recall() == HOUR


def test_the_time_of_a_place_that_stands_in_for_aws_is_known_there_alone(tmp_path: Path, clocks: Clocks) -> None:
    there = "http://localhost:4566"
    keep(ClockMemory(tmp_path, clocks, endpoint=there), HOUR)
    assert ClockMemory(tmp_path, clocks).recall() == timedelta()
    assert ClockMemory(tmp_path, clocks, endpoint="http://localhost:5000").recall() == timedelta()
    assert ClockMemory(tmp_path, clocks, endpoint=there).recall() == HOUR


@pytest.mark.parametrize(
    ("environ", "whose"),
    [
        ({}, ""),
        ({"AWS_ENDPOINT_URL_STS": "http://localhost:4566"}, "http://localhost:4566"),
        ({"AWS_ENDPOINT_URL": "https://sts.example.com/x?"}, "https://sts.example.com"),
        ({"AWS_ENDPOINT_URL": "http://127.0.0.1:1", "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS": "true"}, ""),
        ({"AWS_ENDPOINT_URL_STS": "https://vpce-0a1b.sts.eu-west-1.vpce.amazonaws.com"}, ""),
        ({"AWS_ENDPOINT_URL_STS": "https://sts.cn-north-1.amazonaws.com.cn/"}, ""),
        ({"AWS_ENDPOINT_URL_STS": "https://bucket.s3.amazonaws.com"}, "https://bucket.s3.amazonaws.com"),
        ({"AWS_ENDPOINT_URL_STS": "https://sts.notamazonaws.com"}, "https://sts.notamazonaws.com"),
        ({"AWS_ENDPOINT_URL_STS": "https://alice:secret@sts.example.com"}, "nobody's"),
        ({"AWS_ENDPOINT_URL_STS": "no address"}, "nobody's"),
    ],
)
def test_whose_time_it_is(environ: dict[str, str], whose: str) -> None:
    assert whose_time(environ) == whose


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
