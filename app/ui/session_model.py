"""The rows of the list: group headers and sessions, filtered and sorted, as one plain Python list."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from app.domain.view import SessionView, Status
from app.ui import text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import datetime

_NO_PARENT = QModelIndex()
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
        self._rows: list[Row] = []
        self._place: dict[str, int] = {}
        self._words: tuple[str, ...] = ()
        self._show = Show.ALL
        self._source = ""
        self._sort = Sort.GROUP
        self._folded: set[str] = set()

    # --- What is shown ---------------------------------------------------------------------------------------------

    def take(self, views: Iterable[SessionView]) -> None:
        """Show these sessions."""
        known = {entry.view.name: entry for entry in self._entries}
        entries = []
        for view in views:
            old = known.get(view.name)
            if old is not None and old.view is view:
                entries.append(old)
            else:
                entries.append(_Entry(view, _words(view)))
        self._entries = entries
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

    # --- Rows ------------------------------------------------------------------------------------------------------

    def rows(self) -> list[Row]:
        """The rows as they are shown. Not to be changed."""
        return self._rows

    def row_of(self, name: str) -> int:
        """Where a profile is shown, or -1."""
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
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren

    # --- Inside ----------------------------------------------------------------------------------------------------

    def _rebuild(self) -> None:
        fresh = self._arranged()
        if [_key(row) for row in fresh] != [_key(row) for row in self._rows]:
            self.beginResetModel()
            self._rows = fresh
            self._place = {row.name: i for i, row in enumerate(fresh) if not isinstance(row, Header)}
            self.endResetModel()
            return
        before, self._rows = self._rows, fresh
        for i, (old, new) in enumerate(zip(before, fresh, strict=True)):
            if old is not new and old != new:
                index = self.index(i)
                self.dataChanged.emit(index, index)

    def _arranged(self) -> list[Row]:
        now = self._clock()
        kept = [entry.view for entry in self._entries if self._keeps(entry, now)]
        if self._sort is not Sort.GROUP:
            return [*sorted(kept, key=self._sort_key(now))]
        groups: dict[str, list[SessionView]] = {}
        for view in kept:
            groups.setdefault(view.group, []).append(view)
        if set(groups) <= {""}:
            return list(kept)
        rows: list[Row] = []
        # Roles without a group stand last, whatever their place in the file.
        for group in sorted(groups, key=lambda each: not each):
            members = groups[group]
            folded = group in self._folded and not self._words
            rows.append(Header(group, len(members), sum(view.live(now) for view in members), folded))
            if not folded:
                rows.extend(members)
        return rows

    def _keeps(self, entry: _Entry, now: datetime) -> bool:
        view = entry.view
        if self._words and not all(word in entry.words for word in self._words):
            return False
        if self._source:
            return view.source_name == self._source or any(link.name == self._source for link in view.chain[:-1])
        return shows(self._show, view, now)

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


def _words(view: SessionView) -> str:
    parts = (
        view.name,
        view.role_name,
        view.account,
        view.region,
        view.group,
        view.source_name,
        view.published_as,
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
