"""What an import would do, shown: roles that can be taken over, and those that cannot, with the reason."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from app.ui import fonts, tokens
from app.ui.mark import Mark
from app.ui.text import plural, tr
from app.ui.widgets import Elided, label

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.domain.view import ImportRow, ImportView

_INDENT = 22
_MOST = 12
"""So many are shown in the preview; a long list has a page of its own."""
_MOST_REFUSED = 5


def preview_grid(rows: Sequence[ImportRow]) -> QWidget:
    """The roles in two columns, the first ones of a long list."""
    holder = QWidget()
    grid = QGridLayout(holder)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(tokens.EDGE)
    grid.setVerticalSpacing(8)
    shown = rows[:_MOST]
    height = -(-len(shown) // 2)
    for number, row in enumerate(shown):
        line = QHBoxLayout()
        line.setSpacing(8)
        words = Elided(tokens.SMALL, "text2")
        words.set_whole(row.words)
        line.addWidget(Mark("check", "good_mark", 14))
        line.addWidget(label(row.name, tokens.SMALL_STRONG))
        line.addWidget(words, 1)
        grid.addLayout(line, number % height, number // height)
    for column in range(2):
        grid.setColumnStretch(column, 1)
    if len(rows) > len(shown):
        more = plural(len(rows) - len(shown), "and 1 more", "and {n} more")
        grid.addWidget(label(more, tokens.SMALL, "text2"), height, 0)
    return holder


def refused_list(refused: Sequence[ImportRow], most: int = _MOST_REFUSED) -> QWidget:
    """How many cannot be imported, which, and why."""
    holder = QWidget()
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(6)
    head = QHBoxLayout()
    head.setSpacing(8)
    head.addWidget(Mark("warning", "warn", 14))
    head.addWidget(
        label(plural(len(refused), "1 cannot be imported", "{n} cannot be imported"), tokens.SMALL_STRONG), 1
    )
    column.addLayout(head)
    for row in refused[:most]:
        line = QHBoxLayout()
        line.setContentsMargins(_INDENT, 0, 0, 0)
        line.setSpacing(8)
        name = label(row.name)
        name.setFont(fonts.mono())
        line.addWidget(name, 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(label(row.refusal, tokens.SMALL, "text2", wrap=True), 1)
        column.addLayout(line)
    if len(refused) > most:
        rest = label(plural(len(refused) - most, "and 1 more", "and {n} more"), tokens.SMALL, "text2")
        rest.setContentsMargins(_INDENT, 0, 0, 0)
        column.addWidget(rest)
    return holder


class KeysChoice(QWidget):
    """Whether access keys of the credentials file go to the keyring, too."""

    def __init__(self, view: ImportView) -> None:
        super().__init__()
        names = ", ".join(view.keys)
        self.box = QCheckBox(tr("Put the access keys of {names} into the keyring").format(names=names))
        words = tr("Without them these roles have nothing to start from. The AWS credentials file stays as it is.")
        self.box.setAccessibleDescription(words)
        said = label(words, tokens.SMALL, "text2", wrap=True)
        said.setIndent(24)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.box)
        column.addWidget(said)

    @property
    def wanted(self) -> bool:
        """What the person chose."""
        return self.box.isChecked()
