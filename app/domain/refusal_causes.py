"""Why AWS may have refused a profile: each likely cause looked at by itself, with what checking it came to.

A role's trust policy cannot be read from outside, so much stays open; what it would have to say is told instead.
Sources: IAM User Guide, "Troubleshoot IAM roles", "Policy evaluation logic"; STS API reference.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.domain.arn import account_of
from app.domain.configuration import Action
from app.domain.denial import Cause, Verdict
from app.domain.sts_limits import ROLE_SECONDS_DEFAULT
from app.domain.trust_statement import allow_statement, issuer_path, principal_of, trust_statement
from app.domain.values import dataclass
from app.domain.who import who

if TYPE_CHECKING:
    from app.domain.arn import RoleArn
    from app.domain.chain import Chain
    from app.domain.denial import Denial
    from app.domain.errors import Problem

LIKELY, OPEN, RULED_OUT = Verdict.LIKELY, Verdict.OPEN, Verdict.RULED_OUT
REFUSALS = frozenset(
    {
        "access-denied",
        "idp-rejected-claim",
        "invalid-client-token-id",
        "invalid-identity-token",
        "mfa-code-wrong",
        "mfa-device-wrong",
        "opt-in-required",
        "refused",
        "region-disabled",
    }
)
"""Codes of problems that are AWS's no, whether or not it came with a request ID."""
_ORDER = (LIKELY, OPEN, RULED_OUT)
_MFA_KEY = "aws:MultiFactorAuthPresent"


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What is known about a refusal.

    `caller_arn` and `caller_account` are what GetCallerIdentity says of who signed, empty when nobody did or it could
    not be asked: `signer_problem` says why. `code_sent`: an MFA code went with the request itself. `provider_arn` is
    the SAML provider's. `neighbours` are the roles of the other profiles in the same group.
    """

    chain: Chain
    problem: Problem
    denial: Denial
    caller_arn: str = ""
    caller_account: str = ""
    signer_problem: str = ""
    region: str = ""
    code_sent: bool = False
    provider_arn: str = ""
    neighbours: tuple[RoleArn, ...] = ()

    @property
    def signed(self) -> bool:
        """Whether somebody signed the request."""
        return self.chain.action in (Action.ASSUME_ROLE, Action.GET_SESSION_TOKEN, Action.GET_FEDERATION_TOKEN)

    @property
    def has_mfa(self) -> bool:
        """Whether AWS saw a second factor: with this request, or in the session of the identity that signed it."""
        return self.code_sent or (self.chain.mfa_device is not None and self.chain.parent is None)

    def mentions(self, *words: str) -> bool:
        """Whether AWS's message has one of these words."""
        told = f"{self.problem.title} {self.problem.detail}".lower()
        return any(word.lower() in told for word in words)


def causes(facts: Facts) -> tuple[Cause, ...]:
    """All causes that apply, the likely ones first, those that were ruled out last."""
    checks = (
        _explicit, _who_asked, _mfa, _trust, _permission, _external_id, _source, _role, _duration, _tags,
        _source_identity, _parent_policy, _region, _saml, _oidc,
    )  # fmt: skip
    found = [cause for check in checks if (cause := check(facts)) is not None]
    return tuple(sorted(found, key=lambda cause: _ORDER.index(cause.verdict)))


def _explicit(facts: Facts) -> Cause | None:
    if not facts.denial.explicit:
        return None
    return Cause(
        title=f"A {facts.denial.policy_type or 'policy'} denies it",
        verdict=LIKELY,
        detail="AWS says so itself: an explicit deny wins over every Allow.",
        remedy=facts.denial.advice or "Have whoever owns that policy change it.",
    )


def _who_asked(facts: Facts) -> Cause | None:
    if not facts.signed:
        return None
    title = "Somebody else asked than you think"
    if not facts.caller_arn:
        reason = facts.signer_problem or "It could not be asked."
        return Cause(title=title, verdict=OPEN, detail=f"AWS could not be asked who signs now. {reason}")
    expected = _expected(facts)
    asked = facts.caller_arn
    if expected and not _is(asked, expected):
        return Cause(
            title=title,
            verdict=LIKELY,
            detail=f"{asked} signs, but the profile's source is {expected}.",
            remedy="Correct the source of the profile, or stop the source and obtain it anew.",
        )
    told = facts.denial.who
    if told and told != asked and who(told) != who(asked):
        return Cause(
            title=title,
            verdict=LIKELY,
            detail=f"AWS refused {told}, but now {asked} signs.",
            remedy="Try again: the refusal was somebody else's.",
        )
    return Cause(title=title, verdict=RULED_OUT, detail=f"{asked} signs, as the profile has it.")


