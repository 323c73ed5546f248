from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QMenu, QPushButton

from app.domain.errors import Denied, Problem, StorageTrouble
from app.domain.view import Health, Status
from app.ui.main_window import MainWindow
from app.ui.session_model import Show, Sort
from app.ui.window_state import MemoryStore, WindowState
from tests.ui.fake_core import NOW, FakeIntents
from tests.ui.fake_screen import put_in_place
from tests.ui.hands import click, press, settle, show

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from app.ui.theme import Theme

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


# --- Errors ----------------------------------------------------------------------------------------------------------


async def test_an_error_the_row_shows_is_not_said_twice(window: MainWindow, intents: FakeIntents) -> None:
    intents.fails["assume"] = REFUSED
    intents.change("prod-audit", status=Status.FAILED, problem=REFUSED.problem)
    choose(window, "prod-audit")
    press(Qt.Key.Key_Return)
    await settle()
    assert window.toasts.words == ""


async def test_an_error_nobody_sees_in_the_list_is_said(window: MainWindow, intents: FakeIntents) -> None:
    intents.fails["assume"] = REFUSED
    intents.change("prod-audit", status=Status.FAILED, problem=REFUSED.problem)
    window.show_only(Show.NEEDS_YOU)
    window.doer.assume("prod-audit")
    await settle()
    assert window.toasts.words == "prod-audit: Denied"
    assert window.toasts.act()
    await settle()
    assert window.roles.list_page.list.chosen == "prod-audit"


async def test_an_error_without_a_row_is_said_with_its_remedy(window: MainWindow, intents: FakeIntents) -> None:
    intents.fails["copy_console_url"] = REFUSED
    window.doer.copy_url("prod-admin")
    await settle()
    assert window.toasts.words == "Denied. No. Ask."


@pytest.mark.parametrize(("answer", "calls"), [("choice-displace", [False, True]), ("", [False])])
async def test_a_foreign_section_is_replaced_only_when_the_person_says_so(
    window: MainWindow, intents: FakeIntents, answer: str, calls: list[bool]
) -> None:
    intents.fails["assume"] = FOREIGN
    choose(window, "prod-audit")
    press(Qt.Key.Key_Return)
    await settle()
    if answer:
        click(window.findChildren(QPushButton, answer)[0])
    else:
        press(Qt.Key.Key_Escape)
    await settle()
    assert intents.called("assume") == [("prod-audit", displace) for displace in calls]


# --- Sidebar, order, menus -------------------------------------------------------------------------------------------


async def test_the_sidebar_counts(window: MainWindow) -> None:
    assert {show: entry.aside for show, entry in window.sidebar.entries.items()} == {
        Show.ALL: "24",
        Show.NEEDS_YOU: "1",
        Show.ACTIVE: "7",
        Show.PINNED: "4",
    }
    assert {name: entry.aside for name, entry in window.sidebar.sources.items()} == {
        "alice": "IAM user",
        "corp": "SAML",
        "login": "OIDC",
    }


async def test_a_source_shows_its_roles_and_the_way_to_edit_it(window: MainWindow) -> None:
    window.sidebar.sources["alice"].click()
    await settle()
    strip = window.roles.list_page.strip
    assert strip.isVisible()
    assert strip.edit.isVisible()
    assert window.model.row_of("prod-audit") == -1
    window.sidebar.source_wanted.emit("corp")
    await settle()
    assert window.model.row_of("prod-audit") > 0
    assert window.model.row_of("hub") == -1
    click(strip.edit)
    await settle()
    assert window.pages.provider_shown == "corp"
    press(Qt.Key.Key_Escape)
    press(Qt.Key.Key_Escape)
    assert not strip.isVisible()
    assert window.model.row_of("hub") > 0


async def test_an_empty_answer_says_so_and_leads_back(window: MainWindow) -> None:
    page = window.roles.list_page
    page.search.setText("nothing like it")
    assert page._empty.text() == "No role matches “nothing like it”."
    page._clear.click()
    assert window.model.row_of("prod-admin") == 1


async def test_the_order_is_remembered(window: MainWindow) -> None:
    window.roles.list_page.sorted_by.emit(Sort.TIME_LEFT)
    assert window.state.now.sort == "time left"
    again = MainWindow(window.intents, state=window.state)
    assert again.model.sorting is Sort.TIME_LEFT
    again.end()


async def test_the_row_menu_has_the_names_of_the_tray(window: MainWindow, intents: FakeIntents) -> None:
    window.roles.list_page.list.menu_wanted.emit("prod-admin", QPoint(10, 10))
    menu = open_menu()
    assert menu_words(menu)[:12] == [
        "Refresh now",
        "Copy console sign-in URL",
        "Open console",
        "Open console at",
        "Copy environment",
        "Stop",
        "Take the pin out",
        "Edit…",
        "Duplicate…",
        "Read-only twin",
        "Export…",
        "Delete",
    ]
    next(action for action in menu.actions() if action.text() == "Take the pin out").trigger()
    menu.close()
    await settle()
    assert intents.rows["prod-admin"].pinned is False


