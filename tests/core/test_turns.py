from __future__ import annotations

import asyncio
import itertools

from app.core.turns import ASKING, AT_ONCE, Entered, Gate, Pace, Turns
from tests.core.virtual_time import virtual


@virtual
async def test_a_few_go_on_at_once_and_all_in_the_end() -> None:
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
async def test_between_one_few_and_the_next_the_loop_sees_to_everything_else() -> None:
    turns, begun, between = Turns(), list[int](), list[int]()

    async def work(number: int) -> None:
        await turns.take()
        begun.append(number)

    async def window() -> None:
        while len(begun) < 200:
            between.append(len(begun))
            await asyncio.sleep(0)

    tasks = [asyncio.create_task(work(number)) for number in range(200)]
    await asyncio.gather(window(), *tasks)
    between.append(len(begun))
    assert max(later - earlier for earlier, later in itertools.pairwise(between)) <= AT_ONCE


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
    assert begun.index("click") <= 3 * AT_ONCE


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


async def inside(gate: Gate, urgency: float, told: list[float], seconds: float = 1) -> None:
    async with gate.entered(urgency):
        told.append(urgency)
        await asyncio.sleep(seconds)


@virtual
async def test_a_gate_lets_so_many_in_and_the_most_urgent_next() -> None:
    gate, told = Gate(2), list[float]()
    tasks = [asyncio.create_task(inside(gate, urgency, told)) for urgency in (9, 8, 7, 1, 5, 0)]
    await asyncio.sleep(0.5)
    assert told == [9, 8]
    await asyncio.gather(*tasks)
    assert told == [9, 8, 0, 1, 5, 7]
    await asyncio.gather(*(inside(gate, 3, told) for _ in range(2)))
    assert told[-2:] == [3, 3]


@virtual
async def test_who_is_cancelled_at_a_gate_or_inside_takes_no_place() -> None:
    gate, told = Gate(1), list[float]()
    first = asyncio.create_task(inside(gate, 1, told, 100))
    others = [asyncio.create_task(inside(gate, urgency, told)) for urgency in (2, 3, 4)]
    await asyncio.sleep(0.1)
    others[0].cancel()
    first.cancel()
    await asyncio.sleep(0)  # the place was just given on, to one that is cancelled too
    others[1].cancel()
    await asyncio.wait([first, *others])
    assert told == [1, 4]
    await asyncio.wait_for(inside(gate, 5, told), 5)


@virtual
async def test_who_leaves_early_lets_one_in_and_only_one() -> None:
    gate, told = Gate(1), list[float]()

    async def leaving() -> None:
        async with gate.entered(0) as place:
            place.leave()
            place.leave()
            await asyncio.sleep(10)

    tasks = [asyncio.create_task(leaving())]
    tasks += [asyncio.create_task(inside(gate, urgency, told, 100)) for urgency in (1, 2)]
    await asyncio.sleep(20)
    assert told == [1]
    await asyncio.gather(*tasks)


@virtual
async def test_a_region_that_does_not_answer_keeps_no_other_from_asking() -> None:
    pace, told = Pace(), list[float]()
    stuck = [asyncio.create_task(inside(pace.asking("eu-west-1"), 1, [], 1000)) for _ in range(2 * ASKING)]
    await asyncio.sleep(1)
    await asyncio.wait_for(inside(pace.asking("us-east-1"), 2, told), 5)
    assert told == [2]
    for task in stuck:
        task.cancel()
    await asyncio.wait(stuck)


@virtual
async def test_as_many_as_have_left_are_let_in() -> None:
    gate, told = Gate(3), list[float]()
    await asyncio.gather(*(inside(gate, 1, told) for _ in range(3)))
    tasks = [asyncio.create_task(inside(gate, 2, told)) for _ in range(4)]
    await asyncio.sleep(0.5)
    assert told == [1, 1, 1, 2, 2, 2]
    await asyncio.gather(*tasks)
    assert gate.is_empty


@virtual
async def test_who_hurries_inside_or_outside_takes_no_other_place() -> None:
    gate, told = Gate(1), list[float]()
    place = Entered(5)
    place.hasten(4)
    await place.move(gate)
    place.hasten(3)
    waiting = asyncio.create_task(inside(gate, 4, told))
    await asyncio.sleep(0.1)
    assert told == []
    place.leave()
    place.hasten(2)
    await waiting
    assert told == [4]
    assert gate.is_empty


@virtual
async def test_whether_anybody_is_asked_for_anything() -> None:
    pace = Pace()
    assert not pace.asks()
    async with pace.asking("eu-west-1").entered(1):
        assert pace.asks()
        async with pace.asking("eu-north-1").entered(1):
            assert pace.asks()
        assert pace.asks()
    assert not pace.asks()


@virtual
async def test_one_at_a_time_asks_a_device_for_a_code() -> None:
    pace, told = Pace(), list[float]()
    tasks = [asyncio.create_task(inside(pace.codes("alice"), number, told)) for number in (1, 2)]
    tasks.append(asyncio.create_task(inside(pace.codes("bob"), 3, told)))
    await asyncio.sleep(0.5)
    assert sorted(told) == [1, 3]
    await asyncio.gather(*tasks)
    assert sorted(told) == [1, 2, 3]


@virtual
async def test_who_gives_up_in_the_row_lets_nobody_in() -> None:
    gate, told = Gate(1), list[float]()
    tasks = [asyncio.create_task(inside(gate, urgency, told, 100)) for urgency in (1, 2, 3)]
    await asyncio.sleep(1)
    tasks[1].cancel()
    await asyncio.sleep(1)
    assert told == [1]
    await asyncio.wait(tasks)
    assert told == [1, 3]
    assert gate.is_empty


@virtual
async def test_who_gives_up_when_just_let_in_lets_the_next_one_in() -> None:
    gate, told = Gate(1), list[float]()
    place = Entered(0)
    await place.move(gate)
    tasks = [asyncio.create_task(inside(gate, urgency, told)) for urgency in (1, 2)]
    await asyncio.sleep(1)
    place.leave()
    tasks[0].cancel()
    await asyncio.wait(tasks)
    assert told == [2]
    assert gate.is_empty


@virtual
async def test_who_waited_and_is_inside_hurries_in_no_row() -> None:
    gate, told = Gate(1), list[float]()
    first, second = Entered(1), Entered(2)
    await first.move(gate)
    waiting = asyncio.create_task(second.move(gate))
    await asyncio.sleep(1)
    first.leave()
    await waiting
    second.hasten(0)
    third = asyncio.create_task(inside(gate, 3, told))
    await asyncio.sleep(1)
    second.leave()
    await third
    assert gate.is_empty
