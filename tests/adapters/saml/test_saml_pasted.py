"""All the shapes in which a response comes."""

from __future__ import annotations

import base64
import html
import json
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote

import pytest

from app.adapters.saml import pasted
from app.adapters.saml.reader import SamlReader
from app.domain.errors import BadInput
from app.domain.secret import Secret
from tests.adapters.saml.saml_documents import NOW, ROLE, Made, coded

if TYPE_CHECKING:
    import re
    from collections.abc import Callable

XML = Made().response()
PLAIN = coded(XML)
LINES = "\r\n".join(PLAIN[at : at + 76] for at in range(0, len(PLAIN), 76))
FORM = f"SAMLResponse={quote(PLAIN, safe='')}&RelayState=https%3A%2F%2Fx"
OTHER = coded(Made(subject="mallory").response())


def taken(text: str) -> str:
    got = SamlReader().read(Secret(text), now=NOW)
    assert got.assertion.subject == "alice"
    return got.text.reveal()


def refused(text: str) -> str:
    with pytest.raises(BadInput) as caught:
        SamlReader().read(Secret(text), now=NOW)
    assert caught.value.field == "SAMLResponse"
    assert caught.value.detail
    assert caught.value.remedy
    return caught.value.code


SHAPES = {
    "as posted": PLAIN,
    "in lines": LINES,
    "with blanks around": f"\n\t {PLAIN} \n",
    "in quotes": f'"{PLAIN}"',
    "without padding": PLAIN.rstrip("="),
    "for URLs": PLAIN.replace("+", "-").replace("/", "_"),
    "URL-encoded": quote(PLAIN, safe=""),
    "URL-encoded lines": quote(LINES, safe=""),
    "URL-encoded twice": quote(quote(PLAIN, safe=""), safe=""),
    "XML": XML,
    "XML with declaration": f'<?xml version="1.0" encoding="UTF-8"?>\n{XML}',
    "a file with BOM": f"\ufeff{XML}",
    "a file with a BOM read as Latin-1": f"\xef\xbb\xbf{XML}",
    "a file with BOM and base64": f"\ufeff{PLAIN}\r\n",
    "a form body": FORM,
    "a form body, other fields first": f"RelayState=&a=SAMLResponse&{FORM}",
    "a form body in lines": f"SAMLResponse={quote(LINES, safe='')}&RelayState=",
    "a form view": f"SAMLResponse: {PLAIN}\nRelayState: https://x",
    "a form view in lines": f"Form Data\nSAMLResponse:\n{LINES}\nRelayState: https://x",
    "a table": f"SAMLResponse\t{PLAIN}\nRelayState\thttps://x",
    "a table in quotes": f'SAMLResponse\t"{PLAIN}"\nRelayState\t"https://x"',
    "two lines": f"SAMLResponse\n{PLAIN}\nRelayState\nabcd",
    "cURL": f"curl 'https://signin.aws.amazon.com/saml' -H 'a: b' --data-raw '{FORM}' --compressed",
    "cURL for cmd": f'curl ^"https://x^" --data-raw ^"{FORM.replace("%", "^%^")}^"',
    "PowerShell": f'Invoke-WebRequest -Uri "https://x" -Body "{FORM}"',
    "fetch": json.dumps({"headers": {}, "body": FORM, "method": "POST"}),
    "HAR": json.dumps({"postData": {"text": FORM, "params": [{"name": "SAMLResponse", "value": quote(PLAIN)}]}}),
    "HAR in lines": json.dumps({"params": [{"name": "SAMLResponse", "value": LINES}]}, indent=2),
    "HAR with a script": json.dumps({"text": "var SAMLResponse = found; // SAMLResponse missing", "body": FORM}),
    "JSON": json.dumps({"SAMLResponse": PLAIN, "RelayState": ""}).replace("/", "\\/").replace("=", "\\u003d"),
    "a page": f'<!DOCTYPE html><form action="x"><input type="hidden" name="SAMLResponse" value="{PLAIN}"/></form>',
    "a page, encoded": f"<html><INPUT value='{PLAIN.replace('+', '&#x2b;')}' name='SAMLResponse'></html>",
}


@pytest.mark.parametrize("shape", SHAPES)
def test_shapes(shape: str) -> None:
    assert base64.b64decode(taken(SHAPES[shape])).decode().endswith(XML)


