"""Questions asked on a terminal."""

from __future__ import annotations

import asyncio
import contextlib
import shlex
import sys
import threading
from typing import TYPE_CHECKING, Any

from app.cli.text import printable, tell_problem
from app.domain.secret import Secret

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.core.front import Front
    from app.domain.view import NeedView


def is_there() -> bool:
    """Whether a person can be asked: standard input and error are a terminal."""
    return sys.stdin is not None and sys.stdin.isatty() and sys.stderr.isatty()


def tell(text: str) -> None:
    """A line for the person, on standard error."""
    print("\n".join(map(printable, text.split("\n"))), file=sys.stderr, flush=True)


def passphrase(new: bool) -> Secret:  # noqa: FBT001  # the keyring's signature
    """Ask for the passphrase of the encrypted keyring, twice for a new one."""
    import getpass

    typed = getpass.getpass("New passphrase for the keyring file: " if new else "Passphrase of the keyring file: ")
    while new and getpass.getpass("Again: ") != typed:
        typed = getpass.getpass("They differ. New passphrase: ")
    return Secret(typed)


def read_secret(prompt: str) -> str:
    """A hidden line from the terminal, or all of standard input when it is none."""
    if sys.stdin.isatty():
        import getpass

        return getpass.getpass(prompt)
    return sys.stdin.read()


async def ask(prompt: str) -> str:
    """A line that a person types; empty when they type none."""
    return await _typed(lambda: _line(prompt), still_wanted=lambda: True, changed=asyncio.Event()) or ""


async def answer_questions(front: Front) -> None:
    """Answer the core's questions, one after the other, until cancelled."""
    changed = asyncio.Event()
    end = front.subscribe(changed.set)
    try:
        while True:
            need = next((need for need in front.snapshot().needs if not need.sending), None)
            if need is None:
                await changed.wait()
                changed.clear()
                continue
            await _ask(front, need, changed)
    finally:
        end()


async def _ask(front: Front, need: NeedView, changed: asyncio.Event) -> None:
    if need.kind == "sign-in":
        from app.cli import signing_in

        await signing_in.accompany(front, need, changed)
        return
    if need.problem is not None:
        tell_problem(need.problem)
    if need.kind == "command":
        prompt = f"{printable(need.title)}\n{command_shown(need.command)}\nType yes to allow it from now on: "
    else:
        wait = f" (the next code is valid from {need.next_code_at.astimezone():%H:%M:%S})" if need.next_code_at else ""
        prompt = f"{printable(f'{need.title}, {need.device}')}{wait}: "
    typed = await _typed(lambda: _line(prompt), still_wanted=lambda: _is_open(front, need), changed=changed)
    if typed is None:
        print("\nNot needed any more: another Rolecall has it.", file=sys.stderr)
    elif not typed or (need.kind == "command" and typed.lower() != "yes"):
        await front.decline(need.key)
    else:
        await front.answer(need.key, typed.replace(" ", ""))
    # The same question, still unchanged, is not asked a second time
    while need in front.snapshot().needs:
        await changed.wait()
        changed.clear()


def command_shown(command: tuple[str, ...]) -> str:
    """A command as it would run: one argument in each line, quoted so that blanks and what is hidden can be seen."""
    return "\n".join(f"  {shlex.quote(each) if each.isprintable() else ascii(each)}" for each in command)


def _is_open(front: Front, need: NeedView) -> bool:
    return any(each.key == need.key for each in front.snapshot().needs)


def _line(prompt: str) -> str:
    print(prompt, end="", file=sys.stderr, flush=True)
    try:
        return sys.stdin.readline().strip()
    except (OSError, ValueError):
        return ""


async def _typed(read: Callable[[], str], *, still_wanted: Callable[[], bool], changed: asyncio.Event) -> str | None:
    """What a person types, or None when the question went away meanwhile.

    The reading thread is a daemon: a person who never presses Enter does not keep the program from ending.
    """
    loop = asyncio.get_running_loop()
    answer: asyncio.Future[str] = loop.create_future()

    def work() -> None:
        text = read()
        # The program may have ended while it waited for a line
        with contextlib.suppress(RuntimeError):
            loop.call_soon_threadsafe(lambda: None if answer.done() else answer.set_result(text))

    threading.Thread(target=work, name="rolecall-terminal", daemon=True).start()
    while True:
        waiting = asyncio.ensure_future(changed.wait())
        both: set[asyncio.Future[Any]] = {answer, waiting}
        await asyncio.wait(both, return_when=asyncio.FIRST_COMPLETED)
        waiting.cancel()
        if answer.done():
            return answer.result()
        changed.clear()
        if not still_wanted():
            return None
