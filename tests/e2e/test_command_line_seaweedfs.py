"""The command line against a server whose signature check nobody here wrote, read by AWS's own tools."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

import boto3
import pytest
from botocore.exceptions import ClientError

from tests.e2e.rig import Person

if TYPE_CHECKING:
    from pathlib import Path

    from tests.e2e.conftest import SeaweedFS

FOREIGN = b"[other]\r\naws_access_key_id=AKIAOTHEREXAMPLE0000\r\naws_secret_access_key=x"


@dataclass(frozen=True, kw_only=True)
class Admirer(Person):
    """A person with SeaweedFS behind them."""

    server: SeaweedFS

    @property
    def url(self) -> str:
        return self.server.url


@pytest.fixture
def person(home: Path, seaweedfs: SeaweedFS) -> Admirer:
    made = Admirer(home=home, server=seaweedfs)
    settings = f"""schema = 1
[settings]
region = "{seaweedfs.region}"
[identity.alice]
access_key_id = "{seaweedfs.access_key_id}"
[profile.admin]
role_arn = "{seaweedfs.role_arn}"
source = "identity.alice"
session_name = "a+=,.@-_b"
[profile.stranger]
role_arn = "arn:aws:iam::111122223333:role/Nobody"
source = "identity.alice"
"""
    made.configure(settings, seaweedfs.secret_access_key)
    return made


def test_what_is_published_signs_requests_of_the_aws_cli_and_of_boto3(person: Admirer) -> None:
    person.credentials.parent.mkdir()
    person.credentials.write_bytes(FOREIGN)
    person.run("assume", "admin")

    identity = json.loads(person.aws_cli("sts", "get-caller-identity", "--profile", "admin"))
    assert identity["Arn"] == "arn:aws:sts::111122223333:assumed-role/Admin/a+=,.@-_b"
    assert json.loads(person.run("whoami", "admin", "--json").stdout)["Arn"] == identity["Arn"]

    session = boto3.Session(profile_name="admin", region_name=person.server.region)
    s3 = session.client("s3", endpoint_url=person.url)
    s3.create_bucket(Bucket="papers")
    s3.put_object(Bucket="papers", Key="a b/ü", Body=b"written with a role's keys")
    assert person.aws_cli("s3", "cp", "s3://papers/a b/ü", "-", "--profile", "admin") == "written with a role's keys"

    served = json.loads(person.run("credentials", "admin").stdout)
    person.run("stop", "--all")
    assert person.credentials.read_bytes() == FOREIGN
    keys = (served["AccessKeyId"], served["SecretAccessKey"])
    forged = boto3.Session(*keys, "not the token", region_name=person.server.region)
    with pytest.raises(ClientError):
        forged.client("s3", endpoint_url=person.url).get_object(Bucket="papers", Key="a b/ü")


def test_a_refusal_and_a_wrong_secret_are_told_and_nothing_is_written(person: Admirer) -> None:
    assert "[" in person.run("assume", "stranger", code=1).stderr
    person.run("identity", "add", "alice", typed="x" * 40)
    assert "[signature-does-not-match]" in person.run("assume", "admin", code=1).stderr
    assert not person.credentials.exists()
