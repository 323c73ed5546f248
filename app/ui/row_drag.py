"""A row in a person's hand: where it would go, the line that shows it, and scrolling at the edges."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, QPointF, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QApplication

from app.ui import arranging, fonts, theme, tokens

if TYPE_CHECKING:
    from app.ui.arranging import Place
    from app.ui.row_view import RowView
    from app.ui.session_model import SessionModel

_EDGE, _STEP, _EVERY_MS = 28, 12, 30
_KNOB = 3


class RowDrag(QObject):
    """Follows the mouse from `press` to `drop`. `dropped` carries the profile, the group, and before whom it goes."""

    dropped = Signal(str, str, str)

    def __init__(self, view: RowView, model: SessionModel) -> None:
        super().__init__(view)
        self._view, self._model = view, model
        self._name = ""
        self._from = QPoint()
        self._at = QPoint()
        self._place: Place | None = None
        self.active = False
        self._scroll = QTimer(self, interval=_EVERY_MS)
        self._scroll.timeout.connect(self._scroll_on)

    def press(self, name: str, at: QPoint) -> None:
        """The button went down on a row."""
        self._name, self._from = (name, at) if self._model.arrangeable else ("", at)

    def move(self, at: QPoint) -> bool:
        """The mouse moved with the button down; True while a row is being dragged."""
        if not self._name:
            return False
        if not self.active and (at - self._from).manhattanLength() < QApplication.startDragDistance():
            return False
        self.active, self._at = True, at
        self._view.viewport().setCursor(Qt.CursorShape.ClosedHandCursor)
        self._find()
        high = self._view.viewport().height()
        near = at.y() < _EDGE or at.y() > high - _EDGE
        self._scroll.start() if near else self._scroll.stop()
        return True

    def drop(self) -> bool:
        """The button was let go; True where that ended a drag."""
        active, name, place = self.active, self._name, self._place
        self.cancel()
        if active and place is not None:
            self.dropped.emit(name, place.group, place.before)
        return active

    def cancel(self) -> bool:
        """Let the row lie where it was; False when none was dragged."""
        active = self.active
        self.active, self._name, self._place = False, "", None
        self._scroll.stop()
        if active:
            self._view.viewport().setCursor(Qt.CursorShape.ArrowCursor)
            self._view.viewport().update()
        return active

    def _find(self) -> None:
        index = self._view.indexAt(self._at)
        rows = self._model.rows()
        row = index.row()
        if row < 0:
            row = len(rows) - 1 if self._at.y() > _EDGE else 0
        middle = self._view.visualRect(self._model.index(row)).center().y()
        place = arranging.place_at(rows, row, upper=self._at.y() < middle)
        self._place = place if place is not None and arranging.moves(rows, self._name, place) else None
        self._view.viewport().update()

    def _scroll_on(self) -> None:
        bar = self._view.verticalScrollBar()
        bar.setValue(bar.value() + (-_STEP if self._at.y() < _EDGE else _STEP))
        self._find()

    # --- Drawing ---------------------------------------------------------------------------------------------------

    def paint(self, painter: QPainter) -> None:
        """Draw the insertion line, and the name beside the pointer."""
        if not self.active:
            return
        t = theme.tokens()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._place is not None:
            self._paint_line(painter, self._place)
        words = fonts.metrics(tokens.NAME).elidedText(self._name, Qt.TextElideMode.ElideRight, 240)
        wide = fonts.metrics(tokens.NAME).horizontalAdvance(words) + 2 * tokens.GAP
        tag = QRectF(self._at.x() + 12, self._at.y() + 8, wide, tokens.SMALL_BUTTON)
        painter.setPen(QColor(t.select_line))
        painter.setBrush(QColor(t.select))
        painter.drawRoundedRect(tag, tokens.RADIUS_SMALL, tokens.RADIUS_SMALL)
        painter.setPen(QColor(t.text if self._place is not None else t.text2))
        painter.setFont(fonts.font(tokens.NAME))
        painter.drawText(tag, Qt.AlignmentFlag.AlignCenter, words)

    def _paint_line(self, painter: QPainter, place: Place) -> None:
        t = theme.tokens()
        rect = self._view.visualRect(self._model.index(place.gap - 1)) if place.gap else None
        above = self._view.visualRect(self._model.index(0)) if rect is None else rect
        y = above.top() if rect is None else above.bottom() + 1
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(t.fill), tokens.FOCUS, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        if place.onto:
            # The header may be the one that sticks to the top.
            above.moveTop(max(0, above.top()))
            painter.drawRoundedRect(QRectF(above).adjusted(1, 1, -1, -1), tokens.RADIUS_SMALL, tokens.RADIUS_SMALL)
            return
        painter.drawEllipse(QPointF(above.left() + _KNOB + 1, y), _KNOB, _KNOB)
        painter.drawLine(QPointF(above.left() + 2 * _KNOB + 2, y), QPointF(above.right() - 2, y))
