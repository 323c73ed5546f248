"""What the system refuses before, at and after the moment at which the file becomes new: what is said then is so."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from app.adapters.credentials_file import replace, settled, troubles
from app.domain.errors import StorageTrouble
from tests.adapters.credentials_file.credfile_helpers import NOTHING_KNOWN, open_file, wanted

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.adapters.credentials_file.file import CredentialsFile

AGO = 30.0
"""Seconds: it is finished, and yet another write need not show in its times."""
OLD = b"[mine]\nk = v\n"


def fails(reason: int = errno.EIO) -> Callable[..., object]:
    def call(*_: object, **__: object) -> object:
        raise OSError(reason, os.strerror(reason))

    return call


def put(file: CredentialsFile) -> None:
    file.publish(wanted(), known_key_ids=NOTHING_KNOWN, renewal=False)


def opened(target: Path) -> CredentialsFile:
    return open_file(target, look_again_seconds=0.0)


def is_new(target: Path) -> bool:
    return target.read_bytes().startswith(OLD + b"\n[prod]") or target.read_bytes().startswith(OLD + b"[prod]")


@pytest.fixture
def there(target: Path) -> Path:
    """The file of a person, written a while ago."""
    target.write_bytes(OLD)
    then = target.stat().st_mtime - AGO
    os.utime(target, (then, then))
    return target


def test_a_new_file_whose_temporary_name_stays_is_published(target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(Path, "unlink", fails())
        put(opened(target))
    assert opened(target).owned() == {"prod"}
    assert len(replace.orphans(target)) == 1
    assert opened(target).clean_up() == 1
    assert opened(target).owned() == {"prod"}


def test_the_second_look_can_fail_and_the_section_is_there(there: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    replaced = []
    swap, status = replace.swap, os.fstat

    def swapped(*arguments: object) -> bool:
        done: bool = swap(*arguments)  # type: ignore[arg-type]  # handed on as they are
        replaced.append(done)
        return done

    def broken_after_it(descriptor: int) -> os.stat_result:
        if replaced:
            raise OSError(errno.EIO, "broken")
        return status(descriptor)

    monkeypatch.setattr(replace, "swap", swapped)
    monkeypatch.setattr(os, "fstat", broken_after_it)
    put(opened(there))
    assert replaced == [True]
    monkeypatch.undo()
    assert is_new(there)


def test_looking_at_what_was_written_late_can_fail(there: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []

    def read(*_: object, **__: object) -> tuple[bytes, os.stat_result]:
        asked.append(1)
        raise OSError(errno.EIO, "broken")

    monkeypatch.setattr("app.adapters.credentials_file.rewriting.read_settled", read)
    put(opened(there))
    assert asked
    assert is_new(there)


def test_closing_what_was_read_can_fail(there: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    close, failed = os.close, []

    def closed(descriptor: int) -> None:
        reads_file = stat.S_ISREG(os.fstat(descriptor).st_mode) and os.fstat(descriptor).st_size
        close(descriptor)
        if reads_file and there.read_bytes() != OLD:
            failed.append(descriptor)
            raise OSError(errno.EIO, "broken")

    monkeypatch.setattr(os, "close", closed)
    put(opened(there))
    assert failed
    assert is_new(there)


def test_a_link_that_cannot_be_looked_at_stays_one(target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = target.with_name("real")
    real.write_bytes(OLD)
    os.utime(real, (1.0, 1.0))
    target.symlink_to(real)
    look = os.lstat
    failed: list[str] = []

    def once(path: str, **options: int) -> os.stat_result:
        if Path(path) == target and not failed:
            failed.append(path)
            raise OSError(errno.EIO, "broken")
        return look(path, **options)

    monkeypatch.setattr(os, "lstat", once)
    file = opened(target)
    with pytest.raises(StorageTrouble, match="broken"):
        put(file)
    assert target.is_symlink()
    assert real.read_bytes() == OLD
    put(file)
    assert target.is_symlink()
    assert is_new(real)


def test_a_directory_that_cannot_be_listed_can_be_written_to(there: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "scandir", fails(errno.EACCES))
    put(opened(there))
    assert is_new(there)


@pytest.mark.parametrize(
    ("reason", "code", "word"),
    [
        (errno.ENOLCK, "file-locks-missing", "lock service"),
        (errno.EMFILE, "too-many-files", "ulimit -n"),
        (errno.EIO, "disk-failed", "log"),
        (errno.EDQUOT, "disk-full", "space"),
        (errno.EROFS, "file-read-only", "AWS_SHARED_CREDENTIALS_FILE"),
    ],
)
def test_each_error_is_told_with_its_remedy(reason: int, code: str, word: str, target: Path) -> None:
    told = troubles.from_os_error(OSError(reason, os.strerror(reason)), str(target))
    assert told.code == code
    assert word in told.remedy
    assert os.strerror(reason) in told.detail
    assert str(target) in told.detail


def test_a_snapshot_lets_go_of_its_file_once(there: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    snapshot = settled.open_snapshot(str(there))
    number = snapshot.descriptor
    with monkeypatch.context() as patched:
        patched.setattr(os, "close", fails())
        snapshot.close()
    os.close(number)
    snapshot.close()
    assert snapshot.descriptor == -1
