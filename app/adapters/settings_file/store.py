"""The settings file itself: found, locked, read, changed entry by entry, replaced as a whole."""

from __future__ import annotations

import copy
import re
import tomllib
from dataclasses import fields
from typing import TYPE_CHECKING, Any

from app.adapters import files
from app.adapters.settings_file import edit
from app.adapters.settings_file.move import NotMovableError, move_entry
from app.adapters.settings_file.scan import Lines
from app.domain.configuration import Configuration, Provider
from app.domain.errors import BadInput, StorageTrouble
from app.domain.settings_entries import READERS, faults, read_settings
from app.domain.settings_fields import Table, plain_fault
from app.domain.settings_schema import SCHEMA, kind_of, newer, parse, schema_of, table_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from app.domain.configuration import Identity, Profile, Source
    from app.domain.settings_schema import Entry

_BOM = "\ufeff"
_LONG_NUMBER = re.compile(r"[0-9](?:_?[0-9]){4000}")
_NEW = f"""\
# Rolecall: who you are, and the roles you may assume. Safe to edit by hand and to version: it holds no secret.
schema = {SCHEMA}
"""


def load(path: Path) -> Configuration:
    """Read the settings file, blocking, and import little for it; without one the configuration is empty.

    Raises StorageTrouble: `settings-unreadable`, or `settings-broken` with line and reason when it is no TOML, or no
    settings at all. Entries with a fault are no error but refusals.
    """
    text = _read(path)
    return _parsed((text or "").removeprefix(_BOM), path)[0]


_Edited = tuple[str, dict[str, Any]]
"""A text, and what it says: read once, for it takes long. Nobody changes it."""


class SettingsFile:
    """Answers `app.ports.SettingsStore` with the file `path`, under the lock file `lock_path`."""

    def __init__(self, path: Path, *, lock_path: Path) -> None:
        from concurrent.futures import ThreadPoolExecutor

        self._path = path
        self._lock_path = lock_path
        self._is_clean = False
        self._known: _Edited | None = None
        self._executor = ThreadPoolExecutor(max_workers=1, thread_name_prefix="rolecall-settings")

    async def load(self) -> Configuration:
        """Read the file; without one the configuration is empty. See `load`."""
        return await self._run(self.load_now)

    async def put(self, entry: Entry, *, formerly: str = "") -> Configuration:
        """Add or change an entry. See `put_now`."""
        return await self._run(lambda: self.put_now(entry, formerly=formerly))

    async def put_all(self, entries: tuple[Identity | Provider | Profile, ...]) -> Configuration:
        """Add or change several entries, or none. See `put_all_now`."""
        return await self._run(lambda: self.put_all_now(entries))

    async def move(self, profile: str, *, before: str, group: str | None = None) -> Configuration:
        """Put a profile before another one. See `move_now`."""
        return await self._run(lambda: self.move_now(profile, before=before, group=group))

    async def remove(self, source: Source) -> Configuration:
        """Remove an entry. See `remove_now`."""
        return await self._run(lambda: self.remove_now(source))

    async def fingerprint(self) -> tuple[int, ...]:
        """Inode, size and time of the last change; empty when there is no file."""
        return files.fingerprint(self._path)

    def close(self) -> None:
        """End the thread. What was begun is finished."""
        self._executor.shutdown()

    def load_now(self) -> Configuration:
        """Read the file, blocking; the first time, what killed writers left is removed. See `load`."""
        if not self._is_clean:
            self._is_clean = True
            files.clean_up(self._path, self._lock_path)
        return load(self._path)

    def put_now(self, entry: Entry, *, formerly: str = "") -> Configuration:
        """Write an entry into the newest content, blocking. References to `formerly` follow the new name.

        Raises BadInput when the entry breaks a rule, cannot work with the others, or its new name is taken;
        StorageTrouble as `load`, and `settings-newer`, `settings-unwritable`, `lock-timeout`.
        """
        wanted = _checked(entry)
        return self._change(lambda text, document: _put(text, document, entry, formerly), [wanted])

    def put_all_now(self, entries: tuple[Identity | Provider | Profile, ...]) -> Configuration:
        """Write several entries at once, blocking: all of them, or none. Raises what `put_now` does."""
        wanted = [_checked(entry) for entry in entries]
        return self._change(lambda text, document: _put_all(text, document, entries), wanted)

    def move_now(self, profile: str, *, before: str, group: str | None = None) -> Configuration:
        """Put a profile's table before another's, or after all others, blocking.

        Raises BadInput `entry-unknown` when one of them is not there; see `put_now`.
        """
        return self._change(lambda text, document: _moved(text, document, profile, before, group), [])

    def remove_now(self, source: Source) -> Configuration:
        """Remove an entry, blocking. Raises BadInput when there is none or others start from it; see `put_now`."""
        return self._change(lambda text, document: _remove(text, document, source), [])

    def _change(
        self, change: Callable[[str, dict[str, Any]], _Edited], entries: list[tuple[str, str]]
    ) -> Configuration:
        try:
            with files.locked(self._lock_path):
                found = _read(self._path)
                text = _NEW if found is None else found.removeprefix(_BOM)
                # What we wrote ourselves was read then
                document = known[1] if (known := self._known) and known[0] == text else _parsed(text, self._path)[1]
                if schema_of(document) > SCHEMA:
                    raise newer(schema_of(document))
                changed, said = change(text, document)
                configuration = _configured(changed, said, self._path)
                _raise_refusal(configuration, entries)
                if changed != text or found is None:
                    mark = _BOM if (found or "").startswith(_BOM) else ""
                    files.replace(self._path, (mark + changed).encode(), keep_mode=True)
                self._known = changed, said
                return configuration
        except OSError as error:
            title = "The settings could not be written"
            raise files.trouble(error, code="settings-unwritable", title=title, path=self._path) from error

    async def _run(self, work: Callable[[], Configuration]) -> Configuration:
        import asyncio

        return await asyncio.get_running_loop().run_in_executor(self._executor, work)


