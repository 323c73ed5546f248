"""Providers that answer wrongly: no token that was not checked, one error that says what to do, no secret in it."""

from __future__ import annotations

import asyncio
import gzip
import json
import logging
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest

from app.adapters.http import Http, HttpOptions
from app.adapters.oidc.client import OidcClient
from app.domain.errors import BadInput, Declined, NetworkTrouble, ProviderTrouble, RolecallError
from app.domain.secret import Secret
from app.domain.web_identity import Tokens, WebIdentityToken
from tests.adapters.oidc.fake_provider import CLIENT, NOW, OTHER, SIGNER, Fake, base64url, seconds
from tests.adapters.oidc.person import ACCESS, REFRESH, told_by
from tests.faults import fault_server as wire
from tests.faults.fault_server import FaultServer, whole
from tests.faults.tally import chosen

if TYPE_CHECKING:
    import socket
    from collections.abc import AsyncIterator, Iterator

    from tests.faults.fault_server import Answer
    from tests.faults.tally import Tally

PATIENCE = 60
DISCOVERY, TOKEN, JWKS, DEVICE = "/.well-known/openid-configuration", "/token", "/jwks", "/device"
Json = dict[str, Any]


def page(value: object, status: int = 200) -> bytes:
    body = value if isinstance(value, (str, bytes)) else json.dumps(value)
    return whole(body, status, kind="application/json", extra=("Connection: close",))


class Place:
    """A provider behind the fault server: truthful, but for the pages that are set."""

    def __init__(self, server: FaultServer) -> None:
        self.server = server
        self.fake = Fake(url=server.url)
        self.pages: dict[str, list[Answer]] = {}
        server.answer = self._route
        self.restore()

    def restore(self) -> None:
        fake = self.fake
        fake.now = NOW
        self.pages = {
            DISCOVERY: [page(fake.discovery())],
            JWKS: [page({"keys": [SIGNER.as_dict(private=False)]})],
            TOKEN: [page({"id_token": fake.token(), "access_token": ACCESS, "refresh_token": f"{REFRESH}-next"})],
            DEVICE: [page(device_code(fake))],
        }
        self.server.asked.clear()

    def _route(self, connected: socket.socket, server: FaultServer) -> None:
        path = urlsplit(server.asked[-1].line.split(" ")[1]).path
        answers = self.pages.get(path, [page("nothing", 404)])
        answer = answers.pop(0) if len(answers) > 1 else answers[0]
        if isinstance(answer, bytes):
            connected.sendall(answer)
        else:
            answer(connected, server)

    def asked(self, path: str) -> int:
        return sum(urlsplit(each.line.split(" ")[1]).path == path for each in self.server.asked)


def device_code(fake: Fake, **changed: object) -> Json:
    found = {
        "device_code": "canary-device-code",
        "user_code": "WDJB-MJHT",
        "verification_uri": f"{fake.url}/activate",
        "expires_in": 600,
        "interval": 5,
        **changed,
    }
    return {name: value for name, value in found.items() if value is not None}


@pytest.fixture
def place() -> Iterator[Place]:
    with FaultServer() as server:
        yield Place(server)


@pytest.fixture
async def http() -> AsyncIterator[Http]:
    made = Http(HttpOptions(connect_timeout=10, read_timeout=10))
    yield made
    await made.aclose()


async def renewed(place: Place, http: Http, kept: list[Secret] | None = None) -> WebIdentityToken | RolecallError:
    """A renewal with the refresh token: it needs the discovery document, the token endpoint and the keys."""

    async def rotated(token: Secret) -> None:
        (kept if kept is not None else []).append(token)

    oidc = OidcClient(http, now=lambda: place.fake.now)
    try:
        async with asyncio.timeout(PATIENCE):
            return await oidc.refresh(
                place.fake.provider(), client_secret=None, refresh_token=Secret(REFRESH), rotated=rotated
            )
    except RolecallError as error:
        return error


