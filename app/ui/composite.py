"""A control of a form that is made of several: what `forms.Field` needs to know of it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtWidgets import QAbstractSpinBox, QComboBox, QWidget


class Composite(QWidget):
    """`changed` after every change, `left` when one of its parts loses the keyboard. Its value is one text."""

    changed = Signal()
    left = Signal()

    def value(self) -> str:
        """What was typed or chosen, as one text."""
        raise NotImplementedError

    def set_value(self, text: str) -> None:
        """Fill it in."""
        raise NotImplementedError

    def show_fault(self, wrong: bool) -> None:
        """Draw the border of what is wrong, or take it away."""

    def tells(self) -> bool:
        """Whether its parts say now what is wrong, so that nothing needs to be said below it."""
        return False

    def tells_all(self) -> bool:
        """Whether they say all of it, so that not even its title is needed."""
        return False

    def watch(self, part: QWidget) -> None:
        """Notice when a part is left."""
        part.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Tell that a part was left; let the page scroll over drop-downs."""
        if event.type() is QEvent.Type.FocusOut:
            self.left.emit()
        return passes_wheel(watched, event) or super().eventFilter(watched, event)


def passes_wheel(watched: QObject, event: QEvent) -> bool:
    """Whether a turn of the wheel is the page's: over a field without the keyboard it would choose unseen."""
    if event.type() is not QEvent.Type.Wheel or not isinstance(watched, QComboBox | QAbstractSpinBox):
        return False
    if watched.hasFocus():
        return False
    event.ignore()
    return True
