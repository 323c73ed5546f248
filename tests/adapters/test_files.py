"""Small files replaced as a whole: what the system refuses on the way, and what a killed writer leaves behind."""

from __future__ import annotations

import errno
import fcntl
import os
import stat
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from app.adapters import files
from app.adapters.journal_file import JournalFile
from app.adapters.keyring_store.encrypted_file import EncryptedFileVault
from app.adapters.settings_file import SettingsFile, profiles_file
from app.adapters.state_file import StateFile
from app.adapters.text_file import TextFile
from app.domain.errors import StorageTrouble
from app.domain.happening import Happening, What
from app.domain.secret import Secret

if TYPE_CHECKING:
    from collections.abc import Callable

NOW = datetime(2026, 11, 22, 1, 0, tzinfo=UTC)
MINUTES_AGO = 120.0


def fails(reason: int) -> Callable[..., object]:
    def call(*_: object, **__: object) -> object:
        raise OSError(reason, os.strerror(reason))

    return call


def orphan(path: Path, *, age: float = 0.0) -> Path:
    """What a killed writer of `path` leaves, so many seconds ago."""
    left = path.with_name(f".{path.name}.0123456789abcdef.rolecall-tmp")
    left.write_bytes(b"half")
    then = left.stat().st_mtime - age
    os.utime(left, (then, then))
    return left


# --- Refusals --------------------------------------------------------------------------------------------------------


def test_a_directory_that_cannot_be_synced_is_no_failed_write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sync = os.fsync

    def only_files(descriptor: int) -> None:
        if stat.S_ISDIR(os.fstat(descriptor).st_mode):
            raise OSError(errno.EIO, "broken")
        sync(descriptor)

    monkeypatch.setattr(os, "fsync", only_files)
    files.replace(tmp_path / "file", b"new")
    assert (tmp_path / "file").read_bytes() == b"new"


def test_what_cannot_be_tidied_up_does_not_hinder_a_write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    left = orphan(tmp_path / "file")
    monkeypatch.setattr(Path, "unlink", fails(errno.EACCES))
    files.replace(tmp_path / "file", b"new")
    assert (tmp_path / "file").read_bytes() == b"new"
    assert left.exists()


def test_the_first_error_is_told_not_that_of_clearing_away(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "fsync", fails(errno.ENOSPC))
    monkeypatch.setattr(Path, "unlink", fails(errno.EIO))
    with pytest.raises(OSError, match="No space left"):
        files.replace(tmp_path / "file", b"new")


def test_a_link_that_cannot_be_looked_at_is_not_written_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    link, target = tmp_path / "link", tmp_path / "target"
    target.write_bytes(b"old")
    link.symlink_to(target)
    look = os.lstat

    def not_the_link(path: str, **options: int) -> os.stat_result:
        if Path(path) == link:
            raise OSError(errno.EIO, "broken")
        return look(path, **options)

    with monkeypatch.context() as patched:
        patched.setattr(os, "lstat", not_the_link)
        with pytest.raises(OSError, match="broken"):
            files.replace(link, b"new")
    assert link.is_symlink()
    assert target.read_bytes() == b"old"


def test_a_dangling_link_tells_where_the_file_is_made(tmp_path: Path) -> None:
    (tmp_path / "first").symlink_to("second")
    (tmp_path / "second").symlink_to(Path("not yet") / "file")
    files.replace(tmp_path / "first", b"new")
    assert (tmp_path / "not yet" / "file").read_bytes() == b"new"
    assert (tmp_path / "first").is_symlink()
    assert (tmp_path / "second").is_symlink()


def test_a_dangling_link_that_cannot_be_read_is_not_written_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "link").symlink_to("nowhere")
    with monkeypatch.context() as patched:
        patched.setattr(Path, "readlink", fails(errno.EIO))
        with pytest.raises(OSError, match="Input/output"):
            files.replace(tmp_path / "link", b"new")
    assert (tmp_path / "link").is_symlink()


def test_links_in_a_circle_are_an_error_of_the_system(tmp_path: Path) -> None:
    (tmp_path / "one").symlink_to("two")
    (tmp_path / "two").symlink_to("one")
    with pytest.raises(OSError, match="Too many levels") as raised:
        files.replace(tmp_path / "one", b"new")
    assert raised.value.errno == errno.ELOOP
    with pytest.raises(StorageTrouble, match="Too many levels"):
        profiles_file.write_now(str(tmp_path / "one" / "team.toml"), ())
    with pytest.raises(OSError, match="Too many levels"):
        files.private_directory(tmp_path / "one" / "below")


def test_a_lock_that_cannot_be_given_back_is_no_failed_write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    flock = fcntl.flock
    refused: list[int] = []

    def not_back(descriptor: int, operation: int) -> None:
        if operation == fcntl.LOCK_UN and not refused:
            refused.append(descriptor)
            raise OSError(errno.ENOLCK, "gone")
        flock(descriptor, operation)

    monkeypatch.setattr(fcntl, "flock", not_back)
    with files.locked(tmp_path / "lock"):
        pass
    assert refused
    with files.locked(tmp_path / "lock", seconds=0.0):
        pass


