"""What can be found in the palette, and what comes of choosing it."""

from __future__ import annotations

import enum
from typing import TYPE_CHECKING

from app.domain.values import dataclass

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.domain.view import SessionView


class Kind(enum.Enum):
    """The part of the palette an entry stands in."""

    PROFILE = "profile"
    ACTION = "action"
    PAGE = "page"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One line. `key` is what it is remembered by, `enter` the word for what Enter does.

    `title_at` and `aside_at` are the letters that match. `view` is set where a profile is shown as such, `profile`
    where there are more actions of one.
    """

    key: str
    kind: Kind
    title: str
    enter: str
    run: Callable[[], object]
    aside: str = ""
    icon: str = ""
    caps: tuple[str, ...] = ()
    view: SessionView | None = None
    profile: str = ""
    title_at: tuple[int, ...] = ()
    aside_at: tuple[int, ...] = ()
    also: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """The sections in their order, each with its entries, best first, and how many were found in all."""

    sections: tuple[tuple[Kind, tuple[Entry, ...]], ...] = ()
    count: int = 0
