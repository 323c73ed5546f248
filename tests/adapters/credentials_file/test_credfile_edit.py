from __future__ import annotations

import random
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from app.adapters.credentials_file import marks
from app.adapters.credentials_file.diagnose import diagnose
from app.adapters.credentials_file.edit import Terms, publish, withdraw
from app.adapters.credentials_file.edit_many import publish_all
from app.adapters.credentials_file.lines import parse, preferred_end, split
from app.domain.errors import BadInput, StorageTrouble
from app.domain.published import Origin
from app.domain.secret import Secret
from tests.adapters.credentials_file.credfile_helpers import (
    DISPLACE,
    FRESH,
    INSTALLATION,
    NAMES,
    NOTHING_KNOWN,
    contents,
    put,
    read_as_botocore,
    take,
    wanted,
)

if TYPE_CHECKING:
    from pathlib import Path

    from app.domain.published import PublishedSection

RENEW = Terms(installation=INSTALLATION, known_key_ids=frozenset({"ASIAPROD1", "ASIAPROD2"}), renewal=True)
KNOWN = replace(RENEW, renewal=False)


def put_anyhow(content: bytes, section: PublishedSection) -> bytes:
    """Publish, displacing what stands there; leave out files where even that is refused."""
    try:
        return put(content, section, DISPLACE)
    except StorageTrouble as refusal:
        if refusal.code == "section-kept-already":
            assume(False)
        raise


NAMES_TO_PUBLISH = st.sampled_from(("prod", "default", "é", "a b"))
REGIONS = st.sampled_from((None, "eu-west-1"))


@given(contents(), NAMES_TO_PUBLISH, REGIONS)
@example(b"", "prod", None)
@example(b"\xef\xbb\xbf", "prod", None)
@example(b"[a]\r\nk=v", "prod", None)
@example(b"[prod]\n", "prod", "eu-west-1")
@example(b"[prod]\nregion = x", "prod", "eu-west-1")
@example(b"[prod]\n  region = x\n  [b]\n", "prod", None)
@example(b"k\r", "prod", None)
def test_put_then_withdraw_gives_the_old_bytes(content: bytes, name: str, region: str | None) -> None:
    published = put_anyhow(content, wanted(name, region=region))
    result = withdraw(published, {name}, INSTALLATION)
    assert result.content == content
    assert result.removed == {name}
    assert not result.delete


@given(contents(), NAMES_TO_PUBLISH, REGIONS)
def test_put_twice_is_put_once(content: bytes, name: str, region: str | None) -> None:
    once = put_anyhow(content, wanted(name, region=region))
    assert put(once, wanted(name, region=region), KNOWN) == once
    assert put(once, wanted(name, region=region), RENEW) == once


@given(contents(), NAMES_TO_PUBLISH, REGIONS)
def test_a_renewal_leaves_what_the_first_publication_would_have_left(
    content: bytes, name: str, region: str | None
) -> None:
    first = put_anyhow(content, wanted(name, "ASIAPROD1", region="us-east-2"))
    renewed = put(first, wanted(name, "ASIAPROD2", region=region), RENEW)
    assert take(renewed, name) == content
    assert sorted(split(renewed)) == sorted(split(put_anyhow(content, wanted(name, "ASIAPROD2", region=region))))


def test_a_section_that_has_its_keys_from_the_defaults_is_foreign(scratch: Path) -> None:
    content = b"[DEFAULT]\naws_access_key_id = AKIA1\n\n[prod]\nregion = eu-west-1\n"
    assert read_as_botocore(scratch, content) == {"prod": {"aws_access_key_id": "AKIA1", "region": "eu-west-1"}}
    for put_in in (publish, lambda *given: publish_all(given[0], [given[1:]])[1][0]):
        try:
            refused = put_in(content, wanted("prod"), FRESH)
        except StorageTrouble as error:
            refused = error
        assert isinstance(refused, StorageTrouble)
        assert refused.code == "section-foreign"
    assert put(content.replace(b"aws_access_key_id", b"cli_pager"), wanted("prod"))


