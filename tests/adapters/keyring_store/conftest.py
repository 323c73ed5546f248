from __future__ import annotations

import os
import subprocess
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pytest
from jeepney import DBusAddress, message_bus, new_method_call  # type: ignore[import-untyped]  # ships no types
from jeepney.io.blocking import open_dbus_connection  # type: ignore[import-untyped]  # ships no types

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager
    from pathlib import Path

SERVICE = "org.freedesktop.secrets"
PASSWORD = "the login password"


@dataclass(frozen=True)
class Desktop:
    """A private D-Bus session, with a gnome-keyring in it if so wished."""

    address: str
    environ: dict[str, str]
    children: list[subprocess.Popen[str]] = field(default_factory=list)

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

    def lock(self) -> None:
        """Lock the login keyring, as a desktop does when its person leaves."""
        self.call("/org/freedesktop/secrets", "org.freedesktop.Secret.Service", "Lock", "ao", [LOGIN])


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
def _bus(home: Path) -> Iterator[Desktop]:
    directory = home / "bus"
    (directory / "services").mkdir(parents=True)
    (directory / "session.conf").write_text(CONFIGURATION.format(directory=directory))
    command = ["dbus-daemon", f"--config-file={directory}/session.conf", "--nofork", "--print-address=1"]
    daemon = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    assert daemon.stdout is not None
    try:
        address = daemon.stdout.readline().strip()
        assert address.startswith("unix:")
        desktop = Desktop(address=address, environ=os.environ | {"DBUS_SESSION_BUS_ADDRESS": address})
        try:
            yield desktop
        finally:
            for child in desktop.children:
                child.terminate()
                child.wait()
    finally:
        daemon.terminate()
        daemon.communicate()


@pytest.fixture
def bus(home: Path) -> Callable[[], AbstractContextManager[Desktop]]:
    """Start a private session bus on which nobody offers or can be asked for a Secret Service."""
    return lambda: _bus(home)


@pytest.fixture
def desktop(bus: Callable[[], AbstractContextManager[Desktop]], monkeypatch: pytest.MonkeyPatch) -> Iterator[Desktop]:
    """A desktop with an unlocked gnome-keyring."""
    with bus() as made:
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", made.address)
        made.keyring_daemon(PASSWORD)
        yield made
