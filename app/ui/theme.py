"""Light, dark, or as the system has it, live: our own palette and style sheet over Fusion.

Widgets say what they are by dynamic properties; nothing else names a colour.

- `QPushButton`, `QToolButton`: `kind` = `primary`, `plain` (no border), `link`, `icon` (32 px square, bordered), `bare`
  (32 px square, no border); none is the bordered button. `small` = true for 28 px.
- `QLabel`, `QPushButton`: `tone` = a text token (`text2`, `accent`, `good`, `warn`, `bad`, `disabled`).
- any widget: `ground` = a token (`window`, `surface`, `raised`, `sunken`, `select`, `bad_tint`) fills its background.
- fields: `fault` = true draws the error border.
"""

from __future__ import annotations

import weakref
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication, QStyle
from shiboken6 import isValid

from app.ui import fonts, icons, resources
from app.ui.style import sheet
from app.ui.tokens import DARK, LIGHT, Tokens

if TYPE_CHECKING:
    from PySide6.QtGui import QScreen
    from PySide6.QtWidgets import QAbstractButton


_GAP = 4


class Theme(QObject):
    """The look of the whole application. `changed` is emitted after light and dark were exchanged."""

    changed = Signal()

    def __init__(self, app: QApplication, mode: str = "system") -> None:
        super().__init__(app)
        self._app = app
        self._mode = mode
        self._system_dark: bool | None = None
        self.tokens: Tokens = LIGHT
        self._bound: list[tuple[weakref.ref[QAbstractButton], str, str, int]] = []
        app.setStyle("Fusion")
        fonts.install(app)
        app.styleHints().colorSchemeChanged.connect(self._follow)
        self._finer = icons.finer()
        app.screenAdded.connect(self._add_screen)
        for screen in app.screens():
            screen.geometryChanged.connect(self._draw_finer)
        self._apply()

    @property
    def mode(self) -> str:
        """`system`, `light` or `dark`."""
        return self._mode

    def set_mode(self, mode: str) -> None:
        """Change to `system`, `light` or `dark`."""
        if mode != self._mode:
            self._mode = mode
            self._follow()

    def set_system_dark(self, dark: bool) -> None:
        """What the desktop wishes, where Qt itself does not know; holds in the mode `system`."""
        self._system_dark = dark
        if self._wants_dark() != self.tokens.dark:  # to dress everything anew takes a moment, also at the start
            self._follow()

    def bind_icon(self, button: QAbstractButton, name: str, tint: str = "text2", size: int = 16) -> None:
        """Give a button an icon in a token's colour, and keep it so when the theme changes."""
        self._bound = [each for each in self._bound if each[0]() is not None and each[0]() is not button]
        self._bound.append((weakref.ref(button), name, tint, size))
        self._paint_icon(button, name, tint, size)

    def colour(self, tint: str) -> QColor:
        """A token as a colour."""
        return QColor(getattr(self.tokens, tint))

    def _paint_icon(self, button: QAbstractButton, name: str, tint: str, size: int) -> None:
        gap = 0
        if button.text():
            gap = -_GAP if button.layoutDirection() == Qt.LayoutDirection.RightToLeft else _GAP
        button.setIcon(icons.icon(name, getattr(self.tokens, tint), size, self.tokens.disabled, gap=gap))
        button.setIconSize(QSize(size + abs(gap), size))

    def _follow(self) -> None:
        before = self.tokens
        self._apply()
        if self.tokens is not before:
            self._draw_again()

    def _add_screen(self, screen: QScreen) -> None:
        screen.geometryChanged.connect(self._draw_finer)
        self._draw_finer()

    def _draw_finer(self) -> None:
        """The first screen with more pixels wants finer icons than were drawn so far."""
        if not self._finer and icons.finer():
            self._finer = True
            self._draw_again()

    def _draw_again(self) -> None:
        for ref, name, tint, size in self._bound:
            button = ref()
            if button is not None and isValid(button):
                self._paint_icon(button, name, tint, size)
        self.changed.emit()

    def _apply(self) -> None:
        self.tokens = DARK if self._wants_dark() else LIGHT
        self._app.setPalette(palette(self.tokens))
        self._app.setStyleSheet(sheet(self.tokens, resources.path))

    def _wants_dark(self) -> bool:
        if self._mode == "system":
            if self._system_dark is not None:
                return self._system_dark
            return self._app.styleHints().colorScheme() == Qt.ColorScheme.Dark
        return self._mode == "dark"


_theme: list[Theme] = []


def install(app: QApplication, mode: str = "system") -> Theme:
    """Give the application its look; once. Later calls change the mode."""
    if _theme and isValid(_theme[0]):
        _theme[0].set_mode(mode)
    else:
        _theme[:] = [Theme(app, mode)]
    return _theme[0]


def current() -> Theme:
    """The installed theme."""
    return _theme[0]


def tokens() -> Tokens:
    """The tokens of the installed theme; light ones before there is any."""
    return _theme[0].tokens if _theme else LIGHT


def moves() -> bool:
    """Whether the person's desktop allows motion."""
    # Qt 6.11 has no word for it but the time its own styles may spend on motion.
    return QApplication.style().styleHint(QStyle.StyleHint.SH_Widget_Animation_Duration) > 0


def palette(t: Tokens) -> QPalette:
    """Our colours in the roles of Qt, for what the style sheet does not name."""
    made = QPalette()
    roles = {
        QPalette.ColorRole.Window: t.surface,
        QPalette.ColorRole.WindowText: t.text,
        QPalette.ColorRole.Base: t.field,
        QPalette.ColorRole.AlternateBase: t.hover,
        QPalette.ColorRole.ToolTipBase: t.toast,
        QPalette.ColorRole.ToolTipText: t.toast_text,
        QPalette.ColorRole.PlaceholderText: t.text2,
        QPalette.ColorRole.Text: t.text,
        QPalette.ColorRole.Button: t.button,
        QPalette.ColorRole.ButtonText: t.text,
        QPalette.ColorRole.BrightText: t.bad,
        QPalette.ColorRole.Highlight: t.fill,
        QPalette.ColorRole.HighlightedText: t.on_fill,
        QPalette.ColorRole.Link: t.accent,
        QPalette.ColorRole.LinkVisited: t.accent,
        QPalette.ColorRole.Accent: t.fill,
        QPalette.ColorRole.Light: t.raised,
        QPalette.ColorRole.Midlight: t.hover,
        QPalette.ColorRole.Mid: t.border,
        QPalette.ColorRole.Dark: t.border,
        QPalette.ColorRole.Shadow: t.line,
    }
    for role, colour in roles.items():
        made.setColor(role, QColor(colour))
    for role in (QPalette.ColorRole.WindowText, QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, role, QColor(t.disabled))
    return made
