"""What each command of the window does, and the keys that lead to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence

from app.domain.values import replace
from app.ui import commands
from app.ui.acts import Act
from app.ui.commands import Where
from app.ui.tasks import spawn

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from app.ui.main_window import MainWindow


def runs(window: MainWindow) -> dict[str, Callable[[], object]]:
    """What each command does that is not done with a profile of one's choice, by its ID."""
    doer, pages = window.doer, window.pages
    sorts: dict[str, Callable[[], object]] = {
        each.id: lambda sort=each.sort: window.sort(sort)  # type: ignore[misc]  # bound now
        for each in commands.COMMANDS.values()
        if each.sort is not None
    }
    return {
        "new": pages.new_profile,
        "refresh all": doer.refresh_all,
        "top up": doer.top_up,
        "stop all": doer.stop_all,
        "import": pages.import_roles,
        "shortcuts": window.show_shortcuts,
        "search": window.search,
        "palette": window.find_anything,
        "back": window.escape,
        "undo": window.toasts.act,
        "new identity": pages.new_identity,
        "new saml": lambda: pages.new_provider("saml"),
        "new oidc": lambda: pages.new_provider("oidc"),
        "take": lambda: pages.place("sharing", "import"),
        "export all": lambda: pages.place("sharing", "export"),
        "settings": pages.settings,
        "theme light": lambda: _theme(window, "light"),
        "theme dark": lambda: _theme(window, "dark"),
        "theme system": lambda: _theme(window, "system"),
        "quit": window.quit_wanted.emit,
        **sorts,
    }


class _Stronger(QObject):
    """Lets Ctrl+E through the search field: some desktops give it to text, to go to its end."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Leave the key to the window."""
        if event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            known = commands.command("environment").keys
            if QKeySequence(event.keyCombination()) in [QKeySequence(key) for key in known]:
                event.ignore()
                return True
        return super().eventFilter(watched, event)


def install(window: MainWindow) -> list[QAction]:
    """Give the window its keys; returns those that rest while a page lies over the list."""
    known = runs(window)
    window.roles.list_page.search.installEventFilter(_Stronger(window))
    resting = []
    for each in commands.COMMANDS.values():
        if each.own or not each.keys:
            continue
        run = known[each.id] if each.act is None else _on_chosen(window, each.act)
        owner = window.roles.list_page.list if each.where is Where.ROWS else window
        action = _action(each.words(), each.keys, run, owner)
        if each.where is Where.ROWS:
            # In a text field this key belongs to the text.
            action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        elif each.where is Where.LIST:
            resting.append(action)
    return resting


def _on_chosen(window: MainWindow, act: Act) -> Callable[[], object]:
    if act is Act.COPY_ENVIRONMENT:
        return window.shell_menu
    return lambda: window.on_chosen(act)


def _theme(window: MainWindow, theme: str) -> None:
    intents = window.intents
    settings = replace(intents.snapshot().configuration.settings, theme=theme)
    spawn(intents.put_settings(settings), lambda error: window.toasts.say(str(error), "bad"))


# Some desktops tell the Shift that it takes to type it, others do not.
_ALSO = {"?": ("Shift+?",)}


def _action(words: str, keys: tuple[str, ...], done: Callable[[], object], owner: QWidget) -> QAction:
    action = QAction(words, owner)
    action.setShortcuts([QKeySequence(each) for key in keys for each in (key, *_ALSO.get(key, ()))])
    action.triggered.connect(lambda _checked=False: done())
    owner.addAction(action)
    return action
