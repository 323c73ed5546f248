"""The list of a `LinesModel`: lines are drawn, not widgets. Space and a click tick."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolTip,
)

from app.ui import fonts, icons, theme, tokens
from app.ui.sharing_lines import Kind, Line, LinesModel, Role
from app.ui.widgets import tip

if TYPE_CHECKING:
    from PySide6.QtGui import QFont

    from app.ui.tokens import Tokens

_HIGH = {Kind.HEAD: 34, Kind.ENTRY: 32, Kind.NOTE: 22}
_BOX, _BOX_AT, _WORDS_AT, _NAME, _BATCH = 16, 10, 38, 150, 200
_LEADING = Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter
_TRAILING = Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter


class LinesDelegate(QStyledItemDelegate):
    """Draws headings, entries with check boxes, and notes."""

    def __init__(self, model: LinesModel, parent: QObject) -> None:
        super().__init__(parent)
        self._model = model

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """By what the line is, and no lower than its letters."""
        line = self._model.line(index.row())
        high = _HIGH[line.kind] if line is not None else 0
        return QSize(option.rect.width(), max(high, round(fonts.metrics(tokens.BASE).height()) + 4))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw one line."""
        line = index.data(Role.LINE)
        if not isinstance(line, Line):
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        look = theme.tokens()
        _ground(painter, option, look)
        state = self._model.state_of(line)
        if state is not None:
            box = QRect(option.rect.left() + _BOX_AT, option.rect.center().y() - _BOX // 2 + 1, _BOX, _BOX)
            _box(painter, _mirrored(option, box), look, state)
        if line.kind is Kind.NOTE:
            _note(painter, option, line, look)
        else:
            _title(painter, option, line, look)
        painter.restore()

    def helpEvent(
        self,
        event: QHelpEvent,
        view: QAbstractItemView,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> bool:
        """The whole of a line, since long ones are cut."""
        line = index.data(Role.LINE)
        if event.type() is QEvent.Type.ToolTip and isinstance(line, Line) and line.words:
            QToolTip.showText(event.globalPos(), tip(line.words), view)
            return True
        return super().helpEvent(event, view, option, index)


class LinesView(QListView):
    """Shows a `LinesModel`, and scrolls."""

    def __init__(self, model: LinesModel, name: str) -> None:
        super().__init__()
        self._lines = model
        self.setItemDelegate(LinesDelegate(model, self))
        self.setModel(model)
        self.setAccessibleName(name)
        self.setMouseTracking(True)
        self.setLayoutMode(QListView.LayoutMode.Batched)
        self.setBatchSize(_BATCH)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        theme.current().changed.connect(self.viewport().update)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space ticks the current line."""
        if event.key() == Qt.Key.Key_Space and self.currentIndex().isValid():
            self._lines.toggle(self.currentIndex().row())
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click ticks the line under it."""
        super().mousePressEvent(event)
        index = self.indexAt(event.position().toPoint())
        if event.button() is Qt.MouseButton.LeftButton and index.isValid():
            self._lines.toggle(index.row())


def _title(painter: QPainter, option: QStyleOptionViewItem, line: Line, look: Tokens) -> None:
    head = line.kind is Kind.HEAD
    begin = _WORDS_AT if line.checkable or not head else _BOX_AT
    rect = option.rect.adjusted(begin, 0, -_BOX_AT, 0)
    style = tokens.SMALL_STRONG if head else tokens.NAME
    colour = look.text2 if head or not line.checkable else look.text
    taken = _text(painter, option, rect, line.title, fonts.font(style), colour)
    rest = rect.adjusted(min(taken + 12, rect.width()), 0, 0, 0)
    tone = getattr(look, line.tone)
    _text(painter, option, rest, line.words, fonts.font(tokens.SMALL), tone, trailing=head)


def _note(painter: QPainter, option: QStyleOptionViewItem, line: Line, look: Tokens) -> None:
    rect = option.rect.adjusted(_WORDS_AT, 0, -_BOX_AT, 0)
    if line.title:
        name = QRect(rect.left(), rect.top(), _NAME, rect.height())
        _text(painter, option, name, line.title, fonts.mono(), look.text2)
        rect = rect.adjusted(_NAME + 8, 0, 0, 0)
        words = fitting(line, QFontMetrics(fonts.mono()), rect.width())
        _text(painter, option, rect, words, fonts.mono(), getattr(look, line.tone))
        return
    _text(painter, option, rect, line.words, fonts.font(tokens.SMALL), getattr(look, line.tone))


def fitting(line: Line, metrics: QFontMetrics, width: int) -> str:
    """The words of a note in `width` pixels: where something changes, what it would be is never the part left out."""
    if not line.after or metrics.horizontalAdvance(line.words) <= width:
        return line.words
    old = line.words.removesuffix(line.after)
    least = min(metrics.horizontalAdvance(old), width // 4)
    old = metrics.elidedText(
        old, Qt.TextElideMode.ElideMiddle, max(least, width - metrics.horizontalAdvance(line.after))
    )
    room = max(0, width - metrics.horizontalAdvance(old))
    return old + metrics.elidedText(line.after, Qt.TextElideMode.ElideMiddle, room)


def _text(  # noqa: PLR0913  # what, where, how
    painter: QPainter,
    option: QStyleOptionViewItem,
    rect: QRect,
    words: str,
    font: QFont,
    colour: str,
    *,
    trailing: bool = False,
) -> int:
    """Draw words as far as they fit; how wide they became."""
    painter.setFont(font)
    painter.setPen(QColor(colour))
    metrics = painter.fontMetrics()
    fitting = metrics.elidedText(words, Qt.TextElideMode.ElideRight, max(0, rect.width()))
    painter.drawText(_mirrored(option, rect), _TRAILING if trailing else _LEADING, fitting)
    return metrics.horizontalAdvance(fitting)


def _ground(painter: QPainter, option: QStyleOptionViewItem, look: Tokens) -> None:
    state = option.state
    painter.setPen(Qt.PenStyle.NoPen)
    focused = bool(state & QStyle.StateFlag.State_HasFocus)
    if focused or state & QStyle.StateFlag.State_MouseOver:
        painter.setBrush(QColor(look.select if focused else look.hover))
        painter.drawRoundedRect(QRectF(option.rect).adjusted(0, 1, 0, -1), tokens.RADIUS_SMALL, tokens.RADIUS_SMALL)
    if focused:
        painter.setPen(QPen(QColor(look.fill), tokens.FOCUS))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        inside = QRectF(option.rect).adjusted(1, 2, -1, -2)
        painter.drawRoundedRect(inside, tokens.RADIUS_SMALL, tokens.RADIUS_SMALL)


def _box(painter: QPainter, rect: QRect, look: Tokens, state: Qt.CheckState) -> None:
    on = state is not Qt.CheckState.Unchecked
    painter.setPen(QPen(QColor(look.fill if on else look.border), 1))
    painter.setBrush(QColor(look.fill if on else look.field))
    painter.drawRoundedRect(QRectF(rect).adjusted(0.5, 0.5, -0.5, -0.5), tokens.RADIUS_TINY, tokens.RADIUS_TINY)
    if state is Qt.CheckState.Checked:
        icons.paint(painter, QRectF(rect).adjusted(2, 2, -2, -2), "check", look.on_fill)
    elif on:
        painter.setPen(QPen(QColor(look.on_fill), 2))
        middle = rect.center().y() + 1
        painter.drawLine(rect.left() + 4, middle, rect.right() - 3, middle)


def _mirrored(option: QStyleOptionViewItem, rect: QRect) -> QRect:
    return QStyle.visualRect(option.direction, option.rect, rect)
