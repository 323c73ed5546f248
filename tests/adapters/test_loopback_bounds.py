"""The edges of one-time URLs: how much is listened to, how long, and what is said where it comes to nothing."""

from __future__ import annotations

import asyncio
import errno
import logging
import socket
import struct
import urllib.parse
from typing import TYPE_CHECKING

import pytest

from app.adapters import loopback
from app.adapters.loopback import HOST, OneTimeRedirects
from app.domain.errors import NetworkTrouble
from app.domain.secret import Secret

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

TARGET = "https://signin.aws.amazon.com/federation?Action=login&SigninToken=canary-token"


@pytest.fixture
async def redirects() -> AsyncIterator[OneTimeRedirects]:
    made = OneTimeRedirects()
    yield made
    await made.close()


async def say(url: str, more: bytes = b"") -> bytes:
    """All that is answered to a GET of a URL with more headers; nothing where the connection is cut."""
    parts = urllib.parse.urlsplit(url)
    reader, writer = await asyncio.open_connection(HOST, parts.port)
    try:
        writer.write(f"GET {parts.path} HTTP/1.1\r\nHost: {parts.netloc}\r\n".encode() + more + b"\r\n")
        return await reader.read()
    except ConnectionError:
        return b""
    finally:
        writer.close()


async def test_many_wait_at_once_each_at_a_port_of_its_own(redirects: OneTimeRedirects) -> None:
    urls = [redirects.offer(Secret(f"{TARGET}{number}")) for number in range(5)]
    assert len({urllib.parse.urlsplit(url).port for url in urls}) == 5
    for number, url in enumerate(urls):
        assert f"Location: {TARGET}{number}\r\n".encode() in await say(url)


async def test_without_a_port_it_is_said_why_and_what_to_do(
    redirects: OneTimeRedirects, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> socket.socket:
        raise OSError(errno.EMFILE, "Too many open files")

    monkeypatch.setattr("socket.create_server", refuse)
    with pytest.raises(NetworkTrouble) as caught:
        redirects.offer(Secret(TARGET))
    problem = caught.value.problem
    assert problem.code == "loopback-refused"
    assert "browser" in problem.title
    assert problem.detail == f"No port on {HOST} could be opened: Too many open files."
    assert "sign-in URL" in problem.remedy


async def test_the_answer_is_whole_and_nothing_follows_it(redirects: OneTimeRedirects) -> None:
    head, body = (await say(redirects.offer(Secret(TARGET)))).split(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 302 Found\r\n")
    assert b"Content-Length: 0" in head.split(b"\r\n")
    assert body == b""


async def test_a_head_of_more_than_sixteen_kilobytes_is_not_looked_at(redirects: OneTimeRedirects) -> None:
    url = redirects.offer(Secret(TARGET))
    assert await say(url, b"X-Long: " + b"x" * 20_000 + b"\r\n") == b""
    assert b"302" in await say(url, b"X-Usual: " + b"x" * 12_000 + b"\r\n")


async def test_one_who_connects_and_says_nothing_is_cut_off(
    redirects: OneTimeRedirects, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(loopback, "_REQUEST_SECONDS", 0.02)
    caplog.set_level(logging.DEBUG, "app.adapters.loopback")
    url = redirects.offer(Secret(TARGET))
    reader, writer = await asyncio.open_connection(HOST, urllib.parse.urlsplit(url).port)
    assert await reader.read() == b""
    writer.close()
    assert [each.getMessage() for each in caplog.records if each.name == "app.adapters.loopback"] == [
        "a loopback request came to nothing: TimeoutError"
    ]


async def test_one_who_hangs_up_at_once_does_not_stand_in_the_way(
    redirects: OneTimeRedirects, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, "app.adapters.loopback")
    url = redirects.offer(Secret(TARGET))
    knock = socket.create_connection((HOST, urllib.parse.urlsplit(url).port or 0))
    knock.send(b"GET ")
    # Closed with a reset in place of a goodbye.
    knock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    knock.close()
    while "ConnectionResetError" not in caplog.text:  # noqa: ASYNC110  # the log has no event
        await asyncio.sleep(0)
    assert b"302" in await say(url)
    await asyncio.wait_for(redirects.settled(), 5)


async def test_the_patience_is_a_part_of_the_life(redirects: OneTimeRedirects, monkeypatch: pytest.MonkeyPatch) -> None:
    waited: list[float] = []
    timeout = asyncio.timeout

    def noted(seconds: float) -> asyncio.Timeout:
        waited.append(seconds)
        return timeout(seconds)

    monkeypatch.setattr(asyncio, "timeout", noted)
    redirects.patience = 0.01
    redirects.offer(Secret(TARGET), seconds=0.03)
    await redirects.settled()
    assert sum(waited) == pytest.approx(0.03)
