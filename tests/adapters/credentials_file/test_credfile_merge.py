"""What two writers made of one file, brought together section by section."""

from __future__ import annotations

import pytest

from app.adapters.credentials_file.lines import BOM_BYTES
from app.adapters.credentials_file.merge import merge

BASE = b"# head\n[a]\nk = 1\n[b]\nk = 1\n"


@pytest.mark.parametrize(
    ("theirs", "now", "merged"),
    [
        # One of both changed something, or none.
        (BASE, BASE, BASE),
        (BASE, BASE + b"[c]\nk = 1\n", BASE + b"[c]\nk = 1\n"),
        (BASE + b"[c]\nk = 1\n", BASE, BASE + b"[c]\nk = 1\n"),
        (BASE.replace(b"[b]\nk = 1", b"[b]\nk = 2"), BASE, BASE.replace(b"[b]\nk = 1", b"[b]\nk = 2")),
        (BASE.replace(b"# head", b"# other"), BASE, BASE.replace(b"# head", b"# other")),
        (b"# head\n[b]\nk = 1\n", BASE, b"# head\n[b]\nk = 1\n"),
        (BASE, b"# head\n[b]\nk = 1\n", b"# head\n[b]\nk = 1\n"),
        # Each another section.
        (
            b"# head\n[a]\nk = 2\n[b]\nk = 1\n[c]\nk = 3\n",
            b"# head\n[a]\nk = 1\n[b]\nk = 4\n[d]\nk = 5\n",
            b"# head\n[a]\nk = 2\n[b]\nk = 4\n[d]\nk = 5\n[c]\nk = 3\n",
        ),
        (b"# head\n[a]\nk = 1\n", b"# head\n[b]\nk = 1\n", b"# head\n"),
        # Both the same one: the later stays.
        (b"# head\n[a]\nk = 2\n[b]\nk = 1\n", b"# head\n[a]\nk = 3\n[b]\nk = 1\n", b"# head\n[a]\nk = 3\n[b]\nk = 1\n"),
        (b"# head\n[b]\nk = 1\n", b"# head\n[a]\nk = 3\n[b]\nk = 1\n", b"# head\n[a]\nk = 3\n[b]\nk = 1\n"),
        (b"# head\n[a]\nk = 2\n[b]\nk = 1\n", b"# head\n[b]\nk = 1\n", b"# head\n[b]\nk = 1\n"),
        (BASE + b"[c]\nk = 1\n", BASE + b"[c]\nk = 2\n", BASE + b"[c]\nk = 2\n"),
    ],
)  # fmt: skip
def test_changes_of_both_are_kept(theirs: bytes, now: bytes, merged: bytes) -> None:
    assert merge(BASE, theirs, now) == merged


def test_sections_of_one_name_are_counted() -> None:
    base = b"[a]\nk = 1\n[a]\nk = 2\n"
    assert merge(base, b"[a]\nk = 1\n[a]\nk = 3\n", base) == b"[a]\nk = 1\n[a]\nk = 3\n"
    assert merge(base, base + b"[a]\nk = 4\n", base) == base + b"[a]\nk = 4\n"
    assert merge(base, b"[a]\nk = 1\n", base) == b"[a]\nk = 1\n"


@pytest.mark.parametrize("end", [b"\n", b"\r\n"])
def test_what_had_no_line_end_gets_that_of_the_file(end: bytes) -> None:
    base = b"[a]" + end + b"k = 1"
    now = base + end + b"[ours]" + end + b"k = 2"
    theirs = base + end + b"[theirs]" + end + b"k = 3"
    merged = merge(base, theirs, now)
    assert merged == now + end + b"[theirs]" + end + b"k = 3"


def test_a_byte_order_mark_is_a_part_of_what_stands_above_all() -> None:
    base = BOM_BYTES + b"[a]\nk = 1\n"
    assert merge(base, base + b"[b]\n", base) == base + b"[b]\n"
    assert merge(base, base[3:], base) == base[3:]
    assert merge(base[3:], base, base[3:]) == base
    assert merge(BOM_BYTES, BOM_BYTES + b"[b]\n", BOM_BYTES + b"[a]\n") == BOM_BYTES + b"[a]\n[b]\n"


def test_of_an_empty_file_and_to_it() -> None:
    assert merge(b"", b"[a]\n", b"[b]\n") == b"[b]\n[a]\n"
    assert merge(b"[a]\n", b"", b"[a]\n") == b""
    assert merge(b"", b"# only words", b"") == b"# only words"
