"""One store that writes again and again: what it knows of the file, and what it must not take for known."""

from __future__ import annotations

import errno
import os
import shutil
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from app.adapters.settings_file import SettingsFile
from app.adapters.settings_file.store import load
from app.domain.arn import RoleArn
from app.domain.configuration import Profile, Source, SourceKind
from app.domain.errors import StorageTrouble

if TYPE_CHECKING:
    from collections.abc import Iterator

FIXTURE = Path(__file__).parents[2] / "fixtures" / "settings" / "schema1.toml"
ROLE = RoleArn.parse("arn:aws:iam::123456789012:role/Admin")


def role(name: str, identity: str = "alice") -> Profile:
    return Profile(name=name, source=Source(kind=SourceKind.IDENTITY, name=identity), role_arn=ROLE)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    found = tmp_path / "config" / "config.toml"
    found.parent.mkdir()
    shutil.copy(FIXTURE, found)
    return found


@pytest.fixture
def store(path: Path, tmp_path: Path) -> Iterator[SettingsFile]:
    made = SettingsFile(path, lock_path=tmp_path / "state" / "config.lock")
    yield made
    made.close()


def test_what_it_wrote_itself_is_not_read_again(
    store: SettingsFile, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    full, read = path.read_text(), list[str]()
    loads = tomllib.loads

    def counted(text: str) -> dict[str, object]:
        if "schema" in text:  # not single values
            read.append(text)
        return loads(text)

    monkeypatch.setattr(tomllib, "loads", counted)
    store.put_now(role("one"))
    after = path.read_text()
    assert read == [full, after]
    store.put_now(role("two"))
    assert read[2:] == [path.read_text()]
    by_hand = path.read_text() + '\n[identity.bob]\naccess_key_id = "AKIAIOSFODNN7EXAMPLE"\n'
    path.write_text(by_hand)
    configuration = store.put_now(role("three", "bob"))
    assert read[3:] == [by_hand, path.read_text()]
    assert configuration == load(path)
    assert configuration.profiles.keys() >= {"one", "two", "three"}


def test_a_write_that_failed_is_not_taken_for_written(
    store: SettingsFile, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.put_now(role("one"))
    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", _no_space)
        with pytest.raises(StorageTrouble):
            store.put_now(role("two"))
    configuration = store.put_now(role("three"))
    assert {"one", "three"} <= configuration.profiles.keys() == load(path).profiles.keys()
    assert "two" not in configuration.profiles


def _no_space(_descriptor: int) -> None:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
