"""What an assertion says in lines for people, and what STS's refusals mean against it.

Sources: STS API reference, AssumeRoleWithSAML; IAM User Guide, "Configure SAML assertions for the authentication
response" and "Troubleshoot SAML federation with IAM".
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from app.domain import sts_limits as limits
from app.domain.acs import parse_acs
from app.domain.arn import account_of
from app.domain.partition import partition_of_region
from app.domain.saml import REDEEM_WITHIN
from app.domain.told import Reason, retold, shown, span
from app.domain.values import dataclass
from app.domain.view import Fact

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from app.domain.arn import RoleArn
    from app.domain.errors import Problem
    from app.domain.saml import Assertion, SamlResponse

AUDIENCE = "urn:amazon:webservices"
CLOCKS_APART = timedelta(minutes=1)
"""What two good clocks may differ by."""
_ASK = "Ask whoever runs the provider"


# --- The microscope ---------------------------------------------------------------------------------------------------


def facts(response: SamlResponse, now: datetime) -> tuple[Fact, ...]:
    """All that is known, in the order of interest. `now` is AWS's time (UTC)."""
    said = response.assertion
    found = [Fact(name="Issuer", value=shown(said.issuer), verdict="" if said.issuer else "bad")]
    if said.encrypted:
        note = "Only AWS can read it; the provider's ARN has to be set in the profile."
        found.append(Fact(name="Content", value="encrypted", note=note))
    else:
        found += [Fact(name="Subject", value=shown(said.subject)), _session_name(said), _roles(said), _audience(said)]
    found += [_recipient(said), _region(response), *_times(response, now)]
    found += [*_duration(said), *_source_identity(said), *_tags(said), _signature(said)]
    return tuple(found)


def _session_name(said: Assertion) -> Fact:
    fault = limits.fault("RoleSessionName", said.session_name)
    if not said.session_name:
        return Fact(name="Session name", verdict="bad", note="The attribute RoleSessionName is missing.")
    return _judged("Session name", shown(said.session_name), good="AWS takes it.", bad=fault.detail if fault else "")


def _roles(said: Assertion) -> Fact:
    roles = said.roles
    accounts = len({each.role_arn.account for each in roles})
    astray = sum(_home(str(each.role_arn)) != _home(each.provider_arn) for each in roles)
    bad = "" if roles else "There is none: the response is for another service, or nobody assigned a role."
    if astray:
        bad = f"{_count(astray, 'role')} with a provider of another account; AWS refuses these."
    return _judged(
        "Roles", str(len(roles)), good="In 1 account." if accounts == 1 else f"In {accounts} accounts.", bad=bad
    )


def _audience(said: Assertion) -> Fact:
    value = shown(", ".join(said.audiences))
    bad = "" if _audience_fits(said) else f"Not AWS, which is {AUDIENCE} or https://signin.aws.amazon.com/saml."
    return _judged("Audience", value, good="AWS.", bad=bad)


def _recipient(said: Assertion) -> Fact:
    bad = "" if parse_acs(said.recipient) else "Not an address where AWS takes SAML responses."
    return _judged("Recipient", shown(said.recipient), good="AWS.", bad=bad)


def _region(response: SamlResponse) -> Fact:
    if response.acs is None:
        return Fact(name="Region", note="The response does not tell it.")
    note = f"{partition_of_region(response.acs.region).title}; the address it was sent to decides."
    return Fact(name="Region", value=response.acs.region, note=note)


def _times(response: SamlResponse, now: datetime) -> list[Fact]:
    said = response.assertion
    until = said.redeem_until or response.received + REDEEM_WITHIN
    found = []
    if said.issued is not None:
        ahead = said.issued - now
        bad = f"{span(ahead)} in the future: a clock is wrong." if ahead > CLOCKS_APART else ""
        found.append(_at("Issued", said.issued, bad=bad))
    if said.not_before is not None:
        bad = "Not valid yet." if said.not_before - now > CLOCKS_APART else ""
        found.append(_at("Valid from", said.not_before, bad=bad))
    over = f"Over for {span(now - until)}." if now >= until else ""
    found.append(_at("Redeem until", until, good="STS still takes it.", bad=over))
    end = said.session_not_on_or_after
    if end is not None:
        over = f"Over for {span(now - end)}." if now >= end else ""
        found.append(_at("Sessions end", end, good="No session lasts longer, whatever it asks for.", bad=over))
    return found


def _duration(said: Assertion) -> list[Fact]:
    if not said.session_duration_said:
        return []
    name = "Console session"
    if said.session_duration is not None:
        return [Fact(name=name, value=span(timedelta(seconds=said.session_duration)), note="What the provider wishes.")]
    note = "Ignored: the attribute SessionDuration is 900 to 43200 seconds."
    return [Fact(name=name, value=shown(said.session_duration_said), verdict="bad", note=note)]


def _source_identity(said: Assertion) -> list[Fact]:
    if not said.source_identity:
        return []
    fault = limits.fault("SourceIdentity", said.source_identity)
    good = "The role's trust policy has to allow sts:SetSourceIdentity."
    value = shown(said.source_identity)
    return [_judged("Source identity", value, good=good, bad=fault.detail if fault else "")]


