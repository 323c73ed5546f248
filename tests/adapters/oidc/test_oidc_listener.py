"""The listener on the loopback interface under strangers, floods and slow senders."""

from __future__ import annotations

import asyncio
import http.client
import os
import socket
from contextlib import suppress
from typing import TYPE_CHECKING, NoReturn
from urllib.parse import urlencode, urlsplit

import pytest

from app.adapters.oidc import listener as listening
from app.adapters.oidc.listener import Listener
from app.domain.errors import Declined, NetworkTrouble, ProviderTrouble
from app.domain.secret import Secret

if TYPE_CHECKING:
    from collections.abc import Callable

STATE = "canary-state-0123456789"
ISSUER = "https://login.example.com"


def made() -> Listener:
    return Listener(state=Secret(STATE), issuer=ISSUER, named=False)


def port_of(opened: Listener) -> int:
    return urlsplit(opened.redirect_uri).port or 0


async def ask(
    opened: Listener,
    query: str = "",
    *,
    path: str = "/callback",
    method: str = "GET",
    headers: dict[str, str] | None = None,
    host: str = "",
) -> tuple[int, dict[str, str], str]:
    """Ask as any program would; the names of headers come back in lower case."""
    host = host or urlsplit(opened.redirect_uri).hostname or ""

    def go() -> tuple[int, dict[str, str], str]:
        connection = http.client.HTTPConnection(host, port_of(opened), timeout=30)
        connection.request(method, f"{path}?{query}" if query else path, headers=headers or {})
        answer = connection.getresponse()
        read = answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read().decode()
        connection.close()
        return read

    return await asyncio.to_thread(go)


def right(code: str = "canary-code") -> str:
    return urlencode({"code": code, "state": STATE})


async def test_the_answer_leads_to_a_clean_page_that_is_served_once() -> None:
    async with made() as opened:
        assert (await ask(opened, path="/done"))[0] == 404
        status, headers, body = await ask(opened, right())
        assert (status, headers["location"], body) == (303, f"http://{opened.host}/done", "")
        assert await opened.answer(5) == Secret("canary-code")
        visit = asyncio.create_task(ask(opened, path="/done"))
        await opened.tell("<p>you are in</p>")
        status, headers, body = await visit
        assert (status, body) == (200, "<p>you are in</p>")
        assert (await ask(opened, path="/done"))[0] == 404
    assert headers["cache-control"] == "no-store"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["content-security-policy"].startswith("default-src 'none'; style-src 'unsafe-inline'")
    assert "server" not in headers


async def test_the_page_waits_until_there_is_something_to_tell() -> None:
    async with made() as opened:
        await ask(opened, right())
        visit = asyncio.create_task(ask(opened, path="/done"))
        done, _ = await asyncio.wait([visit], timeout=0.2)
        assert not done
        await opened.tell("<p>at last</p>")
        assert (await visit)[2] == "<p>at last</p>"


async def test_it_is_gone_within_five_seconds_though_nobody_fetches_the_page() -> None:
    loop = asyncio.get_running_loop()
    async with made() as opened:
        await ask(opened, right())
        await opened.answer(5)
        began = loop.time()
        await opened.tell("<p>for nobody</p>")
    assert loop.time() - began < 5
    with pytest.raises(ConnectionRefusedError):
        await ask(opened, right())


async def test_strangers_get_an_empty_404_and_use_nothing_up() -> None:
    strangers: list[tuple[str, dict[str, object]]] = [
        ("", {}),
        ("", {"path": "/"}),
        ("", {"path": "/favicon.ico"}),
        ("", {"path": "/done"}),
        ("code=x&state=wrong", {}),
        (f"code=x&state={STATE}&state={STATE}", {}),
        (right(), {"method": "POST"}),
        (right(), {"method": "HEAD"}),
        (right(), {"headers": {"Host": "rebound.example"}}),
        (right(), {"headers": {"Host": f"localhost:{80}"}}),
        (right(), {"headers": {"Origin": "https://evil.example"}}),
        (right(), {"headers": {"Sec-Fetch-Mode": "no-cors"}}),
    ]
    async with made() as opened:
        for query, how in strangers:
            status, headers, body = await ask(opened, query, **how)  # type: ignore[arg-type]
            assert (status, body) == (404, "")
            assert headers == {"content-length": "0", "connection": "close"}
        assert (await ask(opened, right()))[0] == 303
        assert await opened.answer(5) == Secret("canary-code")


