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
    from collections.abc import AsyncIterator, Callable
    from pathlib import Path

_PAUSES = (0.02, 0.1)
_READABLE = 40
_MOST_AT_ONCE = 1024


class FileLocks:
    """Answers `app.ports.Locks` with files in `directory`."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory

    @property
    def at_once(self) -> int:
        """A quarter of the files that this process may have open: each lock is one."""
        try:
            import resource
        except ImportError:  # Windows, where it is not the files that are few
            return _MOST_AT_ONCE
        most, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
        return _MOST_AT_ONCE if most == resource.RLIM_INFINITY else max(1, min(most // 4, _MOST_AT_ONCE))

    @contextlib.asynccontextmanager
    async def hold(self, name: str) -> AsyncIterator[None]:
        """Wait for the lock, without limit and without blocking the event loop, and keep it inside the `async with`.

        Cancelling the task stops the waiting. Raises StorageTrouble `lock-failed`.
        """
        path = self._directory / file_name(name)
        while (release := self._taken(path)) is None:  # noqa: ASYNC110  # another process cannot set an Event of ours
            # Spread, so that many who wait do not knock at the same moment.
            await asyncio.sleep(random.uniform(*_PAUSES))  # noqa: S311  # a pause is no secret
        try:
            yield
        finally:
            release()

    def _taken(self, path: Path) -> Callable[[], None] | None:
        try:
            try:
                return files.lock_at_once(path)
            except FileNotFoundError:
                files.private_directory(self._directory)
                return files.lock_at_once(path)
        except OSError as error:
            raise files.trouble(error, code="lock-failed", title="A lock file could not be used", path=path) from error


def file_name(name: str) -> str:
    """A file name for any lock name: its harmless part for people, and a digest that tells all names apart."""
    readable = re.sub(r"[^0-9A-Za-z_-]+", "-", name)[:_READABLE].strip("-")
    return f"{readable}-{hashlib.sha256(name.encode('utf-8', 'surrogatepass')).hexdigest()[:16]}.lock"
