from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QApplication, QMenu, QPushButton

from app.domain.errors import NetworkTrouble
from app.domain.view import NeedView, SessionView
from app.ui.mfa_sheet import CommandSheet
from app.ui.qr import QUIET, QrPicture, matrix_of
from app.ui.sign_in_sheet import SignInSheet
from tests.ui.fake_core import NOW, FakeIntents
from tests.ui.fake_providers import BAD_RESPONSE, device_need, sign_in_need
from tests.ui.hands import click, press, settle
from tests.ui.sign_in_desk import Desk, said

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from app.ui.main_window import MainWindow
    from app.ui.theme import Theme

pytestmark = pytest.mark.usefixtures("look")


@pytest.fixture
def desk(qtbot: QtBot) -> Desk:
    return Desk(qtbot)


# --- When it opens ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("need", [sign_in_need("corp", "paste"), device_need()], ids=["paste", "device"])
async def test_a_click_opens_the_sheet_where_the_person_has_to_do_something_here(desk: Desk, need: NeedView) -> None:
    desk.needs(need)
    assert desk.sheet.isVisible()


@pytest.mark.parametrize(
    "need",
    [
        sign_in_need("corp", "window"),
        sign_in_need("login", "browser", opened=True, has_link=True),
        sign_in_need("corp", "paste", wanted_now=False),
        device_need(wanted_now=False),
    ],
    ids=["window soon", "browser", "paste in the background", "device in the background"],
)
async def test_nothing_lies_over_a_login_page_or_comes_by_itself(desk: Desk, need: NeedView) -> None:
    desk.needs(need)
    assert desk.prompts.sheet is None
    assert desk.prompts.answer_need(need.key)
    assert desk.sheet.isVisible()


async def test_an_open_login_window_comes_to_the_front_instead(desk: Desk) -> None:
    desk.needs(sign_in_need("corp", "window", opened=True))
    assert desk.prompts.sheet is None
    assert desk.prompts.answer("prod-audit")
    await settle()
    assert desk.prompts.sheet is None
    assert desk.intents.called("answer") == [("sign-in corp", "")]
    # Where that cannot be, there is still the sheet.
    desk.intents.fails["answer"] = NetworkTrouble(code="x", title="Gone")
    desk.prompts.answer_need("sign-in corp")
    await settle()
    assert desk.sheet.isVisible()


async def test_what_could_not_be_opened_is_told(desk: Desk) -> None:
    desk.needs(sign_in_need("corp", "window", problem=BAD_RESPONSE))
    assert BAD_RESPONSE.title in desk.sheet.answer_box.text


async def test_an_unknown_key_opens_nothing(desk: Desk) -> None:
    assert not desk.prompts.answer_need("sign-in nobody")


# --- Window and browser ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("provider", "way", "words", "go"),
    [
        ("corp", "window", "A window with corp's login page opens", "Open the login page"),
        ("login", "browser", "login's login page opens in your browser", "Open the browser"),
        ("corp", "command", "The command that signs in to corp is run again", "Run it"),
        ("login", "file", "The token file of login is read again", "Read it"),
    ],
)
async def test_says_what_will_happen_and_enter_makes_it_happen(
    desk: Desk, provider: str, way: str, words: str, go: str
) -> None:
    desk.needs(sign_in_need(provider, way, wanted_now=False))
    desk.prompts.answer_need(f"sign-in {provider}")
    sheet = desk.sheet
    assert words in said(sheet)
    assert f"{provider}" in said(sheet)
    assert "role" in sheet._for.text()
    assert sheet.go.text() == go
    assert QApplication.focusWidget() is sheet.go
    press(Qt.Key.Key_Return)
    await settle()
    assert desk.intents.called("answer") == [(f"sign-in {provider}", "")]


async def test_once_the_login_page_is_open_the_sheet_is_gone_and_stays_so(desk: Desk) -> None:
    desk.needs(sign_in_need("corp", "window", wanted_now=True, problem=BAD_RESPONSE))
    click(desk.sheet.go)
    await settle()
    assert desk.prompts.sheet is None
    assert desk.intents.called("decline") == []
    [need] = desk.intents.needs
    desk.needs(replace(need, profiles=("one", "two")))
    assert desk.prompts.sheet is None


