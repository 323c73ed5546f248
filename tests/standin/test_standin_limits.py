from __future__ import annotations

import json
import secrets
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest
from botocore.loaders import Loader

from app.standin import limits
from app.standin.wire import Refusal
from tests.standin.standin_clients import Untyped, arn, assume, plain, refused, sts

if TYPE_CHECKING:
    from app.standin import StandIn

READ_ONLY = arn("210987654321", "ReadOnly")
ROLE = {"RoleArn": READ_ONLY, "RoleSessionName": "alice"}
ALLOW = {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"}
MANAGED = "arn:aws:iam::aws:policy/ReadOnlyAccess"


def policy(*statements: object, **more: Untyped) -> str:
    return json.dumps({"Version": "2012-10-17", "Statement": list(statements), **more})


# What the STS API reference allows, and just not any more; the last part is the field that AWS names.
BAD = [
    ("AssumeRole", {"RoleArn": READ_ONLY}, "roleSessionName"),
    ("AssumeRole", {"RoleSessionName": "alice"}, "roleArn"),
    ("AssumeRole", {**ROLE, "RoleArn": "a" * 19}, "roleArn"),
    ("AssumeRole", {**ROLE, "RoleArn": "a" * 2049}, "roleArn"),
    ("AssumeRole", {**ROLE, "RoleArn": "arn:aws:iam::123456789012:role/a\x01"}, "roleArn"),
    ("AssumeRole", {**ROLE, "RoleSessionName": "a"}, "roleSessionName"),
    ("AssumeRole", {**ROLE, "RoleSessionName": "a" * 65}, "roleSessionName"),
    ("AssumeRole", {**ROLE, "RoleSessionName": "a b"}, "roleSessionName"),
    ("AssumeRole", {**ROLE, "RoleSessionName": "aé"}, "roleSessionName"),
    ("AssumeRole", {**ROLE, "DurationSeconds": "899"}, "durationSeconds"),
    ("AssumeRole", {**ROLE, "DurationSeconds": "43201"}, "durationSeconds"),
    ("AssumeRole", {**ROLE, "DurationSeconds": "an hour"}, "durationSeconds"),
    ("AssumeRole", {**ROLE, "DurationSeconds": "٩٠٠"}, "durationSeconds"),
    ("AssumeRole", {**ROLE, "Policy": ""}, "policy"),
    ("AssumeRole", {**ROLE, "Policy": "x" * 2049}, "policy"),
    ("AssumeRole", {**ROLE, "Policy": "{→}"}, "policy"),
    ("AssumeRole", {**ROLE, **{f"PolicyArns.member.{n}.arn": MANAGED for n in range(1, 12)}}, "policyArns"),
    ("AssumeRole", {**ROLE, "PolicyArns.member.1.arn": "short"}, "policyArns.1.member.arn"),
    ("AssumeRole", {**ROLE, "Tags.member.1.Key": "", "Tags.member.1.Value": "x"}, "tags.1.member.key"),
    ("AssumeRole", {**ROLE, "Tags.member.1.Key": "k" * 129, "Tags.member.1.Value": "x"}, "tags.1.member.key"),
    ("AssumeRole", {**ROLE, "Tags.member.1.Key": "k", "Tags.member.1.Value": "x" * 257}, "tags.1.member.value"),
    ("AssumeRole", {**ROLE, "Tags.member.1.Key": "k"}, "tags.1.member.value"),
    ("AssumeRole", {**ROLE, **{f"TransitiveTagKeys.member.{n}": f"k{n}" for n in range(1, 52)}}, "transitiveTagKeys"),
    ("AssumeRole", {**ROLE, "ExternalId": "x"}, "externalId"),
    ("AssumeRole", {**ROLE, "ExternalId": "x" * 1225}, "externalId"),
    ("AssumeRole", {**ROLE, "ExternalId": "a;b"}, "externalId"),
    ("AssumeRole", {**ROLE, "SerialNumber": "short", "TokenCode": "123456"}, "serialNumber"),
    ("AssumeRole", {**ROLE, "SerialNumber": "a" * 257, "TokenCode": "123456"}, "serialNumber"),
    ("AssumeRole", {**ROLE, "SerialNumber": "GAHT12345678", "TokenCode": "12345"}, "tokenCode"),
    ("AssumeRole", {**ROLE, "SerialNumber": "GAHT12345678", "TokenCode": "12345a"}, "tokenCode"),
    ("AssumeRole", {**ROLE, "SerialNumber": "GAHT12345678", "TokenCode": "١٢٣٤٥٦"}, "tokenCode"),
    ("AssumeRole", {**ROLE, "SourceIdentity": "a"}, "sourceIdentity"),
    ("AssumeRole", {**ROLE, "SourceIdentity": "a" * 65}, "sourceIdentity"),
    ("AssumeRole", {**ROLE, "ProvidedContexts.member.1.ContextAssertion": "abc"}, "providedContexts.1.member"),
    ("AssumeRoleWithSAML", {"RoleArn": READ_ONLY, "PrincipalArn": "p" * 20, "SAMLAssertion": "abc"}, "SAMLAssertion"),
    ("AssumeRoleWithSAML", {"RoleArn": READ_ONLY, "SAMLAssertion": "abcd"}, "principalArn"),
    ("AssumeRoleWithWebIdentity", {**ROLE, "WebIdentityToken": "x" * 20001}, "webIdentityToken"),
    ("AssumeRoleWithWebIdentity", {**ROLE, "WebIdentityToken": "a.b.c", "ProviderId": "abc"}, "providerId"),
    ("GetSessionToken", {"DurationSeconds": "899"}, "durationSeconds"),
    ("GetSessionToken", {"DurationSeconds": "129601"}, "durationSeconds"),
    ("GetFederationToken", {}, "name"),
    ("GetFederationToken", {"Name": "n"}, "name"),
    ("GetFederationToken", {"Name": "n" * 33}, "name"),
    ("GetFederationToken", {"Name": "guest", "Policy": "x" * 2049}, "policy"),
    ("GetAccessKeyInfo", {"AccessKeyId": "short"}, "accessKeyId"),
    ("GetAccessKeyInfo", {"AccessKeyId": "é" * 20}, "accessKeyId"),
    ("DecodeAuthorizationMessage", {"EncodedMessage": ""}, "encodedMessage"),
    ("DecodeAuthorizationMessage", {"EncodedMessage": "x" * 10241}, "encodedMessage"),
]


@pytest.mark.parametrize(("action", "given", "field"), BAD)
def test_a_limit_names_its_field(action: str, given: dict[str, str], field: str) -> None:
    with pytest.raises(Refusal) as caught:
        limits.read(action, given)
    assert (caught.value.status, caught.value.code) == (400, "ValidationError")
    assert f" at '{field}" in caught.value.message


def test_what_is_just_allowed_passes() -> None:
    given = {
        **ROLE,
        "RoleSessionName": "a" * 64,
        "DurationSeconds": "43200",
        "ExternalId": "x" * 1224,
        "SourceIdentity": "me",
        "Tags.member.1.Key": "Größe 1/2_.:=+-@",
        "Tags.member.1.Value": "",
        "PolicyArns.member.1.arn": MANAGED,
        "ProvidedContexts.member.1.ContextAssertion": "abcd",
    }
    read = limits.read("AssumeRole", given)
    assert read.number("DurationSeconds") == 43200
    assert (read.texts("Tags", "Key"), read.texts("Tags", "Value")) == (["Größe 1/2_.:=+-@"], [""])
    assert read.texts("PolicyArns", "arn") == [MANAGED]
    assert (read.text("Policy"), read.number("SerialNumber")) == ("", None)


def test_every_action_of_the_model_with_its_parameters_is_known() -> None:
    model = Loader().load_service_model("sts", "service-2", api_version=limits.API_VERSION)
    assert set(limits.ACTIONS) <= set(model["operations"])
    unsigned = {name for name in limits.ACTIONS if model["operations"][name].get("authtype") == "none"}
    assert unsigned == limits.UNSIGNED


def test_all_faults_are_told_at_once_and_no_secret() -> None:
    with pytest.raises(Refusal) as caught:
        limits.read("AssumeRole", {"RoleSessionName": "a", "TokenCode": "12345x"})
    assert caught.value.message.startswith("3 validation errors detected: ")
    assert "12345x" not in caught.value.message


def test_it_is_the_same_over_the_wire(aws: StandIn) -> None:
    got = refused(lambda: assume(aws, READ_ONLY, RoleSessionName="a b", DurationSeconds=1))
    assert (got.status, got.code) == (400, "ValidationError")
    assert got.message.startswith("2 validation errors detected: Value 'a b' at 'roleSessionName' failed to satisfy")
    for wrong in ("arn:aws:iam::123456789012:user/somebody", "arn:aws:iam::123:role/Admin"):
        assert refused(partial(assume, aws, wrong)).code == "ValidationError"


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"Version=2011-06-15", "MissingAction"),
        (b"Action=DeleteEverything&Version=2011-06-15", "InvalidAction"),
        (b"Action=GetCallerIdentity", "InvalidAction"),
        (b"Action=GetCallerIdentity&Version=2011-06-15&Version=2011-06-15", "MalformedQueryString"),
        (b"Action", "MalformedQueryString"),
        (b"Action=%ff", "MalformedQueryString"),
        (b"Action=\xff", "MalformedQueryString"),
    ],
)
def test_a_call_that_is_none(aws: StandIn, body: bytes, code: str) -> None:
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    assert plain(aws, "POST", f"{aws.url}/", form, body) == (400, code)


