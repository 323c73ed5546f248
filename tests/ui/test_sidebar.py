"""Sidebar and status bar: what they count, where they lead, and that the keyboard reaches all of it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from app.domain.errors import BadInput
from app.ui import commands
from app.ui.confirm_sheet import HoldButton
from app.ui.main_window import MainWindow
from app.ui.palette import Palette
from app.ui.session_model import Show
from app.ui.sheet import Sheet
from app.ui.window_state import MemoryStore, WindowState
from tests.ui.fake_core import NOW, FakeIntents
from tests.ui.fake_providers import sign_in_need
from tests.ui.hands import click, press, settle, show, type_text

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

    from app.ui.theme import Theme


def focus() -> QWidget | None:
    return QApplication.focusWidget()


# --- Sidebar ---------------------------------------------------------------------------------------------------------


async def test_needs_are_counted_by_what_is_needed_not_by_who_waits(window: MainWindow, intents: FakeIntents) -> None:
    entry = window.sidebar.entries[Show.NEEDS_YOU]
    assert entry.aside == "1"
    assert entry.accessibleName() == "Needs you, 1"
    intents.needs = (*intents.needs, sign_in_need("corp", wanted_now=False, profiles=("prod-audit", "cdn")))
    intents.tell()
    assert entry.aside == "2"
    intents.needs = ()
    intents.tell()
    assert entry.aside == "0"


async def test_needs_you_leads_to_its_page(window: MainWindow) -> None:
    click(window.sidebar.entries[Show.NEEDS_YOU])
    await settle()
    assert window.pages.shown == "needs"
    assert window.sidebar.entries[Show.NEEDS_YOU].isChecked()
    click(window.sidebar.entries[Show.ALL])
    await settle()
    assert window.stack.currentWidget() is window.roles


@pytest.mark.parametrize("key", ["deadlines", "activity", "tools"])
async def test_the_places_at_the_bottom(window: MainWindow, key: str) -> None:
    click(window.sidebar.places[key])
    await settle()
    assert window.pages.shown == key
    assert window.sidebar.places[key].isChecked()


def marked(window: MainWindow) -> list[str]:
    return [entry.text() for entry in window.sidebar.all_entries() if entry.isChecked()]


async def test_an_editor_marks_what_leaving_it_leads_to_or_its_source(window: MainWindow) -> None:
    pages = window.pages
    steps: tuple[tuple[Callable[[], object], list[str]], ...] = (
        (pages.settings, ["Settings"]),
        (lambda: pages.edit_profile("prod-audit"), ["Roles"]),
        (lambda: pages.place("tools"), ["Tools"]),
        (pages.import_roles, ["Roles"]),
        (lambda: pages.edit_identity("alice"), ["alice"]),
        (lambda: pages.edit_provider("corp"), ["corp"]),
        (pages.new_provider, []),
        (lambda: pages.place("sharing"), ["Roles"]),
        (pages.new_identity, []),
        (window.show_roles, ["Roles"]),
    )
    for open_page, entries in steps:
        open_page()
        await settle()
        assert marked(window) == entries


async def test_a_page_that_is_not_left_stays_marked(window: MainWindow) -> None:
    window.pages.new_profile()
    await settle()
    press(Qt.Key.Key_X)
    click(window.sidebar.settings)
    await settle()
    assert window.prompts is not None
    press(Qt.Key.Key_Escape)
    await settle()
    assert window.pages.page is not None
    assert marked(window) == ["Roles"]


async def test_arrow_keys_move_and_enter_opens(window: MainWindow) -> None:
    sidebar = window.sidebar
    sidebar.entries[Show.ALL].setFocus(Qt.FocusReason.TabFocusReason)
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Down)
    assert focus() is sidebar.entries[Show.ACTIVE]
    assert window.sidebar.entries[Show.ALL].isChecked()
    press(Qt.Key.Key_Return)
    await settle()
    assert window.model.shown is Show.ACTIVE
    sidebar.entries[Show.ALL].setFocus(Qt.FocusReason.TabFocusReason)
    press(Qt.Key.Key_Up)
    assert focus() is sidebar.brand
    press(Qt.Key.Key_End)
    assert focus() is sidebar.settings
    seen = [focus()]
    for _ in range(len(sidebar.all_entries())):
        press(Qt.Key.Key_Up)
        seen.append(focus())
    assert seen[::-1] == [sidebar.brand, *sidebar.all_entries()]
    press(Qt.Key.Key_Home)
    assert focus() is sidebar.brand


async def test_narrow_shows_icons_and_says_names_in_tool_tips(window: MainWindow) -> None:
    window.resize(660, 600)
    await settle()
    for entry in window.sidebar.all_entries():
        assert entry.width() < 60
        assert entry.text() in entry.toolTip()
    # The dot that tells that something waits.
    needs = window.sidebar.entries[Show.NEEDS_YOU]
    waiting = needs.grab().toImage()
    needs.set_aside("0")
    assert needs.grab().toImage() != waiting


# --- Status bar ------------------------------------------------------------------------------------------------------


async def test_where_room_is_short_the_next_moment_keeps_its_time(window: MainWindow) -> None:
    bar = window.status
    assert (bar.clock.isVisible(), bar.keyring.isVisible()) == (True, True)
    seen = []
    for wide in range(900, 200, -20):
        bar.resize(wide, bar.height())
        seen.append((bar.clock.isVisible(), bar.keyring.isVisible(), bar.next.text()))
    words = "Next human needed 14:20"
    assert list(dict.fromkeys(seen)) == [
        (True, True, words),
        (False, True, words),
        (False, False, words),
        (False, False, "14:20"),
    ]
    assert bar.next.accessibleName() == words


async def test_the_next_moment_leads_to_the_deadlines(window: MainWindow) -> None:
    assert window.status.next.text() == "Next human needed 14:20"
    click(window.status.next)
    await settle()
    assert window.pages.shown == "deadlines"


async def test_commands_leads_to_the_palette_also_by_keyboard(window: MainWindow) -> None:
    window.status.commands.setFocus(Qt.FocusReason.TabFocusReason)
    press(Qt.Key.Key_Return)
    await settle()
    assert any(each.isVisible() for each in window.findChildren(Palette))
    assert window.status.commands.text() == commands.words("palette")


async def test_the_status_bar_fits_the_smallest_window(window: MainWindow) -> None:
    window.resize(640, 480)
    await settle()
    bar = window.status
    assert bar.commands.geometry().right() <= bar.width()
    assert bar.online.geometry().right() < bar.next.geometry().left()


# --- Guards ----------------------------------------------------------------------------------------------------------


async def confirming(window: MainWindow, intents: FakeIntents) -> Sheet:
    intents.change("prod-audit", confirm=True)
    window.roles.list_page.list.choose("prod-audit")
    window.roles.list_page.list.setFocus()
    press(Qt.Key.Key_Return)
    await settle()
    return next(each for each in window.findChildren(Sheet) if each.isVisible())


async def test_a_guarded_role_is_assumed_once_its_name_was_typed(window: MainWindow, intents: FakeIntents) -> None:
    await confirming(window, intents)
    assert not intents.rows["prod-audit"].live(NOW)
    type_text("prod-audit")
    press(Qt.Key.Key_Return)
    await settle()
    assert intents.rows["prod-audit"].live(NOW)
    assert len(intents.called("assume")) == 2
    assert window.toasts.words == ""


async def test_a_guarded_role_is_left_alone_when_nobody_confirms(window: MainWindow, intents: FakeIntents) -> None:
    sheet = await confirming(window, intents)
    assert sheet.findChildren(HoldButton)
    press(Qt.Key.Key_Escape)
    await settle()
    assert len(intents.called("assume")) == 1
    assert not intents.rows["prod-audit"].live(NOW)


async def test_a_confirmed_role_whose_section_is_foreign_is_not_asked_for_twice(
    window: MainWindow, intents: FakeIntents
) -> None:
    await confirming(window, intents)
    intents.fails["assume"] = BadInput(code="section-foreign", title="The section is not ours", field="")
    type_text("prod-audit")
    press(Qt.Key.Key_Return)
    await settle()
    sheet = next(each for each in window.findChildren(Sheet) if each.isVisible())
    assert not sheet.findChildren(HoldButton)
    click(next(each for each in sheet.findChildren(QWidget, "choice-displace")))
    await settle()
    assert intents.called("assume")[-1] == ("prod-audit", True)
    assert intents.rows["prod-audit"].live(NOW)


# --- What is kept ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("what", ["settings", "activity", "tools", "deadlines", "needs", "active", "pinned", "roles"])
async def test_what_was_shown_is_shown_again(qtbot: QtBot, look: Theme, intents: FakeIntents, what: str) -> None:
    store = MemoryStore()
    first = MainWindow(intents, state=WindowState(store))
    show(qtbot, first)
    if what in {each.value for each in Show}:
        first.pages.show(Show(what))
    elif what == "settings":
        first.pages.settings()
    else:
        first.pages.place(what)
    await settle()
    first.end()
    second = MainWindow(intents, state=WindowState(store))
    show(qtbot, second)
    await settle()
    assert second.state.now.page == what
    shown = second.pages.shown or second.model.shown.value
    assert shown == what
    second.end()


async def test_a_page_that_is_not_known_any_more_is_let_pass(qtbot: QtBot, look: Theme, intents: FakeIntents) -> None:
    window = MainWindow(intents, state=WindowState(MemoryStore('{"page": "of an older version"}')))
    qtbot.addWidget(window)
    assert window.stack.currentWidget() is window.roles
    window.end()


# --- Following -------------------------------------------------------------------------------------------------------


async def test_a_view_is_found_without_looking_at_all_of_them(window: MainWindow, intents: FakeIntents) -> None:
    assert window.doer.view("prod-admin") is intents.rows["prod-admin"]
    intents.change("prod-admin", pinned=False)
    view = window.doer.view("prod-admin")
    assert view is not None
    assert not view.pinned
    intents.rows = {name: replace(row) for name, row in intents.rows.items() if name != "prod-admin"}
    intents.tell()
    assert window.doer.view("prod-admin") is None
