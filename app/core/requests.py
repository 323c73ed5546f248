"""A profile's settings as the STS request they mean, sent, and the answer as what is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from app.domain import sts_requests as sts
from app.domain.configuration import Action
from app.domain.credentials import Obtained

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from app.domain.chain import Chain
    from app.domain.credentials import Credentials, SigningKey
    from app.domain.secret import Secret
    from app.ports import Sts


def request_of(chain: Chain, code: Secret | None, *, session_name: str, draft: bool = False) -> sts.Request:
    """The request of a profile, whatever its action. Raises BadInput, unless a `draft` will do."""
    kind, values = _values(chain, code, session_name)
    return kind.draft(**values) if draft else kind(**values)


def _values(chain: Chain, code: Secret | None, session_name: str) -> tuple[type[sts.Request], dict[str, Any]]:
    profile = chain.profile
    serial = str(chain.mfa_device) if code is not None else None
    if profile.action is Action.GET_SESSION_TOKEN:
        return sts.GetSessionToken, {
            "duration_seconds": chain.duration,
            "serial_number": serial,
            "token_code": code,
        }
    restrictions = {"policy": profile.policy, "policy_arns": profile.policy_arns, "tags": profile.tags}
    if profile.action is Action.GET_FEDERATION_TOKEN:
        return sts.GetFederationToken, {
            "name": profile.federated_user or "",
            "duration_seconds": profile.duration,
            **restrictions,
        }
    return sts.AssumeRole, {
        "role_arn": str(profile.role_arn),
        "role_session_name": profile.session_name or session_name,
        "duration_seconds": chain.duration if profile.duration else None,
        "transitive_tag_keys": profile.transitive_tag_keys,
        "external_id": profile.external_id,
        "serial_number": serial,
        "token_code": code,
        "source_identity": profile.source_identity,
        **restrictions,
    }


async def send(  # noqa: PLR0913  # everything a request is made of
    port: Sts,
    chain: Chain,
    signer: SigningKey,
    code: Secret | None,
    *,
    region: str,
    session_name: str,
    now: Callable[[], datetime],
) -> Obtained:
    """Ask STS for a profile's credentials."""
    request = request_of(chain, code, session_name=session_name)
    if isinstance(request, sts.AssumeRole):
        role = await port.assume_role(request, signer=signer, region=region)
        return obtained(
            role.credentials,
            now(),
            arn=role.arn,
            chained=chain.chained,
            packed=role.packed_policy_size,
            request_id=role.request_id,
            source_identity=role.source_identity,
        )
    if isinstance(request, sts.GetFederationToken):
        user = await port.get_federation_token(request, signer=signer, region=region)
        return obtained(
            user.credentials, now(), arn=user.arn, packed=user.packed_policy_size, request_id=user.request_id
        )
    if not isinstance(request, sts.GetSessionToken):
        raise TypeError(type(request))
    token = await port.get_session_token(request, signer=signer, region=region)
    return obtained(token.credentials, now(), request_id=token.request_id)


def obtained(  # noqa: PLR0913  # what an answer tells, by name
    credentials: Credentials,
    now: datetime,
    *,
    arn: str = "",
    chained: bool = False,
    packed: int | None = None,
    request_id: str = "",
    source_identity: str = "",
) -> Obtained:
    """An answer as what is kept."""
    return Obtained(
        access_key_id=credentials.access_key_id,
        issued=now,
        expires=credentials.expires,
        credentials=credentials,
        arn=arn,
        chained=chained,
        packed_policy_size=packed,
        request_id=request_id,
        source_identity=source_identity,
    )
