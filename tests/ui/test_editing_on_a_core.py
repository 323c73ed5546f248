"""The pages of editing and sharing on the core itself, with files in memory."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import pytest

from app.ui.profile_editor import ProfileEditor
from app.ui.sharing_page import SharingPage
from tests.core.fakes import identity, machine, profile, saml
from tests.ui.hands import click, settle, show

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from app.core.intents import Intents

pytestmark = pytest.mark.usefixtures("look")
PATH = "/home/alice/team.toml"


async def test_a_lease_shortens_what_is_asked_for(qtbot: QtBot) -> None:
    front = await machine(profile("admin")).process()
    editor = ProfileEditor(cast("Intents", front))
    show(qtbot, editor, 912, 692)
    editor.edit("admin")
    assert "DurationSeconds" not in editor.pane.text()
    editor.form.fields["lease"].set_value("1800")
    editor.form.confirm.click()
    assert "DurationSeconds: 1800" in editor.pane.text()
    editor.save()
    await settle()
    saved = front.snapshot().configuration.profiles["admin"]
    assert (saved.lease, saved.confirm) == (1800, True)


async def test_roles_go_from_one_person_to_another(qtbot: QtBot) -> None:
    giver = machine(identity("bob"), saml("corp"), profile("base", "identity.bob"), profile("top", "profile.base"))
    front = await giver.process()
    page = SharingPage(cast("Intents", front))
    told: list[str] = []
    page.told.connect(told.append)
    show(qtbot, page, 912, 692)
    page.opened("export", "top")
    page.exporting.placed.emit(PATH)
    await settle()
    assert told == [f"2 entries written to {PATH}"]

    taker = machine(identity("alice"))
    taker.profiles_file = giver.profiles_file
    there = await taker.process()
    taking = SharingPage(cast("Intents", there))
    show(qtbot, taking, 912, 692)
    taking.opened("import")
    taking.look(PATH)
    await settle()
    part = taking.importing
    assert list(part.combos) == ["identity.bob"]
    part.combos["identity.bob"].setCurrentIndex(1)
    part.model.check_all(True)
    assert {pair[1] for pair in part.taken} == {"base", "top"}
    assert not there.snapshot().configuration.profiles
    click(taking.go)
    await settle()
    profiles = there.snapshot().configuration.profiles
    assert {name: str(each.source) for name, each in profiles.items()} == {
        "base": "identity.alice",
        "top": "profile.base",
    }
