"""A desktop entry in the autostart folder (Desktop Application Autostart Specification 0.5, Desktop Entry 1.5)."""

from __future__ import annotations

import os
import re
import shutil
from typing import TYPE_CHECKING

from app.adapters import files
from app.adapters.autostart.program import NAME

if TYPE_CHECKING:
    from pathlib import Path

_GROUP = "[Desktop Entry]"
_PLAIN = re.compile(r"[0-9A-Za-z_@+,./:-]+")
_QUOTED = re.compile(r'(["`$\\])')
_ESCAPES = {"s": " ", "n": "\n", "t": "\t", "r": "\r", "\\": "\\"}


class XdgEntry:
    """The entry in the folder `directory`."""

    def __init__(self, directory: Path, program: tuple[str, ...]) -> None:
        self.place = directory / f"{NAME}.desktop"
        self._program = program

    def is_on(self) -> bool:
        """Whether there is an entry that desktops follow: not hidden, not switched off, its program there."""
        data = files.read(self.place)
        return data is not None and follows(data.decode("utf-8", "replace"))

    def switch(self, *, on: bool) -> None:
        """Write the entry for this program, whatever was there, or remove it."""
        if on:
            files.replace(self.place, entry(self._program).encode())
        else:
            self.place.unlink(missing_ok=True)


def entry(program: tuple[str, ...]) -> str:
    """The text of a desktop entry that starts a program."""
    lines = [
        _GROUP,
        "Type=Application",
        "Name=Rolecall",
        "Comment=Temporary AWS credentials for your roles",
        f"Icon={NAME}",
        f"TryExec={_escaped(program[0])}",
        f"Exec={exec_line(program)}",
        "Terminal=false",
        "X-GNOME-Autostart-enabled=true",
    ]
    return "\n".join(lines) + "\n"


def exec_line(program: tuple[str, ...]) -> str:
    """The value of `Exec`: arguments quoted where they need it, then escaped as a string. Raises OSError."""
    if any(not each.isprintable() for each in program):
        raise OSError(0, "the path of the program has characters that no desktop entry can hold")
    return _escaped(" ".join(_argument(each) for each in program))


def follows(text: str) -> bool:
    """Whether a desktop would start what the entry says."""
    keys = _keys(text)
    if keys.get("Hidden") == "true" or keys.get("X-GNOME-Autostart-enabled") == "false":
        return False
    tried = keys.get("TryExec", "")
    if tried:
        found = os.access(tried, os.X_OK) if os.path.isabs(tried) else shutil.which(tried) is not None  # noqa: PTH117  # as the entry has it
        if not found:
            return False
    return bool(keys.get("Exec"))


def _argument(text: str) -> str:
    doubled = text.replace("%", "%%")
    if _PLAIN.fullmatch(text):
        return doubled
    return '"' + _QUOTED.sub(r"\\\1", doubled) + '"'


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\")


def _keys(text: str) -> dict[str, str]:
    """The keys of the main group; of a key that is there twice, the last."""
    keys: dict[str, str] = {}
    inside = False
    for line in text.split("\n"):
        stripped = line.strip()
        if stripped.startswith("["):
            inside = stripped == _GROUP
        elif inside and "=" in stripped and not stripped.startswith("#"):
            key, _, value = stripped.partition("=")
            keys[key.rstrip()] = re.sub(
                r"\\(.)", lambda match: _ESCAPES.get(match.group(1), match.group(0)), value.lstrip()
            )
    return keys
