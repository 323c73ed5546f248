"""One row, drawn: colour bar, name, status with its shape and words, the action's button. And where each part lies."""

from __future__ import annotations

import enum
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QRegion
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from app.domain.values import dataclass
from app.domain.view import SessionView, Status
from app.ui import acts, fonts, icons, row_links, row_status, text, theme, tokens
from app.ui.acts import Act
from app.ui.row_links import Link
from app.ui.session_model import Header, Role, group_name, group_words

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from app.ui.row_status import Lines
    from app.ui.tokens import Tokens

_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_CENTER = Qt.AlignmentFlag.AlignCenter
_HEADING_SPACING = 0.3
_STATUS_FROM_RIGHT, _BUTTON_MARGIN, _STATUS_GAP = 136, 8, 10
_PADDING = 24
_PLACES_MOST = 256
"""More rows than a screen shows: their parts lie where they lay a second ago."""


class Part(enum.Enum):
    """What lies under the pointer in a row."""

    ROW = "row"
    BUTTON = "button"
    DETAILS = "details"
    HEADER = "header"
    COPY_LINK = "copy link"
    CANCEL_LINK = "cancel link"


_LINKS = {Link.COPY: Part.COPY_LINK, Link.CANCEL: Part.CANCEL_LINK}


@dataclass(frozen=True, slots=True)
class Places:
    """Where the parts of a row lie; not to be changed. `words_of_status` is beside the icon, `lines` are in it."""

    row: QRect
    bar: QRect
    words: QRect
    status: QRect
    icon: QRect
    button: QRect
    words_of_status: QRect
    lines: Lines

    @property
    def details(self) -> QRect:
        """The link in the second line of a failed row's status."""
        return QRect(self.words_of_status.left(), self.row.top() + 24, self.words_of_status.width(), 20)

    @property
    def second(self) -> QRect:
        """The second line below the name."""
        return QRect(self.words.left(), self.words.top() + 27, self.words.width(), 17)


@dataclass(slots=True)
class Pointer:
    """What the pointer and the keyboard are at: rows by number, -1 for none."""

    row: int = -1
    part: Part | None = None
    pressed: int = -1
    keyboard: bool = False


