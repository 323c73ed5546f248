"""A tray host that speaks StatusNotifierItem, as the panels of today's desktops do (freedesktop.org's specification).

Where there is one, Qt hands notifications to the desktop's daemon; where there are X11 trays alone it draws balloons.
"""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Self

from jeepney import HeaderFields, MessageType, message_bus, new_method_return
from jeepney.io.blocking import open_dbus_connection
from jeepney.wrappers import unwrap_msg

if TYPE_CHECKING:
    from jeepney import Message

NAME = "org.kde.StatusNotifierWatcher"
_INTROSPECTION = f"""<!DOCTYPE node PUBLIC "-//freedesktop//DTD D-BUS Object Introspection 1.0//EN"
"http://www.freedesktop.org/standards/dbus/1.0/introspect.dtd"><node><interface name="{NAME}">
<method name="RegisterStatusNotifierItem"><arg name="service" type="s" direction="in"/></method>
<property name="IsStatusNotifierHostRegistered" type="b" access="read"/>
<property name="ProtocolVersion" type="i" access="read"/></interface></node>"""


class StatusNotifiers:
    """Use it as a context manager; `items` are the bus names of the icons."""

    def __init__(self, session: str) -> None:
        self.items: list[str] = []
        self._connection = open_dbus_connection(session)
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._serve, name="tray host", daemon=True)

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
                message = self._connection.receive(timeout=0.2)
            except TimeoutError:
                continue
            if message.header.message_type is MessageType.method_call:
                self._connection.send(self._answer(message))

    def _answer(self, message: Message) -> Message:
        member = message.header.fields[HeaderFields.member]
        if member == "Introspect":
            return new_method_return(message, "s", (_INTROSPECTION,))
        if member == "Get":
            value = ("i", 0) if message.body[1] == "ProtocolVersion" else ("b", True)
            return new_method_return(message, "v", (value,))
        if member == "GetAll":
            return new_method_return(message, "a{sv}", ({"IsStatusNotifierHostRegistered": ("b", True)},))
        if member == "RegisterStatusNotifierItem":
            self.items.append(message.body[0])
        return new_method_return(message)
