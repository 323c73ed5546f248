"""A window with its prompts over a fake core, for the tests of sign-in sheets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication, QLabel, QWidget

from app.ui.prompts import Prompts
from app.ui.sign_in_sheet import SignInSheet
from tests.ui.fake_core import FakeIntents
from tests.ui.hands import plain_window

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from app.domain.view import NeedView


class Desk:
    """A window with its prompts over a core whose needs the test sets."""

    def __init__(self, qtbot: QtBot) -> None:
        self.window = plain_window(qtbot)
        self.intents = FakeIntents()
        self.prompts = Prompts(self.window, self.intents)
        self.intents.subscribe(lambda: self.prompts.follow(self.intents.snapshot()))

    def needs(self, *needs: NeedView) -> None:
        self.intents.needs = needs
        self.intents.tell()
        QApplication.processEvents()

    @property
    def sheet(self) -> SignInSheet:
        assert isinstance(self.prompts.sheet, SignInSheet)
        return self.prompts.sheet


def said(root: QWidget) -> str:
    labels = [each for each in root.findChildren(QLabel) if each.isVisible()]
    return " ".join(each.text().replace("\u200b", "") for each in labels)