def check(got: object, logged: str, *codes: str) -> RolecallError:
    """It is one error of a provider's or the network's, told well, and holds no secret."""
    assert isinstance(got, (ProviderTrouble, NetworkTrouble, BadInput)), f"taken: {got!r}"
    assert not codes or got.code in codes, f"{got.code}: {got}"
    for text in (got.title, got.detail, got.remedy):
        assert text
        assert text.isprintable(), text
        assert len(text) < 3000
    for secret in ("canary", CLIENT + "-secret", place_token(got)):
        assert secret not in told_by(got) + logged
    return got


def place_token(_: object) -> str:
    return "eyJhbGciOi"


def wrong_pages(good: bytes) -> Iterator[tuple[str, Answer]]:
    """What may come in the place of any JSON document."""
    body = good.partition(b"\r\n\r\n")[2]
    for at in range(0, len(body), 64):
        yield f"cut at {at}", page(body[:at])
        yield f"closed at {at}", wire.then_close(good[: len(good) - len(body) + at])
    yield "HTML", whole("<html>Sign in</html>", kind="text/html", extra=("Connection: close",))
    yield "HTML in a script", page("<script>canary</script>")
    for status in (204, 301, 302, 307, 400, 401, 403, 404, 418, 429, 500, 502, 503, 511):
        yield f"{status}, empty", page("", status)
    yield "302 elsewhere", whole(body, 302, extra=("Location: http://127.0.0.1:9/", "Connection: close"))
    for name, text in {
        "a list": "[]",
        "a list of it": f"[{body.decode()}]",
        "a number": "7",
        "null": "null",
        "two of them": body.decode() * 2,
        "junk behind": f"{body.decode()}x",
        "a name twice": body.decode().replace("{", '{"issuer": "x", "issuer": "y",', 1),
        "NaN": body.decode().replace("{", '{"x": NaN,', 1),
        "nested": "[" * 100_000,
        "nested objects": '{"a":' * 100_000,
        "single quotes": body.decode().replace('"', "'"),
        "an object without anything": "{}",
    }.items():
        yield name, page(text)
    yield "not UTF-8", page(body.replace(b"{", b'{"x": "\xff",', 1))
    yield "NULs", page(bytes(1000))
    yield "2 MB", page(b'{"x": "' + b"x" * 2_000_000 + b'"}')
    bomb = gzip.compress(bytes(20_000_000))
    yield "a gzip bomb", whole(bomb, extra=("Content-Encoding: gzip", "Connection: close"))
    yield "reset", wire.then_reset(b"")
    yield "reset in the middle", wire.then_reset(good[: len(good) - len(body) // 2])
    yield "closed at once", wire.then_close(b"")
    yield "no HTTP", wire.then_close(b"220 smtp ready\r\n")


@pytest.mark.parametrize("path", [DISCOVERY, JWKS, TOKEN])
async def test_documents(tally: Tally, place: Place, http: Http, path: str, caplog: pytest.LogCaptureFixture) -> None:
    """Each of the three documents that a renewal needs, wrong in each way."""
    caplog.set_level(logging.DEBUG)
    [good] = place.pages[path]
    assert isinstance(good, bytes)
    for name, answer in chosen(list(wrong_pages(good)), 12):
        with tally.case(f"oidc: {path.rpartition('/')[2]}", name):
            place.restore()
            place.pages[path] = [answer]
            caplog.clear()
            check(await renewed(place, http), caplog.text)
            assert place.asked(TOKEN) <= 1, "a refresh token is sent once"
    with tally.case(f"oidc: {path.rpartition('/')[2]}", "good"):
        place.restore()
        got = await renewed(place, http)
        assert isinstance(got, WebIdentityToken)
        assert got.facts.verified
    with tally.case(f"oidc: {path.rpartition('/')[2]}", "silent"):
        place.restore()
        place.pages[path] = [wire.then_hang()]
        quick = Http(HttpOptions(connect_timeout=0.3, read_timeout=0.3))
        check(await renewed(place, quick), caplog.text, "timeout")
        await quick.aclose()


WRONG: tuple[object, ...] = (
    None,
    7,
    True,
    "",
    [],
    {},
    ["x"],
    "javascript:alert(1)",
    "http://evil.example/",
    "//x",
    "\x9b",
)


async def test_members_of_the_discovery_document(tally: Tally, place: Place, http: Http) -> None:
    """Each member missing, or of another type, or leading elsewhere: refused, or without weight."""
    needed = {"issuer", "token_endpoint", "jwks_uri"}
    for name in place.fake.discovery():
        for value in WRONG:
            with tally.case("oidc: discovery members", f"{name}: {value!r}"):
                place.restore()
                place.pages[DISCOVERY] = [page(place.fake.discovery(**{name: value}))]
                got = await renewed(place, http)
                if name in needed:
                    check(got, "", "oidc-issuer", "oidc-endpoint", "oidc-discovery")
                elif isinstance(got, WebIdentityToken):
                    assert got.facts.verified
                else:
                    check(got, "")


async def test_keys(tally: Tally, place: Place, http: Http) -> None:
    """Sets of keys in which the right one is not, or is not a key to check signatures with."""
    right = SIGNER.as_dict(private=False)
    sets: dict[str, object] = {
        "none": [],
        "another": [OTHER.as_dict(private=False)],
        "another of the same name": [OTHER.as_dict(private=False) | {"kid": "one"}],
        "for encryption": [right | {"use": "enc"}],
        "for another algorithm": [right | {"alg": "ES256"}],
        "may not verify": [right | {"key_ops": ["encrypt"]}],
        "without its modulus": [{n: v for n, v in right.items() if n != "n"}],
        "a short modulus": [right | {"n": base64url(b"\x01" * 64)}],
        "a huge modulus": [right | {"n": "A" * 5000}],
        "a wrong type": [right | {"kty": "oct", "k": base64url(b"k" * 32)}],
        "a number as key": [7, None, "x", []],
        "keys that are a text": "one",
        "5,000 keys": [OTHER.as_dict(private=False)] * 5000,
        "exponent 1": [right | {"e": "AQ"}],
        "not base64": [right | {"n": "\x9b!"}],
    }
    for name, keys in sets.items():
        with tally.case("oidc: keys", name):
            place.restore()
            place.pages[JWKS] = [page({"keys": keys})]
            check(await renewed(place, http), "", "oidc-token-invalid", "oidc-discovery", "answer-too-large")
            assert place.asked(JWKS) <= 2
    with tally.case("oidc: keys", "rotated since"):
        place.restore()
        place.pages[JWKS] = [page({"keys": []}), page({"keys": [right]})]
        assert isinstance(await renewed(place, http), WebIdentityToken)


def wrong_tokens(fake: Fake) -> dict[str, object]:
    good = fake.token()
    head, body, signature = good.split(".")
    now = seconds(NOW)

    def unsigned(algorithm: str) -> str:
        header = base64url(json.dumps({"alg": algorithm, "kid": "one"}).encode())
        return f"{header}.{body}.{signature if algorithm != 'none' else ''}"

    made: dict[str, object] = {
        "aud of another": fake.token(aud="other"),
        "aud of many, ours among them, no azp": fake.token(aud=[CLIENT, "other"]),
        "azp of another": fake.token(azp="other"),
        "aud missing": fake.token(aud=None),
        "aud a number": fake.token(aud=7),
        "iss of another": fake.token(iss="https://evil.example"),
        "iss with a slash": fake.token(iss=f"{fake.url}/"),
        "iss missing": fake.token(iss=None),
        "expired": fake.token(exp=now - 3600),
        "expired in 1970": fake.token(exp=0),
        "exp missing": fake.token(exp=None),
        "exp a text": fake.token(exp="tomorrow"),
        "exp beyond the calendar": fake.token(exp=10**30),
        "exp negative": fake.token(exp=-(10**30)),
        "iat in the future": fake.token(iat=now + 86_400),
        "iat missing": fake.token(iat=None),
        "nbf in the future": fake.token(nbf=now + 86_400),
        "sub missing": fake.token(sub=None),
        "sub a list": fake.token(sub=["alice"]),
        "signed by another": fake.token(key=OTHER),
        "signed by another under our key's name": fake.token(key=OTHER, header={"kid": "one"}),
        "signature changed": f"{head}.{body}.{'A' if signature[0] != 'A' else 'B'}{signature[1:]}",
        "signature gone": f"{head}.{body}.",
        "claims changed": f"{head}.{base64url(json.dumps(fake.claims(sub='root')).encode())}.{signature}",
        "two parts": f"{head}.{body}",
        "five parts": f"{good}.x.y",
        "no token": "not a token",
        "empty": "",
        "a number": 7,
        "a list": [good],
        "missing": None,
        "100 KB": good + "A" * 100_000,
        "not base64": f"{head}.!!!.{signature}",
        "with a line end": f"{good}\n",
        "crit": fake.token(header={"crit": ["b64"], "b64": False}),
        "a name twice": f"{head}.{base64url(b'{' + body_twice(fake) + b'}')}.{signature}",
    }
    for algorithm in ("none", "None", "HS256", "HS512", "PS256", "EdDSA", "RS1", "", "dir"):
        made[f"alg {algorithm or 'empty'}"] = unsigned(algorithm)
    return made


TOKEN_CODES = ("oidc-token-invalid", "oidc-no-id-token", "oidc-answer", "oidc-issuer", "web-identity-token")


def body_twice(fake: Fake) -> bytes:
    return f'"sub": "alice", "sub": "root", "iss": "{fake.url}"'.encode()


async def test_id_tokens(tally: Tally, place: Place, http: Http, caplog: pytest.LogCaptureFixture) -> None:
    """No token is taken that does not keep every rule; the new refresh token that came with it is kept all the same."""
    caplog.set_level(logging.DEBUG)
    for name, token in wrong_tokens(place.fake).items():
        with tally.case("oidc: ID tokens", name):
            place.restore()
            answer = {"id_token": token, "access_token": ACCESS, "refresh_token": f"{REFRESH}-next"}
            place.pages[TOKEN] = [page({n: v for n, v in answer.items() if v is not None})]
            kept: list[Secret] = []
            caplog.clear()
            got = await renewed(place, http, kept)
            check(got, caplog.text, *TOKEN_CODES)
            assert kept == [Secret(f"{REFRESH}-next")], "the person would have to sign in again"


OAUTH = (
    *("invalid_request", "invalid_client", "invalid_grant", "unauthorized_client", "unsupported_grant_type"),
    *("invalid_scope", "access_denied", "server_error", "temporarily_unavailable", "slow_down", "expired_token"),
    *("interaction_required", "login_required", "consent_required", "redirect_uri_mismatch", "unheard_of", ""),
)


async def test_oauth_errors(tally: Tally, place: Place, http: Http) -> None:
    """Each error that a token endpoint may name, with each status, and with words that would do harm."""
    for error in OAUTH:
        for status in (200, 400, 401, 403, 500):
            with tally.case("oidc: OAuth errors", f"{error or 'an empty error'}, {status}"):
                place.restore()
                place.pages[TOKEN] = [page({"error": error, "error_description": f"No \x9b2J {REFRESH}"}, status)]
                check(await renewed(place, http), "")
                assert place.asked(TOKEN) == 1
    for name, told in {
        "a description of 100 KB": {"error": "invalid_grant", "error_description": "x" * 100_000},
        "a description that is a list": {"error": "invalid_grant", "error_description": ["x"]},
        "an error that is a list": {"error": ["invalid_grant"]},
        "an error of 100 KB": {"error": "x" * 100_000},
        "an error that steers": {"error": "\x9b2J\u202e"},
        "an error beside tokens": {"error": "invalid_grant", "id_token": place.fake.token()},
    }.items():
        with tally.case("oidc: OAuth errors", name):
            place.restore()
            place.pages[TOKEN] = [page(told, 400)]
            check(await renewed(place, http), "")


async def test_the_device_flow(tally: Tally, place: Place, http: Http) -> None:
    """It ends, whatever the provider says, and asks no more often than it may."""
    fake = place.fake
    pending, slower = (page({"error": each}, 400) for each in ("authorization_pending", "slow_down"))
    late = fake.token(exp=seconds(NOW + timedelta(days=30)))
    good = page({"id_token": late})
    sequences: dict[str, tuple[list[Answer], Json, str]] = {
        "good": ([pending, good], {}, "good"),
        "slower and slower": ([slower, slower, slower, good], {}, "good"),
        "a 503 on the way": ([page("", 503), good], {}, "good"),
        "a reset on the way": ([wire.then_reset(b""), good], {}, "good"),
        "denied": ([pending, page({"error": "access_denied"}, 400)], {}, "declined"),
        "expired, three times": ([page({"error": "expired_token"}, 400)], {}, "oidc-timeout"),
        "pending for ever": ([pending], {"interval": 30}, "oidc-timeout"),
        "slower for ever": ([slower], {}, "oidc-timeout"),
        "an unknown error": ([page({"error": "novelty"}, 400)], {}, "oidc-refused"),
        "interval 0": ([pending, good], {"interval": 0}, "good"),
        "interval negative": ([pending, good], {"interval": -5}, "good"),
        "interval of years": ([pending, good], {"interval": 10**12}, "good"),
        "interval a text": ([pending, good], {"interval": "5"}, "good"),
        "interval beyond floats": ([pending, good], {"interval": 10**400}, "good"),
        "life 0": ([pending, good], {"expires_in": 0}, "good"),
        "life negative": ([pending, good], {"expires_in": -1}, "good"),
        "life of centuries": ([pending], {"expires_in": 10**15, "interval": 60}, "oidc-timeout"),
        "life beyond floats": ([pending], {"expires_in": 10**400, "interval": 60}, "oidc-timeout"),
        "no device code": ([good], {"device_code": None}, "oidc-answer"),
        "no user code": ([good], {"user_code": None}, "oidc-answer"),
        "a user code that steers": ([good], {"user_code": "\x9b2J"}, "oidc-answer"),
        "a user code of 1 KB": ([good], {"user_code": "W" * 1000}, "oidc-answer"),
        "no address": ([good], {"verification_uri": None}, "oidc-endpoint"),
        "an address of script": ([good], {"verification_uri": "javascript:alert(1)"}, "oidc-endpoint"),
        "a file": ([good], {"verification_uri": "file:///etc/passwd"}, "oidc-endpoint"),
        "a complete address of script": ([good], {"verification_uri_complete": "javascript:x"}, "oidc-endpoint"),
        "HTML": ([page("<html>")], {}, "oidc-answer"),
    }
    for name, (answers, changed, code) in sequences.items():
        with tally.case("oidc: device flow", name):
            place.restore()
            place.pages[TOKEN] = list(answers)
            place.pages[DEVICE] = [page(device_code(fake, **changed))]
            pauses: list[float] = []
            got = await _on_device(place, http, pauses)
            if code == "good":
                assert isinstance(got, Tokens)
            elif code == "declined":
                assert isinstance(got, Declined)
            else:
                check(got, "", code)
            assert all(1 <= each <= 120 for each in pauses)
            assert place.asked(TOKEN) <= len(pauses)


async def _on_device(place: Place, http: Http, pauses: list[float]) -> Tokens | RolecallError:
    async def pause(length: float) -> None:
        pauses.append(length)
        place.fake.now += timedelta(seconds=length)

    oidc = OidcClient(http, now=lambda: place.fake.now, sleep=pause)
    try:
        async with asyncio.timeout(PATIENCE):
            return await oidc.sign_in_on_device(place.fake.provider(), client_secret=None, show=lambda _: None)
    except RolecallError as error:
        return error
