"""Put a section into the bytes of a credentials file, and take it out again so that the old bytes are back.

Pure: bytes in, bytes out. Every byte that we did not write survives. What else we had to add (a line end, the
file itself) is noted in the section, under `x_rolecall_added`, and taken away again with it.

Inside our own section, keys and comments that a person added stay where they are. Two keys are special there: a
`region` that a person wrote wins over the profile's, and an `aws_security_token` is removed, because AWS's Python
tools would take it for the session token instead of ours.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.adapters.credentials_file import marks, troubles
from app.adapters.credentials_file.lines import (
    BOM_BYTES,
    Document,
    Kind,
    Line,
    Section,
    decode,
    encode,
    line_end,
    parse,
    preferred_end,
    rename_header,
)
from app.adapters.credentials_file.own_form import former_key_id
from app.domain.published import Origin, kept_name
from app.domain.values import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterable

    from app.domain.published import PublishedSection

_WITH_VALUE = frozenset({Kind.KEY, Kind.CONTINUATION, Kind.JUNK})

_CREDENTIAL_PREFIXES = ("aws_", "credential_", "login_", "role_", "source_", "sso_", "web_identity_", "x_")
_CREDENTIAL_KEYS = frozenset({"expiration", "mfa_serial", "external_id", "duration_seconds"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdrawal:
    """The file without our sections. `delete` tells that we had created it and nothing is left in it."""

    content: bytes
    removed: frozenset[str]
    delete: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """Under which conditions a section may be written; `known_key_ids` are those that our state records."""

    installation: str
    known_key_ids: frozenset[str]
    renewal: bool
    displace: bool = False


def publish(content: bytes | None, section: PublishedSection, terms: Terms) -> bytes | None:
    """Return the file with the section in it, or None when a renewal finds its section gone.

    `content` is None when there is no file. Raises BadInput for names and values that the file cannot hold, and
    StorageTrouble with code `section-foreign`, `section-unknown-origin` or `section-kept-already`.
    """
    values = marks.wanted_values(section, terms.installation)
    before = content or b""
    fresh = _append(b"", section, values, frozenset())
    former = "" if terms.displace else former_key_id(before, fresh)
    if former and (former == values[marks.KEY_ID] or former in terms.known_key_ids):
        return fresh  # it stands as we left it
    document = parse(before)
    ours = _ours(document, terms.installation, section.aws_profile)
    if terms.renewal and not (ours and marks.read_mark(document.values(ours[0]))[1] == section.profile):
        return None
    if ours:
        # What is just being published is known, too: a repetition is no change of hands.
        _check_known(document, ours[0], terms, values[marks.KEY_ID])
        words = frozenset[str]()
        if terms.displace:
            before, words = _set_aside(before, section.aws_profile, terms.installation)
            document = parse(before)
        return _update(document, section, values, terms.installation, words)
    words = frozenset[str]()
    if document.named(section.aws_profile):
        joined = _join(document, section, values)
        if joined is not None:
            return joined
        if not terms.displace:
            raise troubles.section_foreign(section.aws_profile)
        before, words = _set_aside(before, section.aws_profile, terms.installation)
    return _append(before, section, values, words | {marks.FILE} if content is None else words)


def withdraw(content: bytes, aws_profiles: Iterable[str], installation: str) -> Withdrawal:
    """Remove our sections of these names and rename back what they had displaced."""
    names = frozenset(aws_profiles)
    removed: set[str] = set()
    displaced: set[str] = set()
    made_file = False
    document = parse(content)
    while own := [section for section in _ours(document, installation) if section.name in names]:
        for section in own:
            words = _words(document, section)
            made_file |= marks.FILE in words
            displaced |= {section.name} if marks.DISPLACED in words else set()
        removed |= {section.name for section in own}
        content = _remove(document, own, installation)
        document = parse(content)
    content = _restore(document, displaced)
    left = parse(content)
    if made_file and (heirs := _ours(left, installation)):
        content = _add_word(left, heirs[0], marks.FILE)
    delete = made_file and content in {b"", BOM_BYTES}
    return Withdrawal(content=content, removed=frozenset(removed), delete=delete)


def has_ours(content: bytes, installation: str) -> bool:
    """Whether a section in it bears our mark."""
    return bool(_ours(parse(content), installation))


def _ours(document: Document, installation: str, name: str | None = None) -> list[Section]:
    return [
        section
        for section in document.sections
        if name in {None, section.name} and marks.origin(document.values(section), installation) is Origin.OURS
    ]


def _check_known(document: Document, section: Section, terms: Terms, own_key_id: str) -> None:
    key_id = document.values(section).get(marks.KEY_ID, "")
    if key_id != own_key_id and key_id not in terms.known_key_ids and not terms.displace:
        raise troubles.section_unknown_origin(section.name)


# --- Putting in ------------------------------------------------------------------------------------------------------


def _append(content: bytes, section: PublishedSection, values: dict[str, str], added: frozenset[str]) -> bytes:
    end = preferred_end(content)
    words = set(added)
    if content and not line_end(content):
        words.add(_line_end_word(end))
        content += end
    if section.region:
        words.add(marks.REGION_LINE)
    lines = [f"[{section.aws_profile}]"]
    lines += [f"{name} = {value}" for name, value in _wanted(values, section.region, words).items() if value]
    return content + b"".join(encode(line) + end for line in lines)


def _line_end_word(end: bytes) -> str:
    return next(word for word, meant in marks.LINE_ENDS.items() if meant == end)


def _wanted(values: dict[str, str], region: str | None, words: Iterable[str]) -> dict[str, str | None]:
    """All keys that we answer for, in their order in the file; None means that the key is to go."""
    ordered: dict[str, str | None] = {}
    for name, value in values.items():
        if name == marks.MARK:
            ordered[marks.REGION] = region
        ordered[name] = value
    ordered[marks.ADDED] = " ".join(sorted(words)) or None
    return ordered


def _update(
    document: Document, section: PublishedSection, values: dict[str, str], installation: str, added: frozenset[str]
) -> bytes:
    first, *repeated = _ours(document, installation, section.aws_profile)
    while repeated:
        # Botocore reads no file with a section twice; the second one of ours holds nothing that is needed.
        document = parse(_remove(document, repeated, installation))
        first, *repeated = _ours(document, installation, section.aws_profile)
    current = document.values(first)
    words = {*marks.added_words(current), *added}
    persons_region = marks.REGION in current and marks.REGION_LINE not in words
    if section.region and not persons_region:
        words.add(marks.REGION_LINE)
    else:
        words.discard(marks.REGION_LINE)
    wanted = _wanted(values, section.region, words)
    if persons_region:
        del wanted[marks.REGION]
    return _write_keys(document, first, {**wanted, marks.OLD_TOKEN: None})


def _join(document: Document, section: PublishedSection, values: dict[str, str]) -> bytes | None:
    """Add our keys to a section that holds no credentials and no role; None where that would change its meaning."""
    same = document.named(section.aws_profile)
    current = document.values(same[0])
    is_junk = any(line.kind is Kind.JUNK for line in document.body(same[0]))
    # To botocore every section has what stands in [DEFAULT], too.
    has = current.keys() | {name for each in document.named("DEFAULT") for name in document.values(each)}
    if len(same) > 1 or is_junk or any(_is_credential(name) for name in has):
        return None
    words = {marks.KEYS_ONLY}
    region = None if marks.REGION in current else section.region
    if region:
        words.add(marks.REGION_LINE)
    end = preferred_end(b"".join(line.raw for line in document.lines))
    last = _last_with_value(document, same[0])
    if not document.lines[last].end:
        words.add(_line_end_word(end))
    wanted = _wanted(values, region, words)
    if marks.REGION in current:
        del wanted[marks.REGION]
    joined = _write_keys(document, same[0], wanted, after=last)
    # An oddly indented header that follows would turn into a part of our last value.
    after = parse(joined)
    kept = [(s.name, document.values(s)) for s in document.sections if s != same[0]]
    return joined if kept == [(s.name, after.values(s)) for s in after.sections if s.start != same[0].start] else None


def _is_credential(name: str) -> bool:
    return name.startswith(_CREDENTIAL_PREFIXES) or name in _CREDENTIAL_KEYS


def _last_with_value(document: Document, section: Section) -> int:
    """Index of the section's last line that is neither blank nor comment; those below it introduce what follows."""
    return max(
        (index for index in range(section.start, section.stop) if document.lines[index].kind in _WITH_VALUE),
        default=section.start,
    )


