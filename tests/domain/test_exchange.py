from __future__ import annotations

from datetime import UTC, datetime, timedelta

from app.domain import sts_requests as r
from app.domain.exchange import Exchange, as_text, showable
from app.domain.secret import Secret

ROLE = "arn:aws:iam::123456789012:role/Admin"


def test_only_what_may_be_shown_is_shown() -> None:
    request = r.AssumeRole(
        role_arn=ROLE,
        role_session_name="alice",
        policy='{"Statement": []}',
        policy_arns=("arn:aws:iam::aws:policy/ReadOnlyAccess",),
        tags=(("team", "blue"),),
        serial_number="arn:aws:iam::123456789012:mfa/alice",
        token_code=Secret("654321"),
        provided_contexts=(r.ProvidedContext(provider_arn=ROLE, context_assertion=Secret("canary-context")),),
    )
    shown = dict(showable(request.parameters()))
    assert shown["RoleArn"] == ROLE
    assert shown["Policy"] == '{"Statement": []}'
    assert shown["PolicyArns.member.1.arn"] == "arn:aws:iam::aws:policy/ReadOnlyAccess"
    assert (shown["Tags.member.1.Key"], shown["Tags.member.1.Value"]) == ("team", "blue")
    assert shown["TokenCode"] is None
    assert [value for name, value in shown.items() if name.startswith("ProvidedContexts")] == [None, None]


def test_a_parameter_that_nobody_thought_of_is_hidden_even_as_plain_text() -> None:
    assert showable([("NewSecretThing", "canary"), ("TokenCode", "123456"), ("Name", Secret("canary"))]) == (
        ("NewSecretThing", None),
        ("TokenCode", None),
        ("Name", None),
    )


def test_the_proofs_of_federation_are_hidden() -> None:
    saml = r.AssumeRoleWithSAML(role_arn=ROLE, principal_arn=ROLE, saml_assertion=Secret("canary"))
    web = r.AssumeRoleWithWebIdentity(role_arn=ROLE, role_session_name="alice", web_identity_token=Secret("canary"))
    assert dict(showable(saml.parameters()))["SAMLAssertion"] is None
    assert dict(showable(web.parameters()))["WebIdentityToken"] is None


def test_an_exchange_as_text() -> None:
    exchange = Exchange(
        action="AssumeRole",
        endpoint="sts.eu-west-1.amazonaws.com",
        started=datetime(2026, 11, 22, 1, 30, 5, 250_000, tzinfo=UTC),
        seconds=0.2124,
        status=403,
        code="access-denied",
        message="User: x is not authorized",
        request_id="c6104cbe",
        signed_by="AKIA…MPLE",
        parameters=(("RoleArn", ROLE), ("TokenCode", None)),
        skew=timedelta(seconds=-3),
    )
    assert not exchange.ok
    assert as_text(exchange).splitlines() == [
        "AssumeRole sts.eu-west-1.amazonaws.com",
        "  Started: 2026-11-22T01:30:05.250Z",
        "  Took: 212 ms",
        "  Status: 403 access-denied",
        "  Message: User: x is not authorized",
        "  Request ID: c6104cbe",
        "  Signed by: AKIA…MPLE",
        "  Clock: AWS -3 s",
        f"  RoleArn: {ROLE}",
        "  TokenCode: (hidden)",
    ]


def test_nobody_answered_and_nobody_signed() -> None:
    exchange = Exchange(
        action="AssumeRoleWithSAML",
        endpoint="sts.amazonaws.com",
        started=datetime(2026, 11, 22, 1, 30, tzinfo=UTC),
        seconds=2,
        code="unreachable",
    )
    assert "  Status: no answer unreachable" in as_text(exchange).splitlines()
    assert "  Signed by: nobody" in as_text(exchange).splitlines()
