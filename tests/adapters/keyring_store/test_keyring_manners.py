"""Keyrings that are slow, items that others spoilt, and errors that know too much."""

from __future__ import annotations

import asyncio
import threading
from typing import TYPE_CHECKING

import keyring.backend
import keyring.errors
import pytest

from app.adapters.keyring_store import KeyringStore
from app.adapters.keyring_store.system import SystemVault
from app.adapters.keyring_store.vault import MemoryVault
from app.domain.errors import StorageTrouble
from app.domain.secret import Secret

if TYPE_CHECKING:
    from collections.abc import Iterator

CANARY = "canary-wJalrXUtnFEMI"


def everything_said(error: BaseException) -> Iterator[str]:
    """All that leads on from an error, as text."""
    seen: list[BaseException] = []
    waiting: list[BaseException | None] = [error]
    while waiting:
        each = waiting.pop()
        if each is not None and each not in seen:
            seen.append(each)
            yield f"{each} {each!r} {each.args!r}"
            waiting += [each.__cause__, each.__context__]


class Slow(MemoryVault):
    """Takes its time, and counts how many were answered."""

    def __init__(self, seconds: float) -> None:
        super().__init__()
        self.seconds = seconds
        self.never = threading.Event()
        self.begun = threading.Event()

    def get(self, key: str) -> Secret | None:
        self.begun.set()
        self.never.wait(self.seconds)
        return Secret(key)


async def test_ten_at_once_are_all_answered_by_one_that_is_slow() -> None:
    store = KeyringStore(lambda: Slow(0.2), seconds=1.0)
    found = await asyncio.gather(*(store.get(f"k{number}") for number in range(10)))
    assert found == [Secret(f"k{number}") for number in range(10)]


def keyring_threads() -> list[threading.Thread]:
    return [each for each in threading.enumerate() if each.name == "rolecall-keyring"]


async def test_the_end_waits_for_a_vault_that_is_just_being_opened() -> None:
    opening, opened = threading.Event(), threading.Event()

    def open_slowly() -> MemoryVault:
        opening.set()
        opened.wait(0.3)
        return MemoryVault()

    there = keyring_threads()
    store = KeyringStore(open_slowly)
    asking = asyncio.create_task(store.get("k"))
    await asyncio.to_thread(opening.wait)
    store.close()
    assert [each for each in keyring_threads() if each not in there] == [], "nobody is in a library when Python ends"
    assert await asking is None
    store.close()


async def test_the_end_does_not_wait_for_a_vault_that_hangs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.adapters.keyring_store.store.END_SECONDS", 0.05)
    vault = Slow(60)
    store = KeyringStore(lambda: vault)
    first, second = (asyncio.create_task(store.get(name)) for name in ("first", "second"))
    await asyncio.to_thread(vault.begun.wait)
    store.close()
    assert not vault.never.is_set()
    vault.never.set()
    assert await first == Secret("first")
    with pytest.raises(StorageTrouble) as trouble:
        await second
    assert trouble.value.code == "keyring-timeout"


async def test_those_who_come_later_do_not_prolong_one_that_hangs() -> None:
    vault = Slow(60)
    store = KeyringStore(lambda: vault, seconds=0.5)
    first = asyncio.create_task(store.get("first"))
    others = []
    for number in range(40):
        await asyncio.sleep(0.05)
        if first.done():
            break
        others.append(asyncio.create_task(store.get(f"{number}")))
    assert first.done()
    codes = [getattr(each, "code", "") for each in await asyncio.gather(first, *others, return_exceptions=True)]
    assert set(codes) == {"keyring-timeout"}
    vault.never.set()


class Backend(keyring.backend.KeyringBackend):
    """Holds bytes, as a Secret Service does."""

    def __init__(self) -> None:
        self.items: dict[str, bytes] = {}

    def get_password(self, service: str, username: str) -> str | None:
        found = self.items.get(username)
        return None if found is None else found.decode("utf-8")

    def set_password(self, service: str, username: str, password: str) -> None:
        self.items[username] = password.encode()

    def delete_password(self, service: str, username: str) -> None:
        if self.items.pop(username, None) is None:
            raise keyring.errors.PasswordDeleteError


async def test_an_item_that_is_no_text_is_told_replaced_and_removed() -> None:
    backend = Backend()
    store = KeyringStore(lambda: SystemVault(backend))
    backend.items["k"] = b"\xff" + CANARY.encode()
    with pytest.raises(StorageTrouble) as caught:
        await store.get("k")
    assert caught.value.code == "keyring-item-broken"
    assert "again" in caught.value.remedy
    assert not [text for text in everything_said(caught.value) if CANARY in text]
    await store.set("k", Secret("new"))
    assert await store.get("k") == Secret("new")
    backend.items["k"] = b"\xff"
    await store.delete("k")
    assert backend.items == {}


class Talkative(Backend):
    """Tells everything when it fails."""

    def set_password(self, service: str, username: str, password: str) -> None:
        message = f"could not store {password}"
        raise RuntimeError(message)


async def test_nothing_leads_from_a_failed_write_to_what_was_to_be_written() -> None:
    store = KeyringStore(lambda: SystemVault(Talkative()))
    with pytest.raises(StorageTrouble) as caught:
        await store.set("k", Secret(CANARY))
    assert caught.value.code == "keyring-failed"
    assert not [text for text in everything_said(caught.value) if CANARY in text]
