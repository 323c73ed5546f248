"""Proxies, captive portals and the lack of any network: one error that says so, and no secret given to strangers."""

from __future__ import annotations

import contextlib
import socket
import threading
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

from app.adapters.http import HttpOptions
from app.domain.errors import Retry, RolecallError
from tests.adapters.sts.sts_helpers import ASSUME, WITH_CODE, WITH_TOKEN
from tests.faults import fault_answers as answers
from tests.faults import fault_server as wire
from tests.faults import tls_trouble as tls
from tests.faults.fault_server import FaultServer
from tests.faults.test_sts_faults import RETRIES, check_error, check_good, connections, outcome

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from app.domain.sts_requests import Request
    from tests.faults.fault_server import Script
    from tests.faults.tally import Tally

PATIENCE = 10.0
AWS = "sts.aws.invalid"
PORTAL = "<html><body>Welcome! Sign in to the network: canary</body></html>"
PASSWORD = "canary-proxy-password"


@pytest.fixture
def sts(tmp_path: Path) -> Iterator[tuple[FaultServer, Path]]:
    """AWS behind TLS, and the bundle that vouches for it."""
    root = tls.authority("Known root")
    bundle = tmp_path / "bundle.pem"
    bundle.write_bytes(root.pem())
    with FaultServer(tls=tls.server_tls(tmp_path, root, hosts=(AWS,))) as server:
        server.url = f"https://{AWS}"  # only the proxy finds it: what is on this machine needs none
        server.answer = wire.whole(answers.good_body(datetime.now(UTC) + answers.LIFE))
        yield server, bundle


