from __future__ import annotations

from dataclasses import replace

import pytest

from app.domain import aws_import, settings_schema
from app.domain.arn import MfaDevice
from app.domain.aws_import import (
    AwsFiles,
    FoundKey,
    ImportPlan,
    free_aws_profile,
    overriding_key,
    plan,
    shadowed_processes,
)
from app.domain.chain import refuse_broken
from app.domain.configuration import Configuration, Identity, MfaUse, Provider, Source, SourceKind
from app.domain.secret import Secret

DEVICE = "arn:aws:iam::111122223333:mfa/alice"
ALICE = FoundKey(access_key_id="AKIAIOSFODNN7EXAMPLE", secret_access_key=Secret("alice's"))
BOB = FoundKey(access_key_id="AKIAI44QH8DHBEXAMPLE", secret_access_key=Secret("bob's"))
NOTHING = Configuration()
EXISTING_ALICE = Identity(name="me", access_key_id=ALICE.access_key_id)


def arn(name: str) -> str:
    return f"arn:aws:iam::123456789012:role/{name}"


def role(name: str, source: str | None, **settings: str) -> dict[str, str]:
    return {"role_arn": arn(name), **({"source_profile": source} if source else {}), **settings}


def aws_files(profiles: dict[str, dict[str, str]], **keys: FoundKey) -> AwsFiles:
    return AwsFiles(profiles=profiles, keys=keys, sections=frozenset(keys))


def planned(profiles: dict[str, dict[str, str]], existing: Configuration = NOTHING, /, **keys: FoundKey) -> ImportPlan:
    return plan(aws_files(profiles, **keys), existing)


def reason(profiles: dict[str, dict[str, str]], name: str = "x", **keys: FoundKey) -> str:
    found = planned(profiles, **keys)
    assert name not in [each.found_as for each in found.importable]
    return dict(found.refused)[name]


def identity_source(name: str) -> Source:
    return Source(kind=SourceKind.IDENTITY, name=name)


def test_everything_about_a_role_is_taken_over() -> None:
    settings = role(
        "Admin",
        "alice",
        external_id="abc",
        role_session_name="me",
        duration_seconds="7200",
        region="eu-west-1",
        mfa_serial=DEVICE,
    )
    found = planned({"prod": settings}, alice=ALICE)
    assert found.refused == ()
    (candidate,) = found.importable
    profile = candidate.profile
    assert (profile.name, candidate.found_as) == ("prod", "prod")
    assert (str(profile.role_arn), profile.source) == (arn("Admin"), identity_source("alice"))
    assert (profile.external_id, profile.session_name, profile.duration) == ("abc", "me", 7200)
    assert (profile.region, profile.mfa) == ("eu-west-1", MfaUse.SESSION)
    assert profile.aws_profile == "rolecall-prod"
    (identity,) = found.identities
    assert identity.identity == Identity(
        name="alice", access_key_id=ALICE.access_key_id, mfa_device=MfaDevice(serial=DEVICE)
    )
    assert identity.secret == Secret("alice's")
    assert not identity.known
    assert "alice's" not in repr(found)


def test_parents_come_before_their_children_whatever_the_order() -> None:
    profiles = {"c": role("C", "b"), "b": role("B", "a"), "a": role("A", "alice"), "d": role("D", "b")}
    found = planned(profiles, alice=ALICE)
    assert [each.profile.name for each in found.importable] == ["a", "b", "c", "d"]
    assert found.importable[2].profile.source == Source(kind=SourceKind.PROFILE, name="b")


def test_a_role_may_hold_its_own_keys() -> None:
    found = planned({"x": role("X", "x")}, x=ALICE)
    assert found.importable[0].profile.source == identity_source("x")
    assert reason({"x": role("X", "x")}) == "It is its own source_profile, but holds no keys."


def token_role(name: str, path: str = "/run/token", **settings: str) -> dict[str, str]:
    return {"role_arn": arn(name), "web_identity_token_file": path, **settings}


def provider_source(name: str) -> Source:
    return Source(kind=SourceKind.PROVIDER, name=name)


