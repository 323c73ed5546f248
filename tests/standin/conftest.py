from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from app.standin import StandIn, World, demo_world

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def world() -> World:
    return demo_world()


@pytest.fixture
def aws(world: World) -> Iterator[StandIn]:
    with StandIn(world) as running:
        yield running
