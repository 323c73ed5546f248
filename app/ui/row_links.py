"""What stands in a row besides its name: the marks after it, and the links of a sign-in that waits elsewhere."""

from __future__ import annotations

import enum

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter
from PySide6.QtWidgets import QStyle

from app.domain.view import SessionView, Status
from app.ui import fonts, icons, theme, tokens
from app.ui.text import tr

_MARK, _GAP, _GRID = 12, 7, 16
_BETWEEN = " · "


class Link(enum.Enum):
    """A link in the second line of a row."""

    COPY = "copy link"
    CANCEL = "cancel"


def links(view: SessionView) -> tuple[str, tuple[tuple[Link, str], ...]]:
    """Where a sign-in waits, in words, and the links after them; nothing where none waits elsewhere."""
    if view.status is not Status.WAITING:
        return "", ()
    copy, cancel = (Link.COPY, tr("Copy link")), (Link.CANCEL, tr("Cancel"))
    waits = {
        "browser open": (tr("Open in your browser"), (copy, cancel)),
        "device open": (tr("Waits for its code"), (copy, cancel)),
        "window open": (tr("Open in a window"), (cancel,)),
    }
    return waits.get(view.waiting_for, ("", ()))


def link_places(view: SessionView, line: QRect, direction: Qt.LayoutDirection) -> list[tuple[Link, str, QRect]]:
    """The links of a row and where they lie in its second line; the words before them give way first."""
    words, found = links(view)
    measure = fonts.metrics(tokens.SMALL)
    wide = [round(measure.horizontalAdvance(each)) for _link, each in found]
    between = round(measure.horizontalAdvance(_BETWEEN))
    rest = sum(wide) + between * len(wide)
    before = min(round(measure.horizontalAdvance(words)), max(0, line.width() - rest))
    x = line.left() + (before + between if before > between else 0)
    places = []
    for (link, each), width in zip(found, wide, strict=True):
        place = QRect(x, line.top(), min(width, max(0, line.right() - x)), line.height())
        places.append((link, each, QStyle.visualRect(direction, line, place)))
        x += width + between
    return places


def paint_links(  # a painter, a line, and how it is to be drawn
    painter: QPainter, view: SessionView, line: QRect, direction: Qt.LayoutDirection, hovered: Link | None
) -> bool:
    """Draw where a sign-in waits and its links; False where there is nothing to draw."""
    words, found = links(view)
    if not found:
        return False
    t = theme.tokens()
    places = link_places(view, line, direction)
    rtl = direction == Qt.LayoutDirection.RightToLeft
    align = QStyle.visualAlignment(direction, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    measure = fonts.metrics(tokens.SMALL)
    painter.setFont(fonts.font(tokens.SMALL))
    painter.setPen(QColor(t.text2))
    first = places[0][2]
    room = line.right() - first.right() if rtl else first.left() - line.left()
    between = round(measure.horizontalAdvance(_BETWEEN))
    if room > between:
        painter.drawText(line, align, measure.elidedText(words, Qt.TextElideMode.ElideRight, room - between + 1))
    for number, (link, word, place) in enumerate(places):
        if number or room > between:
            painter.setPen(QColor(t.text2))
            dot = place.translated(place.width(), 0) if rtl else place.translated(-between, 0)
            dot.setWidth(between)
            painter.drawText(dot, Qt.AlignmentFlag.AlignCenter, _BETWEEN.strip())
        font = QFont(fonts.font(tokens.SMALL))
        font.setUnderline(link is hovered)
        painter.setFont(font)
        painter.setPen(QColor(t.accent))
        painter.drawText(place, align, word)
    return True


def marks(view: SessionView) -> tuple[str, ...]:
    """The drawings after a name: a pin, and a lock where a person has to confirm."""
    return ("pin",) * view.pinned + ("lock",) * view.confirm


def marks_width(view: SessionView) -> int:
    """How much room the marks after a name take."""
    count = len(marks(view))
    return count * (_MARK + _GAP) + 1 if count else 0


def paint_marks(painter: QPainter, view: SessionView, line: QRect, wide: int, direction: Qt.LayoutDirection) -> None:
    """Draw the marks after a name that is `wide` pixels wide."""
    x = line.left() + wide + _GAP
    for name in marks(view):
        place = QStyle.visualRect(direction, line, QRect(x, line.top() + 4, _MARK, _MARK))
        # Drawn thinner than other icons: at this size a pin of full strokes is a blot.
        ratio = painter.device().devicePixelRatioF() * _MARK / _GRID
        drawn = icons.pixmap(name, theme.tokens().text2, _GRID, ratio)
        painter.drawPixmap(QRectF(place), drawn, QRectF(drawn.rect()))
        x += _MARK + _GAP
