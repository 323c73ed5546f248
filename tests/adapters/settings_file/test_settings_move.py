from __future__ import annotations

import tomllib
from collections import Counter
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.adapters.settings_file import SettingsFile
from app.adapters.settings_file.move import NotMovableError, move_entry
from app.domain.arn import RoleArn
from app.domain.configuration import Identity, Profile, Provider, Source, SourceKind
from app.domain.errors import BadInput, StorageTrouble

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

TEXT = """\
# Mine
schema = 1

[identity.alice]
access_key_id = "AKIAIOSFODNN7EXAMPLE"

# --- all of production ---

# Careful:
# this one may do everything.
[profile.prod]  # really
role_arn = "arn:aws:iam::123456789012:role/Admin"
source = "identity.alice"
# region = "eu-west-1"

[profile.prod.tags]
team = "blue"

[profile.stage]
role_arn = "arn:aws:iam::210987654321:role/Dev"
source = "identity.alice"


[settings]
region = "eu-west-1"

[profile.audit]
role_arn = "arn:aws:iam::123456789012:role/Audit"
source = "profile.prod"
"""
PROD, STAGE, AUDIT = ("profile", "prod"), ("profile", "stage"), ("profile", "audit")


def order(text: str) -> list[str]:
    return list(tomllib.loads(text)["profile"])


def test_a_table_goes_before_another_with_its_comments_and_the_tables_below_it() -> None:
    moved = move_entry(TEXT, PROD, AUDIT)
    assert order(moved) == ["stage", "prod", "audit"]
    assert (
        'region = "eu-west-1"\n\n# Careful:\n# this one may do everything.\n[profile.prod]  # really\n'
        'role_arn = "arn:aws:iam::123456789012:role/Admin"\nsource = "identity.alice"\n# region = "eu-west-1"\n\n'
        '[profile.prod.tags]\nteam = "blue"\n\n[profile.audit]\n'
    ) in moved
    assert "# --- all of production ---\n\n[profile.stage]" in moved, "what stands by itself stays"


def test_what_stood_last_is_set_off_where_it_goes() -> None:
    moved = move_entry(TEXT, AUDIT, PROD)
    assert order(moved) == ["audit", "prod", "stage"]
    assert 'source = "profile.prod"\n\n# Careful:\n' in moved
    assert moved.endswith('[settings]\nregion = "eu-west-1"\n')


def test_the_end_is_behind_the_last_of_its_kind() -> None:
    moved = move_entry(TEXT, STAGE, None)
    assert order(moved) == ["prod", "audit", "stage"]
    stage = 'role_arn = "arn:aws:iam::210987654321:role/Dev"\nsource = "identity.alice"\n'
    assert moved.endswith(f'source = "profile.prod"\n\n\n[profile.stage]\n{stage}')
    assert move_entry(moved, STAGE, None) == moved


def test_a_table_before_itself_and_the_last_one_last_change_nothing() -> None:
    assert move_entry(TEXT, PROD, PROD) == TEXT
    assert move_entry(TEXT, AUDIT, None) == TEXT


def test_without_a_line_end_at_the_end_no_lines_run_together() -> None:
    text = "[profile.a]\nx = 1\n\n[profile.b]\nx = 2"
    assert move_entry(text, ("profile", "b"), ("profile", "a")) == "[profile.b]\nx = 2\n\n[profile.a]\nx = 1\n"
    assert move_entry(text, ("profile", "a"), None) == "[profile.b]\nx = 2\n\n[profile.a]\nx = 1\n"


@pytest.mark.parametrize(
    "text",
    [
        "[profile]\na = {x = 1}\nb = {x = 2}\n",
        "profile.a.x = 1\nprofile.b.x = 2\n",
        "[profile]\na.x = 1\n[profile.b]\nx = 2\n",
    ],
)
def test_what_has_no_table_of_its_own_is_not_moved(text: str) -> None:
    with pytest.raises(NotMovableError):
        move_entry(text, ("profile", "b"), ("profile", "a"))


VALUES = ["1  # why", '"[x]"', "[\n 1,\n # 2\n 3]", "'''\n[p]\n'''"]
NAMES = ["a", "b", "c", "d e", "f.g"]


