"""Whom our connections trust, and that nobody is told their keys."""

from __future__ import annotations

import asyncio
import ssl
import subprocess
import threading
from datetime import datetime, timedelta, timezone
from typing import TYPE_CHECKING

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from app.adapters import http as http_module
from app.adapters.http import Http, HttpOptions
from app.adapters.http.certificates import tls_context
from app.domain.configuration import Settings
from app.domain.errors import BadInput, Retry
from tests.adapters.sts.raw_server import answer, serving
from tests.adapters.test_http import ask, trouble

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate for localhost that vouches for itself, with its key, in one PEM file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(timezone.utc)  # noqa: UP017  # reads like the library's own examples
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    path = tmp_path_factory.mktemp("tls") / "localhost.pem"
    pem = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    path.write_bytes(pem + made.public_bytes(serialization.Encoding.PEM))
    return path


@pytest.fixture
def server_tls(certificate: Path) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    return context


async def test_a_certificate_that_nobody_vouches_for_is_refused(server_tls: ssl.SSLContext) -> None:
    async with serving(answer("x"), tls=server_tls) as server:
        error = await trouble(server.url)
        assert not server.seen
    assert error.code == "tls"
    assert error.retry is Retry.NEVER
    assert "AWS_CA_BUNDLE" in error.remedy


async def test_a_certificate_in_the_bundle_is_accepted(server_tls: ssl.SSLContext, certificate: Path) -> None:
    options = HttpOptions.from_environment({"AWS_CA_BUNDLE": str(certificate)}, Settings())
    async with serving(answer("x"), tls=server_tls) as server:
        assert (await ask(server.url, options)).body == b"x"


async def test_a_certificate_for_another_name_is_refused(server_tls: ssl.SSLContext, certificate: Path) -> None:
    async with serving(answer("x"), tls=server_tls) as server:
        error = await trouble(server.url.replace("localhost", "127.0.0.1"), HttpOptions(ca_bundle=str(certificate)))
        assert not server.seen
    assert error.code == "tls"


@pytest.mark.parametrize("bundle", [True, False])
@pytest.mark.parametrize("place", ["", "there-is-no-such-folder/"])
async def test_keys_of_connections_are_never_written_down(
    server_tls: ssl.SSLContext,
    certificate: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    *,
    bundle: bool,
    place: str,
) -> None:
    """A variable that a person set once for a browser would have OpenSSL do it for every program."""
    keys = tmp_path / f"{place}keys"
    monkeypatch.setenv("SSLKEYLOGFILE", str(keys))
    if not bundle:
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    options = HttpOptions(connect_timeout=2, read_timeout=2, ca_bundle=str(certificate) if bundle else "")
    async with serving(answer("x"), tls=server_tls) as server:
        assert (await ask(server.url, options)).body == b"x"
    assert not keys.exists()


