"""What listens on the loopback interface, under everybody on the machine who is not the browser it waits for."""

from __future__ import annotations

import asyncio
import contextlib
import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

from app.adapters.loopback import HOST, OneTimeRedirects
from app.adapters.oidc import listener as listening
from app.adapters.oidc.listener import Listener
from app.domain.errors import Declined, ProviderTrouble, RolecallError
from app.domain.secret import Secret
from tests.faults.tally import amount

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.faults.tally import Tally

STATE = "canary-state-0123456789"
ISSUER = "https://login.example.com"
TARGET = "https://signin.aws.amazon.com/federation?Action=login&SigninToken=canary-token"
PATIENCE = 60.0


async def talk(port: int, data: bytes, *, pause: float = 0.0, shut: bool = True) -> bytes:
    """Send bytes as they are, and read to the end; an end by RST is one too."""
    reader, writer = await asyncio.open_connection(HOST, port)
    got = b""
    try:
        with contextlib.suppress(OSError):
            for at in range(0, len(data), 1 if pause else max(len(data), 1)):
                writer.write(data[at : at + 1] if pause else data)
                await writer.drain()
                await asyncio.sleep(pause)
            if shut and writer.can_write_eof():
                writer.write_eof()
        with contextlib.suppress(OSError):
            async with asyncio.timeout(PATIENCE):
                got = await reader.read()
    finally:
        writer.transport.abort()
        with contextlib.suppress(OSError):
            await writer.wait_closed()
    return got


def wrong_requests(path: str, host: str) -> dict[str, bytes]:
    """What a port scanner, a web page, a neighbour and a confused browser send. `path` is the right one."""

    def request(line: str, *headers: str) -> bytes:
        return "\r\n".join([line, *headers, "", ""]).encode("latin-1")

    right = f"Host: {host}"
    return {
        "nothing": b"",
        "a line end": b"\r\n",
        "junk": b"\x00\xff" * 500,
        "a TLS hello": b"\x16\x03\x01\x00\xa5\x01\x00\x00\xa1\x03\x03" + bytes(150),
        "half a request": f"GET {path} HTTP/1.1\r\nHost: {host}\r\n".encode(),
        "the root": request("GET / HTTP/1.1", right),
        "a neighbouring path": request(f"GET {path}x HTTP/1.1", right),
        "a shorter path": request(f"GET {path[:-1]} HTTP/1.1", right),
        "another case": request(f"GET {path.swapcase()} HTTP/1.1", right),
        "a path around": request(f"GET /x/..{path} HTTP/1.1", right),
        "percent-encoded": request(f"GET {path.replace('/', '%2F')} HTTP/1.1", right),
        "an absolute address": request(f"GET http://{host}{path} HTTP/1.1", right),
        "no path": request("GET", right),
        "favicon": request("GET /favicon.ico HTTP/1.1", right),
        "POST": request(f"POST {path} HTTP/1.1", right, "Content-Length: 0"),
        "HEAD": request(f"HEAD {path} HTTP/1.1", right),
        "OPTIONS": request(f"OPTIONS {path} HTTP/1.1", right, "Origin: https://evil.example"),
        "CONNECT": request(f"CONNECT {host} HTTP/1.1", right),
        "a made-up method": request(f"get {path} HTTP/1.1", right),
        "no Host": request(f"GET {path} HTTP/1.1"),
        "localhost": request(f"GET {path} HTTP/1.1", f"Host: localhost:{host.rpartition(':')[2]}"),
        "a name that leads here": request(f"GET {path} HTTP/1.1", "Host: evil.example"),
        "another port": request(f"GET {path} HTTP/1.1", "Host: 127.0.0.1:1"),
        "two Hosts": request(f"GET {path} HTTP/1.1", right, "Host: evil.example"),
        "the same Host twice": request(f"GET {path} HTTP/1.1", right, right),
        "an odd Host": request(f"GET {path} HTTP/1.1", f"Host: {host}@evil.example"),
        "a huge line": b"GET /" + b"a" * 200_000 + b" HTTP/1.1\r\n\r\n",
        "a huge header": request(f"GET {path} HTTP/1.1", right, "Cookie: " + "c" * 200_000),
        "20,000 headers": request(f"GET {path} HTTP/1.1", right, *["X: y"] * 20_000),
    }


