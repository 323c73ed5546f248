"""A provider's public keys, fetched anew when a token names one that is not known.

Source: RFC 7517; OpenID Connect Core 1.0, section 10.1.1 (rotation).
"""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING

from app.adapters.oidc import errors
from app.adapters.oidc.json_text import read_object
from app.adapters.oidc.wire import ask
from app.domain.values import dataclass, field

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from app.adapters.http import Http
    from app.adapters.oidc.discovery import Endpoints

LIFE = timedelta(hours=1)
ANEW = timedelta(seconds=30)
"""Keys are not fetched anew, out of turn, more often than this: who sends made-up key IDs cannot make us hammer."""
_MOST = 100
_OK, _TOO_MANY, _SERVER = 200, 429, 500
_NUMBER = re.compile(r"[0-9A-Za-z_-]{1,1400}")  # up to 8192 bits
_RSA_LEAST = 256
"""Bytes: RFC 7518, section 3.3, wants 2048 bits."""

Key = dict[str, str]
_FORMS = {"RSA": ("n", "e"), "EC": ("crv", "x", "y")}
_KINDS = {
    "RS256": ("RSA", ""),
    "RS384": ("RSA", ""),
    "RS512": ("RSA", ""),
    "ES256": ("EC", "P-256"),
    "ES384": ("EC", "P-384"),
    "ES512": ("EC", "P-521"),
}
ALGORITHMS = tuple(_KINDS)
"""What AWS takes. Source: IAM User Guide, "Create an OpenID Connect (OIDC) identity provider in IAM"."""


@dataclass(slots=True)
class _Kept:
    keys: tuple[Mapping[str, object], ...]
    fetched: datetime
    anew: datetime | None = field(default=None)


class Keys:
    """Fetches and keeps the keys of providers, by the address of their key set."""

    def __init__(self, http: Http, *, now: Callable[[], datetime]) -> None:
        self._http = http
        self._now = now
        self._kept: dict[str, _Kept] = {}

    async def candidates(self, endpoints: Endpoints, algorithm: str, key_id: str) -> tuple[Key, ...]:
        """The keys that may have signed. Without a key ID, all of the right kind.

        Raises ProviderTrouble `oidc-discovery` and NetworkTrouble.
        """
        now = self._now()
        kept = self._kept.get(endpoints.jwks)
        if kept is None or not timedelta() <= now - kept.fetched < LIFE:
            kept = self._kept[endpoints.jwks] = _Kept(await self._fetch(endpoints), now)
        return fitting(kept.keys, algorithm, key_id)

    async def renewed(self, endpoints: Endpoints) -> bool:
        """Fetch anew because a key was missing; False when that was done a moment ago."""
        now = self._now()
        kept = self._kept.get(endpoints.jwks)
        if kept is not None and kept.anew is not None and timedelta() <= now - kept.anew < ANEW:
            return False
        self._kept[endpoints.jwks] = _Kept(await self._fetch(endpoints), now, now)
        return True

    async def _fetch(self, endpoints: Endpoints) -> tuple[Mapping[str, object], ...]:
        answer = await ask(self._http, "GET", endpoints.jwks)
        if answer.status != _OK:
            later = answer.status >= _SERVER or answer.status == _TOO_MANY
            raise errors.discovery(endpoints.issuer, f"its keys were not given (status {answer.status}).", later=later)
        return read(answer.body, endpoints.issuer)


def read(document: bytes, issuer: str) -> tuple[Mapping[str, object], ...]:
    """The keys of a JWK set, whatever they are. Raises ProviderTrouble `oidc-discovery`."""
    try:
        keys = read_object(document).get("keys")
    except ValueError:
        keys = None
    if not isinstance(keys, list) or len(keys) > _MOST:
        raise errors.discovery(issuer, "what it gives as its keys is no set of keys.")
    return tuple(each for each in keys if isinstance(each, dict))


def fitting(keys: tuple[Mapping[str, object], ...], algorithm: str, key_id: str) -> tuple[Key, ...]:
    """Those public keys that may check a signature, reduced to their numbers. Shared secrets (`oct`) never may."""
    kind, curve = _KINDS.get(algorithm, ("", ""))
    return tuple(
        {"kty": kind, **{name: str(each[name]) for name in _FORMS[kind]}}
        for each in keys
        if each.get("kty") == kind
        and (not curve or each.get("crv") == curve)
        and (not key_id or each.get("kid") == key_id)
        and each.get("use") in (None, "sig")
        and each.get("alg") in (None, algorithm)
        and _may_verify(each.get("key_ops"))
        and _is_whole(each, kind)
    )


def _may_verify(operations: object) -> bool:
    return operations is None or (isinstance(operations, list) and "verify" in operations)


def _is_whole(key: Mapping[str, object], kind: str) -> bool:
    """Whether all numbers are there, none absurd, an RSA modulus not too short."""
    numbers = [key.get(name) for name in _FORMS[kind]]
    if not all(isinstance(each, str) and _NUMBER.fullmatch(each) for each in numbers):
        return False
    return kind != "RSA" or len(str(key["n"])) * 3 // 4 >= _RSA_LEAST
