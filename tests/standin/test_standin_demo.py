from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import tomllib
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from app.domain.settings_schema import parse
from app.standin import demo_settings, demo_world
from tests.standin.plain_browser import Browser, OidcClient
from tests.standin.standin_clients import Untyped, code, refused, sts, sts_at, unsigned

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from app.standin import StandIn, World

GROUPS = {
    ("Production", "red"): {"hub", "prod-admin", "prod-audit", "prod-billing", "prod-deploy"},
    ("Staging", "violet"): {"stage-dev", "stage-ops", "stage-db", "stage-readonly"},
    ("Sandbox", "teal"): {"sandbox-alice", "sandbox-ml"},
    ("Shared", "grey"): {"alice-mfa", "guest"},
}


def profiles(world: World) -> dict[str, Any]:
    found: dict[str, Any] = tomllib.loads(demo_settings(world))["profile"]
    return found


def test_the_settings_are_ones_that_the_program_takes_without_a_word(world: World) -> None:
    configuration = parse(tomllib.loads(demo_settings(world)))
    assert configuration.refusals == ()
    assert len(configuration.profiles) == 13
    assert configuration.identities["alice"].access_key_id == world.users["alice"].access_key_id


def test_groups_and_colours(world: World) -> None:
    found: dict[tuple[str, str], set[str]] = {}
    for name, entry in profiles(world).items():
        found.setdefault((entry["group"], entry["colour"]), set()).add(name)
    assert found == GROUPS
    assert {name for name, entry in profiles(world).items() if entry.get("pinned")} == {"prod-admin", "prod-audit"}


def test_the_settings_hold_no_secret_and_worlds_differ(world: World) -> None:
    alice, other = world.users["alice"], demo_world().users["alice"]
    assert alice.secret_access_key not in demo_settings(world)
    assert alice.totp_secret not in demo_settings(world)
    for name in ("access_key_id", "secret_access_key", "totp_secret"):
        assert getattr(alice, name) != getattr(other, name)


def obtain(
    aws: StandIn,
    name: str,
    given: Mapping[str, str],
    entries: Mapping[str, Any] | None = None,
    signed_in: SignedIn | None = None,
) -> Untyped:
    """Do for one profile of the settings what its entry says; `given` is an MFA code with its device, or nothing."""
    known = profiles(aws.world) if entries is None else entries
    entry = known[name]
    more: dict[str, Any] = {"Policy": entry["policy"]} if "policy" in entry else {}
    more |= {"DurationSeconds": entry["duration"]} if "duration" in entry else {}
    if signed_in is not None and entry["source"].startswith("provider."):
        return (signed_in.by_saml if entry["source"] == "provider.corp" else signed_in.by_oidc)(entry, more)
    keys: Any = None
    parent = str(entry["source"]).removeprefix("profile.")
    if parent in known:
        keys = obtain(aws, parent, given, known, signed_in)["Credentials"]
        given = {}
    if "federated_user" in entry:
        return sts(aws).get_federation_token(Name=entry["federated_user"], **more)
    if "role_arn" not in entry:
        return sts(aws).get_session_token(**given)
    if entry.get("mfa") is True:
        keys = sts(aws).get_session_token(**given)["Credentials"]
    elif entry.get("mfa") == "role":
        more |= given
    more |= {"ExternalId": entry["external_id"]} if "external_id" in entry else {}
    if "tags" in entry:
        more["Tags"] = [{"Key": key, "Value": value} for key, value in entry["tags"].items()]
    return sts(aws, keys).assume_role(RoleArn=entry["role_arn"], RoleSessionName=entry["session_name"], **more)


@pytest.mark.parametrize("name", sorted(set().union(*GROUPS.values())))
def test_every_profile_does_what_it_is_there_to_show(aws: StandIn, name: str) -> None:
    alice = aws.world.users["alice"]
    entry = profiles(aws.world)[name]
    given = {"SerialNumber": alice.mfa_serial, "TokenCode": code(alice)}
    if name == "prod-billing":
        assert "Encoded authorization failure message: " in refused(lambda: obtain(aws, name, given)).message
        return
    account = entry.get("role_arn", "::::111122223333").split(":")[4]
    assert sts(aws, obtain(aws, name, given)["Credentials"]).get_caller_identity()["Account"] == account


@pytest.mark.parametrize("name", ["hub", "stage-ops", "stage-db"])
def test_what_needs_a_code_is_denied_without(aws: StandIn, name: str) -> None:
    assert refused(lambda: obtain(aws, name, {})).code == "AccessDenied"


# --- With the stand-in's own providers ---

WITH_PROVIDERS = {
    ("Production", "red"): {"prod-admin", "prod-audit", "prod-billing", "prod-deploy"},
    ("Staging", "violet"): {"stage-dev", "stage-ops", "stage-db", "stage-readonly"},
    ("Sandbox", "teal"): {"sandbox-alice", "sandbox-ml"},
    ("Shared", "grey"): {
        *("hub", "data-lake", "data-lake-load", "pipeline", "backup", "registry", "support"),
        *("partner-audit", "break-glass", "network", "dns", "logs", "alice-mfa", "guest"),
    },
}
SOURCES = {
    "provider.corp": {"prod-audit", "prod-billing", "prod-deploy", "sandbox-alice", "data-lake", "backup"},
    "provider.login": {"stage-dev", "stage-db", "stage-readonly", "sandbox-ml", "registry", "support"},
}


