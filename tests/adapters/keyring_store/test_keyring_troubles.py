"""Keyrings that are locked, absent, slow, hanging, plaintext or broken."""

from __future__ import annotations

import asyncio
import gc
import subprocess
import sys
import threading
from typing import TYPE_CHECKING

import keyring.backend
import keyring.errors
import pytest
from keyring.backends import chainer, fail, null

from app.adapters.keyring_store import KeyringStore, open_store
from app.adapters.keyring_store.system import SystemVault, open_system_vault
from app.adapters.keyring_store.vault import MemoryVault
from app.domain.errors import RolecallError, StorageTrouble
from app.domain.secret import Secret
from tests.adapters.keyring_store.keyring_desktop import PASSWORD, Desktop

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager

# keyring and SecretStorage leave their connection to the garbage collector when a call fails.
pytestmark = pytest.mark.filterwarnings("ignore:unclosed <socket:ResourceWarning")
CANARY = "canary-wJalrXUtnFEMI"


@pytest.fixture(autouse=True)
def _collect_within_the_test() -> Iterator[None]:
    yield
    gc.collect()


async def trouble(store: KeyringStore, code: str) -> StorageTrouble:
    """Let every kind of call fail with `code`; return the last error."""
    errors = []
    for attempt in (store.get("k"), store.set("k", Secret(CANARY)), store.delete("k")):
        with pytest.raises(StorageTrouble) as caught:
            await attempt
        errors.append(caught.value)
    for error in errors:
        assert error.code == code
        assert error.remedy
        assert CANARY not in f"{error} {error!r} {error.__cause__!r}"
    return errors[-1]


# --- a real gnome-keyring --------------------------------------------------------------------------------------------


async def test_what_is_kept_outlives_the_daemon(desktop: Desktop) -> None:
    await open_store({}).set("identity/alice", Secret(CANARY))
    assert await open_store({}).get("identity/alice") == Secret(CANARY)
    desktop.stop_keyring()
    await trouble(open_store({}), "keyring-absent")
    desktop.keyring_daemon(PASSWORD)
    assert await open_store({}).get("identity/alice") == Secret(CANARY)


async def test_a_locked_keyring_that_asks_for_its_password_does_not_hang_us(desktop: Desktop) -> None:
    await open_store({}).set("k", Secret(CANARY))
    desktop.lock()
    store = KeyringStore(open_system_vault, seconds=1)
    with desktop.prompter(answers=False), pytest.raises(StorageTrouble) as caught:
        await store.get("k")
    assert caught.value.code == "keyring-timeout"


async def test_a_dismissed_prompt_means_locked(desktop: Desktop) -> None:
    store = open_store({})
    await store.set("k", Secret(CANARY))
    desktop.lock()
    with desktop.prompter(answers=True):
        await trouble(store, "keyring-locked")


async def test_a_keyring_locked_without_anyone_to_ask(desktop: Desktop) -> None:
    store = open_store({})
    await store.set("k", Secret(CANARY))
    desktop.lock()
    with pytest.raises(StorageTrouble) as caught:
        await store.get("k")
    assert caught.value.code == "keyring-locked"


async def test_it_is_absent_on_a_bus_without_one(
    bus: Callable[[], AbstractContextManager[Desktop]], monkeypatch: pytest.MonkeyPatch
) -> None:
    with bus() as desktop:
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", desktop.address)
        store = open_store({})
        await trouble(store, "keyring-absent")
        with pytest.raises(StorageTrouble, match="ROLECALL_KEYRING=file"):
            await store.describe()
        # One that is started later is found.
        desktop.keyring_daemon(PASSWORD)
        await store.set("k", Secret(CANARY))
        assert await store.describe() == "Secret Service"


async def test_it_is_absent_without_a_bus() -> None:
    await trouble(open_store({}), "keyring-absent")


# --- backends that cannot be trusted ---------------------------------------------------------------------------------