@given(contents(), NAMES_TO_PUBLISH)
def test_every_other_line_stays_in_its_place(content: bytes, name: str) -> None:
    before = split(content)
    kept = f"[{name}--kept-by-rolecall]".encode()
    after = iter(split(put_anyhow(content, wanted(name))))
    for line in before:
        same = {line, line + preferred_end(content)}
        assert any(written in same or written.replace(kept, f"[{name}]".encode()) in same for written in after)


@given(contents(), NAMES_TO_PUBLISH, REGIONS)
@example(b"[DEFAULT]\naws_access_key_id = AKIA1\n[default]\n", "default", None)
def test_botocore_reads_what_was_written_wherever_it_could_read_before(
    scratch: Path, content: bytes, name: str, region: str | None
) -> None:
    before = read_as_botocore(scratch, content)
    published = put_anyhow(content, wanted(name, region=region))
    after = read_as_botocore(scratch, published)
    if before is None:
        found = diagnose(published, installation=INSTALLATION)
        # A repeated section that was set aside is repeated there, too; each blinding line is named all the same.
        assert after is not None or any(finding.blinds and finding.line for finding in found)
        return
    assert after is not None
    section = after.pop(name)
    assert section["aws_access_key_id"] == "ASIAPROD1"
    assert section["aws_secret_access_key"] == "se/cr+et=;#"
    assert section["aws_session_token"] == "IQoJ=to:ken=="
    assert section["x_security_token_expires"] == "2026-11-22T01:23:45Z"
    assert section["x_rolecall"] == f"{INSTALLATION}/{name}"
    displaced, kept = before.pop(name, {}), f"{name}--kept-by-rolecall"
    if kept in after.keys() - before.keys():
        assert after.pop(kept) == displaced
    else:
        assert displaced.items() <= section.items()
    assert after == before


@given(contents(), st.lists(st.sampled_from(("one", "two", "three", "prod")), unique=True, min_size=1), st.randoms())
@example(b"\xef\xbb\xbf[prod]\n   ", ["one", "prod"], random.Random(0))  # noqa: S311  # an order is no secret
def test_several_sections_go_in_any_order_without_a_trace(content: bytes, names: list[str], random: object) -> None:
    published = content
    for name in names:
        published = put_anyhow(published, wanted(name))
    order = list(names)
    random.shuffle(order)  # type: ignore[attr-defined]  # hypothesis's own Random
    one_by_one = published
    for name in order:
        one_by_one = take(one_by_one, name)
    assert one_by_one == content
    assert take(published, *names) == content


STEPS = st.lists(st.tuples(st.sampled_from(("prod", "one", "default")), st.booleans(), REGIONS), max_size=8)


@given(contents(), STEPS)
def test_whatever_we_do_can_be_undone(content: bytes, steps: list[tuple[str, bool, str | None]]) -> None:
    known: set[str] = set()
    now = content
    for number, (name, is_put, region) in enumerate(steps):
        if not is_put:
            now = take(now, name)
            continue
        key_id = f"ASIA{number}"
        terms = replace(DISPLACE, known_key_ids=frozenset(known), displace=name not in known)
        try:
            now = put(now, wanted(name, key_id, region=region), terms)
        except StorageTrouble:
            continue
        known |= {key_id}
    assert take(now, "prod", "one", "default") == content


@given(contents(), contents(), NAMES_TO_PUBLISH)
def test_what_others_append_stays(before: bytes, appended: bytes, name: str) -> None:
    assume(not appended.startswith(b"\xef\xbb\xbf") and b"--kept-by-rolecall" not in appended)
    published = put_anyhow(before, wanted(name)) + appended
    assume(any(found.name == name for found in parse(published).sections))
    left = take(published, name)
    for line in parse(published).lines[len(split(published)) - len(split(appended)) :]:
        if line.name not in {*marks.OWN_KEYS, marks.OLD_TOKEN}:
            assert line.raw.strip(b"\r\n") in left


