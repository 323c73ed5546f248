"""Whatever answers in the place of STS: right credentials come of it, or one error that says what to do."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import re
from dataclasses import fields, replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from app.adapters import http as http_module
from app.adapters import loopback
from app.adapters.http import Http, HttpOptions
from app.adapters.sts import decode, errors, replies, whose
from app.adapters.sts.client import StsClient, StsOptions
from app.domain.credentials import Credentials
from app.domain.endpoints import EndpointOptions
from app.domain.errors import Retry, RolecallError
from app.domain.sts_answers import AssumedRole
from tests.adapters.sts.client_rig import call
from tests.adapters.sts.sts_helpers import ASSUME, KEY, REQUESTS, SESSION, WITH_CODE
from tests.faults import fault_answers as answers
from tests.faults import fault_server as wire
from tests.faults import fault_times
from tests.faults.fault_server import FaultServer
from tests.faults.tally import chosen

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

    from app.domain.sts_requests import Request
    from tests.faults.fault_answers import Case
    from tests.faults.tally import Tally

CANARIES = ("canary", "654321")
ROW, ONCE, CUT, CLOCK = "sts: answers", "sts: answers to an MFA code", "sts: cut every 64 bytes", "sts: about time"
DOCUMENTED = frozenset(
    code
    for module in (http_module, errors, replies, decode, whose, loopback)
    for code in re.findall(r"`([a-z-]+)`", module.__doc__ or "")
)
RETRIES = 2
FAST = HttpOptions(connect_timeout=10, read_timeout=10, max_in_flight=64)
HURRIED = HttpOptions(connect_timeout=0.3, read_timeout=0.3, max_in_flight=64)
LONGEST = 60


@pytest.fixture
def elsewhere() -> Iterator[FaultServer]:
    """Where nobody may ever be sent to."""
    with FaultServer() as server:
        server.answer = wire.whole("stolen")
        yield server


@pytest.fixture
def server() -> Iterator[FaultServer]:
    with FaultServer() as serving:
        yield serving


@contextlib.asynccontextmanager
async def connections(options: HttpOptions) -> AsyncIterator[Http]:
    """Connections that are all closed in the end."""
    made = Http(options)
    try:
        yield made
    finally:
        await made.aclose()


@pytest.fixture
async def http() -> AsyncIterator[Http]:
    async with connections(FAST) as made:
        yield made


def sent_elsewhere(case: Case, elsewhere: FaultServer) -> Case:
    """The case with the port of the place that nobody may be sent to."""
    if not isinstance(case.answer, bytes):
        return case
    answer = case.answer
    if b"@ELSEWHERE@" in answer:
        body = answer.partition(b"\r\n\r\n")[2]
        grown = body.replace(b"@ELSEWHERE@", str(elsewhere.port).encode())
        answer = answer.replace(b"@ELSEWHERE@", str(elsewhere.port).encode())
        answer = answer.replace(b"Content-Length: %d" % len(body), b"Content-Length: %d" % len(grown))
    return replace(case, answer=answer)


async def outcome(
    server: FaultServer,
    request: Request,
    http: Http,
    **signer: Any,  # noqa: ANN401  # of call
) -> tuple[Any, StsClient]:
    """What becomes of a call: an answer, or the error of our tree. Nothing else leaves, and it ends."""
    options = StsOptions(
        endpoints=EndpointOptions(sts_override=server.url), max_retries=RETRIES, retry_base=0.001, patience=LONGEST
    )
    pauses: list[float] = []

    async def pause(seconds: float) -> None:
        pauses.append(seconds)

    sts = StsClient(http, options, sleep=pause)
    async with asyncio.timeout(LONGEST):
        try:
            return await call(sts, request, **signer), sts
        except RolecallError as error:
            return error, sts


def check_error(error: RolecallError, case: Case, sts: StsClient, logged: str) -> None:
    """It says what, why and what to do; and nothing that is secret is anywhere."""
    assert error.code in case.codes, f"{error.code}: {error}"
    assert error.code in DOCUMENTED
    assert error.title
    assert error.detail or "no Message" in case.name
    assert error.remedy
    for text in (error.title, error.detail, error.remedy, error.request_id, error.field):
        assert text.isprintable(), f"it steers a terminal: {text!r}"
        assert len(text) <= replies.MESSAGE_LONGEST
    assert len(error.request_id) <= 200
    for told in (logged, repr(sts.exchanges), *_told(error)):
        assert not [canary for canary in CANARIES if canary in told], "a secret is told"


def _told(error: BaseException) -> Iterator[str]:
    waiting: list[BaseException | None] = [error]
    while waiting:
        each = waiting.pop()
        if each is not None:
            yield f"{each!r} {each} {vars(each)}"
            waiting += [each.__cause__, each.__context__]


def check_good(got: object, sts: StsClient) -> None:
    """They are what was sent, whole."""
    assert isinstance(got, AssumedRole)
    found = got.credentials
    assert isinstance(found, Credentials)
    assert found.access_key_id == answers.KEY_ID
    assert found.secret_access_key.reveal() == answers.SECRET
    assert found.session_token.reveal() in (answers.TOKEN, f"canary{'x' * 100_000}")
    assert timedelta(minutes=30) < found.expires - datetime.now(UTC) <= answers.LIFE
    assert got.arn == "arn:aws:sts::123456789012:assumed-role/Admin/alice"
    for text in (got.request_id, got.source_identity, got.assumed_role_id):
        assert text.isprintable()
        assert len(text) <= 2048
    assert "canary" not in repr(got) + repr(sts.exchanges)


async def try_case(case: Case, server: FaultServer, http: Http, caplog: pytest.LogCaptureFixture) -> None:
    """One answer, given to a call without and to one with an MFA code."""
    for request in (ASSUME, WITH_CODE):
        caplog.clear()
        server.set(case.answer)
        got, sts = await outcome(server, request, http)
        if isinstance(got, RolecallError):
            check_error(got, case, sts, caplog.text)
            repeated = got.retry is Retry.BACK_OFF and request is ASSUME
            assert len(server.asked) == (1 + RETRIES if repeated else 1), f"{len(server.asked)} calls, {got.retry}"
        else:
            assert not case.codes, "credentials, and not an error"
            check_good(got, sts)
            assert len(server.asked) == 1


async def test_every_answer_is_right_or_one_error(
    tally: Tally, caplog: pytest.LogCaptureFixture, server: FaultServer, elsewhere: FaultServer
) -> None:
    caplog.set_level(logging.DEBUG)
    cases = fault_times.all_cases(datetime.now(UTC))
    assert len({case.name for case in cases}) == len(cases)
    quick, slow = [c for c in cases if not c.slow], [c for c in cases if c.slow]
    for options, some in ((FAST, chosen(quick, 80)), (HURRIED, chosen(slow, 2))):
        async with connections(options) as http:
            for case in some:
                with tally.case(ROW, case.name):
                    await try_case(sent_elsewhere(case, elsewhere), server, http, caplog)
    with tally.case("sts: nobody is sent elsewhere", "all of them"):
        assert elsewhere.connections == 0


@pytest.mark.parametrize("action", sorted(REQUESTS))
async def test_an_answer_that_is_cut_is_no_answer(tally: Tally, action: str, server: FaultServer, http: Http) -> None:
    """At every 64 bytes: closed there, and sent as if that were all."""
    expires = datetime.now(UTC) + answers.LIFE
    body = answers.answer_of(action, expires)
    whole = wire.whole(body)
    for at in chosen(range(0, len(whole), 64), 4):
        with tally.case(CUT, f"{action}, closed at {at}"):
            server.set(wire.then_close(whole[:at]))
            got, _ = await outcome(server, REQUESTS[action], http)
            assert isinstance(got, RolecallError)
            assert got.code == "reset"
    for at in chosen(range(0, len(body), 64), 4):
        with tally.case(CUT, f"{action}, {at} bytes of document"):
            server.set(wire.whole(body[:at]))
            got, _ = await outcome(server, REQUESTS[action], http)
            assert isinstance(got, RolecallError)
            assert got.code in {"answer-broken", "not-aws"}
    with tally.case(CUT, f"{action}, whole"):
        server.set(whole)
        got, _ = await outcome(server, REQUESTS[action], http)
        assert not isinstance(got, RolecallError)


@pytest.mark.parametrize("minutes", [0, -20, 20])
async def test_a_refusal_about_time_is_repeated_once_at_most(
    tally: Tally, minutes: int, server: FaultServer, http: Http
) -> None:
    real = datetime.now(UTC)
    for case in fault_times.clock_cases(real + timedelta(minutes=minutes)):
        for request, signer in ((ASSUME, KEY), (ASSUME, SESSION), (WITH_CODE, KEY)):
            with tally.case(CLOCK, f"{case.name}, {minutes} min off"):
                server.set(case.answer)
                got, sts = await outcome(server, request, http, signer=signer)
                assert isinstance(got, RolecallError)
                check_error(got, case, sts, "")
                off = "no Date" not in case.name and (minutes or "hour off" in case.name)
                assert len(server.asked) == (2 if off and request is ASSUME else 1)


async def test_what_is_left_over_of_an_answer_is_not_the_next_one(
    tally: Tally, server: FaultServer, http: Http
) -> None:
    """Two answers to one request: the second one is to nobody's question."""
    expires = datetime.now(UTC) + answers.LIFE
    mine, other = wire.whole(answers.good_body(expires)), answers.good_body(expires, key_id="ASIAWRONGWRONG000001")
    for name, extra in (
        ("an answer", wire.whole(other)),
        ("half an answer", wire.whole(other)[:90]),
        ("junk", b"junk" * 100),
        ("100 Continue", b"HTTP/1.1 100 Continue\r\n\r\n"),
        ("an error", wire.whole(answers.error_body("AccessDenied"), 403)),
    ):
        with tally.case("sts: left over", name):
            server.set(mine, mine + extra)
            for _ in range(3):
                got, sts = await outcome(server, ASSUME, http)
                check_good(got, sts)


