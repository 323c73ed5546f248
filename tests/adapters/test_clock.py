from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import time_machine

from app.adapters.clock import SystemClock

if TYPE_CHECKING:
    from app.ports import Clock


def test_now_is_aware_and_utc() -> None:
    clock: Clock = SystemClock()
    with time_machine.travel(datetime(2026, 11, 22, 1, 23, 45, tzinfo=UTC), tick=False):
        assert clock.now() == datetime(2026, 11, 22, 1, 23, 45, tzinfo=UTC)
        assert clock.now().utcoffset() == timedelta(0)


async def test_time_passes_while_one_sleeps() -> None:
    clock = SystemClock()
    before = clock.monotonic()
    await clock.sleep(0.01)
    assert clock.monotonic() > before
