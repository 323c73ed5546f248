"""Which addresses a login may load, which are AWS's own, and how a host is shown. Pure."""

from __future__ import annotations

import ipaddress
from urllib.parse import parse_qsl, urlsplit

from app.domain.values import dataclass

AWS = ("signin.aws.amazon.com", "signin.amazonaws.cn", "signin.amazonaws-us-gov.com", "signin.amazonaws-eusc.eu")
"""Where AWS receives SAML responses (`app.domain.acs`), and below which its regions have their hosts."""
_WEB = {"https": 443, "http": 80, "wss": 443, "ws": 80}
_ENCRYPTED = ("https", "wss")


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a page is from, for people: the host as DNS has it (names beyond ASCII as `xn--…`), port if unusual.

    Nothing came from there yet while it is `loading`, and nothing did when it `failed`. The host of pages that
    `is_unknown` is empty.
    """

    host: str
    encrypted: bool
    loading: bool = False
    failed: bool = False

    @property
    def is_unknown(self) -> bool:
        """Whether nobody can be named who answers for what is shown."""
        return not self.host


def host_of(url: str) -> str:
    """The host in lower case, without the dot that may end it; empty when there is none."""
    try:
        host = urlsplit(url).hostname
    except ValueError:
        return ""
    return (host or "").removesuffix(".")


def is_loopback(host: str) -> bool:
    """Whether a host is this machine, whatever any resolver says (RFC 6761, 6.3: localhost; RFC 1122; RFC 4291)."""
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def may_load(url: str) -> bool:
    """Whether anything may be loaded from there: encrypted, or from this machine."""
    scheme = url.partition(":")[0].lower()
    host = host_of(url)
    return scheme in _WEB and bool(host) and (scheme in _ENCRYPTED or is_loopback(host))


def may_be_page(url: str) -> bool:
    """Whether a whole page may come from there; new windows begin with `about:blank`."""
    return url == "about:blank" or (url.lower().startswith("http") and may_load(url))


def may_be_frame(url: str) -> bool:
    """Whether a part of a page may come from there; pages also fill such parts themselves."""
    return url.partition(":")[0].lower() in ("about", "data", "blob") or may_be_page(url)


def is_aws(url: str) -> bool:
    """Whether the host is one where AWS receives SAML responses, whatever the path: nothing is ever sent there."""
    host = host_of(url)
    return any(host == each or host.endswith(f".{each}") for each in AWS)


def origin(url: str) -> str:
    """Scheme, host and port of a web address (RFC 6454), the port always written; empty for what has none."""
    scheme = url.partition(":")[0].lower()
    host = host_of(url)
    try:
        port = urlsplit(url).port or _WEB.get(scheme)
    except ValueError:
        return ""
    return f"{scheme}://{host}:{port}" if host and port else ""


def without_query(url: str) -> str:
    """The address without what follows its path."""
    return url.partition("#")[0].partition("?")[0]


def carries_response(url: str) -> bool:
    """Whether a SAML response stands in the address itself, as a form with the method GET makes it."""
    query = url.partition("#")[0].partition("?")[2]
    return any(name.lower() == "samlresponse" for name, _ in parse_qsl(query, keep_blank_values=True))


NOBODYS = Place(host="", encrypted=False)
"""Of a page that somebody wrote who cannot be named."""


def place(url: str) -> Place | None:
    """Where a page is from; None for pages without a host."""
    host = host_of(url)
    if not host or not host.isascii():
        return None
    parts = urlsplit(url)
    shown = f"[{host}]" if ":" in host else host
    try:
        port = parts.port
    except ValueError:
        return None
    if port not in (None, _WEB.get(parts.scheme)):
        shown += f":{port}"
    return Place(host=shown, encrypted=parts.scheme in _ENCRYPTED)
