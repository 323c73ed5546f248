from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from app.domain.acs import parse_acs
from app.domain.arn import RoleArn
from app.domain.errors import Problem
from app.domain.saml import AssertedRole, Assertion, SamlResponse
from app.domain.saml_explain import explain, facts
from app.domain.secret import Secret
from app.domain.view import Fact

NOW = datetime(2026, 11, 22, 4, 0, tzinfo=UTC)
ACS = "https://eu-west-1.signin.aws.amazon.com/saml"
ROLE = RoleArn.parse("arn:aws:iam::123456789012:role/Admin")
PROVIDER = "arn:aws:iam::123456789012:saml-provider/corp"
GOOD = Assertion(
    issuer="https://idp.example",
    subject="alice",
    audiences=("urn:amazon:webservices",),
    recipient=ACS,
    roles=(AssertedRole(role_arn=ROLE, provider_arn=PROVIDER),),
    session_name="alice@example.com",
    issued=NOW - timedelta(minutes=1),
    not_before=NOW - timedelta(minutes=2),
    not_on_or_after=NOW + timedelta(minutes=10),
    session_not_on_or_after=NOW + timedelta(hours=8),
    signed=True,
)


def response(**changed: object) -> SamlResponse:
    said = replace(GOOD, **changed)  # type: ignore[arg-type]  # each test names fields of Assertion
    return SamlResponse(text=Secret("canary"), assertion=said, received=NOW, acs=parse_acs(said.recipient))


def told(**changed: object) -> dict[str, Fact]:
    return {each.name: each for each in facts(response(**changed), NOW)}


def roles(*pairs: tuple[str, str]) -> tuple[AssertedRole, ...]:
    return tuple(AssertedRole(role_arn=RoleArn.parse(role), provider_arn=provider) for role, provider in pairs)


# --- The microscope ---------------------------------------------------------------------------------------------------


def test_a_good_assertion_has_nothing_bad() -> None:
    found = told()
    assert {name: each.verdict for name, each in found.items()} == {
        "Issuer": "",
        "Subject": "",
        "Session name": "good",
        "Roles": "good",
        "Audience": "good",
        "Recipient": "good",
        "Region": "",
        "Issued": "",
        "Valid from": "",
        "Redeem until": "good",
        "Sessions end": "good",
        "Signature": "",
    }
    assert found["Redeem until"].moment == NOW + timedelta(minutes=4)
    assert found["Region"].value == "eu-west-1"
    assert found["Roles"] == Fact(name="Roles", value="1", verdict="good", note="In 1 account.")
    assert "canary" not in repr(found)


@pytest.mark.parametrize(
    ("name", "changed", "words"),
    [
        ("Issuer", {"issuer": ""}, ""),
        ("Session name", {"session_name": ""}, "missing"),
        ("Session name", {"session_name": "alice smith"}, "letters, digits"),
        ("Roles", {"roles": ()}, "none"),
        ("Roles", {"roles": roles((str(ROLE), PROVIDER.replace("12:", "13:")))}, "1 role with a provider of another"),
        ("Roles", {"roles": roles((str(ROLE), PROVIDER.replace("aws:", "aws-cn:")))}, "another account"),
        ("Audience", {"audiences": ("https://service.example",)}, "Not AWS"),
        ("Audience", {"audiences": ()}, "Not AWS"),
        ("Audience", {"audiences": ("urn:amazon:webservicesx", "https://signin.aws.amazon.com.evil/saml")}, "Not AWS"),
        ("Recipient", {"recipient": "https://service.example/acs"}, "Not an address"),
        ("Recipient", {"recipient": ""}, "Not an address"),
        ("Issued", {"issued": NOW + timedelta(minutes=3)}, "3 min in the future"),
        ("Valid from", {"not_before": NOW + timedelta(minutes=3)}, "Not valid yet"),
        ("Redeem until", {"issued": NOW - timedelta(minutes=7)}, "Over for 2 min"),
        ("Redeem until", {"not_on_or_after": NOW}, "Over for 0 s"),
        ("Sessions end", {"session_not_on_or_after": NOW - timedelta(hours=2, minutes=5)}, "Over for 2 h 5 min"),
        ("Console session", {"session_duration_said": "1h"}, "900 to 43200"),
        ("Source identity", {"source_identity": "aws:alice"}, "“:” is not one"),
        ("Tags", {"tags": (("Team", "a"), ("team", "b"))}, ""),
        ("Tags", {"tags": (("Team", "a;b"),)}, ""),
        ("Signature", {"signed": False}, "signed assertions only"),
    ],
)
def test_what_is_bad_is_said(name: str, changed: dict[str, object], words: str) -> None:
    found = told(**changed)[name]
    assert found.verdict == "bad"
    assert words in found.note


