"""SAML responses and ID tokens of providers that exist in tests only: good ones, and with any deviation.

What is made here is made without the program and without the stand-in, so that neither can agree with itself. A
provider's key pair is `pair(name)`: the same for a name all through a run, another for another name.
"""

from __future__ import annotations

import base64
import functools
import hashlib
import hmac
import json
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, Literal

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509.oid import NameOID
from joserfc import jws
from joserfc.jwk import ECKey, RSAKey
from joserfc.registry import HeaderParameter
from lxml import etree
from signxml.signer import XMLSigner

if TYPE_CHECKING:
    from collections.abc import Mapping

ACS = "https://signin.aws.amazon.com/saml"
SUCCESS = "urn:oasis:names:tc:SAML:2.0:status:Success"
PROTOCOL, ASSERTION = "urn:oasis:names:tc:SAML:2.0:protocol", "urn:oasis:names:tc:SAML:2.0:assertion"
DSIG = "http://www.w3.org/2000/09/xmldsig#"
SAML_ISSUER, OIDC_ISSUER = "https://idp.example.com/metadata", "https://login.example.com"
Signed = Literal["assertion", "response", "both", "nothing"]
_EPOCH, _FAR = datetime(2000, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Pair:
    """An RSA and an EC key pair of one provider, with the certificate of the first."""

    name: str
    rsa: rsa.RSAPrivateKey = field(repr=False)
    ec: ec.EllipticCurvePrivateKey = field(repr=False)
    certificate: str = field(repr=False)

    @property
    def private_pem(self) -> bytes:
        return _pem(self.rsa)

    @property
    def public_pem(self) -> bytes:
        """What is public anyway, and what a wrong verifier takes for an HMAC secret."""
        form = serialization.PublicFormat.SubjectPublicKeyInfo
        return self.rsa.public_key().public_bytes(serialization.Encoding.PEM, form)

    @property
    def jwks(self) -> dict[str, Any]:
        """Both public keys: `NAME-rs` for RS256, `NAME-es` for ES256."""
        listed = (("rs", "RS256", RSAKey.import_key(_pem(self.rsa))), ("es", "ES256", ECKey.import_key(_pem(self.ec))))
        return {
            "keys": [
                {**key.as_dict(private=False), "kid": f"{self.name}-{end}", "use": "sig", "alg": algorithm}
                for end, algorithm, key in listed
            ]
        }


def _pem(key: rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey) -> bytes:
    form = serialization.PrivateFormat.PKCS8
    return key.private_bytes(serialization.Encoding.PEM, form, serialization.NoEncryption())


def pair(name: str = "corp") -> Pair:
    return _pair(name)


@functools.cache
def _pair(name: str) -> Pair:
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    certificate = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(_EPOCH)
        .not_valid_after(_FAR)
        .sign(key, hashes.SHA256())
    )
    pem = certificate.public_bytes(serialization.Encoding.PEM).decode()
    return Pair(name, key, ec.generate_private_key(ec.SECP256R1()), pem)


# --- SAML ---


@dataclass(frozen=True, kw_only=True)
class Response:
    """A SAML response; times are seconds from `now` (default: this moment), an empty text or None leaves a part out.

    `roles` are the values of the attribute Role as they stand in the document; `more` is XML among the attributes,
    `inside` XML at the end of the assertion, `beside` XML after it. Values are XML, not escaped.
    """

    roles: tuple[str, ...] = ()
    issuer: str = SAML_ISSUER
    subject: str = "alice"
    names: tuple[str, ...] = ("alice@example.com",)
    audiences: tuple[str, ...] = (ACS,)
    recipient: str = ACS
    destination: str = ACS
    status: str = SUCCESS
    method: str = "urn:oasis:names:tc:SAML:2.0:cm:bearer"
    issued: float | None = -1
    begins: float | None = -1
    ends: float | None = 300
    confirmed: float | None = 300
    session_ends: float | None = 28800
    session_duration: int | None = None
    more: str = ""
    inside: str = ""
    beside: str = ""
    assertions: int = 1
    assertion_id: str = "_assertion"
    response_id: str = "_response"
    signed: Signed = "assertion"
    key: str = "corp"
    now: datetime | None = None

    def xml(self) -> bytes:
        """The document, signed as `signed` says by the pair of the name `key`."""
        root = etree.fromstring(self.plain())
        if self.signed in ("assertion", "both"):
            for each in root.findall(f"{{{ASSERTION}}}Assertion"):
                root.replace(each, sign(etree.tostring(each), self.key))
        if self.signed in ("response", "both"):
            root = sign(etree.tostring(root), self.key)
        made: bytes = etree.tostring(root)
        return made

    def encoded(self) -> str:
        """What a browser posts as SAMLResponse."""
        return encoded(self.xml())

    def plain(self) -> str:
        """The document without a signature."""
        return (
            f'<p:Response xmlns:p="{PROTOCOL}" xmlns:a="{ASSERTION}" ID="{self.response_id}" Version="2.0"'
            f"{self._at('IssueInstant', self.issued)}{_attr('Destination', self.destination)}>"
            f"<a:Issuer>{self.issuer}</a:Issuer>"
            f'<p:Status><p:StatusCode Value="{self.status}"/></p:Status>'
            f"{self.assertion() * self.assertions}{self.beside}</p:Response>"
        )

    def assertion(self) -> str:
        """The assertion alone, without a signature."""
        restriction = "".join(f"<a:Audience>{each}</a:Audience>" for each in self.audiences)
        conditions = f"<a:AudienceRestriction>{restriction}</a:AudienceRestriction>" if self.audiences else ""
        duration = () if self.session_duration is None else (str(self.session_duration),)
        attributes = (
            attribute("Role", *self.roles)
            + attribute("RoleSessionName", *self.names)
            + (attribute("SessionDuration", *duration) if duration else "")
        )
        return (
            f'<a:Assertion xmlns:a="{ASSERTION}" ID="{self.assertion_id}" Version="2.0"'
            f"{self._at('IssueInstant', self.issued)}><a:Issuer>{self.issuer}</a:Issuer>"
            f'<a:Subject><a:NameID Format="urn:oasis:names:tc:SAML:2.0:nameid-format:persistent">{self.subject}'
            f'</a:NameID><a:SubjectConfirmation Method="{self.method}"><a:SubjectConfirmationData'
            f"{_attr('Recipient', self.recipient)}{self._at('NotOnOrAfter', self.confirmed)}/>"
            f"</a:SubjectConfirmation></a:Subject>"
            f"<a:Conditions{self._at('NotBefore', self.begins)}{self._at('NotOnOrAfter', self.ends)}>{conditions}"
            f"</a:Conditions><a:AuthnStatement{self._at('AuthnInstant', self.issued)}"
            f"{self._at('SessionNotOnOrAfter', self.session_ends)}><a:AuthnContext><a:AuthnContextClassRef>"
            f"urn:oasis:names:tc:SAML:2.0:ac:classes:Password</a:AuthnContextClassRef></a:AuthnContext>"
            f"</a:AuthnStatement><a:AttributeStatement>{attributes}{self.more}</a:AttributeStatement>{self.inside}"
            f"</a:Assertion>"
        )

    def _at(self, name: str, seconds: float | None) -> str:
        if seconds is None:
            return ""
        moment = (self.now or datetime.now(UTC)) + timedelta(seconds=seconds)
        return _attr(name, moment.strftime("%Y-%m-%dT%H:%M:%SZ"))


