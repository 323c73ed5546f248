"""Profiles as a file for a colleague: written without secrets, looked at field by field, taken over as a whole.

Identities are each person's own: a file only names them as sources, and who takes it over says which of theirs stands
for which. A command in it runs only after a person has seen and confirmed it, as every new command.
"""

from __future__ import annotations

import asyncio
import json
from dataclasses import fields
from typing import TYPE_CHECKING, TypeVar, cast

from app.core import providers
from app.core.importing import changed_since
from app.domain.chain import refuse_broken
from app.domain.configuration import Configuration, Profile, Provider, SourceKind
from app.domain.differences import Change, EntryChange, FieldChange, ProfilesPlan
from app.domain.errors import BadInput, StorageTrouble
from app.domain.settings_entries import faults, parse_source
from app.domain.settings_schema import table_of, without_broken
from app.domain.values import replace

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Mapping

    from app.core.engine import Engine
    from app.domain.configuration import Refusal, Source
    from app.domain.errors import Problem

    Shared = Provider | Profile
    Key = tuple[str, str]
    Steps = Generator[None, None, "_T"]

_T = TypeVar("_T")
_SLICE = 50
"""Entries looked at in one go, which takes some milliseconds."""

_BROKEN_HERE = "The one of this name that is here breaks a rule: correct or remove it first."
_LONGER_LEASE = "Its lease is longer than the one here. A file may only make guards stricter."
_OTHER_PIN = "Its account pin is another one than the one here. A file may only make guards stricter."
OWN = ("imported_from", "mfa_device", "pinned")
"""Of a profile, what is its owner's alone: it is not written into a file."""


class SharingDesk:
    """Answers `app.core.intents.Sharing`."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    async def export_profiles(self, names: tuple[str, ...], path: str) -> int:
        """See Sharing. Raises BadInput for an unknown name."""
        entries = exported(self._here, tuple(self._engine.keeper(name).profile for name in names))
        await self._engine.world.profiles_file.write(path, entries)
        return len(entries)

    async def plan(self, path: str) -> ProfilesPlan:
        """See Sharing."""
        there, digest = await self._engine.world.profiles_file.read(path)
        return await _sliced(planning(path, digest, there, self._here))

    async def take(self, plan: ProfilesPlan, entries: tuple[Key, ...], sources: Mapping[str, str]) -> int:
        """See Sharing. Raises BadInput when something chosen cannot be taken, or starts from what is not here.

        What was chosen is taken only if the difference is still the one in `plan`: the file and our settings count.
        """
        there, digest = await self._engine.world.profiles_file.read(plan.path)
        if digest != plan.digest:
            raise StorageTrouble(
                code="file-changed",
                title="The file is another one now",
                detail="It was changed after it was looked at. Nothing was taken over.",
                remedy="Look at it again.",
            )
        here = await self._engine.world.settings.load()
        now = await _sliced(planning(plan.path, digest, there, here))
        seen, coming = _unworded(plan), _unworded(now)
        if any(seen.get(key) != coming.get(key) for key in entries):
            raise changed_since()
        wanted = taken(entries, now, there, here, sources)
        if wanted:
            await self._engine.configure(await self._engine.world.settings.put_all(wanted))
            for entry in wanted:
                if isinstance(entry, Provider) and entry.name in here.providers:
                    await providers.follow_change(self._engine, here.providers[entry.name], entry)
        return len(wanted)

    @property
    def _here(self) -> Configuration:
        return self._engine.roster.configuration


def exported(here: Configuration, profiles: tuple[Profile, ...]) -> tuple[Shared, ...]:
    """What goes into a file: these profiles and what they start from, in the settings' order, providers first."""
    wanted: set[str] = set()
    starts: set[str] = set()
    for profile in profiles:
        each: Profile | None = profile
        while each is not None and each.name not in wanted:
            wanted.add(each.name)
            if each.source.kind is SourceKind.PROVIDER:
                starts.add(each.source.name)
            each = here.profiles.get(each.source.name) if each.source.kind is SourceKind.PROFILE else None
    plain = {each.name: each.default for each in fields(Profile) if each.name in OWN}
    return (
        *(each for name, each in here.providers.items() if name in starts),
        *(replace(each, **plain) for name, each in here.profiles.items() if name in wanted),  # type: ignore[arg-type]  # each field gets its own default
    )


