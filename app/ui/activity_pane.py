"""Everything about one entry of the activity, each identifier with its own way to the clipboard."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from app.ui import activity_words, fonts, text, tokens
from app.ui.side_pane import SidePane
from app.ui.text import tr
from app.ui.widgets import button, icon_button, label

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from app.domain.happening import Happening

_NAME_COLUMN = 96


class _Line(QWidget):
    """One value under its name."""

    def __init__(self, name: str, value: str, *, mono: bool, copied: Callable[[str], None]) -> None:
        super().__init__()
        grid = QGridLayout(self)
        grid.setContentsMargins(12, 3, 6, 3)
        grid.setHorizontalSpacing(8)
        grid.setColumnMinimumWidth(0, _NAME_COLUMN)
        grid.setColumnStretch(1, 1)
        named = label(name, tokens.SMALL, "text2", wrap=True)
        named.setMaximumWidth(_NAME_COLUMN)
        # Beside the button of an identifier the lines begin a little lower.
        lower = 4 if mono else 0
        named.setContentsMargins(0, lower, 0, 0)
        grid.addWidget(named, 0, 0, Qt.AlignmentFlag.AlignTop)
        shown = label(text.breakable(value), tokens.SMALL, "text", wrap=True)
        if mono:
            shown.setFont(fonts.mono())
        shown.setContentsMargins(0, lower, 0, 0)
        grid.addWidget(shown, 0, 1, Qt.AlignmentFlag.AlignTop)
        self.setAccessibleName(f"{name}: {value}")
        if mono:
            self.copy = icon_button("copy", tr("Copy: {what}").format(what=name), "bare", small=True)
            self.copy.clicked.connect(lambda: _copy(value, copied))
            grid.addWidget(self.copy, 0, 2, Qt.AlignmentFlag.AlignTop)


def _copy(words: str, copied: Callable[[str], None]) -> None:
    QGuiApplication.clipboard().setText(words)
    copied(tr("Copied. Nothing secret is in it."))


class ActivityPane(SidePane):
    """Shows one entry. `reveal_wanted` asks for its profile or provider, `why_wanted` why AWS refused the profile."""

    reveal_wanted = Signal()
    why_wanted = Signal()

    def __init__(self, clock: Callable[[], datetime], copied: Callable[[str], None]) -> None:
        title = label("", tokens.NAME, wrap=True)
        super().__init__(title, tr("Copy as text"))
        self.title = title
        self._clock, self._copied = clock, copied
        self._entry: Happening | None = None
        self.reveal = button("")
        self.reveal.clicked.connect(self.reveal_wanted)
        self.why = button(tr("Why denied…"))
        self.why.clicked.connect(self.why_wanted)
        self._acts = QWidget()
        row = QHBoxLayout(self._acts)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(tokens.GAP)
        row.addWidget(self.reveal)
        row.addWidget(self.why)
        row.addStretch(1)
        self.column.addWidget(self._acts)
        self.column.addStretch(1)
        self.copy.clicked.connect(self._copy_all)
        self.copy.setAccessibleName(tr("Copy the entry"))
        self._show()

    @property
    def entry(self) -> Happening | None:
        """What is shown."""
        return self._entry

    def show_entry(self, entry: Happening | None) -> None:
        """Show this entry; None for what stands there while none is chosen."""
        if entry != self._entry:
            self._entry = entry
            self._show()

    def _show(self) -> None:
        entry = self._entry
        rows = QWidget()
        column = QVBoxLayout(rows)
        column.setContentsMargins(0, 6, 0, 6)
        column.setSpacing(0)
        self.copy.setVisible(entry is not None)
        if entry is None:
            self.title.setText(tr("Details"))
            hint = label(tr("Choose an entry, and all that is known about it stands here."), tokens.SMALL, "text2",
                         wrap=True)  # fmt: skip
            hint.setContentsMargins(12, 6, 12, 6)
            column.addWidget(hint)
        else:
            self.title.setText(f"{activity_words.title(entry)} · {activity_words.word(entry.what)}")
            for name, value, mono in activity_words.details(entry, self._clock()):
                column.addWidget(_Line(name, value, mono=mono, copied=self._copied))
        self.setAccessibleName(self.title.text())
        self.show_rows(rows)
        self._acts.setVisible(entry is not None and bool(entry.profile))
        if entry is not None:
            provider = activity_words.of_provider(entry)
            self.reveal.setText(tr("Show the provider") if provider else tr("Show in roles"))
            self.why.setVisible(entry.code == activity_words.DENIED and not provider)

    def _copy_all(self) -> None:
        if self._entry is not None:
            _copy(activity_words.in_lines(self._entry, self._clock()), self._copied)
