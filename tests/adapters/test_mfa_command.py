from __future__ import annotations

import asyncio
import os
import sys
from pathlib import Path

import pytest

from app.adapters.mfa_command import CommandRunner
from app.domain.errors import ProviderTrouble


def python(program: str) -> tuple[str, ...]:
    return (sys.executable, "-c", program)


async def refused(runner: CommandRunner, command: tuple[str, ...]) -> ProviderTrouble:
    with pytest.raises(ProviderTrouble) as caught:
        await runner.code(command)
    assert (caught.value.code, caught.value.field) == ("mfa-command", "mfa")
    assert caught.value.remedy
    return caught.value


def runs(pid: int) -> bool:
    """Whether there is such a process; one that waits to be reaped by init does not count."""
    try:
        return Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


async def gone(pid: int) -> None:
    async with asyncio.timeout(10):
        while runs(pid):  # noqa: ASYNC110  # nobody tells when another's child ends
            await asyncio.sleep(0.01)


@pytest.mark.parametrize("output", ["123456", "123456\n", "  123456 \r\n"])
async def test_six_digits_are_the_code(output: str) -> None:
    assert (await CommandRunner().code(python(f"print({output!r}, end='')"))).reveal() == "123456"


@pytest.mark.parametrize("output", ["", "12345", "1234567", "12345a", "123 456", "\u0661" * 6, "123456\n123456"])
async def test_anything_else_is_told_and_not_shown(output: str) -> None:
    error = await refused(CommandRunner(), python(f"import sys; sys.stdout.buffer.write({output.encode()!r})"))
    assert not output or output.strip() not in str(error)


async def test_arguments_reach_the_program_without_a_shell() -> None:
    command = (*python("import sys; print(len(sys.argv[1]) * 100000 + 23456)"), "$")
    assert (await CommandRunner().code(command)).reveal() == "123456"


async def test_a_failure_shows_what_the_program_said() -> None:
    error = await refused(CommandRunner(), python("import sys; sys.exit('vault is \\x1b[31m locked\\nreally')"))
    assert "status 1" in error.detail
    assert "locked really" in error.detail
    assert error.detail.isprintable()


async def test_long_complaints_are_shortened() -> None:
    error = await refused(CommandRunner(), python("import sys; sys.exit('x' * 1000000)"))
    assert len(error.detail) < 500


async def test_endless_output_is_not_kept() -> None:
    await refused(CommandRunner(), python("print('1' * 5000000)"))


async def test_arguments_are_not_repeated_in_errors() -> None:
    error = await refused(CommandRunner(), (*python("raise SystemExit(1)"), "--token=canary"))
    assert "canary" not in str(error)


@pytest.mark.parametrize("command", [(), ("/nonexistent/program",), ("/",), ("a\0b",)])
async def test_what_cannot_be_started_is_told(command: tuple[str, ...]) -> None:
    await refused(CommandRunner(), command)


async def test_our_secrets_are_not_in_its_environment(tmp_path: Path) -> None:
    environ = dict(os.environ) | {
        "ROLECALL_KEYRING_PASSPHRASE_FILE": "canary",
        "AWS_SECRET_ACCESS_KEY": "canary",
        "AWS_SESSION_TOKEN": "canary",
        "HARMLESS": "stays",
    }
    seen = tmp_path / "seen"
    program = f"import os; open({str(seen)!r}, 'w').write(repr(dict(os.environ))); print(123456)"
    await CommandRunner(environ).code(python(program))
    text = await asyncio.to_thread(seen.read_text)
    assert "canary" not in text
    assert "stays" in text


HANGS = "import os, pathlib, sys, time; pathlib.Path(sys.argv[1]).write_text(str(os.getpid())); time.sleep(600)"


def text_of(path: Path) -> str:
    return path.read_text(encoding="ascii") if path.exists() else ""


async def pid_in(path: Path) -> int:
    async with asyncio.timeout(20):
        while not text_of(path):  # noqa: ASYNC110  # a child writes it
            await asyncio.sleep(0.01)
    return int(text_of(path))


async def test_a_program_that_hangs_is_ended(tmp_path: Path) -> None:
    running = asyncio.create_task(CommandRunner(seconds=2).code((*python(HANGS), str(tmp_path / "pid"))))
    pid = await pid_in(tmp_path / "pid")
    with pytest.raises(ProviderTrouble, match="longer than 2 seconds"):
        await running
    await gone(pid)


async def test_giving_up_ends_the_program_and_its_children(tmp_path: Path) -> None:
    parent = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {HANGS!r}, sys.argv[1]])"
    running = asyncio.create_task(CommandRunner().code((*python(parent), str(tmp_path / "pid"))))
    pid = await pid_in(tmp_path / "pid")
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running
    await gone(pid)
