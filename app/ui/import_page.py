"""The page where roles of the AWS config file are chosen and taken over."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QVBoxLayout

from app.domain.differences import Change
from app.ui import import_lines as lines
from app.ui import tokens
from app.ui.import_rows import KeysChoice
from app.ui.page import Page
from app.ui.sharing_lines import LinesModel
from app.ui.sharing_list import LinesView
from app.ui.tasks import spawn
from app.ui.text import number, plural, short_path, tr
from app.ui.widgets import button, label

if TYPE_CHECKING:
    from PySide6.QtWidgets import QLabel

    from app.core.intents import Intents
    from app.domain.errors import RolecallError
    from app.domain.view import ImportView


class ImportPage(Page):
    """Call `look` when it is shown. `imported` carries how many roles came, `applied` how many came or changed.

    One of them is emitted, then `closed`.

    What was imported before and is different in the file now is shown, and changed here only where it is ticked.
    """

    imported = Signal(int)
    applied = Signal(int)
    file_wanted = Signal()
    """Roles are to be taken from a colleague's file instead."""

    def __init__(self, intents: Intents) -> None:
        super().__init__(tr("Roles"), tr("Import"))
        self._intents = intents
        self._view: ImportView | None = None
        self._keys: KeysChoice | None = None
        self.model = LinesModel(self)
        self.list = LinesView(self.model, tr("Roles of the AWS config file"))
        self._said: QLabel = label("", tone="text2", wrap=True)
        self._below = QVBoxLayout()
        column = QVBoxLayout()
        column.setContentsMargins(tokens.FORM_EDGE, 20, tokens.FORM_EDGE, 16)
        column.setSpacing(tokens.FIELD_GAP)
        column.addWidget(self._said)
        column.addWidget(self.list, 1)
        column.addLayout(self._below)
        self.body.addLayout(column, 1)
        self.all = QCheckBox(tr("All new ones"))
        self.all.setTristate(True)
        self.all.clicked.connect(self._choose_all)
        self.again = button(tr("Look again"), "plain", "refresh")
        self.again.clicked.connect(self.look)
        self.file = button(tr("From a file…"), "plain", "file")
        self.file.setToolTip(tr("Take over roles that a colleague has exported"))
        self.file.clicked.connect(self.file_wanted)
        self.head.addWidget(self.again)
        self.head.addWidget(self.file)
        self.head.addWidget(self.all)
        self.cancel = button(tr("Cancel"))
        self.go = button(tr("Import"), "primary")
        self.foot.addWidget(self.cancel)
        self.foot.addWidget(self.go)
        self.cancel.clicked.connect(self.leave)
        self.go.clicked.connect(self._import)
        self.model.chosen_changed.connect(self._count)
        self._count()

    def look(self) -> None:
        """Look at the file anew."""
        self.judge(tr("Looking…"), "text2")
        self.again.setEnabled(False)
        spawn(self._look(), self._failed)

    @property
    def chosen(self) -> tuple[str, ...]:
        """The names that are ticked."""
        return lines.names_of(self.model.chosen)

    async def _look(self) -> None:
        try:
            view = await self._intents.plan_import()
        finally:
            self.again.setEnabled(True)
        self._show(view)
        self.judge("")
        if self.back.hasFocus() and view.rows:
            self.list.setFocus()

    def _show(self, view: ImportView) -> None:
        path = short_path(view.path)
        self.set_title(tr("Import from {path}").format(path=path))
        words = tr(
            "The file stays as it is. AWS tools would go on using its own profiles of these names,"
            " so the roles are published under others."
        )
        if not view.rows:
            words = tr("There is no role in {path} that can be imported.").format(path=path)
            if view.kept:
                words = tr("There is no new role in {path}.").format(path=path)
        if any(entry.change in {Change.CHANGED, Change.GONE} for entry in view.kept):
            words += " " + tr("Roles imported before are different there now; they change here only if you tick them.")
        self._said.setText(words)
        before, self._view = self._view, view
        ticked = lines.new_keys(view)
        if before is not None and before.path == view.path:
            # Looking again leaves what was unticked as it is.
            ticked -= lines.new_keys(before) - set(self.model.chosen)
        self.model.show_lines(lines.lines_of(view), ticked)
        self._offer_keys(view)
        self._count()

    def _offer_keys(self, view: ImportView) -> None:
        if self._keys is not None:
            self._keys.hide()
            self._keys.deleteLater()
        self._keys = KeysChoice(view) if view.keys and (view.rows or view.kept) else None
        if self._keys is not None:
            self._below.addWidget(self._keys)

    def _new_keys(self) -> set[str]:
        return set() if self._view is None else lines.new_keys(self._view)

    def _choose_all(self) -> None:
        keys = self._new_keys()
        self.model.check(keys, on=not keys <= set(self.model.chosen))
        self._count()

    def _count(self) -> None:
        new = self._new_keys()
        ticked = set(self.model.chosen)
        count, here = len(ticked), len(ticked & new)
        self.all.setVisible(len(new) > 1)
        states = {0: Qt.CheckState.Unchecked, len(new): Qt.CheckState.Checked}
        self.all.setCheckState(states.get(here, Qt.CheckState.PartiallyChecked))
        if count > here:
            self.go.setText(tr("Apply {n}").format(n=number(count)))
            self.go.setAccessibleName(plural(count, "Apply 1 change", "Apply {n} changes"))
        else:
            self.go.setText(tr("Import {n}").format(n=number(count)) if count else tr("Import"))
            self.go.setAccessibleName(plural(count, "Import 1 role", "Import {n} roles"))
        self.go.setEnabled(count > 0)

    def _import(self) -> None:
        names, digest = self.chosen, "" if self._view is None else self._view.digest
        self.go.setEnabled(False)
        spawn(self._run(names, keys=self._keys is not None and self._keys.wanted, digest=digest), self._failed)

    async def _run(self, names: tuple[str, ...], *, keys: bool, digest: str) -> None:
        changing = not set(self.model.chosen) <= self._new_keys()
        try:
            count = await self._intents.run_import(names, keys=keys, digest=digest)
        finally:
            self._count()
        (self.applied if changing else self.imported).emit(count)
        self.closed.emit()

    def _failed(self, error: RolecallError) -> None:
        self.judge(" ".join(part for part in (f"{error.title}.", error.detail, error.remedy) if part))
