"""Moving the window's mouse and keys from a coroutine.

Qt's test helpers let events be processed while they work. Inside a task that would run other tasks in the middle of
this one, which asyncio does not survive: so the hand moves in a plain callback of the loop, and the task waits for it.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.ui.main_window import MainWindow

_HAS_FIELD = "document.readyState === 'complete' && document.activeElement instanceof HTMLInputElement"
_ANSWER_SECONDS = 2.0


async def move(act: Callable[[], object]) -> None:
    """Do something with mouse or keys, and wait until it is done. Raises what it raises."""
    loop = asyncio.get_running_loop()
    done: asyncio.Future[None] = loop.create_future()

    def callback() -> None:
        try:
            act()
        except BaseException as error:  # noqa: BLE001  # brought to whoever waits
            done.set_exception(error)
        else:
            done.set_result(None)

    loop.call_soon(callback)
    await done


async def press(target: QWidget, key: Qt.Key, *modifiers: Qt.KeyboardModifier) -> None:
    """Press a key on a widget."""
    held = Qt.KeyboardModifier.NoModifier
    for modifier in modifiers:
        held |= modifier
    await move(lambda: QTest.keyClick(target, key, held))


async def write(target: QWidget, text: str) -> None:
    """Type into a widget."""
    await move(lambda: QTest.keyClicks(target, text))


async def click(target: QWidget) -> None:
    """Click a widget in its middle."""
    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    await move(lambda: QTest.mouseClick(target, left, none, target.rect().center()))


def login_window() -> QWidget | None:
    """The window with a provider's login page, if one is to be seen."""
    windows = QApplication.topLevelWidgets()
    return next((each for each in windows if type(each).__name__ == "LoginWindow" and each.isVisible()), None)


async def field_of_page(window: QWidget) -> QWidget | None:
    """What takes the keys for the field of a login page that has the keyboard; None while none has."""
    view = next((each for each in window.findChildren(QWidget) if hasattr(each, "page") and each.isVisible()), None)
    if view is None or view.focusProxy() is None:
        return None
    loop = asyncio.get_running_loop()
    answer: asyncio.Future[object] = loop.create_future()

    def heard(has: object) -> None:
        if not answer.done():
            answer.set_result(has)

    await move(lambda: view.page().runJavaScript(_HAS_FIELD, 0, heard))
    try:
        async with asyncio.timeout(_ANSWER_SECONDS):
            return view.focusProxy() if await answer is True else None
    except TimeoutError:
        # The page was on its way to another one
        return None


async def click_row_button(window: MainWindow, name: str) -> bool:
    """Click the button of a profile's row where it is drawn; False when the row is not in the list."""
    rows = window.roles.list_page.list
    if not rows.choose(name):
        return False
    await asyncio.sleep(0.05)  # the list scrolls there

    def click() -> None:
        at = rows.button_of(name).center()
        QTest.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at)

    await move(click)
    return True
