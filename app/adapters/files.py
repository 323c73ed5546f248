"""Small private files, replaced as a whole: the floor under settings, state, locks and the encrypted keyring.

The shared credentials file has rules of its own and does not stand on this floor.
"""

from __future__ import annotations

import contextlib
import os
import secrets
import stat
import sys
import time
from typing import TYPE_CHECKING

from app.domain.errors import StorageTrouble

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

FILE_MODE = 0o600
DIRECTORY_MODE = 0o700
LOCK_SECONDS = 10.0
_TEMPORARY = ".rolecall-tmp"
_WINDOWS_TRIES = 20
_WINDOWS_PAUSE = 0.05


def private_directory(path: Path) -> None:
    """Create a directory, and what is missing above it, for its owner alone. An existing one keeps its mode."""
    if path.is_dir():
        return
    # mkdir's own `parents` would give the ones above the usual mode.
    for missing in reversed([above for above in path.parents if not above.exists()]):
        missing.mkdir(mode=DIRECTORY_MODE, exist_ok=True)
    path.mkdir(mode=DIRECTORY_MODE, exist_ok=True)


def read(path: Path) -> bytes | None:
    """The whole content; None when there is no such file. Raises OSError."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None


def replace(path: Path, data: bytes, *, keep_mode: bool = False) -> None:
    """Let `path` hold `data`: a reader, or a crash, sees the old content or the new one, never a part.

    A symbolic link stays one, its target is replaced. The file gets mode 0600; with `keep_mode` an existing file
    keeps its own. The caller holds the lock of the file. Raises OSError; the file is then as it was.
    """
    target = path.resolve()
    private_directory(target.parent)
    _remove_orphans(target)
    mode = FILE_MODE
    if keep_mode:
        with contextlib.suppress(FileNotFoundError):
            mode = stat.S_IMODE(target.stat().st_mode)
    temporary = target.with_name(f".{target.name}.{secrets.token_hex(8)}{_TEMPORARY}")
    try:
        _write(temporary, data, mode)
        _rename(temporary, target)
    except BaseException:  # whatever ends this, an interrupt too: nothing is left behind, and it goes on
        temporary.unlink(missing_ok=True)
        raise
    _sync_directory(target.parent)


def fingerprint(path: Path) -> tuple[int, ...]:
    """Inode, size and time of the last change in ns; empty when there is no such file."""
    try:
        found = path.stat()
    except OSError:
        return ()
    return (found.st_ino, found.st_size, found.st_mtime_ns)


@contextlib.contextmanager
def locked(path: Path, *, seconds: float = LOCK_SECONDS) -> Iterator[None]:
    """Hold a lock between processes on the lock file `path`. It ends with the process that holds it.

    Blocks up to `seconds`; raises StorageTrouble `lock-timeout` after that, OSError when the lock file cannot be made.
    """
    import filelock

    private_directory(path.parent)
    try:
        with filelock.FileLock(path, timeout=seconds, mode=FILE_MODE, thread_local=False):
            yield
    except filelock.Timeout as error:
        raise StorageTrouble(
            code="lock-timeout",
            title="Another program is keeping a file busy",
            detail=f"{path} stayed locked for {seconds:g} seconds.",
            remedy="See whether another Rolecall hangs, end it, and try again.",
        ) from error


def trouble(error: OSError, *, code: str, title: str, path: Path) -> StorageTrouble:
    """Tell a person about an OSError on `path`; to be raised `from` it."""
    return StorageTrouble(
        code=code,
        title=title,
        detail=f"{path}: {error.strerror or type(error).__name__}.",
        remedy="See who owns the file and its directory, and whether the disk is full; then try again.",
    )


def _write(path: Path, data: bytes, mode: int) -> None:
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
    with os.fdopen(os.open(path, flags, FILE_MODE), "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    if mode != FILE_MODE:
        path.chmod(mode)


def _rename(temporary: Path, target: Path) -> None:
    # On Windows a reader that has the file open refuses the rename; readers are quick.
    tries = _WINDOWS_TRIES if sys.platform == "win32" else 1
    for rest in reversed(range(tries)):
        try:
            temporary.replace(target)
        except PermissionError:
            if not rest:
                raise
            time.sleep(_WINDOWS_PAUSE)
        else:
            return


def _remove_orphans(target: Path) -> None:
    # Whoever writes holds the lock, so a temporary file found now was left behind by a crash.
    for orphan in target.parent.glob(f".{_escaped(target.name)}.*{_TEMPORARY}"):
        orphan.unlink(missing_ok=True)


def _escaped(name: str) -> str:
    return "".join(f"[{character}]" if character in "*?[" else character for character in name)


def _sync_directory(path: Path) -> None:
    # Windows cannot open a directory, and needs no such thing.
    if sys.platform != "win32":
        descriptor = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
