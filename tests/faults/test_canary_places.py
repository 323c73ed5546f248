"""That the searches for secrets find what is there, and look at what they say."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.e2e import searching
from tests.faults.canary_places import in_memory

FULL = """
import sys
secret = sys.argv[1][::-1].encode()
many = (16 << 20) // len(secret)
block = secret * many
print(many, flush=True)
sys.stdin.read()
"""
BACKWARDS = "".join(chr(ord("a") + number * number % 23) for number in range(60)) + "z"
"""Not to be found in the process's arguments; with no part of it in it twice where it might begin anew."""


def test_a_secret_across_the_border_of_two_blocks_is_counted() -> None:
    command = [sys.executable, "-c", FULL, BACKWARDS]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        there = int(process.stdout.readline())
        counted = in_memory(process.pid, {"it": BACKWARDS[::-1]})["it"]
        process.kill()
    # There are some 16 borders; and a few more are values of Python's own
    assert there <= counted <= there + 20


def test_what_only_other_users_may_read_is_left_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("theirs", "ours"):
        (tmp_path / name).write_text("the secret")
    refused = Path.read_bytes

    def may_not(path: Path) -> bytes:
        if path.name in closed:
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))
        return refused(path)

    closed = {"theirs"}
    owner = {"theirs": os.geteuid() + 1}
    monkeypatch.setattr(Path, "read_bytes", may_not)
    monkeypatch.setattr(searching, "_owner", lambda path: owner.get(path.name, os.geteuid()))
    assert searching.found_below({"it": "the secret"}, tmp_path) == {str(tmp_path / "ours"): ["it"]}
    closed = {"ours"}
    with pytest.raises(PermissionError):
        searching.found_below({"it": "the secret"}, tmp_path)
