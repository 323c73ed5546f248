from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from app.domain.configuration import Flow, Provider
from app.domain.errors import BadInput, Problem, StorageTrouble
from app.ui.provider_editor import ProviderEditor
from tests.ui.fake_core import FakeIntents
from tests.ui.fake_providers import CORP, LOGIN
from tests.ui.hands import click, plain_window, press, settle

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

pytestmark = pytest.mark.usefixtures("look")
SECRET = "canary-client-secret"


class Room:
    """A window with an editor in it."""

    def __init__(self, qtbot: QtBot) -> None:
        self.intents = FakeIntents()
        self.editor = ProviderEditor(self.intents)
        self.window: QWidget = plain_window(qtbot)
        QVBoxLayout(self.window).addWidget(self.editor)
        self.closed: list[int] = []
        self.removed: list[object] = []
        self.editor.closed.connect(lambda: self.closed.append(1))
        self.editor.removed.connect(self.removed.append)

    def fill(self, **values: str) -> None:
        for key, text in values.items():
            self.editor.form.fields[key].set_value(text)

    def message(self, key: str) -> str:
        return self.editor.form.fields[key].message.text

    def shown(self) -> set[str]:
        return {key for key, field in self.editor.form.fields.items() if field.isVisibleTo(self.window)}

    @property
    def verdict(self) -> str:
        return self.editor.verdict.text()

    async def save(self) -> Provider:
        self.editor.save()
        await settle()
        provider = self.intents.called("put_provider")[-1][0]
        assert isinstance(provider, Provider)
        return provider

    def configure(self, provider: Provider) -> None:
        providers = {provider.name: provider}
        self.intents.configuration = replace(self.intents.configuration, providers=MappingProxyType(providers))
        self.intents.tell()

    def texts(self) -> str:
        lines = [each.text() for each in self.editor.findChildren(QLineEdit)]
        return " ".join([*lines, *(each.toPlainText() for each in self.editor.findChildren(QPlainTextEdit))])


@pytest.fixture
def room(qtbot: QtBot) -> Room:
    return Room(qtbot)


async def test_a_new_saml_provider(room: Room) -> None:
    room.editor.new("saml")
    assert room.verdict == "Still needed: Name, Login URL"
    assert QApplication.focusWidget() is room.editor.form.fields["name"].control
    room.fill(name="idp", login_url="https://idp.example.com/app")
    assert await room.save() == Provider(name="idp", type="saml", login_url="https://idp.example.com/app")
    assert room.intents.called("put_provider")[0][1:] == ("", "")
    assert room.closed == [1]


async def test_a_new_openid_provider(room: Room) -> None:
    room.editor.new("oidc")
    assert room.editor.title.whole == "New OpenID Connect provider"
    room.fill(name="idp", issuer="https://idp.example.com", client_id="rolecall", scopes="openid  email")
    room.fill(session_name_claim="email", client_secret=SECRET)
    made = await room.save()
    assert made == Provider(
        name="idp", type="oidc", issuer="https://idp.example.com", client_id="rolecall", scopes=("openid", "email"),
        session_name_claim="email",
    )  # fmt: skip
    assert room.intents.called("put_provider")[0][1:] == (SECRET, "")
    assert SECRET not in room.texts()


@pytest.mark.parametrize(
    "provider",
    [
        CORP,
        LOGIN,
        Provider(name="p", type="saml", flow=Flow.PASTE),
        Provider(name="p", type="saml", flow=Flow.WINDOW, login_url="https://x.example.com", command=("get", "a b")),
        Provider(name="p", type="saml", command=("get", "--assertion")),
        Provider(name="p", type="oidc", flow=Flow.DEVICE, issuer="https://x.example.com", client_id="c"),
        Provider(name="p", type="oidc", web_identity_token_file="/var/run/token", stay_signed_in=False),
        Provider(name="p", type="oidc", command=("token",), issuer="https://x.example.com", client_id="c"),
        Provider(
            name="p", type="oidc", provider_id="www.amazon.com", client_id="c",
            authorization_url="https://x.example.com/a", token_url="https://x.example.com/t",
        ),
    ],
)  # fmt: skip
async def test_nothing_is_lost_by_opening_and_saving(room: Room, provider: Provider) -> None:
    room.configure(provider)
    room.editor.edit(provider.name)
    assert not room.editor.dirty
    assert room.verdict == ""
    saved = await room.save()
    assert saved.way is provider.way
    assert saved.remembers is provider.remembers
    assert replace(saved, flow=None, stay_signed_in=None) == replace(provider, flow=None, stay_signed_in=None)


