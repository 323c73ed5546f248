"""The chain of places is botocore's: each situation is made in a home of its own and asked of both."""

from __future__ import annotations

import json
import os
import threading
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING

import botocore.exceptions
import botocore.session
import pytest

from app.adapters.aws_tools import AwsTools, own_profile
from app.adapters.credentials_file.location import config_path, credentials_path
from app.domain.credentials import Credentials

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from app.domain.caller import LookedAt
    from app.domain.credentials import SigningKey

METHODS = (
    "env",
    "assume-role",
    "assume-role-with-web-identity",
    "sso",
    "shared-credentials-file",
    "login",
    "custom-process",
    "config-file",
    "ec2-credentials-file",
    "boto-config",
    "container-role",
    "iam-role",
)
"""Botocore's names of the places, in the order in which ours are told."""
STOPS = "stops"
KEYS = "aws_access_key_id = AKIA{0}\naws_secret_access_key = canary-{0}\n"
ENV = {"AWS_ACCESS_KEY_ID": "AKIAENV", "AWS_SECRET_ACCESS_KEY": "canary-env"}
ROLE = "role_arn = arn:aws:iam::123456789012:role/R\nsource_profile = base\n"
BASE = "[base]\n" + KEYS.format("BASE")
SSO = "sso_account_id = 1\nsso_role_name = R\nsso_start_url = https://x\nsso_region = eu-west-1\n"
PRINTED = {"Version": 1, "AccessKeyId": "AKIAPROC", "SecretAccessKey": "s"}
PROCESS = f"credential_process = echo '{json.dumps(PRINTED)}'\n"
WEB = "role_arn = arn:aws:iam::123456789012:role/W\nweb_identity_token_file = /nowhere\n"


@dataclass(kw_only=True)
class Case:
    """What is in the home, and which place wins; `key` is the static key ID there."""

    wins: str
    key: str = ""
    env: dict[str, str] = field(default_factory=dict)
    config: str = ""
    credentials: str = ""
    explicit: str = ""
    files: dict[str, str] = field(default_factory=dict)


