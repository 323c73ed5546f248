from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QMenu, QPushButton

from app.domain.configuration import Flow as Way
from app.domain.errors import NetworkTrouble
from app.domain.view import NeedView, SessionView, SignInView, Status
from app.ui import menus
from app.ui.acts import Act
from app.ui.confirm_sheet import ConfirmSheet
from app.ui.row_links import Link, link_places
from app.ui.session_model import Sort
from app.ui.several import concerns
from app.ui.sheet import Sheet
from tests.ui.fake_core import NOW, FakeIntents, sessions
from tests.ui.hands import click, press, settle, type_text

if TYPE_CHECKING:
    from PySide6.QtGui import QAction

    from app.ui.list_work import ListWork
    from app.ui.main_window import MainWindow

_SHIFT, _ALT = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.AltModifier


def select(window: MainWindow, first: str, more: int) -> tuple[str, ...]:
    rows = window.roles.list_page.list
    rows.setFocus()
    rows.choose(first)
    for _ in range(more):
        press(Qt.Key.Key_Down, _SHIFT)
    return rows.selected


def work_of(window: MainWindow) -> ListWork:
    return window.list_work


async def test_the_bar_says_how_many_and_what_each_button_would_do(window: MainWindow) -> None:
    bar = window.roles.list_page.selection
    select(window, "prod-audit", 0)
    assert not bar.isVisible()
    select(window, "prod-admin", 3)
    assert bar.isVisible()
    assert bar.words.whole == "4 roles selected · 2 of 4 are live"
    assert bar.buttons[Act.STOP].text() == "Stop 2"
    assert bar.buttons[Act.STOP].toolTip() == "Stop: prod-admin, prod-deploy"
    assert bar.buttons[Act.ASSUME].accessibleName() == "Assume: prod-audit, prod-billing"
    assert bar.buttons[Act.DELETE].text() == "Delete"
    press(Qt.Key.Key_Escape)
    assert not bar.isVisible()
    assert window.roles.list_page.list.selected == ("prod-deploy",)


async def test_it_follows_what_changes(window: MainWindow, intents: FakeIntents) -> None:
    select(window, "prod-admin", 1)
    intents.change("prod-admin", status=Status.EXPIRED, expires=NOW)
    bar = window.roles.list_page.selection
    assert bar.words.whole == "2 roles selected"
    assert not bar.buttons[Act.STOP].isEnabled()


async def test_several_are_stopped_with_one_toast(window: MainWindow, intents: FakeIntents) -> None:
    select(window, "prod-admin", 3)
    click(window.roles.list_page.selection.buttons[Act.STOP])
    await settle()
    assert intents.called("stop") == [("prod-admin",), ("prod-deploy",)]
    assert window.toasts.words == "2 roles stopped."


async def test_one_that_fails_is_named_and_the_others_go_on(window: MainWindow, intents: FakeIntents) -> None:
    names = select(window, "prod-admin", 3)
    intents.fails["refresh"] = NetworkTrouble(code="unreachable", title="AWS was not reached")
    work_of(window).several.do(Act.REFRESH, names)
    await settle()
    assert intents.called("refresh") == [("prod-admin",), ("prod-deploy",)]
    assert window.toasts.words == "1 role refreshed. prod-admin: AWS was not reached."


async def test_enter_never_stops_anybody(window: MainWindow, intents: FakeIntents) -> None:
    select(window, "prod-admin", 3)
    press(Qt.Key.Key_Return)
    await settle()
    assert intents.called("stop") == []


async def test_keys_mean_all_that_are_selected(window: MainWindow, intents: FakeIntents) -> None:
    select(window, "prod-admin", 3)
    press(Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier)
    await settle()
    assert intents.called("refresh") == [("prod-admin",), ("prod-deploy",)]


async def test_several_are_deleted_and_come_back_in_their_places(window: MainWindow, intents: FakeIntents) -> None:
    select(window, "prod-audit", 1)
    click(window.roles.list_page.selection.buttons[Act.DELETE])
    await settle()
    assert intents.called("remove_profile") == [("prod-audit",), ("prod-billing",)]
    assert window.toasts.words == "2 roles deleted"
    window.toasts.act()
    await settle()
    assert [each[0].name for each in intents.called("put_profile")] == ["prod-billing", "prod-audit"]  # type: ignore[attr-defined]  # profiles
    assert intents.called("arrange") == [
        ("prod-billing", "Production", "prod-deploy"),
        ("prod-audit", "Production", "prod-billing"),
    ]


async def test_the_menu_leads_to_a_roles_activity(window: MainWindow) -> None:
    line(filled(window, "prod-admin"), "Show activity").trigger()
    await settle()
    assert window.stack.currentWidget() is not window.roles


