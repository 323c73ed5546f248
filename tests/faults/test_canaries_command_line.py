"""Every secret of the command line, with the desktop's keyring and with the encrypted file: nowhere it must not be."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from app.standin import demo_settings, demo_world
from tests.adapters.keyring_store.keyring_desktop import PASSWORD, session_bus
from tests.e2e.provider_rig import FILLS_IN, ProviderRig
from tests.e2e.rig import ROOT
from tests.e2e.searching import Sampler, found, found_below
from tests.faults.canary_places import SECRETS, BusTap, in_memory, owner_of
from tests.faults.canary_rig import KeyringRig, Repeating, break_off, code_like, program, repeat
from tests.faults.tally import chosen

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.faults.tally import Tally

PASSPHRASE = "correct horse"
LIFE: tuple[tuple[str, ...], ...] = (
    ("assume", "prod-admin"),
    ("assume", "network"),
    ("list", "--json"),
    ("whoami", "network"),
    ("provider", "list"),
    ("activity",),
    ("refuse", "logs"),
    ("break", "dns"),
)
"""What is done, and what goes wrong: AWS repeats in its refusal all it was sent, or its answer breaks off."""


@pytest.fixture
def shown_to_all() -> Iterator[Sampler]:
    """Arguments and environments of this test and of all that it starts."""
    sampler = Sampler(os.getpid())
    sampler.start()
    yield sampler
    sampler.done.set()
    sampler.join()


@pytest.mark.parametrize("kind", chosen(["the desktop's keyring", "the encrypted file"], 1))
def test_no_secret_of_the_command_line_comes_to_light(
    kind: str, home: Path, tmp_path: Path, tally: Tally, monkeypatch: pytest.MonkeyPatch, shown_to_all: Sampler
) -> None:
    row = f"secrets: the command line with {kind}"
    world = demo_world()
    alice = world.users["alice"]
    monkeypatch.setenv("PYTHONFAULTHANDLER", "1")
    monkeypatch.setenv(
        "BROWSER", str(program(tmp_path / "browser", FILLS_IN.format(python=sys.executable, root=str(ROOT)))) + " %s"
    )
    with Repeating(world) as aws, session_bus(tmp_path) as desktop:
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", desktop.address)
        rig_of = KeyringRig if kind == "the desktop's keyring" else ProviderRig
        rig = rig_of(home=home, aws=aws, world=world)
        rig.settle(demo_settings(world, aws.url))
        keyring = ""
        if rig_of is KeyringRig:
            (home / "passphrase").unlink()
            desktop.keyring_daemon(PASSWORD)
            keyring = owner_of(SECRETS, desktop.address)
        with BusTap(desktop.address, keyring=keyring) as session:
            shown = _life(rig, aws)
        with tally.case(row, "the credentials file holds what is published, and so the search finds it"):
            assert found(aws.secrets(), rig.credentials.read_bytes())
        for served in ("credentials", "console"):
            # Their output is meant to hold secrets: it is for the program, or the person, that asked for it
            served_text = rig.run(served, "network").stdout
            assert found(aws.secrets(), served_text.encode()), served
        rig.run("stop", "--all")
        secrets = aws.secrets() | {"key": alice.secret_access_key, "device": alice.totp_secret, "password": PASSWORD}
        secrets |= {"passphrase": PASSPHRASE} if rig_of is ProviderRig else {}
        codes = code_like(secrets, aws.words)
        places = {"output": shown, "D-Bus": bytes(session.heard), "arguments and environments": shown_to_all.seen}
        for place, content in places.items():
            with tally.case(row, place):
                assert not found(secrets, content), f"{place}: {found(secrets, content)}"
                # The environment of this test is somebody else's, with digits of all kinds
                assert place == "arguments and environments" or not codes.search(content), f"{place}: a code"
        with tally.case(row, "home"):
            # The passphrase's own file is the person's; the keyring is encrypted
            hits = found_below(secrets, home, but=[home / "passphrase"])
            assert not hits, hits
        with tally.case(row, "core files"):
            assert not [each for root in (home, tmp_path, Path.cwd()) for each in root.glob("core*") if each.is_file()]
        tally.note(row, f"{len(secrets)} secrets")


def _life(rig: ProviderRig, aws: Repeating) -> bytes:
    """Everything that a person does, and all that was said to them."""
    alice = rig.world.users["alice"]
    done = [
        rig.run("identity", "add", "alice", typed=alice.secret_access_key + "\n"),
        rig.run("identity", "add", "alice", "--totp", typed=alice.totp_secret + "\n"),
    ]
    with rig.at_terminal("assume", "stage-dev") as terminal:
        shown = terminal.end()
    for command in LIFE:
        aws.trouble = {"refuse": repeat, "break": break_off}.get(command[0])
        words = ("assume", command[1]) if aws.trouble else command
        done.append(rig.run(*words, code=1 if aws.trouble else 0))
    aws.trouble = None
    return shown.encode() + "".join(each.stdout + each.stderr for each in done).encode()


CRASHES = """
import asyncio, faulthandler, logging, os, sys, threading
faulthandler.enable()
from app.adapters import logging_filter
logging_filter.install()
logging_filter.guard_crashes()
secret = os.read(0, 100_000).decode()
where = sys.argv[1]
def crash():
    kept_in_a_frame = secret
    raise ValueError(f"cannot read {kept_in_a_frame}")
