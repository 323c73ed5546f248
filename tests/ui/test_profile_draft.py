from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType

import pytest

from app.domain.configuration import Configuration, Identity, MfaUse, Profile, Source, SourceKind
from app.domain.settings_schema import table_of
from app.domain.view import PreviewRow
from app.ui import profile_draft as drafts
from tests.ui.fake_core import configuration, sessions

ARN = "arn:aws:iam::123456789012:role/Admin"
BASE: dict[str, object] = {"source": "identity.alice", "role_arn": ARN}


@pytest.fixture
def configured() -> Configuration:
    return configuration(sessions())


def faults(
    configured: Configuration, name: str = "new", formerly: str = "", values: dict[str, object] | None = None
) -> set[str]:
    return set(drafts.judge(name, BASE | (values or {}), configured, formerly).faults)


def test_a_good_draft_is_a_profile(configured: Configuration) -> None:
    judged = drafts.judge("new", BASE, configured)
    assert judged.faults == {}
    assert str(judged.profile.role_arn) == ARN
    assert judged.chain is not None
    assert drafts.chain_words(judged.chain) == "alice → new"


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"role_arn": ""}, "role_arn"),
        ({"role_arn": "arn:aws:iam::1:role/x"}, "role_arn"),
        ({"duration": 899}, "duration"),
        ({"duration": 43_201}, "duration"),
        ({"duration": "1h"}, "duration"),
        ({"session_name": "a"}, "session_name"),
        ({"session_name": "a b"}, "session_name"),
        ({"external_id": "#"}, "external_id"),
        ({"region": "moon"}, "region"),
        ({"region": "cn-north-1"}, "region"),
        ({"policy": "{"}, "policy"),
        ({"policy": '{"a": "' + "x" * 2048 + '"}'}, "policy"),
        ({"policy_arns": ["x"]}, "policy_arns"),
        ({"tags": [{"key": "a", "value": "1"}, {"key": "A", "value": "2"}]}, "tags"),
        ({"transitive_tag_keys": [""]}, "transitive_tag_keys"),
        ({"source_identity": "aws:x"}, "source_identity"),
        ({"mfa_device": "arn:aws:iam::123456789012:u2f/user/alice"}, "mfa_device"),
        ({"aws_profile": "a]b"}, "aws_profile"),
        ({"source": "identity.nobody"}, "source"),
        ({"source": "profile.hub", "mfa": True}, "mfa"),
    ],
)
def test_each_broken_rule_is_told_at_its_field(
    configured: Configuration, values: dict[str, object], field: str
) -> None:
    assert field in faults(configured, values=values)


@pytest.mark.parametrize("name", ["", "-x", "a[b", "hub"])
def test_names(configured: Configuration, name: str) -> None:
    assert faults(configured, name) == {"name"}


def test_its_own_name_is_no_other(configured: Configuration) -> None:
    assert faults(configured, "hub", formerly="hub") == set()


def test_a_chained_role_cannot_have_more_than_an_hour(configured: Configuration) -> None:
    judged = drafts.judge("new", BASE | {"source": "profile.hub", "duration": 7200}, configured)
    assert "AWS limits a role assumed from another role to 1 h." in judged.faults["duration"].detail
    assert faults(configured, values={"source": "profile.hub", "duration": 3600}) == set()


def test_sources_that_lead_in_a_circle(configured: Configuration) -> None:
    judged = drafts.judge("hub", BASE | {"source": "profile.prod-admin"}, configured, "hub")
    assert judged.faults["source"].code == "source-loop"
    assert judged.chain is None


def test_references_follow_a_new_name(configured: Configuration) -> None:
    judged = drafts.judge("hub-2", BASE, configured, "hub")
    assert judged.faults == {}
    circle = drafts.judge("hub-2", BASE | {"source": "profile.prod-admin"}, configured, "hub")
    assert circle.faults["source"].code == "source-loop"


def test_a_session_and_a_federated_user(configured: Configuration) -> None:
    session = drafts.judge("s", {"source": "identity.alice", "mfa": True}, configured)
    assert (session.faults, drafts.kind_of(session.profile)) == ({}, drafts.SESSION)
    user = drafts.judge("u", {"source": "identity.alice", "federated_user": "guest"}, configured)
    assert (user.faults, drafts.kind_of(user.profile)) == ({}, drafts.FEDERATED)
    assert "federated_user" in drafts.judge("u", {"source": "identity.alice", "federated_user": "x"}, configured).faults
    assert "source" in drafts.judge("s", {"source": "profile.hub"}, configured).faults


def test_the_region_of_the_identity_counts_where_none_is_set() -> None:
    china = Identity(name="li", access_key_id="AKIAIOSFODNN7EXAMPLE", region="cn-north-1")
    configured = Configuration(identities=MappingProxyType({"li": china}))
    values = {"source": "identity.li", "role_arn": ARN}
    assert set(drafts.judge("new", values, configured).faults) == {"region"}
    values["role_arn"] = ARN.replace("arn:aws:", "arn:aws-cn:")
    assert drafts.judge("new", values, configured).faults == {}


