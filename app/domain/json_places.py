"""JSON (RFC 8259) with the place of every value, for editors that say where something is wrong.

Stricter than Python's own reader: no NaN, no Infinity, no bare control characters in strings.
"""

from __future__ import annotations

import bisect
import functools
import re

from app.domain.values import dataclass

DEEPEST = 60
"""So many levels are read; what lies deeper is no document that a person wrote."""

_BLANK = re.compile(r"[ \t\n\r]*")
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?")
_PLAIN = re.compile(r'[^"\\\x00-\x1f]*')
_HEX = re.compile(r"[0-9A-Fa-f]{4}")
_WORD = re.compile(r"[A-Za-z0-9_.$-]+")
_ESCAPES = {'"': '"', "\\": "\\", "/": "/", "b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t"}
_LITERALS: dict[str, bool | None] = {"true": True, "false": False, "null": None}


@dataclass(frozen=True, slots=True)
class Number:
    """A number as it is written."""

    text: str


@dataclass(frozen=True, slots=True)
class Node:
    """A value that stands at `at` and ends before `end` (characters from the beginning).

    `value` is a str, a Number, a bool, None, a tuple of nodes (array), or Members.
    """

    at: int
    end: int
    value: str | Number | bool | tuple[Node, ...] | Members | None


@dataclass(frozen=True, slots=True)
class Members:
    """The members of an object, in their order; a key may stand twice."""

    pairs: tuple[tuple[Node, Node], ...]


class Misread(Exception):  # a place in a text, told to whoever called, not an error of the program
    """The text is no JSON: what is wrong, from which character on, how many, and what to do."""

    def __init__(self, at: int, length: int, message: str, remedy: str) -> None:
        super().__init__(message)
        self.at, self.length, self.message, self.remedy = at, length, message, remedy


def read(text: str) -> Node:
    """Read one value with nothing but blanks around it. Raises Misread at the first character that cannot stand."""
    node, end = _value(text, _skip(text, 0), 0)
    end = _skip(text, end)
    if end < len(text):
        raise Misread(end, _length(text, end), "Something follows the end of the document.", "Remove it.")
    return node


def line_and_column(text: str, at: int) -> tuple[int, int]:
    """The line and the column of a character, both counted from 1."""
    starts = _line_starts(text)
    line = bisect.bisect_right(starts, at)
    return line, at - starts[line - 1] + 1


@functools.lru_cache(maxsize=1)
def _line_starts(text: str) -> tuple[int, ...]:
    """Where each line begins; found once for all the places that are asked for in one text."""
    return (0, *(found.end() for found in re.finditer("\n", text)))


def _skip(text: str, at: int) -> int:
    found = _BLANK.match(text, at)
    return at if found is None else found.end()


def _length(text: str, at: int) -> int:
    """How many characters are marked: a word, else one."""
    found = _WORD.match(text, at)
    return len(found.group()) if found is not None else 1


def _value(text: str, at: int, depth: int) -> tuple[Node, int]:
    if depth > DEEPEST:
        raise Misread(at, 1, f"More than {DEEPEST} levels deep.", "Take some brackets away.")
    first = text[at : at + 1]
    if first == "{":
        return _object(text, at, depth)
    if first == "[":
        return _array(text, at, depth)
    if first == '"':
        return _string(text, at)
    number = _NUMBER.match(text, at)
    if number is not None:
        end = number.end()
        if _WORD.match(text, end):
            raise Misread(at, _length(text, at), "This is no number.", "Numbers look like 12, 0.5 or 1e3.")
        return Node(at, end, Number(number.group())), end
    return _literal(text, at)


