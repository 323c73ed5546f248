from __future__ import annotations

from typing import TYPE_CHECKING

import botocore.configloader
import botocore.session
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.adapters.aws_config import AwsConfigFile, parse
from app.domain.errors import StorageTrouble

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

CONFIG = """\
# mine
[default]
region = eu-west-1

[profile prod]
role_arn=arn:aws:iam::123456789012:role/Admin
Source_Profile : alice
s3 =
    role_arn = arn:aws:iam::123456789012:role/Nested
    max_concurrent_requests = 20
duration_seconds = 3600

[profile "two words"]
web_identity_token_file = /t

[profile  spaced ]
credential_process = /bin/x --flag = 1

[sso-session corp]
sso_start_url = https://example.com
[preview]
x = 1
[profile keys]
aws_access_key_id = AKIAI44QH8DHBEXAMPLE
aws_secret_access_key = config/secret
"""
CREDENTIALS = """\
[alice]
aws_access_key_id = AKIAIOSFODNN7EXAMPLE
aws_secret_access_key = alice/secret=
[session]
aws_access_key_id = ASIAIOSFODNN7EXAMPLE
aws_secret_access_key = x
aws_session_token = y
[half]
aws_access_key_id = AKIAIOSFODNN7EXAMPLE
[ours]
aws_access_key_id = ASIAIOSFODNN7EXAMPLE
aws_secret_access_key = x
aws_session_token = y
x_rolecall = 7f3a/ours
"""


@pytest.fixture
def environ(tmp_path: Path) -> dict[str, str]:
    (tmp_path / ".aws").mkdir()
    (tmp_path / ".aws" / "config").write_text(CONFIG)
    (tmp_path / ".aws" / "credentials").write_text(CREDENTIALS)
    return {"HOME": str(tmp_path)}


@pytest.fixture
def adapter(environ: dict[str, str]) -> Iterator[AwsConfigFile]:
    made = AwsConfigFile(environ)
    yield made
    made.close()


async def test_profiles_are_those_that_aws_tools_see(adapter: AwsConfigFile) -> None:
    assert await adapter.names() == {"default", "prod", "two words", "spaced", "keys"}


@pytest.mark.parametrize(
    ("name", "setting"),
    [("prod", "role_arn"), ("two words", "web_identity_token_file"), ("spaced", ""), ("default", ""), ("nobody", "")],
)
async def test_what_would_override_published_keys(adapter: AwsConfigFile, name: str, setting: str) -> None:
    assert await adapter.overriding(name) == setting


async def test_settings_are_read_as_botocore_reads_them(
    adapter: AwsConfigFile, environ: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", environ["HOME"])
    theirs = botocore.session.Session().full_config["profiles"]
    ours = (await adapter.read()).profiles
    assert ours.keys() <= theirs.keys()
    for name, settings in ours.items():
        plain = {key: value for key, value in theirs[name].items() if isinstance(value, str)}
        nested = {key for key, value in theirs[name].items() if not isinstance(value, str)}
        hidden = {"aws_access_key_id", "aws_secret_access_key"}
        assert {key: value for key, value in settings.items() if key not in nested} == {
            key: value for key, value in plain.items() if key not in hidden
        }


async def test_keys_are_found_with_their_kind_and_hidden(adapter: AwsConfigFile) -> None:
    found = await adapter.read()
    assert {name: (key.access_key_id, key.temporary) for name, key in found.keys.items()} == {
        "keys": ("AKIAI44QH8DHBEXAMPLE", False),
        "alice": ("AKIAIOSFODNN7EXAMPLE", False),
        "session": ("ASIAIOSFODNN7EXAMPLE", True),
    }
    assert found.keys["alice"].secret_access_key.reveal() == "alice/secret="
    assert found.sections == {"alice", "session", "half", "ours"}
    for secret in ("alice/secret", "config/secret"):
        assert secret not in repr(found)


async def test_variables_lead_to_other_files(tmp_path: Path, environ: dict[str, str]) -> None:
    (tmp_path / "elsewhere").write_text("[profile x]\nrole_arn = y\n")
    for path in (str(tmp_path / "elsewhere"), "~/elsewhere", "$HOME/elsewhere", "${HOME}/elsewhere"):
        made = AwsConfigFile(environ | {"AWS_CONFIG_FILE": path, "AWS_SHARED_CREDENTIALS_FILE": "/nonexistent"})
        found = await made.read()
        made.close()
        assert found.profiles.keys() == {"x"}
        assert found.config_path == str(tmp_path / "elsewhere")
        assert found.keys == {}


def test_without_files_there_is_nothing(tmp_path: Path) -> None:
    made = AwsConfigFile({"HOME": str(tmp_path)})
    found = made.read_now()
    made.close()
    assert (found.profiles, found.keys, found.unreadable) == ({}, {}, ())


def test_a_file_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    made = AwsConfigFile({"HOME": str(tmp_path), "AWS_CONFIG_FILE": str(tmp_path)})
    with pytest.raises(StorageTrouble) as caught:
        made.read_now()
    made.close()
    assert caught.value.code == "aws-config-unreadable"


def test_bad_lines_are_passed_over_and_named(tmp_path: Path) -> None:
    text = "\ufeffjunk before\n[profile a]\nregion = x\njunk\n[profile a]\r\nregion = y\n"
    text += "[profile 'unclosed]\nregion = z\n= 3\n"
    (tmp_path / "config").write_bytes(text.encode() + b"\xff\xfe = 1\n[profile b]\noutput = j\xff\n")
    made = AwsConfigFile({"HOME": str(tmp_path), "AWS_CONFIG_FILE": str(tmp_path / "config")})
    found = made.read_now()
    made.close()
    assert {name: settings.get("region") for name, settings in found.profiles.items()} == {"a": "y", "b": None}
    assert [each.rpartition(":")[2] for each in found.unreadable] == ["1", "4", "9"]


def test_what_is_a_profile_is_what_botocore_takes_for_one(tmp_path: Path) -> None:
    headers = ["profile a", "profile( b", "profiles c", '"profile" d', "profile e f", "Profile g", "profile 'h i'"]
    path = tmp_path / "config"
    path.write_text("".join(f"[{header}]\nregion = x\n" for header in headers))
    theirs = botocore.configloader.load_config(str(path))["profiles"]
    made = AwsConfigFile({"HOME": str(tmp_path), "AWS_CONFIG_FILE": str(path)})
    ours = made.read_now().profiles
    made.close()
    assert sorted(ours) == sorted(theirs) == ["a", "b", "c", "h i"]


@given(st.text(max_size=200))
def test_no_text_breaks_the_reading(text: str) -> None:
    sections, unreadable = parse(text)
    assert all(isinstance(settings, dict) for settings in sections.values())
    assert all(1 <= line <= len(text) + 1 for line in unreadable)
