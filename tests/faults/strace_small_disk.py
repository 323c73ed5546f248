"""A program with a small disk of its own, full but for a few pages or places for files, or mounted for reading only.

It runs in mount name space of its own, on a tmpfs, and writes what became of each case as a line of JSON.
"""

from __future__ import annotations

import dataclasses
import errno
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from tests.faults.strace_deed import Deed, is_temporary
from tests.faults.strace_deeds import BY_NAME
from tests.faults.strace_injection import Expected, expected, prepared, started
from tests.faults.strace_stage import listen, outcome

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.faults.strace_deed import Tree

PAGE = 4096
_OPTIONS = "size=64k,nr_inodes=40,mode=700"
_PADDING = b"# " + b"x" * 5 * PAGE + b"\n"
"""So that what is written does not fit at once."""
_PADDED = {
    "publish, into a person's file": ".aws/credentials",
    "renew": ".aws/credentials",
    "withdraw, the file remains": ".aws/credentials",
    "take over, a person's section": ".aws/credentials",
    "settings, a profile changed": "config/config.toml",
    "settings, profiles imported": "config/config.toml",
}
_PLAIN = ("publish, no file yet", "export, over another", "state, a session recorded", "state, the first start")
_JOURNALS = ("journal, begun", "journal, tidied")
_JOURNAL = "journal, continued"
DEEDS = (*_PADDED, *_PLAIN, *_JOURNALS, "keyring, an item changed", _JOURNAL)


def deed_of(name: str) -> Deed:
    """The deed, with files of several pages where a file may be that long."""
    deed = BY_NAME[name]

    def padded(folder: Path) -> None:
        deed.prepare(folder)
        if name in _PADDED:
            path = folder / _PADDED[name]
            path.write_bytes(_PADDING + path.read_bytes())
        elif name == _JOURNAL:
            # The first of the new lines reaches beyond the page.
            path = folder / "state" / "activity.jsonl"
            there = path.read_bytes()
            path.write_bytes(there + b"x" * (PAGE - 40 - len(there)) + b"\n")

    return dataclasses.replace(deed, prepare=padded)


def full(folder: Path, pages: int) -> Callable[[], None]:
    """Fill the disk but for so many pages; what is returned makes room again."""
    filler = folder.parent / "filler"
    with filler.open("wb", buffering=0) as file:
        try:
            while file.write(bytes(PAGE)):
                pass
        except OSError as error:
            assert error.errno == errno.ENOSPC  # noqa: PT017  # any other would be no full disk
        file.truncate(max(file.tell() - pages * PAGE, 0))
    return filler.unlink


def crowded(folder: Path, places: int) -> Callable[[], None]:
    """Leave room for so many more files and directories."""
    made: list[Path] = []
    try:
        while True:
            path = folder.parent / f"filler-{len(made)}"
            path.touch()
            made.append(path)
    except OSError as error:
        assert error.errno == errno.ENOSPC  # noqa: PT017  # as above
    for _ in range(min(places, len(made))):
        made.pop().unlink()

    def free() -> None:
        for each in made:
            each.unlink()

    return free


def read_only(folder: Path, _nothing: int) -> Callable[[], None]:
    """Mount it for reading only."""
    _mount("-o", "remount,ro", str(folder.parent))
    return lambda: _mount("-o", "remount,rw", str(folder.parent))


TROUBLES: dict[str, tuple[Callable[[Path, int], Callable[[], None]], tuple[int, ...]]] = {
    "full disk": (full, (0, 1, 2, 3, 5)),
    "no place for files": (crowded, (0, 1, 2, 3)),
    "read-only disk": (read_only, (0,)),
}


def _mount(*arguments: str) -> None:
    subprocess.run(["mount", *arguments], check=True)


def tell(trouble: str, name: str, disk: Path) -> Iterator[tuple[int, str, str]]:
    """Try a deed with each amount of what is left; yields the amount, what is wrong (nothing), and how it ended."""
    deed = deed_of(name)
    should = expected(deed, disk)
    take, amounts = TROUBLES[trouble]
    for amount in amounts:
        with prepared(deed, disk) as folder:
            give_back = take(folder, amount)
            try:
                told = outcome(deed.act(folder))
                left = deed.told(folder)
            finally:
                give_back()
            wrong = _wrong(deed, told, left, should, folder)
            yield amount, wrong or _wrong_again(deed, folder, left, should), told["kind"]


def _wrong(deed: Deed, told: dict[str, str], left: Tree, should: Expected, folder: Path) -> str:
    if any(map(is_temporary, left)):
        return f"left behind: {list(left)}"
    if told["kind"] == "done":
        return "" if left == should.new else "said to be done, and is not"
    if told["kind"] != "trouble" or not told["remedy"] or str(folder) not in told["detail"]:
        return f"not told as it should be: {told}"
    reasons = (os.strerror(errno.ENOSPC), os.strerror(errno.EROFS), "may not be written")
    if not any(each in told["detail"] for each in reasons):
        return f"no reason: {told}"
    if left not in (should.prepared, should.old) and not deed.between(left):
        return f"not as it was: {left}"
    return ""


def _wrong_again(deed: Deed, folder: Path, left: Tree, should: Expected) -> str:
    deed.act(folder)()
    then = should.twice if left == should.new else should.new
    return "" if started(deed, folder) == then else "with room again, it did not become what it should"


def main(disk: Path) -> None:
    """Mount, try everything, tell."""
    _mount("-t", "tmpfs", "-o", _OPTIONS, "none", str(disk))
    listen()
    for trouble in TROUBLES:
        for name in DEEDS:
            for amount, wrong, kind in tell(trouble, name, disk):
                sys.stdout.write(json.dumps([trouble, name, amount, wrong, kind]) + "\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
