"""Documents made to be misread, and junk: refused with a word that repeats nothing of them."""

from __future__ import annotations

import base64
import gzip
import zlib

import pytest

from app.adapters.saml.reader import SamlReader
from app.domain.errors import BadInput
from app.domain.secret import Secret
from tests.adapters.saml.saml_documents import (
    NAMESPACES,
    NOW,
    PROVIDER,
    ROLE,
    SUCCESS,
    Made,
    attribute,
    coded,
    raw_attribute,
)

CANARY = "canary-in-the-document"
MADE = Made(issuer=CANARY, subject=CANARY)
WHOLE = MADE.response()
INNER = MADE.assertion()
SECOND = INNER.replace('ID="_a"', 'ID="_b"')


def whole_story(error: BaseException) -> str:
    """Everything that a traceback would show."""
    seen: list[BaseException] = []
    waiting: list[BaseException | None] = [error]
    while waiting:
        each = waiting.pop()
        if each is not None and each not in seen:
            seen.append(each)
            waiting += [each.__cause__, each.__context__]
    return "\n".join(f"{each} {each!r} {each.args!r} {vars(each)!r}" for each in seen)


def refused(document: str | bytes, *, raw: bool = False) -> BadInput:
    text = base64.b64encode(document).decode() if isinstance(document, bytes) else document if raw else coded(document)
    with pytest.raises(BadInput) as caught:
        SamlReader().read(Secret(text), now=NOW)
    error = caught.value
    assert error.title
    assert error.detail
    assert error.remedy
    assert CANARY not in whole_story(error)
    assert text[:200] not in whole_story(error)
    return error


def test_the_document_that_the_hostile_ones_are_made_from_is_good() -> None:
    assert SamlReader().read(Secret(coded(WHOLE)), now=NOW).assertion.subject == CANARY


LAUGHS = "".join(
    f'<!ENTITY l{level} "{"&l%d;" % (level - 1) * 10 if level else CANARY}">'  # noqa: UP031  # braces are XML's here
    for level in range(10)
)


@pytest.mark.parametrize(
    "doctype",
    [
        "<!DOCTYPE r>",
        f"<!DOCTYPE r [{LAUGHS}]>",
        f'<!DOCTYPE r [<!ENTITY x "{CANARY}">]>',
        '<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE r [<!ENTITY x SYSTEM "http://127.0.0.1:9/canary-in-the-document">]>',
        '<!DOCTYPE r SYSTEM "http://127.0.0.1:9/canary-in-the-document">',
        '<!DOCTYPE r PUBLIC "-//canary-in-the-document" "file:///etc/passwd">',
        '<!DOCTYPE r [<!ENTITY % p SYSTEM "file:///etc/passwd"> %p;]>',
        '<!DOCTYPE r [<!ATTLIST r ID CDATA "_a">]>',
        '<!DOCTYPE r [<!NOTATION n SYSTEM "x"><!ENTITY u SYSTEM "x" NDATA n>]>',
    ],
)
@pytest.mark.parametrize("declaration", ["", '<?xml version="1.0" encoding="UTF-8"?>'])
@pytest.mark.parametrize("raw", [False, True])
def test_document_types_and_entities(doctype: str, declaration: str, raw: bool) -> None:
    document = declaration + doctype + WHOLE.replace(CANARY, "&x;&l9;", 1)
    assert refused(document, raw=raw).code == "saml-forbidden-xml"


def test_an_entity_that_nobody_declared() -> None:
    assert refused(WHOLE.replace(CANARY, "&x;", 1)).code == "saml-not-xml"


