"""Why failed: what was sent for a profile that AWS refused, and the likely causes checked one by one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.core import preview
from app.core.keepers import takes_code_itself
from app.core.tools import denied, voices
from app.domain import denied_text, refusal_causes
from app.domain.denial import Sent
from app.domain.errors import BadInput, RolecallError
from app.domain.saml import SamlResponse
from app.domain.values import replace

if TYPE_CHECKING:
    from app.core.engine import Engine
    from app.core.keepers import ProfileKeeper
    from app.domain.denial import Denial
    from app.domain.errors import Problem
    from app.domain.sts_answers import CallerIdentity


async def why_failed(engine: Engine, name: str) -> Denial:
    """Explain the last refusal of a profile. Raises BadInput when AWS refused nothing."""
    keeper = engine.keeper(name)
    problem = keeper.session.problem
    if problem is None or not (problem.request_id or problem.code in refusal_causes.REFUSALS):
        raise BadInput(
            code="nothing-refused",
            title=f"AWS did not refuse “{name}”",
            detail=f"What happened last: {problem.title}." if problem is not None else "Nothing went wrong last.",
            remedy="Assume it again; if AWS refuses, ask again.",
            field="profile",
        )
    said = denied_text.read(problem.detail)
    denial = await denied.explained(engine, said)
    caller, trouble = await _signer(engine, keeper)
    facts = _facts(engine, keeper, problem, denial, caller)
    return replace(
        denial,
        sentence=denial.sentence if said.speaks else f"AWS refused “{name}”: {problem.title}.",
        profile=name,
        request_id=denial.request_id or problem.request_id,
        sent=_sent(engine, keeper),
        causes=refusal_causes.causes(replace(facts, signer_problem=trouble)),
    )


def _sent(engine: Engine, keeper: ProfileKeeper) -> tuple[Sent, ...]:
    shown = preview.preview(engine, keeper.profile)
    rows = tuple(Sent(name=row.name, value=row.value, hidden=row.hidden) for row in shown.rows)
    return (Sent(name="Host", value=shown.host), *rows, Sent(name="Signed by", value=shown.signed_by))


async def _signer(engine: Engine, keeper: ProfileKeeper) -> tuple[CallerIdentity | None, str]:
    """Who AWS says it is that signs, or why that could not be asked; both empty where nobody signs."""
    try:
        voice = voices.of_signer(engine, keeper)
        if voice is None:
            return None, ""
        answer = await engine.world.sts.get_caller_identity(signer=await voice.key(), region=voice.region)
    except RolecallError as error:
        return None, f"{error.title}."
    return answer, ""


def _facts(
    engine: Engine, keeper: ProfileKeeper, problem: Problem, denial: Denial, caller: CallerIdentity | None
) -> refusal_causes.Facts:
    chain = keeper.chain
    sign_in = engine.roster.sign_ins.get(chain.provider.name) if chain.provider is not None else None
    last = None if sign_in is None else sign_in.last
    role = chain.profile.role_arn
    listed = last.assertion.provider_arn_for(role) if isinstance(last, SamlResponse) and role is not None else None
    others = engine.roster.configuration.profiles.values()
    return refusal_causes.Facts(
        chain=chain,
        problem=problem,
        denial=denial,
        caller_arn=caller.arn if caller is not None else "",
        caller_account=caller.account if caller is not None else "",
        region=keeper.region,
        code_sent=takes_code_itself(chain),
        provider_arn=chain.profile.provider_arn or listed or "",
        neighbours=tuple(
            each.role_arn
            for each in others
            if each.role_arn is not None and each.group == chain.profile.group and each.name != chain.profile.name
        ),
    )