def _literal(text: str, at: int) -> tuple[Node, int]:
    word = _WORD.match(text, at)
    if word is not None and word.group() in _LITERALS:
        return Node(at, word.end(), _LITERALS[word.group()]), word.end()
    if at >= len(text):
        raise Misread(at, 0, "The document ends where a value should stand.", "Add the value.")
    if text[at] == "'":
        raise Misread(at, 1, "Texts stand in double quotes.", "Write \" instead of '.")
    if text[at] in "]},:":
        raise Misread(at, 1, f"A value is missing before “{text[at]}”.", "Add it, or remove the comma before.")
    if word is not None:
        raise Misread(at, len(word.group()), f"“{word.group()[:40]}” is no value.", "Put texts in double quotes.")
    raise Misread(at, 1, f"“{text[at]}” cannot stand here.", 'A value begins with ", {, [, a digit, true or false.')


def _object(text: str, at: int, depth: int) -> tuple[Node, int]:
    pairs: list[tuple[Node, Node]] = []
    end = _skip(text, at + 1)
    while text[end : end + 1] != "}" or pairs:
        key, end = _key(text, end, at)
        value, end = _value(text, _skip(text, end), depth + 1)
        pairs.append((key, value))
        end = _skip(text, end)
        if text[end : end + 1] == "}":
            break
        end = _comma(text, end, "}", at)
    return Node(at, end + 1, Members(tuple(pairs))), end + 1


def _key(text: str, at: int, opened: int) -> tuple[Node, int]:
    if at >= len(text):
        raise Misread(opened, 1, "This { is never closed.", "Add a } at the end.")
    if text[at] == "}":
        raise Misread(at, 1, "A comma stands before the closing }.", "Remove the comma.")
    if text[at] != '"':
        raise Misread(at, _length(text, at), "A name in double quotes should stand here.", 'Write "Name": value.')
    key, end = _string(text, at)
    colon = _skip(text, end)
    if text[colon : colon + 1] != ":":
        raise Misread(colon, min(1, len(text) - colon), "A colon is missing after the name.", 'Write "Name": value.')
    return key, colon + 1


def _array(text: str, at: int, depth: int) -> tuple[Node, int]:
    items: list[Node] = []
    end = _skip(text, at + 1)
    while text[end : end + 1] != "]" or items:
        if text[end : end + 1] == "]":
            raise Misread(end, 1, "A comma stands before the closing ].", "Remove the comma.")
        if end >= len(text):
            raise Misread(at, 1, "This [ is never closed.", "Add a ] at the end.")
        item, end = _value(text, end, depth + 1)
        items.append(item)
        end = _skip(text, end)
        if text[end : end + 1] == "]":
            break
        end = _comma(text, end, "]", at)
    return Node(at, end + 1, tuple(items)), end + 1


def _comma(text: str, at: int, closing: str, opened: int) -> int:
    if at >= len(text):
        opening = "{" if closing == "}" else "["
        raise Misread(opened, 1, f"This {opening} is never closed.", f"Add a {closing} at the end.")
    if text[at] != ",":
        raise Misread(at, _length(text, at), f"A comma or {closing} should stand here.", "Add a comma before it.")
    return _skip(text, at + 1)


def _string(text: str, at: int) -> tuple[Node, int]:
    parts: list[str] = []
    end = at + 1
    while True:
        found = _PLAIN.match(text, end)
        if found is not None:
            parts.append(found.group())
            end = found.end()
        if end >= len(text):
            raise Misread(at, 1, "This text is never closed.", 'Add a " at its end.')
        if text[end] == '"':
            return Node(at, end + 1, "".join(parts)), end + 1
        if text[end] != "\\":
            words = "A text cannot go over the end of a line." if text[end] == "\n" else "A tab or control character."
            raise Misread(end, 1, words, 'Close the text with ", or write \\n, \\t or \\u0000.')
        part, end = _escape(text, end)
        parts.append(part)


def _escape(text: str, at: int) -> tuple[str, int]:
    sign = text[at + 1 : at + 2]
    if sign in _ESCAPES and sign:
        return _ESCAPES[sign], at + 2
    code = _HEX.match(text, at + 2) if sign == "u" else None
    if code is None:
        raise Misread(at, min(2, len(text) - at), "A backslash begins no sign here.", "Write \\\\ for a backslash.")
    return chr(int(code.group(), 16)), at + 6
