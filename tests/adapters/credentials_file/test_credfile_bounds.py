"""The writer at its edges, all in one process: late writers, counts, what is refused with which words."""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from app.adapters.credentials_file import reader, replace, settled
from app.adapters.credentials_file.file import CredentialsFile
from app.domain.errors import StorageTrouble
from app.domain.published import Origin, Published
from app.domain.x_ray import Remedy
from tests.adapters.credentials_file.credfile_helpers import (
    EXPIRES,
    NOTHING_KNOWN,
    open_file,
    wanted,
)

if TYPE_CHECKING:
    from collections.abc import Callable

FOREIGN = b"# mine\n[default]\naws_access_key_id = AKIA0\naws_secret_access_key = x\n"
LATE = b"[late]\nk = v\n"


def publish(path: Path, name: str = "prod", key_id: str = "ASIAPROD1") -> None:
    open_file(path).publish(wanted(name, key_id), known_key_ids=NOTHING_KNOWN, renewal=False)


def names(path: Path) -> list[str]:
    return [found.aws_profile for found in open_file(path).sections()]


def in_the_pause(monkeypatch: pytest.MonkeyPatch, *acts: Callable[[], object]) -> None:
    """Let the acts happen, one at each look at the replaced file, in place of the pause before it."""
    waiting = list(acts)
    monkeypatch.setattr(time, "sleep", lambda _seconds: waiting.pop(0)() if waiting else None)


def open_files() -> int:
    return sum(1 for _ in Path("/proc/self/fd").iterdir())


# --- Others that write while we do -----------------------------------------------------------------------------------


