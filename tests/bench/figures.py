"""All figures, in the order in which they are measured and told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.bench import calls, command_line, idle, section, window

if TYPE_CHECKING:
    from tests.bench.measure import Figure

FIGURES: tuple[Figure, ...] = (*command_line.FIGURES, *calls.FIGURES, *window.FIGURES, *section.FIGURES, *idle.FIGURES)
