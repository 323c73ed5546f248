from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Any

import botocore.session
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain import sts_limits as limits
from app.domain.sts_limits import LIMITS, duration_fault, fault, is_tag_character, policy_faults, tag_faults

if TYPE_CHECKING:
    from app.domain.errors import BadInput

MODEL: dict[str, Any] = (
    botocore.session.Session().get_component("data_loader").load_service_model("sts", "service-2")["shapes"]
)

SHAPES = {
    "RoleArn": "arnType",
    "PrincipalArn": "arnType",
    "PolicyArn": "arnType",
    "ProviderArn": "arnType",
    "RoleSessionName": "roleSessionNameType",
    "Policy": "sessionPolicyDocumentType",
    "ExternalId": "externalIdType",
    "SerialNumber": "serialNumberType",
    "TokenCode": "tokenCodeType",
    "SourceIdentity": "sourceIdentityType",
    "SAMLAssertion": "SAMLAssertionType",
    "WebIdentityToken": "clientTokenType",
    "ProviderId": "urlType",
    "Name": "userNameType",
    "AccessKeyId": "accessKeyIdType",
    "EncodedMessage": "encodedMessageType",
    "ContextAssertion": "contextAssertionType",
}
"""The model's shape of each parameter."""

DIFFERENCES = {
    ("AssumeRole", "Policy", "max"): "the model has no maximum; the reference says 2,048 characters with policy ARNs",
    ("AssumeRole", "ProvidedContexts", "min"): "an empty list is simply not sent",
    ("SourceIdentity", "pattern"): "a beginning of aws: is refused by the reference's text, not by the pattern",
    ("SAMLAssertion", "pattern"): "the model has no pattern; what cannot be printed is no base64",
    ("WebIdentityToken", "pattern"): "the model has no pattern; what cannot be printed is no token",
    ("ProviderId", "pattern"): "the model has no pattern; what cannot be printed is no host",
    ("EncodedMessage", "pattern"): "the model has no pattern; what cannot be printed was not encoded",
    ("ContextAssertion", "pattern"): "the model has no pattern; what cannot be printed is no assertion",
    ("RoleArn", "pattern"): "we take only what is a role's ARN, see app.domain.arn",
}
"""Where we and botocore's model differ, and why."""

PATTERNS = {
    r"[\u0009\u000A\u000D\u0020-\u007E\u0085\u00A0-\uD7FF\uE000-\uFFFD\u10000-\u10FFFF]+": limits._PRINTABLE,
    r"[\w+=,.@-]*": limits._NAME,
    r"[\w+=,.@:\/-]*": limits._EXTERNAL,
    r"[\w+=/:,.@-]*": limits._SERIAL,
    r"[\w]*": r"[0-9A-Za-z_]*",
    r"[\d]*": r"[0-9]*",
    r"[\u0009\u000A\u000D\u0020-\u00FF]+": limits._POLICY,
}
"""The model's patterns and ours; a word character or digit of the reference is ASCII."""


def test_every_limit_has_its_shape() -> None:
    assert set(SHAPES) == set(LIMITS)


@pytest.mark.parametrize("parameter", sorted(SHAPES))
def test_limits_are_the_models(parameter: str) -> None:
    shape, limit = MODEL[SHAPES[parameter]], LIMITS[parameter]
    assert (limit.shortest, limit.longest) == (shape["min"], shape["max"])
    if "pattern" in shape:
        assert limit.pattern == PATTERNS[shape["pattern"]]
    else:
        assert (parameter, "pattern") in DIFFERENCES


def test_members_of_the_models_requests_are_of_these_shapes() -> None:
    asked = {
        "AssumeRole": {"Policy": "unrestrictedSessionPolicyDocumentType"},
        "AssumeRoleWithSAML": {},
        "AssumeRoleWithWebIdentity": {},
        "GetSessionToken": {},
        "GetFederationToken": {},
        "GetAccessKeyInfo": {},
        "DecodeAuthorizationMessage": {},
    }
    for action, other in asked.items():
        for name, member in MODEL[f"{action}Request"]["members"].items():
            if name in SHAPES:
                assert member["shape"] == other.get(name, SHAPES[name]), (action, name)
    assert "max" not in MODEL["unrestrictedSessionPolicyDocumentType"]
    assert ("AssumeRole", "Policy", "max") in DIFFERENCES


def test_numbers_are_the_models() -> None:
    role, session = MODEL["roleDurationSecondsType"], MODEL["durationSecondsType"]
    assert (role["min"], role["max"]) == limits.ROLE_SECONDS
    assert (session["min"], session["max"]) == limits.SESSION_SECONDS
    assert MODEL["tagListType"]["max"] == MODEL["tagKeyListType"]["max"] == limits.TAGS_MOST
    assert MODEL["ProvidedContextsListType"]["max"] == limits.PROVIDED_CONTEXTS_MOST
    assert MODEL["tagKeyType"]["max"] == limits.TAG_KEY_MOST
    assert MODEL["tagValueType"]["max"] == limits.TAG_VALUE_MOST
    assert MODEL["sessionPolicyDocumentType"]["max"] == limits.POLICY_CHARACTERS
    assert MODEL["tagKeyType"]["pattern"] == r"[\p{L}\p{Z}\p{N}_.:/=+\-@]+"


@pytest.mark.parametrize("parameter", sorted(LIMITS))
def test_both_ends_of_every_length(parameter: str) -> None:
    limit = LIMITS[parameter]
    assert fault(parameter, "1" * limit.shortest) is None
    assert fault(parameter, "1" * limit.longest) is None
    for length in (limit.shortest - 1, limit.longest + 1):
        found = fault(parameter, "1" * length)
        assert found is not None
        assert found.field == parameter
        assert f"{length:,}" in found.detail
        assert found.remedy


