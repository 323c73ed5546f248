from __future__ import annotations

import base64
import json
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from app.standin import OidcProvider, Role, SamlProvider
from tests.standin.standin_clients import Untyped, arn, assume, refused, sts, unsigned

if TYPE_CHECKING:
    from app.standin import StandIn

ROLE = arn("123456789012", "Analyst")
SAML = SamlProvider(arn="arn:aws:iam::123456789012:saml-provider/corp", issuer="https://idp.example.com/metadata")
OIDC = OidcProvider(
    arn="arn:aws:iam::123456789012:oidc-provider/login.example.com",
    issuer="https://login.example.com",
    audiences=("rolecall", "another"),
)
ACS = "https://signin.aws.amazon.com/saml"
SUCCESS = "urn:oasis:names:tc:SAML:2.0:status:Success"


@pytest.fixture(autouse=True)
def _providers(aws: StandIn) -> None:
    aws.world.saml_providers[SAML.arn] = SAML
    aws.world.oidc_providers[OIDC.arn] = OIDC
    aws.world.roles[ROLE] = Role(arn=ROLE, trusts=(SAML.arn, OIDC.arn))


def stamp(after: timedelta) -> str:
    return (datetime.now(UTC) + after).strftime("%Y-%m-%dT%H:%M:%SZ")


@dataclass(frozen=True)
class Response:
    """A SAML response; times are seconds from now."""

    issuer: str = SAML.issuer
    audience: str = ACS
    recipient: str = ACS
    role: str = f"{ROLE},{SAML.arn}"
    names: tuple[str, ...] = ("alice@example.com",)
    status: str = SUCCESS
    issued: int = -1
    begins: int = -1
    ends: int = 300
    session_ends: int = 28800
    subject: str = "alice"
    more: str = ""
    assertions: int = 1

    def attribute(self, name: str, *values: str) -> str:
        inner = "".join(f"<AttributeValue>{value}</AttributeValue>" for value in values)
        return f'<Attribute Name="https://aws.amazon.com/SAML/Attributes/{name}">{inner}</Attribute>'

    def text(self) -> str:
        def at(seconds: int) -> str:
            return stamp(timedelta(seconds=seconds))

        assertion = f"""<Assertion xmlns="urn:oasis:names:tc:SAML:2.0:assertion" IssueInstant="{at(self.issued)}">
<Issuer>{self.issuer}</Issuer>
<Subject><NameID Format="urn:oasis:names:tc:SAML:2.0:nameid-format:persistent">{self.subject}</NameID>
<SubjectConfirmation><SubjectConfirmationData Recipient="{self.recipient}" NotOnOrAfter="{at(self.ends)}"/>
</SubjectConfirmation></Subject>
<Conditions NotBefore="{at(self.begins)}" NotOnOrAfter="{at(self.ends)}">
<AudienceRestriction><Audience>{self.audience}</Audience></AudienceRestriction></Conditions>
<AuthnStatement SessionNotOnOrAfter="{at(self.session_ends)}"/>
<AttributeStatement>{self.attribute("Role", self.role)}{self.attribute("RoleSessionName", *self.names)}{self.more}
</AttributeStatement></Assertion>"""
        return f"""<p:Response xmlns:p="urn:oasis:names:tc:SAML:2.0:protocol">
<p:Status><p:StatusCode Value="{self.status}"/></p:Status>{assertion * self.assertions}</p:Response>"""

    def encoded(self) -> str:
        return base64.b64encode(self.text().encode()).decode()


def by_saml(aws: StandIn, response: Response | str, **more: Untyped) -> Untyped:
    text = response if isinstance(response, str) else response.encoded()
    given = {"RoleArn": ROLE, "PrincipalArn": SAML.arn, "SAMLAssertion": text, **more}
    return unsigned(aws).assume_role_with_saml(**given)


def claims(**changed: Untyped) -> dict[str, Any]:
    now = int(datetime.now(UTC).timestamp())
    known = {"iss": OIDC.issuer, "aud": "rolecall", "sub": "alice", "iat": now, "exp": now + 300}
    return {key: value for key, value in {**known, **changed}.items() if value is not None}


def token(content: object, header: object = None) -> str:
    parts = ({"alg": "RS256", "kid": "1"} if header is None else header, content)
    encoded = [base64.urlsafe_b64encode(json.dumps(part).encode()).decode().rstrip("=") for part in parts]
    return ".".join([*encoded, "c2lnbmF0dXJl"])


