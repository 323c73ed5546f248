"""Whether a replacement is followed by a second look goes by who opened the file before it."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING

import botocore.configloader
import pytest

from app.adapters.credentials_file import vigil
from app.adapters.credentials_file.file import CredentialsFile
from app.adapters.credentials_file.settled import PAUSE_SECONDS
from tests.adapters.credentials_file.credfile_helpers import INSTALLATION, NOTHING_KNOWN, ROOT, wanted

if TYPE_CHECKING:
    from collections.abc import Callable

SECONDS = 0.07
FOREIGN = b"[default]\naws_access_key_id = AKIA0\naws_secret_access_key = abc\n"
CLI_WRITER = """
import random, sys, time
from awscli.customizations.configure.writer import ConfigFileWriter
writer, path = ConfigFileWriter(), sys.argv[1]
print("ready", flush=True)
for number in range(1, 101):
    for name in ("one", f"new{number}"):
        writer.update_config({"__section__": name, "aws_access_key_id": f"AKIA{number}"}, path)
    time.sleep(random.random() * 0.06)
"""


@pytest.fixture
def pauses(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The seconds of each pause before a second look; none takes any."""
    taken: list[float] = []
    monkeypatch.setattr(time, "sleep", lambda seconds: taken.append(seconds) if seconds != PAUSE_SECONDS else None)
    return taken


def descriptors() -> set[str]:
    """What this process has open."""
    return {each.name for each in Path("/proc/self/fd").iterdir()}


def opened(target: Path) -> CredentialsFile:
    """A file that has been looked at, with the time gone by that a second look would take."""
    file = CredentialsFile(target, installation=INSTALLATION, look_again_seconds=SECONDS)
    file.sections()
    wait()
    return file


def wait() -> None:
    threading.Event().wait(SECONDS * 1.2)


def publish(file: CredentialsFile, key_id: str = "ASIA1") -> None:
    file.publish(wanted("prod", key_id), known_key_ids=NOTHING_KNOWN, renewal=False)


def holds(target: Path, text: bytes) -> bool:
    return text in target.read_bytes()


def test_nobody_is_looked_out_for_when_nobody_had_opened_it(target: Path, pauses: list[float]) -> None:
    target.write_bytes(FOREIGN)
    publish(opened(target))
    assert pauses == []
    assert holds(target, b"ASIA1")


def test_a_vigil_that_began_before_the_file_was_looked_at_counts(target: Path, pauses: list[float]) -> None:
    target.write_bytes(FOREIGN)
    vigil.begin(str(target))
    file = CredentialsFile(target, installation=INSTALLATION, look_again_seconds=SECONDS)
    wait()
    for _ in range(3):
        assert [each.aws_profile for each in file.sections()] == ["default"]
    publish(file)
    assert pauses == []
    assert holds(target, b"ASIA1")


def test_a_vigil_that_was_disturbed_begins_anew_with_the_next_look(target: Path, pauses: list[float]) -> None:
    target.write_bytes(FOREIGN)
    vigil.begin(str(target))
    file = CredentialsFile(target, installation=INSTALLATION, look_again_seconds=SECONDS)
    reads(target)
    wait()
    file.sections()
    publish(file)
    assert pauses == [SECONDS]
    file.sections()
    reads(target)
    file.sections()
    wait()
    file.withdraw(frozenset({"prod"}))
    assert pauses == [SECONDS]


def test_a_vigil_is_taken_once(target: Path) -> None:
    target.write_bytes(FOREIGN)
    vigil.begin(str(target))
    with vigil.taken(str(target)) as first, vigil.taken(str(target)) as second:
        assert first.goes_on(target)
        assert not second.goes_on(target)
    assert not first.goes_on(target)
    assert first.reopened(target) == -1


def reads(target: Path) -> None:
    target.read_bytes()


def reads_by_another_name(target: Path) -> None:
    (target.parent / "other").read_bytes()


def writes(target: Path) -> None:
    with target.open("ab") as tool:
        tool.write(b"[late]\nk = v\n")


def cuts(target: Path) -> None:
    os.truncate(target, len(FOREIGN))


def puts_another_in_its_place(target: Path) -> None:
    other = target.parent / "new"
    other.write_bytes(FOREIGN)
    other.replace(target)


@pytest.mark.parametrize("act", [reads, reads_by_another_name, writes, cuts, puts_another_in_its_place])
def test_somebody_who_was_at_the_file_is_looked_out_for(
    target: Path, pauses: list[float], act: Callable[[Path], None]
) -> None:
    target.write_bytes(FOREIGN)
    (target.parent / "other").hardlink_to(target)
    file = opened(target)
    act(target)
    publish(file)
    assert pauses == [SECONDS]
    assert holds(target, b"ASIA1")


