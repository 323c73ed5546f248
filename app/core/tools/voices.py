"""Who can ask AWS something on the side: live sessions, and the identities' own keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.core.keeper import Wish
from app.core.keepers import IdentityKey
from app.domain.arn import account_of
from app.domain.configuration import SourceKind
from app.domain.errors import BadInput, NeedsPerson
from app.domain.partition import partition_of_region
from app.domain.values import dataclass

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from app.core.engine import Engine
    from app.core.keeper import Keeper
    from app.core.keepers import ProfileKeeper
    from app.domain.credentials import SigningKey


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """Somebody who can sign. `name` is the profile's or identity's; `arn` and `account` may not be known.

    `key` reads the secret half where it lies, and raises BadInput or StorageTrouble.
    """

    name: str
    region: str
    partition: str
    account: str
    arn: str
    key: Callable[[], Awaitable[SigningKey]]


def of_profile(engine: Engine, name: str, *, signing: bool = False) -> Voice:
    """A profile's live session. Raises BadInput for an unknown name, NeedsPerson when it has none.

    One that nobody wanted, that only signs for other profiles, counts with `signing` alone.
    """
    keeper = engine.keeper(name)
    if not _lives(engine, keeper, signing=signing):
        raise NeedsPerson(
            code="no-session",
            title=f"“{name}” has no live session",
            detail="Only a session that lives can be asked with; nothing is obtained for this.",
            remedy=f"Assume “{name}” first: run `rolecall assume {name}`.",
        )
    return _voice(keeper)


def of_identity(engine: Engine, name: str) -> Voice:
    """An identity's own key. Raises BadInput for an unknown name."""
    identity = engine.roster.configuration.identities.get(name)
    if identity is None:
        raise BadInput(
            code="identity-unknown",
            title=f"There is no identity “{name}”",
            remedy="`rolecall identity list` shows the names.",
            field="identity",
        )
    region = engine.wiring(engine.roster.configuration).settings.region_of(identity.region)
    device = str(identity.mfa_device or "")

    async def key() -> SigningKey:
        wish = Wish(profile="", since=engine.world.now(), by_person=True)
        return await IdentityKey(identity, engine.identity_secrets).sign(wish)

    return Voice(
        name=name,
        region=region,
        partition=partition_of_region(region).name,
        account=account_of(device),
        arn="",
        key=key,
    )


def sessions(engine: Engine) -> list[Voice]:
    """Every live session of a role, in the order of the settings.

    Those of GetSessionToken and GetFederationToken are left out: STS lets them call almost nothing of its own.
    """
    keepers = engine.roster.profiles.values()
    return [_voice(each) for each in keepers if each.profile.role_arn is not None and _lives(engine, each)]


def identities(engine: Engine) -> list[Voice]:
    """Every identity."""
    return [of_identity(engine, name) for name in engine.roster.configuration.identities]


def of_signer(engine: Engine, keeper: ProfileKeeper) -> Voice | None:
    """Who signs for a profile, if that can be told without asking a person; None where nobody signs."""
    parent, identity = keeper.chain.parent, keeper.chain.identity
    if parent is not None:
        return of_profile(engine, parent.name, signing=True)
    if identity is None or keeper.profile.source.kind is not SourceKind.IDENTITY:
        return None
    return of_identity(engine, identity.name)


def _voice(keeper: ProfileKeeper) -> Voice:
    obtained, role = keeper.session.obtained, keeper.profile.role_arn
    arn = obtained.arn if obtained is not None else ""

    async def key() -> SigningKey:
        if obtained is None:
            message = "a live session has credentials"
            raise AssertionError(message)
        return (await keeper.loaded(obtained)).credentials_or_fail()

    return Voice(
        name=keeper.place.key,
        region=keeper.region,
        partition=partition_of_region(keeper.region).name,
        account=role.account if role is not None else account_of(arn),
        arn=arn,
        key=key,
    )


def _lives(engine: Engine, keeper: Keeper, *, signing: bool = False) -> bool:
    session = keeper.session
    return (session.wanted or signing) and session.obtained is not None and session.obtained.live(engine.world.now())