async def test_guarded_ones_are_asked_for_one_after_the_other(window: MainWindow, intents: FakeIntents) -> None:
    intents.change("prod-audit", confirm=True)
    intents.change("stage-readonly", confirm=True)
    work_of(window).several.do(Act.ASSUME, ("prod-audit", "backup", "stage-readonly"))
    await settle()
    assert intents.called("assume") == []
    type_text("prod-audit")
    press(Qt.Key.Key_Return)
    await settle()
    assert len([each for each in window.findChildren(ConfirmSheet) if each.isVisible()]) == 1
    press(Qt.Key.Key_Escape)
    await settle()
    assert intents.called("assume") == [("prod-audit", False), ("backup", False)]
    assert window.toasts.words == "2 roles assumed."


def test_an_act_concerns_those_for_whom_it_does_something() -> None:
    views = {view.name: view for view in sessions()}
    assert concerns(Act.STOP, views["prod-admin"], NOW)
    assert not concerns(Act.STOP, views["prod-audit"], NOW)
    assert not concerns(Act.REFRESH, views["stage-dev"], NOW)
    assert concerns(Act.ASSUME, views["prod-billing"], NOW)
    assert not concerns(Act.ASSUME, views["stage-ops"], NOW)
    assert not concerns(Act.ASSUME, views["stage-db"], NOW)
    assert all(concerns(Act.DELETE, view, NOW) for view in views.values())


# --- Another place ---------------------------------------------------------------------------------------------------


async def test_alt_and_arrows_move_a_role_with_a_way_back(window: MainWindow, intents: FakeIntents) -> None:
    select(window, "prod-billing", 0)
    press(Qt.Key.Key_Up, _ALT)
    await settle()
    assert intents.called("arrange") == [("prod-billing", "Production", "prod-audit")]
    assert window.toasts.words == "prod-billing moved"
    window.toasts.act()
    await settle()
    assert intents.called("arrange")[1:] == [("prod-billing", "Production", "prod-deploy")]


async def test_a_dropped_row_goes_to_the_other_group(window: MainWindow, intents: FakeIntents) -> None:
    window.roles.list_page.list.drag.dropped.emit("prod-billing", "Staging", "stage-dev")
    await settle()
    assert intents.called("arrange") == [("prod-billing", "Staging", "stage-dev")]
    assert window.toasts.words == "prod-billing moved to Staging"


async def test_where_the_order_is_not_the_files_it_says_why_nothing_moves(
    window: MainWindow, intents: FakeIntents
) -> None:
    window.model.sort_by(Sort.NAME)
    select(window, "prod-billing", 0)
    press(Qt.Key.Key_Up, _ALT)
    await settle()
    assert intents.called("arrange") == []
    assert "sorted by group" in window.toasts.words


def filled(window: MainWindow, name: str) -> QMenu:
    menu = menus.popup(window)
    view = window.doer.view(name)
    assert view is not None
    work_of(window).fill_row(menu, view)
    return menu


def line(menu: QMenu, words: str) -> QAction:
    found = [each for each in menu.actions() if each.text() == words]
    assert found, [each.text() for each in menu.actions()]
    return found[0]


async def test_the_menu_moves_to_a_group_there_is_or_a_new_one(window: MainWindow, intents: FakeIntents) -> None:
    inside = line(filled(window, "prod-billing"), "Move to group").menu()
    assert isinstance(inside, QMenu)
    assert not line(inside, "Production").isEnabled()
    line(inside, "Sandbox").trigger()
    await settle()
    assert intents.called("arrange") == [("prod-billing", "Sandbox", "")]
    line(inside, "New group…").trigger()
    await settle()
    sheet = next(each for each in window.findChildren(Sheet) if each.isVisible())
    assert isinstance(sheet.focusWidget(), QLineEdit)
    move = next(each for each in sheet.findChildren(QPushButton) if each.text() == "Move")
    assert not move.isEnabled()
    type_text("Finance")
    press(Qt.Key.Key_Return)
    await settle()
    assert intents.called("arrange")[1:] == [("prod-billing", "Finance", "")]


async def test_a_refused_move_is_told(window: MainWindow, intents: FakeIntents) -> None:
    intents.fails["arrange"] = NetworkTrouble(code="settings-locked", title="The settings are locked")
    work_of(window).arrange("prod-billing", "Sandbox", "")
    await settle()
    assert window.toasts.words.startswith("The settings are locked")


# --- Links of a sign-in ----------------------------------------------------------------------------------------------


