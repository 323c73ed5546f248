"""What the demo shows: five accounts, one person with an MFA device, two providers, and profiles of every kind."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from app.standin.world import Account, OidcSite, Person, Role, SamlSite, User, World, random_totp_secret

if TYPE_CHECKING:
    from collections.abc import Mapping

PRODUCTION, STAGING, SANDBOX, IDENTITIES = "123456789012", "210987654321", "345678901234", "111122223333"
SHARED = "456789012345"
REGION = "eu-west-1"
EXTERNAL_ID = "acme-7731"
CLIENT = "rolecall"
_HOURS = 3600
_READ_LOGS = {
    "Version": "2012-10-17",
    "Statement": [{"Effect": "Allow", "Action": ["logs:Get*", "logs:FilterLogEvents"], "Resource": "*"}],
}
_READ_REPORTS = {
    "Version": "2012-10-17",
    "Statement": [{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::acme-reports/*"}],
}


def _role_arn(account: str, name: str) -> str:
    return f"arn:aws:iam::{account}:role/{name}"


def _corp(account: str) -> str:
    return f"arn:aws:iam::{account}:saml-provider/corp"


def _login(account: str) -> str:
    return f"arn:aws:iam::{account}:oidc-provider/login"


def demo_world() -> World:
    """Make the demo's world. Keys and secrets are random, so nothing in it can be mistaken for a real one."""
    accounts = (
        Account(id=PRODUCTION, alias="acme-prod"),
        Account(id=STAGING, alias="acme-stage"),
        Account(id=SANDBOX, alias="acme-sandbox"),
        Account(id=SHARED, alias="acme-shared"),
        Account(id=IDENTITIES, alias="acme-identity"),
    )
    alice = User(
        name="alice",
        account_id=IDENTITIES,
        mfa_serial=f"arn:aws:iam::{IDENTITIES}:mfa/alice",
        totp_secret=random_totp_secret(),
    )
    roles = _roles(alice.arn)
    person = Person(name="alice", email="alice@acme.example", full_name="Alice")
    return World(
        accounts={account.id: account for account in accounts},
        users={"alice": alice},
        roles={role.arn: role for role in roles},
        people={person.name: person},
        saml_site=SamlSite(
            name="corp",
            issuer="https://corp.acme.example/idp",
            provider_arns=tuple(map(_corp, (PRODUCTION, SANDBOX, SHARED))),
            roles=_CORP_ROLES,
        ),
        oidc_site=OidcSite(
            name="login", provider_arns=tuple(map(_login, (STAGING, SANDBOX, SHARED))), clients=(CLIENT,)
        ),
    )


def _roles(alice: str) -> tuple[Role, ...]:
    hub, developer, analyst = (
        _role_arn(PRODUCTION, "Hub"),
        _role_arn(STAGING, "Developer"),
        _role_arn(SHARED, "Analyst"),
    )
    by_alice, saml, saml_shared = (alice,), (_corp(PRODUCTION),), (_corp(SHARED),)
    oidc, oidc_shared = (_login(STAGING),), (_login(SHARED),)
    return (
        Role(arn=hub, trusts=by_alice, mfa_required=True, longest=12 * _HOURS),
        Role(arn=_role_arn(PRODUCTION, "Admin"), trusts=(hub,), longest=4 * _HOURS),
        Role(arn=_role_arn(PRODUCTION, "SecurityAudit"), trusts=by_alice, external_id=EXTERNAL_ID, federates=saml),
        Role(
            arn=_role_arn(PRODUCTION, "Billing"),
            trusts=(_role_arn(PRODUCTION, "Finance"),),
            encoded_denials=True,
            denied_by="FinanceOnly",
        ),
        Role(arn=_role_arn(PRODUCTION, "Deploy"), trusts=by_alice, federates=saml),
        Role(arn=developer, trusts=by_alice, longest=8 * _HOURS, federates=oidc),
        Role(arn=_role_arn(STAGING, "Operations"), trusts=by_alice, mfa_required=True, longest=4 * _HOURS),
        Role(arn=_role_arn(STAGING, "DatabaseAdmin"), trusts=by_alice, mfa_required=True, federates=oidc),
        Role(arn=_role_arn(STAGING, "ReadOnly"), trusts=by_alice, longest=12 * _HOURS, federates=oidc),
        Role(arn=_role_arn(STAGING, "Pipeline"), trusts=(developer,)),
        Role(
            arn=_role_arn(SANDBOX, "PowerUser"),
            trusts=(f"arn:aws:iam::{IDENTITIES}:root",),
            federates=(_corp(SANDBOX),),
            longest=12 * _HOURS,
        ),
        Role(arn=_role_arn(SANDBOX, "Notebook"), trusts=by_alice, federates=(_login(SANDBOX),), longest=4 * _HOURS),
        Role(arn=_role_arn(SANDBOX, "Viewer"), trusts=(), federates=(_corp(SANDBOX),)),
        Role(arn=analyst, trusts=(), longest=4 * _HOURS, federates=saml_shared),
        Role(arn=_role_arn(SHARED, "Loader"), trusts=(analyst,)),
        Role(arn=_role_arn(SHARED, "Backup"), trusts=(), federates=saml_shared),
        Role(arn=_role_arn(SHARED, "Registry"), trusts=(), federates=oidc_shared),
        Role(arn=_role_arn(SHARED, "Support"), trusts=(), federates=oidc_shared),
        Role(arn=_role_arn(SHARED, "Auditor"), trusts=by_alice, external_id=EXTERNAL_ID),
        Role(arn=_role_arn(SHARED, "BreakGlass"), trusts=by_alice, mfa_required=True),
        Role(arn=_role_arn(SHARED, "Network"), trusts=by_alice),
        Role(arn=_role_arn(SHARED, "Dns"), trusts=by_alice),
        Role(arn=_role_arn(SHARED, "LogReader"), trusts=by_alice),
    )


