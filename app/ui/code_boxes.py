"""Six boxes for a code of six digits: to the eye six, to the keyboard and to screen readers one line."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QValidator
from PySide6.QtWidgets import QLineEdit, QSizePolicy

from app.ui import fonts, theme, tokens
from app.ui.text import tr

DIGITS = 6
_GAP, _MIDDLE = 8, 32
_CARET = 26
_RADIUS = tokens.RADIUS


class _Digits(QValidator):
    """Keeps the digits of what is typed or pasted (of any script, as ASCII ones), the first six of them."""

    def validate(self, text: str, position: int) -> tuple[QValidator.State, str, int]:
        kept = digits_of(text)[:DIGITS]
        before = len(digits_of(text[:position]))
        state = QValidator.State.Acceptable if len(kept) == DIGITS else QValidator.State.Intermediate
        return state, kept, min(before, len(kept))


def digits_of(text: str) -> str:
    """The decimal digits in a text, as ASCII: `123 456` is `123456`."""
    return "".join(str(int(each)) for each in text if each.isdecimal())


class CodeBoxes(QLineEdit):
    """One line of six digits. `complete` is emitted with the sixth."""

    complete = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("plain", True)
        self.setFrame(False)
        self.setValidator(_Digits(self))
        self.setAccessibleName(tr("Six-digit code"))
        self.setInputMethodHints(Qt.InputMethodHint.ImhDigitsOnly | Qt.InputMethodHint.ImhSensitiveData)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.DefaultContextMenu)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setFixedSize(self.sizeHint())
        self.textChanged.connect(self._changed)
        self.cursorPositionChanged.connect(self.update)
        self.selectionChanged.connect(self.update)

    def sizeHint(self) -> QSize:
        """Six boxes, their gaps, and the wider one in the middle."""
        return QSize(DIGITS * tokens.DIGIT_BOX + (DIGITS - 2) * _GAP + _MIDDLE, tokens.DIGIT_BOX)

    def box(self, index: int) -> QRectF:
        """Where a box is."""
        middle = _MIDDLE - _GAP if index >= DIGITS // 2 else 0
        return QRectF(index * (tokens.DIGIT_BOX + _GAP) + middle, 0, tokens.DIGIT_BOX, tokens.DIGIT_BOX)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A digit typed in the middle replaces the one that stands there."""
        if digits_of(event.text()) and not self.hasSelectedText() and self.cursorPosition() < len(self.text()):
            self.setSelection(self.cursorPosition(), 1)
        super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Put the cursor into the box that was clicked."""
        x = event.position().x()
        index = next((i for i in range(DIGITS) if x < self.box(i).right() + _GAP / 2), DIGITS - 1)
        self.setCursorPosition(min(index, len(self.text())))
        self.setFocus(Qt.FocusReason.MouseFocusReason)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """No selecting by dragging: the boxes are not where the line's letters are."""
        event.accept()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Select all, to type anew."""
        self.selectAll()
        event.accept()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The cursor stands where the next digit goes, nothing is selected."""
        super().focusInEvent(event)
        self.deselect()
        self.setCursorPosition(len(self.text()))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the boxes."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(fonts.font(tokens.DIGITS))
        for index in range(DIGITS):
            self._paint_box(painter, index)

    def _paint_box(self, painter: QPainter, index: int) -> None:
        look = theme.tokens()
        text = self.text()
        current = self.hasFocus() and self.isEnabled() and index == min(self.cursorPosition(), DIGITS - 1)
        chosen = self.hasSelectedText() and self.selectionStart() <= index < self.selectionEnd()
        rect = self.box(index)
        width = tokens.FOCUS if current else 1
        painter.setPen(QPen(QColor(look.fill if current else look.border), width))
        painter.setBrush(QColor(look.select if chosen else look.field if self.isEnabled() else look.sunken))
        inset = width / 2
        painter.drawRoundedRect(rect.adjusted(inset, inset, -inset, -inset), _RADIUS, _RADIUS)
        if index < len(text):
            painter.setPen(QColor(look.text if self.isEnabled() else look.disabled))
            painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, text[index])
        elif current:
            painter.fillRect(
                QRectF(rect.center().x() - 1, rect.center().y() - _CARET / 2, 2, _CARET), QColor(look.text)
            )

    def _changed(self, text: str) -> None:
        self.update()
        if len(text) == DIGITS:
            self.complete.emit(text)
