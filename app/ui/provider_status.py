"""The top of a provider's page: how the sign-in stands, how long its proof lasts, and what can be done about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QCheckBox, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from app.domain.configuration import Flow
from app.domain.view import SignIn
from app.ui import menus, provider_words, rings, theme, tokens
from app.ui.mark import Mark
from app.ui.mfa_sheet import Tile
from app.ui.text import breakable, source_word, tr
from app.ui.widgets import button, label, rule, set_property, tip

if TYPE_CHECKING:
    from datetime import datetime

    from app.domain.view import NeedView, ProviderView


class _Ring(QWidget):
    """How much of the time to redeem is left."""

    def __init__(self) -> None:
        super().__init__()
        self._share, self._mark = 0.0, "good_mark"
        self.setFixedSize(tokens.RING, tokens.RING)

    def show_share(self, share: float, mark: str) -> None:
        self._share, self._mark = share, mark
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        mark: str = getattr(theme.tokens(), self._mark)
        rings.ring(painter, QRectF(self.rect()), self._share, mark, theme.tokens().track, tokens.RING_STROKE)


class ProviderStatus(QFrame):
    """Says what was asked for by signals; `stay_wanted` carries whether to stay signed in, `way_wanted` another way."""

    sign_in_wanted = Signal()
    answer_wanted = Signal()
    cancel_wanted = Signal()
    forget_wanted = Signal()
    stay_wanted = Signal(bool)
    way_wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("card", "true")
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(0)
        column.addLayout(self._top())
        self._line = rule()
        column.addWidget(self._line)
        self._bottom = self._staying()
        column.addWidget(self._bottom)
        self._status = SignIn.OUT
        self._ways: tuple[str, ...] = ()

    def _top(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(15, 15, 15, 15)
        row.setSpacing(12)
        self._tile = Tile("shield")
        row.addWidget(self._tile, 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(2)
        line = QHBoxLayout()
        line.setSpacing(8)
        self._sign = Mark("", "text2", 16)
        self.headline = label("", tokens.TITLE, wrap=True)
        line.addWidget(self._sign)
        line.addWidget(self.headline, 1)
        self.place = label("", tokens.SMALL, "text2", wrap=True)
        words.addLayout(line)
        words.addWidget(self.place)
        self.other = button(tr("Use another way"), "link")
        self.other.setStyleSheet("padding: 0;")
        self.other.clicked.connect(self._show_ways)
        words.addWidget(self.other, 0, Qt.AlignmentFlag.AlignLeading)
        self._time = QWidget()
        time = QHBoxLayout(self._time)
        time.setContentsMargins(0, 8, 0, 0)
        time.setSpacing(8)
        self._ring = _Ring()
        self.time = label("", tokens.BASE_STRONG, wrap=True)
        time.addWidget(self._ring)
        time.addWidget(self.time, 1)
        words.addWidget(self._time)
        row.addLayout(words, 1)
        self.second = button("")
        self.main = button("", "primary")
        self.second.clicked.connect(self.cancel_wanted)
        self.main.clicked.connect(self._main)
        row.addWidget(self.second, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.main, 0, Qt.AlignmentFlag.AlignTop)
        return row

    def _staying(self) -> QWidget:
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(15, 10, 15, 10)
        row.setSpacing(12)
        self.stay = QCheckBox(tr("Stay signed in"))
        self._keeps = label("", tokens.SMALL, "text2", wrap=True)
        self.forget = button(tr("Forget"), small=True)
        self.forget.clicked.connect(self.forget_wanted)
        self.stay.clicked.connect(self.stay_wanted)
        row.addWidget(self.stay)
        row.addWidget(self._keeps, 1)
        row.addWidget(self.forget)
        return holder

    def show_provider(self, view: ProviderView, need: NeedView | None, now: datetime) -> None:
        """Show a provider as it is at `now` (UTC), and what it needs of the person, if anything."""
        self._tile.show_icon(provider_words.kind_icon(view.type))
        way = provider_words.way_word(view.way)
        place = " · ".join(part for part in (source_word(view.type), view.place, way) if part)
        self.place.setText(breakable(place))
        self.place.setAccessibleName(place)
        self.place.setToolTip(tip(place))
        stays = provider_words.can_stay(view.way)
        known = stays or view.remembered or view.status is SignIn.IN
        self._line.setVisible(known)
        self._bottom.setVisible(known)
        self.stay.setVisible(stays)
        self.stay.setChecked(view.keeps)
        words = provider_words.keeps_words(view.type)
        self._keeps.setText(words if stays else "")
        self.stay.setAccessibleDescription(words)
        status = provider_words.shown(view, now)
        self.forget.setEnabled(status is not SignIn.LEAVING and (view.remembered or status is SignIn.IN))
        self.forget.setToolTip(tr("Sign out: what is kept of the sign-in is removed. Sessions go on."))
        self.forget.setAccessibleName(tr("Forget the sign-in at {name}").format(name=view.name))
        self._show_status(view, need, now)

    def tick(self, view: ProviderView, need: NeedView | None, now: datetime) -> None:
        """Show the time as it is now."""
        self._show_status(view, need, now)

    def _show_status(self, view: ProviderView, need: NeedView | None, now: datetime) -> None:
        status = self._status = provider_words.shown(view, now)
        look = provider_words.look(status)
        self._sign.setVisible(bool(look.icon))
        self._sign.show_as(look.icon, look.tint)
        waiting = need is not None and status is SignIn.WAITING
        words = provider_words.waiting_words(need) if need is not None and waiting else ""
        self.headline.setText(breakable(words or provider_words.headline(view, now)))
        self._show_time(view, now)
        # What goes on without the person is over in seconds, and there is nobody to say no to.
        self.second.setVisible(status is SignIn.WAITING)
        self.second.setText(tr("Cancel"))
        by_itself = status in {SignIn.SIGNING_IN, SignIn.LEAVING}
        self.main.setVisible(not by_itself)
        self._ways = need.sign_in.ways if need is not None and need.sign_in is not None and waiting else view.ways
        self.other.setVisible(bool(self._ways) and not by_itself)
        again = status is SignIn.IN
        elsewhere = need is not None and waiting and provider_words.waits_elsewhere(need)
        self.main.setText(_main_words(need if waiting else None, again=again))
        set_property(self.main, "kind", "" if again or elsewhere else "primary")

    def _show_time(self, view: ProviderView, now: datetime) -> None:
        words = provider_words.time_words(view, now)
        self._time.setVisible(bool(words))
        self.time.setText(words)
        tone = provider_words.tone_left(view, now)
        set_property(self.time, "tone", tone.value)
        self._ring.show_share(provider_words.share_left(view, now), f"{tone.value}_mark")

    def _show_ways(self) -> None:
        menu = menus.popup(self)
        for way in self._ways:
            icon = provider_words.way_icon(way)
            menus.add(menu, provider_words.way_word(way), lambda way=way: self.way_wanted.emit(way), icon=icon)  # type: ignore[misc]  # bound now
        menu.popup(self.other.mapToGlobal(QPoint(0, self.other.height() + 2)), menu.actions()[0])

    def _main(self) -> None:
        (self.answer_wanted if self._status is SignIn.WAITING else self.sign_in_wanted).emit()


def _main_words(need: NeedView | None, *, again: bool) -> str:
    if need is None:
        return tr("Sign in again") if again else tr("Sign in")
    if provider_words.waits_elsewhere(need):
        return tr("Show it") if need.sign_in is not None and need.sign_in.way == Flow.WINDOW.value else tr("Details…")
    code = need.sign_in is not None and bool(need.sign_in.user_code)
    return tr("Show the code") if code else tr("Answer…")
