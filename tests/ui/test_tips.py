"""Names and messages in tool tips are never markup: an image in one would be fetched, a link could be forged."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtGui import Qt, QTextDocument

from app.ui import tokens
from app.ui.widgets import Elided, tip

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


def seen(words: str) -> str:
    """What a tool tip with these words shows."""
    document = QTextDocument()
    document.setHtml(words) if Qt.mightBeRichText(words) else document.setPlainText(words)
    assert "<img" not in document.toHtml()
    assert "<a " not in document.toHtml()
    return document.toPlainText()


@pytest.mark.parametrize(
    "words",
    [
        "prod-admin",
        "Development & test",
        "<b>prod</b>",
        "prod <img src='file:///etc/hostname'>",
        "<a href='https://example.com'>Sign in</a>\nsecond line",
        "&lt;b&gt;",
        "if a < b and b > c",
    ],
)
def test_a_tip_shows_what_was_said(words: str) -> None:
    assert seen(tip(words)).replace("\xa0", " ") == words


def test_an_elided_label_says_its_name_plainly(qtbot: QtBot) -> None:
    name = "<img src='file:///etc/hostname'> and a long name"
    label = Elided(tokens.BASE)
    qtbot.addWidget(label)
    label.resize(40, 20)
    label.set_whole(name)
    assert seen(label.toolTip()) == name
