"""Keys that the stand-in fetches from a provider, as AWS does."""

from __future__ import annotations

import json
import threading
import time
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

import pytest

from app.standin import OidcProvider, Role, StandIn, demo_world
from tests.standin.federation import ROLE, by_token
from tests.standin.forged import claims, id_token, pair
from tests.standin.standin_clients import refused, sts

if TYPE_CHECKING:
    from collections.abc import Iterator

ARN = "arn:aws:iam::123456789012:oidc-provider/local"


class Provider(ThreadingHTTPServer):
    """Hands out documents by path; what is asked for is noted. A document that is None is never answered."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.issuer = f"http://127.0.0.1:{self.server_address[1]}"
        self.asked: list[str] = []
        self.over = threading.Event()
        self.drip = False
        self.documents: dict[str, tuple[int, Any]] = {}
        self.publish("corp")

    def publish(self, *names: str) -> None:
        keys = [key for name in names for key in pair(name).jwks["keys"]]
        self.documents["/keys"] = (200, {"keys": keys})
        known = {"issuer": self.issuer, "jwks_uri": f"{self.issuer}/keys"}
        self.documents["/.well-known/openid-configuration"] = (200, known)

    @property
    def discovery(self) -> dict[str, Any]:
        found: dict[str, Any] = self.documents["/.well-known/openid-configuration"][1]
        return found


class _Handler(BaseHTTPRequestHandler):
    server: Provider

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # the base class's name
        """Say nothing."""

    def do_GET(self) -> None:
        self.server.asked.append(self.path)
        status, document = self.server.documents.get(self.path, (404, {}))
        if document is None:
            self.server.over.wait(20)
            return
        body = document if isinstance(document, bytes) else json.dumps(document).encode()
        self.send_response(status)
        self.send_header("Location", f"{self.server.issuer}/keys")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        for index in range(0, len(body), 1 if self.server.drip else len(body)):
            if self.server.drip and self.server.over.wait(0.05):
                return
            try:
                self.wfile.write(body[index : index + (1 if self.server.drip else len(body))])
            except OSError:
                return


@contextmanager
def running() -> Iterator[Provider]:
    provider = Provider()
    thread = threading.Thread(target=provider.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield provider
    finally:
        provider.over.set()
        provider.shutdown()
        provider.server_close()
        thread.join(10)


@pytest.fixture
def provider() -> Iterator[Provider]:
    with running() as found:
        yield found


@pytest.fixture
def aws(provider: Provider) -> Iterator[StandIn]:
    world = demo_world()
    world.oidc_providers[ARN] = OidcProvider(arn=ARN, issuer=provider.issuer, audiences=("rolecall",))
    world.roles[ROLE] = Role(arn=ROLE, trusts=(ARN,))
    with StandIn(world) as found:
        yield found


def token(provider: Provider, key: str = "corp", **changed: Any) -> str:  # noqa: ANN401  # claims
    return id_token(claims(iss=provider.issuer, **changed), key=key)


def code_of(aws: StandIn, text: str) -> tuple[int, str]:
    got = refused(lambda: by_token(aws, text))
    return got.status, got.code


def test_keys_are_fetched_once(aws: StandIn, provider: Provider) -> None:
    for _ in range(3):
        assert by_token(aws, token(provider))["Provider"] == ARN
    assert provider.asked == ["/.well-known/openid-configuration", "/keys"]


def test_a_new_key_is_fetched_when_it_is_first_seen(aws: StandIn, provider: Provider) -> None:
    by_token(aws, token(provider))
    provider.publish("corp", "other")
    assert by_token(aws, token(provider, "other"))["Provider"] == ARN
    assert by_token(aws, token(provider))["Provider"] == ARN
    assert len(provider.asked) == 4
    assert code_of(aws, token(provider, "third")) == (400, "InvalidIdentityToken")


def test_keys_grow_old(aws: StandIn, provider: Provider) -> None:
    by_token(aws, token(provider))
    provider.publish("other")
    assert by_token(aws, token(provider))["Provider"] == ARN
    aws.clock_offset += timedelta(minutes=16)
    late = int(time.time()) + 16 * 60
    assert code_of(aws, token(provider, exp=late + 300)) == (400, "InvalidIdentityToken")


@pytest.mark.parametrize(
    ("path", "answer"),
    [
        ("/.well-known/openid-configuration", (404, {})),
        ("/.well-known/openid-configuration", (302, {})),
        ("/.well-known/openid-configuration", (200, [])),
        ("/.well-known/openid-configuration", (200, {"issuer": "https://other.example.com"})),
        ("/keys", (500, {})),
        ("/keys", (200, b"<html>")),
        ("/keys", (200, b"[" * 100_000)),
        ("/keys", (200, b'{"keys": [' + b" " * (1 << 18) + b"]}")),
    ],
)
def test_a_provider_that_hands_out_none(aws: StandIn, provider: Provider, path: str, answer: tuple[int, Any]) -> None:
    provider.documents[path] = answer
    assert code_of(aws, token(provider)) == (400, "IDPCommunicationError")
    provider.publish("corp")
    assert by_token(aws, token(provider))["Provider"] == ARN


def test_a_discovery_document_of_another_issuer(aws: StandIn, provider: Provider) -> None:
    provider.discovery["issuer"] = "https://other.example.com"
    assert code_of(aws, token(provider)) == (400, "IDPCommunicationError")
    assert provider.asked == ["/.well-known/openid-configuration"]


@pytest.mark.parametrize("where", ["http://192.0.2.1/keys", "file:///etc/passwd", "", "http://[", None])
def test_keys_are_not_fetched_from_just_anywhere(aws: StandIn, provider: Provider, where: str | None) -> None:
    provider.discovery["jwks_uri"] = where
    assert code_of(aws, token(provider)) == (400, "IDPCommunicationError")


def test_a_provider_that_is_away_after_its_keys_were_fetched(aws: StandIn, provider: Provider) -> None:
    by_token(aws, token(provider))
    provider.documents["/keys"] = (503, {})
    assert by_token(aws, token(provider))["Provider"] == ARN
    assert code_of(aws, token(provider, "other")) == (400, "IDPCommunicationError")


def test_nobody_listens() -> None:
    with running() as provider:
        issuer = provider.issuer
    world = demo_world()
    world.oidc_providers[ARN] = OidcProvider(arn=ARN, issuer=issuer, audiences=("rolecall",))
    with StandIn(world) as aws:
        assert code_of(aws, id_token(claims(iss=issuer))) == (400, "IDPCommunicationError")


@pytest.mark.parametrize("drip", [False, True])
def test_a_slow_provider_holds_up_nobody_else(provider: Provider, *, drip: bool) -> None:
    world = replace(demo_world(), fetch_seconds=0.5)
    world.oidc_providers[ARN] = OidcProvider(arn=ARN, issuer=provider.issuer, audiences=("rolecall",))
    provider.drip = drip
    if not drip:
        provider.documents["/keys"] = (200, None)
    outcome: list[tuple[int, str]] = []
    with StandIn(world) as aws:
        asking = threading.Thread(target=lambda: outcome.append(code_of(aws, token(provider))))
        asking.start()
        while not provider.asked:
            assert asking.is_alive()
            threading.Event().wait(0.01)
        assert sts(aws).get_caller_identity()["Arn"]
        assert [each.action for each in aws.requests] == ["GetCallerIdentity"]
        asking.join(20)
    assert outcome == [(400, "IDPCommunicationError")]
