"""Whatever is put into a parser: a value that keeps its own limits, or an error of ours. The laws are in tests/fuzz."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings

from tests.faults.input_making import inputs
from tests.faults.tally import amount
from tests.fuzz.targets import TARGETS, Target

if TYPE_CHECKING:
    from tests.faults.tally import Tally

EXAMPLES = amount(10_000, 500)


@pytest.mark.parametrize("target", TARGETS.values(), ids=TARGETS.keys())
def test_whatever_is_put_in(target: Target, tally: Tally) -> None:
    tried, last = 0, b""

    @settings(max_examples=EXAMPLES, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(inputs(target))
    def hold(data: bytes) -> None:
        nonlocal tried, last
        tried, last = tried + 1, data
        target.law(data)

    with tally.case(f"input: {target.name}", "all examples"):
        try:
            hold()
        except Exception as error:
            # Hypothesis ends with the smallest input that it found
            error.args = (f"{error} for {last!r}",)
            raise
        tally.count(f"input: {target.name}", tried - 1)
