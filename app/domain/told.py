"""Parts of what is told about assertions and tokens: spans of time, strangers' texts, and why something was refused."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.domain.values import dataclass, replace

if TYPE_CHECKING:
    from datetime import timedelta

    from app.domain.errors import Problem

_MINUTE, _HOUR, _DAY = 60, 3600, 86400
_SHOWN_LONGEST = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """Why AWS refused, as far as can be told from here."""

    title: str
    detail: str
    remedy: str


def retold(problem: Problem, reason: Reason) -> Problem:
    """The problem with its reason; code, field and request ID stay, and so do AWS's words, after ours."""
    said = f"AWS said: {problem.detail}" if problem.detail else ""
    detail = " ".join(part for part in (reason.detail, said) if part)
    return replace(problem, title=reason.title, detail=detail, remedy=reason.remedy)


def span(length: timedelta) -> str:
    """The length, its sign left out, in the one or two units that matter: `40 s`, `12 min`, `2 h 5 min`, `3 d 4 h`."""
    seconds = int(abs(length.total_seconds()))
    if seconds < _MINUTE:
        return f"{seconds} s"
    if seconds < _HOUR:
        return f"{seconds // _MINUTE} min"
    if seconds < _DAY:
        return _two(seconds // _HOUR, "h", seconds % _HOUR // _MINUTE, "min")
    return _two(seconds // _DAY, "d", seconds % _DAY // _HOUR, "h")


def shown(text: str, longest: int = _SHOWN_LONGEST) -> str:
    """A stranger's text on one line: what cannot be seen, or turns the line around, is left out; shortened."""
    line = " ".join("".join(each if each.isprintable() else " " for each in text).split())
    return line if len(line) <= longest else f"{line[:longest]}…"


def _two(first: int, unit: str, second: int, smaller: str) -> str:
    return f"{first} {unit} {second} {smaller}" if second else f"{first} {unit}"
