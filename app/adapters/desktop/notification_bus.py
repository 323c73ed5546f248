"""Talking with the desktop's notification daemon, in a thread of its own.

Follows the Desktop Notifications Specification 1.2 of freedesktop.org (`org.freedesktop.Notifications`).
"""

from __future__ import annotations

import contextlib
import html
import os
import select
import time
from collections import deque
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.domain.values import dataclass

if TYPE_CHECKING:
    import socket
    from collections.abc import Callable, Iterator

    from jeepney import Message

    from app.domain.notice import Notice

NAME, PATH = "org.freedesktop.Notifications", "/org/freedesktop/Notifications"
PATIENCE = 5.0
"""Seconds a daemon has to answer; it may have to be started first."""
_CLICK, _BUTTON = "default", "open"
_QUIET, _NORMAL = 0, 1
_BY_THE_DAEMON = -1
_SIGNALS = ("ActionInvoked", "NotificationClosed", "ActivationToken")
_TOKEN = "XDG_ACTIVATION_TOKEN"  # noqa: S105  # the name of a variable; what it holds is good for one raised window


@dataclass(frozen=True, slots=True)
class Wish:
    """A notice with what a click on it does, and what to do where it cannot be shown."""

    notice: Notice
    chosen: Callable[[], None]
    otherwise: Callable[[], None]


@dataclass(frozen=True, slots=True)
class _Shown:
    daemon: str
    number: int
    wish: Wish


@dataclass(slots=True)
class _Asked:
    answered: Callable[[Message | None], None]
    late: Callable[[Message], None]
    deadline: float
    given_up: bool = False


class Bus:
    """A connection to the session bus that waits for nothing but its socket. Raises OSError when it is lost."""

    def __init__(self, address: str, patience: float) -> None:
        """Raises OSError, ValueError, LookupError or RuntimeError where there is no bus to be reached."""
        from jeepney import Parser
        from jeepney.bus import get_bus
        from jeepney.io.blocking import prep_socket

        self._patience = patience
        self.socket: socket.socket = prep_socket(get_bus(address), timeout=patience)
        self.socket.settimeout(patience)
        self._parser = Parser()
        self._serials = count(1)
        self._asked: dict[int, _Asked] = {}

    def tell(self, message: Message) -> None:
        """Send, for no answer."""
        self.socket.sendall(message.serialise(serial=next(self._serials)))

    def ask(
        self, message: Message, answered: Callable[[Message | None], None], late: Callable[[Message], None]
    ) -> None:
        """Send; `answered` gets the reply, or None when it takes too long, and then `late` gets it if it comes."""
        serial = next(self._serials)
        self._asked[serial] = _Asked(answered, late, time.monotonic() + self._patience)
        self.socket.sendall(message.serialise(serial=serial))

    def until_due(self) -> float | None:
        """Seconds until some answer is overdue; None while nothing is waited for."""
        due = [each.deadline for each in self._asked.values() if not each.given_up]
        return max(0.0, min(due) - time.monotonic()) if due else None

    def give_up_overdue(self) -> None:
        """Tell those who wait too long."""
        for each in list(self._asked.values()):
            if not each.given_up and each.deadline <= time.monotonic():
                each.given_up = True
                each.answered(None)

    def read(self) -> Iterator[Message]:
        """What came; replies go to those who asked for them."""
        from jeepney import HeaderFields

        data = self.socket.recv(65536)
        if not data:
            raise ConnectionResetError
        self._parser.add_data(data)
        while (message := self._parser.get_next_message()) is not None:
            asked = self._asked.pop(message.header.fields.get(HeaderFields.reply_serial, -1), None)
            if asked is None:
                yield message
            elif asked.given_up:
                asked.late(message)
            else:
                asked.answered(message)

    def close(self) -> None:
        """Hang up; whoever waits learns that there is no answer."""
        self.socket.close()
        waiting, self._asked = self._asked, {}
        for each in waiting.values():
            if not each.given_up:
                each.answered(None)


