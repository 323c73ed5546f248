from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING

import pytest

from app.domain.arn import RoleArn
from app.domain.configuration import Profile, Source, SourceKind
from app.domain.errors import StorageTrouble
from app.domain.twin import Twin
from app.ui import twins
from tests.ui.hands import settle

if TYPE_CHECKING:
    from app.ui.main_window import MainWindow
    from tests.ui.fake_core import FakeIntents

READ_ONLY = ("arn:aws:iam::aws:policy/ReadOnlyAccess",)


async def test_one_click_makes_it_and_shows_it(window: MainWindow, intents: FakeIntents) -> None:
    twins.twin(window, "prod-admin")
    await settle()
    [(profile, formerly)] = intents.called("put_profile")
    assert isinstance(profile, Profile)
    assert (profile.name, profile.policy_arns, profile.group, formerly) == (
        "prod-admin-readonly",
        READ_ONLY,
        "Production",
        "",
    )
    assert window.roles.list_page.list.chosen == "prod-admin-readonly"
    assert window.toasts.words == "prod-admin-readonly made: the same role, with ReadOnlyAccess."


async def test_it_can_be_undone(window: MainWindow, intents: FakeIntents) -> None:
    twins.twin(window, "prod-admin")
    await settle()
    assert window.toasts.act()
    await settle()
    assert intents.called("remove_profile") == [("prod-admin-readonly",)]


async def test_a_second_one_has_another_name(window: MainWindow, intents: FakeIntents) -> None:
    for _ in range(2):
        twins.twin(window, "prod-admin")
        await settle()
    assert [arguments[0].name for arguments in intents.called("put_profile")] == [  # type: ignore[attr-defined]  # a Profile
        "prod-admin-readonly",
        "prod-admin-readonly-2",
    ]


async def test_a_session_of_the_user_has_none_and_says_why(window: MainWindow, intents: FakeIntents) -> None:
    session = Profile(name="hub", source=Source(kind=SourceKind.IDENTITY, name="alice"))
    configured = intents.configuration
    profiles = MappingProxyType({**configured.profiles, "hub": session})
    intents.configuration = replace(configured, profiles=profiles)
    intents.tell()
    twins.twin(window, "hub")
    twins.twin(window, "gone")
    await settle()
    assert intents.called("put_profile") == []
    assert "cannot have a read-only twin" in window.toasts.words
    assert "GetSessionToken" in window.toasts.words


async def test_what_the_settings_file_refuses_is_said(window: MainWindow, intents: FakeIntents) -> None:
    intents.fails["put_profile"] = StorageTrouble(code="full", title="The disk is full")
    twins.twin(window, "prod-admin")
    await settle()
    assert window.toasts.words == "The disk is full."


@pytest.mark.parametrize(
    ("policy", "arns", "words"),
    [
        (False, (), "the same role, with ReadOnlyAccess"),
        (True, (), "instead of the other's own policy"),
        (False, ("x",), "instead of the other's managed policies"),
        (True, ("x",), "instead of the policy and managed policies of the other"),
    ],
)
@pytest.mark.usefixtures("look")
def test_what_is_left_out_is_said(policy: bool, arns: tuple[str, ...], words: str) -> None:
    profile = Profile(
        name="a-readonly",
        source=Source(kind=SourceKind.IDENTITY, name="alice"),
        role_arn=RoleArn.parse("arn:aws:iam::123456789012:role/Admin"),
    )
    said = twins.words_of(Twin(profile=profile, policy_left_out=policy, arns_left_out=arns))
    assert words in said
    assert said.startswith("a-readonly made")
