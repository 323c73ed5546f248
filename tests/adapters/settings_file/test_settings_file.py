from __future__ import annotations

import asyncio
import os
import shutil
import stat
import subprocess
import sys
import tomllib
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from app.adapters.settings_file import SettingsFile
from app.adapters.settings_file.store import load
from app.domain.arn import RoleArn
from app.domain.configuration import (
    Configuration,
    Flow,
    Identity,
    MfaMethod,
    MfaUse,
    Profile,
    Provider,
    Settings,
    Source,
    SourceKind,
)
from app.domain.errors import BadInput, StorageTrouble
from app.domain.settings_schema import SCHEMA

if TYPE_CHECKING:
    from collections.abc import Iterator

FIXTURE = Path(__file__).parents[2] / "fixtures" / "settings" / "schema1.toml"
ALICE = Identity(name="alice", access_key_id="AKIAIOSFODNN7EXAMPLE")
ROLE = RoleArn.parse("arn:aws:iam::123456789012:role/Admin")


def source(text: str) -> Source:
    kind, _, name = text.partition(".")
    return Source(kind=SourceKind(kind), name=name)


def role(name: str, start: str = "identity.alice") -> Profile:
    return Profile(name=name, source=source(start), role_arn=ROLE)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "config" / "config.toml"


@pytest.fixture
def store(path: Path, tmp_path: Path) -> Iterator[SettingsFile]:
    made = SettingsFile(path, lock_path=tmp_path / "state" / "config.lock")
    yield made
    made.close()


@pytest.fixture
def full(path: Path) -> str:
    """The fixture of schema 1 in place; its text."""
    path.parent.mkdir()
    shutil.copy(FIXTURE, path)
    return path.read_text()


def write(path: Path, text: str) -> None:
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(text.encode())


def changed_lines(before: str, after: str) -> tuple[list[str], list[str]]:
    """Lines that are gone, and lines that came; the order of all others is the same."""
    import difflib

    lines = [each for each in difflib.ndiff(before.splitlines(), after.splitlines()) if each[0] in "+-"]
    gone = [each[2:] for each in lines if each[0] == "-" and each[2:]]
    return gone, [each[2:] for each in lines if each[0] == "+" and each[2:]]


async def test_without_a_file_there_is_nothing_and_none_is_made(store: SettingsFile, path: Path) -> None:
    assert await store.load() == Configuration()
    assert await store.fingerprint() == ()
    assert not path.parent.exists()


def test_the_first_entry_makes_the_file(store: SettingsFile, path: Path) -> None:
    store.put_now(ALICE)
    store.put_now(role("prod"))
    text = path.read_text()
    assert text.startswith("# Rolecall")
    assert tomllib.loads(text) == {
        "schema": SCHEMA,
        "identity": {"alice": {"access_key_id": "AKIAIOSFODNN7EXAMPLE"}},
        "profile": {"prod": {"role_arn": str(ROLE), "source": "identity.alice"}},
    }
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert [each.name for each in path.parent.iterdir()] == ["config.toml"]


def test_writing_what_is_there_changes_nothing(store: SettingsFile, path: Path, full: str) -> None:
    configuration = store.load_now()
    before = path.stat().st_ino
    assert store.put_now(configuration.settings) == configuration
    for entries in (configuration.identities, configuration.providers, configuration.profiles):
        for entry in entries.values():
            assert store.put_now(entry) == configuration
    assert path.read_text() == full
    assert path.stat().st_ino == before


def test_a_change_touches_its_own_line_only(store: SettingsFile, path: Path, full: str) -> None:
    admin = store.load_now().profiles["prod-admin"]
    store.put_now(replace(admin, duration=1800, colour=""))
    assert changed_lines(full, path.read_text()) == (["duration = 3600", 'colour = "red"'], ["duration = 1800"])


def test_comments_behind_a_value_stay(store: SettingsFile, path: Path, full: str) -> None:
    configuration = store.load_now()
    store.put_now(replace(configuration.settings, region="eu-west-2"))
    store.put_now(replace(configuration.identities["alice"], access_key_id="AKIAI44QH8DHBEXAMPLE"))
    assert changed_lines(full, path.read_text()) == (
        [
            'region = "eu-west-1"            # default region',
            'access_key_id = "AKIAIOSFODNN7EXAMPLE"       # secret: keyring',
        ],
        [
            'region = "eu-west-2"            # default region',
            'access_key_id = "AKIAI44QH8DHBEXAMPLE"       # secret: keyring',
        ],
    )


