"""What every place for secrets has to do. Each has a class here that inherits the whole contract."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from keyring.backend import KeyringBackend
from keyring.errors import PasswordDeleteError, PasswordSetError

from app.adapters.keyring_store import KeyringStore, open_store
from app.adapters.keyring_store.encrypted_file import EncryptedFileVault
from app.adapters.keyring_store.system import SystemVault
from app.domain.secret import Secret

if TYPE_CHECKING:
    from pathlib import Path

CANARY = "canary-wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"


class SecretStoreContract:
    """Inherit, and give a fixture `store` with nothing in it."""

    name: str

    async def test_nothing_is_there_at_first(self, store: KeyringStore) -> None:
        assert await store.get("identity/alice") is None

    async def test_what_is_set_is_read(self, store: KeyringStore) -> None:
        await store.set("identity/alice", Secret(CANARY))
        found = await store.get("identity/alice")
        assert found is not None
        assert found.reveal() == CANARY

    async def test_setting_again_replaces(self, store: KeyringStore) -> None:
        await store.set("k", Secret("one"))
        await store.set("k", Secret("two"))
        assert await store.get("k") == Secret("two")

    async def test_items_do_not_mix(self, store: KeyringStore) -> None:
        for number in range(4):
            await store.set(f"session/{number}", Secret(f"value {number}"))
        await store.delete("session/2")
        assert [await store.get(f"session/{number}") for number in range(4)] == [
            Secret("value 0"),
            Secret("value 1"),
            None,
            Secret("value 3"),
        ]

    async def test_deleting_what_is_not_there_is_fine(self, store: KeyringStore) -> None:
        await store.delete("nobody")
        await store.set("k", Secret("v"))
        await store.delete("k")
        await store.delete("k")
        assert await store.get("k") is None

    @pytest.mark.parametrize(
        "text", ["", " ", "é ✓ 😀 \u0000".rstrip("\u0000"), "line\nbreak\r\n", "\"'\\", "rolecall-parts:2:ab"]
    )
    async def test_any_text_comes_back(self, store: KeyringStore, text: str) -> None:
        await store.set("k", Secret(text))
        assert await store.get("k") == Secret(text)

    @pytest.mark.parametrize("key", ["identity/ü ö", "a/b/c", "session/mfa:alice:arn:aws:iam::1:mfa/alice", "x" * 300])
    async def test_any_key_will_do(self, store: KeyringStore, key: str) -> None:
        await store.set(key, Secret("v"))
        assert await store.get(key) == Secret("v")
        await store.delete(key)
        assert await store.get(key) is None

    @pytest.mark.parametrize("length", [1199, 1200, 1201, 2400, 2401, 12_000])
    async def test_long_values_come_back_and_go(self, store: KeyringStore, length: int) -> None:
        text = "".join(chr(0x61 + number % 26) for number in range(length))
        await store.set("long", Secret(text))
        assert await store.get("long") == Secret(text)
        await store.set("long", Secret(text[::-1] + "!"))
        assert await store.get("long") == Secret(text[::-1] + "!")
        await store.set("long", Secret("short"))
        assert await store.get("long") == Secret("short")
        await store.delete("long")
        assert await store.get("long") is None

    async def test_it_has_a_name(self, store: KeyringStore) -> None:
        assert self.name in await store.describe()

    async def test_it_says_whether_it_outlives_the_process(self, store: KeyringStore) -> None:
        assert store.lasting is (self.name != "in memory until quit")


class TestMemory(SecretStoreContract):
    name = "in memory until quit"

    @pytest.fixture
    def store(self) -> KeyringStore:
        return open_store({"ROLECALL_KEYRING": "memory"})


class TestEncryptedFile(SecretStoreContract):
    name = "encrypted file"

    @pytest.fixture
    def store(self, tmp_path: Path) -> KeyringStore:
        vault = EncryptedFileVault(tmp_path / "keyring", lambda _new: Secret("correct horse"), cost=2**4)
        return KeyringStore(lambda: vault)


class TestGnomeKeyring(SecretStoreContract):
    name = "Secret Service"

    @pytest.fixture
    def store(self, desktop: object) -> KeyringStore:
        return open_store({})


class SmallBackend(KeyringBackend):
    """Holds as much in one item as Windows does: 2,560 bytes of UTF-16."""

    def __init__(self) -> None:
        self.items: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.items.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        if len(password.encode("utf-16-le")) > 2560:
            message = "too long"
            raise PasswordSetError(message)
        self.items[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        if self.items.pop((service, username), None) is None:
            message = "not found"
            raise PasswordDeleteError(message)


class TestBackendOfLimitedSize(SecretStoreContract):
    name = "SmallBackend"

    @pytest.fixture
    def backend(self) -> SmallBackend:
        return SmallBackend()

    @pytest.fixture
    def store(self, backend: SmallBackend) -> KeyringStore:
        return KeyringStore(lambda: SystemVault(backend, limit=1200))

    async def test_characters_of_two_units_fit_as_well(self, store: KeyringStore) -> None:
        text = "😀a" * 2000
        await store.set("k", Secret(text))
        assert await store.get("k") == Secret(text)

    async def test_no_part_is_left_behind(self, store: KeyringStore, backend: SmallBackend) -> None:
        await store.set("k", Secret("a" * 5000))
        assert len(backend.items) == 6
        await store.set("k", Secret("b" * 3000))
        assert len(backend.items) == 4
        await store.delete("k")
        assert backend.items == {}

    async def test_a_missing_part_is_told(self, store: KeyringStore, backend: SmallBackend) -> None:
        await store.set("k", Secret("a" * 5000))
        del backend.items[next(key for key in backend.items if key[1] != "k")]
        with pytest.raises(Exception, match="incomplete") as caught:
            await store.get("k")
        assert getattr(caught.value, "code", "") == "keyring-item-broken"
