"""Everything the window can do, by name: one table that keys, menus, palette and the shortcut sheet are made from."""

from __future__ import annotations

import enum
from types import MappingProxyType
from typing import TYPE_CHECKING

from PySide6.QtGui import QKeySequence

from app.domain.values import dataclass
from app.ui.acts import Act
from app.ui.session_model import Sort
from app.ui.text import tr

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


class Where(enum.Enum):
    """Where a command's key is heard."""

    ANYWHERE = "anywhere"
    LIST = "list"
    """While the list is shown, not under a page or a sheet."""
    ROWS = "rows"
    """While the keyboard is on the rows: in a text field the key belongs to the text."""


class Part(enum.Enum):
    """The part of the shortcut sheet a command stands in."""

    ROLE = "role"
    FIND = "find"
    EDIT = "edit"
    APP = "app"


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """One command. `words` is its name in menus and palette, `does` a sentence where that does not say it all.

    `keys` are portable names as `QKeySequence` reads them. `own` keys are heard by the widget that has the keyboard,
    the others are shortcuts of the window. `also` are words under which it can be found, too. `act` is set for what
    is done with one profile.
    """

    id: str
    words: Callable[[], str]
    icon: str = ""
    keys: tuple[str, ...] = ()
    does: Callable[[], str] | None = None
    also: Callable[[], str] | None = None
    where: Where = Where.ANYWHERE
    part: Part = Part.APP
    own: bool = False
    act: Act | None = None
    found: bool = True
    """Whether the palette offers it."""
    sort: Sort | None = None
    """Set for an order of the list."""


def _role(id_: str, act: Act, words: Callable[[], str], icon: str, **more: object) -> Command:
    facts: dict[str, object] = {"id": id_, "act": act, "words": words, "icon": icon}
    facts |= {"where": Where.LIST, "part": Part.ROLE}
    return Command(**(facts | more))  # type: ignore[arg-type]  # a table of keyword arguments


def _key(id_: str, key: str, words: Callable[[], str], **more: object) -> Command:
    facts: dict[str, object] = {"id": id_, "keys": (key,), "words": words}
    facts |= {"where": Where.ROWS, "part": Part.ROLE, "own": True, "found": False}
    return Command(**(facts | more))  # type: ignore[arg-type]  # a table of keyword arguments


def _sort(sort: Sort, words: Callable[[], str]) -> Command:
    return Command(id=f"sort {sort.value}", words=words, icon="sort", sort=sort, part=Part.FIND)


