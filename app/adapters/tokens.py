"""SAML responses and tokens that something else obtains: a program that prints them, a file that is kept fresh."""

from __future__ import annotations

import asyncio
import contextlib
import os
import stat
import threading
from pathlib import Path
from typing import TYPE_CHECKING

from app.adapters import commands
from app.domain.errors import ProviderTrouble, StorageTrouble
from app.domain.secret import Secret

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

COMMAND_SECONDS = 120.0
"""Some programs open a browser, or wait for a touch."""
COMMAND_MOST = 256 * 1024
FILE_SECONDS = 10.0
FILE_MOST = 1024 * 1024
_BOM = "\ufeff"


class TokenSource:
    """Answers `app.ports.TokenSource`. A program gets `environ` (this process's by default), less what is secret."""

    def __init__(
        self,
        environ: Mapping[str, str] | None = None,
        *,
        command_seconds: float = COMMAND_SECONDS,
        file_seconds: float = FILE_SECONDS,
    ) -> None:
        self._environ = commands.without_secrets(environ)
        self._limits = commands.Limits(seconds=command_seconds, output=COMMAND_MOST)
        self._file_seconds = file_seconds

    async def from_command(self, command: tuple[str, ...]) -> Secret:
        """Run `command` without a shell and return what it printed, the blanks around it left out.

        Raises ProviderTrouble `token-command`: not found, failed, too slow, printed nothing, too much or no text. What
        it printed on standard output is never shown.
        """
        try:
            output = await commands.run(command, self._environ, self._limits)
        except commands.CommandError as error:
            raise _command_trouble(command, str(error)) from error
        if len(output) > COMMAND_MOST:
            raise _command_trouble(command, f"It printed more than {COMMAND_MOST // 1024} KiB.")
        text = _text(output)
        if text is None:
            raise _command_trouble(command, "It printed something else than text.")
        if not text:
            raise _command_trouble(command, "It printed nothing.")
        return Secret(text)

    async def from_file(self, path: str) -> Secret:
        """Read a regular file (a link to one, too), `~` being the home directory; blanks around it are left out.

        Pipes and devices are refused: they can be read once only, or for ever. Raises StorageTrouble `token-file`.
        """
        try:
            content = await _in_thread(lambda: _content(path), self._file_seconds)
        except _UnusableFileError as error:
            raise _file_trouble(path, str(error)) from error
        except OSError as error:  # a TimeoutError is one too
            reason = error.strerror or f"It could not be read within {self._file_seconds:g} seconds"
            raise _file_trouble(path, f"{reason}.") from error
        text = _text(content)
        if text is None:
            raise _file_trouble(path, "It holds something else than text.")
        if not text:
            raise _file_trouble(path, "It is empty.")
        return Secret(text)


class _UnusableFileError(Exception):
    """The file is there, but nothing that is read. Says why."""


def _content(path: str) -> bytes:
    try:
        # Without O_NONBLOCK opening a pipe waits for whoever writes into it.
        descriptor = os.open(Path(path).expanduser(), os.O_RDONLY | getattr(os, "O_NONBLOCK", 0))
    except (RuntimeError, ValueError) as error:  # no such home directory; a zero byte in the name
        raise _UnusableFileError("There can be no such file.") from error
    with os.fdopen(descriptor, "rb") as file:
        found = os.fstat(descriptor)
        if not stat.S_ISREG(found.st_mode):
            raise _UnusableFileError("It is not a regular file.")
        content = file.read(FILE_MOST + 1)
    if len(content) > FILE_MOST:
        raise _UnusableFileError(f"It is larger than {FILE_MOST // 1024} KiB.")
    return content


async def _in_thread(read: Callable[[], bytes], seconds: float) -> bytes:
    """Read on a thread of its own, given up after `seconds`: a file of a dead server may block for ever.

    It is a daemon, so that not even that keeps the program from ending. Raises what `read` raises, and TimeoutError.
    """
    loop = asyncio.get_running_loop()
    done: asyncio.Future[bytes] = loop.create_future()

    def finish(content: bytes, error: Exception | None) -> None:
        if done.done():  # given up meanwhile
            return
        if error is None:
            done.set_result(content)
        else:
            done.set_exception(error)

    def work() -> None:
        content, error = b"", None
        try:
            content = read()
        except (OSError, _UnusableFileError) as caught:
            error = caught
        with contextlib.suppress(RuntimeError):  # the loop has ended
            loop.call_soon_threadsafe(finish, content, error)

    threading.Thread(target=work, name="rolecall-token-file", daemon=True).start()
    async with asyncio.timeout(seconds):
        return await done


def _text(content: bytes) -> str | None:
    """The text without blanks around it, or None when it is none."""
    try:
        return content.decode("utf-8").removeprefix(_BOM).strip()
    except UnicodeDecodeError:
        return None


def _command_trouble(command: tuple[str, ...], detail: str) -> ProviderTrouble:
    return ProviderTrouble(
        code="token-command",
        title="The provider's command failed",
        detail=f"{command[0]}: {detail}" if command else detail,
        remedy="Run it in a terminal: it has to print the SAML response or the token, and nothing else.",
        field="command",
    )


def _file_trouble(path: str, detail: str) -> StorageTrouble:
    return StorageTrouble(
        code="token-file",
        title="The token file could not be read",
        detail=f"{path}: {detail}",
        remedy="See whether what keeps the file fresh is running, and who may read it.",
        field="web_identity_token_file",
    )
