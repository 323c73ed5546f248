"""Whatever is put into a parser: a value that keeps its own limits, or an error of ours. The laws are in tests/fuzz."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.faults.input_making import inputs
from tests.faults.tally import amount
from tests.fuzz.targets import TARGETS, Target

if TYPE_CHECKING:
    from tests.faults.tally import Tally

EXAMPLES = amount(10_000, 500)


@pytest.mark.parametrize("target", TARGETS.values(), ids=TARGETS.keys())
def test_whatever_is_put_in(target: Target, tally: Tally) -> None:
    tried = 0

    @settings(max_examples=EXAMPLES, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(inputs(target))
    def hold(data: bytes) -> None:
        nonlocal tried
        tried += 1
        target.law(data)

    with tally.case(f"input: {target.name}", "all examples"):
        try:
            hold()
        except Exception as error:
            raise AssertionError(_told(error)) from error
        tally.count(f"input: {target.name}", tried - 1)


def _told(error: Exception) -> str:
    """What went wrong, each with the smallest input for it: hypothesis notes that beside the error."""
    each_one = error.exceptions if isinstance(error, ExceptionGroup) else (error,)
    return "\n".join(" ".join([f"{type(each).__name__}: {each}", *getattr(each, "__notes__", ())]) for each in each_one)


def test_every_failure_is_told_with_its_input() -> None:
    @settings(max_examples=500, deadline=None, database=None, derandomize=True)
    @given(st.integers())
    def hold(number: int) -> None:
        assert number < 1000, "large"
        if number < -1000:
            raise ValueError("small")

    with pytest.raises(ExceptionGroup) as caught:
        hold()
    told = _told(caught.value)
    assert "AssertionError: large" in told
    assert "number=1000," in told
    assert "ValueError: small" in told
    assert "number=-1001," in told