async def test_nonsense_with_our_state_is_refused_and_the_wait_goes_on() -> None:
    async with made() as opened:
        status, _, body = await ask(opened, f"state={STATE}")
        assert status == 400
        assert "makes no sense" in body
        assert STATE not in body
        waiting = asyncio.create_task(opened.answer(30))
        assert (await ask(opened, right()))[0] == 303
        assert await waiting == Secret("canary-code")


async def test_the_first_code_counts() -> None:
    async with made() as opened:
        first, *others = await asyncio.gather(*(ask(opened, right("one")) for _ in range(5)))
        assert sorted(each[0] for each in (first, *others)) == [303, 404, 404, 404, 404]
        assert (await ask(opened, right("two")))[0] == 404
        assert (await ask(opened, f"error=access_denied&state={STATE}"))[0] == 404
        assert await opened.answer(5) == Secret("one")


async def test_a_refusal_ends_the_wait() -> None:
    async with made() as opened:
        await ask(opened, f"error=access_denied&state={STATE}")
        with pytest.raises(Declined):
            await opened.answer(5)


async def test_a_wait_without_answer_ends_and_tells_what_came_instead() -> None:
    async with made() as opened:
        await ask(opened, f"state={STATE}")
        with pytest.raises(ProviderTrouble) as caught:
            await opened.answer(0.05)
        await opened.tell("<p>to nobody, and at once</p>")
    assert caught.value.code == "oidc-timeout"
    assert "neither a yes nor a no" in caught.value.detail
    assert "http://127.0.0.1/callback" in caught.value.remedy


async def test_a_cancelled_wait_closes_the_port() -> None:
    opened = made()

    async def wait() -> None:
        async with opened:
            await opened.answer(300)

    task = asyncio.create_task(wait())
    while (await ask(opened, path="/"))[0] != 404:
        pass
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task
    with pytest.raises(ConnectionRefusedError):
        await ask(opened, right())


async def test_a_thousand_junk_requests_do_not_keep_the_browser_out() -> None:
    junk = [
        b"GET / HTTP/1.1\r\n\r\n",
        b"\x16\x03\x01",
        b"\r\n" * 50,
        b"GET /callback?code=x&state=y HTTP/1.1\r\n\r\n",
        b"",
    ]
    async with made() as opened:
        port = port_of(opened)

        async def send(data: bytes) -> None:
            with suppress(OSError):
                _, writer = await asyncio.open_connection("127.0.0.1", port)
                writer.write(data)
                with suppress(OSError):
                    await writer.drain()
                writer.close()
                await writer.wait_closed()

        for start in range(0, 1000, 50):
            await asyncio.gather(*(send(junk[(start + each) % len(junk)]) for each in range(50)))
        assert (await ask(opened, right()))[0] == 303
        assert await opened.answer(5) == Secret("canary-code")


async def test_slow_senders_do_not_keep_the_browser_out() -> None:
    async with made() as opened:
        slow = [await asyncio.open_connection("127.0.0.1", port_of(opened)) for _ in range(200)]
        for _, writer in slow:
            with suppress(OSError):
                writer.write(b"GET /callback HTTP/1.1\r\nX-Slow: ")
        assert (await ask(opened, right()))[0] == 303
        assert len(opened._open) <= listening._MOST
        assert await opened.answer(5) == Secret("canary-code")
        for _, writer in slow:
            writer.transport.abort()


