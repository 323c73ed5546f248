"""A call that the system refuses: the file stays as it was, a person is told what and why, and trying again works.

strace lets each call about files fail, one after the other, with each error that it can be made to return: once, and
from then on for ever.
"""

from __future__ import annotations

import errno
import os
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest

from tests.faults.strace_deed import ORPHAN, is_temporary, without_temporary
from tests.faults.strace_deeds import BY_NAME
from tests.faults.strace_injection import Stage, expected, prepared, started
from tests.faults.strace_stage import unpacked
from tests.faults.tally import chosen

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.faults.strace_deed import Deed, Tree
    from tests.faults.strace_injection import Call, Expected
    from tests.faults.tally import Tally

SLICE = 12
DEEDS = (
    "publish, no file yet",
    "publish, into a person's file",
    "publish, through a symbolic link",
    "publish, through a link to no file",
    "renew",
    "withdraw, the file remains",
    "withdraw, the file goes",
    "adopt, with a left temporary file",
    "take over, a person's section",
    "settings, created",
    "settings, a profile changed",
    "settings, profiles imported",
    "export, new",
    "export, over another",
    "state, a session recorded",
    "state, the first start",
    "state, a damaged file set aside",
    "keyring, created",
    "keyring, an item changed",
    "journal, begun",
    "journal, continued after a torn line",
    "window, its place remembered",
)
_MAY_NOT = ("EACCES", "EPERM", "EROFS", "ELOOP", "EIO")
_NO_ROOM = ("ENOSPC", "EDQUOT")
_LOOKING = ("EACCES", "ELOOP", "EIO")
_CREATING = (*_MAY_NOT, *_NO_ROOM)
REFUSALS: dict[str, tuple[str, ...]] = {
    "open": ("EACCES", "ELOOP", "EIO", "EMFILE", "EINTR"),
    "read": ("EIO", "EINTR"),
    "write": (*_NO_ROOM, "EIO", "EINTR"),
    "fsync": (*_NO_ROOM, "EIO", "EROFS", "EINTR"),
    "close": (*_NO_ROOM, "EIO", "EINTR"),
    "rename": (*_CREATING, "EXDEV"),
    "link": (*_CREATING, "EXDEV"),
    "unlink": _MAY_NOT,
    "mkdir": _CREATING,
    "flock": ("ENOLCK", "ENOSYS", "EOPNOTSUPP", "EIO", "EACCES", "EINTR"),
    "chmod": ("EACCES", "EPERM", "EROFS", "EIO"),
    "stat": _LOOKING,
    "access": (*_LOOKING, "EROFS"),
    "readlink": _LOOKING,
    "getdents": ("EIO",),
    "lseek": ("EIO",),
    "inotify_init": ("EMFILE", "ENFILE", "ENOMEM", "ENOSYS"),
    "inotify_add_watch": ("ENOSPC", "EACCES", "ENOENT", "ENOMEM"),
    "inotify_rm_watch": ("EINVAL",),
    "xattr": (*_NO_ROOM, "EPERM", "EIO"),
    "truncate": ("EIO", "EPERM"),
    "ioctl": (),
    "getcwd": (),
    "fcntl": (),
}
"""By what the call's name holds. Those without are no calls about a disk."""


