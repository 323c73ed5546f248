from __future__ import annotations

import json
from types import MappingProxyType
from typing import Any

import pytest

from app.domain import chain as chains
from app.domain.arn import MfaDevice, RoleArn
from app.domain.configuration import Configuration, Identity, MfaUse, Profile, Provider, Source, SourceKind
from app.domain.denial import Condition, Denial, MatchedStatement, Verdict
from app.domain.errors import Problem
from app.domain.refusal_causes import Facts, causes
from app.domain.trust_statement import trust_statement

ALICE = "arn:aws:iam::111122223333:user/alice"
ADMIN = "arn:aws:iam::123456789012:role/ops/Admin"
HUB = "arn:aws:iam::123456789012:role/Hub"
TRUST = "The role's trust policy does not let you in"
WHO = "Somebody else asked than you think"
MFA = "The role demands MFA"
MFA_KEY = Condition(key="aws:MultiFactorAuthPresent", values=("false",))
SLIP = "The role's ARN has a slip"
IDENTITY = Identity(
    name="alice",
    access_key_id="AKIAIOSFODNN7EXAMPLE",
    mfa_device=MfaDevice.parse("arn:aws:iam::111122223333:mfa/alice"),
)
CORP = Provider(name="corp", type="saml", login_url="https://idp.example.com/")
LOGIN = Provider(name="login", type="oidc", issuer="https://login.example.com/t/", client_id="rolecall")


def profile(name: str = "prod", source: str = "identity.alice", role: str = ADMIN, **more: Any) -> Profile:  # noqa: ANN401  # fields
    kind, _, of = source.partition(".")
    return Profile(name=name, source=Source(kind=SourceKind(kind), name=of), role_arn=RoleArn.parse(role), **more)


def facts(*profiles: Profile, **more: Any) -> Facts:  # noqa: ANN401  # fields
    """Of a refusal of the last profile."""
    configuration = Configuration(
        identities=MappingProxyType({"alice": IDENTITY}),
        profiles=MappingProxyType({each.name: each for each in profiles}),
        providers=MappingProxyType({"corp": CORP, "login": LOGIN}),
    )
    values: dict[str, Any] = {
        "problem": Problem(code="access-denied", title="AWS denied access", request_id="r"),
        "denial": Denial(sentence="x"),
        "caller_arn": ALICE,
        "caller_account": "111122223333",
        "region": "eu-west-1",
    }
    return Facts(chain=chains.resolve(configuration, profiles[-1].name), **(values | more))


def verdicts(of: Facts) -> dict[str, Verdict]:
    return {cause.title: cause.verdict for cause in causes(of)}


def test_an_ordinary_refusal_leaves_most_open_and_rules_out_what_was_not_sent() -> None:
    found = verdicts(facts(profile()))
    assert found[WHO] is Verdict.RULED_OUT
    assert found[TRUST] is Verdict.OPEN
    assert found[MFA] is Verdict.OPEN
    assert found["The role demands an external ID"] is Verdict.OPEN
    assert found["The source is of another account"] is Verdict.OPEN
    assert found["sts:TagSession is not allowed"] is Verdict.RULED_OUT
    assert found["sts:SetSourceIdentity is not allowed"] is Verdict.RULED_OUT
    assert found["Longer than the role allows"] is Verdict.RULED_OUT
    order = list(found.values())
    assert order == sorted(order, key=[Verdict.LIKELY, Verdict.OPEN, Verdict.RULED_OUT].index)


@pytest.mark.parametrize(
    ("caller", "account", "verdict"),
    [
        ("arn:aws:sts::123456789012:assumed-role/Hub/alice", "123456789012", Verdict.RULED_OUT),
        ("arn:aws:sts::123456789012:assumed-role/Other/alice", "123456789012", Verdict.LIKELY),
        ("arn:aws:sts::999900001111:assumed-role/Hub/alice", "999900001111", Verdict.LIKELY),
        ("", "", Verdict.OPEN),
    ],
)
def test_who_signs_is_held_against_the_source(caller: str, account: str, verdict: Verdict) -> None:
    of = facts(profile("hub", role=HUB), profile(source="profile.hub"), caller_arn=caller, caller_account=account)
    assert verdicts(of)[WHO] is verdict


def test_an_identity_in_another_account_than_its_device_is_somebody_else() -> None:
    of = facts(profile(), caller_arn="arn:aws:iam::444455556666:user/alice", caller_account="444455556666")
    assert verdicts(of)[WHO] is Verdict.LIKELY


def test_somebody_else_was_refused_than_signs_now() -> None:
    of = facts(profile(), denial=Denial(sentence="x", who="arn:aws:iam::111122223333:user/bob"))
    assert verdicts(of)[WHO] is Verdict.LIKELY


