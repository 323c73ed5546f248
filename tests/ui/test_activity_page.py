from __future__ import annotations

import asyncio
import time
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QItemSelectionModel, QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester, QTest

from app.domain.errors import StorageTrouble
from app.domain.happening import Happening, What
from app.ui import activity_words
from app.ui.activity_model import ActivityModel, Day
from app.ui.activity_page import ActivityPage
from app.ui.activity_rows import HIGH
from tests.ui.fake_core import NOW
from tests.ui.fake_places import happenings
from tests.ui.hands import click, press, settle, show, type_text

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

    from app.ui.main_window import MainWindow
    from app.ui.theme import Theme
    from tests.ui.fake_core import FakeIntents

COUNT = 20_000


@pytest.fixture
def said() -> list[tuple[str, str]]:
    return []


@pytest.fixture
async def page(qtbot: QtBot, look: Theme, intents: FakeIntents, said: list[tuple[str, str]]) -> ActivityPage:
    assert look is not None
    made = ActivityPage(intents, lambda words, kind: said.append((words, kind)))
    show(qtbot, made, 912, 640)
    made.opened()
    await settle()
    return made


@pytest.fixture
def model(qapp: QApplication) -> ActivityModel:
    made = ActivityModel(lambda: NOW, qapp)
    made.tester = QAbstractItemModelTester(made, QAbstractItemModelTester.FailureReportingMode.Fatal)  # type: ignore[attr-defined]  # kept alive with it
    made.take(happenings())
    return made


def names(model: ActivityModel) -> list[str]:
    return [entry.profile for entry in model.entries()]


def many(count: int = COUNT) -> tuple[Happening, ...]:
    base = happenings()
    return tuple(
        replace(base[n % len(base)], at=NOW - timedelta(minutes=2 * n), request_id=f"{n:08x}-af31")
        for n in range(count)
    )


def choose(page: ActivityPage, entry: Happening) -> None:
    page.view.setCurrentIndex(page.model.index(page.model.places_of([entry])[0]))


# --- The model -------------------------------------------------------------------------------------------------------


def test_entries_stand_below_their_days_newest_first(model: ActivityModel) -> None:
    days = [row for row in model.rows() if isinstance(row, Day)]
    assert [model.day_name(row) for row in days][:2] == ["Today", "Yesterday"]
    assert sum(row.count for row in days) == 16
    assert model.rowCount() == 16 + len(days)
    assert model.index(0).data(Qt.ItemDataRole.AccessibleTextRole).startswith("Today, ")
    assert not model.index(0).flags() & Qt.ItemFlag.ItemIsSelectable
    assert model.rowCount(model.index(1)) == 0


@pytest.mark.parametrize(
    ("wish", "found"),
    [
        ("refused", ["prod-billing", "stage-dev"]),
        ("REFUSED trust", ["prod-billing"]),
        ("0b2c4d1e-90f1", ["prod-billing"]),
        ("access-denied", ["prod-billing"]),
        ("notebook stopped", ["sandbox-ml"]),
        ("another program", [""]),
        ("no such thing", []),
    ],
)
def test_the_filter_looks_at_all_words(model: ActivityModel, wish: str, found: list[str]) -> None:
    model.search(wish)
    assert names(model) == found
    assert model.filtered
    model.search("")
    assert model.shown == model.total == 16


def test_kinds_and_profiles_filter_too(model: ActivityModel) -> None:
    model.show_only(What.OBTAINED, "")
    assert set(names(model)) == {"prod-admin", "data-lake", "sandbox-ml", "prod-deploy"}
    model.show_only(What.OBTAINED, "prod-deploy")
    assert names(model) == ["prod-deploy", "prod-deploy"]
    model.search("1805")
    assert names(model) == []
    model.show_only(None, "")
    assert names(model) == ["data-lake"]


def test_what_comes_later_is_found_too(model: ActivityModel) -> None:
    model.search("billing")
    fresh = Happening(at=NOW, what=What.OBTAINED, profile="prod-billing", role="Billing")
    model.take((fresh, *happenings()))
    assert model.entries()[0] is fresh
    assert len(names(model)) == 2
    model.take(happenings()[1:])
    assert names(model) == ["prod-billing"]


def test_the_same_again_changes_nothing(model: ActivityModel) -> None:
    resets: list[bool] = []
    model.modelReset.connect(lambda: resets.append(True))
    model.take(happenings())
    assert resets == []


def test_a_table_has_one_line_for_each_entry_and_one_cell_for_each_fact() -> None:
    odd = replace(happenings()[1], why="two\nlines\tand tabs")
    lines = activity_words.as_table((odd, happenings()[0])).split("\n")
    assert len(lines) == 3
    assert {line.count("\t") for line in lines} == {10}
    assert lines[1].startswith("2026-11-22T14:01:50Z\tRefused\tprod-billing\tBilling\t123456789012\talice\t")
    assert "two lines and tabs\tyou" in lines[1]


@pytest.mark.parametrize("what", What)
def test_each_kind_has_its_own_sign_and_word(what: What) -> None:
    others = [activity_words.sign(each)[0] for each in What if each is not what]
    assert activity_words.sign(what)[0] not in others
    assert activity_words.word(what)


