"""Signature Version 4, checked by signing the received request once more with botocore's own signer.

Source of the rules: AWS General Reference, "Signature Version 4"; the messages are those STS is known to send.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.compat import HTTPHeaders
from botocore.credentials import Credentials

from app.standin.wire import FORBIDDEN, Refusal

if TYPE_CHECKING:
    from app.standin.keys import Caller, Keys
    from app.standin.wire import Call

ALGORITHM = "AWS4-HMAC-SHA256"
SKEW = timedelta(minutes=15)
QUERY_NAMES = frozenset(
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
_STAMP = "%Y%m%dT%H%M%SZ"
_SERVICE = "sts"
_SCOPE_PARTS = 5
_LONGEST_EXPIRY = 604800
_REGION = re.compile(r"[a-z]{2,8}(-[a-z]+){1,3}-[0-9]{1,2}")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Claim:
    """What a request says about its signature. `lasts`: how long a presigned URL is good."""

    access_key_id: str
    scope: tuple[str, str, str, str]
    stamp: str
    signed_headers: tuple[str, ...]
    signature: str
    token: str
    lasts: timedelta


def verify(call: Call, keys: Keys, now: datetime) -> tuple[Caller, str]:
    """Who signed, and for which region. Raises Refusal."""
    presigned = dict(call.query()).get("X-Amz-Signature") is not None
    claim = _presigned(call) if presigned else _header(call)
    region = _check_scope(claim)
    caller = keys.find(claim.access_key_id)
    if caller is None or not hmac.compare_digest(caller.session_token.encode(), claim.token.encode()):
        raise Refusal(
            "InvalidClientTokenId", "The security token included in the request is invalid.", status=FORBIDDEN
        )
    _check_time(claim, now)
    _check_headers(call, claim)
    if not hmac.compare_digest(_sign(call, claim, caller, presigned=presigned).encode(), claim.signature.encode()):
        raise _mismatch(
            "The request signature we calculated does not match the signature you provided. Check your AWS Secret "
            "Access Key and signing method. Consult the service documentation for details."
        )
    if caller.expires is not None and now >= caller.expires:
        raise Refusal("ExpiredToken", "The security token included in the request is expired", status=FORBIDDEN)
    return caller, region


def _mismatch(message: str) -> Refusal:
    return Refusal("SignatureDoesNotMatch", message, status=FORBIDDEN)


def _incomplete(message: str) -> Refusal:
    return Refusal("IncompleteSignature", message)


def _header(call: Call) -> _Claim:
    header = call.headers.get("Authorization")
    if not header:
        raise Refusal("MissingAuthenticationToken", "Request is missing Authentication Token", status=FORBIDDEN)
    algorithm, _, rest = header.partition(" ")
    if algorithm != ALGORITHM:
        raise _incomplete(f"Authorization header must begin with {ALGORITHM}.")
    given: dict[str, str] = {}
    for part in rest.split(","):
        name, _, value = part.strip().partition("=")
        given[name] = value
    for name in ("Credential", "Signature", "SignedHeaders"):
        if not given.get(name):
            raise _incomplete(f"Authorization header requires '{name}' parameter.")
    stamp = call.headers.get("X-Amz-Date")
    if not stamp:
        raise _incomplete("Authorization header requires existence of an 'X-Amz-Date' header.")
    return _claim(given, stamp=stamp, token=call.headers.get("X-Amz-Security-Token", ""), lasts=SKEW)


def _presigned(call: Call) -> _Claim:
    given = {name.removeprefix("X-Amz-"): value for name, value in call.query() if name in QUERY_NAMES}
    for name in ("Algorithm", "Credential", "Date", "SignedHeaders"):
        if not given.get(name):
            raise _incomplete(f"AWS query-string parameters must include 'X-Amz-{name}'.")
    if given["Algorithm"] != ALGORITHM:
        raise _incomplete(f"X-Amz-Algorithm must be {ALGORITHM}.")
    expires = given.get("Expires", "900")
    if not re.fullmatch(r"[0-9]{1,6}", expires) or not 1 <= int(expires) <= _LONGEST_EXPIRY:
        raise _incomplete(f"X-Amz-Expires must be a number of seconds from 1 to {_LONGEST_EXPIRY}.")
    return _claim(
        given, stamp=given["Date"], token=given.get("Security-Token", ""), lasts=timedelta(seconds=int(expires))
    )


def _claim(given: dict[str, str], *, stamp: str, token: str, lasts: timedelta) -> _Claim:
    parts = given["Credential"].split("/")
    if len(parts) != _SCOPE_PARTS:
        raise _incomplete("Credential must have exactly 5 slash-delimited elements.")
    key_id, *scope = parts
    return _Claim(
        access_key_id=key_id,
        scope=(scope[0], scope[1], scope[2], scope[3]),
        stamp=stamp,
        signed_headers=tuple(given["SignedHeaders"].split(";")),
        signature=given["Signature"],
        token=token,
        lasts=lasts,
    )


def _check_scope(claim: _Claim) -> str:
    date, region, service, end = claim.scope
    if not _REGION.fullmatch(region):
        raise _mismatch("Credential should be scoped to a valid region.")
    if service != _SERVICE:
        raise _mismatch(f"Credential should be scoped to correct service: '{_SERVICE}'.")
    if end != "aws4_request":
        raise _mismatch("Credential should be scoped with a valid terminator: 'aws4_request'.")
    if date != claim.stamp[:8]:
        raise _mismatch(
            f"Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '{date}' != "
            f"'{claim.stamp[:8]}', from '{claim.stamp}'."
        )
    return region


def _check_time(claim: _Claim, now: datetime) -> None:
    try:
        signed = datetime.strptime(claim.stamp, _STAMP).replace(tzinfo=UTC)
    except ValueError:
        raise _incomplete(f"Date must be in ISO-8601 'basic format'. Got '{claim.stamp}'.") from None
    stamp = now.strftime(_STAMP)
    if now > signed + claim.lasts:
        early = (now - claim.lasts).strftime(_STAMP)
        minutes = int(claim.lasts.total_seconds()) // 60
        raise _mismatch(f"Signature expired: {claim.stamp} is now earlier than {early} ({stamp} - {minutes} min.)")
    if signed > now + SKEW:
        late = (now + SKEW).strftime(_STAMP)
        raise _mismatch(f"Signature not yet current: {claim.stamp} is still later than {late} ({stamp} + 15 min.)")


def _check_headers(call: Call, claim: _Claim) -> None:
    """`host` and every `x-amz-…` header have to be signed, and a stated hash has to be the body's."""
    present = {name.lower() for name in call.headers}
    needed = {"host"} | {name for name in present if name.startswith("x-amz-")}
    for name in sorted(needed - set(claim.signed_headers)):
        raise _mismatch(f"'{name}' must be a 'SignedHeader' in the AWS Authorization.")
    for name in claim.signed_headers:
        if name not in present:
            raise _mismatch(f"The signed header '{name}' is not in the request.")
    stated = call.headers.get("X-Amz-Content-SHA256")
    if stated is not None and stated != hashlib.sha256(call.body).hexdigest():
        raise _mismatch("The value of the header 'X-Amz-Content-SHA256' does not match the body.")


def _sign(call: Call, claim: _Claim, caller: Caller, *, presigned: bool) -> str:
    headers = HTTPHeaders()
    for name, value in call.headers.items():
        if name.lower() in claim.signed_headers:
            headers[name.lower()] = value
    request = AWSRequest(
        method=call.method,
        url=f"http://{call.headers.get('Host', '')}{call.path}",
        headers=headers,
        data=call.body,
        # Decoded here and encoded again by the signer: AWS does not take an odd encoding for the canonical one either.
        params=[pair for pair in call.query() if not (presigned and pair[0] == "X-Amz-Signature")],
    )
    request.context["timestamp"] = claim.stamp
    signer: Any = SigV4Auth(Credentials(caller.access_key_id, caller.secret_access_key), _SERVICE, claim.scope[1])
    # Exactly what the client says it signed, where botocore as a client would choose.
    signer.headers_to_sign = lambda _request: headers
    return str(signer.signature(signer.string_to_sign(request, signer.canonical_request(request)), request))
