"""Bringing together what two writers made of one file, section by section.

Needed only when a tool wrote into the file that we had just replaced, and one of our own processes has written
again since.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.adapters.credentials_file.lines import BOM_BYTES, line_end, parse, preferred_end

if TYPE_CHECKING:
    from collections.abc import Iterator

Key = tuple[str, int]
"""Section name, and how many of that name stand above it. The text above all sections has the name ""."""


def merge(base: bytes, theirs: bytes, now: bytes) -> bytes:
    """Return `now` with the changes that lead from `base` to `theirs`.

    Where both changed the same section, `now` is the later one and stays.
    """
    was, wanted, blocks = _blocks(base), _blocks(theirs), _blocks(now)
    for key, block in wanted.items():
        if block != was.get(key) and blocks.get(key) == was.get(key):
            blocks[key] = block
    for key, block in was.items():
        if key not in wanted and blocks.get(key) == block:
            del blocks[key]
    return _join(blocks, preferred_end(now))


def _blocks(content: bytes) -> dict[Key, bytes]:
    return dict(_cut(content))


def _cut(content: bytes) -> Iterator[tuple[Key, bytes]]:
    mark = BOM_BYTES if content.startswith(BOM_BYTES) else b""
    document = parse(content[len(mark) :])
    first = document.sections[0].start if document.sections else len(document.lines)
    yield ("", -1), mark + b"".join(line.raw for line in document.lines[:first])
    seen: dict[str, int] = {}
    for section in document.sections:
        nth = seen.get(section.name, 0)
        seen[section.name] = nth + 1
        yield (section.name, nth), b"".join(line.raw for line in document.lines[section.start : section.stop])


def _join(blocks: dict[Key, bytes], end: bytes) -> bytes:
    out = b""
    for block in blocks.values():
        out += end if out not in {b"", BOM_BYTES} and block and not line_end(out) else b""
        out += block
    return out
