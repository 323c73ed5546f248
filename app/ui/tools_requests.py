"""The last exchanges with STS as rows, newest first: the model, how a row is drawn, and the details beside it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QKeySequence, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from app.domain.exchange import Exchange, as_text
from app.ui import fonts, icons, text, theme, tokens
from app.ui.side_pane import SidePane
from app.ui.text import tr
from app.ui.tools_parts import Said, Value, copy_text
from app.ui.widgets import label

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from PySide6.QtCore import QObject

Index = QModelIndex | QPersistentModelIndex
ROLE = Qt.ItemDataRole.UserRole + 1
_NO_PARENT = QModelIndex()
_HIGH, _SIDE, _NAME_COLUMN = 44, 96, 116
_NOTICEABLE = timedelta(seconds=2)


class RequestsModel(QAbstractListModel):
    """Takes exchanges, newest first."""

    def __init__(self, clock: Callable[[], datetime], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._clock = clock
        self._rows: tuple[Exchange, ...] = ()

    @property
    def rows(self) -> tuple[Exchange, ...]:
        """What is shown."""
        return self._rows

    def take(self, rows: tuple[Exchange, ...]) -> None:
        """Show these: new ones come in at the top, old ones leave at the bottom, the rest stays where it is."""
        if rows == self._rows:
            return
        fresh = next((n for n in range(len(rows) + 1) if rows[n:] == self._rows[: len(rows) - n]), len(rows))
        kept = len(rows) - fresh
        if kept < len(self._rows):
            self.beginRemoveRows(_NO_PARENT, kept, len(self._rows) - 1)
            self._rows = self._rows[:kept]
            self.endRemoveRows()
        if fresh:
            self.beginInsertRows(_NO_PARENT, 0, fresh - 1)
            self._rows = rows
            self.endInsertRows()

    def rowCount(self, parent: Index = _NO_PARENT) -> int:
        """One row for each exchange."""
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The exchange itself, or its words."""
        if not index.isValid() or not 0 <= index.row() < len(self._rows):
            return None
        row = self._rows[index.row()]
        if role == ROLE:
            return row
        if role == Qt.ItemDataRole.DisplayRole:
            return row.action
        if role == Qt.ItemDataRole.AccessibleTextRole:
            when = text.day_and_clock(row.started, self._clock(), seconds=True)
            return ", ".join((when, row.action, outcome(row), took(row), row.endpoint))
        return None


def outcome(row: Exchange) -> str:
    """How it ended, in a word or two."""
    if row.ok:
        return tr("Done")
    return row.code if row.status else tr("{code}, no answer").format(code=row.code)


def took(row: Exchange) -> str:
    """How long it took, in milliseconds."""
    return tr("{n} ms").format(n=text.number(round(row.seconds * 1000)))


