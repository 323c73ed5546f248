"""Where sessions outlive the process: the state file, the credentials file, the keyring."""

from __future__ import annotations

import enum
from dataclasses import replace
from typing import TYPE_CHECKING

from app.core import frozen_credentials
from app.core.publishing import Delivery
from app.core.records import record_of, with_record, without, without_key
from app.core.shared import Shared
from app.domain.errors import Problem, StorageTrouble
from app.domain.published import Origin, Published

if TYPE_CHECKING:
    from app.core.places import Place
    from app.core.publishing import Publisher
    from app.core.world import World
    from app.domain.credentials import Obtained
    from app.domain.published import FoundSection
    from app.domain.state import SessionRecord, SharedState


class Kept(enum.Enum):
    """Where credentials ended up."""

    SHARED = "shared"
    """Published, or in the keyring: other processes find them."""
    IN_MEMORY = "in memory"
    GONE = "gone"
    """A renewal found its section removed by somebody else: that means stop."""


class Shelf:
    """Puts sessions on the shelf and takes them down. `publisher` writes what goes into the credentials file."""

    def __init__(self, world: World, publisher: Publisher) -> None:
        self._world = world
        self._publisher = publisher
        self.keyring_problem: Problem | None = None
        self._undeletable: set[str] = set()

    async def read(self) -> Shared:
        """What all processes share, now."""
        sections = await self._world.file.sections()
        state = await self._world.state.read()
        return Shared(state=state, sections={s.aws_profile: s for s in sections if s.origin is Origin.OURS})

    async def state(self) -> SharedState:
        """The part of it that says which keys there are."""
        return await self._world.state.read()

    async def holds(self, key: str) -> bool:
        """Whether anything of that name lies here."""
        shared = await self.read()
        return key in shared.state.sessions or any(each.profile == key for each in shared.sections.values())

    async def load(self, key: str, obtained: Obtained) -> Obtained:
        """Read the secret half of a session from the keyring."""
        try:
            stored = await self._world.secrets.get(f"session/{key}")
        except StorageTrouble as error:
            if error.code != "keyring-item-broken":
                raise
            stored = None
        credentials = None if stored is None else frozen_credentials.thaw(stored)
        if credentials is None or credentials.access_key_id != obtained.access_key_id:
            raise StorageTrouble(
                code="session-lost",
                title="The session's secrets are gone",
                detail="The keyring no longer holds them, or holds those of another session.",
                remedy="Assume the role again.",
            )
        return replace(obtained, credentials=credentials)

    async def keep(
        self,
        place: Place,
        obtained: Obtained,
        *,
        known_key_id: str = "",
        renewal: bool,
        displace: bool,
        clicked: bool = True,
    ) -> Kept:
        """Record and publish. What it is to be told: see Delivery.

        Raises StorageTrouble when the file cannot be written; the state is then as it was.
        """
        if not place.aws_profile:
            return await self._keep_in_keyring(place, obtained)
        delivery = Delivery(
            place=place,
            obtained=await self._whole(place, obtained),
            known_key_id=known_key_id,
            renewal=renewal,
            displace=displace,
            clicked=clicked,
        )
        return Kept.GONE if await self._publisher.publish(delivery) is Published.GONE else Kept.SHARED

    async def _keep_in_keyring(self, place: Place, obtained: Obtained) -> Kept:
        if not place.in_keyring:
            return Kept.IN_MEMORY
        record = replace(record_of(place, obtained), kept_in_keyring=True)
        frozen = frozen_credentials.freeze((await self._whole(place, obtained)).credentials_or_fail())
        try:
            await self._world.secrets.set(f"session/{place.key}", frozen)
            await self._world.state.update(lambda state: with_record(state, record))
        except StorageTrouble as error:
            self.keyring_problem = error.problem
            return Kept.IN_MEMORY
        self.keyring_problem = None
        self._undeletable.discard(place.key)
        return Kept.SHARED

    async def _whole(self, place: Place, obtained: Obtained) -> Obtained:
        return obtained if obtained.credentials is not None else await self.load(place.key, obtained)

    async def forget(self, place: Place) -> None:
        """Drop the record and the keyring item of a session that is not published; leave published ones."""
        record = (await self._world.state.read()).sessions.get(place.key)
        if record is None or record.aws_profile:
            return
        await self._drop_record(place.key, record.access_key_id)
        if record.kept_in_keyring:
            await self._delete_items([record])

    async def forget_record(self, record: SessionRecord) -> None:
        """Drop a record whose section somebody else removed, unless there is a newer one."""
        await self._drop_record(record.name, record.access_key_id)

    async def check_free(self, aws_profile: str) -> None:
        """Raise StorageTrouble when a foreign section of that name stands in the file."""
        for section in await self._world.file.sections():
            if section.aws_profile == aws_profile and section.origin is not Origin.OURS:
                raise foreign(section)

    async def withdraw(self, keys: frozenset[str], *, extra_sections: frozenset[str] = frozenset()) -> frozenset[str]:
        """Take sessions down, wherever they lie; returns the AWS profile names removed from the file.

        A section is theirs when it bears their name: it may be of unknown origin. Raises StorageTrouble; what lies in a
        keyring that does not answer stays known, so that it can be tried again.
        """
        sections = await self._world.file.sections()
        ours = {each.aws_profile for each in sections if each.origin is Origin.OURS and each.profile in keys}
        names = frozenset(ours) | extra_sections
        removed = await self._world.file.withdraw(names) if names else frozenset()
        state = await self._world.state.read()
        records = [state.sessions[key] for key in keys if key in state.sessions]
        trouble = await self._delete_items([record for record in records if record.kept_in_keyring])
        gone = frozenset(record.name for record in records) - self._undeletable
        if gone:
            await self._world.state.update(lambda each: without(each, gone))
        if trouble is not None:
            raise trouble
        return removed

    def hopeless(self, key: str) -> bool:
        """Whether the keyring would not part with an item before; it is not asked again without a person's wish."""
        return key in self._undeletable

    async def _delete_items(self, records: list[SessionRecord]) -> StorageTrouble | None:
        for record in records:
            try:
                await self._world.secrets.delete(f"session/{record.name}")
            except StorageTrouble as error:
                self.keyring_problem = error.problem
                self._undeletable |= {each.name for each in records}
                return error
            self._undeletable.discard(record.name)
        return None

    async def _drop_record(self, key: str, access_key_id: str) -> None:
        await self._world.state.update(lambda state: without_key(state, key, access_key_id))


def foreign(section: FoundSection) -> StorageTrouble:
    """The refusal to overwrite what somebody else put there."""
    name = section.aws_profile
    special = " It is what every AWS tool uses when no profile is named." if name == "default" else ""
    return StorageTrouble(
        code="section-foreign",
        title=f"[{name}] in the credentials file is not Rolecall's",
        detail=f"Line {section.line}: it was not written by this installation.{special}",
        remedy="Choose another aws_profile, or allow it to be set aside (`--replace`): it comes back on stop.",
        field="aws_profile",
    )
