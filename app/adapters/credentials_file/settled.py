"""Reading a file that others truncate and write in place, without taking a half-written state for the whole."""

from __future__ import annotations

import contextlib
import errno
import os
import re
import stat
import time

from app.adapters.credentials_file import troubles
from app.adapters.credentials_file.lines import Kind, line_end, parse, pieces
from app.adapters.credentials_file.platform_seam import READ_FLAGS, read_at
from app.domain.values import dataclass, replace

PAUSE_SECONDS = 0.05
"""Two reads this far apart must agree before a doubtful state is believed."""
_FRESH_SECONDS = 2.0
"""What was last written longer ago than this is finished, however odd it looks."""
_REST_SECONDS = 60.0
"""More than the grain of any file system's times."""
_JUST_NOW_SECONDS = 0.1
_STALLED_SECONDS = 0.5
_STALLED_EMPTY_SECONDS = 1.0
"""On a busy machine a writer may stand still between two of its steps: a piece must be this old to be the whole, and
nothing at all, which every in-place writer shows first, twice that."""
_TRIES = 40
_PATIENT_TRIES = 4
"""Somebody may write all the time; after these, what looks whole is believed although it is only just written."""
_BLOCK = 1 << 20
_COMPARED = 1 << 16
"""Little enough to stay in the processor's cache."""

Fingerprint = tuple[int, int, int, int, int]
Known = bytes | Fingerprint


@dataclass(slots=True, kw_only=True)
class Snapshot:
    """A file as it was read. `content` is None when there is none; `descriptor` is -1 when nothing is open.

    `is_at_rest`: nobody had written to it for so long that whoever does so now gives it another time.
    """

    content: bytes | None
    status: os.stat_result | None = None
    descriptor: int = -1
    is_at_rest: bool = False

    @property
    def fingerprint(self) -> Fingerprint | None:
        """Device, inode, size, and both times in nanoseconds."""
        return None if self.status is None else fingerprint(self.status)

    def has_old_times(self) -> bool:
        """Whether the open file has still the size and the time of its last write. Raises OSError."""
        if self.status is None:
            return False
        return brief_fingerprint(os.fstat(self.descriptor)) == brief_fingerprint(self.status)

    def handed_over(self) -> Snapshot:
        """The same, for somebody else to close; this one lets go."""
        descriptor, self.descriptor = self.descriptor, -1
        return replace(self, descriptor=descriptor)

    def close(self) -> None:
        """Let go of the file; again does nothing."""
        descriptor, self.descriptor = self.descriptor, -1
        if descriptor >= 0:
            with contextlib.suppress(OSError):  # it was read only: nothing is lost with it
                os.close(descriptor)


def fingerprint(status: os.stat_result) -> Fingerprint:
    """Return what changes whenever somebody writes to the file or puts another in its place."""
    return (status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns)


def brief_fingerprint(status: os.stat_result) -> tuple[int, int, int]:
    """Inode, size and time of the last write in nanoseconds: what changes with the content."""
    return (status.st_ino, status.st_size, status.st_mtime_ns)


def open_snapshot(path: str, *, patient: bool = False, known: Known | None = None, descriptor: int = -1) -> Snapshot:
    """Open and read a file, waiting while it looks half-written; a missing one is a snapshot without content.

    A reader that acts on what is NOT there is patient: it also doubts any content that is only just written.
    `known`: see `read_settled`. A `descriptor` is the file, open already, and taken over. Raises OSError, or
    StorageTrouble for what is no file. The caller closes the snapshot.
    """
    if descriptor < 0:
        try:
            descriptor = os.open(path, READ_FLAGS)
        except FileNotFoundError:
            return Snapshot(content=None)
    try:
        _check_is_file(os.fstat(descriptor).st_mode, path)
        begun = time.time()
        content, status = read_settled(descriptor, path, patient=patient, known=known)
    except BaseException:  # whatever ends this, an interrupt too: the file is closed, and it goes on
        os.close(descriptor)
        raise
    is_at_rest = status.st_mtime < begun - _REST_SECONDS
    return Snapshot(content=content, status=status, descriptor=descriptor, is_at_rest=is_at_rest)


