"""The menus of a profile: the same names and the same order in the list, the detail panel and the tray."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu

from app.domain.view import Status
from app.ui import acts, icons, text, theme
from app.ui.acts import Act
from app.ui.text import tr

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from PySide6.QtGui import QAction, QIcon
    from PySide6.QtWidgets import QWidget

    from app.domain.view import SessionView
    from app.ui.doer import Doer


def add(  # noqa: PLR0913  # one line of a menu, by name
    menu: QMenu,
    words: str,
    done: Callable[[], None],
    *,
    icon: str = "",
    key: str = "",
    tint: str = "text2",
    on: bool = True,
) -> QAction:
    """Add a line. `key` is shown as its shortcut and does nothing by itself. Ampersands in names stay visible."""
    action = menu.addAction(words.replace("&", "&&") + (f"\t{key}" if key else ""))
    if icon:
        action.setIcon(_icon(icon, tint))
    action.setEnabled(on)
    action.triggered.connect(lambda _checked=False: done())
    return action


def _icon(name: str, tint: str = "text2") -> QIcon:
    t = theme.tokens()
    return icons.icon(name, getattr(t, tint), disabled=t.disabled, chosen=t.on_fill)


def popup(parent: QWidget) -> QMenu:
    """An empty menu that is gone once it was closed."""
    menu = QMenu(parent)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    return menu


def fill_app(menu: QMenu, doer: Doer, settings: Callable[[], None], leave: Callable[[], None]) -> None:
    """What concerns the application as a whole."""
    add(menu, tr("Refresh all"), doer.refresh_all, icon="refresh", key="Ctrl+Shift+R")
    add(menu, tr("Stop all"), doer.stop_all, icon="stop")
    menu.addSeparator()
    add(menu, tr("Settings"), settings, icon="settings", key="Ctrl+,")
    menu.addSeparator()
    add(menu, tr("Quit"), leave, icon="power", key="Ctrl+Q")


def fill_services(menu: QMenu, name: str, doer: Doer) -> None:
    """The console's services: recent ones first, then frequent ones, then all."""
    menu.clear()
    recent, frequent, titles = doer.services()

    def offer(where: QMenu, service: str) -> None:
        add(where, titles[service], lambda: doer.open_console(name, service))

    for service in recent:
        offer(menu, service)
    menu.addSeparator()
    for service in frequent:
        offer(menu, service)
    menu.addSeparator()
    everything = submenu(menu, tr("All services"), "tile")
    for service in titles:
        offer(everything, service)


def fill_shells(menu: QMenu, name: str, doer: Doer) -> None:
    """The shells whose environment can be copied, the last one on top."""
    menu.clear()
    for shell, words in doer.shells():
        add(menu, words, lambda shell=shell: doer.copy_environment(name, shell))  # type: ignore[misc]  # bound now


def submenu(menu: QMenu, words: str, icon: str, *, on: bool = True) -> QMenu:
    """A submenu with an icon."""
    made = QMenu(words.replace("&", "&&"), menu)
    made.menuAction().setIcon(_icon(icon))
    made.setEnabled(on)
    menu.addMenu(made)
    return made


def fill_use(menu: QMenu, view: SessionView, doer: Doer, now: datetime, *, keys: bool = True) -> None:
    """What can be done with a session: refresh, console, environment, stop."""
    name = view.name

    def key(words: str) -> str:
        return words if keys else ""

    live = view.live(now)
    add(menu, tr("Refresh now"), lambda: doer.do(Act.REFRESH, name), icon="refresh", key=key("Ctrl+R"),
        on=acts.can_refresh(view, now))  # fmt: skip
    add(menu, tr("Copy console sign-in URL"), lambda: doer.copy_url(name), icon="link", key=key("Ctrl+Shift+C"),
        on=acts.can_open(view, now))  # fmt: skip
    add(menu, tr("Open console"), lambda: doer.open_console(name), icon="open", key=key("Ctrl+O"),
        on=acts.can_open(view, now))  # fmt: skip
    if keys:
        fill_services(submenu(menu, tr("Open console at"), "tile", on=acts.can_open(view, now)), name, doer)
    fill_shells(submenu(menu, tr("Copy environment"), "terminal", on=live), name, doer)
    menu.addSeparator()
    add(menu, tr("Stop"), lambda: doer.do(Act.STOP, name), icon="stop", on=acts.can_stop(view, now))


def fill_profile(menu: QMenu, view: SessionView, doer: Doer, now: datetime) -> None:
    """Everything that can be done with a profile."""
    name = view.name
    act = acts.button(view, now)
    if act not in {Act.STOP, Act.REFRESH}:
        icon = {Act.ANSWER: "person", Act.CANCEL: "close", Act.RETRY: "refresh"}.get(act, "play")
        add(menu, acts.word(act), lambda: doer.do(act, name), icon=icon)
        if text.shown(view, now) is Status.WAITING:
            add(menu, tr("Cancel"), lambda: doer.do(Act.CANCEL, name), icon="close")
        menu.addSeparator()
    fill_use(menu, view, doer, now)
    menu.addSeparator()
    pin = tr("Take the pin out") if view.pinned else tr("Pin")
    add(menu, pin, lambda: doer.do(Act.PIN, name), icon="pin")
    add(menu, tr("Edit…"), lambda: doer.do(Act.EDIT, name), icon="edit", key="F2")
    add(menu, tr("Duplicate…"), lambda: doer.do(Act.DUPLICATE, name), icon="duplicate", key="Ctrl+D")
    add(menu, tr("Delete"), lambda: doer.do(Act.DELETE, name), icon="trash", key="Del")