def _tags(said: Assertion) -> list[Fact]:
    if not said.tags and not said.transitive_tag_keys:
        return []
    faults = limits.tag_faults(said.tags, said.transitive_tag_keys)
    value = shown(", ".join(f"{key}={text}" for key, text in said.tags))
    good = "The role's trust policy has to allow sts:TagSession."
    found = [_judged("Tags", value, good=good, bad=faults[0].detail if faults else "")]
    if said.transitive_tag_keys:
        found.append(Fact(name="Transitive tags", value=shown(", ".join(said.transitive_tag_keys))))
    return found


def _signature(said: Assertion) -> Fact:
    if said.signed:
        return Fact(name="Signature", value="present", note="AWS checks it.")
    if said.encrypted:
        return Fact(name="Signature", value="none outside", note="AWS checks the one inside.")
    return Fact(name="Signature", value="none", verdict="bad", note="AWS takes signed assertions only.")


def _judged(name: str, value: str, *, good: str, bad: str) -> Fact:
    return Fact(name=name, value=value, verdict="bad" if bad else "good", note=bad or good)


def _at(name: str, moment: datetime, *, good: str = "", bad: str = "") -> Fact:
    verdict = "bad" if bad else "good" if good else ""
    return Fact(name=name, moment=moment, verdict=verdict, note=bad or good)


# --- Refusals ---------------------------------------------------------------------------------------------------------


def explain(
    problem: Problem, response: SamlResponse, role_arn: RoleArn | str, provider_arn: str, now: datetime
) -> Problem:
    """Tell a refusal of AssumeRoleWithSAML against the assertion; unchanged when that says nothing about it.

    Code, field and request ID stay, and AWS's own words are kept in the detail. `now` is AWS's time (UTC).
    """
    case = _Case(response.assertion, str(role_arn), provider_arn, now)
    checks = _CHECKS.get(problem.code, ())
    if response.assertion.encrypted:
        checks = tuple(check for check in checks if check in _OF_THE_ENVELOPE)
    reason = next((found for check in checks if (found := check(case)) is not None), None)
    return problem if reason is None else retold(problem, reason)


@dataclass(frozen=True, slots=True)
class _Case:
    said: Assertion
    role_arn: str
    provider_arn: str
    now: datetime


def _expired(case: _Case) -> Reason | None:
    issued, until = case.said.issued, case.said.redeem_until
    if until is None or case.now < until:
        return None
    if issued is not None and until == issued + REDEEM_WITHIN:
        detail = f"It was issued {span(case.now - issued)} ago; STS takes an assertion for 5 minutes."
    else:
        detail = f"The provider let it be valid only until {span(case.now - until)} ago."
    return Reason(
        title="The assertion is too old",
        detail=detail,
        remedy="Sign in to the provider again, and use the new response at once.",
    )


def _from_the_future(case: _Case) -> Reason | None:
    begins = [each for each in (case.said.issued, case.said.not_before) if each is not None]
    ahead = max(begins, default=case.now) - case.now
    if ahead <= CLOCKS_APART:
        return None
    return Reason(
        title="The provider's clock is ahead",
        detail=f"The assertion is valid only in {span(ahead)}.",
        remedy=f"{_ASK} to set its clock, or wait until then.",
    )


def _wrong_audience(case: _Case) -> Reason | None:
    if _audience_fits(case.said):
        return None
    meant = shown(", ".join(case.said.audiences), 120)
    return Reason(
        title="The assertion is not for AWS",
        detail=f"Its audience is “{meant}”." if meant else "It names no audience.",
        remedy=f"{_ASK} to set the audience {AUDIENCE} or https://signin.aws.amazon.com/saml for AWS.",
    )


def _wrong_recipient(case: _Case) -> Reason | None:
    if parse_acs(case.said.recipient):
        return None
    meant = shown(case.said.recipient, 120)
    return Reason(
        title="The assertion is not for AWS",
        detail=f"Its recipient is “{meant}”." if meant else "It names no recipient.",
        remedy=f"{_ASK} to set an address of AWS as recipient, such as https://signin.aws.amazon.com/saml.",
    )


def _no_role(case: _Case) -> Reason | None:
    if case.said.roles:
        return None
    return Reason(
        title="The assertion lists no role",
        detail="It is for another service, or the provider was not told which roles you have.",
        remedy=f"{_ASK} to send the attribute https://aws.amazon.com/SAML/Attributes/Role.",
    )


def _not_listed(case: _Case) -> Reason | None:
    if any(str(each.role_arn) == case.role_arn for each in case.said.roles):
        return None
    alike = next((r for r in case.said.roles if str(r.role_arn).lower() == case.role_arn.lower()), None)
    if alike is not None:
        detail = f"It lists {alike.role_arn}: upper and lower case count."
    else:
        here = sum(each.role_arn.account == account_of(case.role_arn) for each in case.said.roles)
        detail = f"It lists {_count(len(case.said.roles), 'role')}, {here or 'none'} of them in this account."
    return Reason(
        title="The assertion does not list this role",
        detail=detail,
        remedy="Choose one of the roles it lists, or ask whoever runs the provider to assign this one to you.",
    )


