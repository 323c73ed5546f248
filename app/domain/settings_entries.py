"""The entries of the settings file: each reads its table and notes what breaks a rule."""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import TYPE_CHECKING

from app.domain import settings_fields as checks
from app.domain import sts_limits as limits
from app.domain.arn import MfaDevice, RoleArn
from app.domain.configuration import (
    COLOURS,
    OIDC_FLOWS,
    PROVIDER_IDS,
    SAML_FLOWS,
    SIZES,
    Action,
    Flow,
    Identity,
    MfaMethod,
    MfaUse,
    Profile,
    Provider,
    Publish,
    Settings,
    Source,
    SourceKind,
)
from app.domain.errors import BadInput
from app.domain.settings_fields import Table

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

KINDS = ("identity", "provider", "profile")
PROVIDER_TYPES = ("saml", "oidc")
TIMEOUT_SECONDS = (0.1, 300.0)
RETRIES_MOST = 10
RETRY_BASE_SECONDS = (0.01, 60.0)
LEASE_SECONDS = (60, 129600)
"""A minute, for a person has to do something with it; the longest session that AWS grants (36 h)."""
_ONLY_ROLES = ("transitive_tag_keys", "source_identity")
_NOT_SESSIONS = ("policy", "policy_arns", "tags", *_ONLY_ROLES)

# Of both kinds of systems: the file may be shared between them.
_PATH = re.compile(r".*[/\\].*|[A-Za-z]:.*", re.DOTALL)
_WHOLE_PATH = re.compile(r"[/~].*|[A-Za-z]:[/\\].*|\\\\.*", re.DOTALL)


def read_settings(table: Table) -> Settings:
    """Read `[settings]`; a field with a fault has its default."""
    default = Settings()
    return Settings(
        region=table.text("region", lambda text: checks.region_fault(text) if text else None) or "",
        sts_endpoints=table.choice("sts_endpoints", ("regional", "legacy"), default.sts_endpoints),
        fips=table.flag("fips", default=default.fips),
        dual_stack=table.flag("dual_stack", default=default.dual_stack),
        connect_timeout=table.number("connect_timeout", *TIMEOUT_SECONDS) or default.connect_timeout,
        read_timeout=table.number("read_timeout", *TIMEOUT_SECONDS) or default.read_timeout,
        max_retries=_or(table.whole("max_retries", 0, RETRIES_MOST), default.max_retries),
        retry_base=table.number("retry_base", *RETRY_BASE_SECONDS) or default.retry_base,
        proxy=table.text("proxy", lambda text: checks.proxy_fault(text) if text else None) or "",
        ca_bundle=table.text("ca_bundle", checks.plain_fault) or "",
        withdraw_on_quit=table.flag("withdraw_on_quit", default=default.withdraw_on_quit),
        theme=table.choice("theme", ("system", "light", "dark"), default.theme),
        language=table.choice("language", ("system", "en", "de"), default.language),
        size=_size(table) or default.size,
        notifications=table.flag("notifications", default=default.notifications),
        console_logout_first=table.flag("console_logout_first", default=default.console_logout_first),
    )


def _size(table: Table) -> int | None:
    size = table.whole("size", SIZES[0], SIZES[-1])
    if size is None or size in SIZES:
        return size
    possible = ", ".join(str(each) for each in SIZES)
    title = f"“size” cannot be {size}"
    table.refuse(BadInput(code="settings-value", title=title, detail=f"Possible are {possible}.", field="size"))
    return None


def read_identity(name: str, table: Table) -> Identity:
    """Read `[identity.NAME]`; not to be used when the table has faults."""
    table.refuse(checks.name_fault(name))
    access_key_id = table.text("access_key_id", checks.access_key_fault)
    if not table.has("access_key_id"):
        table.refuse(_missing("access_key_id", "the ID of the IAM user's access key"))
    device = table.text("mfa_device", checks.mfa_device_fault)
    method, command = _mfa_method(table)
    return Identity(
        name=name,
        access_key_id=access_key_id or "",
        mfa_device=None if device is None else MfaDevice.parse(device),
        mfa=method,
        mfa_command=command,
        mfa_session_duration=table.whole("mfa_session_duration", *limits.SESSION_SECONDS)
        or limits.SESSION_SECONDS_DEFAULT,
        region=table.text("region", checks.region_fault),
    )


