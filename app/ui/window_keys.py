"""The keys of the window."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence

from app.ui.acts import Act
from app.ui.text import tr

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from app.ui.main_window import MainWindow


def install(window: MainWindow) -> list[QAction]:
    """Give the window its keys; returns those that rest while a page lies over the list."""
    doer, rows = window.doer, window.roles.list_page.list
    of_list: tuple[tuple[str, str, Callable[[], object]], ...] = (
        (tr("Refresh now"), "Ctrl+R", lambda: window.on_chosen(Act.REFRESH)),
        (tr("Refresh all"), "Ctrl+Shift+R", doer.refresh_all),
        (tr("Copy console sign-in URL"), "Ctrl+Shift+C", lambda: window.on_chosen(Act.COPY_URL)),
        (tr("Open console"), "Ctrl+O", lambda: window.on_chosen(Act.OPEN_CONSOLE)),
        (tr("Copy environment"), "Ctrl+E", window.shell_menu),
        (tr("Search"), "Ctrl+F", window.search),
        (tr("Edit"), "F2", lambda: window.on_chosen(Act.EDIT)),
        (tr("Duplicate"), "Ctrl+D", lambda: window.on_chosen(Act.DUPLICATE)),
        (tr("Undo"), "Ctrl+Z", window.toasts.act),
        (tr("Back"), "Esc", window.escape),
    )
    resting = [_action(words, keys, done, window) for words, keys, done in of_list]
    # In a text field this key belongs to the text.
    delete = _action(tr("Delete"), "Del", lambda: window.on_chosen(Act.DELETE), rows)
    delete.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
    _action(tr("New role"), "Ctrl+N", window.pages.new_profile, window)
    _action(tr("Settings"), "Ctrl+,", window.pages.settings, window)
    _action(tr("Quit"), "Ctrl+Q", window.quit_wanted.emit, window)
    return resting


def _action(words: str, keys: str, done: Callable[[], object], owner: QWidget) -> QAction:
    action = QAction(words, owner)
    action.setShortcut(QKeySequence(keys))
    action.triggered.connect(lambda _checked=False: done())
    owner.addAction(action)
    return action