@pytest.mark.parametrize(
    "document",
    [
        MADE.response(INNER + SECOND),
        MADE.response(INNER + "<saml:EncryptedAssertion/>"),
        MADE.response("<saml:EncryptedAssertion/><saml:EncryptedAssertion/>"),
        MADE.response(f"<samlp:Extensions>{SECOND}</samlp:Extensions>{INNER}"),
        MADE.response(INNER.replace("<ds:SignedInfo/>", f"<ds:Object>{SECOND}</ds:Object>")),
        MADE.response(INNER.replace("<saml:Conditions ", f"<saml:Advice>{SECOND}</saml:Advice><saml:Conditions ")),
        Made(inside=SECOND).response(),
        Made(attributes=raw_attribute("Role", SECOND)).response(),
        Made(beside=f"<x>{SECOND}</x>").response(),
        Made(beside='<Assertion xmlns="urn:other"/>').response(),
        Made(beside="<y:Assertion xmlns:y='urn:oasis:names:tc:SAML:1.0:assertion'/>").response(),
        MADE.response(f'<samlp:Response ID="_x" Version="2.0">{SECOND}</samlp:Response>{INNER}'),
    ],
)
def test_a_second_assertion_anywhere(document: str) -> None:
    assert refused(document).code == "saml-several-assertions"


@pytest.mark.parametrize(
    "document",
    [
        MADE.response(f"<samlp:Extensions>{INNER}</samlp:Extensions>"),
        MADE.response(f"<x>{INNER}</x>"),
        MADE.response(f"<ds:Signature><ds:Object>{INNER}</ds:Object></ds:Signature>"),
        MADE.response(f'<samlp:Response ID="_x" Version="2.0">{SUCCESS}{INNER}</samlp:Response>'),
    ],
)
def test_an_assertion_wrapped_in_something(document: str) -> None:
    assert refused(document).code == "saml-hidden-assertion"


@pytest.mark.parametrize(
    "document",
    [
        MADE.response(""),
        MADE.response('<Assertion xmlns="urn:other" Version="2.0"/>'),
        MADE.response(f"<!-- {INNER.replace('--', '')} -->"),
        MADE.response(f"<![CDATA[{INNER}]]>"),
    ],
)
def test_no_assertion(document: str) -> None:
    assert refused(document).code == "saml-no-assertion"


def second_attribute(name: str, first: str, second: str) -> list[str]:
    """Two answers for one attribute, in the ways in which a document can hold them."""
    twice = attribute(name, first) + attribute(name, second)
    apart = "</saml:AttributeStatement><saml:AttributeStatement>".join(
        (attribute(name, first), attribute(name, second))
    )
    blank = attribute(name, first) + attribute(name, second).replace(f'{name}"', f'{name} "')
    return [Made(attributes=each).response() for each in (twice, apart, blank)]


@pytest.mark.parametrize(
    "document",
    [
        *second_attribute("Role", f"{ROLE},{PROVIDER}", f"{ROLE}2,{PROVIDER}"),
        *second_attribute("Role", f"{ROLE},{PROVIDER}", ""),
        *second_attribute("RoleSessionName", "alice", "mallory"),
        *second_attribute("SessionDuration", "900", "43200"),
        *second_attribute("SourceIdentity", "alice", "mallory"),
        *second_attribute("PrincipalTag:Team", "tools", "admins"),
        *second_attribute("TransitiveTagKeys", "a", "b"),
        Made(attributes=attribute("RoleSessionName", "alice", "mallory")).response(),
        Made(attributes=attribute("PrincipalTag:Team", "tools", "admins")).response(),
        WHOLE.replace("</saml:Issuer>", "</saml:Issuer><saml:Issuer>x</saml:Issuer>"),
        WHOLE.replace("<saml:Conditions ", "<saml:Conditions/><saml:Conditions "),
        WHOLE.replace("<saml:Subject>", "<saml:Subject/><saml:Subject>"),
        WHOLE.replace("</saml:NameID>", "</saml:NameID><saml:NameID>mallory</saml:NameID>"),
        WHOLE.replace("<samlp:Status>", "<samlp:Status/><samlp:Status>"),
        WHOLE.replace("<samlp:StatusCode ", "<samlp:StatusCode/><samlp:StatusCode "),
        WHOLE.replace(
            "</saml:Subject>",
            '<saml:SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:bearer">'
            '<saml:SubjectConfirmationData Recipient="https://signin.aws.amazon.com/saml"/></saml:SubjectConfirmation>'
            "</saml:Subject>",
        ),
        # IDs, in all the ways in which libraries look for them.
        WHOLE.replace('ID="_a"', 'ID="_r"'),
        Made(beside='<x ID="_a"/>').response(),
        Made(beside='<x Id="_a"/>').response(),
        Made(beside='<x id="_a"/>').response(),
        Made(beside='<x xml:id="_a"/>').response(),
        Made(beside='<samlp:Response ID="_x" Version="2.0"/>').response(),
    ],
)
def test_what_could_be_read_in_two_ways(document: str) -> None:
    assert refused(document).code == "saml-ambiguous"


