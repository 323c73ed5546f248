"""All sessions on one line of time: rows below an axis, that zooms and moves with keys and wheel."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from app.domain.values import replace
from app.ui import deadlines_paint, deadlines_words, theme, tokens
from app.ui.deadlines_axis import Axis
from app.ui.deadlines_scale import SPANS, Scale, marks
from app.ui.fonts import metrics
from app.ui.text import clock, tr

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime, timedelta

    from app.domain.deadlines import Deadline
    from app.ui.deadlines_model import DeadlinesModel
    from app.ui.deadlines_paint import Look

_PAN, _LABEL_GAP, _LEAST = 0.125, 24, 76
_NOTCH = 120
_IN, _OUT = frozenset({Qt.Key.Key_Plus, Qt.Key.Key_Equal}), frozenset({Qt.Key.Key_Minus, Qt.Key.Key_Underscore})


class _Delegate(QStyledItemDelegate):
    def __init__(self, view: DeadlinesView) -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(option.rect.width(), deadlines_paint.ROW)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        self._view.paint(painter, option, index.row())


class DeadlinesView(QListView):
    """Shows a `DeadlinesModel` under `axis`, which lies above it in the same column.

    Goes with the time until it is panned; `returned` brings it back to now. `opened` carries the key of a row that
    Enter or a double click meant. `spanned` tells after another span was chosen.
    """

    opened = Signal(str)
    spanned = Signal()

    def __init__(self, model: DeadlinesModel, clock_: Callable[[], datetime]) -> None:
        super().__init__()
        self._deadlines, self._clock = model, clock_
        self.axis = Axis()
        self.scale = Scale(start=clock_(), span=SPANS[3]).at_now(clock_())
        self.going = True
        """Whether it goes with the time."""
        self._look: Look | None = None
        self._drawn = clock_()
        self._keyboard = False
        self._hovered = -1
        self.setItemDelegate(_Delegate(self))
        self.setModel(model)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setAccessibleName(tr("Deadlines"))
        self.setAccessibleDescription(
            tr("Plus and minus zoom, left and right move through time, Home returns to now, Enter shows the role.")
        )
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFrameShape(QListView.Shape.NoFrame)
        self.verticalScrollBar().setSingleStep(deadlines_paint.ROW)
        self.doubleClicked.connect(lambda index: self._open(index.row()))
        model.modelReset.connect(self._forget)
        model.modelReset.connect(self.refresh)
        model.dataChanged.connect(self.refresh)
        theme.current().changed.connect(self.refresh)
        self.axis.installEventFilter(self)

    # --- Time ------------------------------------------------------------------------------------------------------

    def tick(self) -> None:
        """Go on with the time, where somebody can see it: lines once they have moved, words that count each second."""
        if not self.isVisible():
            return
        now = self._clock()
        ratio = self.devicePixelRatioF()
        moved = abs(now - self._drawn) * ratio >= self.scale.per_pixel()
        if moved or clock(now) != clock(self._drawn):
            self.refresh()
            return
        self._look = None
        for place in self._seen():
            row = self._deadlines.row_at(place)
            if row is not None and deadlines_words.told(row, now).counts:
                rect = self.visualRect(self._deadlines.index(place))
                self.viewport().update(self._across(rect).words.translated(rect.topLeft()))

    def refresh(self) -> None:
        """Draw everything as it is now."""
        self._look = None
        self._drawn = self._clock()
        if self.going:
            self.scale = self.scale.at_now(self._drawn)
        self.axis.show_look(self.look, self._deadlines.deadlines.person)
        self.viewport().update()

    def show_span(self, span: timedelta) -> None:
        """Show so much time, now where it belongs."""
        self.scale = self.scale.spanning(span, self._around())
        self.returned()

    def returned(self) -> None:
        """Go with the time again."""
        self.going = True
        self.refresh()
        self.spanned.emit()

    def zoom(self, steps: int, around: datetime | None = None) -> None:
        """Closer by so many steps; around a moment, else around now where that is in sight, else the middle."""
        if around is not None:
            self.going = False
        self.scale = self.scale.zoomed(steps, around or self._around())
        self.refresh()
        self.spanned.emit()

    def pan(self, share: float) -> None:
        """Later by a share of what is in sight."""
        self.going = False
        self.scale = self.scale.panned(share, self._clock())
        self.refresh()

    def _around(self) -> datetime:
        now = self._clock()
        return now if self.scale.shows(now) else self.scale.start + self.scale.span / 2

    # --- Drawing ---------------------------------------------------------------------------------------------------

    @property
    def look(self) -> Look:
        """What rows and axis are drawn with."""
        if self._look is None:
            person = self._deadlines.deadlines.person
            line = self._across(self.viewport().rect()).line
            self.scale = self.scale.laid(line.left(), line.width())
            now = self._clock()
            least = max(_LEAST, metrics(tokens.TINY).horizontalAdvance(clock(now)) + _LABEL_GAP)
            self._look = deadlines_paint.Look(
                scale=self.scale,
                marks=marks(self.scale, least),
                now=now,
                person=None if person is None else person.at,
                tokens=theme.tokens(),
                direction=self.layoutDirection(),
                offset=self.verticalOffset(),
            )
        return self._look

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, place: int) -> None:
        """Draw one row."""
        row = self._deadlines.row_at(place)
        if row is None:
            return
        look = self.look
        after = self._deadlines.row_at(place + 1)
        last = after is not None and after.kind in deadlines_words.SOURCES
        deadlines_paint.paint_ground(painter, option.rect, row, look.tokens, last=last)
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        if selected or place == self._hovered:
            focused = selected and self._keyboard and self.hasFocus()
            deadlines_paint.paint_chosen(painter, option.rect, look.tokens, selected=selected, focused=focused)
        deadlines_paint.paint_row(painter, option.rect, row, look)

    def _across(self, rect: QRect) -> deadlines_paint.Columns:
        return deadlines_paint.columns(rect.width(), self.layoutDirection())

    def _seen(self) -> range:
        first = self.indexAt(QPoint(1, 1)).row()
        if first < 0:
            return range(0)
        count = self.viewport().height() // deadlines_paint.ROW + 2
        return range(first, min(first + count, self._deadlines.rowCount()))

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """Dashes go on from row to row wherever they are scrolled to."""
        super().scrollContentsBy(dx, dy)
        if self._look is not None:
            self._look = replace(self._look, offset=self.verticalOffset())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay the same time over other pixels."""
        super().resizeEvent(event)
        self.refresh()

    # --- Pointer and keys ------------------------------------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The wheel over the axis counts as over the rows."""
        if watched is self.axis and isinstance(event, QWheelEvent):
            self.wheelEvent(event)
            return True
        return super().eventFilter(watched, event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """With Ctrl it zooms where the pointer is, sideways (or with Shift) it pans, else it scrolls."""
        turned = event.angleDelta()
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            steps = round(turned.y() / _NOTCH) or (1 if turned.y() > 0 else -1)
            self.zoom(steps, self.scale.moment(event.position().x()))
            event.accept()
        elif turned.x() or event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self.pan(-(turned.x() or turned.y()) / _NOTCH * _PAN)
            event.accept()
        else:
            super().wheelEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Plus and minus zoom, left and right pan, Home returns to now, Enter opens; up and down move."""
        self._keyboard = True
        key = event.key()
        if key in _IN:
            self.zoom(1)
        elif key in _OUT:
            self.zoom(-1)
        elif key in {Qt.Key.Key_Left, Qt.Key.Key_Right}:
            # As the arrow points, also where people write from right to left: time does not change its direction.
            self.pan(_PAN if key == Qt.Key.Key_Right else -_PAN)
        elif key == Qt.Key.Key_Home:
            self.returned()
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._open(self.currentIndex().row())
        elif key == Qt.Key.Key_Escape:
            event.ignore()
        else:
            super().keyPressEvent(event)
        self.viewport().update()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Keys need a row to begin at; the ring is for those who came with the keyboard."""
        super().focusInEvent(event)
        tabbed = event.reason() in {Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason}
        self._keyboard = tabbed
        if tabbed and not self.currentIndex().isValid() and self._deadlines.rowCount():
            self.setCurrentIndex(self._deadlines.index(0))
        self.viewport().update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """No ring for the pointer."""
        self._keyboard = False
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show which row is under the pointer."""
        self._hover(self.indexAt(event.position().toPoint()).row())
        super().mouseMoveEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        """The pointer is gone."""
        self._hover(-1)
        super().leaveEvent(event)

    def _hover(self, place: int) -> None:
        if place != self._hovered:
            for each in (self._hovered, place):
                if each >= 0:
                    self.viewport().update(self.visualRect(self._deadlines.index(each)))
            self._hovered = place

    def _forget(self) -> None:
        self._hovered = -1

    def chosen(self) -> Deadline | None:
        """The current row."""
        return self._deadlines.row_at(self.currentIndex().row())

    def choose(self, key: str) -> bool:
        """Make a row the current one; False where there is none of that key."""
        place = self._deadlines.place_of(key)
        if place >= 0:
            self.setCurrentIndex(self._deadlines.index(place))
        return place >= 0

    def _open(self, place: int) -> None:
        row = self._deadlines.row_at(place)
        if row is not None:
            self.opened.emit(row.key)
