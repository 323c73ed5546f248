"""What a person does with providers: sign in and out, take over the roles they offer, change and remove them."""

from __future__ import annotations

from contextlib import AsyncExitStack, asynccontextmanager
from typing import TYPE_CHECKING

from app.core.editing import refuse_if_needed
from app.core.journal import signed_out
from app.core.provider_secrets import client_secret_key, refresh_token_key
from app.core.provider_views import behind_providers, offered
from app.domain.arn import RoleArn
from app.domain.aws_import import free_aws_profile, overriding_key
from app.domain.configuration import Profile, Source, SourceKind, place_fingerprint
from app.domain.errors import BadInput
from app.domain.secret import Secret
from app.domain.settings_entries import faults
from app.domain.settings_fields import name_fault
from app.domain.settings_schema import table_of
from app.domain.values import replace

if TYPE_CHECKING:
    import asyncio
    from collections.abc import AsyncIterator, Iterable

    from app.core.engine import Engine
    from app.core.sign_ins import Forgotten, ProviderSignIn
    from app.domain.configuration import Provider
    from app.domain.view import OfferedRole


async def sign_out(engine: Engine, name: str) -> None:
    """Forget a person's sign-in here, then tell the provider. What was forgotten stays so if that fails.

    Whoever wants it while it is being done has it once it is done: the provider is told once.
    """
    sign_in = engine.sign_in(name)
    if sign_in.leaving:
        await sign_in.forget()
        return
    url = await engine.finish(_leave(engine, sign_in, sign_in.begin_to_forget()))
    if url is not None and engine.world.desktop is not None:
        engine.world.desktop.open_secret_url(url)


async def _leave(engine: Engine, sign_in: ProviderSignIn, forgetting: asyncio.Task[Forgotten]) -> Secret | None:
    refresh_token, proof = await forgetting
    engine.journal.add(signed_out(sign_in.provider.name, engine.world.now()))
    return await sign_in.end_at_provider(refresh_token, proof)


async def assume_offered(engine: Engine, provider: str, role_arns: tuple[str, ...]) -> dict[str, str]:
    """Assume roles of the last assertion, all at once; the profile of each ARN, as soon as they are under way."""
    sign_in = engine.sign_in(provider)
    profiles = behind_providers(engine.roster.configuration).get(provider, [])
    found = {each.role_arn: each for each in offered(sign_in.last, profiles)}
    wanted = [_found(found, arn, provider) for arn in dict.fromkeys(role_arns)]
    for role in wanted:
        _refuse_if_refused(engine, role)
    made = await _profiles(engine, provider, [each for each in wanted if not each.profile])
    configuration = None
    for profile in made.values():
        configuration = await engine.world.settings.put(profile)
    if configuration is not None:
        await engine.configure(configuration)
    names = {each.role_arn: each.profile or made[each.role_arn].name for each in wanted}
    for name in names.values():
        engine.begin(name)
    return names


def _found(found: dict[str, OfferedRole], arn: str, provider: str) -> OfferedRole:
    if arn not in found:
        raise BadInput(
            code="role-not-offered",
            title=f"“{provider}” did not offer this role",
            detail=f"{arn} is not in the last assertion.",
            remedy="Sign in again, and choose one of the roles that come with it.",
            field="role_arn",
        )
    return found[arn]


def _refuse_if_refused(engine: Engine, role: OfferedRole) -> None:
    """Raise BadInput for a role whose profile is refused: another one would not have its guards."""
    refusals = engine.roster.configuration.refusals
    entry = next((each.entry for each in refusals if each.role_arn == role.role_arn), "")
    if entry and not role.profile:
        name = entry.partition(".")[2]
        raise BadInput(
            code="role-refused",
            title=f"“{name}” has to be corrected first",
            detail=f"It is the profile of {role.role_arn}, but cannot be used as it stands in the settings file.",
            remedy=f"Correct the entry {entry}, or remove it.",
            field="role_arn",
        )


def _with_guards(profile: Profile, others: Iterable[Profile]) -> Profile:
    """A new profile with the guards of those that stand for the same role already, the strictest of each."""
    same = [each for each in others if each.role_arn == profile.role_arn]
    return replace(
        profile,
        confirm=any(each.confirm for each in same),
        lease=min((each.lease for each in same if each.lease is not None), default=None),
        account_pin=next((each.account_pin for each in same if each.account_pin), ""),
    )


