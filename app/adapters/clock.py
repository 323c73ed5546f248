"""The machine's clocks, and how far off the wall clock was found to be."""

from __future__ import annotations

import os
import sys
import time
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from app.adapters import files

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from app.ports import Clock

FILE = "clock.json"
SAME = timedelta(seconds=2)
"""Two clocks that moved apart by less than this were not set."""
STEERED = 1e-4
"""So much faster or slower a clock is let run to keep the time, all along; one that is put right runs another way."""
KNOWN_SECONDS = 12 * 3600.0
"""For so long others go by what was measured."""
AGAIN_SECONDS = 3600.0
"""When what was measured again is written again, for the others to go by for longer."""
SKEW_MOST = timedelta(days=54750)
_BOOT = "/proc/sys/kernel/random/boot_id"
_RAW = "CLOCK_MONOTONIC_RAW"
"""Not even drawn on slowly with the wall clock. On macOS it goes on in the machine's sleep, on Linux it does not."""


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
        raw: int | None = getattr(time, _RAW, None)
        if raw is None:
            return time.monotonic()
        if sys.platform != "linux":
            return time.clock_gettime(raw)
        asleep = time.clock_gettime(time.CLOCK_BOOTTIME) - time.clock_gettime(time.CLOCK_MONOTONIC)
        return time.clock_gettime(raw) + asleep

    async def sleep(self, seconds: float) -> None:
        """Wait on the event loop."""
        import asyncio

        await asyncio.sleep(seconds)


class ClockMemory:
    """What one process has learnt of the clock's error, for those that come after it, in a file in `directory`.

    It holds for some hours, and as long as nobody sets the clock or draws it on: as wall clock and steady clock stay as
    far apart as they were, since the same start of the machine. A clock that was set meanwhile was probably put right,
    and nothing is known any more. `endpoint` is whose time it is: of one that is not AWS's nobody else goes by it.
    """

    def __init__(self, directory: str | Path, clock: Clock, *, endpoint: str = "", boot: str | None = None) -> None:
        self._path = os.path.join(directory, FILE)  # noqa: PTH118  # read at every start, and pathlib takes long to load
        self._clock = clock
        self._endpoint = endpoint
        self._boot = _boot_id() if boot is None else boot
        self._kept: tuple[timedelta, float] | None = None

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
            age = self._clock.steady() - told["at"]
            same = told["boot"] == self._boot != "" and told["endpoint"] == self._endpoint
            same = same and 0 <= age <= KNOWN_SECONDS
            same = same and abs(self._apart() - apart) <= SAME + timedelta(seconds=age * STEERED)
        except (ValueError, OverflowError, TypeError, KeyError):
            return timedelta()
        return skew if same and abs(skew) <= SKEW_MOST else timedelta()

    def keep(self, skew: timedelta) -> None:
        """Let others know, soon, what was measured now. Whatever goes wrong, they will measure for themselves.

        The same is written once in a while.
        """
        import json
        import threading

        apart, at = self._apart().total_seconds(), self._clock.steady()
        if not self._boot or (self._kept is not None and self._kept[0] == skew and at - self._kept[1] < AGAIN_SECONDS):
            return
        self._kept = (skew, at)
        told = {"boot": self._boot, "endpoint": self._endpoint, "apart": apart, "at": at, "skew": skew.total_seconds()}
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


def recalled(directory: str, clock: Clock, environ: Mapping[str, str]) -> timedelta:
    """What is known of the clock's error in this environment. Mostly nothing is: then nobody asks whose time it was."""
    if not os.path.exists(os.path.join(directory, FILE)):  # noqa: PTH110, PTH118  # read at every start
        return timedelta()
    return ClockMemory(directory, clock, endpoint=whose_time(environ)).recall()


def whose_time(environ: Mapping[str, str]) -> str:
    """Whose time STS tells in this environment: empty for AWS's, else the place that stands in for it."""
    if not (environ.get("AWS_ENDPOINT_URL_STS") or environ.get("AWS_ENDPOINT_URL")):
        return ""
    from urllib.parse import urlsplit

    from app.domain.configuration import Settings
    from app.domain.endpoints import EndpointOptions
    from app.domain.errors import BadInput
    from app.domain.partition import PARTITIONS

    options = EndpointOptions.from_environment(environ, Settings())
    if not options.sts_override:
        return ""
    try:
        parts = urlsplit(options.sts(options.region).url)
    except BadInput:
        return "nobody's"  # nothing is sent
    suffixes = tuple(f".{each}" for world in PARTITIONS for each in (world.dns_suffix, world.dual_stack_suffix))
    host = parts.hostname or ""
    is_aws = parts.scheme == "https" and host.endswith(suffixes) and not {"sts", "sts-fips"}.isdisjoint(host.split("."))
    return "" if is_aws else f"{parts.scheme}://{parts.netloc}"


def _boot_id() -> str:
    """What tells one start of the machine from another; empty where nothing does."""
    try:
        with open(_BOOT, encoding="ascii") as file:  # noqa: PTH123  # as quick as can be: it is read at every start
            return file.read().strip()
    except (OSError, ValueError):
        return ""
