"""The registry's Run key on Windows: programs that start when this person signs in."""

from __future__ import annotations

import importlib
import subprocess
from contextlib import suppress
from pathlib import Path
from typing import Any, Protocol

RUN = r"Software\Microsoft\Windows\CurrentVersion\Run"
APPROVED = r"Software\Microsoft\Windows\CurrentVersion\Explorer\StartupApproved\Run"
"""Where the Task Manager keeps what a person switched off: the first byte of a value is odd then."""
VALUE = "Rolecall"


class Registry(Protocol):
    """Values below HKEY_CURRENT_USER. All raise OSError."""

    def get(self, key: str, name: str) -> str | bytes | None:
        """A value; None when it is not there."""

    def set(self, key: str, name: str, value: str) -> None:
        """Write a text; the key is made if need be."""

    def delete(self, key: str, name: str) -> None:
        """Remove a value; none there is fine."""


class RunKey:
    """The value of the Run key."""

    place = Path("HKEY_CURRENT_USER") / RUN

    def __init__(self, registry: Registry, program: tuple[str, ...]) -> None:
        self._registry = registry
        self._program = program

    def is_on(self) -> bool:
        """Whether the value is there and was not switched off in the Task Manager."""
        approved = self._registry.get(APPROVED, VALUE)
        off = isinstance(approved, bytes) and bool(approved) and approved[0] % 2 == 1
        return bool(self._registry.get(RUN, VALUE)) and not off

    def switch(self, *, on: bool) -> None:
        """Write the value for this program, whatever was there, or remove it."""
        if on:
            self._registry.set(RUN, VALUE, subprocess.list2cmdline(self._program))
        else:
            self._registry.delete(RUN, VALUE)
        self._registry.delete(APPROVED, VALUE)


def _winreg() -> Any:  # noqa: ANN401  # a module that only Windows has
    try:
        return importlib.import_module("winreg")
    except ImportError as error:
        raise OSError(0, "there is no registry here") from error


class WindowsRegistry:
    """The registry of this machine."""

    def get(self, key: str, name: str) -> str | bytes | None:
        """See Registry."""
        winreg = _winreg()
        with suppress(FileNotFoundError), winreg.OpenKey(winreg.HKEY_CURRENT_USER, key) as opened:
            value, _ = winreg.QueryValueEx(opened, name)
            return value if isinstance(value, str | bytes) else None
        return None

    def set(self, key: str, name: str, value: str) -> None:
        """See Registry."""
        winreg = _winreg()
        with winreg.CreateKey(winreg.HKEY_CURRENT_USER, key) as opened:
            winreg.SetValueEx(opened, name, 0, winreg.REG_SZ, value)

    def delete(self, key: str, name: str) -> None:
        """See Registry."""
        winreg = _winreg()
        with (
            suppress(FileNotFoundError),
            winreg.OpenKey(winreg.HKEY_CURRENT_USER, key, 0, winreg.KEY_SET_VALUE) as opened,
        ):
            winreg.DeleteValue(opened, name)
