"""Who signed a request, and is the signature right: Signature Version 4, in the header form and the query form.

What is signed is put together by botocore's own signer; this module only decides which parts of the request go in.
Rules: "AWS Signature Version 4 for API requests" in the IAM User Guide.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from http.client import HTTPMessage
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, quote

from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials

from app.standin.limits import regions
from app.standin.refusals import Refused, bad_signature

if TYPE_CHECKING:
    from collections.abc import Mapping

ALGORITHM = "AWS4-HMAC-SHA256"
TIMESTAMP = "%Y%m%dT%H%M%SZ"
SKEW = timedelta(minutes=15)
EXPIRES_MOST = 604_800
SCOPE_PARTS = 5
_HEX = re.compile(r"[0-9a-f]{64}")
_SIGNING = frozenset(
    {
        "X-Amz-Algorithm",
        "X-Amz-Credential",
        "X-Amz-Date",
        "X-Amz-Expires",
        "X-Amz-SignedHeaders",
        "X-Amz-Security-Token",
        "X-Amz-Signature",
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """One HTTP request as it came. Header names are in lower case; `query` is the raw text behind the `?`."""

    method: str
    path: str
    query: str
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """What a request says about its signature; nothing of it is checked against a secret yet."""

    access_key_id: str
    token: str | None
    scope_date: str
    region: str
    timestamp: str
    signed_headers: tuple[str, ...]
    signature: str
    in_query: bool
    expires: int = 0


def claim_of(request: Request) -> Claim | None:
    """Read the signature's parts; None when the request bears none. Raises Refused (IncompleteSignature and others)."""
    query = dict(parse_qsl(request.query, keep_blank_values=True))
    header = request.headers.get("authorization")
    if header is None and not {"X-Amz-Algorithm", "X-Amz-Signature", "X-Amz-Credential"} & query.keys():
        return None
    if header is not None:
        algorithm, _, rest = header.partition(" ")
        parts = dict(part.strip().partition("=")[::2] for part in rest.split(","))
        timestamp = request.headers.get("x-amz-date", "")
        token = request.headers.get("x-amz-security-token")
    else:
        algorithm = query.get("X-Amz-Algorithm", "")
        parts = {name: query.get(f"X-Amz-{name}", "") for name in ("Credential", "SignedHeaders", "Signature")}
        timestamp = query.get("X-Amz-Date", "")
        token = query.get("X-Amz-Security-Token")
    if algorithm != ALGORITHM:
        raise Refused("IncompleteSignature", f"Authorization requires the algorithm {ALGORITHM}.")
    _demand_all(parts, timestamp)
    access_key_id, date, region, service, end = _scope(parts["Credential"])
    if service != "sts":
        raise bad_signature("Credential should be scoped to correct service: 'sts'. ")
    if end != "aws4_request":
        raise bad_signature("Credential should be scoped with a valid terminator: 'aws4_request'. ")
    if region not in regions():
        raise bad_signature("Credential should be scoped to a valid region. ")
    return Claim(
        access_key_id=access_key_id,
        token=token,
        scope_date=date,
        region=region,
        timestamp=timestamp,
        signed_headers=tuple(parts["SignedHeaders"].split(";")),
        signature=parts["Signature"],
        in_query=header is None,
        expires=0 if header is not None else _expires(query.get("X-Amz-Expires", "")),
    )


def parameters(request: Request) -> str:
    """The query-protocol parameters, form-encoded: the body, and what the query holds beside the signature."""
    pairs = parse_qsl(request.query, keep_blank_values=True)
    ours = [pair for pair in pairs if pair[0] not in _SIGNING]
    texts = ["&".join(f"{quote(name)}={quote(value)}" for name, value in ours), request.body.decode("utf-8", "replace")]
    return "&".join(text for text in texts if text)


def check_time(claim: Claim, now: datetime) -> None:
    """Refuse a request that was signed more than 15 minutes before or after `now`, or too early for its own expiry."""
    try:
        signed = datetime.strptime(claim.timestamp, TIMESTAMP).replace(tzinfo=UTC)
    except ValueError:
        raise Refused(
            "IncompleteSignature", f"Date must be in ISO-8601 'basic format'. Got '{claim.timestamp}'."
        ) from None
    if claim.scope_date != claim.timestamp[:8]:
        raise bad_signature(
            f"Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: "
            f"'{claim.scope_date}' != '{claim.timestamp[:8]}'."
        )
    if claim.in_query and now > signed + timedelta(seconds=claim.expires):
        raise Refused("RequestExpired", "Request has expired.")
    if now - signed > SKEW:
        limit = now - SKEW
        raise bad_signature(
            f"Signature expired: {claim.timestamp} is now earlier than {limit:{TIMESTAMP}} "
            f"({now:{TIMESTAMP}} - 15 min.)"
        )
    if signed - now > SKEW:
        limit = now + SKEW
        raise bad_signature(
            f"Signature not yet current: {claim.timestamp} is still later than {limit:{TIMESTAMP}} "
            f"({now:{TIMESTAMP}} + 15 min.)"
        )


