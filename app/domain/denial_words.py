"""A denial in one sentence: who, what, on what, and whether something forbade it or nothing allowed it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.domain.denial import Denial
from app.domain.values import replace
from app.domain.who import who

if TYPE_CHECKING:
    from app.domain.decoded_denial import Decoded
    from app.domain.denial import MatchedStatement
    from app.domain.denied_text import DeniedText

_ANYBODY = "Whoever asked"
_ORGANIZATION = "It comes from the organization: an administrator of its management account can change it."
ADVICE = {
    "identity-based policy": "The policies of who asked have to allow it.",
    "resource-based policy": "The policy of the resource has to allow it, or must not deny it.",
    "role trust policy": "The role's trust policy has to name who asked.",
    "service control policy": _ORGANIZATION,
    "resource control policy": _ORGANIZATION,
    "permissions boundary": "The boundary set for who asked has to allow it too.",
    "session policy": "The policy the session was made with has to allow it too: look at the profile's own policy.",
    "VPC endpoint policy": "The policy of the network endpoint that the request came through has to allow it.",
}


def of_text(text: DeniedText) -> Denial:
    """What a plain text says."""
    denial = Denial(
        sentence="",
        who=text.who,
        action=text.action,
        resource=text.resource,
        explicit=text.explicit,
        policy_type=text.policy_type,
        request_id=text.request_id,
    )
    return replace(denial, sentence=sentence(denial), advice=advice(denial))


def of_decoded(decoded: Decoded, text: DeniedText, *, decoded_with: str) -> Denial:
    """What a decoded message says; what it leaves out is taken from the text around it."""
    said = decoded.explicit if decoded.explicit is not None else text.explicit
    denial = Denial(
        sentence="",
        who=decoded.who or decoded.who_id or text.who,
        action=decoded.action or text.action,
        resource=decoded.resource or text.resource,
        explicit=None if decoded.allowed else said,
        allowed=decoded.allowed,
        policy_type=text.policy_type,
        statements=decoded.statements,
        conditions=decoded.conditions,
        failures=decoded.failures,
        raw=decoded.raw,
        decoded_with=decoded_with,
        request_id=text.request_id,
    )
    return replace(denial, sentence=sentence(denial), advice=advice(denial))


def sentence(denial: Denial) -> str:
    """The whole story in one sentence."""
    who_asked, what = _subject(denial.who), denial.action or "what was asked"
    where = denial.resource if denial.resource != "*" else ""
    # Whole sentences, so that they can be translated.
    if denial.allowed and where:
        return f"{who_asked} was allowed {what} on {where}: this message is about a request that went through."
    if denial.allowed:
        return f"{who_asked} was allowed {what}: this message is about a request that went through."
    if where:
        return f"{who_asked} may not do {what} on {where}: {_because(denial)}."
    return f"{who_asked} may not do {what}: {_because(denial)}."


def _subject(arn: str) -> str:
    found = who(arn)
    if not arn:
        return _ANYBODY
    words = found.words
    if not words:
        return arn
    begun = f"{words[0].upper()}{words[1:]}"
    return f"{begun} in account {found.account}" if found.account else words


def _because(denial: Denial) -> str:
    if denial.explicit:
        denier = f"{_article(denial.policy_type)}{_by(denial.statements)}"
        return f"{denier} denies it explicitly, and that wins over every Allow"
    if denial.explicit is False:
        return f"no {denial.policy_type or 'policy that applies'} allows it (an implicit deny)"
    return "AWS does not say by which policy"


def _by(statements: tuple[MatchedStatement, ...]) -> str:
    denying = [each for each in statements if each.effect in ("", "Deny")]
    named = [_named(each) for each in denying]
    told = [each for each in named if each]
    return f" ({', '.join(told[:3])}{' …' if len(told) > 3 else ''})" if told else ""  # noqa: PLR2004  # what one sentence bears


def _named(statement: MatchedStatement) -> str:
    name = f"statement “{statement.id}”" if statement.id else ""
    policy = f"policy {statement.policy}" if statement.policy else ""
    return " of ".join(filter(None, (name, policy)))


def _article(policy_type: str) -> str:
    if not policy_type:
        return "a policy"
    return f"{'an' if policy_type[0].lower() in 'aeiou' else 'a'} {policy_type}"


def advice(denial: Denial) -> str:
    """What helps, by the kind of policy that AWS names; empty when it names none."""
    return ADVICE.get(denial.policy_type, "") if not denial.allowed else ""
