from __future__ import annotations

import http.client
import socket
import threading
import time
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
from botocore.exceptions import ClientError, ConnectionClosedError, HTTPClientError, ReadTimeoutError
from botocore.exceptions import ConnectionError as BotoConnectionError
from botocore.parsers import ResponseParserError

from app.standin import StandIn, demo_world
from tests.standin.standin_clients import Untyped, mfa, plain, refused, sts

if TYPE_CHECKING:
    from app.standin import World

BODY = b"Action=GetCallerIdentity&Version=2011-06-15"
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


def works(aws: StandIn) -> bool:
    return bool(sts(aws).get_caller_identity()["Arn"])


def ask_in_vain(aws: StandIn, ended: list[type[BaseException]]) -> None:
    try:
        plain(aws, "POST", f"{aws.url}/", FORM, BODY)
    except (OSError, http.client.HTTPException) as error:
        ended.append(type(error))


def wait_for_a_request(aws: StandIn) -> None:
    until = time.monotonic() + 20
    while not aws.requests:
        assert time.monotonic() < until
        threading.Event().wait(0.01)


@pytest.mark.parametrize(
    ("kind", "details", "status", "code"),
    [
        ("throttle", {}, 400, "Throttling"),
        ("throttle", {"status": 503, "code": "RequestLimitExceeded"}, 503, "RequestLimitExceeded"),
        ("server-error", {}, 500, "InternalFailure"),
        ("server-error", {"status": 503}, 503, "ServiceUnavailable"),
    ],
)
def test_trouble_of_the_service(aws: StandIn, kind: str, details: dict[str, Untyped], status: int, code: str) -> None:
    aws.fault(kind, times=2, **details)
    for _ in range(2):
        assert plain(aws, "POST", f"{aws.url}/", FORM, BODY) == (status, code)
    assert works(aws)
    assert [(each.status, each.code) for each in aws.requests] == [(status, code)] * 2 + [(200, "")]


def test_boto_repeats_what_was_throttled(aws: StandIn) -> None:
    aws.fault("throttle")
    client = sts(aws, retries={"total_max_attempts": 2, "mode": "standard"})
    assert client.get_caller_identity()["Account"] == "111122223333"
    assert [each.code for each in aws.requests] == ["Throttling", ""]


def test_a_fault_may_be_for_one_action(aws: StandIn) -> None:
    aws.fault("throttle", action="GetSessionToken")
    assert works(aws)
    assert refused(sts(aws).get_session_token).code == "Throttling"
    assert sts(aws).get_session_token()["Credentials"]


def test_the_console_has_faults_too(aws: StandIn) -> None:
    aws.fault("server-error", action="getSigninToken")
    assert plain(aws, "POST", f"{aws.url}/federation", FORM, b"Action=getSigninToken&Session=x")[0] == 500
    assert plain(aws, "POST", f"{aws.url}/federation", FORM, b"Action=getSigninToken&Session=x")[0] == 400


def test_a_captive_portal(aws: StandIn) -> None:
    aws.fault("html")
    status, body = plain(aws, "POST", f"{aws.url}/", FORM, BODY)
    assert (status, body.startswith("<!DOCTYPE html>")) == (200, True)
    aws.fault("html")
    with pytest.raises((ResponseParserError, KeyError)):
        works(aws)


def test_a_reset(aws: StandIn) -> None:
    aws.fault("reset")
    with pytest.raises(ConnectionResetError) as caught:
        plain(aws, "POST", f"{aws.url}/", FORM, BODY)
    # A connection that merely ends is that subclass.
    assert not isinstance(caught.value, http.client.RemoteDisconnected)
    aws.fault("reset")
    with pytest.raises((ConnectionClosedError, BotoConnectionError, HTTPClientError)):
        works(aws)
    assert works(aws)
    assert [(each.status, each.code) for each in aws.requests[:2]] == [(0, "reset"), (0, "reset")]


def test_an_answer_that_is_lost_has_taken_effect(aws: StandIn) -> None:
    given = mfa(aws.world.users["alice"])
    aws.fault("reset", after=True)
    with pytest.raises(HTTPClientError):
        sts(aws).get_session_token(**given)
    assert (aws.requests[0].status, aws.requests[0].code) == (200, "")
    assert refused(lambda: sts(aws).get_session_token(**given)).code == "AccessDenied"


def test_a_reset_without_effect_leaves_the_code_good(aws: StandIn) -> None:
    given = mfa(aws.world.users["alice"])
    aws.fault("reset")
    with pytest.raises(HTTPClientError):
        sts(aws).get_session_token(**given)
    assert sts(aws).get_session_token(**given)["Credentials"]


def test_hanging_ends_with_the_clients_patience(aws: StandIn) -> None:
    aws.fault("hang")
    with pytest.raises(ReadTimeoutError):
        sts(aws, read_timeout=0.3).get_caller_identity()
    assert works(aws)


def test_who_hangs_is_let_go_when_the_faults_are_cleared(aws: StandIn) -> None:
    aws.fault("hang")
    ended: list[type[BaseException]] = []
    thread = threading.Thread(target=ask_in_vain, args=(aws, ended))
    thread.start()
    wait_for_a_request(aws)
    assert thread.is_alive()
    aws.clear_faults()
    thread.join(10)
    assert ended == [http.client.RemoteDisconnected]
    assert works(aws)


