"""Who hears whom in the window: every connection between its parts stands here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.domain.late import rooms
from app.ui.session_model import Show
from app.ui.tasks import spawn

if TYPE_CHECKING:
    from app.ui import choice_sheet, confirm_sheet, twins, window_menus
    from app.ui.main_window import MainWindow
else:
    # Nobody sees them before a click
    choice_sheet, confirm_sheet, twins, window_menus = rooms(
        "app.ui", "choice_sheet", "confirm_sheet", "twins", "window_menus"
    )


def connect(window: MainWindow) -> None:
    """Connect the parts of a window that has all of them."""
    _acts(window)
    _sidebar(window)
    _list(window)
    window.prompts.store_wanted.connect(window.pages.store_totp)
    window.waiting.answer_wanted.connect(window.answer_need)
    window.status.deadlines_wanted.connect(lambda: window.pages.place("deadlines"))
    window.status.palette_wanted.connect(window.find_anything)


def _acts(window: MainWindow) -> None:
    doer, pages = window.doer, window.pages
    doer.seen = window.sees
    doer.edit_wanted.connect(pages.edit_profile)
    doer.duplicate_wanted.connect(pages.duplicate_profile)
    doer.answer_wanted.connect(window.answer)
    doer.details_wanted.connect(window.reveal)
    doer.displace_wanted.connect(lambda name, confirmed: spawn(_ask_displace(window, name, confirmed)))
    doer.confirm_wanted.connect(lambda name, displace: spawn(_ask_confirm(window, name, displace=displace)))
    doer.refresh_confirm_wanted.connect(lambda name: spawn(_ask_refresh(window, name)))
    doer.twin_wanted.connect(lambda name: twins.twin(window, name))
    doer.why_wanted.connect(lambda name: pages.place("tools", "why", name))
    doer.activity_wanted.connect(lambda name: pages.place("activity", name))
    doer.export_wanted.connect(lambda name: pages.place("sharing", "export", name))
    doer.shells_wanted.connect(lambda name: window_menus.shells(window, name))


def _sidebar(window: MainWindow) -> None:
    sidebar, pages = window.sidebar, window.pages
    sidebar.show_wanted.connect(pages.show)
    sidebar.place_wanted.connect(pages.place)
    sidebar.source_wanted.connect(lambda name: pages.leave(lambda: window.show_only(Show.ALL, name)))
    sidebar.source_edit_wanted.connect(pages.edit_identity)
    sidebar.source_remove_wanted.connect(pages.remove_identity)
    sidebar.add_identity_wanted.connect(pages.new_identity)
    sidebar.provider_wanted.connect(pages.provider)
    sidebar.provider_edit_wanted.connect(pages.edit_provider)
    sidebar.provider_remove_wanted.connect(pages.remove_provider)
    sidebar.add_provider_wanted.connect(pages.new_provider)
    sidebar.sign_in_wanted.connect(window.doer.sign_in)
    sidebar.settings_wanted.connect(pages.settings)
    sidebar.app_menu_wanted.connect(lambda at: window_menus.application(window, at))


def _list(window: MainWindow) -> None:
    pages, page = window.pages, window.roles.list_page
    page.new_role_wanted.connect(pages.new_profile)
    page.new_identity_wanted.connect(pages.new_identity)
    page.new_provider_wanted.connect(pages.new_provider)
    page.import_wanted.connect(pages.import_roles)
    page.sorted_by.connect(window.sort)
    page.clear_wanted.connect(window.clear)
    page.strip.edit_wanted.connect(pages.source)
    page.strip.cleared.connect(window.clear)
    page.search.left_down.connect(page.list.setFocus)
    page.search.escaped.connect(window.escape)
    page.search.entered.connect(lambda: window.enter(page.list.chosen))
    rows = page.list
    rows.button_clicked.connect(window.press)
    rows.entered_on.connect(window.enter)
    rows.details_wanted.connect(lambda _name: window.roles.open_detail())
    rows.fold_detail.connect(window.roles.toggle_detail)
    rows.typed.connect(window.typed)
    rows.menu_wanted.connect(lambda name, at: window_menus.profile(window, name, at))
    rows.current_name.connect(window.show_detail)
    window.roles.detail_changed.connect(lambda shown: window.state.keep(detail=shown))


async def _ask_confirm(window: MainWindow, name: str, *, displace: bool) -> None:
    view = window.doer.view(name)
    if view is not None:
        window.come()
        typed = await confirm_sheet.ask_confirm(window, view)
        if typed:
            window.doer.assume(name, displace=displace, confirmed=typed)


async def _ask_refresh(window: MainWindow, name: str) -> None:
    view = window.doer.view(name)
    if view is not None:
        window.come()
        typed = await confirm_sheet.ask_confirm(window, view)
        if typed:
            window.doer.refresh(name, confirmed=typed)


async def _ask_displace(window: MainWindow, name: str, confirmed: str) -> None:
    view = window.doer.view(name)
    if view is not None:
        window.come()
        if await choice_sheet.ask_displace(window, view.published_as) == "displace":
            window.doer.assume(name, displace=True, confirmed=confirmed)
