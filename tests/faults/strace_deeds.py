"""What the writers do, one deed each: the state before, the real call, and the next start of the program.

A deed is done by the adapters themselves, with the files below a folder of its own. What is then there is compared as
a whole: every file's bytes and mode, and where links lead; empty lock files and directories do not count.
"""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from app.adapters.credentials_file.file import CredentialsFile, Wish
from app.adapters.journal_file import JournalFile
from app.adapters.keyring_store.encrypted_file import EncryptedFileVault
from app.adapters.settings_file import SettingsFile, profiles_file
from app.adapters.state_file import StateFile
from app.adapters.text_file import TextFile
from app.domain.arn import RoleArn
from app.domain.configuration import Identity, Profile, Source, SourceKind
from app.domain.credentials import Credentials
from app.domain.happening import Happening, What
from app.domain.published import PublishedSection
from app.domain.secret import Secret
from app.domain.state import SessionRecord

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from app.domain.state import SharedState

Tree = dict[str, object]
INSTALLATION = "7f3a9c0d1e2f"
LOCK_SECONDS = 0.3
LONG_AGO = 3600.0
ORPHAN = ".credentials.rolecall-0123456789abcdef.tmp"
"""What a writer that was killed before left behind."""
_NOW = datetime(2026, 11, 22, 1, 0, 0, tzinfo=UTC)
_KEY_IDS = frozenset({"ASIAOLD", "ASIADEV", "ASIANEW"})


def tree(folder: Path) -> Tree:
    """All that is below a folder and says something."""
    found: Tree = {}
    for where, directories, names in os.walk(folder):
        for name in (*names, *directories):
            path = os.path.join(where, name)  # noqa: PTH118  # thousands of times; pathlib takes its time
            status = os.lstat(path)
            key = os.path.relpath(path, folder)
            if stat.S_ISLNK(status.st_mode):
                found[key] = os.readlink(path)  # noqa: PTH115  # as above
            elif stat.S_ISREG(status.st_mode) and not (name.endswith(".lock") and not status.st_size):
                with open(path, "rb") as file:  # noqa: PTH123  # as above
                    found[key] = (oct(status.st_mode & 0o7777), file.read())
    return dict(sorted(found.items()))


def without_temporary(found: Tree) -> Tree:
    """What is there beside the temporary files of writers."""
    return {name: content for name, content in found.items() if not is_temporary(name)}


def is_temporary(name: str) -> bool:
    """Whether a file of that name is one that a writer had not finished."""
    return name.endswith((".tmp", ".rolecall-tmp"))