async def test_the_services_menu_opens_the_console_there_and_remembers(
    window: MainWindow, intents: FakeIntents
) -> None:
    choose(window, "prod-admin")
    window.roles.detail.services.click()
    menu = open_menu()
    assert menu_words(menu)[0] == "Console home"
    next(action for action in menu.actions() if action.text() == "S3").trigger()
    menu.close()
    await settle()
    assert intents.called("open_console") == [("prod-admin", "s3")]
    window.roles.detail.services.click()
    assert menu_words(open_menu())[:2] == ["Console home", "S3"]
    open_menu().close()


# --- Detail ----------------------------------------------------------------------------------------------------------


async def test_the_detail_shows_what_is_known(window: MainWindow) -> None:
    choose(window, "prod-admin")
    detail = window.roles.detail
    assert detail.name == "prod-admin"
    assert detail.console.isVisible()
    assert not detail.main.isVisible()
    assert detail.arn.value.whole == "arn:aws:sts::123456789012:assumed-role/Admin/alice"
    assert detail.key.value.whole == "ASIA…7Q2F"
    assert detail.note.text().startswith("AWS limits a role")
    assert "until 14:58" in detail.chain.accessibleName()
    detail.arn.copy.click()
    assert QGuiApplication.clipboard().text() == "arn:aws:sts::123456789012:assumed-role/Admin/alice"


async def test_the_detail_of_a_failure_says_why_and_what_to_do(window: MainWindow, intents: FakeIntents) -> None:
    choose(window, "prod-billing")
    detail = window.roles.detail
    assert detail.problem.isVisible()
    assert detail.problem.title.text().startswith("Denied")
    assert detail.problem.remedy.text().startswith("Ask the owner")
    assert detail.main.text() == "Retry"
    assert not detail.console.isVisible()
    detail.main.click()
    await settle()
    assert intents.called("assume") == [("prod-billing", False)]


async def test_a_message_of_a_thousand_letters_does_not_burst_the_panel(
    window: MainWindow, intents: FakeIntents
) -> None:
    encoded = "Qo5uDNk5K_" * 100
    problem = Problem(
        code="access-denied", title="AWS denied access", detail=f"Encoded: {encoded}", remedy="Ask. " * 40
    )
    intents.change("prod-billing", problem=problem)
    choose(window, "prod-billing")
    await settle()
    box = window.roles.detail.problem
    for label in (box.title, box.detail, box.remedy):
        assert label.height() >= label.heightForWidth(label.width())
        assert label.width() < 320
    click(box.copy)
    assert encoded in QGuiApplication.clipboard().text()


async def test_the_detail_follows_the_choice_and_an_expiry(window: MainWindow, intents: FakeIntents) -> None:
    choose(window, "sandbox-alice")
    detail = window.roles.detail
    assert detail.stop.isVisible()
    expires = intents.rows["sandbox-alice"].expires
    assert expires is not None
    intents.time = expires
    detail.tick()
    assert not detail.stop.isVisible()
    assert detail.main.text() == "Assume"


# --- Size, banner, state, closing ------------------------------------------------------------------------------------


async def test_what_has_no_room_folds_away(window: MainWindow, qtbot: QtBot) -> None:
    choose(window, "prod-admin")
    window.resize(860, 600)
    await settle()
    assert window.roles.detail.isHidden()
    assert window.sidebar.width() > 200
    window.roles.open_detail()
    qtbot.waitUntil(window.roles.detail.isVisible, timeout=5000)
    press(Qt.Key.Key_Escape)
    assert not window.roles.detail_shown
    window.resize(640, 480)
    await settle()
    assert window.sidebar.width() < 60
    window.resize(1120, 720)
    await settle()
    assert window.roles.detail.isVisible()


async def test_trouble_with_the_settings_is_a_banner(window: MainWindow, intents: FakeIntents) -> None:
    banner = window.roles.list_page.banner
    assert not banner.isVisible()
    problem = Problem(code="bad-settings", title="config.toml cannot be read", detail="Line 7.", remedy="Correct it.")
    intents.health = Health(online=True, settings_problem=problem)
    intents.tell()
    assert banner.isVisible()
    assert banner.title.text() == "config.toml cannot be read"


