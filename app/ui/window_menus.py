"""The menus that pop up over the window itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint
from PySide6.QtGui import QActionGroup

from app.ui import commands, menus, text, tokens, window_keys
from app.ui.acts import Act
from app.ui.text import tr

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from PySide6.QtWidgets import QMenu

    from app.ui.main_window import MainWindow


def profile(window: MainWindow, name: str, at: QPoint) -> None:
    """Everything that can be done with a profile; with all selected ones where it is one of several."""
    view = window.doer.view(name)
    if view is None:
        return
    menu = menus.popup(window)
    names = window.roles.list_page.list.selected
    if len(names) > 1 and name in names:
        _several(window, menu, names)
    else:
        menus.fill_profile(menu, view, window.doer, window.intents.now())
        menu.addSeparator()
        window.list_work.fill_row(menu, view)
    menu.popup(at)


def _several(window: MainWindow, menu: QMenu, names: tuple[str, ...]) -> None:
    several = window.list_work.several
    concerned = several.concerned(names)

    def offer(id_: str, done: Callable[[], object], count: int) -> None:
        known = commands.command(id_)
        words = tr("{act} ({n})").format(act=known.words(), n=text.number(count))
        menus.add(menu, words, done, icon=known.icon, key=commands.key(id_), on=count > 0)

    for id_, act in (("assume", Act.ASSUME), ("refresh", Act.REFRESH), ("stop", Act.STOP)):
        offer(id_, lambda act=act: several.do(act, names), len(concerned[act]))  # type: ignore[misc]  # bound now
    menu.addSeparator()
    offer("export", lambda: window.pages.place("sharing", "export", *names), len(names))
    offer("delete", lambda: several.do(Act.DELETE, names), len(names))


def shells(window: MainWindow, name: str) -> None:
    """The shells whose environment can be copied for a profile: by its row, or where there is none, by the pointer."""
    rows = window.roles.list_page.list
    if not name or not window.doer.needs_live(name):
        return
    listed = window.stack.currentWidget() is window.roles and name == rows.chosen
    if listed and window.roles.detail_shown:
        window.roles.detail.shell_menu()
        return
    menu = menus.popup(window)
    menus.fill_shells(menu, name, window.doer)
    at = rows.viewport().mapToGlobal(rows.visualRect(rows.currentIndex()).bottomLeft() + QPoint(24, 0))
    if not listed:
        at = window.mapToGlobal(QPoint(window.width() // 2 - menu.sizeHint().width() // 2, tokens.PALETTE_TOP))
    menu.popup(at, menu.actions()[0])


def application(window: MainWindow, at: QPoint) -> None:
    """What concerns the application as a whole."""
    menu = menus.popup(window)
    known = window_keys.runs(window)
    snapshot, now = window.intents.snapshot(), window.intents.now()
    live = any(view.live(now) for view in snapshot.sessions)

    def offer(where: QMenu, *ids: str, on: bool = True) -> None:
        for id_ in ids:
            menus.add_command(where, id_, known[id_], on=on)

    offer(menu, "palette")
    menu.addSeparator()
    offer(menu, "refresh all", "top up", "stop all", on=live)
    menu.addSeparator()
    making = menus.submenu(menu, tr("New"), "plus")
    offer(making, "new", "new identity", "new saml", "new oidc")
    offer(menu, "import", "take", "export all")
    menu.addSeparator()
    _themes(menus.submenu(menu, tr("Theme"), "eye"), snapshot.configuration.settings.theme, known)
    offer(menu, "settings", "shortcuts")
    menu.addSeparator()
    offer(menu, "quit")
    menu.popup(at)


def _themes(menu: QMenu, theme: str, known: Mapping[str, Callable[[], object]]) -> None:
    group = QActionGroup(menu)
    for each in ("system", "light", "dark"):
        action = menus.add_command(menu, f"theme {each}", known[f"theme {each}"], checked=each == theme)
        group.addAction(action)
