"""Whether an answer is to the question that was asked: it names whose credentials it gives.

Code of its own (ServiceTrouble): `answer-other`.
Source: STS API reference, AssumedRoleUser ("the ARN and ID include the RoleSessionName that you specified") and
FederatedUser; IAM User Guide, "IAM identifiers": the role's path is not in it.
"""

from __future__ import annotations

from app.domain import sts_requests as requests
from app.domain.errors import ServiceTrouble
from app.domain.who import Who, who

_OF_ROLES = (requests.AssumeRole, requests.AssumeRoleWithSAML, requests.AssumeRoleWithWebIdentity)


def check(request: requests.Request, arn: str, *, host: str, request_id: str) -> None:
    """Raise `answer-other` for the ARN of anybody but the role's session, or the user, that was asked for."""
    if not _agrees(request, arn, who(arn)):
        raise ServiceTrouble(
            code="answer-other",
            title="The credentials are somebody else's",
            detail=f"{host} gave those of {arn}; {_wanted(request)} was asked for. They were thrown away.",
            remedy="Try again; if an endpoint URL or a proxy is set, check what answers there.",
            request_id=request_id,
        )


def _agrees(request: requests.Request, arn: str, named: Who) -> bool:
    if isinstance(request, requests.GetFederationToken):
        return named.kind == "federated user" and named.name == request.name
    if not isinstance(request, _OF_ROLES):
        return True
    wanted = who(request.role_arn)
    same = (named.partition, named.account, named.name.lower()) == (
        wanted.partition,
        wanted.account,
        wanted.name.lower(),
    )
    # of a SAML sign-in the assertion chooses the session's name
    session_name = getattr(request, "role_session_name", named.session_name)
    return same and bool(named.session_name) and named.session_name == session_name and ":assumed-role/" in arn


def _wanted(request: requests.Request) -> str:
    if isinstance(request, requests.GetFederationToken):
        return f"the federated user {request.name}"
    name = getattr(request, "role_session_name", "")
    return f"{getattr(request, 'role_arn', '')}{f' as {name}' if name else ''}"
