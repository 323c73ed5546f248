"""Every status as a shape: rings, arcs, discs, the triangle. Never colour alone."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPainterPath, QPen, QPolygonF

from app.domain.view import Status
from app.ui import text, tokens

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from app.domain.view import SessionView
    from app.ui.tokens import Tokens

_TOP, _CIRCLE = 90 * 16, 360 * 16
_ARC_OF_ACQUIRING = 100
_SMALLEST_ARC = 4


def stepped(share: float, width: float) -> float:
    """The share that a ring of so many pixels shows: it ends at half pixels, so that not every second draws it anew."""
    steps = round(2 * math.pi * width)
    return max(1, round(share * steps)) / steps if share > 0 else 0.0


def ring(painter: QPainter, rect: QRectF, share: float, mark: str, track: str, stroke: float) -> None:
    """A ring: `share` (0 to 1) of it in `mark`, clockwise from twelve o'clock, the rest in `track`."""
    share = stepped(share, rect.width())
    inner = rect.adjusted(stroke / 2, stroke / 2, -stroke / 2, -stroke / 2)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(QColor(track), stroke))
    painter.drawEllipse(inner)
    if share > 0:
        painter.setPen(QPen(QColor(mark), stroke, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        painter.drawArc(inner, _TOP, -max(_SMALLEST_ARC * 16, round(share * _CIRCLE)))


def paint(painter: QPainter, rect: QRectF, view: SessionView, now: datetime, t: Tokens, *, turn: float = 0.0) -> None:
    """The icon of a session's status in `rect` (20 px square). `turn` is the angle of the acquiring arc, degrees."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    status = text.shown(view, now)
    if status is Status.ACQUIRING:
        _turning(painter, rect, t, turn)
    elif status in {Status.ACTIVE, Status.EXPIRING, Status.REFRESHING}:
        _countdown(painter, rect, view, now, t)
    else:
        _STILL[status](painter, rect, t)


def mark_of(tone: text.Tone, t: Tokens) -> str:
    """The colour of a ring in a tone."""
    return {text.Tone.GOOD: t.good_mark, text.Tone.WARN: t.warn_mark, text.Tone.BAD: t.bad_mark}[tone]


def word_of(tone: text.Tone, t: Tokens) -> str:
    """The colour of words in a tone."""
    return {text.Tone.GOOD: t.good, text.Tone.WARN: t.warn, text.Tone.BAD: t.bad}[tone]


def _countdown(painter: QPainter, rect: QRectF, view: SessionView, now: datetime, t: Tokens) -> None:
    tone = text.tone(view, now)
    mark = mark_of(tone, t)
    ring(painter, rect, text.share_left(view, now), mark, t.track, tokens.RING_STROKE)
    middle = rect.center()
    if view.status is Status.REFRESHING:
        side = 9.6
        _arrow(painter, QRectF(middle.x() - side / 2, middle.y() - side / 2, side, side), t.text)
    elif tone is text.Tone.BAD:
        painter.setPen(QPen(QColor(mark), 2, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        painter.drawLine(QPointF(middle.x(), middle.y() - 4.5), QPointF(middle.x(), middle.y() + 0.75))
        painter.drawPoint(QPointF(middle.x(), middle.y() + 4.25))
    elif view.status is Status.EXPIRING:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(mark))
        painter.drawEllipse(middle, 2.75, 2.75)


def _arrow(painter: QPainter, rect: QRectF, colour: str) -> None:
    """An open circle with an arrow head: it is being renewed."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(QColor(colour), 1.5, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
    inner = rect.adjusted(1.2, 1.2, -1.2, -1.2)
    painter.drawArc(inner, 40 * 16, 290 * 16)
    tip = QPointF(inner.right() + 0.3, inner.center().y() - 1.2)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(colour))
    painter.drawPolygon(QPolygonF([tip, QPointF(tip.x() - 3.4, tip.y()), QPointF(tip.x(), tip.y() - 3.4)]))


def _turning(painter: QPainter, rect: QRectF, t: Tokens, turn: float) -> None:
    stroke = tokens.RING_STROKE
    ring(painter, rect, 0.0, t.accent, t.track, stroke)
    painter.setPen(QPen(QColor(t.accent), stroke, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
    inner = rect.adjusted(stroke / 2, stroke / 2, -stroke / 2, -stroke / 2)
    painter.drawArc(inner, _TOP - round(turn * 16), -_ARC_OF_ACQUIRING * 16)


def _idle(painter: QPainter, rect: QRectF, t: Tokens) -> None:
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(QColor(t.border), 1.5))
    painter.drawEllipse(rect.adjusted(1, 1, -1, -1))


def _waiting(painter: QPainter, rect: QRectF, t: Tokens) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(t.fill))
    painter.drawEllipse(rect)
    x, y = rect.center().x(), rect.center().y()
    painter.setBrush(QColor(t.on_fill))
    painter.drawEllipse(QPointF(x, y - 2.6), 2.5, 2.5)
    shoulders = QPainterPath(QPointF(x - 4.8, y + 5.2))
    shoulders.cubicTo(QPointF(x - 4.4, y - 0.2), QPointF(x + 4.4, y - 0.2), QPointF(x + 4.8, y + 5.2))
    shoulders.closeSubpath()
    painter.drawPath(shoulders)


def _expired(painter: QPainter, rect: QRectF, t: Tokens) -> None:
    painter.setBrush(Qt.BrushStyle.NoBrush)
    pen = QPen(QColor(t.text2), 1.5, Qt.PenStyle.CustomDashLine, Qt.PenCapStyle.FlatCap)
    pen.setDashPattern([1.9, 1.7])
    painter.setPen(pen)
    painter.drawEllipse(rect.adjusted(0.75, 0.75, -0.75, -0.75))
    x, y = rect.center().x(), rect.center().y()
    pen = QPen(QColor(t.text2), 1.5, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    painter.drawPolyline(QPolygonF([QPointF(x, y - 4.5), QPointF(x, y), QPointF(x + 3, y + 2)]))


def _failed(painter: QPainter, rect: QRectF, t: Tokens) -> None:
    painter.setPen(
        QPen(QColor(t.bad_mark), 2.5, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)
    )
    painter.setBrush(QBrush(QColor(t.bad_mark)))
    x, top, bottom = rect.center().x(), rect.top() + 2, rect.bottom() - 2.5
    painter.drawPolygon(QPolygonF([QPointF(x, top), QPointF(x + 8.5, bottom), QPointF(x - 8.5, bottom)]))
    painter.setPen(QPen(QColor(t.surface if t.dark else t.on_fill), 2, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
    painter.drawLine(QPointF(x, top + 5.5), QPointF(x, top + 9))
    painter.drawPoint(QPointF(x, top + 12.5))


_STILL: dict[Status, Callable[[QPainter, QRectF, Tokens], None]] = {
    Status.IDLE: _idle,
    Status.WAITING: _waiting,
    Status.EXPIRED: _expired,
    Status.FAILED: _failed,
}
