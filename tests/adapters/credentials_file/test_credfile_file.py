from __future__ import annotations

import asyncio
import errno
import os
import stat
import struct
import subprocess
import sys
import time
from dataclasses import replace
from typing import TYPE_CHECKING

import boto3
import botocore.credentials
import botocore.session
import pytest

from app.adapters.credentials_file import platform_seam, reader
from app.adapters.credentials_file import replace as replacing
from app.adapters.credentials_file.asynchronous import AsyncCredentialsFile
from app.adapters.credentials_file.file import CredentialsFile
from app.adapters.credentials_file.location import credentials_path
from app.domain.errors import StorageTrouble
from app.domain.published import Published
from tests.adapters.credentials_file.credfile_helpers import INSTALLATION, NOTHING_KNOWN, ROOT, wanted

if TYPE_CHECKING:
    from pathlib import Path

    from app.domain.published import PublishedSection
    from app.ports import CredentialsFile as Port


def open_file(path: Path, **options: float) -> CredentialsFile:
    return CredentialsFile(path, installation=INSTALLATION, look_again_seconds=0.0, **options)


def put(path: Path, section: PublishedSection | None = None, *, displace: bool = False) -> Published:
    return open_file(path).publish(section or wanted(), known_key_ids=NOTHING_KNOWN, renewal=False, displace=displace)


def beside(path: Path) -> set[str]:
    """Everything in the directory but the file and its lock."""
    return {entry.name for entry in path.parent.iterdir()} - {path.name, replacing.lock_path(path).name}


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


# --- What is created -------------------------------------------------------------------------------------------------


def test_a_created_file_and_directory_are_for_the_user_alone_whatever_the_umask(tmp_path: Path) -> None:
    path = tmp_path / "new" / "aws" / "credentials"
    old = os.umask(0)
    try:
        put(path)
    finally:
        os.umask(old)
    assert mode(path) == 0o600
    assert mode(path.parent) == mode(path.parent.parent) == 0o700
    assert mode(replacing.lock_path(path)) == 0o600
    assert beside(path) == set()


def test_a_file_we_created_is_deleted_when_emptied(target: Path) -> None:
    put(target)
    assert open_file(target).withdraw(frozenset({"prod"})) == {"prod"}
    assert not target.exists()


