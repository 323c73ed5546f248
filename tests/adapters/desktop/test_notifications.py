"""Notifications over a real bus: with a daemon that does as told, without one, and with the real dunst."""

from __future__ import annotations

import os
import subprocess
import threading
from typing import TYPE_CHECKING

import pytest

from app.adapters.desktop.notifications import Notifications
from app.domain.notice import Notice
from tests.adapters.desktop.notification_daemons import NAME, Daemon
from tests.private_display import private_display

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

NEED = Notice(tag="need alice", title="MFA code for alice", body="For <b>&co.", icon="/x/a b.svg", button="Enter code")


class Heard:
    """What was called, in which thread."""

    def __init__(self) -> None:
        self.calls: list[str] = []
        self.threads: set[int] = set()
        self.token: str | None = None

    def chosen(self) -> None:
        self.calls.append("chosen")
        self.threads.add(threading.get_ident())
        self.token = os.environ.get("XDG_ACTIVATION_TOKEN")

    def otherwise(self) -> None:
        self.calls.append("otherwise")
        self.threads.add(threading.get_ident())


@pytest.fixture
def heard() -> Heard:
    return Heard()


@pytest.fixture
def daemon(bus_address: str) -> Iterator[Daemon]:
    with Daemon(bus_address) as made:
        yield made


@pytest.fixture
def notifications(bus_address: str, qapp: object) -> Iterator[Notifications]:
    made = Notifications(bus_address)
    yield made
    made.end()


def shown(qtbot: QtBot, daemon: Daemon, count: int) -> tuple[object, ...]:
    qtbot.waitUntil(lambda: len(daemon.bodies("Notify")) == count)
    return daemon.bodies("Notify")[-1]


def test_a_notice_is_told_with_its_button(
    qtbot: QtBot, daemon: Daemon, notifications: Notifications, heard: Heard
) -> None:
    notifications.show(NEED, heard.chosen, heard.otherwise)
    program, replaces, icon, title, body, actions, hints, stays = shown(qtbot, daemon, 1)
    assert (program, replaces, title, stays) == ("Rolecall", 0, "MFA code for alice", -1)
    assert icon == "file:///x/a%20b.svg"
    assert body == "For &lt;b&gt;&amp;co."
    assert actions == ["default", "Enter code", "open", "Enter code"]
    assert hints == {"urgency": ("y", 1), "desktop-entry": ("s", "rolecall")}


@pytest.mark.parametrize("action", ["default", "open"])
def test_a_click_is_heard_in_the_windows_thread_and_takes_the_notice_away(
    qtbot: QtBot, daemon: Daemon, notifications: Notifications, heard: Heard, action: str
) -> None:
    notifications.show(NEED, heard.chosen, heard.otherwise)
    shown(qtbot, daemon, 1)
    daemon.say("ActionInvoked", "us", 7, action)
    daemon.say("ActivationToken", "us", 41, "for-the-window")
    daemon.say("ActionInvoked", "us", 41, action)
    qtbot.waitUntil(lambda: heard.calls == ["chosen"])
    assert heard.threads == {threading.get_ident()}
    assert heard.token == "for-the-window"
    assert "XDG_ACTIVATION_TOKEN" not in os.environ
    qtbot.waitUntil(lambda: daemon.bodies("CloseNotification") == [(41,)])
    daemon.say("ActionInvoked", "us", 41, action)
    notifications.show(NEED, heard.chosen, heard.otherwise)
    shown(qtbot, daemon, 2)
    assert heard.calls == ["chosen"]


def test_somebody_elses_signal_clicks_nothing(
    qtbot: QtBot, daemon: Daemon, notifications: Notifications, heard: Heard, bus_address: str
) -> None:
    notifications.show(NEED, heard.chosen, heard.otherwise)
    shown(qtbot, daemon, 1)
    stranger = Daemon(bus_address)
    stranger.say("ActionInvoked", "us", 41, "default")
    stranger._connection.close()
    daemon.say("ActionInvoked", "us", 41, "default")
    qtbot.waitUntil(lambda: bool(heard.calls))
    assert heard.calls == ["chosen"]


def test_the_same_thing_is_replaced_and_abilities_are_asked_once(
    qtbot: QtBot, daemon: Daemon, notifications: Notifications, heard: Heard
) -> None:
    for count in (1, 2):
        notifications.show(NEED, heard.chosen, heard.otherwise)
        shown(qtbot, daemon, count)
    assert [body[1] for body in daemon.bodies("Notify")] == [0, 41]
    assert len(daemon.bodies("GetCapabilities")) == 1


def test_what_is_over_is_closed_even_before_it_is_on_the_screen(
    qtbot: QtBot, daemon: Daemon, notifications: Notifications, heard: Heard
) -> None:
    notifications.show(NEED, heard.chosen, heard.otherwise)
    shown(qtbot, daemon, 1)
    notifications.close(NEED.tag)
    qtbot.waitUntil(lambda: daemon.bodies("CloseNotification") == [(41,)])
    daemon.hangs = True
    notifications.show(NEED, heard.chosen, heard.otherwise)
    shown(qtbot, daemon, 2)
    notifications.close(NEED.tag)
    daemon.recover()
    qtbot.waitUntil(lambda: daemon.bodies("CloseNotification") == [(41,), (42,)])
    assert heard.calls == []


def test_what_a_person_closed_is_not_closed_again(
    qtbot: QtBot, daemon: Daemon, notifications: Notifications, heard: Heard
) -> None:
    notifications.show(NEED, heard.chosen, heard.otherwise)
    shown(qtbot, daemon, 1)
    daemon.say("NotificationClosed", "uu", 41, 2)
    notifications.show(Notice(tag="other", title="Other"), heard.chosen, heard.otherwise)
    shown(qtbot, daemon, 2)
    notifications.end()
    assert daemon.bodies("CloseNotification") in ([], [(42,)])


