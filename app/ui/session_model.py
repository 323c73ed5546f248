"""The rows of the list: group headers and sessions, filtered and sorted, as one plain Python list."""

from __future__ import annotations

import enum
from typing import TYPE_CHECKING, TypeAlias

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from app.domain.values import dataclass
from app.domain.view import SessionView, Status
from app.ui import text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import datetime

_NO_PARENT = QModelIndex()
_OF_SESSION = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren
"""Put together once: it is asked for at each painting of each row."""
_ORDER = {
    Status.WAITING: 0,
    Status.FAILED: 1,
    Status.EXPIRING: 2,
    Status.REFRESHING: 3,
    Status.ACQUIRING: 4,
    Status.ACTIVE: 5,
    Status.EXPIRED: 6,
    Status.IDLE: 7,
}


class Sort(enum.Enum):
    """The order inside the groups, or across all."""

    GROUP = "group"
    """By group; inside it as the settings file has them."""
    NAME = "name"
    TIME_LEFT = "time left"
    STATUS = "status"
    ACCOUNT = "account"


class Show(enum.Enum):
    """Which rows the sidebar asks for."""

    ALL = "roles"
    NEEDS_YOU = "needs you"
    ACTIVE = "active"
    PINNED = "pinned"


class Role:
    """Data roles of the model."""

    ROW = Qt.ItemDataRole.UserRole + 1
    """The `SessionView` or `Header` itself."""
    NAME = Qt.ItemDataRole.UserRole + 2


@dataclass(frozen=True, slots=True)
class Header:
    """A group's line: how many roles it holds and how many of them have working credentials."""

    group: str
    roles: int
    live: int
    folded: bool


Row: TypeAlias = Header | SessionView
Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class _Entry:
    view: SessionView
    words: str


