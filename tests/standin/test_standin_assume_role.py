from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest

from app.standin import Role, User
from tests.standin.standin_clients import (
    PRODUCTION,
    SANDBOX,
    STAGING,
    Untyped,
    arn,
    assume,
    code,
    keys_of,
    mfa,
    refused,
    sts,
)

if TYPE_CHECKING:
    from app.standin import StandIn

HUB, ADMIN, AUDIT = arn(PRODUCTION, "Hub"), arn(PRODUCTION, "Admin"), arn(PRODUCTION, "SecurityAudit")
BILLING, DEPLOY = arn(PRODUCTION, "Billing"), arn(PRODUCTION, "Deploy")
DEVELOPER, OPERATIONS, READ_ONLY = arn(STAGING, "Developer"), arn(STAGING, "Operations"), arn(STAGING, "ReadOnly")
POWER_USER = arn(SANDBOX, "PowerUser")
ALICE = "arn:aws:iam::111122223333:user/alice"


def hub(aws: StandIn) -> Untyped:
    return keys_of(aws, HUB, **mfa(aws.world.users["alice"]))


def test_a_role_is_assumed(aws: StandIn) -> None:
    before = datetime.now(UTC).replace(microsecond=0)
    got = assume(aws, DEPLOY, DurationSeconds=900)
    keys = got["Credentials"]
    assert keys["AccessKeyId"].startswith("ASIA")
    assert len(keys["SecretAccessKey"]) == 40
    assert got["SessionTokenSize"] == len(keys["SessionToken"]) > 500
    assert before + timedelta(seconds=900) <= keys["Expiration"] <= datetime.now(UTC) + timedelta(seconds=900)
    session = f"arn:aws:sts::{PRODUCTION}:assumed-role/Deploy/alice"
    assert got["AssumedRoleUser"]["Arn"] == session
    assert got["AssumedRoleUser"]["AssumedRoleId"].endswith(":alice")
    assert "PackedPolicySize" not in got
    who = sts(aws, keys).get_caller_identity()
    assert (who["Arn"], who["UserId"]) == (session, got["AssumedRoleUser"]["AssumedRoleId"])


def test_no_two_sessions_share_anything(aws: StandIn) -> None:
    one, other = keys_of(aws, DEPLOY), keys_of(aws, DEPLOY)
    assert not {one[name] for name in ("AccessKeyId", "SecretAccessKey", "SessionToken")} & set(
        map(str, other.values())
    )


def test_a_token_can_be_asked_to_be_longer(aws: StandIn) -> None:
    assert assume(aws, DEPLOY, MinimumSessionTokenSize=4000)["SessionTokenSize"] >= 4000


@pytest.mark.parametrize("role", [arn(PRODUCTION, "Nobody"), ADMIN, BILLING])
def test_who_is_not_trusted_is_denied(aws: StandIn, role: str) -> None:
    got = refused(lambda: assume(aws, role))
    assert (got.status, got.code) == (403, "AccessDenied")
    assert got.message.startswith(f"User: {ALICE} is not authorized to perform: sts:AssumeRole on resource: {role}")
    assert ("Encoded authorization failure message: " in got.message) == (role == BILLING)


def test_a_denial_is_decoded_for_those_who_may(aws: StandIn) -> None:
    encoded = refused(lambda: assume(aws, BILLING)).message.rpartition(" ")[2]
    decoded = json.loads(sts(aws).decode_authorization_message(EncodedMessage=encoded)["DecodedMessage"])
    assert decoded["allowed"] is False
    assert decoded["context"]["action"] == "sts:AssumeRole"
    assert decoded["context"]["resource"] == BILLING
    assert decoded["context"]["principal"]["arn"] == ALICE
    assert decoded["explicitDeny"] is True
    (statement,) = decoded["matchedStatements"]["items"]
    assert (statement["statementId"], statement["effect"]) == ("FinanceOnly", "DENY")
    conditions = {
        each["key"]: [value["value"] for value in each["values"]["items"]]
        for each in decoded["context"]["conditions"]["items"]
    }
    assert conditions["aws:MultiFactorAuthPresent"] == ["false"]
    assert conditions["aws:ResourceAccount"] == [PRODUCTION]
    role = sts(aws, keys_of(aws, DEPLOY))
    assert json.loads(role.decode_authorization_message(EncodedMessage=encoded)["DecodedMessage"]) == decoded


