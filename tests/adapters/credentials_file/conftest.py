from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def target(tmp_path: Path) -> Path:
    """A credentials file that does not exist, in a directory that does."""
    folder = tmp_path / "aws"
    folder.mkdir()
    return folder / "credentials"


@pytest.fixture(scope="module")
def scratch(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One path for botocore to read from, for all examples of a property."""
    return tmp_path_factory.mktemp("scratch") / "credentials"
