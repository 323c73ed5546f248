"""The fixture `tally`, and the table at the end of a run (also of one that was shared by several processes)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.e2e.shifted_clock import remove_left
from tests.faults.tally import WHOLE, Row, Tally, table

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator

_PROPERTY = "tally"
_ROWS: dict[str, Row] = {}


@pytest.fixture(autouse=True)
def tidy() -> Iterator[None]:
    """Nothing stays in memory of what was killed."""
    yield
    remove_left()


@pytest.fixture
def tally() -> Tally:
    """Count the cases of a sweep."""
    return Tally()


@pytest.hookimpl(wrapper=True)
def pytest_pyfunc_call(pyfuncitem: pytest.Function) -> Generator[None, object, object]:
    """Let a test fail for its failed cases, and hand its rows on."""
    counted = pyfuncitem.funcargs.get("tally")
    if not isinstance(counted, Tally):
        return (yield)
    try:
        result = yield
        counted.verdict()
        return result
    finally:
        rows = [[name, row.tried, row.failed, row.seconds, row.notes] for name, row in counted.rows.items()]
        pyfuncitem.user_properties.append((_PROPERTY, rows))


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Add up the rows of all tests, whichever process ran them."""
    if report.when != "call":
        return
    for name, rows in report.user_properties:
        if name == _PROPERTY and isinstance(rows, list):
            for row, tried, failed, seconds, notes in rows:
                sum_of = _ROWS.setdefault(row, Row())
                sum_of.tried += tried
                sum_of.failed += failed
                sum_of.seconds += seconds
                sum_of.notes += notes


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print the table."""
    if _ROWS:
        terminalreporter.section("faults" if WHOLE else "faults: a slice; make faults tries them all")
        terminalreporter.write_line(table(_ROWS))
