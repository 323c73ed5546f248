"""What is said of an assertion and of AWS's refusals of it, word for word."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from app.domain.acs import parse_acs
from app.domain.arn import RoleArn
from app.domain.errors import Problem
from app.domain.saml import AssertedRole, Assertion, SamlResponse
from app.domain.saml_explain import explain, facts
from app.domain.secret import Secret

TOLD = Path(__file__).with_name("told_of_assertions.txt")
NOW = datetime(2026, 11, 22, 4, 0, tzinfo=UTC)
SECOND, MINUTE = timedelta(seconds=1), timedelta(minutes=1)
ACS = "https://eu-west-1.signin.aws.amazon.com/saml"
ADMIN = "arn:aws:iam::123456789012:role/Admin"
AUDIT = "arn:aws:iam::123456789012:role/Audit"
CHINA = "arn:aws-cn:iam::123456789012:role/Admin"
CORP = "arn:aws:iam::123456789012:saml-provider/corp"
CORP_CHINA = "arn:aws-cn:iam::123456789012:saml-provider/corp"
ELSEWHERE = "arn:aws:iam::999999999999:saml-provider/corp"


def roles(*pairs: tuple[str, str]) -> tuple[AssertedRole, ...]:
    return tuple(AssertedRole(role_arn=RoleArn.parse(role), provider_arn=provider) for role, provider in pairs)


GOOD = Assertion(
    issuer="https://idp.example",
    subject="alice",
    audiences=("urn:amazon:webservices",),
    recipient=ACS,
    roles=roles((ADMIN, CORP)),
    session_name="alice@example.com",
    issued=NOW - MINUTE,
    not_before=NOW - 2 * MINUTE,
    not_on_or_after=NOW + 10 * MINUTE,
    session_not_on_or_after=NOW + timedelta(hours=8),
    signed=True,
)
SEALED = Assertion(issuer="https://idp.example", recipient=ACS, issued=NOW, encrypted=True)

SAID = {
    "good": GOOD,
    "with everything": replace(
        GOOD,
        roles=roles((ADMIN, CORP), (AUDIT.replace("1234", "9999"), CORP.replace("1234", "9999"))),
        audiences=("https://other.example", "urn:amazon:webservices:govcloud"),
        session_duration=28800,
        session_duration_said="28800",
        source_identity="alice",
        tags=(("Team", "tools"), ("Cost", "42")),
        transitive_tag_keys=("Team", "Cost"),
    ),
    "nothing in order": replace(
        GOOD,
        issuer="",
        audiences=("https://a.example", "https://b.example"),
        recipient="https://service.example/acs",
        roles=roles((ADMIN, ELSEWHERE), (AUDIT, ELSEWHERE)),
        session_name="alice smith",
        issued=NOW + 3 * MINUTE,
        not_before=NOW + 3 * MINUTE,
        not_on_or_after=NOW - 40 * SECOND,
        session_not_on_or_after=NOW - 125 * MINUTE,
        session_duration_said="1h",
        source_identity="aws:alice",
        tags=(("Team", "a"), ("team", "b")),
        signed=False,
    ),
    "nothing at all": Assertion(),
    "one role astray": replace(GOOD, roles=roles((ADMIN, ELSEWHERE))),
    "sealed": SEALED,
    "sealed and signed": replace(SEALED, signed=True),
    "a minute ahead": replace(GOOD, issued=NOW + MINUTE, not_before=NOW + MINUTE),
    "a second more": replace(GOOD, issued=NOW + MINUTE + SECOND, not_before=NOW + MINUTE + SECOND),
    "at its end": replace(GOOD, not_on_or_after=NOW, session_not_on_or_after=NOW),
    "a second before": replace(GOOD, not_on_or_after=NOW + SECOND, session_not_on_or_after=NOW + SECOND),
    "only keys to pass on": replace(GOOD, transitive_tag_keys=("Team",)),
}
EXPIRED, INVALID, DENIED = "expired-identity-token", "invalid-identity-token", "access-denied"
LONG = "https://service.example/" + "x" * 200
REFUSED: tuple[tuple[str, str, str, Assertion], ...] = (
    (EXPIRED, ADMIN, CORP, replace(GOOD, issued=NOW - 12 * MINUTE)),
    (EXPIRED, ADMIN, CORP, replace(GOOD, not_on_or_after=NOW)),
    (EXPIRED, ADMIN, CORP, replace(GOOD, not_on_or_after=NOW + SECOND)),
    (EXPIRED, ADMIN, CORP, replace(GOOD, issued=None, not_on_or_after=NOW - 40 * SECOND)),
    (EXPIRED, ADMIN, CORP, replace(GOOD, issued=NOW, not_before=NOW + 9 * MINUTE)),
    (EXPIRED, ADMIN, CORP, replace(GOOD, issued=NOW + 2 * MINUTE, not_before=NOW + MINUTE)),
    (EXPIRED, ADMIN, CORP, replace(GOOD, issued=NOW + MINUTE)),
    (EXPIRED, ADMIN, CORP, replace(GOOD, issued=None, not_before=None, not_on_or_after=None)),
    (INVALID, ADMIN, CORP, replace(GOOD, audiences=(LONG, "b"))),
    (INVALID, ADMIN, CORP, replace(GOOD, audiences=())),
    (INVALID, ADMIN, CORP, replace(GOOD, recipient=LONG)),
    (INVALID, ADMIN, CORP, replace(GOOD, recipient="")),
    (INVALID, ADMIN, CORP, replace(GOOD, session_name="")),
    (INVALID, ADMIN, CORP, replace(GOOD, session_name="a")),
    (INVALID, ADMIN, CORP, replace(GOOD, source_identity="aws:x")),
    (INVALID, ADMIN, CORP, replace(GOOD, signed=False)),
    (INVALID, ADMIN, CORP, replace(GOOD, roles=())),
    (INVALID, ADMIN, CORP, GOOD),
    ("idp-rejected-claim", ADMIN, CORP, replace(GOOD, audiences=())),
    ("idp-rejected-claim", ADMIN, CORP, GOOD),
    (DENIED, ADMIN, CORP, replace(GOOD, roles=roles((AUDIT, CORP)))),
    (DENIED, ADMIN, CORP, replace(GOOD, roles=roles((AUDIT, CORP), (AUDIT.replace("12:", "13:"), CORP)))),
    (DENIED, ADMIN, CORP, replace(GOOD, roles=roles((AUDIT.replace("12:", "13:"), CORP)))),
    (DENIED, ADMIN, CORP, replace(GOOD, roles=roles((ADMIN.lower(), CORP)))),
    (DENIED, ADMIN, CORP, replace(GOOD, roles=roles((ADMIN, f"{CORP}2"), (ADMIN, f"{CORP}3")))),
    (DENIED, ADMIN, "", replace(GOOD, roles=roles((ADMIN, f"{CORP}2")))),
    (DENIED, ADMIN, f"{CORP}3", replace(GOOD, roles=roles((ADMIN, f"{CORP}2"), (ADMIN, f"{CORP}3")))),
    (DENIED, ADMIN, ELSEWHERE, replace(GOOD, roles=roles((ADMIN, ELSEWHERE)))),
    (DENIED, ADMIN, CORP_CHINA, replace(GOOD, roles=roles((ADMIN, CORP_CHINA)))),
    (DENIED, CHINA, CORP_CHINA, replace(GOOD, roles=roles((CHINA, CORP_CHINA)))),
    (DENIED, ADMIN, CORP, replace(GOOD, recipient="https://service.example")),
    (DENIED, ADMIN, CORP, GOOD),
    (DENIED, ADMIN, CORP, replace(GOOD, tags=(("Team", "tools"),))),
    (DENIED, ADMIN, CORP, replace(GOOD, tags=(("Team", "tools"),), source_identity="alice")),
    ("validation-error", ADMIN, ELSEWHERE, GOOD),
    ("invalid-parameter-value", CHINA, CORP_CHINA, GOOD),
    ("validation-error", "no ARN", CORP, GOOD),
    ("validation-error", ADMIN, "", GOOD),
    (EXPIRED, ADMIN, CORP, replace(SEALED, issued=NOW - 9 * MINUTE)),
    (DENIED, ADMIN, ELSEWHERE, SEALED),
    (DENIED, ADMIN, CORP, SEALED),
)


def response(said: Assertion) -> SamlResponse:
    return SamlResponse(text=Secret("canary"), assertion=said, received=NOW, acs=parse_acs(said.recipient))


def told() -> str:
    lines: list[str] = []
    for name, said in SAID.items():
        lines.append(f"> {name}")
        for fact in facts(response(said), NOW):
            moment = fact.moment.isoformat() if fact.moment else ""
            lines.append(" | ".join((fact.name, fact.value + moment, fact.verdict, fact.note)))
    refusal = Problem(code="", title="AWS refused", detail="In its own words.", remedy="Try again.")
    for code, role, provider, said in REFUSED:
        problem = explain(replace(refusal, code=code), response(said), role, provider, NOW)
        lines += [f"> {code} {role} {provider}", problem.title, f"  {problem.detail}", f"  {problem.remedy}"]
    return "\n".join(lines) + "\n"


def test_what_is_said_of_assertions_and_of_refusals() -> None:
    assert told() == TOLD.read_text(encoding="utf-8")
