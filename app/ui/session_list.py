"""The list: rows of two heights laid out by arithmetic, a header that sticks to the top, one button in each row."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QEvent,
    QPoint,
    QPointF,
    QRect,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem, QToolTip, QWidget

from app.domain.view import SessionView, Status
from app.ui import row_status, text, theme, tokens
from app.ui.row_choice import MOVES, ChoiceView
from app.ui.row_drag import RowDrag
from app.ui.session_delegate import Part, SessionDelegate, part_at
from app.ui.session_model import Header, SessionModel
from app.ui.widgets import tip

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from app.ui.row_status import Look

_FRAME_MS = 33
_PLAIN = Qt.KeyboardModifier.NoModifier
_COMMANDS = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier


class SessionList(ChoiceView):
    """Shows a `SessionModel`. Says what was asked for by signals that carry the profile's name."""

    button_clicked = Signal(str)
    entered_on = Signal(str)
    details_wanted = Signal(str)
    fold_detail = Signal()
    typed = Signal(str)
    menu_wanted = Signal(str, QPoint)
    link_wanted = Signal(str)
    cancel_wanted = Signal(str)
    step_wanted = Signal(str, int)

    def __init__(self, model: SessionModel, clock: Callable[[], datetime], parent: QWidget | None = None) -> None:
        super().__init__(model, parent)
        self._clock = clock
        self.delegate = SessionDelegate(clock, self)
        self.setItemDelegate(self.delegate)
        self.setMouseTracking(True)
        self.setAccessibleName(text.tr("Roles"))
        self._spin = QTimer(self)
        self._spin.setInterval(_FRAME_MS)
        self._spin.timeout.connect(self._turn)
        self.drag = RowDrag(self, model)
        self._looks: dict[int, Look] = {}
        # Its ground hides all below: else each second would paint the window below its rows again
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        model.modelAboutToBeReset.connect(self.remember)
        self.setModel(model)
        model.modelReset.connect(self._recall)
        theme.current().changed.connect(self.viewport().update)

    def _recall(self) -> None:
        self.delegate.pointer.row = self.delegate.pointer.pressed = -1
        self.drag.cancel()
        self.recall()

    # --- Time ------------------------------------------------------------------------------------------------------

    def tick(self) -> None:
        """Draw again what changes with the time, where it can be seen."""
        turning, now, direction = False, self._clock(), self.layoutDirection()
        before, self._looks = self._looks, {}
        for row in self._seen():
            view = self._sessions.view_at(row)
            look = None if view is None else row_status.look(view, now)
            if view is None or look is None:
                continue
            self._looks[row] = look
            turning = turning or view.status is Status.ACQUIRING
            places = self.delegate.places(self._rect(row), direction)
            for place in row_status.changed(before.get(row), look, places):
                self.viewport().update(place)
        if turning and theme.moves() and not self._spin.isActive():
            self._spin.start()

    def _turn(self) -> None:
        now = self._clock()
        self.delegate.turn = (self.delegate.turn + 360 * _FRAME_MS / tokens.TURN) % 360
        views = ((row, self._sessions.view_at(row)) for row in self._seen())
        turning = [row for row, view in views if view is not None and text.shown(view, now) is Status.ACQUIRING]
        for row in turning:
            self.viewport().update(self.delegate.places(self._rect(row), self.layoutDirection()).icon)
        if not turning or not self.isVisible():
            self._spin.stop()

    # --- Drawing ---------------------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the rows in sight, then the header over them."""
        painter = QPainter(self.viewport())
        dirty = event.region()
        painter.setClipRegion(dirty)
        painter.fillRect(dirty.boundingRect(), theme.current().colour("surface"))
        self.delegate.dirty = dirty
        option = QStyleOptionViewItem()
        option.initFrom(self)
        plain = QStyle.StateFlag.State_Enabled
        focus = QStyle.StateFlag.State_HasFocus if self.hasFocus() else plain
        current = self.currentIndex().row()
        chosen = self.selectionModel()
        for row in self._seen():
            rect = self._rect(row)
            if not dirty.intersects(rect):
                continue
            option.rect = rect
            index = self._sessions.index(row)
            option.state = plain | focus if row == current else plain
            if chosen.isSelected(index):
                option.state |= QStyle.StateFlag.State_Selected
            self.delegate.paint(painter, option, index)
        self.delegate.dirty = None
        sticking = self._sticking()
        if sticking is not None and dirty.intersects(sticking[1]):
            self._paint_sticking(painter, *sticking)
        self.drag.paint(painter)
        painter.end()

    def _paint_sticking(self, painter: QPainter, row: int, rect: QRect) -> None:
        header = self._sessions.rows()[row]
        if isinstance(header, Header):
            t = theme.current()
            across = QRect(0, rect.top(), self.viewport().width(), rect.height())
            painter.fillRect(across, t.colour("surface"))
            painter.fillRect(QRect(0, rect.bottom(), across.width(), 1), t.colour("line"))
            self.delegate.paint_header(
                painter, rect, header, self.layoutDirection(), hovered=row == self.delegate.pointer.row
            )

    def button_of(self, name: str) -> QRect:
        """Where the button of a row in view is drawn, in the viewport's coordinates."""
        row = self._sessions.row_of(name)
        return self.delegate.places(self._rect(row), self.layoutDirection()).button

    # --- Pointer and keys ------------------------------------------------------------------------------------------

    def _part(self, point: QPoint) -> tuple[int, Part | None]:
        row = self.indexAt(point).row()
        if row < 0:
            return -1, None
        view = self._sessions.view_at(row)
        if view is None:
            return row, Part.HEADER
        rtl = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        return row, part_at(self.delegate, self._rect(row), QPointF(point), view, rtl)

    def _point_at(self, point: QPoint) -> None:
        pointer = self.delegate.pointer
        found = self._part(point) if self.viewport().rect().contains(point) else (-1, None)
        if found == (pointer.row, pointer.part):
            return
        for row in {pointer.row, found[0]}:
            self.viewport().update(self._across(row))
        pointer.row, pointer.part = found
        hand = found[1] not in {None, Part.ROW}
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor if hand else Qt.CursorShape.ArrowCursor)

    def _across(self, row: int) -> QRect:
        sticking = self._sticking()
        return sticking[1] if sticking is not None and sticking[0] == row else self._rect(row)

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """Another row comes to lie under the pointer."""
        super().scrollContentsBy(dx, dy)
        if self.underMouse():
            self._point_at(self.viewport().mapFromGlobal(self.cursor().pos()))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Follow the pointer; with the button down, take the row along."""
        at = event.position().toPoint()
        if not (event.buttons() & Qt.MouseButton.LeftButton and self.drag.move(at)):
            self._point_at(at)

    def leaveEvent(self, event: QEvent) -> None:
        """Forget the pointer."""
        self._point_at(QPoint(-1, -1))
        super().leaveEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Select, press a button, or fold a group."""
        self.delegate.pointer.keyboard = False
        row, part = self._part(event.position().toPoint())
        self._point_at(event.position().toPoint())
        if part is Part.HEADER:
            header = self._sessions.rows()[row]
            if event.button() == Qt.MouseButton.LeftButton and isinstance(header, Header):
                self._sessions.fold(header.group)
            return
        left = event.button() == Qt.MouseButton.LeftButton
        if row >= 0:
            self.setFocus(Qt.FocusReason.MouseFocusReason)
            among = self.selectionModel().isSelected(self._sessions.index(row))
            if left or not among:
                self.pick(row, event.modifiers() if left and part is Part.ROW else _PLAIN)
        if left and part is Part.BUTTON:
            self.delegate.pointer.pressed = row
            self.viewport().update(self._rect(row))
        view = self._sessions.view_at(row)
        if left and part is Part.ROW and view is not None and event.modifiers() == _PLAIN:
            self.drag.press(view.name, event.position().toPoint())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A button counts when it is let go over itself; a row that was dragged lies there now."""
        if self.drag.drop():
            return
        row, part = self._part(event.position().toPoint())
        pressed, self.delegate.pointer.pressed = self.delegate.pointer.pressed, -1
        if pressed >= 0:
            self.viewport().update(self._rect(pressed))
        view = self._sessions.view_at(row)
        if view is None or event.button() != Qt.MouseButton.LeftButton:
            return
        if part is Part.BUTTON and pressed == row:
            self.button_clicked.emit(view.name)
        elif part is not None:
            asked = {
                Part.DETAILS: self.details_wanted,
                Part.COPY_LINK: self.link_wanted,
                Part.CANCEL_LINK: self.cancel_wanted,
            }.get(part)
            if asked is not None:
                asked.emit(view.name)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """As Enter; on a button just a second click."""
        row, part = self._part(event.position().toPoint())
        if part is Part.ROW and event.button() == Qt.MouseButton.LeftButton and event.modifiers() == _PLAIN:
            self._enter(row)
        else:
            self.mousePressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """The row's menu, by pointer or menu key."""
        if event.reason() == QContextMenuEvent.Reason.Mouse:
            row, at = self.indexAt(event.pos()).row(), event.globalPos()
        else:
            row = self.currentIndex().row()
            at = self.viewport().mapToGlobal(self._rect(row).center())
        view = self._sessions.view_at(row)
        if view is not None:
            self.menu_wanted.emit(view.name, at)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter acts, Space folds the detail panel, left and right fold groups, letters search.

        Shift selects on the way, Alt takes the row along, Ctrl+A selects all, Esc only the one with the keyboard.
        """
        self.delegate.pointer.keyboard = True
        if not (self._choosing(event) or self._doing(event)):
            super().keyPressEvent(event)
        self.viewport().update()

    def _choosing(self, event: QKeyEvent) -> bool:
        key, modifiers = Qt.Key(event.key()), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if key in MOVES and modifiers & Qt.KeyboardModifier.AltModifier:
            if key in {Qt.Key.Key_Up, Qt.Key.Key_Down}:
                self.step_wanted.emit(self.chosen, -1 if key == Qt.Key.Key_Up else 1)
        elif key in MOVES:
            self.travel(key, modifiers)
        elif key == Qt.Key.Key_A and modifiers == Qt.KeyboardModifier.ControlModifier:
            self.selectAll()
        elif key == Qt.Key.Key_Space and modifiers == Qt.KeyboardModifier.ControlModifier:
            self.pick(self.currentIndex().row(), modifiers)
        elif key == Qt.Key.Key_Escape:
            return self.drag.cancel() or self.one_only()
        else:
            return False
        return True

    def _doing(self, event: QKeyEvent) -> bool:
        key = event.key()
        typed = event.text().isprintable() and event.text() and not event.modifiers() & _COMMANDS
        if key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._enter(self.currentIndex().row())
        elif key == Qt.Key.Key_Space and self.header is None:
            self.fold_detail.emit()
        elif key == Qt.Key.Key_Space:
            self._fold_current(fold=False)
        elif key in {Qt.Key.Key_Left, Qt.Key.Key_Right}:
            rtl = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
            self._fold_current(fold=(key == Qt.Key.Key_Left) != rtl)
        elif typed:
            self.typed.emit(event.text())
        else:
            return False
        return True

    def event(self, event: QEvent) -> bool:
        """Esc is the list's own while there is something to let go of."""
        overrides = isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride
        if overrides and self._lets_go(event):
            event.accept()
            return True
        return super().event(event)

    def _lets_go(self, event: QEvent) -> bool:
        escapes = isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape
        return escapes and (self.drag.active or self.several)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Someone must be selected for the keys to mean something."""
        # Qt brings the keyboard to the first row, but selects nobody.
        before = self.currentIndex().isValid()
        super().focusInEvent(event)
        tabbed = {Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason, Qt.FocusReason.ShortcutFocusReason}
        self.delegate.pointer.keyboard = event.reason() in tabbed
        if not (before and self.chosen):
            self.choose_first()

    def viewportEvent(self, event: QEvent) -> bool:
        """Tool tips: the whole of what is elided, and a failure's detail."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            view = self._sessions.view_at(self.indexAt(event.pos()).row())
            QToolTip.showText(event.globalPos(), "" if view is None else tip(_tip(view)), self.viewport())
            return True
        return super().viewportEvent(event)

    def _enter(self, row: int) -> None:
        view = self._sessions.view_at(row)
        if view is not None:
            self.entered_on.emit(view.name)
        else:
            self._fold_current(fold=False)

    def _fold_current(self, *, fold: bool) -> None:
        """Fold the group the keyboard is in, which then is on its line; or unfold it, and be where it was before."""
        above = self._sessions.header_above(self.currentIndex().row())
        header = self._sessions.rows()[above] if above >= 0 else None
        if not isinstance(header, Header) or header.folded == fold:
            return
        self._sessions.fold(header.group)
        if fold:
            self.go_to_header(header.group)
        elif self.header is not None:
            first = self._sessions.view_at(self.currentIndex().row() + 1)
            if first is not None:
                self.choose(first.name)


def _tip(view: SessionView) -> str:
    parts = [view.name, text.second_line(view)]
    if view.problem is not None:
        parts += [view.problem.detail, view.problem.remedy]
    if view.confirm:
        parts.append(text.tr("Guarded: its name is asked for before it is assumed"))
    return "\n".join(dict.fromkeys(part for part in parts if part))
