"""Renewal by itself: one loop that looks at the clock, at the files and at every session."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

from app.domain import session as sessions
from app.domain.errors import RolecallError

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine
    from datetime import datetime

    from app.core.engine import Engine
    from app.core.keepers import ProfileKeeper

TICK_SECONDS = 2.0
"""How often files are looked at; deadlines are never further away than this, so sleep and clock jumps do no harm."""
JUMP_SECONDS = 5.0
"""A wall clock that moved this much more or less than the monotonic one: the machine slept, or the clock was set.

A steady clock tells which: it goes on in the machine's sleep, and nobody sets it.
"""
ONE_MOMENT_SECONDS = 1.0
"""Within which all clocks are read; else the machine slept meanwhile."""
TELLING_SECONDS = 10.0
"""How long AWS is given to tell the time to a machine whose clock was set, before that clock is believed."""
GUESSING_SECONDS = 60.0
"""How often AWS is asked for the time where only others told of the clock's error, until it answers."""
_MEASURING = "measure"
ASK_AGAIN = timedelta(minutes=1)
"""After which AWS is asked again whose credentials are, when it did not answer."""


class Supervisor:
    """Keeps the sessions of an engine alive until it is cancelled."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._world = engine.world
        self._woken = asyncio.Event()
        self._tasks: dict[str, asyncio.Task[None]] = {}
        self._passed: list[tuple[str, bool, bool]] = []
        self._skew_told = self._skew_known = self._world.sts.clock_skew
        self._ascertained: dict[str, datetime] = {}
        self._clocks = self._look_at_clocks()
        self._hurry = False
        self._leaps = 0
        self._doubted_until = 0.0
        self._guessed: float | None = None

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
        self._hurry |= self._woken.is_set()
        self._woken.clear()
        before = self._leaps
        if self._doubts_clock():
            return
        try:
            await self._engine.look()
        except RolecallError as error:
            self._trouble(error)
        # Once more: to look takes a moment, too. What follows goes by this very time.
        if self._doubts_clock():
            return
        now = self._clocks[0] + self._world.sts.clock_skew
        hurry, self._hurry = self._hurry, self._leaps > before
        self._take_away_expired(now if self._world.sts.clock_measured else min(now, self._clocks[0]))
        stirring = self._stirring()
        for profile in stirring:
            if wants_renewal(profile, now, hurry=hurry):
                self._start(f"renew {profile.place.key}", partial(self._engine.renew, profile))
        self._ascertain(stirring, now)
        self._tell_what_passed(stirring, now)

    def _stirring(self) -> list[ProfileKeeper]:
        """Those with credentials, or after some: of a thousand most only lie there, and this is done often."""
        resting = sessions.Activity.RESTING
        return [
            keeper
            for keeper in self._engine.roster.profiles.values()
            if (session := keeper.session).obtained is not None or session.activity is not resting
        ]

    def _ascertain(self, stirring: list[ProfileKeeper], now: datetime) -> None:
        """Ask whose the credentials of pinned profiles are where that is not known; again after a minute."""
        for keeper in stirring:
            name, obtained = keeper.place.key, keeper.session.obtained
            if obtained is None or obtained.confirmed or not keeper.profile.account_pin or keeper.session.busy:
                continue
            asked = self._ascertained.get(name)
            if asked is None or abs(now - asked) >= ASK_AGAIN:
                self._ascertained[name] = now
                self._start(f"ascertain {name}", partial(self._engine.ascertain, keeper))

    def _take_away_expired(self, now: datetime) -> None:
        neighbours = self._engine.neighbours
        for keeper in self._engine.roster.all():
            obtained = keeper.session.obtained
            if obtained is not None and not obtained.live(now):
                lapse = partial(neighbours.lapse, keeper, obtained)
                self._start(f"lapse {keeper.place.key}", partial(self._quietly, lapse))
        for name in neighbours.left_over():
            self._start(f"sweep {name}", partial(self._quietly, partial(neighbours.sweep, name)))

    def _measure_clock(self) -> bool:
        """Ask AWS anything, for the time in its answer; False when there is nothing to sign with."""
        for keeper in self._engine.roster.profiles.values():
            obtained = keeper.session.obtained
            if obtained is not None and obtained.credentials is not None and obtained.confirmed:
                ask = partial(self._world.sts.get_caller_identity, signer=obtained.credentials, region=keeper.region)
                self._start(_MEASURING, partial(self._measured, ask))
                return True
        return False

    async def _quietly(self, work: Callable[[], Coroutine[object, object, None]]) -> None:
        try:
            await work()
        except RolecallError as error:
            self._trouble(error)

    def _trouble(self, error: RolecallError) -> None:
        if self._engine.file_problem != error.problem:
            self._engine.file_problem = error.problem
            self._engine.changed()

    def _start(self, name: str, work: Callable[[], Coroutine[object, object, None]]) -> None:
        if name in self._tasks:
            return
        task = asyncio.create_task(work(), name=name)
        self._tasks[name] = task
        task.add_done_callback(lambda _: self._done(name))

    def _done(self, name: str) -> None:
        self._tasks.pop(name, None)
        if name == _MEASURING:  # what waited for the time waits no longer
            self._woken.set()
            self._engine.changed()

    async def _measured(self, ask: Callable[[], Coroutine[object, object, object]]) -> None:
        with suppress(RolecallError):
            await ask()
        # At once: the next answer may be one that was on its way while the machine was held
        self._skew_known = self._world.sts.clock_skew

    def _doubts_clock(self) -> bool:
        """Whether the clock was set, or nobody but others told how wrong it is, and AWS was asked and did not tell yet.

        Nothing is thrown away then.
        """
        leapt, was_set = self._moved()
        self._leaps += leapt
        self._hurry |= leapt
        now = self._clocks[1]
        # An answer that was on its way while a virtual machine was held looks like one while the clock was set
        skew, before = self._world.sts.clock_skew, self._skew_known
        self._skew_known = skew
        if (was_set or abs(skew - before).total_seconds() > JUMP_SECONDS) and self._measure_clock():
            self._doubted_until = now + TELLING_SECONDS
        if skew and not self._world.sts.clock_measured and self._guesses_since(now) and self._measure_clock():
            first, self._guessed = self._guessed is None, now
            self._doubted_until = now + TELLING_SECONDS if first else self._doubted_until
        return _MEASURING in self._tasks and now < self._doubted_until

    def _guesses_since(self, now: float) -> bool:
        """Whether nobody was asked for the time yet, or not for long."""
        return self._guessed is None or now - self._guessed >= GUESSING_SECONDS

    def _look_at_clocks(self) -> tuple[datetime, float, float]:
        """All of one moment: who falls asleep between two of them would look like one whose clock was set."""
        clock = self._world.clock
        while True:
            before = clock.steady()
            seen = (clock.now(), clock.monotonic(), clock.steady())
            if seen[2] - before < ONE_MOMENT_SECONDS:
                return seen

    def _moved(self) -> tuple[bool, bool]:
        """Whether the machine slept or its clock was set since the last look; and whether the latter."""
        before, after = self._clocks, self._look_at_clocks()
        self._clocks = after
        wall = (after[0] - before[0]).total_seconds()
        leapt = abs(wall - (after[1] - before[1])) > JUMP_SECONDS
        was_set = abs(wall - (after[2] - before[2])) > JUMP_SECONDS
        return leapt or was_set, was_set

    def _tell_what_passed(self, stirring: list[ProfileKeeper], now: datetime) -> None:
        """Time alone changes what people see: active becomes expiring, then expired; a sign-in ends."""
        passed = [
            (keeper.place.key, keeper.due(now), keeper.session.obtained.live(now))
            for keeper in stirring
            if keeper.session.obtained is not None
        ]
        sign_ins = self._engine.roster.sign_ins
        passed += [(f"-{name}", sign_in.held is not None, False) for name, sign_in in sign_ins.items()]
        skew = self._world.sts.clock_skew
        if passed != self._passed or skew != self._skew_told:
            self._passed, self._skew_told = passed, skew
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
    """Whether a session is to be renewed, or published again, in the background now.

    `hurry` skips the pause after a failure. One that expired while the machine slept is renewed too, unless a person's
    word is needed for that; one that died of failures waits for a person.
    """
    session, obtained = keeper.session, keeper.session.obtained
    if session.activity is sessions.Activity.RESTING and not keeper.due(now):
        return False
    if not session.wanted or session.declined or session.busy:
        return False
    if session.activity is sessions.Activity.BACKING_OFF:
        wished = session.unwritten or (keeper.profile.refresh and keeper.renews_itself and not _asks(keeper, now))
        return wished and session.retry_at is not None and (hurry or session.retry_at <= now)
    if obtained is None or not (keeper.profile.refresh and obtained.confirmed and keeper.renews_itself):
        return False
    return session.problem is None and keeper.due(now) and not _asks(keeper, now)


def _asks(keeper: ProfileKeeper, now: datetime) -> bool:
    """Whether a person's word is needed: not for what lives, nor for the guarded profile that signs for it."""
    obtained = keeper.session.obtained
    return (obtained is None or not obtained.live(now)) and bool(keeper.asks())