def _write_keys(document: Document, section: Section, wanted: dict[str, str | None], after: int | None = None) -> bytes:
    """Set and remove keys of a section in place; missing ones go below the key before them, or below `after`."""
    lines = document.lines
    end = preferred_end(b"".join(line.raw for line in lines))
    places: dict[str, int] = {}
    dropped: set[int] = set()
    for index in range(section.start + 1, section.stop):
        line = lines[index]
        if line.kind is not Kind.KEY or line.name not in wanted:
            continue
        if wanted[line.name] is None or line.name in places:
            dropped.add(index)
        else:
            places[line.name] = index
    below: dict[int, list[bytes]] = {}
    anchor = section.start if after is None else after
    replaced: dict[int, bytes] = {}
    for name, value in wanted.items():
        if value is None:
            continue
        if name in places:
            line = lines[places[name]]
            replaced[places[name]] = line.raw if line.value == value else _key_line(line, name, value, end)
            anchor = _end_of_value(document, section, places[name])
        else:
            below.setdefault(anchor, []).append(_indent(lines, section, anchor) + encode(f"{name} = {value}") + end)
    out: list[bytes] = []
    for index, line in enumerate(lines):
        raw = b"" if index in dropped else replaced.get(index, line.raw)
        if index in below and raw and not line_end(raw):
            raw += end
        out += [raw, *below.get(index, [])]
    return b"".join(out)


