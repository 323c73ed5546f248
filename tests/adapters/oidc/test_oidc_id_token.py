"""ID tokens, good and bad, as a refresh brings them: signature, claims, keys."""

from __future__ import annotations

import json
import traceback
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from joserfc import jwk, jws

from app.adapters.oidc import id_token
from app.domain.errors import BadInput, NetworkTrouble, ProviderTrouble, RolecallError
from app.domain.secret import Secret
from tests.adapters.oidc.fake_provider import (
    CLIENT,
    NOW,
    OTHER,
    SIGNER,
    Fake,
    Json,
    base64url,
    client_of,
    compact,
    faking,
    seconds,
)
from tests.adapters.oidc.person import renewed

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from app.domain.web_identity import TokenFacts


@pytest.fixture
async def fake() -> AsyncIterator[Fake]:
    async with faking() as made:
        yield made


async def redeemed(fake: Fake, token: str, **more: object) -> TokenFacts:
    """The facts of a token that the provider gave."""
    fake.will("/token", {"id_token": token, "token_type": "Bearer", **more})
    async with client_of(fake) as oidc:
        tokens = await renewed(oidc, fake.provider())
    assert tokens.token.text == Secret(token)
    return tokens.token.facts


async def refused(fake: Fake, token: str, **more: object) -> ProviderTrouble:
    """The error that it was refused with, which says nothing of it."""
    with pytest.raises(ProviderTrouble) as caught:
        await redeemed(fake, token, **more)
    error = caught.value
    told = "".join(traceback.format_exception(error)) + str(error)
    assert error.title
    assert error.remedy
    assert not [part for part in token.split(".") if len(part) > 7 and part in told]
    return error


async def test_a_good_token_tells_its_facts(fake: Fake) -> None:
    facts = await redeemed(fake, fake.token(email="alice@example.com", groups=["a", "b"], azp=CLIENT))
    assert facts.verified
    assert (facts.issuer, facts.subject, facts.audiences, facts.authorized_party) == (
        fake.url,
        "alice",
        (CLIENT,),
        CLIENT,
    )
    assert (facts.issued, facts.expires) == (NOW, NOW + timedelta(hours=1))
    assert (facts.algorithm, facts.key_id) == ("RS256", "one")
    assert facts.claim("email") == "alice@example.com"
    assert facts.claim("groups") == '["a","b"]'


KEYS: dict[str, tuple[type[Any], Any]] = {
    "RS256": (jwk.RSAKey, 2048),
    "RS384": (jwk.RSAKey, 2048),
    "RS512": (jwk.RSAKey, 2048),
    "ES256": (jwk.ECKey, "P-256"),
    "ES384": (jwk.ECKey, "P-384"),
    "ES512": (jwk.ECKey, "P-521"),
}


@pytest.mark.parametrize("algorithm", KEYS)
async def test_every_algorithm_that_aws_takes_is_taken(fake: Fake, algorithm: str) -> None:
    kind, size = KEYS[algorithm]
    key = kind.generate_key(size, {"kid": "another"})
    fake.publishes(SIGNER, key)
    facts = await redeemed(fake, fake.token(key=key, header={"alg": algorithm}))
    assert (facts.algorithm, facts.verified) == (algorithm, True)


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"aud": "another"}, "audience"),
        ({"aud": ["another"]}, "audience"),
        ({"aud": []}, "audience"),
        ({"aud": None}, "audience"),
        ({"aud": [CLIENT, "another"]}, "several audiences"),
        ({"aud": [CLIENT, "another"], "azp": "another"}, "authorized party"),
        ({"azp": "another"}, "authorized party"),
        ({"aud": {"one": CLIENT}}, "not text"),
        ({"aud": [CLIENT, 1]}, "not text"),
        ({"azp": [CLIENT]}, "not text"),
        ({"exp": seconds(NOW)}, "expired"),
        ({"exp": seconds(NOW) - 3600}, "expired 60 min ago"),
        ({"exp": None}, "when it expires"),
        ({"exp": "tomorrow"}, "not a number"),
        ({"exp": True}, "not a number"),
        ({"exp": 1e300}, "calendar"),
        ({"iat": None}, "when it was issued"),
        ({"iat": seconds(NOW) + 61}, "61 s from now"),
        ({"nbf": seconds(NOW) + 61}, "not good for another 61 s"),
        ({"nbf": "soon"}, "not a number"),
        ({"sub": None}, "who it is about"),
        ({"sub": 7}, "not text"),
    ],
)
async def test_a_claim_that_is_wrong_is_named(fake: Fake, changed: Json, said: str) -> None:
    error = await refused(fake, fake.token(**changed))
    assert error.code == "oidc-token-invalid"
    assert said in error.detail


