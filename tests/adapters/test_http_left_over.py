"""What comes behind an answer is not the answer to the next request; nobody makes us unpack for ever, or steers."""

from __future__ import annotations

import gzip
import zlib

import pytest

from app.adapters.http import Http, HttpOptions
from tests.adapters.sts.raw_server import answer, serving
from tests.adapters.test_http import trouble

QUICK = HttpOptions(connect_timeout=5, read_timeout=5)


@pytest.mark.parametrize("extra", [answer("other"), answer("other")[:20], b"junk", b"\r\n", answer("other", 403)])
async def test_a_connection_with_more_than_the_answer_is_not_used_again(extra: bytes) -> None:
    async with serving(answer("mine") + extra, answer("next")) as server:
        http = Http(QUICK)
        try:
            got = [(await http.send("GET", server.url, headers={})).body for _ in range(3)]
        finally:
            await http.aclose()
        assert got == [b"mine", b"next", b"next"]
        assert server.connections == 2
        assert len(server.seen) == 3


@pytest.mark.parametrize("pieces", [1, 2, 3])
async def test_nor_is_one_whose_answer_ends_with_a_piece_that_is_read_at_once(pieces: int) -> None:
    length = pieces * 65536
    head = len(answer("x" * 65536)) - 65536
    first = answer("x" * (length - head))
    first = answer("x" * (length - head - (len(first) - length)))
    assert len(first) == length
    async with serving(first + answer("smuggled"), answer("next")) as server:
        http = Http(QUICK)
        try:
            got = [(await http.send("GET", server.url, headers={})).body[:8] for _ in range(3)]
        finally:
            await http.aclose()
        assert got == [b"x" * 8, b"next", b"next"]


@pytest.mark.parametrize("packed", ["gzip, gzip", "deflate, gzip", "identity, gzip, , gzip"])
async def test_two_packings_are_undone(packed: str) -> None:
    inner = zlib.compress(b"x") if "deflate" in packed else gzip.compress(b"x")
    async with serving(answer(gzip.compress(inner), headers=(("Content-Encoding", packed),))) as server:
        http = Http(QUICK)
        try:
            assert (await http.send("GET", server.url, headers={})).body == b"x"
        finally:
            await http.aclose()


async def test_more_packings_are_not_undone() -> None:
    body = b"x"
    for _ in range(3):
        body = zlib.compress(body)
    async with serving(answer(body, headers=(("Content-Encoding", "deflate, deflate, deflate"),))) as server:
        error = await trouble(server.url)
    assert error.code == "answer-broken"
    assert "again and again" in error.detail


async def test_what_a_proxy_says_steers_nothing_and_is_short() -> None:
    refusal = b"HTTP/1.1 503 \x1b[2J\xc2\x9bno" + b"o" * 5000 + b"\r\nContent-Length: 0\r\n\r\n"
    async with serving(refusal) as proxy:
        error = await trouble("https://aws.invalid", HttpOptions(connect_timeout=5, read_timeout=5, proxy=proxy.url))
    assert error.code == "proxy"
    assert "503" in error.detail
    assert error.detail.isprintable()
    assert len(error.detail) < 300
