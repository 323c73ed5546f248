"""A profile's settings as the STS request they mean, sent, and the answer as what is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from app.domain import sts_requests as sts
from app.domain.configuration import Action
from app.domain.credentials import Obtained
from app.domain.errors import BadInput
from app.domain.proof import proof_of, signing_key
from app.domain.saml import SamlResponse
from app.domain.web_identity import WebIdentityToken, valid_session_name

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from app.domain.chain import Chain
    from app.domain.credentials import Credentials
    from app.domain.proof import Means, Proof
    from app.domain.secret import Secret
    from app.domain.sts_answers import AssumedRole
    from app.ports import Sts

FEDERATED = (Action.ASSUME_ROLE_WITH_SAML, Action.ASSUME_ROLE_WITH_WEB_IDENTITY)


def request_of(
    chain: Chain, code: Secret | None, *, session_name: str, proof: Proof | None = None, draft: bool = False
) -> sts.Request:
    """The request of a profile, whatever its action. `proof` goes with those that nobody signs.

    Raises BadInput, unless a `draft` will do.
    """
    kind, values = _federated(chain, proof, session_name) if proof is not None else _values(chain, code, session_name)
    return kind.draft(**values) if draft else kind(**values)


def _federated(chain: Chain, proof: Proof, session_name: str) -> tuple[type[sts.Request], dict[str, Any]]:
    profile = chain.profile
    common = {
        "role_arn": str(profile.role_arn),
        "duration_seconds": chain.wished_duration,
        "policy": profile.policy,
        "policy_arns": profile.policy_arns,
    }
    if isinstance(proof, SamlResponse):
        return sts.AssumeRoleWithSAML, {
            "principal_arn": principal_arn(chain, proof),
            "saml_assertion": proof.text,
            **common,
        }
    return sts.AssumeRoleWithWebIdentity, {
        "role_session_name": web_session_name(chain, proof, session_name),
        "web_identity_token": proof.text,
        "provider_id": proof.provider_id or None,
        **common,
    }


def principal_arn(chain: Chain, response: SamlResponse) -> str:
    """The SAML provider in IAM that AWS wants named with a role: the assertion says it.

    A profile's own `provider_arn` chooses where the assertion lists several, and serves for an encrypted assertion.
    Raises BadInput.
    """
    role, own = chain.profile.role_arn, chain.profile.provider_arn
    listed = [each.provider_arn for each in response.assertion.roles if each.role_arn == role]
    if own and (own in listed or not listed):
        return own
    if own:
        raise BadInput(
            code="provider-arn-other",
            title="The provider names another SAML provider for this role",
            detail=f"The profile sets {own}, the assertion {', '.join(listed)}.",
            remedy="Remove provider_arn from the profile: the assertion knows it.",
            field="provider_arn",
        )
    if not listed:
        raise BadInput(
            code="provider-arn-needed",
            title="The assertion does not tell its SAML provider",
            detail="Only AWS can read it: it is encrypted."
            if response.assertion.encrypted
            else "It lists no such role.",
            remedy="Set provider_arn of the profile to the ARN of the SAML provider in IAM.",
            field="provider_arn",
        )
    return listed[0]


def web_session_name(chain: Chain, token: WebIdentityToken, default: str) -> str:
    """The name of a session behind a token: the profile's own, else the provider's chosen claim, else `default`."""
    claim = chain.provider.session_name_claim if chain.provider is not None else ""
    told = valid_session_name(token.facts.claim(claim)) if claim else ""
    return chain.profile.session_name or told or default


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
            "duration_seconds": chain.wished_duration,
            **restrictions,
        }
    return sts.AssumeRole, {
        "role_arn": str(profile.role_arn),
        "role_session_name": profile.session_name or session_name,
        "duration_seconds": chain.wished_duration,
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
    means: Means,
    code: Secret | None,
    *,
    region: str,
    session_name: str,
    now: Callable[[], datetime],
) -> Obtained:
    """Ask STS for a profile's credentials."""
    if chain.action in FEDERATED:
        return await _redeem(port, chain, proof_of(means), region=region, session_name=session_name, now=now)
    signer = signing_key(means)
    request = request_of(chain, code, session_name=session_name)
    if isinstance(request, sts.AssumeRole):
        role = await port.assume_role(request, signer=signer, region=region)
        return _of_role(role, now(), chained=chain.chained)
    if isinstance(request, sts.GetFederationToken):
        user = await port.get_federation_token(request, signer=signer, region=region)
        return obtained(
            user.credentials, now(), arn=user.arn, packed=user.packed_policy_size, request_id=user.request_id
        )
    if not isinstance(request, sts.GetSessionToken):
        raise TypeError(type(request))
    token = await port.get_session_token(request, signer=signer, region=region)
    return obtained(token.credentials, now(), request_id=token.request_id)


async def _redeem(
    port: Sts, chain: Chain, proof: Proof, *, region: str, session_name: str, now: Callable[[], datetime]
) -> Obtained:
    """Exchange a provider's proof. An assertion belongs to the region of the address that it was posted to."""
    request = request_of(chain, None, session_name=session_name, proof=proof)
    if isinstance(request, sts.AssumeRoleWithSAML):
        acs = proof.acs if isinstance(proof, SamlResponse) else None
        answer = await port.assume_role_with_saml(request, region=acs.region if acs is not None else region)
        return _of_role(answer, now())
    if not isinstance(request, sts.AssumeRoleWithWebIdentity):
        raise TypeError(type(request))
    return _of_role(await port.assume_role_with_web_identity(request, region=region), now())


def _of_role(role: AssumedRole, now: datetime, *, chained: bool = False) -> Obtained:
    return obtained(
        role.credentials,
        now,
        arn=role.arn,
        chained=chained,
        packed=role.packed_policy_size,
        request_id=role.request_id,
        source_identity=role.source_identity,
    )


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
