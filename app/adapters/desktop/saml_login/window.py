"""The window around a login page: where the page is from, how far it is, and other ways to sign in.

Colours come from the application's palette and style sheet (dynamic properties `ground`, `kind`, `tone`), drawings
from whoever builds the window.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QIcon, QKeySequence, QPainter, QPalette, QShortcut
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QLabel,
    QMenu,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from app.adapters.desktop.saml_login.paste_panel import PastePanel

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QCloseEvent, QPaintEvent, QResizeEvent

    from app.adapters.desktop.saml_login.addresses import Place

    type_of_icon = Callable[[str, str, int], QIcon]
    type_of_field = Callable[[str, str], QWidget]

WIDTH, HEIGHT, SMALLEST_WIDTH, SMALLEST_HEIGHT = 520, 680, 400, 320
_ICON = 16
_BUTTON = 32
_PROGRESS = 2


class LoginWindow(QWidget):
    """One provider's window. `closed` is emitted when the person closes it, `offered` with what they give instead."""

    closed = Signal()
    back_wanted = Signal()
    reload_wanted = Signal()
    offered = Signal(object)

    def __init__(self, provider: str, draw: type_of_icon, paste_field: type_of_field) -> None:
        super().__init__(None, Qt.WindowType.Window)
        self._draw = draw
        self._place: Place | None = None
        # The page has no say in the title: it could pass for another window, or show what is secret.
        self.setWindowTitle(tr("Sign in to {name} — Rolecall").replace("{name}", provider))
        self.setProperty("ground", "window")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setMinimumSize(SMALLEST_WIDTH, SMALLEST_HEIGHT)
        self._settle()
        self._back = self._button("chevron-left", tr("Back"), self.back_wanted.emit)
        self._reload = self._button("refresh", tr("Load the page again"), self.reload_wanted.emit)
        self._lock = QLabel()
        self._host = _Host()
        self._manner = QLabel()
        self._manner.setProperty("tone", "text2")
        self._manner.setFont(_sized(self.font(), 11))
        self.other_ways = self._other_ways()
        self._progress = _Progress()
        self._pages = QStackedWidget()
        self.paste = PastePanel(paste_field)
        self.paste.offered.connect(self.offered)
        self.paste.left.connect(self.show_page)
        self._everything = QStackedWidget()
        self._everything.addWidget(self._pages)
        self._everything.addWidget(self.paste)
        self._notice = _Notice()
        self._arrange()
        QShortcut(QKeySequence(Qt.Key.Key_Escape), self, self._escape)
        QShortcut(QKeySequence(QKeySequence.StandardKey.Close), self, self.close)
        self._paint_icons()
        self.show_place(None)

    def _settle(self) -> None:
        """Lie over the window that is in use, wholly on its screen."""
        before = QApplication.activeWindow()
        screen = before.screen() if before is not None else QApplication.primaryScreen()
        room = screen.availableGeometry()
        self.resize(QSize(WIDTH, HEIGHT).boundedTo(room.size()))
        place = self.geometry()
        place.moveCenter(before.frameGeometry().center() if before is not None else room.center())
        left = max(room.left(), min(place.left(), room.right() - place.width()))
        top = max(room.top(), min(place.top(), room.bottom() - place.height()))
        self.move(left, top)

    # --- What is shown ----------------------------------------------------------------------------------------------

    def push(self, view: QWidget) -> None:
        """Show a page over all others."""
        self._pages.setCurrentIndex(self._pages.addWidget(view))
        view.setFocus()

    def pop(self, view: QWidget) -> None:
        """Take a page away; the one below it is seen again. The caller deletes it."""
        self._pages.removeWidget(view)
        if self._pages.count():
            self._pages.setCurrentIndex(self._pages.count() - 1)

    def show_place(self, place: Place | None) -> None:
        """Say where the page on top is from; None while there is no page yet."""
        self._place = place
        if place is None:
            self._host.say("")
        else:
            self._host.say(place.host or tr("A page without an address"))
        words = _manner(place)
        self._manner.setText(words)
        said = tr("Page from {host}. {manner}.").replace("{host}", place.host if place and place.host else "…")
        self._host.setAccessibleName(said.replace("{manner}", words))
        self._paint_lock()

    def show_progress(self, percent: int | None, *, can_go_back: bool) -> None:
        """How far the page on top is, in per cent; None when it is not loading."""
        self._progress.set(percent)
        self._back.setEnabled(can_go_back)

    def tell(self, words: str) -> None:
        """Say in a line what the page was refused, or says. Plain text."""
        self._notice.say(words)

    def show_page(self) -> None:
        """Leave the other ways."""
        self._everything.setCurrentWidget(self._pages)
        view = self._pages.currentWidget()
        if view is not None:
            view.setFocus()

    def show_paste(self) -> None:
        """Offer to paste a response."""
        self._everything.setCurrentWidget(self.paste)
        self.paste.start()

    def come(self) -> None:
        """Come to the front."""
        if self.isMinimized():
            self.showNormal()
        self.raise_()
        self.activateWindow()

    # --- Building ---------------------------------------------------------------------------------------------------

    def _arrange(self) -> None:
        # The host has a line of its own, up to the edge: it is what matters here.
        below = QHBoxLayout()
        below.setSpacing(8)
        below.addWidget(self._manner, 1)
        below.addWidget(self.other_ways)
        where = QVBoxLayout()
        where.setSpacing(0)
        where.addWidget(self._host)
        where.addLayout(below)
        bar = QHBoxLayout()
        bar.setContentsMargins(8, 8, 8, 8)
        bar.setSpacing(4)
        bar.addWidget(self._back)
        bar.addWidget(self._reload)
        bar.addSpacing(4)
        bar.addWidget(self._lock)
        bar.addSpacing(4)
        bar.addLayout(where, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(bar)
        whole.addWidget(self._progress)
        whole.addWidget(self._everything, 1)
        whole.addWidget(self._notice)

    def _button(self, drawing: str, words: str, act: Callable[[], object]) -> QToolButton:
        made = QToolButton()
        made.setProperty("kind", "bare")
        made.setProperty("drawing", drawing)
        made.setFixedSize(_BUTTON, _BUTTON)
        made.setIconSize(QSize(_ICON, _ICON))
        made.setAccessibleName(words)
        made.setToolTip(words)
        made.clicked.connect(act)
        return made

    def _other_ways(self) -> QToolButton:
        made = QToolButton()
        made.setText(tr("Use another way"))
        made.setProperty("kind", "link")
        made.setProperty("drawing", "chevron-down")
        made.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        made.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        made.setIconSize(QSize(12, 12))
        made.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(made)
        menu.setLayoutDirection(self.layoutDirection())
        menu.addAction(tr("Paste a response…"), self.show_paste)
        menu.addAction(tr("Open a file…"), self._open_file)
        made.setMenu(menu)
        return made

    def _escape(self) -> None:
        if self._everything.currentWidget() is self.paste:
            self.paste.leave()
        else:
            self.close()

    def _open_file(self) -> None:
        self.show_paste()
        self.paste.choose_file()

    # --- Looks ------------------------------------------------------------------------------------------------------

    def _colour(self, role: QPalette.ColorRole) -> str:
        return self.palette().color(role).name()

    def _paint_icons(self) -> None:
        quiet, link = self._colour(QPalette.ColorRole.PlaceholderText), self._colour(QPalette.ColorRole.Link)
        faint = self.palette().color(QPalette.ColorGroup.Disabled, QPalette.ColorRole.ButtonText).name()
        for button in (self._back, self._reload, self.other_ways):
            drawing, size = button.property("drawing"), button.iconSize().width()
            icon = self._draw(drawing, link if button is self.other_ways else quiet, size)
            icon.addPixmap(self._draw(drawing, faint, size).pixmap(size, size), QIcon.Mode.Disabled)
            button.setIcon(icon)
        self._paint_lock()

    def _paint_lock(self) -> None:
        place = self._place
        there = place is not None and not (place.is_unknown or place.loading or place.failed)
        safe = there and place is not None and place.encrypted
        drawing = "lock" if safe else "unlock" if there else "globe"
        role = QPalette.ColorRole.WindowText if safe else QPalette.ColorRole.PlaceholderText
        icon = self._draw(drawing, self._colour(role), _ICON)
        self._lock.setPixmap(icon.pixmap(QSize(_ICON, _ICON), self.devicePixelRatioF()))

    def changeEvent(self, event: QEvent) -> None:
        """Follow light and dark."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange and hasattr(self, "_notice"):
            self._paint_icons()

    def closeEvent(self, event: QCloseEvent) -> None:
        """The person closed it: a word to whoever waits."""
        super().closeEvent(event)
        self.closed.emit()


class _Host(QLabel):
    """A host's name. When there is no room, its end stays: that is what tells who it is."""

    def __init__(self) -> None:
        super().__init__()
        self._whole = ""
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setFont(_sized(self.font(), 13, QFont.Weight.DemiBold))
        self.setMinimumWidth(0)

    def say(self, host: str) -> None:
        self._whole = host
        self.setToolTip(host)
        self._fit()

    def minimumSizeHint(self) -> QSize:
        return QSize(40, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        self.setText(self.fontMetrics().elidedText(self._whole, Qt.TextElideMode.ElideLeft, max(self.width(), 40)))


class _Progress(QWidget):
    """A thin bar between the head and the page, which is a plain line while nothing loads."""

    def __init__(self) -> None:
        super().__init__()
        self._percent: int | None = None
        self.setFixedHeight(_PROGRESS)
        self.setAccessibleName(tr("Progress"))

    def set(self, percent: int | None) -> None:
        self._percent = percent
        self.setAccessibleDescription("" if percent is None else f"{percent} %")
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        width, height = self.width(), self.height()
        line = QColor(self.palette().color(QPalette.ColorRole.Shadow))
        painter.fillRect(QRectF(0, height - 1, width, 1), line)
        if self._percent is not None:
            part = max(0.05, self._percent / 100) * width
            left = width - part if self.layoutDirection() is Qt.LayoutDirection.RightToLeft else 0
            painter.fillRect(QRectF(left, 0, part, height), self.palette().color(QPalette.ColorRole.Highlight))
        painter.end()


class _Notice(QFrame):
    """A line at the foot of the window; the newest replaces the one before."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("ground", "warn_tint")
        self._words = QLabel()
        self._words.setTextFormat(Qt.TextFormat.PlainText)
        self._words.setWordWrap(True)
        self._words.setFont(_sized(self.font(), 12))
        hide = QToolButton()
        hide.setText(tr("Hide"))
        hide.setProperty("kind", "link")
        hide.setAccessibleName(tr("Hide this message"))
        hide.clicked.connect(self.hide)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 8, 8, 8)
        row.addWidget(self._words, 1)
        row.addWidget(hide)
        self.hide()

    def say(self, words: str) -> None:
        self._words.setText(words)
        self._words.setAccessibleName(words)
        self.show()


def _manner(place: Place | None) -> str:
    """How a page came, in words."""
    if place is None or place.loading:
        return tr("Loading…")
    if place.failed:
        return tr("Not loaded")
    if place.is_unknown:
        return tr("Type nothing secret here")
    return tr("Encrypted connection") if place.encrypted else tr("Not encrypted — this machine")


def _sized(font: QFont, pixels: int, weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
    made = QFont(font)
    made.setPixelSize(pixels)
    made.setWeight(weight)
    return made


def tr(words: str) -> str:
    """A text in the person's language."""
    return QCoreApplication.translate("Rolecall", words)
