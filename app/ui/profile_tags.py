"""Session tags: a row for each, with a key, a value, and whether roles assumed from there inherit it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLineEdit, QVBoxLayout

from app.domain.sts_limits import TAGS_MOST, tag_faults
from app.domain.values import dataclass
from app.ui.forms import Message
from app.ui.rows_control import Row, RowsControl
from app.ui.text import number, tr
from app.ui.translation import told
from app.ui.widgets import icon_button, set_property

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

_KEY_SHARE, _VALUE_SHARE = 2, 3


@dataclass(frozen=True, slots=True)
class Tag:
    """One session tag as typed."""

    key: str
    value: str
    transitive: bool = False


class _Row(Row):
    def __init__(self, rows: TagRows, tag: Tag) -> None:
        super().__init__()
        self.key, self.value = QLineEdit(tag.key), QLineEdit(tag.value)
        self.key.setPlaceholderText(tr("Key"))
        self.value.setPlaceholderText(tr("Value"))
        self.transitive = QCheckBox(tr("Transitive"))
        self.transitive.setToolTip(tr("Roles assumed from this one get the tag too, and cannot change it."))
        self.transitive.setChecked(tag.transitive)
        self.remove = icon_button("close", tr("Remove this tag"), "bare")
        self.message = Message()
        line = QHBoxLayout()
        line.setSpacing(6)
        line.addWidget(self.key, _KEY_SHARE)
        line.addWidget(self.value, _VALUE_SHARE)
        line.addWidget(self.transitive)
        line.addWidget(self.remove)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(line)
        column.addWidget(self.message)
        for part in (self.key, self.value):
            rows.watch(part)

    @property
    def tag(self) -> Tag:
        """What is typed. Blanks at the ends are part of neither."""
        return Tag(self.key.text().strip(), self.value.text().strip(), self.transitive.isChecked())

    def tell(self, words: str) -> None:
        """Say what is wrong below it."""
        self.message.tell(words, "bad")
        for part in (self.key, self.value):
            set_property(part, "fault", bool(words))
        self.key.setAccessibleDescription(words)


class TagRows(RowsControl[_Row]):
    """Up to fifty tags. Its value is a line `key = value` for each; `tags` tells them exactly."""

    def __init__(self) -> None:
        super().__init__(tr("Add a tag"))
        self._transitive = True

    def tags(self) -> tuple[Tag, ...]:
        """The tags of the rows that hold something."""
        return tuple(tag for row in self.rows if (tag := row.tag).key or tag.value)

    def value(self) -> str:
        """A line for each tag."""
        return "\n".join(f"{tag.key} = {tag.value}" for tag in self.tags())

    def set_value(self, text: str) -> None:
        """A row for each line `key = value`, none of them transitive."""
        pairs = [line.partition("=") for line in text.split("\n") if line.strip()]
        self.set_tags([(key.strip(), value.strip()) for key, _, value in pairs], ())

    def set_tags(self, tags: Iterable[tuple[str, str]], transitive: Collection[str]) -> None:
        """A row for each tag; those of the keys `transitive` are checked."""
        for row in tuple(self.rows):
            self._drop(row)
        for key, value in tags:
            self._append(Tag(key, value, key in transitive))
        self._follow()
        self.changed.emit()

    def allow_transitive(self, possible: bool) -> None:
        """Only AssumeRole knows transitive tags."""
        self._transitive = possible
        for row in self.rows:
            row.transitive.setVisible(possible)

    def _append(self, tag: Tag) -> _Row:
        row = _Row(self, tag)
        row.transitive.setVisible(self._transitive)
        row.key.textChanged.connect(self._typed)
        row.value.textChanged.connect(self._typed)
        row.transitive.toggled.connect(self._typed)
        return self._put(row)

    def _typed(self) -> None:
        self._judge()
        self.changed.emit()

    def _judge(self) -> None:
        seen: set[str] = set()
        for row in self.rows:
            tag = row.tag
            words = ""
            if tag.key or tag.value:
                faults = tag_faults(((tag.key, tag.value),), ())
                words = told(faults[0].detail) if faults else ""
                if not words and tag.key.casefold() in seen:
                    words = tr("This key stands twice; AWS compares keys without regard to case.")
                seen.add(tag.key.casefold())
            row.tell(words)

    def _add_one(self) -> None:
        row = self._append(Tag("", ""))
        self._follow()
        row.key.setFocus()

    def _follow(self) -> None:
        self._judge()
        self.add.setEnabled(len(self.rows) < TAGS_MOST)
        most = tr("At most {n} tags").format(n=number(TAGS_MOST))
        self.add.setToolTip("" if self.add.isEnabled() else most)
        for place, row in enumerate(self.rows):
            row.key.setAccessibleName(tr("Key of tag {n}").format(n=number(place + 1)))
            row.value.setAccessibleName(tr("Value of tag {n}").format(n=number(place + 1)))
            row.transitive.setAccessibleName(tr("Tag {n} is transitive").format(n=number(place + 1)))
            row.remove.setAccessibleName(tr("Remove tag {n}").format(n=number(place + 1)))
