"""What window and command line share and what outlives both: `state/sessions.json`, and the installation's ID.

`read_state` needs nothing but the standard library, so that the command line can answer at once.
"""

from __future__ import annotations

import json
import os
import re
from collections import deque
from datetime import UTC, datetime
from operator import attrgetter
from types import MappingProxyType, UnionType
from typing import TYPE_CHECKING, Any

from app.adapters import files
from app.domain.errors import StorageTrouble
from app.domain.state import SessionRecord, SharedState
from app.domain.values import dataclass

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from concurrent.futures import Future
    from pathlib import Path

    Change = Callable[[SharedState], SharedState]
    Lines = dict[str, tuple[SessionRecord, str]]

SCHEMA = 1
SESSIONS = "sessions.json"
INSTALLATION = "installation"
_INSTALLATION_BYTES = 6
_REST, _REST_LONGEST = 1, 0.02
"""After a write comes a rest: so many times as long, in seconds at most."""


class DamagedStateError(Exception):
    """The state file holds something else than a state."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Wish:
    change: Change
    result: Future[SharedState]


def _wish(change: Change) -> _Wish:
    from concurrent.futures import Future

    return _Wish(change=change, result=Future())


def read_state(directory: str | Path) -> SharedState:
    """Read the state of `directory` without writing, locking or setting aside anything.

    Without a file, or with a damaged one, it is empty; without an installation ID that is empty too. Raises
    StorageTrouble `state-unreadable` or `state-newer`.
    """
    try:
        installation = _read_installation(directory)
        data = files.read(_in(directory, SESSIONS))
    except OSError as error:
        raise _trouble(error, directory, "state-unreadable") from error
    try:
        return parse(data, installation)
    except DamagedStateError:
        return SharedState(installation=installation)


class StateFile:
    """Answers `app.ports.StateStore` with the files in `directory`."""

    def __init__(self, directory: Path) -> None:
        from concurrent.futures import ThreadPoolExecutor

        self._directory = directory
        self._path = directory / SESSIONS
        self._lock_path = directory / f"{SESSIONS}.lock"
        self._is_clean = False
        self._executor = ThreadPoolExecutor(max_workers=1, thread_name_prefix="rolecall-state")
        self._wishes: deque[_Wish] = deque()
        self._known: tuple[bytes | None, SharedState] | None = None
        self._fresh: tuple[tuple[int, ...], SharedState] | None = None
        self._lines: Lines = {}
        self._rests_until = 0.0

    async def read(self) -> SharedState:
        """Read the state. A damaged file is set aside, told in the log, and counts as empty.

        It is always another file when it is changed: one that is still the same is not read again.
        """
        fresh = self._fresh
        if fresh is not None and fresh[0] == files.fingerprint(self._path):
            return fresh[1]
        return await self._run(self.read_now)

    async def update(self, change: Callable[[SharedState], SharedState]) -> SharedState:
        """Apply a pure change under a lock to the newest content, and return what is then in the file.

        Changes that wait while the file is being written go into it together, in their order.
        """
        import asyncio

        wish = _wish(change)
        self._wishes.append(wish)
        # The first of these takes all that wait, the others then find nothing to do
        self._executor.submit(self._fulfil)
        return await asyncio.wrap_future(wish.result)

    async def fingerprint(self) -> tuple[int, ...]:
        """Inode, size and time of the last change; empty when there is no file yet."""
        return files.fingerprint(self._path)

    def close(self) -> None:
        """End the thread. What was begun is finished."""
        self._executor.shutdown()

    def read_now(self) -> SharedState:
        """`read`, blocking. The first time, what killed writers left is removed."""
        if not self._is_clean:
            self._is_clean = True
            for path in (self._path, self._directory / INSTALLATION):
                files.clean_up(path, self._lock_path)
        try:
            installation = _read_installation(self._directory)
            if installation:
                seen = files.fingerprint(self._path)
                state = self._parsed(files.read(self._path), installation)
                self._fresh = (seen, state) if seen else None
                return state
        except DamagedStateError:
            pass
        except OSError as error:
            raise _trouble(error, self._directory, "state-unreadable") from error
        return self.update_now(lambda state: state)

    def update_now(self, change: Callable[[SharedState], SharedState]) -> SharedState:
        """`update`, blocking."""
        wish = _wish(change)
        self._apply([wish])
        return wish.result.result()

    def _fulfil(self) -> None:
        import time

        if self._wishes:
            # Of many, more come together into one write; who comes alone does not wait
            time.sleep(max(0.0, self._rests_until - time.monotonic()))
        begun = time.monotonic()
        batch: list[_Wish] = []
        while self._wishes:
            wish = self._wishes.popleft()
            if wish.result.set_running_or_notify_cancel():
                batch.append(wish)
        if batch:
            self._apply(batch)
            ended = time.monotonic()
            self._rests_until = ended + min(_REST * (ended - begun), _REST_LONGEST)

    def _apply(self, batch: list[_Wish]) -> None:
        """Apply all changes with one write, and tell each how it ended."""
        try:
            done, changed = self._changed([wish.change for wish in batch])
        except BaseException as error:  # noqa: BLE001  # whatever it was, whoever waits has to hear of it
            for wish in batch:
                wish.result.set_exception(_of_their_own(error, self._directory))
            return
        for wish, failure in zip(batch, done, strict=True):
            if failure is None:
                wish.result.set_result(changed)
            else:
                wish.result.set_exception(failure)

    def _changed(self, changes: list[Change]) -> tuple[list[BaseException | None], SharedState]:
        """What each change failed with, and the state that is now in the file. Raises OSError and StorageTrouble."""
        failures: list[BaseException | None] = []
        with files.locked(self._lock_path):
            before = state = self._current()
            for change in changes:
                try:
                    state = change(state)
                except BaseException as error:  # noqa: BLE001  # it goes to whoever wished for the change
                    failures.append(error)
                else:
                    failures.append(None)
            if state != before:
                self._write(state)
        return failures, state

    def _write(self, state: SharedState) -> None:
        data = dump(state, self._lines)

        def note() -> None:
            # Who reads while the disk still works need not wait for it
            self._known = (data, state)
            self._fresh = (files.fingerprint(self._path), state)

        files.replace(self._path, data, seen=note)

    def _parsed(self, data: bytes | None, installation: str) -> SharedState:
        """`parse`, done once for what is read again and again."""
        known = self._known
        if known is None or known[0] != data or known[1].installation != installation:
            known = self._known = (data, parse(data, installation))
        return known[1]

    def _current(self) -> SharedState:
        installation = _read_installation(self._directory) or self._new_installation()
        try:
            return self._parsed(files.read(self._path), installation)
        except DamagedStateError as error:
            aside = self._set_aside()
            import logging

            log = logging.getLogger(__name__)
            log.warning("The state file is damaged (%s); it was set aside as %s", error, aside.name)
            return SharedState(installation=installation)

    def _new_installation(self) -> str:
        import secrets

        installation = secrets.token_hex(_INSTALLATION_BYTES)
        files.replace(self._directory / INSTALLATION, f"{installation}\n".encode())
        return installation

    def _set_aside(self) -> Path:
        files.check_plain(self._path)
        stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%S.%fZ")
        return self._path.replace(self._path.with_name(f"{SESSIONS}.damaged-{stamp}"))

    async def _run(self, work: Callable[[], SharedState]) -> SharedState:
        import asyncio

        return await asyncio.get_running_loop().run_in_executor(self._executor, work)


def parse(data: bytes | None, installation: str) -> SharedState:
    """Read the file's bytes. Raises DamagedStateError, and StorageTrouble `state-newer` for one of a later Rolecall."""
    if data is None:
        return SharedState(installation=installation)
    try:
        document = json.loads(data)
        schema = document["schema"]
        if type(schema) is int and schema > SCHEMA:
            raise _newer(schema)
        if schema != SCHEMA:
            message = "a schema that there never was"
            raise ValueError(message)  # noqa: TRY301  # told with all else that may be wrong with it
        return SharedState(
            installation=installation,
            sessions=MappingProxyType({name: _record(name, each) for name, each in document["sessions"].items()}),
            totp_steps=MappingProxyType({str(device): _whole(step) for device, step in document["totp_steps"].items()}),
            confirmed_commands=frozenset(map(str, document["confirmed_commands"])),
            provider_secrets=_places(document.get("provider_secrets", {})),  # not in files of before providers
        )
    except (ValueError, TypeError, KeyError, AttributeError, OverflowError, RecursionError) as error:
        message = f"{type(error).__name__}: {error}"
        raise DamagedStateError(message) from error


