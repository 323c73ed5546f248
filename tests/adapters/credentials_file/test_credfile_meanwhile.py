"""What others do between our looking and our writing."""

from __future__ import annotations

import contextlib
import gc
import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from app.adapters.credentials_file import own_form, replace, rewriting, settled
from app.adapters.credentials_file import vigil as vigils
from app.adapters.credentials_file.file import CredentialsFile
from app.adapters.credentials_file.settled import open_snapshot
from app.adapters.credentials_file.vigil import Vigil
from app.domain.errors import StorageTrouble
from app.domain.x_ray import Remedy
from tests.adapters.credentials_file.credfile_helpers import NOTHING_KNOWN, open_file, wanted

if TYPE_CHECKING:
    from collections.abc import Iterator

OLD, NEW = b"[a]\nk = v\n", b"[b]\nk = v\n"


def nobody(_temporary: Path) -> None:
    """Look at nothing."""


def open_files() -> int:
    """How many this process has open, of what it still needs."""
    gc.collect()
    return len(os.listdir("/proc/self/fd"))  # noqa: PTH208  # how many is what is asked for


@pytest.mark.parametrize("content", [b"[ours]\n", None])
def test_what_changed_is_neither_replaced_nor_deleted(target: Path, content: bytes | None) -> None:
    target.write_bytes(OLD)
    with contextlib.closing(open_snapshot(str(target))) as before:
        target.write_bytes(NEW)
        assert not replace.swap(target, before, content, nobody)
    assert target.read_bytes() == NEW
    assert os.listdir(target.parent) == [target.name]  # noqa: PTH208  # names are what is asked for


@pytest.mark.parametrize("content", [b"[ours]\n", None])
def test_a_write_that_no_time_tells_of_is_seen_in_the_bytes(
    target: Path, content: bytes | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (replace, settled):
        monkeypatch.setattr(module, "fingerprint", lambda _status: (0, 0, 0, 0, 0))
    target.write_bytes(OLD)
    with contextlib.closing(open_snapshot(str(target))) as before:
        target.write_bytes(NEW)
        assert not replace.swap(target, before, content, nobody)
        assert target.read_bytes() == NEW
        target.write_bytes(OLD)
        assert replace.swap(target, before, content, nobody)


def test_what_another_of_us_withdrew_meanwhile_is_not_told_as_ours(
    target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = open_file(target, look_again_seconds=0)
    for name in ("one", "two"):
        file.publish(wanted(name), known_key_ids=NOTHING_KNOWN, renewal=False)
    locked = CredentialsFile._locked

    @contextlib.contextmanager
    def meanwhile(self: CredentialsFile, path: Path) -> Iterator[None]:
        if self is file:
            assert open_file(path, look_again_seconds=0).withdraw(frozenset({"one"})) == {"one"}
        with locked(self, path):
            yield

    monkeypatch.setattr(CredentialsFile, "_locked", meanwhile)
    assert file.withdraw(frozenset({"one", "two"})) == {"two"}


def test_a_remedy_for_another_file_is_refused_though_it_could_be_mended_here(target: Path) -> None:
    target.write_bytes(b"")
    target.chmod(0o644)
    open_file(target).publish(wanted(), known_key_ids=NOTHING_KNOWN, renewal=False)
    (finding,) = open_file(target).findings()
    with pytest.raises(StorageTrouble) as caught:
        open_file(target).mend(Remedy(code=finding.code, words="", path=str(target.with_name("config"))))
    assert caught.value.code == "file-changed"
    assert str(target.with_name("config")) in caught.value.problem.detail


def test_the_watch_goes_on_only_over_a_file_that_is_there(target: Path) -> None:
    target.write_bytes(OLD)
    with Vigil() as vigil:
        vigil.watch(target)
        target.unlink()
        assert not vigil.goes_on(target)


def test_a_file_that_took_the_place_of_the_watched_one_is_another(target: Path) -> None:
    target.write_bytes(OLD)
    with Vigil() as vigil:
        vigil.watch(target)
        other = target.with_name("other")
        other.write_bytes(NEW)
        other.replace(target)
        assert vigil.reopened(target) == -1
        assert not vigil.goes_on(target)


@pytest.mark.parametrize("missing", [ImportError("no ctypes"), AttributeError("fstatfs"), OSError(38, "no")])
def test_where_the_system_cannot_keep_watch_there_is_none(
    target: Path, missing: Exception, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse() -> None:
        raise missing

    target.write_bytes(OLD)
    before = open_files()
    monkeypatch.setattr(vigils, "_libc", refuse)
    vigil = vigils.over(target)
    assert vigil.reopened(target) == -1
    assert open_files() <= before


def test_a_file_of_the_system_itself_is_not_watched() -> None:
    status = Path("/proc/self/status")
    assert vigils.over(status).reopened(status) == -1


def test_what_could_not_be_watched_leaves_nothing_open(target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Full:
        def __getattr__(self, name: str) -> object:
            return (lambda *_: -1) if name == "inotify_add_watch" else getattr(libc, name)

    libc = vigils._libc()
    target.write_bytes(OLD)
    monkeypatch.setattr(vigils, "_libc", Full)
    counts = []
    for _ in range(4):
        assert vigils.over(target).reopened(target) == -1
        counts.append(open_files())
    assert counts[3] <= counts[0]


@pytest.mark.parametrize("watch_on", [True, False])
def test_nobody_has_overwritten_what_is_not_there_or_was_not_written(target: Path, watch_on: bool) -> None:
    target.write_bytes(OLD)
    with rewriting.rewrite(target, lambda _: OLD, watch_on=watch_on) as unwritten:
        assert not rewriting.is_overwritten(target, unwritten)
    with rewriting.rewrite(target, lambda _: NEW, watch_on=watch_on) as written:
        assert not rewriting.is_overwritten(target, written)
        target.write_bytes(OLD)
        assert rewriting.is_overwritten(target, written)
        target.unlink()
        assert not rewriting.is_overwritten(target, written)


@pytest.mark.parametrize(
    ("late", "is_heard"), [(OLD, True), (NEW + OLD, True), (OLD + b"[b", False), (b"", False), (OLD + NEW, False)]
)
def test_what_is_written_late_is_heard_unless_it_is_a_piece_of_what_was_there(
    target: Path, late: bytes, is_heard: bool
) -> None:
    target.write_bytes(OLD + NEW)
    with contextlib.closing(open_snapshot(str(target))) as before:
        target.write_bytes(late)
        assert rewriting.written_late(before, target) == (late if is_heard else None)


def test_a_line_that_is_another_key_is_not_taken_for_ours() -> None:
    fresh = b"[a]\naws_access_key_id = ASIAONE\naws_secret_access_key = s\n"
    assert own_form.former_key_id(fresh, fresh) == "ASIAONE"
    assert own_form.former_key_id(fresh.replace(b"aws_secret", b"bws_secret"), fresh) == ""
    assert own_form.former_key_id(fresh.replace(b"= s", b"= s t"), fresh) == ""
