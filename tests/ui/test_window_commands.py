"""One table of commands: keys, menus, palette and the sheet of keys all say the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QMenu, QWidget

from app.ui import commands, shortcut_sheet, window_keys
from app.ui.commands import COMMANDS, Part, Where
from app.ui.key_caps import Caps
from app.ui.palette import Palette
from app.ui.palette_finder import Finder
from app.ui.shortcut_sheet import ShortcutSheet
from app.ui.tools_page import ToolsPage
from tests.ui.hands import press, settle, type_text

if TYPE_CHECKING:
    from app.ui.main_window import MainWindow
    from app.ui.palette_entries import Entry
    from tests.ui.fake_core import FakeIntents

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def sheet(window: MainWindow, kind: type[QWidget]) -> QWidget | None:
    return next((each for each in window.findChildren(kind) if each.isVisible()), None)


def keys_of(action: QAction) -> set[str]:
    return {key.toString(QKeySequence.SequenceFormat.PortableText) for key in action.shortcuts()}


# --- The table -------------------------------------------------------------------------------------------------------


def test_no_key_stands_for_two_things() -> None:
    keys = [QKeySequence(key).toString() for each in COMMANDS.values() for key in each.keys]
    assert all(keys)
    assert len(keys) == len(set(keys))


@pytest.mark.parametrize(
    ("id_", "key"),
    [
        ("refresh", "Ctrl+R"),
        ("refresh all", "Ctrl+Shift+R"),
        ("url", "Ctrl+Shift+C"),
        ("console", "Ctrl+O"),
        ("environment", "Ctrl+E"),
        ("search", "Ctrl+F"),
        ("palette", "Ctrl+K"),
        ("new", "Ctrl+N"),
        ("edit", "F2"),
        ("duplicate", "Ctrl+D"),
        ("delete", "Del"),
        ("details", "Space"),
        ("enter", "Return"),
        ("settings", "Ctrl+,"),
        ("quit", "Ctrl+Q"),
        ("shortcuts", "?"),
    ],
)
def test_the_keys_people_know(id_: str, key: str) -> None:
    assert COMMANDS[id_].keys[0] == key


async def test_every_key_of_the_table_is_a_shortcut_of_the_window_and_no_other_is(window: MainWindow) -> None:
    rows = window.roles.list_page.list
    of_window = set().union(*(keys_of(action) for action in window.actions()))
    of_rows = set().union(*(keys_of(action) for action in rows.actions()))
    portable = {
        where: {
            QKeySequence(key).toString()
            for each in COMMANDS.values()
            if not each.own and (each.where is Where.ROWS) is (where == "rows")
            for key in each.keys
        }
        for where in ("rows", "window")
    }
    # How a desktop may tell the question mark.
    assert of_window - {"Shift+?"} == portable["window"]
    assert portable["rows"] <= of_rows


async def test_everything_but_acts_on_a_profile_does_something(window: MainWindow) -> None:
    plain = {each.id for each in COMMANDS.values() if each.act is None and not each.own}
    assert set(window_keys.runs(window)) == plain


async def test_the_menus_have_the_names_and_keys_of_the_table(window: MainWindow) -> None:
    known = {each.words() for each in COMMANDS.values()}
    by_words = {each.words(): commands.key(each.id) for each in COMMANDS.values()}
    window.sidebar.app_menu_wanted.emit(QPoint(10, 10))
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    lines = [action.text().split("\t") for action in menu.actions() if action.text() and action.menu() is None]
    assert {line[0] for line in lines} <= known
    assert all(line[1:] == ([by_words[line[0]]] if by_words[line[0]] else []) for line in lines)
    assert ["Quit", "Ctrl+Q"] in lines
    assert ["Keyboard shortcuts", "?"] in lines
    menu.close()


async def test_the_menu_of_a_denied_role_explains_why(window: MainWindow) -> None:
    window.roles.list_page.list.menu_wanted.emit("prod-billing", QPoint(10, 10))
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    asked: list[str] = []
    window.doer.why_wanted.connect(asked.append)
    next(action for action in menu.actions() if action.text() == "Why denied…").trigger()
    menu.close()
    assert asked == ["prod-billing"]


async def test_the_menu_of_several_does_it_for_all_whom_it_concerns(window: MainWindow, intents: FakeIntents) -> None:
    rows = window.roles.list_page.list
    rows.choose("prod-admin")
    rows.setFocus()
    for _ in range(3):
        press(Qt.Key.Key_Down, SHIFT)
    assert rows.selected == ("prod-admin", "prod-audit", "prod-billing", "prod-deploy")
    rows.menu_wanted.emit("prod-audit", QPoint(10, 10))
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    lines = [action.text().split("\t")[0] for action in menu.actions() if action.text()]
    assert lines[:3] == ["Assume (2)", "Refresh now (2)", "Stop (2)"]
    assert lines[-1] == "Delete (4)"
    menu.actions()[2].trigger()
    menu.close()
    await settle()
    assert sorted(intents.called("stop")) == [("prod-admin",), ("prod-deploy",)]


async def test_keys_act_on_all_that_are_selected(window: MainWindow, intents: FakeIntents) -> None:
    rows = window.roles.list_page.list
    rows.choose("prod-admin")
    rows.setFocus()
    for _ in range(3):
        press(Qt.Key.Key_Down, SHIFT)
    press(Qt.Key.Key_R, CTRL)
    await settle()
    assert sorted(intents.called("refresh")) == [("prod-admin",), ("prod-deploy",)]


# --- The sheet -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("key", "modifier"),
    [(Qt.Key.Key_F1, Qt.KeyboardModifier.NoModifier), (Qt.Key.Key_Question, Qt.KeyboardModifier.NoModifier),
     (Qt.Key.Key_Question, SHIFT)],
)  # fmt: skip
async def test_question_mark_and_f1_show_the_keys_and_hide_them_again(
    window: MainWindow, key: Qt.Key, modifier: Qt.KeyboardModifier
) -> None:
    window.roles.list_page.list.setFocus()
    press(key, modifier)
    await settle()
    assert sheet(window, ShortcutSheet) is not None
    press(key, modifier)
    await settle()
    assert sheet(window, ShortcutSheet) is None
    assert QApplication.focusWidget() is window.roles.list_page.list


async def test_a_question_mark_in_a_text_field_is_text(window: MainWindow) -> None:
    window.search()
    type_text("?")
    await settle()
    assert window.roles.list_page.search.text() == "?"
    assert sheet(window, ShortcutSheet) is None


async def test_the_sheet_is_printed_from_the_table(window: MainWindow) -> None:
    window.show_shortcuts()
    opened = sheet(window, ShortcutSheet)
    assert opened is not None
    words = {label.text() for label in opened.findChildren(QLabel)}
    caps = [each.caps for each in opened.findChildren(Caps)]
    for part in Part:
        assert commands.part_words(part) in words
        for command in shortcut_sheet.listed(part):
            assert shortcut_sheet.sentence(command) in words
            assert all(commands.caps(key) in caps for key in command.keys)
    assert sum(len(shortcut_sheet.listed(part)) for part in Part) == sum(bool(each.keys) for each in COMMANDS.values())


async def test_the_sheet_fits_a_small_window(window: MainWindow) -> None:
    window.resize(640, 480)
    await settle()
    window.show_shortcuts()
    await settle()
    opened = sheet(window, ShortcutSheet)
    assert isinstance(opened, ShortcutSheet)
    assert window.rect().contains(opened.panel.geometry())


async def test_no_sheet_opens_over_another(window: MainWindow) -> None:
    window.show_shortcuts()
    await settle()
    window.find_anything()
    QTest.keyClick(window, Qt.Key.Key_K, CTRL)
    await settle()
    assert sheet(window, Palette) is None


async def test_ctrl_f_leads_to_the_search_from_any_page(window: MainWindow) -> None:
    window.pages.place("deadlines")
    await settle()
    press(Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    await settle()
    assert window.pages.page is None
    assert window.roles.list_page.search.hasFocus()
    window.pages.place("activity")
    await settle()
    press(Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    await settle()
    assert window.pages.shown == "activity"
    focus = QApplication.focusWidget()
    assert focus is not None
    assert focus.accessibleName() == "Filter the activity"


async def test_esc_leaves_a_page_from_the_sidebar_too(window: MainWindow) -> None:
    window.pages.place("deadlines")
    await settle()
    window.sidebar.places["tools"].setFocus()
    press(Qt.Key.Key_Escape)
    await settle()
    assert window.pages.page is None


async def test_a_toast_lies_over_a_page_that_comes_after_it(window: MainWindow) -> None:
    window.toasts.say("Done.")
    window.pages.place("deadlines")
    await settle()
    over = window.toasts.geometry().center()
    assert window.stack.childAt(over) in {window.toasts, *window.toasts.findChildren(QWidget)}


def window_finds(window: MainWindow, words: str) -> list[Entry]:
    return [each for _kind, entries in Finder(window).find(words).sections for each in entries]


async def test_the_palette_finds_the_tools_by_name(window: MainWindow) -> None:
    for words, tab in (("x-ray", "key"), ("why denied", "why"), ("who am i", "who"), ("requests", "requests")):
        found = next(each for each in window_finds(window, words) if each.key == f"page.tools {tab}")
        found.run()
        await settle()
        page = window.pages.page
        assert isinstance(page, ToolsPage)
        assert page.tabs.value() == tab


async def test_the_palette_finds_what_can_be_set(window: MainWindow) -> None:
    found = next(each for each in window_finds(window, "proxy") if each.key == "page.settings proxy")
    found.run()
    await settle()
    assert window.pages.shown == "settings"
    focus = QApplication.focusWidget()
    assert focus is not None
    assert focus.accessibleName() == "Proxy"