def read_provider(name: str, table: Table) -> Provider:
    """Read `[provider.NAME]`; not to be used when the table has faults."""
    table.refuse(checks.name_fault(name))
    if not table.has("type"):
        table.refuse(_missing("type", "saml or oidc"))
    kind = table.choice("type", PROVIDER_TYPES, "")
    flows = tuple(flow.value for flow in (SAML_FLOWS if kind == "saml" else OIDC_FLOWS))
    flow = table.choice("flow", flows, "") if table.has("flow") else ""
    provider = Provider(
        name=name,
        type=kind,
        flow=Flow(flow) if flow else None,
        login_url=table.text("login_url", checks.url_fault) or "",
        issuer=table.text("issuer", checks.issuer_fault) or "",
        client_id=table.text("client_id", checks.plain_fault) or "",
        scopes=table.texts("scopes", checks.scope_fault),
        command=_command(table, "command"),
        web_identity_token_file=table.text("web_identity_token_file", checks.plain_fault) or "",
        session_name_claim=table.text("session_name_claim", checks.plain_fault) or "",
        stay_signed_in=table.flag("stay_signed_in", default=False) if table.has("stay_signed_in") else None,
        provider_id=table.choice("provider_id", ("", *PROVIDER_IDS), ""),
        authorization_url=table.text("authorization_url", checks.url_fault) or "",
        token_url=table.text("token_url", checks.url_fault) or "",
    )
    _check_flow(provider, table)
    return provider


def _check_flow(provider: Provider, table: Table) -> None:
    """What the way of signing in needs has to be there."""
    needed: dict[Flow, tuple[tuple[str, str], ...]] = {
        Flow.WINDOW: (("login_url", "the address where signing in to AWS begins"),),
        Flow.BROWSER: (("issuer", "the provider's address"), ("client_id", "the name this program is registered by")),
        Flow.DEVICE: (("issuer", "the provider's address"), ("client_id", "the name this program is registered by")),
        Flow.FILE: (("web_identity_token_file", "the file that holds the token"),),
        Flow.COMMAND: (("command", "the program that prints the response or token, with its arguments"),),
    }
    if table.faults:
        return
    for key, what in needed.get(provider.way, ()):
        if not getattr(provider, key) and not (key == "issuer" and provider.provider_id):
            table.refuse(_missing(key, what))
    if provider.provider_id and provider.way is Flow.DEVICE:
        table.refuse(_impossible("flow", f"{provider.provider_id} has no device grant that AWS would take."))


def read_profile(name: str, table: Table) -> Profile:
    """Read `[profile.NAME]`; not to be used when the table has faults."""
    table.refuse(checks.name_fault(name))
    role_arn = table.text("role_arn", checks.role_arn_fault)
    device = table.text("mfa_device", checks.mfa_device_fault)
    bounds = limits.ROLE_SECONDS if table.has("role_arn") else limits.SESSION_SECONDS
    profile = Profile(
        name=name,
        source=_source(table),
        role_arn=None if role_arn is None else RoleArn.parse(role_arn),
        federated_user=table.text("federated_user", checks.limit_check("Name")),
        session_name=table.text("session_name", checks.limit_check("RoleSessionName")),
        duration=table.whole("duration", *bounds),
        external_id=table.text("external_id", checks.limit_check("ExternalId")),
        mfa=_mfa_use(table),
        mfa_device=None if device is None else MfaDevice.parse(device),
        region=table.text("region", checks.region_fault),
        aws_profile=table.text("aws_profile", lambda text: checks.name_fault(text) if text else None) or "",
        refresh=table.flag("refresh", default=True),
        group=table.text("group", checks.plain_fault) or "",
        colour=table.choice("colour", ("", *COLOURS), ""),
        pinned=table.flag("pinned", default=False),
        publish=Publish(table.choice("publish", tuple(each.value for each in Publish), Publish.FILE.value)),
        console_service=table.text("console_service", lambda text: checks.service_fault(text) if text else None) or "",
        provider_arn=table.text("provider_arn", checks.provider_arn_fault),
        policy=table.text("policy", checks.policy_fault),
        policy_arns=table.texts("policy_arns", checks.limit_check("PolicyArn")),
        tags=table.pairs("tags"),
        transitive_tag_keys=table.texts("transitive_tag_keys"),
        source_identity=table.text("source_identity", checks.limit_check("SourceIdentity")),
        confirm=table.flag("confirm", default=False),
        lease=table.whole("lease", *LEASE_SECONDS),
        account_pin=table.text("account_pin", lambda text: checks.account_fault(text) if text else None) or "",
        imported_from=table.text("imported_from", checks.plain_fault) or "",
    )
    _check_together(profile, table)
    return profile


READERS: Mapping[str, Callable[[str, Table], Identity | Provider | Profile]] = MappingProxyType(
    {"identity": read_identity, "provider": read_provider, "profile": read_profile}
)