CASES = {
    "nothing": Case(wins=""),
    "environment": Case(wins="env", key="AKIAENV", env=ENV, credentials="[default]\n" + KEYS.format("FILE")),
    "environment over a named profile": Case(
        wins="env", key="AKIAENV", env=ENV | {"AWS_PROFILE": "p"}, credentials="[p]\n" + KEYS.format("FILE")
    ),
    "explicit over environment": Case(
        wins="shared-credentials-file", key="AKIAFILE", env=ENV, explicit="p", credentials="[p]\n" + KEYS.format("FILE")
    ),
    "environment without secret": Case(wins=STOPS, env={"AWS_ACCESS_KEY_ID": "AKIAENV"}),
    "old token first": Case(
        wins="env", key="AKIAENV", env=ENV | {"AWS_SECURITY_TOKEN": "old", "AWS_SESSION_TOKEN": "new"}
    ),
    "empty old token": Case(wins="env", key="AKIAENV", env=ENV | {"AWS_SECURITY_TOKEN": "", "AWS_SESSION_TOKEN": "n"}),
    "default profile variable first": Case(
        wins="shared-credentials-file",
        key="AKIAA",
        env={"AWS_DEFAULT_PROFILE": "a", "AWS_PROFILE": "b"},
        credentials="[a]\n" + KEYS.format("A") + "[b]\n" + KEYS.format("B"),
    ),
    "role over keys of that name": Case(
        wins="assume-role",
        env={"AWS_PROFILE": "p"},
        config="[profile p]\n" + ROLE,
        credentials=BASE + "[p]\n" + KEYS.format("P"),
    ),
    "role in the credentials file": Case(wins="assume-role", explicit="p", credentials=BASE + "[p]\n" + ROLE),
    "environment over a role": Case(wins="env", key="AKIAENV", env=ENV, config="[default]\n" + ROLE, credentials=BASE),
    "role without source": Case(
        wins=STOPS, explicit="p", config="[profile p]\nrole_arn = arn:aws:iam::123456789012:role/R\n"
    ),
    "web identity": Case(wins="assume-role-with-web-identity", explicit="p", config="[profile p]\n" + WEB),
    "web identity of the environment": Case(
        wins="assume-role-with-web-identity",
        env={"AWS_WEB_IDENTITY_TOKEN_FILE": "/nowhere", "AWS_ROLE_ARN": "arn:aws:iam::123456789012:role/W"},
        credentials="[default]\n" + KEYS.format("FILE"),
    ),
    "web identity of the environment is skipped": Case(
        wins="shared-credentials-file",
        key="AKIAP",
        explicit="p",
        env={"AWS_WEB_IDENTITY_TOKEN_FILE": "/nowhere", "AWS_ROLE_ARN": "arn:aws:iam::123456789012:role/W"},
        credentials="[p]\n" + KEYS.format("P"),
    ),
    "web identity without role": Case(wins=STOPS, explicit="p", config="[profile p]\nweb_identity_token_file = /x\n"),
    "identity center over keys": Case(
        wins="sso", explicit="p", config="[profile p]\n" + SSO, credentials="[p]\n" + KEYS.format("P")
    ),
    "identity center by session": Case(
        wins="sso",
        explicit="p",
        config="[profile p]\nsso_session = s\nsso_account_id = 1\nsso_role_name = R\n"
        "[sso-session s]\nsso_start_url = https://x\nsso_region = eu-west-1\n",
    ),
    "identity center without session": Case(
        wins=STOPS, explicit="p", config="[profile p]\nsso_session = s\nsso_account_id = 1\nsso_role_name = R\n"
    ),
    "identity center incomplete": Case(wins=STOPS, explicit="p", config="[profile p]\nsso_account_id = 1\n"),
    "a session alone is none": Case(
        wins="config-file", key="AKIAP", explicit="p", config="[profile p]\nsso_session = s\n" + KEYS.format("P")
    ),
    "shared file over process": Case(
        wins="shared-credentials-file",
        key="AKIAFILE",
        config="[default]\n" + PROCESS,
        credentials="[default]\n" + KEYS.format("FILE"),
    ),
    "shared file with old token": Case(
        wins="shared-credentials-file",
        key="AKIAFILE",
        credentials="[default]\n" + KEYS.format("FILE") + "aws_session_token = new\naws_security_token = old\n",
    ),
    "shared file without secret": Case(wins=STOPS, credentials="[default]\naws_access_key_id = AKIAX\n"),
    "login": Case(wins="login", explicit="p", config="[profile p]\nlogin_session = arn:x\n" + PROCESS),
    "process over config keys": Case(wins="custom-process", config="[default]\n" + PROCESS + KEYS.format("CONF")),
    "config keys": Case(wins="config-file", key="AKIACONF", config="[default]\n" + KEYS.format("CONF")),
    "quoted profile": Case(
        wins="config-file", key="AKIACONF", explicit="two words", config='[profile "two words"]\n' + KEYS.format("CONF")
    ),
    "old EC2 file": Case(
        wins="ec2-credentials-file",
        key="AKIAOLD",
        env={"AWS_CREDENTIAL_FILE": "~/old"},
        files={"old": "AWSAccessKeyId=AKIAOLD\nAWSSecretKey=s\n"},
    ),
    "boto": Case(wins="boto-config", key="AKIABOTO", files={".boto": "[Credentials]\n" + KEYS.format("BOTO")}),
    "boto named": Case(
        wins="boto-config",
        key="AKIANAMED",
        env={"BOTO_CONFIG": "~/named"},
        files={".boto": "[Credentials]\n" + KEYS.format("BOTO"), "named": "[Credentials]\n" + KEYS.format("NAMED")},
    ),
    "container": Case(wins="container-role", env={"AWS_CONTAINER_CREDENTIALS_FULL_URI": "CONTAINER"}),
    "config keys over container": Case(
        wins="config-file",
        key="AKIACONF",
        env={"AWS_CONTAINER_CREDENTIALS_FULL_URI": "CONTAINER"},
        config="[default]\n" + KEYS.format("CONF"),
    ),
    "profile that is nowhere": Case(wins=STOPS, explicit="nowhere"),
    "named profile that is nowhere": Case(wins=STOPS, env=ENV | {"AWS_PROFILE": "nowhere"}),
    "broken config": Case(wins=STOPS, env=ENV, config="[default]\nregion = x\njunk canary\n"),
    "broken credentials": Case(wins=STOPS, env=ENV, credentials="[a]\nx = 1\n[a]\n"),
}


class _Container(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        body = {"AccessKeyId": "ASIAC", "SecretAccessKey": "s", "Token": "t", "Expiration": "2099-01-01T00:00:00Z"}
        self.send_response(200)
        self.end_headers()
        self.wfile.write(json.dumps(body).encode())

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # the name that is overridden
        pass


@pytest.fixture(scope="module")
def container() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Container)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}/keys"
    server.shutdown()
    thread.join()
    server.server_close()


