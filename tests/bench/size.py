"""What it costs with 10, 100, 1,000 and 10,000 profiles: a table, and a picture of it."""

from __future__ import annotations

import math
import os
from contextlib import ExitStack
from functools import partial
from statistics import median
from typing import TYPE_CHECKING

from tests.bench import section, window
from tests.bench.home import Home, home
from tests.bench.measure import OURS, Amount, Measured, Talker, in_turns, timed
from tests.bench.report import meanwhile
from tests.bench_ui import scene
from tests.private_display import private_display

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from tests.bench.machine import Shared
    from tests.bench.measure import Sample

    Scale = Callable[[float], float]

SIZES = (10, 100, 1_000, 10_000)
QUICK = (10, 40)
LISTED, GIVEN, ASSUMED = "rolecall list", "rolecall credentials NAME", "rolecall assume NAME"
SHOWN, SAVED, UPDATE = "window on screen", "one profile saved", "update of one section"
ROWS = (SHOWN, SAVED, ASSUMED, LISTED, GIVEN, UPDATE)
MEMORY = "memory of the window"

HOW = (
    "Medians. All sizes take turns. The commands are whole processes, from a checkout, with a real keyring and an STS "
    "that answers at once; one profile is live, nobody has just edited the settings. The window is "
    "measured until all its rows are there and painted, from the start of its process. “One profile saved” is a change "
    "in the settings file by a process that saves again and again, “update of one section” one in a credentials file "
    "of so many sections."
)

Costs = dict[int, Measured]
"""The runs of each row, by the number of profiles."""

_SAVE = """
import sys
from dataclasses import replace
from pathlib import Path
from app.adapters.settings_file import SettingsFile

file = SettingsFile(Path(sys.argv[1]), lock_path=Path(sys.argv[2]))
profile = file.load_now().profiles[sys.argv[3]]
number = 0

def work():
    global number
    number += 1
    file.put_now(replace(profile, colour=("red", "teal")[number % 2]))
"""


def measure(amount: Amount) -> Costs:
    """All rows at all sizes.

    The update is one in a credentials file of so many sections. The others have so many profiles, one of them live.
    """
    sizes = QUICK if amount.quick else SIZES
    with ExitStack() as stack:
        display = stack.enter_context(private_display())
        # All sizes take turns: else a busy while would look like a cost of the size that was at it
        sides = {size: _sides(size, stack, display) for size in sizes}
        turns = {_key(size, row): run for size, runs in sides.items() for row, run in runs.items()}
        measured = in_turns(turns, rounds=amount.of(7, 1))
    return {size: {row: measured[_key(size, row)] for row in runs} for size, runs in sides.items()}


def _sides(size: int, stack: ExitStack, display: dict[str, str]) -> dict[str, Callable[[], Sample]]:
    at = stack.enter_context(home(size))
    name = scene.name_of(0)
    at.rolecall("assume", name)
    # Saved in settings of their own: of what was just edited, the commands would have to read all anew
    settings = at.path / "edited" / "config.toml"
    settings.parent.mkdir()
    settings.write_text(scene.settings(size), encoding="utf-8")
    saving: list[str | Path] = [OURS, "-c", _SAVE + section.TALK, settings, settings.with_name("lock"), name]
    credentials = at.path / "renewed" / "credentials"
    return {
        LISTED: _command(at, "list"),
        GIVEN: _command(at, "credentials", name),
        ASSUMED: _command(at, "assume", "--refresh", name),
        SHOWN: partial(window.shown, at, at.environ | display, size),
        SAVED: stack.enter_context(Talker(command=saving, environ=dict(os.environ))).run,
        UPDATE: partial(section.at_rest, stack.enter_context(section.renewing(credentials, size)), credentials),
    }


def _key(size: int, row: str) -> str:
    return f"{size} {row}"


def _command(at: Home, *words: str) -> Callable[[], Sample]:
    return partial(timed, at.command(*words), at.environ)


def table(costs: Mapping[int, Measured]) -> list[list[str]]:
    """Head and rows: medians of seconds in milliseconds, and the window's memory."""
    rows = [["", *(f"{size:,} profiles" for size in costs)]]
    rows += [[row, *(f"{1e3 * _seconds(each, row):.0f} ms" for each in costs.values())] for row in ROWS]
    memory = [median(run.memory for run in each[SHOWN]) / (1 << 20) for each in costs.values()]
    return [*rows, [MEMORY, *(f"{each:.0f} MiB" for each in memory)]]


def _seconds(measured: Measured, row: str) -> float:
    return median(run.seconds for run in measured[row])


