"""Room for words: two fifths longer ones, German ones, and everything at twice the size on a screen of 1280 x 960."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QCoreApplication

from app.ui import tasks, translation
from app.ui.main_window import MainWindow
from app.ui.told_intents import in_the_persons_language
from app.ui.window_state import WindowState
from tests.ui.every_page import PAGES, SHEETS, clipped, outside, overlapping
from tests.ui.hands import settle, show
from tests.ui.pseudo import Pseudo

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

    from app.ui.theme import Theme
    from tests.ui.fake_core import FakeIntents

SIZES = [(1120, 720), (680, 720), (640, 480)]


@pytest.fixture(params=["de", "pseudo"])
def spoken(qapp: QApplication, request: pytest.FixtureRequest) -> Iterator[str]:
    """German, or a language whose every text is two fifths longer than in English."""
    pseudo = Pseudo()
    if request.param == "pseudo":
        translation.install(qapp, "en")
        QCoreApplication.installTranslator(pseudo)
    else:
        translation.install(qapp, request.param)
    yield request.param
    QCoreApplication.removeTranslator(pseudo)
    translation.install(qapp, "en")


@pytest.mark.parametrize("size", SIZES, ids=str)
async def test_longer_words_have_room(
    qtbot: QtBot, look: Theme, spoken: str, intents: FakeIntents, size: tuple[int, int]
) -> None:
    window = MainWindow(in_the_persons_language(intents), state=WindowState())
    show(qtbot, window, *size)
    assert (window.width(), window.height()) == size
    try:
        for name, go in PAGES.items():
            go(window)
            await settle()
            assert clipped(window) == [], name
            assert outside(window) == [], name
            assert overlapping(window) == [], name
    finally:
        tasks.cancel_all()
        await tasks.drained()
        window.end()


@pytest.mark.parametrize("sheet", SHEETS)
async def test_longer_words_have_room_on_sheets(
    qtbot: QtBot, look: Theme, spoken: str, intents: FakeIntents, sheet: str
) -> None:
    window = MainWindow(in_the_persons_language(intents), state=WindowState())
    show(qtbot, window, 640, 480)
    try:
        SHEETS[sheet](window)
        await settle()
        assert clipped(window) == []
        assert outside(window) == []
    finally:
        tasks.cancel_all()
        await tasks.drained()
        window.end()


def test_a_text_without_room_is_found(qtbot: QtBot, look: Theme) -> None:
    from PySide6.QtWidgets import QLabel, QPushButton, QWidget

    top = QWidget()
    qtbot.addWidget(top)
    narrow, wide, button = QLabel("Words that need room", top), QLabel("Words", top), QPushButton("Press here", top)
    narrow.setGeometry(0, 0, 20, 20)
    wide.setGeometry(0, 30, 200, 20)
    button.setGeometry(0, 40, 30, 30)
    top.resize(100, 100)
    top.show()
    assert [words.split(":")[0] for words in clipped(top)] == [
        "QLabel 'Words that need room'",
        "QPushButton 'Press here'",
    ]
    assert [words.split(" in ")[0] for words in outside(top)] == ["'Words'"]
    assert overlapping(top) == ["'Words' and 'Press here'"]
    narrow.setToolTip("Words that need room")
    button.setGeometry(0, 60, 100, 30)
    assert clipped(top) == []
    assert overlapping(top) == []


_AT_TWICE_THE_SIZE = """
import asyncio
from PySide6.QtWidgets import QApplication
app = QApplication([])
from app.ui import theme, translation
theme.install(app, "light")
translation.install(app, "de")
from app.ui.main_window import MainWindow
from app.ui.window_state import WindowState
from tests.ui.every_page import PAGES, clipped, outside
from tests.ui.fake_core import FakeIntents
from tests.ui.hands import settle

async def look():
    window = MainWindow(FakeIntents(), state=WindowState())
    window.resize(640, 480)
    window.show()
    await settle()
    picture = window.grab()
    print("pixels", picture.width(), picture.height())
    for name, go in PAGES.items():
        go(window)
        await settle()
        for words in clipped(window) + outside(window):
            print(name, words)

asyncio.run(look())
"""


def test_twice_the_size_fits_a_small_screen() -> None:
    environ = {**os.environ, "QT_SCALE_FACTOR": "2", "QT_QPA_PLATFORM": "offscreen"}
    told = subprocess.run(
        [sys.executable, "-c", _AT_TWICE_THE_SIZE],
        env=environ,
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    assert told.stdout.splitlines() == ["pixels 1280 960"], told.stdout
