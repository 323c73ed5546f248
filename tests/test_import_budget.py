"""How many modules each way to start loads at most, and which it never does: what creeps in is seen at once.

A number of modules is no time, but it is the same on every machine, and each one costs. The limits leave room for a
handful; whoever needs more raises one here, and says beside it what for.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.bench_ui import scene

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[1]
ENTRY = """
import json, sys
sys.path.insert(0, sys.argv.pop(1))
before = set(sys.modules)
try:
    {start}
finally:
    print("MODULES " + json.dumps(sorted(set(sys.modules) - before)), file=sys.stderr)
"""
COMMAND = "from app.cli.main import main; code = main(); raise SystemExit(code)"
ASSUME = """
    import asyncio
    from app.bootstrap import wiring
    from app.domain.secret import Secret
    wire = wiring.wire
    def wire_with_secret(environ, **given):
        wired = wire(environ, **given)
        start = wired.front.start
        async def start_with_secret():
            await wired.front.engine.world.secrets.set("identity/alice", Secret("slow" * 10))
            await start()
        wired.front.start = start_with_secret
        return wired
    wiring.wire = wire_with_secret
    from app.cli.main import main; code = main(); raise SystemExit(code)
"""
WINDOW = """
    from app.bootstrap import later, window
    async def nothing(wired):
        pass
    later.ready = nothing
    async def play(running):
        assert running.window.isVisible()
        return 0
    raise SystemExit(window.run(stage=window.Stage(play=play)))
"""
SIGN_IN = {"authlib", "joserfc", "segno", "lxml", "webbrowser"}
"""What only a sign-in at a provider needs: some of it takes longer to load than all the rest."""
QT = {"PySide6", "shiboken6", "qasync"}
"""The command line has no window; Qt alone takes as long as it takes to run."""
NETWORK = {"httpx", "httpcore", "h11", "anyio", "ssl", "certifi", "asyncio"}
"""What only reads files talks to nobody, and waits for nothing."""
KEYRING = {"keyring", "secretstorage", "jeepney", "cryptography"}
"""What is published needs no keyring, and what no secret is asked from neither."""
WRITING = {"filelock", "tomlkit", "app.adapters.credentials_file.file", "app.core.engine", "logging"}
"""What only reads takes no lock, changes nothing, and has no log."""
UNUSED = {"rich", "click", "pygments", "botocore", "boto3", "awscli", "numpy", "moto", "pytest"}
"""Ours never uses them; some are there because others do."""
CLICKED = {"app.ui.sheet", "app.ui.page", "app.ui.forms", "app.ui.palette", "app.adapters.desktop.saml_login"}
"""What pages and sheets are made of is loaded once the window is painted."""
VALUES = {"dataclasses", "inspect", "pathlib", "platformdirs"}
"""To load these takes as long as to start Python, and what prints credentials can do without."""
LIGHT = QT | SIGN_IN | NETWORK | KEYRING | WRITING | UNUSED
"""AWS tools call `credentials` before each of their own commands, shells call `list`."""


def loaded(start: str, *words: str, code: int = 0) -> set[str]:
    """What a start in a process of its own loads, beside what Python itself has loaded by then."""
    done = subprocess.run(
        [sys.executable, "-c", ENTRY.format(start=start), str(ROOT), *words],
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == code, done.stdout + done.stderr
    line = next(line for line in done.stderr.splitlines() if line.startswith("MODULES "))
    return set(json.loads(line.removeprefix("MODULES ")))


def check(modules: set[str], never: set[str], most: int) -> None:
    found = sorted(name for name in modules if any(name == each or name.startswith(f"{each}.") for each in never))
    assert not found

    assert len(modules) <= most, sorted(modules)
    # A limit that is far away guards nothing
    assert len(modules) > most * 0.6


@pytest.fixture
def port() -> Iterator[int]:
    server = subprocess.Popen(
        [sys.executable, "-m", "tests.bench_ui.fast_sts"], stdout=subprocess.PIPE, text=True, cwd=ROOT
    )
    assert server.stdout is not None
    yield int(server.stdout.readline())
    server.terminate()
    server.communicate()


@pytest.fixture
def furnished(home: Path, port: int, monkeypatch: pytest.MonkeyPatch) -> None:
    scene.furnish(home, 20, 0)
    hour_ago = time.time() - 3600
    os.utime(home / "rolecall" / "config" / "config.toml", (hour_ago, hour_ago))
    for name, value in scene.environment(home, port).items():
        monkeypatch.setenv(name, value)


def test_help_loads_the_parser_alone() -> None:
    check(loaded(COMMAND, "--help"), LIGHT | VALUES, 37)


@pytest.mark.usefixtures("furnished")
def test_assume_and_then_what_only_reads() -> None:
    name = scene.name_of(0)
    never = QT | SIGN_IN | UNUSED | {"httpcore", "anyio", "certifi", "h11", "keyring"}
    check(loaded(ASSUME, "assume", name), never, 360)
    # `list` reads all settings, and leaves for `credentials` what they say
    check(loaded(COMMAND, "list"), LIGHT, 115)
    never = LIGHT | VALUES | {"argparse", "tomllib", "app.domain.configuration"}
    check(loaded(COMMAND, "credentials", name), never, 52)


@pytest.mark.usefixtures("furnished")
def test_doctor_asks_nobody_for_a_secret() -> None:
    check(loaded(COMMAND, "doctor", code=1), QT | SIGN_IN | UNUSED | {"httpx", "httpcore", "anyio"}, 285)


@pytest.mark.usefixtures("furnished", "xvfb")
def test_the_window_starts_without_what_a_click_would_need() -> None:
    modules = loaded(WINDOW)
    check(modules, SIGN_IN | UNUSED | KEYRING | CLICKED | {"httpx", "httpcore", "anyio", "h11", "certifi"}, 400)
    assert not [name for name in modules if "WebEngine" in name]