# --- Created files ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("order", [("one", "two"), ("two", "one")])
def test_a_file_we_created_is_deleted_with_its_last_section(order: tuple[str, str]) -> None:
    content = put(put(None, wanted("one")), wanted("two"))
    first = withdraw(content, {order[0]}, INSTALLATION)
    assert not first.delete
    last = withdraw(first.content, {order[1]}, INSTALLATION)
    assert last.delete
    assert last.content == b""


def test_a_file_we_created_stays_when_somebody_wrote_into_it() -> None:
    result = withdraw(put(None) + b"[mine]\nk = v\n", {"prod"}, INSTALLATION)
    assert not result.delete
    assert result.content == b"[mine]\nk = v\n"


def test_an_empty_file_that_was_there_is_not_deleted() -> None:
    assert not withdraw(put(b""), {"prod"}, INSTALLATION).delete


# --- A person's lines in our section ---------------------------------------------------------------------------------


def test_keys_and_comments_of_a_person_survive_renewal_and_withdrawal() -> None:
    first = put(b"[a]\nk = v\n")
    edited = first.replace(b"x_rolecall =", b"# mine\ncli_pager =\nx_rolecall =") + b"output = json\n"
    renewed = put(edited, wanted(key_id="ASIAPROD2"), RENEW)
    assert renewed == edited.replace(b"ASIAPROD1", b"ASIAPROD2")
    assert take(renewed) == b"[a]\nk = v\n[prod]\n# mine\ncli_pager =\noutput = json\n"


def test_what_a_person_left_under_our_header_does_not_stand_in_the_way() -> None:
    left = take(put(b"") + b"region = eu-north-1\n")
    assert left == b"[prod]\nregion = eu-north-1\n"
    again = put(left, wanted(region="us-east-1"))
    assert b"us-east-1" not in again, "the person's own region wins"
    assert take(again) == left


def test_a_comment_below_our_keys_belongs_to_what_follows() -> None:
    content = put(b"") + b"\n# the other account\n[b]\nk = v\n"
    assert take(content) == b"\n# the other account\n[b]\nk = v\n"


def test_a_region_of_ours_comes_and_goes_with_the_profile() -> None:
    with_region = put(b"", wanted(region="eu-west-1"))
    assert b"region = eu-west-1\n" in with_region
    without = put(with_region, wanted(), RENEW)
    assert without == put(b"")
    assert take(with_region) == b""


def test_a_security_token_in_our_section_is_removed_because_tools_would_prefer_it(scratch: Path) -> None:
    content = put(b"").replace(b"x_rolecall =", b"aws_security_token = stale\nx_rolecall =")
    renewed = put(content, wanted(key_id="ASIAPROD2"), RENEW)
    assert b"aws_security_token" not in renewed
    assert take(content) == b""


def test_spacing_and_indentation_of_a_person_are_kept() -> None:
    content = put(b"").replace(b"aws_", b"   aws_").replace(b"x_", b"   x_") + b"   output = json\n"
    renewed = put(content, wanted(key_id="ASIAPROD2", region="eu-west-1"), RENEW)
    assert b"   region = eu-west-1\n   x_rolecall" in renewed
    assert b"\n   output = json\n" in renewed


def test_lines_indented_below_our_keys_are_not_thrown_away() -> None:
    content = put(b"") + b"  [b]\n  aws_secret_access_key = theirs\n"
    assert b"theirs" in put(content, wanted(key_id="ASIAPROD2"), RENEW)
    assert b"theirs" in take(content)


def test_a_line_end_is_not_taken_away_from_what_was_appended_since() -> None:
    content = put(b"[a]\nk = v") + b"[b]\n"
    assert take(content) == b"[a]\nk = v\n[b]\n"


def test_our_section_written_twice_becomes_one_again(scratch: Path) -> None:
    content = put(b"") * 2
    healed = put(content, wanted(key_id="ASIAPROD2"), RENEW)
    assert healed == put(b"", wanted(key_id="ASIAPROD2"))


