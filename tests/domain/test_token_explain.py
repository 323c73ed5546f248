from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from app.domain.arn import RoleArn
from app.domain.configuration import Provider
from app.domain.errors import Problem
from app.domain.secret import Secret
from app.domain.token_explain import ALGORITHMS, explain, facts, oidc_provider_arn
from app.domain.web_identity import TokenFacts, WebIdentityToken

if TYPE_CHECKING:
    from app.domain.view import Fact

NOW = datetime(2026, 11, 22, 4, 0, tzinfo=UTC)
ROLE = RoleArn.parse("arn:aws:iam::123456789012:role/Admin")
ARN = "arn:aws:iam::123456789012:oidc-provider/idp.example/realm"
ISSUER = "https://idp.example/realm"
PROVIDER = Provider(name="login", type="oidc", issuer=ISSUER, client_id="rolecall", session_name_claim="email")
GOOD = TokenFacts(
    issuer=ISSUER,
    subject="alice-1",
    audiences=("rolecall",),
    issued=NOW - timedelta(minutes=1),
    expires=NOW + timedelta(minutes=59),
    algorithm="RS256",
    key_id="key-1",
    claims=(("iss", ISSUER), ("sub", "alice-1"), ("email", "alice@example.com"), ("groups", "a b"), ("nonce", "n")),
    verified=True,
)


def token(**changed: object) -> WebIdentityToken:
    said = replace(GOOD, **changed)  # type: ignore[arg-type]  # each test names fields of TokenFacts
    return WebIdentityToken(text=Secret("canary"), facts=said, received=NOW)


def told(provider: Provider = PROVIDER, **changed: object) -> dict[str, Fact]:
    found = {each.name: each for each in facts(token(**changed), NOW, provider)}
    assert "canary" not in repr(found)
    return found


# --- The microscope ---------------------------------------------------------------------------------------------------


def test_a_good_token_has_nothing_bad() -> None:
    found = told()
    assert {name: each.verdict for name, each in found.items()} == {
        "Issuer": "good",
        "Subject": "",
        "Audience": "good",
        "Issued": "",
        "Redeem until": "good",
        "Lifetime": "",
        "Session name": "good",
        "E-mail": "",
        "Signature": "good",
        "Checked": "good",
        "Other claims": "",
    }
    assert found["Redeem until"].moment == NOW + timedelta(minutes=59)
    assert (found["Lifetime"].value, found["Session name"].value) == ("1 h", "alice@example.com")
    assert found["Other claims"].value == "groups, nonce"


@pytest.mark.parametrize(
    ("name", "changed", "words"),
    [
        ("Issuer", {"issuer": ""}, "does not name"),
        ("Issuer", {"issuer": "https://evil.example"}, f"Not the issuer that is set: {ISSUER}."),
        ("Subject", {"subject": ""}, "demands"),
        ("Audience", {"audiences": ("other",)}, "Not the client ID that is set: rolecall."),
        ("Audience", {"audiences": ()}, "nobody"),
        ("Authorized party", {"authorized_party": "other"}, "Not the client ID"),
        ("Issued", {"issued": NOW + timedelta(minutes=5)}, "5 min in the future"),
        ("Redeem until", {"expires": NOW - timedelta(days=3, hours=4)}, "Over for 3 d 4 h"),
        ("Redeem until", {"expires": None}, "does not say"),
        ("Lifetime", {"expires": NOW + timedelta(days=2)}, "longer than 24 h"),
        ("Session name", {"claims": ()}, "email is not there"),
        ("Signature", {"algorithm": "HS256"}, "RS256"),
        ("Signature", {"algorithm": "none"}, "ES512"),
    ],
)
def test_what_is_bad_is_said(name: str, changed: dict[str, object], words: str) -> None:
    found = told(PROVIDER, **changed)[name]
    assert found.verdict == "bad"
    assert words in found.note


def test_what_is_neither_good_nor_bad() -> None:
    found = told(
        Provider(name="login", type="oidc"),
        issuer="http://127.0.0.1:8000",
        verified=False,
        claims=(("email", "a\u202e@x"), ("email_verified", "False")),
    )
    assert not [each for each in found.values() if each.verdict == "bad"]
    assert "this machine" in found["Issuer"].note
    assert "AWS checks" in found["Checked"].note
    assert found["E-mail"].note == "The provider has not verified it."
    assert found["E-mail"].value.isprintable()
    assert "audiences of the provider in IAM" in found["Audience"].note
    assert "Session name" not in found
    assert "Other claims" not in found


def test_a_plain_issuer_elsewhere_is_bad() -> None:
    found = told(Provider(name="login", type="oidc"), issuer="http://idp.example")
    assert found["Issuer"].verdict == "bad"


@pytest.mark.parametrize("algorithm", ALGORITHMS)
def test_algorithms_that_sts_takes(algorithm: str) -> None:
    assert told(algorithm=algorithm)["Signature"].verdict == "good"


def test_an_access_token_says_nothing() -> None:
    access = WebIdentityToken(text=Secret("canary"), facts=TokenFacts(), received=NOW, provider_id="graph.facebook.com")
    found = facts(access, NOW, PROVIDER)
    assert [(each.name, each.value, each.moment) for each in found] == [
        ("Provider", "graph.facebook.com", None),
        ("Received", "", NOW),
    ]


