"""What people did to sections of ours, and what becomes of that."""

from __future__ import annotations

import time

import pytest

from app.adapters.credentials_file import marks
from app.adapters.credentials_file.edit import withdraw
from app.adapters.credentials_file.lines import parse
from app.domain.errors import BadInput, StorageTrouble
from tests.adapters.credentials_file.credfile_helpers import DISPLACE, EXPIRES, INSTALLATION, put, take, wanted

ABOVE = b"[x]\nk = v\n"


def test_what_is_published_a_second_time_needs_no_record() -> None:
    content = put(ABOVE) + b"; theirs\n"
    assert put(content) == content
    with pytest.raises(StorageTrouble) as refused:
        put(content, wanted(key_id="ASIAPROD2"))
    assert refused.value.code == "section-unknown-origin"


def test_beside_ours_only_what_is_not_is_set_aside() -> None:
    ours = put(ABOVE)
    assert b"displaced" not in put(ours, wanted(key_id="ASIAPROD2"), DISPLACE)
    both = put(ours + b"[prod]\nk = w\n[other]\nk = w\n", terms=DISPLACE)
    assert [section.name for section in parse(both).sections] == ["x", "prod", "prod--kept-by-rolecall", "other"]
    assert b"x_rolecall_added = displaced" in both
    assert take(both) == ABOVE + b"[prod]\nk = w\n[other]\nk = w\n"


def test_a_key_that_somebody_removed_comes_back() -> None:
    lines = put(ABOVE).splitlines(keepends=True)
    for removed in range(3, 7):
        content = b"".join(lines[:removed] + lines[removed + 1 :])
        if b"x_rolecall = " in content:
            assert sorted(put(content, terms=DISPLACE).splitlines(keepends=True)) == sorted(lines)


def test_our_keys_are_indented_as_their_own_sections_are() -> None:
    assert b"\naws_access_key_id" in put(b"[b]\n  k = v\n[prod]\n")
    assert b"\naws_access_key_id" in put(b"[prod]\n[b]\n  k = v\n")
    assert b"\n  aws_access_key_id" in put(b"[prod]\n  k = v\n[b]\nk = v\n")
    assert put(b"[b]\nk = v\n[prod]\n").startswith(b"[b]\nk = v\n[prod]\naws_access_key_id")


def test_a_mark_of_the_order_of_bytes_stays_though_our_section_stood_first() -> None:
    ours = put(ABOVE)[len(ABOVE) :]
    assert take(b"\xef\xbb\xbf" + ours + ABOVE) == b"\xef\xbb\xbf" + ABOVE


@pytest.mark.parametrize("after", [b"[prod]\n", b"aws_access_key_id = ASIAPROD1\n"])
def test_a_persons_comment_inside_our_section_keeps_its_header(after: bytes) -> None:
    content = put(ABOVE).replace(after, after + b"# a note\n")
    assert take(content) == ABOVE + b"[prod]\n# a note\n"


def test_a_line_end_that_somebody_changed_is_not_taken_away_as_ours() -> None:
    content = put(b"[x]\nk = v").replace(b"\n", b"\r\n")
    assert take(content) == b"[x]\r\nk = v\r\n"


def test_a_region_that_cannot_be_written_is_refused_by_its_name() -> None:
    with pytest.raises(BadInput) as refused:
        put(None, wanted(region="eu\nwest"))
    assert "region" in f"{refused.value.problem}"


def test_times_are_written_in_utc_wherever_we_are(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "America/New_York")
    time.tzset()
    try:
        assert marks.format_time(EXPIRES) == "2026-11-22T01:23:45Z"
    finally:
        monkeypatch.undo()
        time.tzset()


def test_all_that_was_withdrawn_is_told_and_all_that_was_displaced_comes_back() -> None:
    """What ended without a line end is taken out in a round of its own."""
    content = b"[one]\nrole_arn = x\n[two]\nrole_arn = y"
    published = put(put(content, wanted("one"), DISPLACE), wanted("two"), DISPLACE)
    published = put(published, wanted("three"))
    for names in (("one", "two", "three"), ("three", "two", "one")):
        done = withdraw(published, names, INSTALLATION)
        assert (done.content, done.removed) == (content, frozenset(("one", "two", "three")))
    published = put(put(b"[x]\nk = v", wanted("one")), wanted("two"))
    done = withdraw(published, {"one", "two"}, INSTALLATION)
    assert (done.content, done.removed) == (b"[x]\nk = v", frozenset(("one", "two")))


def test_a_section_of_ours_that_stands_twice_becomes_one_and_no_other_is_touched() -> None:
    one = put(ABOVE, wanted("one", "ASIAPROD1"))
    prod = put(None).replace(b"x_rolecall_added = file\n", b"")
    renewed = put(one + prod + prod, wanted("prod", "ASIAPROD2"), DISPLACE)
    assert renewed == one + prod.replace(b"ASIAPROD1", b"ASIAPROD2")