@pytest.mark.parametrize(
    ("reason", "word"),
    [
        (errno.ENOSPC, "space"),
        (errno.EDQUOT, "quota"),
        (errno.EROFS, "read"),
        (errno.EACCES, "modes"),
        (errno.EMFILE, "ulimit -n"),
        (errno.ENOLCK, "lock service"),
        (errno.EIO, "log"),
        (errno.ELOOP, "symbolic link"),
        (errno.EXDEV, "who owns"),
    ],
)
def test_each_error_has_its_own_remedy(tmp_path: Path, reason: int, word: str) -> None:
    told = files.trouble(OSError(reason, os.strerror(reason)), code="c", title="T", path=tmp_path)
    assert word in told.remedy
    assert told.detail == f"{tmp_path}: {os.strerror(reason)}."


def test_the_mode_of_a_new_file_is_its_own_from_the_beginning(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Path, "chmod", fails(errno.EPERM))
    profiles_file.write_now(str(tmp_path / "team.toml"), ())
    assert stat.S_IMODE((tmp_path / "team.toml").stat().st_mode) == 0o644
    (tmp_path / "private").write_bytes(b"old")
    files.replace(tmp_path / "private", b"new", keep_mode=True)
    assert stat.S_IMODE((tmp_path / "private").stat().st_mode) == stat.S_IMODE((tmp_path / "team.toml").stat().st_mode)


# --- What killed writers leave ---------------------------------------------------------------------------------------


def test_the_first_look_removes_what_a_killed_writer_left(tmp_path: Path) -> None:
    state = StateFile(tmp_path)
    settings = SettingsFile(tmp_path / "config.toml", lock_path=tmp_path / "config.lock")
    journal = JournalFile(tmp_path, now=lambda: NOW)
    vault = EncryptedFileVault(tmp_path / "keyring", lambda _new: Secret("passphrase"), cost=2)
    window = TextFile(tmp_path / "window.json")
    names = ("sessions.json", "installation", "config.toml", "activity.jsonl", "keyring", "window.json")
    left = [orphan(tmp_path / name, age=MINUTES_AGO) for name in names]
    state.read_now()
    settings.load_now()
    journal.read_now()
    vault.get("a")
    window.read()
    assert [each.name for each in left if each.exists()] == []


def test_what_is_being_written_is_left_alone(tmp_path: Path) -> None:
    left = orphan(tmp_path / "file")
    with files.locked(tmp_path / "lock"):
        files.clean_up(tmp_path / "file", tmp_path / "lock")
    assert left.exists()
    files.clean_up(tmp_path / "file")
    assert left.exists(), "without a lock somebody may still be writing it"
    files.replace(tmp_path / "file", b"new", alone=False)
    assert left.exists()
    files.clean_up(tmp_path / "file", tmp_path / "lock")
    assert not left.exists()


def test_an_export_removes_what_an_earlier_one_left_long_ago(tmp_path: Path) -> None:
    left = orphan(tmp_path / "team.toml", age=MINUTES_AGO)
    profiles_file.write_now(str(tmp_path / "team.toml"), ())
    assert not left.exists()
    assert list(tmp_path.iterdir()) == [tmp_path / "team.toml"]


# --- The journal, which grows ----------------------------------------------------------------------------------------


def happening(profile: str) -> Happening:
    return Happening(at=NOW, what=What.OBTAINED, profile=profile)


def test_the_journal_begins_with_its_first_entries_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    journal = JournalFile(tmp_path, now=lambda: NOW)
    with monkeypatch.context() as patched:
        patched.setattr(files, "replace", fails(errno.ENOSPC))
        with pytest.raises(StorageTrouble, match="No space left"):
            journal.add_now((happening("one"),))
    assert not (tmp_path / "activity.jsonl").exists()
    written: list[bytes] = []
    replace = files.replace

    def spied(path: Path, data: bytes) -> None:
        written.append(data)
        replace(path, data)

    monkeypatch.setattr(files, "replace", spied)
    journal.add_now((happening("one"), happening("two")))
    assert written == [(tmp_path / "activity.jsonl").read_bytes()]
    assert [each.profile for each in journal.read_now()] == ["two", "one"]


def test_half_a_line_is_taken_back(tmp_path: Path) -> None:
    """The disk is full in the middle of a line, as a limit of this process makes it."""
    journal = JournalFile(tmp_path, now=lambda: NOW)
    journal.add_now((happening("one"),))
    path = tmp_path / "activity.jsonl"
    before = path.read_bytes()
    code = f"""
import resource, signal, sys
sys.path.insert(0, {str(Path(__file__).parents[2])!r})
from app.domain.errors import StorageTrouble
from tests.adapters.test_files import NOW, JournalFile, Path, happening
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, ({len(before) + 30}, resource.RLIM_INFINITY))
try:
    JournalFile(Path({str(tmp_path)!r}), now=lambda: NOW).add_now((happening("two"),))
except StorageTrouble as trouble:
    print(trouble.detail)
"""
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert done.stdout == f"{path}: File too large.\n"
    assert path.read_bytes() == before


@pytest.mark.parametrize("is_link", [False, True])
def test_what_is_no_file_is_never_replaced(tmp_path: Path, *, is_link: bool) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    path = tmp_path / "link" if is_link else pipe
    if is_link:
        path.symlink_to(pipe)
    with pytest.raises(OSError, match="device, pipe or socket"):
        files.replace(path, b"new")
    assert stat.S_ISFIFO(pipe.stat().st_mode)
    assert path.is_symlink() == is_link
    assert not list(tmp_path.glob("*tmp*"))
