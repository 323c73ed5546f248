"""The one-click remedies: bytes in, bytes out, all others survive."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.adapters.credentials_file import edit, inspection, marks, troubles
from app.adapters.credentials_file.lines import BOM_BYTES, Kind, parse
from app.domain.published import Origin

if TYPE_CHECKING:
    from app.adapters.credentials_file.lines import Document, Section
    from app.domain.x_ray import Remedy


def mended(content: bytes | None, remedy: Remedy, installation: str, *, again: bool = False) -> bytes | None:
    """The content after a remedy; None when no file is left.

    `again`: it was done before, and another writer had not seen that; what is no longer there is left alone then.
    Raises StorageTrouble `file-changed` when this is not the content that was looked at.
    """
    if not again and (content is None or inspection.fingerprint(content) != remedy.seen):
        raise troubles.file_changed(remedy.path)
    if content is None:
        return None
    if remedy.code == inspection.BOM:
        return content.removeprefix(BOM_BYTES)
    if remedy.code == inspection.EXPIRED:
        return _without_section(content, remedy, installation, again=again)
    return _without_stale_token(content, remedy, again=again)


def _without_section(content: bytes, remedy: Remedy, installation: str, *, again: bool) -> bytes | None:
    document = parse(content)
    section = next((each for each in document.named(remedy.section) if again or each.start + 1 == remedy.line), None)
    if section is None:
        if again:
            return content
        raise troubles.file_changed(remedy.path)
    if marks.origin(document.values(section), installation) is Origin.OURS:
        done = edit.withdraw(content, {section.name}, installation)
        return None if done.delete else done.content
    if again:
        # Somebody else's, written since: perhaps renewed
        return content
    return _cut(document, section.start, _end(document, section))


def _end(document: Document, section: Section) -> int:
    """The line after the last that belongs to a section: comments below it are about the next one, or the file."""
    last = max(
        index
        for index in range(section.start, section.stop)
        if document.lines[index].kind not in {Kind.BLANK, Kind.COMMENT}
    )
    while last + 1 < section.stop and document.lines[last + 1].kind is Kind.BLANK:
        last += 1
    return last + 1


def _without_stale_token(content: bytes, remedy: Remedy, *, again: bool) -> bytes:
    document = parse(content)
    for section in document.sections:
        for index in range(section.start + 1, section.stop):
            line = document.lines[index]
            if line.kind is not Kind.KEY or line.name != marks.OLD_TOKEN:
                continue
            stop = index + 1
            while stop < section.stop and document.lines[stop].kind is Kind.CONTINUATION:
                stop += 1
            if index + 1 == remedy.line:
                return _cut(document, index, stop)
    if again:
        return content
    raise troubles.file_changed(remedy.path)


def _cut(document: Document, start: int, stop: int) -> bytes:
    kept = [line.raw for index, line in enumerate(document.lines) if not start <= index < stop]
    if start == 0 and document.lines[0].raw.startswith(BOM_BYTES):
        kept.insert(0, BOM_BYTES)
    return b"".join(kept)