@pytest.mark.parametrize(
    "changed",
    [
        {"aud": [CLIENT, "another"], "azp": CLIENT},
        {"iat": seconds(NOW) + 59},
        {"nbf": seconds(NOW) + 59},
        {"exp": seconds(NOW) + 1},
        {"iat": float(seconds(NOW))},
    ],
)
async def test_what_is_just_right_is_taken(fake: Fake, changed: Json) -> None:
    assert (await redeemed(fake, fake.token(**changed))).verified


@pytest.mark.parametrize("issuer", ["https://evil.example", "{}/", None])
async def test_another_issuer_is_refused(fake: Fake, issuer: str | None) -> None:
    error = await refused(fake, fake.token(iss=issuer and issuer.format(fake.url)))
    assert error.code == "oidc-issuer"


@pytest.mark.parametrize("claims", [{"nonce": "another"}, {"nonce": None}, {"nonce": 1}])
def test_a_nonce_that_is_not_ours_is_refused(claims: Json) -> None:
    fake = Fake(url="http://127.0.0.1:1")
    expected = id_token.Expected(issuer=fake.url, client_id=CLIENT, nonce=Secret("ours"))
    with pytest.raises(ProviderTrouble, match="nonce"):
        id_token.check(Secret(fake.token(**claims)), expected, now=NOW)
    assert id_token.check(Secret(fake.token(nonce="ours")), expected, now=NOW).verified


async def test_the_access_token_beside_it_must_be_its_own(fake: Fake) -> None:
    # The example of OpenID Connect Core 1.0, appendix A.3, for RS256.
    own, at_hash = "jHkWEdUXMU1BwAsC4vtUsZwnNvTIxEl0z9K3vx5KF0Y", "77QmUPtjPfzWtF2AnpK9RQ"
    assert (await redeemed(fake, fake.token(at_hash=at_hash), access_token=own)).verified
    assert (await redeemed(fake, fake.token(at_hash=at_hash))).verified
    for wrong in (at_hash[::-1], "", 1, "é"):
        error = await refused(fake, fake.token(at_hash=wrong), access_token=own)
        assert "at_hash" in error.detail


async def test_no_signature_is_no_token(fake: Fake) -> None:
    claims = json.dumps(fake.claims())
    for alg in ("none", "None", "NONE"):
        for signature in (b"", b"signature"):
            error = await refused(fake, compact(json.dumps({"alg": alg}), claims, signature))
            assert error.code == "oidc-token-invalid"
            assert "signed with" in error.detail


async def test_the_public_key_is_no_shared_secret(fake: Fake) -> None:
    head = {"alg": "HS256", "kid": "one"}
    public = SIGNER.as_pem(private=False)
    forged = jwk.OctKey.import_key(base64url(public))
    for key in (forged, jwk.OctKey.import_key("shared-secret-of-32-characters..")):
        token = jws.serialize_compact(head, json.dumps(fake.claims()), key, algorithms=["HS256"])
        error = await refused(fake, token)
        assert "HS256" in error.detail
    assert not fake.requests("/jwks")


@pytest.mark.parametrize("algorithm", ["PS256", "EdDSA", "ES256K", "", "RS256 ", "x" * 5000])
async def test_an_algorithm_that_aws_does_not_take_is_refused(fake: Fake, algorithm: str) -> None:
    token = compact(json.dumps({"alg": algorithm, "kid": "one"}), json.dumps(fake.claims()))
    error = await refused(fake, token)
    assert error.code == "oidc-token-invalid"
    assert len(error.detail) < 200


async def test_a_shared_secret_among_the_keys_is_not_used(fake: Fake) -> None:
    fake.publishes({"kty": "oct", "kid": "one", "k": base64url(b"x" * 32)})
    token = fake.token()
    assert "does not publish" in (await refused(fake, token)).detail


async def test_keys_that_cannot_be_are_passed_over(fake: Fake) -> None:
    good: Json = dict(SIGNER.as_dict(private=False))
    fake.publishes(
        {},
        {"kty": "RSA", "kid": "one"},
        {**good, "n": 5},
        {**good, "n": "AQAB"},
        {**good, "n": "!" * 400},
        {**good, "n": "A" * 342},
        {**good, "e": ""},
        {**good, "use": "enc"},
        {**good, "alg": "RS512"},
        {**good, "key_ops": ["encrypt"]},
        {"kty": "EC", "kid": "one", "crv": "P-256", "x": "AQAB", "y": "AQAB"},
        good,
    )
    assert (await redeemed(fake, fake.token())).verified


