"""What STS, or whoever answers in its place, may say: each with what has to become of it.

A `Case` names the outcome: `GOOD`, or the codes that its one error may have. Secrets in answers are canaries too.
"""

from __future__ import annotations

import gzip
import random
import re
import zlib
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from app.adapters.sts import errors
from tests.adapters.sts.sts_helpers import recorded
from tests.faults import fault_server as wire

if TYPE_CHECKING:
    import socket
    from collections.abc import Iterator

    from tests.faults.fault_server import Answer

ROLE = "arn:aws:iam::123456789012:role/Admin"
KEY_ID = "ASIAGOODGOODGOOD0001"
SECRET = "canaryAnsweredSecretKeyEXAMPLEKEY+/0000"  # a canary
TOKEN = "canaryAnsweredSessionTokenEXAMPLE0123456789+/abcdef=="  # a canary
LIFE = timedelta(hours=1)
GOOD: frozenset[str] = frozenset()
"""The outcome that is no error: credentials, and the right ones."""
INCOMPLETE, BROKEN, STRANGER = frozenset({"answer-incomplete"}), frozenset({"answer-broken"}), frozenset({"not-aws"})
_NS = ' xmlns="https://sts.amazonaws.com/doc/2011-06-15/"'


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """`codes` are those that the error may have, none of them for credentials. `slow` ones wait for a time limit."""

    name: str
    answer: Answer
    codes: frozenset[str]
    slow: bool = False


def stamp(moment: datetime) -> str:
    """As STS writes it."""
    return f"{moment:%Y-%m-%dT%H:%M:%SZ}"


def good_body(expires: datetime, *, key_id: str = KEY_ID, arn: str = "", extra: str = "") -> str:
    """The document of a good answer to AssumeRole."""
    arn = arn or "arn:aws:sts::123456789012:assumed-role/Admin/alice"
    return (
        f"<AssumeRoleResponse{_NS}>\n <AssumeRoleResult>\n  <AssumedRoleUser><Arn>{arn}</Arn>"
        f"<AssumedRoleId>AROACLKWSDQRAOEXAMPLE:alice</AssumedRoleId></AssumedRoleUser>\n  <Credentials>\n"
        f"   <AccessKeyId>{key_id}</AccessKeyId>\n   <SecretAccessKey>{SECRET}</SecretAccessKey>\n"
        f"   <SessionToken>\n    {TOKEN}\n   </SessionToken>\n   <Expiration>{stamp(expires)}</Expiration>\n"
        f"  </Credentials>\n  <PackedPolicySize>6</PackedPolicySize>{extra}\n </AssumeRoleResult>\n"
        " <ResponseMetadata><RequestId>c6104cbe-af31-11e0-8154-cbc7ccf896c7</RequestId></ResponseMetadata>\n"
        "</AssumeRoleResponse>"
    )


def error_body(code: str, message: str = "It says why.") -> str:
    """The document of a refusal."""
    return (
        f"<ErrorResponse{_NS}><Error><Type>Sender</Type><Code>{code}</Code><Message>{message}</Message></Error>"
        "<RequestId>5c8e8b4d-0001</RequestId></ErrorResponse>"
    )


def answer_of(action: str, expires: datetime) -> bytes:
    """A good answer to any action, as recorded, but for its expiry."""
    return re.sub(rb"(?<=<Expiration>)[^<]*", stamp(expires).encode(), recorded(action))


def cases(expires: datetime) -> list[Case]:
    """Every answer but those about time, in the order of what is wrong with it."""
    makers = (_good, _refusals, _throttled, _servers, _strangers, _framing, _packed, _documents, _values)
    return [each for make in makers for each in make(expires)]


def case(name: str, answer: Answer, *codes: str, slow: bool = False) -> Case:
    return Case(name=name, answer=answer, codes=frozenset(codes), slow=slow)


