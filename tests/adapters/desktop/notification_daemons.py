"""Notification daemons for tests: one of our own that does as told, on a real bus."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Self

from jeepney import DBusAddress, HeaderFields, MessageType, message_bus, new_method_return, new_signal
from jeepney.io.blocking import open_dbus_connection
from jeepney.wrappers import unwrap_msg

if TYPE_CHECKING:
    from jeepney import Message

NAME, PATH = "org.freedesktop.Notifications", "/org/freedesktop/Notifications"
EMITTER = DBusAddress(PATH, bus_name=NAME, interface=NAME)


class Daemon:
    """Use it as a context manager. `abilities` are what it says it can do; while `hangs`, it answers nothing."""

    def __init__(self, address: str, abilities: tuple[str, ...] = ("actions", "body", "body-markup")) -> None:
        self.abilities, self.hangs = abilities, False
        self.calls: list[tuple[str, tuple[object, ...]]] = []
        self._connection = open_dbus_connection(address)
        self._held: list[Message] = []
        self._number = 40
        self._done = threading.Event()
        self._lock = threading.Lock()
        self._thread = threading.Thread(target=self._serve, name="notification daemon", daemon=True)

    def __enter__(self) -> Self:
        unwrap_msg(self._connection.send_and_get_reply(message_bus.RequestName(NAME)))
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._done.set()
        self._thread.join(5)
        self._connection.close()

    def _serve(self) -> None:
        while not self._done.is_set():
            try:
                message = self._connection.receive(timeout=0.1)
            except TimeoutError:
                continue
            if message.header.message_type is not MessageType.method_call:
                continue
            with self._lock:
                self.calls.append((message.header.fields[HeaderFields.member], tuple(message.body)))
                if self.hangs:
                    self._held.append(message)
                else:
                    self._answer(message)

    def _answer(self, message: Message) -> None:
        member = message.header.fields[HeaderFields.member]
        if member == "GetCapabilities":
            reply = new_method_return(message, "as", (list(self.abilities),))
        elif member == "Notify":
            self._number += 1
            reply = new_method_return(message, "u", (message.body[1] or self._number,))
        else:
            reply = new_method_return(message)
        self._connection.send(reply)

    def recover(self) -> None:
        """Answer what was held back, and everything from now on."""
        with self._lock:
            self.hangs = False
            while self._held:
                self._answer(self._held.pop(0))

    def say(self, member: str, signature: str, *body: object) -> None:
        """Emit one of the interface's signals."""
        self._connection.send(new_signal(EMITTER, member, signature, body))

    def bodies(self, member: str) -> list[tuple[object, ...]]:
        """What a method was called with, each time."""
        with self._lock:
            return [body for name, body in self.calls if name == member]
