"""Signing in at a certified OpenID provider: browser, device, renewal, sign-out."""

from __future__ import annotations

import asyncio
import base64
import logging
import os
import traceback
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

import pytest

from app.adapters.http import Http, HttpOptions, utc_now
from app.adapters.oidc.client import OidcClient
from app.domain.configuration import Provider
from app.domain.errors import Declined, NetworkTrouble, ProviderTrouble, RolecallError
from app.domain.secret import Secret
from tests.adapters.oidc.person import renewed
from tests.e2e.plain_browser import Browser, Page

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
    from datetime import datetime

    from app.adapters.http import Answer
    from app.domain.web_identity import DeviceCode, Tokens
    from tests.e2e.panva import Panva


async def no_pause(_: float) -> None:
    """Stand in for the pause between two questions of a device."""


@asynccontextmanager
async def client(
    *, sleep: Callable[[float], Awaitable[None]] = no_pause, now: Callable[[], datetime] = utc_now
) -> AsyncIterator[OidcClient]:
    http = Http(HttpOptions())
    try:
        yield OidcClient(http, now=now, sleep=sleep)
    finally:
        await http.aclose()


def provider_of(panva: Panva) -> Provider:
    scopes = tuple(panva.scope.split())
    return Provider(name="login", type="oidc", issuer=panva.issuer, client_id=panva.client_id, scopes=scopes)


async def in_browser(oidc: OidcClient, panva: Panva, visit: Callable[[str], Page]) -> tuple[Tokens, Page]:
    """Sign in while `visit` plays the person, in a thread; return the tokens and the last page."""
    loop, opened = asyncio.get_running_loop(), asyncio.Queue[Secret]()

    async def person() -> Page:
        url = await opened.get()
        return await loop.run_in_executor(None, visit, url.reveal())

    going = asyncio.create_task(person())
    try:
        tokens = await oidc.sign_in(provider_of(panva), client_secret=None, open_url=opened.put_nowait)
    finally:
        page = await going
    return tokens, page


def logs_in(panva: Panva, browser: Browser | None = None) -> Callable[[str], Page]:
    return lambda url: Browser().open(panva.log_in(url, browser=browser or Browser()))


async def test_a_person_signs_in_in_the_browser(panva: Panva) -> None:
    async with client() as oidc:
        tokens, page = await in_browser(oidc, panva, logs_in(panva))
    facts = tokens.token.facts
    assert (facts.issuer, facts.subject, facts.audiences) == (panva.issuer, "alice", (panva.client_id,))
    assert facts.verified
    assert facts.claim("email") == "alice@example.com"
    assert tokens.refresh_token
    assert tokens.token.usable(utc_now())
    assert page.status == 200
    assert "You are signed in to login" in page.text
    assert urlsplit(page.url)[2:] == ("/done", "", "")


async def test_a_person_refuses(panva: Panva) -> None:
    seen: list[Page] = []

    def refuse(url: str) -> Page:
        browser = Browser()
        page = browser.open(url)
        seen.append(Browser().open(browser.open(page.url + "/abort").url))
        return seen[0]

    async with client() as oidc:
        with pytest.raises(Declined):
            await in_browser(oidc, panva, refuse)
    assert "You are not signed in to login" in seen[0].text


async def test_renewals_take_turns_with_the_refresh_token(panva: Panva) -> None:
    async with client() as oidc:
        tokens, _ = await in_browser(oidc, panva, logs_in(panva))
        spent = tokens.refresh_token
        assert spent is not None
        for _ in range(3):
            held = tokens.refresh_token
            assert held is not None
            tokens = await renewed(oidc, provider_of(panva), held)
            assert tokens.refresh_token not in (None, held)
            assert (tokens.token.facts.subject, tokens.token.facts.verified) == ("alice", True)
        with pytest.raises(ProviderTrouble) as caught:
            await renewed(oidc, provider_of(panva), spent)
    assert caught.value.code == "oidc-refresh-refused"


