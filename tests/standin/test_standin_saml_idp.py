from __future__ import annotations

import base64
import re
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from defusedxml.ElementTree import fromstring

from app.standin import StandIn, World, demo_world
from tests.standin.plain_browser import Browser
from tests.standin.standin_clients import refused, sts, unsigned

if TYPE_CHECKING:
    from tests.standin.plain_browser import Page
    from tests.standin.standin_clients import Untyped

DEPLOY = "arn:aws:iam::123456789012:role/Deploy"
CORP = "arn:aws:iam::123456789012:saml-provider/corp"
SAML = {"a": "urn:oasis:names:tc:SAML:2.0:assertion"}


@pytest.fixture
def browser(aws: StandIn) -> Browser:
    return Browser(aws.url)


def posted(page: Page) -> tuple[str, str]:
    """Where a page posts to, and the response in it."""
    (form,) = page.forms
    assert "document.forms[0].submit()" in page.text
    return form.action, form.fields["SAMLResponse"]


def redeem(aws: StandIn, response: str, role: str = DEPLOY) -> Untyped:
    return unsigned(aws).assume_role_with_saml(RoleArn=role, PrincipalArn=CORP, SAMLAssertion=response)


def roles_in(response: str) -> list[str]:
    name = "https://aws.amazon.com/SAML/Attributes/Role"
    values = fromstring(base64.b64decode(response)).iterfind(f".//a:Attribute[@Name='{name}']/a:AttributeValue", SAML)
    return [str(each.text) for each in values]


def test_a_sign_in_from_the_form_to_credentials(aws: StandIn, browser: Browser) -> None:
    asked = browser.get("/idp/start")
    assert (asked.status, asked.forms[0].fields["user"]) == (200, "alice")
    where, response = posted(browser.submit(asked))
    assert where == "https://signin.aws.amazon.com/saml"
    got = redeem(aws, response)
    assert got["AssumedRoleUser"]["Arn"] == "arn:aws:sts::123456789012:assumed-role/Deploy/alice@acme.example"
    assert (got["Subject"], got["Issuer"]) == ("alice", "https://corp.acme.example/idp")
    assert sts(aws, got["Credentials"]).get_caller_identity()["Account"] == "123456789012"


def test_the_second_visit_asks_nothing(aws: StandIn, browser: Browser) -> None:
    browser.submit(browser.get("/idp/start"))
    _, first = posted(browser.get("/idp/start"))
    _, second = posted(browser.get("/idp/start"))
    assert first != second
    assert redeem(aws, second)["Subject"] == "alice"
    assert Browser(aws.url).get("/idp/start").forms[0].action == "/idp/login"


@pytest.mark.parametrize(
    ("query", "where"),
    [
        ("?region=eu-west-1", "https://eu-west-1.signin.aws.amazon.com/saml"),
        ("?region=cn-north-1", "https://cn-north-1.signin.amazonaws.cn/saml"),
        ("?region=us-gov-east-1", "https://us-gov-east-1.signin.amazonaws-us-gov.com/saml"),
    ],
)
def test_the_address_of_a_region(aws: StandIn, browser: Browser, query: str, where: str) -> None:
    page = browser.submit(browser.get(f"/idp/start{query}&RelayState=https%3A%2F%2Fx.example%2F%3Fa%26b%22"))
    found, response = posted(page)
    assert found == where
    assert page.forms[0].fields["RelayState"] == 'https://x.example/?a&b"'
    assert redeem(aws, response)["Audience"] == where


@pytest.mark.parametrize("region", ["evil.example/%3F", "eu-west-1.evil", "%22%3E"])
def test_what_is_no_region(browser: Browser, region: str) -> None:
    assert browser.get(f"/idp/start?region={region}").status == 400


def test_each_role_is_listed_with_its_provider_in_one_order_or_the_other(aws: StandIn, browser: Browser) -> None:
    _, response = posted(browser.submit(browser.get("/idp/start")))
    listed = roles_in(response)
    assert len(listed) == len(set(listed)) == 7
    orders = {value.index(":role/") < value.index(":saml-provider/") for value in listed}
    assert orders == {True, False}
    for value in listed:
        role, provider = sorted(value.split(","), key=lambda arn: "saml-provider" in arn)
        call = {"RoleArn": role, "PrincipalArn": provider, "SAMLAssertion": response}
        if role.endswith("/Billing"):
            got = refused(lambda call=call: unsigned(aws).assume_role_with_saml(**call))  # type: ignore[misc]
            assert got.code == "AccessDenied"
        else:
            assert unsigned(aws).assume_role_with_saml(**call)["Subject"] == "alice"


