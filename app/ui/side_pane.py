"""A pane beside a page: a heading and a card of rows. Where there is no room for both, one of them is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from app.ui import tokens
from app.ui.page import Scroll
from app.ui.text import tr
from app.ui.widgets import button, ground, rule, set_property

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent
    from PySide6.QtWidgets import QPushButton

_BUTTON_EDGE, _CLOSER = 12, 8
_NARROW = tokens.PREVIEW + 400


class SidePane(QWidget):
    """The pane. Subclasses fill `column` after `heading` and the card, and end it with a stretch."""

    def __init__(self, heading: QWidget, copy_tip: str) -> None:
        super().__init__()
        ground(self, "window")
        self.setFixedWidth(tokens.PREVIEW)
        inside = QWidget()
        self.column = QVBoxLayout(inside)
        self.column.setContentsMargins(tokens.EDGE, tokens.EDGE, tokens.EDGE, tokens.EDGE)
        self.column.setSpacing(12)
        self.copy = button(tr("Copy"), "plain", "copy", small=True, tint="text2")
        set_property(self.copy, "tone", "text2")
        self.copy.setToolTip(copy_tip)
        top = QHBoxLayout()
        top.addWidget(heading, 1)
        top.addWidget(self.copy)
        # The button's words end where the card does; its own edge shows under the pointer alone.
        top.addSpacing(-_BUTTON_EDGE)
        self.column.addLayout(top)
        self.column.addSpacing(-_CLOSER)
        card = QFrame()
        card.setProperty("card", "true")
        self._card_column = QVBoxLayout(card)
        self._card_column.setContentsMargins(1, 0, 1, 0)
        self._card_column.setSpacing(0)
        self._rows = QWidget()
        self._card_column.addWidget(self._rows)
        self.column.addWidget(card)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(Scroll(inside))

    def show_rows(self, rows: QWidget) -> None:
        """Put these rows in the place of those in the card."""
        self._card_column.replaceWidget(self._rows, rows)
        self._rows.hide()
        self._rows.deleteLater()
        self._rows = rows


class Beside(QWidget):
    """A page's main part and its pane; where it is narrow, `peek`, a button for the page's head, changes over."""

    def __init__(self, main: QWidget, pane: QWidget, peek: str) -> None:
        super().__init__()
        self._main, self._pane = main, pane
        self.peek: QPushButton = button(peek, "plain")
        self.peek.setCheckable(True)
        self.peek.toggled.connect(self._arrange)
        self._line = rule(vertical=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(main, 1)
        row.addWidget(self._line)
        row.addWidget(pane)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show both side by side, or one of them."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        narrow = self.width() < _NARROW
        self.peek.setVisible(narrow)
        peeking = narrow and self.peek.isChecked()
        self._main.setVisible(not peeking)
        self._line.setVisible(not narrow)
        self._pane.setVisible(not narrow or peeking)
        if peeking:
            self._pane.setMinimumWidth(0)
            self._pane.setMaximumWidth(self.width())
        else:
            self._pane.setFixedWidth(tokens.PREVIEW)