def _other_provider(case: _Case) -> Reason | None:
    theirs = [each.provider_arn for each in case.said.roles if str(each.role_arn) == case.role_arn]
    if not theirs or case.provider_arn in theirs:
        return None
    return Reason(
        title="The role is listed with another provider",
        detail=f"The assertion names {theirs[0]}; asked for was {case.provider_arn or 'none'}.",
        remedy="Remove provider_arn from the profile: it is learnt from the assertion.",
    )


def _other_account(case: _Case) -> Reason | None:
    ours, theirs = _home(case.role_arn), _home(case.provider_arn)
    if not all((*ours, *theirs)) or ours == theirs:
        return None
    what = "partition" if ours[0] != theirs[0] else "account"
    return Reason(
        title=f"Role and provider are in different {what}s",
        detail=f"The role is in {ours[what == 'account']}, the SAML provider in {theirs[what == 'account']}.",
        remedy=f"{_ASK} to name the role together with the SAML provider of its own account.",
    )


def _other_partition(case: _Case) -> Reason | None:
    acs = parse_acs(case.said.recipient)
    ours = _home(case.role_arn)[0]
    if acs is None or not ours or acs.partition == ours:
        return None
    return Reason(
        title="The assertion is for another partition",
        detail=f"The role is in {ours}, the assertion is for {acs.partition}.",
        remedy=f"{_ASK} for a sign-in that posts to the AWS address of {ours}.",
    )


def _bad_session_name(case: _Case) -> Reason | None:
    name = case.said.session_name
    fault = limits.fault("RoleSessionName", name)
    if fault is None:
        return None
    return Reason(
        title="The session name in the assertion is not possible" if name else "The assertion has no session name",
        detail=fault.detail if name else "The attribute RoleSessionName is missing.",
        remedy=f"{_ASK} to send https://aws.amazon.com/SAML/Attributes/RoleSessionName, such as your mail address.",
    )


def _bad_source_identity(case: _Case) -> Reason | None:
    fault = limits.fault("SourceIdentity", case.said.source_identity) if case.said.source_identity else None
    if fault is None:
        return None
    return Reason(
        title="The source identity in the assertion is not possible",
        detail=fault.detail,
        remedy=f"{_ASK} to send another value for the attribute SourceIdentity.",
    )


def _unsigned(case: _Case) -> Reason | None:
    if case.said.signed:
        return None
    return Reason(
        title="The assertion is not signed",
        detail="The response holds no signature.",
        remedy=f"{_ASK} to sign assertions for AWS.",
    )


def _bad_signature(case: _Case) -> Reason | None:  # noqa: ARG001  # what remains when nothing else is wrong
    return Reason(
        title="AWS could not validate the assertion",
        detail="What it says is in order, so its signature or the issuer does not fit what the account knows.",
        remedy="Let an administrator of the account compare the SAML provider's metadata in the IAM console with the "
        "provider's own. A response pasted as XML counts only unchanged, to the last blank.",
    )


def _no_trust(case: _Case) -> Reason | None:
    extra = ["sts:TagSession"] if case.said.tags else []
    extra += ["sts:SetSourceIdentity"] if case.said.source_identity else []
    provider = case.provider_arn or "the provider"
    also = f", and {' and '.join(extra)}, which this assertion needs," if extra else ""
    return Reason(
        title="The role does not let this provider in",
        detail="The assertion lists the role, so the role does not exist any more or its trust policy says no.",
        remedy=f"Let an administrator allow sts:AssumeRoleWithSAML{also} for {provider} in the role's trust "
        "policy, and compare the policy's condition SAML:aud with the recipient.",
    )


_ROLES = (_no_role, _not_listed, _other_provider, _other_account, _other_partition)
_CONTENT = (_wrong_audience, _bad_session_name, _bad_source_identity, _unsigned, _wrong_recipient)
_CHECKS: dict[str, tuple[Callable[[_Case], Reason | None], ...]] = {
    "expired-identity-token": (_expired, _from_the_future),
    "invalid-identity-token": (*_CONTENT, _from_the_future, _expired, *_ROLES, _bad_signature),
    "idp-rejected-claim": (*_CONTENT, _from_the_future, _expired),
    "access-denied": (*_ROLES, _wrong_recipient, _no_trust),
    "invalid-parameter-value": (_other_account, _other_partition),
    "validation-error": (_other_account, _other_partition),
}
_OF_THE_ENVELOPE = (_expired, _from_the_future, _other_account, _other_partition)


def _audience_fits(said: Assertion) -> bool:
    """AWS, or AWS in another partition (`urn:amazon:webservices:govcloud`)."""
    return any(each == AUDIENCE or each.startswith(f"{AUDIENCE}:") or parse_acs(each) for each in said.audiences)


def _home(arn: str) -> tuple[str, str]:
    """Partition and account."""
    return arn.split(":")[1] if account_of(arn) else "", account_of(arn)


def _count(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"
