"""What a person's hands do to the window, for tests whose loop is asyncio's own."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from app.ui import widgets

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


async def settle() -> None:
    """Let everything happen that is due: events of Qt, tasks of asyncio, and what these lead to."""
    for _ in range(8):
        QApplication.processEvents()
        await asyncio.sleep(0)


def show(qtbot: QtBot, widget: QWidget, width: int = 1120, height: int = 720) -> QWidget:
    """Show a window that has the keyboard."""
    qtbot.addWidget(widget)
    widget.resize(width, height)
    widget.show()
    widget.activateWindow()
    qtbot.waitUntil(widget.isActiveWindow, timeout=5000)
    return widget


def plain_window(qtbot: QtBot) -> QWidget:
    """A window with nothing in it."""
    window = QWidget()
    widgets.ground(window, "surface")
    return show(qtbot, window)


def press(key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """Press a key where the keyboard is."""
    target = QApplication.focusWidget()
    assert target is not None
    QTest.keyClick(target, key, modifier)


def type_text(text: str) -> None:
    """Type where the keyboard is."""
    target = QApplication.focusWidget()
    assert target is not None
    QTest.keyClicks(target, text)


def click(button: QWidget) -> None:
    """Click in the middle."""
    assert button.isVisible()
    assert button.isEnabled()
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
