"""A link as a QR picture: drawn as squares of whole pixels, dark on light with a quiet zone, in every theme."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.ui import theme, tokens
from app.ui.text import tr

if TYPE_CHECKING:
    from collections.abc import Sequence

    Matrix = Sequence[Sequence[int]]

QUIET = 4
"""Modules of free room on each side (ISO/IEC 18004)."""
_SIDE, _LEAST_MODULE = 172, 2
_MOST_CHARACTERS = 600
"""Longer links make a picture that no camera reads from a screen."""


def matrix_of(text: str) -> Matrix:
    """The modules, row by row, 1 for dark; empty where there is no text, or none that a picture can hold."""
    if not text or len(text) > _MOST_CHARACTERS:
        return ()
    try:
        import segno

        return tuple(tuple(row) for row in segno.make(text, error="m", micro=False).matrix)
    except Exception:  # noqa: BLE001  # the link stands beside it: no picture is a reason to show none of both
        return ()


class QrPicture(QWidget):
    """Shows a text as a QR picture; hidden where there is none."""

    def __init__(self) -> None:
        super().__init__()
        self._text: str | None = None
        self._matrix: Matrix = ()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(tr("QR picture of the link"))
        self.hide()

    def show_text(self, text: str) -> None:
        """Show this text."""
        if text != self._text:
            self._text = text
            self._matrix = matrix_of(text)
            side = self._modules() * self._module()
            self.setFixedSize(side, side)
            self.setVisible(bool(self._matrix))
            self.update()

    def _modules(self) -> int:
        return len(self._matrix) + 2 * QUIET

    def _module(self) -> int:
        return max(_LEAST_MODULE, _SIDE // self._modules())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it."""
        painter = QPainter(self)
        look, module = theme.tokens(), self._module()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(look.code_paper))
        painter.drawRoundedRect(self.rect(), tokens.RADIUS, tokens.RADIUS)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
        ink = QColor(look.code_ink)
        for y, row in enumerate(self._matrix):
            for x, dark in enumerate(row):
                if dark:
                    painter.fillRect(QRect((x + QUIET) * module, (y + QUIET) * module, module, module), ink)
