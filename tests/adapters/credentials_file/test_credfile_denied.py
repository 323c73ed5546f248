"""Writes that the system refuses: the file stays, nothing is left beside it, and the reason is named."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.adapters.credentials_file.credfile_helpers import CHILD, child, finish

if TYPE_CHECKING:
    from collections.abc import Iterator

# Root may write everywhere: the child becomes nobody in particular after its imports.
UNPRIVILEGED = """
import filelock
from app.domain.errors import StorageTrouble
if os.geteuid() == 0:
    os.setgroups([]); os.setresgid(12345, 12345, 12345); os.setresuid(12345, 12345, 12345)
path, probe = sys.argv[1:3]
try:
    os.close(os.open(probe, os.O_WRONLY | os.O_CREAT))
except PermissionError:
    pass
else:
    sys.exit("a plain write was not refused: this shows nothing")
"""
TRY = """
file = open_file(path, look_again_seconds=0.0)
for call in (
    lambda: file.publish(wanted(), known_key_ids=NOTHING_KNOWN, renewal=False),
    lambda: file.withdraw(frozenset({"old"})),
):
    try:
        call()
    except StorageTrouble as trouble:
        print(trouble.code, bool(trouble.title and trouble.remedy and path in trouble.detail))
    else:
        print("written")
"""
OLD = b"[old]\naws_access_key_id = ASIAOLD\nx_rolecall = 7f3a9c/old\n"


@pytest.fixture
def folder() -> Iterator[Path]:
    """A directory that another user can reach: pytest's own are closed to others."""
    path = Path(tempfile.mkdtemp(prefix="rolecall-denied-"))
    path.chmod(0o755)
    yield path
    path.chmod(0o755)
    shutil.rmtree(path)


def give_away(*paths: Path) -> None:
    if os.geteuid() == 0:
        for path in paths:
            os.chown(path, 12345, 12345)


def test_a_write_protected_file_is_not_replaced(folder: Path) -> None:
    path = folder / "credentials"
    path.write_bytes(OLD)
    path.chmod(0o400)
    give_away(path, folder)
    before = path.stat()
    assert finish(child(UNPRIVILEGED + TRY, path, path)).splitlines() == ["file-read-only True"] * 2
    assert path.read_bytes() == OLD
    assert os.path.samestat(path.stat(), before)
    assert {entry.name for entry in folder.iterdir()} <= {"credentials", ".credentials.rolecall.lock"}


def test_a_read_only_directory_is_named(folder: Path) -> None:
    path = folder / "credentials"
    path.write_bytes(OLD)
    give_away(path, folder)
    folder.chmod(0o555)
    probe = folder / "probe"
    assert finish(child(UNPRIVILEGED + TRY, path, probe)).splitlines() == ["file-denied True"] * 2
    assert path.read_bytes() == OLD
    assert [entry.name for entry in folder.iterdir()] == ["credentials"]


def test_a_file_that_cannot_be_read_is_named(folder: Path) -> None:
    path = folder / "credentials"
    path.write_bytes(OLD)
    path.chmod(0)
    give_away(path, folder)
    assert finish(child(UNPRIVILEGED + TRY, path, path)).splitlines() == ["file-denied True"] * 2
    path.chmod(0o600)
    assert path.read_bytes() == OLD


def test_a_directory_that_cannot_be_created_is_named(folder: Path) -> None:
    path = folder / "aws" / "credentials"
    give_away(folder)
    folder.chmod(0o555)
    code = UNPRIVILEGED + TRY.replace("path in trouble.detail", "os.path.dirname(path) in trouble.detail")
    # Without a file there is nothing to withdraw, and nothing to refuse.
    assert finish(child(code, path, folder / "probe")).splitlines() == ["file-denied True", "written"]
    assert list(folder.iterdir()) == []


def test_somebody_elses_file_is_not_taken_over(folder: Path) -> None:
    """Writable for us and in our directory, but a renamed file would be ours: the owner has to be kept."""
    if os.geteuid() != 0:
        return  # two users are needed; one that is not root has only itself
    path = folder / "credentials"
    path.write_bytes(OLD)
    path.chmod(0o666)
    os.chown(folder, 12345, 12345)
    assert finish(child(UNPRIVILEGED + TRY, path, "/etc/passwd")).splitlines() == ["file-denied True"] * 2
    assert path.read_bytes() == OLD
    assert (path.stat().st_uid, path.stat().st_mode & 0o777) == (0, 0o666)


# --- No space --------------------------------------------------------------------------------------------------------

FULL = (
    """
from app.domain.errors import StorageTrouble
path, size = sys.argv[1], 0
with open(path, "wb") as file:
    file.write(b"[old]\\nx_rolecall = 7f3a9c/old\\n# " + b"x" * 20000 + b"\\n[c]\\n")
old = open(path, "rb").read()
if LIMIT:
    import resource
    resource.setrlimit(resource.RLIMIT_FSIZE, (8192, 8192))
else:
    with open(path + ".fill", "wb", buffering=0) as fill:
        try:
            while fill.write(b"x" * 4096):
                pass
        except OSError as error:
            print(error.strerror)
"""
    + TRY
    + """
assert open(path, "rb").read() == old
print(*sorted(os.listdir(os.path.dirname(path))))
"""
)
MOUNT = 'mount -t tmpfs -o size=64k,mode=700 none "$1" && exec "$2" -c "$3" "$1/credentials"'


def test_a_size_limit_leaves_the_old_file(folder: Path) -> None:
    out = finish(child("LIMIT = True\n" + FULL, folder / "credentials")).splitlines()
    assert out == ["disk-full True", "disk-full True", ".credentials.rolecall.lock credentials"]


def test_a_full_disk_leaves_the_old_file(folder: Path) -> None:
    # A mount of its own, seen by the child alone, and gone with it.
    own_mounts = ["unshare", "--mount"] if os.geteuid() == 0 else ["unshare", "--mount", "--map-root-user"]
    allowed = subprocess.run(
        [*own_mounts, "mount", "-t", "tmpfs", "none", str(folder)], check=False, capture_output=True
    )
    code = "LIMIT = %s\n" + FULL
    if allowed.returncode:
        # Containers may forbid mounting. The limit makes the same call fail in the same place.
        out = [
            "No space left on device",
            *finish(child(code.replace("%s", "True", 1), folder / "credentials")).splitlines(),
        ]
        names = ".credentials.rolecall.lock credentials"
    else:
        command = [
            *own_mounts,
            "sh",
            "-ec",
            MOUNT,
            "sh",
            str(folder),
            sys.executable,
            CHILD + code.replace("%s", "False", 1),
        ]
        done = subprocess.run(command, check=False, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        out = done.stdout.splitlines()
        names = ".credentials.rolecall.lock credentials credentials.fill"
    assert out == ["No space left on device", "disk-full True", "disk-full True", names]
