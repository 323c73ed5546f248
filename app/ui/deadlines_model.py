"""The rows of the line of time, as a model."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from app.domain.deadlines import Deadlines
from app.ui import deadlines_words
from app.ui.widgets import tip

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from app.domain.deadlines import Deadline

Index = QModelIndex | QPersistentModelIndex
_NO_PARENT = QModelIndex()
ROW = Qt.ItemDataRole.UserRole + 1
"""The `Deadline` itself."""


class DeadlinesModel(QAbstractListModel):
    """Takes deadlines, gives rows. `clock` tells the present (UTC)."""

    def __init__(self, clock: Callable[[], datetime], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._clock = clock
        self.deadlines = Deadlines()

    def take(self, deadlines: Deadlines) -> None:
        """Show these; where the rows stay, only those between the first and the last change are told of, at once."""
        before, after = self.deadlines.rows, deadlines.rows
        if [row.key for row in before] != [row.key for row in after]:
            self.beginResetModel()
            self.deadlines = deadlines
            self.endResetModel()
            return
        self.deadlines = deadlines
        pairs = enumerate(zip(before, after, strict=True))
        changed = [place for place, (old, new) in pairs if old is not new and old != new]
        if changed:
            self.dataChanged.emit(self.index(changed[0]), self.index(changed[-1]))

    def row_at(self, place: int) -> Deadline | None:
        """The row at a place; None where there is none."""
        rows = self.deadlines.rows
        return rows[place] if 0 <= place < len(rows) else None

    def place_of(self, key: str) -> int:
        """Where a row stands, or -1."""
        return next((place for place, row in enumerate(self.deadlines.rows) if row.key == key), -1)

    def due(self, since: datetime, now: datetime) -> bool:
        """Whether a moment of a row has come since then, so that it may stand otherwise now."""
        return any(
            since < moment <= now
            for row in self.deadlines.rows
            for moment in (row.renews, row.expires, row.person_at)
            if moment is not None
        )

    def rowCount(self, parent: Index = _NO_PARENT) -> int:
        """The number of rows; a list has no children."""
        return 0 if parent.isValid() else len(self.deadlines.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Names for display, sentences for screen readers and tool tips, the row itself for the delegate."""
        row = self.row_at(index.row()) if index.isValid() else None
        if row is None:
            return None
        if role == ROW:
            return row
        if role == Qt.ItemDataRole.DisplayRole:
            return deadlines_words.title(row)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return deadlines_words.spoken(row, self._clock())
        if role == Qt.ItemDataRole.ToolTipRole:
            return tip(deadlines_words.in_full(row, self._clock()))
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Each row can be chosen."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren
