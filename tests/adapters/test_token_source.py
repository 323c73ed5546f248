from __future__ import annotations

import asyncio
import os
import sys
import threading
from typing import TYPE_CHECKING, NoReturn

import pytest

from app.adapters import tokens
from app.adapters.tokens import TokenSource
from app.domain.errors import ProviderTrouble, RolecallError, StorageTrouble

if TYPE_CHECKING:
    from pathlib import Path

TOKEN = "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJhbGljZSJ9.c2lnbmF0dXJl"


def python(program: str) -> tuple[str, ...]:
    return (sys.executable, "-c", program)


def whole_story(error: BaseException) -> str:
    """Everything that a traceback would show."""
    texts = []
    seen: list[BaseException] = []
    waiting: list[BaseException | None] = [error]
    while waiting:
        each = waiting.pop()
        if each is not None and each not in seen:
            seen.append(each)
            texts += [str(each), repr(each), repr(each.args)]
            waiting += [each.__cause__, each.__context__]
    return "\n".join(texts)


async def refused(command: tuple[str, ...], source: TokenSource | None = None) -> RolecallError:
    with pytest.raises(ProviderTrouble) as caught:
        await (source or TokenSource()).from_command(command)
    assert (caught.value.code, caught.value.field) == ("token-command", "command")
    assert caught.value.remedy
    assert TOKEN not in whole_story(caught.value)
    return caught.value


async def unreadable(path: Path | str, source: TokenSource | None = None) -> RolecallError:
    with pytest.raises(StorageTrouble) as caught:
        await (source or TokenSource()).from_file(str(path))
    assert (caught.value.code, caught.value.field) == ("token-file", "web_identity_token_file")
    assert caught.value.remedy
    assert str(path) in caught.value.detail
    assert TOKEN not in whole_story(caught.value)
    return caught.value


# --- Commands ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("output", [TOKEN, f"{TOKEN}\n", f"\ufeff \r\n{TOKEN}\r\n"])
async def test_what_a_program_prints_is_the_token(output: str) -> None:
    program = python(f"import sys; sys.stdout.buffer.write({output.encode()!r})")
    assert (await TokenSource().from_command(program)).reveal() == TOKEN


async def test_a_large_response_comes_whole() -> None:
    most = tokens.COMMAND_MOST
    text = await TokenSource().from_command(python(f"print('x' * {most - 1})"))
    assert text.reveal() == "x" * (most - 1)


async def test_too_much_is_told_and_does_not_block_the_program() -> None:
    error = await refused(python(f"print('x' * {20 * tokens.COMMAND_MOST})"))
    assert "more than 256 KiB" in error.detail


async def test_complaints_do_not_block_the_program() -> None:
    program = python(f"import sys; sys.stderr.write('x ' * 1000000); print({TOKEN!r})")
    assert (await TokenSource().from_command(program)).reveal() == TOKEN


@pytest.mark.parametrize(
    ("program", "words"),
    [
        ("pass", "printed nothing"),
        ("print('  ')", "printed nothing"),
        (f"import sys; sys.stdout.buffer.write({TOKEN.encode()!r} + bytes([255]))", "something else than text"),
        (f"import sys; print({TOKEN!r}); sys.exit('not signed in')", "status 1. not signed in"),
    ],
)
async def test_what_is_no_token_is_told_and_not_shown(program: str, words: str) -> None:
    error = await refused(python(program))
    assert words in error.detail
    assert error.detail.startswith(f"{sys.executable}: ")


async def test_a_token_in_the_complaint_is_not_shown() -> None:
    error = await refused(python(f"import sys; sys.exit('expired: {TOKEN} at https://idp.example/login')"))
    assert "expired: … at https://idp.example/login" in error.detail


@pytest.mark.parametrize("command", [(), ("/nonexistent/program",), ("/",), ("a\0b",)])
async def test_what_cannot_be_started_is_told(command: tuple[str, ...]) -> None:
    await refused(command)


