from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import pytest

from app.core.provider_secrets import client_secret_key
from app.core.sharing import exported, planning, taken
from app.domain.arn import MfaDevice, RoleArn
from app.domain.configuration import Configuration, Identity, Profile, Provider, Refusal, Settings, Source, SourceKind
from app.domain.differences import Change
from app.domain.errors import BadInput, Problem, StorageTrouble
from tests.core.fakes import ACCOUNT, configuration, identity, machine, oidc, profile, rejected, saml
from tests.core.virtual_time import virtual

if TYPE_CHECKING:
    from app.domain.differences import EntryChange, ProfilesPlan

DEVICE = MfaDevice.parse("arn:aws:iam::111122223333:mfa/alice")
PATH = "/home/alice/team.toml"


def file_of(*entries: Profile | Provider, refusals: tuple[Refusal, ...] = ()) -> Configuration:
    return Configuration(
        providers=MappingProxyType({each.name: each for each in entries if isinstance(each, Provider)}),
        profiles=MappingProxyType({each.name: each for each in entries if isinstance(each, Profile)}),
        refusals=refusals,
    )


def plan_of(there: Configuration, here: Configuration) -> ProfilesPlan:
    steps = planning(PATH, "0", there, here)
    while True:
        try:
            next(steps)
        except StopIteration as done:
            return done.value


def change(plan: ProfilesPlan, name: str) -> EntryChange:
    return next(each for each in plan.entries if each.name == name)


def test_an_export_brings_what_profiles_start_from_and_nothing_personal() -> None:
    admin = profile("admin", "provider.corp", imported_from="aws-admin", pinned=True, mfa_device=DEVICE, group="G")
    here = configuration(
        saml("corp"),
        oidc("login"),
        profile("leaf", "profile.mid"),
        profile("mid", "profile.admin"),
        admin,
        profile("other"),
        identity(),
    )
    made = exported(here, (here.profiles["leaf"],))
    assert [each.name for each in made] == ["corp", "leaf", "mid", "admin"]
    shared = made[-1]
    assert isinstance(shared, Profile)
    assert (shared.imported_from, shared.pinned, shared.mfa_device, shared.group) == ("", False, None, "G")
    assert not any(isinstance(each, Identity) for each in made)
    assert [each.name for each in exported(here, (here.profiles["other"], here.profiles["other"]))] == ["other"]


def test_a_plan_tells_new_changed_and_same_field_by_field() -> None:
    old = profile("b", duration=3600, colour="red", imported_from="b", pinned=True, mfa_device=DEVICE)
    here = configuration(profile("a"), old)
    there = file_of(profile("a"), profile("b", duration=1800, tags=(("k", "v"),)), profile("c", pinned=True))
    plan = plan_of(there, here)
    assert [(each.name, each.change) for each in plan.entries] == [
        ("a", Change.SAME),
        ("b", Change.CHANGED),
        ("c", Change.NEW),
    ]
    fields = {each.name: (each.old, each.new) for each in change(plan, "b").fields}
    assert fields == {"duration": ("3600", "1800"), "tags": ("", '{"k": "v"}'), "colour": ("red", "")}
    assert ("source", "", "identity.alice") in [(f.name, f.old, f.new) for f in change(plan, "c").fields]
    [kept] = taken([("profile", "b")], plan, there, here, {})
    assert isinstance(kept, Profile)
    assert (kept.imported_from, kept.pinned, kept.mfa_device, kept.duration) == ("b", True, DEVICE, 1800)
    [new] = taken([("profile", "c")], plan, there, here, {})
    assert isinstance(new, Profile)
    assert not new.pinned
    assert taken([("profile", "a")], plan, there, here, {}) == ()


EVIL = RoleArn.parse("arn:aws:iam::999999999999:role/Evil")
GUARDED = profile("prod", confirm=True, lease=900, account_pin=ACCOUNT)


def test_a_guard_that_a_file_leaves_out_stays() -> None:
    here = configuration(GUARDED)
    there = file_of(profile("prod", duration=1800))
    plan = plan_of(there, here)
    assert [each.name for each in change(plan, "prod").fields] == ["duration"]
    assert taken([("profile", "prod")], plan, there, here, {}) == (replace(GUARDED, duration=1800),)
    assert change(plan_of(file_of(profile("prod")), here), "prod").change is Change.SAME


