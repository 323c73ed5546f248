"""A day of many sessions with one call in twenty failing: real engine, real files, time that passes without waiting.

AWS is asked at the port, with a seeded source of failures. A second in which a published session is dead is avoidable
here whenever it comes: each renewal is tried again long before the end, and nothing fails for good.
"""

from __future__ import annotations

import asyncio
import contextlib
import gc
import os
import sys
import threading
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any

from app.adapters import state_file
from app.adapters.credentials_file.asynchronous import AsyncCredentialsFile
from app.adapters.credentials_file.file import CredentialsFile
from app.adapters.journal_file import JournalFile
from app.adapters.locks import FileLocks
from app.adapters.state_file import StateFile
from app.domain.credentials import Credentials
from app.domain.errors import NetworkTrouble, Retry, RolecallError, ServiceTrouble
from app.domain.published import Origin
from app.domain.secret import Secret
from app.domain.sts_answers import AssumedRole
from tests.core.fakes import Machine, configuration, identity, profile, supervised
from tests.core.virtual_time import START, VirtualLoop
from tests.faults.tally import amount

if TYPE_CHECKING:
    import selectors
    from collections.abc import Callable, Mapping, Sequence

    import pytest

    from app.core.keepers import ProfileKeeper
    from app.domain.exchange import Exchange
    from app.domain.published import Outcome, Publication
    from tests.core.fake_aws import Loose
    from tests.core.virtual_time import FakeClock
    from tests.faults.tally import Tally

HOUR = 3600
LIVES = (3600, 7200, 43200, 3600, 28800, 900, 3600, 14400, 3600, 1800)
"""What people have: mostly an hour, some the shortest that AWS gives, some half a day."""
FAILING = 0.05
TIMEOUT_SECONDS = 35.0
MEMORY = 0.05


class Busy:
    """How much work other threads have: as long as there is any, no time passes."""

    def __init__(self) -> None:
        self._count, self._guard = 0, threading.Lock()

    def __bool__(self) -> bool:
        return self._count > 0

    def add(self, number: int) -> None:
        with self._guard:
            self._count += number


class Worker(ThreadPoolExecutor):
    """A thread whose work is waited for."""

    def __init__(self, busy: Busy) -> None:
        super().__init__(max_workers=1)
        self._busy = busy

    def submit(self, fn: Callable[..., Any], /, *args: object, **kwargs: object) -> Future[Any]:
        outcome: Future[Any] = Future()
        self._busy.add(1)

        def work() -> None:
            try:
                if outcome.set_running_or_notify_cancel():
                    outcome.set_result(fn(*args, **kwargs))
            except BaseException as error:  # noqa: BLE001  # as every executor does
                outcome.set_exception(error)
            finally:
                # Only now: whoever waits has been told, and no hour passes between the two.
                self._busy.add(-1)

        super().submit(work)
        return outcome


