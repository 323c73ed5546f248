"""Text for people on a terminal."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime, timedelta

    from app.domain.errors import Problem, RolecallError


def tell_error(error: RolecallError) -> None:
    """Title, detail and remedy on standard error."""
    tell_problem(error.problem)


def tell_problem(problem: Problem) -> None:
    """Title, detail and remedy on standard error, control characters made harmless."""
    lines = [f"{problem.title} [{problem.code}]", problem.detail, problem.remedy]
    if problem.request_id:
        lines.append(f"Request ID {problem.request_id}")
    print("\n  ".join(printable(line) for line in lines if line), file=sys.stderr)


def printable(text: str) -> str:
    """The text with control characters replaced: what AWS or a file says must not steer a terminal."""
    return text if text.isprintable() else "".join(c if c.isprintable() else "\ufffd" for c in text)


def json_text(value: object) -> str:
    """Indented JSON; what would steer a terminal, or cannot be written, is escaped as JSON does it."""
    text = json.dumps(value, indent=2, ensure_ascii=False)
    return "".join(c if c.isprintable() or c == "\n" else json.dumps(c)[1:-1] for c in text)


def time_left(left: timedelta) -> str:
    """`1 h 12 min`, `42 min`, `48 s`; above a minute to the nearest one."""
    seconds = max(0, round(left.total_seconds()))
    hours, minutes = divmod((seconds + 30) // 60 if seconds >= 60 else 0, 60)  # noqa: PLR2004  # a minute
    if hours:
        return f"{hours} h {minutes:02} min"
    return f"{minutes} min" if minutes else f"{seconds} s"


def stamp(moment: datetime) -> str:
    """ISO 8601 in UTC, to the second."""
    return f"{moment:%Y-%m-%dT%H:%M:%SZ}"


def local(moment: datetime) -> str:
    """A time of day where the person is."""
    return f"{moment.astimezone():%H:%M}"


def table(rows: list[tuple[str, ...]]) -> str:
    """Columns, left-aligned, two blanks between."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows
    )