class SessionDelegate(QStyledItemDelegate):
    """Draws headers and rows. `clock` tells the present (UTC); `turn` is the angle of acquiring arcs, degrees."""

    def __init__(self, clock: Callable[[], datetime], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._clock = clock
        self.pointer = Pointer()
        self.turn = 0.0
        self.dirty: QRegion | None = None
        """What is drawn again of the rows; None for all of it."""
        self._button_width = 0
        self._places: dict[tuple[object, ...], Places] = {}

    def button_width(self) -> int:
        """One width for all buttons: 76 px, or what the longest translation asks for."""
        if not self._button_width:
            measure = fonts.metrics(tokens.SMALL_STRONG)
            widest = max(measure.horizontalAdvance(acts.word(act)) for act in acts.BUTTON_ACTS)
            self._button_width = max(tokens.SMALL_BUTTON_WIDTH, round(widest) + _PADDING)
        return self._button_width

    def places(self, rect: QRect, direction: Qt.LayoutDirection = Qt.LayoutDirection.LeftToRight) -> Places:
        """The parts of a row that fills `rect`; mirrored from right to left."""
        key = (rect.x(), rect.y(), rect.width(), rect.height(), direction)
        if key not in self._places:
            if len(self._places) >= _PLACES_MOST:
                self._places.clear()
            self._places[key] = self._placed(rect, direction)
        return self._places[key]

    def _placed(self, rect: QRect, direction: Qt.LayoutDirection) -> Places:
        width = self.button_width()
        button = QRect(
            rect.right() + 1 - _BUTTON_MARGIN - width,
            rect.top() + (rect.height() - tokens.SMALL_BUTTON) // 2,
            width,
            tokens.SMALL_BUTTON,
        )
        status = QRect(button.left() - _STATUS_FROM_RIGHT, rect.top(), _STATUS_FROM_RIGHT - 4, rect.height())
        icon = QRect(status.left(), rect.top() + (rect.height() - tokens.RING) // 2, tokens.RING, tokens.RING)
        bar = QRect(rect.left() + 8, rect.top() + 10, 3, 32)
        words = QRect(rect.left() + 24, rect.top(), status.left() - rect.left() - 24 - 12, rect.height())
        if direction == Qt.LayoutDirection.RightToLeft:
            bar, words, status, icon, button = (
                QStyle.visualRect(direction, rect, each) for each in (bar, words, status, icon, button)
            )
        taken = tokens.RING + _STATUS_GAP
        mirrored = icon.left() > status.left()
        said = status.adjusted(0, 0, -taken, 0) if mirrored else status.adjusted(taken, 0, 0, 0)
        return Places(QRect(rect), bar, words, status, icon, button, said, row_status.lines(said))

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """52 px for rows, 32 px for headers."""
        high = tokens.HEADER if isinstance(index.data(Role.ROW), Header) else tokens.ROW
        return QSize(option.rect.width(), high)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw one line of the list."""
        row = index.data(Role.ROW)
        if isinstance(row, Header):
            self.paint_header(painter, option.rect, row, option.direction, hovered=index.row() == self.pointer.row)
            if self.pointer.keyboard and option.state & QStyle.StateFlag.State_HasFocus:
                _focus(painter, option.rect)
        elif isinstance(row, SessionView):
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self._paint_row(painter, option, row, index.row())

    # --- Header ----------------------------------------------------------------------------------------------------

    def paint_header(
        self, painter: QPainter, rect: QRect, header: Header, direction: Qt.LayoutDirection, *, hovered: bool
    ) -> None:
        """Draw a group's line; the list also draws the one that sticks to its top."""
        t = theme.tokens()
        chevron = QStyle.visualRect(direction, rect, QRect(rect.left() + 8, rect.top() + 10, 12, 12))
        folded = "chevron-left" if direction == Qt.LayoutDirection.RightToLeft else "chevron-right"
        icons.paint(
            painter, QRectF(chevron), folded if header.folded else "chevron-down", t.text if hovered else t.text2
        )
        inner = QStyle.visualRect(direction, rect, rect.adjusted(26, 0, -8, 0))
        painter.setPen(QColor(t.text if hovered else t.text2))
        painter.setFont(fonts.font(tokens.HEADING, _HEADING_SPACING))
        counted = group_words(header)
        taken = round(fonts.metrics(tokens.TINY).horizontalAdvance(counted)) + 16
        named = inner.adjusted(0, 0, -taken, 0)
        measure = fonts.metrics(tokens.HEADING, _HEADING_SPACING)
        name = measure.elidedText(group_name(header).upper(), Qt.TextElideMode.ElideRight, named.width())
        painter.drawText(inner, QStyle.visualAlignment(direction, _LEFT), name)
        painter.setPen(QColor(t.text2))
        painter.setFont(fonts.font(tokens.TINY))
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(inner, QStyle.visualAlignment(direction, right), counted)

    # --- Row -------------------------------------------------------------------------------------------------------

    def _paint_row(self, painter: QPainter, option: QStyleOptionViewItem, view: SessionView, number: int) -> None:
        t = theme.tokens()
        now = self._clock()
        places = self.places(option.rect, option.direction)
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        focused = self.pointer.keyboard and bool(option.state & QStyle.StateFlag.State_HasFocus)
        hovered = number == self.pointer.row
        _ground(painter, option.rect, t, selected=selected, hovered=hovered, focused=focused)
        if self._is_wanted(places.words.united(places.bar)):
            over = next((link for link, part in _LINKS.items() if part is self.pointer.part), None)
            _paint_words(painter, places, view, option.direction, over if hovered else None)
        row_status.paint(painter, places, view, now, option.direction, self._is_wanted, turn=self.turn)
        if self._is_wanted(places.button):
            state = _ButtonState(
                hovered=hovered and self.pointer.part is Part.BUTTON,
                pressed=self.pointer.pressed == number,
                shown=selected or hovered,
            )
            _paint_button(painter, places.button, acts.button(view, now), state, t)

    def _is_wanted(self, place: QRect) -> bool:
        return self.dirty is None or self.dirty.intersects(place)


@dataclass(frozen=True, slots=True, kw_only=True)
class _ButtonState:
    hovered: bool
    pressed: bool
    shown: bool


def _ground(painter: QPainter, rect: QRect, t: Tokens, *, selected: bool, hovered: bool, focused: bool) -> None:
    if not (selected or hovered):
        return
    half = 0.5
    edge = QRectF(rect).adjusted(half, half, -half, -half)
    painter.setBrush(QColor(t.select if selected else t.hover))
    painter.setPen(QColor(t.select_line) if selected else Qt.PenStyle.NoPen)
    painter.drawRoundedRect(edge, tokens.RADIUS, tokens.RADIUS)
    if focused:
        _focus(painter, rect)


def _focus(painter: QPainter, rect: QRect) -> None:
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(QColor(theme.tokens().fill), tokens.FOCUS))
    painter.drawRoundedRect(QRectF(rect).adjusted(1, 1, -1, -1), tokens.RADIUS - 1, tokens.RADIUS - 1)


def _paint_words(
    painter: QPainter, places: Places, view: SessionView, direction: Qt.LayoutDirection, over: Link | None
) -> None:
    t = theme.tokens()
    if view.colour:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(t.bar(view.colour)))
        painter.drawRoundedRect(QRectF(places.bar), 1.5, 1.5)
    words = places.words
    align = QStyle.visualAlignment(direction, _LEFT)
    name = fonts.fitting(tokens.NAME, view.name, words.width() - row_links.marks_width(view))
    painter.setFont(fonts.font(tokens.NAME))
    painter.setPen(QColor(t.text))
    line = QRect(words.left(), words.top() + 7, words.width(), 18)
    painter.drawText(line, align, name)
    wide = round(fonts.metrics(tokens.NAME).horizontalAdvance(name))
    row_links.paint_marks(painter, view, line, wide, direction)
    if row_links.paint_links(painter, view, places.second, direction, over):
        return
    failed = view.status is Status.FAILED and view.problem is not None
    painter.setFont(fonts.font(tokens.SMALL))
    painter.setPen(QColor(t.bad if failed else t.text2))
    line = places.second
    painter.drawText(line, align, fonts.fitting(tokens.SMALL, text.second_line(view), line.width()))


