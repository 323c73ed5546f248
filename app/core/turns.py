"""Who goes on when very many want to: never so many at once that nothing else gets its turn.

Turns yield to a window: between one few and the next the loop looks at everything else, and takes no longer than
that needs. Gates keep work at one place small: whoever waits at AWS holds a lock, which is an open file. Who waits for
something else gives its place back.
"""

from __future__ import annotations

import asyncio
import heapq
import itertools
from collections import defaultdict
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from contextlib import AbstractAsyncContextManager

AT_ONCE = 2
"""How many go on before the loop looks at what else there is: each takes a millisecond or less."""
ASKING = 8
"""How many sessions of a region are between their lock and AWS's answer; fewer calls are in flight at a time."""
LOCK_SECONDS = 0.05
"""A lock that takes longer is in the hands of somebody else, and waited for outside of all gates."""
CROWD = 64
"""From so many in line on there is a crowd."""
SETTLING = 128
"""How many hold their lock while what AWS gave is written: many, for they are written together."""


class Turns:
    """Lets `AT_ONCE` go on in each pass of the loop.

    Who came last is next: one click does not wait for two hundred renewals that have all the time.
    """

    def __init__(self) -> None:
        self._left = AT_ONCE
        self._passing = False
        self._waiting: list[asyncio.Future[None]] = []

    async def take(self) -> None:
        """Wait for a turn, mostly not at all."""
        if not self._passing:
            self._pass()
        if self._left:
            self._left -= 1
            return
        turn: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.append(turn)
        await turn

    def _pass(self) -> None:
        self._passing, self._left = True, AT_ONCE
        asyncio.get_running_loop().call_soon(self._passed)

    def _passed(self) -> None:
        self._passing = False
        if self._waiting:
            self._pass()
        while self._waiting and self._left:
            turn = self._waiting.pop()
            if not turn.done():
                self._left -= 1
                turn.set_result(None)


class Entered:
    """A place inside a gate, or in the row before one. `urgency`: the least number is let in first."""

    def __init__(self, urgency: float) -> None:
        self._urgency = urgency
        self._inside: Gate | None = None
        self._before: tuple[Gate, asyncio.Future[None]] | None = None

    async def move(self, gate: Gate) -> None:
        """Wait to be let in, then leave where one was. Who is inside `gate` already stays there."""
        if self._inside is gate:
            return
        if not gate.took_place():
            turn: asyncio.Future[None] = asyncio.get_running_loop().create_future()
            self._before = (gate, turn)
            gate.line_up(self._urgency, turn)
            try:
                await turn
            except asyncio.CancelledError:
                if turn.done() and not turn.cancelled():
                    gate.let_in()  # it had just been let in itself
                raise
            finally:
                self._before = None
        self.leave()
        self._inside = gate

    def leave(self) -> None:
        """Let the next one in, now rather than at the end."""
        gate, self._inside = self._inside, None
        if gate is not None:
            gate.let_in()

    def hasten(self, urgency: float) -> None:
        """Be as urgent as that from now on, also in the row where one stands."""
        if urgency < self._urgency:
            self._urgency = urgency
            if self._before is not None:
                gate, turn = self._before
                gate.line_up(urgency, turn)  # the place further back counts no more once the turn has come


class Gate:
    """Lets `most` in. Of those who wait the most urgent is next: the one with the least number, then who came first."""

    def __init__(self, most: int) -> None:
        self._most = self._left = most
        self._numbers = itertools.count()
        self._waiting: list[tuple[float, int, asyncio.Future[None]]] = []

    @asynccontextmanager
    async def entered(self, urgency: float) -> AsyncIterator[Entered]:
        """Wait to be let in, and be inside until the end or until `leave`."""
        place = Entered(urgency)
        try:
            await place.move(self)
            yield place
        finally:
            place.leave()

    @property
    def is_empty(self) -> bool:
        """Whether nobody is inside."""
        return self._left == self._most

    @property
    def in_line(self) -> int:
        """How many wait before it."""
        return sum(not turn.done() for _, _, turn in self._waiting)

    def took_place(self) -> bool:
        """Whether there was a place left; it is taken then."""
        self._left -= (free := self._left > 0)
        return free

    def line_up(self, urgency: float, turn: asyncio.Future[None]) -> None:
        """Let `turn` be done when it comes."""
        heapq.heappush(self._waiting, (urgency, next(self._numbers), turn))

    def let_in(self) -> None:
        """One inside has left."""
        while self._waiting:
            _, _, turn = heapq.heappop(self._waiting)
            if not turn.done():
                turn.set_result(None)
                return
        self._left += 1


@asynccontextmanager
async def locked(place: Entered, gate: Gate, lock: AbstractAsyncContextManager[None]) -> AsyncIterator[None]:
    """Inside `gate` and with the lock; only with the lock where that was somebody else's for long."""
    try:
        await place.move(gate)
        leaving = asyncio.get_running_loop().call_later(LOCK_SECONDS, place.leave)
        try:
            async with lock:
                leaving.cancel()
                yield
        finally:
            leaving.cancel()
    finally:
        place.leave()


class Pace:
    """The turns and gates of one engine."""

    def __init__(self) -> None:
        self.turns = Turns()
        self.settling = Gate(SETTLING)
        self._asking: defaultdict[str, Gate] = defaultdict(lambda: Gate(ASKING))
        self._codes: defaultdict[str, Gate] = defaultdict(lambda: Gate(1))

    def asking(self, region: str) -> Gate:
        """Where those wait who want to ask a region's AWS."""
        return self._asking[region]

    def asks(self) -> bool:
        """Whether anybody is being asked for anything."""
        return not all(gate.is_empty for gate in self._asking.values())

    def is_crowded(self) -> bool:
        """Whether very many wait to be asked for something."""
        return sum(gate.in_line for gate in self._asking.values()) >= CROWD

    def codes(self, device: str) -> Gate:
        """Where those wait who want a code of a device: it has one in 30 seconds, and they hold nothing meanwhile."""
        return self._codes[device]
