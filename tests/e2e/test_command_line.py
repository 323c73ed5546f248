"""The whole path from the command line: stand-in AWS, encrypted keyring, AWS's own tools as readers."""

from __future__ import annotations

import json
import sys
import urllib.request
from typing import TYPE_CHECKING

import boto3
import pytest

from app.adapters import files
from app.adapters.locks import file_name
from app.standin import StandIn, demo_world
from tests.e2e.rig import ROOT, Rig

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

FOREIGN = (
    b"# mine\r\n\r\n[other]   \r\naws_access_key_id=AKIAOTHEREXAMPLE0000\r\n"
    b"  aws_secret_access_key   =   x\r\n; and a comment\r\n[last]\nregion = eu-north-1"
)


@pytest.fixture
def rig(home: Path) -> Iterator[Rig]:
    world = demo_world()
    with StandIn(world) as aws:
        made = Rig(home=home, aws=aws, world=world)
        made.furnish()
        yield made


def test_assume_read_serve_sign_in_and_put_everything_back(rig: Rig) -> None:
    rig.credentials.parent.mkdir()
    rig.credentials.write_bytes(FOREIGN)
    told = rig.run("assume", "stage-dev").stdout
    assert "published as [stage-dev]" in told

    identity = json.loads(rig.aws_cli("sts", "get-caller-identity", "--profile", "stage-dev"))
    assert ":assumed-role/Developer/" in identity["Arn"]

    served = json.loads(rig.run("credentials", "stage-dev").stdout)
    assert served["Version"] == 1
    published = boto3.Session(profile_name="stage-dev").get_credentials().get_frozen_credentials()
    assert (served["AccessKeyId"], served["SecretAccessKey"], served["SessionToken"]) == tuple(published)[:3]

    url = rig.run("console", "stage-dev", "--service", "s3").stdout.strip()
    browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor())
    with browser.open(url, timeout=30) as page:
        assert "Developer" in page.read().decode()

    after = rig.credentials.read_bytes()
    assert after.startswith(FOREIGN)
    assert b"[stage-dev]" in after[len(FOREIGN) :]
    assert "valid until" in rig.run("stop", "--all").stdout
    assert rig.credentials.read_bytes() == FOREIGN
    assert rig.run("credentials", "stage-dev", code=3).stdout == ""


BROWSER = """#!{python}
import os, sys, urllib.request
opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor())
with opener.open(sys.argv[1]) as page, open({notes!r}, "w") as notes:
    print(sys.argv[1], dict(os.environ), sep="\\n", file=notes)
    print(page.geturl(), page.read().decode(), sep="\\n", file=notes)
"""


@pytest.mark.parametrize(
    ("name", "shown", "wish"),
    [("stage-dev", "Developer", "43200"), ("prod-admin", "Admin", None), ("guest", "guest", None)],
)
def test_a_browser_is_given_a_harmless_url_and_ends_in_the_console(
    rig: Rig, monkeypatch: pytest.MonkeyPatch, name: str, shown: str, wish: str | None
) -> None:
    notes, browser = rig.home / "notes", rig.home / "browser"
    browser.write_text(BROWSER.format(python=sys.executable, notes=str(notes)))
    browser.chmod(0o755)
    monkeypatch.setenv("BROWSER", f"{browser} %s")
    rig.run("identity", "add", "alice", "--totp", typed=rig.world.users["alice"].totp_secret)
    assert rig.run("console", name, "--open", "--service", "s3").stdout == ""
    url, environ, *page = notes.read_text().splitlines()
    assert url.startswith("http://127.0.0.1:")
    keys = json.loads(rig.run("credentials", name).stdout)
    for secret in ("SigninToken", keys["SecretAccessKey"], keys["SessionToken"]):
        assert secret not in url + environ
    assert page[0] == f"{rig.url}/console"
    assert shown in "".join(page)
    assert "/s3/home" in "".join(page)
    [asked] = [each.parameters for each in rig.aws.requests if each.action == "getSigninToken"]
    assert asked.get("SessionDuration") == wish


def test_the_session_of_a_user_cannot_sign_in_and_the_reason_is_told(rig: Rig) -> None:
    done = rig.run("console", "alice-mfa", code=1)
    assert "[console-session-token]" in done.stderr
    assert "federated_user" in done.stderr
    assert rig.aws.requests == []


def test_a_file_we_made_is_gone_after_stop(rig: Rig) -> None:
    rig.run("assume", "stage-dev")
    assert rig.credentials.stat().st_mode & 0o777 == 0o600
    rig.run("stop", "stage-dev")
    assert not rig.credentials.exists()