@pytest.mark.parametrize("changed", [{"use": "enc"}, {"alg": "RS512"}, {"key_ops": ["encrypt"]}, {"kty": "EC"}])
async def test_a_key_for_something_else_checks_no_signature(fake: Fake, changed: Json) -> None:
    fake.publishes({**SIGNER.as_dict(private=False), **changed})
    assert "does not publish" in (await refused(fake, fake.token())).detail


async def test_where_the_header_points_nobody_looks(fake: Fake) -> None:
    stranger: Json = dict(OTHER.as_dict(private=False))
    fake.will("/evil", {"keys": [stranger]})
    pointers: Json = {"jku": f"{fake.url}/evil", "x5u": f"{fake.url}/evil", "jwk": stranger, "kid": "one"}
    error = await refused(fake, fake.token(key=OTHER, header=pointers))
    assert "not the provider's" in error.detail
    assert not fake.requests("/evil")


async def test_a_token_of_the_provider_may_carry_pointers(fake: Fake) -> None:
    pointers: Json = {"jku": f"{fake.url}/evil", "x5c": ["AQAB"], "x5t": "AQAB", "typ": "JWT", "x-own": 1}
    assert (await redeemed(fake, fake.token(header=pointers))).verified
    assert not fake.requests("/evil")


@pytest.mark.parametrize(
    "header",
    [
        {"crit": ["exp"], "exp": 1},
        {"crit": ["b64"], "b64": False},
        {"crit": []},
        {"kid": 7},
        {"typ": "at+jwt"},
        {"typ": "logout+jwt"},
    ],
)
async def test_a_header_that_demands_more_is_refused(fake: Fake, header: Json) -> None:
    head = json.dumps({"alg": "RS256", "kid": "one", **header})
    error = await refused(fake, compact(head, json.dumps(fake.claims())))
    assert error.code == "oidc-token-invalid"
    assert "header" in error.detail or "another kind" in error.detail


@pytest.mark.parametrize(
    ("header", "claims"),
    [
        ('{"alg":"RS256","alg":"none"}', "{}"),
        ('{"alg":"RS256","kid":"one"}', '{"iss":"a","iss":"b"}'),
        ('{"alg":"RS256","kid":"one"}', '{"a":{"b":1,"b":2}}'),
        ('{"alg":"RS256","kid":"one"}', '{"exp":NaN}'),
        ('{"alg":"RS256","kid":"one"}', "[]"),
        ('{"alg":"RS256","kid":"one"}', '"text"'),
        ('{"alg":"RS256","kid":"one"}', "{"),
        ('{"alg":"RS256","kid":"one"}', "[" * 9000),
        ('{"alg":"RS256","kid":"one"}', '{"exp":' + "9" * 5000 + "}"),
    ],
)
async def test_what_says_a_thing_twice_or_badly_is_refused(fake: Fake, header: str, claims: str) -> None:
    error = await refused(fake, compact(header, claims))
    assert error.code == "oidc-token-invalid"
    assert "twice" in error.detail
    with pytest.raises(BadInput, match="twice"):
        id_token.read(Secret(compact(header, claims)))


async def test_even_a_signature_does_not_help_who_says_a_thing_twice(fake: Fake) -> None:
    claims = json.dumps(fake.claims())[:-1] + ', "sub": "bob"}'
    token = jws.serialize_compact({"alg": "RS256", "kid": "one"}, claims, SIGNER)
    assert "twice" in (await refused(fake, token)).detail


@pytest.mark.parametrize("token", ["a.b", "a.b.c.d", "a.b.c.d.e", "....", "not-a-token", "é.é.é", "a b.c.d"])
async def test_what_has_no_shape_is_refused(fake: Fake, token: str) -> None:
    error = await refused(fake, token)
    assert error.code in ("oidc-token-invalid", "oidc-answer")


async def test_a_token_that_aws_would_not_take_for_its_length_is_refused(fake: Fake) -> None:
    error = await refused(fake, fake.token(long="x" * 20_000))
    assert "20000" in error.detail


async def test_an_unknown_key_is_looked_for_once_and_not_again_at_once(fake: Fake) -> None:
    fake.will("/token", {"id_token": fake.token(key=OTHER)})
    async with client_of(fake) as oidc:
        for _ in range(5):
            with pytest.raises(ProviderTrouble, match="does not publish"):
                await renewed(oidc, fake.provider())
        assert len(fake.requests("/jwks")) == 2
        fake.publishes(SIGNER, OTHER)
        fake.now += timedelta(seconds=31)
        again = await renewed(oidc, fake.provider())
    assert again.token.facts.key_id == "two"


