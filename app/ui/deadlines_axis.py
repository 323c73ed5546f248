"""What stands over and under the line of time: hours, now, the next person; what the colours mean."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.ui import deadlines_paint, deadlines_words, fonts, icons, text, theme, tokens
from app.ui.text import tr

if TYPE_CHECKING:
    from app.domain.deadlines import PersonNeeded
    from app.ui.deadlines_paint import Look
    from app.ui.tokens import Tokens

HIGH = 76
_LABELS, _LABEL = 50, 18
_PILL_TOP, _PILL = 22, 22
_PILL_TYPE = (12, tokens.SEMIBOLD)
_PILL_ICON = 12
_TICK_TOP = 70


class Axis(QWidget):
    """The hours over the line. Tell it how the rows are drawn with `show_look`."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedHeight(HIGH)
        self.setAccessibleName(tr("Hours"))
        self._look: Look | None = None
        self._person: PersonNeeded | None = None
        theme.current().changed.connect(self.update)

    def show_look(self, look: Look, person: PersonNeeded | None) -> None:
        """Draw the hours of this scale."""
        if (look, person) != (self._look, self._person):
            self._look, self._person = look, person
            self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw hours, now, and the next person."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        t = theme.tokens()
        painter.fillRect(QRect(0, self.height() - 1, self.width(), 1), QColor(t.line))
        if self._look is None:
            return
        taken = self._paint_now(painter, self._look, t)
        self._paint_hours(painter, self._look, t, taken)
        if self._person is not None:
            self._paint_person(painter, self._look, self._person, t)

    def _paint_hours(self, painter: QPainter, look: Look, t: Tokens, taken: QRectF) -> None:
        measure = fonts.metrics(tokens.TINY)
        painter.setFont(fonts.font(tokens.TINY))
        for mark in look.marks:
            x = look.scale.x(mark.at)
            words = deadlines_words.day(mark.at) if mark.day else text.clock(mark.at)
            wide = measure.horizontalAdvance(words) + 2
            line = QColor(t.border if mark.day else t.line)
            painter.fillRect(QRect(round(x), _TICK_TOP, 1, self.height() - _TICK_TOP), line)
            place = QRectF(x - wide / 2, _LABELS, wide, _LABEL)
            if not place.intersects(taken) and place.left() >= 0 and place.right() <= self.width():
                painter.setPen(QColor(t.text if mark.day else t.text2))
                painter.drawText(place, Qt.AlignmentFlag.AlignCenter, words)

    def _paint_now(self, painter: QPainter, look: Look, t: Tokens) -> QRectF:
        if not look.scale.shows(look.now):
            return QRectF()
        x = look.scale.x(look.now)
        words = text.clock(look.now)
        wide = fonts.metrics(tokens.HEADING).horizontalAdvance(words) + 10
        place = QRectF(x - wide / 2, _LABELS, wide, _LABEL)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(t.text))
        painter.drawRoundedRect(place, tokens.RADIUS_TINY, tokens.RADIUS_TINY)
        line = deadlines_paint.NOW_LINE
        painter.fillRect(QRectF(x - line / 2, place.bottom(), line, self.height() - place.bottom()), QColor(t.text))
        painter.setPen(QColor(t.surface))
        painter.setFont(fonts.font(tokens.HEADING))
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter, words)
        return place.adjusted(-3, 0, 3, 0)

    def _paint_person(self, painter: QPainter, look: Look, person: PersonNeeded, t: Tokens) -> None:
        at = max(person.at, look.now)
        x = look.scale.held(at)
        # Beyond the edges an arrow shows where to look.
        arrow = "" if look.scale.shows(at) else "chevron-left" if at < look.scale.start else "chevron-right"
        words = deadlines_words.pill(person, look.now)
        wide = fonts.metrics(_PILL_TYPE).horizontalAdvance(words) + _PILL / 2 + 13 + 10
        wide += _PILL_ICON if arrow else 0
        # The sign stands over the line while there is room at the right.
        ends = look.scale.right if arrow else self.width() - tokens.GAP
        left = max(0.0, min(x - (0 if arrow else _PILL / 2), ends - wide))
        pill = QRectF(left, _PILL_TOP, wide, _PILL)
        if person.at > look.now and not arrow:
            painter.setPen(deadlines_paint.dashes(t.accent, -HIGH))
            painter.drawLine(QPointF(x, pill.bottom() + 3), QPointF(x, self.height()))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(t.fill))
        painter.drawRoundedRect(pill, _PILL / 2, _PILL / 2)
        side = _PILL_ICON
        spot = QRectF(pill.left() + (_PILL - side) / 2, pill.top() + (_PILL - side) / 2, side, side)
        if arrow == "chevron-left":
            icons.paint(painter, spot, arrow, t.on_fill)
            spot.translate(side, 0)
        elif arrow:
            icons.paint(painter, QRectF(pill.right() - side - 4, spot.top(), side, side), arrow, t.on_fill)
        icons.paint(painter, spot, "person", t.on_fill)
        painter.setPen(QColor(t.on_fill))
        painter.setFont(fonts.font(_PILL_TYPE))
        place = pill.adjusted(spot.right() - pill.left() + 7, 0, 0, 0)
        # Beside its sign also where people write from right to left: the pill belongs to the line of time.
        align = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignAbsolute
        painter.drawText(place, align, words)