def _paint_button(painter: QPainter, rect: QRect, act: Act, state: _ButtonState, t: Tokens) -> None:
    primary = act is Act.ANSWER
    quiet = act in {Act.STOP, Act.CANCEL} and not (state.shown or state.pressed)
    if not quiet:
        if primary:
            ground = t.fill_press if state.pressed else t.fill_hover if state.hovered else t.fill
        else:
            ground = t.line if state.pressed else t.nav_on if state.hovered else t.button
        half = 0.5
        painter.setPen(QColor(ground if primary else t.border))
        painter.setBrush(QColor(ground))
        edge = QRectF(rect).adjusted(half, half, -half, -half)
        painter.drawRoundedRect(edge, tokens.RADIUS_SMALL, tokens.RADIUS_SMALL)
    painter.setPen(QColor(t.on_fill if primary else t.text2 if quiet else t.text))
    painter.setFont(fonts.font(tokens.SMALL_STRONG))
    painter.drawText(rect, _CENTER, acts.word(act))


def part_at(delegate: SessionDelegate, rect: QRect, point: QPointF, view: SessionView, rtl: bool) -> Part:
    """What lies at a point of a row that fills `rect`."""
    direction = Qt.LayoutDirection.RightToLeft if rtl else Qt.LayoutDirection.LeftToRight
    places = delegate.places(rect, direction)
    at = point.toPoint()
    if places.button.contains(at):
        return Part.BUTTON
    for link, _word, place in row_links.link_places(view, places.second, direction):
        if place.adjusted(-2, -3, 2, 4).contains(at):
            return _LINKS[link]
    return Part.DETAILS if view.status is Status.FAILED and places.details.contains(at) else Part.ROW
