from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtDBus import QDBusConnection, QDBusMessage, QDBusVariant

from app.adapters.desktop.theme_signal import ThemeSignal

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


def say(bus: QDBusConnection, value: int, key: str = "color-scheme") -> None:
    message = QDBusMessage.createSignal(
        "/org/freedesktop/portal/desktop", "org.freedesktop.portal.Settings", "SettingChanged"
    )
    message.setArguments(["org.freedesktop.appearance", key, QDBusVariant(value)])
    assert bus.send(message)


def test_hears_the_portal(buses: tuple[QDBusConnection, QDBusConnection], qtbot: QtBot) -> None:
    ours, theirs = buses
    assert theirs.registerService("org.freedesktop.portal.Desktop")
    theme = ThemeSignal(ours)
    with qtbot.waitSignal(theme.changed, timeout=5000) as heard:
        say(theirs, 1)
    assert (heard.args, theme.dark) == ([True], True)
    with qtbot.waitSignal(theme.changed, timeout=5000) as heard:
        say(theirs, 2)
    assert heard.args == [False]


def test_other_settings_and_repetitions_say_nothing(
    buses: tuple[QDBusConnection, QDBusConnection], qtbot: QtBot
) -> None:
    ours, theirs = buses
    assert theirs.registerService("org.freedesktop.portal.Desktop")
    theme = ThemeSignal(ours)
    with qtbot.assertNotEmitted(theme.changed, wait=200):
        say(theirs, 1, key="accent-color")
        say(theirs, 0)


def test_without_a_bus_it_is_qts_word(qtbot: QtBot) -> None:
    assert not ThemeSignal(QDBusConnection("no such connection")).dark
