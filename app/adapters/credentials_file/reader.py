"""The light way in: what stands in the file, without lock, without clean-up, with few imports.

The command line's `list` and `credentials` start with this alone.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from app.adapters.credentials_file import marks, troubles
from app.adapters.credentials_file.lines import parse
from app.adapters.credentials_file.settled import brief_fingerprint, open_snapshot

if TYPE_CHECKING:
    from pathlib import Path

    from app.domain.published import FoundSection


def read_bytes(path: str | Path, descriptor: int = -1) -> bytes:
    """Return the file's content; nothing if there is no file, or the null device in its place.

    A `descriptor` is the file, open already, and taken over. Raises StorageTrouble.
    """
    where = os.fspath(path)
    if where == os.devnull:
        return b""
    try:
        snapshot = open_snapshot(where, patient=True, descriptor=descriptor)
    except OSError as error:
        raise troubles.from_os_error(error, where) from error
    snapshot.close()
    return snapshot.content or b""


def read_sections(path: str | Path, installation: str) -> tuple[FoundSection, ...]:
    """Return every section in the order of the file; keys only of those that bear our mark.

    Raises StorageTrouble.
    """
    return described(read_bytes(path), installation)


def described(content: bytes, installation: str) -> tuple[FoundSection, ...]:
    """Return every section of a file's content, in its order; keys only of those that bear our mark."""
    document = parse(content)
    return tuple(marks.describe(document, section, installation) for section in document.sections)


def read_fingerprint(path: str | Path) -> tuple[int, ...]:
    """Return inode, size and modification time in nanoseconds; nothing if there is no file. Raises StorageTrouble."""
    where = os.fspath(path)
    try:
        status = os.stat(where)  # noqa: PTH116  # no pathlib here: its import costs more than the whole read
    except FileNotFoundError:
        return ()
    except OSError as error:
        raise troubles.from_os_error(error, where) from error
    return brief_fingerprint(status)
