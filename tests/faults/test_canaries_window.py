"""Every secret of a whole day at the window, and everywhere it must not be: looked for in every spelling."""

from __future__ import annotations

import sys
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from app.standin import demo_settings, demo_world
from tests.adapters.keyring_store.keyring_desktop import PASSWORD
from tests.e2e.desktop import Desktop
from tests.e2e.provider_rig import FILLS_IN
from tests.e2e.rig import ROOT
from tests.e2e.searching import found, found_below
from tests.e2e.shifted_clock import ShiftedClock
from tests.e2e.window_rig import Playing
from tests.faults.canary_places import BusTap, accessibility_bus, in_memory, keyring_on, told_to_readers
from tests.faults.canary_rig import KeyringRig, Repeating, break_off, code_like, program, repeat

if TYPE_CHECKING:
    from tests.faults.tally import Tally

pytestmark = pytest.mark.x11
ROW = "secrets: the window"


def test_no_secret_of_the_window_comes_to_light(
    home: Path, tmp_path: Path, tally: Tally, monkeypatch: pytest.MonkeyPatch
) -> None:
    world, clock = demo_world(), ShiftedClock(tmp_path / "clock")
    outside = tmp_path / "outside"
    outside.mkdir()
    before = {path.name for path in Path("/tmp").iterdir()}  # it is looked at
    with Desktop(outside) as desktop, Repeating(world, clock.now) as aws:
        bus = desktop.environ["DBUS_SESSION_BUS_ADDRESS"]
        for name, value in desktop.environ.items():
            monkeypatch.setenv(name, value)
        monkeypatch.setenv("PYTHONFAULTHANDLER", "1")
        with (
            keyring_on(bus, PASSWORD) as keyring,
            BusTap(bus, keyring=keyring) as session,
            BusTap(accessibility_bus(bus)) as readers,
        ):
            window, told = _day(home, tmp_path, desktop, aws, clock, tally)
    alice = world.users["alice"]
    secrets = aws.secrets()
    for kind in (
        "SAMLAssertion",
        "WebIdentityToken",
        "code ",
        "code_verifier",
        "cookie",
        "SigninToken",
        "secret",
        "token",
    ):
        assert any(name.startswith(kind) for name in secrets), kind
    secrets |= {"keyring password": PASSWORD, "alice's key": alice.secret_access_key, "device": alice.totp_secret}
    codes = code_like(secrets, aws.words)
    places = {
        "standard output": window.shown,
        "log": window.logged,
        "arguments and environments": window.carried,
        "D-Bus": bytes(session.heard),
        "AT-SPI": bytes(readers.heard) + told["readers"],
        "texts of the window": told["words"],
        "notifications": "\n".join(map("\n".join, desktop.told)).encode(),
    }
    assert session.messages > 20
    assert readers.messages > 20
    assert len(told["words"]) > 1000
    for place, content in places.items():
        with tally.case(ROW, place):
            assert not found(secrets, content), f"{place}: {found(secrets, content)}"
            assert not codes.search(content), f"{place}: a code"
            tally.count(ROW, len(secrets) - 1)
    _on_disk(home, outside, tmp_path, secrets, before, tally)
    tally.note(ROW, f"{len(secrets)} secrets, {session.messages + readers.messages} D-Bus messages")


def _on_disk(
    home: Path, outside: Path, tmp_path: Path, secrets: dict[str, str], before: set[str], tally: Tally
) -> None:
    """Home, folder for temporary files, and what crashes leave."""
    with tally.case(ROW, "home"):
        # Everything was stopped: not even the credentials file holds anything. The keyring is encrypted.
        assert not (home / ".aws" / "credentials").exists()
        assert not found_below(secrets, home), found_below(secrets, home)
    with tally.case(ROW, "desktop"):
        assert not found_below(secrets, outside)
    with tally.case(ROW, "temporary files"):
        fresh = {path.name for path in Path("/tmp").iterdir()} - before  # it is looked at
        hits = [found_below(secrets, Path("/tmp") / name) for name in fresh if "pytest" not in name]
        assert not any(hits), hits
    with tally.case(ROW, "core files"):
        assert not [each for root in (home, tmp_path, ROOT) for each in root.glob("core*") if each.is_file()]


def _day(
    home: Path, tmp_path: Path, desktop: Desktop, aws: Repeating, clock: ShiftedClock, tally: Tally
) -> tuple[Playing, dict[str, bytes]]:
    """Sign in, obtain, go wrong, stop, quit. Returns the window, and what it told."""
    rig = KeyringRig(home=home, aws=aws, world=aws.world)
    rig.settle(demo_settings(rig.world, aws.url))
    alice = rig.world.users["alice"]
    rig.run("identity", "add", "alice", typed=alice.secret_access_key + "\n")
    rig.run("identity", "add", "alice", "--totp", typed=alice.totp_secret + "\n")
    browser = program(tmp_path / "browser", FILLS_IN.format(python=sys.executable, root=str(ROOT)))
    told: dict[str, bytes] = defaultdict(bytes)
    with Playing(rig, desktop.environ, clock, browser, player=Path(__file__).with_name("canary_player.py")) as window:
        application = desktop.outside.application("rolecall")

        def look() -> None:
            told["words"] += "\n".join(window.do("words")).encode("utf-8", "replace")

        window.do("click", name="prod-deploy")
        window.do("enter")
        for name in ("stage-dev", "stage-ops"):
            window.do("click", name=name)
            window.do("wait", name=name, status="active")
        window.do("wait", name="prod-deploy", status="active")
        look()
        window.do("copy_console", name="stage-ops")
        assert found(aws.secrets(), rig.credentials.read_bytes()), "the search does not even find what is published"
        for name, trouble in {"network": repeat, "logs": break_off}.items():
            aws.trouble = trouble
            window.do("click", name=name)
            window.do("wait_for_problem", name=name)
            look()
        told["readers"] = told_to_readers(application)
        aws.trouble = None
        for name in ("prod-deploy", "stage-dev", "stage-ops"):
            window.do("stop", name=name)
        look()
        window.do("told")
        _count_in_memory(window, aws.secrets(), tally)
        window.end()
    return window, told


def _count_in_memory(window: Playing, secrets: dict[str, str], tally: Tally) -> None:
    """A figure, no case: Python and Qt do not clear what they free. One secret of each kind is counted."""
    kinds = {name.partition(" of ")[0].partition(" ")[0]: secret for name, secret in reversed(secrets.items())}
    counted = in_memory(window.pid, kinds)
    shown = ", ".join(f"{kind} {number}" for kind, number in sorted(counted.items()))
    tally.note(ROW, f"in the memory of the window after all was stopped, one of each kind: {shown}")
