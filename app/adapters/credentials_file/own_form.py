"""Sections that stand just as we write them: to renew one of those nothing has to be read line by line."""

from __future__ import annotations

import re

from app.adapters.credentials_file import marks
from app.adapters.credentials_file.lines import decode

_CHANGING = tuple(f"{name} = ".encode() for name in (marks.KEY_ID, marks.SECRET_KEY, marks.TOKEN, marks.EXPIRES))
_VALUE = re.compile(rb"[!-~]+")
"""No blank, which may belong to no value, and nothing that readers cut or take for more than a character."""


def former_key_id(content: bytes, fresh: bytes) -> str:
    """The key ID in `content` if that is `fresh` but for the values that each renewal brings; else an empty string.

    `fresh` is one section, as it is written where there was none.
    """
    if content.count(b"\n") != fresh.count(b"\n"):
        return ""
    old, new = content.split(b"\n"), fresh.split(b"\n")
    key_id = b""
    for line, wanted in zip(old, new, strict=True):
        start = next((each for each in _CHANGING if wanted.startswith(each)), None)
        if start is None:
            if line != wanted:
                return ""
            continue
        value = line[len(start) :]
        if not (line.startswith(start) and _VALUE.fullmatch(value)):
            return ""
        key_id = key_id or value
    return decode(key_id)
