from __future__ import annotations

import json
import multiprocessing
import stat
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.adapters import journal_file
from app.adapters.journal_file import FILE, JournalFile, dump, parse
from app.domain.errors import StorageTrouble
from app.domain.happening import KEPT, Happening, What

NOW = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)


class Watch:
    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def watch() -> Watch:
    return Watch()


@pytest.fixture
def journal(tmp_path: Path, watch: Watch) -> JournalFile:
    return JournalFile(tmp_path, now=watch)


def entry(minutes: float = 0, **changes: object) -> Happening:
    values: dict[str, object] = {"at": NOW + timedelta(minutes=minutes), "what": What.OBTAINED, "profile": "prod"}
    return Happening(**(values | changes))  # type: ignore[arg-type]  # a test's shorthand


async def test_what_was_written_is_read_newest_first(journal: JournalFile, tmp_path: Path) -> None:
    assert await journal.read() == ()
    assert await journal.fingerprint() == ()
    first = entry(0, expires=NOW + timedelta(hours=1), by_person=True, key_id="ASIA…7Q2F", why="„so“")
    second = entry(1, what=What.STOPPED)
    await journal.add((first,))
    before = await journal.fingerprint()
    await journal.add((second,))
    assert await journal.fingerprint() != before
    assert await journal.read() == (second, first)
    journal.close()
    assert stat.S_IMODE((tmp_path / FILE).stat().st_mode) == 0o600


def test_nothing_to_write_makes_no_file(journal: JournalFile, tmp_path: Path) -> None:
    journal.add_now(())
    assert not (tmp_path / FILE).exists()


def test_damaged_lines_are_left_out_and_a_torn_one_spoils_nothing(journal: JournalFile, tmp_path: Path) -> None:
    journal.add_now((entry(0),))
    with (tmp_path / FILE).open("ab") as file:
        file.write(b'{"at": 7}\n\xff\xfe\n[1]\nnull\n{"what": "obtained"}\n' + b"[" * 5000 + b"\n")
        file.write(b'{"at": "2026-11-22T08:00:00Z", "what": "obtained", "profile": 3}\n')
        file.write(b'{"at": "2026-11-22T08:00:00Z", "what": "from the future"}\n')
        file.write(b'{"at": "2026-11-22T08:00:0')
    assert journal.read_now() == (entry(0),)
    journal.add_now((entry(2),))
    assert journal.read_now() == (entry(2), entry(0))


def test_entries_of_more_than_30_days_are_dropped_on_the_first_write_of_a_day(
    journal: JournalFile, watch: Watch, tmp_path: Path
) -> None:
    journal.add_now((entry(0), entry(60 * 24 * 2)))
    watch.now = NOW + KEPT + timedelta(hours=1)
    assert [each.at for each in journal.read_now()] == [NOW + timedelta(days=2)]
    assert len((tmp_path / FILE).read_bytes().splitlines()) == 3
    journal.add_now((entry(60 * 24 * 30 + 5),))
    assert len((tmp_path / FILE).read_bytes().splitlines()) == 4, "a clock alone drops nothing"
    watch.now += timedelta(days=1)
    journal.add_now((entry(60 * 24 * 31),))
    assert len((tmp_path / FILE).read_bytes().splitlines()) == 4, "the old one went, the new one came"
    inode = (tmp_path / FILE).stat().st_ino
    journal.add_now((entry(60 * 24 * 31 + 1),))
    assert (tmp_path / FILE).stat().st_ino == inode, "once a day is enough"


