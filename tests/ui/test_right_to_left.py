"""From right to left: pages open, nothing lies over anything, rows are mirrored and their buttons work there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest

from app.ui import tasks
from app.ui.main_window import MainWindow
from app.ui.window_state import WindowState
from tests.ui.every_page import PAGES, SHEETS, clipped, outside, overlapping
from tests.ui.hands import settle, show

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from PySide6.QtWidgets import QApplication, QWidget
    from pytestqt.qtbot import QtBot

    from app.ui.theme import Theme
    from tests.ui.fake_core import FakeIntents


@pytest.fixture
async def mirrored(qapp: QApplication, qtbot: QtBot, look: Theme, intents: FakeIntents) -> AsyncIterator[MainWindow]:
    """The window where people read from right to left."""
    qapp.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    window = MainWindow(intents, state=WindowState())
    show(qtbot, window)
    yield window
    tasks.cancel_all()
    await tasks.drained()
    window.end()
    qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)


@pytest.mark.parametrize("size", [(1120, 720), (680, 720), (640, 480)], ids=str)
async def test_every_page_can_be_read(mirrored: MainWindow, size: tuple[int, int]) -> None:
    mirrored.resize(*size)
    for name, go in PAGES.items():
        go(mirrored)
        await settle()
        assert overlapping(mirrored) == [], name
        assert outside(mirrored) == [], name
        assert clipped(mirrored) == [], name


@pytest.mark.parametrize("sheet", SHEETS)
async def test_every_sheet_can_be_read(mirrored: MainWindow, sheet: str) -> None:
    mirrored.resize(640, 480)
    SHEETS[sheet](mirrored)
    await settle()
    assert clipped(mirrored) == []
    assert outside(mirrored) == []


async def test_the_frame_is_mirrored(mirrored: MainWindow) -> None:
    mirrored.roles.list_page.list.choose("prod-admin")
    await settle()
    sidebar, rows, detail = (
        _place(each, mirrored) for each in (mirrored.sidebar, mirrored.roles.list_page, mirrored.roles.detail)
    )
    assert sidebar.left() >= rows.right()
    assert rows.left() >= detail.right()
    assert sidebar.right() == mirrored.rect().right()


async def test_rows_are_drawn_the_other_way_round(mirrored: MainWindow) -> None:
    rect = QRect(0, 0, 600, 52)
    delegate = mirrored.roles.list_page.list.delegate
    there = delegate.places(rect, Qt.LayoutDirection.LeftToRight)
    here = delegate.places(rect, Qt.LayoutDirection.RightToLeft)
    for one, other in ((there.bar, here.bar), (there.words, here.words), (there.button, here.button)):
        assert (other.left(), other.width()) == (rect.width() - one.right() - 1, one.width())
    assert not here.button.intersects(here.status)
    assert not here.status.intersects(here.words)


async def test_the_button_of_a_row_is_where_it_is_drawn(mirrored: MainWindow, intents: FakeIntents) -> None:
    rows = mirrored.roles.list_page.list
    rows.choose("prod-audit")
    await settle()
    place = rows.visualRect(rows.currentIndex())
    QTest.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(place.left() + 40, place.center().y()))
    await settle()
    assert intents.called("assume")


def _place(widget: QWidget, top: QWidget) -> QRect:
    return QRect(widget.mapTo(top, QPoint()), widget.size())
