"""A card for each thing only a person can do: what, for whom, how long it can wait, and the place to do it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.domain.configuration import Flow as Way
from app.domain.view import SignInView
from app.ui import fonts, menus, need_words, provider_words, tokens
from app.ui.first_run import Card
from app.ui.flow import Flow
from app.ui.mfa_sheet import Answer, CodeEntry, CommandPart, Tile
from app.ui.sign_in_parts import DevicePart
from app.ui.sign_in_sheet import fill_ways, go_words, says
from app.ui.tasks import spawn
from app.ui.text import breakable, tr
from app.ui.widgets import button, label

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from PySide6.QtWidgets import QPushButton

    from app.core.intents import Intents
    from app.domain.errors import RolecallError
    from app.domain.view import NeedView, SessionView

_NAMED = 24
_COMMAND_WIDTH = tokens.WELCOME_WIDTH - 4 * tokens.EDGE


class NeedCard(Card):
    """Follows one need. `reveal_wanted` carries a profile, `said` words for a toast, `first` gets the keyboard."""

    reveal_wanted = Signal(str)
    said = Signal(str)

    def __init__(self, intents: Intents, need: NeedView, icon: str, below: str = "") -> None:
        super().__init__()
        self.intents, self.need = intents, need
        self.setAccessibleName(need.title)
        self.inside = QVBoxLayout()
        self.inside.setContentsMargins(tokens.EDGE, tokens.EDGE, tokens.EDGE, tokens.EDGE)
        self.inside.setSpacing(12)
        self.column.addLayout(self.inside)
        self.inside.addLayout(self._head(need, icon, below or need.device))
        self._who = label("", tokens.SMALL, "text2")
        self._names: tuple[str, ...] = ()
        self._flow_host = QWidget()
        self._flow = Flow()
        self._flow_host.setLayout(self._flow)
        self._flow.addWidget(self._who)
        self._still = label("", tokens.SMALL, "text2", wrap=True)
        told = QVBoxLayout()
        told.setSpacing(2)
        told.addWidget(self._flow_host)
        told.addWidget(self._still)
        self.inside.addLayout(told)
        self.foot = QHBoxLayout()
        self.foot.setSpacing(tokens.GAP)

    @staticmethod
    def _head(need: NeedView, icon: str, below: str) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(Tile(icon), 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(1)
        words.addWidget(label(need.title, tokens.TITLE, wrap=True))
        if below:
            device = label(breakable(below), tone="text2", wrap=True)
            device.setFont(fonts.mono())
            words.addWidget(device)
        words.addStretch()
        row.addLayout(words, 1)
        return row

    @property
    def first(self) -> QWidget:
        """What gets the keyboard when a person comes for this."""
        raise NotImplementedError

    def show_need(self, need: NeedView) -> None:
        """Follow what became of it."""
        self.need = need
        self._who.setText(need_words.for_whom(need))
        if need.profiles != self._names:
            self._show_names(need.profiles)

    def tick(self, views: Iterable[SessionView], now: datetime) -> None:
        """Show the time as it is now."""
        words = need_words.works_still(self.need, views, now)
        self._still.setText(words)
        self._still.setVisible(bool(words))

    def decline(self) -> None:
        """Say no: all that wait for it end as cancelled."""
        spawn(self.intents.decline(self.need.key), self.not_done)

    def not_done(self, error: RolecallError) -> None:
        """Tell why a wish came to nothing."""
        self.said.emit(" ".join(part for part in (f"{error.title}.", error.detail, error.remedy) if part))

    def _show_names(self, names: tuple[str, ...]) -> None:
        while self._flow.count() > 1:
            item = self._flow.takeAt(1)
            gone = None if item is None else item.widget()
            if gone is not None:
                gone.deleteLater()
        for name in names[:_NAMED]:
            link = button(name.replace("&", "&&"), "link")
            link.setAccessibleName(tr("Show {name}").format(name=name))
            link.clicked.connect(lambda _checked=False, name=name: self.reveal_wanted.emit(name))
            self._flow.addWidget(link)
        if len(names) > _NAMED:
            self._flow.addWidget(label(tr("and {n} more").format(n=len(names) - _NAMED), tokens.SMALL, "text2"))
        self._names = names

    def _buttons(self, *right: QPushButton, left: QPushButton | None = None) -> None:
        if left is not None:
            # Its words stand under the rest.
            left.setStyleSheet("padding: 0;")
            self.foot.addWidget(left)
        self.foot.addStretch(1)
        for each in right:
            self.foot.addWidget(each)
        self.inside.addLayout(self.foot)


class MfaCard(NeedCard):
    """A code of a device. `store_wanted` carries the identity whose TOTP secret the person wants to store."""

    store_wanted = Signal(str)

    def __init__(self, intents: Intents, need: NeedView) -> None:
        super().__init__(intents, need, "phone")
        self.entry = CodeEntry(intents, need)
        self.inside.addWidget(self.entry)
        self.store = button(tr("Store the TOTP secret, never ask again…"), "link")
        self.cancel = button(tr("Decline"))
        self.cancel.setAccessibleName(tr("Decline: {title}").format(title=need.title))
        self._buttons(self.cancel, left=self.store)
        self.store.setVisible(bool(need.identity))
        self.store.clicked.connect(lambda: self.store_wanted.emit(self.need.identity))
        self.cancel.clicked.connect(self.decline)
        self.show_need(need)

    @property
    def first(self) -> QWidget:
        """The boxes."""
        return self.entry.boxes

    def show_need(self, need: NeedView) -> None:
        """Follow the code too."""
        super().show_need(need)
        self.entry.show_need(need)


class CommandCard(NeedCard):
    """A command that may run, or not."""

    def __init__(self, intents: Intents, need: NeedView) -> None:
        super().__init__(intents, need, "terminal")
        self.part = CommandPart(need, _COMMAND_WIDTH)
        self.inside.addWidget(self.part)
        self.run = button(tr("Run this command"), "primary")
        self.cancel = button(tr("Decline"))
        self.cancel.setAccessibleName(tr("Decline: {title}").format(title=need.title))
        self._buttons(self.cancel, self.run)
        self.run.clicked.connect(self._agree)
        self.cancel.clicked.connect(self.decline)
        self.show_need(need)

    @property
    def first(self) -> QWidget:
        """Where Enter, meant for something else, neither allows the command nor refuses it."""
        return self.part.command

    def show_need(self, need: NeedView) -> None:
        """Follow what became of the command."""
        super().show_need(need)
        self.run.setEnabled(not need.sending)
        self.part.show_need(need)

    def _agree(self) -> None:
        self.run.setEnabled(False)
        spawn(self.intents.answer(self.need.key, "yes"), self._not_sent)

    def _not_sent(self, error: RolecallError) -> None:
        self.run.setEnabled(True)
        self.not_done(error)


class SignInCard(NeedCard):
    """A sign-in. `sheet_wanted` carries its key where there is more to do than a card has room for."""

    sheet_wanted = Signal(str)

    def __init__(self, intents: Intents, need: NeedView) -> None:
        view = provider_words.find(intents.snapshot(), sign_in_of(need).provider)
        icon = "sign-in" if view is None else provider_words.kind_icon(view.type)
        super().__init__(intents, need, icon, "" if view is None else view.place)
        self._says = label("", tone="text2", wrap=True)
        self.device = DevicePart()
        self.answer_box = Answer()
        for each in (self._says, self.device, self.answer_box):
            self.inside.addWidget(each)
        self.other = button(tr("Use another way"), "link")
        self.cancel = button(tr("Cancel"))
        self.cancel.setAccessibleName(tr("Cancel the sign-in at {name}").format(name=sign_in_of(need).provider))
        self.link = button(tr("Copy link"), icon="link")
        self.go = button("", "primary")
        self._buttons(self.cancel, self.link, self.go, left=self.other)
        self.go.clicked.connect(self._begin)
        self.cancel.clicked.connect(self.decline)
        self.link.clicked.connect(self._copy_link)
        self.other.clicked.connect(self._ways)
        self.device.link_wanted.connect(self._copy_link)
        self.device.said.connect(self.said)
        self.show_need(need)

    @property
    def first(self) -> QWidget:
        """The button that begins it; where it waits elsewhere, the link."""
        if self.go.isVisibleTo(self):
            return self.go
        return self.link if self.link.isVisibleTo(self) else self.cancel

    def show_need(self, need: NeedView) -> None:
        """Follow where it waits."""
        super().show_need(need)
        sign_in = sign_in_of(need)
        code = sign_in.way == Way.DEVICE.value and bool(sign_in.user_code)
        pasted = sign_in.way == Way.PASTE.value
        elsewhere = sign_in.opened and not pasted
        self.device.setVisible(code)
        if code:
            self.device.show_code(sign_in)
            self.device.tick(sign_in.code_expires, self.intents.now())
        self._says.setText(breakable(says(sign_in)))
        self.go.setVisible(not elsewhere or sign_in.way in provider_words.OPENS_BY_ITSELF)
        self.go.setText(_go_words(sign_in, elsewhere=elsewhere, pasted=pasted))
        self.go.setEnabled(not need.sending)
        self.link.setVisible(elsewhere and sign_in.has_link and not code)
        self.other.setVisible(bool(sign_in.ways))
        problem = need.problem
        parts = () if problem is None else (f"{problem.title}.", problem.detail, problem.remedy)
        self.answer_box.tell(breakable(" ".join(part for part in parts if part)), bad=True)

    def tick(self, views: Iterable[SessionView], now: datetime) -> None:
        """Show how long the code works still."""
        super().tick(views, now)
        self.device.tick(sign_in_of(self.need).code_expires, now)

    def _begin(self) -> None:
        if sign_in_of(self.need).way == Way.PASTE.value:
            self.sheet_wanted.emit(self.need.key)
        else:
            spawn(self.intents.answer(self.need.key, ""), self.not_done)

    def _copy_link(self) -> None:
        async def copy() -> None:
            await self.intents.copy_sign_in_link(self.need.key)
            self.said.emit(tr("Link copied. Open it in any browser, on this machine or another."))

        spawn(copy(), self.not_done)

    def _ways(self) -> None:
        menu = menus.popup(self)
        fill_ways(menu, self.need, self._choose)
        menu.popup(self.other.mapToGlobal(QPoint(0, self.other.height() + 2)), menu.actions()[0])

    def _choose(self, way: str) -> None:
        spawn(self.intents.choose_way(self.need.key, way), self.not_done)


def _go_words(sign_in: SignInView, *, elsewhere: bool, pasted: bool) -> str:
    if pasted:
        return tr("Sign in…")
    if elsewhere:
        return tr("Show the window") if sign_in.way == Way.WINDOW.value else tr("Open it again")
    return go_words(sign_in.way)


def sign_in_of(need: NeedView) -> SignInView:
    """How a need's sign-in is done."""
    return need.sign_in if need.sign_in is not None else SignInView(provider=need.title, way=Way.PASTE.value)


def card_for(intents: Intents, need: NeedView) -> NeedCard:
    """The card that fits a need."""
    if need.sign_in is not None and need.kind == "sign-in":
        return SignInCard(intents, need)
    return CommandCard(intents, need) if need.kind == "command" else MfaCard(intents, need)