def by_token(aws: StandIn, text: str, **more: Untyped) -> Untyped:
    given = {"RoleArn": ROLE, "RoleSessionName": "alice", "WebIdentityToken": text, **more}
    return unsigned(aws).assume_role_with_web_identity(**given)


@pytest.mark.parametrize("order", [f"{ROLE},{SAML.arn}", f"{SAML.arn}, {ROLE}"])
def test_an_assertion_is_redeemed(aws: StandIn, order: str) -> None:
    got = by_saml(aws, Response(role=order))
    assert got["AssumedRoleUser"]["Arn"] == "arn:aws:sts::123456789012:assumed-role/Analyst/alice@example.com"
    assert (got["Subject"], got["SubjectType"], got["Issuer"]) == ("alice", "persistent", SAML.issuer)
    assert got["Audience"] == ACS
    assert len(base64.b64decode(got["NameQualifier"])) == 20
    assert sts(aws, got["Credentials"]).get_caller_identity()["Account"] == "123456789012"
    assert aws.requests[0].parameters["SAMLAssertion"] == "***"


def test_the_providers_session_may_end_earlier(aws: StandIn) -> None:
    got = by_saml(aws, Response(session_ends=1000))
    assert got["Credentials"]["Expiration"] - datetime.now(UTC) <= timedelta(seconds=1000)


def test_attributes_go_into_the_session(aws: StandIn) -> None:
    response = Response()
    more = response.attribute("SourceIdentity", "alice") + response.attribute("PrincipalTag:Team", "platform")
    got = by_saml(aws, replace(response, more=more + response.attribute("TransitiveTagKeys", "Team")))
    assert got["SourceIdentity"] == "alice"
    assert got["PackedPolicySize"] > 0
    target = arn("123456789012", "Target")
    aws.world.roles[target] = Role(arn=target, trusts=(ROLE,))
    again = {"Tags": [{"Key": "team", "Value": "x"}]}
    assert refused(lambda: assume(aws, target, got["Credentials"], **again)).code == "InvalidParameterValue"
    assert assume(aws, target, got["Credentials"])["SourceIdentity"] == "alice"


@pytest.mark.parametrize(
    ("response", "status", "code"),
    [
        (Response(issuer="https://other.example.com"), 400, "InvalidIdentityToken"),
        (Response(audience="https://other.example.com"), 400, "InvalidIdentityToken"),
        (
            Response(recipient="https://other.example.com/?x=https://signin.aws.amazon.com/saml"),
            400,
            "InvalidIdentityToken",
        ),
        (Response(role=f"{ROLE}x,{SAML.arn}"), 403, "AccessDenied"),
        (Response(role=f"{ROLE},{SAML.arn}x"), 403, "AccessDenied"),
        (Response(names=()), 400, "InvalidIdentityToken"),
        (Response(names=("one", "two")), 400, "InvalidIdentityToken"),
        (Response(names=("a b",)), 400, "InvalidIdentityToken"),
        (Response(subject=""), 400, "InvalidIdentityToken"),
        (Response(status="urn:oasis:names:tc:SAML:2.0:status:Responder"), 403, "IDPRejectedClaim"),
        (Response(issued=-301), 400, "ExpiredTokenException"),
        (Response(issued=600), 400, "InvalidIdentityToken"),
        (Response(begins=600), 400, "InvalidIdentityToken"),
        (Response(ends=-1), 400, "ExpiredTokenException"),
        (Response(session_ends=-1), 400, "ExpiredTokenException"),
        (Response(assertions=2), 400, "InvalidIdentityToken"),
        (Response(assertions=0), 400, "InvalidIdentityToken"),
        (Response(more=Response().attribute("Role", f"{ROLE},{SAML.arn}")), 400, "InvalidIdentityToken"),
    ],
    ids=lambda value: "" if isinstance(value, Response) else str(value),
)
def test_an_assertion_that_does_not_fit(aws: StandIn, response: Response, status: int, code: str) -> None:
    got = refused(lambda: by_saml(aws, response))
    assert (got.status, got.code) == (status, code)


@pytest.mark.parametrize("text", ["!!!!", base64.b64encode(b"<a>").decode(), base64.b64encode(b"<a/>").decode()])
def test_what_is_no_assertion(aws: StandIn, text: str) -> None:
    assert refused(lambda: by_saml(aws, text)).code == "InvalidIdentityToken"