async def test_a_new_key_under_a_known_name_is_found(fake: Fake) -> None:
    renamed: Json = {**OTHER.as_dict(private=False), "kid": "one"}
    async with client_of(fake) as oidc:
        fake.will("/token", {"id_token": fake.token()})
        await renewed(oidc, fake.provider())
        fake.publishes(renamed)
        fake.will("/token", {"id_token": fake.token(key=OTHER, header={"kid": "one"})})
        await renewed(oidc, fake.provider())
    assert len(fake.requests("/jwks")) == 2


async def test_a_wrong_signature_makes_nobody_hammer(fake: Fake) -> None:
    fake.will("/token", {"id_token": fake.token(key=OTHER, header={"kid": "one"})})
    async with client_of(fake) as oidc:
        for _ in range(5):
            with pytest.raises(ProviderTrouble, match="not the provider's"):
                await renewed(oidc, fake.provider())
    assert len(fake.requests("/jwks")) == 2


async def test_keys_are_kept_for_an_hour(fake: Fake) -> None:
    async with client_of(fake) as oidc:
        for minutes in (0, 50, 9, 2):
            fake.now += timedelta(minutes=minutes)
            fake.will("/token", {"id_token": fake.token()})
            await renewed(oidc, fake.provider())
    assert len(fake.requests("/jwks")) == len(fake.requests("/.well-known/openid-configuration")) == 2


async def test_a_token_without_key_id_is_held_against_all_keys_of_its_kind(fake: Fake) -> None:
    fake.publishes(OTHER, SIGNER)
    assert (await redeemed(fake, fake.token(header={"kid": None}))).verified
    fake.publishes(OTHER)
    assert "not the provider's" in (await refused(fake, fake.token(header={"kid": None}))).detail


@pytest.mark.parametrize(
    ("status", "body"), [(404, "none"), (500, "none"), (200, "text"), (200, "[]"), (200, '{"keys": {}}')]
)
async def test_keys_that_cannot_be_had_are_told(fake: Fake, status: int, body: str) -> None:
    fake.will("/jwks", (status, body))
    assert (await refused(fake, fake.token())).code == "oidc-discovery"


async def test_far_too_many_keys_are_not_looked_through(fake: Fake) -> None:
    fake.publishes(*[{"kty": "RSA"}] * 101)
    assert (await refused(fake, fake.token())).code == "oidc-discovery"
    fake.will("/jwks", '{"keys": "' + "x" * 2_000_000 + '"}')
    with pytest.raises(NetworkTrouble):
        await redeemed(fake, fake.token())


# --- Read, not checked: from a file or a command -------------------------------------------------------------------


def test_a_token_from_elsewhere_is_read_and_not_trusted() -> None:
    token = Fake(url="https://login.example.com").token(email="alice@example.com")
    facts = id_token.read(Secret(token))
    assert (facts.issuer, facts.subject, facts.verified) == ("https://login.example.com", "alice", False)


@pytest.mark.parametrize("text", ["", "abc", "x" * 20_001, "not a token", "a.b.c", "a.b.c.d.e", "é" * 50])
def test_what_is_no_token_is_bad_input(text: str) -> None:
    with pytest.raises(BadInput) as caught:
        id_token.read(Secret(text))
    assert (caught.value.code, bool(caught.value.remedy)) == ("web-identity-token", True)
    assert len(text) < 4 or text not in str(caught.value)


def test_halves_of_characters_do_not_come_through() -> None:
    facts = id_token.read(Secret(compact('{"alg":"RS256"}', '{"sub":"alice","name":"\\ud800!"}')))
    assert facts.claim("name") == "?!"


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=5,
)
claim_sets = st.dictionaries(
    st.sampled_from(["iss", "sub", "aud", "azp", "exp", "iat", "nbf", "nonce", "at_hash"]) | st.text(), json_values
)
tokens = st.builds(lambda head, body: compact(json.dumps(head), json.dumps(body)), claim_sets, claim_sets)


@given(st.text() | tokens)
def test_reading_and_checking_end_well_or_with_our_errors(text: str) -> None:
    expected = id_token.Expected(issuer="https://login.example.com", client_id=CLIENT, nonce=Secret("n"))
    for judge in (
        lambda: id_token.read(Secret(text)),
        lambda: id_token.algorithm_and_key(Secret(text)),
        lambda: id_token.check(Secret(text), expected, now=NOW),
    ):
        try:
            judge()
        except RolecallError as error:
            assert error.remedy  # noqa: PT017  # both ways out are right
