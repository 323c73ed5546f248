"""The keys of OpenID providers, fetched as AWS fetches them: discovery document, then key set, kept till one misses.

Source: OpenID Connect Discovery 1.0, section 4; RFC 7517.
"""

from __future__ import annotations

import contextlib
import http.client
import json
import socket
import threading
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from app.standin.wire import Refusal
from app.standin.world import KEY_TYPES, is_fetchable

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import datetime

    from app.standin.world import OidcProvider

KEPT_FOR = timedelta(minutes=15)
DISCOVERY = "/.well-known/openid-configuration"
_BODY_MOST = 1 << 18
_OK = 200

Jwk = dict[str, Any]


class Unreachable(Exception):
    """A provider did not hand out its keys; the text says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Known:
    keys: tuple[Jwk, ...] = ()
    fetched: datetime | None = None
    failed: str = ""


class KeyStore:
    """What was fetched so far, by issuer; safe for several threads. `seconds` is how long one fetch may take."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._lock = threading.Lock()
        self._known: dict[str, _Known] = {}

    def look_up(self, provider: OidcProvider, kid: str, now: datetime) -> None:
        """Fetch the provider's keys unless they are at hand: fresh, and with the key that is asked for.

        Takes its time; how it went shows in `find`.
        """
        if provider.jwks is not None:
            return
        known = self._of(provider.issuer)
        fresh = known.fetched is not None and abs(now - known.fetched) < KEPT_FOR
        if fresh and any(key.get("kid") == kid for key in known.keys):
            return
        try:
            found = _Known(keys=fetch_keys(provider.issuer, self._seconds), fetched=now)
        except Unreachable as error:
            found = replace(known, failed=str(error))
        with self._lock:
            self._known[provider.issuer] = found

    def find(self, provider: OidcProvider, kid: str, algorithm: str) -> Jwk:
        """The key to verify a token with. Raises Refusal when there is none, or when nobody could ask for it."""
        static = provider.jwks
        known = self._of(provider.issuer) if static is None else _Known(keys=usable(static))
        for key in known.keys:
            if key.get("kid") == kid and key["kty"] == KEY_TYPES[algorithm]:
                return key
        if known.failed:
            raise Refusal("IDPCommunicationError", f"The identity provider could not be asked: {known.failed}")
        raise Refusal("InvalidIdentityToken", "No OpenID Connect provider key fits the kid of the ID token.")

    def _of(self, issuer: str) -> _Known:
        with self._lock:
            return self._known.get(issuer, _Known())


def usable(jwks: Mapping[str, Any]) -> tuple[Jwk, ...]:
    """The keys of a key set that can verify an ID token."""
    listed = jwks.get("keys")
    keys = listed if isinstance(listed, list) else []
    return tuple(
        key
        for key in keys
        if isinstance(key, dict) and key.get("kty") in KEY_TYPES.values() and key.get("use", "sig") == "sig"
    )


def fetch_keys(issuer: str, seconds: float) -> tuple[Jwk, ...]:
    """Ask a provider for its keys, within that time. Raises Unreachable."""
    document = _fetch(issuer.rstrip("/") + DISCOVERY, seconds)
    if document.get("issuer") != issuer:
        raise Unreachable("its discovery document is another issuer's")
    return usable(_fetch(str(document.get("jwks_uri")), seconds))


def _fetch(url: str, seconds: float) -> dict[str, Any]:
    try:
        parts = urlsplit(url)
        if not is_fetchable(url) or parts.hostname is None:
            raise Unreachable("an address is neither at https nor at http on this machine")
        kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
        connection = kind(parts.hostname, parts.port, timeout=seconds)
        with contextlib.closing(connection), _limited(connection, seconds):
            connection.request("GET", parts.path + (f"?{parts.query}" if parts.query else ""))
            answer = connection.getresponse()
            body = answer.read(_BODY_MOST)
            if answer.status != _OK:
                raise Unreachable(f"it answered {answer.status}")
            document = json.loads(body)
    except (OSError, http.client.HTTPException) as error:
        raise Unreachable(f"{type(error).__name__}") from error
    except (ValueError, RecursionError) as error:
        raise Unreachable("its answer is no JSON, or was cut off") from error
    if not isinstance(document, dict):
        raise Unreachable("its answer is no JSON object")
    return document


@contextlib.contextmanager
def _limited(connection: http.client.HTTPConnection, seconds: float) -> Iterator[None]:
    """End the connection after that time, however slowly the other side drips."""
    connection.connect()
    # The connection lets go of its socket when it hands it to the answer
    held: socket.socket = connection.sock

    def end() -> None:
        with contextlib.suppress(OSError):
            held.shutdown(socket.SHUT_RDWR)

    timer = threading.Timer(seconds, end)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
