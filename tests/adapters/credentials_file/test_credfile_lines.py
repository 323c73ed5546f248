from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given

from app.adapters.credentials_file.diagnose import diagnose
from app.adapters.credentials_file.lines import Kind, parse, pieces, rename_header
from tests.adapters.credentials_file.credfile_helpers import INSTALLATION, contents, read_as_botocore

if TYPE_CHECKING:
    from pathlib import Path


@given(contents())
def test_joined_lines_are_the_file(content: bytes) -> None:
    assert b"".join(line.raw for line in parse(content).lines) == content


@given(contents())
@example(b"[a]\n  [b]\n[c\n[d]\n[]\n[e] x\n k\n")
def test_pieces_are_read_as_the_whole(content: bytes) -> None:
    cut = pieces(content)
    assert b"".join(cut) == content
    assert [line for piece in cut for line in parse(piece).lines] == parse(content).lines


@given(contents())
@example(b"[a]\nk = v\n  [prod]\n")
@example(b"[a]\n  [prod]\nk=v\n")
@example(b"[a] x]\nk=v\n")
@example(b"[a]\n  k = v\n    # comment\n\n   more\n  j = w\n")
def test_sections_and_keys_are_those_of_botocore(scratch: Path, content: bytes) -> None:
    theirs = read_as_botocore(scratch, content)
    document = parse(content)
    if theirs is None:
        return
    defaults = {
        name: value for section in document.named("DEFAULT") for name, value in document.values(section).items()
    }
    ours = {
        section.name: {**defaults, **document.values(section)}
        for section in document.sections
        if section.name != "DEFAULT"
    }
    assert ours.keys() == theirs.keys()
    for name, values in ours.items():
        assert values.keys() == theirs[name].keys()
        for key, value in values.items():
            read = theirs[name][key]
            if isinstance(read, str):
                assert value == read.split("\n")[0].strip()


@given(contents())
@example(b"\xef\xbb\xbf")
@example(b"\xef\xbb\xbf# comment\n")
@example(b"[a]\ns3 =\n  no equals sign\n")
@example(b"[a]\ns3 =\n\n  # c\n  a = b\n  c\n")
@example(b"[a]\nk=1\nK=2\n")
@example(b"[DEFAULT]\na=1\n[DEFAULT]\na=2\n")
@example(b"[DEFAULT]\n[DEFAULT]\n")
@example(b"[DEFAULT]\ns3=\n  junk\n")
@example(b"[DEFAULT]\ns3=\n  junk\n[a]\n")
@example(b"[DEFAULT]\ns3=\n  junk\n[a]\ns3=1\n")
def test_a_line_is_named_exactly_when_botocore_refuses_the_file(scratch: Path, content: bytes) -> None:
    refused = read_as_botocore(scratch, content) is None
    blinding = [finding for finding in diagnose(content, installation=INSTALLATION) if finding.blinds]
    assert bool(blinding) == refused
    assert all(1 <= finding.line <= max(1, len(parse(content).lines)) for finding in blinding)


@pytest.mark.parametrize(
    ("content", "code", "line"),
    [
        (b"\xef\xbb\xbf[a]\n", "byte-order-mark", 1),
        (b"[a]\nk = v\n\n[a]\n", "section-twice", 4),
        (b"[a]\nk = v\nK = w\n", "key-twice", 3),
        (b"[a]\nk = v\njunk\n", "junk-line", 3),
        (b"k = v\n[a]\n", "junk-line", 1),
        (b"[a]\nk = \xe9\n", "not-utf-8", 2),
        (b"[a]\ns3 =\n  a = b\n  c\n", "nested-junk", 4),
        (b"[a]\naws_session_token = x\naws_security_token = y\n", "stale-security-token", 3),
        (b"[DEFAULT]\naws_security_token = y\n", "default-section", 1),
        (b"[b]\n[a--kept-by-rolecall]\nk = v\n", "section-orphaned", 2),
        (b"[a]\nx_rolecall = other/a\n", "section-of-other-installation", 1),
        (b"[a]\nx_rolecall = 7f3a9c/a\nsso_session = x\n", "keys-ignored", 3),
        (b"[a]\nx_rolecall = 7f3a9c/a\n  [b]\n", "value-continued", 3),
    ],
)
def test_a_finding_names_its_line(content: bytes, code: str, line: int) -> None:
    assert (code, line) in {(found.code, found.line) for found in diagnose(content, installation=INSTALLATION)}


def test_nothing_is_found_in_a_file_that_is_well() -> None:
    ours = b"[prod]\nx_rolecall = 7f3a9c/prod\nx_rolecall_added = displaced\n"
    content = b"# mine\n[a]\nk = v\n" + ours + b"[prod--kept-by-rolecall]\nk = v\n"
    assert diagnose(content, installation=INSTALLATION, mode=0o600) == ()


def test_a_wide_mode_and_a_second_name_are_found() -> None:
    found = diagnose(b"", installation=INSTALLATION, mode=0o640, links=2)
    assert [finding.code for finding in found] == ["file-mode-wide", "file-hard-linked"]
    assert "0640" in found[0].detail


def test_findings_show_no_values() -> None:
    content = b"CANARY\n[a]\naws_session_token = CANARY1\naws_security_token = CANARY2\nk = CANARY\n" * 2
    assert "CANARY" not in repr(diagnose(content, installation=INSTALLATION))


def test_a_lone_carriage_return_ends_a_line() -> None:
    assert [line.kind for line in parse(b"[a]\rk=v\r").lines] == [Kind.HEADER, Kind.KEY]


@pytest.mark.parametrize("raw", [b"[prod]\r\n", b"  [prod] # x\n", b"\xef\xbb\xbf[prod]"])
def test_renaming_a_header_touches_the_name_alone(raw: bytes) -> None:
    assert rename_header(raw, "new") == raw.replace(b"prod", b"new")
    assert rename_header(rename_header(raw, "new"), "prod") == raw
