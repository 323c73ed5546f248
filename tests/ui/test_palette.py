from __future__ import annotations

import time
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication

from app.domain.view import SessionView, Status
from app.ui.main_window import MainWindow
from app.ui.matching import Haystack
from app.ui.palette import Palette
from app.ui.palette_entries import Entry, Kind
from app.ui.palette_finder import Finder
from app.ui.palette_list import ROW, PaletteModel
from app.ui.session_model import Show, Sort
from app.ui.window_state import MemoryStore, WindowState
from tests.ui.fake_core import NOW, FakeIntents
from tests.ui.fake_providers import sign_in_need
from tests.ui.hands import press, settle, show, type_text

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from app.ui.theme import Theme

CTRL = Qt.KeyboardModifier.ControlModifier


async def opened(window: MainWindow, wish: str = "") -> Palette:
    window.roles.list_page.list.setFocus()
    press(Qt.Key.Key_K, CTRL)
    await settle()
    palette = next(each for each in window.findChildren(Palette) if each.isVisible())
    assert QApplication.focusWidget() is palette.field
    type_text(wish)
    return palette


def gone(window: MainWindow) -> bool:
    return not any(each.isVisible() for each in window.findChildren(Palette))


def lines(palette: Palette) -> list[str]:
    model = palette.model
    found = [model.index(row).data(ROW) for row in range(model.rowCount())]
    return [f"{row.title} | {row.aside}" if isinstance(row, Entry) else row for row in found]


def chosen(palette: Palette) -> Entry:
    entry = palette.list.entry
    assert entry is not None
    return entry


def marked(words: str, places: tuple[int, ...]) -> str:
    return "".join(words[place] for place in places)


# --- As in the picture -----------------------------------------------------------------------------------------------


async def test_the_picture(window: MainWindow) -> None:
    palette = await opened(window, "prod")
    assert lines(palette) == [
        "PROFILES",
        "prod-admin | Admin · 123456789012",
        "prod-audit | SecurityAudit · 123456789012",
        "prod-deploy | Deploy · 123456789012",
        "prod-billing | Denied: the role's trust policy does not name corp",
        "ACTIONS",
        "Copy console sign-in URL | prod-admin",
        "Copy environment | prod-admin, bash, zsh",
        "Refresh now | prod-admin",
        "PAGES",
        "Show group Production | 4 roles",
    ]
    assert palette.found == "8 found"
    assert palette.panel.width() == 620
    assert palette.panel.y() == 84
    assert chosen(palette).title == "prod-admin"
    assert chosen(palette).enter == "Open console"
    entries = [palette.model.entry(row) for row in (1, 6, 10)]
    assert [marked(e.title, e.title_at) or marked(e.aside, e.aside_at) for e in entries if e is not None] == [
        "prod", "prod", "Prod",
    ]  # fmt: skip
    copies = palette.model.entry(6)
    assert copies is not None
    assert copies.caps == ("Ctrl", "Shift", "C")


def test_the_model_keeps_the_rules(qtbot: QtBot) -> None:
    model = PaletteModel()
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    window = MainWindow(FakeIntents(), state=WindowState())
    qtbot.addWidget(window)
    finder = Finder(window)
    for wish in ("prod", "", "stop", "qqqq", "settings"):
        model.take(finder.find(wish))
    model.take(finder.acts_of("prod-admin", ""))
    assert model.rowCount() > 20
    assert not model.flags(model.index(0)) & Qt.ItemFlag.ItemIsSelectable
    assert model.flags(model.index(1)) & Qt.ItemFlag.ItemIsSelectable
    assert model.data(model.index(1), Qt.ItemDataRole.AccessibleTextRole) == "Refresh now, prod-admin, Ctrl R"
    window.end()


# --- Keys ------------------------------------------------------------------------------------------------------------


async def test_arrows_move_over_the_headings_and_round_the_ends(window: MainWindow) -> None:
    palette = await opened(window, "prod")
    for key, title in (
        (Qt.Key.Key_Down, "prod-audit"),
        (Qt.Key.Key_Up, "prod-admin"),
        (Qt.Key.Key_Up, "Show group Production"),
        (Qt.Key.Key_Down, "prod-admin"),
        (Qt.Key.Key_PageDown, "Show group Production"),
        (Qt.Key.Key_PageUp, "prod-admin"),
    ):
        press(key)
        assert chosen(palette).title == title


