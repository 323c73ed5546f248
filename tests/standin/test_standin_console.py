from __future__ import annotations

import json
import urllib.request
from datetime import timedelta
from http.cookiejar import CookieJar
from typing import TYPE_CHECKING, Any
from urllib.error import HTTPError
from urllib.parse import quote, urlencode

import pytest

from tests.standin.standin_clients import Untyped, arn, keys_of, mfa, sts

if TYPE_CHECKING:
    from collections.abc import Mapping

    from app.standin import StandIn

DEPLOY = arn("123456789012", "Deploy")
HOME = "https://eu-west-1.console.aws.amazon.com/console/home?region=eu-west-1#a"


def session(keys: Mapping[str, Any], **changed: object) -> str:
    given = {
        "sessionId": keys["AccessKeyId"],
        "sessionKey": keys["SecretAccessKey"],
        "sessionToken": keys["SessionToken"],
    }
    return json.dumps({**given, **changed})


def browse(url: str, body: bytes | None = None, jar: CookieJar | None = None) -> tuple[int, str, str]:
    """Status, body, and the URL one ends at."""
    opener = urllib.request.build_opener(
        urllib.request.ProxyHandler({}), urllib.request.HTTPCookieProcessor(CookieJar() if jar is None else jar)
    )
    try:
        with opener.open(url, body, timeout=20) as answer:
            return answer.status, answer.read().decode(), answer.url
    except HTTPError as error:
        with error:
            return error.code, error.read().decode(), error.url


def ask(aws: StandIn, text: str, *, post: bool = True, **more: Untyped) -> tuple[int, str]:
    fields = urlencode({"Action": "getSigninToken", "Session": text, **more}, quote_via=quote)
    if post:
        return browse(f"{aws.url}/federation", fields.encode())[:2]
    return browse(f"{aws.url}/federation?{fields}")[:2]


def token(aws: StandIn, keys: Mapping[str, Any], **more: Untyped) -> str:
    status, body = ask(aws, session(keys), **more)
    assert status == 200
    found = json.loads(body)
    assert list(found) == ["SigninToken"]
    return str(found["SigninToken"])


def login(aws: StandIn, given: str, where: str = HOME) -> str:
    return f"{aws.url}/federation?{urlencode({'Action': 'login', 'Destination': where, 'SigninToken': given})}"


@pytest.mark.parametrize("post", [True, False])
def test_a_role_signs_in(aws: StandIn, post: bool) -> None:
    given = token(aws, keys_of(aws, DEPLOY), post=post, SessionDuration=43200)
    status, body, url = browse(login(aws, given))
    assert (status, url) == (200, f"{aws.url}/console")
    assert "arn:aws:sts::123456789012:assumed-role/Deploy/alice" in body
    assert "acme-prod (123456789012)" in body
    assert "#a" in body
    assert given not in repr(aws.requests)


def test_a_federated_user_signs_in(aws: StandIn) -> None:
    given = token(aws, sts(aws).get_federation_token(Name="guest")["Credentials"])
    assert "federated-user/guest" in browse(login(aws, given))[1]


def test_an_unknown_or_expired_session_does_not(aws: StandIn) -> None:
    keys = keys_of(aws, DEPLOY)
    alice = aws.world.users["alice"]
    own = {"sessionId": alice.access_key_id, "sessionKey": alice.secret_access_key, "sessionToken": ""}
    wrong = [
        "",
        "[]",
        "{}",
        "{",
        json.dumps(own),
        session(keys, sessionId="ASIAAAAAAAAAAAAAAAAA"),
        session(keys, sessionKey="x"),
        session(keys, sessionToken="x"),
        session(keys, sessionToken=None),
    ]
    assert [ask(aws, text)[0] for text in wrong] == [400] * len(wrong)
    aws.expire(keys["AccessKeyId"])
    assert ask(aws, session(keys))[0] == 400


def test_a_session_ends_by_the_clock_too(aws: StandIn) -> None:
    keys = keys_of(aws, DEPLOY, DurationSeconds=900)
    aws.clock_offset = timedelta(seconds=890)
    assert ask(aws, session(keys))[0] == 200
    aws.clock_offset = timedelta(seconds=901)
    assert ask(aws, session(keys))[0] == 400


@pytest.mark.parametrize(
    ("seconds", "status"), [("899", 400), ("900", 200), ("43200", 200), ("43201", 400), ("x", 400)]
)
def test_the_duration_has_limits(aws: StandIn, seconds: str, status: int) -> None:
    assert ask(aws, session(keys_of(aws, DEPLOY)), SessionDuration=seconds)[0] == status


