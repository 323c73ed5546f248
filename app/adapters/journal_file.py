"""The activity journal: one JSON object in each line of a private file, shared by all processes. Holds no secret.

The first line says the schema and the day on which old entries were last dropped. Who appends holds the file's lock.
"""

from __future__ import annotations

import contextlib
import errno
import json
import os
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, TypeVar

from app.adapters import files
from app.domain.errors import StorageTrouble
from app.domain.happening import KEPT, Happening, What
from app.domain.values import names

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

SCHEMA = 1
FILE = "activity.jsonl"
ENTRIES_MOST = 20_000
ENTRIES_LEFT = 18_000
"""So many stay when there are too many, so that not every further entry rewrites the file."""
BYTES_MOST = 32 * 1024 * 1024
"""Of a file that is longer, only the end is looked at."""
AHEAD_MOST = timedelta(days=1)
"""An entry that is further ahead was written with a wrong clock, and is not shown."""
_TEXT_MOST = 1000
_LINE_LEAST = 30
_KINDS = {each.value: each for each in What}
_TEXTS = names(Happening, of="str")
Made = TypeVar("Made")


class JournalFile:
    """Answers `app.ports.Journal` with a file in `directory`. `now` tells the time (UTC), for what is too old."""

    def __init__(self, directory: Path, *, now: Callable[[], datetime]) -> None:
        from concurrent.futures import ThreadPoolExecutor

        self._path = directory / FILE
        self._lock_path = directory / f"{FILE}.lock"
        self._is_clean = False
        self._now = now
        self._counted: tuple[tuple[int, ...], int] = ((), 0)
        """How many entries there were when the file was last counted or written to, and its fingerprint then."""
        self._executor = ThreadPoolExecutor(max_workers=1, thread_name_prefix="rolecall-journal")

    async def add(self, happenings: tuple[Happening, ...]) -> None:
        """Append entries. Raises StorageTrouble `journal`; a file of a later Rolecall stays as it is."""
        await self._run(lambda: self.add_now(happenings))

    async def read(self) -> tuple[Happening, ...]:
        """What is kept and not too old, newest first. Raises StorageTrouble `journal`."""
        return await self._run(self.read_now)

    async def fingerprint(self) -> tuple[int, ...]:
        """Inode, size and time of the last change; empty when there is no file yet."""
        return files.fingerprint(self._path)

    def close(self) -> None:
        """End the thread. What was begun is finished."""
        self._executor.shutdown()

    def add_now(self, happenings: tuple[Happening, ...]) -> None:
        """`add`, blocking."""
        new = [dump(each) for each in happenings]
        if not new:
            return
        try:
            with files.locked(self._lock_path):
                _refuse_link(self._path)
                tidied = self._tidied(len(new))
                if tidied is None:
                    is_counted = self._counted[0] == files.fingerprint(self._path)
                    _append(self._path, new)
                    self._counted = (
                        (files.fingerprint(self._path), self._counted[1] + len(new)) if is_counted else ((), 0)
                    )
                else:
                    files.replace(self._path, b"".join(line + b"\n" for line in (*tidied, *new)))
        except OSError as error:
            raise _trouble(error, "written", self._path) from error
        except StorageTrouble as error:
            if error.code == "journal":
                raise
            raise StorageTrouble(
                code="journal",
                title="The activity journal could not be written",
                detail=f"{error.title}. {error.detail}",
                remedy=error.remedy,
            ) from error

    def read_now(self) -> tuple[Happening, ...]:
        """`read`, blocking. The first time, what killed writers left is removed."""
        if not self._is_clean:
            self._is_clean = True
            files.clean_up(self._path, self._lock_path)
        try:
            lines = _lines(self._path)
        except OSError as error:
            raise _trouble(error, "read", self._path) from error
        _day_of(lines)
        oldest, latest = self._now() - KEPT, self._now() + AHEAD_MOST
        found = (parse(line) for line in lines)
        kept = [each for each in found if each is not None and oldest <= each.at <= latest][-ENTRIES_MOST:]
        kept.reverse()
        return tuple(sorted(kept, key=lambda each: each.at, reverse=True))

    def _tidied(self, coming: int) -> list[bytes] | None:
        """The lines to begin the file anew with, once a day without what is too old, and whenever there is too much.

        None when it is well as it is.
        """
        now = self._now()
        today = now.date().isoformat()
        may_be_crowded = _size(self._path) > _LINE_LEAST * (ENTRIES_MOST - coming)
        if _day_of(_first_line(self._path)) == today and not (
            may_be_crowded and self._entries() + coming > ENTRIES_MOST
        ):
            return None
        lines = _lines(self._path)
        dated = [(at, line) for line in lines if (at := _moment_of(line)) is not None]
        # By the newest entry's own time: a clock that has leapt ahead is no reason to forget everything.
        oldest = min(now, max((at for at, _ in dated), default=now)) - KEPT
        kept = [line for at, line in dated if at >= oldest]
        if len(kept) + coming > ENTRIES_MOST:
            kept = kept[-max(ENTRIES_LEFT - coming, 0) :]
        head = json.dumps({"schema": SCHEMA, "tidied": today}).encode()
        return [head, *kept]

    def _entries(self) -> int:
        """How many there are; of a long file they are not counted again for what we have added ourselves."""
        seen = files.fingerprint(self._path)
        if self._counted[0] != seen:
            self._counted = (seen, len(_lines(self._path)) - 1)
        return self._counted[1]

    async def _run(self, work: Callable[[], Made]) -> Made:
        import asyncio

        return await asyncio.get_running_loop().run_in_executor(self._executor, work)


