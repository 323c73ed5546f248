"""What the processes of `test_many_writers` do: write with the program's own code, read with it and with AWS's."""

from __future__ import annotations

import contextlib
import os
import random
import re
import time
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import botocore.configloader
import filelock  # noqa: F401  # else each fork would import it for itself
from awscli.customizations.configure.writer import ConfigFileWriter

from app.adapters import state_file
from app.adapters.credentials_file import reader
from app.adapters.credentials_file.file import LOCK_SECONDS, CredentialsFile
from app.adapters.settings_file import SettingsFile, store
from app.adapters.state_file import StateFile, read_state
from app.domain.arn import RoleArn
from app.domain.configuration import Profile, Source, SourceKind
from app.domain.credentials import Credentials
from app.domain.errors import StorageTrouble
from app.domain.published import Published, PublishedSection
from app.domain.secret import Secret
from app.domain.state import SessionRecord

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.domain.state import SharedState

INSTALLATION = "7f3a9c"
EXPIRES = datetime(2026, 11, 22, 1, 23, 45, tzinfo=UTC)
FOREIGN = (
    b"# mine, by hand\r\n[default]\r\naws_access_key_id=AKIA0\r\naws_secret_access_key = x\r\n\r\n"
    b"; and another one\n[elsewhere]\nrole_arn : arn:aws:iam::123456789012:role/Other\n  odd = 1\n"
)
_WITHDRAWN = 0.3
"""The share of writes that withdraw."""
_TRIES = 500
_IMPATIENT_EVERY = 16
"""Of so many writers one waits for the lock as the program does, and begins again when it was told that it is taken.

Where a hundred wait, that is most of the time: if all began again, they would do little else.
"""
_PATIENT_SECONDS = 3000.0
_OURS_EVERY, _BOTOCORE_EVERY = 200, 1000
_PACE_SECONDS, _LEISURE_SECONDS = 0.0005, 0.005
"""Between two reads: those who write need a processor, too, the more so when there were reads enough."""
_SECTION = re.compile(
    rb"\[(p[0-9]+-[ab])\]\r\naws_access_key_id = (ASIA[0-9]+)\r\naws_secret_access_key = secret-\2\r\n"
    rb"aws_session_token = token-\2\r\nx_security_token_expires = [-0-9T:]+Z\r\nx_rolecall = [0-9a-f]+/\1\r\n"
)


def wanted(name: str, key_id: str) -> PublishedSection:
    """A section whose values all tell the same."""
    credentials = Credentials(
        access_key_id=key_id,
        secret_access_key=Secret(f"secret-{key_id}"),
        session_token=Secret(f"token-{key_id}"),
        expires=EXPIRES,
    )
    return PublishedSection(aws_profile=name, profile=name, credentials=credentials)


def whole(content: bytes) -> dict[str, str]:
    """Key ID by section of ours in the bytes of a file; AssertionError unless they are a whole file."""
    assert content.startswith(FOREIGN), f"foreign text is gone: {content[:200]!r}"
    at, found = len(FOREIGN), {}
    while at < len(content):
        section = _SECTION.match(content, at)
        assert section is not None, f"torn at {at} of {len(content)}: {content[max(0, at - 100) : at + 300]!r}"
        name = section[1].decode()
        assert name not in found, f"[{name}] is there twice"
        found[name] = section[2].decode()
        at = section.end()
    return found


# --- The credentials file --------------------------------------------------------------------------------------------


def publish(path: str, me: int, rounds: int) -> dict[str, Any]:
    """So many writes: publish, renew and withdraw two sections of one's own.

    What is refused because the lock did not come in time has to have changed nothing, and is tried again. Returns the
    key ID that is to stand in each section (None: no section), and how many were refused.
    """
    seconds = _PATIENT_SECONDS if me % _IMPATIENT_EVERY else LOCK_SECONDS
    file = CredentialsFile(path, installation=INSTALLATION, lock_seconds=seconds)
    choose, refused = random.Random(me), 0  # noqa: S311  # no secret
    last: dict[str, str | None] = {f"p{me}-a": None, f"p{me}-b": None}
    for number in range(rounds):
        name = choose.choice(list(last))
        key_id = None if last[name] is not None and choose.random() < _WITHDRAWN else f"ASIA{me:04}{number:06}"
        act = partial(_write, file, name, last[name], key_id)
        refused += _again(act, partial(_stands, path, name, last[name]))
        last[name] = key_id
    return {"last": last, "refused": refused}


