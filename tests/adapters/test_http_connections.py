"""Connections are kept while they are good, and no longer; the limit for a host holds over all of them."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from app.adapters.http import Http, HttpOptions, client, connections, values
from app.domain.errors import NetworkTrouble, RolecallError
from tests.adapters.sts.raw_server import answer, serving

if TYPE_CHECKING:
    from collections.abc import Callable

QUICK = HttpOptions(connect_timeout=5, read_timeout=5)


async def bodies(http: Http, url: str, times: int) -> list[bytes]:
    return [(await http.send("POST", url, headers={}, body=b"x")).body for _ in range(times)]


async def test_an_old_connection_is_not_used_again(monkeypatch: pytest.MonkeyPatch) -> None:
    now = 1000.0
    monkeypatch.setattr(connections, "_uptime", lambda: now)
    async with serving(answer("x")) as server:
        http = Http(QUICK)
        await bodies(http, server.url, 2)
        assert server.connections == 1
        now += values.KEPT_SECONDS + 1
        await bodies(http, server.url, 2)
        assert server.connections == 2
        await http.aclose()


async def test_a_connection_that_the_server_closed_meanwhile_is_not_used_again() -> None:
    async def parting(_server: object, writer: asyncio.StreamWriter) -> None:
        writer.write(answer("x"))
        await writer.drain()
        writer.close()

    async with serving(parting) as server:
        http = Http(QUICK)
        assert await bodies(http, server.url, 3) == [b"x"] * 3
        assert server.connections == 3
        await http.aclose()


async def test_what_comes_while_nothing_was_asked_is_no_answer() -> None:
    chatter = asyncio.Event()

    async def chatty(_server: object, writer: asyncio.StreamWriter) -> None:
        writer.write(answer("mine"))
        await writer.drain()
        await chatter.wait()
        writer.write(answer("nobody asked"))

    async with serving(chatty, answer("next")) as server:
        http = Http(QUICK)
        assert await bodies(http, server.url, 1) == [b"mine"]
        chatter.set()
        await until_disturbed(http)
        assert await bodies(http, server.url, 1) == [b"next"]
        await http.aclose()


async def until_disturbed(http: Http) -> None:
    (way,) = http._ways.values()
    assert isinstance(way.transport, client.KeptTransport)
    ((kept,),) = way.transport.connections._idle.values()
    async with asyncio.timeout(30):
        while not kept._listener.was_disturbed:  # noqa: ASYNC110  # the listener has no Event for it
            await asyncio.sleep(0.01)


async def test_answers_in_chunks_and_with_a_word_before_them() -> None:
    chunked = (
        b"HTTP/1.1 100 Continue\r\n\r\n"
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nX-Twice: a\r\nX-Twice: b\r\n\r\n"
        b"3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n"
    )
    async with serving(chunked) as server:
        http = Http(QUICK)
        assert await bodies(http, server.url, 2) == [b"abcde"] * 2
        got = await http.send("GET", server.url, headers={})
        assert got.headers["x-twice"] == "a, b"
        assert server.connections == 1
        await http.aclose()


@pytest.mark.parametrize("value", ["a\nb", "a\r\nHost: other", "\N{SNOWMAN}", "a\0b"])
async def test_what_cannot_stand_in_a_header_is_not_sent_and_not_told(value: str) -> None:
    async with serving(answer("x")) as server:
        http = Http(QUICK)
        with pytest.raises(RolecallError) as caught:
            await http.send("GET", server.url, headers={"x-token": f"canary{value}"})
        assert caught.value.code == "request"
        error: BaseException | None = caught.value
        while error is not None:
            assert "canary" not in f"{error!r}"
            error = error.__cause__ or error.__context__
        await http.aclose()
        assert server.seen == []


@pytest.mark.parametrize("change", [lambda each: each, lambda each: replace(each, read_timeout=4)])
async def test_no_more_than_four_at_a_time_also_while_settings_change(
    change: Callable[[HttpOptions], HttpOptions],
) -> None:
    gate, waiting = asyncio.Event(), asyncio.Semaphore(0)

    async def wait(_server: object, writer: asyncio.StreamWriter) -> None:
        waiting.release()
        await gate.wait()
        writer.write(answer("x"))

    async with serving(wait) as server:
        http = Http(QUICK)
        tasks = [asyncio.ensure_future(http.send("GET", server.url, headers={})) for _ in range(8)]
        for _ in range(4):
            await waiting.acquire()
        http.reconfigure(change(QUICK))
        loud = server.url.replace("http://", "HTTP://")
        tasks += [asyncio.ensure_future(http.send("GET", loud, headers={})) for _ in range(8)]
        await asyncio.sleep(0.05)
        gate.set()
        await asyncio.gather(*tasks)
        await http.aclose()
        assert server.most_at_once == 4
        assert len(server.seen) == 16


async def test_a_request_that_was_cancelled_leaves_no_connection_behind() -> None:
    async def never(_server: object, _writer: asyncio.StreamWriter) -> None:
        await asyncio.sleep(60)

    async with serving(never, answer("next")) as server:
        http = Http(QUICK)
        task = asyncio.ensure_future(http.send("GET", server.url, headers={}))
        await server.arrived.wait()
        task.cancel()
        await asyncio.wait([task])
        assert await bodies(http, server.url, 1) == [b"next"]
        assert server.connections == 2
        await http.aclose()


async def test_a_name_that_is_none() -> None:
    http = Http(QUICK)
    with pytest.raises(NetworkTrouble) as caught:
        await http.send("GET", f"http://{'a' * 70}.example/", headers={})
    assert caught.value.code == "dns"
    await http.aclose()
