"""The credentials file for those who write: under a lock, with conditions checked on what is really there."""

from __future__ import annotations

import contextlib
import hashlib
import os
import threading
import time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from app.adapters import files
from app.adapters.credentials_file import edit, reader, replace, troubles, vigil
from app.adapters.credentials_file.edit_many import publish_spliced
from app.adapters.credentials_file.lines import pieces
from app.adapters.credentials_file.rewriting import Swap, is_overwritten, redo, rewrite, written_late
from app.adapters.credentials_file.settled import Fingerprint, open_snapshot
from app.adapters.credentials_file.spliced import is_same
from app.domain.errors import RolecallError
from app.domain.late import rooms
from app.domain.published import Origin, Published
from app.domain.values import dataclass
from app.domain.values import replace as replace_fields

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from app.adapters.credentials_file import diagnose, inspection, mend
    from app.adapters.credentials_file.edit_many import Outcome
    from app.adapters.credentials_file.rewriting import Edit
    from app.adapters.credentials_file.spliced import Content
    from app.adapters.credentials_file.vigil import Vigil
    from app.domain.published import FileFinding, FoundSection, PublishedSection
    from app.domain.x_ray import Remedy
else:
    diagnose, inspection, mend = rooms("app.adapters.credentials_file", "diagnose", "inspection", "mend")


