"""The program that runs now, as something that a desktop can start again."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

NAME = "rolecall"
HIDDEN = "--hidden"
_MAIN = Path(__file__).parents[3] / "main.py"


def this_program(environ: Mapping[str, str]) -> tuple[str, ...]:
    """The command that starts this program again, in whole paths, with the option to begin out of sight."""
    frozen = bool(getattr(sys, "frozen", False))
    return (
        *command(sys.argv[0], executable=sys.executable, frozen=frozen, appimage=environ.get("APPIMAGE", "")),
        HIDDEN,
    )


def command(started_as: str, *, executable: str, frozen: bool, appimage: str) -> tuple[str, ...]:
    """The command for a program that was started as `started_as` (its first argument).

    `executable` is the interpreter, or the program itself when it is `frozen` into one file. An AppImage is mounted
    elsewhere at each start: `appimage` is the file itself.
    """
    if appimage:
        return (appimage,)
    if frozen:
        return (executable,)
    script = Path(started_as)
    if script.name in {NAME, f"{NAME}.exe"}:
        found = str(script.absolute()) if script.is_file() else shutil.which(script.name)
        if found:
            return (found,)
    if script.suffix == ".py" and script.is_file():
        return (_without_console(executable), str(script.absolute()))
    if _MAIN.is_file():
        return (_without_console(executable), str(_MAIN))
    return (shutil.which(NAME) or NAME,)


def _without_console(executable: str) -> str:
    """On Windows the interpreter that opens no console, where it stands beside the other."""
    path = Path(executable)
    silent = path.with_name("pythonw.exe")
    return str(silent) if path.name.lower() == "python.exe" and silent.is_file() else executable
