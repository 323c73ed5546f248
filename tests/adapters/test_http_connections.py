"""Connections are kept while they are good, and no longer; the limit for a host holds over all of them."""

from __future__ import annotations

import asyncio
import contextlib
import importlib
import sys
import threading
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from app.adapters.http import Http, HttpOptions, client, connections, values
from app.domain.errors import NetworkTrouble, RolecallError
from tests.adapters.sts.raw_server import answer, serving

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

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


async def test_what_reads_odd_answers_is_loaded_elsewhere_and_leaves_no_thread(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "app.adapters.http.odd_answers", raising=False)
    odd = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nx\r\n0\r\n\r\n"
    loaded_by: list[threading.Thread] = []
    load = importlib.import_module

    def noted(name: str, package: str | None = None) -> object:
        if name == "app.adapters.http.odd_answers":
            loaded_by.append(threading.current_thread())
        return load(name, package)

    monkeypatch.setattr(importlib, "import_module", noted)
    async with serving(odd) as server:
        http = Http(QUICK)
        assert await bodies(http, server.url, 2) == [b"x"] * 2
        await http.aclose()
    [thread] = loaded_by
    assert thread is not threading.current_thread()
    thread.join(timeout=10)
    assert not thread.is_alive()


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


LARGE = b"x" * (8 * 1024 * 1024)
"""More than a kernel takes on its way to somebody who does not read."""


@contextlib.asynccontextmanager
async def deaf(until: asyncio.Event) -> AsyncIterator[str]:
    """A server that reads nothing until then, and answers what it has taken whole."""
    served: list[asyncio.Task[None]] = []

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.transport.pause_reading()  # type: ignore[attr-defined]  # a transport of a socket has it
        await until.wait()
        writer.transport.resume_reading()  # type: ignore[attr-defined]  # see above
        with contextlib.suppress(asyncio.IncompleteReadError, ConnectionError):
            head = await reader.readuntil(b"\r\n\r\n")
            await reader.readexactly(int(head.lower().partition(b"content-length: ")[2].split(b"\r\n")[0]))
            writer.write(answer("taken"))
            await writer.drain()
        writer.close()

    def connected(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        served.append(asyncio.ensure_future(serve(reader, writer)))

    server = await asyncio.start_server(connected, "127.0.0.1", 0)
    yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/"
    until.set()
    await asyncio.gather(*served)
    server.close()
    await server.wait_closed()


async def test_who_takes_a_request_slowly_gets_all_of_it() -> None:
    until = asyncio.Event()
    async with deaf(until) as url:
        http = Http(HttpOptions(connect_timeout=30, read_timeout=30))
        asyncio.get_running_loop().call_later(0.2, until.set)
        assert (await http.send("POST", url, headers={}, body=LARGE)).body == b"taken"
        await http.aclose()


async def test_who_does_not_take_a_request_is_not_waited_for_for_ever() -> None:
    async with deaf(asyncio.Event()) as url:
        http = Http(HttpOptions(connect_timeout=0.2, read_timeout=0.2))
        with pytest.raises(NetworkTrouble) as caught:
            await http.send("POST", url, headers={}, body=LARGE)
        assert caught.value.code == "timeout"
        await http.aclose()


class Tap(asyncio.Transport):
    """Tells whether it is turned off."""

    def __init__(self) -> None:
        super().__init__()
        self.closed: list[bool] = []

    def pause_reading(self) -> None:
        self.closed.append(True)

    def resume_reading(self) -> None:
        self.closed.append(False)


async def test_a_server_that_sends_more_than_is_read_has_to_wait() -> None:
    tap, listener = Tap(), connections._Listener()
    listener.connection_made(tap)
    for _ in range(4):
        listener.data_received(b"x" * 64 * 1024)
    assert tap.closed == [True]
    assert await listener.read(1) == b"x" * 256 * 1024
    assert tap.closed == [True, False]
    assert listener.is_empty


async def test_what_arrived_before_the_end_is_read_and_then_the_end() -> None:
    listener = connections._Listener()
    listener.data_received(b"last words")
    listener.connection_lost(ConnectionResetError("gone"))
    assert await listener.read(1) == b"last words"
    with pytest.raises(ConnectionResetError):
        await listener.read(1)
    calm = connections._Listener()
    calm.eof_received()
    assert await calm.read(1) == b""


async def test_silence_ends_in_time_and_nobody_is_left_waiting() -> None:
    listener = connections._Listener()
    with pytest.raises(TimeoutError):
        await listener.read(0.01)
    task = asyncio.ensure_future(listener.read(60))
    await asyncio.sleep(0)
    task.cancel()
    await asyncio.wait([task])
    listener.data_received(b"later")
    assert await listener.read(1) == b"later"
