"""The roles of a provider's last assertion, and the profiles that start from it, as a list for a view."""

from __future__ import annotations

import enum
from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from app.domain.values import dataclass
from app.domain.view import Status
from app.ui import text
from app.ui.text import tr

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from datetime import datetime

    from app.domain.view import OfferedRole, ProviderView, SessionView

Index = QModelIndex | QPersistentModelIndex
_NO_PARENT = QModelIndex()


class Role(enum.IntEnum):
    """What the delegate asks for."""

    ROW = Qt.ItemDataRole.UserRole + 1


@dataclass(frozen=True, slots=True)
class Row:
    """One line: a role on offer, or (`offer` None) a profile that starts from the provider.

    `profile` is the one that stands for the role, or empty; `session` how that one stands now.
    """

    offer: OfferedRole | None
    profile: str
    session: SessionView | None

    @property
    def key(self) -> str:
        """What stays the same while everything else about it changes."""
        return self.profile if self.offer is None else self.offer.role_arn

    @property
    def title(self) -> str:
        """The role's name, or the profile's."""
        return self.profile if self.offer is None else self.offer.role_name

    @property
    def words(self) -> str:
        """Account and profile, or a failure's reason in their place."""
        if self.session is not None and self.session.problem is not None and self.failed:
            return self.session.problem.title
        if self.offer is None:
            return "" if self.session is None else text.second_line(self.session)
        return " · ".join((self.offer.account, self.profile or tr("new profile")))

    @property
    def failed(self) -> bool:
        """Whether its profile has failed."""
        return self.session is not None and self.session.status is Status.FAILED

    @property
    def searched(self) -> str:
        """Everything that can be searched for, in lower case."""
        told = () if self.offer is None else (self.offer.role_arn, self.offer.role_name, self.offer.account)
        return "\n".join((self.profile, *told, self.words)).lower()


def offers_of(view: ProviderView, sessions: Mapping[str, SessionView], made: Mapping[str, str]) -> list[Row]:
    """A line for each role on offer. `made` maps role ARNs to profiles that the last wish made."""
    rows = []
    for offer in view.roles:
        profile = offer.profile or made.get(offer.role_arn, "")
        rows.append(Row(offer, profile, sessions.get(profile)))
    return rows


def others_of(view: ProviderView, sessions: Mapping[str, SessionView], offers: Iterable[Row]) -> list[Row]:
    """A line for each profile that starts from the provider and stands for no role on offer."""
    told = {row.profile for row in offers}
    return [Row(None, name, sessions.get(name)) for name in view.profiles if name not in told]


