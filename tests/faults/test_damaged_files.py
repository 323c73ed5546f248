"""Every file of ours cut at every byte, with every byte changed, with junk in it: told or harmless, and never lost."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable, Iterator
from dataclasses import asdict, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from app.adapters.journal_file import FILE, JournalFile
from app.adapters.keyring_store.encrypted_file import EncryptedFileVault
from app.adapters.settings_file import SettingsFile
from app.adapters.settings_file.store import load
from app.adapters.state_file import INSTALLATION, SESSIONS, DamagedStateError, StateFile, parse, read_state
from app.adapters.text_file import TextFile
from app.bootstrap.wiring import wire
from app.domain.arn import RoleArn
from app.domain.configuration import Configuration, Profile, Source, SourceKind
from app.domain.errors import BadInput, StorageTrouble
from app.domain.happening import Happening, What
from app.domain.secret import Secret
from app.domain.state import SessionRecord
from app.ui import window_place
from app.ui.window_state import WindowState
from tests.faults.tally import amount, chosen

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from tests.faults.tally import Tally

Expect = Callable[[str], None]

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
SETTINGS = (Path(__file__).parents[1] / "fixtures" / "settings" / "schema1.toml").read_bytes()
NEW = Profile(
    name="fresh",
    role_arn=RoleArn.parse("arn:aws:iam::123456789012:role/Fresh"),
    source=Source(kind=SourceKind.IDENTITY, name="alice"),
)
DEEP = "[" * 100_000
JUNK = {
    "empty": b"",
    "a line end": b"\n",
    "NUL bytes": bytes(4096),
    "a BOM": b"\xef\xbb\xbf",
    "not UTF-8": b"\xff\xfe\xfd" * 20,
    "UTF-16": '{"schema": 1}'.encode("utf-16"),
    "nested": DEEP.encode(),
    "nested objects": b'{"a":' * 100_000,
    "nested in a value": b"schema = " + DEEP.encode(),
    "a huge number": b'{"schema": ' + b"9" * 10_000 + b"}",
    "a huge number in TOML": b"schema = " + b"9" * 10_000,
    "no object": b"[]",
    "a word": b"null",
    "a half surrogate": b'{"schema": 1, "page": "\\ud800"}',
    "what no number is": b'{"schema": NaN, "sessions": Infinity}',
    "a megabyte": b"x" * 1_000_000,
    "a later schema": b'{"schema": 99}',
}


def cuts(data: bytes) -> Iterator[tuple[str, bytes]]:
    for at in range(len(data)):
        yield f"cut at byte {at}", data[:at]


def flips(data: bytes) -> Iterator[tuple[str, bytes]]:
    for at, byte in enumerate(data):
        for mask in (0x01, 0x80):
            yield f"byte {at} xor {mask:#x}", data[:at] + bytes([byte ^ mask]) + data[at + 1 :]


def stuffed(data: bytes) -> Iterator[tuple[str, bytes]]:
    """Junk at each line's beginning, lines gone, lines twice, blocks gone to NUL as a file system leaves them."""
    lines = data.splitlines(keepends=True)
    for at, line in enumerate(lines):
        before, after = b"".join(lines[:at]), b"".join(lines[at:])
        for junk in (b"junk", b"]]]\n", b"\x00", b"=\n", b'"""\n', b"[\n", b"{", b"\xc3\n", b"<<<<<<< HEAD\n"):
            yield f"{junk!r} before line {at + 1}", before + junk + after
        yield f"line {at + 1} gone", before + after[len(line) :]
        yield f"line {at + 1} twice", before + line + after
    for at in range(0, len(data), 512):
        yield f"NULs at {at}", data[:at] + bytes(len(data[at : at + 512])) + data[at + 512 :]


def junk_files() -> Iterator[tuple[str, bytes]]:
    yield from JUNK.items()


Damage = Callable[[bytes], Iterator[tuple[str, bytes]]]
DAMAGES: list[tuple[str, Damage]] = [
    ("cut at every byte", cuts),
    ("every byte changed", flips),
    ("junk between lines", stuffed),
    ("another file", lambda _: junk_files()),
]
MOST = 60
"""Of a slice, for each kind of damage."""


