"""The page of deadlines: the next moment a person is needed, and all sessions on one line of time."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from app.ui import deadlines_words, tokens
from app.ui.deadlines_axis import Legend
from app.ui.deadlines_banner import Banner, Spans
from app.ui.deadlines_model import DeadlinesModel
from app.ui.deadlines_view import DeadlinesView
from app.ui.page import Page
from app.ui.tasks import spawn
from app.ui.text import clock, tr
from app.ui.widgets import button, label, rule

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QResizeEvent

    from app.core.intents import Intents
    from app.domain.errors import RolecallError
    from app.domain.view import Snapshot

_LOW = 470
_SPANS = {"2": timedelta(hours=2), "8": timedelta(hours=8), "24": timedelta(hours=24)}


class DeadlinesPage(Page):
    """Shows `Intents.deadlines`. `said` tells something in passing: words, and the kind of toast.

    Wishes that lead elsewhere: `answer_wanted` carries the key of an open need, `sign_in_wanted` a provider,
    `refresh_wanted` and `reveal_wanted` a profile, `source_wanted` an identity or provider.
    """

    answer_wanted = Signal(str)
    sign_in_wanted = Signal(str)
    refresh_wanted = Signal(str)
    reveal_wanted = Signal(str)
    source_wanted = Signal(str)

    def __init__(self, intents: Intents, said: Callable[[str, str], None]) -> None:
        super().__init__("", tr("Deadlines"))
        self.setAccessibleName(tr("Deadlines"))
        self._intents, self._said = intents, said
        self._taken = intents.now()
        self._topping = False
        self.head.setContentsMargins(tokens.EDGE, 0, tokens.EDGE, 0)
        self.spans = Spans()
        self.now = button(tr("Now"))
        self.now.setToolTip(tr("Go with the time again (Home)"))
        self.head.addWidget(self.spans)
        self.head.addWidget(self.now)
        self.model = DeadlinesModel(intents.now, self)
        self.view = DeadlinesView(self.model, intents.now)
        self.banner = Banner()
        self.legend = Legend()
        self._stack = QStackedWidget()
        self._stack.addWidget(self._full())
        self._stack.addWidget(self._empty())
        self.body.addWidget(self._stack)
        self.spans.changed.connect(lambda: self.view.show_span(_SPANS[self.spans.value()]))
        self.now.clicked.connect(self.view.returned)
        self.view.spanned.connect(self._tell_span)
        self.view.opened.connect(self._open)
        self.banner.act_wanted.connect(self._act)
        self.banner.top_up_wanted.connect(self.top_up)

    def _full(self) -> QWidget:
        made = QWidget()
        column = QVBoxLayout(made)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        around = QVBoxLayout()
        around.setContentsMargins(tokens.EDGE, tokens.EDGE, tokens.EDGE, 0)
        around.addWidget(self.banner)
        column.addLayout(around)
        column.addWidget(self.view.axis)
        column.addWidget(self.view, 1)
        self._line = rule()
        column.addWidget(self._line)
        column.addWidget(self.legend)
        return made

    def _empty(self) -> QWidget:
        made = QWidget()
        column = QVBoxLayout(made)
        column.setContentsMargins(tokens.FORM_EDGE, tokens.FORM_EDGE, tokens.FORM_EDGE, tokens.FORM_EDGE)
        column.addStretch(1)
        title = label(tr("No deadlines"), tokens.TITLE)
        words = label(
            tr("Assume a role, and what it depends on and how long that lasts stands here."), tone="text2", wrap=True
        )
        self.roles = button(tr("Show roles"))
        self.roles.clicked.connect(self.leave)
        for each in (title, words):
            each.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            column.addWidget(each)
        column.addSpacing(tokens.GAP)
        column.addWidget(self.roles, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(2)
        return made

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where it is low, rows come before the legend: each says in words what its colour means."""
        super().resizeEvent(event)
        for each in (self._line, self.legend):
            each.setVisible(event.size().height() >= _LOW)

    # --- Showing ---------------------------------------------------------------------------------------------------

    def opened(self, key: str = "") -> None:
        """Show it as it is now, with the keyboard in the rows; `key` is a row to choose."""
        self._take()
        self.view.returned()
        if key:
            self.view.choose(key)
        (self.view if self.model.rowCount() else self.roles).setFocus(Qt.FocusReason.OtherFocusReason)

    def follow(self, _snapshot: Snapshot) -> None:
        """Show what the core knows now."""
        self._take()

    def tick(self) -> None:
        """Go on with the time; ask again once a minute, and when a moment that matters has come."""
        if not self.isVisible():
            return
        now = self._intents.now()
        if clock(now) != clock(self._taken) or self.model.due(self._taken, now):
            self._take()
        self.view.tick()

    def _take(self) -> None:
        self._taken = self._intents.now()
        deadlines = self._intents.deadlines()
        self.model.take(deadlines)
        self.view.refresh()
        self.banner.follow(deadlines, self._taken)
        self.legend.show_words(deadlines_words.counted(deadlines))
        self._stack.setCurrentIndex(0 if deadlines.rows else 1)
        for each in (self.spans, self.now):
            each.setVisible(bool(deadlines.rows))

    def _tell_span(self) -> None:
        self.spans.choose(next((key for key, span in _SPANS.items() if span == self.view.scale.span), ""))

    # --- Doing -----------------------------------------------------------------------------------------------------

    def _open(self, key: str) -> None:
        kind, _, name = key.partition(".")
        if kind == "profile":
            self.reveal_wanted.emit(name)
        elif kind in {"identity", "provider"}:
            self.source_wanted.emit(name)

    def _act(self) -> None:
        person = self.model.deadlines.person
        if person is None:
            return
        if person.need:
            self.answer_wanted.emit(person.need)
        elif person.kind == "sign-in":
            self.sign_in_wanted.emit(person.source)
        elif person.profiles:
            # Nothing is asked yet: renewing now asks.
            self.refresh_wanted.emit(person.profiles[0])

    def top_up(self) -> None:
        """Renew everything that lives; once at a time."""
        if self._topping:
            return
        self._topping = True
        self.banner.set_running(running=True)

        async def renew() -> None:
            try:
                result = await self._intents.top_up()
            finally:
                self._topping = False
                self.banner.set_running(running=False)
            self._said(*deadlines_words.topped(result))

        spawn(renew(), self._refused)

    def _refused(self, error: RolecallError) -> None:
        self._said(" ".join(part for part in (f"{error.title}.", error.detail, error.remedy) if part), "bad")
