"""Signing in on another device: a code to type there, and patience here.

Source: RFC 8628, sections 3.1 to 3.5.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from app.adapters.oidc import errors, grants
from app.adapters.oidc.authorization import scopes
from app.adapters.oidc.discovery import safe
from app.adapters.oidc.json_text import text_of
from app.domain.errors import NetworkTrouble, ProviderTrouble, Retry
from app.domain.secret import Secret
from app.domain.values import dataclass
from app.domain.web_identity import DeviceCode

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from datetime import datetime

    from app.adapters.http import Http
    from app.adapters.oidc.discovery import Endpoints
    from app.domain.configuration import Provider

GRANT_TYPE = "urn:ietf:params:oauth:grant-type:device_code"
CODES_MOST = 3
"""Codes shown one after the other before it is given up: nobody is there."""
_INTERVAL, _SLOWER = 5.0, 5.0
_INTERVAL_MOST = 60.0
_LIFE_LEAST, _LIFE_MOST = 10.0, 3600.0
_USER_CODE_MOST = 64


@dataclass(frozen=True, slots=True, kw_only=True)
class _Issued:
    device_code: Secret
    shown: DeviceCode
    interval: float
    seconds: float


class DeviceFlow:
    """One sign-in on another device. `sleep` takes seconds, `now` is UTC."""

    def __init__(
        self,
        http: Http,
        endpoints: Endpoints,
        client: grants.Client,
        *,
        now: Callable[[], datetime],
        sleep: Callable[[float], Awaitable[None]],
    ) -> None:
        self._http = http
        self._endpoints = endpoints
        self._client = client
        self._now = now
        self._sleep = sleep

    async def run(self, provider: Provider, show: Callable[[DeviceCode], None]) -> grants.Grant:
        """Show codes until somebody has typed one. Raises ProviderTrouble, NetworkTrouble, Declined."""
        if not self._endpoints.device:
            raise errors.endpoint(
                "It offers no sign-in by device code.", remedy="Sign in in the browser.", field="flow"
            )
        waited = 0.0
        for _ in range(CODES_MOST):
            issued = await self._ask(provider)
            show(issued.shown)
            grant = await self._wait(issued)
            if grant is not None:
                return grant
            waited += issued.seconds
        raise errors.timeout(waited)

    async def _ask(self, provider: Provider) -> _Issued:
        """A new code."""
        form = {"scope": " ".join(scopes(provider, self._endpoints))}
        answer = await grants.post(self._http, self._endpoints.device, self._client, form)
        if isinstance(answer, grants.Refusal):
            raise answer.trouble
        host = urlsplit(self._endpoints.device).netloc
        # Some call the address by the name that it had in drafts.
        url = text_of(answer, "verification_uri") or text_of(answer, "verification_url")
        complete = text_of(answer, "verification_uri_complete")
        device_code, user_code = text_of(answer, "device_code"), text_of(answer, "user_code").strip()
        if not device_code or not user_code.isprintable() or not 0 < len(user_code) <= _USER_CODE_MOST:
            raise errors.answer(host, "sent no code that could be typed.")
        local = urlsplit(self._endpoints.issuer).scheme == "http"
        seconds = _bounded(answer.get("expires_in"), _LIFE_LEAST, _LIFE_MOST, otherwise=600.0)
        return _Issued(
            device_code=Secret(device_code),
            shown=DeviceCode(
                user_code=user_code,
                url=safe(url, "verification_uri", local=local),
                complete_url=safe(complete, "verification_uri_complete", local=local) if complete else "",
                expires=self._now() + timedelta(seconds=seconds),
            ),
            interval=_bounded(answer.get("interval"), 1.0, _INTERVAL_MOST, otherwise=_INTERVAL),
            seconds=seconds,
        )

    async def _wait(self, issued: _Issued) -> grants.Grant | None:
        """Ask again and again, never sooner than allowed; None when the code has expired."""
        form: dict[str, str | Secret] = {"grant_type": GRANT_TYPE, "device_code": issued.device_code}
        interval = issued.interval
        while self._now() < issued.shown.expires:
            await self._sleep(interval)
            try:
                answer = await grants.post(self._http, self._endpoints.token, self._client, form)
            except (NetworkTrouble, ProviderTrouble) as error:
                if error.retry is not Retry.BACK_OFF:
                    raise
                interval = min(2 * interval, _INTERVAL_MOST)
                continue
            if not isinstance(answer, grants.Refusal):
                return grants.grant_of(answer, urlsplit(self._endpoints.token).netloc)
            if answer.error == "expired_token":
                return None
            if answer.error == "slow_down":
                interval += _SLOWER
            elif answer.error != "authorization_pending":
                if answer.trouble.retry is not Retry.BACK_OFF:
                    raise answer.trouble
                interval = min(2 * interval, _INTERVAL_MOST)
        return None


def _bounded(value: object, least: float, most: float, *, otherwise: float) -> float:
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return otherwise
    return float(min(max(value, least), most))
