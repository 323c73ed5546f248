from __future__ import annotations

import stat
from typing import TYPE_CHECKING

import pytest

from app.adapters.directories import find
from app.domain.errors import StorageTrouble

if TYPE_CHECKING:
    from pathlib import Path


def test_one_variable_moves_everything(tmp_path: Path) -> None:
    where = find({"ROLECALL_HOME": str(tmp_path / "home")})
    assert (where.config, where.state) == (tmp_path / "home" / "config", tmp_path / "home" / "state")
    assert where.settings == tmp_path / "home" / "config" / "config.toml"
    assert where.locks.parent == where.settings_lock.parent.parent == where.state


def test_nothing_is_made_before_it_is_wanted(tmp_path: Path) -> None:
    where = find({"ROLECALL_HOME": str(tmp_path / "home")})
    assert not (tmp_path / "home").exists()
    where.create()
    where.create()
    for path in (tmp_path / "home", where.config, where.state, where.locks):
        assert stat.S_IMODE(path.stat().st_mode) == 0o700


def test_a_home_may_be_relative_or_the_persons(home: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    assert find({"ROLECALL_HOME": "here"}).config == tmp_path / "here" / "config"
    assert find({"ROLECALL_HOME": "~/there"}).config == home / "there" / "config"


@pytest.mark.parametrize("environ", [{}, {"ROLECALL_HOME": ""}])
def test_without_it_the_platforms_customs_hold(
    environ: dict[str, str], home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(home / "elsewhere"))
    where = find(environ)
    assert where.config == home / "elsewhere" / "rolecall"
    assert where.state == home / ".local" / "state" / "rolecall"


def test_one_place_for_both_is_told_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    import platformdirs
    from platformdirs.macos import MacOS

    monkeypatch.setattr(platformdirs, "PlatformDirs", MacOS)
    monkeypatch.setattr("sys.platform", "darwin")
    where = find({})
    assert where.state == where.config / "state"


@pytest.mark.parametrize("home", ["/home/alice", "/home/alice/", "/home/al ice", "relative", ""])
@pytest.mark.parametrize("config", [None, "", "  ", "/etc/alice", "/etc/alice/", "relative", "~/mine"])
def test_they_are_where_platformdirs_has_them(config: str | None, home: str, monkeypatch: pytest.MonkeyPatch) -> None:
    import platformdirs

    monkeypatch.setenv("HOME", home)
    monkeypatch.delenv("XDG_CONFIG_HOME", raising=False)
    if config is not None:
        monkeypatch.setenv("XDG_CONFIG_HOME", config)
    theirs = platformdirs.PlatformDirs("rolecall", appauthor=False)
    ours = find({})
    assert ours.config == theirs.user_config_path
    assert ours.state == theirs.user_state_path


def test_a_place_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "home").write_text("")
    with pytest.raises(StorageTrouble) as caught:
        find({"ROLECALL_HOME": str(tmp_path / "home")}).create()
    assert caught.value.code == "directories-unwritable"
    assert str(tmp_path) in caught.value.detail
