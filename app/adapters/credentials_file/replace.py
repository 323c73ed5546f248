"""Putting a new file in the place of the old one: old bytes or new bytes, at every moment and after every failure."""

from __future__ import annotations

import contextlib
import errno
import os
import stat
from typing import TYPE_CHECKING

from app.adapters.credentials_file import platform_seam, troubles
from app.adapters.credentials_file.settled import fingerprint, holds
from app.adapters.credentials_file.spliced import parts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from app.adapters.credentials_file.settled import Snapshot
    from app.adapters.credentials_file.spliced import Content
    from app.domain.errors import StorageTrouble

_OWNER_ONLY_FILE = 0o600
_OWNER_ONLY_DIRECTORY = 0o700


def lock_path(target: Path) -> Path:
    """Return where the lock of a file lies: beside it. It holds nothing and is left there."""
    return target.parent / f".{target.name}.rolecall.lock"


def make_directory(path: Path) -> None:
    """Create a directory and what is missing above it, for the user alone. Raises OSError."""
    missing = []
    while not path.is_dir() and path != path.parent:
        missing.append(path)
        path = path.parent
    for directory in reversed(missing):
        # Somebody else may have created it by now; a file of that name shows when something is created in it.
        with contextlib.suppress(FileExistsError):
            directory.mkdir(_OWNER_ONLY_DIRECTORY)


def swap(target: Path, before: Snapshot, content: Content | None, shown: Callable[[Path], None]) -> bool:
    """Replace the file by `content`, or delete it for None; False if it is no longer as in the snapshot.

    The new file is `shown` before it gets its name. Raises OSError or StorageTrouble; then, and on False, the file is
    untouched and nothing is left beside it.
    """
    _check_writable(target, before)
    if content is None:
        if not _is_unchanged(target, before):
            return False
        _let_go(before)
        target.unlink()
    else:
        with _temporary_file(target, content, before) as temporary:
            shown(temporary)
            if not (_is_unchanged(target, before) and _move(temporary, target, before)):
                return False
    platform_seam.sync_directory(target.parent)
    return True


def remove_orphans(target: Path) -> int:
    """Delete the temporary files that killed writers left beside the file, and return how many.

    The caller holds the lock. One that cannot be deleted stays: of another user, in a directory for all, say.
    """
    removed = 0
    for path in orphans(target):
        with contextlib.suppress(OSError):
            path.unlink(missing_ok=True)
            removed += 1
    return removed


def orphans(target: Path) -> list[Path]:
    """Return the temporary files beside the file. While nobody holds the lock, nobody needs them. Raises OSError."""
    prefix = _temporary_prefix(target)
    try:
        with os.scandir(target.parent) as entries:
            return [
                target.parent / entry.name
                for entry in entries
                if entry.name.startswith(prefix)
                and entry.name.endswith(_TEMPORARY_SUFFIX)
                and entry.is_file(follow_symlinks=False)
            ]
    except (FileNotFoundError, NotADirectoryError):
        return []


_TEMPORARY_SUFFIX = ".tmp"


def _temporary_prefix(target: Path) -> str:
    return f".{target.name}.rolecall-"


@contextlib.contextmanager
def _temporary_file(target: Path, content: Content, before: Snapshot) -> Iterator[Path]:
    """Write a file beside the target, on disk with the target's owner and mode; gone afterwards unless moved."""
    path = target.parent / f"{_temporary_prefix(target)}{os.urandom(8).hex()}{_TEMPORARY_SUFFIX}"
    descriptor = os.open(path, platform_seam.CREATE_FLAGS, _OWNER_ONLY_FILE)
    try:
        try:
            for part in parts(content):
                _write_all(descriptor, part)
            _take_after(target, path, descriptor, before)
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
        yield path
    finally:
        # Whether the file was replaced is settled by now; what is left here, the next start removes.
        with contextlib.suppress(OSError):
            path.unlink(missing_ok=True)


def _write_all(descriptor: int, content: bytes | memoryview) -> None:
    rest = memoryview(content)
    while rest:
        rest = rest[os.write(descriptor, rest) :]


def _take_after(target: Path, path: Path, descriptor: int, before: Snapshot) -> None:
    try:
        platform_seam.restrict(target if before.status else path, descriptor, before.status)
    except PermissionError as error:
        raise troubles.owner_not_kept(str(target)) from error


def _check_writable(target: Path, before: Snapshot) -> None:
    """Respect a write protection, although renaming would get round it."""
    effective = os.access in os.supports_effective_ids
    if before.status is not None and not os.access(target, os.W_OK, effective_ids=effective):
        raise _protection(str(target), before.status)


def _protection(path: str, status: os.stat_result) -> StorageTrouble:
    """What keeps it from being written: each has another remedy."""
    if os.name != "posix":
        return troubles.file_is_read_only(path)
    if os.statvfs(path).f_flag & os.ST_RDONLY:
        return troubles.from_os_error(OSError(errno.EROFS, os.strerror(errno.EROFS), path), path)
    if status.st_uid != os.geteuid():
        return troubles.owner_not_kept(path)
    if status.st_mode & stat.S_IWUSR:
        return troubles.file_is_immutable(path)
    return troubles.file_is_read_only(path)


def _is_unchanged(target: Path, before: Snapshot) -> bool:
    try:
        now = fingerprint(target.stat())
    except FileNotFoundError:
        return before.content is None
    if now != before.fingerprint:
        return False
    # Times have a grain: a write of the same length within it shows in the bytes only.
    return before.is_at_rest or (before.content is not None and holds(before.descriptor, before.content))


def _move(temporary: Path, target: Path, before: Snapshot) -> bool:
    if before.content is None:
        try:
            # Unlike a rename, this fails if somebody else has created the file by now.
            target.hardlink_to(temporary)
        except FileExistsError:
            return False
        except OSError:  # no hard links on this file system
            platform_seam.replace(temporary, target)
        return True
    _let_go(before)
    platform_seam.replace(temporary, target)
    return True


def _let_go(before: Snapshot) -> None:
    if not platform_seam.OPEN_FILES_CAN_BE_REPLACED:
        before.close()
