"""Very many sessions due at once: all are renewed, at no more than four calls at a time, with few files open."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from app.adapters import files, state_file
from app.bootstrap.wiring import Surroundings, wire
from tests.bench.call_ours import LaterClock, Storm
from tests.bench.call_server import Counter, Talk
from tests.bench_ui import scene
from tests.faults.tally import amount

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Sequence

    from app.adapters.credentials_file.file import Wish
    from app.domain.published import Outcome
    from tests.faults.tally import Tally

resource = pytest.importorskip("resource", reason="limits of open files are a matter of POSIX")
SESSIONS = amount(1000, 160)
ROW = f"storm: {SESSIONS:,} due at once"
CHANGED = "storm: settings change meanwhile"
CALLS_AT_ONCE = 4
FILES_MORE = 180
"""Open files that a storm may need besides those of a core at rest: a lock for each would be too many."""


@asynccontextmanager
async def aws(pause: float) -> AsyncIterator[tuple[Counter, int]]:
    counter = Counter(pause)
    server = await asyncio.get_running_loop().create_server(lambda: Talk(counter), "127.0.0.1", 0)
    try:
        yield counter, server.sockets[0].getsockname()[1]
    finally:
        server.close()


@asynccontextmanager
async def core(home: Path, port: int, sessions: int) -> AsyncIterator[Storm]:
    scene.furnish(home, sessions, 0)
    clock = LaterClock()
    wired = wire(scene.environment(home, port), person_present=False, around=Surroundings(clock=clock))
    storm = Storm(wired, clock, sessions)
    watching = None
    try:
        await storm.begin()
        watching = asyncio.create_task(wired.front.supervisor.run())
        yield storm
    finally:
        if watching is not None:
            watching.cancel()
            await asyncio.wait([watching])
        await wired.close()


class Writes:
    """How often state and credentials file are replaced."""

    def __init__(self, storm: Storm, patched: pytest.MonkeyPatch) -> None:
        self.state = self.file = 0
        self._replace, self._publish_all = files.replace, storm.wired.credentials_file.publish_all
        patched.setattr(files, "replace", self.replace)
        patched.setattr(storm.wired.credentials_file, "publish_all", self.publish_all)

    def replace(self, path: Path, data: bytes, *, seen: Callable[[], None] | None = None) -> None:
        self.state += path.name == state_file.SESSIONS
        self._replace(path, data, seen=seen)

    def publish_all(self, wishes: Sequence[Wish]) -> list[Outcome]:
        self.file += 1
        return self._publish_all(wishes)


def open_files() -> int:
    return sum(1 for _ in Path("/proc/self/fd").iterdir())


@pytest.mark.parametrize("pause", [0.0, 0.02], ids=["answers at once", "answers after 20 ms"])
async def test_all_are_renewed_at_four_calls_at_a_time(
    tally: Tally, tmp_path: Path, pause: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    sessions = SESSIONS
    async with aws(pause) as (counter, port), core(tmp_path, port, sessions) as storm:
        counter.told()
        resting, writes = open_files(), Writes(storm, monkeypatch)
        soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        with tally.case(ROW, f"{sessions} sessions, {pause} s"):
            # Who held a lock for each of them would soon have no file left
            resource.setrlimit(resource.RLIMIT_NOFILE, (resting + FILES_MORE, hard))
            try:
                await storm.renew()
            finally:
                resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
            most, calls = map(int, counter.told().rpartition(b"\r\n\r\n")[2].split())
            assert calls == sessions
            assert most <= CALLS_AT_ONCE
            if pause:
                assert most == CALLS_AT_ONCE, "the limit is there to be used"
            storm.check_file()
            problems = [each.session.problem for each in storm.engine.roster.profiles.values()]
            assert not any(problems), problems
            state = await storm.engine.world.state.read()
            assert {name: each.access_key_id for name, each in state.sessions.items()} == storm.keys()
            # However slow the machine: who comes during a write, or within 250 ms of another, is written with it
            assert 0 < writes.state <= sessions / 2
            assert 0 < writes.file <= sessions / 2
            tally.note(
                ROW,
                f"{sessions} sessions, answers after {pause * 1000:.0f} ms: at most {most} calls at a time, "
                f"{writes.state} writes of the state, {writes.file} of the file",
            )
            tally.count(ROW, sessions - 1)


async def test_settings_that_change_during_a_storm_allow_no_more_calls(tally: Tally, tmp_path: Path) -> None:
    sessions = amount(200, 40)
    async with aws(0.02) as (counter, port), core(tmp_path, port, sessions) as storm:
        counter.told()
        with tally.case(CHANGED, f"{sessions} sessions"):
            renewing = asyncio.create_task(storm.renew())
            while not counter.calls:  # noqa: ASYNC110  # the server has no Event for it
                await asyncio.sleep(0.01)
            settings = tmp_path / "rolecall" / "config" / "config.toml"
            changed = settings.read_text(encoding="utf-8").replace("[settings]", "[settings]\nread_timeout = 9", 1)
            settings.write_text(changed, encoding="utf-8")
            await storm.engine.look(force=True)
            await storm.engine.reload()
            await renewing
            most, _ = map(int, counter.told().rpartition(b"\r\n\r\n")[2].split())
            assert storm.wired.http.options.read_timeout == 9
            assert most == CALLS_AT_ONCE
            storm.check_file()