async def test_enter_does_what_the_row_says_and_it_is_gone(window: MainWindow, intents: FakeIntents) -> None:
    palette = await opened(window, "prod-au")
    assert chosen(palette).enter == "Assume"
    press(Qt.Key.Key_Return)
    await settle()
    assert intents.called("assume") == [("prod-audit", False)]
    assert gone(window)
    assert QApplication.focusWidget() is window.roles.list_page.list


async def test_enter_never_ends_anything(window: MainWindow, intents: FakeIntents) -> None:
    for name in intents.rows:
        palette = await opened(window, name)
        assert chosen(palette).title == name
        assert chosen(palette).enter != "Stop"
        press(Qt.Key.Key_Return)
        await settle()
        if window.prompts.sheet is not None:
            window.prompts.sheet.close_sheet()
            await settle()
    assert not intents.called("stop")
    assert not intents.called("cancel")


async def test_esc_the_same_key_and_a_click_beside_it_close_it(window: MainWindow) -> None:
    await opened(window, "prod")
    press(Qt.Key.Key_Escape)
    await settle()
    assert gone(window)
    await opened(window)
    press(Qt.Key.Key_K, CTRL)
    await settle()
    assert gone(window)
    palette = await opened(window)
    QTest.mouseClick(palette, Qt.MouseButton.LeftButton, pos=QPoint(20, 20))
    await settle()
    assert gone(window)
    assert window.model.row_of("prod-admin") == 1


async def test_tab_offers_everything_that_can_be_done_with_a_profile(window: MainWindow, intents: FakeIntents) -> None:
    palette = await opened(window, "prod")
    press(Qt.Key.Key_Tab)
    titles = [line.split(" | ")[0] for line in lines(palette)]
    assert titles[:10] == [
        "ACTIONS", "Refresh now", "Copy console sign-in URL", "Open console", "Copy environment", "Stop",
        "Show details", "Show activity", "Edit…", "Duplicate…",
    ]  # fmt: skip
    assert {"Open console at EC2", "Copy environment for fish", "Delete"} <= set(titles)
    type_text("fish")
    assert [line.split(" | ")[0] for line in lines(palette)][1] == "Copy environment for fish"
    press(Qt.Key.Key_Return)
    await settle()
    assert intents.called("copy_environment") == [("prod-admin", "fish")]


async def test_backspace_or_tab_lead_back_to_everything(window: MainWindow) -> None:
    palette = await opened(window, "prod")
    for key in (Qt.Key.Key_Backspace, Qt.Key.Key_Tab):
        press(Qt.Key.Key_Tab)
        assert lines(palette)[0] == "ACTIONS"
        press(key)
        assert lines(palette)[0] == "PROFILES"


async def test_a_click_does_what_enter_does(window: MainWindow, intents: FakeIntents) -> None:
    palette = await opened(window, "prod")
    rect = palette.list.visualRect(palette.model.index(2))
    QTest.mouseClick(palette.list.viewport(), Qt.MouseButton.LeftButton, pos=rect.center())
    await settle()
    assert intents.called("assume") == [("prod-audit", False)]


# --- What is found ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("wish", "title", "aside", "call"),
    [
        ("stop prod-d", "Stop", "prod-deploy", ("stop", ("prod-deploy",))),
        ("refresh hub", "Refresh now", "hub", ("refresh", ("hub",))),
        ("copy url hub", "Copy console sign-in URL", "hub", ("copy_console_url", ("hub", ""))),
        ("ec2 hub", "Open console at EC2", "hub", ("open_console", ("hub", "ec2"))),
        ("powershell hub", "Copy environment for PowerShell", "hub", ("copy_environment", ("hub", "powershell"))),
        ("refresh all", "Refresh all", "", ("refresh_all", ())),
        ("stop all", "Stop all", "", ("stop_all", ())),
        ("top up", "Top up everything now", "", ("top_up", ())),
        ("sign in corp", "Sign in", "corp", ("sign_in", ("corp",))),
        (
            "move group shared prod-audit",
            "Move to group Shared",
            "prod-audit",
            ("arrange", ("prod-audit", "Shared", "")),
        ),
        ("cancel", "Cancel", "stage-db", ("cancel", ("stage-db",))),
    ],
)
async def test_actions(
    window: MainWindow, intents: FakeIntents, wish: str, title: str, aside: str, call: tuple[str, tuple[object, ...]]
) -> None:
    window.roles.list_page.list.choose("stage-db")
    palette = await opened(window, wish)
    assert (chosen(palette).title, chosen(palette).aside) == (title, aside)
    press(Qt.Key.Key_Return)
    await settle()
    assert call in intents.calls


