"""The stand-in's checks held to providers that nobody here wrote: what they vouch for is redeemed, and nothing else."""

from __future__ import annotations

import base64
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

import pytest

from app.standin import OidcProvider, Role, SamlProvider, StandIn, World
from tests.e2e.simplesamlphp import ADMIN_ARN, PROVIDER_ARN, READ_ONLY_ARN
from tests.standin import forged
from tests.standin.plain_browser import Browser, OidcClient
from tests.standin.standin_clients import refused, unsigned

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.e2e.panva import Panva
    from tests.e2e.simplesamlphp import SimpleSamlPhp
    from tests.standin.standin_clients import Untyped

ACCOUNT = PROVIDER_ARN.split(":")[4]
OIDC_ARN = f"arn:aws:iam::{ACCOUNT}:oidc-provider/panva"
ROLE = f"arn:aws:iam::{ACCOUNT}:role/Developer"


@pytest.fixture
def aws() -> Iterator[StandIn]:
    with StandIn(World()) as running:
        yield running


def test_simplesamlphp(aws: StandIn, simplesamlphp: SimpleSamlPhp) -> None:
    known = SamlProvider(arn=PROVIDER_ARN, issuer=simplesamlphp.issuer, certificates=(simplesamlphp.certificate,))
    aws.world.saml_providers[known.arn] = known
    aws.world.roles.update({arn: Role(arn=arn, trusts=(known.arn,)) for arn in (ADMIN_ARN, READ_ONLY_ARN)})
    response = simplesamlphp.log_in().saml_response
    call = {"PrincipalArn": known.arn, "SAMLAssertion": response}
    for role in (ADMIN_ARN, READ_ONLY_ARN):
        got = unsigned(aws).assume_role_with_saml(RoleArn=role, **call)
        assert got["AssumedRoleUser"]["Arn"].endswith("/alice@example.com")
    changed = base64.b64encode(base64.b64decode(response).replace(b"alice@example.com", b"carol@example.com")).decode()
    assert changed != response
    for bad in (changed, simplesamlphp.log_in("bob").saml_response):
        tried = {**call, "SAMLAssertion": bad}
        code = refused(lambda tried=tried: unsigned(aws).assume_role_with_saml(RoleArn=ADMIN_ARN, **tried)).code  # type: ignore[misc]
        assert code == ("InvalidIdentityToken" if bad == changed else "AccessDenied")
    aws.world.saml_providers[known.arn] = replace(known, certificates=(forged.pair().certificate,))
    assert (
        refused(lambda: unsigned(aws).assume_role_with_saml(RoleArn=ADMIN_ARN, **call)).code == "InvalidIdentityToken"
    )


def test_panva(aws: StandIn, panva: Panva) -> None:
    known = OidcProvider(arn=OIDC_ARN, issuer=panva.issuer, audiences=(panva.client_id,))
    aws.world.oidc_providers[known.arn] = known
    aws.world.roles[ROLE] = Role(arn=ROLE, trusts=(known.arn,))
    client = OidcClient(Browser(panva.issuer), panva.issuer, scope=panva.scope)

    def token(user: str = "alice") -> str:
        came = parse_qs(urlsplit(panva.log_in(client.address(prompt="consent"), user=user)).query)
        told = client.redeem(came["code"][0])
        assert told.status == 200, told.text
        return str(told.json["id_token"])

    def redeem(text: str) -> Untyped:
        call = {"RoleArn": ROLE, "RoleSessionName": "alice", "WebIdentityToken": text}
        return unsigned(aws).assume_role_with_web_identity(**call)

    first = token()
    got = redeem(first)
    assert (got["Provider"], got["Audience"]) == (OIDC_ARN, panva.client_id)
    header, body, signature = first.split(".")
    other = token("bob").split(".")[1]
    for forgery in (f"{header}.{other}.{signature}", f"{header}.{body}.{signature[:-4]}AAAA"):
        assert refused(lambda forgery=forgery: redeem(forgery)).code == "InvalidIdentityToken"  # type: ignore[misc]
    panva.rotate_keys()
    assert redeem(token())["SubjectFromWebIdentityToken"] == got["SubjectFromWebIdentityToken"]
    aws.world.oidc_providers[known.arn] = replace(known, audiences=("another",))
    assert refused(lambda: redeem(token())).message == "Incorrect token audience"