def test_unknown_keys_stay(store: SettingsFile, path: Path) -> None:
    write(
        path, 'schema = 1\nlater = {a = 1}\n[identity.alice]\naccess_key_id = "AKIAIOSFODNN7EXAMPLE"\nx = 1979-05-27\n'
    )
    store.put_now(replace(ALICE, mfa=MfaMethod.STORED))
    assert path.read_text() == (
        'schema = 1\nlater = {a = 1}\n[identity.alice]\naccess_key_id = "AKIAIOSFODNN7EXAMPLE"\nx = 1979-05-27\n'
        'mfa = "stored"\n'
    )


def test_tables_of_a_value_become_one_line_when_changed(store: SettingsFile, path: Path, full: str) -> None:
    profile = store.load_now().profiles["one-shot"]
    changed = replace(profile, tags=(("Project", "y"),))
    assert store.put_now(changed).profiles["one-shot"] == changed
    assert changed_lines(full, path.read_text()) == (
        ["[profile.one-shot.tags]", 'Project = "x"'],
        ['tags = {Project = "y"}'],
    )


PROVIDER = Provider(
    name="z",
    type="oidc",
    issuer="https://login.example.com",
    client_id="rolecall",
    scopes=("openid", "email"),
    flow=Flow.DEVICE,
    stay_signed_in=False,
    session_name_claim="email",
)


def test_a_provider_is_written_as_it_is_read(store: SettingsFile, path: Path) -> None:
    assert store.put_now(PROVIDER).providers["z"] == PROVIDER
    section = path.read_text().partition("[provider.z]")[2]
    assert 'flow = "device"' in section
    assert 'scopes = ["openid", "email"]' in section
    assert "stay_signed_in = false" in section
    renamed = replace(PROVIDER, name="y", flow=None)
    configuration = store.put_now(renamed, formerly="z")
    assert configuration.providers["y"] == renamed
    assert "z" not in configuration.providers


def test_new_entries_join_their_kind(store: SettingsFile, path: Path, full: str) -> None:
    store.put_now(replace(ALICE, name="carla"))
    store.put_now(Provider(name="other", type="saml", login_url="https://idp.example.com"))
    store.put_now(role("new one", "identity.carla"))
    text = path.read_text()
    places = [
        text.index(each)
        for each in ("[identity.carla]", "# --- providers", "[provider.other]", "# --- roles", '[profile."new one"]')
    ]
    assert places == sorted(places)
    assert changed_lines(full, text)[0] == []
    assert "\n\n\n" not in text


def test_a_new_entry_that_goes_again_leaves_no_trace(store: SettingsFile, path: Path, full: str) -> None:
    for entry in (replace(ALICE, name="zoe"), role("zebra"), PROVIDER):
        store.put_now(entry)
        store.remove_now(source(f"{type(entry).__name__.lower()}.{entry.name}"))
        assert path.read_text() == full


def test_an_entry_goes_with_its_tables_and_without_foreign_comments(store: SettingsFile, path: Path, full: str) -> None:
    configuration = store.remove_now(source("profile.one-shot"))
    assert "one-shot" not in configuration.profiles
    gone, came = changed_lines(full, path.read_text())
    assert came == []
    assert gone[0] == "[profile.one-shot]"
    assert gone[-1] == 'Project = "x"'
    store.remove_now(source("profile.prod-admin"))
    assert "# Handle with care." in path.read_text()


def test_what_others_start_from_stays(store: SettingsFile, path: Path, full: str) -> None:
    for name, wanted in (
        ("identity.alice", "“hub”, “alice-mfa”, “guest”"),
        ("profile.hub", "“prod-admin”"),
        ("provider.corp", "“via-corp”"),
    ):
        with pytest.raises(BadInput, match=wanted) as caught:
            store.remove_now(source(name))
        assert caught.value.code == "entry-in-use"
    assert path.read_text() == full


