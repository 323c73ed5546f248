"""One application with our look for all tests of the window."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QLocale

from app.ui import tasks, theme
from app.ui.main_window import MainWindow
from app.ui.window_state import WindowState
from tests.ui.fake_core import FakeIntents
from tests.ui.hands import show

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot


@pytest.fixture(autouse=True)
def _region() -> Iterator[None]:
    """Each test leaves the region for dates and numbers as it found it."""
    before = QLocale()
    yield
    QLocale.setDefault(before)


@pytest.fixture
def look(qapp: QApplication) -> Iterator[theme.Theme]:
    """The installed theme, light unless a test changes it."""
    installed = theme.install(qapp, "light")
    yield installed
    installed.set_mode("light")


@pytest.fixture
def intents() -> FakeIntents:
    fake = FakeIntents()
    fake.set_theme("light")
    return fake


@pytest.fixture
async def window(qtbot: QtBot, look: theme.Theme, intents: FakeIntents) -> AsyncIterator[MainWindow]:
    """The main window on the roles of the pictures, with the keyboard."""
    made = MainWindow(intents, state=WindowState())
    show(qtbot, made)
    yield made
    tasks.cancel_all()
    await tasks.drained()
    made.end()