def _good(expires: datetime) -> Iterator[Case]:
    body = good_body(expires)
    crlf = body.replace("\n", "\r\n")
    yield case("good", wire.whole(body))
    yield case("good, in two pieces", wire.drip(wire.whole(body), 0.05, at_once=len(wire.whole(body)) - 2))
    yield case("good, line ends of DOS", wire.whole(crlf))
    yield case("good, with a declaration", wire.whole(f'<?xml version="1.0" encoding="UTF-8"?>\n{body}'))
    yield case("good, with a BOM", wire.whole(b"\xef\xbb\xbf" + body.encode()))
    yield case("good, of another namespace", wire.whole(body.replace("2011-06-15", "2099-01-01")))
    yield case("good, without namespace", wire.whole(body.replace(_NS, "")))
    yield case("good, with a prefix", wire.whole(_prefixed(body)))
    yield case("good, as text/plain", wire.whole(body, kind="text/plain"))
    yield case("good, said to be JSON", wire.whole(body, kind="application/json"))
    yield case("good, without a type", wire.whole(body, kind=""))
    yield case("good, with what is new", wire.whole(good_body(expires, extra="<Novelty><A>1</A></Novelty>")))
    yield case("good, comments in it", wire.whole(body.replace("GOODGOOD", "GOOD<!-- x -->GOOD")))
    yield case("good, CDATA", wire.whole(body.replace(TOKEN, f"<![CDATA[{TOKEN}]]>")))
    yield case("good, chunked", wire.whole("", length="", extra=("Transfer-Encoding: chunked",)) + _chunked(body))
    yield case("good, HTTP/1.0 until it closes", wire.then_close(b"HTTP/1.0 200 OK\r\n\r\n" + body.encode()))
    yield case("good, after 100 Continue", b"HTTP/1.1 100 Continue\r\n\r\n" + wire.whole(body))
    yield case("good, after 103 Early Hints", b"HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n" + wire.whole(body))
    token = "x" * 100_000
    yield case("good, a token of 100 KB", wire.whole(body.replace(TOKEN, f"canary{token}")))


def _prefixed(body: str) -> str:
    return body.replace("</", "</s:").replace("<", "<s:").replace("<s:/s:", "</s:").replace(" xmlns=", " xmlns:s=")


def _chunked(body: str, size: int = 100) -> bytes:
    data = body.encode()
    parts = [data[at : at + size] for at in range(0, len(data), size)]
    return b"".join(b"%x\r\n%b\r\n" % (len(part), part) for part in parts) + b"0\r\n\r\n"


def _refusals(_: datetime) -> Iterator[Case]:
    for code, kind in errors.BY_AWS_CODE.items():
        yield case(f"{code}", wire.whole(error_body(code), 400), kind.CODE)
        yield case(f"{code}Exception, 403", wire.whole(error_body(f"{code}Exception"), 403), kind.CODE)
    denied, code = error_body("AccessDenied"), "access-denied"
    yield case("an error with status 200", wire.whole(denied), code)
    yield case("an error of no namespace", wire.whole(denied.replace(_NS, ""), 403), code)
    yield case("an error of another namespace", wire.whole(denied.replace("2011", "1999"), 403), code)
    yield case("an error as JSON text/xml", wire.whole(denied, 403, kind="application/json"), code)
    yield case("an error in Errors", wire.whole(f"<Errors>{denied}</Errors>", 403), code)
    yield case("no Message", wire.whole(denied.replace("<Message>It says why.</Message>", ""), 403), code)
    yield case("no RequestId", wire.whole(denied.replace("<RequestId>5c8e8b4d-0001</RequestId>", ""), 403), code)
    twice = denied.replace("</RequestId>", "</RequestId><RequestId>other</RequestId>")
    yield case("two RequestIds", wire.whole(twice, 403), code)
    long_id = denied.replace("5c8e8b4d-0001", "i" * 300_000)
    yield case("a RequestId of 300 KB", wire.whole(long_id, 403), code)
    steering = denied.replace("5c8e8b4d-0001", "\x9b2J\u202eevil")
    yield case("a RequestId that steers terminals", wire.whole(steering, 403), code)
    header = ("x-amzn-requestid: \x9b31m" + "r" * 5000,)
    plain = denied.replace("<RequestId>5c8e8b4d-0001</RequestId>", "")
    yield case("a header RequestId that steers", wire.whole(plain, 403, extra=header), code)
    yield case("a message of 500 KB", wire.whole(error_body("AccessDenied", "m" * 500_000), 403), code)
    yield case("a message that steers terminals", wire.whole(error_body("AccessDenied", "\x9b2J\n\u202e"), 403), code)
    yield case("no Code", wire.whole(denied.replace("<Code>AccessDenied</Code>", ""), 403), "answer-incomplete")
    yield case("an empty Code", wire.whole(denied.replace(">AccessDenied<", "><"), 403), "answer-incomplete")
    yield case("two Codes", wire.whole(denied.replace("</Code>", "</Code><Code>A</Code>"), 403), "answer-incomplete")
    two = denied.replace("</Message>", "</Message><Message>B</Message>")
    yield case("two Messages", wire.whole(two, 403), "answer-incomplete")
    yield case("names in lower case", wire.whole(denied.lower(), 403), "not-aws")
    lower = denied.replace("Code>", "code>")
    yield case("code in lower case", wire.whole(lower, 403), "answer-incomplete")
    yield case("an error as JSON", wire.whole('{"__type":"AccessDeniedException","message":"no"}', 400), "not-aws")
    yield case("a code that nobody knows", wire.whole(error_body("Novelty"), 400), "refused")
    yield case("such a code, 500", wire.whole(error_body("Novelty"), 500), "service-error")
    yield case("such a code, 429", wire.whole(error_body("Novelty"), 429), "throttling")
    yield case("a code of 10 KB", wire.whole(error_body("A" * 10_000), 400), "answer-incomplete")
    yield case("a code that steers terminals", wire.whole(error_body("A\x9b2J"), 400), "answer-incomplete")


