from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QVBoxLayout, QWidget

from app.domain.arn import MfaDevice
from app.domain.configuration import Identity, MfaMethod
from app.domain.errors import BadInput, Problem, StorageTrouble
from app.ui.identity_editor import IdentityEditor
from tests.ui.fake_core import FakeIntents
from tests.ui.hands import click, plain_window, press, settle

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

pytestmark = pytest.mark.usefixtures("look")
SECRET = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"
TOTP = "otpauth://totp/AWS:alice?secret=JBSWY3DPEHPK3PXP&issuer=AWS"


class Room:
    """A window with an editor in it."""

    def __init__(self, qtbot: QtBot) -> None:
        self.intents = FakeIntents()
        self.editor = IdentityEditor(self.intents)
        self.window: QWidget = plain_window(qtbot)
        QVBoxLayout(self.window).addWidget(self.editor)
        self.closed: list[int] = []
        self.editor.closed.connect(lambda: self.closed.append(1))

    def fill(self, **values: str) -> None:
        for key, text in values.items():
            self.editor.form.fields[key].set_value(text)

    def message(self, key: str) -> str:
        return self.editor.form.fields[key].message.text

    @property
    def verdict(self) -> str:
        return self.editor.verdict.text()

    def put(self) -> list[tuple[object, ...]]:
        return self.intents.called("put_identity")

    def shown_texts(self) -> str:
        lines = self.editor.findChildren(QLineEdit)
        return " ".join(line.text() for line in lines)


@pytest.fixture
def room(qtbot: QtBot) -> Room:
    return Room(qtbot)


async def test_a_new_user(room: Room) -> None:
    room.editor.new()
    assert room.verdict == "Still needed: Name, Access key ID, Secret key"
    room.fill(name="bob", access_key_id="AKIAIOSFODNN7EXAMPLE", secret=SECRET)
    assert room.verdict == ""
    click(room.editor.save_button)
    await settle()
    assert room.put() == [(Identity(name="bob", access_key_id="AKIAIOSFODNN7EXAMPLE"), SECRET, "", "")]
    assert room.closed == [1]
    assert SECRET not in room.shown_texts()


async def test_the_secret_is_never_read_back(room: Room) -> None:
    room.editor.edit("alice")
    assert room.editor.form.value("secret") == ""
    room.fill(region="eu-west-1")
    room.editor.save()
    await settle()
    [(identity, secret, totp, formerly)] = room.put()
    assert isinstance(identity, Identity)
    assert (identity.region, secret, totp, formerly) == ("eu-west-1", "", "", "alice")


async def test_what_is_out_of_sight_holds_no_secret(room: Room) -> None:
    room.editor.edit("alice")
    room.fill(secret=SECRET, mfa="stored", totp=TOTP)
    room.editor.hide()
    assert SECRET not in room.shown_texts()
    assert "JBSWY3DPEHPK3PXP" not in room.shown_texts()
    control = room.editor.form.fields["secret"].control
    assert isinstance(control, QLineEdit)
    assert not control.isUndoAvailable()


async def test_a_secret_that_was_not_stored_can_be_tried_again(room: Room) -> None:
    room.editor.edit("alice")
    room.fill(secret=SECRET)
    room.intents.fails["put_identity"] = StorageTrouble(code="keyring-locked", title="The keyring is locked")
    room.editor.save()
    await settle()
    assert room.verdict == "The keyring is locked."
    assert room.editor.form.value("secret") == SECRET
    room.editor.save()
    await settle()
    assert [arguments[1] for arguments in room.put()] == [SECRET, SECRET]
    assert room.editor.form.value("secret") == ""


@pytest.mark.parametrize(
    ("values", "key", "words"),
    [
        ({"access_key_id": "ASIAIOSFODNN7EXAMPLE"}, "access_key_id", "temporary"),
        ({"access_key_id": "AKIA"}, "access_key_id", "16 to 128"),
        ({"secret": "two words"}, "secret", "blank"),
        ({"mfa_device": "arn:aws:iam::123456789012:u2f/user/x"}, "mfa_device", "security key"),
        ({"mfa": "stored", "totp": "JBSW"}, "totp", "bits"),
        ({"mfa": "stored", "totp": "1890!"}, "totp", "letters A to Z"),
        ({"mfa_session_duration": "60"}, "mfa_session_duration", "900 to 129,600"),
        ({"region": "moon"}, "region", "eu-west-1"),
        ({"name": "a]"}, "name", "[ and ]"),
    ],
)
async def test_each_limit_is_told_while_typing(room: Room, values: dict[str, str], key: str, words: str) -> None:
    room.editor.edit("alice")
    room.fill(**values)
    assert words in room.message(key)
    assert room.editor.form.fields[key].words in room.verdict
    assert not room.editor.save_button.isEnabled()


