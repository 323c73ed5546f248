"""Certificates of every wrong kind, and the right one; and what else goes wrong before the first byte of HTTP."""

from __future__ import annotations

import ssl
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from typing import TYPE_CHECKING

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

if TYPE_CHECKING:
    from pathlib import Path

Key = ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Authority:
    """Who vouches for others."""

    key: Key
    certificate: x509.Certificate

    def pem(self) -> bytes:
        """What a person puts into a bundle."""
        return self.certificate.public_bytes(serialization.Encoding.PEM)


def _name(common: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, common)])


def authority(common: str) -> Authority:
    """A root that vouches for itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    made = _unsigned(_name(common), _name(common), key, DAY).add_extension(
        x509.BasicConstraints(ca=True, path_length=None), critical=True
    )
    return Authority(key=key, certificate=made.sign(key, hashes.SHA256()))


def _unsigned(subject: x509.Name, issuer: x509.Name, key: Key, life: timedelta) -> x509.CertificateBuilder:
    """Valid from a day before now until `life` from now; a negative `life` is over, over a month is yet to come."""
    now = datetime.now(UTC)
    begins = now - DAY if life > -DAY else now - 30 * DAY
    if life > 30 * DAY:
        begins = now + DAY
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(begins)
        .not_valid_after(now + life)
    )


def server_tls(
    directory: Path,
    signer: Authority | None,
    *,
    hosts: tuple[str, ...] = ("localhost",),
    life: timedelta = DAY,
    key: Key | None = None,
    usage: x509.ObjectIdentifier = ExtendedKeyUsageOID.SERVER_AUTH,
    as_authority: bool = False,
) -> ssl.SSLContext:
    """A server's side with a certificate for `hosts`; without a signer it vouches for itself."""
    key = key or ec.generate_private_key(ec.SECP256R1())
    subject = _name(hosts[0] if hosts else "nobody")
    issuer = subject if signer is None else signer.certificate.subject
    made = _unsigned(subject, issuer, key, life)
    made = made.add_extension(x509.BasicConstraints(ca=as_authority, path_length=None), critical=True)
    made = made.add_extension(x509.ExtendedKeyUsage([usage]), critical=False)
    if hosts:
        made = made.add_extension(x509.SubjectAlternativeName([_general(host) for host in hosts]), critical=False)
    signed = made.sign(key if signer is None else signer.key, hashes.SHA256())
    path = directory / f"{signed.serial_number}.pem"
    path.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
        + signed.public_bytes(serialization.Encoding.PEM)
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.set_ciphers("DEFAULT:@SECLEVEL=0")  # so that it is the client who refuses what is weak
    context.load_cert_chain(path)
    return context


def _general(host: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ip_address(host))
    except ValueError:
        return x509.DNSName(host)


def old_only(context: ssl.SSLContext) -> ssl.SSLContext:
    """The same, but it speaks nothing newer than TLS 1.1 (RFC 8996 forbids it)."""
    context.set_ciphers("ALL:@SECLEVEL=0")
    context.minimum_version = ssl.TLSVersion.TLSv1
    context.maximum_version = ssl.TLSVersion.TLSv1_1
    return context
