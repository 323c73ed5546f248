from __future__ import annotations

from dataclasses import replace

from app.domain.arn import MfaDevice
from app.domain.aws_import import AwsFiles, FoundKey, plan
from app.domain.configuration import Configuration, MfaUse, Profile
from app.domain.differences import Change
from app.domain.import_kept import Kept, kept
from app.domain.secret import Secret

DEVICE = "arn:aws:iam::111122223333:mfa/alice"
ALICE = FoundKey(access_key_id="AKIAIOSFODNN7EXAMPLE", secret_access_key=Secret("alice's"))
BOB = FoundKey(access_key_id="AKIAI44QH8DHBEXAMPLE", secret_access_key=Secret("bob's"))


def role(name: str, source: str = "alice", **settings: str) -> dict[str, str]:
    return {"role_arn": f"arn:aws:iam::123456789012:role/{name}", "source_profile": source, **settings}


def files(profiles: dict[str, dict[str, str]], **keys: FoundKey) -> AwsFiles:
    keys = keys or {"alice": ALICE}
    return AwsFiles(profiles=profiles, keys=keys, sections=frozenset(keys))


def after(found: AwsFiles) -> Configuration:
    """The configuration after everything was imported."""
    made = plan(found, Configuration())
    return Configuration(
        identities={each.identity.name: each.identity for each in made.identities},
        providers={each.name: each for each in made.providers},
        profiles={each.profile.name: each.profile for each in made.importable},
    )


def named(found: AwsFiles, here: Configuration) -> dict[str, Kept]:
    return {each.profile.name: each for each in kept(found, here).kept}


def fields(each: Kept) -> dict[str, tuple[str, str]]:
    return {change.name: (change.old, change.new) for change in each.change.fields}


FIRST = {
    "hub": role("Hub", mfa_serial=DEVICE, duration_seconds="7200"),
    "leaf": role("Leaf", "hub", external_id="ext-1", region="eu-west-1"),
    "pod": {"role_arn": "arn:aws:iam::123456789012:role/Pod", "web_identity_token_file": "/run/token"},
}


def test_an_import_remembers_where_each_profile_came_from_and_finds_it_the_same() -> None:
    found = files(FIRST)
    here = after(found)
    assert {each.name: each.imported_from for each in here.profiles.values()} == {n: n for n in FIRST}
    assert {name: each.change.change for name, each in named(found, here).items()} == dict.fromkeys(FIRST, Change.SAME)
    assert plan(found, here).importable == ()


def test_what_changed_there_is_told_field_by_field() -> None:
    here = after(files(FIRST))
    now = {
        "hub": role("Hub2", mfa_serial=DEVICE.replace("alice", "other"), role_session_name="me"),
        "leaf": role("Leaf", "hub", region="eu-central-1"),
        "pod": FIRST["pod"],
    }
    found = named(files(now), here)
    assert fields(found["hub"]) == {
        "role_arn": ("arn:aws:iam::123456789012:role/Hub", "arn:aws:iam::123456789012:role/Hub2"),
        "mfa_device": ("", DEVICE.replace("alice", "other")),
        "duration": ("7200", ""),
        "session_name": ("", "me"),
    }
    assert fields(found["leaf"]) == {"external_id": ("ext-1", ""), "region": ("eu-west-1", "eu-central-1")}
    becomes = found["leaf"].becomes
    assert becomes is not None
    assert (becomes.external_id, becomes.region, becomes.imported_from) == (None, "eu-central-1", "leaf")


def test_what_a_person_chose_here_is_no_change() -> None:
    here = after(files(FIRST))
    own = replace(
        here.profiles["hub"],
        name="mine",
        group="G",
        colour="red",
        pinned=True,
        aws_profile="elsewhere",
        mfa=MfaUse.ROLE,
        confirm=True,
        tags=(("k", "v"),),
    )
    source = replace(here.profiles["leaf"].source, name="mine")
    leaf = replace(here.profiles["leaf"], source=source)
    changed = replace(here, profiles={"mine": own, "leaf": leaf, "pod": here.profiles["pod"]})
    found = named(files(FIRST), changed)
    assert {each.change.change for each in found.values()} == {Change.SAME}, "also of the child of the renamed one"


def test_a_changed_role_keeps_what_is_the_persons_own() -> None:
    here = after(files(FIRST))
    own = replace(here.profiles["pod"], group="G", name="mine")
    changed = replace(here, profiles={**{n: p for n, p in here.profiles.items() if n != "pod"}, "mine": own})
    now = {**FIRST, "pod": {**FIRST["pod"], "role_arn": "arn:aws:iam::123456789012:role/New"}}
    becomes = named(files(now), changed)["mine"].becomes
    assert isinstance(becomes, Profile)
    assert (becomes.name, becomes.group, str(becomes.role_arn)) == ("mine", "G", "arn:aws:iam::123456789012:role/New")


def test_gone_and_no_longer_possible_ones_are_told() -> None:
    here = after(files(FIRST))
    now = {"hub": {"sso_session": "corp"}, "leaf": role("Leaf", "hub", external_id="ext-1", region="eu-west-1")}
    found = named(files(now), here)
    assert found["pod"].change.change is Change.GONE
    assert found["pod"].becomes is None
    assert found["hub"].change.change is Change.REFUSED
    assert "Identity Center" in found["hub"].change.note
    assert found["leaf"].change.change is Change.SAME, "its parent here is still that one"


def test_another_source_brings_its_identity_along() -> None:
    here = after(files({"x": role("X")}))
    now = files({"x": role("X", "bob", mfa_serial=DEVICE)}, alice=ALICE, bob=BOB)
    plans = kept(now, here)
    [found] = plans.kept
    assert fields(found)["source"] == ("identity.alice", "identity.bob")
    assert fields(found)["mfa"] == ("", "true")
    chosen = plans.chosen(frozenset({"x"}))
    assert [(each.identity.name, each.known) for each in chosen.needed.identities] == [("bob", False)]
    assert found.becomes is not None
    assert found.becomes.mfa_device == MfaDevice.parse(DEVICE)
    assert plans.chosen(frozenset()).kept == ()


def test_profiles_that_were_not_imported_are_none_of_its_business() -> None:
    here = after(files(FIRST))
    by_hand = {name: replace(each, imported_from="") for name, each in here.profiles.items()}
    assert kept(files(FIRST), replace(here, profiles=by_hand)).kept == ()