async def test_a_sender_that_never_ends_is_cut_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listening, "_REQUEST_SECONDS", 0.05)
    async with made() as opened:
        reader, writer = await asyncio.open_connection("127.0.0.1", port_of(opened))
        writer.write(b"GET /")
        with suppress(ConnectionError):
            assert await asyncio.wait_for(reader.read(), 30) == b""
        writer.close()


async def test_a_head_far_too_long_is_cut_off_and_a_long_one_is_not() -> None:
    async with made() as opened:
        reader, writer = await asyncio.open_connection("127.0.0.1", port_of(opened))
        writer.write(b"GET / HTTP/1.1\r\nX: " + b"x" * 200_000)
        with suppress(ConnectionError):
            assert await asyncio.wait_for(reader.read(), 30) == b""
        writer.close()
        cookies = {"Cookie": "of=another-server; " * 2000}
        assert (await ask(opened, right(), headers=cookies))[0] == 303


async def test_the_page_is_kept_for_the_browser_under_a_flood() -> None:
    async with made() as opened:
        await ask(opened, right())
        visit = asyncio.create_task(ask(opened, path="/done"))
        while not any(each.kept for each in opened._open):  # each stranger's turn is a turn of the browser's
            assert (await ask(opened, path="/"))[0] == 404
        for _ in range(100):
            _, writer = await asyncio.open_connection("127.0.0.1", port_of(opened))
            writer.write(b"GET / ")
            writer.transport.abort()
        await opened.tell("<p>still there</p>")
        assert (await visit)[2] == "<p>still there</p>"


async def test_another_user_of_the_machine_is_not_heard(
    monkeypatch: pytest.MonkeyPatch, expect_log: Callable[[str], None]
) -> None:
    expect_log("another user of this machine")
    async with made() as opened:
        with monkeypatch.context() as patch:
            patch.setattr("os.geteuid", lambda: os.getuid() + 1)
            assert (await ask(opened, right("theirs")))[0] == 404
        assert (await ask(opened, right("ours")))[0] == 303
        assert await opened.answer(5) == Secret("ours")


class LooksLikeIPv6(socket.socket):
    """What a machine with IPv6 has, for machines that may have none."""

    def getsockname(self) -> tuple[str, int, int, int]:
        return "::1", super().getsockname()[1], 0, 0


async def test_without_ipv4_it_listens_on_ipv6(monkeypatch: pytest.MonkeyPatch) -> None:
    tried: list[str] = []

    def bound(host: str) -> socket.socket:
        tried.append(host)
        if host == "127.0.0.1":
            raise OSError(99, "Cannot assign requested address")
        made = LooksLikeIPv6()
        made.bind(("127.0.0.1", 0))
        return made

    monkeypatch.setattr(listening, "_bound", bound)
    async with made() as opened:
        port = port_of(opened)
        assert (opened.host, opened.redirect_uri) == (f"[::1]:{port}", f"http://[::1]:{port}/callback")
        for host in ("127.0.0.1", "localhost"):
            assert (await ask(opened, right(), host="127.0.0.1", headers={"Host": f"{host}:{port}"}))[0] == 404
        status, headers, _ = await ask(opened, right(), host="127.0.0.1", headers={"Host": opened.host})
        assert (status, headers["location"]) == (303, f"http://[::1]:{port}/done")
        assert await opened.answer(5) == Secret("canary-code")
    assert tried == ["127.0.0.1", "::1"]


async def test_without_any_port_it_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    def busy(host: str) -> NoReturn:
        raise OSError(98, "Address already in use")

    monkeypatch.setattr(listening, "_bound", busy)
    with pytest.raises(NetworkTrouble) as caught:
        made()
    assert caught.value.code == "oidc-loopback"
    assert "Address already in use" in caught.value.detail


async def test_every_sign_in_has_a_port_of_its_own() -> None:
    async with made() as one, made() as two:
        assert one.redirect_uri != two.redirect_uri
        with pytest.raises(OSError, match="in use"), socket.socket() as third:
            third.bind(("127.0.0.1", port_of(one)))
