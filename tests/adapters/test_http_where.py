"""Addresses that are taken apart without httpx are taken apart as httpx does it."""

from __future__ import annotations

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.adapters.http.where import Address, is_plain, read_address

PLAIN = (
    "https://sts.eu-west-1.amazonaws.com/",
    "https://sts.amazonaws.com",
    "http://127.0.0.1:4566/",
    "https://example.com:443/a/b.xml?x=1&y=a:b/c",
    "http://example.com:80/?",
    "https://signin.aws.amazon.com/federation?Action=getSigninToken&DurationSeconds=3600",
    "https://example.com/.well-known/openid-configuration",
)
ODD = (
    "https://Example.com/",
    "https://m\u00fcnchen.example/",
    "https://example.com/a b",
    "https://[::1]:1/",
    "ftp://a/b",
    "x",
)


def is_as_httpx_has_it(mine: Address | None, theirs: httpx.URL) -> bool:
    names = ("scheme", "host", "raw_host", "port", "netloc", "raw_path")
    return mine is None or all(getattr(mine, name) == getattr(theirs, name) for name in names)


@pytest.mark.parametrize("text", PLAIN)
def test_usual_ones_are_taken_apart_as_httpx_does_it(text: str) -> None:
    assert is_plain(text)
    assert read_address(text) is not None
    assert is_as_httpx_has_it(read_address(text), httpx.URL(text))


@pytest.mark.parametrize("text", ODD)
def test_odd_ones_are_left_to_it(text: str) -> None:
    assert not is_plain(text)
    assert read_address(text) is None


@given(
    st.text("/.a%?&=:@+,~-_'[]#", max_size=12),
    st.sampled_from(("example.com", "127.0.0.1", "a-b.c", "a", "1.2", "999.1.1.1", "a..b", "-a")),
    st.sampled_from(("", ":1", ":80", ":443", ":65536", ":0")),
    st.sampled_from(("http://", "https://")),
)
@settings(max_examples=200)
def test_whatever_is_taken_apart_here_is_as_httpx_has_it(path: str, host: str, port: str, scheme: str) -> None:
    text = f"{scheme}{host}{port}/{path}"
    mine = read_address(text)
    try:
        theirs = httpx.URL(text)
    except httpx.InvalidURL:
        assert mine is None
        return
    assert is_as_httpx_has_it(mine, theirs)