def test_a_misspelt_parameter_is_noticed() -> None:
    for unknown in ("Durationseconds", "Tags.member.0.Key", "PolicyArns.member.2.arn"):
        with pytest.raises(Refusal) as caught:
            limits.read("AssumeRole", {**ROLE, unknown: "1000"})
        assert caught.value.code == "InvalidQueryParameter"


@pytest.mark.parametrize(
    "text",
    [
        "{",
        "[]",
        '"text"',
        policy(),
        policy(ALLOW, Version="2020-01-01"),
        policy("text"),
        policy({**ALLOW, "Effect": "Maybe"}),
        policy({**ALLOW, "Principal": "*"}),
        policy({"Effect": "Allow", "Resource": "*"}),
        policy({"Effect": "Allow", "Action": "*"}),
        policy({**ALLOW, "NotAction": "*"}),
        '{"Version": "2012-10-17"}',
    ],
)
def test_a_policy_that_is_none(aws: StandIn, text: str) -> None:
    for call in (
        lambda: assume(aws, READ_ONLY, Policy=text),
        lambda: sts(aws).get_federation_token(Name="guest", Policy=text),
    ):
        got = refused(call)
        assert (got.status, got.code) == (400, "MalformedPolicyDocument")


def test_a_policy_arn_that_is_none(aws: StandIn) -> None:
    got = refused(lambda: assume(aws, READ_ONLY, PolicyArns=[{"arn": "arn:aws:iam::aws:role/ReadOnlyAccess"}]))
    assert got.code == "ValidationError"


