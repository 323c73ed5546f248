"""The command line when something is wrong: with AWS, the clock, the settings, the files."""

from __future__ import annotations

import difflib
import json
import re
import time
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from app.adapters.keyring_store.encrypted_file import EncryptedFileVault
from app.cli import acting
from app.cli.arguments import parser
from app.domain.errors import StorageTrouble
from app.standin import StandIn, demo_world
from tests.e2e.rig import Rig

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

FOREIGN = b"# mine\r\n\r\n[other]   \r\naws_access_key_id=AKIAOTHEREXAMPLE0000\r\n[last]\nregion = eu-north-1"
OURS = re.compile(rb"(?<=\[stage-dev\]\r\n)(?:[a-z_]+ = [^\r\n]+\r\n)+")


@pytest.fixture
def rig(home: Path) -> Iterator[Rig]:
    world = demo_world()
    with StandIn(world) as aws:
        made = Rig(home=home, aws=aws, world=world)
        made.furnish()
        yield made


# --- AWS and the clock ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "details", "code"),
    [
        ("throttle", {}, "throttling"),
        ("server-error", {"status": 503}, "service-unavailable"),
        ("html", {}, "not-aws"),
        ("cut-body", {}, "reset"),
        ("reset", {}, "reset"),
    ],
)
def test_a_disturbance_is_tried_three_times_and_then_told(
    rig: Rig, kind: str, details: dict[str, Any], code: str
) -> None:
    rig.aws.fault(kind, times=2, **details)
    rig.run("assume", "stage-dev")
    assert rig.calls("AssumeRole") == 3
    rig.aws.fault(kind, times=9, **details)
    done = rig.run("assume", "stage-dev", "--refresh", code=1)
    assert f"[{code}]" in done.stderr
    assert rig.calls("AssumeRole") == 6
    rig.aws.clear_faults()
    assert rig.aws_cli("sts", "get-caller-identity", "--profile", "stage-dev")


def test_a_call_with_a_code_is_never_repeated_by_itself(rig: Rig) -> None:
    rig.run("identity", "add", "alice", "--totp", typed=rig.world.users["alice"].totp_secret)
    rig.aws.fault("server-error", times=9)
    rig.run("assume", "alice-mfa", code=1)
    assert rig.calls("GetSessionToken") == 1


@pytest.mark.parametrize("minutes", [-20, 20])
def test_a_wrong_clock_is_corrected_and_told(rig: Rig, minutes: int) -> None:
    rig.run("identity", "add", "alice", "--totp", typed=rig.world.users["alice"].totp_secret)
    rig.aws.clock_offset = timedelta(minutes=minutes)
    done = rig.run("assume", "stage-dev")
    assert f"20 min {'behind' if minutes > 0 else 'ahead of'} AWS's" in done.stderr
    assert rig.calls("AssumeRole") == 2
    rig.run("assume", "stage-dev", "--refresh")
    assert rig.calls("AssumeRole") == 3, "the next command knows the time"
    rig.run("assume", "stage-db")  # a code goes with it, and is of the corrected time
    assert [record.code for record in rig.aws.requests].count("SignatureDoesNotMatch") == 1
    assert rig.aws.requests[-1].code == ""


# --- Renewal by credential_process ------------------------------------------------------------------------------------


def _age(rig: Rig, name: str, *, left: int, life: int) -> None:
    """Let a session have begun longer ago, and end sooner."""
    state = rig.home / "rolecall" / "state" / "sessions.json"
    found = json.loads(state.read_text())
    ends = datetime.now(UTC) + timedelta(seconds=left)
    record = found["sessions"][name]
    record["expires"] = f"{ends:%Y-%m-%dT%H:%M:%SZ}"
    record["issued"] = f"{ends - timedelta(seconds=life):%Y-%m-%dT%H:%M:%SZ}"
    state.write_text(json.dumps(found))
    text = rig.credentials.read_text()
    rig.credentials.write_text(re.sub(r"(?<=x_security_token_expires = )\S+", record["expires"], text))


def test_credentials_that_are_about_to_expire_are_renewed_silently(rig: Rig) -> None:
    rig.run("assume", "stage-dev")
    before = rig.run("credentials", "stage-dev").stdout
    assert rig.calls("AssumeRole") == 1
    _age(rig, "stage-dev", left=300, life=3600)
    done = rig.run("credentials", "stage-dev")
    assert json.loads(done.stdout)["AccessKeyId"] != json.loads(before)["AccessKeyId"]
    assert done.stderr == ""
    assert rig.calls("AssumeRole") == 2
    assert json.loads(done.stdout)["AccessKeyId"].encode() in rig.credentials.read_bytes()


def test_where_renewal_fails_what_still_works_is_served_until_it_is_over(rig: Rig) -> None:
    rig.run("assume", "stage-dev")
    _age(rig, "stage-dev", left=300, life=3600)
    rig.aws.fault("server-error", times=99)
    assert json.loads(rig.run("credentials", "stage-dev").stdout)["Version"] == 1
    _age(rig, "stage-dev", left=-1, life=3600)
    assert rig.run("credentials", "stage-dev", code=3).stdout == ""


# --- Settings and files -----------------------------------------------------------------------------------------------


