"""The style sheet: tokens in Qt's own notation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.domain.values import names
from app.ui.tokens import Tokens

if TYPE_CHECKING:
    from collections.abc import Callable

_TONES = ("text", "text2", "disabled", "accent", "good", "warn", "bad", "on_fill")
_GROUNDS = (
    "window", "surface", "raised", "sunken", "field", "select", "good_tint", "warn_tint", "bad_tint", "nav_on", "line",
)  # fmt: skip

_SHEET = """
QPushButton, QToolButton {
  background: $button; color: $text; border: 1px solid $border; border-radius: 6px;
  min-height: 30px; padding: 0 12px; font-weight: 500; outline: none;
}
QPushButton:hover, QToolButton:hover { background: $hover; }
QPushButton:pressed, QToolButton:pressed, QToolButton:open { background: $nav_on; }
QPushButton:disabled, QToolButton:disabled { color: $disabled; border-color: $line; }
QPushButton[kind="primary"], QToolButton[kind="primary"] { background: $fill; color: $on_fill; border-color: $fill; }
QPushButton[kind="primary"]:hover, QToolButton[kind="primary"]:hover {
  background: $fill_hover; border-color: $fill_hover;
}
QPushButton[kind="primary"]:pressed, QToolButton[kind="primary"]:pressed {
  background: $fill_press; border-color: $fill_press;
}
QPushButton[kind="primary"]:disabled, QToolButton[kind="primary"]:disabled {
  background: $sunken; color: $disabled; border-color: $line;
}
QPushButton[joined="left"] { border-top-right-radius: 0; border-bottom-right-radius: 0; }
QPushButton[joined="right"] {
  border-top-left-radius: 0; border-bottom-left-radius: 0; padding: 0; min-width: 30px; max-width: 30px;
  border-left: 1px solid $fill_press;
}
QPushButton[joined="right end"] { border-top-left-radius: 0; border-bottom-left-radius: 0; }
QPushButton[joined="left end"] {
  border-top-right-radius: 0; border-bottom-right-radius: 0; padding: 0; min-width: 30px; max-width: 30px;
  border-right: 1px solid $fill_press;
}
QPushButton[kind="plain"], QToolButton[kind="plain"], QPushButton[kind="bare"], QToolButton[kind="bare"] {
  background: transparent; border-color: transparent;
}
QPushButton[kind="plain"]:hover, QToolButton[kind="plain"]:hover,
QPushButton[kind="bare"]:hover, QToolButton[kind="bare"]:hover { background: $nav_on; }
QPushButton[kind="icon"], QToolButton[kind="icon"], QPushButton[kind="bare"], QToolButton[kind="bare"] {
  padding: 0; min-width: 30px; max-width: 30px;
}
QPushButton[kind="link"], QToolButton[kind="link"] {
  background: transparent; border: 1px solid transparent; color: $accent;
  padding: 0 4px; min-height: 18px; font-size: 12px;
}
QPushButton[kind="link"]:hover { text-decoration: underline; }
QPushButton[beside="true"] { padding: 0; margin-left: 10px; font-size: 11px; }
QPushButton[tight="true"] { padding: 0 8px; }
QPushButton[small="true"], QToolButton[small="true"] { min-height: 26px; font-size: 12px; }
QPushButton[kind="bare"][small="true"], QToolButton[kind="bare"][small="true"] {
  min-width: 22px; max-width: 22px; min-height: 22px; max-height: 22px;
}
QPushButton::menu-indicator, QToolButton::menu-indicator { image: none; width: 0; }

QLineEdit, QPlainTextEdit, QTextEdit, QComboBox, QSpinBox, QDoubleSpinBox {
  background: $field; color: $text; border: 1px solid $border; border-radius: 6px; padding: 0 9px;
  selection-background-color: $fill; selection-color: $on_fill;
}
QLineEdit, QComboBox, QSpinBox, QDoubleSpinBox { min-height: 30px; }
QPlainTextEdit, QTextEdit { padding: 5px 7px; }
QLineEdit:focus, QComboBox:focus, QSpinBox:focus, QDoubleSpinBox:focus {
  border: 2px solid $fill; padding: 0 8px; min-height: 28px;
}
QPlainTextEdit:focus, QTextEdit:focus { border: 2px solid $fill; padding: 4px 6px; }
QLineEdit[fault="true"], QComboBox[fault="true"], QSpinBox[fault="true"], QDoubleSpinBox[fault="true"] {
  border: 2px solid $bad_mark; padding: 0 8px; min-height: 28px;
}
QPlainTextEdit[fault="true"], QTextEdit[fault="true"] { border: 2px solid $bad_mark; padding: 4px 6px; }
QLineEdit[plain="true"], QLineEdit[plain="true"]:focus { border: none; background: transparent; padding: 0; }
QLineEdit:disabled, QComboBox:disabled, QPlainTextEdit:disabled { color: $disabled; background: $sunken; }
QComboBox::drop-down { border: none; width: 28px; }
QComboBox::down-arrow { image: url("@down"); width: 16px; height: 16px; }
QComboBox QAbstractItemView {
  background: $raised; color: $text; border: 1px solid $border; outline: none; padding: 4px;
  selection-background-color: $select; selection-color: $text;
}
QComboBox QAbstractItemView::item { min-height: 28px; padding: 0 6px; }
QSpinBox::up-button, QDoubleSpinBox::up-button, QSpinBox::down-button, QDoubleSpinBox::down-button {
  border: none; width: 20px; background: transparent;
}
QSpinBox::up-arrow, QDoubleSpinBox::up-arrow { image: url("@up"); width: 12px; height: 12px; }
QSpinBox::down-arrow, QDoubleSpinBox::down-arrow { image: url("@down"); width: 12px; height: 12px; }