class _Delegate(QStyledItemDelegate):
    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        """All rows are as high, and as wide as the view."""
        return QSize(1, _HIGH)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw a row."""
        row = index.data(ROLE)
        if not isinstance(row, Exchange):
            return
        t, way, rect = theme.tokens(), option.direction, option.rect
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        state = option.state
        if state & (QStyle.StateFlag.State_Selected | QStyle.StateFlag.State_MouseOver):
            selected = bool(state & QStyle.StateFlag.State_Selected)
            painter.setBrush(QColor(t.select if selected else t.hover))
            painter.setPen(QPen(QColor(t.select_line)) if selected else QPen(Qt.PenStyle.NoPen))
            inset = tokens.ROW_INSET + 0.5
            painter.drawRoundedRect(QRectF(rect).adjusted(inset, 0.5, -inset, -0.5), tokens.RADIUS, tokens.RADIUS)
        inner = rect.adjusted(tokens.FORM_EDGE, 4, -tokens.FORM_EDGE, -4)
        spot = QRect(inner.left(), inner.top() + 1, 16, 16)
        icon, mark = ("check", t.good_mark) if row.ok else ("warning", t.bad_mark)
        icons.paint(painter, QRectF(QStyle.visualRect(way, rect, spot)), icon, mark)
        words = inner.adjusted(26, 0, -_SIDE, 0)
        side = QRect(inner.right() - _SIDE, inner.top(), _SIDE, 18)
        lines = (
            (words, 0, row.action, tokens.NAME, t.text, Qt.AlignmentFlag.AlignLeft),
            (words, 18, _second(row), tokens.SMALL, t.text2 if row.ok else t.bad, Qt.AlignmentFlag.AlignLeft),
            (side, 0, text.clock(row.started, seconds=True), tokens.SMALL, t.text2, Qt.AlignmentFlag.AlignRight),
            (side, 18, took(row), tokens.SMALL, t.text2, Qt.AlignmentFlag.AlignRight),
        )
        for place, down, said, style, colour, align in lines:
            line = QStyle.visualRect(way, rect, QRect(place.left(), place.top() + down, place.width(), 18))
            painter.setFont(fonts.font(style))
            painter.setPen(QColor(colour))
            fit = fonts.metrics(style).elidedText(said, Qt.TextElideMode.ElideRight, place.width())
            painter.drawText(line, QStyle.visualAlignment(way, align | Qt.AlignmentFlag.AlignVCenter), fit)
        painter.restore()


def _second(row: Exchange) -> str:
    by = tr("signed by {key}").format(key=row.signed_by) if row.signed_by else tr("not signed")
    return " · ".join((outcome(row), row.endpoint, by))


class RequestsView(QListView):
    """`chosen_changed` tells after another row became the current one, `copy_wanted` Ctrl+C."""

    chosen_changed = Signal()
    copy_wanted = Signal()

    def __init__(self, model: RequestsModel) -> None:
        super().__init__()
        self.setModel(model)
        self.setItemDelegate(_Delegate(self))
        self.setAccessibleName(tr("Requests to STS"))
        self.setUniformItemSizes(True)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.selectionModel().selectionChanged.connect(lambda *_: self.chosen_changed.emit())
        theme.current().changed.connect(self.viewport().update)

    @property
    def chosen(self) -> Exchange | None:
        """The current row, as long as it is selected."""
        index = self.currentIndex()
        row = index.data(ROLE) if self.selectionModel().isSelected(index) else None
        return row if isinstance(row, Exchange) else None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+C copies."""
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy_wanted.emit()
        elif event.key() == Qt.Key.Key_Escape:
            event.ignore()
        else:
            super().keyPressEvent(event)


class RequestPane(SidePane):
    """Everything about one exchange."""

    def __init__(self, clock: Callable[[], datetime], said: Said) -> None:
        title = label("", tokens.NAME, wrap=True)
        super().__init__(title, tr("Copy as text. Secrets are not in it."))
        self.title = title
        self._clock, self._said = clock, said
        self._row: Exchange | None = None
        self.column.addStretch(1)
        self.copy.clicked.connect(self.copy_row)
        self.copy.setAccessibleName(tr("Copy the request"))
        self._show()

    def show_row(self, row: Exchange | None) -> None:
        """Show this exchange, or what stands there while none is chosen."""
        if row is not self._row:
            self._row = row
            self._show()

    def copy_row(self) -> None:
        """Put it on the clipboard."""
        if self._row is not None:
            copy_text(as_text(self._row), self._said)

    def _show(self) -> None:
        rows = QWidget()
        column = QVBoxLayout(rows)
        column.setContentsMargins(0, 6, 0, 6)
        column.setSpacing(0)
        row = self._row
        self.copy.setEnabled(row is not None)
        self.title.setText(tr("Details") if row is None else row.action)
        if row is None:
            hint = label(tr("Choose a request, and what was sent stands here."), tokens.SMALL, "text2", wrap=True)
            hint.setContentsMargins(12, 6, 12, 6)
            column.addWidget(hint)
        else:
            for name, value in self._values(row):
                if value:
                    column.addWidget(Value(name, value, self._said, column=_NAME_COLUMN))
        self.setAccessibleName(self.title.text())
        self.show_rows(rows)

    def _values(self, row: Exchange) -> list[tuple[str, str]]:
        status = str(row.status) if row.status else tr("no answer")
        return [
            (tr("Started"), text.day_and_clock(row.started, self._clock(), seconds=True)),
            (tr("Took"), took(row)),
            (tr("Endpoint"), row.endpoint),
            (tr("Status"), f"{status} {row.code}".rstrip()),
            (tr("Message"), row.message),
            (tr("Request ID"), row.request_id),
            (tr("Signed by"), row.signed_by or tr("nobody")),
            (tr("Clock"), skew_words(row.skew)),
            *((name, tr("hidden") if value is None else value) for name, value in row.parameters),
        ]


def skew_words(skew: timedelta | None) -> str:
    """AWS's clock against this machine's."""
    if skew is None:
        return ""
    if abs(skew) < _NOTICEABLE:
        return tr("right")
    seconds = text.number(round(abs(skew.total_seconds())))
    ahead = tr("this machine is {n} s behind AWS") if skew > timedelta() else tr("this machine is {n} s ahead of AWS")
    return ahead.format(n=seconds)
