from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from app.ui.toasts import Toast, Toasts
from tests.ui.hands import plain_window

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget
    from pytestqt.qtbot import QtBot

    from app.ui.theme import Theme


@pytest.fixture
def host(qtbot: QtBot, look: Theme) -> QWidget:
    return plain_window(qtbot)


def test_a_toast_stands_at_the_bottom_centre_and_goes(host: QWidget, qtbot: QtBot) -> None:
    toasts = Toasts(host)
    toasts.add(Toast(words="Sign-in URL copied.", kind="good", stays_ms=20))
    assert toasts.isVisible()
    assert abs(toasts.geometry().center().x() - host.rect().center().x()) <= 1
    assert host.height() - toasts.geometry().bottom() - 1 == 16
    assert toasts.height() == 40
    qtbot.waitUntil(toasts.isHidden, timeout=5000)
    assert toasts.words == ""


def test_undo_is_done_once(host: QWidget) -> None:
    toasts = Toasts(host)
    undone: list[bool] = []
    toasts.offer_undo("stage-old deleted", lambda: undone.append(True))
    assert toasts.act()
    assert not toasts.act()
    assert undone == [True]


def test_a_toast_with_a_way_back_is_not_pushed_away(host: QWidget) -> None:
    toasts = Toasts(host)
    toasts.offer_undo("stage-old deleted", lambda: None)
    toasts.say("Sign-in URL copied.", "good")
    assert toasts.words == "stage-old deleted"
    toasts.act()
    assert toasts.words == "Sign-in URL copied."
    toasts.say("Another.")
    assert toasts.words == "Another."


def test_long_words_wrap_inside_the_window(host: QWidget) -> None:
    host.resize(360, 400)
    toasts = Toasts(host)
    toasts.say(
        "Denied: the role's trust policy does not name corp. Ask the owner of the account to add it. " * 2, "bad"
    )
    assert toasts.width() <= 360 - 32
    assert toasts.height() > 60
    assert host.rect().contains(toasts.geometry())


def test_a_toast_follows_the_size_of_the_window(host: QWidget, qtbot: QtBot) -> None:
    toasts = Toasts(host)
    toasts.say("Copied.")
    host.resize(700, 500)
    qtbot.waitUntil(lambda: abs(toasts.geometry().center().x() - 350) <= 1, timeout=5000)