class _NoInspector:
    def holders(self, access_key_id: str, now: object) -> tuple[()]:
        raise NotImplementedError

    def ailments(self, now: object) -> tuple[()]:
        raise NotImplementedError

    def mend(self, remedy: object) -> None:
        raise NotImplementedError


def furnished(case: Case, home: Path, container: str) -> dict[str, str]:
    for name, text in {".aws/config": case.config, ".aws/credentials": case.credentials, **case.files}.items():
        if text:
            path = home / name
            path.parent.mkdir(exist_ok=True)
            path.write_text(text)
    env = {name: container if value == "CONTAINER" else value for name, value in case.env.items()}
    return {"HOME": str(home), "PATH": os.environ["PATH"], "AWS_EC2_METADATA_DISABLED": "true"} | env


def ours(env: Mapping[str, str], explicit: str) -> tuple[tuple[LookedAt, ...], SigningKey | None]:
    tools = AwsTools(
        env, config=config_path(env), credentials=credentials_path(env), inspector=_NoInspector(), legacy=("~/.boto",)
    )
    return tools.chain_now(explicit)


@pytest.mark.parametrize("name", CASES)
def test_the_chain_ends_where_botocore_ends(
    name: str, tmp_path: Path, container: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = CASES[name]
    env = furnished(case, tmp_path, container)
    for variable in [each for each in os.environ if each.startswith(("AWS_", "BOTO"))]:
        monkeypatch.delenv(variable)
    for variable, value in env.items():
        monkeypatch.setenv(variable, value)

    places, key = ours(env, case.explicit)
    used = [index for index, place in enumerate(places) if place.used]
    stops = any("with an error" in place.note for place in places if place.used)

    try:
        theirs = botocore.session.Session(profile=case.explicit or None).get_credentials()
    except (botocore.exceptions.MissingDependencyException, botocore.exceptions.LoginTokenLoadError):
        method, frozen = "login", None
    except botocore.exceptions.BotoCoreError:
        method, frozen = STOPS, None
    else:
        method = "" if theirs is None else theirs.method
        frozen = theirs.get_frozen_credentials() if theirs is not None and case.key else None

    assert method == case.wins
    told = STOPS if stops else METHODS[used[0]] if used else ""
    assert told == method
    assert (key is not None) == bool(case.key)
    if key is not None:
        assert frozen is not None
        token = key.session_token.reveal() if isinstance(key, Credentials) else None
        assert (key.access_key_id, key.secret_access_key.reveal(), token or None) == (
            frozen.access_key,
            frozen.secret_key,
            frozen.token or None,
        )
        assert key.access_key_id == case.key


@pytest.mark.parametrize("name", CASES)
def test_no_place_shows_a_secret_and_what_comes_after_is_not_reached(name: str, tmp_path: Path, container: str) -> None:
    places, _ = ours(furnished(CASES[name], tmp_path, container), CASES[name].explicit)
    assert "canary" not in repr(places)
    used = [index for index, place in enumerate(places) if place.used]
    assert len(used) <= 1
    for index, place in enumerate(places):
        assert place.reached == (not used or index <= used[0])
        assert place.found or not place.used


def test_what_is_shadowed_is_told_all_the_same(tmp_path: Path, container: str) -> None:
    case = CASES["shared file over process"]
    places, _ = ours(furnished(case, tmp_path, container), "")
    process = places[METHODS.index("custom-process")]
    assert (process.found, process.used, process.reached) == (True, False, False)


def test_a_stale_old_token_is_named(tmp_path: Path, container: str) -> None:
    places, _ = ours(furnished(CASES["shared file with old token"], tmp_path, container), "")
    assert "aws_session_token is another one" in next(place.note for place in places if place.used)


@pytest.mark.parametrize(
    ("command", "name"),
    [
        ("rolecall credentials prod", "prod"),
        ("/opt/bin/rolecall credentials prod-admin", "prod-admin"),
        ('"/opt/my apps/rolecall" credentials prod', "prod"),
        ("env X=1 rolecall credentials prod", "prod"),
        ("rolecall list", ""),
        ("other credentials prod", ""),
        ("unclosed 'rolecall credentials prod", ""),
        ("", ""),
    ],
)
def test_a_process_of_ours(command: str, name: str) -> None:
    assert own_profile(command) == name


def test_our_own_process_is_said_to_be_ours(tmp_path: Path, container: str) -> None:
    case = Case(wins="", config="[default]\ncredential_process = rolecall credentials prod\n")
    places, key = ours(furnished(case, tmp_path, container), "")
    assert key is None
    assert "its profile “prod”" in next(place.note for place in places if place.used)
