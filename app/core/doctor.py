"""What would go wrong, found before it does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.core.codes import command_digest
from app.core.provider_secrets import client_secret_key, secret_elsewhere
from app.domain.aws_import import shadowed_processes
from app.domain.configuration import Flow, MfaMethod, Publish
from app.domain.errors import BadInput, Problem, RolecallError, StorageTrouble
from app.domain.values import replace

if TYPE_CHECKING:
    from collections.abc import Mapping

    from app.core.engine import Engine
    from app.domain.configuration import Configuration, Profile, Refusal

SHADOWING_VARIABLES = ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN")


async def examine(engine: Engine, environ: Mapping[str, str]) -> list[Problem]:
    """Everything found in settings, keyring, AWS config file and environment. Asks AWS nothing."""
    found = []
    if engine.settings_problem is not None:
        found.append(engine.settings_problem)
    configuration = engine.roster.configuration
    found += [_refused(refusal) for refusal in configuration.refusals]
    found += _endpoints(engine)
    found += await _keyring(engine, configuration)
    found += await _providers(engine)
    found += await _published_names(engine, configuration)
    found += await _aws_config(engine, configuration)
    found += _environment(environ)
    return found


def _refused(refusal: Refusal) -> Problem:
    where = f"Settings, {refusal.entry}" + (f", line {refusal.line}" if refusal.line else "")
    return replace(refusal.problem, title=f"{where}: {refusal.problem.title}")


def _endpoints(engine: Engine) -> list[Problem]:
    """What settings and environment say about where STS is."""
    options = engine.world.endpoints(engine.roster.configuration.settings)
    try:
        endpoint = options.sts(options.region)
    except BadInput as error:
        return [error.problem]
    if not endpoint.is_global:
        return []
    return [
        Problem(
            code="endpoint-global",
            title="Tokens of the global STS endpoint fail in some regions",
            detail="sts_endpoints or AWS_STS_REGIONAL_ENDPOINTS is legacy; what sts.amazonaws.com issues may be "
            "refused in regions that an account has to opt in to.",
            remedy="Set sts_endpoints to regional, and unset AWS_STS_REGIONAL_ENDPOINTS.",
        )
    ]


async def _keyring(engine: Engine, configuration: Configuration) -> list[Problem]:
    try:
        await engine.world.secrets.describe()
        return [problem for name in configuration.identities for problem in await _identity(engine, name)]
    except StorageTrouble as error:
        return [error.problem]


async def _identity(engine: Engine, name: str) -> list[Problem]:
    found = []
    identity = engine.roster.configuration.identities[name]
    if await engine.world.secrets.get(f"identity/{name}") is None:
        found.append(
            Problem(
                code="identity-secret-missing",
                title=f"The secret access key of “{name}” is not in the keyring",
                detail="Nothing that starts from it can be assumed.",
                remedy=f"Run `rolecall identity add {name}`, or edit it in the window.",
            )
        )
    if identity.mfa is MfaMethod.STORED and await engine.world.secrets.get(f"totp/{name}") is None:
        found.append(
            Problem(
                code="totp-missing",
                title=f"No TOTP secret is stored for “{name}”",
                detail="Its MFA codes are set to come from the keyring.",
                remedy=f"Run `rolecall identity add {name} --totp`, or set mfa to “ask”.",
            )
        )
    return found


async def _providers(engine: Engine) -> list[Problem]:
    """Secrets that are for other providers; and files and commands, which have to be good before they are needed."""
    found = []
    confirmed = (await engine.world.state.read()).confirmed_commands
    for name, sign_in in engine.roster.sign_ins.items():
        provider = sign_in.provider
        if await engine.provider_secrets.is_foreign(client_secret_key(name), provider):
            found.append(secret_elsewhere(provider).problem)
        if provider.way is Flow.FILE:
            try:
                await sign_in.read_file()
            except RolecallError as error:
                found.append(replace(error.problem, title=f"Provider “{name}”: {error.title}"))
        elif provider.way is Flow.COMMAND and command_digest(provider.command) not in confirmed:
            found.append(
                Problem(
                    code="command-unconfirmed",
                    title=f"Nobody has agreed to the command of “{name}” yet",
                    detail=f"“{provider.place}” runs once a person has seen it; `rolecall credentials` never asks.",
                    remedy="Assume a profile that starts from it once, and agree.",
                )
            )
    return found


async def _published_names(engine: Engine, configuration: Configuration) -> list[Problem]:
    found, owners = [], dict[str, str]()
    for profile in configuration.profiles.values():
        name = profile.published_as
        if profile.publish is Publish.NONE:
            found += await _served_only(engine, profile)
            continue
        setting = await engine.world.aws_config.overriding(name)
        if setting:
            found.append(
                Problem(
                    code="aws-profile-overridden",
                    title=f"AWS tools would ignore what is published as [{name}]",
                    detail=f"The AWS config file sets {setting} for it, which wins over published keys.",
                    remedy=f"Set another aws_profile for “{profile.name}”, for example “rolecall-{name}”.",
                )
            )
        if name in owners:
            found.append(
                Problem(
                    code="aws-profile-shared",
                    title=f"“{owners[name]}” and “{profile.name}” are published under one name",
                    detail=f"Both are [{name}]: one is live at a time, the other one stops.",
                    remedy="Give one of them another aws_profile to have both.",
                )
            )
        owners.setdefault(name, profile.name)
    return found


async def _served_only(engine: Engine, profile: Profile) -> list[Problem]:
    """A profile that only `credential_process` serves: static keys of the same name win over that."""
    name = profile.published_as
    found = [section.line for section in await engine.world.file.sections() if section.aws_profile == name]
    if not found:
        return []
    return [
        Problem(
            code="static-keys-shadow",
            title=f"Keys in the credentials file hide “{profile.name}”",
            detail=f"[{name}] in line {found[0]} wins over credential_process of the same profile.",
            remedy=f"Remove that section, or use another name in the AWS config file: "
            f"[profile rolecall-{name}] with credential_process = rolecall credentials {profile.name}",
        )
    ]


async def _aws_config(engine: Engine, configuration: Configuration) -> list[Problem]:
    """What the AWS config file says that no AWS tool will do. Names told by `_served_only` are left out."""
    try:
        files = await engine.world.aws_config.read()
    except StorageTrouble as error:
        return [error.problem]
    served = {each.published_as for each in configuration.profiles.values() if each.publish is Publish.NONE}
    found = [
        Problem(
            code="process-shadowed",
            title=f"credential_process of [{name}] never runs",
            detail="The credentials file has keys of that name, and they win.",
            remedy=f"Rename one of the two, for example [profile rolecall-{name}] in the AWS config file.",
        )
        for name in shadowed_processes(files)
        if name not in served
    ]
    lines = [line for line in files.unreadable if line.startswith(f"{files.config_path}:")]
    return [*found, *map(_unreadable, lines)]


def _unreadable(line: str) -> Problem:
    return Problem(
        code="aws-config-line",
        title="A line of the AWS config file cannot be read",
        detail=f"{line}: the AWS CLI and boto3 may read no profile at all because of it.",
        remedy="Correct that line.",
    )


def _environment(environ: Mapping[str, str]) -> list[Problem]:
    shadowing = [name for name in SHADOWING_VARIABLES if environ.get(name)]
    if not shadowing:
        return []
    return [
        Problem(
            code="environment-shadows",
            title="Keys in the environment win over published profiles",
            detail=f"{' and '.join(shadowing)} set: tools that are given no profile use these.",
            remedy=f"unset {' '.join(shadowing)}, or name a profile: `aws --profile NAME`.",
        )
    ]
