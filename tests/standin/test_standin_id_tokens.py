from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest

from app.standin import OidcProvider, Role
from tests.standin.federation import OIDC, ROLE, SAML, by_token
from tests.standin.forged import claims, id_token, pair, raw_token
from tests.standin.standin_clients import refused, sts

if TYPE_CHECKING:
    from app.standin import StandIn

NOW = int(datetime.now(UTC).timestamp())


@pytest.fixture(autouse=True)
def _providers(federated: StandIn) -> None:
    """Two providers that the role trusts."""


@pytest.mark.parametrize("algorithm", ["RS256", "ES256"])
def test_an_id_token_is_redeemed(aws: StandIn, algorithm: str) -> None:
    got = by_token(aws, id_token(algorithm=algorithm))
    assert got["AssumedRoleUser"]["Arn"] == "arn:aws:sts::123456789012:assumed-role/Analyst/alice"
    assert got["SubjectFromWebIdentityToken"] == "alice"
    assert (got["Audience"], got["Provider"]) == ("rolecall", OIDC.arn)
    assert sts(aws, got["Credentials"]).get_caller_identity()["Account"] == "123456789012"
    assert aws.requests[0].parameters["WebIdentityToken"] == "***"


def test_claims_go_into_the_session(aws: StandIn) -> None:
    tags = {"principal_tags": {"Team": ["platform"]}, "transitive_tag_keys": ["Team"]}
    named: dict[str, Any] = {"https://aws.amazon.com/tags": tags, "https://aws.amazon.com/source_identity": "alice"}
    got = by_token(aws, id_token(claims(**named)))
    assert (got["SourceIdentity"], got["PackedPolicySize"] > 0) == ("alice", True)


@pytest.mark.parametrize(
    ("changed", "audience"),
    [
        ({"aud": ["rolecall"]}, "rolecall"),
        ({"aud": "rolecall", "azp": "rolecall"}, "rolecall"),
        ({"aud": "rolecall", "azp": "another"}, "another"),
        ({"aud": ["x", "y"], "azp": "another"}, "another"),
        ({"nbf": NOW - 60}, "rolecall"),
    ],
)
def test_audiences_that_fit(aws: StandIn, changed: dict[str, Any], audience: str) -> None:
    assert by_token(aws, id_token(claims(**changed)))["Audience"] == audience


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"iss": "https://other.example.com"}, "InvalidIdentityToken"),
        ({"iss": OIDC.issuer + "/"}, "InvalidIdentityToken"),
        ({"iss": None}, "InvalidIdentityToken"),
        ({"aud": "other"}, "InvalidIdentityToken"),
        ({"aud": None}, "InvalidIdentityToken"),
        ({"aud": ["rolecall", "other"]}, "InvalidIdentityToken"),
        ({"aud": ["rolecall", "other"], "azp": "other"}, "InvalidIdentityToken"),
        ({"aud": "rolecall", "azp": "other"}, "InvalidIdentityToken"),
        ({"aud": "other", "azp": "rolecall"}, "InvalidIdentityToken"),
        ({"aud": []}, "InvalidIdentityToken"),
        ({"aud": {"rolecall": 1}}, "InvalidIdentityToken"),
        ({"sub": None}, "InvalidIdentityToken"),
        ({"sub": 1}, "InvalidIdentityToken"),
        ({"exp": None}, "InvalidIdentityToken"),
        ({"exp": "tomorrow"}, "InvalidIdentityToken"),
        ({"exp": float("inf")}, "InvalidIdentityToken"),
        ({"exp": float("nan")}, "InvalidIdentityToken"),
        ({"exp": True}, "InvalidIdentityToken"),
        ({"iat": None}, "InvalidIdentityToken"),
        ({"iat": 32503680000, "exp": 32503680100}, "InvalidIdentityToken"),
        ({"nbf": 32503680000, "exp": 32503680100}, "InvalidIdentityToken"),
        ({"exp": 1000000000}, "ExpiredTokenException"),
        pytest.param({"exp": NOW - 1}, "ExpiredTokenException", id="expired a second ago"),
        ({"https://aws.amazon.com/tags": "none"}, "InvalidIdentityToken"),
    ],
    ids=str,
)
def test_an_id_token_that_does_not_fit(aws: StandIn, changed: dict[str, Any], code: str) -> None:
    got = refused(lambda: by_token(aws, id_token(claims(**changed))))
    assert (got.status, got.code) == (400, code)


@pytest.mark.parametrize(
    "text",
    ["nonsense", "a.b.c", "aaa.bbb", raw_token({"alg": "RS256", "kid": "corp-rs"}, []), raw_token([], claims())],
)
def test_what_is_no_id_token(aws: StandIn, text: str) -> None:
    assert refused(lambda: by_token(aws, text)).code == "InvalidIdentityToken"


def not_believed(aws: StandIn, token: str) -> bool:
    got = refused(lambda: by_token(aws, token))
    return (got.status, got.code) == (400, "InvalidIdentityToken")


def test_what_nobody_signed(aws: StandIn) -> None:
    good = id_token()
    body, _, signature = good.rpartition(".")
    assert not_believed(aws, id_token(algorithm="none"))
    assert not_believed(aws, raw_token({"alg": "none", "kid": "corp-rs"}, claims()))
    assert not_believed(aws, raw_token({"alg": "None", "kid": "corp-rs"}, claims()))
    assert not_believed(aws, body + ".")
    assert not_believed(aws, f"{body}.{signature[:-8]}{'A' * 8}")
    assert not_believed(aws, raw_token({"alg": "RS256", "kid": "corp-rs"}, claims()))
    # The header and the signature of one token, the claims of another
    other = id_token(claims(sub="mallory")).split(".")[1]
    assert not_believed(aws, f"{good.split('.')[0]}.{other}.{signature}")


def test_the_public_key_is_no_secret_to_sign_with(aws: StandIn) -> None:
    assert not_believed(aws, id_token(algorithm="HS256"))
    assert not_believed(aws, id_token(algorithm="HS256", kid="corp-es"))


@pytest.mark.parametrize("algorithm", ["RS384", "PS256"])
def test_algorithms_that_are_not_taken(aws: StandIn, algorithm: str) -> None:
    assert not_believed(aws, id_token(algorithm=algorithm))


def test_keys_that_are_not_the_providers(aws: StandIn) -> None:
    assert not_believed(aws, id_token(key="other"))
    assert not_believed(aws, id_token(key="other", kid="corp-rs"))
    assert not_believed(aws, id_token(kid="unknown"))
    assert not_believed(aws, id_token(kid=None))
    assert not_believed(aws, id_token(kid="corp-es"))
    assert not_believed(aws, id_token(algorithm="ES256", kid="corp-rs"))
    # A key that comes with the token is nobody's word
    assert not_believed(aws, id_token(key="other", kid="corp-rs", jwk=pair("other").jwks["keys"][0]))
    assert not_believed(aws, id_token(key="other", kid="corp-rs", jku="https://other.example.com/jwks"))


def test_headers_that_are_not_understood(aws: StandIn) -> None:
    assert by_token(aws, id_token(note="mine"))["Audience"] == "rolecall"
    assert not_believed(aws, id_token(note="mine", crit=["note"]))


def test_a_key_for_something_else(aws: StandIn) -> None:
    keys = [{**key, "use": "enc"} for key in pair().jwks["keys"]]
    aws.world.oidc_providers[OIDC.arn] = replace(OIDC, jwks={"keys": keys})
    assert not_believed(aws, id_token())


def test_the_role_decides_about_id_tokens_too(aws: StandIn) -> None:
    assert refused(lambda: by_token(aws, id_token(), RoleArn=ROLE + "x")).code == "AccessDenied"
    other = Role(arn="arn:aws:iam::210987654321:role/Analyst", trusts=(OIDC.arn,))
    aws.world.roles[other.arn] = other
    assert refused(lambda: by_token(aws, id_token(), RoleArn=other.arn)).code == "InvalidIdentityToken"
    aws.world.roles[ROLE] = Role(arn=ROLE, trusts=(SAML.arn,))
    got = refused(lambda: by_token(aws, id_token()))
    assert (got.status, got.code) == (403, "AccessDenied")
    assert got.message == "Not authorized to perform sts:AssumeRoleWithWebIdentity"


@pytest.mark.parametrize(
    ("jwks", "issuer"),
    [
        ({"keys": []}, OIDC.issuer),
        ({}, OIDC.issuer),
        ({"keys": [{"kty": "oct", "k": "c2VjcmV0", "kid": "1"}]}, OIDC.issuer),
        ({"keys": [{**pair().jwks["keys"][0], "d": "private"}]}, OIDC.issuer),
        (None, "http://login.example.com"),
        (None, "file:///etc"),
        (None, ""),
    ],
)
def test_no_provider_without_keys(jwks: dict[str, Any] | None, issuer: str) -> None:
    with pytest.raises(ValueError, match=r"key|https"):
        OidcProvider(arn=OIDC.arn, issuer=issuer, audiences=("rolecall",), jwks=jwks)
