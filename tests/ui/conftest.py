"""One application with our look for all tests of the window."""

from __future__ import annotations

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from typing import TYPE_CHECKING

import pytest

from app.ui import theme
from tests.ui.fake_core import FakeIntents

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtWidgets import QApplication


@pytest.fixture
def look(qapp: QApplication) -> Iterator[theme.Theme]:
    """The installed theme, light unless a test changes it."""
    installed = theme.install(qapp, "light")
    yield installed
    installed.set_mode("light")


@pytest.fixture
def intents() -> FakeIntents:
    return FakeIntents()
