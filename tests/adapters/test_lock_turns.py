"""Who waits for a file's lock gets it in turn, and who gives up does not keep it."""

from __future__ import annotations

import errno
import fcntl
import os
import subprocess
import sys
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
    assert waiting(path) == 1
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
    before = descriptors()
    assert files.lock(path, 0.01) is None
    release()
    assert taken(path)
    until_waiting(path, 0)
    until_nobody_waits()
    assert descriptors() == before - 1


def threads() -> int:
    return sum(each.name == "rolecall-lock" for each in threading.enumerate())


def descriptors() -> int:
    return len(os.listdir("/proc/self/fd"))  # noqa: PTH208  # names are enough


def until_nobody_waits() -> None:
    ends = time.monotonic() + PATIENCE_SECONDS
    while threads():
        assert time.monotonic() < ends, "a thread still waits"
        time.sleep(0.002)


HOLD = """
import fcntl, sys
file = open(sys.argv[1], "a")
fcntl.flock(file, fcntl.LOCK_EX)
print("held", flush=True)
sys.stdin.read()
"""


def test_who_tries_again_and_again_costs_one_thread(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"held\n"
        before = descriptors()
        for _ in range(40):
            assert files.lock(path, 0.002) is None
        assert threads() == 1
        assert descriptors() == before + 1
        holder.kill()
    until_nobody_waits()
    assert taken(path)


def test_a_turn_that_was_given_up_is_the_next_ones(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    release = files.lock(path, 0)
    got: list[Callable[[], None] | None] = []
    assert release is not None
    assert files.lock(path, 0.002) is None
    thread = threading.Thread(target=lambda: got.append(files.lock(path, PATIENCE_SECONDS)))
    thread.start()
    release()
    thread.join()
    (mine,) = got
    assert mine is not None
    assert files.lock(path, 0) is None
    mine()
    until_nobody_waits()


def test_a_turn_for_a_file_that_was_deleted_is_nobodys(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    old = files.lock(path, 0)
    assert old is not None
    assert files.lock(path, 0.002) is None
    path.unlink()
    new = files.lock(path, 0)
    assert new is not None
    assert files.lock(path, 0.002) is None
    assert threads() == 2
    new()
    assert taken(path), "whoever holds the deleted one holds nobody up"
    old()
    until_nobody_waits()


def test_many_who_give_up_and_come_again_exclude_each_other(tmp_path: Path) -> None:
    path, inside, done = tmp_path / "lock", list[int](), list[int]()

    def work(me: int) -> None:
        while len([each for each in done if each == me]) < 20:
            release = files.lock(path, 0.001)
            if release is not None:
                inside.append(me)
                assert len(inside) == 1
                time.sleep(0.0005)
                inside.remove(me)
                done.append(me)
                release()

    workers = [threading.Thread(target=work, args=(me,)) for me in range(6)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert len(done) == 120
    until_nobody_waits()
    assert taken(path, 0)


def test_without_a_thread_for_it_nothing_is_left_open(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "lock"

    def no_more(_: threading.Thread) -> None:
        raise RuntimeError("can't start new thread")

    with files.locked(path):
        before = descriptors()
        monkeypatch.setattr(threading.Thread, "start", no_more)
        with pytest.raises(OSError, match="temporarily unavailable"):
            files.lock(path, 0.01)
        assert descriptors() == before
    assert taken(path)


TRY = """
import fcntl, sys
fcntl.flock(open(sys.argv[1], "a"), fcntl.LOCK_EX | fcntl.LOCK_NB)
"""


@pytest.mark.parametrize("has_waited", [False, True])
def test_what_the_kernel_does_not_take_back_is_free_nevertheless(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, has_waited: bool
) -> None:
    path, flock, refused = tmp_path / "lock", fcntl.flock, list[int]()

    def not_back(descriptor: int, operation: int) -> None:
        if operation == fcntl.LOCK_UN:
            refused.append(descriptor)
            raise OSError(errno.ENOLCK, os.strerror(errno.ENOLCK))
        flock(descriptor, operation)

    other = files.lock(path, 0)
    assert other is not None
    if has_waited:
        assert files.lock(path, 0.002) is None
    monkeypatch.setattr(fcntl, "flock", not_back)
    other()
    release = files.lock(path, PATIENCE_SECONDS)
    assert release is not None
    release()
    assert refused
    # Still this very process
    subprocess.run([sys.executable, "-c", TRY, str(path)], check=True)
