from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget

from app.domain.configuration import Flow as Way
from app.domain.errors import NetworkTrouble
from app.domain.view import NeedView, SignInView
from app.ui import need_words
from app.ui.flow import Flow
from app.ui.need_cards import CommandCard, MfaCard, NeedCard, SignInCard
from app.ui.needs_page import NeedsPage
from tests.ui.fake_core import NOW, WRONG_CODE, FakeIntents, sessions
from tests.ui.hands import click, press, settle, show, type_text

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from pytestqt.qtbot import QtBot

    from app.ui.main_window import MainWindow
    from app.ui.theme import Theme

COMMAND = NeedView(
    key="command:alice",
    kind="command",
    title="May this command run?",
    command=("/usr/bin/op", "item", "get", "aws alice", "--otp"),
    profiles=("data-lake",),
    identity="alice",
)
SIGN_IN = NeedView(
    key="sign-in:corp",
    kind="sign-in",
    title="Sign in to corp",
    profiles=("prod-deploy", "sandbox-alice"),
    sign_in=SignInView(provider="corp", way=Way.BROWSER.value, ways=(Way.PASTE.value,)),
)


@pytest.fixture
async def page(qtbot: QtBot, look: Theme, intents: FakeIntents) -> AsyncIterator[NeedsPage]:
    made = NeedsPage(intents)
    show(qtbot, made, 912, 640)
    made.opened()
    end = intents.subscribe(lambda: made.follow(intents.snapshot()))
    yield made
    end()


def need(intents: FakeIntents, *needs: NeedView) -> None:
    intents.needs = needs
    intents.tell()


def words_of(page: QWidget) -> list[str]:
    return [each.text() for each in page.findChildren(QLabel) if each.isVisible()]


def button_of(card: NeedCard, words: str) -> QPushButton:
    return next(each for each in card.findChildren(QPushButton) if words in {each.text(), each.accessibleName()})


async def test_a_code_is_typed_in_the_card_and_sent_with_the_sixth_digit(page: NeedsPage, intents: FakeIntents) -> None:
    assert list(page.cards) == ["mfa:alice"]
    assert page.count.text() == "1 thing waits for you"
    type_text("123456")
    await settle()
    assert intents.called("answer") == [("mfa:alice", "123456")]
    assert page.cards == {}


async def test_a_wrong_code_is_told_in_the_card_and_the_keyboard_stays(page: NeedsPage, intents: FakeIntents) -> None:
    card = page.cards["mfa:alice"]
    assert isinstance(card, MfaCard)
    type_text("000000")
    await settle()
    assert card.entry.answer_box.text == "That code was wrong. The next one is valid in 12 s."
    assert QApplication.focusWidget() is card.entry.boxes
    assert card.entry.boxes.text() == ""


