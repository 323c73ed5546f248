"""The parts of an address that a request needs."""

from __future__ import annotations

import re

from app.domain.values import dataclass

_PLAIN = re.compile(
    r"(https?)://(?![^/]*xn--)((?:[0-9a-z][0-9a-z-]*\.)*[a-z][0-9a-z-]*|127\.0\.0\.1)(?::([1-9][0-9]{0,4}))?"
    r"((?:/(?:[0-9A-Za-z_~=:@+,-]|(?<!/)\.|\.(?=[0-9A-Za-z_-]))*)*)(\?[0-9A-Za-z._~=&+:/@,-]*)?"
)
"""What is the same however it is read: lower-case ASCII, nothing to escape, no dots that lead elsewhere."""
_PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """As `httpx.URL` has them. `port` is None for the scheme's own."""

    scheme: str
    host: str
    port: int | None
    raw_path: bytes

    @property
    def raw_host(self) -> bytes:
        """The host as it is looked up."""
        return self.host.encode("ascii")

    @property
    def netloc(self) -> bytes:
        """What the Host header says."""
        return self.raw_host if self.port is None else b"%s:%d" % (self.raw_host, self.port)


def is_plain(text: str) -> bool:
    """Whether httpx is not needed to take an address apart."""
    return _PLAIN.fullmatch(text) is not None


def read_address(text: str) -> Address | None:
    """Take an address apart; None for one that is not plain."""
    found = _PLAIN.fullmatch(text)
    if found is None:
        return None
    scheme, host, port, path, query = found.groups()
    number = int(port) if port else None
    return Address(
        scheme=scheme,
        host=host,
        port=None if number == _PORTS[scheme] else number,
        raw_path=((path or "/") + (query or "")).encode("ascii"),
    )