class Working(keyring.backend.KeyringBackend):
    """Somebody's own backend."""

    priority = 1.0

    def __init__(self) -> None:
        self.items: dict[str, str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.items.get(f"{service} {username}")

    def set_password(self, service: str, username: str, password: str) -> None:
        self.items[f"{service} {username}"] = password

    def delete_password(self, service: str, username: str) -> None:
        if f"{service} {username}" not in self.items:
            raise keyring.errors.PasswordDeleteError
        del self.items[f"{service} {username}"]


class PlaintextKeyring(Working):
    """Would write to a file in the clear."""


class Derived(PlaintextKeyring):
    """Hides what it is behind another name."""


KNOWN = type("Known", (Working,), {"__module__": "keyring.backends.kwallet"})


def untyped(backend: Callable[..., keyring.backend.KeyringBackend]) -> keyring.backend.KeyringBackend:
    return backend()


def chain(*members: keyring.backend.KeyringBackend) -> chainer.ChainerBackend:
    return type("Chain", (chainer.ChainerBackend,), {"backends": list(members)})()


def chosen(monkeypatch: pytest.MonkeyPatch, backend: keyring.backend.KeyringBackend) -> None:
    monkeypatch.setattr("keyring.core.load_env", lambda: backend)


@pytest.mark.parametrize(
    ("backend", "code", "word"),
    [
        (untyped(fail.Keyring), "keyring-absent", "no keyring"),
        (untyped(null.Keyring), "keyring-plaintext", "switched off"),
        (PlaintextKeyring(), "keyring-plaintext", "plain text"),
        (Derived(), "keyring-plaintext", "plain text"),
        (chain(KNOWN(), PlaintextKeyring()), "keyring-plaintext", "plain text"),
        (chain(untyped(null.Keyring), Working()), "keyring-plaintext", "switched off"),
        (chain(Working()), "keyring-plaintext", "unknown"),
    ],
)
async def test_a_backend_that_cannot_be_trusted_is_refused(
    monkeypatch: pytest.MonkeyPatch, backend: keyring.backend.KeyringBackend, code: str, word: str
) -> None:
    chosen(monkeypatch, backend)
    error = await trouble(open_store({}), code)
    assert word in str(error)
    assert getattr(backend, "items", {}) == {}


async def test_the_plain_text_package_is_refused_by_its_name(monkeypatch: pytest.MonkeyPatch) -> None:
    hidden = type("FileKeyring", (Working,), {"__module__": "keyrings.alt.file"})()
    chosen(monkeypatch, hidden)
    await trouble(open_store({}), "keyring-plaintext")


async def test_a_backend_of_ones_own_choice_is_used_and_named(monkeypatch: pytest.MonkeyPatch) -> None:
    backend = Working()
    chosen(monkeypatch, backend)
    store = open_store({})
    await store.set("identity/alice", Secret("v"))
    assert backend.items == {"rolecall identity/alice": "v"}
    assert (await store.describe()).endswith("Working")


@pytest.mark.parametrize(
    "name", ["no.such.module.Keyring", "keyring.backends.Nothing", "x", "keyring.backends.macOS.Keyring"]
)
async def test_a_wrong_choice_is_told(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", name)
    error = await trouble(open_store({}), "keyring-absent")
    assert "PYTHON_KEYRING_BACKEND" in error.remedy


# --- backends that fail ----------------------------------------------------------------------------------------------


class Failing(Working):
    def __init__(self, error: Exception) -> None:
        super().__init__()
        self.error = error

    def get_password(self, service: str, username: str) -> str | None:
        raise self.error

    def set_password(self, service: str, username: str, password: str) -> None:
        raise type(self.error)(f"could not store {password}")

    def delete_password(self, service: str, username: str) -> None:
        raise self.error


class PromptDismissedException(Exception):
    """Bears the name that a library of the Secret Service gives it."""


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (keyring.errors.KeyringLocked("x"), "keyring-locked"),
        (PromptDismissedException("x"), "keyring-locked"),
        (keyring.errors.InitError("x"), "keyring-absent"),
        (keyring.errors.NoKeyringError("x"), "keyring-absent"),
        (keyring.errors.KeyringError("x"), "keyring-failed"),
        (RuntimeError("x"), "keyring-failed"),
        (OSError(5, "x"), "keyring-failed"),
    ],
)
async def test_failures_have_their_code(error: Exception, code: str) -> None:
    await trouble(KeyringStore(lambda: SystemVault(Failing(error))), code)


