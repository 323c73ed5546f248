"""What the detail panel is made of: the large ring, lines of facts, the chain, the box for a problem."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QGuiApplication, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from app.domain.view import LIVE, Status
from app.ui import fonts, icons, rings, text, theme, tokens, widgets
from app.ui.flow import Flow
from app.ui.text import tr

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from app.domain.errors import Problem
    from app.domain.view import LinkView, SessionView

_KEY_WIDTH = 84
_INSIDE = 11
"""Pixels from the edge of the large ring to its words."""
_NAME_WIDEST = 128
_NO_LIMIT = (1 << 24) - 1
"""Qt's own: no widget is wider."""


class ColourBar(QWidget):
    """The profile's colour, beside its name."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedSize(3, 36)
        self._colour = ""
        theme.current().changed.connect(self.update)

    def show_colour(self, colour: str) -> None:
        """Show a colour of the tokens by its name; nothing for an empty one."""
        self._colour = colour
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it, with its corners rounded a little."""
        if not self._colour:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.tokens().bar(self._colour)))
        painter.drawRoundedRect(QRectF(self.rect()), 1, 1)


class LargeRing(QWidget):
    """Time left as a ring with the time in it; without credentials, the status. Stands on a `surface`."""

    def __init__(self) -> None:
        super().__init__()
        # Its ground hides all below: else each second would paint the window below it again
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self._seldom: tuple[object, ...] = ()
        self.setFixedSize(tokens.LARGE_RING, tokens.LARGE_RING)
        self._view: SessionView | None = None
        self._now: datetime | None = None
        theme.current().changed.connect(self.update)

    def show_view(self, view: SessionView, now: datetime) -> None:
        """Show a session at a moment."""
        self._view, self._now = view, now
        self.setAccessibleName(text.spoken(view, now))
        share = rings.stepped(text.share_left(view, now), self.width())
        seldom = (view, text.shown(view, now), view.live(now), text.tone(view, now), share)
        only_time, self._seldom = seldom == self._seldom and view.live(now), seldom
        self.update(self.rect().adjusted(_INSIDE, _INSIDE, -_INSIDE, -_INSIDE) if only_time else self.rect())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it."""
        t = theme.tokens()
        painter = QPainter(self)
        painter.fillRect(event.rect(), QColor(t.surface))
        view, now = self._view, self._now
        if view is None or now is None:
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        live = view.live(now)
        tone = text.tone(view, now)
        share = text.share_left(view, now) if live else 0.0
        rings.ring(painter, QRectF(self.rect()), share, rings.mark_of(tone, t), t.track, tokens.LARGE_STROKE)
        status = text.shown(view, now)
        left = view.time_left(now)
        if live and left is not None:
            colour = t.bad if tone is text.Tone.BAD else t.text
            self._line(painter, text.countdown(left), tokens.CLOCK, colour, -8)
            self._line(painter, text.status_word(status), tokens.TINY_STRONG, _word_colour(status, tone), 16)
            return
        big = QRectF(self.width() / 2 - 10, 30, tokens.RING, tokens.RING)
        rings.paint(painter, big, view, now, t)
        word = text.status_word(status)
        self._line(painter, word, tokens.SMALL_STRONG, _word_colour(status, tone), 8)

    def _line(self, painter: QPainter, words: str, style: tuple[int, int], colour: str, down: int) -> None:
        room = self.width() - 2 * _INSIDE
        while fonts.metrics(style).horizontalAdvance(words) > room and style[0] > tokens.TINY[0]:
            style = (style[0] - 1, style[1])
        painter.setFont(fonts.font(style))
        painter.setPen(QColor(colour))
        painter.drawText(self.rect().translated(0, down), Qt.AlignmentFlag.AlignCenter, words)


def _word_colour(status: Status, tone: text.Tone) -> str:
    t = theme.tokens()
    if status in LIVE:
        return rings.word_of(tone, t)
    return {Status.WAITING: t.accent, Status.FAILED: t.bad}.get(status, t.text2)


class Fact(QWidget):
    """One line: its name, its value, and a button that copies the value.

    A word behind the value goes below it where it has no room beside it. What is in it is made for the first value.
    """

    def __init__(self, name: str, *, mono: bool = False, copied: Callable[[str], None] | None = None) -> None:
        super().__init__()
        self._name = name
        self._mono, self._copied = mono, copied
        self._whole = ""
        self._needed = 0
        self._fit = _NO_LIMIT
        self.setMinimumHeight(25)

    def _fill(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        key = widgets.label(self._name, tokens.SMALL, "text2")
        key.setMinimumWidth(_KEY_WIDTH)
        row.addWidget(key)
        both = QWidget()
        both.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._both = QBoxLayout(QBoxLayout.Direction.LeftToRight, both)
        self._both.setContentsMargins(0, 0, 0, 0)
        self._both.setSpacing(8)
        self.value = widgets.Elided(
            tokens.SMALL, mode=Qt.TextElideMode.ElideLeft if self._mono else Qt.TextElideMode.ElideRight
        )
        if self._mono:
            self.value.setFont(fonts.mono())
        self._both.addWidget(self.value, 1)
        self._after = widgets.Elided(tokens.SMALL, "text2")
        self._after.hide()
        self._both.addWidget(self._after, 4)
        row.addWidget(both, 1)
        if self._copied is not None:
            self.copy = widgets.icon_button("copy", tr("Copy {name}").format(name=self._name), "bare", small=True)
            theme.current().bind_icon(self.copy, "copy", "text2", 14)
            self.copy.clicked.connect(self._copy)
            row.addWidget(self.copy)
            widgets.in_reading_order(self, self.copy)

    def show_value(self, shown: str, whole: str = "", after: str = "") -> None:
        """Show a value; without one the line goes. `whole` is what is copied, `after` a word behind it."""
        if not shown:
            self.hide()
            return
        if self.layout() is None:
            self._fill()
        self._after.set_whole(after)
        self._after.setVisible(bool(after))
        if after:
            fit = self.value.fontMetrics().horizontalAdvance(shown) + 2
            self.value.setMinimumWidth(min(fit, _NAME_WIDEST))
            self._fit = fit
            self._needed = fit + 8 + self._after.fontMetrics().horizontalAdvance(after) + 2
            self._arrange()
        self._whole = whole or shown
        self.value.set_whole(shown)
        self.value.setAccessibleName(f"{self._name}: {self._whole}")
        self.show()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Find the word behind the value its place."""
        super().resizeEvent(event)
        if self.layout() is not None:
            self._arrange()

    def _arrange(self) -> None:
        room = self.width() - _KEY_WIDTH - 8
        below = self._needed > room
        self.value.setMaximumWidth(_NO_LIMIT if below else self._fit)
        way = QBoxLayout.Direction.TopToBottom if below else QBoxLayout.Direction.LeftToRight
        if way is not self._both.direction():
            self._both.setDirection(way)
            self._both.setSpacing(0 if below else 8)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._whole)
        if self._copied is not None:
            self._copied(tr("{name} copied.").format(name=self._name))


