"""`rolecall export` and `rolecall import`: profiles as a file for a colleague, the difference shown first."""

from __future__ import annotations

import asyncio
import os
import stat
from pathlib import Path
from typing import TYPE_CHECKING

from app.cli import terminal
from app.cli.acting import connected
from app.cli.text import printable
from app.domain.differences import Change
from app.domain.errors import BadInput, Declined, NeedsPerson, RolecallError

if TYPE_CHECKING:
    import argparse

    from app.core.intents import Sharing
    from app.domain.differences import EntryChange, ProfilesPlan


async def _export(options: argparse.Namespace) -> int:
    """Write profiles, and what they start from, into a file."""
    async with connected(ask=False) as wired:
        names = list(wired.front.snapshot().configuration.profiles) if options.all else options.names
        if not names:
            raise BadInput(code="nothing-named", title="No profile was named", remedy="Name some, or give --all.")
        if not options.force and not await _is_replaceable(options.file, wired.front.sharing):
            await _agree_to_replace(options.file)
        count = await wired.front.sharing.export_profiles(tuple(names), options.file)
    print(f"{printable(options.file)}: {count} {'entry' if count == 1 else 'entries'}, without secrets.")
    return 0


async def _is_replaceable(file: str, sharing: Sharing) -> bool:
    """Whether nothing is lost with a file: there is none, it is empty, or an older one with profiles."""
    if await asyncio.to_thread(_is_empty, os.path.expanduser(file)):  # noqa: PTH111, ASYNC240  # Path's own refuses homes that are not there; asks no disk
        return True
    try:
        await sharing.plan(file)
    except RolecallError:
        return False
    return True


def _is_empty(file: str) -> bool:
    try:
        found = Path(file).stat()
    except OSError:
        return True
    return stat.S_ISREG(found.st_mode) and not found.st_size


async def _agree_to_replace(file: str) -> None:
    if not terminal.is_there():
        raise NeedsPerson(
            code="confirmation-needed",
            title="Another file would be lost",
            detail=f"{printable(file)} holds something else than profiles of Rolecall. It was left as it is.",
            remedy="Give another name, or --force.",
        )
    question = f"{printable(file)} holds something else than profiles of Rolecall. Type yes to replace it: "
    if (await terminal.ask(question)).lower() != "yes":
        raise Declined


async def _take_over(options: argparse.Namespace) -> int:
    """Show what a file would change; do it when a person, or --yes, says so."""
    async with connected() as wired:
        sources = _sources(options.map)
        plan = await wired.front.sharing.plan(options.file)
        _show(plan, sources)
        wanted = [each for each in plan.entries if each.change in (Change.NEW, Change.CHANGED)]
        if not wanted:
            print("Nothing to take over.")
            return 0
        _check_sources(wanted, sources)
        if not options.yes:
            await _agree(len(wanted))
        pairs = tuple((each.kind, each.name) for each in wanted)
        count = await wired.front.sharing.take(plan, pairs, sources)
        print(f"{count} {'entry' if count == 1 else 'entries'} taken over.")
    return 0


def _check_sources(wanted: list[EntryChange], sources: dict[str, str]) -> None:
    lacking = sorted({need for each in wanted for need in each.needs} - sources.keys())
    if lacking:
        raise BadInput(
            code="source-missing",
            title=f"There is no {lacking[0]} here",
            detail="Profiles of the file start from it.",
            remedy=f"Say which source of yours stands for it: --map {lacking[0]}=identity.YOURS.",
        )


async def _agree(count: int) -> None:
    if not terminal.is_there():
        raise NeedsPerson(
            code="confirmation-needed",
            title="Somebody has to look at this first",
            detail="There is no terminal to ask at. Nothing was changed.",
            remedy="Look at what is shown, and give --yes.",
        )
    what = "this entry" if count == 1 else f"these {count} entries"
    if (await terminal.ask(f"Type yes to take over {what}: ")).lower() != "yes":
        raise Declined


async def run(options: argparse.Namespace) -> int:
    """Run `export` or `import`."""
    return await (_export if options.command == "export" else _take_over)(options)


def _sources(pairs: list[str]) -> dict[str, str]:
    sources: dict[str, str] = {}
    for pair in pairs:
        theirs, separator, ours = pair.partition("=")
        if not (separator and theirs and ours):
            raise BadInput(
                code="map",
                title="That is no pair of sources",
                detail=f"“{printable(pair)}” has no source on both sides of a =.",
                remedy="Write it like --map identity.bob=identity.alice.",
            )
        sources[theirs] = ours
    return sources


def _show(plan: ProfilesPlan, sources: dict[str, str]) -> None:
    marks = {Change.NEW: "+", Change.CHANGED: "~", Change.SAME: "=", Change.REFUSED: "!", Change.GONE: "-"}
    for each in plan.entries:
        name = f"{each.kind} {each.name}".strip()
        print(printable(f"{marks[each.change]} {name}: {each.change.value}"))
        if each.change is not Change.SAME:
            _show_entry(each, sources)


def _show_entry(each: EntryChange, sources: dict[str, str]) -> None:
    if each.note:
        print(printable(f"    {each.note}"))
    for field in each.fields:
        old, new = field.old or "(not set)", field.new or "(not set)"
        shown = new if each.change is Change.NEW else f"{old} -> {new}"
        print(printable(f"    {field.name}: {shown}"))
    if each.command:
        print("    This command runs only after you have seen and confirmed it:")
        print(terminal.command_shown(each.command))
    for need in each.needs:
        stands_for = sources.get(need)
        told = f"{need} is {stands_for} here" if stands_for else f"there is no {need} here"
        print(printable(f"    {told}"))
