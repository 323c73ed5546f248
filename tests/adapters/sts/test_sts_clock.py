"""Whose time it is: skew measured on answers, refusals about time, expiry told by AWS's clock."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from app.domain.errors import Denied, Retry
from app.domain.secret import Secret
from tests.adapters.sts.client_rig import bad, call, client, good, refused
from tests.adapters.sts.raw_server import answer
from tests.adapters.sts.sts_helpers import (
    ASSUME,
    NOW,
    REQUESTS,
    WITH_CODE,
    Time,
    http_date,
)

# --- Time -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("offset", "skew"),
    [
        (timedelta(seconds=0), timedelta()),
        (timedelta(seconds=1), timedelta()),
        (timedelta(seconds=-2), timedelta()),
        (timedelta(seconds=90), timedelta(seconds=90.5)),
        (timedelta(hours=-3), timedelta(hours=-3, seconds=0.5)),
    ],
)
async def test_skew_is_measured_on_every_answer(offset: timedelta, skew: timedelta) -> None:
    async with client(good("GetCallerIdentity", offset), bad("AccessDenied", 403, offset)) as (sts, _, time):
        assert sts.clock_skew == timedelta()
        await call(sts, REQUESTS["GetCallerIdentity"])
        assert sts.clock_skew == skew
        await refused(sts)
        assert sts.clock_skew == skew
        assert time.now() == NOW


async def test_skew_does_not_jitter_and_goes_away_when_the_clock_was_set() -> None:
    minute = timedelta(seconds=60)
    answers = [good("GetCallerIdentity", offset) for offset in (minute, minute + timedelta(seconds=1), minute * 2)]
    async with client(*answers, good("GetCallerIdentity", timedelta())) as (sts, _, _time):
        measured = []
        for _ in range(4):
            await call(sts, REQUESTS["GetCallerIdentity"])
            measured.append(sts.clock_skew.total_seconds())
    assert measured == [60.5, 60.5, 120.5, 0.0]


@pytest.mark.parametrize(("body", "status"), [("<html></html>", 200), ("", 503)])
async def test_a_strangers_clock_is_not_believed(body: str, status: int) -> None:
    async with client(answer(body, status, date=http_date(NOW + timedelta(days=9))), max_retries=0) as (sts, _, _time):
        await refused(sts)
        assert sts.clock_skew == timedelta()


async def test_signatures_and_expiry_use_awss_time() -> None:
    ahead = timedelta(minutes=45)
    async with client(good("GetCallerIdentity", ahead), good("AssumeRole", ahead), good("AssumeRole", ahead * 2)) as (
        sts,
        server,
        _,
    ):
        await call(sts, REQUESTS["GetCallerIdentity"])
        await call(sts, ASSUME)
        # By AWS's clock these credentials, good until 02:30, have expired.
        assert (await refused(sts)).code == "answer-expired"
    assert [seen.headers["x-amz-date"] for seen in server.seen[:2]] == ["20261122T013000Z", "20261122T021500Z"]


@pytest.mark.parametrize("name", ["SignatureExpired", "SignatureNotYetCurrent", "RequestExpired", "RequestInTheFuture"])
@pytest.mark.parametrize("minutes", [-10, 10])
async def test_a_refusal_about_time_is_repeated_once_with_the_right_time(name: str, minutes: int) -> None:
    offset = timedelta(minutes=minutes)
    async with client(bad(name, 403, offset), good("AssumeRole", offset)) as (sts, server, time):
        await call(sts, ASSUME)
        assert sts.clock_skew == offset + timedelta(seconds=0.5)
    assert len(server.seen) == 2
    assert server.seen[1].headers["x-amz-date"] == (NOW + offset).strftime("%Y%m%dT%H%M%SZ")
    assert not time.pauses


async def test_a_refusal_about_time_is_repeated_only_once() -> None:
    offset = timedelta(minutes=10)
    async with client(bad("SignatureExpired", 403, offset), bad("SignatureExpired", 403, offset * 3)) as (
        sts,
        server,
        _,
    ):
        error = await refused(sts)
    assert len(server.seen) == 2
    assert isinstance(error, Denied)
    assert error.retry is Retry.NEVER


@pytest.mark.parametrize("offset", [None, timedelta(), timedelta(minutes=3, seconds=58)])
async def test_a_refusal_about_time_is_final_when_the_clock_is_right(offset: timedelta | None) -> None:
    async with client(bad("SignatureExpired", 403, offset), good()) as (sts, server, _):
        error = await refused(sts)
    assert len(server.seen) == 1
    assert error.retry is Retry.NEVER


class Asleep(Time):
    """The machine sleeps for half a day once a request is signed, before it is sent."""

    looks = 0

    def now(self) -> datetime:
        """The clock goes on meanwhile."""
        self.looks += 1
        return self.moment if self.looks == 1 else self.moment + timedelta(hours=12)


async def test_a_signature_that_grew_old_asleep_is_made_anew() -> None:
    later = timedelta(hours=12)
    async with client(bad("SignatureExpired", 403, later), good("GetCallerIdentity", later), time=Asleep()) as (
        sts,
        server,
        _,
    ):
        await call(sts, REQUESTS["GetCallerIdentity"])
        assert sts.clock_skew == timedelta()
    assert [seen.headers["x-amz-date"] for seen in server.seen] == ["20261122T013000Z", "20261122T133000Z"]


async def test_with_a_code_the_clock_is_corrected_but_a_fresh_code_is_needed() -> None:
    offset = timedelta(hours=1)
    async with client(bad("SignatureExpired", 403, offset), good("AssumeRole", timedelta(minutes=30))) as (
        sts,
        server,
        _,
    ):
        error = await refused(sts, WITH_CODE)
        assert error.retry is Retry.CLOCK
        assert sts.clock_skew == offset + timedelta(seconds=0.5)
        await call(sts, replace(WITH_CODE, token_code=Secret("111111")))
    assert [seen.headers["x-amz-date"] for seen in server.seen] == ["20261122T013000Z", "20261122T023000Z"]


async def test_a_clock_set_right_in_between_is_noticed() -> None:
    ahead = timedelta(hours=1)
    whoami = [
        good("GetCallerIdentity", ahead),
        bad("SignatureNotYetCurrent", 403, ahead),
        good("GetCallerIdentity", ahead),
    ]
    async with client(*whoami) as (sts, server, time):
        await call(sts, REQUESTS["GetCallerIdentity"])
        time.moment = NOW + ahead
        await call(sts, REQUESTS["GetCallerIdentity"])
        assert sts.clock_skew == timedelta()
    dates = [seen.headers["x-amz-date"][9:13] for seen in server.seen]
    assert dates == ["0130", "0330", "0230"]
