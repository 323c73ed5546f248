"""A sheet over the window: the window goes dim, the keyboard stays in the sheet, Esc leaves it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from app.ui import theme, tokens
from app.ui.widgets import label, rule

_SMALLEST_EDGE = 16
_BORDER = 1


class _Panel(QFrame):
    """The sheet's own ground, with round corners."""

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        look = theme.tokens()
        painter.setBrush(QColor(look.raised))
        painter.setPen(QPen(QColor(look.border), 1))
        radius = tokens.RADIUS_LARGE
        painter.drawRoundedRect(self.rect().toRectF().adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)


class Sheet(QWidget):
    """Lies over a whole window. Fill `body` and `foot`, then `open_sheet`.

    `refused` is emitted on Esc (and by whatever button is connected to it); `closed` once it is gone. Shortcuts of the
    window rest while the keyboard is in here.
    """

    refused = Signal()
    closed = Signal()

    def __init__(
        self, window: QWidget, name: str, *, width: int = tokens.SHEET_WIDTH, top: int = tokens.SHEET_TOP
    ) -> None:
        super().__init__(window)
        self._over = window
        self._width, self._top = width, top
        self._before: QWidget | None = None
        self._last: QWidget | None = None
        self.setAccessibleName(name)
        self.panel = _Panel(self)
        self.panel.setAccessibleName(name)
        column = self._column = QVBoxLayout(self.panel)
        column.setContentsMargins(_BORDER, _BORDER, _BORDER, _BORDER)
        column.setSpacing(0)
        self.body = QVBoxLayout()
        edge = tokens.SHEET_EDGE - _BORDER
        self.body.setContentsMargins(edge, edge, edge, 20)
        self.body.setSpacing(tokens.EDGE)
        column.addLayout(self.body)
        self._line = rule()
        column.addWidget(self._line)
        self.foot = QHBoxLayout()
        self.foot.setContentsMargins(edge, 12, edge, 12)
        self.foot.setSpacing(tokens.GAP)
        column.addLayout(self.foot)
        self.hide()

    def open_sheet(self, focus: QWidget | None = None) -> None:
        """Show it, with the keyboard on `focus`."""
        self._before = QApplication.focusWidget()
        self._over.installEventFilter(self)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._focus_moved)
        self.place()
        self.show()
        self.raise_()
        self._last = focus or self
        self._last.setFocus(Qt.FocusReason.PopupFocusReason)

    def close_sheet(self) -> None:
        """Take it away and give the keyboard back to where it was."""
        if self.isHidden():
            return
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.disconnect(self._focus_moved)
        self._over.removeEventFilter(self)
        inside = QApplication.focusWidget()
        if inside is not None and self.isAncestorOf(inside):
            inside.clearFocus()
        self.hide()
        before = self._before
        if before is not None and _alive(before) and before.isVisible():
            before.setFocus(Qt.FocusReason.PopupFocusReason)
        self.closed.emit()
        self.deleteLater()

    def place(self) -> None:
        """Lay the sheet over the window as it is now, the panel where it belongs."""
        area = self._over.rect()
        self.setGeometry(area)
        width = min(self._width, area.width() - 2 * _SMALLEST_EDGE)
        self.panel.setFixedWidth(width)
        # Text that wraps makes the height depend on the width; without any, the hint is exact.
        flows = self._column.hasHeightForWidth()
        wanted = self._column.totalHeightForWidth(width) if flows else self.panel.sizeHint().height()
        height = min(wanted, area.height() - 2 * _SMALLEST_EDGE)
        top = max(_SMALLEST_EDGE, min(self._top, (area.height() - height) // 2))
        self.panel.setGeometry((area.width() - width) // 2, top, width, height)

    def event(self, event: QEvent) -> bool:
        """Keep the window's shortcuts away, and fit the panel to what it holds."""
        if event.type() is QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        done = super().event(event)
        if event.type() is QEvent.Type.LayoutRequest and self.isVisible():
            self.place()
        return done

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the size of the window."""
        if watched is self._over and event.type() is QEvent.Type.Resize:
            self.place()
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc refuses; no other key reaches the window."""
        if event.key() == Qt.Key.Key_Escape:
            self.refused.emit()
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click beside the panel changes nothing: what was typed here may be wanted still."""
        event.accept()

    def wheelEvent(self, event: QEvent) -> None:
        """The list below does not scroll."""
        event.accept()

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab goes round inside."""
        stops = [each for each in self._chain() if each.focusPolicy() & Qt.FocusPolicy.TabFocus and each.isEnabled()]
        stops = [each for each in stops if each.isVisible() and each.focusProxy() is None]
        if not stops:
            return True
        now = QApplication.focusWidget()
        at = stops.index(now) if now in stops else (-1 if forward else 0)
        reason = Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason
        stops[(at + (1 if forward else -1)) % len(stops)].setFocus(reason)
        return True

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the scrim."""
        QPainter(self).fillRect(self.rect(), QColor(theme.tokens().scrim))

    def _chain(self) -> list[QWidget]:
        found: list[QWidget] = []
        each = self.nextInFocusChain()
        while each is not None and each is not self:
            if self.isAncestorOf(each):
                found.append(each)
            each = each.nextInFocusChain()
        return found

    def _focus_moved(self, _old: QWidget | None, new: QWidget | None) -> None:
        if new is None or new.window() is not self.window() or not self._on_top():
            return
        if new is self or self.isAncestorOf(new):
            self._last = new
        elif self._last is not None and _alive(self._last):
            self._last.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_top(self) -> bool:
        sheets = [each for each in self._over.children() if isinstance(each, Sheet) and each.isVisible()]
        return bool(sheets) and sheets[-1] is self


def heading(words: str, below: QWidget | None = None, tile: QWidget | None = None) -> QHBoxLayout:
    """The top of a sheet: an icon tile, a title, and a line below it."""
    row = QHBoxLayout()
    row.setSpacing(12)
    if tile is not None:
        row.addWidget(tile, 0, Qt.AlignmentFlag.AlignTop)
    column = QVBoxLayout()
    column.setSpacing(1)
    title = label(words, tokens.TITLE, wrap=True)
    title.setObjectName("title")
    column.addWidget(title)
    if below is not None:
        column.addWidget(below)
    column.addStretch()
    row.addLayout(column, 1)
    return row


def _alive(widget: QWidget) -> bool:
    from shiboken6 import isValid

    return bool(isValid(widget))