# Viewer is in no profile: it is what a sign-in has to offer beyond the settings. Billing does not trust corp.
_CORP_ROLES = tuple(
    _role_arn(account, name)
    for account, name in (
        (PRODUCTION, "SecurityAudit"),
        (PRODUCTION, "Deploy"),
        (PRODUCTION, "Billing"),
        (SANDBOX, "PowerUser"),
        (SANDBOX, "Viewer"),
        (SHARED, "Analyst"),
        (SHARED, "Backup"),
    )
)


def demo_settings(world: World, url: str = "") -> str:
    """The settings file that goes with `demo_world`; no secret is in it.

    `url` is the running stand-in's: the providers `corp` and `login` live there, and so do the profiles that start from
    them. Without it there are none, and every profile starts from alice.
    """
    alice = world.users["alice"]
    identity = {
        "access_key_id": alice.access_key_id,
        "mfa_device": alice.mfa_serial,
        "mfa": "ask",
        "mfa_session_duration": 43200,
    }
    parts = ["schema = 1", _table("settings", {"region": REGION}), _table("identity.alice", identity)]
    if url:
        scopes = ["openid", "email", "offline_access"]
        parts += [
            _table("provider.corp", {"type": "saml", "login_url": f"{url}/idp/start"}),
            _table(
                "provider.login",
                {"type": "oidc", "issuer": f"{url}/oidc", "client_id": CLIENT, "scopes": scopes},
            ),
        ]
    for group, colour, profiles in _GROUPS_WITH_PROVIDERS if url else _GROUPS:
        for name, entry in profiles.items():
            parts.append(_table(f"profile.{name}", {**entry, "group": group, "colour": colour}))
    return "\n\n".join(parts) + "\n"


_Entry = dict[str, object]


def _role(account: str, role: str, **entry: object) -> _Entry:
    common = {"source": "identity.alice", "session_name": "alice", "region": REGION}
    return {"role_arn": _role_arn(account, role), **common, **entry}


def _by_saml(account: str, role: str, **entry: object) -> _Entry:
    """A role whose session the assertion names."""
    return {"role_arn": _role_arn(account, role), "source": "provider.corp", "region": REGION, **entry}


def _by_oidc(account: str, role: str, **entry: object) -> _Entry:
    return _role(account, role, source="provider.login", **entry)


