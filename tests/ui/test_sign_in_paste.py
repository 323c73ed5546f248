"""Handing in a SAML response: counted, never shown, sent once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QGuiApplication
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget

from app.domain.view import SignIn
from app.ui.paste_field import FILE_MOST
from tests.ui.fake_providers import BAD_RESPONSE, sign_in_need
from tests.ui.hands import click, press, settle, type_text
from tests.ui.sign_in_desk import Desk

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

pytestmark = pytest.mark.usefixtures("look")
CTRL = Qt.KeyboardModifier.ControlModifier
SECRET = "PHNhbWxwOlJlc3BvbnNlPmNhbmFyeTwvc2FtbHA6UmVzcG9uc2U+" * 20


@pytest.fixture
def desk(qtbot: QtBot) -> Desk:
    return Desk(qtbot)


def everything(root: QWidget) -> str:
    """All texts a program could read off the window, by whatever property."""
    found = []
    for widget in (root, *root.findChildren(QWidget)):
        found += [widget.accessibleName(), widget.accessibleDescription(), widget.toolTip(), widget.windowTitle()]
        for name in ("text", "toPlainText", "toHtml"):
            read = getattr(widget, name, None)
            found.append(str(read() if callable(read) else read))
    return "\n".join(found)


def paste(text: str) -> None:
    QGuiApplication.clipboard().setText(text)
    press(Qt.Key.Key_V, CTRL)


def drop(target: QWidget, data: QMimeData) -> None:
    event = QDropEvent(
        QPointF(20, 20), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    target.dropEvent(event)


async def test_a_pasted_response_is_counted_never_shown_and_sent_once(desk: Desk) -> None:
    desk.needs(sign_in_need("corp", "paste"))
    sheet = desk.sheet
    assert QApplication.focusWidget() is sheet.paste.field
    assert not sheet.go.isEnabled()
    paste(f"  {SECRET}\n")
    assert sheet.paste.field.toPlainText() == f"{len(SECRET)} characters"
    assert SECRET[:30] not in everything(desk.window)
    press(Qt.Key.Key_Return)
    await settle()
    assert desk.intents.called("answer") == [("sign-in corp", SECRET)]
    assert sheet.paste.field.characters == 0
    assert desk.prompts.sheet is None
    assert desk.intents.provider_views["corp"].status is SignIn.IN


async def test_a_response_that_is_none_is_answered_in_place(desk: Desk) -> None:
    desk.needs(sign_in_need("corp", "paste"))
    type_text("bad")
    click(desk.sheet.go)
    await settle()
    sheet = desk.sheet
    assert sheet.answer_box.text == f"{BAD_RESPONSE.title}. {BAD_RESPONSE.detail} {BAD_RESPONSE.remedy}"
    assert sheet.paste.field.characters == 0
    paste(SECRET)
    assert sheet.answer_box.text == "", "what was wrong with the last one says nothing about this one"
    desk.intents.tell()
    assert sheet.answer_box.text == ""
    click(sheet.go)
    await settle()
    assert [text for _, text in desk.intents.called("answer")] == ["bad", SECRET]


async def test_while_it_is_checked_nothing_is_sent_again(desk: Desk) -> None:
    desk.needs(sign_in_need("corp", "paste"))
    paste(SECRET)
    desk.needs(sign_in_need("corp", "paste", sending=True))
    assert desk.sheet.answer_box.text == "Just a moment…"
    press(Qt.Key.Key_Return)
    await settle()
    assert desk.intents.called("answer") == []


async def test_delete_empties_and_what_is_hidden_is_forgotten(desk: Desk) -> None:
    desk.needs(sign_in_need("corp", "paste"))
    field = desk.sheet.paste.field
    paste(SECRET)
    press(Qt.Key.Key_Delete)
    assert field.characters == 0
    paste(SECRET)
    click(desk.sheet.paste.clear)
    assert field.characters == 0
    paste(SECRET)
    field.selectAll()
    press(Qt.Key.Key_C, CTRL)
    assert not field.isUndoRedoEnabled()
    press(Qt.Key.Key_Escape)
    await settle()
    assert field.characters == 0


async def test_a_button_pastes_too(desk: Desk) -> None:
    desk.needs(sign_in_need("corp", "paste"))
    QGuiApplication.clipboard().setText(SECRET)
    click(desk.sheet.paste.paste)
    assert desk.sheet.paste.field.characters == len(SECRET)


async def test_a_file_dropped_anywhere_on_the_sheet(desk: Desk, tmp_path: Path) -> None:
    file = tmp_path / "response.txt"
    file.write_text(SECRET + "\n", encoding="utf-8")
    desk.needs(sign_in_need("corp", "paste"))
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file))])
    drop(desk.sheet, data)
    assert desk.sheet.paste.field.characters == len(SECRET)
    assert str(file) not in everything(desk.window)
    click(desk.sheet.go)
    await settle()
    assert desk.intents.called("answer") == [("sign-in corp", SECRET)]


@pytest.mark.parametrize(("kind", "words"), [("large", "too large"), ("folder", "no file"), ("gone", "no file")])
async def test_files_that_are_not_taken(desk: Desk, tmp_path: Path, kind: str, words: str) -> None:
    path = tmp_path / "x"
    if kind == "large":
        path.write_bytes(b"x" * (FILE_MOST + 1))
    elif kind == "folder":
        path.mkdir()
    desk.needs(sign_in_need("corp", "paste"))
    desk.sheet.paste.field.read_file(str(path))
    assert words in desk.sheet.answer_box.text
    assert desk.sheet.paste.field.characters == 0


async def test_a_file_is_chosen_in_a_dialog_of_our_own(desk: Desk, tmp_path: Path) -> None:
    file = tmp_path / "response.txt"
    file.write_text(SECRET, encoding="utf-8")
    desk.needs(sign_in_need("corp", "paste"))
    click(desk.sheet.paste.file)
    [dialog] = desk.window.findChildren(QFileDialog)
    assert dialog.testOption(QFileDialog.Option.DontUseNativeDialog)
    dialog.fileSelected.emit(str(file))
    dialog.close()
    await settle()
    assert desk.sheet.paste.field.characters == len(SECRET)
