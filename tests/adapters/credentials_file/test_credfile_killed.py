"""A process killed in the middle of a write leaves the old bytes or the new ones, and nothing for good.

strace kills it on entry to a system call: once at each of those that change anything, in three ways of writing.
"""

from __future__ import annotations

import re
import signal
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests.adapters.credentials_file.credfile_helpers import CHILD, NOTHING_KNOWN, open_file, wanted

if TYPE_CHECKING:
    from pathlib import Path

CHANGING = ("mkdir", "write", "fchmod", "fsync", "rename", "link", "linkat", "unlink", "flock")
OPENING = "openat"
PUBLISH = "open_file(sys.argv[1]).publish(wanted(), known_key_ids=NOTHING_KNOWN, renewal=False)"
WITHDRAW = "open_file(sys.argv[1]).withdraw(frozenset({'prod'}))"
# The name of the temporary file is made known beforehand, so that strace can look for it.
FIXED_NAME = "os.urandom = bytes\n"
CALL = re.compile(r"^([a-z0-9_]+)\((.*)$", re.MULTILINE)


def strace(target: Path, code: str, *options: str) -> subprocess.CompletedProcess[str]:
    folder, name = target.parent, target.name
    paths = [folder, target, folder / f".{name}.rolecall.lock", folder / f".{name}.rolecall-{'00' * 8}.tmp"]
    watched = [option for path in paths for option in ("-P", str(path))]
    command = ["strace", "-qq", *watched, *options, sys.executable, "-c", CHILD + FIXED_NAME + code, str(target)]
    return subprocess.run(command, check=False, capture_output=True, text=True, timeout=60)


def moments(target: Path, code: str) -> list[tuple[str, int]]:
    """Let it run through, and return each changing system call with its number among those of its name."""
    done = strace(target, code)
    assert done.returncode == 0, done.stderr
    seen: dict[str, int] = {}
    found = []
    for name, arguments in CALL.findall(done.stderr):
        seen[name] = seen.get(name, 0) + 1
        if name in CHANGING or (name == OPENING and "O_CREAT" in arguments):
            found.append((name, seen[name]))
    return found


def prepare(target: Path, old: bytes | None) -> None:
    for entry in target.parent.iterdir():
        entry.unlink()
    if old is not None:
        target.write_bytes(old)


def content(target: Path) -> bytes | None:
    return target.read_bytes() if target.exists() else None


def published(target: Path, old: bytes | None) -> bytes:
    prepare(target, old)
    open_file(target, look_again_seconds=0.0).publish(wanted(), known_key_ids=NOTHING_KNOWN, renewal=False)
    return target.read_bytes()


@pytest.mark.parametrize("way", ["create", "replace", "delete"])
def test_killed_at_any_change_the_file_is_old_or_new(target: Path, way: str) -> None:
    foreign = b"# mine\r\n[default]\r\nk = v"
    created = published(target, None)
    old, new, code = {
        "create": (None, created, PUBLISH),
        "replace": (foreign, published(target, foreign), PUBLISH),
        "delete": (created, None, WITHDRAW),
    }[way]
    prepare(target, old)
    at = moments(target, code)
    assert content(target) == new
    assert {name for name, _ in at} >= {
        "create": {"openat", "write", "fsync", "flock", "unlink"},
        "replace": {"openat", "write", "fchmod", "fsync", "rename", "flock"},
        "delete": {"openat", "unlink", "fsync", "flock"},
    }[way]
    outcomes = set()
    for name, number in at:
        prepare(target, old)
        killed = strace(target, code, "-e", f"trace={name}", "-e", f"inject={name}:signal=KILL:when={number}")
        assert killed.returncode in {-signal.SIGKILL, 128 + signal.SIGKILL}, (name, number, killed.stderr)
        left = content(target)
        assert left in (old, new), (name, number)
        outcomes.add(left)
        file = open_file(target, look_again_seconds=0.0)
        file.clean_up()
        assert {entry.name for entry in target.parent.iterdir()} <= {target.name, f".{target.name}.rolecall.lock"}
        file.publish(wanted(), known_key_ids=frozenset(), renewal=False)
        assert file.owned() == {"prod"}
    assert outcomes == {old, new}, "the kills did not come both before and after the change"
