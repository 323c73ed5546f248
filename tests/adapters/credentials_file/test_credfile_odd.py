"""What stands in the place of the credentials file, and is told by its own name."""

from __future__ import annotations

import asyncio
import errno
import os
import socket
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest

from app.adapters.credentials_file import platform_seam, replace, troubles
from app.adapters.credentials_file.asynchronous import AsyncCredentialsFile
from app.domain.errors import StorageTrouble
from tests.adapters.credentials_file.credfile_helpers import NOTHING_KNOWN, open_file, wanted

if TYPE_CHECKING:
    from collections.abc import Callable


def refusal(path: Path) -> StorageTrouble:
    with pytest.raises(StorageTrouble) as trouble:
        open_file(path).publish(wanted(), known_key_ids=NOTHING_KNOWN, renewal=False)
    assert str(path) in trouble.value.problem.detail
    return trouble.value


def test_a_socket_is_told_as_one(target: Path) -> None:
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(target))
        assert refusal(target).code == "path-not-a-file"


def test_a_file_on_the_way_and_names_that_are_too_long_are_told_as_such(target: Path) -> None:
    target.write_bytes(b"")
    assert refusal(target / "credentials").code == "path-through-file"
    assert refusal(target.with_name("x" * 256)).code == "path-too-long"
    assert target.read_bytes() == b""


def protection(target: Path, status: os.stat_result) -> tuple[str, str]:
    """The code and the remedy of what keeps a file from being written; its path is told."""
    problem = replace._protection(str(target), status).problem
    assert str(target) in problem.detail
    return problem.code, problem.remedy


def test_each_protection_has_its_own_remedy(target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target.write_bytes(b"")
    status = target.stat()
    assert "chattr" in protection(target, status)[1]
    target.chmod(0o400)
    assert "chmod u+w" in protection(target, target.stat())[1]
    with monkeypatch.context() as patched:
        patched.setattr(os, "geteuid", lambda: status.st_uid + 1)
        assert "chown" in protection(target, status)[1]
    monkeypatch.setattr(os, "statvfs", lambda _: SimpleNamespace(f_flag=os.ST_RDONLY))
    read_only = troubles.from_os_error(OSError(errno.EROFS, os.strerror(errno.EROFS), str(target)), str(target))
    assert protection(target, status) == (read_only.code, read_only.remedy)
    assert "attributes" in troubles.from_os_error(PermissionError(errno.EPERM, "no"), str(target)).problem.remedy


def test_what_may_not_be_written_is_refused_by_its_path(target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target.write_bytes(b"[a]\nk = v\n")
    asked: list[object] = []

    def access(path: Path, _mode: int, *, effective_ids: bool) -> bool:
        asked.append((path, effective_ids))
        return False

    monkeypatch.setattr(os, "access", access)
    monkeypatch.setattr(os, "supports_effective_ids", {access})
    assert refusal(target).code == "file-immutable"
    assert (target, True) in asked
    assert target.read_bytes() == b"[a]\nk = v\n"


def test_a_file_whose_owner_cannot_be_kept_stays(target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(errno.EPERM, "no")

    target.write_bytes(b"[a]\nk = v\n")
    monkeypatch.setattr(platform_seam, "restrict", refuse)
    assert refusal(target).code == troubles.owner_not_kept("").code
    assert target.read_bytes() == b"[a]\nk = v\n"


def test_who_begins_to_read_deletes_what_a_killed_writer_left(target: Path) -> None:
    target.write_bytes(b"")
    left = target.with_name(f".{target.name}.rolecall-{'00' * 8}.tmp")
    left.write_bytes(b"[prod]\naws_secret_access_key = secret\n")
    file = AsyncCredentialsFile(open_file(target))
    asyncio.run(file.sections())
    assert not left.exists()
    left.write_bytes(b"")
    asyncio.run(file.sections())
    assert left.exists(), "it is done once: from then on it may be a living writer's"
    file.close()


def test_what_cannot_be_deleted_is_no_reason_not_to_read(target: Path) -> None:
    target.write_bytes(b"[a]\nk = v\n")
    left = target.with_name(f".{target.name}.rolecall-{'00' * 8}.tmp")
    left.write_bytes(b"")
    target.with_name(f".{target.name}.rolecall.lock").mkdir()
    file = AsyncCredentialsFile(open_file(target))
    assert [each.aws_profile for each in asyncio.run(file.sections())] == ["a"]
    file.close()


def is_open_here(path: Path) -> bool:
    return any(each.samefile(path) for each in Path("/proc/self/fd").iterdir() if each.exists())


def unless_open(act: Callable[..., None], at: int) -> Callable[..., None]:
    """What is to be done to a path, as a system does it that keeps open files where they are."""

    def careful(*paths: str | Path) -> None:
        if Path(paths[at]).exists() and is_open_here(Path(paths[at])):
            raise PermissionError(errno.EACCES, "it is open", str(paths[at]))
        act(*paths)

    return careful


def test_where_open_files_stay_it_is_let_go_before_it_is_replaced_or_deleted(
    target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(platform_seam, "OPEN_FILES_CAN_BE_REPLACED", False)
    monkeypatch.setattr(os, "replace", unless_open(os.replace, at=1))
    monkeypatch.setattr(os, "unlink", unless_open(os.unlink, at=0))
    with target.open("wb"), pytest.raises(PermissionError):
        target.unlink()
    target.unlink()
    for name in ("prod", "stage"):
        open_file(target).publish(wanted(name), known_key_ids=NOTHING_KNOWN, renewal=False)
    open_file(target).withdraw(frozenset({"stage"}))
    assert b"[prod]" in target.read_bytes()
    open_file(target).withdraw(frozenset({"prod"}))
    assert not target.exists()