def _key_line(line: Line, name: str, value: str, end: bytes) -> bytes:
    return _leading_blanks(line.raw) + encode(f"{name} = {value}") + (line.end or end)


def _leading_blanks(raw: bytes) -> bytes:
    text = decode(raw)
    return encode(text[: len(text) - len(text.lstrip())])


def _indent(lines: list[Line], section: Section, anchor: int) -> bytes:
    """Indentation of the nearest key at or above the anchor, else below: deeper would be a part of its value."""
    for index in (*range(anchor, section.start, -1), *range(anchor + 1, section.stop)):
        if lines[index].kind is Kind.KEY:
            return _leading_blanks(lines[index].raw)
    return b""


def _end_of_value(document: Document, section: Section, key: int) -> int:
    """Index of the last line that belongs to a key's value."""
    last = key
    for index in range(key + 1, section.stop):
        kind = document.lines[index].kind
        if kind is Kind.CONTINUATION:
            last = index
        elif kind not in {Kind.BLANK, Kind.COMMENT}:
            break
    return last


# --- Taking out ------------------------------------------------------------------------------------------------------


def _remove(document: Document, sections: list[Section], installation: str) -> bytes:
    """Return the file without our lines of the last of these sections, or of as many as go without a line end of ours.

    From the last to the first: what comes after a section of ours then is nothing of ours that goes, too.
    """
    ending = [section for section in sections if marks.LINE_ENDS.keys() & _words(document, section)]
    simple = [section for section in sections if not ending or section.start > ending[-1].start]
    own = simple or sections[-1:]
    gone = {index for section in own for index in _own_lines(document, section)}
    kept = [b"" if index in gone else line.raw for index, line in enumerate(document.lines)]
    first = min(gone)
    if first == 0 and document.lines[0].raw.startswith(BOM_BYTES):
        kept[0] = BOM_BYTES
    if simple or not first:
        return b"".join(kept)
    word = next(iter(_words(document, own[0]) & marks.LINE_ENDS.keys()))
    return _without_line_end(kept, first, word, installation)


