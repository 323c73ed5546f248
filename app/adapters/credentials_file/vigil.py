"""Whether anybody opened the file in the time before it was replaced.

A tool that undoes a change had read the file before it, and writes all of it afterwards. Linux can tell who opens a
file (inotify(7)): if nobody did for as long as one would look out for such a tool afterwards, there is none to look
out for. Elsewhere, and where the system cannot keep watch, there is no vigil.
"""

from __future__ import annotations

import contextlib
import errno
import os
import stat
import sys
import threading
import time
from functools import lru_cache
from typing import TYPE_CHECKING

from app.adapters.credentials_file.platform_seam import READ_FLAGS

if TYPE_CHECKING:
    import ctypes
    from pathlib import Path
    from typing import Self

    from app.adapters.credentials_file.settled import Snapshot

QUIET_SECONDS = 1.0
"""Nobody may have come for so long. A tool that takes longer between its reading and its writing goes unnoticed."""
BRIEF_SECONDS = 0.1
"""The same for a command, which does not live as long."""
_LOCAL = frozenset(
    {0xEF53, 0x58465342, 0x9123683E, 0x01021994, 0xF2F52010, 0x2FC12FC1, 0x794C7630, 0xCA451A4E, 0x858458F6}
)
"""ext, xfs, btrfs, tmpfs, f2fs, zfs, overlay, bcachefs and ramfs, by their numbers in statfs(2).

Of a file that another machine may open, too, nobody here is told.
"""
_IN_MODIFY, _IN_OPEN = 0x2, 0x20
_SOME_BYTES = 4096
_spare: list[int] = []
_SPARE_MOST = 1
_begun: dict[str, Vigil] = {}


def begin(path: str) -> None:
    """Keep watch over a file for whoever will want to replace it, before there is anybody: see `taken`."""
    _begun[path] = over(path, BRIEF_SECONDS)


def taken(path: str) -> Vigil:
    """What was begun for that file, once; else one that watches nothing."""
    return _begun.pop(path, None) or Vigil()


def over(path: str | Path, enough: float | None = None) -> Vigil:
    """One that watches that file from now on; for how many seconds is `enough`."""
    made = Vigil(QUIET_SECONDS if enough is None else enough)
    made.watch(path)
    return made


class Vigil:
    """Watches one file, or none as yet; our own reading of it goes unnoticed through `reopened`."""

    def __init__(self, enough: float = 0.0) -> None:
        self._enough = enough or QUIET_SECONDS
        self._descriptor = self._events = self._number = -1
        self._since = 0.0
        self._told = False
        self._closing = threading.Lock()

    def watch(self, path: str | Path) -> None:
        """Watch the file that is there from now on, where that can be."""
        self._since = time.monotonic()
        if sys.platform == "linux":
            # No such file, too many watches, a Python without ctypes: then nobody keeps watch
            with contextlib.suppress(OSError, ImportError, AttributeError):
                self._descriptor = os.open(path, READ_FLAGS)
                if not (stat.S_ISREG(os.fstat(self._descriptor).st_mode) and _file_system(self._descriptor) in _LOCAL):
                    raise OSError(errno.EINVAL, "no file of this machine alone")
                self._events, self._number = _watch(self._descriptor, _IN_MODIFY | _IN_OPEN)
        if self._events < 0:
            self.close()

    def handed_over(self) -> Vigil:
        """The same, for somebody else to close; this one lets go."""
        made = Vigil(self._enough)
        made._descriptor, made._events, made._number = self._descriptor, self._events, self._number
        made._since = self._since
        self._descriptor = self._events = -1
        return made

    def in_place_of(self, former: Vigil) -> Vigil:
        """This one, for the file that replaced the other's, of which nobody knew while the other kept watch."""
        self._since, self._enough = former._since, former._enough
        return self

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __del__(self) -> None:
        if not sys.is_finalizing():
            self.close()

    def close(self) -> None:
        """Watch no more; again does nothing."""
        with self._closing:
            if self._events >= 0:
                _libc().inotify_rm_watch(self._events, self._number)
                _let_go(self._events)
            if self._descriptor >= 0:
                with contextlib.suppress(OSError):  # nothing was written there
                    os.close(self._descriptor)
            self._events = self._descriptor = -1

    @property
    def is_brief(self) -> bool:
        """Whether it serves one command, which replaces the file once."""
        return self._enough == BRIEF_SECONDS

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
        # What may not be read any more is to be told, though it could be through what is open
        is_it = self._events >= 0 and os.path.samestat(path.stat(), os.fstat(self._descriptor))
        return is_it and os.access(path, os.R_OK)

    def was_quiet(self, before: Snapshot, *, until: float) -> bool:
        """Whether nobody but us opened the file in the time before `until` (time.monotonic), and it was enough.

        `before` is the replaced file, still open: nobody may have it open for writing either.
        """
        with self._closing, contextlib.suppress(OSError):
            if self._events >= 0 and before.descriptor >= 0 and self._since <= until - self._enough:
                is_it = os.path.samestat(os.fstat(before.descriptor), os.fstat(self._descriptor))
                return is_it and not self._is_anything_told() and _has_no_writer(before.descriptor)
        return False

    def _is_anything_told(self) -> bool:
        self._told = self._told or _drained(self._events)
        return self._told


def _watch(descriptor: int, mask: int) -> tuple[int, int]:
    """What tells what happens to an open file: an instance of inotify, and the number of its watch. Raises OSError."""
    import ctypes

    try:
        instance = _spare.pop()
    except IndexError:
        instance = _libc().inotify_init1(os.O_NONBLOCK | os.O_CLOEXEC)
    if instance < 0:
        raise OSError(ctypes.get_errno(), "inotify_init1")
    number: int = _libc().inotify_add_watch(instance, b"/proc/self/fd/%d" % descriptor, mask)
    if number < 0:
        error = OSError(ctypes.get_errno(), "inotify_add_watch")
        _let_go(instance)
        raise error
    return instance, number


def _let_go(instance: int) -> None:
    """To close an instance whose watch has just ended takes the system 8 ms: it is kept for the next one."""
    with contextlib.suppress(OSError):
        _drained(instance)
        if len(_spare) < _SPARE_MOST:
            _spare.append(instance)
        else:
            os.close(instance)


def _drained(instance: int) -> bool:
    """Whether anything had to be told."""
    with contextlib.suppress(BlockingIOError):
        return bool(os.read(instance, _SOME_BYTES))
    return False


def _file_system(descriptor: int) -> int:
    """The number of the kind of file system that a file lies on. Raises OSError."""
    import ctypes

    room = (ctypes.c_long * 64)()  # more than the structure has; the number stands first
    if _libc().fstatfs(descriptor, room):
        raise OSError(ctypes.get_errno(), "fstatfs")
    return room[0] & 0xFFFFFFFF


@lru_cache
def _libc() -> ctypes.CDLL:
    import ctypes

    return ctypes.CDLL(None, use_errno=True)


def _has_no_writer(descriptor: int) -> bool:
    """Whether nobody has the file open for writing: the system gives a read lease only then (fcntl(2)).

    Who opens it in that moment, by another name of it, waits for as long. We would be told by a signal that ends a
    process, so it is made one that does not. Raises OSError.
    """
    import fcntl
    import signal

    fcntl.fcntl(descriptor, fcntl.F_SETSIG, signal.SIGURG)
    fcntl.fcntl(descriptor, fcntl.F_SETLEASE, fcntl.F_RDLCK)
    fcntl.fcntl(descriptor, fcntl.F_SETLEASE, fcntl.F_UNLCK)
    return True
