from __future__ import annotations

import hashlib
import os
import stat
import tomllib
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.adapters.settings_file.profiles_file import BYTES_MOST, ProfilesFile, parse, read_now, text_of, write_now
from app.domain.arn import RoleArn
from app.domain.configuration import MfaUse, Profile, Provider, Source, SourceKind
from app.domain.errors import BadInput, StorageTrouble

if TYPE_CHECKING:
    from pathlib import Path

CORP = Provider(name="corp", type="saml", login_url="https://idp.example.com/aws", command=("get", "it"))
PROD = Profile(
    name="prod admin",
    source=Source(kind=SourceKind.PROVIDER, name="corp"),
    role_arn=RoleArn.parse("arn:aws:iam::123456789012:role/Admin"),
    policy='{\n "Version": "2012-10-17",\n "Statement": []\n}',
    tags=(("team", "größe + 1"),),
    group="“Größe”",
    confirm=True,
    lease=1800,
)
CHILD = replace(
    PROD, name="child", source=Source(kind=SourceKind.IDENTITY, name="bob"), policy=None, mfa=MfaUse.SESSION
)


async def test_what_was_written_is_read(tmp_path: Path) -> None:
    file, path = ProfilesFile(), tmp_path / "out.toml"
    await file.write(str(path), (CORP, PROD, CHILD))
    there, digest = await file.read(str(path))
    assert there.refusals == ()
    assert dict(there.providers) == {"corp": CORP}
    assert dict(there.profiles) == {"prod admin": PROD, "child": CHILD}
    assert list(there.profiles) == ["prod admin", "child"]
    assert digest == hashlib.sha256(path.read_bytes()).hexdigest()
    assert stat.S_IMODE(path.stat().st_mode) == 0o644
    path.chmod(0o600)
    await file.write(str(path), (CORP,))
    assert stat.S_IMODE(path.stat().st_mode) == 0o600, "an existing file keeps its mode"
    assert os.listdir(tmp_path) == [path.name]  # noqa: PTH208  # a test may block


def test_identities_and_settings_are_left_out_and_told() -> None:
    document = tomllib.loads(
        'schema = 1\n[settings]\nproxy = "http://evil.example:1"\nca_bundle = "/tmp/x"\n'
        '[identity.eve]\naccess_key_id = "AKIAIOSFODNN7EXAMPLE"\n[identity.mallory]\nsecret = "x"\n'
        '[profile.a]\nsource = "identity.eve"\n'
    )
    there = parse(document)
    assert there.settings.proxy == ""
    assert dict(there.identities) == {}
    assert list(there.profiles) == ["a"]
    assert [each.entry for each in there.refusals] == ["identity.eve", "identity.mallory", "settings"]


def test_entries_that_break_a_rule_are_refused_one_by_one() -> None:
    text = (
        "profile.a = 3\n[profile.b]\nsource = 7\n[profile.c]\nsource = 'identity.x'\nduration = 1\n"
        "[profile.'c\\n\\u0007']\nsource = 'identity.x'\n[profile.good]\nsource = 'identity.x'\n[provider]\np = []\n"
        "[provider.q]\ntype = 'saml'\nclient_secret = 'hush'\nlogin_url = 'https://idp.example.com'\n"
    )
    text = text.replace("'c\\n\\u0007'", '"c\\n\\u0007"')
    there = parse(tomllib.loads(text), text)
    assert list(there.profiles) == ["good"]
    assert dict(there.providers) == {}
    assert len(there.refusals) == 6
    assert "hush" not in repr(there)


@pytest.mark.parametrize(
    "document", [{"profile": []}, {"provider": 1, "profile": "x"}, {"identity": 3, "settings": []}]
)
def test_wrong_types_at_the_top_are_told(document: dict[str, object]) -> None:
    assert parse(document).refusals


@pytest.mark.parametrize(
    "data",
    [
        b"\xff\xfe",
        b"[profile",
        b"schema = 'x'\n",
        b"schema = 99\n",
        b"a = " + b"[" * 100_000 + b"\n",
        b"a" + b".a" * 200_000 + b" = 1\n",
        b"#" * (BYTES_MOST + 1),
        b"schema = 1\n[profile.x]\nlease = " + b"9" * 5000,
    ],
    ids=["no UTF-8", "no TOML", "no schema", "newer", "deep", "dotted", "long", "number"],
)
def test_hostile_files_are_refused_in_words(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "in.toml"
    path.write_bytes(data)
    with pytest.raises(BadInput) as caught:
        read_now(str(path))
    assert caught.value.code == "profiles-file"
    assert len(str(caught.value)) < 600


def test_what_cannot_be_read_or_written_is_told(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for path in (tmp_path, tmp_path / "pipe", tmp_path / "nothing"):
        with pytest.raises(StorageTrouble) as caught:
            read_now(str(path))
        assert caught.value.code == "profiles-file"
    with pytest.raises(StorageTrouble) as caught:
        write_now(str(tmp_path / "no" / "folder.toml"), (CORP,))
    assert caught.value.code == "profiles-file"
    assert not (tmp_path / "no").exists()


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)
keys = st.sampled_from(["source", "role_arn", "type", "tags", "policy", "command", "login_url", "mfa"]) | st.text(
    max_size=5
)


@given(
    st.dictionaries(
        st.sampled_from(["profile", "provider", "identity", "settings", "schema", "profiles"]),
        values | st.dictionaries(st.text(max_size=8), st.dictionaries(keys, values, max_size=5), max_size=3),
    )
)
def test_no_document_is_too_strange(document: dict[str, object]) -> None:
    there = None
    with suppress(BadInput):
        there = parse(document)
    if there is None:
        assert "schema" in document
        return
    again = parse(tomllib.loads(text_of((*there.providers.values(), *there.profiles.values()))))
    assert (again.providers, again.profiles) == (there.providers, there.profiles)
