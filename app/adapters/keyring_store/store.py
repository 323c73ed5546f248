"""The async face of a vault: one daemon thread that may hang, and callers who do not wait for ever."""

from __future__ import annotations

import queue
import threading
import time
from concurrent.futures import Future
from typing import TYPE_CHECKING, TypeVar

from app.adapters.keyring_store.vault import MemoryVault
from app.domain.errors import StorageTrouble

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.adapters.keyring_store.vault import Vault
    from app.domain.secret import Secret

    Job = tuple[Future[object], Callable[[Vault], object]]

END_SECONDS = 1.0
"""How long the end of the program waits for a call that is still being done."""
CALL_SECONDS = 30.0
"""How long one call may take: long enough for a person to type the keyring's password."""
Answer = TypeVar("Answer")


class KeyringStore:
    """Answers `app.ports.SecretStore` with a vault, which `open_vault` opens on the first call.

    Calls go one after the other through one daemon thread. Nobody waits for it at exit, `close` but for a moment: a
    keyring that hangs cannot keep the program from ending. A call that takes longer than `seconds` raises
    StorageTrouble `keyring-timeout`, and so do those that wait behind it; to wait behind others that are only slow is
    no fault. While that thread hangs, further calls fail at once for as long again; then a new thread tries anew.
    """

    def __init__(self, open_vault: Callable[[], Vault], *, seconds: float = CALL_SECONDS, lasting: bool = True) -> None:
        self._open_vault = open_vault
        self._lasting = lasting
        self._seconds = seconds
        self._worker: _Worker | None = None

    async def get(self, key: str) -> Secret | None:
        """Read an item."""
        return await self._call(lambda vault: vault.get(key))

    async def set(self, key: str, value: Secret) -> None:
        """Write an item, replacing the one of that key."""
        await self._call(lambda vault: vault.set(key, value))

    async def delete(self, key: str) -> None:
        """Remove an item; none there is fine."""
        await self._call(lambda vault: vault.delete(key))

    async def describe(self) -> str:
        """Name the backend for people."""
        return await self._call(lambda vault: vault.describe())

    @property
    def lasting(self) -> bool:
        """Whether items outlive the process."""
        return self._lasting

    def keep_in_memory(self) -> None:
        """From now on, keep secrets in memory until quit: what a person may choose when there is no good keyring."""
        vault = MemoryVault()
        self._open_vault, self._lasting = (lambda: vault), False
        if self._worker is not None:
            self._worker.give_up(_timeout(self._seconds))
        self._worker = None

    def close(self) -> None:
        """Let go of the vault; wait up to `END_SECONDS` for what is being done there.

        The libraries of a keyring load parts written in Rust: a thread that is in there when Python ends, which happens
        to a window that quits as soon as it is there, aborts the whole program.
        """
        worker, self._worker = self._worker, None
        if worker is not None:
            worker.give_up(_timeout(self._seconds))
            worker.join(END_SECONDS)

    async def _call(self, work: Callable[[Vault], Answer]) -> Answer:
        worker = self._ready_worker()
        answer: Future[Answer] = Future()
        worker.put(answer, work)
        import asyncio

        waiting = asyncio.wrap_future(answer)
        try:
            while not waiting.done() and (left := worker.begun_at + self._seconds - time.monotonic()) > 0:
                await asyncio.wait([waiting], timeout=left)
            if waiting.done():
                return waiting.result()
        finally:
            waiting.cancel()
        worker.give_up(_timeout(self._seconds))
        raise _timeout(self._seconds)

    def _ready_worker(self) -> _Worker:
        worker = self._worker
        if worker is not None and worker.given_up_at is not None:
            if worker.busy and time.monotonic() - worker.given_up_at < self._seconds:
                raise _timeout(self._seconds)
            worker = None
        if worker is None:
            worker = self._worker = _Worker(self._open_vault)
        return worker


def get_now(open_vault: Callable[[], Vault], key: str, *, seconds: float = CALL_SECONDS) -> Secret | None:
    """`KeyringStore.get` without an event loop, for a process that does nothing else. Raises StorageTrouble."""
    answer: Future[Secret | None] = Future()
    worker = _Worker(open_vault)
    worker.put(answer, lambda vault: vault.get(key))
    try:
        return answer.result(seconds)
    except TimeoutError:
        raise _timeout(seconds) from None
    finally:
        worker.give_up(_timeout(seconds))


class _Worker:
    """One daemon thread and the vault it opened. Once given up, it ends after the call it hangs in."""

    def __init__(self, open_vault: Callable[[], Vault]) -> None:
        self.given_up_at: float | None = None
        self.begun_at = time.monotonic()
        """When the call that it works on began, or the first that waits after a rest."""
        self.busy = False
        self._open_vault = open_vault
        self._owed = 0
        self._counting = threading.Lock()
        self._jobs: queue.SimpleQueue[Job | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._run, name="rolecall-keyring", daemon=True)
        self._thread.start()

    def put(self, answer: Future[Answer], work: Callable[[Vault], Answer]) -> None:
        """Let the thread do `work` after what it has to do already, and put what comes of it into `answer`."""
        with self._counting:
            if not self._owed:
                self.begun_at = time.monotonic()
            self._owed += 1
        self._jobs.put((answer, work))  # type: ignore[arg-type]  # the pair belongs together, which a queue cannot say

    def give_up(self, reason: StorageTrouble) -> None:
        """Take no more work, and fail what waits."""
        if self.given_up_at is None:
            self.given_up_at = time.monotonic()
        while not self._jobs.empty():
            try:
                job = self._jobs.get_nowait()
            except queue.Empty:
                break
            if job is not None and job[0].set_running_or_notify_cancel():
                job[0].set_exception(reason)
        self._jobs.put(None)

    def join(self, seconds: float) -> None:
        """Wait so long for the thread to end, which it does only once it is given up."""
        self._thread.join(seconds)

    def _run(self) -> None:
        vault: Vault | None = None
        while (job := self._jobs.get()) is not None:
            answer, work = job
            self.begun_at = time.monotonic()
            try:
                if answer.set_running_or_notify_cancel():
                    self.busy = True
                    vault = vault or self._open_vault()
                    answer.set_result(work(vault))
            except Exception as error:  # noqa: BLE001  # it is raised where the answer is awaited
                answer.set_exception(error)
            finally:
                self.busy = False
                with self._counting:
                    self._owed -= 1
            # Neither the secret nor its caller is kept while the thread waits.
            del job, answer, work


def _timeout(seconds: float) -> StorageTrouble:
    return StorageTrouble(
        code="keyring-timeout",
        title="The keyring does not answer",
        detail=f"It took longer than {seconds:g} seconds; perhaps it is locked and waits for its password.",
        remedy="Look for a password prompt on the desktop, unlock the keyring, and try again.",
    )
