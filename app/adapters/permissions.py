"""Files and directories that other users of this machine could read or change, for `doctor`."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import TYPE_CHECKING

from app.adapters import files
from app.domain.errors import Problem

if TYPE_CHECKING:
    from collections.abc import Iterable

_OTHERS_READ = stat.S_IRWXG | stat.S_IRWXO
_OTHERS_WRITE = stat.S_IWGRP | stat.S_IWOTH


def findings(directories: Iterable[Path], *, passphrase_file: str = "") -> list[Problem]:
    """Our directories that others may write to, and a passphrase file that others may read. Nothing on Windows."""
    if os.name != "posix":
        return []
    found = [_changeable(path) for path in directories if _mode(path) & _OTHERS_WRITE]
    if passphrase_file and _mode(files.expanded(passphrase_file)) & _OTHERS_READ:
        found.append(_readable(Path(passphrase_file)))
    return found


def _mode(path: Path) -> int:
    """The permission bits; none for what is not there."""
    try:
        return stat.S_IMODE(path.stat().st_mode)
    except OSError:
        return 0


def _changeable(path: Path) -> Problem:
    return Problem(
        code="directory-too-open",
        title="Others may change Rolecall's files",
        detail=f"{path} can be written to by other users of this machine.",
        remedy=f"chmod go-w {path}",
    )


def _readable(path: Path) -> Problem:
    return Problem(
        code="passphrase-too-open",
        title="Others may read the keyring's passphrase",
        detail=f"{path} can be read by other users of this machine.",
        remedy=f"chmod 600 {path}",
    )
