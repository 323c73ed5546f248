from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QVBoxLayout, QWidget

from app.ui.policy_arns import PolicyArns
from app.ui.policy_editor import PolicyEditor
from app.ui.profile_tags import Tag, TagRows
from app.ui.tokens import DARK, LIGHT, Tokens
from tests.ui.hands import click, plain_window, press, settle, type_text
from tests.ui.test_tokens import contrast

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from app.ui.composite import Composite

pytestmark = pytest.mark.usefixtures("look")
GOOD = '{"Version":"2012-10-17","Statement":{"Effect":"Deny","Action":"*","Resource":"*"}}'


class Changes(list[int]):
    """How often it changed; keeps the window it stands in."""

    window: QWidget


async def shown(qtbot: QtBot, made: Composite) -> Changes:
    window = plain_window(qtbot)
    QVBoxLayout(window).addWidget(made)
    changes = Changes()
    changes.window = window
    made.changed.connect(lambda: changes.append(1))
    await settle()
    return changes


def words(made: Composite) -> str:
    return " ".join(each.text() for each in made.findChildren(QLabel) if each.isVisible())


async def test_what_is_wrong_is_told_with_its_place_and_leads_there(qtbot: QtBot) -> None:
    made = PolicyEditor()
    changes = await shown(qtbot, made)
    made.set_value(
        '{\n  "Version": "2012-10-17",\n  "Statement": {"Effect": "allow", "Action": "*", "Resource": "*"}\n}'
    )
    await settle()
    assert changes
    assert "Effect is Allow or Deny." in words(made)
    place = next(each for each in made.findChildren(QPushButton) if each.text() == "Line 3, column 27")
    assert "Effect is Allow or Deny" in place.accessibleName()
    click(place)
    cursor = made.edit.textCursor()
    assert (cursor.blockNumber(), cursor.positionInBlock()) == (2, 26)
    assert made.edit.hasFocus()
    [mark] = made.edit.extraSelections()
    assert mark.cursor.selectedText() == '"allow"'


async def test_marks_stand_right_behind_characters_of_two_units(qtbot: QtBot) -> None:
    made = PolicyEditor()
    _room = await shown(qtbot, made)
    made.set_value('{"\U0001f600": }')
    await settle()
    assert [mark.cursor.selectedText() for mark in made.edit.extraSelections()] == ["\U0001f600", "}"]


async def test_more_than_can_be_told_is_counted(qtbot: QtBot) -> None:
    made = PolicyEditor()
    _room = await shown(qtbot, made)
    made.set_value('{"Version": "2012-10-17", "Statement": [1, 2, 3, 4, 5]}')
    await settle()
    assert "and 2 more" in words(made)


async def test_minify_and_pretty_can_be_undone(qtbot: QtBot) -> None:
    made = PolicyEditor()
    _room = await shown(qtbot, made)
    made.set_value(GOOD)
    click(made.large)
    assert made.value().splitlines()[1] == '  "Version": "2012-10-17",'
    click(made.small)
    assert made.value() == GOOD
    made.edit.undo()
    assert made.value() != GOOD
    made.set_value("")
    assert not made.small.isEnabled()
    assert not made.large.isEnabled()


async def test_what_is_no_json_is_not_written_anew_but_shown_where_it_breaks(qtbot: QtBot) -> None:
    made = PolicyEditor()
    _room = await shown(qtbot, made)
    made.set_value('{"a": "é€", "b" 1}')
    await settle()
    click(made.large)
    assert made.value() == '{"a": "é€", "b" 1}'
    assert made.edit.textCursor().position() == 16
    assert made.edit.hasFocus()


async def test_the_counter_turns_red_over_the_limit(qtbot: QtBot) -> None:
    made = PolicyEditor()
    _room = await shown(qtbot, made)
    made.set_value("x" * 2000)
    made.count(48)
    assert made.counter.property("tone") == "text2"
    made.count(49)
    assert made.counter.property("tone") == "bad"


@pytest.mark.parametrize(
    ("percent", "tone", "said"),
    [(12, "text2", "12 %"), (70, "warn", "gets full"), (90, "bad", "almost full"), (101, "bad", "AWS refuses")],
)
async def test_the_gauge_says_it_in_words_too(qtbot: QtBot, percent: int, tone: str, said: str) -> None:
    made = PolicyEditor()
    _room = await shown(qtbot, made)
    made.gauge.show_size(percent)
    assert made.gauge.isVisible()
    assert said in made.gauge.words.text()
    assert made.gauge.words.property("tone") == tone
    made.gauge.show_size(None)
    assert not made.gauge.isVisible()


async def test_typing_keeps_the_indentation_and_tab_leaves(qtbot: QtBot) -> None:
    made = PolicyEditor()
    _room = await shown(qtbot, made)
    made.edit.setFocus()
    type_text("  {")
    press(Qt.Key.Key_Return)
    type_text("}")
    assert made.edit.text() == "  {\n  }"
    press(Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is not made.edit


async def test_a_no_break_space_stays_one(qtbot: QtBot) -> None:
    made = PolicyEditor()
    _room = await shown(qtbot, made)
    made.set_value('{"a": "b\u00a0c"}')
    assert made.value() == '{"a": "b\u00a0c"}'


@pytest.mark.parametrize("look", [LIGHT, DARK])
def test_the_colours_of_json_can_be_read(look: Tokens) -> None:
    for colour in (look.bar("violet"), look.bar("brown"), look.text, look.text2):
        assert contrast(colour, look.field) >= 4.5


async def test_policies_are_suggested_for_the_partition_and_at_most_ten(qtbot: QtBot) -> None:
    made = PolicyArns()
    changes = await shown(qtbot, made)
    click(made.add)
    await settle()
    [row] = made.rows
    assert row.choice.hasFocus()
    made.fit("aws-us-gov", "123456789012")
    assert row.choice.itemText(0) == "arn:aws-us-gov:iam::aws:policy/ReadOnlyAccess"
    row.choice.setCurrentIndex(0)
    assert made.value() == "arn:aws-us-gov:iam::aws:policy/ReadOnlyAccess"
    assert changes
    for _ in range(9):
        click(made.add)
        await settle()
    assert not made.add.isEnabled()
    assert made.value().count("\n") == 0
    click(made.rows[0].remove)
    assert (made.value(), len(made.rows), made.add.isEnabled()) == ("", 9, True)
    assert made.rows[0].remove.hasFocus()


async def test_tags_are_told_exactly_and_wrong_ones_at_once(qtbot: QtBot) -> None:
    made = TagRows()
    changes = await shown(qtbot, made)
    made.set_tags([("a=b", "c = d")], ["a=b"])
    assert made.tags() == (Tag("a=b", "c = d", transitive=True),)
    click(made.add)
    await settle()
    type_text("A=B")
    assert "stands twice" in made.rows[1].message.text
    assert made.tells()
    made.rows[1].key.setText("k" * 129)
    assert "1 to 128" in made.rows[1].message.text
    made.rows[1].key.setText("b!")
    assert "“!”" in made.rows[1].message.text
    made.rows[1].key.setText("fine")
    assert not made.tells()
    await settle()
    click(made.rows[0].remove)
    assert made.tags() == (Tag("fine", ""),)
    assert changes
    made.allow_transitive(False)
    assert not made.rows[0].transitive.isVisible()