@pytest.mark.parametrize(
    "audience",
    [
        "urn:amazon:webservices",
        "urn:amazon:webservices:govcloud",
        "urn:amazon:webservices:cn-north-1",
        "https://signin.aws.amazon.com/saml",
        "https://us-east-2.signin.aws.amazon.com/saml",
        "https://signin.amazonaws.cn/saml",
    ],
)
def test_audiences_of_aws(audience: str) -> None:
    assert told(audiences=("https://other.example", audience))["Audience"].verdict == "good"


def test_what_may_be_there_too() -> None:
    found = told(
        session_duration=28800,
        session_duration_said="28800",
        source_identity="alice",
        tags=(("Team", "tools"), ("Cost", "42")),
        transitive_tag_keys=("Team",),
    )
    assert found["Console session"].value == "8 h"
    assert (found["Source identity"].value, found["Source identity"].verdict) == ("alice", "good")
    assert (found["Tags"].value, found["Tags"].verdict) == ("Team=tools, Cost=42", "good")
    assert found["Transitive tags"].value == "Team"


def test_texts_are_made_harmless() -> None:
    found = told(subject="ali\u202ece\n\x1b[31m" + "x" * 1000)["Subject"]
    assert found.value.isprintable()
    assert len(found.value) < 400


def test_an_encrypted_assertion() -> None:
    sealed = Assertion(issuer="https://idp.example", recipient=ACS, issued=NOW, encrypted=True)
    got = SamlResponse(text=Secret("canary"), assertion=sealed, received=NOW, acs=parse_acs(ACS))
    found = {each.name: each for each in facts(got, NOW)}
    assert found["Content"].value == "encrypted"
    assert "Roles" not in found
    assert not [each for each in found.values() if each.verdict == "bad"]


def test_without_any_time_it_is_good_for_five_minutes_from_now() -> None:
    found = told(issued=None, not_before=None, not_on_or_after=None, session_not_on_or_after=None)
    assert found["Redeem until"].moment == NOW + timedelta(minutes=5)
    assert "Issued" not in found


# --- Refusals ---------------------------------------------------------------------------------------------------------


def refusal(code: str) -> Problem:
    return Problem(code=code, title="AWS refused", detail="In its own words.", remedy="?", request_id="id-1", field="f")


def retold(code: str, role: RoleArn | str = ROLE, provider: str = PROVIDER, **changed: object) -> Problem:
    problem = explain(refusal(code), response(**changed), role, provider, NOW)
    assert (problem.code, problem.request_id, problem.field) == (code, "id-1", "f")
    assert "In its own words." in problem.detail
    assert "canary" not in repr(problem)
    return problem


EXPIRED, INVALID, DENIED = "expired-identity-token", "invalid-identity-token", "access-denied"
AUDIT = "arn:aws:iam::123456789012:role/Audit"
CHINA = "arn:aws-cn:iam::123456789012:role/Admin"