@pytest.mark.parametrize("which", ["stage-dev", "--all"])
def test_who_waits_for_another_one_to_stop_something_is_told(rig: Rig, which: str) -> None:
    rig.run("assume", "stage-dev")
    busy = files.lock(rig.locks / file_name("session stage-dev"), seconds=30)
    assert busy is not None
    with rig.start("stop", which) as stopping:
        told = stopping.stderr
        assert told is not None
        assert told.readline().startswith("Still waiting")
        assert rig.credentials.exists()
        busy()
        said, _ = stopping.communicate(timeout=60)
    assert (stopping.returncode, "stage-dev: withdrawn" in said) == (0, True)
    assert not rig.credentials.exists()


def test_credential_process_is_read_by_boto3(rig: Rig, monkeypatch: pytest.MonkeyPatch) -> None:
    rig.run("assume", "sandbox-ml")
    assert not rig.credentials.exists()
    config = rig.home / ".aws" / "config"
    config.parent.mkdir(exist_ok=True)
    command = f"{sys.executable} {ROOT / 'main.py'} credentials sandbox-ml"
    config.write_text(f"[profile ml]\ncredential_process = {command}\n")
    for name, value in rig.environ.items():
        monkeypatch.setenv(name, value)
    client = boto3.Session(profile_name="ml").client("sts", region_name="eu-west-1")
    assert ":assumed-role/Notebook/" in client.get_caller_identity()["Arn"]
    rig.run("stop", "--all")
    rig.run("credentials", "sandbox-ml", code=3)


def test_one_code_serves_everything_behind_the_device(rig: Rig) -> None:
    shown = rig.type_at_terminal("assume", "stage-ops", prompt="mfa/alice: ", answer=rig.mfa_code())
    assert "published as [stage-ops]" in shown
    rig.run("assume", "prod-admin")
    assert rig.calls("GetSessionToken") == 1
    identity = json.loads(rig.aws_cli("sts", "get-caller-identity", "--profile", "prod-admin"))
    assert ":assumed-role/Admin/" in identity["Arn"]
    rig.run("stop", "--all")
    assert "exit" not in rig.run("assume", "stage-ops", code=3).stderr


def test_without_a_terminal_a_needed_code_is_exit_3_and_says_what_to_run(rig: Rig) -> None:
    done = rig.run("assume", "stage-ops", code=3)
    assert "rolecall assume stage-ops" in done.stderr
    assert rig.calls("GetSessionToken") == 0


def test_ten_at_once_are_one_call(rig: Rig) -> None:
    running = [rig.start("assume", "stage-dev") for _ in range(10)]
    for each in running:
        _, errors = each.communicate(timeout=90)
        assert each.returncode == 0, errors
    assert rig.calls("AssumeRole") == 1


def test_a_foreign_section_is_never_overwritten_unasked(rig: Rig) -> None:
    rig.credentials.parent.mkdir()
    foreign = b"[stage-dev]\naws_access_key_id = AKIAMINE0000EXAMPLE0\naws_secret_access_key = mine\n"
    rig.credentials.write_bytes(foreign)
    done = rig.run("assume", "stage-dev", code=1)
    assert "section-foreign" in done.stderr
    assert rig.credentials.read_bytes() == foreign
    assert rig.calls("AssumeRole") == 0
    rig.run("assume", "stage-dev", "--replace")
    assert b"[stage-dev--kept-by-rolecall]" in rig.credentials.read_bytes()
    identity = json.loads(rig.aws_cli("sts", "get-caller-identity", "--profile", "stage-dev"))
    assert ":assumed-role/" in identity["Arn"]
    rig.run("stop", "--all")
    assert rig.credentials.read_bytes() == foreign


def test_a_name_that_aws_tools_would_ignore_is_refused_with_another(rig: Rig) -> None:
    config = rig.home / ".aws" / "config"
    config.parent.mkdir()
    config.write_text("[profile stage-dev]\nrole_arn = arn:aws:iam::123456789012:role/X\nsource_profile = y\n")
    done = rig.run("assume", "stage-dev", code=1)
    assert "role_arn" in done.stderr
    assert "rolecall-stage-dev" in done.stderr


def test_a_denial_says_who_asked_for_what_and_can_be_decoded(rig: Rig) -> None:
    done = rig.run("assume", "prod-billing", code=1)
    assert "AccessDenied" in done.stderr or "access-denied" in done.stderr
    decoded = json.loads(rig.run("decode", "stage-dev", typed=done.stderr).stdout)
    assert decoded["allowed"] is False
    assert not rig.credentials.exists(), "what was obtained to ask with was published"


