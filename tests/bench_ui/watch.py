"""How long the thread of the window could not answer, and what it did then.

A timer of the window's own loop takes note of the time; what comes between two notes beyond the timer's interval is a
block. Another thread looks at the stack of the window's thread while a note is overdue.
"""

from __future__ import annotations

import faulthandler
import itertools
import os
import tempfile
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer

if TYPE_CHECKING:
    from typing import IO

BEAT_MS = 4
LATE_S = 0.016
"""What counts as overdue: one frame."""
_LOOK_S = 0.004
_STACK_LINES = 16
_STAT = Path("/proc/stat")
_TICKS_PER_S = os.sysconf("SC_CLK_TCK") if hasattr(os, "sysconf") else 100


@dataclass(slots=True, kw_only=True)
class Block:
    """One stretch without an answer: seconds by the wall clock, and the stacks seen.

    `worked` are those of this thread's own work, `queued` those in which other programs had all processors, `stolen`
    those in which the host of a virtual machine kept one of them, in steps of 10 ms.
    """

    seconds: float
    worked: float
    queued: float = 0.0
    stolen: float = 0.0
    stacks: list[str] = field(default_factory=list)

    @property
    def stack(self) -> str:
        """The stack seen most often in it."""
        return Counter(self.stacks).most_common(1)[0][0] if self.stacks else "(never looked at in time)"


class Watch:
    """Watches the thread that makes it, between `start` and `stop`; between these it costs a little itself."""

    def __init__(self) -> None:
        self._parent = QObject()
        self._timer = QTimer(self._parent, interval=BEAT_MS, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._beat)
        self._thread = threading.get_ident()
        self._queue = Path(f"/proc/self/task/{threading.get_native_id()}/schedstat")
        self._last = self._worked = self._queued = 0.0
        self._stolen: tuple[float, ...] = ()
        self._seen: list[str] = []
        self._on = threading.Event()
        self.blocks: list[Block] = []

    def start(self) -> None:
        """Begin anew."""
        self.blocks = []
        self._seen = []
        self._stolen = stolen()
        self._last, self._worked, self._queued = time.perf_counter(), time.thread_time(), self._in_queue()
        self._on.set()
        self._timer.start()
        self._looker = threading.Thread(target=self._look, name="watch", daemon=True)
        self._looker.start()

    def stop(self) -> list[Block]:
        """End; every interval between two beats as a block, the shortest too."""
        self._beat()
        self._timer.stop()
        self._on.clear()
        self._looker.join()
        return self.blocks

    def _beat(self) -> None:
        now, worked, queued, taken = time.perf_counter(), time.thread_time(), self._in_queue(), stolen()
        seconds = max(0.0, now - self._last - BEAT_MS / 1000)
        stacks, self._seen = (self._seen, []) if self._seen else ([], self._seen)
        worked_now, waited, lost = worked - self._worked, queued - self._queued, most_stolen(self._stolen, taken)
        self.blocks.append(Block(seconds=seconds, worked=worked_now, queued=waited, stolen=lost, stacks=stacks))
        self._last, self._worked, self._queued, self._stolen = now, worked, queued, taken

    def _in_queue(self) -> float:
        """Seconds that this thread was ready to run and had no processor; 0 where the system does not tell."""
        try:
            return int(self._queue.read_text(encoding="ascii").split()[1]) / 1e9
        except OSError:
            return 0.0

    def _look(self) -> None:
        with tempfile.TemporaryFile("w+") as file:
            while self._on.is_set():
                time.sleep(_LOOK_S)
                if time.perf_counter() - self._last > LATE_S:
                    self._seen.append(_stack(file, self._thread))
                    # Each look holds the interpreter for some milliseconds: seldom, or the block is of its own making
                    time.sleep(LATE_S)


def stolen() -> tuple[float, ...]:
    """Seconds that the host of a virtual machine kept each of its processors; empty where the system does not tell."""
    try:
        with _STAT.open(encoding="ascii") as file:
            processors = [line.split() for line in itertools.islice(file, 1, 1 + (os.cpu_count() or 1))]
        return tuple(int(fields[8]) / _TICKS_PER_S for fields in processors)
    except (OSError, IndexError, ValueError):
        return ()


def most_stolen(before: tuple[float, ...], after: tuple[float, ...]) -> float:
    """Seconds the host kept that processor of which it kept most."""
    return max((then - first for first, then in zip(before, after, strict=False)), default=0.0)


def _stack(file: IO[str], thread: int) -> str:
    """Where a thread is, innermost first.

    Not by `sys._current_frames`: whoever holds a frame holds its variables, a painter outlives its painting, and is
    then destroyed in the wrong thread.
    """
    file.seek(0)
    file.truncate()
    faulthandler.dump_traceback(file)
    file.seek(0)
    for part in file.read().split("\n\n"):
        head, _, lines = part.partition("\n")
        if f"{thread:x} " in head:
            return "\n".join(lines.splitlines()[:_STACK_LINES]) + "\n"
    return ""


def worst(blocks: list[Block]) -> Block:
    """The longest."""
    return max(blocks, key=lambda each: each.seconds)


def percentile(values: list[float], share: float) -> float:
    """The value that `share` (0 to 1) of all do not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]
