"""What a profile would send, as it stands in a form."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING

from app.core import requests
from app.core.keepers import region_of, takes_code_itself
from app.core.views import CAPPED
from app.domain import chain as chains
from app.domain.errors import BadInput, Problem
from app.domain.secret import Secret
from app.domain.sts_limits import CHAINED_SECONDS
from app.domain.view import PreviewRow, RequestPreview

if TYPE_CHECKING:
    from app.core.engine import Engine
    from app.domain.chain import Chain
    from app.domain.configuration import Configuration, Profile

VERSION = "2011-06-15"
_UNKNOWN_CODE = Secret("000000")


def with_profile(configuration: Configuration, profile: Profile) -> Configuration:
    """The configuration with one profile as it stands in a form."""
    return replace(configuration, profiles=MappingProxyType({**configuration.profiles, profile.name: profile}))


def preview(engine: Engine, profile: Profile) -> RequestPreview:
    """The request of `profile`, secrets hidden, with every limit it breaks."""
    configuration = with_profile(engine.roster.configuration, profile)
    try:
        chain = chains.resolve(configuration, profile.name)
        chains.check(chain)
    except BadInput as error:
        return RequestPreview(host="", faults=(error.problem,))
    code = _UNKNOWN_CODE if takes_code_itself(chain) else None
    request = requests.request_of(chain, code, session_name=engine.world.default_session_name, draft=True)
    faults = tuple(fault.problem for fault in request.faults())
    broken = {fault.field: fault.detail for fault in faults}
    rows = [PreviewRow(name="Action", value=request.ACTION), PreviewRow(name="Version", value=VERSION)]
    rows += [
        PreviewRow(
            name=name,
            value="" if isinstance(value, Secret) else value,
            hidden=isinstance(value, Secret),
            fault=broken.get(name.partition(".")[0], ""),
        )
        for name, value in request.parameters()
    ]
    if request.SIGNED:
        signed_by_session = chain.parent is not None or (chain.mfa_device is not None and code is None)
        rows += [PreviewRow(name="Session token", hidden=True)] if signed_by_session else []
        rows.append(PreviewRow(name="Signature", hidden=True))
    if chain.capped:
        faults += (_capped(profile),)
    settings = configuration.settings
    region = region_of(chain, replace(settings, region=engine.world.endpoints(settings).region))
    return RequestPreview(
        host=_host(engine, region),
        rows=tuple(rows),
        signed_by=_signed_by(chain),
        policy_characters=len(profile.policy or "") + sum(map(len, profile.policy_arns)),
        faults=faults,
        note=CAPPED if chain.capped else "",
    )


def _host(engine: Engine, region: str) -> str:
    try:
        return engine.world.endpoints(engine.roster.configuration.settings).sts(region).host
    except BadInput:
        return ""


def _signed_by(chain: Chain) -> str:
    if chain.parent is not None:
        return chain.parent.name
    if chain.identity is None:
        return ""
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