async def test_other_actions_get_the_same_faults(
    tally: Tally, caplog: pytest.LogCaptureFixture, server: FaultServer, http: Http
) -> None:
    """Each action has its own reader: wrong values, in each element that it reads."""
    caplog.set_level(logging.DEBUG)
    expires = datetime.now(UTC) + answers.LIFE
    for action, request in sorted(REQUESTS.items()):
        body = answers.answer_of(action, expires).decode()
        for name in sorted(set(re.findall(r"<([A-Za-z]+)>[^<]*</\1>", body)) - {"RequestId"}):
            element = re.search(rf"<{name}>[^<]*</{name}>", body)
            assert element is not None
            for what, text in (
                ("steering", f"<{name}>\x9b2Jcanary\n[x]</{name}>"),
                ("twice", element.group() * 2),
                ("a list", f"<{name}><member/></{name}>"),
            ):
                with tally.case("sts: elements of every action", f"{action}: {name} {what}"):
                    server.set(wire.whole(body.replace(element.group(), text)))
                    got, sts = await outcome(server, request, http)
                    if isinstance(got, RolecallError):
                        check_error(got, replace(_ANY, codes=DOCUMENTED), sts, caplog.text)
                        continue
                    assert what == "steering", f"taken: {got}"
                    assert name in MADE_HARMLESS, f"taken: {got}"
                    assert name == "DecodedMessage" or all(text.isprintable() for text in texts_of(got))


