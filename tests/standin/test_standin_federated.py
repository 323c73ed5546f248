from __future__ import annotations

import base64
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from app.standin import AccessToken, Role, SamlProvider
from tests.standin.federation import ROLE, SAML, by_saml, by_token, good
from tests.standin.forged import ACS, Response, attribute, claims, id_token
from tests.standin.standin_clients import arn, assume, refused, sts

if TYPE_CHECKING:
    from app.standin import StandIn
    from tests.standin.standin_clients import Untyped

AMAZON = "www.amazon.com"


@pytest.fixture(autouse=True)
def _providers(federated: StandIn) -> None:
    """Two providers that the role trusts."""


@pytest.mark.parametrize("order", [f"{ROLE},{SAML.arn}", f"{SAML.arn}, {ROLE}"])
def test_an_assertion_is_redeemed(aws: StandIn, order: str) -> None:
    got = by_saml(aws, good(roles=(f"{ROLE}x,{SAML.arn}", order)))
    assert got["AssumedRoleUser"]["Arn"] == "arn:aws:sts::123456789012:assumed-role/Analyst/alice@example.com"
    assert (got["Subject"], got["SubjectType"], got["Issuer"]) == ("alice", "persistent", SAML.issuer)
    assert got["Audience"] == ACS
    assert len(base64.b64decode(got["NameQualifier"])) == 20
    assert sts(aws, got["Credentials"]).get_caller_identity()["Account"] == "123456789012"
    assert aws.requests[0].parameters["SAMLAssertion"] == "***"


def test_the_providers_session_may_end_earlier(aws: StandIn) -> None:
    got = by_saml(aws, good(session_ends=1000))
    assert got["Credentials"]["Expiration"] - datetime.now(UTC) <= timedelta(seconds=1000)


def test_attributes_go_into_the_session(aws: StandIn) -> None:
    more = attribute("SourceIdentity", "alice") + attribute("PrincipalTag:Team", "platform")
    got = by_saml(aws, good(more=more + attribute("TransitiveTagKeys", "Team")))
    assert got["SourceIdentity"] == "alice"
    assert got["PackedPolicySize"] > 0
    target = arn("123456789012", "Target")
    aws.world.roles[target] = Role(arn=target, trusts=(ROLE,))
    again = {"Tags": [{"Key": "team", "Value": "x"}]}
    assert refused(lambda: assume(aws, target, got["Credentials"], **again)).code == "InvalidParameterValue"
    assert assume(aws, target, got["Credentials"])["SourceIdentity"] == "alice"


@pytest.mark.parametrize(
    "changed",
    [
        {"audiences": ("urn:amazon:webservices",)},
        {"audiences": ("https://other.example.com", "urn:amazon:webservices")},
        {"recipient": "https://eu-west-1.signin.aws.amazon.com/saml", "destination": ""},
        {"recipient": "https://signin.amazonaws.cn/saml", "destination": "https://signin.amazonaws.cn/saml"},
        {"recipient": "https://us-east-2.signin.aws.amazon.com/saml/acs/SAMLSP123"},
    ],
)
def test_addresses_of_aws(aws: StandIn, changed: dict[str, Any]) -> None:
    assert by_saml(aws, good(**changed))["Subject"] == "alice"


@pytest.mark.parametrize(
    ("changed", "status", "code"),
    [
        ({"issuer": "https://other.example.com"}, 400, "InvalidIdentityToken"),
        ({"audiences": ("https://other.example.com",)}, 400, "InvalidIdentityToken"),
        ({"audiences": ()}, 400, "InvalidIdentityToken"),
        ({"recipient": "https://other.example.com/?x=https://signin.aws.amazon.com/saml"}, 400, "InvalidIdentityToken"),
        ({"recipient": "https://signin.aws.amazon.com.example.com/saml"}, 400, "InvalidIdentityToken"),
        ({"recipient": "http://signin.aws.amazon.com/saml"}, 400, "InvalidIdentityToken"),
        ({"recipient": "https://signin.aws.amazon.com/saml.evil"}, 400, "InvalidIdentityToken"),
        ({"recipient": ""}, 400, "InvalidIdentityToken"),
        ({"destination": "https://other.example.com/saml"}, 400, "InvalidIdentityToken"),
        ({"method": "urn:oasis:names:tc:SAML:2.0:cm:sender-vouches"}, 400, "InvalidIdentityToken"),
        ({"roles": (f"{ROLE}x,{SAML.arn}",)}, 403, "AccessDenied"),
        ({"roles": (f"{ROLE},{SAML.arn}x",)}, 403, "AccessDenied"),
        ({"roles": (ROLE,)}, 403, "AccessDenied"),
        ({"roles": (f"{ROLE},{SAML.arn},{ROLE}x",)}, 403, "AccessDenied"),
        ({"roles": ()}, 403, "AccessDenied"),
        ({"names": ()}, 400, "InvalidIdentityToken"),
        ({"names": ("one", "two")}, 400, "InvalidIdentityToken"),
        ({"names": ("a b",)}, 400, "InvalidIdentityToken"),
        ({"subject": ""}, 400, "InvalidIdentityToken"),
        ({"status": "urn:oasis:names:tc:SAML:2.0:status:Responder"}, 403, "IDPRejectedClaim"),
        ({"issued": -301}, 400, "ExpiredTokenException"),
        ({"issued": 600}, 400, "InvalidIdentityToken"),
        ({"issued": None}, 400, "InvalidIdentityToken"),
        ({"begins": 600}, 400, "InvalidIdentityToken"),
        ({"ends": -1}, 400, "ExpiredTokenException"),
        ({"confirmed": -1}, 400, "ExpiredTokenException"),
        ({"confirmed": None}, 400, "InvalidIdentityToken"),
        ({"session_ends": -1}, 400, "ExpiredTokenException"),
        ({"assertions": 2}, 400, "InvalidIdentityToken"),
        ({"assertions": 0, "signed": "response"}, 400, "InvalidIdentityToken"),
        ({"more": attribute("Role", f"{ROLE},{SAML.arn}")}, 400, "InvalidIdentityToken"),
    ],
    ids=str,
)
def test_an_assertion_that_does_not_fit(aws: StandIn, changed: dict[str, Any], status: int, code: str) -> None:
    got = refused(lambda: by_saml(aws, good(**changed)))
    assert (got.status, got.code) == (status, code)
    assert not any(each.status == 200 for each in aws.requests)