@pytest.mark.parametrize(
    ("more", "title", "verdict"),
    [
        ({"denial": Denial(sentence="", explicit=True, policy_type="service control policy")},
         "A service control policy denies it", Verdict.LIKELY),
        ({"denial": Denial(sentence="", explicit=False, policy_type="role trust policy")}, TRUST, Verdict.LIKELY),
        ({"denial": Denial(sentence="", explicit=False, policy_type="identity-based policy")},
         "Who asks may not call sts:AssumeRole", Verdict.LIKELY),
        ({"denial": Denial(sentence="", statements=(MatchedStatement(id="x", conditions=(MFA_KEY,)),))},
         MFA, Verdict.LIKELY),
        # The context has it of every session, whatever the reason was
        ({"denial": Denial(sentence="", conditions=(MFA_KEY,))}, MFA, Verdict.OPEN),
        ({"problem": Problem(code="mfa-code-wrong", title="Wrong")}, "The MFA code or device", Verdict.LIKELY),
        ({"problem": Problem(code="region-disabled", title="Off")}, "The region is not enabled", Verdict.LIKELY),
        ({"problem": Problem(code="validation-error", title="x", detail="exceeds the MaxSessionDuration set")},
         "Longer than the role allows", Verdict.LIKELY),
        ({"neighbours": (RoleArn.parse("arn:aws:iam::999900001111:role/Admin"),)}, SLIP, Verdict.OPEN),
    ],
)  # fmt: skip
def test_what_aws_says_makes_a_cause_likely(more: dict[str, Any], title: str, verdict: Verdict) -> None:
    assert verdicts(facts(profile(), **more))[title] is verdict


def test_tags_and_source_identity_need_permissions_of_their_own() -> None:
    mine = profile(tags=(("a", "b"),), source_identity="alice")
    assert verdicts(facts(mine))["sts:TagSession is not allowed"] is Verdict.OPEN
    denial = Denial(sentence="", action="sts:TagSession")
    assert verdicts(facts(mine, denial=denial))["sts:TagSession is not allowed"] is Verdict.LIKELY
    assert verdicts(facts(mine))["sts:SetSourceIdentity is not allowed"] is Verdict.OPEN


def test_mfa_that_was_there_is_ruled_out_and_a_chain_has_lost_it() -> None:
    assert verdicts(facts(profile(mfa=MfaUse.SESSION)))[MFA] is Verdict.RULED_OUT
    of = facts(profile("hub", role=HUB, mfa=MfaUse.SESSION), profile(source="profile.hub"))
    cause = next(each for each in causes(of) if each.title == MFA)
    assert cause.verdict is Verdict.OPEN
    assert "even if the one who assumed that role had" in cause.detail


def test_a_role_in_another_account_than_its_neighbours_is_pointed_at() -> None:
    of = facts(profile(), neighbours=(RoleArn.parse("arn:aws:iam::999900001111:role/Admin"),))
    assert "999900001111" in next(each.detail for each in causes(of) if each.title == SLIP)


def test_the_policy_of_the_session_that_signs() -> None:
    of = facts(profile("hub", role=HUB, policy="{}"), profile(source="profile.hub"))
    assert verdicts(of)["The session policy of “hub” leaves it out"] is Verdict.OPEN


def test_an_assertion_of_another_accounts_provider() -> None:
    title = "The SAML provider or the audience is another one"
    own, other = "arn:aws:iam::123456789012:saml-provider/Corp", "arn:aws:iam::999900001111:saml-provider/Corp"
    assert verdicts(facts(profile(source="provider.corp"), provider_arn=own))[title] is Verdict.OPEN
    found = verdicts(facts(profile(source="provider.corp"), provider_arn=other))
    assert found[title] is Verdict.LIKELY
    assert WHO not in found
    assert MFA not in found


def test_a_token_that_iam_does_not_know() -> None:
    of = facts(profile(source="provider.login"), problem=Problem(code="invalid-identity-token", title="x"))
    cause = causes(of)[0]
    assert cause.verdict is Verdict.LIKELY
    assert "login.example.com/t with the audience rolecall" in cause.detail


def test_the_statement_to_paste_for_a_user_with_everything() -> None:
    mine = profile(tags=(("a", "b"),), source_identity="alice", external_id="acme-1")
    assert json.loads(trust_statement(facts(mine).chain, ALICE, "", mfa=True)) == {
        "Effect": "Allow",
        "Principal": {"AWS": ALICE},
        "Action": ["sts:AssumeRole", "sts:TagSession", "sts:SetSourceIdentity"],
        "Condition": {
            "StringEquals": {"sts:ExternalId": "acme-1"},
            "Bool": {"aws:MultiFactorAuthPresent": "true"},
        },
    }


def test_a_session_is_named_by_its_role() -> None:
    of = facts(profile("hub", role="arn:aws:iam::123456789012:role/path/Hub"), profile(source="profile.hub"))
    session = "arn:aws:sts::123456789012:assumed-role/Hub/alice"
    assert json.loads(trust_statement(of.chain, session, "", mfa=False))["Principal"] == {
        "AWS": "arn:aws:iam::123456789012:role/path/Hub"
    }
    assert json.loads(trust_statement(facts(profile()).chain, session, "", mfa=False))["Principal"] == {"AWS": HUB}


def test_the_statements_for_federation() -> None:
    saml = json.loads(trust_statement(facts(profile(source="provider.corp")).chain, "", "arn:x", mfa=False))
    assert (saml["Action"], saml["Principal"]) == ("sts:AssumeRoleWithSAML", {"Federated": "arn:x"})
    assert saml["Condition"] == {"StringEquals": {"SAML:aud": "https://signin.aws.amazon.com/saml"}}
    oidc = json.loads(trust_statement(facts(profile(source="provider.login")).chain, "", "", mfa=False))
    assert oidc["Principal"] == {"Federated": "arn:aws:iam::123456789012:oidc-provider/login.example.com/t"}
    assert oidc["Condition"] == {"StringEquals": {"login.example.com/t:aud": "rolecall"}}
