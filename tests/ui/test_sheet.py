from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget

from app.ui import tokens
from app.ui.sheet import Sheet
from app.ui.widgets import button, label
from tests.ui.hands import plain_window, press

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from app.ui.theme import Theme

pytestmark = pytest.mark.usefixtures("look")


class Window:
    """A window with a field below a sheet with a field and two buttons."""

    def __init__(self, qtbot: QtBot) -> None:
        self.widget = plain_window(qtbot)
        self.below = QLineEdit()
        QVBoxLayout(self.widget).addWidget(self.below)
        QApplication.processEvents()
        self.below.setFocus()
        self.sheet = Sheet(self.widget, "A question")
        self.field = QLineEdit()
        self.no, self.yes = button("No"), button("Yes", "primary")
        self.sheet.body.addWidget(label("Some words that are long enough to need a second line. " * 4, wrap=True))
        self.sheet.body.addWidget(self.field)
        self.sheet.foot.addWidget(self.no)
        self.sheet.foot.addWidget(self.yes)
        self.sheet.open_sheet(self.field)
        QApplication.processEvents()


@pytest.fixture
def window(qtbot: QtBot) -> Window:
    return Window(qtbot)


def test_lies_over_the_whole_window_with_the_panel_where_it_is_drawn(window: Window) -> None:
    assert window.sheet.geometry() == window.widget.rect()
    panel = window.sheet.panel.geometry()
    assert (panel.width(), panel.top()) == (tokens.SHEET_WIDTH, tokens.SHEET_TOP)
    assert panel.left() == (1120 - tokens.SHEET_WIDTH) // 2


def test_follows_the_window(window: Window) -> None:
    window.widget.resize(640, 480)
    QApplication.processEvents()
    assert window.sheet.geometry() == window.widget.rect()
    assert window.widget.rect().contains(window.sheet.panel.geometry())


def test_the_keyboard_goes_round_inside(window: Window) -> None:
    seen = []
    for _ in range(4):
        seen.append(QApplication.focusWidget())
        press(Qt.Key.Key_Tab)
    assert seen == [window.field, window.no, window.yes, window.field]
    press(Qt.Key.Key_Backtab)
    assert QApplication.focusWidget() is window.field


def test_the_keyboard_cannot_be_taken_by_what_is_below(window: Window) -> None:
    window.below.setFocus()
    assert QApplication.focusWidget() is window.field


def test_a_second_sheet_takes_it_and_gives_it_back(window: Window) -> None:
    second = Sheet(window.widget, "Another")
    other = QLineEdit()
    second.body.addWidget(other)
    second.open_sheet(other)
    assert QApplication.focusWidget() is other
    window.field.setFocus()
    assert QApplication.focusWidget() is other
    second.close_sheet()
    assert QApplication.focusWidget() is window.field


def test_escape_refuses(window: Window, qtbot: QtBot) -> None:
    with qtbot.waitSignal(window.sheet.refused, timeout=1000):
        press(Qt.Key.Key_Escape)


def test_a_click_beside_the_panel_changes_nothing(window: Window, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(window.sheet.refused):
        QTest.mouseClick(window.sheet, Qt.MouseButton.LeftButton, pos=QPoint(5, 5))
    assert window.sheet.isVisible()
    assert QApplication.focusWidget() is window.field


def test_shortcuts_of_the_window_rest(window: Window, qtbot: QtBot) -> None:
    pressed = []
    shortcut = QShortcut(QKeySequence("Ctrl+R"), window.widget)
    shortcut.activated.connect(lambda: pressed.append("refresh"))
    press(Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier)
    assert pressed == []
    window.sheet.close_sheet()
    press(Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier)
    assert pressed == ["refresh"]


def test_closing_gives_the_keyboard_back_and_says_so_once(window: Window, qtbot: QtBot) -> None:
    closed = []
    window.sheet.closed.connect(lambda: closed.append(1))
    window.sheet.close_sheet()
    window.sheet.close_sheet()
    assert closed == [1]
    assert QApplication.focusWidget() is window.below


def test_what_had_the_keyboard_may_be_gone_by_then(qtbot: QtBot) -> None:
    widget = plain_window(qtbot)
    before = QLineEdit(widget)
    before.show()
    before.setFocus()
    sheet = Sheet(widget, "A question")
    sheet.open_sheet()
    before.deleteLater()
    QApplication.sendPostedEvents(before, 0)
    QApplication.processEvents()
    sheet.close_sheet()
    assert sheet.isHidden()


def test_the_scrim_is_the_tokens(window: Window, look: Theme) -> None:
    white = window.widget.grab().toImage().pixelColor(5, 5)
    look.set_mode("dark")
    QApplication.processEvents()
    dark = window.widget.grab().toImage().pixelColor(5, 5)
    assert white.lightness() < 200
    assert dark.lightness() < 40


def test_says_what_it_is(window: Window) -> None:
    assert window.sheet.accessibleName() == "A question"
    assert isinstance(window.sheet.parent(), QWidget)