def test_a_session_policy_can_forbid_decoding(aws: StandIn) -> None:
    policy = {"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:*", "Resource": "*"}}
    narrow = sts(aws, keys_of(aws, DEPLOY, Policy=json.dumps(policy)))
    got = refused(lambda: narrow.decode_authorization_message(EncodedMessage="x"))
    assert got.code == "AccessDenied"
    assert "no session policy allows the sts:DecodeAuthorizationMessage action" in got.message


def test_what_was_not_encoded_here_is_not_decoded(aws: StandIn) -> None:
    got = refused(lambda: sts(aws).decode_authorization_message(EncodedMessage="nonsense"))
    assert (got.status, got.code) == (400, "InvalidAuthorizationMessageException")


@pytest.mark.parametrize("given", [{}, {"ExternalId": "acme-7732"}])
def test_an_external_id_is_demanded(aws: StandIn, given: dict[str, Any]) -> None:
    assert refused(lambda: assume(aws, AUDIT, **given)).code == "AccessDenied"
    assert assume(aws, AUDIT, ExternalId="acme-7731")["AssumedRoleUser"]


def test_the_longest_session_is_the_roles(aws: StandIn) -> None:
    got = refused(lambda: assume(aws, DEPLOY, DurationSeconds=3601))
    assert (got.status, got.code) == (400, "ValidationError")
    assert got.message == "The requested DurationSeconds exceeds the MaxSessionDuration set for this role."
    assert assume(aws, DEVELOPER, DurationSeconds=8 * 3600)["Credentials"]


def test_a_chain_is_capped_at_an_hour(aws: StandIn) -> None:
    keys = hub(aws)
    got = refused(lambda: assume(aws, ADMIN, keys, DurationSeconds=3601))
    assert got.code == "ValidationError"
    assert got.message.endswith("exceeds the 1 hour session limit for roles assumed by role chaining")
    chained = assume(aws, ADMIN, keys, DurationSeconds=3600)
    assert chained["AssumedRoleUser"]["Arn"] == f"arn:aws:sts::{PRODUCTION}:assumed-role/Admin/alice"


def test_everybody_of_a_trusted_account_may(aws: StandIn) -> None:
    aws.world.users["bot"] = bot = User(name="bot", account_id="111122223333")
    keys = {"AccessKeyId": bot.access_key_id, "SecretAccessKey": bot.secret_access_key}
    assert assume(aws, POWER_USER, keys)["Credentials"]
    assert refused(lambda: assume(aws, DEPLOY, keys)).code == "AccessDenied"


def test_an_accounts_owner_may_not(aws: StandIn) -> None:
    aws.world.users["root"] = owner = User(name="root", account_id="111122223333", root=True)
    keys = {"AccessKeyId": owner.access_key_id, "SecretAccessKey": owner.secret_access_key}
    assert refused(lambda: assume(aws, POWER_USER, keys)).message == "Roles may not be assumed by root accounts."
    assert sts(aws, keys).get_caller_identity()["Arn"] == "arn:aws:iam::111122223333:root"


def test_mfa_comes_with_the_call_or_with_the_session(aws: StandIn) -> None:
    alice = aws.world.users["alice"]
    assert refused(lambda: assume(aws, OPERATIONS)).code == "AccessDenied"
    assert assume(aws, OPERATIONS, **mfa(alice))["Credentials"]
    plain = sts(aws).get_session_token()["Credentials"]
    assert refused(lambda: assume(aws, OPERATIONS, plain)).code == "AccessDenied"
    proven = sts(aws).get_session_token(SerialNumber=alice.mfa_serial, TokenCode=code(alice, 1))["Credentials"]
    assert assume(aws, OPERATIONS, proven)["Credentials"]
    assert assume(aws, HUB, proven)["Credentials"]


def test_a_role_cannot_prove_a_persons_device(aws: StandIn) -> None:
    aws.world.roles[ADMIN] = replace(aws.world.roles[ADMIN], mfa_required=True)
    keys = hub(aws)
    assert refused(lambda: assume(aws, ADMIN, keys)).code == "AccessDenied"
    got = refused(
        lambda: assume(
            aws,
            ADMIN,
            keys,
            SerialNumber="arn:aws:iam::111122223333:mfa/alice",
            TokenCode=code(aws.world.users["alice"], 1),
        )
    )
    assert "unable to validate MFA code.  Please verify your MFA serial number is valid" in got.message


