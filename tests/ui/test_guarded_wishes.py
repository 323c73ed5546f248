"""Wishes that a person has to confirm: renewing what is lent, a trial, and what goes through a guarded role."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from types import MappingProxyType
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from app.domain.configuration import Source, SourceKind
from app.ui.acts import Act
from app.ui.confirm_sheet import ConfirmSheet
from app.ui.profile_editor import ProfileEditor
from tests.ui.fake_core import NOW
from tests.ui.hands import click, press, settle, type_text

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from app.ui.main_window import MainWindow
    from tests.ui.fake_core import FakeIntents


def sheets(window: QWidget) -> list[ConfirmSheet]:
    return [each for each in window.findChildren(ConfirmSheet) if each.isVisible()]


def words(window: QWidget) -> list[str]:
    [sheet] = sheets(window)
    return [each.text() for each in sheet.findChildren(QLabel)]


async def test_what_is_lent_and_guarded_is_renewed_after_its_name_was_typed(
    window: MainWindow, intents: FakeIntents
) -> None:
    intents.change("prod-admin", confirm=True, lease_ends=NOW + timedelta(minutes=30))
    window.doer.refresh("prod-admin")
    await settle()
    assert len(sheets(window)) == 1
    press(Qt.Key.Key_Escape)
    await settle()
    assert len(intents.called("refresh")) == 1
    window.doer.refresh("prod-admin")
    await settle()
    type_text("prod-admin")
    press(Qt.Key.Key_Return)
    await settle()
    assert len(intents.called("refresh")) == 3
    assert window.toasts.words == ""


async def test_several_are_asked_for_only_where_they_are_lent_or_go_through_a_guarded_one(
    window: MainWindow, intents: FakeIntents
) -> None:
    names = [view.name for view in intents.snapshot().sessions]
    live = window.list_work.several.concerned(names)[Act.REFRESH]
    lent, guarded, plain = live[:3]
    intents.change(lent, confirm=True, lease_ends=NOW + timedelta(minutes=30))
    intents.change(guarded, confirm=True)
    window.list_work.several.do(Act.REFRESH, live)
    await settle()
    assert intents.called("refresh") == []
    press(Qt.Key.Key_Escape)
    await settle()
    assert {*intents.called("refresh")} == {(name,) for name in live} - {(lent,)}
    assert {(guarded,), (plain,)} <= {*intents.called("refresh")}


async def test_refreshing_all_tells_what_was_left(window: MainWindow, intents: FakeIntents) -> None:
    window.doer.refresh_all()
    await settle()
    assert window.toasts.words == ""
    intents.change("prod-admin", lease_ends=NOW + timedelta(minutes=30))
    window.doer.refresh_all()
    await settle()
    assert window.toasts.words == "prod-admin was left as it is: it is lent, or has to be confirmed."
    intents.change("prod-audit", lease_ends=NOW + timedelta(minutes=30))
    window.doer.refresh_all()
    await settle()
    assert window.toasts.words == "2 sessions were left as they are: they are lent, or have to be confirmed."


async def test_the_sheet_names_the_guarded_role_behind(window: MainWindow, intents: FakeIntents) -> None:
    intents.change("prod-audit", confirm=True, guarded_by="prod-admin")
    window.doer.assume("prod-audit")
    await settle()
    assert "It goes through prod-admin, which is guarded. Type its own name, or hold the button." in words(window)
    press(Qt.Key.Key_Escape)
    await settle()


async def test_a_trial_of_a_guarded_profile_asks(window: MainWindow, intents: FakeIntents) -> None:
    profiles = intents.configuration.profiles
    guarded = replace(profiles["prod-audit"], confirm=True, source=Source(kind=SourceKind.PROFILE, name="prod-admin"))
    intents.configuration = replace(
        intents.configuration, profiles=MappingProxyType({**profiles, "prod-audit": guarded})
    )
    intents.tell()
    window.doer.edit_wanted.emit("prod-audit")
    await settle()
    [editor] = [each for each in window.findChildren(ProfileEditor) if each.isVisible()]
    trial = editor.pane.trial
    click(trial.test)
    await settle()
    assert "This profile is guarded. Type its name, or hold the button." in words(window)
    press(Qt.Key.Key_Escape)
    await settle()
    assert trial.title.text() == "Not tried yet"
    click(trial.test)
    await settle()
    type_text("prod-audit")
    press(Qt.Key.Key_Return)
    await settle()
    assert trial.title.text() == "Works"
    assert intents.called("put_profile") == []
