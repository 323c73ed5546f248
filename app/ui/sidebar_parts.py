"""What the sidebar is made of: one line with an icon, a name and a word at the end; the mark with the name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from app.ui import fonts, icons, theme, tokens, widgets
from app.ui.text import tr

if TYPE_CHECKING:
    from app.ui.provider_words import Look
    from app.ui.tokens import Tokens

_HIGH, _ICON, _PILL = 30, 16, 18
_STATE, _DOT = 12, 8
_HOVERED = 0.5


_MOVES = {Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Home, Qt.Key.Key_End}


class _Button(QAbstractButton):
    """Enter clicks it too, as Space does. `moved` carries the key that moves on: moving is not choosing."""

    moved = Signal(int)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Notice Enter."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.click()
        elif event.key() in _MOVES:
            self.moved.emit(event.key())
        else:
            super().keyPressEvent(event)


def _hovered(t: Tokens) -> QColor:
    """Half of what marks the current one, so that the two are never alike."""
    made = QColor(t.nav_on)
    made.setAlphaF(_HOVERED)
    return made


class Entry(_Button):
    """One line of the sidebar: icon, name, and a count, a pill or a word at the right."""

    def __init__(self, icon: str, name: str, *, checkable: bool = True) -> None:
        super().__init__()
        self.setText(name)
        self.setCheckable(checkable)
        self.setFixedHeight(_HIGH)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._icon = icon
        self._aside = ""
        self._pill = False
        self._narrow = False
        self._state: Look | None = None
        self.setAccessibleName(name)
        theme.current().changed.connect(self.update)

    def set_aside(self, words: str, *, pill: bool = False) -> None:
        """What stands at the right; a pill is for what needs the person."""
        if (words, pill) != (self._aside, self._pill):
            self._aside, self._pill = words, pill
            self._tell()
            self.update()

    def set_state(self, look: Look) -> None:
        """How it stands: a small sign before what stands at the right, a word for tool tip and screen readers."""
        if look != self._state:
            self._state = look
            self._tell()
            self.update()

    @property
    def icon_name(self) -> str:
        """The drawing it is known by."""
        return self._icon

    @property
    def aside(self) -> str:
        """What stands at the right."""
        return self._aside

    def set_narrow(self, narrow: bool) -> None:
        """Show the icon alone; the name becomes the tool tip."""
        self._narrow = narrow
        self._tell()
        self.update()

    def _tell(self) -> None:
        state = "" if self._state is None else self._state.word.lower()
        self.setAccessibleName(", ".join(part for part in (self.text(), self._aside, state) if part))
        self.setToolTip(widgets.tip(self.accessibleName()) if self._narrow or state else "")

    def sizeHint(self) -> QSize:
        """As wide as there is room."""
        return QSize(tokens.SIDEBAR - 16, _HIGH)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the line."""
        t = theme.tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        current = self.isChecked() or self.isDown()
        if current or self.underMouse():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(_hovered(t) if not current else QColor(t.nav_on))
            painter.drawRoundedRect(QRectF(self.rect()), tokens.RADIUS_SMALL, tokens.RADIUS_SMALL)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(t.fill), tokens.FOCUS))
            painter.drawRoundedRect(
                QRectF(self.rect()).adjusted(1, 1, -1, -1), tokens.RADIUS_SMALL, tokens.RADIUS_SMALL
            )
        left = (self.width() - _ICON) // 2 if self._narrow else 8
        place = self._mirrored(QRect(left, (self.height() - _ICON) // 2, _ICON, _ICON))
        icons.paint(painter, QRectF(place), self._icon, t.text if current else t.text2)
        if self._narrow:
            self._paint_dot(painter, QRectF(place.right() - 2, place.top() - 3, _DOT, _DOT))
            return
        taken = self._paint_aside(painter)
        taken += self._paint_state(painter, taken)
        words = self._mirrored(QRect(34, 0, max(0, self.width() - 34 - 8 - taken), self.height()))
        painter.setFont(fonts.font(tokens.BASE_STRONG if current else tokens.BASE))
        painter.setPen(QColor(t.text))
        fit = painter.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, words.width())
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeading, fit)

    def _paint_aside(self, painter: QPainter) -> int:
        if not self._aside:
            return 0
        t = theme.tokens()
        painter.setFont(fonts.font(tokens.HEADING if self._pill else tokens.TINY_STRONG))
        wide = painter.fontMetrics().horizontalAdvance(self._aside)
        if self._pill:
            wide = max(_PILL, wide + 10)
        place = self._mirrored(QRect(self.width() - 8 - wide, (self.height() - _PILL) // 2, wide, _PILL))
        if self._pill:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(t.fill))
            painter.drawRoundedRect(QRectF(place), _PILL / 2, _PILL / 2)
        painter.setPen(QColor(t.on_fill if self._pill else t.text2))
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter, self._aside)
        return wide + 8

    def _paint_state(self, painter: QPainter, taken: int) -> int:
        if self._state is None or not self._state.icon:
            return 0
        left = self.width() - 8 - taken - _STATE
        place = self._mirrored(QRect(left, (self.height() - _STATE) // 2, _STATE, _STATE))
        icons.paint(painter, QRectF(place), self._state.icon, theme.current().colour(self._state.tint).name())
        return _STATE + 8

    def _paint_dot(self, painter: QPainter, place: QRectF) -> None:
        """Without room for words: blue for what needs the person, and the colour of a state that matters."""
        tint = "fill" if self._pill else ""
        if self._state is not None and self._state.tint in {"accent", "bad_mark"}:
            tint = self._state.tint
        if tint:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.current().colour(tint))
            painter.drawEllipse(place)

    def _mirrored(self, rect: QRect) -> QRect:
        return self.style().visualRect(self.layoutDirection(), self.rect(), rect)


class Brand(_Button):
    """The mark and the name; a click opens the application's menu."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedHeight(36)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(tr("Rolecall: menu of the application"))
        self.narrow = False
        theme.current().changed.connect(self.update)

    def sizeHint(self) -> QSize:
        """As wide as there is room."""
        return QSize(tokens.SIDEBAR - 16, 36)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw mark and name."""
        t = theme.tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.underMouse() or self.hasFocus() or self.isDown():
            painter.setPen(QPen(QColor(t.fill), tokens.FOCUS) if self.hasFocus() else Qt.PenStyle.NoPen)
            painter.setBrush(
                QColor(t.nav_on if self.isDown() else t.line) if not self.hasFocus() else Qt.BrushStyle.NoBrush
            )
            painter.drawRoundedRect(
                QRectF(self.rect()).adjusted(1, 1, -1, -1), tokens.RADIUS_SMALL, tokens.RADIUS_SMALL
            )
        mark = QRect((self.width() - 22) // 2 if self.narrow else 8, 7, 22, 22)
        mark = self.style().visualRect(self.layoutDirection(), self.rect(), mark)
        painter.drawPixmap(mark.topLeft(), icons.picture("rolecall", 22, self.devicePixelRatioF()))
        if not self.narrow:
            painter.setFont(fonts.font(tokens.NAME))
            painter.setPen(QColor(t.text))
            place = self.style().visualRect(self.layoutDirection(), self.rect(), self.rect().adjusted(38, 0, -8, 0))
            painter.drawText(place, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeading, "Rolecall")
            chevron = QRect(self.width() - 20, 12, 12, 12)
            chevron = self.style().visualRect(self.layoutDirection(), self.rect(), chevron)
            if self.underMouse() or self.hasFocus() or self.isDown():
                icons.paint(painter, QRectF(chevron), "chevron-down", t.text2)