def _again(act: Callable[[], object], nothing_changed: Callable[[], bool]) -> int:
    """Do it, again when the lock did not come in time; how often that was, and then nothing may have changed."""
    for tried in range(_TRIES):
        try:
            act()
        except StorageTrouble as trouble:
            if trouble.code not in {"file-locked", "lock-timeout"} or tried == _TRIES - 1:
                raise
            assert nothing_changed(), "it was written, and told as refused"
        else:
            return tried
    raise AssertionError


def _write(file: CredentialsFile, name: str, before: str | None, key_id: str | None) -> None:
    if key_id is None:
        assert file.withdraw(frozenset({name})) == {name}, f"[{name}] was not there to be withdrawn"
        return
    known = frozenset({before} if before else ())
    told = file.publish(wanted(name, key_id), known_key_ids=known, renewal=before is not None)
    assert told is Published.WRITTEN, f"[{name}] was gone"


def _stands(path: str, name: str, key_id: str | None) -> bool:
    return whole(Path(path).read_bytes()).get(name) == key_id


def read(path: str, stop: str, least: int) -> dict[str, Any]:
    """Read until the file `stop` is there, and at least so often; every different content is looked at as a whole.

    Now and then the program's own reader and botocore read it, too. Returns how often each of them did.
    """
    seen: set[bytes] = set()
    counts = {"raw": 0, "ours": 0, "botocore": 0}
    done = Path(stop)
    while counts["raw"] < least or not done.exists():
        with open(path, "rb", buffering=0) as file:  # noqa: PTH123  # as cheap as can be
            content = file.read()
        counts["raw"] += 1
        time.sleep(_PACE_SECONDS if counts["raw"] < least else _LEISURE_SECONDS)
        if content not in seen:
            whole(content)
            seen = {content}
        if counts["raw"] % _OURS_EVERY == 0:
            sections = reader.read_sections(path, INSTALLATION)
            assert [each.aws_profile for each in sections[:2]] == ["default", "elsewhere"]
            counts["ours"] += 1
        if counts["raw"] % _BOTOCORE_EVERY == 0:
            read = botocore.configloader.raw_config_parse(path)
            assert read["default"] == {"aws_access_key_id": "AKIA0", "aws_secret_access_key": "x"}
            for name in read.keys() - {"default", "elsewhere"}:
                key_id = read[name]["aws_access_key_id"]
                assert read[name]["aws_session_token"] == f"token-{key_id}", f"[{name}] is torn"
            counts["botocore"] += 1
    return counts


# --- Settings and state ----------------------------------------------------------------------------------------------


def settle(path: str, lock: str, me: int, rounds: int) -> dict[str, int | None]:
    """Add two profiles of one's own to the settings, change and remove them; what is to stand there at the end."""
    file, choose = SettingsFile(Path(path), lock_path=Path(lock)), random.Random(me)  # noqa: S311  # no secret
    last: dict[str, int | None] = {f"p{me}-a": None, f"p{me}-b": None}
    for number in range(900, 900 + rounds):
        name = choose.choice(list(last))
        act: Callable[[], object] = partial(file.put_now, _profile(name, number))
        wish: int | None = number
        if last[name] is not None and choose.random() < _WITHDRAWN:
            act, wish = partial(file.remove_now, Source(kind=SourceKind.PROFILE, name=name)), None
        _again(act, partial(_lasts, path, name, last[name]))
        last[name] = wish
    return last


def _lasts(path: str, name: str, duration: int | None) -> bool:
    found = store.load(Path(path)).profiles.get(name)
    return duration == (None if found is None else found.duration)


def _profile(name: str, duration: int) -> Profile:
    role = RoleArn.parse("arn:aws:iam::123456789012:role/Other")
    return Profile(name=name, source=Source(kind=SourceKind.IDENTITY, name="alice"), role_arn=role, duration=duration)


def read_settings(path: str, stop: str) -> int:
    """Load the settings until `stop` is there; how often."""
    count, done = 0, Path(stop)
    while not done.exists():
        found = store.load(Path(path))
        assert "alice" in found.identities
        assert not found.refusals, found.refusals
        count += 1
        time.sleep(_PACE_SECONDS)
    return count


