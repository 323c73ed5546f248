"""What a second changes in the rows is drawn again, and nothing else is."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QCoreApplication, QRect, Qt
from PySide6.QtGui import QImage, QRegion

from app.domain.view import Status
from app.ui import translation
from app.ui.detail_parts import LargeRing
from app.ui.session_list import SessionList
from app.ui.session_model import SessionModel
from tests.ui.fake_core import NOW, sessions
from tests.ui.hands import settle, show
from tests.ui.pseudo import Pseudo

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtWidgets import QApplication, QWidget
    from pytestqt.qtbot import QtBot

    from app.domain.view import SessionView
    from app.ui.theme import Theme

SECONDS = [1, 2, 7, 59, 60, 61, 119, 120, 121, 600, 3540, 3600]
"""From one moment to the next: over a minute, an hour, the last minutes and the end."""


class Clock:
    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now


class Seen:
    """What a widget was asked to draw again, beside what really became different."""

    def __init__(self, widget: QWidget, monkeypatch: pytest.MonkeyPatch) -> None:
        self.widget = widget
        self.asked = QRegion()
        update = type(widget).update

        def note(watched: QWidget, *place: QRect) -> None:
            if watched is widget:
                self.asked += QRegion(place[0]) if place else QRegion(widget.rect())
            update(watched, *place)

        monkeypatch.setattr(type(widget), "update", note)

    def picture(self) -> QImage:
        return self.widget.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)


def differences(before: QImage, after: QImage) -> QRegion:
    """The pixels that are different."""
    assert before.size() == after.size()
    assert before.devicePixelRatio() == 1
    wide = before.bytesPerLine()
    old, new = bytes(before.constBits()), bytes(after.constBits())
    found = QRegion()
    for y in range(before.height()):
        was, now = (each[y * wide : (y + 1) * wide] for each in (old, new))
        if was != now:
            for x in range(before.width()):
                if was[4 * x : 4 * x + 4] != now[4 * x : 4 * x + 4]:
                    found += QRegion(x, y, 1, 1)
    return found


def of_every_kind() -> list[SessionView]:
    """Sessions of every status, with little and with much time left."""
    base = next(view for view in sessions() if view.status is Status.ACTIVE)
    made = []
    for number, status in enumerate(Status):
        for left in (30, 90, 150, 3700):
            each = replace(base, name=f"{status.value} {left}", status=status, group="", since=NOW, waiting_for="mfa")
            begun, ends = NOW - timedelta(minutes=10), NOW + timedelta(seconds=left + number)
            made.append(replace(each, issued=begun, expires=ends))
    return made


@pytest.fixture(params=["en", "pseudo"])
def spoken(qapp: QApplication, request: pytest.FixtureRequest) -> Iterator[str]:
    pseudo = Pseudo()
    if request.param == "pseudo":
        QCoreApplication.installTranslator(pseudo)
    yield request.param
    QCoreApplication.removeTranslator(pseudo)
    translation.install(qapp, "en")


@pytest.mark.usefixtures("look", "spoken")
@pytest.mark.parametrize("direction", [Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft])
async def test_whatever_a_tick_leaves_as_it_is_has_not_changed(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, direction: Qt.LayoutDirection
) -> None:
    clock = Clock()
    model = SessionModel(clock)
    model.take(of_every_kind())
    rows = SessionList(model, clock)
    model.setParent(rows)
    rows.setLayoutDirection(direction)
    show(qtbot, rows, 592, 900)
    seen = Seen(rows.viewport(), monkeypatch)
    for start in (0, len(of_every_kind())):
        rows.verticalScrollBar().setValue(start * 30)
        clock.now = NOW
        rows.tick()
        for after in SECONDS:
            rows.tick()
            before, seen.asked = seen.picture(), QRegion()
            clock.now += timedelta(seconds=after)
            rows.tick()
            wrong = differences(before, seen.picture()).subtracted(seen.asked)
            assert wrong.isEmpty(), (start, after, wrong.boundingRect())
    await settle()


@pytest.mark.usefixtures("look")
async def test_a_second_draws_the_countdowns_alone(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    clock = Clock()
    model = SessionModel(clock)
    model.take([view for view in of_every_kind() if view.status is Status.ACTIVE and view.name.endswith("3700")])
    rows = SessionList(model, clock)
    model.setParent(rows)
    show(qtbot, rows, 592, 640)
    rows.tick()
    seen = Seen(rows.viewport(), monkeypatch)
    rows.tick()
    assert seen.asked.isEmpty(), "no second has passed"
    places = rows.delegate.places(rows.visualRect(model.index(0)))
    clock.now += timedelta(seconds=200)  # less than an hour is left
    rows.tick()
    turned = 0
    for _ in range(30):
        clock.now += timedelta(seconds=1)
        seen.asked = QRegion()
        rows.tick()
        turned += seen.asked.intersects(places.icon)
        assert seen.asked.subtracted(places.icon).boundingRect() == places.lines.time
    assert turned <= 1
    await settle()


@pytest.mark.usefixtures("look")
@pytest.mark.parametrize("view", of_every_kind(), ids=lambda view: view.name)
async def test_what_the_large_ring_leaves_as_it_is_has_not_changed(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, view: SessionView
) -> None:
    ring = LargeRing()
    show(qtbot, ring, ring.width(), ring.height())
    now = NOW
    ring.show_view(view, now)
    seen = Seen(ring, monkeypatch)
    alone = 0
    for after in SECONDS:
        before, seen.asked = seen.picture(), QRegion()
        now += timedelta(seconds=after)
        ring.show_view(view, now)
        assert differences(before, seen.picture()).subtracted(seen.asked).isEmpty(), after
        alone += seen.asked.boundingRect() != ring.rect()
    assert alone or not view.live(NOW + timedelta(seconds=600)), "the time alone was drawn at least once"
    await settle()


@pytest.mark.usefixtures("look")
@pytest.mark.parametrize("status", [Status.ACTIVE, Status.EXPIRING])
async def test_the_large_ring_changes_its_colour_with_the_second(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, status: Status
) -> None:
    """Of a long session the ring stands still for a minute, also when two minutes are left, and at the end."""
    ring = LargeRing()
    show(qtbot, ring, ring.width(), ring.height())
    long = replace(of_every_kind()[0], status=status, issued=NOW - timedelta(hours=12), expires=NOW)
    seen = Seen(ring, monkeypatch)
    for left in (122, 121, 120, 119, 118, 2, 1, 0, -1):
        before, seen.asked = seen.picture(), QRegion()
        ring.show_view(long, NOW - timedelta(seconds=left, milliseconds=-1))
        assert differences(before, seen.picture()).subtracted(seen.asked).isEmpty(), left
    await settle()


@pytest.mark.usefixtures("look")
async def test_rows_and_ring_hide_what_lies_below(qtbot: QtBot, look: Theme) -> None:
    """Qt does not draw it: so they have to cover all of their place."""
    model = SessionModel(lambda: NOW)
    model.take(of_every_kind()[:2])
    rows = SessionList(model, lambda: NOW)
    model.setParent(rows)
    show(qtbot, rows, 592, 640)
    ring = LargeRing()
    qtbot.addWidget(ring)
    for mode in ("dark", "light"):
        look.set_mode(mode)
        for widget in (rows.viewport(), ring):
            picture = QImage(widget.size(), QImage.Format.Format_RGB32)
            picture.fill(Qt.GlobalColor.magenta)
            widget.render(picture)
            corners = [(0, 0), (picture.width() - 1, 0), (0, picture.height() - 1)]
            assert {picture.pixel(*corner) for corner in corners} == {look.colour("surface").rgb()}
    await settle()
