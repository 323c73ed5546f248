"""The lines of the palette: a model of headings and entries, the delegate that draws them, and their list."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING, TypeAlias

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QPainter, QPen, QTextCharFormat, QTextLayout
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from app.domain.values import dataclass, replace
from app.domain.view import LIVE, Status
from app.ui import fonts, icons, key_caps, rings, text, theme, tokens
from app.ui.commands import caps
from app.ui.palette_entries import Entry, Found, Kind
from app.ui.text import tr

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from PySide6.QtGui import QMouseEvent, QPaintEvent

Index: TypeAlias = QModelIndex | QPersistentModelIndex
_NO_PARENT = QModelIndex()
ROW = Qt.ItemDataRole.UserRole + 1
"""The `Entry` itself, or the heading's words."""

_INSET, _LEFT, _WORDS, _GAP = 8, 12, 44, 12
_ICON = 16
_BOTTOM = 8
_VCENTER = Qt.AlignmentFlag.AlignVCenter


def heading(kind: Kind) -> str:
    """The words above a section."""
    return {Kind.PROFILE: tr("PROFILES"), Kind.ACTION: tr("ACTIONS"), Kind.PAGE: tr("PAGES")}[kind]


class PaletteModel(QAbstractListModel):
    """Headings and entries of what was found, one below the other."""

    def __init__(self) -> None:
        super().__init__()
        self._rows: list[Entry | str] = []

    def take(self, found: Found) -> None:
        """Show this."""
        rows: list[Entry | str] = []
        for kind, entries in found.sections:
            rows += [heading(kind), *entries]
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()

    def entry(self, row: int) -> Entry | None:
        """The entry in a row; None for headings and rows that are not there."""
        found = self._rows[row] if 0 <= row < len(self._rows) else None
        return found if isinstance(found, Entry) else None

    def row_of(self, key: str) -> int:
        """Where the entry of a key stands, or -1."""
        return next((i for i, row in enumerate(self._rows) if isinstance(row, Entry) and row.key == key), -1)

    def height(self) -> int:
        """How high all lines are, in pixels."""
        entries = sum(isinstance(row, Entry) for row in self._rows)
        return entries * tokens.PALETTE_ROW + (len(self._rows) - entries) * tokens.PALETTE_HEADING + _BOTTOM

    def rowCount(self, parent: Index = _NO_PARENT) -> int:
        """The number of lines; a list has no children."""
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Names for display, sentences for screen readers, the entry itself for the delegate."""
        if not index.isValid() or not 0 <= index.row() < len(self._rows):
            return None
        row = self._rows[index.row()]
        if role == ROW:
            return row
        if isinstance(row, str):
            return row if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole} else None
        if role == Qt.ItemDataRole.DisplayRole:
            return row.title
        return spoken(row) if role == Qt.ItemDataRole.AccessibleTextRole else None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Entries can be chosen, headings not."""
        if self.entry(index.row()) is None:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren


def spoken(entry: Entry) -> str:
    """An entry in one sentence."""
    status = "" if entry.view is None else text.status_word(entry.view.status)
    return ", ".join(part for part in (entry.title, entry.aside, status, " ".join(entry.caps)) if part)


@dataclass(frozen=True, slots=True)
class _Said:
    """Words as they are drawn; `places` are the letters that stand out."""

    words: str
    style: tuple[int, int]
    colour: str
    places: tuple[int, ...] = ()


