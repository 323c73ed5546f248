from __future__ import annotations

import base64
import hashlib
import hmac

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.adapters.totp import Totp, code_at
from app.domain.errors import BadInput
from app.domain.otp import Algorithm, OtpKey
from app.domain.secret import Secret


def b32(key: bytes) -> str:
    return base64.b32encode(key).decode().rstrip("=")


# RFC 6238, appendix B: the last six of its eight digits.
SEEDS = {Algorithm.SHA1: 20, Algorithm.SHA256: 32, Algorithm.SHA512: 64}
VECTORS = [
    (59, "287082", "119246", "693936"),
    (1111111109, "081804", "084774", "091201"),
    (1111111111, "050471", "062674", "943326"),
    (1234567890, "005924", "819424", "441116"),
    (2000000000, "279037", "698825", "618901"),
    (20000000000, "353130", "737706", "863826"),
]


@pytest.mark.parametrize(("seconds", "sha1", "sha256", "sha512"), VECTORS)
def test_the_vectors_of_rfc_6238(seconds: int, sha1: str, sha256: str, sha512: str) -> None:
    for (algorithm, size), wanted in zip(SEEDS.items(), (sha1, sha256, sha512), strict=True):
        seed = (b"1234567890" * 7)[:size]
        key = OtpKey(secret=Secret(b32(seed)), algorithm=algorithm)
        assert code_at(key, seconds // 30).reveal() == wanted


def reference(key: bytes, step: int, name: str) -> str:
    """RFC 4226, section 5.3, word by word."""
    digest = hmac.digest(key, step.to_bytes(8, "big"), name)
    offset = digest[-1] & 15
    return f"{(int.from_bytes(digest[offset : offset + 4], 'big') & 0x7FFFFFFF) % 10**6:06}"


@given(st.binary(min_size=10, max_size=40), st.integers(0, 2**40), st.sampled_from(Algorithm))
def test_short_and_long_keys_alike(key: bytes, step: int, algorithm: Algorithm) -> None:
    assert code_at(OtpKey(secret=Secret(b32(key)), algorithm=algorithm), step) == Secret(
        reference(key, step, algorithm.value.lower())
    )


def test_the_port_takes_what_is_kept() -> None:
    key = b"0123456789"
    assert hashlib.sha1(key).digest_size == 20  # noqa: S324  # the hash AWS devices use
    assert Totp().code(Secret(b32(key)), 1000) == Secret(reference(key, 1000, "sha1"))
    kept = OtpKey(secret=Secret(b32(key)), algorithm=Algorithm.SHA256).kept()
    assert Totp().code(kept, 1001) == Secret(reference(key, 1001, "sha256"))


def test_a_damaged_secret_is_told() -> None:
    with pytest.raises(BadInput):
        Totp().code(Secret("?"), 1)
