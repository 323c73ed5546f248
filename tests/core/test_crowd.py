"""While very many sessions are renewed the files are compared less often, but they are."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from app.core.neighbours import CROWDED_SECONDS
from app.core.turns import CROWD, Gate
from tests.core.fake_file import FakeFile
from tests.core.fakes import machine, profile, session, supervised
from tests.core.virtual_time import until, virtual

if TYPE_CHECKING:
    from app.domain.published import FoundSection

TICK = 2


class CountedFile(FakeFile):
    def __init__(self) -> None:
        super().__init__()
        self.readings: list[float] = []

    async def sections(self) -> tuple[FoundSection, ...]:
        self.readings.append(asyncio.get_running_loop().time())
        return await super().sections()


@virtual
async def test_a_crowd_is_not_compared_with_the_files_every_two_seconds() -> None:
    many, file = 4 * CROWD, CountedFile()
    names = [f"n{n:03}" for n in range(many)]
    pc = machine(*map(profile, names), file=file)
    pc.sts.delay = 0.01
    front = await pc.process(person_present=False)
    await asyncio.gather(*map(front.assume, names))
    pc.sts.delay = 1.0  # of eight at a time
    async with supervised(front):
        await asyncio.sleep(3 * TICK)
        pc.clock.suspend(50 * 60)
        await until(front.engine.pace.is_crowded)
        begun, file.readings = asyncio.get_running_loop().time(), []
        file.change(names[-1], None)  # somebody stops the one whose turn is late
        await until(lambda: not front.engine.pace.is_crowded())
        crowded = asyncio.get_running_loop().time() - begun
        assert crowded > CROWDED_SECONDS + TICK
        assert 1 <= len(file.readings) <= 1 + crowded / CROWDED_SECONDS
        await until(lambda: session(front, names[-1]).obtained is None)
        await until(lambda: not any(session(front, name).busy for name in names))
        file.change(names[0], None)
        await until(lambda: session(front, names[0]).obtained is None, 3 * TICK)
    assert file.found.keys() == set(names[1:-1])


async def test_who_gave_up_waiting_is_no_crowd() -> None:
    gate = Gate(1)
    async with gate.entered(0.0):
        waiting = [asyncio.create_task(_wait(gate)) for _ in range(5)]
        await asyncio.sleep(0)
        assert gate.in_line == 5
        for each in waiting[1:]:
            each.cancel()
        await asyncio.gather(*waiting[1:], return_exceptions=True)
        assert gate.in_line == 1
    await waiting[0]


async def _wait(gate: Gate) -> None:
    async with gate.entered(0.0):
        pass
