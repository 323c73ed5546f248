"""Deeds of the settings, and of profiles written to a file for a colleague."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.adapters.settings_file import SettingsFile, profiles_file
from app.domain.arn import RoleArn
from app.domain.configuration import Identity, Profile, Source, SourceKind
from tests.faults.strace_deed import Deed

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

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
