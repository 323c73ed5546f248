"""TLS that goes wrong: one error that says so, nothing sent to whoever is there, no second call with an MFA code."""

from __future__ import annotations

import warnings
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509.oid import ExtendedKeyUsageOID

from app.adapters.http import HttpOptions
from app.domain.errors import Retry, RolecallError
from tests.adapters.sts.sts_helpers import ASSUME, WITH_CODE
from tests.faults import fault_answers as answers
from tests.faults import fault_server as wire
from tests.faults import tls_trouble as tls
from tests.faults.fault_server import FaultServer
from tests.faults.test_sts_faults import LONGEST, RETRIES, check_error, check_good, connections, outcome

if TYPE_CHECKING:
    import socket
    import ssl
    from collections.abc import Callable
    from pathlib import Path

    from tests.faults.tally import Tally
    from tests.faults.tls_trouble import Authority

PATIENCE = 10.0


@pytest.fixture
def known() -> Authority:
    return tls.authority("Known root")


@pytest.fixture
def bundle(known: Authority, tmp_path: Path) -> Path:
    path = tmp_path / "bundle.pem"
    path.write_bytes(known.pem())
    return path


def options(bundle: Path, patience: float = PATIENCE) -> HttpOptions:
    return HttpOptions(connect_timeout=patience, read_timeout=patience, ca_bundle=str(bundle))


async def tried(tally: Tally, name: str, server: FaultServer, bundle: Path, *codes: str, patience: float = 10) -> None:
    """The call without and with an MFA code; without `codes` it works."""
    case = answers.Case(name=name, answer=b"", codes=frozenset(codes))
    for request in (ASSUME, WITH_CODE):
        with tally.case("tls", f"{name}, {type(request).__name__}{' with a code' if request is WITH_CODE else ''}"):
            before = server.connections
            server.set(wire.whole(answers.good_body(datetime.now(UTC) + answers.LIFE)))
            async with connections(options(bundle, patience)) as http:
                got, sts = await outcome(server, request, http)
            if not codes:
                check_good(got, sts)
                continue
            assert isinstance(got, RolecallError), "it was believed"
            check_error(got, case, sts, "")
            assert not server.asked, "it was told what only AWS may hear"
            repeated = got.retry is Retry.BACK_OFF and request is ASSUME
            made, most = server.connections - before, 1 + RETRIES if request is ASSUME else 1
            # What ends a handshake may be seen as a reset, which is tried again, or as the end of all trust
            assert made == most if repeated else 1 <= made <= most, made


async def test_certificates(tally: Tally, tmp_path: Path, known: Authority, bundle: Path) -> None:
    stranger = tls.authority("Unknown root")
    namesake = tls.authority("Known root")
    weak = rsa.generate_private_key(65537, 1024)  # noqa: S505  # to be refused
    kinds: dict[str, Callable[[], ssl.SSLContext]] = {
        "expired": lambda: tls.server_tls(tmp_path, known, life=-timedelta(days=2)),
        "expired a minute ago": lambda: tls.server_tls(tmp_path, known, life=-timedelta(minutes=1)),
        "not yet valid": lambda: tls.server_tls(tmp_path, known, life=timedelta(days=60)),
        "for another host": lambda: tls.server_tls(tmp_path, known, hosts=("sts.example.com",)),
        "for a host that ends so": lambda: tls.server_tls(tmp_path, known, hosts=("evillocalhost",)),
        "for a part of all hosts": lambda: tls.server_tls(tmp_path, known, hosts=("*",)),
        "for no host": lambda: tls.server_tls(tmp_path, known, hosts=()),
        "for an address only": lambda: tls.server_tls(tmp_path, known, hosts=("127.0.0.1",)),
        "self-signed": lambda: tls.server_tls(tmp_path, None),
        "self-signed authority": lambda: tls.server_tls(tmp_path, None, as_authority=True),
        "of an unknown root": lambda: tls.server_tls(tmp_path, stranger),
        "of a root of the same name": lambda: tls.server_tls(tmp_path, namesake),
        "for clients": lambda: tls.server_tls(tmp_path, known, usage=ExtendedKeyUsageOID.CLIENT_AUTH),
        "with a short key": lambda: tls.server_tls(tmp_path, known, key=weak),
    }
    for name, make in kinds.items():
        with FaultServer(tls=make()) as server:
            # a short key may already be refused by the server's own side
            await tried(tally, name, server, bundle, "tls", *(["reset", "connect"] if "short" in name else []))
    with FaultServer(tls=tls.server_tls(tmp_path, known)) as server:
        await tried(tally, "right", server, bundle)
    with FaultServer(tls=tls.server_tls(tmp_path, known, key=ec.generate_private_key(ec.SECP384R1()))) as server:
        await tried(tally, "right, another curve", server, bundle)


