"""Clocks that are set during a call, answers that take long, and what others learnt of the clock's error."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from app.adapters.http import Answer
from app.adapters.sts.client import StsClient
from app.domain.sts_requests import GetFederationToken
from tests.adapters.sts.client_rig import call, client, good, refused
from tests.adapters.sts.sts_helpers import REQUESTS, http_date

SENT = datetime(2026, 11, 22, 1, 30, tzinfo=UTC)


def answered(*, dated: float, received: float, took: float) -> Answer:
    """An answer dated and received so many seconds after it was sent, by whatever clock; it took `took`."""
    return Answer(
        status=200,
        headers={"date": http_date(SENT + timedelta(seconds=dated))},
        body=b"",
        sent=SENT,
        received=SENT + timedelta(seconds=received),
        took=took,
    )


@pytest.mark.parametrize("jump", [-86400, -3600, -300, 300, 3600, 86400])
def test_a_clock_set_during_a_call_is_off_by_all_of_that(jump: int) -> None:
    skew = answered(dated=1, received=jump + 2, took=2).skew
    assert skew == timedelta(seconds=-jump + 0.5)


@pytest.mark.parametrize("years", [-56, 12, 73])
def test_a_clock_may_be_off_by_many_years(years: int) -> None:
    off = years * 365 * 86400
    assert answered(dated=0, received=off, took=0).skew == timedelta(seconds=-off + 0.5)


class Memory:
    def __init__(self, known: timedelta = timedelta()) -> None:
        self.known = known
        self.kept: list[timedelta] = []

    def recall(self) -> timedelta:
        return self.known

    def keep(self, skew: timedelta) -> None:
        self.kept.append(skew)


@pytest.mark.parametrize(("known", "dated", "believed"), [(3, 3, 3), (0, 5, 0), (0, 60, 50.5), (300, 3, -6.5)])
def test_an_answer_that_took_long_says_little(known: int, dated: int, believed: float) -> None:
    sts = StsClient(None)  # type: ignore[arg-type]  # nothing is sent
    sts.go_by(Memory(timedelta(seconds=known)))
    sts._believe(answered(dated=dated, received=20, took=20))
    assert sts.clock_skew.total_seconds() == believed


@pytest.mark.parametrize("known", [0, 300])
@pytest.mark.parametrize("slept", [720, 72000])
@pytest.mark.parametrize("steered", [-1e-4, 1e-4])
@pytest.mark.parametrize(("dated", "cut_off"), [(0, 0), (0, 0.99), (1, 0), (1, 0.99)])
def test_an_answer_on_its_way_while_the_machine_slept_says_nothing_new(
    known: int, slept: int, steered: float, dated: int, cut_off: float
) -> None:
    """Dated before the sleep or after it, in whole seconds; the wall clock is steered meanwhile."""
    sts = StsClient(None)  # type: ignore[arg-type]  # nothing is sent
    sts.go_by(Memory(timedelta(seconds=known)))
    received = slept * (1 + steered) + cut_off
    seen = int(received) if dated else 0
    sts._believe(answered(dated=seen + known, received=received, took=slept))
    assert sts.clock_skew.total_seconds() == known


async def test_it_begins_with_what_is_known_and_hands_on_what_is_news() -> None:
    ahead, memory = timedelta(minutes=45), Memory(timedelta(minutes=30))
    offsets = (ahead, ahead, timedelta())
    async with client(*(good("GetCallerIdentity", offset) for offset in offsets)) as (sts, server, _):
        sts.go_by(memory)
        for _offset in offsets:
            await call(sts, REQUESTS["GetCallerIdentity"])
    assert [each.headers["x-amz-date"][9:13] for each in server.seen] == ["0200", "0215", "0215"]
    known = ahead + timedelta(seconds=0.5)
    assert memory.kept == [known, known, timedelta()], "the memory knows by itself what is news"


async def test_what_others_told_is_a_guess_until_aws_answers() -> None:
    async with client(good("GetCallerIdentity", timedelta())) as (sts, _, _):
        sts.go_by(Memory(timedelta(days=20)))
        known = [sts.clock_measured]
        await call(sts, REQUESTS["GetCallerIdentity"])
        assert [*known, sts.clock_measured] == [False, True]
        assert sts.clock_skew == timedelta()


async def test_the_time_of_an_answer_to_another_question_is_not_believed() -> None:
    memory, later = Memory(), timedelta(minutes=10)
    async with client(good("GetFederationToken", later)) as (sts, _, _):
        sts.go_by(memory)
        assert (await refused(sts, GetFederationToken(name="mallory"))).code == "answer-other"
    assert (sts.clock_skew, sts.clock_measured, memory.kept) == (timedelta(), False, [])