def test_a_file_may_make_guards_stricter() -> None:
    here = configuration(profile("a"), profile("b", lease=900))
    there = file_of(
        replace(profile("a"), confirm=True, lease=900, account_pin=ACCOUNT), profile("b", lease=600, confirm=True)
    )
    plan = plan_of(there, here)
    fields = {(each.name, field.name): (field.old, field.new) for each in plan.entries for field in each.fields}
    assert fields == {
        ("a", "confirm"): ("", "true"),
        ("a", "lease"): ("", "900"),
        ("a", "account_pin"): ("", ACCOUNT),
        ("b", "confirm"): ("", "true"),
        ("b", "lease"): ("900", "600"),
    }
    made = taken([("profile", "a"), ("profile", "b")], plan, there, here, {})
    assert made == tuple(there.profiles.values())


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"lease": 901}, "Its lease is longer than the one here. A file may only make guards stricter."),
        ({"role_arn": EVIL, "account_pin": "999999999999"}, "Its account pin is another one than the one here."),
        ({"role_arn": EVIL}, f"It names account {ACCOUNT}, but the role is one of 9999"),
    ],
)
def test_a_file_that_weakens_a_guard_is_refused(changes: dict[str, Any], why: str) -> None:
    here = configuration(GUARDED)
    there = file_of(replace(profile("prod"), **changes), profile("other"))
    plan = plan_of(there, here)
    assert (change(plan, "prod").change, change(plan, "other").change) == (Change.REFUSED, Change.NEW)
    assert why in change(plan, "prod").note
    with pytest.raises(BadInput) as caught:
        taken([("profile", "prod")], plan, there, here, {})
    assert caught.value.code == "entry-refused"


def test_commands_are_told_where_they_are_new() -> None:
    known = saml("known", command=("get", "it"))
    here = configuration(known, saml("other", command=("old",)), profile("a"))
    plan = plan_of(file_of(known, saml("other", command=("new",)), saml("fresh", command=("evil", "--now"))), here)
    assert change(plan, "known").command == ()
    assert change(plan, "other").command == ("new",)
    assert change(plan, "fresh").command == ("evil", "--now")


def test_missing_sources_are_named_and_replaced() -> None:
    here = configuration(profile("mine"))
    there = file_of(profile("a", "identity.bob"), profile("b", "profile.a"), profile("c", "provider.gone"))
    plan = plan_of(there, here)
    assert plan.missing == ("identity.bob", "provider.gone")
    assert change(plan, "a").needs == ("identity.bob",)
    assert change(plan, "b").needs == ()
    both = [("profile", "a"), ("profile", "b")]
    made = taken(both, plan, there, here, {"identity.bob": "identity.alice"})
    assert [str(each.source) for each in made if isinstance(each, Profile)] == ["identity.alice", "profile.a"]
    for chosen, sources in ((both, {}), (both[1:], {}), (both, {"identity.bob": "identity.nobody"})):
        with pytest.raises(BadInput) as caught:
            taken(chosen, plan, there, here, sources)
        assert caught.value.code == "source-missing"
    with pytest.raises(BadInput):
        taken(both, plan, there, here, {"identity.bob": "nonsense"})


def test_a_source_that_is_here_is_not_replaced() -> None:
    here = configuration(identity("alice"), identity("bob"), profile("mine"))
    there = file_of(profile("a", "identity.bob"))
    [made] = taken([("profile", "a")], plan_of(there, here), there, here, {"identity.bob": "identity.alice"})
    assert isinstance(made, Profile)
    assert str(made.source) == "identity.bob"


def test_what_could_never_work_is_refused_with_its_reason() -> None:
    problem = Problem(code="x", title="Bad", detail="Very bad")
    there = file_of(
        profile("loop", "profile.pool"),
        profile("pool", "profile.loop"),
        profile("taken"),
        profile("good"),
        refusals=(Refusal(entry="profile.odd", problem=problem), Refusal(entry="settings", problem=problem)),
    )
    here = replace(configuration(profile("mine")), refusals=(Refusal(entry="profile.taken", problem=problem),))
    plan = plan_of(there, here)
    refused = {each.name: each.note for each in plan.entries if each.change is Change.REFUSED}
    assert refused.keys() == {"odd", "", "loop", "pool", "taken"}
    assert refused["odd"] == "Bad. Very bad"
    for name in ("loop", "taken", "odd", "absent"):
        with pytest.raises(BadInput) as caught:
            taken([("profile", name)], plan, there, here, {})
        assert caught.value.code == "entry-refused"


