"""What stands between a forger and a session: the signature of the provider, and what exactly it covers."""

from __future__ import annotations

import base64
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from lxml import etree
from signxml.signer import XMLSigner

from app.standin import Role
from tests.standin.federation import ROLE, SAML, by_saml, good
from tests.standin.forged import ASSERTION, DSIG, PROTOCOL, Response, Signed, encoded, pair, sign
from tests.standin.standin_clients import refused

if TYPE_CHECKING:
    from app.standin import StandIn

STOLEN = "arn:aws:iam::123456789012:role/Administrator"


@pytest.fixture(autouse=True)
def _providers(federated: StandIn) -> None:
    """Two providers that the role trusts, and a role that a forger would like to have."""
    federated.world.roles[STOLEN] = Role(arn=STOLEN, trusts=(SAML.arn,))


def stolen(document: bytes | str) -> Any:  # noqa: ANN401  # lxml
    """The document with the role exchanged, after it was signed."""
    text = document.decode() if isinstance(document, bytes) else document
    return text.replace(ROLE, STOLEN)


def not_believed(aws: StandIn, document: bytes | str, role: str = ROLE) -> bool:
    got = refused(lambda: by_saml(aws, encoded(document), RoleArn=role))
    return (got.status, got.code) == (400, "InvalidIdentityToken")


@pytest.mark.parametrize("signed", ["assertion", "response", "both"])
def test_either_or_both_may_be_signed(aws: StandIn, signed: Signed) -> None:
    assert by_saml(aws, good(signed=signed))["Subject"] == "alice"


@pytest.mark.parametrize("signed", ["assertion", "response", "both"])
def test_what_was_changed_or_signed_by_another_is_not_believed(aws: StandIn, signed: Signed) -> None:
    assert not_believed(aws, good(signed="nothing").plain())
    assert not_believed(aws, good(signed=signed, key="other").xml())
    assert not_believed(aws, stolen(good(signed=signed).xml()), STOLEN)


def test_every_signature_has_to_hold(aws: StandIn) -> None:
    ours, theirs = good(signed="assertion"), good(signed="assertion", key="other")
    assert not_believed(aws, etree.tostring(sign(theirs.xml(), "corp")))
    assert not_believed(aws, etree.tostring(sign(ours.xml(), "other")))


def test_a_certificate_in_the_document_is_nobodys_word(aws: StandIn) -> None:
    document = good(key="other").xml()
    theirs, ours = ("".join(pair(name).certificate.splitlines()[1:-1]) for name in ("other", "corp"))
    forged = document.replace(b"\n", b"").replace(theirs.encode(), ours.encode())
    assert ours.encode() in forged
    assert not_believed(aws, forged)
    # Nor is one needed: IAM has it from the metadata.
    without = re.sub(rb"<ds:KeyInfo>.*?</ds:KeyInfo>", b"", good().xml(), flags=re.DOTALL)
    assert by_saml(aws, encoded(without))["Subject"] == "alice"


def test_a_new_certificate_beside_the_old_one(aws: StandIn) -> None:
    both = (pair("other").certificate, pair("corp").certificate)
    aws.world.saml_providers[SAML.arn] = replace(SAML, certificates=both)
    assert by_saml(aws, good())["Subject"] == "alice"
    assert by_saml(aws, good(key="other"))["Subject"] == "alice"
    assert not_believed(aws, good(key="third").xml())


class Careless(XMLSigner):
    """Signs with what nobody should sign with any more."""

    def check_deprecated_methods(self) -> None:
        """Let it pass."""


@pytest.mark.parametrize("weak", [{"signature_algorithm": "rsa-sha1"}, {"digest_algorithm": "sha1"}])
def test_algorithms_that_are_broken(aws: StandIn, weak: dict[str, str]) -> None:
    def document(**options: Any) -> str:  # noqa: ANN401  # what signxml takes
        element = etree.fromstring(good().assertion())
        element.insert(1, etree.Element(f"{{{DSIG}}}Signature", nsmap={"ds": DSIG}, Id="placeholder"))
        exclusive = "http://www.w3.org/2001/10/xml-exc-c14n#"
        methods = {"signature_algorithm": "rsa-sha256", "digest_algorithm": "sha256", "c14n_algorithm": exclusive}
        signer = Careless(**{**methods, **options})
        known = {"key": pair().private_pem, "cert": pair().certificate}
        signed = signer.sign(element, **known, reference_uri="#_assertion", id_attribute="ID")  # type: ignore[arg-type]  # as given
        return around(etree.tostring(signed).decode())

    assert not_believed(aws, document(**weak))
    assert by_saml(aws, encoded(document()))["Subject"] == "alice"


def around(*content: str) -> str:
    """A response around assertions, not signed itself."""
    plain = good(assertions=0).plain()
    return plain.replace("</p:Response>", "".join(content) + "</p:Response>")


def signed_assertion() -> str:
    found = etree.fromstring(good().xml()).find(f"{{{ASSERTION}}}Assertion")
    text: str = etree.tostring(found).decode()
    return text


def evil_assertion() -> str:
    return Response(roles=(f"{STOLEN},{SAML.arn}",), assertion_id="_evil").assertion()


def with_signature_of(evil: str, signature: str) -> str:
    return evil.replace("<a:Subject>", signature + "<a:Subject>", 1)


