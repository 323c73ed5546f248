"""The short ways through a long file lead to the same end as the long ones."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from app.adapters.credentials_file.edit import Terms, publish
from app.adapters.credentials_file.edit_many import _publish_alone, publish_all
from app.adapters.credentials_file.lines import Kind, parse
from app.adapters.credentials_file.settled import _COMPARED, _PLAIN, holds
from app.adapters.credentials_file.spliced import Spliced, is_same, parts, whole
from app.domain.errors import RolecallError
from app.domain.published import Published
from tests.adapters.credentials_file.credfile_helpers import INSTALLATION, NAMES, contents, wanted

if TYPE_CHECKING:
    from pathlib import Path

LINES = (
    *(b"[prod]\n", b"[]\n", b"[a]]\n", b"[[a]\n", b"[a] # b\n", b"  [a]\n", b"\n", b" \n", b"\r\n"),
    *(b"# c\n", b"; c = d\n", b"junk\n", b"  more\n", b"=value\n", b"k=\n", b"key = value\n", b"key: value\n"),
    *(b"_k:x=y\n", b"\xc2\xa0= x\n", b"\xff= x\n", b"k = v\r\n", b"k = \xe2\x80\xa8x\n", b"k = v\x0b\n"),
)
KEYS = ("ASIAPROD1", "ASIAPROD2")
OURS = (
    b"[prod]\naws_access_key_id = ASIAPROD1\n# a note\noutput = json\n"
    b"x_rolecall = " + f"{INSTALLATION}/prod\n\n".encode()
)


@given(st.lists(st.sampled_from(LINES), max_size=8).map(b"".join) | contents())
@example(b"[a]\nk: v\n")
@settings(max_examples=200)
def test_what_is_plain_at_one_look_has_no_junk(content: bytes) -> None:
    if _PLAIN.fullmatch(content):
        assert not [line for line in parse(content).lines if line.kind is Kind.JUNK]


def test_nearly_all_files_are_plain_at_one_look() -> None:
    for content in (b"", b"[a]\nk = v\n\n# c\n[b]\nx=1\n", b"# head\n\n[a b]\naws_access_key_id=AKIA\n"):
        assert _PLAIN.fullmatch(content)
    for content in (b"k = v\n", b"[a]\njunk\n", b"[a]\nk = v", b"[a]\n k = v\n"):
        assert not _PLAIN.fullmatch(content)


@given(
    st.lists(st.sampled_from((*LINES, *(f"[{name}]\n".encode() for name in NAMES))), max_size=8).map(b"".join)
    | contents(),
    st.sampled_from((*NAMES, "a", "a]", "new", "a\ud800")),
    st.sampled_from(KEYS),
    st.booleans(),
)
@example(b"[new]\nk = v\n# [new]\n", "new", KEYS[0], False)
@example(b"[new]\nk = v\n  [deep]\nx = y\n", "new", KEYS[0], False)
@example(b"[DEFAULT]\naws_access_key_id = AKIA\n[new]\noutput = json\n", "new", KEYS[0], False)
@example(b"[DEFAULT]\nregion = x\n" + OURS, "prod", KEYS[1], True)
@example(OURS + b"[DEFAULT]\naws_access_key_id = AKIA\n" + OURS, "prod", KEYS[1], True)
@example(b"[prod]\nk = v\n[DEFAULT]\n" + OURS, "prod", KEYS[1], True)
@settings(max_examples=200)
def test_one_section_alone_is_written_as_in_the_whole(content: bytes, name: str, key_id: str, renewal: bool) -> None:
    section = wanted(name, key_id, region="eu-west-1")
    terms = Terms(installation=INSTALLATION, known_key_ids=frozenset(KEYS), renewal=renewal)
    new, (outcome,) = publish_all(content, [(section, terms)])
    told = outcome.code if isinstance(outcome, RolecallError) else outcome
    try:
        whole = publish(content, section, terms)
        wanted_outcome: Published | str = Published.GONE if whole is None else Published.WRITTEN
    except RolecallError as error:
        whole, wanted_outcome = None, error.code
    assert (new, told) == (content if whole is None else whole, wanted_outcome)


def test_a_section_in_a_plain_file_is_found_alone() -> None:
    content = b"".join(b"[other-%d]\nk = v\n\n" % number for number in range(50))
    terms = Terms(installation=INSTALLATION, known_key_ids=frozenset(KEYS), renewal=False)
    alone = _publish_alone(content, wanted("prod", KEYS[0]), terms)
    assert alone is not None
    first = whole(alone[0])
    assert first is not None
    again = _publish_alone(first + b"[last]\nk = v\n", wanted("prod", KEYS[1]), terms)
    assert again is not None
    assert whole(again[0]) == first.replace(KEYS[0].encode(), KEYS[1].encode()) + b"[last]\nk = v\n"
    assert _publish_alone(content + b"# [prod]\n[prod]\nk = v\n", wanted("prod", KEYS[0]), terms) is None


def test_what_stands_for_all_others_counts_where_our_keys_are_put_into_a_section() -> None:
    terms = Terms(installation=INSTALLATION, known_key_ids=frozenset(KEYS), renewal=False)
    default = b"[DEFAULT]\naws_access_key_id = AKIA\n"
    assert _publish_alone(default + b"[prod]\noutput = json\n", wanted("prod", KEYS[0]), terms) is None
    for alone in (default, OURS + default):
        written = _publish_alone(alone, wanted("prod", KEYS[1]), terms)
        assert written is not None
        assert written[1] == [Published.WRITTEN]


@given(st.binary(max_size=30), st.binary(max_size=5), st.integers(0, 30), st.integers(0, 30))
def test_what_is_spliced_is_what_is_put_together(base: bytes, new: bytes, one: int, other: int) -> None:
    start, stop = sorted(min(at, len(base)) for at in (one, other))
    spliced = Spliced(base=base, start=start, stop=stop, new=new)
    joined = base[:start] + new + base[stop:]
    assert whole(spliced) == joined == b"".join(parts(spliced))
    assert is_same(spliced, bytes(bytearray(joined)))
    assert is_same(spliced, base) == (joined == base) == is_same(spliced, bytes(bytearray(base)))
    assert not is_same(spliced, joined + b"!")
    assert not is_same(spliced, None)
    assert not is_same(None, joined)
    assert list(parts(joined)) == [joined] == [whole(joined)]
    assert is_same(None, None)


def test_what_is_spliced_shows_no_secret() -> None:
    assert "SECRET" not in repr(Spliced(base=b"SECRET", start=1, stop=2, new=b"SECRET"))


@pytest.mark.parametrize("size", [0, 1, _COMPARED - 1, _COMPARED, _COMPARED + 1, 3 * _COMPARED])
def test_a_file_is_compared_to_its_last_byte(tmp_path: Path, size: int) -> None:
    content = bytes(number % 251 for number in range(size))
    path = tmp_path / "file"
    path.write_bytes(content)
    with path.open("rb") as file:
        file.seek(size)
        assert holds(file.fileno(), content), "from its beginning"
        assert holds(file.fileno(), content)
        assert not holds(file.fileno(), content + b"x")
        for at in {0, size // 2, size - 1} if size else ():
            assert not holds(file.fileno(), content[:at] + b"\xff" + content[at + 1 :])
            assert not holds(file.fileno(), content[:at])
