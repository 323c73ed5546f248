from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QMenu

from app.domain.view import NeedView, Snapshot, Status
from app.ui import resources
from app.ui.pace import MANY
from app.ui.sheet import Sheet
from app.ui.text import clock
from app.ui.tray import Tray, state_of
from tests.ui.fake_core import DENIED, NOW, FakeIntents, sessions
from tests.ui.fake_providers import sign_in_need
from tests.ui.hands import settle

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

    from app.domain.notice import Notice
    from app.ui.main_window import MainWindow


class Notes:
    """What the tray would have said."""

    def __init__(self, tray: Tray, monkeypatch: pytest.MonkeyPatch) -> None:
        self.said: list[tuple[str, str]] = []
        monkeypatch.setattr(tray.icon, "showMessage", lambda title, body, *_rest: self.said.append((title, body)))


@pytest.fixture
def tray(window: MainWindow, intents: FakeIntents) -> Tray:
    return Tray(intents, window)


@pytest.fixture
def notes(tray: Tray, window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> Notes:
    window.hide()
    return Notes(tray, monkeypatch)


class Desktop:
    """Notifications with a way to click them."""

    def __init__(self) -> None:
        self.shown: dict[str, tuple[Notice, Callable[[], None], Callable[[], None]]] = {}
        self.told: list[tuple[str, str]] = []

    def show(self, notice: Notice, chosen: Callable[[], None], otherwise: Callable[[], None]) -> None:
        self.told.append((notice.title, notice.button))
        self.shown[notice.tag] = notice, chosen, otherwise

    def close(self, tag: str) -> None:
        del self.shown[tag]

    def click(self) -> None:
        ((_, chosen, _),) = self.shown.values()
        chosen()


@pytest.fixture
def desktop() -> Desktop:
    return Desktop()


@pytest.fixture
def noted(window: MainWindow, intents: FakeIntents, desktop: Desktop) -> Tray:
    """A tray on a desktop whose notifications lead somewhere."""
    window.hide()
    return Tray(intents, window, desktop)


def words(menu: QMenu) -> list[str]:
    return [action.text() if not action.isSeparator() else "-" for action in menu.actions()]


def submenu(menu: QMenu, text: str) -> QMenu:
    found = next(action.menu() for action in menu.actions() if action.text() == text)
    assert isinstance(found, QMenu)
    return found


async def test_the_menu_is_made_when_it_opens(tray: Tray, intents: FakeIntents) -> None:
    tray.menu.aboutToShow.emit()
    assert words(tray.menu) == [
        "stage-ops and 2 more: MFA code…",
        "prod-billing: failed, retry",
        "-",
        "Active",
        "prod-admin (42 min)",
        "prod-deploy (8 min)",
        "stage-dev (15 min)",
        "sandbox-alice (under 1 min)",
        "sandbox-ml (1 h 12 min)",
        "data-lake (26 min)",
        "hub (48 min)",
        "-",
        "Pinned",
        "Assume prod-audit",
        "-",
        "Refresh all",
        "Stop all",
        "-",
        "Show window",
        "Quit",
    ]
    intents.time = NOW + timedelta(minutes=2)
    tray.menu.aboutToShow.emit()
    assert "prod-admin (40 min)" in words(tray.menu)
    assert "sandbox-alice (under 1 min)" not in words(tray.menu)


def test_with_many_roles_the_icon_follows_a_little_later(
    qtbot: QtBot, window: MainWindow, intents: FakeIntents
) -> None:
    idle = next(view for view in sessions() if view.status is Status.IDLE)
    intents.rows = {f"role-{n}": replace(idle, name=f"role-{n}") for n in range(MANY)}
    intents.needs = ()
    intents.tell()
    tray = Tray(intents, window)
    window.changed.emit()
    intents.change("role-7", status=Status.ACTIVE, issued=NOW, expires=NOW + timedelta(hours=1))
    window.changed.emit()
    assert tray.state == "none"
    qtbot.waitUntil(lambda: tray.state == "active")


async def test_sign_ins_come_first_and_lead_to_their_sheet(
    tray: Tray, intents: FakeIntents, window: MainWindow
) -> None:
    run = NeedView(key="command 1", kind="command", title="Run a command to sign in to “corp”?", command=("saml",))
    signing = sign_in_need("corp", wanted_now=False, profiles=())
    waiting = intents.need(("stage-ops",), wanted_now=False)
    intents.needs = (waiting, run, replace(run, key="command 2", profiles=("stage-dev", "stage-db")), signing)
    intents.tell()
    tray.fill()
    assert words(tray.menu)[:4] == [
        "Sign in to corp…",
        "stage-ops: MFA code…",
        "Run a command to sign in to “corp”?",
        "stage-dev and 1 more: confirm a command…",
    ]
    action = next(each for each in tray.menu.actions() if each.text() == "Sign in to corp…")
    action.trigger()
    await settle()
    assert window.prompts.sheet is not None
    assert window.prompts.sheet.need.key == "sign-in corp"


async def test_a_sign_in_in_the_background_is_told_and_a_click_leads_to_it(
    notes: Notes, tray: Tray, intents: FakeIntents, window: MainWindow
) -> None:
    intents.needs = (sign_in_need("corp", wanted_now=False, profiles=("prod-deploy",)),)
    intents.tell()
    assert notes.said == [
        (f"corp: sign in by {clock(NOW + timedelta(seconds=516))}", "prod-deploy keeps working until then.")
    ]
    tray._lead()
    await settle()
    assert window.prompts.sheet is not None


async def test_a_live_session_has_its_acts(tray: Tray, intents: FakeIntents) -> None:
    menu = submenu(tray.menu, "prod-admin (42 min)")
    assert words(menu) == [
        "Refresh now", "Copy console sign-in URL", "Open console", "Copy environment", "-", "Stop",
    ]  # fmt: skip
    menu.actions()[0].trigger()
    menu.actions()[1].trigger()
    submenu(menu, "Copy environment").actions()[0].trigger()
    menu.actions()[-1].trigger()
    await settle()
    assert [name for name, _ in intents.calls] == ["refresh", "copy_console_url", "copy_environment", "stop"]


async def test_more_than_eight_live_sessions_go_into_a_submenu(tray: Tray, intents: FakeIntents) -> None:
    live = intents.rows["prod-admin"]
    for name in ("dns", "cdn", "vpn", "mail"):
        intents.rows[name] = replace(live, name=name)
    intents.tell()
    tray.fill()
    assert "3 more" in words(tray.menu)
    assert len(submenu(tray.menu, "3 more").actions()) == 3


async def test_opening_the_menu_again_and_again_leaves_nothing_behind(tray: Tray) -> None:
    await settle()
    count = len(tray.menu.findChildren(QMenu))
    for _ in range(5):
        tray.menu.aboutToShow.emit()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert len(tray.menu.findChildren(QMenu)) == count


async def test_with_nothing_live_there_is_little_to_say(tray: Tray, intents: FakeIntents) -> None:
    intents.rows = {}
    intents.needs = ()
    intents.tell()
    tray.fill()
    assert words(tray.menu) == ["Refresh all", "Stop all", "-", "Show window", "Quit"]
    assert not tray.menu.actions()[0].isEnabled()


async def test_pinned_and_failed_ones_are_assumed_from_here(tray: Tray, intents: FakeIntents) -> None:
    for text in ("Assume prod-audit", "prod-billing: failed, retry"):
        next(action for action in tray.menu.actions() if action.text() == text).trigger()
    await settle()
    assert intents.called("assume") == [("prod-audit", False), ("prod-billing", False)]


async def test_the_icon_says_the_most_urgent(tray: Tray, intents: FakeIntents) -> None:
    rows = {row.name: row for row in sessions()}

    def state(*names: str) -> str:
        return state_of(
            Snapshot(configuration=intents.configuration, sessions=tuple(rows[name] for name in names)), NOW
        )

    assert state() == state("prod-audit", "stage-readonly") == "none"
    assert state("prod-admin", "prod-audit") == "active"
    assert state("prod-admin", "prod-deploy") == "expiring"
    assert state("prod-admin", "prod-deploy", "prod-billing") == "error"
    assert state("prod-admin", "prod-deploy", "prod-billing", "stage-ops") == "needs-you"
    assert tray.state == "needs-you"
    assert "7 active" in tray.icon.toolTip()


async def test_what_was_so_at_the_start_is_not_told(notes: Notes, intents: FakeIntents) -> None:
    intents.tell()
    assert notes.said == []


async def test_a_question_in_the_background_is_told_once_and_a_click_leads_there(
    tray: Tray, notes: Notes, intents: FakeIntents, window: MainWindow
) -> None:
    intents.needs = ()
    intents.tell()
    intents.needs = (intents.need(("prod-admin",), wanted_now=False),)
    intents.tell()
    intents.tell()
    assert notes.said == [("MFA code for alice", "For prod-admin. What is live keeps working until 14:52.")]
    tray.icon.messageClicked.emit()
    await settle()
    assert window.isVisible()
    assert window.prompts.sheet is not None


async def test_a_name_is_no_markup_in_a_notification(notes: Notes, intents: FakeIntents) -> None:
    intents.needs = ()
    intents.tell()
    intents.needs = (intents.need(("<a href='https://example.com'>prod</a>",), wanted_now=False),)
    intents.tell()
    ((_, body),) = notes.said
    assert "<" not in body
    assert ">" not in body
    assert "prod" in body


async def test_a_question_that_a_click_led_to_is_not_told(notes: Notes, intents: FakeIntents) -> None:
    intents.needs = ()
    intents.tell()
    intents.needs = (intents.need(("prod-admin",), wanted_now=True),)
    intents.tell()
    assert notes.said == []


async def test_a_failure_is_told_and_a_success_never(
    tray: Tray, notes: Notes, intents: FakeIntents, window: MainWindow
) -> None:
    intents.change("stage-dev", status=Status.ACTIVE, expires=NOW + timedelta(hours=1))
    intents.change("stage-db", status=Status.ACTIVE, expires=NOW + timedelta(hours=1))
    assert notes.said == []
    intents.change("prod-admin", status=Status.FAILED, problem=DENIED)
    assert [title for title, _ in notes.said] == ["prod-admin failed"]
    tray.icon.messageClicked.emit()
    await settle()
    assert window.roles.list_page.list.chosen == "prod-admin"


async def test_what_ends_without_renewing_is_told(notes: Notes, intents: FakeIntents) -> None:
    intents.change("sandbox-ml", status=Status.EXPIRING, refresh=True, expires=NOW + timedelta(minutes=9))
    assert notes.said == []
    intents.change("hub", status=Status.EXPIRING, refresh=False, expires=NOW + timedelta(minutes=9))
    assert notes.said == [("hub ends in 9 min", "It does not renew by itself.")]


async def test_a_failure_that_is_tried_again_is_not_told(notes: Notes, intents: FakeIntents) -> None:
    intents.change("hub", status=Status.FAILED, problem=DENIED, retry_at=NOW + timedelta(minutes=1))
    assert notes.said == []
    intents.change("hub", retry_at=None)
    assert [title for title, _ in notes.said] == ["hub failed"]


async def test_each_thing_is_told_once_however_often_it_comes_and_goes(notes: Notes, intents: FakeIntents) -> None:
    for _ in range(3):
        intents.change("hub", status=Status.FAILED, problem=DENIED)
        intents.change("hub", status=Status.ACQUIRING)
        intents.time += timedelta(minutes=2)
    assert len(notes.said) == 1
    intents.time += timedelta(minutes=11)
    intents.tell()
    intents.change("hub", status=Status.FAILED)
    assert len(notes.said) == 2


async def test_many_of_a_kind_are_told_as_one(
    tray: Tray, notes: Notes, intents: FakeIntents, window: MainWindow
) -> None:
    for name in ("cdn", "dns", "logs", "mail", "network", "vpn"):
        intents.rows[name] = replace(intents.rows[name], status=Status.FAILED, problem=DENIED)
    intents.tell()
    assert notes.said == [("6 roles failed", "cdn, dns, logs, mail, network and 1 more.")]
    tray._lead()
    assert window.isVisible()


async def test_that_renewing_was_given_up_is_told_while_there_is_time(notes: Notes, intents: FakeIntents) -> None:
    soon = NOW + timedelta(minutes=9)
    intents.change("hub", status=Status.EXPIRING, expires=soon, renews=None, problem=DENIED, retry_at=NOW)
    assert notes.said == []
    intents.change("hub", retry_at=None)
    assert notes.said == [
        ("hub ends in 9 min", "It could not be renewed: Denied: the role's trust policy does not name corp")
    ]


async def test_the_menu_stands_still_while_it_is_open(tray: Tray, intents: FakeIntents) -> None:
    tray.menu.aboutToShow.emit()
    before = [id(action) for action in tray.menu.actions()]
    intents.time += timedelta(minutes=3)
    intents.change("cdn", status=Status.ACTIVE, expires=NOW + timedelta(hours=1))
    assert [id(action) for action in tray.menu.actions()] == before
    assert "prod-admin (42 min)" in words(tray.menu)


async def test_with_hundreds_of_sessions_the_menu_stays_short(tray: Tray, intents: FakeIntents) -> None:
    live = intents.rows["prod-admin"]
    intents.rows = {f"role-{n}": replace(live, name=f"role-{n}", group=f"Group {n % 4}") for n in range(200)}
    intents.tell()
    tray.menu.aboutToShow.emit()
    assert len(tray.menu.actions()) < 20
    more = submenu(tray.menu, "192 more")
    assert words(more) == [f"Group {n} (48)" for n in range(4)]
    group = submenu(more, "Group 1 (48)")
    assert group.isEmpty()
    group.aboutToShow.emit()
    assert len(group.actions()) == 48
    one = submenu(group, "role-9 (42 min)")
    one.aboutToShow.emit()
    assert words(one)[0] == "Refresh now"
    one.actions()[-1].trigger()
    await settle()
    assert intents.called("stop") == [("role-9",)]


async def test_a_guarded_role_is_confirmed_in_the_window(
    tray: Tray, intents: FakeIntents, window: MainWindow, notes: Notes
) -> None:
    intents.change("prod-audit", confirm=True)
    tray.fill()
    next(action for action in tray.menu.actions() if action.text() == "Assume prod-audit").trigger()
    await settle()
    assert window.isVisible()
    assert any(each.isVisible() for each in window.findChildren(Sheet))
    assert notes.said == []


async def test_notifications_can_be_switched_off(notes: Notes, intents: FakeIntents) -> None:
    settings = replace(intents.configuration.settings, notifications=False)
    intents.configuration = replace(intents.configuration, settings=settings)
    intents.change("prod-admin", status=Status.FAILED, problem=DENIED)
    assert notes.said == []


async def test_that_it_stays_in_the_tray_is_told_once(tray: Tray, notes: Notes, window: MainWindow) -> None:
    window.tray = True
    for _ in range(2):
        window.show()
        window.close()
    assert [title for title, _ in notes.said] == ["Rolecall stays in the tray"]


async def test_a_need_has_its_button_and_goes_when_it_is_answered(
    noted: Tray, desktop: Desktop, intents: FakeIntents, window: MainWindow
) -> None:
    intents.needs = ()
    intents.tell()
    intents.needs = (intents.need(("prod-admin",), wanted_now=False),)
    intents.tell()
    intents.tell()
    assert desktop.told == [("MFA code for alice", "Enter code")]
    desktop.click()
    await settle()
    assert window.prompts.sheet is not None
    intents.needs = ()
    intents.tell()
    assert desktop.shown == {}


async def test_a_failure_shows_its_details_and_goes_when_the_role_is_live_again(
    noted: Tray, desktop: Desktop, intents: FakeIntents, window: MainWindow
) -> None:
    intents.change("hub", status=Status.FAILED, problem=DENIED)
    intents.change("prod-admin", status=Status.FAILED, problem=DENIED)
    assert desktop.told == [("hub failed", "Details"), ("prod-admin failed", "Details")]
    drawings = {resources.path(name) for name in ("tray-error.svg", "tray-needs-you.svg")}
    assert {notice.icon for notice, _, _ in desktop.shown.values()} <= drawings
    intents.change("hub", status=Status.ACTIVE, problem=None)
    desktop.click()
    await settle()
    assert window.roles.list_page.list.chosen == "prod-admin"
    intents.change("prod-admin", status=Status.ACTIVE, problem=None)
    assert desktop.shown == {}
    assert len(desktop.told) == 2


async def test_what_is_told_of_many_stays_until_none_of_them_is_left(
    noted: Tray, desktop: Desktop, intents: FakeIntents, window: MainWindow
) -> None:
    names = ("cdn", "dns", "logs", "mail")
    for name in names:
        intents.rows[name] = replace(intents.rows[name], status=Status.FAILED, problem=DENIED)
    intents.tell()
    assert desktop.told == [("4 roles failed", "Show window")]
    for name in names[1:]:
        intents.change(name, status=Status.IDLE)
    assert len(desktop.shown) == 1
    desktop.click()
    assert window.isVisible()
    intents.change("cdn", status=Status.IDLE)
    assert desktop.shown == {}


async def test_where_no_daemon_is_qt_tells_it(
    noted: Tray, desktop: Desktop, intents: FakeIntents, window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = Notes(noted, monkeypatch).said
    intents.change("hub", status=Status.FAILED, problem=DENIED)
    assert said == []
    ((_, _, otherwise),) = desktop.shown.values()
    otherwise()
    assert [title for title, _ in said] == ["hub failed"]
    noted.icon.messageClicked.emit()
    await settle()
    assert window.roles.list_page.list.chosen == "hub"