# --- The one-time redirect to the console -----------------------------------------------------------------------------


async def test_the_console_redirect(tally: Tally) -> None:
    """Nobody who does not ask for the very path is led on; the browser still is, afterwards."""
    redirects = OneTimeRedirects()
    url = redirects.offer(Secret(TARGET))
    parts = urlsplit(url)
    port, path, host = parts.port or 0, parts.path, parts.netloc
    for name, data in wrong_requests(path, host).items():
        with tally.case("loopback: console redirect", name):
            got = await talk(port, data)
            assert b"canary" not in got
            assert b"Location" not in got
            assert not got or re.match(rb"HTTP/1\.1 (404|405) ", got)
    with tally.case("loopback: console redirect", "slow lorises"):
        lorises = [asyncio.create_task(talk(port, b"GET / HTTP", pause=0.05, shut=False)) for _ in range(20)]
        await asyncio.sleep(0)
        got = await talk(port, f"GET {path} HTTP/1.1\r\nHost: {host}\r\n\r\n".encode())
        assert b"302" in got.split(b"\r\n")[0]
        assert TARGET.encode() in got
        await asyncio.gather(*lorises, return_exceptions=True)
    with tally.case("loopback: console redirect", "gone afterwards"):
        async with asyncio.timeout(PATIENCE):
            await redirects.settled()
        with pytest.raises(OSError, match=r"refused|Connect call failed"):
            await talk(port, b"")
    await redirects.close()


async def test_only_one_of_many_browsers_is_led_on(tally: Tally) -> None:
    for number in range(amount(40, 5)):
        with tally.case("loopback: two at the same moment", str(number)):
            redirects = OneTimeRedirects()
            parts = urlsplit(redirects.offer(Secret(TARGET)))
            request = f"GET {parts.path} HTTP/1.1\r\nHost: {parts.netloc}\r\n\r\n".encode()
            answers = await asyncio.gather(*(talk(parts.port or 0, request) for _ in range(4)), return_exceptions=True)
            assert sum(TARGET.encode() in each for each in answers if isinstance(each, bytes)) == 1
            await redirects.close()


# --- The answer to a sign-in ------------------------------------------------------------------------------------------


def opened() -> Listener:
    return Listener(state=Secret(STATE), issuer=ISSUER, named=False)


def answers() -> dict[str, tuple[str, type[RolecallError] | None]]:
    """Queries of a callback: what comes of each; None for a stranger's, which leaves the sign-in waiting."""
    good = f"code=canary-code&state={STATE}"
    return {
        "no state": ("code=canary-code", None),
        "another state": ("code=canary-code&state=other", None),
        "a longer state": (f"{good}x", None),
        "an empty state": ("code=canary-code&state=", None),
        "two states": (f"{good}&state=other", None),
        "no query": ("", None),
        "denied": (f"error=access_denied&state={STATE}", Declined),
        "an error": (f"error=server_error&error_description=%9b2J&state={STATE}", ProviderTrouble),
        "an error of 30 KB": (f"error={'x' * 30_000}&state={STATE}", ProviderTrouble),
        "another issuer": (f"{good}&iss=https%3A%2F%2Fevil.example", ProviderTrouble),
    }


