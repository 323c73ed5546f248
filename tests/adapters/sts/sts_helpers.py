"""What the tests of the STS client share: recorded answers, a clock that only tests move, requests of every kind."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from app.adapters.http import Answer
from app.domain import sts_requests as r
from app.domain.credentials import Credentials, LongTermKey
from app.domain.secret import Secret

RECORDED = Path(__file__).parent / "recorded"
NOW = datetime(2026, 11, 22, 1, 30, tzinfo=UTC)
ROLE = "arn:aws:iam::123456789012:role/Admin"
REGION = "eu-west-1"
KEY = LongTermKey(access_key_id="AKIAIOSFODNN7EXAMPLE", secret_access_key=Secret("canary-secret-key"))
SESSION = Credentials(
    access_key_id="ASIAIOSFODNN7EXAMPLE",
    secret_access_key=Secret("canary-session-key"),
    session_token=Secret("canary-session-token"),
    expires=NOW + timedelta(hours=1),
)
ASSUME = r.AssumeRole(role_arn=ROLE, role_session_name="alice")
WITH_CODE = r.AssumeRole(
    role_arn=ROLE,
    role_session_name="alice",
    serial_number="arn:aws:iam::123456789012:mfa/alice",
    token_code=Secret("654321"),
)
WITH_SAML = r.AssumeRoleWithSAML(
    role_arn=ROLE,
    principal_arn="arn:aws:iam::123456789012:saml-provider/Corp",
    saml_assertion=Secret("canary-assertion"),
)
WITH_TOKEN = r.AssumeRoleWithWebIdentity(
    role_arn=ROLE, role_session_name="alice", web_identity_token=Secret("canary-id-token")
)
REQUESTS: dict[str, r.Request] = {
    each.ACTION: each
    for each in (
        ASSUME,
        WITH_SAML,
        WITH_TOKEN,
        r.GetSessionToken(),
        r.GetFederationToken(name="guest"),
        r.GetCallerIdentity(),
        r.GetAccessKeyInfo(access_key_id="AKIAIOSFODNN7EXAMPLE"),
        r.DecodeAuthorizationMessage(encoded_message="1g8f"),
    )
}


def recorded(name: str) -> bytes:
    return (RECORDED / f"{name}.xml").read_bytes()


def received(body: bytes | str, status: int = 200, request_id: str = "") -> Answer:
    content = body.encode() if isinstance(body, str) else body
    headers = {"x-amzn-requestid": request_id} if request_id else {}
    return Answer(status=status, headers=headers, body=content, sent=NOW, received=NOW)


def http_date(moment: datetime) -> str:
    return moment.strftime("%a, %d %b %Y %H:%M:%S GMT")


@dataclass(slots=True)
class Time:
    """A clock that stands still but for pauses, which it remembers and which cost nothing."""

    moment: datetime = NOW
    passed: float = 0.0
    pauses: list[float] = field(default_factory=list)

    def now(self) -> datetime:
        return self.moment

    def monotonic(self) -> float:
        return self.passed

    async def sleep(self, seconds: float) -> None:
        self.pauses.append(seconds)
        self.passed += seconds
        self.moment += timedelta(seconds=seconds)