def test_a_broken_child_counts_as_well(store: SettingsFile, path: Path) -> None:
    write(
        path,
        '[identity.alice]\naccess_key_id = "AKIAIOSFODNN7EXAMPLE"\n'
        '[profile.x]\nsource = "identity.alice"\nduration = 1\n',
    )
    with pytest.raises(BadInput, match="“x” starts from it"):
        store.remove_now(source("identity.alice"))


def test_what_is_not_there_cannot_be_removed(store: SettingsFile, path: Path, full: str) -> None:
    with pytest.raises(BadInput) as caught:
        store.remove_now(source("profile.nobody"))
    assert caught.value.code == "entry-unknown"


@pytest.mark.parametrize(
    ("kind", "old", "followers"),
    [
        ("identities", "alice", ["hub", "alice-mfa", "guest"]),
        ("profiles", "hub", ["prod-admin"]),
        ("providers", "corp", ["via-corp"]),
    ],
)
def test_references_follow_a_new_name(
    store: SettingsFile, path: Path, full: str, kind: str, old: str, followers: list[str]
) -> None:
    entry = getattr(store.load_now(), kind)[old]
    configuration = store.put_now(replace(entry, name="a new name"), formerly=old)
    assert list(getattr(configuration, kind)).index("a new name") == list(getattr(load(FIXTURE), kind)).index(old)
    assert configuration.refusals == ()
    assert [name for name, each in configuration.profiles.items() if each.source.name == "a new name"] == followers
    assert len(changed_lines(full, path.read_text())[0]) == 1 + len(followers)


def test_a_new_name_takes_tables_along(store: SettingsFile, path: Path, full: str) -> None:
    profile = store.load_now().profiles["one-shot"]
    assert store.put_now(replace(profile, name="x.y"), formerly="one-shot").profiles["x.y"].tags == (("Project", "x"),)
    assert '[profile."x.y".tags]' in path.read_text()


def test_a_name_that_is_taken_is_refused(store: SettingsFile, path: Path, full: str) -> None:
    hub = store.load_now().profiles["hub"]
    with pytest.raises(BadInput) as caught:
        store.put_now(replace(hub, name="guest"), formerly="hub")
    assert caught.value.code == "name-taken"
    assert path.read_text() == full


def test_renaming_what_was_removed_meanwhile_adds_it(store: SettingsFile) -> None:
    assert list(store.put_now(replace(ALICE, name="new"), formerly="old").identities) == ["new"]


@pytest.mark.parametrize(
    ("entry", "code"),
    [
        (replace(ALICE, access_key_id="short"), "limit"),
        (replace(ALICE, name="a]b"), "settings-value"),
        (role("x", "profile.x"), "source-loop"),
        (role("x", "identity.nobody"), "source-missing"),
        (replace(role("x", "profile.hub"), mfa=MfaUse.SESSION), "profile-impossible"),
        (Settings(region="no"), "settings-value"),
    ],
)
def test_what_breaks_a_rule_is_not_written(
    store: SettingsFile, path: Path, full: str, entry: Identity | Profile | Settings, code: str
) -> None:
    with pytest.raises(BadInput) as caught:
        store.put_now(entry)
    assert caught.value.code == code
    assert path.read_text() == full


def test_changes_made_by_hand_meanwhile_are_kept(store: SettingsFile, path: Path, full: str) -> None:
    configuration = store.load_now()
    path.write_text(
        full.replace("AKIAI44QH8DHBEXAMPLE", "AKIAI55QH8DHBEXAMPLE").replace('group = "Production"', 'group = "P"')
    )
    merged = store.put_now(replace(configuration.profiles["hub"], pinned=True))
    assert merged.identities["bob of ops"].access_key_id == "AKIAI55QH8DHBEXAMPLE"
    assert merged.profiles["prod-admin"].group == "P"
    assert merged.profiles["hub"].pinned


BROKEN = [
    ("schema = 1\n[identity.alice\n", 2, "table declaration"),
    ("a = 1\n\na = 2\n", 3, "overwrite"),
    ("schema = 1\nx = \n", 2, "Invalid value"),
    ('schema = 1\n\nx = """\n', 4, "Unterminated"),
    ("\n\nschema = 0\n", 3, "whole number"),
    ('schema = "1"\n', 1, "whole number"),
    (f"schema = 1\n[settings]\nsize = {'9' * 5000}\n", 3, "too long"),
]


