"""A file with profiles and providers in the form of the settings, for a colleague. It holds no secret and no identity.

What somebody else wrote is read with care: of limited size, judged entry by entry, everything else passed over.
"""

from __future__ import annotations

import asyncio
import hashlib
import os
import re
import stat
import tomllib
from contextlib import suppress
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from app.adapters import files
from app.adapters.settings_file import edit
from app.adapters.settings_file.scan import Lines
from app.domain.configuration import Configuration, Profile, Provider, Refusal
from app.domain.errors import BadInput, StorageTrouble
from app.domain.settings_entries import READERS
from app.domain.settings_fields import Table, wrong_type
from app.domain.settings_schema import SCHEMA, kind_of, newer, schema_of, table_of

if TYPE_CHECKING:
    from app.domain.errors import RolecallError

BYTES_MOST = 1024 * 1024
_DOTS_MOST = 300
"""In one line: keys of very many parts would keep the parser busy for minutes."""
_MODE = 0o644
_HEAD = f"""\
# Profiles of Rolecall, to take over with `rolecall import FILE`. Holds no secret.
schema = {SCHEMA}
"""
_NOT_TAKEN = MappingProxyType(
    {
        "identity": "Identities are each person's own: they are named here as sources, and not taken over.",
        "settings": "Settings such as a proxy are each person's own, and never taken over from a file.",
    }
)


class ProfilesFile:
    """Answers `app.ports.ProfilesFile`."""

    async def write(self, path: str, entries: tuple[Provider | Profile, ...]) -> None:
        """Write the file anew, as a whole. Raises StorageTrouble `profiles-file`."""
        await asyncio.to_thread(write_now, path, entries)

    async def read(self, path: str) -> tuple[Configuration, str]:
        """Its profiles and providers, and the SHA-256 of its bytes; see `read_now`."""
        return await asyncio.to_thread(read_now, path)


def write_now(place: str, entries: tuple[Provider | Profile, ...]) -> None:
    """`write`, blocking."""
    path = _path(place)
    try:
        if not files.is_there(path.parent):
            raise FileNotFoundError(2, "there is no such folder")
        # Others may write there, and a lock file would be litter.
        files.replace(path, text_of(entries).encode(), keep_mode=True, mode=_MODE, alone=False)
    except OSError as error:
        raise _trouble(error, "written", path) from error


def read_now(place: str) -> tuple[Configuration, str]:
    """`read`, blocking.

    Entries that break a rule by themselves stand in `refusals`, as do identities and settings, which are not taken. A
    source that is not in the file is no fault here. Raises StorageTrouble `profiles-file` when it cannot be read, and
    BadInput `profiles-file` when it holds no profiles.
    """
    path = _path(place)
    try:
        data = _bytes(path)
    except OSError as error:
        raise _trouble(error, "read", path) from error
    return read_bytes(data), hashlib.sha256(data).hexdigest()


def read_bytes(data: bytes) -> Configuration:
    """What such a file holds. Raises BadInput; see `read_now`."""
    if len(data) > BYTES_MOST:
        raise _unreadable(f"It is longer than {BYTES_MOST // 1024} KiB.")
    if any(line.count(b".") > _DOTS_MOST for line in data.splitlines()):
        raise _unreadable("A line of it is too intricate.")
    try:
        text = data.decode().removeprefix("\ufeff")
        document = tomllib.loads(text)
    except UnicodeDecodeError as error:
        raise _unreadable(f"Line {data.count(bytes([10]), 0, error.start) + 1} is not UTF-8 text.") from error
    except tomllib.TOMLDecodeError as error:
        raise _unreadable(f"It is no TOML: {str(error)[:200]}.") from error
    except RecursionError as error:
        raise _unreadable("It is nested too deeply.") from error
    except ValueError as error:
        raise _unreadable("A number in it is too long.") from error
    return parse(document, text)


def parse(document: dict[str, Any], text: str = "") -> Configuration:
    """The profiles and providers of a document. Raises BadInput for one of no schema or a later one."""
    try:
        schema = schema_of(document)
    except BadInput as error:
        raise _unreadable(f"{error.title}. {error.detail}") from error
    if schema > SCHEMA:
        raise _unreadable(newer(schema).detail)
    reading = _Reading(Lines(text))
    for kind, why in _NOT_TAKEN.items():
        reading.leave_out(kind, document.get(kind), why)
    made = {kind: reading.entries(kind, document.get(kind, {})) for kind in ("provider", "profile")}
    return Configuration(
        providers=MappingProxyType(made["provider"]),
        profiles=MappingProxyType(made["profile"]),
        refusals=tuple(reading.refusals),
    )


class _Reading:
    """One document on its way to values; collects what is refused."""

    def __init__(self, lines: Lines) -> None:
        self._lines = lines
        self.refusals: list[Refusal] = []

    def entries(self, kind: str, tables: object) -> dict[str, Any]:
        made: dict[str, Any] = {}
        if not isinstance(tables, dict):
            self._refuse(wrong_type(kind, tables, "a table", f"[{kind}.NAME]"), kind)
            return made
        for name, values in tables.items():
            if not isinstance(values, dict):
                self._refuse(wrong_type(f"{kind}.{name}", values, "a table", f"[{kind}.{name}]"), kind, name)
                continue
            table = Table(values)
            made[name] = READERS[kind](name, table)
            if table.faults:
                self._refuse(table.faults[0], kind, name)
                del made[name]
        return made

    def leave_out(self, kind: str, tables: object, why: str) -> None:
        """Tell what stands there and is not taken."""
        if tables is None:
            return
        names = list(tables) if kind == "identity" and isinstance(tables, dict) else []
        entries: list[tuple[str, ...]] = [(kind, name) for name in names] or [(kind,)]
        for entry in entries:
            self._refuse(_not_taken(kind, why), *entry)

    def _refuse(self, error: RolecallError, *entry: str) -> None:
        line = self._lines.line_of(entry)
        self.refusals.append(Refusal(entry=".".join(entry), problem=error.problem, line=line))


def text_of(entries: tuple[Provider | Profile, ...]) -> str:
    """The file's text, one table for each entry, in this order."""
    parts = [_HEAD]
    for entry in entries:
        lines = [f"[{kind_of(entry)}.{edit.render_key(entry.name)}]"]
        lines += [f"{edit.render_key(key)} = {edit.render(value)}" for key, value in table_of(entry).items()]
        parts.append("\n".join(lines) + "\n")
    return "\n".join(parts)


def _path(place: str) -> Path:
    path = Path(place)
    with suppress(RuntimeError):  # no home of that name: then it is a folder called ~NAME
        path = path.expanduser()
    return path


def _bytes(path: Path) -> bytes:
    """What stands in a plain file, and one byte more than may. Raises OSError."""
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    with os.fdopen(os.open(path, flags), "rb") as file:
        if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
            raise OSError(0, "it is no plain file")
        return file.read(BYTES_MOST + 1)


def _not_taken(kind: str, why: str) -> BadInput:
    return BadInput(code="profiles-file-left-out", title=f"[{kind}] is left out", detail=why)


def _unreadable(detail: str) -> BadInput:
    return BadInput(
        code="profiles-file",
        title="This is no file with profiles of Rolecall",
        detail=re.sub(r"[^\x20-\x7e\u00a0-\uffff]", "?", detail),
        remedy="Ask for it again: `rolecall export FILE NAME` writes one.",
    )


def _trouble(error: OSError, verb: str, path: Path) -> StorageTrouble:
    return files.trouble(error, code="profiles-file", title=f"The file with profiles could not be {verb}", path=path)
