"""The bytes of a credentials file as lines that keep every byte.

The reading rules are those of Python's `configparser.RawConfigParser`, with which botocore reads this file: what
is a header, a comment or a continuation to it is one here. Where that parser gives up (a byte order mark, junk
lines, repeated sections, bytes that are not UTF-8) this one goes on, so that such lines survive an edit.
"""

from __future__ import annotations

import enum
import itertools
import re

from app.domain.values import dataclass

BOM = "\ufeff"
BOM_BYTES = b"\xef\xbb\xbf"


class Kind(enum.Enum):
    """What a line is to botocore."""

    BLANK = enum.auto()
    COMMENT = enum.auto()
    HEADER = enum.auto()
    KEY = enum.auto()
    CONTINUATION = enum.auto()
    """Indented deeper than the key above it, and so a part of that key's value."""
    JUNK = enum.auto()
    """Neither; botocore refuses the whole file because of it."""


@dataclass(slots=True, kw_only=True)
class Line:
    """One line with its end. `name` is the section of a header or the lower-case key; `value` a key's text."""

    raw: bytes
    kind: Kind
    name: str = ""
    value: str = ""

    @property
    def end(self) -> bytes:
        """The line's own end: CR LF, LF, CR, or nothing."""
        return line_end(self.raw)


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A header and the lines up to the next one: `lines[start:stop]`, the header being `lines[start]`."""

    name: str
    start: int
    stop: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """All lines of a file, in order, and where its sections are. Joining every `raw` gives the file back."""

    lines: list[Line]
    sections: tuple[Section, ...]

    def body(self, section: Section) -> list[Line]:
        """The lines of a section below its header."""
        return self.lines[section.start + 1 : section.stop]

    def values(self, section: Section) -> dict[str, str]:
        """The first line of each key's value; of a repeated key the first."""
        found: dict[str, str] = {}
        for line in self.body(section):
            if line.kind is Kind.KEY:
                found.setdefault(line.name, line.value)
        return found

    def named(self, name: str) -> tuple[Section, ...]:
        """Every section of that name; more than one blinds botocore."""
        return tuple(section for section in self.sections if section.name == name)


def decode(raw: bytes) -> str:
    """Turn bytes into text that `encode` turns back into the very same bytes."""
    return raw.decode("utf-8", "surrogateescape")


def encode(text: str) -> bytes:
    """Undo `decode`."""
    return text.encode("utf-8", "surrogateescape")


def shown(text: str) -> str:
    """Return a name from the file as it may be shown: without what a terminal would obey or nobody can print."""
    return "".join(char if char.isprintable() else "\ufffd" for char in text)


def line_end(raw: bytes) -> bytes:
    """Return the line end with which `raw` closes, or nothing."""
    for end in (b"\r\n", b"\n", b"\r"):
        if raw.endswith(end):
            return end
    return b""


def split(content: bytes) -> list[bytes]:
    """Cut after each LF, CR LF and lone CR, as Python's text files do."""
    # bytes.splitlines knows exactly these three, str.splitlines many more.
    return content.splitlines(keepends=True)


def preferred_end(content: bytes) -> bytes:
    """Return the line end to use for new lines: CRLF if the first line has it, else LF."""
    first = content.find(b"\n")
    return b"\r\n" if first > 0 and content[first - 1 : first] == b"\r" else b"\n"


def pieces(content: bytes) -> list[bytes]:
    """Cut above each header at the left edge; joined they are the content again.

    Such a header begins anew whatever stands above it: each piece is read alone as it is read in the whole.
    """
    if b"\r" in content:
        return [content]
    starts = [0, *(found.start() for found in _EDGE_HEADER.finditer(content)), len(content)]
    return [content[start:stop] for start, stop in itertools.pairwise(starts) if start < stop]


def next_header(content: bytes, start: int) -> int:
    """Where the next header at the left edge begins, or the content ends. There is no CR in it."""
    found = _EDGE_HEADER.search(content, start)
    return len(content) if found is None else found.start()


_EDGE_HEADER = re.compile(rb"^\[[^\n]+\]", re.MULTILINE)


def parse(content: bytes) -> Document:
    """Read any bytes. Never fails; what makes no sense becomes JUNK."""
    reader = _Reader()
    lines = [reader.read(raw, first=number == 0) for number, raw in enumerate(split(content))]
    starts = [index for index, line in enumerate(lines) if line.kind is Kind.HEADER]
    sections = tuple(
        Section(name=lines[start].name, start=start, stop=stop)
        for start, stop in itertools.pairwise([*starts, len(lines)])
    )
    return Document(lines=lines, sections=sections)


class _Reader:
    """The little memory that configparser keeps from one line to the next."""

    def __init__(self) -> None:
        self._in_section = False
        self._in_key = False
        self._indent = 0

    def read(self, raw: bytes, *, first: bool) -> Line:
        text = decode(raw)
        if first and text.startswith(BOM):
            text = text[1:]
        value = text.strip()
        if not value:
            return Line(raw=raw, kind=Kind.BLANK)
        if value[0] in "#;":
            return Line(raw=raw, kind=Kind.COMMENT)
        indent = len(text) - len(text.lstrip())
        if self._in_section and self._in_key and indent > self._indent:
            return Line(raw=raw, kind=Kind.CONTINUATION, value=value)
        self._indent = indent
        header = header_name(value)
        if header is not None:
            self._in_section, self._in_key = True, False
            return Line(raw=raw, kind=Kind.HEADER, name=header)
        return self._read_key(raw, value)

    def _read_key(self, raw: bytes, value: str) -> Line:
        if not self._in_section:
            return Line(raw=raw, kind=Kind.JUNK)
        equals, colon = value.find("="), value.find(":")
        at = equals if colon < 0 or 0 <= equals < colon else colon
        if at < 0:
            return Line(raw=raw, kind=Kind.JUNK)
        name = value[:at].rstrip().lower()
        self._in_key = bool(name)
        if not name:
            return Line(raw=raw, kind=Kind.JUNK)
        return Line(raw=raw, kind=Kind.KEY, name=name, value=value[at + 1 :].strip())


def header_name(stripped: str) -> str | None:
    """Return the section named by a line without its outer blanks: from `[` to the LAST `]`, at least one character."""
    if not stripped.startswith("["):
        return None
    last = stripped.rfind("]")
    return stripped[1:last] if last > 1 else None


def rename_header(raw: bytes, new_name: str) -> bytes:
    """Put another name into a header line and leave every other byte of it alone."""
    start = raw.index(b"[") + 1
    return raw[:start] + encode(new_name) + raw[raw.rindex(b"]") :]
