from __future__ import annotations

import os
import sys
from pathlib import Path, PurePosixPath, PureWindowsPath

import pytest

from app.adapters import commands

LIMITS = commands.Limits(seconds=60, output=1000)


def python(program: str) -> tuple[str, ...]:
    return (sys.executable, "-c", program)


async def complaint(words: str) -> str:
    with pytest.raises(commands.CommandError) as caught:
        await commands.run(python(f"import sys; sys.exit({words!r})"), commands.without_secrets(None), LIMITS)
    return str(caught.value).removeprefix("It ended with status 1. ")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("not signed in", "not signed in"),
        ("no file /usr/local/share/vault/config.toml", "no file /usr/local/share/vault/config.toml"),
        ("no file ~/.config/vault/very/deep/folder/x", "no file ~/.config/vault/very/deep/folder/x"),
        ("key wJalrXUtnFEMIxK7MDENGxbPxRfiCYEXAMPLEKEY is old", "key … is old"),
        ("key wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY is old", "key … is old"),
        ("jwt eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJhIn0.c2ln!", "jwt …!"),
        ("token=abcdefghijklmnopqrstuvwxyz0123", "…"),
        ("https://idp.example/?code=abcdefghijklmnopqrstuvwxyz", "https://idp.example/?…"),
    ],
)
async def test_long_words_of_a_complaint_are_hidden(words: str, told: str) -> None:
    assert await complaint(words) == told


async def test_output_is_cut_one_byte_beyond_the_limit() -> None:
    environ = commands.without_secrets(None)
    for printed, kept in ((999, 999), (1000, 1000), (1001, 1001), (500_000, 1001)):
        program = python(f"import sys; sys.stdout.write('x' * {printed})")
        assert len(await commands.run(program, environ, LIMITS)) == kept


def test_the_environment_for_others_holds_no_secret_of_ours() -> None:
    withheld = {
        "ROLECALL_KEYRING_PASSPHRASE": "x",
        "ROLECALL_KEYRING_PASSPHRASE_FILE": "x",
        "AWS_ACCESS_KEY_ID": "x",
        "AWS_SECRET_ACCESS_KEY": "x",
        "AWS_SESSION_TOKEN": "x",
        "AWS_SECURITY_TOKEN": "x",
        "AWS_CONTAINER_AUTHORIZATION_TOKEN": "x",
        "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE": "x",
    }
    kept = {"PATH": "/bin", "AWS_PROFILE": "prod", "AWS_REGION": "eu-west-1"}
    assert commands.without_secrets(withheld | kept) == kept


# --- Which program runs, and where ------------------------------------------------------------------------------------


def script(path: Path, says: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\necho {says}\n", encoding="utf-8")
    path.chmod(0o755)
    return path


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The home directory; Rolecall was started in another folder, full of a stranger's programs."""
    home, checkout = tmp_path / "home", tmp_path / "checkout"
    home.mkdir()
    for name in ("tool", "scripts/tool", "~/bin/tool"):
        script(checkout / name, "stranger")
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("USERPROFILE", str(home))
    monkeypatch.chdir(checkout)
    return home


async def said(*command: str, path: str = os.defpath) -> str:
    environ = {**commands.without_secrets(None), "PATH": path}
    return (await commands.run(command, environ, LIMITS)).decode().strip()


@pytest.mark.parametrize("word", ["scripts/tool", "./tool", "../checkout/tool"])
async def test_a_path_from_the_current_folder_never_runs(home: Path, word: str) -> None:
    script(home / "scripts/tool", "home")
    with pytest.raises(commands.CommandError, match="whole"):
        await said(word)


async def test_a_tilde_is_the_home_directory(home: Path) -> None:
    script(home / "bin" / "tool", "home")
    assert await said("~/bin/tool") == "home"
    with pytest.raises(commands.CommandError, match="no such home directory"):
        await said("~nobody-of-that-name/tool")


async def test_a_name_is_looked_up_in_path(home: Path) -> None:
    script(home / "second" / "tool", "second")
    (home / "first" / "tool").mkdir(parents=True)
    (home / "none").mkdir()
    (home / "none" / "tool").write_text("no program", encoding="utf-8")
    path = os.pathsep.join(str(home / name) for name in ("missing", "none", "first", "second"))
    assert await said("tool", path=path) == "second"


@pytest.mark.parametrize("entry", ["", ".", "scripts", "../checkout", "~/bin"])
async def test_what_path_names_relative_to_the_current_folder_does_not_count(home: Path, entry: str) -> None:
    with pytest.raises(commands.CommandError, match="No folder of PATH"):
        await said("tool", path=entry)
    script(home / "bin" / "tool", "home")
    assert await said("tool", path=os.pathsep.join([entry, str(home / "bin")])) == "home"


@pytest.mark.parametrize("word", ["", ".", "..", "a\0b", "/"])
async def test_what_is_no_program(home: Path, word: str) -> None:
    with pytest.raises(commands.CommandError):
        await said(word, path=str(home))


async def test_a_command_runs_in_the_home_directory(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PWD", str(Path.cwd()))
    program = "import os; print(os.getcwd() == os.path.realpath(os.environ['PWD']), os.environ['PWD'])"
    assert await said(*python(program)) == f"True {home}"


@pytest.mark.parametrize("place", ["relative", "/nonexistent/home"])
async def test_without_a_home_directory_nothing_runs(home: Path, monkeypatch: pytest.MonkeyPatch, place: str) -> None:
    (home.parent / "checkout" / "relative").mkdir()
    monkeypatch.setenv("HOME", place)
    with pytest.raises(commands.CommandError, match="home directory"):
        await said(*python("print(1)"))


def test_what_is_more_than_a_name_on_each_system() -> None:
    for word, posix, windows in (
        ("tool.exe", False, False),
        ("./tool", True, True),
        (".\\tool", False, True),
        ("C:tool.exe", False, True),
        ("\\tool", False, True),
    ):
        assert commands.has_folder(word, PurePosixPath) is posix
        assert commands.has_folder(word, PureWindowsPath) is windows
