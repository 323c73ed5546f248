"""The list of roles on offer: as high as its lines, inside a page that scrolls. Lines are drawn, not widgets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QRect, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPen, QWheelEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QSizePolicy,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from app.domain.view import Status
from app.ui import fonts, icons, rings, text, theme, tokens
from app.ui.roles_model import Role, RolesModel, Row
from app.ui.text import tr
from app.ui.widgets import tip

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from app.ui.tokens import Tokens

_BOX, _BOX_AT, _WORDS_AT, _EDGE = 16, 10, 38, 8
_STATUS, _STATUS_GAP = 148, 10
_FRAME_MS, _WHOLE_TURN = 33, 360.0
_LEADING = Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter


class RolesDelegate(QStyledItemDelegate):
    """Draws one line: check box, role, account and profile, how the profile stands."""

    def __init__(self, clock: Callable[[], datetime], parent: QObject | None = None, *, checkable: bool) -> None:
        super().__init__(parent)
        self._clock = clock
        self._checkable = checkable
        self.turn = 0.0

    def sizeHint(self, option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex) -> QSize:
        """52 px each."""
        return QSize(option.rect.width(), tokens.ROW)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw one line."""
        row = index.data(Role.ROW)
        if not isinstance(row, Row):
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        t = theme.tokens()
        _paint_ground(painter, option, t)
        if self._checkable:
            checked = index.data(Qt.ItemDataRole.CheckStateRole) == Qt.CheckState.Checked
            _paint_box(painter, _mirrored(option, _box_in(option.rect)), t, checked=checked)
        self._paint_words(painter, option, row, t)
        if row.session is not None:
            self._paint_status(painter, option, row, t)
        painter.restore()

    def _paint_words(self, painter: QPainter, option: QStyleOptionViewItem, row: Row, t: Tokens) -> None:
        rect = option.rect
        begin = _WORDS_AT if self._checkable else _BOX_AT
        taken = _STATUS if row.session is not None else _EDGE
        name = _mirrored(option, rect.adjusted(begin, 7, -taken, 0))
        name.setHeight(18)
        painter.setFont(fonts.font(tokens.NAME))
        painter.setPen(QColor(t.text))
        painter.drawText(name, _LEADING, _fit(row.title, tokens.NAME, name.width()))
        below = name.translated(0, 20)
        painter.setFont(fonts.font(tokens.SMALL))
        painter.setPen(QColor(t.bad if row.failed else t.text2))
        painter.drawText(below, _LEADING, _fit(row.words, tokens.SMALL, below.width()))

    def _paint_status(self, painter: QPainter, option: QStyleOptionViewItem, row: Row, t: Tokens) -> None:
        if row.session is None:
            return
        rect, now = option.rect, self._clock()
        left = rect.right() + 1 - _STATUS + 8
        sign = QRect(left, rect.top() + (rect.height() - tokens.RING) // 2, tokens.RING, tokens.RING)
        rings.paint(painter, QRectF(_mirrored(option, sign)), row.session, now, t, turn=self.turn)
        first, second = text.status_lines(row.session, now)
        if text.shown(row.session, now) is Status.FAILED:
            second = ""
        begin = left + tokens.RING + _STATUS_GAP
        words = QRect(begin, rect.top() + (9 if second else 17), rect.right() - begin - 4, 18)
        painter.setFont(fonts.font(tokens.BASE_STRONG))
        painter.setPen(QColor(t.bad if row.failed else t.text))
        painter.drawText(_mirrored(option, words), _LEADING, _fit(first, tokens.BASE_STRONG, words.width()))
        if second:
            words.translate(0, 17)
            painter.setFont(fonts.font(tokens.TINY))
            painter.setPen(QColor(t.text2))
            painter.drawText(_mirrored(option, words), _LEADING, _fit(second, tokens.TINY, words.width()))


class RolesView(QListView):
    """Shows a `RolesModel` without scrolling by itself.

    Space and a click check a line; Enter and a double click say `opened` with the profile's name. `moved` carries where
    the current line lies, so that the page can bring it into sight.
    """

    opened = Signal(str)
    moved = Signal(QRect)

    def __init__(self, model: RolesModel, clock: Callable[[], datetime], name: str) -> None:
        super().__init__()
        self._roles = model
        self.delegate = RolesDelegate(clock, self, checkable=model.checkable)
        self.setItemDelegate(self.delegate)
        self.setModel(model)
        self.setAccessibleName(name)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.doubleClicked.connect(self._open)
        self._spin = QTimer(self, interval=_FRAME_MS)
        self._spin.timeout.connect(self._turn)
        model.modelReset.connect(self._fit)
        model.dataChanged.connect(self.tick)
        theme.current().changed.connect(self.viewport().update)
        self._fit()

    @property
    def chosen(self) -> Row | None:
        """The current line."""
        return self._roles.row_at(self.currentIndex().row())

    def tick(self) -> None:
        """Draw the times as they are now, and turn what turns while it can be seen."""
        turns = self.isVisible() and theme.moves() and self._acquiring()
        if turns != self._spin.isActive():
            self._spin.start() if turns else self._spin.stop()
        self.viewport().update()

    def _acquiring(self) -> bool:
        rows = (self._roles.row_at(place) for place in range(self._roles.rowCount()))
        return any(
            row is not None and row.session is not None and row.session.status is Status.ACQUIRING for row in rows
        )

    def _turn(self) -> None:
        if not self.isVisible():
            self._spin.stop()
            return
        self.delegate.turn = (self.delegate.turn + _WHOLE_TURN * _FRAME_MS / tokens.TURN) % _WHOLE_TURN
        self.viewport().update()

    def _fit(self) -> None:
        self.setFixedHeight(self._roles.rowCount() * tokens.ROW)
        self.tick()

    def _open(self, index: QModelIndex) -> None:
        row = self._roles.row_at(index.row())
        if row is not None and row.profile:
            self.opened.emit(row.profile)

    def currentChanged(
        self, current: QModelIndex | QPersistentModelIndex, previous: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Tell where the keyboard is now."""
        super().currentChanged(current, previous)
        if current.isValid() and self.hasFocus():
            self.moved.emit(QRect(0, current.row() * tokens.ROW, self.width(), tokens.ROW))

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Begin at the first line."""
        super().focusInEvent(event)
        if not self.currentIndex().isValid() and self._roles.rowCount():
            self.setCurrentIndex(self._roles.index(0))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space checks, Enter opens; everything else moves, or is somebody else's."""
        key = event.key()
        if key == Qt.Key.Key_Space:
            self._roles.toggle(self.currentIndex().row())
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._open(self.currentIndex())
        elif key in {Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Home, Qt.Key.Key_End}:
            super().keyPressEvent(event)
        else:
            event.ignore()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click in the column of the boxes checks."""
        super().mouseReleaseEvent(event)
        at = event.position().toPoint()
        index = self.indexAt(at)
        ltr = self.layoutDirection() is Qt.LayoutDirection.LeftToRight
        from_begin = at.x() if ltr else self.viewport().width() - at.x()
        if event.button() is Qt.MouseButton.LeftButton and index.isValid() and from_begin < _WORDS_AT:
            self._roles.toggle(index.row())

    def wheelEvent(self, event: QWheelEvent) -> None:
        """The page scrolls, not the list."""
        event.ignore()

    def viewportEvent(self, event: QEvent) -> bool:
        """Say in a tool tip what was cut off."""
        if event.type() is QEvent.Type.ToolTip:
            row = self._roles.row_at(self.indexAt(event.pos()).row())  # type: ignore[attr-defined]  # a QHelpEvent
            self.viewport().setToolTip("" if row is None else tip(_tip(row)))
        return super().viewportEvent(event)


def _tip(row: Row) -> str:
    parts = [row.title if row.offer is None else row.offer.role_arn, row.words]
    if row.session is not None and row.session.problem is not None:
        parts += [row.session.problem.detail, row.session.problem.remedy]
    if row.profile:
        parts.append(tr("Enter shows {name} in the list.").format(name=row.profile))
    return "\n".join(part for part in parts if part)


def _box_in(rect: QRect) -> QRect:
    return QRect(rect.left() + _BOX_AT, rect.top() + (rect.height() - _BOX) // 2, _BOX, _BOX)


def _mirrored(option: QStyleOptionViewItem, rect: QRect) -> QRect:
    return QStyle.visualRect(option.direction, option.rect, rect)


def _paint_ground(painter: QPainter, option: QStyleOptionViewItem, t: Tokens) -> None:
    focused = bool(option.state & QStyle.StateFlag.State_HasFocus)
    hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)
    if hovered and not focused:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(t.hover))
        painter.drawRoundedRect(QRectF(option.rect), tokens.RADIUS, tokens.RADIUS)
    if focused:
        painter.setPen(QPen(QColor(t.fill), tokens.FOCUS))
        painter.setBrush(QColor(t.select))
        painter.drawRoundedRect(QRectF(option.rect).adjusted(1, 1, -1, -1), tokens.RADIUS - 1, tokens.RADIUS - 1)


def _paint_box(painter: QPainter, rect: QRect, t: Tokens, *, checked: bool) -> None:
    painter.setPen(QPen(QColor(t.fill if checked else t.border), 1))
    painter.setBrush(QColor(t.fill if checked else t.field))
    edge = QRectF(rect).adjusted(0.5, 0.5, -0.5, -0.5)
    painter.drawRoundedRect(edge, tokens.RADIUS_TINY, tokens.RADIUS_TINY)
    if checked:
        icons.paint(painter, QRectF(rect.adjusted(2, 2, -2, -2)), "check", t.on_fill)


def _fit(words: str, style: tuple[int, int], width: int) -> str:
    measure = fonts.metrics(style)
    if measure.horizontalAdvance(words) <= width:
        return words
    return measure.elidedText(words, Qt.TextElideMode.ElideRight, width)
