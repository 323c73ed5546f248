"""The toolbar and the list below it; banners where something in the settings is wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtGui import QAction, QActionGroup, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QStackedLayout, QVBoxLayout, QWidget

from app.ui import icons, keyring_offer, menus, theme, tokens, widgets
from app.ui.detail_parts import Box
from app.ui.selection_bar import SelectionBar
from app.ui.session_list import SessionList
from app.ui.session_model import SessionModel, Sort
from app.ui.text import plural, source_word, tr

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from app.domain.configuration import Configuration
    from app.domain.errors import Problem
    from app.domain.view import Snapshot


class Search(QLineEdit):
    """The search field: a lens, the words, and the key that leads here."""

    left_down = Signal()
    escaped = Signal()
    entered = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setPlaceholderText(tr("Search roles, accounts, regions"))
        self.setAccessibleName(tr("Search roles"))
        self.setClearButtonEnabled(False)
        self._key = QLabel(tr("Ctrl F"), self)
        self._key.setProperty("cap", True)
        self._key.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._clear = widgets.icon_button("close", tr("Clear the search"), "bare", small=True)
        self._clear.setParent(self)
        self._clear.clicked.connect(self.clear)
        self._clear.setCursor(Qt.CursorShape.ArrowCursor)
        self.textChanged.connect(self._dress)
        self._dress()

    def _dress(self) -> None:
        self._key.setVisible(not self.text())
        self._clear.setVisible(bool(self.text()))
        self._place()

    def _place(self) -> None:
        rtl = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        before, after = 25, 52
        self.setTextMargins(after if rtl else before, 0, before if rtl else after, 0)
        size = self._key.sizeHint()
        size.setHeight(18)
        for widget, wide, high in ((self._key, size.width(), 18), (self._clear, 24, 24)):
            x = 10 if rtl else self.width() - wide - (10 if widget is self._key else 5)
            widget.setGeometry(x, (self.height() - high) // 2, wide, high)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the hint at the end."""
        super().resizeEvent(event)
        self._place()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the lens too."""
        super().paintEvent(event)
        painter = QPainter(self)
        rtl = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        place = QPoint(self.width() - 27 if rtl else 11, (self.height() - 16) // 2)
        picture = icons.pixmap("search", theme.tokens().text2, 16, self.devicePixelRatioF())
        painter.drawPixmap(place, picture)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows and Enter lead into the list, Esc out of the search."""
        if event.key() in {Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_PageDown, Qt.Key.Key_PageUp}:
            self.left_down.emit()
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.entered.emit()
        elif event.key() == Qt.Key.Key_Escape:
            self.escaped.emit()
        else:
            super().keyPressEvent(event)


