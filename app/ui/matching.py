"""Finding by a few letters: how well a name matches them, where, and which of ten thousand names match best. Pure."""

from __future__ import annotations

import re
from heapq import nsmallest
from typing import TYPE_CHECKING

from app.domain.values import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

_EXACT, _PREFIX, _WORD, _INSIDE, _BESIDE, _SCATTERED = 1000, 900, 800, 600, 450, 300
_LONGEST, _JUDGED = 60, 100
_STARTS = frozenset(" -_./:·()")
_BLANKS = str.maketrans(dict.fromkeys(_STARTS, " "))
RECENT = 70
"""What having been chosen lately is worth: more than a shorter name, less than a better place of the letters."""


@dataclass(frozen=True, slots=True)
class Match:
    """How well it matches (more is better, at most 1,000 for each word wished), and the letters that do."""

    score: int
    places: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Hit:
    """One of the names of a `Haystack`: its number there, and how well it matches."""

    index: int
    score: int


def match(wish: str, text: str) -> Match | None:
    """How `text` matches all words of `wish`, without regard to case; None if it does not. An empty wish matches all.

    Letters side by side count most, best at the beginning of the text, then at that of a word; else letters in their
    order, where those at the beginnings of words and side by side count more.
    """
    lower, score, places = text.lower(), 0, set[int]()
    if len(lower) != len(text):
        # A letter that becomes two: places in one are not places in the other.
        lower = text
    for word in wish.lower().split():
        found = _match_word(word, lower)
        if found is None:
            return None
        score += found.score
        places.update(found.places)
    return Match(score, tuple(sorted(places)))


def _match_word(word: str, text: str) -> Match | None:
    at = _best_place(word, text)
    if at >= 0:
        return Match(_score_at(word, text, at), tuple(range(at, at + len(word))))
    places = _scattered(word, text)
    if places is None:
        return None
    good = sum(_begins(text, place) or place - 1 in places for place in places)
    return Match(_SCATTERED * good // len(word) - min(len(text), _LONGEST), places)


def _best_place(word: str, text: str) -> int:
    """Where the word stands, rather at the beginning of a word; -1 where it does not."""
    first = at = text.find(word)
    while at >= 0:
        if _begins(text, at):
            return at
        at = text.find(word, at + 1)
    return first


def _begins(text: str, place: int) -> bool:
    return place == 0 or text[place - 1] in _STARTS


def _score_at(word: str, text: str, at: int) -> int:
    if at == 0:
        return _EXACT if len(word) == len(text) else _PREFIX - min(len(text), _LONGEST)
    return (_WORD if _begins(text, at) else _INSIDE) - min(len(text), _LONGEST)


def _scattered(word: str, text: str) -> tuple[int, ...] | None:
    """The letters in their order, each rather at the beginning of a word than just anywhere."""
    places: list[int] = []
    at = -1
    for letter in word:
        found = text.find(letter, at + 1)
        if found < 0:
            return _greedy(word, text)
        if found != at + 1:
            later = found
            while later >= 0 and not _begins(text, later):
                later = text.find(letter, later + 1)
            found = later if later >= 0 else found
        places.append(found)
        at = found
    return tuple(places)


def _greedy(word: str, text: str) -> tuple[int, ...] | None:
    places: list[int] = []
    at = -1
    for letter in word:
        at = text.find(letter, at + 1)
        if at < 0:
            return None
        places.append(at)
    return tuple(places)


class Haystack:
    """Names to find things in, with words about each (role, account, group) that it can be found by, too.

    Made once for each change of the names: then a wish costs one look at each name, and only names that match are
    judged. Letters that are not side by side are looked for only where nothing else matches.
    """

    def __init__(self, names: Iterable[str], about: Iterable[str] = ()) -> None:
        self._names = [name.lower() for name in names]
        told = [words.lower() for words in about] or [""] * len(self._names)
        self._whole = [f"{name}\n{words}" for name, words in zip(self._names, told, strict=True)]
        # A blank before each word, so that one search tells whether a word of the name begins so.
        self._begun = [f" {name.translate(_BLANKS)}" for name in self._names]
        self._short = [min(len(name), _LONGEST) for name in self._names]
        self._known: tuple[list[str], Sequence[int]] = ([], range(len(self._names)))

    def __len__(self) -> int:
        """How many names there are."""
        return len(self._names)

    def find(
        self, wish: str, limit: int, bonus: Mapping[int, int] | None = None, *, strewn: bool = True
    ) -> tuple[list[Hit], int]:
        """The best `limit` hits, best first, and how many there are. `bonus` adds to the score of some, by number.

        Equally good ones stay in their order. An empty wish finds all. Without `strewn` letters that are not side by
        side are not looked for.
        """
        words = wish.lower().split()
        extra = bonus or {}
        found = self._holding(words)
        scores = self._scores(words, found) if found or not strewn else self._scattered(words)
        for index in extra.keys() & scores.keys():
            scores[index] += extra[index]
        best = nsmallest(limit, [(-score, index) for index, score in scores.items()])
        return [Hit(index, -score) for score, index in best], len(scores)

    def _holding(self, words: list[str]) -> Sequence[int]:
        """The names that hold all words; after one more letter only what was found before it is looked at."""
        known, found = self._known
        if not (known and all(any(old in word for word in words) for old in known)):
            found = range(len(self._names))
        whole = self._whole
        for word in words:
            if word not in known or isinstance(found, range):
                found = [index for index in found if word in whole[index]]
        self._known = words, found
        return found

    def _scores(self, words: list[str], found: Sequence[int]) -> dict[int, int]:
        scores = dict.fromkeys(found, 0)
        names, begun, short = self._names, self._begun, self._short
        for word in words:
            start = f" {word}"
            for i in found:
                name = names[i]
                # Most often names do not begin so: told apart with one look at each
                if start in begun[i]:
                    if not name.startswith(word):
                        scores[i] += _WORD - short[i]
                    else:
                        scores[i] += _PREFIX - short[i] if name != word else _EXACT
                else:
                    scores[i] += (_INSIDE if word in name else _BESIDE) - short[i]
        return scores

    def _scattered(self, words: list[str]) -> dict[int, int]:
        # Each part stops at the first letter it looks for: there is only one way to match, and no way back.
        patterns = [re.compile("".join(f"[^{re.escape(c)}]*{re.escape(c)}" for c in word)).match for word in words]
        wanted = set("".join(words))
        spans: dict[int, int] = {}
        for i, name in enumerate(self._names):
            if not wanted.issubset(name):
                continue
            ends = 0
            for matches in patterns:
                found = matches(name)
                if found is None:
                    break
                ends += found.end()
            else:
                spans[i] = ends + self._short[i]
        # Of very many only the closest are looked at closely; the others count, and come after them.
        scores = {i: -span - _LONGEST for i, span in spans.items()}
        for _span, i in nsmallest(_JUDGED, [(span, i) for i, span in spans.items()]):
            judged = match(" ".join(words), self._names[i])
            if judged is not None:
                scores[i] = judged.score
        return scores
