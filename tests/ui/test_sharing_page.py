from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QFontMetrics
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication, QFileDialog

from app.domain.configuration import Configuration, Profile, Source, SourceKind
from app.domain.differences import Change, EntryChange, FieldChange, ProfilesPlan
from app.domain.errors import BadInput, StorageTrouble
from app.ui import fonts
from app.ui import sharing_plan as plans
from app.ui.import_page import ImportPage
from app.ui.sharing_export import along, lines_of
from app.ui.sharing_lines import Kind, Line, LinesModel
from app.ui.sharing_list import fitting
from app.ui.sharing_page import SharingPage
from tests.ui.fake_core import FakeIntents
from tests.ui.fake_sharing import PLAN
from tests.ui.hands import click, press, settle, show, type_text

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from app.ui.main_window import MainWindow

pytestmark = pytest.mark.usefixtures("look")


class Room:
    """A window with the page in it."""

    def __init__(self, qtbot: QtBot) -> None:
        self.intents = FakeIntents()
        self.intents.sharing.planned = PLAN
        self.page = SharingPage(self.intents)
        self.told: list[str] = []
        self.closed: list[int] = []
        self.page.told.connect(self.told.append)
        self.page.closed.connect(lambda: self.closed.append(1))
        show(qtbot, self.page, 912, 692)

    async def look(self) -> None:
        self.page.opened("import")
        self.page.look(PLAN.path)
        await settle()

    def notes(self, key: str) -> list[str]:
        model = self.page.importing.model
        lines = [line for row in range(model.rowCount()) if (line := model.line(row)) is not None]
        return [line.words for line in lines if line.key == key and line.kind is Kind.NOTE]


@pytest.fixture
def room(qtbot: QtBot) -> Room:
    return Room(qtbot)


# --- The model ----------------------------------------------------------------------------------------------------


def lines() -> list[Line]:
    made = []
    for group in ("One", "Two"):
        made.append(Line(kind=Kind.HEAD, key=f"group:{group}", title=group, checkable=True))
        for number in range(3):
            name = f"{group.lower()}-{number}"
            made.append(Line(kind=Kind.ENTRY, key=name, title=name, words="Admin", checkable=number < 2))
            made.append(Line(kind=Kind.NOTE, key=name, title="region", words="eu-west-1"))
    return made


def count(model: LinesModel) -> int:
    return len(model.chosen)


@pytest.fixture
def model(qapp: QApplication) -> LinesModel:
    made = LinesModel(qapp)
    QAbstractItemModelTester(made, QAbstractItemModelTester.FailureReportingMode.Fatal, made)
    made.show_lines(lines(), {"one-0", "two-2"})
    return made


def test_only_what_can_be_ticked_is(model: LinesModel) -> None:
    assert model.chosen == ("one-0",)
    assert model.total == 4
    assert model.state() is Qt.CheckState.PartiallyChecked
    model.toggle(model.row_of("two-2"))
    assert model.chosen == ("one-0",)


def test_a_heading_ticks_all_below_it(model: LinesModel, qtbot: QtBot) -> None:
    head = model.index(model.row_of("group:One"))
    assert head.data(Qt.ItemDataRole.CheckStateRole) is Qt.CheckState.PartiallyChecked
    with qtbot.waitSignal(model.chosen_changed):
        model.toggle(head.row())
    assert set(model.chosen) == {"one-0", "one-1"}
    assert head.data(Qt.ItemDataRole.CheckStateRole) is Qt.CheckState.Checked
    model.toggle(head.row())
    assert count(model) == 0
    assert model.setData(head, Qt.CheckState.Checked, Qt.ItemDataRole.CheckStateRole)
    assert count(model) == 2
    assert not model.setData(model.index(2), Qt.CheckState.Checked, Qt.ItemDataRole.CheckStateRole)