def dump(state: SharedState, lines: Lines | None = None) -> bytes:
    """The file's bytes: JSON, times in ISO 8601 with Z. `lines` of the last time are used again and kept up to date."""
    parts = {
        "schema": str(SCHEMA),
        "sessions": _object(_lines(state.sessions, {} if lines is None else lines)),
        "totp_steps": json.dumps(dict(sorted(state.totp_steps.items()))),
        "confirmed_commands": json.dumps(sorted(state.confirmed_commands)),
        "provider_secrets": json.dumps(dict(sorted(state.provider_secrets.items()))),
    }
    return (_object(f"{json.dumps(key)}: {text}" for key, text in parts.items()) + "\n").encode()


def _object(pairs: Iterable[str]) -> str:
    """A line for each pair: a person can read it, and a change shows where it is."""
    return "{\n" + ",\n".join(pairs) + "\n}"


def _lines(sessions: Mapping[str, SessionRecord], known: Lines) -> list[str]:
    """Each session in one line, by name; of many, few change from one write to the next."""
    for name in known.keys() - sessions.keys():
        del known[name]
    for name, record in sessions.items():
        kept = known.get(name)
        if kept is None or kept[0] is not record:
            known[name] = (record, f"{json.dumps(name)}: {json.dumps(_plain(record))}")
    return [known[name][1] for name in sorted(sessions)]


