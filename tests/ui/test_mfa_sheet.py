from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from app.domain.errors import NetworkTrouble
from app.domain.view import NeedView
from app.ui.code_boxes import CodeBoxes, digits_of
from app.ui.mfa_sheet import CommandSheet, MfaSheet
from app.ui.prompts import Prompts
from tests.ui.fake_core import WRONG_CODE, FakeIntents
from tests.ui.hands import click, plain_window, press, settle, type_text

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

pytestmark = pytest.mark.usefixtures("look")
NEED = NeedView(
    key="mfa:alice",
    kind="mfa",
    title="MFA code for alice",
    device="arn:aws:iam::111122223333:mfa/alice",
    profiles=("stage-ops", "stage-dba", "ops-breakglass"),
    wanted_now=True,
    identity="alice",
)
COMMAND = NeedView(
    key="command:1",
    kind="command",
    title="Run a command for MFA codes of “alice”?",
    command=("/usr/bin/ykman", "oath", "AWS alice; rm -rf ~", "a\nb"),
    profiles=("stage-ops",),
    wanted_now=True,
)


class Desk:
    """A window with its prompts over a core whose needs the test sets."""

    def __init__(self, qtbot: QtBot, *needs: NeedView) -> None:
        self.window = plain_window(qtbot)
        self.intents = FakeIntents()
        self.prompts = Prompts(self.window, self.intents)
        self.intents.subscribe(lambda: self.prompts.follow(self.intents.snapshot()))
        self.needs(*needs)

    def needs(self, *needs: NeedView) -> None:
        self.intents.needs = needs
        self.intents.tell()
        QApplication.processEvents()

    @property
    def sheet(self) -> MfaSheet:
        assert isinstance(self.prompts.sheet, MfaSheet)
        return self.prompts.sheet

    @property
    def command(self) -> CommandSheet:
        assert isinstance(self.prompts.sheet, CommandSheet)
        return self.prompts.sheet


@pytest.fixture
def desk(qtbot: QtBot) -> Desk:
    return Desk(qtbot, NEED)


def words(sheet: QWidget) -> str:
    from PySide6.QtWidgets import QLabel

    return " ".join(each.text() for each in sheet.findChildren(QLabel) if each.isVisible())


# --- The boxes --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("123 456", "123456"),
        ("12-34", "1234"),
        ("", ""),
        ("abc", ""),
        ("\u0661\u0662\u0663", "123"),
        ("1234567", "1234567"),
    ],
)
def test_digits_of_a_text(typed: str, kept: str) -> None:
    assert digits_of(typed) == kept


async def test_six_digits_are_sent_with_the_last_one(desk: Desk) -> None:
    type_text("41785")
    await settle()
    assert desk.intents.called("answer") == []
    type_text("2")
    await settle()
    assert desk.intents.called("answer") == [("mfa:alice", "417852")]


