"""The page of tools: its four tabs, what they ask of the core, and what they show of the answers."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLabel, QLineEdit, QPlainTextEdit, QPushButton, QWidget

from app.domain.errors import BadInput, StorageTrouble
from app.domain.x_ray import XRay
from app.ui.tools_page import ToolsPage
from app.ui.tools_parts import Folded, Value
from app.ui.tools_requests import RequestsModel, skew_words
from tests.ui import tools_data
from tests.ui.fake_core import NOW
from tests.ui.hands import click, press, settle, show, type_text

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

    from app.ui.main_window import MainWindow
    from app.ui.theme import Theme
    from tests.ui.fake_core import FakeIntents


@pytest.fixture
def said() -> list[tuple[str, str]]:
    return []


@pytest.fixture
async def page(qtbot: QtBot, look: Theme, intents: FakeIntents, said: list[tuple[str, str]]) -> ToolsPage:
    assert look is not None
    made = ToolsPage(intents, lambda words, kind: said.append((words, kind)))
    show(qtbot, made, 912, 640)
    made.opened()
    await settle()
    return made


def words(widget: QWidget) -> str:
    shown = [each.text() for each in widget.findChildren(QLabel) if each.isVisibleTo(widget)]
    return "\n".join(shown).replace("\u200b", "")


def named(widget: QWidget, name: str) -> QPushButton:
    (found,) = [each for each in widget.findChildren(QPushButton) if each.accessibleName() == name]
    return found


def calls(intents: FakeIntents, of: str) -> list[tuple[object, ...]]:
    return [arguments for name, arguments in intents.calls if name == of]


# --- Who am I ---------------------------------------------------------------------------------------------------------


async def test_who_am_i_offers_what_lives_and_the_identities(page: ToolsPage) -> None:
    offers = [page.who.subject.itemData(at) for at in range(page.who.subject.count())]
    assert offers[0] == "aws"
    assert "profile.prod-admin" in offers
    assert "profile.prod-audit" not in offers
    assert "identity.alice" in offers


async def test_aws_tools_are_asked_about_with_the_profile_that_is_named(page: ToolsPage, intents: FakeIntents) -> None:
    intents.tools.caller = tools_data.CALLER
    page.who.profile.setFocus()
    type_text("work")
    press(Qt.Key.Key_Return)
    await settle()
    assert calls(intents, "who_am_i") == [("aws.work",)]
    shown = words(page.who.answer)
    assert "Admin in account 123456789012, session “alice”" in shown
    assert tools_data.SESSION in shown
    assert "Not reached: what stands above comes first." in shown
    assert "nothing there" in shown
    assert page.who.ask.isEnabled()


async def test_a_session_has_no_aws_profile(page: ToolsPage, intents: FakeIntents) -> None:
    page.who.choose("profile.prod-admin")
    assert not page.who.profile.isVisible()
    click(page.who.ask)
    await settle()
    assert calls(intents, "who_am_i") == [("profile.prod-admin",)]


async def test_a_session_that_ends_is_offered_no_more(page: ToolsPage, intents: FakeIntents) -> None:
    page.who.choose("profile.prod-admin")
    intents.rows["prod-admin"] = replace(intents.rows["prod-admin"], expires=None)
    intents.tell()
    page.follow(intents.snapshot())
    assert page.who.subject.currentData() == "aws"
    assert page.who.profile.isVisible()


async def test_without_keys_the_reason_stands_above_the_chain(page: ToolsPage, intents: FakeIntents) -> None:
    intents.tools.caller = tools_data.NOBODY
    click(page.who.ask)
    await settle()
    assert "AWS was not asked" in words(page.who.answer)
    assert "AWS tools would assume it." in words(page.who.answer)


async def test_what_fails_is_shown_and_can_be_tried_again(page: ToolsPage, intents: FakeIntents) -> None:
    intents.fails["who_am_i"] = BadInput(code="no-session", title="No live session", remedy="Assume it first.")
    click(page.who.ask)
    await settle()
    assert "Assume it first." in words(page.who.answer)
    assert page.who.ask.isEnabled()


# --- Key X-ray --------------------------------------------------------------------------------------------------------


async def test_a_key_under_x_ray(page: ToolsPage, intents: FakeIntents) -> None:
    intents.tools.ray = tools_data.RAY
    page.opened("key")
    type_text("ASIAIOSFODNN7EXAMPLE")
    press(Qt.Key.Key_Return)
    await settle()
    assert calls(intents, "x_ray") == [("ASIAIOSFODNN7EXAMPLE",)]
    shown = words(page.key.answer)
    assert "ASIAIOSFODNN7EXAMPLE is a temporary access key of a session." in shown
    assert "123456789012" in shown
    assert "Hidden by an old token" in shown
    assert "aws_security_token in [prod-admin] hides the session token" in shown


async def test_a_remedy_says_before_what_it_does_and_looks_again(
    page: ToolsPage, intents: FakeIntents, said: list[tuple[str, str]]
) -> None:
    intents.tools.ray = tools_data.RAY
    page.opened("key", "ASIAIOSFODNN7EXAMPLE")
    await settle()
    assert tools_data.REMEDY.words in words(page.key.answer)
    (mend,) = page.key.remedies
    assert isinstance(mend, QPushButton)
    assert mend.accessibleName() == "Mend: aws_security_token in [prod-admin] hides the session token"
    intents.tools.ray = XRay(access_key_id="")
    click(mend)
    await settle()
    assert calls(intents, "mend") == [(tools_data.REMEDY,)]
    assert len(calls(intents, "x_ray")) == 2
    assert said[-1] == ("Mended.", "good")
    assert not page.key.remedies


async def test_the_name_of_a_section_is_never_markup(page: ToolsPage, intents: FakeIntents) -> None:
    evil = "<b>[x]</b><img src=y>"
    ailment = replace(tools_data.RAY.ailments[0], title=evil, remedy=replace(tools_data.REMEDY, words=evil))
    intents.tools.ray = replace(tools_data.RAY, ailments=(ailment,))
    page.opened("key", "x")
    await settle()
    assert evil in words(page.key.answer)
    assert "<img" not in page.key.remedies[0].toolTip()


async def test_a_file_that_changed_is_told(page: ToolsPage, intents: FakeIntents) -> None:
    intents.tools.ray = tools_data.RAY
    page.opened("key", "x")
    await settle()
    intents.fails["mend"] = StorageTrouble(code="file-changed", title="The file is another one now")
    (mend,) = page.key.remedies
    click(mend)
    await settle()
    assert "The file is another one now" in words(page.key.answer)


# --- Why denied -------------------------------------------------------------------------------------------------------


async def test_a_pasted_error_is_told_in_one_sentence(page: ToolsPage, intents: FakeIntents) -> None:
    intents.tools.denial = tools_data.DENIAL
    page.opened("why")
    assert not page.why.explain.isEnabled()
    QGuiApplication.clipboard().setText("User: x is not authorized")
    page.why.text.paste()
    page.why.profile.setCurrentIndex(page.why.profile.findData("prod-admin"))
    click(page.why.explain)
    await settle()
    assert calls(intents, "why_denied") == [("User: x is not authorized", "prod-admin")]
    assert page.why.sentence.text().replace("\u200b", "") == tools_data.DENIAL.sentence
    shown = words(page.why.answer)
    for part in ("Explicit deny", "service control policy", "NoEast", "aws:MultiFactorAuthPresent", "us-east-1"):
        assert part in shown
    assert "explicitDeny" not in shown


async def test_the_decoded_json_unfolds_and_is_copied(page: ToolsPage, intents: FakeIntents) -> None:
    intents.tools.denial = tools_data.DENIAL
    page.opened("why")
    page.why.text.setPlainText("x")
    click(page.why.explain)
    await settle()
    (folded,) = page.why.answer.findChildren(Folded)
    assert not folded.words.isVisible()
    folded.fold.click()
    assert folded.words.isVisible()
    assert folded.words.toPlainText() == tools_data.DENIAL.raw
    folded.copy.click()
    assert QGuiApplication.clipboard().text() == tools_data.DENIAL.raw


async def test_the_explanation_is_copied_whole(page: ToolsPage, intents: FakeIntents) -> None:
    intents.tools.denial = tools_data.FAILURE
    page.opened("why", "prod-billing")
    await settle()
    assert calls(intents, "why_failed") == [("prod-billing",)]
    click(named(page.why, "Copy the explanation"))
    copied = QGuiApplication.clipboard().text()
    assert tools_data.FAILURE.sentence in copied
    assert "Signature: (hidden)" in copied
    assert "likely: Somebody else asked" in copied


async def test_causes_come_with_their_verdict_and_the_statement_to_paste(page: ToolsPage, intents: FakeIntents) -> None:
    intents.tools.denial = tools_data.FAILURE
    page.opened("why", "prod-billing")
    await settle()
    shown = words(page.why.answer)
    assert "Likely: Somebody else asked" in shown
    assert "Not known: The role's trust policy" in shown
    assert "Ruled out: sts:TagSession is not allowed" in shown
    assert "hidden" in shown
    (folded,) = page.why.answer.findChildren(Folded)
    folded.copy.click()
    assert QGuiApplication.clipboard().text() == tools_data.STATEMENT


async def test_an_answer_takes_the_place_of_the_one_before(page: ToolsPage, intents: FakeIntents) -> None:
    intents.tools.denial = tools_data.FAILURE
    page.opened("why", "prod-billing")
    await settle()
    intents.fails["why_failed"] = BadInput(code="nothing-refused", title="AWS did not refuse it")
    page.opened("why", "prod-admin")
    await settle()
    assert "AWS did not refuse it" in words(page.why.answer)
    assert "Somebody else asked" not in words(page.why.answer)


# --- Requests ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def model(qapp: QApplication) -> RequestsModel:
    made = RequestsModel(lambda: NOW, qapp)
    made.tester = QAbstractItemModelTester(made, QAbstractItemModelTester.FailureReportingMode.Fatal)  # type: ignore[attr-defined]  # kept alive with it
    return made


def test_new_requests_come_in_at_the_top_and_old_ones_leave(model: RequestsModel) -> None:
    all_of_them = tools_data.exchanges(30)
    inserted: list[tuple[int, int]] = []
    removed: list[tuple[int, int]] = []
    model.rowsInserted.connect(lambda _parent, first, last: inserted.append((first, last)))
    model.rowsRemoved.connect(lambda _parent, first, last: removed.append((first, last)))
    model.take(all_of_them[10:])
    model.take(all_of_them[5:25])
    assert (inserted, removed) == ([(0, 19), (0, 4)], [(15, 19)])
    assert model.rows == all_of_them[5:25]
    model.take(all_of_them[5:25])
    assert len(inserted) == 2
    model.take(())
    assert model.rowCount() == 0
    model.take(all_of_them)
    model.take(tools_data.exchanges(3))
    assert model.rows == tools_data.exchanges(3)


def test_a_row_speaks(model: RequestsModel) -> None:
    model.take(tools_data.exchanges(7))
    spoken = model.index(0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert "AssumeRole, unreachable, no answer, 240 ms, sts.eu-west-1.amazonaws.com" in spoken
    assert model.index(1).data(Qt.ItemDataRole.AccessibleTextRole).count("Done") == 1
    assert model.data(QModelIndex()) is None


async def test_requests_are_shown_newest_first_with_what_was_sent(page: ToolsPage, intents: FakeIntents) -> None:
    page.opened("requests")
    assert page.empty.isVisible()
    assert not page.copy.isEnabled()
    intents.tools.exchanges = tools_data.exchanges(8)
    page.tick()
    assert page.view.isVisible()
    page.view.setFocus()
    page.view.setCurrentIndex(page.model.index(1))
    shown = words(page.pane)
    assert "AssumeRole" in shown
    values = {each.accessibleName().partition(": ")[0]: each for each in page.pane.findChildren(Value)}
    assert values["TokenCode"].accessibleName() == "TokenCode: hidden"
    assert values["RoleArn"].accessibleName() == f"RoleArn: {tools_data.BILLING}"
    press(Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    copied = QGuiApplication.clipboard().text()
    assert copied.startswith("AssumeRole sts.eu-west-1.amazonaws.com\n")
    assert "TokenCode: (hidden)" in copied


async def test_all_requests_are_copied(page: ToolsPage, intents: FakeIntents, said: list[tuple[str, str]]) -> None:
    intents.tools.exchanges = tools_data.exchanges(8)
    page.opened("requests")
    click(page.copy)
    assert QGuiApplication.clipboard().text().count("Started: ") == 8
    assert said[-1][1] == "good"


async def test_what_is_chosen_stays_when_requests_come(page: ToolsPage, intents: FakeIntents) -> None:
    older = tools_data.exchanges(8)
    intents.tools.exchanges = older[2:]
    page.opened("requests")
    page.view.setCurrentIndex(page.model.index(0))
    chosen = page.view.chosen
    intents.tools.exchanges = older
    page.tick()
    assert page.view.chosen == chosen == older[2]


@pytest.mark.parametrize(("seconds", "said_so"), [(0.5, "right"), (90, "behind"), (-90, "ahead of")])
def test_the_clock_in_words(qapp: QApplication, seconds: float, said_so: str) -> None:
    assert qapp is not None
    assert said_so in skew_words(timedelta(seconds=seconds))
    assert skew_words(None) == ""


# --- The page ---------------------------------------------------------------------------------------------------------


async def test_the_window_opens_it_at_a_refused_profile(window: MainWindow, intents: FakeIntents) -> None:
    intents.tools.denial = tools_data.FAILURE
    window.pages.place("tools", "why", "prod-billing")
    await settle()
    page = window.findChild(ToolsPage)
    assert page is not None
    assert page.isVisible()
    assert page.tabs.value() == "why"
    assert page.why.sentence.isVisible()


@pytest.mark.parametrize("tab", ["who", "key", "why", "requests"])
@pytest.mark.parametrize("width", [420, 912])
async def test_each_control_has_a_name_and_nothing_is_cut_off(
    page: ToolsPage, intents: FakeIntents, tab: str, width: int
) -> None:
    intents.tools.caller, intents.tools.ray = tools_data.CALLER, tools_data.RAY
    intents.tools.denial, intents.tools.exchanges = tools_data.DENIAL, tools_data.exchanges()
    page.opened(tab, {"who": "aws", "key": "ASIAIOSFODNN7EXAMPLE", "why": "prod-billing"}.get(tab, ""))
    page.resize(max(width, page.minimumSizeHint().width()), 480)
    await settle()
    assert page.minimumSizeHint().width() <= 584
    kinds = (QAbstractButton, QComboBox, QLineEdit, QPlainTextEdit)
    for kind in kinds:
        for each in page.findChildren(kind):
            name = each.accessibleName() or (each.text() if isinstance(each, QAbstractButton) else "")
            assert name or not each.isVisible() or each.objectName().startswith("qt_")


async def test_tabs_are_changed_with_the_keyboard(page: ToolsPage) -> None:
    page.tabs.setFocus()
    press(Qt.Key.Key_Right)
    assert page.tabs.value() == "key"
    assert page.key.isVisible()


async def test_a_refused_role_is_picked_here(page: ToolsPage, intents: FakeIntents) -> None:
    intents.tools.denial = tools_data.DENIAL
    page.opened("why")
    refused = page.why.refused
    offers = [refused.itemData(at) for at in range(refused.count())]
    assert offers == ["", "prod-billing"]
    assert "trust policy does not name corp" in refused.itemText(1)
    refused.setFocus()
    press(Qt.Key.Key_Down)
    await settle()
    assert calls(intents, "why_failed") == [("prod-billing",)]
    assert words(page.why.answer)
    page.why.text.setPlainText("x")
    click(page.why.explain)
    await settle()
    assert refused.currentData() == ""


async def test_a_role_that_is_refused_no_more_is_not_offered(page: ToolsPage, intents: FakeIntents) -> None:
    page.opened("why", "prod-billing")
    await settle()
    assert page.why.refused.currentData() == "prod-billing"
    intents.change("prod-billing", problem=None)
    page.follow(intents.snapshot())
    assert not page.why.refused.isVisible()
    assert page.why.refused.count() == 1


async def test_a_click_on_a_tab_leads_into_its_first_field(page: ToolsPage) -> None:
    part = page.tabs.part("key")
    QTest.mouseClick(part, Qt.MouseButton.LeftButton)
    await settle()
    assert page.key.key.hasFocus()
    page.tabs.setFocus()
    press(Qt.Key.Key_Right)
    await settle()
    # with the keys one goes on along the tabs
    assert page.tabs.value() == "why"
    assert page.tabs.part("why").hasFocus()


async def test_an_error_explained_before_goes_when_a_role_is_explained(page: ToolsPage) -> None:
    page.why.text.setPlainText("AccessDenied for another role")
    page.opened("why", "prod-billing")
    await settle()
    assert page.why.text.toPlainText() == ""
