"""Where the statements of a TOML text stand: for line numbers, and for edits that touch nothing else.

The text has been accepted by a real TOML parser before: this one does not judge, it only finds. Source: TOML 1.0.0.
"""

from __future__ import annotations

import functools
import re
import tomllib

from app.domain.values import dataclass

_BARE_KEY = re.compile(r"[0-9A-Za-z_-]+")
_BLANKS = " \t"
_QUOTES = "\"'"
_TRIPLE = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """A header (`[a.b]`) or a `key = value`, with all its lines.

    `start` is where its first line begins, `end` where the line after it begins. `base` is the path of the header above
    it (empty for a header), `keys` what is written here. For a header the value spans are its key's.
    """

    header: bool
    base: tuple[str, ...]
    keys: tuple[str, ...]
    start: int
    key_start: int
    key_end: int
    value_start: int
    value_end: int
    end: int

    @property
    def path(self) -> tuple[str, ...]:
        """The whole key path."""
        return self.base + self.keys

    def under(self, path: tuple[str, ...]) -> bool:
        """Whether it stands at `path` or below."""
        return self.path[: len(path)] == path


@functools.lru_cache(maxsize=2)
def scan(text: str) -> tuple[Statement, ...]:
    """All statements in order."""
    found: list[Statement] = []
    base: tuple[str, ...] = ()
    at = 0
    while at < len(text):
        start = at
        at = _skip_blanks(text, at)
        if at < len(text) and text[at] not in "\r\n#":
            statement = _header(text, start, at) if text[at] == "[" else _pair(text, start, at, base)
            base = statement.keys if statement.header else base
            found.append(statement)
            at = statement.end
        else:
            at = _next_line(text, at)
    return tuple(found)


class Lines:
    """In which line each key path of a text is said. The text is looked through at the first question."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._first: dict[tuple[str, ...], int] = {}
        self._values: dict[tuple[str, ...], int] = {}

    def line_of(self, path: tuple[str, ...]) -> int:
        """The line, from 1; 0 if nowhere. A key of an inline table stands in the table's line."""
        if not self._first:
            self._look()
        if path in self._first:
            return self._first[path] if path else 0
        return next((self._values[part] for part in _beginnings(path) if part in self._values), 0)

    def _look(self) -> None:
        self._first[()] = line = 1
        counted = 0
        for each in scan(self._text):
            line += self._text.count("\n", counted, each.key_start)
            counted = each.key_start
            for part in _beginnings(each.path):
                self._first.setdefault(part, line)
            if not each.header:
                self._values[each.path] = line


def _beginnings(path: tuple[str, ...]) -> list[tuple[str, ...]]:
    return [path[:length] for length in range(1, len(path) + 1)]


def _header(text: str, start: int, at: int) -> Statement:
    key_start = _skip_blanks(text, at + (2 if text.startswith("[[", at) else 1))
    keys, key_end = _keys(text, key_start)
    return Statement(
        header=True,
        base=(),
        keys=keys,
        start=start,
        key_start=key_start,
        key_end=key_end,
        value_start=key_start,
        value_end=key_end,
        end=_next_line(text, key_end),
    )


def _pair(text: str, start: int, at: int, base: tuple[str, ...]) -> Statement:
    keys, key_end = _keys(text, at)
    value_start = _skip_blanks(text, text.index("=", key_end) + 1)
    value_end = _value_end(text, value_start)
    return Statement(
        header=False,
        base=base,
        keys=keys,
        start=start,
        key_start=at,
        key_end=key_end,
        value_start=value_start,
        value_end=value_end,
        end=_next_line(text, value_end),
    )


def _keys(text: str, at: int) -> tuple[tuple[str, ...], int]:
    """Read a dotted key; return its parts, and where it ends."""
    parts = []
    while True:
        if text[at] in _QUOTES:
            end = _string_end(text, at)
            parts.append(str(tomllib.loads(f"k = {text[at:end]}")["k"]))
        else:
            match = _BARE_KEY.match(text, at)
            end = match.end() if match else at
            parts.append(text[at:end])
        after = _skip_blanks(text, end)
        if not text.startswith(".", after):
            return tuple(parts), end
        at = _skip_blanks(text, after + 1)


def _value_end(text: str, at: int) -> int:
    if text[at] in _QUOTES:
        return _string_end(text, at)
    if text[at] not in "[{":
        # No further than the line: to the end of the text, for each value, would take long.
        line = text[at : _line_end(text, at)]
        return at + len(line.partition("#")[0].rstrip())
    depth = 0
    while True:
        character = text[at]
        if character in _QUOTES:
            at = _string_end(text, at)
            continue
        if character == "#":
            at = _line_end(text, at)
            continue
        depth += (character in "[{") - (character in "]}")
        at += 1
        if not depth:
            return at


def _string_end(text: str, at: int) -> int:
    quote = text[at]
    triple = quote * _TRIPLE
    multiline = text.startswith(triple, at)
    closing = triple if multiline else quote
    at += len(closing)
    while not text.startswith(closing, at):
        at += 2 if text[at] == "\\" and quote == '"' else 1
    at += len(closing)
    # Up to two quotes may stand directly before the three that close.
    while multiline and text.startswith(quote, at):
        at += 1
    return at


def _skip_blanks(text: str, at: int) -> int:
    while at < len(text) and text[at] in _BLANKS:
        at += 1
    return at


def _line_end(text: str, at: int) -> int:
    end = text.find("\n", at)
    return len(text) if end < 0 else end


def _next_line(text: str, at: int) -> int:
    return min(_line_end(text, at) + 1, len(text))
