from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from app.ui import theme
from app.ui.confirm_sheet import ConfirmSheet, HoldButton, ask_confirm
from tests.ui.fake_core import sessions
from tests.ui.hands import click, plain_window, press, settle, type_text

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

VIEW = replace(sessions()[0], confirm=True)


@pytest.fixture
def window(qtbot: QtBot, look: theme.Theme) -> QWidget:
    return plain_window(qtbot)


def sheet_of(window: QWidget) -> ConfirmSheet:
    sheets = [each for each in window.findChildren(ConfirmSheet) if not each.isHidden()]
    assert len(sheets) == 1
    return sheets[0]


async def asked(window: QWidget, hold_ms: int = 60) -> tuple[asyncio.Task[str], ConfirmSheet]:
    task = asyncio.get_running_loop().create_task(ask_confirm(window, VIEW, hold_ms=hold_ms))
    await settle()
    return task, sheet_of(window)


async def test_it_tells_role_account_and_group(window: QWidget) -> None:
    task, sheet = await asked(window)
    words = [each.text() for each in sheet.findChildren(QLabel)]
    assert "Admin · 123456789012 · Production" in words
    press(Qt.Key.Key_Escape)
    assert await task == ""


async def test_only_the_whole_name_counts(window: QWidget) -> None:
    task, sheet = await asked(window)
    type_text("prod-adm")
    press(Qt.Key.Key_Return)
    await settle()
    assert not task.done()
    assert not sheet.assume.isVisible()
    type_text("in")
    assert sheet.assume.isVisible()
    press(Qt.Key.Key_Return)
    assert await task == "prod-admin"


async def test_cancel_is_no(window: QWidget) -> None:
    task, sheet = await asked(window)
    click(sheet.cancel)
    assert await task == ""


async def test_a_click_on_the_hold_button_is_not_enough(window: QWidget) -> None:
    task, sheet = await asked(window, hold_ms=60_000)
    QTest.mouseClick(sheet.hold, Qt.MouseButton.LeftButton)
    await settle()
    assert not task.done()
    assert sheet.hold.share == 0
    press(Qt.Key.Key_Escape)
    assert await task == ""


async def test_holding_with_the_mouse_counts(window: QWidget) -> None:
    task, sheet = await asked(window, hold_ms=1)
    QTest.mousePress(sheet.hold, Qt.MouseButton.LeftButton)
    while not task.done():
        await settle()
    assert task.result() == "prod-admin"


@pytest.mark.parametrize("marked", [True, False], ids=["marked", "as a release and a press"])
async def test_holding_space_counts_although_the_keyboard_repeats_it(window: QWidget, *, marked: bool) -> None:
    task, sheet = await asked(window, hold_ms=60_000)
    sheet.hold.setFocus()
    QTest.keyPress(sheet.hold, Qt.Key.Key_Space)
    while sheet.hold.share == 0:
        await settle()
    for _ in range(3):
        before = sheet.hold.share
        for kind in (QEvent.Type.KeyRelease, QEvent.Type.KeyPress):
            again = QKeyEvent(kind, Qt.Key.Key_Space, Qt.KeyboardModifier.NoModifier, " ", autorep=marked)
            QApplication.sendEvent(sheet.hold, again)
        await settle()
        assert sheet.hold.share >= before
        assert "Keep holding" in sheet.hold.text()
    press(Qt.Key.Key_Escape)
    assert await task == ""


async def test_what_is_held_long_enough_with_a_key_counts(window: QWidget) -> None:
    task, sheet = await asked(window, hold_ms=20)
    sheet.hold.setFocus()
    QTest.keyPress(sheet.hold, Qt.Key.Key_Space)
    while not task.done():
        await settle()
    assert task.result() == "prod-admin"


async def test_a_key_let_go_just_before_the_end_does_not_count(window: QWidget) -> None:
    task, sheet = await asked(window, hold_ms=1)
    sheet.hold.setFocus()
    QTest.keyPress(sheet.hold, Qt.Key.Key_Space)
    QTest.keyRelease(sheet.hold, Qt.Key.Key_Space)
    while sheet.hold.text() != "Hold to assume":
        await settle()
    assert not task.done()
    press(Qt.Key.Key_Escape)
    assert await task == ""


async def test_letting_go_leaving_and_looking_away_begin_anew(window: QWidget) -> None:
    task, sheet = await asked(window, hold_ms=60_000)
    sheet.hold.setFocus()
    for end in (
        lambda: QTest.keyRelease(sheet.hold, Qt.Key.Key_Space),
        sheet.field.setFocus,
        lambda: QApplication.sendEvent(sheet.hold, QEvent(QEvent.Type.WindowDeactivate)),
    ):
        sheet.hold.setFocus()
        QTest.keyPress(sheet.hold, Qt.Key.Key_Space)
        assert "Keep holding" in sheet.hold.text()
        end()
        while sheet.hold.text() != "Hold to assume":
            await settle()
        assert sheet.hold.share == 0
    press(Qt.Key.Key_Escape)
    assert await task == ""


def test_without_motion_the_time_stands_in_words(
    qtbot: QtBot, look: theme.Theme, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(theme, "moves", lambda: False)
    made = HoldButton("Hold to assume", 60_000)
    qtbot.addWidget(made)
    made.show()
    made.begin()
    assert made.text() == "Keep holding, 60.0 s"
    made.end()


async def test_whoever_stops_waiting_takes_the_question_along(window: QWidget) -> None:
    task, sheet = await asked(window)
    task.cancel()
    await settle()
    assert not sheet.isVisible()


async def test_it_fits_a_small_window_in_both_themes(window: QWidget, look: theme.Theme) -> None:
    for mode in ("light", "dark"):
        look.set_mode(mode)
        window.resize(320, 300)
        task, sheet = await asked(window)
        assert window.rect().contains(sheet.panel.geometry())
        press(Qt.Key.Key_Escape)
        await task
        await settle()
