"""Which rows are chosen: one with the keyboard on it, and as many more as a person adds with Shift and Ctrl."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtWidgets import QAbstractItemView

from app.ui.row_view import RowView
from app.ui.session_model import Header

if TYPE_CHECKING:
    from PySide6.QtCore import QRect
    from PySide6.QtWidgets import QWidget

    from app.ui.session_model import SessionModel

_Flag = QItemSelectionModel.SelectionFlag
_Move = QAbstractItemView.CursorAction
_SHIFT, _CTRL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier
MOVES = {
    Qt.Key.Key_Up: _Move.MoveUp,
    Qt.Key.Key_Down: _Move.MoveDown,
    Qt.Key.Key_Home: _Move.MoveHome,
    Qt.Key.Key_End: _Move.MoveEnd,
    Qt.Key.Key_PageUp: _Move.MovePageUp,
    Qt.Key.Key_PageDown: _Move.MovePageDown,
}


class ChoiceView(RowView):
    """Knows rows by the names of their profiles, so that a choice outlives every new arrangement of the rows.

    `current_name` carries the profile the keyboard is on, or an empty string. `selection_told` comes after each change
    of `selected`.
    """

    current_name = Signal(str)
    selection_told = Signal()

    def __init__(self, model: SessionModel, parent: QWidget | None = None) -> None:
        super().__init__(model, parent)
        self._kept = ""
        self._kept_all: tuple[str, ...] = ()
        self._kept_header: str | None = None
        self._anchor = ""
        self._own = False
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)

    @property
    def chosen(self) -> str:
        """The name of the profile the keyboard is on, or an empty string."""
        view = self._sessions.view_at(self.currentIndex().row())
        return "" if view is None else view.name

    @property
    def selected(self) -> tuple[str, ...]:
        """The names of all selected profiles, in the order of the rows."""
        views = (self._sessions.view_at(row) for first, last in self._ranges() for row in range(first, last + 1))
        return tuple(view.name for view in views if view is not None)

    @property
    def several(self) -> bool:
        """Whether more than one is selected."""
        return sum(last - first + 1 for first, last in self._ranges()) > 1

    @property
    def header(self) -> Header | None:
        """The folded group the keyboard is on, if it is on one."""
        row, rows = self.currentIndex().row(), self._sessions.rows()
        found = rows[row] if 0 <= row < len(rows) else None
        return found if isinstance(found, Header) else None

    def go_to_header(self, group: str) -> None:
        """Bring the keyboard to a group's line."""
        rows = enumerate(self._sessions.rows())
        row = next((i for i, each in rows if isinstance(each, Header) and each.group == group), -1)
        if row >= 0:
            self._go(row, _Flag.ClearAndSelect)

    def choose(self, name: str) -> bool:
        """Select a profile alone and bring it into sight; False where it is not in the list."""
        row = self._sessions.row_of(name)
        if row < 0:
            return False
        self._go(row, _Flag.ClearAndSelect)
        self._anchor = name
        return True

    def show_chosen(self) -> None:
        """Bring the row the keyboard is on into sight."""
        self.scrollTo(self.currentIndex())

    def choose_first(self) -> None:
        """Select the first profile there is."""
        rows = self._sessions.rows()
        row = next((i for i, each in enumerate(rows) if not isinstance(each, Header)), -1)
        if row >= 0:
            self._go(row, _Flag.ClearAndSelect)
            self._anchor = self.chosen

    def pick(self, row: int, modifiers: Qt.KeyboardModifier) -> None:
        """Choose a row as a click does: alone, with Ctrl besides the others, with Shift all up to it."""
        if modifiers & _SHIFT:
            self._go(row, _Flag.NoUpdate)
            self._select_range(row, keep=bool(modifiers & _CTRL))
        elif modifiers & _CTRL:
            chosen = self.selectionModel().isSelected(self._sessions.index(row))
            # Somebody stays selected: keys have to mean something.
            self._go(row, _Flag.NoUpdate if chosen and not self.several else _Flag.Toggle)
            self._anchor = self.chosen
        else:
            self._go(row, _Flag.ClearAndSelect)
            self._anchor = self.chosen

    def travel(self, key: Qt.Key, modifiers: Qt.KeyboardModifier) -> None:
        """Go where an arrow leads; with Shift all on the way are selected, with Ctrl nobody is."""
        row = self.moveCursor(MOVES[key], modifiers).row()
        if row < 0:
            return
        if modifiers & _SHIFT:
            self._go(row, _Flag.NoUpdate)
            self._select_range(row, keep=False)
        elif modifiers & _CTRL:
            self._go(row, _Flag.NoUpdate)
        else:
            self._go(row, _Flag.ClearAndSelect)
            self._anchor = self.chosen

    def selectAll(self) -> None:
        """Select everybody in the list; the keyboard stays where it is."""
        rows = self._sessions.rows()
        if rows:
            self._select_rows(0, len(rows) - 1, _Flag.ClearAndSelect)

    def one_only(self) -> bool:
        """Go back to the one the keyboard is on; False when nobody else was selected."""
        several = self.several
        if several:
            self._go(self.currentIndex().row(), _Flag.ClearAndSelect)
            self._anchor = self.chosen
        return several

    # --- Inside ----------------------------------------------------------------------------------------------------

    def _ranges(self) -> list[tuple[int, int]]:
        """The selected rows as (first, last): asking for each of thousands would take long."""
        return sorted((each.top(), each.bottom()) for each in self.selectionModel().selection().toList())

    def _go(self, row: int, flag: QItemSelectionModel.SelectionFlag) -> None:
        self._own = True
        self.selectionModel().setCurrentIndex(self._sessions.index(row), flag)
        self._own = False

    def _select_range(self, row: int, *, keep: bool) -> None:
        anchor = self._sessions.row_of(self._anchor)
        first, last = sorted((row if anchor < 0 else anchor, row))
        self._select_rows(first, last, _Flag.Select if keep else _Flag.ClearAndSelect)

    def _select_rows(self, first: int, last: int, flag: QItemSelectionModel.SelectionFlag) -> None:
        model = self._sessions
        chosen = QItemSelection()
        start = -1
        # Headers lie between: one range for each group.
        for row in range(first, last + 2):
            if row <= last and model.view_at(row) is not None:
                start = row if start < 0 else start
            elif start >= 0:
                chosen.select(model.index(start), model.index(row - 1))
                start = -1
        self._own = True
        self.selectionModel().select(chosen, flag)
        self._own = False

    def setSelection(self, rect: QRect, command: QItemSelectionModel.SelectionFlag) -> None:
        """Select the row under a rectangle's first corner."""
        index = self.indexAt(rect.topLeft())
        if index.isValid() and index.flags() & Qt.ItemFlag.ItemIsSelectable:
            self.selectionModel().select(index, command)

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        """Tell who is selected now. Where an assistive program selected somebody, the keyboard goes there, too."""
        super().selectionChanged(selected, deselected)
        rows = [(each.top(), each.bottom()) for each in selected.toList()]
        if not self._own and len(rows) == 1 and rows[0][0] == rows[0][1] != self.currentIndex().row():
            self._go(rows[0][0], _Flag.ClearAndSelect)
            self._anchor = self.chosen
        self.selection_told.emit()

    def currentChanged(
        self, current: QModelIndex | QPersistentModelIndex, previous: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Tell who has the keyboard now."""
        super().currentChanged(current, previous)
        view = self._sessions.view_at(current.row())
        self.current_name.emit("" if view is None else view.name)

    def remember(self) -> None:
        """Keep the names before the rows are arranged anew."""
        self._kept = self.chosen or self._kept
        self._kept_all = self.selected
        header = self.header
        self._kept_header = None if header is None else header.group

    def recall(self) -> None:
        """Choose again who was chosen, as far as they are there."""
        # Without scrolling: the list must not jump because something elsewhere in it changed.
        self.setAutoScroll(False)
        row = self._sessions.row_of(self._kept)
        view = self._sessions.view_at(row)
        beside = view is not None and self._kept_header not in {None, view.group}
        if row >= 0 and not beside:
            self._go(row, _Flag.ClearAndSelect)
            for other in self._kept_all if len(self._kept_all) > 1 else ():
                at = self._sessions.row_of(other)
                if at >= 0:
                    self._select_rows(at, at, _Flag.Select)
        elif self._kept_header is not None and not self._sessions.searching:
            self.go_to_header(self._kept_header)
        elif self._sessions.searching:
            self.choose_first()
        self.setAutoScroll(True)
        if not self.chosen:
            # Qt does not tell that a reset took the current row away.
            self.current_name.emit("")
        self.selection_told.emit()
        self.viewport().update()
