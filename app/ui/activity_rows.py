"""Rows of one height, laid out by arithmetic: to lay out 20,000 of them one by one takes as long as a slow key."""

from __future__ import annotations

from PySide6.QtCore import (
    QAbstractItemModel,
    QItemSelection,
    QItemSelectionModel,
    QItemSelectionRange,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    Qt,
)
from PySide6.QtGui import QPainter, QPaintEvent, QRegion, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyle, QStyleOptionViewItem

HIGH = 44
_Move = QAbstractItemView.CursorAction
Index = QModelIndex | QPersistentModelIndex


class UniformRows(QListView):
    """A list view that knows where each row lies without asking for it."""

    def __init__(self) -> None:
        super().__init__()
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setFrameShape(QListView.Shape.NoFrame)

    def count(self) -> int:
        """The number of rows."""
        model: QAbstractItemModel | None = self.model()
        return 0 if model is None else model.rowCount()

    def doItemsLayout(self) -> None:
        """Nothing needs laying out."""
        self.updateGeometries()
        self.viewport().update()

    def reset(self) -> None:
        """Tell the scroll bar after the model was filled anew."""
        super().reset()
        self.doItemsLayout()

    def updateGeometries(self) -> None:
        """Tell the scroll bar how much there is."""
        bar, page = self.verticalScrollBar(), self.viewport().height()
        bar.setPageStep(page)
        bar.setSingleStep(HIGH // 2)
        bar.setRange(0, max(0, self.count() * HIGH - page))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another page."""
        super().resizeEvent(event)
        self.updateGeometries()

    def scrollContentsBy(self, _dx: int, _dy: int) -> None:
        """Draw all again: what sticks to the top does not move with the rows."""
        self.viewport().update()

    def verticalOffset(self) -> int:
        """How far it is scrolled."""
        return self.verticalScrollBar().value()

    def horizontalOffset(self) -> int:
        """It never scrolls sideways."""
        return 0

    def visualRect(self, index: Index) -> QRect:
        """Where a row lies in the viewport."""
        if not index.isValid():
            return QRect()
        return QRect(0, index.row() * HIGH - self.verticalOffset(), self.viewport().width(), HIGH)

    def indexAt(self, point: QPoint) -> QModelIndex:
        """The row at a point of the viewport."""
        place = (point.y() + self.verticalOffset()) // HIGH
        inside = 0 <= place < self.count() and 0 <= point.x() < self.viewport().width()
        return self.model().index(place, 0) if inside else QModelIndex()

    def scrollTo(
        self, index: Index, hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible
    ) -> None:
        """Bring a row into sight, below what sticks to the top."""
        if not index.isValid():
            return
        top, bar, page = index.row() * HIGH, self.verticalScrollBar(), self.viewport().height()
        if hint == QAbstractItemView.ScrollHint.PositionAtCenter:
            bar.setValue(top - (page - HIGH) // 2)
        elif top - HIGH < bar.value():
            bar.setValue(top - HIGH)
        elif top + HIGH > bar.value() + page:
            bar.setValue(top + HIGH - page)

    def isIndexHidden(self, _index: Index) -> bool:
        """What is filtered out is not in the model at all."""
        return False

    def visualRegionForSelection(self, selection: QItemSelection) -> QRegion:
        """What to draw again when the selection changes: ranges, however many rows they have."""
        wide, offset, region = self.viewport().width(), self.verticalOffset(), QRegion()
        for each in ranges(selection):
            region += QRegion(0, each.top() * HIGH - offset, wide, each.height() * HIGH)
        return region & QRegion(self.viewport().rect())

    def setSelection(self, rect: QRect, command: QItemSelectionModel.SelectionFlag) -> None:
        """Select the rows that a rectangle touches."""
        last = self.count() - 1
        if last < 0:
            return
        first, end = ((y + self.verticalOffset()) // HIGH for y in (rect.top(), rect.bottom()))
        model = self.model()
        selection = QItemSelection()
        selection.select(model.index(max(0, min(first, last)), 0), model.index(max(0, min(end, last)), 0))
        self.selectionModel().select(selection, command)

    def moveCursor(self, action: _Move, _modifiers: Qt.KeyboardModifier) -> QModelIndex:
        """Arrows, pages, and both ends."""
        row, last = self.currentIndex().row(), self.count() - 1
        page = max(1, self.viewport().height() // HIGH - 1)
        steps = {
            _Move.MoveUp: -1, _Move.MovePrevious: -1, _Move.MoveDown: 1, _Move.MoveNext: 1,
            _Move.MovePageUp: -page, _Move.MovePageDown: page, _Move.MoveHome: -row, _Move.MoveEnd: last - row,
        }  # fmt: skip
        if last < 0:
            return QModelIndex()
        return self.model().index(max(0, min(last, row + steps.get(action, 0))), 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the rows in sight."""
        painter = QPainter(self.viewport())
        option = QStyleOptionViewItem()
        option.initFrom(self)
        focus = QStyle.StateFlag.State_HasFocus
        plain = QStyle.StateFlag.State_Enabled
        delegate, model, chosen, current = (
            self.itemDelegate(), self.model(), self.selectionModel(), self.currentIndex().row()
        )  # fmt: skip
        first = max(0, (event.rect().top() + self.verticalOffset()) // HIGH)
        last = min(self.count() - 1, (event.rect().bottom() + self.verticalOffset()) // HIGH)
        for place in range(first, last + 1):
            index = model.index(place, 0)
            option.rect = self.visualRect(index)
            option.state = plain | QStyle.StateFlag.State_Selected if chosen.isSelected(index) else plain
            if place == current and self.hasFocus():
                option.state |= focus
            delegate.paint(painter, option, index)
        painter.end()


def ranges(selection: QItemSelection) -> list[QItemSelectionRange]:
    """The runs of rows in a selection; Qt's stubs do not know that it is a list of them."""
    found: list[QItemSelectionRange] = list(selection)  # type: ignore[call-overload]
    return found
