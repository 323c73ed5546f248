"""The bytes of the file at their edges: what lines are, what marks say, what is written to the byte."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest

from app.adapters.credentials_file import marks, settled
from app.adapters.credentials_file.edit import Terms
from app.adapters.credentials_file.edit import publish as publish_into
from app.adapters.credentials_file.edit import withdraw as withdraw_from
from app.adapters.credentials_file.lines import (
    Kind,
    header_name,
    line_end,
    parse,
    pieces,
    preferred_end,
    rename_header,
    shown,
)
from app.domain.errors import BadInput, StorageTrouble
from app.domain.published import Origin
from tests.adapters.credentials_file.credfile_helpers import INSTALLATION, wanted

# --- Lines -----------------------------------------------------------------------------------------------------------


def test_small_helpers_of_lines() -> None:
    assert [line_end(raw) for raw in (b"a\r\n", b"a\n", b"a\r", b"a", b"")] == [b"\r\n", b"\n", b"\r", b"", b""]
    assert [preferred_end(raw) for raw in (b"a\r\nb\n", b"a\nb\r\n", b"\n\r\n", b"\r\n", b"a", b"")] == [
        b"\r\n",
        b"\n",
        b"\n",
        b"\r\n",
        b"\n",
        b"\n",
    ]
    assert pieces(b"# x\n[a]\nk\n [b]\n[c]\n") == [b"# x\n", b"[a]\nk\n [b]\n", b"[c]\n"]
    assert pieces(b"[a]\n") == [b"[a]\n"]
    assert pieces(b"[a]\r\n[b]\n") == [b"[a]\r\n[b]\n"]
    assert pieces(b"") == []
    assert shown("a\x1bb\u202ec é") == "a\ufffdb\ufffdc é"
    named = ("[a]", "[a]]", "[a", "a]", "[]", "[b] # ]", "[ ]", "[a] x")
    assert [header_name(text) for text in named] == ["a", "a]", None, None, None, "b] # ", " ", "a"]
    assert rename_header(b"  [a] # x\r\n", "bc") == b"  [bc] # x\r\n"
    assert rename_header(b"[[a]]\n", "b") == b"[b]\n"


@pytest.mark.parametrize(
    ("content", "kinds"),
    [
        (b"k = v\n[a]\n", "JUNK HEADER"),
        (b"[a]\nk = v\n more\n\n  more\n", "HEADER KEY CONTINUATION BLANK CONTINUATION"),
        (b"[a]\n k = v\n more\n  more\nl: w\n", "HEADER KEY KEY? CONTINUATION KEY"),
        (b"[a]\njunk\n = v\n", "HEADER JUNK JUNK"),
        (b"[a]\nk = v\n  [b]\n[c]\n  x = 1\n", "HEADER KEY CONTINUATION HEADER KEY"),
        (b"\xef\xbb\xbf[a]\n# x\n ; y\n", "HEADER COMMENT COMMENT"),
        (b"[a]\n\xef\xbb\xbf[b]\n", "HEADER JUNK"),
    ],
)
def test_what_lines_are(content: bytes, kinds: str) -> None:
    found = [line.kind for line in parse(content).lines]
    assert [each.name for each in found] == kinds.replace("KEY?", "JUNK").split()


def test_names_and_values_of_keys() -> None:
    document = parse(b"[a]\nName = v = w : x\nother: a = b\n  UPPER=1\nname = again\n[a]\nk=2\n")
    first, second = document.named("a")
    assert document.values(first) == {"name": "v = w : x", "other": "a = b"}
    assert document.values(second) == {"k": "2"}
    assert [line.kind for line in document.body(first)] == [Kind.KEY, Kind.KEY, Kind.CONTINUATION, Kind.KEY]
    assert (first.start, first.stop, second.start, second.stop) == (0, 5, 5, 7)
    assert document.named("b") == ()
    (third,) = parse(b"[a]\nk:x:y\nX = 1\nXX\n#c\n").sections
    assert parse(b"[a]\nk:x:y\nX = 1\n").values(third) == {"k": "x:y", "x": "1"}


# --- Marks -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("values", "stale"),
    [
        ({}, False),
        ({"aws_security_token": "a"}, False),
        ({"aws_security_token": "a", "aws_session_token": "a"}, False),
        ({"aws_security_token": "a", "aws_session_token": "b"}, True),
        ({"aws_security_token": "a", "aws_access_key_id": "AKIA1"}, True),
        ({"aws_security_token": "", "aws_access_key_id": "AKIA1"}, False),
        ({"aws_security_token": "a", "aws_access_key_id": "ASIA1"}, False),
        ({"aws_session_token": "a", "aws_access_key_id": "AKIA1"}, False),
    ],
)
def test_a_token_under_the_old_name(values: dict[str, str], stale: bool) -> None:
    assert marks.stale_token(values) is stale


def test_times_in_the_file() -> None:
    east = datetime(2026, 11, 22, 3, 23, 45, 999_999, tzinfo=timezone(timedelta(hours=2)))
    assert marks.format_time(east) == "2026-11-22T01:23:45Z"
    assert marks.parse_time("2026-11-22T03:23:45+02:00") == datetime(2026, 11, 22, 1, 23, 45, tzinfo=UTC)
    for text in ("", "soon", "2026-11-22T01:23:45", "0001-01-01T00:00:00+01:00"):
        assert marks.parse_time(text) is None


def test_marks_are_read_as_they_are_written() -> None:
    values = {"x_rolecall": marks.mark("7f3a", "a/b"), "x_rolecall_added": "file  region"}
    assert values["x_rolecall"] == "7f3a/a/b"
    assert marks.read_mark(values) == ("7f3a", "a/b")
    assert marks.read_mark({}) == ("", "")
    assert marks.added_words(values) == {"file", "region"}
    assert marks.added_words({}) == frozenset()
    assert marks.origin(values, "7f3a") is Origin.OURS
    assert marks.origin(values, "other") is Origin.OTHER_INSTALLATION
    assert marks.origin({"x_rolecall": "/prod"}, "") is Origin.FOREIGN


@pytest.mark.parametrize(
    ("name", "detail"),
    [
        ("", "'': It must not be empty, nor begin or end with a blank."),
        (" a", "' a': It must not be empty, nor begin or end with a blank."),
        ("a\t", "'a\\t': It must not be empty, nor begin or end with a blank."),
        ("a]", "'a]': It must not contain control characters, line breaks or a closing square bracket."),
        ("a\u2028b", "'a\\u2028b': It must not contain control characters, line breaks or a closing square bracket."),
        (
            "DEFAULT",
            (
                "'DEFAULT': The AWS CLI takes a section of this name as defaults for all profiles; the profile is "
                "called default."
            ),
        ),
        (
            "a--kept-by-rolecall",
            (
                "'a--kept-by-rolecall': Names that end with --kept-by-rolecall are kept for sections that were set "
                "aside."
            ),
        ),
    ],
)
def test_why_a_name_is_refused(name: str, detail: str) -> None:
    with pytest.raises(BadInput) as caught:
        marks.check_name(name)
    problem = caught.value.problem
    assert (problem.code, problem.field, problem.detail) == ("aws-profile-invalid", "aws_profile", detail)
    assert problem.title == "This AWS profile name cannot be used"
    assert problem.remedy == "Choose another AWS profile name for this profile."


@pytest.mark.parametrize("value", ["", " a", "a\n", "a\x7fb", "a\x85b", "a\ud800"])
def test_why_a_value_is_refused(value: str) -> None:
    marks.check_value("region", "a b")
    with pytest.raises(BadInput) as caught:
        marks.check_value("region", value)
    problem = caught.value.problem
    assert (problem.code, problem.field) == ("value-invalid", "region")
    assert problem.title == "A value cannot be written to the credentials file"
    assert problem.detail == "region is empty, has blanks around it, or contains control characters."
    assert problem.remedy == "Obtain the credentials again; if this stays, look at what answered in place of AWS."


# --- Into the bytes, and out again -----------------------------------------------------------------------------------


TERMS = Terms(installation=INSTALLATION, known_key_ids=frozenset({"ASIAPROD1"}), renewal=False)
OURS = (
    b"aws_access_key_id = ASIAPROD1\naws_secret_access_key = se/cr+et=;#\naws_session_token = IQoJ=to:ken==\n"
    b"x_security_token_expires = 2026-11-22T01:23:45Z\n"
)
MARK = b"x_rolecall = 7f3a9c/prod\n"


@pytest.mark.parametrize(
    ("before", "region", "after"),
    [
        (None, None, b"[prod]\n" + OURS + MARK + b"x_rolecall_added = file\n"),
        (b"", None, b"[prod]\n" + OURS + MARK),
        (b"", "eu-west-1", b"[prod]\n" + OURS + b"region = eu-west-1\n" + MARK + b"x_rolecall_added = region\n"),
        (b"[a]\nk = v", None, b"[a]\nk = v\n[prod]\n" + OURS + MARK + b"x_rolecall_added = line-end\n"),
        (
            b"[prod]\nregion = us-east-1\n# note\n\n[b]\n",
            "eu-west-1",
            b"[prod]\nregion = us-east-1\n" + OURS + MARK + b"x_rolecall_added = keys-only\n# note\n\n[b]\n",
        ),
        (
            b"[prod]\noutput = json\n",
            "eu-west-1",
            b"[prod]\noutput = json\n"
            + OURS
            + b"region = eu-west-1\n"
            + MARK
            + b"x_rolecall_added = keys-only region\n",
        ),
        (b"[prod]", None, b"[prod]\n" + OURS + MARK + b"x_rolecall_added = keys-only line-end\n"),
        (
            b"[prod]\n  s3 =\n    a = b\n",
            None,
            b"[prod]\n  s3 =\n    a = b\n"
            + b"".join(
                b"  " + line for line in (OURS + MARK + b"x_rolecall_added = keys-only\n").splitlines(keepends=True)
            ),
        ),
    ],
)
def test_the_bytes_that_are_written(before: bytes | None, region: str | None, after: bytes) -> None:
    written = publish_into(before, wanted(region=region), TERMS)
    assert written == after
    undone = withdraw_from(after, ["prod"], INSTALLATION)
    assert (undone.content, set(undone.removed), undone.delete) == (before or b"", {"prod"}, before is None)
    assert publish_into(after, wanted(region=region), TERMS) == after


def test_crlf_files_stay_such() -> None:
    written = publish_into(b"[a]\r\nk = v", wanted(), TERMS)
    assert written is not None
    assert written.count(b"\r\n") == written.count(b"\n")
    assert b"x_rolecall_added = line-end-crlf\r\n" in written
    assert withdraw_from(written, ["prod"], INSTALLATION).content == b"[a]\r\nk = v"


def test_a_region_goes_when_the_profile_has_none_any_more_but_a_persons_stays() -> None:
    with_ours = publish_into(b"", wanted(region="eu-west-1"), TERMS)
    assert publish_into(with_ours, wanted(), TERMS) == b"[prod]\n" + OURS + MARK
    other = publish_into(with_ours, wanted(region="eu-west-2"), TERMS)
    assert other is not None
    assert b"region = eu-west-2\n" in other
    persons = b"[prod]\n" + OURS + MARK + b"region = us-east-1\n"
    assert publish_into(persons, wanted(region="eu-west-1"), TERMS) == persons
    assert withdraw_from(persons, ["prod"], INSTALLATION).content == b"[prod]\nregion = us-east-1\n"


SECRET = b"aws_secret_access_key = se/cr+et=;#\n"


@pytest.mark.parametrize(
    "below",
    [
        b"  more\n",
        b"  more\n  and more\n",
        b"  more\n\n# a comment\n\n  and more\n",
        b"\tmore\n",
    ],
)
def test_a_missing_key_goes_below_all_of_the_value_before_it(below: bytes) -> None:
    ours = OURS + MARK
    key_id = ours.splitlines(keepends=True)[0]
    there = b"[prod]\n" + key_id + below + ours.removeprefix(key_id).replace(SECRET, b"") + b"[b]\n  k = v\n"
    written = publish_into(there, wanted(), TERMS)
    assert written == b"[prod]\n" + key_id + below + ours.removeprefix(key_id) + b"[b]\n  k = v\n"
    values = parse(written).values(parse(written).sections[0])
    assert values["aws_secret_access_key"] == "se/cr+et=;#"


def test_blanks_and_comments_below_a_value_stay_below_what_is_added() -> None:
    key_id = OURS.splitlines(keepends=True)[0]
    rest = OURS.removeprefix(key_id).replace(SECRET, b"") + MARK
    written = publish_into(b"[prod]\n" + key_id + b"\n# note\n" + rest, wanted(), TERMS)
    assert written == b"[prod]\n" + key_id + SECRET + b"\n# note\n" + rest


def test_a_line_keeps_the_end_it_has() -> None:
    there = b"[prod]\n" + OURS.replace(b"ASIAPROD1\n", b"ASIAPROD1\r\n") + MARK
    known = Terms(installation=INSTALLATION, known_key_ids=frozenset({"ASIAPROD1"}), renewal=False)
    assert publish_into(there, wanted(key_id="ASIAPROD2"), known) == there.replace(b"PROD1", b"PROD2")
    open_ended = b"[prod]\n" + (OURS + MARK)[:-1]
    assert publish_into(open_ended, wanted(), TERMS) == open_ended
    renamed = publish_into(open_ended, wanted(profile="other"), TERMS)
    assert renamed == b"[prod]\n" + OURS + b"x_rolecall = 7f3a9c/other\n"


def test_a_note_that_passes_on_stands_below_the_mark() -> None:
    first = publish_into(None, wanted("one"), TERMS)
    both = publish_into(first, wanted("two"), TERMS)
    assert both is not None
    left = withdraw_from(both, ["one"], INSTALLATION)
    assert left.content == b"[two]\n" + OURS + MARK.replace(b"prod", b"two") + b"x_rolecall_added = file\n"
    assert not left.delete
    assert withdraw_from(left.content, ["two"], INSTALLATION).delete


def test_a_section_of_ours_without_a_key_is_of_unknown_origin() -> None:
    with pytest.raises(StorageTrouble) as caught:
        publish_into(b"[prod]\n" + MARK, wanted(), TERMS)
    assert caught.value.code == "section-unknown-origin"
    assert "prod" in caught.value.problem.detail + caught.value.problem.title


def test_a_section_with_nothing_but_our_mark_holds_nothing() -> None:
    document = parse(b"[prod]\n" + MARK)
    found = marks.describe(document, document.sections[0], INSTALLATION)
    assert (found.origin, found.profile, found.access_key_id, found.region) == (Origin.OURS, "prod", "", None)
    assert (found.expires, found.credentials) == (None, None)


def test_what_is_remembered_of_pieces_is_true_and_has_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settled, "_JUNK", {})
    monkeypatch.setattr(settled, "_JUNK_MOST", 3)
    for number in (*range(6), 0, 5):
        assert settled.looks_unfinished(b"[a%d]\njunk\n" % number)
        assert not settled.looks_unfinished(b"[a%d]\n k: v\n" % number)
        assert len(settled._JUNK) <= 3