async def in_a_task():
    task = asyncio.ensure_future(asyncio.sleep(0))
    await task
    async def failing():
        crash()
    lost = asyncio.ensure_future(failing())
    await asyncio.sleep(0.01)
    del lost
    import gc
    gc.collect()
if where == "task":
    asyncio.run(in_a_task())
elif where == "thread":
    thread = threading.Thread(target=crash)
    thread.start()
    thread.join()
elif where == "abort":
    os.abort()
elif where == "log":
    try:
        crash()
    except ValueError:
        logging.getLogger("x").exception("went wrong with %s", secret)
else:
    crash()
"""


def test_no_crash_tells_a_secret(tmp_path: Path, tally: Tally) -> None:
    """Of what a program could say when it dies, by the shapes that AWS's and providers' secrets have."""
    row = "secrets: crashes"
    secrets = {
        "secret access key": "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEy",
        "session token": "IQoJb3JpZ2luX2VjE" + "Ax7/b+" * 40,
        "ID token": "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJhbGljZSIsImF1ZCI6InJvbGVjYWxsIn0.c2lnbmF0dXJlLW9mLXRoZS10b2tlbg",
        "assertion": "PHNhbWxwOlJlc3BvbnNlIHhtbG5z" * 20,
        "address": "otpauth://totp/AWS:alice?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP",
        "console address": "https://signin.example.com/federation?Action=login&SigninToken=" + "VtXk2Lw9" * 30,
    }
    environ = os.environ | {"PYTHONPATH": str(ROOT), "PYTHONFAULTHANDLER": "1"}
    for where in ("main", "task", "thread", "log", "abort"):
        done = subprocess.run(
            [sys.executable, "-c", CRASHES, where],
            input="\n".join(secrets.values()).encode(), env=environ, cwd=tmp_path, capture_output=True, check=False,
            timeout=60,
        )  # fmt: skip
        said = done.stdout + done.stderr
        assert (done.returncode == -signal.SIGABRT) == (where == "abort"), said
        assert b"Aborted" in said if where == "abort" else b"ValueError" in said, said
        for name, secret in secrets.items():
            with tally.case(row, f"{name} in {where}"):
                assert not found({name: secret}, said), said
    assert not list(tmp_path.glob("core*"))


def test_what_is_left_in_the_memory_of_a_command(home: Path, tally: Tally) -> None:
    """A figure: how often secrets stand in the command's memory once its work is done, before it ends."""
    row = "secrets: memory of a command"
    world = demo_world()
    script = home / "kept.py"
    script.write_text(
        "import atexit, os, sys\nsys.path.insert(0, sys.argv.pop(1))\n"
        "def wait():\n    sys.stdout.write('WAITING\\n'); sys.stdout.flush(); sys.stdin.readline()\n"
        "atexit.register(wait)\nfrom app.cli.main import main\nraise SystemExit(main())\n"
    )
    with Repeating(world) as aws:
        rig = ProviderRig(home=home, aws=aws, world=world)
        rig.settle(demo_settings(world, aws.url))
        rig.run("identity", "add", "alice", typed=world.users["alice"].secret_access_key + "\n")
        process = subprocess.Popen(
            [sys.executable, str(script), str(ROOT), "assume", "network"],
            env=rig.environ, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        assert process.stdin is not None
        assert process.stdout is not None
        with tally.case(row, "assume"):
            assert any(line == "WAITING\n" for line in process.stdout), "it came to its end"
            counted = in_memory(process.pid, aws.secrets() | {"key": world.users["alice"].secret_access_key})
            process.communicate("\n", timeout=60)
            assert process.returncode == 0
            assert not Path(f"/proc/{process.pid}").exists()
        shown = ", ".join(f"{name.partition(' of ')[0]} {number}" for name, number in counted.items())
        tally.note(row, f"after assume: {shown}")
    shutil.rmtree(home / ".aws")