@virtual
async def test_a_colleague_takes_over_what_was_exported() -> None:
    ours = machine(
        saml("corp", command=("login-now",)), profile("admin", "provider.corp"), profile("leaf", "profile.admin")
    )
    alice = await ours.process()
    assert await alice.sharing.export_profiles(("leaf",), PATH) == 3
    theirs = machine(profile("mine"))
    theirs.profiles_file = ours.profiles_file
    bob = await theirs.process()
    plan = await bob.sharing.plan(PATH)
    assert [each.change for each in plan.entries] == [Change.NEW] * 3
    before = theirs.settings.configuration
    assert bob.snapshot().configuration == before, "looking changes nothing"
    count = await bob.sharing.take(plan, tuple((each.kind, each.name) for each in plan.entries), {})
    assert count == 3
    assert {"admin", "leaf", "mine"} == set(bob.snapshot().configuration.profiles)
    assert {each.name for each in bob.snapshot().sessions} == {"admin", "leaf", "mine"}
    assert theirs.state.value.confirmed_commands == frozenset(), "its command waits for a person"
    again = await bob.sharing.plan(PATH)
    assert {each.change for each in again.entries} == {Change.SAME}


@virtual
async def test_a_file_that_changed_after_the_look_is_not_taken() -> None:
    rig = machine(profile("mine"))
    front = await rig.process()
    rig.profiles_file.files[PATH] = file_of(profile("a"))
    plan = await front.sharing.plan(PATH)
    rig.profiles_file.files[PATH] = file_of(profile("a", duration=900))
    error = await rejected(front.sharing.take(plan, (("profile", "a"),), {}))
    assert isinstance(error, StorageTrouble)
    assert error.code == "file-changed"
    assert set(rig.settings.configuration.profiles) == {"mine"}


@virtual
async def test_only_the_difference_that_was_shown_is_taken() -> None:
    rig = machine(profile("mine"), identity())
    front = await rig.process()
    rig.profiles_file.files[PATH] = file_of(profile("prod"), profile("a"))
    plan = await front.sharing.plan(PATH)
    # Another window, whose writing is not known here yet, makes one of the same name.
    rig.settings.configuration = configuration(profile("mine"), identity(), replace(GUARDED, colour="red"))
    assert (await rejected(front.sharing.take(plan, (("profile", "prod"),), {}))).code == "file-changed"
    assert rig.settings.configuration.profiles["prod"] == replace(GUARDED, colour="red")
    worded = replace(plan, entries=tuple(replace(each, note="Anders gesagt") for each in plan.entries))
    assert await front.sharing.take(worded, (("profile", "a"),), {}) == 1, "what was not chosen does not count"
    assert rig.settings.configuration.profiles["prod"].confirm


@virtual
async def test_a_failing_write_takes_over_nothing() -> None:
    rig = machine(profile("mine"))
    front = await rig.process()
    rig.profiles_file.files[PATH] = file_of(profile("a"), profile("b"))
    plan = await front.sharing.plan(PATH)
    rig.settings.trouble = StorageTrouble(code="settings-unwritable", title="full")
    assert (
        await rejected(front.sharing.take(plan, (("profile", "a"), ("profile", "b")), {}))
    ).code == "settings-unwritable"
    assert set(front.snapshot().configuration.profiles) == {"mine"}


@virtual
async def test_settings_of_a_file_are_never_taken() -> None:
    rig = machine(profile("mine"))
    front = await rig.process()
    before = rig.settings.configuration.settings
    foreign = replace(file_of(profile("a")), settings=Settings(proxy="http://evil.example:1", ca_bundle="/tmp/ca"))
    rig.profiles_file.files[PATH] = foreign
    plan = await front.sharing.plan(PATH)
    await front.sharing.take(plan, (("profile", "a"),), {})
    assert rig.settings.configuration.settings == before


@virtual
async def test_a_provider_that_leads_elsewhere_now_loses_what_was_given_for_it() -> None:
    rig = machine(oidc("login"), profile("a", "provider.login"))
    front = await rig.process()
    await front.put_provider(oidc("login"), client_secret="given-for-the-old-place")
    assert client_secret_key("login") in rig.keyring.items
    rig.profiles_file.files[PATH] = file_of(oidc("login", issuer="https://evil.example"))
    plan = await front.sharing.plan(PATH)
    assert [each.name for each in change(plan, "login").fields] == ["issuer"]
    await front.sharing.take(plan, (("provider", "login"),), {})
    assert client_secret_key("login") not in rig.keyring.items
    assert str(Source(kind=SourceKind.PROVIDER, name="login")) == "provider.login"


@virtual
async def test_an_unknown_profile_is_not_exported() -> None:
    rig = machine(profile("mine"))
    front = await rig.process()
    assert (await rejected(front.sharing.export_profiles(("nobody",), PATH))).code == "profile-unknown"
    assert rig.profiles_file.files == {}


def test_a_plan_is_made_in_steps_of_one_entry() -> None:
    here = configuration(identity(), *(profile(f"old-{n}", "identity.alice") for n in range(50)))
    there = file_of(*(profile(f"new-{n}", "identity.alice") for n in range(100)))
    steps = planning(PATH, "0", there, here)
    assert sum(1 for _ in steps) >= 200
    assert len(plan_of(there, here).entries) == 100