async def test_what_httpx_ships_counts(
    server_tls: ssl.SSLContext, certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("SSL_CERT_FILE", "SSL_CERT_DIR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr("certifi.where", lambda: str(certificate))
    async with serving(answer("x"), tls=server_tls) as server:
        assert (await ask(server.url)).body == b"x"


@pytest.fixture
def trusted(certificate: Path, tmp_path: Path) -> Path:
    """A folder with the certificate, where OpenSSL finds it by the hash of its name."""
    shown = subprocess.run(["openssl", "x509", "-hash", "-noout", "-in", certificate], capture_output=True, check=True)
    (tmp_path / f"{shown.stdout.decode().strip()}.0").write_bytes(certificate.read_bytes())
    return tmp_path


async def test_a_folder_of_certificates_counts(
    server_tls: ssl.SSLContext, trusted: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SSL_CERT_FILE", raising=False)
    monkeypatch.setenv("SSL_CERT_DIR", str(trusted))
    async with serving(answer("x"), tls=server_tls) as server:
        assert (await ask(server.url)).body == b"x"
        assert (await ask(server.url, HttpOptions(ca_bundle=str(trusted)))).body == b"x"
    monkeypatch.setenv("SSL_CERT_DIR", str(trusted / "empty"))
    async with serving(answer("x"), tls=server_tls) as server:
        assert (await trouble(server.url)).code == "tls"


@pytest.mark.parametrize("content", [None, "", "not a certificate"])
async def test_a_bundle_that_cannot_be_used(tmp_path: Path, content: str | None) -> None:
    path = tmp_path / "bundle.pem"
    if content is not None:
        path.write_text(content, encoding="utf-8")
    error = await trouble("https://localhost:1", HttpOptions(ca_bundle=str(path)))
    assert isinstance(error, BadInput)
    assert error.code == "ca-bundle"
    assert "bundle.pem" in error.detail


async def test_a_file_of_certificates_that_cannot_be_used(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", "/there/is/no/such-file")
    error = await trouble("https://localhost:1")
    assert error.code == "ca-bundle"
    assert "such-file" in error.detail
    assert "SSL_CERT_FILE" in error.remedy


async def test_speaking_tls_to_a_server_that_does_not(certificate: Path) -> None:
    async with serving(answer("x")) as server:
        url = server.url.replace("http:", "https:")
        error = await trouble(url, HttpOptions(ca_bundle=str(certificate), connect_timeout=1))
    assert error.code in {"tls", "connect", "reset", "timeout"}


async def test_certificates_are_never_read_in_the_thread_of_the_loop(
    server_tls: ssl.SSLContext, certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It takes a quarter of a second, in which a window would not answer. They are read once for each setting."""
    readers: list[int] = []
    read = tls_context

    def reading(ca_bundle: str) -> ssl.SSLContext:
        readers.append(threading.get_ident())
        return read(ca_bundle)

    monkeypatch.setattr(http_module, "_tls_context", reading)
    http = Http(HttpOptions(ca_bundle="/there/is/none"))
    http.prepare()
    http.reconfigure(HttpOptions(connect_timeout=2, read_timeout=2, ca_bundle=str(certificate)))
    try:
        async with serving(*[answer("x")] * 4, tls=server_tls) as server:
            answers = await asyncio.gather(*(http.send("GET", server.url, headers={}) for _ in range(4)))
    finally:
        await http.aclose()
    assert [each.body for each in answers] == [b"x"] * 4
    assert len(readers) == 2
    assert threading.get_ident() not in readers


async def test_a_bundle_that_was_mended_is_read_again(
    server_tls: ssl.SSLContext, certificate: Path, tmp_path: Path
) -> None:
    bundle = tmp_path / "bundle.pem"
    http = Http(HttpOptions(connect_timeout=2, read_timeout=2, ca_bundle=str(bundle)))
    http.prepare()
    try:
        async with serving(answer("x"), tls=server_tls) as server:
            with pytest.raises(BadInput, match="CA bundle"):
                await http.send("GET", server.url, headers={})
            bundle.symlink_to(certificate)
            assert (await http.send("GET", server.url, headers={})).body == b"x"
    finally:
        await http.aclose()


async def test_options_that_change_while_certificates_are_read_count(
    server_tls: ssl.SSLContext, certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read, free = tls_context, threading.Event()

    def slowly(ca_bundle: str) -> ssl.SSLContext:
        if ca_bundle != str(certificate):
            free.wait()
        return read(ca_bundle)

    monkeypatch.setattr(http_module, "_tls_context", slowly)
    http = Http(HttpOptions(connect_timeout=2, read_timeout=2))
    try:
        async with serving(answer("x"), tls=server_tls) as server:
            asking = asyncio.create_task(http.send("GET", server.url, headers={}))
            await asyncio.sleep(0)
            http.reconfigure(HttpOptions(connect_timeout=2, read_timeout=2, ca_bundle=str(certificate)))
            free.set()
            assert (await asking).body == b"x"
    finally:
        free.set()
        await http.aclose()
