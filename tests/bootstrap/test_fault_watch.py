from __future__ import annotations

import asyncio
import sys
from typing import TYPE_CHECKING

from app.adapters import logging_filter
from app.bootstrap.fault_watch import watching
from app.domain.errors import Denied

if TYPE_CHECKING:
    from collections.abc import Callable

    import pytest

SECRET = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"


def slot() -> None:
    raise ValueError(SECRET)


def raise_in_a_slot() -> None:
    """As PySide does with an exception in a slot."""
    try:
        slot()
    except ValueError as error:
        sys.excepthook(type(error), error, error.__traceback__)


async def test_a_slot_that_fails_is_told_and_logged_without_its_text(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], expect_log: Callable[[str], None]
) -> None:
    expect_log("A slot of the window failed: ValueError in slot, line [0-9]+$")
    monkeypatch.setattr(sys, "excepthook", logging_filter._crashed)
    told: list[str] = []
    with watching(told.append):
        raise_in_a_slot()
    assert told == ["ValueError"]
    printed = capsys.readouterr().err
    assert "in slot" in printed
    assert SECRET not in printed
    raise_in_a_slot()
    assert told == ["ValueError"]


async def test_what_the_event_loop_runs_and_nobody_waits_for_is_told(expect_log: Callable[[str], None]) -> None:
    expect_log("Exception in callback")
    told: list[str] = []

    def fails() -> None:
        raise KeyError

    def denied() -> None:
        raise Denied(code="access-denied", title="Denied")

    with watching(told.append):
        asyncio.get_running_loop().call_soon(fails)
        asyncio.get_running_loop().call_soon(denied)
        await asyncio.sleep(0)
        await asyncio.sleep(0)
    assert told == ["KeyError"]