async def test_callbacks(tally: Tally) -> None:
    """Strangers get an empty 404 and change nothing; the right answer counts after all of them."""
    for name, (query, kind) in answers().items():
        with tally.case("loopback: sign-in", name):
            async with opened() as listener:
                port = urlsplit(listener.redirect_uri).port or 0
                got = await talk(port, _get(f"/callback?{query}", listener.host))
                assert b"canary" not in got
                if kind is None:
                    assert re.match(rb"HTTP/1\.1 40[04] ", got)
                    await talk(port, _get(f"/callback?code=canary-code&state={STATE}", listener.host))
                    assert await listener.answer(PATIENCE) == Secret("canary-code")
                else:
                    with pytest.raises(kind) as caught:
                        await listener.answer(PATIENCE)
                    assert "canary" not in str(caught.value)
                    assert str(caught.value).isprintable()
                    assert len(str(caught.value)) < 2000


def _get(target: str, host: str) -> bytes:
    return f"GET {target} HTTP/1.1\r\nHost: {host}\r\n\r\n".encode()


async def test_strangers_at_the_sign_in(tally: Tally) -> None:
    async with opened() as listener:
        port = urlsplit(listener.redirect_uri).port or 0
        path = f"/callback?code=canary-wrong&state={STATE}"
        for name, data in wrong_requests(path, listener.host).items():
            with tally.case("loopback: strangers at the sign-in", name):
                got = await talk(port, data)
                assert b"canary" not in got
                assert not got or re.match(rb"HTTP/1\.1 (400|404|405) ", got), got[:60]
        with tally.case("loopback: strangers at the sign-in", "a flood"):
            flood = [asyncio.create_task(talk(port, b"GET /", shut=False)) for _ in range(100)]
            await asyncio.sleep(0)
            await talk(port, _get(f"/callback?code=canary-code&state={STATE}", listener.host))
            assert await listener.answer(PATIENCE) == Secret("canary-code")
            for task in flood:
                task.cancel()
            await asyncio.gather(*flood, return_exceptions=True)
        with tally.case("loopback: strangers at the sign-in", "a second answer"):
            got = await talk(port, _get(f"/callback?code=canary-other&state={STATE}", listener.host))
            assert got.startswith(b"HTTP/1.1 404 ")
            assert await listener.answer(PATIENCE) == Secret("canary-code")
    gone = pytest.raises(OSError, match=r"refused|Connect call failed")
    with tally.case("loopback: strangers at the sign-in", "gone afterwards"), gone:
        await talk(port, b"")


async def test_answers_that_are_cut(tally: Tally) -> None:
    """A browser that dies at any byte of its request has brought no answer; the next one brings it."""
    async with opened() as listener:
        request = _get(f"/callback?code=canary-code&state={STATE}", listener.host)
        port = urlsplit(listener.redirect_uri).port or 0
        for at in range(0, len(request), amount(1, 12)):
            with tally.case("loopback: cut at every byte", str(at)):
                got = await talk(port, request[:at])
                assert b"canary" not in got
                with pytest.raises(ProviderTrouble, match="Nobody signed in"):
                    await listener.answer(0)
        with tally.case("loopback: cut at every byte", "whole"):
            await talk(port, request)
            assert await listener.answer(PATIENCE) == Secret("canary-code")


async def test_a_page_that_nobody_fetches_does_not_keep_the_sign_in(
    tally: Tally, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listening, "LINGER_SECONDS", 0.05)
    ways: dict[str, Callable[[int, str], object]] = {
        "never comes": lambda _port, _host: None,
        "comes and hangs": lambda port, host: asyncio.open_connection(host, port),
    }
    for name, way in ways.items():
        with tally.case("loopback: the page at the end", name):
            async with opened() as listener:
                port = urlsplit(listener.redirect_uri).port or 0
                await talk(port, _get(f"/callback?code=canary-code&state={STATE}", listener.host))
                coming = way(port, HOST)
                pair = await coming if asyncio.iscoroutine(coming) else None
                async with asyncio.timeout(PATIENCE):
                    await listener.tell("done")
            if pair is not None:
                pair[1].close()
                with contextlib.suppress(OSError):
                    await pair[1].wait_closed()