def test_a_late_writer_is_heard_though_another_of_us_wrote_since(target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target.write_bytes(FOREIGN)
    with target.open("ab") as tool:

        def append() -> None:
            tool.write(LATE)
            tool.flush()
            publish(target, "two")

        in_the_pause(monkeypatch, append)
        publish(target)
    assert names(target) == ["default", "prod", "two", "late"]


def test_a_late_writer_is_heard_though_another_of_us_deleted_the_file(
    target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target.write_bytes(FOREIGN)
    with target.open("ab") as tool:

        def append() -> None:
            tool.write(LATE)
            tool.flush()
            target.unlink()

        in_the_pause(monkeypatch, append)
        publish(target)
    # What was removed meanwhile stays removed; what came late, and what we were asked for, is there.
    assert names(target) == ["late", "prod"]


def test_what_another_of_us_removed_in_the_pause_is_not_written_again(
    target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target.write_bytes(FOREIGN)
    in_the_pause(monkeypatch, lambda: open_file(target).withdraw(frozenset({"prod"})))
    publish(target)
    assert target.read_bytes() == FOREIGN


def test_a_late_writer_is_heard_in_a_file_that_had_been_at_rest(target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target.write_bytes(FOREIGN)
    os.utime(target, (1_700_000_000, 1_700_000_000))
    with target.open("ab") as tool:

        def append() -> None:
            tool.write(LATE)
            tool.flush()

        in_the_pause(monkeypatch, append)
        publish(target)
    assert names(target) == ["default", "late", "prod"]


def test_all_that_was_withdrawn_is_told_though_a_tool_undid_a_part(
    target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target.write_bytes(FOREIGN)
    publish(target, "one")
    with_one = target.read_bytes()
    publish(target, "two")
    in_the_pause(monkeypatch, lambda: target.write_bytes(with_one))
    assert open_file(target).withdraw(frozenset({"one", "two"})) == {"one", "two"}
    assert target.read_bytes() == FOREIGN


def test_withdrawing_again_tells_only_what_was_there(target: Path) -> None:
    publish(target, "one")
    publish(target, "two")
    file = open_file(target)
    assert file.withdraw(frozenset({"one", "three"})) == {"one"}
    assert file.withdraw(frozenset({"one", "two"})) == {"two"}
    assert file.withdraw(frozenset({"two"})) == frozenset()
    assert not target.exists()


def test_a_refused_late_section_is_told_and_all_is_closed(target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target.write_bytes(FOREIGN)
    theirs = FOREIGN + b"[prod]\naws_access_key_id = AKIATHEIRS\n"
    before = open_files()
    in_the_pause(monkeypatch, lambda: target.write_bytes(theirs))
    with pytest.raises(StorageTrouble, match="prod"):
        publish(target)
    assert target.read_bytes() == theirs
    assert open_files() <= before


def test_nothing_stays_open(target: Path) -> None:
    before = open_files()
    publish(target)
    publish(target, "two")
    open_file(target).withdraw(frozenset({"two"}))
    open_file(target).withdraw(frozenset({"none"}))
    assert open_files() <= before


# --- Reading ---------------------------------------------------------------------------------------------------------


def test_the_file_is_described_with_its_lines_and_ends(target: Path) -> None:
    target.write_bytes(FOREIGN)
    open_file(target).publish(wanted(region="eu-west-1"), known_key_ids=NOTHING_KNOWN, renewal=False)
    default, prod = open_file(target).sections()
    assert (default.origin, default.line, default.expires, default.credentials) == (Origin.FOREIGN, 2, None, None)
    assert (prod.origin, prod.line, prod.expires, prod.region) == (Origin.OURS, 5, EXPIRES, "eu-west-1")
    assert prod.credentials == wanted().credentials
    _, other = CredentialsFile(target, installation="other").sections()
    assert (other.origin, other.expires, other.credentials) == (Origin.OTHER_INSTALLATION, EXPIRES, None)


def test_only_sections_that_changed_are_read_again(target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[bytes] = []
    described = reader.described

    def noted(content: bytes, installation: str) -> object:
        read.append(content)
        return described(content, installation)

    monkeypatch.setattr(reader, "described", noted)
    file = open_file(target)
    target.write_bytes(b"# x\n[a]\nk = 1\n[b]\nk = 1\n[c]\nk = 1\n")
    assert [(each.aws_profile, each.line) for each in file.sections()] == [("a", 2), ("b", 4), ("c", 6)]
    assert len(read) == 4
    target.write_bytes(b"# x\n\n[a]\nk = 1\n[b]\nk = 22\n[c]\nk = 1\n")
    assert [(each.aws_profile, each.line) for each in file.sections()] == [("a", 3), ("b", 5), ("c", 7)]
    assert [content for content in read[4:] if content.startswith(b"[")] == [b"[b]\nk = 22\n"]
    file.sections()
    target.write_bytes(b"[c]\nk = 1\n")
    file.sections()
    assert len(read) == 6


def test_mode_and_second_names_of_the_file_itself_are_looked_at(target: Path) -> None:
    publish(target)
    assert open_file(target).findings() == ()
    target.chmod(0o644)
    target.with_name("second").hardlink_to(target)
    assert [each.code for each in open_file(target).findings()] == ["file-mode-wide", "file-hard-linked"]


@pytest.mark.parametrize(
    ("age", "content", "patient", "believed"),
    [
        (10.0, b"[a]\nk = 1\n", True, True),
        (0.0, b"[a]\nk = 1\n", False, True),
        (0.0, b"[a]\nk = 1\n", True, False),
        (-60.0, b"[a]\nk = 1\n", True, False),
        (1.0, b"[a]\nk = 1\n", True, True),
        (1.0, b"[a]\nk", False, False),
        (1.0, b"", False, False),
        (-60.0, b"", False, False),
        (3.0, b"[a]\nk", False, True),
        (3.0, b"", True, True),
    ],
)
def test_what_is_believed_at_the_first_look(
    age: float, content: bytes, patient: bool, believed: bool, target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target.write_bytes(content)
    pauses: list[float] = []
    monkeypatch.setattr(time, "time", lambda: 1_700_000_000.0)
    monkeypatch.setattr(time, "sleep", pauses.append)
    os.utime(target, (1_700_000_000 - age, 1_700_000_000 - age))
    settled.open_snapshot(str(target), patient=patient).close()
    assert (pauses == []) is believed


@pytest.mark.parametrize(
    ("age", "content", "looks"),
    [
        (0.2, b"[a]\nk", None),
        (0.6, b"[a]\nk", 2),
        (0.6, b"", None),
        (1.1, b"", 2),
        (-5.0, b"", 2),
        (-5.0, b"[a]\nk", 2),
    ],
)
def test_what_two_looks_agree_on_is_believed_when_no_writer_may_have_stalled(
    age: float, content: bytes, looks: int | None, target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target.write_bytes(content)
    pauses: list[float] = []
    monkeypatch.setattr(time, "time", lambda: 1_700_000_000.0)
    monkeypatch.setattr(time, "sleep", pauses.append)
    os.utime(target, (1_700_000_000 - age, 1_700_000_000 - age))
    if looks is None:
        with pytest.raises(StorageTrouble) as trouble:
            settled.open_snapshot(str(target))
        assert trouble.value.code == "file-busy"
        assert len(pauses) * settled.PAUSE_SECONDS == pytest.approx(2.0)
    else:
        settled.open_snapshot(str(target)).close()
        assert len(pauses) == looks - 1


def test_whoever_is_patient_has_enough_of_it_after_four_looks(target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target.write_bytes(b"[a]\nk = 0\n")
    pauses: list[float] = []

    def write_again(seconds: float) -> None:
        pauses.append(seconds)
        target.write_bytes(b"[a]\nk = %d\n" % (len(pauses) % 10))

    monkeypatch.setattr(time, "sleep", write_again)
    snapshot = settled.open_snapshot(str(target), patient=True)
    snapshot.close()
    assert len(pauses) == 4
    assert snapshot.content == b"[a]\nk = 4\n"


def test_more_than_a_block_is_read_whole(target: Path) -> None:
    content = b"# " + b"x" * (3 << 20) + b"\n"
    target.write_bytes(content)
    snapshot = settled.open_snapshot(str(target))
    assert snapshot.content == content
    assert settled.read_all(snapshot.descriptor) == content, "and from its beginning, again"
    snapshot.close()


# --- Putting in place -------------------------------------------------------------------------------------------------


def test_directories_that_are_missing_are_made_for_the_user_alone(tmp_path: Path) -> None:
    made = tmp_path / "one" / "two" / "three"
    before = os.umask(0)
    try:
        replace.make_directory(made)
        replace.make_directory(made)
    finally:
        os.umask(before)
    assert [each.stat().st_mode & 0o777 for each in (made, made.parent, made.parent.parent)] == [0o700] * 3


def test_temporary_files_are_told_from_others(target: Path) -> None:
    publish(target)
    ours = [target.with_name(f".credentials.rolecall-{word}.tmp") for word in ("00", "abcdef")]
    others = [
        target.with_name(name)
        for name in (".credentials.rolecall-00", "credentials.rolecall-00.tmp", ".other.rolecall-00.tmp", "x.tmp")
    ]
    for path in (*ours, *others):
        path.write_bytes(b"x")
    target.with_name(".credentials.rolecall-dir.tmp").mkdir()
    target.with_name(".credentials.rolecall-link.tmp").symlink_to(target)
    assert sorted(replace.orphans(target)) == ours
    assert open_file(target).clean_up() == 2
    assert open_file(target).clean_up() == 0
    assert all(path.exists() for path in others)
    assert replace.orphans(target.parent / "absent" / "credentials") == []
    assert replace.orphans(target / "credentials") == []
    assert replace.lock_path(target) == target.with_name(".credentials.rolecall.lock")


def test_writing_in_pieces_writes_all(target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write = os.write
    monkeypatch.setattr(os, "write", lambda descriptor, data: write(descriptor, bytes(data)[:7]))
    target.write_bytes(FOREIGN)
    publish(target)
    monkeypatch.undo()
    assert names(target) == ["default", "prod"]


def test_without_hard_links_a_new_file_is_renamed_into_place(target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", refuse)
    publish(target)
    assert names(target) == ["prod"]
    assert target.stat().st_nlink == 1


# --- Outcomes ---------------------------------------------------------------------------------------------------------


def test_the_note_that_we_made_the_file_passes_to_the_next_of_ours(target: Path) -> None:
    publish(target, "one")
    publish(target, "two")
    publish(target, "three")
    file = open_file(target)
    file.withdraw(frozenset({"one"}))
    assert target.read_bytes().count(b"x_rolecall_added = file") == 1
    file.withdraw(frozenset({"three"}))
    file.withdraw(frozenset({"two"}))
    assert not target.exists()


def test_outcomes_are_told_for_each(target: Path) -> None:
    target.write_bytes(FOREIGN)
    file = open_file(target)
    assert file.publish(wanted(), known_key_ids=NOTHING_KNOWN, renewal=True) is Published.GONE
    assert file.publish(wanted(), known_key_ids=NOTHING_KNOWN, renewal=False) is Published.WRITTEN
    assert file.publish(wanted(), known_key_ids=NOTHING_KNOWN, renewal=True) is Published.WRITTEN
    with pytest.raises(StorageTrouble) as trouble:
        file.publish(wanted("default"), known_key_ids=NOTHING_KNOWN, renewal=False)
    assert trouble.value.code == "section-foreign"
    assert file.owned() == {"prod"}


def test_a_file_that_is_not_there_is_looked_at_as_an_empty_one(target: Path) -> None:
    found = open_file(target).look()
    assert (found.path, found.content) == (str(target), b"")


def test_a_remedy_for_what_cannot_be_mended_is_refused_by_name(target: Path) -> None:
    publish(target)
    before = target.read_bytes()
    remedy = Remedy(code="no-such-thing", words="Mend it", path=str(target))
    with pytest.raises(StorageTrouble) as caught:
        open_file(target).mend(remedy)
    assert caught.value.code == "file-changed"
    assert str(target) in caught.value.problem.detail
    assert target.read_bytes() == before
