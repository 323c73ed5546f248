"""What doctor says about files that are too open."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from app.adapters.permissions import findings

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(("mode", "codes"), [(0o700, []), (0o755, []), (0o775, ["directory-too-open"])])
def test_directories_that_others_may_write_to(tmp_path: Path, mode: int, codes: list[str]) -> None:
    state = tmp_path / "state"
    state.mkdir()
    state.chmod(mode)
    assert [each.code for each in findings([state, tmp_path / "absent"])] == codes


@pytest.mark.parametrize(("mode", "codes"), [(0o600, []), (0o400, []), (0o640, ["passphrase-too-open"])])
def test_a_passphrase_file_that_others_may_read(tmp_path: Path, mode: int, codes: list[str]) -> None:
    file = tmp_path / "passphrase"
    file.write_text("correct horse\n")
    file.chmod(mode)
    found = findings([], passphrase_file=str(file))
    assert [each.code for each in found] == codes
    assert all("correct horse" not in f"{each}" for each in found)
