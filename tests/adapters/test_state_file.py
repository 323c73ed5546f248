from __future__ import annotations

import asyncio
import json
import multiprocessing
import os
import re
import stat
import subprocess
import sys
import threading
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.adapters import files
from app.adapters.state_file import INSTALLATION, SESSIONS, DamagedStateError, StateFile, dump, parse, read_state
from app.domain.errors import StorageTrouble
from app.domain.state import SessionRecord, SharedState

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

NOW = datetime(2026, 11, 22, 1, 23, 45, tzinfo=UTC)


def record(name: str = "prod", **changes: object) -> SessionRecord:
    made = SessionRecord(
        name=name, fingerprint="f" * 16, access_key_id="ASIAEXAMPLE", issued=NOW, expires=NOW + timedelta(hours=1)
    )
    return replace(made, **changes)  # type: ignore[arg-type]  # tests name fields freely


def with_session(state: SharedState, each: SessionRecord) -> SharedState:
    return replace(state, sessions=MappingProxyType({**state.sessions, each.name: each}))


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    return tmp_path / "home" / "state"


@pytest.fixture
def store(directory: Path) -> Iterator[StateFile]:
    made = StateFile(directory)
    yield made
    made.close()


async def test_what_is_written_is_read_by_everyone(store: StateFile, directory: Path) -> None:
    each = record(packed_policy_size=12, chained=True, aws_profile="default", kept_in_keyring=True)
    changed = await store.update(
        lambda state: replace(
            with_session(state, each),
            totp_steps={"arn:aws:iam::1:mfa/a": 59},
            confirmed_commands=frozenset({"ab"}),
            provider_secrets={"provider/login/refresh-token": "f" * 64},
        )
    )
    assert changed.sessions["prod"] == each
    assert await store.read() == changed == read_state(directory)


async def test_the_end_of_a_lease_outlives_the_process(store: StateFile, directory: Path) -> None:
    each = record(lease_ends=NOW + timedelta(minutes=30))
    await store.update(lambda state: with_session(state, each))
    assert read_state(directory).sessions["prod"].lease_ends == NOW + timedelta(minutes=30)
    document = json.loads((directory / SESSIONS).read_text())
    assert document["sessions"]["prod"]["lease_ends"] == "2026-11-22T01:53:45Z"


async def test_a_file_from_before_there_were_leases_is_read(store: StateFile, directory: Path) -> None:
    await store.update(lambda state: with_session(state, record()))
    document = json.loads((directory / SESSIONS).read_text())
    del document["sessions"]["prod"]["lease_ends"]
    (directory / SESSIONS).write_text(json.dumps(document))
    assert (await store.read()).sessions["prod"] == record()


async def test_the_installation_is_named_once(store: StateFile, directory: Path) -> None:
    first = (await store.read()).installation
    assert re.fullmatch("[0-9a-f]{12}", first)
    assert (await store.read()).installation == first
    other = StateFile(directory)
    assert other.read_now().installation == first
    other.close()
    assert (await store.update(lambda state: state)).installation == first


def test_reading_at_a_glance_makes_nothing(directory: Path) -> None:
    assert read_state(directory) == SharedState(installation="")
    assert not directory.exists()


def test_only_the_owner_may_look(store: StateFile, directory: Path) -> None:
    store.update_now(lambda state: with_session(state, record()))
    assert stat.S_IMODE(directory.stat().st_mode) == 0o700
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in directory.iterdir()}
    assert modes.keys() >= {SESSIONS, INSTALLATION}
    assert set(modes.values()) == {0o600}


@pytest.mark.parametrize(
    "damage",
    [
        b"",
        b"{",
        b"[]",
        b"\xff\xfe",
        b'{"schema": 1}',
        b'{"schema": null}',
        b'{"schema": "2"}',
        b'{"schema": 0}',
        b'{"schema": NaN}',
        b'{"schema": 1, "sessions": [], "totp_steps": {}, "confirmed_commands": []}',
        b'{"schema": 1, "sessions": {"a": {}}, "totp_steps": {}, "confirmed_commands": []}',
        b'{"schema": 1, "sessions": {}, "totp_steps": {"a": "1"}, "confirmed_commands": []}',
        b'{"schema": 1, "sessions": {}, "totp_steps": {"a": true}, "confirmed_commands": []}',
        b'{"schema": 1, "sessions": {}, "totp_steps": {}, "confirmed_commands": [], "provider_secrets": ["a"]}',
        b'{"schema": 1, "sessions": {}, "totp_steps": {}, "confirmed_commands": [], "provider_secrets": {"a": 1}}',
    ],
)
def test_a_damaged_file_is_set_aside(
    store: StateFile, directory: Path, damage: bytes, expect_log: Callable[[str], None]
) -> None:
    expect_log(f"damaged.*{SESSIONS}.damaged-")
    installation = store.read_now().installation
    (directory / SESSIONS).write_bytes(damage)
    assert read_state(directory) == SharedState(installation=installation)
    assert (directory / SESSIONS).read_bytes() == damage
    assert store.read_now() == SharedState(installation=installation)
    (aside,) = directory.glob(f"{SESSIONS}.damaged-*")
    assert aside.read_bytes() == damage
    assert store.update_now(lambda state: with_session(state, record())).sessions.keys() == {"prod"}


