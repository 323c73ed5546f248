"""The bar below the list while several roles are selected: how many, and what can be done with them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.ui import tokens, widgets
from app.ui.acts import Act
from app.ui.text import number, plural, tr

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from PySide6.QtWidgets import QPushButton

_HIGH = 44
_NAMED = 12


class SelectionBar(QWidget):
    """Shown while more than one role is selected. `wanted` carries the `Act` of the button, `cleared` its cross.

    What is in it is made when it is first shown.
    """

    wanted = Signal(Act)
    cleared = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(tr("Selected roles"))
        self.buttons: dict[Act, QPushButton] = {}
        self.hide()

    def _fill(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(widgets.rule())
        inside = QWidget()
        widgets.ground(inside, "select")
        inside.setMinimumHeight(_HIGH)
        row = QHBoxLayout(inside)
        row.setContentsMargins(tokens.EDGE, 0, tokens.GAP, 0)
        row.setSpacing(tokens.GAP)
        self.words = widgets.Elided(tokens.BASE_STRONG)
        row.addWidget(self.words, 1)
        for act, word in self._offered().items():
            made = self.buttons[act] = widgets.button(word, small=True)
            made.clicked.connect(lambda _checked=False, act=act: self.wanted.emit(act))
            row.addWidget(made)
        self.close_button = widgets.icon_button("close", tr("Select one only"), "bare", small=True)
        self.close_button.clicked.connect(self.cleared)
        row.addWidget(self.close_button)
        column.addWidget(inside)
        widgets.in_reading_order(self, *self.buttons.values(), self.close_button)

    @staticmethod
    def _offered() -> dict[Act, str]:
        return {Act.REFRESH: tr("Refresh"), Act.STOP: tr("Stop"), Act.ASSUME: tr("Assume"), Act.DELETE: tr("Delete")}

    def words_of(self, act: Act, who: Sequence[str], selected: int) -> str:
        """What a button says: for how many of the selected ones it does something, unless that is all."""
        word = self._offered()[act]
        return word if len(who) in {0, selected} else f"{word} {number(len(who))}"

    def show_selected(self, names: Sequence[str], live: int, concerned: Mapping[Act, Sequence[str]]) -> None:
        """Show how many are selected, how many of them are live, and for whom each button does something."""
        if len(names) <= 1:
            self.hide()
            return
        if not self.buttons:
            self._fill()
        self.show()
        words = plural(len(names), "1 role selected", "{n} roles selected")
        if live:
            words += " · " + tr("{n} of {all} are live").format(n=number(live), all=number(len(names)))
        self.words.set_whole(words)
        for act, word in self._offered().items():
            who = concerned.get(act, ())
            button = self.buttons[act]
            button.setEnabled(bool(who))
            button.setText(self.words_of(act, who, len(names)))
            button.setToolTip(widgets.tip(_for_whom(word, who)))
            button.setAccessibleName(_for_whom(word, who))


def _for_whom(word: str, names: Sequence[str]) -> str:
    if not names:
        return word
    listed = ", ".join(names[:_NAMED])
    if len(names) > _NAMED:
        listed += tr(" and {n} more").format(n=number(len(names) - _NAMED))
    return f"{word}: {listed}"
