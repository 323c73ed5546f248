"""HTTP/1.1 as bytes: a whole request, and an answer as it arrives.

What is written plainly is read here: a head in one piece, the body's length in it, nothing that could be meant in two
ways. All else is read by h11, see `odd_answers`. Source: RFC 9112; what is plain here, h11 reads as the same.
"""

from __future__ import annotations

import re
from typing import NamedTuple

HEAD_LONGEST = 64 * 1024
_TOKEN = re.compile(rb"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
_SENT_NAME = re.compile(rb"[!#$%&'*+.^_`|~0-9a-z-]+")
_TARGET = re.compile(rb"[!-~]+")
_SENT = re.compile(rb"(?:[!-~\x80-\xff]+(?:[ \t]+[!-~\x80-\xff]+)*)?")
_TOLD = re.compile(rb"[\t !-~\x80-\xff]*")
_STATUS = re.compile(rb"HTTP/1\.1 ([2-5][0-9][0-9])(?: [\t !-~\x80-\xff]*)?")
_LENGTH = re.compile(rb"[0-9]{1,9}")
_HEAD_END, _LINE_END = b"\r\n\r\n", b"\r\n"
_NOT_PLAIN = frozenset({b"transfer-encoding", b"connection", b"upgrade", b"proxy-connection", b"trailer"})
"""They say where an answer ends, or that it is the last one."""
_NO_BODY = frozenset({204, 205, 304})
_ODD_METHODS = frozenset({b"HEAD", b"CONNECT"})
"""Where the answer's head does not tell how much follows."""


class BrokenAnswerError(Exception):
    """It is none, or ended too early. Says nothing of what stood in it."""


class Asked(NamedTuple):
    """A request. Header names are lower-case; the body's length is among them where there is a body."""

    method: bytes
    target: bytes
    headers: list[tuple[bytes, bytes]]
    body: bytes


class Head(NamedTuple):
    """How an answer begins. Header names are lower-case."""

    status: int
    headers: list[tuple[bytes, bytes]]


def written(asked: Asked) -> bytes | None:
    """A whole request; None for what cannot be one. Not an error, which would tell what stood in the header."""
    first, others, lengths = list[bytes](), list[bytes](), list[bytes]()
    for name, value in asked.headers:
        if not (_SENT_NAME.fullmatch(name) and _SENT.fullmatch(value)) or name in _NOT_PLAIN:
            return None
        if name == b"content-length":
            lengths.append(value)
        (first if name == b"host" else others).append(b"%s: %s\r\n" % (name, value))
    good = len(first) == 1 and _TOKEN.fullmatch(asked.method) and _TARGET.fullmatch(asked.target)
    if not good or (lengths or [b"0"]) != [b"%d" % len(asked.body)]:
        return None
    return b"".join([b"%s %s HTTP/1.1\r\n" % (asked.method, asked.target), *first, *others, _LINE_END, asked.body])


def plain_answer(asked: Asked, data: bytes) -> PlainAnswer | None:
    """The answer to a request, of which `data` arrived first; None if it is not written plainly."""
    end = data.find(_HEAD_END, 0, HEAD_LONGEST)
    if end < 0 or asked.method in _ODD_METHODS:
        return None
    line, *lines = data[:end].split(_LINE_END)
    status = _STATUS.fullmatch(line)
    headers = _fields(lines)
    lengths = [value for name, value in headers or () if name == b"content-length"]
    if status is None or headers is None or len(lengths) != 1 or not _LENGTH.fullmatch(lengths[0]):
        return None
    head = Head(int(status[1]), headers)
    return None if head.status in _NO_BODY else PlainAnswer(head, int(lengths[0]), data[end + len(_HEAD_END) :])


def _fields(lines: list[bytes]) -> list[tuple[bytes, bytes]] | None:
    found = []
    for line in lines:
        name, colon, value = line.partition(b":")
        name = name.lower()
        if not (colon and _TOKEN.fullmatch(name) and _TOLD.fullmatch(value)) or name in _NOT_PLAIN:
            return None
        found.append((name, value.strip(b" \t")))
    return found


class PlainAnswer:
    """An answer whose head is there and tells the body's length."""

    def __init__(self, head: Head, length: int, rest: bytes) -> None:
        self._head = head
        self._left = length
        self._rest = rest

    def head(self) -> Head | None:
        """How it begins; None while more must arrive for that."""
        return self._head

    def piece(self) -> bytes | None:
        """The next piece of its body; nothing at its end, None while more must arrive for that."""
        if self._left and not self._rest:
            return None
        piece = self._rest[: self._left]
        self._rest = self._rest[self._left :]
        self._left -= len(piece)
        return piece

    def feed(self, data: bytes) -> None:
        """Take what arrived; nothing when that was all. Raises BrokenAnswerError."""
        if not data:
            raise BrokenAnswerError("the answer broke off")
        self._rest += data

    @property
    def is_over(self) -> bool:
        """Whether all of it was read and nothing lies behind it, so that another request may follow."""
        return not self._left and not self._rest
