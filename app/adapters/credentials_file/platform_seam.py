"""What Windows does differently about files, behind one small seam.

The Windows half follows Microsoft's and Python's documentation; it has not been run by the tests of this
repository, which run on Linux.
"""

from __future__ import annotations

import contextlib
import os
import sys
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

_REPLACE_TRIES = 20
_REPLACE_PAUSE_SECONDS = 0.05

if sys.platform == "win32":
    OPEN_FILES_CAN_BE_REPLACED = False
    """Python opens files without FILE_SHARE_DELETE: they cannot be replaced while we look at them."""

    CREATE_FLAGS = os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_BINARY | os.O_NOINHERIT
    READ_FLAGS = os.O_RDONLY | os.O_BINARY | os.O_NOINHERIT

    def replace(source: Path, target: Path) -> None:
        """Move over the target; a reader may hold it for a moment, so a refusal is tried again for a second."""
        for _ in range(_REPLACE_TRIES):
            try:
                source.replace(target)
            except PermissionError:
                time.sleep(_REPLACE_PAUSE_SECONDS)
            else:
                return
        source.replace(target)

    def read_at(descriptor: int, size: int, offset: int) -> bytes:
        """So many bytes of an open file from there on; less at its end."""
        os.lseek(descriptor, offset, os.SEEK_SET)
        return os.read(descriptor, size)

    def sync_directory(path: Path) -> None:
        """Do nothing: a directory cannot be opened for this, and NTFS journals renames."""

    def restrict(path: Path, descriptor: int, model: os.stat_result | None) -> None:
        """Give the file an access list with the user alone; a replaced file's list is inherited from its directory."""
        import getpass
        import ntpath
        import subprocess

        del descriptor
        if model is None:
            # By its whole path: by name alone, one that lies in the current directory would be run.
            icacls = ntpath.join(os.environ.get("SYSTEMROOT", r"C:\Windows"), "System32", "icacls.exe")
            command = [icacls, str(path), "/inheritance:r", "/grant:r", f"{getpass.getuser()}:F"]
            subprocess.run(command, check=True, capture_output=True)  # noqa: S603  # fixed program, our own path

else:
    OPEN_FILES_CAN_BE_REPLACED = True
    """The replaced file lives on as long as it is open, and can be looked at again."""

    CREATE_FLAGS = os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
    # O_NONBLOCK: a pipe in place of the file must not hang us.
    READ_FLAGS = os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK

    def replace(source: Path, target: Path) -> None:
        """Move over the target in one step."""
        source.replace(target)

    def read_at(descriptor: int, size: int, offset: int) -> bytes:
        """So many bytes of an open file from there on; less at its end. Copies of a descriptor share where they are."""
        return os.pread(descriptor, size, offset)

    def sync_directory(path: Path) -> None:
        """Make a rename outlive a power cut.

        The rename has succeeded by now. Where the directory cannot be read or synced (some network file systems),
        nothing is gained by calling that a failure.
        """
        with contextlib.suppress(OSError):
            descriptor = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
            try:
                os.fsync(descriptor)
            finally:
                os.close(descriptor)

    def restrict(path: Path, descriptor: int, model: os.stat_result | None) -> None:
        """Give a new file owner, group, mode and access list of the one it replaces; alone it stays 0600.

        Raises PermissionError when owner or group cannot be kept.
        """
        if model is None:
            return
        mine = os.fstat(descriptor)
        if (mine.st_uid, mine.st_gid) != (model.st_uid, model.st_gid):
            os.fchown(descriptor, model.st_uid, model.st_gid)
        _copy_attributes(path, descriptor)
        os.fchmod(descriptor, model.st_mode & 0o7777)

    def _copy_attributes(path: Path, descriptor: int) -> None:
        """Copy what else is attached to the file, POSIX access lists among it, where the system can."""
        if not hasattr(os, "listxattr"):
            return
        try:
            for name in os.listxattr(path):
                os.setxattr(descriptor, name, os.getxattr(path, name))
        except OSError:  # not supported here, or not ours to set (security labels): the mode still holds
            return
