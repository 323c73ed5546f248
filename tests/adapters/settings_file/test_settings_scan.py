from __future__ import annotations

import tomllib
from typing import Any

import pytest
import tomlkit
from hypothesis import given
from hypothesis import strategies as st

from app.adapters.settings_file.edit import render, render_key
from app.adapters.settings_file.scan import Lines, scan

TRICKY = '''\
# comment with [a.header] and key = "value"
schema = 1   # not "a string
  indented = 'lit # eral \\'
multi = """
[not.a.header]
key = "no \\""" end"""
literal = \'\'\'
[nor.this]\'\'\'\'\'
array = [ # comment ]
  "a]", 'b[', # ] more
  [1, {x = "}"}],
]
inline = { a = "}", b = [1, 2], "c d" = 1 } # trailing }
a . "b c" . 'd.e' = 1
date = 1979-05-27 07:32:00

[table]  # [other]
k = true
  [ table . "sub ] table" ]
k = 1
[[list.of]]
k = 1
[[list.of]]
k = 2
"""quoted"""
'''.replace('"""quoted"""\n', '"quoted key" = -0.5e3')


def test_statements_are_found_where_they_are() -> None:
    tomllib.loads(TRICKY)
    found = [(each.header, each.path, TRICKY[each.value_start : each.value_end]) for each in scan(TRICKY)]
    assert [(header, path) for header, path, _ in found] == [
        (False, ("schema",)),
        (False, ("indented",)),
        (False, ("multi",)),
        (False, ("literal",)),
        (False, ("array",)),
        (False, ("inline",)),
        (False, ("a", "b c", "d.e")),
        (False, ("date",)),
        (True, ("table",)),
        (False, ("table", "k")),
        (True, ("table", "sub ] table")),
        (False, ("table", "sub ] table", "k")),
        (True, ("list", "of")),
        (False, ("list", "of", "k")),
        (True, ("list", "of")),
        (False, ("list", "of", "k")),
        (False, ("list", "of", "quoted key")),
    ]
    document = tomllib.loads(TRICKY)
    for header, path, value in found[:8]:
        assert not header
        wanted: Any = document
        for key in path:
            wanted = wanted[key]
        assert tomllib.loads(f"v = {value}")["v"] == wanted


@pytest.mark.parametrize("end", ["", "\n", "\r\n"])
def test_any_line_end_will_do(end: str) -> None:
    text = "a = 1\r\n[b]\r\nc = 2" + end
    assert [each.path for each in scan(text)] == [("a",), ("b",), ("b", "c")]
    assert scan(text)[-1].end == len(text)
    assert text[scan(text)[0].value_start : scan(text)[0].value_end] == "1"


@pytest.mark.parametrize(
    ("path", "line"),
    [
        (("schema",), 2),
        (("array",), 9),
        (("inline", "b"), 13),
        (("a",), 14),
        (("table",), 17),
        (("table", "k"), 18),
        (("table", "sub ] table", "k"), 20),
        (("table", "nothing"), 0),
        (("nobody",), 0),
        ((), 0),
    ],
)
def test_lines_are_counted_as_editors_do(path: tuple[str, ...], line: int) -> None:
    assert Lines(TRICKY).line_of(path) == line


TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\x7f"), max_size=12)
VALUES = st.recursive(
    st.booleans() | st.integers(-(2**60), 2**60) | TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
    max_leaves=6,
)


@given(VALUES)
def test_any_value_is_rendered_as_toml(value: object) -> None:
    assert tomllib.loads(f"v = {render(value)}")["v"] == value


@given(TEXT)
def test_any_key_is_rendered_as_toml(key: str) -> None:
    assert tomllib.loads(f"{render_key(key)} = 1") == {key: 1}


@pytest.mark.parametrize(
    "text", ["a\n", "\na", '{\n "a": "\\n"\n}', "it's\nso", "a\r\nb", "'''", "\\", 'say "x"', "\t", "\x7f"]
)
def test_texts_that_need_care(text: str) -> None:
    assert tomllib.loads(f"v = {render(text)}")["v"] == text


@given(st.dictionaries(TEXT, st.dictionaries(TEXT, VALUES, max_size=3), max_size=3))
def test_what_another_library_wrote_is_found(document: dict[str, Any]) -> None:
    text = tomlkit.dumps(document)
    statements, lines = scan(text), Lines(text)
    for name, table in document.items():
        for key in table:
            assert lines.line_of((name, key)) > 0
    assert [each for each in statements if each.path[0] not in document] == []
