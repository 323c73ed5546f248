"""Measuring things beside their peers: in turns, again and again, with what each took.

A `Side` is one of several ways to do the same. `in_turns` runs them one after the other, A B C A B C …, so that a
machine that is busy for a while is busy for all of them.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Literal, Self

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from typing import Any

ROOT = Path(__file__).parents[2]
OURS = sys.executable
"""The Python of this program, with everything installed that it needs."""
OWN_PEERS = ROOT / "build" / "peers"
PEERS = OWN_PEERS if (OWN_PEERS / "bin" / "python").exists() else Path(sys.prefix)
"""The environment of what it is measured beside: awscli, boto3, aiobotocore and httpx.

Ours, which has no aiobotocore, has to do where there is none: for a quick run, which says nothing about speed.
"""

Of = Literal["seconds", "cpu", "memory", "share"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """What one run took: seconds by the clock, seconds of processor time, bytes of memory (0: not looked at)."""

    seconds: float
    cpu: float = 0.0
    memory: int = 0

    @property
    def share(self) -> float:
        """The share of one processor."""
        return self.cpu / self.seconds if self.seconds else 0.0


Measured = dict[str, list[Sample]]
"""The runs of each side, by its name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """What is to hold: the median of one side is at most so many times that of another one.

    Without `beside` it is an absolute limit, for a share of a processor. Without `most` it is told only.
    """

    ours: str
    beside: str = ""
    most: float | None = None
    of: Of = "seconds"
    aside: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Amount:
    """How often everything is done; `quick` only shows that it runs, and says nothing about speed."""

    quick: bool = False

    def of(self, usual: int, quick: int) -> int:
        """The one or the other."""
        return quick if self.quick else usual


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One figure: its name on the command line, what it says, exactly how it is measured, and what is to hold."""

    name: str
    title: str
    how: str
    targets: tuple[Target, ...]
    measure: Callable[[Amount], Measured]


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """A target beside what was measured: by the medians, which decides, by the least, and by processor time."""

    target: Target
    ratio: float
    of_least: float
    of_cpu: float | None

    @property
    def holds(self) -> bool:
        """Whether it is as wanted."""
        return self.target.most is None or self.ratio <= self.target.most


def judge(target: Target, measured: Mapping[str, Sequence[Sample]]) -> Verdict:
    """Compare. Raises KeyError for a side that was not measured."""
    ours = [getattr(each, target.of) for each in measured[target.ours]]
    if not target.beside:
        return Verdict(target=target, ratio=statistics.median(ours), of_least=min(ours), of_cpu=None)
    theirs = [getattr(each, target.of) for each in measured[target.beside]]
    cpu = [statistics.median(each.cpu for each in measured[side]) for side in (target.ours, target.beside)]
    return Verdict(
        target=target,
        ratio=statistics.median(ours) / statistics.median(theirs),
        of_least=min(ours) / min(theirs),
        of_cpu=cpu[0] / cpu[1] if target.of == "seconds" and all(cpu) else None,
    )


def quartiles(values: Sequence[float]) -> tuple[float, float, float]:
    """A quarter of all is at most the first, half of all the second, three quarters the third."""
    if len(values) == 1:
        return values[0], values[0], values[0]
    first, second, third = statistics.quantiles(values, n=4, method="inclusive")
    return first, second, third


def in_turns(sides: Mapping[str, Callable[[], Sample]], *, rounds: int, warm: int = 1) -> Measured:
    """Run all sides one after the other, so many rounds; before that some that do not count."""
    measured: Measured = {name: [] for name in sides}
    for number in range(warm + rounds):
        for name, run in sides.items():
            sample = run()
            if number >= warm:
                measured[name].append(sample)
    return measured


def process(command: Sequence[str | Path], environ: Mapping[str, str], *, cwd: Path = ROOT) -> Sample:
    """Run a program to its end; all that it and its children took. Raises RuntimeError if it fails."""
    words = [str(word) for word in command]
    with subprocess.Popen(
        words, env=dict(environ), cwd=cwd, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    ) as child:
        assert child.stdout is not None
        told = child.stdout.read()
        _, status, used = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        raise RuntimeError(f"{' '.join(words)} ended with {child.returncode}\n{told.decode(errors='replace')[-3000:]}")
    return Sample(seconds=0.0, cpu=used.ru_utime + used.ru_stime, memory=used.ru_maxrss * 1024)


def timed(command: Sequence[str | Path], environ: Mapping[str, str], *, cwd: Path = ROOT) -> Sample:
    """The same, with the seconds from its start to its end."""
    begun = time.perf_counter()
    done = process(command, environ, cwd=cwd)
    return Sample(seconds=time.perf_counter() - begun, cpu=done.cpu, memory=done.memory)


@dataclass(slots=True, kw_only=True)
class Talker:
    """A program that is kept warm: for each line it is given it does its work once, and tells what that took.

    It first prints a line `ready`, then for each line a JSON object with `seconds` and `cpu`, and perhaps `memory`. It
    ends with its input.
    """

    command: Sequence[str | Path]
    environ: Mapping[str, str]
    _child: subprocess.Popen[str] = field(init=False, repr=False)

    def __enter__(self) -> Self:
        self._child = subprocess.Popen(
            [str(word) for word in self.command],
            env=dict(self.environ),
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        if self._line() != "ready":
            raise RuntimeError(f"{self.command} did not say that it is ready")
        return self

    def __exit__(self, *_: object) -> None:
        assert self._child.stdin is not None
        self._child.stdin.close()
        try:
            self._child.wait(30)
        except subprocess.TimeoutExpired:
            self._child.kill()
            self._child.wait()
        assert self._child.stdout is not None
        self._child.stdout.close()

    def ask(self, line: str = "") -> dict[str, Any]:
        """What it tells to a line. Raises RuntimeError when it has ended."""
        assert self._child.stdin is not None
        self._child.stdin.write(line + "\n")
        self._child.stdin.flush()
        told: dict[str, Any] = json.loads(self._line())
        return told

    def run(self, line: str = "") -> Sample:
        """Let it do its work once."""
        told = self.ask(line)
        return Sample(seconds=told["seconds"], cpu=told.get("cpu", 0.0), memory=told.get("memory", 0))

    def _line(self) -> str:
        assert self._child.stdout is not None
        line = self._child.stdout.readline()
        if not line:
            raise RuntimeError(f"{self.command} ended with {self._child.wait()}")
        return line.strip()


def peer(*words: str | Path) -> list[str | Path]:
    """A command of the peers' Python."""
    return [PEERS / "bin" / "python", *words]