async def test_while_the_browser_is_open_there_is_the_link_and_a_way_out(desk: Desk) -> None:
    desk.needs(sign_in_need("login", "browser", opened=True, has_link=True))
    desk.prompts.answer_need("sign-in login")
    sheet = desk.sheet
    assert "Your browser is open at login's page" in said(sheet)
    assert not sheet.go.isVisible()
    click(sheet.link)
    await settle()
    assert desk.intents.called("copy_sign_in_link") == [("sign-in login",)]
    assert "Link copied" in sheet.answer_box.text
    click(sheet.again)
    await settle()
    assert desk.intents.called("answer") == [("sign-in login", "")]
    assert desk.prompts.sheet is None
    desk.prompts.answer_need("sign-in login")
    press(Qt.Key.Key_Escape)
    await settle()
    # Esc takes the sheet away; the browser goes on.
    assert desk.prompts.sheet is None
    assert desk.intents.called("decline") == []
    desk.prompts.answer_need("sign-in login")
    click(desk.sheet.cancel)
    await settle()
    assert desk.intents.called("decline") == [("sign-in login",)]
    assert desk.prompts.sheet is None


async def test_esc_declines_what_waits_nowhere_else(desk: Desk) -> None:
    desk.needs(sign_in_need("corp", "paste"))
    press(Qt.Key.Key_Escape)
    await settle()
    assert desk.intents.called("decline") == [("sign-in corp",)]


async def test_an_error_on_the_way_is_said_and_it_can_be_tried_again(desk: Desk) -> None:
    desk.needs(sign_in_need("login", "browser", wanted_now=False))
    desk.prompts.answer_need("sign-in login")
    desk.intents.fails["answer"] = NetworkTrouble(code="x", title="The provider was not reached", remedy="Try again.")
    click(desk.sheet.go)
    await settle()
    assert desk.sheet.answer_box.text == "The provider was not reached. Try again."
    assert desk.sheet.go.isEnabled()


async def test_another_way(desk: Desk) -> None:
    desk.needs(sign_in_need("corp", "window", wanted_now=False))
    desk.prompts.answer_need("sign-in corp")
    click(desk.sheet.other)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    assert [each.text() for each in menu.actions()] == ["Paste or drop a response", "A command prints it"]
    press_first(menu)
    await settle()
    assert desk.intents.called("choose_way") == [("sign-in corp", "paste")]
    assert desk.sheet.paste.isVisible()
    assert desk.window.focusWidget() is desk.sheet.paste.field


def press_first(menu: QMenu) -> None:
    menu.actions()[0].trigger()
    menu.close()


async def test_without_another_way_none_is_offered(desk: Desk) -> None:
    need = sign_in_need("corp", "window", wanted_now=False)
    assert need.sign_in is not None
    desk.needs(replace(need, sign_in=replace(need.sign_in, ways=())))
    desk.prompts.answer_need("sign-in corp")
    assert not desk.sheet.other.isVisible()


# --- A code for another device ---------------------------------------------------------------------------------------


async def test_the_code_where_to_type_it_and_how_long_it_works(desk: Desk) -> None:
    desk.needs(device_need())
    sheet = desk.sheet
    words = said(sheet)
    for told in ("WDJB-MJHT", "https://login.example.com/device", "Works for 9:41"):
        assert told in words
    assert sheet.device.code.accessibleName() == "Code: W D J B - M J H T"
    assert sheet.device.picture.isVisible()
    assert QApplication.focusWidget() is sheet.device.copy_link
    press(Qt.Key.Key_Return)
    await settle()
    assert desk.intents.called("copy_sign_in_link") == [("sign-in login",)]
    click(sheet.device.copy_code)
    assert QGuiApplication.clipboard().text() == "WDJB-MJHT"
    desk.intents.time = NOW + timedelta(minutes=9, seconds=30)
    sheet._tick()
    assert "Works for 0:11" in said(sheet)
    assert sheet.device.time.property("tone") == "bad"
    desk.intents.time = NOW + timedelta(minutes=10)
    sheet._tick()
    assert "This code has expired." in said(sheet)


