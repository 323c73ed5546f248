"""A strict local AWS for the demo and the tests: STS and the console's sign-in, over HTTP on 127.0.0.1.

It also serves a SAML and an OpenID provider of its own, each with a login page, for worlds that have them. What they
vouch for is verified as any other provider's word is: by signature.

It knows nothing of the program it stands in for, as the real AWS does not. Only `app.bootstrap` imports it, and late:
what it needs is an optional dependency. Signatures and limits are checked with what AWS itself publishes, botocore's
signer and botocore's model of STS, so that no misunderstanding of ours can sit on both sides.

It is a server of its own, not moto: moto hands out fixed keys for GetSessionToken and GetFederationToken and checks
neither durations nor clock nor codes; too little would be left of it.
"""

from __future__ import annotations

from app.standin.demo import demo_settings, demo_world
from app.standin.server import StandIn
from app.standin.service import Record
from app.standin.world import (
    AccessToken,
    Account,
    OidcProvider,
    OidcSite,
    Person,
    Role,
    SamlProvider,
    SamlSite,
    User,
    World,
)

__all__ = [
    "AccessToken",
    "Account",
    "OidcProvider",
    "OidcSite",
    "Person",
    "Record",
    "Role",
    "SamlProvider",
    "SamlSite",
    "StandIn",
    "User",
    "World",
    "demo_settings",
    "demo_world",
]
