"""The OS keyring, asked by a process of its own while this one goes on with what it has to load.

To load what a keyring's library needs takes longer than the request that its secret will sign, and one Python does
one thing at a time: with a second processor a command is done that much sooner. The child begins at once, answers
through two pipes that nobody else holds, and ends with whoever began it, also in the middle of a call that hangs.
"""

from __future__ import annotations

import json
import os
import sys
import threading
from contextlib import suppress
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, Any, NoReturn

from app.domain.errors import StorageTrouble
from app.domain.secret import Secret

if TYPE_CHECKING:
    import queue
    from collections.abc import Callable

    from app.adapters.keyring_store.vault import Vault

_begun: list[Aside] = []


def begin(open_vault: Callable[[], Vault]) -> None:
    """Start the child for `taken`, where that can be and gains anything. There must be no other thread yet."""
    if sys.platform != "linux" or len(os.sched_getaffinity(0)) == 1:
        return
    pipes: list[int] = []
    try:
        pipes += os.pipe()
        pipes += os.pipe()
        child = os.fork()
    except OSError:  # too many processes or files: then it is opened here, when it is needed
        for each in pipes:
            os.close(each)
        return
    questions, answers = pipes[:2], pipes[2:]
    if child == 0:
        os.close(questions[1])
        os.close(answers[0])
        _live(open_vault, questions[0], answers[1])
    os.close(questions[0])
    os.close(answers[1])
    _begun.append(Aside(questions[1], answers[0], open_vault))


def taken() -> Aside | None:
    """What was begun, once: whoever opens a vault again does so because that one does not answer."""
    return _begun.pop() if _begun else None


class Aside:
    """A vault in a child process, which reads `questions` and writes `answers`; if it is lost, one in this process."""

    def __init__(self, questions: int, answers: int, open_vault: Callable[[], Vault]) -> None:
        self._questions = os.fdopen(questions, "wb", buffering=0)
        self._answers = os.fdopen(answers, "rb")
        self._open_vault = open_vault
        self._here: Vault | None = None
        self._asking = threading.Lock()

    def get(self, key: str) -> Secret | None:
        """See Vault."""
        if self._here is None:
            found = self._asked("get", key)
            if self._here is None:
                return None if found is None else Secret(found)
        return self._here.get(key)

    def set(self, key: str, value: Secret) -> None:
        """See Vault."""
        if self._here is None:
            self._asked("set", key, value.reveal())
        if self._here is not None:
            self._here.set(key, value)

    def delete(self, key: str) -> None:
        """See Vault."""
        if self._here is None:
            self._asked("delete", key)
        if self._here is not None:
            self._here.delete(key)

    def describe(self) -> str:
        """See Vault."""
        if self._here is None:
            told = self._asked("describe")
            if self._here is None:
                return told or ""
        return self._here.describe()

    def close(self) -> None:
        """Let the child end; whoever still waits for it is answered here."""
        self._questions.close()
        with self._asking:
            self._answers.close()

    def _asked(self, *question: str) -> str | None:
        """The child's answer. Raises StorageTrouble; a child that is gone leaves a vault in its place."""
        told = self._exchanged(json.dumps(question).encode() + b"\n")
        if told is None:
            self._here = self._open_vault()
            return None
        if told["trouble"] is not None:
            raise StorageTrouble(**told["trouble"])
        value: str | None = told["value"]
        return value

    def _exchanged(self, line: bytes) -> dict[str, Any] | None:
        """One line there and one back; None if that cannot be, without a trace of what was in them."""
        try:
            with self._asking:
                self._questions.write(line)
                answer = self._answers.readline()
            return json.loads(answer) if answer.endswith(b"\n") else None
        except (OSError, ValueError):
            return None


# --- The child -------------------------------------------------------------------------------------------------------

_SELDOM_USED = ("configparser", "importlib_metadata", "more_itertools", "urllib.request")
"""What keyring and its helpers import for what nobody asks of them here: a third of what they take to load."""


class _OnDemand(ModuleType):
    """Stands for a module until somebody needs something of it."""

    def __getattr__(self, name: str) -> object:
        if name.startswith("__"):
            raise AttributeError(name)
        if sys.modules.get(self.__name__) is self:
            del sys.modules[self.__name__]
        return getattr(import_module(self.__name__), name)


def _live(open_vault: Callable[[], Vault], questions: int, answers: int) -> NoReturn:
    """All of the child's life. It keeps nobody waiting who reads what the command prints."""
    import signal

    try:
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # a command that is interrupted ends, and this with it
        nowhere = os.open(os.devnull, os.O_RDWR)
        for each in (0, 1, 2):
            os.dup2(nowhere, each)
        _keep_only({0, 1, 2, questions, answers})
        for name in _SELDOM_USED:
            sys.modules.setdefault(name, _OnDemand(name))
        serve(open_vault, questions, answers)
    finally:
        os._exit(0)


def _keep_only(wanted: set[int]) -> None:
    """Close whatever else this process was given, which may be somebody's lock, or a pipe whose end somebody awaits."""
    for each in set(map(int, os.listdir("/proc/self/fd"))) - wanted:  # noqa: PTH208  # pathlib takes long to load
        with suppress(OSError):  # the one that this was read from is closed already
            os.close(each)


def serve(open_vault: Callable[[], Vault], questions: int, answers: int) -> None:
    """Answer until nobody can ask any more; then return, whatever is still being done."""
    import queue

    asked: queue.SimpleQueue[bytes] = queue.SimpleQueue()
    threading.Thread(target=_answer, args=(open_vault, asked, answers), daemon=True).start()
    with os.fdopen(questions, "rb") as lines:
        for line in lines:
            asked.put(line)


def _answer(open_vault: Callable[[], Vault], asked: queue.SimpleQueue[bytes], answers: int) -> None:
    # Whatever ends this closes the pipe, and who waits for an answer sees to it itself
    with os.fdopen(answers, "wb", buffering=0) as out:
        vault = _opened(open_vault)
        while True:
            told: dict[str, object] = {"value": None, "trouble": None}
            try:
                vault = vault or open_vault()
                told["value"] = _done(vault, *json.loads(asked.get()))
            except StorageTrouble as error:
                told["trouble"] = {each: getattr(error, each) for each in ("code", "title", "detail", "remedy")}
            out.write(json.dumps(told).encode() + b"\n")


def _opened(open_vault: Callable[[], Vault]) -> Vault | None:
    """At once, for there will be a question. What speaks against it is the answer to that."""
    try:
        return open_vault()
    except StorageTrouble:
        return None


def _done(vault: Vault, act: str, key: str = "", value: str = "") -> str | None:
    if act == "get":
        found = vault.get(key)
        return None if found is None else found.reveal()
    if act == "set":
        vault.set(key, Secret(value))
    elif act == "delete":
        vault.delete(key)
    else:
        return vault.describe()
    return None
