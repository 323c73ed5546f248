"""What an ID token says in lines for people, and what STS's refusals mean against it.

Sources: STS API reference, AssumeRoleWithWebIdentity; OpenID Connect Core 1.0, section 2; IAM User Guide, "Create an
OpenID Connect (OIDC) identity provider in IAM" and "Available keys for AWS OIDC federation".
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from app.domain.arn import account_of
from app.domain.told import Reason, retold, shown, span
from app.domain.values import dataclass
from app.domain.view import Fact
from app.domain.web_identity import valid_session_name

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from app.domain.arn import RoleArn
    from app.domain.configuration import Provider
    from app.domain.errors import Problem
    from app.domain.web_identity import TokenFacts, WebIdentityToken

ALGORITHMS = ("RS256", "RS384", "RS512", "ES256", "ES384", "ES512")
"""What STS verifies."""
LIVES_MOST = timedelta(hours=24)
CLOCKS_APART = timedelta(minutes=1)
"""What two good clocks may differ by."""
_LOCAL = ("http://127.0.0.1:", "http://[::1]:", "http://localhost:")
_SHOWN_ALREADY = frozenset({"iss", "sub", "aud", "azp", "iat", "exp", "email", "email_verified"})
_ADMINISTRATOR = "Let an administrator of the account"


# --- The microscope ---------------------------------------------------------------------------------------------------


def facts(token: WebIdentityToken, now: datetime, provider: Provider) -> tuple[Fact, ...]:
    """All that is known, in the order of interest. `now` is AWS's time (UTC)."""
    if token.provider_id:
        note = "An OAuth 2.0 access token: only its provider and AWS can tell what it says."
        received = Fact(name="Received", moment=token.received)
        return (Fact(name="Provider", value=shown(token.provider_id), note=note), received)
    said = token.facts
    found = [_issuer(said, provider), _subject(said), _audience(said, provider), *_party(said, provider)]
    found += [*_times(said, now), *_name(said, provider), *_mail(said), _algorithm(said), _checked(said)]
    others = [key for key, _value in said.claims if key not in _SHOWN_ALREADY]
    if others:
        found.append(Fact(name="Other claims", value=shown(", ".join(others))))
    return tuple(found)


def _issuer(said: TokenFacts, provider: Provider) -> Fact:
    value = shown(said.issuer)
    if not said.issuer:
        return _judged("Issuer", value, good="", bad="The token does not name its issuer.")
    if provider.issuer and not _same_issuer(said.issuer, provider.issuer):
        return _judged("Issuer", value, good="", bad=f"Not the issuer that is set: {shown(provider.issuer, 120)}.")
    if said.issuer.startswith(_LOCAL):
        return Fact(name="Issuer", value=value, note="On this machine: AWS itself takes https:// only.")
    bad = "" if said.issuer.startswith("https://") else "AWS takes issuers that begin with https:// only."
    return _judged("Issuer", value, good="As set." if provider.issuer else "", bad=bad)


def _subject(said: TokenFacts) -> Fact:
    return _judged("Subject", shown(said.subject), good="", bad="" if said.subject else "AWS demands one.")


def _audience(said: TokenFacts, provider: Provider) -> Fact:
    value = shown(", ".join(said.audiences))
    if not said.audiences:
        return _judged("Audience", value, good="", bad="The token is for nobody in particular.")
    if not provider.client_id:
        return Fact(name="Audience", value=value, note="AWS compares it with the audiences of the provider in IAM.")
    bad = "" if provider.client_id in said.audiences else f"Not the client ID that is set: {provider.client_id}."
    return _judged("Audience", value, good="The client ID that is set.", bad=bad)


def _party(said: TokenFacts, provider: Provider) -> list[Fact]:
    if not said.authorized_party:
        return []
    other = bool(provider.client_id) and said.authorized_party != provider.client_id
    bad = "Not the client ID that is set; AWS takes this for the audience." if other else ""
    good = "AWS takes this for the audience."
    return [_judged("Authorized party", shown(said.authorized_party), good=good, bad=bad)]


def _times(said: TokenFacts, now: datetime) -> list[Fact]:
    found = []
    if said.issued is not None:
        ahead = said.issued - now
        bad = f"{span(ahead)} in the future: a clock is wrong." if ahead > CLOCKS_APART else ""
        found.append(_at("Issued", said.issued, good="", bad=bad))
    if said.expires is None:
        return [*found, Fact(name="Redeem until", verdict="bad", note="The token does not say when it expires.")]
    over = f"Over for {span(now - said.expires)}." if now >= said.expires else ""
    found.append(_at("Redeem until", said.expires, good="STS still takes it.", bad=over))
    if said.issued is not None:
        life = said.expires - said.issued
        bad = "AWS may refuse tokens that live longer than 24 h." if life > LIVES_MOST else ""
        found.append(_judged("Lifetime", span(life), good="", bad=bad))
    return found


