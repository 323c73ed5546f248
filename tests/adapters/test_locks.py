from __future__ import annotations

import asyncio
import contextlib
import errno
import fcntl
import resource
import stat
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.adapters.locks import FileLocks, file_name
from app.domain.errors import StorageTrouble

if TYPE_CHECKING:
    from pathlib import Path

HOLDER = """
import asyncio, sys
from pathlib import Path
from app.adapters.locks import FileLocks

async def main():
    async with FileLocks(Path(sys.argv[1])).hold(sys.argv[2]):
        print("held", flush=True)
        await asyncio.to_thread(sys.stdin.readline)

asyncio.run(main())
"""


def holder(directory: Path, name: str) -> subprocess.Popen[str]:
    process = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(directory), name],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    return process


async def test_one_at_a_time_in_one_process(tmp_path: Path) -> None:
    locks = FileLocks(tmp_path)
    inside = 0
    most = 0

    async def work() -> None:
        nonlocal inside, most
        async with locks.hold("profile/prod"):
            inside += 1
            most = max(most, inside)
            await asyncio.sleep(0)
            inside -= 1

    await asyncio.gather(*(work() for _ in range(8)))
    assert most == 1


async def test_other_names_do_not_wait(tmp_path: Path) -> None:
    locks = FileLocks(tmp_path)
    async with locks.hold("a"), asyncio.timeout(5), locks.hold("b"):
        pass


async def test_another_process_is_waited_for_with_a_live_loop(tmp_path: Path) -> None:
    process = holder(tmp_path, "shared")
    turns = 0

    async def take() -> None:
        async with FileLocks(tmp_path).hold("shared"):
            pass

    waiting = asyncio.create_task(take())
    while turns < 50:
        await asyncio.sleep(0.002)
        turns += 1
        assert not waiting.done()
    process.communicate("\n")
    async with asyncio.timeout(10):
        await waiting


async def test_a_killed_holder_frees_its_lock(tmp_path: Path) -> None:
    process = holder(tmp_path, "shared")
    process.kill()
    process.communicate()
    async with asyncio.timeout(10), FileLocks(tmp_path).hold("shared"):
        pass


async def test_giving_up_waiting_leaves_the_lock_free_for_others(tmp_path: Path) -> None:
    locks = FileLocks(tmp_path)
    async with locks.hold("x"):

        async def take() -> None:
            async with locks.hold("x"):
                pytest.fail("it was not free")

        waiting = asyncio.create_task(take())
        await asyncio.sleep(0)
        waiting.cancel()
        with pytest.raises(asyncio.CancelledError):
            await waiting
    async with asyncio.timeout(5), locks.hold("x"):
        pass


async def test_an_error_inside_frees_it(tmp_path: Path) -> None:
    locks = FileLocks(tmp_path)
    with pytest.raises(ZeroDivisionError):
        async with locks.hold("x"):
            raise ZeroDivisionError
    async with asyncio.timeout(5), locks.hold("x"):
        pass


async def test_only_the_owner_may_touch_it(tmp_path: Path) -> None:
    async with FileLocks(tmp_path / "locks").hold("../../etc/passwd \x00 ü"):
        (made,) = (tmp_path / "locks").iterdir()
        assert stat.S_IMODE(made.stat().st_mode) == 0o600
        assert stat.S_IMODE(made.parent.stat().st_mode) == 0o700


async def test_an_unusable_directory_is_told(tmp_path: Path) -> None:
    (tmp_path / "locks").write_text("")
    with pytest.raises(StorageTrouble) as caught:
        async with FileLocks(tmp_path / "locks").hold("x"):
            pytest.fail("there is no place for it")
    assert caught.value.code == "lock-failed"


async def test_as_many_can_be_held_at_once_as_it_says_and_much_else_be_open(tmp_path: Path) -> None:
    locks = FileLocks(tmp_path)
    files = resource.getrlimit(resource.RLIMIT_NOFILE)
    try:
        for most in (3, 256, files[1]):
            resource.setrlimit(resource.RLIMIT_NOFILE, (most, files[1]))
            assert 1 <= locks.at_once <= max(most // 4, 1)
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, files)
    async with contextlib.AsyncExitStack() as held:
        for number in range(locks.at_once):
            await held.enter_async_context(locks.hold(f"session {number}"))


@given(st.lists(st.text(max_size=80), unique=True, max_size=20))
def test_every_name_has_a_plain_file_of_its_own(names: list[str]) -> None:
    made = [file_name(name) for name in names]
    assert len(set(made)) == len(made)
    assert all(name.isascii() and name.isprintable() and "/" not in name and len(name) < 100 for name in made)


async def test_a_lock_that_cannot_be_given_back_fails_nobody(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    flock = fcntl.flock
    refused: list[int] = []

    def not_back(descriptor: int, operation: int) -> None:
        if operation == fcntl.LOCK_UN and not refused:
            refused.append(descriptor)
            raise OSError(errno.EIO, "broken")
        flock(descriptor, operation)

    monkeypatch.setattr(fcntl, "flock", not_back)
    locks = FileLocks(tmp_path)
    async with locks.hold("name"):
        pass
    assert refused
    async with asyncio.timeout(10), locks.hold("name"):
        pass
