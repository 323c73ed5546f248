from __future__ import annotations

import base64
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.errors import BadInput
from app.domain.otp import Algorithm, OtpKey, parse, step_begins, step_of
from app.domain.secret import Secret

KEY = "JBSWY3DPEHPK3PXP"
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def at(seconds: float) -> datetime:
    return EPOCH + timedelta(seconds=seconds)


@pytest.mark.parametrize(
    "typed",
    [KEY, KEY.lower(), "jbsw y3dp ehpk 3pxp", "JBSW-Y3DP-EHPK-3PXP", f"  {KEY}\n", KEY + "====", "JBSWY3DP\tEHPK3PXP"],
)
def test_a_secret_is_read_as_people_copy_it(typed: str) -> None:
    assert parse(Secret(typed)) == OtpKey(secret=Secret(KEY))


@pytest.mark.parametrize("size", [10, 16, 20, 32, 64])
def test_real_sizes_are_taken_without_padding(size: int) -> None:
    secret = base64.b32encode(bytes(range(size))).decode().rstrip("=")
    assert parse(Secret(secret)).secret == Secret(secret)


def test_a_url_tells_everything() -> None:
    url = f"otpauth://totp/Amazon%20Web%20Services:alice@1111?secret={KEY.lower()}&issuer=AWS&digits=6&period=30&algorithm=sha256"
    key = parse(Secret(url))
    assert key.secret == Secret(KEY)
    assert (key.algorithm, key.issuer, key.account) == (Algorithm.SHA256, "AWS", "alice@1111")


def test_a_short_url_has_the_usual_rules() -> None:
    key = parse(Secret(f"OTPAUTH://TOTP/AWS:alice?secret={KEY}"))
    assert (key.algorithm, key.issuer, key.account) == (Algorithm.SHA1, "AWS", "alice")


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("", "empty"),
        ("   ", "empty"),
        ("====", "empty"),
        ("JBSWY3DPEHPK3PX0", "2 to 7"),
        ("JBSWY3DPEHPK3PX1", "2 to 7"),
        ("JBSWY3DPEHPK3PXPé", "2 to 7"),
        ("JBSWY3DPEHPK3PXP2", "2 to 7"),
        ("JBSW=Y3DPEHPK3PXP", "2 to 7"),
        ("JBSWY3DP", "40 bits"),
        ("A" * 400, "long"),
        ("123456", "2 to 7"),
        ("https://example.com", "2 to 7"),
        (f"otpauth://hotp/x?secret={KEY}", "time"),
        ("otpauth://totp/x", "no secret"),
        (f"otpauth://totp/x?secret={KEY}&secret={KEY}", "several"),
        ("otpauth://totp/x?secret=", "empty"),
        (f"otpauth://totp/x?secret={KEY}&digits=8", "6 digits"),
        (f"otpauth://totp/x?secret={KEY}&period=0", "period"),
        (f"otpauth://totp/x?secret={KEY}&period=60", "period"),
        (f"otpauth://totp/x?secret={KEY}&period=\u0663\u0660", "period"),
        (f"otpauth://totp/x?secret={KEY}&algorithm=MD5", "algorithm"),
        (f"otpauth://[totp/x?secret={KEY}", "whole"),
    ],
)
def test_what_is_no_secret_is_told_without_repeating_it(typed: str, reason: str) -> None:
    with pytest.raises(BadInput, match=reason) as caught:
        parse(Secret(typed))
    assert caught.value.code == "totp-secret"
    assert "JBSW" not in f"{caught.value}{caught.value.__cause__}"


@given(st.binary(min_size=10, max_size=64), st.sampled_from(Algorithm))
def test_what_is_kept_is_read_again(key: bytes, algorithm: Algorithm) -> None:
    made = OtpKey(secret=Secret(base64.b32encode(key).decode().rstrip("=")), algorithm=algorithm)
    assert parse(made.kept()) == made


def test_the_usual_device_is_kept_as_its_secret_alone() -> None:
    assert OtpKey(secret=Secret(KEY)).kept() == Secret(KEY)
    assert "JBSW" not in repr(OtpKey(secret=Secret(KEY)))


@pytest.mark.parametrize(("seconds", "step"), [(0, 0), (29.5, 0), (30, 1), (1111111109, 37037036)])
def test_steps_begin_every_thirty_seconds(seconds: float, step: int) -> None:
    assert step_of(at(seconds)) == step
    assert step_begins(step) <= at(seconds) < step_begins(step + 1)


@pytest.mark.parametrize(
    "text", ["JBSWY3DPEHPK3PXP\u00e9", "JBSWY3DPEHPK3PX\udcff", "otpauth://totp\u2100JBSWY3DPEHPK3PXP/x?secret=1"]
)
def test_no_error_hangs_on_to_one_that_holds_the_secret(text: str) -> None:
    """Errors of decoders keep the whole text that they could not read, also where they are not shown."""
    with pytest.raises(BadInput) as caught:
        parse(Secret(text))
    assert caught.value.__cause__ is None
    assert caught.value.__context__ is None


def test_letters_that_only_become_base32_as_capitals_are_none() -> None:
    for letter in ("\u00df", "\u0131", "\ufb01", "\u017f"):
        with pytest.raises(BadInput, match="A to Z"):
            parse(Secret("JBSWY3DPEHPK3PX" + letter))
