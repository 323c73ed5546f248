"""The page where profiles are given to a colleague as a file, or taken from one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSizePolicy, QStackedWidget

from app.ui.choices import Segmented
from app.ui.page import Page
from app.ui.sharing_export import ExportPart
from app.ui.sharing_import import ImportPart
from app.ui.tasks import spawn
from app.ui.text import number, plural, short_path, tr
from app.ui.widgets import button

if TYPE_CHECKING:
    from app.core.intents import Intents
    from app.domain.errors import RolecallError
    from app.domain.view import Snapshot

EXPORT, IMPORT = "export", "import"


class SharingPage(Page):
    """`opened("export", *names)` or `opened("import")`; `told` carries what was done, in words."""

    told = Signal(str)

    def __init__(self, intents: Intents) -> None:
        super().__init__(tr("Roles"), tr("Share roles"))
        self._intents = intents
        self._busy = False
        self.way = Segmented([(EXPORT, tr("Export"), "upload"), (IMPORT, tr("Import"), "download")])
        self.way.setAccessibleName(tr("Export or import"))
        self.way.name_parts(tr("Share roles"))
        self.way.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Maximum)
        self.head.addWidget(self.way)
        self.exporting, self.importing = ExportPart(), ImportPart()
        self._stack = QStackedWidget()
        self._stack.addWidget(self.exporting)
        self._stack.addWidget(self.importing)
        self.body.addWidget(self._stack, 1)
        self.cancel = button(tr("Cancel"))
        self.go = button("", "primary")
        self.foot.addWidget(self.cancel)
        self.foot.addWidget(self.go)
        self.way.changed.connect(self._changed_way)
        self.exporting.changed.connect(self._count)
        self.exporting.placed.connect(lambda path: spawn(self._export(path), self._failed))
        self.importing.changed.connect(self._count)
        self.importing.chosen.connect(self.look)
        self.cancel.clicked.connect(self.leave)
        self.go.clicked.connect(self._go)
        self._changed_way()

    def opened(self, *wish: str) -> None:
        """Begin with exporting these profiles (all, where none is named), or with importing."""
        way, names = (wish[0], wish[1:]) if wish else (EXPORT, ())
        configuration = self._intents.snapshot().configuration
        self.exporting.search.clear()
        self.exporting.show_profiles(configuration, names or configuration.profiles)
        self.importing.begin()
        self.way.set_value(IMPORT if way == IMPORT else EXPORT)
        self.judge("")
        self._count()
        (self.exporting.list if self.way.value() == EXPORT else self.importing.choose).setFocus()

    def to_search(self) -> bool:
        """Bring the keyboard to the search; False where there is none."""
        exports = self.way.value() == EXPORT
        if exports:
            self.exporting.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.exporting.search.selectAll()
        return exports

    def follow(self, snapshot: Snapshot) -> None:
        """Offer the profiles there are now."""
        self.exporting.show_profiles(snapshot.configuration)

    def look(self, path: str) -> None:
        """Say what a file would change."""
        if not path:
            return
        self.judge(tr("Looking…"), "text2")
        self.way.set_value(IMPORT)
        spawn(self._look(path), self._failed)

    async def _look(self, path: str) -> None:
        self.importing.expect()
        try:
            plan = await self._intents.sharing.plan(path)
        except BaseException:
            self.importing.missed()
            raise
        self.importing.show_plan(plan, self._intents.snapshot().configuration)
        self.judge("" if plan.entries else tr("There is nothing in this file."), "text2")
        self._count()

    def _changed_way(self) -> None:
        self._stack.setCurrentWidget(self.exporting if self.way.value() == EXPORT else self.importing)
        self.set_title(tr("Export roles") if self.way.value() == EXPORT else tr("Import roles from a file"))
        self.judge("")
        self._count()

    def _count(self) -> None:
        if self.way.value() == EXPORT:
            count = len(self.exporting.model.chosen)
            self.go.setText(tr("Export {n}…").format(n=number(count)) if count else tr("Export…"))
            self.go.setAccessibleName(plural(count, "Export 1 role to a file", "Export {n} roles to a file"))
        else:
            count = len(self.importing.taken)
            self.go.setText(tr("Take over {n}").format(n=number(count)) if count else tr("Take over"))
            self.go.setAccessibleName(plural(count, "Take over 1 entry", "Take over {n} entries"))
        self.go.setEnabled(count > 0 and not self._busy)

    def _go(self) -> None:
        if self.way.value() == EXPORT:
            self.exporting.choose_file()
        else:
            spawn(self._take(), self._failed)

    async def _export(self, path: str) -> None:
        count = await self._intents.sharing.export_profiles(self.exporting.model.chosen, path)
        words = plural(count, "1 entry written to {path}", "{n} entries written to {path}")
        self.told.emit(words.replace("{path}", short_path(path)))
        self.closed.emit()

    async def _take(self) -> None:
        plan, entries = self.importing.plan, self.importing.taken
        if plan is None or not entries:
            return
        self._busy = True
        self._count()
        try:
            count = await self._intents.sharing.take(plan, entries, dict(self.importing.sources))
        finally:
            self._busy = False
            self._count()
        self.told.emit(plural(count, "1 entry taken over", "{n} entries taken over"))
        self.closed.emit()

    def _failed(self, error: RolecallError) -> None:
        self.judge(" ".join(part for part in (f"{error.title}.", error.detail, error.remedy) if part))
