"""The microscope: what an assertion or ID token says, line by line, with what is right or wrong about it.

All of it was written by a provider: plain text, and as long as it likes.
"""

from __future__ import annotations

from datetime import UTC
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from app.ui import fonts, text, tokens
from app.ui.mark import Mark
from app.ui.side_pane import SidePane
from app.ui.text import number, tr
from app.ui.widgets import ground, label, rule

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from app.domain.view import Fact

_NAME_COLUMN = 96
_LONGEST_VALUE = 240
_MOST = 80
"""So many lines are drawn; the copy has all."""
_VERDICTS = {"good": ("check", "good_mark"), "bad": ("warning", "bad")}


class FactLine(QWidget):
    """One fact. Times count down."""

    def __init__(self, fact: Fact) -> None:
        super().__init__()
        self._fact = fact
        grid = QGridLayout(self)
        grid.setContentsMargins(12, 4, 12, 4)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(1)
        grid.setColumnMinimumWidth(0, _NAME_COLUMN)
        grid.setColumnStretch(1, 1)
        name = label(text.breakable(fact.name), tokens.SMALL, "text2", wrap=True)
        name.setMaximumWidth(_NAME_COLUMN)
        grid.addWidget(name, 0, 0, Qt.AlignmentFlag.AlignTop)
        line = QHBoxLayout()
        line.setSpacing(6)
        if fact.verdict in _VERDICTS:
            holder = QVBoxLayout()
            holder.setContentsMargins(0, 2, 0, 0)
            holder.addWidget(Mark(*_VERDICTS[fact.verdict], 13))
            holder.addStretch(1)
            line.addLayout(holder)
        self.value = label("", tokens.SMALL, "bad" if fact.verdict == "bad" else "text", wrap=True)
        if fact.moment is None:
            self.value.setFont(fonts.mono())
            self.value.setText(_shortened(fact.value))
        line.addWidget(self.value, 1)
        grid.addLayout(line, 0, 1)
        if fact.note:
            grid.addWidget(label(text.breakable(fact.note), tokens.SMALL, "text2", wrap=True), 1, 1)
        if fact.verdict == "bad":
            ground(self, "bad_tint")

    def tick(self, now: datetime) -> None:
        """Show a time as it stands to `now` (UTC)."""
        fact = self._fact
        if fact.moment is not None:
            self.value.setText(moment_words(fact.moment, now))
            self.value.setToolTip(text.local_name(fact.moment))
        self.setAccessibleName(spoken(fact, now))


class FactsPane(SidePane):
    """A heading, a way to copy, and a line for each fact. `copied` is told when something was copied."""

    def __init__(self, clock: Callable[[], datetime], copied: Callable[[str], None]) -> None:
        title = label("", tokens.NAME)
        super().__init__(title, tr("Copy as text. What proves it, signatures and tokens, is not in it."))
        self.title = title
        self._clock, self._copied = clock, copied
        self._facts: tuple[Fact, ...] | None = None
        self._lines: list[FactLine] = []
        self.column.addStretch(1)
        self.copy.clicked.connect(self._copy)

    def show_facts(self, title: str, facts: tuple[Fact, ...], instead: str) -> None:
        """Show these facts; `instead` where there are none."""
        self.title.setText(title)
        self.setAccessibleName(title)
        self.copy.setEnabled(bool(facts))
        self.copy.setAccessibleName(tr("Copy: {what}").format(what=title))
        if facts != self._facts:
            self._facts = facts
            self._fill(facts, instead)
        self.tick()

    def tick(self) -> None:
        """Show the times as they are now."""
        now = self._clock()
        for line in self._lines:
            line.tick(now)

    def text(self) -> str:
        """All facts as lines of text, times in UTC."""
        return "\n".join(_as_text(fact) for fact in self._facts or ())

    def _fill(self, facts: tuple[Fact, ...], instead: str) -> None:
        rows = QWidget()
        column = QVBoxLayout(rows)
        column.setContentsMargins(0, 6, 0, 6)
        column.setSpacing(0)
        self._lines = [FactLine(fact) for fact in facts[:_MOST]]
        for line in self._lines:
            column.addWidget(line)
        if len(facts) > _MOST:
            more = text.plural(len(facts) - _MOST, "1 more in the copy", "{n} more in the copy")
            column.addWidget(rule())
            column.addWidget(_padded(label(more, tokens.SMALL, "text2", wrap=True)))
        if not facts:
            column.addWidget(_padded(label(instead, tokens.SMALL, "text2", wrap=True)))
        self.show_rows(rows)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.text())
        self._copied(tr("Copied. Nothing secret is in it."))


def moment_words(moment: datetime, now: datetime) -> str:
    """A time where the person is, and how far away it is: `14:14:02, in 4:12`."""
    when = text.day_and_clock(moment, now, seconds=True)
    if moment <= now:
        return f"{when}, {text.ago(now - moment)}"
    return tr("{when}, in {time}").format(when=when, time=text.countdown(moment - now))


def spoken(fact: Fact, now: datetime) -> str:
    """One fact in a sentence, for screen readers."""
    value = fact.value if fact.moment is None else moment_words(fact.moment, now)
    verdict = {"good": tr("right"), "bad": tr("wrong")}.get(fact.verdict, "")
    return ", ".join(part for part in (f"{fact.name}: {_cut(value)}", verdict, fact.note) if part)


def _as_text(fact: Fact) -> str:
    value = fact.value
    if fact.moment is not None:
        value = fact.moment.astimezone(UTC).isoformat().replace("+00:00", "Z")
    verdict = {"good": tr("right"), "bad": tr("WRONG")}.get(fact.verdict, "")
    aside = ". ".join(part for part in (verdict, fact.note) if part)
    return f"{fact.name}: {value}" + (f"  ({aside})" if aside else "")


def _cut(value: str) -> str:
    if len(value) <= _LONGEST_VALUE:
        return value
    return f"{value[:_LONGEST_VALUE]}… " + tr("{n} characters").format(n=number(len(value)))


def _shortened(value: str) -> str:
    return text.breakable(_cut(value))


def _padded(made: QLabel) -> QLabel:
    made.setContentsMargins(12, 6, 12, 6)
    return made
