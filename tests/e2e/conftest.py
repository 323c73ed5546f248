"""Real servers for end-to-end tests, each on 127.0.0.1 and on ports of its own."""

from __future__ import annotations

import base64
import json
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa

from tests.e2e.panva import Panva, panva_running
from tests.e2e.shifted_clock import remove_left
from tests.e2e.simplesamlphp import SimpleSamlPhp, simplesamlphp_running

if TYPE_CHECKING:
    from collections.abc import Iterator

ACCOUNT = "111122223333"
START_SECONDS = 60.0


@pytest.fixture(autouse=True)
def tidy() -> Iterator[None]:
    """Nothing stays in memory of what was killed."""
    yield
    remove_left()


def free_ports(number: int) -> list[int]:
    """Ports that nobody listens on now. They are held together, so that they differ."""
    with ExitStack() as stack:
        held = [stack.enter_context(socket.socket()) for _ in range(number)]
        for each in held:
            each.bind(("127.0.0.1", 0))
        return [each.getsockname()[1] for each in held]


# --- An issuer of ID tokens -------------------------------------------------------------------------------------------


def _base64url(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode("ascii")


class Issuer:
    """Signs ID tokens (RS256) and serves its discovery document and keys."""

    def __init__(self) -> None:
        self._key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        issuer = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                body = json.dumps(issuer._documents().get(self.path, {})).encode()
                self.send_response(200 if self.path in issuer._documents() else 404)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # the base class names it so
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)
        self._thread.start()
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}"

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def token(self, *, audience: str = "rolecall", seconds: int = 300, stranger: bool = False) -> str:
        """An ID token; `stranger` has it signed with a key that this issuer does not publish."""
        now = int(time.time())
        head = {"alg": "RS256", "typ": "JWT", "kid": "one"}
        claims = {"iss": self.url, "sub": "alice", "aud": audience, "iat": now - 600, "exp": now + seconds}
        text = ".".join(_base64url(json.dumps(part).encode()) for part in (head, claims))
        key = rsa.generate_private_key(public_exponent=65537, key_size=2048) if stranger else self._key
        return f"{text}.{_base64url(key.sign(text.encode(), padding.PKCS1v15(), hashes.SHA256()))}"

    def _documents(self) -> dict[str, object]:
        numbers = self._key.public_key().public_numbers()
        e, n = (_base64url(x.to_bytes((x.bit_length() + 7) // 8, "big")) for x in (numbers.e, numbers.n))
        key = {"kty": "RSA", "kid": "one", "alg": "RS256", "use": "sig", "e": e, "n": n}
        return {
            "/.well-known/openid-configuration": {"issuer": self.url, "jwks_uri": f"{self.url}/jwks"},
            "/jwks": {"keys": [key]},
        }


# --- SeaweedFS --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class SeaweedFS:
    """A server whose STS and signature check nobody here wrote. `secret_access_key` is made up."""

    url: str
    issuer: Issuer
    access_key_id: str = "AKIAIOSFODNN7EXAMPLE"
    secret_access_key: str = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"
    region: str = "us-east-1"
    role_arn: str = f"arn:aws:iam::{ACCOUNT}:role/Admin"
    web_role_arn: str = f"arn:aws:iam::{ACCOUNT}:role/Web"


def _trust(principal: dict[str, str], action: str) -> dict[str, object]:
    return {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": principal, "Action": [action]}]}


def _configure(directory: Path, issuer: str) -> None:
    keys = {"accessKey": SeaweedFS.__dataclass_fields__["access_key_id"].default}
    keys["secretKey"] = SeaweedFS.__dataclass_fields__["secret_access_key"].default
    identity = {"name": "alice", "credentials": [keys], "actions": ["Admin", "Read", "Write", "List"]}
    (directory / "s3.json").write_text(json.dumps({"identities": [identity]}), encoding="utf-8")
    statement = {"Effect": "Allow", "Action": ["s3:*", "sts:*"], "Resource": ["*"]}
    roles = {
        "Admin": _trust({"AWS": "*"}, "sts:AssumeRole"),
        "Web": _trust({"Federated": "login"}, "sts:AssumeRoleWithWebIdentity"),
    }
    iam = {
        "sts": {
            "tokenDuration": "1h",
            "maxSessionLength": "12h",
            "issuer": "seaweedfs-sts",
            "signingKey": base64.b64encode(b"a signing key of a test server..").decode(),
            "accountId": ACCOUNT,
        },
        "providers": [
            {
                "name": "login",
                "type": "oidc",
                "enabled": True,
                "config": {"issuer": issuer, "clientId": "rolecall", "jwksUri": f"{issuer}/jwks"},
            }
        ],
        "policy": {"defaultEffect": "Deny", "storeType": "memory"},
        "policies": [{"name": "All", "document": {"Version": "2012-10-17", "Statement": [statement]}}],
        "roles": [
            {
                "roleName": name,
                "roleArn": f"arn:aws:iam::{ACCOUNT}:role/{name}",
                "trustPolicy": trust,
                "attachedPolicies": ["All"],
            }
            for name, trust in roles.items()
        ],
    }
    (directory / "iam.json").write_text(json.dumps(iam), encoding="utf-8")
    (directory / "data").mkdir()


def _wait_until_it_answers(url: str, server: subprocess.Popen[bytes], log: Path) -> None:
    """Ask until an answer comes, whatever it says."""
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and server.poll() is None:
        try:
            urllib.request.urlopen(url, data=b"Action=GetCallerIdentity&Version=2011-06-15", timeout=2).close()  # noqa: S310  # our own server
        except urllib.error.HTTPError as error:
            error.close()
            return
        except OSError:
            time.sleep(0.05)
        else:
            return
    pytest.fail(f"SeaweedFS did not start:\n{log.read_text(errors='replace')[-4000:]}", pytrace=False)


@contextmanager
def seaweedfs_running(directory: Path, issuer: str) -> Iterator[str]:
    """Run SeaweedFS with one identity, a role that it may assume, and one for tokens of `issuer`; yield its URL."""
    _configure(directory, issuer)
    names = ["master", "volume", "filer", "s3"]
    ports = free_ports(2 * len(names))
    command = [str(Path(sys.executable).parent / "weed"), "server", "-dir=data", "-s3", "-master.telemetry=false"]
    command += ["-ip=127.0.0.1", "-ip.bind=127.0.0.1", "-s3.config=s3.json", "-s3.iam.config=iam.json"]
    command += ["-s3.port.iceberg=0", "-s3.port.lance=0", "-volume.max=20"]
    for index, name in enumerate(names):
        command += [f"-{name}.port={ports[2 * index]}", f"-{name}.port.grpc={ports[2 * index + 1]}"]
    log = directory / "log"
    with log.open("wb") as output:
        server = subprocess.Popen(
            command, cwd=directory, stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT
        )
    url = f"http://127.0.0.1:{ports[2 * names.index('s3')]}"
    try:
        _wait_until_it_answers(f"{url}/", server, log)
        yield url
    finally:
        server.kill()  # asked to end, it takes ten seconds; it has nothing that is worth keeping
        server.wait()


@pytest.fixture(scope="session")
def issuer() -> Iterator[Issuer]:
    """An issuer of ID tokens."""
    made = Issuer()
    yield made
    made.close()


@pytest.fixture(scope="session")
def seaweedfs(tmp_path_factory: pytest.TempPathFactory, issuer: Issuer) -> Iterator[SeaweedFS]:
    """SeaweedFS with one identity, a role that it may assume, and one for tokens of `issuer`."""
    with seaweedfs_running(tmp_path_factory.mktemp("seaweedfs"), issuer.url) as url:
        yield SeaweedFS(url=url, issuer=issuer)


# --- Identity providers -----------------------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def simplesamlphp_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SimpleSamlPhp]:
    """Run SimpleSAMLphp for all tests; take `simplesamlphp`, which is as new for each."""
    with simplesamlphp_running(tmp_path_factory.mktemp("simplesamlphp"), free_ports(1)[0]) as server:
        yield server


@pytest.fixture
def simplesamlphp(simplesamlphp_server: SimpleSamlPhp) -> SimpleSamlPhp:
    """SimpleSAMLphp, where nobody is logged in."""
    simplesamlphp_server.reset()
    return simplesamlphp_server


@pytest.fixture(scope="session")
def panva_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Panva]:
    """Run panva's oidc-provider for all tests; take `panva`, which is as new for each."""
    with panva_running(tmp_path_factory.mktemp("panva"), free_ports(1)[0]) as server:
        yield server


@pytest.fixture
def panva(panva_server: Panva) -> Panva:
    """An OpenID provider where nobody is logged in and nothing is granted."""
    panva_server.reset()
    return panva_server