def test_list_whoami_key_info(rig: Rig) -> None:
    rig.run("assume", "stage-dev")
    rows = {row["name"]: row for row in json.loads(rig.run("list", "--json").stdout)["profiles"]}
    assert rows["stage-dev"]["status"] == "active"
    assert rows["prod-audit"]["status"] == "idle"
    assert ":assumed-role/Developer/" in json.loads(rig.run("whoami", "stage-dev", "--json").stdout)["Arn"]
    key = rows["stage-dev"]["access_key_id"]
    assert json.loads(rig.run("key-info", "stage-dev", key, "--json").stdout)["Account"] == "210987654321"
    rig.run("whoami", "prod-audit", code=3)


def test_who_aws_tools_are_and_who_an_identity_is(rig: Rig) -> None:
    nobody = rig.run("whoami", code=1)
    assert "AWS tools would find no credentials" in nobody.stderr
    rig.run("assume", "stage-dev")
    as_tools = json.loads(rig.run("whoami", "--aws", "stage-dev", "--json").stdout)
    assert ":assumed-role/Developer/" in as_tools["Arn"]
    assert [place["place"] for place in as_tools["chain"] if place["used"]] == [f"[stage-dev] in {rig.credentials}"]
    assert json.loads(rig.run("whoami", "--identity", "alice", "--json").stdout)["Arn"].endswith(":user/alice")


def test_a_key_under_x_ray(rig: Rig) -> None:
    rig.run("assume", "stage-dev")
    (row,) = [each for each in json.loads(rig.run("list", "--json").stdout)["profiles"] if each["name"] == "stage-dev"]
    told = json.loads(rig.run("key", row["access_key_id"], "--json").stdout)
    assert (told["account"], told["temporary"]) == ("210987654321", True)
    assert [each["where"] for each in told["holders"]] == ["profile", "credentials file"]
    rig.credentials.chmod(0o644)
    assert "[file-mode-wide]" in rig.run("key").stdout


def test_why_something_was_denied(rig: Rig) -> None:
    refused = rig.run("assume", "prod-billing", code=1).stderr
    nobody = rig.run("why", typed=refused, code=1)
    assert "may not do sts:AssumeRole" in nobody.stdout
    assert "[no-decoder]" in nobody.stderr
    rig.run("assume", "prod-deploy")
    told = rig.run("why", typed=refused).stdout
    assert "statement “FinanceOnly”" in told
    assert "Decoded with the session of “prod-deploy”" in told
    assert "aws:MultiFactorAuthPresent = false" in told
    assert json.loads(rig.run("why", "--json", "--profile", "prod-deploy", typed=refused).stdout)["explicit"] is True
    failed = json.loads(rig.run("why", "--failed", "prod-billing", "--json").stdout)
    assert failed["sent"]["RoleArn"].endswith(":role/Billing")
    assert failed["sent"]["Signature"] is None
    assert failed["causes"][0]["verdict"] == "likely"
    assert "did not refuse" in rig.run("why", "--failed", "prod-deploy", code=1).stderr
    assert "[nothing-denied]" in rig.run("why", "hello", code=1).stderr


@pytest.mark.parametrize("name", ["prod-audit", "prod-deploy", "stage-readonly", "sandbox-alice", "guest"])
def test_every_kind_of_profile_without_mfa_is_obtained_and_read_by_boto3(rig: Rig, name: str) -> None:
    rig.run("assume", name)
    session = boto3.Session(profile_name=name)
    client = session.client("sts", region_name="eu-west-1", endpoint_url=rig.aws.url)
    wanted = ":federated-user/guest" if name == "guest" else ":assumed-role/"
    assert wanted in client.get_caller_identity()["Arn"]


def test_the_code_can_go_with_the_role_itself(rig: Rig) -> None:
    rig.type_at_terminal("assume", "stage-db", prompt="mfa/alice: ", answer=rig.mfa_code())
    assert rig.calls("GetSessionToken") == 0
    assert rig.calls("AssumeRole") == 1


def test_a_stored_totp_secret_asks_nobody(rig: Rig) -> None:
    rig.run("identity", "add", "alice", "--totp", typed=rig.world.users["alice"].totp_secret)
    rig.run("assume", "stage-ops")
    rig.run("assume", "alice-mfa")
    assert rig.calls("GetSessionToken") == 1