async def _sliced(steps: Steps[_T]) -> _T:
    """Take the steps a few at a time: a window has other things to do, too."""
    number = 0
    while True:
        try:
            next(steps)
        except StopIteration as done:
            return cast("_T", done.value)
        number += 1
        if number % _SLICE == 0:
            await asyncio.sleep(0)


def _unworded(plan: ProfilesPlan) -> dict[Key, EntryChange]:
    """The entries by key, without the notes, which the window shows in its own language."""
    return {(each.kind, each.name): replace(each, note="") for each in plan.entries}


def planning(path: str, digest: str, there: Configuration, here: Configuration) -> Steps[ProfilesPlan]:
    """What taking over `there` would change `here`, in steps of one entry each. Pure."""
    broken = yield from _broken(there, here)
    refused_here = {refusal.entry for refusal in here.refusals}
    entries = [_refused(refusal.entry, _sentence(refusal.problem)) for refusal in there.refusals]
    coming: list[Shared] = [*there.providers.values(), *there.profiles.values()]
    for new in coming:
        yield
        entry = ".".join(_key(new))
        if entry in refused_here:
            entries.append(_refused(entry, _BROKEN_HERE))
        elif entry in broken:
            entries.append(_refused(entry, broken[entry]))
        else:
            entries.append(_difference(new, there, here))
    missing = sorted({need for each in entries for need in each.needs})
    return ProfilesPlan(path=path, digest=digest, entries=tuple(entries), missing=tuple(missing))


def taken(
    chosen: Iterable[Key], plan: ProfilesPlan, there: Configuration, here: Configuration, sources: Mapping[str, str]
) -> tuple[Shared, ...]:
    """The entries to be written, missing sources replaced. Raises BadInput. Pure."""
    possible = {(each.kind, each.name): each for each in plan.entries}
    wanted: list[Shared] = []
    for key in dict.fromkeys(chosen):
        change = possible.get(key)
        if change is None or change.change is Change.REFUSED:
            raise _not_takable(key, change)
        if change.change is not Change.SAME:
            wanted.append(_merged(_of(there, key), _of(here, key)))
    wanted.sort(key=lambda each: isinstance(each, Profile))
    coming = {_key(each) for each in wanted}
    return tuple(_sourced(each, here, coming, sources) if isinstance(each, Profile) else each for each in wanted)


def _sourced(profile: Profile, here: Configuration, coming: set[Key], sources: Mapping[str, str]) -> Profile:
    """The profile with a source that will be there."""
    source = profile.source
    if str(source) in sources and not _is_here(source, here):
        profile = replace(profile, source=parse_source(sources[str(source)]))
    if _is_here(profile.source, here) or (profile.source.kind.value, profile.source.name) in coming:
        return profile
    raise BadInput(
        code="source-missing",
        title=f"“{profile.name}” starts from something that is not here",
        detail=f"There is no {profile.source}, and it does not come along. Nothing was taken over.",
        remedy="Say which source of yours stands for it, or take it over too.",
        field="source",
    )


def _difference(new: Shared, there: Configuration, here: Configuration) -> EntryChange:
    kind, name = _key(new)
    old = _of(here, (kind, name))
    merged = _merged(new, old)
    if loose := _loosening(new, merged, old):
        return _refused(f"{kind}.{name}", loose)
    was, will = (table_of(old) if old is not None else {}), table_of(merged)
    changes = tuple(
        FieldChange(name=key, old=_shown(was.get(key)), new=_shown(will.get(key)))
        for key in dict.fromkeys((*will, *was))
        if was.get(key) != will.get(key)
    )
    change = Change.NEW if old is None else Change.CHANGED if changes else Change.SAME
    command = new.command if isinstance(new, Provider) and (old is None or old != new) else ()
    needs: tuple[str, ...] = ()
    if isinstance(new, Profile) and change is not Change.SAME:
        along = _of(there, (new.source.kind.value, new.source.name)) is not None
        needs = () if along or _is_here(new.source, here) else (str(new.source),)
    return EntryChange(kind=kind, name=name, change=change, fields=changes, command=command, needs=needs)


