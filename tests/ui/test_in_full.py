"""That nothing is cut off, hidden or told twice where there is room to show it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QApplication, QLabel, QVBoxLayout, QWidget

from app.domain.configuration import Flow, Provider, Refusal
from app.domain.errors import Problem
from app.domain.view import LinkView, NeedView, PreviewRow, RequestPreview, SignIn, Status
from app.ui import detail_words, text, widgets
from app.ui.detail_parts import Chain, Fact
from app.ui.mfa_sheet import CommandSheet
from app.ui.page import Scroll
from app.ui.provider_page import ProviderPage
from app.ui.request_preview import RequestPane
from app.ui.session_model import Show
from tests.ui.fake_core import NOW, FakeIntents, sessions
from tests.ui.fake_providers import WRONG_AUDIENCE, device_need, sign_in_need
from tests.ui.hands import plain_window, press, settle
from tests.ui.sign_in_desk import Desk

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from app.ui.main_window import MainWindow

pytestmark = pytest.mark.usefixtures("look")
ISSUER = "https://login.some-department.example.com:8443/realms/engineering-and-operations/oidc"


def words(root: QWidget) -> str:
    labels = [each for each in root.findChildren(QLabel) if each.isVisible()]
    return " ".join(each.text().replace("\u200b", "") for each in labels)


def laid(qtbot: QtBot, widget: QWidget, width: int) -> QWidget:
    window = plain_window(qtbot)
    column = QVBoxLayout(window)
    column.setContentsMargins(0, 0, 0, 0)
    column.addWidget(widget)
    column.addStretch(1)
    window.resize(width, 692)
    QApplication.processEvents()
    return window


# --- Cut off ---------------------------------------------------------------------------------------------------------


def test_the_focus_ring_goes_all_around_a_button_at_an_edge(qtbot: QtBot, qapp: QApplication) -> None:
    desk = Desk(qtbot)
    ring = widgets.FocusRing(qapp)
    desk.needs(device_need())
    button = desk.sheet.device.copy_link
    assert QApplication.focusWidget() is button
    for _ in range(2):
        outer = ring.parentWidget()
        assert outer is not None
        assert outer.rect().contains(ring.geometry())
        place = QRect(button.mapTo(outer, QPoint(0, 0)), button.size())
        assert ring.geometry() == place.adjusted(-4, -4, 4, 4)
        # What it lies in moves: it moves along.
        desk.sheet.device.move(desk.sheet.device.pos() + QPoint(0, 7))
    button.clearFocus()
    assert ring.isHidden()
    ring.deleteLater()


async def test_where_a_provider_is_stands_in_full(window: MainWindow, intents: FakeIntents) -> None:
    intents.change_provider("login", place=ISSUER, status=SignIn.WAITING)
    window.sidebar.sources["login"].click()
    page = window.pages.page
    assert isinstance(page, ProviderPage)
    await settle()
    assert f"OIDC · {ISSUER} · System browser" in words(page)
    place = page.status.place
    assert place.accessibleName() == f"OIDC · {ISSUER} · System browser"
    assert place.height() >= place.heightForWidth(place.width())


def test_a_word_behind_a_name_goes_below_it_where_there_is_no_room(qtbot: QtBot) -> None:
    fact = Fact("Published", mono=True)
    window = laid(qtbot, fact, 640)
    one_line = fact.height()
    for width, lines in ((640, 1), (250, 2)):
        window.resize(width, 692)
        fact.show_value("[data-lake-load]", "data-lake-load", "in the credentials file")
        qtbot.waitUntil(lambda: words(fact) == "Published [data-lake-load] in the credentials file")
        if lines > 1:  # name, and word below
            qtbot.waitUntil(lambda: fact.height() > one_line)
        else:
            assert fact.height() == one_line


def test_the_preview_is_as_wide_as_its_column(qtbot: QtBot) -> None:
    pane = RequestPane()
    window = laid(qtbot, pane, 360)
    rows = (
        PreviewRow(name="Action", value="AssumeRoleWithWebIdentity"),
        PreviewRow(name="PolicyArns.member.1.arn", value="arn:aws:iam::aws:policy/ReadOnlyAccess"),
        PreviewRow(name="RoleSessionName", value="a" * 64),
    )
    pane.show_preview(RequestPreview(host="sts.eu-central-1.amazonaws.com", rows=rows))
    QApplication.processEvents()
    [scroll] = pane.findChildren(Scroll)
    inside = scroll.widget()
    assert inside is not None
    assert inside.width() == scroll.viewport().width()
    assert "AssumeRoleWithWebIdentity" in words(window)


# --- Hidden ----------------------------------------------------------------------------------------------------------


async def test_another_section_shows_all_of_it_whatever_was_searched_for(window: MainWindow) -> None:
    page = window.roles.list_page
    page.search.setText("registry")
    window.sidebar.entries[Show.PINNED].click()
    await settle()
    assert page.search.text() == ""
    assert page.list.chosen == "prod-admin"
    assert window.roles.detail.name == "prod-admin"


async def test_a_row_that_is_not_there_has_no_detail(window: MainWindow) -> None:
    window.roles.list_page.search.setText("no such role")
    await settle()
    assert window.roles.detail.name == ""
    window.roles.list_page.search.clear()
    await settle()
    assert window.roles.detail.name == "prod-admin"


async def test_a_new_provider_is_marked_once_its_page_is_shown(window: MainWindow, intents: FakeIntents) -> None:
    fresh = Provider(name="fresh", type="oidc", issuer=ISSUER, client_id="rolecall")
    window.sidebar.mark(Show.ALL, "fresh")
    assert not any(entry.isChecked() for entry in window.sidebar.sources.values())
    await intents.put_provider(fresh)
    await settle()
    assert window.sidebar.sources["fresh"].isChecked()


# --- Told ------------------------------------------------------------------------------------------------------------


def test_a_chain_shows_what_its_provider_is(qtbot: QtBot) -> None:
    pictures = []
    for kind, word in (("saml", "SAML"), ("oidc", "OIDC")):
        chain = Chain()
        qtbot.addWidget(chain)
        chain.show_links((LinkView(name="one", kind=kind), LinkView(name="dev", kind="role")), NOW)
        assert chain.accessibleName() == f"Chain: one, {word}; dev, this role"
        picture = chain.grab(QRect(0, 0, 24, 24)).toImage()
        pictures.append(picture)
    assert pictures[0] != pictures[1]


async def test_what_waits_does_not_renew_by_itself(window: MainWindow, intents: FakeIntents) -> None:
    window.roles.list_page.list.choose("prod-deploy")
    over = NOW - timedelta(seconds=1)
    intents.change("prod-deploy", status=Status.WAITING, waiting_for="browser", refresh=True, renews=over)
    await settle()
    told = words(window.roles.detail)
    assert "Renews once you have answered" in told
    assert "Renews by itself" not in told
    assert window.status.next.text() == "Human needed now"


async def test_what_needs_a_person_to_be_renewed_does_not_renew_by_itself(
    window: MainWindow, intents: FakeIntents
) -> None:
    window.roles.list_page.list.choose("prod-deploy")
    intents.people["prod-deploy"] = renews = NOW + timedelta(minutes=20)
    intents.change("prod-deploy", status=Status.ACTIVE, refresh=True, renews=renews)
    await settle()
    told = words(window.roles.detail)
    assert "Needs you" in told
    assert text.clock(renews) in told
    assert "Renews by itself" not in told
    intents.people.clear()
    intents.change("prod-deploy", pinned=True)
    await settle()
    assert "Renews by itself" in words(window.roles.detail)


def test_what_was_asked_for_a_shorter_time_ends_before_its_lease() -> None:
    view = replace(sessions()[0], lease_ends=NOW + timedelta(minutes=30), expires=NOW + timedelta(minutes=15))
    words, left = detail_words.renewal(view, NOW)
    assert words == f"Lease ends {text.clock(NOW + timedelta(minutes=15))}, not renewed"
    assert left == text.countdown(timedelta(minutes=15))


async def test_the_row_says_where_a_sign_in_waits(window: MainWindow, intents: FakeIntents) -> None:
    intents.change("stage-dev", status=Status.WAITING, waiting_for="browser")
    model = window.model
    for way, told in (
        (Flow.BROWSER, "Browser"),
        (Flow.DEVICE, "Code"),
        (Flow.WINDOW, "Window"),
    ):
        intents.needs = (sign_in_need("login", way.value, opened=True, wanted_now=False, profiles=("stage-dev",)),)
        intents.tell()
        spoken = model.index(model.row_of("stage-dev")).data(Qt.ItemDataRole.AccessibleTextRole)
        assert f"Waiting for you, {told}" in spoken
    intents.needs = (sign_in_need("login", "browser", wanted_now=False, profiles=("stage-dev",)),)
    intents.tell()
    assert "Waiting for you, Sign-in" in model.index(model.row_of("stage-dev")).data(Qt.ItemDataRole.AccessibleTextRole)


async def test_why_a_person_is_asked_again_stands_at_the_role_and_on_the_sheet(
    window: MainWindow, intents: FakeIntents
) -> None:
    window.roles.list_page.list.choose("prod-deploy")
    intents.change("prod-deploy", status=Status.WAITING, waiting_for="browser")
    intents.needs = (sign_in_need("corp", "window", wanted_now=False, problem=WRONG_AUDIENCE),)
    intents.change_provider("corp", status=SignIn.WAITING, problem=WRONG_AUDIENCE)
    await settle()
    assert WRONG_AUDIENCE.title in words(window.roles.detail)
    window.answer("prod-deploy")
    await settle()
    assert window.prompts.sheet is not None
    assert WRONG_AUDIENCE.title in words(window.prompts.sheet)


async def test_why_the_last_sign_in_failed_is_over_once_the_next_is_open(
    window: MainWindow, intents: FakeIntents
) -> None:
    intents.change_provider("corp", status=SignIn.FAILED, problem=WRONG_AUDIENCE)
    window.sidebar.sources["corp"].click()
    page = window.pages.page
    assert isinstance(page, ProviderPage)
    assert page.problem.isVisible()
    intents.needs = (sign_in_need("corp", "window", opened=True),)
    intents.change_provider("corp", status=SignIn.WAITING)
    assert not page.problem.isVisible()
    intents.needs = ()
    intents.change_provider("corp", status=SignIn.FAILED)
    assert page.problem.isVisible()


async def test_a_command_is_asked_about_where_enter_neither_allows_nor_refuses(qtbot: QtBot) -> None:
    desk = Desk(qtbot)
    desk.needs(NeedView(key="command 1", kind="command", title="Run it?", command=("/usr/bin/saml",), wanted_now=True))
    sheet = desk.prompts.sheet
    assert isinstance(sheet, CommandSheet)
    assert QApplication.focusWidget() is sheet.command
    press(Qt.Key.Key_Return)
    await settle()
    assert desk.prompts.sheet is sheet
    assert desk.intents.called("answer") == desk.intents.called("decline") == []


async def test_entries_are_counted_not_their_mistakes(intents: FakeIntents, window: MainWindow) -> None:
    problem = Problem(code="settings-value", title="Not a region")
    found = [("profile.a", 1), ("profile.a", 2), ("profile.b", 5), ("profile.b", 6)]
    for more, told in (([], "1 more entry cannot be used."), ([("profile.c", 9)], "2 more entries cannot be used.")):
        refusals = tuple(Refusal(entry=entry, line=line, problem=problem) for entry, line in (*found, *more))
        intents.configuration = replace(intents.configuration, refusals=refusals)
        intents.tell()
        assert words(window.roles.list_page.banner).endswith(f"In the settings file: profile.a, line 1. {told}")
