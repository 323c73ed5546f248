"""Somebody with a keyboard alone, from an empty home to the console and back. AT-SPI only looks."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from app.standin import StandIn, demo_world
from tests.e2e.desktop import Desktop
from tests.e2e.outside import Thing, faults, says, until
from tests.e2e.rig import Rig

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = [pytest.mark.x11, pytest.mark.slow]
_ROLE = """
[profile {name}]
role_arn = arn:aws:iam::{role}
source_profile = work
"""


@pytest.fixture
def rig(home: Path) -> Iterator[Rig]:
    """A home with what the AWS CLI left there, and nothing of Rolecall."""
    world = demo_world()
    alice = world.users["alice"]
    with StandIn(world) as aws:
        made = Rig(home=home, aws=aws, world=world)
        (home / "passphrase").write_text("correct horse\n")
        made.credentials.parent.mkdir()
        made.credentials.write_text(
            f"[work]\naws_access_key_id = {alice.access_key_id}\naws_secret_access_key = {alice.secret_access_key}\n"
        )
        made.credentials.chmod(0o600)
        made.credentials.with_name("config").write_text(
            "[profile work]\nregion = eu-west-1\n"
            + _ROLE.format(name="net", role="456789012345:role/Network")
            + _ROLE.format(name="ops", role="210987654321:role/Operations")
            + "mfa_serial = arn:aws:iam::111122223333:mfa/alice\n"
        )
        yield made


@pytest.fixture
def desktop(tmp_path: Path) -> Iterator[Desktop]:
    with Desktop(tmp_path) as made:
        yield made


def test_keys_alone_lead_from_an_empty_home_to_the_console_and_back(desktop: Desktop, rig: Rig, tmp_path: Path) -> None:
    assert not rig.settings.exists()
    with desktop.program(rig, tmp_path / "log") as window:
        desktop.bring("Rolecall")
        # Import, with the keys
        window.get("push button", "Import 2")
        assert faults(window) == []
        tab_to(desktop, window, "check box", "Put the access keys of work into the keyring")
        desktop.keys("space")
        tab_to(desktop, window, "push button", "Import 2")
        desktop.keys("Return")
        roles = window.get("list", "Roles")
        until(lambda: roles.focused, "the list has the keyboard", window.tree)
        # Assume, console, renew
        desktop.type("net")
        until(lambda: window.get("text", "Search roles").text == "net", "letters search", window.tree)
        desktop.keys("Return")
        says(window, "net", "Active")
        assert "arn:aws:sts::456789012345:assumed-role/Network/" in rig.aws_cli(
            "sts", "get-caller-identity", "--profile", "rolecall-net"
        )
        desktop.keys("ctrl+shift+c")
        until(lambda: rig.calls("getSigninToken"), "the console was asked", window.tree)
        key = rig.credentials.read_text()
        desktop.keys("Down", "ctrl+r")
        until(lambda: rig.credentials.read_text() != key, "it is renewed", window.tree)
        # A code
        desktop.keys("ctrl+f", "ctrl+a")
        desktop.type("ops")
        until(lambda: window.get("text", "Search roles").text == "ops", "it is searched anew", window.tree)
        desktop.keys("Return")
        boxes = window.get("text", "Six-digit code")
        until(lambda: boxes.focused, "the boxes have the keyboard", window.tree)
        desktop.type(rig.mfa_code())
        says(window, "ops", "Active")
        # Stopped by the palette, as it has no key of its own
        desktop.keys("ctrl+k")
        found = window.get("text", "Find anything")
        desktop.type("stop ops")
        until(lambda: found.text == "stop ops", "the palette is typed into", window.tree)
        desktop.keys("Return")
        says(window, "ops", "Idle")
        assert "rolecall-ops" not in rig.credentials.read_text()


def tab_to(desktop: Desktop, window: Thing, role: str, name: str) -> None:
    """Press Tab until something has the keyboard."""
    for _ in range(40):
        if window.get(role, name).focused:
            return
        before = focused(window)
        desktop.keys("Tab")
        until(lambda before=before: focused(window) != before, "the keyboard moves on", window.tree)  # type: ignore[misc]  # bound now
    pytest.fail(f"Tab never comes to {name}\n{window.tree()}")


def focused(window: Thing) -> list[Thing]:
    return [each for each in window.below() if each.focused]