def parts() -> tuple[str, str]:
    """A signed assertion's signature, and the assertion without it."""
    element = etree.fromstring(signed_assertion())
    signature = element.find(f"{{{DSIG}}}Signature")
    element.remove(signature)
    return etree.tostring(signature).decode(), etree.tostring(element).decode()


def object_with(inside: str) -> str:
    return f'<ds:Object xmlns:ds="{DSIG}">{inside}</ds:Object></ds:Signature>'


SIGNATURE, BARE = parts()
WRAPPED = {
    "beside, evil first": around(evil_assertion(), signed_assertion()),
    "beside, evil last": around(signed_assertion(), evil_assertion()),
    "in the evil one": around(evil_assertion().replace("</a:Assertion>", signed_assertion() + "</a:Assertion>")),
    "in the evil one's extension": around(
        evil_assertion().replace("</a:Assertion>", f"<x>{signed_assertion()}</x></a:Assertion>")
    ),
    "in the signature's object": around(
        with_signature_of(evil_assertion(), SIGNATURE.replace("</ds:Signature>", object_with(BARE)))
    ),
    "in an extension of the response": around(f"<x>{signed_assertion()}</x>", evil_assertion()),
    "signature moved to the evil one": around(with_signature_of(evil_assertion(), SIGNATURE), f"<x>{BARE}</x>"),
    "signature moved, same ID": around(
        with_signature_of(evil_assertion().replace('"_evil"', '"_assertion"'), SIGNATURE), f"<x>{BARE}</x>"
    ),
    "signature in the response": around(SIGNATURE, evil_assertion(), f"<x>{BARE}</x>"),
    "nothing but extensions": around(f"<x>{signed_assertion()}</x>"),
}


@pytest.mark.parametrize("name", WRAPPED)
def test_a_wrapped_assertion(aws: StandIn, name: str) -> None:
    assert not_believed(aws, WRAPPED[name], STOLEN)
    assert not_believed(aws, WRAPPED[name], ROLE)


def test_a_signed_response_moved_into_an_evil_one(aws: StandIn) -> None:
    whole = good(signed="response").xml().decode()
    evil = Response(roles=(f"{STOLEN},{SAML.arn}",), response_id="_outer", assertion_id="_evil").plain()
    wrapped = evil.replace("</p:Response>", f"<x>{whole}</x></p:Response>")
    assert not_believed(aws, wrapped, STOLEN)
    signature = etree.tostring(etree.fromstring(whole).find(f"{{{DSIG}}}Signature")).decode()
    assert not_believed(aws, wrapped.replace("<p:Status>", f"{signature}<p:Status>", 1), STOLEN)


def test_an_encrypted_assertion_beside_says_nothing(aws: StandIn) -> None:
    beside = f'<a:EncryptedAssertion xmlns:a="{ASSERTION}"><x/></a:EncryptedAssertion>'
    assert not_believed(aws, good(assertions=0, beside=beside, signed="response").xml())


def test_an_id_that_comes_twice(aws: StandIn) -> None:
    assert not_believed(aws, around(signed_assertion(), '<x ID="_assertion"/>'))
    assert not_believed(aws, around(signed_assertion(), '<x id="_assertion"/>'))
    assert by_saml(aws, encoded(around(signed_assertion(), '<x ID="_another"/>')))["Subject"] == "alice"


def test_a_comment_does_not_shorten_a_role(aws: StandIn) -> None:
    longer = ROLE + "Extra"
    aws.world.roles[longer] = Role(arn=longer, trusts=(SAML.arn,))
    document = good(roles=(f"{longer},{SAML.arn}",)).xml().decode()
    # Canonical XML has no comments: the signature still holds.
    commented = document.replace(longer, f"{ROLE}<!---->Extra")
    assert refused(lambda: by_saml(aws, encoded(commented))).code == "AccessDenied"
    got = by_saml(aws, encoded(commented), RoleArn=longer)
    assert got["AssumedRoleUser"]["Arn"].split("/")[1] == "AnalystExtra"
    name = document.replace("alice@example.com", "alice@example.com<!-- -->.evil.example")
    assert not_believed(aws, name)


@pytest.mark.parametrize(
    "subset",
    [
        '<!DOCTYPE p [<!ENTITY e "alice">]>',
        '<!DOCTYPE p [<!ENTITY e SYSTEM "file:///etc/hostname">]>',
        '<!DOCTYPE p SYSTEM "http://127.0.0.1:9/x.dtd">',
        "<!DOCTYPE p>",
    ],
)
def test_an_assertion_declares_no_document_type(aws: StandIn, subset: str) -> None:
    assert not_believed(aws, subset + good().xml().decode())
    assert not_believed(aws, subset + good(signed="nothing").plain().replace("alice<", "&e;<"))


def test_a_signature_is_for_one_document(aws: StandIn) -> None:
    """The signature of one assertion does not make another of the same ID a good one."""
    signature, _ = parts()
    other = Response(roles=(f"{STOLEN},{SAML.arn}",)).assertion()
    assert not_believed(aws, around(with_signature_of(other, signature)), STOLEN)
    assert f'xmlns:p="{PROTOCOL}"' in around()
    assert base64.b64decode(encoded(signature)).decode() == signature
