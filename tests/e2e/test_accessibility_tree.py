"""The window on a real desktop, used by a program that knows only what AT-SPI says; and by keys alone."""

from __future__ import annotations

import subprocess
import sys
import time
from contextlib import contextmanager
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from app.standin import StandIn, demo_settings, demo_world
from tests.e2e.desktop import Desktop
from tests.e2e.outside import CONTROLS, Thing, until
from tests.e2e.rig import ROOT, Rig
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


@contextmanager
def program(desktop: Desktop, environ: dict[str, str], log: Path) -> Iterator[Thing]:
    """The real program, as its own process; yields it as the accessibility bus has it."""
    with log.open("wb") as errors:
        process = subprocess.Popen(
            [sys.executable, str(ROOT / "main.py")], env=environ | desktop.environ, stderr=errors, cwd=ROOT
        )
    try:
        yield desktop.outside.application("rolecall")
        process.terminate()
        assert process.wait(30) == 0, log.read_text()[-4000:]
    finally:
        process.kill()
        process.wait()
    assert "Traceback" not in log.read_text()


@pytest.fixture
def window(rig: Rig, desktop: Desktop, tmp_path: Path) -> Iterator[Thing]:
    with program(desktop, rig.environ, tmp_path / "log") as app:
        until(lambda: app.find("list", "Roles"), "the list is there", app.tree)
        yield app


def row(window: Thing, name: str) -> Thing:
    return window.get("list", "Roles").get("list item", name)


def choose(window: Thing, name: str) -> Thing:
    """Search for a role; its details."""
    window.get("text", "Search roles").write(name)
    details = window.get("filler", "Details")
    until(lambda: details.find("label", name), f"the details of {name} are there", window.tree)
    return details


def says(window: Thing, name: str, word: str) -> None:
    until(lambda: f", {word}" in row(window, name).name, f"{name} is {word}", window.tree)


def test_the_main_path_without_a_pixel(window: Thing, rig: Rig) -> None:
    # Assume, and see the time left
    choose(window, "network").press("push button", "Assume")
    says(window, "network", "Active")
    assert "arn:aws:sts::456789012345:assumed-role/Network/" in rig.aws_cli(
        "sts", "get-caller-identity", "--profile", "network"
    )
    # Copy the console URL, refresh, stop
    details = choose(window, "network")
    details.press("push button", "Copy console sign-in URL")
    until(lambda: rig.calls("getSigninToken"), "the console was asked", window.tree)
    key = rig.credentials.read_text()
    details.press("push button", "Refresh")
    until(lambda: rig.credentials.read_text() != key, "the key is another one", window.tree)
    says(window, "network", "Active")
    details.press("push button", "Stop")
    says(window, "network", "Idle")
    until(lambda: not rig.credentials.exists() or "network" not in rig.credentials.read_text(), "nothing is published")
    # A code
    choose(window, "stage-ops").press("push button", "Assume")
    window.get("text", "Six-digit code").write(rig.mfa_code())
    says(window, "stage-ops", "Active")
    assert rig.calls("GetSessionToken") == 1


def test_every_control_of_every_page_has_a_name_of_its_own(window: Thing, desktop: Desktop) -> None:
    problems = {"Roles": faults(window)}
    places = [each.name.partition(",")[0] for each in window.below() if each.role == "check box"]
    assert {"Roles", "Needs you", "Deadlines", "Activity", "Settings", "corp"} <= set(places)
    for name in places:
        window.press("check box", name)
        until(lambda name=name: window.get("check box", name).checked, f"{name} is shown", window.tree)  # type: ignore[misc]  # bound now
        problems[name] = faults(window)
    window.press("check box", "Roles")
    for name, key in {"prod-audit": "F2", "network": "ctrl+n"}.items():
        choose(window, name)
        desktop.keys(key)
        window.get("push button", "Cancel")
        problems[key] = faults(window)
        window.press("push button", "Cancel")
        window.get("list", "Roles")
    assert {page: found for page, found in problems.items() if found} == {}


def faults(place: Thing) -> list[str]:
    return unnamed(place) + alike(place)


def unnamed(place: Thing) -> list[str]:
    """Controls without a name, by role and by what holds them."""
    return [f"a {each.role} in {_line(place)}" for each in place.below() if each.role in CONTROLS and not each.name]


