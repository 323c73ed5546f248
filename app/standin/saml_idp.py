"""The stand-in's own SAML provider: a login page, and a signed response that the browser posts to AWS.

- `/idp/start[?region=R][&RelayState=X]`: sign in, then post to AWS's address, that of a region if one is given
- `/idp/logout`: forget who is signed in with this browser
- `/idp/metadata`: what an administrator gives to IAM

Sources: SAML 2.0 core, bindings (3.5) and profiles (4.1.5, what a provider sends unasked); IAM User Guide, "Configure
SAML assertions for the authentication response".
"""

from __future__ import annotations

import base64
import html
import re
import secrets
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from app.standin import pages
from app.standin.wire import Answer
from app.standin.xml_signature import sign

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from app.standin.pages import SignIn
    from app.standin.world import Person, SamlSite

PATH = "/idp/"
_VALID = timedelta(minutes=5)
_CONSOLE_SECONDS = 14400
_REGION = re.compile(r"[a-z]{2}(-[a-z]+){1,2}-[0-9]")
_HOSTS = (("cn-", "signin.amazonaws.cn"), ("us-gov-", "signin.amazonaws-us-gov.com"), ("", "signin.aws.amazon.com"))
_ATTRIBUTES = "https://aws.amazon.com/SAML/Attributes/"
_ASSERTION = """<saml:Assertion xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ID="{id}" Version="2.0"
 IssueInstant="{now}"><saml:Issuer>{issuer}</saml:Issuer>
<ds:Signature xmlns:ds="http://www.w3.org/2000/09/xmldsig#" Id="placeholder"></ds:Signature>
<saml:Subject><saml:NameID Format="urn:oasis:names:tc:SAML:2.0:nameid-format:persistent">{subject}</saml:NameID>
<saml:SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:bearer">
<saml:SubjectConfirmationData NotOnOrAfter="{end}" Recipient="{acs}"/></saml:SubjectConfirmation></saml:Subject>
<saml:Conditions NotBefore="{now}" NotOnOrAfter="{end}"><saml:AudienceRestriction>
<saml:Audience>urn:amazon:webservices</saml:Audience></saml:AudienceRestriction></saml:Conditions>
<saml:AuthnStatement AuthnInstant="{since}" SessionIndex="{id}" SessionNotOnOrAfter="{session_end}">
<saml:AuthnContext><saml:AuthnContextClassRef>urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport</saml:AuthnContextClassRef></saml:AuthnContext>
</saml:AuthnStatement>
<saml:AttributeStatement>{attributes}</saml:AttributeStatement></saml:Assertion>"""
_RESPONSE = """<samlp:Response xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" ID="{id}" Version="2.0"
 IssueInstant="{now}" Destination="{acs}">
<saml:Issuer xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion">{issuer}</saml:Issuer>
<samlp:Status><samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:Success"/></samlp:Status>
{assertion}</samlp:Response>"""
_METADATA = """<?xml version="1.0"?>
<md:EntityDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata" xmlns:ds="http://www.w3.org/2000/09/xmldsig#"
 entityID="{issuer}"><md:IDPSSODescriptor protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol">
<md:KeyDescriptor use="signing"><ds:KeyInfo><ds:X509Data><ds:X509Certificate>{certificate}</ds:X509Certificate>
</ds:X509Data></ds:KeyInfo></md:KeyDescriptor>
<md:SingleSignOnService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect" Location="{url}"/>
</md:IDPSSODescriptor></md:EntityDescriptor>
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Wish:
    """Where a browser wants to go once somebody is signed in there."""

    region: str
    relay_state: str

    def path(self) -> str:
        given = {"region": self.region, "RelayState": self.relay_state}
        query = urlencode({name: value for name, value in given.items() if value})
        return f"{PATH}start" + (f"?{query}" if query else "")


class SamlIdp:
    """The provider's pages and who is signed in there. `url` gives the stand-in's URL. Not for several threads."""

    def __init__(self, site: SamlSite, people: Mapping[str, Person], url: Callable[[], str]) -> None:
        self._site = site
        self._people = people
        self._url = url
        self._head = pages.Site(name=site.name, kind="SAML provider of the stand-in AWS")
        self._tickets = pages.Tickets()
        self.sign_ins = pages.SignIns("standin-idp", "/idp", site.session_seconds)

    def answer(self, method: str, path: str, given: Mapping[str, str], cookies: str, now: datetime) -> Answer:
        """Serve one of the pages below `/idp/`; `path` is what comes after that."""
        if (method, path) == ("GET", "start"):
            return self._start(given, cookies, now)
        if (method, path) == ("POST", "login"):
            return self._login(given, now)
        if path == "logout":
            gone = self.sign_ins.end(cookies)
            words = f"<p>{html.escape(self._site.name)} does not know this browser any more.</p>"
            shown = pages.page(self._head, "Signed out", words)
            return replace(shown, headers=(*shown.headers, gone))
        if (method, path) == ("GET", "metadata"):
            return self._metadata()
        return pages.page(self._head, "Not found", "<p>There is nothing here.</p>", status=pages.MISSING)

    def _start(self, given: Mapping[str, str], cookies: str, now: datetime) -> Answer:
        wish = _Wish(region=given.get("region", ""), relay_state=given.get("RelayState", ""))
        if wish.region and not _REGION.fullmatch(wish.region):
            return pages.page(self._head, "Not a region", "<p>Such a region is not known.</p>", status=pages.BAD)
        sign_in = self.sign_ins.current(cookies, now)
        if sign_in is None:
            return self._ask(wish, now)
        return self._post(wish, sign_in, now)

    def _ask(self, wish: _Wish, now: datetime, *, wrong: bool = False) -> Answer:
        shown = next(iter(self._people.values()), None) if self._site.shows_password else None
        ticket = self._tickets.put(wish, now)
        return pages.login_page(self._head, f"{PATH}login", ticket, shown, wrong=wrong)

    def _login(self, given: Mapping[str, str], now: datetime) -> Answer:
        wish = self._tickets.take(given.get("ticket", ""), now)
        if not isinstance(wish, _Wish):
            return pages.page(self._head, "Too late", "<p>Start again: this form is too old.</p>", status=pages.BAD)
        person = self._people.get(given.get("user", ""))
        if person is None or not secrets.compare_digest(person.password.encode(), given.get("password", "").encode()):
            return self._ask(wish, now, wrong=True)
        return pages.redirect(wish.path(), (self.sign_ins.begin(person, now),))

    def _post(self, wish: _Wish, sign_in: SignIn, now: datetime) -> Answer:
        acs = acs_of(wish.region)
        response = self.response(sign_in, acs, now)
        fields = {"SAMLResponse": base64.b64encode(response).decode()}
        fields |= {"RelayState": wish.relay_state} if wish.relay_state else {}
        body = f"""<p>{html.escape(sign_in.person.full_name)} is signed in. AWS is next.</p>
