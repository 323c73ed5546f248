"""What a request to the loopback listener means. Pure and total: whatever comes, a verdict goes out.

Only a request that knows the state of the sign-in under way learns that anybody listens; all others are strangers.

Source: RFC 6749, sections 3.1, 4.1.2; RFC 8252, section 7.3; RFC 9207, section 2.4.
"""

from __future__ import annotations

import hmac
import re
from collections import Counter
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl

from app.adapters.oidc import errors
from app.domain.secret import Secret
from app.domain.values import dataclass

if TYPE_CHECKING:
    from app.domain.errors import RolecallError

CALLBACK = "/callback"
DONE = "/done"
_FIELDS_MOST = 64
_KNOWN = ("state", "code", "error", "error_description", "iss")
_REQUEST = re.compile(r"GET (/[!-~]*) HTTP/1\.[01]")
_HEADER = re.compile(r"([!#$%&'*+.^_`|~0-9A-Za-z-]+):(.*)", re.DOTALL)
_CODE = re.compile(r"[ -~]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Awaited:
    """The answer that is waited for. `host` is ours, with the port. `named`: the provider must say who it is."""

    host: str
    state: Secret
    issuer: str
    named: bool


@dataclass(frozen=True, slots=True)
class Stranger:
    """None of our business."""


@dataclass(frozen=True, slots=True)
class Visit:
    """The browser wants the page that follows the answer."""


@dataclass(frozen=True, slots=True)
class Misfit:
    """It knows the state, but is no answer. `why` is a sentence."""

    why: str


@dataclass(frozen=True, slots=True)
class Code:
    """The provider's answer: an authorization code."""

    code: Secret


@dataclass(frozen=True, slots=True)
class Failure:
    """The provider's answer: no."""

    error: RolecallError


Verdict = Stranger | Visit | Misfit | Code | Failure


def read(head: bytes, awaited: Awaited) -> Verdict:
    """Judge a request by its head (request line and headers)."""
    lines = head.decode("latin-1").removesuffix("\r\n\r\n").split("\r\n")
    request = _REQUEST.fullmatch(lines[0])
    headers = [_HEADER.fullmatch(line) for line in lines[1:]]
    if request is None or not all(headers):
        return Stranger()
    found = [(each[1].lower(), each[2].strip(" \t")) for each in headers if each]
    path, _, query = request[1].partition("?")
    if path not in (CALLBACK, DONE) or not _comes_by_navigation(found, awaited.host):
        return Stranger()
    if path == DONE:
        return Visit() if not query else Stranger()
    return _judge(query, awaited)


def _comes_by_navigation(headers: list[tuple[str, str]], host: str) -> bool:
    """Whether somebody's browser shows the answer in a window of its own, asked for by our very address.

    A page that fetches, embeds or posts is not that (Fetch Metadata Request Headers); the way from the provider is a
    cross-site navigation, which is right here.
    """

    def values(name: str) -> list[str]:
        return [value for each, value in headers if each == name]

    return (
        values("host") == [host]
        and set(values("origin")) <= {f"http://{host}"}
        and set(values("sec-fetch-mode")) <= {"navigate"}
        and set(values("sec-fetch-dest")) <= {"document"}
    )


def _judge(query: str, awaited: Awaited) -> Verdict:
    try:
        pairs = parse_qsl(query, keep_blank_values=True, max_num_fields=_FIELDS_MOST)
    except ValueError:
        return Stranger()
    times = Counter(name for name, _ in pairs)
    values = dict(pairs)
    if times["state"] != 1 or not _same(values["state"], awaited.state.reveal()):
        return Stranger()
    if any(times[name] > 1 for name in _KNOWN):
        return Misfit("An answer came that says the same thing twice.")
    if ("code" in values) == ("error" in values):
        return Misfit("An answer came that is neither a yes nor a no.")
    return _answer(values, awaited)


def _answer(values: dict[str, str], awaited: Awaited) -> Verdict:
    issuer = values.get("iss", "")
    # Whoever answers may say them again elsewhere
    secrets = (awaited.state, Secret(values.get("code", "")))
    if ("iss" in values or awaited.named) and not _same(issuer, awaited.issuer):
        return Failure(errors.issuer(awaited.issuer, errors.shown(issuer, secrets)))
    if "error" in values:
        error, description = values["error"], values.get("error_description", "")
        name = awaited.issuer or "The provider"
        return Failure(errors.refused(name, error, description, secrets=secrets))
    if not _CODE.fullmatch(values["code"]):
        return Misfit("An answer came whose code cannot be one.")
    return Code(Secret(values["code"]))


def _same(one: str, other: str) -> bool:
    return hmac.compare_digest(one.encode(), other.encode())
