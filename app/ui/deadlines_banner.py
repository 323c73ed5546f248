"""When a person is needed next, and what can be done about it now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from app.ui import deadlines_words, icons, theme, tokens
from app.ui.choices import Segmented
from app.ui.text import tr
from app.ui.widgets import button, label

if TYPE_CHECKING:
    from datetime import datetime

    from app.domain.deadlines import Deadlines

_DISC, _SIGN = 32, 16
_NARROW = 620
_SEGMENT = 28


class Spans(Segmented):
    """How much time is shown; none of the parts is chosen while it is another span."""

    def __init__(self) -> None:
        super().__init__([("2", tr("2 h"), ""), ("8", tr("8 h"), ""), ("24", tr("24 h"), "")])
        self.name_parts(tr("Shown"))
        for part in self._parts.values():
            part.setFixedHeight(_SEGMENT)
        self.setAccessibleName(tr("How much time is shown"))
        self.setFixedHeight(tokens.CONTROL)

    def choose(self, key: str) -> None:
        """Choose a part; for an unknown key none."""
        self.blockSignals(True)
        if key in self._parts:
            self.set_value(key)
        else:
            self._group.setExclusive(False)
            for part in self._parts.values():
                part.setChecked(False)
            self._group.setExclusive(True)
        self.blockSignals(False)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it with a border."""
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(theme.tokens().line), 1))
        edge = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(edge, tokens.RADIUS, tokens.RADIUS)


class Sign(QWidget):
    """A disc: a person, or a check where none is needed."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedSize(_DISC, _DISC)
        self.needed = True
        theme.current().changed.connect(self.update)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        t = theme.tokens()
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(t.fill if self.needed else t.good_tint))
        painter.drawEllipse(QRectF(self.rect()))
        side = (_DISC - _SIGN) / 2
        sign = QRectF(side, side, _SIGN, _SIGN)
        icons.paint(painter, sign, "person" if self.needed else "check", t.on_fill if self.needed else t.good)


class Banner(QWidget):
    """Shows what `follow` is given. `act_wanted` asks to do what a person is needed for, `top_up_wanted` for it all."""

    act_wanted = Signal()
    top_up_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._sign = Sign()
        self.title = label("", tokens.TITLE)
        self.words = label("", tokens.SMALL, "text2", wrap=True)
        self.act = button("", "primary")
        self.act.clicked.connect(self.act_wanted)
        self.top_up = button("")
        self.top_up.clicked.connect(self.top_up_wanted)
        self.top_up.setToolTip(
            tr("Renew everything that lives, with at most one code for each device and one sign-in for each provider.")
        )
        told = QHBoxLayout()
        told.setSpacing(14)
        told.addWidget(self._sign)
        lines = QVBoxLayout()
        lines.setSpacing(1)
        self.title.setWordWrap(True)
        lines.addStretch(1)
        lines.addWidget(self.title)
        lines.addWidget(self.words)
        lines.addStretch(1)
        told.addLayout(lines, 1)
        self._buttons = QHBoxLayout()
        self._buttons.setSpacing(tokens.GAP)
        self._buttons.addStretch(1)
        self._buttons.addWidget(self.top_up)
        self._buttons.addWidget(self.act)
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(17, 12, 17, 12)
        self._row.setSpacing(12)
        self._row.addLayout(told, 1)
        self._row.addLayout(self._buttons)
        self.setMinimumHeight(64)
        self.set_running(running=False)
        theme.current().changed.connect(self.update)

    def follow(self, deadlines: Deadlines, now: datetime) -> None:
        """Show when a person is needed next."""
        person = deadlines.person
        if person is None:
            title, words = tr("Nobody is needed"), deadlines_words.nobody(deadlines, now)
        else:
            title, words = deadlines_words.headline(person, now), deadlines_words.reason(person, now)
            self.act.setText(deadlines_words.act(person))
            self.act.setAccessibleName(f"{deadlines_words.act(person)}: {person.source}")
        self.title.setText(title)
        self.words.setText(words)
        self.setAccessibleName(f"{title}. {words}")
        self.act.setVisible(person is not None)
        if self._sign.needed != (person is not None):
            self._sign.needed = person is not None
            self._sign.update()
            self.update()

    def set_running(self, *, running: bool) -> None:
        """Say that it is being topped up."""
        self.top_up.setText(tr("Topping up…") if running else tr("Top up everything"))
        self.top_up.setEnabled(not running)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The buttons go below where there is no room beside the words."""
        super().resizeEvent(event)
        below = self.width() < _NARROW
        way = QBoxLayout.Direction.TopToBottom if below else QBoxLayout.Direction.LeftToRight
        if self._row.direction() != way:
            self._row.setDirection(way)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the ground: blue is for the person."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        t = theme.tokens()
        painter.setBrush(QColor(t.select if self._sign.needed else t.window))
        painter.setPen(QColor(t.select_line if self._sign.needed else t.line))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), tokens.RADIUS, tokens.RADIUS)
