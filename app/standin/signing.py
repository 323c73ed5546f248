"""Key pairs of the stand-in's own providers: a self-signed certificate for SAML, a JWK for OpenID Connect."""

from __future__ import annotations

import secrets
import threading
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID
from joserfc import jwt
from joserfc.jwk import RSAKey

if TYPE_CHECKING:
    from collections.abc import Mapping

_BITS = 2048
_EXPONENT = 65537
# Long, so that a test may set the clock as it likes.
_VALID = (datetime(2000, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC))


class SigningKey:
    """An RSA key pair. It is made when it is first used: that takes a while, and most worlds never sign anything."""

    def __init__(self) -> None:
        self.kid = secrets.token_urlsafe(12)
        self._lock = threading.Lock()
        self._made: rsa.RSAPrivateKey | None = None
        self._certificate = ""

    @property
    def private(self) -> rsa.RSAPrivateKey:
        """The private half."""
        with self._lock:
            if self._made is None:
                self._made = rsa.generate_private_key(public_exponent=_EXPONENT, key_size=_BITS)
            return self._made

    @property
    def private_pem(self) -> bytes:
        """The private half in PEM."""
        form = serialization.PrivateFormat.PKCS8
        return self.private.private_bytes(serialization.Encoding.PEM, form, serialization.NoEncryption())

    @property
    def certificate(self) -> str:
        """A self-signed certificate in PEM; always the same one."""
        private = self.private
        with self._lock:
            self._certificate = self._certificate or _certify(private)
            return self._certificate

    @property
    def jwk(self) -> Mapping[str, Any]:
        """The public half as a JWK (RFC 7517)."""
        pem = self.private.public_key().public_bytes(
            serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
        )
        return {**RSAKey.import_key(pem).as_dict(private=False), "kid": self.kid, "use": "sig", "alg": "RS256"}

    def token(self, claims: Mapping[str, Any]) -> str:
        """A JWT of these claims (RFC 7519), signed with RS256."""
        key = RSAKey.import_key(self.private_pem)
        return jwt.encode({"alg": "RS256", "kid": self.kid}, dict(claims), key, algorithms=["RS256"])


def _certify(private: rsa.RSAPrivateKey) -> str:
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Stand-in provider")])
    begins, ends = _VALID
    builder = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(private.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(begins)
        .not_valid_after(ends)
    )
    return builder.sign(private, hashes.SHA256()).public_bytes(serialization.Encoding.PEM).decode()
