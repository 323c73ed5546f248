"""That the count of cases can fail, and counts what it says."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.faults.tally import WHOLE, Tally, chosen, table

ROOT = Path(__file__).parents[2]


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


@pytest.fixture
def checkout(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> pytest.Pytester:
    """A folder with our conftest.py where it stands, and two files of faults."""
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    folder = pytester.mkdir("tests") / "faults"
    folder.mkdir()
    for name in ("tests/conftest.py", "tests/faults/conftest.py"):
        (pytester.path / name).write_text((ROOT / name).read_text(encoding="utf-8"))
    (folder / "test_bad.py").write_text("""
def test_it(tally):
    with tally.case("row", "bad"):
        assert 0
    with tally.case("row", "good"):
        pass
""")
    (folder / "test_good.py").write_text("""
def test_it(tally):
    with tally.case("row", "good"):
        tally.note("row", "noted")

def test_nothing_is_counted():
    pass
""")
    (folder.parent / "test_elsewhere.py").write_text("def test_it(): pass")
    return pytester


@pytest.mark.parametrize("by", [(), ("-n", "2", "--dist", "loadfile")], ids=["one process", "several"])
def test_the_table_is_printed_whoever_tried_and_a_failed_case_fails_its_test(
    checkout: pytest.Pytester, by: tuple[str, ...]
) -> None:
    wishes = ("-o", "asyncio_default_fixture_loop_scope=function", "-o", "testpaths=tests", "-p", "no:cacheprovider")
    result = checkout.runpytest_subprocess(*wishes, *by)
    result.assert_outcomes(failed=1, passed=3)
    result.stdout.re_match_lines(
        [
            r"E .*1 cases failed:",
            r"row +3 +2 +1 +[0-9.]+  noted",
            r"all +3 +2 +1 .*",
            r"the tests in tests/faults/ took [0-9]+ s .* test_(good|bad) [0-9]+ s, test_(good|bad) [0-9]+ s",
        ]
    )
    result.stdout.no_re_match_line(".*test_elsewhere [0-9]")


def test_a_run_without_faults_has_no_table(checkout: pytest.Pytester) -> None:
    wishes = ("-o", "asyncio_default_fixture_loop_scope=function", "-p", "no:cacheprovider")
    result = checkout.runpytest_subprocess(*wishes, "tests/test_elsewhere.py")
    result.assert_outcomes(passed=1)
    result.stdout.no_re_match_line("(.*took|=+ faults)")


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
