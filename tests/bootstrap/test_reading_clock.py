"""What others told of the clock's error takes nothing away from those who only read the files."""

from __future__ import annotations

import threading
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from app import bootstrap
from app.adapters.clock import ClockMemory, SystemClock
from app.cli import listing
from tests.bootstrap import test_reading

if TYPE_CHECKING:
    from pathlib import Path

    from tests.bootstrap.test_reading import Desk

desk = test_reading.desk
HERE = "http://127.0.0.1:4566"


def told(home: Path, skew: timedelta, *, endpoint: str = "") -> None:
    clock = SystemClock()
    memory = ClockMemory(home / "rolecall" / "state", clock, endpoint=endpoint, boot="this one")
    memory.keep(skew)
    for thread in threading.enumerate():
        if thread is not threading.current_thread() and not thread.daemon:
            thread.join()
    assert memory.recall() == skew


@pytest.fixture(autouse=True)
def _same_start(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.adapters.clock._boot_id", lambda: "this one")


@pytest.mark.parametrize("skew", [timedelta(days=20), timedelta(days=-20), timedelta(hours=1)])
def test_a_live_session_is_found_whatever_others_told(
    desk: Desk, home: Path, skew: timedelta, capsys: pytest.CaptureFixture[str]
) -> None:
    told(home, skew)
    assert desk.found() == test_reading.KEY_ID
    light = bootstrap.light()
    assert light.surely <= light.now
    listing.list_profiles(as_json=True)
    assert '"expired"' not in capsys.readouterr().out


def test_what_a_stand_in_told_is_nothing_to_others(desk: Desk, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    told(home, timedelta(days=20), endpoint=HERE)
    light = bootstrap.light()
    assert light.surely == light.now
    monkeypatch.setenv("AWS_ENDPOINT_URL_STS", HERE)
    light = bootstrap.light()
    assert light.now - light.surely == timedelta(days=20)
    assert desk.found() == test_reading.KEY_ID
