"""Requests to the token endpoint and its neighbours, and what their answers mean.

Source: RFC 6749, sections 2.3.1, 4.1.3, 5, 6; RFC 7009; RFC 8628, section 3.
"""

from __future__ import annotations

import base64
import re
from typing import TYPE_CHECKING
from urllib.parse import quote_plus, urlencode, urlsplit

from app.adapters.oidc import errors
from app.adapters.oidc.json_text import read_object, text_of
from app.adapters.oidc.wire import ask
from app.domain.secret import Secret
from app.domain.values import dataclass, field

if TYPE_CHECKING:
    from collections.abc import Mapping

    from app.adapters.http import Answer, Http
    from app.domain.errors import RolecallError

_FORM = "application/x-www-form-urlencoded"
_OK, _BAD_REQUEST, _TOO_MANY, _SERVER = 200, 400, 429, 500
_TOKEN = re.compile(r"[!-~]+")
_LONGEST = 100_000
"""Characters of a token that is only handed back to the provider."""
_SECONDS_MOST = 10 * 365 * 86_400


@dataclass(frozen=True, slots=True, kw_only=True)
class Client:
    """Who asks. `methods` are the ways that the endpoint lets a client with a secret prove itself."""

    client_id: str
    secret: Secret | None
    methods: tuple[str, ...]

    def authenticated(self, form: Mapping[str, str]) -> tuple[dict[str, str], dict[str, str]]:
        """Headers and form with what proves who asks. Raises ProviderTrouble `oidc-endpoint`."""
        if self.secret is None or self.methods == ("none",):
            return {}, {**form, "client_id": self.client_id}
        if "client_secret_basic" in self.methods:
            pair = f"{quote_plus(self.client_id)}:{quote_plus(self.secret.reveal())}"
            return {"authorization": f"Basic {base64.b64encode(pair.encode('ascii')).decode('ascii')}"}, {**form}
        if "client_secret_post" in self.methods:
            return {}, {**form, "client_id": self.client_id, "client_secret": self.secret.reveal()}
        raise errors.endpoint(
            f"It wants programs to prove themselves by {errors.shown(', '.join(self.methods))}.",
            remedy="Register Rolecall there as a native program (public client), without a client secret.",
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Grant:
    """What a token endpoint gave. `seconds` is the life of the access token, None if it does not say."""

    id_token: Secret | None
    access_token: Secret | None
    refresh_token: Secret | None
    seconds: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """What an endpoint said instead. `secrets` are what it had been sent."""

    host: str
    error: str
    description: str = field(repr=False)
    secrets: tuple[Secret | None, ...]

    @property
    def trouble(self) -> RolecallError:
        """The same, to be raised."""
        return errors.refused(self.host, self.error, self.description, secrets=self.secrets)


async def post(http: Http, url: str, client: Client, form: Mapping[str, str | Secret]) -> dict[str, object] | Refusal:
    """Send a form and read the JSON object of the answer.

    Raises NetworkTrouble, and ProviderTrouble `oidc-endpoint`, `oidc-unavailable`, `oidc-answer`.
    """
    secrets = (client.secret, *(each for each in form.values() if isinstance(each, Secret)))
    plain = {name: each.reveal() if isinstance(each, Secret) else each for name, each in form.items()}
    headers, fields = client.authenticated(plain)
    body = urlencode(fields).encode("ascii")
    answer = await ask(http, "POST", url, headers={**headers, "content-type": _FORM}, body=body)
    return _read(answer, urlsplit(url).netloc, secrets)


async def revoke(http: Http, url: str, client: Client, refresh_token: Secret) -> bool:
    """Ask to forget a refresh token (RFC 7009); whether that was granted. Raises as `post`."""
    headers, fields = client.authenticated({"token": refresh_token.reveal(), "token_type_hint": "refresh_token"})
    body = urlencode(fields).encode("ascii")
    return (await ask(http, "POST", url, headers={**headers, "content-type": _FORM}, body=body)).status == _OK


def _read(answer: Answer, host: str, secrets: tuple[Secret | None, ...]) -> dict[str, object] | Refusal:
    try:
        values = read_object(answer.body)
    except ValueError:
        values = {}
    if answer.status == _OK and values and "error" not in values:
        return values
    if "error" in values:
        error, description = _error(values)
        return Refusal(host=host, error=error, description=description, secrets=secrets)
    if answer.status >= _SERVER or answer.status == _TOO_MANY:
        raise errors.unavailable(host, answer.status)
    raise errors.answer(host, f"answered {answer.status}, and not in JSON.")


def _error(values: dict[str, object]) -> tuple[str, str]:
    """Code and description. Facebook's error is an object of its own."""
    error = values["error"]
    if isinstance(error, dict):
        return text_of(error, "type"), text_of(error, "message")
    return text_of(values, "error"), text_of(values, "error_description")


def refresh_token_of(values: dict[str, object], host: str) -> Secret | None:
    """The refresh token of an answer, whatever else it holds. Raises ProviderTrouble `oidc-answer`."""
    return _token(values, "refresh_token", host)


def grant_of(values: dict[str, object], host: str) -> Grant:
    """The tokens of an answer. Raises ProviderTrouble `oidc-answer` for tokens that cannot be."""
    seconds = values.get("expires_in")
    if isinstance(seconds, str) and re.fullmatch("[0-9]{1,12}", seconds):
        seconds = int(seconds)
    known = isinstance(seconds, (int, float)) and not isinstance(seconds, bool) and 0 < seconds <= _SECONDS_MOST
    return Grant(
        id_token=_token(values, "id_token", host),
        access_token=_token(values, "access_token", host),
        refresh_token=refresh_token_of(values, host),
        seconds=int(seconds) if known and isinstance(seconds, (int, float)) else None,
    )


def _token(values: dict[str, object], name: str, host: str) -> Secret | None:
    value = values.get(name)
    if value is None or value == "":
        return None
    if not isinstance(value, str) or not _TOKEN.fullmatch(value) or len(value) > _LONGEST:
        raise errors.answer(host, f"sent something as {name} that is no token.")
    return Secret(value)
