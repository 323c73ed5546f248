"""What goes over the wire: a received call, an answer, and AWS's XML.

Shapes: STS API reference, version 2011-06-15, query protocol.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl
from xml.sax.saxutils import escape

if TYPE_CHECKING:
    from email.message import Message

NAMESPACE = "https://sts.amazonaws.com/doc/2011-06-15/"
FORM = "application/x-www-form-urlencoded"
BAD_REQUEST, FORBIDDEN, SERVER_FAILED = 400, 403, 500
_FIELDS_MOST = 1000
_NOT_XML = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

Tree = str | int | Mapping[str, "Tree"] | Sequence["Tree"]


class Refusal(Exception):
    """AWS says no. `status` is the HTTP status, `code` AWS's error code."""

    def __init__(self, code: str, message: str, *, status: int = BAD_REQUEST) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.status = status


def invalid(message: str) -> Refusal:
    """Bad input, as STS tells it."""
    return Refusal("ValidationError", message)


def denied(message: str) -> Refusal:
    """The caller may not."""
    return Refusal("AccessDenied", message, status=FORBIDDEN)


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """One HTTP request. `target` is path and query as received, still encoded."""

    method: str
    target: str
    headers: Message = field(repr=False)
    body: bytes = field(repr=False)

    @property
    def path(self) -> str:
        """The path, still encoded."""
        return self.target.partition("?")[0]

    def query(self) -> list[tuple[str, str]]:
        """The decoded pairs of the query. Raises Refusal."""
        return pairs(self.target.partition("?")[2])

    def form(self) -> list[tuple[str, str]]:
        """The decoded pairs of a form in the body; none for another kind of body. Raises Refusal."""
        if self.headers.get_content_type() != FORM:
            return []
        try:
            return pairs(self.body.decode("ascii"))
        except UnicodeDecodeError:
            raise Refusal("MalformedQueryString", "The body contains characters that are not encoded.") from None


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """One HTTP answer; Date, Content-Length and Connection are the server's to add."""

    status: int
    body: bytes = field(repr=False)
    content_type: str
    headers: tuple[tuple[str, str], ...] = ()


def pairs(text: str) -> list[tuple[str, str]]:
    """Decode a query. Raises Refusal for what is no query, bytes that are no UTF-8, and a name that comes twice."""
    if not text:
        return []
    try:
        found = parse_qsl(
            text, keep_blank_values=True, strict_parsing=True, errors="strict", max_num_fields=_FIELDS_MOST
        )
    except ValueError as error:
        raise Refusal("MalformedQueryString", f"The query string contains a syntax error: {error}") from error
    names = [name for name, _ in found]
    for name in names:
        if names.count(name) > 1:
            raise Refusal("MalformedQueryString", f"The parameter {name} is given more than once.")
    return found


def success(action: str, result: Mapping[str, Tree], request_id: str) -> Answer:
    """Wrap the result of an action; `result` in document order, lists become `member` elements."""
    lines = [f'<{action}Response xmlns="{NAMESPACE}">']
    lines += _element(f"{action}Result", result, 1)
    lines += _element("ResponseMetadata", {"RequestId": request_id}, 1)
    lines.append(f"</{action}Response>")
    return _xml(200, lines, request_id)


def failure(refusal: Refusal, request_id: str) -> Answer:
    """Wrap a refusal."""
    kind = "Sender" if refusal.status < SERVER_FAILED else "Receiver"
    error = {"Type": kind, "Code": refusal.code, "Message": refusal.message}
    lines = [f'<ErrorResponse xmlns="{NAMESPACE}">', *_element("Error", error, 1)]
    lines += [*_element("RequestId", request_id, 1), "</ErrorResponse>"]
    return _xml(refusal.status, lines, request_id)


def html(status: int, title: str, text: str, headers: tuple[tuple[str, str], ...] = ()) -> Answer:
    """A small page; title and text are plain."""
    page = (
        f'<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"><title>{escape(title)}</title></head>\n'
        f"<body><h1>{escape(title)}</h1>\n<p>{escape(text)}</p></body></html>\n"
    )
    return Answer(status=status, body=page.encode(), content_type="text/html; charset=utf-8", headers=headers)


def _xml(status: int, lines: list[str], request_id: str) -> Answer:
    body = ("\n".join(lines) + "\n").encode()
    return Answer(status=status, body=body, content_type="text/xml", headers=(("x-amzn-RequestId", request_id),))


def _element(name: str, value: Tree, depth: int) -> list[str]:
    pad = "  " * depth
    if isinstance(value, str | int):
        text = escape(_NOT_XML.sub("\ufffd", str(value)))
        return [f"{pad}<{name}>{text}</{name}>"]
    inner = value.items() if isinstance(value, Mapping) else [("member", each) for each in value]
    lines = [line for key, each in inner for line in _element(key, each, depth + 1)]
    return [f"{pad}<{name}>", *lines, f"{pad}</{name}>"] if lines else [f"{pad}<{name}/>"]
