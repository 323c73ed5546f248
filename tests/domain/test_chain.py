from __future__ import annotations

from dataclasses import replace

import pytest

from app.domain.arn import MfaDevice, RoleArn
from app.domain.chain import check, refuse_broken, resolve
from app.domain.configuration import Configuration, Identity, MfaUse, Profile, Provider, Source, SourceKind
from app.domain.errors import BadInput

DEVICE = MfaDevice(serial="arn:aws:iam::111122223333:mfa/alice")
ALICE = Identity(name="alice", access_key_id="AKIAIOSFODNN7EXAMPLE", mfa_device=DEVICE, mfa_session_duration=7200)
BARE = Identity(name="bare", access_key_id="AKIAIOSFODNN7EXAMPLF")
CORP = Provider(name="corp", type="saml")


def source(text: str) -> Source:
    kind, _, name = text.partition(".")
    return Source(kind=SourceKind(kind), name=name)


def role(name: str, start: str, **changes: object) -> Profile:
    arn = RoleArn(partition="aws", account="123456789012", path="/", name=name)
    return replace(Profile(name=name, source=source(start), role_arn=arn), **changes)  # type: ignore[arg-type]


def session(name: str, start: str, **changes: object) -> Profile:
    return replace(Profile(name=name, source=source(start)), **changes)  # type: ignore[arg-type]


def configured(*profiles: Profile) -> Configuration:
    return Configuration(
        identities={"alice": ALICE, "bare": BARE},
        providers={"corp": CORP},
        profiles={each.name: each for each in profiles},
    )


def refusals(*profiles: Profile) -> dict[str, str]:
    configuration = configured(*profiles)
    return {each.entry: each.problem.code for each in refuse_broken(configuration, configuration.profiles)}


def reason(*profiles: Profile) -> BadInput:
    with pytest.raises(BadInput) as caught:
        check(resolve(configured(*profiles), profiles[-1].name))
    return caught.value


def test_a_chain_lists_its_links_from_the_first() -> None:
    profiles = (role("a", "identity.alice"), role("b", "profile.a"), role("c", "profile.b"))
    chain = resolve(configured(*profiles), "c")
    assert [each.name for each in chain.parents] == ["a", "b"]
    assert chain.parent is not None
    assert chain.parent.name == "b"
    assert (chain.identity, chain.provider, chain.chained) == (ALICE, None, True)
    assert refusals(*profiles) == {}


def test_a_chain_may_begin_at_a_provider() -> None:
    chain = resolve(configured(role("a", "provider.corp")), "a")
    assert (chain.identity, chain.provider, chain.chained) == (None, CORP, False)


def test_an_unknown_name_is_told_with_what_helps() -> None:
    for profiles, help_wanted in (((), "Import"), ((role("a", "identity.alice"),), "rolecall list")):
        with pytest.raises(BadInput) as caught:
            resolve(configured(*profiles), "nobody")
        assert caught.value.code == "profile-unknown"
        assert help_wanted in caught.value.remedy


@pytest.mark.parametrize("length", [1, 2, 5])
def test_loops_are_refused_for_everyone_in_and_behind_them(length: int) -> None:
    ring = [role(f"r{number}", f"profile.r{(number + 1) % length}") for number in range(length)]
    behind = role("behind", "profile.r0")
    fine = role("fine", "identity.alice")
    assert refusals(*ring, behind, fine) == {f"profile.{each.name}": "source-loop" for each in (*ring, behind)}


@pytest.mark.parametrize(
    "start", ["identity.nobody", "provider.nobody", "profile.nobody", "provider.alice", "identity.corp"]
)
def test_a_source_has_to_exist(start: str) -> None:
    assert refusals(role("a", start)) == {"profile.a": "source-missing"}


@pytest.mark.parametrize("kind", [{}, {"federated_user": "guest"}])
@pytest.mark.parametrize("start", ["profile.parent", "profile.mfa", "provider.corp"])
def test_sessions_of_the_user_itself_take_the_users_own_key(kind: dict[str, str], start: str) -> None:
    parents = (role("parent", "identity.alice"), session("mfa", "identity.alice", mfa=MfaUse.SESSION))
    error = reason(*parents, session("x", start, **kind))
    assert (error.code, error.field) == ("profile-impossible", "source")
    assert refusals(*parents, session("x", start, **kind)) == {"profile.x": "profile-impossible"}


