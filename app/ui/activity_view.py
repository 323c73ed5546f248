"""The list of what happened: two lines for each entry, the day that sticks to the top, names that are links."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import lru_cache
from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QLocale,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFocusEvent, QFont, QKeyEvent, QKeySequence, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from app.domain.happening import Happening
from app.ui import activity_words, fonts, icons, text, theme, tokens
from app.ui.activity_model import ActivityModel, Day, Role, count_words
from app.ui.activity_rows import HIGH, UniformRows, ranges
from app.ui.text import tr

if TYPE_CHECKING:
    from app.ui.tokens import Tokens

_EDGE, _TIME_GAP, _ICON, _ICON_GAP, _SIDE, _SIDE_UNDER = 16, 12, 16, 10, 96, 420
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_SHORT_ID = 8
_Move = QAbstractItemView.CursorAction
_MODIFIED = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier


class ActivityDelegate(QStyledItemDelegate):
    """Draws days and entries."""

    def __init__(self, view: ActivityView, model: ActivityModel) -> None:
        super().__init__(view)
        self._model = model
        self.linked = -1
        """The row whose name is under the pointer."""
        self.hovered = -1
        self.keyboard = False

    def sizeHint(self, option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex) -> QSize:
        """All of one height: adding them up must not take time."""
        return QSize(option.rect.width(), HIGH)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw a row."""
        row = index.data(Role.ROW)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if isinstance(row, Day):
            self.paint_day(painter, option.rect, row, option.direction)
        elif isinstance(row, Happening):
            self._paint_ground(painter, option, index.row())
            self._paint_entry(painter, option, row, linked=index.row() == self.linked)
        painter.restore()

    def paint_day(self, painter: QPainter, rect: QRect, row: Day, direction: Qt.LayoutDirection) -> None:
        """Draw a day's line."""
        t = theme.tokens()
        inner = rect.adjusted(_EDGE, 12, -_EDGE, 0)
        painter.setPen(QColor(t.text2))
        painter.setFont(fonts.font(tokens.HEADING, 0.3))
        painter.drawText(inner, QStyle.visualAlignment(direction, _LEFT), self._model.day_name(row).upper())
        painter.setFont(fonts.font(tokens.TINY))
        painter.drawText(inner, QStyle.visualAlignment(direction, _RIGHT), count_words(row.count))

    def name_rect(self, rect: QRect, row: Happening, direction: Qt.LayoutDirection) -> QRect:
        """Where the name of an entry is drawn."""
        begin, room = self._room(rect)
        name = fonts.metrics(tokens.NAME).elidedText(activity_words.title(row), Qt.TextElideMode.ElideRight, room)
        wide = round(fonts.metrics(tokens.NAME).horizontalAdvance(name)) + 1
        return QStyle.visualRect(direction, rect, QRect(begin, rect.top() + 4, wide, 18))

    def _room(self, rect: QRect) -> tuple[int, int]:
        """Where the words begin, and how wide they may be."""
        begin = rect.left() + _EDGE + _time_width() + _TIME_GAP + _ICON + _ICON_GAP
        return begin, max(1, rect.right() - begin - _EDGE - (_SIDE if rect.width() >= _SIDE_UNDER else 0))

    def _paint_ground(self, painter: QPainter, option: QStyleOptionViewItem, place: int) -> None:
        t = theme.tokens()
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        if not selected and place != self.hovered:
            return
        edge = QRectF(option.rect).adjusted(tokens.ROW_INSET + 0.5, 0.5, -tokens.ROW_INSET - 0.5, -0.5)
        painter.setBrush(QColor(t.select if selected else t.hover))
        painter.setPen(QColor(t.select_line) if selected else Qt.PenStyle.NoPen)
        painter.drawRoundedRect(edge, tokens.RADIUS, tokens.RADIUS)
        if self.keyboard and option.state & QStyle.StateFlag.State_HasFocus:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(t.fill), tokens.FOCUS))
            painter.drawRoundedRect(edge.adjusted(0.5, 0.5, -0.5, -0.5), tokens.RADIUS - 1, tokens.RADIUS - 1)

    def _paint_entry(self, painter: QPainter, option: QStyleOptionViewItem, row: Happening, *, linked: bool) -> None:
        t, rect, way = theme.tokens(), option.rect, option.direction
        icon, tone = activity_words.sign(row.what)
        time = QRect(rect.left() + _EDGE, rect.top() + 4, _time_width(), 18)
        _draw(painter, QStyle.visualRect(way, rect, time), text.clock(row.at), tokens.SMALL, t.text2, way)
        spot = QRect(time.right() + 1 + _TIME_GAP, rect.top() + 5, _ICON, _ICON)
        icons.paint(painter, QRectF(QStyle.visualRect(way, rect, spot)), icon, getattr(t, tone))
        begin, room = self._room(rect)
        self._paint_name(painter, option, row, room, linked=linked)
        below = QRect(begin, rect.top() + 22, room, 17)
        refused = tone == "bad"
        _draw(painter, QStyle.visualRect(way, rect, below), activity_words.more(row), tokens.SMALL,
              t.bad if refused else t.text2, way)  # fmt: skip
        if rect.width() >= _SIDE_UNDER:
            _paint_ids(painter, rect, row, t, way)

    def _paint_name(
        self, painter: QPainter, option: QStyleOptionViewItem, row: Happening, room: int, *, linked: bool
    ) -> None:
        t, rect, way = theme.tokens(), option.rect, option.direction
        place = self.name_rect(rect, row, way)
        font = QFont(fonts.font(tokens.NAME))
        font.setUnderline(linked)
        fit = fonts.metrics(tokens.NAME).elidedText(activity_words.title(row), Qt.TextElideMode.ElideRight, room)
        painter.setFont(font)
        painter.setPen(QColor(t.accent if linked else t.text))
        painter.drawText(place, QStyle.visualAlignment(way, _LEFT), fit)
        logical = QStyle.visualRect(way, rect, place)
        after = QRect(logical.right() + 9, place.top(), room - place.width() - 9, place.height())
        if after.width() > _ICON:
            tone = getattr(t, activity_words.sign(row.what)[1])
            word = activity_words.word(row.what)
            _draw(painter, QStyle.visualRect(way, rect, after), word, tokens.SMALL, tone, way)


