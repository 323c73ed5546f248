"""Signing in at a provider: one flight for all who wait, without a person where that is possible."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from app.domain.view import SignIn, Status
from tests.core.fakes import (
    ACCOUNT,
    Machine,
    machine,
    profile,
    row,
    saml,
    supervised,
)
from tests.core.virtual_time import until, virtual

if TYPE_CHECKING:
    from tests.core.fake_aws import Loose


def role(name: str) -> str:
    return f"arn:aws:iam::{ACCOUNT}:role/{name}"


def behind(provider: str, *names: str, **changes: Loose) -> list[Loose]:
    return [profile(name, f"provider.{provider}", **changes) for name in names]


def corp(*names: str, **changes: Loose) -> Machine:
    """A machine with a SAML provider that offers a role for each of its profiles."""
    pc = machine(saml(**changes), *behind("corp", *names))
    pc.idp.offer(*map(role, names))
    return pc


def provider(front: Loose, name: str = "corp") -> Loose:
    return next(each for each in front.snapshot().providers if each.name == name)


def need(front: Loose) -> Loose:
    [found] = front.snapshot().needs
    return found


@virtual
async def test_a_click_opens_the_window_and_what_it_brings_is_redeemed() -> None:
    pc = corp("prod")
    front = await pc.process()
    assert provider(front).status is SignIn.OUT
    click = asyncio.create_task(front.assume("prod"))
    await until(lambda: pc.window.open)
    seen = row(front, "prod")
    assert (seen.status, seen.waiting_for) == (Status.WAITING, "browser")
    asked = need(front)
    assert (asked.kind, asked.key, asked.profiles, asked.wanted_now) == ("sign-in", "sign-in corp", ("prod",), True)
    assert (asked.sign_in.way, asked.sign_in.ways, asked.sign_in.opened) == ("window", ("paste",), True)
    assert provider(front).status is SignIn.WAITING
    assert pc.locks.taken() == []
    pc.window.log_in()
    await click
    assert front.snapshot().needs == ()
    assert row(front, "prod").status is Status.ACTIVE
    assert row(front, "prod").arn.endswith(":assumed-role/prod/alice@example.com")
    [call] = pc.sts.calls
    assert (call.request.principal_arn, call.region) == (pc.idp.provider_arn, "us-east-1")
    assert provider(front).status is SignIn.IN
    assert pc.keyring.items.keys() == {"identity/alice"}


@virtual
async def test_ten_profiles_open_one_window() -> None:
    names = [f"p{number}" for number in range(10)]
    pc = corp(*names)
    front = await pc.process()
    clicks = [asyncio.create_task(front.assume(name)) for name in names]
    await until(lambda: len(need(front).profiles) == 10 if front.snapshot().needs else False)
    pc.window.log_in()
    await asyncio.gather(*clicks)
    assert pc.window.shown == 1
    assert {call.request.saml_assertion.reveal() for call in pc.sts.calls} == {"assertion-0-from-the-provider"}
    assert {row(front, name).status for name in names} == {Status.ACTIVE}


@virtual
async def test_an_assertion_serves_whoever_comes_within_its_five_minutes_and_nobody_later() -> None:
    pc = corp("a", "b", "c")
    front = await pc.process()
    click = asyncio.create_task(front.assume("a"))
    await until(lambda: pc.window.open)
    pc.window.log_in()
    await click
    await asyncio.sleep(240)
    await front.assume("b")
    assert pc.window.shown == 1
    await asyncio.sleep(60)
    click = asyncio.create_task(front.assume("c"))
    await until(lambda: pc.window.open)
    pc.window.log_in()
    await click
    assert pc.window.shown == 2


@virtual
async def test_a_renewal_in_the_background_lays_a_need_and_a_click_opens_it() -> None:
    pc = corp("a", "b")
    front = await pc.process()
    async with supervised(front):
        for name in "ab":
            click = asyncio.create_task(front.assume(name))
            await until(lambda: pc.window.open or row(front, name).status is Status.ACTIVE)  # noqa: B023  # awaited here
            if pc.window.open:
                pc.window.log_in()
            await click
        await until(lambda: front.snapshot().needs and len(need(front).profiles) == 2, seconds=3600)
        asked = need(front)
        assert (asked.wanted_now, asked.sign_in.opened) == (False, False)
        await asyncio.sleep(120)
        assert pc.window.shown == 1
        assert row(front, "a").live(front.now())
        click = asyncio.create_task(front.refresh("b"))
        await until(lambda: pc.window.open)
        assert need(front).wanted_now
        assert need(front).sign_in.opened
        pc.window.log_in()
        await click
        await until(lambda: row(front, "a").status is Status.ACTIVE)
    assert pc.window.shown == 2
    assert pc.sts.count("AssumeRoleWithSAML") == 4
