from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.bench_ui.__main__ import Line, table
from tests.bench_ui.watch import Block, percentile, worst

ROOT = Path(__file__).parents[2]


@pytest.mark.x11
@pytest.mark.slow
def test_everything_is_measured(tmp_path: Path) -> None:
    seen = tmp_path / "stacks"
    done = subprocess.run(
        [sys.executable, "-m", "tests.bench_ui", "--small", "--stacks", str(seen)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=170,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    for part in ("search", "scroll", "tick", "refresh all", "import", "idle shown", "idle hidden", "many profiles"):
        assert part in done.stdout
    assert "== assume ==" in seen.read_text()


def test_what_is_too_slow_is_told() -> None:
    figures = {"tick": {"longest": 51.0, "longest_work": 3.0, "lasted": 1.0, "p99": 2.0, "median": 9.0}}
    block, share, median = table(figures)
    assert (block.holds, share.holds, median.holds) == (False, True, True)
    assert "NOT MET" in str(block)
    assert "ok" in str(median)
    assert Line(what="told", value=1e9).holds


def test_blocks_are_counted_by_length() -> None:
    blocks = [Block(seconds=number / 1000, worked=0.0, stacks=["here", "there", "here"]) for number in range(100)]
    assert worst(blocks).seconds == 0.099
    assert worst(blocks).stack == "here"
    assert percentile([block.seconds for block in blocks], 0.99) == 0.099
    assert percentile([1.0], 0.99) == 1.0
