"""The table at the end of a run that tried faults, whichever process tried them: a plugin of pytest.

It is loaded by tests/conftest.py: where several processes share the tests, the one that prints loads no conftest.py of
a directory below.
"""

from __future__ import annotations

from collections import defaultdict
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pytest

PROPERTY = "tally"
"""Under this name a report bears the rows of its test: name, tried, failed, seconds, notes."""
FOLDER = "tests/faults/"
LONGEST = 8
_ROWS: list[list[object]] = []
_SECONDS: defaultdict[str, float] = defaultdict(float)


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Keep the rows of a test, and how long its file took so far."""
    if report.nodeid.startswith(FOLDER):
        _SECONDS[PurePosixPath(report.nodeid.partition("::")[0]).stem] += report.duration
    if report.when == "call":
        _ROWS.extend(row for name, rows in report.user_properties if name == PROPERTY for row in _listed(rows))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print the table, and how long the tests of faults took: so long one after the other."""
    if not _ROWS:
        return
    from tests.faults.tally import WHOLE, added, table

    terminalreporter.section("faults" if WHOLE else "faults: a slice; make faults tries them all")
    terminalreporter.write_line(table(added(_ROWS)))
    terminalreporter.write_line(took(_SECONDS))


def took(seconds: Mapping[str, float]) -> str:
    """The time of all files together, and of those that took the longest."""
    longest = ", ".join(
        f"{name} {each:.0f} s" for name, each in sorted(seconds.items(), key=lambda item: -item[1])[:LONGEST]
    )
    return f"the tests in {FOLDER} took {sum(seconds.values()):.0f} s one after the other; most of it {longest}"


def _listed(rows: object) -> list[list[object]]:
    return rows if isinstance(rows, list) else []