def _own_lines(document: Document, section: Section) -> set[int]:
    """Which lines of a section are ours; its header is one of them if nothing else stands below it."""
    words = _words(document, section)
    own = {*marks.OWN_KEYS, marks.OLD_TOKEN}
    if marks.REGION_LINE in words:
        own.add(marks.REGION)
    gone = {
        index
        for index in range(section.start + 1, section.stop)
        if document.lines[index].kind is Kind.KEY and document.lines[index].name in own
    }
    if marks.KEYS_ONLY not in words and not _has_more(document, section, gone):
        gone.add(section.start)
    return gone


def _words(document: Document, section: Section) -> frozenset[str]:
    return marks.added_words(document.values(section))


def _has_more(document: Document, section: Section, gone: set[int]) -> bool:
    """Whether a person's keys or comments stand in the section.

    Blank lines do not count, nor comments below the last key: those introduce what follows. While a displaced
    section waits to come back under this name, no comment holds the place.
    """
    counting = set(_WITH_VALUE)
    if marks.DISPLACED not in _words(document, section):
        counting.add(Kind.COMMENT)
    last = _last_with_value(document, section)
    return any(
        document.lines[index].kind in counting for index in range(section.start + 1, last + 1) if index not in gone
    )


def _without_line_end(kept: list[bytes], first: int, word: str, installation: str) -> bytes:
    """Take away the line end we had added, or hand the note of it to the section of ours that now stands there."""
    above, below = b"".join(kept[:first]), b"".join(kept[first:])
    end = marks.LINE_ENDS[word]
    if not below:
        upper = parse(above)
        last = upper.sections[-1:]
        if (
            last
            and upper.lines[-1].name in marks.OWN_KEYS
            and marks.KEYS_ONLY in marks.added_words(upper.values(last[0]))
            and _ours(upper, installation)[-1:] == list(last)
        ):
            # Our keys, put below an older header since, now end the file: the line end is above them.
            return _add_word(upper, last[0], word)
        return above[: -len(end)] if line_end(above) == end else above
    rest = parse(above + below)
    for heir in _ours(rest, installation):
        starts_at = sum(len(line.raw) for line in rest.lines[: heir.start])
        if starts_at == len(above) and marks.KEYS_ONLY not in marks.added_words(rest.values(heir)):
            return _add_word(rest, heir, word)
    return above + below


def _add_word(document: Document, section: Section, word: str) -> bytes:
    words = _words(document, section) | {word}
    return _write_keys(document, section, {marks.ADDED: " ".join(sorted(words))}, after=_mark_line(document, section))


def _mark_line(document: Document, section: Section) -> int:
    return next(index for index in range(section.start + 1, section.stop) if document.lines[index].name == marks.MARK)


# --- Displaced sections ----------------------------------------------------------------------------------------------


def _set_aside(content: bytes, name: str, installation: str) -> tuple[bytes, frozenset[str]]:
    """Rename the header of every section of that name that is not ours; return the file and the word to note."""
    document = parse(content)
    foreign = [s for s in document.named(name) if marks.origin(document.values(s), installation) is not Origin.OURS]
    if foreign and document.named(kept_name(name)):
        raise troubles.section_kept_already(name)
    words = frozenset({marks.DISPLACED}) if foreign else frozenset[str]()
    return _rename(document, {section.start: kept_name(name) for section in foreign}), words


def _restore(document: Document, names: set[str]) -> bytes:
    """Give what was set aside for sections of these names its name again, where that is free now."""
    former = {kept_name(name): name for name in names - {section.name for section in document.sections}}
    return _rename(document, {s.start: former[s.name] for s in document.sections if s.name in former})


def _rename(document: Document, headers: dict[int, str]) -> bytes:
    """The file with other names in the headers at these lines."""
    return b"".join(
        rename_header(line.raw, headers[index]) if index in headers else line.raw
        for index, line in enumerate(document.lines)
    )
