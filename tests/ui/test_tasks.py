from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING

from app.domain.errors import Declined, Denied, RolecallError
from app.ui import tasks

if TYPE_CHECKING:
    from collections.abc import Callable

    import pytest


async def test_an_error_of_ours_reaches_the_sink() -> None:
    errors: list[RolecallError] = []

    async def refused() -> None:
        raise Denied(code="access-denied", title="Denied")

    tasks.spawn(refused(), errors.append)
    await tasks.drained()
    assert [error.code for error in errors] == ["access-denied"]


async def test_no_is_not_a_failure() -> None:
    errors: list[RolecallError] = []

    async def declined() -> None:
        raise Declined

    tasks.spawn(declined(), errors.append)
    await tasks.drained()
    assert errors == []


async def test_a_fault_is_told_without_its_text(
    caplog: pytest.LogCaptureFixture, expect_log: Callable[[str], None]
) -> None:
    expect_log("A task of the window failed: ValueError")
    errors: list[RolecallError] = []

    async def faulty() -> None:
        raise ValueError("wJalrXUtnFEMI/K7MDENG")

    with caplog.at_level(logging.ERROR):
        tasks.spawn(faulty(), errors.append)
        await tasks.drained()
    assert [error.code for error in errors] == ["internal"]
    assert "wJalrXUtnFEMI" not in caplog.text + str(errors[0])
    assert "ValueError" in caplog.text
    assert "test_tasks.py" in caplog.text


async def test_tasks_can_be_ended() -> None:
    task = tasks.spawn(asyncio.sleep(3600))
    await asyncio.sleep(0)
    tasks.cancel_all()
    await tasks.drained()
    assert task.cancelled()


async def test_what_nobody_shows_is_logged_and_told_to_whoever_listens(expect_log: Callable[[str], None]) -> None:
    expect_log("Nobody showed this: Denied")
    errors: list[RolecallError] = []

    async def refused() -> None:
        raise Denied(code="access-denied", title="Denied")

    tasks.show_untold(errors.append)
    tasks.spawn(refused())
    await tasks.drained()
    tasks.show_untold(None)
    tasks.spawn(refused())
    await tasks.drained()
    assert [error.code for error in errors] == ["access-denied"]
