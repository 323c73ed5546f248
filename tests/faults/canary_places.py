"""Where a secret might come to light: D-Bus, the memory of processes, and what screen readers are told."""

from __future__ import annotations

import os
import re
import subprocess
import threading
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Self

from jeepney import DBusAddress, message_bus, new_method_call
from jeepney.io.blocking import open_dbus_connection
from jeepney.low_level import HeaderFields
from jeepney.wrappers import DBusErrorResponse, unwrap_msg

from tests.e2e.outside import until

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tests.e2e.outside import Thing

SECRETS = "org.freedesktop.secrets"
_REGION = re.compile(r"([0-9a-f]+)-([0-9a-f]+) rw.. \S+ \S+ \S+ *(.*)")
_BYTE = 256
_WRITTEN = frozenset({"text", "password text", "entry"})
_AT_ONCE = 1024 * 1024


class BusTap:
    """Hears every message of a bus but for those of the keyring, to it or from it. Use it as a context manager."""

    def __init__(self, address: str, *, keyring: str = "") -> None:
        self._address = address
        self._connection = open_dbus_connection(address)
        self._left_out = {SECRETS, keyring} if keyring else {SECRETS}
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._listen, name="bus tap", daemon=True)
        self.heard = bytearray()
        self.messages = 0

    def __enter__(self) -> Self:
        monitor = DBusAddress("/org/freedesktop/DBus", "org.freedesktop.DBus", "org.freedesktop.DBus.Monitoring")
        call = new_method_call(monitor, "BecomeMonitor", "asu", ([], 0))
        unwrap_msg(self._connection.send_and_get_reply(call))
        self._thread.start()
        return self

    def __exit__(self, kind: object, *_: object) -> None:
        try:
            if kind is None:
                self._hear_out()
        finally:
            self._done.set()
            self._thread.join(10)
            self._connection.close()

    def _hear_out(self) -> None:
        """Say something, and wait until that is heard: then so was all that was said before it."""
        last = f"rolecall.last_word_{os.urandom(8).hex()}"
        _has_owner(last, self._address)
        until(lambda: last.encode() in self.heard, "the tap of the bus heard everything")

    def _listen(self) -> None:
        while not self._done.is_set():
            try:
                message = self._connection.receive(timeout=0.2)
            except TimeoutError:
                continue
            except (EOFError, OSError):
                return
            fields = message.header.fields
            if {fields.get(HeaderFields.destination), fields.get(HeaderFields.sender)} & self._left_out:
                continue
            self.messages += 1
            for leaf in _leaves(message.body):
                self.heard += leaf + b"\n"


def _leaves(value: object) -> Iterator[bytes]:
    """Every text and every run of bytes in a message."""
    if isinstance(value, str):
        yield value.encode("utf-8", "replace")
    elif isinstance(value, bytes):
        yield value
    elif isinstance(value, list) and value and all(isinstance(each, int) and 0 <= each < _BYTE for each in value):
        yield bytes(value)
    elif isinstance(value, dict):
        for pair in value.items():
            yield from _leaves(pair)
    elif isinstance(value, list | tuple):
        for each in value:
            yield from _leaves(each)


@contextmanager
def keyring_on(address: str, password: str) -> Iterator[str]:
    """Run a gnome-keyring, unlocked, on a bus that is there already; yield the unique name that it answers by."""
    command = ["gnome-keyring-daemon", "--foreground", "--unlock", "--components=secrets"]
    quiet = subprocess.DEVNULL
    environ = os.environ | {"DBUS_SESSION_BUS_ADDRESS": address}
    daemon = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=quiet, stderr=quiet, text=True, env=environ)
    try:
        assert daemon.stdin is not None
        daemon.stdin.write(password)
        daemon.stdin.close()
        until(lambda: _has_owner(SECRETS, address), "gnome-keyring is there")
        yield owner_of(SECRETS, address)
    finally:
        daemon.terminate()
        daemon.wait(20)


def _has_owner(name: str, address: str) -> bool:
    with open_dbus_connection(address) as connection:
        return bool(unwrap_msg(connection.send_and_get_reply(message_bus.NameHasOwner(name)))[0])


def owner_of(name: str, address: str) -> str:
    """The unique name of whoever owns a name on a bus."""
    connection = open_dbus_connection(address)
    try:
        return str(unwrap_msg(connection.send_and_get_reply(message_bus.GetNameOwner(name)))[0])
    finally:
        connection.close()


def accessibility_bus(address: str) -> str:
    """The address of the bus that screen readers are on."""
    connection = open_dbus_connection(address)
    try:
        bus = DBusAddress("/org/a11y/bus", "org.a11y.Bus", "org.a11y.Bus")
        return str(unwrap_msg(connection.send_and_get_reply(new_method_call(bus, "GetAddress")))[0])
    finally:
        connection.close()


def told_to_readers(application: Thing) -> bytes:
    """Names and texts of all that shows, as AT-SPI tells them."""
    words: list[str] = []
    for each in application.below():
        with suppress(DBusErrorResponse):
            words.append(each.name)
            if each.role in _WRITTEN:
                words.append(each.text)
    return "\n".join(words).encode("utf-8", "replace")


def in_memory(pid: int, secrets: Mapping[str, str]) -> dict[str, int]:
    """How often each secret stands in what a process can write to, as UTF-8 and as UTF-16."""
    counted = dict.fromkeys(secrets, 0)
    forms = {name: (secret.encode(), secret.encode("utf-16-le")) for name, secret in secrets.items()}
    longest = max((len(each) for spellings in forms.values() for each in spellings), default=1)
    for block in _memory(pid, longest - 1):
        for name, spellings in forms.items():
            # What begins beyond is counted with the next block
            counted[name] += sum(block.count(each, 0, _AT_ONCE + len(each) - 1) for each in spellings)
    return counted


def _memory(pid: int, more: int) -> Iterator[bytes]:
    """What it can write to, in blocks that reach so many bytes into the next one."""
    regions = [_REGION.match(line) for line in Path(f"/proc/{pid}/maps").read_text().splitlines()]
    with Path(f"/proc/{pid}/mem").open("rb", buffering=0) as memory:
        for region in regions:
            if region is None or region[3].startswith(("/dev", "[v")):
                continue
            start, stop = int(region[1], 16), int(region[2], 16)
            with suppress(OSError, ValueError):
                for at in range(start, stop, _AT_ONCE):
                    block = os.pread(memory.fileno(), min(_AT_ONCE + more, stop - at), at)
                    if block.count(0) < len(block):  # most of what is reserved was never used
                        yield block
