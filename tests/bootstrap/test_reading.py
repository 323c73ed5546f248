"""What `credentials` remembers of the settings for the next one must never let it serve what it would not have."""

from __future__ import annotations

import json
import os
import pkgutil
import stat
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import FunctionType

import pytest

from app import bootstrap
from app.adapters import places_file
from app.adapters.credentials_file.file import CredentialsFile
from app.adapters.credentials_file.location import credentials_path
from app.adapters.settings_file.store import load
from app.adapters.state_file import StateFile
from app.bootstrap.reading import Light
from app.core.places import place_of
from app.domain.chain import resolve
from app.domain.credentials import Credentials
from app.domain.errors import BadInput
from app.domain.published import PublishedSection
from app.domain.secret import Secret
from app.domain.state import SessionRecord, SharedState
from app.domain.values import replace

KEY_ID = "ASIAEXAMPLE000000001"
SETTINGS = """schema = 1
[identity.alice]
access_key_id = "AKIAIOSFODNN7EXAMPLE"
[profile.dev]
role_arn = "arn:aws:iam::111122223333:role/Dev"
source = "identity.alice"
[profile.other]
role_arn = "arn:aws:iam::111122223333:role/Other"
source = "identity.alice"
"""


class Desk:
    """Settings, a live published session of `dev`, and what `credentials` finds of it."""

    def __init__(self, home: Path) -> None:
        self.settings = home / "rolecall" / "config" / "config.toml"
        self.kept = home / "rolecall" / "state" / places_file.FILE
        self.settings.parent.mkdir(parents=True)
        self.write(SETTINGS)

    def write(self, text: str, *, age: float = 3600) -> None:
        """Somebody edits the settings; by their time that was `age` seconds ago."""
        self.settings.write_text(text)
        then = time.time() - age
        os.utime(self.settings, (then, then))

    def edit(self, old: str, new: str) -> None:
        text = self.settings.read_text()
        assert old in text
        self.write(text.replace(old, new))

    def found(self, name: str = "dev") -> str | None:
        """The key that is found, asked in a way that lets the next one remember."""
        found = bootstrap.light().find(name)
        return None if found is None or not found.obtained.confirmed else found.obtained.access_key_id

    def served(self) -> str | None:
        """The same, or the code of the refusal."""
        try:
            return self.found()
        except BadInput as error:
            return error.code

    def keep(self) -> None:
        """Let it be remembered, and make sure that it is."""
        self.found()
        assert set(self.remembered()) == set(load(self.settings).profiles)

    def remembered(self) -> dict[str, list[object]]:
        places: dict[str, list[object]] = json.loads(self.kept.read_bytes())["places"]
        return places


@pytest.fixture
async def desk(home: Path) -> Desk:
    desk = Desk(home)
    now = datetime.now(UTC).replace(microsecond=0)
    place = place_of(resolve(load(desk.settings), "dev"))
    keys = Credentials(
        access_key_id=KEY_ID,
        secret_access_key=Secret("secret"),
        session_token=Secret("token"),
        expires=now + timedelta(hours=1),
    )
    record = SessionRecord(
        name="dev",
        fingerprint=place.fingerprint,
        access_key_id=KEY_ID,
        issued=now - timedelta(minutes=30),
        expires=keys.expires,
        arn="arn:aws:sts::111122223333:assumed-role/Dev/alice",
        aws_profile="dev",
    )
    state = StateFile(home / "rolecall" / "state")
    await state.update(lambda shared: replace(shared, sessions={"dev": record}))
    shared: SharedState = await state.read()
    state.close()
    file = CredentialsFile(credentials_path(os.environ), installation=shared.installation, look_again_seconds=0)
    section = PublishedSection(aws_profile="dev", profile="dev", credentials=keys)
    file.publish(section, known_key_ids=frozenset(), renewal=False)
    return desk


def test_what_is_remembered_is_what_the_settings_say(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    assert desk.found() == KEY_ID
    assert set(desk.remembered()) == {"dev", "other"}
    assert stat.S_IMODE(desk.kept.stat().st_mode) == 0o600
    assert "secret" not in desk.kept.read_text()
    assert not list(desk.kept.parent.glob(".places*"))

    monkeypatch.setattr(Light, "configuration", property(lambda _: pytest.fail("the settings were read")))
    assert desk.found() == KEY_ID
    assert desk.found("other") is None


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ("[profile.dev]", "[profile.fresh]", "profile-unknown"),
        ("role/Dev", "role/Adm", None),
        ('role/Dev"', 'role/Dev"\nlease = 1200', None),
        ('role/Dev"', 'role/Dev"\naccount_pin = "444455556666"', "profile-unknown"),
        ('role/Dev"', 'role/Dev"\nlease = 2400', KEY_ID),
        ("role/Other", "role/Sundry", KEY_ID),
    ],
    ids=["renamed", "another role", "lent", "pinned to what its role is not of", "lent for longer", "another profile"],
)
def test_settings_edited_by_hand_hold_at_once(desk: Desk, old: str, new: str, found: str | None) -> None:
    desk.keep()
    desk.edit(old, new)
    assert desk.served() == found
    # and for the one after that, which may remember it
    assert desk.served() == found


