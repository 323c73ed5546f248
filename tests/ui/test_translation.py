"""The window in another language than English: what it says, what others say through it, numbers and dates."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QCoreApplication, QLocale, Qt
from PySide6.QtGui import QAction

from app.domain.errors import Denied, Problem, RolecallError
from app.ui import activity_words, resources, tasks, text, translation
from app.ui.main_window import MainWindow
from app.ui.phrases import Phrases
from app.ui.session_model import Show
from app.ui.told_intents import Retelling, in_the_persons_language, retold_error
from app.ui.window_state import WindowState
from tests.ui.every_page import PAGES, words_of
from tests.ui.hands import settle, show

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator
    from pathlib import Path

    from PySide6.QtWidgets import QApplication, QWidget
    from pytestqt.qtbot import QtBot

    from app.ui.theme import Theme
    from tests.ui.fake_core import FakeIntents

EXPIRED = "The session that signed has expired"
PAIRS = translation.problems(resources.root() / "translations" / "rolecall_de.ts")
GERMAN = Phrases(PAIRS)


@pytest.fixture
def german(qapp: QApplication) -> Iterator[str]:
    """The window speaks German while a test runs."""
    yield translation.install(qapp, "de")
    translation.install(qapp, "en")


@pytest.fixture
async def german_window(qtbot: QtBot, look: Theme, german: str, intents: FakeIntents) -> AsyncIterator[MainWindow]:
    window = MainWindow(in_the_persons_language(intents), state=WindowState())
    show(qtbot, window)
    yield window
    tasks.cancel_all()
    await tasks.drained()
    window.end()


# --- Which language --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("wish", "wanted", "spoken"),
    [
        ("system", ["de-AT", "en-US"], "de"),
        ("system", ["fr-FR", "de_CH", "en"], "de"),
        ("system", ["fr-FR"], "en"),
        ("system", ["en-GB", "de"], "en"),
        ("system", ["C"], "en"),
        ("system", [], "en"),
        ("de", ["en"], "de"),
        ("en", ["de"], "en"),
        ("tlh", ["de"], "en"),
    ],
)
def test_the_first_language_that_can_be_spoken_is(wish: str, wanted: list[str], spoken: str) -> None:
    assert translation.chosen(wish, wanted) == spoken


def test_english_reads_no_file(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(translation, "_loaded", lambda *_: pytest.fail("read a file"))
    monkeypatch.setattr(translation, "problems", lambda *_: pytest.fail("read a file"))
    assert translation.install(qapp, "en") == "en"
    assert translation.told(EXPIRED) == EXPIRED


def test_the_core_is_wrapped_in_other_languages_only(german: str, qapp: QApplication, intents: FakeIntents) -> None:
    assert in_the_persons_language(intents) is not intents
    translation.install(qapp, "en")
    assert in_the_persons_language(intents) is intents


# --- What the window says --------------------------------------------------------------------------------------------


def test_numbers_follow_the_language_and_plurals_its_rules(german: str) -> None:
    assert [text.plural(count, "{n} role", "{n} roles") for count in (0, 1, 2, 12345)] == [
        "0 Rollen",
        "1 Rolle",
        "2 Rollen",
        "12.345 Rollen",
    ]
    assert QLocale().language() == QLocale.Language.German


def test_english_plurals_need_no_file(qapp: QApplication) -> None:
    translation.install(qapp, "en")
    assert [text.plural(count, "1 role", "{n} roles") for count in (1, 2)] == ["1 role", "2 roles"]


def test_qts_own_words_are_german_too(german: str) -> None:
    assert QCoreApplication.translate("QPlatformTheme", "Cancel") == "Abbrechen"


def test_going_back_to_english_leaves_nothing(german: str, qapp: QApplication) -> None:
    assert text.tr("Roles") == "Rollen"
    translation.install(qapp, "en")
    assert text.tr("Roles") == "Roles"
    assert qapp.layoutDirection() == Qt.LayoutDirection.LeftToRight


async def test_the_window_is_german(german_window: MainWindow) -> None:
    german_window.roles.list_page.list.choose("prod-admin")
    await settle()
    said = _all_words(german_window)
    assert {"Konsole öffnen", "Erneuern", "Beenden", "Sitzung", "Kette", "Ausgestellt"} <= said
    assert "Uhr +0,2 s" in said
    assert not said & {"Open console", "Refresh", "Stop", "Session", "Chain"}


async def test_no_key_has_two_meanings_in_german(german_window: MainWindow) -> None:
    keys = [
        sequence.toString()
        for action in german_window.findChildren(QAction)
        for sequence in action.shortcuts()
        if action.isEnabled() and action.shortcutContext() != Qt.ShortcutContext.WidgetShortcut
    ]
    assert keys
    assert sorted(keys) == sorted(set(keys))


async def test_every_page_opens_in_german(german_window: MainWindow) -> None:
    english = {"Cancel", "Save", "Copy", "Details", "Delete", "Edit…", "Settings", "Deadlines", "Activity", "Tools"}
    for name, go in PAGES.items():
        go(german_window)
        await settle()
        assert not _all_words(german_window) & english, name


def _all_words(top: QWidget) -> set[str]:
    from PySide6.QtWidgets import QWidget

    return {words_of(each) for each in top.findChildren(QWidget) if each.isVisible()}


# --- What others say through it --------------------------------------------------------------------------------------


def test_a_sentence_is_found_by_its_template(german: str) -> None:
    assert translation.told(EXPIRED) == "Die Sitzung, die signierte, ist abgelaufen"
    assert translation.told("“prod-admin” is still needed") == "„prod-admin“ wird noch gebraucht"
    assert translation.told("There is no profile “x y”") == "Ein Profil „x y“ gibt es nicht"


def test_sentences_one_after_the_other_are_told_one_by_one(german: str) -> None:
    whole = f"{EXPIRED}. Try again in a moment. Nobody has ever written this."
    assert translation.told(whole) == (
        "Die Sitzung, die signierte, ist abgelaufen. Gleich noch einmal versuchen. Nobody has ever written this."
    )


def test_what_fits_nothing_stays(german: str) -> None:
    said = "User: arn:aws:iam::123456789012:user/alice is not authorized to perform: sts:AssumeRole"
    for words in ("", said, "alice", "prod-admin", "Zugriff"):
        assert translation.told(words) == words


def test_a_name_that_looks_like_a_word_of_ours_stays_a_name() -> None:
    phrases = Phrases({"“{0}” is gone": "„{0}“ ist fort", "Expired": "Abgelaufen"})
    assert phrases.told("“Expired” is gone") == "„Expired“ ist fort"
    assert phrases.told("Expired") == "Abgelaufen"


def test_words_of_ours_inside_a_sentence_are_told_too() -> None:
    phrases = Phrases({"It is {0}.": "Das ist {0}.", "the whole file": "die ganze Datei"})
    assert phrases.told("It is the whole file.") == "Das ist die ganze Datei."


def test_a_place_that_stands_twice_holds_the_same_both_times() -> None:
    phrases = Phrases({"{a} is not {b}, and {a} is right": "{a}, nicht {b}"})
    assert phrases.told("x is not y, and x is right") == "x, nicht y"
    assert phrases.told("x is not y, and z is right") == "x is not y, and z is right"


def _filled(words: str, values: dict[str, str]) -> str:
    from app.ui.phrases import _PLACE

    return _PLACE.sub(lambda place: values.get(place[1], place[0]), words)


def _places(source: str) -> list[str]:
    from app.ui.phrases import _PLACE

    return _PLACE.findall(source)


@pytest.mark.parametrize("value", ["x7", "arn:aws:iam::123456789012:role/Admin"])
def test_no_template_takes_the_text_of_another(value: str) -> None:
    wrong = []
    for source, german in PAIRS.items():
        values = {place: f"{value}{number}" for number, place in enumerate(dict.fromkeys(_places(source)))}
        if GERMAN.told(_filled(source, values)) != _filled(german, values):
            wrong.append(source)
    assert wrong == []


@given(
    source=st.sampled_from(sorted(source for source in PAIRS if _places(source))),
    value=st.text(
        st.characters(codec="utf-8", exclude_characters=" \n.!?…{}“”,;:", exclude_categories=("C", "Z")), min_size=1
    ),
)
def test_whatever_fills_a_template_comes_through(source: str, value: str) -> None:
    values = dict.fromkeys(_places(source), value)
    told = GERMAN.told(_filled(source, values))
    assert told != _filled(source, values) or PAIRS[source] == source
    assert value in told or not _places(PAIRS[source])


# --- The core as a window of another language sees it ----------------------------------------------------------------

REFUSED = Denied(code="expired", title=EXPIRED, detail="AWS says so.", remedy="Sign in again.", request_id="r-1")


def test_an_error_is_told_and_the_original_kept(german: str) -> None:
    told = retold_error(REFUSED)
    assert isinstance(told, Denied)
    assert (told.title, told.remedy) == ("Die Sitzung, die signierte, ist abgelaufen", "Erneut anmelden.")
    assert (told.code, told.request_id, told.retry) == ("expired", "r-1", REFUSED.retry)
    assert (REFUSED.title, REFUSED.remedy) == (EXPIRED, "Sign in again.")


async def test_errors_of_intents_are_told(german: str, intents: FakeIntents) -> None:
    intents.fails["assume"] = REFUSED
    with pytest.raises(RolecallError, match="Die Sitzung"):
        await in_the_persons_language(intents).assume("prod-audit")


def test_snapshots_are_told_and_stay_the_same_objects(german: str, intents: FakeIntents) -> None:
    problem = Problem(code="expired", title=EXPIRED, detail="", remedy="Sign in again.")
    intents.change("prod-audit", problem=problem)
    told = in_the_persons_language(intents)
    one, two = told.snapshot(), told.snapshot()
    before = {view.name: view for view in one.sessions}
    assert before["prod-audit"].problem is not None
    assert before["prod-audit"].problem.title == "Die Sitzung, die signierte, ist abgelaufen"
    assert one.sessions == two.sessions
    intents.change("prod-deploy", note="")
    after = {view.name: view for view in told.snapshot().sessions}
    assert after["prod-audit"] is before["prod-audit"]
    assert after["stage-dev"] is before["stage-dev"]


def test_values_without_texts_pass_as_they_are(german: str, intents: FakeIntents) -> None:
    retelling = Retelling()
    view = next(view for view in intents.snapshot().sessions if view.name == "stage-dev")
    assert retelling.told(view) is view
    assert retelling.told(replace(view, name="Expired")).name == "Expired"
    rows = (view, view)
    assert retelling.told(rows) is rows
    assert retelling.told(7) == 7


def test_tools_and_sharing_are_told_as_well(german: str, intents: FakeIntents) -> None:
    told = in_the_persons_language(intents)
    assert told.tools is told.tools
    assert told.sharing is not intents.sharing
    assert told.now() == intents.now()


async def test_a_failed_row_says_why_in_german(german_window: MainWindow, intents: FakeIntents) -> None:
    intents.change("prod-billing", problem=REFUSED.problem)
    german_window.show_only(Show.ALL)
    german_window.roles.list_page.list.choose("prod-billing")
    await settle()
    assert any("Die Sitzung, die signierte, ist abgelaufen" in words for words in _all_words(german_window))


async def test_the_language_is_a_setting_that_says_when_it_comes(
    german_window: MainWindow, intents: FakeIntents
) -> None:
    german_window.pages.settings()
    await settle()
    page = cast("Any", german_window.pages.page)
    field = page.form.fields["language"]
    field.control.set_value("en")
    field.changed.emit("language")
    await settle()
    assert intents.snapshot().configuration.settings.language == "en"
    assert "Das Fenster spricht sie ab dem nächsten Start." in _all_words(german_window)


def test_a_file_that_is_replaced_meanwhile_changes_nothing(
    qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path / "translations"
    place.mkdir()
    made = place / "rolecall_de.qm"
    made.write_bytes((resources.root() / "translations" / "rolecall_de.qm").read_bytes())
    monkeypatch.setattr(resources, "root", lambda: tmp_path)
    translation.install(qapp, "de")
    made.write_bytes(b"an update begins")
    assert text.tr("Roles") == "Rollen"
    translation.install(qapp, "en")


def test_words_at_the_beginning_of_a_sentence_are_told() -> None:
    phrases = Phrases({"the session “{0}”": "die Sitzung „{0}“", "{0} may not do {1}.": "{0} darf {1} nicht."})
    assert phrases.told("The session “a b” may not do x.") == "Die Sitzung „a b“ darf x nicht."


@pytest.mark.parametrize(
    "words",
    [
        "x in account " * 70,
        "x in account " * 300,
        ("a may not do " + "b: " * 400)[:1000],
        "One more. " * 400,
        "a. b " * 190,
    ],
    ids=len,
)
def test_what_a_stranger_makes_long_comes_through_whole(words: str) -> None:
    told = GERMAN.told(words)
    assert len(told) > len(words) / 2
    if len(words) > 1000:
        assert told == words


async def test_the_journal_is_told_when_it_is_drawn(german: str, intents: FakeIntents) -> None:
    entries = await intents.activity()
    through = await in_the_persons_language(intents).activity()
    assert all(one is other for one, other in zip(entries, through, strict=True))
    assert activity_words.more(replace(entries[0], role="", session_name="", why=EXPIRED)) == (
        "Die Sitzung, die signierte, ist abgelaufen"
    )
