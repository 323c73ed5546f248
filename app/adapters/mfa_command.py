"""An external program that prints an MFA code: a password manager, a hardware token's tool."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from app.adapters import commands
from app.domain.errors import ProviderTrouble
from app.domain.secret import Secret

if TYPE_CHECKING:
    from collections.abc import Mapping

SECONDS = 60.0
"""Some programs wait for a touch or a passphrase."""
OUTPUT_MOST = 4096
_CODE = re.compile(rb"[0-9]{6}")


class CommandRunner:
    """Answers `app.ports.MfaCommand`. The child gets `environ` (this process's by default), less what is secret."""

    def __init__(self, environ: Mapping[str, str] | None = None, *, seconds: float = SECONDS) -> None:
        self._environ = commands.without_secrets(environ)
        self._limits = commands.Limits(seconds=seconds, output=OUTPUT_MOST)

    async def code(self, command: tuple[str, ...]) -> Secret:
        """Run `command` and return the six digits it printed.

        Raises ProviderTrouble `mfa-command`: not found, failed, too slow, or printed something else. What it printed on
        standard output is never shown.
        """
        try:
            output = await commands.run(command, self._environ, self._limits)
        except commands.CommandError as error:
            raise _trouble(command, str(error)) from error
        if not _CODE.fullmatch(output.strip()):
            raise _trouble(command, "It printed something else than six digits.")
        return Secret(output.strip().decode("ascii"))


def _trouble(command: tuple[str, ...], detail: str) -> ProviderTrouble:
    return ProviderTrouble(
        code="mfa-command",
        title="The command for the MFA code failed",
        detail=f"{command[0]}: {detail}" if command else detail,
        remedy="Run it in a terminal: it has to print six digits and nothing else. Or choose another way.",
        field="mfa",
    )