def waiting_for(busy: Busy) -> Callable[[], VirtualLoop]:
    """What makes loops whose time stands still while threads work."""

    def made() -> VirtualLoop:
        loop = VirtualLoop()
        idle = loop._idle
        look, passing = super(type(idle), idle).select, idle.select

        def select(timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
            if timeout is not None and timeout <= 0:
                return look(0)
            ready = look(0)
            while busy and not ready:
                ready = look(0.01)
            # Work that has ended may have told so after that look
            return ready or look(0) or passing(timeout)

        idle.select = select  # type: ignore[method-assign]
        return loop

    return made


class FailingSts:
    """Gives credentials for whatever is asked; of its calls some fail, as they do: quickly, or after a long wait."""

    clock_skew = timedelta(0)
    clock_measured = True
    exchanges: tuple[Exchange, ...] = ()

    def __init__(self, clock: FakeClock, chance: Random) -> None:
        self._clock, self._chance = clock, chance
        self.failing = 0.0
        self.calls = self.failed = 0

    async def assume_role(self, request: Loose, *, signer: object, region: str) -> AssumedRole:
        assert signer
        assert region
        self.calls += 1
        await asyncio.sleep(0.2)
        if self._chance.random() < self.failing:
            self.failed += 1
            raise await self._trouble()
        role = str(request.role_arn)
        arn = f"arn:aws:sts::123456789012:assumed-role/{role.rpartition('/')[2]}/{request.role_session_name}"
        expires = self._clock.true() + timedelta(seconds=request.duration_seconds)
        given = Credentials(
            access_key_id=f"ASIA{self.calls:016d}",
            secret_access_key=Secret("s" * 40),
            session_token=Secret("t" * 400),
            expires=expires.replace(microsecond=0),
        )
        return AssumedRole(credentials=given, arn=arn, assumed_role_id="AROA:x", packed_policy_size=1, request_id="r")

    async def _trouble(self) -> RolecallError:
        kind = self._chance.choice(("throttled", "5xx", "reset", "timeout"))
        if kind == "timeout":
            await asyncio.sleep(TIMEOUT_SECONDS)
        if kind in ("timeout", "reset"):
            return NetworkTrouble(code=kind, title=kind, retry=Retry.BACK_OFF)
        return ServiceTrouble(code=kind, title=kind, request_id="r", retry=Retry.BACK_OFF)


class Watched(AsyncCredentialsFile):
    """Notes until when each section lives, and how long one was dead. Seconds."""

    def __init__(self, file: CredentialsFile, clock: FakeClock) -> None:
        super().__init__(file)
        self._clock = clock
        self.ends: dict[str, datetime] = {}
        self.dead: dict[str, float] = {}
        self.written = 0

    async def publish_all(self, wanted: Sequence[Publication]) -> list[Outcome]:
        told = await super().publish_all(wanted)
        now = self._clock.true()
        for section in (each.section for each in wanted):
            name = section.aws_profile
            before = self.ends.get(name, now)
            if before < now:
                self.dead[name] = self.dead.get(name, 0.0) + (now - before).total_seconds()
            self.ends[name] = section.credentials.expires
        self.written += len(wanted)
        return told

    def dead_by(self, now: datetime) -> dict[str, float]:
        still = {name: (now - ends).total_seconds() for name, ends in self.ends.items() if ends < now}
        return {name: self.dead.get(name, 0.0) + still.get(name, 0.0) for name in self.dead.keys() | still.keys()}


@dataclass(frozen=True, kw_only=True)
class Footprint:
    """What the process holds after a collection: Python's memory blocks, files, threads, and bytes of it all."""

    blocks: int
    files: int
    threads: int
    bytes: int = field(compare=False)


def footprint() -> Footprint:
    for _ in range(3):
        gc.collect()
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return Footprint(
        blocks=sys.getallocatedblocks(),
        files=sum(1 for _ in Path("/proc/self/fd").iterdir()),
        threads=threading.active_count(),
        bytes=pages * os.sysconf("SC_PAGE_SIZE"),
    )


class Soak:
    """A machine whose files are real."""

    def __init__(self, directory: Path, sessions: int, busy: Busy) -> None:
        entries = [profile(f"r{n:03}", duration=LIVES[n % len(LIVES)]) for n in range(sessions)]
        self.names = [each.name for each in entries]
        self.moment = START
        self.pc = pc = Machine(configuration=configuration(identity(), *entries))
        self.state = StateFile(directory / "state")
        (directory / "state").mkdir(mode=0o700)
        self.path = directory / "credentials"
        installation = self.state.read_now().installation
        self.file = Watched(CredentialsFile(self.path, installation=installation, look_again_seconds=0), pc.clock)
        self.journal = JournalFile(directory / "state", now=lambda: self.moment)  # it asks in a thread
        self.sts = FailingSts(pc.clock, Random(5))  # noqa: S311  # the same day in every run
        self.workers = [Worker(busy) for _ in range(3)]
        for adapter, name, worker in zip(
            (self.state, self.file, self.journal), ("_executor", "_thread", "_executor"), self.workers, strict=True
        ):
            getattr(adapter, name).shutdown()
            setattr(adapter, name, worker)
        parts: dict[str, object] = {"state": self.state, "file": self.file, "journal": self.journal, "sts": self.sts}
        for name, part in (parts | {"locks": FileLocks(directory / "locks")}).items():
            setattr(pc, name, part)

    async def live(self, warm: float, seconds: float) -> tuple[Footprint, Footprint]:
        """Assume all, then let time pass; the footprints after warming up and at the end."""
        front = await self.pc.process(person_present=False)
        await asyncio.gather(*(front.assume(name) for name in self.names))
        self.sts.failing = FAILING
        async with supervised(front):
            await self._pass(warm)
            begun = await self._at_rest(front.engine.roster.profiles)
            await self._pass(seconds)
            ended = await self._at_rest(front.engine.roster.profiles)
        await self._check(front.engine.roster.profiles)
        await front.engine.close()
        return begun, ended

    async def _pass(self, until: float) -> None:
        """Let time pass until so many seconds after the start."""
        while asyncio.get_running_loop().time() < until:
            await asyncio.sleep(60)
            self.moment = self.pc.clock.now()

    async def _at_rest(self, keepers: Mapping[str, ProfileKeeper]) -> Footprint:
        """Look at a moment when nothing is under way."""
        while any(each.session.busy for each in keepers.values()):  # noqa: ASYNC110  # nobody tells that
            await asyncio.sleep(0.5)
        return footprint()

    async def _check(self, keepers: Mapping[str, ProfileKeeper]) -> None:
        """What stands in the files is what the engine has."""
        has = {name: each.session.obtained.access_key_id for name, each in keepers.items() if each.session.obtained}
        assert sorted(has) == self.names
        found = await self.file.sections()
        assert {each.aws_profile: each.access_key_id for each in found if each.origin is Origin.OURS} == has
        assert {name: each.access_key_id for name, each in (await self.state.read()).sessions.items()} == has

    def close(self) -> None:
        for worker in self.workers:
            worker.shutdown()


def test_a_day_costs_no_second_and_nothing_grows(tally: Tally, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sessions, hours, warm = amount(200, 24), amount(24, 3), amount(4, 1)
    monkeypatch.setattr(os, "fsync", lambda _: None)  # what happens to disks is another test's matter
    monkeypatch.setattr(state_file, "_REST", 0)  # a rest from real work, though here hours lie between two writes
    busy = Busy()
    soak = Soak(tmp_path, sessions, busy)
    troubles: list[dict[str, Any]] = []
    with contextlib.closing(soak), asyncio.Runner(loop_factory=waiting_for(busy)) as runner:
        runner.get_loop().set_exception_handler(lambda _, context: troubles.append(context))
        begun, ended = runner.run(soak.live(warm * HOUR, hours * HOUR))
    end = START + timedelta(hours=hours)
    dead = soak.file.dead_by(end)
    for name in soak.names:
        with tally.case("soak: sessions", name):
            assert dead.get(name, 0.0) == 0.0, f"dead for {dead[name]} s"
    with tally.case("soak: memory, files, threads", "after a collection, once warm and in the end"):
        assert (ended.files, ended.threads) == (begun.files, begun.threads)
        assert ended.blocks <= begun.blocks * (1 + MEMORY)
    assert not troubles
    assert soak.sts.failed, "failures are what this is about"
    growth = ended.blocks / begun.blocks - 1
    tally.note(
        "soak: memory, files, threads",
        f"{begun.blocks} -> {ended.blocks} blocks ({growth:+.1%}), {begun.files} -> {ended.files} files, "
        f"{begun.threads} -> {ended.threads} threads, {begun.bytes >> 20} -> {ended.bytes >> 20} MiB",
    )
    tally.note(
        "soak: sessions",
        f"{hours} h, {sessions} sessions, {soak.file.written} written, "
        f"{soak.sts.failed} of {soak.sts.calls} calls failed, {sum(dead.values()):.0f} seconds expired",
    )


def test_no_time_passes_before_a_thread_has_told_that_it_is_ready() -> None:
    busy, gate, seen = Busy(), threading.Event(), list[bool]()
    worker = Worker(busy)
    worker.submit(gate.wait).add_done_callback(lambda _: seen.append(bool(busy)))
    gate.set()
    worker.shutdown()
    assert seen == [True]
    assert not busy


def test_a_dead_second_is_noticed(tmp_path: Path) -> None:
    clock = Machine(configuration=configuration(identity())).clock
    file = Watched(CredentialsFile(tmp_path / "credentials", installation="7f3a"), clock)
    file.ends = {"a": datetime(2026, 11, 22, 9, 0, tzinfo=UTC)}
    assert file.dead_by(datetime(2026, 11, 22, 9, 0, 7, tzinfo=UTC)) == {"a": 7.0}
    file.close()