async def test_until_the_code_is_here_it_is_said_that_it_is_asked_for(desk: Desk) -> None:
    desk.needs(device_need(user_code="", url="", complete_url="", code_expires=None, has_link=False))
    assert "Asking login for a code…" in said(desk.sheet)
    assert not desk.sheet.device.isVisible()
    assert QApplication.focusWidget() is desk.sheet.hold
    desk.needs(device_need())
    assert desk.sheet.device.isVisible()
    assert QApplication.focusWidget() is desk.sheet.device.copy_link


async def test_a_code_that_was_put_away_does_not_come_back_by_itself(desk: Desk) -> None:
    desk.needs(device_need())
    click(desk.sheet.hold)
    await settle()
    desk.needs(device_need(profiles=("a", "b")))
    assert desk.prompts.sheet is None
    desk.prompts.answer("a")
    assert desk.sheet.isVisible()


async def test_a_new_code_takes_the_place_of_the_old(desk: Desk) -> None:
    desk.needs(device_need())
    desk.needs(device_need(user_code="BCDF-GHJK", complete_url=""))
    assert "BCDF-GHJK" in said(desk.sheet)
    assert desk.sheet.device.picture._text == "https://login.example.com/device"


def test_the_picture_is_what_segno_says_with_a_quiet_zone_in_every_theme(qtbot: QtBot, look: Theme) -> None:
    text = "https://login.example.com/device?user_code=WDJB-MJHT"
    matrix = matrix_of(text)
    made = QrPicture()
    qtbot.addWidget(made)
    made.show_text(text)
    module = made.width() // (len(matrix) + 2 * QUIET)
    assert module >= 3
    for mode in ("light", "dark"):
        look.set_mode(mode)
        picture: QImage = made.grab().toImage()
        for y, row in enumerate(matrix):
            for x, dark in enumerate(row):
                at = ((x + QUIET) * module + module // 2, (y + QUIET) * module + module // 2)
                assert (picture.pixelColor(*at).lightness() < 128) == bool(dark)
        edge = made.width() // 2
        assert picture.pixelColor(edge, 2).lightness() == 255
        assert picture.pixelColor(2, edge).lightness() == 255


@pytest.mark.parametrize(
    "text", ["", "https://login.example.com/" + "x" * 1000, "https://login.example.com/\ud800", "\U0001f511" * 599]
)
def test_without_a_link_that_a_camera_can_read_there_is_no_picture(qtbot: QtBot, text: str) -> None:
    made = QrPicture()
    qtbot.addWidget(made)
    made.show_text(text)
    assert made.isHidden()


# --- The command of a provider ---------------------------------------------------------------------------------------


async def test_a_provider_s_command_is_confirmed_in_its_own_words(desk: Desk) -> None:
    need = NeedView(
        key="command 1", kind="command", title="Run a command to sign in to “corp”?", command=("/usr/bin/saml", "corp"),
        profiles=("prod-audit",), wanted_now=True,
    )  # fmt: skip
    desk.needs(need)
    assert isinstance(desk.prompts.sheet, CommandSheet)
    assert "whenever a sign-in is needed" in said(desk.prompts.sheet)
    desk.needs(replace(need, key="command 2", identity="alice"))
    assert "whenever a code is needed" in said(desk.prompts.sheet)


async def test_many_profiles_are_counted(desk: Desk) -> None:
    desk.needs(sign_in_need("corp", "paste", profiles=tuple(f"role-{n}" for n in range(200))))
    assert "and 188 more" in desk.sheet._for.text()
    assert desk.sheet.panel.height() < 500


# --- In the window ---------------------------------------------------------------------------------------------------


async def test_a_line_over_the_list_says_where_a_sign_in_waits(window: MainWindow, intents: FakeIntents) -> None:
    intents.needs = (sign_in_need("login", "browser", opened=True, has_link=True),)
    intents.tell()
    strip = window.waiting
    assert strip.isVisible()
    assert strip.words.whole == "Your browser is open at login's page · for stage-dev"
    click(strip.link)
    await settle()
    assert intents.called("copy_sign_in_link") == [("sign-in login",)]
    assert window.toasts.words.startswith("Link copied")
    click(strip.cancel)
    await settle()
    assert intents.called("decline") == [("sign-in login",)]
    assert not strip.isVisible()


async def test_the_line_pushes_no_chosen_row_out_of_sight(window: MainWindow, intents: FakeIntents) -> None:
    rows = window.roles.list_page.list
    names = [row.name for row in window.model.rows() if isinstance(row, SessionView)]
    last = max(place for place, name in enumerate(names) if window.sees(name))
    rows.choose(names[last])
    await settle()
    intents.needs = (sign_in_need("login", "browser", opened=True),)
    intents.tell()
    await settle()
    assert window.waiting.isVisible()
    place = rows.visualRect(rows.currentIndex())
    assert rows.viewport().rect().contains(place.adjusted(0, 0, -1, -1))


async def test_the_line_leads_to_another_way(window: MainWindow, intents: FakeIntents) -> None:
    intents.needs = (sign_in_need("login", "browser", opened=True),)
    intents.tell()
    click(window.waiting.other)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    assert [each.text() for each in menu.actions()] == ["Code on another device"]
    press_first(menu)
    await settle()
    assert isinstance(window.prompts.sheet, SignInSheet)
    assert "WDJB-MJHT" in said(window.prompts.sheet)
    click(window.prompts.sheet.hold)
    await settle()
    click(window.waiting.show_code)
    await settle()
    assert isinstance(window.prompts.sheet, SignInSheet)


async def test_several_that_wait_are_counted(window: MainWindow, intents: FakeIntents) -> None:
    corp = sign_in_need("corp", "window", opened=True, profiles=("a", "b", "c", "d", "e"))
    intents.needs = (corp, device_need())
    intents.tell()
    line = window.waiting
    assert line.words.whole == "corp's login page is open in a window of its own · for a, b, c and 2 more"
    click(line.show_window)
    await settle()
    assert intents.called("answer") == [("sign-in corp", "")]
    assert line.more.text() == "1 more…"
    click(line.more)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    assert [each.text() for each in menu.actions()] == ["login waits for you to type its code on another device"]
    press_first(menu)
    await settle()
    assert isinstance(window.prompts.sheet, SignInSheet)
    assert window.prompts.sheet.need.key == "sign-in login"


async def test_nothing_waits_elsewhere_while_nothing_is_open(window: MainWindow, intents: FakeIntents) -> None:
    intents.needs = (sign_in_need("corp", "window", wanted_now=False), intents.need(("stage-ops",), wanted_now=False))
    intents.tell()
    assert not window.waiting.isVisible()


async def test_the_row_s_answer_opens_the_sheet(window: MainWindow, intents: FakeIntents) -> None:
    intents.needs = (sign_in_need("corp", "window", wanted_now=False),)
    intents.tell()
    window.answer("prod-audit")
    assert isinstance(window.prompts.sheet, SignInSheet)


async def test_a_small_window_has_room_for_every_sheet(window: MainWindow, intents: FakeIntents) -> None:
    window.resize(640, 480)
    for need in (device_need(), sign_in_need("corp", "paste", problem=BAD_RESPONSE)):
        intents.needs = (need,)
        intents.tell()
        await settle()
        sheet = window.prompts.sheet
        assert isinstance(sheet, SignInSheet)
        assert sheet.panel.geometry().bottom() <= 480
        inside = [each for each in sheet.panel.findChildren(QPushButton) if each.isVisible()]
        for each in inside:
            at = each.mapTo(sheet.panel, each.rect().bottomRight())
            assert sheet.panel.rect().contains(at), each.text()
        names = [each.accessibleName() or each.text() for each in inside]
        assert all(names)
