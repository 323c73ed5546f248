from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QRadioButton

from app.domain.errors import BadInput
from app.ui import forms
from app.ui.choices import Segmented, Swatches
from app.ui.forms import Field
from app.ui.page import Scroll
from tests.ui.hands import press, show, type_text

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

pytestmark = pytest.mark.usefixtures("look")


def test_a_fault_is_shown_below_and_around_and_to_screen_readers(qtbot: QtBot) -> None:
    field = forms.line_field("name", "Name")
    show(qtbot, field)
    assert field.control.accessibleName() == "Name"
    field.tell("At most 3,600 s.", "bad")
    assert field.message.isVisible()
    assert field.message.text == "At most 3,600 s."
    assert field.control.property("fault") is True
    assert field.control.accessibleDescription() == "At most 3,600 s."
    field.tell("")
    assert not field.message.isVisible()
    assert field.control.property("fault") is False


def test_the_label_leads_to_its_control(qtbot: QtBot) -> None:
    field = forms.line_field("name", "Name")
    qtbot.addWidget(field)
    assert field.label.buddy() is field.control


def test_typing_and_leaving_are_told(qtbot: QtBot) -> None:
    field = forms.line_field("name", "Name")
    other = QLineEdit(field)
    show(qtbot, field)
    other.show()
    heard = []
    field.changed.connect(lambda key: heard.append(("changed", key)))
    field.left.connect(lambda key: heard.append(("left", key)))
    field.control.setFocus()
    type_text("x")
    other.setFocus()
    assert heard == [("changed", "name"), ("left", "name")]


def test_blanks_around_a_text_are_not_meant(qtbot: QtBot) -> None:
    field = forms.line_field("name", "Name")
    qtbot.addWidget(field)
    field.set_value("  arn  ")
    assert field.value() == "arn"


def test_a_drop_down_tells_its_value_not_its_words(qtbot: QtBot) -> None:
    field = forms.combo_field("mfa", "MFA", [("none", "No MFA"), ("role", "For this role")])
    qtbot.addWidget(field)
    field.set_value("role")
    assert field.value() == "role"


def test_a_drop_down_that_is_refilled_keeps_what_was_chosen_and_tells_nobody(qtbot: QtBot) -> None:
    field = forms.combo_field("source", "Source", [("a", "a"), ("b", "b")])
    qtbot.addWidget(field)
    field.set_value("b")
    with qtbot.assertNotEmitted(field.changed):
        forms.refill(field, [("b", "b"), ("c", "c")])
    assert field.value() == "b"
    forms.refill(field, [("c", "c")])
    assert field.value() == ""


def test_one_that_can_be_typed_over_keeps_what_was_typed(qtbot: QtBot) -> None:
    field = forms.combo_field("region", "Region", [("eu-west-1", "eu-west-1")], editable=True)
    qtbot.addWidget(field)
    assert field.value() == ""
    field.set_value("eu-moon-1")
    forms.refill(field, [("us-east-1", "us-east-1")])
    assert field.value() == "eu-moon-1"


