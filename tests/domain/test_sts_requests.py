from __future__ import annotations

from typing import TYPE_CHECKING, Any

import botocore.session
import pytest
from botocore.serialize import create_serializer

from app.domain import sts_requests as r
from app.domain.errors import BadInput
from app.domain.secret import Secret

if TYPE_CHECKING:
    from collections.abc import Callable

ROLE = "arn:aws:iam::123456789012:role/Admin"
POLICY_ARN = "arn:aws:iam::aws:policy/ReadOnlyAccess"
SAML = "arn:aws:iam::123456789012:saml-provider/Corp"
MFA = "arn:aws:iam::123456789012:mfa/alice"
POLICY = '{"Version":"2012-10-17"}'

SERVICE = botocore.session.Session().get_service_model("sts")
SERIALIZER = create_serializer("query")

FULL = [
    pytest.param(
        r.AssumeRole(
            role_arn=ROLE,
            role_session_name="alice",
            duration_seconds=900,
            policy=POLICY,
            policy_arns=(POLICY_ARN, POLICY_ARN + "2"),
            tags=(("Team", "Größe"), ("Empty", "")),
            transitive_tag_keys=("Team", "Other"),
            external_id="ext:1/2",
            serial_number=MFA,
            token_code=Secret("654321"),
            source_identity="alice",
            provided_contexts=(
                r.ProvidedContext(
                    provider_arn="arn:aws:iam::aws:contextProvider/IdentityCenter",
                    context_assertion=Secret("assertion"),
                ),
            ),
        ),
        {
            "RoleArn": ROLE,
            "RoleSessionName": "alice",
            "DurationSeconds": 900,
            "Policy": POLICY,
            "PolicyArns": [{"arn": POLICY_ARN}, {"arn": POLICY_ARN + "2"}],
            "Tags": [{"Key": "Team", "Value": "Größe"}, {"Key": "Empty", "Value": ""}],
            "TransitiveTagKeys": ["Team", "Other"],
            "ExternalId": "ext:1/2",
            "SerialNumber": MFA,
            "TokenCode": "654321",
            "SourceIdentity": "alice",
            "ProvidedContexts": [
                {"ProviderArn": "arn:aws:iam::aws:contextProvider/IdentityCenter", "ContextAssertion": "assertion"}
            ],
        },
        id="AssumeRole",
    ),
    pytest.param(
        r.AssumeRoleWithSAML(
            role_arn=ROLE,
            principal_arn=SAML,
            saml_assertion=Secret("PHNhbWw+"),
            duration_seconds=3600,
            policy=POLICY,
            policy_arns=(POLICY_ARN,),
        ),
        {
            "RoleArn": ROLE,
            "PrincipalArn": SAML,
            "SAMLAssertion": "PHNhbWw+",
            "DurationSeconds": 3600,
            "Policy": POLICY,
            "PolicyArns": [{"arn": POLICY_ARN}],
        },
        id="AssumeRoleWithSAML",
    ),
    pytest.param(
        r.AssumeRoleWithWebIdentity(
            role_arn=ROLE,
            role_session_name="alice",
            web_identity_token=Secret("a.b.c"),
            provider_id="www.amazon.com",
            duration_seconds=3600,
            policy=POLICY,
            policy_arns=(POLICY_ARN,),
        ),
        {
            "RoleArn": ROLE,
            "RoleSessionName": "alice",
            "WebIdentityToken": "a.b.c",
            "ProviderId": "www.amazon.com",
            "DurationSeconds": 3600,
            "Policy": POLICY,
            "PolicyArns": [{"arn": POLICY_ARN}],
        },
        id="AssumeRoleWithWebIdentity",
    ),
    pytest.param(
        r.GetSessionToken(duration_seconds=129600, serial_number="GAHT12345678", token_code=Secret("000000")),
        {"DurationSeconds": 129600, "SerialNumber": "GAHT12345678", "TokenCode": "000000"},
        id="GetSessionToken",
    ),
    pytest.param(
        r.GetFederationToken(
            name="guest", policy=POLICY, policy_arns=(POLICY_ARN,), tags=(("a", "b"),), duration_seconds=900
        ),
        {
            "Name": "guest",
            "Policy": POLICY,
            "PolicyArns": [{"arn": POLICY_ARN}],
            "Tags": [{"Key": "a", "Value": "b"}],
            "DurationSeconds": 900,
        },
        id="GetFederationToken",
    ),
    pytest.param(r.GetCallerIdentity(), {}, id="GetCallerIdentity"),
    pytest.param(
        r.GetAccessKeyInfo(access_key_id="AKIAIOSFODNN7EXAMPLE"),
        {"AccessKeyId": "AKIAIOSFODNN7EXAMPLE"},
        id="GetAccessKeyInfo",
    ),
    pytest.param(
        r.DecodeAuthorizationMessage(encoded_message="1g8f+/="),
        {"EncodedMessage": "1g8f+/="},
        id="DecodeAuthorizationMessage",
    ),
]


NOT_OFFERED = {
    "MinimumSessionTokenSize": "pads tokens, to find programs that cannot hold long ones; nothing here needs that",
}
"""Parameters of the model that we do not send, and why."""


