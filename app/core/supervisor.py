"""Renewal by itself: one loop that looks at the clock, at the files and at every session."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING

from app.domain import session as sessions
from app.domain.errors import RolecallError, StorageTrouble

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine
    from datetime import datetime

    from app.core.engine import Engine
    from app.core.keeper import Keeper
    from app.core.keepers import ProfileKeeper

TICK_SECONDS = 2.0
"""How often files are looked at; deadlines are never further away than this, so sleep and clock jumps do no harm."""
JUMP_SECONDS = 5.0
"""A wall clock that moved this much more or less than the monotonic one: the machine slept, or the clock was set."""


class Supervisor:
    """Keeps the sessions of an engine alive until it is cancelled."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._world = engine.world
        self._woken = asyncio.Event()
        self._tasks: dict[str, asyncio.Task[None]] = {}
        self._statuses: dict[str, object] = {}
        self._clocks = (self._world.clock.now(), self._world.clock.monotonic())

    async def run(self) -> None:
        """Tick until cancelled."""
        try:
            while True:
                await self.tick()
                await self._pause()
        finally:
            await self._end_tasks()

    def wake(self) -> None:
        """The machine woke up, or the network came back: do not wait for the next tick, nor for back-offs."""
        self._woken.set()

    async def tick(self) -> None:
        """One look at everything."""
        hurry = self._jumped() or self._woken.is_set()
        self._woken.clear()
        try:
            await self._engine.look()
        except StorageTrouble as error:
            self._engine.file_problem = error.problem
        now = self._world.now()
        for keeper in self._engine.roster.all():
            obtained = keeper.session.obtained
            if obtained is not None and not obtained.live(now):
                self._start(f"lapse {keeper.place.key}", partial(self._lapse, keeper))
        for profile in self._engine.roster.profiles.values():
            if wants_renewal(profile, now, hurry=hurry):
                self._start(f"renew {profile.place.key}", partial(self._engine.renew, profile))
        self._tell_statuses(now)

    async def _lapse(self, keeper: Keeper) -> None:
        try:
            await self._engine.lapse(keeper)
        except RolecallError as error:
            if self._engine.file_problem != error.problem:
                self._engine.file_problem = error.problem
                self._engine.changed()

    def _start(self, name: str, work: Callable[[], Coroutine[object, object, None]]) -> None:
        if name in self._tasks:
            return
        task = asyncio.create_task(work(), name=name)
        self._tasks[name] = task
        task.add_done_callback(lambda _: self._tasks.pop(name, None))

    def _jumped(self) -> bool:
        wall, steady = self._clocks
        self._clocks = (self._world.clock.now(), self._world.clock.monotonic())
        moved = (self._clocks[0] - wall).total_seconds() - (self._clocks[1] - steady)
        return abs(moved) > JUMP_SECONDS

    def _tell_statuses(self, now: datetime) -> None:
        """Time alone changes what people see: active becomes expiring, and expired."""
        statuses = {
            name: sessions.status(keeper.session, keeper.lead(), now)
            for name, keeper in self._engine.roster.profiles.items()
            if keeper.session.obtained is not None
        }
        if statuses != self._statuses:
            self._statuses = dict(statuses)
            self._engine.changed()

    async def _pause(self) -> None:
        sleeping = asyncio.ensure_future(self._world.clock.sleep(TICK_SECONDS))
        waking = asyncio.ensure_future(self._woken.wait())
        try:
            await asyncio.wait({sleeping, waking}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            sleeping.cancel()
            waking.cancel()

    async def _end_tasks(self) -> None:
        tasks = list(self._tasks.values())
        for task in tasks:
            task.cancel()
        if tasks:
            await asyncio.wait(tasks)


def wants_renewal(keeper: ProfileKeeper, now: datetime, *, hurry: bool = False) -> bool:
    """Whether a session is to be renewed in the background now. `hurry` skips the pause after a failure.

    One that expired while the machine slept is renewed too; one that died of failures waits for a person.
    """
    session, obtained = keeper.session, keeper.session.obtained
    if obtained is None or session.busy or not (session.wanted and keeper.profile.refresh and obtained.confirmed):
        return False
    if session.declined:
        return False
    if session.activity is sessions.Activity.BACKING_OFF:
        return obtained.live(now) and (hurry or (session.retry_at is not None and session.retry_at <= now))
    return session.problem is None and keeper.due(now)