def test_the_settings_with_providers_are_taken_without_a_word(aws: StandIn) -> None:
    text = demo_settings(aws.world, aws.url)
    configuration = parse(tomllib.loads(text))
    assert configuration.refusals == ()
    assert set(configuration.providers) == {"corp", "login"}
    assert configuration.providers["corp"].login_url == f"{aws.url}/idp/start"
    assert configuration.providers["login"].issuer == f"{aws.url}/oidc"
    assert aws.world.people["alice"].password not in text
    found: dict[tuple[str, str], set[str]] = {}
    entries = tomllib.loads(text)["profile"]
    for name, entry in entries.items():
        found.setdefault((entry["group"], entry["colour"]), set()).add(name)
    assert found == WITH_PROVIDERS
    for source, names in SOURCES.items():
        assert {name for name, entry in entries.items() if entry["source"] == source} == names
    pinned = {name for name, entry in entries.items() if entry.get("pinned")}
    assert pinned == {"prod-admin", "prod-audit", "stage-dev", "sandbox-ml"}


class SignedIn:
    """Alice at both providers: what they vouch for."""

    def __init__(self, aws: StandIn) -> None:
        self.aws = aws
        browser = Browser(aws.url)
        self.assertion = browser.submit(browser.get("/idp/start")).forms[0].fields["SAMLResponse"]
        self.token = OidcClient(Browser(aws.url), f"{aws.url}/oidc").sign_in()["id_token"]

    def by_saml(self, entry: Mapping[str, Any], more: Mapping[str, Any]) -> Untyped:
        provider = f"arn:aws:iam::{entry['role_arn'].split(':')[4]}:saml-provider/corp"
        call = {"RoleArn": entry["role_arn"], "PrincipalArn": provider, "SAMLAssertion": self.assertion, **more}
        return unsigned(self.aws).assume_role_with_saml(**call)

    def by_oidc(self, entry: Mapping[str, Any], more: Mapping[str, Any]) -> Untyped:
        named = {"RoleArn": entry["role_arn"], "RoleSessionName": entry["session_name"]}
        return unsigned(self.aws).assume_role_with_web_identity(**named, WebIdentityToken=self.token, **more)


@pytest.mark.parametrize("name", sorted(set().union(*WITH_PROVIDERS.values())))
def test_every_profile_of_the_providers_demo(aws: StandIn, name: str) -> None:
    alice = aws.world.users["alice"]
    entries = tomllib.loads(demo_settings(aws.world, aws.url))["profile"]
    given = {"SerialNumber": alice.mfa_serial, "TokenCode": code(alice)}
    signed_in = SignedIn(aws)
    if name == "prod-billing":
        assert refused(lambda: obtain(aws, name, given, entries, signed_in)).code == "AccessDenied"
        return
    account = entries[name].get("role_arn", "::::111122223333").split(":")[4]
    got = obtain(aws, name, given, entries, signed_in)
    assert sts(aws, got["Credentials"]).get_caller_identity()["Account"] == account


def test_an_unused_requirement_would_be_noticed(aws: StandIn) -> None:
    audit = profiles(aws.world)["prod-audit"]["role_arn"]
    aws.world.roles[audit] = replace(aws.world.roles[audit], external_id="other")
    assert refused(lambda: obtain(aws, "prod-audit", {})).code == "AccessDenied"


def environment(world: World, url: str, home: Path) -> dict[str, str]:
    alice = world.users["alice"]
    return os.environ | {
        "HOME": str(home),
        "AWS_ENDPOINT_URL": url,
        "AWS_REGION": "eu-west-1",
        "AWS_DEFAULT_REGION": "eu-west-1",
        "AWS_ACCESS_KEY_ID": alice.access_key_id,
        "AWS_SECRET_ACCESS_KEY": alice.secret_access_key,
    }


def test_the_aws_cli_takes_it_for_aws(aws: StandIn, tmp_path: Path) -> None:
    def cli(*arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "awscli", "sts", *arguments, "--output", "json"],
            env=environment(aws.world, aws.url, tmp_path),
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )

    assert json.loads(cli("get-caller-identity").stdout)["Arn"] == aws.world.users["alice"].arn
    role = "arn:aws:iam::123456789012:role/"
    got = cli("assume-role", "--role-arn", f"{role}Deploy", "--role-session-name", "cli")
    assert json.loads(got.stdout)["AssumedRoleUser"]["Arn"].endswith("assumed-role/Deploy/cli")
    denied = cli("assume-role", "--role-arn", f"{role}Billing", "--role-session-name", "cli")
    assert (denied.returncode, denied.stdout) == (255, "")
    assert "An error occurred (AccessDenied) when calling the AssumeRole operation" in denied.stderr


def test_it_can_be_tried_by_hand() -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "app.standin", "--settings"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        try:
            lines = []
            for line in process.stdout:
                lines.append(line)
                if line.startswith("federated_user"):
                    break
            text = "".join(lines)
            exported = dict(re.findall(r"export ([A-Z_]+)=(\S+)", text))
            settings = text[text.index("schema = 1") :]
            assert tomllib.loads(settings)["identity"]["alice"]["access_key_id"] == exported["AWS_ACCESS_KEY_ID"]
            assert exported["ROLECALL_SIGNIN_ENDPOINT"] == exported["AWS_ENDPOINT_URL_STS"] + "/federation"
            keys = {
                "AccessKeyId": exported["AWS_ACCESS_KEY_ID"],
                "SecretAccessKey": exported["AWS_SECRET_ACCESS_KEY"],
            }
            assert tomllib.loads(settings)["provider"]["login"]["issuer"] == exported["AWS_ENDPOINT_URL_STS"] + "/oidc"
            client = sts_at(exported["AWS_ENDPOINT_URL_STS"], keys)
            assert client.get_caller_identity()["Account"] == "111122223333"
        finally:
            process.send_signal(signal.SIGINT)
        assert process.wait(20) == 0
        assert process.stderr.read() == ""
