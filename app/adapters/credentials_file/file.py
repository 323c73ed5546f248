"""The credentials file for those who write: under a lock, with conditions checked on what is really there."""

from __future__ import annotations

import contextlib
import os
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING

from app.adapters.credentials_file import diagnose, edit, platform_seam, reader, replace, troubles
from app.adapters.credentials_file.merge import merge
from app.adapters.credentials_file.settled import looks_unfinished, open_snapshot, read_settled
from app.domain.errors import RolecallError
from app.domain.published import Origin, Published

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from app.adapters.credentials_file.settled import Snapshot
    from app.domain.published import FileFinding, FoundSection, PublishedSection

    Edit = Callable[[bytes | None], bytes | None]
    """From the content to the wanted content; None stands for no file."""

LOCK_SECONDS = 4.0
"""How long another process of ours may keep us waiting. Quitting has to be done within 5 s."""
LOOK_AGAIN_SECONDS = 0.1
_LOCK_POLL_SECONDS = 0.01
_TRIES = 100
_ROUNDS = 5


class CredentialsFile:
    """The shared credentials file at `path`, of which we own what bears the mark of `installation`.

    Every call may raise StorageTrouble (codes in `troubles` and `edit`); then the file is as it was. Calls block:
    up to `lock_seconds` for the lock, and `look_again_seconds` after each write. Safe to use from several threads.

    A file with several hard links is replaced under this name only: the other names keep the former bytes.
    A directory and a lock file that had to be created are left behind, both empty of secrets.
    """

    def __init__(
        self,
        path: str | Path,
        *,
        installation: str,
        lock_seconds: float = LOCK_SECONDS,
        look_again_seconds: float = LOOK_AGAIN_SECONDS,
    ) -> None:
        if not installation or "/" in installation or installation != installation.strip():
            message = "an installation id is not empty and has neither a slash nor blanks around it"
            raise ValueError(message)
        self._path = Path(path)
        self._installation = installation
        self._lock_seconds = lock_seconds
        self._look_again_seconds = look_again_seconds
        self._is_clean = False
        self._threads = threading.Lock()

    def sections(self) -> tuple[FoundSection, ...]:
        """Return every section; keys only of those that bear our mark. Takes no lock, cleans nothing up."""
        return reader.read_sections(self._path, self._installation)

    def fingerprint(self) -> tuple[int, ...]:
        """Return what changes whenever the file changes: one stat."""
        return reader.read_fingerprint(self._path)

    def findings(self) -> tuple[FileFinding, ...]:
        """Return what is, or may go, wrong with the file, for `doctor`."""
        content = reader.read_bytes(self._path)
        try:
            status = self._path.stat()
        except OSError:
            return ()
        posix_mode = status.st_mode & 0o777 if os.name == "posix" else 0
        return diagnose.diagnose(content, installation=self._installation, mode=posix_mode, links=status.st_nlink)

    def publish(
        self, section: PublishedSection, *, known_key_ids: frozenset[str], renewal: bool, displace: bool = False
    ) -> Published:
        """Write a section, or tell that a renewal found its section gone and wrote nothing.

        Raises BadInput for what the file cannot hold; StorageTrouble with code `section-foreign`,
        `section-unknown-origin` or `section-kept-already` for what stands in the way.
        """
        terms = edit.Terms(
            installation=self._installation, known_key_ids=known_key_ids, renewal=renewal, displace=displace
        )
        outcome = Published.WRITTEN

        def put(content: bytes | None) -> bytes | None:
            nonlocal outcome
            new = edit.publish(content, section, terms)
            outcome = Published.GONE if new is None else Published.WRITTEN
            return content if new is None else new

        self._change(put)
        return outcome

    def withdraw(self, aws_profiles: frozenset[str]) -> frozenset[str]:
        """Remove our sections of these names, put back what they displaced, and return the names removed."""
        removed: frozenset[str] = frozenset()

        def take(content: bytes | None) -> bytes | None:
            nonlocal removed
            if content is None:
                return None
            result = edit.withdraw(content, aws_profiles, self._installation)
            removed = result.removed
            return None if result.delete else result.content

        self._change(take)
        return removed

    def owned(self) -> frozenset[str]:
        """Return the names of all sections that bear our mark."""
        return frozenset(found.aws_profile for found in self.sections() if found.origin is Origin.OURS)

    def clean_up(self) -> int:
        """Delete temporary files that killed writers left, and return how many. Called once, at start."""
        with self._translated():
            target = self._resolve()
            if not replace.orphans(target):
                return 0
            with self._locked(target):
                return replace.remove_orphans(target)

    # --- How a change comes about ------------------------------------------------------------------------------------

    def _change(self, change: Edit) -> None:
        with self._threads, self._translated():
            target = self._resolve()
            with contextlib.closing(open_snapshot(str(target))) as seen:
                # What needs no writing, or is refused, leaves not even a lock file behind.
                if change(seen.content) == seen.content:
                    return
            replace.make_directory(target.parent)
            with self._locked(target):
                if not self._is_clean:
                    replace.remove_orphans(target)
                    self._is_clean = True
                replaced, written = _rewrite(target, change)
            self._look_again(target, change, replaced, written)

    def _look_again(self, target: Path, change: Edit, replaced: Snapshot, written: bytes | None) -> None:
        """See whether a tool wrote into the file we replaced (it had it open); if so, do the edit on that."""
        for _ in range(_ROUNDS):
            try:
                if replaced.descriptor < 0 or not platform_seam.OPEN_FILES_CAN_BE_REPLACED:
                    return
                time.sleep(self._look_again_seconds)
                theirs, _status = read_settled(replaced.descriptor)
                base = replaced.content or b""
            finally:
                replaced.close()
            # A writer that died after truncating has nothing to say; what we wrote still holds everything.
            if theirs == base or (looks_unfinished(theirs) and base.startswith(theirs)):
                return
            with self._locked(target):
                replaced, written = _redo(target, change, base, theirs, written)

    def _resolve(self) -> Path:
        """Follow symbolic links, which stay what they are; a dangling one tells where to create the file."""
        with contextlib.suppress(FileNotFoundError):
            self._path.stat()  # names a circle of links before anything is created
        return self._path.resolve()

    @contextlib.contextmanager
    def _locked(self, target: Path) -> Iterator[None]:
        from filelock import FileLock, Timeout

        lock = FileLock(
            replace.lock_path(target), timeout=self._lock_seconds, mode=0o600, poll_interval=_LOCK_POLL_SECONDS
        )
        try:
            lock.acquire()
        except Timeout as error:
            raise troubles.file_locked(str(target), self._lock_seconds) from error
        try:
            yield
        finally:
            lock.release()

    @contextlib.contextmanager
    def _translated(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise troubles.from_os_error(error, str(self._path)) from error


def _rewrite(target: Path, change: Edit) -> tuple[Snapshot, bytes | None]:
    """Read, edit, replace; from the start again whenever somebody else wrote meanwhile.

    Returns the replaced file, still open, and what stands in its place.
    """
    for _ in range(_TRIES):
        before = open_snapshot(str(target))
        try:
            new = change(before.content)
            if new == before.content:
                before.close()
                return before, new
            if replace.swap(target, before, new):
                return before, new
        except BaseException:
            before.close()
            raise
        before.close()
    raise troubles.file_busy(str(target))


def _redo(
    target: Path, change: Edit, base: bytes, theirs: bytes, written: bytes | None
) -> tuple[Snapshot, bytes | None]:
    """Do the edit on what a tool wrote too late into the replaced file."""
    refusal: RolecallError | None = None

    def on_theirs(now: bytes | None) -> bytes | None:
        nonlocal refusal
        merged = theirs if now == written else merge(base, theirs, now or b"")
        try:
            return change(merged)
        except RolecallError as error:
            # Their section stands where ours was to be: it must not be lost with the refusal.
            refusal = error
            return merged

    replaced, new = _rewrite(target, on_theirs)
    if refusal is not None:
        replaced.close()
        raise refusal
    return replaced, new