def _throttled(_: datetime) -> Iterator[Case]:
    body = error_body("Throttling", "Rate exceeded")
    values = ("0", "1", "2.5", "-1", "99999999999999999999", "soon", "", "Fri, 31 Dec 1999 23:59:59 GMT", "1 1", "\xb2")
    for value in values:
        yield case(f"429, Retry-After: {value}", wire.whole("", 429, extra=(f"Retry-After: {value}",)), "throttling")
    yield case(
        "throttled, Retry-After", wire.whole(body, 400, extra=("Retry-After: 1", "Retry-After: 2")), "throttling"
    )
    yield case("429 with HTML", wire.whole("<html>busy</html>", 429, kind="text/html"), "throttling")
    yield case("429 with good credentials", wire.whole(good_body(datetime.now(UTC) + LIFE), 429), "throttling")


def _servers(expires: datetime) -> Iterator[Case]:
    for status in (500, 501, 502, 503, 504, 505, 507, 520, 599):
        yield case(f"{status}, empty", wire.whole("", status, kind=""), "service-unavailable")
    for status in (500, 502, 503, 504):
        page = f"<html><body>{status}</body></html>"
        yield case(f"{status}, HTML", wire.whole(page, status, kind="text/html"), "service-unavailable")
        yield case(f"{status}, JSON", wire.whole('{"message": null}', status), "service-unavailable")
    yield case("503 with good credentials", wire.whole(good_body(expires), 503), "service-unavailable")
    yield case("500, half a document", wire.whole("<ErrorResponse><Error>", 500), "answer-broken")


def _strangers(expires: datetime) -> Iterator[Case]:
    page = "<!DOCTYPE html><html><body>Sign in to the network</body></html>"
    body = good_body(expires)
    for status in (200, 201, 203, 400, 403, 404, 405, 406, 410, 418, 451, 511):
        yield case(f"HTML, {status}", wire.whole(page, status, kind="text/html"), "not-aws")
    yield case("407", wire.whole("", 407), "proxy")
    yield case("204", wire.whole("", 204, length="", kind=""), "not-aws")
    yield case("204 with credentials behind it", wire.then_close(wire.whole(body, 204)), "not-aws", "reset")
    yield case("205", wire.whole("", 205), "not-aws")
    yield case("206 with credentials", wire.whole(body, 206), "not-aws")
    yield case("201 with credentials", wire.whole(body, 201), "not-aws")
    yield case("304", wire.whole("", 304, length=""), "not-aws")
    yield case(
        "101", b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n", "not-aws", "reset"
    )
    yield case("empty", wire.whole(""), "not-aws")
    yield case("blanks", wire.whole(" \r\n\t "), "not-aws")
    yield case("JSON", wire.whole('{"AssumeRoleResponse": {}}', kind="application/json"), "not-aws")
    yield case("words", wire.whole("OK"), "not-aws")
    yield case("another action's answer", wire.whole(recorded("GetSessionToken")), "not-aws")
    yield case("XHTML", wire.whole('<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"/>'), "not-aws")
    yield case("a 0 of binary", wire.whole(bytes(5000)), "not-aws")
    noise = random.Random(1).randbytes(5000)  # noqa: S311  # nothing here is a secret
    yield case("noise", wire.whole(noise), "not-aws")
    for status in (300, 301, 302, 303, 307, 308):
        elsewhere = "http://127.0.0.1:@ELSEWHERE@/steal"
        yield case(f"{status} elsewhere", wire.whole(body, status, extra=(f"Location: {elsewhere}",)), "not-aws")
    yield case("200 with Location", wire.whole(page, extra=("Location: http://127.0.0.1:@ELSEWHERE@/",)), "not-aws")
    yield case(
        "Refresh elsewhere", wire.whole(page, extra=("Refresh: 0; url=http://127.0.0.1:@ELSEWHERE@/",)), "not-aws"
    )
    yield case("SSH", wire.then_close(b"SSH-2.0-OpenSSH_9.2\r\n"), "reset")
    yield case("a TLS alert", wire.then_close(b"\x15\x03\x03\x00\x02\x02\x28"), "reset")
    yield case("HTTP/2", wire.then_close(b"\x00\x00\x12\x04\x00\x00\x00\x00\x00" + bytes(18)), "reset")
    yield case("HTTP/0.9", wire.then_close(body.encode()), "reset")