async def test_a_failed_write_does_not_tell_what_was_written() -> None:
    class Refusing(Failing):
        def get_password(self, service: str, username: str) -> str | None:
            return None

    store = KeyringStore(lambda: SystemVault(Refusing(RuntimeError())))
    with pytest.raises(StorageTrouble) as caught:
        await store.set("k", Secret(CANARY))
    assert CANARY not in f"{caught.value}{caught.value.__cause__}"


# --- keyrings that hang ----------------------------------------------------------------------------------------------


class Hanging(MemoryVault):
    """Hangs in `get` until released."""

    def __init__(self) -> None:
        super().__init__()
        self.entered = threading.Event()
        self.release = threading.Event()

    def get(self, key: str) -> Secret | None:
        self.entered.set()
        assert self.release.wait(60)
        return super().get(key)


async def test_a_hanging_keyring_is_given_up_with_all_who_wait() -> None:
    vault = Hanging()
    store = KeyringStore(lambda: vault, seconds=0.2)
    turns = 0

    async def breathe() -> None:
        nonlocal turns
        while True:
            await asyncio.sleep(0)
            turns += 1

    breathing = asyncio.create_task(breathe())
    results = await asyncio.gather(
        store.get("a"), store.set("b", Secret("1")), store.describe(), return_exceptions=True
    )
    breathing.cancel()
    assert [getattr(each, "code", "") for each in results] == ["keyring-timeout"] * 3
    assert turns > 100
    # While it hangs, nobody waits again, and nothing of what was given up is done later.
    with pytest.raises(StorageTrouble, match="does not answer"):
        await store.get("c")
    vault.release.set()
    assert await Later(store).get("b") is None


class Later:
    """The store, once its hanging call has come back."""

    def __init__(self, store: KeyringStore) -> None:
        self._store = store

    async def get(self, key: str) -> Secret | None:
        async with asyncio.timeout(20):
            while True:
                try:
                    return await self._store.get(key)
                except RolecallError:
                    await asyncio.sleep(0.01)


async def test_a_call_that_was_cancelled_is_not_done() -> None:
    vault = Hanging()
    store = KeyringStore(lambda: vault, seconds=20)
    first = asyncio.create_task(store.get("a"))
    await asyncio.to_thread(vault.entered.wait)
    second = asyncio.create_task(store.set("b", Secret("1")))
    await asyncio.sleep(0)
    second.cancel()
    with pytest.raises(asyncio.CancelledError):
        await second
    vault.release.set()
    assert await first is None
    assert await store.get("b") is None


async def test_one_may_choose_memory_until_quit() -> None:
    vault = Hanging()
    store = KeyringStore(lambda: vault, seconds=0.05)
    with pytest.raises(StorageTrouble):
        await store.get("k")
    lasted = store.lasting
    store.keep_in_memory()
    assert (lasted, store.lasting) == (True, False)
    await store.set("k", Secret("v"))
    assert await store.get("k") == Secret("v")
    assert await store.describe() == "in memory until quit"
    vault.release.set()


def test_a_hanging_keyring_does_not_keep_the_program_from_ending() -> None:
    program = """
import asyncio, threading
from app.adapters.keyring_store import KeyringStore

class Hangs:
    def get(self, key):
        threading.Event().wait()

async def main():
    try:
        await KeyringStore(Hangs, seconds=0.05).get("k")
    except Exception as error:
        print(error.code)

asyncio.run(main())
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=30, check=True)
    assert done.stdout == "keyring-timeout\n"


# --- what is chosen, and when ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("wish", ["file:", "file", "Memory", "gnome"])
async def test_a_wish_that_is_none_is_told_when_something_is_asked(wish: str) -> None:
    error = await trouble(open_store({"ROLECALL_KEYRING": wish}), "keyring-absent")
    assert "ROLECALL_KEYRING" in error.title


def test_nothing_heavy_is_imported_before_something_is_asked() -> None:
    program = (
        "import sys; from app.adapters.keyring_store import open_store; open_store({});"
        "print([name for name in ('keyring', 'cryptography', 'secretstorage', 'filelock') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