_ALL = (
    # --- With one profile ----------------------------------------------------------------------------------------
    _key("enter", "Return", lambda: tr("Assume, answer, retry or refresh; opens the console of a live role")),
    _role("assume", Act.ASSUME, lambda: tr("Assume"), "play", also=lambda: tr("start log in switch role")),
    _role("retry", Act.RETRY, lambda: tr("Retry"), "refresh"),
    _role("answer", Act.ANSWER, lambda: tr("Answer"), "person", also=lambda: tr("MFA code sign in")),
    _role("cancel", Act.CANCEL, lambda: tr("Cancel"), "close"),
    _role("refresh", Act.REFRESH, lambda: tr("Refresh now"), "refresh", keys=("Ctrl+R",), also=lambda: tr("renew")),
    _role("url", Act.COPY_URL, lambda: tr("Copy console sign-in URL"), "link", keys=("Ctrl+Shift+C",)),
    _role("console", Act.OPEN_CONSOLE, lambda: tr("Open console"), "open", keys=("Ctrl+O",)),
    _role(
        "environment", Act.COPY_ENVIRONMENT, lambda: tr("Copy environment"), "terminal", keys=("Ctrl+E",),
        also=lambda: tr("variables export shell"),
    ),
    _role("stop", Act.STOP, lambda: tr("Stop"), "stop", keys=("Ctrl+Shift+S",), also=lambda: tr("withdraw end")),
    _role("why", Act.WHY_DENIED, lambda: tr("Why denied…"), "info", also=lambda: tr("explain access denied")),
    _role("show", Act.DETAILS, lambda: tr("Show details"), "list"),
    _role("activity", Act.ACTIVITY, lambda: tr("Show activity"), "activity", also=lambda: tr("journal history")),
    _key("details", "Space", lambda: tr("Fold the details away, or bring them back"), where=Where.ROWS),
    _key("menu", "Menu", lambda: tr("Everything that can be done with it")),
    _key("more", "Shift+Up", lambda: tr("Select more roles; keys and buttons then mean all of them")),
    _key("besides", "Ctrl+Space", lambda: tr("Select this role too, or leave it out; go with Ctrl and the arrows")),
    _key("all", "Ctrl+A", lambda: tr("Select all roles of the list")),
    # --- Finding -------------------------------------------------------------------------------------------------
    Command(
        id="search", words=lambda: tr("Search the list"), icon="search", keys=("Ctrl+F",),
        part=Part.FIND, does=lambda: tr("Search the list; or just type"),
    ),
    Command(
        id="palette", words=lambda: tr("Commands"), icon="search", keys=("Ctrl+K",), part=Part.FIND, found=False,
        does=lambda: tr("Find anything: profiles, actions, pages"),
    ),
    _key("fold", "Left", lambda: tr("Fold a group, or unfold it"), part=Part.FIND),
    Command(
        id="back", words=lambda: tr("Back"), keys=("Esc",), where=Where.LIST, part=Part.FIND, found=False,
        does=lambda: tr("Back: out of a page, the search, or what the sidebar shows"),
    ),
    # --- Making and changing -------------------------------------------------------------------------------------
    Command(
        id="new", words=lambda: tr("New role…"), icon="plus", keys=("Ctrl+N",), part=Part.EDIT,
        also=lambda: tr("add create profile"),
    ),
    _role("edit", Act.EDIT, lambda: tr("Edit…"), "edit", keys=("F2",), part=Part.EDIT),
    _role("duplicate", Act.DUPLICATE, lambda: tr("Duplicate…"), "duplicate", keys=("Ctrl+D",), part=Part.EDIT),
    _role("twin", Act.TWIN, lambda: tr("Read-only twin"), "eye", part=Part.EDIT),
    _key("move", "Alt+Up", lambda: tr("Move the role up or down, into the next group too"), part=Part.EDIT),
    _role("pin", Act.PIN, lambda: tr("Pin"), "pin", part=Part.EDIT),
    _role("unpin", Act.PIN, lambda: tr("Take the pin out"), "pin", part=Part.EDIT),
    _role("export", Act.EXPORT, lambda: tr("Export…"), "upload", part=Part.EDIT, also=lambda: tr("share colleague")),
    _role(
        "delete", Act.DELETE, lambda: tr("Delete"), "trash", keys=("Del",), where=Where.ROWS, part=Part.EDIT,
        does=lambda: tr("Delete, with ten seconds to undo it"), also=lambda: tr("remove"),
    ),
    Command(
        id="undo", words=lambda: tr("Undo"), keys=("Ctrl+Z",), where=Where.LIST, part=Part.EDIT, found=False,
        does=lambda: tr("Undo what was deleted, while that is offered"),
    ),
    Command(id="new identity", words=lambda: tr("New IAM user…"), icon="key", also=lambda: tr("add identity")),
    Command(id="new saml", words=lambda: tr("New SAML provider…"), icon="shield", also=lambda: tr("add")),
    Command(id="new oidc", words=lambda: tr("New OpenID Connect provider…"), icon="globe", also=lambda: tr("add")),
    Command(id="import", words=lambda: tr("Import from AWS config…"), icon="download"),
    Command(
        id="take", words=lambda: tr("Import profiles from a file…"), icon="file", also=lambda: tr("colleague share")
    ),
    Command(
        id="export all", words=lambda: tr("Export profiles…"), icon="upload", also=lambda: tr("share colleague file")
    ),
    _sort(Sort.GROUP, lambda: tr("By group")),
    _sort(Sort.NAME, lambda: tr("By name")),
    _sort(Sort.STATUS, lambda: tr("By status, what needs you first")),
    _sort(Sort.TIME_LEFT, lambda: tr("By time left")),
    _sort(Sort.ACCOUNT, lambda: tr("By account")),
    # --- The application -----------------------------------------------------------------------------------------
    Command(
        id="refresh all", words=lambda: tr("Refresh all"), icon="refresh", keys=("Ctrl+Shift+R",),
        also=lambda: tr("renew everything"),
    ),
    Command(
        id="top up", words=lambda: tr("Top up everything now"), icon="gauge",
        does=lambda: tr("Renew everything, with at most one code for each device and one sign-in for each provider"),
    ),
    Command(id="stop all", words=lambda: tr("Stop all"), icon="stop", also=lambda: tr("withdraw everything")),
    Command(id="settings", words=lambda: tr("Settings"), icon="settings", keys=("Ctrl+,",), also=lambda: tr("options")),
    Command(id="theme light", words=lambda: tr("Light theme"), icon="eye", also=lambda: tr("appearance")),
    Command(id="theme dark", words=lambda: tr("Dark theme"), icon="hidden", also=lambda: tr("appearance night")),
    Command(id="theme system", words=lambda: tr("Theme of the system"), icon="window", also=lambda: tr("appearance")),
    Command(
        id="shortcuts", words=lambda: tr("Keyboard shortcuts"), icon="info", keys=("?", "F1"), also=lambda: tr("help")
    ),
    Command(id="quit", words=lambda: tr("Quit"), icon="power", keys=("Ctrl+Q",), also=lambda: tr("exit end")),
)  # fmt: skip

COMMANDS: Mapping[str, Command] = MappingProxyType({each.id: each for each in _ALL})
"""By ID, in the order of the menus."""


def command(id_: str) -> Command:
    """A command that there is."""
    return COMMANDS[id_]


def words(id_: str) -> str:
    """Its name, as in every menu."""
    return COMMANDS[id_].words()


def key(id_: str) -> str:
    """Its first key as people know it here (“Ctrl+R”, “⌘R”), or an empty string."""
    keys = COMMANDS[id_].keys
    return shown(keys[0]) if keys else ""


def shown(portable: str) -> str:
    """A key as people know it here."""
    return QKeySequence(portable).toString(QKeySequence.SequenceFormat.NativeText)


def caps(portable: str) -> tuple[str, ...]:
    """The caps of a key, one for each that has to be held."""
    named = {"Return": tr("Enter"), "Up": "↑", "Down": "↓", "Left": "← →", "Menu": tr("Menu key")}
    if portable in named:
        return (named[portable],)
    native = shown(portable)
    held = tuple(part for part in native.split("+") if part) or (native,)
    # With a key held both arrows do something; the first stands for them in the table
    return (*held[:-1], "↑ ↓") if portable.endswith("+Up") else held


def part_words(part: Part) -> str:
    """The heading of a part of the shortcut sheet."""
    return {
        Part.ROLE: tr("The chosen role"),
        Part.FIND: tr("Finding"),
        Part.EDIT: tr("Making and changing"),
        Part.APP: tr("Everything"),
    }[part]