def test_searching_keeps_headings_notes_and_marks(model: LinesModel) -> None:
    model.search("two admin")
    assert [line.key for row in range(model.rowCount()) if (line := model.line(row)) and line.kind is Kind.ENTRY] == [
        "two-0",
        "two-1",
        "two-2",
    ]
    assert model.rowCount() == 7
    model.search("one-1")
    assert [line.kind for row in range(model.rowCount()) if (line := model.line(row))] == [
        Kind.HEAD,
        Kind.ENTRY,
        Kind.NOTE,
    ]
    model.check_all(True)
    model.search("")
    assert model.chosen == ("one-0", "one-1")


def test_what_screen_readers_say(model: LinesModel) -> None:
    said = Qt.ItemDataRole.AccessibleTextRole
    assert model.index(0).data(said) == "One, some checked"
    assert model.index(1).data(said) == "one-0, Admin, checked"
    assert model.index(2).data(said) == "region, eu-west-1"
    assert model.flags(model.index(2)) & Qt.ItemFlag.ItemIsUserCheckable == Qt.ItemFlag.NoItemFlags


# --- Exporting ----------------------------------------------------------------------------------------------------


def test_what_goes_along(room: Room) -> None:
    configured = room.intents.configuration
    found = along(configured, ["prod-admin", "prod-audit"])
    assert (found.parents, found.providers, found.identities) == (("hub",), ("corp",), ("alice",))
    assert along(configured, ["hub", "gone"]).identities == ("alice",)
    loop = replace(configured.profiles["hub"], source=Source(kind=SourceKind.PROFILE, name="hub"))
    assert along(Configuration(profiles=MappingProxyType({"hub": loop})), ["hub"]).parents == ()


async def test_the_asked_for_ones_are_ticked_and_what_stays_is_told(room: Room) -> None:
    room.page.opened("export", "prod-admin", "stage-dev")
    await settle()
    part = room.page.exporting
    assert part.model.chosen == ("prod-admin", "stage-dev")
    assert room.page.go.text() == "Export 2…"
    assert part.goes.text() == "With them goes what they start from: login, hub."
    assert "secrets" in part.stays.text()
    assert "alice" in part.stays.text()
    assert room.page.title.whole == "Export roles"


async def test_everything_without_a_wish_and_nothing_to_export(room: Room) -> None:
    room.page.opened()
    assert len(room.page.exporting.model.chosen) == 24
    await settle()
    click(room.page.exporting.all)
    assert room.page.exporting.model.chosen == ()
    assert not room.page.go.isEnabled()


async def test_the_file_is_asked_for_without_holding_up_anything(room: Room) -> None:
    room.page.opened("export", "prod-audit")
    await settle()
    click(room.page.go)
    await settle()
    dialog = room.page.exporting.dialog
    assert isinstance(dialog, QFileDialog)
    assert dialog.isVisible()
    assert dialog.acceptMode() is QFileDialog.AcceptMode.AcceptSave
    dialog.fileSelected.emit("/home/alice/x.toml")
    dialog.reject()
    await settle()
    assert room.intents.called("export_profiles") == [(("prod-audit",), "/home/alice/x.toml")]
    assert room.told == ["1 entry written to /home/alice/x.toml"]
    assert room.closed == [1]


async def test_what_went_wrong_with_the_file_is_said(room: Room) -> None:
    room.page.opened("export", "prod-audit")
    room.intents.fails["export_profiles"] = StorageTrouble(code="full", title="The disk is full", remedy="Make room.")
    room.page.exporting.placed.emit("/home/alice/x.toml")
    await settle()
    assert room.page.verdict.text() == "The disk is full. Make room."
    assert room.closed == []


async def test_keyboard_alone(room: Room) -> None:
    room.page.opened("export", "prod-audit")
    await settle()
    part = room.page.exporting
    assert part.list.hasFocus()
    part.list.setCurrentIndex(part.model.index(part.model.row_of("prod-admin")))
    press(Qt.Key.Key_Space)
    assert part.model.chosen == ("prod-admin", "prod-audit")
    part.search.setFocus()
    type_text("billing")
    assert part.model.rowCount() < 5