def texts_of(answer: Any) -> list[str]:  # noqa: ANN401  # of eight kinds
    values = [getattr(answer, each.name) for each in fields(answer)]
    return [value for value in values if isinstance(value, str)]


MADE_HARMLESS = frozenset(
    {"SourceIdentity", "Subject", "SubjectType", "Issuer", "Audience", "NameQualifier", "Provider", "DecodedMessage"}
    | {"SubjectFromWebIdentityToken"}
)
"""What a provider, or who made a policy, may have a say in; a decoded message is JSON, and shown as such."""
_ANY = answers.Case(name="any", answer=b"", codes=frozenset())


async def test_the_sweep_sees_what_is_wrong(tally: Tally, server: FaultServer, http: Http) -> None:
    """What it says of credentials that are not those of the answer, and of an error that tells a secret."""
    expires = datetime.now(UTC) + answers.LIFE
    server.set(wire.whole(answers.good_body(expires, key_id="ASIAWRONGWRONG000001")))
    got, sts = await outcome(server, ASSUME, http)
    with tally.case("sts: the sweep itself", "wrong credentials"), pytest.raises(AssertionError):
        check_good(got, sts)
    case = replace(_ANY, codes=frozenset({"answer-incomplete"}))
    for name, told in (("secret", f"the token is {answers.TOKEN}"), ("sign for terminals", "\x9b2J")):
        with tally.case("sts: the sweep itself", f"a {name} in an error"), pytest.raises(AssertionError):
            check_error(replies.incomplete("host", told), case, sts, "")
    check_error(replies.incomplete("host", "harmless"), case, sts, "")
