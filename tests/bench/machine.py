"""What the figures were measured on, and how much of it others had meanwhile."""

from __future__ import annotations

import os
import platform
from dataclasses import dataclass
from pathlib import Path

_STAT_FIELDS = 8
_STEAL = 7


def machine() -> dict[str, str]:
    """Processor, cores, memory, system and Python."""
    return {
        "processor": _line("/proc/cpuinfo", "model name") or platform.processor() or platform.machine(),
        "cores": str(os.cpu_count() or 1),
        "memory": f"{_memory_gib():.0f} GiB",
        "system": f"{platform.system()} {platform.release()}, {platform.machine()}",
        "python": platform.python_version(),
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class Shared:
    """How busy the machine was between two moments: shares of all processors, and the load at the end."""

    busy: float
    stolen: float
    load: float


def moment() -> tuple[int, ...]:
    """What the processors have done so far, in ticks; empty where the system does not tell."""
    try:
        first = Path("/proc/stat").read_text(encoding="ascii").partition("\n")[0].split()
    except OSError:
        return ()
    return tuple(int(field) for field in first[1 : 1 + _STAT_FIELDS])


def since(before: tuple[int, ...]) -> Shared:
    """What they have done since a moment."""
    ticks = [then - first for first, then in zip(before, moment(), strict=True)]
    whole = sum(ticks) or 1
    idle, stolen = (ticks[3] + ticks[4], ticks[_STEAL]) if ticks else (0, 0)
    return Shared(busy=1 - (idle + stolen) / whole, stolen=stolen / whole, load=os.getloadavg()[0])


def _memory_gib() -> float:
    return int((_line("/proc/meminfo", "MemTotal") or "0 kB").split()[0]) / (1 << 20)


def _line(path: str, name: str) -> str:
    try:
        lines = Path(path).read_text(encoding="utf-8").splitlines()
    except OSError:
        return ""
    return next((line.partition(":")[2].strip() for line in lines if line.startswith(name)), "")
