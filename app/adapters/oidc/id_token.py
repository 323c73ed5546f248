"""ID tokens: read, and checked as OpenID Connect Core 1.0, section 3.1.3.7, wants.

The header only says which key and algorithm to look for among those we know ourselves: `jku`, `jwk`, `x5u` and `x5c`
are not looked at.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import re
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from app.adapters.oidc import errors
from app.adapters.oidc.json_text import read_object, text_of, texts_of
from app.adapters.oidc.keys import ALGORITHMS
from app.domain.errors import BadInput
from app.domain.values import dataclass, replace
from app.domain.web_identity import TokenFacts

if TYPE_CHECKING:
    from collections.abc import Iterable

    from app.adapters.oidc.keys import Key
    from app.domain.secret import Secret

LONGEST = 20_000
"""Characters. Source: STS API reference, WebIdentityToken."""
SHORTEST = 4
LEEWAY = timedelta(seconds=60)
_COMPACT = re.compile(r"([0-9A-Za-z_-]+)\.([0-9A-Za-z_-]+)\.([0-9A-Za-z_-]*)")
_ACCESS = re.compile(r"[!-~]+")
_OTHER_TYPES = ("at+jwt", "application/at+jwt", "logout+jwt", "secevent+jwt", "dpop+jwt")
_ENCRYPTED_PARTS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """Whose token it must be. `nonce` and `subject` None: not known, so any. `access_token` is what came with it."""

    issuer: str
    client_id: str
    nonce: Secret | None = None
    nonce_if_present: Secret | None = None
    subject: str | None = None
    access_token: Secret | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Parts:
    header: dict[str, object]
    claims: dict[str, object]


def read(text: Secret, *, provider_id: str = "") -> TokenFacts:
    """What a token says, its signature unchecked. With a `provider_id` it is an access token, which says nothing.

    Raises BadInput `web-identity-token`.
    """
    plain = text.reveal()
    if not SHORTEST <= len(plain) <= LONGEST:
        raise _no_token(f"It has {len(plain)} characters; AWS takes {SHORTEST} to {LONGEST}.")
    if provider_id:
        if not _ACCESS.fullmatch(plain):
            raise _no_token("An access token is one line of visible ASCII characters.")
        return TokenFacts()
    try:
        return _facts(_split(plain))
    except ValueError as error:
        raise _no_token(str(error)) from None


def algorithm_and_key(text: Secret) -> tuple[str, str]:
    """The algorithm of a token, which is one of those AWS takes, and its key ID or an empty string.

    Raises ProviderTrouble `oidc-token-invalid`.
    """
    try:
        header = _split(text.reveal()).header
    except ValueError as error:
        raise errors.token(str(error)) from None
    algorithm, key_id = text_of(header, "alg"), header.get("kid", "")
    if algorithm not in ALGORITHMS:
        said = errors.shown(algorithm)[:20]
        raise errors.token(
            f"It is signed with {said or 'no algorithm'}; AWS takes {', '.join(ALGORITHMS)}.",
            remedy="Let the provider sign this client's ID tokens with RS256.",
        )
    if "crit" in header or not isinstance(key_id, str):
        raise errors.token("Its header demands what is not understood here.")
    if text_of(header, "typ").lower() in _OTHER_TYPES:
        raise errors.token("It is a token of another kind, not an ID token.")
    return algorithm, key_id


def is_signed(text: Secret, algorithm: str, keys: Iterable[Key]) -> bool:
    """Whether one of the keys made the signature."""
    from joserfc import jwk, jws
    from joserfc.errors import JoseError

    registry = jws.JWSRegistry(algorithms=[algorithm], strict_check_header=False)
    registry.max_header_length = registry.max_signature_length = LONGEST
    for each in keys:
        try:
            key = (jwk.RSAKey if each["kty"] == "RSA" else jwk.ECKey).import_key({**each})
            jws.deserialize_compact(text.reveal(), key, registry=registry)
        except (JoseError, ValueError, TypeError):  # also for numbers that are no key
            continue
        return True
    return False


def check(text: Secret, expected: Expected, *, now: datetime) -> TokenFacts:
    """The facts of a token whose signature is good. Raises ProviderTrouble `oidc-token-invalid`, `oidc-issuer`."""
    try:
        parts = _split(text.reveal())
        facts = _facts(parts)
    except ValueError as error:
        raise errors.token(str(error)) from None
    if facts.issuer != expected.issuer:
        raise errors.issuer(expected.issuer, errors.shown(facts.issuer))
    _check_audience(facts, expected.client_id)
    _check_times(parts.claims, facts, now)
    _check_bindings(parts.claims, facts, expected)
    return replace(facts, verified=True)


def _check_audience(facts: TokenFacts, client_id: str) -> None:
    if client_id not in facts.audiences:
        raise errors.token("It was made for another program: its audience is not our client_id.")
    if len(facts.audiences) > 1 and not facts.authorized_party:
        raise errors.token("It has several audiences and does not say for which of them it was made.")
    if facts.authorized_party and facts.authorized_party != client_id:
        raise errors.token("It was made for another program: its authorized party (azp) is not our client_id.")


def _check_times(claims: dict[str, object], facts: TokenFacts, now: datetime) -> None:
    clock = "Check this machine's clock; if it is right, the provider's is not."
    if facts.expires is None or facts.issued is None:
        raise errors.token("It does not say when it was issued and when it expires.")
    if facts.expires <= now:
        raise errors.token(f"It expired {_apart(now - facts.expires)} ago.", remedy=f"Sign in again. {clock}")
    if facts.issued > now + LEEWAY:
        raise errors.token(f"It was issued {_apart(facts.issued - now)} from now.", remedy=clock)
    try:
        begins = _time(claims, "nbf")
    except ValueError as error:
        raise errors.token(str(error)) from None
    if begins is not None and begins > now + LEEWAY:
        raise errors.token(f"It is not good for another {_apart(begins - now)}.", remedy=clock)


def _check_bindings(claims: dict[str, object], facts: TokenFacts, expected: Expected) -> None:
    """The claims that tie the token to what we asked and to what came with it."""
    nonce = claims.get("nonce")
    wanted = expected.nonce or (expected.nonce_if_present if nonce is not None else None)
    if wanted is not None and not (isinstance(nonce, str) and _same(nonce, wanted.reveal())):
        raise errors.token("It is not the answer to what was asked: its nonce is another one, or missing.")
    if not facts.subject:
        raise errors.token("It does not say who it is about.")
    if expected.subject is not None and facts.subject != expected.subject:
        raise errors.token("It is about somebody else than the one who signed in.", remedy="Sign in again.")
    at_hash = claims.get("at_hash")
    if at_hash is not None and expected.access_token is not None:
        made = _at_hash(expected.access_token, facts.algorithm)
        if not isinstance(at_hash, str) or not _same(at_hash, made):
            raise errors.token("The access token that came with it belongs to another one (at_hash).")


def _at_hash(access_token: Secret, algorithm: str) -> str:
    """OpenID Connect Core 1.0, section 3.1.3.6."""
    digest = hashlib.new(f"sha{algorithm[-3:]}", access_token.reveal().encode()).digest()
    return base64.urlsafe_b64encode(digest[: len(digest) // 2]).rstrip(b"=").decode("ascii")


def _split(text: str) -> _Parts:
    """Header and claims. Raises ValueError with a sentence that tells nothing of the token."""
    if len(text) > LONGEST:
        raise ValueError(f"It is longer than the {LONGEST} characters that AWS takes.")
    if text.count(".") + 1 == _ENCRYPTED_PARTS:
        raise ValueError("It is encrypted; AWS takes signed ones only.")
    found = _COMPACT.fullmatch(text)
    if not found:
        raise ValueError("It is not a JSON Web Token: three parts in base64url with points between.")
    return _Parts(header=_part(found[1], "header"), claims=_part(found[2], "content"))


def _part(text: str, name: str) -> dict[str, object]:
    with suppress(ValueError):  # not raised on from there: a decoder's error may carry what it decodes
        return read_object(base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True))
    raise ValueError(f"Its {name} is not a JSON object, or says the same thing twice.")


def _facts(parts: _Parts) -> TokenFacts:
    """Raises ValueError when a claim is not of the kind that it must be."""
    claims = parts.claims
    audience = claims.get("aud")
    audiences = (audience,) if isinstance(audience, str) else texts_of(claims, "aud")
    if (audience is not None and audiences is None) or any(
        claims.get(name) is not None and not isinstance(claims[name], str) for name in ("iss", "sub", "azp")
    ):
        raise ValueError("What it says of issuer, subject or audience is not text.")
    return TokenFacts(
        issuer=text_of(claims, "iss"),
        subject=text_of(claims, "sub"),
        audiences=audiences or (),
        authorized_party=text_of(claims, "azp"),
        issued=_time(claims, "iat"),
        expires=_time(claims, "exp"),
        algorithm=text_of(parts.header, "alg"),
        key_id=text_of(parts.header, "kid"),
        claims=tuple((_clean(name), _as_text(value)) for name, value in claims.items()),
    )


def _time(claims: dict[str, object], name: str) -> datetime | None:
    value = claims.get(name)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise ValueError(f"Its time {name} is not a number of seconds.")  # noqa: TRY004  # it is the token that is wrong
    with suppress(OverflowError, ValueError, OSError):
        return datetime.fromtimestamp(value, UTC)
    raise ValueError(f"Its time {name} is beyond every calendar.")


def _as_text(value: object) -> str:
    return _clean(value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, separators=(",", ":")))


def _clean(text: str) -> str:
    """Without halves of characters, which cannot be shown or written."""
    return text.encode("utf-8", "replace").decode("utf-8")


def _same(one: str, other: str) -> bool:
    return hmac.compare_digest(one.encode("utf-8", "replace"), other.encode("utf-8", "replace"))


def _apart(span: timedelta) -> str:
    seconds = span.total_seconds()
    return f"{seconds:.0f} s" if seconds < 120 else f"{seconds / 60:.0f} min"  # noqa: PLR2004  # two minutes


def _no_token(why: str) -> BadInput:
    return BadInput(
        code="web-identity-token",
        title="This is no token that AWS takes",
        detail=why,
        remedy="Give the ID token itself, as one line and nothing else.",
        field="web_identity_token",
    )
