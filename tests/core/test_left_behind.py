"""Sessions whose profiles were removed or changed: what nobody keeps any more is withdrawn, and only that."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from types import MappingProxyType

import pytest

from app.core.keeper import Wish
from app.domain.configuration import Profile, Publish
from app.domain.errors import StorageTrouble
from app.domain.view import Status
from tests.core.fakes import Machine, identity, machine, mfa_profile, profile, rejected, row, session, supervised
from tests.core.fakes import give_code as give
from tests.core.virtual_time import until, virtual


def write(pc: Machine, **profiles: Profile | None) -> None:
    """Somebody edits the settings: other profiles, or None for one that is removed."""
    now = pc.settings.configuration
    changed = {name: each for name, each in {**now.profiles, **profiles}.items() if each is not None}
    pc.settings.write(replace(now, profiles=MappingProxyType(changed)))


@virtual
async def test_what_another_process_obtained_for_the_profile_as_it_is_now_stays() -> None:
    pc = machine(profile("prod"), profile("renamed"), profile("gone"))
    window = await pc.process()
    await asyncio.gather(window.assume("gone"), window.assume("renamed"))
    write(pc, prod=profile("prod", role="Other"), renamed=profile("renamed", aws_profile="new"), gone=None)
    command_line = await pc.process()
    await asyncio.gather(command_line.assume("prod"), command_line.refresh("renamed"))
    obtained = {name: session(command_line, name).obtained.access_key_id for name in ("prod", "renamed")}
    async with supervised(window):
        await asyncio.sleep(5)
        assert {name: row(window, name).status for name in obtained} == dict.fromkeys(obtained, Status.ACTIVE)
        assert {name: session(window, name).obtained.access_key_id for name in obtained} == obtained
    assert set(pc.file.found) == {"prod", "new"}
    assert set(pc.state.value.sessions) == {"prod", "renamed"}


@virtual
async def test_what_is_obtained_while_its_profile_is_removed_is_in_the_state_or_in_no_file() -> None:
    for moment in range(100):
        pc = machine(profile("prod"), profile("other"))
        window, command_line = await pc.process(), await pc.process()
        pc.sts.delay, pc.file.delay = 0.02, 0.1
        click = asyncio.create_task(command_line.assume("prod"))
        await asyncio.sleep(moment * 0.004)
        write(pc, prod=None)
        await window.engine.look()
        await click
        await window.engine.look()
        # A command that began before may end after it: then it is known, and can be stopped
        assert {each.profile for each in pc.file.found.values()} == pc.state.value.sessions.keys(), moment
        await window.stop_all()
        assert pc.file.found == {}, moment
        assert pc.state.value.sessions == {}, moment


@virtual
async def test_a_session_that_is_busy_elsewhere_does_not_keep_the_window_from_looking() -> None:
    pc = machine(profile("prod"), profile("other"))
    window, command_line = await pc.process(), await pc.process()
    await window.assume("prod")
    async with supervised(window):
        async with pc.locks.hold("session prod"):
            write(pc, prod=None)
            await command_line.assume("other")
            await until(lambda: row(window, "other").status is Status.ACTIVE, seconds=5)
            assert "prod" in pc.file.found
        await until(lambda: "prod" not in pc.file.found, seconds=5)
    assert set(pc.state.value.sessions) == {"other"}


@virtual
async def test_a_keyring_that_does_not_part_with_it_is_asked_once_and_hides_nothing() -> None:
    pc = machine(profile("prod", publish=Publish.NONE), profile("other"))
    window, command_line = await pc.process(), await pc.process()
    await window.assume("prod")
    assert "session/prod" in pc.keyring.items
    pc.keyring.trouble = StorageTrouble(code="keyring-locked", title="locked")
    async with supervised(window):
        write(pc, prod=None)
        await asyncio.sleep(60)
        await command_line.assume("other")
        await until(lambda: row(window, "other").status is Status.ACTIVE, seconds=5)
    assert sum(each.startswith("delete") for each in pc.keyring.asked) == 1
    assert "prod" in pc.state.value.sessions, "so that it can still be stopped"
    pc.keyring.trouble = None
    await window.stop_all()
    assert "session/prod" not in pc.keyring.items


@virtual
async def test_an_identitys_mfa_session_is_forgotten_once_nobody_is_busy_with_it() -> None:
    pc = machine(identity(), mfa_profile("prod"))
    window = await pc.process()
    click = asyncio.create_task(window.assume("prod"))
    await give(window, machine=pc)
    await click
    (key,) = [key for key in pc.state.value.sessions if key.startswith("mfa:")]
    async with pc.locks.hold(f"session {key}"):
        removing = asyncio.create_task(window.put_identity(replace(identity(), name="bob"), formerly="alice"))
        await asyncio.sleep(1)
        assert key in pc.state.value.sessions
    await removing
    assert key not in pc.state.value.sessions


@pytest.mark.parametrize("which", ["a", "b", "c"])
@virtual
async def test_a_lock_that_cannot_be_had_keeps_nothing_else_from_being_stopped(which: str) -> None:
    pc = machine(*(profile(name) for name in "abcde"))
    window = await pc.process()
    await asyncio.gather(*(window.assume(name) for name in "abcde"))
    pc.locks.trouble[f"session {which}"] = StorageTrouble(code="lock-failed", title="no lock")
    assert (await rejected(window.stop_all())).code == "lock-failed"
    assert set(pc.file.found) == {which}
    assert set(pc.state.value.sessions) == {which}
    pc.locks.trouble.clear()
    await window.stop_all()
    assert pc.file.found == {}


@virtual
async def test_what_is_ended_before_its_first_step_is_over() -> None:
    for turns in range(6):
        pc = machine(profile("prod"))
        window = await pc.process()
        keeper = window.engine.roster.profiles["prod"]
        wish = Wish(profile="prod", since=pc.clock.now(), by_person=True)
        waiting = asyncio.create_task(keeper.obtain(wish))
        for _ in range(turns):
            await asyncio.sleep(0)
        under_way = keeper.abandon()
        if under_way is not None:
            assert (await rejected(waiting)).code == "declined"
            assert not keeper.session.busy, turns
        await window.assume("prod")
        await waiting if under_way is None else None
        assert row(window, "prod").status is Status.ACTIVE, turns
