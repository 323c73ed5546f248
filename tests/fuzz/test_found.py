"""What was found once stays mended, and the seeds are such as every law takes."""

from __future__ import annotations

import pytest

from tests.fuzz.targets import CORPUS, FOUND, TARGETS, Target

_SEEN = [
    pytest.param(TARGETS[path.parent.name], path.read_bytes(), id=f"{path.parent.name}-{path.name}")
    for folder in (CORPUS, FOUND)
    for path in sorted(folder.glob("*/*"))
]


@pytest.mark.parametrize(("target", "data"), _SEEN)
def test_what_was_found_once_stays_mended(target: Target, data: bytes) -> None:
    target.law(data)


def test_every_target_has_seeds_and_no_seeds_are_without_a_target() -> None:
    assert {path.name for path in CORPUS.iterdir()} == set(TARGETS)
    assert {path.name for path in FOUND.iterdir()} <= set(TARGETS)
    assert sum(path.stat().st_size for path in CORPUS.glob("*/*")) < 64 * 1024