def _framing(expires: datetime) -> Iterator[Case]:
    body = good_body(expires)
    size = len(body)
    good = wire.whole(body)
    yield case("closed at once", wire.then_close(b""), "reset")
    yield case("reset at once", wire.then_reset(b""), "reset")
    yield case("reset in the head", wire.then_reset(good[:30]), "reset")
    yield case("reset in the body", wire.then_reset(good[:-200]), "reset")
    yield case("closed in the head", wire.then_close(good[:30]), "reset")
    yield case("too long a Content-Length", wire.then_close(wire.whole(body, length=str(size + 5))), "reset")
    yield case("too short a Content-Length", wire.then_close(wire.whole(body, length=str(size - 5))), "answer-broken")
    yield case("Content-Length 0", wire.then_close(wire.whole(body, length="0")), "not-aws")
    for length in ("-1", "+5", "1e3", "0x10", "many", " ", f"{size}, {size + 1}", "9" * 30):
        yield case(f"Content-Length: {length}", wire.then_close(wire.whole(body, length=length)), "reset")
    yield case(
        "two Content-Lengths", wire.then_close(wire.whole(body, extra=(f"Content-Length: {size - 9}",))), "reset"
    )
    yield case("two equal Content-Lengths", wire.whole(body, extra=(f"Content-Length: {size}",)))
    chunks = ("Transfer-Encoding: chunked",)
    head = wire.whole("", length="", extra=chunks)
    whole_chunks = _chunked(body)
    yield case("chunked, without an end", wire.then_close(head + whole_chunks[:-5]), "reset")
    yield case("chunked, no size", wire.then_close(head + b"zz\r\n" + whole_chunks), "reset")
    yield case("chunked, negative", wire.then_close(head + b"-5\r\n" + whole_chunks), "reset")
    yield case("chunked, a huge size", wire.then_close(head + b"f" * 30 + b"\r\n" + whole_chunks), "reset")
    yield case("chunked, a chunk cut", wire.then_close(head + b"ffff\r\n" + body.encode()), "reset")
    both = wire.whole("", length="5", extra=chunks)
    # RFC 9112, section 6.3: chunked overrides the length
    yield case("chunked and a length", both + whole_chunks)
    unknown = wire.whole(body, extra=("Transfer-Encoding: cabbage",))
    yield case("an unknown Transfer-Encoding", wire.then_close(unknown), "reset")
    yield case("a head without an end", wire.forever(b"HTTP/1.1 200 OK\r\n", b"X-A: b\r\n" * 100), "reset")
    yield case("a line without an end", wire.forever(b"HTTP/1.1 200 OK\r\nX-A: ", b"a" * 10_000), "reset")
    yield case("a header with NUL", wire.whole(body, extra=("X-A: \x00",)), "reset")
    yield case("a header without colon", wire.whole(body, extra=("nonsense",)), "reset")
    yield case("a header in Latin-1", wire.whole(body, extra=("X-A: \xe9",)))
    yield case("a status of four digits", good.replace(b" 200 ", b" 2000 ", 1), "reset")
    yield case("status 0", good.replace(b" 200 ", b" 000 ", 1), "reset", "not-aws")
    yield case("status 999", wire.whole("", 999), "service-unavailable", "not-aws", "reset")
    yield case("HTTP/9.9", good.replace(b"HTTP/1.1", b"HTTP/9.9", 1))
    endless = wire.forever(b"HTTP/1.1 200 OK\r\n\r\n", b"<a>" * 20_000)
    yield case("a body without an end", endless, "answer-too-large")
    yield case("10 MB", wire.then_close(wire.whole(b"<a>" + b"x" * 10_000_000)), "answer-too-large")
    yield case("10 MB, but only said", wire.then_close(wire.whole(body, length="10000000")), "reset")
    yield case("hangs at once", wire.then_hang(), "timeout", slow=True)
    yield case("hangs in the head", wire.then_hang(good[:30]), "timeout", slow=True)
    yield case("hangs in the body", wire.then_hang(good[:-9]), "timeout", slow=True)
    yield case("a byte at a time, head", wire.drip(good, 0.1), "timeout", slow=True)
    yield case("a byte at a time, body", wire.drip(good, 0.1, at_once=len(good) - 300), "timeout", slow=True)
    yield case("100 Continue for ever", _continues, "timeout", slow=True)


