"""What the writers do, one deed each: the state before, the real call, and the next start of the program.

A deed is done by the adapters themselves, with the files below a folder of its own. What is then there is compared as
a whole: every file's bytes and mode, and where links lead; empty lock files and directories do not count.
"""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

Tree = dict[str, object]
INSTALLATION = "7f3a9c0d1e2f"
LOCK_SECONDS = 0.3
LONG_AGO = 3600.0
ORPHAN = ".credentials.rolecall-0123456789abcdef.tmp"
"""What a writer that was killed before left behind."""
NOW = datetime(2026, 11, 22, 1, 0, 0, tzinfo=UTC)


def tree(folder: Path) -> Tree:
    """All that is below a folder and says something."""
    found: Tree = {}
    for where, directories, names in os.walk(folder):
        for name in (*names, *directories):
            path = os.path.join(where, name)  # noqa: PTH118  # thousands of times; pathlib takes its time
            status = os.lstat(path)
            key = os.path.relpath(path, folder)
            if stat.S_ISLNK(status.st_mode):
                found[key] = os.readlink(path)  # noqa: PTH115  # as above
            elif stat.S_ISREG(status.st_mode) and not (name.endswith(".lock") and not status.st_size):
                with open(path, "rb") as file:  # noqa: PTH123  # as above
                    found[key] = (oct(status.st_mode & 0o7777), file.read())
    return dict(sorted(found.items()))


def without_temporary(found: Tree) -> Tree:
    """What is there beside the temporary files of writers."""
    return {name: content for name, content in found.items() if not is_temporary(name)}


def is_temporary(name: str) -> bool:
    """Whether a file of that name is one that a writer had not finished."""
    return name.endswith((".tmp", ".rolecall-tmp"))


def let_age(folder: Path) -> None:
    """Let an hour pass: what was written a moment ago, another program may still be writing."""
    for where, _, names in os.walk(folder):
        for name in names:
            path = os.path.join(where, name)  # noqa: PTH118  # as above
            then = os.lstat(path).st_mtime - LONG_AGO
            os.utime(path, (then, then), follow_symlinks=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """One change. `act` makes what does it, as a process would at its start; what it returns may be called again.

    `start` is the next start: what the program cleans up and reads then. `told` is how a folder is compared.
    `between` tells of a folder that is neither old nor new, and yet harmless, because several files change.
    """

    name: str
    row: str
    prepare: Callable[[Path], None]
    act: Callable[[Path], Callable[[], object]]
    start: Callable[[Path], object]
    told: Callable[[Path], Tree] = tree
    between: Callable[[Tree], bool] = lambda _found: False
    tidied_again: bool = False
    """Whether what a killed writer leaves is removed by the next write: no start knows of a file a person chose."""
    late: bool = False
    """Whether an error on closing comes when all is written: then it is told, whatever became of it."""
    quiet: bool = False
    """Whether a failure is no error to anybody: what is lost then can be done without."""
    log: str = ""
    """The warning that belongs to it."""
