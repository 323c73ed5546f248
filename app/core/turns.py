"""Who goes on when very many want to: never so many at once that nothing else gets its turn.

Turns yield to a window: between one few and the next the loop looks at everything else, and takes no longer than
that needs. Gates keep work at one place small: whoever waits at AWS holds a lock, which is an open file.
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

AT_ONCE = 2
"""How many go on before the loop looks at what else there is: each takes a millisecond or less."""
ASKING = 8
"""How many sessions of a region are between their lock and AWS's answer; fewer calls are in flight at a time."""
SETTLING = 64
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
    """A place inside a gate, given back once."""

    def __init__(self, gate: Gate) -> None:
        self._gate: Gate | None = gate

    def leave(self) -> None:
        """Let the next one in, now rather than at the end."""
        gate, self._gate = self._gate, None
        if gate is not None:
            gate.let_in()


class Gate:
    """Lets `most` in. Of those who wait the most urgent is next: the one with the least number, then who came first."""

    def __init__(self, most: int) -> None:
        self._left = most
        self._numbers = itertools.count()
        self._waiting: list[tuple[float, int, asyncio.Future[None]]] = []

    @asynccontextmanager
    async def entered(self, urgency: float) -> AsyncIterator[Entered]:
        """Wait to be let in, and be inside until the end or until `leave`."""
        await self._enter(urgency)
        place = Entered(self)
        try:
            yield place
        finally:
            place.leave()

    async def _enter(self, urgency: float) -> None:
        if self._left:
            self._left -= 1
            return
        turn: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        heapq.heappush(self._waiting, (urgency, next(self._numbers), turn))
        try:
            await turn
        except asyncio.CancelledError:
            if turn.done() and not turn.cancelled():
                self.let_in()  # it had just been let in itself
            raise

    def let_in(self) -> None:
        """One inside has left."""
        while self._waiting:
            _, _, turn = heapq.heappop(self._waiting)
            if not turn.done():
                turn.set_result(None)
                return
        self._left += 1


class Pace:
    """The turns and gates of one engine."""

    def __init__(self) -> None:
        self.turns = Turns()
        self.settling = Gate(SETTLING)
        self._asking: defaultdict[str, Gate] = defaultdict(lambda: Gate(ASKING))

    def asking(self, region: str) -> Gate:
        """Where those wait who want to ask a region's AWS."""
        return self._asking[region]
