from __future__ import annotations

import asyncio

from app.core.turns import AT_ONCE, Turns
from tests.core.virtual_time import virtual


@virtual
async def test_a_few_begin_at_once_and_all_in_the_end() -> None:
    turns, begun = Turns(), list[int]()

    async def work(number: int) -> None:
        await turns.take()
        begun.append(number)

    tasks = [asyncio.create_task(work(number)) for number in range(200)]
    await asyncio.sleep(0)
    assert begun == list(range(AT_ONCE))
    await asyncio.gather(*tasks)
    assert sorted(begun) == list(range(200))


@virtual
async def test_who_comes_last_does_not_wait_for_the_others() -> None:
    turns, begun = Turns(), list[str]()

    async def work(name: str) -> None:
        await turns.take()
        begun.append(name)

    tasks = [asyncio.create_task(work("renewal")) for _ in range(100)]
    await asyncio.sleep(0)
    tasks.append(asyncio.create_task(work("click")))
    await asyncio.gather(*tasks)
    assert begun.index("click") == AT_ONCE


@virtual
async def test_who_gave_up_takes_no_turn() -> None:
    turns, begun = Turns(), list[int]()

    async def work(number: int) -> None:
        await turns.take()
        begun.append(number)

    tasks = [asyncio.create_task(work(number)) for number in range(3 * AT_ONCE)]
    await asyncio.sleep(0)
    for task in tasks[AT_ONCE:-1]:
        task.cancel()
    await asyncio.wait(tasks)
    assert begun == [*range(AT_ONCE), 3 * AT_ONCE - 1]
    await asyncio.wait_for(work(99), 1)
    assert begun[-1] == 99