def let_age(folder: Path) -> None:
    """Let an hour pass: what was written a moment ago, another program may still be writing."""
    for where, _, names in os.walk(folder):
        for name in names:
            path = os.path.join(where, name)  # noqa: PTH118  # as above
            then = os.lstat(path).st_mtime - LONG_AGO
            os.utime(path, (then, then), follow_symlinks=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """One change. `act` makes what does it, as a process would at its start; what it returns may be called again.

    `start` is the next start: what the program cleans up and reads then. `told` is how a folder is compared.
    `between` tells of a folder that is neither old nor new, and yet harmless, because several files change.
    """

    name: str
    row: str
    prepare: Callable[[Path], None]
    act: Callable[[Path], Callable[[], object]]
    start: Callable[[Path], object]
    told: Callable[[Path], Tree] = tree
    between: Callable[[Tree], bool] = lambda _found: False
    tidied_again: bool = False
    """Whether what a killed writer leaves is removed by the next write: no start knows of a file a person chose."""
    late: bool = False
    """Whether an error on closing comes when all is written: then it is told, whatever became of it."""
    quiet: bool = False
    """Whether a failure is no error to anybody: what is lost then can be done without."""
    log: str = ""
    """The warning that belongs to it."""


# --- The credentials file --------------------------------------------------------------------------------------------

FOREIGN = b"# mine\n[default]\naws_access_key_id = AKIAMINE\naws_secret_access_key = s\n\n[old]\nregion=eu-west-1\n"
CRLF = b"\xef\xbb\xbf# mine\r\n[default]\r\nregion = eu-west-1\r\njunk\r\n[other]\r\nk = v"
TAKEN = b"[prod]\naws_access_key_id = AKIAPERSON\naws_secret_access_key = theirs\n\n[next]\nk = v\n"


def credentials_file(folder: Path) -> CredentialsFile:
    """The file as a process opens it; it is not looked at a second time later."""
    return CredentialsFile(
        folder / ".aws" / "credentials",
        installation=INSTALLATION,
        lock_seconds=LOCK_SECONDS,
        look_again_seconds=0.0,
    )


def section(name: str, key_id: str) -> PublishedSection:
    """A section to be published."""
    keys = Credentials(
        access_key_id=key_id,
        secret_access_key=Secret("se/cr+et=;#"),
        session_token=Secret("IQoJ=to:ken=="),
        expires=_NOW + timedelta(hours=1),
    )
    return PublishedSection(aws_profile=name, profile=name, credentials=keys)


def _publish(name: str, key_id: str = "ASIANEW", *, renewal: bool = False, displace: bool = False) -> Wish:
    return Wish(section=section(name, key_id), known_key_ids=_KEY_IDS, renewal=renewal, displace=displace)


def _publishing(*wishes: Wish) -> Callable[[Path], Callable[[], object]]:
    def act(folder: Path) -> Callable[[], object]:
        file = credentials_file(folder)
        return lambda: file.publish_all(wishes)

    return act


def _withdrawing(*names: str) -> Callable[[Path], Callable[[], object]]:
    def act(folder: Path) -> Callable[[], object]:
        file = credentials_file(folder)
        return lambda: file.withdraw(frozenset(names))

    return act


def _adopting(folder: Path) -> Callable[[], object]:
    """What a start does with the file: clean up, look, take away what has expired, renew what is due."""
    file = credentials_file(folder)

    def adopt() -> None:
        file.clean_up()
        file.sections()
        file.withdraw(frozenset({"dev"}))

    return adopt


def _credentials(content: bytes | None, *wishes: Wish, link: bool = False, orphan: bool = False) -> Callable[..., None]:
    def prepare(folder: Path) -> None:
        path = folder / ".aws" / "credentials"
        if content is not None or link:
            path.parent.mkdir(mode=0o700)
        if link:
            (folder / "elsewhere").mkdir()
            path.symlink_to(folder / "elsewhere" / "keys")
        if content is not None:
            path.write_bytes(content)
            path.chmod(0o640)
        if orphan:
            (path.parent / ORPHAN).write_bytes(b"half")
        let_age(folder)
        if wishes:
            credentials_file(folder).publish_all(wishes)
        let_age(folder)

    return prepare


def _start_credentials(folder: Path) -> object:
    file = credentials_file(folder)
    return file.clean_up(), file.sections(), file.findings()


def _credentials_deed(name: str, prepare: Callable[..., None], act: Callable[[Path], Callable[[], object]]) -> Deed:
    row = "give back" if act is _GIVE_BACK else name.partition(",")[0]
    return Deed(name=name, row=row, prepare=prepare, act=act, start=_start_credentials)


_GIVE_BACK = _withdrawing("prod")
_OLD, _DEV = _publish("prod", "ASIAOLD"), _publish("dev", "ASIADEV")
_TAKE = _publish("prod", displace=True)
_ADD, _RENEW = _publishing(_publish("prod")), _publishing(_publish("prod", renewal=True))
CREDENTIALS = (
    _credentials_deed("publish, no file yet", _credentials(None), _ADD),
    _credentials_deed("publish, into a person's file", _credentials(FOREIGN), _ADD),
    _credentials_deed("publish, CRLF and BOM and no last line end", _credentials(CRLF), _ADD),
    _credentials_deed("publish, three at once", _credentials(FOREIGN), _publishing(*map(_publish, ("a", "b", "c")))),
    _credentials_deed("publish, through a symbolic link", _credentials(FOREIGN, link=True), _ADD),
    _credentials_deed("publish, through a link to no file", _credentials(None, link=True), _ADD),
    _credentials_deed("renew", _credentials(FOREIGN, _OLD), _RENEW),
    _credentials_deed("renew, CRLF", _credentials(CRLF, _OLD, _DEV), _RENEW),
    _credentials_deed("withdraw, the file remains", _credentials(FOREIGN, _OLD), _withdrawing("prod")),
    _credentials_deed("withdraw, CRLF and no last line end", _credentials(CRLF, _OLD), _withdrawing("prod")),
    _credentials_deed("withdraw, the file goes", _credentials(None, _OLD), _withdrawing("prod")),
    _credentials_deed("adopt, with a left temporary file", _credentials(FOREIGN, _OLD, _DEV, orphan=True), _adopting),
    _credentials_deed(
        "take over, a person's section", _credentials(TAKEN), _publishing(_publish("prod", displace=True))
    ),
    _credentials_deed("give back", _credentials(TAKEN, _TAKE), _GIVE_BACK),
)

# --- Settings --------------------------------------------------------------------------------------------------------

_ALICE = Identity(name="alice", access_key_id="AKIAIOSFODNN7EXAMPLE")
_WRITTEN_BY_HAND = b"""\
# by hand
schema = 1

[identity.alice]   # me
access_key_id = "AKIAIOSFODNN7EXAMPLE"

[profile.one]
role_arn = "arn:aws:iam::123456789012:role/One"
source = "identity.alice"
colour = "red"     # mine

[profile.two]
role_arn = "arn:aws:iam::123456789012:role/Two"
source = "identity.alice"
unknown = [1, 2]
"""


def _profile(name: str) -> Profile:
    source = Source(kind=SourceKind.IDENTITY, name="alice")
    return Profile(name=name, source=source, role_arn=RoleArn.parse(f"arn:aws:iam::123456789012:role/{name}"))


def settings_file(folder: Path) -> SettingsFile:
    """The settings as a process opens them."""
    return SettingsFile(folder / "config" / "config.toml", lock_path=folder / "state" / "config.lock")


def _settings(content: bytes | None, mode: int = 0o600) -> Callable[[Path], None]:
    def prepare(folder: Path) -> None:
        if content is not None:
            path = folder / "config" / "config.toml"
            path.parent.mkdir(mode=0o700)
            path.write_bytes(content)
            path.chmod(mode)

    return prepare


def _setting(change: Callable[[SettingsFile], object]) -> Callable[[Path], Callable[[], object]]:
    def act(folder: Path) -> Callable[[], object]:
        file = settings_file(folder)
        return lambda: change(file)

    return act


def _settings_deed(name: str, prepare: Callable[[Path], None], change: Callable[[SettingsFile], object]) -> Deed:
    def start(folder: Path) -> object:
        return settings_file(folder).load_now()

    return Deed(name=name, row="settings save", prepare=prepare, act=_setting(change), start=start)


SETTINGS = (
    _settings_deed("settings, created", _settings(None), lambda file: file.put_now(_ALICE)),
    _settings_deed(
        "settings, a profile changed", _settings(_WRITTEN_BY_HAND, 0o644), lambda file: file.put_now(_profile("one"))
    ),
    _settings_deed(
        "settings, an identity renamed",
        _settings(_WRITTEN_BY_HAND),
        lambda file: file.put_now(Identity(name="al", access_key_id=_ALICE.access_key_id), formerly="alice"),
    ),
    _settings_deed(
        "settings, profiles imported",
        _settings(_WRITTEN_BY_HAND),
        lambda file: file.put_all_now(tuple(map(_profile, ("two", "three", "four")))),
    ),
    _settings_deed(
        "settings, a profile moved", _settings(_WRITTEN_BY_HAND), lambda file: file.move_now("two", before="one")
    ),
)

# --- Profiles for a colleague ----------------------------------------------------------------------------------------


def _exported(content: bytes | None) -> Callable[[Path], None]:
    def prepare(folder: Path) -> None:
        if content is not None:
            (folder / "team.toml").write_bytes(content)
            (folder / "team.toml").chmod(0o664)

    return prepare


def _exporting(folder: Path) -> Callable[[], object]:
    return lambda: profiles_file.write_now(str(folder / "team.toml"), (_profile("one"), _profile("two")))


def _start_export(folder: Path) -> object:
    path = folder / "team.toml"
    if path.exists() and path.read_bytes() != b"old":
        return profiles_file.read_now(str(path))
    return None


def _export_deed(name: str, content: bytes | None) -> Deed:
    return Deed(
        name=name,
        row="export",
        prepare=_exported(content),
        act=_exporting,
        start=_start_export,
        tidied_again=True,
    )


EXPORTS = (_export_deed("export, new", None), _export_deed("export, over another", b"old"))

# --- State, keyring, journal, window ---------------------------------------------------------------------------------


def _record(name: str, key_id: str) -> SessionRecord:
    return SessionRecord(
        name=name, fingerprint="f" * 16, access_key_id=key_id, issued=_NOW, expires=_NOW + timedelta(hours=1)
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
    return JournalFile(folder / "state", now=lambda: _NOW)


def _happening(profile: str, *, days_ago: int = 0) -> Happening:
    return Happening(at=_NOW - timedelta(days=days_ago), what=What.OBTAINED, profile=profile)


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

ALL = (*CREDENTIALS, *SETTINGS, *EXPORTS, *STATES, *KEYRINGS, *JOURNALS, *WINDOWS)
BY_NAME = {each.name: each for each in ALL}