def _merged(new: Shared | None, old: Shared | None) -> Shared:
    """The entry as it would be: what is its owner's alone stays as it is here, and a guard is never taken off."""
    if isinstance(new, Profile) and isinstance(old, Profile):
        return replace(
            new,
            imported_from=old.imported_from,
            mfa_device=new.mfa_device or old.mfa_device,
            pinned=old.pinned,
            confirm=new.confirm or old.confirm,
            lease=new.lease or old.lease,
            account_pin=new.account_pin or old.account_pin,
        )
    if isinstance(new, Profile):
        return replace(new, imported_from="", pinned=False)
    if new is None:
        message = "an entry of the plan is in the file"
        raise AssertionError(message)
    return new


def _loosening(new: Shared, merged: Shared, old: Shared | None) -> str:
    """How an entry would weaken a guard that is here, or clash with one that stays; empty when it does not."""
    if not (isinstance(new, Profile) and isinstance(old, Profile)):
        return ""
    if old.lease and new.lease and new.lease > old.lease:
        return _LONGER_LEASE
    if old.account_pin and new.account_pin not in ("", old.account_pin):
        return _OTHER_PIN
    if old.account_pin and not new.account_pin:
        wrong = faults("profile", new.name, table_of(merged))
        return _sentence(wrong[0].problem) if wrong else ""
    return ""


def _broken(there: Configuration, here: Configuration) -> Steps[dict[str, str]]:
    """Why profiles of the file could never work, by entry; those whose source is not known yet are not judged."""
    profiles = {**here.profiles, **there.profiles}
    together = replace(here, providers={**here.providers, **there.providers}, profiles=profiles, refusals=())
    judged = {name: each for name, each in profiles.items() if _reaches(each, together)}
    together = replace(together, profiles=judged)
    found: list[Refusal] = []
    for name, profile in judged.items():
        yield
        found += refuse_broken(together, {name: profile})
    refusals = without_broken(together, broken=tuple(found)).refusals
    return {each.entry: _sentence(each.problem) for each in refusals}


def _reaches(profile: Profile, together: Configuration) -> bool:
    """Whether a profile's chain ends at something that is there, or leads back to itself."""
    passed = {profile.name}
    source = profile.source
    while source.kind is SourceKind.PROFILE and source.name in together.profiles:
        if source.name in passed:
            return True
        passed.add(source.name)
        source = together.profiles[source.name].source
    return _is_here(source, together)


def _is_here(source: Source, configuration: Configuration) -> bool:
    tables: Mapping[SourceKind, Mapping[str, object]] = {
        SourceKind.IDENTITY: configuration.identities,
        SourceKind.PROVIDER: configuration.providers,
        SourceKind.PROFILE: configuration.profiles,
    }
    return source.name in tables[source.kind]


def _of(configuration: Configuration, key: Key) -> Shared | None:
    kind, name = key
    if kind == "provider":
        return configuration.providers.get(name)
    return configuration.profiles.get(name) if kind == "profile" else None


def _key(entry: Shared) -> Key:
    return ("provider" if isinstance(entry, Provider) else "profile", entry.name)


def _refused(entry: str, note: str) -> EntryChange:
    kind, _, name = entry.partition(".")
    return EntryChange(kind=kind, name=name, change=Change.REFUSED, note=note)


def _sentence(problem: Problem) -> str:
    return f"{problem.title}. {problem.detail}" if problem.detail else f"{problem.title}."


def _shown(value: object) -> str:
    if value is None:
        return ""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _not_takable(key: Key, change: EntryChange | None) -> BadInput:
    return BadInput(
        code="entry-refused",
        title=f"{key[0]} “{key[1]}” cannot be taken over",
        detail=change.note if change is not None else "It is not in the file.",
        remedy="Take over the others. Nothing was changed.",
    )
