"""The query protocol: a form in, XML out.

Source: STS API reference, version 2011-06-15, "Making Query requests".
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import quote_plus

from app.domain.secret import Secret

if TYPE_CHECKING:
    from collections.abc import Iterable

    from app.domain.sts_requests import Parameter

API_VERSION = "2011-06-15"
CONTENT_TYPE = "application/x-www-form-urlencoded; charset=utf-8"
_PLAIN = re.compile(r"[0-9A-Za-z_.~-]*")
"""What is the same in a form: most names and values are."""


def encode(action: str, parameters: Iterable[Parameter]) -> bytes:
    """The body of the POST. It holds the request's secrets: send it, keep it nowhere."""
    pairs = [f"Action={action}&Version={API_VERSION}"]
    pairs += [
        f"{_encoded(name)}={_encoded(value.reveal() if isinstance(value, Secret) else value)}"
        for name, value in parameters
    ]
    return "&".join(pairs).encode("ascii")


def _encoded(text: str) -> str:
    return text if _PLAIN.fullmatch(text) else quote_plus(text)