@pytest.mark.parametrize(
    ("key", "value"),
    [("issued", "2026-11-22T01:00:00"), ("expires", 5), ("chained", "yes"), ("arn", None), ("packed_policy_size", "9")],
)
def test_a_record_with_a_wrong_field_is_damage(store: StateFile, directory: Path, key: str, value: object) -> None:
    store.update_now(lambda state: with_session(state, record()))
    document = json.loads((directory / SESSIONS).read_bytes())
    document["sessions"]["prod"][key] = value
    (directory / SESSIONS).write_text(json.dumps(document))
    assert read_state(directory).sessions == {}


def test_a_file_of_before_providers_is_read(store: StateFile, directory: Path) -> None:
    store.update_now(lambda state: with_session(state, record()))
    document = json.loads((directory / SESSIONS).read_bytes())
    del document["provider_secrets"]
    (directory / SESSIONS).write_text(json.dumps(document))
    read = store.read_now()
    assert read.sessions.keys() == {"prod"}
    assert read.provider_secrets == {}
    assert not list(directory.glob(f"{SESSIONS}.damaged-*"))


def test_a_later_rolecall_is_not_overwritten(store: StateFile, directory: Path) -> None:
    store.read_now()
    (directory / SESSIONS).write_text('{"schema": 2, "anything": true}')
    before = (directory / SESSIONS).read_bytes()
    attempts: list[Callable[[], SharedState]] = [
        lambda: read_state(directory),
        store.read_now,
        lambda: store.update_now(lambda state: state),
    ]
    for attempt in attempts:
        with pytest.raises(StorageTrouble) as caught:
            attempt()
        assert caught.value.code == "state-newer"
    assert (directory / SESSIONS).read_bytes() == before


async def test_the_fingerprint_follows_every_change(store: StateFile) -> None:
    seen = [await store.fingerprint()]
    for number in range(3):
        await store.update(lambda state, number=number: with_session(state, record(f"p{number}")))  # type: ignore[misc]
        seen.append(await store.fingerprint())
    assert seen[0] == ()
    assert len(set(seen)) == 4


async def test_no_change_is_no_write(store: StateFile) -> None:
    await store.update(lambda state: with_session(state, record()))
    before = await store.fingerprint()
    await store.update(lambda state: with_session(state, record()))
    assert await store.fingerprint() == before


def test_an_unusable_directory_is_told(tmp_path: Path) -> None:
    (tmp_path / "state").write_text("a file, not a directory")
    store = StateFile(tmp_path / "state")
    with pytest.raises(StorageTrouble) as caught:
        store.update_now(lambda state: state)
    store.close()
    assert caught.value.code == "state-unwritable"
    assert str(tmp_path) in caught.value.detail


def _count(directory: str, rounds: int) -> None:
    store = StateFile(Path(directory))
    for _ in range(rounds):
        store.update_now(lambda state: replace(state, totp_steps={"d": state.totp_steps.get("d", 0) + 1}))
    store.close()