QCheckBox, QRadioButton { spacing: 8px; outline: none; min-height: 22px; }
QCheckBox::indicator, QRadioButton::indicator {
  width: 16px; height: 16px; border: 1px solid $border; background: $field;
}
QCheckBox::indicator { border-radius: 4px; }
QRadioButton::indicator { border-radius: 8px; }
QCheckBox::indicator:checked { background: $fill; border-color: $fill; image: url("@check"); }
QCheckBox::indicator:indeterminate { background: $fill; border-color: $fill; image: url("@dash"); }
QRadioButton::indicator:checked { background: $fill; border-color: $fill; image: url("@dot"); }
QCheckBox::indicator:focus, QRadioButton::indicator:focus { border: 2px solid $fill; width: 14px; height: 14px; }
QCheckBox:disabled, QRadioButton:disabled { color: $disabled; }

QMenu { background: $raised; color: $text; border: 1px solid $border; padding: 5px; }
QMenu::item { padding: 5px 24px 5px 6px; border-radius: 5px; min-height: 18px; min-width: 128px; }
QMenu::item:selected { background: $fill; color: $on_fill; }
QMenu::item:disabled { color: $disabled; background: transparent; }
QMenu::icon { padding-left: 8px; }
QMenu::separator { height: 1px; background: $line; margin: 5px 4px; }
QMenu::right-arrow { image: url("@right"); width: 14px; height: 14px; padding-right: 6px; }
QToolTip { background: $toast; color: $toast_text; border: 1px solid $toast; padding: 4px 6px; }

QScrollArea, QScrollArea > QWidget > QWidget#scrolled { background: transparent; border: none; }
QScrollBar:vertical { background: transparent; width: 10px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 10px; margin: 0; }
QScrollBar::handle { background: $border; border-radius: 2px; margin: 3px; }
QScrollBar::handle:vertical { min-height: 28px; }
QScrollBar::handle:horizontal { min-width: 28px; }
QScrollBar::handle:hover { background: $text2; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; border: none; background: none; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }

QLabel[cap="true"] {
  background: $surface; color: $text2; border: 1px solid $border; border-radius: 4px; padding: 0 5px; font-size: 11px;
}
QFrame[rule="true"] { background: $line; border: none; min-height: 1px; max-height: 1px; }
QFrame[rule="vertical"] { background: $line; border: none; min-width: 1px; max-width: 1px; }
*[card="true"] { background: $surface; border: 1px solid $border; border-radius: 8px; }
QListView { border: none; outline: none; background: $surface; }
SessionList QScrollBar:vertical { width: 8px; }
SessionList QScrollBar::handle:vertical { margin: 3px 3px 3px 1px; }
QSplitter::handle { background: $line; }
"""


def sheet(tokens: Tokens, path: Callable[[str], str]) -> str:
    """The style sheet of the whole application; `path` tells where a drawing lies."""
    text = _SHEET
    text += "".join(f'QLabel[tone="{tone}"], QPushButton[tone="{tone}"] {{ color: ${tone}; }}\n' for tone in _TONES)
    text += "".join(f'*[ground="{ground}"] {{ background: ${ground}; }}\n' for ground in _GROUNDS)
    look = "dark" if tokens.dark else "light"
    for mark, name in (
        ("@down", f"theme/down-{look}.svg"),
        ("@up", f"theme/up-{look}.svg"),
        ("@right", f"theme/right-{look}.svg"),
        ("@check", "theme/check.svg"),
        ("@dash", "theme/dash.svg"),
        ("@dot", "theme/dot.svg"),
    ):
        text = text.replace(mark, path(name))
    # The longest names first, so that `$fill` does not eat the beginning of `$fill_hover`.
    for name in sorted(names(Tokens), key=len, reverse=True):
        value = getattr(tokens, name)
        if isinstance(value, str):
            text = text.replace(f"${name}", value)
    return text