def _read(path: Path) -> str | None:
    try:
        data = files.read(path)
    except OSError as error:
        title = "The settings could not be read"
        raise files.trouble(error, code="settings-unreadable", title=title, path=path) from error
    if data is None:
        return None
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise _broken(path, line, "This is not UTF-8 text.") from error


def _parsed(text: str, path: Path) -> tuple[Configuration, dict[str, Any]]:
    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        place = re.search(r"\(at line ([0-9]+), column [0-9]+\)", str(error))
        line = int(place.group(1)) if place else text.count("\n") + 1
        raise _broken(path, line, f"{str(error).partition(' (at ')[0]}.") from error
    except RecursionError as error:
        raise _broken(path, 1, "It is nested too deeply.") from error
    except ValueError as error:  # of Python's, for thousands of digits: see sys.set_int_max_str_digits
        line = text.count("\n", 0, found.start()) + 1 if (found := _LONG_NUMBER.search(text)) else 1
        raise _broken(path, line, "A number in it is too long.") from error
    return _configured(text, document, path), document


def _configured(text: str, document: dict[str, Any], path: Path) -> Configuration:
    """What the text, which says the document, means. Raises StorageTrouble `settings-broken`."""
    lines = Lines(text)
    try:
        return parse(document, lines.line_of)
    except BadInput as error:
        line = lines.line_of((error.field,))
        raise _broken(path, line, f"{error.title}. {error.detail}") from error


def _checked(entry: Entry) -> tuple[str, str]:
    """Kind and name of an entry that breaks no rule by itself. Raises BadInput."""
    kind, name = kind_of(entry), getattr(entry, "name", "")
    for fault in faults(kind, name, table_of(entry)):
        raise fault
    return kind, name


def _put(text: str, document: dict[str, Any], entry: Entry, formerly: str) -> _Edited:
    """Return the text with the entry in it, and what it says then. `document` is what the text says now."""
    expected = copy.deepcopy(document)
    return _verified(_with_entry(text, expected, entry, formerly), expected)


def _put_all(text: str, document: dict[str, Any], entries: Iterable[Entry]) -> _Edited:
    """Return the text with all the entries in it, the new ones of each kind written in one go."""
    expected = copy.deepcopy(document)
    new: dict[str, dict[str, dict[str, object]]] = {}
    for entry in entries:
        kind, name = kind_of(entry), getattr(entry, "name", "")
        there = expected.get(kind, {})
        if isinstance(there, dict) and name in there:
            text = _with_entry(text, expected, entry, "")
        else:
            new.setdefault(kind, {})[name] = table_of(entry)
    for kind, tables in new.items():
        if not isinstance(expected.setdefault(kind, {}), dict):
            raise _unchangeable()
        text = edit.add_entries(text, kind, tables)
        expected[kind].update(tables)
    return _verified(text, expected)


def _with_entry(text: str, expected: dict[str, Any], entry: Entry, formerly: str) -> str:
    """Put the entry into the text and into what it is meant to say then."""
    kind, name = kind_of(entry), getattr(entry, "name", "")
    is_first = kind not in expected
    entries = expected.setdefault(kind, {})
    if not isinstance(entries, dict):
        raise _unchangeable()
    if formerly not in {"", name} and formerly in entries:
        if name in entries:
            raise _taken(kind, name)
        text = edit.rename_entry(text, (kind, formerly), name)
        entries[name] = entries.pop(formerly)
        text = _follow(text, expected, f"{kind}.{formerly}", f"{kind}.{name}")
    if (name and name not in entries) or is_first:
        wanted = table_of(entry)
        text = edit.add_entry(text, (kind, name) if name else (kind,), wanted)
        (entries.setdefault(name, {}) if name else entries).update(wanted)
    else:
        text = _set_keys(text, entries[name] if name else entries, entry)
    return text


def _set_keys(text: str, table: dict[str, Any], entry: Entry) -> str:
    """Change the keys of an entry that stands in `text`, and of its `table`, where they say something else."""
    kind, name = kind_of(entry), getattr(entry, "name", "")
    if not isinstance(table, dict):
        raise _unchangeable()
    head = (kind, name) if name else (kind,)
    wanted, current = table_of(entry), _canonical(kind, name, table)
    for key in _known(entry, table):
        if current.get(key) == wanted.get(key):
            continue
        if key in wanted:
            text = edit.set_key(text, head, key, wanted[key])
            table[key] = wanted[key]
        elif key in table:
            text = edit.remove_key(text, head, key)
            del table[key]
    return text