# --- Conditions ------------------------------------------------------------------------------------------------------

FOREIGN = b"[prod]\naws_access_key_id = AKIAFOREIGN\naws_secret_access_key = theirs\n"


def test_a_foreign_section_is_not_touched_unasked() -> None:
    with pytest.raises(StorageTrouble) as refusal:
        put(FOREIGN)
    assert refusal.value.code == "section-foreign"


@pytest.mark.parametrize("key", ["aws_access_key_id", "role_arn", "sso_session", "credential_process", "login_session"])
def test_nothing_is_added_to_a_section_with_credentials_or_a_role(key: str) -> None:
    with pytest.raises(StorageTrouble):
        put(f"[prod]\n{key} = x\n".encode())


def test_a_displaced_section_is_renamed_and_comes_back() -> None:
    published = put(b"# top\n" + FOREIGN + b"[b]\n", terms=DISPLACE)
    assert published.startswith(b"# top\n[prod--kept-by-rolecall]\naws_access_key_id = AKIAFOREIGN\n")
    assert published.count(b"theirs") == 1
    assert take(published) == b"# top\n" + FOREIGN + b"[b]\n"


def test_a_displaced_section_comes_back_although_a_person_left_a_comment() -> None:
    published = put(FOREIGN, terms=DISPLACE).replace(b"x_rolecall =", b"# mine\nx_rolecall =")
    assert take(published) == FOREIGN + b"# mine\n"


def test_a_displaced_section_stays_aside_while_a_persons_keys_hold_the_name(scratch: Path) -> None:
    published = put(FOREIGN, terms=DISPLACE) + b"output = json\n"
    left = take(published)
    assert left == FOREIGN.replace(b"prod", b"prod--kept-by-rolecall") + b"[prod]\noutput = json\n"
    assert "section-orphaned" in {found.code for found in diagnose(left, installation=INSTALLATION)}


def test_a_second_section_is_not_set_aside_over_the_first() -> None:
    with pytest.raises(StorageTrouble) as refusal:
        put(FOREIGN.replace(b"prod", b"prod--kept-by-rolecall") + FOREIGN, terms=DISPLACE)
    assert refusal.value.code == "section-kept-already"


def test_a_section_of_another_installation_is_foreign() -> None:
    other = put(b"").replace(INSTALLATION.encode(), b"another")
    with pytest.raises(StorageTrouble) as refusal:
        put(other)
    assert refusal.value.code == "section-foreign"
    assert take(other) == other
    assert take(put(other, terms=DISPLACE)) == other


def test_our_mark_with_unknown_keys_is_of_unknown_origin() -> None:
    content = put(b"")
    for terms in (FRESH, replace(RENEW, known_key_ids=NOTHING_KNOWN)):
        with pytest.raises(StorageTrouble) as refusal:
            put(content, wanted(key_id="ASIAPROD2"), terms)
        assert refusal.value.code == "section-unknown-origin"
    replaced = put(content, wanted(key_id="ASIAPROD2"), DISPLACE)
    assert b"kept-by" not in replaced
    assert take(replaced) == b""


@pytest.mark.parametrize(
    "content",
    [None, b"", b"[other]\n", FOREIGN, b"[prod]\nregion = x\n", b"[prod]\nx_rolecall = another/prod\n"],
)
def test_a_renewal_does_not_write_what_somebody_removed(content: bytes | None) -> None:
    assert publish(content, wanted(), RENEW) is None


def test_a_renewal_does_not_push_out_the_profile_that_took_its_place() -> None:
    content = put(put(b"", wanted(profile="first")), wanted(key_id="ASIAPROD2", profile="second"), KNOWN)
    assert publish(content, wanted(profile="first"), RENEW) is None
    assert publish(content, wanted(profile="second"), RENEW) is not None


def test_only_our_own_sections_are_withdrawn() -> None:
    content = FOREIGN + b"[b]\nx_rolecall = another/b\n"
    result = withdraw(content, {"prod", "b"}, INSTALLATION)
    assert result.content == content
    assert result.removed == frozenset()


