"""The credentials file as the core asks for it: the same calls, in a thread of their own."""

from __future__ import annotations

import asyncio
import contextlib
import threading
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import islice
from typing import TYPE_CHECKING, TypeVar

from app.adapters.credentials_file.file import Wish
from app.domain.errors import RolecallError, StorageTrouble
from app.domain.published import Publication

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from app.adapters.credentials_file.file import CredentialsFile
    from app.domain.published import FileFinding, FoundSection, Outcome, Published, PublishedSection

    Batch = list[tuple[Sequence[Publication], Future[list[Outcome]]]]

T = TypeVar("T")


class AsyncCredentialsFile:
    """Answers the port `CredentialsFile`. One thread: calls are done in the order in which they were made.

    What is published while others are being written goes into the file together, with one write; who reads meanwhile
    shares one reading. Before the first one, temporary files of killed writers are deleted. A call that was begun is
    carried out, cancelled or not: the file is never left in between.
    """

    def __init__(self, file: CredentialsFile) -> None:
        self._file = file
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="credentials-file")
        self._gate = threading.Lock()
        self._is_clean = False
        self._batch: Batch | None = None
        self._reading: Future[tuple[FoundSection, ...]] | None = None

    async def sections(self) -> tuple[FoundSection, ...]:
        """Return every section; keys only of those that bear our mark."""
        with self._gate:
            reading = self._reading
            if reading is None:
                reading = self._reading = self._thread.submit(self._read)
        return await asyncio.shield(asyncio.wrap_future(reading))

    async def publish(
        self, section: PublishedSection, *, known_key_ids: frozenset[str], renewal: bool, displace: bool = False
    ) -> Published:
        """Write a section; see `CredentialsFile.publish`."""
        wanted = Publication(section=section, known_key_ids=known_key_ids, renewal=renewal, displace=displace)
        (outcome,) = await self.publish_all([wanted])
        if isinstance(outcome, RolecallError):
            raise outcome
        return outcome

    async def publish_all(self, wanted: Sequence[Publication]) -> list[Outcome]:
        """Write sections, and tell what became of each; see `CredentialsFile.publish_all`."""
        outcomes: Future[list[Outcome]] = Future()
        with self._gate:
            if self._batch is None:
                self._batch = []
                self._reading = None  # who reads after this call sees what it wrote
                self._thread.submit(self._publish, self._batch)
            self._batch.append((wanted, outcomes))
        return await asyncio.wrap_future(outcomes)

    async def withdraw(self, aws_profiles: frozenset[str]) -> frozenset[str]:
        """Remove our sections of these names and put back what they displaced; return the names removed."""
        with self._gate:
            self._batch = self._reading = None  # what is published or read from now on comes after this
            removing = self._thread.submit(self._file.withdraw, aws_profiles)
        return await asyncio.wrap_future(removing)

    async def fingerprint(self) -> tuple[int, ...]:
        """Return what changes whenever the file changes."""
        return await self._run(self._file.fingerprint)

    async def findings(self) -> tuple[FileFinding, ...]:
        """Return what is, or may go, wrong with the file."""
        return await self._run(self._file.findings)

    async def clean_up(self) -> int:
        """Delete temporary files of killed writers; return how many."""
        return await self._run(self._file.clean_up)

    def close(self) -> None:
        """Take no more calls; those already made are carried out."""
        self._thread.shutdown(wait=False)

    def _read(self) -> tuple[FoundSection, ...]:
        with self._gate:
            self._reading = None  # who asks from now on may ask for something newer
        if not self._is_clean:
            # What a killed writer left holds secrets, and nobody may write for long
            self._is_clean = True
            with contextlib.suppress(StorageTrouble):
                self._file.clean_up()
        return self._file.sections()

    def _publish(self, batch: Batch) -> None:
        with self._gate:
            if self._batch is batch:
                self._batch = None
        begun = [(wanted, outcomes) for wanted, outcomes in batch if outcomes.set_running_or_notify_cancel()]
        wishes = [_wish(each) for wanted, _ in begun for each in wanted]
        try:
            told = iter(self._file.publish_all(wishes) if wishes else [])
        except BaseException as error:  # noqa: BLE001  # whatever it was, whoever waits has to hear of it
            for _, outcomes in begun:
                outcomes.set_exception(_own(error))
            return
        for wanted, outcomes in begun:
            outcomes.set_result(list(islice(told, len(wanted))))

    async def _run(self, call: Callable[[], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._thread, call)


def _wish(wanted: Publication) -> Wish:
    return Wish(
        section=wanted.section,
        known_key_ids=wanted.known_key_ids,
        renewal=wanted.renewal,
        displace=wanted.displace,
    )


def _own(error: BaseException) -> BaseException:
    """An error for one of several who waited: none of them lengthens another one's traceback."""
    if not isinstance(error, StorageTrouble):
        return error
    told = error.problem
    own = StorageTrouble(code=told.code, title=told.title, detail=told.detail, remedy=told.remedy, field=told.field)
    own.__cause__ = error.__cause__
    return own
