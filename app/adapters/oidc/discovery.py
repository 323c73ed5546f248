"""Where a provider's endpoints are: its discovery document, or for two providers of OAuth 2.0 alone, known addresses.

Source: OpenID Connect Discovery 1.0, sections 3 and 4; RFC 8414, section 2; RFC 9207, section 3.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from app.adapters.oidc import errors
from app.adapters.oidc.json_text import read_object, text_of, texts_of
from app.adapters.oidc.wire import ask
from app.domain.endpoints import LOOPBACK_HOSTS
from app.domain.values import dataclass

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from app.adapters.http import Http
    from app.domain.configuration import Provider

LIFE = timedelta(hours=1)
_OK, _TOO_MANY, _SERVER = 200, 429, 500
_KNOWN = {
    "www.amazon.com": ("https://www.amazon.com/ap/oa", "https://api.amazon.com/auth/o2/token", ("profile",)),
    "graph.facebook.com": (
        "https://www.facebook.com/dialog/oauth",
        "https://graph.facebook.com/oauth/access_token",
        ("public_profile",),
    ),
}
"""By ProviderId: authorization endpoint, token endpoint, scopes. Sources: Login with Amazon, Facebook Login."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Endpoints:
    """What a provider offers. An address it does not offer is empty; an empty `issuer` means OAuth 2.0 alone.

    `auth_methods` are the ways its token endpoint lets a client with a secret prove itself, `revocation_methods`
    those of the revocation endpoint. `names_itself` promises `iss` in every answer that comes by the browser.
    """

    issuer: str
    authorization: str
    token: str
    jwks: str = ""
    device: str = ""
    revocation: str = ""
    end_session: str = ""
    auth_methods: tuple[str, ...] = ("client_secret_basic",)
    revocation_methods: tuple[str, ...] = ("client_secret_basic",)
    scopes: tuple[str, ...] = ()
    names_itself: bool = False


class Discovery:
    """Fetches discovery documents and keeps each for an hour."""

    def __init__(self, http: Http, *, now: Callable[[], datetime]) -> None:
        self._http = http
        self._now = now
        self._kept: dict[str, tuple[datetime, Endpoints]] = {}

    async def endpoints(self, provider: Provider) -> Endpoints:
        """Those of a provider. Raises ProviderTrouble and NetworkTrouble."""
        if provider.provider_id:
            return known(provider)
        now = self._now()
        fetched, found = self._kept.get(provider.issuer, (None, None))
        if fetched is None or found is None or not timedelta() <= now - fetched < LIFE:
            found = await self._fetch(provider.issuer)
            self._kept[provider.issuer] = (now, found)
        return found

    def forget(self, provider: Provider) -> None:
        """Ask again next time: what is known has led nowhere."""
        self._kept.pop(provider.issuer, None)

    async def _fetch(self, issuer: str) -> Endpoints:
        safe(issuer, "issuer", local=True)
        if urlsplit(issuer).query:
            raise errors.endpoint("An issuer has no query.", field="issuer")
        url = f"{issuer.rstrip('/')}/.well-known/openid-configuration"
        answer = await ask(self._http, "GET", url)
        if answer.status != _OK:
            later = answer.status >= _SERVER or answer.status == _TOO_MANY
            raise errors.discovery(issuer, f"it answered {answer.status} instead of describing itself.", later=later)
        return read(answer.body, issuer)


def read(document: bytes, issuer: str) -> Endpoints:
    """What a discovery document says. Raises ProviderTrouble `oidc-discovery`, `oidc-issuer`, `oidc-endpoint`."""
    try:
        values = read_object(document)
    except ValueError:
        why = "it answered with something that is no discovery document."
        raise errors.discovery(issuer, why) from None
    if values.get("issuer") != issuer:
        raise errors.issuer(issuer, errors.shown(text_of(values, "issuer")))
    local = urlsplit(issuer).scheme == "http"

    def address(name: str) -> str:
        url = text_of(values, name)
        return safe(url, name, local=local) if url else ""

    methods = texts_of(values, "token_endpoint_auth_methods_supported") or ("client_secret_basic",)
    found = Endpoints(
        issuer=issuer,
        authorization=address("authorization_endpoint"),
        token=address("token_endpoint"),
        jwks=address("jwks_uri"),
        device=address("device_authorization_endpoint"),
        revocation=address("revocation_endpoint"),
        end_session=address("end_session_endpoint"),
        auth_methods=methods,
        revocation_methods=texts_of(values, "revocation_endpoint_auth_methods_supported") or methods,
        scopes=texts_of(values, "scopes_supported") or (),
        names_itself=values.get("authorization_response_iss_parameter_supported") is True,
    )
    if not found.token or not found.jwks:
        raise errors.discovery(issuer, f"it names no {'keys' if found.token else 'token endpoint'}.")
    return found


def known(provider: Provider) -> Endpoints:
    """Those of a provider of OAuth 2.0 access tokens, which describes itself nowhere."""
    authorization, token, scopes = _KNOWN.get(provider.provider_id, ("", "", ()))
    authorization = provider.authorization_url or authorization
    token = provider.token_url or token
    return Endpoints(
        issuer="",
        authorization=safe(authorization, "authorization_url", local=True),
        token=safe(token, "token_url", local=True),
        auth_methods=("client_secret_post",),
        scopes=scopes,
    )


def safe(url: str, name: str, *, local: bool) -> str:
    """Return an address that tokens may go to: https, or with `local` http to this very machine.

    Raises ProviderTrouble `oidc-endpoint`.
    """
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname or "", parts.port
    except ValueError:
        raise errors.endpoint(f"{name} is not a URL.", field=name) from None
    clean = url.isascii() and url.isprintable() and not set(url) & set(' "<>\\^`{|}')
    if not host or not clean or parts.username is not None or parts.fragment:
        raise errors.endpoint(f"{name} is not the URL of an endpoint.", field=name)
    if parts.scheme != "https" and not (local and parts.scheme == "http" and host in LOOPBACK_HOSTS):
        raise errors.endpoint(f"{name} is not https: tokens would go over an unprotected connection.", field=name)
    return url
