"""Odd things in the place of a file, made and taken away again by the test; whoever meets them is another user."""

from __future__ import annotations

import os
import stat
import subprocess
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

NOBODY = 12345
"""A user who owns nothing."""
IS_ROOT = os.geteuid() == 0
OTHER_DISK = "/dev/shm"  # only the tests write there, in a directory of their own


@dataclass(frozen=True, kw_only=True)
class Kind:
    """`make` puts it in the place of a file that would hold these bytes. `refuses`: a plain write must be refused.

    `works`: reading and writing is to work as if it were a plain file. `readable`: its bytes can be read.
    """

    name: str
    make: Callable[[Path, bytes], object]
    refuses: bool = False
    works: bool = False
    readable: bool = False
    root: bool = False


def plain(path: Path, old: bytes, mode: int = 0o600) -> None:
    """A file that nobody in particular owns."""
    path.write_bytes(old)
    path.chmod(mode)
    give(path)


def give(path: Path) -> None:
    """Let nobody in particular own it."""
    if IS_ROOT:
        os.chown(path, NOBODY, NOBODY, follow_symlinks=False)


def fifo(path: Path, kind: int = stat.S_IFIFO) -> None:
    """A pipe with a name, or a socket."""
    os.mknod(path, kind | 0o600)
    give(path)


def _foreign(path: Path, old: bytes, mode: int) -> None:
    path.write_bytes(old)
    path.chmod(mode)


def _symlink(path: Path, old: bytes) -> None:
    plain(path.with_name("real"), old)
    path.symlink_to("real")


def _hard_link(path: Path, old: bytes) -> None:
    plain(path.with_name("other"), old)
    path.hardlink_to(path.with_name("other"))


def _directory(path: Path, _old: bytes) -> None:
    path.mkdir()
    give(path)


def _immutable(path: Path, old: bytes, flag: str = "+i") -> None:
    plain(path, old)
    subprocess.run(["chattr", flag, path], check=True)


def _device(path: Path, minor: int) -> None:
    os.mknod(path, stat.S_IFCHR | 0o666, os.makedev(1, minor))
    path.chmod(0o666)


KINDS = (
    Kind(name="plain file", make=plain, works=True, readable=True),
    Kind(name="symlink", make=_symlink, works=True, readable=True),
    Kind(name="dangling symlink", make=lambda path, _old: path.symlink_to("nothing"), works=True, readable=True),
    Kind(name="symlink loop", make=lambda path, _old: path.symlink_to(path.name), refuses=True),
    Kind(name="hard link", make=_hard_link, works=True, readable=True),
    Kind(name="empty file", make=lambda path, _old: plain(path, b""), works=True, readable=True),
    Kind(name="directory", make=_directory, refuses=True),
    Kind(name="FIFO", make=lambda path, _old: fifo(path), refuses=True),
    Kind(name="socket", make=lambda path, _old: fifo(path, stat.S_IFSOCK), refuses=True),
    Kind(name="null device", make=lambda path, _old: _device(path, 3), root=True),
    Kind(name="zero device", make=lambda path, _old: _device(path, 5), root=True),
    Kind(name="mode 0400", make=lambda path, old: plain(path, old, 0o400), refuses=True, readable=True),
    Kind(name="mode 0000", make=lambda path, old: plain(path, old, 0), refuses=True),
    Kind(name="mode 0200", make=lambda path, old: plain(path, old, 0o200)),
    Kind(name="foreign, 0600", make=lambda path, old: _foreign(path, old, 0o600), refuses=True, root=True),
    Kind(
        name="foreign, 0644", make=lambda path, old: _foreign(path, old, 0o644), refuses=True, readable=True, root=True
    ),
    Kind(name="foreign, 0666", make=lambda path, old: _foreign(path, old, 0o666), readable=True, root=True),
    Kind(name="immutable", make=_immutable, refuses=True, readable=True, root=True),
    Kind(
        name="append only", make=lambda path, old: _immutable(path, old, "+a"), refuses=True, readable=True, root=True
    ),
)


def kinds() -> list[Kind]:
    """Those that this user can make here."""
    return [kind for kind in KINDS if IS_ROOT or not kind.root]


def unmake(folder: Path) -> None:
    """Let everything below a folder be deleted again."""
    if IS_ROOT:
        subprocess.run(["chattr", "-R", "-i", "-a", folder], check=False, stderr=subprocess.DEVNULL)
    for above, directories, _files in os.walk(folder):
        for each in (above, *(os.path.join(above, name) for name in directories)):  # noqa: PTH118  # as walk has them
            if not os.path.islink(each):  # noqa: PTH114
                os.chmod(each, 0o700)  # noqa: PTH101