<form method="post" action="{acs}">{pages.hidden(fields)}
<div class="buttons"><button class="first" type="submit">Go on to AWS</button></div></form>"""
        return pages.page(self._head, "Signed in", body, script="document.forms[0].submit()")

    def response(self, sign_in: SignIn, acs: str, now: datetime) -> bytes:
        """A response with a signed assertion about that person, for that address of AWS."""
        common = {"now": _stamp(now), "acs": acs, "issuer": html.escape(self._site.issuer)}
        assertion = _ASSERTION.format(
            **common,
            id=f"_{secrets.token_hex(16)}",
            subject=html.escape(sign_in.person.name),
            end=_stamp(now + _VALID),
            since=_stamp(sign_in.since),
            session_end=_stamp(self.sign_ins.ends(sign_in)),
            attributes=self._attributes(sign_in.person),
        )
        signed = sign(assertion, self._site.key).decode()
        return _RESPONSE.format(**common, id=f"_{secrets.token_hex(16)}", assertion=signed).encode()

    def _attributes(self, person: Person) -> str:
        providers = {arn.split(":")[4]: arn for arn in self._site.provider_arns}
        pairs = [(role, providers[role.split(":")[4]]) for role in self._site.roles]
        # AWS takes role and provider in either order, and so has everyone who reads this.
        roles = [",".join(pair[:: -1 if index % 2 else 1]) for index, pair in enumerate(pairs)]
        return (
            _attribute("Role", roles)
            + _attribute("RoleSessionName", [person.email])
            + _attribute("SessionDuration", [str(_CONSOLE_SECONDS)])
        )

    def _metadata(self) -> Answer:
        lines = self._site.key.certificate.splitlines()
        text = _METADATA.format(
            issuer=html.escape(self._site.issuer), certificate="".join(lines[1:-1]), url=f"{self._url()}{PATH}start"
        )
        return Answer(status=pages.OK, body=text.encode(), content_type="application/samlmetadata+xml")


def acs_of(region: str) -> str:
    """The address where AWS takes responses, in a region or in its first one."""
    host = next(host for prefix, host in _HOSTS if region.startswith(prefix))
    return f"https://{region}.{host}/saml" if region else f"https://{host}/saml"


def _attribute(name: str, values: list[str]) -> str:
    inner = "".join(f"<saml:AttributeValue>{html.escape(value)}</saml:AttributeValue>" for value in values)
    return f'<saml:Attribute Name="{_ATTRIBUTES}{name}">{inner}</saml:Attribute>'


def _stamp(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
