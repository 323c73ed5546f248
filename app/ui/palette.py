"""The palette: a few letters find every profile, action and page; Enter does it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QWidget

from app.ui import commands, text, theme, tokens, widgets
from app.ui.key_caps import Caps
from app.ui.mark import Mark
from app.ui.palette_finder import Finder
from app.ui.palette_list import PaletteList, PaletteModel, spoken
from app.ui.sheet import Sheet
from app.ui.text import plural, tr

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QMouseEvent

    from app.ui.main_window import MainWindow

_TICK_MS = 1000
_EDGE = 20


class Field(QLineEdit):
    """Where the wish is typed; keys that move in the list are told, not taken."""

    moved = Signal(int)
    paged = Signal(int)
    tabbed = Signal()
    emptied = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setFrame(False)
        self.setPlaceholderText(tr("Find profiles, actions, pages"))
        self.setAccessibleName(tr("Find anything"))
        theme.current().changed.connect(self._dress)
        self._dress()

    def _dress(self) -> None:
        t, size = theme.tokens(), tokens.TITLE[0]
        self.setStyleSheet(
            f"QLineEdit {{ border: none; background: transparent; padding: 0; font-size: {size}px; color: {t.text}; }}"
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows move, Tab shows more of a profile, Backspace at the beginning goes back."""
        steps = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
        pages = {Qt.Key.Key_PageUp: -1, Qt.Key.Key_PageDown: 1}
        key = event.key()
        if key in steps:
            self.moved.emit(steps[Qt.Key(key)])
        elif key in pages:
            self.paged.emit(pages[Qt.Key(key)])
        elif key == Qt.Key.Key_Backspace and not self.text():
            self.emptied.emit()
        else:
            super().keyPressEvent(event)


