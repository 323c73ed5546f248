"""Wrong answers of STS and the whole program: what was published stays byte for byte, and the person is told."""

from __future__ import annotations

import asyncio
import json
import logging
import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from app.bootstrap.wiring import Wired, wire
from app.domain.errors import RolecallError
from app.domain.secret import Secret
from tests.faults import fault_answers as answers
from tests.faults import fault_times
from tests.faults.fault_server import FaultServer, whole
from tests.faults.tally import chosen
from tests.faults.test_sts_faults import sent_elsewhere

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.faults.fault_answers import Case
    from tests.faults.tally import Tally

ROOT = Path(__file__).parents[2]
SETTINGS = """\
schema = 1
[settings]
region = "eu-west-1"
connect_timeout = {timeout}
read_timeout = {timeout}
max_retries = 1
retry_base = 0.01
[identity.alice]
access_key_id = "AKIAIOSFODNN7EXAMPLE"
mfa_device = "arn:aws:iam::123456789012:mfa/alice"
[profile.admin]
role_arn = "arn:aws:iam::123456789012:role/Admin"
source = "identity.alice"
session_name = "alice"
"""
FOREIGN = b"[other]\naws_access_key_id = AKIAOTHEREXAMPLE0000\naws_secret_access_key = theirs"
OLD_KEY = "ASIAOLDOLDOLDOLD0001"
PATIENCE = 60


class Home:
    """A home directory whose AWS is the fault server."""

    def __init__(self, home: Path, server: FaultServer, *, timeout: float = 10) -> None:
        self.home = home
        self.credentials = home / ".aws" / "credentials"
        self.environ = os.environ | {
            "HOME": str(home),
            "ROLECALL_HOME": str(home / "rolecall"),
            "ROLECALL_KEYRING": f"file:{home / 'keyring'}",
            "ROLECALL_KEYRING_PASSPHRASE_FILE": str(home / "passphrase"),
            "AWS_ENDPOINT_URL_STS": server.url,
        }
        settings = home / "rolecall" / "config" / "config.toml"
        settings.parent.mkdir(parents=True)
        settings.write_text(SETTINGS.format(timeout=timeout))
        (home / "passphrase").write_text("correct horse\n")
        self.credentials.parent.mkdir()
        self.credentials.write_bytes(FOREIGN)

    def all_bytes(self) -> dict[str, bytes]:
        """Every file in the home that may hold anything of an answer."""
        return {str(path): path.read_bytes() for path in self.home.rglob("*") if path.is_file()}


@pytest.fixture
def elsewhere() -> Iterator[FaultServer]:
    with FaultServer() as server:
        server.answer = whole("stolen")
        yield server


def good(key_id: str = OLD_KEY) -> bytes:
    return whole(answers.good_body(datetime.now(UTC) + answers.LIFE, key_id=key_id))


async def test_a_session_survives_every_answer_to_its_renewal(
    tally: Tally, tmp_path: Path, elsewhere: FaultServer, caplog: pytest.LogCaptureFixture
) -> None:
    """What is live stays live and published as it is, or is replaced by the right one; nothing between."""
    caplog.set_level(logging.DEBUG)
    cases = [case for case in fault_times.all_cases(datetime.now(UTC)) if not case.slow]
    with FaultServer() as server:
        home = Home(tmp_path, server)
        wired = wire(home.environ | {"ROLECALL_KEYRING": "memory"}, person_present=False)
        try:
            await wired.front.start()
            await wired.front.engine.world.secrets.set("identity/alice", Secret("canary-identity-secret"))
            for case in chosen(cases, 25):
                with tally.case("sts: renewals of what is published", case.name):
                    await _renew(wired, home, server, sent_elsewhere(case, elsewhere))
                    assert "canary" not in caplog.text
                    caplog.clear()
        finally:
            await wired.close()
    assert elsewhere.connections == 0


