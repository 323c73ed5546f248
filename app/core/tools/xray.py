"""Key X-ray: whose an access key ID is, who holds it, and what is wrong in the files of AWS tools."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.core.tools import voices
from app.domain import key_kinds
from app.domain.errors import Problem, RolecallError
from app.domain.sts_requests import GetAccessKeyInfo
from app.domain.x_ray import Holder, XRay

if TYPE_CHECKING:
    from collections.abc import Iterator

    from app.core.engine import Engine
    from app.core.keeper import Keeper
    from app.core.tools.voices import Voice


async def x_ray(engine: Engine, access_key_id: str) -> XRay:
    """Look at a key ID; with an empty one at the files alone. Raises BadInput."""
    world, now = engine.world, engine.world.now()
    if not access_key_id.strip():
        return XRay(access_key_id="", ailments=await world.aws_tools.ailments(now=now))
    key_id = key_kinds.checked(access_key_id)
    kind = key_kinds.kind_of(key_id)
    ours = tuple(_ours(engine, key_id))
    account, problem = "", None
    if kind.key:
        account, problem = await _account(engine, key_id, ours)
    return XRay(
        access_key_id=key_id,
        kind=kind.words,
        temporary=kind.temporary,
        account=account,
        holders=(*ours, *await world.aws_tools.holders(key_id, now=now)),
        ailments=await world.aws_tools.ailments(now=now),
        problem=problem,
    )


def _ours(engine: Engine, key_id: str) -> Iterator[Holder]:
    roster = engine.roster
    for name, keeper in roster.profiles.items():
        if _holds(keeper, key_id):
            yield _session(engine, "profile", name, keeper)
    for mfa_session in roster.mfa_sessions.values():
        if _holds(mfa_session, key_id):
            yield _session(engine, "mfa session", mfa_session.identity.name, mfa_session)
    for name, identity in roster.configuration.identities.items():
        if identity.access_key_id == key_id:
            yield Holder(where="identity", name=name)


def _holds(keeper: Keeper, key_id: str) -> bool:
    return keeper.session.obtained is not None and keeper.session.obtained.access_key_id == key_id


def _session(engine: Engine, where: str, name: str, keeper: Keeper) -> Holder:
    obtained = keeper.session.obtained
    live = obtained is not None and obtained.live(engine.world.now())
    expires = None if obtained is None else obtained.expires
    return Holder(where=where, name=name, state="live" if live else "expired", expires=expires)


async def _account(engine: Engine, key_id: str, ours: tuple[Holder, ...]) -> tuple[str, Problem | None]:
    """Ask one voice of each partition, that of the key's own holder first; the last refusal counts."""
    problem: Problem | None = Problem(
        code="nobody-to-ask",
        title="Nobody could be asked for its account",
        detail="AWS tells the account of a key to anyone who signs, but no session lives and no identity is set up.",
        remedy="Assume any profile, then look again.",
    )
    for voice in _one_of_each_partition(engine, ours):
        try:
            request = GetAccessKeyInfo(access_key_id=key_id)
            answer = await engine.world.sts.get_access_key_info(request, signer=await voice.key(), region=voice.region)
        except RolecallError as error:
            problem = error.problem
        else:
            return answer.account, None
    return "", problem


def _one_of_each_partition(engine: Engine, ours: tuple[Holder, ...]) -> list[Voice]:
    everybody = [*voices.sessions(engine), *voices.identities(engine)]
    holders = {holder.name for holder in ours}
    everybody.sort(key=lambda voice: voice.name not in holders)
    found: dict[str, Voice] = {}
    for voice in everybody:
        found.setdefault(voice.partition, voice)
    return list(found.values())