# --- Names and values ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name",
    [
        "",
        " a",
        "a ",
        "a\nb",
        "a]b",
        "a\x00b",
        "a\x7f",
        "a\u2028b",
        "a\x85b",
        "DEFAULT",
        "a--kept-by-rolecall",
        "\ud800",
    ],
)
def test_names_that_would_be_read_differently_are_refused(name: str) -> None:
    with pytest.raises(BadInput) as refusal:
        put(b"", wanted(name, profile="p"))
    assert refusal.value.field == "aws_profile"


@pytest.mark.parametrize(
    "bad", ["", " x", "x ", "CANARY\n[evil]", "CANARY\r", "CANARY\x00", "CANARY\x1b[0m", "CANARY\u2029x"]
)
def test_values_with_control_characters_are_refused_and_not_shown(bad: str) -> None:
    section = wanted()
    keys = replace(section.credentials, session_token=Secret(bad))
    with pytest.raises(BadInput) as refusal:
        put(b"", replace(section, credentials=keys))
    assert refusal.value.field == "aws_session_token"
    assert "CANARY" not in f"{refusal.value}{refusal.value!r}{refusal.value.problem}"


@given(st.text(min_size=1, max_size=30), st.text(min_size=1, max_size=12))
def test_whatever_is_accepted_is_read_back_by_botocore(scratch: Path, token: str, name: str) -> None:
    section = wanted(name, profile="p")
    section = replace(section, credentials=replace(section.credentials, session_token=Secret(token)))
    try:
        published = put(b"[a]\nk = v\n", section)
    except BadInput:
        return
    read = read_as_botocore(scratch, published)
    assert read is not None
    assert read[name]["aws_session_token"] == token


# --- What is found ---------------------------------------------------------------------------------------------------


def test_our_sections_are_read_with_their_keys_and_others_without() -> None:
    content = put(
        FOREIGN + b"[b]\nx_rolecall = another/b\naws_access_key_id = ASIAB\naws_secret_access_key = s\n",
        wanted("c", region="eu-west-1"),
    )
    document = parse(content)
    foreign, other, ours = (marks.describe(document, section, INSTALLATION) for section in document.sections)
    assert (foreign.origin, foreign.aws_profile, foreign.access_key_id, foreign.credentials) == (
        Origin.FOREIGN,
        "prod",
        "",
        None,
    )
    assert (other.origin, other.profile, other.credentials) == (Origin.OTHER_INSTALLATION, "b", None)
    assert ours.origin is Origin.OURS
    assert ours.credentials == wanted("c").credentials
    assert (ours.line, ours.region, ours.profile) == (8, "eu-west-1", "c")


@pytest.mark.parametrize("expiry", [b"", b"soon", b"2026-11-22T01:23:45", b"9999-12-31T23:59:59-23:00"])
def test_a_section_without_a_readable_expiry_holds_no_credentials(expiry: bytes) -> None:
    content = put(b"").replace(b"2026-11-22T01:23:45Z", expiry)
    document = parse(content)
    found = marks.describe(document, document.sections[0], INSTALLATION)
    assert found.credentials is None
    assert found.expires is None
    assert found.access_key_id == "ASIAPROD1"


def test_names_that_are_no_text_can_still_be_shown() -> None:
    document = parse(b"[a\xff]\n[\x1b[2J]\n")
    names = [marks.describe(document, section, INSTALLATION).aws_profile for section in document.sections]
    assert names == ["a\ufffd", "\x1b[2J"]
    findings = diagnose(b"[\x1b[2J]\n[\x1b[2J]\n[a\xff--kept-by-rolecall]\n", installation=INSTALLATION)
    assert all(f"{found.title}{found.remedy}".isprintable() for found in findings)
    assert len(findings) == 3


def test_the_names_drawn_cover_odd_sections() -> None:
    assert {"DEFAULT", " prod ", "prod--kept-by-rolecall"} <= set(NAMES)
