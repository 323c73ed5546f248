"""One row of the line of time, drawn: name and tree, bars, discs, the lines of now and of the next person, words.

Names and words change sides where people write from right to left; time runs from left to right everywhere, as the
digits of a clock do.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QStyle

from app.domain.values import dataclass
from app.ui import deadlines_words, fonts, icons, tokens

if TYPE_CHECKING:
    from datetime import datetime

    from app.domain.deadlines import Deadline
    from app.ui.deadlines_scale import Mark, Scale
    from app.ui.tokens import Tokens

ROW, BAR = 38, 14
NOW_LINE = 1.5
_RENEWAL, _PERSON, _HALO = 16, 18, 2
_ICON, _ICON_AT, _NAME_AT, _INDENT, _DEEPEST = 16, 16, 40, 16, 5
_WORDS, _WORDS_NARROW, _WORD_ICON, _WORD_GAP, _WIDE = 168, 146, 14, 8, 760
_NAMES, _NAMES_LEAST, _BETWEEN, _EDGE, _PART = 232, 132, 20, 16, 0.2544
_WORD_LEAST = 24
_DASH = (4.0, 3.0)
_HATCH, _HATCH_PEN = 6.2, 2.0
_BEGIN = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_ALIGNED = {each: QStyle.visualAlignment(each, _BEGIN) for each in Qt.LayoutDirection}
"""For either direction of writing; flags are slow to put together."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """Where the three columns of a row lie, in pixels from its left edge."""

    names: QRect
    line: QRect
    words: QRect


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What all rows are drawn with. `person` is the moment a person is needed next, `offset` how far is scrolled."""

    scale: Scale
    marks: tuple[Mark, ...]
    now: datetime
    person: datetime | None
    tokens: Tokens
    direction: Qt.LayoutDirection = Qt.LayoutDirection.LeftToRight
    offset: int = 0


@lru_cache(maxsize=16)
def columns(width: int, direction: Qt.LayoutDirection = Qt.LayoutDirection.LeftToRight) -> Columns:
    """The columns of rows of a width; the same ones for all rows, not to be moved."""
    words = _WORDS if width >= _WIDE else _WORDS_NARROW
    names = max(_NAMES_LEAST, min(_NAMES, round(width * _PART)))
    whole = QRect(0, 0, width, ROW)
    parts = (
        QRect(0, 0, names, ROW),
        QRect(names, 0, max(1, width - names - words), ROW),
        QRect(width - words + _BETWEEN, 0, words - _BETWEEN, ROW),
    )
    left, middle, right = (QStyle.visualRect(direction, whole, part) for part in parts)
    return Columns(names=left, line=middle, words=right)


def dashes(colour: str, offset: float) -> QPen:
    """The pen of the line of the next person; `offset` keeps the dashes of one row going on in the next."""
    pen = QPen(QColor(colour), NOW_LINE, Qt.PenStyle.CustomDashLine, Qt.PenCapStyle.FlatCap)
    pen.setDashPattern([each / NOW_LINE for each in _DASH])
    pen.setDashOffset(offset % sum(_DASH) / NOW_LINE)
    return pen


def paint_row(painter: QPainter, rect: QRect, row: Deadline, look: Look) -> None:
    """Draw a row that fills `rect`; its ground is there already."""
    across = columns(rect.width(), look.direction)
    place = across.line.translated(rect.topLeft())
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    _paint_name(painter, across.names.translated(rect.topLeft()), row, look)
    paint_words(painter, across.words.translated(rect.topLeft()), row, look)
    painter.setClipRect(place, Qt.ClipOperation.IntersectClip)
    _paint_marks(painter, rect, look)
    _paint_bars(painter, rect, row, look)
    _paint_lines(painter, rect, look)
    painter.restore()
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    _paint_discs(painter, rect, row, look)
    painter.restore()


