"""Lines that can be ticked, under headings, with notes below them: for every choice of what is taken or given."""

from __future__ import annotations

import enum
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from app.ui.text import tr

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

Index = QModelIndex | QPersistentModelIndex
_NO_PARENT = QModelIndex()
_CHECK = [Qt.ItemDataRole.CheckStateRole, Qt.ItemDataRole.AccessibleTextRole]


class Kind(enum.Enum):
    """What a line is."""

    HEAD = "head"
    ENTRY = "entry"
    NOTE = "note"


class Role(enum.IntEnum):
    """What the delegate asks for."""

    LINE = Qt.ItemDataRole.UserRole + 1


class Line(NamedTuple):
    """One line. `key` names an entry or heading; a note has that of its entry. `tone` is a text token.

    Of a heading, `title` and `words` stand at both ends. Of a note, `title` is the name of a setting (or empty) and
    `words` what becomes of it; where that changes, they end with `after`, and what is before it may be shortened first.
    A tuple, since thousands of them are made at once.
    """

    kind: Kind
    key: str
    title: str
    words: str = ""
    tone: str = "text2"
    checkable: bool = False
    after: str = ""


class LinesModel(QAbstractListModel):
    """Lines with check marks. A heading's mark is that of all entries below it that are in sight.

    `chosen_changed` after every change of what is ticked.
    """

    chosen_changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._all: tuple[Line, ...] = ()
        self._lines: list[Line] = []
        self._under: dict[str, list[str]] = {}
        self._places: dict[str, int] = {}
        self._possible: set[str] = set()
        self._checked: set[str] = set()
        self._words: tuple[str, ...] = ()

    # --- Filling ---------------------------------------------------------------------------------------------------

    def show_lines(self, lines: Sequence[Line], checked: Collection[str]) -> None:
        """Show these lines; `checked` are the keys of the entries that are ticked now."""
        self._all = tuple(lines)
        self._possible = {line.key for line in lines if line.kind is Kind.ENTRY and line.checkable}
        self._checked = self._possible & set(checked)
        self._arrange()

    def search(self, wish: str) -> None:
        """Show only entries that hold all these words, with their headings; what is out of sight stays ticked."""
        words = tuple(wish.casefold().split())
        if words != self._words:
            self._words = words
            self._arrange()

    def _arrange(self) -> None:
        self.beginResetModel()
        self._lines = self._in_sight()
        self._places, self._under = {}, {}
        head, note = "", Kind.NOTE
        for place, line in enumerate(self._lines):
            if line.kind is note:
                continue
            self._places[line.key] = place
            if line.kind is Kind.HEAD:
                head = line.key
            elif line.checkable:
                self._under.setdefault(head, []).append(line.key)
        self.endResetModel()
        self.chosen_changed.emit()

    def _in_sight(self) -> list[Line]:
        if not self._words:
            return list(self._all)
        found: list[Line] = []
        head: Line | None = None
        told = shown = False
        for line in self._all:
            if line.kind is Kind.HEAD:
                head, told, shown = line, False, False
            elif line.kind is Kind.ENTRY:
                text = f"{'' if head is None else head.title}\n{line.title}\n{line.words}".casefold()
                shown = all(word in text for word in self._words)
                if shown and head is not None and not told:
                    found.append(head)
                    told = True
                found += [line] if shown else []
            elif shown:
                found.append(line)
        return found

    # --- What is ticked --------------------------------------------------------------------------------------------

    @property
    def chosen(self) -> tuple[str, ...]:
        """The keys of the ticked entries, in their order, those out of sight too."""
        return tuple(line.key for line in self._all if line.kind is Kind.ENTRY and line.key in self._checked)

    @property
    def total(self) -> int:
        """How many entries can be ticked, those out of sight too."""
        return len(self._possible)

    def check(self, keys: Collection[str], on: bool) -> None:
        """Tick entries, or take their marks away."""
        changed = (self._possible & set(keys)) - self._checked if on else self._checked & set(keys)
        if not changed:
            return
        self._checked ^= changed
        if self._lines:
            self.dataChanged.emit(self.index(0), self.index(len(self._lines) - 1), _CHECK)
        self.chosen_changed.emit()

    def state(self) -> Qt.CheckState:
        """Whether all entries in sight are ticked, some, or none."""
        return self._state([key for keys in self._under.values() for key in keys])

    def check_all(self, on: bool) -> None:
        """Tick all entries in sight, or none of them."""
        self.check([key for keys in self._under.values() for key in keys], on)

    def toggle(self, row: int) -> None:
        """Tick a line, or take the mark away; of a heading, all entries below it."""
        line = self.line(row)
        if line is None or not line.checkable:
            return
        if line.kind is Kind.HEAD:
            keys = self._under.get(line.key, [])
            self.check(keys, self._state(keys) is not Qt.CheckState.Checked)
        elif line.kind is Kind.ENTRY:
            self.check([line.key], line.key not in self._checked)

    def _state(self, keys: Sequence[str]) -> Qt.CheckState:
        checked = sum(key in self._checked for key in keys)
        if not checked:
            return Qt.CheckState.Unchecked
        return Qt.CheckState.Checked if checked == len(keys) else Qt.CheckState.PartiallyChecked

    # --- Reading ---------------------------------------------------------------------------------------------------

    def line(self, row: int) -> Line | None:
        """The line in a row, or None."""
        return self._lines[row] if 0 <= row < len(self._lines) else None

    def row_of(self, key: str) -> int:
        """The row of an entry or heading in sight, or -1."""
        return self._places.get(key, -1)

    def state_of(self, line: Line) -> Qt.CheckState | None:
        """The check mark of a line; None where it has none."""
        if not line.checkable or line.kind is Kind.NOTE:
            return None
        return self._state(self._under.get(line.key, []) if line.kind is Kind.HEAD else [line.key])

    def rowCount(self, parent: Index = _NO_PARENT) -> int:
        """The number of lines in sight; a list has no children."""
        return 0 if parent.isValid() else len(self._lines)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Titles for display, sentences for screen readers, check marks, the line itself for the delegate."""
        line = self.line(index.row()) if index.isValid() else None
        if line is None:
            return None
        if role == Role.LINE:
            return line
        if role == Qt.ItemDataRole.DisplayRole:
            return line.title or line.words
        if role == Qt.ItemDataRole.CheckStateRole:
            return self.state_of(line)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._spoken(line)
        return None

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Only check marks can be set."""
        line = self.line(index.row()) if index.isValid() else None
        if line is None or role != Qt.ItemDataRole.CheckStateRole or self.state_of(line) is None:
            return False
        on = Qt.CheckState(value) is Qt.CheckState.Checked
        self.check(self._under.get(line.key, []) if line.kind is Kind.HEAD else [line.key], on)
        return True

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Notes can be read but not ticked."""
        line = self.line(index.row()) if index.isValid() else None
        if line is None:
            return Qt.ItemFlag.NoItemFlags
        plain = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren
        return plain if self.state_of(line) is None else plain | Qt.ItemFlag.ItemIsUserCheckable

    def _spoken(self, line: Line) -> str:
        states = {
            Qt.CheckState.Checked: tr("checked"),
            Qt.CheckState.Unchecked: tr("not checked"),
            Qt.CheckState.PartiallyChecked: tr("some checked"),
        }
        state = self.state_of(line)
        return ", ".join(part for part in (line.title, line.words, "" if state is None else states[state]) if part)
