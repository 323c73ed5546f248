from __future__ import annotations

import time
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QWheelEvent
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication

from app.domain.deadlines import Deadlines, ToppedUp
from app.domain.errors import BadInput
from app.ui import theme
from app.ui.deadlines_model import DeadlinesModel
from app.ui.deadlines_page import DeadlinesPage
from app.ui.deadlines_paint import columns
from tests.ui.fake_core import NOW
from tests.ui.fake_places import time_line
from tests.ui.hands import click, press, settle, show

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from app.ui.main_window import MainWindow
    from app.ui.theme import Theme
    from tests.ui.fake_core import FakeIntents


@pytest.fixture
def said() -> list[tuple[str, str]]:
    return []


@pytest.fixture
def page(qtbot: QtBot, look: Theme, intents: FakeIntents, said: list[tuple[str, str]]) -> DeadlinesPage:
    assert look is not None
    made = DeadlinesPage(intents, lambda words, kind: said.append((words, kind)))
    show(qtbot, made, 912, 692)
    made.opened()
    return made


def many(count: int) -> Deadlines:
    rows = time_line().rows
    made = tuple(
        replace(rows[n % len(rows)], key=f"{rows[n % len(rows)].key}-{n}", name=f"{rows[n % len(rows)].name}-{n}")
        for n in range(count)
    )
    return replace(time_line(), rows=made)


def ground_at(page: DeadlinesPage, row: int, x: float) -> QColor:
    rect = page.view.visualRect(page.model.index(row))
    # A little over the middle of the bar: discs and lines are beside it.
    picture = page.view.viewport().grab().toImage()
    ratio = picture.devicePixelRatio()
    return picture.pixelColor(round(x * ratio), round((rect.top() + 15) * ratio))


# --- The model -------------------------------------------------------------------------------------------------------


def test_the_model_keeps_rows_that_stay(qtbot: QtBot, qapp: QApplication) -> None:
    model = DeadlinesModel(lambda: NOW)
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    assert tester is not None
    model.take(time_line())
    assert model.rowCount() == 11
    changed: list[int] = []
    model.dataChanged.connect(lambda first, _last: changed.append(first.row()))
    rows = list(time_line().rows)
    rows[1] = replace(rows[1], renews=NOW + timedelta(minutes=1))
    model.take(replace(time_line(), rows=tuple(rows)))
    assert changed == [1]
    model.take(replace(time_line(), rows=tuple(replace(row, words="Other") for row in rows)))
    assert changed == [1, 0]
    model.take(replace(time_line(), rows=tuple(rows)))
    with qtbot.waitSignal(model.modelReset):
        model.take(replace(time_line(), rows=tuple(rows[:4])))
    assert model.rowCount(model.index(0)) == 0
    assert model.place_of("profile.stage-ops") == 3
    assert model.row_at(4) is None


def test_the_model_knows_when_a_row_may_stand_otherwise(qapp: QApplication) -> None:
    model = DeadlinesModel(lambda: NOW)
    model.take(time_line())
    assert not model.due(NOW, NOW + timedelta(seconds=40))
    assert model.due(NOW, NOW + timedelta(seconds=48))


def test_rows_speak_for_themselves(page: DeadlinesPage) -> None:
    index = page.model.index(page.model.place_of("profile.hub"))
    assert str(index.data(Qt.ItemDataRole.AccessibleTextRole)).startswith("hub, Hub: renews ")
    assert "Obtained" in str(index.data(Qt.ItemDataRole.ToolTipRole))
    assert index.data() == "hub"


# --- The picture -----------------------------------------------------------------------------------------------------


def test_the_line_lies_where_it_is_drawn(page: DeadlinesPage) -> None:
    scale = page.view.look.scale
    assert (scale.left, scale.width) == (232, 512)
    assert page.view.visualRect(page.model.index(0)).height() == 38
    assert scale.x(NOW) == pytest.approx(232 + 512 / 6)


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_bars_have_the_colours_of_what_they_say(page: DeadlinesPage, look: Theme, mode: str) -> None:
    look.set_mode(mode)
    t, scale = theme.tokens(), page.view.look.scale
    here = scale.x(NOW)

    def at(minutes: float) -> float:
        return scale.x(NOW + timedelta(minutes=minutes))

    found = {
        "past": ground_at(page, 1, at(-5)),
        "left": ground_at(page, 1, at(20)),
        "after": ground_at(page, 1, at(60)),
        "expiring": ground_at(page, 6, at(4)),
        "almost gone": ground_at(page, 7, here + 2),
        "refreshing": ground_at(page, 9, at(4)),
        "source": ground_at(page, 0, at(60)),
        "nothing": ground_at(page, 6, at(30)),
    }
    wanted = {
        "past": t.track, "left": t.good_mark, "after": t.good_tint, "expiring": t.warn_mark,
        "almost gone": t.bad_mark, "refreshing": t.warn_mark, "source": t.window, "nothing": t.surface,
    }  # fmt: skip
    assert {name: colour.name().upper() for name, colour in found.items()} == wanted


