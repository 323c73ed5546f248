"""The German translation: complete, up to date, with every place of the English text, written as German is written."""

from __future__ import annotations

import importlib.util
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from types import ModuleType

ROOT = Path(__file__).resolve().parents[2]
TS = ROOT / "resources" / "translations" / "rolecall_de.ts"
_PLACE = re.compile(r"\{[a-z_0-9]*\}")


def _script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("translations", ROOT / "packaging" / "translations.py")
    assert spec is not None
    assert spec.loader is not None
    made = importlib.util.module_from_spec(spec)
    sys.modules["translations"] = made
    spec.loader.exec_module(made)
    return made


SCRIPT = _script()


@pytest.fixture(scope="module")
def messages() -> list[Any]:
    found: list[Any] = SCRIPT.read(TS)
    return found


def test_everything_the_window_says_has_its_place() -> None:
    assert SCRIPT.updated(TS) == TS.read_text(encoding="utf-8"), "run `make translations`"


def test_what_qt_reads_is_made_of_what_people_edit() -> None:
    assert SCRIPT.compiled(TS) == TS.with_suffix(".qm").read_bytes(), "run `make translations`"


def test_nothing_is_left_untranslated(messages: list[Any]) -> None:
    assert len(messages) > 2000
    assert [each.source for each in messages if not each.finished] == []


def test_places_are_those_of_the_english_text(messages: list[Any]) -> None:
    for each in messages:
        for form in each.forms:
            places = _PLACE.findall(form)
            if each.numerus and form == each.forms[0]:
                # For one, the number may be left out.
                assert set(places) | {"{n}"} == set(_PLACE.findall(each.source)) | {"{n}"}, each.source
            elif each.context == "Rolecall":
                assert set(places) == set(_PLACE.findall(each.source)), each.source
            else:
                # Of a template some may be left out: what fills them in may be a word that has no translation.
                assert set(places) <= set(_PLACE.findall(each.source)), each.source


def test_plurals_have_both_forms_and_are_told_from_english(messages: list[Any]) -> None:
    plurals = [each for each in messages if each.numerus]
    assert len(plurals) > 40
    for each in plurals:
        assert len(each.forms) == 2, each.source
        assert each.forms[0] != each.source, each.source


def test_german_has_german_marks_and_no_stray_blanks(messages: list[Any]) -> None:
    for each in messages:
        for form in each.forms:
            assert "”" not in form, form
            assert form.count("„") == form.count("“"), form
            assert (form[:1] == " ") == (each.source[:1] == " "), form
            assert form == form.rstrip(), form
            assert "  " not in form, form


def test_letters_for_the_keyboard_are_nobodys(messages: list[Any]) -> None:
    assert [form for each in messages for form in each.forms if "&" in form and "&" not in each.source] == []


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ('tr("One")', [("Rolecall", "One", False)]),
        ('text.tr("One").format(a=1)', [("Rolecall", "One", False)]),
        ('plural(n, "1 role", "{n} roles")', [("Rolecall", "{n} roles", True)]),
        ("tr(words)", []),
    ],
)
def test_words_of_the_window_are_found(code: str, found: list[tuple[str, str, bool]]) -> None:
    said = SCRIPT._said(SCRIPT.ast.parse(code))  # the heart of the script
    assert [(each.context, each.source, each.numerus) for each in said] == found


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ('Error(title="Expired")', ["Expired"]),
        ('Error(detail=f"{path} is missing or {why} at {n:,} s.")', ["{0} is missing or {1} at {2} s."]),
        ('words = "the host is gone"', ["the host is gone"]),
        ('"""A docstring of two words."""', []),
        ('_log.warning("Something was odd: %s", why)', []),
        ('raise ValueError("never two words")', []),
        ('if "not authorized" in message: pass', []),
        ('x = f"{a}: {b}"', []),
        ('x = "Expired"', []),
    ],
)
def test_sentences_of_other_rooms_are_found(code: str, found: list[str]) -> None:
    assert list(SCRIPT._told(SCRIPT.ast.parse(code))) == found  # the heart of the script


def test_new_texts_are_marked_and_old_ones_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "rolecall_de.ts"
    message = SCRIPT.Message
    gone = message("Rolecall", "Gone", forms=("Fort",))
    kept = message("Rolecall", 'Kept & "quoted" <b>', forms=("Geblieben",))
    many = message("Rolecall", "{n} roles", numerus=True, forms=("{n} Rolle", "{n} Rollen"))
    path.write_text(SCRIPT.written([gone, kept, many], "de"), encoding="utf-8")
    said = [
        message("Rolecall", kept.source),
        message("Rolecall", "New"),
        message("Rolecall", "{n} roles", numerus=True),
    ]
    monkeypatch.setattr(SCRIPT, "collected", lambda: said)
    path.write_text(SCRIPT.updated(path), encoding="utf-8")
    assert {each.source: each.forms for each in SCRIPT.read(path)} == {
        kept.source: ("Geblieben",),
        "New": (),
        "{n} roles": ("{n} Rolle", "{n} Rollen"),
    }
    assert path.read_text(encoding="utf-8").count('type="unfinished"') == 1
