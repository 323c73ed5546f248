"""A person before a browser, for whom a fake provider grants at once what it is told to."""

from __future__ import annotations

import asyncio
import traceback
import urllib.error
import urllib.request
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest

from app.domain.errors import RolecallError
from app.domain.secret import Secret
from app.domain.web_identity import Tokens
from tests.adapters.oidc.fake_provider import Fake, client_of

if TYPE_CHECKING:
    from app.adapters.oidc.client import OidcClient
    from app.domain.configuration import Provider

CODE = "canary-code-0123456789"
ACCESS = "canary-access-token-0123"
REFRESH = "canary-refresh-token-0123"
SECRET = Secret("canary client:secret+é/0123")


def query_of(url: str) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(urlsplit(url).query).items()}


def visit(url: str) -> str:
    """The page that a browser ends at."""
    try:
        with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(url, timeout=30) as page:
            return str(page.read().decode())
    except urllib.error.HTTPError as error:
        with error:
            return str(error.code)


class Person:
    """Sits before the browser: the provider grants at once what `answers` says."""

    def __init__(self, fake: Fake, *, token_path: str = "/token", **answers: str) -> None:
        self._fake = fake
        self._token_path = token_path
        self._answers = answers or {"code": CODE}
        self.asked: dict[str, str] = {}
        self.url = ""
        self.page = ""
        self._task: asyncio.Task[None] | None = None

    def open_url(self, url: Secret) -> None:
        self.url = url.reveal()
        self.asked = query_of(self.url)
        nonce = self.asked.get("nonce")
        if self._token_path not in self._fake.answers:
            token = self._fake.token(nonce=nonce)
            self._fake.will(self._token_path, {"id_token": token, "access_token": ACCESS, "refresh_token": REFRESH})
        self._task = asyncio.get_running_loop().create_task(self._go())

    async def _go(self) -> None:
        query = urlencode({**self._answers, "state": self.asked["state"]})
        self.page = await asyncio.to_thread(visit, f"{self.asked['redirect_uri']}?{query}")

    async def settled(self) -> None:
        if self._task is not None:
            await self._task


async def signed_in(
    fake: Fake,
    person: Person,
    *,
    oidc: OidcClient | None = None,
    secret: Secret | None = None,
    **settings: Any,  # noqa: ANN401  # settings are of many types
) -> Tokens:
    async def go(client: OidcClient) -> Tokens:
        try:
            return await client.sign_in(fake.provider(**settings), client_secret=secret, open_url=person.open_url)
        finally:
            await person.settled()

    if oidc is not None:
        return await go(oidc)
    async with client_of(fake) as made:
        return await go(made)


async def refused(fake: Fake, person: Person, **settings: Any) -> RolecallError:  # noqa: ANN401  # same
    with pytest.raises(RolecallError) as caught:
        await signed_in(fake, person, **settings)
    assert "canary" not in told_by(caught.value)
    return caught.value


async def renewed(
    oidc: OidcClient, provider: Provider, held: Secret | str = REFRESH, *, kept: list[Secret] | None = None
) -> Tokens:
    """Renew with the refresh token that is held. Those that were handed over go to `kept`, also if it fails."""
    handed_over: list[Secret] = [] if kept is None else kept

    async def keep(token: Secret) -> None:
        handed_over.append(token)

    spent = Secret(held) if isinstance(held, str) else held
    token = await oidc.refresh(provider, client_secret=None, refresh_token=spent, rotated=keep)
    return Tokens(token=token, refresh_token=handed_over[-1] if handed_over else None)


def told_by(error: BaseException) -> str:
    """Everything an error and its causes say, and what hangs on them."""
    found = "".join(traceback.format_exception(error)) + str(error)
    while error.__cause__ or error.__context__:
        error = error.__cause__ or error.__context__ or error
        found += repr(error) + repr(vars(error))
    return found
