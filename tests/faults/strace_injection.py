"""strace as the one who kills a writer, or refuses its calls: at each call it makes, by name and number."""

from __future__ import annotations

import contextlib
import json
import os
import re
import selectors
import shutil
import signal
import subprocess
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.faults.strace_deed import Tree, let_age

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.faults.strace_deed import Deed

ROOT = Path(__file__).parents[2]
HANGS_AFTER = 30.0
"""Seconds. Nothing waits longer than for a lock, or until a file that others write holds still."""
_FILE_CALLS = "%file,%desc"
_OF_MEMORY = frozenset({"mmap", "mmap2", "mremap", "munmap", "mprotect", "brk", "madvise"})
_CALL = re.compile(r"^(?:[0-9]+ +)?([a-z0-9_]+)\((.*)$", re.MULTILINE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """A system call of a deed: the `number`-th of its name, from 1."""

    name: str
    number: int
    arguments: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    """How a child ended. `told` are the outcomes of the deed, of each time it was tried; see `strace_stage.outcome`."""

    killed: bool
    told: list[dict[str, Any]] = field(default_factory=list)


class HangsError(AssertionError):
    """A deed did not come to its end."""


class Stage:
    """The process of `strace_stage`, and strace for each of its children."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.faults.strace_stage"],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=os.environ | {"PYTHONPATH": str(ROOT)},
        )
        self._lines = b""
        assert self._answer() == {"ready": True}

    def close(self) -> None:
        """End the process."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.close()
        self._process.wait(HANGS_AFTER)
        self._process.stdout.close()

    def calls(self, deed: Deed, folder: Path) -> list[Call]:
        """Do the deed, and return all calls about files that it made, in their order."""
        with tempfile.NamedTemporaryFile() as log:
            ended = self.run(deed, folder, "-o", log.name, "-e", f"trace={_FILE_CALLS}")
            text = Path(log.name).read_text(encoding="utf-8", errors="replace")
        assert [each["kind"] for each in ended.told] == ["done"], ended
        seen: dict[str, int] = {}
        found = []
        for name, arguments in _CALL.findall(text):
            if name not in _OF_MEMORY:
                seen[name] = seen.get(name, 0) + 1
                found.append(Call(name=name, number=seen[name], arguments=arguments))
        return found

    def killed(self, deed: Deed, folder: Path, call: Call) -> Ended:
        """Kill the deed on entry to a call."""
        return self._injected(deed, folder, call.name, f"signal=KILL:when={call.number}")

    def refused(
        self, deed: Deed, folder: Path, call: Call, errno: str, *, for_ever: bool = False, twice: bool = False
    ) -> Ended:
        """Let a call fail, once or from then on; with `twice` the process tries again afterwards."""
        when = f"{call.number}+" if for_ever else f"{call.number}"
        return self._injected(deed, folder, call.name, f"error={errno}:when={when}", twice=twice)

    def limited(self, deed: str, folder: Path, bytes_most: int) -> Ended:
        """Let no file grow beyond so many bytes; a write that reaches them is short, the next one fails. Twice."""
        return self._finished(self._begun(deed, folder, twice=True, bytes_most=bytes_most))

    def run(self, deed: Deed, folder: Path, *options: str, twice: bool = False) -> Ended:
        """Do the deed below strace."""
        child = self._begun(deed.name, folder, twice=twice)
        command = ["strace", "-f", "-p", str(child), *options]
        with subprocess.Popen(command, stderr=subprocess.PIPE, stdin=subprocess.DEVNULL) as strace:
            assert strace.stderr is not None
            said = strace.stderr.readline()
            if b"attached" not in said:
                os.kill(child, signal.SIGKILL)
                self._answer()
                raise AssertionError((said + strace.stderr.read()).decode())
            return self._finished(child)

    def _injected(self, deed: Deed, folder: Path, name: str, what: str, *, twice: bool = False) -> Ended:
        options = ("-o", os.devnull, "-e", f"trace={name}", "-e", f"inject={name}:{what}")
        return self.run(deed, folder, *options, twice=twice)

    def _begun(self, deed: str, folder: Path, *, twice: bool, bytes_most: int = 0) -> int:
        request = {"deed": deed, "folder": str(folder), "twice": twice, "bytes_most": bytes_most}
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(request).encode() + b"\n")
        self._process.stdin.flush()
        return int(self._answer()["pid"])

    def _finished(self, child: int) -> Ended:
        os.kill(child, signal.SIGCONT)
        try:
            answer = self._answer()
        except HangsError:
            os.kill(child, signal.SIGKILL)
            self._answer()
            raise
        return Ended(killed=answer["killed"], told=answer["told"])

    def _answer(self) -> dict[str, Any]:
        assert self._process.stdout is not None
        with selectors.DefaultSelector() as waiting:
            waiting.register(self._process.stdout, selectors.EVENT_READ)
            while b"\n" not in self._lines:
                if not waiting.select(HANGS_AFTER):
                    message = f"not done after {HANGS_AFTER:g} s"
                    raise HangsError(message)
                more = os.read(self._process.stdout.fileno(), 1 << 16)
                assert more, "the stage is gone"
                self._lines += more
        line, _, self._lines = self._lines.partition(b"\n")
        answer: dict[str, Any] = json.loads(line)
        return answer


@contextlib.contextmanager
def prepared(deed: Deed, under: Path) -> Iterator[Path]:
    """A folder in which the deed can be done; gone afterwards."""
    folder = under / "here"
    folder.mkdir()
    try:
        deed.prepare(folder)
        yield folder
    finally:
        shutil.rmtree(folder)


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """What a deed's folder says before it, after it, and after it was done twice; but for `prepared`, after a start."""

    prepared: Tree
    old: Tree
    new: Tree
    twice: Tree


def expected(deed: Deed, under: Path) -> Expected:
    """Do the deed undisturbed."""
    with prepared(deed, under) as folder:
        told = [deed.told(folder)]
    for times in range(3):
        with prepared(deed, under) as folder:
            act = deed.act(folder)
            for _ in range(times):
                act()
            told.append(started(deed, folder))
    before, old, new, twice = told
    assert old != new, "a deed that changes nothing shows nothing"
    return Expected(prepared=before, old=old, new=new, twice=twice)


def started(deed: Deed, folder: Path) -> Tree:
    """What the folder says after the next start."""
    let_age(folder)
    deed.start(folder)
    return deed.told(folder)
