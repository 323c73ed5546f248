"""A colleague's file: dropped or chosen, looked at, and taken over only as far as a person ticks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QDir, Qt, Signal
from PySide6.QtWidgets import QComboBox, QFileDialog, QGridLayout, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.domain.differences import Change
from app.ui import sharing_plan as plans
from app.ui import tokens
from app.ui.mfa_sheet import Tile
from app.ui.sharing_lines import LinesModel
from app.ui.sharing_list import LinesView
from app.ui.text import short_path, source_word, tr
from app.ui.widgets import Elided, button, label

if TYPE_CHECKING:
    from PySide6.QtGui import QDragEnterEvent, QDropEvent

    from app.domain.configuration import Configuration
    from app.domain.differences import ProfilesPlan


class ImportPart(QWidget):
    """`chosen` carries the path of a file to look at; `changed` after every tick."""

    chosen = Signal(str)
    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.plan: ProfilesPlan | None = None
        self.sources: dict[str, str] = {}
        self.combos: dict[str, QComboBox] = {}
        self.dialog: QFileDialog | None = None
        self._ticked: tuple[str, ...] = ()
        self._quiet = False
        self.setAcceptDrops(True)
        self.model = LinesModel(self)
        self.list = LinesView(self.model, tr("What would change"))
        self.choose = button(tr("Choose a file…"), "primary")
        self.other = button(tr("Another file…"), small=True)
        self.again = button(tr("Look again"), small=True)
        self._path = Elided(tokens.SMALL, "text2", Qt.TextElideMode.ElideMiddle)
        self._missing = QWidget()
        self._stack = QStackedWidget()
        self._stack.addWidget(self._empty())
        self._stack.addWidget(self._looked())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._stack)
        self.choose.clicked.connect(self.choose_file)
        self.other.clicked.connect(self.choose_file)
        self.again.clicked.connect(self._look_again)
        self.model.chosen_changed.connect(self._follow_ticks)

    # --- Which file ------------------------------------------------------------------------------------------------

    def begin(self) -> None:
        """Forget the file that was looked at."""
        self.plan = None
        self.sources = {}
        self.model.show_lines((), ())
        self._stack.setCurrentIndex(0)

    def expect(self) -> None:
        """A file is being looked at: make room for what it says."""
        self._stack.setCurrentIndex(1)

    def missed(self) -> None:
        """It could not be read: back to what was shown before."""
        self._stack.setCurrentIndex(0 if self.plan is None else 1)

    def choose_file(self) -> None:
        """Ask for a file, without holding up anything; `chosen` tells."""
        dialog = QFileDialog(self.window(), tr("Import roles"), QDir.homePath())
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilters([tr("Rolecall profiles (*.toml)"), tr("All files (*)")])
        dialog.fileSelected.connect(self.chosen)
        dialog.finished.connect(dialog.deleteLater)
        self.dialog = dialog
        dialog.open()

    def _look_again(self) -> None:
        if self.plan is not None:
            self.chosen.emit(self.plan.path)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take one file of this machine."""
        if _dropped(event):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Look at the file that was dropped."""
        path = _dropped(event)
        if path:
            event.acceptProposedAction()
            self.chosen.emit(path)

    # --- What it would change --------------------------------------------------------------------------------------

    def show_plan(self, plan: ProfilesPlan, configuration: Configuration) -> None:
        """Show what a file would change: what is new is ticked, what would change something of ours is not."""
        self.plan = plan
        self._path.set_whole(short_path(plan.path))
        self.sources = {}
        self._offer(plan, configuration)
        self._arrange({plans.key_of(entry) for entry in plan.entries if entry.change is Change.NEW})
        self._stack.setCurrentIndex(1)
        first = next(iter(self.combos.values()), None)
        (first or self.list).setFocus()

    @property
    def taken(self) -> tuple[tuple[str, str], ...]:
        """The (kind, name) pairs that are ticked."""
        pairs = [key.partition(".") for key in self.model.chosen]
        return tuple((kind, name) for kind, _, name in pairs)

    def _offer(self, plan: ProfilesPlan, configuration: Configuration) -> None:
        self.combos = {}
        fresh = QWidget()
        grid = QGridLayout(fresh)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(tokens.FIELD_GAP)
        grid.setVerticalSpacing(tokens.GAP)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        for row, missing in enumerate(plan.missing):
            words = plans.words_of_missing(missing)
            combo = QComboBox()
            combo.setAccessibleName(words)
            combo.addItem(tr("Choose…"), "")
            for each in plans.stand_ins(configuration, missing):
                kind, _, name = each.partition(".")
                combo.addItem(tr("{name} ({what})").format(name=name, what=source_word(kind)), each)
            combo.currentIndexChanged.connect(lambda _place, name=missing: self._stand_in(name))
            self.combos[missing] = combo
            grid.addWidget(label(words, wrap=True), row, 0)
            grid.addWidget(combo, row, 1)
        layout = self._looked_column
        layout.replaceWidget(self._missing, fresh)
        self._missing.hide()
        self._missing.deleteLater()
        self._missing = fresh
        fresh.setVisible(bool(plan.missing))

    def _stand_in(self, missing: str) -> None:
        before = set(self.model.chosen)
        chosen = str(self.combos[missing].currentData() or "")
        now_ready: set[str] = set()
        if self.plan is not None and chosen and missing not in self.sources:
            now_ready = {
                plans.key_of(each) for each in self.plan.entries if each.change is Change.NEW and missing in each.needs
            }
        self.sources.pop(missing, None)
        if chosen:
            self.sources[missing] = chosen
        self._arrange(before | now_ready)

    def _arrange(self, ticked: set[str]) -> None:
        if self.plan is None:
            return
        self._quiet = True
        self.model.show_lines(plans.lines_of(self.plan.entries, self.sources), ticked)
        self._quiet = False
        self._ticked = ()
        self._follow_ticks()

    def _follow_ticks(self) -> None:
        """Entries come with what they start from, or not at all."""
        if self._quiet or self.plan is None:
            return
        self._quiet = True
        now, before = set(self.model.chosen), set(self._ticked)
        self.model.check(plans.starting_from(self.plan, before - now), on=False)
        self.model.check(plans.needed_by(self.plan, self.model.chosen), on=True)
        self._ticked = self.model.chosen
        self._quiet = False
        self.changed.emit()

    # --- How it looks ----------------------------------------------------------------------------------------------

    def _empty(self) -> QWidget:
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(tokens.FORM_EDGE, tokens.FORM_EDGE, tokens.FORM_EDGE, tokens.FORM_EDGE)
        column.setSpacing(tokens.FIELD_GAP)
        centred = Qt.AlignmentFlag.AlignHCenter
        title = label(tr("Drop a file with roles here"), tokens.TITLE, wrap=True)
        title.setAlignment(Qt.AlignmentFlag.AlignCenter)
        said = label(tr("You see what it would change before anything does."), tone="text2", wrap=True)
        said.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column.addStretch(2)
        column.addWidget(Tile("download"), 0, centred)
        column.addWidget(title)
        column.addWidget(said)
        column.addWidget(self.choose, 0, centred)
        column.addStretch(3)
        return holder

    def _looked(self) -> QWidget:
        holder = QWidget()
        column = self._looked_column = QVBoxLayout(holder)
        column.setContentsMargins(tokens.FORM_EDGE, 16, tokens.FORM_EDGE, 16)
        column.setSpacing(tokens.FIELD_GAP)
        tools = QHBoxLayout()
        tools.setSpacing(tokens.GAP)
        tools.addWidget(self._path, 1)
        tools.addWidget(self.again)
        tools.addWidget(self.other)
        words = tr("Nothing has changed yet. What is new is ticked; what would change something of yours is not.")
        column.addLayout(tools)
        column.addWidget(label(words, tone="text2", wrap=True))
        column.addWidget(self._missing)
        column.addWidget(self.list, 1)
        return holder


def _dropped(event: QDropEvent) -> str:
    urls = event.mimeData().urls()
    return urls[0].toLocalFile() if len(urls) == 1 and urls[0].isLocalFile() else ""
