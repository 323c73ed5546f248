"""What Rolecall costs, each figure beside its peer in the same run; exit code 1 where one is not as wanted.

Usage: python -m tests.bench [--only NAME,…] [--quick] [--json FILE] [--markdown FILE] [--picture FILE]

With `--quick` it takes seconds and says nothing about speed: a test that all of this runs.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from pathlib import Path

from tests.bench import machine, size
from tests.bench.figures import FIGURES
from tests.bench.measure import OURS, OWN_PEERS, PEERS, ROOT, Amount
from tests.bench.report import Told, as_json, busy, lines, markdown

RESULTS = ROOT / "build" / "bench" / "results.json"
PICTURE = RESULTS.with_name("size.svg")
SIZE = "size"


def main() -> int:
    """Measure and tell."""
    options = _options()
    if PEERS != OWN_PEERS and not options.quick:
        print(f"There is nothing to measure beside: {OWN_PEERS} is missing.", file=sys.stderr)
        return 1
    chosen = [each for each in FIGURES if not options.only or each.name in options.only]
    about = machine.machine()
    print(", ".join(f"{name} {value}" for name, value in about.items()))
    if not options.quick:
        compile_all()
    all_told = []
    for figure in chosen:
        before = machine.moment()
        measured = figure.measure(Amount(quick=options.quick))
        told = Told(figure=figure, measured=measured, shared=machine.since(before))
        all_told.append(told)
        print("\n".join(lines(told)), flush=True)
    before = machine.moment()
    costs = size.measure(Amount(quick=options.quick)) if not options.only or SIZE in options.only else {}
    shared = machine.since(before)
    if costs:
        print(f"\ncost against size  ({busy(shared)})\n{size.as_text(costs)}")
        _write(options.picture, size.as_svg(costs))
    _write(options.json, json.dumps(as_json(all_told, about, costs), indent=1))
    if options.markdown:
        _write(options.markdown, markdown(all_told, about) + (size.as_markdown(costs, shared) if costs else ""))
    missed = [told.figure.name for told in all_told if not told.holds]
    print(f"\nNot met: {', '.join(missed)}." if missed else "\nAll as wanted.")
    return 1 if missed and not options.quick else 0


def compile_all() -> None:
    """Compile both environments, so that nobody does it while he is measured."""
    for python in (OURS, str(PEERS / "bin" / "python")):
        code = "import sysconfig; print(sysconfig.get_path('purelib'))"
        packages = subprocess.run([python, "-c", code], capture_output=True, text=True, check=True).stdout.strip()
        own = [str(ROOT / name) for name in ("app", "tests/bench", "tests/bench_ui", "main.py")]
        # Some packages bring files for other Pythons, which do not compile: they are not imported either
        subprocess.run([python, "-m", "compileall", "-q", *own, packages], check=False, stdout=subprocess.DEVNULL)


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bench")
    parser.add_argument("--only", type=_names, default=[], help="these figures only, with commas between them")
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--json", type=Path, default=RESULTS)
    parser.add_argument("--markdown", type=Path)
    parser.add_argument("--picture", type=Path, default=PICTURE, help="of the cost against size, as SVG")
    return parser.parse_args()


def _names(text: str) -> list[str]:
    names, known = text.split(","), [*(figure.name for figure in FIGURES), SIZE]
    if unknown := [name for name in names if name not in known]:
        raise argparse.ArgumentTypeError(f"no figure {', '.join(unknown)}; there are {', '.join(known)}")
    return names


if __name__ == "__main__":
    sys.exit(main())
