"""Single flight: one attempt at a time, and everybody who waits for it."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Generic, Protocol, TypeVar

from app.core.finishing import being_cancelled
from app.domain.errors import Declined

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")


class Wishing(Protocol):
    """Why somebody waits: for which profile (empty for none), and whether a person's click does."""

    @property
    def profile(self) -> str:
        """The profile that a person sees."""

    @property
    def by_person(self) -> bool:
        """Whether a click waits, not a renewal in the background."""


class Waiting(Protocol):
    """What may travel in a flight besides a wish: another flight, with passengers of its own."""

    def waiting(self) -> dict[str, bool]:
        """The profiles that wait for it; for each whether a click does."""


W = TypeVar("W", bound=Wishing)


class Flight(Generic[W, T]):
    """The attempt under way, if any, and its passengers. `recount` is called when one boards or leaves."""

    def __init__(self, recount: Callable[[], None]) -> None:
        self.task: asyncio.Task[T] | None = None
        self._recount = recount
        self._passengers: list[tuple[W, Waiting | None]] = []

    @property
    def wishes(self) -> list[W]:
        """What the passengers want."""
        return [wish for wish, _ in self._passengers]

    async def join(self, wish: W, child: Waiting | None, begin: Callable[[], asyncio.Task[T]]) -> T:
        """Wait for the attempt under way, or for the one that `begin` starts.

        Cancelling a caller ends the attempt only when nobody else waits for it. Raises Declined when it was ended by
        somebody else. Whoever starts one says `over` at its end; one that is ended before its first step cannot.
        """
        passenger = (wish, child)
        self._passengers.append(passenger)
        if self.task is None or self.task.done():
            self.task = begin()
            self.task.add_done_callback(self._ended)
        task = self.task
        self._recount()
        try:
            return await asyncio.shield(task)
        except asyncio.CancelledError:
            if task.cancelled() and not being_cancelled():
                raise Declined from None
            raise
        finally:
            self._passengers.remove(passenger)
            self._recount()
            if not self._passengers and not task.done():
                task.cancel()
                await asyncio.wait([task])

    def _ended(self, task: asyncio.Task[T]) -> None:
        if self.task is task:
            self.over()
            self._recount()

    def over(self) -> None:
        """The attempt under way has ended; the next wish begins a new one."""
        self.task = None

    def cancel(self) -> asyncio.Task[T] | None:
        """End the attempt for all who wait; returns what is yet to end."""
        if self.task is not None:
            self.task.cancel()
        return self.task

    def waiting(self) -> dict[str, bool]:
        """The profiles that wait, directly or through others; for each whether a click does."""
        found: dict[str, bool] = {}
        for wish, child in self._passengers:
            further = {wish.profile: wish.by_person} if child is None else child.waiting()
            for name, clicked in further.items():
                found[name] = found.get(name, False) or clicked
        return found
