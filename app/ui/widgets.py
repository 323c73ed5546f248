"""Small parts that every page is made of."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtGui import Qt as GuiQt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QApplication,
    QFrame,
    QLabel,
    QPushButton,
    QSizePolicy,
    QWidget,
)
from shiboken6 import isValid

from app.ui import fonts, theme, tokens


def label(text: str = "", style: tuple[int, int] = tokens.BASE, tone: str = "", *, wrap: bool = False) -> QLabel:
    """A label in a style of `tokens` and a tone (a text token). Plain text: nothing in it is ever markup."""
    made = QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setFont(fonts.font(style))
    made.setWordWrap(wrap)
    if tone:
        made.setProperty("tone", tone)
    return made


def button(text: str, kind: str = "", icon: str = "", *, small: bool = False, tint: str = "text") -> QPushButton:
    """A push button. A mouse click leaves the focus where it is; Tab reaches it."""
    made = QPushButton(text)
    if kind:
        made.setProperty("kind", kind)
    if small:
        made.setProperty("small", True)
    if icon:
        theme.current().bind_icon(made, icon, "on_fill" if kind == "primary" else tint)
    made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    # Enter clicks it too, as Space does.
    made.setAutoDefault(True)
    return made


def icon_button(icon: str, name: str, kind: str = "icon", *, small: bool = False, tint: str = "text2") -> QPushButton:
    """A button with an icon alone; `name` is its tool tip and what a screen reader says."""
    made = button("", kind, icon, small=small, tint=tint)
    made.setToolTip(name)
    made.setAccessibleName(name)
    return made


def tip(words: str) -> str:
    """Words for a tool tip. Qt takes there for markup what looks like it; names and messages are never any."""
    if GuiQt.mightBeRichText(words):
        return GuiQt.convertFromPlainText(words, GuiQt.WhiteSpaceMode.WhiteSpaceNormal)
    return words


def rule(*, vertical: bool = False) -> QFrame:
    """A hairline between regions."""
    made = QFrame()
    made.setProperty("rule", "vertical" if vertical else "true")
    return made


def ground(widget: QWidget, tint: str) -> None:
    """Fill the background of a plain widget with a token."""
    widget.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    widget.setProperty("ground", tint)


def in_reading_order(holder: QWidget, *parts: QWidget) -> None:
    """Let Tab reach parts where their holder stands: what joins a window late would come after all that is there."""
    policy = holder.focusPolicy()
    # Qt puts nothing behind what Tab does not reach
    holder.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    before = holder
    for part in parts:
        QWidget.setTabOrder(before, part)
        before = part
    holder.setFocusPolicy(policy)


def set_property(widget: QWidget, name: str, value: object) -> None:
    """Change a property the style sheet looks at, and let it look again."""
    if widget.property(name) != value:
        widget.setProperty(name, value)
        widget.style().unpolish(widget)
        widget.style().polish(widget)


class Elided(QLabel):
    """A one-line label that ends (or begins) with an ellipsis where it does not fit; the whole text is its tool tip."""

    def __init__(
        self, style: tuple[int, int] = tokens.BASE, tone: str = "", mode: Qt.TextElideMode = Qt.TextElideMode.ElideRight
    ) -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setFont(fonts.font(style))
        if tone:
            self.setProperty("tone", tone)
        if self.layoutDirection() == Qt.LayoutDirection.RightToLeft:
            # Qt aligns by the direction of the words; names and numbers belong where the line begins all the same.
            self.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._mode = mode
        self._whole = ""
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def set_whole(self, text: str) -> None:
        """Show this text, as much of it as fits."""
        if text != self._whole:
            self._whole = text
            self.setAccessibleName(text)
            self._fit()

    @property
    def whole(self) -> str:
        """The text as it was given."""
        return self._whole

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the text again."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        shown = self.fontMetrics().elidedText(self._whole, self._mode, max(self.contentsRect().width(), 1))
        self.setText(shown)
        self.setToolTip(tip(self._whole) if shown != self._whole else "")


class FocusRing(QWidget):
    """Two pixels of blue around the button that has the focus, two pixels away from it."""

    _AWAY = tokens.FOCUS * 2

    def __init__(self, app: QApplication) -> None:
        super().__init__()
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_NoSystemBackground)
        self.hide()
        self._on: QWidget | None = None
        self._between: list[QWidget] = []
        app.focusChanged.connect(self._moved)

    def _moved(self, _old: QWidget | None, new: QWidget | None) -> None:
        self._let_go()
        self._on = new if isinstance(new, QAbstractButton) and isinstance(new, QPushButton) else None
        if self._on is None:
            self.hide()
            self.setParent(None)
            return
        self._place()

    def _let_go(self) -> None:
        for each in self._between:
            if isValid(each):
                each.removeEventFilter(self)
        self._between = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the button, and what it lies in."""
        if event.type() in {QEvent.Type.Move, QEvent.Type.Resize, QEvent.Type.Show}:
            self._place()
        elif event.type() in {QEvent.Type.Hide, QEvent.Type.Destroy}:
            self.hide()
        return super().eventFilter(watched, event)

    def _place(self) -> None:
        on = self._on
        if on is None:
            return
        within, between = self._room(on)
        if between != self._between:
            self._let_go()
            # Also while it cannot be seen: it may be shown again.
            for each in between:
                each.installEventFilter(self)
            self._between = between
        if within is None or not on.isVisible():
            return
        if self.parentWidget() is not within:
            self.setParent(within)
        self.setGeometry(self._around(on, within))
        self.show()
        self.raise_()

    def _around(self, on: QWidget, within: QWidget) -> QRect:
        away = self._AWAY
        return QRect(on.mapTo(within, QPoint(0, 0)), on.size()).adjusted(-away, -away, away, away)

    def _room(self, on: QWidget) -> tuple[QWidget | None, list[QWidget]]:
        """The nearest widget around a button that does not cut the ring off, and what lies between, button first."""
        between, within = [on], on.parentWidget()
        while within is not None and not within.isWindow() and not within.rect().contains(self._around(on, within)):
            above = within.parentWidget()
            # What has been scrolled is not drawn over what stands still.
            if above is None or isinstance(above, QAbstractScrollArea):
                break
            between.append(within)
            within = above
        return within, between

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the ring."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.current().colour("fill"), tokens.FOCUS))
        half = tokens.FOCUS / 2
        radius = tokens.RADIUS_SMALL + tokens.FOCUS
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(half, half, -half, -half), radius, radius)
