"""What the answers of the tools are made of: cards with a heading, named values, tables, a text that folds."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics, QGuiApplication
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QPlainTextEdit, QSizePolicy, QVBoxLayout, QWidget

from app.ui import fonts, icons, tokens
from app.ui.detail_parts import Box
from app.ui.mark import Mark
from app.ui.page import Scroll
from app.ui.text import breakable, number, plural, tr
from app.ui.widgets import button, icon_button, label, rule, set_property

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.domain.errors import Problem

Said = Callable[[str, str], None]
"""Tells something in passing: words, and the kind of toast."""
_NAME_COLUMN = 128
_ROWS_MOST = 80
_FOLD_LINES = 14
_WIDEST = 960
_INSIDE = 12


def copy_text(words: str, said: Said) -> None:
    """Put a text without secrets on the clipboard, and say so."""
    QGuiApplication.clipboard().setText(words)
    said(tr("Copied. Nothing secret is in it."), "good")


class Answer(Scroll):
    """The column in which answers stand. `clear` empties it, `add` puts something below what is there."""

    def __init__(self) -> None:
        self._inside = QWidget()
        self._outer = QHBoxLayout(self._inside)
        self._outer.setContentsMargins(0, 0, 0, 0)
        super().__init__(self._inside)
        self._column = QVBoxLayout()
        self._holder = QWidget()
        # As wide as it may be, from the edge on; what is left over is at the end.
        self._outer.addWidget(self._holder, 1000)
        self._outer.addStretch(1)
        self.clear()

    def clear(self) -> None:
        """Begin anew."""
        old = self._holder
        self._holder = QWidget()
        self._holder.setMaximumWidth(_WIDEST)
        self._holder.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._column = QVBoxLayout(self._holder)
        self._column.setContentsMargins(tokens.FORM_EDGE, tokens.EDGE, tokens.FORM_EDGE, tokens.FORM_EDGE)
        self._column.setSpacing(_INSIDE)
        self._column.addStretch(1)
        self._outer.replaceWidget(old, self._holder)
        old.hide()
        old.deleteLater()

    def add(self, part: QWidget) -> None:
        """Put a part below the others."""
        self._column.insertWidget(self._column.count() - 1, part)

    def say(self, words: str, style: tuple[int, int] = tokens.BASE, tone: str = "text2") -> None:
        """Put a paragraph below the others."""
        self.add(label(breakable(words), style, tone, wrap=True))

    def problem(self, problem: Problem | None, said: Said, tone: str = "bad") -> None:
        """Put a problem below the others; None is nothing."""
        if problem is not None:
            box = Box(lambda words: said(words, "good"))
            self.add(box)  # before it is shown: it would be a window for a moment, and take the keyboard
            box.show_problem(problem, tone)


class Card(QFrame):
    """A heading, at its end what can be done with it, and rows below."""

    def __init__(self, title: str, *acts: QWidget) -> None:
        super().__init__()
        self.setProperty("card", "true")
        self.setAccessibleName(title)
        self.rows = QVBoxLayout(self)
        self.rows.setContentsMargins(1, 1, 1, 6)
        self.rows.setSpacing(0)
        top = QHBoxLayout()
        top.setContentsMargins(_INSIDE, 8, 6, 6)
        top.setSpacing(tokens.GAP)
        top.addWidget(label(title, tokens.NAME, wrap=True), 1)
        for act in acts:
            top.addWidget(act)
        self.rows.addLayout(top)
        self.rows.addWidget(rule())
        self.rows.addSpacing(6)

    def add(self, part: QWidget) -> None:
        """Put a row below the others."""
        self.rows.addWidget(part)

    def values(self, values: Sequence[tuple[str, str]], said: Said, *, mono: bool = True) -> None:
        """Put named values below, without those that are empty."""
        for name, value in values:
            if value:
                self.add(Value(name, value, said, mono=mono))

    def table(self, rows: Sequence[tuple[str, str]], headings: tuple[str, str]) -> None:
        """Put two columns below, both monospaced, the first as wide as a third."""
        self.add(_table(rows[:_ROWS_MOST], headings))
        if len(rows) > _ROWS_MOST:
            self.note(plural(len(rows) - _ROWS_MOST, "1 more in the JSON", "{n} more in the JSON"))

    def note(self, words: str, tone: str = "text2") -> None:
        """Put a paragraph below."""
        made = label(breakable(words), tokens.SMALL, tone, wrap=True)
        made.setContentsMargins(_INSIDE, 3, _INSIDE, 3)
        self.add(made)


class Value(QWidget):
    """A name, its value, and a button that copies it."""

    def __init__(self, name: str, value: str, said: Said, *, mono: bool = True, column: int = _NAME_COLUMN) -> None:
        super().__init__()
        grid = QGridLayout(self)
        grid.setContentsMargins(_INSIDE, 2, 6, 2)
        grid.setHorizontalSpacing(8)
        grid.setColumnMinimumWidth(0, column)
        grid.setColumnStretch(1, 1)
        named = label(breakable(name), tokens.SMALL, "text2", wrap=True)
        named.setMaximumWidth(column)
        named.setContentsMargins(0, 4, 0, 0)
        self.shown = label(breakable(value), tokens.SMALL, wrap=True)
        self.shown.setContentsMargins(0, 4, 0, 0)
        if mono:
            self.shown.setFont(fonts.mono())
        self.copy = icon_button("copy", tr("Copy: {what}").format(what=name), "bare", small=True)
        self.copy.clicked.connect(lambda: copy_text(value, said))
        top = Qt.AlignmentFlag.AlignTop
        grid.addWidget(named, 0, 0, top)
        grid.addWidget(self.shown, 0, 1, top)
        grid.addWidget(self.copy, 0, 2, top)
        self.setAccessibleName(f"{name}: {value}")


def _table(rows: Sequence[tuple[str, str]], headings: tuple[str, str]) -> QWidget:
    made = QWidget()
    grid = QGridLayout(made)
    grid.setContentsMargins(_INSIDE, 0, _INSIDE, 2)
    grid.setHorizontalSpacing(_INSIDE)
    grid.setVerticalSpacing(3)
    for column, (heading, stretch) in enumerate(zip(headings, (2, 3), strict=True)):
        grid.setColumnStretch(column, stretch)
        grid.addWidget(label(heading, tokens.TINY_STRONG, "text2"), 0, column)
    for line, row in enumerate(rows, 1):
        for column, words in enumerate(row):
            cell = label(breakable(words), tokens.SMALL, "text" if column else "text2", wrap=True)
            cell.setFont(fonts.mono())
            cell.setMinimumWidth(1)
            grid.addWidget(cell, line, column, Qt.AlignmentFlag.AlignTop)
    return made


class Item(QWidget):
    """A sign, a line, and below it more about it; at the end what can be done."""

    def __init__(self, sign: tuple[str, str], title: str, *more: str, quiet: str = "") -> None:
        """`quiet` is a word behind the title of something that hardly matters: one line, less loud."""
        super().__init__()
        row = QHBoxLayout(self)
        around = 3 if quiet else 6
        row.setContentsMargins(_INSIDE, around, _INSIDE, around)
        row.setSpacing(10)
        row.addWidget(Mark(*sign, 16), 0, Qt.AlignmentFlag.AlignTop)
        self.column = QVBoxLayout()
        self.column.setSpacing(2)
        loud = label(
            breakable(title), tokens.SMALL if quiet else tokens.BASE_STRONG, "text2" if quiet else "", wrap=True
        )
        self.column.addWidget(loud)
        for words in filter(None, more):
            self.column.addWidget(label(breakable(words), tokens.SMALL, "text2", wrap=True))
        row.addLayout(self.column, 1)
        if quiet:
            row.addWidget(label(quiet, tokens.SMALL, "text2"), 0, Qt.AlignmentFlag.AlignTop)
        self.setAccessibleName(". ".join(filter(None, (title, quiet, *more))))


class Folded(QWidget):
    """A long text that is shown on demand, with a way to copy it."""

    def __init__(self, title: str, words: str, said: Said, *, open_now: bool = False) -> None:
        super().__init__()
        self._title = title
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        self.fold = button("", "plain", icons.onward(), small=True, tint="text2")
        self.fold.setCheckable(True)
        self.fold.setAccessibleName(title)
        self.copy = button(tr("Copy"), "plain", "copy", small=True, tint="text2")
        self.copy.setAccessibleName(tr("Copy: {what}").format(what=title))
        self.copy.clicked.connect(lambda: copy_text(words, said))
        for each in (self.fold, self.copy):
            set_property(each, "tone", "text2")
        top = QHBoxLayout()
        top.addWidget(self.fold)
        top.addStretch(1)
        top.addWidget(self.copy)
        column.addLayout(top)
        self.words = QPlainTextEdit(words)
        self.words.setReadOnly(True)
        self.words.setFont(fonts.mono())
        self.words.setAccessibleName(title)
        self.words.setTabChangesFocus(True)
        lines = min(_FOLD_LINES, words.count("\n") + 1)
        self.words.setFixedHeight(QFontMetrics(fonts.mono()).lineSpacing() * lines + 18)
        column.addWidget(self.words)
        self.fold.toggled.connect(self._show)
        self.fold.setChecked(open_now)
        self._show()

    def _show(self) -> None:
        shown = self.fold.isChecked()
        self.words.setVisible(shown)
        words = tr("Hide {what}") if shown else tr("Show {what}")
        self.fold.setText(words.format(what=self._title))


def count_words(title: str, count: int) -> str:
    """A heading with a number behind it."""
    return tr("{title} ({n})").format(title=title, n=number(count)) if count else title
