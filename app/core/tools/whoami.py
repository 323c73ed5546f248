"""Who am I: GetCallerIdentity for a session, an identity, or what AWS tools would use now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.core.tools import voices
from app.domain.caller import Caller
from app.domain.credentials import key_short
from app.domain.errors import BadInput, Problem, RolecallError
from app.domain.values import replace
from app.domain.who import who

if TYPE_CHECKING:
    from app.core.engine import Engine
    from app.domain.caller import LookedAt
    from app.domain.credentials import SigningKey

NO_KEYS = "no-static-keys"


async def who_am_i(engine: Engine, subject: str) -> Caller:
    """Ask. Raises BadInput and NeedsPerson for what cannot be asked; what AWS says stands in the answer."""
    kind, _, name = subject.partition(".")
    if kind == "aws":
        return await _of_aws_tools(engine, subject, name)
    if kind not in {"profile", "identity"}:
        raise BadInput(
            code="subject-unknown",
            title="Nobody to ask about",
            detail=f"“{subject[:80]}” is neither a profile, an identity, nor aws.",
            remedy="Name profile.NAME, identity.NAME, aws, or aws.NAME.",
            field="subject",
        )
    voice = voices.of_profile(engine, name) if kind == "profile" else voices.of_identity(engine, name)
    return await _asked(engine, Caller(subject=subject), await voice.key(), voice.region)


async def _of_aws_tools(engine: Engine, subject: str, aws_profile: str) -> Caller:
    chain, key = await engine.world.aws_tools.chain(aws_profile)
    caller = Caller(subject=subject, chain=chain)
    if key is None:
        return replace(caller, problem=_no_keys(chain))
    region = engine.world.endpoints(engine.roster.configuration.settings).region
    return await _asked(engine, caller, key, region)


async def _asked(engine: Engine, caller: Caller, key: SigningKey, region: str) -> Caller:
    caller = replace(caller, key_id=key_short(key.access_key_id))
    try:
        answer = await engine.world.sts.get_caller_identity(signer=key, region=region)
    except RolecallError as error:
        return replace(caller, problem=error.problem)
    found = who(answer.arn)
    return replace(
        caller,
        account=answer.account,
        arn=answer.arn,
        user_id=answer.user_id,
        kind=found.kind,
        name=found.name,
        session_name=found.session_name,
        request_id=answer.request_id,
    )


def _no_keys(chain: tuple[LookedAt, ...]) -> Problem:
    used = next((place for place in chain if place.used), None)
    if used is None:
        return Problem(
            code=NO_KEYS,
            title="AWS tools would find no credentials",
            detail="None of the places below has any.",
            remedy="Assume a profile; AWS tools find it under the name it is published as.",
        )
    return Problem(
        code=NO_KEYS,
        title="AWS was not asked: there are no keys to ask with",
        detail=f"AWS tools end at {used.place}. {used.note}",
        remedy="Ask with the tool itself: aws sts get-caller-identity.",
    )