def dump(happening: Happening) -> bytes:
    """One entry as a line, without its end; what is empty is left out, and no text is longer than 1000 characters."""
    entry: dict[str, object] = {"at": _stamp(happening.at), "what": happening.what.value}
    for name in _TEXTS:
        text = getattr(happening, name)
        if text:
            entry[name] = text[:_TEXT_MOST]
    if happening.by_person:
        entry["by_person"] = True
    if happening.expires is not None:
        entry["expires"] = _stamp(happening.expires)
    return json.dumps(entry, ensure_ascii=True).encode()


def parse(line: bytes) -> Happening | None:
    """Read a line; None for what is no entry, or one of a kind that is not known here."""
    entry = _object(line)
    at, expires, kind = _time(entry.get("at")), entry.get("expires"), entry.get("what")
    if at is None or not isinstance(kind, str) or kind not in _KINDS:
        return None
    texts = {name: entry.get(name, "") for name in _TEXTS}
    if not all(isinstance(text, str) for text in texts.values()):
        return None
    until = _time(expires)
    if expires is not None and until is None:
        return None
    return Happening(at=at, what=_KINDS[kind], by_person=entry.get("by_person") is True, expires=until, **texts)


def _lines(path: Path) -> list[bytes]:
    """The lines of the file, its first one first; of one that is far too long, the first and the last ones."""
    try:
        with os.fdopen(files.opened(path), "rb") as file:
            size = os.fstat(file.fileno()).st_size
            if size <= BYTES_MOST:
                return file.read().splitlines()
            first = file.readline(_TEXT_MOST)
            file.seek(size - BYTES_MOST)
            return [first, *file.read().splitlines()[1:]]
    except FileNotFoundError:
        return []


def _first_line(path: Path) -> list[bytes]:
    try:
        with os.fdopen(files.opened(path), "rb") as file:
            return [file.readline(_TEXT_MOST)]
    except FileNotFoundError:
        return []


def _size(path: Path) -> int:
    found = files.fingerprint(path)
    return found[1] if found else 0


def _day_of(lines: Iterable[bytes]) -> str:
    """The day on which the file was tidied last, or ''. Raises StorageTrouble for a file of a later Rolecall."""
    head = _object(next(iter(lines), b""))
    schema, day = head.get("schema"), head.get("tidied")
    if isinstance(schema, int) and schema > SCHEMA:
        raise StorageTrouble(
            code="journal",
            title="The activity journal belongs to a newer Rolecall",
            detail=f"It has schema {schema}; this version knows schema {SCHEMA}. It was left as it is.",
            remedy="Use the newer Rolecall.",
        )
    return day if isinstance(day, str) else ""


def _moment_of(line: bytes) -> datetime | None:
    return _time(_object(line).get("at"))


def _object(line: bytes) -> dict[str, Any]:
    try:
        read = json.loads(line)
    except (ValueError, RecursionError):
        return {}
    return read if isinstance(read, dict) else {}


def _time(text: object) -> datetime | None:
    try:
        moment = datetime.fromisoformat(text) if isinstance(text, str) else None
        return moment.astimezone(UTC) if moment is not None and moment.tzinfo is not None else None
    except (ValueError, OverflowError):
        return None


def _stamp(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _refuse_link(path: Path) -> None:
    """Raise OSError for a symbolic link: somebody else's file would be written over."""
    if path.is_symlink():
        raise OSError(errno.ELOOP, "it is a symbolic link", str(path))


def _append(path: Path, lines: list[bytes]) -> None:
    """Write whole lines at the end, after ending a line that a crash left torn; all of them or none. Raises OSError."""
    flags = os.O_RDWR | os.O_APPEND | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
    with os.fdopen(os.open(path, flags, files.FILE_MODE), "r+b", buffering=0) as file:
        size = file.seek(0, os.SEEK_END)
        torn = b""
        if size:
            file.seek(size - 1)
            torn = b"" if file.read(1) == b"\n" else b"\n"
        data = torn + b"".join(line + b"\n" for line in lines)
        try:
            while data:
                data = data[file.write(data) :]
        except BaseException:  # the disk is full, say: half a line is worse than none
            with contextlib.suppress(OSError):
                file.truncate(size)
            raise


def _trouble(error: OSError, verb: str, path: Path) -> StorageTrouble:
    return files.trouble(error, code="journal", title=f"The activity journal could not be {verb}", path=path)