def test_the_file_stays_bounded(journal: JournalFile, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(journal_file, "ENTRIES_MOST", 100)
    monkeypatch.setattr(journal_file, "ENTRIES_LEFT", 80)
    for number in range(230):
        journal.add_now((entry(number),))
        assert len((tmp_path / FILE).read_bytes().splitlines()) <= 101
    kept = journal.read_now()
    assert kept[0] == entry(229)
    assert [each.at for each in kept] == sorted((each.at for each in kept), reverse=True)
    journal.add_now(tuple(entry(number) for number in range(300, 600)))
    assert journal.read_now()[0] == entry(599)


def test_a_file_of_a_later_rolecall_is_left_alone(journal: JournalFile, tmp_path: Path) -> None:
    text = b'{"schema": 2, "tidied": "2026-11-22"}\n{"at": "2026-11-22T08:00:00Z", "what": "obtained"}\n'
    (tmp_path / FILE).write_bytes(text)
    for act in (journal.read_now, lambda: journal.add_now((entry(),))):
        with pytest.raises(StorageTrouble) as caught:
            act()
        assert caught.value.code == "journal"
    assert (tmp_path / FILE).read_bytes() == text


def test_a_far_too_long_file_is_read_from_its_end(
    journal: JournalFile, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    journal.add_now(tuple(entry(number) for number in range(50)))
    monkeypatch.setattr(journal_file, "BYTES_MOST", 400)
    kept = journal.read_now()
    assert kept[0] == entry(49)
    assert 0 < len(kept) < 10


def test_a_clock_that_leaps_forgets_nothing_and_hides_only_what_is_ahead(
    journal: JournalFile, watch: Watch, tmp_path: Path
) -> None:
    journal.add_now((entry(0),))
    watch.now = NOW + timedelta(days=400)
    ahead = entry(60 * 24 * 400)
    journal.add_now((ahead,))
    watch.now = NOW + timedelta(days=1)
    assert journal.read_now() == (entry(0),), "the one that is 399 days ahead does not stay on top"
    journal.add_now((entry(60 * 24),))
    watch.now = NOW - timedelta(days=2000)
    journal.add_now((entry(-60 * 24 * 2000),))
    watch.now = NOW + timedelta(days=2)
    assert journal.read_now() == (entry(60 * 24), entry(0))
    assert len((tmp_path / FILE).read_bytes().splitlines()) == 5


def test_what_a_link_leads_to_is_not_written_over(journal: JournalFile, tmp_path: Path) -> None:
    target = tmp_path / "precious"
    target.write_bytes(b"precious data\n")
    (tmp_path / FILE).symlink_to(target)
    for _ in range(2):
        with pytest.raises(StorageTrouble, match="journal") as caught:
            journal.add_now((entry(),))
        assert "symbolic link" in caught.value.detail
    assert target.read_bytes() == b"precious data\n"


def test_trouble_is_told_with_its_code(journal: JournalFile, tmp_path: Path) -> None:
    (tmp_path / FILE).mkdir()
    for act in (journal.read_now, lambda: journal.add_now((entry(),))):
        with pytest.raises(StorageTrouble) as caught:
            act()
        assert caught.value.code == "journal"


def _write(directory: str, number: int) -> None:
    made = JournalFile(Path(directory), now=Watch())
    for each in range(25):
        made.add_now((entry(each, profile=f"p{number}"),))


def test_processes_write_side_by_side(journal: JournalFile, tmp_path: Path) -> None:
    context = multiprocessing.get_context("spawn")
    running = [context.Process(target=_write, args=(str(tmp_path), number)) for number in range(2)]
    for each in running:
        each.start()
    for each in running:
        each.join(60)
        assert each.exitcode == 0
    found = journal.read_now()
    assert len(found) == 50
    assert {each.profile for each in found} == {"p0", "p1"}


texts = st.text(max_size=30)


@given(
    st.builds(
        Happening,
        at=st.datetimes(min_value=datetime(2000, 1, 1), max_value=datetime(2200, 1, 1)).map(  # noqa: DTZ001  # made aware next
            lambda moment: moment.replace(tzinfo=UTC, microsecond=moment.microsecond // 1000 * 1000)
        ),
        what=st.sampled_from(What),
        profile=texts,
        role=texts,
        why=texts,
        by_person=st.booleans(),
        expires=st.none() | st.just(NOW),
    )
)
def test_every_entry_survives_its_line(happening: Happening) -> None:
    line = dump(happening)
    assert b"\n" not in line
    assert parse(line) == happening


@given(
    st.binary(max_size=80)
    | st.recursive(st.none() | st.integers() | st.text(), st.lists).map(json.dumps).map(str.encode)
)
def test_no_line_is_too_strange(line: bytes) -> None:
    assert parse(line) is None