def faults(kind: str, name: str, values: Mapping[str, object]) -> list[BadInput]:
    """Everything wrong with an entry as a form would write it; each error names its key as `field`.

    `kind` is `identity`, `provider`, `profile` or `settings`. What only shows with the other entries (sources that
    lead nowhere) is not among it.
    """
    table = Table(values)
    if kind == "settings":
        read_settings(table)
    else:
        READERS[kind](name, table)
    return table.faults


def _mfa_method(table: Table) -> tuple[MfaMethod, tuple[str, ...]]:
    value = table.raw("mfa")
    if isinstance(value, list | tuple):
        command = _command(table, "mfa")
        if not command or not command[0]:
            table.refuse(
                checks.wrong_type("mfa", value, "a command with its arguments", 'mfa = ["command", "argument"]')
            )
        return MfaMethod.COMMAND, command
    return MfaMethod(table.choice("mfa", (MfaMethod.ASK.value, MfaMethod.STORED.value), MfaMethod.ASK.value)), ()


def _command(table: Table, key: str) -> tuple[str, ...]:
    """A command whose program is the same one in every folder: a person agrees to it once, for all of them."""
    command = table.texts(key, checks.argument_fault)
    if command and _PATH.fullmatch(command[0]) and not _WHOLE_PATH.fullmatch(command[0]):
        table.refuse(
            BadInput(
                code="settings-value",
                title=f"“{key}” begins with a path that is not a whole one",
                detail="From each folder it would lead to another program.",
                remedy="Write the whole path, one that begins with ~/, or only the name of a program that PATH knows.",
                field=key,
            )
        )
    return command


def _mfa_use(table: Table) -> MfaUse:
    value = table.raw("mfa")
    if value is None or value is False:
        return MfaUse.NONE
    if value is True:
        return MfaUse.SESSION
    if value == MfaUse.ROLE.value:
        return MfaUse.ROLE
    table.refuse(checks.wrong_type("mfa", value, "true, false or “role”", "mfa = true"))
    return MfaUse.NONE


def _source(table: Table) -> Source:
    nowhere = Source(kind=SourceKind.IDENTITY, name="")
    if not table.has("source"):
        table.refuse(_missing("source", "what the profile starts from: identity.NAME, provider.NAME or profile.NAME"))
        return nowhere
    text = table.text("source", _source_fault)
    return nowhere if text is None else parse_source(text)


def parse_source(text: str) -> Source:
    """Read `identity.NAME`, `provider.NAME` or `profile.NAME`. Raises BadInput."""
    error = _source_fault(text)
    if error is not None:
        raise error
    kind, _, name = text.partition(".")
    return Source(kind=SourceKind(kind), name=name)


def _source_fault(text: str) -> BadInput | None:
    kind, _, name = text.partition(".")
    if kind in KINDS and name:
        return None
    return BadInput(
        code="settings-value",
        title="Not a source",
        detail="A source is identity.NAME, provider.NAME or profile.NAME.",
        remedy="Choose one of the entries of this file.",
        field="source",
    )


def _check_together(profile: Profile, table: Table) -> None:
    if table.has("role_arn") and table.has("federated_user"):
        table.refuse(_impossible("federated_user", "An entry is a role or a federated user, not both."))
    if profile.mfa is MfaUse.ROLE and not table.has("role_arn"):
        table.refuse(_impossible("mfa", "“role” sends the code with AssumeRole, but there is no role_arn."))
    pin, role = profile.account_pin, profile.role_arn
    if pin and role is not None and role.account != pin:
        table.refuse(_impossible("account_pin", f"It names account {pin}, but the role is one of {role.account}."))
    if not table.has("role_arn"):
        federated = profile.action is Action.GET_FEDERATION_TOKEN
        for key in _ONLY_ROLES if federated else _NOT_SESSIONS:
            if getattr(profile, key):
                # Left out in silence, the session would be allowed more than was configured.
                table.refuse(_impossible(key, f"{profile.action.value} takes no such thing."))
    together = limits.policy_faults(profile.policy, profile.policy_arns)
    for fault in together if not table.faults else ():
        table.refuse(checks.named(fault, "policy_arns"))
    for fault in limits.tag_faults(profile.tags, profile.transitive_tag_keys):
        table.refuse(checks.named(fault, "tags" if fault.field == "Tags" else "transitive_tag_keys"))


def _missing(key: str, what: str) -> BadInput:
    return BadInput(
        code="settings-missing", title=f"“{key}” is missing", detail=f"It is {what}.", remedy="Add it.", field=key
    )


def _impossible(key: str, detail: str) -> BadInput:
    return BadInput(
        code="profile-impossible", title=f"“{key}” does not fit", detail=detail, remedy=f"Remove {key}.", field=key
    )


def _or(value: int | None, default: int) -> int:
    return default if value is None else value
