"""Finds the SAML response in what a page posted or a person pasted."""

from __future__ import annotations

import base64
import binascii
import html
import re
import zlib
from typing import TYPE_CHECKING
from urllib.parse import unquote

from app.adapters.saml import refusals
from app.domain.errors import BadInput
from app.domain.sts_limits import LIMITS
from app.domain.values import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

LONGEST = LIMITS["SAMLAssertion"].longest
PASTED_LONGEST = 4 * 1024 * 1024
"""Of everything around it too: a page, or what a browser's developer tools copy."""
_WRITTEN_LONGEST = 4 * LONGEST
"""Of all values together, as they are written: one with all of its characters URL-encoded, or several, and more."""
_AROUND = " \t\r\n\f\v\0\ufeff\u200b\xa0"
_PLACES_MOST = 20
_BLANK = r"[ \t\r\n]{0,40}"
# The look behind comes last: so text without the name is passed over much faster.
_NAME = re.compile(r"SAMLResponse(?<![0-9A-Za-z_]SAMLResponse)(?![0-9A-Za-z_])")
_REQUEST = re.compile(r"SAMLRequest(?<![0-9A-Za-z_]SAMLRequest)(?![0-9A-Za-z_])")
# `=` in form bodies, `:` in form views and JSON, a blank in tables, and name and value apart in HAR files.
_SEPARATOR = re.compile(
    rf"""\\?["']?{_BLANK}(?:[=:]|,{_BLANK}\\?["']value\\?["']{_BLANK}:|(?<=[ \t\r\n])){_BLANK}\\?["']?"""
)
# Of further lines only those that are base64 from end to end. `^` and `\` are how shells and JSON quote.
_VALUE = re.compile(
    r"(?:[0-9A-Za-z+/=%_^-]++|\\/|\\[rnt]|\\u00[0-9A-Fa-f]{2}"
    r"|[\r\n]{1,2}[ \t]{0,40}(?!RelayState)(?=[0-9A-Za-z+/=]{1,400}[ \t]{0,40}(?:[\r\n]|\Z)))*+"
)
_ESCAPE = re.compile(r"\\u00([0-9A-Fa-f]{2})|\\(.)")
_ROLE_INDEX = re.compile(r"""roleIndex(?<![0-9A-Za-z_]roleIndex)(?:=|["']?:[ ]?["']?)([^&"' \t\r\n]{1,2048})""")
_INPUT = re.compile(r"<input\b([^<>]*+)>", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"""(?<![0-9A-Za-z_-])(name|value)=["']([^"']*+)["']""")
_BROKEN_ESCAPE = re.compile(r"%(?![0-9A-Fa-f]{2})")
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
        return _only(_values_of(_within_limit(_inputs(text))), "")
    if text.startswith("<"):
        return _xml(text)
    if _NAME.search(text):
        index = _ROLE_INDEX.search(text)
        values = [_ESCAPE.sub(_unescaped, each.replace("^", "")) for each in _within_limit(_named(text))]
        return _only(values, unquote(index[1]) if index else "")
    if _REQUEST.search(text):
        raise refusals.request()
    return _only(_within_limit([text]), "")


def _within_limit(written: Iterable[str]) -> list[str]:
    """Those that differ. What follows is work for each character, in a window that waits: this comes before it.

    Raises BadInput when they are longer together than any response can be written.
    """
    found: dict[str, None] = {}
    length = 0
    for each in written:
        length += 0 if each in found else len(each)
        found[each] = None
        if length > _WRITTEN_LONGEST:
            raise refusals.too_long(LONGEST)
    return list(found)


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


def _inputs(text: str) -> Iterator[str]:
    """The attributes of a page's fields that may be the one."""
    return (each[1] for each in _INPUT.finditer(text) if refusals.FIELD in each[1])


def _values_of(inputs: list[str]) -> list[str]:
    fields = [dict(_ATTRIBUTE.findall(each)) for each in inputs]
    return [html.unescape(each.get("value", "")) for each in fields if each.get("name") == refusals.FIELD]


def _named(text: str) -> Iterator[str]:
    """What stands behind the name, at each of the first places where it is."""
    name = _NAME.search(text)
    for _place in range(_PLACES_MOST):
        if name is None:
            return
        end = name.end()
        separator = _SEPARATOR.match(text, end)
        value = _VALUE.match(text, separator.end(), separator.end() + _WRITTEN_LONGEST + 1) if separator else None
        if value and len(value[0]) >= LIMITS["SAMLAssertion"].shortest:
            yield value[0]
            end = value.end()
        name = _NAME.search(text, end)


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
        if _BROKEN_ESCAPE.search(value):
            raise refusals.not_base64()
        value = "".join(unquote(value).split())
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
