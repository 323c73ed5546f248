"""The stand-in's own OpenID provider, below `/oidc/`: what programs ask of it. Its pages are in `openid_pages`.

Authorization code with PKCE, refresh tokens that change at each use, and the device grant, for programs without a
secret. Sources: OpenID Connect Core, Discovery and RP-Initiated Logout 1.0; RFC 6749, 7009, 7636, 8252, 8628, 9207.
"""

from __future__ import annotations

import secrets
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from app.standin import pages
from app.standin.grants import Grants, OAuthError
from app.standin.openid_pages import OpenIdPages, scopes_of
from app.standin.signing import SigningKey
from app.standin.world import OidcProvider

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from app.standin.grants import Consent
    from app.standin.wire import Answer
    from app.standin.world import OidcSite, Person

PATH = "/oidc/"
DEVICE_GRANT = "urn:ietf:params:oauth:grant-type:device_code"
_GRANTS = ("authorization_code", "refresh_token", DEVICE_GRANT)
_SCOPES = ("openid", "email", "profile", "offline_access")


class OpenIdProvider:
    """The provider and all it remembers. `url` gives the stand-in's URL. Not for several threads at once."""

    def __init__(self, site: OidcSite, people: Mapping[str, Person], url: Callable[[], str]) -> None:
        self._site = site
        self._url = url
        self._keys = [SigningKey()]
        self.grants = Grants()
        self.sign_ins = pages.SignIns("standin-oidc", "/oidc", site.session_seconds)
        self._pages = OpenIdPages(site, people, self)

    @property
    def issuer(self) -> str:
        """`http://127.0.0.1:PORT/oidc`."""
        return self._url() + PATH.rstrip("/")

    def in_iam(self) -> tuple[OidcProvider, ...]:
        """The provider as IAM knows it, in each account."""
        return tuple(
            OidcProvider(arn=arn, issuer=self.issuer, audiences=self._site.clients, jwks=self.jwks())
            for arn in self._site.provider_arns
        )

    def jwks(self) -> dict[str, Any]:
        """The key set (RFC 7517), the key in use first."""
        return {"keys": [key.jwk for key in self._keys]}

    def rotate_keys(self, *, keep_old: bool) -> None:
        """Sign with a new key from now on; `keep_old`: what the old one signed can still be verified."""
        self._keys = [SigningKey(), *(self._keys if keep_old else ())]

    def answer(self, method: str, path: str, given: Mapping[str, str], cookies: str, now: datetime) -> Answer:
        """Serve one of the addresses below `/oidc/`; `path` is what comes after that. Raises OAuthError."""
        if method == "GET" and path == ".well-known/openid-configuration":
            return pages.document(self._discovery())
        if method == "GET" and path == "jwks":
            return pages.document(self.jwks())
        if method == "POST" and path in ("token", "device_authorization", "revoke"):
            client_id = given.get("client_id", "")
            if client_id not in self._site.clients:
                raise OAuthError("invalid_client", "There is no such client.")
            if path == "token":
                return self._token(client_id, given, now)
            if path == "device_authorization":
                return self._device(client_id, given, now)
            self.grants.revoke(given.get("token", ""), client_id)
            return pages.document({})
        return self._pages.answer(method, path, given, cookies, now)

    def claims_of(self, token: str) -> dict[str, Any] | None:
        """The claims of an ID token of our own, also of an expired one; None when it is not ours."""
        try:
            found = jwt.decode(token, KeySet.import_key_set(self.jwks()), algorithms=["RS256"])  # type: ignore[arg-type]  # plain JSON
        except (JoseError, ValueError):
            return None
        return found.claims

    def _discovery(self) -> dict[str, Any]:
        here = self.issuer
        return {
            "issuer": here,
            "authorization_endpoint": f"{here}/authorize",
            "token_endpoint": f"{here}/token",
            "jwks_uri": f"{here}/jwks",
            "device_authorization_endpoint": f"{here}/device_authorization",
            "revocation_endpoint": f"{here}/revoke",
            "end_session_endpoint": f"{here}/end_session",
            "scopes_supported": list(_SCOPES),
            "response_types_supported": ["code"],
            "response_modes_supported": ["query"],
            "grant_types_supported": list(_GRANTS),
            "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": ["RS256"],
            "token_endpoint_auth_methods_supported": ["none"],
            "revocation_endpoint_auth_methods_supported": ["none"],
            "code_challenge_methods_supported": ["S256"],
            "prompt_values_supported": ["none", "login", "consent"],
            "claims_supported": ["sub", "email", "email_verified", "name", "preferred_username", "auth_time", "nonce"],
            "authorization_response_iss_parameter_supported": True,
        }

    def _token(self, client_id: str, given: Mapping[str, str], now: datetime) -> Answer:
        kind = given.get("grant_type", "")
        if kind not in _GRANTS:
            raise OAuthError("unsupported_grant_type", f"{kind or 'None'} is no grant of this provider.")
        if kind == "authorization_code":
            asked = (given.get(name, "") for name in ("code", "redirect_uri", "code_verifier"))
            code, redirect_uri, verifier = asked
            consent = self.grants.redeem_code(code, client_id, redirect_uri, verifier, now)
            return self._tokens(consent, consent.scopes, now)
        if kind == "refresh_token":
            return self._refreshed(client_id, given, now)
        consent = self.grants.poll(given.get("device_code", ""), client_id, now)
        return self._tokens(consent, consent.scopes, now)

    def _refreshed(self, client_id: str, given: Mapping[str, str], now: datetime) -> Answer:
        consent = self.grants.redeem_refresh_token(given.get("refresh_token", ""), client_id)
        wanted = tuple(given.get("scope", "").split()) or consent.scopes
        if not set(wanted) <= set(consent.scopes):
            raise OAuthError("invalid_scope", "More is asked for than was granted.")
        return self._tokens(consent, wanted, now)

    def _tokens(self, consent: Consent, scopes: tuple[str, ...], now: datetime) -> Answer:
        told = {
            "access_token": secrets.token_urlsafe(32),
            "token_type": "Bearer",
            "expires_in": self._site.token_seconds,
            "scope": " ".join(scopes),
        }
        if "openid" in scopes:
            told["id_token"] = self._id_token(consent, scopes, now)
        if "offline_access" in consent.scopes:
            told["refresh_token"] = self.grants.new_refresh_token(consent)
        return pages.document(told)

    def _id_token(self, consent: Consent, scopes: tuple[str, ...], now: datetime) -> str:
        issued, person = int(now.timestamp()), consent.person
        claims: dict[str, Any] = {
            "iss": self.issuer,
            "sub": person.name,
            "aud": consent.client_id,
            "iat": issued,
            "exp": issued + self._site.token_seconds,
            "auth_time": int(consent.since.timestamp()),
        }
        claims |= {"nonce": consent.nonce} if consent.nonce else {}
        claims |= {"email": person.email, "email_verified": True} if "email" in scopes else {}
        claims |= {"name": person.full_name, "preferred_username": person.name} if "profile" in scopes else {}
        return self._keys[0].token(claims)

    def _device(self, client_id: str, given: Mapping[str, str], now: datetime) -> Answer:
        scopes = scopes_of(given.get("scope", ""))
        ends = now + timedelta(seconds=self._site.device_seconds)
        device_code, device = self.grants.new_device(client_id, scopes, ends, self._site.interval)
        where = f"{self.issuer}/device"
        return pages.document(
            {
                "device_code": device_code,
                "user_code": device.user_code,
                "verification_uri": where,
                "verification_uri_complete": f"{where}?user_code={device.user_code}",
                "expires_in": self._site.device_seconds,
                "interval": device.interval,
            }
        )


def error_answer(error: OAuthError) -> Answer:
    """What a program is told (RFC 6749, 5.2)."""
    status = pages.UNAUTHORIZED if error.code == "invalid_client" else pages.BAD
    return pages.document({"error": error.code, "error_description": error.text}, status)
