"""The SAML provider of the other tests does what they take for granted."""

from __future__ import annotations

import base64
import re
import time
from typing import TYPE_CHECKING

import pytest
from lxml import etree
from signxml.exceptions import InvalidSignature
from signxml.verifier import XMLVerifier

from tests.e2e.plain_browser import Browser
from tests.e2e.simplesamlphp import ACS, ATTRIBUTES, REGIONAL_ACS

if TYPE_CHECKING:
    from tests.e2e.simplesamlphp import Posted, SimpleSamlPhp

NAMES = {"saml": "urn:oasis:names:tc:SAML:2.0:assertion", "samlp": "urn:oasis:names:tc:SAML:2.0:protocol"}


def verified(posted: Posted, certificate: str) -> etree._Element:
    """The part of the posted document that the provider signed."""
    document = etree.fromstring(base64.b64decode(posted.saml_response))
    signed = XMLVerifier().verify(document, x509_cert=certificate)
    results = signed if isinstance(signed, list) else [signed]
    assert results[0].signed_xml is not None
    return results[0].signed_xml


def attribute(element: etree._Element, name: str) -> list[str]:
    found = element.xpath(f".//saml:Attribute[@Name='{ATTRIBUTES}{name}']/saml:AttributeValue/text()", namespaces=NAMES)
    return [str(value) for value in found]


def test_a_login_ends_in_a_signed_response_for_aws(simplesamlphp: SimpleSamlPhp) -> None:
    posted = simplesamlphp.log_in("alice")
    assert posted.acs == ACS
    response = verified(posted, simplesamlphp.certificate)
    assert response.findtext("saml:Issuer", namespaces=NAMES) == simplesamlphp.issuer
    admin, read_only = simplesamlphp.role_arns
    provider = simplesamlphp.provider_arn
    assert attribute(response, "Role") == [f"{admin},{provider}", f"{provider},{read_only}"]
    assert attribute(response, "RoleSessionName") == ["alice@example.com"]
    assert attribute(response, "SessionDuration") == ["7200"]
    assert response.findtext(".//saml:NameID", namespaces=NAMES) == "alice@example.com"
    assert response.findtext(".//saml:Audience", namespaces=NAMES) == "urn:amazon:webservices"


def test_the_assertion_is_signed_by_itself(simplesamlphp: SimpleSamlPhp) -> None:
    document = etree.fromstring(base64.b64decode(simplesamlphp.log_in("bob").saml_response))
    assertion = document.find("saml:Assertion", NAMES)
    assert assertion is not None
    alone = etree.fromstring(etree.tostring(assertion))
    XMLVerifier().verify(alone, x509_cert=simplesamlphp.certificate)
    assert len(attribute(alone, "Role")) == 1


def test_a_changed_response_is_not_verified(simplesamlphp: SimpleSamlPhp) -> None:
    posted = simplesamlphp.log_in()
    document = etree.fromstring(base64.b64decode(posted.saml_response).replace(b"alice@", b"mallory@"))
    with pytest.raises(InvalidSignature):
        XMLVerifier().verify(document, x509_cert=simplesamlphp.certificate)


def test_the_acs_of_a_region_and_the_relay_state_are_kept(simplesamlphp: SimpleSamlPhp) -> None:
    posted = simplesamlphp.log_in(acs=REGIONAL_ACS, relay_state="a state & more")
    assert (posted.acs, posted.relay_state) == (REGIONAL_ACS, "a state & more")
    response = verified(posted, simplesamlphp.certificate)
    assert response.get("Destination") == REGIONAL_ACS


def test_who_is_remembered_is_not_asked_again(simplesamlphp: SimpleSamlPhp) -> None:
    browser = Browser()
    first = simplesamlphp.log_in(browser=browser)
    page = browser.open(simplesamlphp.login_url)
    assert "SAMLResponse" in page.forms[0].fields
    assert page.forms[0].fields["SAMLResponse"] != first.saml_response
    assert "username" in Browser().open(simplesamlphp.login_url).forms[0].names
    simplesamlphp.forget_everyone()
    assert "username" in browser.open(simplesamlphp.login_url).forms[0].names


def test_a_session_ends_when_it_is_told_to(simplesamlphp: SimpleSamlPhp) -> None:
    simplesamlphp.change(session_seconds=2)
    browser = Browser()
    simplesamlphp.log_in(browser=browser)
    deadline = time.monotonic() + 60
    while "username" not in browser.open(simplesamlphp.login_url).forms[0].names:
        assert time.monotonic() < deadline, "the login never ended"


def test_a_wrong_password_is_refused(simplesamlphp: SimpleSamlPhp) -> None:
    browser = Browser()
    form = browser.open(simplesamlphp.login_url).forms[0]
    page = browser.submit(form, username="alice", password="no")
    assert "SAMLResponse" not in page.text
    assert re.search("[Ii]ncorrect username or password", page.text)
