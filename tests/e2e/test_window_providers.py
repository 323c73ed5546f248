"""Signing in at providers through the real window under a private X server, and the search for every secret of it."""

from __future__ import annotations

import stat
import sys
import time
from typing import TYPE_CHECKING

import pytest

from app.standin import StandIn, demo_settings, demo_world
from tests.e2e.conftest import free_ports
from tests.e2e.provider_rig import FILLS_IN, ProviderRig, oidc_settings, saml_settings, world_behind
from tests.e2e.rig import ROOT
from tests.e2e.searching import found, found_below
from tests.e2e.shifted_clock import ShiftedClock
from tests.e2e.simplesamlphp import simplesamlphp_running
from tests.e2e.window_rig import PATIENCE, Overheard, Playing

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from tests.e2e.panva import Panva
    from tests.e2e.simplesamlphp import SimpleSamlPhp

pytestmark = pytest.mark.x11
NOBODY = "#!/bin/sh\nexit 0\n"
HOUR, STEP = 3600, 300


@pytest.fixture
def clock(tmp_path: Path) -> ShiftedClock:
    return ShiftedClock(tmp_path / "clock")


@pytest.fixture
def nobody(tmp_path: Path) -> Path:
    """A browser that does nothing."""
    return program(tmp_path / "nobody", NOBODY)


def program(path: Path, text: str) -> Path:
    path.write_text(text)
    path.chmod(0o755)
    return path


@pytest.fixture
def later_simplesamlphp(tmp_path: Path, clock: ShiftedClock) -> Iterator[SimpleSamlPhp]:
    """SimpleSAMLphp in the time of `clock`."""
    directory = tmp_path / "simplesamlphp"
    directory.mkdir()
    with simplesamlphp_running(directory, free_ports(1)[0], clock.environment) as server:
        yield server


def test_an_hour_behind_simplesamlphp_takes_one_login(
    home: Path, xvfb: Mapping[str, str], clock: ShiftedClock, later_simplesamlphp: SimpleSamlPhp, nobody: Path
) -> None:
    """Window, STS and SimpleSAMLphp go by one clock; each assertion is signed by SimpleSAMLphp at its own time."""
    world = world_behind(saml=later_simplesamlphp)
    settings = saml_settings(
        later_simplesamlphp, profile_more="duration = 900\n", provider_more="stay_signed_in = true\n"
    )
    with StandIn(world, clock.now) as aws:
        rig = ProviderRig(home=home, aws=aws, world=world)
        rig.settle(settings)
        with Playing(rig, xvfb, clock, nobody) as window:
            window.do("click", name="admin")
            window.do("log_in", user="alice", password=later_simplesamlphp.users["alice"])
            window.do("wait", name="admin", status="active")
            logins = logins_at(later_simplesamlphp)
            keys = [window.do("session", name="admin")["key_id"]]
            began = clock.now()
            while (clock.now() - began).total_seconds() < HOUR:
                clock.advance(STEP)
                window.do("wake")
                # 900 s, renewed from half of it on: after two steps there has to be another key
                if len(keys) * 2 * STEP <= (clock.now() - began).total_seconds():
                    keys.append(window.do("wait_for_new_key", name="admin", key_id=keys[-1]))
                assert ":assumed-role/Admin/alice@example.com" in rig.caller_at(clock, "admin")
                assert window.do("login_open") is False
                assert window.do("needs") == []
            assert len(set(keys)) == len(keys) >= 6
            assert rig.calls("AssumeRoleWithSAML") >= len(keys)
            assert logins_at(later_simplesamlphp) == logins == 1

            # When the provider asks again, nothing pops up: somebody is needed, and the credentials work on
            later_simplesamlphp.forget_everyone()
            clock.advance(2 * STEP)
            window.do("wake")
            window.do("wait", name="admin", status="waiting for you")
            assert window.do("login_open") is False
            assert window.do("needs") == [["sign-in", "admin"]]
            assert ":assumed-role/Admin/" in rig.caller_at(clock, "admin")
            window.do("click", name="admin")
            window.do("open")
            window.do("log_in", user="alice", password=later_simplesamlphp.users["alice"])
            window.do("wait", name="admin", status="active")
            window.end()


def logins_at(server: SimpleSamlPhp) -> int:
    """How often the login form was sent."""
    lines = server.log.read_text(errors="replace").splitlines()
    return sum("POST" in line and "loginuserpass" in line for line in lines)


