"""AWS Signature Version 4, pure: the same input gives the same signature.

Source: IAM User Guide, "Create a signed AWS API request". Only what is signed here goes into a signature: the caller
sends exactly the headers it got back.
"""

from __future__ import annotations

import hmac
from functools import lru_cache
from hashlib import sha256
from typing import TYPE_CHECKING
from urllib.parse import quote, urlsplit

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from app.domain.credentials import SigningKey
    from app.domain.secret import Secret

ALGORITHM = "AWS4-HMAC-SHA256"
_UNRESERVED = "-_.~"


def sign_headers(  # noqa: PLR0913  # a request, a key, a scope and a time are all that a signature is made of
    key: SigningKey,
    *,
    method: str,
    url: str,
    headers: Mapping[str, str],
    body: bytes,
    region: str,
    service: str,
    now: datetime,
) -> dict[str, str]:
    """Return `headers` with host, date, session token and Authorization added; names are lower-case.

    `url` is sent as given, its query already percent-encoded. `now` is UTC, by AWS's clock.
    """
    stamp = now.strftime("%Y%m%dT%H%M%SZ")
    signed = {name.lower(): value for name, value in headers.items()}
    signed.setdefault("host", urlsplit(url).netloc)
    signed["x-amz-date"] = stamp
    if key.session_token is not None:
        signed["x-amz-security-token"] = key.session_token.reveal()
    scope = f"{stamp[:8]}/{region}/{service}/aws4_request"
    request = canonical_request(method=method, url=url, headers=signed, payload_hash=sha256(body).hexdigest())
    signature = _signature(key, scope, string_to_sign(stamp, scope, request))
    names = _signed_names(signed)
    signed["authorization"] = (
        f"{ALGORITHM} Credential={key.access_key_id}/{scope}, SignedHeaders={names}, Signature={signature}"
    )
    return signed


def canonical_request(*, method: str, url: str, headers: Mapping[str, str], payload_hash: str) -> str:
    """The request as one text that sender and receiver can agree on. Header names are lower-case."""
    parts = urlsplit(url)
    lines = [f"{name}:{' '.join(value.split())}" for name, value in sorted(headers.items())]
    return "\n".join(
        [
            method.upper(),
            _canonical_path(parts.path),
            _sorted_query(parts.query),
            *lines,
            "",
            _signed_names(headers),
            payload_hash,
        ]
    )


def string_to_sign(stamp: str, scope: str, request: str) -> str:
    """What the signing key signs: algorithm, time, scope, and the digest of the canonical request."""
    return "\n".join([ALGORITHM, stamp, scope, sha256(request.encode()).hexdigest()])


def signing_key(secret_access_key: Secret, scope: str) -> bytes:
    """Derive the key of a scope `DATE/REGION/SERVICE/aws4_request`."""
    derived = f"AWS4{secret_access_key.reveal()}".encode()
    for part in scope.split("/"):
        derived = hmac.digest(derived, part.encode(), "sha256")
    return derived


def _signature(key: SigningKey, scope: str, text: str) -> str:
    return hmac.digest(signing_key(key.secret_access_key, scope), text.encode(), "sha256").hex()


def _signed_names(headers: Mapping[str, str]) -> str:
    return ";".join(sorted(headers))


def _sorted_query(query: str) -> str:
    pairs = [pair.partition("=") for pair in query.split("&")] if query else []
    return "&".join(f"{name}={value}" for name, value in sorted((name, value) for name, _, value in pairs))


@lru_cache(maxsize=32)
def _canonical_path(path: str) -> str:
    """Encoded once more; `.`, `..` and repeated slashes resolved, as every service but S3 does."""
    kept: list[str] = []
    for part in path.split("/"):
        if part == "..":
            del kept[-1:]
        elif part not in ("", "."):
            kept.append(part)
    slash = "/" if kept and path.endswith("/") else ""
    return quote(f"/{'/'.join(kept)}{slash}", safe=f"/{_UNRESERVED}")
