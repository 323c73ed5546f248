"""A writer that is killed leaves the old bytes or the new ones, and nothing that the next start would stumble over.

strace kills it on entry to each call about files that it makes, one after the other: all writers, all calls.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.faults.strace_deeds import ALL, without_temporary
from tests.faults.strace_injection import Stage, expected, prepared, started
from tests.faults.tally import chosen

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.faults.strace_deeds import Deed
    from tests.faults.strace_injection import Call, Expected
    from tests.faults.tally import Tally

SLICE = 6


@pytest.fixture(scope="module")
def stage() -> Iterator[Stage]:
    """A ready process."""
    ready = Stage()
    yield ready
    ready.close()


@pytest.mark.parametrize("deed", ALL, ids=lambda deed: deed.name.replace(" ", "-"))
def test_killed_at_any_call_the_file_is_old_or_new(
    deed: Deed, stage: Stage, tmp_path: Path, tally: Tally, expect_log: Callable[[str], None]
) -> None:
    if deed.log:
        expect_log(deed.log)
    should = expected(deed, tmp_path)
    with prepared(deed, tmp_path) as folder:
        calls = stage.calls(deed, folder)
        assert started(deed, folder) == should.new
    outcomes = set()
    # The first and the last one show, in a slice too, that kills come before and after the change.
    for call in (calls[0], *chosen(calls[1:-1], SLICE), calls[-1]):
        with tally.case(f"kill: {deed.row}", f"{deed.name}: {call.name} {call.number}"):
            outcomes.add(_killed(deed, call, stage, tmp_path, should))
    assert outcomes >= {"old", "new"}, f"{deed.name}: the kills did not come both before and after the change"


def _killed(deed: Deed, call: Call, stage: Stage, under: Path, should: Expected) -> str:
    with prepared(deed, under) as folder:
        ended = stage.killed(deed, folder, call)
        assert ended.killed, "it was not killed"
        left = started(deed, folder)
        if deed.tidied_again:
            left = without_temporary(left)
        again = deed.act(folder)
        if left == should.old:
            what, then = "old", should.new
        elif left == should.new:
            what, then = "new", should.twice
        else:
            assert deed.between(left), f"neither old nor new: {left}"
            what, then = "between", should.new
        again()
        after = started(deed, folder)
        assert after == then, f"the repetition left {after}"
        return what
