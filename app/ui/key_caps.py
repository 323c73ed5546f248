"""Key caps as they are drawn everywhere, and the quiet buttons of the status bar that may bear some."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QStyle, QWidget

from app.ui import fonts, theme, tokens

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

_PAD, _BETWEEN = 6, 4
_AFTER_WORDS = 8


def width(caps: tuple[str, ...]) -> int:
    """How wide the caps are side by side."""
    if not caps:
        return 0
    return sum(_one(cap) for cap in caps) + _BETWEEN * (len(caps) - 1)


def _one(cap: str) -> int:
    return max(tokens.KEY_CAP, round(fonts.metrics(tokens.TINY).horizontalAdvance(cap)) + 2 * _PAD)


def paint(painter: QPainter, area: QRect, caps: tuple[str, ...]) -> None:
    """Draw caps from the left of `area`, in the middle of its height: keys are pressed in this order everywhere."""
    t = theme.tokens()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setFont(fonts.font(tokens.TINY))
    left = area.left()
    for cap in caps:
        wide = _one(cap)
        place = QRect(left, area.top() + (area.height() - tokens.KEY_CAP) // 2, wide, tokens.KEY_CAP)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(t.border), 1))
        edge = QRectF(place).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(edge, tokens.RADIUS_TINY, tokens.RADIUS_TINY)
        painter.setPen(QColor(t.text2))
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter, cap)
        left += wide + _BETWEEN


class Caps(QWidget):
    """The caps of a key, for those who look; the words beside them say what it does."""

    def __init__(self, caps: tuple[str, ...]) -> None:
        super().__init__()
        self.caps = caps
        self.setFixedSize(width(caps), tokens.KEY_CAP)
        self.setAccessibleName(" ".join(caps))
        theme.current().changed.connect(self.update)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw them."""
        paint(QPainter(self), self.rect(), self.caps)


class BarButton(QAbstractButton):
    """Small words that lead somewhere, with a key where there is one. `strong` words matter now."""

    def __init__(self, words: str = "", caps: tuple[str, ...] = ()) -> None:
        super().__init__()
        self.setText(words)
        self._caps = caps
        self._strong = False
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        theme.current().changed.connect(self.update)

    @property
    def strong(self) -> bool:
        """Whether the words stand out."""
        return self._strong

    @strong.setter
    def strong(self, strong: bool) -> None:
        if strong != self._strong:
            self._strong = strong
            self.updateGeometry()
            self.update()

    def _style(self) -> tuple[int, int]:
        return tokens.TINY_STRONG if self._strong else tokens.TINY

    def sizeHint(self) -> QSize:
        """As wide as words and caps."""
        # Words are elided by whole pixels of each letter, so a little more than their sum.
        wide = ceil(fonts.metrics(self._style()).horizontalAdvance(self.text())) + 10
        if self._caps:
            wide += _AFTER_WORDS + width(self._caps)
        return QSize(wide, tokens.STATUS_BAR - 4)

    def minimumSizeHint(self) -> QSize:
        """It may be cut off before others are."""
        return QSize(0, tokens.STATUS_BAR - 4)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter clicks it too, as Space does."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw words and caps."""
        t = theme.tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.hasFocus():
            painter.setPen(QPen(QColor(t.fill), tokens.FOCUS))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), tokens.RADIUS_TINY, tokens.RADIUS_TINY)
        taken = width(self._caps)
        room = self.rect().adjusted(4, 0, -4 - (taken + _AFTER_WORDS if taken else 0), 0)
        words = QStyle.visualRect(self.layoutDirection(), self.rect(), room)
        painter.setFont(fonts.font(self._style()))
        painter.setPen(QColor(t.text if self._strong or self.underMouse() else t.text2))
        fit = self.text()
        # Eliding counts whole pixels of each letter, which may come to more than their sum.
        if fonts.metrics(self._style()).horizontalAdvance(fit) > words.width() + 1:
            fit = painter.fontMetrics().elidedText(fit, Qt.TextElideMode.ElideRight, words.width())
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeading, fit)
        if taken:
            place = QRect(self.width() - 4 - taken, 0, taken, self.height())
            place = QStyle.visualRect(self.layoutDirection(), self.rect(), place)
            paint(painter, place, self._caps)