def _paint_ids(painter: QPainter, rect: QRect, row: Happening, t: Tokens, way: Qt.LayoutDirection) -> None:
    """The key ID and the beginning of the request ID, at the end."""
    line = QRect(rect.right() + 1 - _EDGE - _SIDE, rect.top() + 4, _SIDE, 18)
    painter.setFont(fonts.mono())
    painter.setPen(QColor(t.text2))
    short = f"{row.request_id[:_SHORT_ID]}…" if len(row.request_id) > _SHORT_ID else row.request_id
    for words, down in ((row.key_id, 0), (short, 18)):
        place = QStyle.visualRect(way, rect, line.translated(0, down))
        painter.drawText(place, QStyle.visualAlignment(way, _RIGHT), words)


def _draw(
    painter: QPainter, place: QRect, words: str, style: tuple[int, int], colour: str, way: Qt.LayoutDirection
) -> None:
    painter.setFont(fonts.font(style))
    painter.setPen(QColor(colour))
    fit = fonts.metrics(style).elidedText(words, Qt.TextElideMode.ElideRight, place.width())
    painter.drawText(place, QStyle.visualAlignment(way, _LEFT), fit)


def _time_width() -> int:
    return _widest_time(QLocale().name(), fonts.font(tokens.SMALL).family())


@lru_cache(maxsize=4)
def _widest_time(_locale: str, _family: str) -> int:
    measure = fonts.metrics(tokens.SMALL)
    hours = (datetime(2026, 11, 22, hour, 0, tzinfo=UTC) for hour in range(24))
    return max(round(measure.horizontalAdvance(text.clock(hour))) for hour in hours) + 2