class SourceStrip(QWidget):
    """Whose roles are shown, with the way to edit that source and the way back; made when it is first shown."""

    edit_wanted = Signal(str)
    cleared = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._name = ""
        widgets.ground(self, "select")
        self.setFixedHeight(40)
        self.hide()

    def _fill(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(tokens.EDGE, 0, 8, 0)
        row.setSpacing(tokens.GAP)
        self._words = widgets.Elided(tokens.BASE_STRONG)
        self.edit = widgets.button(tr("Edit…"), small=True)
        self.edit.clicked.connect(lambda: self.edit_wanted.emit(self._name))
        self._back = widgets.icon_button("close", tr("Show all roles"), "bare", small=True)
        self._back.clicked.connect(self.cleared)
        row.addWidget(self._words, 1)
        row.addWidget(self.edit)
        row.addWidget(self._back)
        widgets.in_reading_order(self, self.edit, self._back)

    def show_source(self, name: str, words: str) -> None:
        """Show a source's name and what it is; an empty name hides the strip."""
        self._name = name
        if not name:
            self.hide()
            return
        if self.layout() is None:
            self._fill()
        self._words.set_whole(words)
        self.show()


class ListPage(QWidget):
    """Search, order, new, and the list."""

    new_role_wanted = Signal()
    new_identity_wanted = Signal()
    new_provider_wanted = Signal(str)
    import_wanted = Signal()
    sorted_by = Signal(Sort)
    clear_wanted = Signal()
    memory_wanted = Signal()

    def __init__(self, model: SessionModel, clock: Callable[[], datetime], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        widgets.ground(self, "surface")
        self.model = model
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._toolbar())
        column.addWidget(widgets.rule())
        self._banner_area = QWidget()
        banners = QVBoxLayout(self._banner_area)
        banners.setContentsMargins(tokens.EDGE, 8, tokens.EDGE, 8)
        self.banner = Box()
        self.banner.wanted.connect(self.memory_wanted)
        banners.addWidget(self.banner)
        self._banner_area.hide()
        column.addWidget(self._banner_area)
        self.strip = SourceStrip()
        column.addWidget(self.strip)
        self.list = SessionList(model, clock)
        self.host = QWidget()
        self._stack = QStackedLayout(self.host)
        self._stack.addWidget(self.list)
        self._stack.addWidget(self._nothing())
        column.addWidget(self.host, 1)
        # Below: rows must not move away from under the pointer that selects them.
        self.selection = SelectionBar()
        column.addWidget(self.selection)
        self.search.textChanged.connect(self._searched)
        model.modelReset.connect(self.tell_emptiness)

    def _toolbar(self) -> QWidget:
        bar = QWidget()
        bar.setFixedHeight(tokens.TOOLBAR - 1)
        row = QHBoxLayout(bar)
        row.setContentsMargins(tokens.EDGE, 0, tokens.EDGE, 0)
        row.setSpacing(tokens.GAP)
        self.search = Search()
        self.sort = widgets.icon_button("sort", tr("Order of the list"), tint="text")
        self.sort.clicked.connect(self._sort_menu)
        self.new = widgets.button(tr("New"), icon="plus")
        self.new.setToolTip(tr("New role or source, or import"))
        self.new.clicked.connect(self._new_menu)
        row.addWidget(self.search, 1)
        row.addWidget(self.sort)
        row.addWidget(self.new)
        return bar

    def _nothing(self) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setSpacing(tokens.GAP)
        column.addStretch(2)
        self._empty = widgets.label("", tokens.BASE, "text2", wrap=True)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._clear = widgets.button(tr("Show all roles"))
        self._clear.clicked.connect(self.clear_wanted)
        column.addWidget(self._empty)
        column.addWidget(self._clear, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)
        return page

    def _searched(self, words: str) -> None:
        self.model.search(words)
        if not words:
            self.list.show_chosen()

    def tell_emptiness(self) -> None:
        """Say why there is nothing, when there is nothing."""
        empty = not self.model.rows()
        if empty and self.model.searching:
            self._empty.setText(tr("No role matches “{words}”.").format(words=self.search.text().strip()))
        elif empty and self.model.filtered:
            self._empty.setText(tr("Nothing here now."))
        elif empty:
            self._empty.setText(tr("No roles yet."))
        self._clear.setVisible(self.model.filtered)
        if self._stack.currentIndex() != int(empty):
            self._stack.setCurrentIndex(int(empty))

    def follow(self, snapshot: Snapshot) -> None:
        """Show what is wrong with settings, file or keyring."""
        problem, more = _trouble(snapshot)
        keyring = problem is not None and problem is snapshot.health.keyring_problem
        more = keyring_offer.meaning() if keyring else more
        self.banner.show_problem(problem, "bad", more, keyring_offer.offer_words() if keyring else "")
        self._banner_area.setVisible(problem is not None)

    def _sort_menu(self) -> None:
        menu = menus.popup(self)
        group = QActionGroup(menu)
        words = {
            Sort.GROUP: tr("By group"),
            Sort.NAME: tr("By name"),
            Sort.STATUS: tr("By status, what needs you first"),
            Sort.TIME_LEFT: tr("By time left"),
            Sort.ACCOUNT: tr("By account"),
        }
        for sort, word in words.items():
            action = QAction(word, menu)
            action.setCheckable(True)
            action.setChecked(sort is self.model.sorting)
            action.triggered.connect(lambda _checked=False, sort=sort: self.sorted_by.emit(sort))
            group.addAction(action)
            menu.addAction(action)
        menu.popup(_below(self.sort))

    def _new_menu(self) -> None:
        menu = menus.popup(self)
        menus.add(menu, tr("Role…"), self.new_role_wanted.emit, icon="shield", key="Ctrl+N")
        menus.add(menu, tr("IAM user…"), self.new_identity_wanted.emit, icon="key")
        menus.add(menu, tr("SAML provider…"), lambda: self.new_provider_wanted.emit("saml"), icon="shield")
        menus.add(menu, tr("OpenID Connect provider…"), lambda: self.new_provider_wanted.emit("oidc"), icon="globe")
        menu.addSeparator()
        menus.add(menu, tr("Import from AWS config…"), self.import_wanted.emit, icon="download")
        menu.popup(_below(self.new), menu.actions()[0])

    def minimumSizeHint(self) -> QSize:
        """It can be as narrow as its toolbar."""
        return QSize(260, 200)


def source_words(configured: Configuration, name: str) -> str:
    """Whose roles are shown, in a sentence's beginning; empty without a source."""
    if name in configured.identities:
        key = configured.identities[name].access_key_id
        return tr("Roles from {name}, IAM user, {key}").format(name=name, key=key)
    if name in configured.providers:
        kind = source_word(configured.providers[name].type)
        return tr("Roles from {name}, {kind}").format(name=name, kind=kind)
    return ""


def _below(button: QWidget) -> QPoint:
    return button.mapToGlobal(QPoint(0, button.height() + 2))


def _trouble(snapshot: Snapshot) -> tuple[Problem | None, str]:
    health = snapshot.health
    for problem in (health.settings_problem, health.file_problem, health.keyring_problem):
        if problem is not None:
            return problem, ""
    refusals = snapshot.configuration.refusals
    if not refusals:
        return None, ""
    first = refusals[0]
    rest = {each.entry for each in refusals} - {first.entry}
    where = tr("In the settings file: {entry}").format(entry=first.entry)
    if first.line:
        where += tr(", line {n}").format(n=first.line)
    more = plural(len(rest), "1 more entry cannot be used.", "{n} more entries cannot be used.") if rest else ""
    return first.problem, f"{where}. {more}".strip()
