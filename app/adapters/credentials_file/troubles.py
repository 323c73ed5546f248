"""The errors of the credentials file, each with what a person can do about it."""

from __future__ import annotations

import errno
import os

from app.domain.errors import StorageTrouble
from app.domain.published import kept_name

UNTOUCHED = "The file is as it was."


def section_foreign(name: str) -> StorageTrouble:
    """A section of that name stands there, and Rolecall did not write it."""
    return StorageTrouble(
        code="section-foreign",
        title="The credentials file already has a section of this name",
        detail=f"Rolecall did not write [{name}] and does not overwrite it.",
        remedy=f"Choose another AWS profile name, or replace the section: it is kept as [{kept_name(name)}] and put"
        " back on stop.",
        field="aws_profile",
    )


def section_unknown_origin(name: str) -> StorageTrouble:
    """A section bears our mark, but holds keys that we do not remember."""
    return StorageTrouble(
        code="section-unknown-origin",
        title="The section in the credentials file holds unknown keys",
        detail=f"[{name}] bears the mark of this Rolecall, but somebody else changed its keys, or our record is lost.",
        remedy="Stop the profile first, or replace the section.",
        field="aws_profile",
    )


def section_kept_already(name: str) -> StorageTrouble:
    """Another section was set aside under that name before and never put back."""
    return StorageTrouble(
        code="section-kept-already",
        title="Another section of this name has been set aside before",
        detail=f"[{kept_name(name)}] stands in the credentials file, so [{name}] cannot be set aside, too.",
        remedy=f"Rename or delete [{kept_name(name)}] in the file.",
        field="aws_profile",
    )


def file_changed(path: str) -> StorageTrouble:
    """Somebody wrote since it was looked at: what was to be mended may be something else now."""
    return StorageTrouble(
        code="file-changed",
        title="The file is another one now",
        detail=f"{path} was changed since it was looked at. Nothing was done.",
        remedy="Look again, then choose again.",
    )


def file_locked(path: str, seconds: float) -> StorageTrouble:
    """Another process of ours did not let go in time."""
    return StorageTrouble(
        code="file-locked",
        title="The credentials file is in use by another Rolecall",
        detail=f"{path} stayed locked for {seconds:g} s. {UNTOUCHED}",
        remedy="Try again. If this stays, end other rolecall processes.",
    )


def file_busy(path: str) -> StorageTrouble:
    """Other programs keep writing."""
    return StorageTrouble(
        code="file-busy",
        title="Other programs keep writing to the credentials file",
        detail=f"{path} changed again and again while it was to be written. {UNTOUCHED}",
        remedy="Wait until they are done, then try again.",
    )


def file_is_read_only(path: str) -> StorageTrouble:
    """Its mode forbids writing. Renaming another file over it would work, and is not done."""
    return StorageTrouble(
        code="file-read-only",
        title="The credentials file is write-protected",
        detail=f"{path} may not be written by you. {UNTOUCHED}",
        remedy="Allow yourself to write it (chmod u+w), or choose another file with AWS_SHARED_CREDENTIALS_FILE.",
    )


def file_is_immutable(path: str) -> StorageTrouble:
    """Its mode allows writing, and the system refuses nevertheless: an attribute of the file system (chattr(1))."""
    return StorageTrouble(
        code="file-immutable",
        title="The credentials file is made unchangeable",
        detail=f"{path} has an attribute that forbids every change. {UNTOUCHED}",
        remedy="Take the attribute away (lsattr, chattr -i), or choose another file with AWS_SHARED_CREDENTIALS_FILE.",
    )


def owner_not_kept(path: str) -> StorageTrouble:
    """The file belongs to somebody else, and would not after a rename."""
    return StorageTrouble(
        code="file-denied",
        title="The credentials file belongs to somebody else",
        detail=f"{path} cannot be replaced by a file with the same owner and group. {UNTOUCHED}",
        remedy="Make the file yours (chown), or choose another file with AWS_SHARED_CREDENTIALS_FILE.",
    )


