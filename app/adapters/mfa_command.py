"""An external program that prints an MFA code: a password manager, a hardware token's tool.

It is run without a shell, without our secrets in its environment, and not for ever.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import re
import signal
import sys
from typing import TYPE_CHECKING

from app.domain.errors import ProviderTrouble
from app.domain.secret import Secret

if TYPE_CHECKING:
    from collections.abc import Mapping

SECONDS = 60.0
"""Some programs wait for a touch or a passphrase."""
OUTPUT_MOST = 4096
_STDERR_SHOWN = 300
_AFTER_KILL_SECONDS = 5.0
_CODE = re.compile(rb"[0-9]{6}")
_WITHHELD = re.compile(
    r"ROLECALL_KEYRING_PASSPHRASE.*|AWS_(?:ACCESS_KEY_ID|SECRET_ACCESS_KEY|SESSION_TOKEN|SECURITY_TOKEN)"
    r"|AWS_CONTAINER_AUTHORIZATION_TOKEN.*"
)


class CommandRunner:
    """Answers `app.ports.MfaCommand`. The child gets `environ` (this process's by default), less what is secret."""

    def __init__(self, environ: Mapping[str, str] | None = None, *, seconds: float = SECONDS) -> None:
        given = os.environ if environ is None else environ
        self._environ = {name: value for name, value in given.items() if not _WITHHELD.fullmatch(name)}
        self._seconds = seconds

    async def code(self, command: tuple[str, ...]) -> Secret:
        """Run `command` and return the six digits it printed.

        Raises ProviderTrouble `mfa-command`: not found, failed, too slow, or printed something else. What it printed on
        standard output is never shown.
        """
        process = await self._start(command)
        try:
            async with asyncio.timeout(self._seconds):
                output, errors = await asyncio.gather(_read(process.stdout), _read(process.stderr))
                status = await process.wait()
        except TimeoutError:
            await _kill(process)
            raise _trouble(command, f"It took longer than {self._seconds:g} seconds.") from None
        except BaseException:
            await _kill(process)
            raise
        if status:
            raise _trouble(command, f"It ended with status {status}. {_shortened(errors)}".strip())
        if not _CODE.fullmatch(output.strip()):
            raise _trouble(command, "It printed something else than six digits.")
        return Secret(output.strip().decode("ascii"))

    async def _start(self, command: tuple[str, ...]) -> asyncio.subprocess.Process:
        if not command:
            raise _trouble(command, "The command is empty.")
        try:
            return await asyncio.create_subprocess_exec(
                *command,
                stdin=asyncio.subprocess.DEVNULL,
                stdout=asyncio.subprocess.PIPE,
                stderr=asyncio.subprocess.PIPE,
                env=self._environ,
                # A group of its own, so that its children can be ended with it.
                start_new_session=True,
            )
        except (OSError, ValueError) as error:
            reason = error.strerror if isinstance(error, OSError) else str(error)
            raise _trouble(command, f"It could not be started: {reason}.") from error


async def _read(stream: asyncio.StreamReader | None) -> bytes:
    """Everything until the end; what is beyond the limit is read and dropped, so that the child does not block."""
    kept = b""
    while stream is not None and (chunk := await stream.read(OUTPUT_MOST)):
        kept = (kept + chunk)[: OUTPUT_MOST + 1]
    return kept


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
    return shown if len(shown) <= _STDERR_SHOWN else f"{shown[:_STDERR_SHOWN]}…"


def _trouble(command: tuple[str, ...], detail: str) -> ProviderTrouble:
    return ProviderTrouble(
        code="mfa-command",
        title="The command for the MFA code failed",
        detail=f"{command[0]}: {detail}" if command else detail,
        remedy="Run it in a terminal: it has to print six digits and nothing else. Or choose another way.",
        field="mfa",
    )
