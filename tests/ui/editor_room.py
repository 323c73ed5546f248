"""A window with the editor of profiles in it, for tests."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from app.ui.profile_editor import ProfileEditor
from tests.ui.fake_core import FakeIntents
from tests.ui.hands import click, plain_window

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from app.domain.configuration import Profile


class Room:
    """A window with an editor in it."""

    def __init__(self, qtbot: QtBot, width: int = 912) -> None:
        self.intents = FakeIntents()
        self.editor = ProfileEditor(self.intents)
        self.window: QWidget = plain_window(qtbot)
        column = QVBoxLayout(self.window)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.editor)
        self.window.resize(width, 692)
        self.closed: list[int] = []
        self.editor.closed.connect(lambda: self.closed.append(1))

    def fill(self, **values: str) -> None:
        for key, text in values.items():
            self.editor.form.fields[key].set_value(text)

    def message(self, key: str) -> str:
        return self.editor.form.fields[key].message.text

    @property
    def verdict(self) -> str:
        return self.editor.verdict.text()

    def answer(self, key: str) -> None:
        button = self.window.findChild(QPushButton, f"choice-{key}")
        assert isinstance(button, QPushButton)
        click(button)

    def put(self) -> list[tuple[Profile, str]]:
        return [(arguments[0], str(arguments[1])) for arguments in self.intents.called("put_profile")]  # type: ignore[misc]
