"""What the requests mean that reach the listener: pure, so every trick can be tried."""

from __future__ import annotations

import builtins
import os
import socket
from typing import NoReturn
from urllib.parse import urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.adapters.oidc import callback
from app.adapters.oidc.callback import Awaited, Code, Failure, Misfit, Stranger, Visit
from app.domain.errors import Declined, ProviderTrouble
from app.domain.secret import Secret

HOST = "127.0.0.1:49152"
STATE = "canary-state-0123456789"
ISSUER = "https://login.example.com"
AWAITED = Awaited(host=HOST, state=Secret(STATE), issuer=ISSUER, named=False)
NAMED = Awaited(host=HOST, state=Secret(STATE), issuer=ISSUER, named=True)


def head(query: str = f"code=abc&state={STATE}", *, line: str = "", host: str = HOST, more: str = "") -> bytes:
    first = line or f"GET /callback?{query} HTTP/1.1"
    return f"{first}\r\nHost: {host}\r\n{more}\r\n".encode("latin-1")


def test_a_code_with_our_state_is_the_answer() -> None:
    assert callback.read(head(), AWAITED) == Code(Secret("abc"))


def test_what_a_browser_sends_along_is_fine() -> None:
    more = (
        "User-Agent: Mozilla/5.0\r\nAccept: text/html,*/*;q=0.8\r\nReferer: https://login.example.com/\r\n"
        "Sec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: navigate\r\nSec-Fetch-Dest: document\r\n"
        "Cookie: of=another; server=here\r\nUpgrade-Insecure-Requests: 1\r\nX-Empty:\r\n"
    )
    query = urlencode({"code": "a/b+c =", "state": STATE, "session_state": "x", "scope": "openid"})
    assert callback.read(head(query, more=more), AWAITED) == Code(Secret("a/b+c ="))
    assert callback.read(head(line="GET /done HTTP/1.1", more=more), AWAITED) == Visit()


@pytest.mark.parametrize(
    "query",
    [
        "",
        "code=abc",
        "code=abc&state=",
        "code=abc&state=wrong",
        f"code=abc&state={STATE}x",
        f"code=abc&state={STATE[:-1]}",
        f"code=abc&state={STATE.upper()}",
        f"code=abc&state={STATE}&state={STATE}",
        f"code=abc&state=wrong&state={STATE}",
        f"code=abc&state={STATE}&state=wrong",
        f"code=abc&STATE={STATE}",
        f"code=abc;state={STATE}",
        f"code=abc&state={STATE}%00",
        f"code=abc&state={STATE}" + "&x=y" * 100,
        f"error=access_denied&state={STATE}&state=",
    ],
)
def test_without_our_state_once_it_is_a_stranger(query: str) -> None:
    assert callback.read(head(query), AWAITED) == Stranger()


@pytest.mark.parametrize(
    "query",
    [
        f"state={STATE}",
        f"code=abc&code=abd&state={STATE}",
        f"code=abc&error=access_denied&state={STATE}",
        f"error=a&error=b&state={STATE}",
        f"code=abc&iss={ISSUER}&iss={ISSUER}&state={STATE}",
        f"code=&state={STATE}",
        f"code=%0d%0a&state={STATE}",
        f"code=%c3%a9&state={STATE}",
        f"code=%ff%fe&state={STATE}",
    ],
)
def test_with_our_state_nonsense_is_no_answer(query: str) -> None:
    assert isinstance(callback.read(head(query), AWAITED), Misfit)


def test_a_no_in_words_of_another_encoding_is_a_no() -> None:
    """Older servers write Latin-1: the person need not wait until the time is over."""
    found = callback.read(head(f"error=server_error&error_description=Probl%e8me&state={STATE}"), AWAITED)
    assert isinstance(found, Failure)
    assert "Probl" in found.error.detail


