"""What the keyring holds of a provider is bound to the place it was given for, whatever the settings say later."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING

import pytest

from app.core.doctor import examine
from app.core.provider_secrets import ProviderSecrets, client_secret_key, refresh_token_key
from app.domain.configuration import place_fingerprint
from app.domain.errors import StorageTrouble
from app.domain.secret import Secret
from app.domain.view import SignIn, Status
from tests.core.fakes import FakeKeyring, FakeState, machine, oidc, rejected, row, supervised
from tests.core.sign_in_rig import behind, keep, log_in_browser, login, need, provider
from tests.core.virtual_time import until, virtual

if TYPE_CHECKING:
    from app.domain.configuration import Provider
    from tests.core.fake_aws import Loose
    from tests.core.fakes import Machine

REFRESH = refresh_token_key("login")
CLIENT_SECRET = client_secret_key("login")
HERE, THERE = oidc(), oidc(issuer="https://elsewhere.example.com")
ELSEWHERE = [
    {"issuer": "https://elsewhere.example.com"},
    {"client_id": "another"},
    {"token_url": "https://elsewhere.example.com/token"},
    {"authorization_url": "https://elsewhere.example.com/authorize"},
    {"provider_id": "www.amazon.com"},
]


def edit(pc: Machine, *providers: Provider) -> None:
    """Somebody edits the settings file, or brings one from elsewhere."""
    entries = MappingProxyType({each.name: each for each in providers})
    pc.settings.write(replace(pc.settings.configuration, providers=entries))


async def sign_in_again(front: Loose, pc: Machine, name: str) -> None:
    """Renew where a person has to sign in anew."""
    click = asyncio.create_task(front.refresh(name))
    await until(lambda: pc.oidc.pending)
    pc.oidc.log_in()
    await click


# --- Asking nobody ----------------------------------------------------------------------------------------------------


@virtual
async def test_starting_up_reads_nothing_from_the_keyring_and_knows_who_is_remembered() -> None:
    pc = machine(oidc(), oidc("other"), *behind("login", "a"))
    await log_in_browser(await pc.process(), pc, "a")
    pc.keyring.asked.clear()
    pc.keyring.trouble = StorageTrouble(code="keyring-locked", title="The keyring is locked")
    front = await pc.process()
    await front.engine.look(force=True)
    assert pc.keyring.asked == []
    assert provider(front, "login").status is SignIn.REMEMBERED
    assert provider(front, "other").status is SignIn.OUT
    await front.inspect_keyring()
    assert pc.keyring.asked == ["describe"]
    assert provider(front, "login").remembered


@virtual
async def test_other_processes_learn_of_it_without_the_keyring() -> None:
    pc = login("a")
    window, command_line = await pc.process(), await pc.process()
    async with supervised(window):
        await log_in_browser(command_line, pc, "a")
        await until(lambda: provider(window, "login").remembered, seconds=10)
        pc.keyring.asked.clear()
        await command_line.sign_out("login")
        await until(lambda: not provider(window, "login").remembered, seconds=10)
    assert pc.keyring.asked.count(f"get {REFRESH}") == 1, "to tell the provider, by the one that signs out"
    assert pc.state.value.provider_secrets == {}
    assert REFRESH not in pc.keyring.items


@virtual
async def test_what_somebody_deleted_from_the_keyring_is_not_remembered() -> None:
    pc = login("a")
    await log_in_browser(await pc.process(), pc, "a")
    del pc.keyring.items[REFRESH]
    front = await pc.process()
    assert provider(front, "login").remembered, "nobody has looked yet"
    await sign_in_again(front, pc, "a")
    assert pc.oidc.refreshes == 0
    del pc.keyring.items[REFRESH]
    absent = await pc.process(person_present=False)
    assert (await rejected(absent.refresh("a"))).code == "needs-sign-in"
    assert not provider(absent, "login").remembered
    assert pc.state.value.provider_secrets == {}


@virtual
async def test_a_process_without_the_keyring_leaves_what_others_remember() -> None:
    pc = login("a")
    await log_in_browser(await pc.process(), pc, "a")
    pc.keyring.trouble = StorageTrouble(code="keyring-absent", title="There is no keyring")
    front = await pc.process(person_present=False)
    assert (await rejected(front.refresh("a"))).code == "needs-sign-in"
    pc.keyring.trouble = None
    await (await pc.process(person_present=False)).refresh("a")
    assert pc.oidc.opened == 1


# --- Another place under the same name --------------------------------------------------------------------------------


@pytest.mark.parametrize("change", ELSEWHERE, ids=lambda change: next(iter(change)))
@virtual
async def test_a_refresh_token_is_sent_nowhere_but_where_it_was_given(change: Loose) -> None:
    pc = login("a")
    running = await pc.process()
    await log_in_browser(running, pc, "a")
    token = pc.keyring.items[REFRESH]
    edit(pc, oidc(**change))
    await running.engine.look()
    for front in (running, await pc.process()):
        assert not provider(front, "login").remembered
        pc.keyring.asked.clear()
        click = asyncio.create_task(front.refresh("a"))
        await until(lambda: pc.oidc.pending)
        assert f"get {REFRESH}" not in pc.keyring.asked
        assert pc.oidc.sent == []
        await front.cancel("a")
        assert (await rejected(click)).code == "declined"
    assert pc.keyring.items[REFRESH] == token
    await sign_in_again(front, pc, "a")
    assert pc.keyring.items[REFRESH] != token
    assert pc.state.value.provider_secrets == {REFRESH: place_fingerprint(oidc(**change))}
    await asyncio.sleep(3600)
    await front.refresh("a")
    assert {place for place, _ in pc.oidc.sent} == {oidc(**change)}


@virtual
async def test_settings_that_come_back_find_their_sign_in_again() -> None:
    pc = login("a")
    await log_in_browser(await pc.process(), pc, "a")
    edit(pc, THERE)
    await pc.process()
    edit(pc, HERE)
    front = await pc.process(person_present=False)
    await front.refresh("a")
    assert (pc.oidc.opened, pc.oidc.refreshes) == (1, 1)


@virtual
async def test_in_the_background_a_person_is_asked_instead() -> None:
    pc = login("a")
    front = await pc.process()
    async with supervised(front):
        await log_in_browser(front, pc, "a")
        edit(pc, THERE)
        await until(lambda: front.snapshot().needs, seconds=2 * 3600)
        assert not need(front).sign_in.opened
        assert pc.oidc.sent == []
        assert front.snapshot().health.next_person_needed is not None


@virtual
async def test_signing_out_sends_a_token_of_another_place_to_nobody_and_deletes_it() -> None:
    pc = login("a")
    await log_in_browser(await pc.process(), pc, "a")
    edit(pc, THERE)
    front = await pc.process()
    await front.sign_out("login")
    assert (pc.oidc.signed_out, pc.oidc.sent) == ([], [])
    assert REFRESH not in pc.keyring.items
    assert pc.state.value.provider_secrets == {}


@virtual
async def test_removing_a_provider_deletes_what_is_of_another_place() -> None:
    pc = machine(THERE)
    keep(pc, REFRESH, "refresh", HERE)
    keep(pc, CLIENT_SECRET, "s3cret", HERE)
    front = await pc.process()
    await front.remove_provider("login")
    assert pc.keyring.items.keys() == {"identity/alice"}
    assert pc.state.value.provider_secrets == {}


@virtual
async def test_two_processes_with_other_settings_never_exchange_each_others_tokens() -> None:
    pc = login("a", "b")
    here = await pc.process()
    await log_in_browser(here, pc, "a")
    edit(pc, THERE)
    there = await pc.process()
    await asyncio.sleep(3600)
    await asyncio.gather(here.refresh("a"), sign_in_again(there, pc, "b"))
    tokens = {token for place, token in pc.oidc.sent if place == HERE}
    assert pc.keyring.items[REFRESH].reveal() not in tokens
    await asyncio.sleep(3600)
    click = asyncio.create_task(here.refresh("a"))
    await until(lambda: pc.oidc.pending)
    assert {token for place, token in pc.oidc.sent if place == HERE} == tokens
    await here.cancel("a")
    await rejected(click)


# --- Client secrets ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("change", ELSEWHERE, ids=lambda change: next(iter(change)))
@virtual
async def test_a_client_secret_of_another_place_is_not_sent_but_told(change: Loose) -> None:
    pc = login("a")
    await (await pc.process()).put_provider(HERE, client_secret="s3cret")
    edit(pc, oidc(**change))
    front = await pc.process()
    error = await rejected(front.assume("a"))
    assert (error.code, error.field) == ("client-secret-elsewhere", "client_secret")
    assert "rolecall provider add login --client-secret" in error.remedy
    assert (pc.oidc.opened, pc.oidc.secrets) == (0, [])
    assert row(front, "a").problem.code == provider(front, "login").problem.code == "client-secret-elsewhere"
    assert "client-secret-elsewhere" in [each.code for each in await examine(front.engine, {})]
    await front.put_provider(oidc(**change), client_secret="new")
    await log_in_browser(front, pc, "a")
    assert pc.oidc.secrets == ["new"]
    assert row(front, "a").status is Status.ACTIVE


@virtual
async def test_a_provider_saved_without_a_secret_has_none_of_another_place() -> None:
    pc = login("a")
    await (await pc.process()).put_provider(HERE, client_secret="s3cret")
    edit(pc, THERE)
    front = await pc.process()
    await front.put_provider(THERE)
    assert CLIENT_SECRET not in pc.keyring.items
    await log_in_browser(front, pc, "a")
    assert pc.oidc.secrets == [""]


@virtual
async def test_a_client_secret_that_nobody_knows_the_place_of_is_not_sent() -> None:
    pc = login("a")
    pc.keyring.items[CLIENT_SECRET] = Secret("s3cret")
    front = await pc.process()
    assert (await rejected(front.assume("a"))).code == "client-secret-elsewhere"
    assert pc.oidc.secrets == []
    await front.put_provider(HERE)
    assert CLIENT_SECRET not in pc.keyring.items
    assert pc.state.value.provider_secrets == {}
    await log_in_browser(front, pc, "a")


@virtual
async def test_another_place_in_the_editor_forgets_the_secret_of_the_old_one() -> None:
    pc = login("a")
    front = await pc.process()
    await front.put_provider(HERE, client_secret="s3cret")
    await front.put_provider(oidc(session_name_claim="email"))
    assert CLIENT_SECRET in pc.keyring.items, "the same place keeps it"
    await front.put_provider(THERE)
    assert CLIENT_SECRET not in pc.keyring.items
    await front.put_provider(HERE, client_secret="s3cret")
    await front.put_provider(replace(THERE, name="work"), formerly="login")
    assert pc.keyring.items.keys() == {"identity/alice"}
    assert pc.state.value.provider_secrets == {}


@virtual
async def test_a_new_name_moves_the_entries_along() -> None:
    pc = login("a")
    front = await pc.process()
    await front.put_provider(HERE, client_secret="s3cret")
    await log_in_browser(front, pc, "a")
    await front.put_provider(oidc("work"), formerly="login")
    place = place_fingerprint(HERE)
    assert pc.state.value.provider_secrets == {refresh_token_key("work"): place, client_secret_key("work"): place}
    again = await pc.process(person_present=False)
    assert provider(again, "work").remembered
    await again.refresh("a")
    assert (pc.oidc.opened, pc.oidc.secrets) == (1, ["s3cret", "s3cret"])


# --- Kept in memory ---------------------------------------------------------------------------------------------------


@virtual
async def test_what_is_kept_in_memory_works_and_leaves_no_entry() -> None:
    pc = login("a")
    front = await pc.process()
    await front.keep_secrets_in_memory()
    await front.put_provider(HERE, client_secret="s3cret")
    await log_in_browser(front, pc, "a")
    assert provider(front, "login").remembered
    await asyncio.sleep(3600)
    await front.refresh("a")
    assert (pc.oidc.opened, pc.oidc.refreshes, set(pc.oidc.secrets)) == (1, 1, {"s3cret"})
    assert pc.state.value.provider_secrets == {}
    await front.put_provider(oidc("work"), formerly="login")
    await front.refresh("a")
    assert pc.oidc.opened == 1
    pc.keyring.items, pc.keyring.lasting = {}, True
    assert not provider(await pc.process(), "work").remembered


@virtual
async def test_who_keeps_secrets_in_memory_takes_none_of_other_processes_entries_for_its_own() -> None:
    pc = login("a")
    await log_in_browser(await pc.process(), pc, "a")
    kept = dict(pc.state.value.provider_secrets)
    front = await pc.process()
    await front.keep_secrets_in_memory()
    assert not provider(front, "login").remembered
    await front.engine.look(force=True)
    assert not provider(front, "login").remembered
    await sign_in_again(front, pc, "a")
    assert pc.state.value.provider_secrets == kept
    edit(pc, THERE)
    await front.engine.look()
    assert not provider(front, "login").remembered


# --- Crashes ----------------------------------------------------------------------------------------------------------


class Crash(BaseException):
    """The process is gone."""


class Doomed:
    """Counts what is written, and ends the process before or after the write of a number."""

    def __init__(self, pc: Machine, at: int, *, after: bool) -> None:
        self._left, self._after = at, after
        self._wrap(pc.keyring, "set")
        self._wrap(pc.keyring, "delete")
        self._wrap(pc.state, "update")

    def _wrap(self, owner: FakeKeyring | FakeState, name: str) -> None:
        work = getattr(owner, name)

        async def write(*arguments: object) -> object:
            self._left -= 1
            if self._left == 0 and not self._after:
                raise Crash
            result = await work(*arguments)
            if self._left == 0:
                raise Crash
            return result

        setattr(owner, name, write)


Work = tuple[int, Callable[[ProviderSecrets], Coroutine[object, object, None]]]
WORKS: dict[str, Work] = {
    "another place": (3, lambda each: each.put(REFRESH, Secret("there"), THERE)),
    "rotated": (2, lambda each: each.put(REFRESH, Secret("here again"), HERE)),
    "deleted": (2, lambda each: each.delete(REFRESH)),
    "renamed": (5, lambda each: each.move(REFRESH, refresh_token_key("work"), HERE, oidc("work"))),
}
"""What is done, and with how many writes."""


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
@pytest.mark.parametrize(
    ("work", "at"), [(name, at) for name, (writes, _) in WORKS.items() for at in range(1, writes + 1)]
)
@virtual
async def test_a_crash_at_any_write_leaves_no_token_for_another_place(work: str, at: int, *, after: bool) -> None:
    pc = login("a")
    keep(pc, REFRESH, "here", HERE)
    keep(pc, refresh_token_key("work"), "there", replace(THERE, name="work"))
    doomed = await pc.process()
    Doomed(pc, at, after=after)
    with pytest.raises(Crash):
        await WORKS[work][1](doomed.engine.provider_secrets)
    kept = (await pc.process()).engine.provider_secrets
    for name in ("login", "work"):
        for place, its in ((HERE, ("here", "here again")), (THERE, ("there",))):
            found = await kept.get(refresh_token_key(name), replace(place, name=name))
            assert found is None or found.reveal() in its


@pytest.mark.parametrize("kind", ["refresh token", "client secret"])
@virtual
async def test_what_another_process_puts_there_while_it_is_read_is_not_taken(kind: str) -> None:
    pc = login("a")
    item = REFRESH if kind == "refresh token" else CLIENT_SECRET
    keep(pc, item, "here", HERE)
    front, other = await pc.process(), await pc.process()
    read = pc.keyring.get

    async def slowly(key: str) -> Secret | None:
        pc.keyring.get = read  # type: ignore[method-assign]  # once
        await other.engine.provider_secrets.put(item, Secret("there"), THERE)
        return await read(key)

    pc.keyring.get = slowly  # type: ignore[method-assign]  # a keyring that takes its time
    secrets = front.engine.provider_secrets
    if kind == "refresh token":
        assert await secrets.get(item, HERE) is None
    else:
        assert (await rejected(secrets.client_secret(HERE))).code == "client-secret-elsewhere"
    assert pc.keyring.items[item].reveal() == "there"


@virtual
async def test_two_processes_saving_at_once_leave_no_secret_for_another_place() -> None:
    pc = login("a")
    first, second = await pc.process(), await pc.process()
    write = pc.keyring.set

    async def slowly(key: str, value: Secret) -> None:
        pc.keyring.set = write  # type: ignore[method-assign]  # once
        await write(key, value)
        await asyncio.sleep(1)

    pc.keyring.set = slowly  # type: ignore[method-assign]  # a keyring that takes its time
    await asyncio.gather(
        first.put_provider(HERE, client_secret="here"), second.put_provider(THERE, client_secret="there")
    )
    place = {"here": place_fingerprint(HERE), "there": place_fingerprint(THERE)}
    assert pc.state.value.provider_secrets == {CLIENT_SECRET: place[pc.keyring.items[CLIENT_SECRET].reveal()]}


@virtual
async def test_a_state_that_cannot_be_written_leaves_the_token_in_memory() -> None:
    pc = login("a")
    front = await pc.process()
    click = asyncio.create_task(front.assume("a"))
    await until(lambda: pc.oidc.pending)
    write, pc.state.update = pc.state.update, _full  # type: ignore[method-assign]  # a full disk
    sign_in = front.engine.sign_in("login")
    pc.oidc.log_in()
    await until(lambda: sign_in.remembered)
    await until(lambda: front.snapshot().health.keyring_problem)
    pc.state.update = write  # type: ignore[method-assign]  # and space again
    await asyncio.wait([click])
    assert provider(front, "login").remembered
    assert not provider(await pc.process(), "login").remembered
    await asyncio.sleep(3600)
    await front.refresh("a")
    assert pc.oidc.opened == 1
    assert provider(await pc.process(), "login").remembered


async def _full(change: object) -> Loose:
    raise StorageTrouble(code="state-unwritable", title="The state could not be written")
