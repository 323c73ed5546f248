"""The window on a real desktop, used by a program that knows only what AT-SPI says.

One run of the program for all: each test leaves the list of roles behind, searched for nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import tomlkit

from app.standin import StandIn, demo_settings, demo_world
from tests.e2e.desktop import Desktop
from tests.e2e.outside import Thing, details, faults, row, says, search, until
from tests.e2e.rig import LastingRig

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

pytestmark = [pytest.mark.x11, pytest.mark.slow]


@pytest.fixture(scope="module")
def rig(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LastingRig]:
    world = demo_world()
    with StandIn(world) as aws:
        made = LastingRig(home=tmp_path_factory.mktemp("home"), aws=aws, world=world)
        settings = tomlkit.parse(demo_settings(world, aws.url))
        settings["profile"]["dns"]["confirm"] = True
        made.furnish(tomlkit.dumps(settings))
        yield made


@pytest.fixture(scope="module")
def desktop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desktop]:
    with Desktop(tmp_path_factory.mktemp("desktop")) as made:
        yield made


@pytest.fixture(scope="module")
def window(rig: LastingRig, desktop: Desktop, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Thing]:
    with desktop.program(rig, tmp_path_factory.mktemp("log") / "log") as app:
        until(lambda: app.find("list", "Roles"), "the list is there", app.tree)
        yield app


def test_every_control_of_every_page_and_sheet_has_a_name_of_its_own(window: Thing, desktop: Desktop) -> None:
    problems = {"Roles": faults(window)}

    def look(page: str, role: str, name: str) -> None:
        """Once it is there that a page is known by."""
        window.get(role, name)
        problems[page] = faults(window)

    places = [each.name.partition(",")[0] for each in window.below() if each.role == "check box"]
    assert {"Roles", "Needs you", "Deadlines", "Activity", "Tools", "Settings", "alice", "corp", "login"} <= set(places)
    for name in places:
        window.press("check box", name)
        until(checked(window, name), f"{name} is shown", window.tree)
        look(name, "check box", name)
    tools(window, look)
    editors(window, desktop, look)
    sheets(window, desktop, look)
    assert {page: found for page, found in problems.items() if found} == {}
    assert len(problems) == len(places) + 4 + 7 + 4  # tools, editors, sheets


def test_the_main_path_without_a_pixel(window: Thing, rig: LastingRig) -> None:
    # Assume, and see the time left
    row(window, "network").do("Toggle")
    details(window, "network").press("push button", "Assume")
    says(window, "network", "Active")
    assert "arn:aws:sts::456789012345:assumed-role/Network/" in rig.aws_cli(
        "sts", "get-caller-identity", "--profile", "network"
    )
    # Copy the console URL, refresh, stop
    panel = details(window, "network")
    panel.press("push button", "Copy console sign-in URL")
    until(lambda: rig.calls("getSigninToken"), "the console was asked", window.tree)
    key = rig.credentials.read_text()
    panel.press("push button", "Refresh")
    until(lambda: rig.credentials.read_text() != key, "the key is another one", window.tree)
    says(window, "network", "Active")
    panel.press("push button", "Stop")
    says(window, "network", "Idle")
    until(lambda: not rig.credentials.exists() or "network" not in rig.credentials.read_text(), "nothing is published")
    # A code
    row(window, "stage-ops").do("Toggle")
    details(window, "stage-ops").press("push button", "Assume")
    window.get("text", "Six-digit code").write(rig.mfa_code())
    says(window, "stage-ops", "Active")
    assert rig.calls("GetSessionToken") == 1


def test_the_menu_of_a_role_is_told_as_it_pops_up(window: Thing) -> None:
    search(window, "logs")
    with window.bus.menus() as popped:
        details(window, "logs").press("push button", "More")
        menu = popped()
        assert menu.name == "Menu of logs"
        items = {item.name.partition("\t")[0]: item for item in menu.children()}
        assert {"Assume", "Edit…", "Duplicate…", "Delete"} <= set(items)
        items["Edit…"].do("Press")
    window.press("push button", "Cancel")
    list_again(window)


def test_the_tray_holds_one_icon_that_shows_the_state(window: Thing, desktop: Desktop) -> None:
    def icon() -> bytes:
        return desktop.picture(desktop.tray()[0])

    assert len(until(desktop.tray, "the icon is in the tray")) == 1
    for name in ("network", "stage-ops"):
        stop(window, name)
    at_rest = icon()
    search(window, "network").press("push button", "Assume")
    says(window, "network", "Active")
    until(lambda: icon() != at_rest, "the icon says that something is active")
    stop(window, "network")
    until(lambda: icon() == at_rest, "the icon is as it was")
    assert len(desktop.tray()) == 1
    list_again(window)


def stop(window: Thing, name: str) -> None:
    panel = search(window, name)
    if ", Active" in row(window, name).name:
        panel.press("push button", "Stop")
    says(window, name, "Idle")


def list_again(window: Thing) -> None:
    """The list of all roles, searched for nothing."""
    window.press("check box", "Roles")
    until(lambda: window.get("list", "Roles").focused, "the list has the keyboard", window.tree)
    window.get("text", "Search roles").write("")


# --- Names -----------------------------------------------------------------------------------------------------------


def checked(window: Thing, name: str) -> Callable[[], bool]:
    return lambda: window.get("check box", name).checked


def tools(window: Thing, look: Callable[[str, str, str], None]) -> None:
    window.press("check box", "Tools")
    for tab, role, name in (
        ("Key X-ray", "push button", "Look"),
        ("Why denied", "push button", "Explain"),
        ("Requests", "push button", "Copy all"),
        ("Who am I", "push button", "Ask AWS"),
    ):
        window.get("radio button", f"Tools: {tab}").do("Toggle")
        look(tab, role, name)


def editors(window: Thing, desktop: Desktop, look: Callable[[str, str, str], None]) -> None:
    """From the palette, as each can be found there."""
    for words, role, name in (
        ("edit prod-audit", "label", "Edit prod-audit"),
        ("new role", "label", "New role"),
        ("edit alice", "label", "Edit alice"),
        ("edit corp", "label", "Edit corp"),
        ("edit login", "label", "Edit login"),
        ("import from aws config", "push button", "Look again"),
        ("export roles", "label", "Export roles"),
    ):
        list_again(window)
        desktop.bring("Rolecall")
        desktop.keys("ctrl+k")
        window.get("text", "Find anything").write(words)
        found = window.get("list", "What was found")
        until(found.children, f"{words} is found", window.tree)
        desktop.keys("Return")
        look(words, role, name)
        window.press("push button", "Cancel")


def sheets(window: Thing, desktop: Desktop, look: Callable[[str, str, str], None]) -> None:
    list_again(window)
    search(window, "stage-ops").press("push button", "Assume")
    look("code", "text", "Six-digit code")
    desktop.keys("Escape")
    search(window, "dns").press("push button", "Assume")
    look("confirm", "push button", "Cancel")
    desktop.keys("Escape")
    desktop.keys("ctrl+k")
    look("palette", "text", "Find anything")
    desktop.keys("Escape")
    desktop.keys("F1")
    look("shortcuts", "push button", "Close")
    desktop.keys("Escape")
    list_again(window)
