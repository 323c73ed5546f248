"""How the file comes to hold something else: read, edit, replace, and see what others did meanwhile."""

from __future__ import annotations

import contextlib
import os
from typing import TYPE_CHECKING

from app.adapters.credentials_file import platform_seam, replace, troubles
from app.adapters.credentials_file.merge import merge
from app.adapters.credentials_file.settled import (
    Snapshot,
    brief_fingerprint,
    looks_unfinished,
    open_snapshot,
    read_settled,
)
from app.adapters.credentials_file.spliced import is_same
from app.adapters.credentials_file.vigil import Vigil
from app.domain.errors import RolecallError
from app.domain.values import dataclass

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from typing import Protocol, Self

    from app.adapters.credentials_file.spliced import Content

    class Edit(Protocol):
        """From the content to the wanted content; None stands for no file."""

        def __call__(self, content: bytes | None, *, again: bool) -> Content | None:
            """Return the new content; `again` tells that this very edit had been written before."""


_TRIES = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Swap:
    """One replacement: the file before and after it, each still open if it existed and is to be watched.

    What it holds afterwards is `written`, not in the snapshot. `vigil` watches it since before it got its name.
    """

    before: Snapshot
    after: Snapshot
    written: Content | None
    vigil: Vigil

    @property
    def is_to_be_watched(self) -> bool:
        """Whether anything was written."""
        return self.before.descriptor >= 0 or self.after.descriptor >= 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of both."""
        self.before.close()
        self.after.close()


def rewrite(
    target: Path,
    change: Callable[[bytes | None], Content | None],
    seen: Snapshot | None = None,
    *,
    watch_on: bool = True,
) -> Swap:
    """Read, edit, replace; from the start again whenever somebody else wrote meanwhile, also since it was `seen`.

    With `watch_on` the new file is watched.
    """
    for _ in range(_TRIES):
        before, seen = seen or open_snapshot(str(target)), None
        try:
            new = change(before.content)
            if is_same(new, before.content):
                before.close()
                return Swap(before=before, after=before, written=before.content, vigil=Vigil())
            with Vigil() as vigil:
                if replace.swap(target, before, new, vigil.watch if watch_on else _unseen):
                    after = _held(target, vigil) if new is not None else Snapshot(content=None)
                    return Swap(before=before, after=after, written=new, vigil=vigil.handed_over())
        except BaseException:  # whatever ends this, an interrupt too: the file is closed, and it goes on
            before.close()
            raise
        before.close()
    raise troubles.file_busy(str(target))


def _unseen(_temporary: Path) -> None:
    """Nobody looks."""


def _held(target: Path, vigil: Vigil) -> Snapshot:
    """Hold on to what was just written: as long as it is open, no other file can get its number."""
    after = Snapshot(content=None)
    if not platform_seam.OPEN_FILES_CAN_BE_REPLACED:
        return after
    try:
        opened = vigil.reopened(target)
        after.descriptor = os.open(target, platform_seam.READ_FLAGS) if opened < 0 else opened
        after.status = os.fstat(after.descriptor)
    except OSError:  # moved away by somebody already, say: the write itself has succeeded
        after.close()
    return after


def written_late(before: Snapshot, target: Path) -> bytes | None:
    """What a tool wrote into the replaced file after we had read it; None if nothing, or nothing that counts."""
    if before.descriptor < 0 or not platform_seam.OPEN_FILES_CAN_BE_REPLACED:
        return None
    if before.is_at_rest and before.has_old_times():
        return None
    theirs, _status = read_settled(before.descriptor, str(target), known=before.content)
    base = before.content or b""
    # A writer that died after truncating has nothing to say; what we wrote still holds everything.
    if theirs == base or (looks_unfinished(theirs) and base.startswith(theirs)):
        return None
    return theirs


def is_overwritten(target: Path, swap: Swap) -> bool:
    """Whether somebody wrote into the very file we had put there. Our own processes never write in place."""
    after = swap.after
    if after.status is None:
        return False
    try:
        if brief_fingerprint(target.stat()) == brief_fingerprint(after.status):
            return False
    except FileNotFoundError:
        return False
    with contextlib.closing(open_snapshot(str(target))) as now:
        is_that_file = now.status is not None and os.path.samestat(now.status, after.status)
        return is_that_file and not is_same(swap.written, now.content)


def redo(target: Path, change: Edit, swap: Swap, theirs: bytes | None) -> Swap:
    """Do the edit once more: on what was written late into the replaced file, or on what stands there now."""
    refusal: RolecallError | None = None
    base = swap.before.content or b""

    def on_theirs(now: bytes | None) -> Content | None:
        nonlocal refusal
        merged = now
        if theirs is not None:
            merged = theirs if is_same(swap.written, now) else merge(base, theirs, now or b"")
        try:
            return change(merged, again=True)
        except RolecallError as error:
            # Their section stands where ours was to be: it must not be lost with the refusal.
            refusal = error
            return merged

    done = rewrite(target, on_theirs)
    if refusal is not None:
        with done:
            raise refusal
    return done
