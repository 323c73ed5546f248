from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QLabel, QMenu, QPushButton, QWidget

from app.domain.errors import BadInput, ProviderTrouble
from app.domain.view import Fact, SignIn, Status
from app.ui.facts_pane import FactsPane, moment_words
from app.ui.provider_editor import ProviderEditor
from app.ui.provider_page import ProviderPage
from app.ui.session_model import Show
from tests.ui.fake_core import NOW, FakeIntents
from tests.ui.fake_providers import WRONG_AUDIENCE, refused_facts, role, sign_in_need, token_facts
from tests.ui.hands import click, press, settle

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

    from app.ui.main_window import MainWindow


def said(root: QWidget) -> str:
    labels = [each for each in root.findChildren(QLabel) if each.isVisible()]
    return " ".join(each.text().replace("\u200b", "") for each in labels)


def open_page(window: MainWindow, name: str = "corp") -> ProviderPage:
    window.sidebar.sources[name].click()
    page = window.pages.page
    assert isinstance(page, ProviderPage)
    return page


def menu_words() -> list[str]:
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    words = [action.text().split("\t")[0] for action in menu.actions() if not action.isSeparator()]
    menu.close()
    return words


# --- Sidebar ---------------------------------------------------------------------------------------------------------


async def test_the_sidebar_tells_how_each_sign_in_stands(window: MainWindow, intents: FakeIntents) -> None:
    corp, login = window.sidebar.sources["corp"], window.sidebar.sources["login"]
    assert corp.accessibleName() == "corp, SAML, signed in"
    assert corp.toolTip() == "corp, SAML, signed in"
    assert login.accessibleName() == "login, OIDC, remembered"
    for status, word in ((SignIn.WAITING, "waiting for you"), (SignIn.FAILED, "failed"), (SignIn.OUT, "signed out")):
        intents.change_provider("corp", status=status)
        assert corp.accessibleName() == f"corp, SAML, {word}"


async def test_a_proof_that_is_over_is_none_before_the_core_says_so(window: MainWindow, intents: FakeIntents) -> None:
    intents.time = NOW + timedelta(minutes=5)
    intents.tell()
    assert window.sidebar.sources["corp"].accessibleName() == "corp, SAML, remembered"


async def test_the_plus_offers_each_kind_of_source(window: MainWindow) -> None:
    click(window.sidebar.add)
    assert menu_words() == ["IAM user…", "SAML provider…", "OpenID Connect provider…"]
    click(window.roles.list_page.new)
    assert menu_words()[:4] == ["Role…", "IAM user…", "SAML provider…", "OpenID Connect provider…"]


async def test_the_menu_of_a_provider(window: MainWindow, intents: FakeIntents) -> None:
    corp = window.sidebar.sources["corp"]
    corp.customContextMenuRequested.emit(corp.rect().center())
    assert menu_words() == ["Sign in", "Show its roles", "Edit…", "Delete"]
    window.sidebar.sign_in_wanted.emit("corp")
    await settle()
    assert intents.called("sign_in") == [("corp",)]


async def test_an_identity_and_a_provider_of_one_name(window: MainWindow, intents: FakeIntents) -> None:
    alice = intents.configuration.identities["alice"]
    await intents.put_identity(replace(alice, name="corp"))
    await intents.put_identity(replace(alice, name="zed"))
    await settle()
    names = [entry.text() for entry in window.sidebar._of_sources]
    assert sorted(names) == ["alice", "corp", "corp", "login", "zed"]


# --- The page --------------------------------------------------------------------------------------------------------


class Windows(QObject):
    """Every window that is shown."""

    def __init__(self) -> None:
        super().__init__()
        self.shown: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            self.shown.append(type(watched).__name__)
        return False


@pytest.fixture
def windows(qapp: QApplication) -> Iterator[Windows]:
    watching = Windows()
    qapp.installEventFilter(watching)
    yield watching
    qapp.removeEventFilter(watching)


async def test_no_part_of_a_page_is_a_window_for_a_moment(window: MainWindow, windows: Windows) -> None:
    window.pages.provider("corp")
    window.pages.edit_provider("corp")
    window.pages.new_provider("oidc")
    await settle()
    assert windows.shown == []
    assert window.isActiveWindow()