def _expected(facts: Facts) -> str:
    """The role, or at least the account, that ought to sign; empty when the settings do not tell."""
    parent, identity = facts.chain.parent, facts.chain.identity
    if parent is not None:
        return str(parent.role_arn or "")
    device = str((identity.mfa_device if identity is not None else None) or "")
    return f"account {account_of(device)}" if account_of(device) else ""


def _is(arn: str, expected: str) -> bool:
    found, wanted = who(arn), who(expected)
    if not wanted.kind:
        return expected == f"account {found.account}"
    return (found.account, found.name) == (wanted.account, wanted.name)


def _mfa(facts: Facts) -> Cause | None:
    if facts.chain.action is not Action.ASSUME_ROLE and not facts.code_sent:
        return None
    title = "The role demands MFA"
    if facts.problem.code in {"mfa-code-wrong", "mfa-device-wrong"}:
        return Cause(
            title="The MFA code or device",
            verdict=LIKELY,
            detail=facts.problem.title + ".",
            remedy=facts.problem.remedy,
        )
    if facts.has_mfa:
        return Cause(title=title, verdict=RULED_OUT, detail="A second factor stands behind the request.")
    statements = (each.conditions for each in facts.denial.statements)
    demanded = any(_MFA_KEY in each.key for conditions in statements for each in conditions)
    lost = " A role's session has none, even if the one who assumed that role had." if facts.chain.chained else ""
    return Cause(
        title=title,
        verdict=LIKELY if demanded else OPEN,
        detail=f"None was sent.{lost} If the trust policy has the condition {_MFA_KEY}, that is the reason.",
        remedy="Let the profile start from an identity with MFA." if lost else "Switch MFA on for this profile.",
    )


def _trust(facts: Facts) -> Cause | None:
    role = facts.chain.profile.role_arn
    if role is None:
        return None
    named = facts.denial.policy_type in ("role trust policy", "resource-based policy") and not facts.denial.explicit
    statement = trust_statement(facts.chain, facts.caller_arn, facts.provider_arn, mfa=facts.has_mfa)
    told = "AWS says that no trust policy allows it." if named else "It cannot be read from here."
    return Cause(
        title="The role's trust policy does not let you in",
        verdict=LIKELY if named else OPEN,
        detail=f"{told} That of {role.name} in account {role.account} has to hold a statement like this.",
        remedy=statement,
    )


def _permission(facts: Facts) -> Cause | None:
    if not facts.signed:
        return None
    action = f"sts:{facts.chain.action.value}"
    role = facts.chain.profile.role_arn
    title = f"Who asks may not call {action}"
    if facts.denial.policy_type in ("identity-based policy", "permissions boundary", "service control policy"):
        policy = facts.denial.policy_type
        return Cause(
            title=title,
            verdict=LIKELY,
            detail=f"AWS names the {policy} of who asks.",
            remedy=allow_statement(facts.chain),
        )
    if role is not None and facts.caller_account and facts.caller_account == role.account:
        detail = "In one account it is enough that the trust policy names who asks itself; else its own policies count."
    else:
        detail = "Across accounts both sides have to agree: the trust policy, and the policies of who asks."
    return Cause(title=title, verdict=OPEN, detail=detail, remedy=allow_statement(facts.chain))


def _external_id(facts: Facts) -> Cause | None:
    if facts.chain.action is not Action.ASSUME_ROLE:
        return None
    if facts.chain.profile.external_id:
        return Cause(
            title="The external ID is another one",
            verdict=OPEN,
            detail=f"“{facts.chain.profile.external_id}” was sent; capitals count, and only the role's owner can tell.",
            remedy="Compare it with the condition sts:ExternalId of the trust policy.",
        )
    return Cause(
        title="The role demands an external ID",
        verdict=OPEN,
        detail="None was sent. Roles for other companies mostly demand one.",
        remedy="Ask the role's owner for it, and set it in the profile.",
    )


def _source(facts: Facts) -> Cause | None:
    role = facts.chain.profile.role_arn
    if role is None or not facts.caller_account or not facts.signed:
        return None
    title = "The source is of another account"
    if facts.caller_account == role.account:
        return Cause(title=title, verdict=RULED_OUT, detail=f"Both are in account {role.account}.")
    principal = principal_of(facts.chain, facts.caller_arn)
    return Cause(
        title=title,
        verdict=OPEN,
        detail=f"{principal} asks for a role in account {role.account}: that works only if the role trusts it.",
        remedy="If the role is meant for somebody else, choose another source.",
    )