def told_well(error: StorageTrouble, *codes: str) -> None:
    """It says what, why and what to do, in one line each, and has one of these codes."""
    assert not codes or error.code in codes, error.code
    for text in (error.title, error.detail, error.remedy):
        assert text
        assert text.isprintable(), text
        assert len(text) < 2000


# --- Settings ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("kind", "damage"), DAMAGES, ids=[name for name, _ in DAMAGES])
def test_settings_are_taken_or_told_by_line_and_never_lost(
    tally: Tally, tmp_path: Path, kind: str, damage: Damage
) -> None:
    """Reading changes no byte. Adding a profile is refused, or adds it and nothing else."""
    path = tmp_path / "config.toml"
    store = SettingsFile(path, lock_path=tmp_path / "lock")
    cases = chosen(list(damage(SETTINGS)), MOST)
    written = {name for name, _ in chosen(cases, amount(1500, 25))[: amount(1500, 25)]}
    for name, data in cases:
        with tally.case(f"settings: {kind}", name):
            path.write_bytes(data)
            found = _loaded(path)
            assert path.read_bytes() == data
            if name in written:
                _try_to_add(store, path, data, found)
    store.close()


def _loaded(path: Path) -> Configuration | StorageTrouble:
    try:
        return load(path)
    except StorageTrouble as error:
        told_well(error, "settings-broken")
        _check_line(error.detail, path.read_bytes())
        return error


def _check_line(detail: str, data: bytes) -> None:
    found = re.search(r", line ([0-9]+): .", detail)
    assert found is not None, detail
    assert 1 <= int(found[1]) <= data.count(b"\n") + 1, detail


def _try_to_add(store: SettingsFile, path: Path, data: bytes, found: Configuration | StorageTrouble) -> None:
    try:
        configuration = store.put_now(NEW)
    except (StorageTrouble, BadInput):
        _check_same(path, data)
        return
    assert isinstance(found, Configuration), "what could not be read was written over"
    text, before = path.read_bytes(), data
    assert "fresh" in configuration.profiles or any(each.entry == "profile.fresh" for each in configuration.refusals)
    kept = iter(text.splitlines())
    lost = [line for line in before.splitlines() if line.strip() and not any(line == other for other in kept)]
    assert not lost, f"lines were lost: {lost[:3]}"


async def test_the_program_starts_whatever_the_settings_say(tally: Tally, tmp_path: Path) -> None:
    """With an empty set, which it tells; and it goes on with the right ones when they are mended."""
    environ = os.environ | {"ROLECALL_HOME": str(tmp_path), "ROLECALL_KEYRING": "memory"}
    path = tmp_path / "config" / "config.toml"
    path.parent.mkdir()
    several = [*cuts(SETTINGS), *stuffed(SETTINGS), *junk_files()]
    for name, data in chosen(several, 10)[:: amount(20, 1)]:
        with tally.case("settings: start of the program", name):
            path.write_bytes(data)
            wired = wire(environ, person_present=False)
            try:
                await wired.front.start()
                shown = wired.front.snapshot()
                found = _loaded(path)
                told = shown.health.settings_problem
                assert (told is not None) == isinstance(found, StorageTrouble)
                assert {each.name for each in shown.sessions} == names(found)
                assert path.read_bytes() == data
            finally:
                await wired.close()


def names(found: Configuration | StorageTrouble) -> set[str]:
    """The profiles that are to show: with those that were refused, which tell why."""
    if isinstance(found, StorageTrouble):
        return set()
    refused = (each.entry.partition(".") for each in found.refusals)
    return found.profiles.keys() | {name for kind, _, name in refused if kind == "profile"}


# --- State ------------------------------------------------------------------------------------------------------------


