"""A process that dies leaves no core file: it would hold secrets."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
DIE = """
import os, resource
resource.setrlimit(resource.RLIMIT_CORE, (resource.getrlimit(resource.RLIMIT_CORE)[1],) * 2)
from app.bootstrap import guard
guard()
assert resource.getrlimit(resource.RLIMIT_CORE)[0] == 0
os.abort()
"""


def test_who_is_guarded_leaves_no_core_file(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", DIE],
        cwd=tmp_path,
        env={"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode < 0, done.stderr
    assert not done.stderr
    assert not list(tmp_path.iterdir())