def test_what_screen_readers_say(model: ActivityModel) -> None:
    words = str(model.index(2).data(Qt.ItemDataRole.AccessibleTextRole))
    assert "prod-billing refused, Billing · alice · Denied: the role's trust policy does not name corp, by you" in words


def test_a_month_of_entries_stays_quick(qapp: QApplication) -> None:
    model = ActivityModel(lambda: NOW)
    took: dict[str, float] = {}

    def measure(what: str, wish: str = "") -> None:
        start = time.perf_counter()
        model.search(wish) if wish else model.take(entries)
        took[what] = time.perf_counter() - start

    entries = many()
    measure("take")
    while model.prepare(1000):
        pass
    for wish in ("r", "re", "ref", "refu"):
        measure(wish, wish)
    assert model.shown == COUNT // 8
    entries = (Happening(at=NOW, what=What.STOPPED), *entries)
    measure("one more")
    # Generous bounds: asking the clock's zone for each entry, or the words for each letter, took five times as long.
    assert min(took[wish] for wish in ("re", "ref", "refu")) < 0.2
    assert took["take"] < 0.5


# --- The page --------------------------------------------------------------------------------------------------------


async def test_it_reads_when_opened_and_when_more_has_happened(page: ActivityPage, intents: FakeIntents) -> None:
    assert len(intents.called("activity")) == 1
    page.follow(intents.snapshot())
    await settle()
    assert len(intents.called("activity")) == 1
    intents.happened = 1
    intents.tell()
    page.follow(intents.snapshot())
    page.follow(intents.snapshot())
    await settle()
    assert len(intents.called("activity")) == 2


async def test_what_happens_while_it_reads_is_read_after_it(page: ActivityPage, intents: FakeIntents) -> None:
    for happened in (1, 2, 3):
        intents.happened = happened
        intents.tell()
        page.follow(intents.snapshot())
    await settle()
    assert len(intents.called("activity")) == 3


async def test_chosen_rows_and_the_place_stay_when_something_new_comes(
    page: ActivityPage, intents: FakeIntents
) -> None:
    intents.happenings = many(400)
    page.opened()
    await settle()
    page.view.doItemsLayout()
    entry = page.model.entries()[100]
    choose(page, entry)
    page.view.verticalScrollBar().setValue(90 * HIGH + 7)
    before = page.view.visualRect(page.view.currentIndex()).top()
    intents.happenings = (Happening(at=NOW, what=What.OBTAINED, profile="hub"), *intents.happenings)
    page.opened()
    await settle()
    assert page.view.chosen is entry
    assert page.view.visualRect(page.view.currentIndex()).top() == before
    assert page.pane.entry is entry


async def test_at_the_top_what_is_new_comes_into_sight(page: ActivityPage, intents: FakeIntents) -> None:
    intents.happenings = (Happening(at=NOW, what=What.OBTAINED, profile="hub"), *many(400))
    page.opened()
    await settle()
    assert page.view.verticalScrollBar().value() == 0


async def test_several_chosen_rows_outlive_a_filter(page: ActivityPage) -> None:
    entries = page.model.entries()
    flags = QItemSelectionModel.SelectionFlag
    for entry in entries[:3]:
        page.view.selectionModel().select(page.model.index(page.model.places_of([entry])[0]), flags.Select)
    page.model.show_only(What.RENEWED, "")
    assert page.view.selected() == [entries[0], entries[2]]


async def test_details_follow_the_chosen_row(page: ActivityPage, qtbot: QtBot) -> None:
    refused = happenings()[1]
    choose(page, refused)
    assert page.pane.title.text() == "prod-billing · Refused"
    assert page.pane.why.isVisible()
    with qtbot.waitSignal(page.why_wanted) as why:
        click(page.pane.why)
    assert why.args == ["prod-billing"]
    with qtbot.waitSignal(page.reveal_wanted) as revealed:
        click(page.pane.reveal)
    assert revealed.args == ["prod-billing"]
    choose(page, happenings()[6])
    assert not page.pane.why.isVisible()
    with qtbot.waitSignal(page.source_wanted) as source:
        click(page.pane.reveal)
    assert source.args == ["corp"]
    choose(page, happenings()[15])
    assert not page.pane.why.isVisible()


async def test_identifiers_are_copied_one_by_one_and_an_entry_as_lines(
    page: ActivityPage, said: list[tuple[str, str]]
) -> None:
    choose(page, happenings()[1])
    click(page.pane.copy)
    lines = QGuiApplication.clipboard().text().splitlines()
    assert "Request ID: 0b2c4d1e-90f1-4f5a-8a1e-5f7c1d2e3f4a" in lines
    assert said == [("Copied. Nothing secret is in it.", "good")]