def a_state(directory: Path) -> bytes:
    """The bytes of a state with all that it may hold."""
    record = SessionRecord(
        name="prod",
        fingerprint="0123456789abcdef",
        access_key_id="ASIAIOSFODNN7EXAMPLE",
        arn="arn:aws:sts::123456789012:assumed-role/Admin/alice",
        issued=NOW,
        expires=NOW + timedelta(hours=1),
    )
    store = StateFile(directory)
    store.update_now(
        lambda state: replace(
            state,
            sessions=MappingProxyType({"prod": record, "döv": replace(record, name="döv", lease_ends=NOW)}),
            totp_steps=MappingProxyType({"arn:aws:iam::111122223333:mfa/alice": 55}),
            confirmed_commands=frozenset({"0" * 64}),
            provider_secrets=MappingProxyType({"provider/login/refresh-token": "abc"}),
        )
    )
    store.close()
    return (directory / SESSIONS).read_bytes()


@pytest.mark.parametrize(("kind", "damage"), DAMAGES, ids=[name for name, _ in DAMAGES])
def test_a_damaged_state_is_set_aside_or_told(
    tally: Tally, tmp_path: Path, kind: str, damage: Damage, expect_log: Expect
) -> None:
    """What only looks changes nothing. Who works with it starts, and keeps the damaged bytes beside the new ones."""
    whole = a_state(tmp_path)
    installation = (tmp_path / INSTALLATION).read_text()
    path = tmp_path / SESSIONS
    set_aside = 0
    for name, data in chosen(list(damage(whole)), MOST):
        with tally.case(f"state: {kind}", name):
            path.write_bytes(data)
            _state_is_looked_at(tmp_path)
            assert path.read_bytes() == data
            aside = _state_is_used(tmp_path, data)
            set_aside += len(aside)
            assert (tmp_path / INSTALLATION).read_text() == installation
    if set_aside:
        expect_log("state file is damaged")


def _state_is_looked_at(directory: Path) -> None:
    try:
        assert read_state(directory).installation
    except StorageTrouble as error:
        told_well(error, "state-newer")


def _is_damaged(data: bytes) -> bool:
    try:
        parse(data, "0" * 12)
    except DamagedStateError:
        return True
    except StorageTrouble:
        return False
    return False


def _check_newer(data: bytes) -> None:
    assert json.loads(data)["schema"] > 1


def _check_same(path: Path, data: bytes) -> None:
    assert path.read_bytes() == data, "changed all the same"


def _state_is_used(directory: Path, data: bytes) -> list[Path]:
    """Read, and write; returns what was set aside."""
    store, path = StateFile(directory), directory / SESSIONS
    try:
        store.read_now()
        made = store.update_now(lambda state: replace(state, confirmed_commands=frozenset({"1" * 64})))
        assert read_state(directory) == made
    except StorageTrouble as error:
        told_well(error, "state-newer")
        _check_newer(data)
        _check_same(path, data)
    finally:
        store.close()
    aside = list(directory.glob(f"{SESSIONS}.damaged-*"))
    assert [each.read_bytes() for each in aside] == ([data] if _is_damaged(data) else []), "the bytes were lost"
    for each in aside:
        each.unlink()
    return aside


@pytest.mark.parametrize(("kind", "damage"), DAMAGES, ids=[name for name, _ in DAMAGES])
def test_a_damaged_installation_id_is_a_new_one(tally: Tally, tmp_path: Path, kind: str, damage: Damage) -> None:
    path = tmp_path / INSTALLATION
    a_state(tmp_path)
    for name, data in chosen(list(damage(path.read_bytes())), MOST):
        with tally.case(f"installation: {kind}", name):
            path.write_bytes(data)
            store = StateFile(tmp_path)
            found = store.read_now().installation
            store.close()
            assert found
            assert read_state(tmp_path).installation == found


# --- Journal ----------------------------------------------------------------------------------------------------------


def a_journal(directory: Path) -> tuple[bytes, list[Happening]]:
    journal = JournalFile(directory, now=lambda: NOW)
    entries = [
        Happening(at=NOW - timedelta(minutes=n), what=what, profile=f"prod {n}", why="wäre…", by_person=n % 2 == 0)
        for n, what in enumerate(What)
    ]
    journal.add_now(tuple(entries))
    journal.close()
    return (directory / FILE).read_bytes(), entries


