"""Key X-ray: whose an access key ID is, who holds it, and what one click can mend in the files of AWS tools."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from app.ui import text, tokens
from app.ui.text import short_path, tr
from app.ui.tools_parts import Answer, Card, Item, Said, count_words
from app.ui.widgets import button, label, rule, tip

if TYPE_CHECKING:
    from datetime import datetime

    from app.domain.errors import Problem
    from app.domain.x_ray import Ailment, Holder, Remedy, XRay

_MOST = 60


class KeyPane(QWidget):
    """`wanted` carries a key ID, empty for the files alone; `mend_wanted` a `Remedy`."""

    wanted = Signal(str)
    mend_wanted = Signal(object)

    def __init__(self, said: Said) -> None:
        super().__init__()
        self._said = said
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        strip = QHBoxLayout()
        strip.setContentsMargins(tokens.FORM_EDGE, 10, tokens.FORM_EDGE, 10)
        strip.setSpacing(tokens.GAP)
        self.key = QLineEdit()
        self.key.setPlaceholderText(tr("Access key ID, like AKIA… or ASIA…; empty: only the files"))
        self.key.setAccessibleName(tr("Access key ID"))
        self.look = button(tr("Look"), "primary")
        strip.addWidget(self.key, 1)
        strip.addWidget(self.look)
        column.addLayout(strip)
        column.addWidget(rule())
        self.answer = Answer()
        column.addWidget(self.answer, 1)
        self.look.clicked.connect(self._look)
        self.key.returnPressed.connect(self._look)
        self.remedies: list[QWidget] = []
        self.answer.say(
            tr("Tells the account and kind of a key, where it stands on this machine, and what is wrong in the files.")
        )

    def set_running(self, *, running: bool) -> None:
        """One question at a time."""
        for each in (self.look, *self.remedies):
            each.setEnabled(not running)

    def show_ray(self, ray: XRay, now: datetime) -> None:
        """Show what was found."""
        self.answer.clear()
        self.remedies = []
        if ray.access_key_id:
            self._show_key(ray, now)
        self.answer.problem(ray.problem, self._said, "warn")
        self._show_ailments(ray.ailments)

    def show_problem(self, problem: Problem) -> None:
        """Say why it could not be looked at."""
        self.answer.clear()
        self.remedies = []
        self.answer.problem(problem, self._said)

    def _show_key(self, ray: XRay, now: datetime) -> None:
        self.answer.say(tr("{key} is {kind}.").format(key=ray.access_key_id, kind=ray.kind), tokens.TITLE, "text")
        if ray.account:
            card = Card(tr("GetAccessKeyInfo"))
            lasts = tr("until its session ends") if ray.temporary else tr("until somebody deletes it")
            card.values(((tr("Account"), ray.account),), self._said)
            card.values(((tr("Lasts"), lasts),), self._said, mono=False)
            self.answer.add(card)
        card = Card(count_words(tr("Who holds it"), len(ray.holders)))
        for holder in ray.holders[:_MOST]:
            card.add(_holder(holder, now))
        if not ray.holders:
            card.note(tr("Neither a profile or identity here, nor the files of AWS tools."))
        self.answer.add(card)

    def _show_ailments(self, ailments: tuple[Ailment, ...]) -> None:
        card = Card(count_words(tr("What is wrong in the files of AWS tools"), len(ailments)))
        for ailment in ailments[:_MOST]:
            card.add(self._ailment(ailment))
        if not ailments:
            card.add(Item(("check", "good_mark"), tr("Nothing.")))
        elif len(ailments) > _MOST:
            card.note(text.plural(len(ailments) - _MOST, "1 more: mend these first", "{n} more: mend these first"))
        self.answer.add(card)

    def _ailment(self, ailment: Ailment) -> Item:
        item = Item(("warning", "warn_mark"), ailment.title, ailment.detail, ailment.advice)
        remedy = ailment.remedy
        if remedy is not None:
            item.column.addSpacing(4)
            item.column.addWidget(label(text.breakable(remedy.words), tokens.SMALL_STRONG, wrap=True))
            line = QHBoxLayout()
            line.addWidget(self._mend(ailment, remedy))
            line.addStretch(1)
            item.column.addLayout(line)
        return item

    def _mend(self, ailment: Ailment, remedy: Remedy) -> QWidget:
        made = button(tr("Mend this"), small=True)
        made.setAccessibleName(tr("Mend: {what}").format(what=ailment.title))
        made.setToolTip(tip(remedy.words))
        made.clicked.connect(lambda: self.mend_wanted.emit(remedy))
        self.remedies.append(made)
        return made

    def _look(self) -> None:
        if self.look.isEnabled():
            self.wanted.emit(self.key.text().strip())


def _holder(holder: Holder, now: datetime) -> Item:
    sign = {"live": ("check", "good_mark"), "": ("key", "text2")}.get(holder.state, ("warning", "warn_mark"))
    where = {
        "profile": tr("Profile {name}"),
        "identity": tr("Identity {name}"),
        "mfa session": tr("MFA session of {name}"),
        "credentials file": tr("[{name}] in the credentials file"),
        "config file": tr("“{name}” in the config file"),
    }.get(holder.where, "{name}")
    states = {
        "live": tr("Live"),
        "expired": tr("Expired"),
        "shadowed": tr("Not used by AWS tools"),
        "stale token": tr("Hidden by an old token"),
    }
    place = tr("{path}, line {n}").format(path=short_path(holder.path), n=holder.line) if holder.path else ""
    until = ""
    if holder.expires is not None:
        until = tr("until {time}").format(time=text.day_and_clock(holder.expires, now))
    facts = ", ".join(filter(None, (states.get(holder.state, ""), until, holder.note)))
    return Item(sign, where.format(name=holder.name), facts, place)