async def test_copying_takes_the_chosen_rows_or_all(page: ActivityPage) -> None:
    click(page.copy)
    assert len(QGuiApplication.clipboard().text().split("\n")) == 17
    entries = page.model.entries()
    choose(page, entries[0])
    page.view.setFocus()
    press(Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert page.copy.text() == "Copy 2 rows"
    click(page.copy)
    assert len(QGuiApplication.clipboard().text().split("\n")) == 3
    choose(page, entries[0])
    press(Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert len(QGuiApplication.clipboard().text().split("\n")) == 2


async def test_a_click_on_a_name_leads_there_and_beside_it_does_not(page: ActivityPage, qtbot: QtBot) -> None:
    index = page.model.index(1)
    rect = page.view.visualRect(index)
    name = page.view.delegate.name_rect(rect, happenings()[0], Qt.LayoutDirection.LeftToRight)
    with qtbot.assertNotEmitted(page.reveal_wanted):
        QTest.mouseClick(page.view.viewport(), Qt.MouseButton.LeftButton, pos=name.center() + QPoint(0, 20))
    with qtbot.waitSignal(page.reveal_wanted) as revealed:
        QTest.mouseClick(page.view.viewport(), Qt.MouseButton.LeftButton, pos=name.center())
    assert revealed.args == ["stage-dev"]


async def test_keys_go_over_the_days_and_letters_filter(page: ActivityPage, qtbot: QtBot) -> None:
    page.view.setFocus(Qt.FocusReason.TabFocusReason)
    entries = page.model.entries()
    press(Qt.Key.Key_Down)
    assert page.view.chosen == entries[0]
    days = {place for place, row in enumerate(page.model.rows()) if isinstance(row, Day)}
    for _ in entries[1:]:
        press(Qt.Key.Key_Down)
        assert page.view.currentIndex().row() not in days
    assert page.view.chosen == entries[-1]
    for _ in entries[1:]:
        press(Qt.Key.Key_Up)
    assert page.view.chosen == entries[0]
    with qtbot.waitSignal(page.reveal_wanted) as revealed:
        press(Qt.Key.Key_Return)
    assert revealed.args == ["stage-dev"]
    type_text("b")
    type_text("illing")
    assert page.filter.hasFocus()
    assert names(page.model) == ["prod-billing"]
    press(Qt.Key.Key_Escape)
    assert page.model.shown == 16
    assert page.view.hasFocus()
    with qtbot.waitSignal(page.closed):
        press(Qt.Key.Key_Escape)


async def test_the_choices_filter(page: ActivityPage) -> None:
    page.kinds.setCurrentIndex(page.kinds.findData(What.REFUSED))
    assert names(page.model) == ["prod-billing", "stage-dev"]
    page.profiles.setCurrentIndex(page.profiles.findText("stage-dev"))
    assert names(page.model) == ["stage-dev"]
    page.filter.setText("nothing of it")
    assert page.clear.isVisible()
    click(page.clear)
    assert page.model.shown == 16


async def test_it_opens_for_one_profile(page: ActivityPage) -> None:
    page.opened("hub")
    await settle()
    assert set(names(page.model)) == {"hub"}
    assert page.profiles.currentText() == "hub"
    page.opened("not-yet-seen")
    await settle()
    assert page.model.shown == 0


async def test_before_anything_has_happened(page: ActivityPage, intents: FakeIntents) -> None:
    intents.happenings = ()
    page.opened()
    await settle()
    assert not page.view.isVisible()
    assert not page.clear.isVisible()
    assert not page.copy.isEnabled()


async def test_a_journal_that_cannot_be_read_is_told_and_read_again(page: ActivityPage, intents: FakeIntents) -> None:
    intents.fails["activity"] = StorageTrouble(code="x", title="The journal cannot be read")
    page.opened()
    await settle()
    assert "The journal cannot be read" in page.verdict.text()
    assert page.model.shown == 16
    page.opened()
    await settle()
    assert page.verdict.text() == ""


async def test_after_midnight_today_is_yesterday(page: ActivityPage, intents: FakeIntents) -> None:
    intents.time = NOW + timedelta(days=1)
    page.tick()
    assert page.model.index(0).data() == "Yesterday"


async def test_narrow_it_shows_rows_or_details(page: ActivityPage) -> None:
    page.setMinimumSize(1, 1)
    page.resize(584, 452)
    await settle()
    assert page.view.isVisible()
    assert not page.pane.isVisible()
    click(page.beside.peek)
    assert page.pane.isVisible()


async def test_twenty_thousand_rows_are_drawn_as_quickly_as_twenty(page: ActivityPage, intents: FakeIntents) -> None:
    intents.happenings = many()
    page.opened()
    await settle()
    page.view.doItemsLayout()
    bar = page.view.verticalScrollBar()
    best = 1.0
    for part in range(10):
        start = time.perf_counter()
        bar.setValue(bar.maximum() * part // 10)
        page.view.viewport().repaint()
        best = min(best, time.perf_counter() - start)
    assert best < 0.2


async def test_the_window_opens_it_and_leads_to_the_profile(window: MainWindow) -> None:
    window.pages.place("activity")
    await settle()
    page = window.pages.page
    assert isinstance(page, ActivityPage)
    press(Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert page.filter.hasFocus()
    page.reveal_wanted.emit("hub")
    await asyncio.sleep(0)
    await settle()
    assert window.roles.list_page.list.chosen == "hub"