def alike(place: Thing) -> list[str]:
    """Controls beside each other that cannot be told apart."""
    found = []
    for each in (place, *place.below()):
        inside = [(child.role, child.name) for child in each.children() if child.showing and child.role in CONTROLS]
        found += [
            f"{inside.count(one)} times {one} in {_line(each)}"
            for one in dict.fromkeys(inside)
            if inside.count(one) > 1
        ]
    return found


def test_keys_alone_do_the_main_path(window: Thing, desktop: Desktop, rig: Rig) -> None:
    roles = window.get("list", "Roles")
    until(lambda: roles.focused, "the list has the keyboard", window.tree)
    desktop.type("network")
    until(lambda: window.get("text", "Search roles").text == "network", "letters search", window.tree)
    desktop.keys("Return")
    says(window, "network", "Active")
    desktop.keys("ctrl+shift+c")
    until(lambda: rig.calls("getSigninToken"), "the console was asked", window.tree)
    key = rig.credentials.read_text()
    desktop.keys("Down", "ctrl+r")
    until(lambda: rig.credentials.read_text() != key, "it is renewed", window.tree)
    desktop.keys("ctrl+f", "ctrl+a")
    desktop.type("stage-ops")
    desktop.keys("Return")
    window.get("text", "Six-digit code")
    desktop.type(rig.mfa_code())
    says(window, "stage-ops", "Active")
    # Stopped by the palette, as it has no key of its own
    desktop.keys("ctrl+k")
    window.get("text", "Find anything")
    desktop.type("stop stage-ops")
    desktop.keys("Return")
    says(window, "stage-ops", "Idle")


def _line(thing: Thing) -> str:
    return f"{thing.role} {thing.name!r}"


@pytest.fixture
def settings(rig: Rig) -> None:
    """MFA sessions end before what was obtained with them, so that a renewal needs a person."""
    text = rig.settings.read_text()
    assert "mfa_session_duration = 43200" in text
    rig.settings.write_text(text.replace("mfa_session_duration = 43200", "mfa_session_duration = 900"))


def test_the_tray_holds_one_icon_that_shows_the_state(window: Thing, desktop: Desktop) -> None:
    def icon() -> bytes:
        return desktop.picture(desktop.tray()[0])

    assert len(until(desktop.tray, "the icon is in the tray")) == 1
    at_rest = icon()
    choose(window, "network").press("push button", "Assume")
    says(window, "network", "Active")
    active = until(lambda: new if (new := icon()) != at_rest else None, "the icon says that something is active")
    choose(window, "network").press("push button", "Stop")
    until(lambda: icon() not in (at_rest, active) or icon() == at_rest, "the icon is another one again")
    assert len(desktop.tray()) == 1


@pytest.fixture
def panel(desktop: Desktop) -> Iterator[StatusNotifiers]:
    with StatusNotifiers(desktop.environ["DBUS_SESSION_BUS_ADDRESS"]) as made:
        yield made


def test_the_desktop_is_told_once_what_needs_a_person(
    settings: None, panel: StatusNotifiers, window: Thing, desktop: Desktop, rig: Rig
) -> None:
    until(lambda: len(panel.items) == 1, "the icon is in the panel")
    for name in ("network", "stage-ops", "dns"):
        choose(window, name).press("push button", "Assume")
        if name == "stage-ops":
            window.get("text", "Six-digit code").write(rig.mfa_code())
        says(window, name, "Active")
    assume = choose(window, "logs").get("push button", "Assume")
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

    assume = choose(window, "logs").get("push button", "Assume")
    desktop.keys("alt+F4")
    until(lambda: not window.find("list", "Roles"), "the window is hidden")
    until(lambda: desktop.told, "where the window went is told")
    desktop.ask("dunstctl", "close-all")
    until(lambda: displayed() == "0", "nothing is told any more")
    del rig.world.roles[ROLE_GONE]
    assume.do("Press")
    until(lambda: displayed() == "1", "the failure is told", lambda: str(desktop.told))
    desktop.ask("dunstctl", "action", "0")
    details = window.get("filler", "Details")
    until(lambda: details.find("label", "logs"), "the details of logs are there", window.tree)
    until(lambda: displayed() == "0", "what was clicked is gone")
    assert told(desktop) == ["logs failed"]


def told(desktop: Desktop) -> list[str]:
    """The headings of what the desktop was told, but for the one that says where the window has gone."""
    return [summary for summary, _ in desktop.told if "stays in the tray" not in summary]
