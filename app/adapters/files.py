"""Small private files, replaced as a whole: the floor under settings, state, locks and the encrypted keyring.

The shared credentials file has rules of its own and does not stand on this floor.
"""

from __future__ import annotations

import contextlib
import errno
import os
import stat
import sys
import time
from typing import TYPE_CHECKING

from app.domain.errors import StorageTrouble

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

FILE_MODE = 0o600
DIRECTORY_MODE = 0o700
LOCK_SECONDS = 10.0
_TEMPORARY = ".rolecall-tmp"
_DONE_SECONDS = 60.0
"""A temporary file that nobody has written to for so long is nobody's any more."""
_NO_FILE = "It is a device, pipe or socket"
_WINDOWS_TRIES = 20
_WINDOWS_PAUSE = 0.05


def private_directory(path: Path) -> None:
    """Create a directory, and what is missing above it, for its owner alone. An existing one keeps its mode."""
    missing = []
    while not is_there(path):
        missing.append(path)
        path = path.parent
    # mkdir's own `parents` would give the ones above the usual mode.
    for each in reversed(missing):
        each.mkdir(mode=DIRECTORY_MODE, exist_ok=True)


def is_there(path: Path) -> bool:
    """Whether there is anything; `Path.exists` takes what leads in circles for nothing. Raises OSError."""
    try:
        path.stat()
    except FileNotFoundError:
        return False
    return True


def read(path: str | Path) -> bytes | None:
    """The whole content; None when there is no such file. Raises OSError, also for what is no file."""
    try:
        with os.fdopen(opened(path), "rb") as file:
            return file.read()
    except FileNotFoundError:
        return None


def opened(path: str | Path, flags: int = os.O_RDONLY) -> int:
    """The descriptor of a plain file, or of the null device; of what would let us wait for ever, it is an OSError.

    What is to be read need not be a file: somebody may have put a pipe, a device or a socket in its place.
    """
    flags |= getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)
    descriptor = os.open(path, flags)
    status = os.fstat(descriptor)
    if stat.S_ISREG(status.st_mode) or (stat.S_ISCHR(status.st_mode) and status.st_rdev == os.stat(os.devnull).st_rdev):  # noqa: PTH116  # no path of ours
        return descriptor
    os.close(descriptor)
    if stat.S_ISDIR(status.st_mode):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), os.fspath(path))
    raise OSError(errno.ENXIO, _NO_FILE, os.fspath(path))


def check_plain(path: Path) -> None:
    """Raise OSError for what is no plain file, which nobody may put a file of ours in the place of."""
    mode = path.stat().st_mode
    if stat.S_ISDIR(mode):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), os.fspath(path))
    if not stat.S_ISREG(mode):
        raise OSError(errno.ENXIO, _NO_FILE, os.fspath(path))


def expanded(text: str) -> Path:
    """The path with `~` and `~NAME` replaced; what cannot be, because there is no such home, stays as it is."""
    from pathlib import Path

    return Path(os.path.expanduser(text))  # noqa: PTH111  # pathlib's own raises RuntimeError


def replace(
    path: Path,
    data: bytes,
    *,
    keep_mode: bool = False,
    mode: int = FILE_MODE,
    alone: bool = True,
    seen: Callable[[], None] | None = None,
) -> None:
    """Let `path` hold `data`: a reader, or a crash, sees the old content or the new one, never a part.

    A symbolic link stays one, its target is replaced. The file gets `mode`; with `keep_mode` an existing file keeps its
    own. The caller holds the lock of the file, and is `alone`; one that has none says so, and what a killed writer left
    is then removed a minute later. `seen` is called as soon as others see the new content: some time later it is
    safe from a power cut, too. Raises OSError, also for what is no file (a link may lead to a device); all is then as
    it was.
    """
    target = resolved(path)
    with contextlib.suppress(FileNotFoundError):
        check_plain(target)
    private_directory(target.parent)
    with contextlib.suppress(OSError):  # what cannot be tidied up is no reason not to write
        _remove_orphans(target, alone=alone)
    if keep_mode:
        with contextlib.suppress(FileNotFoundError):
            mode = stat.S_IMODE(target.stat().st_mode)
    temporary = target.with_name(f".{target.name}.{os.urandom(8).hex()}{_TEMPORARY}")
    try:
        _write(temporary, data, mode)
        _rename(temporary, target)
    except BaseException:  # whatever ends this, an interrupt too: nothing is left behind, and it goes on
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)
        raise
    if seen is not None:
        seen()
    _sync_directory(target.parent)


def clean_up(path: Path, lock_path: Path | None = None) -> None:
    """Remove what killed writers of `path` left beside it; once, at start. What is being written is left alone.

    Without a lock that is what is older than a minute. It raises nothing: the next one may tidy up.
    """
    with contextlib.suppress(OSError, StorageTrouble):
        target = resolved(path)
        if not _orphans(target):
            return
        if lock_path is None:
            _remove_orphans(target, alone=False)
        else:
            with locked(lock_path, seconds=0):
                _remove_orphans(target, alone=True)