async def test_profiles_that_come_meanwhile_leave_the_ticks(room: Room) -> None:
    room.page.opened("export", "prod-audit")
    await room.intents.put_profile(replace(room.intents.configuration.profiles["hub"], name="hub-2"))
    room.page.follow(room.intents.snapshot())
    assert room.page.exporting.model.chosen == ("prod-audit",)
    assert room.page.exporting.model.row_of("hub-2") > 0


# --- Importing ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("width", [240, 400, 700])
def test_what_a_setting_would_become_is_in_sight(width: int) -> None:
    metrics = QFontMetrics(fonts.mono())
    old, new = "arn:aws:iam::123456789012:policy/Known, " * 20, "https://evil.example"
    entry = EntryChange(
        kind="profile", name="prod", change=Change.CHANGED, fields=(FieldChange(name="policy_arns", old=old, new=new),)
    )
    line = plans.lines_of([entry], {})[-1]
    assert line.words == f"{old} → {new}"
    shown = fitting(line, metrics, width)
    assert shown.endswith(f" → {new}")
    assert shown.startswith("arn")
    assert metrics.horizontalAdvance(shown) <= width
    both = fitting(line._replace(words=f"{old} → {old}", after=f" → {old}"), metrics, width)
    assert " → arn:aws" in both
    assert both.endswith("Known, ")
    assert metrics.horizontalAdvance(both) <= width
    assert fitting(line._replace(words="a → b", after=" → b"), metrics, width) == "a → b"


async def test_nothing_is_changed_by_looking(room: Room) -> None:
    await room.look()
    assert room.intents.called("plan") == [(PLAN.path,)]
    assert room.intents.called("take") == []
    assert room.page.importing.taken == (("provider", "acme"), ("profile", "acme-admin"), ("profile", "acme-deploy"))
    assert room.notes("profile.prod-admin") == ["not set → 3600", "Production → Acme"]
    assert room.notes("profile.broken") == ["Its sources lead back to themselves."]
    assert "saml-login --account acme will not run before you confirm it." in room.notes("provider.acme")
    assert room.notes("profile.acme-admin")[0] == "arn:aws:iam::567890123456:role/Admin"


async def test_taking_over_what_is_ticked(room: Room) -> None:
    await room.look()
    model = room.page.importing.model
    model.toggle(model.row_of("profile.prod-admin"))
    click(room.page.go)
    await settle()
    taken = (("provider", "acme"), ("profile", "acme-admin"), ("profile", "acme-deploy"), ("profile", "prod-admin"))
    assert room.intents.called("take") == [(PLAN, taken, {})]
    assert room.told == ["4 entries taken over"]
    assert room.closed == [1]


async def test_a_missing_source_is_chosen_from_ours(room: Room) -> None:
    await room.look()
    part = room.page.importing
    assert room.notes("profile.legacy-ops")[0] == "Choose above what stands for bob."
    assert part.model.state_of(part.model.line(part.model.row_of("profile.legacy-ops")) or lines()[0]) is None
    combo = part.combos["identity.bob"]
    assert combo.hasFocus()
    assert [combo.itemData(place) for place in range(combo.count())] == [
        "",
        "identity.alice",
        "provider.corp",
        "provider.login",
    ]
    combo.setCurrentIndex(1)
    assert ("profile", "legacy-ops") in part.taken
    click(room.page.go)
    await settle()
    assert room.intents.called("take")[0][2] == {"identity.bob": "identity.alice"}
    combo.setCurrentIndex(0)
    assert ("profile", "legacy-ops") not in part.taken


async def test_entries_come_with_what_they_start_from_or_not_at_all(room: Room) -> None:
    await room.look()
    model = room.page.importing.model
    model.toggle(model.row_of("provider.acme"))
    assert count(model) == 0
    assert not room.page.go.isEnabled()
    model.toggle(model.row_of("profile.acme-deploy"))
    assert {pair[1] for pair in room.page.importing.taken} == {"acme", "acme-admin", "acme-deploy"}


