"""What the desktop is told while nobody looks at the window, and where a click on it leads."""

from __future__ import annotations

import time
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from app.standin import StandIn, demo_settings, demo_world
from tests.e2e.desktop import Desktop
from tests.e2e.outside import Thing, details, says, search, until
from tests.e2e.rig import Rig
from tests.e2e.status_notifiers import StatusNotifiers

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

LATER = timedelta(minutes=56)
ROLE_GONE = "arn:aws:iam::456789012345:role/LogReader"
pytestmark = [pytest.mark.x11, pytest.mark.slow]


@pytest.fixture
def rig(home: Path) -> Iterator[Rig]:
    world = demo_world()
    with StandIn(world) as aws:
        made = Rig(home=home, aws=aws, world=world)
        made.furnish(demo_settings(world, aws.url))
        yield made


@pytest.fixture
def desktop(tmp_path: Path) -> Iterator[Desktop]:
    with Desktop(tmp_path) as made:
        yield made


@pytest.fixture
def window(rig: Rig, desktop: Desktop, tmp_path: Path) -> Iterator[Thing]:
    with desktop.program(rig, tmp_path / "log") as app:
        until(lambda: app.find("list", "Roles"), "the list is there", app.tree)
        yield app


@pytest.fixture
def settings(rig: Rig) -> None:
    """MFA sessions end before what was obtained with them, so that a renewal needs a person."""
    text = rig.settings.read_text()
    assert "mfa_session_duration = 43200" in text
    rig.settings.write_text(text.replace("mfa_session_duration = 43200", "mfa_session_duration = 900"))


@pytest.fixture
def panel(desktop: Desktop) -> Iterator[StatusNotifiers]:
    with StatusNotifiers(desktop.environ["DBUS_SESSION_BUS_ADDRESS"]) as made:
        yield made


def test_the_desktop_is_told_once_what_needs_a_person(
    settings: None, panel: StatusNotifiers, window: Thing, desktop: Desktop, rig: Rig
) -> None:
    until(lambda: len(panel.items) == 1, "the icon is in the panel")
    for name in ("network", "stage-ops", "dns"):
        search(window, name).press("push button", "Assume")
        if name == "stage-ops":
            window.get("text", "Six-digit code").write(rig.mfa_code())
        says(window, name, "Active")
    assume = search(window, "logs").get("push button", "Assume")
    # Nobody looks; one role is gone from AWS, and it gets late there
    desktop.keys("alt+F4")
    until(lambda: not window.find("list", "Roles"), "the window is hidden")
    del rig.world.roles[ROLE_GONE]
    rig.aws.clock_offset = LATER
    assume.do("Press")
    until(lambda: len(told(desktop)) >= 2, "both are told", lambda: str(desktop.told))
    # What succeeded meanwhile is not told
    until(lambda: rig.calls("AssumeRole") >= 6, "dns and network are renewed")
    time.sleep(4)  # two looks of the program: nothing else shows that it tells nothing more
    assert len(told(desktop)) == 2, desktop.told
    assert len([words for words in told(desktop) if "logs" in words and "failed" in words]) == 1
    assert len([words for words in told(desktop) if "MFA" in words]) == 1


def test_a_click_on_what_the_desktop_tells_leads_to_that_very_thing(window: Thing, desktop: Desktop, rig: Rig) -> None:
    def displayed() -> str:
        return desktop.ask("dunstctl", "count", "displayed").strip()

    assume = search(window, "logs").get("push button", "Assume")
    desktop.keys("alt+F4")
    until(lambda: not window.find("list", "Roles"), "the window is hidden")
    until(lambda: desktop.told, "where the window went is told")
    desktop.ask("dunstctl", "close-all")
    until(lambda: displayed() == "0", "nothing is told any more")
    del rig.world.roles[ROLE_GONE]
    assume.do("Press")
    until(lambda: displayed() == "1", "the failure is told", lambda: str(desktop.told))
    desktop.ask("dunstctl", "action", "0")
    details(window, "logs")
    until(lambda: displayed() == "0", "what was clicked is gone")
    assert told(desktop) == ["logs failed"]


def told(desktop: Desktop) -> list[str]:
    """The headings of what the desktop was told, but for the one that says where the window has gone."""
    return [summary for summary, _ in desktop.told if "stays in the tray" not in summary]
