from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu

from app.domain.errors import Denied, StorageTrouble
from app.domain.view import Status
from app.ui import tasks
from app.ui.session_model import Show
from tests.ui.hands import press, settle, type_text

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from app.ui.main_window import MainWindow
    from tests.ui.fake_core import FakeIntents


CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
FOREIGN = StorageTrouble(code="section-foreign", title="The section is not ours")
REFUSED = Denied(code="access-denied", title="Denied", detail="No.", remedy="Ask.")


def choose(window: MainWindow, name: str) -> None:
    assert window.roles.list_page.list.choose(name)
    window.roles.list_page.list.setFocus()


def menu_words(menu: QMenu) -> list[str]:
    return [action.text().split("\t")[0] for action in menu.actions() if not action.isSeparator()]


def open_menu() -> QMenu:
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    return menu


# --- Enter and buttons -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "call"),
    [
        ("prod-audit", ("assume", ("prod-audit", False))),
        ("stage-readonly", ("assume", ("stage-readonly", False))),
        ("prod-billing", ("assume", ("prod-billing", False))),
        ("prod-deploy", ("refresh", ("prod-deploy",))),
        ("prod-admin", ("open_console", ("prod-admin", ""))),
        ("stage-dev", ("open_console", ("stage-dev", ""))),
    ],
)
async def test_enter_does_the_next_thing(
    window: MainWindow, intents: FakeIntents, name: str, call: tuple[str, tuple[object, ...]]
) -> None:
    choose(window, name)
    press(Qt.Key.Key_Return)
    await settle()
    assert intents.calls[-1] == call


async def test_enter_never_ends_anything(window: MainWindow, intents: FakeIntents) -> None:
    for name in intents.rows:
        choose(window, name)
        press(Qt.Key.Key_Return)
        await settle()
        if window.prompts.sheet is not None:
            window.prompts.sheet.close_sheet()
            await settle()
    assert not intents.called("stop")
    assert not intents.called("cancel")


@pytest.mark.parametrize(
    ("name", "method"),
    [
        ("prod-admin", "stop"),
        ("prod-audit", "assume"),
        ("prod-billing", "assume"),
        ("prod-deploy", "refresh"),
        ("stage-dev", "stop"),
        ("stage-db", "cancel"),
        ("stage-readonly", "assume"),
    ],
)
async def test_the_button_of_each_status(window: MainWindow, intents: FakeIntents, name: str, method: str) -> None:
    rows = window.roles.list_page.list
    rect = rows.visualRect(window.model.index(window.model.row_of(name)))
    QTest.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=rows.delegate.places(rect).button.center())
    await settle()
    assert intents.calls[-1][0] == method
    assert intents.calls[-1][1][0] == name


async def test_a_click_changes_its_row_at_once(window: MainWindow, intents: FakeIntents) -> None:
    intents.gate.clear()
    choose(window, "prod-audit")
    start = time.perf_counter()
    press(Qt.Key.Key_Return)
    await asyncio.sleep(0)
    taken = time.perf_counter() - start
    view = window.model.view_at(window.model.row_of("prod-audit"))
    assert view is not None
    assert view.status is Status.ACQUIRING
    assert taken < 1
    intents.gate.set()
    await settle()
    assert intents.rows["prod-audit"].status is Status.ACTIVE


async def test_answer_opens_the_question(window: MainWindow, intents: FakeIntents) -> None:
    choose(window, "stage-ops")
    press(Qt.Key.Key_Return)
    await settle()
    assert window.prompts.sheet is not None
    assert window.prompts.sheet.need.key == "mfa:alice"


async def test_a_question_nobody_clicked_for_does_not_open_by_itself(window: MainWindow) -> None:
    await settle()
    assert window.prompts.sheet is None


async def test_a_click_that_needs_a_code_asks_for_it_and_goes_on(window: MainWindow, intents: FakeIntents) -> None:
    intents.needs = ()
    intents.asks = {"prod-audit"}
    choose(window, "prod-audit")
    press(Qt.Key.Key_Return)
    await settle()
    assert window.prompts.sheet is not None
    type_text("417000")
    await settle()
    await tasks.drained()
    assert intents.called("answer") == [("mfa:alice", "417000")]
    assert intents.rows["prod-audit"].status is Status.ACTIVE


# --- Keys ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("key", "modifiers", "call"),
    [
        (Qt.Key.Key_R, CTRL, ("refresh", ("prod-admin",))),
        (Qt.Key.Key_R, CTRL | SHIFT, ("refresh_all", ())),
        (Qt.Key.Key_C, CTRL | SHIFT, ("copy_console_url", ("prod-admin", ""))),
        (Qt.Key.Key_O, CTRL, ("open_console", ("prod-admin", ""))),
        (Qt.Key.Key_Delete, Qt.KeyboardModifier.NoModifier, ("remove_profile", ("prod-admin",))),
    ],
)
async def test_keys(
    window: MainWindow,
    intents: FakeIntents,
    key: Qt.Key,
    modifiers: Qt.KeyboardModifier,
    call: tuple[str, tuple[object, ...]],
) -> None:
    choose(window, "prod-admin")
    press(key, modifiers)
    await settle()
    assert call in intents.calls


@pytest.mark.parametrize("key", [Qt.Key.Key_R, Qt.Key.Key_O, Qt.Key.Key_E])
async def test_without_credentials_the_keys_say_what_is_missing(
    window: MainWindow, intents: FakeIntents, key: Qt.Key
) -> None:
    choose(window, "prod-audit")
    press(key, CTRL)
    await settle()
    assert window.toasts.words == "prod-audit has no credentials now. Assume it first."
    assert intents.calls == []


