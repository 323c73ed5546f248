"""Fuzz the parsers, led by coverage: python -m tests.fuzz [--seconds N] [--only TARGET].

Each target has a process of its own, two run at a time, and all share the time. What opens new ways through a parser is
kept in build/fuzz/corpus for the next run; an input that breaks a law, takes too long or too much memory lands in
build/fuzz/crashes and ends that target. Put it into tests/fuzz/found/TARGET: from then on every test run tries it.
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from tests.fuzz.targets import CORPUS, FOUND, TARGETS, Target

ROOT = Path(__file__).parents[2]
BUILD = ROOT / "build" / "fuzz"
AT_A_TIME = 2
SLOW_SECONDS, MEMORY_MB, LONGEST = 10, 1024, 4096
"""What one input may take; how long it may be."""
_STATUS = re.compile(r"#([0-9]+)\s+[A-Za-z-]+\s+cov: ([0-9]+) ft: ([0-9]+)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of one target."""

    name: str
    executions: int
    grown: int
    coverage: str
    crashes: tuple[Path, ...]
    broken: bool


def fuzz(target: Target, seconds: int) -> Outcome:
    """Run one target. Its log is kept beside its corpus."""
    corpus, crashes, log = BUILD / "corpus" / target.name, BUILD / "crashes" / target.name, BUILD / f"{target.name}.log"
    for folder in (corpus, crashes):
        folder.mkdir(parents=True, exist_ok=True)
    words = BUILD / f"{target.name}.dict"
    words.write_text("".join(f'"{_escaped(piece)}"\n' for piece in target.pieces if len(piece) <= 64))
    before = set(crashes.iterdir())
    known = len(list(corpus.iterdir()))
    command = [sys.executable, "-m", "tests.fuzz.one", target.name, f"-max_total_time={seconds}", f"-dict={words}"]
    command += [f"-timeout={SLOW_SECONDS}", f"-rss_limit_mb={MEMORY_MB}", f"-max_len={LONGEST}", "-print_final_stats=1"]
    command += [f"-artifact_prefix={crashes}{os.sep}", str(corpus), str(CORPUS / target.name)]
    command += [str(FOUND / target.name)] if (FOUND / target.name).is_dir() else []
    with log.open("wb") as output:
        code = subprocess.run(command, cwd=ROOT, stdout=output, stderr=subprocess.STDOUT, check=False).returncode
    told = log.read_text(errors="replace")
    statuses = _STATUS.findall(told)
    units = re.search(r"stat::number_of_executed_units: ([0-9]+)", told)
    executions = int(units[1]) if units else max((int(number) for number, *_ in statuses), default=0)
    return Outcome(
        name=target.name,
        executions=executions,
        grown=len(list(corpus.iterdir())) - known,
        coverage="/".join(statuses[-1][1:]) if statuses else "-",
        crashes=tuple(sorted(set(crashes.iterdir()) - before)),
        broken=code != 0,
    )


def _escaped(piece: bytes) -> str:
    return "".join(f"\\x{byte:02x}" for byte in piece)


def table(outcomes: list[Outcome]) -> str:
    """All outcomes, and what to do about crashes."""
    lines = [f"{'target':<20}{'executions':>12}{'new corpus':>12}{'cov/ft':>14}{'crashes':>10}"]
    for each in outcomes:
        found = str(len(each.crashes)) if each.crashes or not each.broken else "ended"
        lines.append(f"{each.name:<20}{each.executions:>12,}{each.grown:>12,}{each.coverage:>14}{found:>10}")
    total, grown = sum(each.executions for each in outcomes), sum(each.grown for each in outcomes)
    lines.append(f"{'all':<20}{total:>12,}{grown:>12,}{'':>14}{sum(len(each.crashes) for each in outcomes):>10}")
    for each in outcomes:
        lines += [f"{each.name}: {path.relative_to(ROOT)}" for path in each.crashes]
        lines += [f"{each.name}: see {(BUILD / each.name).relative_to(ROOT)}.log"] if each.broken else []
    return "\n".join(lines)


def main() -> int:
    """Fuzz all targets, or one. 1 when something was found, or a target could not run."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description="Fuzz the parsers.")
    parser.add_argument("--seconds", type=int, default=60, help="time for all targets together")
    parser.add_argument("--only", choices=sorted(TARGETS), help="one target")
    wanted = parser.parse_args()
    targets = [TARGETS[wanted.only]] if wanted.only else list(TARGETS.values())
    at_a_time = min(AT_A_TIME, len(targets))
    each = max(1, wanted.seconds * at_a_time // len(targets))
    with ThreadPoolExecutor(at_a_time) as pool:
        outcomes = list(pool.map(lambda target: fuzz(target, each), targets))
    sys.stdout.write(f"{table(outcomes)}\n")
    return int(any(each.crashes or each.broken for each in outcomes))


if __name__ == "__main__":
    raise SystemExit(main())
