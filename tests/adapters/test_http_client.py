"""What holds on both ways out, straight and through a proxy; and what the straight one never loads."""

from __future__ import annotations

import asyncio
import contextlib
import json
import subprocess
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from app.adapters.http import ANSWER_LONGEST, Http, HttpOptions, client
from app.domain.errors import NetworkTrouble, Retry
from tests.adapters.sts.raw_server import answer, serving
from tests.adapters.test_http import CANARY, canaries
from tests.faults import tls_trouble as tls

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable
    from pathlib import Path

    from tests.adapters.sts.raw_server import Answer, Server

    Out = Callable[..., contextlib.AbstractAsyncContextManager["Tried"]]

FAR = "http://sts.example.invalid"


@dataclass(frozen=True, slots=True)
class Tried:
    http: Http
    server: Server
    url: str


@pytest.fixture(params=["straight", "proxied"])
def out(request: pytest.FixtureRequest) -> Out:
    """A server with such answers, and how to get there; a proxy answers for one that is far away."""

    @contextlib.asynccontextmanager
    async def made(*answers: Answer) -> AsyncIterator[Tried]:
        async with serving(*answers) as server:
            proxied = request.param == "proxied"
            http = Http(HttpOptions(connect_timeout=30, read_timeout=30, proxy=server.url if proxied else ""))
            yield Tried(http, server, FAR if proxied else server.url)
            await http.aclose()

    return made


async def test_one_connection_serves_many_requests(out: Out) -> None:
    async with out(answer("x")) as tried:
        got = [(await tried.http.send("POST", tried.url, headers={}, body=b"a" * n)).body for n in range(4)]
        assert got == [b"x"] * 4
        assert [seen.body for seen in tried.server.seen] == [b"", b"a", b"aa", b"aaa"]
        assert tried.server.connections == 1


async def test_what_comes_behind_an_answer_is_not_the_next_one(out: Out) -> None:
    async with out(answer("mine") + answer("other"), answer("next")) as tried:
        got = [(await tried.http.send("GET", tried.url, headers={})).body for _ in range(3)]
        assert got == [b"mine", b"next", b"next"]
        assert tried.server.connections == 2


@pytest.mark.parametrize("place", ["http://127.0.0.1:1/", "https://[", "//", "http://a:b", "\N{SNOWMAN}", ""])
async def test_nobody_looks_where_a_redirect_leads(out: Out, place: str) -> None:
    raw = b"HTTP/1.1 302 Found\r\nLocation: " + place.encode() + b"\r\nContent-Length: 2\r\n\r\nhi"
    async with out(raw) as tried:
        got = await tried.http.send("POST", tried.url, headers={}, body=b"x")
        assert (got.status, got.body, got.headers["location"]) == (302, b"hi", place)
        assert len(tried.server.seen) == 1


async def test_no_cookie_is_kept(out: Out) -> None:
    cookies = tuple(("Set-Cookie", f"{name}=1; Path=/") for name in ("a", "b"))
    async with out(answer("x", headers=cookies)) as tried:
        for _ in range(2):
            got = await tried.http.send("GET", tried.url, headers={})
            assert got.headers["set-cookie"] == "a=1; Path=/, b=1; Path=/"
        assert not any("cookie" in seen.headers for seen in tried.server.seen)


async def test_a_name_and_password_in_an_address_sign_nothing_and_are_not_told(out: Out) -> None:
    async with out(answer("x" * (ANSWER_LONGEST + 1))) as tried:
        url = tried.url.replace("://", f"://alice:{CANARY}@")
        with pytest.raises(NetworkTrouble) as caught:
            await tried.http.send("GET", url, headers={"authorization": "AWS4-HMAC-SHA256 mine"})
        assert caught.value.code == "answer-too-large"
        assert not canaries(caught.value)
        (seen,) = tried.server.seen
        assert seen.headers["authorization"] == "AWS4-HMAC-SHA256 mine"
        assert CANARY not in seen.headers["host"]


async def test_a_head_is_sent_as_it_was_given(out: Out) -> None:
    async with out(answer("x")) as tried:
        given = {"content-type": "text/plain", "host": "other.example", "x-b": "1", "x-a": "caf\u00e9"}
        await tried.http.send("POST", f"{tried.url}/a%2Fb?c=d%20e", headers=given, body=b"body")
        await tried.http.send("GET", tried.url, headers={"user-agent": "mine"})
        first, second = tried.server.seen
        assert first.target.endswith("/a%2Fb?c=d%20e")
        assert dict(first.headers) == {
            "user-agent": "rolecall",
            "accept-encoding": "identity",
            **given,
            "content-length": "4",
        }
        assert next(iter(first.headers)) == "host"
        assert [name for name in first.headers if name in given and name != "host"] == ["content-type", "x-b", "x-a"]
        assert second.headers["user-agent"] == "mine"
        assert second.headers["host"] == tried.url.removeprefix("http://")
        assert "content-length" not in second.headers


@pytest.mark.parametrize("value", [f"{CANARY}\n", f"{CANARY}\r\nHost: other", f"{CANARY}\N{SNOWMAN}", f"\0{CANARY}"])
async def test_what_cannot_stand_in_a_header_is_not_sent_and_not_told(out: Out, value: str) -> None:
    async with out(answer("x")) as tried:
        with pytest.raises(NetworkTrouble) as caught:
            await tried.http.send("GET", tried.url, headers={"x-token": value})
        assert caught.value.code == "request"
        assert caught.value.retry is Retry.NEVER
        assert not canaries(caught.value)
        assert not tried.server.seen