def _role(facts: Facts) -> Cause | None:
    role = facts.chain.profile.role_arn
    if role is None:
        return None
    title = "The role's ARN has a slip"
    accounts = {each.account for each in facts.neighbours}
    if accounts and role.account not in accounts:
        return Cause(
            title=title,
            verdict=OPEN,
            detail=f"It is in account {role.account}; the others of its group are in {', '.join(sorted(accounts))}.",
            remedy="Compare the ARN with the role's page in the IAM console, path and capitals too.",
        )
    return Cause(
        title=title,
        verdict=OPEN,
        detail="AWS answers alike for a role that does not exist. "
        + (f"Its path is {role.path}." if role.path != "/" else "This one has no path."),
        remedy="Compare the ARN with the role's page in the IAM console, path and capitals too.",
    )


def _duration(facts: Facts) -> Cause | None:
    wished = facts.chain.profile.duration
    title = "Longer than the role allows"
    if facts.mentions("MaxSessionDuration", "DurationSeconds", "1 hour session limit"):
        return Cause(
            title=title,
            verdict=LIKELY,
            detail=f"AWS's message is about the duration; {facts.chain.duration:,} s were asked for.",
            remedy="Ask for less, or have the role's maximum session duration raised.",
        )
    if facts.chain.profile.role_arn is None:
        return None
    asked = f"{wished or ROLE_SECONDS_DEFAULT:,} s"
    return Cause(title=title, verdict=RULED_OUT, detail=f"AWS would have said so. {asked} were asked for.")


def _tags(facts: Facts) -> Cause | None:
    return _extra(facts, "session tags", "sts:TagSession", wanted=bool(facts.chain.profile.tags))


def _source_identity(facts: Facts) -> Cause | None:
    wanted = bool(facts.chain.profile.source_identity)
    return _extra(facts, "a source identity", "sts:SetSourceIdentity", wanted=wanted)


def _extra(facts: Facts, what: str, action: str, *, wanted: bool) -> Cause | None:
    if facts.chain.action is not Action.ASSUME_ROLE:
        return None
    title = f"{action} is not allowed"
    if not wanted:
        return Cause(title=title, verdict=RULED_OUT, detail=f"No request for {what} was sent.")
    named = facts.denial.action == action or facts.mentions(action)
    return Cause(
        title=title,
        verdict=LIKELY if named else OPEN,
        detail=f"The profile sends {what}: trust policy and policies of who asks have to allow {action} too.",
        remedy=f"Add {action} to the statement of the trust policy, or send none.",
    )


def _parent_policy(facts: Facts) -> Cause | None:
    parent = facts.chain.parent
    if parent is None or not (parent.policy or parent.policy_arns):
        return None
    return Cause(
        title=f"The session policy of “{parent.name}” leaves it out",
        verdict=LIKELY if facts.denial.policy_type == "session policy" else OPEN,
        detail="What signs was narrowed by a session policy, which has to allow this call too.",
        remedy=allow_statement(facts.chain),
    )


def _region(facts: Facts) -> Cause | None:
    if facts.problem.code not in {"region-disabled", "opt-in-required"}:
        return None
    return Cause(
        title="The region is not enabled",
        verdict=LIKELY,
        detail=f"STS was asked in {facts.region}.",
        remedy="Set another region in the profile, or have this one enabled in the account.",
    )


def _saml(facts: Facts) -> Cause | None:
    role = facts.chain.profile.role_arn
    if facts.chain.action is not Action.ASSUME_ROLE_WITH_SAML or role is None:
        return None
    title, arn = "The SAML provider or the audience is another one", facts.provider_arn
    if arn and account_of(arn) != role.account:
        return Cause(
            title=title,
            verdict=LIKELY,
            detail=f"{arn} is in account {account_of(arn)}, the role in {role.account}: both must be in the same.",
            remedy="Correct the provider's claim Role, or provider_arn of the profile.",
        )
    return Cause(
        title=title,
        verdict=OPEN,
        detail=f"The assertion names {arn or 'no provider for this role'}; the role has to trust that one.",
        remedy="Compare it with the role's trust policy, and its condition SAML:aud with the statement above.",
    )


def _oidc(facts: Facts) -> Cause | None:
    provider = facts.chain.provider
    if facts.chain.action is not Action.ASSUME_ROLE_WITH_WEB_IDENTITY or provider is None:
        return None
    return Cause(
        title="The identity provider or its audience is not known in the account",
        verdict=LIKELY if facts.problem.code == "invalid-identity-token" else OPEN,
        detail=f"IAM there needs the provider {issuer_path(provider.issuer) or provider.provider_id} with the audience "
        f"{provider.client_id or 'of the token'}, and the trust policy the same.",
        remedy="Compare both with “Identity providers” in the IAM console of the role's account.",
    )
