"""Fonts: the system's own where it is good, Inter where not, always with figures of one width."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontDatabase, QFontMetricsF
from PySide6.QtWidgets import QApplication

from app.ui import tokens

# Families drawn for screens, with several weights and tabular figures.
_GOOD = (
    "Inter", "Adwaita Sans", "Cantarell", "Ubuntu", "Ubuntu Sans", "Noto Sans", "Segoe UI", "Segoe UI Variable",
    "SF Pro", ".AppleSystemUIFont", "Helvetica Neue", "Roboto", "Open Sans", "Fira Sans", "IBM Plex Sans",
)  # fmt: skip


def install(app: QApplication) -> None:
    """Make the base font (13 px, tabular figures) the application's."""
    family = app.font().family()
    if family not in _GOOD and "Inter" in QFontDatabase.families():
        family = "Inter"
    base = QFont(family)
    base.setPixelSize(tokens.BASE[0])
    base.setFeature(QFont.Tag("tnum"), 1)
    # Inter draws the x between digits as a multiplication sign: in a field that is not what was typed
    base.setFeature(QFont.Tag("calt"), 0)
    app.setFont(base)
    for cached in (font, mono, metrics, advance, elided):
        cached.cache_clear()


@lru_cache(maxsize=64)
def font(style: tuple[int, int], spacing: float = 0.0) -> QFont:
    """The application's font in a style of `tokens`: pixels and weight."""
    size, weight = style
    made = QFont(QApplication.font())
    made.setPixelSize(size)
    made.setWeight(QFont.Weight(weight))
    made.setFeature(QFont.Tag("tnum"), 1)
    if spacing:
        made.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, spacing)
    return made


@lru_cache(maxsize=4)
def mono(weight: int = tokens.NORMAL) -> QFont:
    """The system's fixed font, for ARNs, key ids and section names."""
    made = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
    # QFont counts pixels in whole numbers; half a pixel is told in points of 1/72 inch at 96 per inch.
    made.setPointSizeF(tokens.MONO_SIZE * 0.75)
    made.setWeight(QFont.Weight(weight))
    return made


@lru_cache(maxsize=64)
def metrics(style: tuple[int, int], spacing: float = 0.0) -> QFontMetricsF:
    """Measures of `font(style, spacing)`."""
    return QFontMetricsF(font(style, spacing))


@lru_cache(maxsize=8192)
def advance(style: tuple[int, int], words: str) -> float:
    """How wide words are, pixels."""
    return metrics(style).horizontalAdvance(words)


def fitting(style: tuple[int, int], words: str, width: int) -> str:
    """Words, cut at their end if they are wider than this."""
    return words if advance(style, words) <= width else elided(style, words, width)


@lru_cache(maxsize=8192)
def elided(style: tuple[int, int], words: str, width: int) -> str:
    """Words cut at their end to fit; measuring them costs more than drawing them."""
    return metrics(style).elidedText(words, Qt.TextElideMode.ElideRight, width)