def test_every_saved_profile_is_a_good_draft_of_itself(configured: Configuration) -> None:
    for name, profile in configured.profiles.items():
        if profile.source.kind is SourceKind.PROVIDER:
            continue
        judged = drafts.judge(name, table_of(profile), configured, name)
        assert (judged.faults, judged.profile) == ({}, profile)


@pytest.mark.parametrize(
    ("seconds", "words"), [(7200, "2 h"), (5400, "1 h 30 min"), (900, "15 min"), (3601, "1 h 1 s"), (0, "")]
)
def test_duration_words(seconds: int, words: str) -> None:
    assert drafts.duration_words(seconds) == words


def test_summary_of_what_is_folded_away() -> None:
    profile = Profile(name="a", source=Source(kind=SourceKind.IDENTITY, name="b"), mfa=MfaUse.NONE)
    assert drafts.more_words(profile) == "publish as a"
    more = replace(profile, policy="{}", policy_arns=("x",), tags=(("a", "b"),))
    assert drafts.more_words(more) == "2 policies, 1 tag, publish as a"
    guarded = replace(profile, confirm=True, lease=1800, account_pin="123456789012")
    assert drafts.more_words(guarded) == "asks first, lease 30 min, pinned to 123456789012, publish as a"


@pytest.mark.parametrize(
    ("arn", "words"),
    [
        ("arn:aws-cn:iam::aws:policy/ReadOnlyAccess", "partition aws-cn"),
        ("arn:aws:iam::210987654321:policy/mine-of-theirs", "account 210987654321"),
    ],
)
def test_managed_policies_that_the_role_cannot_have(configured: Configuration, arn: str, words: str) -> None:
    judged = drafts.judge("new", BASE | {"policy_arns": [arn]}, configured)
    assert words in judged.faults["policy_arns"].detail


def test_numbers_from_text() -> None:
    assert (drafts.whole("7,200"), drafts.whole("1h"), drafts.whole("\u0661")) == (7200, "1h", "\u0661")


def test_the_preview_shows_what_was_typed_where_it_is_wrong(configured: Configuration) -> None:
    judged = drafts.judge("new", BASE | {"source": "profile.hub", "duration": 7200, "external_id": "#"}, configured)
    rows = (PreviewRow(name="Action", value="AssumeRole"), PreviewRow(name="DurationSeconds", value="3600"))
    hidden = PreviewRow(name="Signature", hidden=True)
    shown = drafts.with_faults((*rows, hidden), judged.faults, {"duration": "7200", "external_id": "#"})
    assert [(row.name, row.value, bool(row.fault)) for row in shown] == [
        ("Action", "AssumeRole", False),
        ("DurationSeconds", "7200", True),
        ("ExternalId", "#", True),
        ("Signature", "", False),
    ]


@pytest.mark.parametrize(
    ("values", "key", "words"),
    [
        (BASE, "source", "alice → new"),
        (BASE, "role_arn", "Role Admin, account 123456789012"),
        ({"source": "identity.alice", "federated_user": "guest"}, "federated_user", "Without a policy"),
        ({"source": "identity.alice"}, "mfa", "cannot call IAM"),
        (BASE | {"source": "provider.corp"}, "source", "corp → new"),
        (BASE | {"source": "provider.corp"}, "provider_arn", "Learnt from the assertion"),
        (BASE | {"publish": "none"}, "publish", "`rolecall credentials new`"),
        (BASE | {"aws_profile": "default"}, "aws_profile", "[default]"),
        (BASE | {"lease": 1800}, "lease", "not renewed"),
        (BASE | {"account_pin": "123456789012"}, "account_pin", "unless AWS says"),
    ],
)
def test_notes(configured: Configuration, values: dict[str, object], key: str, words: str) -> None:
    assert words in drafts.notes(drafts.judge("new", values, configured))[key][0]


def test_nothing_is_noted_without_a_reason(configured: Configuration) -> None:
    user = {"source": "identity.alice", "federated_user": "guest", "policy": "{}"}
    assert set(drafts.notes(drafts.judge("new", user, configured))) == {"source"}
    session = {"source": "identity.alice", "mfa": True}
    assert set(drafts.notes(drafts.judge("new", session, configured))) == {"source"}


def test_what_fields_left_empty_amount_to_with_a_provider(configured: Configuration) -> None:
    named = replace(configured.providers["login"], session_name_claim="email")
    configured = replace(configured, providers=MappingProxyType({**configured.providers, "login": named}))

    def hints(source: str) -> dict[str, str]:
        return drafts.hints(drafts.judge("new", BASE | {"source": source}, configured))

    assert hints("provider.login") == {"session_name": "from claim email"}
    assert hints("provider.corp") == {"region": "the login page's"}
    assert hints("identity.alice") == {}
    # A role assumed from another role is signed by that one's session.
    assert hints("profile.prod-audit") == {}
