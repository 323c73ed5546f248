"""The core's errors in the words of the command line: its options, and its own lists."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from app.domain.errors import BadInput

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


@contextmanager
def by_options(options: Mapping[str, str]) -> Iterator[None]:
    """Name the option where the settings' key is meant: `options` has them by key, each with its value's name."""
    try:
        yield
    except BadInput as error:
        usage = options.get(error.field)
        if usage is not None and error.code in {"settings-missing", "settings-value"}:
            option = usage.partition(" ")[0]
            error.title = error.title.replace(f"“{error.field}”", option)
            error.remedy = f"Give {usage}." if error.code == "settings-missing" else f"Correct {option}."
        raise


@contextmanager
def listed(kind: str) -> Iterator[None]:
    """Tell of an unknown identity or provider alike, whichever command asks for it."""
    try:
        yield
    except BadInput as error:
        if error.code == "entry-unknown":
            error.code, error.detail = f"{kind}-unknown", ""
            error.remedy = f"`rolecall {kind} list` shows the names."
        raise
