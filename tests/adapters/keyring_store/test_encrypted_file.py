from __future__ import annotations

import base64
import json
import multiprocessing
import os
import stat
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from app.adapters.keyring_store import open_store
from app.adapters.keyring_store.encrypted_file import COST, EncryptedFileVault
from app.domain.errors import StorageTrouble
from app.domain.secret import Secret

if TYPE_CHECKING:
    from collections.abc import Callable

CANARY = "canary-wJalrXUtnFEMI"
FAST = 2**4


def vault(path: Path, passphrase: str = "correct horse") -> EncryptedFileVault:
    return EncryptedFileVault(path, lambda _new: Secret(passphrase), cost=FAST)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "keys" / "keyring"


def test_nothing_readable_is_in_the_file(path: Path) -> None:
    vault(path).set("identity/alice-the-canary", Secret(CANARY))
    data = path.read_bytes()
    for hidden in (b"canary", b"alice", b"correct horse", base64.b64encode(CANARY.encode())[:20]):
        assert hidden not in data
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_another_vault_with_the_same_passphrase_reads_it(path: Path) -> None:
    vault(path).set("k", Secret(CANARY))
    assert vault(path).get("k") == Secret(CANARY)


def test_a_wrong_passphrase_is_told_and_asked_again(path: Path) -> None:
    vault(path).set("k", Secret(CANARY))
    before = path.read_bytes()
    answers = iter(["wrong", "wrong too", "correct horse"])
    asking = EncryptedFileVault(path, lambda _new: Secret(next(answers)), cost=FAST)
    for _ in range(2):
        with pytest.raises(StorageTrouble) as caught:
            asking.set("other", Secret("v"))
        assert caught.value.code == "keyring-passphrase"
        assert "wrong too" not in str(caught.value)
    assert path.read_bytes() == before
    assert asking.get("k") == Secret(CANARY)


def test_the_passphrase_is_asked_once_and_only_when_needed(path: Path) -> None:
    asked: list[bool] = []

    def ask(new: bool) -> Secret:
        asked.append(new)
        return Secret("correct horse")

    made = EncryptedFileVault(path, ask, cost=FAST)
    assert made.get("k") is None
    made.delete("k")
    assert asked == []
    assert not path.exists()
    made.set("k", Secret("v"))
    made.set("k", Secret("w"))
    assert made.get("k") == Secret("w")
    assert asked == [True]
    again = EncryptedFileVault(path, ask, cost=FAST)
    assert again.get("k") == Secret("w")
    assert asked == [True, False]


def test_an_empty_passphrase_is_none(path: Path) -> None:
    with pytest.raises(StorageTrouble) as caught:
        vault(path, "").set("k", Secret("v"))
    assert caught.value.code == "keyring-passphrase"
    assert not path.exists()


@pytest.mark.parametrize(
    "change",
    [
        lambda document: document.update(rolecall_keyring=2),
        lambda document: document.pop("items"),
        lambda document: document["scrypt"].update(n=2**30),
        lambda document: document["scrypt"].update(n=2**20, r=9),
        lambda document: document["scrypt"].update(n=3),
        lambda document: document["scrypt"].update(n=1),
        lambda document: document["scrypt"].update(n="16"),
        lambda document: document["scrypt"].update(r=0),
        lambda document: document["scrypt"].update(p=True),
        lambda document: document["scrypt"].update(p=1000),
        lambda document: document["scrypt"].update(salt="?"),
        lambda document: document.update(items="é"),
        lambda document: document.update(scrypt=3),
    ],
)
def test_a_damaged_or_forged_file_is_told_and_kept(path: Path, change: Callable[[dict[str, Any]], object]) -> None:
    vault(path).set("k", Secret(CANARY))
    document = json.loads(path.read_text())
    change(document)
    path.write_text(json.dumps(document))
    before = path.read_bytes()
    made = vault(path)
    attempts: list[Callable[[], object]] = [
        lambda: made.get("k"),
        lambda: made.set("k", Secret("v")),
        lambda: made.delete("k"),
    ]
    for attempt in attempts:
        with pytest.raises(StorageTrouble) as caught:
            attempt()
        assert caught.value.code == "keyring-failed"
    assert path.read_bytes() == before


