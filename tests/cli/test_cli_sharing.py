"""Exporting on the command line never takes somebody's file away unasked."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from app.standin import StandIn, demo_settings, demo_world
from tests.e2e.rig import Rig

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def rig(home: Path) -> Iterator[Rig]:
    world = demo_world()
    with StandIn(world) as aws:
        made = Rig(home=home, aws=aws, world=world)
        made.furnish(demo_settings(world))
        yield made


def test_only_a_file_of_profiles_is_replaced_unasked(rig: Rig) -> None:
    file = rig.home / "team.toml"
    file.touch()
    rig.run("export", str(file), "stage-dev")
    assert "[profile.stage-dev]" in file.read_text()
    rig.run("export", str(file), "prod-admin")
    assert "[profile.stage-dev]" not in file.read_text()
    notes = rig.home / "notes.txt"
    notes.write_text("precious")
    refused = rig.run("export", str(notes), "stage-dev", code=3).stderr
    assert "holds something else" in refused
    assert "--force" in refused
    assert notes.read_text() == "precious"
    rig.run("export", "--force", str(notes), "stage-dev")
    assert "[profile.stage-dev]" in notes.read_text()


def test_at_a_terminal_it_is_asked(rig: Rig) -> None:
    notes = rig.home / "notes.txt"
    notes.write_text("precious")
    arguments = ("export", str(notes), "stage-dev")
    prompt = "Type yes to replace it: "
    assert "Cancelled." in rig.type_at_terminal(*arguments, prompt=prompt, answer="no", code=1)
    assert notes.read_text() == "precious"
    rig.type_at_terminal(*arguments, prompt=prompt, answer="yes")
    assert "[profile.stage-dev]" in notes.read_text()
