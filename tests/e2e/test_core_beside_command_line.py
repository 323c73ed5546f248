"""A running core, as the window has it, and the command line on the same real files."""

from __future__ import annotations

import asyncio
import os
from contextlib import suppress
from typing import TYPE_CHECKING

import pytest

from app.bootstrap.wiring import wire
from app.domain.errors import StorageTrouble
from app.domain.view import Status
from app.standin import StandIn, demo_world
from tests.e2e.rig import Rig

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterator
    from pathlib import Path

    from app.core.front import Front

PATIENCE = 15
"""Seconds on a busy machine; in virtual time it is held to two and a half."""
NEW = """
# by hand
[profile.by-hand]   # odd
role_arn = "arn:aws:iam::210987654321:role/Developer"
source = "identity.alice"
"""


@pytest.fixture
def rig(home: Path) -> Iterator[Rig]:
    world = demo_world()
    with StandIn(world) as aws:
        made = Rig(home=home, aws=aws, world=world)
        made.furnish()
        yield made


@pytest.fixture
async def front(rig: Rig) -> AsyncIterator[Front]:
    wired = wire(os.environ | rig.environ, person_present=True)
    await wired.front.start()
    running = asyncio.create_task(wired.front.supervisor.run())
    yield wired.front
    assert not running.done()
    running.cancel()
    with suppress(asyncio.CancelledError):
        await running
    await wired.close()


async def seen(front: Front, condition: Callable[[], object]) -> None:
    """Wait, from one change that is told to the next, until something shows."""
    changed = asyncio.Event()
    end = front.subscribe(changed.set)
    try:
        async with asyncio.timeout(PATIENCE):
            while not condition():
                await changed.wait()
                changed.clear()
    finally:
        end()


def status(front: Front, name: str) -> Status | None:
    return next((each.status for each in front.snapshot().sessions if each.name == name), None)


async def test_what_one_assumes_the_other_shows_and_what_one_stops_the_other_leaves(rig: Rig, front: Front) -> None:
    await asyncio.to_thread(rig.run, "assume", "stage-dev")
    await seen(front, lambda: status(front, "stage-dev") is Status.ACTIVE)
    await front.assume("stage-dev")
    assert rig.calls("AssumeRole") == 1
    await asyncio.to_thread(rig.run, "stop", "stage-dev")
    await seen(front, lambda: status(front, "stage-dev") is Status.IDLE)
    await front.supervisor.tick()
    assert not rig.credentials.exists()

    await front.assume("sandbox-ml")
    assert '"Version": 1' in (await asyncio.to_thread(rig.run, "credentials", "sandbox-ml")).stdout
    await asyncio.to_thread(rig.run, "stop", "--all")
    await seen(front, lambda: status(front, "sandbox-ml") is Status.IDLE)
    await asyncio.to_thread(rig.run, "credentials", "sandbox-ml", code=3)


async def test_settings_edited_by_hand_are_taken_over_entry_by_entry(rig: Rig, front: Front) -> None:
    good = rig.settings.read_text()
    await front.assume("stage-dev")
    await front.assume("stage-readonly")
    changed = good.replace("role/ReadOnly", "role/Developer") + NEW
    rig.settings.write_text(changed)
    await seen(front, lambda: status(front, "by-hand") is Status.IDLE)
    await seen(front, lambda: status(front, "stage-readonly") is Status.IDLE)
    assert status(front, "stage-dev") is Status.ACTIVE
    await front.assume("by-hand")
    rig.settings.write_text(good)
    await seen(front, lambda: status(front, "by-hand") is None)
    await front.supervisor.tick()
    published = rig.credentials.read_text()
    assert "[stage-dev]" in published
    assert "[by-hand]" not in published
    assert "[stage-readonly]" not in published


async def test_a_settings_file_that_became_unreadable_is_told_and_what_was_loaded_goes_on(
    rig: Rig, front: Front
) -> None:
    await front.assume("stage-dev")
    good = rig.settings.read_text()
    broken = good + "\n[profile.broken\n"
    rig.settings.write_text(broken)
    await seen(front, lambda: front.snapshot().health.settings_problem)
    problem = front.snapshot().health.settings_problem
    assert problem is not None
    assert f"line {broken[: broken.index('[profile.broken')].count(chr(10)) + 1}" in problem.detail
    assert status(front, "stage-dev") is Status.ACTIVE
    with pytest.raises(StorageTrouble, match="cannot be read"):
        await front.remove_profile("guest")
    assert rig.settings.read_text() == broken
    rig.settings.write_text(good)
    await seen(front, lambda: front.snapshot().health.settings_problem is None)
    assert "[stage-dev]" in rig.credentials.read_text()
