"""Work that must not be left half done."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Coroutine

T = TypeVar("T")


async def finished(work: Coroutine[object, object, T]) -> asyncio.Task[T]:
    """Run `work` to its end in a task, whatever is cancelled meanwhile; the task, done."""
    task = asyncio.ensure_future(work)
    while not task.done():
        with suppress(asyncio.CancelledError):
            await asyncio.wait([task])
    return task


def being_cancelled() -> bool:
    """Whether somebody cancelled the present task, in contrast to something it awaits."""
    current = asyncio.current_task()
    return current is not None and current.cancelling() > 0
