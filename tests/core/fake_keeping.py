"""Ports in memory that came with the journal and with shared profiles."""

from __future__ import annotations

import asyncio
import hashlib
from types import MappingProxyType
from typing import TYPE_CHECKING

from app.domain.configuration import Configuration, Profile, Provider
from app.domain.errors import RolecallError, StorageTrouble

if TYPE_CHECKING:
    from app.domain.happening import Happening


class FakeJournal:
    """The activity journal of the machine; what is newest stands last."""

    def __init__(self) -> None:
        self.kept: list[Happening] = []
        self.trouble: RolecallError | None = None

    async def add(self, happenings: tuple[Happening, ...]) -> None:
        await asyncio.sleep(0)
        if self.trouble is not None:
            raise self.trouble
        self.kept += happenings

    async def read(self) -> tuple[Happening, ...]:
        if self.trouble is not None:
            raise self.trouble
        return tuple(reversed(self.kept))

    async def fingerprint(self) -> tuple[int, ...]:
        return (len(self.kept),)


class FakeAutostart:
    def __init__(self) -> None:
        self.on = False

    async def is_on(self) -> bool:
        return self.on

    async def switch(self, *, on: bool) -> None:
        self.on = on


class FakeProfilesFile:
    """Files for colleagues, by path. What is read is what was written, or put there."""

    def __init__(self) -> None:
        self.files: dict[str, Configuration] = {}

    async def write(self, path: str, entries: tuple[Provider | Profile, ...]) -> None:
        self.files[path] = Configuration(
            providers=MappingProxyType({each.name: each for each in entries if isinstance(each, Provider)}),
            profiles=MappingProxyType({each.name: each for each in entries if isinstance(each, Profile)}),
        )

    async def read(self, path: str) -> tuple[Configuration, str]:
        if path not in self.files:
            raise StorageTrouble(code="profiles-file", title="no such file")
        return self.files[path], hashlib.sha256(repr(self.files[path]).encode()).hexdigest()
