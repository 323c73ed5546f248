"""What is easily overlooked in a response: encodings, what is missing, what is said twice."""

from __future__ import annotations

import base64
from datetime import timedelta
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest

from app.adapters.saml import pasted
from app.adapters.saml.reader import SamlReader
from app.domain.errors import BadInput
from app.domain.secret import Secret
from tests.adapters.saml.saml_documents import ACS, NOW, Made, coded, stamp

if TYPE_CHECKING:
    from app.domain.saml import Assertion

XML = Made().response()
PLAIN = coded(XML)
DESTINATION = f' Destination="{ACS}"'
ENCRYPTED = "<saml:EncryptedAssertion><x/></saml:EncryptedAssertion>"
TIMES = ("not_before", "not_on_or_after", "confirmed_until", "session_until")


def read(text: str) -> Assertion:
    return SamlReader().read(Secret(text), now=NOW).assertion


def refused(text: str) -> BadInput:
    with pytest.raises(BadInput) as caught:
        SamlReader().read(Secret(text), now=NOW)
    return caught.value


# --- Encodings -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("encoding", ["US-ASCII", "utf8", "ISO-8859-1"])
def test_a_response_is_read_in_the_encoding_that_was_agreed_on(encoding: str) -> None:
    document = f'<?xml version="1.0" encoding="{encoding}"?>{Made(subject="Zoë").response()}'
    assert read(document).subject == "Zoë"
    written = document.encode("iso-8859-1" if encoding == "ISO-8859-1" else "utf-8")
    assert read(base64.b64encode(written).decode()).subject == "Zoë"


def test_an_encoding_that_is_not_taken_is_seen_behind_a_mark_of_order_too() -> None:
    document = f'<?xml version="1.0" encoding="Shift_JIS"?>{XML}'
    told = refused(coded(document))
    assert refused(coded(f"\ufeff{document}")).code == told.code
    assert "other than UTF-8" in told.detail + told.title


# --- How it is written -----------------------------------------------------------------------------------------------


def test_signs_that_json_escapes_are_read() -> None:
    assert "+" in coded(Made(subject="~~~???>>>").response())
    for subject in ("alice", "~~~???>>>", "alice1", "alice22"):
        plain = coded(Made(subject=subject).response())
        escaped = plain.replace("=", "\\u003d").replace("+", "\\u002B").replace("/", "\\u002f")
        assert read(f'{{"SAMLResponse":"{escaped}"}}').subject == subject


@pytest.mark.parametrize("more", ["=", "==", "==="])
def test_too_many_signs_at_the_end_do_no_harm(more: str) -> None:
    for subject in ("alice", "alice1", "alice22"):
        assert read(coded(Made(subject=subject).response()) + more).subject == subject


def test_what_is_encoded_three_times_is_not_taken() -> None:
    thrice = quote(quote(quote(coded(Made(subject="~~~???>>>").response()), safe=""), safe=""), safe="")
    assert refused(thrice).code == "saml-not-base64"


def test_a_role_that_nobody_chose_has_no_index() -> None:
    for text in (
        PLAIN,
        XML,
        f"SAMLResponse={quote(PLAIN, safe='')}",
        f'<html><input name="SAMLResponse" value="{PLAIN}">',
    ):
        assert pasted.find(text).role_index == ""


def test_the_same_again_and_again_is_not_long() -> None:
    field = f'<input name="SAMLResponse" value="{PLAIN}">'
    assert read(f"<html>{field * (4 * pasted.LONGEST // len(field) + 2)}").subject == "alice"
    assert refused("<html>" + "".join(field.replace(">", f" a{n}>") for n in range(200))).code == "saml-too-long"


def test_a_field_without_a_value_is_none() -> None:
    empty, whole = '<input type="hidden" name="SAMLResponse">', f'<input name="SAMLResponse" value="{PLAIN}">'
    assert read(f"<html>{empty}{whole}").subject == "alice"
    assert refused(f"<html>{empty}").code == refused('<html><input name="SAMLResponse" value="">').code


def test_a_document_may_begin_with_a_blank_where_something_else_bears_the_name() -> None:
    document = base64.b64encode(f"\n {XML}".encode()).decode()
    assert read(f"SAMLResponse=!!! SAMLResponse=abcde SAMLResponse={document}").subject == "alice"


# --- What it says ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("signature", ["<ds:Signature/>", ""])
def test_of_an_encrypted_assertion_is_told_whether_the_response_is_signed(signature: str) -> None:
    said = read(coded(Made(beside=signature).response(ENCRYPTED)))
    assert (said.encrypted, said.signed, said.recipient) == (True, bool(signature), ACS)


def test_a_recipient_may_be_missing() -> None:
    assert read(coded(Made().response(ENCRYPTED).replace(DESTINATION, ""))).recipient == ""
    assert read(coded(XML.replace(DESTINATION, "").replace(f' Recipient="{ACS}"', ""))).recipient == ""
    nothing = Made(recipient="").response().replace(' Destination=""', "").replace(' Recipient=""', "")
    assert read(coded(nothing)).recipient == ""


def test_times_may_be_missing() -> None:
    document = XML
    for name in TIMES:
        moment = getattr(Made(), name)
        for attribute in ("NotBefore", "NotOnOrAfter", "SessionNotOnOrAfter"):
            document = document.replace(f' {attribute}="{moment}"', "")
    said = read(coded(document))
    assert (said.not_before, said.not_on_or_after, said.session_not_on_or_after) == (None, None, None)


def test_of_two_beginnings_the_later_one_counts() -> None:
    later = NOW + timedelta(minutes=2)
    document = XML.replace("SubjectConfirmationData ", f'SubjectConfirmationData NotBefore="{stamp(later)}" ')
    assert read(coded(document)).not_before == later


@pytest.mark.parametrize(
    ("document", "words"),
    [
        ('<x:Response xmlns:x="urn:oasis:names:tc:SAML:1.0:protocol"/>', "a message of SAML 1"),
        (XML.replace('ID="_a"', 'ID="_r"'), "An ID"),
        (Made(beside="<samlp:Response/>").response(), "The response"),
        (XML.replace("</saml:Conditions>", "</saml:Conditions><saml:Conditions/>"), "The element Conditions"),
        (
            XML.replace(
                "</saml:Subject>",
                '<saml:SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:bearer">'
                '<saml:SubjectConfirmationData Recipient="https://b.example"/></saml:SubjectConfirmation></saml:Subject>',
            ),
            "The recipient",
        ),
    ],
)
def test_what_is_wrong_is_named(document: str, words: str) -> None:
    told = refused(coded(document))
    assert words in f"{told.title} {told.detail}"
