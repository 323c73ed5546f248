"""AssumeRoleWithWebIdentity: an ID token is verified by its provider's keys, then held to what IAM knows of it.

Source: STS API reference; IAM User Guide, "Create an OpenID Connect (OIDC) identity provider in IAM"; OpenID Connect
Core 1.0, section 3.1.3.7; RFC 7515.
"""

from __future__ import annotations

import base64
import binascii
import json
import math
from typing import TYPE_CHECKING, Any

from joserfc import jwk, jws
from joserfc.errors import JoseError

from app.standin.vouched import LEEWAY, Vouched, bad, expired
from app.standin.wire import FORBIDDEN, Refusal
from app.standin.world import KEY_TYPES

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from app.standin.jwks import Jwk
    from app.standin.limits import Parameters
    from app.standin.sts import Desk
    from app.standin.world import AccessToken, OidcProvider

PROVIDER_IDS = ("www.amazon.com", "graph.facebook.com")
"""Those whose access tokens STS takes; a role trusts them by these names."""
_JWT_PARTS = 3
_NO_TOKEN = "The ID Token provided is not a valid JWT. (You may see this error if you sent an Access Token)"  # noqa: S105  # AWS's words


def look_up_keys(desk: Desk, given: Mapping[str, str], now: datetime) -> None:
    """Fetch the keys that `verify` is going to need for these fields, if any. Takes its time, and never raises."""
    try:
        provider, header, _ = _read(desk, given.get("WebIdentityToken", ""), given.get("RoleArn", ""))
    except Refusal:
        return
    desk.keys_of_providers.look_up(provider, str(header.get("kid")), now)


def verify(desk: Desk, given: Parameters, now: datetime) -> Vouched:
    """Read WebIdentityToken. Raises Refusal for one that is not to be believed."""
    token = given.text("WebIdentityToken")
    if given.text("ProviderId"):
        return _by_access_token(desk.world.access_tokens.get(token), given, now)
    provider, header, _ = _read(desk, token, given.text("RoleArn"))
    algorithm = str(header["alg"])
    key = desk.keys_of_providers.find(provider, str(header.get("kid")), algorithm)
    return _claims(_signed_claims(token, key, algorithm), provider, given.text("RoleSessionName"), now)


def _read(desk: Desk, token: str, role_arn: str) -> tuple[OidcProvider, dict[str, Any], dict[str, Any]]:
    """The provider a token says it is from, its header and claims: nothing of it is believed as yet."""
    parts = token.split(".")
    if len(parts) != _JWT_PARTS or not parts[2]:
        raise bad(_NO_TOKEN)
    header, claims = _json(parts[0]), _json(parts[1])
    if header.get("alg") not in KEY_TYPES:
        raise bad(f"The ID token is not signed with {' or '.join(KEY_TYPES)}.")
    if not isinstance(header.get("kid"), str) or not header["kid"]:
        raise bad("The ID token does not name the key that signed it.")
    issuer = claims.get("iss")
    account = role_arn.split(":")[4:5]
    for provider in desk.oidc_providers():
        if provider.issuer == issuer and provider.arn.split(":")[4:5] == account:
            return provider, header, claims
    raise bad(f"No OpenIDConnect provider found in your account for {str(issuer)[:200]}")


def _signed_claims(token: str, key: Jwk, algorithm: str) -> dict[str, Any]:
    """The claims as the provider's key signed them."""
    # A provider may put what it likes into the header; only what is marked critical has to be understood.
    registry = jws.JWSRegistry(algorithms=[algorithm], strict_check_header=False)
    try:
        # The declared algorithm of the key counts, too: joserfc refuses another one.
        verified = jws.deserialize_compact(token, jwk.import_key(key), registry=registry)
        claims = json.loads(verified.payload)
    except (JoseError, ValueError, RecursionError) as error:
        raise bad("The signature of the ID token does not hold.") from error
    if not isinstance(claims, dict):
        raise bad(_NO_TOKEN)
    return claims