def test_clearing_forgets_what_was_to_come(aws: StandIn) -> None:
    aws.fault("throttle", times=100)
    aws.clear_faults()
    assert works(aws)


def test_a_slow_body_arrives_whole(aws: StandIn) -> None:
    aws.fault("slow-body", seconds=0.4)
    started = time.monotonic()
    assert works(aws)
    assert time.monotonic() - started >= 0.4


def test_a_slow_body_tires_an_impatient_client(aws: StandIn) -> None:
    aws.fault("slow-body", seconds=600)
    with pytest.raises((ReadTimeoutError, HTTPClientError)):
        sts(aws, read_timeout=0.3).get_caller_identity()


@pytest.mark.parametrize("details", [{}, {"keep": 0}, {"keep": 10}])
def test_a_cut_body(aws: StandIn, details: dict[str, Untyped]) -> None:
    aws.fault("cut-body", **details)
    with pytest.raises(http.client.IncompleteRead) as caught:
        plain(aws, "POST", f"{aws.url}/", FORM, BODY)
    assert len(caught.value.partial) == details.get("keep", len(caught.value.partial))
    assert caught.value.expected
    assert works(aws)


def date_of(aws: StandIn) -> timedelta:
    connection = http.client.HTTPConnection(urlsplit(aws.url).netloc, timeout=20)
    connection.request("POST", "/", BODY, FORM)
    answer = connection.getresponse()
    answer.read()
    connection.close()
    return parsedate_to_datetime(answer.headers["Date"]) - datetime.now(UTC)


def test_the_clock_may_be_wrong_for_a_call(aws: StandIn) -> None:
    aws.fault("clock", seconds=3600)
    got = refused(sts(aws).get_caller_identity)
    assert got.message.startswith("Signature expired: ")
    assert works(aws)
    aws.fault("clock", seconds=-3600)
    assert abs(date_of(aws) + timedelta(hours=1)) < timedelta(seconds=30)
    assert abs(date_of(aws)) < timedelta(seconds=30)


def test_or_for_all(aws: StandIn) -> None:
    aws.clock_offset = timedelta(minutes=10)
    assert abs(date_of(aws) - timedelta(minutes=10)) < timedelta(seconds=30)
    assert works(aws)


def test_what_is_no_fault(aws: StandIn) -> None:
    with pytest.raises(ValueError, match="there are throttle, server-error"):
        aws.fault("flood")
    with pytest.raises(ValueError, match="has no detail wait"):
        aws.fault("hang", wait=3)


def test_one_connection_serves_many_calls(aws: StandIn) -> None:
    connection = http.client.HTTPConnection(urlsplit(aws.url).netloc, timeout=20)
    connection.connect()
    first = connection.sock
    for _ in range(3):
        connection.request("POST", "/", BODY, FORM)
        connection.getresponse().read()
        assert connection.sock is first
    connection.close()


def test_many_clients_at_once(aws: StandIn) -> None:
    given = mfa(aws.world.users["alice"])
    clients = [sts(aws) for _ in range(8)]
    seen: list[str] = []

    def ask(client: object) -> None:
        try:
            client.get_session_token(**given)  # type: ignore[attr-defined]
            seen.append("ok")
        except ClientError as error:
            seen.append(error.response["Error"]["Code"])

    threads = [threading.Thread(target=ask, args=(client,)) for client in clients]
    for each in threads:
        each.start()
    for each in threads:
        each.join(30)
    assert sorted(seen) == ["AccessDenied"] * 7 + ["ok"]


@pytest.mark.parametrize(
    "head",
    [
        "Content-Length: 2000000\r\n",
        "Content-Length: -1\r\n",
        "Content-Length: x\r\n",
        "Transfer-Encoding: chunked\r\n",
    ],
)
def test_a_body_that_cannot_be_read(aws: StandIn, head: str) -> None:
    parts = urlsplit(aws.url)
    with socket.create_connection((parts.hostname or "", parts.port or 0), timeout=20) as raw:
        raw.sendall(f"POST / HTTP/1.1\r\nHost: {parts.netloc}\r\n{head}\r\n".encode())
        answer = b""
        while piece := raw.recv(65536):
            answer += piece
    assert answer.startswith(b"HTTP/1.1 400 ")


def test_it_stops_while_somebody_hangs_and_starts_again(world: World) -> None:
    aws = StandIn(world)
    with pytest.raises(RuntimeError):
        _ = aws.url
    with aws:
        with pytest.raises(RuntimeError):
            aws.start()
        aws.fault("hang")
        idle = socket.create_connection(("127.0.0.1", urlsplit(aws.url).port or 0), timeout=20)
        ended: list[type[BaseException]] = []
        hanging = threading.Thread(target=ask_in_vain, args=(aws, ended))
        hanging.start()
        wait_for_a_request(aws)
        port = urlsplit(aws.url).port or 0
    hanging.join(20)
    assert ended == [http.client.RemoteDisconnected]
    assert idle.recv(1) == b""
    idle.close()
    with pytest.raises(OSError, match="refused"):
        socket.create_connection(("127.0.0.1", port), timeout=5)
    aws.stop()
    with aws:
        assert works(aws)


def test_two_run_side_by_side() -> None:
    with StandIn(demo_world()) as one, StandIn(demo_world()) as other:
        assert one.url != other.url
        assert works(one)
        assert works(other)
        assert (len(one.requests), len(other.requests)) == (1, 1)
