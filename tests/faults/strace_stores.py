"""Deeds of what the program keeps for itself: state, encrypted keyring, journal, the window's place."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from app.adapters.journal_file import JournalFile
from app.adapters.keyring_store.encrypted_file import EncryptedFileVault
from app.adapters.state_file import StateFile
from app.adapters.text_file import TextFile
from app.domain.happening import Happening, What
from app.domain.secret import Secret
from app.domain.state import SessionRecord
from tests.faults.strace_deed import INSTALLATION, NOW, Deed, Tree, tree

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from app.domain.state import SharedState


def _record(name: str, key_id: str) -> SessionRecord:
    return SessionRecord(
        name=name, fingerprint="f" * 16, access_key_id=key_id, issued=NOW, expires=NOW + timedelta(hours=1)
    )


def _with_record(state: SharedState) -> SharedState:
    from dataclasses import replace
    from types import MappingProxyType

    new = {**state.sessions, "prod": _record("prod", "ASIANEW")}
    return replace(state, sessions=MappingProxyType(new), totp_steps=MappingProxyType({"device": 7}))


def _state(content: str | None, *, installed: bool = True) -> Callable[[Path], None]:
    def prepare(folder: Path) -> None:
        if installed:
            (folder / "state").mkdir(mode=0o700)
            (folder / "state" / "installation").write_text(f"{INSTALLATION}\n")
        if content is not None:
            (folder / "state" / "sessions.json").write_text(content)
            if not content.startswith("{"):
                return
            StateFile(folder / "state").update_now(lambda state: state)

    return prepare


def _recording(folder: Path) -> Callable[[], object]:
    store = StateFile(folder / "state")
    return lambda: store.update_now(_with_record)


def _start_state(folder: Path) -> object:
    return StateFile(folder / "state").read_now()


def _told_state(folder: Path) -> Tree:
    """Without what differs each time: the new installation's ID, the moment at which a file was set aside."""
    found = tree(folder)
    aside = [name for name in found if ".damaged-" in name]
    for name in aside:
        found["state/damaged"] = found.pop(name)
    if (folder / "state" / "installation").exists():
        identifier = (folder / "state" / "installation").read_text().strip()
        found["state/installation"] = len(identifier)
    return found


_EMPTY_STATE = '{"schema": 1, "sessions": {}, "totp_steps": {"device": 3}, "confirmed_commands": []}'
STATES = (
    Deed(
        name="state, a session recorded",
        row="session store",
        prepare=_state(_EMPTY_STATE),
        act=_recording,
        start=_start_state,
    ),
    Deed(
        name="state, the first start",
        row="session store",
        prepare=_state(None, installed=False),
        act=_recording,
        start=_start_state,
        told=_told_state,
    ),
    Deed(
        name="state, a damaged file set aside",
        row="session store",
        prepare=_state("damaged"),
        act=_recording,
        start=_start_state,
        told=_told_state,
        log="The state file is damaged",
        # Set aside, and not yet written anew
        between=lambda found: "state/sessions.json" not in found,
    ),
)


def vault(folder: Path) -> EncryptedFileVault:
    """The encrypted keyring, with a passphrase that is cheap to turn into a key."""
    return EncryptedFileVault(folder / "state" / "keyring", lambda _new: Secret("passphrase"), cost=2)


def _keyring(*items: str) -> Callable[[Path], None]:
    def prepare(folder: Path) -> None:
        (folder / "state").mkdir(mode=0o700)
        for name in items:
            vault(folder).set(name, Secret(f"old {name}"))

    return prepare


def _keeping(change: Callable[[EncryptedFileVault], object]) -> Callable[[Path], Callable[[], object]]:
    def act(folder: Path) -> Callable[[], object]:
        opened = vault(folder)
        return lambda: change(opened)

    return act


def _told_keyring(folder: Path) -> Tree:
    """What the file holds; the cipher makes its bytes others each time."""
    found = tree(folder)
    if "state/keyring" in found:
        values = (vault(folder).get(name) for name in ("a", "b"))
        found["state/keyring"] = [None if each is None else each.reveal() for each in values]
    return found


def _keyring_deed(name: str, items: tuple[str, ...], change: Callable[[EncryptedFileVault], object]) -> Deed:
    return Deed(
        name=name,
        row="encrypted keyring",
        prepare=_keyring(*items),
        act=_keeping(change),
        start=lambda folder: vault(folder).get("a"),
        told=_told_keyring,
    )


KEYRINGS = (
    _keyring_deed("keyring, created", (), lambda opened: opened.set("a", Secret("new"))),
    _keyring_deed("keyring, an item changed", ("a", "b"), lambda opened: opened.set("a", Secret("new"))),
    _keyring_deed("keyring, an item removed", ("a", "b"), lambda opened: opened.delete("a")),
)


def journal(folder: Path) -> JournalFile:
    """The journal, at a fixed hour."""
    return JournalFile(folder / "state", now=lambda: NOW)


def _happening(profile: str, *, days_ago: int = 0) -> Happening:
    return Happening(at=NOW - timedelta(days=days_ago), what=What.OBTAINED, profile=profile)


def _journal(*, tidied: str = "2026-11-22", tail: bytes = b"") -> Callable[[Path], None]:
    def prepare(folder: Path) -> None:
        (folder / "state").mkdir(mode=0o700)
        if tidied:
            journal(folder).add_now((_happening("very old", days_ago=400), _happening("old", days_ago=1)))
            path = folder / "state" / "activity.jsonl"
            path.write_bytes(path.read_bytes().replace(b"2026-11-22", tidied.encode(), 1) + tail)

    return prepare


def _telling(folder: Path) -> Callable[[], object]:
    kept = journal(folder)
    return lambda: kept.add_now((_happening("one"), _happening("two")))


def _journal_deed(name: str, prepare: Callable[[Path], None]) -> Deed:
    def start(folder: Path) -> object:
        return journal(folder).read_now()

    return Deed(name=name, row="journal", prepare=prepare, act=_telling, start=start, late=True)


JOURNALS = (
    _journal_deed("journal, begun", _journal(tidied="")),
    _journal_deed("journal, continued", _journal()),
    _journal_deed("journal, continued after a torn line", _journal(tail=b'{"at": "20')),
    _journal_deed("journal, tidied", _journal(tidied="2026-11-21")),
)


def _window(content: str) -> Callable[[Path], None]:
    def prepare(folder: Path) -> None:
        (folder / "window").write_text(content)

    return prepare


def _remembering(folder: Path) -> Callable[[], object]:
    kept = TextFile(folder / "window")

    def remember() -> None:
        kept._waiting = "new"  # `write` would do the same from a thread of its own
        kept.flush()

    return remember


WINDOWS = (
    Deed(
        name="window, its place remembered",
        row="window state",
        prepare=_window("old"),
        act=_remembering,
        start=lambda folder: TextFile(folder / "window").read(),
        quiet=True,
    ),
)
