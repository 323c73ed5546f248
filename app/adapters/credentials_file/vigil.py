"""Whether anybody opened the file in the time before it was replaced.

A tool that undoes a change had read the file before it, and writes all of it afterwards. Linux can tell who opens a
file (inotify(7)): if nobody did for as long as one would look out for such a tool afterwards, there is none to look
out for. Elsewhere, and where the system cannot keep watch, there is no vigil.
"""

from __future__ import annotations

import contextlib
import os
import sys
import threading
import time
from typing import TYPE_CHECKING

from app.adapters.credentials_file.platform_seam import READ_FLAGS

if TYPE_CHECKING:
    from pathlib import Path
    from typing import Self

    from app.adapters.credentials_file.settled import Snapshot

_IN_MODIFY, _IN_OPEN = 0x2, 0x20
_SOME_BYTES = 4096


_begun: dict[str, Vigil] = {}


def begin(path: str) -> None:
    """Keep watch over a file for whoever will want to replace it, before there is anybody: see `taken`."""
    _begun[path] = Vigil(path)


def taken(path: str) -> Vigil:
    """What was begun for that file, once; else one that watches nothing."""
    return _begun.pop(path, None) or Vigil()


class Vigil:
    """Watches the file at `path` from now on, where that can be; our own reading goes unnoticed through `reopened`."""

    def __init__(self, path: str | Path | None = None) -> None:
        self._descriptor = self._events = -1
        self._since = time.monotonic()
        self._told = False
        self._closing = threading.Lock()
        if path is not None and sys.platform == "linux":
            # No such file, too many watches, a Python without ctypes: then nobody keeps watch
            with contextlib.suppress(OSError, ImportError, AttributeError):
                self._descriptor = os.open(path, READ_FLAGS)
                self._events = _watch(self._descriptor, _IN_MODIFY | _IN_OPEN)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Watch no more; again does nothing."""
        with self._closing:
            for each in (self._events, self._descriptor):
                if each >= 0:
                    os.close(each)
            self._events = self._descriptor = -1

    def reopened(self, path: Path) -> int:
        """A descriptor of the watched file, for the caller to close; -1 if the path does not lead there."""
        with self._closing, contextlib.suppress(OSError):
            if self._is_at(path):
                return os.dup(self._descriptor)
        return -1

    def goes_on(self, path: Path) -> bool:
        """Whether the path leads to the watched file, and nobody has come yet."""
        with self._closing, contextlib.suppress(OSError):
            return self._is_at(path) and not self._is_anything_told()
        return False

    def _is_at(self, path: Path) -> bool:
        return self._events >= 0 and os.path.samestat(path.stat(), os.fstat(self._descriptor))

    def was_quiet(self, before: Snapshot, *, seconds: float, until: float) -> bool:
        """Whether nobody but us opened the file since so many `seconds` before `until` (time.monotonic).

        `before` is the replaced file, still open: nobody may have it open for writing either.
        """
        if self._events < 0 or before.descriptor < 0 or self._since > until - seconds:
            return False
        try:
            is_it = os.path.samestat(os.fstat(before.descriptor), os.fstat(self._descriptor))
            return is_it and not self._is_anything_told() and _has_no_writer(before.descriptor)
        except OSError:
            return False

    def _is_anything_told(self) -> bool:
        with contextlib.suppress(BlockingIOError):
            self._told = self._told or bool(os.read(self._events, _SOME_BYTES))
        return self._told


def _watch(descriptor: int, mask: int) -> int:
    """A descriptor that tells what happens to an open file. Raises OSError."""
    import ctypes

    libc = ctypes.CDLL(None, use_errno=True)
    made: int = libc.inotify_init1(os.O_NONBLOCK | os.O_CLOEXEC)
    if made < 0:
        raise OSError(ctypes.get_errno(), "inotify_init1")
    if libc.inotify_add_watch(made, b"/proc/self/fd/%d" % descriptor, mask) < 0:
        os.close(made)
        raise OSError(ctypes.get_errno(), "inotify_add_watch")
    return made


def _has_no_writer(descriptor: int) -> bool:
    """Whether nobody has the file open for writing: the system gives a read lease only then (fcntl(2)).

    It has no name any more, so that nobody can run into the lease for the moment that it lasts. Raises OSError.
    """
    import fcntl

    fcntl.fcntl(descriptor, fcntl.F_SETLEASE, fcntl.F_RDLCK)
    fcntl.fcntl(descriptor, fcntl.F_SETLEASE, fcntl.F_UNLCK)
    return True