class Legend(QWidget):
    """What the bars mean, and how many sessions there are."""

    _SWATCH, _HIGH, _GAP, _APART, _LINE = 18, 10, 8, 21, 20

    def __init__(self) -> None:
        super().__init__()
        self._words = ""
        self._lines = 0
        self._kinds = (
            ("past", tr("past")),
            ("left", tr("left")),
            ("warn", tr("expiring or not renewed")),
            ("after", tr("after renewal")),
            ("waits", tr("works, but waits for you")),
        )
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(36)
        theme.current().changed.connect(self.update)

    def show_words(self, words: str) -> None:
        """What stands at the end."""
        self._words = words
        self.setAccessibleName(tr("Legend, {words}").format(words=words))
        self._lay()
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Use more lines where one has not room enough."""
        super().resizeEvent(event)
        self._lay()

    def sizeHint(self) -> QSize:
        """As wide as there is room."""
        return QSize(400, 36)

    def _lay(self) -> None:
        lines = max((line for line, *_ in self._places()), default=0) + 1
        if lines != self._lines:
            self._lines = lines
            self.setFixedHeight(16 + lines * self._LINE)

    def _places(self) -> list[tuple[int, int, int, str, str]]:
        """Line, left edge, width of the words, kind and words of each; those at the end have no kind."""
        measure = fonts.metrics(tokens.TINY)
        line, x, found = 0, tokens.EDGE, []
        whole = self.width() - tokens.EDGE
        for kind, words in (*self._kinds, ("", self._words)):
            wide = round(measure.horizontalAdvance(words)) + 2
            taken = wide + (self._SWATCH + self._GAP if kind else 0)
            if x > tokens.EDGE and x + taken > whole:
                line, x = line + 1, tokens.EDGE
            found.append((line, x if kind else max(x, whole - wide), wide, kind, words))
            x += taken + self._APART
        return found

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw a swatch and words for each."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(fonts.font(tokens.TINY))
        t = theme.tokens()
        rtl = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        for line, left, wide, kind, words in self._places():
            top = 8 + line * self._LINE
            swatch = QRectF(left, top + (self._LINE - self._HIGH) / 2, self._SWATCH, self._HIGH)
            place = QRectF(left + (self._SWATCH + self._GAP if kind else 0), top, wide, self._LINE)
            if rtl:
                swatch.moveLeft(self.width() - swatch.right())
                place.moveLeft(self.width() - place.right())
            if kind:
                _paint_swatch(painter, swatch, kind, t)
            painter.setPen(QColor(t.text2))
            painter.drawText(place, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, words)


def _paint_swatch(painter: QPainter, rect: QRectF, kind: str, t: Tokens) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    fills = {"past": t.track, "left": t.good_mark, "warn": t.warn_mark, "after": t.good_tint, "waits": t.select}
    painter.setBrush(QColor(fills[kind]))
    edge = rect.adjusted(0.5, 0.5, -0.5, -0.5) if kind == "after" else rect
    if kind == "after":
        painter.setPen(QPen(QColor(t.good_mark), 1, Qt.PenStyle.DashLine))
    painter.drawRoundedRect(edge, 3, 3)
    if kind == "waits":
        deadlines_paint.paint_hatching(painter, rect, t)
