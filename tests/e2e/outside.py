"""A program outside the window, as a screen reader is: it knows what AT-SPI says, and does what AT-SPI lets it do.

Plain D-Bus by jeepney, so that it needs neither a system's Python nor the toolkit that the window is made with. The
interfaces are those of at-spi2-core (org.a11y.atspi.Accessible, Action, Selection, Text, EditableText, Component).
"""

from __future__ import annotations

import time
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

import pytest
from jeepney import DBusAddress, HeaderFields, MatchRule, Properties, message_bus, new_method_call
from jeepney.io.blocking import DBusConnection, open_dbus_connection
from jeepney.wrappers import DBusErrorResponse, unwrap_msg

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

T = TypeVar("T")
PATIENCE = 60.0
_ATSPI = "org.a11y.atspi."
_ROOT, _REGISTRY = "/org/a11y/atspi/accessible/root", "org.a11y.atspi.Registry"
_ENABLED, _FOCUSED, _SHOWING, _CHECKED, _SELECTED = 8, 12, 25, 4, 23
_SHOWS = "object:state-changed:showing"
_SYMBOL = 4
"""KEY_SYM of DeviceEventController.GenerateKeyboardEvent: press and release by key symbol."""
CONTROLS = frozenset(
    {
        "push button", "check box", "radio button", "toggle button", "text", "password text", "combo box",
        "spin button",
        "list", "list item", "menu item", "check menu item", "radio menu item", "page tab", "slider", "link", "table",
        "tree", "table cell", "push button menu", "editbar", "entry",
    }
)  # fmt: skip
"""Roles a person can do something with, so that each needs a name."""


class Bus:
    """A connection to the accessibility bus of a session, which is told that somebody listens."""

    def __init__(self, session: str) -> None:
        self._session = open_dbus_connection(session)
        a11y = DBusAddress("/org/a11y/bus", "org.a11y.Bus", "org.a11y.Bus")
        address = unwrap_msg(self._session.send_and_get_reply(new_method_call(a11y, "GetAddress")))[0]
        status = Properties(a11y.with_interface("org.a11y.Status"))
        self._session.send_and_get_reply(status.set("IsEnabled", "b", True))
        self._bus: DBusConnection = open_dbus_connection(address)

    def close(self) -> None:
        self._bus.close()
        self._session.close()

    def call(self, thing: Thing, interface: str, method: str, signature: str = "", *body: object) -> Any:  # noqa: ANN401  # as answered
        address = DBusAddress(thing.path, thing.owner, _ATSPI + interface)
        message = new_method_call(address, method, signature or None, body)
        return unwrap_msg(self._bus.send_and_get_reply(message, timeout=PATIENCE))

    def property(self, thing: Thing, interface: str, name: str) -> Any:  # noqa: ANN401  # as answered
        address = DBusAddress(thing.path, thing.owner, _ATSPI + interface)
        return unwrap_msg(self._bus.send_and_get_reply(Properties(address).get(name), timeout=PATIENCE))[0][1]

    def press_key(self, symbol: int) -> None:
        """Have the registry press a key, for whoever has the keyboard."""
        address = DBusAddress(
            "/org/a11y/atspi/registry/deviceeventcontroller", _REGISTRY, _ATSPI + "DeviceEventController"
        )
        message = new_method_call(address, "GenerateKeyboardEvent", "isu", (symbol, "", _SYMBOL))
        unwrap_msg(self._bus.send_and_get_reply(message, timeout=PATIENCE))

    @contextmanager
    def menus(self) -> Iterator[Callable[[], Thing]]:
        """Meanwhile hear which menus pop up; call what is yielded to wait for the next.

        Qt tells of a menu as it shows, and gives its children and its parent; among the application's own children it
        counts no window that pops up (QAccessibleApplication). Screen readers learn of menus in this way, too.
        """
        registry = DBusAddress("/org/a11y/atspi/registry", _REGISTRY, _REGISTRY)
        wanted: tuple[str, list[str], str] = (_SHOWS, [], "")
        unwrap_msg(self._bus.send_and_get_reply(new_method_call(registry, "RegisterEvent", "sass", wanted)))
        rule = MatchRule(type="signal", interface=_ATSPI + "Event.Object", member="StateChanged")
        unwrap_msg(self._bus.send_and_get_reply(message_bus.AddMatch(rule)))
        with self._bus.filter(rule, bufsize=10_000) as heard:

            def look() -> Thing | None:
                Thing(self, _REGISTRY, _ROOT).children()  # an answer brings along what was said before it
                while heard:
                    message = heard.popleft()
                    fields = message.header.fields
                    one = Thing(self, fields[HeaderFields.sender], fields[HeaderFields.path])
                    if message.body[:2] == ("showing", 1) and one.role == "popup menu":
                        return one
                return None

            yield lambda: until(look, "a menu pops up")
        unwrap_msg(self._bus.send_and_get_reply(message_bus.RemoveMatch(rule)))
        unwrap_msg(self._bus.send_and_get_reply(new_method_call(registry, "DeregisterEvent", "s", (_SHOWS,))))

    def application(self, name: str) -> Thing:
        """Wait for the program of that name."""

        def look() -> Thing | None:
            desktop = Thing(self, _REGISTRY, _ROOT)
            return next((each for each in desktop.children() if each.name == name), None)

        return until(look, f"{name} is on the accessibility bus")


