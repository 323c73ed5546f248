"""How long a provider's proof is good for, and what it is not."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from app.domain.credentials import LongTermKey
from app.domain.proof import USABLE_MARGIN, Proof, proof_of, signing_key, still_good, usable_until
from app.domain.saml import Assertion, SamlResponse
from app.domain.secret import Secret
from app.domain.web_identity import TokenFacts, WebIdentityToken

NOW = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)
SECOND = timedelta(seconds=1)
MINUTE = timedelta(minutes=1)
KEY = LongTermKey(access_key_id="AKIAIOSFODNN7EXAMPLE", secret_access_key=Secret("s"))


def saml(**said: datetime) -> SamlResponse:
    return SamlResponse(text=Secret("assertion"), assertion=Assertion(**said), received=NOW)  # type: ignore[arg-type]  # times alone


def token(expires: datetime | None) -> WebIdentityToken:
    return WebIdentityToken(text=Secret("token"), facts=TokenFacts(expires=expires), received=NOW)


@pytest.mark.parametrize(
    ("proof", "until"),
    [
        (saml(), NOW + 5 * MINUTE),
        (saml(issued=NOW - MINUTE), NOW + 4 * MINUTE),
        (saml(issued=NOW, not_on_or_after=NOW + 2 * MINUTE), NOW + 2 * MINUTE),
        (saml(issued=NOW, not_on_or_after=NOW + 60 * MINUTE), NOW + 5 * MINUTE),
        (token(NOW + 60 * MINUTE), NOW + 60 * MINUTE),
    ],
)
def test_a_proof_is_good_until_shortly_before_its_end(proof: Proof, until: datetime) -> None:
    assert usable_until(proof) == until
    assert still_good(proof, until - USABLE_MARGIN - SECOND)
    assert not still_good(proof, until - USABLE_MARGIN)


def test_a_token_that_names_no_end_has_none() -> None:
    assert usable_until(token(None)) is None
    assert still_good(token(None), NOW + 1_000_000 * MINUTE)


def test_keys_and_proofs_are_told_apart() -> None:
    assert signing_key(KEY) is KEY
    assert proof_of(token(None)) == token(None)
    with pytest.raises(TypeError):
        proof_of(KEY)
    with pytest.raises(TypeError):
        signing_key(saml())
