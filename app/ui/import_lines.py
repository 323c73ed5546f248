"""What an import from the AWS config file would do, as lines: new roles, those known already, those refused."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.domain.differences import Change
from app.ui import sharing_plan as plans
from app.ui.sharing_lines import Kind, Line
from app.ui.text import number, tr

if TYPE_CHECKING:
    from collections.abc import Iterable

    from app.domain.view import ImportRow, ImportView

_NEW = "new."
_TAKEN = frozenset({Change.CHANGED, Change.GONE})


def lines_of(view: ImportView) -> list[Line]:
    """Lines for the whole of it; roles that are new, changed or gone can be ticked."""
    lines: list[Line] = []
    if view.rows:
        title = tr("New roles") if view.kept else tr("Roles")
        lines.append(_head("new", title, len(view.rows), checkable=True))
    for row in view.rows:
        lines += _row(row)
    if view.kept:
        lines += plans.lines_of(view.kept, {}, takes=_TAKEN, headings=_headings())
    if view.refused:
        lines.append(_head("refused", tr("Cannot be imported"), len(view.refused)))
    for row in view.refused:
        key = f"refused.{row.name}"
        lines.append(Line(kind=Kind.ENTRY, key=key, title=row.name))
        lines.append(Line(kind=Kind.NOTE, key=key, title="", words=row.refusal))
    return lines


def new_keys(view: ImportView) -> set[str]:
    """The keys of the roles that are not here yet."""
    return {f"{_NEW}{row.name}" for row in view.rows}


def names_of(keys: Iterable[str]) -> tuple[str, ...]:
    """The names behind keys, as `run_import` wants them."""
    return tuple(key.partition(".")[2] for key in keys)


def _row(row: ImportRow) -> list[Line]:
    key = f"{_NEW}{row.name}"
    lines = [Line(kind=Kind.ENTRY, key=key, title=row.name, words=row.words, checkable=True)]
    if row.published_as and row.published_as != row.name:
        words = tr("published as [{name}]").format(name=row.published_as)
        lines.append(Line(kind=Kind.NOTE, key=key, title="", words=words))
    if row.note:
        lines.append(Line(kind=Kind.NOTE, key=key, title="", words=row.note))
    return lines


def _head(key: str, title: str, count: int, *, checkable: bool = False) -> Line:
    return Line(kind=Kind.HEAD, key=f"head:{key}", title=title, words=number(count), checkable=checkable)


def _headings() -> dict[Change, str]:
    return {
        Change.CHANGED: tr("Imported before, changed there since"),
        Change.GONE: tr("Imported before, no longer there: ticked ones are deleted here"),
        Change.REFUSED: tr("Imported before, cannot be taken over now"),
        Change.SAME: tr("Imported before, the same there"),
    }
