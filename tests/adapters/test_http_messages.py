"""What is read and written here is what h11 would read and write; whatever could be meant in two ways is left to it."""

from __future__ import annotations

import h11
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.adapters.http.messages import Asked, BrokenAnswerError, Head, PlainAnswer, plain_answer, written
from app.adapters.http.odd_answers import OddAnswer

ASKED = Asked(b"POST", b"/", [(b"host", b"sts.example"), (b"content-length", b"1")], b"x")
PLAIN = b"HTTP/1.1 200 OK\r\nDate: now\r\nContent-Length: 3\r\n\r\nabc"

NAMES = st.sampled_from(
    [
        *(b"content-length", b"Content-Length", b"transfer-encoding", b"Connection", b"Date", b"x-Amzn-RequestId"),
        *(b"x y", b"", b" x", b"x ", b"\xe4", b"x\0"),
    ]
)
VALUES = st.sampled_from(
    [
        *(b"0", b"1", b"3", b"7", b"+3", b"3, 3", b"3,4", b"0x3", b"003", b"-1", b"99999999999", b"\xb2"),
        *(b"chunked", b"Chunked", b"gzip", b"close", b"keep-alive", b"", b" a ", b"\ta b\t", b"a\0b", b"a\rb", b"a\nb"),
        *(b"caf\xe9", b"a\x7fb", b"a\x0bb", b"a\x85b", b":", b"a\r\n folded"),
    ]
)
LINES = st.one_of(
    st.tuples(NAMES, st.sampled_from([b":", b": ", b":\t ", b" :", b""]), VALUES).map(b"".join),
    st.binary(max_size=8),
)
FIRST = st.sampled_from(
    [
        *(b"HTTP/1.1 200 OK", b"HTTP/1.1 200", b"HTTP/1.1 200 ", b"HTTP/1.1 403 caf\xe9", b"HTTP/1.0 200 OK"),
        *(b"HTTP/1.1 204 No", b"HTTP/1.1 304 No", b"HTTP/1.1 100 Go on", b"HTTP/1.1 101 Other", b"http/1.1 200 OK"),
        *(b"HTTP/1.1 600 Odd", b"HTTP/1.1 2000", b"HTTP/1.1  200", b"HTTP/2 200", b"", b"HTTP/1.1 200 a\x01b"),
    ]
)
HEADS = st.one_of(
    st.tuples(FIRST, st.lists(LINES, max_size=4)),
    st.tuples(
        st.just(b"HTTP/1.1 200 OK"), st.lists(LINES, max_size=2).map(lambda lines: [b"Content-Length: 3", *lines])
    ),
)
BODIES = st.sampled_from([b"", b"a", b"abc", b"abcdefg", b"3\r\nabc\r\n0\r\n\r\n", PLAIN])


def whole(answer: PlainAnswer | OddAnswer, more: bytes = b"") -> tuple[Head | None, bytes, bool] | None:
    """Head, body, and whether another may follow; None if it broke off. `more` arrives later, and then the end."""
    try:
        head, body, coming = answer.head(), b"", [more, b""] if more else [b""]
        while head is None:
            answer.feed(coming.pop(0))
            head = answer.head()
        while (piece := answer.piece()) != b"":
            if piece is None:
                answer.feed(coming.pop(0))
            else:
                body += piece
    except BrokenAnswerError:
        return None
    return head, body, answer.is_over and coming == [b""]


@given(HEADS, BODIES, BODIES)
def test_what_is_read_here_h11_reads_as_the_same(head: tuple[bytes, list[bytes]], body: bytes, more: bytes) -> None:
    first, lines = head
    data = b"".join(line + b"\r\n" for line in (first, *lines)) + b"\r\n" + body
    plain = plain_answer(ASKED, data)
    if plain is not None:
        assert whole(plain, more) == whole(OddAnswer(ASKED, data), more)


@given(st.data())
def test_damage_makes_no_difference(data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(PLAIN) - 1))
    damaged = PLAIN[:place] + data.draw(st.binary(max_size=2)) + PLAIN[place + data.draw(st.integers(0, 2)) :]
    plain = plain_answer(ASKED, damaged)
    if plain is not None:
        assert whole(plain) == whole(OddAnswer(ASKED, damaged))


def test_a_plain_answer_is_read_here() -> None:
    answer = plain_answer(ASKED, PLAIN)
    assert answer is not None
    assert whole(answer) == (Head(200, [(b"date", b"now"), (b"content-length", b"3")]), b"abc", True)


