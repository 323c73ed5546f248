"""The core's answers when profiles are shared as a file, to be turned by tests."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.domain.differences import ProfilesPlan

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


class FakeSharing:
    """`called` is the fake core's own way of recording wishes, and of failing."""

    def __init__(self, called: Callable[..., None]) -> None:
        self._call = called
        self.planned = ProfilesPlan(path="", digest="")

    async def export_profiles(self, names: tuple[str, ...], path: str) -> int:
        self._call("export_profiles", names, path)
        return len(names)

    async def plan(self, path: str) -> ProfilesPlan:
        self._call("plan", path)
        return self.planned

    async def take(self, plan: ProfilesPlan, entries: tuple[tuple[str, str], ...], sources: Mapping[str, str]) -> int:
        self._call("take", plan, entries, dict(sources))
        return len(entries)
