"""A strict local AWS for the demo and the tests: STS and the console's sign-in, over HTTP on 127.0.0.1.

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
from app.standin.world import Account, OidcProvider, Role, SamlProvider, User, World

__all__ = [
    "Account",
    "OidcProvider",
    "Record",
    "Role",
    "SamlProvider",
    "StandIn",
    "User",
    "World",
    "demo_settings",
    "demo_world",
]