def test_a_federated_user_assumes_nothing() -> None:
    guest = session("guest", "identity.alice", federated_user="guest")
    assert "federated" in reason(guest, role("a", "profile.guest")).detail
    assert refusals(guest, role("a", "profile.guest"), role("b", "profile.a")) == {
        "profile.a": "profile-impossible",
        "profile.b": "profile-impossible",
    }


def test_root_assumes_nothing() -> None:
    root = replace(
        ALICE, name="root", mfa_device=MfaDevice(serial="arn:aws:iam::111122223333:mfa/root-account-mfa-device")
    )
    profiles = (role("a", "identity.root"), session("s", "identity.root"), role("b", "profile.s"))
    configuration = replace(configured(*profiles), identities={"root": root})
    found = {each.entry for each in refuse_broken(configuration, configuration.profiles)}
    assert found == {"profile.a", "profile.b"}


@pytest.mark.parametrize("use", [MfaUse.SESSION, MfaUse.ROLE])
def test_mfa_belongs_to_the_first_link_of_an_identity(use: MfaUse) -> None:
    first = role("first", "identity.alice", mfa=use)
    assert refusals(first) == {}
    assert resolve(configured(first), "first").mfa_device == DEVICE
    assert reason(first, role("second", "profile.first", mfa=use)).field == "mfa"
    assert reason(role("x", "provider.corp", mfa=use)).field == "mfa"
    assert reason(role("x", "identity.bare", mfa=use)).field == "mfa_device"
    assert reason(session("x", "identity.alice", federated_user="gu", mfa=use)).field == "mfa"


def test_a_profile_may_name_a_device_of_its_own() -> None:
    other = MfaDevice(serial="GAHT12345678")
    chain = resolve(configured(role("a", "identity.bare", mfa=MfaUse.SESSION, mfa_device=other)), "a")
    check(chain)
    assert chain.mfa_device == other
    assert resolve(configured(role("a", "identity.bare", mfa_device=other)), "a").mfa_device is None


@pytest.mark.parametrize(
    ("wished", "lasts", "capped"), [(None, 3600, False), (900, 900, False), (3600, 3600, False), (3601, 3600, True)]
)
def test_a_chained_role_is_capped(wished: int | None, lasts: int, capped: bool) -> None:
    chain = resolve(configured(role("a", "identity.alice"), role("b", "profile.a", duration=wished)), "b")
    assert (chain.chained, chain.duration, chain.capped) == (True, lasts, capped)


def test_a_role_behind_an_mfa_session_is_not_capped() -> None:
    profiles = (session("s", "identity.alice", mfa=MfaUse.SESSION), role("a", "profile.s", duration=43200))
    chain = resolve(configured(*profiles), "a")
    assert (chain.chained, chain.duration, chain.capped) == (False, 43200, False)


def test_sessions_last_as_long_as_the_identity_says() -> None:
    profiles = (
        session("mfa", "identity.alice", mfa=MfaUse.SESSION),
        session("plain", "identity.alice"),
        session("own", "identity.alice", duration=900),
    )
    durations = [resolve(configured(*profiles), each.name).duration for each in profiles]
    assert durations == [7200, 43200, 900]


@pytest.mark.parametrize(
    ("changes", "shared"),
    [
        ({"mfa": MfaUse.SESSION}, True),
        ({"mfa": MfaUse.SESSION, "duration": 7200}, True),
        ({"mfa": MfaUse.SESSION, "duration": 900}, False),
        ({}, False),
    ],
)
def test_which_profile_is_the_mfa_session_itself(changes: dict[str, object], shared: bool) -> None:
    assert resolve(configured(session("s", "identity.alice", **changes)), "s").shares_mfa_session is shared


def test_a_role_is_never_the_mfa_session() -> None:
    assert not resolve(configured(role("a", "identity.alice", mfa=MfaUse.SESSION)), "a").shares_mfa_session
