from __future__ import annotations

import json
import logging
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlsplit

import pytest

from app.adapters.console_sign_in import ConsoleSignInClient
from app.adapters.http import Http, HttpOptions
from app.domain.credentials import Credentials
from app.domain.errors import BadInput, Denied, NetworkTrouble, Retry, RolecallError, ServiceTrouble
from app.domain.secret import Secret
from tests.adapters.sts.raw_server import Seen, answer, cut, reset, serving

if TYPE_CHECKING:
    from app.ports import ConsoleSignIn
    from tests.adapters.sts.raw_server import Answer, Server

CREDENTIALS = Credentials(
    access_key_id="ASIAIOSFODNN7EXAMPLE",
    secret_access_key=Secret("canary/secret+key"),
    session_token=Secret("canary/session+token=="),
    expires=datetime(2026, 11, 22, 2, 30, tzinfo=UTC),
)
GOOD = answer('{"SigninToken": "canary-signin-token"}')
REFUSED = answer("Session canary is not valid", 400)
NO_POST = answer("", 405)


def form(seen: Seen) -> dict[str, str]:
    text = seen.body.decode() if seen.method == "POST" else urlsplit(seen.target).query
    return dict(parse_qsl(text, strict_parsing=True))


async def sign_in(server: Server, duration: int | None = None) -> Secret:
    http = Http(HttpOptions(connect_timeout=2, read_timeout=2))
    door: ConsoleSignIn = ConsoleSignInClient(http, override=server.url)
    try:
        return await door.sign_in_token(CREDENTIALS, region="eu-west-1", duration_seconds=duration)
    finally:
        await http.aclose()


async def refused(*answers: Answer, duration: int | None = None) -> tuple[RolecallError, Server]:
    async with serving(*answers) as server:
        with pytest.raises(RolecallError) as caught:
            await sign_in(server, duration)
    error: BaseException | None = caught.value
    while error is not None:
        assert "canary" not in f"{error!r}{error}{vars(error)}"
        error = error.__cause__ or error.__context__
    assert caught.value.remedy
    return caught.value, server


async def test_a_form_is_posted_and_a_token_comes_back() -> None:
    async with serving(GOOD) as server:
        token = await sign_in(server, 3600)
    assert token.reveal() == "canary-signin-token"
    assert "canary" not in repr(token)
    (seen,) = server.seen
    assert (seen.method, seen.target) == ("POST", "/federation")
    assert seen.headers["content-type"] == "application/x-www-form-urlencoded"
    fields = form(seen)
    assert json.loads(fields.pop("Session")) == {
        "sessionId": "ASIAIOSFODNN7EXAMPLE",
        "sessionKey": "canary/secret+key",
        "sessionToken": "canary/session+token==",
    }
    assert fields == {"Action": "getSigninToken", "SessionDuration": "3600"}


async def test_without_a_wish_no_duration_is_sent() -> None:
    async with serving(GOOD) as server:
        await sign_in(server)
    assert "SessionDuration" not in form(server.seen[0])


@pytest.mark.parametrize(
    ("answers", "tries"),
    [
        ((REFUSED, GOOD), [("POST", True), ("POST", False)]),
        ((NO_POST, GOOD), [("POST", True), ("GET", True)]),
        ((NO_POST, REFUSED, GOOD), [("POST", True), ("GET", True), ("GET", False)]),
        ((REFUSED, REFUSED, GOOD), [("POST", True), ("POST", False), ("GET", True)]),
        ((REFUSED, NO_POST, REFUSED, GOOD), [("POST", True), ("POST", False), ("GET", True), ("GET", False)]),
    ],
)
async def test_the_ways_back_with_a_duration(answers: tuple[Answer, ...], tries: list[tuple[str, bool]]) -> None:
    async with serving(*answers) as server:
        assert (await sign_in(server, 3600)).reveal() == "canary-signin-token"
    assert [(seen.method, "SessionDuration" in form(seen)) for seen in server.seen] == tries
    assert all("sessionToken" in form(seen)["Session"] for seen in server.seen)


@pytest.mark.parametrize("first", [REFUSED, NO_POST])
async def test_the_way_back_without_a_duration(first: Answer) -> None:
    async with serving(first, GOOD) as server:
        await sign_in(server)
    assert [seen.method for seen in server.seen] == ["POST", "GET"]


@pytest.mark.parametrize(("duration", "tries"), [(None, 2), (3600, 4)])
async def test_a_session_that_is_refused_every_way(duration: int | None, tries: int) -> None:
    error, server = await refused(REFUSED, duration=duration)
    assert isinstance(error, Denied)
    assert error.code == "console-refused"
    assert len(server.seen) == tries


@pytest.mark.parametrize(
    ("raw", "kind", "code"),
    [
        (answer("", 403), Denied, "console-refused"),
        (answer("", 401), Denied, "console-refused"),
        (answer("", 500), ServiceTrouble, "console-unavailable"),
        (answer("", 429), ServiceTrouble, "console-unavailable"),
        (answer("<html></html>"), NetworkTrouble, "not-aws"),
        (answer("<html></html>", 511), NetworkTrouble, "not-aws"),
        (answer("", 302, headers=(("Location", "http://127.0.0.1:1/"),)), NetworkTrouble, "not-aws"),
        (answer(""), NetworkTrouble, "not-aws"),
        (answer("{}"), NetworkTrouble, "not-aws"),
        (answer("[]"), NetworkTrouble, "not-aws"),
        (answer('{"SigninToken": ""}'), NetworkTrouble, "not-aws"),
        (answer('{"SigninToken": 7}'), NetworkTrouble, "not-aws"),
        (answer('{"SigninToken": "a b"}'), NetworkTrouble, "not-aws"),
        (answer("[" * 100_000), NetworkTrouble, "not-aws"),
        (answer(b"\xff\xfe"), NetworkTrouble, "not-aws"),
        (reset, NetworkTrouble, "reset"),
        (cut(GOOD[:-5]), NetworkTrouble, "reset"),
    ],
)
async def test_other_answers(raw: Answer, kind: type[RolecallError], code: str) -> None:
    error, server = await refused(raw, duration=3600)
    assert isinstance(error, kind)
    assert error.code == code
    assert (error.retry is Retry.BACK_OFF) == (kind is not Denied)
    assert [seen.method for seen in server.seen] == ["POST"]


async def test_nothing_is_logged_even_when_the_url_carries_it_all(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    async with serving(NO_POST, GOOD) as server:
        await sign_in(server, 3600)
    assert server.seen[1].method == "GET"
    assert "canary" not in caplog.text


@pytest.mark.parametrize("region", ["us-iso-east-1", "eu-isoe-west-1"])
async def test_partitions_without_public_sign_in(region: str) -> None:
    http = Http(HttpOptions())
    with pytest.raises(BadInput) as caught:
        await ConsoleSignInClient(http).sign_in_token(CREDENTIALS, region=region, duration_seconds=None)
    assert caught.value.code == "console-partition"
    await http.aclose()


async def test_an_override_that_would_leak() -> None:
    http = Http(HttpOptions())
    door = ConsoleSignInClient(http, override="http://example.com")
    with pytest.raises(BadInput) as caught:
        await door.sign_in_token(CREDENTIALS, region="eu-west-1", duration_seconds=None)
    assert caught.value.field == "ROLECALL_SIGNIN_ENDPOINT"
    await http.aclose()
