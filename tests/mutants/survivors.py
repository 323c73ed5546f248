"""Changes that no test noticed, named by what was changed, and the document that says why that is so."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

_MANGLED = re.compile(r"x(?:_|ǁ(?P<owner>[^ǁ]+)ǁ)(?P<name>.+?)__mutmut_[0-9]+")
_ENTRY = re.compile(r"- `(?P<change>.+)`")
_HEADING = re.compile(r"## (?P<reason>.+)")


def change(mutant: Mapping[str, str]) -> str:
    """What a mutant is, in one line that stays the same when other code changes: where, and what became what."""
    found = _MANGLED.fullmatch(mutant["name"].rpartition(".")[2])
    where = "?" if found is None else ".".join(filter(None, (found["owner"], found["name"])))
    lines = [line for line in mutant["diff"].splitlines() if not line.startswith(("---", "+++"))]
    was = " ".join(line[1:].strip() for line in lines if line.startswith("-"))
    now = " ".join(line[1:].strip() for line in lines if line.startswith("+"))
    return f"{mutant['module']} {where}: {was} => {now}"


def explained(document: Path) -> dict[str, str]:
    """From each change that the document lists to the heading it stands under."""
    known: dict[str, str] = {}
    reason = ""
    for line in document.read_text(encoding="utf-8").splitlines():
        if heading := _HEADING.fullmatch(line):
            reason = heading["reason"]
        elif entry := _ENTRY.fullmatch(line):
            known[entry["change"]] = reason
    return known


def by_reason(mutants: Iterable[Mapping[str, str]], known: Mapping[str, str]) -> dict[str, list[str]]:
    """The changes under their reasons; under "" those that the document does not list."""
    found: dict[str, list[str]] = {}
    for mutant in mutants:
        what = change(mutant)
        found.setdefault(known.get(what, ""), []).append(what)
    return found
