"""How fast the window is: figures beside what is wanted; exit code 1 where one does not hold.

Usage: python -m tests.bench_ui [--small] [--only main|many] [--stacks FILE]

The real window with its real core in a process of its own, an STS that answers at once in another, and a private X
server. With `--small` it takes seconds, and says nothing about speed: a test that all of this runs.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import shutil
import subprocess
import sys
import tempfile
from contextlib import ExitStack, contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tests.bench_ui import scene
from tests.private_display import private_display

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from contextlib import AbstractContextManager

ROOT = Path(__file__).parents[2]
BLOCK_MS, KEY_MS, TICK_MS, IDLE, HIDDEN = 50, 30, 10, 1.0, 0.2
WATCHED = ("assume", "search", "scroll", "tick", "refresh all", "import")
USUAL, SMALL = ("1000", "200", "200", "30"), ("40", "6", "4", "1")
MANY, FEW = ("10000", "0", "0", "0"), ("100", "0", "0", "0")


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of the table; `limit` None is told only."""

    what: str
    value: float
    unit: str = "ms"
    limit: float | None = None
    aside: str = ""

    @property
    def holds(self) -> bool:
        """Whether it is as wanted."""
        return self.limit is None or self.value <= self.limit

    def __str__(self) -> str:
        wanted = "" if self.limit is None else f"<= {self.limit:g} {self.unit}"
        verdict = "" if self.limit is None else "ok" if self.holds else "NOT MET"
        return f"{self.what:<44}{self.value:>9.1f} {self.unit:<3}  {wanted:<11}{verdict:<9}{self.aside}"


def table(figures: Mapping[str, Mapping[str, float]]) -> list[Line]:
    """What was measured beside what is wanted."""
    lines = []
    for name in WATCHED:
        if name not in figures:
            continue
        each = figures[name]
        aside = (
            f"its own work {each['longest_work']:.0f} ms, without a processor {each.get('longest_queued', 0.0):.0f} ms,"
            f" kept by the host {each.get('longest_stolen', 0.0):.0f} ms; all of it took {each['lasted']:.1f} s"
            f" ({each.get('stolen', 0.0):.0f} % kept by the host)"
        )
        lines.append(Line(what=f"{name}: longest block", value=each["longest"], limit=BLOCK_MS, aside=aside))
        lines.append(Line(what=f"{name}: 99th percentile", value=each["p99"]))
        if name == "tick":
            lines.append(Line(what="tick with its painting, median", value=each["median"], limit=TICK_MS))
        elif name == "search":
            lines.append(Line(what="search keystroke, median", value=each["median"], limit=KEY_MS))
    keys = [name for name in ("search keystroke", "palette keystroke") if name in figures]
    lines += [Line(what=f"{name}, many profiles", value=figures[name]["median"], limit=KEY_MS) for name in keys]
    idle = {name: limit for name, limit in (("idle shown", IDLE), ("idle hidden", HIDDEN)) if name in figures}
    return lines + [
        Line(what=f"{name}, of one core", value=figures[name]["percent"], unit="%", limit=idle[name]) for name in idle
    ]


def main() -> int:
    """Measure and tell."""
    options = _options()
    usual, many = (SMALL, FEW) if options.small else (USUAL, MANY)
    print(f"{platform.machine()}, {os.cpu_count()} cores, {_processor()}")
    print(f"Python {platform.python_version()}, load {os.getloadavg()[0]:.1f} at the start")
    figures: dict[str, dict[str, float]] = {}
    with ExitStack() as stack:
        display = stack.enter_context(_display())
        print(f"Qt platform {display['QT_QPA_PLATFORM']}")
        port = stack.enter_context(_fast_sts())
        for kind, sizes in (("main", usual), ("many", many)):
            if options.only in ("", kind):
                print(f"{sizes[0]} profiles, {sizes[1]} active, {sizes[2]} to import", flush=True)
                figures |= _play(kind, sizes, port, display)
    lines = table(figures)
    print("\n".join(map(str, lines)))
    if options.stacks:
        options.stacks.write_text(stacks(figures), encoding="utf-8")
    return 0 if all(line.holds for line in lines) or options.small else 1


def stacks(figures: Mapping[str, Mapping[str, object]]) -> str:
    """What the window did in the longest blocks, seen by another thread."""
    parts = []
    for name in WATCHED:
        told = figures.get(name, {}).get("stacks")
        if isinstance(told, list):
            parts += [f"== {name} ==", *map(str, told)]
    return "\n".join(parts) + "\n"


def _play(kind: str, sizes: tuple[str, ...], port: int, display: dict[str, str]) -> dict[str, dict[str, float]]:
    with tempfile.TemporaryDirectory(prefix="rolecall-bench-") as home:
        scene.furnish(Path(home), int(sizes[0]), int(sizes[2]))
        done = subprocess.run(
            [sys.executable, "-m", "tests.bench_ui.player", kind, *sizes],
            env=scene.environment(Path(home), port) | display,
            stdout=subprocess.PIPE,
            text=True,
            cwd=ROOT,
            check=False,
        )
    if done.returncode:
        raise SystemExit(f"the window ended with {done.returncode}\n{done.stdout[-2000:]}")
    lines = [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]
    for line in lines:
        if "seconds" in line:
            print(f"up after {line['seconds']:.1f} s, platform {line['platform']}", flush=True)
    return {line["what"]: line for line in lines}


def _display() -> AbstractContextManager[dict[str, str]]:
    return private_display() if shutil.which("Xvfb") else nullcontext({"QT_QPA_PLATFORM": "offscreen"})


@contextmanager
def _fast_sts() -> Iterator[int]:
    command = [sys.executable, "-m", "tests.bench_ui.fast_sts"]
    server = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT)
    try:
        assert server.stdout is not None
        yield int(server.stdout.readline())
    finally:
        server.terminate()
        server.communicate(timeout=10)


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor()
    return next((line.partition(": ")[2] for line in lines if line.startswith("model name")), platform.processor())


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bench-ui")
    parser.add_argument("--small", action="store_true")
    parser.add_argument("--only", choices=("main", "many"), default="")
    parser.add_argument("--stacks", type=Path)
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
