from __future__ import annotations

import asyncio
import gzip
import logging
import socket
import subprocess
import sys
import zlib
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.adapters.http import ANSWER_LONGEST, SKEW_MOST, Answer, Http, HttpOptions
from app.domain.configuration import Settings
from app.domain.errors import NetworkTrouble, Retry, RolecallError
from app.domain.secret import Secret
from tests.adapters.sts.raw_server import answer, cut, drip, hang, reset, serving

if TYPE_CHECKING:
    from tests.adapters.sts.raw_server import Answer as RawAnswer

CANARY = "canary-secret"
QUICK = HttpOptions(connect_timeout=2, read_timeout=2)


async def ask(url: str, options: HttpOptions = QUICK, *, seconds: float | None = None) -> Answer:
    http = Http(options)
    try:
        return await http.send(
            "POST",
            Secret(f"{url}/?Session={CANARY}"),
            headers={"x-token": CANARY},
            body=CANARY.encode(),
            seconds=seconds,
        )
    finally:
        await http.aclose()


async def trouble(url: str, options: HttpOptions = QUICK, *, seconds: float | None = None) -> RolecallError:
    with pytest.raises(RolecallError) as caught:
        await ask(url, options, seconds=seconds)
    error = caught.value
    assert error.title
    assert error.remedy
    assert not canaries(error)
    return error


def canaries(error: BaseException | None) -> list[str]:
    """Everything that an error and its causes tell, and where the canary sings."""
    found = []
    while error is not None:
        told = [
            repr(error),
            str(error),
            repr(vars(error)),
            *(repr(vars(v)) for v in vars(error).values() if hasattr(v, "__dict__")),
        ]
        found += [text for text in told if CANARY in text]
        error = error.__cause__ or error.__context__
    return found


async def test_an_answer_comes_back_whole() -> None:
    async with serving(answer("hello", 418, headers=(("X-Thing", "a"),))) as server:
        got = await ask(server.url)
    assert (got.status, got.body, got.headers["x-thing"]) == (418, b"hello", "a")
    assert got.sent <= got.received
    seen = server.seen[0]
    assert (seen.method, seen.target, seen.body) == ("POST", f"/?Session={CANARY}", CANARY.encode())
    assert seen.headers["user-agent"] == "rolecall"
    assert seen.headers["accept-encoding"] == "identity"
    assert "hello" not in repr(got)


async def test_one_connection_serves_many_requests() -> None:
    async with serving(answer("x")) as server:
        http = Http(QUICK)
        for _ in range(5):
            await http.send("GET", server.url, headers={})
        await http.aclose()
    assert server.connections == 1


async def test_at_most_four_requests_at_a_time() -> None:
    gate = asyncio.Event()
    waiting = asyncio.Semaphore(0)

    async def wait(_server: object, writer: asyncio.StreamWriter) -> None:
        waiting.release()
        await gate.wait()
        writer.write(answer("x"))

    async with serving(wait) as server:
        http = Http(QUICK)
        tasks = [asyncio.ensure_future(http.send("GET", server.url, headers={})) for _ in range(12)]
        for _ in range(4):
            await waiting.acquire()
        gate.set()
        await asyncio.gather(*tasks)
        await http.aclose()
        assert server.most_at_once == 4
        assert len(server.seen) == 12


async def test_redirects_are_not_followed() -> None:
    async with serving(answer("", 302, headers=(("Location", "http://127.0.0.1:1/"),))) as server:
        got = await ask(server.url)
    assert got.status == 302
    assert len(server.seen) == 1


async def test_other_options_hold_from_the_next_request_on_and_old_connections_are_closed() -> None:
    async with serving(hang, answer("late")) as slow, serving(answer("", 403)) as proxy:
        http = Http(QUICK)
        task = asyncio.ensure_future(http.send("GET", slow.url, headers={}, seconds=1))
        await slow.arrived.wait()
        http.reconfigure(QUICK)
        assert not http._retired
        http.reconfigure(HttpOptions(proxy=proxy.url))
        with pytest.raises(NetworkTrouble) as caught:
            await http.send("GET", "https://sts.eu-west-1.amazonaws.com", headers={})
        assert caught.value.code == "proxy"
        assert len(http._retired) == 1
        with pytest.raises(NetworkTrouble):
            await task
        assert not http._retired
        await http.aclose()


