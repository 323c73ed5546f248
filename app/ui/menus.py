"""The menus of a profile: the same names and the same order in the list, the detail panel and the tray."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu

from app.domain.view import Status
from app.ui import acts, commands, icons, text, theme
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
    done: Callable[[], object],
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
    menu.setAccessibleName(tr("Menu"))
    # Whoever triggers a line from outside, as assistive programs do, would leave the menu open with the keyboard.
    menu.triggered.connect(menu.close)
    return menu


def add_command(  # one line of a menu, by name
    menu: QMenu,
    id_: str,
    done: Callable[[], object],
    *,
    on: bool = True,
    key: bool = True,
    checked: bool | None = None,
) -> QAction:
    """Add a command by its ID: its name, icon and key. `checked` makes it one of several that holds now."""
    known = commands.command(id_)
    action = add(menu, known.words(), done, icon=known.icon, key=commands.key(id_) if key else "", on=on)
    if checked is not None:
        action.setCheckable(True)
        action.setChecked(checked)
    return action


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
    live, opens = view.live(now), acts.can_open(view, now)
    add_command(menu, "refresh", lambda: doer.do(Act.REFRESH, name), key=keys, on=acts.can_refresh(view, now))
    add_command(menu, "url", lambda: doer.copy_url(name), key=keys, on=opens)
    add_command(menu, "console", lambda: doer.open_console(name), key=keys, on=opens)
    if keys:
        fill_services(submenu(menu, tr("Open console at"), "tile", on=opens), name, doer)
    shells = submenu(menu, commands.words("environment"), commands.command("environment").icon, on=live)
    fill_shells(shells, name, doer)
    menu.addSeparator()
    add_command(menu, "stop", lambda: doer.do(Act.STOP, name), key=keys, on=acts.can_stop(view, now))


def fill_profile(menu: QMenu, view: SessionView, doer: Doer, now: datetime) -> None:
    """Everything that can be done with a profile."""
    menu.setAccessibleName(tr("Menu of {name}").format(name=view.name))
    name = view.name

    def offer(id_: str) -> None:
        act = commands.command(id_).act
        if act is not None:
            add_command(menu, id_, lambda: doer.do(act, name))

    first = acts.button(view, now)
    if first not in {Act.STOP, Act.REFRESH}:
        offer(first.value)
        if text.shown(view, now) is Status.WAITING:
            offer("cancel")
        menu.addSeparator()
    fill_use(menu, view, doer, now)
    if acts.was_denied(view):
        offer("why")
    menu.addSeparator()
    for id_ in ("unpin" if view.pinned else "pin", "edit", "duplicate", "twin", "export", "delete"):
        offer(id_)
