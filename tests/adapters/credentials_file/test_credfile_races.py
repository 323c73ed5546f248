"""Several writers at once: our own processes, which lock, and AWS's tools, which do not."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import botocore.configloader
import pytest
from hypothesis import given

from app.adapters.credentials_file import file as writing
from app.adapters.credentials_file import settled
from app.adapters.credentials_file.file import CredentialsFile
from app.adapters.credentials_file.lines import BOM_BYTES, split
from app.adapters.credentials_file.merge import merge
from app.domain.errors import StorageTrouble
from app.domain.published import Published
from tests.adapters.credentials_file.credfile_helpers import (
    INSTALLATION,
    NOTHING_KNOWN,
    child,
    contents,
    finish,
    open_file,
    wanted,
)

if TYPE_CHECKING:
    from collections.abc import Callable

AWS = Path(sys.executable).with_name("aws")
FOREIGN = b"# mine\n[default]\naws_access_key_id = AKIA0\naws_secret_access_key = x\n"


def publish(path: Path, name: str = "prod") -> None:
    open_file(path, look_again_seconds=0.0).publish(wanted(name), known_key_ids=NOTHING_KNOWN, renewal=False)


MANY = """
path, me = sys.argv[1:]
file = open_file(path)
for number in range(25):
    file.publish(wanted(f"p{me}-{number}"), known_key_ids=NOTHING_KNOWN, renewal=False)
    if number % 5 == 4:
        assert file.withdraw(frozenset({f"p{me}-{number}"}))
"""


def test_eight_processes_lose_nothing_of_each_other(target: Path) -> None:
    target.write_bytes(FOREIGN)
    for process in [child(MANY, target, me) for me in range(8)]:
        finish(process)
    assert target.read_bytes().startswith(FOREIGN)
    found = {section.aws_profile for section in open_file(target).sections()}
    assert found == {"default"} | {f"p{me}-{number}" for me in range(8) for number in range(25) if number % 5 != 4}
    assert open_file(target).withdraw(frozenset(found)) == found - {"default"}
    assert target.read_bytes() == FOREIGN


# The AWS CLI's own writer, without the second that each start of the CLI takes.
CLI_WRITER = """
import time
from awscli.customizations.configure.writer import ConfigFileWriter
writer, path, ours = ConfigFileWriter(), sys.argv[1], sys.argv[2]
print("ready", flush=True)
for number in range(1, 61):
    for name in ("one", "two", f"new{number}"):
        writer.update_config({"__section__": name, "aws_access_key_id": f"AKIA{number}"}, path)
    time.sleep(0.01)