@pytest.mark.parametrize(
    "value",
    [
        CANARY,
        ROLE,
        PROVIDER,
        f"{ROLE},",
        f",{PROVIDER}",
        f"{ROLE};{PROVIDER}",
        f"{ROLE} {PROVIDER}",
        f"{ROLE},{ROLE}",
        f"{PROVIDER},{PROVIDER}",
        f"{ROLE},{PROVIDER},{PROVIDER}",
        f"{ROLE},{ROLE},{PROVIDER}",
        f"{ROLE},{PROVIDER.replace('saml-provider', 'oidc-provider')}",
        f"{ROLE.replace(':role/', ':user/')},{PROVIDER}",
        f"{ROLE.replace('123456789012', '12345678901')},{PROVIDER}",
        f"{ROLE.replace('arn:aws', 'arn:AWS')},{PROVIDER}",
        f"{ROLE}\u200b,{PROVIDER}",
        f"{ROLE}\u0456,{PROVIDER}",
        f"{ROLE.replace('Admin', 'Ad min')},{PROVIDER}",
        f"{ROLE}\nx,{PROVIDER}",
        f"{ROLE},{PROVIDER}\u2028x",
        f"{ROLE}{'x' * 10_000},{PROVIDER}",
        f"{ROLE},{PROVIDER}{'x' * 3_000}",
        f"{ROLE}{',arn:' * 1_000},{PROVIDER}",
    ],
)
def test_roles_that_are_none(value: str) -> None:
    error = refused(Made(attributes=attribute("Role", f"{ROLE},{PROVIDER}", value)).response())
    assert error.code == "saml-role"
    assert "Value 2 " in error.detail


@pytest.mark.parametrize("name", ["Role", "RoleSessionName", "PrincipalTag:Team"])
def test_elements_in_a_text(name: str) -> None:
    value = f"{ROLE},<b/>{PROVIDER}"
    assert refused(Made(attributes=raw_attribute(name, value)).response()).code == "saml-attribute"


@pytest.mark.parametrize(
    "document",
    [
        f"<r>{INNER}</r>".replace("<r>", f"<r {NAMESPACES}>"),
        WHOLE.replace("<samlp:Response ", "<saml:Response ").replace("</samlp:Response>", "</saml:Response>"),
        WHOLE.replace("SAML:2.0:protocol", "SAML:1.1:protocol"),
        WHOLE.replace("urn:oasis:names:tc:SAML:2.0:protocol", "urn:oasis:names:tc:SAML:2.0:protocolx"),
        WHOLE.replace("<samlp:Response ", "<samlp:LogoutResponse ").replace("samlp:Response>", "samlp:LogoutResponse>"),
        WHOLE.replace('Version="2.0"', 'Version="2.1"', 1),
        WHOLE.replace(' Version="2.0"', "", 1),
        MADE.response(INNER.replace('Version="2.0"', 'Version="1.1"')),
        INNER.replace("<saml:Assertion ", f"<saml:Assertion {NAMESPACES} "),
        "<Response/>",
        "<wst:RequestSecurityTokenResponse xmlns:wst='urn:x'/>",
    ],
)
def test_other_documents(document: str) -> None:
    assert refused(document).code == "saml-not-response"