@st.composite
def files(draw: st.DrawFn) -> str:
    """Profiles in any order, with comments, blank lines, sub-tables, and other tables in between."""
    newline = draw(st.sampled_from(["\n", "\r\n"]))
    filler = st.lists(st.sampled_from(["", "", "# note", "  # indented", "\t"]), max_size=3)
    lines = draw(filler) + draw(st.sampled_from([[], ["schema = 1"]]))
    tables = [(name, "") for name in draw(st.lists(st.sampled_from(NAMES), min_size=2, unique=True))]
    tables += [(name, "tags") for name, _ in tables if draw(st.booleans())]
    tables += [("", "settings")] if draw(st.booleans()) else []
    for name, kind in draw(st.permutations(tables)):
        lines += draw(filler)
        quoted = name if name.isalpha() else f'"{name}"'
        lines.append(f"[{kind}]" if not name else f"[profile.{quoted}.tags]" if kind else f"[profile.{quoted}]")
        lines += draw(filler)
        keys = draw(st.lists(st.sampled_from("klmn"), unique=True))
        lines += [
            f"{key} = " + draw(st.sampled_from(["1  # why", '"[x]"', "[\n 1,\n # 2\n 3]", "'''\n[p]\n'''"]))
            for key in keys
        ]
        lines += draw(filler)
    return newline.join(lines).replace("\r\n", "\n").replace("\n", newline) + draw(st.sampled_from(["", newline]))


@given(files(), st.data())
def test_moving_changes_the_order_and_nothing_else(text: str, data: st.DataObject) -> None:
    before = tomllib.loads(text)
    names = list(before["profile"])
    moved = data.draw(st.sampled_from(names))
    target = data.draw(st.sampled_from([None, *names]))
    try:
        changed = move_entry(text, ("profile", moved), ("profile", target) if target is not None else None)
    except NotMovableError:
        return
    after = tomllib.loads(changed)
    assert after == before
    assert Counter(changed.splitlines()) == Counter(text.splitlines())
    others = [name for name in names if name != moved]
    if target != moved:
        at = others.index(target) if target is not None else len(others)
        expected = [*others[:at], moved, *others[at:]]
        if target is not None:
            assert list(after["profile"]).index(moved) + 1 == list(after["profile"]).index(target)
        assert [name for name in after["profile"] if name != moved] == [n for n in expected if n != moved]


def test_a_blank_line_between_the_moved_tables_is_moved_once() -> None:
    text = "[profile.b.tags]\n\n[profile.b]\n[profile.c]\n[profile.a]"
    changed = move_entry(text, ("profile", "b"), None)
    assert changed == "[profile.c]\n[profile.a]\n[profile.b.tags]\n\n[profile.b]\n"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SettingsFile]:
    (tmp_path / "config.toml").write_text(TEXT)
    made = SettingsFile(tmp_path / "config.toml", lock_path=tmp_path / "lock")
    yield made
    made.close()


async def test_a_profile_is_moved_and_grouped_in_one_write(store: SettingsFile, tmp_path: Path) -> None:
    found = await store.move("audit", before="prod", group="Production")
    assert list(found.profiles) == ["audit", "prod", "stage"]
    assert found.profiles["audit"].group == "Production"
    assert 'group = "Production"\n' in (tmp_path / "config.toml").read_text()
    found = await store.move("audit", before="", group="")
    assert list(found.profiles) == ["prod", "stage", "audit"]
    assert "group" not in (tmp_path / "config.toml").read_text()
    same = await store.move("audit", before="prod")
    assert next(iter(same.profiles)) == "audit"


def test_unknown_names_and_bad_groups_change_nothing(store: SettingsFile, tmp_path: Path) -> None:
    for profile, before, group, code in (
        ("nobody", "prod", None, "entry-unknown"),
        ("prod", "nobody", None, "entry-unknown"),
        ("prod", "audit", "a\nb", "settings-value"),
    ):
        with pytest.raises(BadInput) as caught:
            store.move_now(profile, before=before, group=group)
        assert caught.value.code == code
    assert (tmp_path / "config.toml").read_text() == TEXT


def test_inline_profiles_are_not_moved(store: SettingsFile, tmp_path: Path) -> None:
    text = "[profile]\na = {source = 'identity.x'}\nb = {source = 'identity.x'}\n"
    (tmp_path / "config.toml").write_text(text)
    with pytest.raises(StorageTrouble) as caught:
        store.move_now("b", before="a")
    assert caught.value.code == "settings-edit"
    assert (tmp_path / "config.toml").read_text() == text


def _role(name: str, source: str) -> Profile:
    kind, _, of = source.partition(".")
    arn = RoleArn.parse("arn:aws:iam::123456789012:role/Admin")
    return Profile(name=name, source=Source(kind=SourceKind(kind), name=of), role_arn=arn)


async def test_several_entries_are_written_at_once_or_not_at_all(store: SettingsFile, tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    provider = Provider(name="corp", type="saml", login_url="https://idp.example.com/aws")
    found = await store.put_all((_role("child", "profile.admin"), provider, _role("admin", "provider.corp")))
    assert {"child", "admin"} < set(found.profiles)
    before = path.read_bytes()
    with pytest.raises(BadInput) as caught:
        store.put_all_now((Identity(name="bob", access_key_id="AKIAIOSFODNN7EXAMPLF"), _role("x", "profile.nobody")))
    assert caught.value.field == "source"
    assert path.read_bytes() == before
