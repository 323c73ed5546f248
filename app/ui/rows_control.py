"""A control of several rows, each of which can be taken out; one more is added below them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, TypeVar

from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from app.ui.composite import Composite
from app.ui.widgets import button

if TYPE_CHECKING:
    from app.ui.forms import Message


class Row(QWidget):
    """One row: `remove` takes it out, `message` says what is wrong with it."""

    remove: QPushButton
    message: Message


R = TypeVar("R", bound=Row)


class RowsControl(Composite, Generic[R]):
    """Subclasses make the rows, and name them in `_follow` whenever some came or went."""

    def __init__(self, add_words: str) -> None:
        super().__init__()
        self.rows: list[R] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(6)
        self.add: QPushButton = button(add_words, "", "plus", small=True)
        self.add.clicked.connect(self._add_one)
        foot = QHBoxLayout()
        foot.addWidget(self.add)
        foot.addStretch(1)
        self._column.addLayout(foot)
        self.setFocusProxy(self.add)
        self.watch(self.add)

    def tells(self) -> bool:
        """Whether a row says what is wrong with it."""
        return any(row.message.text for row in self.rows)

    def _add_one(self) -> None:
        """Add an empty row, and bring the keyboard to it."""
        raise NotImplementedError

    def _follow(self) -> None:
        """Rows came or went."""
        raise NotImplementedError

    def _put(self, row: R) -> R:
        row.remove.clicked.connect(lambda: self._remove(row))
        self.rows.append(row)
        self._column.insertWidget(len(self.rows) - 1, row)
        return row

    def _remove(self, row: R) -> None:
        place = self.rows.index(row)
        self._drop(row)
        self._follow()
        (self.rows[min(place, len(self.rows) - 1)].remove if self.rows else self.add).setFocus()
        self.changed.emit()

    def _drop(self, row: R) -> None:
        self.rows.remove(row)
        self._column.removeWidget(row)
        row.hide()
        row.deleteLater()
