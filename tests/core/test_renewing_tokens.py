"""Renewing with a refresh token: it rotates whatever becomes of the answer, and a person gets in where it fails."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from app.domain.errors import NetworkTrouble
from app.domain.view import Status
from tests.core.fakes import rejected, row, supervised
from tests.core.sign_in_rig import log_in_browser, login
from tests.core.virtual_time import until, virtual

if TYPE_CHECKING:
    import pytest

REFRESH = "provider/login/refresh-token"


@virtual
async def test_the_next_refresh_token_is_kept_at_once_whatever_becomes_of_the_answer() -> None:
    pc = login("a")
    front = await pc.process()
    async with supervised(front):
        await log_in_browser(front, pc, "a")
        first = pc.oidc.good_refresh
        pc.oidc.reject = lambda: NetworkTrouble(code="unreachable", title="The keys could not be had")
        pc.oidc.delay = 20
        await until(lambda: pc.oidc.good_refresh != first, seconds=2 * 3600)
        await until(lambda: pc.keyring.items[REFRESH].reveal() == pc.oidc.good_refresh, seconds=1)
        assert pc.locks.taken() == ["provider login"], "the answer is still being checked"
        await until(lambda: row(front, "a").retry_at, seconds=60)
        pc.oidc.reject = lambda: None
        await until(lambda: row(front, "a").status is Status.ACTIVE, seconds=600)
    assert pc.keyring.items[REFRESH].reveal() == pc.oidc.good_refresh
    assert (pc.oidc.opened, front.snapshot().needs) == (1, ())


@virtual
async def test_a_process_that_ends_with_the_answer_unchecked_leaves_the_next_refresh_token() -> None:
    pc = login("a")
    front = await pc.process()
    await log_in_browser(front, pc, "a")
    await asyncio.sleep(3600)
    old, pc.oidc.delay = pc.oidc.good_refresh, 10
    click = asyncio.create_task(front.assume("a"))
    await until(lambda: pc.oidc.good_refresh != old)
    await until(lambda: pc.keyring.items[REFRESH].reveal() != old, seconds=1)
    [exchange] = [each for each in asyncio.all_tasks() if each.get_name() == "refresh login"]
    exchange.cancel()
    assert (await rejected(click)).code == "declined"
    assert pc.locks.taken() == []
    await (await pc.process(person_present=False)).refresh("a")
    assert pc.oidc.opened == 1


@virtual
async def test_a_cancelled_exchange_stores_what_it_was_just_handed(monkeypatch: pytest.MonkeyPatch) -> None:
    pc = login("a")
    front = await pc.process()
    await log_in_browser(front, pc, "a")
    await asyncio.sleep(3600)
    old, ask = pc.oidc.good_refresh, pc.keyring._ask

    async def slowly(what: str) -> None:
        await asyncio.sleep(5)
        await ask(what)

    monkeypatch.setattr(pc.keyring, "_ask", slowly)
    click = asyncio.create_task(front.assume("a"))
    await until(lambda: pc.oidc.good_refresh != old, seconds=60)
    [exchange] = [each for each in asyncio.all_tasks() if each.get_name() == "refresh login"]
    exchange.cancel()
    assert (await rejected(click)).code == "declined"
    assert exchange.cancelled()
    assert pc.keyring.items[REFRESH].reveal() == pc.oidc.good_refresh != old