@pytest.mark.parametrize(
    "request_head",
    [
        b"",
        b"\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00\r\n\r\n",
        head(line=f"POST /callback?code=abc&state={STATE} HTTP/1.1"),
        head(line=f"HEAD /callback?code=abc&state={STATE} HTTP/1.1"),
        head(line=f"OPTIONS /callback?code=abc&state={STATE} HTTP/1.1"),
        head(line=f"get /callback?code=abc&state={STATE} HTTP/1.1"),
        head(line=f"GET http://{HOST}/callback?code=abc&state={STATE} HTTP/1.1"),
        head(line=f"GET //{HOST}/callback?code=abc&state={STATE} HTTP/1.1"),
        head(line=f"GET /callback/?code=abc&state={STATE} HTTP/1.1"),
        head(line=f"GET /Callback?code=abc&state={STATE} HTTP/1.1"),
        head(line=f"GET /x/../callback?code=abc&state={STATE} HTTP/1.1"),
        head(line=f"GET /%63allback?code=abc&state={STATE} HTTP/1.1"),
        head(line=f"GET /?code=abc&state={STATE} HTTP/1.1"),
        head(line=f"GET /callback?code=abc&state={STATE}"),
        head(line=f"GET /callback?code=abc&state={STATE} HTTP/2.0"),
        head(line=f"GET /callback?code=\xe9&state={STATE} HTTP/1.1"),
        head(line=f"GET  /callback?code=abc&state={STATE} HTTP/1.1"),
        head(line="GET /done?x=y HTTP/1.1"),
        head(line="GET /favicon.ico HTTP/1.1"),
        head(line="PRI * HTTP/2.0"),
        head(more="no colon\r\n"),
        head(more=" folded: line\r\n"),
        head(more="Name : value\r\n"),
    ],
)
def test_requests_of_another_shape_are_strangers(request_head: bytes) -> None:
    assert callback.read(request_head, AWAITED) == Stranger()


@pytest.mark.parametrize(
    "host",
    [
        "localhost:49152",
        "127.0.0.1",
        "127.0.0.1:49153",
        "127.0.0.1:49152.evil.example",
        "evil.example:49152",
        "evil.example",
        "[::1]:49152",
        "2130706433:49152",
        "127.1:49152",
        "",
        "127.0.0.1:49152, evil.example",
    ],
)
def test_by_another_name_nobody_is_here(host: str) -> None:
    assert callback.read(head(host=host), AWAITED) == Stranger()
    assert callback.read(head(line="GET /done HTTP/1.1", host=host), AWAITED) == Stranger()


def test_two_names_or_none_are_not_ours() -> None:
    assert callback.read(head(more=f"Host: {HOST}\r\n"), AWAITED) == Stranger()
    assert callback.read(head(more="host: evil.example\r\n"), AWAITED) == Stranger()
    assert callback.read(head().replace(b"Host", b"Hast"), AWAITED) == Stranger()


@pytest.mark.parametrize(
    "header",
    [
        "Origin: https://evil.example",
        "Origin: null",
        "Origin: http://localhost:49152",
        "Origin: http://127.0.0.1:49153",
        f"Origin: http://{HOST}\r\nOrigin: https://evil.example",
        "Sec-Fetch-Mode: cors",
        "Sec-Fetch-Mode: no-cors",
        "Sec-Fetch-Mode: websocket",
        "Sec-Fetch-Dest: iframe",
        "Sec-Fetch-Dest: image",
        "Sec-Fetch-Dest: script",
        "Sec-Fetch-Dest: document\r\nSec-Fetch-Dest: iframe",
    ],
)
def test_a_page_that_fetches_or_embeds_is_a_stranger(header: str) -> None:
    assert callback.read(head(more=f"{header}\r\n"), AWAITED) == Stranger()
    assert callback.read(head(line="GET /done HTTP/1.1", more=f"{header}\r\n"), AWAITED) == Stranger()


def test_the_provider_says_no() -> None:
    verdict = callback.read(head(f"error=access_denied&state={STATE}"), AWAITED)
    assert isinstance(verdict, Failure)
    assert isinstance(verdict.error, Declined)


def test_the_provider_says_why_in_few_printable_words() -> None:
    said = f"Scope\x1b[31m groups\r\n<b>is not allowed</b> {STATE} eyJhbGciOiJIUzI1NiJ9.e30.x " + "long " * 500
    query = urlencode({"error": "invalid_scope", "error_description": said, "state": STATE})
    verdict = callback.read(head(query), AWAITED)
    assert isinstance(verdict, Failure)
    error = verdict.error
    assert isinstance(error, ProviderTrouble)
    assert error.code == "oidc-refused"
    assert f"{ISSUER} said: invalid_scope: Scope [31m groups <b>is not allowed</b> … … long" in error.detail
    assert len(error.detail) < 400
    assert error.detail.isprintable()
    assert "scopes" in error.remedy


