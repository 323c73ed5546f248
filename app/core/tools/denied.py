"""Why denied: an error text taken apart, its encoded message decoded with a fitting session."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from app.core.tools import voices
from app.domain import decoded_denial, denial_words, denied_text
from app.domain.arn import account_of
from app.domain.errors import BadInput, Problem, RolecallError
from app.domain.sts_requests import DecodeAuthorizationMessage
from app.domain.values import replace
from app.domain.who import who

if TYPE_CHECKING:
    from app.core.engine import Engine
    from app.core.tools.voices import Voice
    from app.domain.denial import Denial
    from app.domain.denied_text import DeniedText

TRIES = 3
"""Sessions that are tried at most; one that may decode is enough."""
_DENIED = frozenset({"access-denied", "refused"})


async def why_denied(engine: Engine, text: str, profile: str = "") -> Denial:
    """Explain a text. Raises BadInput when it is about no denial, NeedsPerson when `profile` has no live session."""
    said = denied_text.read(text)
    if not said.speaks:
        raise BadInput(
            code="nothing-denied",
            title="This text is not about a denial",
            detail="It has neither an encoded authorization message nor AWS's words for a refusal.",
            remedy="Paste the whole error, as the tool printed it.",
            field="text",
        )
    chosen = [voices.of_profile(engine, profile)] if profile else None
    return await explained(engine, said, chosen)


async def explained(engine: Engine, said: DeniedText, chosen: list[Voice] | None = None) -> Denial:
    """What a text says, with its encoded part decoded if somebody can. `chosen` are those to decode with."""
    plain = denial_words.of_text(said)
    if not said.encoded:
        return plain
    problem: Problem | None = None
    for voice in (_fitting(engine, said) if chosen is None else chosen)[:TRIES]:
        try:
            request = DecodeAuthorizationMessage(encoded_message=said.encoded)
            answer = await engine.world.sts.decode_authorization_message(
                request, signer=await voice.key(), region=voice.region
            )
        except RolecallError as error:
            problem = problem or _refusal(error, voice)
        else:
            decoded = decoded_denial.parse(answer.text)
            return denial_words.of_decoded(decoded, said, decoded_with=voice.name)
    return replace(plain, problem=problem or _nobody(said))


def _fitting(engine: Engine, said: DeniedText) -> list[Voice]:
    """The live sessions that may decode it: those of the account first, never of another partition."""
    by, on = who(said.who), who(said.resource)
    partition = by.partition or on.partition
    accounts = {account for account in (by.account, account_of(said.resource)) if account}
    found = [each for each in voices.sessions(engine) if not partition or each.partition == partition]
    return sorted(found, key=lambda voice: voice.account not in accounts)


def _refusal(error: RolecallError, voice: Voice) -> Problem:
    if error.code not in _DENIED:
        return error.problem
    statement = {"Effect": "Allow", "Action": "sts:DecodeAuthorizationMessage", "Resource": "*"}
    asked = voice.arn or f"The session of “{voice.name}”"
    return Problem(
        code="decode-denied",
        title=f"“{voice.name}” may not decode the message",
        detail=f"{asked} lacks the permission sts:DecodeAuthorizationMessage. AWS said: {error.detail}",
        remedy=f"Choose another profile of that account, or have this added to its policies: {json.dumps(statement)}",
        request_id=error.request_id,
    )


def _nobody(said: DeniedText) -> Problem:
    account = who(said.who).account or account_of(said.resource)
    where = f" of account {account}" if account else ""
    return Problem(
        code="no-decoder",
        title="No live session can decode the message",
        detail="Only AWS can read the encoded part, and it does so for sessions of roles that may ask for it.",
        remedy=f"Assume a profile{where}, then ask again.",
    )