class Conversation:
    """What is shown, wished and asked. All of it runs in one thread; `deliver` hands a call over to the window's."""

    def __init__(self, deliver: Callable[[Callable[[], None]], None], address: str, patience: float) -> None:
        self._deliver, self._address, self._patience = deliver, address, patience
        self._bus: Bus | None = None
        self._abilities: frozenset[str] | None = None
        self._waiting: deque[Wish] = deque()
        self._wishes: dict[str, Wish] = {}
        self._shown: dict[str, _Shown] = {}
        self._activation: dict[int, str] = {}

    def run(self, orders: deque[Callable[[Conversation], None] | None], woken: socket.socket) -> None:
        """Carry out orders until one is None, in which case everything shown is closed."""
        with woken:
            while True:
                bus = self._bus
                due = None if bus is None else bus.until_due()
                readable, _, _ = select.select([woken] if bus is None else [woken, bus.socket], [], [], due)
                if woken in readable and not woken.recv(4096):
                    return
                try:
                    if bus is not None and bus.socket in readable:
                        for message in bus.read():
                            self._hear(message)
                    if not self._carry_out(orders):
                        return
                    if bus is not None:
                        bus.give_up_overdue()
                except OSError:
                    self._lose()

    def _carry_out(self, orders: deque[Callable[[Conversation], None] | None]) -> bool:
        while orders:
            order = orders.popleft()
            if order is None:
                self._part()
                return False
            order(self)
        return True

    def _part(self) -> None:
        with contextlib.suppress(OSError):
            for tag in list(self._shown):
                self.close(tag)
        self._wishes.clear()
        self._lose()

    def _lose(self) -> None:
        """Without a connection nothing more is heard of what is shown."""
        bus, self._bus = self._bus, None
        self._abilities = None
        self._shown.clear()
        if bus is not None:
            bus.close()
        self._refuse_waiting()

    def _refuse_waiting(self) -> None:
        while self._waiting:
            self._refuse(self._waiting.popleft())

    def _refuse(self, wish: Wish) -> None:
        if self._wishes.get(wish.notice.tag) is wish:
            del self._wishes[wish.notice.tag]
            self._deliver(wish.otherwise)

    # --- Orders --------------------------------------------------------------------------------------------------

    def show(self, wish: Wish) -> None:
        """Show it once it is known what the daemon can do."""
        self._wishes[wish.notice.tag] = wish
        if self._abilities is not None and self._bus is not None:
            self._notify(self._bus, wish)
            return
        self._waiting.append(wish)
        if len(self._waiting) == 1:
            self._begin()

    def close(self, tag: str) -> None:
        """What was told under this tag is over."""
        self._wishes.pop(tag, None)
        shown = self._shown.pop(tag, None)
        if shown is not None and self._bus is not None:
            self._bus.tell(_call("CloseNotification", "u", (shown.number,), to=shown.daemon))

    # --- What the daemon is asked --------------------------------------------------------------------------------

    def _begin(self) -> None:
        from jeepney import MatchRule, message_bus

        try:
            if self._bus is None:
                self._bus = Bus(self._address or _session_bus(), self._patience)
                self._bus.ask(message_bus.Hello(), _nothing, _nothing)
                rule = MatchRule(type="signal", sender=NAME, interface=NAME, path=PATH)
                self._bus.ask(message_bus.AddMatch(rule), _nothing, _nothing)
            self._bus.ask(_call("GetCapabilities"), self._can, _nothing)
        except (OSError, ValueError, LookupError, RuntimeError):
            self._lose()

    def _can(self, reply: Message | None) -> None:
        body = _body(reply)
        if not body or self._bus is None:
            self._refuse_waiting()
            return
        self._abilities = frozenset(body[0])
        while self._waiting:
            wish = self._waiting.popleft()
            if self._wishes.get(wish.notice.tag) is wish:
                self._notify(self._bus, wish)

    def _notify(self, bus: Bus, wish: Wish) -> None:
        notice, able = wish.notice, self._abilities or frozenset()
        before = self._shown.get(notice.tag)
        actions: list[str] = []
        if "actions" in able:
            actions = [_CLICK, notice.button]
            if notice.button:
                actions += [_BUTTON, notice.button]
        body = html.escape(notice.body, quote=False) if "body-markup" in able else notice.body
        hints = {"urgency": ("y", _QUIET if notice.quiet else _NORMAL), "desktop-entry": ("s", "rolecall")}
        icon = Path(notice.icon).as_uri() if notice.icon else "rolecall"
        replaced = 0 if before is None else before.number
        told = ("Rolecall", replaced, icon, notice.title, body, actions, hints, _BY_THE_DAEMON)
        bus.ask(_call("Notify", "susssasa{sv}i", told), lambda reply: self._told(wish, reply), self._told_late)

    def _told(self, wish: Wish, reply: Message | None) -> None:
        body = _body(reply)
        if reply is None or not body:
            self._refuse(wish)
            return
        tag = wish.notice.tag
        if self._wishes.get(tag) is not wish:
            # Over, or said otherwise, before it was on the screen
            self._told_late(reply)
            return
        self._shown[tag] = _Shown(_sender(reply), body[0], wish)

    def _told_late(self, reply: Message) -> None:
        shown = {each.number for each in self._shown.values()}
        body = _body(reply)
        if body and self._bus is not None and body[0] not in shown:
            self._bus.tell(_call("CloseNotification", "u", (body[0],), to=_sender(reply)))

    # --- What the daemon says ------------------------------------------------------------------------------------

    def _hear(self, message: Message) -> None:
        from jeepney import HeaderFields

        member = message.header.fields.get(HeaderFields.member)
        if member not in _SIGNALS or not message.body:
            return
        sender, number = _sender(message), message.body[0]
        found = (each for each in self._shown.values() if (each.daemon, each.number) == (sender, number))
        shown = next(found, None)
        if shown is None:
            return
        if member == "ActivationToken":
            self._activation[number] = str(message.body[1])
            return
        token = self._activation.pop(number, "")
        if member == "ActionInvoked":
            self._deliver(lambda: _raised(shown.wish.chosen, token))
            self.close(shown.wish.notice.tag)
        else:
            self._wishes.pop(shown.wish.notice.tag, None)
            self._shown.pop(shown.wish.notice.tag, None)


