"""What the command line loads: never Qt, and next to nothing where AWS tools call it often."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from app.adapters.credentials_file.file import CredentialsFile
from app.adapters.settings_file import SettingsFile
from app.adapters.state_file import StateFile
from app.core.places import place_of
from app.domain.chain import resolve
from app.domain.credentials import Credentials
from app.domain.published import PublishedSection
from app.domain.secret import Secret
from app.domain.state import SessionRecord

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[2]
SETTINGS = """\
schema = 1
[identity.alice]
access_key_id = "AKIAIOSFODNN7EXAMPLE"
[profile.dev]
role_arn = "arn:aws:iam::123456789012:role/Dev"
source = "identity.alice"
"""
PROGRAM = """
import sys
sys.path.insert(0, sys.argv.pop(1))
from app.cli.main import main
code = main(sys.argv[1:])
print("MODULES " + " ".join(sorted(sys.modules)), file=sys.stderr)
raise SystemExit(code)
"""


@pytest.fixture
def live(home: Path) -> Iterator[None]:
    """A profile that is live and published, as a process before left it."""
    where = home / "rolecall"
    (where / "config").mkdir(parents=True)
    (where / "config" / "config.toml").write_text(SETTINGS)
    settings = SettingsFile(where / "config" / "config.toml", lock_path=where / "state" / "locks" / "settings")
    state = StateFile(where / "state")
    place = place_of(resolve(settings.load_now(), "dev"))
    now = datetime.now(UTC)
    credentials = Credentials(
        access_key_id="ASIAEXAMPLE000000001",
        secret_access_key=Secret("secret"),
        session_token=Secret("token"),
        expires=now.replace(microsecond=0) + timedelta(hours=1),
    )
    record = SessionRecord(
        name="dev",
        fingerprint=place.fingerprint,
        access_key_id=credentials.access_key_id,
        issued=now,
        expires=credentials.expires,
        aws_profile="dev",
    )
    kept = state.update_now(lambda found: replace(found, sessions={"dev": record}))
    file = CredentialsFile(home / ".aws" / "credentials", installation=kept.installation)
    section = PublishedSection(aws_profile="dev", profile="dev", credentials=credentials)
    file.publish(section, known_key_ids=frozenset(), renewal=False)
    yield
    settings.close()
    state.close()


WINDOW = """
import sys
sys.path.insert(0, sys.argv.pop(1))
from app.bootstrap import window
async def play(running):
    print("SHOWN", running.window.isVisible())
    return 0
code = window.run(stage=window.Stage(play=play))
print("MODULES " + " ".join(sorted(sys.modules)), file=sys.stderr)
raise SystemExit(code)
"""


def run(*arguments: str, code: int = 0, program: str = PROGRAM) -> tuple[str, set[str]]:
    """Run a command in a process of its own; its output, and the modules that were loaded."""
    done = subprocess.run(
        [sys.executable, "-c", program, str(ROOT), *arguments], capture_output=True, text=True, check=False, timeout=60
    )
    assert done.returncode == code, done.stderr
    modules = next(line for line in done.stderr.splitlines() if line.startswith("MODULES "))
    return done.stdout, set(modules.split()[1:])


LOGIN = {"authlib", "joserfc", "cryptography", "lxml", "segno", "webbrowser", "defusedxml"}
"""What only a sign-in at a provider needs."""
HEAVY = LOGIN | {
    "keyring", "httpx", "filelock", "asyncio", "tomlkit", "ssl", "PySide6", "qasync", "botocore", "argparse"
}  # fmt: skip


@pytest.mark.usefixtures("live")
def test_list_reads_files_and_loads_nothing_heavy() -> None:
    shown, modules = run("list")
    assert "active" in shown
    assert not modules & (HEAVY - {"argparse"})


@pytest.mark.usefixtures("live")
def test_credentials_of_a_published_session_load_nothing_heavy() -> None:
    shown, modules = run("credentials", "dev")
    assert json.loads(shown)["AccessKeyId"] == "ASIAEXAMPLE000000001"
    assert not modules & HEAVY


@pytest.mark.usefixtures("live")
@pytest.mark.parametrize("command", [["doctor"], ["stop", "dev"], ["identity", "list"], ["provider", "list"]])
def test_no_command_loads_qt_or_what_only_a_sign_in_needs(command: list[str]) -> None:
    _, modules = run(*command, code=1 if command == ["doctor"] else 0)
    assert not modules & {"PySide6", "shiboken6", "qasync"}
    assert not modules & {"authlib", "joserfc", "lxml", "segno"}


def test_the_window_starts_without_what_only_a_sign_in_needs() -> None:
    shown, modules = run(program=WINDOW)
    assert shown == "SHOWN True\n"
    assert not modules & {"authlib", "joserfc", "lxml", "segno"}
    assert not [name for name in modules if "WebEngine" in name]