def paint_ground(painter: QPainter, rect: QRect, row: Deadline, t: Tokens, *, last: bool) -> None:
    """The ground of a row: sources stand on their own one, between two lines. `last`: a source comes after it."""
    source = row.kind in deadlines_words.SOURCES
    painter.fillRect(rect, QColor(t.window if source else t.surface))
    if source or last:
        painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), QColor(t.line))


def paint_chosen(painter: QPainter, rect: QRect, t: Tokens, *, selected: bool, focused: bool) -> None:
    """The row under the pointer, the chosen one, and the one with the keyboard."""
    edge = QRectF(rect).adjusted(tokens.ROW_INSET + 0.5, 1.5, -tokens.ROW_INSET - 0.5, -2.5)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(QColor(t.select if selected else t.hover))
    painter.setPen(QColor(t.select_line) if selected else Qt.PenStyle.NoPen)
    painter.drawRoundedRect(edge, tokens.RADIUS_SMALL, tokens.RADIUS_SMALL)
    if focused:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(t.fill), tokens.FOCUS))
        painter.drawRoundedRect(edge.adjusted(0.5, 0.5, -0.5, -0.5), tokens.RADIUS_SMALL, tokens.RADIUS_SMALL)
    painter.restore()


# --- Name and words --------------------------------------------------------------------------------------------------


def _paint_name(painter: QPainter, place: QRect, row: Deadline, look: Look) -> None:
    t, depth = look.tokens, min(row.depth, _DEEPEST)
    source = row.kind in deadlines_words.SOURCES
    if source:
        spot = QRect(place.left() + _ICON_AT, place.top() + (ROW - _ICON) // 2, _ICON, _ICON)
        spot = QStyle.visualRect(look.direction, place, spot)
        icons.paint(painter, QRectF(spot), deadlines_words.icon_of(row), t.text2)
        begin = _NAME_AT
    else:
        _paint_branch(painter, place, depth, look)
        begin = _NAME_AT - 6 + _INDENT * depth
    room = place.width() - begin - 8
    style = tokens.NAME if source else tokens.BASE_STRONG
    name = fonts.elided(style, deadlines_words.title(row), room)
    wide = round(fonts.advance(style, name)) + 1
    line = QRect(place.left() + begin, place.top(), wide, ROW - 1)
    align = _ALIGNED[look.direction]
    painter.setFont(fonts.font(style))
    painter.setPen(QColor(t.text))
    painter.drawText(QStyle.visualRect(look.direction, place, line), align, name)
    left = room - wide - 8
    if left < _WORD_LEAST:
        return
    after = fonts.elided(tokens.TINY, deadlines_words.beside(row), left)
    # On the same base line.
    big, small = fonts.metrics(style), fonts.metrics(tokens.TINY)
    lower = round((big.ascent() - big.descent() - small.ascent() + small.descent()) / 2)
    line = QRect(line.left() + wide + 8, place.top() + lower, left, ROW - 1)
    painter.setFont(fonts.font(tokens.TINY))
    painter.setPen(QColor(t.text2))
    painter.drawText(QStyle.visualRect(look.direction, place, line), align, after)


def _paint_branch(painter: QPainter, place: QRect, depth: int, look: Look) -> None:
    """The line from what a row depends on to its name."""
    rtl = look.direction == Qt.LayoutDirection.RightToLeft
    sign = -1 if rtl else 1
    x = (place.right() if rtl else place.left()) + sign * (_NAME_AT - 7 + _INDENT * (depth - 1) + 0.5)
    top, middle, round_ = place.top() + 0.5, place.top() + ROW / 2 - 0.5, 4
    path = QPainterPath(QPointF(x, top))
    path.lineTo(x, middle - round_)
    path.quadTo(x, middle, x + sign * round_, middle)
    path.lineTo(x + sign * 9, middle)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(QColor(look.tokens.border), 1))
    painter.drawPath(path)