@pytest.fixture(scope="module")
def stage() -> Iterator[Stage]:
    """A ready process."""
    ready = Stage()
    yield ready
    ready.close()


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One call of a deed, and the error that it returns."""

    deed: Deed
    call: Call
    reason: str
    stage: Stage
    under: Path
    should: Expected


def refusals(call: Call) -> tuple[str, ...]:
    """The errors that a call can be made to return."""
    kind = max((each for each in REFUSALS if each in call.name), key=len, default="")
    assert kind, f"nothing is known of {call.name}"
    creates = "O_CREAT" in call.arguments
    return (*REFUSALS[kind], *(("EROFS", *_NO_ROOM) if creates else ()))


@pytest.mark.parametrize("name", DEEDS, ids=lambda name: name.replace(" ", "-"))
def test_a_call_that_is_refused_changes_nothing(
    name: str, stage: Stage, tmp_path: Path, tally: Tally, expect_log: Callable[[str], None]
) -> None:
    deed = BY_NAME[name]
    if deed.log:
        expect_log(deed.log)
    should = expected(deed, tmp_path)
    with prepared(deed, tmp_path) as folder:
        calls = stage.calls(deed, folder)
    cases = [(call, reason, often) for call in calls for reason in refusals(call) for often in (True, False)]
    # The system does not interrupt one call for ever, and Python would try for ever.
    cases = [each for each in cases if each[1:] != ("EINTR", True)]
    for call, reason, for_ever in chosen(cases, SLICE):
        row = f"errno: {deed.row}, {'for ever' if for_ever else 'once'}"
        case = Case(deed=deed, call=call, reason=reason, stage=stage, under=tmp_path, should=should)
        with tally.case(row, f"{name}: {call.name} {call.number} {reason}: {call.arguments[:120]}"):
            (_for_ever if for_ever else _once)(case)


def _once(case: Case) -> None:
    deed, should = case.deed, case.should
    with prepared(deed, case.under) as folder:
        ended = case.stage.refused(deed, folder, case.call, case.reason, twice=True)
        assert len(ended.told) == 2, "it died"
        first, second = ended.told
        left, at_last = unpacked(first["left"]), unpacked(second["left"])
        if "unlink" in case.call.name:
            left, at_last = without_temporary(left), without_temporary(at_last)
        is_old = _is_old(case, first, left, folder)
        assert second["kind"] == "done", f"once more: {second}"
        then = should.new if is_old else should.twice
        _same(at_last, then, "once more")
        _same(started(deed, folder), then, "after the next start")
        if case.reason == "EINTR" and case.call.name != "close" and "O_DIRECTORY" not in case.call.arguments:
            assert first["kind"] == "done", f"Python tries again by itself: {first}"


def _for_ever(case: Case) -> None:
    deed, should = case.deed, case.should
    with prepared(deed, case.under) as folder:
        ended = case.stage.refused(deed, folder, case.call, case.reason, for_ever=True)
        assert len(ended.told) == 1, "it died"
        left = deed.told(folder)
        if "unlink" in case.call.name:
            left = without_temporary(left)
        is_old = _is_old(case, ended.told[0], left, folder)
        then = started(deed, folder)
        assert deed.tidied_again or not any(map(is_temporary, then)), f"still there: {list(then)}"
        deed.act(folder)()
        _same(started(deed, folder), should.new if is_old else should.twice, "once more")


def _is_old(case: Case, told: dict[str, Any], left: Tree, folder: Path) -> bool:
    """Whether the folder is as it was; what is there and what was said are checked, and have to fit."""
    should = case.should
    left.pop(f".aws/{ORPHAN}", None)
    before = {name: content for name, content in should.prepared.items() if not is_temporary(name)}
    is_old = left in (should.old, before) or case.deed.between(left)
    if told["kind"] == "done":
        if not (case.deed.quiet and is_old):
            _same(left, should.new, "said to be done")
        return is_old
    _check_told(case, told, folder)
    if case.deed.late and case.call.name == "close" and left == should.new:
        return False
    if not is_old:
        _same(left, should.old, f"after {told}")
    return True


def _check_told(case: Case, told: dict[str, Any], folder: Path) -> None:
    """A person hears what, where and what to do; nothing else comes out."""
    assert told["kind"] == "trouble", told
    assert not case.deed.quiet, told
    assert told["code"], told
    assert told["title"], told
    assert told["remedy"], told
    assert str(folder) in told["detail"], f"no path: {told}"
    number: int = getattr(errno, case.reason)
    # The lock's library takes a directory that leads in circles for one that is to be made.
    number = errno.EEXIST if case.reason == "ELOOP" and "File exists" in told["detail"] else number
    known = (
        os.strerror(number),
        "stayed locked",
        "may not be written",
        "cannot be replaced",
        "every change",
        "symbolic link",
    )
    assert any(each in told["detail"] for each in known), f"no reason: {told}"


def _same(left: Tree, right: Tree, when: str) -> None:
    if left != right:
        message = f"{when}: {_shown(left)}, not {_shown(right)}"
        raise AssertionError(message)


def _shown(found: Tree) -> str:
    return ", ".join(f"{name} {str(content)[:60]}…" for name, content in found.items())