@pytest.mark.parametrize(
    ("code", "changed", "words"),
    [
        (EXPIRED, {"issued": NOW - timedelta(minutes=12)}, "issued 12 min ago"),
        (EXPIRED, {"not_on_or_after": NOW - timedelta(seconds=40)}, "valid only until 40 s ago"),
        (EXPIRED, {"not_before": NOW + timedelta(minutes=9), "issued": NOW}, "valid only in 9 min"),
        (INVALID, {"audiences": ("https://service.example",)}, "Its audience is “https://service.example”"),
        (INVALID, {"audiences": ("https://a.example", "https://b.example")}, "“https://a.example, https://b.example”"),
        (INVALID, {"audiences": ()}, "names no audience"),
        (INVALID, {"recipient": "https://service.example"}, "Its recipient is “https://service.example”"),
        (INVALID, {"recipient": ""}, "names no recipient"),
        (INVALID, {"session_name": ""}, "RoleSessionName is missing"),
        (INVALID, {"session_name": "a"}, "this has 1"),
        (INVALID, {"source_identity": "aws:x"}, "“:” is not one"),
        (INVALID, {"signed": False}, "holds no signature"),
        (INVALID, {"issued": NOW + timedelta(hours=1)}, "valid only in 1 h"),
        (INVALID, {"issued": NOW - timedelta(minutes=6)}, "issued 6 min ago"),
        (INVALID, {"roles": ()}, "another service"),
        (INVALID, {}, "signature or the issuer"),
        ("idp-rejected-claim", {"audiences": ()}, "names no audience"),
        (DENIED, {"roles": ()}, "another service"),
        (DENIED, {"roles": roles((AUDIT, PROVIDER))}, "lists 1 role, 1 of them in this account"),
        (DENIED, {"roles": roles((AUDIT.replace("12:", "13:"), PROVIDER))}, "none of them in this account"),
        (DENIED, {"roles": roles((str(ROLE).lower(), PROVIDER))}, "upper and lower case"),
        (DENIED, {"roles": roles((str(ROLE), f"{PROVIDER}2"))}, f"names {PROVIDER}2; asked for was {PROVIDER}."),
        (DENIED, {}, "lists the role, so the role does not exist any more or its trust policy"),
        (DENIED, {"recipient": "https://service.example"}, "Its recipient is"),
    ],
)
def test_refusals_are_told_against_the_assertion(code: str, changed: dict[str, object], words: str) -> None:
    problem = retold(code, ROLE, PROVIDER, **changed)
    assert words in problem.detail
    assert problem.title != "AWS refused"
    assert problem.remedy != "?"


def test_role_and_provider_apart() -> None:
    elsewhere = PROVIDER.replace("123456789012", "999999999999")
    problem = retold(DENIED, provider=elsewhere, roles=roles((str(ROLE), elsewhere)))
    assert problem.title == "Role and provider are in different accounts"
    assert "123456789012, the SAML provider in 999999999999" in problem.detail
    china = PROVIDER.replace("aws", "aws-cn", 1)
    problem = retold(DENIED, provider=china, roles=roles((str(ROLE), china)))
    assert problem.title == "Role and provider are in different partitions"


def test_an_assertion_for_another_partition() -> None:
    china = PROVIDER.replace("aws", "aws-cn", 1)
    problem = retold(INVALID, role=CHINA, provider=china, roles=roles((CHINA, china)))
    assert "The role is in aws-cn, the assertion is for aws." in problem.detail


def test_what_the_trust_policy_has_to_allow() -> None:
    problem = retold(DENIED, tags=(("Team", "tools"),), source_identity="alice")
    assert all(word in problem.remedy for word in ("sts:TagSession", "sts:SetSourceIdentity", "SAML:aud", PROVIDER))
    assert "sts:TagSession" not in retold(DENIED).remedy


@pytest.mark.parametrize(
    "code", [EXPIRED, "throttling", "region-disabled", "validation-error", "packed-policy-too-large"]
)
def test_what_the_assertion_says_nothing_about_is_left_alone(code: str) -> None:
    assert retold(code) == refusal(code)


def test_of_an_encrypted_assertion_only_the_envelope_counts() -> None:
    sealed = replace(Assertion(recipient=ACS, encrypted=True), issued=NOW - timedelta(minutes=9))
    got = SamlResponse(text=Secret("canary"), assertion=sealed, received=NOW)
    assert "9 min ago" in explain(refusal(EXPIRED), got, ROLE, PROVIDER, NOW).detail
    assert explain(refusal(DENIED), got, ROLE, PROVIDER, NOW) == refusal(DENIED)
