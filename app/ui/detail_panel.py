"""Everything about one profile: time left, what can be done, the session's facts, its chain."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QPushButton, QScrollArea, QStackedLayout, QVBoxLayout, QWidget

from app.domain.view import Status
from app.ui import acts, detail_words, icons, menus, text, theme, tokens, widgets
from app.ui.acts import Act
from app.ui.detail_parts import Box, Chain, ColourBar, Fact, LargeRing, Packed
from app.ui.flow import FilledFlow
from app.ui.mark import Mark
from app.ui.text import tr

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from app.domain.configuration import Profile
    from app.domain.errors import Problem
    from app.domain.view import SessionView
    from app.ui.doer import Doer


class _Narrow(QWidget):
    """Never wider than what it is shown in: words give way."""

    def minimumSizeHint(self) -> QSize:
        """As high as needed, as narrow as it comes."""
        return QSize(0, super().minimumSizeHint().height())


class DetailPanel(QWidget):
    """Shows one session; `show_view` with None shows that none is selected."""

    close_wanted = Signal()

    def __init__(
        self, doer: Doer, clock: Callable[[], datetime], copied: Callable[[str], None], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._doer, self._clock, self._copied = doer, clock, copied
        self._view: SessionView | None = None
        self._reason: Problem | None = None
        self._shown: tuple[object, ...] = (self, None, None)
        self._said: tuple[object, ...] = ()
        self._filled_for_life = False
        self.profile_of: Callable[[str], Profile | None] = lambda _name: None
        """The settings of a profile; set by the window."""
        self.person_of: Callable[[str], datetime | None] = lambda _name: None
        """When a person is needed to renew a profile; set by the window."""
        widgets.ground(self, "surface")
        self.setAccessibleName(tr("Details"))
        self._stack = QStackedLayout(self)
        nothing = widgets.label(tr("No role selected"), tokens.BASE, "text2")
        nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._stack.addWidget(nothing)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._stack.addWidget(area)
        inside = _Narrow()
        inside.setObjectName("scrolled")
        area.setWidget(inside)
        column = QVBoxLayout(inside)
        column.setContentsMargins(1, 11, 0, 16)
        column.setSpacing(0)
        column.addLayout(self._head())
        column.addSpacing(20)
        column.addLayout(self._time())
        column.addSpacing(12)
        column.addLayout(self._buttons())
        column.addLayout(self._troubles())
        column.addSpacing(16)
        column.addWidget(widgets.rule())
        column.addLayout(self._facts())
        column.addWidget(widgets.rule())
        column.addLayout(self._links())
        column.addStretch(1)

    @property
    def name(self) -> str:
        """The profile shown, or an empty string."""
        return "" if self._view is None else self._view.name

    # --- Parts -----------------------------------------------------------------------------------------------------

    def _head(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(tokens.EDGE, 0, 8, 0)
        row.setSpacing(0)
        self._bar = ColourBar()
        row.addWidget(self._bar)
        words = QVBoxLayout()
        words.setContentsMargins(13, 0, 4, 0)
        words.setSpacing(3)
        self.title = widgets.Elided(tokens.TITLE)
        self._role = widgets.Elided(tokens.SMALL, "text2")
        words.addWidget(self.title)
        words.addWidget(self._role)
        row.addLayout(words, 1)
        self.guard = Mark("lock", "text2", 16)
        self.guard.setToolTip(tr("Guarded: its name is asked for before it is assumed"))
        self.guard.setAccessibleName(self.guard.toolTip())
        row.addWidget(self.guard)
        self.pin = widgets.icon_button("pin", tr("Pin"), "bare")
        self.pin.clicked.connect(lambda: self._do(Act.PIN))
        self.more = widgets.icon_button("more", tr("More"), "bare")
        self.more.clicked.connect(self._more_menu)
        self.close_button = widgets.icon_button("close", tr("Close details"), "bare")
        self.close_button.clicked.connect(self.close_wanted)
        self.close_button.hide()
        for button in (self.pin, self.more, self.close_button):
            row.addWidget(button)
        return row

    def _time(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(tokens.EDGE, 0, tokens.EDGE, 0)
        row.setSpacing(20)
        self._ring = LargeRing()
        row.addWidget(self._ring)
        words = QVBoxLayout()
        words.setSpacing(1)
        words.addStretch(1)
        self._ends = self._moment(words, tr("Ends"))
        words.addSpacing(8)
        self._renews = self._moment(words, tr("Renews by itself"))
        self._advice = widgets.label("", tokens.BASE, "text2", wrap=True)
        words.addWidget(self._advice)
        words.addStretch(1)
        row.addLayout(words, 1)
        return row

    @staticmethod
    def _moment(column: QVBoxLayout, name: str) -> tuple[QLabel, QLabel]:
        key = widgets.label(name, tokens.TINY, "text2", wrap=True)
        value = widgets.label("", tokens.TITLE, wrap=True)
        column.addWidget(key)
        column.addWidget(value)
        return key, value

    def _buttons(self) -> QVBoxLayout:
        self._rows = column = QVBoxLayout()
        column.setContentsMargins(tokens.EDGE, 0, tokens.EDGE, 0)
        column.setSpacing(tokens.GAP)
        self._first = first = QHBoxLayout()
        first.setSpacing(tokens.GAP)
        self.main = widgets.button("", "primary")
        self.main.clicked.connect(self._main)
        first.addWidget(self.main, 1)
        column.addLayout(first)
        return column

    def _fill_for_life(self) -> None:
        """Make what is there only while credentials are."""
        self._filled_for_life = True
        split = QHBoxLayout()
        split.setSpacing(0)
        self.console = widgets.button(tr("Open console"), "primary", "open")
        self.console.setProperty("joined", "right end" if self.isRightToLeft() else "left")
        self.console.clicked.connect(lambda: self._do(Act.OPEN_CONSOLE))
        self.services = widgets.icon_button("chevron-down", tr("Open console at a service"), "primary", tint="on_fill")
        self.services.setProperty("joined", "left end" if self.isRightToLeft() else "right")
        self.services.clicked.connect(lambda: self._pop(self.services, menus.fill_services))
        split.addWidget(self.console, 1)
        split.addWidget(self.services)
        self.url = widgets.icon_button("link", tr("Copy console sign-in URL"))
        self.url.clicked.connect(lambda: self._do(Act.COPY_URL))
        self._first.addLayout(split, 1)
        self._first.addWidget(self.url)
        second = FilledFlow(tokens.GAP)
        self.environment = widgets.button(tr("Copy env"))
        self.environment.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        theme.current().bind_icon(self.environment, "chevron-down", "text", 14)
        self.environment.setAccessibleName(tr("Copy environment"))
        self.environment.clicked.connect(self.shell_menu)
        self.refresh = widgets.button(tr("Refresh"), icon="refresh")
        self.refresh.clicked.connect(lambda: self._do(Act.REFRESH))
        self.stop = widgets.button(tr("Stop"), icon="stop")
        self.stop.clicked.connect(lambda: self._do(Act.STOP))
        for button in (self.environment, self.refresh, self.stop):
            button.setProperty("tight", True)
            second.addWidget(button)
        self._rows.addLayout(second)
        widgets.in_reading_order(
            self.main, self.console, self.services, self.url, self.environment, self.refresh, self.stop
        )

    def _troubles(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setContentsMargins(tokens.EDGE, 0, tokens.EDGE, 0)
        column.setSpacing(0)
        self.problem = Box(self._copied)
        self.problem.wanted.connect(lambda: self._do(Act.WHY_DENIED))
        self._gap = QWidget()
        self._gap.setFixedHeight(12)
        self.note = widgets.label("", tokens.SMALL, "text2", wrap=True)
        self.note.setContentsMargins(0, 10, 0, 0)
        column.addWidget(self._gap)
        column.addWidget(self.problem)
        column.addWidget(self.note)
        return column

    def _facts(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setContentsMargins(tokens.EDGE, 12, tokens.EDGE - 4, 8)
        column.setSpacing(0)
        title = widgets.label(tr("Session"), tokens.NAME)
        title.setMinimumHeight(24)
        column.addWidget(title)
        self.arn = Fact(tr("ARN"), mono=True, copied=self._copied)
        self.key = Fact(tr("Key ID"), mono=True, copied=self._copied)
        self.published = Fact(tr("Published"), mono=True)
        self.account = Fact(tr("Account"), copied=self._copied)
        self.pinned_to = Fact(tr("Account pin"))
        self.lease = Fact(tr("Lease"))
        self.issued = Fact(tr("Issued"))
        self.packed = Packed()
        self.request = Fact(tr("Request ID"), mono=True, copied=self._copied)
        guards, rest = (self.pinned_to, self.lease), (self.issued, self.packed, self.request)
        for fact in (self.arn, self.key, self.published, self.account, *guards, *rest):
            column.addWidget(fact)
        return column

    def _links(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setContentsMargins(tokens.EDGE, 12, tokens.EDGE, 0)
        column.setSpacing(8)
        column.addWidget(widgets.label(tr("Chain"), tokens.NAME))
        self.chain = Chain()
        column.addWidget(self.chain)
        return column

    # --- Showing ---------------------------------------------------------------------------------------------------

    def show_view(self, view: SessionView | None, reason: Problem | None = None) -> None:
        """Show a session, or that none is selected; `reason` is why a person is asked."""
        shown = (view, reason, None if view is None else self.profile_of(view.name))
        if all(new is old for new, old in zip(shown, self._shown, strict=True)):
            self.tick()
            return
        self._view, self._reason, self._shown = view, reason, shown
        self._stack.setCurrentIndex(0 if view is None else 1)
        if view is None:
            return
        now = self._clock()
        self._bar.show_colour(view.colour)
        self.guard.setVisible(view.confirm)
        self.title.set_whole(view.name)
        self._role.set_whole(" · ".join(part for part in (view.role_name, view.account) if part))
        theme.current().bind_icon(self.pin, "pin", "text" if view.pinned else "text2")
        self.pin.setAccessibleName(tr("Take the pin out") if view.pinned else tr("Pin"))
        self.pin.setToolTip(self.pin.accessibleName())
        self._show_time(view, now)
        self._show_buttons(view, now)
        self._show_troubles(view, now)
        self._show_facts(view, now)
        self.chain.show_links(view.chain, now)

    def tick(self) -> None:
        """Show the time as it is now."""
        if self._view is not None and self.isVisible():
            now = self._clock()
            self._show_time(self._view, now)
            if text.shown(self._view, now) is not self._view.status:
                self._show_buttons(self._view, now)

    def _show_time(self, view: SessionView, now: datetime) -> None:
        self._ring.show_view(view, now)
        live = view.live(now)
        # These words tell the minute, but for the countdown of a lease
        person = self.person_of(view.name)
        due = view.renews if person is None else person
        minute = now.replace(second=0, microsecond=0)
        said = (view, live, text.shown(view, now), person, due is not None and due <= now, minute)
        if live and view.lease_ends is None and said == self._said:
            return
        self._said = said
        key, value = self._ends
        if live and view.expires is not None:
            value.setText(text.day_and_clock(view.expires, now))
            value.setToolTip(text.local_name(view.expires))
        for label in self._ends:
            label.setVisible(live)
        self._advice.setVisible(not live)
        self._advice.setText("" if live else detail_words.advice(view, now))
        key, value = self._renews
        key.setVisible(live)
        value.setVisible(live)
        if live:
            words, moment = detail_words.renewal(view, now, person)
            key.setText(words)
            value.setText(moment)
            value.setVisible(bool(moment))

    def _show_buttons(self, view: SessionView, now: datetime) -> None:
        act = acts.button(view, now)
        live = view.live(now)
        self.main.setVisible(not live or act in {Act.ANSWER, Act.RETRY})
        if self.main.isVisibleTo(self):
            self.main.setText(acts.word(act))
            quiet = act is Act.CANCEL
            widgets.set_property(self.main, "kind", "" if quiet else "primary")
        if not self._filled_for_life:
            if not live:
                return
            self._fill_for_life()
        console = live and not self.main.isVisibleTo(self)
        for button in (self.console, self.services):
            button.setVisible(console)
            button.setEnabled(acts.can_open(view, now))
        self.url.setVisible(live)
        self.url.setEnabled(acts.can_open(view, now))
        self.refresh.setEnabled(acts.can_refresh(view, now))
        for button in (self.environment, self.refresh, self.stop):
            button.setVisible(live)

    def _show_troubles(self, view: SessionView, now: datetime) -> None:
        live = view.live(now)
        more = ""
        if view.retry_at is not None and view.retry_at > now:
            more = tr("Tried again at {time}.").format(time=text.day_and_clock(view.retry_at, now))
        problem = view.problem or (self._reason if view.status is Status.WAITING else None)
        why = tr("Why denied…") if acts.was_denied(view) else ""
        self.problem.show_problem(problem, "warn" if live else "bad", more, why)
        self._gap.setVisible(problem is not None)
        self.note.setText(detail_words.note(view))
        self.note.setVisible(bool(view.note))

    def _show_facts(self, view: SessionView, now: datetime) -> None:
        live = view.live(now)
        self.arn.show_value(view.arn if live else "")
        self.key.show_value(view.key_id if live else "", view.access_key_id)
        self.published.show_value(*detail_words.published(view))
        known = view.account or view.region
        self.account.show_value(known, view.account, view.region if view.account else "")
        self._show_guards(view)
        issued = view.issued if live else None
        self.issued.show_value("" if issued is None else text.day_and_clock(issued, now, seconds=True))
        self.packed.show_size(view.packed_policy_size if live else None)
        request = view.request_id or ("" if view.problem is None else view.problem.request_id)
        self.request.show_value(request)

    def _show_guards(self, view: SessionView) -> None:
        profile = self.profile_of(view.name)
        pin = "" if profile is None else profile.account_pin
        self.pinned_to.show_value(pin, after=tr("checked before publishing") if pin else "")
        # Once it lives, the end stands beside the ring.
        lease = None if profile is None or view.lease_ends is not None else profile.lease
        self.lease.show_value("" if lease is None else text.countdown(timedelta(seconds=lease)))

    # --- Doing -----------------------------------------------------------------------------------------------------

    def _do(self, act: Act) -> None:
        if self._view is not None:
            self._doer.do(act, self._view.name)

    def _main(self) -> None:
        if self._view is not None:
            self._do(acts.button(self._view, self._clock()))

    def shell_menu(self) -> None:
        """Open the menu of shells, the last one on top."""
        if not self._filled_for_life:
            self._fill_for_life()
        self._pop(self.environment, menus.fill_shells)

    def _pop(self, button: QPushButton, fill: Callable[[QMenu, str, Doer], None]) -> None:
        if self._view is None:
            return
        menu = menus.popup(self)
        fill(menu, self._view.name, self._doer)
        # A menu wider than its button ends where the button ends, so that it stays over the window.
        left = min(0, button.width() - menu.sizeHint().width()) if button is self.services else 0
        menu.popup(button.mapToGlobal(QPoint(left, button.height() + 2)), menu.actions()[0])

    def _more_menu(self) -> None:
        if self._view is None:
            return
        menu = menus.popup(self)
        menus.fill_profile(menu, self._view, self._doer, self._clock())
        menu.addSeparator()
        menus.add(menu, tr("Hide details"), self.close_wanted.emit, icon=icons.onward(), key=tr("Space"))
        menu.popup(self.more.mapToGlobal(QPoint(0, self.more.height() + 2)))