def test_processes_lose_nothing_to_each_other(directory: Path) -> None:
    spawn = multiprocessing.get_context("spawn")
    workers = [spawn.Process(target=_count, args=(str(directory), 20)) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert [worker.exitcode for worker in workers] == [0] * 4
    assert read_state(directory).totp_steps == {"d": 80}


async def test_many_updates_at_once_in_one_process(store: StateFile) -> None:
    await asyncio.gather(
        *(store.update(lambda state, n=n: with_session(state, record(f"p{n}"))) for n in range(20))  # type: ignore[misc]
    )
    assert len((await store.read()).sessions) == 20


async def test_a_crash_leaves_nothing_behind(store: StateFile, directory: Path) -> None:
    await store.read()
    orphan = directory / f".{SESSIONS}.0123456789abcdef.rolecall-tmp"
    orphan.write_text("half a sta")
    await store.update(lambda state: with_session(state, record()))
    assert not orphan.exists()


def test_a_failed_write_changes_nothing(store: StateFile, directory: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store.update_now(lambda state: with_session(state, record()))
    before = (directory / SESSIONS).read_bytes()

    def full(descriptor: int) -> None:
        raise OSError(28, os.strerror(28))

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(StorageTrouble, match="No space left"):
        store.update_now(lambda state: with_session(state, record("other")))
    assert (directory / SESSIONS).read_bytes() == before
    assert not [path for path in directory.iterdir() if "tmp" in path.name]


def test_the_quick_way_imports_little() -> None:
    program = (
        "import sys; from app.adapters.state_file import read_state;"
        "print([name for name in ('filelock', 'asyncio', 'concurrent.futures', 'tomlkit', 'httpx', 'keyring')"
        " if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


TEXT = st.text(st.characters(codec="utf-8"), max_size=12)
MOMENTS = st.datetimes(min_value=datetime(2000, 1, 1), max_value=datetime(2200, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001  # hypothesis wants naive bounds
RECORDS = st.builds(
    SessionRecord,
    name=st.just("x"),
    fingerprint=TEXT,
    access_key_id=TEXT,
    issued=MOMENTS,
    expires=MOMENTS,
    arn=TEXT,
    aws_profile=TEXT,
    chained=st.booleans(),
    packed_policy_size=st.none() | st.integers(0, 100),
    request_id=TEXT,
    source_identity=TEXT,
    kept_in_keyring=st.booleans(),
)


@settings(max_examples=60)
@given(
    st.dictionaries(TEXT, RECORDS, max_size=3),
    st.dictionaries(TEXT, st.integers(0), max_size=3),
    st.frozensets(TEXT),
    st.dictionaries(TEXT, TEXT, max_size=3),
)
def test_any_state_comes_back(
    sessions: dict[str, SessionRecord], steps: dict[str, int], confirmed: frozenset[str], places: dict[str, str]
) -> None:
    named = {name: replace(each, name=name) for name, each in sessions.items()}
    state = SharedState(
        installation="0" * 12,
        sessions=named,
        totp_steps=steps,
        confirmed_commands=confirmed,
        provider_secrets=places,
    )
    assert parse(dump(state), "0" * 12) == state


async def test_changes_that_wait_together_are_one_write(
    store: StateFile, directory: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """200 sessions at once are not 200 times the whole file; each hears what became of its own change."""
    await store.read()
    writes: list[int] = []
    write = files.replace

    def counting(path: Path, data: bytes, *, seen: Callable[[], None] | None = None) -> None:
        writes.append(len(data))
        write(path, data, seen=seen)

    monkeypatch.setattr(files, "replace", counting)

    def failing(_state: SharedState) -> SharedState:
        message = "not this one"
        raise LookupError(message)

    def adding(number: int) -> Callable[[SharedState], SharedState]:
        return lambda state: with_session(state, record(f"n{number:03}"))

    held, free = threading.Event(), threading.Event()

    def holding(state: SharedState) -> SharedState:
        held.set()
        free.wait()
        return with_session(state, record("first"))

    first = asyncio.create_task(store.update(holding))
    await asyncio.to_thread(held.wait)
    changes = [asyncio.create_task(store.update(adding(number))) for number in range(200)]
    wrong = asyncio.create_task(store.update(failing))
    given_up = asyncio.create_task(store.update(adding(999)))
    await asyncio.sleep(0)
    given_up.cancel()
    await asyncio.sleep(0)
    free.set()
    await first
    found = await asyncio.gather(*changes)
    with pytest.raises(LookupError):
        await wrong
    names = {"first", *(f"n{number:03}" for number in range(200))}
    assert all(set(state.sessions) == names for state in found)
    assert set(read_state(directory).sessions) == names
    assert len(writes) == 2


async def test_a_write_that_fails_is_told_to_all_that_waited_for_it(
    store: StateFile, directory: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    await store.update(lambda state: with_session(state, record("here")))
    before = (directory / SESSIONS).read_bytes()

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(files, "replace", full)
        changes = [store.update(lambda state, n=n: with_session(state, record(f"n{n}"))) for n in range(3)]  # type: ignore[misc]
        ended = await asyncio.gather(*changes, return_exceptions=True)
    assert [getattr(error, "code", "") for error in ended] == ["state-unwritable"] * 3
    assert (directory / SESSIONS).read_bytes() == before
    assert set((await store.update(lambda state: with_session(state, record("then")))).sessions) == {"here", "then"}


async def test_what_did_not_change_is_not_read_again(store: StateFile, directory: Path) -> None:
    """The whole file is looked at often; what another process wrote is seen all the same."""
    written = await store.update(lambda state: with_session(state, record("mine")))
    assert (await store.read()) is written
    other = StateFile(directory)
    other.update_now(lambda state: with_session(state, record("theirs")))
    other.close()
    assert set((await store.read()).sessions) == {"mine", "theirs"}


@pytest.mark.parametrize(
    "text",
    [
        '{"schema": 1, "sessions": ' + "[" * 3000,
        (
            '{"schema": 1, "totp_steps": {}, "confirmed_commands": [], "sessions": {"a": {"fingerprint": "f", '
            '"access_key_id": "k", "issued": "0001-01-01T00:00:00+14:00", "expires": "2026-11-22T01:00:00Z"}}}'
        ),
    ],
    ids=["too deep", "before the first year"],
)
def test_what_no_json_and_no_calendar_holds_is_damage(text: str) -> None:
    with pytest.raises(DamagedStateError):
        parse(text.encode(), "f00d")
