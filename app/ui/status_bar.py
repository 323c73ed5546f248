"""The line at the bottom: reached AWS or not, keyring, clock, and when a person is needed next."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from app.domain.view import Status
from app.ui import commands, deadlines_words, fonts, icons, theme, tokens, widgets
from app.ui.key_caps import BarButton
from app.ui.text import tr

if TYPE_CHECKING:
    from datetime import datetime

    from app.domain.view import Health, SessionView

_SKEW_TOLD = 60
_GAP, _APART = 6, 4
_PALETTE = commands.command("palette").keys[0]


class Dot(QWidget):
    """A small disc in a token's colour, or an icon in its place."""

    def __init__(self, tint: str, icon: str = "") -> None:
        super().__init__()
        self.tint, self._icon = tint, icon
        side = 14 if icon else 8
        self.setFixedSize(side, side)
        theme.current().changed.connect(self.update)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it."""
        painter = QPainter(self)
        colour = getattr(theme.tokens(), self.tint)
        if self._icon:
            icons.paint(painter, QRectF(self.rect()), self._icon, colour)
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colour))
        painter.drawEllipse(QRectF(self.rect()))


class _Said(widgets.Elided):
    """Small words as wide as they are, which give way before anything is cut off."""

    def __init__(self) -> None:
        super().__init__(tokens.TINY, "text2")
        self.setContentsMargins(10, 0, 0, 0)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)

    def set_whole(self, text: str) -> None:
        """Show this text, as much of it as fits."""
        super().set_whole(text)
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """All of it."""
        return QSize(ceil(fonts.metrics(tokens.TINY).horizontalAdvance(self.whole)) + 12, super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        """A few letters of it."""
        return QSize(48, super().minimumSizeHint().height())


class StatusBar(QWidget):
    """28 px; words beside each colour. `keyring_wanted` asks what is wrong with the keyring.

    `deadlines_wanted` asks what the next moment is that needs a person, `palette_wanted` for everything there is.
    """

    keyring_wanted = Signal()
    deadlines_wanted = Signal()
    palette_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        widgets.ground(self, "window")
        self.setAccessibleName(tr("Status"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(widgets.rule())
        row = QHBoxLayout()
        row.setContentsMargins(tokens.EDGE, 0, tokens.EDGE - 4, 0)
        row.setSpacing(_GAP)
        column.addLayout(row, 1)
        self.setFixedHeight(tokens.STATUS_BAR)
        self._dot = Dot("disabled")
        self.online = widgets.label("", tokens.TINY, "text2")
        self.keyring = _Said()
        self.trouble = widgets.button("", "link")
        self.trouble.setProperty("tone", "bad")
        self.trouble.setProperty("beside", True)
        self.trouble.clicked.connect(self.keyring_wanted)
        self.clock = widgets.label("", tokens.TINY, "text2")
        self._person = Dot("accent", "person")
        self.next = BarButton()
        self.next.clicked.connect(self.deadlines_wanted)
        self.next.setToolTip(tr("Show the deadlines"))
        self.commands = BarButton(commands.words("palette"), (" ".join(commands.caps(_PALETTE)),))
        self.commands.setToolTip(tr("Find anything: profiles, actions, pages"))
        self.commands.clicked.connect(self.palette_wanted)
        for widget in (self._dot, self.online):
            row.addWidget(widget)
        self.clock.setContentsMargins(10, 0, 0, 0)
        row.addWidget(self.keyring)
        row.addWidget(self.trouble)
        row.addWidget(self.clock)
        row.addStretch(1)
        row.addWidget(self._person)
        row.addWidget(self.next)
        row.addSpacing(_APART)
        row.addWidget(self.commands)
        self._said: tuple[QLabel, ...] = ()
        self._words = ("", "")

    def follow(self, health: Health, sessions: tuple[SessionView, ...], now: datetime) -> None:
        """Show the health of a snapshot."""
        words = {None: tr("AWS not asked yet"), True: tr("Online"), False: tr("AWS cannot be reached")}
        self.online.setText(words[health.online])
        self._dot.tint = {None: "disabled", True: "good_mark", False: "bad_mark"}[health.online]
        self._dot.update()
        trouble = health.keyring_problem
        self.keyring.set_whole(tr("Keyring: {name}").format(name=health.keyring))
        self.trouble.setVisible(trouble is not None)
        if trouble is not None:
            self.trouble.setText(trouble.title.replace("&", "&&"))
            self.trouble.setToolTip(widgets.tip(f"{trouble.detail}\n{trouble.remedy}".strip()))
        skewed = abs(health.skew) > _SKEW_TOLD
        self.clock.setText(_skew(health.skew))
        self.clock.setToolTip(
            tr("Your clock and AWS's differ by this; countdowns and signatures are corrected. Set your clock.")
            if skewed
            else tr("How far AWS's clock is ahead of yours.")
        )
        widgets.set_property(self.clock, "tone", "warn" if skewed else "text2")
        self._follow_next(health.next_person_needed, sessions, now)
        keyring = (self.keyring,) if trouble is None and health.keyring else ()
        clock = (self.clock,) if health.online is not None else ()
        self._said = (*clock, *keyring) if skewed else (*keyring, *clock)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show what there is room for."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Where room is short, what says least goes first; the next moment loses its words, but never its time."""
        long, short = self._words
        self.next.setText(long)
        held = (self._dot, self.online, self.trouble, self._person, self.next, self.commands)
        room = self.width() - 2 * tokens.EDGE - _APART
        room -= sum(each.sizeHint().width() + _GAP for each in held if not each.isHidden())
        if room < 0:
            self.next.setText(short)
        for said in (self.keyring, self.clock):
            if said not in self._said:
                said.hide()
        for said in self._said:
            room -= said.sizeHint().width() + _GAP
            said.setVisible(room >= 0)

    def _follow_next(self, moment: datetime | None, sessions: tuple[SessionView, ...], now: datetime) -> None:
        # By status first: few of a thousand wait
        waiting = [view for view in sessions if view.status is Status.WAITING]
        if any(view.live(now) for view in waiting):
            moment = now
        self._person.setVisible(moment is not None)
        live = moment is None and any(view.live(now) for view in sessions)
        if moment is None:
            words = short = tr("Renews by itself") if live else tr("Nothing to renew")
        elif moment <= now:
            words = short = tr("Human needed now")
        else:
            short = deadlines_words.when(moment, now)
            words = tr("Next human needed {time}").format(time=short)
        self._words = words, short
        self.next.setAccessibleName(words)
        self.next.strong = moment is not None


def _skew(seconds: float) -> str:
    sign = "+" if seconds >= 0 else "−"  # noqa: RUF001  # the minus sign is as wide as the plus
    size = abs(seconds)
    if size > _SKEW_TOLD:
        return tr("Clock {sign}{min} min {s} s").format(sign=sign, min=int(size) // 60, s=int(size) % 60)
    return tr("Clock {sign}{s} s").format(sign=sign, s=QLocale().toString(size, "f", 1))
