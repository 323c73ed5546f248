"""A launch agent of the person on macOS: a property list that launchd reads at each login (launchd.plist(5))."""

from __future__ import annotations

import plistlib
from typing import TYPE_CHECKING
from xml.parsers.expat import ExpatError

from app.adapters import files
from app.adapters.autostart.program import NAME

if TYPE_CHECKING:
    from pathlib import Path


class LaunchAgent:
    """The agent in the folder `directory`. What is written counts from the next login on; nothing is started now."""

    def __init__(self, directory: Path, program: tuple[str, ...]) -> None:
        self.place = directory / f"{NAME}.plist"
        self._program = program

    def is_on(self) -> bool:
        """Whether there is an agent that is run at login."""
        data = files.read(self.place)
        if data is None:
            return False
        try:
            agent = plistlib.loads(data)
        except (ValueError, ExpatError, plistlib.InvalidFileException):
            return False
        return (
            isinstance(agent, dict)
            and agent.get("RunAtLoad") is True
            and agent.get("Disabled") is not True
            and bool(agent.get("ProgramArguments"))
        )

    def switch(self, *, on: bool) -> None:
        """Write the agent for this program, whatever was there, or remove it."""
        if on:
            files.replace(self.place, agent(self._program))
        else:
            self.place.unlink(missing_ok=True)


def agent(program: tuple[str, ...]) -> bytes:
    """The property list that starts a program in the person's graphical session."""
    return plistlib.dumps(
        {
            "Label": NAME,
            "ProgramArguments": list(program),
            "RunAtLoad": True,
            "ProcessType": "Interactive",
            "LimitLoadToSessionType": "Aqua",
        }
    )
