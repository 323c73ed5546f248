"""The status in a row: what of it is to be seen at a moment, what of that a second changes, and how it is drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QStyle

from app.domain.view import LIVE, SessionView, Status
from app.ui import acts, fonts, rings, text, theme, tokens

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from app.ui.session_delegate import Places
    from app.ui.tokens import Tokens

_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class Look(NamedTuple):
    """What is to be seen of a session's status: the first line, the ring's share, and all that changes seldom."""

    first: str
    share: float
    rest: tuple[object, ...]


class Lines(NamedTuple):
    """Where the words stand in the status column: one line alone, or a first and a second.

    `time` is what a countdown in the first line takes, without the pixel that belongs to the second line too.
    """

    alone: QRect
    first: QRect
    second: QRect
    time: QRect


def lines(words: QRect) -> Lines:
    """The lines of a column that is as high as its row."""
    left, top, wide = words.left(), words.top(), words.width()
    alone, first, second = (QRect(left, top + down, wide, high) for down, high in ((16, 18), (9, 18), (26, 15)))
    return Lines(alone, first, second, first.adjusted(0, 0, 0, -1))


def look(view: SessionView, now: datetime) -> Look | None:
    """What is to be seen at `now`; None for what does not change with the time."""
    status = text.shown(view, now)
    if status not in LIVE and status not in {Status.ACQUIRING, Status.EXPIRED, Status.WAITING}:
        return None
    first, second = text.status_lines(view, now)
    seldom = (status, second, text.tone(view, now), _weight(view, status, now), acts.button(view, now))
    return Look(first, rings.stepped(text.share_left(view, now), tokens.RING), (view, *seldom))


def changed(before: Look | None, after: Look, places: Places) -> list[QRect]:
    """What to draw again of a row that showed `before`: the whole column and the button, or icon and first line.

    At a scale of 125 % the edge of the column lies inside a pixel of the screen, which belongs to it.
    """
    if before is None or before.rest != after.rest:
        return [places.status.united(places.button).adjusted(-1, 0, 1, 0)]
    found = [places.icon] if before.share != after.share else []
    if before.first != after.first:
        found.append(places.lines.time)
    return found


def paint(  # noqa: PLR0913  # a painter, places, what stands there when, which way, and which of it
    painter: QPainter,
    places: Places,
    view: SessionView,
    now: datetime,
    direction: Qt.LayoutDirection,
    wanted: Callable[[QRect], bool],
    *,
    turn: float,
) -> None:
    """Draw the icon and the words, those of them that are `wanted`. `turn` is the angle of acquiring arcs, degrees."""
    t, where = theme.tokens(), places.lines
    if wanted(places.icon):
        rings.paint(painter, QRectF(places.icon), view, now, t, turn=turn)
    first, second = text.status_lines(view, now)
    status = text.shown(view, now)
    align = QStyle.visualAlignment(direction, _LEFT)
    line = where.first if second else where.alone
    if wanted(line):
        weight = _weight(view, status, now)
        painter.setFont(fonts.font(weight))
        painter.setPen(QColor(_first_colour(view, status, now, t)))
        painter.drawText(line, align, fonts.fitting(weight, first, line.width()))
    if second and wanted(where.second):
        painter.setFont(fonts.font(tokens.TINY))
        painter.setPen(QColor(_second_colour(view, status, now, t)))
        painter.drawText(where.second, align, fonts.fitting(tokens.TINY, second, where.second.width()))


def _weight(view: SessionView, status: Status, now: datetime) -> tuple[int, int]:
    if status is Status.IDLE:
        return tokens.BASE
    left = view.time_left(now)
    urgent = status in LIVE and left is not None and left.total_seconds() < tokens.LAST_MINUTE_S
    return tokens.URGENT if urgent else tokens.BASE_STRONG


def _tells_time(view: SessionView, status: Status, now: datetime) -> bool:
    """Whether the words take the ring's colour: what is renewed no more, or almost gone."""
    return status is Status.EXPIRING or (status is Status.ACTIVE and text.tone(view, now) is text.Tone.BAD)


def _first_colour(view: SessionView, status: Status, now: datetime, t: Tokens) -> str:
    if _tells_time(view, status, now):
        return rings.word_of(text.tone(view, now), t)
    return {Status.IDLE: t.text2, Status.WAITING: t.accent, Status.FAILED: t.bad}.get(status, t.text)


def _second_colour(view: SessionView, status: Status, now: datetime, t: Tokens) -> str:
    if _tells_time(view, status, now):
        return rings.word_of(text.tone(view, now), t)
    if text.renewal_fails(view, now):
        return t.warn
    return t.accent if status in {Status.WAITING, Status.FAILED} else t.text2