@pytest.mark.parametrize(("request_", "asked"), FULL)
def test_parameters_are_what_botocore_would_send(request_: r.Request, asked: dict[str, Any]) -> None:
    theirs = SERIALIZER.serialize_to_request(asked, SERVICE.operation_model(request_.ACTION))["body"]
    ours = {name: v.reveal() if isinstance(v, Secret) else v for name, v in request_.parameters()}
    # An integer of theirs becomes text when the form is written.
    assert ours | {"Action": request_.ACTION, "Version": "2011-06-15"} == {k: str(v) for k, v in theirs.items()}
    assert len(ours) == len(request_.parameters())


@pytest.mark.parametrize(("request_", "asked"), FULL)
def test_every_parameter_of_the_model_can_be_sent(request_: r.Request, asked: dict[str, Any]) -> None:
    shape = SERVICE.operation_model(request_.ACTION).input_shape
    assert set(asked) | NOT_OFFERED.keys() >= (set(shape.members) if shape is not None else set())


@pytest.mark.parametrize(("request_", "asked"), FULL)
def test_secrets_stay_out_of_the_repr(request_: r.Request, asked: dict[str, Any]) -> None:
    for name in ("TokenCode", "SAMLAssertion", "WebIdentityToken"):
        if name in asked:
            assert asked[name] not in repr(request_)


def test_only_the_federated_calls_are_unsigned() -> None:
    actions = [param.values[0] for param in FULL]
    unsigned = {each.ACTION for each in actions if isinstance(each, r.Request) and not each.SIGNED}
    assert unsigned == {"AssumeRoleWithSAML", "AssumeRoleWithWebIdentity"}
    for action in unsigned:
        assert SERVICE.operation_model(action).auth_type == "none"


def test_what_is_not_given_is_not_sent() -> None:
    assert r.AssumeRole(role_arn=ROLE, role_session_name="alice").parameters() == [
        ("RoleArn", ROLE),
        ("RoleSessionName", "alice"),
    ]
    assert r.GetSessionToken().parameters() == []


def assume(**values: Any) -> r.AssumeRole:  # noqa: ANN401  # any parameter, also of a wrong kind
    return r.AssumeRole(**({"role_arn": ROLE, "role_session_name": "alice"} | values))


@pytest.mark.parametrize(
    ("make", "field"),
    [
        (lambda: assume(role_arn="arn:aws:iam::123456789012:user/alice"), "RoleArn"),
        (lambda: assume(role_session_name="a"), "RoleSessionName"),
        (lambda: assume(duration_seconds=899), "DurationSeconds"),
        (lambda: assume(duration_seconds=43201), "DurationSeconds"),
        (lambda: assume(policy=""), "Policy"),
        (lambda: assume(policy_arns=(POLICY_ARN,) * 11), "PolicyArns"),
        (lambda: assume(tags=(("a", "b"), ("A", "c"))), "Tags"),
        (lambda: assume(transitive_tag_keys=("",)), "TransitiveTagKeys"),
        (lambda: assume(external_id="a"), "ExternalId"),
        (lambda: assume(serial_number=MFA), "TokenCode"),
        (lambda: assume(token_code=Secret("123456")), "SerialNumber"),
        (lambda: assume(serial_number=MFA, token_code=Secret("12345")), "TokenCode"),
        (lambda: assume(source_identity="aws:me"), "SourceIdentity"),
        (
            lambda: assume(
                provided_contexts=(r.ProvidedContext(provider_arn="x" * 20, context_assertion=Secret("abcd")),) * 6
            ),
            "ProvidedContexts",
        ),
        (
            lambda: assume(provided_contexts=(r.ProvidedContext(provider_arn="x", context_assertion=Secret("abcd")),)),
            "ProviderArn",
        ),
        (
            lambda: r.AssumeRoleWithSAML(role_arn=ROLE, principal_arn="x", saml_assertion=Secret("abcd")),
            "PrincipalArn",
        ),
        (
            lambda: r.AssumeRoleWithSAML(role_arn=ROLE, principal_arn=SAML, saml_assertion=Secret("x" * 100_001)),
            "SAMLAssertion",
        ),
        (
            lambda: r.AssumeRoleWithWebIdentity(
                role_arn=ROLE, role_session_name="alice", web_identity_token=Secret("abc")
            ),
            "WebIdentityToken",
        ),
        (
            lambda: r.AssumeRoleWithWebIdentity(
                role_arn=ROLE, role_session_name="alice", web_identity_token=Secret("abcd"), provider_id="x"
            ),
            "ProviderId",
        ),
        (lambda: r.GetSessionToken(duration_seconds=129601), "DurationSeconds"),
        (lambda: r.GetFederationToken(name="a"), "Name"),
        (lambda: r.GetFederationToken(name="a" * 33), "Name"),
        (lambda: r.GetFederationToken(name="guest", duration_seconds=60), "DurationSeconds"),
        (lambda: r.GetAccessKeyInfo(access_key_id="AKIA"), "AccessKeyId"),
        (lambda: r.DecodeAuthorizationMessage(encoded_message=""), "EncodedMessage"),
    ],
)
def test_a_request_out_of_limits_cannot_be_built(make: Callable[[], r.Request], field: str) -> None:
    with pytest.raises(BadInput) as caught:
        make()
    assert caught.value.field == field
    assert caught.value.detail
    assert caught.value.remedy