def test_a_token_file_becomes_a_provider_that_its_roles_share() -> None:
    profiles = {
        "a": token_role("A", role_session_name="me", duration_seconds="7200", external_id="abc", mfa_serial=DEVICE),
        "b": token_role("B", source_profile="alice"),
        "c": token_role("C", r"C:\token"),
        "child": role("D", "a", duration_seconds="7200"),
    }
    found = planned(profiles, alice=ALICE)
    assert found.refused == ()
    assert found.providers == (
        Provider(name="a", type="oidc", web_identity_token_file="/run/token"),
        Provider(name="c", type="oidc", web_identity_token_file=r"C:\token"),
    )
    made = {each.found_as: each.profile for each in found.importable}
    assert {name: str(each.source) for name, each in made.items()} == {
        "a": "provider.a",
        "b": "provider.a",
        "c": "provider.c",
        "child": "profile.a",
    }
    assert (made["a"].session_name, made["a"].duration, made["a"].external_id) == ("me", 7200, None)
    assert made["a"].mfa is MfaUse.NONE
    notes = {each.found_as: each.note for each in found.importable}
    assert "external_id is left out" in notes["a"]
    assert "mfa_serial is left out" in notes["a"]
    assert "3600 s at most" not in notes["a"]
    assert "3600 s at most" in notes["child"]
    world = Configuration(
        profiles={each.name: each for each in made.values()}, providers={each.name: each for each in found.providers}
    )
    assert refuse_broken(world, world.profiles) == ()
    chosen = found.chosen(frozenset({"child"}))
    assert [each.profile.name for each in chosen.importable] == ["a", "child"]
    assert [each.name for each in chosen.providers] == ["a"]
    assert chosen.identities == ()


def test_a_token_file_that_is_here_already_is_used_again() -> None:
    here = Provider(name="eks", type="oidc", web_identity_token_file="/run/token")
    taken = Provider(name="b", type="saml", login_url="https://idp.example.com")
    existing = replace(NOTHING, providers={"eks": here, "b": taken})
    found = planned({"a": token_role("A"), "b": token_role("B", "/other")}, existing)
    assert [each.profile.source for each in found.importable] == [provider_source("eks"), provider_source("b-2")]
    assert [each.name for each in found.providers] == ["b-2"]
    profile = found.importable[0].profile
    again = planned({"a": token_role("A")}, replace(existing, profiles={"a": profile}))
    assert dict(again.refused) == {"a": "It is already here, as “a”."}
    assert again.providers == ()


def test_keys_win_over_the_role_of_a_source() -> None:
    found = planned({"hub": role("Hub", "bob"), "x": role("X", "hub")}, hub=ALICE, bob=BOB)
    sources = {each.found_as: each.profile.source for each in found.importable}
    assert sources == {"hub": identity_source("bob"), "x": identity_source("hub")}


@pytest.mark.parametrize("length", [2, 3, 6])
def test_loops_are_told_and_what_hangs_on_them(length: int) -> None:
    profiles = {f"r{number}": role("R", f"r{(number + 1) % length}") for number in range(length)}
    found = planned({**profiles, "x": role("X", "r0"), "fine": role("F", "alice")}, alice=ALICE)
    reasons = dict(found.refused)
    assert {reasons[name] for name in profiles} == {"Its source_profile leads back to itself."}
    assert "“r0” cannot be taken over" in reasons["x"]
    assert [each.found_as for each in found.importable] == ["fine"]


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"sso_session": "corp", "sso_account_id": "1", "sso_role_name": "A"}, "IAM Identity Center"),
        ({"sso_start_url": "https://x"}, "IAM Identity Center"),
        ({"web_identity_token_file": "/t"}, "names no role_arn"),
        ({"role_arn": arn("X"), "web_identity_token_file": "t"}, "no absolute path"),
        ({"role_arn": arn("X"), "web_identity_token_file": "/t\u0007"}, "cannot be shown"),
        ({"role_arn": arn("X"), "credential_source": "Ec2InstanceMetadata"}, "Ec2InstanceMetadata"),
        ({"role_arn": arn("X")}, "no source_profile"),
        ({"credential_process": "/bin/x"}, "credential_process"),
        ({"login_session": "x"}, "login_session"),
        (role("X", "nobody"), "“nobody” does not exist"),
        (role("X", "process"), "credential_process"),
        (role("X", "empty"), "neither keys nor a role"),
        (role("X", "sso"), "IAM Identity Center"),
        (role("X", "temporary"), "temporary"),
        (role("X", "alice", duration_seconds="10"), "900 to 43,200"),
        (role("X", "alice", duration_seconds="1h"), "no number"),
        (role("X", "alice", duration_seconds="\u0663\u0660\u0660\u0660"), "no number"),
        (role("X", "alice", mfa_serial="arn:aws:iam::111122223333:u2f/user/a/b"), "security key"),
        (role("X", "alice", external_id="?"), "external_id"),
        (role("X", "alice", role_session_name="a"), "session_name"),
        (role("X", "alice", region="mars"), "region"),
        ({"role_arn": "arn:aws:iam::1:role/X", "source_profile": "alice"}, "role"),
    ],
)
def test_what_cannot_be_taken_over_says_why(settings: dict[str, str], words: str) -> None:
    profiles = {
        "x": settings,
        "process": {"credential_process": "/bin/x"},
        "empty": {"region": "eu-west-1"},
        "sso": {"sso_session": "corp"},
    }
    assert words in reason(profiles, alice=ALICE, temporary=replace(ALICE, temporary=True))


