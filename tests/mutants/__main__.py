"""Do the tests notice when the code is changed? A table of areas: mutants made, killed, not noticed.

Usage: python -m tests.mutants [--only AREA]... [--sample N] [--again]

Each mutant is one small change of one function (a comparison turned round, an argument left out, a number one
higher); the tests that run through that function are run beside it, the fastest first, until one fails. The copies
that are changed, and the changes that nobody noticed, are in build/mutants. Why they may go unnoticed stands in
SURVIVORS.md beside this file. A mutant with which a test came to no end in its time counts as noticed, and in a column
of its own: on a busy machine some of these were only slow, so both figures are told.

`--sample` tries so many of each area only, always the same ones; `--again` keeps what is known of mutants that were
killed, and tries the others with the tests of now. The exit code is 1 where an area stays below what is wanted.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
from collections import Counter
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from tests.mutants.areas import AREAS, Area
from tests.mutants.survivors import by_reason, explained

if TYPE_CHECKING:
    from collections.abc import Sequence

ROOT = Path(__file__).parents[2]
BUILD = ROOT / "build" / "mutants"
WANTED = 85.0
NOTICED = ("killed", "timeout", "segfault")
COLUMNS = ("area", "mutants", "killed", "timeout", "survived", "no tests", "other", "noticed")


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What became of the mutants of one area; each has `module`, `name`, `status`, `diff`."""

    area: str
    mutants: Sequence[dict[str, str]]

    @property
    def percent(self) -> float:
        """How many of a hundred were noticed: a test failed, or came to no end."""
        return self._share(NOTICED)

    @property
    def percent_killed(self) -> float:
        """The same without those with which a test came to no end."""
        return self._share(tuple(each for each in NOTICED if each != "timeout"))

    def _share(self, statuses: Sequence[str]) -> float:
        noticed = sum(each["status"] in statuses for each in self.mutants)
        return 100 * noticed / len(self.mutants) if self.mutants else 0.0

    @property
    def unnoticed(self) -> list[dict[str, str]]:
        """Those that no test minded."""
        return [each for each in self.mutants if each["status"] not in NOTICED]


def main(arguments: Sequence[str] | None = None) -> int:
    """Try what is asked for and print the tables."""
    wishes = _wishes(arguments)
    if find_spec("mutmut") is None:
        print("mutmut is not installed: `make mutants` sets up what is needed.", file=sys.stderr)
        return 2
    results = [_tried(name, AREAS[name], wishes.sample, again=wishes.again) for name in wishes.only or AREAS]
    print(_table(results))
    print(_reasons(results))
    return int(any(each.percent < WANTED for each in results))


def _wishes(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.mutants", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--only", action="append", choices=sorted(AREAS), help="this area; may be given again")
    parser.add_argument("--sample", type=int, default=0, metavar="N", help="so many mutants of each area")
    parser.add_argument("--again", action="store_true", help="only those that were not killed the last time")
    return parser.parse_args(arguments)


# --- One area --------------------------------------------------------------------------------------------------------


def _tried(name: str, area: Area, sample: int, *, again: bool) -> Result:
    copy = BUILD / name
    if not again:
        shutil.rmtree(copy, ignore_errors=True)
    _copy(area, copy)
    if again:
        _forget_survivors(copy)
    result = BUILD / f"{name}.json"
    result.unlink(missing_ok=True)
    with (BUILD / f"{name}.log").open("w", encoding="utf-8") as log:
        subprocess.run(
            [sys.executable, str(Path(__file__).with_name("inside.py")), str(result), str(sample)],
            cwd=copy,
            env=os.environ | {"PYTHONPATH": "", "PYTHONHASHSEED": "0"},
            stdout=log,
            stderr=subprocess.STDOUT,
            check=False,
        )
    if not result.exists():
        message = f"mutmut gave up on {name}; see {log.name}"
        raise SystemExit(message)
    return Result(area=name, mutants=json.loads(result.read_text(encoding="utf-8")))


def _copy(area: Area, copy: Path) -> None:
    """The code, its tests and their settings, so that nothing is changed where people work."""
    for name in ("app", "tests", "resources"):
        # Times are kept: by them mutmut sees which modules are others than the last time.
        shutil.copytree(ROOT / name, copy / name, dirs_exist_ok=True, ignore=shutil.ignore_patterns("__pycache__"))
    settings = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    (copy / "pyproject.toml").write_text(settings + _settings(area), encoding="utf-8")


def _settings(area: Area) -> str:
    """Mutmut's own part of pyproject.toml."""
    values = {
        "source_paths": ["app"],
        "only_mutate": list(area.code),
        "also_copy": ["resources"],
        "pytest_add_cli_args": ["-p", "tests.mutants.quick", "-p", "no:cacheprovider"],
        "pytest_add_cli_args_test_selection": [*area.tests, *(f"--deselect={each}" for each in area.without)],
        "timeout_constant": 2.0,
        "timeout_multiplier": 4.0,
        "track_dependencies": False,
        "use_git_change_detection": False,
    }
    return "\n[tool.mutmut]\n" + "".join(f"{name} = {json.dumps(value)}\n" for name, value in values.items())


def _forget_survivors(copy: Path) -> None:
    """Let mutmut try again what was not killed, and see anew which tests there are."""
    (copy / "mutants" / "mutmut-stats.json").unlink(missing_ok=True)
    for path in (copy / "mutants" / "app").rglob("*.meta"):
        data = json.loads(path.read_text(encoding="utf-8"))
        ends = data["exit_code_by_key"]
        data["exit_code_by_key"] = {name: code if code == 1 else None for name, code in ends.items()}
        path.write_text(json.dumps(data, indent=4), encoding="utf-8")


# --- What is told ----------------------------------------------------------------------------------------------------


def _table(results: Sequence[Result]) -> str:
    rows: list[tuple[str, ...]] = [COLUMNS]
    for each in results:
        counts = Counter(mutant["status"] for mutant in each.mutants)
        named = [counts.pop(status, 0) for status in COLUMNS[2:6]]
        figures = [len(each.mutants), *named, counts.total()]
        verdict = f"{each.percent:.1f} % ({each.percent_killed:.1f} % without timeouts)"
        verdict += "" if each.percent >= WANTED else "  NOT MET"
        rows.append((each.area, *map(str, figures), verdict))
    return "\n".join(f"{row[0]:<12}" + "".join(f"{cell:>10}" for cell in row[1:-1]) + f"   {row[-1]}" for row in rows)


def _reasons(results: Sequence[Result]) -> str:
    known = explained(Path(__file__).with_name("SURVIVORS.md"))
    found = by_reason([mutant for each in results for mutant in each.unnoticed], known)
    unread = found.pop("", [])
    lines = ["", "not noticed, and why:"]
    lines += [f"{len(changes):>6}  {reason}" for reason, changes in sorted(found.items())]
    lines.append(f"{len(unread):>6}  not in SURVIVORS.md: {BUILD / 'unread.txt'}")
    (BUILD / "unread.txt").write_text("".join(f"- `{each}`\n" for each in unread), encoding="utf-8")
    return "\n".join(lines)


if __name__ == "__main__":
    raise SystemExit(main())