def test_the_packed_size_is_told_and_grows(aws: StandIn) -> None:
    small = assume(aws, READ_ONLY, Policy=policy(ALLOW))["PackedPolicySize"]
    names = [f"arn:aws:s3:::{secrets.token_hex(12)}" for _ in range(10)]
    large = assume(aws, READ_ONLY, Policy=policy({**ALLOW, "Resource": names}))["PackedPolicySize"]
    assert 0 < small < large <= 100
    assert assume(aws, READ_ONLY, PolicyArns=[{"arn": MANAGED}])["PackedPolicySize"] > 0


def test_the_packed_size_has_an_end(aws: StandIn) -> None:
    tags: list[Any] = [{"Key": f"k{n}", "Value": secrets.token_hex(100)} for n in range(20)]
    got = refused(lambda: assume(aws, READ_ONLY, Tags=tags))
    assert (got.status, got.code) == (400, "PackedPolicyTooLarge")
    assert "% of allotted space" in got.message
    arns = [{"arn": f"arn:aws:iam::aws:policy/{'x' * 200}"}] * 3
    long = policy({**ALLOW, "Resource": "arn:aws:s3:::" + "a" * 1700})
    assert refused(lambda: assume(aws, READ_ONLY, Policy=long, PolicyArns=arns)).code == "PackedPolicyTooLarge"