async def test_handshakes(tally: Tally, tmp_path: Path, known: Authority, bundle: Path) -> None:
    right = tls.server_tls(tmp_path, known)

    def closed(connected: socket.socket, _server: FaultServer) -> bool:
        connected.recv(10)
        return False

    def reset(connected: socket.socket, server: FaultServer) -> bool:
        wire.then_reset(b"")(connected, server)
        return False

    def alert(connected: socket.socket, _server: FaultServer) -> bool:
        connected.recv(4096)
        connected.sendall(b"\x15\x03\x03\x00\x02\x02\x28")
        return False

    def speaking_http(connected: socket.socket, _server: FaultServer) -> bool:
        connected.recv(4096)
        connected.sendall(b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n")
        return False

    def speaking_junk(connected: socket.socket, _server: FaultServer) -> bool:
        connected.sendall(b"\x16\x03\x03\x40\x00" + b"\xff" * 2000)
        return False

    def silent(_connected: socket.socket, server: FaultServer) -> bool:
        server.ending.wait()
        return False

    codes = ("tls", "connect", "reset")
    for name, greet in {
        "closed in the handshake": closed,
        "closed at once": lambda _socket, _server: False,
        "reset in the handshake": reset,
        "an alert": alert,
        "HTTP on the port of TLS": speaking_http,
        "junk": speaking_junk,
    }.items():
        with FaultServer(tls=right) as server:
            server.greet = greet
            await tried(tally, name, server, bundle, *codes)
    with FaultServer(tls=right) as server:
        server.greet = silent
        await tried(tally, "silent in the handshake", server, bundle, "timeout", patience=0.3)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # of the module ssl, about the old ones
        old = tls.old_only(tls.server_tls(tmp_path, known))
    with FaultServer(tls=old) as server:
        await tried(tally, "TLS 1.1 at most", server, bundle, *codes)


async def test_a_certificate_that_changes_is_seen_with_the_next_connection(
    tally: Tally, tmp_path: Path, known: Authority, bundle: Path
) -> None:
    """A port may belong to somebody else by the next call."""
    good = wire.whole(answers.good_body(datetime.now(UTC) + answers.LIFE), extra=("Connection: close",))
    context = tls.server_tls(tmp_path, known)
    other = tmp_path / "other"
    other.mkdir()
    with tally.case("tls", "another certificate later"), FaultServer(tls=context) as server:
        async with connections(options(bundle)) as http:
            server.set(good)
            check_good(*await outcome(server, ASSUME, http))
            tls.server_tls(other, None)
            context.load_cert_chain(found(other))
            server.set(good)
            got, _ = await outcome(server, ASSUME, http)
            assert isinstance(got, RolecallError)
            assert got.code == "tls"
            assert not server.asked


def found(directory: Path) -> Path:
    [only] = directory.iterdir()
    return only


def test_the_time_limit_of_a_case_is_longer_than_what_it_waits_for() -> None:
    assert LONGEST > 2 * PATIENCE