def _remove(text: str, document: dict[str, Any], source: Source) -> _Edited:
    kind, name = source.kind.value, source.name
    _check_there(document, kind, name)
    dependents = [each for each, table in _profiles(document) if table.get("source") == str(source)]
    if dependents:
        names = ", ".join(f"“{each}”" for each in dependents)
        raise BadInput(
            code="entry-in-use",
            title=f"“{name}” is still needed",
            detail=f"{names} start{'s' if len(dependents) == 1 else ''} from it.",
            remedy="Remove them first, or give them another source.",
            field=kind,
        )
    expected = copy.deepcopy(document)
    del expected[kind][name]
    return _verified(edit.remove_entry(text, (kind, name)), expected)


def _check_there(document: dict[str, Any], kind: str, name: str) -> None:
    entries = document.get(kind, {})
    if not isinstance(entries, dict) or name not in entries:
        raise BadInput(
            code="entry-unknown",
            title=f"There is no {kind} “{name}”",
            detail="It may have been removed elsewhere.",
            remedy="Look at the list again.",
            field=kind,
        )


def _moved(text: str, document: dict[str, Any], profile: str, before: str, group: str | None) -> _Edited:
    for name in (profile, before) if before else (profile,):
        _check_there(document, "profile", name)
    expected = copy.deepcopy(document)
    table = expected["profile"][profile]
    if group is not None and isinstance(table, dict) and group != table.get("group", ""):
        if fault := plain_fault(group):
            raise fault
        if group:
            table["group"] = group
            text = edit.set_key(text, ("profile", profile), "group", group)
        else:
            table.pop("group", None)
            text = edit.remove_key(text, ("profile", profile), "group")
    try:
        text = move_entry(text, ("profile", profile), ("profile", before) if before else None)
    except NotMovableError as error:
        raise _unchangeable() from error
    edited = _verified(text, expected)
    order = list(edited[1]["profile"])
    follower = order[order.index(profile) + 1 :][:1]
    if before not in {"", profile} and follower != [before]:
        raise _unchangeable()
    return edited


def _follow(text: str, document: dict[str, Any], old: str, new: str) -> str:
    """Let every profile that names `old` as its source name `new`, in text and document."""
    followers = [(name, table) for name, table in _profiles(document) if table.get("source") == old]
    for _, table in followers:
        table["source"] = new
    return edit.set_key_of_many(text, [("profile", name) for name, _ in followers], "source", new)


def _profiles(document: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    profiles = document.get("profile", {})
    if not isinstance(profiles, dict):
        return []
    return [(name, table) for name, table in profiles.items() if isinstance(table, dict)]


def _canonical(kind: str, name: str, table: dict[str, Any]) -> dict[str, Any]:
    """The table as we would write it, to tell a change from another way to say the same; itself when it has faults."""
    read = Table(table)
    entry = READERS[kind](name, read) if name else read_settings(read)
    return table if read.faults else table_of(entry)


def _known(entry: Entry, table: dict[str, Any]) -> tuple[str, ...]:
    if isinstance(entry, Provider):
        return tuple(dict.fromkeys((*table_of(entry), *table)))
    return tuple(each.name for each in fields(entry) if each.name not in {"name", "mfa_command"})


def _verified(text: str, expected: dict[str, Any]) -> _Edited:
    """Hold the edited text against what it was meant to say: an edit that went astray is not written."""
    try:
        said = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        said = None
    if said is None or _without_empty(said) != _without_empty(expected):
        raise _unchangeable()
    return text, said


def _without_empty(document: dict[str, Any]) -> dict[str, Any]:
    # `[profile]` without entries says no more than no such line.
    return {key: value for key, value in document.items() if value != {}}


def _unchangeable() -> StorageTrouble:
    return StorageTrouble(
        code="settings-edit",
        title="The settings file is written in a way that Rolecall cannot change",
        detail="The change would have damaged other entries, so nothing was written.",
        remedy="Give each entry a table of its own, like [profile.NAME], or make the change by hand.",
    )


def _raise_refusal(configuration: Configuration, entries: list[tuple[str, str]]) -> None:
    wanted = {".".join(part for part in entry if part) for entry in entries}
    for refusal in configuration.refusals:
        if refusal.entry in wanted:
            told = refusal.problem
            raise BadInput(code=told.code, title=told.title, detail=told.detail, remedy=told.remedy, field=told.field)


def _taken(kind: str, name: str) -> BadInput:
    return BadInput(
        code="name-taken",
        title=f"There already is a {kind} “{name}”",
        detail="Two entries cannot bear one name.",
        remedy="Choose another name.",
        field="name",
    )


def _broken(path: Path, line: int, reason: str) -> StorageTrouble:
    return StorageTrouble(
        code="settings-broken",
        title="The settings file cannot be read",
        detail=f"{path}, line {line}: {reason}",
        remedy="Correct that line; the file was left as it is.",
    )
