"""A small desktop of one's own: X server, session bus, window manager, tray host, notification daemon, AT-SPI."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import threading
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING, Self

from jeepney import DBusAddress, MatchRule, message_bus, new_method_call
from jeepney.io.blocking import open_dbus_connection
from jeepney.low_level import HeaderFields
from jeepney.wrappers import unwrap_msg

from tests.e2e.outside import Bus, Thing, until
from tests.e2e.rig import ROOT
from tests.private_display import private_display

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.e2e.rig import Rig

_PICTURE = """
import sys
from PySide6.QtGui import QGuiApplication
app = QGuiApplication(sys.argv[:1])
image = app.primaryScreen().grabWindow(0, *map(int, sys.argv[1:])).toImage()
sys.stdout.buffer.write(bytes(image.constBits()))
"""
NOTIFICATIONS = "org.freedesktop.Notifications"


class Desktop:
    """Use it as a context manager. `environ` leads a program to it."""

    def __init__(self, folder: Path, screen: str = "1600x1000x24") -> None:
        self._folder, self._screen = folder, screen
        self._stack = ExitStack()
        self.environ: dict[str, str] = {}
        self.told: list[tuple[str, str]] = []
        """Summary and body of every notification, in order."""

    def __enter__(self) -> Self:
        with ExitStack() as stack:
            self.environ = dict(stack.enter_context(private_display(self._screen)))
            self.environ["DBUS_SESSION_BUS_ADDRESS"] = stack.enter_context(self._bus())
            # Of the programs of a desktop, only the window is of interest
            for name, command in {
                "openbox": ["openbox", "--config-file", str(self._config())],
                "trayer": ["trayer", "--edge", "bottom", "--align", "left", "--widthtype", "pixel", "--width", "400",
                           "--height", "32"],
                "dunst": ["dunst"],
            }.items():  # fmt: skip
                stack.enter_context(self._running(name, command))
            self._listen(stack)
            self.outside = Bus(self.environ["DBUS_SESSION_BUS_ADDRESS"])
            stack.callback(self.outside.close)
            until(lambda: "window id" in self.ask("xprop", "-root", "_NET_SUPPORTING_WM_CHECK"), "openbox is there")
            until(lambda: self.windows('"trayer"'), "trayer is there")
            until(self._has_notifications, "dunst is there")
            self._stack = stack.pop_all()
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()

    # --- The programs of the desktop -----------------------------------------------------------------------------

    def _config(self) -> Path:
        """A window manager that puts windows where they want to be, and has no menus of its own."""
        path = self._folder / "openbox.xml"
        path.write_text('<?xml version="1.0"?><openbox_config xmlns="http://openbox.org/3.4/rc"/>\n')
        return path

    @contextmanager
    def _bus(self) -> Iterator[str]:
        command = ["dbus-daemon", "--session", "--nofork", "--print-address=1"]
        environ = os.environ | self.environ
        with (self._folder / "dbus").open("wb") as log:
            bus = subprocess.Popen(command, env=environ, stdout=subprocess.PIPE, stderr=log, text=True)
        assert bus.stdout is not None
        try:
            yield bus.stdout.readline().strip()
        finally:
            bus.terminate()
            bus.communicate(timeout=10)

    @contextmanager
    def _running(self, name: str, command: list[str]) -> Iterator[None]:
        with (self._folder / name).open("wb") as log:
            made = subprocess.Popen(command, env=os.environ | self.environ, stdout=log, stderr=subprocess.STDOUT)
        try:
            yield
        finally:
            made.terminate()
            made.wait(10)

    @contextmanager
    def program(self, rig: Rig, log: Path) -> Iterator[Thing]:
        """The real program of a person, as its own process; yields it as the accessibility bus has it."""
        # What a browser is told to open goes nowhere: nobody looks at it
        environ = rig.environ | self.environ | {"BROWSER": "true"}
        with log.open("wb") as errors:
            process = subprocess.Popen([sys.executable, str(ROOT / "main.py")], env=environ, stderr=errors, cwd=ROOT)
        self.told.clear()
        try:
            yield self.outside.application("rolecall")
            process.terminate()
            assert process.wait(60) == 0, log.read_text()[-4000:]
        finally:
            process.kill()
            process.wait()
            print(log.read_text()[-4000:])  # noqa: T201  # shown where a test fails
        assert "Traceback" not in log.read_text()

    # --- Notifications -------------------------------------------------------------------------------------------

    def _has_notifications(self) -> bool:
        connection = open_dbus_connection(self.environ["DBUS_SESSION_BUS_ADDRESS"])
        try:
            return bool(unwrap_msg(connection.send_and_get_reply(message_bus.NameHasOwner(NOTIFICATIONS)))[0])
        finally:
            connection.close()

    def _listen(self, stack: ExitStack) -> None:
        listening = open_dbus_connection(self.environ["DBUS_SESSION_BUS_ADDRESS"])
        rule = MatchRule(type="method_call", interface=NOTIFICATIONS, member="Notify")
        monitor = DBusAddress("/org/freedesktop/DBus", "org.freedesktop.DBus", "org.freedesktop.DBus.Monitoring")
        call = new_method_call(monitor, "BecomeMonitor", "asu", ([rule.serialise()], 0))
        unwrap_msg(listening.send_and_get_reply(call))
        done = threading.Event()

        def listen() -> None:
            while not done.is_set():
                try:
                    message = listening.receive(timeout=0.2)
                except TimeoutError:
                    continue
                except (EOFError, OSError):
                    return
                if message.header.fields.get(HeaderFields.member) == "Notify":
                    self.told.append((message.body[3], message.body[4]))

        thread = threading.Thread(target=listen, name="notifications", daemon=True)
        thread.start()
        stack.callback(listening.close)
        stack.callback(thread.join, 5)
        stack.callback(done.set)

    # --- What is on the screen -----------------------------------------------------------------------------------

    def ask(self, *command: str) -> str:
        """What a program of X says."""
        done = subprocess.run(command, env=os.environ | self.environ, capture_output=True, text=True, check=False)
        return done.stdout

    def windows(self, wanted: str) -> list[str]:
        """The lines of xwininfo's tree that hold a word."""
        return [line for line in self.ask("xwininfo", "-root", "-tree").splitlines() if wanted in line]

    def tray(self) -> list[str]:
        """The lines of xwininfo's tree about icons of Rolecall inside the tray host."""
        host = until(lambda: self.windows('"panel"'), "the tray has a window")[0]
        inside = self.ask("xwininfo", "-id", host.split()[0], "-tree").splitlines()
        return [line for line in inside if '"rolecall"' in line]

    def picture(self, line: str) -> bytes:
        """What can be seen of a window, given its line in xwininfo's tree, as bytes that differ when it does."""
        x, y = re.findall("[+](-?[0-9]+)", line)[-2:]
        wide, high = re.findall("([0-9]+)x([0-9]+)[+]", line)[-1]
        command = [sys.executable, "-c", _PICTURE, x, y, wide, high]
        return subprocess.run(command, env=os.environ | self.environ, capture_output=True, check=True).stdout

    def bring(self, title: str) -> None:
        """Give the keyboard to a window, as the taskbar does."""

        def has_keyboard() -> bool:
            self.ask("xdotool", "search", "--onlyvisible", "--name", f"^{title}$", "windowactivate")
            return self.ask("xdotool", "getwindowfocus", "getwindowname").strip() == title

        until(has_keyboard, f"{title} has the keyboard")

    def keys(self, *keys: str) -> None:
        """Press keys, for whoever has the keyboard."""
        subprocess.run(["xdotool", "key", "--clearmodifiers", *keys], env=os.environ | self.environ, check=True)

    def type(self, text: str) -> None:
        """Type a text, for whoever has the keyboard."""
        subprocess.run(["xdotool", "type", "--delay", "15", text], env=os.environ | self.environ, check=True)