# --- Trouble ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (reset, "reset"),
        (cut(b""), "reset"),
        (cut(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nonly this"), "reset"),
        (cut(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhel"), "reset"),
        (cut(b"SSH-2.0-OpenSSH_9.2\r\n"), "reset"),
        (answer(b"x" * (ANSWER_LONGEST + 1)), "answer-too-large"),
        (
            answer(gzip.compress(b"x" * (ANSWER_LONGEST * 30), mtime=0), headers=(("Content-Encoding", "gzip"),)),
            "answer-too-large",
        ),
        (
            answer(zlib.compress(b"x" * (ANSWER_LONGEST + 1)), headers=(("Content-Encoding", "deflate"),)),
            "answer-too-large",
        ),
        (answer(gzip.compress(b"hello", mtime=0)[:-9], headers=(("Content-Encoding", "gzip"),)), "answer-broken"),
        (answer(b"hello", headers=(("Content-Encoding", "gzip"),)), "answer-broken"),
        (answer(b"hello", headers=(("Content-Encoding", "br"),)), "answer-broken"),
    ],
)
async def test_broken_answers(raw: RawAnswer, code: str) -> None:
    async with serving(raw) as server:
        error = await trouble(server.url)
    assert isinstance(error, NetworkTrouble)
    assert error.code == code
    assert error.retry is Retry.BACK_OFF
    assert "127.0.0.1" in error.detail


async def test_the_largest_answer_and_a_packed_one_are_taken() -> None:
    packed = gzip.compress(b"y" * ANSWER_LONGEST)
    async with serving(
        answer(b"x" * ANSWER_LONGEST), answer(packed, headers=(("Content-Encoding", "gzip"),))
    ) as server:
        assert len((await ask(server.url)).body) == ANSWER_LONGEST
        assert (await ask(server.url)).body == b"y" * ANSWER_LONGEST


async def test_a_server_that_says_nothing_is_given_up() -> None:
    async with serving(hang) as server:
        error = await trouble(server.url, HttpOptions(read_timeout=0.1))
    assert error.code == "timeout"
    assert error.retry is Retry.BACK_OFF


async def test_a_body_that_drips_for_ever_is_given_up() -> None:
    # Each byte comes in time for the read timeout; only the limit for the whole request ends it.
    async with serving(drip(answer(b"x" * 10_000), 0.02)) as server:
        error = await trouble(server.url, seconds=0.3)
    assert error.code == "timeout"


async def test_nobody_listens() -> None:
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        error = await trouble(f"http://127.0.0.1:{held.getsockname()[1]}")
    assert error.code == "connect"


async def test_a_host_that_does_not_exist() -> None:
    error = await trouble("https://sts.nowhere.invalid")
    assert error.code == "dns"
    assert "sts.nowhere.invalid" in error.detail


@pytest.mark.parametrize("url", ["gopher://127.0.0.1", "https://exa\x00mple.com"])
async def test_what_is_no_url(url: str) -> None:
    error = await trouble(url)
    assert error.code == "request"
    assert error.retry is Retry.NEVER


async def test_cancelling_leaves_the_client_usable() -> None:
    async with serving(hang, answer("x")) as server:
        http = Http(QUICK)
        task = asyncio.ensure_future(http.send("GET", server.url, headers={}))
        await server.arrived.wait()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        assert (await http.send("GET", server.url, headers={})).body == b"x"
        await http.aclose()


# --- Time -------------------------------------------------------------------------------------------------------------


def dated(text: str) -> Answer:
    sent = datetime(2026, 11, 22, 1, 30, tzinfo=UTC)
    return Answer(
        status=200, headers={"date": text} if text else {}, body=b"", sent=sent, received=sent + timedelta(seconds=2)
    )


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("Sun, 22 Nov 2026 01:30:00 GMT", -0.5),
        ("Sun, 22 Nov 2026 01:40:00 GMT", 599.5),
        ("Sun, 22 Nov 2026 00:30:00 GMT", -3600.5),
        ("Sunday, 22-Nov-26 01:30:00 GMT", -0.5),
        ("Sun Nov 22 01:30:00 2026", -0.5),
        ("", None),
        ("yesterday", None),
        ("Sun, 99 Nov 2026 01:30:00 GMT", None),
    ],
)
def test_skew_is_measured_from_the_middle_of_the_round_trip(text: str, seconds: float | None) -> None:
    assert dated(text).skew == (None if seconds is None else timedelta(seconds=seconds))


@pytest.mark.parametrize(
    "text",
    [
        "Mon, 01 Jan 2026 00:00:00 +9999999999999",
        "Mon, 401 Jan 2026 00:00:00 3999999999999",
        "Mon, 01 Jan 99999 00:00:00 GMT",
        "Fri, 31 Dec 9999 23:59:59 -2359",
        "Mon, 01 Jan 0001 00:00:00 +2359",
        "Fri, 31 Dec 9999 23:59:59 GMT",
    ],
)
def test_an_absurd_date_is_no_date(text: str) -> None:
    assert dated(text).skew is None


