"""Whether a replacement is followed by a second look goes by who opened the file before it."""

from __future__ import annotations

import fcntl
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
from app.adapters.credentials_file.reader import read_bytes
from app.adapters.credentials_file.settled import PAUSE_SECONDS
from tests.adapters.credentials_file.credfile_helpers import INSTALLATION, NOTHING_KNOWN, ROOT, wanted

if TYPE_CHECKING:
    from collections.abc import Callable

SECONDS = 0.07
"""Until a second look, which other pauses do not take."""
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
    """A file that has been looked at, long ago."""
    file = CredentialsFile(target, installation=INSTALLATION, look_again_seconds=SECONDS)
    file.sections()
    wait(file)
    return file


def wait(file: CredentialsFile) -> None:
    """Let the time go by for which nobody may come."""
    file._vigil._since -= vigil.QUIET_SECONDS


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
    wait(file)
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
    wait(file)
    file.sections()
    publish(file)
    assert pauses == [SECONDS]
    file.sections()
    reads(target)
    file.sections()
    wait(file)
    file.withdraw(frozenset({"prod"}))
    assert pauses == [SECONDS]


def test_a_command_watches_until_its_one_replacement(target: Path, pauses: list[float]) -> None:
    target.write_bytes(FOREIGN)
    vigil.begin(str(target))
    file = CredentialsFile(target, installation=INSTALLATION, look_again_seconds=SECONDS)
    wait(file)
    publish(file)
    assert pauses == []
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


def test_a_vigil_that_has_just_begun_tells_nothing(
    target: Path, pauses: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    target.write_bytes(FOREIGN)
    monkeypatch.setattr(vigil, "QUIET_SECONDS", 600.0)
    file = CredentialsFile(target, installation=INSTALLATION, look_again_seconds=SECONDS)
    file.sections()
    publish(file)
    assert pauses == [SECONDS]
    file.sections()
    file.withdraw(frozenset({"prod"}))
    assert pauses == [SECONDS, SECONDS]


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
    wait(file)
    publish(file)
    assert pauses == [SECONDS]


def test_after_a_file_that_somebody_was_at_the_vigil_begins_anew(target: Path, pauses: list[float]) -> None:
    target.write_bytes(FOREIGN)
    file = opened(target)
    publish(file)
    assert pauses == []
    reads(target)
    file.withdraw(frozenset({"prod"}))
    assert pauses == [SECONDS]
    publish(file)
    assert pauses == [SECONDS, SECONDS], "nobody came, but for too short a time"


def test_without_a_vigil_before_it_the_new_file_is_watched_from_then_on(target: Path, pauses: list[float]) -> None:
    file = CredentialsFile(target, installation=INSTALLATION, look_again_seconds=SECONDS)
    publish(file)
    file.withdraw(frozenset({"prod"}))
    assert pauses == [SECONDS, SECONDS]
    target.write_bytes(FOREIGN)
    publish(file)
    pauses.clear()
    wait(file)
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


def test_what_the_aws_cli_writes_meanwhile_is_not_lost_either(target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target.write_bytes(FOREIGN)
    cli = subprocess.Popen([sys.executable, "-c", CLI_WRITER, target], stdout=subprocess.PIPE, text=True, cwd=ROOT)
    assert cli.stdout is not None
    assert cli.stdout.readline() == "ready\n"
    monkeypatch.setattr(vigil, "QUIET_SECONDS", 0.02)
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


def test_two_threads_read_the_watched_file_each_from_its_beginning(target: Path) -> None:
    target.write_bytes(b"".join(b"[profile%03d]\nk = v\n" % number for number in range(2000)))
    file = CredentialsFile(target, installation=INSTALLATION, look_again_seconds=SECONDS)
    long_ago = time.time() - 3600
    os.utime(target, (long_ago, long_ago))
    assert len(file.sections()) == 2000
    found: set[int] = set()

    def read() -> None:
        for _ in range(50):
            found.add(len(vigil_content(file, target)))

    threads = [threading.Thread(target=read) for _ in range(4)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert found == {target.stat().st_size}


def vigil_content(file: CredentialsFile, target: Path) -> bytes:
    """What is read through the watch."""
    descriptor = file._vigil.reopened(target)
    assert descriptor >= 0
    return read_bytes(target, descriptor)


def test_nothing_is_watched_that_is_no_file() -> None:
    before = descriptors()
    file = CredentialsFile(os.devnull, installation=INSTALLATION, look_again_seconds=SECONDS)
    for _ in range(3):
        assert file.sections() == ()
    assert descriptors() == before


def test_who_opens_another_name_of_it_meanwhile_does_not_end_us(
    target: Path, pauses: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A lease that is broken is told by a signal, and the one that is usual for it ends a process."""
    target.write_bytes(FOREIGN)
    (target.parent / "other").hardlink_to(target)
    told: list[int] = []
    control = fcntl.fcntl

    def disturbed(descriptor: int, command: int, value: int = 0) -> int:
        done = control(descriptor, command, value)
        if (command, value) == (fcntl.F_SETLEASE, fcntl.F_RDLCK):
            asking = subprocess.Popen(
                [sys.executable, "-c", "import sys; open(sys.argv[1], 'ab')", target.parent / "other"]
            )
            while not told:
                told.extend([1] if control(descriptor, fcntl.F_GETLEASE) != fcntl.F_RDLCK else [])
            control(descriptor, fcntl.F_SETLEASE, fcntl.F_UNLCK)
            asking.wait()
        return done

    monkeypatch.setattr(fcntl, "fcntl", disturbed)
    publish(opened(target))
    assert told
    assert holds(target, b"ASIA1")
    assert pauses in ([], [SECONDS])


def test_what_other_machines_may_open_is_looked_at_again(
    target: Path, pauses: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    nfs = 0x6969
    monkeypatch.setattr(vigil, "_file_system", lambda _descriptor: nfs)
    target.write_bytes(FOREIGN)
    before = descriptors()
    publish(opened(target))
    assert pauses == [SECONDS]
    assert descriptors() == before


def test_a_file_that_may_not_be_read_any_more_is_not_read(target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target.write_bytes(FOREIGN)
    with vigil.over(target) as watch:
        assert watch.goes_on(target)
        monkeypatch.setattr(os, "access", lambda *_: False)  # root may read everything
        assert not watch.goes_on(target)
        assert watch.reopened(target) == -1
