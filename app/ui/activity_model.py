"""What happened as rows: days, and below each its entries, newest first; filtered by words, kind and profile."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, TypeAlias

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from app.domain.happening import Happening, What
from app.domain.values import dataclass
from app.ui import activity_words, text
from app.ui.text import tr

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

Index = QModelIndex | QPersistentModelIndex
_NO_PARENT = QModelIndex()
_DAY = timedelta(days=1)


class Role:
    """Data roles of the model."""

    ROW = Qt.ItemDataRole.UserRole + 1
    """The `Happening` or `Day` itself."""


@dataclass(frozen=True, slots=True)
class Day:
    """The line over the entries of a day where the person is."""

    day: date
    count: int


Row: TypeAlias = Day | Happening


class ActivityModel(QAbstractListModel):
    """Takes entries, newest first. `clock` tells the present (UTC)."""

    def __init__(self, clock: Callable[[], datetime], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._clock = clock
        self._entries: tuple[Happening, ...] = ()
        self._texts: list[str] = []
        """What the filter looks at, of as many entries as are prepared, the newest first."""
        self._words: tuple[str, ...] = ()
        self._what: What | None = None
        self._profile = ""
        self._rows: list[Row] = []
        self._shown = 0

    # --- What is shown ---------------------------------------------------------------------------------------------

    def take(self, entries: tuple[Happening, ...]) -> None:
        """Show these entries."""
        old = self._entries
        if entries == old:
            return
        fresh = len(entries) - len(old)
        # Nearly always something new came, and the rest stayed.
        stayed = fresh >= 0 and entries[fresh:] == old
        self._texts = activity_words.searched(entries[:fresh]) + self._texts if stayed and self._texts else []
        self._entries = entries
        self._rebuild()

    def prepare(self, most: int) -> bool:
        """Make ready to search in so many more entries, so that the first letter need not; False when all are."""
        begin = len(self._texts)
        self._texts += activity_words.searched(self._entries[begin : begin + most])
        return len(self._texts) < len(self._entries)

    def search(self, wish: str) -> None:
        """Show only what holds all these words."""
        words = tuple(wish.lower().split())
        if words != self._words:
            self._words = words
            self._rebuild()

    def show_only(self, what: What | None, profile: str) -> None:
        """Show one kind, or all; of one profile, or all."""
        if (what, profile) != (self._what, self._profile):
            self._what, self._profile = what, profile
            self._rebuild()

    def rebuild(self) -> None:
        """Name the days anew: another one has begun."""
        self._rebuild()

    @property
    def filtered(self) -> bool:
        """Whether anything is kept out."""
        return bool(self._words or self._profile) or self._what is not None

    @property
    def total(self) -> int:
        """The number of entries, shown or not."""
        return len(self._entries)

    @property
    def shown(self) -> int:
        """The number of entries shown."""
        return self._shown

    def profiles(self) -> tuple[str, ...]:
        """Everything that has a name in the entries, in order of name."""
        return tuple(sorted({entry.profile for entry in self._entries if entry.profile}, key=str.lower))

    # --- Rows ------------------------------------------------------------------------------------------------------

    def rows(self) -> list[Row]:
        """The rows as they are shown. Not to be changed."""
        return self._rows

    def entries(self) -> list[Happening]:
        """The entries as they are shown."""
        return [row for row in self._rows if isinstance(row, Happening)]

    def entry_at(self, place: int) -> Happening | None:
        """The entry in a row; None for days and places that are not there."""
        row = self._rows[place] if 0 <= place < len(self._rows) else None
        return row if isinstance(row, Happening) else None

    def places_of(self, entries: Iterable[Happening]) -> list[int]:
        """Where these entries stand, as far as they are shown, in order."""
        # By their times first: to hash thousands of entries with all that is in them takes too long.
        wanted: dict[datetime, list[Happening]] = {}
        for entry in entries:
            wanted.setdefault(entry.at, []).append(entry)
        if not wanted:
            return []
        return [
            place
            for place, row in enumerate(self._rows)
            if isinstance(row, Happening) and row.at in wanted and row in wanted[row.at]
        ]

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
        if role == Qt.ItemDataRole.DisplayRole:
            return self.day_name(row) if isinstance(row, Day) else activity_words.title(row)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            if isinstance(row, Happening):
                return activity_words.spoken(row)
            return tr("{day}, {count}").format(day=self.day_name(row), count=count_words(row.count))
        return None

    def day_name(self, row: Day) -> str:
        """Today, yesterday, or the date."""
        return activity_words.day_word(row.day, self._clock().astimezone().date())

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Entries can be selected, days only read."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        plain = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemNeverHasChildren
        return plain if isinstance(self._rows[index.row()], Day) else plain | Qt.ItemFlag.ItemIsSelectable

    # --- Inside ----------------------------------------------------------------------------------------------------

    def _rebuild(self) -> None:
        kept = self._kept()
        rows: list[Row] = []
        for day, entries in _days(kept):
            rows.append(Day(day, len(entries)))
            rows.extend(entries)
        self.beginResetModel()
        self._rows, self._shown = rows, len(kept)
        self.endResetModel()

    def _kept(self) -> list[Happening]:
        kept: list[Happening] = list(self._entries)
        if self._words:
            self.prepare(len(self._entries))
            pairs = list(zip(self._entries, self._texts, strict=True))
            for word in self._words:
                pairs = [pair for pair in pairs if word in pair[1]]
            kept = [entry for entry, _text in pairs]
        if self._what is not None:
            kept = [entry for entry in kept if entry.what is self._what]
        if self._profile:
            kept = [entry for entry in kept if entry.profile == self._profile]
        return kept


def _days(entries: list[Happening]) -> list[tuple[date, list[Happening]]]:
    """Entries by day where the person is. Asks for a day's bounds once: to ask for each entry's day takes too long."""
    days: list[tuple[date, list[Happening]]] = []
    begin = end = datetime.min.replace(tzinfo=UTC)
    for entry in entries:
        if not begin <= entry.at < end:
            day = entry.at.astimezone().date()
            begin, end = _midnight(day), _midnight(day + _DAY)
            days.append((day, []))
        days[-1][1].append(entry)
    return days


def _midnight(day: date) -> datetime:
    # A time without a zone is taken for one of this computer.
    return datetime.combine(day, time()).astimezone(UTC)


def count_words(count: int) -> str:
    """How many entries."""
    return text.plural(count, "{n} entry", "{n} entries")
