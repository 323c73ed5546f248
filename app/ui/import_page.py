"""The page where roles of the AWS config file are chosen and taken over."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout, QVBoxLayout, QWidget

from app.ui import fonts, tokens
from app.ui.import_rows import KeysChoice, refused_list
from app.ui.page import Page, Scroll
from app.ui.tasks import spawn
from app.ui.text import number, plural, short_path, tr
from app.ui.widgets import Elided, button, label, rule

if TYPE_CHECKING:
    from app.core.intents import Intents
    from app.domain.errors import RolecallError
    from app.domain.view import ImportRow, ImportView

_ALL = 10_000
_INDENT = 24


class ImportPage(Page):
    """Call `look` when it is shown. `imported` carries how many roles came; then `closed`."""

    imported = Signal(int)

    def __init__(self, intents: Intents) -> None:
        super().__init__(tr("Roles"), tr("Import"))
        self._intents = intents
        self._keys: KeysChoice | None = None
        self.boxes: dict[str, QCheckBox] = {}
        self._scroll = Scroll(QWidget())
        self.body.addWidget(self._scroll, 1)
        self.all = QCheckBox(tr("All"))
        self.all.setTristate(True)
        self.all.clicked.connect(self._choose_all)
        self.head.addWidget(self.all)
        self.cancel = button(tr("Cancel"))
        self.go = button(tr("Import"), "primary")
        self.foot.addWidget(self.cancel)
        self.foot.addWidget(self.go)
        self.cancel.clicked.connect(self.leave)
        self.go.clicked.connect(self._import)
        self._count()

    def look(self) -> None:
        """Look at the file anew."""
        self.judge(tr("Looking…"), "text2")
        spawn(self._look(), self._failed)

    @property
    def chosen(self) -> tuple[str, ...]:
        """The names that are checked."""
        return tuple(name for name, box in self.boxes.items() if box.isChecked())

    async def _look(self) -> None:
        self._show(await self._intents.plan_import())
        self.judge("")
        if self.back.hasFocus() and self.boxes:
            next(iter(self.boxes.values())).setFocus()

    def _show(self, view: ImportView) -> None:
        path = short_path(view.path)
        self.set_title(tr("Import from {path}").format(path=path))
        self.boxes = {}
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(tokens.FORM_EDGE, 20, tokens.FORM_EDGE, 20)
        column.setSpacing(tokens.FIELD_GAP)
        words = tr(
            "The file stays as it is. Names that AWS tools would go on taking from it are published under free ones."
        )
        if not view.rows:
            words = tr("There is no role in {path} that can be imported.").format(path=path)
        column.addWidget(label(words, tone="text2", wrap=True))
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(1, 1)
        for line, row in enumerate(view.rows):
            self._line(grid, 2 * line, row)
        column.addLayout(grid)
        self._keys = KeysChoice(view) if view.keys and view.rows else None
        if self._keys is not None:
            column.addWidget(rule())
            column.addWidget(self._keys)
        if view.refused:
            column.addWidget(rule())
            column.addWidget(refused_list(view.refused, _ALL))
        column.addStretch()
        inside.setObjectName("scrolled")
        self._scroll.setWidget(inside)
        self._count()

    def _line(self, grid: QGridLayout, number: int, row: ImportRow) -> None:
        box = QCheckBox(row.name)
        box.setFont(fonts.font(tokens.NAME))
        box.setChecked(True)
        box.setAccessibleDescription(". ".join(part for part in (row.words, row.note) if part))
        box.toggled.connect(self._count)
        self.boxes[row.name] = box
        words = Elided(tokens.SMALL, "text2")
        words.set_whole(row.words)
        grid.addWidget(box, number, 0)
        grid.addWidget(words, number, 1)
        if row.published_as and row.published_as != row.name:
            grid.addWidget(label(tr("published as"), tokens.SMALL, "text2"), number, 2)
            name = label(f"[{row.published_as}]", tone="text2")
            name.setFont(fonts.mono())
            grid.addWidget(name, number, 3)
        if row.note:
            note = label(row.note, tokens.SMALL, "text2", wrap=True)
            note.setIndent(_INDENT)
            note.setContentsMargins(0, 0, 0, 6)
            grid.addWidget(note, number + 1, 0, 1, 4)

    def _choose_all(self) -> None:
        on = len(self.chosen) < len(self.boxes)
        for box in self.boxes.values():
            box.setChecked(on)
        self._count()

    def _count(self) -> None:
        count = len(self.chosen)
        self.all.setVisible(len(self.boxes) > 1)
        states = {0: Qt.CheckState.Unchecked, len(self.boxes): Qt.CheckState.Checked}
        self.all.setCheckState(states.get(count, Qt.CheckState.PartiallyChecked))
        self.go.setText(tr("Import {n}").format(n=number(count)) if count else tr("Import"))
        self.go.setAccessibleName(plural(count, "Import 1 role", "Import {n} roles"))
        self.go.setEnabled(count > 0)

    def _import(self) -> None:
        names = self.chosen
        self.go.setEnabled(False)
        spawn(self._run(names, keys=self._keys is not None and self._keys.wanted), self._failed)

    async def _run(self, names: tuple[str, ...], *, keys: bool) -> None:
        try:
            count = await self._intents.run_import(names, keys=keys)
        finally:
            self._count()
        self.imported.emit(count)
        self.closed.emit()

    def _failed(self, error: RolecallError) -> None:
        self.judge(" ".join(part for part in (f"{error.title}.", error.detail, error.remedy) if part))