"""


def test_what_the_aws_cli_writes_meanwhile_is_not_lost(target: Path) -> None:
    target.write_bytes(FOREIGN + b"".join(b"# %040d\n" % number for number in range(500)))
    cli = child(CLI_WRITER, target, "prod")
    assert cli.stdout is not None
    assert cli.stdout.readline() == "ready\n"
    file = open_file(target, look_again_seconds=0.2)
    while cli.poll() is None:
        for number in range(3):
            try:
                section = wanted("prod", f"ASIA{number}")
                file.publish(section, known_key_ids=frozenset({"ASIA0", "ASIA1", "ASIA2"}), renewal=False)
                file.withdraw(frozenset({"prod"}))
            except StorageTrouble as trouble:
                assert trouble.code == "file-busy"  # noqa: PT017  # being overtaken again and again is no loss
    finish(cli)
    publish(target)
    read = botocore.configloader.raw_config_parse(os.fspath(target))
    expected = {f"new{number}": f"AKIA{number}" for number in range(1, 61)}
    expected |= {"default": "AKIA0", "one": "AKIA60", "two": "AKIA60", "prod": "ASIAPROD1"}
    assert {name: keys["aws_access_key_id"] for name, keys in read.items()} == expected


def test_the_aws_cli_itself_writes_beside_us(target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target.write_bytes(FOREIGN)
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", str(target))
    command = [str(AWS), "configure", "set", "aws_access_key_id", "AKIANEW", "--profile", "mine"]
    cli = subprocess.Popen(command, stderr=subprocess.PIPE)
    number = 0
    while cli.poll() is None:
        publish(target, f"p{number}")
        open_file(target).withdraw(frozenset({f"p{number}"}))
        number += 1
    _, errors = cli.communicate()
    assert cli.returncode == 0, errors
    assert number > 1
    left = open_file(target, look_again_seconds=0.0)
    left.withdraw(left.owned())
    read = botocore.configloader.raw_config_parse(os.fspath(target))
    assert {name: keys["aws_access_key_id"] for name, keys in read.items()} == {"default": "AKIA0", "mine": "AKIANEW"}


# --- Each moment at which another tool may write, one by one ---------------------------------------------------------


def in_the_pause(monkeypatch: pytest.MonkeyPatch, *acts: Callable[[], object]) -> None:
    """Let the acts happen, one at each look at the replaced file, in place of the pause before it."""
    waiting = list(acts)
    monkeypatch.setattr(time, "sleep", lambda _seconds: waiting.pop(0)() if waiting else None)


def test_a_tool_that_still_had_the_old_file_open_is_heard(target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target.write_bytes(FOREIGN)
    with target.open("rb+") as tool:

        def overwrite() -> None:
            tool.truncate()
            tool.write(FOREIGN + b"[late]\nk = v\n")
            tool.flush()

        in_the_pause(monkeypatch, overwrite)
        open_file(target).publish(wanted(), known_key_ids=NOTHING_KNOWN, renewal=False)
    content = target.read_bytes()
    assert content.startswith(FOREIGN + b"[late]\nk = v\n[prod]\n")
    assert open_file(target).withdraw(frozenset({"prod"}))
    assert target.read_bytes() == FOREIGN + b"[late]\nk = v\n"


def test_it_is_heard_even_if_another_of_us_wrote_since(target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target.write_bytes(FOREIGN)
    with target.open("ab") as tool:

        def append() -> None:
            tool.write(b"[late]\nk = v\n")
            tool.flush()
            finish(
                child(
                    "open_file(sys.argv[1]).publish(wanted('two'), known_key_ids=NOTHING_KNOWN, renewal=False)", target
                )
            )

        in_the_pause(monkeypatch, append)
        open_file(target).publish(wanted(), known_key_ids=NOTHING_KNOWN, renewal=False)
    assert [found.aws_profile for found in open_file(target).sections()] == ["default", "prod", "two", "late"]


def test_a_tool_that_truncated_the_old_file_and_died_does_not_empty_the_new_one(
    target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target.write_bytes(FOREIGN)
    with target.open("rb+") as tool:

        def truncate_and_die() -> None:
            tool.truncate(0)
            os.utime(tool.fileno(), (0, 0))  # long ago: nobody is waited for

        in_the_pause(monkeypatch, truncate_and_die)
        open_file(target).publish(wanted(), known_key_ids=NOTHING_KNOWN, renewal=False)
    assert target.read_bytes().startswith(FOREIGN + b"[prod]\n")


def test_a_foreign_section_of_our_name_that_came_too_late_is_not_lost(
    target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target.write_bytes(FOREIGN)
    theirs = FOREIGN + b"[prod]\naws_access_key_id = AKIATHEIRS\n"
    with target.open("rb+") as tool:

        def overwrite() -> None:
            tool.write(theirs)
            tool.flush()

        in_the_pause(monkeypatch, overwrite)
        with pytest.raises(StorageTrouble) as refusal:
            open_file(target).publish(wanted(), known_key_ids=NOTHING_KNOWN, renewal=False)
    assert refusal.value.code == "section-foreign"
    assert target.read_bytes() == theirs


def test_a_tool_that_had_read_before_us_and_wrote_after_us_does_not_undo_us(
    target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target.write_bytes(FOREIGN)
    stale = FOREIGN + b"[late]\nk = v\n"
    in_the_pause(monkeypatch, lambda: target.write_bytes(stale))
    publish(target)
    assert target.read_bytes().startswith(stale + b"[prod]\n")

    in_the_pause(monkeypatch, lambda: target.write_bytes(stale))
    file = open_file(target)
    section = wanted(key_id="ASIAPROD2")
    assert file.publish(section, known_key_ids=frozenset({"ASIAPROD1"}), renewal=True) is Published.WRITTEN
    assert target.read_bytes().startswith(stale + b"[prod]\naws_access_key_id = ASIAPROD2\n")

    stale = target.read_bytes()
    in_the_pause(monkeypatch, lambda: target.write_bytes(stale))
    assert file.withdraw(frozenset({"prod"})) == {"prod"}
    assert target.read_bytes() == FOREIGN + b"[late]\nk = v\n"


def test_what_another_of_us_removed_in_the_pause_stays_removed(target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target.write_bytes(FOREIGN)
    stop = "open_file(sys.argv[1]).withdraw(frozenset({'prod'}))"
    in_the_pause(monkeypatch, lambda: finish(child(stop, target)))
    publish(target)
    assert target.read_bytes() == FOREIGN


def test_a_write_between_our_read_and_our_rename_starts_the_edit_again(
    target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target.write_bytes(FOREIGN)
    late = iter((b"[one]\nk = v\n", b"[two]\nk = v\n"))
    fsync = os.fsync

    def and_meanwhile(descriptor: int) -> None:
        fsync(descriptor)
        with target.open("ab") as tool:
            tool.write(next(late, b""))

    monkeypatch.setattr(os, "fsync", and_meanwhile)
    publish(target)
    assert [found.aws_profile for found in open_file(target).sections()] == ["default", "one", "two", "prod"]


def test_conditions_are_checked_again_on_what_was_written_meanwhile(
    target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target.write_bytes(FOREIGN)
    theirs = b"[prod]\naws_access_key_id = AKIATHEIRS\n"
    fsync = os.fsync

    def and_meanwhile(descriptor: int) -> None:
        fsync(descriptor)
        with target.open("ab") as tool:
            tool.write(theirs)

    monkeypatch.setattr(os, "fsync", and_meanwhile)
    with pytest.raises(StorageTrouble) as refusal:
        publish(target)
    assert refusal.value.code == "section-foreign"
    assert target.read_bytes() == FOREIGN + theirs
    assert len(list(target.parent.iterdir())) == 2


def test_a_file_that_somebody_creates_at_the_same_moment_is_not_overwritten(
    target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    link = os.link

    def created_first(*args: object, **options: bool) -> None:
        monkeypatch.setattr(os, "link", link)
        target.write_bytes(FOREIGN)
        link(*args, **options)  # type: ignore[arg-type]  # passed on as they came

    monkeypatch.setattr(os, "link", created_first)
    publish(target)
    assert target.read_bytes().startswith(FOREIGN + b"[prod]\n")


def test_a_tool_that_never_stops_is_named(target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target.write_bytes(FOREIGN)

    def append(_descriptor: int) -> None:
        with target.open("ab") as tool:
            tool.write(b"#\n")

    monkeypatch.setattr(os, "fsync", append)
    with pytest.raises(StorageTrouble) as trouble:
        publish(target)
    assert trouble.value.code == "file-busy"
    assert len(list(target.parent.iterdir())) == 2


def test_reads_during_truncating_writes_see_old_or_new(target: Path) -> None:
    """A window that reads while the AWS CLI rewrites a large file never takes a piece of it for the whole."""
    target.write_bytes(FOREIGN + b"".join(b"[f%d]\nk = v\n" % number for number in range(3000)))
    cli = child(CLI_WRITER, target, "prod")
    assert cli.stdout is not None
    cli.stdout.readline()
    torn = 0
    while cli.poll() is None:
        names = {found.aws_profile for found in open_file(target).sections()}
        torn += "f2999" not in names
    finish(cli)
    assert torn == 0


# --- Merging ---------------------------------------------------------------------------------------------------------


@given(contents(), contents(), contents())
def test_merging_loses_no_line_of_the_only_side_that_changed(base: bytes, theirs: bytes, now: bytes) -> None:
    assert merge(base, base, now) == now
    merged = merge(base, theirs, base)
    assert all(line.removeprefix(BOM_BYTES).rstrip(b"\r\n") in merged for line in split(theirs))


@pytest.mark.parametrize(
    ("theirs", "merged"),
    [
        (b"[a]\n1\n[b]\n9\n", b"[a]\n1\n[b]\n9\n[ours]\n"),
        (b"[a]\n1\n", b"[a]\n1\n[ours]\n"),
        (b"# top\n[a]\n1\n[b]\n2\n", b"# top\n[a]\n1\n[b]\n2\n[ours]\n"),
        (b"[a]\n1\n[b]\n2\n[c]\n3", b"[a]\n1\n[b]\n2\n[ours]\n[c]\n3"),
    ],
)
def test_changes_of_both_sides_come_together(theirs: bytes, merged: bytes) -> None:
    base = b"[a]\n1\n[b]\n2\n"
    assert merge(base, theirs, base + b"[ours]\n") == merged


def test_of_one_section_changed_by_both_the_later_stays() -> None:
    assert merge(b"[a]\n1\n", b"[a]\n2\n", b"[a]\n3\n") == b"[a]\n3\n"
    assert merge(b"[a]\n1\n", b"", b"[a]\n3\n") == b"[a]\n3\n"


def test_the_pause_between_reads_is_the_one_that_is_documented() -> None:
    assert settled.PAUSE_SECONDS == 0.05
    assert writing.LOOK_AGAIN_SECONDS == 0.1
    assert CredentialsFile("x", installation=INSTALLATION)._look_again_seconds == 0.1