async def test_themes_and_orders(window: MainWindow, intents: FakeIntents) -> None:
    await opened(window, "dark theme")
    press(Qt.Key.Key_Return)
    await settle()
    assert intents.configuration.settings.theme == "dark"
    await opened(window, "by time left")
    press(Qt.Key.Key_Return)
    await settle()
    assert window.model.sorting is Sort.TIME_LEFT


async def test_pages_groups_and_sources(window: MainWindow) -> None:
    await opened(window, "settings")
    press(Qt.Key.Key_Return)
    await settle()
    assert window.pages.shown == "settings"
    window.sidebar.brand.setFocus()
    press(Qt.Key.Key_K, CTRL)
    await settle()
    type_text("pinned")
    press(Qt.Key.Key_Return)
    await settle()
    assert window.model.shown is Show.PINNED
    window.model.fold("Staging")
    await opened(window, "staging")
    press(Qt.Key.Key_Return)
    await settle()
    assert window.roles.list_page.list.chosen == "stage-dev"
    assert "Staging" not in window.model.folded
    await opened(window, "alice")
    press(Qt.Key.Key_Return)
    await settle()
    assert window.model.source == "alice"


async def test_every_act_of_the_menus_can_be_found(window: MainWindow, intents: FakeIntents) -> None:
    intents.change("prod-billing", status=Status.FAILED)
    finder = Finder(window)
    everything = {
        entry.title
        for name in intents.rows
        for _kind, entries in finder.acts_of(name, "").sections
        for entry in entries
    }  # fmt: skip
    assert {
        "Assume", "Retry", "Answer", "Cancel", "Refresh now", "Stop", "Copy console sign-in URL", "Open console",
        "Copy environment", "Why denied…", "Edit…", "Duplicate…", "Read-only twin", "Pin", "Take the pin out",
        "Export…", "Delete", "Show details", "Show activity", "Move to group Staging",
    } <= everything  # fmt: skip


async def test_accounts_and_groups_find_profiles_too(window: MainWindow) -> None:
    palette = await opened(window, "210987654321")
    assert lines(palette)[1] == "stage-db | DatabaseAdmin · 210987654321"
    entry = chosen(palette)
    assert marked(entry.aside, entry.aside_at) == "210987654321"


async def test_nothing_found_says_so(window: MainWindow) -> None:
    palette = await opened(window, "xqzzj")
    assert palette.found == "0 found"
    assert palette._nothing.text() == "Nothing matches “xqzzj”."
    press(Qt.Key.Key_Return)
    assert not gone(window)


# --- Recent ones -----------------------------------------------------------------------------------------------------


async def test_what_was_chosen_comes_first_and_is_remembered(qtbot: QtBot, look: Theme, intents: FakeIntents) -> None:
    store = MemoryStore()
    first = MainWindow(intents, state=WindowState(store))
    show(qtbot, first)
    await opened(first, "vpn")
    press(Qt.Key.Key_Return)
    await settle()
    await opened(first, "stop all")
    press(Qt.Key.Key_Return)
    await settle()
    first.end()
    second = MainWindow(intents, state=WindowState(store))
    show(qtbot, second)
    palette = await opened(second)
    shown = lines(palette)
    assert shown[:2] == ["PROFILES", "vpn | SharedVpn · 456789012345"]
    assert shown[shown.index("ACTIONS") + 1] == "Stop all | "
    second.end()


# --- While it is open ------------------------------------------------------------------------------------------------


async def test_it_follows_the_core_and_keeps_what_is_chosen(window: MainWindow, intents: FakeIntents) -> None:
    palette = await opened(window, "prod")
    press(Qt.Key.Key_Down)
    intents.change("prod-audit", status=Status.FAILED)
    await settle()
    assert chosen(palette).title == "prod-audit"
    assert chosen(palette).enter == "Retry"
    await intents.remove_profile("prod-audit")
    await settle()
    assert chosen(palette).title == "prod-admin"