def test_lines_are_those_that_hold_something_and_tab_leaves(qtbot: QtBot) -> None:
    field = forms.lines_field("tags", "Tags", 2)
    other = QLineEdit(field)
    show(qtbot, field)
    other.show()
    field.control.setFocus()
    type_text("a = b")
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_Return)
    type_text(" c ")
    assert isinstance(field.control, forms.Lines)
    assert field.control.value() == ("a = b", "c")
    press(Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is other


def test_a_secret_is_hidden_from_eyes_and_input_methods(qtbot: QtBot) -> None:
    field = forms.secret_field("secret", "Secret key", "")
    qtbot.addWidget(field)
    assert isinstance(field.control, QLineEdit)
    field.set_value("canary")
    assert "canary" not in field.control.displayText()
    assert field.control.inputMethodHints() & Qt.InputMethodHint.ImhSensitiveData


def test_segments_are_chosen_with_arrows(qtbot: QtBot) -> None:
    control = Segmented([("a", "A", ""), ("b", "B", "key"), ("c", "C", "")])
    show(qtbot, control)
    control.setFocus()
    with qtbot.waitSignal(control.changed, timeout=1000):
        press(Qt.Key.Key_Right)
    assert control.value() == "b"
    control.part("c").setEnabled(False)
    QTest.mouseClick(control.part("c"), Qt.MouseButton.LeftButton)
    assert control.value() == "b"


def test_segments_say_what_they_are(qtbot: QtBot) -> None:
    control = Segmented([("a", "A", ""), ("b", "B", "")])
    field = Field("kind", "Kind", control, wide=True)
    qtbot.addWidget(field)
    assert control.part("b").accessibleName() == "Kind: B"
    field.set_value("b")
    assert field.value() == "b"


def test_a_colour_can_be_chosen_and_taken_away_again(qtbot: QtBot) -> None:
    control = Swatches()
    show(qtbot, control)
    red, violet = control.findChildren(QRadioButton)[:2]
    QTest.mouseClick(red, Qt.MouseButton.LeftButton)
    assert control.value() == "red"
    QTest.mouseClick(violet, Qt.MouseButton.LeftButton)
    assert control.value() == "violet"
    QTest.mouseClick(violet, Qt.MouseButton.LeftButton)
    assert control.value() == ""
    control.set_value("teal")
    control.setFocus()
    press(Qt.Key.Key_Right)
    assert control.value() == "blue"
    press(Qt.Key.Key_Delete)
    assert control.value() == ""
    control.set_value("no such colour")
    assert control.value() == ""


def test_labels_stand_above_where_there_is_little_room(qtbot: QtBot) -> None:
    form = forms.Form()
    field = forms.line_field("name", "Name", wide=True)
    form.column.addWidget(field)
    form.column.addStretch(1)
    scroll = Scroll(form)
    show(qtbot, scroll, 700, 400)
    QApplication.processEvents()
    assert field.control.x() >= forms.LABEL_COLUMN
    scroll.resize(380, 400)
    QApplication.processEvents()
    assert field.control.x() < forms.LABEL_COLUMN
    assert field.control.y() > field.label.y()
    assert form.width() <= scroll.viewport().width()


def test_labels_stand_above_where_words_are_long(qtbot: QtBot) -> None:
    form = forms.Form()
    words = ("a very long word, longer than others", "another long word, longer still", "the longest word of all")
    long = Field("long", "Long", Segmented([(each, each, "") for each in words]), wide=True)
    short = forms.line_field("short", "Short")
    form.column.addWidget(long)
    form.column.addWidget(short)
    form.column.addStretch(1)
    scroll = Scroll(form)
    show(qtbot, scroll, 900, 400)
    QApplication.processEvents()
    assert short.control.x() >= forms.LABEL_COLUMN
    scroll.resize(long.needed + forms.LABEL_COLUMN, 400)
    QApplication.processEvents()
    assert scroll.viewport().width() > forms.STACKED_UNDER
    assert short.control.x() < forms.LABEL_COLUMN
    long.hide()
    qtbot.waitUntil(lambda: short.control.x() >= forms.LABEL_COLUMN)
    long.show()
    qtbot.waitUntil(lambda: short.control.x() < forms.LABEL_COLUMN)


def test_the_wheel_scrolls_the_page_and_chooses_nothing_unseen(qtbot: QtBot) -> None:
    form = forms.Form()
    field = forms.combo_field("kind", "Kind", [("a", "A"), ("b", "B"), ("c", "C")])
    name = forms.line_field("name", "Name")
    form.column.addWidget(name)
    form.column.addWidget(field)
    show(qtbot, form, 600, 300)
    name.control.setFocus()
    field.set_value("a")

    def turn() -> None:
        middle = QPointF(field.control.rect().center())
        wheel = QWheelEvent(
            middle,
            field.control.mapToGlobal(middle),
            QPoint(),
            QPoint(0, -120),
            Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        QApplication.sendEvent(field.control, wheel)

    turn()
    assert field.value() == "a"
    field.control.setFocus()
    turn()
    assert field.value() == "b"


def test_what_is_folded_away_opens(qtbot: QtBot) -> None:
    inside = forms.line_field("policy", "Policy")
    more = forms.More("More", inside)
    qtbot.addWidget(inside)
    qtbot.addWidget(more)
    assert inside.isHidden()
    assert more.accessibleDescription() == "collapsed"
    more.click()
    assert not inside.isHidden()
    assert more.accessibleDescription() == "expanded"


@pytest.mark.parametrize(
    ("code", "title", "detail", "words"),
    [
        ("limit", "AWS would refuse it", "external_id has 2 characters.", "ID has 2 characters."),
        (
            "settings-value",
            "“-x” cannot be a name",
            "It begins with “-”.",
            "“-x” cannot be a name. It begins with “-”.",
        ),
        ("x", "No", "", "No."),
    ],
)
def test_words_of_a_fault(qtbot: QtBot, code: str, title: str, detail: str, words: str) -> None:
    field = forms.line_field("external_id", "ID")
    qtbot.addWidget(field)
    fault = BadInput(code=code, title=title, detail=detail, field="external_id")
    assert forms.words_of(fault, field) == words
