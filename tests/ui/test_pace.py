from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QObject

from app.ui.pace import Pace

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


@pytest.fixture
def parent(qtbot: QtBot) -> QObject:
    _ = qtbot
    return QObject()


def test_where_it_costs_little_each_change_is_shown_at_once(parent: QObject) -> None:
    shown: list[int] = []
    pace = Pace(lambda: shown.append(1), lambda: False, parent)
    for number in range(1, 4):
        pace.tell()
        assert len(shown) == number


def test_of_many_changes_the_first_and_the_last_are_shown(qtbot: QtBot, parent: QObject) -> None:
    """What the core knows when it is shown counts, so nothing is left out."""
    known, shown = [0], list[int]()
    pace = Pace(lambda: shown.append(known[0]), lambda: True, parent)
    for number in range(200):
        known[0] = number
        pace.tell()
    assert shown == [0]
    qtbot.waitUntil(lambda: shown == [0, 199])


def test_after_a_pause_the_next_change_is_shown_at_once(qtbot: QtBot, parent: QObject) -> None:
    shown: list[int] = []
    pace = Pace(lambda: shown.append(1), lambda: True, parent)
    pace.tell()
    qtbot.waitUntil(lambda: not pace.resting)
    pace.tell()
    assert len(shown) == 2


def test_nothing_is_shown_after_the_end(qtbot: QtBot, parent: QObject) -> None:
    shown: list[int] = []
    pace = Pace(lambda: shown.append(1), lambda: True, parent)
    pace.tell()
    pace.tell()
    pace.stop()
    other = Pace(lambda: shown.append(2), lambda: True, parent)
    other.tell()
    qtbot.waitUntil(lambda: not other.resting)
    assert shown == [1, 2]
