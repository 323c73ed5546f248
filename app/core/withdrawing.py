"""Taking many sessions down, each under its own lock.

Who obtains one records it, then publishes it, and holds the lock all the while: without it, what is published would be
known to nobody when its record is removed in between.
"""

from __future__ import annotations

import asyncio
from contextlib import AsyncExitStack
from typing import TYPE_CHECKING

from app.domain.errors import StorageTrouble

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Collection

    from app.ports import Locks

    Take = Callable[[frozenset[str]], Awaitable[frozenset[str]]]

BUSY_SECONDS = 0.05
"""How long a lock is waited for at first: what is free goes before what somebody is just obtaining."""


async def withdraw_all(
    locks: Locks, names: Collection[str], take: Take, *, patience: float | None = None
) -> frozenset[str]:
    """Let `take` take sessions down, some at a time and in the end every one; returns all that it returned.

    For what is busy it waits `patience` seconds each, and leaves it then; without limit for None. What fails keeps
    nothing else from being taken down. Raises the first StorageTrouble of `take`, and of the locks.
    """
    removed: set[str] = set()
    troubles: list[StorageTrouble] = []

    async def taken(some: frozenset[str]) -> None:
        try:
            removed.update(await take(some))
        except StorageTrouble as error:
            troubles.append(error)

    busy = list[str]()
    # In one order for everybody: of two who take down everything, neither holds what the other one waits for
    ordered = sorted(names)
    for at in range(0, len(ordered), locks.at_once):
        some = ordered[at : at + locks.at_once]
        async with AsyncExitStack() as held:
            free = frozenset([name for name in some if await _is_free(held, locks, name)])
            if free:
                await taken(free)
        busy += [name for name in some if name not in free]
    for name in busy:
        async with AsyncExitStack() as held:
            try:
                if not await _is_held(held, locks, name, patience):
                    continue
            except StorageTrouble as error:
                troubles.append(error)
                continue
            await taken(frozenset({name}))
    if troubles:
        raise troubles[0]
    return frozenset(removed)


async def _is_free(held: AsyncExitStack, locks: Locks, name: str) -> bool:
    try:
        return await _is_held(held, locks, name, BUSY_SECONDS)
    except StorageTrouble:  # it may be for want of open files: by itself, later, it is tried again
        return False


async def _is_held(held: AsyncExitStack, locks: Locks, name: str, patience: float | None) -> bool:
    try:
        async with asyncio.timeout(patience):
            await held.enter_async_context(locks.hold(f"session {name}"))
    except TimeoutError:
        return False
    return True