async def test_signed_in(window: MainWindow, intents: FakeIntents) -> None:
    page = open_page(window)
    assert window.sidebar.sources["corp"].isChecked()
    assert QApplication.focusWidget() is page.status.main
    assert page.title.whole == "corp"
    words = said(page)
    for told in (
        "SAML provider", "Signed in as alice@example.com", "4:12 left to redeem the assertion",
        "What the assertion says · ", "4 of 6 chosen",
    ):  # fmt: skip
        assert told in words
    assert page.status.place.accessibleName() == "SAML · idp.example.com · Window of its own"
    assert page.status.main.text() == "Sign in again"
    assert not page.problem.isVisible()
    intents.time = NOW + timedelta(seconds=72)
    window._ticked()
    assert "3:00 left to redeem the assertion" in said(page)
    assert "in 3:00" in said(page.pane)


async def test_failed(window: MainWindow, intents: FakeIntents) -> None:
    intents.change_provider(
        "corp", status=SignIn.FAILED, problem=WRONG_AUDIENCE, facts=refused_facts(), usable_until=None
    )
    page = open_page(window)
    for told in ("Sign-in failed", WRONG_AUDIENCE.title, WRONG_AUDIENCE.remedy):
        assert told in said(page)
    wrong = next(line for line in page.pane._lines if "Audience" in line.accessibleName())
    assert ", wrong, " in wrong.accessibleName()
    click(page.status.main)
    await settle()
    assert intents.called("sign_in") == [("corp",)]


async def test_waiting_in_a_browser(window: MainWindow, intents: FakeIntents) -> None:
    page = open_page(window, "login")
    click(page.status.main)
    await settle()
    assert "Your browser is open at login's page" in page.status.headline.text()
    # The line over the pages would say the same.
    assert not window.waiting.isVisible()
    click(page.status.second)
    await settle()
    assert intents.called("decline") == [("sign-in login",)]
    assert page.status.main.text() == "Sign in"


async def test_answering_from_the_page(window: MainWindow, intents: FakeIntents) -> None:
    intents.needs = (sign_in_need("corp", "window", wanted_now=False),)
    intents.change_provider("corp", status=SignIn.WAITING)
    page = open_page(window)
    assert page.status.main.text() == "Answer…"
    click(page.status.main)
    await settle()
    assert window.prompts.sheet is not None
    assert window.prompts.sheet.need.key == "sign-in corp"


async def test_forgetting_and_staying_signed_in(window: MainWindow, intents: FakeIntents) -> None:
    page = open_page(window)
    assert page.status.stay.isChecked()
    page.status.stay.click()
    await settle()
    [(provider, secret, formerly)] = intents.called("put_provider")
    assert (getattr(provider, "stay_signed_in", None), secret, formerly) == (False, "", "corp")
    click(page.status.forget)
    await settle()
    assert intents.called("sign_out") == [("corp",)]
    assert not page.status.forget.isEnabled()
    assert "Signed out" in said(page)


async def test_while_it_is_being_forgotten_there_is_nothing_to_click_twice(
    window: MainWindow, intents: FakeIntents
) -> None:
    page = open_page(window)
    intents.change_provider("corp", status=SignIn.LEAVING, usable_until=None)
    assert "Signing out" in said(page)
    assert window.sidebar.sources["corp"].accessibleName() == "corp, SAML, signing out"
    assert not page.status.forget.isEnabled()
    assert not page.status.main.isVisible()
    assert not page.status.other.isVisible()
    intents.change_provider("corp", status=SignIn.REMEMBERED)
    assert page.status.forget.isEnabled(), "it failed: it can be tried again"


async def test_assuming_roles_together_shows_how_each_ended(window: MainWindow, intents: FakeIntents) -> None:
    page = open_page(window)
    page.roles.all.click()
    assert page.assume.accessibleName() == "Assume 6 roles now"
    click(page.assume)
    await settle()
    [(name, arns)] = intents.called("assume_offered")
    assert name == "corp"
    assert len(arns) == 6  # type: ignore[arg-type]  # a tuple
    assert page.verdict.text() == "0 of 6 assumed"
    live = {"expires": NOW + timedelta(hours=1), "issued": NOW}
    names = [row.profile for row in (page.roles.model.row_at(place) for place in range(6)) if row is not None]
    assert names[-2:] == ["support", "forensics"]
    for each in names[:-1]:
        intents.change(each, status=Status.ACTIVE, **live)
    intents.change("forensics", status=Status.FAILED, problem=WRONG_AUDIENCE)
    assert page.verdict.text() == "5 of 6 assumed, 1 failed"
    row = page.roles.model.row_at(5)
    assert row is not None
    assert row.words == WRONG_AUDIENCE.title