async def test_a_code_is_pasted(page: NeedsPage, intents: FakeIntents) -> None:
    QGuiApplication.clipboard().setText("123 456")
    press(Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    await settle()
    assert intents.called("answer") == [("mfa:alice", "123456")]


async def test_nothing_that_comes_or_changes_takes_keyboard_or_digits(page: NeedsPage, intents: FakeIntents) -> None:
    card = page.cards["mfa:alice"]
    assert isinstance(card, MfaCard)
    type_text("41")
    mfa = intents.needs[0]
    need(intents, COMMAND, SIGN_IN, replace(mfa, profiles=("stage-ops", "hub")))
    need(intents, SIGN_IN, replace(mfa, problem=WRONG_CODE, next_code_at=NOW + timedelta(seconds=9)))
    page.tick()
    assert page.cards["mfa:alice"] is card
    assert QApplication.focusWidget() is card.entry.boxes
    assert card.entry.boxes.text() == "41"
    # What came later stands below what was there.
    await settle()
    assert card.y() < page.cards["sign-in:corp"].y()


async def test_a_wrong_code_does_not_take_the_keyboard_from_another_card(page: NeedsPage, intents: FakeIntents) -> None:
    mfa = intents.needs[0]
    need(intents, mfa, COMMAND)
    intents.fails["answer"] = NetworkTrouble(code="unreachable", title="AWS was not reached", remedy="Try again.")
    type_text("123456")
    other = page.cards["command:alice"].first
    other.setFocus()
    await settle()
    assert QApplication.focusWidget() is other
    card = page.cards["mfa:alice"]
    assert isinstance(card, MfaCard)
    assert card.entry.answer_box.text == "AWS was not reached. Try again."


async def test_it_says_for_whom_and_leads_there(page: NeedsPage) -> None:
    asked: list[str] = []
    page.reveal_wanted.connect(asked.append)
    card = page.cards["mfa:alice"]
    assert "For 3 roles:" in words_of(card)
    assert "arn:aws:iam::" in "".join(words_of(card)).replace("\u200b", "")
    click(button_of(card, "stage-dba"))
    assert asked == ["stage-dba"]


async def test_it_says_how_long_what_lives_still_works(page: NeedsPage, intents: FakeIntents) -> None:
    mfa = intents.needs[0]
    assert "None of them has credentials until then." in words_of(page)
    need(intents, replace(mfa, profiles=("data-lake",)))
    assert "data-lake works without you for 26:10." in words_of(page)
    intents.time = NOW + timedelta(minutes=1)
    page.tick()
    assert "data-lake works without you for 25:10." in words_of(page)
    need(intents, replace(mfa, profiles=("data-lake", "hub", "stage-ops")))
    assert "2 of them work without you still, data-lake ends first, in 25:10." in words_of(page)


async def test_a_command_is_shown_and_confirmed_or_declined(page: NeedsPage, intents: FakeIntents) -> None:
    need(intents, COMMAND)
    card = page.cards["command:alice"]
    assert isinstance(card, CommandCard)
    assert card.part.command.toPlainText().split("\n") == ["/usr/bin/op", "item", "get", "'aws alice'", "--otp"]
    # The code's card went away with the keyboard in it; Enter there neither agrees nor refuses.
    assert QApplication.focusWidget() is card.part.command
    press(Qt.Key.Key_Return)
    await settle()
    assert intents.called("answer") == []
    click(card.run)
    await settle()
    assert intents.called("answer") == [("command:alice", "yes")]
    need(intents, COMMAND)
    again = page.cards["command:alice"]
    assert isinstance(again, CommandCard)
    click(again.cancel)
    await settle()
    assert intents.called("decline") == [("command:alice",)]


async def test_a_sign_in_is_begun_and_then_waits_elsewhere(page: NeedsPage, intents: FakeIntents) -> None:
    need(intents, SIGN_IN)
    card = page.cards["sign-in:corp"]
    assert isinstance(card, SignInCard)
    assert card.go.text() == "Open the browser"
    assert not card.link.isVisible()
    assert QApplication.focusWidget() is card.go
    sign_in = SIGN_IN.sign_in
    assert sign_in is not None
    need(intents, replace(SIGN_IN, sign_in=replace(sign_in, opened=True, has_link=True)))
    assert card.go.text() == "Open it again"
    click(card.link)
    await settle()
    assert intents.called("copy_sign_in_link") == [("sign-in:corp",)]
    assert card.cancel.accessibleName() == "Cancel the sign-in at corp"
    click(card.cancel)
    await settle()
    assert intents.called("decline") == [("sign-in:corp",)]


async def test_a_code_for_another_device_stands_in_the_card(page: NeedsPage, intents: FakeIntents) -> None:
    device = SignInView(
        provider="login",
        way=Way.DEVICE.value,
        opened=True,
        has_link=True,
        user_code="WDJB-MJHT",
        url="https://login.example.com/device",
        code_expires=NOW + timedelta(minutes=10),
    )
    need(intents, replace(SIGN_IN, key="sign-in:login", sign_in=device))
    assert "WDJB-MJHT" in words_of(page)
    assert "Works for 10:00" in words_of(page)


async def test_a_response_to_be_pasted_has_its_own_sheet(page: NeedsPage, intents: FakeIntents) -> None:
    asked: list[str] = []
    page.sheet_wanted.connect(asked.append)
    sign_in = SIGN_IN.sign_in
    assert sign_in is not None
    need(intents, replace(SIGN_IN, sign_in=replace(sign_in, way=Way.PASTE.value)))
    card = page.cards["sign-in:corp"]
    assert isinstance(card, SignInCard)
    click(card.go)
    assert asked == ["sign-in:corp"]
    assert intents.called("answer") == []


async def test_with_nothing_to_do_it_says_when_there_will_be(page: NeedsPage, intents: FakeIntents) -> None:
    asked: list[bool] = []
    page.deadlines_wanted.connect(lambda: asked.append(True))
    need(intents)
    assert page.title_of_none.isVisible()
    assert "in 10 min" in page.next.text()
    assert page.count.text() == ""
    assert QApplication.focusWidget() is page.deadlines
    press(Qt.Key.Key_Space)
    assert asked == [True]
    assert need_words.next_words(replace(intents.health, next_person_needed=None), NOW) == (
        "What is live renews by itself."
    )


async def test_a_failed_role_is_no_need(page: NeedsPage, intents: FakeIntents) -> None:
    need(intents)
    assert any(view.problem is not None for view in sessions())
    assert page.cards == {}


async def test_the_keyboard_alone_reaches_everything(page: NeedsPage, intents: FakeIntents) -> None:
    need(intents, intents.needs[0], COMMAND, SIGN_IN)
    await settle()
    wanted = {each for each in page.findChildren(QPushButton) if each.isVisible() and each.isEnabled()}
    wanted.discard(page.back)
    seen: set[QWidget] = set()
    for _ in range(40):
        press(Qt.Key.Key_Tab)
        on = QApplication.focusWidget()
        assert on is not None
        seen.add(on)
    assert wanted <= seen
    assert all(each.text() or each.accessibleName() for each in wanted)


async def test_it_opens_at_what_was_asked_for(page: NeedsPage, intents: FakeIntents) -> None:
    need(intents, intents.needs[0], COMMAND, SIGN_IN)
    page.opened("sign-in:corp")
    assert QApplication.focusWidget() is page.cards["sign-in:corp"].first
    page.opened("stage-ops")
    assert QApplication.focusWidget() is page.cards["mfa:alice"].first


async def test_many_names_flow_over_lines_and_nothing_is_cut(
    page: NeedsPage, intents: FakeIntents, look: Theme
) -> None:
    names = tuple(f"a-role-with-a-long-name-{n}" for n in range(40))
    need(intents, replace(intents.needs[0], profiles=names), COMMAND, SIGN_IN)
    for mode, width in (("light", 912), ("dark", 583)):
        look.set_mode(mode)
        page.resize(width, 480)
        await settle()
        for card in page.cards.values():
            for each in card.findChildren(QPushButton):
                if each.isVisible():
                    assert card.rect().contains(QRect(each.mapTo(card, QPoint()), each.size()))
    assert any("and 16 more" in words for words in words_of(page))


async def test_in_the_window_no_sheet_opens_over_it(window: MainWindow, intents: FakeIntents) -> None:
    window.pages.place("needs", "stage-ops")
    await settle()
    page = window.pages.page
    assert isinstance(page, NeedsPage)
    assert QApplication.focusWidget() is page.cards["mfa:alice"].first
    type_text("41")
    need(intents, replace(intents.needs[0], wanted_now=True))
    await settle()
    assert window.prompts.sheet is None
    type_text("7234")
    await settle()
    assert intents.called("answer") == [("mfa:alice", "417234")]
    # What could be answered there does not pop up when the person goes on.
    need(intents, replace(SIGN_IN, wanted_now=True, problem=WRONG_CODE))
    window.pages.leave(window.show_roles)
    await settle()
    intents.tell()
    assert window.prompts.sheet is None


async def test_its_links_lead_to_the_row(window: MainWindow) -> None:
    window.pages.place("needs")
    await settle()
    page = window.pages.page
    assert isinstance(page, NeedsPage)
    page.reveal_wanted.emit("stage-ops")
    await settle()
    assert window.roles.list_page.list.chosen == "stage-ops"
    assert window.stack.currentWidget() is window.roles


def test_a_flow_begins_a_new_line_where_there_is_no_room(qtbot: QtBot) -> None:
    host = QWidget()
    qtbot.addWidget(host)
    flow = Flow(gap=4)
    host.setLayout(flow)
    for _ in range(3):
        each = QWidget()
        each.setFixedSize(QSize(40, 10))
        flow.addWidget(each)
    assert flow.heightForWidth(200) == 10
    assert flow.heightForWidth(90) == 24
    assert flow.heightForWidth(10) == 38
    assert flow.sizeHint() == QSize(128, 10)
    assert flow.itemAt(3) is None
    assert flow.takeAt(3) is None
