from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QLabel

from app.domain.configuration import Settings
from app.domain.errors import Problem, StorageTrouble
from app.ui.settings_page import SettingsPage
from tests.ui.fake_core import FakeIntents
from tests.ui.hands import press, settle, show, type_text

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

pytestmark = pytest.mark.usefixtures("look")
PATH = "/home/alice/.config/rolecall/config.toml"


class Room:
    def __init__(self, qtbot: QtBot, settings: Settings | None = None) -> None:
        self.intents = FakeIntents()
        if settings is not None:
            self.intents.configuration = replace(self.intents.configuration, settings=settings)
            self.intents.tell()
        self.page = SettingsPage(self.intents, PATH)
        show(qtbot, self.page, 912, 692)
        self.intents.subscribe(lambda: self.page.follow(self.intents.snapshot()))

    def put(self) -> list[object]:
        return [arguments[0] for arguments in self.intents.called("put_settings")]

    def type_in(self, key: str, text: str) -> None:
        self.page.form.fields[key].control.setFocus()
        type_text(text)


@pytest.fixture
def room(qtbot: QtBot) -> Room:
    return Room(qtbot)


async def test_says_where_the_file_is(room: Room) -> None:
    assert PATH in [each.text() for each in room.page.findChildren(QLabel)]


async def test_opening_and_leaving_changes_nothing(room: Room) -> None:
    room.page.hide()
    await settle()
    assert room.put() == []


async def test_a_choice_is_in_force_at_once(room: Room) -> None:
    room.page.form.fields["theme"].set_value("dark")
    await settle()
    room.page.form.checks["withdraw_on_quit"].box.click()
    await settle()
    room.intents.tell()
    before = Settings(region="eu-west-1")
    assert room.put() == [replace(before, theme="dark"), replace(before, theme="dark", withdraw_on_quit=True)]
    assert room.page.verdict.text() == "Saved"


async def test_text_is_in_force_when_the_field_is_left(room: Room) -> None:
    room.type_in("proxy", "http://proxy.example.com:3128")
    await settle()
    assert room.put() == []
    room.page.form.fields["ca_bundle"].control.setFocus()
    await settle()
    assert room.put() == [Settings(region="eu-west-1", proxy="http://proxy.example.com:3128")]


async def test_or_with_enter_or_when_the_page_is_left(room: Room) -> None:
    from PySide6.QtCore import Qt

    room.type_in("read_timeout", "7.5")
    press(Qt.Key.Key_Return)
    await settle()
    room.type_in("max_retries", "4")
    room.page.hide()
    await settle()
    expected = Settings(region="eu-west-1", read_timeout=7.5)
    assert room.put() == [expected, replace(expected, max_retries=4)]


@pytest.mark.parametrize(
    ("key", "text", "words"),
    [
        ("connect_timeout", "0", "out of bounds"),
        ("connect_timeout", "soon", "Connect within must be a number."),
        ("max_retries", "1.5", "Retries must be a whole number."),
        ("proxy", "http://alice:pw@proxy.example.com", "password"),
        ("region", "moon", "eu-west-1"),
    ],
)
async def test_what_is_wrong_is_told_and_not_saved(room: Room, key: str, text: str, words: str) -> None:
    room.page.form.fields[key].set_value("")
    room.type_in(key, text)
    assert words in room.page.form.fields[key].message.text
    room.page.form.checks["fips"].box.click()
    await settle()
    assert room.put() == []
    assert "Nothing is saved until then." in room.page.verdict.text()


async def test_every_setting_is_shown_and_kept(qtbot: QtBot) -> None:
    settings = Settings(
        region="eu-north-1",
        sts_endpoints="legacy",
        fips=True,
        dual_stack=True,
        connect_timeout=2.5,
        read_timeout=30.0,
        max_retries=0,
        retry_base=0.25,
        proxy="http://proxy.example.com:3128",
        ca_bundle="/etc/ssl/corp.pem",
        withdraw_on_quit=True,
        theme="light",
        notifications=False,
        console_logout_first=True,
    )
    room = Room(qtbot, settings)
    assert room.page._read() == (settings, {})
    room.page.form.checks["fips"].box.click()
    await settle()
    assert room.put() == [replace(settings, fips=False)]


async def test_the_global_endpoint_comes_with_a_warning(room: Room) -> None:
    room.page.form.fields["sts_endpoints"].set_value("legacy")
    await settle()
    assert "opted in" in room.page.form.fields["sts_endpoints"].message.text
    assert room.put() == [Settings(region="eu-west-1", sts_endpoints="legacy")]


async def test_a_file_changed_by_hand_is_shown(room: Room) -> None:
    changed = replace(room.intents.configuration.settings, region="eu-south-1", fips=True)
    room.intents.configuration = replace(room.intents.configuration, settings=changed)
    room.intents.tell()
    assert room.page.form.fields["region"].value() == "eu-south-1"
    assert room.page.form.checks["fips"].box.isChecked()
    await settle()
    assert room.put() == []


async def test_what_is_being_typed_is_not_taken_away(room: Room) -> None:
    room.type_in("proxy", "http://pr")
    room.intents.configuration = replace(room.intents.configuration, settings=Settings(region="eu-south-1"))
    room.intents.tell()
    assert room.page.form.fields["proxy"].value() == "http://pr"


async def test_a_broken_file_is_not_written_over(room: Room) -> None:
    problem = Problem(code="settings-broken", title="The settings file is broken", detail="Line 3: a quote is missing.")
    room.intents.health = replace(room.intents.health, settings_problem=problem)
    room.intents.tell()
    assert not room.page.form.isEnabled()
    assert room.page.verdict.text() == "The settings file is broken. Line 3: a quote is missing."


async def test_what_could_not_be_saved_is_shown_as_it_is(room: Room) -> None:
    room.intents.fails["put_settings"] = StorageTrouble(code="x", title="The disk is full")
    room.page.form.checks["fips"].box.click()
    await settle()
    assert not room.page.form.checks["fips"].box.isChecked()
    assert room.page.verdict.text() == "The disk is full."


# --- Starting with the session ---------------------------------------------------------------------------------------


async def test_whether_it_starts_with_the_session_is_asked_when_the_page_opens(room: Room) -> None:
    start = room.page.form.start
    assert not start.box.isEnabled()
    room.intents.autostart = True
    room.page.look()
    await settle()
    assert start.box.isEnabled()
    assert start.box.isChecked()
    start.box.click()
    await settle()
    assert room.intents.called("start_with_session") == [(False,)]
    assert not start.box.isChecked()
    assert room.put() == []


async def test_what_is_wrong_with_starting_stands_at_the_switch(room: Room) -> None:
    start = room.page.form.start
    room.page.look()
    await settle()
    room.intents.fails["start_with_session"] = StorageTrouble(
        code="autostart", title="The file cannot be written", detail="The disk is full.", remedy="Make room."
    )
    start.box.click()
    await settle()
    assert not start.box.isChecked()
    assert start.trouble.isVisible()
    assert start.trouble.text().replace("\u200b", "") == "The file cannot be written. The disk is full. Make room."
    start.box.click()
    await settle()
    assert start.box.isChecked()
    assert not start.trouble.isVisible()


async def test_the_size_of_text_is_in_force_at_the_next_start(room: Room) -> None:
    size = room.page.form.fields["size"]
    assert size.value() == "100"
    size.set_value("150")
    await settle()
    assert room.put() == [Settings(region="eu-west-1", size=150)]
    assert size.message.text == "The window has this size from its next start on."
    size.set_value("100")
    await settle()
    assert room.put()[-1] == Settings(region="eu-west-1")
    assert size.message.text == ""