def test_an_assertion_declares_no_document_type(aws: StandIn) -> None:
    text = '<!DOCTYPE p [<!ENTITY e "alice">]>' + Response(subject="&e;").text()
    assert refused(lambda: by_saml(aws, base64.b64encode(text.encode()).decode())).code == "InvalidIdentityToken"


def test_the_role_decides_about_assertions_too(aws: StandIn) -> None:
    assert refused(lambda: by_saml(aws, Response(), PrincipalArn=SAML.arn + "x")).code == "InvalidIdentityToken"
    assert refused(lambda: by_saml(aws, Response(), DurationSeconds=7200)).code == "ValidationError"
    for role in (
        Role(arn=ROLE, trusts=()),
        Role(arn=ROLE, trusts=(SAML.arn,), mfa_required=True),
    ):
        aws.world.roles[ROLE] = role
        assert refused(lambda: by_saml(aws, Response())).code == "AccessDenied"


def test_an_id_token_is_redeemed(aws: StandIn) -> None:
    got = by_token(aws, token(claims()))
    assert got["AssumedRoleUser"]["Arn"] == "arn:aws:sts::123456789012:assumed-role/Analyst/alice"
    assert got["SubjectFromWebIdentityToken"] == "alice"
    assert (got["Audience"], got["Provider"]) == ("rolecall", OIDC.arn)
    assert sts(aws, got["Credentials"]).get_caller_identity()["Account"] == "123456789012"
    assert aws.requests[0].parameters["WebIdentityToken"] == "***"


def test_claims_go_into_the_session(aws: StandIn) -> None:
    tags = {"principal_tags": {"Team": ["platform"]}, "transitive_tag_keys": ["Team"]}
    named = {"https://aws.amazon.com/tags": tags, "https://aws.amazon.com/source_identity": "alice"}
    got = by_token(aws, token(claims(**named)))
    assert (got["SourceIdentity"], got["PackedPolicySize"] > 0) == ("alice", True)
    assert by_token(aws, token(claims(aud=["x", "y"], azp="another")))["Audience"] == "another"


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"iss": "https://other.example.com"}, "InvalidIdentityToken"),
        ({"aud": "other"}, "InvalidIdentityToken"),
        ({"aud": ["rolecall", "other"]}, "InvalidIdentityToken"),
        ({"aud": []}, "InvalidIdentityToken"),
        ({"sub": None}, "InvalidIdentityToken"),
        ({"exp": None}, "InvalidIdentityToken"),
        ({"iat": None}, "InvalidIdentityToken"),
        ({"iat": 32503680000, "exp": 32503680100}, "InvalidIdentityToken"),
        ({"exp": 1000000000}, "ExpiredTokenException"),
        ({"https://aws.amazon.com/tags": "none"}, "InvalidIdentityToken"),
    ],
)
def test_an_id_token_that_does_not_fit(aws: StandIn, changed: dict[str, Any], code: str) -> None:
    got = refused(lambda: by_token(aws, token(claims(**changed))))
    assert (got.status, got.code) == (400, code)


@pytest.mark.parametrize(
    "text",
    ["nonsense", "a.b.c", "aaa.bbb", token([]), token(claims(), []), token(claims()).rpartition(".")[0] + "."],
)
def test_what_is_no_id_token(aws: StandIn, text: str) -> None:
    assert refused(lambda: by_token(aws, text)).code == "InvalidIdentityToken"


@pytest.mark.parametrize("algorithm", ["none", "None", "HS256"])
def test_a_token_without_a_key_pair_is_refused(aws: StandIn, algorithm: str) -> None:
    assert refused(lambda: by_token(aws, token(claims(), {"alg": algorithm}))).code == "InvalidIdentityToken"


def test_the_role_decides_about_id_tokens_too(aws: StandIn) -> None:
    assert (
        refused(lambda: by_token(aws, token(claims()), ProviderId="graph.facebook.com")).code == "InvalidParameterValue"
    )
    assert refused(lambda: by_token(aws, token(claims()), RoleArn=ROLE + "x")).code == "AccessDenied"
    aws.world.roles[ROLE] = Role(arn=ROLE, trusts=(SAML.arn,))
    assert refused(lambda: by_token(aws, token(claims()))).code == "AccessDenied"
