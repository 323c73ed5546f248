"""What the window remembers from one run to the next: its place, its panels, the order of the list."""

from __future__ import annotations

import json
from typing import Protocol

from app.domain.values import dataclass, names, replace

_RECENT = 5
_RECENT_FOUND = 20
_FAR = 1_000_000
"""Pixels that no screen has, and with which Qt can still reckon."""


class Store(Protocol):
    """Where the remembered text lies. Both are quick; `write` may finish later."""

    def read(self) -> str:
        """The text written last, or an empty one."""

    def write(self, text: str) -> None:
        """Keep this text instead."""


class MemoryStore:
    """Remembers until the program ends."""

    def __init__(self, text: str = "") -> None:
        self.text = text

    def read(self) -> str:
        """The text written last, or an empty one."""
        return self.text

    def write(self, text: str) -> None:
        """Keep this text instead."""
        self.text = text


@dataclass(frozen=True, slots=True, kw_only=True)
class Remembered:
    """The facts. `place` is x, y, width and height of the unmaximized window in pixels, or empty."""

    place: tuple[int, ...] = ()
    maximized: bool = False
    detail: bool = True
    sort: str = "group"
    folded: tuple[str, ...] = ()
    chosen: str = ""
    shell: str = "bash"
    services: tuple[str, ...] = ()
    told_about_tray: bool = False
    page: str = ""
    """What was shown last: the key of a page, or what the sidebar stands for."""
    recent: tuple[str, ...] = ()
    """What was chosen in the palette, newest first, by keys of its entries."""


_NOTHING = Remembered()
_DEFAULTS: dict[str, object] = {name: getattr(_NOTHING, name) for name in names(Remembered)}


class WindowState:
    """The remembered facts, and the store they are kept in. Text that cannot be read counts as none."""

    def __init__(self, store: Store | None = None) -> None:
        self._store: Store = MemoryStore() if store is None else store
        self.now = _parsed(self._store.read())

    def keep(self, **facts: object) -> None:
        """Remember these facts, the fields of `Remembered`."""
        fresh = replace(self.now, **facts)  # type: ignore[arg-type]  # field names, checked by `replace`
        if fresh != self.now:
            self.now = fresh
            self._store.write(json.dumps({name: getattr(fresh, name) for name in _DEFAULTS}, indent=1))

    def used_service(self, service: str) -> None:
        """Put a console service first among the recent ones."""
        rest = [each for each in self.now.services if each != service]
        self.keep(services=(service, *rest)[:_RECENT])

    def used_entry(self, key: str) -> None:
        """Put what was chosen in the palette first among the recent ones."""
        rest = [each for each in self.now.recent if each != key]
        self.keep(recent=(key, *rest)[:_RECENT_FOUND])


def _parsed(text: str) -> Remembered:
    try:
        raw = json.loads(text) if text else {}
    except (ValueError, RecursionError):
        return Remembered()
    if not isinstance(raw, dict):
        return Remembered()
    fresh: dict[str, object] = {}
    for name, default in _DEFAULTS.items():
        value = raw.get(name)
        if isinstance(default, tuple):
            kind = int if name == "place" else str
            if isinstance(value, list) and all(type(one) is kind for one in value) and not _is_far(value):
                fresh[name] = tuple(value)
        elif type(value) is type(default):
            fresh[name] = value
    return Remembered(**fresh)  # type: ignore[arg-type]  # each value was held against its field's default


def _is_far(values: list[object]) -> bool:
    return any(isinstance(one, int) and abs(one) > _FAR for one in values)