async def test_the_status_bar_tells_health_in_words(window: MainWindow, intents: FakeIntents) -> None:
    bar = window.status
    assert (bar.online.text(), bar.keyring.text(), bar.clock.text(), bar.next.text()) == (
        "Online",
        "Keyring: Secret Service",
        "Clock +0.2 s",
        "Next human needed 14:20",
    )
    locked = Problem(code="keyring-locked", title="The keyring is locked")
    intents.health = Health(online=False, skew=-95.0, keyring_problem=locked, next_person_needed=NOW)
    intents.tell()
    assert bar.online.text() == "AWS cannot be reached"
    assert (bar.keyring.isVisible(), bar.trouble.text()) == (False, "The keyring is locked")
    assert "1 min 35 s" in bar.clock.text()
    assert bar.next.text() == "Human needed now"


async def test_the_tick_stops_when_the_window_is_hidden(window: MainWindow) -> None:
    assert window._tick.isActive()
    window.hide()
    assert not window._tick.isActive()
    window.show()
    assert window._tick.isActive()
    window.showMinimized()
    assert not window._tick.isActive()


async def test_closing_leaves_the_tray_or_minimizes(window: MainWindow) -> None:
    hidden: list[bool] = []
    window.hidden.connect(lambda: hidden.append(True))
    window.close()
    assert window.isMinimized()
    assert hidden == []
    window.showNormal()
    window.tray = True
    window.close()
    assert not window.isVisible()
    assert hidden == [True]
    window.come()
    assert window.isVisible()


async def test_quitting_is_asked_for_not_done(window: MainWindow, qtbot: QtBot) -> None:
    with qtbot.waitSignal(window.quit_wanted, timeout=1000):
        QTest.keyClick(window, Qt.Key.Key_Q, CTRL)
    assert window.isVisible()


async def test_place_panels_and_choice_are_kept(
    qtbot: QtBot, look: Theme, intents: FakeIntents, monkeypatch: pytest.MonkeyPatch
) -> None:
    put_in_place(monkeypatch, QRect(0, 0, 1920, 1080))
    store = MemoryStore()
    first = MainWindow(intents, state=WindowState(store))
    show(qtbot, first, 1000, 650)
    first.model.fold("Production")
    choose(first, "stage-db")
    first.end()
    second = MainWindow(intents, state=WindowState(store))
    qtbot.addWidget(second)
    assert (second.width(), second.height()) == (1000, 650)
    assert second.model.folded == ("Production",)
    assert second.roles.list_page.list.chosen == "stage-db"
    second.end()


async def test_a_place_on_a_screen_that_is_gone_is_not_taken(
    qtbot: QtBot, look: Theme, intents: FakeIntents, monkeypatch: pytest.MonkeyPatch
) -> None:
    put_in_place(monkeypatch, QRect(0, 0, 1920, 1080))
    state = WindowState(MemoryStore('{"place": [90000, 90000, 800, 600]}'))
    window = MainWindow(intents, state=state)
    qtbot.addWidget(window)
    assert window.size() == QSize(800, 600)
    assert QRect(0, 0, 1920, 1080).contains(window.geometry())
    window.end()


async def test_the_title_says_when_it_is_a_demo(qtbot: QtBot, look: Theme, intents: FakeIntents) -> None:
    window = MainWindow(intents, state=WindowState(), demo=True)
    qtbot.addWidget(window)
    assert window.windowTitle() == "Rolecall — demo"
    window.end()


async def test_an_empty_start_shows_how_to_begin_and_then_the_list(qtbot: QtBot, look: Theme) -> None:
    intents = FakeIntents(empty=True)
    window = MainWindow(intents, state=WindowState())
    show(qtbot, window)
    await settle()
    assert window.stack.currentWidget() is not window.roles
    await intents.put_profile(FakeIntents().configuration.profiles["prod-audit"])
    await settle()
    assert window.stack.currentWidget() is window.roles
    window.end()


async def test_light_and_dark_change_live(window: MainWindow, intents: FakeIntents) -> None:
    light = window.grab().toImage().pixelColor(400, 650).lightness()
    intents.set_theme("dark")
    await settle()
    assert window.grab().toImage().pixelColor(400, 650).lightness() < light - 100


async def test_every_control_has_a_name_for_screen_readers(window: MainWindow) -> None:
    choose(window, "prod-admin")
    for control in (*window.findChildren(QAbstractButton), *window.findChildren(QLineEdit)):
        if control.isVisible():
            assert control.accessibleName() or getattr(control, "text", str)(), control.objectName()


async def test_nothing_in_the_detail_is_wider_than_the_panel(window: MainWindow, intents: FakeIntents) -> None:
    for name in intents.rows:
        intents.change(name, published_as=f"{name}-with-quite-a-long-profile-name", note="A word. " * 12)
        choose(window, name)
        await settle()
        detail = window.roles.detail
        for child in detail.findChildren(QAbstractButton):
            if child.isVisible():
                right = child.mapTo(detail, child.rect().topRight()).x()
                assert right <= detail.width(), (name, child.accessibleName() or child.text())
