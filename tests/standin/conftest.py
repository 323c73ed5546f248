from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from app.standin import Role, StandIn, World, demo_world
from tests.standin.federation import OIDC, ROLE, SAML

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def world() -> World:
    return demo_world()


@pytest.fixture
def aws(world: World) -> Iterator[StandIn]:
    with StandIn(world) as running:
        yield running


@pytest.fixture
def federated(aws: StandIn) -> StandIn:
    """The same AWS, which knows a SAML and an OIDC provider and a role that trusts both."""
    aws.world.saml_providers[SAML.arn] = SAML
    aws.world.oidc_providers[OIDC.arn] = OIDC
    aws.world.roles[ROLE] = Role(arn=ROLE, trusts=(SAML.arn, OIDC.arn))
    return aws
