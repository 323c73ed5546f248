"""What is said of a response that is not taken, word for word, and where the borders of what is taken lie."""

from __future__ import annotations

import base64
import tracemalloc
import zlib
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest

from app.adapters.saml.moments import moment
from app.adapters.saml.reader import SamlReader
from app.domain.errors import BadInput
from app.domain.secret import Secret
from tests.adapters.saml.saml_documents import (
    ACS,
    NAMESPACES,
    NOW,
    PROVIDER,
    ROLE,
    Made,
    attribute,
    coded,
    raw_attribute,
)

if TYPE_CHECKING:
    from app.domain.saml import Assertion

TOLD = Path(__file__).with_name("told_of_responses.txt")
XML = Made().response()
PLAIN = coded(XML)
INNER = Made().assertion()
SENT_NOWHERE = XML.replace(f'Destination="{ACS}"', "")


def with_attributes(*more: str) -> str:
    return coded(Made(attributes=attribute("Role", f"{ROLE},{PROVIDER}") + "".join(more)).response())


def status(inside: str) -> str:
    return coded(Made(status=f"<samlp:Status>{inside}</samlp:Status>").response())


def code(name: str, inside: str = "") -> str:
    return f'<samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:{name}">{inside}</samlp:StatusCode>'


DEFLATED = zlib.compressobj(wbits=-15)
ASKED = DEFLATED.compress(b"<samlp:AuthnRequest/>") + DEFLATED.flush()
CASES = {
    "nothing": " \n",
    "too long": "A" * 2_000_000,
    "too long as base64": "A" * 110_000,
    "a name without a value": "SAMLResponse=",
    "a page without the field": "<!DOCTYPE html><html><body>Hello</body></html>",
    "no base64": "%%%",
    "a broken escape": f"SAMLResponse={PLAIN[:40]}%2",
    "no XML": coded("Hello, this is a text."),
    "XML cut off": coded(XML[:-20]),
    "another encoding": f'<?xml version="1.0" encoding="EBCDIC"?>{XML}',
    "not what it says": f'<?xml version="1.0" encoding="ISO-8859-1"?>{Made(subject="€").response()}',
    "UTF-16": base64.b64encode(XML.encode("utf-16")).decode(),
    "a document type": coded("<!DOCTYPE r>" + XML),
    "the request": f"SAMLRequest={quote(PLAIN)}",
    "the request, deflated": base64.b64encode(ASKED).decode(),
    "two that differ": f"SAMLResponse={PLAIN}\nSAMLResponse={coded(Made(subject='mallory').response())}",
    "another document": coded("<html/>"),
    "an assertion alone": coded(Made().response().replace("samlp:Response", "samlp:Other")),
    "no status": coded(Made(status="").response()),
    "refused": status(code("Responder")),
    "refused, why": status(code("Responder", code("AuthnFailed")) + "<samlp:StatusMessage>no</samlp:StatusMessage>"),
    "refused, in many words": status(code("Responder") + f"<samlp:StatusMessage>{'no ' * 100}</samlp:StatusMessage>"),
    "refused, in words only": status(f"<samlp:StatusCode/><samlp:StatusMessage>{'x' * 200}</samlp:StatusMessage>"),
    "refused, in one word more": status(f"<samlp:StatusCode/><samlp:StatusMessage>{'x' * 201}</samlp:StatusMessage>"),
    "refused, by a code without a value": status("<samlp:StatusCode/>"),
    "refused, with an inner code without a value": status(code("Responder", "<samlp:StatusCode/>")),
    "a successful code within": status(code("Responder", code("Success"))),
    "another version": coded(XML.replace('Version="2.0"', 'Version="2.1"', 1)),
    "an assertion of another version": coded(XML.replace(INNER, INNER.replace("2.0", "2.1"))),
    "an assertion all by itself": coded(INNER.replace("<saml:Assertion", f"<saml:Assertion {NAMESPACES}", 1)),
    "no assertion": coded(Made().response("")),
    "two assertions": coded(Made(beside=INNER.replace("_a", "_b")).response()),
    "a hidden assertion": coded(Made().response(f"<samlp:Extensions>{INNER}</samlp:Extensions>")),
    "no role": coded(Made(attributes=attribute("Role", f"{ROLE},{PROVIDER}", ROLE)).response()),
    "elements in a role": with_attributes(raw_attribute("Role", "<b/>")),
    "elements in a session name": with_attributes(raw_attribute("RoleSessionName", "<b/>")),
    "elements in a duration": with_attributes(raw_attribute("SessionDuration", "<b/>")),
    "elements in a source identity": with_attributes(raw_attribute("SourceIdentity", "<b/>")),
    "elements in tag keys": with_attributes(raw_attribute("TransitiveTagKeys", "<b/>")),
    "elements in a tag": with_attributes(raw_attribute("PrincipalTag:canary", "<b/>")),
    "elements in a stranger": with_attributes(raw_attribute("canary", "<b/>")),
    "two session names": with_attributes(attribute("RoleSessionName", "a", "b")),
    "session names apart": with_attributes(attribute("RoleSessionName", "a"), attribute("RoleSessionName", "b")),
    "two tags": with_attributes(attribute("PrincipalTag:canary", "a", "b")),
    "no time": coded(Made(issued="yesterday").response()),
    "no end": coded(Made(not_on_or_after="2026-11-22").response()),
    "no beginning": coded(Made(not_before="2026-13-01T00:00:00Z").response()),
    "no end of confirmation": coded(Made(confirmed_until="2026-11-22T25:00:00Z").response()),
    "no end of sessions": coded(Made(session_until="2026-11-22T04:00:00+15:00").response()),
}