def test_a_vigil_that_has_just_begun_tells_nothing(target: Path, pauses: list[float]) -> None:
    target.write_bytes(FOREIGN)
    file = CredentialsFile(target, installation=INSTALLATION, look_again_seconds=60.0)
    file.sections()
    publish(file)
    assert pauses == [60.0]


def test_who_opened_it_long_ago_to_write_is_heard(target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target.write_bytes(FOREIGN)
    with target.open("rb+") as tool:
        file = opened(target)

        def write_late(_seconds: float) -> None:
            tool.seek(0, os.SEEK_END)
            tool.write(b"[late]\nk = v\n")
            tool.flush()

        monkeypatch.setattr(time, "sleep", write_late)
        publish(file)
    assert holds(target, b"[late]\nk = v\n")
    assert holds(target, b"ASIA1")


def test_a_vigil_goes_on_from_file_to_file(target: Path, pauses: list[float]) -> None:
    target.write_bytes(FOREIGN)
    file = opened(target)
    known = frozenset({"ASIA0", "ASIA1"})
    for number in range(6):
        file.publish(wanted("prod", f"ASIA{number % 2}"), known_key_ids=known, renewal=False)
        assert file.sections()[-1].aws_profile == "prod"
    file.withdraw(frozenset({"prod"}))
    assert pauses == []


def test_who_reads_the_new_file_is_looked_out_for_at_the_next(target: Path, pauses: list[float]) -> None:
    target.write_bytes(FOREIGN)
    file = opened(target)
    publish(file)
    reads(target)
    file.withdraw(frozenset({"prod"}))
    assert pauses == [SECONDS]
    wait()
    publish(file)
    assert pauses == [SECONDS]


def test_without_a_vigil_before_it_the_new_file_is_watched_from_then_on(target: Path, pauses: list[float]) -> None:
    file = CredentialsFile(target, installation=INSTALLATION, look_again_seconds=SECONDS)
    publish(file)
    file.withdraw(frozenset({"prod"}))
    assert pauses == [SECONDS, SECONDS]
    target.write_bytes(FOREIGN)
    publish(file)
    pauses.clear()
    wait()
    file.withdraw(frozenset({"prod"}))
    assert pauses == []


def test_what_cannot_be_watched_is_looked_at_again(
    target: Path, pauses: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> int:
        raise OSError(24, "too many")

    target.write_bytes(FOREIGN)
    monkeypatch.setattr(vigil, "_watch", refuse)
    before = descriptors()
    publish(opened(target))
    assert pauses == [SECONDS]
    assert descriptors() == before


def test_a_file_that_is_not_there_yet_is_looked_at_again(target: Path, pauses: list[float]) -> None:
    publish(opened(target))
    assert pauses == [SECONDS]


def test_nothing_stays_open_but_the_last_vigil(target: Path, pauses: list[float]) -> None:
    target.write_bytes(FOREIGN)
    file = opened(target)
    publish(file)
    before, known = len(descriptors()), frozenset({f"ASIA{number}" for number in range(5)})
    for number in range(5):
        for _ in range(3):
            file.sections()
        file.publish(wanted("prod", f"ASIA{number}"), known_key_ids=known, renewal=False)
    assert len(descriptors()) == before
    del file
    assert len(descriptors()) < before
    assert pauses == []


def test_what_the_aws_cli_writes_meanwhile_is_not_lost_either(target: Path) -> None:
    target.write_bytes(FOREIGN)
    cli = subprocess.Popen([sys.executable, "-c", CLI_WRITER, target], stdout=subprocess.PIPE, text=True, cwd=ROOT)
    assert cli.stdout is not None
    assert cli.stdout.readline() == "ready\n"
    file = CredentialsFile(target, installation=INSTALLATION, look_again_seconds=0.02)
    keys = frozenset({"ASIA0", "ASIA1"})
    number = 0
    while cli.poll() is None:
        file.sections()
        threading.Event().wait(0.021)
        number += 1
        file.publish(wanted("prod", f"ASIA{number % 2}"), known_key_ids=keys, renewal=False)
    cli.communicate()
    assert cli.returncode == 0
    assert number > 1
    read = botocore.configloader.raw_config_parse(os.fspath(target))
    read.pop("prod", None)
    expected = {"default": "AKIA0", "one": "AKIA100"} | {f"new{each}": f"AKIA{each}" for each in range(1, 101)}
    assert {name: each["aws_access_key_id"] for name, each in read.items()} == expected
