"""Locks between processes on lock files: flock(2), where there is such a thing, and what filelock does on Windows.

The kernel frees a lock when nobody has the file open any more. So we have a descriptor of our own, and close it
whatever else the kernel may refuse (a network share whose lock service restarts).
"""

from __future__ import annotations

import contextlib
import errno
import os
import sys
import threading
import time
from functools import partial
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

_MODE = 0o600
_POLL_SECONDS = 0.01
_TAKEN = {errno.EAGAIN, errno.EWOULDBLOCK, errno.EACCES}
"""How systems say that somebody else has it."""

_guard = threading.Lock()
_given_up: dict[tuple[int, str], list[_Turn]] = {}
"""Turns that nobody waits for, by process and lock file: the next who has to wait takes one over, with its thread."""


def lock(path: Path, seconds: float) -> Callable[[], None] | None:
    """Take the lock of the lock file `path`, and return what releases it; None when it stayed taken for `seconds`.

    Those who wait get it in the order in which they came, where the system keeps one. What releases it raises nothing.
    Raises OSError.
    """
    if sys.platform == "win32":
        return _windows(path, seconds)
    # Whoever knocks again and again comes in by luck: of a hundred, some not for minutes.
    return at_once(path) or _in_turn(path, time.monotonic() + seconds)


def at_once(path: Path) -> Callable[[], None] | None:
    """Take the lock, and return what releases it; None when somebody has it. Raises OSError."""
    if sys.platform == "win32":
        return _windows(path, 0.0)
    import fcntl

    try:
        descriptor = _opened(path)
    except BlockingIOError:  # a lease on it has to end first
        return None
    is_ours = False
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        is_ours = _is_that_of(path, descriptor)
    except OSError as error:
        if error.errno not in _TAKEN:
            raise
    finally:
        if not is_ours:
            _give_back(descriptor)
    return partial(_give_back, descriptor) if is_ours else None


def _opened(path: Path) -> int:
    """A descriptor of the lock file, which is made if need be. Raises OSError."""
    flags = os.O_RDWR | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
    while True:
        # In directories that all share, O_CREAT may open no file of another user (sysctl fs.protected_regular)
        with contextlib.suppress(FileNotFoundError):
            return os.open(path, flags)
        with contextlib.suppress(FileExistsError):
            descriptor = os.open(path, flags | os.O_CREAT | os.O_EXCL, _MODE)
            with contextlib.suppress(OSError):  # a mask may have taken from it what its owner needs
                os.fchmod(descriptor, _MODE)
            return descriptor


def _is_that_of(path: Path, descriptor: int) -> bool:
    """Whether it is the lock of the file that stands there; where somebody deleted it meanwhile, it locks nothing."""
    with contextlib.suppress(FileNotFoundError):
        return os.path.samestat(path.stat(), os.fstat(descriptor))
    return False


def _give_back(descriptor: int) -> None:
    import fcntl

    with contextlib.suppress(OSError):
        # Said so: a child that was forked meanwhile has the file open, too.
        fcntl.flock(descriptor, fcntl.LOCK_UN)
    with contextlib.suppress(OSError):  # it is closed even so
        os.close(descriptor)


def _in_turn(path: Path, ends: float) -> Callable[[], None] | None:
    while True:
        turn = _adopted(path) or _Turn(path)
        if not turn.comes(ends - time.monotonic()):
            return None
        is_ours = False
        try:
            is_ours = _is_that_of(path, turn.descriptor)
        finally:
            if not is_ours:
                turn.end()
        if is_ours:
            return turn.end


class _Turn:
    """A place in the kernel's queue for a lock. A call that waits there has no time limit, so a thread makes it."""

    def __init__(self, path: Path) -> None:
        self.descriptor = _opened(path)
        self._key = _key(path)
        self._over = threading.Event()
        self._is_wanted = True
        self._error: OSError | None = None
        try:
            threading.Thread(target=self._wait, name="rolecall-lock", daemon=True).start()
        except RuntimeError as error:  # the system allows no more of them
            self.end()
            raise OSError(errno.EAGAIN, os.strerror(errno.EAGAIN), os.fspath(path)) from error

    def adopt(self) -> None:
        """Wait for it once more; under the guard, and only what was given up."""
        _given_up[self._key].remove(self)
        self._is_wanted = True

    def comes(self, seconds: float) -> bool:
        """Wait for it; False when it has not come in time, and is given up. Raises OSError."""
        has_waited = False
        try:
            self._over.wait(max(seconds, 0))
            has_waited = True
        finally:  # also when a person interrupts
            with _guard:
                has_come = self._over.is_set()
                if not has_come:
                    self._is_wanted = False
                    _given_up.setdefault(self._key, []).append(self)
            if has_come and not has_waited and self._error is None:
                self.end()
        if self._error is not None:
            raise self._error
        return has_come

    def end(self) -> None:
        """Let the next one in."""
        _give_back(self.descriptor)

    def _wait(self) -> None:
        import fcntl

        try:
            fcntl.flock(self.descriptor, fcntl.LOCK_EX)
        except OSError as error:
            self._error = error
        with _guard:
            if not self._is_wanted:
                _given_up[self._key].remove(self)
            if not self._is_wanted or self._error is not None:
                self.end()
            self._over.set()


def _adopted(path: Path) -> _Turn | None:
    """The first of the turns that were given up, if there is one for the file that stands there now."""
    with _guard:
        for turn in _given_up.get(_key(path), ()):
            if _is_that_of(path, turn.descriptor):
                turn.adopt()
                return turn
    return None


def _key(path: Path) -> tuple[int, str]:
    """A forked child has none of its parent's threads."""
    return os.getpid(), os.fspath(path)


def _windows(path: Path, seconds: float) -> Callable[[], None] | None:
    import filelock

    held = filelock.FileLock(path, mode=_MODE, thread_local=False)
    try:
        held.acquire(timeout=seconds, poll_interval=_POLL_SECONDS)
    except filelock.Timeout:
        return None

    def release() -> None:
        with contextlib.suppress(OSError):  # what was done under it is done
            held.release()

    return release