def _continues(connected: socket.socket, server: wire.FaultServer) -> None:
    while not server.ending.wait(0.02):
        connected.sendall(b"HTTP/1.1 100 Continue\r\n\r\n")


def _packed(expires: datetime) -> Iterator[Case]:
    body = good_body(expires).encode()

    def packed(data: bytes, encoding: str) -> bytes:
        return wire.whole(data, extra=(f"Content-Encoding: {encoding}",))

    bomb = gzip.compress(bytes(40_000_000), 6)
    small = zlib.compressobj(9, wbits=31)
    yield case("gzip, unasked", packed(gzip.compress(body), "gzip"))
    yield case("deflate, unasked", packed(zlib.compress(body), "deflate"))
    yield case("gzip of gzip", packed(gzip.compress(gzip.compress(body)), "gzip, gzip"))
    yield case("deflate without its frame", packed(zlib.compress(body)[2:-4], "deflate"), "answer-broken")
    yield case("a gzip bomb", packed(bomb, "gzip"), "answer-too-large")
    yield case("a gzip bomb in gzip", packed(gzip.compress(bomb), "gzip, gzip"), "answer-too-large")
    layers = body
    for _ in range(200):
        layers = zlib.compress(layers, 0)
    yield case("packed 200 times", packed(layers, ", ".join(["deflate"] * 200)), "answer-broken")
    yield case("gzip, cut", packed(gzip.compress(body)[:-20], "gzip"), "answer-broken")
    yield case("gzip, empty", packed(small.flush(), "gzip"), "not-aws")
    yield case("said to be gzip", packed(body, "gzip"), "answer-broken")
    yield case("gzip, a bit changed", packed(_flipped(gzip.compress(body)), "gzip"), "answer-broken")
    for name in ("br", "zstd", "compress", "x-novelty", "gzip, br"):
        yield case(f"Content-Encoding: {name}", packed(body, name), "answer-broken")
    yield case("Content-Encoding: identity", packed(body, "identity"))


def _flipped(data: bytes) -> bytes:
    changed = bytearray(data)
    changed[-6] ^= 1  # in the checksum
    return bytes(changed)