class PaletteDelegate(QStyledItemDelegate):
    """Draws headings and entries. `clock` tells the present (UTC)."""

    def __init__(self, clock: Callable[[], datetime], parent: QListView) -> None:
        super().__init__(parent)
        self._clock, self._list = clock, parent

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        """Headings are lower than entries."""
        return QSize(0, tokens.PALETTE_ROW if isinstance(index.data(ROW), Entry) else tokens.PALETTE_HEADING)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one line."""
        row = index.data(ROW)
        rect: QRect = option.rect
        direction: Qt.LayoutDirection = option.direction
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if isinstance(row, Entry):
            chosen = bool(option.state & QStyle.StateFlag.State_Selected)
            self._paint_entry(painter, rect, row, direction, chosen=chosen)
        else:
            _paint_heading(painter, rect, str(row), direction)
        painter.restore()

    def _paint_entry(
        self, painter: QPainter, rect: QRect, entry: Entry, direction: Qt.LayoutDirection, *, chosen: bool
    ) -> None:
        t = theme.tokens()
        # The scroll bar stands in the margin.
        free = max(0, _INSET - (self._list.width() - self._list.viewport().width()))
        rtl = direction == Qt.LayoutDirection.RightToLeft
        inner = rect.adjusted(free if rtl else _INSET, 0, -_INSET if rtl else -free, 0)
        if chosen:
            painter.setPen(QPen(QColor(t.select_line), 1))
            painter.setBrush(QColor(t.select))
            edge = QRectF(inner).adjusted(0.5, 0.5, -0.5, -0.5)
            painter.drawRoundedRect(edge, tokens.RADIUS, tokens.RADIUS)
        side = tokens.RING if entry.view is not None else _ICON
        middle = inner.left() + _LEFT + tokens.RING // 2
        place = QRect(middle - side // 2, inner.center().y() + 1 - side // 2, side, side)
        place = QStyle.visualRect(direction, inner, place)
        if entry.view is not None:
            rings.paint(painter, QRectF(place), entry.view, self._clock(), t)
        else:
            icons.paint(painter, QRectF(place), entry.icon, t.text if chosen else t.text2)
        taken = self._paint_end(painter, inner, entry, direction, chosen=chosen)
        room = QRect(inner.left() + _WORDS, inner.top(), inner.width() - _WORDS - taken - _GAP, inner.height())
        title = _Said(entry.title, tokens.BASE_STRONG, t.text, entry.title_at)
        used = _paint_words(painter, inner, room, title, direction)
        aside = _Said(entry.aside, tokens.SMALL, t.text2, entry.aside_at)
        _paint_words(painter, inner, room.adjusted(used + _GAP, 0, 0, 0), aside, direction)

    def _paint_end(
        self, painter: QPainter, inner: QRect, entry: Entry, direction: Qt.LayoutDirection, *, chosen: bool
    ) -> int:
        """What stands at the end: status or keys, or what Enter does with the chosen one; returns its width."""
        t = theme.tokens()
        right, taken = inner.right() + 1 - _LEFT, _LEFT
        shown = caps("Return") if chosen else entry.caps
        if shown:
            wide = key_caps.width(shown)
            place = QStyle.visualRect(direction, inner, QRect(right - wide, inner.top(), wide, inner.height()))
            key_caps.paint(painter, place, shown)
            taken += wide
        if chosen:
            word = _Said(entry.enter, tokens.SMALL_STRONG, t.text)
            taken += 6 + _paint_last(painter, inner, taken + 6, word, direction)
        if entry.view is not None:
            words, colour = self._status(entry)
            gap = 24 if chosen else 0
            taken += gap + _paint_last(painter, inner, taken + gap, _Said(words, tokens.SMALL, colour), direction)
        return taken

    def _status(self, entry: Entry) -> tuple[str, str]:
        t, view, now = theme.tokens(), entry.view, self._clock()
        if view is None:
            return "", t.text2
        status, left = text.shown(view, now), view.time_left(now)
        if status in LIVE and left is not None:
            return text.countdown(left), rings.word_of(text.tone(view, now), t)
        colour = {Status.WAITING: t.accent, Status.FAILED: t.bad}.get(status, t.text2)
        return text.status_word(status), colour


def _paint_heading(painter: QPainter, rect: QRect, words: str, direction: Qt.LayoutDirection) -> None:
    painter.setFont(fonts.font(tokens.HEADING, 0.3))
    painter.setPen(QColor(theme.tokens().text2))
    place = QStyle.visualRect(direction, rect, rect.adjusted(_INSET + _LEFT, 4, -_INSET, 0))
    painter.drawText(place, _VCENTER | Qt.AlignmentFlag.AlignLeading, words)


def _paint_last(painter: QPainter, inner: QRect, after: int, said: _Said, direction: Qt.LayoutDirection) -> int:
    """Words that end `after` pixels before the end of the line; returns their width."""
    wide = round(fonts.metrics(said.style).horizontalAdvance(said.words)) + 1
    place = QRect(inner.right() + 1 - after - wide, inner.top(), wide, inner.height())
    painter.setFont(fonts.font(said.style))
    painter.setPen(QColor(said.colour))
    painter.drawText(QStyle.visualRect(direction, inner, place), Qt.AlignmentFlag.AlignCenter, said.words)
    return wide


def _paint_words(painter: QPainter, inner: QRect, room: QRect, said: _Said, direction: Qt.LayoutDirection) -> int:
    """Words with the letters that match standing out; returns their width. What does not fit is elided."""
    if not said.words or room.width() <= 0:
        return 0
    laid = _laid(said)
    wide = ceil(laid.lineAt(0).naturalTextWidth())
    if wide > room.width():
        measure = fonts.metrics(said.style)
        more = wide - measure.horizontalAdvance(said.words)
        words = measure.elidedText(said.words, Qt.TextElideMode.ElideRight, room.width() - more)
        laid = _laid(replace(said, words=words, places=tuple(at for at in said.places if at < len(words) - 1)))
        wide = ceil(laid.lineAt(0).naturalTextWidth())
    place = QStyle.visualRect(direction, inner, QRect(room.left(), room.top(), wide, room.height()))
    top = place.top() + (place.height() - laid.lineAt(0).height()) / 2
    painter.setPen(QColor(said.colour))
    laid.draw(painter, QPointF(place.left(), top))
    return wide


def _laid(said: _Said) -> QTextLayout:
    """One line, laid out as a whole: letters stand where their script wants them, matching or not."""
    laid = QTextLayout(said.words, fonts.font(said.style))
    strong = QTextCharFormat()
    strong.setForeground(QColor(theme.tokens().accent))
    strong.setFontWeight(tokens.SEMIBOLD)
    ranges = []
    for first, length in _runs(said.places):
        each = QTextLayout.FormatRange()
        each.start, each.length, each.format = first, length, strong
        ranges.append(each)
    laid.setFormats(ranges)
    laid.beginLayout()
    laid.createLine()
    laid.endLayout()
    return laid


def _runs(places: tuple[int, ...]) -> list[tuple[int, int]]:
    """Letters side by side as (first, how many)."""
    runs: list[tuple[int, int]] = []
    for place in places:
        if runs and sum(runs[-1]) == place:
            runs[-1] = (runs[-1][0], runs[-1][1] + 1)
        else:
            runs.append((place, 1))
    return runs


class PaletteList(QListView):
    """Shows a `PaletteModel`. The keyboard stays in the field above; the pointer chooses by moving."""

    chosen = Signal(int)

    def __init__(self, model: PaletteModel, clock: Callable[[], datetime]) -> None:
        super().__init__()
        self._model = model
        self.setModel(model)
        self.setItemDelegate(PaletteDelegate(clock, self))
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(tr("What was found"))
        self.setObjectName("scrolled")
        # Its ground hides all below: else each letter typed would paint the window's rows again
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the ground, then the lines."""
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), QColor(theme.tokens().surface))
        painter.end()
        super().paintEvent(event)

    @property
    def entry(self) -> Entry | None:
        """The chosen entry."""
        return self._model.entry(self.currentIndex().row())

    def choose(self, row: int) -> None:
        """Choose the entry in a row, and bring it into sight with the heading right above it."""
        if self._model.entry(row) is None:
            return
        if self._model.entry(row - 1) is None and row > 0:
            self.scrollTo(self._model.index(row - 1))
        self.setCurrentIndex(self._model.index(row))

    def step(self, by: int) -> None:
        """Choose the next entry in a direction, round the ends."""
        count = self._model.rowCount()
        row = self.currentIndex().row()
        for _ in range(count):
            row = (row + by) % count
            if self._model.entry(row) is not None:
                self.choose(row)
                return

    def page(self, by: int) -> None:
        """Choose the entry a page further, or the last there is."""
        rows = max(1, self.viewport().height() // tokens.PALETTE_ROW - 1)
        at = self.currentIndex().row()
        stops = [row for row in range(self._model.rowCount()) if self._model.entry(row) is not None]
        if stops:
            wanted = [row for row in stops if (row >= at + rows if by > 0 else row <= at - rows)]
            self.choose((wanted[0] if by > 0 else wanted[-1]) if wanted else stops[-1 if by > 0 else 0])

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """What lies under the pointer is chosen."""
        index = self.indexAt(event.position().toPoint())
        if self._model.entry(index.row()) is not None:
            self.setCurrentIndex(index)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click does what Enter does."""
        row = self.indexAt(event.position().toPoint()).row()
        if event.button() == Qt.MouseButton.LeftButton and self._model.entry(row) is not None:
            self.chosen.emit(row)
