"""AssumeRoleWithSAML and AssumeRoleWithWebIdentity: the two actions that carry no signature of AWS's own.

Assertions and ID tokens are read and held to the configured provider: issuer, audience, times, and the role and
provider that they name. What is no assertion or no token is refused. Their OWN signatures are not verified as yet: a
provider here has no certificate and no keys.

Source: STS API reference; IAM User Guide, "Configure SAML assertions for the authentication response".
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
import re
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any
from xml.etree.ElementTree import ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from app.standin.limits import Parameters
from app.standin.policy import check_policies, packed_percent, read_tags
from app.standin.sts import ROLE_SECONDS, check_longest, role_answer, role_named, role_session
from app.standin.wire import FORBIDDEN, Refusal, denied

if TYPE_CHECKING:
    from collections.abc import Mapping
    from xml.etree.ElementTree import Element

    from app.standin.sts import Desk, Result
    from app.standin.world import OidcProvider, Role, SamlProvider

REDEEM_WITHIN = timedelta(minutes=5)
LEEWAY = timedelta(minutes=5)
_JWT_PARTS = 3
_NS = {"p": "urn:oasis:names:tc:SAML:2.0:protocol", "a": "urn:oasis:names:tc:SAML:2.0:assertion"}
_ATTRIBUTES = "https://aws.amazon.com/SAML/Attributes/"
_SUCCESS = "urn:oasis:names:tc:SAML:2.0:status:Success"
_FORMAT = "urn:oasis:names:tc:SAML:2.0:nameid-format:"
_NO_FORMAT = "urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified"
_TAG = "PrincipalTag:"
_AUDIENCES = ("https://signin.aws.amazon.com/saml", "urn:amazon:webservices")
_ACS = re.compile(
    r"https://([a-z0-9-]+\.)?signin\.(aws\.amazon\.com|amazonaws\.cn|amazonaws-us-gov\.com)/saml(/acs/[0-9A-Za-z_-]+)?"
)
_SESSION_NAME = re.compile(r"[0-9A-Za-z_+=,.@-]{2,64}")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Vouched:
    """What a provider says about a person. `about` goes into the answer; `until` ends the session earlier."""

    provider_arn: str
    session_name: str
    about: Mapping[str, str]
    source_identity: str = ""
    tags: tuple[tuple[str, str], ...] = ()
    transitive: tuple[str, ...] = ()
    until: datetime | None = None


def perform(action: str, desk: Desk, given: Parameters, now: datetime) -> Result:
    """Answer one of the two actions. Raises Refusal."""
    vouched = _by_saml(desk, given, now) if action == "AssumeRoleWithSAML" else _by_token(desk, given, now)
    check_policies(given)
    role = role_named(desk, given.text("RoleArn"))
    if role is None or not _trusts(role, vouched):
        raise denied(f"Not authorized to perform sts:{action}")
    seconds = given.number("DurationSeconds") or ROLE_SECONDS
    check_longest(role, seconds)
    tags, transitive = read_tags(_with_tags(given, vouched), ())
    packed = packed_percent(given, tags)
    expires = now + timedelta(seconds=seconds)
    session = replace(
        role_session(role, vouched.session_name, given, min(expires, vouched.until or expires)),
        transitive=transitive,
        source_identity=vouched.source_identity,
    )
    return role_answer(desk, session, given, packed) | dict(vouched.about)


def _with_tags(given: Parameters, vouched: _Vouched) -> Parameters:
    tags: list[Any] = [{"Key": key, "Value": value} for key, value in vouched.tags]
    return Parameters({**given.values, "Tags": tags, "TransitiveTagKeys": list(vouched.transitive)})


def _trusts(role: Role, vouched: _Vouched) -> bool:
    return (
        vouched.provider_arn in role.trusts
        and not role.mfa_required
        and (role.allows_tags or not vouched.tags)
        and (role.allows_source_identity or not vouched.source_identity)
    )


def _bad(message: str) -> Refusal:
    return Refusal("InvalidIdentityToken", message)


def _expired(message: str) -> Refusal:
    return Refusal("ExpiredTokenException", message)


# --- SAML ---


def _by_saml(desk: Desk, given: Parameters, now: datetime) -> _Vouched:
    try:
        root: Element = fromstring(base64.b64decode(given.text("SAMLAssertion"), validate=True), forbid_dtd=True)
    except (ValueError, ParseError, DefusedXmlException):
        raise _bad("The SAML response is no well-formed XML in base64.") from None
    provider = desk.world.saml_providers.get(given.text("PrincipalArn"))
    if provider is None:
        raise _bad("The provider in PrincipalArn does not exist.")
    status = root.find("p:Status/p:StatusCode", _NS)
    assertions = root.findall("a:Assertion", _NS)
    if root.tag != f"{{{_NS['p']}}}Response" or status is None:
        raise _bad("The document is no SAML response.")
    if status.get("Value") != _SUCCESS:
        raise Refusal("IDPRejectedClaim", "The provider did not vouch for the person.", status=FORBIDDEN)
    if len(assertions) != 1:
        raise _bad("The SAML response has not exactly one assertion.")
    return _assertion(assertions[0], provider, given.text("RoleArn"), now)


def _assertion(assertion: Element, provider: SamlProvider, role_arn: str, now: datetime) -> _Vouched:
    if _text(assertion, "a:Issuer") != provider.issuer:
        raise _bad("Issuer not present in specified provider")
    _check_times(assertion, now)
    if _text(assertion, "a:Conditions/a:AudienceRestriction/a:Audience") not in _AUDIENCES:
        raise _bad("The audience of the assertion is not AWS.")
    confirmation = assertion.find("a:Subject/a:SubjectConfirmation/a:SubjectConfirmationData", _NS)
    recipient = "" if confirmation is None else confirmation.get("Recipient", "")
    if not _ACS.fullmatch(recipient):
        raise _bad("The recipient of the assertion is not AWS.")
    attributes = _attributes(assertion)
    named = [sorted(part.strip() for part in value.split(",")) for value in attributes.get("Role", ())]
    if sorted((role_arn, provider.arn)) not in named:
        raise denied("Not authorized to perform sts:AssumeRoleWithSAML")
    names = attributes.get("RoleSessionName", ())
    if len(names) != 1 or not _SESSION_NAME.fullmatch(names[0]):
        raise _bad("RoleSessionName is required in the assertion, once and of 2 to 64 characters.")
    return _Vouched(
        provider_arn=provider.arn,
        session_name=names[0],
        about={**_subject(assertion), "Issuer": provider.issuer, "Audience": recipient, **_qualifier(provider)},
        source_identity="".join(attributes.get("SourceIdentity", ())[:1]),
        tags=tuple((key.removeprefix(_TAG), texts[0]) for key, texts in attributes.items() if key.startswith(_TAG)),
        transitive=attributes.get("TransitiveTagKeys", ()),
        until=_session_end(assertion, now),
    )


def _subject(assertion: Element) -> dict[str, str]:
    subject = assertion.find("a:Subject/a:NameID", _NS)
    name = "" if subject is None else "".join(subject.itertext()).strip()
    if subject is None or not name:
        raise _bad("The assertion names no subject.")
    return {"Subject": name, "SubjectType": subject.get("Format", _NO_FORMAT).removeprefix(_FORMAT)}


def _qualifier(provider: SamlProvider) -> dict[str, str]:
    """What tells persons of one name apart: a hash of issuer, account and provider, as the API reference states it."""
    account, name = provider.arn.split(":")[4], provider.arn.rpartition("/")[2]
    digest = hashlib.sha1(f"{provider.issuer}{account}/{name}".encode(), usedforsecurity=False).digest()
    return {"NameQualifier": base64.b64encode(digest).decode()}


def _session_end(assertion: Element, now: datetime) -> datetime | None:
    statement = assertion.find("a:AuthnStatement", _NS)
    end = None if statement is None else _moment(statement.get("SessionNotOnOrAfter"))
    if end is not None and end <= now:
        raise _expired("The provider's session is over.")
    return end


def _check_times(assertion: Element, now: datetime) -> None:
    issued = _moment(assertion.get("IssueInstant"))
    conditions = assertion.find("a:Conditions", _NS)
    if issued is None or conditions is None:
        raise _bad("The assertion has no time of issue or no conditions.")
    if now - issued > REDEEM_WITHIN:
        raise _expired("Token must be redeemed within 5 minutes of issuance")
    confirmed = assertion.findall("a:Subject/a:SubjectConfirmation/a:SubjectConfirmationData", _NS)
    for each in (conditions, *confirmed):
        end = _moment(each.get("NotOnOrAfter"))
        if end is not None and end <= now:
            raise _expired("The assertion has expired.")
    begin = _moment(conditions.get("NotBefore")) or issued
    if max(begin, issued) - now > LEEWAY:
        raise _bad("The assertion is not valid yet.")


def _attributes(assertion: Element) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for attribute in assertion.findall("a:AttributeStatement/a:Attribute", _NS):
        name = attribute.get("Name", "").removeprefix(_ATTRIBUTES)
        values = tuple("".join(each.itertext()).strip() for each in attribute.findall("a:AttributeValue", _NS))
        if name in found:
            raise _bad("The assertion has the same attribute twice.")
        if values:
            found[name] = values
    return found


def _text(element: Element, path: str) -> str:
    found = element.find(path, _NS)
    return "" if found is None else "".join(found.itertext()).strip()


def _moment(text: str | None) -> datetime | None:
    if text is None:
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise _bad("A time in the assertion cannot be read.") from None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


# --- OpenID Connect ---


def _by_token(desk: Desk, given: Parameters, now: datetime) -> _Vouched:
    if given.text("ProviderId"):
        raise Refusal("InvalidParameterValue", "ProviderId is for OAuth 2.0 access tokens, not for ID tokens.")
    parts = given.text("WebIdentityToken").split(".")
    if len(parts) != _JWT_PARTS or not parts[2]:
        raise _bad("The ID Token provided is not a valid JWT. (You may see this error if you sent an Access Token)")
    header, claims = _json(parts[0]), _json(parts[1])
    algorithm = str(header.get("alg", "none")).lower()
    if algorithm == "none" or algorithm.startswith("hs"):
        raise _bad("The ID token is not signed with a key pair.")
    providers = desk.world.oidc_providers.values()
    provider = next((each for each in providers if each.issuer == claims.get("iss")), None)
    if provider is None:
        raise _bad(f"No OpenIDConnect provider found in your account for {str(claims.get('iss'))[:200]}")
    return _claims(claims, provider, given.text("RoleSessionName"), now)


def _claims(claims: Mapping[str, Any], provider: OidcProvider, session_name: str, now: datetime) -> _Vouched:
    given = claims.get("aud")
    audiences = given if isinstance(given, list) else [given]
    # With several audiences the authorized party is the one that counts.
    audience = claims.get("azp") if len(audiences) > 1 else next(iter(audiences), None)
    if audience not in provider.audiences:
        raise _bad("Incorrect token audience")
    subject, expires, issued = claims.get("sub"), claims.get("exp"), claims.get("iat")
    if not isinstance(subject, str) or not subject:
        raise _bad("The ID token names no subject.")
    if not isinstance(expires, int | float) or not isinstance(issued, int | float):
        raise _bad("Missing a required claim: exp or iat")
    if expires <= now.timestamp():
        raise _expired(
            f"Token expired: current date/time {int(now.timestamp())} must be before the expiration date/time "
            f"{int(expires)}"
        )
    if issued > (now + LEEWAY).timestamp():
        raise _bad("The ID token is not valid yet.")
    tags, transitive = _claimed_tags(claims.get("https://aws.amazon.com/tags"))
    return _Vouched(
        provider_arn=provider.arn,
        session_name=session_name,
        about={"SubjectFromWebIdentityToken": subject, "Provider": provider.arn, "Audience": str(audience)},
        source_identity=str(claims.get("https://aws.amazon.com/source_identity", "")),
        tags=tags,
        transitive=transitive,
    )


def _claimed_tags(claim: object) -> tuple[tuple[tuple[str, str], ...], tuple[str, ...]]:
    if claim is None:
        return (), ()
    try:
        found: Any = claim
        tags = tuple((str(key), str(values[0])) for key, values in found["principal_tags"].items())
        return tags, tuple(map(str, found.get("transitive_tag_keys", ())))
    except (AttributeError, IndexError, KeyError, TypeError):
        raise _bad("The tags in the ID token cannot be read.") from None


def _json(part: str) -> dict[str, Any]:
    try:
        value = json.loads(base64.b64decode(part + "=" * (-len(part) % 4), altchars=b"-_", validate=True))
    except (binascii.Error, ValueError, RecursionError):
        value = None
    if not isinstance(value, dict):
        raise _bad("The ID Token provided is not a valid JWT. (You may see this error if you sent an Access Token)")
    return value