async def _renew(wired: Wired, home: Home, server: FaultServer, case: Case) -> None:
    engine = wired.front.engine
    keeper = engine.keeper("admin")
    server.set(good())
    async with asyncio.timeout(PATIENCE):
        await engine.assume("admin", force=True)
    before = home.credentials.read_bytes()
    assert OLD_KEY.encode() in before
    server.set(case.answer)
    told: RolecallError | None = None
    async with asyncio.timeout(PATIENCE):
        try:
            await engine.assume("admin", force=True)
        except RolecallError as error:
            told = error
    held = keeper.session.obtained
    after = home.credentials.read_bytes()
    assert held is not None, "the session was lost"
    assert held.live(datetime.now(UTC))
    if told is None:
        assert not case.codes, "taken"
        assert held.access_key_id == answers.KEY_ID
        assert f"aws_access_key_id = {answers.KEY_ID}\naws_secret_access_key = {answers.SECRET}\n".encode() in after
        assert after.count(b"\n[") == 1
    else:
        assert told.code in case.codes
        assert keeper.session.problem is not None
        assert held.access_key_id == OLD_KEY
        assert after == before, "what was published has changed"
    assert after.startswith(FOREIGN)


MOST_TELLING = (
    ("good", 0),
    ("AccessDenied", 1),
    ("Throttling", 1),
    ("500, HTML", 1),
    ("HTML, 200", 1),
    ("302 elsewhere", 1),
    ("empty", 1),
    ("a gzip bomb", 1),
    ("10 MB", 1),
    ("reset in the body", 1),
    ("credentials of another account", 1),
    ("SessionToken with a section", 1),
    ("expires in year 9999", 1),
    ("expires a second ago", 1),
    ("billion laughs", 1),
    ("a RequestId that steers terminals", 1),
    ("a message that steers terminals", 1),
    ("hangs in the body", 1),
    ("a byte at a time, body", 1),
    ("a head without an end", 1),
)


@pytest.mark.parametrize(("name", "code"), chosen(MOST_TELLING, 2))
def test_the_command_line_tells_and_publishes_nothing_wrong(
    tally: Tally, tmp_path: Path, elsewhere: FaultServer, name: str, code: int
) -> None:
    """`python main.py assume` from outside: exit code, both outputs, every file in the home."""
    cases = {case.name: case for case in fault_times.all_cases(datetime.now(UTC))}
    with FaultServer() as server:
        home = Home(tmp_path, server, timeout=1)
        added = _run(home, "identity", "add", "alice", typed="canary-identity-secret\n")
        assert added.returncode == 0, added.stderr
        with tally.case("sts: command line", name):
            _assume(home, server, sent_elsewhere(cases[name], elsewhere), code)
    assert elsewhere.connections == 0


def _assume(home: Home, server: FaultServer, case: Case, code: int) -> None:
    home.credentials.write_bytes(FOREIGN)
    server.set(case.answer)
    done = _run(home, "assume", "admin", "--refresh", "--json")
    assert done.returncode == code, done.stderr
    assert "Traceback" not in done.stderr
    for text in (done.stdout, done.stderr):
        assert all(each.isprintable() or each == "\n" for each in text), "it steers the terminal"
        assert "canary" not in text
    if code:
        assert done.stdout == ""
        assert any(f"[{each}]" in done.stderr for each in case.codes), done.stderr
        assert home.credentials.read_bytes() == FOREIGN
        answered = (answers.SECRET.encode(), answers.TOKEN.encode())
        leaks = [path for path, data in home.all_bytes().items() if any(each in data for each in answered)]
        assert not leaks
    else:
        assert json.loads(done.stdout)["access_key_id"] == answers.KEY_ID
        assert answers.SECRET.encode() in home.credentials.read_bytes()
        assert _run(home, "stop", "--all").returncode == 0


def _run(home: Home, *arguments: str, typed: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, str(ROOT / "main.py"), *arguments],
        input=typed,
        env=home.environ,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
