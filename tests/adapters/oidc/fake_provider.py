"""A provider that answers as it is told, truthfully or not, and remembers what it was asked."""

from __future__ import annotations

import asyncio
import base64
import json
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl

from joserfc import jwk, jws

from app.adapters.http import Http, HttpOptions
from app.adapters.oidc.client import OidcClient
from app.domain.configuration import Provider

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
CLIENT = "rolecall"
SIGNER = jwk.RSAKey.generate_key(2048, {"kid": "one"})
OTHER = jwk.RSAKey.generate_key(2048, {"kid": "two"})

Json = dict[str, Any]


def base64url(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode("ascii")


def compact(header: str, payload: str, signature: bytes = b"signature") -> str:
    """A token of any two texts."""
    return ".".join((base64url(header.encode()), base64url(payload.encode()), base64url(signature)))


def seconds(moment: datetime) -> int:
    return int(moment.timestamp())


@dataclass(frozen=True, slots=True)
class Asked:
    method: str
    path: str
    headers: dict[str, str]
    form: dict[str, str]


@dataclass(slots=True)
class Fake:
    """Answers are `(status, object or text)`. What has no answer is a 404. The last answer of a path stays."""

    url: str = ""
    now: datetime = NOW
    asked: list[Asked] = field(default_factory=list)
    answers: dict[str, list[tuple[int, Json | str]]] = field(default_factory=dict)

    def will(self, path: str, *answers: Json | str | tuple[int, Json | str]) -> None:
        self.answers[path] = [each if isinstance(each, tuple) else (200, each) for each in answers]

    def discovery(self, **changed: object) -> Json:
        """The discovery document; a member changed to None is missing."""
        found = {
            "issuer": self.url,
            "authorization_endpoint": f"{self.url}/auth",
            "token_endpoint": f"{self.url}/token",
            "jwks_uri": f"{self.url}/jwks",
            "device_authorization_endpoint": f"{self.url}/device",
            "revocation_endpoint": f"{self.url}/revoke",
            "end_session_endpoint": f"{self.url}/end",
            "token_endpoint_auth_methods_supported": ["none", "client_secret_basic"],
            **changed,
        }
        return {name: value for name, value in found.items() if value is not None}

    def discovers(self, **changed: object) -> None:
        self.will("/.well-known/openid-configuration", self.discovery(**changed))

    def publishes(self, *keys: jwk.Key | Json) -> None:
        self.will("/jwks", {"keys": [each if isinstance(each, dict) else each.as_dict(private=False) for each in keys]})

    def claims(self, **changed: object) -> Json:
        """Those of a good token; a claim changed to None is missing."""
        found = {
            "iss": self.url,
            "sub": "alice",
            "aud": CLIENT,
            "iat": seconds(self.now),
            "exp": seconds(self.now + timedelta(hours=1)),
            **changed,
        }
        return {name: value for name, value in found.items() if value is not None}

    def token(self, *, key: jwk.Key = SIGNER, header: Json | None = None, **changed: object) -> str:
        head = {"alg": "RS256", "kid": key.kid, **(header or {})}
        registry = jws.JWSRegistry(algorithms=[str(head["alg"])], strict_check_header=False)
        payload = json.dumps(self.claims(**changed))
        return jws.serialize_compact({n: v for n, v in head.items() if v is not None}, payload, key, registry=registry)

    def provider(self, **changed: Any) -> Provider:  # noqa: ANN401  # settings are of many types
        return replace(Provider(name="login", type="oidc", issuer=self.url, client_id=CLIENT), **changed)

    def requests(self, path: str) -> list[Asked]:
        return [each for each in self.asked if each.path.partition("?")[0] == path]

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while True:
                asked = await _read(reader)
                self.asked.append(asked)
                answers = self.answers.get(asked.path.partition("?")[0], [(404, "nothing here")])
                status, body = answers.pop(0) if len(answers) > 1 else answers[0]
                content = (body if isinstance(body, str) else json.dumps(body)).encode("utf-8", "surrogatepass")
                writer.write(f"HTTP/1.1 {status} Whatever\r\nContent-Length: {len(content)}\r\n\r\n".encode() + content)
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            return
        finally:
            writer.close()


async def _read(reader: asyncio.StreamReader) -> Asked:
    first, *rest = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").rstrip("\r\n").split("\r\n")
    method, path, _ = first.split(" ")
    headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in rest)}
    body = (await reader.readexactly(int(headers.get("content-length", "0")))).decode()
    return Asked(method, path, headers, dict(parse_qsl(body, keep_blank_values=True)))


@asynccontextmanager
async def faking() -> AsyncIterator[Fake]:
    """A provider with one key, truthful until told otherwise."""
    fake = Fake()
    tasks: set[asyncio.Task[None]] = set()

    def connected(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        tasks.add(asyncio.get_running_loop().create_task(fake.serve(reader, writer)))

    server = await asyncio.start_server(connected, "127.0.0.1", 0)
    fake.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    fake.discovers()
    fake.publishes(SIGNER)
    try:
        yield fake
    finally:
        server.close()
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await server.wait_closed()


@dataclass(slots=True)
class Pauses:
    """Stands in for sleeping: the provider's and the client's time goes on by as much."""

    fake: Fake
    taken: list[float] = field(default_factory=list)

    async def __call__(self, length: float) -> None:
        self.taken.append(length)
        self.fake.now += timedelta(seconds=length)


@asynccontextmanager
async def client_of(fake: Fake, *, patience: float = 30.0, sleep: Pauses | None = None) -> AsyncIterator[OidcClient]:
    http = Http(HttpOptions(connect_timeout=5, read_timeout=5))
    try:
        yield OidcClient(http, now=lambda: fake.now, sleep=sleep or Pauses(fake), patience=patience)
    finally:
        await http.aclose()
