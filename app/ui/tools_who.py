"""Who am I: a session, an identity, or what AWS tools would use now, with the places they look at."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from app.ui import tokens
from app.ui.text import tr
from app.ui.tools_parts import Answer, Card, Item, Said
from app.ui.widgets import button, rule

if TYPE_CHECKING:
    from datetime import datetime

    from app.domain.caller import Caller, LookedAt
    from app.domain.errors import Problem
    from app.domain.view import Snapshot

AWS = "aws"


class WhoPane(QWidget):
    """`wanted` carries the subject to ask about."""

    wanted = Signal(str)

    def __init__(self, said: Said) -> None:
        super().__init__()
        self._said = said
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        strip = QHBoxLayout()
        strip.setContentsMargins(tokens.FORM_EDGE, 10, tokens.FORM_EDGE, 10)
        strip.setSpacing(tokens.GAP)
        self.subject = QComboBox()
        self.subject.setAccessibleName(tr("Who is asked about"))
        self.subject.setMinimumContentsLength(12)
        self.subject.addItem(tr("AWS tools on this machine"), AWS)
        self.profile = QLineEdit()
        self.profile.setPlaceholderText(tr("AWS profile, or empty"))
        self.profile.setAccessibleName(tr("AWS profile"))
        self.ask = button(tr("Ask AWS"), "primary")
        strip.addWidget(self.subject, 2)
        strip.addWidget(self.profile, 1)
        strip.addWidget(self.ask)
        column.addLayout(strip)
        column.addWidget(rule())
        self.answer = Answer()
        column.addWidget(self.answer, 1)
        self.subject.currentIndexChanged.connect(self._fit)
        self.ask.clicked.connect(self._ask)
        self.profile.returnPressed.connect(self._ask)
        self._fit()
        self.answer.say(
            tr("Asks AWS whose credentials these are (GetCallerIdentity). It needs no permission and changes nothing.")
        )

    def follow(self, snapshot: Snapshot, now: datetime) -> None:
        """Offer the sessions that live now, and the identities."""
        offers = [(tr("AWS tools on this machine"), AWS)]
        offers += [
            (tr("{name}, live session").format(name=view.name), f"profile.{view.name}")
            for view in snapshot.sessions
            if view.live(now)
        ]
        offers += [
            (tr("{name}, identity").format(name=name), f"identity.{name}") for name in snapshot.configuration.identities
        ]
        if offers == [(self.subject.itemText(at), self.subject.itemData(at)) for at in range(self.subject.count())]:
            return
        chosen = self.subject.currentData()
        self.subject.blockSignals(True)
        self.subject.clear()
        for words, key in offers:
            self.subject.addItem(words, key)
        self.subject.setCurrentIndex(max(0, self.subject.findData(chosen)))
        self.subject.blockSignals(False)
        self._fit()

    def choose(self, subject: str) -> None:
        """Choose somebody, if there is one of that name."""
        place = self.subject.findData(subject)
        if place >= 0:
            self.subject.setCurrentIndex(place)

    def set_running(self, *, running: bool) -> None:
        """One question at a time."""
        self.ask.setEnabled(not running)
        self.ask.setText(tr("Asking…") if running else tr("Ask AWS"))

    def show_caller(self, caller: Caller) -> None:
        """Show who it is, or why that is not known."""
        self.answer.clear()
        self.answer.problem(caller.problem, self._said, "warn" if caller.chain else "bad")
        if caller.arn:
            self.answer.say(_sentence(caller), tokens.TITLE, "text")
            card = Card(tr("GetCallerIdentity"))
            card.values(
                (
                    (tr("ARN"), caller.arn),
                    (tr("Account"), caller.account),
                    (tr("User ID"), caller.user_id),
                    (tr("Access key"), caller.key_id),
                    (tr("Request ID"), caller.request_id),
                ),
                self._said,
            )
            self.answer.add(card)
        if caller.chain:
            card = Card(tr("Where AWS tools look, in their order"))
            for place in caller.chain:
                card.add(_place(place))
            self.answer.add(card)

    def show_problem(self, problem: Problem) -> None:
        """Say why it could not be asked."""
        self.answer.clear()
        self.answer.problem(problem, self._said)

    def _fit(self) -> None:
        self.profile.setVisible(self.subject.currentData() == AWS)

    def _ask(self) -> None:
        subject, profile = str(self.subject.currentData()), self.profile.text().strip()
        if self.ask.isEnabled():
            self.wanted.emit(f"{AWS}.{profile}" if subject == AWS and profile else subject)


def _sentence(caller: Caller) -> str:
    words = {
        "role": tr("{name} in account {account}, session “{session}”"),
        "user": tr("The user {name} in account {account}"),
        "root": tr("The root user of account {account}"),
        "federated user": tr("The federated user {name} in account {account}"),
    }.get(caller.kind, caller.arn)
    return words.format(name=caller.name, account=caller.account, session=caller.session_name)


def _place(place: LookedAt) -> Item:
    if place.used:
        return Item(("check", "good_mark"), place.place, place.note or tr("AWS tools use this."))
    if not place.found:
        return Item(("", "text2"), place.place, quiet=tr("nothing there"))
    reached = "" if place.reached else tr("Not reached: what stands above comes first.")
    return Item(("info", "text2"), place.place, place.note, reached)