async def test_a_wish_that_is_refused_is_said_in_the_foot(window: MainWindow, intents: FakeIntents) -> None:
    page = open_page(window)
    gone = BadInput(code="assertion-gone", title="The assertion is over", remedy="Sign in again.")
    intents.fails["assume_offered"] = gone
    click(page.assume)
    await settle()
    assert page.verdict.text() == "The assertion is over. Sign in again."
    intents.fails["sign_in"] = ProviderTrouble(code=WRONG_AUDIENCE.code, title=WRONG_AUDIENCE.title)
    intents.change_provider("corp", problem=WRONG_AUDIENCE)
    click(page.status.main)
    await settle()
    # It stands in the box already.
    assert page.verdict.text() == ""


async def test_many_roles_can_be_searched_and_cost_no_widgets(window: MainWindow, intents: FakeIntents) -> None:
    page = open_page(window)
    before = len(page.findChildren(QWidget))
    many = tuple(role(f"Team{n:03}", f"{100000000000 + n}") for n in range(200))
    intents.change_provider("corp", roles=many)
    await settle()
    assert len(page.findChildren(QWidget)) == before
    assert page.roles.search.isVisible()
    page.roles.search.setText("team07")
    assert page.roles.model.rowCount() == 10
    page.roles.all.click()
    click(page.assume)
    await settle()
    assert [len(arns) for _, arns in intents.called("assume_offered")] == [10]  # type: ignore[arg-type]  # tuples
    page.roles.search.setText("nobody")
    assert "No role matches “nobody”." in said(page)


async def test_the_keyboard_alone_is_enough(window: MainWindow, intents: FakeIntents) -> None:
    page = open_page(window)
    intents.change_provider("corp", roles=tuple(role(f"R{n}", "123456789012") for n in range(40)))
    await settle()
    page.roles.list.setFocus()
    press(Qt.Key.Key_End)
    press(Qt.Key.Key_Space)
    await settle()
    assert len(page.roles.model.chosen) == 1
    # What the keyboard is at has come into sight.
    at = page.roles.list.mapTo(page._inside, page.roles.list.visualRect(page.roles.list.currentIndex()).center())
    bar = page._scroll.verticalScrollBar()
    assert bar.value() <= at.y() <= bar.value() + page._scroll.viewport().height()
    page.assume.setFocus()
    press(Qt.Key.Key_Return)
    await settle()
    assert len(intents.called("assume_offered")) == 1
    press(Qt.Key.Key_Escape)
    assert window.pages.page is None


async def test_profiles_lead_to_the_list_and_new_ones_to_the_editor(window: MainWindow) -> None:
    page = open_page(window, "login")
    assert not page.roles._offer.isVisible()
    assert not page.assume.isVisible()
    page.roles.opened.emit("stage-dev")
    await settle()
    assert window.roles.list_page.list.chosen == "stage-dev"
    open_page(window, "login").roles.new.click()
    await settle()
    editor = window.pages.page
    assert getattr(editor, "form").values()["source"] == "provider.login"  # noqa: B009  # a page of another type


async def test_nothing_known_yet(window: MainWindow, intents: FakeIntents) -> None:
    intents.change_provider(
        "corp", status=SignIn.OUT, facts=(), roles=(), seen=None, usable_until=None, profiles=(), remembered=False
    )
    page = open_page(window)
    words = said(page)
    for told in ("Signed out", "the roles of your assertion appear here", "No profile starts from corp yet."):
        assert told in words
    assert "Nothing yet." in said(page.pane)
    assert not page.pane.copy.isEnabled()
    intents.change_provider("corp", seen=NOW)
    assert "names no role that could be read" in said(page)


async def test_a_provider_that_is_removed_takes_its_page_along(window: MainWindow, intents: FakeIntents) -> None:
    open_page(window)
    await intents.remove_provider("corp")
    assert window.pages.page is None
    assert window.stack.currentWidget() is window.roles


async def test_where_there_is_little_room_the_facts_take_turns(window: MainWindow) -> None:
    page = open_page(window)
    window.resize(640, 480)
    await settle()
    assert not page.pane.isVisible()
    page.peek.click()
    await settle()
    assert page.pane.isVisible()
    assert not page._scroll.isVisible()
    assert page.pane.width() == page.width()


