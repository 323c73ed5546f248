"""Short words at the bottom of the list, one at a time; an action such as Undo in them where there is one."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QRect, QRectF, Qt, QTimer
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget

from app.domain.values import dataclass
from app.ui import fonts, icons, text, theme, tokens, widgets

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QEnterEvent, QPaintEvent

_ABOVE = 16
_WIDEST = 520
_ICONS = {"good": ("check", "toast_good"), "bad": ("warning", "toast_bad")}


@dataclass(frozen=True, slots=True, kw_only=True)
class Toast:
    """One message. `kind` is empty, `good` or `bad`; with `action` (its word) `done` is called when it is clicked."""

    words: str
    kind: str = ""
    action: str = ""
    done: Callable[[], None] | None = None
    stays_ms: int = tokens.TOAST_STAYS


class Toasts(QWidget):
    """Shows toasts over the bottom centre of `host`. The pointer over one keeps it.

    What is in it is made for the first one.
    """

    def __init__(self, host: QWidget) -> None:
        super().__init__(host)
        self._host = host
        self.area: Callable[[], QRect] = host.rect
        """The part of the host at whose bottom centre toasts stand; set by the window."""
        self._waiting: deque[Toast] = deque()
        self._toast: Toast | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._next)
        self.hide()

    def _fill(self) -> None:
        self._label = QLabel()
        self._label.setTextFormat(Qt.TextFormat.PlainText)
        self._label.setFont(fonts.font(tokens.BASE))
        self._label.setWordWrap(True)
        self._icon = QLabel()
        self._action = QPushButton()
        self._action.setProperty("kind", "link")
        self._action.setAutoDefault(True)
        self._action.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._action.clicked.connect(self._act)
        self._close = widgets.icon_button("close", text.tr("Dismiss"), "bare", small=True, tint="toast_text")
        self._close.clicked.connect(self._next)
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 6, 14, 6)
        row.setSpacing(10)
        row.addWidget(self._icon)
        row.addWidget(self._label, 1)
        row.addWidget(self._action)
        row.addWidget(self._close)
        widgets.in_reading_order(self, self._action, self._close)
        theme.current().changed.connect(self._dress)

    @property
    def words(self) -> str:
        """What is shown now, or an empty string."""
        return "" if self._toast is None else self._toast.words

    def say(self, words: str, kind: str = "") -> None:
        """Show a message for six seconds."""
        self.add(Toast(words=words, kind=kind))

    def offer_undo(self, words: str, undo: Callable[[], None]) -> None:
        """Show what was done, with ten seconds to undo it."""
        self.add(Toast(words=words, action=text.tr("Undo"), done=undo, stays_ms=tokens.UNDO_STAYS))

    def add(self, toast: Toast) -> None:
        """Show it now in place of one that offers nothing; else when that one's time is over."""
        if self._toast is not None and self._toast.done is not None and self._timer.isActive():
            self._waiting.append(toast)
        else:
            self._show(toast)

    def stay_above(self) -> None:
        """Lie over the page that is shown now, and in its middle."""
        if self._toast is not None:
            self._place()
            self.raise_()

    def act(self) -> bool:
        """Do what the shown toast offers; False when it offers nothing."""
        if self._toast is None or self._toast.done is None:
            return False
        self._act()
        return True

    def _show(self, toast: Toast) -> None:
        self._toast = toast
        if self.layout() is None:
            self._fill()
        self._label.setText(text.breakable(toast.words))
        self._action.setText(toast.action)
        self._action.setVisible(bool(toast.action))
        self._close.setVisible(toast.kind == "bad")
        self._dress()
        self._host.installEventFilter(self)
        self._place()
        self.show()
        self.raise_()
        self._timer.start(toast.stays_ms)
        self._announce(toast.words)

    def _announce(self, words: str) -> None:
        """Let a screen reader say it."""
        from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent

        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, words))

    def _next(self) -> None:
        self._timer.stop()
        self._toast = None
        if self._waiting:
            self._show(self._waiting.popleft())
        else:
            self._host.removeEventFilter(self)
            self.hide()

    def _act(self) -> None:
        done = None if self._toast is None else self._toast.done
        self._next()
        if done is not None:
            done()

    def _dress(self) -> None:
        t = theme.tokens()
        self._label.setStyleSheet(f"color: {t.toast_text};")
        self._action.setStyleSheet(f"color: {t.toast_action}; font-weight: 600; font-size: 13px;")
        name, tint = _ICONS.get("" if self._toast is None else self._toast.kind, ("", ""))
        self._icon.setVisible(bool(name))
        if name:
            self._icon.setPixmap(icons.pixmap(name, getattr(t, tint), 16, self.devicePixelRatioF()))

    def _place(self) -> None:
        area = self.area()
        room = min(_WIDEST, area.width() - 2 * _ABOVE)
        # The natural width first; what is longer wraps.
        self._label.setWordWrap(False)
        wide = self.sizeHint().width()
        self._label.setWordWrap(wide > room)
        wide = min(wide, room)
        layout = self.layout()
        high = layout.heightForWidth(wide) if layout is not None and wide == room else 0
        high = max(tokens.TOAST, high)
        self.setGeometry(area.left() + (area.width() - wide) // 2, area.bottom() + 1 - high - _ABOVE, wide, high)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the host's size."""
        if event.type() == QEvent.Type.Resize:
            self._place()
        return super().eventFilter(watched, event)

    def enterEvent(self, event: QEnterEvent) -> None:
        """Stay while the pointer is here."""
        self._timer.stop()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        """Begin to go again."""
        if self._toast is not None:
            self._timer.start(self._toast.stays_ms // 2)
        super().leaveEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the dark ground."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        t = theme.tokens()
        painter.setPen(QColor(t.border) if t.dark else Qt.PenStyle.NoPen)
        painter.setBrush(QColor(t.toast))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), tokens.RADIUS, tokens.RADIUS)