class Failing(Http):
    """Loses the connection over one path."""

    def __init__(self, path: str) -> None:
        super().__init__(HttpOptions())
        self._path = path
        self.lost = 0

    async def send(
        self,
        method: str,
        url: str | Secret,
        *,
        headers: Mapping[str, str],
        body: bytes = b"",
        seconds: float | None = None,
    ) -> Answer:
        if urlsplit(url if isinstance(url, str) else url.reveal()).path == self._path:
            self.lost += 1
            raise NetworkTrouble(code="reset", title="The connection was lost")
        return await super().send(method, url, headers=headers, body=body, seconds=seconds)


async def test_a_renewal_that_loses_the_connection_over_the_keys_costs_nobody_the_login(panva: Panva) -> None:
    asked_before = panva.requests("/token")
    async with client() as oidc:
        tokens, _ = await in_browser(oidc, panva, logs_in(panva))
    assert tokens.refresh_token is not None
    kept = [tokens.refresh_token]
    for _ in range(3):
        http = Failing("/jwks")
        try:
            with pytest.raises(NetworkTrouble):
                await renewed(OidcClient(http, now=utc_now), provider_of(panva), kept[-1], kept=kept)
        finally:
            await http.aclose()
        assert http.lost == 1
    assert len({each.reveal() for each in kept}) == 4
    async with client() as other:
        again = await renewed(other, provider_of(panva), kept[-1])
    assert again.token.facts.subject == "alice"
    assert panva.requests("/token") == asked_before + 5


async def test_a_refresh_token_that_stays_is_not_given_again(panva: Panva) -> None:
    panva.change(rotateRefreshTokens=False)
    async with client() as oidc:
        tokens, _ = await in_browser(oidc, panva, logs_in(panva))
        assert tokens.refresh_token is not None
        for _ in range(2):
            again = await renewed(oidc, provider_of(panva), tokens.refresh_token)
            assert again.refresh_token in (None, tokens.refresh_token)
            assert again.token.facts.subject == "alice"


async def test_another_process_renews_without_knowing_who_signed_in(panva: Panva) -> None:
    async with client() as oidc:
        tokens, _ = await in_browser(oidc, panva, logs_in(panva))
    assert tokens.refresh_token is not None
    async with client() as other:
        again = await renewed(other, provider_of(panva), tokens.refresh_token)
    assert again.token.facts.subject == "alice"


async def test_a_revoked_refresh_token_is_told_apart(panva: Panva) -> None:
    async with client() as oidc:
        tokens, _ = await in_browser(oidc, panva, logs_in(panva))
        panva.revoke_everything()
        assert tokens.refresh_token is not None
        with pytest.raises(ProviderTrouble) as caught:
            await renewed(oidc, provider_of(panva), tokens.refresh_token)
    assert caught.value.code == "oidc-refresh-refused"


async def test_keys_change_between_two_sign_ins(panva: Panva) -> None:
    async with client() as oidc:
        first, _ = await in_browser(oidc, panva, logs_in(panva))
        panva.rotate_keys()
        second, _ = await in_browser(oidc, panva, logs_in(panva))
    assert second.token.facts.key_id != first.token.facts.key_id
    assert second.token.facts.verified


@pytest.mark.parametrize("complete", [True, False], ids=["complete link", "typed code"])
async def test_a_person_signs_in_on_another_device(panva: Panva, complete: bool) -> None:
    shown: list[DeviceCode] = []
    pauses: list[float] = []

    async def pause(seconds: float) -> None:
        pauses.append(seconds)
        if len(pauses) == 2:  # so the program has asked once, too early
            where = (shown[0].complete_url, "") if complete else (shown[0].url, shown[0].user_code)
            await asyncio.to_thread(panva.approve_device, *where)

    asked_before = panva.requests("/token")
    async with client(sleep=pause) as oidc:
        tokens = await oidc.sign_in_on_device(provider_of(panva), client_secret=None, show=shown.append)
        assert panva.requests("/token") == asked_before + 2
        assert tokens.refresh_token is not None
        again = await renewed(oidc, provider_of(panva), tokens.refresh_token)
    assert (len(shown), pauses) == (1, [5, 5])
    assert tokens.token.facts.subject == again.token.facts.subject == "alice"


