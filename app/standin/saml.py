"""AssumeRoleWithSAML: an assertion is verified by its provider's certificate, then held to what AWS asks of it.

Only what a valid signature covers is read: the document is cut down to the signed bytes before anything is taken from
it, so that a second assertion, moved or wrapped around the signed one, is never looked at.

Source: STS API reference; IAM User Guide, "Configure SAML assertions for the authentication response"; SAML 2.0
profiles, section 4.1.4; XML Signature Best Practices, "See what is signed".
"""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from xml.etree.ElementTree import ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from app.standin.vouched import LEEWAY, Vouched, bad, expired
from app.standin.wire import FORBIDDEN, Refusal, denied
from app.standin.xml_signature import NotSigned, signed_parts

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree.ElementTree import Element

    from app.standin.limits import Parameters
    from app.standin.world import SamlProvider, World

REDEEM_WITHIN = timedelta(minutes=5)
_PROTOCOL, _ASSERTION = "urn:oasis:names:tc:SAML:2.0:protocol", "urn:oasis:names:tc:SAML:2.0:assertion"
_NS = {"p": _PROTOCOL, "a": _ASSERTION}
_ATTRIBUTES = "https://aws.amazon.com/SAML/Attributes/"
_SUCCESS = "urn:oasis:names:tc:SAML:2.0:status:Success"
_BEARER = "urn:oasis:names:tc:SAML:2.0:cm:bearer"
_FORMAT = "urn:oasis:names:tc:SAML:2.0:nameid-format:"
_NO_FORMAT = "urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified"
_TAG = "PrincipalTag:"
_AUDIENCE = re.compile(r"urn:amazon:webservices(:[a-z0-9-]+)?")
_ACS = re.compile(
    r"https://([a-z0-9-]+\.)?signin\.(aws\.amazon\.com|amazonaws\.cn|amazonaws-us-gov\.com|amazonaws-eusc\.eu)"
    r"/saml(/acs/[0-9A-Za-z_-]+)?"
)
_SESSION_NAME = re.compile(r"[0-9A-Za-z_+=,.@-]{2,64}")


def verify(world: World, given: Parameters, now: datetime) -> Vouched:
    """Read SAMLAssertion, which is a whole response in base64. Raises Refusal for one that is not to be believed."""
    try:
        document = base64.b64decode(given.text("SAMLAssertion"), validate=True)
        root = fromstring(document, forbid_dtd=True)
    except (ValueError, ParseError, DefusedXmlException):
        raise bad("The SAML response is no well-formed XML in base64.") from None
    provider = world.saml_provider(given.text("PrincipalArn"))
    if provider is None:
        raise bad("The provider in PrincipalArn does not exist.")
    _check_response(root)
    try:
        assertion = _signed_assertion(document, provider, now)
    except NotSigned as error:
        raise bad(f"Response signature invalid: {error}") from error
    return _Reading(assertion, provider, now).vouch(given.text("RoleArn"))


def _check_response(root: Element) -> None:
    """Look at the shape of the whole document: nothing in it is believed as yet."""
    status = root.find("p:Status/p:StatusCode", _NS)
    if root.tag != f"{{{_PROTOCOL}}}Response" or status is None:
        raise bad("The document is no SAML response.")
    if status.get("Value") != _SUCCESS:
        raise Refusal("IDPRejectedClaim", "The provider did not vouch for the person.", status=FORBIDDEN)
    if root.get("Destination") is not None and not _ACS.fullmatch(root.get("Destination", "")):
        raise bad("The destination of the response is not AWS.")
    anywhere = sum(1 for each in root.iter() if each.tag == f"{{{_ASSERTION}}}Assertion")
    if anywhere != 1 or root.find("a:Assertion", _NS) is None:
        raise bad("The SAML response has not exactly one assertion.")


def _signed_assertion(document: bytes, provider: SamlProvider, now: datetime) -> Element:
    """The assertion out of what the provider signed: itself, or the response around it. Raises NotSigned."""
    for part in signed_parts(document, provider.certificates, now):
        element: Element = fromstring(part, forbid_dtd=True)
        found = element if element.tag == f"{{{_ASSERTION}}}Assertion" else element.find("a:Assertion", _NS)
        if found is not None:
            return found
    raise NotSigned("the assertion is not signed")


