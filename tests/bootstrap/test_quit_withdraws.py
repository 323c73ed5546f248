"""Quitting ends the program, also when what is to be withdrawn cannot be."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from app.bootstrap import window
from app.domain.errors import StorageTrouble

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable


class Front:
    def __init__(self, end: Callable[[], Awaitable[None]]) -> None:
        self.stop_all = end


async def refuse() -> None:
    raise StorageTrouble(code="keyring-locked", title="The keyring is locked")


async def hang() -> None:
    await asyncio.Event().wait()


async def work() -> None:
    await asyncio.sleep(0)


@pytest.mark.parametrize(("end", "told"), [(refuse, "The keyring is locked"), (hang, "longer than"), (work, "")])
async def test_the_end_comes_in_any_case(
    end: Callable[[], Awaitable[None]], told: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(window, "WITHDRAW_SECONDS", 0.05)
    await window._withdraw(Front(end))  # type: ignore[arg-type]  # all that is asked of it
    said = capsys.readouterr().err
    assert told in said
    assert bool(said) is bool(told)