async def _profiles(engine: Engine, provider: str, roles: list[OfferedRole]) -> dict[str, Profile]:
    """A profile for each role: named after it and, where that is not enough, its account; published where free.

    A role that another profile guards stays as guarded.
    """
    files = await engine.world.aws_config.read()
    existing = engine.roster.configuration
    published = {each.published_as for each in existing.profiles.values()}
    overridden = {name for name, settings in files.profiles.items() if overriding_key(settings)}
    taken = {*files.sections, *overridden, *published}
    refused = {each.entry.partition(".")[2] for each in existing.refusals if each.entry.startswith("profile.")}
    names = {*existing.profiles, *refused}
    ambiguous = _repeated(each.role_name for each in roles)
    source, made = Source(kind=SourceKind.PROVIDER, name=provider), dict[str, Profile]()
    for role in roles:
        name = _free_name(role, names, with_account=role.role_name in ambiguous)
        place = free_aws_profile(name, frozenset(taken))
        profile = Profile(
            name=name,
            source=source,
            role_arn=RoleArn.parse(role.role_arn),
            aws_profile=place if place != name else "",
        )
        made[role.role_arn] = _with_guards(profile, existing.profiles.values())
        names.add(name)
        taken.add(place)
    return made


def _repeated(names: Iterable[str]) -> set[str]:
    seen = list(names)
    return {name for name in seen if seen.count(name) > 1}


def _free_name(role: OfferedRole, taken: set[str], *, with_account: bool) -> str:
    short, long = role.role_name, f"{role.role_name}-{role.account}"
    if not with_account and short not in taken and name_fault(short) is None:
        return short
    if name_fault(long) is not None:
        long = f"{role.account}-{role.role_name}"
    number, free = 1, long
    while free in taken:
        number += 1
        free = f"{long}-{number}"
    return free


async def put_provider(engine: Engine, provider: Provider, *, client_secret: str, formerly: str) -> None:
    """Add or change a provider. The keyring is written first, as for identities.

    What keeps a person signed in moves along with a new name (the cookies of a login page are forgotten), and is
    forgotten where the provider is another one now, or is not to remember any more. Its client secret moves along
    too, and is forgotten where it was given for another place and none is given now.
    """
    for broken in faults("provider", provider.name, table_of(provider)):
        raise broken
    await engine.world.settings.load()  # a secret of what cannot be configured would lie in the keyring for ever
    secret = client_secret.strip()
    if secret:
        async with _locked(engine, provider.name):
            await engine.provider_secrets.put(client_secret_key(provider.name), Secret(secret), provider)
    old = engine.roster.configuration.providers.get(formerly or provider.name)
    if old is not None:
        await _carry_over(engine, old, provider, new_secret=bool(secret))
    if not secret:
        await engine.provider_secrets.delete_foreign(client_secret_key(provider.name), provider)
    await engine.configure(await engine.world.settings.put(provider, formerly=formerly))


async def _carry_over(engine: Engine, old: Provider, new: Provider, *, new_secret: bool) -> None:
    secrets, same = engine.provider_secrets, _is_same_place(old, new)
    renamed = old.name != new.name
    async with _locked(engine, old.name, new.name):
        if renamed and not new_secret:
            await secrets.move(client_secret_key(old.name), client_secret_key(new.name), old, new)
        if renamed and same and new.remembers:
            await secrets.move(refresh_token_key(old.name), refresh_token_key(new.name), old, new)
    if renamed or not same or not new.remembers:
        await _forget(engine, old.name)
    if renamed:
        await secrets.delete(client_secret_key(old.name))


async def follow_change(engine: Engine, old: Provider, new: Provider) -> None:
    """Forget, after a provider was changed in the settings alone, what was given for the place it was before."""
    await _carry_over(engine, old, new, new_secret=False)
    await engine.provider_secrets.delete_foreign(client_secret_key(new.name), new)


@asynccontextmanager
async def _locked(engine: Engine, *names: str) -> AsyncIterator[None]:
    """While secrets of these providers change: item and entry are written one after the other."""
    async with AsyncExitStack() as stack:
        for name in sorted(set(names)):
            await stack.enter_async_context(engine.world.locks.hold(f"provider {name}"))
        yield


def _is_same_place(old: Provider, new: Provider) -> bool:
    """Whether what keeps a person signed in at the one serves at the other. More scopes need a person's consent."""

    def decisive(each: Provider) -> tuple[object, ...]:
        return (place_fingerprint(each), each.login_url, each.scopes)

    return decisive(old) == decisive(new)


async def _forget(engine: Engine, name: str) -> None:
    """Forget what keeps a person signed in at a provider, also at one that the settings no longer let in."""
    sign_in = engine.roster.sign_ins.get(name)
    if sign_in is not None:
        await engine.finish(sign_in.forget())
        return
    await engine.provider_secrets.delete(refresh_token_key(name))
    if engine.world.saml_login is not None:
        await engine.world.saml_login.forget(name)


async def remove_provider(engine: Engine, name: str) -> None:
    """Remove a provider and what keeps a person signed in. Raises BadInput while profiles start from it."""
    source = Source(kind=SourceKind.PROVIDER, name=name)
    profiles = engine.roster.configuration.profiles.values()
    refuse_if_needed(name, [profile.name for profile in profiles if profile.source == source])
    await _forget(engine, name)
    await engine.configure(await engine.world.settings.remove(source))
    await engine.provider_secrets.delete(client_secret_key(name))