def test_what_waits_for_a_person_is_hatched(page: DeadlinesPage) -> None:
    t, scale = theme.tokens(), page.view.look.scale
    picture = page.view.viewport().grab().toImage()
    y = page.view.visualRect(page.model.index(5)).center().y()
    xs = range(round(scale.x(NOW + timedelta(minutes=14))), round(scale.x(NOW + timedelta(minutes=24))))
    ratio = picture.devicePixelRatio()
    colours = {picture.pixelColor(round(x * ratio), round(y * ratio)).name().upper() for x in xs}
    assert t.select.upper() in colours
    assert len(colours) > 2


def test_from_right_to_left_the_columns_change_sides_and_time_does_not() -> None:
    plain, mirrored = columns(912), columns(912, Qt.LayoutDirection.RightToLeft)
    assert plain.names.left() == 0
    assert mirrored.names.right() == 911
    assert mirrored.words.left() == 0
    assert mirrored.line.width() == plain.line.width()


def test_narrow_rows_keep_a_line(page: DeadlinesPage) -> None:
    page.resize(584, 452)
    assert page.view.look.scale.width > 280
    assert page.banner.height() > 64
    assert not page.legend.isVisible()


# --- Time ------------------------------------------------------------------------------------------------------------


def test_it_goes_with_the_time_until_it_is_panned(page: DeadlinesPage, intents: FakeIntents) -> None:
    intents.time = NOW + timedelta(minutes=5)
    page.tick()
    assert page.view.look.scale.x(intents.time) == pytest.approx(232 + 512 / 6)
    press(Qt.Key.Key_Right)
    start = page.view.scale.start
    intents.time += timedelta(minutes=5)
    page.tick()
    assert page.view.scale.start == start
    press(Qt.Key.Key_Home)
    assert page.view.look.scale.x(intents.time) == pytest.approx(232 + 512 / 6)
    press(Qt.Key.Key_Left)
    assert not page.view.going
    click(page.now)
    assert page.view.going


def test_nobody_looks_nothing_moves(page: DeadlinesPage, intents: FakeIntents) -> None:
    page.hide()
    before = page.view.scale
    intents.time = NOW + timedelta(minutes=5)
    page.tick()
    assert page.view.scale == before


def test_asked_again_once_a_minute_and_when_something_is_due(page: DeadlinesPage, intents: FakeIntents) -> None:
    intents.time_line = replace(time_line(), sessions=6)
    intents.time = NOW + timedelta(seconds=5)
    page.tick()
    assert page.model.deadlines.sessions == 7
    intents.time = NOW + timedelta(seconds=11)
    page.tick()
    assert page.model.deadlines.sessions == 6
    intents.time_line = replace(time_line(), sessions=5)
    intents.time = NOW + timedelta(seconds=49)
    page.tick()
    assert page.model.deadlines.sessions == 5


def test_the_segments_and_the_keys_zoom(page: DeadlinesPage) -> None:
    QTest.keyClick(page.view, Qt.Key.Key_Minus)
    QTest.keyClick(page.view, Qt.Key.Key_Minus)
    assert page.view.scale.span == timedelta(hours=8)
    assert page.spans.value() == "8"
    QTest.keyClick(page.view, Qt.Key.Key_Plus)
    assert page.view.scale.span == timedelta(hours=4)
    assert not any(page.spans.part(key).isChecked() for key in page.spans.part_keys())
    page.spans.part("24").click()
    assert page.view.scale.span == timedelta(hours=24)
    assert page.view.look.scale.x(NOW) == pytest.approx(232 + 512 / 6)


def test_the_wheel_zooms_with_ctrl_and_pans_sideways(page: DeadlinesPage) -> None:
    def turn(x: int, y: int, modifier: Qt.KeyboardModifier) -> None:
        at = QPointF(500, 100)
        event = QWheelEvent(
            at, page.view.mapToGlobal(at), QPoint(), QPoint(x, y), Qt.MouseButton.NoButton, modifier,
            Qt.ScrollPhase.NoScrollPhase, False,
        )  # fmt: skip
        QApplication.sendEvent(page.view.viewport(), event)

    under = page.view.look.scale.moment(500)
    turn(0, 120, Qt.KeyboardModifier.ControlModifier)
    assert page.view.scale.span == timedelta(hours=1)
    assert page.view.look.scale.x(under) == pytest.approx(500, abs=0.5)
    start = page.view.scale.start
    turn(-120, 0, Qt.KeyboardModifier.NoModifier)
    assert page.view.scale.start > start


