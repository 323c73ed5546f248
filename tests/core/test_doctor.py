"""What the doctor finds before it goes wrong."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING

import pytest

from app.core.codes import command_digest
from app.core.doctor import examine
from app.domain.aws_import import AwsFiles, FoundKey
from app.domain.configuration import MfaMethod, Publish, Refusal, Settings
from app.domain.endpoints import EndpointOptions
from app.domain.errors import Problem, StorageTrouble
from app.domain.published import Origin
from app.domain.secret import Secret
from tests.core.fake_file import Section
from tests.core.fakes import identity, machine, oidc, profile, saml
from tests.core.virtual_time import virtual

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.core.fakes import Machine


async def found(pc: Machine, environ: Mapping[str, str] = MappingProxyType({})) -> dict[str, Problem]:
    """Its findings by code."""
    front = await pc.process(person_present=False)
    problems = await examine(front.engine, environ)
    codes = [problem.code for problem in problems]
    assert len(codes) == len(set(codes))
    return {problem.code: problem for problem in problems}


@virtual
async def test_nothing_is_found_where_all_is_well() -> None:
    assert await found(machine(profile("prod"), profile("dev"))) == {}


@virtual
async def test_missing_secrets() -> None:
    pc = machine(profile("prod"))
    stored = replace(identity(), mfa=MfaMethod.STORED)
    pc.settings.write(replace(pc.configuration, identities=MappingProxyType({"alice": stored})))
    pc.keyring.items.clear()
    problems = await found(pc)
    assert problems.keys() == {"identity-secret-missing", "totp-missing"}
    assert "rolecall identity add alice" in problems["identity-secret-missing"].remedy


@virtual
async def test_a_keyring_that_is_locked() -> None:
    pc = machine(profile("prod"))
    pc.keyring.trouble = StorageTrouble(code="keyring-locked", title="locked")
    assert (await found(pc)).keys() == {"keyring-locked"}


@virtual
async def test_a_settings_file_that_cannot_be_read() -> None:
    pc = machine(profile("prod"))
    pc.settings.trouble = StorageTrouble(code="settings-broken", title="line 3")
    assert (await found(pc)).keys() == {"settings-broken"}


@virtual
async def test_a_refused_entry_is_named_with_its_line() -> None:
    pc = machine(profile("prod"))
    problem = Problem(code="settings-value", title="“duration” is out of bounds")
    refusal = Refusal(entry="profile.long", problem=problem, line=56)
    pc.settings.write(replace(pc.configuration, refusals=(refusal,)))
    assert "profile.long, line 56" in (await found(pc))["settings-value"].title


@virtual
async def test_names_that_aws_tools_would_ignore_and_names_given_twice() -> None:
    twins = (replace(profile("one"), aws_profile="same"), replace(profile("two"), aws_profile="same"))
    pc = machine(profile("prod"), *twins)
    pc.aws_config.settings["prod"] = "sso_session"
    problems = await found(pc)
    assert problems.keys() == {"aws-profile-overridden", "aws-profile-shared"}
    assert "sso_session" in problems["aws-profile-overridden"].detail
    assert "rolecall-prod" in problems["aws-profile-overridden"].remedy


@virtual
async def test_static_keys_that_hide_a_profile_served_by_credential_process() -> None:
    pc = machine(replace(profile("served"), publish=Publish.NONE))
    assert await found(pc) == {}
    pc.file.change("served", Section(origin=Origin.FOREIGN))
    problem = (await found(pc))["static-keys-shadow"]
    assert "line 7" in problem.detail
    assert "credential_process = rolecall credentials served" in problem.remedy


@virtual
async def test_what_the_aws_config_file_says_in_vain() -> None:
    pc = machine(replace(profile("served"), publish=Publish.NONE))
    key = FoundKey(access_key_id="AKIAEXAMPLE", secret_access_key=Secret("hidden"))
    process = {"credential_process": "rolecall credentials x"}
    pc.aws_config.files = AwsFiles(
        config_path="~/.aws/config",
        profiles={"mine": process, "free": process, "served": process},
        keys={"mine": key, "served": key},
        unreadable=("~/.aws/config:7", "~/.aws/credentials:9"),
    )
    problems = await found(pc)
    assert problems.keys() == {"process-shadowed", "aws-config-line"}
    assert "[mine]" in problems["process-shadowed"].title
    assert "~/.aws/config:7" in problems["aws-config-line"].detail


@virtual
async def test_tokens_and_commands_of_providers() -> None:
    by_hand = dict[str, str](issuer="", client_id="")
    pc = machine(
        saml(),
        oidc(),
        oidc("file", **by_hand, web_identity_token_file="/run/token"),
        oidc("program", **by_hand, command=("print-token",)),
    )
    problems = await found(pc)
    assert problems.keys() == {"token-file", "command-unconfirmed"}
    assert "“file”" in problems["token-file"].title
    assert "print-token" in problems["command-unconfirmed"].detail
    pc.tokens.files["/run/token"] = pc.oidc.tokens().token.text
    pc.state.value = replace(pc.state.value, confirmed_commands=frozenset({command_digest(("print-token",))}))
    assert await found(pc) == {}
    pc.oidc.given.clear()
    assert (await found(pc)).keys() == {"web-identity-token"}


@virtual
async def test_keys_in_the_environment() -> None:
    problems = await found(machine(), {"AWS_ACCESS_KEY_ID": "AKIAEXAMPLE", "AWS_SESSION_TOKEN": ""})
    assert problems["environment-shadows"].remedy.startswith("unset AWS_ACCESS_KEY_ID,")
    assert "AKIAEXAMPLE" not in str(problems)


@virtual
@pytest.mark.parametrize(
    ("settings", "environ", "code"),
    [
        (Settings(sts_endpoints="legacy"), {}, "endpoint-global"),
        (Settings(), {"AWS_STS_REGIONAL_ENDPOINTS": "legacy"}, "endpoint-global"),
        (Settings(), {"AWS_ENDPOINT_URL_STS": "http://sts.example.com"}, "endpoint-override"),
        (Settings(fips=True), {"AWS_ENDPOINT_URL": "https://sts.example.com"}, "endpoint-override"),
        (Settings(region="no region"), {}, "region"),
    ],
)
async def test_endpoints_that_will_not_do(settings: Settings, environ: dict[str, str], code: str) -> None:
    pc = machine()
    pc.settings.write(replace(pc.configuration, settings=settings))
    front = await pc.process(person_present=False)
    world = replace(front.engine.world, endpoints=lambda new: EndpointOptions.from_environment(environ, new))
    front.engine.world = world
    assert [problem.code for problem in await examine(front.engine, environ)] == [code]
