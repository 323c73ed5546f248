"""Fields of forms: a label, a control, and below it what is wrong or right about it while a person types."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import (
    QApplication,
    QBoxLayout,
    QCheckBox,
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLayout,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app.ui import fonts, icons, theme, tokens
from app.ui.choices import Segmented, Swatches
from app.ui.composite import Composite, passes_wheel
from app.ui.mark import Mark
from app.ui.text import tr
from app.ui.translation import told
from app.ui.widgets import label as make_label
from app.ui.widgets import set_property

if TYPE_CHECKING:
    from collections.abc import Iterable

    from PySide6.QtGui import QResizeEvent

    from app.domain.errors import BadInput

LABEL_COLUMN = tokens.LABEL_WIDTH + tokens.EDGE
_ICON, _BUTTON_EDGE = 14, 13
_ANY_WIDTH = 16_777_215
"""Qt's own word for no limit."""
STACKED_UNDER = 500
"""Forms narrower than this put their labels above the controls."""
_ICONS = {"bad": ("warning", "bad"), "good": ("check", "good_mark"), "warn": ("warning", "warn")}


class Message(QWidget):
    """A line below a field: an icon and words, in a tone (`bad`, `good`, `warn`, or `text2` without an icon)."""

    def __init__(self) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 4, 0, 2)
        row.setSpacing(6)
        self._mark = Mark("", "text2", _ICON)
        self._words = make_label("", tokens.SMALL, "text2", wrap=True)
        holder = QVBoxLayout()
        holder.setContentsMargins(0, 1, 0, 0)
        holder.addWidget(self._mark)
        holder.addStretch()
        row.addLayout(holder)
        row.addWidget(self._words, 1)
        self.hide()

    @property
    def text(self) -> str:
        """The words shown now."""
        return self._words.text()

    def tell(self, words: str, tone: str = "text2") -> None:
        """Show words, or nothing when they are empty."""
        self.setVisible(bool(words))
        self._words.setText(words)
        set_property(self._words, "tone", "text2" if tone == "good" else tone)
        name, token = _ICONS.get(tone, ("", "text2"))
        self._mark.setVisible(bool(name))
        self._mark.show_as(name, token)