def resolved(path: Path) -> Path:
    """Where symbolic links lead, a dangling one to where the file is to be made. Raises OSError.

    `Path.resolve` takes what it cannot look at for no link, and the link would be written over.
    """
    try:
        return path.resolve(strict=True)
    except FileNotFoundError:
        if path == path.parent:
            raise
        place = resolved(path.parent) / path.name
    except RuntimeError as error:  # of a circle, until Python 3.13
        raise OSError(errno.ELOOP, os.strerror(errno.ELOOP), str(path)) from error
    try:
        return resolved(place.parent / place.readlink())
    except OSError as error:
        if error.errno not in {errno.ENOENT, errno.EINVAL}:  # nothing there, or by now a file
            raise
        return place


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
    private_directory(path.parent)
    release = lock(path, seconds)
    if release is None:
        raise StorageTrouble(
            code="lock-timeout",
            title="Another program is keeping a file busy",
            detail=f"{path} stayed locked for {seconds:g} seconds.",
            remedy="See whether another Rolecall hangs, end it, and try again.",
        )
    try:
        yield
    finally:
        release()


def lock(path: Path, seconds: float) -> Callable[[], None] | None:
    """Take the lock of the lock file `path`, and return what releases it; None when it stayed taken for `seconds`.

    Those who wait get it in the order in which they came, where the system keeps one. Raises OSError.
    """
    # Who only reads needs nothing of it
    from app.adapters import lock_turns

    return lock_turns.lock(path, seconds)


def lock_at_once(path: Path) -> Callable[[], None] | None:
    """Take the lock of the lock file `path`, and return what releases it; None when somebody has it. Raises OSError."""
    from app.adapters import lock_turns

    return lock_turns.at_once(path)


def trouble(error: OSError, *, code: str, title: str, path: str | Path) -> StorageTrouble:
    """Tell a person about an OSError on `path`; to be raised `from` it."""
    return StorageTrouble(
        code=code,
        title=title,
        detail=f"{path}: {error.strerror or type(error).__name__}.",
        remedy=remedy(error),
    )


_MAY_NOT = "See who owns the file and its directory, and what their modes allow; then try again."
_FULL = "Free some space on the disk, or have your quota raised; then try again."
_NO_LOCKS = "Let the lock service of this network share run, or have the file on a local disk; then try again."
_IN_PLACE = "Move away what stands in the place of the file, then try again."
_TOO_MANY = "End other programs, or raise the limit of open files (ulimit -n); then try again."
_REMEDIES = {
    errno.EACCES: _MAY_NOT,
    errno.EPERM: _MAY_NOT,
    errno.EROFS: "The disk can only be read: let it be mounted for writing, then try again.",
    errno.ENOSPC: _FULL,
    errno.EDQUOT: _FULL,
    errno.EFBIG: _FULL,
    errno.EMFILE: _TOO_MANY,
    errno.ENFILE: _TOO_MANY,
    errno.EAGAIN: _TOO_MANY,
    errno.ENOLCK: _NO_LOCKS,
    errno.ENOSYS: _NO_LOCKS,
    errno.EOPNOTSUPP: _NO_LOCKS,
    errno.EISDIR: _IN_PLACE,
    errno.ENXIO: _IN_PLACE,
    errno.ENOTDIR: "A part of the path is a file where a directory is needed: move it away, then try again.",
    errno.ENAMETOOLONG: "Have it somewhere with a shorter path (ROLECALL_HOME); then try again.",
    errno.ELOOP: "Remove the symbolic link, or let it lead to a file; then try again.",
    errno.EIO: "The disk failed: see what the system's log says of it, save what matters, then try again.",
}


def remedy(error: OSError) -> str:
    """What a person can do about an error of the system."""
    return _REMEDIES.get(
        error.errno or 0, "See who owns the file and its directory, and whether the disk is full; then try again."
    )


def _write(path: Path, data: bytes, mode: int) -> None:
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
    with os.fdopen(os.open(path, flags, FILE_MODE), "wb") as file:
        file.write(data)
        file.flush()
        if mode != FILE_MODE and sys.platform != "win32":
            os.fchmod(file.fileno(), mode)
        os.fsync(file.fileno())


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


def _remove_orphans(target: Path, *, alone: bool) -> None:
    # Whoever writes holds the lock, so a temporary file found now was left behind by a crash.
    for orphan in _orphans(target):
        if alone or time.time() - orphan.stat().st_mtime > _DONE_SECONDS:
            orphan.unlink(missing_ok=True)


def _orphans(target: Path) -> list[Path]:
    return list(target.parent.glob(f".{_escaped(target.name)}.*{_TEMPORARY}"))


def _escaped(name: str) -> str:
    return "".join(f"[{character}]" if character in "*?[" else character for character in name)


def _sync_directory(path: Path) -> None:
    """Make a rename outlive a power cut, where a directory can be synced.

    The rename has succeeded by now: where this fails, the file is new, and nobody should be told otherwise.
    """
    # Windows cannot open a directory, and needs no such thing.
    if sys.platform == "win32":
        return
    with contextlib.suppress(OSError):
        descriptor = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
