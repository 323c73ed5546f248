"""Programs that a person has configured and that print something for us: an MFA code, a token.

The floor under those who run them: without a shell, without our secrets in the environment, and not for ever.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import re
import signal
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

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
    except BaseException:
        await _kill(process)
        raise
    if status:
        raise CommandError(f"It ended with status {status}. {_shortened(errors)}".strip())
    return output


async def _start(command: tuple[str, ...], environ: Mapping[str, str]) -> asyncio.subprocess.Process:
    if not command:
        raise CommandError("The command is empty.")
    try:
        return await asyncio.create_subprocess_exec(
            *command,
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
            env=environ,
            # A group of its own, so that its children can be ended with it.
            start_new_session=True,
        )
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else str(error)
        raise CommandError(f"It could not be started: {reason}.") from error


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
