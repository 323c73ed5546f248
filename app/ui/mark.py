"""A drawing in a line of words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from app.ui import icons, theme

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent


class Mark(QWidget):
    """A drawing of the icon set in a token's colour."""

    def __init__(self, name: str, token: str, size: int = 16) -> None:
        super().__init__()
        self._name, self._token, self._size = name, token, size
        self.setFixedSize(size, size)

    def show_as(self, name: str, token: str) -> None:
        """Change the drawing and its colour."""
        self._name, self._token = name, token
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it."""
        if self._name:
            colour: str = getattr(theme.tokens(), self._token)
            icons.paint(QPainter(self), QRectF(0, 0, self._size, self._size), self._name, colour)
