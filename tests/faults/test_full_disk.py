"""A disk that is full, has no place for another file, or may only be read; files that may not grow: short writes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests.faults.strace_deed import is_temporary
from tests.faults.strace_injection import ROOT, Stage, expected, prepared, started
from tests.faults.strace_small_disk import TROUBLES, deed_of
from tests.faults.strace_stage import unpacked
from tests.faults.tally import WHOLE, chosen

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.faults.tally import Tally

_OWN_MOUNTS = ("unshare", "--mount") if os.geteuid() == 0 else ("unshare", "--mount", "--map-root-user")


ALL_IS_WANTED = WHOLE or "CI" in os.environ


def test_a_small_disk_keeps_what_is_there(tmp_path: Path, tally: Tally) -> None:
    trial = [*_OWN_MOUNTS, "mount", "-t", "tmpfs", "none", str(tmp_path)]
    mounted = subprocess.run(trial, check=False, capture_output=True, text=True)
    if mounted.returncode:
        # Containers may forbid mounting. In a slice the limit below makes the same calls fail in the same places.
        for trouble in TROUBLES:
            tally.note(trouble, "NOT TRIED: nothing may be mounted here")
        assert not ALL_IS_WANTED, f"nothing may be mounted here: {mounted.stderr}"
        return
    command = [*_OWN_MOUNTS, sys.executable, "-m", "tests.faults.strace_small_disk", str(tmp_path)]
    done = subprocess.run(command, check=False, capture_output=True, text=True, cwd=ROOT, timeout=300)
    assert done.returncode == 0, done.stderr
    kinds: dict[str, set[str]] = {trouble: set() for trouble in TROUBLES}
    for line in done.stdout.splitlines():
        trouble, name, amount, wrong, kind = json.loads(line)
        kinds[trouble].add(kind)
        with tally.case(trouble, f"{name}, {amount} left"):
            assert not wrong
    assert kinds == {
        "full disk": {"done", "trouble"},
        "no place for files": {"done", "trouble"},
        "read-only disk": {"trouble"},
    }


@pytest.fixture(scope="module")
def stage() -> Iterator[Stage]:
    """A ready process."""
    ready = Stage()
    yield ready
    ready.close()


LIMITED = (
    "publish, into a person's file",
    "withdraw, the file remains",
    "settings, a profile changed",
    "journal, begun",
)


@pytest.mark.parametrize("name", LIMITED, ids=lambda name: name.replace(" ", "-"))
def test_a_short_write_is_no_whole_one(name: str, stage: Stage, tmp_path: Path, tally: Tally) -> None:
    """The write that reaches the limit is short, the one after it fails."""
    deed = deed_of(name)
    should = expected(deed, tmp_path)
    sizes = [len(each[1]) for each in should.new.values() if isinstance(each, tuple)]
    kinds = set()
    for limit in [1, *chosen(range(2, max(sizes), 199), 8), max(sizes)]:
        with tally.case("short writes", f"{name}: {limit} bytes"), prepared(deed, tmp_path) as folder:
            first, second = stage.limited(deed.name, folder, limit).told
            kinds.add(first["kind"])
            left = unpacked(first["left"])
            assert not any(map(is_temporary, left))
            assert left == (should.new if first["kind"] == "done" else should.old)
            if first["kind"] != "done":
                assert first["kind"] == "trouble"
                assert "File too large" in first["detail"]
            assert second["kind"] == "done"
            assert started(deed, folder) == (should.twice if first["kind"] == "done" else should.new)
    assert kinds == {"done", "trouble"}