def as_text(costs: Mapping[int, Measured]) -> str:
    """The table for a terminal."""
    return "\n".join(f"  {row[0]:<28}" + "".join(f"{cell:>18}" for cell in row[1:]) for row in table(costs))


def as_markdown(costs: Mapping[int, Measured], shared: Shared) -> str:
    """The table for a document."""
    head, *rows = table(costs)
    lines = [head, ["---", *("---:" for _ in head[1:])], *rows]
    drawn = "\n".join(f"| {' | '.join(line)} |" for line in lines)
    return f"\n### Cost against size\n\n{HOW}\n\n{drawn}\n\n{meanwhile(shared)}\n"


# --- The picture -----------------------------------------------------------------------------------------------------

_WIDTH, _HEIGHT, _LEFT, _RIGHT, _TOP, _BOTTOM = 800, 470, 70, 210, 60, 56
_INKS = ("#7a3fa0", "#6b6200", "#1b7f4b", "#0a6ebd", "#b3541e", "#a01c44")
_TITLE = "Median time against the number of profiles, both axes logarithmic"
_FONT = 'font-family="sans-serif" font-size="13" fill="#444"'


def as_svg(costs: Mapping[int, Measured]) -> str:
    """Both axes logarithmic: profiles, and milliseconds. On white, for light and dark pages."""
    values = [1e3 * _seconds(each, row) for each in costs.values() for row in ROWS]
    low, high = math.floor(math.log10(min(values))), math.ceil(math.log10(max(values)))
    sizes = [math.log10(size) for size in costs]

    def across(size: float) -> float:
        return _LEFT + (size - sizes[0]) / (sizes[-1] - sizes[0]) * (_WIDTH - _LEFT - _RIGHT)

    def down(power: float) -> float:
        return _TOP + (high - power) / (high - low) * (_HEIGHT - _TOP - _BOTTOM)

    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img">',
        f"<title>{_TITLE}</title>",
        f'<rect width="{_WIDTH}" height="{_HEIGHT}" rx="8" fill="#ffffff"/>',
        f'<text x="{_LEFT}" y="30" {_FONT.replace("13", "15")}>{_TITLE}</text>',
        *_grid(range(low, high + 1), list(costs), across, down),
    ]
    ends = _apart([(down(math.log10(1e3 * _seconds(costs[max(costs)], row))), row) for row in ROWS])
    for ink, row in zip(_INKS, ROWS, strict=True):
        points = [
            (across(math.log10(size)), down(math.log10(1e3 * _seconds(each, row)))) for size, each in costs.items()
        ]
        line = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
        parts.append(f'<polyline points="{line}" fill="none" stroke="{ink}" stroke-width="2.5"/>')
        parts += [f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3.5" fill="{ink}"/>' for x, y in points]
        parts.append(
            f'<text x="{_WIDTH - _RIGHT + 12}" y="{ends[row] + 4:.1f}" {_FONT.replace("#444", ink)}>{row}</text>'
        )
    return "\n".join([*parts, "</svg>\n"])


def _grid(powers: range, sizes: list[int], across: Scale, down: Scale) -> list[str]:
    parts = []
    for power in powers:
        y = down(power)
        told = f"{10**power:,} ms" if power < 3 else f"{10 ** (power - 3):,} s"
        parts.append(f'<line x1="{_LEFT}" y1="{y:.1f}" x2="{_WIDTH - _RIGHT}" y2="{y:.1f}" stroke="#ddd"/>')
        parts.append(f'<text x="{_LEFT - 8}" y="{y + 4:.1f}" text-anchor="end" {_FONT}>{told}</text>')
    for size in sizes:
        x = across(math.log10(size))
        parts.append(f'<line x1="{x:.1f}" y1="{_TOP}" x2="{x:.1f}" y2="{_HEIGHT - _BOTTOM}" stroke="#eee"/>')
        parts.append(f'<text x="{x:.1f}" y="{_HEIGHT - 34}" text-anchor="middle" {_FONT}>{size:,}</text>')
    middle = (_LEFT + _WIDTH - _RIGHT) / 2
    return [*parts, f'<text x="{middle}" y="{_HEIGHT - 12}" text-anchor="middle" {_FONT}>profiles</text>']


def _apart(wished: list[tuple[float, str]]) -> dict[str, float]:
    """Where the names stand: beside the ends of their lines, but none on another."""
    found: dict[str, float] = {}
    last = -math.inf
    for y, row in sorted(wished):
        last = found[row] = max(y, last + 17)
    return found