def paint_words(painter: QPainter, place: QRect, row: Deadline, look: Look) -> None:
    """What comes next for a row, in the last column."""
    told = deadlines_words.told(row, look.now)
    colour = getattr(look.tokens, told.tone)
    spot = QRect(place.left(), place.top() + (ROW - _WORD_ICON) // 2, _WORD_ICON, _WORD_ICON)
    icons.paint(painter, QRectF(QStyle.visualRect(look.direction, place, spot)), told.icon, colour)
    style = tokens.SMALL if told.tone == "text2" else tokens.SMALL_STRONG
    words = place.adjusted(_WORD_ICON + _WORD_GAP, 0, -8, -1)
    fit = fonts.elided(style, told.words, words.width())
    painter.setFont(fonts.font(style))
    painter.setPen(QColor(colour))
    painter.drawText(QStyle.visualRect(look.direction, place, words), _ALIGNED[look.direction], fit)


# --- The line --------------------------------------------------------------------------------------------------------


def _paint_marks(painter: QPainter, rect: QRect, look: Look) -> None:
    for mark in look.marks:
        colour = look.tokens.border if mark.day else look.tokens.line
        painter.fillRect(QRect(round(look.scale.x(mark.at)), rect.top(), 1, rect.height()), QColor(colour))


def _paint_lines(painter: QPainter, rect: QRect, look: Look) -> None:
    top, bottom = rect.top(), rect.bottom() + 1
    if look.person is not None and look.person > look.now and look.scale.shows(look.person):
        x = look.scale.x(look.person)
        painter.setPen(dashes(look.tokens.accent, top + look.offset))
        painter.drawLine(QPointF(x, top), QPointF(x, bottom))
    if look.scale.shows(look.now):
        x = look.scale.x(look.now)
        painter.fillRect(QRectF(x - NOW_LINE / 2, top, NOW_LINE, bottom - top), QColor(look.tokens.text))


def _paint_bars(painter: QPainter, rect: QRect, row: Deadline, look: Look) -> None:
    if row.expires is None:
        return
    t, now, scale = look.tokens, look.now, look.scale
    issued = scale.start if row.issued is None else row.issued
    free = row.expires
    if row.person_at is not None:
        free = min(free, max(row.person_at, now))
    painter.setPen(Qt.PenStyle.NoPen)
    ends = row.expires <= now
    past = _span(rect, look, issued, min(now, row.expires))
    _bar(painter, past, t.track, left=row.issued is not None, right=ends)
    if ends:
        return
    mark = getattr(t, f"{deadlines_words.tone_of(row, now)}_mark")
    _bar(painter, _span(rect, look, now, free), mark, left=False, right=free == row.expires)
    if free < row.expires:
        paint_hatching(painter, _span(rect, look, free, row.expires), t)
    if row.renewed_until is not None and row.renewed_until > row.expires:
        _paint_after(painter, _span(rect, look, row.expires, row.renewed_until).adjusted(2, 0, 0, 0), t)


def _span(rect: QRect, look: Look, begin: datetime, end: datetime) -> QRectF:
    """A bar from one moment to another; held a little beyond the edges, so that their ends are not rounded there."""
    beyond = 2.0 * tokens.RADIUS
    left = max(look.scale.left - beyond, look.scale.x(begin))
    right = min(look.scale.right + beyond, look.scale.x(end))
    return QRectF(left, rect.top() + (ROW - BAR) / 2, right - left, BAR)


def _bar(painter: QPainter, bar: QRectF, colour: str, *, left: bool, right: bool) -> None:
    if bar.width() > 0:
        painter.setBrush(QColor(colour))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.drawPath(_rounded(bar, left=left, right=right))


def _rounded(rect: QRectF, *, left: bool, right: bool) -> QPainterPath:
    """A bar with round corners at the ends that are ends."""
    radius = min(tokens.RADIUS_TINY, rect.width() / 2)
    path = QPainterPath()
    if not (left or right):
        path.addRect(rect)
        return path
    path.addRoundedRect(rect, radius, radius)
    if left and right:
        return path
    half = QRectF(rect)
    if not left:
        half.setWidth(rect.width() / 2)
        path.addRect(half)
    half = QRectF(rect)
    if not right:
        half.setLeft(rect.center().x())
        path.addRect(half)
    path.setFillRule(Qt.FillRule.WindingFill)
    return path


def _paint_after(painter: QPainter, bar: QRectF, t: Tokens) -> None:
    if bar.width() <= 1:
        return
    pen = QPen(QColor(t.good_mark), 1, Qt.PenStyle.CustomDashLine, Qt.PenCapStyle.FlatCap)
    pen.setDashPattern([4, 3])
    painter.setPen(pen)
    painter.setBrush(QColor(t.good_tint))
    painter.drawRoundedRect(bar.adjusted(0.5, 0.5, -0.5, -0.5), tokens.RADIUS_TINY, tokens.RADIUS_TINY)


def paint_hatching(painter: QPainter, bar: QRectF, t: Tokens) -> None:
    """A bar that works, but waits for a person."""
    if bar.width() <= 0:
        return
    painter.save()
    clip = QPainterPath(_rounded(bar, left=False, right=True))
    painter.setClipPath(clip, Qt.ClipOperation.IntersectClip)
    painter.fillRect(bar, QColor(t.select))
    painter.setPen(QPen(QColor(t.accent), _HATCH_PEN))
    # From the moment on that it waits for, so that scrolling the time moves the pattern with its bar.
    x = bar.left() - BAR
    while x < bar.right():
        painter.drawLine(QPointF(x, bar.bottom() + 1), QPointF(x + BAR + 2, bar.top() - 1))
        x += _HATCH * 1.4
    painter.restore()


# --- Discs -----------------------------------------------------------------------------------------------------------


def _paint_discs(painter: QPainter, rect: QRect, row: Deadline, look: Look) -> None:
    y = rect.top() + ROW / 2
    t = look.tokens
    renews = row.renews
    live = row.expires is not None and row.expires > look.now
    alone = row.person_at is None or deadlines_words.renews_before(row, look.now)
    if renews is not None and renews > look.now and live and alone and look.scale.shows(renews):
        paint_renewal(painter, QPointF(look.scale.x(renews), y), t, deadlines_words.tone_of(row, look.now))
    if row.person_at is not None:
        at = max(row.person_at, look.now)
        if look.scale.shows(at):
            ground = t.window if row.kind in deadlines_words.SOURCES else t.surface
            paint_person(painter, QPointF(look.scale.x(at), y), t, ground)


def paint_renewal(painter: QPainter, middle: QPointF, t: Tokens, tone: str = "good") -> None:
    """The disc of a renewal."""
    painter.setPen(QPen(QColor(getattr(t, f"{tone}_mark")), NOW_LINE))
    painter.setBrush(QColor(t.surface))
    half = (_RENEWAL - NOW_LINE) / 2
    painter.drawEllipse(middle, half, half)
    side = 10
    icons.paint(painter, QRectF(middle.x() - side / 2, middle.y() - side / 2, side, side), "refresh", t.text)


def paint_person(painter: QPainter, middle: QPointF, t: Tokens, ground: str) -> None:
    """The disc of a person who is needed, a little apart from the lines."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(ground))
    halo = _PERSON / 2 + _HALO
    painter.drawEllipse(middle, halo, halo)
    painter.setBrush(QColor(t.fill))
    painter.drawEllipse(middle, _PERSON / 2, _PERSON / 2)
    painter.setBrush(QColor(t.on_fill))
    x, y = middle.x(), middle.y()
    painter.drawEllipse(QPointF(x, y - 2.2), 2.0, 2.0)
    shoulders = QPainterPath(QPointF(x - 3.8, y + 4.0))
    shoulders.cubicTo(QPointF(x - 3.4, y - 0.2), QPointF(x + 3.4, y - 0.2), QPointF(x + 3.8, y + 4.0))
    shoulders.closeSubpath()
    painter.drawPath(shoulders)
