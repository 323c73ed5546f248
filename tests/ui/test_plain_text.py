"""Text from outside is never markup: profile names, AWS's messages, what files hold."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import Qt as GuiQt
from PySide6.QtWidgets import QLabel, QWidget

from app.domain.errors import Problem
from app.domain.view import Fact, ImportRow, ImportView, OfferedRole, Status
from app.ui.choice_sheet import ask_choice
from app.ui.import_page import ImportPage
from app.ui.provider_page import ProviderPage
from app.ui.roles_view import _tip as _role_tip
from app.ui.session_list import _tip
from app.ui.session_model import Show
from app.ui.tray import Tray
from app.ui.widgets import tip
from tests.ui.fake_core import NOW
from tests.ui.fake_providers import sign_in_need
from tests.ui.hands import settle

if TYPE_CHECKING:
    from app.ui.main_window import MainWindow
    from tests.ui.fake_core import FakeIntents

pytestmark = pytest.mark.usefixtures("look")
MARK = "<b>x</b><img src='file:///etc/hostname' width=400>"
BAD = Problem(code="access-denied", title=f"No {MARK}", detail=f"Why {MARK}", remedy=f"Do {MARK}", request_id=MARK)


def markup(root: QWidget) -> list[str]:
    """What would be drawn as markup in and under a widget, or shown so as a tool tip."""
    found = []
    for widget in (root, *root.findChildren(QWidget)):
        if isinstance(widget, QLabel) and "<img" in widget.text() and _rich(widget):
            found.append(f"text of {widget}: {widget.text()}")
        if "<img" in widget.toolTip() and GuiQt.mightBeRichText(widget.toolTip()):
            found.append(f"tool tip of {widget}: {widget.toolTip()}")
    return found


def _rich(label: QLabel) -> bool:
    automatic = label.textFormat() is Qt.TextFormat.AutoText and GuiQt.mightBeRichText(label.text())
    return automatic or label.textFormat() in {Qt.TextFormat.RichText, Qt.TextFormat.MarkdownText}


def said(root: QWidget) -> str:
    return " ".join(label.text().replace("\u200b", "") for label in root.findChildren(QLabel))


async def test_the_check_sees_markup(window: MainWindow) -> None:
    label = QLabel(MARK, window)
    label.setToolTip(MARK)
    assert len(markup(window)) == 2


async def test_a_failed_profile_and_its_messages(window: MainWindow, intents: FakeIntents) -> None:
    facts = {"name": MARK, "role_name": MARK, "group": MARK, "published_as": MARK, "note": MARK, "source_name": MARK}
    intents.rows = {MARK: replace(intents.rows["prod-admin"], **facts, arn=MARK, status=Status.FAILED, problem=BAD)}  # type: ignore[arg-type]  # a table of keyword arguments
    health = intents.health
    intents.health = replace(health, keyring=MARK, keyring_problem=BAD, settings_problem=BAD, file_problem=BAD)
    intents.needs = (replace(intents.need((MARK, MARK)), title=MARK, device=MARK, problem=BAD),)
    intents.tell()
    window.roles.list_page.list.choose(MARK)
    window.toasts.say(f"Toast {MARK}", "bad")
    answer = ask_choice(window, f"Ask {MARK}", MARK, [])
    for width in (1120, 640):
        window.resize(width, 720)
        await settle()
        assert markup(window) == []
    for words in (f"No {MARK}", f"Why {MARK}", f"Do {MARK}", f"Toast {MARK}", f"Ask {MARK}"):
        assert words in said(window)
    answer.cancel()
    await settle()


async def test_names_in_the_sidebar_and_the_editors(window: MainWindow, intents: FakeIntents) -> None:
    identity = replace(intents.configuration.identities["alice"], name=MARK)
    await intents.put_identity(identity, formerly="alice")
    window.sidebar.set_narrow(True)
    window.pages.edit_identity(MARK)
    await settle()
    assert markup(window) == []
    page = window.pages.page
    assert page is not None
    page.judge(f"Not saved {MARK}")
    await settle()
    assert f"Not saved {MARK}" in said(window)
    assert markup(window) == []


async def test_what_a_provider_says(window: MainWindow, intents: FakeIntents) -> None:
    named = OfferedRole(role_arn=MARK, role_name=MARK, account=MARK, provider_arn=MARK, profile="prod-audit")
    unnamed = replace(named, role_arn=f"{MARK}2", profile="")
    facts = (
        Fact(name=MARK, value=MARK, note=MARK, verdict="bad"),
        Fact(name=MARK, moment=NOW, note=MARK, verdict="good"),
    )
    intents.change_provider("corp", subject=MARK, place=MARK, roles=(named, unnamed), facts=facts, problem=BAD)
    intents.change("prod-audit", status=Status.FAILED, problem=BAD)
    window.pages.provider("corp")
    for width in (1120, 640):
        window.resize(width, 720)
        await settle()
        assert markup(window) == []
    page = window.pages.page
    assert isinstance(page, ProviderPage)
    for words in (f"Signed in as {MARK}", f"No {MARK}", f"Do {MARK}"):
        assert words in said(window)
    assert page.pane.text().count(MARK) == 5
    row = page.roles.model.row_at(0)
    assert row is not None
    assert "<img" not in tip(_role_tip(row))


async def test_providers_by_name(window: MainWindow, intents: FakeIntents) -> None:
    provider = replace(intents.configuration.providers["corp"], name=MARK)
    await intents.put_provider(provider, formerly="corp")
    for width in (1120, 640):
        window.resize(width, 720)
        await settle()
        assert markup(window) == []
    window.pages.edit_provider(MARK)
    await settle()
    assert markup(window) == []
    window.show_only(Show.ALL, MARK)
    await settle()
    assert markup(window) == []


@pytest.mark.parametrize("way", ["window", "paste", "browser", "device", "file", "command"])
async def test_what_a_sign_in_asks(window: MainWindow, intents: FakeIntents, way: str) -> None:
    code = {"user_code": MARK, "url": MARK, "complete_url": MARK, "opened": way == "device", "has_link": True}
    need = sign_in_need("corp", way, title=MARK, profiles=(MARK, MARK), problem=BAD, wanted_now=False, **code)
    intents.needs = (replace(need, sign_in=replace(need.sign_in, provider=MARK)),)  # type: ignore[type-var]  # it has one
    intents.tell()
    window.answer_need(need.key)
    await settle()
    assert window.prompts.sheet is not None
    # The line of the profiles is rich text by design, with every name escaped.
    assert [each for each in markup(window) if "&lt;img" not in each] == []
    assert f"No {MARK}" in said(window)
    if way == "device":
        assert MARK in said(window)
        assert window.waiting.isVisible()


async def test_what_an_import_finds(window: MainWindow, intents: FakeIntents) -> None:
    row = ImportRow(name=MARK, words=MARK, note=MARK, published_as=f"{MARK}-2")
    refused = ImportRow(name=MARK, refusal=f"refused {MARK}")
    intents.import_view = ImportView(path=f"/x/{MARK}", rows=(row,), refused=(refused,), keys=(MARK,))
    window.pages.import_roles()
    await settle()
    page = window.pages.page
    assert isinstance(page, ImportPage)
    # Its lines are drawn, never laid out as text.
    drawn = [line for row in range(page.model.rowCount()) if (line := page.model.line(row)) is not None]
    assert f"refused {MARK}" in [line.words for line in drawn]
    assert MARK in said(page)
    assert markup(window) == []


async def test_the_tray(window: MainWindow, intents: FakeIntents) -> None:
    intents.rows = {MARK: replace(intents.rows["prod-admin"], name=MARK)}
    intents.needs = (replace(intents.need((MARK,)), title=MARK),)
    intents.tell()
    tray = Tray(intents, window)
    tray.fill()
    assert any(MARK in action.text() for action in tray.menu.actions())
    intents.needs = (sign_in_need(MARK, "window", title=MARK),)
    intents.tell()
    tray.fill()
    assert tray.menu.actions()[0].text() == f"Sign in to {MARK}…"
    # Menus show no tool tips: those of actions repeat their words.
    assert not tray.menu.toolTipsVisible()
    assert "<img" not in tray.icon.toolTip()


def test_tool_tips_of_rows(intents: FakeIntents) -> None:
    shown = tip(_tip(replace(intents.rows["prod-admin"], name=MARK, status=Status.FAILED, problem=BAD)))
    assert "No " in shown
    assert "<img" not in shown
