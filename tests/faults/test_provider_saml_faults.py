"""SAML responses that are cut, changed, forged or junk: nothing is read from a part, and nothing of them is told."""

from __future__ import annotations

import base64
import gzip
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from app.adapters.saml.reader import SamlReader
from app.domain.errors import BadInput
from app.domain.secret import Secret
from tests.adapters.oidc.person import told_by
from tests.adapters.saml import saml_documents as saml
from tests.faults.tally import chosen

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.faults.tally import Tally

MADE = saml.Made(subject="canary-subject", issuer="canary-issuer")
OTHER_ROLE = "arn:aws:iam::999999999999:role/Other"


def read(text: str) -> Any:  # noqa: ANN401  # a response or an error
    try:
        return SamlReader().read(Secret(text), now=saml.NOW)
    except BadInput as error:
        return error


def told_saml(error: object) -> None:
    assert isinstance(error, BadInput), f"taken: {error!r}"
    assert error.code.startswith("saml-")
    for text in (error.title, error.detail, error.remedy):
        assert text
        assert text.isprintable()
        assert len(text) < 3000
    assert "canary" not in told_by(error)


def test_saml_responses_that_are_cut(tally: Tally) -> None:
    """In base64 and as XML, at every 64 characters: nothing is read from a part."""
    document = MADE.response()
    for form, text in (("XML", document), ("base64", saml.coded(document))):
        for at in chosen(range(0, len(text), 64), 30):
            with tally.case("saml: cut every 64 bytes", f"{form}, {at}"):
                told_saml(read(text[:at]))
        with tally.case("saml: cut every 64 bytes", f"{form}, whole"):
            assert read(text).assertion.subject == "canary-subject"


def test_saml_responses_with_characters_changed(tally: Tally) -> None:
    """A changed character is seen, or changes what is read; it never lets one role be read as two."""
    text = saml.coded(MADE.response())
    for at in chosen(range(0, len(text), 5), 60):
        with tally.case("saml: characters changed", str(at)):
            got = read(text[:at] + ("A" if text[at] != "A" else "B") + text[at + 1 :])
            if isinstance(got, BadInput):
                told_saml(got)
            else:
                assert len(got.assertion.roles) <= 1


def saml_faults() -> dict[str, tuple[str, str]]:
    """By name: the text, and what comes of it: a code, or a word for what is read."""
    inner = MADE.assertion()
    roles = [f"arn:aws:iam::123456789012:role/R{n},{saml.PROVIDER}" for n in range(5000)]
    ambiguous = saml.attribute("Role", f"{saml.ROLE},{saml.PROVIDER}") + saml.attribute("Role", f"{OTHER_ROLE},x")
    documents = {
        "two assertions": (MADE.response(inner + inner.replace("_a", "_b")), "saml-several-assertions"),
        "no assertion": (MADE.response(""), "saml-no-assertion"),
        "two Role attributes": (saml.Made(attributes=ambiguous).response(), "saml-"),
        "not a role": (saml.Made(attributes=saml.attribute("Role", "nonsense")).response(), "saml-"),
        "two roles in one value": (
            saml.Made(attributes=saml.attribute("Role", f"{saml.ROLE},{OTHER_ROLE}")).response(),
            "saml-",
        ),
        "300 roles": (saml.Made(attributes=saml.attribute("Role", *roles[:300])).response(), "300"),
        "5,000 roles": (saml.Made(attributes=saml.attribute("Role", *roles)).response(), "saml-too-long"),
        "no roles": (saml.Made(attributes="").response(), "0"),
        "a time that is none": (saml.Made(issued="yesterday").response(), "saml-time"),
        "a time without a zone": (saml.Made(not_on_or_after="2026-11-22T04:10:00").response(), "1"),
        "a time beyond the calendar": (saml.Made(not_on_or_after="99999-01-01T00:00:00Z").response(), "1"),
        "refused by the provider": (
            saml.Made(status='<samlp:Status><samlp:StatusCode Value="x:Responder"/></samlp:Status>').response(),
            "saml-status",
        ),
        "no status": (saml.Made(status="").response(), "saml-status"),
        "a request": (f"<samlp:AuthnRequest {saml.NAMESPACES}/>", "saml-request"),
        "a DTD": (f"<!DOCTYPE x>{MADE.response()}", "saml-forbidden-xml"),
        "nested": ("<a>" * 50_000, "saml-"),
        "HTML": ("<html><body>Wrong password</body></html>", "saml-"),
        "another document": ("<x/>", "saml-not-response"),
        "encrypted": (MADE.response("<saml:EncryptedAssertion/>"), "encrypted"),
    }
    texts = {name: (saml.coded(text), code) for name, (text, code) in documents.items()}
    whole_text = saml.coded(MADE.response())
    return texts | {
        "empty": ("", "saml-empty"),
        "blanks": (" \r\n", "saml-empty"),
        "not base64": ("%%%%", "saml-"),
        "base64 of junk": (base64.b64encode(bytes(300)).decode(), "saml-"),
        "base64 of gzip": (base64.b64encode(gzip.compress(b"canary" * 999)).decode(), "saml-"),
        "twice base64": (base64.b64encode(whole_text.encode()).decode(), "saml-"),
        "two values": (f"SAMLResponse={whole_text}&SAMLResponse={saml.coded('<x/>')}", "saml-"),
        "5 MB": ("A" * 5_000_000, "saml-too-long"),
        "NULs": ("\0" * 1000, "saml-empty"),
        "a JSON Web Token": ("eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJjYW5hcnkifQ.x", "saml-"),
    }


def test_saml_faults(tally: Tally) -> None:
    for name, (text, outcome) in saml_faults().items():
        with tally.case("saml: faults", name):
            got = read(text)
            if outcome.startswith("saml-"):
                told_saml(got)
                assert got.code.startswith(outcome), got.code
            elif outcome == "encrypted":
                assert got.assertion.encrypted
                assert not got.assertion.roles
            else:
                assert len(got.assertion.roles) == int(outcome)


@pytest.mark.parametrize("minutes", [-1, 0, 4, 6, 60])
def test_saml_times(tally: Tally, minutes: int) -> None:
    """Whether STS may still take it is told by the earliest of its ends."""
    now = saml.NOW + timedelta(minutes=minutes)
    ends: dict[str, Callable[[], saml.Made]] = {
        "five minutes after its issue": saml.Made,
        "its conditions": lambda: saml.Made(not_on_or_after=saml.stamp(saml.NOW + timedelta(minutes=1))),
        "its confirmation": lambda: saml.Made(confirmed_until=saml.stamp(saml.NOW + timedelta(minutes=2))),
    }
    limits = {"five minutes after its issue": 5, "its conditions": 1, "its confirmation": 2}
    for name, make in ends.items():
        with tally.case("saml: times", f"{name}, after {minutes} min"):
            got = SamlReader().read(Secret(saml.coded(make().response())), now=saml.NOW)
            assert got.usable(now) == (minutes < limits[name])
