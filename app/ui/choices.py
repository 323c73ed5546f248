"""Controls for one of a few: a segmented control, and the swatches of a profile's colour."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QRadioButton, QSizePolicy, QWidget

from app.domain.configuration import COLOURS
from app.ui import fonts, icons, theme, tokens
from app.ui.text import tr

if TYPE_CHECKING:
    from collections.abc import Sequence

_SEGMENT_HEIGHT, _INSET = 32, 2
_SWATCH, _SWATCH_CELL = 20, 28


class Segment(QRadioButton):
    """One part of a segmented control: a radio button that looks like a key. `pointed`: by mouse or finger."""

    pointed = Signal()

    def __init__(self, text: str, icon: str = "") -> None:
        super().__init__(text)
        self._icon = icon
        self.setFont(fonts.font(tokens.BASE_STRONG))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Words, icon and the space around them."""
        icon = 24 if self._icon else 0
        return QSize(self.fontMetrics().horizontalAdvance(self.text()) + icon + 24, _SEGMENT_HEIGHT)

    def minimumSizeHint(self) -> QSize:
        """The same: words are not cut."""
        return self.sizeHint()

    def hitButton(self, pos: QPoint) -> bool:
        """The whole of it can be clicked."""
        return self.rect().contains(pos)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Tell a click from a key."""
        clicked = self.isDown() and self.hitButton(event.position().toPoint())
        super().mouseReleaseEvent(event)
        if clicked:
            self.pointed.emit()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        look = theme.tokens()
        frame = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        if self.isChecked():
            painter.setPen(QPen(QColor(look.border), 1))
            painter.setBrush(QColor(look.button))
            painter.drawRoundedRect(frame, tokens.RADIUS_SMALL, tokens.RADIUS_SMALL)
        if self.hasFocus():
            painter.setPen(QPen(QColor(look.fill), tokens.FOCUS))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(frame.adjusted(1, 1, -1, -1), tokens.RADIUS_SMALL - 1, tokens.RADIUS_SMALL - 1)
        self._paint_words(painter)

    def _paint_words(self, painter: QPainter) -> None:
        look = theme.tokens()
        colour = look.text if self.isChecked() else look.text2
        if not self.isEnabled():
            colour = look.disabled
        icon = 22 if self._icon else 0
        width = self.fontMetrics().horizontalAdvance(self.text()) + icon
        left = (self.width() - width) / 2
        if self._icon:
            spot = left if self.layoutDirection() is Qt.LayoutDirection.LeftToRight else left + width - 16
            icons.paint(painter, QRectF(round(spot), (self.height() - 16) / 2, 16, 16), self._icon, colour)
            left += icon if self.layoutDirection() is Qt.LayoutDirection.LeftToRight else 0
        painter.setFont(self.font())
        painter.setPen(QColor(colour))
        words = QRectF(left, 0, width - icon + 1, self.height())
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, self.text())


class Segmented(QWidget):
    """One of a few, side by side. Arrows move inside, Tab passes by. `pointed` comes after `changed` by a click."""

    changed = Signal()
    pointed = Signal()

    def __init__(self, choices: Sequence[tuple[str, str, str]], parent: QWidget | None = None) -> None:
        """`choices` are (key, words, icon or '')."""
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(_INSET, _INSET, _INSET, _INSET)
        row.setSpacing(0)
        self._group = QButtonGroup(self)
        self._parts: dict[str, Segment] = {}
        for key, words, icon in choices:
            part = Segment(words, icon)
            self._parts[key] = part
            self._group.addButton(part)
            part.pointed.connect(self.pointed)
            row.addWidget(part)
        next(iter(self._parts.values())).setChecked(True)
        self._group.buttonToggled.connect(self._toggled)
        self.setFocusProxy(next(iter(self._parts.values())))

    def value(self) -> str:
        """The key of the chosen part."""
        return next(key for key, part in self._parts.items() if part.isChecked())

    def set_value(self, key: str) -> None:
        """Choose a part."""
        self._parts[key].setChecked(True)
        self.setFocusProxy(self._parts[key])

    def part_keys(self) -> tuple[str, ...]:
        """The keys, in their order."""
        return tuple(self._parts)

    def part(self, key: str) -> Segment:
        """One part, to disable it or to say why it is."""
        return self._parts[key]

    def name_parts(self, of: str) -> None:
        """Tell screen readers what is chosen here."""
        for part in self._parts.values():
            part.setAccessibleName(f"{of}: {part.text()}")

    def _toggled(self, part: QRadioButton, checked: bool) -> None:
        if checked:
            self.setFocusProxy(part)
            self.changed.emit()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.tokens().sunken))
        painter.drawRoundedRect(QRectF(self.rect()), tokens.RADIUS, tokens.RADIUS)


class _Swatch(QRadioButton):
    again = Signal()

    def __init__(self, colour: str, name: str) -> None:
        super().__init__()
        self._colour = colour
        self.setFixedSize(_SWATCH_CELL, _SWATCH_CELL)
        self.setToolTip(name)
        self.setAccessibleName(name)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Notice when the chosen one is clicked."""
        again = self.isChecked() and self.isDown() and self.hitButton(event.position().toPoint())
        super().mouseReleaseEvent(event)
        if again:
            self.again.emit()

    def hitButton(self, pos: QPoint) -> bool:
        """The whole of it can be clicked."""
        return self.rect().contains(pos)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        look = theme.tokens()
        middle = QRectF(self.rect()).center()
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(look.bar(self._colour)))
        painter.drawEllipse(middle, _SWATCH / 2, _SWATCH / 2)
        if self.isChecked() or self.hasFocus():
            pen = QPen(QColor(look.fill if self.isChecked() else look.text2), tokens.FOCUS)
            if self.hasFocus() and not self.isChecked():
                pen.setStyle(Qt.PenStyle.DotLine)
            painter.setPen(pen)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawEllipse(middle, _SWATCH / 2 + 3, _SWATCH / 2 + 3)
        if self.isChecked() and self.hasFocus():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(look.surface))
            painter.drawEllipse(middle, 3, 3)


