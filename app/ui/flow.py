"""A layout that puts widgets one after the other and begins a new line where one has no more room."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QStyle


class Flow(QLayout):
    """Lines of widgets, each as wide as it wants to be, at most as wide as the line."""

    def __init__(self, gap: int = 4) -> None:
        super().__init__()
        self._items: list[QLayoutItem] = []
        self._gap = gap
        self.setContentsMargins(0, 0, 0, 0)

    def addItem(self, item: QLayoutItem) -> None:
        """Add to the end."""
        self._items.append(item)

    def count(self) -> int:
        """How many there are."""
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        """One of them, or None beyond the end."""
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        """Take one out."""
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        """It wants no more room than it needs."""
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        """The narrower, the more lines."""
        return True

    def heightForWidth(self, width: int) -> int:
        """The height of all lines."""
        return self._lay(QRect(0, 0, width, 0), move=False)

    def setGeometry(self, rect: QRect) -> None:
        """Lay out."""
        super().setGeometry(rect)
        self._lay(rect, move=True)

    def sizeHint(self) -> QSize:
        """All in one line."""
        shown = self._shown()
        wide = sum(item.sizeHint().width() + self._gap for item in shown) - self._gap
        return QSize(max(0, wide), max((item.sizeHint().height() for item in shown), default=0))

    def minimumSize(self) -> QSize:
        """The highest of them; narrow ones are cut by no more than the line's end."""
        return QSize(0, max((item.minimumSize().height() for item in self._shown()), default=0))

    def _shown(self) -> list[QLayoutItem]:
        return [item for item in self._items if not item.isEmpty()]

    def _lay(self, rect: QRect, *, move: bool) -> int:
        y = 0
        for line in self._lines(rect.width()):
            high = max(item.sizeHint().height() for item in line)
            if move:
                self._place(line, QRect(rect.left(), rect.top() + y, rect.width(), high))
            y += high + self._gap
        return max(0, y - self._gap)

    def _lines(self, width: int) -> list[list[QLayoutItem]]:
        lines: list[list[QLayoutItem]] = []
        x = 0
        for item in self._shown():
            wide = item.sizeHint().width()
            if not lines or (x and x + wide > width):
                lines.append([])
                x = 0
            lines[-1].append(item)
            x += wide + self._gap
        return lines

    def _widths(self, line: list[QLayoutItem], width: int) -> list[int]:
        return [min(item.sizeHint().width(), max(width, 1)) for item in line]

    def _place(self, line: list[QLayoutItem], rect: QRect) -> None:
        widget = self.parentWidget()
        direction = widget.layoutDirection() if widget is not None else Qt.LayoutDirection.LeftToRight
        x = 0
        for item, wide in zip(line, self._widths(line, rect.width()), strict=True):
            # As high as the line: words in it then stand on one height.
            place = QRect(rect.left() + x, rect.top(), wide, rect.height())
            item.setGeometry(QStyle.visualRect(direction, rect, place))
            x += wide + self._gap


class FilledFlow(Flow):
    """The same with lines that are filled: what is left over of one is shared out among its widgets."""

    def _widths(self, line: list[QLayoutItem], width: int) -> list[int]:
        wished = super()._widths(line, width)
        left = max(0, width - sum(wished) - self._gap * (len(line) - 1))
        share, rest = divmod(left, len(line))
        return [wide + share + (place < rest) for place, wide in enumerate(wished)]
