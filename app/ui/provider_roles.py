"""The part of a provider's page that offers roles: which are wanted, what they became, and the profiles besides."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from app.domain.values import dataclass
from app.domain.view import SessionView, Status
from app.ui import text, tokens
from app.ui.provider_words import OIDC, proof_word
from app.ui.roles_model import RolesModel, offers_of, others_of
from app.ui.roles_view import RolesView
from app.ui.text import plural, tr
from app.ui.widgets import button, label

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from datetime import datetime

    from app.domain.view import ProviderView

_FILTER_OVER = 8
"""With more roles than this there is a field to search them."""
_UNDER_WAY = frozenset({Status.ACQUIRING, Status.WAITING, Status.REFRESHING})


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """What became of the roles asked for together."""

    wanted: int
    live: int
    failed: int
    under_way: int

    @property
    def over(self) -> bool:
        """Whether nothing of it is being done any more."""
        return self.under_way == 0

    @property
    def words(self) -> str:
        """The same for people."""
        done = tr("{n} of {m} assumed").format(n=text.number(self.live), m=text.number(self.wanted))
        failed = plural(self.failed, "1 failed", "{n} failed") if self.failed else ""
        return ", ".join(part for part in (done, failed) if part)

    @property
    def tone(self) -> str:
        """`good`, `bad`, or `text2` while it goes on."""
        if not self.over:
            return "text2"
        return "good" if self.live == self.wanted else "bad" if self.failed else "text2"


def progress_of(profiles: Iterable[str], sessions: Mapping[str, SessionView], now: datetime) -> Progress:
    """How far these profiles have come."""
    found = [sessions.get(name) for name in profiles]
    statuses = [None if each is None else text.shown(each, now) for each in found]
    return Progress(
        wanted=len(found),
        live=sum(
            each is not None and each.live(now) and status not in _UNDER_WAY
            for each, status in zip(found, statuses, strict=True)
        ),
        failed=sum(status is Status.FAILED for status in statuses),
        under_way=sum(status in _UNDER_WAY for status in statuses),
    )


class ProviderRoles(QWidget):
    """Two lists: roles on offer, to be checked, and profiles that start from the provider otherwise.

    `opened` carries a profile to be shown in the list of roles, `moved` where the keyboard is (in this widget's own
    coordinates), `changed` tells that something was checked.
    """

    opened = Signal(str)
    moved = Signal(QRect)
    changed = Signal()
    new_wanted = Signal()

    def __init__(self, clock: Callable[[], datetime]) -> None:
        super().__init__()
        self._clock = clock
        self._provider, self._made = "", dict[str, str]()
        self._sessions: dict[str, SessionView] = {}
        self._view: ProviderView | None = None
        self.model = RolesModel(clock, self, checkable=True)
        self.others_model = RolesModel(clock, self)
        self.list = RolesView(self.model, clock, tr("Roles offered"))
        self.others = RolesView(self.others_model, clock, tr("Profiles"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._offer = self._offer_part()
        column.addWidget(self._offer)
        column.addSpacing(tokens.EDGE)
        column.addWidget(self._others_part())
        for each in (self.list, self.others):
            each.opened.connect(self.opened)
            each.moved.connect(
                lambda rect, each=each: self.moved.emit(QRect(each.mapTo(self, rect.topLeft()), rect.size()))
            )
        self.model.chosen_changed.connect(self._count)
        self.search.textChanged.connect(self._searched)
        self.all.clicked.connect(lambda: self.model.check_all(self.model.check_state() is not Qt.CheckState.Checked))

    def _offer_part(self) -> QWidget:
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        head = QHBoxLayout()
        head.setSpacing(tokens.GAP)
        self._title = label(tr("Roles offered"), tokens.NAME)
        self._counted = label("", tokens.SMALL, "text2")
        self.all = QCheckBox(tr("All"))
        self.all.setTristate(True)
        self.all.setAccessibleName(tr("All roles"))
        head.addWidget(self._title)
        head.addWidget(self._counted, 1)
        head.addWidget(self.all)
        self.search = QLineEdit()
        self.search.setPlaceholderText(tr("Search roles, accounts, profiles"))
        self.search.setAccessibleName(tr("Search the roles offered"))
        self.search.setClearButtonEnabled(True)
        self._nothing = label("", tokens.SMALL, "text2", wrap=True)
        column.addLayout(head)
        column.addWidget(self.search)
        column.addWidget(self._nothing)
        column.addWidget(self.list)
        return holder

    def _others_part(self) -> QWidget:
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        head = QHBoxLayout()
        self._others_title = label("", tokens.NAME)
        self.new = button(tr("New role…"), small=True, icon="plus")
        self.new.clicked.connect(self.new_wanted)
        head.addWidget(self._others_title, 1)
        head.addWidget(self.new)
        self._others_none: QLabel = label("", tokens.SMALL, "text2", wrap=True)
        column.addLayout(head)
        column.addWidget(self._others_none)
        column.addWidget(self.others)
        return holder

    # --- Showing ---------------------------------------------------------------------------------------------------

    def show_provider(self, view: ProviderView, sessions: Iterable[SessionView]) -> None:
        """Show what a provider offers now."""
        fresh = view.name != self._provider
        if fresh:
            self._provider, self._made = view.name, {}
            self.search.clear()
        self._view = view
        self._sessions = {each.name: each for each in sessions}
        offers = offers_of(view, self._sessions, self._made)
        others = others_of(view, self._sessions, offers)
        self.model.show_rows(offers, fresh=fresh)
        self.others_model.show_rows(others, fresh=fresh)
        self._offer.setVisible(view.type != OIDC or bool(offers))
        self.search.setVisible(len(offers) > _FILTER_OVER)
        self.all.setVisible(len(offers) > 1)
        self._others_title.setText(tr("Other profiles") if offers and others else tr("Profiles"))
        self._others_none.setText(_no_others(view))
        self._others_none.setVisible(not others)
        self._count()

    def follow_made(self, made: Mapping[str, str]) -> None:
        """Roles have become profiles: by ARN, their names."""
        self._made.update(made)
        if self._view is not None:
            self.show_provider(self._view, self._sessions.values())

    def tick(self) -> None:
        """Show the times as they are now."""
        self.list.tick()
        self.others.tick()

    def progress(self) -> Progress | None:
        """How far the roles asked for together have come; None before any were."""
        if not self._made:
            return None
        return progress_of(self._made.values(), self._sessions, self._clock())

    def _searched(self, words: str) -> None:
        self.model.search(words)
        self._count()

    def _count(self) -> None:
        total, chosen = self.model.total, len(self.model.chosen)
        words = tr("{n} of {m} chosen").format(n=text.number(chosen), m=text.number(total)) if total else ""
        self._counted.setText(words)
        self.all.setCheckState(self.model.check_state())
        shown = self.model.rowCount()
        self._nothing.setVisible(not shown)
        if total:
            self._nothing.setText(tr("No role matches “{words}”.").format(words=self.search.text().strip()))
        elif self._view is not None:
            self._nothing.setText(_no_offers(self._view))
        self.changed.emit()


def _no_offers(view: ProviderView) -> str:
    if view.seen is not None:
        return tr("The last assertion names no role that could be read. An encrypted one can be read by AWS alone.")
    return tr("Sign in, and the roles of your {proof} appear here.").format(proof=proof_word(view.type))


def _no_others(view: ProviderView) -> str:
    if view.roles:
        return tr("No other profile starts from {name}.").format(name=view.name)
    return tr("No profile starts from {name} yet.").format(name=view.name)