async def test_editing_leads_back_to_the_page(window: MainWindow) -> None:
    page = open_page(window)
    click(page.edit)
    await settle()
    editor = window.pages.page
    assert isinstance(editor, ProviderEditor)
    press(Qt.Key.Key_Escape)
    await settle()
    assert window.pages.page is page
    assert page.name == "corp"


async def test_deleting_from_the_menu_can_be_undone(window: MainWindow, intents: FakeIntents) -> None:
    corp = intents.configuration.providers["corp"]
    window.sidebar.provider_remove_wanted.emit("corp")
    await settle()
    assert "corp" not in window.sidebar.sources
    assert window.toasts.act()
    await settle()
    assert intents.configuration.providers["corp"] == corp
    intents.fails["remove_provider"] = BadInput(code="in-use", title="Profiles start from corp", detail="prod-audit.")
    window.sidebar.provider_remove_wanted.emit("corp")
    await settle()
    assert window.toasts.words == "Profiles start from corp. prod-audit."


async def test_another_way_is_at_hand_where_the_usual_one_fails(window: MainWindow, intents: FakeIntents) -> None:
    page = open_page(window)
    intents.change_provider("corp", status=SignIn.FAILED, problem=WRONG_AUDIENCE)
    click(page.status.other)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    assert [each.text() for each in menu.actions()] == ["Paste or drop a response"]
    menu.close()
    page.status.way_wanted.emit("paste")
    await settle()
    assert intents.called("sign_in") == [("corp", "paste")]
    assert window.prompts.sheet is not None
    intents.needs = (sign_in_need("corp", "window", opened=True),)
    intents.tell()
    page.status.way_wanted.emit("paste")
    await settle()
    assert intents.called("choose_way") == [("sign-in corp", "paste")]
    intents.needs = ()
    intents.change_provider("corp", status=SignIn.SIGNING_IN)
    assert not page.status.other.isVisible()


async def test_its_roles_are_shown_in_the_list_too(window: MainWindow) -> None:
    window.sidebar.source_wanted.emit("login")
    await settle()
    assert window.model.source == "login"
    window.show_only(Show.ALL)


async def test_every_control_has_a_name(window: MainWindow) -> None:
    page = open_page(window)
    controls = [*page.findChildren(QPushButton), page.roles.all, page.roles.search, page.status.stay, page.roles.list]
    assert [each for each in controls if each.isVisible() and not _name(each)] == []


def _name(widget: QWidget) -> str:
    return widget.accessibleName() or str(getattr(widget, "text", str)())


# --- The microscope --------------------------------------------------------------------------------------------------


@pytest.fixture
def pane(qtbot: QtBot, look: object) -> FactsPane:
    assert look is not None
    made = FactsPane(lambda: NOW, lambda _words: None)
    qtbot.addWidget(made)
    made.resize(360, 600)
    made.show()
    return made


def test_facts_are_copied_as_text_with_times_in_utc(pane: FactsPane) -> None:
    pane.show_facts("What the ID token says", token_facts(), "")
    click(pane.copy)
    lines = QGuiApplication.clipboard().text().splitlines()
    assert lines[0] == "iss: https://login.example.com  (right. The issuer of the settings.)"
    assert "exp: 2026-11-22T15:06:50Z  (right)" in lines
    assert len(lines) == len(token_facts())


async def test_long_values_and_many_facts_are_cut_on_the_screen_alone(pane: FactsPane) -> None:
    long = Fact(name="groups", value="x" * 5000)
    pane.show_facts("What it says", (long, *(Fact(name=f"claim-{n}", value="y") for n in range(120))), "")
    await settle()
    assert len(pane._lines) == 80
    assert "41 more in the copy" in said(pane)
    assert len(pane._lines[0].value.text()) < 400
    assert pane.text().count("x") == 5000
    assert pane._lines[0].width() <= pane.width()


@pytest.mark.parametrize(
    ("seconds", "words"), [(252, "in 4:12"), (0, "just now"), (-180, "3 min ago"), (28200, "in 7 h 50 min")]
)
def test_times_count_down_and_up(look: object, seconds: int, words: str) -> None:
    assert look is not None
    assert moment_words(NOW + timedelta(seconds=seconds), NOW).endswith(words)


def test_facts_that_stay_the_same_are_not_made_anew(pane: FactsPane) -> None:
    pane.show_facts("A", token_facts(), "")
    lines = pane._lines
    pane.show_facts("A", token_facts(), "")
    assert pane._lines is lines
