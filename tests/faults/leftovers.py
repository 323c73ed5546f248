"""What a killed writer may leave behind, and the next start has to remove."""

from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

SUFFIXES = (".rolecall-tmp", ".tmp")
WITHOUT_LOCK = ".window.json."
"""What has no lock is nobody's only when it is older than a minute."""
_OLD_SECONDS = 120


def leftovers(*folders: Path) -> list[str]:
    """The temporary files there that nobody can be writing to."""
    found = [each for folder in folders for each in folder.iterdir() if each.name.endswith(SUFFIXES)]
    return [str(each) for each in found if not each.name.startswith(WITHOUT_LOCK) or _is_old(each)]


def make_old(folder: Path) -> None:
    """Let time pass for those that only time makes nobody's."""
    for each in folder.glob(f"{WITHOUT_LOCK}*"):
        os.utime(each, (0, 0))


def _is_old(path: Path) -> bool:
    return time.time() - path.stat().st_mtime > _OLD_SECONDS
