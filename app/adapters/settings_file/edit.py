"""Changes to a TOML text that leave every other line as a person wrote it. Texts in, texts out.

An entry's comments and blank lines stay: what goes when an entry goes is from its header to its last key.
"""

from __future__ import annotations

import re
import tomllib
from typing import TYPE_CHECKING, Any

from app.adapters.settings_file.scan import Statement, scan

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

Path = tuple[str, ...]
_BARE_KEY = re.compile(r"[0-9A-Za-z_-]+")


def set_key(text: str, entry: Path, key: str, value: object) -> str:
    """Give `key` of the table `entry`, which exists, a value: in its place, or after the last key."""
    inline = _inline(text, entry)
    if inline is not None:
        return _change_inline(text, inline, entry, lambda table: table.__setitem__(key, value))
    path = (*entry, key)
    for each in scan(text):
        if not each.header and each.path == path:
            return text[: each.value_start] + render(value) + text[each.value_end :]
    return _insert_key(remove_key(text, entry, key), entry, key, value)


def set_key_of_many(text: str, entries: Sequence[Path], key: str, value: object) -> str:
    """Give `key` of all these tables one value; quicker than one by one."""
    paths = {(*entry, key): entry for entry in entries}
    for each in reversed(scan(text)):
        if not each.header and each.path in paths:
            del paths[each.path]
            text = text[: each.value_start] + render(value) + text[each.value_end :]
    for entry in paths.values():
        text = set_key(text, entry, key, value)
    return text


def remove_key(text: str, entry: Path, key: str) -> str:
    """Take `key` out of the table `entry`, however it is written; none there is fine."""
    inline = _inline(text, entry)
    if inline is not None:
        return _change_inline(text, inline, entry, lambda table: table.pop(key, None))
    return _remove_under(text, (*entry, key))


def add_entry(text: str, entry: Path, table: Mapping[str, object]) -> str:
    """Add a table after the last one of its kind, or at the end."""
    inline = _inline(text, entry[:-1])
    if inline is not None:
        return _change_inline(text, inline, entry[:-1], lambda parent: parent.__setitem__(entry[-1], dict(table)))
    return _with_tables(text, entry[:-1], {entry[-1]: table})


def add_entries(text: str, kind: str, tables: Mapping[str, Mapping[str, object]]) -> str:
    """Add the tables `[kind.NAME]` after the last one of their kind, in one go: the same as one by one."""
    inline = _inline(text, (kind,))
    if inline is not None:
        return _change_inline(text, inline, (kind,), lambda parent: parent.update(_plain(tables)))
    return _with_tables(text, (kind,), tables)


def _plain(tables: Mapping[str, Mapping[str, object]]) -> dict[str, dict[str, object]]:
    return {name: dict(table) for name, table in tables.items()}


def _with_tables(text: str, above: Path, tables: Mapping[str, Mapping[str, object]]) -> str:
    newline = _newline(text)
    lines: list[str] = []
    for name, table in tables.items():
        lines += [""] if lines else []
        lines.append(f"[{_dotted((*above, name))}]")
        lines += [f"{render_key(key)} = {render(value)}" for key, value in table.items()]
    at = _place(text, (*above, ""))
    before = text[:at]
    if before and not before.endswith("\n"):
        before += newline
    gap = newline if before.strip() and not before.endswith(("\n\n", "\n\r\n")) else ""
    after = text[at:]
    behind = newline if after and not after.startswith(("\n", "\r\n")) else ""
    return f"{before}{gap}{newline.join(lines)}{newline}{behind}{after}"


def remove_entry(text: str, entry: Path) -> str:
    """Take a table out, with what is below it."""
    inline = _inline(text, entry[:-1])
    if inline is not None:
        return _change_inline(text, inline, entry[:-1], lambda parent: parent.pop(entry[-1], None))
    return _remove_under(text, entry)


def rename_entry(text: str, entry: Path, name: str) -> str:
    """Give a table another name, in its place."""
    last = len(entry) - 1
    inline = _inline(text, entry[:-1])
    if inline is not None:
        return _change_inline(text, inline, entry[:-1], lambda parent: _rename(parent, entry[-1], name))
    for each in reversed(scan(text)):
        own = last - len(each.base)
        if each.under(entry) and own >= 0:
            keys = (*each.keys[:own], name, *each.keys[own + 1 :])
            text = text[: each.key_start] + _dotted(keys) + text[each.key_end :]
    return text


