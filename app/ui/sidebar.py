"""The sidebar: what to look at, where roles come from, settings. Icons alone when the window is narrow."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from app.ui import fonts, icons, menus, text, theme, tokens, widgets
from app.ui.session_model import Show, shows
from app.ui.text import tr

if TYPE_CHECKING:
    from datetime import datetime

    from app.domain.view import Snapshot

_HIGH, _BETWEEN, _ICON = 30, 2, 16
_PILL = 18


class _Button(QAbstractButton):
    """Enter clicks it too, as Space does."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Notice Enter."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.click()
        else:
            super().keyPressEvent(event)


class Entry(_Button):
    """One line of the sidebar: icon, name, and a count, a pill or a word at the right."""

    def __init__(self, icon: str, name: str, *, checkable: bool = True) -> None:
        super().__init__()
        self.setText(name)
        self.setCheckable(checkable)
        self.setFixedHeight(_HIGH)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._icon = icon
        self._aside = ""
        self._pill = False
        self._narrow = False
        self.setAccessibleName(name)
        theme.current().changed.connect(self.update)

    def set_aside(self, words: str, *, pill: bool = False) -> None:
        """What stands at the right; a pill is for what needs the person."""
        if (words, pill) != (self._aside, self._pill):
            self._aside, self._pill = words, pill
            self.setAccessibleName(f"{self.text()}, {words}" if words else self.text())
            self._tell()
            self.update()

    @property
    def aside(self) -> str:
        """What stands at the right."""
        return self._aside

    def set_narrow(self, narrow: bool) -> None:
        """Show the icon alone; the name becomes the tool tip."""
        self._narrow = narrow
        self._tell()
        self.update()

    def _tell(self) -> None:
        self.setToolTip(widgets.tip(self.accessibleName()) if self._narrow else "")

    def sizeHint(self) -> QSize:
        """As wide as there is room."""
        return QSize(tokens.SIDEBAR - 16, _HIGH)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the line."""
        t = theme.tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        current = self.isChecked() or self.isDown()
        if current or self.underMouse():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(t.nav_on if current else t.line))
            painter.drawRoundedRect(QRectF(self.rect()), tokens.RADIUS_SMALL, tokens.RADIUS_SMALL)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(t.fill), tokens.FOCUS))
            painter.drawRoundedRect(
                QRectF(self.rect()).adjusted(1, 1, -1, -1), tokens.RADIUS_SMALL, tokens.RADIUS_SMALL
            )
        left = (self.width() - _ICON) // 2 if self._narrow else 8
        place = self._mirrored(QRect(left, (self.height() - _ICON) // 2, _ICON, _ICON))
        icons.paint(painter, QRectF(place), self._icon, t.text if current else t.text2)
        if self._narrow:
            if self._pill:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(QColor(t.fill))
                painter.drawEllipse(QRectF(place.right() - 2, place.top() - 3, 8, 8))
            return
        taken = self._paint_aside(painter)
        words = self._mirrored(QRect(34, 0, max(0, self.width() - 34 - 8 - taken), self.height()))
        painter.setFont(fonts.font(tokens.BASE_STRONG if current else tokens.BASE))
        painter.setPen(QColor(t.text))
        fit = painter.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, words.width())
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeading, fit)

    def _paint_aside(self, painter: QPainter) -> int:
        if not self._aside:
            return 0
        t = theme.tokens()
        painter.setFont(fonts.font(tokens.HEADING if self._pill else tokens.TINY_STRONG))
        wide = painter.fontMetrics().horizontalAdvance(self._aside)
        if self._pill:
            wide = max(_PILL, wide + 10)
        place = self._mirrored(QRect(self.width() - 8 - wide, (self.height() - _PILL) // 2, wide, _PILL))
        if self._pill:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(t.fill))
            painter.drawRoundedRect(QRectF(place), _PILL / 2, _PILL / 2)
        painter.setPen(QColor(t.on_fill if self._pill else t.text2))
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter, self._aside)
        return wide + 8

    def _mirrored(self, rect: QRect) -> QRect:
        return self.style().visualRect(self.layoutDirection(), self.rect(), rect)


class Brand(_Button):
    """The mark and the name; a click opens the application's menu."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedHeight(36)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(tr("Rolecall: menu of the application"))
        self.narrow = False
        theme.current().changed.connect(self.update)

    def sizeHint(self) -> QSize:
        """As wide as there is room."""
        return QSize(tokens.SIDEBAR - 16, 36)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw mark and name."""
        t = theme.tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.underMouse() or self.hasFocus() or self.isDown():
            painter.setPen(QPen(QColor(t.fill), tokens.FOCUS) if self.hasFocus() else Qt.PenStyle.NoPen)
            painter.setBrush(
                QColor(t.nav_on if self.isDown() else t.line) if not self.hasFocus() else Qt.BrushStyle.NoBrush
            )
            painter.drawRoundedRect(
                QRectF(self.rect()).adjusted(1, 1, -1, -1), tokens.RADIUS_SMALL, tokens.RADIUS_SMALL
            )
        mark = QRect((self.width() - 22) // 2 if self.narrow else 8, 7, 22, 22)
        mark = self.style().visualRect(self.layoutDirection(), self.rect(), mark)
        painter.drawPixmap(mark.topLeft(), icons.picture("rolecall", 22, self.devicePixelRatioF()))
        if not self.narrow:
            painter.setFont(fonts.font(tokens.NAME))
            painter.setPen(QColor(t.text))
            place = self.style().visualRect(self.layoutDirection(), self.rect(), self.rect().adjusted(38, 0, -8, 0))
            painter.drawText(place, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeading, "Rolecall")
            chevron = QRect(self.width() - 20, 12, 12, 12)
            chevron = self.style().visualRect(self.layoutDirection(), self.rect(), chevron)
            if self.underMouse() or self.hasFocus() or self.isDown():
                icons.paint(painter, QRectF(chevron), "chevron-down", t.text2)


class Sidebar(QWidget):
    """Says what was chosen by signals; shows counts of a snapshot."""

    show_wanted = Signal(Show)
    source_wanted = Signal(str)
    source_edit_wanted = Signal(str)
    source_remove_wanted = Signal(str)
    add_identity_wanted = Signal()
    settings_wanted = Signal()
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
        self.settings = Entry("settings", tr("Settings"))
        self.settings.clicked.connect(self.settings_wanted)
        self._group.addButton(self.settings)
        column.addWidget(self.settings)
        self._known: tuple[tuple[str, str], ...] | None = None
        self._narrow = False

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
        area = QScrollArea()
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
        return area

    def follow(self, snapshot: Snapshot, now: datetime) -> None:
        """Show the counts and sources of a snapshot."""
        for show, entry in self.entries.items():
            count = sum(shows(show, view, now) for view in snapshot.sessions)
            entry.set_aside(text.number(count), pill=show is Show.NEEDS_YOU and count > 0)
        configured = snapshot.configuration
        known = tuple((name, "identity") for name in configured.identities) + tuple(
            (name, provider.type) for name, provider in configured.providers.items()
        )
        if known != self._known:
            self._known = known
            self._fill(known)

    def mark(self, show: Show | None, source: str = "") -> None:
        """Mark an entry as the current one; None marks the settings."""
        if source in self.sources:
            self.sources[source].setChecked(True)
        elif show is None:
            self.settings.setChecked(True)
        else:
            self.entries[show].setChecked(True)

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
        for entry in (*self.entries.values(), *self.sources.values(), self.settings):
            entry.set_narrow(narrow)

    def _fill(self, known: tuple[tuple[str, str], ...]) -> None:
        checked = next((name for name, entry in self.sources.items() if entry.isChecked()), "")
        for entry in self.sources.values():
            self._group.removeButton(entry)
            self._column.removeWidget(entry)
            entry.deleteLater()
        self.sources = {}
        for place, (name, kind) in enumerate(known, 1):
            entry = Entry({"identity": "key", "oidc": "globe"}.get(kind, "shield"), name)
            entry.set_aside(text.source_word(kind))
            entry.set_narrow(self._narrow)
            entry.clicked.connect(lambda _checked=False, name=name: self.source_wanted.emit(name))
            if kind == "identity":
                entry.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
                entry.customContextMenuRequested.connect(
                    lambda at, name=name, entry=entry: self._source_menu(name, entry.mapToGlobal(at))
                )
            self.sources[name] = entry
            self._group.addButton(entry)
            self._column.insertWidget(place, entry)
        self._none.setVisible(not known and not self._narrow)
        if checked:
            self.mark(Show.ALL, checked)

    def _source_menu(self, name: str, at: QPoint) -> None:
        menu = menus.popup(self)
        menus.add(menu, tr("Show its roles"), lambda: self.source_wanted.emit(name), icon="list")
        menus.add(menu, tr("Edit…"), lambda: self.source_edit_wanted.emit(name), icon="edit")
        menus.add(menu, tr("Delete"), lambda: self.source_remove_wanted.emit(name), icon="trash")
        menu.popup(at)

    def _add_menu(self) -> None:
        menu = menus.popup(self)
        menus.add(menu, tr("IAM user…"), self.add_identity_wanted.emit, icon="key")
        menu.popup(self.add.mapToGlobal(self.add.rect().bottomLeft()))