def test_what_lives_can_be_stopped_whatever_became_of_its_settings(rig: Rig) -> None:
    good = rig.settings.read_text()
    begins, ends = good.index("[profile.stage-dev]"), good.index("[profile.stage-ops]")
    refused = good.replace("duration = 28800", "duration = 1")
    for changed, name in ((good[:begins] + good[ends:], "stage-dev"), (refused, "stage-dev"), ("junk [", "--all")):
        rig.run("assume", "stage-dev")
        rig.settings.write_text(changed)
        told = rig.run("stop", name).stdout
        assert "stage-dev: withdrawn" in told
        assert "valid until" in told
        assert not rig.credentials.exists()
        assert rig.settings.read_text() == changed
        rig.settings.write_text(good)


def test_a_broken_settings_file_is_told_with_its_line_and_left_alone(rig: Rig) -> None:
    broken = rig.settings.read_text() + "\n[profile.broken\nrole_arn = 3\n"
    rig.settings.write_text(broken)
    keyring = (rig.home / "keyring").read_bytes()
    line = str(broken[: broken.index("[profile.broken")].count("\n") + 1)
    for command in (["list"], ["credentials", "stage-dev"]):
        assert f"line {line}" in rig.run(*command, code=1).stderr
    done = rig.run("identity", "add", "bob", "--access-key-id", "AKIAIOSFODNN7EXAMPLE", typed="x" * 40, code=1)
    assert f"line {line}" in done.stderr
    assert rig.settings.read_text() == broken
    assert (rig.home / "keyring").read_bytes() == keyring


def test_who_takes_the_name_of_another_says_so(rig: Rig) -> None:
    twin = '[profile.twin]\nrole_arn = "arn:aws:iam::210987654321:role/ReadOnly"\nsource = "identity.alice"\n'
    rig.settings.write_text(f'{rig.settings.read_text()}\n{twin}aws_profile = "stage-dev"\n')
    rig.run("assume", "stage-dev")
    assert "stage-dev: replaced" in rig.run("assume", "twin").stderr
    assert "replaced" not in rig.run("assume", "twin").stderr
    assert ":assumed-role/ReadOnly/" in rig.aws_cli("sts", "get-caller-identity", "--profile", "stage-dev")
    told = rig.run("stop", "--all").stdout
    assert "twin: withdrawn" in told
    assert "stage-dev: withdrawn" not in told


def test_what_became_another_installations_is_not_said_to_be_withdrawn(rig: Rig) -> None:
    rig.run("assume", "stage-dev")
    others = rig.credentials.read_text().replace("x_rolecall = ", "x_rolecall = ffff")
    rig.credentials.write_text(others)
    assert "withdrawn" not in rig.run("stop", "--all").stdout
    assert rig.credentials.read_text() == others


def test_what_could_not_be_kept_is_not_said_to_be(
    rig: Rig, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name, value in rig.environ.items():
        monkeypatch.setenv(name, value)

    def full(*_: object) -> None:
        raise StorageTrouble(code="keyring-failed", title="The disk is full")

    monkeypatch.setattr(EncryptedFileVault, "set", full)
    options = parser().parse_args(["assume", "sandbox-ml"])
    assert acting.run(options) == 1
    shown = capsys.readouterr()
    assert shown.out == ""
    assert "[keyring-failed]" in shown.err


def test_adding_an_identity_keeps_every_other_line(rig: Rig) -> None:
    hand_made = "# by hand\n" + rig.settings.read_text().replace("[settings]", "[settings]   # odd\nmine = 1 # kept")
    rig.settings.write_text(hand_made)
    rig.run("identity", "add", "bob", "--access-key-id", "AKIAIOSFODNN7EXAMPLE", typed="x" * 40)
    after = rig.settings.read_text().splitlines()
    assert "[identity.bob]" in after
    changes = difflib.ndiff(hand_made.splitlines(), after)
    assert not [line for line in changes if line.startswith("- ")]


def test_killed_ever_later_old_or_new_bytes_are_left_and_the_next_run_works(rig: Rig) -> None:
    rig.credentials.parent.mkdir()
    rig.credentials.write_bytes(FOREIGN)
    rig.run("assume", "stage-dev")
    shape = OURS.sub(b"", rig.credentials.read_bytes())
    for milliseconds in range(0, 1000, 10):
        before = rig.credentials.read_bytes()
        _kill_after_its_request(rig, milliseconds / 1000)
        now = rig.credentials.read_bytes()
        assert OURS.sub(b"", now) == shape
        assert json.loads(rig.run("credentials", "stage-dev").stdout)["AccessKeyId"].encode() in now
        if now != before:
            break
    else:
        pytest.fail("it never came to writing")
    rig.run("assume", "stage-dev", "--refresh")
    assert {path.name for path in rig.credentials.parent.iterdir()} == {"credentials", ".credentials.rolecall.lock"}
    rig.run("stop", "--all")
    assert rig.credentials.read_bytes() == FOREIGN


def _kill_after_its_request(rig: Rig, seconds: float) -> None:
    asked = rig.calls("AssumeRole")
    running = rig.start("assume", "stage-dev", "--refresh")
    while rig.calls("AssumeRole") == asked and running.poll() is None:
        time.sleep(0.001)
    time.sleep(seconds)
    running.kill()
    running.communicate()