async def test_it_opens_over_a_page_but_not_over_a_question(window: MainWindow) -> None:
    window.pages.settings()
    await settle()
    QTest.keyClick(window, Qt.Key.Key_K, CTRL)
    await settle()
    assert not gone(window)
    press(Qt.Key.Key_Escape)
    await settle()
    window.pages.show(Show.ALL)
    await settle()
    window.answer("stage-ops")
    await settle()
    assert window.prompts.sheet is not None
    press(Qt.Key.Key_K, CTRL)
    await settle()
    assert gone(window)


async def test_it_fits_a_small_window_and_reads_from_right_to_left(window: MainWindow) -> None:
    window.resize(640, 480)
    window.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    await settle()
    palette = await opened(window, "prod")
    await settle()
    assert window.rect().contains(palette.panel.geometry())
    assert palette.grab().width() > 0


async def test_a_keystroke_among_ten_thousand_is_looking_up_and_a_little_more(qtbot: QtBot, look: Theme) -> None:
    row = FakeIntents().rows["prod-admin"]
    rows = tuple(
        SessionView(name=f"prod-{number}-admin", status=Status.IDLE, role_name="Admin", account="123456789012")
        for number in range(10_000)
    )
    window = MainWindow(FakeIntents((replace(row, expires=NOW), *rows)), state=WindowState())
    qtbot.addWidget(window)
    finder = Finder(window)
    haystack = Haystack([view.name for view in rows], ["Admin\n123456789012" for _ in rows])

    def best(work: object) -> float:
        taken = []
        for _ in range(3):
            start = time.perf_counter()
            work()  # type: ignore[operator]  # one of the lambdas below
            taken.append(time.perf_counter() - start)
        return min(taken)

    look_up = best(lambda: haystack.find("prod-77", 50)) + best(lambda: haystack.find("admin", 50))
    assert best(lambda: finder.find("prod-77")) < 6 * look_up
    assert finder.find("admin").count >= 10_000
    assert {kind for kind, _entries in finder.find("prod-77").sections} >= {Kind.PROFILE}
    window.end()


# --- Selected roles, links, sources ----------------------------------------------------------------------------------


def select(window: MainWindow, first: str, more: int) -> None:
    rows = window.roles.list_page.list
    rows.choose(first)
    rows.setFocus()
    for _ in range(more):
        press(Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)


async def test_selected_roles_can_be_acted_on_at_once(window: MainWindow, intents: FakeIntents) -> None:
    select(window, "prod-admin", 3)
    palette = await opened(window)
    found = lines(palette)
    at = found.index("ACTIONS")
    assert found[at + 1] == "Refresh 2 roles | 4 roles selected"
    type_text("stop roles")
    assert chosen(palette).title == "Stop 2 roles"
    press(Qt.Key.Key_Return)
    await settle()
    assert intents.called("stop") == [("prod-admin",), ("prod-deploy",)]


async def test_one_selected_role_is_nothing_special(window: MainWindow) -> None:
    window.roles.list_page.list.choose("prod-admin")
    palette = await opened(window, "roles")
    assert not any("selected" in line for line in lines(palette))


async def test_the_link_of_an_open_sign_in_is_copied(window: MainWindow, intents: FakeIntents) -> None:
    need = sign_in_need("login", wanted_now=False, profiles=())
    assert need.sign_in is not None
    intents.needs = (replace(need, sign_in=replace(need.sign_in, has_link=True)),)
    intents.tell()
    palette = await opened(window, "copy link")
    assert chosen(palette).title == "Copy the sign-in link of login"
    press(Qt.Key.Key_Return)
    await settle()
    assert intents.called("copy_sign_in_link") == [(need.key,)]
    assert window.toasts.words.startswith("Link copied")


async def test_sources_can_be_deleted(window: MainWindow, intents: FakeIntents) -> None:
    asked: list[str] = []
    window.sidebar.source_remove_wanted.connect(asked.append)
    window.sidebar.provider_remove_wanted.connect(asked.append)
    for name in ("alice", "corp"):
        palette = await opened(window, f"delete {name}")
        assert (chosen(palette).title, chosen(palette).aside) == ("Delete", name)
        press(Qt.Key.Key_Return)
        await settle()
    assert asked == ["alice", "corp"]
