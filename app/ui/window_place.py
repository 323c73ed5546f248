"""Where the window stood and what it showed, and whether it can stand there and show that again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QMargins, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QGuiApplication

from app.ui import tokens
from app.ui.session_model import Show

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from app.ui.main_window import MainWindow
    from app.ui.window_state import WindowState

_FRAME = QMargins(2, 28, 2, 2)
"""Room for what a window manager puts around a window."""


def smallest() -> QSize:
    """The smallest size of the window: less where not even that fits on any screen."""
    there = [screen.availableSize().shrunkBy(_FRAME) for screen in QGuiApplication.screens()]
    wide = max((each.width() for each in there), default=tokens.SMALLEST_WIDTH)
    high = max((each.height() for each in there), default=tokens.SMALLEST_HEIGHT)
    return QSize(tokens.SMALLEST_WIDTH, tokens.SMALLEST_HEIGHT).boundedTo(QSize(wide, high))


def restore(window: QWidget, state: WindowState) -> None:
    """Give the window the place it had, moved and made smaller until all of it is on a screen that is there now."""
    kept = state.now
    screen = QGuiApplication.primaryScreen()
    room = screen.availableSize().shrunkBy(_FRAME)
    window.resize(QSize(tokens.WINDOW_WIDTH, tokens.WINDOW_HEIGHT).boundedTo(room))
    if len(kept.place) == 4:  # noqa: PLR2004  # x, y, width, height
        window.setGeometry(within(QRect(*kept.place), [each.availableGeometry() for each in QGuiApplication.screens()]))
    if kept.maximized:
        window.setWindowState(Qt.WindowState.WindowMaximized)


def within(wanted: QRect, screens: list[QRect]) -> QRect:
    """All of it on the screen that shows most of it, or on the first, with room for its frame. Pixels as Qt counts."""
    if not screens:
        return wanted
    screen = max(screens, key=lambda each: _area(each.intersected(wanted)))
    room = screen.marginsRemoved(_FRAME)
    size = wanted.size().boundedTo(room.size())
    left = max(room.left(), min(wanted.left(), room.left() + room.width() - size.width()))
    top = max(room.top(), min(wanted.top(), room.top() + room.height() - size.height()))
    return QRect(QPoint(left, top), size)


def _area(rect: QRect) -> int:
    return rect.width() * rect.height() if rect.isValid() else 0


def remember(window: QWidget, state: WindowState) -> None:
    """Keep the place of a window that is neither maximized nor minimized, and whether it is maximized."""
    state.keep(maximized=window.isMaximized())
    if not (window.isMaximized() or window.isMinimized() or window.isFullScreen()):
        place = window.geometry()
        state.keep(place=(place.x(), place.y(), place.width(), place.height()))


def open_now(window: MainWindow) -> str:
    """What is shown: the key of a page, or of the sidebar's entry that chooses among the roles."""
    return window.pages.shown or window.model.shown.value


def open_again(window: MainWindow, kept: str) -> None:
    """Show what was shown before; nothing where it is not known any more."""
    if window.pages.home() is not window.roles:
        return
    if kept in {show.value for show in Show}:
        if kept != Show.ALL.value:
            window.show_only(Show(kept))
    else:
        window.pages.open_again(kept)
