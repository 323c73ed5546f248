"""The search for secrets: in what a program and all its descendants carry, and in every spelling."""

from __future__ import annotations

import base64
import json
import os
import threading
import urllib.parse
from contextlib import contextmanager, suppress
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping


class Sampler(threading.Thread):
    """Reads arguments and environment of a process and of all its descendants, as often as it can."""

    def __init__(self, root: int) -> None:
        super().__init__(daemon=True)
        self._root = root
        self.done = threading.Event()
        self.seen = b""

    def run(self) -> None:
        while not self.done.wait(0.02):
            for pid in self._family():
                for what in ("cmdline", "environ"):
                    with suppress(OSError):
                        text = Path(f"/proc/{pid}/{what}").read_bytes()
                        if text not in self.seen:
                            self.seen += text + b"\n"

    def _family(self) -> set[int]:
        family = {self._root}
        for stat in Path("/proc").glob("[0-9]*/stat"):
            with suppress(OSError, ValueError, IndexError):
                fields = stat.read_text().rpartition(")")[2].split()
                if int(fields[1]) in family:
                    family.add(int(stat.parent.name))
        return family


_LONG, _PIECE = 160, 48
"""Of a longer secret (an assertion, a token) pieces are looked for, too: a log might cut it."""


@lru_cache(maxsize=4096)
def spelled(secret: str) -> frozenset[bytes]:
    """A secret as it may stand somewhere: plain, in JSON, in a URL, in base64 wherever it begins, in UTF-16, in hex."""
    forms: set[bytes] = set()
    for text in _pieces(secret):
        raw, quoted = text.encode(), json.dumps(text)[1:-1]
        forms |= {
            raw,
            quoted.encode(),
            quoted.replace("/", r"\/").encode(),
            raw.hex().encode(),
            raw.hex().upper().encode(),
        }
        forms |= {urllib.parse.quote(text, safe="").encode(), urllib.parse.quote_plus(text).encode()}
        forms |= {text.encode("utf-16-le"), text.encode("utf-16-be")}
        forms |= set(_in_base64(raw))
    return frozenset(forms)


def _pieces(secret: str) -> list[str]:
    if len(secret) < _LONG:
        return [secret]
    middle = len(secret) // 2
    return [secret[middle : middle + _PIECE], secret[-_PIECE - 8 : -8]]


def _in_base64(raw: bytes) -> Iterator[bytes]:
    """What of it stands there whatever comes before and after, at each of the three places where it can begin."""
    for before in range(3):
        whole = base64.b64encode(bytes(before) + raw)
        inner = whole[-(-before * 8 // 6) : (before + len(raw)) * 8 // 6]
        yield inner
        yield inner.translate(bytes.maketrans(b"+/", b"-_"))


def found(secrets: Mapping[str, str], text: bytes) -> list[str]:
    """The names of the secrets that stand in a text."""
    return [name for name, secret in secrets.items() if any(form in text for form in spelled(secret))]


@contextmanager
def _readable(path: Path) -> Iterator[None]:
    try:
        yield
    except FileNotFoundError:
        pass
    except PermissionError:
        if _owner(path) in {os.geteuid(), None}:
            raise


def _owner(path: Path) -> int | None:
    """Of the file, else of the directory that keeps us from it."""
    for each in (path, path.parent):
        with suppress(OSError):
            return each.lstat().st_uid
    return None


def found_below(secrets: Mapping[str, str], directory: Path, *, but: Iterable[Path] = ()) -> dict[str, list[str]]:
    """The files below a directory in which secrets stand; those in `but`, and what lies below them, are left out.

    A living program removes files meanwhile: what is gone by the time it is its turn holds nothing. In what only other
    users may read nothing of ours stands.
    """
    left_out = tuple(but)
    hits = {}
    for folder, _, names in os.walk(directory):
        for path in (Path(folder) / name for name in names):
            if any(path.is_relative_to(each) for each in left_out):
                continue
            with _readable(path):
                if not path.is_file():
                    continue
                held = found(secrets, os.fsencode(path.name) + b"\n" + path.read_bytes())
                if held:
                    hits[str(path)] = held
    return hits
