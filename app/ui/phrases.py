"""Sentences of other rooms in the person's language: found again by their templates, with what was filled in.

The core and the adapters know no Qt and speak English, in sentences with names, numbers and foreign words in them. A
template is such a sentence with `{0}`, `{1}` … in their places; its translation has the same places.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

_PLACE = re.compile(r"\{([a-z_0-9]*)\}")
_SENTENCE_END = re.compile(r"(?<=[.!?…]) ")
_REMEMBERED = 4096


class _Template:
    """One sentence with places. `anchor` is its longest part of its own, `own` how many characters are its own."""

    def __init__(self, source: str, translation: str) -> None:
        pieces = _PLACE.split(source)
        parts, names = pieces[::2], pieces[1::2]
        pattern = re.escape(parts[0])
        for name, part in zip(names, parts[1:], strict=True):
            seen = f"(?P<p{name}>" not in pattern
            pattern += (f"(?P<p{name}>.*?)" if seen else f"(?P=p{name})") + re.escape(part)
        self.anchor = max(parts, key=len)
        self.own = sum(map(len, parts))
        self._pattern = re.compile(pattern, re.DOTALL)
        self._translation = translation

    def filled(self, text: str, phrases: Phrases) -> str | None:
        """The translation with what stands in the places of `text`; None where it is another sentence."""
        if self.anchor not in text:
            return None
        found = self._pattern.fullmatch(text)
        if found is None:
            return None
        values = {name[1:]: phrases.part(value) for name, value in found.groupdict(default="").items()}
        return _PLACE.sub(lambda place: values.get(place[1], place[0]), self._translation)


class Phrases:
    """All templates with their translations."""

    def __init__(self, pairs: Mapping[str, str]) -> None:
        self._whole = {source: words for source, words in pairs.items() if not _PLACE.search(source)}
        templates = [_Template(source, words) for source, words in pairs.items() if source not in self._whole]
        # A sentence that fits two templates is one of the more telling one.
        self._templates = sorted(templates, key=lambda each: -each.own)
        self._found = lru_cache(_REMEMBERED)(self._find)

    def told(self, text: str) -> str:
        """The text with every sentence that is known translated; the rest stays as it is."""
        if not text:
            return text
        found = self._found(text)
        if found is not None:
            return found
        if "\n" in text:
            return "\n".join(self.told(line) for line in text.split("\n"))
        return self._by_sentences(_SENTENCE_END.split(text))

    def part(self, text: str) -> str:
        """What was filled in: words of ours are translated, a single one is a name and stays."""
        return self.told(text) if " " in text.strip() else text

    def _by_sentences(self, sentences: list[str]) -> str:
        parts, place = [], 0
        while place < len(sentences):
            for end in range(len(sentences), place, -1):
                found = self._found(" ".join(sentences[place:end]))
                if found is not None:
                    parts.append(found)
                    place = end
                    break
            else:
                parts.append(sentences[place])
                place += 1
        return " ".join(parts)

    def _find(self, text: str) -> str | None:
        whole = self._whole.get(text)
        if whole is not None:
            return whole
        for template in self._templates:
            filled = template.filled(text, self)
            if filled is not None:
                return filled
        # A title becomes a sentence by its full stop, and words by a capital.
        bare = text.removesuffix(".")
        if bare != text:
            found = self._found(bare)
            return None if found is None else f"{found}."
        if text[:1].isupper() and " " in text:
            found = self._found(text[:1].lower() + text[1:])
            return None if found is None else found[:1].upper() + found[1:]
        return None
