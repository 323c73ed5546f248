"""Taking roles over from the AWS config file: look first, then do what was ticked."""

from __future__ import annotations

import asyncio
import hashlib
from typing import TYPE_CHECKING

from app.core import editing
from app.domain import aws_import, import_kept
from app.domain.configuration import MfaUse
from app.domain.differences import Change
from app.domain.errors import StorageTrouble
from app.domain.view import ImportRow, ImportView

if TYPE_CHECKING:
    from app.core.engine import Engine
    from app.domain.aws_import import AwsFiles, ImportCandidate, ImportPlan
    from app.domain.configuration import Configuration, Identity, Profile, Provider
    from app.domain.import_kept import KeptPlan

_SLICE = 20
"""Roles planned at a time, which takes some milliseconds."""


async def plan(engine: Engine) -> ImportView:
    """What an import would do; nothing is changed."""
    files = await engine.world.aws_config.read()
    here = engine.roster.configuration
    planned = await _planned(files, here)
    before = import_kept.kept(files, here)
    known = {each.profile.imported_from for each in before.kept}
    return ImportView(
        path=files.config_path,
        rows=tuple(_row(each) for each in planned.importable),
        refused=tuple(ImportRow(name=name, refusal=reason) for name, reason in planned.refused if name not in known),
        keys=tuple(each.identity.name for each in planned.identities if not each.known),
        kept=tuple(each.change for each in before.kept),
        digest=await _digest(planned, before),
    )


async def run(engine: Engine, names: tuple[str, ...], *, keys: bool, digest: str) -> int:
    """Take over the named roles and what they need; returns how many.

    A profile that was imported before gets what is different there now, or is removed if it is gone there. With `keys`
    the secrets go to the keyring first: if that fails, nothing was imported. Raises StorageTrouble before that when
    the settings cannot be read, or `file-changed` when the plan is another one than that of `digest`.
    """
    files = await engine.world.aws_config.read()
    here, chosen = await engine.world.settings.load(), frozenset(names)
    everything, before = await _planned(files, here), import_kept.kept(files, here)
    if await _digest(everything, before) != digest:
        raise changed_since()
    planned, kept = everything.chosen(chosen), before.chosen(chosen)
    changed = [each.becomes for each in kept.kept if each.change.change is Change.CHANGED and each.becomes]
    identities = {each.identity.name: each for each in (*planned.identities, *kept.needed.identities)}
    new = [each for each in identities.values() if not each.known]
    if keys:
        for each in new:
            await engine.world.secrets.set(f"identity/{each.identity.name}", each.secret)
    entries: tuple[Identity | Provider | Profile, ...] = (
        *(each.identity for each in new),
        *{each.name: each for each in (*planned.providers, *kept.needed.providers)}.values(),
        *(each.profile for each in planned.importable),
        *changed,
    )
    if entries:
        await engine.configure(await engine.world.settings.put_all(entries))
    gone = [each.profile for each in kept.kept if each.change.change is Change.GONE]
    for profile in sorted(gone, key=lambda each: -len(engine.keeper(each.name).chain.parents)):
        await editing.remove_profile(engine, profile.name)
    return len(planned.importable) + len(changed) + len(gone)


def changed_since() -> StorageTrouble:
    """What is to be taken over is not what was shown."""
    return StorageTrouble(
        code="file-changed",
        title="It is no longer as it was shown",
        detail="The files, or the settings here, were changed after they were looked at. Nothing was taken over.",
        remedy="Look at it again.",
    )


async def _digest(planned: ImportPlan, kept: KeptPlan) -> str:
    """What tells what a person is shown, and what would be written, from anything else. Secrets are not in it."""
    digest = hashlib.sha256()
    facts = (
        *planned.importable,
        *(each.change for each in kept.kept),
        *((each.identity, each.known) for each in (*planned.identities, *kept.needed.identities)),
        *(*planned.providers, *kept.needed.providers),
    )
    for number, fact in enumerate(facts, 1):
        digest.update(f"{fact!r}\n".encode())
        if number % _SLICE == 0:
            await asyncio.sleep(0)
    return digest.hexdigest()


async def _planned(files: AwsFiles, here: Configuration) -> ImportPlan:
    """Plan in slices: a window has other things to do, too."""
    planning = aws_import.Planning(files, here)
    for number, _ in enumerate(planning.steps(), 1):
        if number % _SLICE == 0:
            await asyncio.sleep(0)
    return planning.plan()


def _row(candidate: ImportCandidate) -> ImportRow:
    profile = candidate.profile
    words = [profile.role_arn.name if profile.role_arn is not None else "session token"]
    if profile.source.kind.value == "profile":
        words.append(f"from {profile.source.name}")
    if profile.source.kind.value == "provider":
        words.append("token file")
    if profile.mfa is not MfaUse.NONE:
        words.append("MFA")
    return ImportRow(name=profile.name, words=", ".join(words), note=candidate.note, published_as=profile.published_as)
