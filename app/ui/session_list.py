"""The list: rows of two heights laid out by arithmetic, a header that sticks to the top, one button in each row."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QEvent,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
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

from app.domain.view import LIVE, SessionView, Status
from app.ui import text, theme, tokens
from app.ui.row_view import RowView
from app.ui.session_delegate import Part, SessionDelegate, part_at
from app.ui.session_model import Header, SessionModel
from app.ui.widgets import tip

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

_FRAME_MS = 33


class SessionList(RowView):
    """Shows a `SessionModel`. Says what was asked for by signals that carry the profile's name."""

    button_clicked = Signal(str)
    entered_on = Signal(str)
    details_wanted = Signal(str)
    fold_detail = Signal()
    typed = Signal(str)
    menu_wanted = Signal(str, QPoint)
    current_name = Signal(str)

    def __init__(self, model: SessionModel, clock: Callable[[], datetime], parent: QWidget | None = None) -> None:
        super().__init__(model, parent)
        self._clock = clock
        self._kept = ""
        self.delegate = SessionDelegate(clock, self)
        self.setItemDelegate(self.delegate)
        self.setMouseTracking(True)
        self.setAccessibleName(text.tr("Roles"))
        self._spin = QTimer(self)
        self._spin.setInterval(_FRAME_MS)
        self._spin.timeout.connect(self._turn)
        model.modelAboutToBeReset.connect(self._remember)
        self.setModel(model)
        model.modelReset.connect(self._recall)
        theme.current().changed.connect(self.viewport().update)

    # --- What is chosen --------------------------------------------------------------------------------------------

    @property
    def chosen(self) -> str:
        """The name of the selected profile, or an empty string."""
        view = self._sessions.view_at(self.currentIndex().row())
        return "" if view is None else view.name

    def choose(self, name: str) -> bool:
        """Select a profile and bring it into sight; False where it is not in the list."""
        row = self._sessions.row_of(name)
        if row < 0:
            return False
        self.setCurrentIndex(self._sessions.index(row))
        return True

    def choose_first(self) -> None:
        """Select the first profile there is."""
        row = self._step(-1, 1)
        if row >= 0:
            self.setCurrentIndex(self._sessions.index(row))

    def _remember(self) -> None:
        self._kept = self.chosen or self._kept

    def _recall(self) -> None:
        self.delegate.pointer.row = self.delegate.pointer.pressed = -1
        row = self._sessions.row_of(self._kept)
        if row >= 0:
            # Without scrolling: the list must not jump because something elsewhere in it changed.
            index = self._sessions.index(row)
            self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        elif self._sessions.searching:
            self.choose_first()
        if not self.chosen:
            # Qt does not tell that a reset took the current row away.
            self.current_name.emit("")
        self.viewport().update()

    def currentChanged(
        self, current: QModelIndex | QPersistentModelIndex, previous: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Tell who is selected now."""
        super().currentChanged(current, previous)
        view = self._sessions.view_at(current.row())
        self.current_name.emit("" if view is None else view.name)

    # --- Time ------------------------------------------------------------------------------------------------------

    def tick(self) -> None:
        """Draw again what changes with the time, where it can be seen."""
        turning = False
        for row in self._seen():
            view = self._sessions.view_at(row)
            if view is None:
                continue
            status = text.shown(view, self._clock())
            turning = turning or status is Status.ACQUIRING
            if status in LIVE or status in {Status.ACQUIRING, Status.EXPIRED, Status.WAITING}:
                places = self.delegate.places(self._rect(row), self.layoutDirection())
                # An expiry changes the button too.
                self.viewport().update(
                    places.status.united(places.button) if status is Status.EXPIRED else places.status
                )
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
        dirty = event.rect()
        painter.setClipRect(dirty)
        option = QStyleOptionViewItem()
        option.initFrom(self)
        plain = QStyle.StateFlag.State_Enabled
        if self.hasFocus():
            plain |= QStyle.StateFlag.State_HasFocus
        current = self.currentIndex().row()
        for row in self._seen():
            rect = self._rect(row)
            if rect.bottom() < dirty.top() or rect.top() > dirty.bottom():
                continue
            option.rect = rect
            option.state = plain | QStyle.StateFlag.State_Selected if row == current else plain
            self.delegate.paint(painter, option, self._sessions.index(row))
        sticking = self._sticking()
        if sticking is not None and sticking[1].intersects(dirty):
            self._paint_sticking(painter, *sticking)
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
        hand = found[1] in {Part.BUTTON, Part.DETAILS, Part.HEADER}
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
        """Follow the pointer."""
        self._point_at(event.position().toPoint())

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
        if row >= 0:
            self.setFocus(Qt.FocusReason.MouseFocusReason)
            self.setCurrentIndex(self._sessions.index(row))
        if event.button() == Qt.MouseButton.LeftButton and part is Part.BUTTON:
            self.delegate.pointer.pressed = row
            self.viewport().update(self._rect(row))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A button counts when it is let go over itself."""
        row, part = self._part(event.position().toPoint())
        pressed, self.delegate.pointer.pressed = self.delegate.pointer.pressed, -1
        if pressed >= 0:
            self.viewport().update(self._rect(pressed))
        view = self._sessions.view_at(row)
        if view is None or event.button() != Qt.MouseButton.LeftButton:
            return
        if part is Part.BUTTON and pressed == row:
            self.button_clicked.emit(view.name)
        elif part is Part.DETAILS:
            self.details_wanted.emit(view.name)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """As Enter; on a button just a second click."""
        row, part = self._part(event.position().toPoint())
        if part is Part.ROW and event.button() == Qt.MouseButton.LeftButton:
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
        """Enter acts, Space folds the detail panel, left and right fold groups, letters search."""
        self.delegate.pointer.keyboard = True
        key = event.key()
        if key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._enter(self.currentIndex().row())
        elif key == Qt.Key.Key_Space:
            self.fold_detail.emit()
        elif key in {Qt.Key.Key_Left, Qt.Key.Key_Right}:
            self._fold_current()
        elif (
            event.text().isprintable()
            and event.text()
            and not event.modifiers()
            & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier)
        ):
            self.typed.emit(event.text())
        else:
            super().keyPressEvent(event)
        self.viewport().update()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Someone must be selected for the keys to mean something."""
        super().focusInEvent(event)
        tabbed = {Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason, Qt.FocusReason.ShortcutFocusReason}
        self.delegate.pointer.keyboard = event.reason() in tabbed
        if not self.chosen:
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

    def _fold_current(self) -> None:
        above = self._sessions.header_above(self.currentIndex().row())
        if above >= 0:
            header = self._sessions.rows()[above]
            if isinstance(header, Header):
                self._sessions.fold(header.group)


def _tip(view: SessionView) -> str:
    parts = [view.name, text.second_line(view)]
    if view.problem is not None:
        parts += [view.problem.detail, view.problem.remedy]
    return "\n".join(dict.fromkeys(part for part in parts if part))
