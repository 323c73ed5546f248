"""Where a row may be put: groups and places among the rows of the list. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.domain.values import dataclass
from app.ui.session_model import Header

if TYPE_CHECKING:
    from app.ui.session_model import Row


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A place in a group: before the profile `before`, or last in it where that is empty.

    `gap` is the row above which the insertion line is drawn; `onto` that the header `gap - 1` itself is the place.
    """

    group: str
    before: str
    gap: int
    onto: bool = False


def place_at(rows: list[Row], row: int, *, upper: bool) -> Place | None:
    """The place at a row's upper or lower half; a header's is the first one in its group."""
    if not 0 <= row < len(rows):
        return None
    found = rows[row]
    if isinstance(found, Header):
        return Place(group=found.group, before=_first_in(rows, row), gap=row + 1, onto=True)
    if upper:
        return Place(group=found.group, before=found.name, gap=row)
    return Place(group=found.group, before=_name_at(rows, row + 1), gap=row + 1)


def moves(rows: list[Row], name: str, place: Place) -> bool:
    """Whether putting a profile there changes anything."""
    at = _row_of(rows, name)
    found = rows[at] if at >= 0 else None
    if found is None or isinstance(found, Header) or place.before == name:
        return False
    return place.group != found.group or place.before != _name_at(rows, at + 1)


def step(rows: list[Row], name: str, by: int) -> Place | None:
    """The place one row up (-1) or down (1), across headers; None at the ends."""
    at = _row_of(rows, name)
    if at < 0:
        return None
    above = rows[at - 1] if at else None
    if by < 0:
        if above is None:
            return None
        if not isinstance(above, Header):
            return place_at(rows, at - 1, upper=True)
        return _last_of(rows, at - 2)
    if at + 1 >= len(rows):
        return None
    return place_at(rows, at + 1, upper=False)


def _last_of(rows: list[Row], row: int) -> Place | None:
    if row < 0:
        return None
    return Place(group=rows[row].group, before="", gap=row + 1)


def _first_in(rows: list[Row], header: int) -> str:
    return _name_at(rows, header + 1)


def _name_at(rows: list[Row], row: int) -> str:
    found = rows[row] if row < len(rows) else None
    return "" if found is None or isinstance(found, Header) else found.name


def _row_of(rows: list[Row], name: str) -> int:
    return next((i for i, row in enumerate(rows) if not isinstance(row, Header) and row.name == name), -1)