async def test_a_file_that_changed_meanwhile_is_not_taken(room: Room) -> None:
    await room.look()
    room.intents.fails["take"] = StorageTrouble(code="file-changed", title="It is another one", remedy="Look again.")
    click(room.page.go)
    await settle()
    assert room.page.verdict.text() == "It is another one. Look again."
    assert room.closed == []
    assert room.page.go.isEnabled()
    click(room.page.importing.again)
    await settle()
    assert len(room.intents.called("plan")) == 2


async def test_no_such_file(room: Room) -> None:
    room.intents.fails["plan"] = BadInput(code="profiles-file", title="No profiles are in it")
    await room.look()
    assert room.page.verdict.text() == "No profiles are in it."
    assert room.page.importing.choose.isVisible()


async def test_a_file_can_be_chosen_or_dropped(room: Room) -> None:
    room.page.opened("import")
    await settle()
    click(room.page.importing.choose)
    await settle()
    dialog = room.page.importing.dialog
    assert isinstance(dialog, QFileDialog)
    assert dialog.isVisible()
    dialog.reject()
    await settle()
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile("/home/alice/dropped.toml")])
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    room.page.importing.dropEvent(QDropEvent(QPointF(5, 5), Qt.DropAction.CopyAction, mime, buttons, keys))
    await settle()
    assert room.intents.called("plan") == [("/home/alice/dropped.toml",)]
    mime.setUrls([QUrl("https://example.com/x.toml")])
    room.page.importing.dropEvent(QDropEvent(QPointF(5, 5), Qt.DropAction.CopyAction, mime, buttons, keys))
    await settle()
    assert len(room.intents.called("plan")) == 1


def big() -> ProfilesPlan:
    entries = [EntryChange(kind="provider", name="corp", change=Change.NEW)]
    for number in range(1000):
        source = "provider.corp" if number % 10 == 0 else f"profile.p{number - 1}"
        fields = (FieldChange(name="source", new=source), FieldChange(name="region", new="eu-west-1"))
        entries.append(EntryChange(kind="profile", name=f"p{number}", change=Change.NEW, fields=fields))
    return ProfilesPlan(path="/x", digest="", entries=tuple(entries))


async def test_a_thousand_entries(room: Room) -> None:
    room.intents.sharing.planned = big()
    await room.look()
    part = room.page.importing
    assert len(part.taken) == 1001
    part.model.toggle(part.model.row_of("provider.corp"))
    assert part.taken == ()
    part.model.toggle(part.model.row_of("profile.p999"))
    assert len(part.taken) == 11


def test_what_needs_what_over_others() -> None:
    assert plans.needed_by(PLAN, ["profile.acme-deploy"]) == {"profile.acme-admin", "provider.acme"}
    assert plans.starting_from(PLAN, {"provider.acme"}) == {"profile.acme-admin", "profile.acme-deploy"}
    assert plans.starting_from(PLAN, {"profile.hub"}) == set()


def test_lines_of_a_thousand_profiles() -> None:
    source = Source(kind=SourceKind.IDENTITY, name="alice")
    profiles = {f"p{n}": Profile(name=f"p{n}", source=source, group=f"g{n % 7}") for n in range(1000)}
    made = lines_of(Configuration(profiles=MappingProxyType(profiles)))
    assert sum(line.kind is Kind.ENTRY for line in made) == 1000
    assert sum(line.kind is Kind.HEAD for line in made) == 7


async def test_the_page_of_imports_leads_there(window: MainWindow) -> None:
    window.pages.import_roles()
    await settle()
    imports = window.pages.page
    assert isinstance(imports, ImportPage)
    click(imports.file)
    await settle()
    page = window.pages.page
    assert isinstance(page, SharingPage)
    assert page.way.value() == "import"
    assert page.importing.choose.hasFocus()


async def test_the_page_of_the_window(window: MainWindow, intents: FakeIntents) -> None:
    window.pages.place("sharing", "export", "prod-audit")
    await settle()
    page = window.pages.page
    assert isinstance(page, SharingPage)
    page.exporting.placed.emit("/home/alice/x.toml")
    await settle()
    assert intents.called("export_profiles") == [(("prod-audit",), "/home/alice/x.toml")]
    assert window.toasts.words == "1 entry written to /home/alice/x.toml"