@dataclass(frozen=True, slots=True)
class Thing:
    """Something accessible: an application, a window, a control, a row."""

    bus: Bus
    owner: str
    path: str

    @property
    def name(self) -> str:
        return str(self.bus.property(self, "Accessible", "Name"))

    @property
    def role(self) -> str:
        return str(self.bus.call(self, "Accessible", "GetRoleName")[0])

    @property
    def parent(self) -> Thing:
        owner, path = self.bus.property(self, "Accessible", "Parent")
        return Thing(self.bus, owner, path)

    @property
    def states(self) -> frozenset[int]:
        low, high = self.bus.call(self, "Accessible", "GetState")[0]
        bits = low | high << 32
        return frozenset(bit for bit in range(64) if bits >> bit & 1)

    @property
    def showing(self) -> bool:
        return _SHOWING in self.states

    @property
    def enabled(self) -> bool:
        return _ENABLED in self.states

    @property
    def checked(self) -> bool:
        return bool(self.states & {_CHECKED, _SELECTED})

    @property
    def focused(self) -> bool:
        return _FOCUSED in self.states

    @property
    def actions(self) -> tuple[str, ...]:
        try:
            return tuple(name for name, _, _ in self.bus.call(self, "Action", "GetActions")[0])
        except DBusErrorResponse:
            return ()

    @property
    def text(self) -> str:
        return str(self.bus.call(self, "Text", "GetText", "ii", 0, -1)[0])

    def children(self) -> list[Thing]:
        found = self.bus.call(self, "Accessible", "GetChildren")[0]
        return [Thing(self.bus, owner, path) for owner, path in found]

    def below(self) -> Iterator[Thing]:
        """Everything that shows in here, from the top. What a list holds beyond its edge belongs to it."""
        for child in self.children():
            try:
                if not child.showing and child.role not in {"list item", "menu item", "table cell"}:
                    continue
                yield child
                yield from child.below()
            except DBusErrorResponse:
                continue  # gone while we looked

    def find(self, role: str, name: str) -> Thing | None:
        """The first in here of that role whose name is `name`, or begins with it and a comma."""
        for each in self.below():
            said = each.name
            if (said == name or said.startswith((name + ",", name + ":"))) and each.role == role:
                return each
        return None

    def get(self, role: str, name: str) -> Thing:
        """Wait for it."""
        return until(lambda: self.find(role, name), f"there is a {role} {name!r}", self.tree)

    def do(self, action: str = "Press") -> None:
        """Do one of its actions, by name."""
        self.bus.call(self, "Action", "DoAction", "i", self.actions.index(action))

    def press(self, role: str, name: str) -> None:
        """Press a control in here."""
        self.get(role, name).do("Press")

    def write(self, text: str) -> None:
        """Put a text in the place of what a field holds."""
        self.bus.call(self, "EditableText", "SetTextContents", "s", text)

    def tree(self) -> str:
        """All that shows, as words, for a failed test."""
        return "\n".join(f"  {each.role} {each.name!r} {' '.join(each.actions)}" for each in self.below())


def row(window: Thing, name: str) -> Thing:
    """A role's row."""
    return window.get("list", "Roles").get("list item", name)


def says(window: Thing, name: str, word: str) -> None:
    """Wait until a role's row says so."""
    until(lambda: f", {word}" in row(window, name).name, f"{name} is {word}", window.tree)


def search(window: Thing, name: str) -> Thing:
    """Search for a role; its details."""
    window.get("text", "Search roles").write(name)
    return details(window, name)


def details(window: Thing, name: str) -> Thing:
    """Wait for the details of a role."""
    panel = window.get("filler", "Details")
    until(lambda: panel.find("label", name), f"the details of {name} are there", window.tree)
    return panel


def until(look: Callable[[], T | None], what: str, told: Callable[[], str] | None = None) -> T:
    """Wait until `look` finds something, and return it."""
    ends = time.monotonic() + PATIENCE
    while time.monotonic() < ends:
        try:
            if found := look():
                return found
        except DBusErrorResponse:
            pass  # it went away while we looked
        time.sleep(0.1)
    return pytest.fail(f"waited in vain until {what}\n{told() if told else ''}", pytrace=False)


def faults(place: Thing) -> list[str]:
    """What is wrong with the names of what shows in here."""
    return _unnamed(place) + _alike(place)


def _unnamed(place: Thing) -> list[str]:
    """Controls without a name, by role and by what holds them."""
    return [f"a {each.role} in {_line(place)}" for each in place.below() if each.role in CONTROLS and not each.name]


def _alike(place: Thing) -> list[str]:
    """Controls beside each other that cannot be told apart."""
    found = []
    for each in (place, *place.below()):
        inside = [(child.role, child.name) for child in each.children() if child.showing and child.role in CONTROLS]
        found += [
            f"{inside.count(one)} times {one} in {_line(each)}"
            for one in dict.fromkeys(inside)
            if inside.count(one) > 1
        ]
    return found


def _line(thing: Thing) -> str:
    return f"{thing.role} {thing.name!r}"
