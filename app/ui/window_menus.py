"""The menus that pop up over the window itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint

from app.ui import menus

if TYPE_CHECKING:
    from app.ui.main_window import MainWindow


def profile(window: MainWindow, name: str, at: QPoint) -> None:
    """Everything that can be done with a profile."""
    view = window.doer.view(name)
    if view is not None:
        menu = menus.popup(window)
        menus.fill_profile(menu, view, window.doer, window.intents.now())
        menu.popup(at)


def shells(window: MainWindow) -> None:
    """The shells whose environment can be copied, for the chosen profile."""
    rows = window.roles.list_page.list
    if not rows.chosen or not window.doer.needs_live(rows.chosen):
        return
    if window.roles.detail_shown:
        window.roles.detail.shell_menu()
        return
    menu = menus.popup(window)
    menus.fill_shells(menu, rows.chosen, window.doer)
    row = rows.visualRect(rows.currentIndex())
    menu.popup(rows.viewport().mapToGlobal(row.bottomLeft() + QPoint(24, 0)), menu.actions()[0])


def application(window: MainWindow, at: QPoint) -> None:
    """What concerns the application as a whole."""
    menu = menus.popup(window)
    menus.fill_app(menu, window.doer, window.pages.settings, window.quit_wanted.emit)
    menu.popup(at)