def test_plain_profiles_are_no_roles_and_not_mentioned() -> None:
    found = planned({"default": {"region": "eu-west-1"}, "alice": {"output": "json"}}, alice=ALICE)
    assert found.refused == ()
    assert found.importable == ()
    assert [each.identity.name for each in found.identities] == ["alice"]


def test_a_chained_role_is_told_what_will_be_different() -> None:
    profiles = {
        "hub": role("Hub", "alice", mfa_serial=DEVICE),
        "x": role("X", "hub", mfa_serial=DEVICE, duration_seconds="7200", endpoint_url="https://x"),
    }
    hub, child = planned(profiles, alice=ALICE).importable
    assert "once" in hub.note
    assert "3600" in child.note
    assert "mfa_serial is left out" in child.note
    assert "endpoint_url is left out" in child.note
    assert child.profile.mfa is MfaUse.NONE


def test_two_devices_of_one_user_are_kept_apart() -> None:
    other = "arn:aws:iam::111122223333:mfa/other"
    found = planned(
        {"a": role("A", "alice", mfa_serial=DEVICE), "b": role("B", "alice", mfa_serial=other)}, alice=ALICE
    )
    assert found.identities[0].identity.mfa_device == MfaDevice(serial=DEVICE)
    assert [each.profile.mfa_device for each in found.importable] == [None, MfaDevice(serial=other)]


def test_a_key_that_is_here_already_is_that_identity() -> None:
    existing = Configuration(identities={"me": EXISTING_ALICE})
    found = planned({"x": role("X", "alice", mfa_serial=DEVICE)}, existing, alice=ALICE)
    assert [(each.identity, each.known) for each in found.identities] == [(EXISTING_ALICE, True)]
    assert found.importable[0].profile.source == identity_source("me")
    assert found.importable[0].profile.mfa_device == MfaDevice(serial=DEVICE)


def test_names_that_are_taken_get_a_number() -> None:
    first = planned({"x": role("X", "alice")}, alice=ALICE).importable[0].profile
    existing = Configuration(
        identities={"alice": replace(EXISTING_ALICE, name="alice", access_key_id=BOB.access_key_id)},
        profiles={"x": replace(first, imported_from="")},
    )
    found = planned({"x": role("Other", "alice")}, existing, alice=ALICE)
    assert [each.identity.name for each in found.identities] == ["alice-2"]
    profile = found.importable[0].profile
    assert (profile.name, profile.source) == ("x-2", identity_source("alice-2"))
    assert profile.aws_profile == "rolecall-x-2"


def test_importing_twice_takes_nothing_twice() -> None:
    profiles = {"hub": role("Hub", "alice"), "x": role("X", "hub")}
    first = planned(profiles, alice=ALICE)
    existing = Configuration(
        identities={each.identity.name: each.identity for each in first.identities},
        profiles={each.profile.name: each.profile for each in first.importable},
    )
    again = planned({**profiles, "new": role("New", "hub")}, existing, alice=ALICE)
    assert dict(again.refused) == {
        "hub": "It is already here, as “hub”.",
        "x": "It is already here, as “x”.",
    }
    assert [each.known for each in again.identities] == [True]
    assert [(each.found_as, str(each.profile.source)) for each in again.importable] == [("new", "profile.hub")]


