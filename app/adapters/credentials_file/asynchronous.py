"""The credentials file as the core asks for it: the same calls, in a thread of their own."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.adapters.credentials_file.file import CredentialsFile
    from app.domain.published import FileFinding, FoundSection, Published, PublishedSection

T = TypeVar("T")


class AsyncCredentialsFile:
    """Answers the port `CredentialsFile`. One thread: calls are done in the order in which they were made.

    A call whose task is cancelled is still carried out, so that the file is never left in between.
    """

    def __init__(self, file: CredentialsFile) -> None:
        self._file = file
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="credentials-file")

    async def sections(self) -> tuple[FoundSection, ...]:
        """Return every section; keys only of those that bear our mark."""
        return await self._run(self._file.sections)

    async def publish(
        self, section: PublishedSection, *, known_key_ids: frozenset[str], renewal: bool, displace: bool = False
    ) -> Published:
        """Write a section; see `CredentialsFile.publish`."""
        return await self._run(
            lambda: self._file.publish(section, known_key_ids=known_key_ids, renewal=renewal, displace=displace)
        )

    async def withdraw(self, aws_profiles: frozenset[str]) -> frozenset[str]:
        """Remove our sections of these names and put back what they displaced; return the names removed."""
        return await self._run(lambda: self._file.withdraw(aws_profiles))

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

    async def _run(self, call: Callable[[], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._thread, call)