def _documents(expires: datetime) -> Iterator[Case]:
    body = good_body(expires)
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10 if n else "ha"}">' for n in range(10))
    yield case("billion laughs", _with_dtd(body, f"[{laughs}]", "&l9;"), "answer-broken")
    yield case(
        "an entity of a file", _with_dtd(body, '[<!ENTITY x SYSTEM "file:///etc/passwd">]', "&x;"), "answer-broken"
    )
    elsewhere = '[<!ENTITY x SYSTEM "http://127.0.0.1:@ELSEWHERE@/x">]'
    yield case("an entity from elsewhere", _with_dtd(body, elsewhere, "&x;"), "answer-broken")
    yield case("a DTD from elsewhere", _with_dtd(body, 'SYSTEM "http://127.0.0.1:@ELSEWHERE@/d"', "x"), "answer-broken")
    yield case("a harmless DTD", _with_dtd(body, "", "x"), "answer-broken")
    yield case("an entity that is not there", wire.whole(body.replace(TOKEN, "&canary;")), "answer-broken")
    yield case("invalid UTF-8", wire.whole(body.encode().replace(b"alice", b"\xff\xfe")), "answer-broken")
    yield case("UTF-16", wire.whole(body.encode("utf-16")), "not-aws")
    declared = f'<?xml version="1.0" encoding="UTF-16"?>{body}'
    yield case("said to be UTF-16", wire.whole(declared), "answer-broken")
    yield case("of an unknown encoding", wire.whole(declared.replace("UTF-16", "KOI-99")), "answer-broken")
    yield case("said to be base64", wire.whole(declared.replace("UTF-16", "base64")), "answer-broken")
    yield case("NUL bytes", wire.whole(body.replace("alice", "al\x00ce")), "answer-broken")
    yield case("a control character", wire.whole(body.replace(TOKEN, f"{TOKEN}\x07")), "answer-broken")
    yield case("10,000 nested elements", wire.whole("<a>" * 10_000 + "</a>" * 10_000), "not-aws")
    deep = body.replace(TOKEN, "<a>" * 9_000 + TOKEN + "</a>" * 9_000)
    yield case("a token 9,000 elements deep", wire.whole(deep), "answer-incomplete")
    crowd = "<a/>" * 30_000
    yield case("30,000 elements", wire.whole(body.replace("<PackedPol", f"{crowd}<PackedPol")), "answer-broken")
    many = " ".join(f'a{n}="1"' for n in range(20_000))
    yield case("20,000 attributes", wire.whole(body.replace("<Credentials>", f"<Credentials {many}>")))
    spaces = " ".join(f'xmlns:n{n}="u{n}"' for n in range(10_000))
    yield case("10,000 namespaces", wire.whole(body.replace("<Credentials>", f"<Credentials {spaces}>")))
    yield case("two documents", wire.whole(body + body), "answer-broken")
    yield case("junk behind it", wire.whole(f"{body}junk"), "answer-broken")
    yield case("junk before it", wire.whole(f"junk{body}"), "not-aws")
    yield case("wrongly nested", wire.whole(body.replace("</Credentials>", "</Credential>")), "answer-broken")
    yield case("a result and an error", wire.whole(body.replace("<Credentials>", "<Error/><Credentials>")))
    yield case("a good answer in lower case", wire.whole(body.lower()), "not-aws")
    yield case("no result", wire.whole(f"<AssumeRoleResponse{_NS}/>"), "answer-incomplete")
    result = body[body.index("<AssumeRoleResult>") : body.index("<ResponseMetadata>")]
    yield case("two results", wire.whole(body.replace(result, result * 2)), "answer-incomplete")
    metadata = _element(body, "ResponseMetadata")
    yield case("two metadata", wire.whole(body.replace(metadata, metadata * 2)), "answer-incomplete")
    yield case("no metadata", wire.whole(body[: body.index("<ResponseMetadata>")] + "</AssumeRoleResponse>"))


def _with_dtd(body: str, declared: str, used: str) -> bytes:
    return wire.whole(f"<!DOCTYPE AssumeRoleResponse {declared}>{body.replace('alice', used)}")


def _element(body: str, name: str) -> str:
    return body[body.index(f"<{name}>") : body.index(f"</{name}>") + len(f"</{name}>")]


def _values(expires: datetime) -> Iterator[Case]:
    body = good_body(expires)
    names = ("Credentials", "AccessKeyId", "SecretAccessKey", "SessionToken", "Expiration", "AssumedRoleUser", "Arn")
    for name in (*names, "AssumedRoleId"):
        element = _element(body, name)
        yield case(f"{name} missing", wire.whole(body.replace(element, "")), "answer-incomplete")
        yield case(f"{name} twice", wire.whole(body.replace(element, element * 2)), "answer-incomplete")
        yield case(f"{name} empty", wire.whole(body.replace(element, f"<{name}/>")), "answer-incomplete")
        listed = f"<{name}><member>1</member><member>2</member></{name}>"
        yield case(f"{name} a list", wire.whole(body.replace(element, listed)), "answer-incomplete")
    for name, code in (("AccessKeyId", "incomplete"), ("Expiration", "incomplete"), ("Arn", "other")):
        numbered = body.replace(_element(body, name), f"<{name}>12</{name}>")
        yield case(f"{name} a number", wire.whole(numbered), f"answer-{code}")
    percent = _element(body, "PackedPolicySize")
    for value in ("six", "-1", "6.5", "9" * 5000, "\u0666"):
        changed = body.replace(percent, f"<PackedPolicySize>{value}</PackedPolicySize>")
        yield case(f"PackedPolicySize {value[:9]}", wire.whole(changed), "answer-incomplete")
    yield from _injections(body)
    yield from _others(expires)


