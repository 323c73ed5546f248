"""Profiles behind providers, and a person who signs in."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING

from app.domain.configuration import place_fingerprint
from app.domain.secret import Secret
from tests.core.fakes import ACCOUNT, Machine, machine, oidc, profile, saml
from tests.core.virtual_time import until

if TYPE_CHECKING:
    from tests.core.fake_aws import Loose


def role(name: str) -> str:
    return f"arn:aws:iam::{ACCOUNT}:role/{name}"


def behind(provider: str, *names: str, **changes: Loose) -> list[Loose]:
    return [profile(name, f"provider.{provider}", **changes) for name in names]


def corp(*names: str, **changes: Loose) -> Machine:
    """A machine with a SAML provider that offers a role for each of its profiles."""
    pc = machine(saml(**changes), *behind("corp", *names))
    pc.idp.offer(*map(role, names))
    return pc


def login(*names: str, **changes: Loose) -> Machine:
    """A machine with an OpenID provider and profiles that start from it."""
    return machine(oidc(**changes), *behind("login", *names))


def keep(pc: Machine, key: str, text: str, place: Loose) -> None:
    """Something lies in the keyring, and was given for a place."""
    pc.keyring.items[key] = Secret(text)
    entries = {**pc.state.value.provider_secrets, key: place_fingerprint(place)}
    pc.state.value = replace(pc.state.value, provider_secrets=entries)


def provider(front: Loose, name: str = "corp") -> Loose:
    return next(each for each in front.snapshot().providers if each.name == name)


def need(front: Loose) -> Loose:
    [found] = front.snapshot().needs
    return found


async def log_in(front: Loose, pc: Machine, name: str) -> None:
    """Click on a profile, and sign in at the window that opens."""
    click = asyncio.create_task(front.assume(name))
    await until(lambda: pc.window.open)
    pc.window.log_in()
    await click


async def log_in_browser(front: Loose, pc: Machine, name: str) -> None:
    """Click on a profile, and sign in where the browser was opened."""
    click = asyncio.create_task(front.assume(name))
    await until(lambda: pc.oidc.pending)
    pc.oidc.log_in()
    await click
