from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QApplication

from app.domain.errors import StorageTrouble
from app.ui import tasks
from app.ui.faults import Faults
from app.ui.toasts import Toasts
from tests.ui.hands import plain_window

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

pytestmark = pytest.mark.usefixtures("look")


@pytest.fixture
def toasts(qtbot: QtBot) -> Toasts:
    return Toasts(plain_window(qtbot))


def test_a_fault_is_told_by_its_kind_from_any_thread(toasts: Toasts) -> None:
    faults = Faults(toasts, toasts)
    worker = threading.Thread(target=faults.fault, args=("KeyError",))
    worker.start()
    worker.join()
    assert toasts.words == ""
    QApplication.processEvents()
    assert toasts.words == "Something went wrong inside Rolecall itself (KeyError). The details are in the log."


def test_a_browser_that_does_not_come_is_told_with_what_to_do(toasts: Toasts) -> None:
    Faults(toasts, toasts).no_browser()
    assert "Copy its link" in toasts.words


async def test_what_nobody_else_shows_is_told(toasts: Toasts, expect_log: Callable[[str], None]) -> None:
    expect_log("Nobody showed this")
    Faults(toasts, toasts)

    async def fails() -> None:
        raise StorageTrouble(code="x", title="The file is not there", remedy="Look for it.")

    tasks.spawn(fails())
    await tasks.drained()
    assert toasts.words == "The file is not there. Look for it."
