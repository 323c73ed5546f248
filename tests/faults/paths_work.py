"""What the unprivileged processes of `test_paths` do: one's own writers on odd paths, and the command line."""

from __future__ import annotations

import asyncio  # noqa: F401  # else each fork would import it for itself
import io
import os
import sys
import traceback
from typing import TYPE_CHECKING, Any

import filelock  # noqa: F401  # likewise

from app.adapters.credentials_file.file import CredentialsFile
from app.adapters.credentials_file.location import credentials_path
from app.cli import main as command_line
from app.domain.errors import RolecallError
from tests.faults.writers_work import INSTALLATION, wanted

if TYPE_CHECKING:
    from collections.abc import Callable

_IMPORTED_ANYWAY = ("_", "awscli", "botocore", "s3transfer")
Told = dict[str, Any]


def modules(commands: list[list[str]]) -> list[str]:
    """What these commands import, in that order. Whoever is nobody in particular may not be able to read it."""
    for each in commands:
        run(each)
    found = [name for name, module in sys.modules.items() if getattr(module, "__file__", None)]
    return [name for name in found if not name.startswith(_IMPORTED_ANYWAY)]


def publish_and_withdraw(path: str, probe: str | None, cwd: str | None = None) -> dict[str, Told]:
    """Publish a section, read, and withdraw it: how each of these ended.

    With `probe` a plain write to that path has to be refused first: else this would show nothing.
    """
    if cwd is not None:
        os.chdir(cwd)
    if probe is not None:
        refuses(probe)
    where = credentials_path({**os.environ, "AWS_SHARED_CREDENTIALS_FILE": path})
    file = CredentialsFile(where, installation=INSTALLATION, look_again_seconds=0.0)
    section = wanted("p1-a", "ASIA1")
    acts: dict[str, Callable[[], object]] = {
        "findings": file.findings,
        "publish": lambda: file.publish(section, known_key_ids=frozenset(), renewal=False),
        "sections": lambda: [each.aws_profile for each in file.sections()],
        "published": lambda: where.read_bytes().decode("latin-1") if where.is_file() else "",
        "withdraw": lambda: sorted(file.withdraw(frozenset({"p1-a", "old"}))),
        "clean up": file.clean_up,
    }
    return {name: _told(act) for name, act in acts.items()}


def _told(act: Callable[[], object]) -> Told:
    try:
        found = act()
    except RolecallError as error:
        told = error.problem
        return {"code": told.code, "title": told.title, "detail": told.detail, "remedy": told.remedy}
    except OSError as error:
        if error.filename is None or act.__name__ != "<lambda>":
            raise
        return {"code": "OSError", "detail": str(error)}
    return {"code": "", "found": found if isinstance(found, str | list | int) else repr(found)}


def refuses(path: str) -> None:
    """See that a plain write is refused here."""
    try:
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_NONBLOCK))
    except OSError:
        return
    raise AssertionError(f"a plain write to {path} is not refused: this shows nothing")


def run(arguments: list[str], cwd: str | None = None, typed: str = "") -> Told:
    """The command line in this process's environment: its exit code, and what it wrote."""
    if cwd is not None:
        os.chdir(cwd)
    written = {number: os.memfd_create(f"output {number}") for number in (1, 2)}
    for number, descriptor in written.items():
        os.dup2(descriptor, number)
    sys.stdout = io.TextIOWrapper(open(1, "wb", closefd=False), encoding="utf-8", errors="strict")  # noqa: SIM115
    sys.stderr = io.TextIOWrapper(open(2, "wb", closefd=False), encoding="utf-8", errors="backslashreplace")  # noqa: SIM115
    sys.stdin = io.StringIO(typed)
    crash = ""
    try:
        code = command_line.main(arguments)
        sys.stdout.flush()
    except BaseException:  # noqa: BLE001  # what would have been a traceback on the person's screen
        code, crash = 1, traceback.format_exc(limit=-3)
    sys.stderr.flush()
    out, err = (os.pread(written[number], 1 << 20, 0).decode("utf-8", "backslashreplace") for number in (1, 2))
    return {"code": code, "out": out, "err": err, "crash": crash}
