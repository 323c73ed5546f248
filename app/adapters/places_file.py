"""Where each profile's credentials live, kept for the next command: it need not read all of the settings for one.

AWS tools ask for one profile, often and in the middle of something. What is kept here is no more than was read from the
settings, holds no secret, and counts only for the very file that it was read from, read by the very same program. It
decides whose keys a tool is given, and under which guards: it is believed only where nobody else can have written it.
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
_OTHERS_WRITE = 0o022


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
        with open(_path(directory), "rb", opener=files.opened) as file:
            if not _is_ours(os.fstat(file.fileno())):
                return {}
            kept = json.loads(file.read())
        if kept["settings"] == seen and kept["program"] == _program():
            return dict(kept["places"])
    except (OSError, ValueError, TypeError, KeyError, RecursionError):
        pass
    return {}


def keep(directory: str, seen: Seen | None, places: Mapping[str, object], *, settings: str) -> None:
    """Keep it; `seen` is how the settings file looked before it was read. What cannot be kept is read again."""
    if seen is None or seen != look(settings) or time.time() - seen[_WRITTEN] / 1e9 < FRESH_SECONDS:
        return
    from pathlib import Path

    data = json.dumps({"settings": seen, "program": _program(), "places": places}).encode()
    place = Path(_path(directory))
    with contextlib.suppress(OSError):
        if place.parent.is_dir():
            # Of several who leave it at once the last one does: they read the same
            files.replace(place, data, alone=False)


def _path(directory: str) -> str:
    return os.path.join(directory, FILE)  # noqa: PTH118  # as cheap as can be


def _is_ours(status: os.stat_result) -> bool:
    """Whether only this user can have written it. On Windows the folder sees to that."""
    return os.name != "posix" or (status.st_uid == os.geteuid() and not status.st_mode & _OTHERS_WRITE)


def _program() -> list[object]:
    """Who reads the settings: another release, or a changed checkout, may read them in another way."""
    at = os.path.dirname(app.__file__)  # noqa: PTH120  # as cheap as can be
    return [app.__version__, *(_changed(f"{at}/{name}") for name in _READERS)]


def _changed(path: str) -> int:
    try:
        return os.stat(path).st_mtime_ns  # noqa: PTH116  # as cheap as can be
    except OSError:  # packed into one file
        return 0