def _claims(claims: Mapping[str, Any], provider: OidcProvider, session_name: str, now: datetime) -> Vouched:
    audience = _audience(claims, provider)
    subject = claims.get("sub")
    if not isinstance(subject, str) or not subject:
        raise bad("The ID token names no subject.")
    _check_times(claims, now)
    tags, transitive = _claimed_tags(claims.get("https://aws.amazon.com/tags"))
    return Vouched(
        principal=provider.arn,
        session_name=session_name,
        about={"SubjectFromWebIdentityToken": subject, "Provider": provider.arn, "Audience": audience},
        source_identity=str(claims.get("https://aws.amazon.com/source_identity", "")),
        tags=tags,
        transitive=transitive,
    )


def _audience(claims: Mapping[str, Any], provider: OidcProvider) -> str:
    """Whom the token is for. The authorized party counts where there is one, and has to be where there are several."""
    given, party = claims.get("aud"), claims.get("azp")
    audiences = given if isinstance(given, list) else [given]
    only = audiences[0] if len(audiences) == 1 else party
    audience = only if party is None else party
    if only not in provider.audiences or audience not in provider.audiences:
        raise bad("Incorrect token audience")
    return str(audience)


def _check_times(claims: Mapping[str, Any], now: datetime) -> None:
    expires, issued, begins = (_seconds({"nbf": 0, **claims}, name) for name in ("exp", "iat", "nbf"))
    if expires <= now.timestamp():
        raise expired(
            f"Token expired: current date/time {int(now.timestamp())} must be before the expiration date/time "
            f"{int(expires)}"
        )
    if max(issued, begins) > (now + LEEWAY).timestamp():
        raise bad("The ID token is not valid yet.")


def _seconds(claims: Mapping[str, Any], name: str) -> float:
    value = claims.get(name)
    if not isinstance(value, int | float) or isinstance(value, bool) or not math.isfinite(value):
        raise bad(f"Missing a required claim: {name}")
    return value


def _by_access_token(found: AccessToken | None, given: Parameters, now: datetime) -> Vouched:
    """An OAuth 2.0 access token: it says nothing by itself, its provider has to be asked."""
    provider_id = given.text("ProviderId")
    if provider_id not in PROVIDER_IDS or given.text("WebIdentityToken").count(".") == _JWT_PARTS - 1:
        raise Refusal("InvalidParameterValue", "ProviderId is for OAuth 2.0 access tokens, not for ID tokens.")
    if found is None or found.provider_id != provider_id:
        raise bad(f"The access token is none of {provider_id}.")
    if found.revoked:
        raise Refusal("IDPRejectedClaim", f"{provider_id} does not vouch for the person any more.", status=FORBIDDEN)
    if found.expires is not None and found.expires <= now:
        raise expired("The access token has expired.")
    about = {"SubjectFromWebIdentityToken": found.user_id, "Provider": provider_id, "Audience": found.app_id}
    return Vouched(principal=provider_id, session_name=given.text("RoleSessionName"), about=about)


def _claimed_tags(claim: object) -> tuple[tuple[tuple[str, str], ...], tuple[str, ...]]:
    if claim is None:
        return (), ()
    try:
        found: Any = claim
        tags = tuple((str(key), str(values[0])) for key, values in found["principal_tags"].items())
        return tags, tuple(map(str, found.get("transitive_tag_keys", ())))
    except (AttributeError, IndexError, KeyError, TypeError):
        raise bad("The tags in the ID token cannot be read.") from None


def _json(part: str) -> dict[str, Any]:
    try:
        value = json.loads(base64.b64decode(part + "=" * (-len(part) % 4), altchars=b"-_", validate=True))
    except (binascii.Error, ValueError, RecursionError):
        value = None
    if not isinstance(value, dict):
        raise bad(_NO_TOKEN)
    return value
