"""Very many processes write at once, with the program's own code: nothing is lost, and nobody reads half a file."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from app.adapters.credentials_file.file import CredentialsFile
from app.adapters.settings_file import store
from app.adapters.state_file import read_state
from tests.faults import writers_work
from tests.faults.tally import amount
from tests.faults.zygote import Zygote

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.faults.tally import Tally
    from tests.faults.zygote import Child

WORK = "tests.faults.writers_work"
AWS = Path(sys.executable).with_name("aws")
WRITERS, ROUNDS, READERS = amount(128, 8), amount(50, 6), 2
READS = amount(100_000, 4_000)
LONGEST_SECONDS = 3000.0
"""The first one waits for all: they write one after the other, 40 ms each, several times that beside other work."""


@pytest.fixture(scope="module")
def zygote() -> Iterator[Zygote]:
    with Zygote(WORK) as running:
        yield running


def wanted(children: list[Child], tally: Tally, row: str) -> dict[str, object]:
    """What is to stand there when all have written: each one's own last words, told when it ends."""
    last: dict[str, object] = {}
    for me, child in enumerate(children):
        with tally.case(row, f"writer {me}"):
            last |= child.result(LONGEST_SECONDS)
    return {name: value for name, value in last.items() if value is not None}


def test_nothing_is_lost_of_what_many_write_into_the_credentials_file(
    tmp_path: Path, zygote: Zygote, tally: Tally
) -> None:
    path, stop = tmp_path / "credentials", tmp_path / "stop"
    path.write_bytes(writers_work.FOREIGN)
    writing = [zygote.start(f"{WORK}:publish", path=str(path), me=me, rounds=ROUNDS) for me in range(WRITERS)]
    reading = [
        zygote.start(f"{WORK}:read", path=str(path), stop=str(stop), least=READS // READERS) for _ in range(READERS)
    ]
    row = f"writers: credentials file, {WRITERS} x {ROUNDS}"
    last: dict[str, str | None] = {}
    refused = 0
    for me, child in enumerate(writing):
        with tally.case(row, f"writer {me}"):
            told = child.result(LONGEST_SECONDS)
            last |= told["last"]
            refused += told["refused"]
    tally.note(row, f"{refused} waits for the lock ended without it, and were told")
    stop.touch()
    with tally.case(row, "what stands there at the end"):
        there = {name: key_id for name, key_id in last.items() if key_id is not None}
        assert writers_work.whole(path.read_bytes()) == there
        file = CredentialsFile(path, installation=writers_work.INSTALLATION, look_again_seconds=0.0)
        assert file.withdraw(frozenset(there)) == set(there)
        assert path.read_bytes() == writers_work.FOREIGN
        assert {each.name for each in tmp_path.iterdir()} == {"credentials", ".credentials.rolecall.lock", "stop"}
    for child in reading:
        with tally.case("writers: reads meanwhile", "a reader"):
            counts = child.result(LONGEST_SECONDS)
            assert min(counts.values()) > 0, counts
            tally.count("writers: reads meanwhile", sum(counts.values()) - 1)


def test_nothing_is_lost_of_what_many_write_into_the_settings(tmp_path: Path, zygote: Zygote, tally: Tally) -> None:
    path, lock, stop = tmp_path / "config.toml", tmp_path / "lock", tmp_path / "stop"
    head = '# by hand\nschema = 1\n\n[identity.alice]  # me\naccess_key_id = "AKIAIOSFODNN7EXAMPLE"\n'
    path.write_text(head)
    writers, rounds = amount(32, 4), amount(10, 4)
    row = f"writers: settings, {writers} x {rounds}"
    writing = [
        zygote.start(f"{WORK}:settle", path=str(path), lock=str(lock), me=me, rounds=rounds) for me in range(writers)
    ]
    reading = zygote.start(f"{WORK}:read_settings", path=str(path), stop=str(stop))
    there = wanted(writing, tally, row)
    stop.touch()
    with tally.case(row, "what stands there at the end"):
        assert {name: each.duration for name, each in store.load(path).profiles.items()} == there
        assert path.read_text().startswith(head)
        assert {each.name for each in tmp_path.iterdir()} == {"config.toml", "lock", "stop"}
    with tally.case("writers: reads meanwhile", "settings"):
        tally.count("writers: reads meanwhile", reading.result(LONGEST_SECONDS) - 1)


def test_nothing_is_lost_of_what_many_write_into_the_state(tmp_path: Path, zygote: Zygote, tally: Tally) -> None:
    directory, stop = tmp_path / "state", tmp_path / "stop"
    writers, rounds = amount(128, 8), amount(20, 6)
    row = f"writers: sessions, {writers} x {rounds}"
    # None of them finds a directory, and each would be the first: there is one installation nevertheless.
    writing = [
        zygote.start(f"{WORK}:remember", directory=str(directory), me=me, rounds=rounds) for me in range(writers)
    ]
    reading = zygote.start(f"{WORK}:read_sessions", directory=str(directory), stop=str(stop))
    there = wanted(writing, tally, row)
    stop.touch()
    with tally.case(row, "what stands there at the end"):
        state = read_state(directory)
        assert {name: record.access_key_id for name, record in state.sessions.items()} == there
        assert {each.name for each in directory.iterdir()} == {"sessions.json", "sessions.json.lock", "installation"}
    with tally.case("writers: reads meanwhile", "state"):
        tally.count("writers: reads meanwhile", reading.result(LONGEST_SECONDS) - 1)


def test_no_foreign_profile_is_lost_while_the_cli_writes(tmp_path: Path, zygote: Zygote, tally: Tally) -> None:
    pairs, rounds = amount(8, 2), amount(125, 5)
    row, undone = f"writers: beside the CLI's writer, {pairs} x {rounds}", dict[str, int]()
    paths = [tmp_path / f"{me}" / "credentials" for me in range(pairs)]
    for path in paths:
        path.parent.mkdir()
        path.write_bytes(writers_work.FOREIGN_LINES)
    writing = [
        zygote.start(f"{WORK}:beside_the_cli", path=str(path), me=me, rounds=rounds) for me, path in enumerate(paths)
    ]
    for me, child in enumerate(writing):
        with tally.case(row, f"pair {me}"):
            for what, number in child.result(LONGEST_SECONDS).items():
                undone[what] = undone.get(what, 0) + number
            tally.count(row, rounds - 1)
    tally.note(row, ", ".join(f"{what}: {number}" for what, number in undone.items()))


def test_no_foreign_profile_is_lost_while_the_cli_itself_writes(
    tmp_path: Path, tally: Tally, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, rounds = tmp_path / "credentials", amount(12, 1)
    path.write_bytes(writers_work.FOREIGN_LINES)
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", str(path))
    file = CredentialsFile(path, installation=writers_work.INSTALLATION)
    row, foreign, known, writes = "writers: beside aws configure set", {"default": "AKIA0"}, set[str](), 0
    for number in range(rounds):
        with tally.case(row, f"round {number}"):
            foreign[f"their{number}"] = f"AKIA{number}"
            wish = ["aws_access_key_id", f"AKIA{number}", "--profile", f"their{number}"]
            cli = subprocess.Popen([sys.executable, str(AWS), "configure", "set", *wish])
            running = True
            while running:
                running = cli.poll() is None  # one write more after its end: it may have undone the one before
                known.add(f"ASIA{writes}")
                section = writers_work.wanted("ours", f"ASIA{writes}")
                file.publish(section, known_key_ids=frozenset(known), renewal=False)
                writes += 1
            assert cli.returncode == 0
            expected = foreign | {"ours": f"ASIA{writes - 1}"}
            assert writers_work.key_ids(str(path)) == expected
    tally.note(row, f"{writes} writes of ours")
