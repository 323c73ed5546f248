"""Who begins when very many want to: a few at a time, so that a window can do something else in between."""

from __future__ import annotations

import asyncio

AT_ONCE = 3
PAUSE = 0.03
"""Seconds until the next few: all together they take less time than AWS takes for them."""


class Turns:
    """Lets `AT_ONCE` begin at once, and as many after each `PAUSE`.

    Who came last is next: one click does not wait for two hundred renewals that have all the time.
    """

    def __init__(self) -> None:
        self._left = AT_ONCE
        self._pausing = False
        self._waiting: list[asyncio.Future[None]] = []

    async def take(self) -> None:
        """Wait for a turn, mostly not at all."""
        if not self._pausing:
            self._pause()
        if self._left:
            self._left -= 1
            return
        turn: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.append(turn)
        await turn

    def _pause(self) -> None:
        self._pausing, self._left = True, AT_ONCE
        asyncio.get_running_loop().call_later(PAUSE, self._over)

    def _over(self) -> None:
        self._pausing = False
        self._waiting = [turn for turn in self._waiting if not turn.done()]
        if self._waiting:
            self._pause()
        while self._waiting and self._left:
            self._left -= 1
            self._waiting.pop().set_result(None)