def _name(said: TokenFacts, provider: Provider) -> list[Fact]:
    claim = provider.session_name_claim
    if not claim:
        return []
    name = valid_session_name(said.claim(claim))
    bad = "" if name else f"The claim {shown(claim, 60)} is not there, or too short."
    return [_judged("Session name", name, good=f"From the claim {shown(claim, 60)}.", bad=bad)]


def _mail(said: TokenFacts) -> list[Fact]:
    mail = said.claim("email")
    if not mail:
        return []
    note = "The provider has not verified it." if said.claim("email_verified").lower() == "false" else ""
    return [Fact(name="E-mail", value=shown(mail), note=note)]


def _algorithm(said: TokenFacts) -> Fact:
    bad = "" if said.algorithm in ALGORITHMS else f"AWS verifies {', '.join(ALGORITHMS)} only."
    key = f"Key {shown(said.key_id, 80)}." if said.key_id else "It does not name its key."
    return _judged("Signature", shown(said.algorithm, 20) or "none", good=key, bad=bad)


def _checked(said: TokenFacts) -> Fact:
    if said.verified:
        return Fact(name="Checked", value="yes", verdict="good", note="Signature and claims were checked here too.")
    return Fact(name="Checked", value="no", note="Only read here; AWS checks signature and claims.")


def _judged(name: str, value: str, *, good: str, bad: str) -> Fact:
    return Fact(name=name, value=value, verdict="bad" if bad else "good" if good else "", note=bad or good)


def _at(name: str, moment: datetime, *, good: str, bad: str) -> Fact:
    return Fact(name=name, moment=moment, verdict="bad" if bad else "good" if good else "", note=bad or good)


# --- Refusals ---------------------------------------------------------------------------------------------------------


def oidc_provider_arn(issuer: str, role_arn: RoleArn | str) -> str:
    """The ARN that the provider has in IAM beside a role: `arn:aws:iam::ACCOUNT:oidc-provider/HOST/PATH`.

    Empty when there is no issuer or the role has no account.
    """
    role = str(role_arn)
    place = issuer.removeprefix("https://")
    if not place or not account_of(role):
        return ""
    return f"arn:{role.split(':')[1]}:iam::{account_of(role)}:oidc-provider/{place}"


def explain(
    problem: Problem, token: WebIdentityToken, provider: Provider, role_arn: RoleArn | str, now: datetime
) -> Problem:
    """Tell a refusal of AssumeRoleWithWebIdentity against the token; unchanged when that says nothing about it.

    Code, field and request ID stay, and AWS's own words are kept in the detail. `now` is AWS's time (UTC).
    """
    case = _Case(token.facts, provider, oidc_provider_arn(token.facts.issuer, role_arn), problem.detail.lower(), now)
    checks = () if token.provider_id else _CHECKS.get(problem.code, ())
    reason = next((found for check in checks if (found := check(case)) is not None), None)
    return problem if reason is None else retold(problem, reason)


@dataclass(frozen=True, slots=True)
class _Case:
    """`arn` is the provider's in IAM, `heard` what AWS said, in lower case."""

    said: TokenFacts
    provider: Provider
    arn: str
    heard: str
    now: datetime

    @property
    def audience(self) -> str:
        """What AWS takes for the audience."""
        return self.said.authorized_party or next(iter(self.said.audiences), "")


def _expired(case: _Case) -> Reason | None:
    expires = case.said.expires
    if expires is None or case.now < expires:
        return None
    return Reason(
        title="The ID token has expired",
        detail=f"It was good until {span(case.now - expires)} ago.",
        remedy=_renewal(case.provider),
    )


def _from_the_future(case: _Case) -> Reason | None:
    issued = case.said.issued
    if issued is None or issued - case.now <= CLOCKS_APART:
        return None
    return Reason(
        title="The provider's clock is ahead",
        detail=f"The token was issued {span(issued - case.now)} in the future.",
        remedy="Ask whoever runs the provider to set its clock, or wait until then.",
    )


def _lives_too_long(case: _Case) -> Reason | None:
    issued, expires = case.said.issued, case.said.expires
    if issued is None or expires is None or expires - issued <= LIVES_MOST:
        return None
    return Reason(
        title="The ID token lives too long",
        detail=f"It is good for {span(expires - issued)}; AWS may refuse more than 24 h.",
        remedy="Ask whoever runs the provider to let ID tokens live at most a day.",
    )