# --- Refusals ---------------------------------------------------------------------------------------------------------

EXPIRED, INVALID, DENIED = "expired-identity-token", "invalid-identity-token", "access-denied"


def refusal(code: str, detail: str) -> Problem:
    return Problem(code=code, title="AWS refused", detail=detail, remedy="?", request_id="id-1")


def retold(code: str, provider: Provider, detail: str, **changed: object) -> Problem:
    problem = explain(refusal(code, detail), token(**changed), provider, ROLE, NOW)
    assert (problem.code, problem.request_id) == (code, "id-1")
    assert detail in problem.detail
    assert "canary" not in repr(problem)
    return problem


@pytest.mark.parametrize(
    ("code", "changed", "words"),
    [
        (EXPIRED, {"expires": NOW - timedelta(minutes=90)}, "good until 1 h 30 min ago"),
        (EXPIRED, {"issued": NOW + timedelta(minutes=5)}, "issued 5 min in the future"),
        (EXPIRED, {"issued": NOW - timedelta(days=2)}, "good for 2 d"),
        (INVALID, {"issuer": "https://evil.example"}, "Its issuer is “https://evil.example”"),
        (INVALID, {"issuer": ""}, "names no issuer"),
        (INVALID, {"audiences": ("other",)}, "takes “other” for its audience; the client ID that is set is “rolecall”"),
        (INVALID, {"audiences": ("rolecall",), "authorized_party": "other"}, "takes “other”"),
        (INVALID, {"algorithm": "HS256"}, "“HS256”"),
        (INVALID, {"subject": ""}, "no claim sub"),
        (INVALID, {"issued": NOW + timedelta(minutes=5)}, "in the future"),
        (INVALID, {"expires": NOW}, "good until 0 s ago"),
        ("idp-rejected-claim", {"audiences": ("other",)}, "“other”"),
        ("idp-communication-error", {}, f"{ISSUER}/.well-known/openid-configuration"),
        (DENIED, {"audiences": ("other",)}, "“other”"),
        (DENIED, {}, f"says no to {ARN}"),
    ],
)
def test_refusals_are_told_against_the_token(code: str, changed: dict[str, object], words: str) -> None:
    problem = retold(code, PROVIDER, "In its own words.", **changed)
    assert words in problem.detail
    assert problem.title != "AWS refused"
    assert problem.remedy != "?"


@pytest.mark.parametrize(
    ("heard", "title", "remedy"),
    [
        (
            "No OpenIDConnect provider found in your account",
            "account does not know",
            ISSUER,
        ),
        ("Incorrect token audience", "does not know this audience", ARN),
        ("Couldn't retrieve verification key from your identity provider", "could not fetch", "jwks_uri"),
        (
            "The HTTPS certificate doesn't match configured thumbprint",
            "could not fetch",
            "certific",
        ),
    ],
)
def test_what_aws_says_itself_is_used(heard: str, title: str, remedy: str) -> None:
    problem = retold(INVALID, PROVIDER, heard)
    assert title in problem.title
    assert remedy in problem.remedy


def test_what_the_trust_policy_has_to_say() -> None:
    remedy = retold(DENIED, PROVIDER, "No.").remedy
    assert "idp.example/realm:aud is “rolecall”" in remedy
    assert "idp.example/realm:sub is “alice-1”" in remedy


@pytest.mark.parametrize(
    ("provider", "words"),
    [
        (PROVIDER, "Sign in"),
        (replace(PROVIDER, command=("print-token",)), "command"),
        (replace(PROVIDER, web_identity_token_file="/run/token"), "file"),
    ],
)
def test_an_expired_token_is_renewed_where_it_came_from(provider: Provider, words: str) -> None:
    assert words in retold(EXPIRED, provider, "No.", expires=NOW - timedelta(hours=1)).remedy


@pytest.mark.parametrize("code", [INVALID, EXPIRED, "throttling", "validation-error"])
def test_what_the_token_says_nothing_about_is_left_alone(code: str) -> None:
    assert retold(code, PROVIDER, "Something else.") == refusal(code, "Something else.")


def test_of_an_access_token_nothing_is_known() -> None:
    access = WebIdentityToken(text=Secret("x"), facts=TokenFacts(), received=NOW, provider_id="www.amazon.com")
    assert explain(refusal(DENIED, "No."), access, PROVIDER, ROLE, NOW) == refusal(DENIED, "No.")


@pytest.mark.parametrize(
    ("issuer", "role", "arn"),
    [
        (ISSUER, ROLE, ARN),
        (f"{ISSUER}/", str(ROLE), f"{ARN}/"),
        (ISSUER, "arn:aws-cn:iam::123456789012:role/x", ARN.replace("aws", "aws-cn", 1)),
        ("", ROLE, ""),
        (ISSUER, "", ""),
    ],
)
def test_the_name_of_the_provider_in_iam(issuer: str, role: RoleArn | str, arn: str) -> None:
    assert oidc_provider_arn(issuer, role) == arn