def test_what_is_planned_works_together() -> None:
    profiles = {f"p{number}": role(f"P{number}", "alice" if number % 3 else f"p{number + 1}") for number in range(12)}
    found = planned(profiles, alice=ALICE)
    world = Configuration(
        identities={each.identity.name: each.identity for each in found.identities},
        profiles={each.profile.name: each.profile for each in found.importable},
    )
    assert len(found.importable) == 12
    assert refuse_broken(world, world.profiles) == ()
    names = [each.profile.published_as for each in found.importable]
    assert len(set(names)) == 12
    assert not set(names) & set(profiles)


def test_choosing_some_takes_what_they_need() -> None:
    profiles = {"a": role("A", "alice"), "b": role("B", "a"), "c": role("C", "b"), "d": role("D", "bob")}
    found = planned(profiles, alice=ALICE, bob=BOB)
    chosen = found.chosen(frozenset({"b", "nobody"}))
    assert [each.profile.name for each in chosen.importable] == ["a", "b"]
    assert [each.identity.name for each in chosen.identities] == ["alice"]
    assert found.chosen(frozenset()) == ImportPlan()


def test_a_chain_of_any_sane_length_is_fine_and_others_are_no_crash() -> None:
    def line(length: int) -> dict[str, dict[str, str]]:
        return {
            f"p{number}": role("P", f"p{number + 1}" if number + 1 < length else "alice") for number in range(length)
        }

    assert len(planned(line(20), alice=ALICE).importable) == 20
    assert "chain" in " ".join(dict(planned(line(3000), alice=ALICE).refused).values())


@pytest.mark.parametrize("name", ["a]b", "-x", "mfa:x"])
def test_names_that_cannot_be_used_are_told(name: str) -> None:
    assert "cannot be a name" in reason({name: role("X", "alice")}, name, alice=ALICE)
    assert "cannot be used" in dict(planned({}, **{name: ALICE}).refused)[name]


@pytest.mark.parametrize(
    ("settings", "key"),
    [
        ({"role_arn": "x", "region": "y"}, "role_arn"),
        ({"sso_session": "x"}, "sso_session"),
        ({"sso_start_url": "x"}, "sso_start_url"),
        ({"sso_account_id": "x"}, "sso_account_id"),
        ({"web_identity_token_file": "x"}, "web_identity_token_file"),
        ({"login_session": "x"}, "login_session"),
        ({"credential_process": "x", "region": "y"}, ""),
        ({"role_arn": ""}, ""),
        ({}, ""),
    ],
)
def test_settings_that_override_keys(settings: dict[str, str], key: str) -> None:
    assert overriding_key(settings) == key


def test_a_free_name_is_kept_and_a_taken_one_gets_our_own() -> None:
    assert free_aws_profile("x", frozenset()) == "x"
    assert free_aws_profile("x", frozenset({"x"})) == "rolecall-x"
    assert free_aws_profile("x", frozenset({"x", "rolecall-x", "rolecall-x-2"})) == "rolecall-x-3"


def test_shadowed_processes_are_found() -> None:
    found = aws_files({"a": {"credential_process": "p"}, "b": {"credential_process": "p"}, "c": {}}, a=ALICE, c=BOB)
    assert shadowed_processes(found) == ("a",)


def test_each_role_is_checked_with_its_own_chain_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """All profiles anew for each of many roles would take seconds."""
    asked: list[int] = []
    check = settings_schema.without_broken

    def counting(world: Configuration) -> Configuration:
        asked.append(len(world.profiles))
        return check(world)

    monkeypatch.setattr(aws_import, "without_broken", counting)
    existing = planned({f"old-{n}": role(f"Old{n}", "alice") for n in range(50)}, alice=ALICE)
    world = Configuration(
        identities={each.identity.name: each.identity for each in existing.identities},
        profiles={each.profile.name: each.profile for each in existing.importable},
    )
    asked.clear()
    found = planned({"a": role("A", "alice"), "b": role("B", "a"), "c": role("C", "b")}, world, alice=ALICE)
    assert [each.profile.name for each in found.importable] == ["a", "b", "c"]
    assert asked == [1, 2, 3]


def test_what_is_planned_step_by_step_is_the_same_plan() -> None:
    profiles = {"c": role("C", "b"), "b": role("B", "alice"), "x": role("X", "y"), "y": role("Y", "x")}
    files = aws_files(profiles, alice=ALICE)
    planning = aws_import.Planning(files, NOTHING)
    assert len(list(planning.steps())) == 4
    assert planning.plan() == aws_import.plan(files, NOTHING)