def test_who_may_ask_for_a_duration(aws: StandIn) -> None:
    hub = keys_of(aws, arn("123456789012", "Hub"), **mfa(aws.world.users["alice"]))
    chained = keys_of(aws, arn("123456789012", "Admin"), hub)
    federated = sts(aws).get_federation_token(Name="guest")["Credentials"]
    assert ask(aws, session(hub), SessionDuration=900)[0] == 200
    for keys in (chained, federated):
        assert ask(aws, session(keys), SessionDuration=900)[0] == 400
        assert ask(aws, session(keys))[0] == 200


def test_a_session_of_get_session_token_cannot_sign_in(aws: StandIn) -> None:
    assert ask(aws, session(sts(aws).get_session_token()["Credentials"]))[0] == 400


def test_a_sign_in_token_lives_for_a_quarter_of_an_hour(aws: StandIn) -> None:
    given = token(aws, keys_of(aws, DEPLOY))
    aws.clock_offset = timedelta(minutes=14)
    assert browse(login(aws, given))[0] == 200
    aws.clock_offset = timedelta(minutes=15, seconds=1)
    assert browse(login(aws, given))[0] == 400
    assert browse(login(aws, "nonsense"))[0] == 400


@pytest.mark.parametrize(
    "where",
    [
        "",
        "https://example.com/",
        "http://console.aws.amazon.com/",
        "https://console.aws.amazon.com.example.com/",
        "https://console.aws.amazon.com@example.com/",
        "https://example.com/?x=https://console.aws.amazon.com/",
        "javascript:alert(1)",
    ],
)
def test_a_destination_is_a_page_of_the_console(aws: StandIn, where: str) -> None:
    assert browse(login(aws, token(aws, keys_of(aws, DEPLOY)), where))[0] == 400


def test_other_partitions_have_consoles_too(aws: StandIn) -> None:
    for where in ("https://console.amazonaws.cn/", "https://console.amazonaws-us-gov.com/", f"{aws.url}/console"):
        assert browse(login(aws, token(aws, keys_of(aws, DEPLOY)), where))[0] == 200


def test_a_console_ends_and_is_nobody_elses(aws: StandIn) -> None:
    jar = CookieJar()
    url = login(aws, token(aws, keys_of(aws, DEPLOY), SessionDuration=7200))
    assert browse(url, jar=jar)[0] == 200
    assert browse(f"{aws.url}/console", jar=jar)[0] == 200
    assert browse(f"{aws.url}/console")[0] == 403
    aws.clock_offset = timedelta(seconds=7100)
    assert browse(f"{aws.url}/console", jar=jar)[0] == 200
    aws.clock_offset = timedelta(seconds=7201)
    assert browse(f"{aws.url}/console", jar=jar)[0] == 403


def test_signing_out_first(aws: StandIn) -> None:
    jar = CookieJar()
    assert browse(login(aws, token(aws, keys_of(aws, DEPLOY))), jar=jar)[0] == 200
    following = login(aws, token(aws, sts(aws).get_federation_token(Name="guest")["Credentials"]))
    status, body, _ = browse(f"{aws.url}/oauth?{urlencode({'Action': 'logout', 'redirect_uri': following})}", jar=jar)
    assert (status, "federated-user/guest" in body) == (200, True)
    assert browse(f"{aws.url}/oauth?Action=logout", jar=jar)[0] == 200
    assert browse(f"{aws.url}/console", jar=jar)[0] == 403
    away = urlencode({"Action": "logout", "redirect_uri": "https://example.com/"})
    assert browse(f"{aws.url}/oauth?{away}")[0] == 400


def test_other_calls_are_refused(aws: StandIn) -> None:
    assert browse(f"{aws.url}/federation?Action=other")[0] == 400
    assert browse(f"{aws.url}/federation")[0] == 400
    assert browse(f"{aws.url}/federation", b"Action=login&SigninToken=x")[0] == 400
    assert browse(f"{aws.url}/elsewhere")[0] == 404


def test_the_page_says_nothing_that_was_put_into_it(aws: StandIn) -> None:
    where = "https://console.aws.amazon.com/<script>alert(1)</script>"
    body = browse(login(aws, token(aws, keys_of(aws, DEPLOY)), where))[1]
    assert "<script>" not in body
