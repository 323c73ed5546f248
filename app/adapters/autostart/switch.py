"""The switch: the way of this platform, worked on a thread of its own."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from app.adapters import files

if TYPE_CHECKING:
    from collections.abc import Mapping


class Way(Protocol):
    """How one kind of desktop is told, blocking. Both raise OSError."""

    @property
    def place(self) -> Path:
        """Where the entry lies, for people."""

    def is_on(self) -> bool:
        """Whether there is an entry that counts."""

    def switch(self, *, on: bool) -> None:
        """Make the entry, or take it away."""


class AutostartSwitch:
    """Answers `app.ports.Autostart`. `program` is the whole command to start."""

    def __init__(self, environ: Mapping[str, str], program: tuple[str, ...], *, way: Way | None = None) -> None:
        self._way = way or way_of(sys.platform, environ, program)

    async def is_on(self) -> bool:
        """Whether the desktop starts Rolecall. Raises StorageTrouble `autostart`."""
        try:
            return await asyncio.to_thread(self._way.is_on)
        except OSError as error:
            title = "It could not be found out whether Rolecall starts with your session"
            raise files.trouble(error, code="autostart", title=title, path=self._way.place) from error

    async def switch(self, *, on: bool) -> None:
        """Let the desktop start Rolecall, or no longer. Raises StorageTrouble `autostart`."""
        try:
            await asyncio.to_thread(lambda: self._way.switch(on=on))
        except OSError as error:
            title = "Starting with your session could not be switched"
            raise files.trouble(error, code="autostart", title=title, path=self._way.place) from error


def way_of(platform: str, environ: Mapping[str, str], program: tuple[str, ...]) -> Way:
    """The way of a platform (`sys.platform`)."""
    if platform == "win32":
        from app.adapters.autostart.run_key import RunKey, WindowsRegistry

        return RunKey(WindowsRegistry(), program)
    home = Path(environ.get("HOME", "")) if environ.get("HOME") else files.expanded("~")
    if not home.is_absolute():
        home = Path("/")  # where nobody may write: whoever has no home has no session to start with either
    if platform == "darwin":
        from app.adapters.autostart.launch_agent import LaunchAgent

        return LaunchAgent(home / "Library" / "LaunchAgents", program)
    from app.adapters.autostart.xdg import XdgEntry

    wished = Path(environ.get("XDG_CONFIG_HOME", ""))
    # The specification has a path that is not a whole one ignored
    return XdgEntry((wished if wished.is_absolute() else home / ".config") / "autostart", program)