def test_an_edit_of_the_same_length_and_time_holds_too(desk: Desk) -> None:
    desk.keep()
    before = desk.settings.stat()
    desk.settings.write_text(SETTINGS.replace("role/Dev", "role/Adm"))
    os.utime(desk.settings, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert desk.settings.stat().st_size == before.st_size
    assert desk.found() is None


def test_nothing_is_remembered_of_settings_that_may_change_unseen(desk: Desk) -> None:
    desk.write(SETTINGS, age=0)
    assert desk.found() == KEY_ID
    assert not desk.kept.exists()


def test_nothing_is_remembered_of_settings_that_changed_while_they_were_read(desk: Desk) -> None:
    light = bootstrap.light()
    desk.edit("role/Other", "role/Sundry")
    assert light.find("dev") is not None
    assert not desk.kept.exists()


def test_another_program_reads_for_itself(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.keep()
    desk.kept.write_text(desk.kept.read_text().replace('"dev", null', '"else", null'))
    monkeypatch.setattr("app.__version__", "99")
    assert bootstrap.light().place("dev").aws_profile == "dev"


@pytest.mark.parametrize("at", range(6))
def test_a_damaged_row_lets_no_guard_get_lost(desk: Desk, at: int) -> None:
    desk.edit('role/Dev"', 'role/Dev"\nlease = 1200\naccount_pin = "111122223333"')
    desk.keep()
    right = bootstrap.light().place("dev")
    assert right.lease == timedelta(minutes=20)
    document = json.loads(desk.kept.read_bytes())
    wrong: object
    for wrong in ([], {}, 7, "20m" if at == 4 else 7.5):
        damaged = list(document["places"]["dev"])
        damaged[at] = wrong
        desk.kept.write_text(json.dumps({**document, "places": {"dev": damaged}}))
        assert bootstrap.light().place("dev") == right
    desk.kept.write_text(json.dumps({**document, "places": {"dev": document["places"]["dev"][:-1]}}))
    assert bootstrap.light().place("dev") == right


def planted(desk: Desk) -> None:
    """Let it lead to the keys of another profile."""
    desk.kept.write_text(desk.kept.read_text().replace('"dev", null', '"other", null'))
    assert bootstrap.light().place("dev").aws_profile == "other"


@pytest.mark.parametrize("mode", [0o620, 0o602, 0o666])
def test_what_others_may_have_written_is_not_believed(desk: Desk, mode: int) -> None:
    desk.keep()
    planted(desk)
    desk.kept.chmod(mode)
    assert bootstrap.light().place("dev").aws_profile == "dev"
    # and it was read again for the one after that
    assert stat.S_IMODE(desk.kept.stat().st_mode) == 0o600


def test_what_another_user_has_written_is_not_believed(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.keep()
    planted(desk)
    somebody = os.geteuid() + 1
    monkeypatch.setattr(os, "geteuid", lambda: somebody)
    assert bootstrap.light().place("dev").aws_profile == "dev"


def test_where_there_is_no_state_nothing_is_made(desk: Desk, tmp_path: Path) -> None:
    where = tmp_path / "nowhere"
    settings = str(desk.settings)
    places_file.keep(str(where), places_file.look(settings), {}, settings=settings)
    assert not where.exists()


def test_a_file_cut_anywhere_is_none(desk: Desk) -> None:
    desk.keep()
    whole = desk.kept.read_bytes()
    for end in range(len(whole)):
        desk.kept.write_bytes(whole[:end])
        assert places_file.recall(str(desk.kept.parent), places_file.look(str(desk.settings))) == {}
    desk.kept.write_bytes(b"[" * 100_000)
    assert desk.found() == KEY_ID


def test_odd_things_in_its_place_are_let_be(desk: Desk) -> None:
    os.mkfifo(desk.kept)
    assert desk.found() == KEY_ID
    desk.kept.unlink(missing_ok=True)
    desk.kept.mkdir()
    assert desk.found() == KEY_ID
    assert not list(desk.kept.parent.glob(".places*"))
    desk.kept.rmdir()
    desk.kept.symlink_to(desk.kept.name)
    assert desk.found() == KEY_ID


def test_no_module_hides_what_bootstrap_offers() -> None:
    modules = {each.name for each in pkgutil.iter_modules(bootstrap.__path__)}
    assert not modules & {name for name, each in vars(bootstrap).items() if isinstance(each, FunctionType)}


def test_a_crash_in_the_keyrings_thread_tells_no_secret(desk: Desk) -> None:
    code = """
from datetime import UTC, datetime, timedelta
from app import bootstrap
from app.adapters.keyring_store import choice, store
from app.core.shared import Found
from app.domain.credentials import Obtained
class Panic(BaseException):
    pass
def crash(environ, ask):
    raise Panic("SecretAccessKey=wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY")
choice._open, store.get_now.__kwdefaults__["seconds"] = crash, 0.5
now = datetime.now(UTC)
found = Found(obtained=Obtained(access_key_id="A", issued=now, expires=now, credentials=None), published=True)
bootstrap.guard()
try:
    bootstrap.light().open_kept("dev", found)
except Exception as error:
    print(error.code)
"""
    root = Path(__file__).parents[2]
    done = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=True)
    assert done.stdout == "keyring-timeout\n"
    assert "Panic" in done.stderr
    assert "wJalrXUtnFEMI" not in done.stderr
    assert desk.found() == KEY_ID