async def test_a_pasted_code_with_a_blank_is_sent(desk: Desk) -> None:
    QGuiApplication.clipboard().setText(" 123 456\n")
    press(Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    await settle()
    assert desk.intents.called("answer") == [("mfa:alice", "123456")]


async def test_letters_and_the_enter_key_do_nothing(desk: Desk) -> None:
    type_text("12x3")
    press(Qt.Key.Key_Return)
    await settle()
    assert desk.sheet.boxes.text() == "123"
    assert desk.intents.called("answer") == []


def test_backspace_and_arrows(desk: Desk) -> None:
    boxes = desk.sheet.boxes
    type_text("417")
    press(Qt.Key.Key_Backspace)
    assert boxes.text() == "41"
    press(Qt.Key.Key_Left)
    press(Qt.Key.Key_Left)
    type_text("9")
    assert (boxes.text(), boxes.cursorPosition()) == ("91", 1)
    press(Qt.Key.Key_End)
    type_text("5")
    assert boxes.text() == "915"


def test_a_click_puts_the_cursor_into_that_box(desk: Desk) -> None:
    boxes = desk.sheet.boxes
    type_text("417")
    QTest.mouseClick(boxes, Qt.MouseButton.LeftButton, pos=boxes.box(1).center().toPoint())
    assert boxes.cursorPosition() == 1
    QTest.mouseClick(boxes, Qt.MouseButton.LeftButton, pos=boxes.box(5).center().toPoint())
    assert boxes.cursorPosition() == 3


def test_the_boxes_are_where_they_are_drawn(qtbot: QtBot) -> None:
    boxes = CodeBoxes()
    qtbot.addWidget(boxes)
    assert (boxes.width(), boxes.height()) == (400, 56)
    assert boxes.box(3).left() - boxes.box(2).right() == 32
    assert boxes.box(1).left() - boxes.box(0).right() == 8


# --- The sheet --------------------------------------------------------------------------------------------------------


def test_says_which_device_and_for_whom(desk: Desk) -> None:
    seen = words(desk.sheet)
    assert "MFA code for alice" in seen
    assert NEED.device in seen
    assert "For 3 roles:" in seen
    assert "stage-ops, stage-dba, ops-breakglass" in seen


def test_a_name_is_never_markup(qtbot: QtBot) -> None:
    desk = Desk(qtbot, replace(NEED, profiles=("<b>x</b>",)))
    assert "&lt;b&gt;x&lt;/b&gt;" in words(desk.sheet)


def test_opens_with_the_keyboard_in_the_first_box(desk: Desk) -> None:
    assert QApplication.focusWidget() is desk.sheet.boxes


async def test_a_wrong_code_is_answered_in_place(desk: Desk) -> None:
    type_text("000000")
    await settle()
    assert desk.sheet.boxes.text() == ""
    assert desk.sheet.answer_box.text == "That code was wrong. The next one is valid in 12 s."
    assert QApplication.focusWidget() is desk.sheet.boxes


async def test_the_wait_counts_down_and_then_says_what_to_do(desk: Desk) -> None:
    type_text("000000")
    await settle()
    desk.intents.time += timedelta(seconds=9.5)
    desk.sheet.entry._tell()
    assert desk.sheet.answer_box.text == "That code was wrong. The next one is valid in 3 s."
    desk.intents.time += timedelta(seconds=3)
    desk.sheet.entry._tell()
    assert desk.sheet.answer_box.text == "That code was wrong. Wait for the next one."
    assert not desk.sheet.entry._timer.isActive()


async def test_the_sheet_is_as_high_as_what_it_says(desk: Desk) -> None:
    await settle()
    before = desk.sheet.panel.height()
    desk.needs(replace(NEED, next_code_at=desk.intents.time + timedelta(seconds=3)))
    await settle()
    assert desk.sheet.panel.height() > before
    desk.intents.time += timedelta(seconds=4)
    desk.sheet.entry._tell()
    await settle()
    assert desk.sheet.panel.height() == before


def test_a_half_typed_code_stays_while_the_used_one_runs_out(desk: Desk) -> None:
    type_text("41")
    desk.needs(replace(NEED, next_code_at=desk.intents.time + timedelta(seconds=20)))
    assert desk.sheet.boxes.text() == "41"
    assert desk.sheet.answer_box.text == "The code of this moment has been used. The next one is valid in 20 s."


async def test_while_aws_is_asked_nothing_can_be_typed(desk: Desk) -> None:
    type_text("12")
    desk.needs(replace(NEED, sending=True))
    type_text("3456")
    await settle()
    assert desk.sheet.boxes.text() == "12"
    assert desk.sheet.answer_box.text == "Asking AWS…"
    desk.needs(replace(NEED, problem=WRONG_CODE))
    type_text("3456")
    assert desk.sheet.boxes.text() == "3456"


async def test_a_code_is_sent_once(desk: Desk) -> None:
    boxes = desk.sheet.boxes
    boxes.complete.emit("123456")
    boxes.complete.emit("123456")
    await settle()
    assert len(desk.intents.called("answer")) == 1


async def test_what_could_not_be_sent_is_said_and_can_be_typed_again(desk: Desk) -> None:
    desk.intents.fails["answer"] = NetworkTrouble(code="no-net", title="AWS was not reached", remedy="Try again.")
    type_text("123456")
    await settle()
    assert desk.sheet.answer_box.text == "AWS was not reached. Try again."
    type_text("123457")
    await settle()
    assert desk.intents.called("answer")[-1] == ("mfa:alice", "123457")


async def test_closes_by_itself_when_nothing_is_needed_any_more(desk: Desk) -> None:
    sheet = desk.sheet
    desk.needs()
    assert desk.prompts.sheet is None
    assert sheet.isHidden()


@pytest.mark.parametrize("how", ["escape", "cancel"])
async def test_refusing(desk: Desk, how: str) -> None:
    if how == "escape":
        press(Qt.Key.Key_Escape)
    else:
        click(desk.sheet.cancel)
    assert desk.prompts.sheet is None
    await settle()
    assert desk.intents.called("decline") == [("mfa:alice",)]


async def test_a_refused_question_does_not_come_back_before_the_core_heard_it(desk: Desk) -> None:
    press(Qt.Key.Key_Escape)
    desk.needs(replace(NEED, profiles=("stage-ops",)))
    assert desk.prompts.sheet is None
    await settle()


async def test_the_link_leads_to_the_identity(desk: Desk, qtbot: QtBot) -> None:
    with qtbot.waitSignal(desk.prompts.store_wanted, timeout=1000) as heard:
        click(desk.sheet.store)
    assert heard.args == ["alice"]
    assert desk.prompts.sheet is None
    await settle()
    assert desk.intents.called("decline") == [("mfa:alice",)]


# --- Several questions ------------------------------------------------------------------------------------------------


def test_a_renewal_in_the_background_opens_nothing(qtbot: QtBot) -> None:
    desk = Desk(qtbot, replace(NEED, wanted_now=False))
    assert desk.prompts.sheet is None
    assert desk.prompts.answer("stage-dba")
    assert desk.sheet.need.key == "mfa:alice"
    assert not desk.prompts.answer("unknown")


async def test_a_second_question_waits_for_the_first(desk: Desk) -> None:
    type_text("41")
    desk.needs(NEED, COMMAND)
    assert desk.sheet.boxes.text() == "41"
    assert QApplication.focusWidget() is desk.sheet.boxes
    desk.needs(COMMAND)
    assert desk.command.need == COMMAND


async def test_a_question_asked_for_comes_next(desk: Desk) -> None:
    other = replace(NEED, key="mfa:bob", title="MFA code for bob", profiles=("bobs",), wanted_now=False)
    desk.needs(NEED, other)
    assert desk.prompts.answer("bobs")
    assert desk.sheet.need.key == "mfa:alice"
    press(Qt.Key.Key_Escape)
    assert desk.sheet.need.key == "mfa:bob"
    await settle()


def test_nothing_opens_on_a_hidden_window(qtbot: QtBot) -> None:
    desk = Desk(qtbot)
    desk.window.hide()
    desk.needs(NEED)
    assert desk.prompts.sheet is None
    desk.window.show()
    desk.needs(NEED)
    assert desk.prompts.sheet is not None


# --- A command --------------------------------------------------------------------------------------------------------


async def test_a_command_is_shown_exactly_and_runs_only_after_yes(qtbot: QtBot) -> None:
    desk = Desk(qtbot, COMMAND)
    shown = desk.command.command.toPlainText().splitlines()
    assert shown == ["/usr/bin/ykman", "oath", "'AWS alice; rm -rf ~'", "'a\\nb'"]
    press(Qt.Key.Key_Return)
    await settle()
    assert desk.intents.called("answer") == []
    click(desk.command.run)
    await settle()
    assert desk.intents.called("answer") == [("command:1", "yes")]
    assert desk.prompts.sheet is None


async def test_a_command_can_be_refused(qtbot: QtBot) -> None:
    desk = Desk(qtbot, COMMAND)
    click(desk.command.cancel)
    await settle()
    assert desk.intents.called("decline") == [("command:1",)]


def test_a_problem_of_the_command_is_said(qtbot: QtBot) -> None:
    desk = Desk(qtbot, COMMAND)
    desk.needs(replace(COMMAND, problem=WRONG_CODE))
    assert "That code was wrong" in desk.command.answer_box.text


def test_the_code_is_one_line_to_a_screen_reader(desk: Desk) -> None:
    assert desk.sheet.boxes.accessibleName() == "Six-digit code"
    assert desk.sheet.panel.accessibleName() == "MFA code for alice"
    assert desk.sheet.panel.mapTo(desk.window, QPoint(0, 0)).y() == 150


# --- Later ------------------------------------------------------------------------------------------------------------


async def test_later_leaves_the_need_and_the_next_click_opens_the_sheet_again(desk: Desk) -> None:
    click(desk.sheet.later)
    await settle()
    assert desk.prompts.sheet is None
    assert desk.intents.called("put_off") == [("mfa:alice",)]
    assert desk.intents.called("decline") == []
    assert [(need.key, need.wanted_now) for need in desk.intents.needs] == [("mfa:alice", False)]
    desk.needs(replace(NEED, wanted_now=True))
    assert desk.sheet.need.key == "mfa:alice"


async def test_what_was_put_off_opens_when_asked_for(desk: Desk) -> None:
    click(desk.sheet.later)
    await settle()
    assert desk.prompts.answer("stage-dba")
    assert desk.sheet.boxes.isVisible()


def test_the_sheet_tells_how_many_codes_it_takes(desk: Desk) -> None:
    assert "one after the other" not in words(desk.sheet)
    desk.needs(replace(NEED, codes=2))
    assert "They take 2 codes, one after the other" in words(desk.sheet)
