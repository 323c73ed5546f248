"""The window: sidebar, list and detail, status bar; pages over list and detail, sheets over everything."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QRect, Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication, QHBoxLayout, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from app.domain.view import SessionView
from app.ui import (
    acts,
    provider_words,
    theme,
    tokens,
    widgets,
    window_keys,
    window_place,
    window_wiring,
)
from app.ui.detail_panel import DetailPanel
from app.ui.doer import Doer
from app.ui.keyring_offer import KeyringOffer
from app.ui.list_page import ListPage, source_words
from app.ui.list_work import ListWork
from app.ui.pace import MANY, Pace
from app.ui.pages import Pages
from app.ui.prompts import Prompts
from app.ui.roles_page import RolesPage
from app.ui.session_model import SessionModel, Show, Sort
from app.ui.sidebar import Sidebar
from app.ui.status_bar import StatusBar
from app.ui.text import tr
from app.ui.toasts import Toasts
from app.ui.waiting_strip import WaitingStrip

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QCloseEvent, QHideEvent, QKeyEvent, QMoveEvent, QPaintEvent, QResizeEvent, QShowEvent

    from app.core.intents import Intents
    from app.ui.acts import Act
    from app.ui.palette_finder import Finder
    from app.ui.window_state import WindowState

_TICK_MS = 1000
_KEEP_MS = 500


class MainWindow(QMainWindow):
    """The one window. `quit_wanted` asks whoever made it to end; `demo_wanted` to start the stand-in instead.

    `painted` is emitted once, after all of it was painted for the first time.
    `hidden` is emitted when closing left only the tray; `tray` must be set by the tray when there is one.
    `settings_path` is where the settings file lies, to be shown.
    """

    quit_wanted = Signal()
    demo_wanted = Signal()
    hidden = Signal()
    changed = Signal()
    painted = Signal()

    def __init__(self, intents: Intents, *, state: WindowState, demo: bool = False, settings_path: str = "") -> None:
        super().__init__()
        self.settings_path = settings_path
        self.intents, self.state, self.demo = intents, state, demo
        self.tray = False
        self._ending = self._painted = False
        self.finder: Finder | None = None
        self.setWindowTitle(tr("Rolecall — demo") if demo else tr("Rolecall"))
        self.setMinimumSize(window_place.smallest())
        app = QApplication.instance()
        self._focus_ring = widgets.FocusRing(app) if isinstance(app, QApplication) else None
        self._build()
        window_wiring.connect(self)
        self.list_work = ListWork(self)
        self._of_list = window_keys.install(self)
        self._tick = QTimer(self, interval=_TICK_MS)
        self._tick.timeout.connect(self._ticked)
        self._keep = QTimer(self, singleShot=True, interval=_KEEP_MS)
        self._keep.timeout.connect(self._remember)
        window_place.restore(self, state)
        if state.now.sort in {sort.value for sort in Sort}:
            self.model.sort_by(Sort(state.now.sort))
        self.model.set_folded(state.now.folded)
        self._pace = Pace(self.follow, lambda: len(self.intents.snapshot().sessions) >= MANY, self)
        self._unsubscribe: Callable[[], None] | None = intents.subscribe(self._pace.tell)
        self.follow()
        if not self.roles.list_page.list.choose(state.now.chosen):
            self.roles.list_page.list.choose_first()
        self.roles.list_page.list.setFocus()
        window_place.open_again(self, state.now.page)

    # --- Making ----------------------------------------------------------------------------------------------------

    def _build(self) -> None:
        # From the outside to the inside: each time something moves into something else, Qt dresses all of it anew
        middle = QWidget(self)
        self.setCentralWidget(middle)
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        row = QHBoxLayout()
        row.setSpacing(0)
        column.addLayout(row, 1)
        self.sidebar, self.stack = Sidebar(), QStackedWidget()
        row.addWidget(self.sidebar)
        row.addWidget(widgets.rule(vertical=True))
        right = QVBoxLayout()
        right.setSpacing(0)
        row.addLayout(right, 1)
        self.toasts = Toasts(self.stack)
        self.waiting = WaitingStrip(self.intents, self.toasts)
        right.addWidget(self.waiting)
        right.addWidget(self.stack, 1)
        self.model = SessionModel(self.intents.now, self)
        self.stack.currentChanged.connect(self.toasts.stay_above)
        self.doer = Doer(self.intents, self.toasts, self.state, self)
        self.roles = RolesPage(self._list_page, self._detail, self.stack, detail_open=self.state.now.detail)
        self.stack.addWidget(self.roles)
        self.toasts.area = self._toast_area
        self.status = StatusBar()
        column.addWidget(self.status)
        self.prompts = Prompts(self, self.intents)
        self.pages = Pages(self)
        KeyringOffer(self)

    def _list_page(self, parent: QWidget) -> ListPage:
        return ListPage(self.model, self.intents.now, parent)

    def _detail(self, parent: QWidget) -> DetailPanel:
        return DetailPanel(self.doer, self.intents.now, lambda words: self.toasts.say(words, "good"), parent)

    # --- Following the core ----------------------------------------------------------------------------------------

    def follow(self) -> None:
        """Show what the core knows now."""
        snapshot = self.intents.snapshot()
        now = self.intents.now()
        theme.current().set_mode(snapshot.configuration.settings.theme)
        self.model.take(provider_words.told_where(snapshot.sessions, snapshot.needs))
        self.sidebar.follow(snapshot, now)
        self.status.follow(snapshot.health, snapshot.sessions, now)
        self.roles.list_page.follow(snapshot)
        self.show_detail(self.roles.list_page.list.chosen)
        self.roles.list_page.list.tick()
        self.pages.follow(snapshot)
        self.waiting.hidden_for = self.pages.provider_shown
        self.waiting.follow(snapshot)
        self.prompts.follow(snapshot)
        self.changed.emit()

    def show_detail(self, name: str) -> None:
        """Show a profile in the detail panel, or that none is chosen."""
        snapshot = self.intents.snapshot()
        need = next((each for each in snapshot.needs if name in each.profiles), None)
        reason = None if need is None else need.problem
        self.roles.detail.show_view(self.doer.view(name) if name else None, reason)

    def _toast_area(self) -> QRect:
        whole = self.stack.rect()
        if self.stack.currentWidget() is self.roles:
            part = self.roles.list_page.geometry()
            return QRect(part.left(), whole.top(), part.width(), whole.height())
        return whole

    def _ticked(self) -> None:
        if self.stack.currentWidget() is self.roles:
            self.roles.list_page.list.tick()
            self.roles.detail.tick()
        else:
            self.pages.tick()

    # --- What others ask for ---------------------------------------------------------------------------------------

    def come(self) -> None:
        """Bring the window before the person who asked for it."""
        if self.isMinimized():
            self.showNormal()
        self.show()
        self.raise_()
        self.activateWindow()

    def reveal(self, name: str) -> None:
        """Show one profile with its details."""
        self.come()

        def lead() -> None:
            self.show_roles()
            rows = self.roles.list_page.list
            if self.model.row_of(name) < 0:
                self.clear()
            view = self.doer.view(name)
            if self.model.row_of(name) < 0 and view is not None and view.group in self.model.folded:
                self.model.fold(view.group)
            if rows.choose(name):
                self.roles.open_detail()
                rows.setFocus()

        self.pages.leave(lead)

    def answer(self, name: str = "") -> None:
        """Open the question a profile waits for."""
        self.come()
        if not self.prompts.answer(name) and name:
            self.doer.assume(name)

    def answer_need(self, key: str) -> None:
        """Open the question of that key."""
        self.come()
        self.prompts.answer_need(key)

    def show_page(self, page: QWidget) -> None:
        """Lay a page over list and detail."""
        if self.stack.indexOf(page) < 0:
            self.stack.addWidget(page)
        self.stack.setCurrentWidget(page)
        self.waiting.hidden_for = self.pages.provider_shown
        self.waiting.follow(self.intents.snapshot())
        for action in self._of_list:
            action.setEnabled(page is self.roles)

    def show_roles(self) -> None:
        """Show list and detail again; or how to begin, while there is no role."""
        home = self.pages.home()
        self.show_page(home)
        self.sidebar.mark(self.model.shown, self.model.source)
        (self.roles.list_page.list if home is self.roles else home).setFocus()

    def show_only(self, show: Show, source: str = "") -> None:
        """Show all of what a sidebar entry stands for: what was searched for elsewhere hides nothing of it."""
        self.show_roles()
        self.roles.list_page.search.clear()
        self.model.show_only(show, source)
        self.sidebar.mark(show, source)
        self.roles.list_page.strip.show_source(source, source_words(self.intents.snapshot().configuration, source))
        self._ensure_chosen()

    def sees(self, name: str) -> bool:
        """Whether a person looking at the window sees this profile's row."""
        row = self.model.row_of(name)
        if row < 0 or not self.isVisible() or self.isMinimized() or self.stack.currentWidget() is not self.roles:
            return False
        rows = self.roles.list_page.list
        return rows.viewport().rect().intersects(rows.visualRect(self.model.index(row)))

    def end(self) -> None:
        """Close for good: the program ends."""
        self._ending = True
        if self._unsubscribe is not None:
            self._unsubscribe()
            self._unsubscribe = None
            self._pace.stop()
        self._remember()
        self.close()

    # --- Keys and clicks -------------------------------------------------------------------------------------------

    def press(self, name: str) -> None:
        """Do what the button of a row says."""
        view = self.doer.view(name)
        if view is not None:
            self.doer.do(acts.button(view, self.intents.now()), name)

    def enter(self, name: str) -> None:
        """Do what Enter does on a row, or assume all that are selected: never ends anything."""
        if self.list_work.on_several(acts.Act.ASSUME):
            return
        view = self.doer.view(name)
        act = None if view is None else acts.on_enter(view, self.intents.now())
        if act is not None:
            self.doer.do(act, name)

    def on_chosen(self, act: Act) -> None:
        """Do an act on the chosen profile, or on all that are selected."""
        if self.list_work.on_several(act):
            return
        chosen = self.roles.list_page.list.chosen
        if chosen:
            self.doer.do(act, chosen)

    def search(self) -> None:
        """Bring the keyboard to the search of the open page; where it has none, to that of the roles."""
        to_search = getattr(self.pages.page, "to_search", None)
        if to_search is None or not to_search():
            self.pages.leave(self._search)

    def _search(self) -> None:
        if self.pages.home() is not self.roles:
            return
        if self.stack.currentWidget() is not self.roles:
            self.show_roles()
        self.roles.list_page.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.roles.list_page.search.selectAll()

    def typed(self, letters: str) -> None:
        """Search for what is typed into the list."""
        self.roles.list_page.search.setFocus(Qt.FocusReason.OtherFocusReason)
        self.roles.list_page.search.insert(letters)

    def escape(self) -> None:
        """One step back: out of the search, the detail that lies over the list, or the filter."""
        search = self.roles.list_page.search
        if search.text():
            search.clear()
        elif self.roles.fold_over():
            pass
        elif self.model.filtered:
            self.show_only(Show.ALL)
        self.roles.list_page.list.setFocus()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Tell that it is there, once what lies in it is painted too."""
        super().paintEvent(event)
        if not self._painted:
            self._painted = True
            QTimer.singleShot(0, self.painted.emit)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leaves an open page also from the sidebar or the line at the bottom."""
        page = self.pages.page
        if event.key() == Qt.Key.Key_Escape and page is not None:
            page.leave()
        else:
            super().keyPressEvent(event)

    def clear(self) -> None:
        """Show all roles again."""
        self.show_only(Show.ALL)

    def _ensure_chosen(self) -> None:
        rows = self.roles.list_page.list
        if not rows.chosen:
            rows.choose_first()

    def sort(self, sort: Sort) -> None:
        """Put the list into another order, and remember it."""
        self.model.sort_by(sort)
        self.state.keep(sort=sort.value)

    def show_group(self, group: str) -> None:
        """Show the roles of a group, with the first of them chosen."""
        self.show_only(Show.ALL)
        if self.model.sorting is not Sort.GROUP:
            self.sort(Sort.GROUP)
        if group in self.model.folded:
            self.model.fold(group)
        rows = self.model.rows()
        first = next((row for row in rows if isinstance(row, SessionView) and row.group == group), None)
        if first is not None:
            self.roles.list_page.list.choose(first.name)

    def shell_menu(self) -> None:
        """Offer the shells whose environment can be copied."""
        from app.ui import window_menus

        window_menus.shells(self, self.roles.list_page.list.chosen)

    def find_anything(self) -> None:
        """Open the palette, unless something else is being asked."""
        from app.ui.palette import Palette

        if self._free():
            Palette(self).open()

    def show_shortcuts(self) -> None:
        """Open the sheet of keyboard shortcuts."""
        from app.ui.shortcut_sheet import ShortcutSheet

        if self._free():
            ShortcutSheet(self).open()

    def _free(self) -> bool:
        from app.ui.sheet import Sheet

        return not any(sheet.isVisible() for sheet in self.findChildren(Sheet))

    # --- Place and visibility --------------------------------------------------------------------------------------

    def _remember(self) -> None:
        window_place.remember(self, self.state)
        rows = self.roles.list_page.list
        self.state.keep(folded=self.model.folded, chosen=rows.chosen, page=window_place.open_now(self))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fold what has no room."""
        super().resizeEvent(event)
        wide = event.size().width()
        self.sidebar.set_narrow(wide < tokens.SIDEBAR_FOLDS_UNDER)
        self.roles.set_roomy(wide >= tokens.DETAIL_FOLDS_UNDER)
        self._keep.start()

    def moveEvent(self, event: QMoveEvent) -> None:
        """Remember the place."""
        super().moveEvent(event)
        self._keep.start()

    def showEvent(self, event: QShowEvent) -> None:
        """Count down while somebody can see it; the keyboard is in the list, not where hiding has left it."""
        super().showEvent(event)
        self._look()
        if event.spontaneous() or self.prompts.sheet is not None or self.pages.page is not None:
            return
        home = self.pages.home()
        (self.roles.list_page.list if home is self.roles else home).setFocus()

    def hideEvent(self, event: QHideEvent) -> None:
        """Nobody sees it: no counting down."""
        super().hideEvent(event)
        self._remember()
        self._look()

    def changeEvent(self, event: QEvent) -> None:
        """A minimized window is not seen either."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.WindowStateChange:
            self._look()

    def _look(self) -> None:
        if self.isVisible() and not self.isMinimized():
            self.follow()
            self._tick.start()
        else:
            self._tick.stop()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Leave the tray running; without a tray, minimize. Quitting is another wish."""
        if self._ending:
            event.accept()
            return
        event.ignore()
        if self.tray:
            self.hide()
            self.hidden.emit()
        else:
            self.showMinimized()
