from __future__ import annotations

from dataclasses import replace

import pytest

from app.domain.arn import RoleArn
from app.domain.configuration import MfaUse, Profile, Source, SourceKind
from app.domain.errors import BadInput
from app.domain.twin import free_name, read_only_twin

ADMIN = Profile(
    name="prod-admin",
    source=Source(kind=SourceKind.PROFILE, name="hub"),
    role_arn=RoleArn.parse("arn:aws:iam::123456789012:role/Admin"),
    external_id="acme-7731",
    duration=900,
    group="Production",
    colour="red",
    pinned=True,
    aws_profile="default",
    policy='{"Version": "2012-10-17", "Statement": []}',
    policy_arns=("arn:aws:iam::aws:policy/PowerUserAccess",),
    confirm=True,
    lease=1800,
    account_pin="123456789012",
    imported_from="admin",
)


def test_the_twin_may_read_only() -> None:
    twin = read_only_twin(ADMIN, {"prod-admin"}, "eu-west-1")
    assert twin.profile == replace(
        ADMIN,
        name="prod-admin-readonly",
        aws_profile="",
        pinned=False,
        confirm=False,
        policy=None,
        policy_arns=("arn:aws:iam::aws:policy/ReadOnlyAccess",),
        imported_from="",
    )
    assert twin.profile.published_as == "prod-admin-readonly"
    assert twin.policy_left_out
    assert twin.arns_left_out == ("arn:aws:iam::aws:policy/PowerUserAccess",)


def test_it_says_nothing_is_left_out_where_nothing_is() -> None:
    twin = read_only_twin(replace(ADMIN, policy=None, policy_arns=()), (), "eu-west-1")
    assert (twin.policy_left_out, twin.arns_left_out) == (False, ())


@pytest.mark.parametrize("partition", ["aws-cn", "aws-us-gov", "aws-eusc"])
def test_the_policy_is_that_of_the_role_s_partition(partition: str) -> None:
    role = RoleArn.parse(f"arn:{partition}:iam::123456789012:role/Admin")
    twin = read_only_twin(replace(ADMIN, role_arn=role), (), "eu-west-1")
    assert twin.profile.policy_arns == (f"arn:{partition}:iam::aws:policy/ReadOnlyAccess",)


def test_a_federated_user_s_partition_is_the_region_s() -> None:
    guest = replace(ADMIN, role_arn=None, federated_user="guest")
    twin = read_only_twin(guest, (), "cn-north-1")
    assert twin.profile.policy_arns == ("arn:aws-cn:iam::aws:policy/ReadOnlyAccess",)
    assert twin.profile.federated_user == "guest"


def test_a_session_of_the_user_itself_has_none() -> None:
    session = Profile(name="me", source=Source(kind=SourceKind.IDENTITY, name="alice"), mfa=MfaUse.SESSION)
    with pytest.raises(BadInput) as caught:
        read_only_twin(session, (), "eu-west-1")
    assert caught.value.code == "no-twin"
    assert "GetSessionToken" in caught.value.detail


def test_a_free_name() -> None:
    assert free_name("a", {"a-readonly", "a-readonly-2"}) == "a-readonly-3"
    long = free_name("x" * 128, ())
    assert len(long) == 128
    assert long.endswith("-readonly")
