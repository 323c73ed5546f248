"""The sheet of all keys, printed from the table of commands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLayout, QVBoxLayout, QWidget

from app.ui import commands, tokens, widgets
from app.ui.commands import Command, Part
from app.ui.key_caps import Caps
from app.ui.page import Scroll
from app.ui.sheet import Sheet, heading
from app.ui.text import tr

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

_WIDE, _TOP = 760, 60
_HIGHEST = 470
_COLUMNS = ((Part.ROLE, Part.FIND), (Part.EDIT, Part.APP))


class ShortcutSheet(Sheet):
    """All keys in their groups. Esc, Enter and the button close it."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window, tr("Keyboard shortcuts"), width=_WIDE, top=_TOP)
        self.body.addLayout(heading(tr("Keyboard shortcuts")))
        inside = QWidget()
        columns = QHBoxLayout(inside)
        columns.setContentsMargins(0, 0, 8, 0)
        columns.setSpacing(32)
        for parts in _COLUMNS:
            column = QVBoxLayout()
            column.setSpacing(4)
            for part in parts:
                column.addLayout(_group(part))
                column.addSpacing(12)
            column.addStretch(1)
            columns.addLayout(column, 1)
        scroll = Scroll(inside)
        scroll.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        scroll.setAccessibleName(tr("Keyboard shortcuts"))
        # Labels wrap: the height is known only for a width.
        high = max(inside.sizeHint().height(), columns.heightForWidth(_WIDE - 2 * tokens.SHEET_EDGE - 12))
        room = max(160, window.height() - 220)
        scroll.setFixedHeight(min(high + 4, _HIGHEST, room))
        self.body.addWidget(scroll)
        self._close = widgets.button(tr("Close"))
        self._close.clicked.connect(self.close_sheet)
        self.foot.addStretch(1)
        self.foot.addWidget(self._close)
        self.refused.connect(self.close_sheet)

    def open(self) -> None:
        """Show it."""
        self.open_sheet(self._close)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The keys that open it close it, too."""
        if event.key() in {Qt.Key.Key_F1, Qt.Key.Key_Question}:
            self.close_sheet()
        else:
            super().keyPressEvent(event)


def listed(part: Part) -> list[Command]:
    """The commands of a part that have a key, in the order of the table."""
    return [each for each in commands.COMMANDS.values() if each.part is part and each.keys]


def sentence(command: Command) -> str:
    """What a key does."""
    return command.words().removesuffix("…") if command.does is None else command.does()


def _group(part: Part) -> QLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(12)
    grid.setVerticalSpacing(6)
    grid.setColumnStretch(0, 1)
    title = widgets.label(commands.part_words(part), tokens.NAME)
    grid.addWidget(title, 0, 0, 1, 2)
    for row, command in enumerate(listed(part), 1):
        words = widgets.label(sentence(command), tokens.SMALL, "text2", wrap=True)
        grid.addWidget(words, row, 0)
        grid.addLayout(_keys(command), row, 1, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignTrailing)
    return grid


def _keys(command: Command) -> QLayout:
    line = QHBoxLayout()
    line.setSpacing(8)
    for key in command.keys:
        line.addWidget(Caps(commands.caps(key)))
    return line