def test_how_long_it_all_holds(aws: StandIn, browser: Browser) -> None:
    before = datetime.now(UTC)
    browser.submit(browser.get("/idp/start"))
    aws.clock_offset += timedelta(hours=7, minutes=30)
    _, response = posted(browser.get("/idp/start"))
    expires = redeem(aws, response)["Credentials"]["Expiration"]
    # The provider's own session ends eight hours after the person signed in.
    assert timedelta(hours=7, minutes=59) <= expires - before <= timedelta(hours=8, minutes=1)
    aws.clock_offset += timedelta(minutes=6)
    assert refused(lambda: redeem(aws, response)).code == "ExpiredTokenException"
    aws.clock_offset += timedelta(minutes=30)
    assert browser.get("/idp/start").forms[0].action == "/idp/login"


@pytest.mark.parametrize(("name", "password"), [("alice", "wrong"), ("mallory", ""), ("", "")])
def test_a_wrong_password(aws: StandIn, browser: Browser, name: str, password: str) -> None:
    page = browser.submit(browser.get("/idp/start"), user=name, password=password)
    assert (page.status, "do not belong together" in page.text) == (200, True)
    assert not browser.cookies
    # The form that comes back is a good one.
    assert posted(browser.submit(page))
    assert aws.world.people["alice"].password not in repr(aws.requests)
    assert aws.requests[1].parameters["password"] == "***"


def test_a_form_is_good_once(browser: Browser) -> None:
    form = browser.get("/idp/start")
    browser.submit(form)
    assert browser.submit(form).status == 400


def test_signing_out_and_being_forgotten(aws: StandIn, browser: Browser) -> None:
    browser.submit(browser.get("/idp/start"))
    stolen = dict(browser.cookies)
    assert "Signed out" in browser.get("/idp/logout").text
    assert not browser.cookies
    browser.cookies = stolen
    assert browser.get("/idp/start").forms[0].action == "/idp/login"
    browser.submit(browser.get("/idp/start"))
    aws.forget_sign_ins()
    assert browser.get("/idp/start").forms[0].action == "/idp/login"


def test_the_cookie_is_kept_and_not_for_scripts(browser: Browser) -> None:
    browser.submit(browser.get("/idp/start"))
    (cookie,) = browser.set_cookies
    assert {"Path=/idp", "Max-Age=28800", "HttpOnly", "SameSite=Lax"} <= set(cookie.split("; "))


def test_pages_run_nothing_but_their_own(browser: Browser) -> None:
    for page in (browser.get("/idp/start"), browser.submit(browser.get("/idp/start"))):
        policy = page.headers["Content-Security-Policy"]
        nonces = set(re.findall("'nonce-([^']+)'", policy))
        assert policy.startswith("default-src 'none'; ")
        assert nonces == set(re.findall('nonce="([^"]+)"', page.text))
        assert page.headers["Cache-Control"] == "no-store"
        assert "http-equiv" not in page.text
        assert "src=" not in page.text


def test_worlds_do_not_believe_each_other(browser: Browser) -> None:
    _, response = posted(browser.submit(browser.get("/idp/start")))
    with StandIn(demo_world()) as other:
        assert refused(lambda: redeem(other, response)).code == "InvalidIdentityToken"


def test_the_metadata_hold_the_certificate(aws: StandIn, browser: Browser) -> None:
    root = fromstring(browser.get("/idp/metadata").text)
    site = aws.world.saml_site
    assert site is not None
    assert root.get("entityID") == site.issuer
    found = root.findtext(".//{http://www.w3.org/2000/09/xmldsig#}X509Certificate")
    assert found == "".join(site.key.certificate.splitlines()[1:-1])


def test_a_login_page_that_fails(aws: StandIn, browser: Browser) -> None:
    aws.fault("server-error", action="/idp/start")
    assert browser.get("/idp/start").status == 500
    assert browser.get("/idp/start").status == 200
    aws.fault("html", action="/idp/login", status=503)
    assert browser.submit(browser.get("/idp/start")).status == 503
    assert [each.action for each in aws.requests] == ["/idp/start", "/idp/start", "/idp/start", "/idp/login"]


def test_a_world_without_such_a_provider() -> None:
    with StandIn(World()) as aws:
        assert Browser(aws.url).get("/idp/start").status == 404
        aws.forget_sign_ins()


def test_there_is_nothing_else(browser: Browser) -> None:
    assert browser.get("/idp/other").status == 404
    assert browser.post("/idp/start", {}).status == 404
    assert browser.get("/idp/login").status == 404