@pytest.fixture
def waiting(intents: FakeIntents) -> NeedView:
    sign_in = SignInView(provider="corp", way=Way.BROWSER.value, opened=True, has_link=True)
    need = NeedView(
        key="sign-in:corp", kind="sign-in", title="Sign in to corp", profiles=("prod-audit",), sign_in=sign_in
    )
    intents.needs = (need,)
    intents.change("prod-audit", status=Status.WAITING, waiting_for="browser")
    return need


async def test_the_row_itself_offers_link_and_cancel(
    waiting: NeedView, window: MainWindow, intents: FakeIntents
) -> None:
    rows = window.roles.list_page.list
    view = window.model.view_at(window.model.row_of("prod-audit"))
    assert view is not None
    rect = rows.visualRect(window.model.index(window.model.row_of("prod-audit")))
    second = rows.delegate.places(rect).second
    spots = {link: place.center() for link, _word, place in link_places(view, second, rows.layoutDirection())}
    QTest.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=spots[Link.COPY])
    await settle()
    assert intents.called("copy_sign_in_link") == [(waiting.key,)]
    assert window.toasts.words.startswith("Link copied")
    QTest.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=spots[Link.CANCEL] + QPoint(1, 0))
    await settle()
    assert intents.called("cancel") == [("prod-audit",)]


async def test_so_does_its_menu(waiting: NeedView, window: MainWindow, intents: FakeIntents) -> None:
    line(filled(window, "prod-audit"), "Copy link").trigger()
    await settle()
    assert intents.called("copy_sign_in_link") == [(waiting.key,)]
    assert not [each for each in filled(window, "prod-admin").actions() if each.text() == "Copy link"]


async def test_guards_stand_in_the_detail(window: MainWindow, intents: FakeIntents) -> None:
    detail = window.roles.detail
    profile = replace(intents.configuration.profiles["prod-admin"], account_pin="123456789012", lease=1800)
    await intents.put_profile(profile)
    window.roles.list_page.list.choose("prod-admin")
    assert detail.pinned_to.value.whole == "123456789012"
    assert detail.lease.value.whole == "30:00"
    assert not detail.guard.isVisible()
    view = intents.rows["prod-admin"]
    intents.change("prod-admin", confirm=True, lease_ends=view.expires, renews=None)
    assert detail.guard.isVisible()
    assert not detail.lease.isVisible()
    words = [each.text() for each in detail.findChildren(QLabel) if each.isVisible()]
    assert "Lease ends 14:52, not renewed" in words
    assert "42:10" in words


async def test_the_whole_key_id_is_copied(window: MainWindow, intents: FakeIntents) -> None:
    intents.change("prod-admin", access_key_id="ASIAIOSFODNN7EX7Q2F")
    window.roles.list_page.list.choose("prod-admin")
    assert window.roles.detail.key.value.whole == "ASIA…7Q2F"
    click(window.roles.detail.key.copy)
    assert QGuiApplication.clipboard().text() == "ASIAIOSFODNN7EX7Q2F"
    assert window.toasts.words == "Key ID copied."


async def test_a_denial_can_be_explained(window: MainWindow) -> None:
    asked: list[str] = []
    window.doer.why_wanted.connect(asked.append)
    window.roles.list_page.list.choose("prod-billing")
    box = window.roles.detail.problem
    assert box.act.text() == "Why denied…"
    box.wanted.emit()
    assert asked == ["prod-billing"]


async def test_enter_assumes_all_that_are_selected_and_can_be(window: MainWindow, intents: FakeIntents) -> None:
    select(window, "prod-admin", 3)
    names = window.roles.list_page.list.selected
    wanted = window.list_work.several.concerned(names)[Act.ASSUME]
    assert 0 < len(wanted) < len(names)
    press(Qt.Key.Key_Return)
    await settle()
    assert [arguments[0] for arguments in intents.called("assume")] == list(wanted)
    assert intents.called("stop") == intents.called("open_console") == []


async def test_who_is_chosen_is_in_sight_once_nothing_is_searched_for(window: MainWindow) -> None:
    rows = window.roles.list_page.list
    window.resize(900, 480)
    last = [view.name for view in window.model.rows() if isinstance(view, SessionView)][-1]
    type_text(last)
    await settle()
    assert rows.chosen == last
    press(Qt.Key.Key_Escape)
    await settle()
    assert rows.chosen == last
    assert window.sees(last)
    assert rows.viewport().rect().contains(rows.visualRect(rows.currentIndex()))
    rows.verticalScrollBar().setValue(0)
    press(Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    await settle()
    assert rows.viewport().rect().contains(rows.visualRect(rows.currentIndex()))