async def test_a_secret_of_another_length_is_worth_a_word_but_possible(room: Room) -> None:
    room.editor.edit("alice")
    room.fill(secret="canary")
    assert "40 characters; this has 6" in room.message("secret")
    assert "canary" not in room.message("secret")
    assert room.editor.save_button.isEnabled()


async def test_storing_the_totp_secret(room: Room) -> None:
    room.editor.edit("alice", "totp")
    await settle()
    assert QApplication.focusWidget() is room.editor.form.fields["totp"].control
    assert not room.editor.save_button.isEnabled()
    room.fill(totp=TOTP)
    assert room.message("totp") == "Valid: AWS, alice"
    room.editor.save()
    await settle()
    [(identity, secret, totp, _)] = room.put()
    assert isinstance(identity, Identity)
    assert (identity.mfa, secret, totp) == (MfaMethod.STORED, "", TOTP)


async def test_a_totp_secret_typed_and_then_not_chosen_goes_nowhere(room: Room) -> None:
    room.editor.edit("alice", "totp")
    room.fill(totp=TOTP)
    room.fill(mfa="ask")
    room.editor.save()
    await settle()
    assert [arguments[2] for arguments in room.put()] == [""]


async def test_a_stored_one_may_stay(room: Room) -> None:
    alice = replace(room.intents.configuration.identities["alice"], mfa=MfaMethod.STORED)
    room.intents.configuration = replace(room.intents.configuration, identities=MappingProxyType({"alice": alice}))
    room.intents.tell()
    room.editor.edit("alice")
    assert room.verdict == ""
    assert room.editor.save_button.isEnabled()


async def test_codes_by_a_command(room: Room) -> None:
    room.editor.edit("alice")
    room.fill(mfa="command")
    await settle()
    assert room.editor.form.fields["command"].isVisible()
    assert "Command" in room.verdict
    room.fill(command="ykman\noath\nAWS alice")
    room.editor.save()
    await settle()
    [(identity, *_)] = room.put()
    assert isinstance(identity, Identity)
    assert (identity.mfa, identity.mfa_command) == (MfaMethod.COMMAND, ("ykman", "oath", "AWS alice"))


async def test_codes_need_a_device(room: Room) -> None:
    room.editor.edit("alice", "totp")
    room.fill(totp=TOTP, mfa_device="")
    assert "give its ARN" in room.message("mfa_device")
    room.fill(mfa_device="arn:aws:iam::111122223333:mfa/alice")
    room.editor.save()
    await settle()
    [(identity, *_)] = room.put()
    assert isinstance(identity, Identity)
    assert identity.mfa_device == MfaDevice(serial="arn:aws:iam::111122223333:mfa/alice")


async def test_a_keyring_that_cannot_be_used_is_said_at_the_field(room: Room) -> None:
    problem = Problem(code="keyring-absent", title="There is no keyring", remedy="Install one.")
    room.intents.health = replace(room.intents.health, keyring_problem=problem)
    room.intents.tell()
    room.editor.new()
    assert room.message("secret") == "There is no keyring. Install one."


async def test_a_name_that_is_taken(room: Room) -> None:
    room.editor.new()
    room.fill(name="alice")
    assert room.message("name") == "There is already an IAM user of this name."


async def test_deleting_asks_because_it_cannot_be_undone(room: Room) -> None:
    room.editor.edit("alice")
    click(room.editor.remove)
    await settle()
    assert room.intents.called("remove_identity") == []
    button = room.window.findChild(QPushButton, "choice-delete")
    assert isinstance(button, QPushButton)
    click(button)
    await settle()
    assert room.intents.called("remove_identity") == [("alice",)]
    assert room.closed == [1]


async def test_a_user_that_is_needed_is_not_deleted(room: Room) -> None:
    room.editor.edit("alice")
    refusal = BadInput(code="in-use", title="Profiles start from alice", detail="hub, data-lake.")
    room.intents.fails["remove_identity"] = refusal
    click(room.editor.remove)
    await settle()
    button = room.window.findChild(QPushButton, "choice-delete")
    assert isinstance(button, QPushButton)
    click(button)
    await settle()
    assert room.verdict == "Profiles start from alice. hub, data-lake."
    assert room.closed == []


async def test_changes_are_not_lost_silently(room: Room) -> None:
    room.editor.edit("alice")
    room.fill(secret=SECRET)
    press(Qt.Key.Key_Escape)
    await settle()
    assert room.closed == []
    button = room.window.findChild(QPushButton, "choice-discard")
    assert isinstance(button, QPushButton)
    click(button)
    await settle()
    assert room.closed == [1]
    assert room.put() == []
    assert SECRET not in room.shown_texts()
