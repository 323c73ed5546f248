"""A clock that can be put forward: for a core, the stand-in AWS and a provider that runs as a program, all at once.

The offset stands in a file, which `libfaketime` reads too: it gives a program of somebody else another time.
"""

from __future__ import annotations

import os
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from app.adapters.clock import SystemClock

if TYPE_CHECKING:
    from datetime import datetime

LIBRARY = "*/faketime/libfaketime.so.1"
_MEMORY = Path("/dev/shm")  # libfaketime's, by shm_open(3)
_LEFT = ("faketime_shm_", "sem.faketime_sem_")


def remove_left() -> None:
    """Remove the shared memory of programs under libfaketime that were killed; the others remove theirs themselves."""
    for name in _LEFT:
        for path in _MEMORY.glob(f"{name}[0-9]*"):
            with suppress(FileNotFoundError):
                if path.stat().st_uid == os.geteuid() and not Path("/proc", path.name.removeprefix(name)).exists():
                    path.unlink()


class ShiftedClock(SystemClock):
    """Answers `app.ports.Clock`: the machine's clocks, both ahead by what stands in `file`."""

    def __init__(self, file: Path) -> None:
        self.file = file
        if not file.exists():
            self._write(0)

    def now(self) -> datetime:
        return super().now() + timedelta(seconds=self.offset)

    def monotonic(self) -> float:
        return super().monotonic() + self.offset

    def steady(self) -> float:
        return super().steady() + self.offset

    @property
    def offset(self) -> int:
        """Seconds."""
        return int(self.file.read_text(encoding="ascii"))

    def advance(self, seconds: int) -> None:
        """Put it forward for everybody."""
        self._write(self.offset + seconds)

    @property
    def environment(self) -> dict[str, str]:
        """What gives a program, and only its wall clock, this time."""
        library = next(Path("/usr/lib").glob(LIBRARY))
        return {
            "LD_PRELOAD": str(library),
            "FAKETIME_TIMESTAMP_FILE": str(self.file),
            "FAKETIME_NO_CACHE": "1",
            "FAKETIME_DONT_FAKE_MONOTONIC": "1",
            "NO_FAKE_STAT": "1",
        }

    def _write(self, offset: int) -> None:
        fresh = self.file.with_suffix(".new")
        fresh.write_text(f"+{offset}\n", encoding="ascii")
        fresh.replace(self.file)
