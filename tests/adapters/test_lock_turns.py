"""Who waits for a file's lock gets it in turn, and who gives up does not keep it."""

from __future__ import annotations

import os
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from app.adapters import files
from app.domain.errors import StorageTrouble

if TYPE_CHECKING:
    from collections.abc import Callable

PATIENCE_SECONDS = 60.0


def waiting(path: Path) -> int:
    """How many stand in the kernel's queue for the lock."""
    inode = f":{path.stat().st_ino} "
    return sum(" -> " in line and inode in line for line in Path("/proc/locks").read_text().splitlines())


def until_waiting(path: Path, number: int) -> None:
    ends = time.monotonic() + PATIENCE_SECONDS
    while waiting(path) != number:
        assert time.monotonic() < ends, f"{waiting(path)} wait, not {number}"
        time.sleep(0.002)


def taken(path: Path, seconds: float = PATIENCE_SECONDS) -> bool:
    release = files.lock(path, seconds)
    if release is not None:
        release()
    return release is not None


def test_those_who_wait_come_in_the_order_in_which_they_came(tmp_path: Path) -> None:
    path, came = tmp_path / "lock", list[int]()

    def come(me: int) -> None:
        with files.locked(path, seconds=PATIENCE_SECONDS):
            came.append(me)

    threads = [threading.Thread(target=come, args=(me,)) for me in range(20)]
    with files.locked(path):
        for number, thread in enumerate(threads, start=1):
            thread.start()
            until_waiting(path, number)
    for thread in threads:
        thread.join()
    assert came == list(range(20))


def test_who_gave_up_does_not_keep_it(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    release = files.lock(path, 0)
    assert release is not None
    assert files.lock(path, 0.01) is None
    with pytest.raises(StorageTrouble) as trouble, files.locked(path, seconds=0.01):
        pass
    assert trouble.value.code == "lock-timeout"
    assert waiting(path) == 2
    release()
    assert taken(path)
    until_waiting(path, 0)
    assert taken(path, 0.0)


def test_a_lock_file_that_was_deleted_meanwhile_locks_nothing(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    release = files.lock(path, 0)
    got: list[Callable[[], None] | None] = []
    assert release is not None
    thread = threading.Thread(target=lambda: got.append(files.lock(path, PATIENCE_SECONDS)))
    thread.start()
    until_waiting(path, 1)
    path.unlink()
    others = files.lock(path, 0)
    assert others is not None
    release()
    # It was let into the deleted one, and now waits for the one that counts.
    until_waiting(path, 1)
    assert not got
    others()
    thread.join()
    (mine,) = got
    assert mine is not None
    assert files.lock(path, 0.01) is None
    mine()
    until_waiting(path, 0)


def test_waiting_leaves_no_descriptor_and_no_thread(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    release = files.lock(path, 0)
    assert release is not None
    before = len(os.listdir("/proc/self/fd"))  # noqa: PTH208  # names are enough
    assert files.lock(path, 0.01) is None
    release()
    assert taken(path)
    until_waiting(path, 0)
    ends = time.monotonic() + PATIENCE_SECONDS
    while any(each.name == "rolecall-lock" for each in threading.enumerate()):
        assert time.monotonic() < ends, "a thread still waits"
        time.sleep(0.002)
    assert len(os.listdir("/proc/self/fd")) == before - 1  # noqa: PTH208
