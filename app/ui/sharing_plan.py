"""What a colleague's file would change, as lines: pure, from the core's plan and what a person has chosen."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING

from app.domain.differences import Change
from app.ui.sharing_lines import Kind, Line
from app.ui.text import number, source_word, tr

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from app.domain.configuration import Configuration
    from app.domain.differences import EntryChange, ProfilesPlan

_ORDER = (Change.NEW, Change.CHANGED, Change.GONE, Change.REFUSED, Change.SAME)
_TAKEN = frozenset({Change.NEW, Change.CHANGED})


def key_of(entry: EntryChange) -> str:
    """`profile.NAME`, `provider.NAME` or `identity.NAME`."""
    return f"{entry.kind}.{entry.name}"


def lines_of(
    entries: Sequence[EntryChange],
    sources: Mapping[str, str],
    *,
    takes: Collection[Change] = _TAKEN,
    headings: Mapping[Change, str] | None = None,
) -> list[Line]:
    """Lines under a heading for each kind of change; `sources` are the missing sources that have a stand-in already.

    Entries whose change is among `takes` can be ticked, once nothing they start from is missing. `headings` are other
    words for the kinds of change.
    """
    lines: list[Line] = []
    for change in _ORDER:
        found = [entry for entry in entries if entry.change is change]
        if not found:
            continue
        checkable = change in takes
        title, count = {**_headings(), **(headings or {})}[change], number(len(found))
        lines.append(Line(kind=Kind.HEAD, key=f"head:{change.value}", title=title, words=count, checkable=checkable))
        for entry in found:
            lines += _entry(entry, sources, checkable=checkable)
    return lines


def ready(entry: EntryChange, sources: Mapping[str, str]) -> bool:
    """Whether everything it starts from is here, comes along, or has a stand-in."""
    return all(sources.get(need) for need in entry.needs)


def needed_by(plan: ProfilesPlan, keys: Iterable[str]) -> set[str]:
    """The new entries of the file that these start from, over others, and that are not among them."""
    by_key = {key_of(entry): entry for entry in plan.entries}
    waiting, found = list(keys), set[str]()
    begun = set(waiting)
    while waiting:
        source = source_of(by_key.get(waiting.pop()))
        there = by_key.get(source)
        if there is not None and there.change is Change.NEW and source not in begun:
            begun.add(source)
            found.add(source)
            waiting.append(source)
    return found


def starting_from(plan: ProfilesPlan, keys: Collection[str]) -> set[str]:
    """The entries of the file that start from one of these, over others; they cannot come without it."""
    if not keys:
        return set()
    by_source: dict[str, list[str]] = {}
    new = set[str]()
    for entry in plan.entries:
        by_source.setdefault(source_of(entry), []).append(key_of(entry))
        new |= {key_of(entry)} if entry.change is Change.NEW else set()
    waiting, found = [key for key in keys if key in new], set[str]()
    while waiting:
        fresh = [key for key in by_source.get(waiting.pop(), ()) if key not in found]
        found.update(fresh)
        waiting += [key for key in fresh if key in new]
    return found


def source_of(entry: EntryChange | None) -> str:
    """What an entry starts from after the change, as far as its fields tell; or an empty string."""
    if entry is None:
        return ""
    return next((field.new.strip("\"'") for field in entry.fields if field.name == "source"), "")


def stand_ins(configuration: Configuration, missing: str) -> list[str]:
    """Which of our sources may stand for a missing one: those of its kind first, a profile only for a profile."""
    kind = missing.partition(".")[0]
    tables = {
        "identity": configuration.identities,
        "provider": configuration.providers,
        "profile": configuration.profiles,
    }
    order = [kind, *(each for each in ("identity", "provider") if each != kind)]
    return [f"{each}.{name}" for each in order for name in sorted(tables.get(each, ()), key=str.casefold)]


def words_of_missing(missing: str) -> str:
    """What is missing, in words."""
    kind, _, name = missing.partition(".")
    return tr("{name} ({what}) is not here. Start from:").format(name=name, what=source_word(kind))


def _entry(entry: EntryChange, sources: Mapping[str, str], *, checkable: bool) -> list[Line]:
    key, unset = key_of(entry), tr("not set")
    words = "" if entry.kind == "profile" else source_word(entry.kind)
    possible = checkable and ready(entry, sources)
    tone = "bad" if entry.change is Change.REFUSED else "text2"
    lines = [Line(kind=Kind.ENTRY, key=key, title=entry.name, words=words, checkable=possible)]
    if checkable and not possible:
        needs = ", ".join(need.partition(".")[2] for need in entry.needs if not sources.get(need))
        told = tr("Choose above what stands for {names}.").format(names=needs)
        lines.append(Line(kind=Kind.NOTE, key=key, title="", words=told, tone="warn"))
    if entry.note:
        lines.append(Line(kind=Kind.NOTE, key=key, title="", words=entry.note, tone=tone))
    if entry.command:
        command = shlex.join(entry.command)
        told = tr("{command} will not run before you confirm it.").format(command=command)
        lines.append(Line(kind=Kind.NOTE, key=key, title="", words=told, tone="warn"))
    for field in entry.fields:
        new = entry.change is Change.NEW
        after = "" if new else f" → {field.new or unset}"
        words = field.new if new else f"{field.old or unset}{after}"
        lines.append(Line(Kind.NOTE, key, field.name, words, "text", after=after))
    return lines


def _headings() -> dict[Change, str]:
    return {
        Change.NEW: tr("New"),
        Change.CHANGED: tr("Changed"),
        Change.GONE: tr("No longer there"),
        Change.REFUSED: tr("Cannot be taken over"),
        Change.SAME: tr("The same here"),
    }
