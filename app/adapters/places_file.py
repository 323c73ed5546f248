"""Where each profile's credentials live, kept for the next command: it need not read all of the settings for one.

AWS tools ask for one profile, often and in the middle of something. What is kept here is no more than was read from the
settings, holds no secret, and counts only for the very file that it was read from, read by the very same program.
"""

from __future__ import annotations

import contextlib
import json
import os
import time
from typing import TYPE_CHECKING, Any

import app
from app.adapters import files

if TYPE_CHECKING:
    from collections.abc import Mapping

FILE = "places.json"
FRESH_SECONDS = 2.0
"""A file that was changed so lately may change again without a new time: clocks of file systems have a grain."""
_READERS: tuple[str, ...] = (
    "core/places.py",
    "domain/chain.py",
    "domain/configuration.py",
    "adapters/settings_file/store.py",
)
_READERS += tuple(f"domain/settings_{each}.py" for each in ("entries", "fields", "schema"))

Seen = list[int]
_WRITTEN = 3


def look(settings: str) -> Seen | None:
    """What changes whenever the settings file does; None when nothing can be kept for it."""
    try:
        status = os.stat(settings)  # noqa: PTH116  # as cheap as can be
    except OSError:
        return None
    return [status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns]


def recall(directory: str, seen: Seen | None) -> dict[str, Any]:
    """What was kept, for each profile by its name, when the settings file looked like this; else nothing."""
    if seen is None:
        return {}
    try:
        kept = json.loads(files.read(os.path.join(directory, FILE)) or b"{}")  # noqa: PTH118  # as cheap as can be
        if kept["settings"] == seen and kept["program"] == _program():
            return dict(kept["places"])
    except (OSError, ValueError, TypeError, KeyError, RecursionError):
        pass
    return {}


def keep(directory: str, seen: Seen | None, places: Mapping[str, object], *, settings: str) -> None:
    """Keep it; `seen` is how the settings file looked before it was read. What cannot be kept is read again."""
    if seen is None or seen != look(settings) or time.time() - seen[_WRITTEN] / 1e9 < FRESH_SECONDS:
        return
    data = json.dumps({"settings": seen, "program": _program(), "places": places}).encode()
    place = os.path.join(directory, FILE)  # noqa: PTH118  # as cheap as can be
    temporary = os.path.join(directory, f".{FILE}.{os.getpid()}")  # noqa: PTH118  # as cheap as can be
    flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
    with contextlib.suppress(OSError):
        try:
            with os.fdopen(os.open(temporary, flags, 0o600), "wb") as file:
                file.write(data)
            os.replace(temporary, place)  # noqa: PTH105  # as cheap as can be
        finally:
            os.unlink(temporary)  # noqa: PTH108  # as cheap as can be; after a success it is not there


def _program() -> list[object]:
    """Who reads the settings: another release, or a changed checkout, may read them in another way."""
    at = os.path.dirname(app.__file__)  # noqa: PTH120  # as cheap as can be
    return [app.__version__, *(_changed(f"{at}/{name}") for name in _READERS)]


def _changed(path: str) -> int:
    try:
        return os.stat(path).st_mtime_ns  # noqa: PTH116  # as cheap as can be
    except OSError:  # packed into one file
        return 0
