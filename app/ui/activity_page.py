"""The page of activity: what happened in the last 30 days, when and why, without secrets."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.domain.happening import What
from app.ui import activity_words, text, tokens
from app.ui.activity_model import ActivityModel
from app.ui.activity_pane import ActivityPane
from app.ui.activity_view import ActivityView
from app.ui.list_page import Search
from app.ui.page import Page
from app.ui.side_pane import Beside
from app.ui.tasks import spawn
from app.ui.text import tr
from app.ui.widgets import button, label, rule

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.core.intents import Intents
    from app.domain.errors import RolecallError
    from app.domain.happening import Happening
    from app.domain.view import Snapshot

_LEAST_COMBO = 8
_AT_ONCE = 1000


class ActivityPage(Page):
    """Shows `Intents.activity`, and reads it again when more has happened. `said` tells something in passing.

    Wishes that lead elsewhere: `reveal_wanted` and `why_wanted` carry a profile, `source_wanted` a provider.
    """

    reveal_wanted = Signal(str)
    source_wanted = Signal(str)
    why_wanted = Signal(str)

    def __init__(self, intents: Intents, said: Callable[[str, str], None]) -> None:
        super().__init__("", tr("Activity"))
        self.setAccessibleName(tr("Activity"))
        self._intents, self._said = intents, said
        self._happened = -1
        self._reading = self._again = False
        self._read_once = False
        self._today = intents.now().astimezone().date()
        self.head.setContentsMargins(tokens.EDGE, 0, tokens.EDGE, 0)
        self.model = ActivityModel(intents.now, self)
        self.view = ActivityView(self.model)
        self.pane = ActivityPane(intents.now, lambda words: said(words, "good"))
        self.beside = Beside(self._main(), self.pane, tr("Details"))
        self.copy = button(tr("Copy all"), "", "copy")
        self.head.addWidget(self.beside.peek)
        self.head.addWidget(self.copy)
        self.body.addWidget(self.beside)
        self._connect()
        self._tell()

    def _main(self) -> QWidget:
        made = QWidget()
        column = QVBoxLayout(made)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        strip = QHBoxLayout()
        strip.setContentsMargins(tokens.EDGE, 8, tokens.EDGE, 8)
        strip.setSpacing(tokens.GAP)
        self.filter = Search()
        self.filter.setPlaceholderText(tr("Filter"))
        self.filter.setAccessibleName(tr("Filter the activity"))
        self.kinds, self.profiles = _combo(tr("What happened")), _combo(tr("Profile"))
        self.kinds.addItem(tr("Everything"), None)
        for what in What:
            self.kinds.addItem(activity_words.word(what), what)
        self.profiles.addItem(tr("All profiles"), "")
        strip.addWidget(self.filter, 2)
        strip.addWidget(self.kinds, 1)
        strip.addWidget(self.profiles, 1)
        column.addLayout(strip)
        column.addWidget(rule())
        self._stack = QStackedWidget()
        self._stack.addWidget(self.view)
        self._stack.addWidget(self._empty())
        column.addWidget(self._stack, 1)
        return made

    def _empty(self) -> QWidget:
        made = QWidget()
        column = QVBoxLayout(made)
        column.setContentsMargins(tokens.FORM_EDGE, tokens.FORM_EDGE, tokens.FORM_EDGE, tokens.FORM_EDGE)
        self._empty_title = label("", tokens.TITLE, wrap=True)
        self._empty_words = label("", tone="text2", wrap=True)
        self.clear = button(tr("Show everything"))
        self.clear.clicked.connect(self.show_everything)
        column.addStretch(1)
        for each in (self._empty_title, self._empty_words):
            each.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            column.addWidget(each)
        column.addSpacing(tokens.GAP)
        column.addWidget(self.clear, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(2)
        return made

    def _connect(self) -> None:
        self.filter.textChanged.connect(self.model.search)
        for combo in (self.kinds, self.profiles):
            combo.currentIndexChanged.connect(self._narrow)
        self.copy.clicked.connect(self.copy_rows)
        self.view.copy_wanted.connect(self._copy_selected)
        self.view.chosen_changed.connect(self._tell)
        self.view.opened.connect(self._open)
        self.view.typed.connect(self._typed)
        self.pane.reveal_wanted.connect(self._reveal)
        self.pane.why_wanted.connect(self._why)
        self.filter.left_down.connect(lambda: self.view.setFocus(Qt.FocusReason.TabFocusReason))
        self.filter.escaped.connect(self._escape)

    # --- Reading ---------------------------------------------------------------------------------------------------

    def opened(self, profile: str = "") -> None:
        """Read it as it is now; with the name of a profile only what concerns that."""
        self._read()
        if profile:
            self.show_everything()
            self._fill_profiles(profile)
            self.profiles.setCurrentIndex(self.profiles.findData(profile))
            self._narrow()
        self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def follow(self, snapshot: Snapshot) -> None:
        """Read again when more has happened."""
        if snapshot.happened != self._happened:
            self._read()

    def tick(self) -> None:
        """Yesterday is another day after midnight."""
        today = self._intents.now().astimezone().date()
        if today != self._today:
            self._today = today
            self.model.rebuild()

    def _read(self) -> None:
        self._happened = self._intents.snapshot().happened
        if self._reading:
            self._again = True
            return
        self._reading = True

        async def read() -> None:
            try:
                entries = await self._intents.activity()
            finally:
                self._reading = False
            self._read_once = True
            self.judge("")
            self.model.take(entries)
            self._fill_profiles()
            self._tell()
            if self._again:
                self._again = False
                self._read()
            await self._prepare()

        spawn(read(), self._refused)

    async def _prepare(self) -> None:
        """Make the filter ready in small parts; in between, the window goes on."""
        for _ in range(self.model.total // _AT_ONCE + 1):
            self.model.prepare(_AT_ONCE)
            await asyncio.sleep(0)

    def _refused(self, error: RolecallError) -> None:
        self._again = False
        self.judge(" ".join(part for part in (f"{error.title}.", error.detail, error.remedy) if part))

    def _fill_profiles(self, wanted: str = "") -> None:
        names = list(self.model.profiles())
        chosen = wanted or self.profiles.currentData()
        if chosen and chosen not in names:
            names.insert(0, chosen)
        if names == [self.profiles.itemData(at) for at in range(1, self.profiles.count())]:
            return
        self.profiles.blockSignals(True)
        while self.profiles.count() > 1:
            self.profiles.removeItem(1)
        for name in names:
            self.profiles.addItem(name, name)
        self.profiles.setCurrentIndex(max(0, self.profiles.findData(chosen)))
        self.profiles.blockSignals(False)

    # --- Showing ---------------------------------------------------------------------------------------------------

    def _narrow(self) -> None:
        self.model.show_only(self.kinds.currentData(), self.profiles.currentData() or "")

    def show_everything(self) -> None:
        """Take every filter away."""
        self.filter.clear()
        self.kinds.setCurrentIndex(0)
        self.profiles.setCurrentIndex(0)

    def _tell(self) -> None:
        nothing = self._read_once and self.model.shown == 0
        self._stack.setCurrentIndex(1 if nothing else 0)
        self.clear.setVisible(self.model.filtered)
        if self.model.filtered:
            self._empty_title.setText(tr("Nothing matches"))
            self._empty_words.setText(tr("No entry of the last 30 days has all of this."))
        else:
            self._empty_title.setText(tr("Nothing has happened yet"))
            self._empty_words.setText(
                tr("What is obtained, renewed, refused or stopped stands here for 30 days. No secret is kept.")
            )
        self.pane.show_entry(self.view.chosen)
        count = len(self.view.selected())
        self.copy.setText(text.plural(count, "Copy 1 row", "Copy {n} rows") if count > 1 else tr("Copy all"))
        self.copy.setEnabled(self.model.shown > 0)
        self.copy.setToolTip(tr("Copy as a table: the selected rows, or all that are shown"))

    # --- Doing -----------------------------------------------------------------------------------------------------

    def copy_rows(self) -> None:
        """Copy the selected rows when there are several, else all that are shown."""
        selected = self.view.selected()
        self._copy(selected if len(selected) > 1 else self.model.entries())

    def _copy_selected(self) -> None:
        self._copy(self.view.selected())

    def _copy(self, entries: list[Happening]) -> None:
        if entries:
            QGuiApplication.clipboard().setText(activity_words.as_table(entries))
            self._said(text.plural(len(entries), "1 entry copied", "{n} entries copied"), "good")

    def _open(self, place: int) -> None:
        self._lead(self.model.entry_at(place))

    def _reveal(self) -> None:
        self._lead(self.pane.entry)

    def _lead(self, entry: Happening | None) -> None:
        if entry is not None and entry.profile:
            (self.source_wanted if activity_words.of_provider(entry) else self.reveal_wanted).emit(entry.profile)

    def _why(self) -> None:
        if self.pane.entry is not None:
            self.why_wanted.emit(self.pane.entry.profile)

    def _typed(self, letters: str) -> None:
        self.filter.setFocus(Qt.FocusReason.OtherFocusReason)
        self.filter.insert(letters)

    def to_search(self) -> bool:
        """Bring the keyboard to the filter."""
        self.filter.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.filter.selectAll()
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc takes the filter away before it leaves."""
        if event.key() == Qt.Key.Key_Escape:
            self._escape()
        else:
            super().keyPressEvent(event)

    def _escape(self) -> None:
        if self.model.filtered:
            self.show_everything()
            self.view.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.leave()


def _combo(name: str) -> QComboBox:
    made = QComboBox()
    made.setAccessibleName(name)
    made.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    made.setMinimumContentsLength(_LEAST_COMBO)
    return made
