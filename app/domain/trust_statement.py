"""The statement that a role's trust policy needs for a profile, ready to paste.

Sources: IAM User Guide, "How to use trust policies with IAM roles", "Available keys for AWS STS".
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from app.domain.acs import acs_of
from app.domain.configuration import Action
from app.domain.who import who

if TYPE_CHECKING:
    from app.domain.chain import Chain


def trust_statement(chain: Chain, caller_arn: str, provider_arn: str, *, mfa: bool) -> str:
    """JSON, indented. `caller_arn` is that of GetCallerIdentity, `provider_arn` the SAML provider's; both may be ''."""
    conditions: dict[str, dict[str, str]] = {}
    if chain.action is Action.ASSUME_ROLE:
        principal = {"AWS": principal_of(chain, caller_arn)}
        if chain.profile.external_id:
            conditions["StringEquals"] = {"sts:ExternalId": chain.profile.external_id}
        if mfa:
            conditions["Bool"] = {"aws:MultiFactorAuthPresent": "true"}
    else:
        principal, audience = _federated(chain, provider_arn)
        conditions["StringEquals"] = audience
    statement: dict[str, Any] = {"Effect": "Allow", "Principal": principal, "Action": _actions(chain)}
    if conditions:
        statement["Condition"] = conditions
    return json.dumps(statement, indent=2)


def allow_statement(chain: Chain) -> str:
    """What the policies of who asks need, JSON, indented."""
    resource = str(chain.profile.role_arn or "*")
    return json.dumps({"Effect": "Allow", "Action": _actions(chain), "Resource": resource}, indent=2)


def principal_of(chain: Chain, caller_arn: str) -> str:
    """Who asks, as a trust policy names it: a role itself, not a session of it, which would end."""
    parent = chain.parent
    if parent is not None and parent.role_arn is not None:
        return str(parent.role_arn)
    found = who(caller_arn)
    if found.kind == "role" and found.session_name:
        return f"arn:{found.partition}:iam::{found.account}:role/{found.name}"
    return caller_arn or "the ARN of who asks"


def issuer_path(issuer: str) -> str:
    """An issuer as IAM names it: without scheme and last slash."""
    return issuer.partition("://")[2].rstrip("/") or issuer


def _federated(chain: Chain, provider_arn: str) -> tuple[dict[str, str], dict[str, str]]:
    role, provider = chain.profile.role_arn, chain.provider
    partition = role.partition if role is not None else "aws"
    account = role.account if role is not None else ""
    if chain.action is Action.ASSUME_ROLE_WITH_SAML or provider is None:
        arn = provider_arn or f"arn:{partition}:iam::{account}:saml-provider/NAME"
        return {"Federated": arn}, {"SAML:aud": acs_of(partition)}
    if provider.provider_id:
        return {"Federated": provider.provider_id}, {f"{provider.provider_id}:app_id": provider.client_id}
    path = issuer_path(provider.issuer)
    return {"Federated": f"arn:{partition}:iam::{account}:oidc-provider/{path}"}, {f"{path}:aud": provider.client_id}


def _actions(chain: Chain) -> str | list[str]:
    actions = [f"sts:{chain.action.value}"]
    actions += ["sts:TagSession"] if chain.profile.tags else []
    actions += ["sts:SetSourceIdentity"] if chain.profile.source_identity else []
    return actions[0] if len(actions) == 1 else actions
