from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget

from app.ui.choice_sheet import Choice, ask_choice, ask_displace, ask_unsaved
from app.ui.sheet import Sheet
from tests.ui.hands import click, plain_window, press, settle

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

pytestmark = pytest.mark.usefixtures("look")


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    return plain_window(qtbot)


def part(window: QWidget, name: str) -> QPushButton:
    found = window.findChild(QPushButton, name)
    assert isinstance(found, QPushButton)
    return found


def words(window: QWidget) -> str:
    return " ".join(each.text() for each in window.findChildren(QLabel) if each.isVisible())


async def test_an_answer_is_its_key(window: QWidget) -> None:
    answer = ask_choice(window, "Which?", "One of them.", [Choice(key="a", words="A"), Choice(key="b", words="B")])
    await settle()
    assert not answer.done()
    click(part(window, "choice-b"))
    assert await answer == "b"
    await settle()
    assert not any(sheet.isVisible() for sheet in window.findChildren(Sheet))


async def test_escape_is_no_answer(window: QWidget) -> None:
    answer = ask_choice(window, "Which?", "One of them.", [Choice(key="a", words="A")])
    press(Qt.Key.Key_Escape)
    assert await answer is None


async def test_enter_alone_chooses_nothing(window: QWidget) -> None:
    answer = ask_choice(window, "Which?", "One of them.", [Choice(key="a", words="A", kind="primary")])
    focus = QApplication.focusWidget()
    assert isinstance(focus, QPushButton)
    assert focus.text() == "Cancel"
    press(Qt.Key.Key_Return)
    await settle()
    assert not answer.done() or answer.result() is None


async def test_who_stops_waiting_takes_the_question_away(window: QWidget) -> None:
    answer = ask_choice(window, "Which?", "One of them.", [Choice(key="a", words="A")])
    answer.cancel()
    await settle()
    assert not any(sheet.isVisible() for sheet in window.findChildren(Sheet))
    with pytest.raises(asyncio.CancelledError):
        await answer


async def test_displacing_says_where_the_section_goes(window: QWidget) -> None:
    answer = ask_displace(window, "prod")
    seen = words(window)
    assert "Replace [prod]?" in seen
    assert "[prod--kept-by-rolecall]" in seen
    assert "every AWS tool" not in seen
    click(part(window, "choice-displace"))
    assert await answer == "displace"


async def test_the_default_section_has_a_warning_of_its_own(window: QWidget) -> None:
    answer = ask_displace(window, "default")
    assert "every AWS tool that is not told a profile uses it" in words(window)
    press(Qt.Key.Key_Escape)
    assert await answer is None


async def test_what_cannot_be_saved_is_not_offered_to_be(window: QWidget) -> None:
    answer = ask_unsaved(window, "prod", can_save=False)
    assert window.findChild(QPushButton, "choice-save") is None
    assert "Discard the changes to prod?" in words(window)
    click(part(window, "choice-discard"))
    assert await answer == "discard"
