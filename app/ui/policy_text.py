"""A text field for JSON: line numbers, colours, and marks under what is wrong."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QSyntaxHighlighter,
    QTextCharFormat,
    QTextCursor,
)
from PySide6.QtWidgets import QPlainTextEdit, QTextEdit, QWidget

from app.ui import fonts, theme, tokens
from app.ui.text import number

if TYPE_CHECKING:
    from collections.abc import Iterable

    from app.domain.policy_check import Finding

_PARTS = re.compile(
    r'(?P<key>"(?:[^"\\]|\\.)*")(?=\s*:)|(?P<text>"(?:[^"\\]|\\.)*"?)'
    r"|(?P<number>-?[0-9][0-9.eE+-]*|\b(?:true|false|null)\b)|(?P<sign>[{}\[\],:])"
)
_SPACE = 8
_LEAST_LINES, _MOST_LINES = 6, 18
_INDENT = re.compile(r"[ ]*")
_PARAGRAPH = "\u2029"


class JsonColours(QSyntaxHighlighter):
    """Colours for JSON. Not those that mean time, failure or a person."""

    def __init__(self, edit: QPlainTextEdit) -> None:
        super().__init__(edit.document())
        theme.current().changed.connect(self.rehighlight)

    def highlightBlock(self, text: str) -> None:
        """Colour one line."""
        look = theme.tokens()
        colours = {"key": look.bar("violet"), "text": look.text, "number": look.bar("brown"), "sign": look.text2}
        for found in _PARTS.finditer(text):
            form = QTextCharFormat()
            form.setForeground(QColor(colours[found.lastgroup or "text"]))
            if found.lastgroup == "key":
                form.setFontWeight(QFont.Weight.Medium)
            self.setFormat(found.start(), found.end() - found.start(), form)


class _Numbers(QWidget):
    def __init__(self, edit: JsonEdit) -> None:
        super().__init__(edit)
        self._edit = edit

    def sizeHint(self) -> QSize:
        """As wide as the longest number."""
        return QSize(self._edit.gutter, 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the numbers of the lines in sight."""
        self._edit.paint_numbers(self, event.rect())


class JsonEdit(QPlainTextEdit):
    """As high as its lines, within bounds. Tab leaves it, as in every other field; Enter keeps the indentation."""

    def __init__(self) -> None:
        super().__init__()
        self.gutter = 0
        self._marked: tuple[Finding, ...] = ()
        self.setTabChangesFocus(True)
        self.setFont(fonts.mono())
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self.setLineWrapMode(QPlainTextEdit.LineWrapMode.WidgetWidth)
        self._colours = JsonColours(self)
        self._numbers = _Numbers(self)
        self.blockCountChanged.connect(self._fit)
        self.updateRequest.connect(self._scrolled)
        theme.current().changed.connect(self._dress)
        self._fit()

    def text(self) -> str:
        """The text as it is; `toPlainText` would change no-break spaces."""
        return self.document().toRawText().replace(_PARAGRAPH, "\n")

    def replace_text(self, text: str) -> None:
        """Put another text in its place, so that Ctrl+Z brings the old one back."""
        cursor = self.textCursor()
        cursor.beginEditBlock()
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.insertText(text)
        cursor.endEditBlock()

    def mark(self, findings: Iterable[Finding]) -> None:
        """Underline what is wrong, and mark the numbers of its lines."""
        self._marked = tuple(findings)
        self._dress()

    def go_to(self, finding: Finding) -> None:
        """Put the keyboard where something is wrong."""
        cursor = self.textCursor()
        cursor.setPosition(self._place(finding.at))
        self.setTextCursor(cursor)
        self.centerCursor()
        self.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter begins the next line where this one began."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and event.modifiers() in {
            Qt.KeyboardModifier.NoModifier,
            Qt.KeyboardModifier.KeypadModifier,
        }:
            cursor = self.textCursor()
            before = cursor.block().text()[: cursor.positionInBlock()]
            found = _INDENT.match(before)
            cursor.insertText("\n" + (found.group() if found is not None else ""))
            self.setTextCursor(cursor)
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the numbers at the side."""
        super().resizeEvent(event)
        inside = self.contentsRect()
        self._numbers.setGeometry(QRect(inside.left(), inside.top(), self.gutter, inside.height()))

    def paint_numbers(self, on: QWidget, _within: QRect) -> None:
        """Draw the line numbers in sight."""
        painter = QPainter(on)
        look = theme.tokens()
        painter.setFont(fonts.font(tokens.TINY))
        wrong = {each.line for each in self._marked}
        block = self.firstVisibleBlock()
        shift = self.contentOffset().y() + self.viewport().geometry().top() - self.contentsRect().top()
        while block.isValid():
            place = self.blockBoundingGeometry(block).translated(0, shift)
            if place.top() > on.height():
                break
            line = block.blockNumber() + 1
            painter.setPen(QColor(look.bad if line in wrong else look.text2))
            high = self.fontMetrics().lineSpacing()
            rect = QRect(0, round(place.top()), self.gutter - _SPACE, high)
            painter.drawText(rect, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, number(line))
            block = block.next()
        painter.end()

    def _fit(self) -> None:
        lines = self.blockCount()
        digits = fonts.metrics(tokens.TINY).horizontalAdvance(number(max(lines, 10)))
        self.gutter = round(digits) + 2 * _SPACE
        self.setViewportMargins(self.gutter, 0, 0, 0)
        shown = min(max(lines, _LEAST_LINES), _MOST_LINES)
        self.setFixedHeight(round(self.fontMetrics().lineSpacing() * shown) + 24)
        self._numbers.update()

    def _scrolled(self) -> None:
        self._numbers.update()

    def _dress(self) -> None:
        selections = []
        for finding in self._marked:
            form = QTextCharFormat()
            look = theme.tokens()
            form.setUnderlineStyle(QTextCharFormat.UnderlineStyle.WaveUnderline)
            form.setUnderlineColor(QColor(look.bad_mark if finding.certain else look.warn_mark))
            form.setBackground(QColor(look.bad_tint if finding.certain else look.warn_tint))
            cursor = self.textCursor()
            cursor.setPosition(self._place(finding.at))
            end = finding.at + max(1, min(finding.length, 200))
            cursor.setPosition(self._place(end), QTextCursor.MoveMode.KeepAnchor)
            selection = QTextEdit.ExtraSelection()
            selection.cursor, selection.format = cursor, form
            selections.append(selection)
        self.setExtraSelections(selections)
        self._numbers.update()

    def _place(self, at: int) -> int:
        """Qt counts UTF-16 units, and ends before the last paragraph mark."""
        units = len(self.text()[:at].encode("utf-16-le", "surrogatepass")) // 2
        return min(units, self.document().characterCount() - 1)