class Swatches(QWidget):
    """A profile's colour, or none: clicking the chosen one again (or Delete) takes it away."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        names = {
            "red": tr("Red"),
            "violet": tr("Violet"),
            "teal": tr("Teal"),
            "blue": tr("Blue"),
            "pink": tr("Pink"),
            "brown": tr("Brown"),
            "grey": tr("Grey"),
        }
        self._group = QButtonGroup(self)
        self._parts = {colour: _Swatch(colour, names[colour]) for colour in COLOURS}
        for part in self._parts.values():
            self._group.addButton(part)
            part.again.connect(self._clear)
            row.addWidget(part)
        self._group.buttonToggled.connect(lambda _part, on: self._follow() if on else None)
        self.setFocusProxy(self._parts[COLOURS[0]])

    def value(self) -> str:
        """The colour's name, or an empty string."""
        return next((colour for colour, part in self._parts.items() if part.isChecked()), "")

    def set_value(self, colour: str) -> None:
        """Choose a colour; an empty or unknown one is none."""
        if colour in self._parts:
            self._parts[colour].setChecked(True)
        else:
            self._clear()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Delete takes the colour away."""
        if event.key() in {Qt.Key.Key_Delete, Qt.Key.Key_Backspace} and self.value():
            self._clear()
        else:
            super().keyPressEvent(event)

    def _follow(self) -> None:
        chosen = self._parts.get(self.value())
        if chosen is not None:
            self.setFocusProxy(chosen)
        self.changed.emit()

    def _clear(self) -> None:
        self._group.setExclusive(False)
        for part in self._parts.values():
            part.setChecked(False)
        self._group.setExclusive(True)
        self.changed.emit()
