"""A writer that is killed leaves the old bytes or the new ones, and nothing that the next start would stumble over.

strace kills it on entry to each call about files that it makes, one after the other: all writers, all calls.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.faults.strace_deed import without_temporary
from tests.faults.strace_deeds import ALL
from tests.faults.strace_injection import Stage, expected, prepared, started
from tests.faults.tally import WHOLE, chosen

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.faults.strace_deed import Deed
    from tests.faults.strace_injection import Call, Expected
    from tests.faults.tally import Tally

SLICE = 9
CHANGING = frozenset({"mkdir", "write", "fchmod", "fsync", "rename", "link", "linkat", "unlink", "flock", "ftruncate"})
PUTTING = frozenset({"rename", "renameat", "renameat2", "link", "linkat"})


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
    with tally.case("order of writing", deed.name):
        _check_order(calls)
    outcomes = set()
    for call in picked(calls):
        with tally.case(f"kill: {deed.row}", f"{deed.name}: {call.name} {call.number}"):
            outcomes.add(_killed(deed, call, stage, tmp_path, should))
    assert outcomes >= {"old", "new"}, f"{deed.name}: the kills did not come both before and after the change"


def picked(calls: list[Call]) -> list[Call]:
    """All calls; of a slice some that change something, and the first and the last: before and after all changes."""
    changing = [call for call in calls[1:-1] if call.name in CHANGING or "O_CREAT" in call.arguments]
    return calls if WHOLE else [calls[0], *chosen(changing, SLICE), calls[-1]]


def _check_order(calls: list[Call]) -> None:
    """What a kill does not show but a power cut would: what is put in place is on the disk before, and so is its place.

    So between the last write and the renaming (or linking) there is a sync, and one after it.
    """
    names = [call.name for call in calls]
    for at, name in enumerate(names):
        if name not in PUTTING:
            continue
        written = [index for index in range(at) if names[index] == "write"]
        assert not written or "fsync" in names[written[-1] : at], f"{name} before the content is on the disk"
        assert "fsync" in names[at:], f"nothing is synced after {name}"


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
