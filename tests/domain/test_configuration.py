from __future__ import annotations

import hashlib
import json
from dataclasses import fields, replace
from typing import Any

import pytest

from app.domain.arn import MfaDevice, RoleArn
from app.domain.configuration import (
    LOOKS,
    Action,
    MfaUse,
    Profile,
    Publish,
    Settings,
    Source,
    SourceKind,
    fingerprint,
)

ROLE = RoleArn(partition="aws", account="123456789012", path="/", name="Admin")
PLAIN = Profile(name="prod", source=Source(kind=SourceKind.IDENTITY, name="alice"), role_arn=ROLE)
CHANGES: dict[str, Any] = {
    "name": "other",
    "source": Source(kind=SourceKind.PROFILE, name="alice"),
    "role_arn": replace(ROLE, name="Reader"),
    "federated_user": "guest",
    "session_name": "me",
    "duration": 900,
    "external_id": "ab",
    "mfa": MfaUse.ROLE,
    "mfa_device": MfaDevice(serial="GAHT12345678"),
    "region": "eu-west-1",
    "aws_profile": "else",
    "refresh": False,
    "group": "Production",
    "colour": "red",
    "pinned": True,
    "publish": Publish.NONE,
    "console_service": "ec2",
    "provider_arn": "arn:aws:iam::123456789012:saml-provider/corp",
    "policy": "{}",
    "policy_arns": ("arn:aws:iam::aws:policy/ReadOnlyAccess",),
    "tags": (("a", "b"),),
    "transitive_tag_keys": ("a",),
    "source_identity": "me",
    "confirm": True,
    "lease": 1800,
    "account_pin": "123456789012",
    "imported_from": "prod",
}


@pytest.mark.parametrize("name", [each.name for each in fields(Profile)])
def test_the_fingerprint_tells_every_change_but_looks(name: str) -> None:
    changed = replace(PLAIN, **{name: CHANGES[name]})
    assert (fingerprint(changed) == fingerprint(PLAIN)) is (name in LOOKS)


def test_the_fingerprint_tells_changes_of_parents_and_their_order() -> None:
    one, two = replace(PLAIN, name="one"), replace(PLAIN, name="two")
    digests = {
        fingerprint(PLAIN),
        fingerprint(PLAIN, (one,)),
        fingerprint(PLAIN, (two,)),
        fingerprint(PLAIN, (one, two)),
        fingerprint(PLAIN, (two, one)),
    }
    assert len(digests) == 5
    assert fingerprint(PLAIN, (replace(one, colour="red"),)) == fingerprint(PLAIN, (one,))


def test_the_fingerprint_is_the_same_in_every_process() -> None:
    assert fingerprint(PLAIN) == fingerprint(replace(PLAIN))
    assert len(fingerprint(PLAIN)) == 16


@pytest.mark.parametrize("name", [each for each in CHANGES if each not in LOOKS])
@pytest.mark.parametrize("odd", ["plain", 'a "b" \\c', "\u00e4\u20ac\U0001f600", "\x1f\ud800"])
def test_the_fingerprint_is_that_of_the_facts_in_json(name: str, odd: str) -> None:
    """What earlier versions noted beside sessions: another digest would make all of them unknown."""

    def facts(each: Profile) -> dict[str, str]:
        values = {one.name: getattr(each, one.name) for one in sorted(fields(Profile), key=lambda one: one.name)}
        decisive = {one: value for one, value in values.items() if one not in LOOKS}
        return {one: repr(value) for one, value in decisive.items() if value or one != "account_pin"}

    profile, parent = replace(PLAIN, **{"tags": ((odd, odd),), name: CHANGES[name]}), replace(PLAIN, session_name=odd)
    for chain in ((), (parent,), (parent, PLAIN)):
        text = json.dumps([facts(each) for each in (*chain, profile)])
        assert fingerprint(profile, chain) == hashlib.sha256(text.encode()).hexdigest()[:16]


def test_the_action_follows_from_what_is_set() -> None:
    assert PLAIN.action is Action.ASSUME_ROLE
    assert replace(PLAIN, role_arn=None).action is Action.GET_SESSION_TOKEN
    assert replace(PLAIN, role_arn=None, federated_user="guest").action is Action.GET_FEDERATION_TOKEN


def test_it_is_published_under_its_own_name_unless_told() -> None:
    assert PLAIN.published_as == "prod"
    assert replace(PLAIN, aws_profile="default").published_as == "default"


def test_the_first_region_that_is_set_is_taken() -> None:
    settings = Settings(region="eu-west-1")
    assert settings.region_of("us-west-2", "eu-north-1") == "us-west-2"
    assert settings.region_of(None, "", "eu-north-1") == "eu-north-1"
    assert settings.region_of(None) == "eu-west-1"
    assert Settings().region_of() == "us-east-1"


def test_a_source_is_written_as_in_the_file() -> None:
    assert str(Source(kind=SourceKind.PROVIDER, name="a.b")) == "provider.a.b"
