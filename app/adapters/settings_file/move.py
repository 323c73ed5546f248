"""Putting a table elsewhere in a TOML text, with the comments that belong to it. Texts in, texts out.

A table's own are the comment lines directly above its header, its keys, and the comment lines directly below them.
Every line stays as it is; the blank lines that set the table off go with it.
"""

from __future__ import annotations

from itertools import pairwise

from app.adapters.settings_file.scan import Statement, scan
from app.domain.values import dataclass

Path = tuple[str, ...]


class NotMovableError(ValueError):
    """The table, or the one it was to stand before, has no header of its own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Block:
    """A header with all that belongs to it, from `start` to `end`; blank lines follow until `gap_end`."""

    path: Path
    start: int
    end: int
    gap_end: int


def move_entry(text: str, entry: Path, before: Path | None) -> str:
    """Put `entry`, with the tables below it, before another entry, or with None behind the last one of its kind.

    Raises NotMovableError when one of the two is not written as tables of their own.
    """
    if entry == before:
        return text
    blocks = _blocks(text)
    moved = _of(blocks, text, entry)
    if before is not None:
        at = _of(blocks, text, before)[0].start
    else:
        others = [each for each in blocks if each.path[:1] == entry[:1] and each not in moved]
        if not others or others[-1].end <= moved[0].start:
            return text
        at = others[-1].end
    pieces = [(text[each.start : each.end], text[each.end : each.gap_end]) for each in moved]
    cuts = [(each.start, each.gap_end) for each in moved]
    newline = "\r\n" if "\r\n" in text else "\n"
    if not pieces[-1][1]:
        # At the end of the file, or with no blank line behind: the ones before it set it off.
        taken = cuts[-2][1] if len(cuts) > 1 else 0
        start = max(taken, _blank_before(text, cuts[-1][0]))
        pieces[-1] = (pieces[-1][0], text[start : cuts[-1][0]])
        cuts[-1] = (start, cuts[-1][1])
    bodies = "".join(_ended(body, newline) + gap for body, gap in pieces[:-1]) + _ended(pieces[-1][0], newline)
    gap = _ended(pieces[-1][1], newline)
    insertion = bodies + gap if before is not None else gap + bodies
    return _spliced(text, cuts, at, insertion, newline)


def _spliced(text: str, cuts: list[tuple[int, int]], at: int, insertion: str, newline: str) -> str:
    """The text without the stretches `cuts`, and with the insertion at `at`, which lies in none of them."""
    kept: list[str] = []
    bounds = [0, *(place for cut in cuts for place in cut), len(text)]
    inserted = False
    for start, end in zip(bounds[::2], bounds[1::2], strict=True):
        if not inserted and at <= end and at >= start:
            front = text[start:at]
            kept += [front if not front or at == start else _ended(front, newline), insertion, text[at:end]]
            inserted = True
        else:
            kept.append(text[start:end])
    return "".join(kept)


def _of(blocks: list[_Block], text: str, entry: Path) -> list[_Block]:
    found = [each for each in blocks if each.path[: len(entry)] == entry]
    loose = [each for each in scan(text) if not each.header and each.under(entry) and len(each.base) < len(entry)]
    if not found or loose:
        raise NotMovableError
    return found


def _blocks(text: str) -> list[_Block]:
    statements = scan(text)
    headers = [number for number, each in enumerate(statements) if each.header]
    starts = [_comments_start(text, statements, number) for number in headers]
    blocks = []
    for (number, following), (start, limit) in zip(
        pairwise([*headers, len(statements)]), pairwise([*starts, len(text)]), strict=True
    ):
        end = _comments_end(text, statements[following - 1].end, limit)
        gap_end = _blank_after(text, end, limit)
        blocks.append(_Block(path=statements[number].path, start=start, end=end, gap_end=gap_end))
    return blocks


def _comments_start(text: str, statements: tuple[Statement, ...], number: int) -> int:
    """Where the comment lines directly above a header begin; the header's own start without any."""
    least = statements[number - 1].end if number else 0
    at = statements[number].start
    for line in reversed(text[least:at].splitlines(keepends=True)):
        if not line.strip():
            break
        at -= len(line)
    return at


def _comments_end(text: str, end: int, limit: int) -> int:
    for line in text[end:limit].splitlines(keepends=True):
        if not line.strip():
            break
        end += len(line)
    return end


def _blank_after(text: str, end: int, limit: int) -> int:
    for line in text[end:limit].splitlines(keepends=True):
        if line.strip():
            break
        end += len(line)
    return end


def _blank_before(text: str, start: int) -> int:
    for line in reversed(text[:start].splitlines(keepends=True)):
        if line.strip():
            break
        start -= len(line)
    return start


def _ended(text: str, newline: str) -> str:
    return text if not text or text.endswith("\n") else text + newline
