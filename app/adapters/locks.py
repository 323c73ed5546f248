"""Locks between processes, by name: one lock file for each name.

The kernel frees a lock when its holder ends, however it ends. AWS tools know nothing of these locks.
"""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import random
import re
from typing import TYPE_CHECKING

from app.adapters import files

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from filelock import BaseFileLock

_PAUSES = (0.02, 0.1)
_READABLE = 40


class FileLocks:
    """Answers `app.ports.Locks` with files in `directory`."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory

    @contextlib.asynccontextmanager
    async def hold(self, name: str) -> AsyncIterator[None]:
        """Wait for the lock, without limit and without blocking the event loop, and keep it inside the `async with`.

        Cancelling the task stops the waiting. Raises StorageTrouble `lock-failed`.
        """
        path = self._directory / file_name(name)
        lock = self._lock(path)
        while not _taken(lock, path):  # noqa: ASYNC110  # another process cannot set an Event of ours
            # Spread, so that many who wait do not knock at the same moment.
            await asyncio.sleep(random.uniform(*_PAUSES))  # noqa: S311  # a pause is no secret
        try:
            yield
        finally:
            with contextlib.suppress(OSError):  # what was done under it is done; the kernel frees it at last
                lock.release()

    def _lock(self, path: Path) -> BaseFileLock:
        import filelock

        try:
            files.private_directory(self._directory)
        except OSError as error:
            raise _failed(error, path) from error
        return filelock.FileLock(path, mode=files.FILE_MODE, thread_local=False, blocking=False)


def file_name(name: str) -> str:
    """A file name for any lock name: its harmless part for people, and a digest that tells all names apart."""
    readable = re.sub(r"[^0-9A-Za-z_-]+", "-", name)[:_READABLE].strip("-")
    return f"{readable}-{hashlib.sha256(name.encode('utf-8', 'surrogatepass')).hexdigest()[:16]}.lock"


def _taken(lock: BaseFileLock, path: Path) -> bool:
    import filelock

    try:
        lock.acquire()
    except filelock.Timeout:
        return False
    except OSError as error:
        raise _failed(error, path) from error
    return True


def _failed(error: OSError, path: Path) -> Exception:
    return files.trouble(error, code="lock-failed", title="A lock file could not be used", path=path)