class ActivityView(UniformRows):
    """Shows an `ActivityModel`; what is chosen and what is in sight stay when rows come or go.

    `opened` carries the row whose name was clicked, or that Enter meant, `typed` letters meant for the filter;
    `chosen_changed` tells after another row became the current one.
    """

    opened = Signal(int)
    typed = Signal(str)
    copy_wanted = Signal()
    chosen_changed = Signal()

    def __init__(self, model: ActivityModel) -> None:
        super().__init__()
        self._activity = model
        self._kept: tuple[list[Happening], Happening | None] = ([], None)
        self._anchor: tuple[Happening | None, int] = (None, 0)
        self.delegate = ActivityDelegate(self, model)
        self.setItemDelegate(self.delegate)
        self.setAccessibleName(tr("Activity"))
        self.setMouseTracking(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        # Before Qt's own, which forgets.
        model.modelAboutToBeReset.connect(self._remember)
        self.setModel(model)
        model.modelReset.connect(self._recall)
        self.selectionModel().selectionChanged.connect(lambda *_: self.chosen_changed.emit())
        theme.current().changed.connect(self.viewport().update)

    # --- What is chosen --------------------------------------------------------------------------------------------

    @property
    def chosen(self) -> Happening | None:
        """The current entry, as long as it is selected."""
        index = self.currentIndex()
        return self._activity.entry_at(index.row()) if self.selectionModel().isSelected(index) else None

    def selected(self) -> list[Happening]:
        """The selected entries, in their order."""
        runs = sorted((each.top(), each.bottom()) for each in ranges(self.selectionModel().selection()))
        rows = (row for first, last in runs for row in self._activity.rows()[first : last + 1])
        return [row for row in rows if isinstance(row, Happening)]

    def _remember(self) -> None:
        self._kept = (self.selected(), self.chosen)
        top = self.indexAt(QPoint(2, 1))
        place = top.row()
        while 0 <= place < self._activity.rowCount() and self._activity.entry_at(place) is None:
            place += 1
        anchor = self._activity.entry_at(place) if self.verticalScrollBar().value() > 0 else None
        self._anchor = (anchor, self.visualRect(self._activity.index(place)).top() if anchor is not None else 0)

    def _recall(self) -> None:
        self.delegate.hovered = self.delegate.linked = -1
        selected, current = self._kept
        self._kept = ([], None)
        selection = QItemSelection()
        for first, last in _runs(self._activity.places_of(selected)):
            selection.select(self._activity.index(first), self._activity.index(last))
        flags = QItemSelectionModel.SelectionFlag
        here = self._activity.places_of([current] if current is not None else [])
        if here:
            self.selectionModel().setCurrentIndex(self._activity.index(here[0]), flags.NoUpdate)
        self.selectionModel().select(selection, flags.ClearAndSelect)
        anchor, top = self._anchor
        places = self._activity.places_of([anchor] if anchor is not None else [])
        if places:
            self.verticalScrollBar().setValue(places[0] * HIGH - top)
        self.chosen_changed.emit()

    # --- Drawing ---------------------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the rows, then the day that sticks to the top."""
        super().paintEvent(event)
        sticking = self._sticking()
        if sticking is None:
            return
        row, rect = sticking
        t = theme.tokens()
        painter = QPainter(self.viewport())
        painter.fillRect(rect, QColor(t.surface))
        painter.fillRect(QRect(0, rect.bottom(), rect.width(), 1), QColor(t.line))
        self.delegate.paint_day(painter, rect.adjusted(0, 0, 0, 0).translated(0, -6), row, self.layoutDirection())
        painter.end()

    def _sticking(self) -> tuple[Day, QRect] | None:
        if self.verticalOffset() <= 0:
            return None
        rows = self._activity.rows()
        place = min(self.verticalOffset() // HIGH, len(rows) - 1)
        above = next((at for at in range(place, -1, -1) if isinstance(rows[at], Day)), -1)
        row = rows[above] if above >= 0 else None
        if not isinstance(row, Day):
            return None
        top = 0
        if place + 1 < len(rows) and isinstance(rows[place + 1], Day):
            top = min(0, (place + 1) * HIGH - self.verticalOffset() - HIGH)
        return row, QRect(0, top, self.viewport().width(), HIGH - 8)

    # --- Pointer and keys ------------------------------------------------------------------------------------------

    def moveCursor(self, action: _Move, modifiers: Qt.KeyboardModifier) -> QModelIndex:
        """Arrows go from entry to entry, over the days."""
        index = super().moveCursor(action, modifiers)
        if not index.isValid() or self._activity.entry_at(index.row()) is not None:
            return index
        step = -1 if action in {_Move.MoveUp, _Move.MovePrevious} and index.row() else 1
        after = self._activity.index(index.row() + step)
        return after if after.isValid() else self.currentIndex()

    def _name_at(self, point: QPoint) -> int:
        index = self.indexAt(point)
        row = self._activity.entry_at(index.row())
        if row is None or not row.profile:
            return -1
        rect = self.delegate.name_rect(self.visualRect(index), row, self.layoutDirection())
        return index.row() if rect.contains(point) else -1

    def _point(self, point: QPoint) -> None:
        hovered, linked = self.indexAt(point).row(), self._name_at(point)
        if (hovered, linked) != (self.delegate.hovered, self.delegate.linked):
            self.delegate.hovered, self.delegate.linked = hovered, linked
            hand = Qt.CursorShape.PointingHandCursor if linked >= 0 else Qt.CursorShape.ArrowCursor
            self.viewport().setCursor(hand)
            self.viewport().update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show what is under the pointer."""
        self._point(event.position().toPoint())
        super().mouseMoveEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        """The pointer is gone."""
        self._point(QPoint(-1, -1))
        super().leaveEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """No ring for the pointer."""
        self.delegate.keyboard = False
        super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click on a name leads there."""
        super().mouseReleaseEvent(event)
        place = self._name_at(event.position().toPoint())
        if place >= 0 and event.button() == Qt.MouseButton.LeftButton and not event.modifiers():
            self.opened.emit(place)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter leads to the profile, Ctrl+C copies, letters filter."""
        self.delegate.keyboard = True
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy_wanted.emit()
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.opened.emit(self.currentIndex().row())
        elif event.key() == Qt.Key.Key_Escape:
            event.ignore()
        elif event.text().strip() and event.text().isprintable() and not event.modifiers() & _MODIFIED:
            self.typed.emit(event.text())
        else:
            super().keyPressEvent(event)
        self.viewport().update()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Keys need an entry to begin at; the ring is for those who came with the keyboard."""
        super().focusInEvent(event)
        tabbed = event.reason() in {Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason}
        self.delegate.keyboard = tabbed
        if tabbed and self.chosen is None and self._activity.shown:
            self.setCurrentIndex(self._activity.index(1))


def _runs(places: list[int]) -> list[tuple[int, int]]:
    """Places in order as runs from first to last, so that a selection of thousands is a few ranges."""
    runs: list[tuple[int, int]] = []
    for place in places:
        if runs and runs[-1][1] == place - 1:
            runs[-1] = (runs[-1][0], place)
        else:
            runs.append((place, place))
    return runs
