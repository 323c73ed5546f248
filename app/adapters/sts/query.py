"""The query protocol: a form in, XML out.

Source: STS API reference, version 2011-06-15, "Making Query requests".
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode

from app.domain.secret import Secret

if TYPE_CHECKING:
    from app.domain.sts_requests import Request

API_VERSION = "2011-06-15"
CONTENT_TYPE = "application/x-www-form-urlencoded; charset=utf-8"


def encode(request: Request) -> bytes:
    """The body of the POST. It holds the request's secrets: send it, keep it nowhere."""
    pairs = [("Action", request.ACTION), ("Version", API_VERSION)]
    pairs += [(name, value.reveal() if isinstance(value, Secret) else value) for name, value in request.parameters()]
    return urlencode(pairs).encode("ascii")