class RolesModel(QAbstractListModel):
    """Lines with check boxes where `checkable`. `chosen_changed` after every change of what is checked.

    A role that was not on offer before is checked if a profile stands for it; what a person checked stays checked.
    """

    chosen_changed = Signal()

    def __init__(
        self, clock: Callable[[], datetime], parent: QObject | None = None, *, checkable: bool = False
    ) -> None:
        super().__init__(parent)
        self._clock = clock
        self.checkable = checkable
        self._all: list[Row] = []
        self._rows: list[Row] = []
        self._words: tuple[str, ...] = ()
        self._checked: set[str] = set()

    # --- Filling ---------------------------------------------------------------------------------------------------

    def show_rows(self, rows: list[Row], *, fresh: bool = False) -> None:
        """Show these lines; `fresh` forgets what was checked before."""
        known = set() if fresh else {row.key for row in self._all}
        now_here = {row.key for row in rows}
        checked = {row.key for row in rows if row.key not in known and row.profile}
        checked |= set() if fresh else self._checked & now_here
        self._all = rows
        changed = checked != self._checked
        self._checked = checked
        self._arrange()
        if changed and self._rows:
            self.dataChanged.emit(self.index(0), self.index(len(self._rows) - 1), [Qt.ItemDataRole.CheckStateRole])
        self.chosen_changed.emit()

    def search(self, wish: str) -> None:
        """Show only what holds all these words. What is out of sight keeps its check mark."""
        self._words = tuple(wish.lower().split())
        self._arrange()
        self.chosen_changed.emit()

    def _arrange(self) -> None:
        fresh = [row for row in self._all if all(word in row.searched for word in self._words)]
        if [row.key for row in fresh] != [row.key for row in self._rows]:
            self.beginResetModel()
            self._rows = fresh
            self.endResetModel()
            return
        before, self._rows = self._rows, fresh
        for place, (old, new) in enumerate(zip(before, fresh, strict=True)):
            if old != new:
                self.dataChanged.emit(self.index(place), self.index(place))

    # --- What is checked -------------------------------------------------------------------------------------------

    @property
    def chosen(self) -> tuple[str, ...]:
        """The ARNs of the checked roles, in the provider's order, those out of sight too."""
        return tuple(row.key for row in self._all if row.key in self._checked)

    @property
    def total(self) -> int:
        """How many lines there are, those out of sight too."""
        return len(self._all)

    def check_state(self) -> Qt.CheckState:
        """Whether all lines in sight are checked, some, or none."""
        checked = sum(row.key in self._checked for row in self._rows)
        if not checked:
            return Qt.CheckState.Unchecked
        return Qt.CheckState.Checked if checked == len(self._rows) else Qt.CheckState.PartiallyChecked

    def check_all(self, on: bool) -> None:
        """Check all lines in sight, or none of them."""
        keys = {row.key for row in self._rows}
        self._checked = self._checked | keys if on else self._checked - keys
        if self._rows:
            self.dataChanged.emit(self.index(0), self.index(len(self._rows) - 1), [Qt.ItemDataRole.CheckStateRole])
        self.chosen_changed.emit()

    def toggle(self, row: int) -> None:
        """Check a line, or take the mark away."""
        if self.checkable and 0 <= row < len(self._rows):
            self._checked ^= {self._rows[row].key}
            self.dataChanged.emit(self.index(row), self.index(row), [Qt.ItemDataRole.CheckStateRole])
            self.chosen_changed.emit()

    # --- Reading ---------------------------------------------------------------------------------------------------

    def row_at(self, row: int) -> Row | None:
        """The line in a row, or None."""
        return self._rows[row] if 0 <= row < len(self._rows) else None

    def rowCount(self, parent: Index = _NO_PARENT) -> int:
        """The number of lines in sight; a list has no children."""
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Names for display, sentences for screen readers, check marks, the line itself for the delegate."""
        row = self.row_at(index.row()) if index.isValid() else None
        if row is None:
            return None
        if role == Role.ROW:
            return row
        if role == Qt.ItemDataRole.DisplayRole:
            return row.title
        if role == Qt.ItemDataRole.CheckStateRole and self.checkable:
            return Qt.CheckState.Checked if row.key in self._checked else Qt.CheckState.Unchecked
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._spoken(row)
        return None

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Only check marks can be set."""
        row = self.row_at(index.row()) if index.isValid() else None
        if row is None or role != Qt.ItemDataRole.CheckStateRole or not self.checkable:
            return False
        if (Qt.CheckState(value) is Qt.CheckState.Checked) != (row.key in self._checked):
            self.toggle(index.row())
        return True

    def flags(self, index: Index) -> Qt.ItemFlag:
        """All can be selected, and checked where that is asked for."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        plain = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren
        return plain | Qt.ItemFlag.ItemIsUserCheckable if self.checkable else plain

    def _spoken(self, row: Row) -> str:
        parts = [row.title, row.words]
        if row.session is not None:
            first, second = text.status_lines(row.session, self._clock())
            parts += [first, second]
        if self.checkable:
            parts.append(tr("checked") if row.key in self._checked else tr("not checked"))
        return ", ".join(part for part in parts if part)
