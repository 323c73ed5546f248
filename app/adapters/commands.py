"""Programs that a person has configured and that print something for us: an MFA code, a token.

The floor under those who run them: without a shell, without our secrets in the environment, and not for ever. Which
program runs never depends on the folder in which Rolecall was started: that may be a stranger's checkout.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import re
import signal
import sys
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

from app.domain.values import dataclass

if TYPE_CHECKING:
    from collections.abc import Mapping

_STDERR_MOST = 4096
_STDERR_SHOWN = 300
_CHUNK = 16 * 1024
_AFTER_KILL_SECONDS = 5.0
_WITHHELD = re.compile(
    r"ROLECALL_KEYRING_PASSPHRASE.*|AWS_(?:ACCESS_KEY_ID|SECRET_ACCESS_KEY|SESSION_TOKEN|SECURITY_TOKEN)"
    r"|AWS_CONTAINER_AUTHORIZATION_TOKEN.*"
)
# A password, a token or a part of one is a long word; names of hosts and files are shorter, or have their slashes.
_LONG_WORD = re.compile(r"[0-9A-Za-z+/=_.~%-]{24,}")
_FILE_NAME = re.compile(r"[~.]{0,2}(?:/[0-9A-Za-z_.-]{1,23})+/?")


class CommandError(Exception):
    """The command did not end by itself, or with another status than 0. Says why; holds nothing of its output."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How long a command may take (seconds), and how much of its output (bytes) is kept: one byte more than fits."""

    seconds: float
    output: int


def without_secrets(environ: Mapping[str, str] | None) -> dict[str, str]:
    """An environment for others: this process's by default, less what is secret."""
    given = os.environ if environ is None else environ
    return {name: value for name, value in given.items() if not _WITHHELD.fullmatch(name)}


async def run(command: tuple[str, ...], environ: Mapping[str, str], limits: Limits) -> bytes:
    """Run `command` and return what it printed, cut one byte beyond the limit. Whoever cancels this ends it too.

    Its first word is a whole path, one that begins with `~`, or a name that PATH of `environ` knows. It runs in the
    home directory.

    Raises CommandError: not found, failed, too slow. The first words of its standard error are told, long ones hidden.
    """
    process = await _start(command, environ)
    try:
        async with asyncio.timeout(limits.seconds):
            output, errors = await asyncio.gather(
                _read(process.stdout, limits.output), _read(process.stderr, _STDERR_MOST)
            )
            status = await process.wait()
    except TimeoutError:
        await _kill(process)
        raise CommandError(f"It took longer than {limits.seconds:g} seconds.") from None
    except BaseException:  # whatever ends this, a cancellation too: no child is left behind, and it goes on
        await _kill(process)
        raise
    if status:
        raise CommandError(f"It ended with status {status}. {_shortened(errors)}".strip())
    return output


async def _start(command: tuple[str, ...], environ: Mapping[str, str]) -> asyncio.subprocess.Process:
    if not command:
        raise CommandError("The command is empty.")
    home = _home()
    program = program_of(command[0], environ)
    try:
        return await asyncio.create_subprocess_exec(
            program,
            *command[1:],
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
            env={**environ, "PWD": str(home)},
            cwd=home,
            # A group of its own, so that its children can be ended with it.
            start_new_session=True,
        )
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else str(error)
        raise CommandError(f"It could not be started: {reason}.") from error


def program_of(word: str, environ: Mapping[str, str]) -> str:
    """The whole path of the program that `word` names. Raises CommandError.

    A name is looked up as execvp(3) does, or on Windows CreateProcess: there `.exe` is added to a name without a dot.
    But neither the current folder counts nor what PATH names relative to it.
    """
    if word.startswith("~"):
        try:
            path = Path(word).expanduser()
        except RuntimeError as error:
            raise CommandError("There is no such home directory.") from error
    else:
        path = Path(word)
        if not has_folder(word):
            return _looked_up(word, environ)
    if not path.is_absolute():
        raise CommandError("Its path has to be a whole one.")
    return str(path)


def has_folder(word: str, kind: type[PurePath] = PurePath) -> bool:
    """Whether `word` is more than the name of a program: a path, on Windows also with a drive alone (`C:tool.exe`)."""
    return kind(word).name != word


def _looked_up(name: str, environ: Mapping[str, str]) -> str:
    if sys.platform == "win32" and "." not in name:
        name += ".exe"
    for folder in os.get_exec_path(environ):
        found = Path(folder, name)
        if found.is_absolute() and found.is_file() and os.access(found, os.X_OK):
            return str(found)
    raise CommandError("No folder of PATH has such a program.")


def _home() -> Path:
    try:
        home = Path.home()
    except RuntimeError as error:
        raise CommandError("It runs in the home directory, but nobody knows where that is.") from error
    if not home.is_absolute() or not home.is_dir():
        raise CommandError("It runs in the home directory, but there is none.")
    return home


async def _read(stream: asyncio.StreamReader | None, most: int) -> bytes:
    """Everything until the end; what is beyond the limit is read and dropped, so that the child does not block."""
    kept = bytearray()
    while stream is not None and (chunk := await stream.read(_CHUNK)):
        kept += chunk[: most + 1 - len(kept)]
    return bytes(kept)


async def _kill(process: asyncio.subprocess.Process) -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):
        if sys.platform == "win32":
            process.kill()
        else:
            os.killpg(process.pid, signal.SIGKILL)
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(_AFTER_KILL_SECONDS):
            await process.wait()


def _shortened(errors: bytes) -> str:
    text = " ".join(errors.decode("utf-8", "replace").split())
    shown = "".join(character if character.isprintable() else "�" for character in text)
    shown = _LONG_WORD.sub(lambda word: word[0] if _FILE_NAME.fullmatch(word[0]) else "…", shown)
    return shown if len(shown) <= _STDERR_SHOWN else f"{shown[:_STDERR_SHOWN]}…"