@pytest.mark.parametrize("data", [b"", b"{", b"[]", b"\xff", b"[" * 100_000])
def test_something_else_in_its_place_is_told_and_kept(path: Path, data: bytes) -> None:
    path.parent.mkdir()
    path.write_bytes(data)
    with pytest.raises(StorageTrouble, match="damaged"):
        vault(path).set("k", Secret("v"))
    assert path.read_bytes() == data


def test_a_changed_token_is_noticed(path: Path) -> None:
    vault(path).set("k", Secret(CANARY))
    document = json.loads(path.read_text())
    token = bytearray(base64.urlsafe_b64decode(document["items"]))
    token[40] ^= 1
    document["items"] = base64.urlsafe_b64encode(token).decode()
    path.write_text(json.dumps(document))
    with pytest.raises(StorageTrouble) as caught:
        vault(path).get("k")
    assert caught.value.code == "keyring-passphrase"


def test_two_files_of_one_passphrase_have_different_keys(tmp_path: Path) -> None:
    salts = set()
    for name in ("a", "b"):
        vault(tmp_path / name).set("k", Secret("v"))
        salts.add(json.loads((tmp_path / name).read_text())["scrypt"]["salt"])
    assert len(salts) == 2


def test_a_new_file_costs_a_guesser_what_it_should(path: Path) -> None:
    EncryptedFileVault(path, lambda _new: Secret("correct horse")).set("k", Secret("v"))
    scrypt = json.loads(path.read_text())["scrypt"]
    # 128 * n * r bytes of memory for each guess.
    assert 128 * scrypt["n"] * scrypt["r"] == 64 * 2**20
    assert scrypt["n"] == COST
    assert scrypt["p"] >= 2


def test_a_failed_write_changes_nothing(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    vault(path).set("k", Secret(CANARY))
    before = path.read_bytes()

    def full(descriptor: int) -> None:
        raise OSError(28, os.strerror(28))

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(StorageTrouble) as caught:
        vault(path).set("k", Secret("v"))
    assert caught.value.code == "keyring-failed"
    assert path.read_bytes() == before


def _add(path: str, first: int) -> None:
    for number in range(first, first + 10):
        vault(Path(path)).set(f"k{number}", Secret("v"))


def test_processes_lose_nothing_to_each_other(path: Path) -> None:
    spawn = multiprocessing.get_context("spawn")
    workers = [spawn.Process(target=_add, args=(str(path), first)) for first in (0, 100, 200)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert [worker.exitcode for worker in workers] == [0, 0, 0]
    made = vault(path)
    assert all(made.get(f"k{first + number}") for first in (0, 100, 200) for number in range(10))


async def test_the_environment_leads_to_it(tmp_path: Path) -> None:
    (tmp_path / "passphrase").write_text("correct horse\n")
    environ = {
        "ROLECALL_KEYRING": f"file:{tmp_path / 'keyring'}",
        "ROLECALL_KEYRING_PASSPHRASE_FILE": str(tmp_path / "passphrase"),
    }
    await open_store(environ).set("k", Secret(CANARY))
    assert str(tmp_path / "keyring") in await open_store(environ).describe()
    # The line end is not part of the passphrase; typed, it is the same.
    del environ["ROLECALL_KEYRING_PASSPHRASE_FILE"]
    assert await open_store(environ, ask=lambda _new: Secret("correct horse")).get("k") == Secret(CANARY)


@pytest.mark.parametrize(
    ("passphrase_file", "word"), [(None, "no terminal"), ("nothing-there", "No such file"), (".", "directory")]
)
async def test_without_a_passphrase_it_says_what_to_do(tmp_path: Path, passphrase_file: str | None, word: str) -> None:
    environ = {"ROLECALL_KEYRING": f"file:{tmp_path / 'keyring'}"}
    if passphrase_file is not None:
        environ["ROLECALL_KEYRING_PASSPHRASE_FILE"] = str(tmp_path / passphrase_file)
    with pytest.raises(StorageTrouble, match=word) as caught:
        await open_store(environ).set("k", Secret(CANARY))
    assert caught.value.code == "keyring-passphrase"
    assert "ROLECALL_KEYRING_PASSPHRASE_FILE" in caught.value.remedy