async def test_the_form_grows_with_type_and_way(room: Room) -> None:
    room.editor.new("saml")
    assert room.shown() == {"name", "type", "saml_flow", "login_url"}
    assert room.editor.form.stay.isVisible()
    room.fill(saml_flow="command")
    assert room.shown() == {"name", "type", "saml_flow", "login_url", "command"}
    assert not room.editor.form.stay.isVisible()
    room.fill(type="oidc")
    base = {"name", "type", "oidc_flow", "session_name_claim"}
    assert room.shown() == base | {"issuer", "client_id", "client_secret", "scopes"}
    assert room.editor.form.stay.isChecked()
    room.fill(oidc_flow="file")
    assert room.shown() == base | {"web_identity_token_file"}
    room.fill(oidc_flow="command")
    assert room.shown() == base | {"command"}
    room.fill(oidc_flow="browser")
    room.editor.form.more.click()
    room.fill(provider_id="graph.facebook.com")
    assert {"provider_id", "authorization_url", "token_url"} < room.shown()


async def test_what_is_not_shown_is_not_saved(room: Room) -> None:
    room.editor.new("oidc")
    room.fill(name="idp", issuer="https://idp.example.com", client_id="rolecall", client_secret=SECRET)
    room.fill(oidc_flow="file", web_identity_token_file="/token")
    made = await room.save()
    assert (made.issuer, made.way) == ("", Flow.FILE)
    assert room.intents.called("put_provider")[0][1] == ""


@pytest.mark.parametrize(
    ("values", "key", "words"),
    [
        ({"login_url": "http://idp.example.com"}, "login_url", "Only https"),
        ({"login_url": "idp"}, "login_url", "no address"),
        ({"name": "a]"}, "name", "[ and ]"),
        ({"name": "login"}, "name", "already a provider"),
        ({"saml_flow": "command"}, "command", "the program that prints"),
    ],
)
async def test_each_limit_is_told_while_typing(room: Room, values: dict[str, str], key: str, words: str) -> None:
    room.editor.edit("corp")
    room.fill(**values)
    assert words in room.message(key)
    assert room.editor.form.fields[key].words in room.verdict
    assert not room.editor.save_button.isEnabled()


@pytest.mark.parametrize(
    ("values", "key", "words"),
    [
        ({"issuer": "https://x.example.com/?a=b"}, "issuer", "no “?”"),
        ({"scopes": 'open"id'}, "scopes", "Scope"),
        ({"client_id": ""}, "client_id", "registered by"),
        ({"oidc_flow": "device", "provider_id": "www.amazon.com"}, "oidc_flow", "no device grant"),
    ],
)
async def test_limits_of_openid_providers(room: Room, values: dict[str, str], key: str, words: str) -> None:
    room.editor.edit("login")
    room.fill(**values)
    assert words.casefold() in room.message(key).casefold() or words in room.verdict
    assert not room.editor.save_button.isEnabled()


async def test_the_secret_is_never_read_back_and_goes_when_hidden(room: Room) -> None:
    room.editor.edit("login")
    control = room.editor.form.fields["client_secret"].control
    assert isinstance(control, QLineEdit)
    assert control.echoMode() is QLineEdit.EchoMode.Password
    assert "empty keeps" in control.placeholderText()
    room.fill(client_secret=SECRET)
    assert room.editor.dirty
    room.editor.hide()
    assert SECRET not in room.texts()
    assert not control.isUndoAvailable()