@pytest.mark.parametrize(
    ("code", "ours"),
    [
        ("temporarily_unavailable", "oidc-unavailable"),
        ("server_error", "oidc-unavailable"),
        ("invalid_request", "oidc-refused"),
        ("unauthorized_client", "oidc-refused"),
        ("something_new", "oidc-refused"),
        ("", "oidc-refused"),
    ],
)
def test_each_refusal_has_its_remedy(code: str, ours: str) -> None:
    verdict = callback.read(head(f"error={code}&state={STATE}"), AWAITED)
    assert isinstance(verdict, Failure)
    assert verdict.error.code == ours
    assert verdict.error.remedy


def test_who_asks_for_the_redirect_uri_is_told_which_to_register() -> None:
    verdict = callback.read(head(f"error=invalid_request&state={STATE}"), AWAITED)
    assert isinstance(verdict, Failure)
    assert "http://127.0.0.1/callback" in verdict.error.remedy


@pytest.mark.parametrize("awaited", [AWAITED, NAMED], ids=["may", "must"])
@pytest.mark.parametrize("issuer", ["https://evil.example", f"{ISSUER}/", "", "é"])
@pytest.mark.parametrize("answer", ["code=abc", "error=access_denied"])
def test_an_answer_of_another_issuer_ends_it(awaited: Awaited, issuer: str, answer: str) -> None:
    verdict = callback.read(head(f"{answer}&state={STATE}&{urlencode({'iss': issuer})}"), awaited)
    assert isinstance(verdict, Failure)
    assert verdict.error.code == "oidc-issuer"


def test_who_promised_to_name_itself_must() -> None:
    verdict = callback.read(head(), NAMED)
    assert isinstance(verdict, Failure)
    assert verdict.error.code == "oidc-issuer"
    named = head(urlencode({"code": "abc", "state": STATE, "iss": ISSUER}))
    assert callback.read(named, NAMED) == callback.read(named, AWAITED) == Code(Secret("abc"))


pieces = st.sampled_from(
    [
        *(
            "GET ",
            "POST ",
            "/callback",
            "/done",
            "?",
            "&",
            "=",
            "%",
            "%00",
            "%ff",
            ";",
            "code",
            "state",
            STATE,
            "error",
        ),
        *(
            " HTTP/1.1",
            "\r\n",
            "\r\n\r\n",
            "Host: ",
            HOST,
            "Origin: ",
            "iss",
            ISSUER,
            "access_denied",
            ": ",
            "é",
            "\x00",
        ),
    ]
)
texts = st.lists(pieces | st.text(max_size=4), max_size=30).map("".join)
queries = st.lists(
    st.tuples(
        st.sampled_from(["code", "state", "error", "error_description", "iss", "x"]),
        st.text(max_size=9) | st.just(STATE),
    ),
    max_size=6,
).map(urlencode)


def closed(*_: object, **__: object) -> NoReturn:
    raise AssertionError("something was opened")


@given(st.binary(max_size=300) | texts.map(lambda text: text.encode("utf-8", "surrogatepass")) | queries.map(head))
def test_whatever_comes_there_is_a_verdict_and_nothing_is_opened(request_head: bytes) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket, "socket", closed)
        patch.setattr(builtins, "open", closed)
        patch.setattr(os, "open", closed)
        for awaited in (AWAITED, NAMED):
            verdict = callback.read(request_head, awaited)
            assert isinstance(verdict, (Stranger, Visit, Misfit, Code, Failure))
            assert STATE not in repr(verdict)
            if isinstance(verdict, Failure):
                assert STATE not in str(verdict.error)
                assert str(verdict.error).isprintable()
            if isinstance(verdict, (Code, Failure, Misfit)):
                assert request_head.startswith(b"GET /callback?")
                assert STATE.encode() in request_head
