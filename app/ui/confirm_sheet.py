"""The sheet before a guarded profile is assumed: its name is typed, or a button is held for a moment."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from PySide6.QtCore import QElapsedTimer, QEvent, QLocale, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from app.ui import fonts, theme, tokens
from app.ui.detail_parts import ColourBar
from app.ui.sheet import Sheet
from app.ui.text import breakable, tr
from app.ui.widgets import button, label

if TYPE_CHECKING:
    from app.domain.view import SessionView

HOLD_MS = 1500
_FRAME_MS, _SLOW_MS = 16, 250
_LET_GO_MS = 80
"""How long a key stays up before it counts as let go. Where X repeats keys, a held one comes as a release and a press
at once, and not every server lets Qt see that the two belong together."""
_KEYS = (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter)


class HoldButton(QPushButton):
    """Counts only when it was held down long enough, by mouse or by Space: `held`. A click alone does nothing."""

    held = Signal()

    def __init__(self, words: str, hold_ms: int = HOLD_MS) -> None:
        super().__init__(words)
        self._words, self._hold = words, hold_ms
        self._since = QElapsedTimer()
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._tick)
        self._let_go = QTimer(self, interval=_LET_GO_MS, singleShot=True)
        self._let_go.timeout.connect(self.end)
        self.setProperty("kind", "primary")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        wide = max(fonts.metrics(tokens.BASE_STRONG).horizontalAdvance(each) for each in (words, self._left_words(1.5)))
        self.setMinimumWidth(round(wide) + 2 * tokens.EDGE)
        self.setAccessibleDescription(tr("Hold the space bar until the bar is full."))

    @property
    def share(self) -> float:
        """How far it is, 0.0 to 1.0."""
        return min(1.0, self._since.elapsed() / self._hold) if self._since.isValid() else 0.0

    def begin(self) -> None:
        """The button is down."""
        if not self._since.isValid():
            self._since.start()
            # Where nothing is to move, time is told in words, four times a second.
            self._timer.start(_FRAME_MS if theme.moves() else _SLOW_MS)
            self._tick()

    def end(self) -> None:
        """The button is up: too early for anything."""
        self._timer.stop()
        self._let_go.stop()
        self._since.invalidate()
        self.setText(self._words)
        self.update()

    def _tick(self) -> None:
        if self.share >= 1.0:
            if self._let_go.isActive():
                return  # let go just now, or only repeated: the next moment tells
            self.end()
            self.held.emit()
            return
        self.setText(self._left_words((1.0 - self.share) * self._hold / 1000))
        self.update()

    @staticmethod
    def _left_words(seconds: float) -> str:
        return tr("Keep holding, {n} s").format(n=QLocale().toString(seconds, "f", 1))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin."""
        if event.button() == Qt.MouseButton.LeftButton:
            self.begin()
        event.accept()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Leaving it is letting go."""
        if not self.rect().contains(event.position().toPoint()):
            self.end()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go."""
        self.end()
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space and Enter count while they are down."""
        if event.key() in _KEYS:
            self._let_go.stop()
            if not event.isAutoRepeat():
                self.begin()
            event.accept()
        else:
            super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """Let go, unless it is only the keyboard repeating the key."""
        if event.key() in _KEYS:
            if not event.isAutoRepeat() and self._since.isValid():
                self._let_go.start()
            event.accept()
        else:
            super().keyReleaseEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Whoever looks elsewhere does not hold it."""
        self.end()
        super().focusOutEvent(event)

    def event(self, event: QEvent) -> bool:
        """Another window in front ends it too."""
        if event.type() == QEvent.Type.WindowDeactivate:
            self.end()
        return super().event(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the button, and over it how far it is."""
        t = theme.tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        shape = QPainterPath()
        shape.addRoundedRect(QRectF(self.rect()), tokens.RADIUS_SMALL, tokens.RADIUS_SMALL)
        painter.fillPath(shape, QColor(t.fill))
        if self.share > 0:
            painter.save()
            painter.setClipPath(shape)
            wide = self.width() * self.share
            left = self.width() - wide if self.layoutDirection() == Qt.LayoutDirection.RightToLeft else 0
            painter.fillRect(QRectF(left, 0, wide, self.height()), QColor(t.fill_press))
            painter.restore()
            painter.setPen(QPen(QColor(t.on_fill), tokens.FOCUS))
            y = self.height() - tokens.FOCUS / 2
            painter.drawLine(QRectF(left, y, wide, 0).topLeft(), QRectF(left, y, wide, 0).topRight())
        painter.setPen(QColor(t.on_fill))
        painter.setFont(fonts.font(tokens.BASE_STRONG))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.text())


class ConfirmSheet(Sheet):
    """Asks for one profile. `confirmed` carries its name; Esc and Cancel say no."""

    confirmed = Signal(str)

    def __init__(self, window: QWidget, view: SessionView, hold_ms: int = HOLD_MS) -> None:
        super().__init__(window, tr("Assume {name}?").format(name=view.name))
        self._name = view.name
        self.body.addLayout(_head(view))
        words = tr("This profile is guarded. Type its name, or hold the button.")
        if view.guarded_by:
            words = tr("It goes through {guarded}, which is guarded. Type its own name, or hold the button.")
            words = words.format(guarded=view.guarded_by)
        self.body.addWidget(label(words, tone="text2", wrap=True))
        self.field = QLineEdit()
        self.field.setPlaceholderText(view.name)
        self.field.setAccessibleName(tr("Name of the profile"))
        self.field.setMinimumHeight(tokens.CONTROL)
        self.body.addWidget(self.field)
        self.cancel = button(tr("Cancel"))
        self.assume = button(tr("Assume"), "primary")
        self.hold = HoldButton(tr("Hold to assume"), hold_ms)
        self.foot.addStretch()
        for each in (self.cancel, self.assume, self.hold):
            self.foot.addWidget(each)
        self.field.textChanged.connect(self._typed)
        self.field.returnPressed.connect(self._enter)
        self.assume.clicked.connect(self._enter)
        self.hold.held.connect(lambda: self.confirmed.emit(self._name))
        self.cancel.clicked.connect(self.refused)
        self._typed()

    @property
    def _equal(self) -> bool:
        return self.field.text().strip() == self._name

    def _typed(self) -> None:
        # One of the two ways at a time: what was typed right needs nothing held any more.
        self.assume.setVisible(self._equal)
        self.hold.setVisible(not self._equal)

    def _enter(self) -> None:
        if self._equal:
            self.confirmed.emit(self._name)


def _head(view: SessionView) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(12)
    bar = ColourBar()
    bar.show_colour(view.colour)
    row.addWidget(bar, 0, Qt.AlignmentFlag.AlignTop)
    column = QVBoxLayout()
    column.setSpacing(1)
    title = label(breakable(tr("Assume {name}?").format(name=view.name)), tokens.TITLE, wrap=True)
    title.setObjectName("title")
    column.addWidget(title)
    parts = (view.role_name, view.account, view.group)
    column.addWidget(label(" · ".join(part for part in parts if part), tokens.SMALL, "text2", wrap=True))
    row.addLayout(column, 1)
    return row


async def ask_confirm(window: QWidget, view: SessionView, *, hold_ms: int = HOLD_MS) -> str:
    """Ask a person on a sheet over `window` whether a guarded profile may be assumed.

    Returns the profile's name, typed or held for `hold_ms` milliseconds, or an empty string for no.
    """
    answer: asyncio.Future[str] = asyncio.get_running_loop().create_future()
    sheet = ConfirmSheet(window, view, hold_ms)

    def end(name: str) -> None:
        if not answer.done():
            answer.set_result(name)

    sheet.confirmed.connect(end)
    sheet.refused.connect(lambda: end(""))
    sheet.open_sheet(sheet.field)
    try:
        return await answer
    finally:
        # Whoever asked may stop waiting (the window closes): then the question goes too.
        sheet.close_sheet()
