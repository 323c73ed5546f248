"""How an open file is read, and what is told of one that cannot be."""

from __future__ import annotations

import contextlib
import os
from typing import TYPE_CHECKING

import pytest

from app.adapters.credentials_file import settled
from app.adapters.credentials_file.settled import open_snapshot, read_all
from app.domain.errors import StorageTrouble

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("at_most", [1, 3, 7, 100])
def test_a_file_that_comes_in_pieces_is_put_together(
    target: Path, at_most: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = bytes(range(32, 64))
    target.write_bytes(content)
    monkeypatch.setattr(settled, "read_at", lambda file, size, at: os.pread(file, min(size, at_most), at))
    with target.open("rb") as file:
        assert read_all(file.fileno()) == content


def test_what_is_no_file_is_told_by_its_path(target: Path) -> None:
    with pytest.raises(IsADirectoryError) as directory:
        open_snapshot(str(target.parent))
    assert directory.value.filename == str(target.parent)
    os.mkfifo(target)
    with pytest.raises(StorageTrouble) as pipe:
        open_snapshot(str(target))
    assert str(target) in pipe.value.problem.detail


def test_a_file_that_does_not_hold_still_is_told_by_its_path(target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target.write_bytes(b"[half")
    monkeypatch.setattr(settled, "_TRIES", 1)
    with pytest.raises(StorageTrouble) as busy:
        open_snapshot(str(target))
    assert str(target) in busy.value.problem.detail


def test_a_file_that_was_left_alone_for_long_is_at_rest(target: Path) -> None:
    target.write_bytes(b"[a]\nk = v\n")
    for age, is_at_rest in ((0, False), (600, True)):
        os.utime(target, (0, target.stat().st_mtime - age))
        with contextlib.closing(open_snapshot(str(target))) as snapshot:
            assert snapshot.is_at_rest is is_at_rest
