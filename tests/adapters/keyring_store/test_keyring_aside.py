"""A keyring in a process of its own: it is a vault as any other, and a help that nothing depends on."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from app.adapters.keyring_store import KeyringStore, aside
from app.adapters.keyring_store.aside import Aside
from app.adapters.keyring_store.vault import MemoryVault
from app.domain.errors import StorageTrouble
from app.domain.secret import Secret
from tests.adapters.keyring_store.test_vault_contract import CANARY, SecretStoreContract

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from app.adapters.keyring_store.vault import Vault

ROOT = Path(__file__).parents[3]
SERVE = """
import os, sys, time
from app.adapters.keyring_store import aside, vault
from app.domain.errors import StorageTrouble

class Hanging(vault.MemoryVault):
    def get(self, key):
        time.sleep(600)

class Refusing(vault.MemoryVault):
    def get(self, key):
        raise StorageTrouble(code="keyring-locked", title="Locked", detail="So it is.", remedy="Unlock it.")

class Dying(vault.MemoryVault):
    def get(self, key):
        os._exit(1)

class Babbling(vault.MemoryVault):
    def get(self, key):
        os.write(int(sys.argv[3]), b'{"value": "' + key.encode())
        os._exit(1)

def none():
    raise StorageTrouble(code="keyring-absent", title="None")

def broken():
    raise ImportError("half of a package")

kinds = {"memory": vault.MemoryVault, "hanging": Hanging, "refusing": Refusing, "dying": Dying, "none": none,
         "babbling": Babbling, "broken": broken}
aside.serve(kinds[sys.argv[1]], int(sys.argv[2]), int(sys.argv[3]))
os._exit(0)
"""
FORK = """
import os, threading, time
from app.adapters.keyring_store import aside, vault
from app.domain.secret import Secret

class Asked(vault.MemoryVault):
    def get(self, key):
        time.sleep(600 if key == "hanging" else 0)
        return super().get(key)

os.sched_getaffinity = lambda _: {0, 1}
aside.begin(Asked)
there = aside.taken()
assert aside.taken() is None
there.set("k", Secret("v"))
print(there.get("k").reveal(), there.describe(), flush=True)
threading.Thread(target=there.get, args=("hanging",), daemon=True).start()
time.sleep(0.1)
"""
HOLDS = """
import os
from app.adapters.keyring_store import aside, vault

os.sched_getaffinity = lambda _: {0, 1}
read, write = os.pipe()
aside.begin(vault.MemoryVault)
there = aside.taken()
there.describe()
os.close(write)
os.set_blocking(read, False)
print(os.read(read, 1), flush=True)
"""


class Spare(MemoryVault):
    """What is opened here when the child is lost."""

    def describe(self) -> str:
        """See Vault."""
        return "here"


@contextmanager
def child(kind: str, spare: Callable[[], Vault] = Spare) -> Iterator[tuple[Aside, subprocess.Popen[bytes]]]:
    """A vault of that kind behind two pipes."""
    questions, answers = os.pipe(), os.pipe()
    process = subprocess.Popen(
        [sys.executable, "-c", SERVE, kind, str(questions[0]), str(answers[1])],
        pass_fds=(questions[0], answers[1]),
        cwd=ROOT,
    )
    os.close(questions[0])
    os.close(answers[1])
    made = Aside(questions[1], answers[0], spare)
    try:
        yield made, process
    finally:
        made.close()
        process.wait(30)


class TestAside(SecretStoreContract):
    name = "in memory until quit"

    @pytest.fixture
    def store(self) -> Iterator[KeyringStore]:
        with child("memory") as (vault, _):
            yield KeyringStore(lambda: vault, lasting=False)


def test_a_refusal_is_told_as_it_was() -> None:
    with child("refusing") as (vault, _), pytest.raises(StorageTrouble) as refused:
        vault.get("k")
    error = refused.value
    assert (error.code, error.title, error.detail, error.remedy) == (
        "keyring-locked",
        "Locked",
        "So it is.",
        "Unlock it.",
    )


def test_a_keyring_that_is_not_there_is_told_for_each_question() -> None:
    with child("none") as (vault, _):
        for _again in range(2):
            with pytest.raises(StorageTrouble) as refused:
                vault.get("k")
            assert refused.value.code == "keyring-absent"


@pytest.mark.parametrize("kind", ["dying", "babbling"])
def test_a_child_that_is_lost_is_made_up_for_here(kind: str) -> None:
    spare = Spare()
    spare.set("k", Secret(CANARY))
    with child(kind, lambda: spare) as (vault, _):
        vault.set("k", Secret("not here"))
        assert vault.get("k") == Secret(CANARY)
        vault.set("other", Secret("v"))
        vault.delete("k")
        assert vault.describe() == "here"
    assert spare.get("other") == Secret("v")
    assert spare.get("k") is None


def test_a_keyring_that_is_broken_is_met_here_at_once() -> None:
    with child("broken") as (vault, _):
        assert vault.describe() == "here"


@pytest.mark.parametrize("act", ["get", "set", "delete", "describe"])
def test_whatever_is_asked_first_of_a_lost_child_is_done_here(act: str) -> None:
    spare = Spare()
    spare.set("k", Secret("v"))
    with child("memory", lambda: spare) as (vault, process):
        process.kill()
        process.wait(30)
        if act == "get":
            assert vault.get("k") == Secret("v")
        elif act == "set":
            vault.set("k", Secret("w"))
            assert spare.get("k") == Secret("w")
        elif act == "delete":
            vault.delete("k")
            assert spare.get("k") is None
        else:
            assert vault.describe() == "here"


def test_a_child_that_hangs_ends_with_the_pipe() -> None:
    with child("hanging") as (vault, process):
        asking = threading.Thread(target=vault.get, args=("k",))
        asking.start()
        vault.close()
        assert process.wait(30) == 0
        asking.join(30)
        assert not asking.is_alive()


def test_a_forked_child_answers_and_keeps_nobody_waiting() -> None:
    done = subprocess.run(
        [sys.executable, "-c", FORK], cwd=ROOT, capture_output=True, text=True, timeout=60, check=False
    )
    assert done.stderr == ""
    assert done.stdout == "v in memory until quit\n"
    assert done.returncode == 0


def test_a_forked_child_keeps_nothing_open_that_is_not_its_own() -> None:
    done = subprocess.run(
        [sys.executable, "-c", HOLDS], cwd=ROOT, capture_output=True, text=True, timeout=60, check=False
    )
    assert (done.stdout, done.stderr) == ("b''\n", "")


@pytest.mark.parametrize("call", ["pipe", "fork"])
def test_where_no_child_can_be_the_keyring_is_opened_here(call: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object) -> tuple[int, int]:
        raise OSError(11, "too many")

    before = len(list(Path("/proc/self/fd").iterdir()))
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: {0, 1})
    monkeypatch.setattr(os, call, refused)
    aside.begin(MemoryVault)
    assert aside.taken() is None
    assert len(list(Path("/proc/self/fd").iterdir())) == before


def test_what_the_keyring_seldom_uses_is_there_on_demand(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in aside._SELDOM_USED:
        made = aside._OnDemand(name)
        monkeypatch.setitem(sys.modules, name, made)
        assert not hasattr(made, "__path__")
    stand_in: Any = sys.modules["configparser"]
    parser = stand_in.ConfigParser()
    assert type(parser).__module__ == "configparser"
    assert sys.modules["configparser"] is not stand_in
    assert type(stand_in.ConfigParser()) is type(parser)
