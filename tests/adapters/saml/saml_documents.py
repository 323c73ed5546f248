"""SAML responses made for tests, whole or with something changed. Unsigned: signatures are for STS."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from xml.sax.saxutils import escape, quoteattr

NOW = datetime(2026, 11, 22, 4, 0, tzinfo=UTC)
ACS = "https://eu-west-1.signin.aws.amazon.com/saml"
ROLE = "arn:aws:iam::123456789012:role/Admin"
PROVIDER = "arn:aws:iam::123456789012:saml-provider/corp"
ATTRIBUTES = "https://aws.amazon.com/SAML/Attributes/"
SUCCESS = '<samlp:Status><samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:Success"/></samlp:Status>'
NAMESPACES = (
    'xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" '
    'xmlns:ds="http://www.w3.org/2000/09/xmldsig#"'
)
SIGNATURE = "<ds:Signature><ds:SignedInfo/></ds:Signature>"


def stamp(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def attribute(name: str, *values: str) -> str:
    """An attribute of AWS's with texts as values."""
    return raw_attribute(name, *map(escape, values))


def raw_attribute(name: str, *values: str) -> str:
    """The same, with XML as values."""
    inside = "".join(f"<saml:AttributeValue>{value}</saml:AttributeValue>" for value in values)
    return f"<saml:Attribute Name={quoteattr(ATTRIBUTES + name)}>{inside}</saml:Attribute>"


@dataclass(frozen=True, kw_only=True)
class Made:
    """What an assertion is made from; every part may be replaced by XML of one's own."""

    issued: str = stamp(NOW)
    issuer: str = "https://idp.example/metadata"
    subject: str = "alice"
    audience: str = "urn:amazon:webservices"
    recipient: str = ACS
    not_before: str = stamp(NOW - timedelta(minutes=1))
    not_on_or_after: str = stamp(NOW + timedelta(minutes=10))
    confirmed_until: str = stamp(NOW + timedelta(minutes=8))
    session_until: str = stamp(NOW + timedelta(hours=8))
    attributes: str = attribute("Role", f"{ROLE},{PROVIDER}") + attribute("RoleSessionName", "alice@example.com")
    status: str = SUCCESS
    signature: str = SIGNATURE
    inside: str = ""
    """At the end of the assertion."""
    beside: str = ""
    """At the end of the response."""

    def assertion(self) -> str:
        return (
            f'<saml:Assertion ID="_a" Version="2.0" IssueInstant={quoteattr(self.issued)}>'
            f"<saml:Issuer>{escape(self.issuer)}</saml:Issuer>{self.signature}"
            f"<saml:Subject><saml:NameID>{escape(self.subject)}</saml:NameID>"
            '<saml:SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:bearer">'
            f"<saml:SubjectConfirmationData NotOnOrAfter={quoteattr(self.confirmed_until)} "
            f"Recipient={quoteattr(self.recipient)}/></saml:SubjectConfirmation></saml:Subject>"
            f"<saml:Conditions NotBefore={quoteattr(self.not_before)} "
            f"NotOnOrAfter={quoteattr(self.not_on_or_after)}><saml:AudienceRestriction>"
            f"<saml:Audience>{escape(self.audience)}</saml:Audience></saml:AudienceRestriction></saml:Conditions>"
            f"<saml:AuthnStatement SessionNotOnOrAfter={quoteattr(self.session_until)}/>"
            f"<saml:AttributeStatement>{self.attributes}</saml:AttributeStatement>{self.inside}</saml:Assertion>"
        )

    def response(self, assertion: str | None = None) -> str:
        return (
            f'<samlp:Response {NAMESPACES} ID="_r" Version="2.0" IssueInstant={quoteattr(self.issued)} '
            f"Destination={quoteattr(self.recipient)}><saml:Issuer>{escape(self.issuer)}</saml:Issuer>{self.status}"
            f"{self.assertion() if assertion is None else assertion}{self.beside}</samlp:Response>"
        )


def coded(document: str) -> str:
    return base64.b64encode(document.encode()).decode("ascii")