def test_the_end_takes_everything_away(
    qtbot: QtBot, daemon: Daemon, notifications: Notifications, heard: Heard
) -> None:
    notifications.show(NEED, heard.chosen, heard.otherwise)
    shown(qtbot, daemon, 1)
    notifications.close("nothing of the sort")
    notifications.end()
    notifications.end()
    qtbot.waitUntil(lambda: daemon.bodies("CloseNotification") == [(41,)])


def test_a_plain_daemon_gets_plain_text_and_no_button(
    qtbot: QtBot, daemon: Daemon, notifications: Notifications, heard: Heard
) -> None:
    daemon.abilities = ("body",)
    notifications.show(NEED, heard.chosen, heard.otherwise)
    told = shown(qtbot, daemon, 1)
    assert told[4:6] == ("For <b>&co.", [])


def test_without_a_daemon_another_way_is_taken_until_there_is_one(
    qtbot: QtBot, bus_address: str, notifications: Notifications, heard: Heard
) -> None:
    for count in (1, 2):
        notifications.show(NEED, heard.chosen, heard.otherwise)
        qtbot.waitUntil(lambda count=count: heard.calls == ["otherwise"] * count)  # type: ignore[misc]  # bound now
    assert heard.threads == {threading.get_ident()}
    with Daemon(bus_address) as daemon:
        notifications.show(NEED, heard.chosen, heard.otherwise)
        shown(qtbot, daemon, 1)
    assert heard.calls == ["otherwise"] * 2


@pytest.mark.parametrize("address", ["unix:path=/nowhere/at/all", "tcp:host=127.0.0.1,port=1", "nonsense"])
def test_without_a_bus_another_way_is_taken(qtbot: QtBot, address: str, heard: Heard) -> None:
    notifications = Notifications(address)
    notifications.show(NEED, heard.chosen, heard.otherwise)
    qtbot.waitUntil(lambda: heard.calls == ["otherwise"])
    notifications.end()


def test_nothing_is_connected_before_the_first_notice(bus_address: str, qapp: object) -> None:
    notifications = Notifications(bus_address)
    notifications.close("nothing")
    assert notifications._thread is None
    notifications.end()


def test_a_daemon_that_hangs_is_not_waited_for_and_what_it_shows_late_is_closed(
    qtbot: QtBot, daemon: Daemon, bus_address: str, heard: Heard
) -> None:
    notifications = Notifications(bus_address, patience=0.5)
    notifications.show(NEED, heard.chosen, heard.otherwise)
    shown(qtbot, daemon, 1)
    daemon.hangs = True
    notifications.show(Notice(tag="failed hub", title="hub failed"), heard.chosen, heard.otherwise)
    shown(qtbot, daemon, 2)
    assert heard.calls == []
    qtbot.waitUntil(lambda: heard.calls == ["otherwise"])
    daemon.recover()
    qtbot.waitUntil(lambda: daemon.bodies("CloseNotification") == [(42,)])
    notifications.end()


def test_a_daemon_that_never_says_what_it_can_do(qtbot: QtBot, daemon: Daemon, bus_address: str, heard: Heard) -> None:
    daemon.hangs = True
    notifications = Notifications(bus_address, patience=0.3)
    notifications.show(NEED, heard.chosen, heard.otherwise)
    notifications.show(Notice(tag="two", title="Two"), heard.chosen, heard.otherwise)
    qtbot.waitUntil(lambda: heard.calls == ["otherwise", "otherwise"])
    daemon.recover()
    notifications.show(NEED, heard.chosen, heard.otherwise)
    shown(qtbot, daemon, 1)
    notifications.end()


@pytest.fixture
def dunst(bus_address: str, tmp_path: Path) -> Iterator[dict[str, str]]:
    """The real daemon on a screen of its own; yields what leads its `dunstctl` there."""
    with private_display() as display:
        environ = os.environ | display | {"DBUS_SESSION_BUS_ADDRESS": bus_address, "XDG_CONFIG_HOME": str(tmp_path)}
        with (tmp_path / "dunst").open("wb") as log:
            running = subprocess.Popen(["dunst"], env=environ, stdout=log, stderr=subprocess.STDOUT)
        yield environ
        running.terminate()
        running.wait(10)


def count(environ: dict[str, str], kind: str) -> int:
    done = subprocess.run(["dunstctl", "count", kind], env=environ, capture_output=True, text=True, check=False)
    return int(done.stdout or 0)


def test_dunst_shows_it_leads_the_click_back_and_takes_away_what_is_over(
    qtbot: QtBot, dunst: dict[str, str], notifications: Notifications, heard: Heard
) -> None:
    waiting = ["gdbus", "wait", "--session", "--timeout", "20", NAME]
    subprocess.run(waiting, env=dunst, check=True)
    notifications.show(NEED, heard.chosen, heard.otherwise)
    qtbot.waitUntil(lambda: count(dunst, "displayed") == 1)
    subprocess.run(["dunstctl", "action", "0"], env=dunst, check=True)
    qtbot.waitUntil(lambda: heard.calls == ["chosen"])
    qtbot.waitUntil(lambda: count(dunst, "displayed") == 0)
    notifications.show(NEED, heard.chosen, heard.otherwise)
    notifications.show(Notice(tag="failed", title="hub failed", button="Details"), heard.chosen, heard.otherwise)
    qtbot.waitUntil(lambda: count(dunst, "displayed") == 2)
    notifications.close(NEED.tag)
    qtbot.waitUntil(lambda: count(dunst, "displayed") == 1)
    assert heard.calls == ["chosen"]
