"""Where the window stood and what it showed, and whether it can stand there and show that again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QGuiApplication

from app.ui import tokens
from app.ui.session_model import Show

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from app.ui.main_window import MainWindow
    from app.ui.window_state import WindowState


def restore(window: QWidget, state: WindowState) -> None:
    """Give the window the place it had, unless the screen it stood on is gone."""
    kept = state.now
    window.resize(tokens.WINDOW_WIDTH, tokens.WINDOW_HEIGHT)
    if len(kept.place) == 4:  # noqa: PLR2004  # x, y, width, height
        wanted = QRect(*kept.place)
        if any(screen.availableGeometry().intersects(wanted) for screen in QGuiApplication.screens()):
            window.setGeometry(wanted)
    if kept.maximized:
        window.setWindowState(Qt.WindowState.WindowMaximized)


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
