"""What an identity provider gives out, as proof of who a person is, and what STS takes it for."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from app.domain.credentials import Credentials, LongTermKey
from app.domain.saml import REDEEM_WITHIN, SamlResponse
from app.domain.web_identity import WebIdentityToken

if TYPE_CHECKING:
    from datetime import datetime

    from app.domain.credentials import SigningKey

Proof = SamlResponse | WebIdentityToken
Means = LongTermKey | Credentials | Proof
"""What stands behind a request: a key that signs it, or a proof that goes with it."""
USABLE_MARGIN = timedelta(seconds=15)
"""A proof that was kept is not used in its last seconds: the request itself needs some."""


def usable_until(proof: Proof) -> datetime | None:
    """Until when STS takes a proof (UTC); None when the proof does not say."""
    if isinstance(proof, SamlResponse):
        return proof.assertion.redeem_until or proof.received + REDEEM_WITHIN
    return proof.facts.expires


def still_good(proof: Proof, now: datetime) -> bool:
    """Whether a proof that was kept can be used at `now`."""
    until = usable_until(proof)
    return until is None or now < until - USABLE_MARGIN


def signing_key(means: Means) -> SigningKey:
    """The key among the means. Raises TypeError for a proof, which signs nothing."""
    if isinstance(means, LongTermKey | Credentials):
        return means
    raise TypeError(type(means))


def proof_of(means: Means) -> Proof:
    """The proof among the means. Raises TypeError for a key."""
    if isinstance(means, SamlResponse | WebIdentityToken):
        return means
    raise TypeError(type(means))