def attribute(name: str, *values: str) -> str:
    """One of AWS's attributes, as XML."""
    inner = "".join(f"<a:AttributeValue>{value}</a:AttributeValue>" for value in values)
    return (
        f'<a:Attribute xmlns:a="{ASSERTION}" Name="https://aws.amazon.com/SAML/Attributes/{name}">{inner}</a:Attribute>'
    )


def sign(document: str | bytes, key: str = "corp", **options: Any) -> Any:  # noqa: ANN401  # lxml and signxml
    """Sign the outermost element, which has an `ID`, with the pair of that name; its signature follows the issuer.

    `options` go to signxml's signer: `signature_algorithm`, `digest_algorithm`, `c14n_algorithm`.
    """
    root = etree.fromstring(document)
    place = etree.SubElement(root, f"{{{DSIG}}}Signature", nsmap={"ds": DSIG}, Id="placeholder")
    root.insert(1, place)
    methods = {
        "signature_algorithm": "rsa-sha256",
        "digest_algorithm": "sha256",
        "c14n_algorithm": "http://www.w3.org/2001/10/xml-exc-c14n#",
        **options,
    }
    known = pair(key)
    return XMLSigner(**methods).sign(
        root, key=known.private_pem, cert=known.certificate, reference_uri=f"#{root.get('ID')}", id_attribute="ID"
    )


def encoded(document: str | bytes) -> str:
    """A document in base64."""
    return base64.b64encode(document.encode() if isinstance(document, str) else document).decode()


def _attr(name: str, value: str) -> str:
    return f' {name}="{value}"' if value else ""


# --- OpenID Connect ---


def claims(*, now: datetime | None = None, **changed: Any) -> dict[str, Any]:  # noqa: ANN401  # JSON
    """The claims of a good ID token for the client `rolecall`; None leaves one out, numbers of time are absolute."""
    issued = int((now or datetime.now(UTC)).timestamp())
    known = {"iss": OIDC_ISSUER, "aud": "rolecall", "sub": "alice", "iat": issued, "exp": issued + 300}
    return {name: value for name, value in {**known, **changed}.items() if value is not None}


def id_token(
    content: Mapping[str, Any] | None = None,
    *,
    key: str = "corp",
    algorithm: str = "RS256",
    **header: Any,  # noqa: ANN401  # JSON
) -> str:
    """An ID token with these claims (default: `claims()`), signed by the pair `key`.

    `algorithm` is RS256, ES256, HS256 (with the RSA key's public PEM as secret) or none. `header` adds to the header
    or changes it; None leaves a member out.
    """
    known = pair(key)
    end = "es" if algorithm == "ES256" else "rs"
    head = {"alg": algorithm, "typ": "JWT", "kid": f"{key}-{end}", **header}
    head = {name: value for name, value in head.items() if value is not None}
    body = json.dumps(claims() if content is None else dict(content)).encode()
    if algorithm == "none":
        return f"{_part(json.dumps(head).encode())}.{_part(body)}."
    if algorithm == "HS256":
        signed = f"{_part(json.dumps(head).encode())}.{_part(body)}"
        return f"{signed}.{_part(hmac.digest(known.public_pem, signed.encode(), hashlib.sha256))}"
    jwk: RSAKey | ECKey = ECKey.import_key(_pem(known.ec)) if end == "es" else RSAKey.import_key(_pem(known.rsa))
    invented = {name: HeaderParameter("made up", "str") for name in header.get("crit", ())}
    registry = jws.JWSRegistry(header_registry=invented, algorithms=[algorithm], strict_check_header=False)
    return jws.serialize_compact(head, body, jwk, registry=registry)


def raw_token(head: object, body: object, signature: str = "c2lnbmF0dXJl") -> str:
    """Three parts of whatever, and a signature that is none."""
    return ".".join([*(_part(json.dumps(each).encode()) for each in (head, body)), signature])


def _part(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).decode().rstrip("=")