@pytest.mark.parametrize("shape", SHAPES)
def test_what_comes_out_is_one_line_of_base64_and_goes_in_again(shape: str) -> None:
    once = taken(SHAPES[shape])
    assert once == base64.b64encode(base64.b64decode(once, validate=True)).decode()
    assert taken(once) == once


def test_the_chosen_role_is_found_beside_it() -> None:
    got = SamlReader().read(Secret(f"{FORM}&roleIndex={quote(ROLE, safe='')}"), now=NOW)
    assert got.role_index == ROLE
    assert SamlReader().read(Secret(f"{FORM}&roleIndex=x"), now=NOW, role_index="y").role_index == "y"


def test_latin_1_stays_latin_1() -> None:
    document = f'<?xml version="1.0" encoding="ISO-8859-1"?>{Made(subject="zoë").response()}'
    for text in (document, base64.b64encode(document.encode("latin-1")).decode()):
        got = SamlReader().read(Secret(text), now=NOW)
        assert got.assertion.subject == "zoë"
        assert base64.b64decode(got.text.reveal()) == document.encode("latin-1")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "saml-empty"),
        (" \ufeff\r\n", "saml-empty"),
        ("hello", "saml-not-base64"),
        ("hello world, this is no response", "saml-not-base64"),
        (PLAIN[:-5], "saml-not-xml"),
        (PLAIN[:-200], "saml-not-xml"),
        (PLAIN[200:], "saml-not-xml"),
        (PLAIN + "!", "saml-not-base64"),
        ("é" * 100, "saml-not-base64"),
        ("=" * 100, "saml-not-base64"),
        ("%" * 100, "saml-not-base64"),
        (base64.b64encode(b"hello").decode(), "saml-not-xml"),
        (base64.b64encode(XML.encode("utf-16")).decode(), "saml-not-xml"),
        ("SAMLResponse", "saml-not-found"),
        ("SAMLResponse=", "saml-not-found"),
        ("SAMLResponse=&RelayState=x", "saml-not-found"),
        ("<html><body>Sign in</body></html>", "saml-not-found"),
        ("SAMLResponse=hello123456789", "saml-not-xml"),
        ("SAMLResponse=hello12345678", "saml-not-base64"),
        (f"{FORM}\n{FORM.replace(quote(PLAIN, safe=''), quote(OTHER, safe=''))}", "saml-ambiguous"),
        (f'<html><input name="SAMLResponse" value="{PLAIN}"><input name="SAMLResponse" value="{OTHER}">',
         "saml-ambiguous"),
        ("\ud800", "saml-not-base64"),
        ("<\ud800/>", "saml-not-xml"),
        ('<?xml version="1.0" encoding="utf-16"?><a/>', "saml-not-xml"),
        ('<?xml version="1.0" encoding="cp037"?><a/>', "saml-not-xml"),
        ('<?xml version="1.0" encoding="iso-8859-1"?><a>\u20ac</a>', "saml-not-xml"),
        (coded('<?xml version="1.0" encoding="cp1252"?><a/>'), "saml-not-xml"),
    ],
)  # fmt: skip
def test_what_is_no_response(text: str, code: str) -> None:
    assert refused(text) == code


@pytest.mark.parametrize(
    "text",
    [
        "SAMLRequest=fVLLTsMwELwj8Q%2BW73k4&RelayState=x",
        "GET https://idp.example/sso?SAMLRequest=fVLLTsMwELwj8Q%2BW73k4 HTTP/1.1",
        "SAMLRequest: PHNhbWxwOkF1dGhuUmVxdWVzdA==",
        # As the HTTP-Redirect binding deflates it.
        "s7GvyM1RKEstKs7Mz7NVMtQzULK347IpTi0uTk1RCIDyHUtLMvKCUgtLU4tLAA==",
        '<samlp:AuthnRequest xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol"/>',
        coded('<p:AuthnRequest xmlns:p="urn:oasis:names:tc:SAML:2.0:protocol" Version="2.0"/>'),
    ],
)
def test_a_request_is_told_from_a_response(text: str) -> None:
    assert refused(text) == "saml-request"


def document_of(characters: int) -> str:
    """A response whose base64 has so many characters."""
    padding = characters // 4 * 3 - len(Made().response())
    return Made(beside=f"<x>{'y' * (padding - 7)}</x>").response()


def test_the_size_that_sts_takes_is_the_limit() -> None:
    largest = document_of(pasted.LONGEST)
    assert len(coded(largest)) == pasted.LONGEST
    assert len(taken(coded(largest))) == pasted.LONGEST
    assert len(taken("\n".join(coded(largest)))) == pasted.LONGEST
    larger = document_of(pasted.LONGEST + 4)
    for text in (coded(larger), larger, f"SAMLResponse={quote(coded(larger), safe='')}"):
        assert refused(text) == "saml-too-long"


