"""Where sessions outlive the process: the state file, the credentials file, the keyring.

The state is written before the file, and names the key that is being replaced: whatever moment a crash picks,
the section in the file bears a key ID that the state knows.
"""

from __future__ import annotations

import enum
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from app.core import frozen_credentials
from app.core.shared import Shared
from app.domain.errors import Problem, StorageTrouble
from app.domain.published import Origin, Published, PublishedSection
from app.domain.state import SessionRecord

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Set as AbstractSet

    from app.core.places import Place
    from app.core.world import World
    from app.domain.credentials import Obtained
    from app.domain.published import FoundSection
    from app.domain.state import SharedState


class Kept(enum.Enum):
    """Where credentials ended up."""

    SHARED = "shared"
    """Published, or in the keyring: other processes find them."""
    IN_MEMORY = "in memory"
    GONE = "gone"
    """A renewal found its section removed by somebody else: that means stop."""


class Shelf:
    """Puts sessions on the shelf and takes them down. `replaced` is told who lost an AWS profile name to whom."""

    def __init__(self, world: World, replaced: Callable[[str, str], None]) -> None:
        self._world = world
        self._replaced = replaced
        self.keyring_problem: Problem | None = None
        self._undeletable: set[str] = set()
        self._key_ids: tuple[SharedState | None, frozenset[str]] = (None, frozenset())
        self._published: tuple[SharedState | None, Counter[str]] = (None, Counter())

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
        self, place: Place, obtained: Obtained, *, known_key_id: str = "", renewal: bool, displace: bool
    ) -> Kept:
        """Record and publish. `known_key_id` may be replaced besides the keys of the state.

        Raises StorageTrouble when the file cannot be written; the state is then as it was.
        """
        if not place.aws_profile:
            return await self._keep_in_keyring(place, obtained)
        before = await self._world.state.read()
        losers = self._others_on(before, place)
        record = _record(place, obtained, previous_key_id=_previous(before, place, losers, known_key_id))
        names = frozenset(loser.name for loser in losers)
        await self._world.state.update(lambda state: _with(state, record, without=names))
        try:
            known = self._known(before) | {obtained.access_key_id, known_key_id}
            published = await self._publish(place, obtained, known, renewal=renewal, displace=displace)
        except StorageTrouble:
            await self._world.state.update(lambda state: _restored(state, place.key, before, names))
            raise
        if published is Published.GONE:
            await self._drop_record(place.key, obtained.access_key_id)
            return Kept.GONE
        for name in names:
            self._replaced(name, place.key)
        return Kept.SHARED

    def _known(self, state: SharedState) -> frozenset[str]:
        """The state's key IDs, gathered once for all that are written at the same time."""
        if self._key_ids[0] is not state:
            self._key_ids = (state, state.key_ids)
        return self._key_ids[1]

    def _others_on(self, state: SharedState, place: Place) -> list[SessionRecord]:
        """Who else has the place's AWS profile name; the names are counted once for many, too."""
        if self._published[0] is not state:
            self._published = (state, Counter([each.aws_profile for each in state.sessions.values()]))
        own, many = state.sessions.get(place.key), self._published[1][place.aws_profile]
        if many == (own is not None and own.aws_profile == place.aws_profile):
            return []
        records = state.sessions.values()
        return [each for each in records if each.aws_profile == place.aws_profile and each.name != place.key]

    async def _publish(
        self, place: Place, obtained: Obtained, known: frozenset[str], *, renewal: bool, displace: bool
    ) -> Published:
        section = PublishedSection(
            aws_profile=place.aws_profile,
            profile=place.key,
            credentials=(await self._whole(place, obtained)).credentials_or_fail(),
            region=place.region,
        )
        return await self._world.file.publish(section, known_key_ids=known, renewal=renewal, displace=displace)

    async def _keep_in_keyring(self, place: Place, obtained: Obtained) -> Kept:
        if not place.in_keyring:
            return Kept.IN_MEMORY
        record = replace(_record(place, obtained, previous_key_id=""), kept_in_keyring=True)
        frozen = frozen_credentials.freeze((await self._whole(place, obtained)).credentials_or_fail())
        try:
            await self._world.secrets.set(f"session/{place.key}", frozen)
            await self._world.state.update(lambda state: _with(state, record, without=frozenset()))
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
            await self._world.state.update(lambda each: _without(each, gone))
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
        def drop(state: SharedState) -> SharedState:
            record = state.sessions.get(key)
            return state if record is None or record.access_key_id != access_key_id else _without(state, {key})

        await self._world.state.update(drop)


def _previous(state: SharedState, place: Place, losers: list[SessionRecord], known_key_id: str) -> str:
    """The key that stands in the file until the new one is written."""
    if losers:
        return losers[0].access_key_id
    record = state.sessions.get(place.key)
    return known_key_id or (record.access_key_id if record is not None else "")


def _record(place: Place, obtained: Obtained, *, previous_key_id: str) -> SessionRecord:
    return SessionRecord(
        name=place.key,
        fingerprint=place.fingerprint,
        access_key_id=obtained.access_key_id,
        issued=obtained.issued,
        expires=obtained.expires,
        arn=obtained.arn,
        aws_profile=place.aws_profile,
        chained=obtained.chained,
        packed_policy_size=obtained.packed_policy_size,
        request_id=obtained.request_id,
        source_identity=obtained.source_identity,
        previous_key_id=previous_key_id,
        lease_ends=obtained.lease_ends,
    )


def _with(state: SharedState, record: SessionRecord, *, without: frozenset[str]) -> SharedState:
    kept = {name: each for name, each in state.sessions.items() if name not in without} if without else state.sessions
    return replace(state, sessions={**kept, record.name: record})


def _without(state: SharedState, keys: AbstractSet[str]) -> SharedState:
    return replace(state, sessions={name: each for name, each in state.sessions.items() if name not in keys})


def _restored(state: SharedState, key: str, before: SharedState, names: frozenset[str]) -> SharedState:
    back = {name: before.sessions[name] for name in {key, *names} if name in before.sessions}
    return replace(state, sessions={**_without(state, {key}).sessions, **back})


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