@pytest.mark.parametrize(("kind", "damage"), DAMAGES, ids=[name for name, _ in DAMAGES])
def test_a_damaged_journal_tells_what_is_whole_and_goes_on(
    tally: Tally, tmp_path: Path, kind: str, damage: Damage
) -> None:
    whole, entries = a_journal(tmp_path)
    lines = whole.splitlines()[1:]
    by_line = dict(zip(lines, entries, strict=True))
    path = tmp_path / FILE
    new = Happening(at=NOW, what=What.SIGNED_IN, profile="new")
    for name, data in chosen(list(damage(whole)), MOST):
        with tally.case(f"journal: {kind}", name):
            path.write_bytes(data)
            journal = JournalFile(tmp_path, now=lambda: NOW)
            try:
                before = journal.read_now()
                journal.add_now((new,))
                after = journal.read_now()
            except StorageTrouble as error:
                told_well(error, "journal")
                _check_same(path, data)
                continue
            finally:
                journal.close()
            kept = [by_line[line] for line in data.split(b"\n") if line in by_line]
            assert all(each in before for each in kept), "a whole entry is not told"
            assert new in after
            assert all(each in after for each in kept), "a whole entry was lost"


# --- What the window remembers ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(("kind", "damage"), DAMAGES, ids=[name for name, _ in DAMAGES])
def test_a_damaged_memory_of_the_window_is_harmless(
    tally: Tally, tmp_path: Path, qtbot: QtBot, kind: str, damage: Damage
) -> None:
    """A window stands on a screen with it, whatever it says, and it can be written again."""
    path = tmp_path / "window.json"
    first = TextFile(path)
    state = WindowState(first)
    state.keep(place=(10, 20, 900, 700), folded=("Prod",), services=("ec2",), page="deadlines", recent=("a", "b"))
    first.flush()
    text = json.dumps(asdict(state.now), indent=1).encode()
    wild = [
        ("a place beyond all screens", b'{"place": [999999999, -999999999, 5, 5]}'),
        ("a place of huge numbers", b'{"place": [%d, 0, %d, 9]}' % (10**30, 10**20)),
        ("a negative size", b'{"place": [0, 0, -5, -99999999999]}'),
        ("a place of one number", b'{"place": [1]}'),
        ("a page of a megabyte", b'{"page": "%b"}' % (b"x" * 1_000_000)),
        ("an unknown order", b'{"sort": "by moonlight", "shell": "/bin/evil"}'),
    ]
    window = QWidget()
    qtbot.addWidget(window)
    room = QGuiApplication.primaryScreen().geometry()
    for name, data in chosen(list(damage(text)), MOST) + (wild if kind == "another file" else []):
        with tally.case(f"window memory: {kind}", name):
            path.write_bytes(data)
            store = TextFile(path)
            found = WindowState(store)
            window.move(0, 0)
            window_place.restore(window, found)
            assert room.contains(window.geometry().center())
            found.keep(chosen="after")
            store.flush()
            assert WindowState(TextFile(path)).now.chosen == "after"


# --- The encrypted keyring --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("kind", "damage"), DAMAGES, ids=[name for name, _ in DAMAGES])
def test_a_damaged_keyring_is_told_and_never_written_over(
    tally: Tally, tmp_path: Path, kind: str, damage: Damage
) -> None:
    path = tmp_path / "keyring"
    vault(path).set("identity/alice", Secret("canary-secret"))
    whole = path.read_bytes()
    for name, data in chosen(list(damage(whole)), MOST):
        with tally.case(f"encrypted keyring: {kind}", name):
            path.write_bytes(data)
            try:
                got = vault(path).get("identity/alice")
                assert got == Secret("canary-secret"), "another secret"
                vault(path).set("identity/bob", Secret("b"))
                assert vault(path).get("identity/alice") == got
            except StorageTrouble as error:
                told_well(error, "keyring-failed", "keyring-passphrase")
                _check_silent(error)
                with pytest.raises(StorageTrouble):
                    vault(path).set("identity/alice", Secret("new"))
                with pytest.raises(StorageTrouble):
                    vault(path).delete("identity/alice")
                _check_same(path, data)


def _check_silent(error: BaseException) -> None:
    assert "canary" not in repr(vars(error)) + repr(error.__cause__)


def vault(path: Path) -> EncryptedFileVault:
    return EncryptedFileVault(path, lambda _new: Secret("passphrase"), cost=2)
