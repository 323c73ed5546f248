"""Clients that nobody here wrote: boto3, and plain http.client with botocore's signer."""

from __future__ import annotations

import http.client
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, TypeAlias
from unittest.mock import patch
from urllib.parse import urlencode, urlsplit

import boto3
import pytest
from botocore import UNSIGNED
from botocore.auth import SigV4Auth, SigV4QueryAuth
from botocore.awsrequest import AWSRequest
from botocore.config import Config
from botocore.credentials import Credentials
from botocore.exceptions import ClientError

from app.standin.totp import code_at, step_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from app.standin import StandIn, User

REGION = "eu-west-1"
Untyped: TypeAlias = Any
"""What boto3 and botocore make and take: they carry no types."""
_SESSION = boto3.session.Session()
PRODUCTION, STAGING, SANDBOX = "123456789012", "210987654321", "345678901234"


def arn(account: str, role: str) -> str:
    return f"arn:aws:iam::{account}:role/{role}"


def sts(aws: StandIn, keys: Mapping[str, Any] | None = None, *, region: str = REGION, **options: Untyped) -> Untyped:
    """A boto3 client; `keys` is the element Credentials of an answer, or none for alice's own key."""
    alice = aws.world.users["alice"]
    keys = keys or {"AccessKeyId": alice.access_key_id, "SecretAccessKey": alice.secret_access_key}
    return sts_at(aws.url, keys, region=region, **options)


def sts_at(url: str, keys: Mapping[str, Any], *, region: str = REGION, **options: Untyped) -> Untyped:
    """The same for any address. Nothing is repeated and nothing checked on our side unless `options` say so."""
    return _SESSION.client(
        "sts",
        endpoint_url=url,
        region_name=region,
        aws_access_key_id=keys["AccessKeyId"],
        aws_secret_access_key=keys["SecretAccessKey"],
        aws_session_token=keys.get("SessionToken"),
        config=Config(**{"retries": {"total_max_attempts": 1}, "parameter_validation": False, **options}),
    )


def unsigned(aws: StandIn) -> Untyped:
    """A boto3 client without any key."""
    config = Config(retries={"total_max_attempts": 1}, signature_version=UNSIGNED)
    return _SESSION.client("sts", endpoint_url=aws.url, region_name=REGION, config=config)


def code(user: User, steps: int = 0) -> str:
    return code_at(user.totp_secret, step_of(datetime.now(UTC)) + steps)


def mfa(user: User) -> dict[str, Any]:
    return {"SerialNumber": user.mfa_serial, "TokenCode": code(user)}


def assume(aws: StandIn, role: str, keys: Mapping[str, Any] | None = None, **more: Untyped) -> Untyped:
    return sts(aws, keys).assume_role(**{"RoleArn": role, "RoleSessionName": "alice", **more})


def keys_of(aws: StandIn, role: str, keys: Mapping[str, Any] | None = None, **more: Untyped) -> Untyped:
    return assume(aws, role, keys, **more)["Credentials"]


@dataclass(frozen=True)
class Refused:
    status: int
    code: str
    message: str


def refused(call: Callable[[], object]) -> Refused:
    with pytest.raises(ClientError) as caught:
        call()
    answer: Any = caught.value.response
    error = answer["Error"]
    assert answer["ResponseMetadata"]["RequestId"] == answer["ResponseMetadata"]["HTTPHeaders"]["x-amzn-requestid"]
    return Refused(answer["ResponseMetadata"]["HTTPStatusCode"], error["Code"], error["Message"])


@dataclass
class Raw:
    """One hand-made call. `send` signs it; `after` may then spoil it."""

    aws: StandIn
    fields: Mapping[str, str]
    service: str = "sts"
    region: str = REGION
    signed_at: datetime | None = None
    presigned: int = 0
    token: str | None = None
    headers: Mapping[str, str] | None = None
    after: Callable[[Any], None] | None = None

    def send(self) -> tuple[int, str]:
        """The status and the error code (or the whole body of a success)."""
        alice = self.aws.world.users["alice"]
        credentials = Credentials(alice.access_key_id, alice.secret_access_key, self.token)
        query = urlencode(self.fields)
        if self.presigned:
            request = AWSRequest("GET", f"{self.aws.url}/?{query}", headers=dict(self.headers or {}))
            signer = SigV4QueryAuth(credentials, self.service, self.region, expires=self.presigned)
        else:
            headers = {"Content-Type": "application/x-www-form-urlencoded", **(self.headers or {})}
            request = AWSRequest("POST", f"{self.aws.url}/", headers=headers, data=query.encode())
            signer = SigV4Auth(credentials, self.service, self.region)
        with patch("botocore.auth.get_current_datetime", lambda: self.signed_at or datetime.now(UTC)):
            signer.add_auth(request)
        if self.after:
            self.after(request)
        return plain(self.aws, request.method, request.url, dict(request.headers), request.data or b"")


def plain(
    aws: StandIn, method: str, url: str, headers: Mapping[str, str] | None = None, body: bytes = b""
) -> tuple[int, str]:
    """Send something as it is; the status and the error code (or the whole body where there is none)."""
    parts = urlsplit(url)
    connection = http.client.HTTPConnection(urlsplit(aws.url).netloc, timeout=20)
    try:
        connection.request(
            method, f"{parts.path}?{parts.query}" if parts.query else parts.path, body, dict(headers or {})
        )
        answer = connection.getresponse()
        text = answer.read().decode()
    finally:
        connection.close()
    found = re.search("<Code>(.*)</Code>", text)
    return answer.status, found[1] if found else text
