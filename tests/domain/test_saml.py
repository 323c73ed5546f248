from __future__ import annotations

from datetime import UTC, datetime, timedelta

from app.domain.arn import RoleArn
from app.domain.saml import AssertedRole, Assertion, SamlResponse
from app.domain.secret import Secret

NOW = datetime(2026, 11, 22, 4, 0, tzinfo=UTC)
ROLE = RoleArn.parse("arn:aws:iam::123456789012:role/Admin")
PROVIDER = "arn:aws:iam::123456789012:saml-provider/corp"


def usable(assertion: Assertion, after: timedelta) -> bool:
    return SamlResponse(text=Secret("x"), assertion=assertion, received=NOW).usable(NOW + after)


def test_it_is_redeemed_within_five_minutes_of_its_issue() -> None:
    assertion = Assertion(issued=NOW - timedelta(minutes=2), not_on_or_after=NOW + timedelta(hours=1))
    assert assertion.redeem_until == NOW + timedelta(minutes=3)
    assert usable(assertion, timedelta(minutes=3, microseconds=-1))
    assert not usable(assertion, timedelta(minutes=3))


def test_or_earlier_when_it_says_so() -> None:
    assertion = Assertion(issued=NOW, not_on_or_after=NOW + timedelta(minutes=1))
    assert assertion.redeem_until == NOW + timedelta(minutes=1)
    assert not usable(assertion, timedelta(minutes=1))


def test_without_a_time_its_arrival_counts() -> None:
    assert Assertion().redeem_until is None
    assert usable(Assertion(), timedelta(minutes=4, seconds=59))
    assert not usable(Assertion(), timedelta(minutes=5))


def test_the_provider_of_a_role() -> None:
    assertion = Assertion(roles=(AssertedRole(role_arn=ROLE, provider_arn=PROVIDER),))
    assert assertion.provider_arn_for(ROLE) == PROVIDER
    assert assertion.provider_arn_for(RoleArn.parse(f"{ROLE}2")) == ""