@pytest.mark.parametrize(("text", "line", "reason"), BROKEN)
def test_a_broken_file_is_told_with_its_line_and_left_alone(
    store: SettingsFile, path: Path, text: str, line: int, reason: str
) -> None:
    write(path, text)
    for attempt in (store.load_now, lambda: store.put_now(ALICE), lambda: store.remove_now(source("identity.alice"))):
        with pytest.raises(StorageTrouble) as caught:
            attempt()
        assert caught.value.code == "settings-broken"
        assert f"{path}, line {line}: " in caught.value.detail
        assert reason in caught.value.detail
    assert path.read_text() == text


def test_text_that_is_not_utf8_is_told(store: SettingsFile, path: Path) -> None:
    path.parent.mkdir()
    path.write_bytes(b"# fine\n# M\xfcller\n")
    with pytest.raises(StorageTrouble, match="line 2") as caught:
        store.load_now()
    assert caught.value.code == "settings-broken"


def test_refusals_tell_their_line(store: SettingsFile, path: Path, full: str) -> None:
    path.write_text(full.replace("duration = 3600", "duration = 10").replace('colour = "red"', 'colour = "crimson"'))
    refusals = {each.problem.field: each.line for each in store.load_now().refusals}
    lines = path.read_text().splitlines()
    assert lines[refusals["duration"] - 1] == "duration = 10"
    assert lines[refusals["colour"] - 1] == 'colour = "crimson"'


def test_a_later_schema_is_read_but_not_written(store: SettingsFile, path: Path, full: str) -> None:
    later = full.replace("schema = 1", f"schema = {SCHEMA + 1}")
    path.write_text(later)
    assert "hub" in store.load_now().profiles
    with pytest.raises(StorageTrouble) as caught:
        store.put_now(ALICE)
    assert caught.value.code == "settings-newer"
    assert path.read_text() == later


def test_windows_line_ends_and_mark_stay(store: SettingsFile, path: Path) -> None:
    head = "\ufeff# mine\r\nschema = 1\r\n"
    write(path, head)
    store.put_now(ALICE)
    store.put_now(replace(ALICE, region="eu-west-1"))
    store.put_now(role("x"))
    data = path.read_bytes()
    assert data.count(b"\n") == data.count(b"\r\n")
    assert data.startswith(head.encode())
    store.remove_now(source("profile.x"))
    store.remove_now(source("identity.alice"))
    assert path.read_bytes() == head.encode()


FORMS = [
    'identity.alice.access_key_id = "AKIAIOSFODNN7EXAMPLE"\nprofile.x.source = "identity.alice"',
    'identity.alice = {access_key_id = "AKIAIOSFODNN7EXAMPLE"}\nprofile = {x = {source = "identity.alice"}}',
    '[identity]\nalice = {access_key_id = "AKIAIOSFODNN7EXAMPLE"}\n[profile]\nx.source = "identity.alice"',
    '[identity]\nalice.access_key_id = "AKIAIOSFODNN7EXAMPLE"\n[profile]\nx = {source = "identity.alice"}\n',
    '["identity"."alice"]\naccess_key_id = "AKIAIOSFODNN7EXAMPLE"\n[profile.x.a]\n[profile.x]\nsource="identity.alice"',
    '[ profile . x ]\n  source = "identity.alice"\n[ identity.alice ] # who\n\taccess_key_id = "AKIAIOSFODNN7EXAMPLE"',
]


@pytest.mark.parametrize("text", FORMS)
def test_every_way_to_write_toml_can_be_changed(store: SettingsFile, path: Path, text: str) -> None:
    write(path, text)
    alice = store.load_now().identities["alice"]
    profile = store.load_now().profiles["x"]
    store.put_now(replace(alice, region="eu-west-1", mfa=MfaMethod.COMMAND, mfa_command=("a", "b")))
    store.put_now(replace(alice, name="bob", region="eu-west-2"), formerly="alice")
    store.put_now(replace(profile, name="y z", group="G", source=source("identity.bob")), formerly="x")
    store.put_now(role("extra", "profile.y z"))
    final = store.put_now(replace(profile, name="y z", source=source("identity.bob")))
    assert final == Configuration(
        identities={"bob": replace(alice, name="bob", region="eu-west-2")},
        profiles={
            "y z": replace(profile, name="y z", source=source("identity.bob")),
            "extra": role("extra", "profile.y z"),
        },
    )
    for name in ("profile.extra", "profile.y z", "identity.bob"):
        final = store.remove_now(source(name))
    assert final == Configuration()
    assert store.put_now(ALICE).identities == {"alice": ALICE}