def _other_issuer(case: _Case) -> Reason | None:
    issuer = case.said.issuer
    if issuer and (not case.provider.issuer or _same_issuer(issuer, case.provider.issuer)):
        return None
    return Reason(
        title="The ID token is another issuer's",
        detail=f"Its issuer is “{shown(issuer, 120)}”, the one that is set is “{shown(case.provider.issuer, 120)}”."
        if issuer
        else "It names no issuer.",
        remedy="Correct the issuer of the provider, or use a token of that issuer.",
    )


def _other_audience(case: _Case) -> Reason | None:
    client = case.provider.client_id
    party = case.said.authorized_party
    if not client or client in ((party,) if party else case.said.audiences):
        return None
    return Reason(
        title="The ID token is for another audience",
        detail=f"AWS takes “{shown(case.audience, 120)}” for its audience; the client ID that is set is “{client}”.",
        remedy="Correct the client ID of the provider, or use a token that is meant for it.",
    )


def _unknown_audience(case: _Case) -> Reason | None:
    if "audience" not in case.heard:
        return None
    return Reason(
        title="AWS does not know this audience",
        detail=f"The token's audience is “{shown(case.audience, 120)}”.",
        remedy=f"{_ADMINISTRATOR} add it to the audiences of {_place(case)} in IAM.",
    )


def _unknown_provider(case: _Case) -> Reason | None:
    if "no openidconnect provider" not in case.heard:
        return None
    return Reason(
        title="The account does not know this provider",
        detail=f"There is no {_place(case)}.",
        remedy=f"{_ADMINISTRATOR} create it in IAM for {shown(case.said.issuer, 120)}, with the audience "
        f"{shown(case.audience, 120)}; and check that the role is in the right account.",
    )


def _keys_not_fetched(case: _Case) -> Reason | None:
    if not any(
        word in case.heard for word in ("verification key", "openid configuration", "thumbprint", "certificate")
    ):
        return None
    return _unreachable(case)


def _unreachable(case: _Case) -> Reason | None:
    return Reason(
        title="AWS could not fetch the provider's keys",
        detail=f"AWS itself asks {shown(case.said.issuer, 120)}/.well-known/openid-configuration for them.",
        remedy="Try again in a moment; if it stays, see that this address and the jwks_uri it names are open to the "
        "internet and answer within 5 seconds, with a certificate that AWS trusts.",
    )


def _weak_algorithm(case: _Case) -> Reason | None:
    if case.said.algorithm in ALGORITHMS:
        return None
    return Reason(
        title="AWS cannot verify this ID token",
        detail=f"It is signed with “{shown(case.said.algorithm, 20) or 'none'}”.",
        remedy=f"Ask whoever runs the provider to sign with one of {', '.join(ALGORITHMS)}.",
    )


def _no_subject(case: _Case) -> Reason | None:
    if case.said.subject:
        return None
    return Reason(
        title="The ID token names no person",
        detail="It has no claim sub, which AWS demands.",
        remedy="Ask whoever runs the provider; an access token may have been taken for an ID token.",
    )


def _no_trust(case: _Case) -> Reason | None:
    key = case.arn.partition("oidc-provider/")[2] or "PROVIDER"
    audience, subject = shown(case.audience, 120), shown(case.said.subject, 120)
    return Reason(
        title="The role does not let this token in",
        detail=f"The role does not exist, or its trust policy says no to {_place(case)}.",
        remedy=f"{_ADMINISTRATOR} allow sts:AssumeRoleWithWebIdentity there for that provider, with conditions that "
        f"fit this token: {key}:aud is “{audience}”, {key}:sub is “{subject}”.",
    )


_CONTENT = (_other_issuer, _other_audience, _weak_algorithm, _no_subject, _from_the_future, _expired)
_CHECKS: dict[str, tuple[Callable[[_Case], Reason | None], ...]] = {
    "expired-identity-token": (_expired, _from_the_future, _lives_too_long),
    "invalid-identity-token": (
        *_CONTENT,
        _unknown_provider,
        _unknown_audience,
        _keys_not_fetched,
        _lives_too_long,
    ),
    "idp-rejected-claim": _CONTENT,
    "idp-communication-error": (_unreachable,),
    "access-denied": (_other_issuer, _other_audience, _no_trust),
}


def _same_issuer(one: str, other: str) -> bool:
    return one.rstrip("/") == other.rstrip("/")


def _place(case: _Case) -> str:
    return case.arn or "the OIDC provider"


def _renewal(provider: Provider) -> str:
    if provider.command:
        return "Run the command in a terminal and see why it prints an old token."
    if provider.web_identity_token_file:
        return "See whether what keeps the token file fresh is still running."
    return "Sign in to the provider again."
