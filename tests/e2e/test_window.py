"""The real window under a private X server, used as a person would; and the search for every secret it touched."""

from __future__ import annotations

import os
import select
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from app.adapters import files
from app.adapters.credentials_file.replace import lock_path
from app.standin import StandIn, demo_world
from tests.e2e.rig import ROOT, Rig
from tests.e2e.searching import Sampler, found, found_below

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

PLAYER = Path(__file__).with_name("window_player.py")
DEVICE = "import pyotp,sys; print(pyotp.TOTP(open(sys.argv[1]).read()).now())"
pytestmark = pytest.mark.x11


@pytest.fixture
def rig(home: Path) -> Iterator[Rig]:
    world = demo_world()
    with StandIn(world) as aws:
        made = Rig(home=home, aws=aws, world=world)
        made.furnish()
        yield made


def test_click_code_countdown_and_no_secret_anywhere(rig: Rig, xvfb: Mapping[str, str], tmp_path: Path) -> None:
    device = tmp_path / "device"
    device.write_text(rig.world.users["alice"].totp_secret)
    script = tmp_path / "code.py"
    script.write_text(DEVICE)
    command = [sys.executable, str(PLAYER), f"{sys.executable} {script} {device}"]
    errors = tmp_path / "errors"
    with errors.open("wb") as log:
        process = subprocess.Popen(
            command, env={**rig.environ, **xvfb}, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log, cwd=ROOT
        )
    assert process.stdout is not None
    assert process.stdin is not None
    sampler = Sampler(process.pid)
    sampler.start()
    shown = b""
    for line in process.stdout:
        shown += line
        if line == b"READY\n":
            break
    else:
        pytest.fail(f"{shown.decode()}\n{errors.read_text()[-4000:]}", pytrace=False)

    # What the window assumed, the command line shows, and AWS's own tools can use
    assert "active" in rig.run("list").stdout
    assert ":assumed-role/Admin/" in rig.aws_cli("sts", "get-caller-identity", "--profile", "prod-admin")
    assert rig.calls("GetSessionToken") == 1
    assert b"SEEN countdown stage-ops" in shown

    process.stdin.write(b"\n")
    process.stdin.close()
    shown += process.stdout.read()
    process.stdout.close()
    assert process.wait(30) == 0, errors.read_text()[-4000:]
    sampler.done.set()
    sampler.join()

    secrets = _secrets(rig)
    assert len(secrets) >= 8
    assert found(secrets, rig.credentials.read_bytes()), "the search does not even find what is published"
    assert not found(secrets, shown), "standard output"
    assert not found(secrets, errors.read_bytes()), "logs"
    assert not found(secrets, sampler.seen), "arguments or environment"
    assert not found_below(secrets, rig.home, but=[rig.credentials])


def _secrets(rig: Rig) -> dict[str, str]:
    alice = rig.world.users["alice"]
    secrets = {"alice's key": alice.secret_access_key, "alice's device": alice.totp_secret}
    for session in rig.aws._desk.keys._sessions.values():
        secrets[f"secret of {session.access_key_id}"] = session.secret_access_key
        secrets[f"token of {session.access_key_id}"] = session.session_token
    return secrets


def _window(rig: Rig, xvfb: Mapping[str, str]) -> subprocess.Popen[str]:
    command = [sys.executable, str(ROOT / "main.py")]
    return subprocess.Popen(command, env={**rig.environ, **xvfb}, stderr=subprocess.PIPE, text=True, cwd=ROOT)


def test_what_the_command_line_does_the_window_shows_and_keeps_to(rig: Rig, xvfb: Mapping[str, str]) -> None:
    process = _window(rig, xvfb)
    try:
        _wait(lambda: _sockets(rig), "the window is up")
        rig.run("assume", "stage-dev")
        before = rig.credentials.read_bytes()
        # The window adopts it; stopped by the command line, it is not written again
        time.sleep(4)  # two looks of the window: nothing else tells that it did nothing
        assert rig.credentials.read_bytes() == before
        rig.run("stop", "stage-dev")
        time.sleep(4)
        assert not rig.credentials.exists()
        assert rig.calls("AssumeRole") == 1
    finally:
        process.terminate()
        _, errors = process.communicate(timeout=30)
    assert process.returncode == 0, errors


def test_while_one_is_still_ending_another_can_be_started(rig: Rig, xvfb: Mapping[str, str]) -> None:
    rig.settings.write_text(rig.settings.read_text().replace("[settings]", "[settings]\nwithdraw_on_quit = true"))
    rig.run("assume", "stage-dev")
    windows = [_window(rig, xvfb)]
    try:
        _wait(lambda: _sockets(rig), "the first is up")
        _, errors = _window(rig, xvfb).communicate(timeout=60)  # which ends when the first has heard it
        assert errors == ""
        release = files.lock(lock_path(rig.credentials), seconds=30)
        assert release is not None
        try:
            # It withdraws, and waits for the file for some seconds
            windows[0].terminate()
            _wait(lambda: not _sockets(rig), "the first begins to end")
            told = windows[0].stderr
            assert told is not None
            assert not select.select([told], [], [], 0)[0], "it tells what it could not do before it ends"
            windows.append(_window(rig, xvfb))
            _, errors = windows[0].communicate(timeout=60)
            assert windows[0].returncode == 0, errors
            assert "Not everything could be withdrawn" in errors
        finally:
            release()
        _wait(lambda: _sockets(rig), "the second is up")
        assert windows[1].poll() is None
    finally:
        for each in windows:
            each.terminate()
            each.communicate(timeout=60)


def _sockets(rig: Rig) -> bool:
    return any(path.is_socket() for path in (rig.home / "rolecall" / "state").rglob("*"))


def _wait(holds: object, what: str) -> None:
    ends = time.monotonic() + 60
    while not holds():  # type: ignore[operator]  # a function without arguments
        if time.monotonic() > ends:
            pytest.fail(f"waited in vain until {what}", pytrace=False)
        time.sleep(0.1)


def test_the_demo_plays_itself(home: Path, xvfb: Mapping[str, str], tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, str(ROOT / "main.py"), "--demo", "--auto"],
        env={**os.environ, **xvfb},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
        timeout=170,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "boto3 with the written file: arn:aws:sts::456789012345:assumed-role/Network/" in done.stdout
    assert "byte for byte" in done.stdout
    pictures = {path.name for path in (tmp_path / "build" / "demo").iterdir()}
    assert {"1-window.png", "2-mfa.png", "3-chain.png", "5-saml-login.png", "7-offered-roles.png"} <= pictures
    assert {"8-browser.png", "10-device-code.png", "13-editor.png", "16-provider-dark.png"} <= pictures
    assert "prod-deploy had renewed itself" in done.stdout
    leftovers = [path for path in home.rglob("*") if path.is_file()]
    assert not [path for path in leftovers if "rolecall" in path.name or ".aws" in str(path)]
