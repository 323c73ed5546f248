"""The page of tools: who am I, key X-ray, why denied, and the last requests."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from app.domain.exchange import as_text
from app.ui import tokens
from app.ui.choices import Segmented
from app.ui.page import Page
from app.ui.side_pane import Beside
from app.ui.tasks import spawn
from app.ui.text import plural, tr
from app.ui.tools_key import KeyPane
from app.ui.tools_parts import Said, copy_text
from app.ui.tools_requests import RequestPane, RequestsModel, RequestsView
from app.ui.tools_who import WhoPane
from app.ui.tools_why import WhyPane
from app.ui.widgets import button, label, rule

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine

    from app.core.intents import Intents
    from app.domain.errors import Problem, RolecallError
    from app.domain.view import Snapshot
    from app.domain.x_ray import Remedy

WHO, KEY, WHY, REQUESTS = "who", "key", "why", "requests"


class _Running(Protocol):
    def __call__(self, *, running: bool) -> None:
        """Show that an answer is waited for, or is no longer."""


class ToolsPage(Page):
    """`opened(tab, name)`: one of the four tabs; `why` with the name of a profile that AWS refused explains that.

    `who` with a subject (`profile.NAME`, …) chooses and asks, `key` with a key ID looks at it.
    """

    def __init__(self, intents: Intents, said: Said) -> None:
        super().__init__("", tr("Tools"))
        self.setAccessibleName(tr("Tools"))
        self._intents, self._said = intents, said
        self.tabs = Segmented(
            [(WHO, tr("Who am I"), ""), (KEY, tr("Key X-ray"), ""), (WHY, tr("Why denied"), ""),
             (REQUESTS, tr("Requests"), "")]
        )  # fmt: skip
        self.tabs.setAccessibleName(tr("Tools"))
        self.tabs.name_parts(tr("Tools"))
        self.tabs.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Maximum)
        self.who, self.key, self.why = WhoPane(said), KeyPane(said), WhyPane(said)
        self.model = RequestsModel(intents.now, self)
        self.view = RequestsView(self.model)
        self.pane = RequestPane(intents.now, said)
        self.beside = Beside(self._list(), self.pane, tr("Details"))
        self.copy = button(tr("Copy all"), "", "copy")
        self.head.addWidget(self.tabs)
        self._stack = QStackedWidget()
        self._panes: dict[str, QWidget] = {WHO: self.who, KEY: self.key, WHY: self.why, REQUESTS: self._requests()}
        for pane in self._panes.values():
            self._stack.addWidget(pane)
        self.body.addWidget(self._stack, 1)
        self._connect()
        self._changed_tab()

    def _list(self) -> QWidget:
        made = QWidget()
        column = QVBoxLayout(made)
        column.setContentsMargins(0, 6, 0, 0)
        column.setSpacing(0)
        self.empty = label(tr("Nothing was asked of STS since the window was started."), tone="text2", wrap=True)
        self.empty.setContentsMargins(tokens.FORM_EDGE, tokens.FORM_EDGE, tokens.FORM_EDGE, tokens.FORM_EDGE)
        column.addWidget(self.empty)
        column.addWidget(self.view, 1)
        column.addStretch()
        return made

    def _requests(self) -> QWidget:
        made = QWidget()
        column = QVBoxLayout(made)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        strip = QHBoxLayout()
        strip.setContentsMargins(tokens.FORM_EDGE, 10, tokens.FORM_EDGE, 10)
        strip.setSpacing(tokens.GAP)
        self.count = label("", tone="text2", wrap=True)
        strip.addWidget(self.count, 1)
        strip.addWidget(self.beside.peek)
        strip.addWidget(self.copy)
        column.addLayout(strip)
        column.addWidget(rule())
        column.addWidget(self.beside, 1)
        return made

    def _connect(self) -> None:
        self.tabs.changed.connect(self._changed_tab)
        self.tabs.pointed.connect(self._to_first_field)
        self.who.wanted.connect(self.ask_who)
        self.key.wanted.connect(self.look_at_key)
        self.key.mend_wanted.connect(self.mend)
        self.why.wanted.connect(self.explain)
        self.why.failure_wanted.connect(self.explain_failure)
        self.view.chosen_changed.connect(lambda: self.pane.show_row(self.view.chosen))
        self.view.copy_wanted.connect(self.pane.copy_row)
        self.copy.clicked.connect(self.copy_all)

    # --- Showing ---------------------------------------------------------------------------------------------------

    def opened(self, tab: str = "", name: str = "") -> None:
        """Show a tab, or the last one; with a name also ask what it is for."""
        self.follow(self._intents.snapshot())
        if tab in self._panes:
            self.tabs.set_value(tab)
        if name and tab == WHY:
            self.explain_failure(name)
        elif name and tab == WHO:
            self.who.choose(name)
            self.ask_who(name)
        elif name and tab == KEY:
            self.key.key.setText(name)
            self.look_at_key(name)
        self._to_first_field()

    def _to_first_field(self) -> None:
        fields = {WHO: self.who.subject, KEY: self.key.key, WHY: self.why.text, REQUESTS: self.view}
        fields[self.tabs.value()].setFocus(Qt.FocusReason.OtherFocusReason)

    def follow(self, snapshot: Snapshot) -> None:
        """Offer the sessions that live now, and show what was asked since."""
        now = self._intents.now()
        self.who.follow(snapshot, now)
        self.why.follow(snapshot, now)
        self._take()

    def tick(self) -> None:
        """Requests may have been made by nobody's click."""
        if self.tabs.value() == REQUESTS and self.isVisible():
            self._take()

    def _take(self) -> None:
        self.model.take(self._intents.tools.requests())
        some = bool(self.model.rows)
        self.empty.setVisible(not some)
        self.view.setVisible(some)
        self.copy.setEnabled(some)
        words = plural(len(self.model.rows), "The last request to STS", "The last {n} requests to STS, newest first")
        self.count.setText(words if some else "")

    def _changed_tab(self) -> None:
        tab = self.tabs.value()
        self._stack.setCurrentWidget(self._panes[tab])
        if tab == REQUESTS:
            self._take()

    def copy_all(self) -> None:
        """Put all requests on the clipboard."""
        copy_text("\n\n".join(map(as_text, self.model.rows)), self._said)

    # --- Asking ----------------------------------------------------------------------------------------------------

    def ask_who(self, subject: str) -> None:
        """Ask who that is."""

        async def ask() -> None:
            self.who.show_caller(await self._intents.tools.who_am_i(subject))

        self._run(ask(), self.who.set_running, self.who.show_problem)

    def look_at_key(self, key_id: str) -> None:
        """Look at a key, or at the files alone."""

        async def look() -> None:
            self.key.show_ray(await self._intents.tools.x_ray(key_id), self._intents.now())

        self._run(look(), self.key.set_running, self.key.show_problem)

    def mend(self, remedy: Remedy) -> None:
        """Do what a remedy says, and look again."""

        async def do() -> None:
            await self._intents.tools.mend(remedy)
            self._said(tr("Mended."), "good")
            self.key.show_ray(await self._intents.tools.x_ray(self.key.key.text().strip()), self._intents.now())

        self._run(do(), self.key.set_running, self.key.show_problem)

    def explain(self, words: str, profile: str) -> None:
        """Explain an error text."""
        self.why.choose("")

        async def ask() -> None:
            self.why.show_denial(await self._intents.tools.why_denied(words, profile))

        self._run(ask(), self.why.set_running, self.why.show_problem)

    def explain_failure(self, name: str) -> None:
        """Explain why AWS refused a profile."""
        self.why.choose(name)
        self.why.text.clear()  # another error was explained before

        async def ask() -> None:
            self.why.show_denial(await self._intents.tools.why_failed(name))

        self._run(ask(), self.why.set_running, self.why.show_problem)

    def _run(self, work: Coroutine[object, object, None], running: _Running, failed: Callable[[Problem], None]) -> None:
        async def do() -> None:
            running(running=True)
            try:
                await work
            finally:
                running(running=False)
                self._take()

        def tell(error: RolecallError) -> None:
            failed(error.problem)

        spawn(do(), tell)
