"""Put many sections into the bytes of a credentials file: the same bytes as one by one, without reading all each time.

Pure. A header at the left edge begins anew whatever stands above it, so a file can be cut there, and most sections can
be edited in a piece of their own. What is not so simple is done with the whole file.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from app.adapters.credentials_file.edit import has_ours, publish
from app.adapters.credentials_file.lines import BOM_BYTES, decode, encode, header_name, next_header, parse, pieces
from app.adapters.credentials_file.spliced import Spliced, whole
from app.domain.errors import RolecallError
from app.domain.published import Published

if TYPE_CHECKING:
    from collections.abc import Iterable

    from app.adapters.credentials_file.edit import Terms
    from app.adapters.credentials_file.spliced import Content
    from app.domain.published import PublishedSection

Outcome = Published | RolecallError
"""What became of one section; an error says why it was refused, and then nothing was done for it."""


def publish_all(
    content: bytes | None, wishes: Iterable[tuple[PublishedSection, Terms]]
) -> tuple[bytes | None, list[Outcome]]:
    """Return the file with the sections in it, and what became of each, in their order.

    `content` is None when there is no file. What a section may be refused for: see `edit.publish`.
    """
    new, outcomes = publish_spliced(content, wishes)
    return whole(new), outcomes


def publish_spliced(
    content: bytes | None, wishes: Iterable[tuple[PublishedSection, Terms]]
) -> tuple[Content | None, list[Outcome]]:
    """The same; of one section in a long file, what is new about it."""
    wanted = list(wishes)
    if len(wanted) == 1 and (alone := _publish_alone(content, *wanted[0])) is not None:
        return alone
    pieces = _Pieces(content)
    outcomes: list[Outcome] = []
    for section, terms in wanted:
        try:
            outcomes.append(pieces.publish(section, terms))
        except RolecallError as error:
            outcomes.append(error)
    return pieces.content, outcomes


def _publish_alone(
    content: bytes | None, section: PublishedSection, terms: Terms
) -> tuple[Content | None, list[Outcome]] | None:
    """One section, in a piece that is found without reading the others; None where it is not as simple as that."""
    if content is None or terms.displace or not _has_plain_ends(content):
        return None
    place = _piece_of(content, section.aws_profile)
    if place is None:
        return None
    start, stop = place
    piece = content[start:stop]
    # What stands in [DEFAULT] counts only for a section that keys of ours are put into
    if piece and not has_ours(piece, terms.installation) and _DEFAULT in content:
        return None
    try:
        new = publish(piece, section, terms)
    except RolecallError as error:
        return content, [error]
    if new is None:
        return content, [Published.GONE]
    return Spliced(base=content, start=start, stop=stop, new=new), [Published.WRITTEN]


def _piece_of(content: bytes, name: str) -> tuple[int, int] | None:
    """Where the only section of that name stands alone, or an empty place at the end; None if that is not clear."""
    try:
        header = b"[" + encode(name) + b"]"
    except UnicodeEncodeError:
        return None
    start = content.find(header)
    if start < 0:
        return len(content), len(content)
    if content.find(header, start + 1) >= 0 or content[start - 1 : start] not in {b"", b"\n"}:
        return None
    stop = next_header(content, start + 1)
    # A bracket more may be another header, deeper in, or belong to a longer name.
    return None if content.count(b"[", start, stop) > 1 or content.count(b"]", start, stop) > 1 else (start, stop)


class _Pieces:
    """A file while it is edited, cut where that can be done."""

    def __init__(self, content: bytes | None) -> None:
        self._whole = content
        self._pieces: list[bytes] = []
        self._places: dict[str, int] = {}
        self._entangled: frozenset[str] = frozenset()

    @property
    def content(self) -> bytes | None:
        """All of it."""
        return b"".join(self._pieces) if self._pieces else self._whole

    def publish(self, section: PublishedSection, terms: Terms) -> Published:
        """Put one section in. Raises BadInput and StorageTrouble."""
        if not self._pieces and _can_be_cut(self._whole):
            self._cut(self._whole or b"")
        name = section.aws_profile
        if not self._pieces or terms.displace or name in self._entangled:
            return self._publish_in_whole(section, terms)
        place = self._places.get(name, len(self._pieces))
        new = publish(self._pieces[place] if name in self._places else b"", section, terms)
        if new is None:
            return Published.GONE
        self._pieces[place : place + 1] = [new]
        self._places[name] = place
        return Published.WRITTEN

    def _publish_in_whole(self, section: PublishedSection, terms: Terms) -> Published:
        new = publish(self.content, section, terms)
        if new is None:
            return Published.GONE
        self._whole, self._pieces = new, []
        return Published.WRITTEN

    def _cut(self, content: bytes) -> None:
        """Cut above each header at the left edge. Entangled are names that stand twice, or share their piece."""
        quickly = _cut_quickly(content)
        if quickly is not None:
            self._pieces, self._places = quickly
            self._entangled = frozenset()
            return
        self._pieces = pieces(content)
        named: Counter[str] = Counter()
        places: dict[str, int] = {}
        alone: set[int] = set()
        for place, piece in enumerate(self._pieces):
            names = _names(piece)
            named.update(names)
            places |= dict.fromkeys(names, place)
            if len(names) == 1 and piece.startswith(b"["):
                alone.add(place)
        simple = {name: place for name, place in places.items() if named[name] == 1 and place in alone}
        self._places, self._entangled = simple, frozenset(places.keys() - simple.keys())


def _cut_quickly(content: bytes) -> tuple[list[bytes], dict[str, int]] | None:
    """The pieces, and where each name is, of a file that has brackets only around names, each alone in its line, once.

    That is what a file mostly looks like. None for others, and for one without sections.
    """
    above, *rest = (b"\n" + content).split(b"\n[")
    many = len(rest)
    if not many or (content.count(b"["), content.count(b"]"), content.count(b"]\n")) != (many, many, many):
        return None
    found = [b"[" + each + b"\n" for each in rest]
    found[-1] = found[-1][:-1]  # which ends with its own
    try:
        header_lines = b"\n".join([each[1 : each.index(b"]\n")] for each in found])
    except ValueError:
        return None
    names = decode(header_lines).split("\n")
    if len(names) != many or len(set(names)) != many or "" in names:
        return None
    before = [above[1:] + b"\n"] if above else []
    return before + found, {name: place for place, name in enumerate(names, len(before))}


def _names(piece: bytes) -> list[str]:
    """The names of the sections in a piece."""
    if not piece.startswith(b"[") or piece.count(b"[") > 1:
        return [section.name for section in parse(piece).sections]
    header = header_name(decode(piece[: piece.find(b"\n")]).strip())
    return [] if header is None else [header]


def _can_be_cut(content: bytes | None) -> bool:
    """Whether each piece is read and continued as it would be in the whole: nothing counts for all others."""
    return content is not None and _DEFAULT not in content and _has_plain_ends(content)


_DEFAULT = b"[DEFAULT]"


def _has_plain_ends(content: bytes) -> bool:
    """Whether there is one kind of line end, the last one too, and nothing else at the beginning."""
    return content.endswith(b"\n") and not content.startswith(BOM_BYTES) and b"\r" not in content