def render(value: object) -> str:
    """Write a value as TOML in one line; a text that is several lines long stays several lines."""
    import tomlkit

    if isinstance(value, str):
        # Single quotes spare the backslashes: policies are full of double quotes.
        control = any(not (character.isprintable() or character in "\n\t") for character in value)
        literal = "'" not in value and not control and ('"' in value or "\\" in value)
        multiline = literal and "\n" in value
        if literal and not multiline:
            return tomlkit.string(value, literal=True).as_string()
        return f"'''\n{value}'''" if multiline else tomlkit.string(value).as_string()
    if isinstance(value, dict):
        return "{" + ", ".join(f"{render_key(key)} = {render(each)}" for key, each in value.items()) + "}"
    if isinstance(value, list | tuple):
        return f"[{', '.join(render(each) for each in value)}]"
    return tomlkit.item(value).as_string()


def render_key(key: str) -> str:
    """Write a key, in quotes where it needs them."""
    import tomlkit

    return key if _BARE_KEY.fullmatch(key) else tomlkit.string(key).as_string()


def _dotted(path: Path) -> str:
    return ".".join(render_key(key) for key in path)


def _newline(text: str) -> str:
    return "\r\n" if "\r\n" in text else "\n"


def _inline(text: str, path: Path) -> Statement | None:
    """The statement that says the table at `path` as a value, `a = {…}`, itself or one of the tables around it."""
    for each in scan(text):
        if not each.header and path[: len(each.path)] == each.path:
            return each
    return None


def _change_inline(text: str, statement: Statement, path: Path, change: Any) -> str:  # noqa: ANN401  # a callback that may return anything
    value: dict[str, Any] = tomllib.loads(f"v = {text[statement.value_start : statement.value_end]}")["v"]
    table = value
    for key in path[len(statement.path) :]:
        table = table[key]
    change(table)
    return text[: statement.value_start] + render(value) + text[statement.value_end :]


def _rename(parent: dict[str, Any], old: str, new: str) -> None:
    items = list(parent.items())
    parent.clear()
    parent.update({new if key == old else key: value for key, value in items})


def _insert_key(text: str, entry: Path, key: str, value: object) -> str:
    newline = _newline(text)
    statements = scan(text)
    own = [each for each in statements if each.path == entry and each.header]
    pairs = [each for each in statements if not each.header and each.under(entry) and len(each.base) <= len(entry)]
    if own:
        last = [*own, *(each for each in pairs if each.base == entry)][-1]
        base = entry
    elif pairs:
        last = pairs[-1]
        base = last.base
    else:
        # Only tables below it are written: its own header goes before them.
        first = next(each for each in statements if each.under(entry))
        header = f"[{_dotted(entry)}]{newline}{render_key(key)} = {render(value)}{newline}{newline}"
        return text[: first.start] + header + text[first.start :]
    indent = "" if last.header else text[last.start : last.key_start]
    line = f"{indent}{_dotted((*entry, key)[len(base) :])} = {render(value)}{newline}"
    before = text[: last.end]
    if not before.endswith("\n"):
        before += newline
    return before + line + text[last.end :]


def _place(text: str, entry: Path) -> int:
    """Where a new table goes: behind the last one of its kind and the comment lines that follow it directly."""
    statements = scan(text)
    same = [number for number, each in enumerate(statements) if len(entry) > 1 and each.under(entry[:-1])]
    if not same:
        return len(text)
    last = statements[same[-1]]
    follower = statements[same[-1] + 1] if same[-1] + 1 < len(statements) else None
    if follower is None:
        return len(text)
    if not follower.header:
        return len(text)
    at = last.end
    for line in text[last.end : follower.start].splitlines(keepends=True):
        if not line.strip():
            return at
        at += len(line)
    # The comment reaches down to the next header: it is that one's.
    return last.end


def _remove_under(text: str, path: Path) -> str:
    statements = scan(text)
    for begin, end in reversed(_spans(statements, path)):
        text = _cut(text, begin, end)
    return text


def _spans(statements: Sequence[Statement], path: Path) -> list[tuple[int, int]]:
    """The stretches of text that say something at or below `path`, each from a header or key to its last key."""
    spans: list[tuple[int, int]] = []
    joined = False
    for each in statements:
        inside = each.under(path)
        if inside and joined and not each.header and each.base[: len(path)] == path:
            spans[-1] = (spans[-1][0], each.end)
        elif inside:
            spans.append((each.start, each.end))
        joined = inside
    return spans


def _cut(text: str, begin: int, end: int) -> str:
    before, after = text[:begin], text[end:]
    if not before.strip("\r\n") or before.endswith(("\n\n", "\n\r\n")):
        # The blank line that set it off goes with it.
        if after.startswith(("\n", "\r\n")):
            after = after[2:] if after.startswith("\r\n") else after[1:]
        elif not after:
            before = before.removesuffix("\n").removesuffix("\r")
    return before + after
