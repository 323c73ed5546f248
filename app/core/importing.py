"""Taking roles over from the AWS config file: look first, then do what was ticked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.domain import aws_import
from app.domain.configuration import MfaUse
from app.domain.view import ImportRow, ImportView

if TYPE_CHECKING:
    from app.core.engine import Engine
    from app.domain.aws_import import ImportCandidate, ImportPlan
    from app.domain.configuration import Configuration


async def plan(engine: Engine) -> ImportView:
    """What an import would do; nothing is changed."""
    files = await engine.world.aws_config.read()
    planned = aws_import.plan(files, engine.roster.configuration)
    return ImportView(
        path=files.config_path,
        rows=tuple(_row(each) for each in planned.importable),
        refused=tuple(ImportRow(name=name, refusal=reason) for name, reason in planned.refused),
        keys=tuple(each.identity.name for each in planned.identities if not each.known),
    )


async def run(engine: Engine, names: tuple[str, ...], *, keys: bool) -> int:
    """Take over the named roles and what they need; returns how many.

    With `keys` the secrets go to the keyring first: if that fails, nothing was imported. Raises StorageTrouble before
    that when the settings cannot be read.
    """
    files = await engine.world.aws_config.read()
    planned = aws_import.plan(files, engine.roster.configuration).chosen(frozenset(names))
    new = [each for each in planned.identities if not each.known]
    if keys:
        await engine.world.settings.load()
        for each in new:
            await engine.world.secrets.set(f"identity/{each.identity.name}", each.secret)
    configuration = await _write(engine, planned)
    if configuration is not None:
        await engine.configure(configuration)
    return len(planned.importable)


async def _write(engine: Engine, planned: ImportPlan) -> Configuration | None:
    configuration = None
    for identity in planned.identities:
        if not identity.known:
            configuration = await engine.world.settings.put(identity.identity)
    for provider in planned.providers:
        configuration = await engine.world.settings.put(provider)
    for candidate in planned.importable:
        configuration = await engine.world.settings.put(candidate.profile)
    return configuration


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
