"""Every colour, size and duration of the window, under the name of what it means.

Green is time left, amber little time left, red almost gone or wrong. Blue is the person: selection, focus, the primary
button, everything that waits for somebody. Text pairs reach a contrast of 4.5 : 1, marks 3 : 1.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from app.domain.values import dataclass

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True, kw_only=True)
class Tokens:
    """One theme: colours as `#RRGGBB` (the scrim as `#AARRGGBB`)."""

    dark: bool
    window: str
    surface: str
    raised: str
    sunken: str
    button: str
    field: str
    line: str
    border: str
    text: str
    text2: str
    disabled: str
    accent: str
    fill: str
    on_fill: str
    select: str
    select_line: str
    hover: str
    nav_on: str
    good: str
    good_mark: str
    good_tint: str
    warn: str
    warn_mark: str
    warn_tint: str
    bad: str
    bad_mark: str
    bad_tint: str
    track: str
    scrim: str
    fill_hover: str
    fill_press: str
    toast: str = "#2A2C31"
    toast_text: str = "#ECECF0"
    toast_action: str = "#7FA7FF"
    toast_good: str = "#4CC38A"
    toast_bad: str = "#FF7B7B"
    code_ink: str = "#000000"
    code_paper: str = "#FFFFFF"
    """Of QR pictures: cameras want dark on light, whatever the theme."""
    profile: Mapping[str, str]

    def bar(self, colour: str) -> str:
        """The colour bar of a profile; without a colour (or with an unknown one) a hairline's grey."""
        return self.profile.get(colour, self.border)


LIGHT = Tokens(
    dark=False,
    window="#F7F7F8",
    surface="#FFFFFF",
    raised="#FFFFFF",
    sunken="#F1F1F3",
    button="#FFFFFF",
    field="#FFFFFF",
    line="#E4E4E8",
    border="#CDCDD4",
    text="#1B1B1F",
    text2="#62626D",
    disabled="#9A9AA4",
    accent="#2459E0",
    fill="#2B65F5",
    on_fill="#FFFFFF",
    select="#E9F0FF",
    select_line="#B9CEFF",
    hover="#F4F4F6",
    nav_on="#E8E8EC",
    good="#0F7A45",
    good_mark="#1A9E5C",
    good_tint="#E6F5EC",
    warn="#945A00",
    warn_mark="#BF7A00",
    warn_tint="#FCF1DC",
    bad="#C7282D",
    bad_mark="#DC3B3F",
    bad_tint="#FDEBEB",
    track="#E4E4E8",
    scrim="#57181820",
    fill_hover="#2459E0",
    fill_press="#1D4CC4",
    profile=MappingProxyType(
        {
            "red": "#DC3B3F",
            "violet": "#8250DF",
            "teal": "#0B8793",
            "blue": "#2F6BFF",
            "pink": "#CF4A9A",
            "brown": "#8C6A4A",
            "grey": "#80808C",
        }
    ),
)

DARK = Tokens(
    dark=True,
    window="#17181B",
    surface="#1F2024",
    raised="#26272C",
    sunken="#17181B",
    button="#2A2C31",
    field="#17181B",
    line="#2E3036",
    border="#43454D",
    text="#ECECF0",
    text2="#A2A2AE",
    disabled="#6C6E78",
    accent="#7FA7FF",
    fill="#3668EA",
    on_fill="#FFFFFF",
    select="#26324D",
    select_line="#3D5488",
    hover="#26272C",
    nav_on="#2A2C31",
    good="#4CC38A",
    good_mark="#4CC38A",
    good_tint="#1C3329",
    warn="#E2A336",
    warn_mark="#E2A336",
    warn_tint="#382C18",
    bad="#FF7B7B",
    bad_mark="#FF6B6B",
    bad_tint="#3D2427",
    track="#383A42",
    scrim="#8F08080A",
    fill_hover="#2F5DD6",
    fill_press="#2850BC",
    profile=MappingProxyType(
        {
            "red": "#FF6B6B",
            "violet": "#B18CFF",
            "teal": "#3FC1CC",
            "blue": "#6E9BFF",
            "pink": "#F07FC0",
            "brown": "#B8926E",
            "grey": "#7C7E88",
        }
    ),
)

# --- Type: pixels and weight -----------------------------------------------------------------------------------------

NORMAL, MEDIUM, SEMIBOLD, BOLD = 400, 500, 600, 700
TINY = (11, NORMAL)
TINY_STRONG = (11, MEDIUM)
HEADING = (11, SEMIBOLD)
SMALL = (12, NORMAL)
SMALL_STRONG = (12, MEDIUM)
BASE = (13, NORMAL)
BASE_STRONG = (13, MEDIUM)
NAME = (13, SEMIBOLD)
URGENT = (13, BOLD)
TITLE = (15, SEMIBOLD)
WELCOME = (20, SEMIBOLD)
DIGITS = (24, SEMIBOLD)
USER_CODE = (26, SEMIBOLD)
CLOCK = (26, SEMIBOLD)
MONO_SIZE = 11.5

# --- Space, radius, frame (pixels) -----------------------------------------------------------------------------------

EDGE, FORM_EDGE, SHEET_EDGE, GAP, FIELD_GAP = 16, 24, 24, 8, 12
RADIUS, RADIUS_SMALL, RADIUS_LARGE, RADIUS_TILE, RADIUS_TINY = 8, 6, 12, 10, 4
FOCUS = 2
CONTROL, SMALL_BUTTON, SMALL_BUTTON_WIDTH = 32, 28, 76

SIDEBAR, SIDEBAR_NARROW, DETAIL, STATUS_BAR, TOOLBAR = 208, 56, 320, 28, 52
WINDOW_WIDTH, WINDOW_HEIGHT, SMALLEST_WIDTH, SMALLEST_HEIGHT = 1120, 720, 640, 480
DETAIL_FOLDS_UNDER, SIDEBAR_FOLDS_UNDER = 900, 700

ROW, HEADER, ROW_INSET = 52, 32, 8
RING, RING_STROKE, LARGE_RING, LARGE_STROKE = 20, 2.5, 112, 6
SHEET_WIDTH, SHEET_TOP, DIGIT_BOX, PREVIEW = 448, 150, 56, 360
LABEL_WIDTH, FIELD_WIDTH, FOOT, WELCOME_WIDTH = 108, 176, 56, 640
TOAST = 40
PALETTE, PALETTE_TOP, PALETTE_INPUT, PALETTE_ROW, PALETTE_HEADING, PALETTE_FOOT = 620, 84, 52, 40, 28, 36
KEY_CAP = 18

# --- Time (milliseconds, where not told otherwise) -------------------------------------------------------------------

MOTION, TURN, TOAST_STAYS, UNDO_STAYS = 120, 900, 6000, 10000
ALMOST_GONE_S, LAST_MINUTE_S = 120, 60
