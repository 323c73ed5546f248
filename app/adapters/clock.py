"""The machine's clocks, and how far off the wall clock was found to be."""

from __future__ import annotations

import os
import sys
import time
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from app.adapters import files

if TYPE_CHECKING:
    from pathlib import Path

    from app.ports import Clock

FILE = "clock.json"
SAME = timedelta(seconds=2)
"""Two clocks that moved apart by less than this were not set."""
SKEW_MOST = timedelta(days=54750)
_BOOT = "/proc/sys/kernel/random/boot_id"
_STEADY = {"linux": "CLOCK_BOOTTIME", "darwin": "CLOCK_MONOTONIC"}
"""On macOS the clock of that name goes on in the machine's sleep, on Linux it does not."""


class SystemClock:
    """Answers `app.ports.Clock`."""

    def now(self) -> datetime:
        """The wall clock, uncorrected, UTC."""
        return datetime.now(UTC)

    def monotonic(self) -> float:
        """Seconds from a clock that never jumps; on Linux it stands still while the machine sleeps."""
        return time.monotonic()

    def steady(self) -> float:
        """Seconds from a clock that nobody sets and that goes on while the machine sleeps, where there is one."""
        clock: int | None = getattr(time, _STEADY.get(sys.platform, ""), None)
        return time.monotonic() if clock is None else time.clock_gettime(clock)

    async def sleep(self, seconds: float) -> None:
        """Wait on the event loop."""
        import asyncio

        await asyncio.sleep(seconds)


class ClockMemory:
    """What one process has learnt of the clock's error, for those that come after it, in a file in `directory`.

    It holds as long as nobody sets the clock: as wall clock and steady clock stay as far apart as they were, since the
    same start of the machine. A clock that was set meanwhile was probably put right, and nothing is known any more.
    """

    def __init__(self, directory: str | Path, clock: Clock, *, boot: str | None = None) -> None:
        self._path = os.path.join(directory, FILE)  # noqa: PTH118  # read at every start, and pathlib takes long to load
        self._clock = clock
        self._boot = _boot_id() if boot is None else boot

    def recall(self) -> timedelta:
        """AWS's time minus ours as somebody measured it; zero when that is not known."""
        try:
            data = files.read(self._path)
        except OSError:
            return timedelta()
        if data is None:
            return timedelta()
        import json

        try:
            told = json.loads(data)
            skew, apart = timedelta(seconds=told["skew"]), timedelta(seconds=told["apart"])
            same = told["boot"] == self._boot != "" and abs(self._apart() - apart) <= SAME
        except (ValueError, OverflowError, TypeError, KeyError):
            return timedelta()
        return skew if same and abs(skew) <= SKEW_MOST else timedelta()

    def keep(self, skew: timedelta) -> None:
        """Let others know, soon, what was measured now. Whatever goes wrong, they will measure for themselves."""
        import json
        import threading

        if self._boot:
            told = {"boot": self._boot, "apart": self._apart().total_seconds(), "skew": skew.total_seconds()}
            # The disk may be slow, and the program does not end before it is done
            threading.Thread(target=self._write, args=(json.dumps(told).encode() if skew else b"",)).start()

    def _write(self, data: bytes) -> None:
        import logging
        from pathlib import Path

        from app.domain.errors import StorageTrouble

        path = Path(self._path)
        try:
            with files.locked(path.with_name(f"{FILE}.lock")):
                if data:
                    files.replace(path, data)
                else:
                    path.unlink(missing_ok=True)
        except (OSError, StorageTrouble) as error:
            logging.getLogger(__name__).debug("the clock's error was not kept: %s", error)

    def _apart(self) -> timedelta:
        return self._clock.now() - datetime.fromtimestamp(0, UTC) - timedelta(seconds=self._clock.steady())


def _boot_id() -> str:
    """What tells one start of the machine from another; empty where nothing does."""
    try:
        with open(_BOOT, encoding="ascii") as file:  # noqa: PTH123  # as quick as can be: it is read at every start
            return file.read().strip()
    except (OSError, ValueError):
        return ""
