"""XML signatures: made for the stand-in's own SAML provider, and verified for every one.

Source: W3C XML Signature; SAML 2.0 core, section 5.4 (a signature stands in what it signs, and refers to its ID).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cryptography.exceptions import InvalidSignature as BadSignature
from lxml import etree
from signxml.exceptions import SignXMLException
from signxml.signer import XMLSigner
from signxml.verifier import SignatureConfiguration, VerifyResult, XMLVerifier

if TYPE_CHECKING:
    from datetime import datetime

    from app.standin.signing import SigningKey

_SIGNATURE = "{http://www.w3.org/2000/09/xmldsig#}Signature"
_ASSERTION = "{urn:oasis:names:tc:SAML:2.0:assertion}Assertion"
_EXCLUSIVE = "http://www.w3.org/2001/10/xml-exc-c14n#"


class NotSigned(Exception):
    """Nothing that counts is signed, or a signature does not hold; the text says which."""


def sign(element: str, key: SigningKey) -> bytes:
    """Sign an element with an `ID` attribute.

    Where the signature goes, the element holds an empty `Signature` of the signature's namespace with the `Id`
    `placeholder`.
    """
    root = etree.fromstring(element.encode())
    signer = XMLSigner(signature_algorithm="rsa-sha256", digest_algorithm="sha256", c14n_algorithm=_EXCLUSIVE)
    signed = signer.sign(
        root, key=key.private_pem, cert=key.certificate, reference_uri=f"#{root.get('ID')}", id_attribute="ID"
    )
    made: bytes = etree.tostring(signed)
    return made


def signed_parts(document: bytes, certificates: tuple[str, ...], now: datetime) -> tuple[bytes, ...]:
    """What the provider signed of a response, outermost first, as the canonical bytes that a signature covers.

    Every signature in the response itself and in its assertion has to hold, and to cover the element in which it
    stands. Signatures anywhere else count for nothing. `document` declares no document type. Raises NotSigned.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(document, parser)
    except etree.XMLSyntaxError as error:
        raise NotSigned("the document cannot be read") from error
    identifiers = [value for each in root.iter("*") for name, value in each.items() if name.lower() == "id"]
    if len(set(identifiers)) != len(identifiers):
        raise NotSigned("an ID comes twice")
    holders = (("./", root), (f"./{_ASSERTION}/", root.find(_ASSERTION)))
    return tuple(
        _verified(document, location, holder, certificates, now)
        for location, holder in holders
        if holder is not None and holder.find(_SIGNATURE) is not None
    )


def _verified(
    document: bytes,
    location: str,
    holder: Any,  # noqa: ANN401  # lxml has no types
    certificates: tuple[str, ...],
    now: datetime,
) -> bytes:
    if len(holder.findall(_SIGNATURE)) > 1:
        raise NotSigned("an element has two signatures")
    references = holder.findall(f"{_SIGNATURE}/{{*}}SignedInfo/{{*}}Reference")
    if [each.get("URI") for each in references] != [f"#{holder.get('ID')}"]:
        raise NotSigned("a signature does not cover the element in which it stands")
    expected = SignatureConfiguration(location=location, expect_references=1, verification_time=now)
    why: Exception | None = None
    for certificate in certificates:
        try:
            result = XMLVerifier().verify(document, x509_cert=certificate, expect_config=expected, id_attribute="ID")
        except (SignXMLException, BadSignature, etree.LxmlError, ValueError, KeyError, TypeError) as error:
            why = error
            continue
        if not isinstance(result, VerifyResult) or result.signed_xml is None or result.signed_xml.tag != holder.tag:
            raise NotSigned("a signature covers something else")
        return result.signed_data
    raise NotSigned("a signature does not hold") from why
