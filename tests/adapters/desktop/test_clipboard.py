from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QMimeData
from PySide6.QtGui import QClipboard, QGuiApplication

from app.adapters.desktop.clipboard import MARKS, SecretClipboard
from app.domain.secret import Secret

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

CANARY = "https://signin.example/canary"


@pytest.fixture
def clipboard(qtbot: QtBot) -> SecretClipboard:
    QGuiApplication.clipboard().clear()
    return SecretClipboard()


def on_clipboard() -> str:
    return QGuiApplication.clipboard().text()


def test_is_there_and_marked(clipboard: SecretClipboard) -> None:
    clipboard.copy_secret(Secret(CANARY), seconds=60)
    data = QGuiApplication.clipboard().mimeData()
    assert data.text() == CANARY
    assert data.data("x-kde-passwordManagerHint").data() == b"secret"
    assert all(data.hasFormat(kind) for kind in MARKS)


def test_goes_by_itself(clipboard: SecretClipboard, qtbot: QtBot) -> None:
    clipboard.copy_secret(Secret(CANARY), seconds=0.01)
    qtbot.waitUntil(lambda: on_clipboard() == "", timeout=2000)


def test_something_newer_stays(clipboard: SecretClipboard, qtbot: QtBot) -> None:
    clipboard.copy_secret(Secret(CANARY), seconds=0.01)
    QGuiApplication.clipboard().setText("the person's own")
    qtbot.waitUntil(lambda: not clipboard._timer.isActive(), timeout=2000)
    assert on_clipboard() == "the person's own"


def test_the_second_secret_has_its_own_time(clipboard: SecretClipboard, qtbot: QtBot) -> None:
    clipboard.copy_secret(Secret("first"), seconds=0.01)
    clipboard.copy_secret(Secret("second"), seconds=60)
    assert clipboard._timer.remainingTime() > 50_000
    assert on_clipboard() == "second"


def test_goes_at_the_end(clipboard: SecretClipboard) -> None:
    clipboard.copy_secret(Secret(CANARY), seconds=60)
    clipboard.forget()
    assert on_clipboard() == ""


def test_the_end_leaves_what_is_not_ours(clipboard: SecretClipboard) -> None:
    clipboard.copy_secret(Secret(CANARY), seconds=60)
    QGuiApplication.clipboard().setText("the person's own")
    clipboard.forget()
    assert on_clipboard() == "the person's own"


def test_goes_too_when_a_clipboard_manager_took_it_over(clipboard: SecretClipboard) -> None:
    clipboard.copy_secret(Secret(CANARY), seconds=60)
    QGuiApplication.clipboard().setText(CANARY)
    clipboard.forget()
    assert on_clipboard() == ""


def test_a_text_that_is_no_secret_stays(clipboard: SecretClipboard, qtbot: QtBot) -> None:
    clipboard.copy_secret(Secret(CANARY), seconds=60)
    clipboard.copy_text("WDJB-MJHT")
    assert not clipboard._timer.isActive()
    clipboard.forget()
    assert on_clipboard() == "WDJB-MJHT"
    assert not any(QGuiApplication.clipboard().mimeData().hasFormat(kind) for kind in MARKS)


def test_keeps_no_copy_of_the_text(clipboard: SecretClipboard) -> None:
    clipboard.copy_secret(Secret(CANARY), seconds=60)
    assert CANARY not in repr(vars(clipboard))


class OwnClipboard:
    """A clipboard that this program owns, which the platform of these tests cannot show."""

    def __init__(self) -> None:
        self.data = QMimeData()
        self.data.setText("")

    def setMimeData(self, data: QMimeData, _mode: QClipboard.Mode) -> None:
        self.data = data

    def text(self) -> str:
        return self.data.text()

    def ownsClipboard(self) -> bool:
        return True

    def clear(self, _mode: QClipboard.Mode) -> None:
        self.data = QMimeData()


def test_what_this_program_itself_copied_later_stays(qtbot: QtBot) -> None:
    held = OwnClipboard()
    clipboard = SecretClipboard(held)  # type: ignore[arg-type]  # what is used of one
    clipboard.copy_secret(Secret(CANARY), seconds=60)
    held.data = QMimeData()
    held.data.setText("arn:aws:iam::123456789012:role/Admin")
    clipboard.forget()
    assert held.text() == "arn:aws:iam::123456789012:role/Admin"


def test_goes_though_its_line_ends_were_changed_on_the_way(clipboard: SecretClipboard) -> None:
    clipboard.copy_secret(Secret(f"set A={CANARY}\r\nset B=1\r\n"), seconds=60)
    QGuiApplication.clipboard().setText(f"set A={CANARY}\nset B=1\n")
    clipboard.forget()
    assert on_clipboard() == ""
