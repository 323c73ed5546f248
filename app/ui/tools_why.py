"""Why denied: a pasted error, or a profile that AWS refused, told as one sentence with all that stands behind it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from app.domain.denial import Verdict
from app.ui import tokens
from app.ui.acts import was_denied
from app.ui.text import breakable, tr
from app.ui.tools_parts import Answer, Card, Folded, Item, Said, copy_text, count_words
from app.ui.widgets import button, label, rule

if TYPE_CHECKING:
    from datetime import datetime

    from app.domain.denial import Cause, Denial, MatchedStatement
    from app.domain.errors import Problem
    from app.domain.view import Snapshot

_LINES_HIGH = 72


class WhyPane(QWidget):
    """`wanted` carries a text, and the profile to decode it with or ''; `failure_wanted` a profile that was refused."""

    wanted = Signal(str, str)
    failure_wanted = Signal(str)

    def __init__(self, said: Said) -> None:
        super().__init__()
        self._said = said
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        top = QVBoxLayout()
        top.setContentsMargins(tokens.FORM_EDGE, 10, tokens.FORM_EDGE, 10)
        top.setSpacing(tokens.GAP)
        self.refused = QComboBox()
        self.refused.setAccessibleName(tr("Roles that were refused"))
        self.refused.setMinimumContentsLength(12)
        self.refused.addItem(tr("Explain why a role was refused…"), "")
        self.refused.hide()
        top.addWidget(self.refused)
        self.text = QPlainTextEdit()
        self.text.setPlaceholderText(tr("Paste any AWS error, encoded message and all"))
        self.text.setAccessibleName(tr("Error text"))
        self.text.setTabChangesFocus(True)
        self.text.setFixedHeight(_LINES_HIGH)
        self.profile = QComboBox()
        self.profile.setAccessibleName(tr("Decode with"))
        self.profile.setMinimumContentsLength(12)
        self.profile.addItem(tr("Decode with a fitting session"), "")
        self.explain = button(tr("Explain"), "primary")
        line = QHBoxLayout()
        line.setSpacing(tokens.GAP)
        line.addWidget(self.profile, 1)
        line.addWidget(self.explain)
        top.addWidget(self.text)
        top.addLayout(line)
        column.addLayout(top)
        column.addWidget(rule())
        self.answer = Answer()
        column.addWidget(self.answer, 1)
        self.text.textChanged.connect(self._fit)
        self.explain.clicked.connect(
            lambda: self.wanted.emit(self.text.toPlainText(), self.profile.currentData() or "")
        )
        self.refused.activated.connect(self._explain_refused)
        self._running = False
        self._fit()
        self.answer.say(
            tr("The encoded part is found wherever it stands, and decoded by AWS with one of your live sessions.")
        )

    def follow(self, snapshot: Snapshot, now: datetime) -> None:
        """Offer the sessions that live now to decode with, and the roles that were refused to explain."""
        live = [view.name for view in snapshot.sessions if view.live(now)]
        _offer(self.profile, [(name, tr("Decode with {name}").format(name=name)) for name in live])
        denied = [(view.name, view.problem.title) for view in snapshot.sessions if view.problem and was_denied(view)]
        words = tr("{name}: {problem}")
        _offer(self.refused, [(name, words.format(name=name, problem=problem)) for name, problem in denied])
        self.refused.setVisible(bool(denied))

    def choose(self, name: str) -> None:
        """Show which of the refused ones is explained, if it is one of them."""
        self.refused.setCurrentIndex(max(0, self.refused.findData(name)))

    def _explain_refused(self) -> None:
        name = self.refused.currentData()
        if name:
            self.failure_wanted.emit(name)

    def set_running(self, *, running: bool) -> None:
        """One question at a time."""
        self._running = running
        self._fit()

    def _fit(self) -> None:
        self.refused.setEnabled(not self._running)
        self.explain.setEnabled(not self._running and bool(self.text.toPlainText().strip()))

    def show_problem(self, problem: Problem) -> None:
        """Say why it could not be explained."""
        self.answer.clear()
        self.answer.problem(problem, self._said)

    def show_denial(self, denial: Denial) -> None:
        """Tell it, the sentence first."""
        self.answer.clear()
        self.answer.add(self._heading(denial))
        if denial.advice:
            self.answer.say(denial.advice)
        self.answer.problem(denial.problem, self._said, "warn")
        self.answer.add(self._facts(denial))
        if denial.causes:
            card = Card(tr("Likely causes, checked one by one"))
            for cause in denial.causes:
                card.add(self._cause(cause))
            self.answer.add(card)
        if denial.statements:
            card = Card(count_words(tr("Statements that decided"), len(denial.statements)))
            for statement in denial.statements:
                self._statement(card, statement)
            self.answer.add(card)
        if denial.conditions:
            card = Card(count_words(tr("Context of the request"), len(denial.conditions)))
            rows = [(each.key, ", ".join(each.values)) for each in denial.conditions]
            card.table(rows, (tr("Condition key"), tr("Value")))
            self.answer.add(card)
        if denial.sent:
            card = Card(tr("What was sent"))
            hidden = tr("hidden")
            card.table([(each.name, hidden if each.hidden else each.value) for each in denial.sent],
                       (tr("Parameter"), tr("Value")))  # fmt: skip
            self.answer.add(card)
        if denial.raw:
            self.answer.add(Folded(tr("decoded JSON"), denial.raw, self._said))

    def _heading(self, denial: Denial) -> QWidget:
        made = QWidget()
        row = QHBoxLayout(made)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(tokens.GAP)
        self.sentence = label(breakable(denial.sentence), tokens.TITLE, wrap=True)
        row.addWidget(self.sentence, 1)
        self.copy = button(tr("Copy"), "plain", "copy", small=True, tint="text2")
        self.copy.setAccessibleName(tr("Copy the explanation"))
        self.copy.clicked.connect(lambda: copy_text(in_lines(denial), self._said))
        row.addWidget(self.copy)
        return made

    def _facts(self, denial: Denial) -> Card:
        kind = tr("Explicit deny") if denial.explicit else tr("Implicit deny: nothing allows it")
        if denial.allowed or denial.explicit is None:
            kind = tr("Allowed") if denial.allowed else ""
        card = Card(tr("In short"))
        card.values(
            ((tr("Who"), denial.who), (tr("Action"), denial.action), (tr("Resource"), denial.resource)), self._said
        )
        card.values(
            (
                (tr("Profile"), denial.profile),
                (tr("Verdict"), kind),
                (tr("Policy"), denial.policy_type),
                (tr("Decoded with"), denial.decoded_with),
            ),
            self._said,
            mono=False,
        )
        card.values(((tr("Request ID"), denial.request_id),), self._said)
        return card

    def _statement(self, card: Card, statement: MatchedStatement) -> None:
        effect = {"Deny": tr("Deny"), "Allow": tr("Allow")}.get(statement.effect, statement.effect)
        sign = ("check", "good_mark") if statement.effect == "Allow" else ("stop", "bad_mark")
        card.add(Item(sign, ", ".join(filter(None, (effect, statement.id or tr("without an ID"), statement.policy)))))
        values = (
            (tr("Principals"), ", ".join(statement.principals)),
            (tr("Actions"), ", ".join(statement.actions)),
            (tr("Resources"), ", ".join(statement.resources)),
            *((each.key, ", ".join(each.values)) for each in statement.conditions),
        )
        card.values(values, self._said)

    def _cause(self, cause: Cause) -> Item:
        signs = {
            Verdict.LIKELY: ("warning", "bad_mark"),
            Verdict.OPEN: ("info", "text2"),
            Verdict.RULED_OUT: ("check", "good_mark"),
        }
        words = {Verdict.LIKELY: tr("Likely"), Verdict.OPEN: tr("Not known"), Verdict.RULED_OUT: tr("Ruled out")}
        pasteable = cause.remedy.startswith("{")
        remedy = "" if pasteable or cause.verdict is Verdict.RULED_OUT else cause.remedy
        title = tr("{verdict}: {cause}").format(verdict=words[cause.verdict], cause=cause.title)
        item = Item(signs[cause.verdict], title, cause.detail, remedy)
        if pasteable and cause.verdict is not Verdict.RULED_OUT:
            item.column.addWidget(Folded(tr("the statement"), cause.remedy, self._said))
        return item


def _offer(combo: QComboBox, lines: list[tuple[str, str]]) -> None:
    """Have a combo offer (data, words) below its first line; what was chosen stays so while it is there."""
    if lines == [(combo.itemData(at), combo.itemText(at)) for at in range(1, combo.count())]:
        return
    chosen = combo.currentData()
    combo.blockSignals(True)
    while combo.count() > 1:
        combo.removeItem(1)
    for name, words in lines:
        combo.addItem(words, name)
    combo.setCurrentIndex(max(0, combo.findData(chosen)))
    combo.blockSignals(False)


def in_lines(denial: Denial) -> str:
    """All of it as text, for a colleague; the decoded JSON last."""
    lines = [denial.sentence, denial.advice, f"Request ID {denial.request_id}" if denial.request_id else ""]
    lines += [f"{each.key} = {', '.join(each.values)}" for each in denial.conditions]
    lines += [f"{each.name}: {'(hidden)' if each.hidden else each.value}" for each in denial.sent]
    lines += [f"{each.verdict.value}: {each.title}. {each.detail}" for each in denial.causes]
    return "\n".join(line for line in (*lines, denial.raw) if line)