_READABLE: dict[str, type | UnionType] = {
    "str": str,
    "bool": bool,
    "int": int,
    "int | None": int | None,
    "datetime": str,
    "datetime | None": str | None,
}
_TYPES = {name: _READABLE[note] for name, note in SessionRecord.__annotations__.items()}
_WRITTEN = tuple(name for name in _TYPES if name != "name")
_written = attrgetter(*_WRITTEN)
_TIMES = frozenset(name for name, note in SessionRecord.__annotations__.items() if note.startswith("datetime"))


def _record(name: str, table: Mapping[str, Any]) -> SessionRecord:
    values: dict[str, Any] = {}
    for key, value in table.items():
        if key not in _TYPES or key == "name":
            continue
        if not isinstance(value, _TYPES[key]):
            message = f"{key} of {name} is no {_TYPES[key]}"
            raise TypeError(message)
        values[key] = _time(value) if key in _TIMES and isinstance(value, str) else value
    return SessionRecord(name=name, **values)


def _plain(record: SessionRecord) -> dict[str, object]:
    values: dict[str, object] = dict(zip(_WRITTEN, _written(record), strict=True))
    for name in _TIMES:
        if isinstance(moment := values[name], datetime):
            values[name] = _text(moment)
    return values


def _time(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        message = "a time without its zone"
        raise ValueError(message)
    return moment.astimezone(UTC)


def _text(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")


def _whole(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        message = "a step that is no whole number"
        raise TypeError(message)
    return value


def _places(table: Mapping[str, Any]) -> Mapping[str, str]:
    for key, place in table.items():
        if not isinstance(place, str):
            message = f"the place of {key} is no text"
            raise TypeError(message)
    return MappingProxyType(dict(table))


def _in(directory: str | Path, name: str) -> str:
    return os.path.join(directory, name)  # noqa: PTH118  # read by commands that start without pathlib


def _read_installation(directory: str | Path) -> str:
    text = (files.read(_in(directory, INSTALLATION)) or b"").decode("ascii", "replace").strip()
    return text if re.fullmatch(r"[0-9a-f]{8,64}", text) else ""


def _of_their_own(error: BaseException, directory: str | Path) -> BaseException:
    """An error for one of several: none of them changes another one's traceback."""
    if not isinstance(error, OSError):
        return error
    trouble = _trouble(error, directory, "state-unwritable")
    trouble.__cause__ = error
    return trouble


def _newer(schema: int) -> StorageTrouble:
    return StorageTrouble(
        code="state-newer",
        title="The state was written by another version of Rolecall",
        detail=f"It has schema {schema}; this version knows schema {SCHEMA}.",
        remedy="Use the newer Rolecall.",
    )


def _trouble(error: OSError, directory: str | Path, code: str) -> StorageTrouble:
    verb = "written" if code == "state-unwritable" else "read"
    return files.trouble(error, code=code, title=f"The state could not be {verb}", path=_in(directory, SESSIONS))
