from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtDBus import QDBusConnection, QDBusMessage

from app.adapters.desktop.sleep_signal import SleepSignal

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


def say(bus: QDBusConnection, going: bool) -> None:
    message = QDBusMessage.createSignal("/org/freedesktop/login1", "org.freedesktop.login1.Manager", "PrepareForSleep")
    message.setArguments([going])
    assert bus.send(message)


def test_hears_logind(buses: tuple[QDBusConnection, QDBusConnection], qtbot: QtBot) -> None:
    ours, theirs = buses
    assert theirs.registerService("org.freedesktop.login1")
    heard = SleepSignal(ours)
    assert heard.available
    with qtbot.waitSignal(heard.sleeping, timeout=5000):
        say(theirs, going=True)
    with qtbot.waitSignal(heard.woke, timeout=5000):
        say(theirs, going=False)


def test_hears_nobody_else(buses: tuple[QDBusConnection, QDBusConnection], qtbot: QtBot) -> None:
    ours, theirs = buses
    heard = SleepSignal(ours)
    with qtbot.assertNotEmitted(heard.woke, wait=200):
        say(theirs, going=False)


def test_without_a_bus_all_is_quiet(qtbot: QtBot) -> None:
    silent = SleepSignal(QDBusConnection("no such connection"))
    assert not silent.available