_TAGS = {"team": "platform", "cost-centre": "4711"}
_PRODUCTION: dict[str, _Entry] = {
    "hub": _role(PRODUCTION, "Hub", mfa=True),
    "prod-admin": _role(PRODUCTION, "Admin", source="profile.hub", pinned=True),
    "prod-audit": _role(PRODUCTION, "SecurityAudit", external_id=EXTERNAL_ID, pinned=True),
    "prod-billing": _role(PRODUCTION, "Billing", region="us-east-1"),
    "prod-deploy": _role(PRODUCTION, "Deploy", duration=900),
}
_STAGING: dict[str, _Entry] = {
    "stage-dev": _role(STAGING, "Developer", duration=8 * _HOURS),
    "stage-ops": _role(STAGING, "Operations", mfa=True),
    "stage-db": _role(STAGING, "DatabaseAdmin", mfa="role"),
    "stage-readonly": _role(STAGING, "ReadOnly", policy=json.dumps(_READ_LOGS), tags=_TAGS),
}
_SANDBOX: dict[str, _Entry] = {
    "sandbox-alice": _role(SANDBOX, "PowerUser"),
    "sandbox-ml": _role(SANDBOX, "Notebook", publish="none", region="eu-central-1"),
}
_SHARED: dict[str, _Entry] = {
    "alice-mfa": {"source": "identity.alice", "mfa": True},
    "guest": {
        "source": "identity.alice",
        "federated_user": "guest",
        "policy": json.dumps(_READ_REPORTS),
    },
}
_GROUPS = (
    ("Production", "red", _PRODUCTION),
    ("Staging", "violet", _STAGING),
    ("Sandbox", "teal", _SANDBOX),
    ("Shared", "grey", _SHARED),
)
_GROUPS_WITH_PROVIDERS: tuple[tuple[str, str, Mapping[str, _Entry]], ...] = (
    (
        "Production",
        "red",
        {
            "prod-admin": _PRODUCTION["prod-admin"],
            "prod-audit": _by_saml(PRODUCTION, "SecurityAudit", pinned=True),
            "prod-billing": _by_saml(PRODUCTION, "Billing", region="us-east-1"),
            "prod-deploy": _by_saml(PRODUCTION, "Deploy", duration=900, region="eu-central-1"),
        },
    ),
    (
        "Staging",
        "violet",
        {
            "stage-dev": _by_oidc(STAGING, "Developer", duration=8 * _HOURS, pinned=True),
            "stage-ops": _STAGING["stage-ops"],
            "stage-db": _by_oidc(STAGING, "DatabaseAdmin"),
            "stage-readonly": _by_oidc(STAGING, "ReadOnly", policy=json.dumps(_READ_LOGS)),
        },
    ),
    (
        "Sandbox",
        "teal",
        {
            "sandbox-alice": _by_saml(SANDBOX, "PowerUser", region="us-east-1"),
            "sandbox-ml": _by_oidc(SANDBOX, "Notebook", publish="none", region="us-east-1", pinned=True),
        },
    ),
    (
        "Shared",
        "grey",
        {
            "hub": _PRODUCTION["hub"],
            "data-lake": _by_saml(SHARED, "Analyst"),
            "data-lake-load": _role(SHARED, "Loader", source="profile.data-lake"),
            "pipeline": _role(STAGING, "Pipeline", source="profile.stage-dev"),
            "backup": _by_saml(SHARED, "Backup", region="eu-central-1"),
            "registry": _by_oidc(SHARED, "Registry"),
            "support": _by_oidc(SHARED, "Support"),
            "partner-audit": _role(SHARED, "Auditor", external_id=EXTERNAL_ID),
            "break-glass": _role(SHARED, "BreakGlass", mfa="role"),
            "network": _role(SHARED, "Network"),
            "dns": _role(SHARED, "Dns", region="us-east-1"),
            "logs": _role(SHARED, "LogReader", policy=json.dumps(_READ_LOGS), tags=_TAGS),
            **_SHARED,
        },
    ),
)


def _table(name: str, entry: _Entry) -> str:
    return "\n".join([f"[{name}]", *(f"{key} = {_toml(value)}" for key, value in entry.items())])


def _toml(value: object) -> str:
    """A value as TOML: texts, whole numbers, booleans, lists of texts and flat tables."""
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{key} = {_toml(each)}" for key, each in value.items()) + " }"
    if isinstance(value, str) and '"' in value and "'" not in value:
        return f"'{value}'"
    # For printable ASCII, which all of this is, a JSON text or number is also a TOML one.
    return json.dumps(value)
