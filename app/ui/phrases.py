"""Sentences of other rooms in the person's language: found again by their templates, with what was filled in.

The core and the adapters know no Qt and speak English, in sentences with names, numbers and foreign words in them. A
template is such a sentence with `{0}`, `{1}` … in their places; its translation has the same places.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

_PLACE = re.compile(r"\{([a-z_0-9]*)\}")
_WORD = re.compile(r"[A-Za-z]+")
_SENTENCE_END = re.compile(r"(?<=[.!?…]) ")
_REMEMBERED = 4096
_LONGEST, _SENTENCES, _TOGETHER, _DEEPEST = 1000, 16, 2, 3
"""Beyond these a text stays as it is: letters, sentences, sentences of one template, words of ours in words of ours.

What AWS says has no bounds, and the window waits meanwhile.
"""


class _Template:
    """One sentence with places. `own` is how many characters are its own, `words` are those it certainly has."""

    def __init__(self, source: str, translation: str) -> None:
        pieces = _PLACE.split(source)
        self._parts, self._names = pieces[::2], pieces[1::2]
        self._translation = translation
        self.own = sum(map(len, self._parts))
        # A word beside a place may be a part of a longer one.
        marked = _PLACE.sub("0", source)
        self.words = [
            found[0]
            for found in _WORD.finditer(marked)
            if marked[found.start() - 1 : found.start()] != "0" and marked[found.end() : found.end() + 1] != "0"
        ]

    def values(self, text: str) -> dict[str, str] | None:
        """What stands in the places of `text`, each as short as can be; None where it is another sentence."""
        first, last = self._parts[0], self._parts[-1]
        if not text.startswith(first) or not text.endswith(last) or len(text) < self.own:
            return None
        values: dict[str, str] = {}
        at, end = len(first), len(text) - len(last)
        for name, part in zip(self._names, [*self._parts[1:-1], None], strict=True):
            after = end if part is None else text.find(part, at, end)
            if after < at or values.setdefault(name, text[at:after]) != text[at:after]:
                return None
            at = after + len(part or "")
        return values

    def filled(self, values: Mapping[str, str]) -> str:
        """The translation with these values."""
        return _PLACE.sub(lambda place: values.get(place[1], place[0]), self._translation)


class Phrases:
    """All templates with their translations."""

    def __init__(self, pairs: Mapping[str, str]) -> None:
        self._whole = {source: words for source, words in pairs.items() if not _PLACE.search(source)}
        templates = [_Template(source, words) for source, words in pairs.items() if source not in self._whole]
        # A sentence that fits two templates is one of the more telling one.
        templates.sort(key=lambda each: -each.own)
        self._by_word: dict[str, list[tuple[int, _Template]]] = {}
        often = Counter(word for template in templates for word in set(template.words))
        for rank, template in enumerate(templates):
            rarest = min(template.words, key=lambda word: often[word], default="")
            self._by_word.setdefault(rarest, []).append((rank, template))
        self._told = lru_cache(_REMEMBERED)(self._retold)

    def told(self, text: str) -> str:
        """The text with every sentence that is known translated; the rest, and what is far too long, stays as it is."""
        return self._told(text, 0) if text and len(text) <= _LONGEST else text

    def _retold(self, text: str, depth: int) -> str:
        found = self._find(text, depth)
        if found is not None:
            return found
        if "\n" in text:
            return "\n".join(self._retold(line, depth) for line in text.split("\n"))
        sentences = _SENTENCE_END.split(text)
        return text if not 1 < len(sentences) <= _SENTENCES else self._by_sentences(sentences, depth)

    def _part(self, text: str, depth: int) -> str:
        """What was filled in: words of ours are translated, a single one is a name and stays."""
        return self._told(text, depth) if " " in text.strip() and depth <= _DEEPEST else text

    def _by_sentences(self, sentences: list[str], depth: int) -> str:
        parts, place = [], 0
        while place < len(sentences):
            for end in range(min(len(sentences), place + _TOGETHER), place, -1):
                found = self._find(" ".join(sentences[place:end]), depth)
                if found is not None:
                    parts.append(found)
                    place = end
                    break
            else:
                parts.append(sentences[place])
                place += 1
        return " ".join(parts)

    def _find(self, text: str, depth: int) -> str | None:
        """The translation of a text that is one template, also with a full stop or a capital of its own."""
        found = self._exactly(text, depth)
        if found is not None:
            return found
        bare = text.removesuffix(".")
        found = None if bare == text else self._exactly(bare, depth)
        if found is not None:
            return f"{found}."
        if text[:1].isupper() and " " in text:
            found = self._exactly(text[:1].lower() + text[1:], depth)
        return None if found is None else found[:1].upper() + found[1:]

    def _exactly(self, text: str, depth: int) -> str | None:
        whole = self._whole.get(text)
        if whole is not None:
            return whole
        candidates = [each for word in {"", *_WORD.findall(text)} for each in self._by_word.get(word, ())]
        for _rank, template in sorted(candidates, key=lambda each: each[0]):
            values = template.values(text)
            if values is not None:
                return template.filled({name: self._part(value, depth + 1) for name, value in values.items()})
        return None
