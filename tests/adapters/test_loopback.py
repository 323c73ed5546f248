from __future__ import annotations

import asyncio
import http.client
import os
import urllib.parse
from typing import TYPE_CHECKING

import pytest

from app.adapters.loopback import HOST, OneTimeRedirects
from app.domain.secret import Secret

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

TARGET = "https://signin.aws.amazon.com/federation?Action=login&SigninToken=canary-token"


@pytest.fixture
async def redirects() -> AsyncIterator[OneTimeRedirects]:
    made = OneTimeRedirects()
    yield made
    await made.close()


async def ask(
    url: str, *, method: str = "GET", path: str | None = None, host: str | None = None
) -> tuple[int, dict[str, str], bytes]:
    parts = urllib.parse.urlsplit(url)

    def go() -> tuple[int, dict[str, str], bytes]:
        connection = http.client.HTTPConnection(HOST, parts.port or 0, timeout=5)
        connection.request(method, path or parts.path, headers={"Host": host or parts.netloc})
        answer = connection.getresponse()
        read = answer.status, dict(answer.getheaders()), answer.read()
        connection.close()
        return read

    return await asyncio.to_thread(go)


async def test_leads_to_the_secret_url_and_is_kept_by_nobody(redirects: OneTimeRedirects) -> None:
    url = redirects.offer(Secret(TARGET))
    status, headers, body = await ask(url)
    assert (status, headers["Location"]) == (302, TARGET)
    assert headers["Cache-Control"] == "no-store"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert body == b""


async def test_the_url_itself_says_nothing(redirects: OneTimeRedirects) -> None:
    url = redirects.offer(Secret(TARGET))
    assert "canary" not in url
    assert urllib.parse.urlsplit(url).hostname == HOST


async def test_dies_after_use(redirects: OneTimeRedirects) -> None:
    url = redirects.offer(Secret(TARGET))
    await ask(url)
    await asyncio.wait_for(redirects.settled(), 5)
    with pytest.raises(ConnectionRefusedError):
        await ask(url)


async def test_of_two_requests_at_once_one_is_answered(redirects: OneTimeRedirects) -> None:
    url = redirects.offer(Secret(TARGET))
    parts = urllib.parse.urlsplit(url)
    pairs = [await asyncio.open_connection(HOST, parts.port) for _ in range(2)]
    for _, writer in pairs:
        writer.write(f"GET {parts.path} HTTP/1.1\r\nHost: {parts.netloc}\r\n\r\n".encode())
    answers = await asyncio.gather(*(reader.read() for reader, _ in pairs), return_exceptions=True)
    for _, writer in pairs:
        writer.close()
    assert sum(b"302" in each for each in answers if isinstance(each, bytes)) == 1


async def test_dies_after_its_time(redirects: OneTimeRedirects) -> None:
    url = redirects.offer(Secret(TARGET), seconds=0.05)
    await asyncio.wait_for(redirects.settled(), 5)
    with pytest.raises(ConnectionRefusedError):
        await ask(url)


@pytest.mark.parametrize(
    ("method", "path", "host", "status"),
    [
        ("GET", "/", None, 404),
        ("GET", "/favicon.ico", None, 404),
        ("GET", None, "rebound.example:80", 404),
        ("GET", None, "localhost", 404),
        ("POST", None, None, 405),
        ("HEAD", None, None, 405),
    ],
)
async def test_strangers_learn_nothing_and_use_nothing_up(
    redirects: OneTimeRedirects, method: str, path: str | None, host: str | None, status: int
) -> None:
    url = redirects.offer(Secret(TARGET))
    seen, headers, body = await ask(url, method=method, path=path, host=host)
    assert seen == status
    assert "canary" not in str(headers) + body.decode()
    assert (await ask(url))[0] == 302


async def test_a_connection_that_says_nothing_does_not_stand_in_the_way(redirects: OneTimeRedirects) -> None:
    url = redirects.offer(Secret(TARGET))
    _, writer = await asyncio.open_connection(HOST, urllib.parse.urlsplit(url).port)
    assert (await ask(url))[0] == 302
    writer.close()


async def test_a_head_without_end_is_cut_off(redirects: OneTimeRedirects) -> None:
    url = redirects.offer(Secret(TARGET))
    reader, writer = await asyncio.open_connection(HOST, urllib.parse.urlsplit(url).port)
    writer.write(b"GET / HTTP/1.1\r\nX: " + b"x" * 100_000)
    with pytest.raises((ConnectionError, asyncio.IncompleteReadError)):
        await reader.readexactly(1)
    writer.close()
    assert (await ask(url))[0] == 302


async def test_another_user_of_the_machine_gets_nothing_and_the_browser_still_does(
    redirects: OneTimeRedirects, monkeypatch: pytest.MonkeyPatch, expect_log: Callable[[str], None]
) -> None:
    expect_log("another user of this machine")
    url = redirects.offer(Secret(TARGET))
    with monkeypatch.context() as patch:
        patch.setattr("os.geteuid", lambda: os.getuid() + 1)
        with pytest.raises((http.client.RemoteDisconnected, ConnectionResetError)):
            await ask(url)
    assert (await ask(url))[0] == 302


async def test_it_is_said_once_that_no_browser_comes_and_one_may_still_come() -> None:
    missed = asyncio.Event()
    redirects = OneTimeRedirects(missed.set)
    redirects.patience = 0.05
    url = redirects.offer(Secret(TARGET))
    await missed.wait()
    assert (await ask(url))[0] == 302
    await redirects.settled()


async def test_a_browser_that_comes_is_not_missed() -> None:
    missed = asyncio.Event()
    redirects = OneTimeRedirects(missed.set)
    await ask(redirects.offer(Secret(TARGET)))
    await redirects.settled()
    assert not missed.is_set()
