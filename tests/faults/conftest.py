"""The fixture `tally`; what is counted by it is printed by tests/faults/table.py."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.e2e.shifted_clock import remove_left
from tests.faults.table import PROPERTY
from tests.faults.tally import Tally

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator


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
        pyfuncitem.user_properties.append((PROPERTY, rows))