@dataclass(frozen=True, slots=True)
class _Reading:
    """One verified assertion, and what it has to be held to."""

    assertion: Element
    provider: SamlProvider
    now: datetime

    def vouch(self, role_arn: str) -> Vouched:
        if _text(self.assertion, "a:Issuer") != self.provider.issuer:
            raise bad("Issuer not present in specified provider")
        conditions = self.assertion.find("a:Conditions", _NS)
        if conditions is None:
            raise bad("The assertion has no conditions.")
        self._check_times(conditions)
        _check_audience(conditions)
        recipient = self._recipient()
        attributes = _attributes(self.assertion)
        named = [sorted(part.strip() for part in value.split(",")) for value in attributes.get("Role", ())]
        if sorted((role_arn, self.provider.arn)) not in named:
            raise denied("Not authorized to perform sts:AssumeRoleWithSAML")
        names = attributes.get("RoleSessionName", ())
        if len(names) != 1 or not _SESSION_NAME.fullmatch(names[0]):
            raise bad("RoleSessionName is required in the assertion, once and of 2 to 64 characters.")
        about = {**self._subject(), "Issuer": self.provider.issuer, "Audience": recipient}
        return Vouched(
            principal=self.provider.arn,
            session_name=names[0],
            about=about | {"NameQualifier": _qualifier(self.provider)},
            source_identity="".join(attributes.get("SourceIdentity", ())[:1]),
            tags=tuple((key.removeprefix(_TAG), texts[0]) for key, texts in attributes.items() if key.startswith(_TAG)),
            transitive=attributes.get("TransitiveTagKeys", ()),
            until=self._session_end(),
        )

    def _check_times(self, conditions: Element) -> None:
        issued = _moment(self.assertion.get("IssueInstant"))
        if issued is None:
            raise bad("The assertion has no time of issue.")
        if self.now - issued > REDEEM_WITHIN:
            raise expired("Token must be redeemed within 5 minutes of issuance")
        end = _moment(conditions.get("NotOnOrAfter"))
        if end is not None and end <= self.now:
            raise expired("The assertion has expired.")
        begin = _moment(conditions.get("NotBefore")) or issued
        if max(begin, issued) - self.now > LEEWAY:
            raise bad("The assertion is not valid yet.")

    def _recipient(self) -> str:
        """The address of AWS that the bearer may bring it to, until when it may."""
        bearers = [
            each.find("a:SubjectConfirmationData", _NS)
            for each in self.assertion.findall("a:Subject/a:SubjectConfirmation", _NS)
            if each.get("Method") == _BEARER
        ]
        if len(bearers) != 1 or bearers[0] is None:
            raise bad("The assertion has not exactly one subject confirmation of a bearer.")
        recipient, end = bearers[0].get("Recipient", ""), _moment(bearers[0].get("NotOnOrAfter"))
        if not _ACS.fullmatch(recipient):
            raise bad("The recipient of the assertion is not AWS.")
        if end is None:
            raise bad("The subject confirmation does not say until when it holds.")
        if end <= self.now:
            raise expired("The assertion has expired.")
        return recipient

    def _subject(self) -> dict[str, str]:
        subject = self.assertion.find("a:Subject/a:NameID", _NS)
        name = "" if subject is None else "".join(subject.itertext()).strip()
        if subject is None or not name:
            raise bad("The assertion names no subject.")
        return {"Subject": name, "SubjectType": subject.get("Format", _NO_FORMAT).removeprefix(_FORMAT)}

    def _session_end(self) -> datetime | None:
        statements = self.assertion.findall("a:AuthnStatement", _NS)
        ends = [end for each in statements if (end := _moment(each.get("SessionNotOnOrAfter"))) is not None]
        if ends and min(ends) <= self.now:
            raise expired("The provider's session is over.")
        return min(ends, default=None)


def _check_audience(conditions: Element) -> None:
    """Each restriction has to let AWS in (SAML 2.0 core, section 2.5.1.4)."""
    restrictions = conditions.findall("a:AudienceRestriction", _NS)
    if not restrictions or not all(any(map(_is_aws, _audiences(each))) for each in restrictions):
        raise bad("The audience of the assertion is not AWS.")


def _audiences(restriction: Element) -> Iterator[str]:
    return ("".join(each.itertext()).strip() for each in restriction.findall("a:Audience", _NS))


def _is_aws(audience: str) -> bool:
    return bool(_ACS.fullmatch(audience) or _AUDIENCE.fullmatch(audience))


def _qualifier(provider: SamlProvider) -> str:
    """What tells persons of one name apart: a hash of issuer, account and provider, as the API reference states it."""
    account, name = provider.arn.split(":")[4], provider.arn.rpartition("/")[2]
    digest = hashlib.sha1(f"{provider.issuer}{account}/{name}".encode(), usedforsecurity=False).digest()
    return base64.b64encode(digest).decode()


def _attributes(assertion: Element) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for attribute in assertion.findall("a:AttributeStatement/a:Attribute", _NS):
        name = attribute.get("Name", "").removeprefix(_ATTRIBUTES)
        values = tuple("".join(each.itertext()).strip() for each in attribute.findall("a:AttributeValue", _NS))
        if name in found:
            raise bad("The assertion has the same attribute twice.")
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
        raise bad("A time in the assertion cannot be read.") from None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