@pytest.mark.parametrize("name", ["IssueInstant", "NotBefore", "NotOnOrAfter", "SessionNotOnOrAfter"])
@pytest.mark.parametrize(
    "text",
    ["", CANARY, "2026-11-22", "2026-13-01T00:00:00Z", "2026-02-30T00:00:00Z", "2026-11-22T25:00:00Z", "1e9",
     "2026-11-22T24:00:01Z", "2026-11-22T04:00:00+15:00", "2026-11-22T04:00:00+05:99", "-2026-11-22T04:00:00Z",
     "99999-13-01T00:00:00Z", "٢٠٢٦-11-22T04:00:00Z", "2026-11-22t04:00:00z", "0" * 10_000],
)  # fmt: skip
def test_times_that_are_none(name: str, text: str) -> None:
    value = WHOLE.partition(f' {name}="')[2].partition('"')[0]
    document = WHOLE.replace(f' {name}="{value}"', f' {name}="{text}"')
    error = refused(document)
    assert error.code == "saml-time"
    assert error.detail.startswith(name)


def status(code: str, inner: str = "", message: str = "") -> str:
    prefix = "urn:oasis:names:tc:SAML:2.0:status:"
    nested = f'<samlp:StatusCode Value="{prefix}{inner}"/>' if inner else ""
    told = f"<samlp:StatusMessage>{message}</samlp:StatusMessage>" if message else ""
    return f'<samlp:Status><samlp:StatusCode Value="{prefix}{code}">{nested}</samlp:StatusCode>{told}</samlp:Status>'


@pytest.mark.parametrize(
    ("told", "words"),
    [
        (status("Responder"), "Responder"),
        (status("Responder", "AuthnFailed"), "AuthnFailed"),
        (status("Requester", "RequestDenied", "No access to AWS"), "RequestDenied: No access to AWS"),
        (status("Responder", message="bad\n\u202e\u2066   password"), "Responder: bad password"),
        (status("Responder", message="x" * 10_000), "x…"),
        ("<samlp:Status/>", "did not say why"),
        ("", "did not say why"),
        (SUCCESS.replace("Success", "success"), "success"),
        (SUCCESS.replace("urn:oasis", "urn:other"), "Success"),
    ],
)
def test_a_provider_that_says_no_is_told_in_its_words(told: str, words: str) -> None:
    error = refused(Made(status=told, issuer=CANARY).response(""))
    assert error.code == "saml-status"
    assert words in error.detail
    assert len(error.detail) < 300
    assert error.detail.isprintable()
    # Also with an assertion in it, which must not count then.
    assert refused(Made(status=told, issuer=CANARY).response()).code == "saml-status"


@pytest.mark.parametrize(
    "document",
    [
        MADE.response("<x>" * 9_000 + "</x>" * 9_000 + INNER),
        MADE.response("<x/>" * 15_000 + INNER),
        MADE.response("<x " + " ".join(f'a{number}=""' for number in range(8_000)) + "/>" + INNER),
    ],
)
def test_strange_but_clear(document: str) -> None:
    assert SamlReader().read(Secret(coded(document)), now=NOW).assertion.subject == CANARY


@pytest.mark.parametrize(
    "document",
    [
        f'<r xmlns:n="{"u" * 20_000}">' + "".join(f"<n:a{number}/>" for number in range(5_000)) + "</r>",
        "<r>" * 24_000,
        gzip.compress(b" " * 1_000_000),
        zlib.compress(b" " * 1_000_000, wbits=-15),
        b"\xff\xfe<\0r\0/\0>\0",
        b"\0\0\0<\0\0\0r\0\0\0/\0\0\0>",
        b"\x4c\x6f\xa7\x94\x93",
        b"<r>\xff</r>",
        b"<r>\xed\xa0\x80</r>",
        b"<r>\xc0\xbc</r>",
        b"<r>\x01</r>",
        b"<r>&#0;</r>",
    ],
    ids=[
        "namespaces",
        "depth",
        "gzip",
        "deflate",
        "utf-16",
        "utf-32",
        "ebcdic",
        "ff",
        "surrogate",
        "long",
        "soh",
        "nul",
    ],
)
def test_bombs_and_broken_encodings(document: str | bytes) -> None:
    assert refused(document).code in {"saml-not-xml", "saml-forbidden-xml", "saml-not-base64"}
