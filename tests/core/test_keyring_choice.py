"""What the core knows about the keyring, and a person's choice to do without."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from app.domain.errors import StorageTrouble
from tests.core.fakes import give_code, identity, machine, mfa_profile
from tests.core.virtual_time import virtual

if TYPE_CHECKING:
    from app.domain.secret import Secret

LOCKED = StorageTrouble(code="keyring-locked", title="The keyring is locked")


@virtual
async def test_a_person_may_keep_secrets_in_memory() -> None:
    pc = machine(mfa_profile("prod"))
    pc.keyring.trouble = LOCKED
    front = await pc.process()
    click = asyncio.create_task(front.assume("prod"))
    await give_code(front, machine=pc)
    await click
    assert front.snapshot().health.keyring_problem == LOCKED.problem
    await front.keep_secrets_in_memory()
    health = front.snapshot().health
    assert (health.keyring, health.keyring_problem) == ("in memory until quit", None)
    await front.put_identity(identity(), secret="wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY")
    assert list(pc.keyring.items) == ["identity/alice"]


@virtual
async def test_what_an_inspection_finds_after_that_choice_does_not_count() -> None:
    pc = machine()
    front = await pc.process()
    pc.keyring.trouble = LOCKED
    slow = asyncio.create_task(front.inspect_keyring())
    await asyncio.sleep(0)
    await front.keep_secrets_in_memory()
    pc.keyring.trouble = LOCKED
    await slow
    assert front.snapshot().health.keyring_problem is None


@virtual
async def test_a_wish_to_store_finds_out_that_the_keyring_is_locked() -> None:
    pc = machine()
    front = await pc.process()

    async def refuse(key: str, value: Secret) -> None:
        del key, value
        raise LOCKED

    working, pc.keyring.set = pc.keyring.set, refuse  # type: ignore[method-assign]  # one that refuses
    with pytest.raises(StorageTrouble):
        await front.put_identity(identity(), secret="wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY")
    assert front.snapshot().health.keyring_problem == LOCKED.problem
    pc.keyring.set = working  # type: ignore[method-assign]  # and now works
    await front.put_identity(identity(), secret="wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY")
    assert front.snapshot().health.keyring_problem is None
