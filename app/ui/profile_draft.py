"""What a profile's form says, judged: by the rules of the settings file and of STS, none of them told twice here.

A draft is the table of the settings file: text, numbers and lists by key. Free of widgets.
"""

from __future__ import annotations

from dataclasses import field, replace
from types import MappingProxyType
from typing import TYPE_CHECKING

from app.domain import chain as chains
from app.domain.configuration import Action, MfaUse, Publish, SourceKind
from app.domain.errors import BadInput
from app.domain.managed_policies import arn_faults
from app.domain.partition import check_agreement
from app.domain.policy_check import findings
from app.domain.settings_entries import read_profile
from app.domain.settings_fields import Table
from app.domain.sts_limits import CHAINED_SECONDS
from app.domain.values import dataclass
from app.domain.view import PreviewRow
from app.ui.text import number, plural, tr
from app.ui.translation import told

if TYPE_CHECKING:
    from collections.abc import Mapping

    from app.domain.chain import Chain
    from app.domain.configuration import Configuration, Profile

ROLE, SESSION, FEDERATED = "role", "session", "federated"
_DEFAULT = "default"
_MINUTE, _HOUR = 60, 3600
_PARAMETERS = {
    "RoleSessionName": "session_name",
    "Name": "federated_user",
    "DurationSeconds": "duration",
    "Policy": "policy",
    "ExternalId": "external_id",
    "SourceIdentity": "source_identity",
}
"""The parameters of STS that are one field each."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """A draft as a profile, with what is wrong about it by key, the first fault of each.

    A field with a fault has its default in `profile`. `chain` is None while the sources lead nowhere.
    """

    profile: Profile
    faults: Mapping[str, BadInput] = field(default_factory=dict)
    chain: Chain | None = None


def judge(name: str, values: Mapping[str, object], configuration: Configuration, formerly: str = "") -> Judgement:
    """Judge a draft against everything configured; `formerly` is the profile it replaces."""
    table = Table(values)
    profile = read_profile(name, table)
    found = list(table.faults)
    if name != formerly and name in configuration.profiles:
        found.append(_fault("name", tr("There is already a profile of this name.")))
    chain = None
    try:
        chain = chains.resolve(_changed(configuration, profile, formerly), profile.name)
        chains.check(chain)
    except BadInput as error:
        found.append(error)
    if chain is not None and chain.capped:
        words = tr("At most {n} s: AWS limits a role assumed from another role to 1 h.")
        found.append(_fault("duration", words.format(n=number(CHAINED_SECONDS))))
    if profile.role_arn is not None and "region" not in {fault.field for fault in found}:
        try:
            region = configuration.settings.region_of(
                profile.region, chain.identity.region if chain and chain.identity else None
            )
            check_agreement(str(profile.role_arn), region, field="region")
        except BadInput as error:
            found.append(error)
    if (refused := _refused_policy(values)) is not None:
        found.append(refused)
    role = profile.role_arn
    if role is not None:
        arns = dict.fromkeys(profile.policy_arns)
        wrong = arn_faults(arns, role.partition, role.account).values()
        found += [_fault("policy_arns", words) for words in wrong]
    faults: dict[str, BadInput] = {}
    for fault in found:
        faults.setdefault(fault.field, fault)
    return Judgement(profile=profile, faults=MappingProxyType(faults), chain=chain)


def _refused_policy(values: Mapping[str, object]) -> BadInput | None:
    """What AWS is sure to refuse about a policy that can be read."""
    policy = values.get("policy")
    if not isinstance(policy, str):
        return None
    certain = next((each for each in findings(policy) if each.certain), None)
    return None if certain is None else _fault("policy", certain.message)


def kind_of(profile: Profile) -> str:
    """`role`, `session` (GetSessionToken) or `federated` (GetFederationToken)."""
    return {Action.GET_SESSION_TOKEN: SESSION, Action.GET_FEDERATION_TOKEN: FEDERATED}.get(profile.action, ROLE)


def shown_fields(source: str, kind: str, provider_type: str = "") -> frozenset[str]:
    """The keys that mean something for a kind of source (`identity`…) and what is obtained."""
    always = {"source", "duration", "region", "refresh", "aws_profile", "publish", "lease", "account_pin"}
    by_identity = source == SourceKind.IDENTITY.value
    if source == SourceKind.PROVIDER.value:
        more = {"role_arn", "policy", "policy_arns"} | (
            {"provider_arn"} if provider_type == "saml" else {"session_name"}
        )
    elif by_identity and kind == SESSION:
        more = {"mfa", "mfa_device"}
    elif by_identity and kind == FEDERATED:
        more = {"federated_user", "policy", "policy_arns", "tags"}
    else:
        more = {"role_arn", "session_name", "external_id", "policy", "policy_arns", "tags"}
        more |= {"transitive_tag_keys", "source_identity"} | ({"mfa", "mfa_device"} if by_identity else set())
    return frozenset(always | more | ({"kind"} if by_identity else set()))


def notes(judgement: Judgement) -> dict[str, tuple[str, str]]:
    """What is worth a word about fields that are right, by key: words and their tone (`good`, `warn`, `text2`).

    Sources: IAM User Guide, Permissions for GetFederationToken, and for GetSessionToken.
    """
    profile = judgement.profile
    found: dict[str, tuple[str, str]] = {}
    if judgement.chain is not None:
        found["source"] = (chain_words(judgement.chain), "good")
        provider = judgement.chain.provider
        if provider is not None and provider.type == "saml" and not judgement.chain.parents:
            words = tr("Learnt from the assertion. Give it where only AWS can read that, because it is encrypted.")
            found["provider_arn"] = (words, "text2")
    if profile.role_arn is not None:
        found["role_arn"] = (role_words(profile), "good")
    if profile.action is Action.GET_FEDERATION_TOKEN and profile.policy is None and not profile.policy_arns:
        words = tr("Without a policy it may do nothing but what resources grant it by name. Policies are under More.")
        found["federated_user"] = (words, "warn")
    # A role whose ARN is not right yet reads like a session of the identity.
    a_session = profile.action is Action.GET_SESSION_TOKEN and "role_arn" not in judgement.faults
    if a_session and profile.mfa is MfaUse.NONE:
        found["mfa"] = (tr("Without MFA this session cannot call IAM."), "text2")
    if profile.publish is Publish.NONE:
        command = f"rolecall credentials {profile.name}".strip()
        words = tr("Not written to any file: AWS tools get it from `{command}` as their credential_process.")
        found["publish"] = (words.format(command=command), "text2")
    elif profile.published_as == _DEFAULT:
        words = tr("Every AWS tool that is not told a profile uses [default].")
        found["aws_profile" if profile.aws_profile else "name"] = (words, "warn")
    return found | _guard_notes(profile)


def _guard_notes(profile: Profile) -> dict[str, tuple[str, str]]:
    found: dict[str, tuple[str, str]] = {}
    if profile.lease is not None:
        found["lease"] = (tr("Withdrawn so long after it was assumed, and not renewed."), "text2")
    if profile.account_pin:
        words = tr("Nothing is published unless AWS says that it is this account.")
        found["account_pin"] = (words, "text2")
    return found


def hints(judgement: Judgement) -> dict[str, str]:
    """What fields left empty amount to where a provider is the source, by key."""
    chain = judgement.chain
    if chain is None or chain.provider is None or chain.parents:
        return {}
    if chain.provider.type == "saml":
        return {"region": tr("the login page's")}
    claim = chain.provider.session_name_claim
    return {"session_name": tr("from claim {claim}").format(claim=claim)} if claim else {}


def chain_words(chain: Chain) -> str:
    """The way from the beginning to the profile: `alice → hub → prod-admin`."""
    first = chain.identity.name if chain.identity else chain.provider.name if chain.provider else ""
    return " → ".join([first, *(parent.name for parent in chain.parents), chain.profile.name or "…"])


def role_words(profile: Profile) -> str:
    """What an ARN says, in words."""
    if profile.role_arn is None:
        return ""
    return tr("Role {name}, account {account}").format(name=profile.role_arn.name, account=profile.role_arn.account)


def duration_words(seconds: int) -> str:
    """Seconds in hours and minutes: `2 h`, `1 h 30 min`, `900 s` is `15 min`."""
    hours, minutes = seconds // _HOUR, seconds % _HOUR // _MINUTE
    parts = [tr("{n} h").format(n=hours)] if hours else []
    if minutes:
        parts.append(tr("{n} min").format(n=minutes))
    if seconds % _MINUTE:
        parts.append(tr("{n} s").format(n=seconds % _MINUTE))
    return " ".join(parts)


def more_words(profile: Profile) -> str:
    """What stands in the folded part of the form."""
    policies = len(profile.policy_arns) + (profile.policy is not None)
    parts = [plural(policies, "1 policy", "{n} policies")] if policies else []
    if profile.tags:
        parts.append(plural(len(profile.tags), "1 tag", "{n} tags"))
    if profile.confirm:
        parts.append(tr("asks first"))
    if profile.lease is not None:
        parts.append(tr("lease {time}").format(time=duration_words(profile.lease)))
    if profile.account_pin:
        parts.append(tr("pinned to {account}").format(account=profile.account_pin))
    if profile.publish.value == "none":
        parts.append(tr("not published"))
    elif profile.published_as:
        parts.append(tr("publish as {name}").format(name=profile.published_as))
    return ", ".join(parts)


def with_faults(
    rows: tuple[PreviewRow, ...], faults: Mapping[str, BadInput], typed: Mapping[str, str]
) -> tuple[PreviewRow, ...]:
    """The preview with what was typed in place of what would be sent, marked, where a field has a fault."""
    wrong = {
        parameter: PreviewRow(name=parameter, value=typed[key], fault=told(faults[key].detail or faults[key].title))
        for parameter, key in _PARAMETERS.items()
        if key in faults and typed.get(key)
    }
    shown = tuple(wrong.pop(row.name, row) for row in rows if not row.hidden)
    return (*shown, *wrong.values(), *(row for row in rows if row.hidden))


def whole(text: str) -> object:
    """A number if it is one, else the text itself, for the settings' own rules to refuse."""
    plain = text.replace(",", "").replace(" ", "")
    return int(plain) if plain.isascii() and plain.isdigit() else text


def _changed(configuration: Configuration, profile: Profile, formerly: str) -> Configuration:
    profiles = {name: each for name, each in configuration.profiles.items() if name != formerly}
    if formerly and formerly != profile.name:
        # References follow a new name when it is saved.
        profiles = {
            name: replace(each, source=replace(each.source, name=profile.name))
            if each.source.kind is SourceKind.PROFILE and each.source.name == formerly
            else each
            for name, each in profiles.items()
        }
    profiles[profile.name] = profile
    return replace(configuration, profiles=MappingProxyType(profiles))


def _fault(key: str, words: str) -> BadInput:
    return BadInput(code="form", title=words, detail=words, field=key)
