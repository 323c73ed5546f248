"""The credentials file of the machine, in memory."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.domain.errors import RolecallError, StorageTrouble
from app.domain.published import FoundSection, Origin, Published

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from app.domain.credentials import Credentials
    from app.domain.published import Outcome, Publication


@dataclass(kw_only=True)
class Section:
    origin: Origin = Origin.OURS
    profile: str = ""
    credentials: Credentials | None = None
    region: str | None = None


class FakeFile:
    """The credentials file of the machine."""

    def __init__(self) -> None:
        self.found: dict[str, Section] = {}
        self.kept: dict[str, Section] = {}
        self.trouble: RolecallError | None = None
        self.delay = 0.01
        self.history: list[tuple[str, str, Credentials | None]] = []
        self.on_write: Callable[[], None] = lambda: None
        self._version = 0

    def change(self, name: str, section: Section | None) -> None:
        """Somebody else writes."""
        if section is None:
            self.found.pop(name, None)
        else:
            self.found[name] = section
        self._version += 1

    async def sections(self) -> tuple[FoundSection, ...]:
        await asyncio.sleep(self.delay)
        return tuple(_found(name, section) for name, section in self.found.items())

    async def publish_all(self, wanted: Sequence[Publication]) -> list[Outcome]:
        await asyncio.sleep(self.delay)
        self._fail()
        return [self._published(each) for each in wanted]

    def _published(self, wanted: Publication) -> Outcome:
        section, old = wanted.section, self.found.get(wanted.section.aws_profile)
        if old is None and wanted.renewal:
            return Published.GONE
        if old is not None and old.origin is not Origin.OURS:
            if not wanted.displace:
                return StorageTrouble(code="section-foreign", title="foreign")
            self.kept[section.aws_profile] = old
        elif old is not None and not wanted.displace and _key_of(old) not in wanted.known_key_ids:
            return StorageTrouble(code="section-unknown-origin", title="unknown")
        self.on_write()
        credentials = section.credentials
        self.change(
            section.aws_profile, Section(profile=section.profile, credentials=credentials, region=section.region)
        )
        self.history.append(("publish", section.profile, credentials))
        return Published.WRITTEN

    async def withdraw(self, aws_profiles: frozenset[str]) -> frozenset[str]:
        await asyncio.sleep(self.delay)
        self._fail()
        removed = {n for n in aws_profiles if n in self.found and self.found[n].origin is Origin.OURS}
        for name in removed:
            self.history.append(("withdraw", self.found[name].profile, None))
            self.change(name, self.kept.pop(name, None))
        return frozenset(removed)

    async def fingerprint(self) -> tuple[int, ...]:
        return (self._version,)

    def _fail(self) -> None:
        if self.trouble is not None:
            raise self.trouble


def _key_of(section: Section) -> str:
    return section.credentials.access_key_id if section.credentials else ""


def _found(name: str, section: Section) -> FoundSection:
    if section.origin is not Origin.OURS:
        return FoundSection(aws_profile=name, origin=section.origin, line=7)
    return FoundSection(
        aws_profile=name,
        origin=Origin.OURS,
        profile=section.profile,
        access_key_id=_key_of(section),
        expires=section.credentials.expires if section.credentials else None,
        credentials=section.credentials,
    )