@pytest.mark.parametrize(
    "change",
    [
        (b"Date: now", b"Transfer-Encoding: chunked"),
        (b"Date: now", b"Connection: close"),
        (b"Date: now", b"Content-Length: 3"),
        (b"Date: now", b"Date : now"),
        (b"Date: now", b"Date: now\r\n again"),
        (b"Date: now", b"Date: n\0w"),
        (b"Date: now", b"no colon"),
        (b": 3", b": 3, 3"),
        (b": 3", b": +3"),
        (b"Content-Length: 3\r\n", b""),
        (b"200 OK", b"204 Nothing"),
        (b"200 OK", b"100 Continue"),
        (b"200 OK", b"304 As it was"),
        (b"HTTP/1.1", b"HTTP/1.0"),
        (b"\r\n\r\n", b"\n\n"),
        (b"\r\n\r\nabc", b"\r\n"),
        (b"Date: now", b"X: " + b"x" * 70_000),
    ],
)
def test_what_could_be_meant_otherwise_is_left_to_h11(change: tuple[bytes, bytes]) -> None:
    assert change[0] in PLAIN
    assert plain_answer(ASKED, PLAIN.replace(*change)) is None


@pytest.mark.parametrize("method", [b"HEAD", b"CONNECT"])
def test_a_method_whose_answers_end_elsewhere_is_left_to_h11(method: bytes) -> None:
    assert plain_answer(ASKED._replace(method=method), PLAIN) is None


PARTS = st.sampled_from(
    [
        b"host",
        b"x-a",
        b"Host",
        b"content-length",
        b"Content-Length",
        b"x y",
        b"",
        b"a:",
        b"caf\xe9",
        b"a\r\nb: c",
        b"a\0",
        b"accept",
    ]
)


@given(
    st.sampled_from([b"GET", b"POST", b"P OST", b"", b"G\r\n"]),
    st.sampled_from([b"/", b"/a?b=c", b"/a b", b"", b"/\r\n", b"/\xe4"]),
    st.lists(st.tuples(PARTS, VALUES), max_size=3),
    st.booleans(),
    st.sampled_from([b"", b"1", b"x"]),
)
def test_what_is_written_here_h11_writes_as_the_same(
    method: bytes, target: bytes, others: list[tuple[bytes, bytes]], has_host: bool, body: bytes
) -> None:
    headers = [*others, (b"host", b"sts.example")] if has_host else others
    headers = [*headers, (b"content-length", b"%d" % len(body))] if body else headers
    ours = written(Asked(method, target, headers, body))
    if ours is not None:
        talk = h11.Connection(our_role=h11.CLIENT)
        events = [h11.Request(method=method, target=target, headers=headers), h11.Data(data=body), h11.EndOfMessage()]
        assert ours == b"".join(talk.send(each) or b"" for each in events)


@pytest.mark.parametrize(
    "asked",
    [
        ASKED._replace(headers=ASKED.headers[1:]),
        ASKED._replace(headers=[*ASKED.headers, ASKED.headers[0]]),
        ASKED._replace(headers=ASKED.headers[:1]),
        ASKED._replace(headers=[*ASKED.headers, (b"Host", b"other")]),
        ASKED._replace(headers=[*ASKED.headers, (b"Content-Length", b"2")]),
        ASKED._replace(headers=[*ASKED.headers, ASKED.headers[1]]),
        ASKED._replace(headers=[ASKED.headers[0], (b"content-length", b"2"), ASKED.headers[1]]),
        ASKED._replace(body=b"xy"),
        ASKED._replace(body=b""),
        ASKED._replace(headers=[*ASKED.headers, (b"transfer-encoding", b"chunked")]),
        ASKED._replace(headers=[*ASKED.headers, (b"x", b"a\r\nhost: other")]),
        ASKED._replace(headers=[*ASKED.headers, (b"x: y\r\nz", b"a")]),
        ASKED._replace(target=b"/ HTTP/1.1\r\nhost: other\r\n\r\n"),
        ASKED._replace(method=b"GET / HTTP/1.1\r\n"),
    ],
)
def test_what_cannot_be_a_request_is_none(asked: Asked) -> None:
    assert written(ASKED) == b"POST / HTTP/1.1\r\nhost: sts.example\r\ncontent-length: 1\r\n\r\nx"
    assert written(asked) is None
