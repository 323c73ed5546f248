"""Where there is no good keyring: what is wrong is said wherever it matters, and memory is offered, never taken."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton

from app.domain.errors import Problem, StorageTrouble
from app.ui.identity_editor import IdentityEditor
from app.ui.sheet import Sheet
from tests.ui.hands import click, press, settle, show

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from app.ui.main_window import MainWindow
    from tests.ui.fake_core import FakeIntents

pytestmark = pytest.mark.usefixtures("look")
ABSENT = Problem(
    code="keyring-absent",
    title="There is no keyring on this desktop",
    detail="None was found.",
    remedy="Start one, or keep secrets in memory until quit.",
)
OFFER = "Keep in memory until quit"


@pytest.fixture
def core(intents: FakeIntents) -> FakeIntents:
    """A core without a keyring."""
    intents.health = replace(intents.health, keyring="", keyring_problem=ABSENT)
    intents.tell()
    return intents


def words(sheet: Sheet) -> str:
    return " ".join(label.text() for label in sheet.findChildren(QLabel))


async def test_the_banner_explains_and_offers(window: MainWindow, core: FakeIntents) -> None:
    banner = window.roles.list_page.banner
    assert (banner.title.text(), banner.remedy.text()) == (ABSENT.title, ABSENT.remedy)
    assert "gone when you quit" in banner.detail.text()
    assert banner.act.text() == OFFER
    assert not core.called("keep_secrets_in_memory")
    click(banner.act)
    await settle()
    assert core.called("keep_secrets_in_memory") == [()]
    assert not banner.isVisible()
    assert window.toasts.words == "Secrets stay in memory now, until you quit."
    assert window.status.keyring.text() == "Keyring: in memory until quit"


async def test_a_banner_of_another_problem_offers_nothing(window: MainWindow, core: FakeIntents) -> None:
    broken = Problem(code="settings-broken", title="The settings file cannot be read")
    core.health = replace(core.health, settings_problem=broken)
    core.tell()
    banner = window.roles.list_page.banner
    assert banner.title.text() == broken.title
    assert not banner.act.isVisible()
    assert window.status.trouble.text() == ABSENT.title


async def test_the_status_line_asks_first(window: MainWindow, core: FakeIntents) -> None:
    window.pages.settings()
    click(window.status.trouble)
    await settle()
    sheet = window.findChild(Sheet)
    assert sheet is not None
    assert ABSENT.title in words(sheet)
    assert ABSENT.detail in words(sheet)
    press(Qt.Key.Key_Escape)
    await settle()
    assert not core.called("keep_secrets_in_memory")
    assert window.status.trouble.isVisible()
    click(window.status.trouble)
    await settle()
    choice = window.findChildren(QPushButton, "choice-memory")[-1]
    click(choice)
    await settle()
    assert core.called("keep_secrets_in_memory") == [()]
    assert not window.status.trouble.isVisible()


async def test_what_goes_wrong_then_is_said(window: MainWindow, core: FakeIntents) -> None:
    core.fails["keep_secrets_in_memory"] = StorageTrouble(code="x", title="It failed", remedy="Try again.")
    click(window.roles.list_page.banner.act)
    await settle()
    assert window.toasts.words == "It failed. Try again."


async def test_an_editor_that_could_not_store_offers_it(qtbot: QtBot, core: FakeIntents) -> None:
    core.health = replace(core.health, keyring="Secret Service", keyring_problem=None)
    editor = IdentityEditor(core)
    show(qtbot, editor)
    editor.edit("alice")
    editor.form.fields["region"].set_value("eu-west-1")
    assert not editor.memory.isVisible()
    core.fails["put_identity"] = StorageTrouble(
        code=ABSENT.code, title=ABSENT.title, detail=ABSENT.detail, remedy=ABSENT.remedy
    )
    # The core shows what it has found out about the keyring.
    core.health = replace(core.health, keyring="", keyring_problem=ABSENT)
    core.tell()
    click(editor.save_button)
    await settle()
    editor.follow(core.snapshot())
    assert ABSENT.remedy in editor.verdict.text()
    assert editor.memory.text() == OFFER
    assert editor.memory.isVisible()
    click(editor.memory)
    await settle()
    assert core.called("keep_secrets_in_memory") == [()]
    assert not editor.memory.isVisible()
    assert editor.verdict.text() == "Secrets stay in memory now, until you quit."
    assert editor.save_button.hasFocus()
    assert "in memory until quit" in editor.form.fields["secret"].message.text
    click(editor.save_button)
    await settle()
    assert len(core.called("put_identity")) == 2