LOCK_SECONDS = 4.0
"""How long another process of ours may keep us waiting. Quitting has to be done within 5 s."""
LOOK_AGAIN_SECONDS = 0.1
_ROUNDS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """A section to be written, and what it may replace; see `edit.publish`."""

    section: PublishedSection
    known_key_ids: frozenset[str]
    renewal: bool
    displace: bool = False

    def terms(self, installation: str, *, renewal: bool) -> edit.Terms:
        """The conditions in an installation."""
        return edit.Terms(
            installation=installation, known_key_ids=self.known_key_ids, renewal=renewal, displace=self.displace
        )


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
        self._written: Fingerprint | None = None
        self._seen: tuple[bytes, tuple[FoundSection, ...]] | None = None
        self._pieces: dict[bytes, tuple[int, tuple[FoundSection, ...]]] = {}
        self._threads = threading.Lock()
        self._vigil = vigil.taken(str(path))

    def sections(self) -> tuple[FoundSection, ...]:
        """Return every section; keys only of those that bear our mark. Takes no lock, cleans nothing up."""
        content = reader.read_bytes(self._path, self._vigil.reopened(self._path))
        if self._look_again_seconds and not self._vigil.goes_on(self._path):
            self._go_on_with(vigil.over(self._path))
        # It is looked at again and again, but seldom another one. What it was is kept as a digest: it holds secrets.
        digest = hashlib.sha256(content).digest()
        seen = self._seen
        if seen is None or seen[0] != digest:
            seen = self._seen = (digest, self._described(content))
        return seen[1]

    def _described(self, content: bytes) -> tuple[FoundSection, ...]:
        """Every section. Of many, few are others than last time: what stands in a piece is kept by its digest."""
        known, self._pieces = self._pieces, {}
        found: list[FoundSection] = []
        above = 0
        for piece in pieces(content):
            digest = hashlib.sha256(piece).digest()
            place, sections = known.get(digest) or (0, reader.described(piece, self._installation))
            if place != above:
                sections = tuple(replace_fields(each, line=each.line + above - place) for each in sections)
            self._pieces[digest] = (above, sections)
            found += sections
            above += piece.count(b"\n")
        return tuple(found)

    def fingerprint(self) -> tuple[int, ...]:
        """Return what changes whenever the file changes: one stat."""
        return reader.read_fingerprint(self._path)

    def findings(self) -> tuple[FileFinding, ...]:
        """Return what is, or may go, wrong with the file, for `doctor`."""
        found = self.look()
        return diagnose.diagnose(found.content, installation=self._installation, mode=found.mode, links=found.links)

    def look(self) -> inspection.ToolFile:
        """Return the file as it is now, for the inspection of what AWS tools find. Raises StorageTrouble."""
        return look(self._path)

    def mend(self, remedy: Remedy) -> None:
        """Do what a remedy says; every other byte survives. Raises StorageTrouble, also `file-changed`."""
        if remedy.path != str(self._path) or remedy.code not in inspection.MENDABLE:
            raise troubles.file_changed(remedy.path)
        if remedy.code == inspection.MODE_WIDE:
            with self._threads, self._translated():
                target = self._resolve()
                with self._locked(target):
                    restrict(target, remedy)
            return
        self._change(partial(mend.mended, remedy=remedy, installation=self._installation))

    def publish(
        self, section: PublishedSection, *, known_key_ids: frozenset[str], renewal: bool, displace: bool = False
    ) -> Published:
        """Write a section, or tell that a renewal found its section gone and wrote nothing.

        Raises BadInput for what the file cannot hold; StorageTrouble with code `section-foreign`,
        `section-unknown-origin` or `section-kept-already` for what stands in the way.
        """
        wish = Wish(section=section, known_key_ids=known_key_ids, renewal=renewal, displace=displace)
        (outcome,) = self.publish_all([wish])
        if isinstance(outcome, RolecallError):
            raise outcome
        return outcome

    def publish_all(self, wishes: Sequence[Wish]) -> list[Outcome]:
        """Write several sections with one replacement of the file, and tell what became of each, in their order.

        Raises StorageTrouble for what befell all of them.
        """
        outcomes: list[Outcome] = []
        done: tuple[bytes | None, Content | None] | None = None

        def put(content: bytes | None, *, again: bool) -> Content | None:
            nonlocal outcomes, done
            if done is not None and done[0] == content and not again:
                return done[1]  # looked at without the lock and with it, and nothing has changed
            # Again only what had been written: what was refused, or was gone, is to stay away.
            chosen = [at for at in range(len(wishes)) if not again or outcomes[at] is Published.WRITTEN]
            # A section that we have just renewed and do not see was not removed: a tool had read before us.
            terms = [wishes[at].terms(self._installation, renewal=wishes[at].renewal and not again) for at in chosen]
            pairs = [(wishes[at].section, each) for at, each in zip(chosen, terms, strict=True)]
            new, fresh = publish_spliced(content, pairs)
            known = dict(enumerate(outcomes)) | dict(zip(chosen, fresh, strict=True))
            outcomes = [known[at] for at in range(len(wishes))]
            done = (content, new)
            return new

        self._change(put)
        return outcomes

    def withdraw(self, aws_profiles: frozenset[str]) -> frozenset[str]:
        """Remove our sections of these names, put back what they displaced, and return the names removed."""
        removed: frozenset[str] = frozenset()

        def take(content: bytes | None, *, again: bool) -> bytes | None:
            nonlocal removed
            if content is None:
                return None
            result = edit.withdraw(content, aws_profiles, self._installation)
            removed = removed | result.removed if again else result.removed
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
            target, begun = self._resolve(), time.monotonic()
            with contextlib.ExitStack() as stack:
                opened = self._vigil.reopened(target)
                snapshot = open_snapshot(str(target), known=self._written, descriptor=opened)
                seen = stack.enter_context(contextlib.closing(snapshot))
                # What needs no writing, or is refused, leaves not even a lock file behind.
                if is_same(change(seen.content, again=False), seen.content):
                    return
                replace.make_directory(target.parent)
                stack.enter_context(self._locked(target))
                if not self._is_clean:
                    with contextlib.suppress(OSError):  # what cannot be tidied up is no reason not to write
                        replace.remove_orphans(target)
                    self._is_clean = True
                watch_on = not self._vigil.is_brief
                swap = rewrite(target, partial(change, again=False), seen.handed_over(), watch_on=watch_on)
                self._written = swap.after.fingerprint
                is_quiet = self._vigil.was_quiet(swap.before, until=begun)
                self._go_on_with(swap.vigil.in_place_of(self._vigil) if is_quiet else swap.vigil)
            if is_quiet:
                swap.close()
            else:
                self._look_again(target, change, swap)

    def _go_on_with(self, vigil: Vigil) -> None:
        """From now on, see by this one whether anybody opens the file before we replace it."""
        former, self._vigil = self._vigil, vigil
        former.close()

    def _look_again(self, target: Path, change: Edit, swap: Swap) -> None:
        """Repair what a tool did that was just reading or writing while we replaced the file.

        Either it had the old file open and wrote there, or it had read the old file and wrote all of it, without
        our change, into the new one.
        """
        for _ in range(_ROUNDS):
            with swap:
                if not swap.is_to_be_watched:
                    return
                time.sleep(self._look_again_seconds)
                try:
                    theirs = written_late(swap.before, target)
                    if theirs is None and not is_overwritten(target, swap):
                        return
                except OSError:  # it cannot be looked at any more; what was to be written is
                    return
            with self._locked(target):
                swap = redo(target, change, swap, theirs)
                self._go_on_with(swap.vigil)

    def _resolve(self) -> Path:
        """Follow symbolic links, which stay what they are; a dangling one tells where to create the file."""
        return files.resolved(self._path)

    @contextlib.contextmanager
    def _locked(self, target: Path) -> Iterator[None]:
        release = files.lock(replace.lock_path(target), self._lock_seconds)
        if release is None:
            raise troubles.file_locked(str(target), self._lock_seconds)
        try:
            yield
        finally:
            release()

    @contextlib.contextmanager
    def _translated(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise troubles.from_os_error(error, str(self._path)) from error


def look(path: Path) -> inspection.ToolFile:
    """A file of AWS tools as it is now; one that is not there is empty. Raises StorageTrouble."""
    content = reader.read_bytes(path)
    try:
        status = path.stat()
    except OSError:
        return inspection.ToolFile(path=str(path), content=content)
    mode = status.st_mode & 0o777 if os.name == "posix" else 0
    return inspection.ToolFile(path=str(path), content=content, mode=mode, links=status.st_nlink)


def restrict(path: Path, remedy: Remedy) -> None:
    """Take from everybody but its owner what they may do with a file, if it is the one that was looked at.

    What the owner may do stays. Raises OSError and StorageTrouble.
    """
    if inspection.fingerprint(reader.read_bytes(path)) != remedy.seen:
        raise troubles.file_changed(remedy.path)
    path.chmod(path.stat().st_mode & inspection.OWNER_MAY)