@given(st.text() | st.from_regex(r"\A[A-Z][a-z]{2}, [0-9]{1,5} Jan [0-9]{1,6} [0-9:]{1,9} [+-]?[0-9]{1,15}\Z"))
def test_no_date_breaks_anything(text: str) -> None:
    skew = dated(text).skew
    assert skew is None or abs(skew) <= SKEW_MOST


# --- Proxies ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (answer("", 407), "407"),
        (answer("", 403), "403"),
        (cut(b""), ""),
    ],
)
async def test_a_proxy_that_refuses(raw: RawAnswer, words: str) -> None:
    async with serving(raw) as proxy:
        options = HttpOptions(proxy=proxy.url.replace("//", f"//user:{CANARY}@"))
        error = await trouble("https://sts.eu-west-1.amazonaws.com", options)
        assert proxy.seen[0].method == "CONNECT"
        assert proxy.seen[0].target == "sts.eu-west-1.amazonaws.com:443"
        assert "proxy-authorization" in proxy.seen[0].headers
    assert error.code in ({"proxy"} if words else {"proxy", "reset"})
    assert words in error.detail


async def test_a_proxy_that_is_not_there() -> None:
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        options = HttpOptions(proxy=f"127.0.0.1:{held.getsockname()[1]}")
        error = await trouble("https://sts.eu-west-1.amazonaws.com", options)
    assert error.code == "proxy"


@pytest.mark.parametrize("proxy", ["socks5://127.0.0.1:1", "ftp://127.0.0.1:1", "http://127.0.0.1:port", "http://[::1"])
async def test_a_proxy_that_cannot_be(proxy: str) -> None:
    error = await trouble("https://sts.eu-west-1.amazonaws.com", HttpOptions(proxy=proxy))
    assert error.code == "proxy-setting"


async def test_nothing_to_this_machine_goes_through_a_proxy() -> None:
    async with serving(answer("x")) as server, serving(answer("", 500)) as proxy:
        assert (await ask(server.url, HttpOptions(proxy=proxy.url))).body == b"x"
        assert not proxy.seen


@pytest.mark.parametrize(
    ("no_proxy", "proxied"),
    [
        ("", True),
        ("example.com", True),
        ("amazonaws.com", False),
        (".amazonaws.com", False),
        ("*.amazonaws.com", False),
        ("AMAZONAWS.COM", False),
        ("azonaws.com", True),
        ("a.example, sts.eu-west-1.amazonaws.com", False),
        ("sts.eu-west-1.amazonaws.com:443", False),
        ("sts.eu-west-1.amazonaws.com:8443", True),
        ("*", False),
        (",", True),
    ],
)
def test_no_proxy(no_proxy: str, proxied: bool) -> None:
    options = HttpOptions.from_environment({"HTTPS_PROXY": "proxy:3128", "NO_PROXY": no_proxy}, Settings())
    found = options.proxy_for("https://sts.eu-west-1.amazonaws.com/")
    assert found == ("http://proxy:3128" if proxied else "")


@pytest.mark.parametrize(
    ("env", "proxy"),
    [
        ({"HTTPS_PROXY": "http://a:1"}, "http://a:1"),
        ({"https_proxy": "http://b:1", "HTTPS_PROXY": "http://a:1"}, "http://b:1"),
        ({"ALL_PROXY": "http://c:1"}, "http://c:1"),
        ({"HTTP_PROXY": "http://d:1"}, ""),
        ({}, ""),
    ],
)
def test_proxy_from_environment(env: dict[str, str], proxy: str) -> None:
    assert HttpOptions.from_environment(env, Settings()).proxy == proxy


def test_settings_and_environment() -> None:
    settings = Settings(proxy="http://mine:1", ca_bundle="/mine.pem", connect_timeout=1.5, read_timeout=2.5)
    env = {"HTTPS_PROXY": "http://a:1", "NO_PROXY": "*", "AWS_CA_BUNDLE": "/theirs.pem"}
    found = HttpOptions.from_environment(env, settings)
    assert found == HttpOptions(
        connect_timeout=1.5, read_timeout=2.5, proxy="http://mine:1", no_proxy="", ca_bundle="/theirs.pem"
    )
    assert HttpOptions.from_environment({}, settings).ca_bundle == "/mine.pem"
    assert "mine:1" not in repr(found)


# --- Weight and noise -------------------------------------------------------------------------------------------------


def test_loading_the_module_loads_no_httpx() -> None:
    code = "import app.adapters.http, sys; sys.exit('httpx' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


async def test_urls_are_not_logged(caplog: pytest.LogCaptureFixture) -> None:
    logging.getLogger("httpx").setLevel(logging.DEBUG)
    logging.getLogger("httpcore").setLevel(logging.DEBUG)
    with caplog.at_level(logging.DEBUG):
        async with serving(answer("x")) as server:
            await ask(server.url)
    assert CANARY not in caplog.text