def tunnel(port: int) -> Script:
    """A proxy that does what it is there for."""

    def copy(here: socket.socket, there: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while data := here.recv(65536):
                there.sendall(data)
        with contextlib.suppress(OSError):
            there.shutdown(socket.SHUT_WR)

    def go(connected: socket.socket, _server: FaultServer) -> None:
        with socket.create_connection((wire.HOST, port)) as there:
            connected.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")
            back = threading.Thread(target=copy, args=(there, connected), daemon=True)
            back.start()
            copy(connected, there)
            back.join(30)

    return go


async def test_proxies_on_the_way_to_tls(tally: Tally, sts: tuple[FaultServer, Path]) -> None:
    """None of them is told anything but the host; what it says in the place of AWS counts for nothing."""
    server, bundle = sts
    good = answers.good_body(datetime.now(UTC) + answers.LIFE)
    found: dict[str, tuple[wire.Answer, tuple[str, ...]]] = {
        "407": (wire.whole("", 407, extra=('Proxy-Authenticate: Basic realm="corp"',)), ("proxy",)),
        "407 with HTML": (wire.whole(PORTAL, 407, kind="text/html"), ("proxy",)),
        "407, closed": (wire.then_close(wire.whole("", 407)), ("proxy",)),
        "403 with HTML": (wire.whole(PORTAL, 403, kind="text/html"), ("proxy",)),
        "502": (wire.whole("", 502), ("proxy",)),
        "302 to a portal": (wire.whole("", 302, extra=("Location: http://portal.invalid/",)), ("proxy",)),
        "200 and HTML, not a tunnel": (wire.then_close(wire.whole(PORTAL)), ("proxy", "tls", "reset")),
        "200 and credentials, not a tunnel": (wire.then_close(wire.whole(good)), ("proxy", "tls", "reset")),
        "200 and silence": (wire.then_hang(b"HTTP/1.1 200 OK\r\n\r\n"), ("timeout",)),
        "200 and closed": (wire.then_close(b"HTTP/1.1 200 OK\r\n\r\n"), ("proxy", "tls", "reset")),
        "closed": (wire.then_close(b""), ("proxy", "reset")),
        "reset": (wire.then_reset(b""), ("proxy", "reset")),
        "junk": (wire.then_close(b"junk\r\n\r\n"), ("proxy", "reset")),
        "a phrase that steers": (
            b"HTTP/1.1 503 \x1b[2J\x9b\xe2\x80\xae no\r\nContent-Length: 0\r\n\r\n",
            ("proxy", "reset"),
        ),
        "a phrase of 60 KB": (b"HTTP/1.1 503 " + b"x" * 60_000 + b"\r\nContent-Length: 0\r\n\r\n", ("proxy", "reset")),
        "an endless head": (wire.forever(b"HTTP/1.1 200 OK\r\n", b"X-A: b\r\n" * 100), ("proxy", "reset")),
        "silence": (wire.then_hang(), ("timeout",)),
    }
    for name, (answer, codes) in found.items():
        with FaultServer() as proxy:
            quick = 0.3 if "timeout" in codes else PATIENCE
            for request in (ASSUME, WITH_CODE):
                with tally.case("proxy", f"{name}{', with a code' if request is WITH_CODE else ''}"):
                    proxy.set(answer)
                    options = HttpOptions(
                        connect_timeout=quick, read_timeout=quick, ca_bundle=str(bundle), proxy=secret_proxy(proxy)
                    )
                    await refused(server, options, request, *codes)
                    _told_nothing(proxy)
                    assert not server.asked
    with FaultServer() as proxy:
        proxy.answer = tunnel(server.port)
        with tally.case("proxy", "right"):
            options = HttpOptions(
                connect_timeout=PATIENCE, read_timeout=PATIENCE, ca_bundle=str(bundle), proxy=secret_proxy(proxy)
            )
            async with connections(options) as http:
                got, client = await outcome(server, ASSUME, http)
            check_good(got, client)
            _told_nothing(proxy)
            assert proxy.asked[0].headers["proxy-authorization"].startswith("Basic ")
            assert "proxy-authorization" not in server.asked[0].headers


def secret_proxy(proxy: FaultServer) -> str:
    return f"http://alice:{PASSWORD}@127.0.0.1:{proxy.port}"


def _told_nothing(proxy: FaultServer) -> None:
    assert proxy.asked
    for asked in proxy.asked:
        assert asked.line.startswith(f"CONNECT {AWS}:443 "), asked.line
        assert not asked.body
        assert not {"authorization", "x-amz-date", "x-amz-security-token"} & asked.headers.keys()


async def refused(server: FaultServer, options: HttpOptions, request: Request, *codes: str) -> RolecallError:
    case = answers.Case(name="", answer=b"", codes=frozenset(codes))
    async with connections(options) as http:
        got, client = await outcome(server, request, http)
    assert isinstance(got, RolecallError), "it was believed"
    check_error(got, case, client, "")
    tries = len(client.exchanges)
    assert tries == (1 + RETRIES if got.retry is Retry.BACK_OFF and request is not WITH_CODE else 1)
    return got


async def test_captive_portals(tally: Tally, sts: tuple[FaultServer, Path], tmp_path: Path) -> None:
    """Who answers for AWS without being it: with plain HTTP, with a page, with a certificate of its own."""
    behind, bundle = sts
    quick = HttpOptions(connect_timeout=PATIENCE, read_timeout=PATIENCE, ca_bundle=str(bundle))
    pages: dict[str, tuple[bytes, str]] = {
        "200 HTML": (wire.whole(PORTAL, kind="text/html"), "not-aws"),
        "302": (wire.whole("", 302, extra=("Location: https://portal.invalid/login?canary",)), "not-aws"),
        "307": (wire.whole("", 307, extra=(f"Location: {behind.url}/",)), "not-aws"),
        "511": (wire.whole(PORTAL, 511, kind="text/html"), "not-aws"),
        "meta refresh": (wire.whole("<meta http-equiv=refresh content='0;url=http://x.invalid'>"), "not-aws"),
    }
    with FaultServer() as portal:
        for name, (page, code) in pages.items():
            for request in (ASSUME, WITH_CODE, WITH_TOKEN):
                with tally.case("captive portal", f"{name}, {request.ACTION}"):
                    portal.set(page)
                    error = await refused(portal, quick, request, code)
                    assert "network" in error.remedy
    for name, context in {
        "its own certificate": tls.server_tls(tmp_path, tls.authority("Portal"), hosts=("portal.invalid",)),
        "a certificate for our host, its own root": tls.server_tls(tmp_path, tls.authority("Portal")),
    }.items():
        with tally.case("captive portal", name), FaultServer(tls=context) as portal:
            portal.set(wire.whole(PORTAL))
            await refused(portal, quick, ASSUME, "tls")
            assert not portal.asked
    assert not behind.asked


async def test_no_network(tally: Tally) -> None:
    """No name, nobody listening, nobody answering, no way out."""
    quick = HttpOptions(connect_timeout=0.3, read_timeout=0.3)
    with wire.closed_port() as closed, wire.black_hole() as hole:
        for name, url, codes in (
            ("no such host", "https://host.invalid", ("dns", "timeout")),
            ("a host of 63 letters", f"https://{'a' * 63}.invalid", ("dns", "timeout")),
            ("a host of 64 letters", f"https://{'a' * 64}.invalid", ("dns", "request", "timeout", "connect")),
            ("an empty label", "https://a..invalid", ("dns", "request", "timeout", "connect")),
            ("port closed", f"http://127.0.0.1:{closed}", ("connect",)),
            ("black hole", f"http://127.0.0.1:{hole}", ("timeout",)),
            ("an address that leads nowhere", "https://[100::1]", ("connect", "timeout")),
        ):
            for request in (ASSUME, WITH_CODE):
                with tally.case("no network", f"{name}{', with a code' if request is WITH_CODE else ''}"):
                    await refused(_Nowhere(url), quick, request, *codes)
        with tally.case("no network", "proxy not there"):
            away = HttpOptions(connect_timeout=2, read_timeout=2, proxy=f"http://127.0.0.1:{closed}")
            await refused(_Nowhere("https://sts.eu-west-1.amazonaws.com"), away, ASSUME, "proxy")
        with tally.case("no network", "proxy of no such host"):
            away = HttpOptions(connect_timeout=2, read_timeout=2, proxy="http://proxy.invalid:3128")
            error = await refused(_Nowhere("https://sts.eu-west-1.amazonaws.com"), away, ASSUME, "proxy", "timeout")
            assert urlsplit(away.proxy).hostname
            assert "roxy" in f"{error.title}{error.detail}{error.remedy}" or error.code == "timeout"


class _Nowhere(FaultServer):
    """Stands for a server that is somewhere else, or not at all."""

    def __init__(self, url: str) -> None:
        super().__init__()
        self._listening.close()
        self.url = url
