"""What the window takes while nobody does anything, with 200 sessions that live."""

from __future__ import annotations

import json
import subprocess
import tempfile
from pathlib import Path

from tests.bench.home import fast_sts
from tests.bench.measure import OURS, ROOT, Amount, Figure, Measured, Sample, Target
from tests.bench_ui import scene
from tests.private_display import private_display

ACTIVE = 200


def idle(amount: Amount) -> Measured:
    """One window, shown and then hidden; the player of `tests.bench_ui` without what else it does."""
    seconds, active = amount.of(60, 2), amount.of(ACTIVE, 5)
    with (
        tempfile.TemporaryDirectory(prefix="rolecall-bench-") as name,
        fast_sts() as port,
        private_display() as display,
    ):
        scene.furnish(Path(name), active, 0)
        words = [OURS, "-m", "tests.bench_ui.player", "idle", str(active), str(active), "0", str(seconds)]
        done = subprocess.run(
            words,
            env=scene.environment(Path(name), port) | display,
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
        )
    if done.returncode:
        raise RuntimeError(f"the window ended with {done.returncode}\n{done.stdout[-2000:]}{done.stderr[-2000:]}")
    told = [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]
    shares = {each["what"]: each["percent"] / 100 for each in told if "percent" in each}
    return {what: [Sample(seconds=seconds, cpu=share * seconds)] for what, share in shares.items()}


FIGURES = (
    Figure(
        name="idle",
        title=f"idle, {ACTIVE} active sessions",
        how=(
            "The real window with its real core on a private X server, a minute with the window shown and a minute "
            "with it hidden: the processor time of the process and all its threads, as a share of one core."
        ),
        targets=(
            Target(ours="idle shown", most=0.01, of="share"),
            Target(ours="idle hidden", most=0.002, of="share"),
        ),
        measure=idle,
    ),
)