async def test_a_secret_that_was_not_stored_can_be_tried_again(room: Room) -> None:
    room.editor.edit("login")
    room.fill(client_secret=SECRET)
    room.intents.fails["put_provider"] = StorageTrouble(code="keyring-locked", title="The keyring is locked")
    room.editor.save()
    await settle()
    assert room.verdict == "The keyring is locked."
    room.editor.save()
    await settle()
    assert [arguments[1:] for arguments in room.intents.called("put_provider")] == [(SECRET, "login")] * 2
    assert room.closed == [1]


async def test_a_keyring_that_cannot_be_used_is_said_at_the_field(room: Room) -> None:
    problem = Problem(code="keyring-absent", title="There is no keyring", remedy="Install one.")
    room.intents.health = replace(room.intents.health, keyring_problem=problem)
    room.intents.tell()
    room.editor.edit("login")
    assert room.message("client_secret") == "There is no keyring. Install one."
    assert room.editor.memory.isVisible()
    room.editor.edit("corp")
    assert not room.editor.memory.isVisible()


async def test_renaming_tells_the_old_name(room: Room) -> None:
    room.editor.edit("corp")
    room.fill(name="company")
    made = await room.save()
    assert (made.name, room.intents.called("put_provider")[0][2]) == ("company", "corp")
    assert room.editor.editing == "company"


async def test_deleting_tells_what_it_was_for_the_way_back(room: Room) -> None:
    room.editor.edit("corp")
    click(room.editor.remove)
    await settle()
    assert room.intents.called("remove_provider") == [("corp",)]
    assert room.removed == [CORP]
    assert room.closed == [1]


async def test_a_provider_that_is_needed_is_not_deleted(room: Room) -> None:
    room.editor.edit("corp")
    refusal = BadInput(code="in-use", title="Profiles start from corp", detail="prod-audit, prod-deploy.")
    room.intents.fails["remove_provider"] = refusal
    click(room.editor.remove)
    await settle()
    assert room.verdict == "Profiles start from corp. prod-audit, prod-deploy."
    assert (room.closed, room.removed) == ([], [])


async def test_changes_are_not_lost_silently(room: Room) -> None:
    room.editor.edit("corp")
    room.editor.form.stay.click()
    press(Qt.Key.Key_Escape)
    await settle()
    assert room.closed == []
    button = room.window.findChild(QPushButton, "choice-discard")
    assert isinstance(button, QPushButton)
    click(button)
    await settle()
    assert room.closed == [1]
    assert room.intents.called("put_provider") == []


async def test_a_fault_in_the_folded_part_is_brought_into_sight(room: Room) -> None:
    room.configure(replace(LOGIN, provider_id="www.amazon.com"))
    room.editor.edit("login")
    room.fill(token_url="http://x.example.com")
    room.editor.form.more.setChecked(False)
    room.fill(authorization_url="nowhere")
    assert room.editor.form.more.isChecked()


async def test_ctrl_s_saves_and_tab_goes_as_the_eye_does(room: Room) -> None:
    room.editor.edit("corp")
    seen = []
    for _ in range(4):
        seen.append(QApplication.focusWidget())
        press(Qt.Key.Key_Tab)
    fields = room.editor.form.fields
    assert seen[0] is fields["name"].control
    assert seen[2] is fields["saml_flow"].control
    assert seen[3] is fields["login_url"].control
    press(Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    await settle()
    assert len(room.intents.called("put_provider")) == 1


async def test_every_control_has_a_name(room: Room) -> None:
    for name in ("corp", "login"):
        room.editor.edit(name)
        room.editor.form.more.setChecked(True)
        for field in room.editor.form.fields.values():
            assert field.control.accessibleName() == field.words
        assert room.editor.form.stay.text()
        assert room.editor.form.stay.accessibleDescription()