def check_signature(request: Request, claim: Claim, secret: str) -> None:
    """Refuse a signature that `secret` does not make of this request."""
    signed = set(claim.signed_headers)
    if "host" not in signed:
        raise bad_signature("'Host' must be a 'SignedHeader' in the AWS Authorization.")
    if list(claim.signed_headers) != sorted(signed) or not signed <= request.headers.keys():
        raise bad_signature("The signed headers are unsorted, repeated or missing in the request.")
    unsigned = {name for name in request.headers if name.startswith("x-amz-")} - signed
    if unsigned:
        raise bad_signature(f"'{min(unsigned)}' must be a 'SignedHeader' in the AWS Authorization.")
    announced = request.headers.get("x-amz-content-sha256")
    if announced is not None and announced != hashlib.sha256(request.body).hexdigest():
        raise bad_signature("The value of x-amz-content-sha256 is not the hash of the body.")
    signer = _Signer(Credentials(claim.access_key_id, secret), claim.region, claim.signed_headers)
    if not hmac.compare_digest(signer.expected(request, claim), claim.signature):
        raise bad_signature(
            "The request signature we calculated does not match the signature you provided. Check your AWS Secret "
            "Access Key and signing method. Consult the service documentation for details."
        )


class _Signer(SigV4Auth):  # type: ignore[misc]  # botocore carries no types
    """botocore's signer, told to sign exactly the headers that the request says are signed."""

    def __init__(self, credentials: Credentials, region: str, signed_headers: tuple[str, ...]) -> None:
        super().__init__(credentials, "sts", region)
        self._signed_headers = signed_headers

    def headers_to_sign(self, request: AWSRequest) -> HTTPMessage:
        chosen = HTTPMessage()
        for name in self._signed_headers:
            chosen[name] = request.headers[name]
        return chosen

    def expected(self, request: Request, claim: Claim) -> str:
        """The signature in 64 hexadecimal digits."""
        url = f"http://{request.headers.get('host', '')}{request.path}"
        query = canonical_query(request.query)
        aws = AWSRequest(
            method=request.method,
            url=f"{url}?{query}" if query else url,
            headers=dict(request.headers),
            data=request.body,
        )
        aws.context["timestamp"] = claim.timestamp
        return str(self.signature(self.string_to_sign(aws, self.canonical_request(aws)), aws))


def canonical_query(query: str) -> str:
    """The query in the one encoding that is signed, without the signature itself."""
    pairs = parse_qsl(query, keep_blank_values=True)
    return "&".join(
        f"{quote(name, safe='-_.~')}={quote(value, safe='-_.~')}" for name, value in pairs if name != "X-Amz-Signature"
    )


def _demand_all(parts: Mapping[str, str], timestamp: str) -> None:
    missing = [name for name in ("Credential", "SignedHeaders", "Signature") if not parts.get(name)]
    if missing:
        raise Refused("IncompleteSignature", f"Authorization header requires '{missing[0]}' parameter.")
    if not timestamp:
        raise Refused("IncompleteSignature", "Authorization header requires existence of an 'X-Amz-Date' header.")
    if not _HEX.fullmatch(parts["Signature"]):
        raise Refused("IncompleteSignature", "The signature is not 64 hexadecimal digits.")


def _scope(credential: str) -> list[str]:
    scope = credential.split("/")
    if len(scope) != SCOPE_PARTS:
        raise Refused("IncompleteSignature", f"Credential must have exactly {SCOPE_PARTS} slash-delimited elements.")
    return scope


def _expires(text: str) -> int:
    if not re.fullmatch(r"[0-9]{1,6}", text) or not 1 <= int(text) <= EXPIRES_MOST:
        raise Refused("IncompleteSignature", f"X-Amz-Expires must be between 1 and {EXPIRES_MOST} seconds.")
    return int(text)