def test_a_settings_table_is_added_and_changed(store: SettingsFile, path: Path) -> None:
    write(path, "# mine\nschema = 1\n")
    assert store.put_now(Settings(theme="dark")).settings == Settings(theme="dark")
    assert store.put_now(Settings(region="eu-west-1")).settings == Settings(region="eu-west-1")
    assert path.read_text() == '# mine\nschema = 1\n\n[settings]\nregion = "eu-west-1"\n'


def test_a_table_that_is_none_is_not_trampled_on(store: SettingsFile, path: Path) -> None:
    write(path, "profile = 3\nidentity.alice = 4\n")
    for entry in (role("x"), ALICE):
        with pytest.raises(StorageTrouble) as caught:
            store.put_now(entry)
        assert caught.value.code == "settings-edit"
    assert path.read_text() == "profile = 3\nidentity.alice = 4\n"


def test_a_broken_entry_can_be_repaired(store: SettingsFile, path: Path) -> None:
    write(path, '[identity.alice]\naccess_key_id = 7 # why?\nregion = "nowhere"\nkept = 1\n')
    assert store.put_now(ALICE).identities == {"alice": ALICE}
    assert path.read_text() == '[identity.alice]\naccess_key_id = "AKIAIOSFODNN7EXAMPLE" # why?\nkept = 1\n'


def test_a_link_stays_a_link_and_its_target_keeps_its_mode(store: SettingsFile, path: Path, tmp_path: Path) -> None:
    target = tmp_path / "dotfiles" / "rolecall.toml"
    write(target, "schema = 1\n")
    target.chmod(0o644)
    path.parent.mkdir()
    path.symlink_to(target)
    store.put_now(ALICE)
    assert path.is_symlink()
    assert "alice" in target.read_text()
    assert stat.S_IMODE(target.stat().st_mode) == 0o644


def test_a_failed_write_changes_nothing(
    store: SettingsFile, path: Path, full: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(descriptor: int) -> None:
        raise OSError(28, os.strerror(28))

    monkeypatch.setattr(os, "fsync", broken)
    with pytest.raises(StorageTrouble) as caught:
        store.put_now(ALICE)
    assert caught.value.code == "settings-unwritable"
    assert path.read_text() == full
    assert [each.name for each in path.parent.iterdir()] == ["config.toml"]


def test_a_directory_in_its_place_is_told(store: SettingsFile, path: Path) -> None:
    path.mkdir(parents=True)
    with pytest.raises(StorageTrouble) as caught:
        store.load_now()
    assert caught.value.code == "settings-unreadable"


async def test_changes_at_once_are_all_kept(store: SettingsFile) -> None:
    await asyncio.gather(*(store.put(replace(ALICE, name=f"a{number}")) for number in range(10)))
    configuration = await store.load()
    assert sorted(configuration.identities) == sorted(f"a{number}" for number in range(10))
    before = await store.fingerprint()
    await store.remove(source("identity.a3"))
    assert await store.fingerprint() != before


def test_reading_imports_little(full: str, path: Path) -> None:
    program = (
        "import sys, pathlib; from app.adapters.settings_file.store import load; load(pathlib.Path(sys.argv[1]));"
        "print([name for name in ('filelock', 'asyncio', 'concurrent.futures', 'tomlkit', 'httpx', 'keyring')"
        " if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", program, str(path)], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


def test_an_identity_is_removed_also_where_profiles_are_no_table(store: SettingsFile, path: Path) -> None:
    path.parent.mkdir(exist_ok=True)
    path.write_text("[[profile]]\n")
    store.put_now(ALICE)
    assert not store.remove_now(source("identity.alice")).identities
    assert "[[profile]]" in path.read_text()
