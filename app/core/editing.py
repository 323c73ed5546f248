"""Changes to what is configured, secrets and sessions following."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.core.engine import SETTLE_SECONDS
from app.core.keeper import Wish
from app.core.preview import with_profile
from app.core.withdrawing import withdraw_all
from app.domain import chain as chains
from app.domain import otp
from app.domain.configuration import Source, SourceKind
from app.domain.errors import BadInput
from app.domain.secret import Secret
from app.domain.settings_entries import faults
from app.domain.settings_schema import table_of
from app.domain.values import replace

if TYPE_CHECKING:
    from app.core.engine import Engine
    from app.domain.configuration import Identity, Profile, Settings

SECRET_CHARACTERS = 40
"""A secret access key has this many; other lengths are taken too, should AWS change that, but not obvious slips."""


async def put_profile(engine: Engine, profile: Profile, *, formerly: str) -> None:
    """Add or change a profile; a renamed one is stopped first, since sessions are kept by name.

    Raises BadInput, before anything is changed, for one that can never work.
    """
    configuration = engine.roster.configuration
    others = {name: each for name, each in configuration.profiles.items() if name != formerly}
    chains.check(chains.resolve(with_profile(replace(configuration, profiles=others), profile), profile.name))
    if formerly and formerly != profile.name and formerly in engine.roster.profiles:
        await engine.stop(formerly)
    await engine.configure(await engine.world.settings.put(profile, formerly=formerly))


async def arrange(engine: Engine, name: str, *, group: str, before: str) -> None:
    """Put a profile into a group, and before another one or last of all. Sessions go on."""
    await engine.configure(await engine.world.settings.move(name, before=before, group=group))


async def remove_profile(engine: Engine, name: str) -> None:
    """Stop a profile and remove it. Raises BadInput while others start from it."""
    configuration = engine.roster.configuration
    children = [
        p.name for p in configuration.profiles.values() if p.source == Source(kind=SourceKind.PROFILE, name=name)
    ]
    refuse_if_needed(name, children)
    if name in engine.roster.profiles:
        await engine.stop(name)
    await engine.configure(await engine.world.settings.remove(Source(kind=SourceKind.PROFILE, name=name)))


async def put_identity(engine: Engine, identity: Identity, *, secret: str, totp: str, formerly: str) -> None:
    """Add or change an identity. The keyring is written first: without it there is nothing to configure."""
    for broken in faults("identity", identity.name, table_of(identity)):
        raise broken
    key = secret_key(secret) if secret else None
    seed = otp.parse(Secret(totp.strip())).kept() if totp else None
    await engine.world.settings.load()  # a secret of what cannot be configured would lie in the keyring for ever
    if key is not None:
        await engine.world.secrets.set(f"identity/{identity.name}", key)
    if seed is not None:
        await engine.world.secrets.set(f"totp/{identity.name}", seed)
    if formerly and formerly != identity.name:
        await _move_secrets(engine, formerly, identity.name)
        await _forget_mfa_sessions(engine, formerly)
    await engine.configure(await engine.world.settings.put(identity, formerly=formerly))


async def _move_secrets(engine: Engine, formerly: str, name: str) -> None:
    for kind in ("identity", "totp"):
        old = await engine.world.secrets.get(f"{kind}/{formerly}")
        if old is not None and await engine.world.secrets.get(f"{kind}/{name}") is None:
            await engine.world.secrets.set(f"{kind}/{name}", old)
        await engine.world.secrets.delete(f"{kind}/{formerly}")


async def _forget_mfa_sessions(engine: Engine, identity: str) -> None:
    keys = frozenset(key for key in (await engine.world.state.read()).sessions if key.startswith(f"mfa:{identity}:"))
    await withdraw_all(engine.world.locks, keys, engine.shelf.withdraw, patience=SETTLE_SECONDS)


async def remove_identity(engine: Engine, name: str) -> None:
    """Remove an identity, its secrets and its MFA sessions. Raises BadInput while profiles start from it."""
    source = Source(kind=SourceKind.IDENTITY, name=name)
    profiles = engine.roster.configuration.profiles.values()
    refuse_if_needed(name, [profile.name for profile in profiles if profile.source == source])
    await _forget_mfa_sessions(engine, name)
    await engine.configure(await engine.world.settings.remove(source))
    for kind in ("identity", "totp"):
        await engine.world.secrets.delete(f"{kind}/{name}")


async def put_settings(engine: Engine, settings: Settings) -> None:
    """Change the settings table."""
    await engine.configure(await engine.world.settings.put(settings))


async def test(engine: Engine, profile: Profile, *, confirmed: str) -> str:
    """Obtain credentials for a profile as it stands in a form, publish nothing, forget them; the ARN obtained.

    Guarded is what is so in the form or in the settings: raises BadInput `confirmation-needed` unless `confirmed` is
    its name.
    """
    saved = engine.roster.configuration.profiles.get(profile.name)
    profile = replace(profile, confirm=profile.confirm or (saved is not None and saved.confirm))
    chain = chains.resolve(with_profile(engine.roster.configuration, profile), profile.name)
    chains.check(chain)
    trial = engine.roster.trial(chain)
    wish = Wish(profile=profile.name, since=engine.world.now(), by_person=True, force=True, confirmed=confirmed)
    obtained = await trial.obtain(wish)
    if obtained.arn:
        return obtained.arn
    signer = obtained.credentials_or_fail()
    return (await engine.world.sts.get_caller_identity(signer=signer, region=trial.region)).arn


def secret_key(text: str) -> Secret:
    """A secret access key as typed or piped, blanks around it removed. Raises BadInput without repeating it."""
    stripped = text.strip()
    if (
        len(stripped) < SECRET_CHARACTERS // 2
        or not stripped.isascii()
        or not stripped.isprintable()
        or " " in stripped
    ):
        raise BadInput(
            code="secret-key",
            title="That is no secret access key",
            detail=f"One has {SECRET_CHARACTERS} letters, digits, + and /; this has {len(stripped)} characters.",
            remedy="Copy it again from where the access key was created; AWS shows it only once.",
            field="secret",
        )
    return Secret(stripped)


def refuse_if_needed(name: str, users: list[str]) -> None:
    """Raise BadInput for what profiles start from: `users` are their names."""
    if users:
        shown = ", ".join(users[:5]) + ("…" if len(users) > 5 else "")  # noqa: PLR2004  # a line's worth
        raise BadInput(
            code="still-needed",
            title=f"“{name}” is still needed",
            detail=f"{shown} start{'s' if len(users) == 1 else ''} from it.",
            remedy="Give them another source, or delete them first.",
            field="source",
        )