async def test_ctrl_e_offers_shells_with_the_last_one_on_top(window: MainWindow, intents: FakeIntents) -> None:
    choose(window, "prod-admin")
    press(Qt.Key.Key_E, CTRL)
    menu = open_menu()
    assert menu_words(menu) == ["bash, zsh", "fish", "PowerShell", "cmd", "JSON"]
    menu.actions()[1].trigger()
    menu.close()
    await settle()
    assert intents.called("copy_environment") == [("prod-admin", "fish")]
    assert "60 s" in window.toasts.words
    # The offscreen platform does not give the keyboard back after a menu.
    window.activateWindow()
    await settle()
    choose(window, "prod-admin")
    press(Qt.Key.Key_E, CTRL)
    assert menu_words(open_menu())[0] == "fish"
    open_menu().close()


async def test_ctrl_f_and_typing_lead_to_the_search_and_esc_out_of_it(window: MainWindow) -> None:
    choose(window, "prod-admin")
    press(Qt.Key.Key_F, CTRL)
    assert QApplication.focusWidget() is window.roles.list_page.search
    type_text("stage-o")
    assert window.roles.list_page.list.chosen == "stage-ops"
    press(Qt.Key.Key_Escape)
    assert window.roles.list_page.search.text() == ""
    assert QApplication.focusWidget() is window.roles.list_page.list
    type_text("v")
    assert QApplication.focusWidget() is window.roles.list_page.search
    assert window.roles.list_page.search.text() == "v"


async def test_enter_in_the_search_does_what_enter_does_in_the_list(window: MainWindow, intents: FakeIntents) -> None:
    press(Qt.Key.Key_F, CTRL)
    type_text("prod-audit")
    press(Qt.Key.Key_Return)
    await settle()
    assert intents.called("assume") == [("prod-audit", False)]


async def test_space_folds_the_detail_and_it_is_remembered(window: MainWindow, qtbot: QtBot) -> None:
    choose(window, "prod-admin")
    assert window.roles.detail.isVisible()
    press(Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: not window.roles.detail.isVisible(), timeout=5000)
    assert window.state.now.detail is False
    press(Qt.Key.Key_Space)
    qtbot.waitUntil(window.roles.detail.isVisible, timeout=5000)


async def test_f2_ctrl_n_and_ctrl_d_open_the_editor(window: MainWindow) -> None:
    for key, modifiers, title in (
        (Qt.Key.Key_F2, Qt.KeyboardModifier.NoModifier, "Edit prod-admin"),
        (Qt.Key.Key_N, CTRL, "New role"),
        (Qt.Key.Key_D, CTRL, "Duplicate prod-admin"),
    ):
        choose(window, "prod-admin")
        press(key, modifiers)
        await settle()
        page = window.pages.page
        assert page is not None
        assert page.accessibleName() == title
        page.closed.emit()
        await settle()
        assert window.stack.currentWidget() is window.roles


async def test_keys_of_the_list_rest_under_a_page(window: MainWindow, intents: FakeIntents) -> None:
    choose(window, "prod-admin")
    window.pages.settings()
    await settle()
    QTest.keyClick(window, Qt.Key.Key_R, CTRL)
    QTest.keyClick(window, Qt.Key.Key_Delete)
    await settle()
    assert not intents.called("refresh")
    assert not intents.called("remove_profile")


async def test_deleting_can_be_undone(window: MainWindow, intents: FakeIntents) -> None:
    choose(window, "prod-audit")
    profile = intents.configuration.profiles["prod-audit"]
    press(Qt.Key.Key_Delete)
    await settle()
    assert "prod-audit" not in intents.rows
    assert window.toasts.words == "prod-audit deleted"
    press(Qt.Key.Key_Z, CTRL)
    await settle()
    assert intents.configuration.profiles["prod-audit"] == profile
    assert window.model.row_of("prod-audit") > 0
    assert intents.called("arrange") == [("prod-audit", profile.group, "prod-billing")]


async def test_a_deleted_role_comes_back_before_whoever_is_left_after_it(
    window: MainWindow, intents: FakeIntents
) -> None:
    choose(window, "prod-audit")
    press(Qt.Key.Key_Delete)
    await settle()
    await intents.remove_profile("prod-billing")
    press(Qt.Key.Key_Z, CTRL)
    await settle()
    assert intents.called("arrange") == [("prod-audit", "Production", "prod-deploy")]


async def test_the_last_role_comes_back_as_the_last(window: MainWindow, intents: FakeIntents) -> None:
    window.doer.delete(list(intents.configuration.profiles)[-1])
    await settle()
    press(Qt.Key.Key_Z, CTRL)
    await settle()
    assert len(intents.called("put_profile")) == 1
    assert intents.called("arrange") == []


async def test_enter_clicks_the_button_that_has_the_keyboard(window: MainWindow) -> None:
    clicked: list[str] = []
    shown, new = window.sidebar.entries[Show.ACTIVE], window.roles.list_page.new
    for name, button in (("active", shown), ("new", new)):
        button.clicked.connect(lambda *_args, name=name: clicked.append(name))
        button.setFocus(Qt.FocusReason.TabFocusReason)
        press(Qt.Key.Key_Return)
        await settle()
    assert clicked == ["active", "new"]
    assert menu_words(open_menu())[0] == "Role…"
    open_menu().close()


async def test_the_keyboard_is_in_the_list_when_the_window_comes_back_from_the_tray(window: MainWindow) -> None:
    window.tray = True
    window.close()
    await settle()
    assert not window.isVisible()
    window.sidebar.brand.setFocus()
    window.come()
    await settle()
    assert window.focusWidget() is window.roles.list_page.list