class SessionModel(QAbstractListModel):
    """Takes session views, gives rows.

    `clock` tells the present (UTC). Searching looks at one lower-cased string for each row; all words must occur.
    """

    def __init__(self, clock: Callable[[], datetime], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._clock = clock
        self._entries: list[_Entry] = []
        self._found: tuple[tuple[str, ...], list[_Entry]] | None = None
        self._rows: list[Row] = []
        self._place: dict[str, int] | None = None
        self._words: tuple[str, ...] = ()
        self._show = Show.ALL
        self._source = ""
        self._sort = Sort.GROUP
        self._folded: set[str] = set()

    # --- What is shown ---------------------------------------------------------------------------------------------

    def take(self, views: Iterable[SessionView]) -> None:
        """Show these sessions."""
        known = {id(entry.view): entry for entry in self._entries}
        self._entries = [known.get(id(view)) or _Entry(view, _words(view)) for view in views]
        self._found = None
        self._rebuild()

    def search(self, wish: str) -> None:
        """Show only what holds all these words."""
        words = tuple(wish.lower().split())
        if words != self._words:
            self._words = words
            self._rebuild()

    def show_only(self, show: Show, source: str = "") -> None:
        """Show what the sidebar asks for: a filter, or all that start from one source."""
        if (show, source) != (self._show, self._source):
            self._show, self._source = show, source
            self._rebuild()

    def sort_by(self, sort: Sort) -> None:
        """Change the order."""
        if sort is not self._sort:
            self._sort = sort
            self._rebuild()

    def fold(self, group: str) -> None:
        """Fold a group, or unfold it."""
        self._folded ^= {group}
        self._rebuild()

    def set_folded(self, groups: Iterable[str]) -> None:
        """Fold exactly these groups."""
        self._folded = set(groups)
        self._rebuild()

    @property
    def folded(self) -> tuple[str, ...]:
        """The folded groups, in order of name."""
        return tuple(sorted(self._folded))

    @property
    def shown(self) -> Show:
        """What the sidebar asked for."""
        return self._show

    @property
    def source(self) -> str:
        """The source whose roles are shown, or an empty string."""
        return self._source

    @property
    def sorting(self) -> Sort:
        """The present order."""
        return self._sort

    @property
    def filtered(self) -> bool:
        """Whether something is kept out by search or sidebar."""
        return bool(self._words or self._source) or self._show is not Show.ALL

    @property
    def searching(self) -> bool:
        """Whether there are words to search for."""
        return bool(self._words)

    @property
    def arrangeable(self) -> bool:
        """Whether the rows stand as the settings file has them, so that they can be moved."""
        return self._sort is Sort.GROUP and not self.filtered

    def groups(self) -> tuple[str, ...]:
        """The names of all groups, in the order of the file; an empty one stands for roles without a group."""
        return tuple(dict.fromkeys(entry.view.group for entry in self._entries))

    def names(self) -> tuple[str, ...]:
        """The names of all profiles, also of those not shown, in the order of the file."""
        return tuple(entry.view.name for entry in self._entries)

    # --- Rows ------------------------------------------------------------------------------------------------------

    def rows(self) -> list[Row]:
        """The rows as they are shown. Not to be changed."""
        return self._rows

    def row_of(self, name: str) -> int:
        """Where a profile is shown, or -1."""
        if self._place is None:
            self._place = {row.name: i for i, row in enumerate(self._rows) if not isinstance(row, Header)}
        return self._place.get(name, -1)

    def view_at(self, row: int) -> SessionView | None:
        """The session in a row; None for headers and places that are not there."""
        if not 0 <= row < len(self._rows):
            return None
        found = self._rows[row]
        return None if isinstance(found, Header) else found

    def header_above(self, row: int) -> int:
        """The row of the header a row belongs to, or -1."""
        return next((i for i in range(min(row, len(self._rows) - 1), -1, -1) if isinstance(self._rows[i], Header)), -1)

    def rowCount(self, parent: Index = _NO_PARENT) -> int:
        """The number of rows; a list has no children."""
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Names for display, sentences for screen readers, the row itself for the delegate."""
        if not index.isValid() or not 0 <= index.row() < len(self._rows):
            return None
        row = self._rows[index.row()]
        if role == Role.ROW:
            return row
        if isinstance(row, Header):
            return _header_data(row, role)
        if role in {Qt.ItemDataRole.DisplayRole, Role.NAME}:
            return row.name
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return text.spoken(row, self._clock())
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Sessions can be selected, headers only used."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        if isinstance(self._rows[index.row()], Header):
            return Qt.ItemFlag.ItemIsEnabled
        return _OF_SESSION

    # --- Inside ----------------------------------------------------------------------------------------------------

    def _rebuild(self) -> None:
        fresh = self._arranged()
        before = self._rows
        if not _same_places(before, fresh):
            self.beginResetModel()
            self._rows = fresh
            self._place = None
            self.endResetModel()
            return
        self._rows = fresh
        for i, (old, new) in enumerate(zip(before, fresh, strict=True)):
            if old is not new and old != new:
                index = self.index(i)
                self.dataChanged.emit(index, index)

    def _arranged(self) -> list[Row]:
        now = self._clock()
        kept = self._kept(now)
        if self._sort is not Sort.GROUP:
            return [*sorted(kept, key=self._sort_key(now))]
        groups: dict[str, list[SessionView]] = {}
        for view in kept:
            members = groups.get(view.group)
            if members is None:
                groups[view.group] = [view]
            else:
                members.append(view)
        if set(groups) <= {""}:
            return [*kept]
        rows: list[Row] = []
        # Roles without a group stand last, whatever their place in the file.
        for group in sorted(groups, key=lambda each: not each):
            members = groups[group]
            folded = group in self._folded and not self._words
            live = sum([each.expires is not None and each.expires > now for each in members])
            rows.append(Header(group, len(members), live, folded))
            if not folded:
                rows += members
        return rows

    def _kept(self, now: datetime) -> list[SessionView]:
        found = self._matching()
        if self._source:
            return [entry.view for entry in found if starts_from(entry.view, self._source)]
        if self._show is Show.ALL:
            return [entry.view for entry in found]
        return [entry.view for entry in found if shows(self._show, entry.view, now)]

    def _matching(self) -> list[_Entry]:
        """The entries that hold all words; one more letter looks only at what was found before it."""
        words = self._words
        if not words:
            return self._entries
        found = self._entries
        if self._found is not None and all(any(old in word for word in words) for old in self._found[0]):
            found = self._found[1]
        for word in words:
            found = [entry for entry in found if word in entry.words]
        self._found = (words, found)
        return found

    def _sort_key(self, now: datetime) -> Callable[[SessionView], tuple[object, ...]]:
        def left(view: SessionView) -> float:
            return view.expires.timestamp() if view.expires is not None and view.expires > now else float("inf")

        keys: dict[Sort, Callable[[SessionView], tuple[object, ...]]] = {
            Sort.NAME: lambda view: (view.name.lower(),),
            Sort.TIME_LEFT: lambda view: (left(view), view.name.lower()),
            Sort.STATUS: lambda view: (_ORDER[text.shown(view, now)], left(view), view.name.lower()),
            Sort.ACCOUNT: lambda view: (view.account, view.name.lower()),
        }
        return keys[self._sort]


def shows(show: Show, view: SessionView, now: datetime) -> bool:
    """Whether a sidebar entry counts a session."""
    if show is Show.NEEDS_YOU:
        return view.status is Status.WAITING
    if show is Show.ACTIVE:
        return view.live(now)
    return view.pinned if show is Show.PINNED else True


def starts_from(view: SessionView, source: str) -> bool:
    """Whether a source is where a session's chain begins, or one of its links."""
    return view.source_name == source or any(link.name == source for link in view.chain[:-1])


def _same_places(before: list[Row], after: list[Row]) -> bool:
    return len(before) == len(after) and all(
        old is new or _key(old) == _key(new) for old, new in zip(before, after, strict=True)
    )


def _words(view: SessionView) -> str:
    parts = (
        view.name,
        view.role_name,
        view.account,
        view.region,
        view.group,
        view.source_name,
        *(link.name for link in view.chain[:-1]),
        view.published_as,
        "MFA" if view.mfa else "",
    )
    return "\n".join(part for part in parts if part).lower()


def _key(row: Row) -> tuple[str, str]:
    return ("group", row.group) if isinstance(row, Header) else ("role", row.name)


def group_words(header: Header) -> str:
    """What stands at the right of a header."""
    roles = text.plural(header.roles, "{n} role", "{n} roles")
    return f"{roles}, {text.tr('{n} active').format(n=header.live)}" if header.live else roles


def group_name(header: Header) -> str:
    """The name of a group; roles without one have a name for it, too."""
    return header.group or text.tr("Other roles")


def _header_data(header: Header, role: int) -> object:
    if role == Qt.ItemDataRole.DisplayRole:
        return group_name(header)
    if role == Qt.ItemDataRole.AccessibleTextRole:
        state = text.tr("folded") if header.folded else text.tr("unfolded")
        return f"{group_name(header)}, {group_words(header)}, {state}"
    return None