async def test_an_expired_device_code_is_replaced(panva: Panva) -> None:
    panva.change(deviceCodeSeconds=12)
    shown: list[DeviceCode] = []
    pauses: list[float] = []

    async def pause(seconds: float) -> None:
        pauses.append(seconds)
        if len(shown) == 2:
            await asyncio.to_thread(panva.approve_device, shown[1].complete_url)

    async with client(sleep=pause, now=lambda: utc_now() + timedelta(seconds=sum(pauses))) as oidc:
        tokens = await oidc.sign_in_on_device(provider_of(panva), client_secret=None, show=shown.append)
    assert shown[0].user_code != shown[1].user_code
    assert tokens.token.facts.subject == "alice"


async def test_a_sign_out_ends_both_the_remembered_and_the_browsers_login(panva: Panva) -> None:
    browser = Browser()
    async with client() as oidc:
        tokens, _ = await in_browser(oidc, panva, logs_in(panva, browser))
        provider, refresh = provider_of(panva), tokens.refresh_token
        assert refresh is not None
        end = await oidc.sign_out(provider, client_secret=None, refresh_token=refresh, token=tokens.token.text)
        assert end is not None
        with pytest.raises(ProviderTrouble) as caught:
            await renewed(oidc, provider, refresh)
        assert caught.value.code == "oidc-refresh-refused"
    assert set(parse_qs(urlsplit(end.reveal()).query)) == {"id_token_hint", "client_id"}
    await asyncio.to_thread(panva.log_out, end.reveal(), browser=browser)
    assert not [each for each in browser.cookies if each.name.endswith("session") and each.value]


async def test_nothing_of_a_sign_in_is_left_in_logs_and_errors(
    panva: Panva, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    urls: list[str] = []
    told: list[str] = []
    made: list[str] = []  # state, nonce and verifier

    def random_text(length: int) -> str:
        made.append(base64.urlsafe_b64encode(os.urandom(length)).rstrip(b"=").decode())
        return made[-1]

    monkeypatch.setattr("app.adapters.oidc.authorization.secrets.token_urlsafe", random_text)

    def visit(url: str) -> Page:
        address = panva.log_in(url)
        urls.extend((url, address))
        return Browser().open(address)

    def told_by(error: RolecallError) -> str:
        return repr(error) + str(error) + "".join(traceback.format_exception(error))

    async with client() as oidc:
        await in_browser(oidc, panva, logs_in(panva))
        for name in (None, "httpx", "httpcore", "asyncio", "authlib", "joserfc"):  # worse than the program ever sets it
            caplog.set_level(logging.DEBUG, logger=name)
        logging.getLogger("httpx").debug("it is on")
        tokens, page = await in_browser(oidc, panva, visit)
        assert tokens.refresh_token is not None
        await renewed(oidc, provider_of(panva), tokens.refresh_token)
        with pytest.raises(ProviderTrouble) as caught:
            await renewed(oidc, provider_of(panva), tokens.refresh_token)
        told.append(told_by(caught.value))
    canaries = [*made, *(parse_qs(urlsplit(url).query)["code"][0] for url in urls[1:])]
    canaries += [tokens.token.text.reveal(), tokens.token.text.reveal().split(".")[2], tokens.refresh_token.reveal()]
    told += [caplog.text, page.text, page.url, repr(tokens.token.text), repr(tokens.refresh_token), repr(oidc)]
    assert len(made) == 6  # two sign-ins
    assert "it is on" in caplog.text, "the log was off"
    assert [canary for canary in canaries for text in told if canary in text] == []