# --- Doing -----------------------------------------------------------------------------------------------------------


def test_rows_are_chosen_and_opened_by_keys(page: DeadlinesPage, qtbot: QtBot) -> None:
    page.view.setFocus(Qt.FocusReason.TabFocusReason)
    press(Qt.Key.Key_Down)
    with qtbot.waitSignal(page.reveal_wanted) as revealed:
        press(Qt.Key.Key_Return)
    assert revealed.args == ["hub"]
    press(Qt.Key.Key_Up)
    with qtbot.waitSignal(page.source_wanted) as source:
        press(Qt.Key.Key_Return)
    assert source.args == ["alice"]
    with qtbot.waitSignal(page.closed):
        press(Qt.Key.Key_Escape)


def test_the_button_answers_what_is_asked_or_begins_it(page: DeadlinesPage, intents: FakeIntents, qtbot: QtBot) -> None:
    with qtbot.waitSignal(page.sign_in_wanted) as sign_in:
        click(page.banner.act)
    assert sign_in.args == ["corp"]
    person = time_line().person
    assert person is not None
    asked = replace(person, at=NOW, kind="mfa", source="alice", need="mfa:alice")
    intents.time_line = replace(time_line(), person=asked)
    page.follow(intents.snapshot())
    assert page.banner.act.text() == "Enter code"
    with qtbot.waitSignal(page.answer_wanted) as answer:
        click(page.banner.act)
    assert answer.args == ["mfa:alice"]
    intents.time_line = replace(time_line(), person=replace(asked, need=""))
    page.follow(intents.snapshot())
    with qtbot.waitSignal(page.refresh_wanted) as refresh:
        click(page.banner.act)
    assert refresh.args == ["data-lake"]


def test_where_nobody_is_needed_there_is_nothing_to_click(page: DeadlinesPage, intents: FakeIntents) -> None:
    intents.time_line = replace(time_line(), person=None)
    page.follow(intents.snapshot())
    assert page.banner.title.text() == "Nobody is needed"
    assert not page.banner.act.isVisible()
    assert page.banner.top_up.isVisible()


async def test_topping_up_says_what_it_does_and_what_was_left(
    page: DeadlinesPage, intents: FakeIntents, said: list[tuple[str, str]]
) -> None:
    intents.topped_up = ToppedUp(renewed=("hub", "prod-admin"), left=(("data-lake", "needs a sign-in at corp"),))
    click(page.banner.top_up)
    assert page.banner.top_up.text() == "Topping up…"
    assert not page.banner.top_up.isEnabled()
    page.top_up()
    await settle()
    assert page.banner.top_up.text() == "Top up everything"
    assert said == [("2 sessions renewed. Left as they are: data-lake (needs a sign-in at corp).", "bad")]
    assert len(intents.called("top_up")) == 1


async def test_what_went_wrong_while_topping_up_is_said(
    page: DeadlinesPage, intents: FakeIntents, said: list[tuple[str, str]]
) -> None:
    intents.fails["top_up"] = BadInput(code="x", title="It did not work", remedy="Try later.")
    click(page.banner.top_up)
    await settle()
    assert said == [("It did not work. Try later.", "bad")]
    assert page.banner.top_up.isEnabled()


def test_without_any_session_it_says_so(page: DeadlinesPage, intents: FakeIntents, qtbot: QtBot) -> None:
    intents.time_line = Deadlines()
    page.opened()
    assert not page.view.isVisible()
    with qtbot.waitSignal(page.closed):
        click(page.roles)


def test_a_thousand_rows_are_drawn_as_quickly_as_ten(page: DeadlinesPage, intents: FakeIntents) -> None:
    intents.time_line = many(1000)
    page.follow(intents.snapshot())
    page.view.doItemsLayout()
    bar = page.view.verticalScrollBar()
    best = 1.0
    for value in range(0, bar.maximum(), bar.maximum() // 10):
        start = time.perf_counter()
        bar.setValue(value)
        page.view.viewport().repaint()
        best = min(best, time.perf_counter() - start)
    # A generous bound: drawing all of them takes fifty times as long as those in sight.
    assert best < 0.2


# --- In the window ---------------------------------------------------------------------------------------------------


async def test_the_window_opens_it_and_follows_its_wishes(window: MainWindow, intents: FakeIntents) -> None:
    window.pages.place("deadlines")
    await settle()
    page = window.pages.page
    assert isinstance(page, DeadlinesPage)
    click(page.banner.act)
    await settle()
    assert intents.called("sign_in")[0][0] == "corp"
    page.view.choose("profile.hub")
    press(Qt.Key.Key_Return)
    await settle()
    assert window.stack.currentWidget() is window.roles
    assert window.roles.list_page.list.chosen == "hub"
