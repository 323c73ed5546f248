"""A person whose roles come from identity providers that nobody here wrote, and the browser they have."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

import boto3

from app.standin import Account, OidcProvider, Role, SamlProvider, World
from tests.e2e.rig import ROOT, Rig
from tests.e2e.simplesamlphp import ACCOUNT, ADMIN_ARN, PROVIDER_ARN, READ_ONLY_ARN

if TYPE_CHECKING:
    from pathlib import Path

    from tests.e2e.panva import Panva
    from tests.e2e.shifted_clock import ShiftedClock
    from tests.e2e.simplesamlphp import SimpleSamlPhp

OIDC_ARN = f"arn:aws:iam::{ACCOUNT}:oidc-provider/login.example.com"
HUB_ARN = "arn:aws:iam::123456789012:role/Hub"
DEPLOY_ARN = "arn:aws:iam::123456789012:role/Deploy"
BROWSER = """#!{python}
import os, sys
sys.path.insert(0, {root!r})
from pathlib import Path
from tests.e2e.panva import Panva
from tests.e2e.plain_browser import Browser
with open({notes!r}, "a") as notes:
    print(sys.argv[1:], dict(os.environ), file=notes)
page = Browser().open(sys.argv[1])
assert page.gone, page
{login}
"""
FILLS_IN = """#!{python}
import sys
sys.path.insert(0, {root!r})
from tests.e2e.plain_browser import Browser
browser = Browser()
page = browser.open(Browser().open(sys.argv[1]).url)
Browser().open(browser.submit(page.forms[0]).url)
"""
READER = """
import boto3, sys
client = boto3.Session(profile_name=sys.argv[1], region_name="eu-west-1").client("sts", endpoint_url=sys.argv[2])
print(client.get_caller_identity()["Arn"])
"""
LOG_IN = "Panva(issuer={issuer!r}, log=Path(os.devnull)).log_in(page.url, follow=True)"


@dataclass(frozen=True, kw_only=True)
class ProviderRig(Rig):
    """A person without any IAM user."""

    @property
    def notes(self) -> Path:
        """What the browser was started with, one line each time."""
        return self.home / "browser-notes"

    def browser(self, panva: Panva | None) -> str:
        """A program for `BROWSER`: logs alice in at `panva`, or with None looks and goes away."""
        path = self.home / ("browser" if panva is not None else "idle-browser")
        login = LOG_IN.format(issuer=panva.issuer) if panva is not None else ""
        text = BROWSER.format(python=sys.executable, root=str(ROOT), notes=str(self.notes), login=login)
        path.write_text(text)
        path.chmod(0o755)
        return f"{path} %s"

    def caller(self, aws_profile: str) -> str:
        """Whom boto3 is taken for with the written credentials file: the ARN."""
        client = boto3.Session(profile_name=aws_profile, region_name="eu-west-1").client("sts", endpoint_url=self.url)
        return str(client.get_caller_identity()["Arn"])

    def caller_at(self, clock: ShiftedClock, aws_profile: str) -> str:
        """The same, by a boto3 for which it is as late as `clock` says."""
        arguments = [aws_profile, self.url]
        done = subprocess.run(
            [sys.executable, "-c", READER, *arguments],
            env=self.environ | clock.environment,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()

    def status(self, name: str) -> str:
        rows = json.loads(self.run("list", "--json").stdout)["profiles"]
        return str(next(row["status"] for row in rows if row["name"] == name))


def world_behind(*, saml: SimpleSamlPhp | None = None, panva: Panva | None = None) -> World:
    """An AWS whose roles trust these providers. Hub trusts Admin, and Deploy trusts Hub."""
    providers = (PROVIDER_ARN, OIDC_ARN)
    roles = (
        Role(arn=ADMIN_ARN, trusts=providers, longest=4 * 3600),
        Role(arn=READ_ONLY_ARN, trusts=providers),
        Role(arn=HUB_ARN, trusts=(ADMIN_ARN,)),
        Role(arn=DEPLOY_ARN, trusts=(HUB_ARN,)),
    )
    world = World(
        accounts={each: Account(id=each, alias="acme") for each in (ACCOUNT, "123456789012")},
        roles={role.arn: role for role in roles},
    )
    if saml is not None:
        known = SamlProvider(arn=PROVIDER_ARN, issuer=saml.issuer, certificates=(saml.certificate,))
        world.saml_providers[PROVIDER_ARN] = known
    if panva is not None:
        world.oidc_providers[OIDC_ARN] = OidcProvider(arn=OIDC_ARN, issuer=panva.issuer, audiences=(panva.client_id,))
    return world


def profile(name: str, role_arn: str, source: str, more: str = "") -> str:
    return f'\n[profile.{name}]\nrole_arn = "{role_arn}"\nsource = "{source}"\n{more}'


def saml_settings(saml: SimpleSamlPhp, *, profile_more: str = "", provider_more: str = "") -> str:
    """corp, and profiles for the roles that alice has there."""
    return (
        f'schema = 1\n\n[settings]\nregion = "eu-west-1"\n\n[provider.corp]\ntype = "saml"\n'
        f'login_url = "{saml.login_url}"\n{provider_more}'
        + profile("admin", ADMIN_ARN, "provider.corp", profile_more)
        + profile("read-only", READ_ONLY_ARN, "provider.corp", profile_more)
        + profile("hub", HUB_ARN, "profile.admin")
        + profile("deploy", DEPLOY_ARN, "profile.hub")
    )


def oidc_settings(panva: Panva, *, provider_more: str = "") -> str:
    """login, and profiles for the roles that it vouches for."""
    return (
        f'schema = 1\n\n[settings]\nregion = "eu-west-1"\n\n[provider.login]\ntype = "oidc"\n'
        f'issuer = "{panva.issuer}"\nclient_id = "{panva.client_id}"\n'
        f'scopes = ["openid", "email", "offline_access"]\nsession_name_claim = "email"\n{provider_more}'
        + profile("admin", ADMIN_ARN, "provider.login")
        + profile("read-only", READ_ONLY_ARN, "provider.login")
        + profile("hub", HUB_ARN, "profile.admin")
        + profile("deploy", DEPLOY_ARN, "profile.hub")
    )
