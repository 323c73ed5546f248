"""The sidebar: what to look at, where roles come from, settings. Icons alone when the window is narrow."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from app.ui import fonts, menus, provider_words, text, tokens, widgets
from app.ui.session_model import Show
from app.ui.sidebar_parts import Brand, Entry
from app.ui.text import tr

if TYPE_CHECKING:
    from datetime import datetime

    from app.domain.view import Snapshot

_BETWEEN = 2
_IDENTITY = "identity"


class Sidebar(QWidget):
    """Says what was chosen by signals; shows counts of a snapshot."""

    show_wanted = Signal(Show)
    source_wanted = Signal(str)
    source_edit_wanted = Signal(str)
    source_remove_wanted = Signal(str)
    add_identity_wanted = Signal()
    provider_wanted = Signal(str)
    provider_edit_wanted = Signal(str)
    provider_remove_wanted = Signal(str)
    sign_in_wanted = Signal(str)
    add_provider_wanted = Signal(str)
    settings_wanted = Signal()
    place_wanted = Signal(str)
    app_menu_wanted = Signal(QPoint)

    def __init__(self) -> None:
        super().__init__()
        widgets.ground(self, "window")
        self.setFixedWidth(tokens.SIDEBAR - 1)
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 8, 10)
        column.setSpacing(_BETWEEN)
        self.brand = Brand()
        self.brand.clicked.connect(
            lambda: self.app_menu_wanted.emit(self.brand.mapToGlobal(self.brand.rect().bottomLeft()))
        )
        column.addWidget(self.brand)
        column.addSpacing(6)
        self.entries: dict[Show, Entry] = {}
        for show, icon, name in (
            (Show.ALL, "list", tr("Roles")),
            (Show.NEEDS_YOU, "person", tr("Needs you")),
            (Show.ACTIVE, "ring", tr("Active")),
            (Show.PINNED, "pin", tr("Pinned")),
        ):
            entry = Entry(icon, name)
            entry.clicked.connect(lambda _checked=False, show=show: self.show_wanted.emit(show))
            self.entries[show] = entry
            self._group.addButton(entry)
            column.addWidget(entry)
        self.entries[Show.ALL].setChecked(True)
        column.addSpacing(10)
        column.addLayout(self._heading())
        column.addWidget(self._sources_area(), 1)
        self._of_places = self._place_entries(column)
        self.places = {"needs": self.entries[Show.NEEDS_YOU], **self._of_places}
        self.settings = Entry("settings", tr("Settings"))
        self.settings.clicked.connect(self.settings_wanted)
        self._group.addButton(self.settings)
        column.addWidget(self.settings)
        for stop in (self.brand, *self.entries.values(), *self._of_places.values(), self.settings):
            stop.moved.connect(self._move)
        self._known: tuple[tuple[str, str], ...] | None = None
        self._narrow = False
        self._marked = ""

    def _place_entries(self, column: QVBoxLayout) -> dict[str, Entry]:
        made = {}
        for key, icon, name in (
            ("deadlines", "deadlines", tr("Deadlines")),
            ("activity", "activity", tr("Activity")),
            ("tools", "tile", tr("Tools")),
        ):
            entry = made[key] = Entry(icon, name)
            entry.clicked.connect(lambda _checked=False, key=key: self.place_wanted.emit(key))
            self._group.addButton(entry)
            column.addWidget(entry)
        return made

    def _heading(self) -> QHBoxLayout:
        row = self._head = QHBoxLayout()
        row.setContentsMargins(8, 0, 2, 0)
        self._title = QLabel(tr("SOURCES"))
        self._title.setFont(fonts.font(tokens.HEADING, 0.3))
        self._title.setProperty("tone", "text2")
        self._title.setMinimumHeight(30)
        self.add = widgets.icon_button("plus", tr("Add a source"), "bare", small=True)
        self.add.clicked.connect(self._add_menu)
        row.addWidget(self._title, 1)
        row.addWidget(self.add)
        return row

    def _sources_area(self) -> QScrollArea:
        area = self._area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inside = QWidget()
        inside.setObjectName("scrolled")
        self._column = QVBoxLayout(inside)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(_BETWEEN)
        self._none = widgets.label(tr("Identities and providers appear here."), tokens.SMALL, "text2", wrap=True)
        self._none.setContentsMargins(8, 0, 8, 0)
        self._column.addWidget(self._none)
        self._column.addStretch(1)
        area.setWidget(inside)
        self.sources: dict[str, Entry] = {}
        self._of_sources: list[Entry] = []
        return area

    def follow(self, snapshot: Snapshot, now: datetime) -> None:
        """Show the counts and sources of a snapshot."""
        live = pinned = 0
        for view in snapshot.sessions:
            live += view.live(now)
            pinned += view.pinned
        needs = len(snapshot.needs)
        counts = {Show.ALL: len(snapshot.sessions), Show.NEEDS_YOU: needs, Show.ACTIVE: live, Show.PINNED: pinned}
        for show, count in counts.items():
            self.entries[show].set_aside(text.number(count), pill=show is Show.NEEDS_YOU and count > 0)
        configured = snapshot.configuration
        known = tuple((name, _IDENTITY) for name in configured.identities) + tuple(
            (name, provider.type) for name, provider in configured.providers.items()
        )
        if known != self._known:
            self._known = known
            self._fill(known)
            if self._marked in self.sources:
                # It was marked before there was an entry for it.
                self.mark(Show.ALL, self._marked)
        for provider in snapshot.providers:
            if provider.name in self.sources:
                self.sources[provider.name].set_state(provider_words.look(provider_words.shown(provider, now)))

    def mark(self, show: Show | None, source: str = "") -> None:
        """Mark an entry as the current one; None marks the settings."""
        self._marked = source
        if source in self.sources:
            self.sources[source].setChecked(True)
        elif show is None:
            self.settings.setChecked(True)
        else:
            self.entries[show].setChecked(True)

    def mark_place(self, key: str) -> None:
        """Mark the entry of one of the pages below the sources as the current one."""
        entry = self.places.get(key)
        if entry is not None:
            self._marked = ""
            entry.setChecked(True)

    def mark_nothing(self) -> None:
        """Mark no entry: the page that is open belongs to none."""
        self._marked = ""
        self._group.setExclusive(False)
        for entry in self._group.buttons():
            entry.setChecked(False)
        self._group.setExclusive(True)

    def all_entries(self) -> list[Entry]:
        """The entries from top to bottom."""
        return [*self.entries.values(), *self._of_sources, *self._of_places.values(), self.settings]

    def _move(self, key: int) -> None:
        """Arrow keys move the keyboard from entry to entry; Enter opens what it stands on."""
        stops: list[QWidget] = [self.brand, *self.all_entries()]
        now = self.focusWidget()
        at = stops.index(now) if now in stops else 0
        last = len(stops) - 1
        to = {Qt.Key.Key_Up: max(0, at - 1), Qt.Key.Key_Down: min(at + 1, last), Qt.Key.Key_End: last}
        found = stops[to.get(Qt.Key(key), 0)]
        found.setFocus(Qt.FocusReason.TabFocusReason)
        if self._area.isAncestorOf(found):
            self._area.ensureWidgetVisible(found, 0, _BETWEEN)

    def set_narrow(self, narrow: bool) -> None:
        """Icons alone, or the names too."""
        if narrow == self._narrow:
            return
        self._narrow = narrow
        self.setFixedWidth((tokens.SIDEBAR_NARROW if narrow else tokens.SIDEBAR) - 1)
        self.brand.narrow = narrow
        self._title.setVisible(not narrow)
        self._head.setContentsMargins(*((7, 0, 8, 0) if narrow else (8, 0, 2, 0)))
        self._none.setVisible(not narrow and not self._known)
        for entry in self.all_entries():
            entry.set_narrow(narrow)

    def _fill(self, known: tuple[tuple[str, str], ...]) -> None:
        checked = next((name for name, entry in self.sources.items() if entry.isChecked()), "")
        for entry in self._of_sources:
            self._group.removeButton(entry)
            self._column.removeWidget(entry)
            entry.deleteLater()
        # A list of its own: an identity and a provider may bear the same name.
        self._of_sources = [self._source_entry(name, kind) for name, kind in known]
        self.sources = {entry.text(): entry for entry in self._of_sources}
        for place, entry in enumerate(self._of_sources, 1):
            self._column.insertWidget(place, entry)
        widgets.in_reading_order(self.add, *self._of_sources)
        self._none.setVisible(not known and not self._narrow)
        if checked:
            self.mark(Show.ALL, checked)

    def _source_entry(self, name: str, kind: str) -> Entry:
        entry = Entry("key" if kind == _IDENTITY else provider_words.kind_icon(kind), name)
        entry.set_aside(text.source_word(kind))
        entry.set_narrow(self._narrow)
        wanted = self.source_wanted if kind == _IDENTITY else self.provider_wanted
        fill = self._identity_menu if kind == _IDENTITY else self._provider_menu
        entry.clicked.connect(lambda: wanted.emit(name))
        entry.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        entry.customContextMenuRequested.connect(lambda at: fill(name, entry.mapToGlobal(at)))
        self._group.addButton(entry)
        entry.moved.connect(self._move)
        return entry

    def _identity_menu(self, name: str, at: QPoint) -> None:
        menu = menus.popup(self)
        menus.add(menu, tr("Show its roles"), lambda: self.source_wanted.emit(name), icon="list")
        menus.add(menu, tr("Edit…"), lambda: self.source_edit_wanted.emit(name), icon="edit")
        menus.add(menu, tr("Delete"), lambda: self.source_remove_wanted.emit(name), icon="trash")
        menu.popup(at)

    def _provider_menu(self, name: str, at: QPoint) -> None:
        menu = menus.popup(self)
        menus.add(menu, tr("Sign in"), lambda: self.sign_in_wanted.emit(name), icon="sign-in")
        menus.add(menu, tr("Show its roles"), lambda: self.source_wanted.emit(name), icon="list")
        menu.addSeparator()
        menus.add(menu, tr("Edit…"), lambda: self.provider_edit_wanted.emit(name), icon="edit")
        menus.add(menu, tr("Delete"), lambda: self.provider_remove_wanted.emit(name), icon="trash")
        menu.popup(at)

    def _add_menu(self) -> None:
        menu = menus.popup(self)
        menus.add(menu, tr("IAM user…"), self.add_identity_wanted.emit, icon="key")
        menus.add(menu, tr("SAML provider…"), lambda: self.add_provider_wanted.emit("saml"), icon="shield")
        menus.add(menu, tr("OpenID Connect provider…"), lambda: self.add_provider_wanted.emit("oidc"), icon="globe")
        menu.popup(self.add.mapToGlobal(self.add.rect().bottomLeft()))
