"""What stands in the place of a file and is none must not keep us waiting; homes that are not known are told."""

from __future__ import annotations

import errno
import os
import socket
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from app.adapters import directories, files
from app.adapters.autostart.switch import way_of
from app.adapters.aws_config import AwsConfigFile
from app.adapters.journal_file import JournalFile
from app.adapters.settings_file import SettingsFile
from app.adapters.state_file import read_state
from app.bootstrap import size
from app.domain.configuration import Settings
from app.domain.errors import StorageTrouble

if TYPE_CHECKING:
    from collections.abc import Callable

NOBODYS = "~nosuchuser"
WHAT = "It is a device, pipe or socket"


def pipe(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    os.mkfifo(path)


def test_a_pipe_keeps_nobody_waiting(tmp_path: Path) -> None:
    path = tmp_path / "file"
    pipe(path)
    before = len(os.listdir("/proc/self/fd"))  # noqa: PTH208  # names are enough
    with pytest.raises(OSError, match=WHAT):
        files.read(path)
    assert len(os.listdir("/proc/self/fd")) == before  # noqa: PTH208


def test_a_socket_a_directory_and_an_endless_device_are_no_files(tmp_path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(tmp_path / "socket"))
        with pytest.raises(OSError) as trouble:  # noqa: PT011  # told apart by its number
            files.read(tmp_path / "socket")
    assert trouble.value.errno == errno.ENXIO
    with pytest.raises(IsADirectoryError):
        files.read(tmp_path)
    with pytest.raises(OSError, match=WHAT):
        files.read(Path("/dev/zero"))


def test_the_null_device_is_an_empty_file() -> None:
    assert files.read(Path(os.devnull)) == b""


def test_our_own_files_may_be_pipes(tmp_path: Path) -> None:
    pipe(tmp_path / "config.toml")
    pipe(tmp_path / "sessions.json")
    pipe(tmp_path / "activity.jsonl")
    journal = JournalFile(tmp_path, now=lambda: datetime.now(UTC))
    calls: dict[str, Callable[[], object]] = {
        "settings-unreadable": SettingsFile(tmp_path / "config.toml", lock_path=tmp_path / "lock").load_now,
        "state-unreadable": lambda: read_state(tmp_path),
        "journal": journal.read_now,
    }
    for code, call in calls.items():
        with pytest.raises(StorageTrouble, match=WHAT) as trouble:
            call()
        assert trouble.value.code == code
        assert "Move away" in trouble.value.problem.remedy
    assert size.wished(tmp_path / "config.toml") == Settings().size


def test_a_home_that_is_not_there_is_no_path_of_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    assert files.expanded(f"{NOBODYS}/x") == Path(f"{NOBODYS}/x")
    monkeypatch.setenv("HOME", "/somewhere")
    assert files.expanded("~/x") == Path("/somewhere/x")
    for wish in (NOBODYS, f"{NOBODYS}/x"):
        with pytest.raises(StorageTrouble) as trouble:
            directories.find({"ROLECALL_HOME": wish})
        assert trouble.value.code == "home-unknown"
        assert wish in trouble.value.problem.detail
        assert "ROLECALL_HOME" in trouble.value.problem.remedy


def test_without_any_home_that_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    # Neither a variable, nor the list of users knows.
    monkeypatch.setenv("HOME", "")
    monkeypatch.setattr("pwd.getpwuid", {}.__getitem__)
    monkeypatch.setattr("os.path.expanduser", lambda text: text)
    with pytest.raises(StorageTrouble) as trouble:
        directories.find({})
    assert trouble.value.code == "home-unknown"
    assert way_of("linux", {}, ("rolecall",)).place.is_absolute()


def test_a_directory_that_was_deleted_below_us_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()
    with pytest.raises(StorageTrouble) as trouble:
        directories.find({"ROLECALL_HOME": "relative"})
    monkeypatch.chdir(tmp_path)
    assert trouble.value.code == "home-unknown"


def test_aws_files_of_a_home_that_is_not_there_are_not_there() -> None:
    environ = {"AWS_CONFIG_FILE": f"{NOBODYS}/config", "AWS_SHARED_CREDENTIALS_FILE": f"{NOBODYS}/credentials"}
    config = AwsConfigFile(environ)
    assert not config.read_now().profiles
    config.close()
