from __future__ import annotations

import threading

import pytest

from app.adapters.keyring_store.choice import read_now
from app.adapters.keyring_store.store import get_now
from app.adapters.keyring_store.vault import MemoryVault
from app.domain.errors import StorageTrouble
from app.domain.secret import Secret


def test_a_secret_is_read_without_an_event_loop() -> None:
    vault = MemoryVault()
    vault.set("session/dev", Secret("it"))
    assert get_now(lambda: vault, "session/dev") == Secret("it")
    assert get_now(lambda: vault, "session/other") is None
    assert read_now({"ROLECALL_KEYRING": "memory"}, "session/dev") is None


def test_a_keyring_that_hangs_is_given_up() -> None:
    ended = threading.Event()

    class Hanging(MemoryVault):
        def get(self, key: str) -> Secret | None:
            ended.wait()
            return super().get(key)

    try:
        with pytest.raises(StorageTrouble) as trouble:
            get_now(Hanging, "session/dev", seconds=0.01)
    finally:
        ended.set()
    assert trouble.value.code == "keyring-timeout"


def test_what_a_keyring_fails_with_is_raised() -> None:
    with pytest.raises(StorageTrouble) as trouble:
        read_now({"ROLECALL_KEYRING": "nonsense"}, "session/dev")
    assert trouble.value.code == "keyring-absent"
