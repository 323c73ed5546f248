"""A SAML and an OIDC provider that one role trusts, and calls with what they vouch for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.standin import OidcProvider, SamlProvider
from tests.standin.forged import OIDC_ISSUER, SAML_ISSUER, Response, pair
from tests.standin.standin_clients import Untyped, arn, unsigned

if TYPE_CHECKING:
    from app.standin import StandIn

ROLE = arn("123456789012", "Analyst")
SAML = SamlProvider(
    arn="arn:aws:iam::123456789012:saml-provider/corp", issuer=SAML_ISSUER, certificates=(pair().certificate,)
)
OIDC = OidcProvider(
    arn="arn:aws:iam::123456789012:oidc-provider/login.example.com",
    issuer=OIDC_ISSUER,
    audiences=("rolecall", "another"),
    jwks=pair().jwks,
)


def good(**changed: Untyped) -> Response:
    """A response that is redeemed for `ROLE`, unless what is changed stands against it."""
    return Response(**{"roles": (f"{ROLE},{SAML.arn}",), **changed})


def by_saml(aws: StandIn, response: Response | str, **more: Untyped) -> Untyped:
    text = response if isinstance(response, str) else response.encoded()
    return unsigned(aws).assume_role_with_saml(
        **{"RoleArn": ROLE, "PrincipalArn": SAML.arn, "SAMLAssertion": text, **more}
    )


def by_token(aws: StandIn, text: str, **more: Untyped) -> Untyped:
    given = {"RoleArn": ROLE, "RoleSessionName": "alice", "WebIdentityToken": text, **more}
    return unsigned(aws).assume_role_with_web_identity(**given)
