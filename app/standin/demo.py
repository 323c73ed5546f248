"""What the demo shows: three accounts, one person with an MFA device, and thirteen profiles of every kind."""

from __future__ import annotations

import json

from app.standin.world import Account, Role, User, World, random_totp_secret

PRODUCTION, STAGING, SANDBOX, IDENTITIES = "123456789012", "210987654321", "345678901234", "111122223333"
REGION = "eu-west-1"
EXTERNAL_ID = "acme-7731"
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


def demo_world() -> World:
    """Make the demo's world. Keys and secrets are random, so nothing in it can be mistaken for a real one."""
    accounts = (
        Account(id=PRODUCTION, alias="acme-prod"),
        Account(id=STAGING, alias="acme-stage"),
        Account(id=SANDBOX, alias="acme-sandbox"),
        Account(id=IDENTITIES, alias="acme-identity"),
    )
    alice = User(
        name="alice",
        account_id=IDENTITIES,
        mfa_serial=f"arn:aws:iam::{IDENTITIES}:mfa/alice",
        totp_secret=random_totp_secret(),
    )
    hub = _role_arn(PRODUCTION, "Hub")
    by_alice = (alice.arn,)
    roles = (
        Role(arn=hub, trusts=by_alice, mfa_required=True, longest=12 * _HOURS),
        Role(arn=_role_arn(PRODUCTION, "Admin"), trusts=(hub,), longest=4 * _HOURS),
        Role(arn=_role_arn(PRODUCTION, "SecurityAudit"), trusts=by_alice, external_id=EXTERNAL_ID),
        Role(
            arn=_role_arn(PRODUCTION, "Billing"),
            trusts=(_role_arn(PRODUCTION, "Finance"),),
            encoded_denials=True,
        ),
        Role(arn=_role_arn(PRODUCTION, "Deploy"), trusts=by_alice),
        Role(arn=_role_arn(STAGING, "Developer"), trusts=by_alice, longest=8 * _HOURS),
        Role(arn=_role_arn(STAGING, "Operations"), trusts=by_alice, mfa_required=True, longest=4 * _HOURS),
        Role(arn=_role_arn(STAGING, "DatabaseAdmin"), trusts=by_alice, mfa_required=True),
        Role(arn=_role_arn(STAGING, "ReadOnly"), trusts=by_alice, longest=12 * _HOURS),
        Role(arn=_role_arn(SANDBOX, "PowerUser"), trusts=(f"arn:aws:iam::{IDENTITIES}:root",), longest=12 * _HOURS),
        Role(arn=_role_arn(SANDBOX, "Notebook"), trusts=by_alice, longest=4 * _HOURS),
    )
    return World(
        accounts={account.id: account for account in accounts},
        users={"alice": alice},
        roles={role.arn: role for role in roles},
    )


def demo_settings(world: World) -> str:
    """The settings file that goes with `demo_world`; no secret is in it."""
    alice = world.users["alice"]
    parts = [
        "schema = 1",
        _table("settings", {"region": REGION}),
        _table(
            "identity.alice",
            {
                "access_key_id": alice.access_key_id,
                "mfa_device": alice.mfa_serial,
                "mfa": "ask",
                "mfa_session_duration": 43200,
            },
        ),
    ]
    for group, colour, profiles in _GROUPS:
        for name, entry in profiles.items():
            parts.append(_table(f"profile.{name}", {**entry, "group": group, "colour": colour}))
    return "\n\n".join(parts) + "\n"


_Entry = dict[str, object]


def _role(account: str, role: str, **entry: object) -> _Entry:
    common = {"source": "identity.alice", "session_name": "alice", "region": REGION}
    return {"role_arn": _role_arn(account, role), **common, **entry}


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
    "stage-readonly": _role(
        STAGING, "ReadOnly", policy=json.dumps(_READ_LOGS), tags={"team": "platform", "cost-centre": "4711"}
    ),
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


def _table(name: str, entry: _Entry) -> str:
    return "\n".join([f"[{name}]", *(f"{key} = {_toml(value)}" for key, value in entry.items())])


def _toml(value: object) -> str:
    """A value as TOML: texts, whole numbers, booleans and flat tables."""
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{key} = {_toml(each)}" for key, each in value.items()) + " }"
    if isinstance(value, str) and '"' in value and "'" not in value:
        return f"'{value}'"
    # For printable ASCII, which all of this is, a JSON text or number is also a TOML one.
    return json.dumps(value)
