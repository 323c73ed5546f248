"""That the count of cases can fail, and counts what it says."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.faults.tally import WHOLE, Tally, chosen, table


def test_a_failed_case_is_told_and_the_others_are_tried() -> None:
    tally, seen = Tally(), []
    for number in range(3):
        with tally.case("some", f"number {number}"):
            seen.append(number)
            assert number != 1, "one is bad"
    assert seen == [0, 1, 2]
    assert (tally.rows["some"].tried, tally.rows["some"].failed) == (3, 1)
    with pytest.raises(AssertionError, match="1 cases failed:\nsome: number 1: AssertionError: one is bad"):
        tally.verdict()


def test_a_test_with_a_failed_case_fails_and_stands_in_the_table(
    pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parents[2]))
    pytester.makeconftest("from tests.faults.conftest import *")
    pytester.makepyfile("""
        def test_it(tally):
            with tally.case("row", "bad"):
                assert 0
            with tally.case("row", "good"):
                pass
    """)
    result = pytester.runpytest_subprocess("-o", "asyncio_default_fixture_loop_scope=function")
    result.assert_outcomes(failed=1)
    result.stdout.re_match_lines([r"E .*1 cases failed:", r"row +2 +1 +1 +[0-9.]+", r"all +2 +1 +1 .*"])


def test_a_slice_is_the_same_each_time_and_in_order() -> None:
    cases = list(range(1000))
    picked = chosen(cases, 10)
    assert picked == chosen(cases, 10) == sorted(picked)
    assert len(picked) == (1000 if WHOLE else 10)
    assert chosen([1, 2], 10) == [1, 2]


def test_the_table_tells_the_sum() -> None:
    tally = Tally()
    tally.count("a", 2)
    tally.count("b", 3)
    tally.note("b", "median 3")
    assert [line.split() for line in table(tally.rows).splitlines()[1:]] == [
        ["a", "2", "2", "0", "0.0"],
        ["b", "3", "3", "0", "0.0", "median", "3"],
        ["all", "5", "5", "0", "0.0"],
    ]