async def test_arguments_are_neither_read_by_a_shell_nor_repeated() -> None:
    error = await refused((*python("import sys; sys.exit(len(sys.argv[1]))"), f"$HOME {TOKEN}"))
    assert f"status {len(TOKEN) + 6}" in error.detail


async def test_a_program_that_hangs_is_ended() -> None:
    error = await refused(python("import time; time.sleep(600)"), TokenSource(command_seconds=0.5))
    assert "longer than 0.5 seconds" in error.detail


async def test_our_secrets_are_not_in_its_environment() -> None:
    environ = dict(os.environ) | {
        "ROLECALL_KEYRING_PASSPHRASE_FILE": "canary",
        "AWS_SECRET_ACCESS_KEY": "canary",
        "HARMLESS": "stays",
    }
    seen = await TokenSource(environ).from_command(python("import os; print(dict(os.environ))"))
    assert "canary" not in seen.reveal()
    assert "stays" in seen.reveal()


# --- Files ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("content", [TOKEN, f"{TOKEN}\n", f"\ufeff{TOKEN}\r\n"])
async def test_what_a_file_holds_is_the_token(tmp_path: Path, content: str) -> None:
    (tmp_path / "token").write_text(content, encoding="utf-8")
    (tmp_path / "link").symlink_to("token")
    for name in ("token", "link"):
        assert (await TokenSource().from_file(str(tmp_path / name))).reveal() == TOKEN


async def test_the_home_directory_may_be_short(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    (tmp_path / "token").write_text(TOKEN, encoding="utf-8")
    assert (await TokenSource().from_file("~/token")).reveal() == TOKEN


async def test_a_file_as_large_as_allowed(tmp_path: Path) -> None:
    path = tmp_path / "token"
    path.write_bytes(b"x" * tokens.FILE_MOST)
    assert len((await TokenSource().from_file(str(path))).reveal()) == tokens.FILE_MOST
    path.write_bytes(TOKEN.encode() + b"x" * tokens.FILE_MOST)
    assert "larger than 1024 KiB" in (await unreadable(path)).detail


@pytest.mark.parametrize(
    ("content", "words"),
    [(b"", "empty"), (b" \n", "empty"), (TOKEN.encode() + b"\xff", "something else than text")],
)
async def test_a_file_without_a_token(tmp_path: Path, content: bytes, words: str) -> None:
    path = tmp_path / "token"
    path.write_bytes(content)
    assert words in (await unreadable(path)).detail


async def test_what_is_no_file(tmp_path: Path) -> None:
    assert "No such file" in (await unreadable(tmp_path / "missing")).detail
    assert (await unreadable(tmp_path)).detail
    assert "no such file" in (await unreadable("a\0b")).detail
    assert "no such file" in (await unreadable("~nobody-of-that-name/token")).detail
    assert (await unreadable("")).detail


async def test_a_pipe_that_nobody_writes_to_is_refused_at_once(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert "not a regular file" in (await unreadable(tmp_path / "pipe")).detail


async def test_a_device_that_never_ends_is_refused() -> None:
    assert "not a regular file" in (await unreadable("/dev/zero")).detail


async def test_a_file_of_a_dead_server_blocks_nobody(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    back = threading.Event()
    threads = []

    def hang(*_arguments: object) -> NoReturn:
        threads.append(threading.current_thread())
        back.wait(60)
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(os, "open", hang)
    error = await unreadable(tmp_path / "token", TokenSource(file_seconds=0.2))
    assert "within 0.2 seconds" in error.detail
    assert all(thread.daemon for thread in threads)
    # The answer that comes after all is dropped, and nobody complains.
    back.set()
    threads[0].join(20)
    await asyncio.sleep(0)


async def test_the_loop_has_its_own_threads_for_itself(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "token").write_text(TOKEN, encoding="utf-8")

    def unwanted(*_arguments: object) -> NoReturn:
        pytest.fail("the default executor is not for files that may hang")

    monkeypatch.setattr(asyncio.get_running_loop(), "run_in_executor", unwanted)
    assert (await TokenSource().from_file(str(tmp_path / "token"))).reveal() == TOKEN
