"""An event loop and a machine's clock whose time passes only when nothing is left to do."""

from __future__ import annotations

import asyncio
import functools
import inspect
import selectors
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine


START = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)


class _Idle(selectors.DefaultSelector):
    """Waits no real second: when nothing is ready, the loop's own time jumps to the next timer."""

    def __init__(self) -> None:
        super().__init__()
        self.time = 0.0

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        if timeout is None:
            pytest_hang = "every task waits, and nothing will ever happen"
            raise RuntimeError(pytest_hang)
        self.time += max(timeout, 0.0)
        return super().select(0)


class VirtualLoop(asyncio.SelectorEventLoop):
    def __init__(self) -> None:
        self._idle = _Idle()
        super().__init__(self._idle)

    def time(self) -> float:
        return self._idle.time


def virtual(test: Callable[..., Coroutine[Any, Any, None]]) -> Callable[..., None]:
    """Run an async test on a loop of virtual time; fail it when it leaves an exception that nobody retrieved."""

    @functools.wraps(test)
    def run(*args: object, **kwargs: object) -> None:
        troubles: list[dict[str, Any]] = []
        with asyncio.Runner(loop_factory=VirtualLoop) as runner:
            runner.get_loop().set_exception_handler(lambda _, context: troubles.append(context))
            runner.run(test(*args, **kwargs))
        assert not troubles, troubles

    run.__signature__ = inspect.signature(test)  # type: ignore[attr-defined]  # pytest reads the fixtures from it
    del run.__wrapped__  # or pytest-asyncio would take it for a coroutine of its own
    return run


class FakeClock:
    """The wall clock of one machine, over the loop's virtual time."""

    def __init__(self) -> None:
        self._wall = timedelta(0)
        self._true = timedelta(0)

    def now(self) -> datetime:
        return START + self._elapsed() + self._wall + self._true

    def true(self) -> datetime:
        """The time as AWS has it."""
        return START + self._elapsed() + self._true

    def monotonic(self) -> float:
        return self._elapsed().total_seconds()

    def steady(self) -> float:
        return (self._elapsed() + self._true).total_seconds()

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds)

    def suspend(self, seconds: float) -> None:
        """The machine sleeps: all the world goes on, the monotonic clock and timers stand still."""
        self._true += timedelta(seconds=seconds)

    def set(self, seconds: float) -> None:
        """Somebody sets the wall clock."""
        self._wall += timedelta(seconds=seconds)

    def _elapsed(self) -> timedelta:
        return timedelta(seconds=asyncio.get_running_loop().time())


async def until(condition: Callable[[], object], seconds: float = 60) -> None:
    """Let virtual time pass until something holds."""
    deadline = asyncio.get_running_loop().time() + seconds
    while not condition():
        assert asyncio.get_running_loop().time() < deadline, "it never came"
        await asyncio.sleep(0.05 if seconds <= 60 else 5)
