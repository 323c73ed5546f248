"""Any change to any way of writing: the text says what it was meant to say, and foreign lines stay as they are."""

from __future__ import annotations

import copy
import tomllib
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.adapters.settings_file import edit

NAMES = st.sampled_from(["a", "b.c", "d e", "é", "x-1"])
VALUES = st.sampled_from(["v", 'say "x"', "two\nlines", 7, True, ["p", "q"], {"k": "v", "l m": 1}])
KEYS = st.sampled_from(["source", "tags", "odd key", "n"])
TABLES = st.dictionaries(KEYS, VALUES, max_size=3)
COMMENT = "# a comment of a person"


def written(name: str, table: dict[str, Any], form: int, kind: str = "profile") -> str:
    """An entry in one of the ways that TOML has for it. Forms from 3 on stand before every header."""
    key = edit.render_key(name)
    pairs = [f"{edit.render_key(each)} = {edit.render(value)}" for each, value in table.items()]
    if form == 0:
        return "\n".join([f"[{kind}.{key}]  {COMMENT}", *pairs, "", COMMENT, ""])
    if form == 1:
        plain = [pair for pair, value in zip(pairs, table.values(), strict=True) if not isinstance(value, dict)]
        below = [
            f"[{kind}.{key}.{edit.render_key(each)}]\n"
            + "\n".join(f"{edit.render_key(part)} = {edit.render(content)}" for part, content in value.items())
            for each, value in table.items()
            if isinstance(value, dict)
        ]
        return "\n".join([COMMENT, f"[ {kind} . {key} ]", *(f"  {each} {COMMENT}" for each in plain), *below, ""])
    if form == 2:
        return "\n".join([f"[{kind}.{key}]", *pairs])
    if form == 3 and pairs:
        return "\n".join(f"{kind}.{key}.{pair}" for pair in pairs)
    return f"{kind}.{key} = {edit.render(table)}  {COMMENT}"


def said(text: str) -> list[str]:
    return [line for line in text.splitlines() if line.strip()]


@st.composite
def documents(draw: st.DrawFn) -> str:
    entries = draw(st.dictionaries(NAMES, TABLES, max_size=4))
    # Dotted keys close a table for headers, so a document has the one or the other for a kind.
    forms = st.integers(3, 4) if draw(st.booleans()) else st.integers(0, 2)
    parts = [written(name, table, draw(forms)) for name, table in entries.items()]
    people = written("who", {"n": 1}, draw(st.integers(0, 2)), kind="identity")
    return "\n".join([COMMENT, "schema = 1", *parts, people]) + draw(st.sampled_from(["", "\n", "\n\n# the end"]))


@given(documents(), NAMES, NAMES, KEYS, VALUES, TABLES)
def test_every_change_says_what_it_was_meant_to_say(
    text: str,
    name: str,
    other: str,
    key: str,
    value: object,
    table: dict[str, Any],
) -> None:
    before = tomllib.loads(text)
    profiles = before.get("profile", {})
    comments = text.count(COMMENT)
    expected = copy.deepcopy(before)
    if name not in profiles:
        changed = edit.add_entry(text, ("profile", name), table)
        expected.setdefault("profile", {})[name] = table
        assert changed.count(COMMENT) == comments
        assert said(edit.remove_entry(changed, ("profile", name))) == said(text)
    else:
        changed = edit.set_key(text, ("profile", name), key, value)
        expected["profile"][name][key] = value
        removed = edit.remove_key(changed, ("profile", name), key)
        left = {each: content for each, content in expected["profile"][name].items() if each != key}
        assert tomllib.loads(removed).get("profile", {}).get(name, {}) == left
        if other not in profiles:
            renamed = tomllib.loads(edit.rename_entry(changed, ("profile", name), other))
            assert renamed["profile"] == {
                other if each == name else each: profiles_table for each, profiles_table in expected["profile"].items()
            }
        gone = tomllib.loads(edit.remove_entry(changed, ("profile", name))).get("profile", {})
        assert gone == {each: content for each, content in expected["profile"].items() if each != name}
    assert tomllib.loads(changed) == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a = 1\r\n[profile.x]\r\nsource = 's'\r\n# of x\r\n\r\n# of the next\r\n[provider.y]\r\n",
        "[profile.x]\nsource = 's'\n# of x\n[identity.z]\nk = 1",
        "[profile]\nx = {source = 's'}\n",
        "profile = {x = {source = 's'}}\n",
        "[profile.x]\nsource = 's'\n\n\n[provider.y]\n",
    ],
)
def test_many_entries_are_added_as_one_by_one(text: str) -> None:
    tables: dict[str, dict[str, object]] = {"b c": {"source": "s", "n": 1}, "a": {"source": "t"}, "d": {}}
    one_by_one = text
    for name, table in tables.items():
        one_by_one = edit.add_entry(one_by_one, ("profile", name), table)
    assert edit.add_entries(text, "profile", tables) == one_by_one
