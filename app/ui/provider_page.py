"""The page of a provider: how the sign-in stands, which roles it offers, and what its last proof says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.values import replace
from app.domain.view import SignIn
from app.ui import provider_words, text, tokens
from app.ui.detail_parts import Box
from app.ui.facts_pane import FactsPane
from app.ui.page import Page, Scroll
from app.ui.provider_roles import ProviderRoles
from app.ui.provider_status import ProviderStatus
from app.ui.side_pane import Beside
from app.ui.tasks import spawn
from app.ui.text import plural, tr
from app.ui.widgets import button, label

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine

    from app.core.intents import Intents
    from app.domain.errors import RolecallError
    from app.domain.view import ProviderView, Snapshot


class ProviderPage(Page):
    """Shows one provider at a time: `show_provider`, then `follow` with every snapshot and `tick` each second.

    Wishes that lead elsewhere: `edit_wanted` and `new_role_wanted` carry the provider's name, `answer_wanted` the key
    of a need, `reveal_wanted` a profile's name.
    """

    edit_wanted = Signal(str)
    new_role_wanted = Signal(str)
    answer_wanted = Signal(str)
    reveal_wanted = Signal(str)

    def __init__(self, intents: Intents, said: Callable[[str], None]) -> None:
        super().__init__("")
        self._intents = intents
        self._name = ""
        self._notice = ""
        self._kind = label("", tone="text2")
        self.head.insertWidget(self.head.count(), self._kind)
        self.edit = button(tr("Edit…"))
        self.status = ProviderStatus()
        self.problem = Box(said)
        self.roles = ProviderRoles(intents.now)
        self.pane = FactsPane(intents.now, said)
        self._inside = QWidget()
        column = QVBoxLayout(self._inside)
        column.setContentsMargins(tokens.FORM_EDGE, 20, tokens.FORM_EDGE, 20)
        column.setSpacing(tokens.EDGE)
        column.addWidget(self.status)
        column.addWidget(self.problem)
        column.addWidget(self.roles)
        column.addStretch(1)
        self._scroll = Scroll(self._inside)
        beside = Beside(self._scroll, self.pane, tr("What it says"))
        self.peek = beside.peek
        self.body.addWidget(beside)
        self.head.addWidget(self.peek)
        self.head.addWidget(self.edit)
        self.assume = button(tr("Assume these now"), "primary")
        self.foot.addWidget(self.assume)
        self._connect()

    def _connect(self) -> None:
        self.edit.clicked.connect(lambda: self.edit_wanted.emit(self._name))
        self.assume.clicked.connect(self._assume)
        status, roles = self.status, self.roles
        status.sign_in_wanted.connect(lambda: self._go(self._intents.sign_in(self._name)))
        status.cancel_wanted.connect(lambda: self._go(self._intents.decline(self._key())))
        status.answer_wanted.connect(lambda: self.answer_wanted.emit(self._key()))
        status.forget_wanted.connect(lambda: self._go(self._intents.sign_out(self._name)))
        status.stay_wanted.connect(self._stay)
        status.way_wanted.connect(self._another_way)
        roles.changed.connect(self._tell_foot)
        roles.opened.connect(self.reveal_wanted)
        roles.new_wanted.connect(lambda: self.new_role_wanted.emit(self._name))
        roles.moved.connect(self._bring)

    # --- Showing ---------------------------------------------------------------------------------------------------

    @property
    def name(self) -> str:
        """The provider shown."""
        return self._name

    def show_provider(self, name: str) -> None:
        """Show another provider, from its beginning."""
        self._name = name
        self._notice = ""
        self.peek.setChecked(False)
        self.follow(self._intents.snapshot())
        self._scroll.verticalScrollBar().setValue(0)
        self.status.main.setFocus()

    def follow(self, snapshot: Snapshot) -> None:
        """Show what the core knows now; a provider that is gone takes the page with it."""
        view = provider_words.find(snapshot, self._name)
        if view is None:
            if self._name:
                self.closed.emit()
            return
        self.set_title(view.name)
        self._kind.setText(provider_words.kind_word(view.type))
        need = provider_words.need_of(snapshot, view.name)
        self.status.show_provider(view, need, self._intents.now())
        under_way = view.status in {SignIn.SIGNING_IN, SignIn.WAITING}
        reason = None if need is None else need.problem
        self.problem.show_problem(reason if under_way else view.problem)
        self.roles.show_provider(view, snapshot.sessions)
        self._show_facts(view)
        self._tell_foot()

    def tick(self) -> None:
        """Show the times as they are now."""
        snapshot = self._intents.snapshot()
        view = provider_words.find(snapshot, self._name)
        if view is not None and self.isVisible():
            need = provider_words.need_of(snapshot, view.name)
            self.status.tick(view, need, self._intents.now())
            self.roles.tick()
            self.pane.tick()

    def _show_facts(self, view: ProviderView) -> None:
        provider = self._intents.snapshot().configuration.providers.get(view.name)
        proof = provider_words.proof_word(view.type, plain=provider is not None and bool(provider.provider_id))
        title = tr("What the {proof} says").format(proof=proof)
        if view.seen is not None:
            title += " · " + text.day_and_clock(view.seen, self._intents.now())
        self.pane.show_facts(title, view.facts, tr("Nothing yet. After a sign-in it is taken apart here."))

    def _tell_foot(self) -> None:
        chosen = len(self.roles.model.chosen)
        self.assume.setEnabled(chosen > 0)
        self.assume.setAccessibleName(plural(chosen, "Assume 1 role now", "Assume {n} roles now"))
        progress = self.roles.progress()
        if self._notice:
            self.judge(self._notice)
        elif progress is not None:
            self.judge(progress.words, progress.tone)
        else:
            self.judge("")
        offered = self.roles.model.total > 0
        self.assume.setVisible(offered)
        self._foot.setVisible(offered or bool(self._notice))
        self._foot_line.setVisible(offered or bool(self._notice))

    # --- Doing -----------------------------------------------------------------------------------------------------

    def _key(self) -> str:
        need = provider_words.need_of(self._intents.snapshot(), self._name)
        return f"sign-in {self._name}" if need is None else need.key

    def _stay(self, on: bool) -> None:
        provider = self._intents.snapshot().configuration.providers.get(self._name)
        if provider is not None and provider.remembers != on:
            changed = replace(provider, stay_signed_in=on)
            self._go(self._intents.put_provider(changed, formerly=self._name))

    def _another_way(self, way: str) -> None:
        need = provider_words.need_of(self._intents.snapshot(), self._name)
        if need is None:
            self._go(self._intents.sign_in(self._name, way))
        else:
            self._go(self._choose(need.key, way))

    async def _choose(self, key: str, way: str) -> None:
        await self._intents.choose_way(key, way)
        self.answer_wanted.emit(key)

    def _assume(self) -> None:
        self._go(self._assume_now(self._name, self.roles.model.chosen))

    async def _assume_now(self, name: str, arns: tuple[str, ...]) -> None:
        made = await self._intents.assume_offered(name, arns)
        if name == self._name:
            self.roles.follow_made(made)
            self._tell_foot()

    def _go(self, coro: Coroutine[object, object, object]) -> None:
        self._notice = ""
        spawn(coro, self._failed)

    def _failed(self, error: RolecallError) -> None:
        # What stands in the box already is not said twice.
        view = provider_words.find(self._intents.snapshot(), self._name)
        told = view is not None and view.problem is not None and view.problem.code == error.code
        self._notice = (
            "" if told else " ".join(part for part in (f"{error.title}.", error.detail, error.remedy) if part)
        )
        self.follow(self._intents.snapshot())

    # --- Room ------------------------------------------------------------------------------------------------------

    def _bring(self, place: QRect) -> None:
        """Scroll to where the keyboard is in a list."""
        at = self.roles.mapTo(self._inside, place.center())
        self._scroll.ensureVisible(at.x(), at.y(), 0, tokens.ROW)
