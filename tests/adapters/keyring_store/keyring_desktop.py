"""A private desktop session for tests: a D-Bus of its own, and a real gnome-keyring on it."""

from __future__ import annotations

import os
import subprocess
import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from jeepney import (
    DBusAddress,
    HeaderFields,
    Message,
    MessageType,
    message_bus,
    new_error,
    new_method_call,
    new_method_return,
)
from jeepney.io.blocking import open_dbus_connection

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PROMPTER = "org.gnome.keyring.SystemPrompter"
SERVICE = "org.freedesktop.secrets"
PASSWORD = "the login password"


@dataclass(frozen=True)
class Desktop:
    """A private D-Bus session, with a gnome-keyring in it if so wished."""

    address: str
    environ: dict[str, str]
    daemon: subprocess.Popen[str]
    children: list[subprocess.Popen[str]] = field(default_factory=list)

    def end(self) -> None:
        """Let the bus itself die."""
        self.daemon.kill()
        self.daemon.wait()

    def kill_keyring(self) -> None:
        """Let gnome-keyring die in the middle of what it does."""
        while self.children:
            child = self.children.pop()
            child.kill()
            child.wait()

    def keyring_daemon(self, password: str) -> None:
        """Start gnome-keyring and unlock (or make) its login keyring."""
        daemon = subprocess.Popen(
            ["gnome-keyring-daemon", "--foreground", "--unlock", "--components=secrets"],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            text=True,
            env=self.environ,
        )
        self.children.append(daemon)
        assert daemon.stdin is not None
        daemon.stdin.write(password)
        daemon.stdin.close()
        with open_dbus_connection(self.address) as connection:
            deadline = time.monotonic() + 20
            while not connection.send_and_get_reply(message_bus.NameHasOwner(SERVICE), timeout=20).body[0]:
                assert time.monotonic() < deadline, "gnome-keyring-daemon did not come up"
                time.sleep(0.01)

    def call(self, path: str, interface: str, member: str, signature: str = "", *body: object) -> tuple[object, ...]:
        """Call a method of the Secret Service."""
        service = DBusAddress(path, bus_name=SERVICE, interface=interface)
        with open_dbus_connection(self.address) as connection:
            reply = connection.send_and_get_reply(new_method_call(service, member, signature or None, body), timeout=20)
        return tuple(reply.body)

    def stop_keyring(self) -> None:
        """End gnome-keyring; what it keeps stays in its files."""
        while self.children:
            child = self.children.pop()
            child.terminate()
            child.wait()

    @contextmanager
    def prompter(self, *, answers: bool, hangs: bool = False) -> Iterator[threading.Event]:
        """Be the desktop's password prompt: one that is always dismissed, or one that nobody ever answers.

        Yields what is set when a prompt stands on the screen. One that `hangs` never shows any: gnome-keyring waits for
        it as long as D-Bus does for an answer, and then takes it for dismissed.
        """
        with open_dbus_connection(self.address) as connection:
            reply = connection.send_and_get_reply(message_bus.RequestName(PROMPTER), timeout=20)
            assert reply.body == (1,)
            ended, shown = threading.Event(), threading.Event()

            def prompt() -> None:
                while not ended.is_set():
                    try:
                        asked = connection.receive(timeout=0.05)
                    except TimeoutError:
                        continue
                    if asked.header.message_type is not MessageType.method_call or hangs:
                        continue
                    if answers:
                        connection.send(new_error(asked, "org.freedesktop.DBus.Error.Failed"))
                        continue
                    connection.send(new_method_return(asked))
                    if asked.header.fields[HeaderFields.member] == "PerformPrompt":
                        shown.set()
                    elif asked.header.fields[HeaderFields.member] == "BeginPrompting":
                        connection.send(_ready(asked))

            thread = threading.Thread(target=prompt)
            thread.start()
            try:
                yield shown
            finally:
                ended.set()
                thread.join()

    def lock(self) -> None:
        """Lock the login keyring, as a desktop does when its person leaves."""
        self.call("/org/freedesktop/secrets", "org.freedesktop.Secret.Service", "Lock", "ao", [LOGIN])


def _ready(begun: Message) -> Message:
    """What a prompter says to who wants to prompt, once it is their turn."""
    whose = begun.header.fields[HeaderFields.sender]
    asker = DBusAddress(begun.body[0], bus_name=whose, interface="org.gnome.keyring.internal.Prompter.Callback")
    return new_method_call(asker, "PromptReady", "sa{sv}s", ("", {}, ""))


LOGIN = "/org/freedesktop/secrets/collection/login"
CONFIGURATION = """
<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <keep_umask/>
  <listen>unix:dir={directory}</listen>
  <servicedir>{directory}/services</servicedir>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
"""


@contextmanager
def session_bus(home: Path) -> Iterator[Desktop]:
    directory = home / "bus"
    (directory / "services").mkdir(parents=True)
    (directory / "session.conf").write_text(CONFIGURATION.format(directory=directory))
    command = ["dbus-daemon", f"--config-file={directory}/session.conf", "--nofork", "--print-address=1"]
    daemon = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    assert daemon.stdout is not None
    try:
        address = daemon.stdout.readline().strip()
        assert address.startswith("unix:")
        desktop = Desktop(address=address, environ=os.environ | {"DBUS_SESSION_BUS_ADDRESS": address}, daemon=daemon)
        try:
            yield desktop
        finally:
            desktop.stop_keyring()
    finally:
        daemon.terminate()
        daemon.communicate()
