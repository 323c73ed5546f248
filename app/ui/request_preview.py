"""The pane beside a profile's form: what will be sent to STS, and whether it works."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from app.domain.sts_limits import POLICY_CHARACTERS
from app.ui import fonts, tokens
from app.ui.mark import Mark
from app.ui.side_pane import SidePane
from app.ui.text import number, tr
from app.ui.widgets import button, ground, label, rule, tip

if TYPE_CHECKING:
    from app.domain.view import PreviewRow, RequestPreview

_NAME_COLUMN, _APART = 128, 8
_LONGEST_VALUE = 160
_BREAK = "\u200b"
_LONG_WORD = re.compile(f"[^ \n{_BREAK}]{{21,}}")
_PIECE = re.compile(r"[A-Z]?[^A-Z._=-]{1,20}[._=-]*|.")


class TrialCard(QFrame):
    """Whether it works, and the button that finds out. `wanted` when it is pressed."""

    wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("card", "true")
        self._busy, self._possible = False, False
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 12, 12, 12)
        row.setSpacing(12)
        self._mark = Mark("play", "text2", 16)
        self.title = label("", tokens.SMALL_STRONG, wrap=True)
        self.detail = label("", tokens.SMALL, "text2", wrap=True)
        words = QVBoxLayout()
        words.setSpacing(1)
        words.addWidget(self.title)
        words.addWidget(self.detail)
        self.test = button(tr("Test"), small=True)
        self.test.setToolTip(tr("Obtain credentials with these settings. Nothing is saved or published."))
        row.addWidget(self._mark)
        row.addLayout(words, 1)
        row.addWidget(self.test)
        self.test.clicked.connect(self.wanted)

    def tell(self, title: str, detail: str = "", tone: str = "text2", *, busy: bool = False) -> None:
        """What is known: `good`, `bad`, or nothing yet (`text2`)."""
        marks = {"good": ("check", "good_mark"), "bad": ("warning", "bad"), "text2": ("play", "text2")}
        self._mark.show_as(*marks[tone])
        self.title.setText(title)
        # An ARN needs places to break, and what is marked and copied must not hold them.
        one_word = " " not in detail
        self.detail.setText(breakable(detail) if one_word else detail)
        by_mouse = Qt.TextInteractionFlag.TextSelectableByMouse
        self.detail.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction if one_word else by_mouse)
        self.detail.setAccessibleName(detail)
        self.detail.setVisible(bool(detail))
        self._busy = busy
        self.test.setEnabled(self._possible and not busy)

    def allow(self, possible: bool) -> None:
        """Whether the form can be tried as it is."""
        self._possible = possible
        self.test.setEnabled(possible and not self._busy)


class RequestPane(SidePane):
    """Shows a `RequestPreview`; `test_wanted` when the person wants to try it."""

    test_wanted = Signal()

    def __init__(self) -> None:
        heading = label(tr("What will be sent"), tokens.NAME)
        super().__init__(heading, tr("Copy as text. Nothing secret is in it."))
        self._preview: RequestPreview | None = None
        self.column.addWidget(self._counter())
        self.trial = TrialCard()
        self.trial.wanted.connect(self.test_wanted)
        self.column.addWidget(self.trial)
        self.column.addStretch()
        self.copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(self.text()))

    def show_preview(self, preview: RequestPreview | None, instead: str = "") -> None:
        """Show what will be sent, or `instead` why it cannot be told yet."""
        self._preview = preview
        self.copy.setEnabled(preview is not None)
        rows = QWidget()
        column = QVBoxLayout(rows)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        if preview is None:
            waiting = label(instead, tokens.SMALL, "text2", wrap=True)
            waiting.setContentsMargins(12, 12, 12, 12)
            column.addWidget(waiting)
        else:
            self._fill(column, preview)
        self.show_rows(rows)
        characters = 0 if preview is None else preview.policy_characters
        self._policy.setVisible(characters > 0)
        words = tr("Policy: {n} of {most} characters")
        self._policy_words.setText(words.format(n=number(characters), most=number(POLICY_CHARACTERS)))
        note = "" if preview is None else preview.note
        self._note.setText(note)
        self._note.setVisible(bool(note))

    def text(self) -> str:
        """The preview as text, hidden values as `(hidden)`."""
        if self._preview is None:
            return ""
        lines = [f"POST https://{self._preview.host}/"]
        lines += [f"{row.name}: {'(hidden)' if row.hidden else row.value}" for row in self._preview.rows]
        if self._preview.signed_by:
            lines.append(tr("Signed by") + f": {self._preview.signed_by}")
        return "\n".join(lines)

    def _counter(self) -> QWidget:
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        self._policy = QWidget()
        row = QHBoxLayout(self._policy)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        self._policy_words = label("", tokens.SMALL, "text2")
        row.addWidget(Mark("gauge", "text2", 14))
        row.addWidget(self._policy_words, 1)
        self._note = label("", tokens.SMALL, "text2", wrap=True)
        column.addWidget(self._policy)
        column.addWidget(self._note)
        return holder

    def _fill(self, column: QVBoxLayout, preview: RequestPreview) -> None:
        top = QHBoxLayout()
        top.setContentsMargins(12, 10, 12, 10)
        top.setSpacing(6)
        method = label("POST")
        method.setFont(fonts.mono(tokens.SEMIBOLD))
        host = _mono(f"{preview.host}/", "text")
        top.addWidget(method)
        top.addWidget(host, 1)
        column.addLayout(top)
        sent = [row for row in preview.rows if not row.hidden]
        hidden = [row for row in preview.rows if row.hidden]
        column.addWidget(rule())
        column.addSpacing(7)
        for row in sent:
            column.addWidget(_line(row))
        if preview.signed_by or hidden:
            column.addSpacing(7)
            column.addWidget(rule())
            column.addSpacing(7)
            # Not "SignedBy": no parameter, but who vouches for the request.
            if preview.signed_by:
                column.addWidget(_words_line(tr("Signed by"), preview.signed_by))
            for row in hidden:
                column.addWidget(_hidden_line(row.name))
        column.addSpacing(7)


def _line(row: PreviewRow) -> QWidget:
    tone = "bad" if row.fault else "text"
    value = row.value if len(row.value) <= _LONGEST_VALUE else f"{row.value[:_LONGEST_VALUE]}…"
    if len(row.value) > _LONGEST_VALUE:
        value += " " + tr("{n} characters").format(n=number(len(row.value)))
    line = _grid(_mono(row.name, "text2"), _mono(value, tone))
    if row.fault:
        ground(line, "bad_tint")
        line.setToolTip(tip(row.fault))
        line.setAccessibleDescription(row.fault)
    return line


def _words_line(name: str, value: str) -> QWidget:
    return _grid(_mono(name, "text2"), _mono(value, "text"))


def _hidden_line(name: str) -> QWidget:
    holder = QWidget()
    row = QHBoxLayout(holder)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(6)
    row.addWidget(Mark("hidden", "text2", 14))
    row.addWidget(_mono(tr("hidden"), "text2"), 1)
    return _grid(_mono(name, "text2"), holder)


def _grid(name: QLabel, value: QWidget) -> QWidget:
    line = QWidget()
    grid = QGridLayout(line)
    grid.setContentsMargins(12, 3, 12, 3)
    grid.setHorizontalSpacing(_APART)
    grid.setColumnMinimumWidth(0, _NAME_COLUMN - _APART)
    grid.setColumnStretch(1, 1)
    grid.addWidget(name, 0, 0, Qt.AlignmentFlag.AlignTop)
    grid.addWidget(value, 0, 1)
    return line


def _mono(words: str, tone: str) -> QLabel:
    # An ARN has no blanks: without places to break it would widen the pane.
    made = label(breakable(words), tone=tone, wrap=True)
    made.setFont(fonts.mono())
    made.setAccessibleName(words)
    return made


def breakable(words: str) -> str:
    """The text with zero-width spaces where a long value may be broken: after marks, and within what is one long word.

    There between the words of `AssumeRoleWithWebIdentity`, and where nothing else offers itself, anywhere.
    """
    for mark in (":", "/", ","):
        words = words.replace(mark, f"{mark}{_BREAK}")
    return _LONG_WORD.sub(lambda found: _BREAK.join(_PIECE.findall(found.group())), words)