def test_boto3_takes_what_was_published(target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target.write_bytes(b"# mine\r\n[default]\r\naws_access_key_id = AKIA\r\naws_secret_access_key = x")
    put(target, wanted(region="eu-west-3"))
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", str(target))
    session = boto3.Session(profile_name="prod")
    keys = session.get_credentials().get_frozen_credentials()
    section = wanted().credentials
    assert keys.access_key == section.access_key_id
    assert keys.secret_key == section.secret_access_key.reveal()
    assert keys.token == section.session_token.reveal()
    assert session.region_name == "eu-west-3"
    assert boto3.Session(profile_name="default").get_credentials().access_key == "AKIA"


def test_what_needs_no_writing_leaves_no_trace(tmp_path: Path) -> None:
    path = tmp_path / "aws" / "credentials"
    file = open_file(path)
    assert file.publish(wanted(), known_key_ids=NOTHING_KNOWN, renewal=True) is Published.GONE
    assert file.withdraw(frozenset({"prod"})) == frozenset()
    assert file.sections() == ()
    assert file.findings() == ()
    assert file.fingerprint() == ()
    assert file.clean_up() == 0
    assert not path.parent.exists()


def test_a_refused_publication_changes_nothing(target: Path) -> None:
    content = b"[prod]\naws_access_key_id = AKIA\n"
    target.write_bytes(content)
    before = target.stat()
    with pytest.raises(StorageTrouble) as refusal:
        put(target)
    assert refusal.value.code == "section-foreign"
    assert target.read_bytes() == content
    assert os.path.samestat(before, target.stat())
    assert beside(target) == set()


def test_displaced_and_put_back(target: Path) -> None:
    content = b"[prod]\naws_access_key_id = AKIA\n"
    target.write_bytes(content)
    put(target, displace=True)
    open_file(target).withdraw(frozenset({"prod"}))
    assert target.read_bytes() == content


def test_the_fingerprint_changes_with_the_file(target: Path) -> None:
    seen = {open_file(target).fingerprint()}
    put(target)
    seen.add(open_file(target).fingerprint())
    put(target, wanted("two"))
    seen.add(open_file(target).fingerprint())
    assert len(seen) == 3


# --- Links, modes, owners --------------------------------------------------------------------------------------------


def test_a_symbolic_link_stays_one_and_its_target_is_replaced(tmp_path: Path) -> None:
    real = tmp_path / "dotfiles" / "credentials"
    real.parent.mkdir()
    real.write_bytes(b"# mine\n")
    hop = tmp_path / "hop"
    hop.symlink_to("dotfiles/credentials")
    link = tmp_path / "aws"
    link.symlink_to(hop)
    put(link)
    assert link.is_symlink()
    assert hop.is_symlink()
    assert b"[prod]" in real.read_bytes()
    assert beside(real) == set()
    assert {entry.name for entry in tmp_path.iterdir()} == {"dotfiles", "hop", "aws"}
    open_file(link).withdraw(frozenset({"prod"}))
    assert real.read_bytes() == b"# mine\n"


def test_a_dangling_link_says_where_to_create_the_file(tmp_path: Path) -> None:
    link = tmp_path / "credentials"
    link.symlink_to("elsewhere/creds")
    put(link)
    assert link.is_symlink()
    assert b"[prod]" in (tmp_path / "elsewhere" / "creds").read_bytes()
    open_file(link).withdraw(frozenset({"prod"}))
    assert link.is_symlink()
    assert not link.exists()


def test_a_circle_of_links_is_named_and_nothing_is_created(tmp_path: Path) -> None:
    one, two = tmp_path / "one", tmp_path / "two"
    one.symlink_to(two)
    two.symlink_to(one)
    for call in (lambda: put(one), open_file(one).sections, open_file(one).fingerprint, open_file(one).clean_up):
        with pytest.raises(StorageTrouble) as trouble:
            call()
        assert trouble.value.code == "symlink-loop"
    assert {entry.name for entry in tmp_path.iterdir()} == {"one", "two"}


def test_of_hard_links_only_this_name_is_replaced_and_that_is_said(target: Path) -> None:
    target.write_bytes(b"# mine\n")
    other = target.with_name("other")
    other.hardlink_to(target)
    assert [finding.code for finding in open_file(target).findings() if "link" in finding.code] == ["file-hard-linked"]
    put(target)
    assert other.read_bytes() == b"# mine\n"
    assert b"[prod]" in target.read_bytes()


@pytest.mark.parametrize("bits", [0o600, 0o640, 0o644, 0o660, 0o700])
def test_the_mode_of_an_older_file_is_kept(target: Path, bits: int) -> None:
    target.write_bytes(b"# mine\n")
    target.chmod(bits)
    put(target)
    assert mode(target) == bits
    open_file(target).withdraw(frozenset({"prod"}))
    assert mode(target) == bits


def test_owner_and_group_are_kept(target: Path) -> None:
    # Only root can give files away; others have at best a second group.
    owner = (12345, 23456) if os.geteuid() == 0 else (os.geteuid(), os.getgroups()[-1])
    target.write_bytes(b"# mine\n")
    os.chown(target, *owner)
    put(target)
    assert (target.stat().st_uid, target.stat().st_gid) == owner


def test_an_access_list_is_kept(target: Path) -> None:
    target.write_bytes(b"# mine\n")
    # An access list for user 12345, as POSIX lays it out: version, then tag, permissions and id of each entry.
    entries = ((0x01, 6, -1), (0x02, 4, 12345), (0x04, 0, -1), (0x10, 4, -1), (0x20, 0, -1))
    access_list = struct.pack("<I", 2) + b"".join(struct.pack("<HHi", *entry) for entry in entries)
    os.setxattr(target, "system.posix_acl_access", access_list)
    put(target)
    assert os.getxattr(target, "system.posix_acl_access") == access_list
    assert mode(target) == 0o640


# --- Not a file ------------------------------------------------------------------------------------------------------


def test_a_directory_in_place_of_the_file(target: Path) -> None:
    target.mkdir()
    for call in (lambda: put(target), open_file(target).sections):
        with pytest.raises(StorageTrouble) as trouble:
            call()
        assert trouble.value.code == "path-is-directory"
        assert str(target) in trouble.value.detail
    assert beside(target) == set()


def test_a_pipe_in_place_of_the_file_does_not_hang(target: Path) -> None:
    os.mkfifo(target)
    for call in (lambda: put(target), open_file(target).sections):
        with pytest.raises(StorageTrouble) as trouble:
            call()
        assert trouble.value.code == "path-not-a-file"


def test_the_null_device_is_an_empty_file_that_cannot_be_written() -> None:
    file = CredentialsFile(os.devnull, installation=INSTALLATION)
    assert file.sections() == ()
    with pytest.raises(StorageTrouble) as trouble:
        file.publish(wanted(), known_key_ids=NOTHING_KNOWN, renewal=False)
    assert trouble.value.code == "path-not-a-file"


def test_a_file_in_place_of_the_directory(tmp_path: Path) -> None:
    (tmp_path / "aws").write_bytes(b"")
    with pytest.raises(StorageTrouble) as trouble:
        put(tmp_path / "aws" / "credentials")
    assert trouble.value.code == "path-through-file"
    assert trouble.value.remedy


@pytest.mark.parametrize(
    ("number", "code"),
    [
        (errno.EACCES, "file-denied"),
        (errno.EPERM, "file-denied"),
        (errno.EROFS, "file-read-only"),
        (errno.ENOSPC, "disk-full"),
        (errno.EDQUOT, "disk-full"),
        (errno.EBUSY, "file-mounted"),
        (errno.EIO, "disk-failed"),
    ],
)
def test_a_rename_that_the_system_refuses_is_named_and_leaves_nothing(
    target: Path, monkeypatch: pytest.MonkeyPatch, number: int, code: str
) -> None:
    target.write_bytes(b"# mine\n")

    def refuse(source: Path, goal: Path) -> None:
        raise OSError(number, os.strerror(number), str(source), None, str(goal))

    monkeypatch.setattr(platform_seam, "replace", refuse)
    with pytest.raises(StorageTrouble) as trouble:
        put(target)
    assert trouble.value.code == code
    assert str(target) in trouble.value.detail
    assert isinstance(trouble.value.__cause__, OSError)
    assert target.read_bytes() == b"# mine\n"
    assert beside(target) == set()


# --- Locks and left-overs --------------------------------------------------------------------------------------------


def test_a_lock_that_is_held_too_long_is_named(target: Path) -> None:
    from filelock import FileLock

    with FileLock(replacing.lock_path(target)), pytest.raises(StorageTrouble) as trouble:
        open_file(target, lock_seconds=0.05).publish(wanted(), known_key_ids=NOTHING_KNOWN, renewal=False)
    assert trouble.value.code == "file-locked"
    assert not target.exists()
    assert put(target) is Published.WRITTEN


def orphan(path: Path) -> Path:
    left = path.with_name(f".{path.name}.rolecall-0123456789abcdef.tmp")
    left.write_bytes(b"secret")
    return left


def test_left_over_temporary_files_are_removed_at_start(target: Path) -> None:
    left, unrelated = orphan(target), target.with_name(".credentials.other.tmp")
    unrelated.write_bytes(b"")
    assert open_file(target).clean_up() == 1
    assert not left.exists()
    assert unrelated.exists()


def test_the_first_write_removes_them_too_but_reading_never_does(target: Path) -> None:
    left = orphan(target)
    file = open_file(target)
    file.sections()
    file.findings()
    assert left.exists()
    file.publish(wanted(), known_key_ids=NOTHING_KNOWN, renewal=False)
    assert not left.exists()


def test_a_temporary_name_that_is_a_link_already_is_not_followed(target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target.write_bytes(b"")
    victim = target.with_name("victim")
    victim.write_bytes(b"untouched")
    monkeypatch.setattr(os, "urandom", bytes)
    file = open_file(target)
    file._is_clean = True
    target.with_name(f".{target.name}.rolecall-{'00' * 8}.tmp").symlink_to(victim)
    with pytest.raises(StorageTrouble):
        file.publish(wanted(), known_key_ids=NOTHING_KNOWN, renewal=False)
    assert victim.read_bytes() == b"untouched"


def test_an_installation_id_is_one_word() -> None:
    for bad in ("", "a/b", " a"):
        with pytest.raises(ValueError, match="installation id"):
            CredentialsFile("x", installation=bad)


# --- Half-written files ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("piece", [b"", b"[default]\naws_access_key_id = AK", b"[default]\naws_acc"])
def test_a_piece_of_a_file_is_not_taken_for_the_whole(
    target: Path, monkeypatch: pytest.MonkeyPatch, piece: bytes
) -> None:
    whole = b"[default]\naws_access_key_id = AKIA\n[prod]\n"
    target.write_bytes(piece)
    monkeypatch.setattr(time, "sleep", lambda _seconds: target.write_bytes(whole))
    assert [found.aws_profile for found in open_file(target).sections()] == ["default", "prod"]


def test_a_file_that_was_left_odd_long_ago_is_read_at_once(target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target.write_bytes(b"[prod]\njunk")
    os.utime(target, (1, 1))
    monkeypatch.setattr(time, "sleep", lambda _seconds: pytest.fail("there is nothing to wait for"))
    assert len(open_file(target).sections()) == 1


def test_a_file_that_never_holds_still_is_busy(target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target.write_bytes(b"")
    numbers = iter(range(10_000))
    monkeypatch.setattr(time, "sleep", lambda _seconds: target.write_bytes(b"[a]\nk = %d" % next(numbers)))
    for call in (open_file(target).sections, lambda: put(target)):
        with pytest.raises(StorageTrouble) as trouble:
            call()
        assert trouble.value.code == "file-busy"


# --- The other doors -------------------------------------------------------------------------------------------------


async def test_the_same_in_a_thread(target: Path) -> None:
    file = AsyncCredentialsFile(open_file(target))
    port: Port = file
    names = [f"p{number}" for number in range(5)]
    try:
        await asyncio.gather(
            *(file.publish(wanted(name), known_key_ids=NOTHING_KNOWN, renewal=False) for name in names)
        )
        assert [found.aws_profile for found in await port.sections()] == names
        assert await file.findings() == ()
        assert await file.clean_up() == 0
        assert await port.withdraw(frozenset(names)) == set(names)
        assert await port.fingerprint() == ()
    finally:
        file.close()


def test_the_light_reader_imports_nothing_heavy(target: Path) -> None:
    put(target)
    code = (
        "import sys\n"
        "from app.adapters.credentials_file.reader import read_sections\n"
        f"assert read_sections({str(target)!r}, {INSTALLATION!r})[0].credentials\n"
        "heavy = {'filelock', 'httpx', 'keyring', 'PySide6', 'configparser', 'asyncio', 'pathlib', 'threading'}\n"
        "print(*sorted(heavy & set(sys.modules)))"
    )
    shown = subprocess.run([sys.executable, "-S", "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert shown.stdout.split() == []


def test_writing_imports_none_of_the_window_network_or_keyring(target: Path) -> None:
    code = (
        "import sys\n"
        "import app.adapters.credentials_file.asynchronous, app.adapters.credentials_file.file\n"
        "print(*sorted({'filelock', 'httpx', 'keyring', 'PySide6', 'qasync'} & set(sys.modules)))"
    )
    shown = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert shown.stdout.split() == []


def test_secrets_show_in_no_section_and_no_error(target: Path) -> None:
    put(target)
    found = open_file(target).sections()
    section = wanted().credentials
    for secret in (section.secret_access_key.reveal(), section.session_token.reveal()):
        assert secret in target.read_text()
        assert secret not in repr(found)
    assert found == (replace(found[0], credentials=section),)


# --- Where the file is -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "value",
    [
        None, "/x/creds", "~/creds", "~", "~root/creds", "~nobody-of-that-name/c", "$BASE/creds", "${BASE}/c",
        "a$BASE-b$", "$MISSING/c", "${MISSING}/c", "${",
        "${}", "$$BASE", "$TILDE/creds", "rel/creds", "$BASEX/c", "é$BASEé",
    ],
)  # fmt: skip
@pytest.mark.parametrize("home", ["/home/x", "/home/x/", "/"])
def test_the_path_is_the_one_botocore_reads(monkeypatch: pytest.MonkeyPatch, value: str | None, home: str) -> None:
    env = {"HOME": home, "BASE": "/base", "TILDE": "~"}
    for name, text in env.items():
        monkeypatch.setenv(name, text)
    if value is not None:
        env["AWS_SHARED_CREDENTIALS_FILE"] = value
        monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", value)
    asked: list[str] = []

    def is_file(path: str) -> bool:
        asked.append(path)
        return False

    monkeypatch.setattr("botocore.configloader.os.path.isfile", is_file)
    session = botocore.session.Session()
    provider = botocore.credentials.SharedCredentialProvider(session.get_config_variable("credentials_file"))
    assert provider.load() is None
    monkeypatch.undo()
    assert str(credentials_path(env)) == os.path.normpath(asked[-1]).replace("//", "/")


def test_without_home_the_list_of_users_tells(monkeypatch: pytest.MonkeyPatch) -> None:
    import pwd

    monkeypatch.delenv("HOME")
    assert str(credentials_path({})) == f"{pwd.getpwuid(os.getuid()).pw_dir}/.aws/credentials"


def test_an_unreadable_file_is_an_error_and_not_empty(target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(target)

    def refuse(*_: int) -> bytes:
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    monkeypatch.setattr(os, "pread", refuse)
    with pytest.raises(StorageTrouble) as trouble:
        reader.read_sections(target, INSTALLATION)
    assert trouble.value.code == "disk-failed"