@pytest.mark.parametrize(
    "address",
    [
        *("", "x", "//example.com", "http://", "https:///a", "mailto:alice", "ftp://example.com/", "http://[::1"),
        *("http://127.0.0.1:99999/", "http://127.0.0.1:port/", "http://a:0/", "http://127.0.0.1/\0", "http://\u2488/"),
        "http://example.com:80:80/",
    ],
)
@pytest.mark.parametrize("proxy", ["", "http://127.0.0.1:1"])
async def test_what_is_no_address(address: str, proxy: str) -> None:
    http = Http(HttpOptions(connect_timeout=30, read_timeout=30, proxy=proxy, no_proxy="example.org"))
    with pytest.raises(NetworkTrouble) as caught:
        await http.send("GET", address.replace("//", f"//alice:{CANARY}@", 1), headers={})
    assert caught.value.code == "request"
    assert caught.value.detail.isprintable()
    assert not canaries(caught.value)
    await http.aclose()


@pytest.mark.parametrize("change", [str.upper, lambda url: url.replace("127.0.0.1", "LOCALHOST"), "{}/\u00e4 b".format])
async def test_odd_addresses_are_addresses(change: Callable[[str], str]) -> None:
    async with serving(answer("x")) as server:
        http = Http(HttpOptions(connect_timeout=30, read_timeout=30))
        assert (await http.send("GET", change(server.url), headers={})).body == b"x"
        await http.aclose()
        assert server.seen[0].target in ("/", "/%C3%A4%20b")


def test_addresses_that_may_hold_a_secret_are_not_kept() -> None:
    client._known_address.cache_clear()
    for text in (f"https://example.com/?SigninToken={CANARY}", f"https://alice:{CANARY}@example.com/"):
        assert client.read_address(text) is not None
    assert client._known_address.cache_info().currsize == 0
    assert client.read_address("https://example.com/") is client.read_address("https://example.com/")


# --- Time -------------------------------------------------------------------------------------------------------------


async def test_the_way_there_is_no_part_of_what_an_answer_takes(tmp_path: Path) -> None:
    """A tunnel through a proxy, a slow one, is there before our request is written."""
    known, time, over = tls.authority("Known root"), 1000.0, asyncio.Event()
    bundle = tmp_path / "bundle.pem"
    bundle.write_bytes(known.pem())

    async def slow(_server: object, writer: asyncio.StreamWriter) -> None:
        nonlocal time
        time += 2
        writer.write(answer("x"))

    async def tunnel(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal time
        await reader.readuntil(b"\r\n\r\n")
        time += 100
        there, to_there = await asyncio.open_connection("127.0.0.1", port)
        writer.write(b"HTTP/1.1 200 OK\r\n\r\n")
        await asyncio.gather(pass_on(reader, to_there), pass_on(there, writer))
        over.set()

    async with serving(slow, tls=tls.server_tls(tmp_path, known, hosts=("aws.invalid",))) as server:
        port = int(server.url.rpartition(":")[2])
        proxy = await asyncio.start_server(tunnel, "127.0.0.1", 0)
        url = f"http://127.0.0.1:{proxy.sockets[0].getsockname()[1]}"
        options = HttpOptions(connect_timeout=30, read_timeout=30, proxy=url, ca_bundle=str(bundle))
        http = Http(options, steady=lambda: time)
        for _ in range(2):
            assert (await http.send("POST", "https://aws.invalid", headers={})).took == 2
        await http.aclose()
        async with asyncio.timeout(60):
            await over.wait()
        proxy.close()
        await proxy.wait_closed()


async def pass_on(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with contextlib.suppress(OSError):
        while data := await reader.read(65536):
            writer.write(data)
            await writer.drain()
    writer.close()
    with contextlib.suppress(OSError):
        await writer.wait_closed()


# --- Weight -----------------------------------------------------------------------------------------------------------

ASK = """
import asyncio, json, sys
from app.adapters.http import Http, HttpOptions

async def main():
    http = Http(HttpOptions(connect_timeout=30, read_timeout=30))
    http.prepare() if sys.argv[2] == "prepared" else None
    assert (await http.send("POST", sys.argv[1], headers={}, body=b"x")).body == b"x"
    await http.aclose()

asyncio.run(main())
print(json.dumps(sorted(sys.modules)))
"""


@pytest.mark.parametrize("prepared", ["prepared", ""])
async def test_the_straight_way_loads_httpx_and_nothing_that_comes_with_it(prepared: str) -> None:
    async with serving(answer("x")) as server:
        child = await asyncio.create_subprocess_exec(
            sys.executable, "-c", ASK, server.url, prepared, stdout=subprocess.PIPE
        )
        told, _ = await child.communicate()
    assert child.returncode == 0
    loaded = set(json.loads(told))
    assert "httpx" in loaded
    assert not loaded & {"httpcore", "anyio", "sniffio", "click", "rich", "pygments", "socksio", "h2"}
    # Certificates are read for https only
    assert ("certifi" in loaded) == bool(prepared)
