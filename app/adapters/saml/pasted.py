"""Finds the SAML response in what a page posted or a person pasted."""

from __future__ import annotations

import base64
import binascii
import html
import re
import zlib
from dataclasses import dataclass
from urllib.parse import unquote

from app.adapters.saml import refusals
from app.domain.errors import BadInput
from app.domain.sts_limits import LIMITS

LONGEST = LIMITS["SAMLAssertion"].longest
PASTED_LONGEST = 4 * 1024 * 1024
"""Of everything around it too: a page, or what a browser's developer tools copy."""
_WRITTEN_LONGEST = 4 * LONGEST
"""Of a value with all of its characters URL-encoded, and more."""
_AROUND = " \t\r\n\f\v\0\ufeff\u200b\xa0"
_PLACES_MOST = 20
_BLANK = r"[ \t\r\n]{0,40}"
_NAME = re.compile(r"(?<![0-9A-Za-z_])SAMLResponse(?![0-9A-Za-z_])")
_REQUEST = re.compile(r"(?<![0-9A-Za-z_])SAMLRequest(?![0-9A-Za-z_])")
# `=` in form bodies, `:` in form views and JSON, a blank in tables, and name and value apart in HAR files.
_SEPARATOR = re.compile(
    rf"""\\?["']?{_BLANK}(?:[=:]|,{_BLANK}\\?["']value\\?["']{_BLANK}:|(?<=[ \t\r\n])){_BLANK}\\?["']?"""
)
# Of further lines only those that are base64 from end to end. `^` and `\` are how shells and JSON quote.
_VALUE = re.compile(
    r"(?:[0-9A-Za-z+/=%_^-]|\\/|\\[rnt]|\\u00[0-9A-Fa-f]{2}"
    r"|[\r\n]{1,2}[ \t]{0,40}(?!RelayState)(?=[0-9A-Za-z+/=]{1,400}[ \t]{0,40}(?:[\r\n]|\Z)))*"
)
_ESCAPE = re.compile(r"\\u00([0-9A-Fa-f]{2})|\\(.)")
_ROLE_INDEX = re.compile(r"""(?<![0-9A-Za-z_])roleIndex(?:=|["']?:[ ]?["']?)([^&"' \t\r\n]{1,2048})""")
_INPUT = re.compile(r"<input\b([^<>]*)>", re.IGNORECASE)
_PAGE = re.compile(r"<(?:!doctype html|html|head|body|form|input)\b", re.IGNORECASE)
_DECLARED = re.compile(rf"""<\?xml[^<>]{{0,200}}?[ \t\r\n]encoding{_BLANK}={_BLANK}["']([0-9A-Za-z._-]{{1,40}})["']""")
_ENCODINGS = {"utf-8": "utf-8", "utf8": "utf-8", "us-ascii": "utf-8", "ascii": "utf-8", "iso-8859-1": "iso-8859-1"}
_URL_SAFE = str.maketrans("-_", "+/")


@dataclass(frozen=True, slots=True, kw_only=True)
class Pasted:
    """A document (not read yet), its encoding, and the `roleIndex` found beside it."""

    document: bytes
    encoding: str
    role_index: str = ""


def find(text: str) -> Pasted:
    """Find the one response in base64, XML, a form body, a copied request, a HAR fragment or a page's source.

    Raises BadInput (see `refusals`).
    """
    text = text.strip(_AROUND).removeprefix("ï»¿")
    if not text:
        raise refusals.empty()
    if len(text) > PASTED_LONGEST:
        raise refusals.too_long(LONGEST)
    if _PAGE.match(text):
        return _only(_inputs(text), "")
    if text.startswith("<"):
        return _xml(text)
    if _NAME.search(text):
        index = _ROLE_INDEX.search(text)
        return _only(_named(text), unquote(index[1]) if index else "")
    if _REQUEST.search(text):
        raise refusals.request()
    return _only([text], "")


def _xml(text: str) -> Pasted:
    declared = _DECLARED.match(text)
    encoding = _ENCODINGS.get(declared[1].lower(), "") if declared else "utf-8"
    if not encoding:
        raise refusals.not_xml("in an encoding that is not taken here: paste the base64 text instead")
    try:
        document = text.encode(encoding)
    except UnicodeEncodeError:
        document = b""
    if not document:
        raise refusals.not_xml("not in the encoding that it names")
    return Pasted(document=document, encoding=encoding)


def _inputs(text: str) -> list[str]:
    """The values of a page's fields named SAMLResponse."""
    found = []
    for each in _INPUT.finditer(text):
        attributes = dict(re.findall(r"""([a-z]{1,20})=["']([^"']*)["']""", each[1]))
        if attributes.get("name") == refusals.FIELD:
            found.append(html.unescape(attributes.get("value", "")))
    return found


def _named(text: str) -> list[str]:
    """What stands behind the name, at each of the first places where it is."""
    found: list[str] = []
    name = _NAME.search(text)
    for _place in range(_PLACES_MOST):
        if name is None:
            break
        end = name.end()
        separator = _SEPARATOR.match(text, end)
        value = _VALUE.match(text, separator.end(), separator.end() + _WRITTEN_LONGEST) if separator else None
        if value and len(value[0]) >= LIMITS["SAMLAssertion"].shortest:
            found.append(_ESCAPE.sub(_unescaped, value[0].replace("^", "")))
            end = value.end()
        name = _NAME.search(text, end)
    return found


def _unescaped(match: re.Match[str]) -> str:
    return chr(int(match[1], 16)) if match[1] else match[2].replace("r", "").replace("n", "").replace("t", "")


def _only(values: list[str], role_index: str) -> Pasted:
    if not values:
        raise refusals.not_found()
    documents: list[bytes] = []
    faults: list[BadInput] = []
    for value in dict.fromkeys(values):
        try:
            documents.append(_decoded(value))
        except BadInput as fault:
            faults.append(fault)
    # The name also stands in scripts and captions, with something else behind it.
    documents = [each for each in dict.fromkeys(documents) if not faults or each.lstrip()[:1] == b"<"]
    if not documents:
        raise faults[0]
    if len(documents) > 1:
        raise refusals.ambiguous(refusals.FIELD)
    declared = _DECLARED.match(documents[0][:400].decode("latin-1").removeprefix("ï»¿"))
    encoding = _ENCODINGS.get(declared[1].lower(), "") if declared else "utf-8"
    if not encoding or b"\0" in documents[0]:
        raise refusals.not_xml("in an encoding other than UTF-8")
    return Pasted(document=documents[0], encoding=encoding, role_index=role_index)


def _decoded(value: str) -> bytes:
    for _twice in range(2):
        value = "".join(unquote(value).split()) if "%" in value else "".join(value.split())
    value = value.strip("\"'").translate(_URL_SAFE).rstrip("=")
    value += "=" * (-len(value) % 4)
    if len(value) > LONGEST:
        raise refusals.too_long(LONGEST)
    try:
        document = base64.b64decode(value, validate=True)
    except (binascii.Error, ValueError):
        document = b""
    if not document:
        raise refusals.not_base64()
    if _is_deflated_request(document):
        raise refusals.request()
    return document


def _is_deflated_request(document: bytes) -> bool:
    """Whether it is a request as the HTTP-Redirect binding sends it (SAML 2.0 bindings, 3.4.4.1)."""
    if document.lstrip()[:1] == b"<":
        return False
    try:
        beginning = zlib.decompressobj(-zlib.MAX_WBITS).decompress(document, 1024)
    except zlib.error:
        return False
    return b"AuthnRequest" in beginning