def not_a_file(path: str) -> StorageTrouble:
    """A device, socket or pipe."""
    return StorageTrouble(
        code=_NOT_A_FILE[0],
        title=_NOT_A_FILE[1],
        detail=f"{path} is a device, pipe or socket.",
        remedy=_NOT_A_FILE[2],
    )


_NOT_A_FILE = (
    "path-not-a-file",
    "The credentials file is not a file",
    "Set AWS_SHARED_CREDENTIALS_FILE to a file, or unset it.",
)
_DENIED = (
    "file-denied",
    "No permission for the credentials file",
    "Check owner and mode of the file and its directory.",
)
_READ_ONLY = (
    "file-read-only",
    "The credentials file is on a read-only disk",
    "Choose another file with AWS_SHARED_CREDENTIALS_FILE.",
)
_FULL = ("disk-full", "The disk is full", "Free some space, then try again.")
_NO_LOCKS = (
    "file-locks-missing",
    "The credentials file lies where no file can be locked",
    "Let this share's lock service run, or choose a file on a local disk with AWS_SHARED_CREDENTIALS_FILE.",
)
_TOO_MANY = (
    "too-many-files",
    "Too many files are open",
    "End other programs, or raise the limit of open files (ulimit -n); then try again.",
)
_KINDS: dict[int, tuple[str, str, str]] = {
    errno.EACCES: _DENIED,
    errno.EPERM: (
        "file-denied",
        "No permission for the credentials file",
        "Check owner, mode and attributes (lsattr) of the file and its directory.",
    ),
    errno.ENXIO: _NOT_A_FILE,
    errno.EROFS: _READ_ONLY,
    errno.ENOSPC: _FULL,
    errno.EDQUOT: _FULL,
    errno.EFBIG: _FULL,
    errno.ENOLCK: _NO_LOCKS,
    errno.ENOSYS: _NO_LOCKS,
    errno.EOPNOTSUPP: _NO_LOCKS,
    errno.EMFILE: _TOO_MANY,
    errno.ENFILE: _TOO_MANY,
    errno.EIO: (
        "disk-failed",
        "The disk of the credentials file failed",
        "See what the system's log says of it, save what matters, then try again.",
    ),
    errno.EISDIR: (
        "path-is-directory",
        "The credentials file is a directory",
        "Move the directory away, or set AWS_SHARED_CREDENTIALS_FILE to a file.",
    ),
    errno.ENOTDIR: (
        "path-through-file",
        "A part of the path to the credentials file is no directory",
        "Move away the file that stands there, or set AWS_SHARED_CREDENTIALS_FILE to another path.",
    ),
    errno.ENAMETOOLONG: (
        "path-too-long",
        "The path of the credentials file is too long",
        "Set AWS_SHARED_CREDENTIALS_FILE to a shorter one.",
    ),
    errno.EBUSY: (
        "file-mounted",
        "The credentials file cannot be replaced",
        "It seems to be mounted into a container as a single file: mount its directory instead.",
    ),
    errno.ELOOP: (
        "symlink-loop",
        "The credentials file is a symbolic link in a circle",
        "Remove the link, or set AWS_SHARED_CREDENTIALS_FILE to a file.",
    ),
}
_OTHER = (
    "file-unreadable",
    "The credentials file could not be read or written",
    "Check the disk and the path, then try again.",
)


def from_os_error(error: OSError, path: str) -> StorageTrouble:
    """Translate what the system said about the file at `path`, or about another one on the way to it."""
    code, title, remedy = _KINDS.get(error.errno or 0, _OTHER)
    culprit = os.fspath(error.filename) if isinstance(error.filename, str | os.PathLike) else path
    where = path if culprit == path else f"{path} ({culprit})"
    reason = error.strerror or type(error).__name__
    return StorageTrouble(code=code, title=title, detail=f"{where}: {reason}. {UNTOUCHED}", remedy=remedy)
