"""The size of all that is shown, by a person's wish. Qt has to know it before there is an application."""

from __future__ import annotations

import os
import re
import tomllib
from contextlib import contextmanager
from typing import TYPE_CHECKING

from app.adapters import files
from app.domain.configuration import Settings
from app.domain.settings_entries import read_settings
from app.domain.settings_fields import Table

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_FACTOR = "QT_SCALE_FACTOR"
_MENTIONED = re.compile(rb"^[ \t]*[\"']?size[\"']?[ \t]*=", re.MULTILINE)


def wished(path: Path) -> int:
    """The size that the settings file asks for, in percent. The file is parsed only where it mentions one.

    What is wrong with the file is told later, by whoever reads all of it.
    """
    try:
        data = files.read(path) or b""
        if _MENTIONED.search(data) is None:
            return Settings().size
        table = tomllib.loads(data.decode()).get("settings", {})
    except (OSError, ValueError, RecursionError):
        return Settings().size
    return read_settings(Table(table)).size if isinstance(table, dict) else Settings().size


@contextmanager
def enlarged(percent: int) -> Iterator[None]:
    """Whatever application is made in here is that large, times what the environment asks for.

    Only in here: programs that are started later are not ours to enlarge.
    """
    before = os.environ.get(_FACTOR)
    if percent == Settings().size:
        yield
        return
    os.environ[_FACTOR] = f"{_number(before) * percent / 100:g}"
    try:
        yield
    finally:
        if before is None:
            del os.environ[_FACTOR]
        else:
            os.environ[_FACTOR] = before


def _number(text: str | None) -> float:
    try:
        found = float(text or "1")
    except ValueError:
        return 1.0
    return found if found > 0 else 1.0