@pytest.mark.parametrize(
    "text",
    [
        "A" * 1024 * 1024,
        "A" * (pasted.PASTED_LONGEST + 1),
        "<" + "a" * 1024 * 1024,
        "%41" * 1024 * 1024,
        "SAMLResponse" * 100_000,
        "SAMLResponse=" + " " * 1024 * 1024,
        "SAMLResponse=" * 100_000,
        "SAMLResponse" + "\\" * 1024 * 1024,
        "SAMLResponse=" + "\n" * 1024 * 1024 + "AAAA",
        "SAMLResponse=" + "AAAA\n" * 200_000,
        "<input " * 150_000,
        "<input name=" * 80_000,
        "<html" + " a='" * 250_000,
        "<?xml" + " encoding" * 100_000,
    ],
    ids=lambda text: text[:16].encode("unicode_escape").decode(),
)
def test_a_megabyte_of_junk_is_refused_and_read_once(text: str) -> None:
    assert refused(text).startswith("saml-")


class Meter:
    """Counts the characters that go through what works character by character."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.characters = 0
        monkeypatch.setattr(pasted, "unquote", self._counted(unquote))
        monkeypatch.setattr(html, "unescape", self._counted(html.unescape))
        for name in ("_VALUE", "_ESCAPE", "_ATTRIBUTE"):
            monkeypatch.setattr(pasted, name, MeteredPattern(getattr(pasted, name), self))

    def _counted(self, work: Callable[[str], str]) -> Callable[[str], str]:
        def counting(text: str) -> str:
            self.characters += len(text)
            return work(text)

        return counting


class MeteredPattern:
    """A regular expression that tells a meter how much it has read."""

    def __init__(self, pattern: re.Pattern[str], meter: Meter) -> None:
        self._pattern = pattern
        self._meter = meter

    def match(self, text: str, start: int, end: int) -> re.Match[str] | None:
        found = self._pattern.match(text, start, end)
        self._meter.characters += len(found[0]) if found else 0
        return found

    def sub(self, new: Callable[[re.Match[str]], str], text: str) -> str:
        self._meter.characters += len(text)
        return self._pattern.sub(new, text)

    def findall(self, text: str) -> list[tuple[str, str]]:
        self._meter.characters += len(text)
        return self._pattern.findall(text)


MOST = pasted.PASTED_LONGEST
FLOODS = {
    "percent signs": "%" * MOST,
    "percent signs, encoded": "%25" * (MOST // 3),
    "letters, encoded": "%41" * (MOST // 3),
    "blanks": "A " * (MOST // 2),
    "names": "SAMLResponse=" * 300_000,
    "values": "".join(f"SAMLResponse={'%41' * 40_000}{number}&" for number in range(30)),
    "escapes": "".join("SAMLResponse=" + "\\u0041" * 50_000 + f"{number}&" for number in range(12)),
    "entities": "<html><input name='SAMLResponse' value='" + "&#65;" * (MOST // 6) + "'>",
    "fields": "<html>" + "".join(f"<input name='SAMLResponse' {'x' * 99_999}{number}>" for number in range(30)),
}


@pytest.mark.parametrize("flood", FLOODS)
def test_a_flood_is_measured_before_anything_is_done_with_each_character(
    flood: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    meter = Meter(monkeypatch)
    text = FLOODS[flood]
    assert 2 * 1024 * 1024 < len(text) <= MOST
    assert refused(text) == "saml-too-long"
    assert meter.characters <= 8 * pasted.LONGEST


def test_a_broken_escape_is_refused_before_unquoting(monkeypatch: pytest.MonkeyPatch) -> None:
    meter = Meter(monkeypatch)
    assert refused("%" * pasted.LONGEST) == "saml-not-base64"
    assert meter.characters == 0


def test_the_longest_response_is_taken_in_three_ways_at_once() -> None:
    largest = coded(document_of(pasted.LONGEST))
    encoded = quote(largest, safe="")
    har = {"text": f"SAMLResponse={encoded}", "params": [{"name": "SAMLResponse", "value": largest}]}
    assert taken(json.dumps(har).replace("=", "\\u003d") + f"\nSAMLResponse: {largest}") == largest
    assert taken("".join(f"%{ord(character):02x}" for character in largest)) == largest