def told() -> str:
    lines: list[str] = []
    for name, text in CASES.items():
        lines.append(f"> {name}")
        try:
            SamlReader().read(Secret(text), now=NOW)
        except BadInput as refusal:
            lines += [f"{refusal.code}: {refusal.title}", f"  {refusal.detail}", f"  {refusal.remedy}"]
        else:
            lines.append("taken")
    return "\n".join(lines) + "\n"


def test_what_is_said_of_responses_that_are_not_taken() -> None:
    assert told() == TOLD.read_text(encoding="utf-8")


def subject_of(text: str) -> str:
    return SamlReader().read(Secret(text), now=NOW).assertion.subject


@pytest.mark.parametrize(
    "written",
    [
        PLAIN.replace("=", r"\u003d").replace("+", r"\u002B").replace("/", r"\u002f"),
        PLAIN.replace("/", r"\/"),
        rf"{PLAIN[:76]}\r\n{PLAIN[76:]}\n",
        rf"{PLAIN[:76]}\t{PLAIN[76:]}",
        rf"{PLAIN[:76]}\u000d\u000A{PLAIN[76:]}",
    ],
)
def test_escapes_of_json_and_scripts_are_undone(written: str) -> None:
    assert subject_of(f'{{"name": "SAMLResponse", "value": "{written}"}}') == "alice"


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("2026-11-22T04:05:06Z", datetime(2026, 11, 22, 4, 5, 6, tzinfo=UTC)),
        (" 2026-11-22T04:05:06 ", datetime(2026, 11, 22, 4, 5, 6, tzinfo=UTC)),
        ("2026-11-22T04:05:06.5Z", datetime(2026, 11, 22, 4, 5, 6, 500_000, tzinfo=UTC)),
        ("2026-11-22T04:05:06.123456789Z", datetime(2026, 11, 22, 4, 5, 6, 123_456, tzinfo=UTC)),
        ("2026-11-22T04:05:06+02:30", datetime(2026, 11, 22, 1, 35, 6, tzinfo=UTC)),
        ("2026-11-22T04:05:06-02:30", datetime(2026, 11, 22, 6, 35, 6, tzinfo=UTC)),
        ("2026-11-22T14:00:00+14:00", datetime(2026, 11, 22, tzinfo=UTC)),
        ("2026-11-22T00:59:00+00:59", datetime(2026, 11, 22, tzinfo=UTC)),
        ("2026-12-31T24:00:00Z", datetime(2027, 1, 1, tzinfo=UTC)),
        ("2026-12-31T23:59:60Z", datetime(2027, 1, 1, tzinfo=UTC)),
        ("2026-12-31T23:59:60.25Z", datetime(2027, 1, 1, 0, 0, 0, 250_000, tzinfo=UTC)),
        ("1000-01-01T00:00:00Z", datetime(1000, 1, 1, tzinfo=UTC)),
        ("0999-12-31T24:00:00Z", datetime(1000, 1, 1, tzinfo=UTC)),
        ("8999-12-31T00:00:00Z", datetime(8999, 12, 31, tzinfo=UTC)),
        ("9000-01-01T23:59:60Z", datetime(9000, 1, 1, tzinfo=UTC)),
        ("12000-02-29T00:00:00Z", datetime(9000, 1, 1, tzinfo=UTC)),
        ("123456789012-01-01T00:00:00Z", datetime(9000, 1, 1, tzinfo=UTC)),
    ],
)
def test_times(text: str, wanted: datetime) -> None:
    assert moment(text) == wanted


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2026-11-22",
        "2026-11-22T04:05Z",
        "2026-11-22 04:05:06Z",
        "2026-13-22T04:05:06Z",
        "2026-11-31T04:05:06Z",
        "2026-11-22T24:00:01Z",
        "2026-11-22T24:01:00Z",
        "2026-11-22T25:00:00Z",
        "2026-11-22T04:60:00Z",
        "2026-11-22T04:05:61Z",
        "2026-11-22T04:05:06+14:01",
        "2026-11-22T04:05:06-15:00",
        "2026-11-22T04:05:06+01:60",
        "9999-13-01T00:00:00Z",
        "0001-02-30T00:00:00Z",
        "9999-01-01T00:60:00Z",
        "9999-01-01T00:00:00.1.2Z",
    ],
)
def test_what_is_no_time(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        moment(text)


@pytest.mark.parametrize(
    ("said", "seconds"),
    [("900", 900), ("899", None), ("43200", 43200), ("43201", None), ("0900", 900), ("9e2", None), ("-900", None)],
)
def test_session_durations(said: str, seconds: int | None) -> None:
    got = SamlReader().read(Secret(with_attributes(attribute("SessionDuration", said))), now=NOW).assertion
    assert (got.session_duration_said, got.session_duration) == (said, seconds)


def read(document: str) -> Assertion:
    return SamlReader().read(Secret(coded(document)), now=NOW).assertion


BEARER = "urn:oasis:names:tc:SAML:2.0:cm:bearer"


def test_only_whoever_bears_the_assertion_is_confirmed() -> None:
    assert read(SENT_NOWHERE).recipient == ACS
    for other in (f'Method="{BEARER.replace("bearer", "holder-of-key")}"', ""):
        got = read(SENT_NOWHERE.replace(f'Method="{BEARER}"', other))
        assert got.recipient == ""
        assert got.not_on_or_after == NOW + timedelta(minutes=10)
    assert read(SENT_NOWHERE.replace(f'Method="{BEARER}"', f'Method=" {BEARER}\n"')).recipient == ACS


def test_a_confirmation_without_a_recipient_leaves_it_open() -> None:
    assert read(SENT_NOWHERE.replace(f'Recipient="{ACS}"', "")).recipient == ""
    one = SENT_NOWHERE[SENT_NOWHERE.index("<saml:SubjectConfirmation ") : SENT_NOWHERE.index("</saml:Subject>")]
    assert read(SENT_NOWHERE.replace(one, one + one.replace(f'Recipient="{ACS}"', ""))).recipient == ACS
    with pytest.raises(BadInput, match="two ways"):
        read(SENT_NOWHERE.replace(one, one + one.replace(ACS, "https://other.example")))


def test_attributes_of_others_are_passed_over() -> None:
    others = "<saml:Attribute/>" + attribute("Role", "x").replace("aws.amazon.com", "other.example")
    ours = attribute("Role", f"{ROLE},{PROVIDER}") + attribute("RoleSessionName", "alice")
    got = read(Made(attributes=others + ours).response())
    assert [str(each.role_arn) for each in got.roles] == [ROLE]
    assert got.session_name == "alice"


@pytest.mark.parametrize("blanks", [1, 1000])
def test_role_and_provider_in_either_order_and_of_any_length_that_aws_has(blanks: int) -> None:
    provider = "arn:aws:iam::123456789012:saml-provider/" + "p" * 128
    role = "arn:aws:iam::123456789012:role/" + "a/" * 250 + "r" * 64
    for pair in (f"{role},{provider}", f"{provider}{' ' * blanks},{role}"):
        (got,) = read(Made(attributes=attribute("Role", pair)).response()).roles
        assert (str(got.role_arn), got.provider_arn) == (role, provider)


def test_a_role_without_end_is_not_even_looked_at() -> None:
    with pytest.raises(BadInput, match="malformed"):
        read(Made(attributes=attribute("Role", f"{ROLE}{' ' * 10_000},{PROVIDER}")).response())


def test_a_bomb_is_not_blown_up_to_see_whether_it_is_a_request() -> None:
    squeezing = zlib.compressobj(9, wbits=-15)
    bomb = base64.b64encode(squeezing.compress(bytes(60_000_000)) + squeezing.flush()).decode()
    tracemalloc.start()
    try:
        with pytest.raises(BadInput):
            SamlReader().read(Secret(bomb), now=NOW)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < 20_000_000