class Palette(Sheet):
    """Lies over a window. `open` shows it; it is gone once something was chosen, or nothing."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window, tr("Commands"), width=tokens.PALETTE, top=tokens.PALETTE_TOP)
        self._window = window
        # Kept for the next time: looking at thousands of names takes a while.
        window.finder = window.finder or Finder(window)
        self._finder = window.finder
        self._finder.begin()
        self._of = ""
        self.model = PaletteModel()
        self.list = PaletteList(self.model, window.intents.now)
        self.field = Field()
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(0)
        self.body.addWidget(self._head())
        self.body.addWidget(widgets.rule())
        self._nothing = widgets.label("", tokens.BASE, "text2")
        self._nothing.setContentsMargins(_EDGE, 24, _EDGE, 24)
        self.body.addWidget(self._nothing)
        self.body.addWidget(self.list)
        self._fill_foot()
        self.field.textChanged.connect(self._look)
        self.field.returnPressed.connect(self._run)
        self.field.moved.connect(self.list.step)
        self.field.paged.connect(self.list.page)
        self.field.emptied.connect(lambda: self._narrow(""))
        self.list.chosen.connect(self._clicked)
        self.list.selectionModel().currentChanged.connect(self._told)
        self.refused.connect(self.close_sheet)
        window.changed.connect(self._follow)
        self._tick = QTimer(self, interval=_TICK_MS)
        self._tick.timeout.connect(self.list.viewport().update)
        self.closed.connect(self._tick.stop)

    def open(self) -> None:
        """Show it, with the keyboard in its field."""
        self._look()
        self.open_sheet(self.field)
        self._tick.start()

    @property
    def found(self) -> str:
        """How many were found, in words."""
        return self._count.text()

    def _head(self) -> QWidget:
        head = QWidget()
        head.setFixedHeight(tokens.PALETTE_INPUT)
        row = QHBoxLayout(head)
        row.setContentsMargins(_EDGE, 0, _EDGE, 0)
        row.setSpacing(12)
        self._scope = QLabel()
        self._scope.setTextFormat(Qt.TextFormat.PlainText)
        self._scope.setProperty("tone", "accent")
        self._scope.hide()
        self._count = widgets.label("", tokens.TINY, "text2")
        row.addWidget(Mark("search", "text2", 16))
        row.addWidget(self._scope)
        row.addWidget(self.field, 1)
        row.addWidget(self._count)
        return head

    def _fill_foot(self) -> None:
        self.foot.setContentsMargins(_EDGE, 0, _EDGE, 0)
        self.foot.setSpacing(6)
        self._enter = widgets.label("", tokens.TINY, "text2")
        self._more = widgets.Elided(tokens.TINY, "text2")
        self._tab = Caps(commands.caps("Tab"))
        self._return = Caps(commands.caps("Return"))
        self._move = Caps((*commands.caps("Up"), *commands.caps("Down")))
        for caps, words in (
            (self._move, widgets.label(tr("Select"), tokens.TINY, "text2")),
            (self._return, self._enter),
        ):
            self.foot.addWidget(caps)
            self.foot.addWidget(words)
            self.foot.addSpacing(14)
        self.foot.addWidget(self._tab)
        self.foot.addWidget(self._more, 1)
        self._back = Caps(commands.caps("Esc"))
        self.foot.addWidget(self._back)
        self.foot.addWidget(widgets.label(tr("Close"), tokens.TINY, "text2"))
        self.foot.addStrut(tokens.PALETTE_FOOT)

    # --- Finding ---------------------------------------------------------------------------------------------------

    def _look(self, *_args: object, keep: str = "") -> None:
        wish = self.field.text()
        found = self._finder.acts_of(self._of, wish) if self._of else self._finder.find(wish)
        self.model.take(found)
        row = self.model.row_of(keep) if keep else -1
        self.list.choose(row if row >= 0 else 1)
        if row < 0:
            self.list.scrollToTop()
        self._count.setText(plural(found.count, "{n} found", "{n} found") if wish.strip() or self._of else "")
        self._nothing.setVisible(not found.count)
        self._nothing.setText(tr("Nothing matches “{words}”.").format(words=text.breakable(wish.strip())))
        self.list.setVisible(bool(found.count))
        self._fit()
        self._told()

    def _fit(self) -> None:
        around = tokens.PALETTE_INPUT + tokens.PALETTE_FOOT + 4
        room = max(tokens.PALETTE_ROW * 3, self._window.height() - 2 * tokens.PALETTE_TOP - around)
        most = tokens.PALETTE_ROW * 8 + tokens.PALETTE_HEADING * 3 + 8
        self.list.setFixedHeight(min(self.model.height(), most, room))

    def _follow(self) -> None:
        if self.isHidden():
            return
        entry = self.list.entry
        self._finder.follow(self._window.intents.snapshot())
        self._look(keep="" if entry is None else entry.key)

    def _told(self, *_args: object) -> None:
        entry = self.list.entry
        self._enter.setText("" if entry is None else entry.enter)
        self._return.setVisible(entry is not None)
        profile = "" if entry is None or self._of else entry.profile
        self._tab.setVisible(bool(profile or self._of))
        words = tr("All actions of {name}").format(name=profile) if profile else ""
        self._more.set_whole(tr("Everything else") if self._of else words)
        if entry is not None and self.isVisible():
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self.list, f"{spoken(entry)}, {entry.enter}"))

    def _narrow(self, name: str) -> None:
        """Offer only what can be done with one profile; an empty name offers everything again."""
        if name == self._of:
            return
        self._of = name
        self._scope.setText(name)
        self._scope.setVisible(bool(name))
        self.field.setPlaceholderText(tr("Find an action") if name else tr("Find profiles, actions, pages"))
        self.field.clear()
        self._look()

    # --- Doing -----------------------------------------------------------------------------------------------------

    def _clicked(self, row: int) -> None:
        self.list.choose(row)
        self._run()

    def _run(self) -> None:
        entry = self.list.entry
        if entry is not None:
            self._window.state.used_entry(entry.key)
            # First away: what follows may want the keyboard, or ask something on a sheet.
            self.close_sheet()
            entry.run()

    def close_sheet(self) -> None:
        """Take it away; the window has nothing to tell it any more."""
        if not self.isHidden():
            self._window.changed.disconnect(self._follow)
        super().close_sheet()

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab offers all that can be done with the chosen profile, and everything again."""
        entry = self.list.entry
        if self._of or not forward:
            self._narrow("")
        elif entry is not None and entry.profile:
            self._narrow(entry.profile)
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The key that opens it closes it, too."""
        opening = QKeySequence(commands.command("palette").keys[0])
        if QKeySequence(event.keyCombination()) == opening:
            self.close_sheet()
            event.accept()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click beside it takes it away: nothing typed here is worth keeping."""
        if not self.panel.geometry().contains(event.position().toPoint()):
            self.close_sheet()
        event.accept()
