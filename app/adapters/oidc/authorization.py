"""The request that a browser is sent to the provider with, and the one that redeems the code it brings back.

Source: OpenID Connect Core 1.0, section 3.1.2.1; RFC 7636, section 4.
"""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from app.domain.secret import Secret
from app.domain.values import dataclass, field

if TYPE_CHECKING:
    from app.adapters.oidc.discovery import Endpoints
    from app.domain.configuration import Provider

_OPENID, _OFFLINE = "openid", "offline_access"


def _random() -> Secret:
    """256 bits, in characters that a PKCE verifier may have."""
    return Secret(secrets.token_urlsafe(32))


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """One sign-in in the browser, with what makes its answer recognisable as the one to it."""

    provider: Provider
    endpoints: Endpoints
    redirect_uri: str
    state: Secret
    nonce: Secret = field(default_factory=_random)
    verifier: Secret = field(default_factory=_random)

    def url(self) -> Secret:
        """The address for the browser."""
        from authlib.oauth2.rfc6749.parameters import prepare_grant_uri
        from authlib.oauth2.rfc7636 import create_s256_code_challenge

        extra = {"nonce": self.nonce.reveal()} if self.endpoints.issuer else {}
        return Secret(
            prepare_grant_uri(
                self.endpoints.authorization,
                client_id=self.provider.client_id,
                response_type="code",
                redirect_uri=self.redirect_uri,
                scope=" ".join(scopes(self.provider, self.endpoints)),
                state=self.state.reveal(),
                code_challenge=create_s256_code_challenge(self.verifier.reveal()),
                code_challenge_method="S256",
                **extra,
            )
        )

    def redemption(self, code: Secret) -> dict[str, str | Secret]:
        """The form that exchanges the code for tokens."""
        return {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": self.redirect_uri,
            "code_verifier": self.verifier,
        }


def new_state() -> Secret:
    """What only the browser and the provider will know of a sign-in."""
    return _random()


def scopes(provider: Provider, endpoints: Endpoints) -> tuple[str, ...]:
    """What to ask for: what is set; else an ID token, and to be remembered if that is wanted and offered."""
    if not endpoints.issuer:
        return provider.scopes or endpoints.scopes
    lasting = (_OFFLINE,) if provider.remembers and _OFFLINE in endpoints.scopes else ()
    wished = provider.scopes or lasting
    return wished if _OPENID in wished else (_OPENID, *wished)