@pytest.mark.parametrize(
    ("parameter", "text"),
    [
        ("RoleSessionName", "alice smith"),
        ("RoleSessionName", "aliçe"),
        ("RoleSessionName", "alice\n"),
        ("RoleSessionName", "al/ice"),
        ("ExternalId", "a b"),
        ("ExternalId", "١٢٣"),
        ("SerialNumber", "GAHT 12345678"),
        ("TokenCode", "12345a"),
        ("TokenCode", "١٢٣٤٥٦"),
        ("TokenCode", "12345\n"),
        ("SourceIdentity", "aws:me"),
        ("SourceIdentity", "AWS:me"),
        ("Name", "bob:x"),
        ("AccessKeyId", "AKIA IOSFODNN7EXA"),
        ("Policy", "{\u0100}"),
        ("Policy", "{\x00}"),
        ("PolicyArn", "arn:aws:iam::aws:policy/\x07"),
        ("PolicyArn", "arn:aws:iam::aws:policy/\ud800"),
        ("EncodedMessage", "\x00"),
    ],
)
def test_characters(parameter: str, text: str) -> None:
    found = fault(parameter, text)
    assert found is not None
    assert found.code == "limit"
    assert found.field == parameter


@pytest.mark.parametrize(
    "parameter", ["TokenCode", "SAMLAssertion", "WebIdentityToken", "EncodedMessage", "ContextAssertion"]
)
@pytest.mark.parametrize("text", ["canary", "canary\x00", "can\x01y\x02", "c"])
def test_secrets_are_not_repeated(parameter: str, text: str) -> None:
    found = fault(parameter, text)
    if found is not None:
        assert "canary" not in str(found)
        assert "“" not in found.detail


@given(st.sampled_from(sorted(LIMITS)), st.text(max_size=80))
def test_faults_and_the_models_pattern_agree(parameter: str, text: str) -> None:
    shape = MODEL[SHAPES[parameter]]
    ours = fault(parameter, text)
    fits = shape["min"] <= len(text) <= shape["max"]
    pattern = shape.get("pattern")
    if pattern is not None:
        # \w and \d are ASCII here; \uXXXXX of the model means one character beyond the first plane.
        spelled = pattern.replace(r"\u10000-\u10FFFF", "\U00010000-\U0010ffff")
        fits = fits and re.fullmatch(spelled, text, re.ASCII) is not None
        if parameter == "SourceIdentity" and text.lower().startswith("aws:"):
            fits = False
        assert (ours is None) == fits
    elif ours is None:
        assert fits


# --- Durations, policies, tags ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(("seconds", "good"), [(899, False), (900, True), (43200, True), (43201, False)])
def test_durations(seconds: int, good: bool) -> None:
    found = duration_fault(seconds, limits.ROLE_SECONDS)
    assert (found is None) == good
    assert found is None or (found.field == "DurationSeconds" and f"{seconds:,}" in found.detail)


ARN = "arn:aws:iam::aws:policy/" + "a" * 76


def fields(found: list[BadInput]) -> list[str]:
    return [each.field for each in found]


def test_policy_and_policy_arns_count_together() -> None:
    assert not policy_faults("x" * 2048, ())
    assert not policy_faults("x" * 1948, (ARN,))
    assert fields(policy_faults("x" * 1949, (ARN,))) == ["Policy"]
    assert fields(policy_faults("x" * 2049, ())) == ["Policy"]
    assert not policy_faults(None, (ARN,) * 10)
    assert fields(policy_faults(None, (ARN,) * 11)) == ["PolicyArns"]
    assert fields(policy_faults("", ("short",))) == ["Policy", "PolicyArn"]


def test_tags() -> None:
    assert not tag_faults((("Größe", "zwölf km/h"), ("a_.:/=+-@", "")), ("Größe",))
    assert not tag_faults(tuple((f"k{n}", "v") for n in range(50)), tuple(f"k{n}" for n in range(50)))
    assert fields(tag_faults(tuple((f"k{n}", "v") for n in range(51)), ())) == ["Tags"]
    assert fields(tag_faults((), tuple(f"k{n}" for n in range(51)))) == ["TransitiveTagKeys"]
    assert fields(tag_faults((("", "v"),), ())) == ["Tags"]
    assert fields(tag_faults((("k" * 129, "v"),), ())) == ["Tags"]
    assert not tag_faults((("k" * 128, "v" * 256),), ())
    assert fields(tag_faults((("k", "v" * 257),), ())) == ["Tags"]
    assert fields(tag_faults((("k", "a;b"),), ())) == ["Tags"]
    assert fields(tag_faults((), ("a;b",))) == ["TransitiveTagKeys"]


def test_tag_keys_are_compared_without_case() -> None:
    found = tag_faults((("Department", "a"), ("department", "b")), ("x", "X"))
    assert fields(found) == ["Tags", "TransitiveTagKeys"]
    assert "department" in found[0].detail


@given(st.characters(exclude_categories=["Cs"]))
def test_tag_characters_are_letters_separators_numbers_and_a_few_signs(character: str) -> None:
    # \p{L}, \p{Z} and \p{N} are the Unicode categories that begin with these letters.
    assert is_tag_character(character) == (
        unicodedata.category(character).startswith(("L", "Z", "N")) or character in "_.:/=+-@"
    )


def test_a_key_is_told_each_time_it_stands_again() -> None:
    faults = tag_faults((("a", "1"), ("A", "2"), ("b", "3"), ("a", "4")), ("x", "X"))
    assert [fault.detail.partition(" stands")[0] for fault in faults] == ["The key “A”", "The key “a”", "The key “X”"]