class UnitEdit(QLineEdit):
    """A line with a unit at its end."""

    def __init__(self, unit: str) -> None:
        super().__init__()
        self._unit = QLabel(unit, self)
        self._unit.setProperty("tone", "text2")
        # Numbers run from left to right in every script.
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self.setTextMargins(0, 0, self._unit.sizeHint().width() + 4, 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the unit at the end."""
        super().resizeEvent(event)
        size = self._unit.sizeHint()
        self._unit.setGeometry(
            self.width() - size.width() - 10, (self.height() - size.height()) // 2, size.width(), size.height()
        )


class Lines(QPlainTextEdit):
    """Several lines of text. Tab leaves it, as in every other field."""

    def __init__(self, lines: int) -> None:
        super().__init__()
        self.setTabChangesFocus(True)
        self.setFont(fonts.mono())
        self.setFixedHeight(round(self.fontMetrics().lineSpacing() * lines) + 24)

    def value(self) -> tuple[str, ...]:
        """The lines that hold something."""
        return tuple(line.strip() for line in self.toPlainText().splitlines() if line.strip())


class Field(QWidget):
    """A label, a control, and a message. `key` is the name of the setting behind it."""

    changed = Signal(str)
    left = Signal(str)

    def __init__(
        self, key: str, words: str, control: QWidget, *, wide: bool = False, after: QWidget | None = None
    ) -> None:
        super().__init__()
        self.key, self.words, self.control = key, words, control
        self.message = Message()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(0)
        self.label = make_label(words, tone="text2", wrap=True)
        self.label.setBuddy(control)
        self._row = QHBoxLayout()
        self._row.setSpacing(tokens.FIELD_GAP)
        if not wide:
            control.setFixedWidth(tokens.FIELD_WIDTH)
        self._row.addWidget(control, 1 if wide else 0)
        if after is not None:
            self._row.addWidget(after)
        if not wide:
            self._row.addStretch(1)
        self.stack(False)
        control.setAccessibleName(words)
        if isinstance(control, Segmented):
            control.name_parts(words)
        self._connect()

    def stack(self, above: bool) -> None:
        """Put the label above the control where there is little room, else beside it."""
        self._grid.removeWidget(self.label)
        self._grid.removeWidget(self.message)
        self._grid.removeItem(self._row)
        self._row.setParent(None)
        first = 1 if above else 0
        self._grid.addWidget(self.label, 0, 0, Qt.AlignmentFlag.AlignTop)
        self._grid.addLayout(self._row, first, 1 - first)
        self._grid.addWidget(self.message, first + 1, 1 - first)
        self._grid.setColumnMinimumWidth(0, 0 if above else LABEL_COLUMN)
        self._grid.setColumnStretch(0, first)
        self._grid.setColumnStretch(1, 1 - first)
        self.label.setMinimumHeight(0 if above else tokens.CONTROL)
        self.label.setMaximumWidth(_ANY_WIDTH if above else tokens.LABEL_WIDTH)
        self.label.setContentsMargins(0, 0, 0, 4 if above else 0)

    @property
    def needed(self) -> int:
        """How wide the control and what stands beside it have to be, pixels."""
        return self._row.minimumSize().width()

    def value(self) -> str:
        """What was typed or chosen; text without blanks around it."""
        return value_of(self.control)

    def set_value(self, text: str) -> None:
        """Fill it in."""
        control = self.control
        if isinstance(control, QComboBox):
            index = control.findData(text)
            if control.isEditable():
                control.setEditText(text)
            else:
                control.setCurrentIndex(index)
        elif isinstance(control, QPlainTextEdit):
            control.setPlainText(text)
        elif isinstance(control, QLineEdit):
            control.setText(text)
        elif isinstance(control, Segmented | Swatches | Composite):
            control.set_value(text)

    def tell(self, words: str, tone: str = "text2") -> None:
        """Say something below the control; `bad` also draws its border red."""
        self.message.tell(words, tone)
        wrong = tone == "bad" and bool(words)
        if isinstance(self.control, Composite):
            self.control.show_fault(wrong)
        else:
            set_property(self.control, "fault", wrong)
        self.control.setAccessibleDescription(words)

    def beside(self, words: str) -> None:
        """Say something beside the control, such as seconds in hours (see `seconds_field`)."""
        found = self.findChild(QLabel, "words")
        if isinstance(found, QLabel):
            found.setText(words)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Notice when the control is left; let the page scroll over drop-downs."""
        if event.type() is QEvent.Type.FocusOut:
            self.left.emit(self.key)
        return passes_wheel(watched, event) or super().eventFilter(watched, event)

    def _connect(self) -> None:
        control = self.control
        control.installEventFilter(self)
        if isinstance(control, QComboBox):
            (control.editTextChanged if control.isEditable() else control.currentIndexChanged).connect(
                self._tell_changed
            )
        elif isinstance(control, QLineEdit | QPlainTextEdit):
            control.textChanged.connect(self._tell_changed)
        elif isinstance(control, Segmented | Swatches | Composite):
            control.changed.connect(self._tell_changed)
        if isinstance(control, Composite):
            control.left.connect(lambda: self.left.emit(self.key))

    def _tell_changed(self) -> None:
        self.changed.emit(self.key)


class More(QPushButton):
    """A disclosure: a chevron and a word, which shows and hides what is inside."""

    def __init__(self, words: str, inside: QWidget) -> None:
        super().__init__()
        self._inside = inside
        self.setProperty("kind", "plain")
        self.setText(words)
        self.setFont(fonts.font(tokens.NAME))
        self.setCheckable(True)
        self.setAutoDefault(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.toggled.connect(self._toggled)
        self._toggled(False)

    def _toggled(self, on: bool) -> None:
        self._inside.setVisible(on)
        theme.current().bind_icon(self, "chevron-down" if on else icons.onward(), "text")
        self.setAccessibleDescription(tr("expanded") if on else tr("collapsed"))


class Disclosure(QWidget):
    """The line of a `More`, and what stands beside it, under the fields."""

    def __init__(self, more: More, beside: QWidget | None = None) -> None:
        super().__init__()
        self._line = QHBoxLayout(self)
        self._line.setSpacing(tokens.GAP)  # the ring around the button leaves the words alone
        self._line.addWidget(more)
        if beside is None:
            self._line.addStretch(1)
        else:
            self._line.addWidget(beside, 1)
        self.stack(False)

    def stack(self, above: bool) -> None:
        """Begin where the fields begin, less the button's own edge."""
        indent(self._line, 0 if above else LABEL_COLUMN - _BUTTON_EDGE)


def line_field(key: str, words: str, *, wide: bool = False, mono: bool = False, hint: str = "") -> Field:
    """A line of text."""
    control = QLineEdit()
    control.setPlaceholderText(hint)
    if mono:
        control.setFont(fonts.mono())
    return Field(key, words, control, wide=wide)


def seconds_field(key: str, words: str, unit: str) -> Field:
    """A line for a number with a unit, and room for the same in words beside it."""
    after = make_label("", tone="text2")
    after.setObjectName("words")
    return Field(key, words, UnitEdit(unit), after=after)


def combo_field(
    key: str, words: str, choices: Iterable[tuple[str, str]] = (), *, editable: bool = False, wide: bool = False
) -> Field:
    """A drop-down of (value, words), or of suggestions that may be typed over."""
    control = QComboBox()
    control.setEditable(editable)
    control.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    control.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    control.setMinimumContentsLength(8)
    if editable:
        control.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        line = control.lineEdit()
        if line is not None:
            line.setProperty("plain", True)
            line.setAccessibleName(words)
    for value, shown in choices:
        control.addItem(shown, value)
    if editable:
        control.setEditText("")
    return Field(key, words, control, wide=wide)


def lines_field(key: str, words: str, lines: int, hint: str = "") -> Field:
    """Several lines of text."""
    control = Lines(lines)
    control.setPlaceholderText(hint)
    return Field(key, words, control, wide=True)


def secret_field(key: str, words: str, hint: str) -> Field:
    """A line whose text is hidden, and never offered to completion or spelling."""
    control = QLineEdit()
    control.setEchoMode(QLineEdit.EchoMode.Password)
    control.setPlaceholderText(hint)
    control.setInputMethodHints(
        Qt.InputMethodHint.ImhHiddenText
        | Qt.InputMethodHint.ImhSensitiveData
        | Qt.InputMethodHint.ImhNoPredictiveText
        | Qt.InputMethodHint.ImhNoAutoUppercase
    )
    return Field(key, words, control, wide=True)


class Check(QWidget):
    """A check box under the fields, with an explanation after it (or below it, where that is long)."""

    def __init__(self, key: str, words: str, explanation: str = "", *, below: bool = False) -> None:
        super().__init__()
        self.key = key
        self._row = QBoxLayout(QBoxLayout.Direction.TopToBottom if below else QBoxLayout.Direction.LeftToRight, self)
        self._row.setSpacing(0 if below else tokens.GAP)
        self.box = QCheckBox(words)
        self.box.setAccessibleDescription(explanation)
        self._row.addWidget(self.box)
        if explanation:
            said = make_label(explanation, tokens.SMALL, "text2", wrap=True)
            said.setIndent(24 if below else 0)
            self._row.addWidget(said, 1)
        else:
            self._row.addStretch(1)
        self.stack(False)

    def stack(self, above: bool) -> None:
        """Stand under the controls, or at the edge when labels stand above them."""
        indent(self._row, 0 if above else LABEL_COLUMN)


def indent(layout: QLayout, amount: int) -> None:
    """Begin a line later, at the side where lines begin."""
    ltr = QApplication.layoutDirection() is Qt.LayoutDirection.LeftToRight
    layout.setContentsMargins(amount if ltr else 0, 0, 0 if ltr else amount, 0)


class Form(QWidget):
    """A column of fields. Labels move above their controls where there is little room, or words are long."""

    def __init__(self) -> None:
        super().__init__()
        self._stacked = False
        self._width = 0
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(tokens.FORM_EDGE, 20, tokens.FORM_EDGE, 8)
        self.column.setSpacing(tokens.FIELD_GAP)

    def fit(self, width: int) -> None:
        """Move the labels for a width; told by whoever scrolls the form."""
        self._width = width
        parts = [part for part in self.findChildren(QWidget) if isinstance(part, Field | Check | Disclosure)]
        needed = max((part.needed for part in parts if isinstance(part, Field) and part.isVisibleTo(self)), default=0)
        stacked = width < max(STACKED_UNDER, tokens.FORM_EDGE + LABEL_COLUMN + needed)
        if stacked != self._stacked:
            self._stacked = stacked
            for part in parts:
                part.stack(stacked)

    def event(self, event: QEvent) -> bool:
        """Look again when fields come, go or grow."""
        if event.type() is QEvent.Type.LayoutRequest and self._width:
            self.fit(self._width)
        return super().event(event)


def refill(field: Field, choices: Iterable[tuple[str, str]]) -> None:
    """Give a drop-down other choices, keeping what is chosen or typed, and telling nobody."""
    control = field.control
    assert isinstance(control, QComboBox)  # noqa: S101  # for the type checker: only drop-downs come here
    now = field.value()
    control.blockSignals(True)
    control.clear()
    for value, shown in choices:
        control.addItem(shown, value)
    field.set_value(now)
    control.blockSignals(False)


def value_of(control: QWidget) -> str:
    """The text behind a control of these forms."""
    if isinstance(control, QComboBox):
        data = control.currentData()
        return control.currentText().strip() if control.isEditable() else str(data if data is not None else "")
    if isinstance(control, QPlainTextEdit):
        return control.toPlainText().strip()
    if isinstance(control, QLineEdit):
        return control.text().strip()
    if isinstance(control, Segmented | Swatches | Composite):
        return control.value()
    return ""


def words_of(fault: BadInput, field: Field) -> str:
    """A fault in one or two short sentences, with the field's own name for the setting."""
    if not fault.detail or fault.code == "settings-type":
        words = told(f"{fault.title}.")
        return words.replace(f"“{fault.field}”", field.words).replace(f"„{fault.field}“", field.words)
    # Keys that are no words, such as `session_name`, are told in words.
    detail = told(fault.detail)
    detail = detail.replace(fault.field, field.words) if "_" in fault.field else detail
    return f"{told(fault.title)}. {detail}" if fault.code == "settings-value" else detail
