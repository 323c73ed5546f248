"""AssumeRoleWithSAML and AssumeRoleWithWebIdentity: the two actions that carry no signature of AWS's own.

Assertions and ID tokens are read and held to the configured provider: issuer, audience, times, role and provider named
in them. What is no assertion or no token is refused. Their own signatures are NOT verified as yet: a provider here has
no certificate and no keys; that check belongs into `_read_assertion` and `_read_token` once providers have them.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from types import MappingProxyType
from typing import TYPE_CHECKING, Any
from xml.etree.ElementTree import ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from app.standin import policies
from app.standin.actions import role_result, role_seconds, session_policies
from app.standin.refusals import Refused, not_authorized
from app.standin.sessions import Kind
from app.standin.tags import session_tags
from app.standin.world import HOUR

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from xml.etree.ElementTree import Element

    from app.standin.state import State
    from app.standin.world import OidcProvider, Role, SamlProvider

    Result = dict[str, Any]

REDEEM_WITHIN = timedelta(minutes=5)
LEEWAY = timedelta(minutes=5)
JWT_PARTS = 3
_NS = MappingProxyType({"p": "urn:oasis:names:tc:SAML:2.0:protocol", "a": "urn:oasis:names:tc:SAML:2.0:assertion"})
_ATTRIBUTES = "https://aws.amazon.com/SAML/Attributes/"
_SUCCESS = "urn:oasis:names:tc:SAML:2.0:status:Success"
_SESSION_NAME = re.compile(r"[0-9A-Za-z_+=,.@-]{2,64}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Vouched:
    """What a provider says about a person."""

    session_name: str
    about: Mapping[str, str]
    source_identity: str = ""
    tags: Mapping[str, str] = MappingProxyType({})
    transitive: tuple[str, ...] = ()
    until: datetime | None = None


def assume_with_saml(state: State, parameters: Mapping[str, Any], now: datetime) -> Result:
    """AssumeRoleWithSAML."""
    provider = next((each for each in state.world.saml_providers if each.arn == parameters["PrincipalArn"]), None)
    if provider is None:
        raise _bad_token("The provider in PrincipalArn does not exist.")
    vouched = _read_assertion(parameters["SAMLAssertion"], provider, parameters["RoleArn"], now)
    return _open(state, Kind.SAML, parameters, (vouched, provider.arn), now)


def assume_with_web_identity(state: State, parameters: Mapping[str, Any], now: datetime) -> Result:
    """AssumeRoleWithWebIdentity."""
    if "ProviderId" in parameters:
        raise Refused("InvalidParameterValue", "ProviderId is only for OAuth 2.0 access tokens, not for ID tokens.")
    header, claims = _read_token(parameters["WebIdentityToken"])
    algorithm = str(header.get("alg", "none")).lower()
    if algorithm == "none" or algorithm.startswith("hs"):
        raise _bad_token("The ID token is not signed with a key pair.")
    provider = next((each for each in state.world.oidc_providers if each.issuer == claims.get("iss")), None)
    if provider is None:
        raise _bad_token("No OpenIDConnect provider found in your account for the issuer of the ID token.")
    vouched = _claims(claims, provider, parameters["RoleSessionName"], now)
    return _open(state, Kind.WEB, parameters, (vouched, provider.arn), now)


ACTIONS: Mapping[str, Callable[[State, Mapping[str, Any], datetime], Result]] = {
    "AssumeRoleWithSAML": assume_with_saml,
    "AssumeRoleWithWebIdentity": assume_with_web_identity,
}


def _open(state: State, kind: Kind, parameters: Mapping[str, Any], by: tuple[Vouched, str], now: datetime) -> Result:
    vouched, provider_arn = by
    role = state.world.role(parameters["RoleArn"])
    seconds = role_seconds(parameters.get("DurationSeconds", HOUR), role, chained=False)
    if role is None or not _trusts(role, provider_arn, vouched):
        raise not_authorized(provider_arn, f"sts:{kind}", parameters["RoleArn"])
    asked = [{"Key": key, "Value": value} for key, value in vouched.tags.items()]
    tags = session_tags(asked, vouched.transitive, None)
    packed = policies.check(parameters.get("Policy"), parameters.get("PolicyArns", ()), role.account, tags.asked)
    life = timedelta(seconds=seconds)
    if vouched.until is not None:
        life = min(life, vouched.until - now)
    session = state.open_session(
        kind,
        now,
        life,
        parameters.get("MinimumSessionTokenSize", 0),
        name=vouched.session_name,
        role=role,
        source_identity=vouched.source_identity,
        tags=tags.all,
        transitive=tags.transitive,
        policies=session_policies(parameters),
    )
    return {**role_result(session, packed), **vouched.about}


def _trusts(role: Role, provider_arn: str, vouched: Vouched) -> bool:
    return any(
        provider_arn in each.principals
        and (each.may_tag or not vouched.tags)
        and (each.may_name_source or not vouched.source_identity)
        and not each.mfa
        for each in role.trust
    )


# --- SAML ---


def _read_assertion(text: str, provider: SamlProvider, role_arn: str, now: datetime) -> Vouched:
    try:
        root: Element = fromstring(base64.b64decode(text, validate=True), forbid_dtd=True)
    except (binascii.Error, ValueError, ParseError, DefusedXmlException) as error:
        raise _bad_token("The SAML response is not well-formed XML in base64.") from error
    assertions = root.findall("a:Assertion", _NS)
    status = root.find("p:Status/p:StatusCode", _NS)
    if root.tag != f"{{{_NS['p']}}}Response" or len(assertions) != 1:
        raise _bad_token("The document is not a SAML response with one assertion.")
    if status is None or status.get("Value") != _SUCCESS:
        raise Refused("IDPRejectedClaim", "The provider did not authenticate the person.", 403)
    assertion = assertions[0]
    issuer = _text(assertion, "a:Issuer")
    if issuer != provider.issuer:
        raise _bad_token("Issuer not present in specified provider.")
    _check_saml_times(assertion, now)
    audience = _text(assertion, "a:Conditions/a:AudienceRestriction/a:Audience")
    if audience != provider.audience:
        raise _bad_token("The audience of the assertion is not AWS.")
    return _vouched(assertion, provider, role_arn, now)


def _vouched(assertion: Element, provider: SamlProvider, role_arn: str, now: datetime) -> Vouched:
    attributes = _attributes(assertion)
    pairs = [{part.strip() for part in value.split(",")} for value in attributes.get("Role", ())]
    if {role_arn, provider.arn} not in pairs:
        raise Refused("AccessDenied", "The assertion does not name this role with this provider.", 403)
    names = attributes.get("RoleSessionName", ())
    if len(names) != 1 or not _SESSION_NAME.fullmatch(names[0]):
        raise _bad_token("RoleSessionName is required in the assertion, once and of 2 to 64 characters.")
    subject = assertion.find("a:Subject/a:NameID", _NS)
    if subject is None or not (subject.text or "").strip():
        raise _bad_token("The assertion names no subject.")
    confirmation = assertion.find("a:Subject/a:SubjectConfirmation/a:SubjectConfirmationData", _NS)
    statement = assertion.find("a:AuthnStatement", _NS)
    until = None if statement is None else _moment(statement.get("SessionNotOnOrAfter"))
    if until is not None and until <= now:
        raise _expired()
    kind = subject.get("Format", "").removeprefix("urn:oasis:names:tc:SAML:2.0:nameid-format:")
    account_and_name = f"{provider.arn.split(':')[4]}/{provider.arn.rpartition('/')[2]}"
    qualifier = hashlib.sha1(f"{provider.issuer}{account_and_name}".encode(), usedforsecurity=False).digest()
    tags = {name.removeprefix("PrincipalTag:"): texts[0] for name, texts in attributes.items() if "Tag:" in name}
    return Vouched(
        session_name=names[0],
        about={
            "Subject": (subject.text or "").strip(),
            "SubjectType": kind or "unspecified",
            "Issuer": provider.issuer,
            "Audience": confirmation.get("Recipient", "") if confirmation is not None else provider.audience,
            "NameQualifier": base64.b64encode(qualifier).decode(),
        },
        source_identity=(attributes.get("SourceIdentity") or ("",))[0],
        tags=tags,
        transitive=tuple(attributes.get("TransitiveTagKeys", ())),
        until=until,
    )


def _check_saml_times(assertion: Element, now: datetime) -> None:
    issued = _moment(assertion.get("IssueInstant"))
    conditions = assertion.find("a:Conditions", _NS)
    if issued is None or conditions is None:
        raise _bad_token("The assertion has no time of issue or no conditions.")
    ends = [_moment(conditions.get("NotOnOrAfter"))]
    ends += [
        _moment(each.get("NotOnOrAfter"))
        for each in assertion.findall("a:Subject/a:SubjectConfirmation/a:SubjectConfirmationData", _NS)
    ]
    if now - issued > REDEEM_WITHIN:
        raise Refused("ExpiredTokenException", "Token must be redeemed within 5 minutes of issuance")
    if any(end is not None and end <= now for end in ends):
        raise _expired()
    begin = _moment(conditions.get("NotBefore"))
    if issued - now > LEEWAY or (begin is not None and begin - now > LEEWAY):
        raise _bad_token("The assertion is not valid yet.")


def _attributes(assertion: Element) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for attribute in assertion.findall("a:AttributeStatement/a:Attribute", _NS):
        name = attribute.get("Name", "")
        if name.startswith(_ATTRIBUTES):
            values = tuple("".join(each.itertext()).strip() for each in attribute.findall("a:AttributeValue", _NS))
            found[name.removeprefix(_ATTRIBUTES)] = found.get(name.removeprefix(_ATTRIBUTES), ()) + values
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
        raise _bad_token("A time in the assertion is not readable.") from None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


# --- OpenID Connect ---


def _read_token(text: str) -> tuple[dict[str, Any], dict[str, Any]]:
    parts = text.split(".")
    if len(parts) != JWT_PARTS or not parts[2]:
        raise _bad_token("The ID token provided is not a valid JWT.")
    header, claims = (_json_part(part) for part in parts[:2])
    return header, claims


def _json_part(part: str) -> dict[str, Any]:
    try:
        value = json.loads(base64.b64decode(part + "=" * (-len(part) % 4), altchars=b"-_", validate=True))
    except (binascii.Error, ValueError):
        value = None
    if not isinstance(value, dict):
        raise _bad_token("The ID token provided is not a valid JWT.")
    return value


def _claims(claims: Mapping[str, Any], provider: OidcProvider, session_name: str, now: datetime) -> Vouched:
    audiences = claims.get("aud")
    listed = audiences if isinstance(audiences, list) else [audiences]
    # With several audiences the authorized party is the one that counts.
    audience = claims.get("azp") if len(listed) > 1 else listed[0]
    if audience not in provider.client_ids:
        raise _bad_token("Incorrect token audience")
    subject = claims.get("sub")
    if not isinstance(subject, str) or not subject:
        raise _bad_token("The ID token names no subject.")
    expires, issued = (claims.get(name) for name in ("exp", "iat"))
    if not isinstance(expires, int | float) or not isinstance(issued, int | float):
        raise _bad_token("The ID token needs exp and iat.")
    if expires <= now.timestamp():
        raise _expired()
    if issued > (now + LEEWAY).timestamp():
        raise _bad_token("The ID token is not valid yet.")
    tags = claims.get("https://aws.amazon.com/tags", {})
    principal_tags = tags.get("principal_tags", {}) if isinstance(tags, dict) else {}
    return Vouched(
        session_name=session_name,
        about={
            "SubjectFromWebIdentityToken": subject,
            "Provider": provider.arn,
            "Audience": str(audience),
        },
        source_identity=str(claims.get("https://aws.amazon.com/source_identity", "")),
        tags={key: str(values[0]) for key, values in principal_tags.items()},
        transitive=tuple(tags.get("transitive_tag_keys", ())) if isinstance(tags, dict) else (),
    )


def _bad_token(message: str) -> Refused:
    return Refused("InvalidIdentityToken", message)


def _expired() -> Refused:
    return Refused("ExpiredTokenException", "The assertion or ID token has expired.")
