"""What a profile would send, as it stands in a form."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from app.core import requests
from app.core.keepers import region_of, takes_code_itself
from app.core.views import CAPPED, lease_note
from app.domain import chain as chains
from app.domain import sts_requests as sts
from app.domain.configuration import Action
from app.domain.errors import BadInput, Problem
from app.domain.saml import AssertedRole, Assertion, SamlResponse
from app.domain.secret import Secret
from app.domain.sts_limits import CHAINED_SECONDS
from app.domain.values import replace
from app.domain.view import PreviewRow, RequestPreview
from app.domain.web_identity import TokenFacts, WebIdentityToken

if TYPE_CHECKING:
    from app.core.engine import Engine
    from app.domain.chain import Chain
    from app.domain.configuration import Configuration, Profile
    from app.domain.proof import Proof

VERSION = "2011-06-15"
_UNKNOWN_CODE = Secret("000000")
_UNKNOWN_PROOF = Secret("unknown")
_UNKNOWN_ARN = "arn:aws:iam::000000000000:saml-provider/unknown"


def with_profile(configuration: Configuration, profile: Profile) -> Configuration:
    """The configuration with one profile as it stands in a form."""
    return replace(configuration, profiles=MappingProxyType({**configuration.profiles, profile.name: profile}))


def preview(engine: Engine, profile: Profile) -> RequestPreview:
    """The request of `profile`, secrets hidden, with every limit it breaks."""
    configuration = with_profile(engine.roster.configuration, profile)
    try:
        chain = chains.resolve(configuration, profile.name)
        chains.check(chain)
        request = _draft(engine, chain)
    except BadInput as error:
        return RequestPreview(host="", faults=(error.problem,))
    faults = tuple(fault.problem for fault in request.faults())
    if chain.capped:
        faults += (_capped(profile),)
    settings = configuration.settings
    last = _last_proof(engine, chain)
    acs = last.acs if isinstance(last, SamlResponse) and chain.action in requests.FEDERATED else None
    region = region_of(chain, replace(settings, region=engine.world.endpoints(settings).region))
    return RequestPreview(
        host=_host(engine, acs.region if acs is not None else region),
        rows=_rows(request, chain, faults),
        signed_by=_signed_by(chain),
        policy_characters=len(profile.policy or "") + sum(map(len, profile.policy_arns)),
        faults=faults,
        note=CAPPED if chain.capped else lease_note(chain),
    )


def _draft(engine: Engine, chain: Chain) -> sts.Request:
    code = _UNKNOWN_CODE if takes_code_itself(chain) else None
    proof = _proof(engine, chain) if chain.action in requests.FEDERATED else None
    name = engine.world.default_session_name
    return requests.request_of(chain, code, session_name=name, proof=proof, draft=True)


def _rows(request: sts.Request, chain: Chain, faults: tuple[Problem, ...]) -> tuple[PreviewRow, ...]:
    broken = {fault.field: fault.detail for fault in faults}
    later = _told_later(request, chain)
    rows = [PreviewRow(name="Action", value=request.ACTION), PreviewRow(name="Version", value=VERSION)]
    rows += [
        PreviewRow(
            name=name,
            value="" if isinstance(value, Secret) else later.get(name, value),
            hidden=isinstance(value, Secret),
            fault=broken.get(name.partition(".")[0], ""),
        )
        for name, value in request.parameters()
    ]
    if request.SIGNED:
        signed_by_session = chain.parent is not None or (chain.mfa_device is not None and not takes_code_itself(chain))
        rows += [PreviewRow(name="Session token", hidden=True)] if signed_by_session else []
        rows.append(PreviewRow(name="Signature", hidden=True))
    return tuple(rows)


def _proof(engine: Engine, chain: Chain) -> Proof:
    """A proof as the last one seen was; its text only stands for itself, and nothing is asked for."""
    now, last = engine.world.now(), _last_proof(engine, chain)
    if chain.action is Action.ASSUME_ROLE_WITH_SAML:
        roles = last.assertion.roles if isinstance(last, SamlResponse) else ()
        role = chain.profile.role_arn
        if role is not None and not any(each.role_arn == role for each in roles):
            roles = (AssertedRole(role_arn=role, provider_arn=chain.profile.provider_arn or _UNKNOWN_ARN),)
        return SamlResponse(text=_UNKNOWN_PROOF, assertion=Assertion(roles=roles), received=now)
    facts = last.facts if isinstance(last, WebIdentityToken) else TokenFacts()
    provider_id = chain.provider.provider_id if chain.provider is not None else ""
    return WebIdentityToken(text=_UNKNOWN_PROOF, facts=facts, received=now, provider_id=provider_id)


def _last_proof(engine: Engine, chain: Chain) -> Proof | None:
    sign_in = engine.roster.sign_ins.get(chain.provider.name) if chain.provider is not None else None
    return None if sign_in is None else sign_in.last


def _told_later(request: sts.Request, chain: Chain) -> dict[str, str]:
    """Parameters that only the provider's next proof will tell, in words."""
    if isinstance(request, sts.AssumeRoleWithSAML) and request.principal_arn == _UNKNOWN_ARN:
        return {"PrincipalArn": "from the assertion"}
    claim = chain.provider.session_name_claim if chain.provider is not None else ""
    named = chain.profile.session_name or not claim
    if not isinstance(request, sts.AssumeRoleWithWebIdentity) or named:
        return {}
    return {"RoleSessionName": f"from the token ({claim})"}


def _host(engine: Engine, region: str) -> str:
    try:
        return engine.world.endpoints(engine.roster.configuration.settings).sts(region).host
    except BadInput:
        return ""


def _signed_by(chain: Chain) -> str:
    if chain.parent is not None:
        return chain.parent.name
    if chain.identity is None:
        proof = "assertion" if chain.action is Action.ASSUME_ROLE_WITH_SAML else "token"
        return f"nobody: the {proof} is the proof"
    through = " (MFA session)" if chain.mfa_device is not None and not takes_code_itself(chain) else ""
    return f"{chain.identity.name}{through}, {chain.identity.access_key_id}"


def _capped(profile: Profile) -> Problem:
    return Problem(
        code="duration-capped",
        title="Longer than a chained role can last",
        detail=f"At most {CHAINED_SECONDS:,} s: {CAPPED.partition(';')[0].removeprefix('AWS ')}.",
        remedy=f"“{profile.name}” will get {CHAINED_SECONDS:,} s.",
        field="DurationSeconds",
    )