@pytest.mark.parametrize("text", ["!!!!", base64.b64encode(b"<a>").decode(), base64.b64encode(b"<a/>").decode()])
def test_what_is_no_assertion(aws: StandIn, text: str) -> None:
    assert refused(lambda: by_saml(aws, text)).code == "InvalidIdentityToken"


def test_the_role_decides_about_assertions_too(aws: StandIn) -> None:
    assert refused(lambda: by_saml(aws, good(), PrincipalArn=SAML.arn + "x")).code == "InvalidIdentityToken"
    assert refused(lambda: by_saml(aws, good(), DurationSeconds=7200)).code == "ValidationError"
    for role in (
        Role(arn=ROLE, trusts=()),
        Role(arn=ROLE, trusts=(SAML.arn,), mfa_required=True),
        Role(arn=ROLE, trusts=(SAML.arn,), external_id="acme"),
    ):
        aws.world.roles[ROLE] = role
        got = refused(lambda: by_saml(aws, good()))
        assert (got.status, got.code) == (403, "AccessDenied")
        assert got.message == "Not authorized to perform sts:AssumeRoleWithSAML"


def test_a_statement_of_its_own_asks_for_no_code(aws: StandIn) -> None:
    aws.world.roles[ROLE] = Role(arn=ROLE, trusts=(), federates=(SAML.arn,), mfa_required=True, external_id="acme")
    assert by_saml(aws, good())["Subject"] == "alice"


def test_a_provider_of_another_account_is_another(aws: StandIn) -> None:
    other = replace(SAML, arn="arn:aws:iam::210987654321:saml-provider/corp")
    aws.world.saml_providers[other.arn] = other
    response = Response(roles=(f"{ROLE},{other.arn}",))
    assert refused(lambda: by_saml(aws, response, PrincipalArn=other.arn)).code == "AccessDenied"


@pytest.mark.parametrize(("certificates", "why"), [((), "needs an issuer and"), (("nonsense",), "PEM")])
def test_no_provider_without_a_certificate(certificates: tuple[str, ...], why: str) -> None:
    with pytest.raises(ValueError, match=why):
        SamlProvider(arn=SAML.arn, issuer=SAML.issuer, certificates=certificates)


# --- Access tokens ---


def by_access_token(aws: StandIn, text: str = "Atza|opaque", provider: str = AMAZON) -> Untyped:
    aws.world.roles[ROLE] = Role(arn=ROLE, trusts=(AMAZON,))
    return by_token(aws, text, ProviderId=provider)


def test_an_access_token_is_redeemed(aws: StandIn) -> None:
    aws.world.access_tokens["Atza|opaque"] = AccessToken(provider_id=AMAZON, user_id="amzn1.account.X", app_id="app")
    got = by_access_token(aws)
    assert got["AssumedRoleUser"]["Arn"] == "arn:aws:sts::123456789012:assumed-role/Analyst/alice"
    assert (got["SubjectFromWebIdentityToken"], got["Provider"], got["Audience"]) == (
        "amzn1.account.X",
        AMAZON,
        "app",
    )


@pytest.mark.parametrize(
    ("changed", "status", "code"),
    [
        ({"provider_id": "graph.facebook.com"}, 400, "InvalidIdentityToken"),
        ({"expires": datetime(2001, 1, 1, tzinfo=UTC)}, 400, "ExpiredTokenException"),
        ({"revoked": True}, 403, "IDPRejectedClaim"),
    ],
)
def test_an_access_token_that_does_not_fit(aws: StandIn, changed: dict[str, Any], status: int, code: str) -> None:
    known = AccessToken(provider_id=AMAZON, user_id="amzn1.account.X", app_id="app")
    aws.world.access_tokens["Atza|opaque"] = replace(known, **changed)
    got = refused(lambda: by_access_token(aws))
    assert (got.status, got.code) == (status, code)


def test_an_access_token_is_for_its_provider_and_its_role(aws: StandIn) -> None:
    aws.world.access_tokens["Atza|opaque"] = AccessToken(provider_id=AMAZON, user_id="x", app_id="app")
    assert refused(lambda: by_access_token(aws, "Atza|unknown")).code == "InvalidIdentityToken"
    assert refused(lambda: by_access_token(aws, provider="accounts.google.com")).code == "InvalidParameterValue"
    assert refused(lambda: by_access_token(aws, id_token(claims()))).code == "InvalidParameterValue"
    aws.world.roles[ROLE] = Role(arn=ROLE, trusts=("graph.facebook.com",))
    assert refused(lambda: by_token(aws, "Atza|opaque", ProviderId=AMAZON)).code == "AccessDenied"
    assert refused(lambda: by_token(aws, "Atza|opaque")).code == "InvalidIdentityToken"