def test_tags_are_packed_and_handed_on(aws: StandIn) -> None:
    aws.world.roles[ADMIN] = Role(arn=ADMIN, trusts=(READ_ONLY,))
    tags = [{"Key": "Team", "Value": "platform"}, {"Key": "Project", "Value": ""}]
    got = assume(aws, READ_ONLY, Tags=tags, TransitiveTagKeys=["team"])
    assert 1 <= got["PackedPolicySize"] <= 100
    keys = got["Credentials"]
    again = {"Tags": [{"Key": "TEAM", "Value": "other"}]}
    assert refused(lambda: assume(aws, ADMIN, keys, **again)).code == "InvalidParameterValue"
    assert assume(aws, ADMIN, keys, Tags=[{"Key": "Project", "Value": "x"}])["PackedPolicySize"] > 0


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"Tags": [{"Key": "a", "Value": "1"}, {"Key": "A", "Value": "2"}]}, "InvalidParameterValue"),
        ({"Tags": [{"Key": "a", "Value": "1"}], "TransitiveTagKeys": ["b"]}, "ValidationError"),
        ({"Tags": [{"Key": "aws:a", "Value": "1"}]}, "ValidationError"),
        ({"Tags": [{"Key": "a;b", "Value": "1"}]}, "ValidationError"),
        ({"Tags": [{"Key": f"k{n}", "Value": "v"} for n in range(51)]}, "ValidationError"),
    ],
)
def test_tags_have_rules(aws: StandIn, given: dict[str, Any], expected: str) -> None:
    assert refused(lambda: assume(aws, READ_ONLY, **given)).code == expected


def test_a_role_may_refuse_tags_and_source_identities(aws: StandIn) -> None:
    aws.world.roles[DEPLOY] = Role(arn=DEPLOY, trusts=(ALICE,), allows_tags=False, allows_source_identity=False)
    got = refused(lambda: assume(aws, DEPLOY, Tags=[{"Key": "a", "Value": "1"}]))
    assert "not authorized to perform: sts:TagSession" in got.message
    got = refused(lambda: assume(aws, DEPLOY, SourceIdentity="alice"))
    assert "not authorized to perform: sts:SetSourceIdentity" in got.message


def test_a_source_identity_stays(aws: StandIn) -> None:
    got = assume(aws, HUB, **mfa(aws.world.users["alice"]), SourceIdentity="alice")
    assert got["SourceIdentity"] == "alice"
    keys = got["Credentials"]
    assert assume(aws, ADMIN, keys)["SourceIdentity"] == "alice"
    assert assume(aws, ADMIN, keys, SourceIdentity="alice")["SourceIdentity"] == "alice"
    assert refused(lambda: assume(aws, ADMIN, keys, SourceIdentity="mallory")).code == "AccessDenied"
    assert refused(lambda: assume(aws, HUB, SourceIdentity="aws:alice")).code == "ValidationError"


def test_a_session_policy_narrows_the_chain(aws: StandIn) -> None:
    def policy(action: str, resource: str = "*", effect: str = "Allow") -> dict[str, Any]:
        statement = {"Effect": effect, "Action": action, "Resource": resource}
        return {"Policy": json.dumps({"Version": "2012-10-17", "Statement": statement})}

    aws.world.roles[HUB] = replace(aws.world.roles[HUB], mfa_required=False)
    assert assume(aws, ADMIN, keys_of(aws, HUB, **policy("STS:Assume*")))["Credentials"]
    assert assume(aws, ADMIN, keys_of(aws, HUB, **policy("sts:AssumeRole", "arn:aws:iam::*:role/Adm?n")))["Credentials"]
    for given in (policy("s3:*"), policy("*", effect="Deny"), policy("sts:AssumeRole", DEPLOY)):
        keys = keys_of(aws, HUB, **given)
        assert refused(partial(assume, aws, ADMIN, keys)).code == "AccessDenied"
    managed = [{"arn": "arn:aws:iam::aws:policy/ReadOnlyAccess"}]
    assert refused(lambda: assume(aws, ADMIN, keys_of(aws, HUB, PolicyArns=managed))).code == "AccessDenied"


def test_a_disabled_region_says_so(aws: StandIn) -> None:
    closed = replace(aws.world, disabled_regions=frozenset({"ap-east-1"}))
    with type(aws)(closed) as other:
        got = refused(sts(other, region="ap-east-1").get_caller_identity)
        assert (got.status, got.code) == (403, "RegionDisabledException")
        assert sts(other, region="eu-west-1").get_caller_identity()
