"""A section that stands as we wrote it is renewed without being read line by line: with the same bytes in the end."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.adapters.credentials_file import edit, own_form
from app.domain.credentials import Credentials
from app.domain.errors import RolecallError
from app.domain.published import PublishedSection
from app.domain.secret import Secret

INSTALLATION = "7f3a9c21"
ENDS = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)


def section(key_id: str, *, name: str = "prod", profile: str = "prod", region: str | None = None) -> PublishedSection:
    credentials = Credentials(
        access_key_id=key_id,
        secret_access_key=Secret(f"secret+of/{key_id}"),
        session_token=Secret(f"token=={key_id}"),
        expires=ENDS + timedelta(minutes=len(key_id)),
    )
    return PublishedSection(aws_profile=name, profile=profile, credentials=credentials, region=region)


def terms(*known: str, renewal: bool = True, displace: bool = False) -> edit.Terms:
    return edit.Terms(installation=INSTALLATION, known_key_ids=frozenset(known), renewal=renewal, displace=displace)


def written(first: PublishedSection) -> bytes:
    content = edit.publish(b"", first, terms(renewal=False))
    assert content is not None
    return content


def told(content: bytes, wanted: PublishedSection, under: edit.Terms, *, quickly: bool) -> bytes | str | None:
    with pytest.MonkeyPatch.context() as patched:
        if not quickly:
            patched.setattr(edit, "former_key_id", lambda *_: "")
        try:
            return edit.publish(content, wanted, under)
        except RolecallError as error:
            return error.code


def test_what_we_wrote_is_renewed_without_reading_it(monkeypatch: pytest.MonkeyPatch) -> None:
    content = written(section("ASIAONE", region="eu-west-1"))

    def never(_content: bytes) -> None:
        raise AssertionError("it was read line by line")

    monkeypatch.setattr(edit, "parse", never)
    new = edit.publish(content, section("ASIASECOND", region="eu-west-1"), terms("ASIAONE"))
    assert new is not None
    assert b"ASIASECOND" in new
    assert b"ASIAONE" not in new


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ((b"ASIAONE", b"ASIAOTHER"), "the state does not know the key"),
        ((b"/prod", b"/other"), "it belongs to another profile"),
        ((b"7f3a9c21", b"11111111"), "it belongs to another installation"),
    ],
)
def test_what_may_not_be_replaced_is_refused_as_ever(changed: tuple[bytes, bytes], why: str) -> None:
    content = written(section("ASIAONE")).replace(*changed)
    for renewal in (True, False):
        under = terms("ASIAONE", renewal=renewal)
        quick, slow = (told(content, section("ASIASECOND"), under, quickly=each) for each in (True, False))
        assert quick == slow, why
        assert not isinstance(quick, bytes) or (changed[1] == b"/other" and not renewal)


CHANGES = st.sampled_from(
    [
        (b" = ", b"="),
        (b" = ", b" =  "),
        (b" = ", b" : "),
        (b"\n", b"\r\n"),
        (b"\n", b"\n\n"),
        (b"\n", b"\n# a note\n"),
        (b"\n", b"\n  "),
        (b"\n", b"\nregion = eu-west-1\n"),
        (b"\n", b"\noutput = json\n"),
        (b"\n", b"\nAWS_ACCESS_KEY_ID = again\n"),
        (b"\n", b"\n[other]\n"),
        (b"aws_", b"AWS_"),
        (b"aws_session_token", b"aws_security_token"),
        (b"=", b""),
        (b"]", b"] "),
        (b"[", b" ["),
        (b"secret", b"sec ret"),
        (b"secret", b"secr\xe2\x80\xa8et"),
        (b"token", b"\xff"),
        (b"7f3a9c21", b"7f3a9c22"),
        (b"_rolecall_added", b"_rolecall_adde"),
        (b"region", b"keys"),
    ]
)


@settings(max_examples=200, deadline=None)
@given(
    change=st.one_of(st.none(), CHANGES),
    which=st.integers(min_value=0, max_value=9),
    regions=st.tuples(*[st.sampled_from([None, "eu-west-1", "us-east-1"])] * 2),
    known=st.booleans(),
    renewal=st.booleans(),
    displace=st.booleans(),
)
def test_both_ways_end_with_the_same_bytes(
    change: tuple[bytes, bytes] | None,
    which: int,
    regions: tuple[str | None, str | None],
    known: bool,
    renewal: bool,
    displace: bool,
) -> None:
    content = written(section("ASIAONE", region=regions[0]))
    if change is not None:
        parts = content.split(change[0])
        at = which % len(parts)
        content = change[0].join(parts[: at + 1]) + (
            change[1] + change[0].join(parts[at + 1 :]) if parts[at + 1 :] else b""
        )
    under = terms(*(["ASIAONE"] if known else []), renewal=renewal, displace=displace)
    wanted = section("ASIASECOND", region=regions[1])
    assert told(content, wanted, under, quickly=True) == told(content, wanted, under, quickly=False)


def test_a_long_file_is_not_cut_into_lines_for_nothing() -> None:
    one = written(section("ASIAONE"))
    assert own_form.former_key_id(one * 3, one) == ""
    assert own_form.former_key_id(one, one) == "ASIAONE"
    assert own_form.former_key_id(b"", one) == ""
