from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QRect, QSize
from PySide6.QtWidgets import QWidget

from app.ui import tokens, window_place
from app.ui.window_state import WindowState
from tests.ui.fake_screen import Screen, put_in_place

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


@pytest.fixture
def screens(monkeypatch: pytest.MonkeyPatch) -> list[Screen]:
    """A laptop of 1366 x 768 at 200 %, with a panel."""
    return put_in_place(monkeypatch, QRect(0, 14, 683, 370))


def test_the_window_fits_on_a_small_screen(screens: list[Screen], qtbot: QtBot) -> None:
    assert window_place.smallest().height() <= 370
    assert window_place.smallest().width() == tokens.SMALLEST_WIDTH
    made = QWidget()
    qtbot.addWidget(made)
    window_place.restore(made, WindowState())
    assert made.width() <= 683
    assert made.height() <= 370


def test_what_was_kept_on_a_larger_screen_is_made_to_fit(screens: list[Screen], qtbot: QtBot) -> None:
    state = WindowState()
    state.keep(place=(20, 30, 1120, 720))
    made = QWidget()
    qtbot.addWidget(made)
    window_place.restore(made, state)
    assert made.geometry() == QRect(2, 42, 679, 340)


LEFT, RIGHT = QRect(0, 0, 1920, 1040), QRect(1920, 0, 1200, 800)


@pytest.mark.parametrize(
    ("kept", "found"),
    [
        (QRect(100, 100, 1120, 720), QRect(100, 100, 1120, 720)),
        # beyond the right and lower edge
        (QRect(1500, 900, 1120, 720), QRect(1920 - 2 - 1120, 1040 - 2 - 720, 1120, 720)),
        # its title bar above the screen
        (QRect(100, -40, 1120, 720), QRect(100, 28, 1120, 720)),
        # most of it is on the second screen
        (QRect(1800, 50, 1120, 720), QRect(1922, 50, 1120, 720)),
        (QRect(2500, 500, 1120, 720), QRect(3120 - 2 - 1120, 800 - 2 - 720, 1120, 720)),
        # on a screen that is gone
        (QRect(5000, 3000, 1120, 720), QRect(1920 - 2 - 1120, 1040 - 2 - 720, 1120, 720)),
        # larger than any
        (QRect(-10, -10, 4000, 3000), QRect(2, 28, 1916, 1010)),
    ],
)
def test_all_of_a_window_is_on_a_screen(kept: QRect, found: QRect) -> None:
    assert window_place.within(kept, [LEFT, RIGHT]) == found


def test_without_any_screen_nothing_is_moved() -> None:
    assert window_place.within(QRect(9, 9, 640, 480), []) == QRect(9, 9, 640, 480)


def test_a_large_screen_changes_nothing(screens: list[Screen], qtbot: QtBot) -> None:
    screens[0] = Screen(QRect(0, 0, 1920, 1080))
    assert window_place.smallest() == QSize(tokens.SMALLEST_WIDTH, tokens.SMALLEST_HEIGHT)
    made = QWidget()
    qtbot.addWidget(made)
    window_place.restore(made, WindowState())
    assert made.size() == QSize(tokens.WINDOW_WIDTH, tokens.WINDOW_HEIGHT)