def read_settled(
    descriptor: int, path: str, *, patient: bool = False, known: Known | None = None
) -> tuple[bytes, os.stat_result]:
    """Read the whole open file; while it looks unfinished or changes meanwhile, read again after a pause.

    Returns the content and the status that the file had before and after that read. Raises StorageTrouble when the
    file, named `path` in the error, does not hold still for two seconds. What was settled before, `known` by its
    content or by its fingerprint, is settled still.
    """
    if isinstance(known, bytes):
        status = os.fstat(descriptor)
        if holds(descriptor, known) and fingerprint(os.fstat(descriptor)) == fingerprint(status):
            return known, status
    before: bytes | None = None
    for tried in range(_TRIES):
        status = os.fstat(descriptor)
        content = read_all(descriptor)
        held_still = fingerprint(os.fstat(descriptor)) == fingerprint(status)
        is_patient = patient and tried < _PATIENT_TRIES
        agreed = content == before and not _may_be_stalled(content, status)
        if held_still and known in (content, fingerprint(status)):
            return content, status
        if held_still and (agreed or not _is_doubtful(content, status, patient=is_patient)):
            return content, status
        before = content
        time.sleep(PAUSE_SECONDS)
    raise troubles.file_busy(path)


def read_all(descriptor: int) -> bytes:
    """Read an open file from its beginning."""
    # All in one block, as nearly always: then nothing is put together
    blocks = [read_at(descriptor, max(os.fstat(descriptor).st_size + 1, _BLOCK), 0)]
    done = len(blocks[0])
    while blocks[-1]:
        blocks.append(read_at(descriptor, _BLOCK, done))
        done += len(blocks[-1])
    return b"".join(blocks[:-1])


def holds(descriptor: int, content: bytes) -> bool:
    """Whether this is all that an open file holds. Compared in blocks: a second copy costs more than to compare."""
    done = 0
    while block := read_at(descriptor, _COMPARED, done):
        if not content.startswith(block, done):
            return False
        done += len(block)
    return done == len(content)


def _check_is_file(mode: int, path: str) -> None:
    if stat.S_ISDIR(mode):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), path)
    if not stat.S_ISREG(mode):
        raise troubles.not_a_file(path)


def _is_doubtful(content: bytes, status: os.stat_result, *, patient: bool) -> bool:
    # A time in the future is fresh, too: the clock was set back, or the file lies on another machine.
    age = time.time() - status.st_mtime
    if age < _JUST_NOW_SECONDS and patient:
        return True
    return age < _FRESH_SECONDS and looks_unfinished(content)


def _may_be_stalled(content: bytes, status: os.stat_result) -> bool:
    if not looks_unfinished(content):
        return False
    age = time.time() - status.st_mtime
    return 0 <= age < (_STALLED_SECONDS if content else _STALLED_EMPTY_SECONDS)


def looks_unfinished(content: bytes) -> bool:
    """Whether this may be what an in-place writer shows: nothing, or a piece cut off in the middle."""
    if not content or not line_end(content):
        return True
    if _PLAIN.fullmatch(content):
        return False
    return any(_has_junk(piece) for piece in pieces(content))


_NOTHING = rb"(?>[#;][^\r\n]*+)?\n"
_PLAIN = re.compile(
    rb"(?>" + _NOTHING + rb")*+"
    rb"(?>\[[^\]\r\n]++\][^\r\n]*+\n"
    rb"(?>[0-9A-Za-z_][^=\r\n]*+=[^\r\n]*+\n|" + _NOTHING + rb")*+)*+"
)
"""Sections at the left edge with a key in each line, as nearly all files are: one look, and there is no junk in it."""


def _has_junk(piece: bytes) -> bool:
    # The same bytes are looked at several times around each write; they hold secrets, so a digest is what is kept.
    import hashlib

    digest = hashlib.sha256(piece).digest()
    if digest not in _JUNK:
        if len(_JUNK) >= _JUNK_MOST:
            _JUNK.pop(next(iter(_JUNK)), None)
        _JUNK[digest] = any(line.kind is Kind.JUNK for line in parse(piece).lines)
    return _JUNK[digest]


_JUNK: dict[bytes, bool] = {}
_JUNK_MOST = 4096