def test_one_login_serves_all_that_are_behind_the_provider(
    home: Path, xvfb: Mapping[str, str], clock: ShiftedClock, simplesamlphp: SimpleSamlPhp, nobody: Path
) -> None:
    world = world_behind(saml=simplesamlphp)
    with StandIn(world, clock.now) as aws:
        rig = ProviderRig(home=home, aws=aws, world=world)
        rig.settle(saml_settings(simplesamlphp))
        with Playing(rig, xvfb, clock, nobody) as window:
            for name in ("admin", "read-only", "deploy"):
                window.do("click", name=name)
            window.do("close_login")
            for name in ("admin", "read-only", "deploy"):
                window.do("wait", name=name, status="idle")
                assert window.do("session", name=name)["problem"] == ""
            for name in ("admin", "read-only", "deploy"):
                window.do("click", name=name)
            window.do("log_in", user="alice", password=simplesamlphp.users["alice"])
            for name in ("admin", "read-only", "deploy"):
                window.do("wait", name=name, status="active")
            assert ":assumed-role/Deploy/" in rig.caller("deploy")
            assert ":assumed-role/ReadOnly/" in rig.caller("read-only")
            assert logins_at(simplesamlphp) >= 1
            window.end()


def test_the_browser_signs_in_for_the_window_and_the_command_line_goes_on(
    home: Path, xvfb: Mapping[str, str], clock: ShiftedClock, panva: Panva, tmp_path: Path
) -> None:
    panva.change(idTokenSeconds=4)
    world = world_behind(panva=panva)
    with StandIn(world, clock.now) as aws:
        rig = ProviderRig(home=home, aws=aws, world=world)
        rig.settle(oidc_settings(panva))
        rig.browser(panva)
        with Playing(rig, xvfb, clock, home / "browser") as window:
            window.do("click", name="deploy")
            window.do("wait", name="deploy", status="active")
            assert ":assumed-role/Deploy/" in rig.caller("deploy")
            visits, asked = panva.requests("/auth"), panva.requests("/token")
            # Window and command line share one refresh token, which is replaced with each use
            rig.run("assume", "read-only")
            window.do("wait", name="read-only", status="active")
            key = window.do("session", name="read-only")["key_id"]
            ends = time.monotonic() + PATIENCE
            while panva.requests("/token") < asked + 2:
                assert time.monotonic() < ends, "the ID token of the window never ended"
                window.do("refresh", name="read-only")
                key = window.do("wait_for_new_key", name="read-only", key_id=key)
            rig.run("assume", "admin", "--refresh")
            assert panva.requests("/auth") == visits
            assert ":assumed-role/ReadOnly/" in rig.caller("read-only")
            window.end()


def test_nothing_of_a_sign_in_is_left_anywhere(
    home: Path, xvfb: Mapping[str, str], clock: ShiftedClock, tmp_path: Path
) -> None:
    world = demo_world()
    with Overheard(world, clock.now) as aws:
        rig = ProviderRig(home=home, aws=aws, world=world)
        rig.settle(demo_settings(world, aws.url))
        browser = program(tmp_path / "browser", FILLS_IN.format(python=sys.executable, root=str(ROOT)))
        kept = home / "rolecall" / "state" / "sign-ins"
        with Playing(rig, xvfb, clock, browser) as window:
            window.do("click", name="prod-deploy")
            window.do("enter")
            window.do("wait", name="prod-deploy", status="active")
            window.do("click", name="stage-dev")
            window.do("wait", name="stage-dev", status="active")
            window.do("told")
            secrets = aws.secrets() | {"alice's password": world.people["alice"].password}
            for kind in ("SAMLAssertion", "WebIdentityToken", "code ", "code_verifier", "refresh_token", "cookie"):
                assert any(name.startswith(kind) for name in secrets), kind
            search(window, secrets)
            assert not found_below(secrets, home, but=[rig.credentials]), "off the record"

            # Kept on a person's word: in a folder of its own, for nobody else, and gone when told so
            window.do("stay", provider="corp")
            clock.advance(STEP + 60)  # the assertion is too old by then
            before = window.do("session", name="prod-deploy")["key_id"]
            window.do("refresh", name="prod-deploy")
            window.do("enter")
            window.do("wait_for_new_key", name="prod-deploy", key_id=before)
            secrets |= aws.secrets()
            hits = found_below(secrets, home, but=[rig.credentials])
            assert hits
            assert all(path.startswith(str(kept)) for path in hits)
            assert {name.split()[0] for names in hits.values() for name in names} == {"cookie"}
            assert all(stat.S_IMODE(path.stat().st_mode) == 0o700 for path in (kept, *kept.iterdir()))
            assert "remembered" in rig.run("provider", "list").stdout
            window.do("forget", provider="corp")
            assert not found_below(secrets, home, but=[rig.credentials]), "forgotten"
            assert not list(kept.iterdir())
            window.end()
        secrets |= aws.secrets()
        search(window, secrets)
        assert not found_below(secrets, home, but=[rig.credentials])
        assert found(secrets, rig.credentials.read_bytes()), "the search does not even find what is published"
        assert (home / "keyring").stat().st_size


def search(window: Playing, secrets: Mapping[str, str]) -> None:
    assert not found(secrets, window.shown), "standard output"
    assert not found(secrets, window.logged), "logs"
    assert not found(secrets, window.carried), "arguments or environment"
