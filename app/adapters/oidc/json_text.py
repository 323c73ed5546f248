"""JSON from strangers, strictly: an object, no name twice, no number that is none."""

from __future__ import annotations

import json
from typing import NoReturn


def read_object(text: bytes | str) -> dict[str, object]:
    """The object that a text is. Raises ValueError, which tells nothing of the text, for everything else."""
    try:
        found = json.loads(text, object_pairs_hook=_once, parse_constant=_no_number)
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict):
        # Raised outside of the handler: a decoder's error carries the whole text.
        raise ValueError("not a JSON object")  # noqa: TRY004  # it is the text that is wrong, not a type of ours
    return found


def text_of(values: dict[str, object], name: str, *, longest: int = 20_000) -> str:
    """A member that must be a text, or an empty string."""
    value = values.get(name)
    return value if isinstance(value, str) and len(value) <= longest else ""


def texts_of(values: dict[str, object], name: str) -> tuple[str, ...] | None:
    """A member that must be a list of texts; None when it is not there or something else."""
    value = values.get(name)
    if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
        return None
    return tuple(value)


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    made = dict(pairs)
    if len(made) != len(pairs):
        raise ValueError("a name twice")
    return made


def _no_number(_: str) -> NoReturn:
    raise ValueError("not a number")
