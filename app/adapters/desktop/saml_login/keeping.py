"""What is kept of providers that stay signed in: one private folder each, named by a digest of the provider's name."""

from __future__ import annotations

import contextlib
import hashlib
import shutil
import sqlite3
from typing import TYPE_CHECKING

from app.adapters import files

if TYPE_CHECKING:
    from pathlib import Path

COOKIES = "Cookies"
"""Chromium's cookie store, an SQLite database."""
ORIGIN = "rolecall-origin"
"""A file that says where the login begins that the folder is for."""


def folder(directory: Path, provider: str) -> Path:
    """The folder of a provider; names may hold anything, and may differ by case only."""
    return directory / hashlib.sha256(provider.encode("utf-8", "surrogatepass")).hexdigest()[:32]


def prepare(path: Path) -> None:
    """Make a folder for its owner alone. A link in its place is removed, never followed. Raises OSError."""
    if path.is_symlink():
        path.unlink()
    files.private_directory(path)
    path.chmod(files.DIRECTORY_MODE)


def claim(path: Path, origin: str) -> bool:
    """Make a folder that is for logins at that origin alone; whether it was so before.

    What was kept for another one is deleted: settings may come from somebody else, and another host, loaded with nobody
    looking, must not meet who the person is signed in as elsewhere. Paths and queries may change, as they do when an
    application is set up anew: the provider's cookies are for all its pages anyway. Raises OSError.
    """
    mark, written = path / ORIGIN, origin.encode()
    if not path.is_symlink() and not mark.is_symlink() and files.read(mark) == written:
        prepare(path)
        return True
    delete(path)
    prepare(path)
    files.replace(mark, written)
    return False


def tighten(path: Path) -> None:
    """Take the files in a folder from everybody else: Chromium makes some readable, relying on the folder's mode."""
    for each in path.rglob("*"):
        with contextlib.suppress(OSError):  # gone meanwhile
            if each.is_file() and not each.is_symlink():
                each.chmod(files.FILE_MODE)


def holds_cookies(path: Path) -> bool:
    """Whether a provider's folder holds any cookie."""
    database = path / COOKIES
    if path.is_symlink() or database.is_symlink() or not database.is_file():
        return False
    with contextlib.suppress(sqlite3.Error), contextlib.closing(_open(database)) as connection:
        return connection.execute("SELECT 1 FROM cookies LIMIT 1").fetchone() is not None
    # Busy or of a kind not known: what is there may well sign in.
    return True


def delete(path: Path) -> None:
    """Remove a folder with everything in it; of a link only the link. Raises OSError."""
    if path.is_symlink():
        path.unlink()
    elif path.exists():
        shutil.rmtree(path)


def _open(database: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{database.absolute().as_uri()}?mode=ro", uri=True, timeout=1)