def _injections(body: str) -> Iterator[Case]:
    """What would become other lines, or other sections, of an INI file."""
    evils = {
        "a section": "x\n[default]\naws_access_key_id=AKIAEVIL",
        "a carriage return": "x&#13;y",
        "a tab": "x\ty",
        "a blank": "x y",
        "NEL": "x\x85y",
        "a line separator": "x\u2028y",
        "no-break space": "x\xa0y",
        "an umlaut": "x\xe4y",
        "right to left": "x\u202ey",
    }
    for name, evil in evils.items():
        for element, value in (("AccessKeyId", KEY_ID), ("SecretAccessKey", SECRET), ("SessionToken", TOKEN)):
            changed = body.replace(value, f"canary{evil}")
            yield case(f"{element} with {name}", wire.whole(changed), "answer-incomplete")
    for name, key_id in (
        ("short", "ASIA"),
        ("long", "A" * 129),
        ("huge", "A" * 50_000),
        ("with a comma", "ASIAGOODGOODGOOD,001"),
        ("with a slash", "ASIAGOODGOODGOOD/001"),
        ("with brackets", "[ASIAGOODGOODGOOD00]"),
        ("with an equals sign", "ASIAGOODGOODGOOD=001"),
        ("with a hash", "#ASIAGOODGOODGOOD001"),
        ("with a percent sign", "ASIAGOODGOODGO%(x)s1"),
    ):
        yield case(f"AccessKeyId {name}", wire.whole(body.replace(KEY_ID, key_id)), "answer-incomplete")
    other = body.replace("</AssumeRoleResult>", "<SourceIdentity>\x9b2J\nx</SourceIdentity></AssumeRoleResult>")
    yield case("SourceIdentity that steers terminals", wire.whole(other))
    other = body.replace("</AssumeRoleResult>", f"<SourceIdentity>{'s' * 90_000}</SourceIdentity></AssumeRoleResult>")
    yield case("SourceIdentity of 90 KB", wire.whole(other))
    steering = body.replace("OEXAMPLE:alice", "OEXAMPLE:al\x9b2Jce")
    yield case("AssumedRoleId that steers", wire.whole(steering), "answer-incomplete")
    identity = body.replace("c6104cbe-af31-11e0-8154-cbc7ccf896c7", "\x9b2J\n\u202e" + "r" * 9000)
    yield case("a good answer, its RequestId steers", wire.whole(identity))


def _others(expires: datetime) -> Iterator[Case]:
    """Answers to another question."""
    for name, arn in {
        "another account": "arn:aws:sts::999999999999:assumed-role/Admin/alice",
        "another role": "arn:aws:sts::123456789012:assumed-role/Other/alice",
        "a role that begins so": "arn:aws:sts::123456789012:assumed-role/Admin2/alice",
        "another partition": "arn:aws-cn:sts::123456789012:assumed-role/Admin/alice",
        "another session": "arn:aws:sts::123456789012:assumed-role/Admin/mallory",
        "a user": "arn:aws:iam::123456789012:user/Admin/alice",
        "the role itself": "arn:aws:iam::123456789012:role/Admin",
        "a federated user": "arn:aws:sts::123456789012:federated-user/alice",
        "no ARN": "Admin",
        "a long ARN": "arn:aws:sts::123456789012:assumed-role/Admin/" + "a" * 1_900,
    }.items():
        yield case(f"credentials of {name}", wire.whole(good_body(expires, arn=arn)), "answer-other")

    for name, arn in {
        "a line": "arn:aws:sts::123456789012:assumed-role/Admin/alice\n[default]",
        "100 KB": "arn:aws:sts::123456789012:assumed-role/Admin/" + "a" * 100_000,
    }.items():
        yield case(f"an ARN with {name}", wire.whole(good_body(expires, arn=arn)), "answer-incomplete")
