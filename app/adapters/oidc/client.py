"""The client of OpenID providers: one port method for each wish."""

from __future__ import annotations

import asyncio
import hashlib
import logging
from datetime import timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlencode, urlsplit

from app.adapters.oidc import errors, grants, id_token, page
from app.adapters.oidc.authorization import Request, new_state
from app.adapters.oidc.device import DeviceFlow
from app.adapters.oidc.discovery import Discovery
from app.adapters.oidc.keys import Keys
from app.adapters.oidc.listener import Listener
from app.domain.errors import Declined, NetworkTrouble, ProviderTrouble, RolecallError
from app.domain.secret import Secret
from app.domain.web_identity import TokenFacts, Tokens, WebIdentityToken

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping
    from datetime import datetime

    from app.adapters.http import Http
    from app.adapters.oidc.discovery import Endpoints
    from app.domain.configuration import Provider
    from app.domain.web_identity import DeviceCode

_log = logging.getLogger(__name__)

PATIENCE_SECONDS = 300.0
_REMEMBERED_MOST = 64
_FORGOTTEN = ("invalid_grant", "access_denied")
"""A refresh token is no longer good. Nobody is there who could have denied access: it is the provider that does."""


class OidcClient:
    """Implements `app.ports.OidcLogin` over one `Http`, which it does not close.

    `now` tells the corrected time, UTC. `sleep` and `patience` (seconds that a person has in the browser) are arguments
    so that nothing has to wait in a test.
    """

    def __init__(
        self,
        http: Http,
        *,
        now: Callable[[], datetime],
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        patience: float = PATIENCE_SECONDS,
    ) -> None:
        self._http = http
        self._now = now
        self._sleep = sleep
        self._patience = patience
        self._discovery = Discovery(http, now=now)
        self._keys = Keys(http, now=now)
        self._whose: dict[str, tuple[str, Secret | None]] = {}

    async def sign_in(
        self, provider: Provider, *, client_secret: Secret | None, open_url: Callable[[Secret], None]
    ) -> Tokens:
        """See `app.ports.OidcLogin`."""
        endpoints = await self._discovery.endpoints(provider)
        if not endpoints.authorization:
            raise errors.endpoint("It offers no sign-in in the browser.", field="flow")
        state = new_state()
        async with Listener(state=state, issuer=endpoints.issuer, named=endpoints.names_itself) as listener:
            asked = Request(provider=provider, endpoints=endpoints, redirect_uri=listener.redirect_uri, state=state)
            open_url(asked.url())
            try:
                code = await listener.answer(self._patience)
                answer = await self._redeem(provider, endpoints, client_secret, asked.redemption(code))
                grant = grants.grant_of(answer, _host(endpoints))
                token = await self._token(provider, endpoints, grant, nonce=asked.nonce)
            except Declined:
                await listener.tell(page.declined(provider.name))
                raise
            except RolecallError as error:
                await listener.tell(page.failed(provider.name, error.title, error.detail, error.remedy))
                raise
            await listener.tell(page.signed_in(provider.name))
        return Tokens(token=token, refresh_token=grant.refresh_token)

    async def sign_in_on_device(
        self, provider: Provider, *, client_secret: Secret | None, show: Callable[[DeviceCode], None]
    ) -> Tokens:
        """See `app.ports.OidcLogin`."""
        endpoints = await self._discovery.endpoints(provider)
        client = _client(provider, endpoints, client_secret)
        flow = DeviceFlow(self._http, endpoints, client, now=self._now, sleep=self._sleep)
        grant = await flow.run(provider, show)
        token = await self._token(provider, endpoints, grant)
        return Tokens(token=token, refresh_token=grant.refresh_token)

    async def refresh(
        self,
        provider: Provider,
        *,
        client_secret: Secret | None,
        refresh_token: Secret,
        rotated: Callable[[Secret], Awaitable[None]],
    ) -> WebIdentityToken:
        """See `app.ports.OidcLogin`."""
        endpoints = await self._discovery.endpoints(provider)
        form: dict[str, str | Secret] = {"grant_type": "refresh_token", "refresh_token": refresh_token}
        answer = await self._redeem(provider, endpoints, client_secret, form)
        following = grants.refresh_token_of(answer, _host(endpoints))
        if following is not None:
            known = self._whose.get(_digest(refresh_token))
            if known is not None:
                self._remember(following, *known)
            await rotated(following)
        grant = grants.grant_of(answer, _host(endpoints))
        return await self._token(provider, endpoints, grant, refreshed=refresh_token)

    async def sign_out(
        self, provider: Provider, *, client_secret: Secret | None, refresh_token: Secret | None, token: Secret | None
    ) -> Secret | None:
        """See `app.ports.OidcLogin`. A revocation that fails is told in the log: the token is forgotten anyway."""
        if provider.provider_id:
            return None
        endpoints = await self._discovery.endpoints(provider)
        if refresh_token is not None and endpoints.revocation:
            await self._revoke(provider, endpoints, client_secret, refresh_token)
        if not endpoints.end_session:
            return None
        query = {"client_id": provider.client_id}
        if token is not None:
            query = {"id_token_hint": token.reveal(), **query}
        glue = "&" if urlsplit(endpoints.end_session).query else "?"
        return Secret(f"{endpoints.end_session}{glue}{urlencode(query)}")

    def read(self, provider: Provider, text: Secret, *, now: datetime) -> WebIdentityToken:
        """See `app.ports.OidcLogin`."""
        token = Secret(text.reveal().strip())
        facts = id_token.read(token, provider_id=provider.provider_id)
        return WebIdentityToken(text=token, facts=facts, received=now, provider_id=provider.provider_id)

    async def _redeem(
        self,
        provider: Provider,
        endpoints: Endpoints,
        client_secret: Secret | None,
        form: Mapping[str, str | Secret],
    ) -> dict[str, object]:
        """Ask the token endpoint once."""
        try:
            client = _client(provider, endpoints, client_secret)
            answer = await grants.post(self._http, endpoints.token, client, form)
        except (NetworkTrouble, ProviderTrouble):
            self._discovery.forget(provider)
            raise
        if isinstance(answer, grants.Refusal):
            if form["grant_type"] == "refresh_token" and answer.error in _FORGOTTEN:
                raise errors.refresh_refused(answer.host, answer.description, secrets=answer.secrets)
            raise answer.trouble
        return answer

    async def _token(
        self,
        provider: Provider,
        endpoints: Endpoints,
        grant: grants.Grant,
        *,
        nonce: Secret | None = None,
        refreshed: Secret | None = None,
    ) -> WebIdentityToken:
        """The proof that a grant brought, checked. `refreshed` is the refresh token it was obtained with."""
        token = self._access_token(provider, grant)
        if token is not None:
            return token
        if grant.id_token is None:
            raise errors.no_id_token(refreshed=refreshed is not None)
        before = self._whose.get(_digest(refreshed), (None, None)) if refreshed else (None, None)
        expected = id_token.Expected(
            issuer=endpoints.issuer,
            client_id=provider.client_id,
            nonce=nonce,
            nonce_if_present=before[1],
            subject=before[0],
            access_token=grant.access_token,
        )
        facts = await self._checked(endpoints, grant.id_token, expected)
        self._remember(grant.refresh_token or refreshed, facts.subject, nonce or before[1])
        return WebIdentityToken(text=grant.id_token, facts=facts, received=self._now())

    def _access_token(self, provider: Provider, grant: grants.Grant) -> WebIdentityToken | None:
        """The access token as proof, for the providers where AWS takes it so."""
        if not provider.provider_id:
            return None
        host = provider.provider_id
        if grant.access_token is None or len(grant.access_token.reveal()) > id_token.LONGEST:
            raise errors.answer(host, "sent no access token that AWS would take.")
        now = self._now()
        expires = None if grant.seconds is None else now + timedelta(seconds=grant.seconds)
        facts = TokenFacts(expires=expires)
        return WebIdentityToken(text=grant.access_token, facts=facts, received=now, provider_id=host)

    async def _checked(self, endpoints: Endpoints, text: Secret, expected: id_token.Expected) -> TokenFacts:
        algorithm, key_id = id_token.algorithm_and_key(text)
        keys = await self._keys.candidates(endpoints, algorithm, key_id)
        signed = id_token.is_signed(text, algorithm, keys)
        # The key may be new, even under a name that is known.
        if not signed and await self._keys.renewed(endpoints):
            keys = await self._keys.candidates(endpoints, algorithm, key_id)
            signed = id_token.is_signed(text, algorithm, keys)
        if not signed:
            raise errors.token(
                "Its signature is not the provider's."
                if keys
                else "It is signed with a key that the provider does not publish."
            )
        return id_token.check(text, expected, now=self._now())

    def _remember(self, refresh_token: Secret | None, subject: str, nonce: Secret | None) -> None:
        """Keep whom a refresh token is for, so that what it brings can be held against it."""
        if refresh_token is not None:
            self._whose[_digest(refresh_token)] = (subject, nonce)
            while len(self._whose) > _REMEMBERED_MOST:
                del self._whose[next(iter(self._whose))]

    async def _revoke(
        self, provider: Provider, endpoints: Endpoints, client_secret: Secret | None, refresh_token: Secret
    ) -> None:
        client = grants.Client(client_id=provider.client_id, secret=client_secret, methods=endpoints.revocation_methods)
        try:
            done = await grants.revoke(self._http, endpoints.revocation, client, refresh_token)
        except (NetworkTrouble, ProviderTrouble) as error:
            _log.info("the sign-in to %s could not be revoked: %s", provider.name, error.code)
        else:
            if not done:
                _log.info("the provider of %s refused to revoke the sign-in", provider.name)


def _client(provider: Provider, endpoints: Endpoints, client_secret: Secret | None) -> grants.Client:
    return grants.Client(client_id=provider.client_id, secret=client_secret, methods=endpoints.auth_methods)


def _host(endpoints: Endpoints) -> str:
    """Who answers for tokens, in errors."""
    return urlsplit(endpoints.token).netloc


def _digest(refresh_token: Secret) -> str:
    return hashlib.sha256(refresh_token.reveal().encode()).hexdigest()