class Packed(QWidget):
    """How much of the room for policies and tags is used, as a number and a bar, made when they are first shown."""

    def __init__(self) -> None:
        super().__init__()
        self.setMinimumHeight(25)

    def _fill(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        key = widgets.label(tr("Packed policy"), tokens.SMALL, "text2")
        key.setMinimumWidth(_KEY_WIDTH)
        self._words = widgets.label("", tokens.SMALL)
        self._bar = _Bar()
        row.addWidget(key)
        row.addWidget(self._words)
        row.addWidget(self._bar, 1)
        row.addSpacing(4)

    def show_size(self, percent: int | None) -> None:
        """Show a percentage; without one the line goes."""
        if percent is not None:
            if self.layout() is None:
                self._fill()
            self._words.setText(tr("{n} %").format(n=percent))
            self._bar.show_share(percent / 100)
        self.setVisible(percent is not None)


class _Bar(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self._share = 0.0
        self.setFixedHeight(4)
        theme.current().changed.connect(self.update)

    def show_share(self, share: float) -> None:
        self._share = min(1.0, max(0.0, share))
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the bar."""
        t = theme.tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(t.track))
        painter.drawRoundedRect(QRectF(self.rect()), 2, 2)
        painter.setBrush(QColor(t.text2))
        wide = max(4.0, self.width() * self._share)
        left = self.width() - wide if self.layoutDirection() == Qt.LayoutDirection.RightToLeft else 0
        painter.drawRoundedRect(QRectF(left, 0, wide, self.height()), 2, 2)


class Chain(QWidget):
    """From where to where: a tile for each link, a line between them."""

    _TILE, _STEP = 24, 34

    def __init__(self) -> None:
        super().__init__()
        self._links: tuple[LinkView, ...] = ()
        self._now: datetime | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.current().changed.connect(self.update)

    def show_links(self, links: tuple[LinkView, ...], now: datetime) -> None:
        """Show a profile's chain, itself last."""
        self._links, self._now = links, now
        self.setFixedHeight(max(0, len(links) * self._STEP - (self._STEP - self._TILE)))
        names = [f"{link.name}, {self._aside(place, link)}" for place, link in enumerate(links)]
        self.setAccessibleName(tr("Chain: {links}").format(links="; ".join(names)))
        self.update()

    def sizeHint(self) -> QSize:
        """As high as the links need."""
        return QSize(240, self.height())

    def _aside(self, place: int, link: LinkView) -> str:
        if place == len(self._links) - 1:
            return tr("this role") if link.kind == "role" else tr("this profile")
        if link.until is not None and self._now is not None:
            if link.until <= self._now:
                return tr("ended")
            return tr("until {time}").format(time=text.day_and_clock(link.until, self._now))
        return tr("not yet") if link.kind in {"mfa", "role"} else text.source_word(link.kind)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the chain."""
        t = theme.tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for place, link in enumerate(self._links):
            self._draw(painter, place, link, t.accent if place == len(self._links) - 1 else t.text2)

    def _draw(self, painter: QPainter, place: int, link: LinkView, colour: str) -> None:
        t = theme.tokens()
        last = place == len(self._links) - 1
        top = place * self._STEP
        direction = self.layoutDirection()
        visual = self.style().visualRect
        tile = visual(direction, self.rect(), self.rect().adjusted(0, top, 0, 0))
        tile.setSize(QSize(self._TILE, self._TILE))
        tile = visual(direction, self.rect(), tile)
        if not last:
            painter.setPen(QPen(QColor(t.border), 1))
            x = tile.center().x()
            painter.drawLine(x, tile.bottom() + 1, x, tile.bottom() + self._STEP - self._TILE)
        painter.setPen(QColor(t.line))
        painter.setBrush(QColor(t.select if last else t.sunken))
        painter.drawRoundedRect(QRectF(tile).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
        kinds = {"identity": "key", "saml": "shield", "oidc": "globe", "mfa": "phone"}
        name = kinds.get(link.kind, "shield" if last else "link")
        icons.paint(painter, QRectF(tile.center().x() - 6.5, tile.center().y() - 6.5, 14, 14), name, colour)
        words = self.rect().adjusted(self._TILE + 10, top, 0, 0)
        words.setHeight(self._TILE)
        words = visual(direction, self.rect(), words)
        middle = Qt.AlignmentFlag.AlignVCenter
        aside = self._aside(place, link)
        painter.setFont(fonts.font(tokens.SMALL))
        painter.setPen(QColor(t.text2))
        painter.drawText(words, middle | Qt.AlignmentFlag.AlignTrailing, aside)
        room = words.width() - painter.fontMetrics().horizontalAdvance(aside) - 12
        painter.setFont(fonts.font(tokens.NAME if last else (12, tokens.MEDIUM)))
        painter.setPen(QColor(t.text))
        fit = painter.fontMetrics().elidedText(link.name, Qt.TextElideMode.ElideRight, room)
        painter.drawText(words, middle | Qt.AlignmentFlag.AlignLeading, fit)


class Box(QFrame):
    """A tinted box: title, why, what to do; with `copied` a link that copies all of it and tells so.

    `wanted` is emitted when the button is clicked that `show_problem` was given words for. What is in it is made for
    the first problem.
    """

    wanted = Signal()

    def __init__(self, copied: Callable[[str], None] | None = None) -> None:
        super().__init__()
        self._problem: Problem | None = None
        self._copied = copied
        self.setObjectName("problem")
        self._tone = "bad"

    def _fill(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 12, 10)
        column.setSpacing(4)
        self.title = widgets.label("", tokens.NAME, wrap=True)
        self.detail = widgets.label("", tokens.SMALL, wrap=True)
        self.remedy = widgets.label("", tokens.SMALL_STRONG, wrap=True)
        for each in (self.title, self.detail, self.remedy):
            column.addWidget(each)
        self.act = widgets.button("", small=True)
        self.act.clicked.connect(self.wanted)
        self.act.hide()
        row = Flow(12)
        row.addWidget(self.act)
        if self._copied is not None:
            self.copy = widgets.button(tr("Copy details"), "link")
            self.copy.setStyleSheet("padding: 0;")
            self.copy.clicked.connect(self._copy)
            row.addWidget(self.copy)
        column.addLayout(row)
        widgets.in_reading_order(self, self.act, *([] if self._copied is None else [self.copy]))
        theme.current().changed.connect(self._dress)

    def show_problem(self, problem: Problem | None, tone: str = "bad", more: str = "", act: str = "") -> None:
        """Show a problem in a tone (`bad`, `warn`); without one the box goes.

        `more` comes after its detail, `act` are the words of a button below it.
        """
        self._problem = problem
        if problem is None:
            self.hide()
            return
        if self.layout() is None:
            self._fill()
        self.act.setText(act)
        self.act.setVisible(bool(act))
        self._tone = tone
        _set(self.title, problem.title)
        _set(self.detail, " ".join(part for part in (problem.detail, more) if part))
        _set(self.remedy, problem.remedy)
        self.setAccessibleName(f"{problem.title}. {problem.detail} {problem.remedy}")
        self._dress()
        self.show()

    def _copy(self) -> None:
        if self._problem is not None and self._copied is not None:
            told = self._problem
            lines = (told.title, told.detail, told.remedy, f"{told.code} {told.request_id}".strip())
            QGuiApplication.clipboard().setText("\n".join(line for line in lines if line))
            self._copied(tr("Details copied."))

    def _dress(self) -> None:
        t = theme.tokens()
        tint = getattr(t, f"{self._tone}_tint", t.sunken)
        self.setStyleSheet(f"QFrame#problem {{ background: {tint}; border: none; border-radius: {tokens.RADIUS}px; }}")
        widgets.set_property(self.title, "tone", self._tone)


def _set(label: QLabel, words: str) -> None:
    label.setText(text.breakable(words))
    label.setVisible(bool(words))
