"""Rows of two heights, laid out by arithmetic: asking a delegate 10,000 times takes as long as a slow key."""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate

from PySide6.QtCore import (
    QAbstractItemModel,
    QItemSelection,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    Qt,
)
from PySide6.QtGui import QPalette, QRegion, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QWidget

from app.ui import tokens
from app.ui.session_model import Header, Row, SessionModel

_TOP = 4
_Move = QAbstractItemView.CursorAction
_STEPS = {_Move.MoveUp: -1, _Move.MovePrevious: -1, _Move.MoveDown: 1, _Move.MoveNext: 1}


class RowView(QListView):
    """Where the rows of a `SessionModel` lie, which of them can be seen, and the header that sticks to the top."""

    def __init__(self, model: SessionModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sessions = model
        self._lay_ground()
        self._offsets: list[int] = [_TOP]
        self._laid: list[Row] | None = None
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setFrameShape(QListView.Shape.NoFrame)

    def _lay_ground(self) -> None:
        """Draw on a widget that is made here: one that Qt made has PySide load all kinds of widgets to find its own."""
        ground = QWidget()
        ground.setObjectName("qt_scrollarea_viewport")
        self.setViewport(ground)
        ground.setBackgroundRole(QPalette.ColorRole.Base)

    def doItemsLayout(self) -> None:
        """Add up the heights; rows lie one below the other, and nothing else needs laying out."""
        rows = self._sessions.rows()
        # Qt asks more than once after a reset.
        if rows is not self._laid:
            self._laid = rows
            heights = [tokens.HEADER if type(row) is Header else tokens.ROW for row in rows]
            self._offsets = list(accumulate(heights, initial=_TOP))
        self.updateGeometries()
        self.viewport().update()

    def setModel(self, model: QAbstractItemModel | None) -> None:
        """Take the model and lay it out."""
        super().setModel(model)
        self.doItemsLayout()

    def reset(self) -> None:
        """Lay out again after the model was filled anew."""
        super().reset()
        self.doItemsLayout()

    def updateGeometries(self) -> None:
        """Tell the scroll bar how much there is."""
        bar = self.verticalScrollBar()
        page = self.viewport().height()
        bar.setPageStep(page)
        bar.setSingleStep(tokens.ROW // 2)
        bar.setRange(0, max(0, self._offsets[-1] + _TOP - page))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the scroll bar right, and the chosen row in sight if it was."""
        chosen = self.visualRect(self.currentIndex())
        seen = chosen.isValid() and chosen.bottom() <= event.oldSize().height()
        super().resizeEvent(event)
        self.updateGeometries()
        if seen and chosen.bottom() > event.size().height():
            self.scrollTo(self.currentIndex())

    def scrollContentsBy(self, _dx: int, _dy: int) -> None:
        """Draw all again: the header at the top does not move with the rows."""
        self.viewport().update()

    def verticalOffset(self) -> int:
        """How far the list is scrolled."""
        return self.verticalScrollBar().value()

    def horizontalOffset(self) -> int:
        """It never scrolls sideways."""
        return 0

    def visualRect(self, index: QModelIndex | QPersistentModelIndex) -> QRect:
        """Where a row lies in the viewport."""
        return self._rect(index.row()) if index.isValid() else QRect()

    def _rect(self, row: int) -> QRect:
        if not 0 <= row < len(self._offsets) - 1:
            return QRect()
        top = self._offsets[row] - self.verticalOffset()
        # The scroll bar stands in the margin.
        bar = self.verticalScrollBar()
        taken = bar.width() if bar.isVisible() else 0
        inset = tokens.ROW_INSET
        wide = self.viewport().width() - inset - max(0, inset - taken)
        left = inset if self.layoutDirection() == Qt.LayoutDirection.LeftToRight else max(0, inset - taken)
        return QRect(left, top, wide, self._offsets[row + 1] - self._offsets[row])

    def _row_at(self, y: int) -> int:
        return bisect_right(self._offsets, y + self.verticalOffset()) - 1

    def indexAt(self, point: QPoint) -> QModelIndex:
        """The row at a point of the viewport."""
        sticking = self._sticking()
        if sticking is not None and sticking[1].contains(point):
            return self._sessions.index(sticking[0])
        row = self._row_at(point.y())
        return self._sessions.index(row) if 0 <= row < len(self._sessions.rows()) else QModelIndex()

    def scrollTo(
        self,
        index: QModelIndex | QPersistentModelIndex,
        hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible,
    ) -> None:
        """Bring a row into sight, below the header that sticks."""
        if not index.isValid() or index.row() >= len(self._offsets) - 1:
            return
        above = self._sessions.header_above(index.row())
        room = tokens.HEADER if above >= 0 else 0
        top, bottom = self._offsets[index.row()], self._offsets[index.row() + 1]
        bar, page = self.verticalScrollBar(), self.viewport().height()
        if hint == QAbstractItemView.ScrollHint.PositionAtCenter:
            bar.setValue((top + bottom - page) // 2)
        elif top - room < bar.value():
            first = above >= 0 and index.row() == above + 1
            bar.setValue(0 if first and above == 0 else top - room)
        elif bottom > bar.value() + page:
            bar.setValue(bottom + _TOP - page)

    def isIndexHidden(self, _index: QModelIndex | QPersistentModelIndex) -> bool:
        """What is folded is not in the model at all."""
        return False

    def visualRegionForSelection(self, selection: QItemSelection) -> QRegion:
        """What to draw again when the selection changes."""
        region = QRegion()
        for each in selection.toList():
            region = region.united(QRegion(self._rect(each.top()).united(self._rect(each.bottom()))))
        return region

    def moveCursor(self, action: _Move, _modifiers: Qt.KeyboardModifier) -> QModelIndex:
        """Arrows go from role to role, over the headers; a folded group is a stop of its own."""
        row, last = self.currentIndex().row(), len(self._sessions.rows())
        page = max(1, self.viewport().height() // tokens.ROW - 1)
        if action in _STEPS:
            found = self._step(row, _STEPS[action])
        elif action == _Move.MoveHome:
            found = self._step(-1, 1)
        elif action == _Move.MoveEnd:
            found = self._step(last, -1)
        elif action in {_Move.MovePageUp, _Move.MovePageDown}:
            down = action == _Move.MovePageDown
            goal = min(row + page, last - 1) if down else max(row - page, 0)
            found = self._step(goal - 1, 1) if not down else self._step(goal + 1, -1)
        else:
            found = row
        return self._sessions.index(found if found >= 0 else row) if last else QModelIndex()

    def _step(self, row: int, by: int) -> int:
        row += by
        while 0 <= row < len(self._sessions.rows()):
            found = self._sessions.rows()[row]
            if not isinstance(found, Header) or found.folded:
                return row
            row += by
        return -1

    def _seen(self) -> range:
        if not self.isVisible():
            return range(0)
        first = self._row_at(0)
        last = self._row_at(self.viewport().height())
        return range(max(first, 0), min(last, len(self._sessions.rows()) - 1) + 1)

    def _sticking(self) -> tuple[int, QRect] | None:
        """The header that sticks to the top, and its place; the next header pushes it out."""
        row = self._row_at(0)
        header = self._sessions.header_above(row) if row >= 0 else -1
        if header < 0 or self._offsets[header] - self.verticalOffset() >= 0:
            return None
        rect = self._rect(header)
        rect.moveTop(0)
        rows = self._sessions.rows()
        for after in range(row + 1, min(row + 3, len(rows))):
            if isinstance(rows[after], Header):
                rect.moveTop(min(0, self._rect(after).top() - tokens.HEADER))
                break
        return header, rect
