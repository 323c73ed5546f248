from __future__ import annotations

import re
from pathlib import Path

import pytest

from app.domain.configuration import COLOURS
from app.ui.tokens import DARK, LIGHT, Tokens

UI = Path(__file__).resolve().parents[2] / "app" / "ui"


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2.2 defines it."""

    def linear(channel: int) -> float:
        share = channel / 255
        return share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4

    red, green, blue = (linear(int(colour[place : place + 2], 16)) for place in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


THEMES = pytest.mark.parametrize("t", [LIGHT, DARK], ids=["light", "dark"])
GROUNDS = ("window", "surface", "raised", "hover", "select", "button", "field", "sunken")


@THEMES
@pytest.mark.parametrize("ground", GROUNDS)
@pytest.mark.parametrize("tone", ["text", "text2", "accent", "good", "warn", "bad"])
def test_words_can_be_read(t: Tokens, ground: str, tone: str) -> None:
    assert contrast(getattr(t, tone), getattr(t, ground)) >= 4.5


@THEMES
def test_words_on_fills_and_tints_can_be_read(t: Tokens) -> None:
    for fill in (t.fill, t.fill_hover, t.fill_press):
        assert contrast(t.on_fill, fill) >= 4.5
    for tone in ("good", "warn", "bad"):
        assert contrast(getattr(t, tone), getattr(t, f"{tone}_tint")) >= 4.5
        assert contrast(t.text, getattr(t, f"{tone}_tint")) >= 4.5
    for words in (t.toast_text, t.toast_action, t.toast_good, t.toast_bad):
        assert contrast(words, t.toast) >= 4.5


@THEMES
@pytest.mark.parametrize("ground", ["surface", "select", "hover"])
def test_marks_can_be_told(t: Tokens, ground: str) -> None:
    for mark in (t.good_mark, t.warn_mark, t.bad_mark):
        assert contrast(mark, getattr(t, ground)) >= 3
    # What waits is told by the white person on its disc.
    assert contrast(t.on_fill, t.fill) >= 4.5


@THEMES
def test_what_is_grey_on_tints_and_in_the_sidebar_can_be_read(t: Tokens) -> None:
    for tone in ("good", "warn", "bad"):
        assert contrast(t.text2, getattr(t, f"{tone}_tint")) >= 4.5
    for words in (t.text, t.text2):
        assert contrast(words, t.nav_on) >= 4.5
    assert contrast(t.code_ink, t.code_paper) >= 4.5


@THEMES
@pytest.mark.parametrize("ground", ["surface", "select", "hover", "window"])
def test_colours_of_profiles_can_be_told_from_the_ground(t: Tokens, ground: str) -> None:
    for name, colour in t.profile.items():
        assert contrast(colour, getattr(t, ground)) >= 3, name


@THEMES
@pytest.mark.parametrize("ground", ["surface", "window", "raised", "select"])
def test_the_focus_can_be_seen(t: Tokens, ground: str) -> None:
    assert contrast(t.fill, getattr(t, ground)) >= 3 or contrast(t.accent, getattr(t, ground)) >= 3


@THEMES
def test_every_profile_colour_has_a_bar(t: Tokens) -> None:
    assert set(t.profile) == set(COLOURS)
    assert t.bar("no such colour") == t.border


def test_no_colour_is_named_outside_the_tokens() -> None:
    literal = re.compile(r"#[0-9A-Fa-f]{6}\b|Qt\.GlobalColor\.(?!transparent)")
    for file in UI.rglob("*.py"):
        if file.name != "tokens.py":
            assert not literal.search(file.read_text(encoding="utf-8")), file.name


def test_nobody_starts_an_event_loop_inside_the_loop() -> None:
    forbidden = re.compile(
        r"\.exec\(|\.exec_\(|QMessageBox\.(about|critical|information|question|warning)\(|"
        r"QFileDialog\.get|QInputDialog\.get|QEventLoop\(|asyncSlot|asyncClose|processEvents\("
    )
    for file in UI.rglob("*.py"):
        assert not forbidden.search(file.read_text(encoding="utf-8")), file.name