def _raised(chosen: Callable[[], None], token: str) -> None:
    """Wayland lets a window come to the front with the token of the click only; Qt takes it from there, once."""
    if token:
        os.environ[_TOKEN] = token
    try:
        chosen()
    finally:
        os.environ.pop(_TOKEN, None)


def _call(member: str, signature: str | None = None, body: tuple[Any, ...] = (), to: str = NAME) -> Message:
    from jeepney import DBusAddress, new_method_call

    return new_method_call(DBusAddress(PATH, bus_name=to, interface=NAME), member, signature, body)


def _body(reply: Message | None) -> tuple[Any, ...]:
    """What a call returned; nothing when it failed or was not answered."""
    from jeepney import MessageType

    returned = reply is not None and reply.header.message_type is MessageType.method_return
    return tuple(reply.body) if reply is not None and returned else ()


def _sender(message: Message) -> str:
    from jeepney import HeaderFields

    return str(message.header.fields.get(HeaderFields.sender, ""))


def _nothing(_reply: Message | None) -> None:
    """Whatever it says."""


def _session_bus() -> str:
    """The address of the session's bus; systemd's place for it where no variable tells one."""
    told = os.environ.get("DBUS_SESSION_BUS_ADDRESS", "")
    return told or f"unix:path={os.environ['XDG_RUNTIME_DIR']}/bus"