def remember(directory: str, me: int, rounds: int) -> dict[str, str | None]:
    """Change two sessions of one's own in the shared state; what is to stand there at the end."""
    file, choose = StateFile(Path(directory)), random.Random(me)  # noqa: S311  # no secret
    last: dict[str, str | None] = {f"p{me}-a": None, f"p{me}-b": None}
    for number in range(rounds):
        name = choose.choice(list(last))
        key_id = None if last[name] is not None and choose.random() < _WITHDRAWN else f"ASIA{me:04}{number:06}"
        _again(
            partial(file.update_now, partial(_with, name=name, key_id=key_id)),
            lambda: _remembered(directory, last) == {name: known for name, known in last.items() if known},
        )
        last[name] = key_id
        assert _remembered(directory, last) == {name: known for name, known in last.items() if known}
    return last


def _remembered(directory: str, last: dict[str, str | None]) -> dict[str, str]:
    sessions = read_state(Path(directory)).sessions
    return {name: record.access_key_id for name, record in sessions.items() if name in last}


def _with(state: SharedState, *, name: str, key_id: str | None) -> SharedState:
    sessions = {each: record for each, record in state.sessions.items() if each != name}
    if key_id is not None:
        sessions[name] = SessionRecord(
            name=name, fingerprint="f", access_key_id=key_id, issued=EXPIRES, expires=EXPIRES
        )
    return replace(state, sessions=MappingProxyType(sessions))


def read_sessions(directory: str, stop: str) -> int:
    """Read the state until `stop` is there; how often. It is never torn, and the installation stays one."""
    count, done, where = 0, Path(stop), Path(directory)
    seen: set[str] = set()
    while not done.exists():
        with contextlib.suppress(FileNotFoundError):
            state_file.parse((where / state_file.SESSIONS).read_bytes(), "")
            seen.add(read_state(where).installation)
            count += 1
        time.sleep(_PACE_SECONDS)
    assert len(seen) == 1, seen
    return count


# --- Beside the AWS CLI ----------------------------------------------------------------------------------------------


def beside_the_cli(path: str, me: int, rounds: int) -> dict[str, int]:
    """Write while the AWS CLI's own writer does, so many times; after each round all that is foreign has to be there.

    Returns how often the CLI undid a write of ours so late that nobody looked any more, and how often a write was
    refused because the CLI kept writing.
    """
    choose, file = random.Random(me), CredentialsFile(path, installation=INSTALLATION)  # noqa: S311  # no secret
    foreign, known = {"default": "AKIA0"}, set[str]()
    before: str | None = None
    counts = {"undone by the CLI": 0, "refused": 0}
    for number in range(rounds):
        name, value, apart = f"their{choose.randrange(6)}", f"AKIA{number}", choose.choice(_APART_SECONDS)
        cli = _fork(partial(_cli_writes, path, name, value, choose.uniform(0, apart)))
        time.sleep(choose.uniform(0, _APART_SECONDS[0]))
        wish: str | None
        wish = None if before is not None and choose.random() < _WITHDRAWN else f"ASIA{me:04}{number:06}"
        known |= {wish} if wish else set()
        try:
            if wish is None:
                file.withdraw(frozenset({"ours"}))
            else:
                file.publish(wanted("ours", wish), known_key_ids=frozenset(known), renewal=False)
        except StorageTrouble as trouble:
            if trouble.code != "file-busy":
                raise
            counts["refused"] += 1
            wish = before
        assert os.waitpid(cli, 0)[1] == 0, "the CLI's writer failed"
        foreign[name] = value
        found = key_ids(path)
        before = found.pop("ours", None)
        assert found == foreign, f"round {number}: {found} instead of {foreign}"
        counts["undone by the CLI"] += before != wish
    file.withdraw(frozenset({"ours"}))
    assert key_ids(path) == foreign
    assert Path(path).read_bytes().startswith(FOREIGN_LINES)
    return counts


FOREIGN_LINES = b"# mine, by hand\n[default]\naws_access_key_id = AKIA0\n"
"""The AWS CLI turns every line end into this one."""
_APART_SECONDS = (0.01, 0.01, 0.12)
"""So long at most before the CLI begins: sometimes not before we look again."""


def key_ids(path: str) -> dict[str, str]:
    """Key ID by section, as AWS tools read them."""
    return {name: keys["aws_access_key_id"] for name, keys in botocore.configloader.raw_config_parse(path).items()}


def _cli_writes(path: str, name: str, value: str, seconds: float) -> None:
    time.sleep(seconds)
    ConfigFileWriter().update_config({"__section__": name, "aws_access_key_id": value}, path)


def _fork(work: Callable[[], None]) -> int:
    pid = os.fork()
    if pid == 0:
        try:
            work()
        except BaseException:  # noqa: BLE001  # told by the exit code
            os._exit(1)
        os._exit(0)
    return pid
